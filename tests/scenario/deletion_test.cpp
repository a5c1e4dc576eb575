// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Deletes of the same record by several people. What a delete and an edit make of each other: conflict_test.cpp.
#include <gtest/gtest.h>

#include "tests/support/world.h"

namespace hezhang::test {
namespace {

TEST(Deletion, ByTwoPeopleAtOnceIsNoConflict) {
    World world;
    world.device("alice").set(kPlan, "status", "done");
    world.device("bob");
    world.syncAll();

    world.device("alice").erase(kPlan);
    world.device("bob").erase(kPlan);
    world.syncAll();

    for (const char* name : {"alice", "bob"}) {
        EXPECT_TRUE(world.device(name).isGone(kPlan)) << name;
        EXPECT_FALSE(world.device(name).hasDeletionConflict(kPlan)) << name;
    }
    EXPECT_EQ(world.difference(), "");
}

TEST(Deletion, ByTwoPeopleTogetherNamesWhatOneOfThemHadNotSeen) {
    World world;
    world.device("alice").set(kPlan, "status", "done");
    world.device("bob");
    world.syncAll();

    world.device("alice").erase(kPlan);
    world.device("bob").set(kPlan, "text", "news");
    world.device("bob").erase(kPlan);
    world.syncAll();

    EXPECT_TRUE(world.device("alice").isGone(kPlan));
    EXPECT_TRUE(world.device("bob").isGone(kPlan));
    EXPECT_EQ(world.difference(), "");
}

// The delete, not answered yet, is hidden by the edit that takes it back; a form that was opened in between names it still.
TEST(Deletion, IsLookedThroughAlsoWhereAnEditOfOnesOwnHidesIt) {
    World world;
    Device& alice = world.device("alice");
    alice.set(kPlan, "status", "done");
    world.syncAll();
    const sync::EditAnswer deletion = alice.erase(kPlan);
    sync::Edit edit;
    edit.key = kPlan;
    edit.scope = kTeam;
    edit.person = alice.person();
    edit.seen = {deletion.ref};
    edit.field = sync::kDeletedField;
    edit.value = sync::Value::boolean(false);
    must(alice.tryEdit(edit));

    edit.field = "status";
    edit.value = sync::Value::text("begun anew");
    must(alice.tryEdit(edit));

    EXPECT_EQ(alice.shown(kPlan, "status"), "begun anew");
    EXPECT_EQ(alice.rebuildDifference(), "");
    world.syncAll();
    EXPECT_EQ(alice.shown(kPlan, "status"), "begun anew");
    EXPECT_EQ(world.difference(), "");
}

}  // namespace
}  // namespace hezhang::test
