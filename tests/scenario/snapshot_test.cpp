// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A new device begins with the present state: it shows what all show, goes on with the log from there, and is
// never told less than it needs to merge as all do. The history behind it comes when it is asked for.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/scenario/on_each_store.h"

namespace hezhang::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class Snapshot : public OnEachStore {
protected:
    Snapshot() : OnEachStore({.isSnapshotWorthIt = true}) {}
    // A device that has just begun so.
    Device& newcomer(const std::string& name = "new", const std::string& role = "clerk") {
        Device& device = m_world.enrol(name, role);
        device.beginWithSnapshot();
        device.sync();
        return device;
    }
};

TEST_P(Snapshot, ShowsWhatAllShowWithoutTheTextOfTheHistory) {
    writeVersionsOfPlan(20);

    Device& fresh = newcomer();

    EXPECT_EQ(fresh.shown(kPlan, "text"), "第19版。");
    EXPECT_THAT(fresh.elements(kPlan, "tags"), ElementsAre("tag0", "tag2"));
    EXPECT_EQ(fresh.sum(kPlan, "count"), 40);
    EXPECT_GE(absentAt(fresh), 21U);
    EXPECT_THAT(fresh.everythingStored(), Not(HasSubstr("第7版")));
    expectAllAgree();
}

TEST_P(Snapshot, GoesOnWithTheLogAndWritesLikeAnyOther) {
    alice().set(kPlan, "status", "begun");
    m_world.syncAll();
    Device& fresh = newcomer();

    fresh.set(kPlan, "status", "done");
    alice().set(note("other"), "status", "new");
    expectAllAgree();

    EXPECT_EQ(alice().shown(kPlan, "status"), "done");
    EXPECT_EQ(fresh.shown(note("other"), "status"), "new");
}

TEST_P(Snapshot, ListsAConflictWithWhatItStartedFrom) {
    alice().set(kPlan, "status", "base");
    m_world.syncAll();
    bob().sync();
    alice().set(kPlan, "status", "one");
    bob().set(kPlan, "status", "two");
    m_world.syncAll();

    Device& fresh = newcomer();

    EXPECT_THAT(fresh.conflict(kPlan, "status"), SizeIs(2));
    const auto cell = fresh.cell(kPlan, "status");
    const auto base = must(fresh.replica().projection().baseOf(cell.rows));
    ASSERT_TRUE(base);
    EXPECT_EQ(base->asText(), "base");
    expectAllAgree();
}

// The text that both started from is in no snapshot of the newcomer's: it is asked for before the page is
// taken.
TEST_P(Snapshot, FetchesThePastOfATextThatAnOldTabletReopens) {
    alice().set(kPlan, "text", "甲。");
    m_world.syncAll();
    bob().sync();
    auto form = bob().open(kPlan, "text");
    alice().set(kPlan, "text", "甲。乙。");
    alice().sync();
    alice().set(kPlan, "text", "甲。乙一。");
    alice().sync();
    alice().set(kPlan, "text", "甲。乙一。丙。");
    alice().sync();
    Device& fresh = newcomer();
    const std::size_t before = absentAt(fresh);

    bob().save(form, "先。甲。");
    m_world.syncAll();

    EXPECT_EQ(fresh.shown(kPlan, "text"), "先。甲。乙一。丙。");
    EXPECT_EQ(absentAt(fresh), before);  // ops, no segments
    expectAllAgree();
}

TEST_P(Snapshot, MergesItsOwnTextWithWhatComesFromBeforeTheSnapshot) {
    alice().set(kPlan, "text", "甲。乙。");
    m_world.syncAll();
    bob().sync();
    auto form = bob().open(kPlan, "text");
    alice().set(kPlan, "text", "甲。乙。丙。");
    alice().sync();
    Device& fresh = newcomer();

    fresh.set(kPlan, "text", "甲。乙。丙改。");
    bob().save(form, "甲改。乙。");
    m_world.syncAll();

    EXPECT_EQ(fresh.shown(kPlan, "text"), "甲改。乙。丙改。");
    expectAllAgree();
}

TEST_P(Snapshot, KnowsDeletesAndWhatTheyNamed) {
    alice().set(kPlan, "status", "there");
    alice().set(note("gone"), "status", "there");
    m_world.syncAll();
    bob().sync();
    auto form = bob().open(kPlan, "status");
    alice().erase(kPlan);
    alice().erase(note("gone"));
    m_world.syncAll();

    Device& fresh = newcomer();
    EXPECT_TRUE(fresh.isGone(kPlan));
    EXPECT_TRUE(fresh.isGone(note("gone")));

    bob().save(form, "still there");  // its author had not seen the delete
    fresh.set(note("gone"), "status", "anew");
    m_world.syncAll();

    EXPECT_TRUE(fresh.hasDeletionConflict(kPlan));
    EXPECT_EQ(alice().shown(note("gone"), "status"), "anew");
    expectAllAgree();
}

// The delete was itself settled, and lies behind the snapshot: an op that names it still counts as having
// seen what it named.
TEST_P(Snapshot, LooksThroughADeleteThatIsNotLiveAnyMore) {
    alice().set(kPlan, "status", "there");
    m_world.syncAll();
    alice().erase(kPlan);
    m_world.syncAll();
    bob().sync();
    auto form = bob().open(kPlan, "status");
    alice().settleDeletion(kPlan, false);
    m_world.syncAll();
    Device& fresh = newcomer();

    bob().save(form, "from the other side");
    expectAllAgree();
    EXPECT_EQ(fresh.shown(kPlan, "status"), alice().shown(kPlan, "status"));
}

TEST_P(Snapshot, AdmitsWhatWasSetAsideBeforeIt) {
    m_world.county().closeScope(kTeam);
    m_world.syncAll();
    const auto late = alice().set(kPlan, "status", "late");
    m_world.syncAll();
    Device& office = newcomer("office", "office");
    Device& fresh = newcomer();
    EXPECT_THAT(office.asideReasons(), ElementsAre("windowClosed"));
    EXPECT_THAT(fresh.asideReasons(), IsEmpty());

    office.admit(kPlan, late.op, "it was ill");
    m_world.syncAll();

    EXPECT_EQ(fresh.shown(kPlan, "status"), "late");
    expectAllAgree();
    // And one that was admitted before.
    Device& second = newcomer("second");
    EXPECT_EQ(second.shown(kPlan, "status"), "late");
    expectAllAgree();
}

TEST_P(Snapshot, KeepsALaneThatForkedWhole) {
    alice().set(kPlan, "status", "base");
    m_world.syncAll();
    Device& copy = alice().copyTo("copy");
    alice().set(kPlan, "status", "one");
    copy.set(kPlan, "status", "two");
    m_world.syncAll();
    Device& fresh = newcomer();
    EXPECT_THAT(fresh.conflict(kPlan, "status"), SizeIs(2));
    expectAllAgree();
}

// The copy was made before the snapshot, and comes back after it: where it forked is asked for.
TEST_P(Snapshot, FetchesTheSegmentAtWhichALaneForksLater) {
    alice().set(kPlan, "status", "base");
    m_world.syncAll();
    Device& copy = alice().copyTo("copy");
    alice().set(kPlan, "status", "one");
    alice().sync();
    alice().set(kPlan, "status", "two");
    alice().sync();
    Device& fresh = newcomer();

    copy.set(kPlan, "status", "another");
    m_world.syncAll();

    EXPECT_THAT(fresh.conflict(kPlan, "status"), SizeIs(2));
    expectAllAgree();
}

TEST_P(Snapshot, GivesWayToTheWholeHistoryWhichSaysTheSame) {
    for (int i = 0; i < 10; ++i) {
        alice().set(kPlan, "text", "第" + std::to_string(i) + "版。");
        alice().sync();
    }
    m_world.syncAll();
    bob().set(note("other"), "status", "x");
    m_world.syncAll();
    Device& fresh = newcomer();
    fresh.set(kPlan, "status", "mine, not sent");
    ASSERT_GT(absentAt(fresh), 0U);

    EXPECT_TRUE(fresh.fetchHistory());

    EXPECT_EQ(absentAt(fresh), 0U);
    EXPECT_THAT(fresh.everythingStored(), HasSubstr("第7版"));
    EXPECT_EQ(fresh.shown(kPlan, "status"), "mine, not sent");
    EXPECT_FALSE(must(sync::snapshotBase(fresh.box().store())));
    expectAllAgree();
}

TEST_P(Snapshot, IsRebuiltToTheSameRows) {
    alice().set(kPlan, "text", "甲。");
    alice().erase(note("gone"));
    m_world.syncAll();
    Device& fresh = newcomer();
    alice().set(kPlan, "text", "甲。乙。");
    fresh.set(kPlan, "status", "local");
    alice().sync();
    fresh.sync();
    fresh.set(kPlan, "status", "and again");
    EXPECT_EQ(fresh.rebuildDifference(), "");
}

TEST_P(Snapshot, GoesOnWhereItsFetchingBroke) {
    for (int i = 0; i < 400; ++i) {
        alice().set(note("n" + std::to_string(i)), "text",
                    "一段不太短的文字，每条都不同：" + std::to_string(i * 7919) + "。");
    }
    m_world.syncAll();
    Device& fresh = m_world.enrol("new", "clerk");
    fresh.beginWithSnapshot();
    std::size_t killed = 0;
    for (int step = 0; step < 1'000; ++step) {
        auto request = fresh.nextRequest();
        if (!must(request)) {
            break;
        }
        must(fresh.takeAnswer(m_world.county().handle(**request)));
        if (step < 6) {
            fresh.kill();
            ++killed;
        }
    }
    EXPECT_EQ(killed, 6U);
    EXPECT_EQ(fresh.shown(note("n399"), "text"),
              "一段不太短的文字，每条都不同：" + std::to_string(399 * 7919) + "。");
    expectAllAgree();
}

TEST_P(Snapshot, BeginsAnewWhereTheCountyFallsBackBehindIt) {
    alice().set(kPlan, "status", "first");
    m_world.syncAll();
    Device& fresh = m_world.enrol("new", "clerk");
    fresh.beginWithSnapshot();
    m_world.county().backup();
    alice().set(kPlan, "status", "second");
    alice().set(note("other"), "status", "there");
    alice().sync();
    fresh.sync();
    ASSERT_GT(absentAt(fresh), 0U);
    fresh.increment(kPlan, "count", 1);
    fresh.set(note("mine"), "status", "sent");
    m_world.syncAll();
    fresh.set(note("mine"), "status", "not sent");
    m_world.county().restore();

    fresh.sync();  // the only one who is there: it hands back its own, and waits for the others with the rest
    EXPECT_EQ(fresh.shown(note("mine"), "status"), "not sent");
    m_world.syncAll();

    EXPECT_EQ(fresh.shown(kPlan, "status"), "second");
    EXPECT_EQ(alice().shown(note("mine"), "status"), "not sent");
    expectAllAgree();
}

TEST_P(Snapshot, ErasesByLawWhatItBrought) {
    const auto secret = alice().set(kPlan, "status", "身份证号");
    alice().set(note("other"), "text", "留下。");
    m_world.syncAll();
    Device& fresh = newcomer();
    ASSERT_EQ(fresh.shown(kPlan, "status"), "身份证号");

    m_world.county().redact(secret.op);
    m_world.syncAll();

    EXPECT_FALSE(fresh.shown(kPlan, "status"));
    fresh.box().scrub();
    EXPECT_THAT(fresh.everythingStored(), Not(HasSubstr("身份证号")));
    EXPECT_EQ(fresh.rebuildDifference(), "");
    EXPECT_TRUE(fresh.fetchHistory());
    fresh.box().scrub();
    EXPECT_THAT(fresh.everythingStored(), Not(HasSubstr("身份证号")));
    expectAllAgree();
}

TEST_P(Snapshot, GivesNobodyTheTextOfAScopeHeDoesNotHold) {
    m_world.enrol("carol", "clerk", {"secret"}).set(note("hidden", "secret"), "status", "geheim");
    alice().set(kPlan, "status", "open");
    m_world.syncAll();
    Device& fresh = newcomer();
    EXPECT_THAT(fresh.everythingStored(), Not(HasSubstr("geheim")));
    // Nor by name: it asks for the segment of the other scope.
    sync::SnapshotTaker taker(fresh.replica());
    auto request = must(taker.request(sync::SnapshotAsk::segments, sync::kMessageBytesMax));
    request.segments = must(m_world.county().box().store().segmentsOfScope("secret"));
    ASSERT_FALSE(request.segments.empty());
    const auto me = must(fresh.replica().identity());
    const Bytes answer = m_world.county().handle(
        sync::frameWithMac(*m_world.setup().suite, sync::encode(request), me.macKey, {}));
    const auto opened = must(sync::openFrame(answer));
    EXPECT_THAT(must(sync::decode<sync::SnapshotAnswer>(opened.plain, "answer")).data, IsEmpty());
}

TEST_P(Snapshot, IsNotMadeWhereTheHistoryIsHardlyLarger) {
    m_world.county().county().setSnapshotWorthFrom(1'000'000);
    alice().set(kPlan, "status", "one");
    m_world.syncAll();
    Device& fresh = newcomer();
    EXPECT_EQ(absentAt(fresh), 0U);
    EXPECT_FALSE(must(sync::snapshotBase(fresh.box().store())));
    expectAllAgree();
}

// Every byte of it that is changed on the way is noticed, and leaves nothing behind.
TEST_P(Snapshot, ThatWasDamagedIsTakenForNone) {
    alice().set(kPlan, "status", "one");
    m_world.syncAll();
    Device& fresh = m_world.enrol("new", "clerk");
    fresh.beginWithSnapshot();
    const Bytes request = *must(fresh.nextRequest());
    Bytes answer = m_world.county().handle(request);
    answer[answer.size() / 2] ^= 1;
    const auto taken = fresh.takeAnswer(answer);
    ASSERT_FALSE(taken);
    EXPECT_EQ(taken.error().code, ErrorCode::notOurServer);
    EXPECT_FALSE(fresh.shown(kPlan, "status"));
    fresh.endRound();
    fresh.sync();
    EXPECT_EQ(fresh.shown(kPlan, "status"), "one");
}

// The county's, but of another version, or not what its name says: then the log is read, as by everybody.
TEST_P(Snapshot, ThatCannotBeReadLeavesTheLog) {
    alice().set(kPlan, "status", "one");
    m_world.syncAll();
    Device& fresh = m_world.enrol("new", "clerk");
    fresh.beginWithSnapshot();
    const Bytes request = *must(fresh.nextRequest());
    const auto opened = must(sync::openFrame(m_world.county().handle(request)));
    auto answer = must(sync::decode<sync::SnapshotAnswer>(opened.plain, "answer"));
    answer.data.front()[answer.data.front().size() / 2] ^= 1;
    const auto me = must(fresh.replica().identity());
    must(fresh.takeAnswer(sync::frameWithMac(*m_world.setup().suite, sync::encode(answer), me.macKey,
                                             must(sync::openFrame(request)).frame.tag)));
    fresh.endRound();
    EXPECT_FALSE(fresh.shown(kPlan, "status"));
    fresh.sync();
    EXPECT_EQ(fresh.shown(kPlan, "status"), "one");
    expectAllAgree();
}

INSTANTIATE_TEST_SUITE_P(, Snapshot, eachStore(), storeName);

}  // namespace
}  // namespace hezhang::test
