// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fault_proxy.h"

#include <gmock/gmock.h>

#include "sync/transport/curl_transport.h"
#include "tests/support/running_server.h"

namespace hezhang::test {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

// An endpoint that counts and echoes, a proxy before it, a client that knows only the proxy.
class FaultProxyTest : public ::testing::Test {
protected:
    Result<sync::Answer> post() { return m_transport->post("/", viewOf("hello")); }
    ErrorCode failure() {
        const auto answer = post();
        return answer ? ErrorCode::internal : answer.error().code;
    }
    bool echoes() {
        const auto answer = post();
        return answer && answer->status == 200 && textOf(answer->body) == "hello";
    }

    std::atomic<int> m_served = 0;
    RunningServer m_server{[this](endpoint::HttpRequest request, const endpoint::Reply& reply) {
        ++m_served;
        echo(std::move(request), reply);
    }};
    FaultProxy m_proxy{m_server.port()};
    std::unique_ptr<sync::CurlTransport> m_transport =
        std::move(*sync::CurlTransport::open(m_proxy.url(), {.stallTimeout = 300ms}));
};

TEST_F(FaultProxyTest, WithoutAFaultItRelays) {
    EXPECT_TRUE(echoes());
    EXPECT_TRUE(echoes());
    EXPECT_EQ(m_served, 2);
    EXPECT_EQ(m_proxy.requests(), 2);
    EXPECT_EQ(m_proxy.faults(), 0);
}

TEST_F(FaultProxyTest, ADroppedRequestNeverArrives) {
    m_proxy.set({.fault = Fault::dropRequest});

    EXPECT_EQ(failure(), ErrorCode::unreachable);
    EXPECT_EQ(m_served, 0);
}

TEST_F(FaultProxyTest, ACutRequestIsNotServed) {
    m_proxy.set({.fault = Fault::cutRequest, .bytes = 20});

    EXPECT_EQ(failure(), ErrorCode::unreachable);
    EXPECT_EQ(m_served, 0);
}

TEST_F(FaultProxyTest, ACutAnswerWasServedAllTheSame) {
    m_proxy.set({.fault = Fault::cutAnswer, .bytes = 50});

    EXPECT_EQ(failure(), ErrorCode::unreachable);
    EXPECT_EQ(m_served, 1);
}

TEST_F(FaultProxyTest, ADelayedRequestArrivesLater) {
    m_proxy.set({.fault = Fault::delay, .delay = 100ms});

    const auto start = Clock::now();
    EXPECT_TRUE(echoes());

    EXPECT_GE(Clock::now() - start, 100ms);
}

TEST_F(FaultProxyTest, ADuplicatedRequestIsServedTwiceAndAnsweredOnce) {
    m_proxy.set({.fault = Fault::duplicateRequest, .times = 1});

    EXPECT_TRUE(echoes());
    EXPECT_EQ(m_served, 2);
    EXPECT_TRUE(echoes());
    EXPECT_EQ(m_served, 3);
}

TEST_F(FaultProxyTest, APortalAnswersItself) {
    m_proxy.set({.fault = Fault::portal});

    const auto answer = post();

    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 200);
    EXPECT_EQ(answer->contentType, "text/html");
    EXPECT_EQ(m_served, 0);
}

TEST_F(FaultProxyTest, AHalfOpenConnectionNeverAnswers) {
    m_proxy.set({.fault = Fault::halfOpen});

    EXPECT_EQ(failure(), ErrorCode::timedOut);
    EXPECT_EQ(m_served, 0);
}

TEST_F(FaultProxyTest, AFaultMayEndAfterSoManyRequestsAndMeetsOpenConnections) {
    const bool before = echoes();
    m_proxy.set({.fault = Fault::portal, .times = 1});

    const auto during = post();
    const bool after = echoes();

    EXPECT_TRUE(before && after);
    ASSERT_TRUE(during);
    EXPECT_EQ(during->contentType, "text/html");
    EXPECT_EQ(m_proxy.faults(), 1);
}

TEST_F(FaultProxyTest, TheTargetMayMove) {
    RunningServer other([](const endpoint::HttpRequest&, const endpoint::Reply& reply) {
        reply({204, "", {}});
    });
    m_proxy.setTarget(other.port());

    const auto answer = post();

    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 204);
}

TEST(FaultProxyAlone, ATargetThatIsGoneLooksLikeABrokenConnection) {
    FaultProxy proxy(Listener().port());
    Socket client = Socket::connectedTo(proxy.port());

    client.send(postText("/", "x"));

    EXPECT_EQ(client.receive(), "");
}

TEST(FaultProxyAlone, EndsWhileAClientWaits) {
    Socket client;
    {
        FaultProxy proxy(1);
        proxy.set({.fault = Fault::halfOpen});
        client = Socket::connectedTo(proxy.port());
        client.send(postText("/", "x"));
    }

    EXPECT_EQ(client.receiveAll(), "");
}

}  // namespace
}  // namespace hezhang::test
