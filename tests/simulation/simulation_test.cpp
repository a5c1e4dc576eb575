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

class SimulationMutants : public testing::TestWithParam<Mutant> {};

// A simulation that does not find a protocol that was broken on purpose proves nothing of one that was not.
TEST_P(SimulationMutants, AreKilled) {
    EXPECT_TRUE(schedulesUntilKilled(GetParam(), kSchedulesMax)) << "survived " << kSchedulesMax;
}

INSTANTIATE_TEST_SUITE_P(All, SimulationMutants, testing::ValuesIn(mutants()),
                         [](const auto& mutant) { return std::string(name(mutant.param)); });

}  // namespace
}  // namespace hezhang::test
