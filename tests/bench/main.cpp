// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// hezhang-bench county-year --ops N [--only MEASURE]… [--runs K] [--scratch DIR] [--limits DIR]: measures the
// product on the workload "county year" beside what the machine allows; one JSON object a line (figure.h).
// hezhang-bench gate: whether an edit, handing in, taking over and what they send cost what they did;
// seconds. hezhang-bench growth [--ops N] [--only THING]…: how cost grows with devices, writers, years, tasks
// and ops up to N (growth.cpp). hezhang-bench workload --ops N -o FILE: the workload alone, and the hash of
// the state it leads to. Exit codes: 0 done, 1 a must does not hold, or failed; 2 wrong usage.
#include <sys/stat.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <limits>
#include <span>

#include "src/endpoint/commands.h"
#include "tests/bench/bench.h"
#include "tests/bench/floors.h"
#include "tests/support/options.h"

namespace hezhang::bench {
namespace {

struct Measure {
    std::string_view name;
    Result<bool> (*run)(Bench&);
    // With more only where it is asked for: it costs sixty times as much as others.
    int opsMax = std::numeric_limits<int>::max();
};

constexpr std::array kMeasures{
    Measure{"conflicts_exact", measureConflicts},
    Measure{"single_edit", measureSingleEdit},
    Measure{"batch_10", measureTenEdits},
    Measure{"batched_edits", measureBatchedEdits},
    Measure{"push", measurePush},
    Measure{"pull_merge", measurePull},
    Measure{"disk", measureDisk},
    Measure{"memory", measureMemory},
    Measure{"wire_up", measureWireUp},
    Measure{"wire_down", measureWireDown},
    Measure{"wire_10", measureWireTen},
    Measure{"noop_sync", measureNoop},
    Measure{"converge_60", measureConverge, 10'000},
    Measure{"first_pull", measureFirstPull},
    Measure{"open_1m", measureOpen},
    Measure{"endpoint_1000", measureEndpoint},
    Measure{"sm_suite", measureSuite},
};

using Words = std::span<const std::string>;

constexpr std::array<std::string_view, 5> kGrowths{"devices", "writers", "years", "tasks", "ops"};

bool isMeasure(const std::string& name) {
    return std::any_of(kMeasures.begin(), kMeasures.end(),
                       [&](const Measure& one) { return one.name == name; });
}

bool isGrowth(const std::string& name) {
    return std::find(kGrowths.begin(), kGrowths.end(), name) != kGrowths.end();
}

// `isKnown`: what `--only` may name.
std::optional<Options> optionsOf(Words words, bool (*isKnown)(const std::string&)) {
    Options options;
    options.scratch = (std::filesystem::temp_directory_path() / "hezhang-bench").string();
    options.limits = std::string(HZ_SOURCE_DIR) + "/../shared/bench/limits";
    options.corpus = std::string(HZ_SOURCE_DIR) + "/tests/bench/corpus.txt";
    for (std::size_t i = 0; i < words.size(); i += 2) {
        if (i + 1 == words.size()) {
            return std::nullopt;
        }
        const std::string& value = words[i + 1];
        std::uint64_t number = 0;
        const bool isNumber = test::readNumber(value.c_str(), number) && number > 0 && number <= 100'000'000;
        if (words[i] == "--ops" && isNumber) {
            options.ops = static_cast<int>(number);
        } else if (words[i] == "--runs" && isNumber) {
            options.runs = static_cast<int>(number);
        } else if (words[i] == "--only") {
            options.only.push_back(value);
        } else if (words[i] == "--scratch") {
            options.scratch = value;
        } else if (words[i] == "--limits") {
            options.limits = value;
        } else {
            return std::nullopt;
        }
    }
    return std::all_of(options.only.begin(), options.only.end(), isKnown) ? std::optional(options)
                                                                          : std::nullopt;
}

Result<bool> runCountyYear(const Options& options) {
    HZ_TRY(const auto bench, Bench::make(options));
    bool areKept = true;
    for (const Measure& measure : kMeasures) {
        const bool isAsked = options.only.empty()
                                 ? options.ops <= measure.opsMax
                                 : std::count(options.only.begin(), options.only.end(), measure.name) > 0;
        if (isAsked) {
            HZ_TRY(const bool isKept, measure.run(*bench));
            areKept = areKept && isKept;
        }
    }
    return areKept;
}

Result<bool> runGate(Options options) {
    options.limits.clear();
    HZ_TRY(const auto bench, Bench::make(options));
    return runGate(*bench);
}

Result<bool> runWorkload(const Options& options, const std::string& file) {
    HZ_TRY(const std::vector<WorkOp> work, makeWorkload(options.corpus, options.ops));
    HZ_CHECK(writeLines(work, file));
    std::puts(stateHash(lastWritten(work)).c_str());
    return true;
}

int told(const Result<bool>& outcome) {
    if (!outcome) {
        std::fprintf(stderr, "hezhang-bench: %s: %s\n", std::string(name(outcome.error().code)).c_str(),
                     outcome.error().text.c_str());
    }
    return outcome.value_or(false) ? 0 : 1;
}

int run(Words words) {
    if (words.size() == 3 && words[0] == "pull") {
        const auto told = pullIn(words[1], words[2]);
        std::puts(told ? told->c_str() : told.error().text.c_str());
        return told ? 0 : 1;
    }
    if (words.size() == 2 && words[0] == "signing-floor") {
        return runSigningFloor(words[1]);
    }
    if (!words.empty() && words[0] == "hezhangd") {
        RealClock clock;
        SystemRandom random;
        return endpoint::runCommand(words.subspan(1), {clock, random, registers()});
    }
    if (words.size() == 5 && words[0] == "workload" && words[3] == "-o") {
        const auto options = optionsOf(words.subspan(1, 2), isMeasure);
        return options ? told(runWorkload(*options, words[4])) : 2;
    }
    if (words.size() == 1 && words[0] == "gate") {
        return told(runGate(*optionsOf({}, isMeasure)));
    }
    if (!words.empty() && words[0] == "growth") {
        const auto options = optionsOf(words.subspan(1), isGrowth);
        return options ? told(runGrowth(*options)) : 2;
    }
    const auto options =
        !words.empty() && words[0] == "county-year" ? optionsOf(words.subspan(1), isMeasure) : std::nullopt;
    if (!options) {
        std::fputs(
            "hezhang-bench: county-year --ops N [--only MEASURE]... [--runs K] [--scratch DIR] [--limits "
            "DIR]\n"
            "               gate\n"
            "               growth [--ops N] [--only devices|writers|years|tasks|ops]...\n"
            "               workload --ops N -o FILE\nmeasures:",
            stderr);
        for (const Measure& measure : kMeasures) {
            std::fprintf(stderr, " %s", std::string(measure.name).c_str());
        }
        std::fputs("\n", stderr);
        return 2;
    }
    return told(runCountyYear(*options));
}

}  // namespace
}  // namespace hezhang::bench

int main(int argc, char** argv) {
    ::umask(0077);
    std::signal(SIGPIPE, SIG_IGN);
    const std::vector<std::string> words(argv + 1, argv + argc);
    return hezhang::bench::run(words);
}
