// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A loopback proxy that stands between a client and an endpoint and does what bad networks do. It reads whole
// HTTP requests, so a fault meets a request, also on a connection that was open before the fault was set.
//
// Shape:   requests and answers framed by Content-Length; plain HTTP. A connection to the target a request.
// Errors:  a target that does not answer looks to the client like a dropped connection.
// Threads: one thread a client connection; all functions may be called from any thread.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/loopback.h"

namespace hezhang::test {

enum class Fault {
    none,
    dropRequest,       // the connection ends, the target never hears of the request
    cutRequest,        // the target gets the first `bytes` of the request, then both connections end
    cutAnswer,         // the target has answered; the client gets the first `bytes` of it, then the end
    delay,             // the request waits for `delay` before it goes on
    duplicateRequest,  // the target answers it twice, at the same time; then the client gets one of the
                       // answers
    portal,            // the target never hears of it; the client gets 200 and a log-in page
    halfOpen           // the request is taken and never answered
};

struct FaultPlan {
    static constexpr int kForever = -1;

    Fault fault = Fault::none;
    std::size_t bytes = 0;
    std::chrono::milliseconds delay{0};
    int times = kForever;  // so many requests meet the fault, the next ones none
};

class FaultProxy {
public:
    explicit FaultProxy(std::uint16_t targetPort);
    ~FaultProxy();
    FaultProxy(const FaultProxy&) = delete;
    FaultProxy& operator=(const FaultProxy&) = delete;

    [[nodiscard]] std::uint16_t port() const { return m_listener.port(); }
    [[nodiscard]] std::string url() const { return m_listener.url(); }

    void set(FaultPlan plan);
    // For an endpoint that comes back on another port.
    void setTarget(std::uint16_t port) { m_target = port; }

    // Requests read from clients so far, and how many of them met a fault.
    [[nodiscard]] int requests() const { return m_requests; }
    [[nodiscard]] int faults() const { return m_faults; }

private:
    enum class After { keepOpen, close };
    class Open;

    void acceptAll();
    void serve(Socket socket);
    [[nodiscard]] FaultPlan takePlan();
    [[nodiscard]] After handle(Socket& client, const HttpText& request);
    [[nodiscard]] After relay(Socket& client, const HttpText& request);
    [[nodiscard]] After relayTwice(Socket& client, const HttpText& request);
    [[nodiscard]] std::optional<HttpText> ask(const HttpText& request);
    void pauseFor(std::chrono::milliseconds time);

    Listener m_listener;
    std::atomic<std::uint16_t> m_target;
    std::atomic<int> m_requests{0};
    std::atomic<int> m_faults{0};

    std::mutex m_mutex;  // guards what follows
    std::condition_variable m_stopped;
    bool m_stopping = false;
    FaultPlan m_plan;
    std::set<Socket*> m_open;
    std::vector<std::thread> m_threads;

    std::thread m_acceptor;
};

}  // namespace hezhang::test
