// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/app/measure.h"

#include <unistd.h>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QQuickItem>
#include <algorithm>
#include <cstdio>
#include <ctime>

namespace hezhang::app {

static constexpr qreal kScrollStep = 40;

// Since the process was made, by the kernel's count: the loader's time is in it.
static qint64 processAgeMs() {
    QFile stat(QStringLiteral("/proc/self/stat"));
    if (!stat.open(QIODevice::ReadOnly)) {
        return -1;
    }
    const QByteArray all = stat.readAll();
    const QList<QByteArray> fields = all.mid(all.lastIndexOf(')') + 2).split(' ');
    timespec now{};
    clock_gettime(CLOCK_BOOTTIME, &now);
    const double started = fields.value(19).toDouble() / static_cast<double>(sysconf(_SC_CLK_TCK));
    return static_cast<qint64>(
        (static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9 - started) * 1000);
}

static qint64 residentKb() {
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly)) {
        return -1;
    }
    for (const QByteArray& line : status.readAll().split('\n')) {
        if (line.startsWith("VmRSS:")) {
            return line.mid(6).trimmed().split(' ').first().toLongLong();
        }
    }
    return -1;
}

// The list that scrolls: the largest one with a position.
static QObject* scrollingView(QQuickItem* item) {
    if (item->inherits("QQuickListView") && item->isVisible() &&
        item->property("contentHeight").toReal() > item->height()) {
        return item;
    }
    for (QQuickItem* child : item->childItems()) {
        if (QObject* found = scrollingView(child)) {
            return found;
        }
    }
    return nullptr;
}

Measure::Measure(QQuickWindow& window) : m_window(window) {
    connect(&window, &QQuickWindow::frameSwapped, this, &Measure::onFrame, Qt::QueuedConnection);
}

void Measure::contentIsThere() {
    if (!m_hasContent) {
        m_readyMs = processAgeMs();
        m_hasContent = true;
        m_window.update();
    }
}

void Measure::onFrame() {
    if (!m_hasContent || m_isDone) {
        return;
    }
    if (m_firstPageMs == 0) {
        m_firstPageMs = processAgeMs();
    }
    ++m_framesSeen;
    if (m_view == nullptr) {
        m_view = scrollingView(m_window.contentItem());
    } else {
        m_times.push_back(static_cast<double>(m_frame.nsecsElapsed()) / 1e6);
    }
    if (m_times.size() >= kScrollFrames || (m_view == nullptr && m_framesSeen >= kFramesToFindList)) {
        print();
        return;
    }
    m_frame.restart();
    if (m_view != nullptr) {
        const qreal end = m_view->property("contentHeight").toReal() - m_view->property("height").toReal();
        const qreal y = m_view->property("contentY").toReal() + kScrollStep;
        m_view->setProperty("contentY", y > end ? 0 : y);
    }
    m_window.update();
}

void Measure::print() {
    std::sort(m_times.begin(), m_times.end());
    const auto at = [&](double part) {
        const auto index = static_cast<std::size_t>(part * static_cast<double>(m_times.size() - 1));
        return m_times.empty() ? QJsonValue() : QJsonValue(m_times[index]);
    };
    const QJsonObject object{
        {QStringLiteral("first_page_ms"), m_firstPageMs},
        {QStringLiteral("ready_ms"), m_readyMs},
        {QStringLiteral("rows"), m_view == nullptr ? 0 : m_view->property("count").toInt()},
        {QStringLiteral("rss_kb"), residentKb()},
        {QStringLiteral("frames"), static_cast<qint64>(m_times.size())},
        {QStringLiteral("frame_ms_median"), at(0.5)},
        {QStringLiteral("frame_ms_p95"), at(0.95)},
        {QStringLiteral("frame_ms_max"), at(1.0)}};
    std::puts(QJsonDocument(object).toJson(QJsonDocument::Compact).constData());
    std::fflush(stdout);
    m_isDone = true;
    emit done();
}

}  // namespace hezhang::app
