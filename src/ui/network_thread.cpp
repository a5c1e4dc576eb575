// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/network_thread.h"

#include <algorithm>

namespace hezhang::ui {

NetworkThread::NetworkThread(TransportFactory factory, QObject* parent)
    : QObject(parent), m_factory(std::move(factory)), m_worker(new QObject) {
    m_worker->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    m_thread.start();
}

NetworkThread::~NetworkThread() {
    m_cancelled = UINT64_MAX;
    m_cancel = true;
    for (const auto& flag : m_runs) {
        NetworkRun(flag.lock()).cancel();
    }
    m_thread.quit();
    m_thread.wait();
}

void NetworkThread::post(quint64 round, const std::string& url, const std::string& path, const Bytes& bytes) {
    QMetaObject::invokeMethod(
        m_worker,
        [this, round, url, path, bytes] {
            NetworkAnswer answer{round, exchange(round, url, path, bytes), {}};
            answer.traffic = m_transport ? m_transport->traffic() : sync::Traffic{};
            emit answered(answer);
        },
        Qt::QueuedConnection);
}

Result<sync::Answer> NetworkThread::exchange(quint64 round, const std::string& url, const std::string& path,
                                             const Bytes& bytes) {
    m_current = round;
    m_cancel = false;
    // After m_cancel is down: whoever cancels now raises it again.
    if (m_cancelled >= round) {
        return fail(ErrorCode::cancelled, "the sync was stopped");
    }
    if (!m_transport || m_url != url) {
        HZ_TRY(m_transport, m_factory(url, m_cancel));
        m_url = url;
    }
    return m_transport->post(path, bytes);
}

void NetworkThread::cancel(quint64 round) {
    quint64 known = m_cancelled;
    while (known < round && !m_cancelled.compare_exchange_weak(known, round)) {
    }
    if (m_current <= round) {
        m_cancel = true;
    }
}

NetworkRun NetworkThread::run(const std::string& url, std::function<Result<void>(sync::Transport&)> work,
                              std::function<void(Result<void>)> done) {
    std::erase_if(m_runs, [](const auto& flag) { return flag.expired(); });
    const auto flag = std::make_shared<std::atomic<bool>>(false);
    m_runs.push_back(flag);
    QMetaObject::invokeMethod(
        m_worker,
        [this, url, flag, work = std::move(work), done = std::move(done)] {
            const auto whole = [&]() -> Result<void> {
                if (*flag) {
                    return fail(ErrorCode::cancelled, "stopped before it began");
                }
                HZ_TRY(const auto transport, m_factory(url, *flag));
                return work(*transport);
            };
            const Result<void> result = whole();
            QMetaObject::invokeMethod(
                this, [done, result] { done(result); }, Qt::QueuedConnection);
        },
        Qt::QueuedConnection);
    return NetworkRun(flag);
}

}  // namespace hezhang::ui
