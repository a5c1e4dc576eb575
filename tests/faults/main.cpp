// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// hezhang-disk-faults [--operation NAME] [--fault F] [--at K] [--seed S] [--power-seeds N] [--jobs J]
// [--thorough] [--folder DIR] [--list]: every operation with every fault of the disk, or one of them. Prints
// the counts, and for what breaks a promise the command that repeats it. Exit codes: 0 all kept, 1 one
// broken, 2 wrong usage.
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <filesystem>

#include "sync/base/log.h"
#include "tests/faults/campaign.h"
#include "tests/support/fault_vfs.h"
#include "tests/support/options.h"

namespace {

using namespace hezhang::test;

struct Options {
    std::string operation;
    std::string fault;
    std::string folder = std::filesystem::exists("/dev/shm") ? "/dev/shm" : "/tmp";
    std::uint64_t at = 0;
    std::uint64_t seed = 1;
    std::uint64_t powerSeeds = 10;
    std::uint64_t jobs = 1;
    bool isThorough = false;
    bool isList = false;
};

// What the workers share: which operation is next, and what came of them.
struct Shared {
    std::atomic<std::size_t> next;
    std::atomic<std::uint64_t> injections;
    std::atomic<std::uint64_t> survived;
    std::atomic<std::uint64_t> failures;
};

std::optional<Options> optionsOf(int argc, char** argv) {
    Options options;
    const bool isRead = readOptions(argc, argv,
                                    {{"--operation", &options.operation},
                                     {"--fault", &options.fault},
                                     {"--folder", &options.folder},
                                     {"--at", &options.at},
                                     {"--seed", &options.seed},
                                     {"--power-seeds", &options.powerSeeds},
                                     {"--jobs", &options.jobs},
                                     {"--thorough", &options.isThorough},
                                     {"--list", &options.isList}});
    return isRead ? std::optional(options) : std::nullopt;
}

int injectOne(const Options& options, const Operation& operation) {
    Bench bench(options.folder);
    Campaign campaign(bench, operation, true);
    for (const Family& family : families()) {
        if (family.name == options.fault) {
            const auto broken = campaign.inject({&operation, &family, options.at, options.seed});
            std::printf("%s\n", !broken           ? "does not get that far"
                                : broken->empty() ? "fine"
                                                  : broken->c_str());
            return broken && !broken->empty() ? 1 : 0;
        }
    }
    std::fprintf(stderr, "there is no fault %s\n", options.fault.c_str());
    return 2;
}

void work(const Options& options, const std::vector<Operation>& operations, Shared& shared) {
    Bench bench(options.folder);
    for (std::size_t i = shared.next++; i < operations.size(); i = shared.next++) {
        const auto begun = std::chrono::steady_clock::now();
        OperationCounts counts;
        try {
            counts = Campaign(bench, operations[i], options.isThorough).all(options.powerSeeds);
        } catch (const std::exception& error) {
            counts.failures.emplace_back(error.what());
        }
        shared.injections += counts.injections;
        shared.survived += counts.survived;
        shared.failures += counts.failures.size();
        std::string line = operations[i].name + ": " + std::to_string(counts.injections) + " (";
        for (const auto& [family, count] : counts.byFamily) {
            line += family + " " + std::to_string(count) + ", ";
        }
        line += std::to_string(counts.survived) + " done all the same) " +
                std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(
                                   std::chrono::steady_clock::now() - begun)
                                   .count()) +
                " ms\n";
        for (const std::string& failure : counts.failures) {
            line += "  BROKEN " + failure + "\n";
        }
        std::fputs(line.c_str(), stdout);
        std::fflush(stdout);
    }
}

int runAll(const Options& options, const std::vector<Operation>& operations) {
    void* memory = ::mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    auto* shared = ::new (memory) Shared{};
    std::fflush(stdout);
    for (std::uint64_t job = 1; job < options.jobs; ++job) {
        if (::fork() == 0) {
            work(options, operations, *shared);
            std::fflush(stdout);
            ::_exit(0);
        }
    }
    work(options, operations, *shared);
    int status = 0;
    while (::wait(&status) > 0) {
        if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
            std::printf("BROKEN a worker crashed\n");
            ++shared->failures;
        }
    }
    std::printf("%zu operations, %llu injections, %llu done all the same, %llu broken\n", operations.size(),
                static_cast<unsigned long long>(shared->injections),
                static_cast<unsigned long long>(shared->survived),
                static_cast<unsigned long long>(shared->failures));
    return shared->failures == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    const auto options = optionsOf(argc, argv);
    std::vector<Operation> operations = homeOperations();
    for (Operation& operation : countyOperations()) {
        operations.push_back(std::move(operation));
    }
    if (options && !options->operation.empty()) {
        std::erase_if(operations, [&](const Operation& one) { return one.name != options->operation; });
    }
    if (!options || operations.empty()) {
        std::fputs(
            "usage: hezhang-disk-faults [--operation NAME] [--fault F --at K --seed S] [--power-seeds N] "
            "[--jobs J]"
            " [--thorough] [--folder DIR] [--list]\n",
            stderr);
        return 2;
    }
    if (options->isList) {
        for (const Operation& operation : operations) {
            std::printf("%s\n", operation.name.c_str());
        }
        return 0;
    }
    // What goes wrong on purpose needs no line in the log.
    hezhang::log::setLevel(hezhang::log::Level::off);
    const FaultVfs vfs;
    return options->at > 0 ? injectOne(*options, operations.front()) : runAll(*options, operations);
}
