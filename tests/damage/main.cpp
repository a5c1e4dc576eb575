// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// hezhang-damage [--kind home|county|bundle] [--seed S] [--count N] [--jobs J] [--folder DIR] [--verbose]: a
// file damaged at N random places, each kind or one of them. Prints what noticed how often, and for a broken
// promise the command that repeats it. Exit codes: 0 all kept, 1 one broken, 2 wrong usage.
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <filesystem>

#include "sync/base/log.h"
#include "tests/damage/trial.h"
#include "tests/support/options.h"

namespace {

using namespace hezhang::test;

constexpr std::array<const char*, 3> kKinds{"home", "county", "bundle"};
constexpr std::array<const char*, kFoundKinds> kFoundNames{
    "at open",         "while reading", "by the check", "while syncing", "by the check after a sync",
    "an older moment", "harmless"};
constexpr std::uint64_t kBrokenMax = 20;
// Nothing here takes seconds: a trial that goes on for minutes hangs.
constexpr unsigned kHangsAfterS = 300;

struct Options {
    std::string kind;
    std::string folder = std::filesystem::exists("/dev/shm") ? "/dev/shm" : "/tmp";
    std::uint64_t seed = 1;
    std::uint64_t count = 1000;
    std::uint64_t jobs = 1;
    bool isVerbose = false;
};

// What the processes share.
struct Shared {
    std::atomic<std::uint64_t> next;
    std::atomic<std::uint64_t> broken;
    std::array<std::atomic<std::uint64_t>, kFoundKinds> found;
    std::array<std::atomic<std::uint64_t>, kFoundKinds> mended;
};

std::optional<Options> optionsOf(int argc, char** argv) {
    Options options;
    const bool isRead = readOptions(argc, argv,
                                    {{"--kind", &options.kind},
                                     {"--folder", &options.folder},
                                     {"--seed", &options.seed},
                                     {"--count", &options.count},
                                     {"--jobs", &options.jobs},
                                     {"--verbose", &options.isVerbose}});
    const bool isKind =
        options.kind.empty() || std::find(kKinds.begin(), kKinds.end(), options.kind) != kKinds.end();
    return isRead && isKind ? std::optional(options) : std::nullopt;
}

std::string lineOf(const char* kind, std::uint64_t seed, const Outcome& outcome) {
    std::string line = std::string(kind) + " " + std::to_string(seed) + ", " + outcome.what + ": ";
    if (!outcome.broken.empty()) {
        return line + "BROKEN " + outcome.broken + (outcome.how.empty() ? "" : " (" + outcome.how + ")") +
               "\n    again: hezhang-damage --verbose --kind " + kind + " --count 1 --seed " +
               std::to_string(seed) + "\n";
    }
    line += kFoundNames.at(static_cast<std::size_t>(outcome.found));
    return line + (outcome.how.empty() ? "" : ": " + outcome.how) + (outcome.isMended ? "; mended" : "") +
           "\n";
}

void say(const std::string& line) {
    std::fputs(line.c_str(), stdout);
    std::fflush(stdout);
}

// The child's part.
[[noreturn]] void tryOne(Site& site, const Wanted& wanted, Damaged kind, std::uint64_t seed,
                         const std::string& folder, const Options& options, Shared& shared) {
    ::alarm(kHangsAfterS);
    const Outcome outcome = tryDamage(site, wanted, kind, seed, folder);
    const auto found = static_cast<std::size_t>(outcome.found);
    if (!outcome.broken.empty()) {
        ++shared.broken;
    } else {
        ++shared.found.at(found);
        shared.mended.at(found) += outcome.isMended ? 1 : 0;
    }
    if (options.isVerbose || !outcome.broken.empty()) {
        say(lineOf(kKinds.at(static_cast<std::size_t>(kind)), seed, outcome));
    }
    ::_exit(0);
}

void work(Site& site, const Wanted& wanted, Damaged kind, std::uint64_t job, const Options& options,
          Shared& shared) {
    for (std::uint64_t i = shared.next++; i < options.count && shared.broken < kBrokenMax;
         i = shared.next++) {
        const std::uint64_t seed = options.seed + i;
        const pid_t child = ::fork();
        if (child == 0) {
            tryOne(site, wanted, kind, seed, "trial" + std::to_string(job), options, shared);
        }
        int status = 0;
        if (::waitpid(child, &status, 0) == child && (!WIFEXITED(status) || WEXITSTATUS(status) != 0)) {
            ++shared.broken;
            Outcome outcome;
            outcome.what = "?";
            outcome.broken = WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM
                                 ? "it hangs"
                                 : "it crashes: " + std::to_string(status);
            say(lineOf(kKinds.at(static_cast<std::size_t>(kind)), seed, outcome));
        }
    }
}

bool runKind(Site& site, Damaged kind, const Options& options) {
    const auto begun = std::chrono::steady_clock::now();
    void* memory = ::mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    auto* shared = ::new (memory) Shared{};
    const Wanted wanted = wantedOf(site, kind);
    std::vector<pid_t> workers;
    for (std::uint64_t job = 1; job < options.jobs; ++job) {
        workers.push_back(::fork());
        if (workers.back() == 0) {
            work(site, wanted, kind, job, options, *shared);
            ::_exit(0);
        }
    }
    work(site, wanted, kind, 0, options, *shared);
    for (const pid_t worker : workers) {
        ::waitpid(worker, nullptr, 0);
    }
    std::uint64_t sum = shared->broken;
    std::string line;
    for (std::size_t found = 0; found < kFoundKinds; ++found) {
        sum += shared->found.at(found);
        line += (line.empty() ? "" : ", ") + std::to_string(shared->found.at(found)) + " " +
                kFoundNames.at(found);
        if (shared->mended.at(found) > 0) {
            line += " (" + std::to_string(shared->mended.at(found)) + " mended)";
        }
    }
    const auto ms =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begun);
    say(std::string(kKinds.at(static_cast<std::size_t>(kind))) + ", " + std::to_string(sum) + " places: " +
        line + ", " + std::to_string(shared->broken) + " broken; " + std::to_string(ms.count()) + " ms\n");
    const bool isKept = shared->broken == 0;
    ::munmap(memory, sizeof(Shared));
    return isKept;
}

}  // namespace

int main(int argc, char** argv) {
    const auto options = optionsOf(argc, argv);
    if (!options) {
        std::fputs(
            "usage: hezhang-damage [--kind home|county|bundle] [--seed S] [--count N] [--jobs J] "
            "[--folder DIR] [--verbose]\n",
            stderr);
        return 2;
    }
    // What goes wrong on purpose needs no line in the log.
    hezhang::log::setLevel(hezhang::log::Level::off);
    Site site(options->folder);
    bool isKept = true;
    for (std::size_t kind = 0; kind < kKinds.size(); ++kind) {
        if (options->kind.empty() || options->kind == kKinds.at(kind)) {
            isKept = runKind(site, static_cast<Damaged>(kind), *options) && isKept;
        }
    }
    return isKept ? 0 : 1;
}
