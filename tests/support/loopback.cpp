// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/loopback.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <utility>

#include "sync/base/check.h"

namespace hezhang::test {

namespace {

sockaddr_in loopbackAddress(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

int newSocket() {
    const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    HZ_ASSERT(descriptor >= 0);
    const int on = 1;
    ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return descriptor;
}

bool isReadable(int descriptor, std::chrono::milliseconds wait) {
    pollfd entry{descriptor, POLLIN, 0};
    return ::poll(&entry, 1, static_cast<int>(wait.count())) > 0;
}

std::size_t numberIn(std::string_view text) {
    std::size_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

}  // namespace

Socket::Socket(Socket&& other) noexcept : m_descriptor(std::exchange(other.m_descriptor, -1)) {}

Socket& Socket::operator=(Socket&& other) noexcept {
    std::swap(m_descriptor, other.m_descriptor);
    return *this;
}

Socket::~Socket() {
    close();
}

Socket Socket::unconnected() {
    return Socket(newSocket());
}

Socket Socket::connectedTo(std::uint16_t port) {
    Socket socket = unconnected();
    socket.connectTo(port);
    return socket;
}

void Socket::connectTo(std::uint16_t port) {
    const sockaddr_in address = loopbackAddress(port);
    if (::connect(m_descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        close();
    }
}

bool Socket::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t sent = ::send(m_descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) {
            return false;
        }
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

std::optional<std::string> Socket::receive(std::chrono::milliseconds wait) {
    if (!isReadable(m_descriptor, wait)) {
        return std::nullopt;
    }
    std::string buffer(64 * 1024, '\0');
    const ssize_t size = ::recv(m_descriptor, buffer.data(), buffer.size(), 0);
    buffer.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
    return buffer;
}

std::optional<std::string> Socket::receiveAll(std::chrono::milliseconds wait) {
    std::string all;
    for (;;) {
        const auto some = receive(wait);
        if (!some) {
            return std::nullopt;
        }
        if (some->empty()) {
            return all;
        }
        all += *some;
    }
}

void Socket::finishSending() {
    ::shutdown(m_descriptor, SHUT_WR);
}
void Socket::shutDown() {
    ::shutdown(m_descriptor, SHUT_RDWR);
}

void Socket::close() {
    if (m_descriptor >= 0) {
        ::close(std::exchange(m_descriptor, -1));
    }
}

void Socket::reset() {
    const linger atOnce{1, 0};
    ::setsockopt(m_descriptor, SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
    close();
}

Listener::Listener() : m_descriptor(newSocket()) {
    sockaddr_in address = loopbackAddress(0);
    socklen_t size = sizeof address;
    HZ_ASSERT(::bind(m_descriptor, reinterpret_cast<const sockaddr*>(&address), size) == 0);
    HZ_ASSERT(::listen(m_descriptor, SOMAXCONN) == 0);
    HZ_ASSERT(::getsockname(m_descriptor, reinterpret_cast<sockaddr*>(&address), &size) == 0);
    m_port = ntohs(address.sin_port);
}

Listener::~Listener() {
    ::close(m_descriptor);
}

Socket Listener::accept(std::chrono::milliseconds wait) {
    if (!isReadable(m_descriptor, wait)) {
        return {};
    }
    return Socket(::accept4(m_descriptor, nullptr, nullptr, SOCK_CLOEXEC));
}

void Listener::shutDown() {
    ::shutdown(m_descriptor, SHUT_RDWR);
}

int HttpText::status() const {
    constexpr std::string_view kStart = "HTTP/1.1 ";
    return head.starts_with(kStart) ? static_cast<int>(numberIn(std::string_view(head).substr(kStart.size())))
                                    : 0;
}

std::optional<std::string> HttpText::header(std::string_view name) const {
    std::size_t at = head.find("\r\n");
    while (at != std::string::npos && at + 2 < head.size()) {
        const std::size_t begin = at + 2;
        at = head.find("\r\n", begin);
        const std::string line = head.substr(begin, at - begin);
        if (line.size() > name.size() && line[name.size()] == ':' &&
            ::strncasecmp(line.data(), name.data(), name.size()) == 0) {
            const std::size_t value = line.find_first_not_of(' ', name.size() + 1);
            return value == std::string::npos ? std::string() : line.substr(value);
        }
    }
    return std::nullopt;
}

std::optional<HttpText> receiveHttp(Socket& socket, std::chrono::milliseconds wait) {
    std::string bytes;
    std::size_t end = std::string::npos;
    std::size_t needed = 1;
    HttpText message;
    while (bytes.size() < needed) {
        const auto some = socket.receive(wait);
        if (!some || some->empty()) {
            return std::nullopt;
        }
        bytes += *some;
        if (end == std::string::npos && (end = bytes.find("\r\n\r\n")) != std::string::npos) {
            message.head = bytes.substr(0, end + 4);
            needed = message.head.size() + numberIn(message.header("Content-Length").value_or("0"));
        } else if (end == std::string::npos) {
            needed = bytes.size() + 1;
        }
    }
    HZ_ASSERT(bytes.size() == needed);
    message.body = bytes.substr(message.head.size());
    return message;
}

std::string postText(std::string_view path, std::string_view body) {
    return "POST " + std::string(path) +
           " HTTP/1.1\r\nHost: test\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
           std::string(body);
}

std::string answerText(int status, std::string_view contentType, std::string_view body) {
    return "HTTP/1.1 " + std::to_string(status) + " Answer\r\nContent-Type: " + std::string(contentType) +
           "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

}  // namespace hezhang::test
