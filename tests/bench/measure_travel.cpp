// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// All ops of the year from a home to the county, and from the county to a home; what both keep of it.
#include <filesystem>
#include <set>

#include "src/ledger/queries.h"
#include "sync/storage/database.h"
#include "tests/bench/bench.h"

namespace hezhang::bench {
namespace {

constexpr std::size_t kHttpOpsPerSecond = 4;  // columns of http_limit and sqlite_limit
constexpr std::size_t kSqliteBytesOfAnOp = 7;
constexpr double kMiB = 1024.0 * 1024.0;

// After a checkpoint.
Result<double> databaseBytes(const std::string& file) {
    HZ_TRY(storage::Database database, storage::Database::open(file, storage::Access::open));
    HZ_CHECK(database.fold());
    return static_cast<double>(std::filesystem::file_size(file));
}

// Who wrote what, of the values that a cell shows as a conflict.
using Conflicts = std::map<Cell, std::set<std::pair<int, std::string>>>;

// The last value of each unit, where several differ.
Conflicts expectedConflicts(const std::vector<WorkOp>& work) {
    std::map<Cell, std::map<int, std::string>> lastOf;
    for (const WorkOp& op : work) {
        lastOf[{op.row, op.field}][op.unit] = op.value;
    }
    Conflicts conflicts;
    for (const auto& [cell, values] : lastOf) {
        const auto isOther = [&](const auto& value) { return value.second != values.begin()->second; };
        if (std::any_of(values.begin(), values.end(), isOther)) {
            conflicts[cell] = {values.begin(), values.end()};
        }
    }
    return conflicts;
}

Result<Conflicts> listedConflicts(Site& site, ledger::Home& home) {
    HZ_TRY(const std::vector<ledger::ConflictRow> rows, ledger::conflicts(home));
    Conflicts conflicts;
    for (const ledger::ConflictRow& row : rows) {
        HZ_TRY(const std::optional<sync::RecordRow> record, home.store().record(row.record));
        const auto field = std::find(kFieldNames.begin(), kFieldNames.end(), row.field);
        auto& values =
            conflicts[{static_cast<int>(record->key.fields.front().second.asInteger().value_or(-1)),
                       static_cast<int>(field - kFieldNames.begin())}];
        for (const ledger::ConflictValue& value : row.values) {
            values.emplace(site.unitOf(value.by.person), value.value.get<std::string>());
        }
    }
    return conflicts;
}

}  // namespace

Result<bool> measureConflicts(Bench& bench) {
    HZ_TRY(Year * year, bench.year());
    HZ_TRY(Member * observer, bench.observer());
    const Conflicts expected = expectedConflicts(bench.work());
    HZ_TRY(const Conflicts listed, listedConflicts(*year->site, *observer->home));
    HZ_TRY(const CellTexts shown, shownLast(*year->site, *observer->home));
    const std::string hash = stateHash(shown);
    const bool isExact = listed == expected && hash == stateHash(lastWritten(bench.work()));
    const double wanted = isExact ? static_cast<double>(expected.size()) : -1;
    print({.measure = "conflicts_exact",
           .unit = "cells",
           .runs = {static_cast<double>(listed.size())},
           .limit = static_cast<double>(expected.size()),
           .bound = {.of = Bound::Of::value, .must = wanted, .goal = wanted},
           .more = {{"all_values", listed == expected}, {"state_sha256", hash}}});
    return isExact;
}

Result<bool> measurePush(Bench& bench) {
    HZ_TRY(const Authorings* all, bench.authorings());
    return print({.measure = "push",
                  .unit = "ops/s",
                  .runs = perSecond(bench.ops(), all->pushSeconds),
                  .limit = bench.limits().cell("http_limit", {"durable push, 10,000 ops/request", "1"},
                                               kHttpOpsPerSecond),
                  .bound = {.must = 0.6, .goal = 1.0},
                  .more = {{"client_cpu_us", median(all->clientCpuSeconds) / bench.ops() * 1e6},
                           {"endpoint_cpu_us", median(all->endpointCpuSeconds) / bench.ops() * 1e6},
                           {"wire_bytes", median(all->pushBytes) / bench.ops()}}});
}

Result<bool> measurePull(Bench& bench) {
    HZ_TRY(const Pulls* pulls, bench.pulls());
    return print({.measure = "pull_merge",
                  .unit = "ops/s",
                  .runs = perSecond(bench.ops(), pulls->seconds),
                  .limit = bench.limits().after("http_limit", "pull + durable apply to a fresh replica: "),
                  .bound = {.must = 1.0, .goal = 2.0},
                  .more = {{"client_cpu_us", median(pulls->cpuSeconds) / bench.ops() * 1e6},
                           {"limit_cpu_us", bench.limits().after("http_limit", " s, CPU ").value_or(0)},
                           {"wire_bytes", median(pulls->wireBytes) / bench.ops()}}});
}

// The larger of both sides: a replica that has the whole year, and the county.
Result<bool> measureDisk(Bench& bench) {
    HZ_TRY(Year * year, bench.year());
    HZ_TRY(Member * observer, bench.observer());
    observer->home.reset();
    HZ_TRY(const double home, databaseBytes(observer->folder + "/home.db"));
    HZ_CHECK(year->site->reopen(*observer));
    HZ_TRY(const double county, databaseBytes(year->site->countyFolder() + "/county.db"));
    const bool isLarge = bench.work().size() >= 1'000'000;
    return print(
        {.measure = "disk",
         .unit = "bytes/op",
         .better = Better::less,
         .runs = {std::max(home, county) / bench.ops()},
         .limit = bench.limits().cell("sqlite_limit", {"log+cells", "FULL", "10000"}, kSqliteBytesOfAnOp),
         .bound = {.of = Bound::Of::value, .must = 110, .goal = isLarge ? 55.0 : 80.0},
         .more = {{"home", home / bench.ops()}, {"county", county / bench.ops()}}});
}

Result<bool> measureMemory(Bench& bench) {
    HZ_TRY(const Pulls* pulls, bench.pulls());
    std::vector<double> client;
    for (const double bytes : pulls->peakBytes) {
        client.push_back(bytes / kMiB);
    }
    const bool isClientSmall = print({.measure = "memory_client",
                                      .unit = "MiB",
                                      .better = Better::less,
                                      .runs = client,
                                      .limit = std::nullopt,
                                      .bound = {.of = Bound::Of::value, .must = 64, .goal = 40}});
    const bool isEndpointSmall = print({.measure = "memory_endpoint",
                                        .unit = "MiB",
                                        .better = Better::less,
                                        .runs = {pulls->endpointPeakBytes / kMiB},
                                        .limit = std::nullopt,
                                        .bound = {.of = Bound::Of::value, .must = 128, .goal = 100}});
    return isClientSmall && isEndpointSmall;
}

// The same way up and down, in counties of either suite; the limit is the international one.
Result<bool> measureSuite(Bench& bench) {
    struct Times {
        std::vector<double> push;
        std::vector<double> pull;
    };
    const auto timesWith = [&](sync::SuiteId suite) -> Result<Times> {
        Times times;
        for (int run = 0; run < bench.options().runs; ++run) {
            HZ_TRY(const auto site, Site::make(bench.fresh("suite"), kUnits, suite));
            HZ_TRY(Member writer, site->enrol(1));
            HZ_TRY(Member reader, site->enrol(2));
            HZ_CHECK(Author(writer, site->clock()).writeAll(bench.work(), kEditsOfABatch));
            const double begun = secondsNow();
            HZ_CHECK(writer.sync());
            times.push.push_back(secondsNow() - begun);
            reader.home.reset();
            HZ_TRY(const std::string text, outputOf({thisProgram(), "pull", reader.folder, site->url()}));
            times.pull.push_back(nlohmann::json::parse(text)["seconds"]);
        }
        return times;
    };
    HZ_TRY(const Times usual, timesWith(sync::SuiteId::international));
    HZ_TRY(const Times sm, timesWith(sync::SuiteId::sm));
    const auto printed = [&](std::string_view measure, std::vector<double> Times::*of) {
        return print({.measure = std::string(measure),
                      .unit = "ops/s",
                      .runs = perSecond(bench.ops(), sm.*of),
                      .limit = bench.ops() / median(usual.*of),
                      .bound = {.must = 0.45, .goal = 0.6}});
    };
    const bool isPushFast = printed("sm_suite_push", &Times::push);
    const bool isPullFast = printed("sm_suite_pull", &Times::pull);
    return isPushFast && isPullFast;
}

}  // namespace hezhang::bench
