// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What an edit may name as seen.
#include <gtest/gtest.h>

#include "tests/support/world.h"

namespace hezhang::test {
namespace {

sync::Edit editOf(Device& device, const sync::RecordKey& record, std::vector<sync::OpRef> seen) {
    return {record,          scopeOf(record), "status", sync::OpKind::assign, sync::Value::text("done"),
            std::move(seen), device.person()};
}

TEST(Context, MayNotNameAnOpOfAnotherRecord) {
    World world;
    Device& alice = world.device("alice");
    const sync::EditAnswer other = alice.set(note("other"), "status", "blocked");

    const auto answer = alice.tryEdit(editOf(alice, note("plan"), {other.ref}));

    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, ErrorCode::notFound);
}

TEST(Context, OfAnotherScopeIsRefusedAndWhatWasSavedGoesOut) {
    World world;
    Device& alice = world.enrol("alice", "office", {"team", "side"});
    const sync::EditAnswer aside = alice.set(note("other", "side"), "status", "blocked");
    alice.set(note("plan"), "status", "started");

    EXPECT_FALSE(alice.tryEdit(editOf(alice, note("plan"), {aside.ref})));

    EXPECT_EQ(alice.sync().pushed, 2U);
    world.syncAll();
    EXPECT_EQ(world.difference(), "");
}

TEST(Context, MayNameAnOpOfTheRecordThatIsLiveNoMore) {
    World world;
    Device& alice = world.device("alice");
    const sync::EditAnswer first = alice.set(note("plan"), "status", "started");
    alice.sync();
    alice.set(note("plan"), "status", "blocked");
    alice.sync();

    EXPECT_TRUE(alice.tryEdit(editOf(alice, note("plan"), {first.ref})));

    world.syncAll();
    EXPECT_EQ(world.device("alice").conflict(note("plan"), "status").size(), 2U);
    EXPECT_EQ(world.difference(), "");
}

}  // namespace
}  // namespace hezhang::test
