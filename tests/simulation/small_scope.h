// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Every behaviour of a small county: two or three devices, one cell, and everything that can happen in a
// given number of steps. What the dice of a simulation miss is found here, if it is small.
//
// A step of a device: it opens a form (o), saves one or writes at once (w), syncs (s), syncs and loses the
// last answer (l), is put back to its first day unnoticed (r), is copied (k: once, to a device that comes
// last). A step of the county: it falls back to its first day (c, and nobody tells it). At most two writes a
// device and one of each of l, r, k, c. A behaviour is written as its steps, "w0 s0 o1 …"; devices that
// nothing told apart yet are one, and steps of two devices that cannot touch each other stand in one order
// only. After each behaviour everybody syncs; then all agree, nothing is lost, and the ghost is content.
//
// Threads: one.
#pragma once

#include <cstdint>
#include <string>

namespace hezhang::test {

struct SmallScopeCounts {
    std::uint64_t behaviours = 0;
    std::uint64_t steps = 0;
    std::string failure;    // empty: none
    std::string behaviour;  // that failed
};

// Behaviours of exactly `depth` steps; of `shards` parts the one numbered `shard`. Stops at the first
// failure.
[[nodiscard]] SmallScopeCounts everyBehaviour(int depth, std::uint64_t shard, std::uint64_t shards);
// One of them again.
[[nodiscard]] SmallScopeCounts behaveLike(const std::string& behaviour);

}  // namespace hezhang::test
