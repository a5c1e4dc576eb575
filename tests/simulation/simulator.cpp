// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/simulator.h"

#include <algorithm>

#include "tests/simulation/simulation_run.h"

namespace hezhang::test {

namespace {

constexpr std::array<std::string_view, kMutants> kMutantNames{
    "none",           "contextAtSave",    "dropContext",    "lastWriteWins",      "lazyCommit",
    "dedupeByNumber", "refuseForks",      "reofferOwnOnly", "forgetAcknowledged", "noEpoch",
    "feedHoles",      "leakScopes",       "ignoreBans",     "ignoreSeals",        "ignoreRevocation",
    "emptyEscrow",    "forgetWithdrawals"};

}  // namespace

std::string_view name(Mutant mutant) {
    return kMutantNames.at(static_cast<std::size_t>(mutant));
}

std::optional<Mutant> mutantNamed(std::string_view text) {
    const auto found = std::ranges::find(kMutantNames, text);
    return found == kMutantNames.end() ? std::nullopt
                                       : std::optional(static_cast<Mutant>(found - kMutantNames.begin()));
}

std::string SimulationResult::report() const {
    std::string text =
        failure.empty() ? std::string("fine\n") : failure + "\nrepeat with: " + command + "\nlast steps:\n";
    for (const std::string& step : failure.empty() ? std::vector<std::string>{} : lastSteps) {
        text += "    " + step + "\n";
    }
    return text + countyLog;
}

std::vector<Mutant> mutants() {
    std::vector<Mutant> all;
    for (std::size_t i = 1; i < kMutants; ++i) {
        all.push_back(static_cast<Mutant>(i));
    }
    return all;
}

std::optional<std::uint64_t> schedulesUntilKilled(Mutant mutant, std::uint64_t most) {
    for (std::uint64_t seed = 1; seed <= most; ++seed) {
        SimulationSetup setup;
        setup.seed = seed;
        setup.mutant = mutant;
        if (!simulate(setup).failure.empty()) {
            return seed;
        }
    }
    return std::nullopt;
}

SimulationResult simulate(const SimulationSetup& setup) {
    return SimulationRun(setup).run();
}

}  // namespace hezhang::test
