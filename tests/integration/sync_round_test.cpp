// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A round in steps on a real home and a county folder in the same process.
#include "src/ledger/sync_round.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

#include "src/ledger/filing.h"
#include "src/ledger/queries.h"
#include "tests/support/county_box.h"

namespace hezhang::ledger {
namespace {

using test::CountyBox;
using test::taken;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(SyncRound, AnEditBetweenRequestAndAnswerStands) {
    CountyBox county;
    const auto home = county.enrol("office", "公开办", "张三", "office");
    const std::string ledgerId = county.newLedger(*home);
    const auto round = taken(SyncRound::tryBegin(*home));
    const auto request = round->nextRequest();
    ASSERT_TRUE(request);

    const RecordId late = county.newTask(*home, ledgerId, 1, "甲。");
    round->onAnswer(county.transport().post(request->path, request->bytes));
    while (const auto next = round->nextRequest()) {
        round->onAnswer(county.transport().post(next->path, next->bytes));
    }

    EXPECT_FALSE(round->report({}).error);
    EXPECT_EQ(taken(shownText(home->state(), late, "content")), "甲。");
}

TEST(SyncRound, HoldsTheHomesSyncUntilItIsGone) {
    CountyBox county;
    const auto home = county.enrol("office", "公开办", "张三", "office");
    const auto other = taken(Home::open(home->folder(), county.environment()));

    auto round = taken(SyncRound::tryBegin(*home));
    EXPECT_EQ(taken(SyncRound::tryBegin(*other)), nullptr);
    round.reset();

    EXPECT_NE(taken(SyncRound::tryBegin(*other)), nullptr);
}

TEST(SyncRound, AnErrorEndsItAndStandsInTheReport) {
    CountyBox county;
    const auto home = county.enrol("office", "公开办", "张三", "office");
    const auto round = taken(SyncRound::tryBegin(*home));
    ASSERT_TRUE(round->nextRequest());

    round->onAnswer(fail(ErrorCode::cancelled, "the person stopped it"));

    EXPECT_FALSE(round->nextRequest());
    const HomeSyncReport report = round->report({});
    ASSERT_TRUE(report.error);
    EXPECT_EQ(report.error->code, ErrorCode::cancelled);
    EXPECT_FALSE(report.sync.isUpToDate);
}

TEST(SyncRound, AnAnswerThatIsNotTheCountysChangesNothing) {
    CountyBox county;
    const auto home = county.enrol("office", "公开办", "张三", "office");
    const auto round = taken(SyncRound::tryBegin(*home));
    ASSERT_TRUE(round->nextRequest());

    round->onAnswer(sync::Answer{200, "text/html", Bytes{'h', 'i'}});

    EXPECT_FALSE(round->nextRequest());
    EXPECT_EQ(round->report({}).error->code, ErrorCode::notOurServer);
}

TEST(SyncRound, BlobsFollowTheOpsAndAreCounted) {
    CountyBox county;
    const auto home = county.enrol("office", "公开办", "张三", "office");
    const RecordId task = county.newTask(*home, county.newLedger(*home), 1, "甲。");
    const RecordId window = county.newWindow(*home, "2026-08-31");
    const std::string photo = county.folder() + "/photo.jpg";
    std::ofstream(photo) << std::string(300'000, 'p');
    FilingRequest filing{.task = task, .unit = home->me().enrolment.unit, .window = window};
    filing.evidence = {photo};
    ASSERT_TRUE(file(*home, filing));
    const auto round = taken(SyncRound::tryBegin(*home));

    while (const auto next = round->nextRequest()) {
        round->onAnswer(county.transport().post(next->path, next->bytes));
    }

    EXPECT_EQ(round->progress().blobsDone, 1U);
    EXPECT_EQ(round->progress().blobsTotal, 1U);
    EXPECT_EQ(taken(home->blobsPending()), 0U);
}

TEST(SyncRound, AnEditOfItsOwnThreadIsDoneInTheMiddleOfALongAnswer) {
    CountyBox county;
    const auto office = county.enrol("office", "公开办", "张三", "office");
    const auto town = county.enrol("town", "甲镇", "李四", "clerk");
    const std::string ledgerId = county.newLedger(*office);
    const RecordId first = county.newTask(*office, ledgerId, 1, "甲。", {"甲镇"});
    county.sync(*office);
    county.sync(*town);
    for (int serial = 2; serial < 6; ++serial) {
        static_cast<void>(county.newTask(*office, ledgerId, serial, "乙。"));
        county.sync(*office);  // a segment each
    }
    const auto round = taken(SyncRound::tryBegin(*town));
    std::size_t tasksThen = 0;
    bool isDone = false;
    round->setMeanwhile([&] { return !isDone; },
                        [&] {
                            tasksThen = taken(tasks(*town, {})).size();
                            CountyBox::set(*town, first, "joint_status", "done");
                            isDone = true;
                        });

    while (const auto next = round->nextRequest()) {
        round->onAnswer(county.transport().post(next->path, next->bytes));
    }

    EXPECT_TRUE(isDone);
    EXPECT_LT(tasksThen, 5U);
    EXPECT_THAT(taken(tasks(*town, {})), SizeIs(5));
    EXPECT_EQ(taken(shownText(town->state(), first, "joint_status")), "done");
    EXPECT_FALSE(round->report({}).error);
}

// A home with more to hand in than one message takes.
class SyncRoundOfMany : public ::testing::Test {
protected:
    static constexpr int kEdits = 17'000;
    SyncRoundOfMany() : m_home(m_county.enrol("office", "公开办", "张三", "office")) {
        m_task = m_county.newTask(*m_home, m_county.newLedger(*m_home), 1, "甲。");
        EXPECT_TRUE(m_home->beginBatch());
        for (int i = 0; i < kEdits; ++i) {
            CountyBox::set(*m_home, m_task, "content", std::to_string(i));
        }
        EXPECT_TRUE(m_home->commitBatch());
    }
    [[nodiscard]] Result<sync::Answer> post(const RoundRequest& request) {
        return m_county.transport().post(request.path, request.bytes);
    }
    void goOn(SyncRound& round) {
        while (const auto next = round.nextRequest()) {
            round.onAnswer(post(*next));
        }
    }

    CountyBox m_county;
    std::unique_ptr<Home> m_home;
    RecordId m_task;
};

TEST_F(SyncRoundOfMany, WhatIsAskedNextIsUnderWayWhileAnAnswerIsTaken) {
    const auto round = taken(SyncRound::tryBegin(*m_home));
    const auto first = round->nextRequest();
    ASSERT_TRUE(first);
    const auto answer = post(*first);

    const auto ahead = round->ahead(answer);
    ASSERT_TRUE(ahead);
    const auto coming = post(*ahead);
    round->onAnswer(answer);
    const auto next = round->nextRequest();

    ASSERT_TRUE(next);
    EXPECT_TRUE(next->isUnderWay);
    EXPECT_EQ(next->bytes, ahead->bytes);
    round->onAnswer(coming);
    goOn(*round);
    EXPECT_FALSE(round->report({}).error);
    EXPECT_GE(round->report({}).sync.pushed, static_cast<std::uint64_t>(kEdits));
    EXPECT_THAT(taken(m_home->store().segmentsIn(sync::SegmentState::unsent)), IsEmpty());
    EXPECT_THAT(taken(m_home->store().segmentsIn(sync::SegmentState::received)), IsEmpty());
}

TEST_F(SyncRoundOfMany, AnAnswerThatIsLostOnItsWayBackIsAskedForAgain) {
    {
        const auto round = taken(SyncRound::tryBegin(*m_home));
        const auto first = round->nextRequest();
        ASSERT_TRUE(first);
        const auto answer = post(*first);
        const auto ahead = round->ahead(answer);
        ASSERT_TRUE(ahead);
        ASSERT_TRUE(post(*ahead));
        round->onAnswer(answer);
        ASSERT_TRUE(round->nextRequest());
        round->onAnswer(fail(ErrorCode::unreachable, "the network is gone"));
        EXPECT_FALSE(round->nextRequest());
        EXPECT_EQ(round->report({}).error->code, ErrorCode::unreachable);
    }

    m_county.sync(*m_home);

    EXPECT_THAT(taken(m_home->store().segmentsIn(sync::SegmentState::unsent)), IsEmpty());
    EXPECT_THAT(taken(m_home->store().segmentsIn(sync::SegmentState::received)), IsEmpty());
    const auto reader = m_county.enrol("reader", "公开办", "李四", "office");
    EXPECT_EQ(taken(shownText(reader->state(), m_task, "content")), std::to_string(kEdits - 1));
}

// It is what a home does most often: it must not wake those who look at the database, nor the disk.
TEST(SyncRound, InWhichNothingIsNewChangesNoDatabaseAndIsNotedAsASync) {
    CountyBox county;
    const auto home = county.enrol("office", "公开办", "张三", "office");
    county.sync(*home);
    const auto reader = taken(Home::openForReading(home->folder(), county.environment()));
    auto countyDatabase =
        taken(storage::Database::open(county.folder() + "/county/county.db", storage::Access::readOnly));
    const std::int64_t before = taken(reader->dataVersion());
    const std::int64_t countyBefore = taken(countyDatabase.dataVersion());
    const auto lastBefore = taken(home->lastSync());

    county.clock().advance(60'000);
    county.sync(*home);

    EXPECT_EQ(taken(reader->dataVersion()), before);
    EXPECT_EQ(taken(countyDatabase.dataVersion()), countyBefore);
    const auto last = taken(reader->lastSync());
    ASSERT_TRUE(lastBefore && last);
    EXPECT_GE(last->at, lastBefore->at + 60'000);
}

TEST(SyncRound, CountsWhatAnotherProcessHasMadeAConflict) {
    CountyBox county;
    const auto office = county.enrol("office", "公开办", "张三", "office");
    const std::string ledgerId = county.newLedger(*office);
    const RecordId task = county.newTask(*office, ledgerId, 1, "甲。");
    county.sync(*office);
    const auto second = county.enrol("second", "公开办", "李四", "office");
    const auto beside = taken(Home::open(office->folder(), county.environment()));
    EXPECT_EQ(taken(conflictCount(*office)), 0U);
    CountyBox::set(*second, task, "item", "乙");
    county.sync(*second);
    CountyBox::set(*office, task, "item", "丙");

    county.sync(*beside);

    EXPECT_EQ(taken(conflictCount(*office)), 1U);
    EXPECT_EQ(taken(office->sync(county.transport())).conflicts, 1U);
}

TEST(LastSync, ADamagedNoteCountsAsNoneAndTheNextReplacesIt) {
    CountyBox county;
    const auto home = county.enrol("office", "公开办", "张三", "office");
    const LastSync note = *taken(home->lastSync());
    const std::string path = home->folder() + "/last-sync";
    std::fstream(path, std::ios::in | std::ios::out) << "7";

    EXPECT_FALSE(taken(home->lastSync()));
    ASSERT_TRUE(writeLastSync(home->folder(), home->suite(), note));
    EXPECT_EQ(taken(home->lastSync()), note);
    ASSERT_TRUE(writeLastSync(home->folder(), home->suite(), {1, -1}));
    EXPECT_EQ(taken(home->lastSync()), (LastSync{1, -1}));
}

TEST(HomeForReading, SeesWhatOthersCommitAndWritesNothing) {
    CountyBox county;
    const auto home = county.enrol("office", "公开办", "张三", "office");
    const auto reader = taken(Home::openForReading(home->folder(), county.environment()));
    const std::int64_t before = taken(reader->dataVersion());

    const std::string ledgerId = county.newLedger(*home);

    EXPECT_NE(taken(reader->dataVersion()), before);
    EXPECT_THAT(taken(ledgers(*reader)), SizeIs(1));
    EXPECT_FALSE(reader->edit({.registerName = "ledger",
                               .key = {{"year", 2027}, {"title", "乙"}},
                               .field = "state",
                               .text = "open"}));
    EXPECT_THAT(taken(ledgers(*reader)), SizeIs(1));
}

TEST(HomeForReading, ReadsOneMomentUntilTheReadEnds) {
    CountyBox county;
    const auto home = county.enrol("office", "公开办", "张三", "office");
    const auto reader = taken(Home::openForReading(home->folder(), county.environment()));
    {
        const auto moment = taken(reader->beginRead());
        static_cast<void>(county.newLedger(*home));
        EXPECT_THAT(taken(ledgers(*reader)), IsEmpty());
    }

    EXPECT_THAT(taken(ledgers(*reader)), SizeIs(1));
}

// 20 kbit/s, and it breaks every thirty seconds, whatever is on it.
class PoorLink final : public sync::Transport {
public:
    explicit PoorLink(CountyBox& county) : m_county(county) {}

    Result<sync::Answer> post(const std::string& path, BytesView body) override {
        HZ_CHECK(carry(body.size(), m_traffic.sent));
        HZ_TRY(sync::Answer answer, m_county.transport().post(path, body));
        HZ_CHECK(carry(answer.body.size(), m_traffic.received));
        return answer;
    }
    sync::Traffic traffic() const override { return m_traffic; }
    [[nodiscard]] int breaks() const { return m_breaks; }

private:
    static constexpr std::uint64_t kBytesASecond = 2500;
    static constexpr WallMs kLifeMs = 30'000;

    Result<void> carry(std::size_t bytes, std::uint64_t& total) {
        const WallMs needed = static_cast<WallMs>(bytes * 1000 / kBytesASecond) + 50;
        const WallMs passes = std::min(needed, m_left);
        m_county.clock().advance(passes);
        m_left -= passes;
        total += needed == passes ? bytes : static_cast<std::uint64_t>(passes) * kBytesASecond / 1000;
        if (m_left > 0) {
            return {};
        }
        m_left = kLifeMs;
        ++m_breaks;
        return fail(ErrorCode::unreachable, "the link broke");
    }

    CountyBox& m_county;
    sync::Traffic m_traffic;
    WallMs m_left = kLifeMs;
    int m_breaks = 0;
};

// Rounds until nothing is left to do; how many it took.
int roundsUntilUpToDate(Home& home, PoorLink& link) {
    for (int round = 1; round <= 200; ++round) {
        if (taken(home.sync(link)).sync.isUpToDate) {
            return round;
        }
    }
    ADD_FAILURE() << "the link never carries it";
    return 0;
}

TEST(PoorLink, CarriesThreeMonthsOfWorkUpAndDownAboutOnce) {
    CountyBox county;
    const auto office = county.enrol("office", "公开办", "张三", "office");
    const auto town = county.enrol("town", "甲镇", "李四", "clerk");
    const RecordId task = county.newTask(*office, county.newLedger(*office), 1, "甲。", {"甲镇"});
    county.sync(*office);
    county.sync(*town);
    ASSERT_TRUE(town->beginBatch());
    for (int i = 0; i < 10'000; ++i) {
        ASSERT_TRUE(town->edit({.registerName = "comment",
                                .key = {{"record", task.hex()}},
                                .field = "text",
                                .text = "第" + std::to_string(i) + "条记录"}));
    }
    ASSERT_TRUE(town->commitBatch());

    PoorLink up(county);
    roundsUntilUpToDate(*town, up);
    std::uint64_t needed = 0;
    for (const Hash& hash : taken(town->store().segmentsIn(sync::SegmentState::inLog))) {
        const auto row = taken(town->store().segment(hash));
        needed += row->isMine ? row->envelope.size() : 0;
    }
    EXPECT_GT(needed, 200'000U);  // more than the link carries in one life
    EXPECT_GT(up.breaks(), 3);
    EXPECT_LT(up.traffic().sent, 2 * needed);

    PoorLink down(county);
    roundsUntilUpToDate(*office, down);
    EXPECT_GT(down.breaks(), 3);
    EXPECT_LT(down.traffic().received, 2 * needed);
    EXPECT_EQ(taken(office->replica().cursor()).position, taken(county.county().county().size()));
}

// What is handed in comes in smaller messages than a link may carry; they tell as much.
TEST(PoorLink, IsLearntFromWhatIsHandedInToo) {
    const std::size_t size = sync::kMessageBytesMax;
    EXPECT_EQ(sync::sizeAfterExchange(size, sync::kPushBytesMax, 12'000), sync::kPushBytesMax / 2);
    EXPECT_EQ(sync::sizeAfterExchange(size, sync::kPushBytesMax, 50), size);
    EXPECT_EQ(sync::sizeAfterExchange(size, sync::kPushBytesMax / 4, 12'000), size);
}

TEST(PoorLink, IsForgottenWhereTheNextOneIsGood) {
    std::size_t size = sync::kMessageBytesMax;
    for (int i = 0; i < 4; ++i) {
        size = sync::sizeAfterBreak(size);
    }
    EXPECT_EQ(size, sync::kMessageBytesMin);
    EXPECT_EQ(sync::sizeAfterExchange(size, 100, 1), size);  // a small message says nothing
    for (int i = 0; i < 3; ++i) {
        size = sync::sizeAfterExchange(size, size, 50);
    }
    EXPECT_EQ(size, sync::kMessageBytesMax);
}

}  // namespace
}  // namespace hezhang::ledger
