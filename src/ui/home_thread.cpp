// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/home_thread.h"

#include "src/ledger/leaving.h"
#include "src/ledger/names.h"
#include "src/ledger/receipt.h"

namespace hezhang::ui {

void HomeWorker::open(const QString& folder) {
    if (m_home) {
        return;  // asked again because the other thread's home could not be opened
    }
    const bool isReading = m_access == storage::Access::readOnly;
    const std::string path = folder.toStdString();
    auto opened = isReading ? ledger::Home::openForReading(path, environment())
                            : ledger::Home::open(path, environment());
    if (!opened) {
        m_whyNot = opened.error();
        emit failed(m_whyNot);
        return;
    }
    m_home = std::move(*opened);
    if (isReading) {
        m_watch = new QTimer(this);
        connect(m_watch, &QTimer::timeout, this, &HomeWorker::look);
        m_watch->start(HomeThread::kLookMs);
        look();
    }
    m_info = infoOf(*m_home);
    emit this->opened(m_info);
}

void HomeWorker::close(const Error& why) {
    if (!m_home) {
        return;
    }
    qDeleteAll(findChildren<QObject*>(Qt::FindDirectChildrenOnly));
    m_watch = nullptr;
    const std::string folder = m_home->folder();
    m_home.reset();
    m_version.reset();
    m_whyNot = why;
    if (m_access != storage::Access::readOnly && why.code == ErrorCode::wiped) {
        ledger::finishWiping(folder);  // what a work has written there since
    }
}

// What cannot be read now is as it was when the device was enrolled.
HomeInfo HomeWorker::infoOf(ledger::Home& home) {
    const sync::Identity& me = home.me();
    const RecordId unit = home.unit().value_or(me.enrolment.unit);
    const std::string name = ledger::unitName(home.state(), unit).value_or("");
    return {QString::fromStdString(home.folder()),
            unit,
            me.enrolment.person,
            QString::fromStdString(name.empty() ? me.unitName : name),
            QString::fromStdString(me.personName),
            QString::fromStdString(me.enrolment.role),
            QString::fromStdString(me.county.name),
            QString::fromStdString(ledger::keyFingerprint(home.suite(), me.county.publicKey))};
}

// The office may have moved the person, or merged or renamed the unit.
void HomeWorker::lookAtInfo() {
    HomeInfo now = infoOf(*m_home);
    if (now != m_info) {
        m_info = now;
        emit infoChanged(m_info);
    }
}

void HomeWorker::look() {
    if (!m_home) {
        return;
    }
    if (const auto last = m_home->lastSync(); last && *last != m_lastSync) {
        m_lastSync = *last;
        emit contacted();
    }
    const auto version = m_home->dataVersion();
    // A version that cannot be read now is read at the next tick.
    if (!version || m_version == *version) {
        return;
    }
    const bool isFirst = !m_version;
    m_version = *version;
    if (const auto there = m_home->checkThere(); !there) {
        emit failed(there.error());
        return;
    }
    if (!isFirst) {
        lookAtInfo();
        emit changed();
    }
}

HomeThread::HomeThread(storage::Access access, QObject* parent)
    : QObject(parent), m_access(access), m_worker(new HomeWorker(access)) {
    m_worker->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    connect(m_worker, &HomeWorker::opened, this, &HomeThread::opened);
    connect(m_worker, &HomeWorker::infoChanged, this, &HomeThread::infoChanged);
    connect(m_worker, &HomeWorker::failed, this, &HomeThread::failed);
    connect(m_worker, &HomeWorker::worked, this, &HomeThread::worked);
    connect(m_worker, &HomeWorker::changed, this, &HomeThread::changed);
    connect(m_worker, &HomeWorker::contacted, this, &HomeThread::contacted);
    m_thread.start();
}

HomeThread::~HomeThread() {
    if (m_thread.isRunning()) {
        stop();
    }
}

void HomeThread::stop() {
    if (m_access == storage::Access::readOnly) {
        m_thread.quit();
    } else {
        // Behind everything that was asked: the last draft and the last edit are on the disk.
        QMetaObject::invokeMethod(
            m_worker, [this] { m_thread.quit(); }, Qt::QueuedConnection);
    }
    m_thread.wait();
}

void HomeThread::open(const QString& folder) {
    QMetaObject::invokeMethod(
        m_worker, [worker = m_worker, folder] { worker->open(folder); }, Qt::QueuedConnection);
}

void HomeThread::close(const Error& why) {
    QMetaObject::invokeMethod(
        m_worker, [worker = m_worker, why] { worker->close(why); }, Qt::QueuedConnection);
}

void HomeThread::look() {
    QMetaObject::invokeMethod(
        m_worker, [worker = m_worker] { worker->look(); }, Qt::QueuedConnection);
}

}  // namespace hezhang::ui
