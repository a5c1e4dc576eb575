// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/endpoint/http_server.h"

#include <array>
#include <boost/asio.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <exception>
#include <optional>
#include <set>
#include <thread>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace hezhang::endpoint {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;
using Clock = std::chrono::steady_clock;

using PlainStream = beast::tcp_stream;
using TlsStream = beast::ssl_stream<beast::tcp_stream>;
using Body = http::vector_body<std::uint8_t>;
using Parser = http::request_parser<Body>;
using Message = http::response<Body>;

constexpr auto kAwait = asio::as_tuple(asio::use_awaitable);
constexpr std::uint32_t kHeadBytesMax = 16 * 1024;
constexpr std::size_t kReadBufferMax = 64 * 1024;
constexpr std::size_t kIdleReadBytes = 1024;
constexpr auto kDrainTime = std::chrono::seconds(2);
constexpr auto kAcceptPause = std::chrono::milliseconds(50);

// What all connections share. It outlives them.
struct Service {
    ServerOptions options;
    Handler handler;
    std::weak_ptr<asio::io_context> context;
};

// One request that waits for its reply. Only the connection owns it: the timer must not outlive the context.
struct Exchange {
    explicit Exchange(const asio::any_io_executor& executor) : timer(executor) {}
    asio::steady_timer timer;
    std::optional<HttpResponse> response;
};

Reply replyTo(std::weak_ptr<asio::io_context> weakContext, std::weak_ptr<Exchange> weakExchange) {
    return [weakContext = std::move(weakContext),
            weakExchange = std::move(weakExchange)](HttpResponse response) {
        const auto context = weakContext.lock();
        const auto exchange = weakExchange.lock();
        if (context == nullptr || exchange == nullptr) {
            return;
        }
        asio::post(exchange->timer.get_executor(), [exchange, response = std::move(response)]() mutable {
            if (!exchange->response) {
                exchange->response = std::move(response);
                exchange->timer.cancel();
            }
        });
    };
}

// The latest moment at which a body may still be on its way when so many of its bytes have moved.
Clock::time_point bodyDeadline(Clock::time_point start, std::chrono::milliseconds grace, std::size_t bytes) {
    return start + grace + std::chrono::seconds(bytes / kBodyBytesPerSecondMin);
}

// The status that tells the peer what is wrong with its request; 0 if there is nobody left to tell.
int statusOf(const error_code& error) {
    if (error == http::error::body_limit) {
        return 413;
    }
    if (error == http::error::header_limit) {
        return 431;
    }
    if (error == http::error::end_of_stream || error == http::error::partial_message) {
        return 0;
    }
    return error.category() == make_error_code(http::error::bad_version).category() ? 400 : 0;
}

HttpRequest requestOf(Parser& parser) {
    auto& message = parser.get();
    return {std::string(message.method_string()), std::string(message.target()),
            std::string(message[http::field::content_type]), std::move(message.body())};
}

enum class KeepAlive { no, yes };

Message messageOf(HttpResponse response, http::verb method, KeepAlive keepAlive) {
    Message message;
    message.result(static_cast<unsigned>(response.status));
    if (!response.contentType.empty()) {
        message.set(http::field::content_type, response.contentType);
    }
    message.content_length(response.body.size());
    message.keep_alive(keepAlive == KeepAlive::yes);
    if (method != http::verb::head) {
        message.body() = std::move(response.body);
    }
    return message;
}

// What the server needs of a connection, plain or TLS.
class Connection {
public:
    virtual ~Connection() = default;
    virtual asio::awaitable<void> serve() = 0;
    virtual void finish() = 0;  // answers what has begun, then closes; from any thread
    virtual void cut() = 0;     // closes now; from any thread
};

// Runs on the executor of its stream, a strand; nothing here is touched from outside it.
// No co_await stands in a condition here: in a template g++ 12 makes code of that which crashes or loops.
template <class Stream>
class StreamConnection final : public Connection,
                               public std::enable_shared_from_this<StreamConnection<Stream>> {
public:
    template <class... Arguments>
    explicit StreamConnection(Service& service, Arguments&&... arguments)
        : m_service(service), m_stream(std::forward<Arguments>(arguments)...) {}

    asio::awaitable<void> serve() override {
        bool open = co_await handshake();
        while (open) {
            open = co_await requestBegins();
            if (open) {
                open = co_await answerOne();
            }
        }
        socket().close();
    }

    void finish() override {
        asio::post(m_stream.get_executor(), [this, self = this->shared_from_this()] {
            m_finishing = true;
            if (m_idle) {
                socket().close();
            }
        });
    }

    void cut() override {
        asio::post(m_stream.get_executor(), [this, self = this->shared_from_this()] {
            m_finishing = true;
            socket().close();
            if (m_exchange != nullptr) {
                m_exchange->timer.cancel();
            }
        });
    }

private:
    beast::tcp_stream& socket() { return beast::get_lowest_layer(m_stream); }
    [[nodiscard]] const ServerDeadlines& deadlines() const { return m_service.options.deadlines; }

    asio::awaitable<bool> handshake() {
        if constexpr (std::is_same_v<Stream, TlsStream>) {
            socket().expires_after(deadlines().head);
            const auto [error] = co_await m_stream.async_handshake(asio::ssl::stream_base::server, kAwait);
            co_return !error;
        }
        co_return true;
    }

    // Waits in a small buffer: most connections are idle most of the time.
    asio::awaitable<bool> requestBegins() {
        if (m_finishing) {
            co_return false;
        }
        if (m_buffer.size() > 0) {
            co_return true;
        }
        m_idle = true;
        m_buffer.shrink_to_fit();
        socket().expires_after(deadlines().idle);
        const auto [error, size] =
            co_await m_stream.async_read_some(m_buffer.prepare(kIdleReadBytes), kAwait);
        m_buffer.commit(size);
        m_idle = false;
        co_return !error;
    }

    // Whether the connection can take another request.
    asio::awaitable<bool> answerOne() {
        Parser parser;
        parser.header_limit(kHeadBytesMax);
        parser.body_limit(m_service.options.bodyBytesMax);
        const error_code error = co_await read(parser);
        if (error) {
            co_await reject(statusOf(error));
            co_return false;
        }
        const http::verb method = parser.get().method();
        const bool wantsMore = parser.keep_alive();
        std::optional<HttpResponse> response = co_await askHandler(requestOf(parser));
        const bool goesOn = wantsMore && response && !m_finishing;
        Message message = messageOf(response ? std::move(*response) : HttpResponse{503, {}, {}}, method,
                                    goesOn ? KeepAlive::yes : KeepAlive::no);
        const bool written = co_await write(message);
        co_return written&& goesOn;
    }

    asio::awaitable<error_code> read(Parser& parser) {
        socket().expires_after(deadlines().head);
        auto [error, ignored] = co_await http::async_read_header(m_stream, m_buffer, parser, kAwait);
        const Clock::time_point start = Clock::now();
        while (!error && !parser.is_done()) {
            // By the body's own bytes: the padding of chunks must not buy time.
            socket().expires_at(bodyDeadline(start, deadlines().body, parser.get().body().size()));
            std::tie(error, ignored) = co_await http::async_read_some(m_stream, m_buffer, parser, kAwait);
        }
        co_return error;
    }

    // Nothing if the handler is late or the connection was cut.
    asio::awaitable<std::optional<HttpResponse>> askHandler(HttpRequest request) {
        socket().expires_never();
        m_exchange = std::make_shared<Exchange>(m_stream.get_executor());
        m_exchange->timer.expires_after(deadlines().answer);
        m_service.handler(std::move(request), replyTo(m_service.context, m_exchange));
        co_await m_exchange->timer.async_wait(kAwait);
        const std::shared_ptr<Exchange> done = std::exchange(m_exchange, nullptr);
        co_return std::exchange(done->response, std::nullopt);
    }

    asio::awaitable<bool> write(Message& message) {
        http::response_serializer<Body> serializer(message);
        const Clock::time_point start = Clock::now();
        std::size_t written = 0;
        while (!serializer.is_done()) {
            socket().expires_at(bodyDeadline(start, deadlines().body, written));
            const auto [error, size] = co_await http::async_write_some(m_stream, serializer, kAwait);
            if (error) {
                co_return false;
            }
            written += size;
        }
        co_return true;
    }

    asio::awaitable<void> reject(int status) {
        if (status == 0) {
            co_return;
        }
        Message message = messageOf({status, {}, {}}, http::verb::post, KeepAlive::no);
        const bool written = co_await write(message);
        if (written) {
            co_await drain();
        }
    }

    // Closing while the peer still sends would reset the connection and take the answer away from it.
    asio::awaitable<void> drain() {
        error_code ignored;
        socket().socket().shutdown(tcp::socket::shutdown_send, ignored);
        socket().expires_after(kDrainTime);
        std::array<std::uint8_t, 2048> scrap;
        for (;;) {
            const auto [error, size] = co_await socket().async_read_some(asio::buffer(scrap), kAwait);
            if (error) {
                co_return;
            }
        }
    }

    Service& m_service;
    Stream m_stream;
    beast::flat_buffer m_buffer{kReadBufferMax};
    std::shared_ptr<Exchange> m_exchange;
    bool m_idle = true;
    bool m_finishing = false;
};

std::string authorityOf(const std::string& address, std::uint16_t port) {
    const bool isV6 = address.find(':') != std::string::npos;
    return (isV6 ? "[" + address + "]" : address) + ":" + std::to_string(port);
}

Result<asio::ssl::context> tlsContext(const ServerOptions& options) {
    asio::ssl::context context(asio::ssl::context::tls_server);
    SSL_CTX_set_min_proto_version(context.native_handle(), TLS1_2_VERSION);
    SSL_CTX_set_mode(context.native_handle(), SSL_MODE_RELEASE_BUFFERS);
    error_code error;
    context.use_certificate_chain_file(options.tlsCertFile, error);
    if (error) {
        return fail(ErrorCode::fileUnreadable, "no certificate in " + options.tlsCertFile);
    }
    context.use_private_key_file(options.tlsKeyFile, asio::ssl::context::pem, error);
    if (error || SSL_CTX_check_private_key(context.native_handle()) != 1) {
        return fail(ErrorCode::fileUnreadable, "no key for the certificate in " + options.tlsKeyFile);
    }
    return context;
}

}  // namespace

// The acceptor and the set of connections belong to one strand, `m_control`.
class HttpServer::Impl {
public:
    Impl(const ServerOptions& options, Handler handler)
        : m_context(std::make_shared<asio::io_context>(options.threads)),
          m_service{options, std::move(handler), m_context},
          m_control(asio::make_strand(*m_context)),
          m_acceptor(m_control),
          m_stopTimer(m_control) {}

    Result<void> listen();
    void run();
    void stop() {
        asio::post(m_control, [this] { beginStop(); });
    }
    [[nodiscard]] std::uint16_t port() const { return m_port; }

private:
    Result<void> bind(const tcp::endpoint& endpoint);
    asio::awaitable<void> acceptAll();
    void start(tcp::socket socket);
    void ended(const std::shared_ptr<Connection>& connection);
    void beginStop();

    std::shared_ptr<asio::io_context> m_context;
    Service m_service;
    asio::any_io_executor m_control;
    tcp::acceptor m_acceptor;
    asio::steady_timer m_stopTimer;
    std::optional<asio::ssl::context> m_tls;
    std::set<std::shared_ptr<Connection>> m_open;
    std::uint16_t m_port = 0;
    bool m_stopping = false;
};

Result<void> HttpServer::Impl::listen() {
    const ServerOptions& options = m_service.options;
    if (options.tlsCertFile.empty() != options.tlsKeyFile.empty()) {
        return fail(ErrorCode::usage, "TLS needs both a certificate and a key");
    }
    if (!options.tlsCertFile.empty()) {
        HZ_TRY(m_tls, tlsContext(options));
    }
    error_code error;
    const auto found =
        tcp::resolver(*m_context)
            .resolve(options.address, std::to_string(options.port), tcp::resolver::passive, error);
    if (error || found.empty()) {
        return fail(ErrorCode::usage, options.address + " is not an address of this machine");
    }
    HZ_CHECK(bind(found.begin()->endpoint()));
    asio::co_spawn(m_control, acceptAll(), asio::detached);
    return {};
}

Result<void> HttpServer::Impl::bind(const tcp::endpoint& endpoint) {
    const std::string name = authorityOf(m_service.options.address, m_service.options.port);
    error_code error;
    m_acceptor.open(endpoint.protocol(), error);
    if (!error) {
        m_acceptor.set_option(tcp::acceptor::reuse_address(true), error);
    }
    if (!error) {
        m_acceptor.bind(endpoint, error);
    }
    if (!error) {
        m_acceptor.listen(tcp::acceptor::max_listen_connections, error);
    }
    if (error == asio::error::address_in_use) {
        return fail(ErrorCode::inUse, name + " is in use");
    }
    if (error) {
        return fail(ErrorCode::usage, "cannot listen on " + name + ": " + error.message());
    }
    m_port = m_acceptor.local_endpoint().port();
    return {};
}

void HttpServer::Impl::run() {
    std::vector<std::jthread> others;
    for (int i = 1; i < m_service.options.threads; ++i) {
        others.emplace_back([this] { m_context->run(); });
    }
    m_context->run();
}

asio::awaitable<void> HttpServer::Impl::acceptAll() {
    asio::steady_timer pause(m_control);
    while (!m_stopping) {
        auto [error, socket] =
            co_await m_acceptor.async_accept(asio::any_io_executor(asio::make_strand(*m_context)), kAwait);
        if (!error && !m_stopping) {
            start(std::move(socket));
        } else if (!m_stopping) {
            // No descriptor or no memory left: connections that end will give some back.
            pause.expires_after(kAcceptPause);
            co_await pause.async_wait(kAwait);
        }
    }
}

void HttpServer::Impl::start(tcp::socket socket) {
    error_code ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    const asio::any_io_executor executor = socket.get_executor();
    std::shared_ptr<Connection> connection;
    if (m_tls) {
        connection = std::make_shared<StreamConnection<TlsStream>>(m_service, std::move(socket), *m_tls);
    } else {
        connection = std::make_shared<StreamConnection<PlainStream>>(m_service, std::move(socket));
    }
    m_open.insert(connection);
    // An exception (no memory) ends this connection only.
    asio::co_spawn(
        executor, connection->serve(),
        asio::bind_executor(m_control, [this, connection](const std::exception_ptr&) { ended(connection); }));
}

void HttpServer::Impl::ended(const std::shared_ptr<Connection>& connection) {
    m_open.erase(connection);
    if (m_stopping && m_open.empty()) {
        m_stopTimer.cancel();
    }
}

void HttpServer::Impl::beginStop() {
    if (m_stopping) {
        return;
    }
    m_stopping = true;
    // In this order: once the port refuses, every answer that is replied to later says that it is the last.
    for (const auto& connection : m_open) {
        connection->finish();
    }
    error_code ignored;
    m_acceptor.close(ignored);
    if (m_open.empty()) {
        return;
    }
    m_stopTimer.expires_after(m_service.options.deadlines.stop);
    m_stopTimer.async_wait([this](const error_code& error) {
        if (!error) {
            for (const auto& connection : m_open) {
                connection->cut();
            }
        }
    });
}

HttpServer::HttpServer(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
HttpServer::~HttpServer() = default;

Result<std::unique_ptr<HttpServer>> HttpServer::listen(const ServerOptions& options, Handler handler) {
    auto impl = std::make_unique<Impl>(options, std::move(handler));
    HZ_CHECK(impl->listen());
    return std::unique_ptr<HttpServer>(new HttpServer(std::move(impl)));
}

std::uint16_t HttpServer::port() const {
    return m_impl->port();
}
void HttpServer::run() {
    m_impl->run();
}
void HttpServer::stop() {
    m_impl->stop();
}

}  // namespace hezhang::endpoint
