// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "sync/transport/curl_transport.h"

#include <dlfcn.h>
#include <gmock/gmock.h>
#include <netdb.h>

#include <functional>
#include <future>
#include <latch>
#include <string_view>
#include <thread>

#include "sync/transport/wire_messages.h"
#include "tests/support/loopback.h"
#include "tests/support/running_server.h"

// The name server of this program: where a call is under way it does not answer for kMuteHost. libcurl asks
// in a thread of its own, which outlives the call.
static constexpr std::string_view kMuteHost = "mute.invalid";
static std::latch nameIsAsked{1};
static std::latch nameIsAnswered{1};

extern "C" int getaddrinfo(const char* node, const char* service, const addrinfo* hints, addrinfo** found) {
    if (node != nullptr && node == kMuteHost) {
        nameIsAsked.count_down();
        nameIsAnswered.wait();
        return EAI_AGAIN;
    }
    static const auto real = reinterpret_cast<decltype(&getaddrinfo)>(dlsym(RTLD_NEXT, "getaddrinfo"));
    return real(node, service, hints, found);
}

namespace hezhang::sync {
namespace {

using namespace std::chrono_literals;
using test::answerText;
using test::HttpText;
using test::Listener;
using test::receiveHttp;
using test::RunningServer;
using test::Socket;
using Clock = std::chrono::steady_clock;

std::unique_ptr<CurlTransport> transportTo(const std::string& url, const TransportOptions& options = {}) {
    auto transport = CurlTransport::open(url, options);
    HZ_ASSERT(transport.has_value());
    return std::move(*transport);
}

// Takes one connection and lets the test say what happens on it, byte for byte.
class ScriptedServer {
public:
    explicit ScriptedServer(std::function<void(Socket)> script)
        : m_thread([this, script = std::move(script)] { script(m_listener.accept()); }) {}
    ~ScriptedServer() { m_thread.join(); }

    [[nodiscard]] std::string url() const { return m_listener.url(); }

private:
    Listener m_listener;
    std::thread m_thread;
};

// Answers the first request with these bytes, then closes.
std::function<void(Socket)> says(std::string bytes) {
    return [bytes = std::move(bytes)](Socket client) {
        static_cast<void>(receiveHttp(client));
        client.send(bytes);
    };
}

ErrorCode codeOf(const Result<Answer>& answer) {
    return answer ? ErrorCode::internal : answer.error().code;
}

TEST(CurlTransport, SendsTheBodyAndBringsTheAnswerBack) {
    RunningServer server([](const endpoint::HttpRequest& request, const endpoint::Reply& reply) {
        const std::string seen = request.method + " " + request.path + " " + request.contentType + " ";
        reply({418, "text/plain", copyOf(viewOf(seen + std::string(textOf(request.body))))});
    });
    const auto transport = transportTo(server.url() + "/county/");

    const auto answer = transport->post("/sync", viewOf("hello"));

    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 418);
    EXPECT_EQ(answer->contentType, "text/plain");
    EXPECT_EQ(textOf(answer->body), "POST /county/sync application/x-hezhang hello");
}

// Two seconds of files, and several messages of their size in between.
TEST(CurlTransport, ALimitSlowsFilesDownAndNothingElse) {
    RunningServer server([](const endpoint::HttpRequest& request, const endpoint::Reply& reply) {
        const bool isGet = request.path == kBlobGetPath;
        reply({200, "application/x-hezhang", isGet ? Bytes(512 * 1024, 0x5e) : request.body});
    });
    const TransportOptions options{.fileBytesPerSecond = 256 * 1024};
    const Bytes large(512 * 1024, 0xe5);
    const auto put = transportTo(server.url(), options);
    const auto get = transportTo(server.url(), options);
    const auto ops = transportTo(server.url(), options);

    auto sent = std::async(std::launch::async, [&] { return put->post(std::string(kBlobPutPath), large); });
    auto received = std::async(std::launch::async, [&] {
        static_cast<void>(get->post(std::string(kBlobGetPath), {}));
        return get->post(std::string(kBlobGetPath), {});
    });
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(ops->post(std::string(kSyncPath), large)->body, large);
    }

    EXPECT_EQ(sent.wait_for(0s), std::future_status::timeout);
    EXPECT_EQ(received.wait_for(0s), std::future_status::timeout);
    EXPECT_EQ(sent.get()->body, large);
    EXPECT_EQ(received.get()->body.size(), large.size());
}

TEST(CurlTransport, WhoWaitsForItsTurnCanBeStopped) {
    RunningServer server([](const endpoint::HttpRequest&, const endpoint::Reply& reply) {
        reply({200, "application/x-hezhang", Bytes(512 * 1024, 0x5e)});
    });
    std::atomic<bool> cancel = false;
    const auto get = transportTo(server.url(), {.fileBytesPerSecond = 128 * 1024, .cancel = &cancel});
    ASSERT_TRUE(get->post(std::string(kBlobGetPath), {}));

    auto waiting = std::async(std::launch::async, [&] { return get->post(std::string(kBlobGetPath), {}); });
    cancel = true;

    EXPECT_EQ(codeOf(waiting.get()), ErrorCode::cancelled);
}

TEST(CurlTransport, ABodyOfAnySizeArrivesWhole) {
    RunningServer server(test::echo);
    const auto transport = transportTo(server.url());
    const Bytes large(1024 * 1024, 0xe5);

    const auto nothing = transport->post("/", {});
    const auto much = transport->post("/", large);

    ASSERT_TRUE(nothing && much);
    EXPECT_TRUE(nothing->body.empty());
    EXPECT_EQ(much->body, large);
}

TEST(CurlTransport, TheHeadIsSmallAndNothingWaitsForPermission) {
    HttpText seen;
    ScriptedServer server([&](Socket client) {
        seen = receiveHttp(client).value_or(HttpText{});
        client.send(answerText(200, "application/x-hezhang", ""));
    });

    const auto answer = transportTo(server.url())->post("/v1/sync", Bytes(100'000, 'x'));

    ASSERT_TRUE(answer);
    EXPECT_EQ(seen.body.size(), 100'000U);
    EXPECT_EQ(seen.head, "POST /v1/sync HTTP/1.1\r\nHost: " + server.url().substr(7) +
                             "\r\nContent-Type: application/x-hezhang\r\nContent-Length: 100000\r\n\r\n");
}

TEST(CurlTransport, CallsShareOneConnection) {
    std::vector<std::string> bodies;
    ScriptedServer server([&](Socket client) {
        while (const auto request = receiveHttp(client)) {
            bodies.push_back(request->body);
            client.send(answerText(200, "", ""));
        }
    });

    const auto transport = transportTo(server.url());
    const bool first = transport->post("/", viewOf("one")).has_value();
    const bool second = transport->post("/", viewOf("two")).has_value();

    EXPECT_TRUE(first && second);
    EXPECT_THAT(bodies, ::testing::ElementsAre("one", "two"));
}

TEST(CurlTransport, CountsExactlyTheBytesOnTheWire) {
    std::size_t arrived = 0;
    std::size_t sent = 0;
    ScriptedServer server([&](Socket client) {
        while (const auto request = receiveHttp(client)) {
            const std::string answer = answerText(200, "x/y", std::string(3 * request->body.size(), 'a'));
            arrived += request->text().size();
            sent += answer.size();
            client.send(answer);
        }
    });

    auto transport = transportTo(server.url());
    const bool small = transport->post("/", viewOf("small")).has_value();
    const bool empty = transport->post("/", {}).has_value();
    const bool large = transport->post("/", Bytes(900'000, 'x')).has_value();
    const Traffic traffic = transport->traffic();
    EXPECT_TRUE(small && empty && large);
    EXPECT_EQ(traffic.requests, 3U);
    EXPECT_EQ(traffic.sent, arrived);
    EXPECT_EQ(traffic.received, sent);
    transport.reset();
}

TEST(CurlTransport, ARequestThatSaysNothingNewCostsLessThan600Bytes) {
    RunningServer server([](const endpoint::HttpRequest&, const endpoint::Reply& reply) {
        reply({200, "application/x-hezhang", Bytes(100, 'x')});
    });
    const auto transport = transportTo(server.url());

    const auto answer = transport->post("/v1/sync", Bytes(100, 'x'));

    EXPECT_TRUE(answer);
    EXPECT_LT(transport->traffic().sent + transport->traffic().received, 200U + 250U);
}

TEST(CurlTransport, ARedirectIsAnAnswerAndNotFollowed) {
    ScriptedServer server(
        says("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/login\r\nContent-Length: 0\r\n\r\n"));

    const auto answer = transportTo(server.url())->post("/", viewOf("x"));

    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 302);
}

TEST(CurlTransport, AClosedPortIsUnreachable) {
    std::string url = Listener().url();

    const auto answer = transportTo(url)->post("/", viewOf("x"));

    EXPECT_EQ(codeOf(answer), ErrorCode::unreachable);
    EXPECT_EQ(answer.error().text, "no connection to " + url);
}

TEST(CurlTransport, AnUnknownNameIsUnreachable) {
    const auto answer = transportTo("http://nowhere.invalid:1")->post("/", viewOf("x"));

    EXPECT_EQ(codeOf(answer), ErrorCode::unreachable);
}

TEST(CurlTransport, AConnectionThatBreaksInTheAnswerIsUnreachable) {
    ScriptedServer server(says("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"));

    EXPECT_EQ(codeOf(transportTo(server.url())->post("/", viewOf("x"))), ErrorCode::unreachable);
}

TEST(CurlTransport, AConnectionThatBreaksInTheHeadIsUnreachable) {
    ScriptedServer server(says("HTTP/1.1 200 OK\r\nContent-Type: application/x-hez"));

    EXPECT_EQ(codeOf(transportTo(server.url())->post("/", viewOf("x"))), ErrorCode::unreachable);
}

TEST(CurlTransport, AServerThatIsSilentTimesOut) {
    ScriptedServer server([](Socket client) { static_cast<void>(client.receiveAll()); });

    const auto start = Clock::now();
    const auto answer = transportTo(server.url(), {.stallTimeout = 300ms})->post("/", viewOf("x"));

    EXPECT_EQ(codeOf(answer), ErrorCode::timedOut);
    EXPECT_LT(Clock::now() - start, 3s);
}

TEST(CurlTransport, AServerThatStallsInTheBodyTimesOut) {
    ScriptedServer server([](Socket client) {
        static_cast<void>(receiveHttp(client));
        client.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
        static_cast<void>(client.receiveAll());
    });

    const auto answer = transportTo(server.url(), {.stallTimeout = 300ms})->post("/", viewOf("x"));

    EXPECT_EQ(codeOf(answer), ErrorCode::timedOut);
}

TEST(CurlTransport, AServerThatIsSlowButMovesDoesNotTimeOut) {
    ScriptedServer server([](Socket client) {
        static_cast<void>(receiveHttp(client));
        client.send("HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n");
        for (int i = 0; i < 12; ++i) {
            static_cast<void>(client.receive(200ms));  // nothing comes: a pause
            client.send("x");
        }
    });

    const auto answer = transportTo(server.url(), {.stallTimeout = 1500ms})->post("/", viewOf("x"));

    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->body.size(), 12U);
}

TEST(CurlTransport, WhatIsNotHttpIsNotOurServer) {
    ScriptedServer ssh(says("SSH-2.0-OpenSSH_9.2\r\n"));
    ScriptedServer noise(says(std::string("\x15\x03\x01\x00\x02\x02\x0a", 7)));

    EXPECT_EQ(codeOf(transportTo(ssh.url())->post("/", viewOf("x"))), ErrorCode::notOurServer);
    EXPECT_EQ(codeOf(transportTo(noise.url())->post("/", viewOf("x"))), ErrorCode::notOurServer);
}

TEST(CurlTransport, PlainHttpWhereTlsIsExpectedIsNotOurServer) {
    RunningServer server(test::echo);
    const auto transport = transportTo("https://127.0.0.1:" + std::to_string(server.port()));

    EXPECT_EQ(codeOf(transport->post("/", viewOf("x"))), ErrorCode::notOurServer);
}

TEST(CurlTransport, ADeclaredAnswerOverTheLimitIsTooLarge) {
    ScriptedServer server(says("HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n"));

    const auto answer = transportTo(server.url(), {.answerBytesMax = 1000})->post("/", viewOf("x"));

    EXPECT_EQ(codeOf(answer), ErrorCode::tooLarge);
}

TEST(CurlTransport, AnUndeclaredAnswerOverTheLimitIsTooLarge) {
    ScriptedServer server(says("HTTP/1.1 200 OK\r\n\r\n" + std::string(1001, 'x')));

    const auto answer = transportTo(server.url(), {.answerBytesMax = 1000})->post("/", viewOf("x"));

    EXPECT_EQ(codeOf(answer), ErrorCode::tooLarge);
}

TEST(CurlTransport, AnEndlessHeadIsTooLarge) {
    ScriptedServer server([](Socket client) {
        static_cast<void>(receiveHttp(client));
        client.send("HTTP/1.1 200 OK\r\n");
        while (client.send("X: " + std::string(1000, 'x') + "\r\n")) {
        }
    });

    EXPECT_EQ(codeOf(transportTo(server.url())->post("/", viewOf("x"))), ErrorCode::tooLarge);
}

TEST(CurlTransport, AnAnswerOfExactlyTheLimitIsTaken) {
    ScriptedServer server(says(answerText(200, "", std::string(1000, 'x'))));

    const auto answer = transportTo(server.url(), {.answerBytesMax = 1000})->post("/", viewOf("x"));

    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->body.size(), 1000U);
}

TEST(CurlTransport, CancelEndsACallSoon) {
    std::atomic<bool> cancel = false;
    std::promise<void> arrived;
    ScriptedServer server([&](Socket client) {
        static_cast<void>(receiveHttp(client));
        arrived.set_value();
        static_cast<void>(client.receiveAll());
    });
    const auto transport = transportTo(server.url(), {.cancel = &cancel});
    auto answer = std::async(std::launch::async, [&] { return transport->post("/", viewOf("x")); });
    arrived.get_future().wait();

    cancel = true;
    const auto start = Clock::now();
    const auto code = codeOf(answer.get());

    EXPECT_EQ(code, ErrorCode::cancelled);
    EXPECT_LT(Clock::now() - start, 1500ms);
}

TEST(CurlTransport, CancelEndsACallSoonWhileANameServerDoesNotAnswer) {
    std::atomic<bool> cancel = false;
    auto transport = transportTo("http://" + std::string(kMuteHost), {.cancel = &cancel});
    auto code = std::async(std::launch::async, [&] {
        const ErrorCode ended = codeOf(transport->post("/", viewOf("x")));
        transport.reset();
        return ended;
    });
    nameIsAsked.wait();

    cancel = true;
    const bool isSoon = code.wait_for(3s) == std::future_status::ready;
    nameIsAnswered.count_down();

    EXPECT_TRUE(isSoon);
    EXPECT_EQ(code.get(), ErrorCode::cancelled);
}

TEST(CurlTransport, ACallAfterAFailureWorks) {
    ScriptedServer broken(says("nonsense"));
    RunningServer server(test::echo);
    const auto transport = transportTo(server.url(), {.answerBytesMax = 10});

    const auto tooMuch = transport->post("/", Bytes(11, 'x'));
    const auto fits = transport->post("/", Bytes(10, 'x'));
    static_cast<void>(transportTo(broken.url())->post("/", {}));

    EXPECT_EQ(codeOf(tooMuch), ErrorCode::tooLarge);
    ASSERT_TRUE(fits);
    EXPECT_EQ(fits->body.size(), 10U);
}

class BadAddress : public ::testing::TestWithParam<const char*> {};

TEST_P(BadAddress, IsWrongUsageAndNotRepeated) {
    const auto transport = CurlTransport::open(GetParam());

    ASSERT_FALSE(transport);
    EXPECT_EQ(transport.error().code, ErrorCode::usage);
    EXPECT_THAT(transport.error().text, ::testing::Not(::testing::HasSubstr("secret")));
}

INSTANTIATE_TEST_SUITE_P(CurlTransport, BadAddress,
                         ::testing::Values("", "county.example", "ftp://county.example", "file:///etc/passwd",
                                           "http://", "http://u:secret@county.example", "http://a/?q=1",
                                           "http://a/#f", "http://a:99999", "http://a b/"));

}  // namespace
}  // namespace hezhang::sync
