// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// How cost grows: what a unit of work costs in processor time while one thing about a county grows, and
// everything else stays. One JSON object a line:
//   {"growth","of","unit","points":{"N":cost, …},"factor","most","holds"}
// `factor` is the cost at the largest N by the least at any. Where the work itself does not grow with N,
// it stands still but for noise and caches that no longer hold all: kMost.
#include <algorithm>
#include <cmath>
#include <map>

#include "src/ledger/queries.h"
#include "tests/bench/bench.h"

namespace hezhang::bench {
namespace {

constexpr double kMost = 2;
constexpr int kTasksOfAYear = 30;
constexpr int kRounds = 5;
constexpr int kEdits = 300;
constexpr int kLooks = 5;

using Points = std::map<int, double>;

bool printGrowth(std::string_view growth, std::string_view of, std::string_view unit, const Points& points,
                 double most = kMost) {
    nlohmann::ordered_json line{{"growth", growth}, {"of", of}, {"unit", unit}};
    for (const auto& [n, cost] : points) {
        line["points"][std::to_string(n)] = std::round(cost * 1000) / 1000;
    }
    const auto isLess = [](const auto& a, const auto& b) { return a.second < b.second; };
    const double least = std::min_element(points.begin(), points.end(), isLess)->second;
    const double factor = points.rbegin()->second / least;
    line["factor"] = std::round(factor * 100) / 100;
    line["most"] = most;
    line["holds"] = factor <= most;
    std::puts(line.dump().c_str());
    std::fflush(stdout);
    return factor <= most;
}

// -- ops of a year: edits, handing in, taking over

Result<bool> growOps(const Options& options) {
    Points edits;
    Points pushes;
    Points pulls;
    for (int ops = 10'000; ops <= options.ops; ops *= 10) {
        Options some = options;
        some.ops = ops;
        HZ_TRY(const auto bench, Bench::make(some));
        const double each = 1e6 / bench->ops();
        HZ_TRY(const Authorings* authorings, bench->authorings());
        edits[ops] = median(authorings->editCpuSeconds) * each;
        pushes[ops] = (median(authorings->clientCpuSeconds) + median(authorings->endpointCpuSeconds)) * each;
        HZ_TRY(const Pulls* taken, bench->pulls());
        pulls[ops] = median(taken->cpuSeconds) * each;
    }
    const std::vector<bool> kept{printGrowth("ops", "an edit, 10,000 a transaction", "us", edits),
                                 printGrowth("ops", "an op handed in, home and county", "us", pushes),
                                 printGrowth("ops", "an op taken over", "us", pulls)};
    return std::count(kept.begin(), kept.end(), false) == 0;
}

// -- devices

Result<bool> growDevices(const Options& options) {
    HZ_TRY(const auto bench, Bench::make(options));
    Points syncs;
    for (const int devices : {10, 30, 100, 300, 1000}) {
        HZ_TRY(syncs[devices], endpointCpuUs(*bench, devices));
    }
    return printGrowth("devices", "a sync of ten ops, county", "us", syncs);
}

// -- people who write the same cells at once

Result<bool> growWriters(const Options& options) {
    HZ_TRY(const auto bench, Bench::make(options));
    Points handedIn;
    Points takenOver;
    for (const int writers : {1, 4, 15, 60}) {
        HZ_TRY(const auto site, Site::make(bench->fresh("writers")));
        std::vector<Member> members;
        for (int unit = 1; unit <= writers; ++unit) {
            HZ_TRY(Member member, site->enrol(unit));
            members.push_back(std::move(member));
        }
        HZ_TRY(Member reader, site->enrol(kUnits));
        double ops = 0;
        double in = 0;
        double over = 0;
        for (int round = 0; round < kRounds; ++round) {
            std::vector<WorkOp> work;
            for (int field = 0; field < static_cast<int>(kFieldNames.size()); ++field) {
                work.push_back({.row = 1, .field = field, .value = "第" + std::to_string(round) + "版。"});
            }
            for (Member& member : members) {
                HZ_CHECK(Author(member, site->clock()).writeAll(work, work.size()));
                ops += static_cast<double>(work.size());
            }
            const double before = site->endpoint().cpuSeconds();
            for (Member& member : members) {
                HZ_CHECK(member.sync());
            }
            in += site->endpoint().cpuSeconds() - before;
            const double taken = cpuSeconds();
            HZ_CHECK(reader.sync());
            over += cpuSeconds() - taken;
        }
        handedIn[writers] = in / ops * 1e6;
        takenOver[writers] = over / ops * 1e6;
    }
    const std::vector<bool> kept{
        printGrowth("writers", "an op handed in, county", "us", handedIn),
        printGrowth("writers", "an op taken over by one who reads", "us", takenOver)};
    return std::count(kept.begin(), kept.end(), false) == 0;
}

// -- a ledger's tasks, and ledgers of earlier years

Result<std::string> makeLedger(ledger::Home& office, int year, int tasks) {
    HZ_TRY(const sync::EditAnswer made,
           office.edit({.registerName = "ledger",
                        .key = {{"year", year}, {"title", std::to_string(year) + "年要点"}},
                        .field = "state",
                        .text = "open"}));
    const std::string ledger = made.record.hex();
    HZ_CHECK(office.beginBatch());
    for (int serial = 1; serial <= tasks; ++serial) {
        for (const auto& [field, text] : {std::pair("item", "事项"), std::pair("content", "公开进展情况。"),
                                          std::pair("deadline_text", "年底前")}) {
            HZ_CHECK(office.edit({.registerName = "task",
                                  .key = {{"ledger", ledger}, {"serial", serial}},
                                  .field = field,
                                  .text = text + std::to_string(serial)}));
        }
    }
    HZ_CHECK(office.commitBatch());
    return ledger;
}

struct OfficeCosts {
    double editUs = 0;
    double listMs = 0;  // the ledger's tasks
    double syncMs = 0;  // with nothing new
};

Result<OfficeCosts> officeCosts(Member& office, const std::string& ledger, int tasks) {
    OfficeCosts costs;
    double before = cpuSeconds();
    for (int i = 0; i < kEdits; ++i) {
        HZ_CHECK(office.home->edit({.registerName = "task",
                                    .key = {{"ledger", ledger}, {"serial", 1 + i % tasks}},
                                    .field = "content",
                                    .text = "第" + std::to_string(i) + "版。"}));
    }
    costs.editUs = (cpuSeconds() - before) / kEdits * 1e6;
    HZ_CHECK(office.sync());
    ledger::TaskFilter filter;
    filter.ledger = RecordId::fromHexText(ledger);
    before = cpuSeconds();
    for (int i = 0; i < kLooks; ++i) {
        HZ_TRY(const auto rows, ledger::tasks(*office.home, filter));
        if (rows.size() != static_cast<std::size_t>(tasks)) {
            return fail(ErrorCode::internal, "the list has " + std::to_string(rows.size()) + " tasks");
        }
    }
    costs.listMs = (cpuSeconds() - before) / kLooks * 1e3;
    before = cpuSeconds();
    for (int i = 0; i < kLooks; ++i) {
        HZ_CHECK(office.sync());
    }
    costs.syncMs = (cpuSeconds() - before) / kLooks * 1e3;
    return costs;
}

Result<bool> growYears(const Options& options) {
    HZ_TRY(const auto bench, Bench::make(options));
    HZ_TRY(const auto site, Site::make(bench->fresh("years")));
    HZ_TRY(Member office, site->enrolOffice());
    Points edits;
    Points lists;
    Points syncs;
    for (int year = 1; year <= 10; ++year) {
        HZ_TRY(const std::string ledger, makeLedger(*office.home, 2026 + year, kTasksOfAYear));
        HZ_CHECK(office.sync());
        HZ_TRY(const OfficeCosts costs, officeCosts(office, ledger, kTasksOfAYear));
        edits[year] = costs.editUs;
        lists[year] = costs.listMs;
        syncs[year] = costs.syncMs;
    }
    const std::vector<bool> kept{printGrowth("years", "an edit", "us", edits),
                                 printGrowth("years", "the list of one ledger's 30 tasks", "ms", lists),
                                 printGrowth("years", "a sync with nothing new, home", "ms", syncs)};
    return std::count(kept.begin(), kept.end(), false) == 0;
}

Result<bool> growTasks(const Options& options) {
    HZ_TRY(const auto bench, Bench::make(options));
    Points edits;
    Points lists;
    Points syncs;
    for (const int tasks : {30, 100, 300, 1000, 2000}) {
        HZ_TRY(const auto site, Site::make(bench->fresh("tasks")));
        HZ_TRY(Member office, site->enrolOffice());
        HZ_TRY(const std::string ledger, makeLedger(*office.home, 2026, tasks));
        HZ_CHECK(office.sync());
        HZ_TRY(const OfficeCosts costs, officeCosts(office, ledger, tasks));
        edits[tasks] = costs.editUs;
        lists[tasks] = costs.listMs / tasks;
        syncs[tasks] = costs.syncMs;
    }
    const std::vector<bool> kept{printGrowth("tasks", "an edit", "us", edits),
                                 printGrowth("tasks", "a task of the list", "ms", lists),
                                 printGrowth("tasks", "a sync with nothing new, home", "ms", syncs)};
    return std::count(kept.begin(), kept.end(), false) == 0;
}

}  // namespace

Result<bool> runGrowth(const Options& options) {
    struct Growth {
        std::string_view name;
        Result<bool> (*run)(const Options&);
    };
    constexpr std::array kAll{Growth{"devices", growDevices}, Growth{"writers", growWriters},
                              Growth{"years", growYears}, Growth{"tasks", growTasks}, Growth{"ops", growOps}};
    bool areKept = true;
    for (const Growth& growth : kAll) {
        if (options.only.empty() || std::count(options.only.begin(), options.only.end(), growth.name) > 0) {
            HZ_TRY(const bool isKept, growth.run(options));
            areKept = areKept && isKept;
        }
    }
    return areKept;
}

}  // namespace hezhang::bench
