// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What one device may cost the county and the other devices: sizes of answers, ops of a message, long
// contexts, quarantine.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/world.h"

namespace hezhang::test {
namespace {

template <class Id>
Id idFilled(std::uint8_t byte) {
    Id id;
    id.bytes.fill(byte);
    return id;
}

Bytes framed(World& world, Device& device, const sync::SyncRequest& request) {
    const auto me = must(device.replica().identity());
    return frameWithMac(*world.setup().suite, sync::encode(request), me.macKey, {});
}

sync::SyncAnswer answerTo(World& world, const Bytes& request) {
    const Bytes answer = world.county().handle(request);
    return must(sync::decode<sync::SyncAnswer>(must(sync::openFrame(answer)).plain, "answer"));
}

// A round, step by step; the largest answer.
std::size_t largestAnswerOf(World& world, Device& device) {
    std::size_t largest = 0;
    while (const auto request = must(device.nextRequest())) {
        const Bytes answer = world.county().handle(*request);
        largest = std::max(largest, must(sync::openFrame(answer)).plain.size());
        must(device.takeAnswer(answer));
    }
    device.endRound();
    return largest;
}

// Forty edits of one form that are set aside one by one; the one after them names the last, so all go out
// before its entry.
void writeFortyAsidesAndOneThatNamesThem(World& world) {
    world.county().closeScope(kTeam);
    Form form = world.device("bob").open(kPlan, "text");
    for (int i = 0; i < 40; ++i) {
        world.device("bob").save(form, std::string(300, static_cast<char>('a' + i % 26)));
        world.device("bob").sync();
    }
    world.county().reopenScope(kTeam);
    world.device("bob").sync();
    world.device("bob").save(form, "最后一稿。");
    world.device("bob").sync();
}

TEST(Answers, StaySmallWhereManyEntriesAreReleasedAtOnePlace) {
    World world({1, StoreKind::memory, sync::suiteFor(sync::SuiteId::international), 2000});
    world.device("alice").sync();
    world.device("bob").sync();
    writeFortyAsidesAndOneThatNamesThem(world);

    const std::size_t largest = largestAnswerOf(world, world.device("alice"));

    EXPECT_LT(largest, 5000u);
    EXPECT_EQ(world.device("alice").shown(kPlan, "text"), "最后一稿。");
    EXPECT_EQ(world.difference(), "");
}

TEST(Answers, ThatEndAmongReleasedEntriesGoOnThereAfterAKill) {
    World world({1, StoreKind::memory, sync::suiteFor(sync::SuiteId::international), 2000});
    world.device("alice").sync();
    world.device("bob").sync();
    writeFortyAsidesAndOneThatNamesThem(world);
    Device& alice = world.device("alice");
    while (must(alice.replica().cursor()).released == 0) {
        must(alice.takeAnswer(world.county().handle(*must(alice.nextRequest()))));
    }

    alice.kill();
    world.syncAll();

    EXPECT_EQ(alice.shown(kPlan, "text"), "最后一稿。");
    EXPECT_EQ(world.difference(), "");
}

TEST(Answers, ThatEndAmongReleasedEntriesOfALostHistoryStartAnew) {
    World world({1, StoreKind::memory, sync::suiteFor(sync::SuiteId::international), 2000});
    world.device("alice").sync();
    world.device("bob").sync();
    world.county().backup();
    writeFortyAsidesAndOneThatNamesThem(world);
    Device& alice = world.device("alice");
    while (must(alice.replica().cursor()).released == 0) {
        must(alice.takeAnswer(world.county().handle(*must(alice.nextRequest()))));
    }
    alice.endRound();

    world.county().restoreSilently();
    world.syncAll();

    EXPECT_EQ(alice.shown(kPlan, "text"), "最后一稿。");
    EXPECT_EQ(world.difference(), "");
}

TEST(Answers, ABackFillThatEndsAmongReleasedEntriesGoesOnThere) {
    World world({1, StoreKind::memory, sync::suiteFor(sync::SuiteId::international), 2000});
    world.enrol("ann", "clerk", {"harbour"}).sync();
    world.device("bob").sync();
    writeFortyAsidesAndOneThatNamesThem(world);

    world.county().grant("ann", kTeam);
    const std::size_t largest = largestAnswerOf(world, world.device("ann"));

    world.syncAll();
    EXPECT_LT(largest, 5000u);
    EXPECT_EQ(world.device("ann").shown(kPlan, "text"), "最后一稿。");
    EXPECT_EQ(world.difference(), "");
}

// Seventeen full segments of one lane, made by hand: 1,024 edits each would take the test's memory store
// minutes.
std::vector<Bytes> seventeenSegments(World& world, Device& device) {
    const auto me = must(device.replica().identity());
    std::vector<Bytes> envelopes;
    Hash previous;
    for (std::uint64_t i = 0; i < 17; ++i) {
        sync::Segment segment;
        segment.lane = {me.county.county, me.enrolment.device, idFilled<LaneId>(7), std::string(kTeam)};
        segment.first = i * sync::kSegmentOpsMax + 1;
        segment.previous = previous;
        segment.records = {kPlan};
        for (std::uint64_t k = 0; k < sync::kSegmentOpsMax; ++k) {
            segment.ops.push_back({segment.first + k,
                                   device.recordId(kPlan),
                                   "count",
                                   sync::OpKind::increment,
                                   sync::Value::integer(1),
                                   device.person(),
                                   world.clock().now(),
                                   {}});
        }
        const sync::SealedSegment sealed =
            must(sync::seal(*world.setup().suite, me.device, std::move(segment)));
        previous = sealed.hash;
        envelopes.push_back(sealed.envelope);
    }
    return envelopes;
}

TEST(Messages, OfMoreOpsThanOneMayHoldAreAnsweredAsBadAndLoseNothing) {
    World world;
    world.device("alice").sync();
    Device& bob = world.device("bob");
    bob.sync();
    sync::SyncRequest request;
    request.device = bob.id();
    request.segments = seventeenSegments(world, bob);

    EXPECT_EQ(answerTo(world, framed(world, bob, request)).status, sync::SyncStatus::badRequest);
    EXPECT_EQ(answerTo(world, framed(world, bob, request)).status, sync::SyncStatus::ok)
        << "a repeat gets further";
    world.syncAll();

    EXPECT_EQ(world.device("alice").sum(kPlan, "count"),
              17 * static_cast<std::int64_t>(sync::kSegmentOpsMax));
    EXPECT_EQ(world.difference(), "");
}

// A place no log reaches: SQLite has no such number.
TEST(Messages, ThatReadUpFromBeyondTheLogHarmNoOtherOfTheirBatch) {
    World world({1, StoreKind::sqlite});
    Device& bob = world.device("bob");
    world.device("alice").sync();
    bob.sync();
    sync::SyncRequest far;
    far.device = bob.id();
    far.cursor = must(bob.replica().cursor());
    far.proven = {far.cursor.position, far.cursor.mark};
    far.scopes = sync::scopesMark(*world.setup().suite, bob.scopes());
    far.backfill = {{std::string(kTeam), std::uint64_t{1} << 63U, 0}};
    world.device("alice").set(kPlan, "text", "一稿。");
    const auto request = must(world.device("alice").nextRequest());

    const auto answers = world.county().tryHandle({framed(world, bob, far), *request});

    ASSERT_TRUE(answers.has_value()) << answers.error().text;
    must(world.device("alice").takeAnswer(answers->back()));
    world.device("alice").endRound();
    bob.sync();
    EXPECT_EQ(bob.shown(kPlan, "text"), "一稿。");
}

TEST(Messages, WithMoreThanOneMayHandBackOrReadUpOnAreAnsweredAsBad) {
    World world;
    Device& bob = world.device("bob");
    bob.sync();
    sync::SyncRequest pages;
    pages.device = bob.id();
    pages.handBack.resize(17);
    sync::SyncRequest scopes;
    scopes.device = bob.id();
    scopes.backfill.assign(16'385, {std::string(kTeam), 0, 0});

    EXPECT_EQ(answerTo(world, framed(world, bob, pages)).status, sync::SyncStatus::badRequest);
    EXPECT_EQ(answerTo(world, framed(world, bob, scopes)).status, sync::SyncStatus::badRequest);
}

TEST(Contexts, AreLookedThroughOnlySoFar) {
    World world;
    world.device("bob").sync();
    world.county().closeScope(kTeam);
    Form form = world.device("bob").open(kPlan, "status");
    for (const char* text : {"a", "b", "c", "d", "e"}) {
        world.device("bob").save(form, text);
        world.device("bob").sync();
    }
    sync::Projection& state = world.county().county().projection();
    std::vector<sync::OpRef> refs;
    for (const sync::AsideRow& row : must(world.county().box().store().asides())) {
        refs.push_back(row.ref);
    }
    ASSERT_EQ(refs.size(), 5u);
    const auto last = must(state.history().opAt(refs.back()));

    EXPECT_EQ(must(state.seenBy(last->op, refs.back(), 4)).size(), 4u);
    const auto tooFar = state.seenBy(last->op, refs.back(), 3);

    ASSERT_FALSE(tooFar);
    EXPECT_EQ(tooFar.error().code, ErrorCode::tooLarge);
}

TEST(Quarantine, KeepsOfOneDeviceOnlySoMuch) {
    World world;
    Device& bob = world.device("bob");
    bob.sync();
    sync::SyncRequest request;
    request.device = bob.id();
    for (int i = 0; i < 6; ++i) {
        Bytes garbage(1024 * 1024, static_cast<std::uint8_t>('x'));
        garbage.back() = static_cast<std::uint8_t>(i);
        request.segments.assign(1, garbage);
        const sync::SyncAnswer answer = answerTo(world, framed(world, bob, request));
        ASSERT_EQ(answer.acks.size(), 1u);
        EXPECT_EQ(answer.acks.front().state, sync::Verdict::refused);
    }

    EXPECT_LE(must(world.county().box().store().quarantineBytes(bob.id())), 4u * 1024 * 1024);
    EXPECT_GT(must(world.county().box().store().quarantineBytes(bob.id())), 0u);
}

}  // namespace
}  // namespace hezhang::test
