// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A folder becomes a home, also where the county's answer gets lost on the way.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "src/ledger/files.h"
#include "tests/support/county_box.h"

namespace hezhang::ledger {
namespace {

using test::taken;

// losesAnswers: of the county having taken the code; a refusal, as for the other suite, arrives.
enum class Link { fine, losesAnswers, isDown, isPortal };

class WeakTransport final : public sync::Transport {
public:
    explicit WeakTransport(CountyFolder& county) : m_county(county) {}
    void become(Link link) { m_link = link; }

    Result<sync::Answer> post(const std::string& path, BytesView body) override {
        EXPECT_EQ(path, sync::kEnrolPath);
        if (m_link == Link::isDown) {
            return fail(ErrorCode::unreachable, "no connection");
        }
        m_traffic.sent += body.size();
        if (m_link == Link::isPortal) {
            return sync::Answer{200, "text/html", copyOf(viewOf("<html>log in</html>"))};
        }
        HZ_TRY(const std::vector<DeviceListing> before, m_county.devices());
        HZ_TRY(Bytes answer, m_county.handleEnrol(body));
        HZ_TRY(const std::vector<DeviceListing> after, m_county.devices());
        const bool isTaken = before.size() != after.size() || m_isTaken;
        if (m_link == Link::losesAnswers && isTaken) {
            m_isTaken = true;
            return fail(ErrorCode::timedOut, "no answer");
        }
        return sync::Answer{200, std::string(sync::kContentType), std::move(answer)};
    }
    sync::Traffic traffic() const override { return m_traffic; }

private:
    CountyFolder& m_county;
    Link m_link = Link::fine;
    bool m_isTaken = false;
    sync::Traffic m_traffic;
};

class Enrolment : public ::testing::TestWithParam<sync::SuiteId> {
protected:
    Enrolment() {
        EXPECT_TRUE(CountyFolder::init(
            m_folder / "county", {.name = "测试县", .office = "公开办", .suite = GetParam()}, environment()));
        m_county = taken(CountyFolder::open(m_folder / "county", environment()));
        m_transport.emplace(*m_county);
    }

    Environment environment() { return {m_clock, m_random}; }
    std::string invite(const std::string& person) {
        return taken(m_county->invite({.unit = "公开办", .person = person, .role = "office"}, std::nullopt))
            .code;
    }
    ErrorCode refusal(const std::string& code) {
        const auto enrolled = Home::enroll(home(), "http://127.0.0.1:9", code, *m_transport, environment());
        EXPECT_FALSE(enrolled);
        return enrolled ? ErrorCode::internal : enrolled.error().code;
    }
    Result<void> enroll(const std::string& code) {
        return Home::enroll(home(), "http://127.0.0.1:9", code, *m_transport, environment());
    }
    std::string home() const { return m_folder / "home"; }

    RealClock m_clock;
    SystemRandom m_random;
    test::TemporaryFolder m_folder;
    std::unique_ptr<CountyFolder> m_county;
    std::optional<WeakTransport> m_transport;
};

TEST_P(Enrolment, WhoseAnswerIsLostSucceedsWithTheSameCodeAsTheSameDevice) {
    const std::string code = invite("张三");
    m_transport->become(Link::losesAnswers);
    EXPECT_EQ(refusal(code), ErrorCode::timedOut);
    EXPECT_EQ(refusal(code), ErrorCode::timedOut);

    m_transport->become(Link::fine);
    EXPECT_TRUE(enroll(code));

    EXPECT_EQ(taken(m_county->devices()).size(), 1u);
    EXPECT_EQ(taken(Home::open(home(), environment()))->me().personName, "张三");
    EXPECT_FALSE(std::filesystem::exists(home() + "/enrolling"));
}

TEST_P(Enrolment, KeepsTheKeyOfALostAnswerThroughALaterTryWithoutANetwork) {
    const std::string code = invite("张三");
    m_transport->become(Link::losesAnswers);
    EXPECT_EQ(refusal(code), ErrorCode::timedOut);
    m_transport->become(Link::isDown);
    EXPECT_EQ(refusal(code), ErrorCode::unreachable);

    m_transport->become(Link::fine);

    EXPECT_TRUE(enroll(code));
}

TEST_P(Enrolment, WithAnotherCodeAfterALostAnswerIsAnotherDevice) {
    const std::string lost = invite("张三");
    const std::string other = invite("李四");
    m_transport->become(Link::losesAnswers);
    EXPECT_EQ(refusal(lost), ErrorCode::timedOut);

    m_transport->become(Link::fine);
    EXPECT_TRUE(enroll(other));

    EXPECT_EQ(taken(m_county->devices()).size(), 2u);
    EXPECT_EQ(taken(Home::open(home(), environment()))->me().personName, "李四");
}

TEST_P(Enrolment, KeepsTheKeyOfALostAnswerThroughAMistypedCode) {
    const std::string code = invite("张三");
    m_transport->become(Link::losesAnswers);
    EXPECT_EQ(refusal(code), ErrorCode::timedOut);
    m_transport->become(Link::fine);
    EXPECT_EQ(refusal("AAAA-BBBB-CCCC-DDDD"), ErrorCode::badCode);

    EXPECT_TRUE(enroll(code));

    EXPECT_EQ(taken(m_county->devices()).size(), 1u);
}

TEST_P(Enrolment, OfAFolderThatAnotherProcessEnrolsIsRefused) {
    std::filesystem::create_directory(home());
    const auto other = FileLock::tryTake(home() + "/sync.lock");
    ASSERT_TRUE(other && *other);

    EXPECT_EQ(refusal(invite("张三")), ErrorCode::inUse);
}

TEST_P(Enrolment, ThatIsRefusedLeavesTheFolderAsItWas) {
    EXPECT_EQ(refusal("AAAA-BBBB-CCCC-DDDD"), ErrorCode::badCode);
    EXPECT_FALSE(std::filesystem::exists(home()));

    std::filesystem::create_directory(home());
    EXPECT_EQ(refusal("AAAA-BBBB-CCCC-DDDD"), ErrorCode::badCode);

    EXPECT_TRUE(std::filesystem::is_empty(home()));
}

TEST_P(Enrolment, ThatSentNothingLeavesTheFolderAsItWas) {
    m_transport->become(Link::isDown);

    EXPECT_EQ(refusal(invite("张三")), ErrorCode::unreachable);

    EXPECT_FALSE(std::filesystem::exists(home()));
}

TEST_P(Enrolment, BehindAPortalSucceedsWithTheSameCodeAfterTheLogIn) {
    const std::string code = invite("张三");
    m_transport->become(Link::isPortal);
    EXPECT_EQ(refusal(code), ErrorCode::notOurServer);

    m_transport->become(Link::fine);

    EXPECT_TRUE(enroll(code));
    EXPECT_EQ(taken(m_county->devices()).size(), 1u);
}

INSTANTIATE_TEST_SUITE_P(EverySuite, Enrolment,
                         ::testing::Values(sync::SuiteId::international, sync::SuiteId::sm));

}  // namespace
}  // namespace hezhang::ledger
