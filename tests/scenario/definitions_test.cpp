// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Definitions change while edits are pending: programs that know a register, and programs that do not yet
// know its newest version, beside one another. What one does not know it keeps and relays, and shows after
// its upgrade.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/world.h"

namespace hezhang::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const sync::RecordKey kVisit{"visit",
                             {{"scope", sync::Value::text(kTeam)}, {"name", sync::Value::text("first")}}};
const Versions kOld{};
const Versions kNew{{"note", 2}, {"visit", 1}};

// alice and bob have synced once with the old county; then bob has the new program.
class NewDefinition : public ::testing::Test {
protected:
    void SetUp() override {
        alice.sync();
        bob.sync();
        bob.install(kNew);
    }
    std::uint64_t held() { return must(world.county().county().status()).held; }
    void expectEverybodyShowsThePlace() {
        for (Device* device : {&alice, &bob}) {
            EXPECT_EQ(device->shown(kPlan, "place"), "hall") << device->name();
            EXPECT_THAT(device->elements(kPlan, "helpers"), ElementsAre("carol")) << device->name();
        }
        EXPECT_EQ(world.difference(), "");
    }
    void bobFillsTheNewFields() {
        bob.set(kPlan, "place", "hall");
        bob.add(kPlan, "helpers", "carol");
        bob.set(kPlan, "status", "started");
    }
    World world;
    Device& alice = world.device("alice");
    Device& bob = world.device("bob");
};

// -- a newer device beside an older county

TEST_F(NewDefinition, EditsByItAreHeldAndStopNobody) {
    bobFillsTheNewFields();
    alice.set(note("other"), "status", "done");
    world.syncAll();

    EXPECT_EQ(held(), 1u);
    EXPECT_EQ(must(bob.replica().ownCounts()).received, 3u);
    EXPECT_EQ(bob.shown(kPlan, "place"), "hall") << "what its author wrote stays in sight";
    EXPECT_EQ(bob.shown(note("other"), "status"), "done");
    EXPECT_EQ(alice.shown(kPlan, "status"), std::nullopt);
    EXPECT_THAT(bob.asideReasons(), IsEmpty());
}

TEST_F(NewDefinition, IsInTheStateOnceCountyThenDeviceAreUpgraded) {
    bobFillsTheNewFields();
    world.syncAll();
    bob.set(kPlan, "place", "hall");
    alice.set(note("other"), "status", "done");

    world.county().install(kNew);
    world.syncAll();

    EXPECT_EQ(held(), 0u);
    EXPECT_EQ(alice.shown(kPlan, "status"), "started") << "what the old program knows it shows at once";
    EXPECT_FALSE(alice.replica().projection().rules().ruleOf("note", "place"));
    EXPECT_THAT(alice.dump(kTeam), Not(HasSubstr("hall")));
    alice.install(kNew);
    expectEverybodyShowsThePlace();
}

TEST_F(NewDefinition, GivesTheSameStateInWhateverOrderTheProgramsAreUpgraded) {
    bobFillsTheNewFields();
    alice.install(kNew);
    alice.set(kPlan, "place", "yard");
    world.syncAll();
    world.county().install(kNew);
    world.syncAll();

    EXPECT_THAT(alice.conflict(kPlan, "place"), ElementsAre("hall", "yard")) << "as if all had been new";
    EXPECT_EQ(alice.dump(kTeam), bob.dump(kTeam));
    Device& carol = world.enrol("carol", "clerk");
    carol.install(kNew);
    carol.sync();
    EXPECT_EQ(carol.dump(kTeam), bob.dump(kTeam)) << "one that never was old";
    world.county().restart();
    EXPECT_EQ(world.county().dump(kTeam), bob.dump(kTeam));
}

TEST_F(NewDefinition, EditsThatWaitedComeInAfterTheCountyFellBackBehindThem) {
    world.county().backup();
    bobFillsTheNewFields();
    world.syncAll();
    ASSERT_EQ(held(), 1u);

    world.county().restore();
    world.syncAll();
    world.county().install(kNew);
    world.syncAll();
    alice.install(kNew);

    expectEverybodyShowsThePlace();
}

// -- a newer county beside an older device

TEST_F(NewDefinition, IsKeptByAnOlderDeviceAndShownAfterItsUpgrade) {
    world.county().install(kNew);
    bobFillsTheNewFields();
    bob.set(kVisit, "result", "yes");
    world.syncAll();

    EXPECT_THAT(alice.everythingStored(), HasSubstr("hall")) << "kept";
    EXPECT_THAT(alice.dump(kTeam), Not(HasSubstr("hall"))) << "not shown";
    EXPECT_EQ(alice.rebuildDifference(), "");
    const std::string before = alice.dump(kCommonScope);

    alice.install(kNew);

    EXPECT_EQ(alice.rebuildDifference(), "") << "nothing has to be built anew for it";
    EXPECT_EQ(alice.dump(kCommonScope), before);
    EXPECT_EQ(alice.shown(kVisit, "result"), "yes");
    expectEverybodyShowsThePlace();
}

TEST_F(NewDefinition, IsHandedBackByADeviceThatDoesNotKnowIt) {
    world.county().install(kNew);
    world.county().backup();
    bobFillsTheNewFields();
    bob.set(kVisit, "result", "yes");
    bob.sync();
    alice.sync();
    world.devices().erase("bob");  // the tablet is lost

    world.county().restore();
    world.county().install(kNew);
    alice.sync();

    Device& carol = world.enrol("carol", "clerk");
    carol.install(kNew);
    carol.sync();
    EXPECT_EQ(carol.shown(kPlan, "place"), "hall");
    EXPECT_EQ(carol.shown(kVisit, "result"), "yes");
    alice.install(kNew);
    alice.sync();
    EXPECT_EQ(world.difference(), "");
}

TEST_F(NewDefinition, StandsBesideWhatAnOlderDeviceWritesMeanwhile) {
    world.county().install(kNew);
    bobFillsTheNewFields();
    world.syncAll();

    alice.set(kPlan, "status", "done");
    alice.sync();
    alice.set(kPlan, "text", "第一句。");
    world.syncAll();

    EXPECT_EQ(bob.shown(kPlan, "status"), "done");
    EXPECT_EQ(bob.shown(kPlan, "text"), "第一句。");
    EXPECT_THAT(alice.asideReasons(), IsEmpty());
    alice.install(kNew);
    expectEverybodyShowsThePlace();
}

// A delete is of the record as a whole, also of what the program that deletes does not show.
TEST_F(NewDefinition, GoesWithItsRecordWhenAnOlderDeviceDeletesThat) {
    world.county().install(kNew);
    bobFillsTheNewFields();
    world.syncAll();

    alice.erase(kPlan);
    world.syncAll();

    EXPECT_TRUE(bob.isGone(kPlan));
    EXPECT_FALSE(bob.hasDeletionConflict(kPlan));
    alice.install(kNew);
    EXPECT_EQ(world.difference(), "");
}

TEST_F(NewDefinition, WrittenWhileAnOlderDeviceDeletesKeepsTheRecord) {
    world.county().install(kNew);
    bob.set(kPlan, "status", "started");
    world.syncAll();

    bob.set(kPlan, "place", "hall");
    alice.erase(kPlan);
    alice.sync();
    world.syncAll();

    for (Device* device : {&alice, &bob}) {
        EXPECT_TRUE(device->hasDeletionConflict(kPlan)) << device->name();
        EXPECT_FALSE(device->isGone(kPlan)) << device->name();
    }
    alice.install(kNew);
    EXPECT_EQ(world.difference(), "");
}

// -- programs that go back

TEST_F(NewDefinition, IsHeldByACountyThatWentBackToTheOlderProgram) {
    world.county().install(kNew);
    bob.set(kPlan, "place", "hall");
    world.syncAll();

    world.county().install(kOld);
    bob.add(kPlan, "helpers", "carol");
    bob.set(kVisit, "result", "yes");
    alice.set(note("other"), "status", "done");
    world.syncAll();
    EXPECT_EQ(held(), 1u) << "judged by nobody who does not know it";
    EXPECT_EQ(bob.shown(note("other"), "status"), "done");
    EXPECT_THAT(bob.asideReasons(), IsEmpty());

    world.county().install(kNew);
    world.syncAll();

    EXPECT_EQ(held(), 0u);
    alice.install(kNew);
    EXPECT_EQ(alice.shown(kVisit, "result"), "yes");
    expectEverybodyShowsThePlace();
}

TEST_F(NewDefinition, OfARegisterThatTheProgramLacksIsHeldThoughTheLogHasIt) {
    world.county().install(kNew);
    world.county().install(kOld);
    bob.set(kVisit, "result", "yes");
    world.syncAll();
    EXPECT_EQ(held(), 1u);

    world.county().install(kNew);
    world.syncAll();

    EXPECT_EQ(world.county().county().projection().rules().versionOf("visit"), 1u);
    EXPECT_THAT(world.county().dump(kTeam), HasSubstr("visit"));
    EXPECT_THAT(bob.asideReasons(), IsEmpty());
}

TEST_F(NewDefinition, IsNotLostToADeviceThatWentBackToTheOlderProgram) {
    world.county().install(kNew);
    bobFillsTheNewFields();
    bob.sync();

    bob.install(kOld);
    bob.set(kPlan, "status", "done");
    bob.sync();
    EXPECT_THAT(bob.dump(kTeam), Not(HasSubstr("hall")));
    bob.install(kNew);
    alice.install(kNew);
    world.syncAll();

    EXPECT_EQ(alice.shown(kPlan, "status"), "done");
    expectEverybodyShowsThePlace();
}

}  // namespace
}  // namespace hezhang::test
