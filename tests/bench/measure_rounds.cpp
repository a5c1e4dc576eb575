// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What rounds cost and carry, and what a home costs that has the year in it.
#include <unistd.h>

#include <fstream>

#include "tests/bench/bench.h"
#include "tests/bench/floors.h"

namespace hezhang::bench {
namespace {

// Columns of http_limit, codec_limit and converge_limit.
constexpr std::size_t kHttpRate = 2;
constexpr std::size_t kHttpBytes = 6;
constexpr std::size_t kCodecBytesOfAnOp = 4;
constexpr std::size_t kConvergeSeconds = 5;
constexpr int kNoopSyncs = 20;
constexpr int kOpeningsMin = 5;

// False where only an administrator may.
bool dropPageCache() {
    ::sync();
    std::ofstream file("/proc/sys/vm/drop_caches");
    file << "3" << std::flush;
    return file.good();
}

Result<bool> printWire(Bench& bench, std::string_view measure, const std::vector<double>& bytes, double must,
                       double goal) {
    return print({.measure = std::string(measure),
                  .unit = "bytes/op",
                  .better = Better::less,
                  .runs = bytes,
                  .limit = bench.limits().cell("codec_limit", {"packed", "1000"}, kCodecBytesOfAnOp),
                  .bound = {.of = Bound::Of::value, .must = must, .goal = goal}});
}

// Sixty homes that have each written their own ops sync twice, one after the other.
struct Convergence {
    double seconds = 0;
    double cpuSeconds = 0;
    double wireBytes = 0;
    bool doAllAgree = true;
};

Result<Convergence> converge(Bench& bench) {
    HZ_TRY(const auto site, Site::make(bench.fresh("converge")));
    HZ_TRY(std::vector<Member> members, enrolUnits(*site));
    HZ_CHECK(writeOwn(members, site->clock(), bench.work()));
    Convergence outcome;
    const auto wire = [&] {
        double bytes = 0;
        for (const Member& member : members) {
            bytes += member.wireBytes();
        }
        return bytes;
    };
    const double wireBefore = wire();
    const double cpuBefore = cpuSeconds() + site->endpoint().cpuSeconds();
    const double begun = secondsNow();
    for (int round = 0; round < 2; ++round) {
        for (Member& member : members) {
            HZ_CHECK(member.sync());
        }
    }
    outcome.seconds = secondsNow() - begun;
    outcome.cpuSeconds = cpuSeconds() + site->endpoint().cpuSeconds() - cpuBefore;
    outcome.wireBytes = wire() - wireBefore;
    const CellTexts expected = lastWritten(bench.work());
    for (Member& member : members) {
        HZ_TRY(const CellTexts shown, shownLast(*site, *member.home));
        outcome.doAllAgree = outcome.doAllAgree && shown == expected;
    }
    return outcome;
}

}  // namespace

Result<bool> measureWireUp(Bench& bench) {
    HZ_TRY(const Wire* wire, bench.wire());
    return printWire(bench, "wire_up", wire->up, 55, 44);
}

Result<bool> measureWireDown(Bench& bench) {
    HZ_TRY(const Wire* wire, bench.wire());
    return printWire(bench, "wire_down", wire->down, 45, 42);
}

Result<bool> measureWireTen(Bench& bench) {
    HZ_TRY(const Wire* wire, bench.wire());
    std::vector<double> bytes;
    for (const double ofAnOp : wire->tenUp) {
        bytes.push_back(ofAnOp * 10);
    }
    return print(
        {.measure = "wire_10",
         .unit = "bytes",
         .better = Better::less,
         .runs = bytes,
         .limit = bench.limits().cell("http_limit", {"durable push, 10 ops/request", "1"}, kHttpBytes),
         .bound = {.of = Bound::Of::value, .must = 1500, .goal = 1000}});
}

Result<bool> measureNoop(Bench& bench) {
    HZ_TRY(Member * observer, bench.observer());
    std::vector<double> bytes;
    std::vector<double> milliseconds;
    for (int run = 0; run < bench.options().runs; ++run) {
        std::vector<double> times;
        const double bytesBefore = observer->wireBytes();
        for (int i = 0; i < kNoopSyncs; ++i) {
            const double before = secondsNow();
            HZ_CHECK(observer->sync());
            times.push_back((secondsNow() - before) * 1e3);
        }
        milliseconds.push_back(median(times));
        bytes.push_back((observer->wireBytes() - bytesBefore) / kNoopSyncs);
    }
    const auto echoes = bench.limits().cell("http_limit", {"echo 200 B", "1"}, kHttpRate);
    const bool isSmall = print({.measure = "noop_sync",
                                .unit = "bytes",
                                .better = Better::less,
                                .runs = bytes,
                                .limit = bench.limits().cell("http_limit", {"echo 200 B", "1"}, kHttpBytes),
                                .bound = {.of = Bound::Of::value, .must = 600, .goal = 600}});
    const bool isFast = print({.measure = "noop_sync_time",
                               .unit = "ms",
                               .better = Better::less,
                               .runs = milliseconds,
                               .limit = echoes ? std::optional(1e3 / *echoes) : std::nullopt,
                               .bound = {.must = 1.0 / 8, .goal = 1.0 / 4}});
    return isSmall && isFast;
}

Result<bool> measureConverge(Bench& bench) {
    std::vector<Convergence> runs;
    for (int run = 0; run < bench.options().runs; ++run) {
        HZ_TRY(const Convergence outcome, converge(bench));
        runs.push_back(outcome);
    }
    const auto each = [&](double Convergence::*member) {
        std::vector<double> values;
        for (const Convergence& run : runs) {
            values.push_back(run.*member);
        }
        return values;
    };
    const bool doAllAgree =
        std::all_of(runs.begin(), runs.end(), [](const auto& run) { return run.doAllAgree; });
    const bool isFast = print({.measure = "converge_60",
                               .unit = "s",
                               .better = Better::less,
                               .runs = each(&Convergence::seconds),
                               .limit = bench.limits().cell("converge_limit", {"rows"}, kConvergeSeconds),
                               .bound = {.must = 1.0,
                                         .goal = 0.33,
                                         .goalLimit = bench.limits().cell(
                                             "converge_limit", {"blobs + winning cells"}, kConvergeSeconds)},
                               .more = {{"cpu_s", median(each(&Convergence::cpuSeconds))},
                                        {"wire_mb", median(each(&Convergence::wireBytes)) / 1e6},
                                        {"all_agree", doAllAgree}}});
    return isFast && doAllAgree;
}

Result<bool> measureFirstPull(Bench& bench) {
    HZ_TRY(Year * year, bench.year());
    std::vector<double> bytes;
    std::vector<double> seconds;
    std::optional<Member> last;
    for (int run = 0; run < bench.options().runs; ++run) {
        HZ_TRY(Member newcomer, year->site->enrolUnsynced(1));
        const double before = newcomer.wireBytes();
        const double begun = secondsNow();
        HZ_CHECK(newcomer.sync());
        seconds.push_back(secondsNow() - begun);
        bytes.push_back(newcomer.wireBytes() - before);
        last.emplace(std::move(newcomer));
    }
    HZ_TRY(const double floor, packedLiveBytes(*year->site, *last->home));
    HZ_TRY(const CellTexts shown, shownLast(*year->site, *last->home));
    const bool isRight = shown == lastWritten(bench.work());
    const bool isSmall = print({.measure = "first_pull",
                                .unit = "bytes",
                                .better = Better::less,
                                .runs = bytes,
                                .limit = floor,
                                .bound = {.must = 1 / 2.0, .goal = 1 / 1.3},
                                .more = {{"seconds", median(seconds)}, {"state_is_right", isRight}}});
    return isSmall && isRight;
}

Result<bool> measureOpen(Bench& bench) {
    HZ_TRY(Year * year, bench.year());
    HZ_TRY(Member * observer, bench.observer());
    const auto isBefore = [](const WorkOp& a, const WorkOp& b) { return a.row < b.row; };
    const int row = std::min_element(bench.work().begin(), bench.work().end(), isBefore)->row;
    HZ_TRY(const sync::RecordKey key, observer->home->keyOf(kRegister, {{"row", row}}));
    const RecordId first = observer->home->idOf(key);
    std::vector<double> cold;
    std::vector<double> warm;
    bool isCold = true;
    for (int run = 0; run < std::max(bench.options().runs, kOpeningsMin); ++run) {
        for (auto* const times : {&cold, &warm}) {
            observer->home.reset();
            isCold = (times == &warm || dropPageCache()) && isCold;
            const double begun = secondsNow();
            HZ_CHECK(year->site->reopen(*observer));
            HZ_TRY(const auto reading, observer->home->state().read(first));
            times->push_back((secondsNow() - begun) * 1e3);
        }
    }
    return print({.measure = "open_1m",
                  .unit = "ms",
                  .better = Better::less,
                  .runs = cold,
                  .limit = bench.limits().after("sqlite_limit", "cold open to first row: "),
                  .bound = {.of = Bound::Of::value, .must = 50, .goal = 13},
                  .more = {{"ops", bench.work().size()}, {"cold", isCold}, {"warm_ms", median(warm)}}});
}

}  // namespace hezhang::bench
