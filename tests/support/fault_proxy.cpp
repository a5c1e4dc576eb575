// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fault_proxy.h"

#include <utility>

namespace hezhang::test {

namespace {

// The client decides how long it waits, not the proxy.
constexpr std::chrono::hours kForever{1};

constexpr std::string_view kPortalPage = "<html><title>Wi-Fi</title>Please log in to the network.</html>";

}  // namespace

// Makes a socket known while it is in use, so that the proxy can end what waits on it.
class FaultProxy::Open {
public:
    Open(FaultProxy& proxy, Socket& socket) : m_proxy(proxy), m_socket(socket) {
        const std::lock_guard lock(m_proxy.m_mutex);
        m_proxy.m_open.insert(&m_socket);
        if (m_proxy.m_stopping) {
            m_socket.shutDown();
        }
    }
    ~Open() {
        const std::lock_guard lock(m_proxy.m_mutex);
        m_proxy.m_open.erase(&m_socket);
    }
    Open(const Open&) = delete;
    Open& operator=(const Open&) = delete;

private:
    FaultProxy& m_proxy;
    Socket& m_socket;
};

FaultProxy::FaultProxy(std::uint16_t targetPort)
    : m_target(targetPort), m_acceptor([this] { acceptAll(); }) {}

FaultProxy::~FaultProxy() {
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
        for (Socket* socket : m_open) {
            socket->shutDown();
        }
    }
    m_stopped.notify_all();
    m_listener.shutDown();
    m_acceptor.join();
    for (std::thread& thread : m_threads) {
        thread.join();
    }
}

void FaultProxy::set(FaultPlan plan) {
    const std::lock_guard lock(m_mutex);
    m_plan = plan;
}

FaultPlan FaultProxy::takePlan() {
    const std::lock_guard lock(m_mutex);
    if (m_plan.fault == Fault::none || m_plan.times == 0) {
        return {};
    }
    if (m_plan.times > 0) {
        --m_plan.times;
    }
    ++m_faults;
    return m_plan;
}

void FaultProxy::acceptAll() {
    for (;;) {
        Socket socket = m_listener.accept(kForever);
        const std::lock_guard lock(m_mutex);
        if (m_stopping || !socket.isOpen()) {
            return;
        }
        m_threads.emplace_back([this, moved = std::move(socket)]() mutable { serve(std::move(moved)); });
    }
}

void FaultProxy::serve(Socket client) {
    const Open open(*this, client);
    while (const auto request = receiveHttp(client, kForever)) {
        ++m_requests;
        if (handle(client, *request) == After::close) {
            return;
        }
    }
}

FaultProxy::After FaultProxy::handle(Socket& client, const HttpText& request) {
    const FaultPlan plan = takePlan();
    switch (plan.fault) {
    case Fault::none:
        return relay(client, request);
    case Fault::dropRequest:
        return After::close;
    case Fault::cutRequest: {
        Socket target = Socket::connectedTo(m_target);
        target.send(request.text().substr(0, plan.bytes));
        return After::close;
    }
    case Fault::cutAnswer:
        if (const auto answer = ask(request)) {
            client.send(answer->text().substr(0, plan.bytes));
        }
        return After::close;
    case Fault::delay:
        pauseFor(plan.delay);
        return relay(client, request);
    case Fault::duplicateRequest:
        return relayTwice(client, request);
    case Fault::portal:
        client.send(answerText(200, "text/html", kPortalPage));
        return After::keepOpen;
    case Fault::halfOpen:
        static_cast<void>(client.receiveAll(kForever));
        return After::close;
    }
    return After::close;
}

std::optional<HttpText> FaultProxy::ask(const HttpText& request) {
    Socket target = Socket::connectedTo(m_target);
    if (!target.isOpen()) {
        return std::nullopt;
    }
    const Open open(*this, target);
    target.send(request.text());
    return receiveHttp(target, kForever);
}

FaultProxy::After FaultProxy::relay(Socket& client, const HttpText& request) {
    const auto answer = ask(request);
    return answer && client.send(answer->text()) ? After::keepOpen : After::close;
}

FaultProxy::After FaultProxy::relayTwice(Socket& client, const HttpText& request) {
    std::thread second([&] { static_cast<void>(ask(request)); });
    const auto answer = ask(request);
    second.join();
    return answer && client.send(answer->text()) ? After::keepOpen : After::close;
}

void FaultProxy::pauseFor(std::chrono::milliseconds time) {
    std::unique_lock lock(m_mutex);
    m_stopped.wait_for(lock, time, [this] { return m_stopping; });
}

}  // namespace hezhang::test
