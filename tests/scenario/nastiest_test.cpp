// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The nastiest things that real counties do to the engine, one test each. docs/correctness.md lists them all,
// with those that stand in other files.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "tests/support/quick_suite.h"
#include "tests/support/world.h"

namespace hezhang::test {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

constexpr WallMs kYear = 365LL * 24 * 3600 * 1000;

WorldSetup quickSetup() {
    WorldSetup setup;
    setup.suite = &quickSuite();
    return setup;
}

TEST(Nastiest, AFormThatWasOpenSinceMondayDoesNotOverwriteTuesday) {
    World world;
    world.device("monday").set(kPlan, "status", "begun");
    world.device("tuesday");
    world.syncAll();
    Form open = world.device("monday").open(kPlan, "status");
    world.device("tuesday").set(kPlan, "status", "blocked");
    world.syncAll();
    ASSERT_EQ(world.device("monday").shown(kPlan, "status"), "blocked")
        << "it arrived while the form was open";

    world.device("monday").save(open, "done");
    world.syncAll();

    for (const char* name : {"monday", "tuesday"}) {
        EXPECT_THAT(world.device(name).conflict(kPlan, "status"), UnorderedElementsAre("blocked", "done"))
            << name;
    }
}

TEST(Nastiest, AThousandDeathsBetweenCommitAndAnswerEnterEachOpOnce) {
    World world(quickSetup());
    Device& bob = world.device("bob");
    bob.sync();
    constexpr int kDeaths = 1000;
    for (int i = 0; i < kDeaths; ++i) {
        bob.increment(kPlan, "count", 1);
        const auto request = must(bob.nextRequest());
        ASSERT_TRUE(request);
        const Bytes answer = world.county().handle(*request);
        static_cast<void>(world.county().handle(*request));  // the network repeats it
        if (i % 10 == 0) {
            must(bob.takeAnswer(answer));
        }
        bob.kill();
    }
    world.device("alice");
    world.syncAll();

    EXPECT_EQ(world.device("alice").sum(kPlan, "count"), kDeaths);
    EXPECT_EQ(world.difference(), "");
}

TEST(Nastiest, WhatComesAfterTheSealIsSetAsideAndTheSealedStateStays) {
    World world;
    world.enrol("olga", "office");
    world.device("bob").set(kPlan, "status", "begun");
    world.syncAll();
    const auto late = world.device("bob").set(kPlan, "status", "done");  // at ten; the seal is of five
    world.county().closeScope(kTeam);
    const std::string sealed = world.county().dump(kTeam);

    world.syncAll();

    EXPECT_EQ(world.county().dump(kTeam), sealed);
    EXPECT_THAT(world.device("olga").asideReasons(), ElementsAre("windowClosed"));
    world.device("olga").admit(kPlan, late.op, "telephoned at 16:50");
    world.syncAll();
    EXPECT_EQ(world.device("bob").shown(kPlan, "status"), "done");
    EXPECT_EQ(world.difference(), "");
}

TEST(Nastiest, TheWorkOfWhoHasLeftArrivesAndIsSetAside) {
    World world;
    world.enrol("olga", "office");
    world.device("bob").sync();
    world.device("bob").set(kPlan, "status", "done");
    world.device("bob").set(kPlan, "text", "甲。");
    must(world.county().county().endPerson(world.device("bob").person(), world.clock().now()));

    world.syncAll();

    EXPECT_THAT(world.device("olga").asideReasons(), SizeIs(2));
    EXPECT_THAT(world.device("olga").asideReasons(), Each("revoked"));
}

TEST(Nastiest, AStolenTabletGainsNothingByAnOlderClock) {
    World world;
    world.enrol("olga", "office");
    Device& stolen = world.device("stolen");
    stolen.set(kPlan, "status", "begun");
    stolen.sync();
    world.county().revoke(stolen);

    stolen.clock().set(world.clock().now() - kYear);  // as if it had been written before
    stolen.set(kPlan, "status", "forged");
    EXPECT_FALSE(stolen.trySync());

    Device& olga = world.device("olga");
    olga.sync();
    EXPECT_EQ(olga.shown(kPlan, "status"), "begun");
    EXPECT_THAT(olga.asideReasons(), ElementsAre("revoked"));
}

TEST(Nastiest, TwoOpsOfOneNumberByTwoWaysAreTwoBranches) {
    World world;
    world.device("bob").set(kPlan, "status", "begun");
    world.syncAll();
    Device& copy = world.device("bob").copyTo("copy");
    world.device("bob").set(kPlan, "status", "by network");
    copy.set(kPlan, "status", "by courier");

    ASSERT_TRUE(must(copy.nextRequest()));  // seals; a courier brings it below
    copy.endRound();
    world.device("bob").sync();
    world.push(copy, sync::SegmentState::unsent);
    world.syncAll();

    EXPECT_EQ(must(world.county().county().status()).branches, 1U);
    EXPECT_THAT(world.device("bob").conflict(kPlan, "status"),
                UnorderedElementsAre("by network", "by courier"));
    EXPECT_EQ(world.difference(), "");
}

TEST(Nastiest, AContextThatNeverComesStopsNobodyElse) {
    World world;
    world.enrol("olga", "office");
    Device& lost = world.device("lost");
    lost.set(kPlan, "status", "begun");
    ASSERT_TRUE(must(lost.nextRequest()));  // seals
    lost.endRound();
    const std::vector<Hash> gone = must(lost.box().store().segmentsIn(sync::SegmentState::unsent));
    lost.set(kPlan, "status", "done");  // names what only this device has
    ASSERT_TRUE(must(lost.nextRequest()));
    lost.endRound();
    world.push(lost, sync::SegmentState::unsent, gone);
    ASSERT_EQ(must(world.county().county().status()).held, 1U);

    world.device("bob").set(note("other"), "status", "done");
    world.device("bob").sync();
    world.device("olga").sync();

    EXPECT_EQ(world.device("olga").shown(note("other"), "status"), "done");
    EXPECT_EQ(must(world.county().county().status()).held, 1U) << "it waits, and no time forces it in";
    lost.sync();
    EXPECT_EQ(must(world.county().county().status()).held, 0U);
}

TEST(Nastiest, ClocksOf1970AndOf2099DecideNothing) {
    World world;
    world.device("old").set(kPlan, "status", "begun");
    world.device("new");
    world.syncAll();
    world.device("old").clock().set(0);
    world.device("new").clock().set(130 * kYear);

    world.device("new").set(kPlan, "status", "second");
    world.syncAll();
    world.device("old").set(kPlan, "status", "third");  // has seen it, and says it is 129 years earlier
    world.clock().set(10 * kYear);
    world.device("old").clock().set(-kYear);
    world.syncAll();

    for (const char* name : {"old", "new"}) {
        EXPECT_EQ(world.device(name).shown(kPlan, "status"), "third") << name;
        EXPECT_THAT(world.device(name).conflict(kPlan, "status"), IsEmpty()) << name;
    }
}

// Three months of work over a link that breaks after a few exchanges, often after the county has taken what
// it was sent and before it could say so.
TEST(Nastiest, TenThousandOpsOverALinkThatBreaksGoUpAboutOnce) {
    WorldSetup setup = quickSetup();
    setup.pushBytesMax = 16 * 1024;
    World world(setup);
    Device& away = world.device("away");
    away.sync();
    constexpr int kOps = 10'000;
    {
        auto scope = must(sync::WriteScope::begin(away.box().store()));
        for (int i = 0; i < kOps; ++i) {
            must(away.replica().edit({note("n" + std::to_string(i % 500)),
                                      std::string(kTeam),
                                      "count",
                                      sync::OpKind::increment,
                                      sync::Value::integer(1),
                                      {},
                                      away.person()},
                                     away.clock().now()));
        }
        must(scope.commit());
    }
    SeededRandom dice(18);
    std::map<Hash, int> sent;
    std::uint64_t opsSent = 0;
    std::uint64_t opsLeftBefore = kOps;
    for (int link = 0; link < 1000; ++link) {
        for (std::uint64_t exchange = 1 + dice.below(3); exchange > 0; --exchange) {
            const auto request = must(away.nextRequest());
            if (!request) {
                break;
            }
            const auto opened = must(sync::openFrame(*request));
            for (const Bytes& segment :
                 must(sync::decode<sync::SyncRequest>(opened.plain, "request")).segments) {
                const auto sealed = must(sync::openSegment(*setup.suite, segment));
                ++sent[sealed.hash];
                opsSent += sealed.segment.ops.size();
            }
            const Bytes answer = world.county().handle(*request);
            if (exchange == 1 && dice.below(2) == 0) {
                break;  // the link goes with the answer on it
            }
            must(away.takeAnswer(answer));
        }
        away.endRound();
        std::uint64_t left = 0;
        for (const Hash& hash : must(away.box().store().segmentsIn(sync::SegmentState::unsent))) {
            left += must(away.box().store().segment(hash))->count;
        }
        ASSERT_LE(left, opsLeftBefore) << "it never goes backwards";
        opsLeftBefore = left;
        if (left == 0) {
            break;
        }
    }
    world.syncAll();

    EXPECT_EQ(opsLeftBefore, 0U);
    EXPECT_LE(opsSent, 2U * kOps) << "no op goes up more than twice on average";
    std::int64_t sum = 0;
    for (int i = 0; i < 500; ++i) {
        sum += world.device("away").sum(note("n" + std::to_string(i)), "count");
    }
    EXPECT_EQ(sum, kOps);
    EXPECT_EQ(world.difference(), "");
}

}  // namespace
}  // namespace hezhang::test
