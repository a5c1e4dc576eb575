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

Measure::Measure(QQuickWindow& window, const QString& firstPage, const QStringList& further)
    : m_window(window), m_page(firstPage), m_further(further) {
    connect(&window, &QQuickWindow::frameSwapped, this, &Measure::onFrame, Qt::QueuedConnection);
}

void Measure::lookForContent() {
    if (m_hasContent || !m_window.property("isSettled").toBool()) {
        return;
    }
    if (m_readyMs == 0) {
        m_readyMs = processAgeMs();
    }
    m_hasContent = true;
    m_window.update();
}

void Measure::onFrame() {
    if (!m_hasContent || m_isDone) {
        return;
    }
    if (m_firstPageMs == 0) {
        m_firstPageMs = processAgeMs();
    } else if (m_framesSeen == 0) {
        m_pageMs = m_asked.elapsed();
    }
    ++m_framesSeen;
    if (m_view == nullptr) {
        m_view = scrollingView(m_window.contentItem());
    } else {
        m_times.push_back(static_cast<double>(m_frame.nsecsElapsed()) / 1e6);
    }
    if (m_view == nullptr && m_framesSeen >= kFramesToFindList) {
        finishPage();
    } else {
        scroll();
    }
}

// Slowly at first, from the top again where the list is short; then through all of it.
void Measure::scroll() {
    if (m_view != nullptr) {
        const auto seen = static_cast<int>(m_times.size());
        const bool isSlow = seen < kSlowFrames;
        const qreal height = m_view->property("height").toReal();
        const qreal end = m_view->property("contentHeight").toReal() - height;
        const qreal at = m_view->property("contentY").toReal();
        const auto* rows = m_view->property("model").value<QObject*>();
        const bool isMoreToCome =
            rows != nullptr && rows->property("count").toInt() < rows->property("total").toInt();
        if (seen >= kFramesMax || (!isSlow && at >= end && !isMoreToCome)) {
            finishPage();
            return;
        }
        const qreal next = at + (isSlow ? kScrollStep : height);
        m_view->setProperty("contentY", isSlow && next > end ? 0 : std::min(next, end));
        m_frame.restart();
    }
    m_window.update();
}

void Measure::finishPage() {
    std::sort(m_times.begin(), m_times.end());
    const auto at = [&](double part) {
        const auto index = static_cast<std::size_t>(part * static_cast<double>(m_times.size() - 1));
        return m_times.empty() ? QJsonValue() : QJsonValue(m_times[index]);
    };
    m_pages.append(
        QJsonObject{{QStringLiteral("page"), m_page},
                    {QStringLiteral("ms"), m_pageMs < 0 ? QJsonValue() : QJsonValue(m_pageMs)},
                    {QStringLiteral("rows"), m_view == nullptr ? 0 : m_view->property("count").toInt()},
                    {QStringLiteral("frames"), static_cast<qint64>(m_times.size())},
                    {QStringLiteral("frame_ms_median"), at(0.5)},
                    {QStringLiteral("frame_ms_p95"), at(0.95)},
                    {QStringLiteral("frame_ms_max"), at(1.0)}});
    m_hasContent = false;
    m_framesSeen = 0;
    m_view = nullptr;
    m_times.clear();
    if (m_further.isEmpty()) {
        print();
    } else {
        openNext();
    }
}

void Measure::openNext() {
    m_page = m_further.takeFirst();
    m_asked.start();
    const QStringList parts = m_page.split(QLatin1Char('/'));
    // Places are gone to; what belongs to one is opened on top of what is shown, as by a click.
    static const QStringList places{QStringLiteral("tasks"),   QStringLiteral("inbox"),
                                    QStringLiteral("sync"),    QStringLiteral("office"),
                                    QStringLiteral("checks"),  QStringLiteral("search"),
                                    QStringLiteral("settings")};
    const char* way = places.contains(parts.first()) ? "openFirst" : "openPage";
    QMetaObject::invokeMethod(&m_window, way, Q_ARG(QVariant, QVariant(parts)));
    lookForContent();
}

void Measure::print() {
    const QJsonObject object{{QStringLiteral("first_page_ms"), m_firstPageMs},
                             {QStringLiteral("ready_ms"), m_readyMs},
                             {QStringLiteral("pages"), m_pages},
                             {QStringLiteral("rss_kb"), residentKb()}};
    std::puts(QJsonDocument(object).toJson(QJsonDocument::Compact).constData());
    std::fflush(stdout);
    m_isDone = true;
    emit done();
}

}  // namespace hezhang::app
