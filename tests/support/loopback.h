// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Bare TCP on 127.0.0.1 for tests: to say what no HTTP library would say, and to see each byte.
//
// Errors:  a socket that cannot be made ends the test program; a peer that is gone is an ordinary result.
// Threads: one thread a socket; shutDown() from any thread wakes it.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hezhang::test {

// How long a test waits for what must come; reaching it is a failure.
inline constexpr std::chrono::milliseconds kPatience{10'000};

class Socket {
public:
    Socket() = default;
    explicit Socket(int descriptor) : m_descriptor(descriptor) {}
    Socket(Socket&& other) noexcept;
    Socket& operator=(Socket&& other) noexcept;
    ~Socket();

    [[nodiscard]] static Socket unconnected();
    // isOpen() is false if nobody listens there.
    [[nodiscard]] static Socket connectedTo(std::uint16_t port);
    void connectTo(std::uint16_t port);  // closes itself if nobody listens there

    [[nodiscard]] bool isOpen() const { return m_descriptor >= 0; }
    // False once the peer is known to be gone.
    bool send(std::string_view bytes);
    // The next bytes; empty: the peer closed or reset the connection; nullopt: nothing came in time.
    [[nodiscard]] std::optional<std::string> receive(std::chrono::milliseconds wait = kPatience);
    // Everything until the peer closes; nullopt: it did not in time.
    [[nodiscard]] std::optional<std::string> receiveAll(std::chrono::milliseconds wait = kPatience);
    void finishSending();
    void shutDown();
    void close();
    // Closes with a reset instead of an orderly end.
    void reset();

private:
    int m_descriptor = -1;
};

class Listener {
public:
    Listener();
    ~Listener();
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;

    [[nodiscard]] std::uint16_t port() const { return m_port; }
    [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(m_port); }
    // Not open if nobody came in time or shutDown() was called.
    [[nodiscard]] Socket accept(std::chrono::milliseconds wait = kPatience);
    void shutDown();

private:
    int m_descriptor = -1;
    std::uint16_t m_port = 0;
};

// A request or an answer whose body is framed by Content-Length; no such header: no body.
struct HttpText {
    std::string head;  // with the empty line
    std::string body;

    [[nodiscard]] std::string text() const { return head + body; }
    // Of the status line; 0 in a request.
    [[nodiscard]] int status() const;
    // The value of a header, case-insensitive; nullopt if absent.
    [[nodiscard]] std::optional<std::string> header(std::string_view name) const;
};

// Reads exactly one message; nullopt: the peer ended it early or was silent for `wait`. Messages are not
// pipelined: bytes behind the first one end the test program.
[[nodiscard]] std::optional<HttpText> receiveHttp(Socket& socket, std::chrono::milliseconds wait = kPatience);

[[nodiscard]] std::string postText(std::string_view path, std::string_view body);
[[nodiscard]] std::string answerText(int status, std::string_view contentType, std::string_view body);

}  // namespace hezhang::test
