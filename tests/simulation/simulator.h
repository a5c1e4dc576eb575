// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A county of replicas, run from one seed: real engine and codec, everything else hostile.
//
// Drawn from the seed: 5-9 devices of different roles and scopes, edits from forms that stay open, requests
// and answers that are lost, delayed, reordered and repeated, processes that die between two steps and
// between two writes, full disks, devices that are restored or copied (noticed or not), a county that falls
// back (knowingly or not), pages taken in turns with edits, wrong clocks, bans, seals, scopes given and
// taken, admits. In the end faults stop, everybody syncs until nothing changes, and
//   - every replica shows in every scope what the county shows, byte for byte, and a rebuild changes nothing
//   anywhere;
//   - every op that was on any device when the faults stopped is in the county's log, and nothing is unsent;
//   - the values that stand are those the ghost (ghost.h) says: no silent overwrite, no false conflict;
//   counters are exact.
//
// Mutants break the protocol on purpose; a simulation worth its time finds them.
// Threads: one.
#pragma once

#include "tests/support/world.h"

namespace hezhang::test {

enum class Mutant : std::uint8_t {
    none,
    contextAtSave,   // an edit names what is shown when it is saved, not when its form was opened
    dedupeByNumber,  // the county takes a segment for known when it has one of the same lane and first number
    reofferOwnOnly   // after a restore devices hand back nothing of other people's
};
[[nodiscard]] std::optional<Mutant> mutantNamed(std::string_view text);
[[nodiscard]] std::string_view name(Mutant mutant);

struct SimulationSetup {
    std::uint64_t seed = 1;
    int steps = 150;
    StoreKind stores = StoreKind::memory;
    Mutant mutant = Mutant::none;
    std::size_t stepsTold = 20;  // how many of the last steps a failure tells
};

struct SimulationCounts {
    std::uint64_t edits = 0;
    std::uint64_t faults = 0;
    std::uint64_t countyRestores = 0;
    std::uint64_t branches = 0;
    std::uint64_t asides = 0;
};

struct SimulationResult {
    std::string failure;  // empty: all promises were kept
    std::string command;  // repeats this run
    std::vector<std::string> lastSteps;
    std::string countyLog;  // as it was in the end
    std::string traceHash;  // of every step and the final state
    SimulationCounts counts;
    [[nodiscard]] std::string report() const;
};

[[nodiscard]] SimulationResult simulate(const SimulationSetup& setup);

}  // namespace hezhang::test
