// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "sync/engine/retry_policy.h"

#include <gmock/gmock.h>

#include <set>

namespace hezhang::sync {
namespace {

constexpr WallMs kNow = 1'700'000'000'000;

TEST(RetryPolicy, WaitsLongerAfterEachFailureUpToItsLimit) {
    EXPECT_EQ(retryDelay(0), 0);
    EXPECT_EQ(retryDelay(1), kRetryDelayMin);
    EXPECT_EQ(retryDelay(2), 2 * kRetryDelayMin);
    EXPECT_EQ(retryDelay(8), 128 * kRetryDelayMin);
    EXPECT_EQ(retryDelay(9), kRetryDelayMax);
    EXPECT_EQ(retryDelay(4'000'000'000), kRetryDelayMax);
}

TEST(RetryPolicy, SpreadsAttemptsOverTheWholeDelay) {
    SeededRandom random(7);
    const RetryState before{5, kNow};
    std::set<WallMs> quarters;

    for (int i = 0; i < 200; ++i) {
        const WallMs wait = afterFailure(before, kNow, random).nextAttempt - kNow;
        ASSERT_GE(wait, 0);
        ASSERT_LE(wait, retryDelay(6));
        quarters.insert(std::min<WallMs>(3, wait * 4 / retryDelay(6)));
    }

    EXPECT_THAT(quarters, ::testing::ElementsAre(0, 1, 2, 3));
}

TEST(RetryPolicy, CountsFailuresInARow) {
    SeededRandom random(1);

    const RetryState second = afterFailure(afterFailure({}, kNow, random), kNow, random);

    EXPECT_EQ(second.failures, 2U);
}

TEST(RetryPolicy, TriesAtOnceWhenTheTimeHasCome) {
    EXPECT_EQ(waitBeforeRetry({}, kNow), 0);
    EXPECT_EQ(waitBeforeRetry({3, kNow + 500}, kNow), 500);
    EXPECT_EQ(waitBeforeRetry({3, kNow - 500}, kNow), 0);
}

TEST(RetryPolicy, AClockThatWasSetBackWaitsNoLongerThanTheLimit) {
    EXPECT_EQ(waitBeforeRetry({1, kNow}, kNow - 86'400'000), kRetryDelayMax);
}

TEST(RetryPolicy, ItsStateSurvivesEncoding) {
    const RetryState state{4, kNow};

    const auto decoded = decode<RetryState>(encode(state), "retry state");

    ASSERT_TRUE(decoded);
    EXPECT_EQ(*decoded, state);
}

}  // namespace
}  // namespace hezhang::sync
