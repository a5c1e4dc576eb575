// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Sync by file: requests written long before their answers come, in whatever order the files are carried.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sync/engine/carried.h"
#include "tests/support/world.h"

namespace hezhang::test {
namespace {

using sync::Carried;
using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Not;

struct Letter {
    std::vector<Bytes> requests;
    std::vector<std::string> held;
    bool isAll = true;
};
struct Reply {
    Bytes request;
    Bytes answer;
};

sync::SyncSession sessionOf(World& world, Device& device) {
    return sync::SyncSession(device.replica(), world.setup().pushBytesMax, &device.pace());
}

Letter write(World& world, Device& device, std::size_t bytesMax = 64 * 1024 * 1024) {
    auto session = sessionOf(world, device);
    sync::FileRequests file = must(session.requestsForFile(bytesMax));
    return {std::move(file.requests), device.scopes(), file.isAll};
}

// As the county's desk does it: each request as it came, then what the device would go on to ask.
std::vector<Reply> answered(World& world, Device& device, const Letter& letter) {
    const sync::Suite& suite = *world.setup().suite;
    const sync::MacKey key = must(world.county().county().macKeyOf(device.id()));
    std::vector<Reply> replies;
    for (const Bytes& request : letter.requests) {
        replies.push_back({request, world.county().handle(request)});
    }
    std::vector<std::string> held = letter.held;
    for (;;) {
        const auto request =
            must(sync::decode<sync::SyncRequest>(must(sync::openFrame(replies.back().request)).plain, "r"));
        const auto answer =
            must(sync::decode<sync::SyncAnswer>(must(sync::openFrame(replies.back().answer)).plain, "a"));
        const auto next = sync::requestAfter(suite, request, answer, held);
        if (!next) {
            return replies;
        }
        const Bytes framed = sync::frameWithMac(suite, sync::encode(*next), key, {});
        replies.push_back({framed, world.county().handle(framed)});
    }
}

Result<std::vector<Carried>> tryRead(World& world, Device& device, const std::vector<Reply>& replies) {
    auto session = sessionOf(world, device);
    std::vector<Carried> outcomes;
    for (const Reply& reply : replies) {
        HZ_TRY(const Carried outcome, session.onCarried(reply.request, reply.answer));
        outcomes.push_back(outcome);
    }
    return outcomes;
}

std::vector<Carried> read(World& world, Device& device, const std::vector<Reply>& replies) {
    return must(tryRead(world, device, replies));
}

void byFile(World& world, Device& device) {
    const Letter letter = write(world, device);
    EXPECT_THAT(read(world, device, answered(world, device, letter)), Not(Contains(Carried::outdated)));
}

std::uint64_t localOps(Device& device) {
    return must(device.replica().ownCounts()).local;
}

TEST(ByFile, ACountyThatNeverHadANetworkAgrees) {
    World world;
    Device& alice = world.device("alice");
    Device& bob = world.device("bob");
    alice.set(kPlan, "status", "done");
    bob.set(kPlan, "status", "blocked");
    bob.set(note("other"), "status", "done");

    byFile(world, alice);
    byFile(world, bob);
    byFile(world, alice);

    EXPECT_THAT(alice.conflict(kPlan, "status"), ElementsAre("blocked", "done"));
    EXPECT_EQ(alice.shown(note("other"), "status"), "done");
    EXPECT_EQ(localOps(alice), 0u);
    EXPECT_EQ(world.difference(), "");
}

TEST(ByFile, OneJourneyBringsEveryPage) {
    WorldSetup setup;
    setup.pageBytesMax = 512;
    World world(setup);
    for (int i = 0; i < 40; ++i) {
        world.device("bob").set(note("note " + std::to_string(i)), "status", "done");
        world.device("bob").sync();
    }
    Device& alice = world.device("alice");

    const auto replies = answered(world, alice, write(world, alice));
    EXPECT_GT(replies.size(), 5u);
    EXPECT_THAT(read(world, alice, replies), Each(Carried::taken));

    EXPECT_EQ(alice.shown(note("note 39"), "status"), "done");
    world.device("bob").sync();
    EXPECT_EQ(world.difference(), "");
}

TEST(ByFile, OneJourneyTakesEverySegment) {
    WorldSetup setup;
    setup.pushBytesMax = 1;  // one segment a request
    World world(setup);
    Device& alice = world.enrol("alice", "clerk", {"team", "a", "b", "c"});
    for (const char* scope : {"team", "a", "b", "c"}) {
        alice.set(note("note", scope), "status", "done");
    }

    const Letter letter = write(world, alice);
    EXPECT_EQ(letter.requests.size(), 5u);
    EXPECT_THAT(read(world, alice, answered(world, alice, letter)), Each(Carried::taken));

    EXPECT_EQ(must(alice.replica().ownCounts()).applied, 4u);
    EXPECT_EQ(world.difference(), "");
}

TEST(ByFile, WhatDoesNotFitGoesWithTheNextFile) {
    WorldSetup setup;
    setup.pushBytesMax = 1;
    World world(setup);
    Device& alice = world.enrol("alice", "clerk", {"team", "a", "b", "c"});
    for (const char* scope : {"team", "a", "b", "c"}) {
        alice.set(note("note", scope), "status", "done");
    }
    int files = 0;
    for (bool isAll = false; !isAll; ++files) {
        const Letter letter = write(world, alice, 1);
        isAll = letter.isAll;
        EXPECT_THAT(read(world, alice, answered(world, alice, letter)), Each(Carried::taken));
    }
    EXPECT_EQ(files, 4);
    EXPECT_EQ(localOps(alice), 0u);
    EXPECT_EQ(world.difference(), "");
}

TEST(ByFile, TheSameFilesTwiceChangeNothing) {
    World world;
    Device& alice = world.device("alice");
    world.device("bob").set(kPlan, "status", "blocked");
    world.device("bob").sync();
    alice.set(kPlan, "status", "done");
    const Letter letter = write(world, alice);
    const auto replies = answered(world, alice, letter);
    const auto size = must(world.county().county().size());
    read(world, alice, replies);
    const std::string before = alice.dump(kTeam);
    const auto counts = must(alice.replica().ownCounts());

    const auto again = answered(world, alice, letter);
    EXPECT_THAT(read(world, alice, replies), Each(Carried::known));
    EXPECT_THAT(read(world, alice, again), Each(Carried::known));

    EXPECT_EQ(must(world.county().county().size()), size);
    EXPECT_EQ(alice.dump(kTeam), before);
    EXPECT_EQ(must(alice.replica().ownCounts()).applied, counts.applied);
    world.device("bob").sync();
    EXPECT_EQ(world.difference(), "");
}

TEST(ByFile, AnOlderAnswerAfterANewerOneIsKnown) {
    World world;
    Device& alice = world.device("alice");
    alice.set(kPlan, "status", "started");
    const Letter first = write(world, alice);
    alice.set(kPlan, "status", "done");
    const Letter second = write(world, alice);
    const auto toFirst = answered(world, alice, first);
    const auto toSecond = answered(world, alice, second);

    EXPECT_THAT(read(world, alice, toSecond), Each(Carried::taken));
    EXPECT_THAT(read(world, alice, toFirst), Each(Carried::known));

    EXPECT_EQ(localOps(alice), 0u);
    EXPECT_EQ(world.difference(), "");
}

// Two files were under way at once: the second answer cannot be joined to what the first one brought.
TEST(ByFile, AnAnswerThatNoLongerFitsIsOutdatedButWhatTheCountyHasIsNoted) {
    World world;
    Device& alice = world.device("alice");
    alice.set(kPlan, "status", "started");
    const Letter first = write(world, alice);
    alice.set(kPlan, "status", "done");
    const Letter second = write(world, alice);
    const auto toFirst = answered(world, alice, first);
    const auto toSecond = answered(world, alice, second);

    read(world, alice, toFirst);
    EXPECT_EQ(localOps(alice), 1u);
    const auto outcomes = read(world, alice, toSecond);
    EXPECT_EQ(outcomes.back(), Carried::outdated);
    EXPECT_EQ(localOps(alice), 0u);
    EXPECT_EQ(must(alice.replica().ownCounts()).received, 1u);
    EXPECT_EQ(alice.shown(kPlan, "status"), "done");

    byFile(world, alice);
    EXPECT_EQ(must(alice.replica().ownCounts()).received, 0u);
    EXPECT_EQ(world.difference(), "");
}

TEST(ByFile, AnAnswerAfterASyncOverTheNetworkIsKnown) {
    World world;
    Device& alice = world.device("alice");
    alice.set(kPlan, "status", "done");
    const auto replies = answered(world, alice, write(world, alice));
    alice.sync();
    const std::string before = alice.dump(kTeam);

    EXPECT_THAT(read(world, alice, replies), Each(Carried::known));
    EXPECT_EQ(alice.dump(kTeam), before);
    world.syncAll();
    EXPECT_EQ(world.difference(), "");
}

TEST(ByFile, WhatIsWrittenAfterTheExportStaysAndGoesWithTheNext) {
    World world;
    Device& alice = world.device("alice");
    alice.set(kPlan, "status", "started");
    const Letter letter = write(world, alice);
    alice.set(kPlan, "status", "done");
    alice.set(note("later"), "status", "done");

    EXPECT_THAT(read(world, alice, answered(world, alice, letter)), Each(Carried::taken));
    EXPECT_EQ(alice.shown(kPlan, "status"), "done");
    EXPECT_EQ(localOps(alice), 2u);

    byFile(world, alice);
    EXPECT_EQ(localOps(alice), 0u);
    EXPECT_EQ(world.difference(), "");
}

TEST(ByFile, AnAnswerForAnotherDeviceIsRefusedAndChangesNothing) {
    World world;
    Device& alice = world.device("alice");
    Device& bob = world.device("bob");
    alice.set(kPlan, "status", "done");
    bob.sync();
    const auto replies = answered(world, alice, write(world, alice));
    const std::string before = bob.dump(kTeam);

    const auto taken = tryRead(world, bob, replies);

    ASSERT_FALSE(taken);
    EXPECT_EQ(taken.error().code, ErrorCode::otherDevice);
    EXPECT_EQ(bob.dump(kTeam), before);
}

TEST(ByFile, AnAnswerThatWasTamperedWithIsNotTheCountys) {
    World world;
    Device& alice = world.device("alice");
    alice.set(kPlan, "status", "done");
    auto replies = answered(world, alice, write(world, alice));
    for (Reply& reply : replies) {
        reply.answer.back() ^= 1;
    }

    const auto taken = tryRead(world, alice, replies);

    ASSERT_FALSE(taken);
    EXPECT_EQ(taken.error().code, ErrorCode::notOurServer);
    EXPECT_EQ(localOps(alice), 1u);
}

// Two genuine answers, each put to the other's question.
TEST(ByFile, AnAnswerToAnotherQuestionIsNotTheCountys) {
    World world;
    Device& alice = world.device("alice");
    alice.set(kPlan, "status", "done");
    auto replies = answered(world, alice, write(world, alice));
    ASSERT_GE(replies.size(), 2u);
    std::swap(replies[0].answer, replies[1].answer);

    EXPECT_EQ(tryRead(world, alice, replies).error().code, ErrorCode::notOurServer);
    EXPECT_EQ(localOps(alice), 1u);
}

TEST(ByFile, AScopeThatWasGivenComesWithItsPastInOneJourney) {
    World world;
    world.enrol("olga", "office");
    world.enrol("carol", "clerk", {"side"});
    world.device("carol").set(note("old", "side"), "status", "done");
    world.device("carol").sync();
    Device& alice = world.device("alice");
    alice.sync();
    world.county().grant("alice", "side");
    world.device("carol").set(note("new", "side"), "status", "done");
    world.device("carol").sync();
    alice.set(kPlan, "status", "done");

    byFile(world, alice);

    EXPECT_THAT(alice.scopes(), Contains("side"));
    EXPECT_EQ(alice.shown(note("old", "side"), "status"), "done");
    EXPECT_EQ(alice.shown(note("new", "side"), "status"), "done");
    world.syncAll();
    EXPECT_EQ(world.difference(), "");
}

TEST(ByFile, ARestoredCountyGetsBackWhatItLost) {
    World world;
    Device& alice = world.device("alice");
    Device& bob = world.device("bob");
    byFile(world, alice);
    byFile(world, bob);
    world.county().backup();
    alice.set(kPlan, "status", "done");
    bob.set(note("bob's"), "status", "started");
    byFile(world, bob);
    byFile(world, alice);
    ASSERT_EQ(alice.shown(note("bob's"), "status"), "started");
    world.county().restoreSilently();

    const auto replies = answered(world, alice, write(world, alice));
    EXPECT_EQ(read(world, alice, replies).back(), Carried::goneBack);
    byFile(world, alice);
    byFile(world, alice);

    EXPECT_EQ(alice.shown(kPlan, "status"), "done");
    EXPECT_EQ(alice.shown(note("bob's"), "status"), "started");
    EXPECT_TRUE(must(alice.box().store().orphans()).empty());
    world.syncAll();
    EXPECT_EQ(world.difference(), "");
}

TEST(ByFile, ARevokedDeviceIsToldAndItsWorkIsAtTheCounty) {
    World world;
    Device& alice = world.device("alice");
    alice.sync();
    alice.set(kPlan, "status", "done");
    const Letter letter = write(world, alice);
    alice.set(note("later"), "status", "done");  // there is more to give, and still it is told
    world.county().revoke(alice);
    const auto entries = must(world.county().county().size());
    const auto replies = answered(world, alice, letter);

    const auto taken = tryRead(world, alice, replies);

    ASSERT_FALSE(taken);
    EXPECT_EQ(taken.error().code, ErrorCode::revoked);
    EXPECT_EQ(must(world.county().county().size()), entries + 1);  // its segment, aside
    EXPECT_EQ(localOps(alice), 1u);
    EXPECT_EQ(tryRead(world, alice, answered(world, alice, write(world, alice))).error().code,
              ErrorCode::revoked);
    EXPECT_EQ(must(world.county().county().size()), entries + 2);
    EXPECT_EQ(localOps(alice), 0u);
}

TEST(ByFile, AnAnswerFromBeforeARestoreDoesNotSayThatTheCountyHasIt) {
    World world;
    Device& alice = world.device("alice");
    byFile(world, alice);
    world.county().backup();
    alice.set(kPlan, "status", "done");
    const Letter letter = write(world, alice);
    const auto old = answered(world, alice, letter);
    world.county().restoreSilently();
    byFile(world, world.device("bob"));

    read(world, alice, old);
    for (int i = 0; i < 4; ++i) {
        read(world, alice, answered(world, alice, write(world, alice)));
        read(world, alice, old);
    }

    EXPECT_EQ(localOps(alice), 0u);
    EXPECT_EQ(must(alice.replica().ownCounts()).received, 0u);
    world.syncAll();
    EXPECT_EQ(world.device("bob").shown(kPlan, "status"), "done");
    EXPECT_EQ(world.difference(), "");
}

// Any order of four journeys, any repeat, with edits and syncs over the network in between.
TEST(ByFile, AnyOrderOfAnyFilesEndsInAgreement) {
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        WorldSetup setup;
        setup.seed = seed;
        setup.pageBytesMax = 600;
        setup.pushBytesMax = seed % 2 == 0 ? 1 : sync::kMessageBytesMax;
        World world(setup);
        Device* devices[] = {&world.device("alice"), &world.device("bob")};
        std::vector<std::vector<std::vector<Reply>>> answers(2);
        std::vector<std::vector<Letter>> written(2);
        const auto below = [&](std::size_t n) { return static_cast<std::size_t>(world.random().below(n)); };
        for (int step = 0; step < 60; ++step) {
            const std::size_t who = below(2);
            Device& device = *devices[who];
            switch (below(6)) {
            case 0:
            case 1:
                device.set(note("note " + std::to_string(below(3))), "status", "v" + std::to_string(step));
                break;
            case 2:
                written[who].push_back(write(world, device));
                break;
            case 3:
                if (!written[who].empty()) {
                    answers[who].push_back(answered(world, device, written[who][below(written[who].size())]));
                }
                break;
            case 4:
                if (!answers[who].empty()) {
                    read(world, device, answers[who][below(answers[who].size())]);
                }
                break;
            default:
                if (below(4) == 0) {
                    device.sync();
                }
            }
        }
        for (int round = 0; round < 2; ++round) {
            byFile(world, *devices[0]);
            byFile(world, *devices[1]);
        }
        ASSERT_EQ(localOps(*devices[0]) + localOps(*devices[1]), 0u) << "seed " << seed;
        ASSERT_EQ(world.difference(), "") << "seed " << seed;
    }
}

}  // namespace
}  // namespace hezhang::test
