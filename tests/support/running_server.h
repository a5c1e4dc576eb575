// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// An HttpServer on a free loopback port, served by its own threads as long as the object lives.
#pragma once

#include <memory>
#include <string>
#include <thread>
#include <utility>

#include "src/endpoint/http_server.h"
#include "sync/base/check.h"

namespace hezhang::test {

class RunningServer {
public:
    explicit RunningServer(endpoint::Handler handler, const endpoint::ServerOptions& options = {})
        : m_server(listening(options, std::move(handler))), m_thread([this] { m_server->run(); }) {}
    ~RunningServer() {
        stop();
        join();
    }
    RunningServer(const RunningServer&) = delete;
    RunningServer& operator=(const RunningServer&) = delete;

    [[nodiscard]] std::uint16_t port() const { return m_server->port(); }
    [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(port()); }
    void stop() { m_server->stop(); }
    // Returns when run() has.
    void join() {
        if (m_thread.joinable()) {
            m_thread.join();
        }
    }

private:
    static std::unique_ptr<endpoint::HttpServer> listening(const endpoint::ServerOptions& options,
                                                           endpoint::Handler handler) {
        auto server = endpoint::HttpServer::listen(options, std::move(handler));
        HZ_ASSERT(server.has_value());
        return std::move(*server);
    }

    std::unique_ptr<endpoint::HttpServer> m_server;
    std::thread m_thread;
};

// Answers with the body it got.
inline void echo(endpoint::HttpRequest request, const endpoint::Reply& reply) {
    reply({200, std::move(request.contentType), std::move(request.body)});
}

}  // namespace hezhang::test
