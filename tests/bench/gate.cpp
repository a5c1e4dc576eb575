// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What must not become dearer unnoticed: a figure of each path, in every run of the gate. What is compared is
// processor time, ours with that of raw SQLite rows in the same run, so that neither a slow disk nor a busy
// machine says anything; and bytes, which no machine changes. The bounds are wide: half of what was measured
// when they were set. The figures that are claimed come from `county-year` on an idle machine.
#include <filesystem>

#include "tests/bench/bench.h"
#include "tests/bench/raw_rows.h"

namespace hezhang::bench {
namespace {

constexpr std::size_t kSingleEdits = 2000;

// Processor seconds an op, of raw rows, so many a commit.
double rawSeconds(Bench& bench, std::size_t opsOfACommit, std::size_t most) {
    const std::span<const WorkOp> ops(bench.work().data(), std::min(most, bench.work().size()));
    std::vector<double> runs;
    for (int run = 0; run < bench.options().runs; ++run) {
        const std::string folder = bench.fresh("raw");
        std::filesystem::create_directories(folder);
        {
            RawRows rows(folder + "/raw.db");
            const double before = cpuSeconds();
            for (std::size_t i = 0; i < ops.size(); ++i) {
                if (i % opsOfACommit == 0) {
                    rows.run("BEGIN IMMEDIATE");
                }
                const WorkOp& op = ops[i];
                rows.add({op.unit, op.sequence, op.at, op.row, op.field}, op.value);
                if ((i + 1) % opsOfACommit == 0 || i + 1 == ops.size()) {
                    rows.run("COMMIT");
                }
            }
            runs.push_back((cpuSeconds() - before) / static_cast<double>(ops.size()));
        }
        std::filesystem::remove_all(folder);
    }
    return median(runs);
}

Result<std::vector<double>> singleEditSeconds(Bench& bench) {
    const std::span<const WorkOp> ops(bench.work().data(), std::min(kSingleEdits, bench.work().size()));
    std::vector<double> runs;
    for (int run = 0; run < bench.options().runs; ++run) {
        HZ_TRY(const auto site, Site::make(bench.fresh("gate")));
        HZ_TRY(Member member, site->enrol(1));
        Author author(member, site->clock());
        const double before = cpuSeconds();
        for (const WorkOp& op : ops) {
            HZ_CHECK(author.write(op));
        }
        runs.push_back((cpuSeconds() - before) / static_cast<double>(ops.size()));
    }
    return runs;
}

bool printTime(std::string_view measure, const std::vector<double>& seconds, double raw, double must) {
    return print({.measure = std::string(measure),
                  .unit = "cpu s/op",
                  .better = Better::less,
                  .runs = seconds,
                  .limit = raw,
                  .bound = {.must = must, .goal = 2 * must}});
}

bool printBytes(std::string_view measure, const std::vector<double>& bytes, double must) {
    return print({.measure = std::string(measure),
                  .unit = "bytes/op",
                  .better = Better::less,
                  .runs = bytes,
                  .limit = {},
                  .bound = {.of = Bound::Of::value, .must = must, .goal = must}});
}

std::vector<double> anOp(Bench& bench, std::vector<double> values) {
    for (double& value : values) {
        value /= bench.ops();
    }
    return values;
}

}  // namespace

Result<bool> runGate(Bench& bench) {
    const double singles = rawSeconds(bench, 1, kSingleEdits);
    const double batches = rawSeconds(bench, kEditsOfABatch, bench.work().size());
    HZ_TRY(const std::vector<double> single, singleEditSeconds(bench));
    HZ_TRY(const Authorings* authorings, bench.authorings());
    HZ_TRY(const Pulls* pulls, bench.pulls());
    HZ_TRY(const Wire* wire, bench.wire());
    std::vector<double> push = authorings->clientCpuSeconds;
    for (std::size_t i = 0; i < push.size(); ++i) {
        push[i] += authorings->endpointCpuSeconds[i];
    }
    const std::vector<bool> kept{
        printTime("single_edit", single, singles, 0.2),
        printTime("batched_edits", anOp(bench, authorings->editCpuSeconds), batches, 0.08),
        printTime("push", anOp(bench, push), batches, 0.08),
        printTime("pull_merge", anOp(bench, pulls->cpuSeconds), batches, 0.15),
        printBytes("wire_up", wire->up, 55),
        printBytes("wire_down", wire->down, 45),
        printBytes("wire_10", wire->tenUp, 180),
    };
    return std::count(kept.begin(), kept.end(), false) == 0;
}

}  // namespace hezhang::bench
