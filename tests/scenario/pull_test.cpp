// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A page that is taken in several transactions, with others writing in between; and an answer that is not
// understood.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/world.h"

namespace hezhang::test {
namespace {

using ::testing::IsEmpty;

WorldSetup givingWay(unsigned permille) {
    WorldSetup setup;
    setup.pausesPermille = permille;
    return setup;
}

void writeTen(World& world) {
    for (int i = 0; i < 10; ++i) {
        world.device("bob").set(note("note " + std::to_string(i)), "status", "done");
        world.device("bob").sync();
    }
}

TEST(Pull, GivesWayBetweenEntriesAndEndsWithTheSame) {
    World world(givingWay(1000));
    world.device("alice").sync();
    writeTen(world);
    const int before = world.device("alice").pace().pauses();

    world.syncAll();

    EXPECT_GE(world.device("alice").pace().pauses() - before, 10);
    EXPECT_EQ(world.device("alice").shown(note("note 9"), "status"), "done");
    EXPECT_EQ(world.difference(), "");
    EXPECT_THAT(must(world.device("alice").replica().verifyPages()), IsEmpty());
}

TEST(Pull, LetsAnEditInBetweenTwoEntries) {
    World world(givingWay(1000));
    Device& alice = world.device("alice");
    alice.sync();
    writeTen(world);
    int edits = 0;
    alice.pace().setMeanwhile(
        [&] { alice.set(note("mine " + std::to_string(edits++)), "status", "started"); });

    alice.sync();
    alice.pace().setMeanwhile({});
    world.syncAll();

    EXPECT_GE(edits, 10);
    EXPECT_EQ(world.device("bob").shown(note("mine 9"), "status"), "started");
    EXPECT_EQ(world.difference(), "");
}

TEST(Pull, AnEditInBetweenThatHadNotSeenTheNewValueIsAConflict) {
    World world(givingWay(1000));
    Device& alice = world.device("alice");
    alice.set(kPlan, "status", "started");
    world.syncAll();
    Form form = alice.open(kPlan, "status");
    writeTen(world);
    world.device("bob").set(kPlan, "status", "blocked");
    world.device("bob").sync();
    bool isSaved = false;
    alice.pace().setMeanwhile([&] {
        if (!isSaved) {
            isSaved = true;
            alice.save(form, "done");
        }
    });

    alice.sync();
    alice.pace().setMeanwhile({});
    world.syncAll();

    EXPECT_THAT(world.device("bob").conflict(kPlan, "status"), ::testing::ElementsAre("blocked", "done"));
    EXPECT_EQ(world.difference(), "");
}

TEST(Pull, KilledBetweenTwoEntriesGoesOnThere) {
    World world(givingWay(1000));
    Device& alice = world.device("alice");
    alice.sync();
    writeTen(world);
    struct Killed {};
    int left = 4;
    alice.pace().setMeanwhile([&] {
        if (--left == 0) {
            throw Killed{};
        }
    });
    EXPECT_THROW(alice.sync(), Killed);
    alice.pace().setMeanwhile({});
    alice.kill();
    EXPECT_EQ(alice.shown(note("note 9"), "status"), std::nullopt);

    world.syncAll();

    EXPECT_EQ(alice.shown(note("note 9"), "status"), "done");
    EXPECT_EQ(world.difference(), "");
    EXPECT_THAT(must(alice.replica().verifyPages()), IsEmpty());
}

// The county loses what a page brought while only half of it is taken: its head was noted with the first
// half.
TEST(Pull, KilledBetweenTwoEntriesOfAHistoryThatIsThenLostHandsBackWhatItTook) {
    World world(givingWay(1000));
    Device& alice = world.device("alice");
    alice.sync();
    world.device("bob").sync();
    world.device("bob").backup();
    world.county().backup();
    writeTen(world);
    struct Killed {};
    int left = 4;
    alice.pace().setMeanwhile([&] {
        if (--left == 0) {
            throw Killed{};
        }
    });
    EXPECT_THROW(alice.sync(), Killed);
    alice.pace().setMeanwhile({});
    alice.kill();

    world.county().restoreSilently();
    world.device("bob").restore();
    world.syncAll();

    EXPECT_EQ(world.device("bob").shown(note("note 0"), "status"), "done");
    EXPECT_EQ(world.difference(), "");
}

TEST(Answer, WithAStatusOfANewerVersionIsNoSuccess) {
    World world;
    Device& alice = world.device("alice");
    alice.sync();
    alice.set(kPlan, "status", "done");
    const Bytes request = *must(alice.nextRequest());
    const Bytes answer = world.county().handle(request);
    const auto me = must(alice.replica().identity());
    auto changed = must(sync::decode<sync::SyncAnswer>(must(sync::openFrame(answer)).plain, "answer"));
    changed.status = static_cast<sync::SyncStatus>(77);

    const auto taken = alice.takeAnswer(frameWithMac(*world.setup().suite, sync::encode(changed), me.macKey,
                                                     must(sync::openFrame(request)).frame.tag));

    ASSERT_FALSE(taken);
    EXPECT_EQ(taken.error().code, ErrorCode::wrongVersion);
    EXPECT_EQ(must(alice.replica().ownCounts()).local, 1u);
}

}  // namespace
}  // namespace hezhang::test
