// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// hezhang-simulate --seed N [--count C] [--steps K] [--mutant M] [--sqlite] [--trace]: C simulations from
// seed N on. Stops at the first that breaks a promise and prints what repeats it; with a mutant it counts how
// many do. --count 0 goes on until it is stopped (Ctrl+C) or finds something.
// hezhang-simulate --kill-mutants [--count C]: how many schedules each mutant survives; at most C (300).
// Exit codes: 0 all kept, all mutants killed; 1 not so; 2 wrong usage.
#include <charconv>
#include <cstdio>
#include <cstring>

#include "tests/simulation/simulator.h"

namespace {

using namespace hezhang::test;

struct Options {
    SimulationSetup setup;
    std::optional<std::uint64_t> count;
    bool isKilling = false;
};

constexpr std::uint64_t kMutantSchedulesMax = 300;
constexpr std::uint64_t kToldEvery = 1000;

template <class Number>
bool readNumber(const char* text, Number& number) {
    const char* end = text + std::strlen(text);
    const auto parsed = std::from_chars(text, end, number);
    return parsed.ec == std::errc{} && parsed.ptr == end;
}

std::optional<Options> optionsOf(int argc, char** argv) {
    Options options;
    for (int i = 1; i < argc; ++i) {
        const std::string_view name = argv[i];
        if (name == "--sqlite") {
            options.setup.stores = StoreKind::sqlite;
            continue;
        }
        if (name == "--kill-mutants") {
            options.isKilling = true;
            continue;
        }
        if (name == "--trace") {
            options.setup.stepsTold = SIZE_MAX;
            continue;
        }
        const char* value = i + 1 < argc ? argv[++i] : "";
        bool isFine = false;
        if (name == "--seed") {
            isFine = readNumber(value, options.setup.seed);
        } else if (name == "--count") {
            isFine = readNumber(value, options.count.emplace());
        } else if (name == "--steps") {
            isFine = readNumber(value, options.setup.steps);
        } else if (name == "--mutant") {
            const auto mutant = mutantNamed(value);
            options.setup.mutant = mutant.value_or(Mutant::none);
            isFine = mutant.has_value();
        }
        if (!isFine) {
            return std::nullopt;
        }
    }
    return options;
}

int killMutants(std::uint64_t most) {
    int code = 0;
    for (const Mutant mutant : mutants()) {
        const auto taken = schedulesUntilKilled(mutant, most);
        code = taken ? code : 1;
        const std::string outcome = taken ? "killed by schedule " + std::to_string(*taken)
                                          : "survived " + std::to_string(most) + " schedules";
        std::printf("%-18s %s\n", std::string(name(mutant)).c_str(), outcome.c_str());
    }
    return code;
}

void print(const SimulationCounts& all, std::uint64_t runs, std::uint64_t broken) {
    const auto number = [](std::uint64_t value) { return static_cast<unsigned long long>(value); };
    std::printf(
        "%llu runs, %llu broken: %llu edits, %llu faults, %llu county restores, %llu branches, %llu set "
        "aside\n",
        number(runs), number(broken), number(all.edits), number(all.faults), number(all.countyRestores),
        number(all.branches), number(all.asides));
}

int runSimulations(const Options& options) {
    const std::uint64_t count = options.count.value_or(1);
    std::uint64_t broken = 0;
    SimulationCounts all;
    for (std::uint64_t i = 0; count == 0 || i < count; ++i) {
        SimulationSetup setup = options.setup;
        setup.seed += i;
        const SimulationResult result = simulate(setup);
        all.edits += result.counts.edits;
        all.faults += result.counts.faults;
        all.countyRestores += result.counts.countyRestores;
        all.branches += result.counts.branches;
        all.asides += result.counts.asides;
        if (!result.failure.empty()) {
            ++broken;
            std::printf("%s", result.report().c_str());
            if (setup.mutant == Mutant::none) {
                return 1;
            }
        }
        if (count == 0 && (i + 1) % kToldEvery == 0) {
            print(all, i + 1, broken);
            std::fflush(stdout);
        }
    }
    print(all, count, broken);
    return broken == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    const auto options = optionsOf(argc, argv);
    if (!options) {
        std::fputs(
            "usage: hezhang-simulate --seed N [--count C] [--steps K] [--mutant M] [--sqlite] [--trace]\n"
            "       hezhang-simulate --kill-mutants [--count C]\n",
            stderr);
        return 2;
    }
    return options->isKilling ? killMutants(options->count.value_or(kMutantSchedulesMax))
                              : runSimulations(*options);
}
