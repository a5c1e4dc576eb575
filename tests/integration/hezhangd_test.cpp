// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The built `hezhangd` as operators, devices and hostile peers meet it: real processes, real sockets.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <thread>

#include "src/ledger/home.h"
#include "src/ledger/queries.h"
#include "src/office/devices.h"
#include "sync/base/check.h"
#include "sync/engine/enrolment.h"
#include "sync/transport/blob_messages.h"
#include "sync/transport/curl_transport.h"
#include "tests/support/county_box.h"
#include "tests/support/loopback.h"
#include "tests/support/temporary_folder.h"

namespace hezhang {
namespace {

using nlohmann::json;
using sync::SyncStatus;
using ::testing::AllOf;
using ::testing::AnyOf;
using ::testing::Each;
using ::testing::Ge;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Lt;
using ::testing::StartsWith;

// It is built beside its tests.
std::string program() {
    return (std::filesystem::read_symlink("/proc/self/exe").parent_path() / "hezhangd").string();
}

struct Outcome {
    int code = -1;
    std::string out;
    std::string err;
    [[nodiscard]] json object() const { return json::parse(out, nullptr, false); }
    [[nodiscard]] std::string errorCode() const { return object()["error"].value("code", ""); }
};

std::string contentOf(const std::string& path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
}

// A process of hezhangd with its output in two files.
class Process {
public:
    Process(const std::string& folder, std::vector<std::string> arguments) : m_files(folder) {
        arguments.insert(arguments.begin(), program());
        std::vector<char*> argv;
        for (std::string& argument : arguments) {
            argv.push_back(argument.data());
        }
        argv.push_back(nullptr);
        const std::string out = m_files / "out";
        const std::string err = m_files / "err";
        m_id = ::fork();
        if (m_id == 0) {
            ::dup2(::open(out.c_str(), O_WRONLY | O_CREAT, 0600), STDOUT_FILENO);
            ::dup2(::open(err.c_str(), O_WRONLY | O_CREAT, 0600), STDERR_FILENO);
            ::execv(argv[0], argv.data());
            ::_exit(127);
        }
    }
    ~Process() {
        if (m_id > 0) {
            ::kill(m_id, SIGKILL);
            ::waitpid(m_id, nullptr, 0);
        }
    }
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;

    void signal(int number) const { ::kill(m_id, number); }
    [[nodiscard]] std::string out() const { return contentOf(m_files / "out"); }
    [[nodiscard]] bool isAlive() const { return ::waitpid(m_id, nullptr, WNOHANG) == 0; }
    Outcome wait() {
        int status = 0;
        ::waitpid(m_id, &status, 0);
        m_id = -1;
        return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, out(), contentOf(m_files / "err")};
    }

private:
    test::TemporaryFolder m_files;
    pid_t m_id = -1;
};

// A county in a folder of its own, which a test may serve.
class HezhangdTest : public ::testing::Test {
protected:
    HezhangdTest() {
        EXPECT_EQ(run({"init", "--county", "测试县"}).code, 0);
        std::ofstream(m_root / "units.csv") << "name,short_names,kind,parent\n县民政局,民政局,department,\n";
        EXPECT_EQ(run({"units", "import", m_root / "units.csv"}).code, 0);
    }

    [[nodiscard]] const std::string& data() const { return m_data; }
    [[nodiscard]] Outcome runBare(const std::vector<std::string>& arguments) const {
        return Process(m_root.path(), arguments).wait();
    }
    // With --data and --json.
    [[nodiscard]] Outcome run(std::vector<std::string> arguments) const {
        arguments.insert(arguments.end(), {"--data", data(), "--json"});
        return runBare(arguments);
    }

    void serve(std::vector<std::string> more = {}) {
        more.insert(more.begin(), {"serve", "--data", data(), "--listen", "127.0.0.1:0"});
        m_serving = std::make_unique<Process>(m_root.path(), more);
        const auto deadline = std::chrono::steady_clock::now() + test::kPatience;
        while (m_serving->out().find('\n') == std::string::npos) {
            ASSERT_LT(std::chrono::steady_clock::now(), deadline);
            ASSERT_TRUE(m_serving->isAlive());
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
        const std::string line = m_serving->out();
        ASSERT_THAT(line, StartsWith("listening http://127.0.0.1:"));
        m_url = line.substr(10, line.size() - 11);
        m_port = static_cast<std::uint16_t>(std::stoi(m_url.substr(m_url.rfind(':') + 1)));
    }

    [[nodiscard]] std::unique_ptr<sync::CurlTransport> transport() const {
        auto opened = sync::CurlTransport::open(m_url);
        HZ_ASSERT(opened.has_value());
        return std::move(*opened);
    }
    [[nodiscard]] int statusOf(const std::string& path, BytesView body) const {
        const auto answer = transport()->post(path, body);
        return answer ? answer->status : 0;
    }
    // Any request in plain words.
    [[nodiscard]] std::optional<test::HttpText> ask(const std::string& text) const {
        test::Socket socket = test::Socket::connectedTo(m_port);
        socket.send(text);
        return test::receiveHttp(socket);
    }
    [[nodiscard]] std::optional<test::HttpText> get(const std::string& path) const {
        return ask("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
    }
    [[nodiscard]] bool isHealthy() const {
        const auto answer = get("/health");
        return answer && answer->status() == 200 && answer->body == "ok";
    }

    [[nodiscard]] Result<sync::Identity> enrol(const std::string& code) {
        const sync::Suite& suite = *sync::suiteFor(sync::SuiteId::international);
        HZ_TRY(const sync::Enrolment enrolment, sync::Enrolment::begin(suite, m_random, code));
        HZ_TRY(const sync::Answer answer,
               transport()->post(std::string(sync::kEnrolPath), enrolment.request()));
        EXPECT_EQ(answer.contentType, sync::kContentType);
        return enrolment.onAnswer(suite, answer.body);
    }
    [[nodiscard]] sync::Identity invited() {
        const Outcome invite = run({"invite", "--unit", "民政局", "--person", "张三", "--role", "clerk"});
        EXPECT_EQ(invite.code, 0) << invite.err;
        const auto identity = enrol(invite.object()["code"]);
        HZ_ASSERT(identity.has_value());
        return *identity;
    }
    [[nodiscard]] static Bytes emptySync(const sync::Identity& device) {
        sync::SyncRequest request;
        request.device = device.enrolment.device;
        return sync::frameWithMac(*sync::suiteFor(device.county.suite), sync::encode(request), device.macKey,
                                  {});
    }
    // The county's answer to a request that says nothing; nullopt where there is none.
    [[nodiscard]] std::optional<sync::SyncAnswer> sync(const sync::Identity& device) const {
        const Bytes request = emptySync(device);
        const auto answer = transport()->post(std::string(sync::kSyncPath), request);
        const auto opened = answer ? sync::openFrame(answer->body) : fail(answer.error());
        if (!opened || !sync::isMacOf(*sync::suiteFor(device.county.suite), opened->frame, device.macKey,
                                      sync::openFrame(request)->frame.tag)) {
            return std::nullopt;
        }
        const auto decoded = sync::decode<sync::SyncAnswer>(opened->plain, "answer");
        return decoded ? std::optional(*decoded) : std::nullopt;
    }

    test::TemporaryFolder m_root;
    std::string m_data = m_root / "county";
    std::unique_ptr<Process> m_serving;
    std::string m_url;
    std::uint16_t m_port = 0;
    SystemRandom m_random;
};

// -- starting and ending

TEST_F(HezhangdTest, ServeSaysWhereItListensAndEndsAtASignal) {
    for (const int signal : {SIGTERM, SIGINT}) {
        serve();
        EXPECT_TRUE(isHealthy());
        EXPECT_EQ(contentOf(data() + "/url"), m_url);

        m_serving->signal(signal);
        EXPECT_EQ(m_serving->wait().code, 0);
        EXPECT_FALSE(std::filesystem::exists(data() + "/url"));
    }
}

TEST_F(HezhangdTest, InvitationsCarryThePublicAddress) {
    serve({"--url", "https://gk.example.cn/hz"});
    const Outcome announced = run({"invite", "--unit", "民政局", "--person", "张三", "--role", "clerk"});
    EXPECT_EQ(announced.object()["url"], "https://gk.example.cn/hz");
    const Outcome given =
        run({"invite", "--unit", "民政局", "--person", "张三", "--role", "clerk", "--url", "http://other"});
    EXPECT_EQ(given.object()["url"], "http://other");
    EXPECT_TRUE(isHealthy());
}

TEST_F(HezhangdTest, OneServesFromAFolderAndOneOnAPort) {
    serve();
    const Outcome sameFolder = run({"serve", "--listen", "127.0.0.1:0"});
    EXPECT_EQ(sameFolder.code, 1);
    EXPECT_EQ(sameFolder.errorCode(), "inUse");

    const std::string other = m_root / "other";
    ASSERT_EQ(runBare({"init", "--data", other, "--county", "别的县"}).code, 0);
    const Outcome samePort =
        runBare({"serve", "--data", other, "--listen", "127.0.0.1:" + std::to_string(m_port), "--json"});
    EXPECT_EQ(samePort.code, 1);
    EXPECT_EQ(samePort.errorCode(), "inUse");
    EXPECT_FALSE(std::filesystem::exists(other + "/url"));
    EXPECT_TRUE(isHealthy());
}

TEST_F(HezhangdTest, AKilledServeIsSimplyStartedAgain) {
    serve();
    const sync::Identity device = invited();
    const std::string epoch = run({"status"}).object()["epoch"];
    m_serving->signal(SIGKILL);
    m_serving->wait();

    serve();

    EXPECT_TRUE(sync(device));
    EXPECT_EQ(contentOf(data() + "/url"), m_url);
    EXPECT_EQ(run({"status"}).object()["epoch"], epoch);
    EXPECT_EQ(run({"verify"}).code, 0);
}

TEST_F(HezhangdTest, RequestsThatHaveBegunAreAnsweredWhenItEnds) {
    serve();
    const sync::Identity device = invited();
    std::atomic<int> answered{0};
    std::atomic<int> spoilt{0};
    std::vector<std::thread> clients;
    for (int i = 0; i < 4; ++i) {
        clients.emplace_back([&] {
            const auto connection = transport();
            for (;;) {
                const auto answer = connection->post(std::string(sync::kSyncPath), emptySync(device));
                if (!answer) {
                    // The port is closed; an answer that was cut would be another error than this one.
                    spoilt += answer.error().code == ErrorCode::unreachable ? 0 : 1;
                    return;
                }
                ++(answer->status == 200 ? answered : spoilt);
            }
        });
    }
    while (answered < 20) {
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    m_serving->signal(SIGTERM);
    EXPECT_EQ(m_serving->wait().code, 0);
    for (std::thread& client : clients) {
        client.join();
    }
    EXPECT_EQ(spoilt, 0);
}

// -- beside a running serve

TEST_F(HezhangdTest, ADeviceEnrolsOnceWithACodeFromBesideARunningServe) {
    serve();
    const Outcome invite = run({"invite", "--unit", "民政局", "--person", "张三", "--role", "clerk"});
    ASSERT_EQ(invite.code, 0) << invite.err;
    EXPECT_THAT(invite.object()["expires_at"].get<std::string>(), testing::EndsWith("Z"));

    const auto identity = enrol(invite.object()["code"]);
    const auto again = enrol(invite.object()["code"]);

    ASSERT_TRUE(identity) << identity.error().text;
    EXPECT_EQ(identity->unitName, "县民政局");
    EXPECT_EQ(identity->personName, "张三");
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, ErrorCode::badCode);
    const json devices = run({"devices"}).object();
    ASSERT_EQ(devices.size(), 1u);
    EXPECT_EQ(devices[0]["device"], identity->enrolment.device.hex());
    EXPECT_EQ(devices[0]["unit_name"], "县民政局");
    EXPECT_EQ(devices[0]["role"], "clerk");
    EXPECT_EQ(devices[0]["revoked"], false);
    EXPECT_EQ(devices[0]["branches"], 0);
}

TEST_F(HezhangdTest, ARevocationFromBesideReachesTheDeviceAtItsNextSync) {
    serve();
    const sync::Identity device = invited();
    ASSERT_EQ(sync(device)->status, SyncStatus::ok);
    ASSERT_EQ(run({"revoke", "--device", device.enrolment.device.hex()}).code, 0);
    EXPECT_EQ(sync(device)->status, SyncStatus::revoked);
    EXPECT_EQ(run({"devices"}).object()[0]["revoked"], true);
}

TEST_F(HezhangdTest, BackupAndVerifyWorkBesideARunningServeAndRestoreDoesNot) {
    serve();
    EXPECT_EQ(run({"backup", "-o", m_root / "backup"}).code, 0);
    const Outcome verify = run({"verify"});
    EXPECT_EQ(verify.code, 0);
    EXPECT_EQ(verify.object()["valid"], true);
    const Outcome restore = run({"restore", m_root / "backup"});
    EXPECT_EQ(restore.code, 1);
    EXPECT_EQ(restore.errorCode(), "inUse");
    EXPECT_EQ(run({"init", "--county", "别的县"}).errorCode(), "inUse");
    EXPECT_TRUE(isHealthy());
}

// The county's work of three years ago goes into a file while a process serves, which gives it to a new
// device from there.
TEST_F(HezhangdTest, OldTextsAreArchivedBesideARunningServeWhichGoesOnGivingThem) {
    constexpr WallMs kDay = WallMs{24} * 3600 * 1000;
    test::CountyBox box;
    box.clock().advance(-1'000 * kDay);
    const auto office = box.enrol("office", "公开办", "张三", "office");
    const RecordId task = box.taskOfVersions(*office, 8);
    box.clock().advance(1'000 * kDay);
    m_data = box.folder() + "/county";
    serve();

    const Outcome archive = run({"archive"});

    ASSERT_EQ(archive.code, 0) << archive.err;
    EXPECT_GE(archive.object()["segments"], 8);
    EXPECT_EQ(contentOf(archive.object()["file"]).substr(0, 6), "SQLite");
    const std::string code = box.invite("甲镇", "李四", "clerk");
    ASSERT_TRUE(ledger::Home::enroll(m_root / "late", m_url, code, *transport(), box.environment()));
    const auto late = test::taken(ledger::Home::open(m_root / "late", box.environment()));
    EXPECT_FALSE(test::taken(late->sync(*transport())).error);
    const auto rows = test::taken(ledger::history(*late, task));
    EXPECT_EQ(std::count_if(rows.begin(), rows.end(), [](const auto& row) { return row.field == "content"; }),
              8);
    EXPECT_EQ(run({"verify"}).object()["valid"], true);
    EXPECT_EQ(run({"status"}).object()["archives"], 1);
    EXPECT_TRUE(isHealthy());
}

TEST_F(HezhangdTest, ManyDevicesAtOnceAllGetTheirAnswer) {
    serve();
    const sync::Identity device = invited();
    std::atomic<int> answered{0};
    std::vector<std::thread> clients;
    for (int i = 0; i < 24; ++i) {
        clients.emplace_back([&] {
            for (int k = 0; k < 5; ++k) {
                answered += sync(device).has_value() ? 1 : 0;
            }
        });
    }
    for (std::thread& client : clients) {
        client.join();
    }
    EXPECT_EQ(answered, 24 * 5);
    const auto metrics = get("/metrics");
    ASSERT_TRUE(metrics);
    EXPECT_THAT(
        metrics->body,
        AllOf(HasSubstr("hezhang_requests_total{route=\"/v1/sync\",status=\"200\"} 120\n"),
              HasSubstr("hezhang_queue_length 0\n"), HasSubstr("# TYPE hezhang_commits_total counter\n"),
              HasSubstr("hezhang_log_entries ")));
}

TEST_F(HezhangdTest, OperatorsAtTheSameTimeMakeOnePersonOnce) {
    std::vector<std::unique_ptr<Process>> invites;
    for (int i = 0; i < 6; ++i) {
        invites.push_back(std::make_unique<Process>(
            m_root.path(), std::vector<std::string>{"invite", "--data", data(), "--unit", "民政局",
                                                    "--person", "李四", "--role", "clerk"}));
    }
    for (const auto& invite : invites) {
        EXPECT_EQ(invite->wait().code, 0);
    }
    EXPECT_EQ(run({"persons"}).object().size(), 1u);
}

// -- office work over the network

TEST_F(HezhangdTest, TheOfficeInvitesSeesAndRevokesADeviceWithoutTheOperator) {
    serve();
    RealClock clock;
    const ledger::Environment environment{clock, m_random};
    const auto homeIn = [&](const std::string& name, const std::string& code) {
        const auto connection = transport();
        const auto enrolled = ledger::Home::enroll(m_root / name, m_url, code, *connection, environment);
        HZ_ASSERT(enrolled.has_value());
        auto home = ledger::Home::open(m_root / name, environment);
        HZ_ASSERT(home.has_value());
        const auto report = (*home)->sync(*connection);
        EXPECT_TRUE(report && !report->error);
        return std::move(*home);
    };
    const Outcome first = run({"invite", "--unit", "民政局", "--person", "马主任", "--role", "office"});
    const auto office = homeIn("office", first.object()["code"]);
    const auto key = office::officeKeyOf(*office);
    ASSERT_TRUE(key) << key.error().text;
    const auto connection = transport();
    const std::string code = sync::newCode(m_random);

    const auto invited =
        office::invite(*key, *connection,
                       {office->me().enrolment.unit, {}, "张三", "clerk", WallMs{24} * 3600 * 1000}, code);
    ASSERT_TRUE(invited) << invited.error().text;
    EXPECT_EQ(invited->url, m_url);
    EXPECT_THAT(office::devices(*key, *connection)->invitations, testing::SizeIs(1));
    const auto town = homeIn("town", code);
    const auto list = office::devices(*key, *connection);
    ASSERT_TRUE(list) << list.error().text;
    EXPECT_THAT(list->invitations, IsEmpty());
    ASSERT_THAT(list->devices, testing::SizeIs(2));
    EXPECT_EQ(list->devices[1].device, town->me().enrolment.device);
    EXPECT_EQ(list->devices[1].personName, "张三");
    EXPECT_EQ(office::officeKeyOf(*town).error().code, ErrorCode::noRight);

    ASSERT_TRUE(office::revoke(*key, *connection, town->me().enrolment.device));
    ASSERT_TRUE(office::revoke(*key, *connection, town->me().enrolment.device));

    EXPECT_TRUE(office::devices(*key, *connection)->devices[1].isRevoked);
    const auto report = town->sync(*connection);
    ASSERT_TRUE(report && report->error);
    EXPECT_EQ(report->error->code, ErrorCode::revoked);
    // Who did it is in the program's own log, without a name or a code.
    m_serving->signal(SIGTERM);
    const Outcome served = m_serving->wait();
    EXPECT_EQ(served.code, 0);
    EXPECT_THAT(served.err, AllOf(HasSubstr("the office invites a person"),
                                  HasSubstr("the office revokes a device"), HasSubstr(key->device.hex()),
                                  testing::Not(HasSubstr("张三")), testing::Not(HasSubstr(code))));
    EXPECT_EQ(run({"verify"}).code, 0);
}

// -- routes

TEST_F(HezhangdTest, RoutesTakeOneMethodAndOneContentType) {
    serve();
    for (const std::string_view path : {sync::kSyncPath, sync::kEnrolPath, sync::kBlobPutPath,
                                        sync::kBlobGetPath, sync::kThumbPath, sync::kOfficePath}) {
        EXPECT_EQ(get(std::string(path))->status(), 405) << path;
        EXPECT_EQ(ask("POST " + std::string(path) +
                      " HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\n"
                      "Content-Length: 3\r\n\r\nabc")
                      ->status(),
                  415)
            << path;
    }
    EXPECT_EQ(get("/")->status(), 404);
    EXPECT_EQ(get("/v1/sync/more")->status(), 404);
    EXPECT_EQ(get("/../county.db")->status(), 404);
    EXPECT_EQ(ask(test::postText("/health", "x"))->status(), 405);
    EXPECT_TRUE(isHealthy());
}

TEST_F(HezhangdTest, HostileBytesAreRefusedOnEveryRouteAndTheProcessLives) {
    serve();
    const sync::Identity device = invited();
    sync::Identity stranger = device;
    stranger.macKey = {};
    std::vector<Bytes> hostile{{},
                               Bytes(1, 0),
                               Bytes(1000, 0xff),
                               {0, 1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f},
                               sync::frameWithoutAuth(Bytes(sync::kMessageUnpackedMax + 1, 0)),  // a bomb
                               sync::frameWithoutAuth({}),
                               emptySync(stranger)};
    const Bytes valid = emptySync(device);
    const Bytes office = sync::frameWithMac(
        *sync::suiteFor(device.county.suite),
        sync::encode(sync::OfficeRequest{device.enrolment.device, sync::ListDevices{}}), stranger.macKey, {});
    hostile.push_back(office);
    for (std::size_t at = 0; at < office.size(); at += 3) {
        hostile.push_back(office);
        hostile.back()[at] ^= 0x41;
        hostile.push_back(copyOf(BytesView(office).first(at)));
    }
    for (std::size_t size = 1; size < valid.size(); size += 7) {
        hostile.push_back(copyOf(BytesView(valid).first(size)));
    }
    for (std::size_t at = 0; at < valid.size(); at += 5) {
        hostile.push_back(valid);
        hostile.back()[at] ^= 0x41;
    }
    SeededRandom random(3);
    for (int i = 0; i < 30; ++i) {
        Bytes noise(random.below(3000));
        random.fill(noise);
        hostile.push_back(noise);
    }
    const auto connection = transport();
    for (const std::string_view path : {sync::kSyncPath, sync::kEnrolPath, sync::kBlobPutPath,
                                        sync::kBlobGetPath, sync::kThumbPath, sync::kOfficePath}) {
        for (const Bytes& bytes : hostile) {
            const auto answer = connection->post(std::string(path), bytes);
            ASSERT_TRUE(answer) << path << ": " << answer.error().text;
            EXPECT_THAT(answer->status, AllOf(Ge(400), Lt(500)))
                << path << " " << toHex(bytes).substr(0, 200);
        }
    }
    EXPECT_EQ(statusOf(std::string(sync::kSyncPath), Bytes(sync::kMessageMax + 64 * 1024 + 1)), 413);
    EXPECT_TRUE(isHealthy());
    EXPECT_TRUE(sync(device));
    EXPECT_EQ(run({"verify"}).code, 0);
}

// -- the command line

struct Wrong {
    const char* what;
    std::vector<std::string> line;
};
class WrongUsage : public HezhangdTest, public ::testing::WithParamInterface<Wrong> {};

TEST_P(WrongUsage, IsExitTwoWithOneLineAndAnObject) {
    std::vector<std::string> line = GetParam().line;
    for (std::string& word : line) {
        word = word == "DATA" ? data() : word;
    }
    const Outcome plain = runBare(line);
    line.push_back("--json");
    const Outcome asJson = runBare(line);

    EXPECT_EQ(plain.code, 2);
    EXPECT_THAT(plain.out, IsEmpty());
    EXPECT_THAT(plain.err, StartsWith("hezhangd: "));
    EXPECT_EQ(std::count(plain.err.begin(), plain.err.end(), '\n'), 1);
    EXPECT_EQ(asJson.code, 2);
    EXPECT_EQ(asJson.errorCode(), "usage");
    EXPECT_FALSE(asJson.object()["error"]["message"].get<std::string>().empty());
}

INSTANTIATE_TEST_SUITE_P(
    Hezhangd, WrongUsage,
    ::testing::Values(
        Wrong{"no command", {}}, Wrong{"unknown command", {"redact", "--data", "DATA"}},
        Wrong{"no folder", {"status"}}, Wrong{"unknown option", {"status", "--data", "DATA", "--wat"}},
        Wrong{"option of another command", {"status", "--data", "DATA", "--unit", "x"}},
        Wrong{"option twice", {"status", "--data", "DATA", "--data", "DATA"}},
        Wrong{"value missing", {"status", "--data"}},
        Wrong{"word too many", {"status", "--data", "DATA", "x"}},
        Wrong{"no county's name", {"init", "--data", "DATA"}},
        Wrong{"suite", {"init", "--data", "DATA", "--county", "x", "--suite", "rot13"}},
        Wrong{"database", {"init", "--data", "DATA", "--county", "x", "--database", "postgresql://db"}},
        Wrong{"role", {"invite", "--data", "DATA", "--unit", "民政局", "--person", "x", "--role", "boss"}},
        Wrong{"units without a file", {"units", "--data", "DATA", "import"}},
        Wrong{"units export", {"units", "--data", "DATA", "export", "f"}},
        Wrong{"plain HTTP to the outside", {"serve", "--data", "DATA", "--listen", "0.0.0.0:0"}},
        Wrong{"certificate without key", {"serve", "--data", "DATA", "--tls-cert", "f"}},
        Wrong{"address without port", {"serve", "--data", "DATA", "--listen", "127.0.0.1"}},
        Wrong{"port too large", {"serve", "--data", "DATA", "--listen", "127.0.0.1:65536"}},
        Wrong{"public address", {"serve", "--data", "DATA", "--url", "gk.example.cn"}}),
    [](const auto& wrong) {
        std::string label = wrong.param.what;
        std::erase_if(label, [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; });
        return label;
    });

TEST_F(HezhangdTest, WhatIsNotThereIsExitOne) {
    EXPECT_EQ(runBare({"status", "--data", m_root / "none", "--json"}).errorCode(), "notFound");
    EXPECT_EQ(runBare({"serve", "--data", m_root / "none"}).code, 1);
    const Outcome unit = run({"invite", "--unit", "没有", "--person", "x", "--role", "clerk"});
    EXPECT_EQ(unit.code, 1);
    EXPECT_EQ(unit.errorCode(), "unknownUnit");
    EXPECT_EQ(run({"units", "import", m_root / "none.csv"}).errorCode(), "fileNotFound");
    EXPECT_FALSE(std::filesystem::exists(m_root / "none"));
}

TEST_F(HezhangdTest, AnAmbiguousUnitIsExitTwoWithTheCandidates) {
    std::ofstream(m_root / "more.csv")
        << "name,short_names,kind,parent\n城关镇,城关,town,\n城关街道,城关,street,\n";
    ASSERT_EQ(run({"units", "import", m_root / "more.csv"}).code, 0);
    const Outcome invite = run({"invite", "--unit", "城关", "--person", "x", "--role", "clerk"});
    EXPECT_EQ(invite.code, 2);
    EXPECT_EQ(invite.errorCode(), "ambiguous");
    EXPECT_THAT(invite.object()["error"]["message"].get<std::string>(),
                AllOf(HasSubstr("城关镇"), HasSubstr("城关街道")));
}

TEST_F(HezhangdTest, TheDigestIsThatOfTheDump) {
    const Outcome dump = run({"dump"});
    EXPECT_EQ(dump.out, runBare({"dump", "--data", data()}).out);
    const Hash hash = sync::suiteFor(sync::SuiteId::international)->hash({viewOf(dump.out)});
    EXPECT_EQ(run({"digest"}).object()["digest"], hash.hex());
    EXPECT_EQ(runBare({"digest", "--data", data()}).out, hash.hex() + "\n");
    EXPECT_THAT(run({"dump", "--scope", "unit:" + std::string(32, '0')}).out, IsEmpty());
    EXPECT_EQ(run({"dump", "--scope", "unit:0"}).code, 2);
}

TEST_F(HezhangdTest, StatusCountsWhatIsThere) {
    const json status = run({"status"}).object();
    EXPECT_EQ(status["epoch"].get<std::string>().size(), 32u);
    EXPECT_GT(status["entries"], status["segments"]);
    EXPECT_EQ(status["branches"], 0);
    EXPECT_EQ(status["held"], 0);
}

TEST_F(HezhangdTest, DamageIsExitOneWithFindings) {
    std::filesystem::create_directory(m_root / "copy");
    std::ofstream(m_root / "copy/county.db") << "noise";
    const Outcome verify = runBare({"verify", "--data", m_root / "copy", "--json"});
    EXPECT_EQ(verify.code, 1);
    EXPECT_EQ(verify.object()["valid"], false);
    EXPECT_EQ(verify.object()["findings"].size(), 1u);
    EXPECT_THAT(verify.err, StartsWith("hezhangd: "));
}

}  // namespace
}  // namespace hezhang
