// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// hezhang-simulate --seed N [--count C] [--steps K] [--mutant M] [--sqlite] [--trace]: C simulations from
// seed N on. Stops at the first that breaks a promise and prints what repeats it; with a mutant it counts how
// many do. Exit codes: 0 all kept, 1 one broken, 2 wrong usage.
#include <charconv>
#include <cstdio>
#include <cstring>

#include "tests/simulation/simulator.h"

namespace {

using namespace hezhang::test;

struct Options {
    SimulationSetup setup;
    std::uint64_t count = 1;
};

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
        if (name == "--trace") {
            options.setup.stepsTold = SIZE_MAX;
            continue;
        }
        const char* value = i + 1 < argc ? argv[++i] : "";
        bool isFine = false;
        if (name == "--seed") {
            isFine = readNumber(value, options.setup.seed);
        } else if (name == "--count") {
            isFine = readNumber(value, options.count);
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

}  // namespace

int main(int argc, char** argv) {
    const auto options = optionsOf(argc, argv);
    if (!options) {
        std::fputs(
            "usage: hezhang-simulate --seed N [--count C] [--steps K] [--mutant M] [--sqlite] [--trace]\n",
            stderr);
        return 2;
    }
    std::uint64_t broken = 0;
    SimulationCounts all;
    for (std::uint64_t i = 0; i < options->count; ++i) {
        SimulationSetup setup = options->setup;
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
    }
    std::printf(
        "%llu runs, %llu broken: %llu edits, %llu faults, %llu county restores, %llu branches, %llu set "
        "aside\n",
        static_cast<unsigned long long>(options->count), static_cast<unsigned long long>(broken),
        static_cast<unsigned long long>(all.edits), static_cast<unsigned long long>(all.faults),
        static_cast<unsigned long long>(all.countyRestores), static_cast<unsigned long long>(all.branches),
        static_cast<unsigned long long>(all.asides));
    return broken == 0 ? 0 : 1;
}
