// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A county of replicas, run from one seed: real engine and codec, everything else hostile.
//
// Drawn from the seed: 2-40 devices of different roles and scopes, edits from forms that stay open, requests
// and answers that are lost, delayed, reordered, repeated, cut, garbled or answered by somebody else (a
// portal's page), devices that are cut off one by one and come back together, processes that die between two
// steps and between two writes, full disks, devices that are restored or copied (noticed or not), a county
// that falls back (knowingly or not), pages taken in turns with edits, clocks that jump everywhere, bans,
// seals, revocations, scopes given and taken (in one county of six all the time, from people with unsent work
// in them), admits, on SQLite old years that are put away in files, which are missing or lost. After every
// step invariants.h is asked. In the end faults stop, everybody syncs until nothing changes, and
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
    dropContext,     // one edit in ten names nothing
    lastWriteWins,   // a device settles what conflicts by itself: the latest clock stands
    lazyCommit,      // an edit is answered before it is on the disk: the next crash loses it
    dedupeByNumber,  // the county takes a segment for known when it has one of the same lane and first number
    refuseForks,     // the county refuses such a segment
    reofferOwnOnly,  // after a restore devices hand back nothing of other people's
    forgetAcknowledged,  // devices keep nothing for handing back: what was in the log is the county's affair
    noEpoch,             // a restored county goes on as if nothing had been lost
    feedHoles,           // the feed leaves out an entry now and then
    leakScopes,          // every device is sent every scope
    ignoreBans,          // who was banned goes on writing
    ignoreSeals,         // what was closed is written to
    ignoreRevocation,    // a revoked device goes on as before
    emptyEscrow,         // what was set aside gets lost
    forgetWithdrawals    // who was put out of a scope reads on in it
};
inline constexpr std::size_t kMutants = 17;
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
    std::uint64_t compactions = 0;
    std::uint64_t powerCuts = 0;  // on SQLite only
    std::uint64_t editsOfNewFields = 0;
    std::uint64_t archived = 0;  // texts that the county put away, on SQLite only
    std::uint64_t filesLost = 0;
    std::uint64_t ahead = 0;      // requests that were under way before the answer before them was taken
    std::uint64_t snapshots = 0;  // devices that stood on one in the end
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

// All but none.
[[nodiscard]] std::vector<Mutant> mutants();
// From seed 1 on; nullopt: it survived that many.
[[nodiscard]] std::optional<std::uint64_t> schedulesUntilKilled(Mutant mutant, std::uint64_t most);

}  // namespace hezhang::test
