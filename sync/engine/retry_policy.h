// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// When to try again after sync rounds that failed: longer each time, and at a random moment within that time,
// so that a county's devices do not all come back at once when its endpoint does.
//
// Shape:   after failure n the next attempt lies between now and the delay of n: kRetryDelayMin, doubled n-1
// times, kRetryDelayMax at
//          most. The state is kept in the store under kRetryMetaKey and so survives a restart.
// Units:   milliseconds of the wall clock. A clock that was set back makes nobody wait longer than
// kRetryDelayMax. Errors:  none. Threads: pure functions. Source:  "Exponential Backoff And Jitter", M.
// Brooker, 2015 (full jitter).
#pragma once

#include <cstdint>
#include <string_view>

#include "sync/base/clock_source.h"
#include "sync/base/random_source.h"
#include "sync/op/archive.h"

namespace hezhang::sync {

inline constexpr WallMs kRetryDelayMin = 2'000;
inline constexpr WallMs kRetryDelayMax = 300'000;
inline constexpr std::string_view kRetryMetaKey = "retry";

struct RetryState {
    std::uint32_t failures = 0;  // in a row
    WallMs nextAttempt = 0;      // 0: at once
    auto operator<=>(const RetryState&) const = default;

    template <class Archive>
    void serialize(Archive& archive) {
        FormatVersion<> version;
        archive(version, failures, nextAttempt);
    }
};

// The longest wait after so many failures in a row; 0 after none.
[[nodiscard]] WallMs retryDelay(std::uint32_t failures);
[[nodiscard]] RetryState afterFailure(const RetryState& state, WallMs now, RandomSource& random);
// How long to wait from now on; 0: try at once.
[[nodiscard]] WallMs waitBeforeRetry(const RetryState& state, WallMs now);

}  // namespace hezhang::sync
