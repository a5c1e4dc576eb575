// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Copied and restored homes: two lives of one lane are two branches, and both are merged.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/world.h"

namespace hezhang::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;

TEST(Fork, ACopyThatNobodyNoticedIsABranchAndBothSidesAreMerged) {
    World world;
    world.device("carol");
    world.device("alice").set(kPlan, "status", "started");
    world.syncAll();
    world.device("alice").copyTo("alice2");

    const auto one = world.device("alice").set(note("one"), "status", "done");
    const auto two = world.device("alice2").set(note("two"), "status", "blocked");
    ASSERT_EQ(one.dot, two.dot) << "one number, two edits";
    world.syncAll();

    for (const char* name : {"alice", "alice2", "carol"}) {
        EXPECT_EQ(world.device(name).shown(note("one"), "status"), "done") << name;
        EXPECT_EQ(world.device(name).shown(note("two"), "status"), "blocked") << name;
    }
    EXPECT_EQ(must(world.county().county().status()).branches, 1u);
    EXPECT_EQ(world.difference(), "");
}

TEST(Fork, DotsOfBothBranchesPrintWithTheHashOfTheirSegment) {
    World world;
    const auto before = world.device("alice").set(kPlan, "status", "started");
    world.syncAll();
    world.device("alice").copyTo("alice2");
    world.device("alice").set(note("one"), "status", "done");
    world.device("alice2").set(note("two"), "status", "blocked");
    world.syncAll();

    world.device("carol");
    world.syncAll();
    sync::Replica& carol = world.device("carol").replica();
    std::vector<std::string> dots;
    for (const sync::RecordKey& key : {kPlan, note("one"), note("two")}) {
        dots.push_back(
            must(carol.history().dotText(world.device("carol").cell(key, "status").rows.front().ref)));
    }

    EXPECT_EQ(dots[0], before.dot);
    EXPECT_THAT(dots[1], MatchesRegex("[0-9a-f]+/2/[0-9a-f]+"));
    EXPECT_THAT(dots[2], MatchesRegex("[0-9a-f]+/2/[0-9a-f]+"));
    EXPECT_NE(dots[1], dots[2]);
    EXPECT_EQ(must(carol.history().parseDot(dots[2])),
              world.device("carol").cell(note("two"), "status").rows.front().ref);
    EXPECT_EQ(carol.history().parseDot(dots[1].substr(0, dots[1].rfind('/'))).error().code,
              ErrorCode::ambiguous);
}

TEST(Fork, AnEditInTheTailOfBothCopiesIsOneEdit) {
    World world;
    world.device("carol");
    world.device("alice").increment(kPlan, "count", 5);
    world.device("alice").copyTo("alice2");
    world.device("alice").increment(kPlan, "count", 1);
    world.device("alice2").increment(kPlan, "count", 10);
    world.syncAll();

    for (const char* name : {"alice", "alice2", "carol"}) {
        EXPECT_EQ(world.device(name).sum(kPlan, "count"), 16) << name;
    }
    EXPECT_EQ(world.difference(), "");
}

TEST(Fork, OfTheSameCellIsAConflictLikeAnyOther) {
    World world;
    world.device("alice").set(kPlan, "status", "started");
    world.syncAll();
    world.device("alice").copyTo("alice2");
    world.device("alice").set(kPlan, "status", "done");
    world.device("alice2").set(kPlan, "status", "blocked");
    world.syncAll();

    EXPECT_THAT(world.device("alice").conflict(kPlan, "status"), ElementsAre("blocked", "done"));
    world.device("alice").resolve(kPlan, "status", "ongoing");
    world.syncAll();
    EXPECT_EQ(world.device("alice2").shown(kPlan, "status"), "ongoing");
    EXPECT_THAT(world.device("alice2").conflict(kPlan, "status"), IsEmpty());
    EXPECT_EQ(world.difference(), "");
}

TEST(Fork, EveryCopyOfADiskImageKeepsItsEdit) {
    World world;
    world.device("alice").set(kPlan, "status", "started");
    world.syncAll();
    for (int i = 0; i < 9; ++i) {
        world.device("alice")
            .copyTo("copy" + std::to_string(i))
            .set(kPlan, "status", "value " + std::to_string(i));
    }
    world.syncAll();

    EXPECT_EQ(world.device("alice").conflict(kPlan, "status").size(), 9u);
    EXPECT_EQ(world.difference(), "");
}

TEST(Fork, ANoticedCopyWritesOnANewLane) {
    World world;
    world.device("alice").set(kPlan, "status", "started");
    world.device("alice").copyTo("alice2").openNewLanes();

    world.device("alice").set(note("one"), "status", "done");
    world.device("alice2").set(note("two"), "status", "blocked");
    world.syncAll();

    EXPECT_EQ(must(world.county().county().status()).branches, 0u);
    EXPECT_EQ(world.device("alice").shown(note("two"), "status"), "blocked");
    EXPECT_EQ(world.difference(), "");
}

TEST(Fork, AfterItsLaneWasSeenElsewhereACopyWritesOnANewOne) {
    World world;
    world.device("alice").set(kPlan, "status", "started");
    world.syncAll();
    world.device("alice").copyTo("alice2");
    world.device("alice").set(note("one"), "status", "done");
    world.device("alice").sync();

    EXPECT_TRUE(world.device("alice2").sync().isNewLane);
    world.device("alice2").set(note("two"), "status", "blocked");
    world.syncAll();

    EXPECT_EQ(must(world.county().county().status()).branches, 0u);
    EXPECT_EQ(world.difference(), "");
}

TEST(RestoredDevice, GetsItsOwnLostEditsBackAndKeepsTheNewOnes) {
    World world;
    world.device("alice").set(kPlan, "status", "started");
    world.device("alice").backup();
    world.device("alice").set(note("one"), "status", "done");
    world.device("alice").increment(note("two"), "count", 3);
    world.syncAll();

    world.device("alice").restore();
    world.device("alice").set(note("three"), "status", "blocked");
    world.device("alice").set(note("four"), "status", "ongoing");
    world.device("bob");
    world.syncAll();

    for (const char* name : {"alice", "bob"}) {
        EXPECT_EQ(world.device(name).shown(note("one"), "status"), "done") << name;
        EXPECT_EQ(world.device(name).shown(note("three"), "status"), "blocked") << name;
        EXPECT_EQ(world.device(name).shown(note("four"), "status"), "ongoing") << name;
    }
    EXPECT_EQ(must(world.county().county().status()).branches, 1u);
    EXPECT_EQ(world.difference(), "");
}

TEST(RestoredDevice, RepeatsNothingThatTheCountyHas) {
    World world;
    world.device("alice").increment(kPlan, "count", 5);
    world.device("alice").backup();
    world.syncAll();
    world.device("alice").restore();
    world.syncAll();
    world.device("alice").increment(kPlan, "count", 1);
    world.device("bob");
    world.syncAll();

    EXPECT_EQ(world.device("bob").sum(kPlan, "count"), 6);
    EXPECT_EQ(world.difference(), "");
}

TEST(RepeatedMessages, EnterEverythingOnce) {
    World world;
    world.device("alice").increment(kPlan, "count", 5);
    const Bytes request = *must(world.device("alice").nextRequest());
    (void)world.county().handle(request);
    const auto entries = must(world.county().county().size());

    (void)world.county().handle(request);
    world.device("alice").endRound();
    world.syncAll();
    (void)world.county().handle(request);

    EXPECT_EQ(must(world.county().county().size()), entries);
    EXPECT_EQ(world.device("alice").sum(kPlan, "count"), 5);
    EXPECT_EQ(world.difference(), "");
}

}  // namespace
}  // namespace hezhang::test
