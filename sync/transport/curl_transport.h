// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Transport over HTTP/1.1 with libcurl. The connection is kept between calls; where the other side closed it
// meanwhile, the message is sent once more on a new one. Heads are kept small: a call that says nothing new
// has to fit in a few hundred bytes.
//
// Rate:    libcurl keeps to it within a message, but not always when it receives (7.88); so the next file
//          waits until the one before would have taken its time.
// Units:   the time limits have a resolution of one second: they may fire that much later, never sooner.
// Errors:  unreachable: refused, no route, unknown name, or the connection broke. timedOut: no connection or
//          no byte for too long. tooLarge: noticed while receiving, nothing beyond the limit is kept.
//          notOurServer: not HTTP, or a certificate that is not trusted.
// Threads: one caller at a time; only `cancel` may be written meanwhile.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

#include "sync/transport/transport.h"

namespace hezhang::sync {

struct TransportOptions {
    std::chrono::milliseconds connectTimeout{5'000};  // name, connection and TLS handshake together
    std::chrono::milliseconds stallTimeout{20'000};   // without a byte in either direction
    std::size_t answerBytesMax = 9 * 1024 * 1024;     // of the body
    // Of files (paths below /v1/blob), each way; 0: no limit. Other messages are never slowed down.
    std::uint64_t fileBytesPerSecond = 0;
    std::string caFile{};                       // PEM; empty: the certificates this machine trusts
    const std::atomic<bool>* cancel = nullptr;  // true ends a call within about a second; may be null
};

class CurlTransport final : public Transport {
public:
    // `baseUrl` is http://HOST[:PORT][/PREFIX] or https://…, without user, query or fragment. Nothing is
    // sent yet. A proxy is taken from the environment, but never for loopback.
    // Errors: usage for any other address.
    [[nodiscard]] static Result<std::unique_ptr<CurlTransport>> open(const std::string& baseUrl,
                                                                     const TransportOptions& options = {});
    ~CurlTransport() override;
    CurlTransport(const CurlTransport&) = delete;
    CurlTransport& operator=(const CurlTransport&) = delete;

    [[nodiscard]] Result<Answer> post(const std::string& path, BytesView body) override;
    [[nodiscard]] Traffic traffic() const override;
    [[nodiscard]] bool worksBeside() const override { return true; }

private:
    struct Session;
    explicit CurlTransport(std::unique_ptr<Session> session);

    std::unique_ptr<Session> m_session;
};

}  // namespace hezhang::sync
