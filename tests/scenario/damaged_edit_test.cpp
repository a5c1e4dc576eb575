// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The disk has changed a bit of an edit that is sealed and not sent yet.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/world.h"

namespace hezhang::test {
namespace {

using ::testing::IsEmpty;

enum class Part { signature, ops };

// Seals what the device has not sent, changes the first bit in that part of the first segment, and starts its
// program anew.
void damageUnsent(Device& device, Part part) {
    (void)must(device.nextRequest());
    device.endRound();
    sync::Replica& replica = device.replica();
    const auto unsent = must(replica.store().segmentsIn(sync::SegmentState::unsent));
    ASSERT_THAT(unsent, ::testing::Not(IsEmpty()));
    auto row = *must(replica.store().segment(unsent.front()));
    const Bytes key = must(replica.identity()).device.publicKey;
    const auto isOf = [&](const Bytes& envelope) {
        const auto opened = sync::openSegment(replica.suite(), envelope);
        const bool isWhole = opened && opened->hash == row.hash;
        return part == Part::ops ? !isWhole : isWhole && !sync::verify(replica.suite(), *opened, key);
    };
    for (std::size_t i = 0; i < row.envelope.size(); ++i) {
        Bytes damaged = row.envelope;
        damaged[i] ^= 1;
        if (isOf(damaged)) {
            row.envelope = damaged;
            auto scope = must(sync::WriteScope::begin(replica.store()));
            must(replica.store().putSegment(row));
            must(scope.commit());
            device.kill();
            return;
        }
    }
    FAIL() << "no bit of it is there";
}

TEST(DamagedEdit, WithABrokenSignatureIsSignedAnew) {
    World world;
    Device& alice = world.device("alice");
    alice.sync();
    alice.set(kPlan, "status", "started");
    damageUnsent(alice, Part::signature);
    alice.set(kPlan, "text", "已办。");

    EXPECT_TRUE(alice.sync().isUpToDate);
    world.device("bob");
    world.syncAll();

    EXPECT_EQ(world.device("bob").shown(kPlan, "status"), "started");
    EXPECT_EQ(world.device("bob").shown(kPlan, "text"), "已办。");
    EXPECT_EQ(must(alice.replica().ownCounts()).refused, 0u);
    EXPECT_EQ(world.difference(), "");
}

TEST(DamagedEdit, ThatNobodyCanReadIsRefusedAndShownAndStopsNothing) {
    World world;
    world.enrol("olga", "office");
    Device& alice = world.device("alice");
    alice.sync();
    alice.set(kPlan, "status", "started");
    damageUnsent(alice, Part::ops);
    alice.set(kPlan, "text", "已办。");
    alice.sync();

    EXPECT_EQ(must(alice.replica().ownCounts()).refused, 1u);
    EXPECT_EQ(alice.shown(kPlan, "status"), "started") << "what can still be read stays readable";
    alice.set(kPlan, "status", "done");
    world.syncAll();
    EXPECT_EQ(world.device("olga").shown(kPlan, "status"), "done") << "a new lane";
}

}  // namespace
}  // namespace hezhang::test
