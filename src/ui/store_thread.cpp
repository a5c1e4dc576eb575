// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/store_thread.h"

#include "src/ui/search_filler.h"

namespace hezhang::ui {

template <class Step>
void StoreThread::drive(Step step) {
    QMetaObject::invokeMethod(
        m_mailbox,
        [this, step = std::move(step)] {
            if (m_driver != nullptr) {
                step(*m_driver);
            }
        },
        Qt::QueuedConnection);
}

StoreThread::StoreThread(NetworkThread& network, SyncTimes times, QObject* parent)
    : HomeThread(storage::Access::open, parent), m_network(network), m_times(times), m_mailbox(new QObject) {
    m_mailbox->moveToThread(workThread());
    connect(workThread(), &QThread::finished, m_mailbox, &QObject::deleteLater);
    // In the store thread, as soon as there is a home.
    connect(
        worker(), &HomeWorker::opened, worker(),
        [this] {
            m_driver = new SyncDriver(*worker()->home(), worker()->environment().random, m_times, worker());
            m_driver->setMeanwhile([worker = worker()] { return worker->isWorkWaiting(); },
                                   [worker = worker()] { worker->doWaiting(); });
            connect(
                m_driver, &SyncDriver::request, &m_network,
                [this](const NetworkRequest& request) {
                    m_network.post(request.round, request.url, request.request.path, request.request.bytes);
                },
                Qt::DirectConnection);
            connect(
                m_driver, &SyncDriver::cancelRequest, &m_network,
                [this](quint64 round) { m_network.cancel(round); }, Qt::DirectConnection);
            connect(m_driver, &SyncDriver::worked, worker(), &HomeWorker::worked);
            auto* filler = new SearchFiller(*worker()->home(), worker());
            connect(worker(), &HomeWorker::worked, filler, &SearchFiller::noteWork);
            connect(m_driver, &SyncDriver::stateChanged, this, [this](const SyncState& state) {
                m_state = state;
                emit syncStateChanged();
            });
            connect(&m_network, &NetworkThread::answered, m_driver, &SyncDriver::onAnswer);
        },
        Qt::DirectConnection);
    connect(this, &HomeThread::opened, this, [this] {
        drive([isAutomatic = m_isAutomatic](SyncDriver& driver) {
            driver.setAutomatic(isAutomatic);
            driver.begin();
        });
    });
}

StoreThread::~StoreThread() {
    stop();
}

// With the driver's calls: not in the middle of a step, where works are done too.
void StoreThread::close(const Error& why) {
    QMetaObject::invokeMethod(
        m_mailbox,
        [this, why] {
            m_driver = nullptr;
            worker()->close(why);
        },
        Qt::QueuedConnection);
}

void StoreThread::syncNow() {
    drive([](SyncDriver& driver) { driver.syncNow(); });
}

void StoreThread::fetchHistory() {
    drive([](SyncDriver& driver) { driver.fetchHistory(); });
}

void StoreThread::cancelSync() {
    drive([](SyncDriver& driver) { driver.cancel(); });
}

void StoreThread::setAutomaticSync(bool isAutomatic) {
    m_isAutomatic = isAutomatic;
    drive([isAutomatic](SyncDriver& driver) { driver.setAutomatic(isAutomatic); });
}

void StoreThread::noteEdit() {
    drive([](SyncDriver& driver) { driver.noteEdit(); });
}

}  // namespace hezhang::ui
