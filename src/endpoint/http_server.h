// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// An HTTP/1.1 server: a request becomes a value, the handler's answer goes back. It knows nothing of routes.
// Every phase of a connection has its deadline, so that slow or silent peers cost little, and every size its
// limit, so that no peer decides how much memory is taken.
//
// Limits:  head 16 KiB (431), body ServerOptions::bodyBytesMax (413), what is not HTTP: 400. After these the
//          connection is closed. A handler that is late is answered for: 503.
// Errors:  listen(): inUse, usage (address, or only one of certificate and key), fileUnreadable (either of
//          them). After that a failure concerns one connection and ends only that.
// Threads: ServerOptions::threads threads serve all connections. The handler is called on them, for different
//          connections at the same time; it must not block.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "sync/base/bytes.h"
#include "sync/base/result.h"

namespace hezhang::endpoint {

struct HttpRequest {
    std::string method;       // POST, GET, …, as sent
    std::string path;         // the request target as sent, with the query if there is one
    std::string contentType;  // empty if absent
    Bytes body;
};

struct HttpResponse {
    int status = 200;
    std::string contentType;  // empty: no such header
    Bytes body;
};

// Call it once, from any thread, at any time: when the connection or the server is gone the response is
// dropped, and so is every response after the first.
using Reply = std::function<void(HttpResponse)>;
using Handler = std::function<void(HttpRequest, Reply)>;

struct ServerDeadlines {
    std::chrono::milliseconds idle{300'000};  // until the first byte of a request
    std::chrono::milliseconds head{10'000};   // the whole head; also the TLS handshake
    std::chrono::milliseconds body{30'000};   // a body, in or out, plus one second per kBodyBytesPerSecondMin
    std::chrono::milliseconds answer{60'000};  // from the request to the handler's reply
    std::chrono::milliseconds stop{5'000};     // from stop() until open connections are cut
};

// A body may come over a poor link as long as it comes at least at this mean speed.
inline constexpr std::size_t kBodyBytesPerSecondMin = 4 * 1024;

struct ServerOptions {
    std::string address = "127.0.0.1";  // an IP address or a name of this machine
    std::uint16_t port = 0;             // 0: any free one
    int threads = 2;
    std::size_t bodyBytesMax = 1024 * 1024 + 64 * 1024;
    ServerDeadlines deadlines;
    std::string tlsCertFile{};  // PEM chain; with tlsKeyFile: HTTPS from TLS 1.2, without both: plain HTTP
    std::string tlsKeyFile{};
};

class HttpServer {
public:
    // Binds the port; connections wait until run().
    [[nodiscard]] static Result<std::unique_ptr<HttpServer>> listen(const ServerOptions& options,
                                                                    Handler handler);
    // REQUIRES: run() was not called or has returned.
    ~HttpServer();
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;

    [[nodiscard]] std::uint16_t port() const;

    // Serves until stop() has taken effect. REQUIRES: called once.
    void run();

    // Accepts no more and lets requests that have begun get their answer, for at most deadlines.stop. Returns
    // at once; from any thread, but not from a signal handler. Idempotent.
    void stop();

private:
    class Impl;
    explicit HttpServer(std::unique_ptr<Impl> impl);

    std::unique_ptr<Impl> m_impl;
};

}  // namespace hezhang::endpoint
