// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A device lets go of the texts of old history: nothing that it shows changes, nothing that it must still do
// fails, and the texts come back when they are asked for.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sync/engine/snapshot_base.h"
#include "tests/scenario/on_each_store.h"

namespace hezhang::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

class Compaction : public OnEachStore {
protected:
    Compaction() {
        bob().sync();
        writeVersionsOfPlan(10);
    }
};

TEST_P(Compaction, LeavesWhatIsShownAndTakesTheTexts) {
    const std::string before = bob().dump("team");
    ASSERT_THAT(bob().everythingStored(), HasSubstr("第7版"));

    const sync::Compacted done = must(bob().compact());

    EXPECT_GE(done.segments, 10U);
    EXPECT_GT(done.bytes, 0U);
    EXPECT_EQ(absentAt(bob()), done.segments);
    EXPECT_EQ(bob().dump("team"), before);
    EXPECT_EQ(bob().rebuildDifference(), "");
    bob().box().scrub();
    EXPECT_THAT(bob().everythingStored(), Not(HasSubstr("第7版")));
    expectAllAgree();
}

TEST_P(Compaction, KeepsWhatItWroteItself) {
    must(alice().compact());
    EXPECT_THAT(alice().everythingStored(), HasSubstr("第7版"));
}

TEST_P(Compaction, IsRefusedWhileSomethingIsUnsent) {
    bob().set(kPlan, "status", "not sent");
    const auto done = bob().compact();
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, ErrorCode::unsentWork);
    EXPECT_EQ(absentAt(bob()), 0U);
    bob().sync();
    EXPECT_TRUE(bob().compact());
}

TEST_P(Compaction, GoesOnAndMergesLikeAnyOther) {
    must(bob().compact());
    alice().set(kPlan, "text", "第9版。甲。");
    bob().set(kPlan, "text", "第9版。乙。");
    bob().increment(kPlan, "count", 1);
    expectAllAgree();
    EXPECT_EQ(bob().sum(kPlan, "count"), 21);
    EXPECT_THAT(*bob().shown(kPlan, "text"), ::testing::AllOf(HasSubstr("甲"), HasSubstr("乙")));
    EXPECT_EQ(bob().rebuildDifference(), "");
}

TEST_P(Compaction, KeepsTheConflictAndWhatItStartedFrom) {
    alice().set(kPlan, "status", "base");
    m_world.syncAll();
    alice().set(kPlan, "status", "one");
    bob().set(kPlan, "status", "two");
    m_world.syncAll();
    Device& third = m_world.enrol("third", "clerk");
    third.sync();

    must(third.compact());

    EXPECT_THAT(third.conflict(kPlan, "status"), SizeIs(2));
    third.resolve(kPlan, "status", "both");
    expectAllAgree();
    EXPECT_THAT(bob().conflict(kPlan, "status"), SizeIs(0));
}

TEST_P(Compaction, ComesAgain) {
    must(bob().compact());
    for (int i = 0; i < 3; ++i) {
        alice().set(kPlan, "text", "后来" + std::to_string(i) + "。");
        alice().sync();
    }
    alice().erase(note("gone"));
    m_world.syncAll();
    EXPECT_GE(must(bob().compact()).segments, 3U);
    EXPECT_EQ(bob().rebuildDifference(), "");
    EXPECT_EQ(bob().shown(kPlan, "text"), "后来2。");
    EXPECT_THAT(bob().elements(kPlan, "tags"), ElementsAre("tag0", "tag2"));
    expectAllAgree();
}

TEST_P(Compaction, TheTextsComeBackWhenTheyAreAskedFor) {
    must(bob().compact());
    ASSERT_GT(absentAt(bob()), 0U);
    EXPECT_TRUE(bob().fetchHistory());
    EXPECT_EQ(absentAt(bob()), 0U);
    EXPECT_FALSE(must(sync::snapshotBase(bob().box().store())));
    EXPECT_THAT(bob().everythingStored(), HasSubstr("第7版"));
    expectAllAgree();
}

TEST_P(Compaction, WhatIsErasedByLawAfterwardsGoes) {
    const auto secret = alice().set(kPlan, "status", "身份证号");
    m_world.syncAll();
    must(bob().compact());
    m_world.county().redact(secret.op);
    m_world.syncAll();
    EXPECT_FALSE(bob().shown(kPlan, "status"));
    bob().box().scrub();
    EXPECT_THAT(bob().everythingStored(), Not(HasSubstr("身份证号")));
    expectAllAgree();
}

// Nothing is lost where somebody has it: the author hands back what the county has forgotten.
TEST_P(Compaction, OutlivesACountyThatIsRestored) {
    m_world.county().backup();
    alice().set(kPlan, "status", "after the backup");
    alice().sync();
    bob().sync();
    must(bob().compact());
    bob().set(note("mine"), "status", "sent");
    bob().sync();
    m_world.county().restore();
    bob().sync();
    m_world.syncAll();
    EXPECT_EQ(bob().shown(kPlan, "status"), "after the backup");
    EXPECT_EQ(alice().shown(note("mine"), "status"), "sent");
    expectAllAgree();
}

INSTANTIATE_TEST_SUITE_P(, Compaction, eachStore(), storeName);

}  // namespace
}  // namespace hezhang::test
