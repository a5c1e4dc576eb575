// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// How large the messages of a sync may be on this link, so that each gets through before a poor link breaks: about six seconds' worth.
//
// Units:   bytes; ms.
// Threads: pure functions.
#pragma once

#include <algorithm>
#include <cstddef>

#include "sync/base/clock_source.h"

namespace hezhang::sync {

inline constexpr std::size_t kMessageBytesMin = 16 * 1024;
inline constexpr std::size_t kMessageBytesMax = 400 * 1024;
inline constexpr WallMs kExchangeMs = 6'000;
// Of segments in a request. Less than a message may have: the county takes one request while we take the answer to the one before.
inline constexpr std::size_t kPushBytesMax = 128 * 1024;

// A message of `bytes`, one way, went through in `elapsed`. A small one says nothing.
[[nodiscard]] constexpr std::size_t sizeAfterExchange(std::size_t size, std::size_t bytes, WallMs elapsed) {
    if (bytes < std::min(size, kPushBytesMax) / 2 || elapsed < 0) {
        return size;
    }
    const WallMs took = std::clamp<WallMs>(elapsed, kExchangeMs / 4, kExchangeMs * 4);
    const auto next = static_cast<std::size_t>(static_cast<WallMs>(bytes) * kExchangeMs / took);
    return std::clamp(next, kMessageBytesMin, kMessageBytesMax);
}
// The link broke, or was not there: what it would have carried is not known.
[[nodiscard]] constexpr std::size_t sizeAfterBreak(std::size_t size) { return std::max(kMessageBytesMin, size / 8); }

}  // namespace hezhang::sync
