// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// hezhang-simulate --seed N [--count C] [--steps K] [--mutant M] [--sqlite] [--trace]: C simulations from
// seed N on. Stops at the first that breaks a promise and prints what repeats it; with a mutant it counts how
// many do. --count 0 goes on until it is stopped (Ctrl+C) or finds something.
// hezhang-simulate --soak HOURS [--seed N] [--sqlite]: for so long, from a seed of its own where none is
// given. hezhang-simulate --kill-mutants [--count C]: how many schedules each mutant survives; at most C
// (300). hezhang-simulate --exhaustive DEPTH [--shard I/N]: every behaviour of a small county
// (small_scope.h). hezhang-simulate --behaviour "w0 s0 …": one of them again. Exit codes: 0 all kept, all
// mutants killed; 1 not so; 2 wrong usage.
#include <malloc.h>

#include <chrono>
#include <cstdio>

#include "tests/simulation/simulator.h"
#include "tests/simulation/small_scope.h"
#include "tests/support/options.h"

namespace {

using namespace hezhang::test;

struct Options {
    SimulationSetup setup;
    std::optional<std::uint64_t> count;
    bool isKilling = false;
    double soakHours = 0;
    bool isSeedGiven = false;
    int exhaustiveDepth = 0;
    std::uint64_t shard = 0;
    std::uint64_t shards = 1;
    std::string behaviour;
};

constexpr std::uint64_t kMutantSchedulesMax = 300;
constexpr std::uint64_t kToldEvery = 1000;
constexpr int kKeptMemory = 512 * 1024 * 1024;

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
            options.isSeedGiven = true;
        } else if (name == "--soak") {
            isFine = readNumber(value, options.soakHours) && options.soakHours > 0;
            options.count = 0;
        } else if (name == "--count") {
            isFine = readNumber(value, options.count.emplace());
        } else if (name == "--steps") {
            isFine = readNumber(value, options.setup.steps);
        } else if (name == "--exhaustive") {
            isFine = readNumber(value, options.exhaustiveDepth) && options.exhaustiveDepth > 0;
        } else if (name == "--behaviour") {
            options.behaviour = value;
            isFine = !options.behaviour.empty();
        } else if (name == "--shard") {
            const std::string text = value;
            const std::size_t slash = text.find('/');
            isFine = slash != std::string::npos && readNumber(text.substr(0, slash).c_str(), options.shard) &&
                     readNumber(text.substr(slash + 1).c_str(), options.shards) &&
                     options.shard < options.shards;
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

// `traces`: two programs of which it is the same have run the same.
void print(const SimulationCounts& all, std::uint64_t runs, std::uint64_t broken, std::uint64_t traces) {
    const auto number = [](std::uint64_t value) { return static_cast<unsigned long long>(value); };
    std::printf(
        "%llu runs, %llu broken: %llu edits, %llu faults, %llu county restores, %llu branches, %llu set "
        "aside, %llu requests under way, %llu compactions, %llu snapshots, %llu edits of new fields, %llu "
        "power cuts, "
        "%llu texts put away, %llu files of them lost; traces %016llx\n",
        number(runs), number(broken), number(all.edits), number(all.faults), number(all.countyRestores),
        number(all.branches), number(all.asides), number(all.ahead), number(all.compactions),
        number(all.snapshots), number(all.editsOfNewFields), number(all.powerCuts), number(all.archived),
        number(all.filesLost), number(traces));
}

// A soak ends after its hours; what it has tried is not tried again by the next one, a second later.
class Soak {
public:
    explicit Soak(const Options& options) : m_hours(options.soakHours) {}
    [[nodiscard]] std::uint64_t firstSeed() const {
        const auto now = std::chrono::system_clock::now().time_since_epoch();
        return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::seconds>(now).count()) *
               1'000'000;
    }
    [[nodiscard]] bool isOver() const {
        const std::chrono::duration<double, std::ratio<3600>> passed =
            std::chrono::steady_clock::now() - m_start;
        return m_hours > 0 && passed.count() >= m_hours;
    }

private:
    double m_hours;
    std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
};

int runSimulations(Options options) {
    const std::uint64_t count = options.count.value_or(1);
    const Soak soak(options);
    if (options.soakHours > 0 && !options.isSeedGiven) {
        options.setup.seed = soak.firstSeed();
    }
    std::uint64_t broken = 0;
    std::uint64_t traces = 0;
    std::uint64_t i = 0;
    SimulationCounts all;
    for (; (count == 0 || i < count) && !soak.isOver(); ++i) {
        SimulationSetup setup = options.setup;
        setup.seed += i;
        const SimulationResult result = simulate(setup);
        traces = traces * 31 + std::stoull(result.traceHash.substr(0, 15), nullptr, 16);
        all.edits += result.counts.edits;
        all.faults += result.counts.faults;
        all.countyRestores += result.counts.countyRestores;
        all.branches += result.counts.branches;
        all.asides += result.counts.asides;
        all.compactions += result.counts.compactions;
        all.powerCuts += result.counts.powerCuts;
        all.editsOfNewFields += result.counts.editsOfNewFields;
        all.archived += result.counts.archived;
        all.filesLost += result.counts.filesLost;
        all.ahead += result.counts.ahead;
        all.snapshots += result.counts.snapshots;
        if (!result.failure.empty()) {
            ++broken;
            std::printf("%s", result.report().c_str());
            if (setup.mutant == Mutant::none) {
                return 1;
            }
        }
        if (count == 0 && (i + 1) % kToldEvery == 0) {
            print(all, i + 1, broken, traces);
            std::fflush(stdout);
        }
    }
    print(all, i, broken, traces);
    return broken == 0 ? 0 : 1;
}

int explore(const Options& options) {
    const SmallScopeCounts counts =
        options.behaviour.empty() ? everyBehaviour(options.exhaustiveDepth, options.shard, options.shards)
                                  : behaveLike(options.behaviour);
    if (!counts.failure.empty()) {
        std::printf("%s\nrepeat with: hezhang-simulate --behaviour \"%s\"\n", counts.failure.c_str(),
                    counts.behaviour.c_str());
        return 1;
    }
    std::printf("%llu behaviours in %llu steps: all fine\n",
                static_cast<unsigned long long>(counts.behaviours),
                static_cast<unsigned long long>(counts.steps));
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    // Databases grow in memory that is given back and taken again: by the process, not by the system.
    ::mallopt(M_MMAP_THRESHOLD, kKeptMemory);
    ::mallopt(M_TRIM_THRESHOLD, kKeptMemory);
    const auto options = optionsOf(argc, argv);
    if (!options) {
        std::fputs(
            "usage: hezhang-simulate --seed N [--count C] [--steps K] [--mutant M] [--sqlite] [--trace]\n"
            "       hezhang-simulate --soak HOURS [--seed N] [--sqlite]\n"
            "       hezhang-simulate --kill-mutants [--count C]\n"
            "       hezhang-simulate --exhaustive DEPTH [--shard I/N]\n"
            "       hezhang-simulate --behaviour \"w0 s0 o1\"\n",
            stderr);
        return 2;
    }
    if (options->exhaustiveDepth > 0 || !options->behaviour.empty()) {
        return explore(*options);
    }
    return options->isKilling ? killMutants(options->count.value_or(kMutantSchedulesMax))
                              : runSimulations(*options);
}
