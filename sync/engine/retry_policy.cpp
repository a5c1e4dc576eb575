// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "sync/engine/retry_policy.h"

#include <algorithm>
#include <limits>

namespace hezhang::sync {

WallMs retryDelay(std::uint32_t failures) {
    if (failures == 0) {
        return 0;
    }
    WallMs delay = kRetryDelayMin;
    for (std::uint32_t i = 1; i < failures && delay < kRetryDelayMax; ++i) {
        delay *= 2;
    }
    return std::min(delay, kRetryDelayMax);
}

RetryState afterFailure(const RetryState& state, WallMs now, RandomSource& random) {
    const bool isFull = state.failures == std::numeric_limits<std::uint32_t>::max();
    const std::uint32_t failures = isFull ? state.failures : state.failures + 1;
    const auto bound = static_cast<std::uint64_t>(retryDelay(failures)) + 1;
    return {failures, now + static_cast<WallMs>(random.below(bound))};
}

WallMs waitBeforeRetry(const RetryState& state, WallMs now) {
    return std::clamp<WallMs>(state.nextAttempt - now, 0, kRetryDelayMax);
}

}  // namespace hezhang::sync
