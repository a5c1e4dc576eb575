// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Edits on one device, without a network. The limit is raw SQLite that writes a row of the log and a cell for
// each.
#include "tests/bench/bench.h"

namespace hezhang::bench {
namespace {

// Columns of sqlite_limit.
constexpr std::size_t kOpsPerSecond = 4;
constexpr std::size_t kCpuUs = 6;
constexpr std::size_t kCommitP50Us = 8;
constexpr std::size_t kCommitP99Us = 9;
constexpr std::size_t kTensFactor = 4;

std::optional<double> rawSqlite(Bench& bench, std::string_view opsOfACommit, std::size_t column) {
    return bench.limits().cell("sqlite_limit", {"log+cells", "FULL", opsOfACommit}, column);
}

struct CommitTimes {
    std::vector<double> opsPerSecond;  // one a run
    std::vector<double> p50Us;
    std::vector<double> p99Us;
    std::vector<double> cpuUs;  // an op
};

// The first ops of the workload in one home, `count` a transaction: as many as the limit program takes.
Result<CommitTimes> timesOf(Bench& bench, std::size_t count) {
    CommitTimes times;
    const std::size_t most = count == 1 ? kSingleCommits : kTensFactor * kSingleCommits;
    const std::span<const WorkOp> ops(bench.work().data(), std::min(bench.work().size(), most));
    for (int run = 0; run < bench.options().runs; ++run) {
        HZ_TRY(const auto site, Site::make(bench.fresh("edits")));
        HZ_TRY(Member member, site->enrol(1));
        Author author(member, site->clock());
        std::vector<double> commitUs;
        const double cpuBefore = cpuSeconds();
        const double begun = secondsNow();
        for (std::size_t from = 0; from < ops.size(); from += count) {
            const double before = secondsNow();
            const auto some = ops.subspan(from, std::min(count, ops.size() - from));
            // A single edit is its own transaction, as a form's is.
            HZ_CHECK(count == 1 ? author.write(some.front()) : author.writeAll(some, count));
            commitUs.push_back((secondsNow() - before) * 1e6);
        }
        const double done = static_cast<double>(ops.size());
        times.opsPerSecond.push_back(done / (secondsNow() - begun));
        times.cpuUs.push_back((cpuSeconds() - cpuBefore) / done * 1e6);
        times.p50Us.push_back(quantile(commitUs, 0.5));
        times.p99Us.push_back(quantile(commitUs, 0.99));
    }
    return times;
}

}  // namespace

Result<bool> measureSingleEdit(Bench& bench) {
    HZ_TRY(const CommitTimes times, timesOf(bench, 1));
    const bool isFast = print({.measure = "single_edit",
                               .unit = "ops/s",
                               .runs = times.opsPerSecond,
                               .limit = rawSqlite(bench, "1", kOpsPerSecond),
                               .bound = {.must = 0.5, .goal = 0.8},
                               .more = {{"cpu_us", median(times.cpuUs)},
                                        {"limit_cpu_us", rawSqlite(bench, "1", kCpuUs).value_or(0)},
                                        {"p50_us", median(times.p50Us)},
                                        {"limit_p50_us", rawSqlite(bench, "1", kCommitP50Us).value_or(0)}}});
    // The table has no must for it: twice the time of the goal.
    const bool isEven = print({.measure = "single_edit_p99",
                               .unit = "us",
                               .better = Better::less,
                               .runs = times.p99Us,
                               .limit = rawSqlite(bench, "1", kCommitP99Us),
                               .bound = {.must = 0.25, .goal = 0.5}});
    return isFast && isEven;
}

Result<bool> measureTenEdits(Bench& bench) {
    HZ_TRY(const CommitTimes times, timesOf(bench, 10));
    return print({.measure = "batch_10",
                  .unit = "ops/s",
                  .runs = times.opsPerSecond,
                  .limit = rawSqlite(bench, "10", kOpsPerSecond),
                  .bound = {.must = 0.5, .goal = 1.0},
                  .more = {{"cpu_us", median(times.cpuUs)},
                           {"limit_cpu_us", rawSqlite(bench, "10", kCpuUs).value_or(0)}}});
}

Result<bool> measureBatchedEdits(Bench& bench) {
    HZ_TRY(const Authorings* all, bench.authorings());
    return print({.measure = "batched_edits",
                  .unit = "ops/s",
                  .runs = perSecond(bench.ops(), all->editSeconds),
                  .limit = rawSqlite(bench, "10000", kOpsPerSecond),
                  .bound = {.must = 1.0, .goal = 4.0},
                  .more = {{"cpu_us", median(all->editCpuSeconds) / bench.ops() * 1e6},
                           {"limit_cpu_us", rawSqlite(bench, "10000", kCpuUs).value_or(0)}}});
}

}  // namespace hezhang::bench
