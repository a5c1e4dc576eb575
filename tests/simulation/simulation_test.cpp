// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Counties drawn from seeds: real engine, real codec, faults. A failure prints the one command that repeats it.
#include "tests/simulation/simulator.h"

#include <gtest/gtest.h>

namespace hezhang::test {
namespace {

constexpr std::uint64_t kSeedsPerCase = 100;

// Seeds of a block, each its own county.
class Simulation : public testing::TestWithParam<std::uint64_t> {};

TEST_P(Simulation, KeepsEveryPromise) {
    for (std::uint64_t i = 0; i < kSeedsPerCase; ++i) {
        SimulationSetup setup;
        setup.seed = GetParam() * kSeedsPerCase + i + 1;

        const SimulationResult result = simulate(setup);

        ASSERT_EQ(result.failure, "") << result.report();
    }
}

INSTANTIATE_TEST_SUITE_P(TwoThousandSeeds, Simulation, testing::Range<std::uint64_t>(0, 20));

TEST(SimulationOnSqlite, KeepsEveryPromise) {
    for (std::uint64_t seed = 2001; seed <= 2010; ++seed) {
        SimulationSetup setup;
        setup.seed = seed;
        setup.stores = StoreKind::sqlite;

        const SimulationResult result = simulate(setup);

        ASSERT_EQ(result.failure, "") << result.report();
    }
}

TEST(SimulationTrace, IsTheSameForTheSameSeed) {
    SimulationSetup setup;
    setup.seed = 42;

    EXPECT_EQ(simulate(setup).traceHash, simulate(setup).traceHash);
}

// How many seeds a mutant survives; kSeedsPerCase when it is never found.
std::uint64_t seedsSurvived(Mutant mutant) {
    for (std::uint64_t seed = 1; seed <= kSeedsPerCase; ++seed) {
        SimulationSetup setup;
        setup.seed = seed;
        setup.mutant = mutant;
        if (!simulate(setup).failure.empty()) {
            return seed - 1;
        }
    }
    return kSeedsPerCase;
}

TEST(SimulationMutants, ContextAtSaveIsKilled) { EXPECT_LT(seedsSurvived(Mutant::contextAtSave), kSeedsPerCase); }

TEST(SimulationMutants, DedupeByNumberIsKilled) { EXPECT_LT(seedsSurvived(Mutant::dedupeByNumber), kSeedsPerCase); }

TEST(SimulationMutants, ReofferOwnOnlyIsKilled) { EXPECT_LT(seedsSurvived(Mutant::reofferOwnOnly), kSeedsPerCase); }

}  // namespace
}  // namespace hezhang::test
