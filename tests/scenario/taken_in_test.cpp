// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Held work that the office takes in, and what comes after it; definitions and long rows of set-aside saves.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/world.h"

namespace hezhang::test {
namespace {
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// The office, and bob's two segments of which the county holds the second: the first has not come.
class HeldWork : public ::testing::Test {
protected:
    HeldWork() {
        olga.sync();
        alice.sync();
        bob.set(note("zero"), "status", "started");
        world.syncAll();
        bob.set(note("first"), "status", "done");
        seal();
        missing = must(bob.box().store().segmentsIn(sync::SegmentState::unsent));
        held = bob.set(note("second"), "status", "done");
        seal();
        world.push(bob, sync::SegmentState::unsent, missing);
    }
    void seal() {
        static_cast<void>(must(bob.nextRequest()));
        bob.endRound();
    }
    void takeIn() {
        olga.sync();
        olga.admit(note("second"), held.op, "paper");
        olga.sync();
        alice.sync();
    }

    World world;
    Device& olga = world.enrol("olga", "office");
    Device& alice = world.device("alice");
    Device& bob = world.device("bob");
    std::vector<Hash> missing;
    sync::EditAnswer held;
};

// The segment that was missing comes after all and is kept from alice: her lane goes on over it all the same.
TEST_F(HeldWork, TakenInGoesOnOverAGapThatIsFilledByWhatIsKept) {
    ASSERT_EQ(must(world.county().county().status()).held, 1u);
    takeIn();
    EXPECT_EQ(alice.shown(note("second"), "status"), "done");
    world.county().closeScope(kTeam);
    bob.sync();  // the missing one comes, all of it set aside
    EXPECT_THAT(bob.asideReasons(), Contains("windowClosed"));
    world.county().reopenScope(kTeam);
    bob.set(note("zero"), "status", "done");
    world.syncAll();
    EXPECT_EQ(alice.shown(note("zero"), "status"), "done");
    EXPECT_THAT(alice.conflict(note("zero"), "status"), IsEmpty());
    EXPECT_EQ(world.difference(), "");
}

// What it removes is not here yet: it stays aside until that comes, or the element would come back for good.
TEST(TakenIn, ARemovalOfWhatIsMissingWaitsForIt) {
    World world;
    Device& olga = world.enrol("olga", "office");
    olga.sync();
    Device& alice = world.device("alice");
    Device& bob = world.device("bob");
    alice.sync();
    bob.sync();
    world.county().backup();
    alice.add(kPlan, "tags", "x");
    alice.sync();
    bob.sync();
    const auto removal = bob.remove(kPlan, "tags", "x");
    (void)must(bob.nextRequest());
    bob.endRound();
    world.county().restoreSilently();
    world.push(bob, sync::SegmentState::unsent);
    ASSERT_EQ(must(world.county().county().status()).held, 1u);
    olga.sync();
    olga.admit(kPlan, removal.op, "so said");
    olga.sync();
    EXPECT_EQ(must(world.county().county().status()).held, 0u);
    world.syncAll();
    EXPECT_THAT(bob.asideReasons(), Contains("missingContext"));
    EXPECT_THAT(alice.elements(kPlan, "tags"), ElementsAre("x"));

    olga.admit(kPlan, removal.op, "now that it is here");
    world.syncAll();

    EXPECT_THAT(bob.elements(kPlan, "tags"), IsEmpty());
    EXPECT_THAT(alice.elements(kPlan, "tags"), IsEmpty());
    EXPECT_EQ(world.difference(), "");
}

TEST(SetAside, ALongRowOfSavesIntoAClosedScopeKeepsItsReason) {
    World world;
    Device& alice = world.device("alice");
    alice.set(kPlan, "status", "started");
    world.syncAll();
    world.county().closeScope(kTeam);
    Form form = alice.open(kPlan, "status");
    for (int i = 0; i < 450; ++i) {
        alice.save(form, "v" + std::to_string(i));
    }
    world.syncAll();
    const auto reasons = alice.asideReasons();
    EXPECT_EQ(std::count(reasons.begin(), reasons.end(), "limit"), 0) << "of " << reasons.size();
}

TEST(Definitions, AnOlderOneHandedBackDoesNotReplaceANewerOne) {
    World world;
    Device& alice = world.device("alice");
    Device& bob = world.device("bob");
    alice.sync();
    bob.sync();
    world.county().backup();
    must(world.county().county().define(std::vector<sync::DefinitionControl>{{"note", 2, "{}"}},
                                        world.clock().now()));
    alice.sync();
    world.county().restore();
    must(world.county().county().define(std::vector<sync::DefinitionControl>{{"note", 3, "{}"}},
                                        world.clock().now()));
    world.syncAll();
    world.rules().upgrade("note", 3);
    bob.set(kPlan, "status", "done");
    world.syncAll();
    EXPECT_EQ(must(world.county().county().status()).held, 0u);
    EXPECT_EQ(alice.shown(kPlan, "status"), "done");
}

// The held segment has nothing accepted but what the office admits.
TEST_F(HeldWork, TakenInIsReadByOthersThoughAllOfItWasSetAside) {
    world.county().closeScope(kTeam);
    takeIn();
    const auto noted = must(alice.box().store().meta("skipped/" + missing.front().hex()));
    EXPECT_FALSE(noted && *noted == copyOf(missing.front().view())) << "a segment that follows itself";
    EXPECT_EQ(alice.shown(note("second"), "status"), "done");
}
}  // namespace
}  // namespace hezhang::test
