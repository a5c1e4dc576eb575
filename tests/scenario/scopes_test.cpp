// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Scopes that change while work is pending: who joins, who leaves, who comes back. The rules are told in
// docs/sync-model.md section 12.
#include <gmock/gmock.h>

#include "tests/support/world.h"

namespace hezhang::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// Every op of a record that a device has, the oldest first: what its history is made of.
std::vector<std::string> pastOf(Device& device, const sync::RecordKey& record) {
    sync::Store& store = device.box().store();
    std::map<std::uint64_t, std::vector<std::string>> byPosition;
    for (const Hash& hash : must(store.segmentsOfScope(scopeOf(record)))) {
        const auto row = must(store.segment(hash));
        const auto sealed = must(device.replica().history().segment(hash));
        for (const sync::Op& op : sealed->segment.ops) {
            if (op.record == device.recordId(record) && row->state == sync::SegmentState::inLog) {
                byPosition[row->position].push_back(op.field + "=" +
                                                    std::string(op.value.asText().value_or("")));
            }
        }
    }
    std::vector<std::string> past;
    for (const auto& [position, ops] : byPosition) {
        past.insert(past.end(), ops.begin(), ops.end());
    }
    return past;
}

std::uint64_t unanswered(Device& device) {
    const sync::OwnCounts counts = must(device.replica().ownCounts());
    return counts.local + counts.received;
}

// -- joining

TEST(JoinedScope, BringsWhatWasReplacedAndWhatWasDeletedToo) {
    for (const std::size_t pageBytes : {sync::kPageBytesMax, std::size_t{1}}) {
        WorldSetup setup;
        setup.pageBytesMax = pageBytes;  // also entry by entry
        World world(setup);
        world.enrol("ann", "clerk", {"harbour"}).sync();
        Device& bob = world.device("bob");
        for (const char* status : {"not-started", "in-progress", "done"}) {
            bob.set(kPlan, "status", status);
            bob.sync();
        }
        bob.set(note("gone"), "text", "删去的。");
        bob.erase(note("gone"));
        world.syncAll();

        world.county().grant("ann", kTeam);
        world.syncAll();

        Device& ann = world.device("ann");
        EXPECT_EQ(ann.shown(kPlan, "status"), "done");
        EXPECT_THAT(pastOf(ann, kPlan),
                    ElementsAre("status=not-started", "status=in-progress", "status=done"));
        EXPECT_EQ(pastOf(ann, note("gone")), pastOf(bob, note("gone")));
        EXPECT_TRUE(ann.isGone(note("gone")));
        EXPECT_EQ(world.difference(), "");
    }
}

TEST(JoinedScope, ConflictsOfItsPastAreOpenForWhoJoinsAndHeMaySettleThem) {
    World world;
    world.enrol("ann", "clerk", {"harbour"}).sync();
    world.device("alice").set(kPlan, "status", "done");
    world.device("bob").set(kPlan, "status", "blocked");
    world.syncAll();

    world.county().grant("ann", kTeam);
    world.syncAll();
    ASSERT_THAT(world.device("ann").conflict(kPlan, "status"), ElementsAre("blocked", "done"));
    world.device("ann").resolve(kPlan, "status", "done");
    world.syncAll();

    EXPECT_THAT(world.device("alice").conflict(kPlan, "status"), IsEmpty());
    EXPECT_EQ(world.device("bob").shown(kPlan, "status"), "done");
    EXPECT_EQ(world.difference(), "");
}

// -- leaving

TEST(LeftScope, WhatWasWrittenBeforeStaysItsAuthorsEverywhere) {
    World world;
    world.device("alice");
    Device& bob = world.device("bob");
    bob.set(kPlan, "status", "done");
    bob.set(kPlan, "text", "鲍勃写的。");
    world.syncAll();

    world.county().withdraw("bob", kTeam);
    world.syncAll();

    EXPECT_THAT(bob.scopes(), ElementsAre("common"));
    EXPECT_EQ(bob.shown(kPlan, "text"), "鲍勃写的。") << "its device keeps what it has";
    EXPECT_EQ(world.device("alice").shown(kPlan, "text"), "鲍勃写的。");
    EXPECT_EQ(world.device("alice").cell(kPlan, "text").rows.front().person, personNamed("bob"));
    EXPECT_EQ(world.difference(), "");
}

TEST(LeftScope, NothingThatIsWrittenAfterwardsReachesTheDevice) {
    for (const StoreKind kind : {StoreKind::memory, StoreKind::sqlite}) {
        World world({1, kind});
        world.device("alice").set(kPlan, "text", "先前。");
        world.device("bob");
        world.syncAll();

        world.county().withdraw("bob", kTeam);
        world.device("alice").set(kPlan, "text", "金丝雀在此。");
        world.device("alice").sync();
        world.syncAll();

        EXPECT_EQ(world.device("bob").shown(kPlan, "text"), "先前。");
        EXPECT_THAT(world.device("bob").everythingStored(), Not(HasSubstr("金丝雀")));
    }
}

TEST(LeftScope, UnsentWorkIsSetAsideTheAuthorIsToldAndTheOfficeMayAdmitIt) {
    World world;
    world.enrol("olga", "office");
    world.device("alice").set(kPlan, "status", "not-started");
    Device& bob = world.device("bob");
    world.syncAll();
    const auto pending = bob.set(kPlan, "status", "done");

    world.county().withdraw("bob", kTeam);
    world.syncAll();

    EXPECT_THAT(bob.asideReasons(), ElementsAre("noRight"));
    EXPECT_THAT(world.device("olga").asideReasons(), ElementsAre("noRight"));
    EXPECT_EQ(unanswered(bob), 0u);
    EXPECT_EQ(world.device("alice").shown(kPlan, "status"), "not-started");
    EXPECT_THAT(world.device("alice").everythingStored(), Not(HasSubstr("done")))
        << "what was set aside is between its author and the office";
    EXPECT_THAT(pastOf(bob, kPlan), ElementsAre("status=not-started", "status=done"))
        << "the author still has his text";

    world.device("olga").admit(kPlan, pending.op, "written while he was of the team");
    world.syncAll();

    EXPECT_EQ(world.device("alice").shown(kPlan, "status"), "done");
    EXPECT_EQ(world.device("alice").cell(kPlan, "status").rows.front().person, personNamed("bob"));
    EXPECT_THAT(bob.asideReasons(), IsEmpty()) << "he is told that it was admitted";
    EXPECT_EQ(world.difference(), "");
}

// The county cannot know what a tablet had read when its person wrote: a clock or a claim would prove
// nothing. So what decides is the log: the entry that takes the scope away, or the segment, whichever is
// first.
TEST(LeftScope, OfOneLaneWhatArrivedBeforeIsAcceptedAndWhatCameAfterIsNot) {
    World world;
    world.enrol("olga", "office");
    world.device("alice");
    Device& bob = world.device("bob");
    bob.sync();
    bob.set(note("early"), "status", "done");
    bob.sync();
    bob.set(note("late"), "status", "done");

    world.county().withdraw("bob", kTeam);
    world.syncAll();

    EXPECT_EQ(world.device("alice").shown(note("early"), "status"), "done");
    EXPECT_EQ(world.device("alice").shown(note("late"), "status"), std::nullopt);
    EXPECT_THAT(bob.asideReasons(), ElementsAre("noRight"));
    EXPECT_EQ(world.difference(), "");
}

// -- coming back

TEST(RejoinedScope, BringsWhatHappenedMeanwhileOnceAndInOrder) {
    for (const std::size_t pageBytes : {sync::kPageBytesMax, std::size_t{1}}) {
        WorldSetup setup;
        setup.pageBytesMax = pageBytes;
        World world(setup);
        Device& alice = world.device("alice");
        Device& bob = world.device("bob");
        alice.set(kPlan, "status", "not-started");
        bob.set(kPlan, "text", "一。");
        world.syncAll();

        world.county().withdraw("bob", kTeam);
        world.syncAll();
        alice.set(kPlan, "status", "in-progress");
        alice.set(kPlan, "text", "一。二。");
        alice.increment(kPlan, "count", 3);
        world.syncAll();
        ASSERT_EQ(bob.shown(kPlan, "status"), "not-started");

        world.county().grant("bob", kTeam);
        world.syncAll();
        bob.set(kPlan, "status", "done");
        world.syncAll();

        EXPECT_EQ(alice.shown(kPlan, "status"), "done") << "he saw what he replaced";
        EXPECT_THAT(alice.conflict(kPlan, "status"), IsEmpty());
        EXPECT_EQ(bob.sum(kPlan, "count"), 3);
        EXPECT_EQ(pastOf(bob, kPlan), pastOf(alice, kPlan));
        EXPECT_EQ(must(world.county().county().status()).branches, 0u);
        EXPECT_EQ(world.difference(), "");
    }
}

TEST(RejoinedScope, WorkThatWaitedAllTheWhileIsAcceptedAsItsAuthors) {
    World world;
    world.device("alice");
    Device& bob = world.device("bob");
    bob.sync();
    bob.set(kPlan, "status", "done");

    world.county().withdraw("bob", kTeam);
    world.device("alice").set(kPlan, "status", "blocked");
    world.device("alice").sync();
    world.county().grant("bob", kTeam);
    world.syncAll();

    EXPECT_THAT(bob.asideReasons(), IsEmpty());
    EXPECT_THAT(world.device("alice").conflict(kPlan, "status"), ElementsAre("blocked", "done"));
    EXPECT_EQ(world.difference(), "");
}

TEST(RejoinedScope, WhatWasSetAsideMeanwhileStaysSoAndIsNotSentAgain) {
    World world;
    world.enrol("olga", "office");
    world.device("alice");
    Device& bob = world.device("bob");
    bob.sync();
    const auto pending = bob.set(kPlan, "status", "done");
    world.county().withdraw("bob", kTeam);
    world.syncAll();

    world.county().grant("bob", kTeam);
    world.syncAll();
    EXPECT_THAT(bob.asideReasons(), ElementsAre("noRight"));
    bob.set(kPlan, "status", "done");  // he writes it again
    world.syncAll();

    EXPECT_EQ(world.device("alice").shown(kPlan, "status"), "done");
    world.device("olga").admit(kPlan, pending.op, "both");
    world.syncAll();
    EXPECT_THAT(world.device("alice").conflict(kPlan, "status"), IsEmpty()) << "equal values";
    EXPECT_EQ(world.difference(), "");
}

// The admission reaches one who holds the scope no more; when he comes back nothing is applied twice.
TEST(RejoinedScope, AfterAnAdmissionThatWasAnsweredWhileOutNothingIsDoubled) {
    World world;
    world.enrol("olga", "office");
    world.device("alice");
    Device& bob = world.device("bob");
    bob.increment(kPlan, "count", 2);
    bob.sync();
    const auto pending = bob.increment(kPlan, "count", 5);
    world.county().withdraw("bob", kTeam);
    world.syncAll();
    world.device("olga").admit(kPlan, pending.op, "counted");
    world.syncAll();
    ASSERT_EQ(world.device("alice").sum(kPlan, "count"), 7);

    world.county().grant("bob", kTeam);
    world.syncAll();

    EXPECT_EQ(bob.sum(kPlan, "count"), 7);
    EXPECT_EQ(world.difference(), "");
}

// A county that is put back forgets who held what; the grant comes back from those who read it.
TEST(RejoinedScope, AfterTheCountyLostBothTheGrantAndItsEndNoWorkIsLost) {
    World world;
    world.enrol("olga", "office").sync();
    Device& ann = world.enrol("ann", "clerk", {"harbour"});
    ann.sync();
    world.county().backup();
    world.county().grant("ann", kTeam);
    world.syncAll();
    ann.set(kPlan, "status", "done");
    ann.set(note("quay", "harbour"), "status", "done");
    world.county().withdraw("ann", kTeam);
    world.device("olga").sync();

    world.county().restore();
    world.syncAll();
    EXPECT_EQ(ann.shown(note("quay", "harbour"), "status"), "done");
    world.county().grant("ann", kTeam);
    world.syncAll();

    EXPECT_EQ(world.device("olga").shown(kPlan, "status"), "done");
    EXPECT_EQ(unanswered(ann), 0u);
    EXPECT_EQ(world.difference(), "");
}

}  // namespace
}  // namespace hezhang::test
