// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/endpoint/http_server.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <future>
#include <thread>
#include <vector>

#include "sync/transport/curl_transport.h"
#include "tests/support/loopback.h"
#include "tests/support/running_server.h"
#include "tests/support/temporary_folder.h"

namespace hezhang::endpoint {
namespace {

using namespace std::chrono_literals;
using test::echo;
using test::postText;
using test::receiveHttp;
using test::RunningServer;
using test::Socket;
using ::testing::HasSubstr;
using ::testing::StartsWith;
using Clock = std::chrono::steady_clock;

ServerOptions with(ServerDeadlines deadlines) {
    ServerOptions options;
    options.deadlines = deadlines;
    return options;
}

ServerOptions withBodyBytesMax(std::size_t bytes) {
    ServerOptions options;
    options.bodyBytesMax = bytes;
    return options;
}

bool stillServes(const RunningServer& server) {
    Socket client = Socket::connectedTo(server.port());
    client.send(postText("/", "alive"));
    const auto answer = receiveHttp(client);
    return answer && answer->body == "alive";
}

// Sends one byte at a time, whatever the bytes mean, until the server hangs up; false: it never did.
bool hangsUpOnDrip(Socket& client) {
    const auto start = Clock::now();
    while (Clock::now() - start < test::kPatience) {
        const bool sent = client.send("a");
        const auto received = client.receive(10ms);
        if (!sent || (received && received->empty())) {
            return true;
        }
    }
    return false;
}

// A handler that hands its requests to the test.
struct HeldReplies {
    std::promise<Reply> promise;
    std::future<Reply> next = promise.get_future();
    Handler handler() {
        return [this](HttpRequest, Reply reply) { promise.set_value(std::move(reply)); };
    }
};

TEST(HttpServer, HandsTheRequestOverAndAnswersWithASmallHead) {
    HttpRequest seen;
    RunningServer server([&](HttpRequest request, const Reply& reply) {
        seen = request;
        reply({404, "text/plain", copyOf(viewOf("nothing here"))});
    });
    Socket client = Socket::connectedTo(server.port());

    client.send("PUT /a/b?c=d HTTP/1.1\r\nHost: x\r\nContent-Type: text/x\r\nContent-Length: 3\r\n\r\nabc");
    const auto answer = receiveHttp(client);

    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->text(),
              "HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\nContent-Length: 12\r\n\r\nnothing here");
    EXPECT_EQ(seen.method, "PUT");
    EXPECT_EQ(seen.path, "/a/b?c=d");
    EXPECT_EQ(seen.contentType, "text/x");
    EXPECT_EQ(textOf(seen.body), "abc");
}

TEST(HttpServer, OneConnectionServesManyRequests) {
    RunningServer server(echo);
    Socket client = Socket::connectedTo(server.port());

    client.send(postText("/", "one"));
    const auto first = receiveHttp(client);
    client.send(postText("/", "two"));
    const auto second = receiveHttp(client);

    ASSERT_TRUE(first && second);
    EXPECT_EQ(first->body, "one");
    EXPECT_EQ(second->body, "two");
}

TEST(HttpServer, PipelinedRequestsAreAnsweredInOrder) {
    RunningServer server(echo);
    Socket client = Socket::connectedTo(server.port());

    client.send(postText("/", "one") + postText("/", "two") +
                "POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 5\r\n\r\nthree");
    const auto all = client.receiveAll();

    ASSERT_TRUE(all);
    EXPECT_LT(all->find("one"), all->find("two"));
    EXPECT_LT(all->find("two"), all->find("three"));
    EXPECT_NE(all->find("three"), std::string::npos);
}

TEST(HttpServer, AChunkedBodyArrivesWhole) {
    RunningServer server(echo);
    Socket client = Socket::connectedTo(server.port());

    client.send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
    client.send("3\r\nabc\r\n");
    client.send("4;x=y\r\ndefg\r\n0\r\n\r\n");
    const auto answer = receiveHttp(client);

    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->body, "abcdefg");
}

TEST(HttpServer, TheAnswerToHeadHasNoBody) {
    RunningServer server([](const HttpRequest&, const Reply& reply) { reply({200, "", Bytes(7, 'x')}); });
    Socket client = Socket::connectedTo(server.port());

    client.send("HEAD / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

    EXPECT_EQ(client.receiveAll(), "HTTP/1.1 200 OK\r\nContent-Length: 7\r\nConnection: close\r\n\r\n");
}

TEST(HttpServer, ABodyOfExactlyTheLimitIsTaken) {
    RunningServer server(echo, withBodyBytesMax(1000));
    Socket client = Socket::connectedTo(server.port());

    client.send(postText("/", std::string(1000, 'x')));
    const auto answer = receiveHttp(client);

    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->body.size(), 1000U);
}

TEST(HttpServer, ADeclaredBodyOverTheLimitIsRefusedBeforeItComes) {
    RunningServer server(echo, withBodyBytesMax(1000));
    Socket client = Socket::connectedTo(server.port());

    client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000000\r\n\r\n");
    const auto answer = receiveHttp(client);

    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status(), 413);
    EXPECT_EQ(answer->header("connection"), "close");
}

TEST(HttpServer, AClientThatSendsItsOverlongBodyFirstStillReadsTheRefusal) {
    RunningServer server(echo, withBodyBytesMax(1000));
    Socket client = Socket::connectedTo(server.port());

    const bool sent = client.send(postText("/", std::string(4'000'000, 'x')));
    client.finishSending();
    const auto answer = client.receiveAll();

    EXPECT_TRUE(sent);
    ASSERT_TRUE(answer);
    EXPECT_THAT(*answer, StartsWith("HTTP/1.1 413 "));
}

TEST(HttpServer, AChunkedBodyOverTheLimitIsRefused) {
    RunningServer server(echo, withBodyBytesMax(1000));
    Socket client = Socket::connectedTo(server.port());

    client.send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
    client.send("300\r\n" + std::string(0x300, 'x') + "\r\n300\r\n" + std::string(0x300, 'x') + "\r\n");
    const auto answer = receiveHttp(client);

    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status(), 413);
}

TEST(HttpServer, AHeadOverTheLimitIsRefused) {
    RunningServer server(echo);
    Socket client = Socket::connectedTo(server.port());

    client.send("GET / HTTP/1.1\r\nHost: x\r\nX: " + std::string(20'000, 'x') + "\r\n\r\n");
    client.finishSending();
    const auto answer = client.receiveAll();

    ASSERT_TRUE(answer);
    EXPECT_THAT(*answer, StartsWith("HTTP/1.1 431 "));
}

TEST(HttpServer, GarbageIsRefusedAndOthersAreServed) {
    RunningServer server(echo);
    Socket client = Socket::connectedTo(server.port());

    client.send(std::string("\x16\x03\x01\x00\xff\x00\n\r\n\r\n", 10));
    client.finishSending();
    const auto answer = client.receiveAll();

    ASSERT_TRUE(answer);
    EXPECT_THAT(*answer, StartsWith("HTTP/1.1 400 "));
    EXPECT_TRUE(stillServes(server));
}

TEST(HttpServer, AHeadThatDripsIsCutAtItsDeadline) {
    RunningServer server(echo, with({.head = 200ms}));
    Socket client = Socket::connectedTo(server.port());

    client.send("GET / HTTP/1.1\r\nX: ");

    EXPECT_TRUE(hangsUpOnDrip(client));
}

TEST(HttpServer, ABodyThatDripsIsCutAtItsDeadline) {
    RunningServer server(echo, with({.body = 200ms}));
    Socket client = Socket::connectedTo(server.port());

    client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n");

    EXPECT_TRUE(hangsUpOnDrip(client));
}

TEST(HttpServer, AnIdleConnectionIsClosedAtItsDeadline) {
    RunningServer server(echo, with({.idle = 200ms}));
    Socket client = Socket::connectedTo(server.port());

    client.send(postText("/", "one"));
    const auto answer = receiveHttp(client);
    const auto afterwards = client.receive();

    EXPECT_TRUE(answer);
    EXPECT_EQ(afterwards, "");
}

TEST(HttpServer, AReplyMayComeFromAnotherThread) {
    HeldReplies held;
    RunningServer server(held.handler());
    Socket client = Socket::connectedTo(server.port());

    client.send(postText("/", ""));
    held.next.get()({200, "text/plain", copyOf(viewOf("late"))});
    const auto answer = receiveHttp(client);

    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->body, "late");
}

TEST(HttpServer, AReplyToAPeerThatIsGoneHarmsNobody) {
    std::promise<Reply> promise;
    RunningServer server([&](HttpRequest request, Reply reply) {
        request.path == "/hold" ? promise.set_value(std::move(reply)) : echo(std::move(request), reply);
    });
    Socket client = Socket::connectedTo(server.port());

    client.send(postText("/hold", ""));
    const Reply reply = promise.get_future().get();
    client.reset();
    reply({200, "text/plain", Bytes(4'000'000, 'x')});

    EXPECT_TRUE(stillServes(server));
}

TEST(HttpServer, ASecondReplyIsDropped) {
    RunningServer server([](const HttpRequest&, const Reply& reply) {
        reply({200, "", copyOf(viewOf("first"))});
        reply({200, "", copyOf(viewOf("second"))});
    });
    Socket client = Socket::connectedTo(server.port());

    client.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    const auto all = client.receiveAll();

    ASSERT_TRUE(all);
    EXPECT_THAT(*all, HasSubstr("first"));
    EXPECT_THAT(*all, ::testing::Not(HasSubstr("second")));
}

TEST(HttpServer, AReplyMayComeAfterTheServerIsGone) {
    HeldReplies held;
    Reply reply;
    {
        RunningServer server(held.handler(), with({.stop = 1ms}));
        Socket client = Socket::connectedTo(server.port());
        client.send(postText("/", ""));
        reply = held.next.get();
    }

    reply({200, "text/plain", {}});
}

TEST(HttpServer, AHandlerThatIsLateIsAnsweredFor) {
    HeldReplies held;
    RunningServer server(held.handler(), with({.answer = 50ms}));
    Socket client = Socket::connectedTo(server.port());

    client.send(postText("/", ""));
    const auto answer = receiveHttp(client);

    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status(), 503);
    EXPECT_EQ(answer->header("Connection"), "close");
}

TEST(HttpServer, AnExceptionInAHandlerEndsOnlyItsConnection) {
    RunningServer server([](HttpRequest request, const Reply& reply) {
        if (request.path == "/throw") {
            throw std::bad_alloc();
        }
        echo(std::move(request), reply);
    });
    Socket client = Socket::connectedTo(server.port());

    client.send(postText("/throw", ""));

    EXPECT_EQ(client.receive(), "");
    EXPECT_TRUE(stillServes(server));
}

TEST(HttpServer, SixtyFourClientsAtOnceGetTheirOwnAnswers) {
    RunningServer server(echo);
    std::atomic<int> right = 0;
    {
        std::vector<std::jthread> clients;
        for (int client = 0; client < 64; ++client) {
            clients.emplace_back([&, client] {
                Socket socket = Socket::connectedTo(server.port());
                for (int i = 0; i < 10; ++i) {
                    const std::string body = std::string(1000, 'x') + std::to_string(client * 100 + i);
                    socket.send(postText("/", body));
                    const auto answer = receiveHttp(socket);
                    right += answer && answer->body == body ? 1 : 0;
                }
            });
        }
    }

    EXPECT_EQ(right, 640);
}

TEST(HttpServer, StopLetsARequestInProgressGetItsAnswer) {
    HeldReplies held;
    RunningServer server(held.handler());
    Socket client = Socket::connectedTo(server.port());
    client.send(postText("/", ""));
    const Reply reply = held.next.get();

    server.stop();
    const auto start = Clock::now();
    while (Socket::connectedTo(server.port()).isOpen() && Clock::now() - start < test::kPatience) {
    }
    reply({200, "text/plain", copyOf(viewOf("finished"))});
    const auto answer = receiveHttp(client);
    server.join();

    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->body, "finished");
    EXPECT_EQ(answer->header("Connection"), "close");
}

TEST(HttpServer, StopCutsARequestThatIsNeverAnswered) {
    HeldReplies held;
    RunningServer server(held.handler(), with({.stop = 50ms}));
    Socket client = Socket::connectedTo(server.port());
    client.send(postText("/", ""));
    const Reply reply = held.next.get();

    server.stop();
    server.join();

    EXPECT_EQ(client.receive(), "");
}

TEST(HttpServer, StopClosesIdleConnectionsAtOnce) {
    RunningServer server(echo, with({.stop = test::kPatience * 100}));
    Socket fresh = Socket::connectedTo(server.port());
    Socket used = Socket::connectedTo(server.port());
    used.send(postText("/", "x"));
    const auto answer = receiveHttp(used);

    server.stop();
    server.join();

    EXPECT_TRUE(answer);
    EXPECT_EQ(fresh.receive(), "");
    EXPECT_EQ(used.receive(), "");
}

TEST(HttpServer, StopBeforeRunEndsRunAtOnce) {
    auto server = HttpServer::listen({}, echo);
    ASSERT_TRUE(server);

    (*server)->stop();
    (*server)->stop();
    (*server)->run();
}

TEST(HttpServer, APortInUseIsNamed) {
    RunningServer server(echo);
    ServerOptions options;
    options.port = server.port();

    const auto second = HttpServer::listen(options, echo);

    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, ErrorCode::inUse);
    EXPECT_EQ(second.error().text, "127.0.0.1:" + std::to_string(server.port()) + " is in use");
}

TEST(HttpServer, AnAddressOfAnotherMachineIsWrongUsage) {
    ServerOptions elsewhere;
    elsewhere.address = "203.0.113.7";
    ServerOptions nonsense;
    nonsense.address = "not an address";

    const auto first = HttpServer::listen(elsewhere, echo);
    const auto second = HttpServer::listen(nonsense, echo);

    ASSERT_TRUE(!first && !second);
    EXPECT_EQ(first.error().code, ErrorCode::usage);
    EXPECT_EQ(second.error().code, ErrorCode::usage);
}

// Takes every free descriptor of the process; the limit is lowered so that few are enough.
class DescriptorsExhausted {
public:
    DescriptorsExhausted() {
        ::getrlimit(RLIMIT_NOFILE, &m_before);
        rlimit few = m_before;
        few.rlim_cur = 256;
        ::setrlimit(RLIMIT_NOFILE, &few);
        for (int taken = ::open("/dev/null", O_RDONLY); taken >= 0; taken = ::open("/dev/null", O_RDONLY)) {
            m_taken.push_back(taken);
        }
    }
    ~DescriptorsExhausted() {
        std::for_each(m_taken.begin(), m_taken.end(), ::close);
        ::setrlimit(RLIMIT_NOFILE, &m_before);
    }

private:
    rlimit m_before{};
    std::vector<int> m_taken;
};

TEST(HttpServer, AcceptsAgainWhenDescriptorsComeBack) {
    RunningServer server(echo);
    std::optional<std::string> meanwhile;
    Socket client = Socket::unconnected();
    {
        const DescriptorsExhausted exhausted;
        client.connectTo(server.port());
        client.send(postText("/", "patient"));
        meanwhile = client.receive(100ms);
    }
    const auto answer = receiveHttp(client);

    EXPECT_EQ(meanwhile, std::nullopt);
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->body, "patient");
}

// A self-signed certificate for 127.0.0.1 in a folder of its own.
class TestCertificate {
public:
    TestCertificate() {
        EVP_PKEY* key = EVP_EC_gen("P-256");
        X509* certificate = X509_new();
        X509_set_version(certificate, 2);
        ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
        X509_gmtime_adj(X509_getm_notBefore(certificate), -3600);
        X509_gmtime_adj(X509_getm_notAfter(certificate), 3600);
        X509_set_pubkey(certificate, key);
        X509_NAME* name = X509_get_subject_name(certificate);
        X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("test"),
                                   -1, -1, 0);
        X509_set_issuer_name(certificate, name);
        X509_EXTENSION* host = X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, "IP:127.0.0.1");
        X509_add_ext(certificate, host, -1);
        X509_EXTENSION_free(host);
        X509_sign(certificate, key, EVP_sha256());
        write(certificate, key);
        X509_free(certificate);
        EVP_PKEY_free(key);
    }

    [[nodiscard]] std::string certFile() const { return m_folder / "cert.pem"; }
    [[nodiscard]] std::string keyFile() const { return m_folder / "key.pem"; }
    [[nodiscard]] ServerOptions serverOptions() const {
        ServerOptions options;
        options.tlsCertFile = certFile();
        options.tlsKeyFile = keyFile();
        return options;
    }

private:
    void write(X509* certificate, EVP_PKEY* key) const {
        std::FILE* file = std::fopen(certFile().c_str(), "w");
        PEM_write_X509(file, certificate);
        std::fclose(file);
        file = std::fopen(keyFile().c_str(), "w");
        PEM_write_PrivateKey(file, key, nullptr, nullptr, 0, nullptr, nullptr);
        std::fclose(file);
    }

    test::TemporaryFolder m_folder;
};

TEST(HttpServerTls, ServesAClientThatTrustsTheCertificate) {
    const TestCertificate certificate;
    RunningServer server(echo, certificate.serverOptions());
    auto transport = sync::CurlTransport::open("https://127.0.0.1:" + std::to_string(server.port()),
                                               {.caFile = certificate.certFile()});
    ASSERT_TRUE(transport);
    const Bytes body(300'000, 'x');

    const auto first = (*transport)->post("/", body);
    const auto second = (*transport)->post("/", viewOf("again"));

    ASSERT_TRUE(first && second);
    EXPECT_EQ(first->body, body);
    EXPECT_EQ(textOf(second->body), "again");
}

TEST(HttpServerTls, AClientThatDoesNotTrustTheCertificateSaysSo) {
    const TestCertificate certificate;
    RunningServer server(echo, certificate.serverOptions());
    auto transport = sync::CurlTransport::open("https://127.0.0.1:" + std::to_string(server.port()));
    ASSERT_TRUE(transport);

    const auto answer = (*transport)->post("/", viewOf("secret"));

    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, ErrorCode::notOurServer);
}

TEST(HttpServerTls, APeerThatNeverShakesHandsIsCutAtTheDeadline) {
    const TestCertificate certificate;
    ServerOptions options = certificate.serverOptions();
    options.deadlines.head = 200ms;
    RunningServer server(echo, options);
    Socket client = Socket::connectedTo(server.port());

    EXPECT_EQ(client.receive(), "");
}

TEST(HttpServerTls, PlainHttpIsHungUpOn) {
    const TestCertificate certificate;
    RunningServer server(echo, certificate.serverOptions());
    Socket client = Socket::connectedTo(server.port());

    client.send(postText("/", "in the clear"));
    const auto all = client.receiveAll();

    ASSERT_TRUE(all);
    EXPECT_THAT(*all, ::testing::Not(HasSubstr("in the clear")));
}

TEST(HttpServerTls, StopEndsARequestThatIsNeverAnswered) {
    const TestCertificate certificate;
    ServerOptions options = certificate.serverOptions();
    options.deadlines.stop = 50ms;
    HeldReplies held;
    RunningServer server(held.handler(), options);
    auto transport = sync::CurlTransport::open("https://127.0.0.1:" + std::to_string(server.port()),
                                               {.caFile = certificate.certFile()});
    ASSERT_TRUE(transport);
    auto answer = std::async(std::launch::async, [&] { return (*transport)->post("/", viewOf("x")); });
    const Reply reply = held.next.get();

    server.stop();
    server.join();

    EXPECT_FALSE(answer.get());
}

TEST(HttpServerTls, CertificateAndKeyComeTogetherAndMustBeReadable) {
    const TestCertificate certificate;
    ServerOptions noKey;
    noKey.tlsCertFile = certificate.certFile();
    ServerOptions noCertificate = certificate.serverOptions();
    noCertificate.tlsCertFile = certificate.keyFile();

    const auto first = HttpServer::listen(noKey, echo);
    const auto second = HttpServer::listen(noCertificate, echo);

    ASSERT_TRUE(!first && !second);
    EXPECT_EQ(first.error().code, ErrorCode::usage);
    EXPECT_EQ(second.error().code, ErrorCode::fileUnreadable);
}

}  // namespace
}  // namespace hezhang::endpoint
