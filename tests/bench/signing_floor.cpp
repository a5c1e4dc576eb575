// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// As the limit program for HTTP serves: one thread, one connection to SQLite, statements kept, nothing logged
// or checked twice.
#include <openssl/evp.h>

#include <boost/asio.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/bench/floors.h"
#include "tests/bench/raw_rows.h"

namespace hezhang::bench {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;

constexpr std::size_t kKeySize = 32;
constexpr std::size_t kSignatureSize = 64;
constexpr int kBacklog = 4096;

std::int64_t take(std::string_view& bytes) {
    std::uint64_t number = 0;
    for (int shift = 0;; shift += 7) {
        stopUnless(!bytes.empty(), "a request ends early");
        const auto byte = static_cast<std::uint8_t>(bytes.front());
        bytes.remove_prefix(1);
        number |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
        if (byte < 0x80) {
            return static_cast<std::int64_t>(number);
        }
    }
}

// Ops as a request packs them.
void addPacked(RawRows& rows, std::string_view ops) {
    while (!ops.empty()) {
        std::int64_t numbers[6] = {};
        for (std::int64_t& number : numbers) {
            number = take(ops);
        }
        const auto& [unit, sequence, row, field, at, size] = numbers;
        const std::string_view text = ops.substr(0, static_cast<std::size_t>(size));
        ops.remove_prefix(text.size());
        rows.add({unit, sequence, at, row, field}, text);
    }
}

bool isSigned(std::string_view body) {
    const auto* bytes = reinterpret_cast<const unsigned char*>(body.data());
    EVP_PKEY* key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytes, kKeySize);
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    const std::size_t head = kKeySize + kSignatureSize;
    const bool isFine =
        EVP_DigestVerifyInit(context, nullptr, nullptr, nullptr, key) == 1 &&
        EVP_DigestVerify(context, bytes + kKeySize, kSignatureSize, bytes + head, body.size() - head) == 1;
    EVP_MD_CTX_free(context);
    EVP_PKEY_free(key);
    return isFine;
}

class Server;

class Connection : public std::enable_shared_from_this<Connection> {
public:
    Connection(tcp::socket socket, Server& server) : m_socket(std::move(socket)), m_server(server) {
        m_socket.set_option(tcp::no_delay(true));
    }
    void read() {
        m_parser.emplace();
        http::async_read(m_socket, m_buffer, *m_parser, [self = shared_from_this()](auto error, std::size_t) {
            if (!error) {
                self->onRequest();
            }
        });
    }
    [[nodiscard]] std::string_view body() const { return m_parser->get().body(); }
    void reply(const std::string& text) {
        m_response = {};
        m_response.version(11);
        m_response.result(200);
        m_response.keep_alive(true);
        m_response.body() = text;
        m_response.prepare_payload();
        http::async_write(m_socket, m_response, [self = shared_from_this()](auto error, std::size_t) {
            if (!error) {
                self->read();
            }
        });
    }

private:
    void onRequest();

    tcp::socket m_socket;
    Server& m_server;
    boost::beast::flat_buffer m_buffer;
    std::optional<http::request_parser<http::string_body>> m_parser;
    http::response<http::string_body> m_response;
};

class Server {
public:
    explicit Server(const std::string& folder)
        : m_rows(folder + "/floor.db"), m_key(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519")) {
        const tcp::endpoint endpoint(asio::ip::make_address("127.0.0.1"), 0);
        m_acceptor.open(endpoint.protocol());
        m_acceptor.bind(endpoint);
        m_acceptor.listen(kBacklog);
    }
    void run() {
        asio::signal_set signals(m_context, SIGTERM);
        signals.async_wait([this](auto, int) { m_context.stop(); });
        accept();
        std::printf("listening http://127.0.0.1:%d\n", m_acceptor.local_endpoint().port());
        std::fflush(stdout);
        m_context.run();
    }
    // All that are read before the commit begins share it.
    void enter(std::shared_ptr<Connection> connection) {
        m_waiting.push_back(std::move(connection));
        if (m_waiting.size() == 1) {
            asio::post(m_context, [this] { asio::post(m_context, [this] { commit(); }); });
        }
    }

private:
    void accept() {
        m_acceptor.async_accept([this](auto error, tcp::socket socket) {
            if (!error) {
                std::make_shared<Connection>(std::move(socket), *this)->read();
            }
            accept();
        });
    }
    void commit() {
        const auto waiting = std::move(m_waiting);
        m_waiting.clear();
        m_rows.run("BEGIN IMMEDIATE");
        for (const auto& connection : waiting) {
            const std::string_view body = connection->body();
            stopUnless(body.size() > kKeySize + kSignatureSize && isSigned(body), "a signature is wrong");
            addPacked(m_rows, body.substr(kKeySize + kSignatureSize));
        }
        const std::string head = signedHead(waiting.size());
        m_rows.run("COMMIT");
        for (const auto& connection : waiting) {
            connection->reply(head);
        }
    }
    std::string signedHead(std::size_t count) {
        m_size += count;
        std::string signature(kSignatureSize, '\0');
        std::size_t size = signature.size();
        EVP_MD_CTX* context = EVP_MD_CTX_new();
        EVP_DigestSignInit(context, nullptr, nullptr, nullptr, m_key);
        EVP_DigestSign(context, reinterpret_cast<unsigned char*>(signature.data()), &size,
                       reinterpret_cast<const unsigned char*>(&m_size), sizeof m_size);
        EVP_MD_CTX_free(context);
        return signature;
    }

    asio::io_context m_context{1};
    tcp::acceptor m_acceptor{m_context};
    RawRows m_rows;
    EVP_PKEY* m_key;
    std::uint64_t m_size = 0;
    std::vector<std::shared_ptr<Connection>> m_waiting;
};

void Connection::onRequest() {
    m_server.enter(shared_from_this());
}

}  // namespace

int runSigningFloor(const std::string& folder) {
    Server(folder).run();
    return 0;
}

}  // namespace hezhang::bench
