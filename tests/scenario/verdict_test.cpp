// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What becomes of edits that the county does not simply take: set aside, admitted, held, refused, revoked;
// and own edits that wait for their answer.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/world.h"

namespace hezhang::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// -- own edits before their answer

TEST(OwnEdit, HidesWhatItsAuthorSawUntilItIsAnswered) {
    World world;
    world.device("alice").set(kPlan, "status", "started");
    world.syncAll();
    world.device("bob").sync();

    world.device("bob").set(kPlan, "status", "done");

    EXPECT_EQ(world.device("bob").shown(kPlan, "status"), "done");
    EXPECT_THAT(world.device("bob").conflict(kPlan, "status"), IsEmpty());
}

TEST(OwnEdit, ThatIsSetAsideGivesTheCountysValueBack) {
    World world;
    world.device("alice").set(kPlan, "status", "started");
    world.syncAll();
    world.device("bob").sync();
    world.device("bob").set(kPlan, "status", "done");

    world.county().ban("bob");
    world.syncAll();

    EXPECT_EQ(world.device("bob").shown(kPlan, "status"), "started");
    EXPECT_THAT(world.device("bob").asideReasons(), ElementsAre("noRight"));
    EXPECT_EQ(must(world.device("bob").replica().ownCounts()).setAside, 1u);
    EXPECT_EQ(world.difference(), "");
}

TEST(OwnEdit, AfterASecondOneOfTheSameFormIsLookedThroughWhateverItsVerdict) {
    World world;
    world.device("alice").set(kPlan, "status", "started");
    world.syncAll();
    world.device("bob").sync();
    world.device("bob").set(kPlan, "status", "blocked");
    world.county().ban("bob");
    Form form = world.device("bob").open(kPlan, "status");
    world.device("bob").sync();

    world.county().unban("bob");
    world.device("bob").sync();
    world.device("bob").save(form, "done");
    world.syncAll();

    EXPECT_EQ(world.device("alice").shown(kPlan, "status"), "done");
    EXPECT_THAT(world.device("alice").conflict(kPlan, "status"), IsEmpty());
    EXPECT_EQ(world.difference(), "");
}

// -- set aside, admitted

TEST(SetAside, IsKnownToOfficeAndAuthorOnly) {
    World world;
    world.enrol("olga", "office");
    world.device("alice");
    world.device("bob").set(kPlan, "text", "秘密。");

    world.county().ban("bob");
    world.syncAll();

    EXPECT_THAT(world.device("bob").asideReasons(), ElementsAre("noRight"));
    EXPECT_THAT(world.device("olga").asideReasons(), ElementsAre("noRight"));
    EXPECT_THAT(world.device("alice").asideReasons(), IsEmpty());
    EXPECT_THAT(world.device("alice").everythingStored(), Not(HasSubstr("秘密")));
    EXPECT_EQ(world.difference(), "");
}

TEST(SetAside, IsInTheStateEverywhereOnceItIsAdmitted) {
    World world;
    world.enrol("olga", "office");
    world.device("alice").set(kPlan, "status", "started");
    world.syncAll();
    const auto late = world.device("bob").set(note("other"), "status", "done");
    world.county().closeScope(kTeam);
    world.syncAll();
    ASSERT_THAT(world.device("bob").asideReasons(), ElementsAre("windowClosed"));

    world.device("olga").admit(note("other"), late.op, "it was in time");
    world.syncAll();

    for (const char* name : {"alice", "bob", "olga"}) {
        EXPECT_EQ(world.device(name).shown(note("other"), "status"), "done") << name;
        EXPECT_THAT(world.device(name).asideReasons(), IsEmpty()) << name;
    }
    EXPECT_EQ(world.difference(), "");
}

TEST(SetAside, ForWantOfARightMakesItsRecordKnownOnceItIsAdmitted) {
    World world;
    world.enrol("olga", "office");
    world.device("alice");
    const auto late = world.device("bob").set(kPlan, "status", "done");
    world.county().ban("bob");
    world.syncAll();

    world.device("olga").admit(kPlan, late.op, "as agreed");
    world.syncAll();

    EXPECT_EQ(world.device("alice").shown(kPlan, "status"), "done");
    EXPECT_NE(world.county().dump(kTeam), "");
    EXPECT_EQ(world.difference(), "");
}

TEST(SetAside, AdmittedLaterStandsAtItsVerdictsPlace) {
    World world;
    world.enrol("olga", "office");
    world.device("alice").sync();
    const auto first = world.device("bob").set(kPlan, "status", "blocked");
    world.county().ban("bob");
    world.device("bob").sync();
    world.county().unban("bob");
    world.device("alice").set(kPlan, "status", "done");
    world.syncAll();

    world.device("olga").admit(kPlan, first.op, "as agreed");
    world.syncAll();

    EXPECT_EQ(world.device("alice").shown(kPlan, "status"), "done") << "the first in the one order is shown";
    EXPECT_THAT(world.device("alice").conflict(kPlan, "status"), ElementsAre("blocked", "done"));
    EXPECT_EQ(world.difference(), "");
}

TEST(SetAside, NamedByAnAcceptedEditBeforeItIsAdmittedIsNoValueAnyMore) {
    World world;
    world.enrol("olga", "office");
    world.device("alice");
    const auto first = world.device("bob").set(kPlan, "status", "blocked");
    Form form = world.device("bob").open(kPlan, "status");
    world.county().ban("bob");
    world.device("bob").sync();
    world.county().unban("bob");
    world.device("bob").sync();
    world.device("bob").save(form, "done");
    world.syncAll();

    world.device("olga").admit(kPlan, first.op, "as agreed");
    world.syncAll();

    EXPECT_EQ(world.device("alice").shown(kPlan, "status"), "done");
    EXPECT_THAT(world.device("alice").conflict(kPlan, "status"), IsEmpty());
    EXPECT_EQ(world.difference(), "");
}

TEST(SetAside, InTheMiddleOfALaneDoesNotStopThoseWhoDoNotGetIt) {
    World world;
    world.device("alice");
    world.device("bob").set(note("one"), "status", "done");
    world.device("bob").sync();
    world.device("bob").set(note("two"), "status", "秘密");
    world.county().ban("bob");
    world.device("bob").sync();
    world.county().unban("bob");
    world.device("bob").sync();

    world.device("bob").set(note("three"), "status", "done");
    world.device("bob").set(note("three"), "status", "ongoing");
    world.syncAll();
    world.device("alice").set(note("three"), "status", "blocked");
    world.syncAll();

    EXPECT_EQ(world.device("bob").shown(note("three"), "status"), "blocked");
    EXPECT_THAT(world.device("alice").everythingStored(), Not(HasSubstr("秘密")));
    EXPECT_EQ(world.difference(), "");
}

TEST(SetAside, InTheMiddleOfALaneJoinsItWhenItIsAdmitted) {
    World world;
    world.enrol("olga", "office");
    world.device("alice");
    world.device("bob").set(note("one"), "status", "done");
    world.device("bob").sync();
    const auto late = world.device("bob").set(note("two"), "status", "blocked");
    world.county().ban("bob");
    world.device("bob").sync();
    world.county().unban("bob");
    world.device("bob").sync();
    const auto next = world.device("bob").set(note("three"), "status", "done");
    world.syncAll();

    world.device("olga").admit(note("two"), late.op, "as agreed");
    world.syncAll();

    EXPECT_EQ(world.device("alice").shown(note("two"), "status"), "blocked");
    EXPECT_EQ(must(world.device("alice").replica().history().dotText(
                  must(world.device("alice").replica().history().parseDot(next.dot)))),
              next.dot)
        << "no fork is seen where none is";
    EXPECT_EQ(world.difference(), "");
}

// -- held

TEST(HeldSegment, IsEnteredWhenWhatItNeedsComesFromAnybody) {
    World world;
    world.device("alice").sync();
    world.device("bob").sync();
    world.county().backup();
    world.device("alice").set(kPlan, "status", "started");
    world.device("alice").sync();
    world.device("bob").sync();
    world.device("bob").set(kPlan, "status", "done");
    (void)must(world.device("bob").nextRequest());
    world.device("bob").endRound();

    // The county is set back; bob's segment reaches it before anybody hands alice's value back.
    world.county().restoreSilently();
    sync::SyncRequest request;
    request.device = world.device("bob").id();
    sync::Store& store = world.device("bob").box().store();
    for (const Hash& hash : must(store.segmentsIn(sync::SegmentState::unsent))) {
        request.segments.push_back(must(store.segment(hash))->envelope);
    }
    const auto me = must(world.device("bob").replica().identity());
    (void)world.county().handle(frameWithMac(*world.setup().suite, encode(request), me.macKey, {}));
    ASSERT_EQ(must(world.county().county().status()).held, 1u);

    world.device("alice").sync();
    EXPECT_EQ(must(world.county().county().status()).held, 0u);
    world.syncAll();

    EXPECT_EQ(world.device("alice").shown(kPlan, "status"), "done");
    EXPECT_THAT(world.device("alice").conflict(kPlan, "status"), IsEmpty());
    EXPECT_EQ(world.difference(), "");
}

// bob's first segment never reaches the county: his home is put back to before it, and the copy that had it
// is gone.
class HeldForGood : public ::testing::Test {
protected:
    void SetUp() override {
        m_world.enrol("olga", "office").sync();
        m_world.device("alice").sync();
        Device& bob = m_world.device("bob");
        bob.sync();
        bob.set(note("first"), "status", "done");
        (void)must(bob.nextRequest());  // seals
        bob.endRound();
        const std::vector<Hash> first = must(bob.box().store().segmentsIn(sync::SegmentState::unsent));
        m_seen = bob.set(note("second"), "status", "started");
        m_held = bob.set(note("second"), "status", "done");
        m_other = bob.set(note("third"), "text", "原文。");
        (void)must(bob.nextRequest());
        bob.endRound();
        sync::SyncRequest request;
        request.device = bob.id();
        for (const Hash& hash : must(bob.box().store().segmentsIn(sync::SegmentState::unsent))) {
            if (hash != first.front()) {
                request.segments.push_back(must(bob.box().store().segment(hash))->envelope);
            }
        }
        const auto me = must(bob.replica().identity());
        (void)m_world.county().handle(frameWithMac(*m_world.setup().suite, encode(request), me.macKey, {}));
        ASSERT_EQ(must(m_world.county().county().status()).held, 1u);
    }
    std::vector<sync::HeldOp> heldToldTo(const std::string& name) {
        const auto bytes = must(m_world.device(name).box().store().meta(sync::meta::kHeld));
        return bytes && !bytes->empty() ? must(sync::decode<std::vector<sync::HeldOp>>(*bytes, "held"))
                                        : std::vector<sync::HeldOp>{};
    }
    World m_world;
    sync::EditAnswer m_seen;
    sync::EditAnswer m_held;
    sync::EditAnswer m_other;
};

TEST_F(HeldForGood, IsToldToTheOfficeWithoutItsText) {
    m_world.device("olga").sync();
    m_world.device("alice").sync();

    const std::vector<sync::HeldOp> told = heldToldTo("olga");

    ASSERT_EQ(told.size(), 3u);
    EXPECT_EQ(told.back().op, m_other.op);
    EXPECT_EQ(told.back().record, note("third"));
    EXPECT_FALSE(told.back().missing.isNone());
    EXPECT_THAT(heldToldTo("alice"), IsEmpty());
    EXPECT_THAT(m_world.device("olga").everythingStored(), Not(HasSubstr("原文")));
}

TEST_F(HeldForGood, IsInTheStateOnceTheOfficeTakesItIn) {
    m_world.device("olga").sync();

    m_world.device("olga").admit(note("second"), m_held.op, "he brought the paper");
    m_world.device("olga").sync();
    m_world.device("alice").sync();

    EXPECT_EQ(must(m_world.county().county().status()).held, 0u);
    EXPECT_EQ(m_world.device("alice").shown(note("second"), "status"), "done");
    EXPECT_EQ(m_world.device("alice").shown(note("third"), "text"), "原文。")
        << "what missed nothing itself comes with it";
    m_world.device("olga").sync();
    EXPECT_THAT(heldToldTo("olga"), IsEmpty());
}

TEST_F(HeldForGood, TakenInJoinsItsLaneWhenWhatWasMissingComesAfterAll) {
    m_world.device("olga").sync();
    m_world.device("olga").admit(note("second"), m_held.op, "he brought the paper");
    m_world.device("olga").sync();
    m_world.device("alice").sync();

    m_world.syncAll();  // bob still had it

    EXPECT_EQ(m_world.device("alice").shown(note("first"), "status"), "done");
    EXPECT_EQ(m_world.device("alice").shown(note("second"), "status"), "done");
    EXPECT_EQ(must(m_world.county().county().status()).branches, 0u);
    EXPECT_EQ(m_world.difference(), "");
}

TEST_F(HeldForGood, TakenInComesBackAfterARestoreWithoutWhatWasMissing) {
    m_world.county().backup();
    m_world.device("olga").sync();
    m_world.device("olga").admit(note("second"), m_held.op, "he brought the paper");
    m_world.device("olga").sync();
    m_world.device("alice").sync();

    m_world.county().restore();
    m_world.device("alice").sync();
    m_world.device("olga").sync();

    EXPECT_EQ(must(m_world.county().county().status()).held, 0u);
    EXPECT_EQ(m_world.device("alice").shown(note("second"), "status"), "done");
    m_world.syncAll();
    EXPECT_EQ(m_world.difference(), "");
}

TEST(HeldSegment, WrittenByANewerDefinitionWaitsForTheUpgrade) {
    World world;
    world.device("alice").sync();
    world.device("bob").sync();
    world.rules().upgrade("note", 2);
    world.device("bob").set(kPlan, "status", "done");
    world.syncAll();
    EXPECT_EQ(must(world.county().county().status()).held, 1u);
    EXPECT_EQ(must(world.device("bob").replica().ownCounts()).received, 1u);
    EXPECT_EQ(world.device("alice").shown(kPlan, "status"), std::nullopt);

    must(world.county().county().define(std::vector<sync::DefinitionControl>{{"note", 2, "{}"}},
                                        world.clock().now()));
    world.syncAll();

    EXPECT_EQ(must(world.county().county().status()).held, 0u);
    EXPECT_EQ(world.device("alice").shown(kPlan, "status"), "done");
    EXPECT_EQ(world.difference(), "");
}

TEST(Definitions, ThatTheLogHasAreNotEnteredAgain) {
    World world;
    const std::uint64_t before = must(world.county().county().size());

    must(world.county().county().define(noteDefinitions(), world.clock().now()));

    EXPECT_EQ(must(world.county().county().size()), before);
}

// -- revoked, ended

TEST(Revocation, SetsTheDevicesUnsentWorkAsideAndStopsIt) {
    World world;
    world.enrol("olga", "office");
    world.device("bob").sync();
    world.device("bob").set(kPlan, "status", "done");

    world.county().revoke(world.device("bob"));
    const auto round = world.device("bob").trySync();

    ASSERT_FALSE(round);
    EXPECT_EQ(round.error().code, ErrorCode::revoked);
    world.device("olga").sync();
    EXPECT_THAT(world.device("olga").asideReasons(), ElementsAre("revoked"));
    EXPECT_EQ(world.device("bob").shown(kPlan, "status"), "done") << "its own work stays on the device";
}

TEST(Revocation, AllThatTheDeviceHasReachesTheCountyInOneRound) {
    WorldSetup setup;
    setup.pushBytesMax = 1;  // one segment a request
    World world(setup);
    world.enrol("olga", "office");
    Device& bob = world.enrol("bob", "clerk", {"team", "harbour"});
    bob.sync();
    bob.set(kPlan, "status", "done");
    bob.set(note("quay", "harbour"), "status", "begun");

    world.county().revoke(bob);
    EXPECT_FALSE(bob.trySync());

    world.device("olga").sync();
    EXPECT_THAT(world.device("olga").asideReasons(), ElementsAre("revoked", "revoked"));
}

// Its entries alone filled the request, and the answer ended the round: what it had not sent never left it.
TEST(Revocation, ADeviceThatHandsBackGivesItsUnsentWorkToo) {
    World world;
    world.enrol("olga", "office");
    Device& bob = world.device("bob");
    bob.sync();
    world.county().backup();
    bob.set(kPlan, "status", "begun");
    bob.sync();
    world.county().restore();
    world.county().revoke(bob);
    bob.set(kPlan, "text", "unsent");

    const auto round = bob.trySync();

    ASSERT_FALSE(round);
    EXPECT_EQ(round.error().code, ErrorCode::revoked);
    Device& olga = world.device("olga");
    olga.sync();
    EXPECT_EQ(olga.shown(kPlan, "status"), "begun") << "accepted once, and lost by the county";
    EXPECT_THAT(olga.asideReasons(), ElementsAre("revoked"));
}

// It was told a position, but given no head: nothing of the restored county's log speaks against what it
// knows.
TEST(Revocation, WhatItsCountyLostIsSentAgainWhenTheDeviceIsNoLongerRevoked) {
    World world;
    Device& bob = world.device("bob");
    bob.sync();
    world.county().backup();
    world.county().revoke(bob);
    bob.set(kPlan, "status", "done");
    EXPECT_FALSE(bob.trySync());

    world.county().restore();
    world.syncAll();

    Device& alice = world.device("alice");
    alice.sync();
    EXPECT_EQ(alice.shown(kPlan, "status"), "done");
}

TEST(Revocation, TheOfficeMayAdmitWhatTheDeviceHadNotSent) {
    World world;
    world.enrol("olga", "office");
    world.device("alice");
    world.device("bob").sync();
    const auto unsent = world.device("bob").set(kPlan, "status", "done");
    world.county().revoke(world.device("bob"));
    EXPECT_FALSE(world.device("bob").trySync());
    world.device("olga").sync();

    world.device("olga").admit(kPlan, unsent.op, "handed over");
    world.device("olga").sync();
    world.device("alice").sync();

    EXPECT_EQ(world.device("alice").shown(kPlan, "status"), "done");
}

// -- scopes

TEST(Scopes, NothingOfAForeignScopeIsOnADevice) {
    for (const StoreKind kind : {StoreKind::memory, StoreKind::sqlite}) {
        World world({1, kind});
        world.enrol("ann", "clerk", {"harbour"});
        world.enrol("olga", "office");
        world.device("bob").set(kPlan, "text", "金丝雀在此。");
        world.device("bob").add(note("金丝雀之名"), "tags", "canary-tag");
        world.syncAll();

        EXPECT_THAT(world.device("olga").everythingStored(), HasSubstr("金丝雀"));
        EXPECT_THAT(world.device("ann").everythingStored(), Not(HasSubstr("金丝雀")));
        EXPECT_THAT(world.device("ann").everythingStored(), Not(HasSubstr("canary")));
        EXPECT_EQ(world.difference(), "");
    }
}

TEST(Scopes, OneGivenLaterBringsItsWholePast) {
    World world;
    world.enrol("ann", "clerk", {"harbour"}).sync();
    world.device("bob").set(kPlan, "status", "done");
    world.device("bob").set(kPlan, "text", "一。");
    world.syncAll();
    ASSERT_EQ(world.device("ann").shown(kPlan, "status"), std::nullopt);

    world.county().grant("ann", kTeam);
    world.syncAll();

    EXPECT_EQ(world.device("ann").shown(kPlan, "status"), "done");
    EXPECT_EQ(world.difference(), "");
}

TEST(Scopes, WorkWrittenBeforeOneWasWithdrawnIsSetAsideAndAnswered) {
    World world;
    world.enrol("olga", "office");
    world.device("bob").sync();
    world.device("bob").set(kPlan, "status", "done");

    world.county().withdraw("bob", kTeam);
    world.syncAll();

    EXPECT_THAT(world.device("bob").asideReasons(), ElementsAre("noRight"));
    EXPECT_EQ(must(world.device("bob").replica().ownCounts()).local, 0u);
    EXPECT_EQ(must(world.device("bob").replica().ownCounts()).received, 0u);
}

TEST(Scopes, AnswersToWhatWasAcceptedBeforeOneWasWithdrawnStillCome) {
    World world;
    world.device("alice");
    world.device("bob").sync();
    world.device("bob").set(kPlan, "status", "done");
    (void)world.county().handle(*must(world.device("bob").nextRequest()));
    world.device("bob").endRound();

    world.county().withdraw("bob", kTeam);
    world.syncAll();

    EXPECT_EQ(must(world.device("bob").replica().ownCounts()).applied, 1u);
    EXPECT_EQ(world.device("alice").shown(kPlan, "status"), "done");
}

}  // namespace
}  // namespace hezhang::test
