// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The thread that waits for the network: bytes out, bytes in. It knows nothing of what they mean and touches
// no home.
//
// Shape:   one message at a time, in the order they were given. The transport is made by the factory, which
// the program hands in: this
//          library knows no HTTP.
// Errors:  an Answer or an Error for every message, cancelled ones too.
// Threads: the object belongs to the window's thread; post() and cancel() may be called from any.
#pragma once

#include <QObject>
#include <QThread>
#include <atomic>
#include <functional>
#include <memory>
#include <vector>

#include "sync/transport/transport.h"

namespace hezhang::ui {

// Errors: usage for an address that is none. `cancel` outlives the transport; true ends a call within about a
// second.
using TransportFactory = std::function<Result<std::unique_ptr<sync::Transport>>(
    const std::string& url, const std::atomic<bool>& cancel)>;

struct NetworkAnswer {
    quint64 round = 0;
    Result<sync::Answer> answer = fail(ErrorCode::internal, "no answer");
    sync::Traffic traffic;  // since the transport was opened
};

// What ends one run() and no other; the default one ends nothing.
class NetworkRun {
public:
    NetworkRun() = default;
    void cancel() const {
        if (m_flag) {
            *m_flag = true;
        }
    }

private:
    friend class NetworkThread;
    explicit NetworkRun(std::shared_ptr<std::atomic<bool>> flag) : m_flag(std::move(flag)) {}
    std::shared_ptr<std::atomic<bool>> m_flag;
};

class NetworkThread : public QObject {
    Q_OBJECT
public:
    explicit NetworkThread(TransportFactory factory, QObject* parent = nullptr);
    // Cancels what is on its way and waits for it.
    ~NetworkThread() override;

    // Sends one message of a round to the endpoint at `url`; answered() has what came back.
    void post(quint64 round, const std::string& url, const std::string& path, const Bytes& bytes);
    // Ends the round's message on its way, and those of it that come later.
    void cancel(quint64 round);

    // Runs `work` with a transport of its own for `url`, and then `done` in the window's thread: enrolling,
    // office work.
    NetworkRun run(const std::string& url, std::function<Result<void>(sync::Transport&)> work,
                   std::function<void(Result<void>)> done);

signals:
    void answered(const hezhang::ui::NetworkAnswer& answer);

private:
    [[nodiscard]] Result<sync::Answer> exchange(quint64 round, const std::string& url,
                                                const std::string& path, const Bytes& bytes);

    TransportFactory m_factory;
    std::atomic<bool> m_cancel{false};
    std::vector<std::weak_ptr<std::atomic<bool>>> m_runs;  // of the window's thread
    std::atomic<quint64> m_current{0};
    std::atomic<quint64> m_cancelled{0};  // this round and all before it
    // Of the thread itself.
    std::unique_ptr<sync::Transport> m_transport;
    std::string m_url;
    QThread m_thread;
    QObject* m_worker;
};

}  // namespace hezhang::ui
