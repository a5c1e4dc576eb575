// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What two people who write the same cell see, whatever the order in which they sync.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/world.h"

namespace hezhang::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Conflict, TwoValuesWrittenApartAreOneConflictOnEveryDevice) {
    World world;
    world.device("alice").set(kPlan, "status", "done");
    world.device("bob").set(kPlan, "status", "blocked");

    world.device("carol");
    world.syncAll();

    for (const char* name : {"alice", "bob", "carol"}) {
        EXPECT_THAT(world.device(name).conflict(kPlan, "status"), ElementsAre("blocked", "done")) << name;
        EXPECT_EQ(world.device(name).shown(kPlan, "status"), "done") << "the first that the county took in";
    }
    EXPECT_EQ(world.difference(), "");
}

TEST(Conflict, EqualValuesAreNone) {
    World world;
    world.device("alice").set(kPlan, "status", "done");
    world.device("bob").set(kPlan, "status", "done");

    world.syncAll();

    EXPECT_THAT(world.device("bob").conflict(kPlan, "status"), IsEmpty());
    EXPECT_EQ(world.device("bob").shown(kPlan, "status"), "done");
    EXPECT_EQ(world.difference(), "");
}

TEST(Conflict, ALaterEditOfWhatIsShownSettlesNothing) {
    World world;
    world.device("alice").set(kPlan, "status", "done");
    world.device("bob").set(kPlan, "status", "blocked");
    world.syncAll();

    world.device("carol").sync();
    world.device("carol").set(kPlan, "status", "ongoing");
    world.syncAll();

    EXPECT_THAT(world.device("alice").conflict(kPlan, "status"), ElementsAre("blocked", "ongoing"));
    EXPECT_EQ(world.difference(), "");
}

TEST(Conflict, AResolutionEndsItOnEveryDevice) {
    World world;
    world.device("alice").set(kPlan, "status", "done");
    world.device("bob").set(kPlan, "status", "blocked");
    world.syncAll();

    world.device("alice").resolve(kPlan, "status", "ongoing");
    world.syncAll();

    EXPECT_THAT(world.device("bob").conflict(kPlan, "status"), IsEmpty());
    EXPECT_EQ(world.device("bob").shown(kPlan, "status"), "ongoing");
    EXPECT_EQ(world.difference(), "");
}

TEST(Conflict, IsOpenedAgainByAValueWhoseAuthorHadNotSeenTheResolution) {
    World world;
    world.device("alice").set(kPlan, "status", "done");
    world.device("bob").set(kPlan, "status", "blocked");
    world.device("carol").set(kPlan, "status", "late");
    world.device("alice").sync();
    world.device("bob").sync();
    world.device("alice").sync();

    world.device("alice").resolve(kPlan, "status", "ongoing");
    world.device("alice").sync();
    world.syncAll();

    EXPECT_THAT(world.device("bob").conflict(kPlan, "status"), ElementsAre("late", "ongoing"));
    EXPECT_EQ(world.difference(), "");
}

TEST(Conflict, TwoDifferentResolutionsAreAConflictAgain) {
    World world;
    world.device("alice").set(kPlan, "status", "done");
    world.device("bob").set(kPlan, "status", "blocked");
    world.syncAll();

    world.device("alice").resolve(kPlan, "status", "ongoing");
    world.device("bob").resolve(kPlan, "status", "blocked");
    world.syncAll();

    EXPECT_THAT(world.device("carol").conflict(kPlan, "status"), IsEmpty()) << "carol has not synced yet";
    world.syncAll();
    EXPECT_THAT(world.device("carol").conflict(kPlan, "status"), ElementsAre("blocked", "ongoing"));
    EXPECT_EQ(world.difference(), "");
}

class FormOpenedBeforeAColleaguesValue : public ::testing::TestWithParam<bool> {};

TEST_P(FormOpenedBeforeAColleaguesValue, MakesAConflictWhoeverSyncsFirst) {
    World world;
    world.device("alice").set(kPlan, "status", "started");
    world.syncAll();
    world.device("bob").sync();
    Form form = world.device("bob").open(kPlan, "status");

    world.device("alice").set(kPlan, "status", "done");
    world.device("alice").sync();
    if (GetParam()) {
        world.device("bob").sync();  // the value arrives while the form is open
    }
    world.device("bob").save(form, "blocked");
    world.syncAll();

    EXPECT_THAT(world.device("alice").conflict(kPlan, "status"), ElementsAre("blocked", "done"));
    EXPECT_THAT(world.device("bob").conflict(kPlan, "status"), ElementsAre("blocked", "done"));
    EXPECT_EQ(world.difference(), "");
}

INSTANTIATE_TEST_SUITE_P(Orders, FormOpenedBeforeAColleaguesValue, ::testing::Bool());

TEST(Conflict, SavingTheSameFormTwiceIsOneValue) {
    World world;
    world.device("bob").sync();
    Form form = world.device("alice").open(kPlan, "status");
    world.device("alice").save(form, "done");
    world.device("alice").sync();

    world.device("alice").save(form, "blocked");
    world.syncAll();

    EXPECT_EQ(world.device("bob").shown(kPlan, "status"), "blocked");
    EXPECT_THAT(world.device("bob").conflict(kPlan, "status"), IsEmpty());
    EXPECT_EQ(world.difference(), "");
}

// -- prose

TEST(Prose, ChangesOfDifferentSentencesAreBothKept) {
    World world;
    world.device("alice").set(kPlan, "text", "一。二。三。");
    world.syncAll();
    world.device("bob").sync();

    world.device("alice").set(kPlan, "text", "一改。二。三。");
    world.device("bob").set(kPlan, "text", "一。二。三改。");
    world.syncAll();

    EXPECT_EQ(world.device("alice").shown(kPlan, "text"), "一改。二。三改。");
    EXPECT_EQ(world.device("bob").shown(kPlan, "text"), "一改。二。三改。");
    EXPECT_THAT(world.device("bob").conflict(kPlan, "text"), IsEmpty());
    EXPECT_EQ(world.difference(), "");
}

TEST(Prose, ChangesOfTheSameSentenceAreAConflict) {
    World world;
    world.device("alice").set(kPlan, "text", "一。二。");
    world.syncAll();
    world.device("bob").sync();

    world.device("alice").set(kPlan, "text", "一。甲。");
    world.device("bob").set(kPlan, "text", "一。乙。");
    world.syncAll();

    EXPECT_THAT(world.device("bob").conflict(kPlan, "text"), ElementsAre("一。乙。", "一。甲。"));
    EXPECT_EQ(world.difference(), "");
}

TEST(Prose, AnOldDeviceAddsItsSentenceToWhatWasMergedMeanwhile) {
    World world;
    world.device("alice").set(kPlan, "text", "a。");
    world.syncAll();
    for (const char* name : {"bob", "carol", "old"}) {
        world.device(name).sync();
    }
    world.device("alice").set(kPlan, "text", "a。b。");
    world.device("alice").sync();
    world.device("bob").sync();
    world.device("carol").sync();

    world.device("bob").set(kPlan, "text", "a。b1。");
    world.device("carol").set(kPlan, "text", "a。b。c。");
    world.device("bob").sync();
    world.device("carol").sync();
    world.device("old").set(kPlan, "text", "x。a。");
    world.syncAll();

    for (const auto& [name, device] : world.devices()) {
        EXPECT_EQ(device->shown(kPlan, "text"), "x。a。b1。c。") << name;
    }
    EXPECT_EQ(world.difference(), "");
}

TEST(Prose, WhatSomebodyDeletedDoesNotComeBack) {
    World world;
    world.device("alice").set(kPlan, "text", "一。二。三。");
    world.syncAll();
    world.device("bob").sync();

    world.device("alice").set(kPlan, "text", "一。三。");
    world.device("bob").set(kPlan, "text", "一。二。三。四。");
    world.syncAll();

    EXPECT_EQ(world.device("bob").shown(kPlan, "text"), "一。三。四。");
    EXPECT_EQ(world.difference(), "");
}

// -- set, counter, authority

TEST(Tags, AnAddWinsOverARemoveThatHadNotSeenIt) {
    World world;
    world.device("alice").add(kPlan, "tags", "urgent");
    world.syncAll();
    world.device("bob").sync();

    world.device("alice").remove(kPlan, "tags", "urgent");
    world.device("bob").add(kPlan, "tags", "urgent");
    world.syncAll();

    EXPECT_THAT(world.device("alice").elements(kPlan, "tags"), ElementsAre("urgent"));
    EXPECT_EQ(world.difference(), "");
}

TEST(Tags, ARemoveTakesAllAddsOfItsElementThatItSaw) {
    World world;
    world.device("alice").add(kPlan, "tags", "urgent");
    world.device("bob").add(kPlan, "tags", "urgent");
    world.device("bob").add(kPlan, "tags", "late");
    world.syncAll();

    world.device("alice").remove(kPlan, "tags", "urgent");
    world.syncAll();

    EXPECT_THAT(world.device("bob").elements(kPlan, "tags"), ElementsAre("late"));
    EXPECT_EQ(world.difference(), "");
}

TEST(Counter, AddsEveryContributionOnce) {
    World world;
    world.device("alice").increment(kPlan, "count", 3);
    world.device("bob").increment(kPlan, "count", 3);
    world.device("bob").increment(kPlan, "count", -1);
    world.syncAll();
    world.syncAll();

    EXPECT_EQ(world.device("alice").sum(kPlan, "count"), 5);
    EXPECT_EQ(world.device("bob").sum(kPlan, "count"), 5);
    EXPECT_EQ(world.difference(), "");
}

TEST(Authority, TheHigherRankStandsAndIsNoConflict) {
    World world;
    world.enrol("olga", "office");
    world.enrol("lea", "lead");
    world.device("alice").set(kPlan, "rank", "good");
    world.device("olga").set(kPlan, "rank", "poor");
    world.device("lea").set(kPlan, "rank", "fair");
    world.syncAll();

    for (const auto& [name, device] : world.devices()) {
        EXPECT_EQ(device->shown(kPlan, "rank"), "poor") << name;
        EXPECT_THAT(device->conflict(kPlan, "rank"), IsEmpty()) << name;
        EXPECT_EQ(device->cell(kPlan, "rank").view.values.size(), 3u) << "the others stay listed";
    }
    EXPECT_EQ(world.difference(), "");
}

// -- delete

TEST(Deletion, TakesTheRecordAwayEverywhere) {
    World world;
    world.device("alice").set(kPlan, "status", "done");
    world.device("alice").add(kPlan, "tags", "urgent");
    world.syncAll();

    world.device("bob").sync();
    world.device("bob").erase(kPlan);
    world.syncAll();

    EXPECT_TRUE(world.device("alice").isGone(kPlan));
    EXPECT_FALSE(world.device("alice").hasDeletionConflict(kPlan));
    EXPECT_EQ(world.difference(), "");
}

TEST(Deletion, IsAConflictWithAnEditItHadNotSeenAndTheRecordStaysWhole) {
    World world;
    world.device("alice").set(kPlan, "status", "done");
    world.device("alice").set(kPlan, "text", "一。");
    world.syncAll();
    world.device("bob").sync();

    world.device("alice").set(kPlan, "status", "blocked");
    world.device("bob").erase(kPlan);
    world.syncAll();

    for (const char* name : {"alice", "bob"}) {
        EXPECT_TRUE(world.device(name).hasDeletionConflict(kPlan)) << name;
        EXPECT_FALSE(world.device(name).isGone(kPlan)) << name;
        EXPECT_EQ(world.device(name).shown(kPlan, "status"), "blocked") << name;
        EXPECT_EQ(world.device(name).shown(kPlan, "text"), "一。") << name;
    }
    EXPECT_EQ(world.difference(), "");
}

TEST(Deletion, SettledWithFalseKeepsEveryValue) {
    World world;
    world.device("alice").set(kPlan, "status", "done");
    world.device("alice").set(kPlan, "text", "一。");
    world.syncAll();
    world.device("bob").sync();
    world.device("alice").set(kPlan, "status", "blocked");
    world.device("bob").erase(kPlan);
    world.syncAll();

    world.device("alice").settleDeletion(kPlan, false);
    world.syncAll();

    EXPECT_FALSE(world.device("bob").hasDeletionConflict(kPlan));
    EXPECT_EQ(world.device("bob").shown(kPlan, "text"), "一。");
    EXPECT_EQ(world.difference(), "");
}

TEST(Deletion, SettledWithTrueTakesTheRecordAway) {
    World world;
    world.device("alice").set(kPlan, "status", "done");
    world.syncAll();
    world.device("bob").sync();
    world.device("alice").set(kPlan, "status", "blocked");
    world.device("bob").erase(kPlan);
    world.syncAll();

    world.device("alice").settleDeletion(kPlan, true);
    world.syncAll();

    EXPECT_TRUE(world.device("bob").isGone(kPlan));
    EXPECT_FALSE(world.device("bob").hasDeletionConflict(kPlan));
    EXPECT_EQ(world.difference(), "");
}

TEST(Deletion, SeenByALaterEditStartsTheRecordEmpty) {
    World world;
    world.device("alice").set(kPlan, "status", "done");
    world.device("alice").set(kPlan, "text", "一。");
    world.device("alice").add(kPlan, "tags", "urgent");
    world.syncAll();
    world.device("bob").sync();
    world.device("bob").erase(kPlan);
    world.syncAll();

    world.device("alice").set(kPlan, "text", "二。");
    world.syncAll();

    for (const char* name : {"alice", "bob"}) {
        EXPECT_FALSE(world.device(name).isGone(kPlan)) << name;
        EXPECT_FALSE(world.device(name).hasDeletionConflict(kPlan)) << name;
        EXPECT_EQ(world.device(name).shown(kPlan, "text"), "二。") << name;
        EXPECT_EQ(world.device(name).shown(kPlan, "status"), std::nullopt) << name;
        EXPECT_THAT(world.device(name).elements(kPlan, "tags"), IsEmpty()) << name;
    }
    EXPECT_EQ(world.difference(), "");
}

TEST(Deletion, SeenByALaterEditOfTheSameOfflineSpellStartsTheRecordEmpty) {
    World world;
    world.device("alice").set(kPlan, "status", "done");
    world.syncAll();

    world.device("alice").erase(kPlan);
    EXPECT_TRUE(world.device("alice").isGone(kPlan));
    world.device("alice").set(kPlan, "text", "二。");
    EXPECT_EQ(world.device("alice").shown(kPlan, "status"), std::nullopt);
    world.syncAll();

    EXPECT_EQ(world.device("alice").shown(kPlan, "status"), std::nullopt);
    EXPECT_EQ(world.device("alice").shown(kPlan, "text"), "二。");
    EXPECT_EQ(world.difference(), "");
}

}  // namespace
}  // namespace hezhang::test
