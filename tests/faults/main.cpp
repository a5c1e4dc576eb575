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

#include <array>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <filesystem>

#include "sync/base/log.h"
#include "tests/faults/campaign.h"
#include "tests/support/fault_memory.h"
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
    std::uint64_t powerSeeds = 7;
    std::uint64_t jobs = 1;
    bool isThorough = false;
    bool isList = false;
};

constexpr std::size_t kJobsMax = 64;

// What the workers share: which operation is next, and what came of them.
struct Shared {
    std::atomic<std::size_t> next;
    std::atomic<std::uint64_t> injections;
    std::atomic<std::uint64_t> survived;
    std::atomic<std::uint64_t> found;
    std::atomic<std::uint64_t> failures;
    std::array<std::array<char, 256>, kJobsMax> doing;  // by worker: what repeats what it is at
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

// Null: there is no such one.
const Family* familyOf(const std::string& name) {
    for (const Family& family : families()) {
        if (family.name == name) {
            return &family;
        }
    }
    return nullptr;
}

int injectOne(const Options& options, const Operation& operation) {
    Bench bench(options.folder);
    Campaign campaign(bench, operation, true);
    const auto broken = campaign.inject({&operation, familyOf(options.fault), options.at, options.seed});
    std::printf("%s\n", !broken ? "does not get that far" : broken->empty() ? "fine" : broken->c_str());
    return broken && !broken->empty() ? 1 : 0;
}

void work(const Options& options, const std::vector<Operation>& operations, Shared& shared,
          std::size_t worker) {
    Bench bench(options.folder);
    const auto witness = [&](const std::string& command) {
        std::snprintf(shared.doing[worker].data(), shared.doing[worker].size(), "%s", command.c_str());
    };
    for (std::size_t i = shared.next++; i < operations.size(); i = shared.next++) {
        const auto begun = std::chrono::steady_clock::now();
        OperationCounts counts;
        try {
            Campaign campaign(bench, operations[i], options.isThorough);
            campaign.setWitness(witness);
            counts = options.fault.empty() ? campaign.all(options.powerSeeds)
                                           : campaign.only(*familyOf(options.fault), options.powerSeeds);
        } catch (const std::exception& error) {
            counts.failures.emplace_back(error.what());
        }
        shared.injections += counts.injections;
        shared.survived += counts.survived;
        shared.found += counts.found;
        shared.failures += counts.failures.size();
        std::string line = operations[i].name + ": " + std::to_string(counts.injections) + " (";
        for (const auto& [family, count] : counts.byFamily) {
            line += family + " " + std::to_string(count) + ", ";
        }
        line += std::to_string(counts.survived) + " done all the same, " + std::to_string(counts.found) +
                " found) " +
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
    std::map<pid_t, std::size_t> workers;
    for (std::uint64_t job = 0; job < options.jobs; ++job) {
        const pid_t worker = ::fork();
        workers[worker] = job;
        if (worker == 0) {
            work(options, operations, *shared, job);
            std::fflush(stdout);
            ::_exit(0);
        }
    }
    int status = 0;
    for (pid_t ended = ::wait(&status); ended > 0; ended = ::wait(&status)) {
        if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
            const std::size_t job = workers[ended];
            std::printf("BROKEN a worker crashed\n    again: %s\n", shared->doing[job].data());
            ++shared->failures;
        }
    }
    std::printf("%zu operations, %llu injections, %llu done all the same, %llu found, %llu broken\n",
                operations.size(), static_cast<unsigned long long>(shared->injections),
                static_cast<unsigned long long>(shared->survived),
                static_cast<unsigned long long>(shared->found),
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
    const bool isKnown =
        options && !operations.empty() && options->jobs > 0 && options->jobs <= kJobsMax &&
        (familyOf(options->fault) != nullptr || (options->fault.empty() && options->at == 0));
    if (!isKnown) {
        std::fputs(
            "usage: hezhang-disk-faults [--operation NAME] [--fault F [--at K --seed S]] [--power-seeds N] "
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
    const FaultMemory memory;
    const FaultVfs vfs;
    return options->at > 0 ? injectOne(*options, operations.front()) : runAll(*options, operations);
}
