// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The county falls back to an older state: devices hand back what it lost, their own and other people's.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/world.h"

namespace hezhang::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

enum class Restore { byTheOperator, silent };

class RestoredCounty : public ::testing::TestWithParam<Restore> {
protected:
    void restoreCounty() {
        if (GetParam() == Restore::silent) {
            m_world.county().restoreSilently();
        } else {
            m_world.county().restore();
        }
    }
    World m_world;
};

TEST_P(RestoredCounty, GetsLostEditsBackFromTheirAuthor) {
    m_world.device("alice").set(kPlan, "status", "started");
    m_world.syncAll();
    m_world.county().backup();
    m_world.device("alice").set(kPlan, "status", "done");
    m_world.syncAll();

    restoreCounty();
    EXPECT_GT(m_world.device("alice").sync().handedBack, 0u);
    m_world.device("bob");
    m_world.syncAll();

    EXPECT_EQ(m_world.device("bob").shown(kPlan, "status"), "done");
    EXPECT_EQ(m_world.difference(), "");
}

TEST_P(RestoredCounty, GetsOtherPeoplesEditsBackFromAReader) {
    m_world.device("bob");
    m_world.device("alice").set(kPlan, "status", "started");
    m_world.syncAll();
    m_world.county().backup();
    m_world.device("alice").backup();
    m_world.device("alice").set(kPlan, "status", "done");
    m_world.syncAll();

    restoreCounty();
    m_world.device("alice").restore();
    m_world.syncAll();

    EXPECT_EQ(m_world.device("alice").shown(kPlan, "status"), "done");
    EXPECT_EQ(m_world.device("bob").shown(kPlan, "status"), "done");
    EXPECT_EQ(m_world.difference(), "");
}

TEST_P(RestoredCounty, BeginsANewEpoch) {
    m_world.device("alice").set(kPlan, "status", "started");
    m_world.syncAll();
    m_world.county().backup();
    const EpochId before = must(m_world.county().county().status()).epoch;
    m_world.device("alice").set(kPlan, "status", "done");
    m_world.syncAll();

    restoreCounty();
    m_world.syncAll();

    EXPECT_NE(must(m_world.county().county().status()).epoch, before);
    EXPECT_EQ(must(m_world.device("alice").replica().cursor()).epoch,
              must(m_world.county().county().status()).epoch);
}

// What was said in the history before, and comes late, must be seen to be of another one.
TEST_P(RestoredCounty, LeavesADeviceThatStepsBackInNoHistoryUntilItHasReadOn) {
    m_world.device("alice").set(kPlan, "status", "started");
    m_world.syncAll();
    sync::Replica& replica = m_world.device("alice").replica();
    std::vector<EpochId> epochs{must(replica.cursor()).epoch};
    for (int i = 0; i < 300; ++i) {
        auto scope = must(sync::WriteScope::begin(replica.store()));
        ASSERT_TRUE(replica.stepBack(must(replica.cursor()).position));
        ASSERT_TRUE(scope.commit());
        const EpochId epoch = must(replica.cursor()).epoch;
        EXPECT_EQ(std::count(epochs.begin(), epochs.end(), epoch), 0) << i;
        epochs.push_back(epoch);
    }

    m_world.syncAll();

    EXPECT_EQ(must(replica.cursor()).epoch, epochs.front());
    EXPECT_EQ(m_world.difference(), "");
}

TEST_P(RestoredCounty, TakesBackFromTwoDevicesThatWereAheadByDifferentEntries) {
    m_world.device("alice").sync();
    m_world.device("bob").sync();
    m_world.device("carol").sync();
    m_world.county().backup();
    m_world.device("alice").set(note("one"), "status", "done");
    m_world.device("alice").sync();
    m_world.device("bob").set(note("two"), "status", "done");
    m_world.device("bob").sync();
    m_world.device("carol").set(note("three"), "status", "done");

    restoreCounty();
    m_world.device("alice").set(note("four"), "status", "done");
    m_world.syncAll();

    for (const char* record : {"one", "two", "three", "four"}) {
        for (const char* device : {"alice", "bob"}) {
            EXPECT_EQ(m_world.device(device).shown(note(record), "status"), "done")
                << device << " " << record;
        }
    }
    EXPECT_EQ(m_world.difference(), "");
}

TEST_P(RestoredCounty, LearnsOfADeviceThatEnrolledAfterTheBackup) {
    m_world.device("alice").sync();
    m_world.county().backup();
    m_world.device("dora").set(kPlan, "status", "done");
    m_world.syncAll();

    restoreCounty();
    m_world.device("dora").set(kPlan, "status", "ongoing");
    m_world.syncAll();

    EXPECT_EQ(m_world.device("alice").shown(kPlan, "status"), "ongoing");
    EXPECT_EQ(m_world.difference(), "");
}

TEST_P(RestoredCounty, KeepsAcceptedWhatItHadAcceptedThoughTheRuleChangedMeanwhile) {
    m_world.enrol("olga", "office");
    m_world.device("bob").sync();
    m_world.county().backup();
    m_world.device("bob").set(kPlan, "status", "done");
    m_world.device("bob").sync();
    m_world.device("olga").sync();

    restoreCounty();
    m_world.county().closeScope(kTeam);
    m_world.push(m_world.device("bob"), sync::SegmentState::inLog);
    m_world.syncAll();

    EXPECT_EQ(m_world.device("bob").shown(kPlan, "status"), "done");
    EXPECT_EQ(m_world.device("olga").shown(kPlan, "status"), "done");
    EXPECT_THAT(m_world.device("bob").asideReasons(), IsEmpty());
    EXPECT_EQ(m_world.difference(), "");
}

// Seed 270: what was set aside for want of a right does not make its record known, so raising it has to.
TEST_P(RestoredCounty, KeepsAcceptedARecordWhoseAuthorHadLostTheRightMeanwhile) {
    m_world.enrol("olga", "office");
    m_world.device("bob").sync();
    m_world.county().backup();
    m_world.device("bob").set(kPlan, "status", "done");
    m_world.device("bob").sync();
    m_world.device("olga").sync();

    restoreCounty();
    m_world.county().ban("bob");
    m_world.push(m_world.device("bob"), sync::SegmentState::inLog);
    m_world.syncAll();
    m_world.device("alice");
    m_world.syncAll();

    EXPECT_EQ(m_world.device("olga").shown(kPlan, "status"), "done");
    EXPECT_EQ(m_world.device("alice").shown(kPlan, "status"), "done");
    EXPECT_NE(m_world.county().dump(kTeam), "");
    EXPECT_EQ(m_world.difference(), "");
}

TEST_P(RestoredCounty, TwiceStillGetsEverythingBack) {
    m_world.device("bob").sync();
    m_world.county().backup();
    for (const char* name : {"one", "two", "three"}) {
        m_world.device("alice").set(note(name), "status", "done");
        m_world.device("alice").sync();
        m_world.device("bob").sync();
    }
    restoreCounty();
    m_world.device("bob").sync();
    restoreCounty();
    m_world.device("alice").sync();
    restoreCounty();
    m_world.syncAll();

    for (const char* name : {"one", "two", "three"}) {
        EXPECT_EQ(m_world.device("bob").shown(note(name), "status"), "done") << name;
    }
    EXPECT_EQ(m_world.difference(), "");
}

TEST_P(RestoredCounty, AnAcknowledgedHandBackThatIsLostAgainIsHandedBackAgain) {
    m_world.device("bob").sync();
    m_world.county().backup();
    m_world.device("alice").set(kPlan, "status", "done");
    m_world.device("alice").backup();
    m_world.syncAll();
    restoreCounty();
    // bob hands back, gets the acknowledgement, and the county is lost before he reads what it made of it.
    for (bool isHandedBack = false; !isHandedBack;) {
        const auto request = must(m_world.device("bob").nextRequest());
        ASSERT_TRUE(request.has_value());
        const auto opened = must(sync::openFrame(*request));
        isHandedBack = !must(sync::decode<sync::SyncRequest>(opened.plain, "request")).handBack.empty();
        must(m_world.device("bob").takeAnswer(m_world.county().handle(*request)));
    }
    m_world.device("bob").endRound();
    restoreCounty();
    m_world.devices().erase("alice");

    m_world.device("carol");
    m_world.syncAll();

    EXPECT_EQ(m_world.device("carol").shown(kPlan, "status"), "done");
    EXPECT_EQ(m_world.difference(), "");
}

TEST_P(RestoredCounty, HasNoForkOfItsOwnLane) {
    m_world.device("alice").sync();
    m_world.county().write(kPlan, "status", sync::OpKind::assign, "before");
    m_world.county().backup();
    m_world.county().write(kPlan, "status", sync::OpKind::assign, "after");
    m_world.enrol("olga", "office").sync();
    restoreCounty();
    m_world.device("olga").sync();
    m_world.county().write(note("other"), "status", sync::OpKind::assign, "new");
    m_world.syncAll();

    EXPECT_EQ(m_world.device("alice").shown(kPlan, "status"), "after");
    EXPECT_EQ(must(m_world.county().county().status()).branches, 0u);
    EXPECT_EQ(m_world.difference(), "");
}

TEST_P(RestoredCounty, GetsThemBackTwiceFromWhoHoldsTheScopeNoMore) {
    m_world.device("dora");
    m_world.device("alice").set(kPlan, "status", "started");
    m_world.syncAll();
    m_world.county().backup();
    m_world.device("alice").backup();
    m_world.device("alice").set(kPlan, "status", "done");
    m_world.syncAll();
    m_world.county().withdraw("dora", kTeam);
    m_world.syncAll();

    restoreCounty();
    m_world.device("dora").sync();
    restoreCounty();
    m_world.device("alice").restore();
    m_world.device("dora").sync();
    m_world.syncAll();

    EXPECT_EQ(m_world.device("alice").shown(kPlan, "status"), "done");
    EXPECT_EQ(m_world.difference(), "");
}

INSTANTIATE_TEST_SUITE_P(Noticed, RestoredCounty, ::testing::Values(Restore::byTheOperator, Restore::silent));

// -- answers that are not the county's

TEST(TamperedAnswer, ChangesNothingWhateverByteIsFlipped) {
    World world;
    world.device("alice").set(kPlan, "status", "started");
    world.syncAll();
    world.device("bob").set(note("other"), "status", "done");
    const Bytes answer = world.county().handle(*must(world.device("bob").nextRequest()));
    const std::string before = world.device("bob").dump(kTeam) + world.device("bob").everythingStored();

    for (std::size_t i = 0; i < answer.size(); ++i) {
        Bytes wrong = answer;
        wrong[i] ^= 1;
        const auto taken = world.device("bob").takeAnswer(wrong);
        ASSERT_FALSE(taken) << "byte " << i;
        ASSERT_EQ(taken.error().code, ErrorCode::notOurServer) << "byte " << i;
    }

    EXPECT_EQ(world.device("bob").dump(kTeam) + world.device("bob").everythingStored(), before);
    EXPECT_TRUE(world.device("bob").takeAnswer(answer)) << "the true one is taken still";
}

TEST(TamperedAnswer, ACaptivePortalsPageChangesNothing) {
    World world;
    world.device("bob").set(note("other"), "status", "done");
    (void)must(world.device("bob").nextRequest());

    const auto taken = world.device("bob").takeAnswer(viewOf("<html>Please log in</html>"));

    EXPECT_EQ(taken.error().code, ErrorCode::notOurServer);
    EXPECT_EQ(must(world.device("bob").replica().ownCounts()).local, 1u);
}

TEST(TamperedAnswer, AnAnswerToSomebodyElseIsNotTaken) {
    World world;
    const Bytes other = world.county().handle(*must(world.device("alice").nextRequest()));
    (void)must(world.device("bob").nextRequest());

    EXPECT_EQ(world.device("bob").takeAnswer(other).error().code, ErrorCode::notOurServer);
}

TEST(FullDisk, WhileAnAnswerIsTakenLosesNothing) {
    World world;
    world.device("alice").set(kPlan, "status", "started");
    world.device("alice").add(kPlan, "tags", "urgent");
    world.device("alice").sync();
    world.device("bob").set(kPlan, "text", "一。");

    for (std::uint64_t writes = 0; writes < 200; ++writes) {
        world.device("bob").box().store().failAfter(writes);
        const auto round = world.device("bob").trySync();
        world.device("bob").kill();
        if (round) {
            break;
        }
        ASSERT_EQ(round.error().code, ErrorCode::storageFull);
        ASSERT_TRUE(must(world.device("bob").replica().isRebuildEqual())) << writes;
    }
    world.syncAll();

    EXPECT_EQ(world.device("bob").shown(kPlan, "status"), "started");
    EXPECT_EQ(world.device("alice").shown(kPlan, "text"), "一。");
    EXPECT_EQ(world.difference(), "");
}

TEST(SqliteWorld, ShowsWhatTheWorldInMemoryShows) {
    std::vector<std::string> dumps;
    for (const StoreKind kind : {StoreKind::memory, StoreKind::sqlite}) {
        World world({7, kind});
        world.device("alice").set(kPlan, "text", "一。二。");
        world.device("alice").sync();
        world.county().backup();
        world.device("bob").sync();
        world.device("bob").backup();
        world.device("bob").set(kPlan, "text", "一。二。三。");
        world.device("alice").set(kPlan, "text", "零。一。二。");
        world.device("alice").erase(note("none"));
        world.syncAll();
        world.county().restore();
        world.device("bob").restore();
        world.device("bob").set(kPlan, "status", "done");
        world.syncAll();
        EXPECT_EQ(world.difference(), "");
        dumps.push_back(world.county().dump(kTeam));
    }
    EXPECT_EQ(dumps[0], dumps[1]);
}

}  // namespace
}  // namespace hezhang::test
