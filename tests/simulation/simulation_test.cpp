// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What the simulation itself must be: repeatable, and able to find what is broken. The schedules of every run
// are tests of their own (tests/CMakeLists.txt): hezhang-simulate runs them.
#include "tests/simulation/simulator.h"

#include <gtest/gtest.h>

namespace hezhang::test {
namespace {

constexpr std::uint64_t kSchedulesMax = 300;

TEST(SimulationTrace, IsTheSameForTheSameSeed) {
    SimulationSetup setup;
    setup.seed = 42;

    EXPECT_EQ(simulate(setup).traceHash, simulate(setup).traceHash);
}

// Its disk is in memory: what of it a power cut leaves follows from the seed as well.
TEST(SimulationTrace, IsTheSameForTheSameSeedOnSqlite) {
    SimulationSetup setup;
    setup.seed = 20012;  // old years are put away, a file of them is lost, devices lose their power
    setup.steps = 100;
    setup.stores = StoreKind::sqlite;
    const SimulationResult first = simulate(setup);

    EXPECT_GT(first.counts.archived, 0u);
    EXPECT_GT(first.counts.filesLost, 0u);
    EXPECT_EQ(first.failure, "");
    EXPECT_EQ(first.traceHash, simulate(setup).traceHash);
}

class SimulationMutants : public testing::TestWithParam<Mutant> {};

// A simulation that does not find a protocol that was broken on purpose proves nothing of one that was not.
TEST_P(SimulationMutants, AreKilled) {
    EXPECT_TRUE(schedulesUntilKilled(GetParam(), kSchedulesMax)) << "survived " << kSchedulesMax;
}

INSTANTIATE_TEST_SUITE_P(All, SimulationMutants, testing::ValuesIn(mutants()),
                         [](const auto& mutant) { return std::string(name(mutant.param)); });

}  // namespace
}  // namespace hezhang::test
