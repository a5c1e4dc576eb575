// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// One person writes, another reads: the plain way of an edit.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/world.h"

namespace hezhang::test {
namespace {

TEST(Edit, ReachesAColleagueWhenBothHaveSynced) {
    World world;
    world.device("bob");
    world.device("alice").set(note("plan"), "status", "done");

    world.syncAll();

    EXPECT_EQ(world.device("bob").shown(note("plan"), "status"), "done");
    EXPECT_EQ(world.difference(), "");
}

}  // namespace
}  // namespace hezhang::test
