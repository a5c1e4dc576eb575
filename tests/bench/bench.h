// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// One run of the benchmark: what was asked, the workload, the machine's limits, and what several measures
// look at together, each made when first asked for. A measure prints its figures; docs/performance.md says
// what each means.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/bench/figure.h"
#include "tests/bench/limits.h"
#include "tests/bench/site.h"

namespace hezhang::bench {

struct Options {
    int ops = 10'000;
    std::vector<std::string> only;  // measures; empty: all
    int runs = 3;
    std::string scratch;
    std::string limits;
    std::string corpus;
};

// The county at the end of the year: every unit has written its own ops, and handed them in.
struct Year {
    std::unique_ptr<Site> site;
    std::vector<Member> units;
    std::vector<Member> readers;  // have nothing of it yet, one a run
    Member observer;              // one more, for what is looked at
};

// Readers that took the year, each in a process of its own.
struct Pulls {
    std::vector<double> seconds;
    std::vector<double> cpuSeconds;
    std::vector<double> peakBytes;
    std::vector<double> wireBytes;
    double endpointPeakBytes = 0;
};

// One home that writes all ops, ten thousand a transaction, and hands them in; in each run a new county.
struct Authorings {
    std::vector<double> editSeconds;
    std::vector<double> editCpuSeconds;
    std::vector<double> pushSeconds;
    std::vector<double> pushBytes;
    std::vector<double> clientCpuSeconds;  // of the push
    std::vector<double> endpointCpuSeconds;
};

// Bytes an op, HTTP heads and bodies both ways, over connections that are kept; one a sync.
struct Wire {
    std::vector<double> up;     // 1,000 ops, by the home that wrote them
    std::vector<double> down;   // by one that takes them
    std::vector<double> tenUp;  // ten ops
};

// A clock that only goes forward.
[[nodiscard]] double secondsNow();
[[nodiscard]] std::vector<double> perSecond(double count, const std::vector<double>& seconds);

// A home for each of the 60 units.
[[nodiscard]] Result<std::vector<Member>> enrolUnits(Site& site);
// Each unit writes its own ops; nothing is sent.
[[nodiscard]] Result<void> writeOwn(std::vector<Member>& members, WorkClock& clock,
                                    const std::vector<WorkOp>& work);
// In one transaction, where many edits are made at once.
inline constexpr std::size_t kEditsOfABatch = 10'000;

class Bench {
public:
    [[nodiscard]] static Result<std::unique_ptr<Bench>> make(const Options& options);
    ~Bench();
    Bench(const Bench&) = delete;
    Bench& operator=(const Bench&) = delete;

    [[nodiscard]] const Options& options() const { return m_options; }
    [[nodiscard]] const std::vector<WorkOp>& work() const { return m_work; }
    [[nodiscard]] double ops() const { return static_cast<double>(m_work.size()); }
    [[nodiscard]] Limits& limits() { return *m_limits; }
    // A path nothing stands at yet.
    [[nodiscard]] std::string fresh(const std::string& kind);

    [[nodiscard]] Result<Authorings*> authorings();
    [[nodiscard]] Result<Year*> year();
    [[nodiscard]] Result<Pulls*> pulls();
    [[nodiscard]] Result<Wire*> wire();
    // A reader that has taken the year.
    [[nodiscard]] Result<Member*> observer();

private:
    explicit Bench(Options options) : m_options(std::move(options)) {}
    [[nodiscard]] Result<void> author(Authorings& all);

    Options m_options;
    std::vector<WorkOp> m_work;
    std::unique_ptr<Limits> m_limits;
    int m_next = 0;
    std::optional<Authorings> m_authorings;
    std::optional<Year> m_year;
    std::optional<Pulls> m_pulls;
    std::optional<Wire> m_wire;
};

// Takes what is new into the home of a folder: `hezhang-bench pull FOLDER URL`, a command of its own so that
// what it costs is that of this process. One JSON object.
[[nodiscard]] Result<std::string> pullIn(const std::string& folder, const std::string& url);

// A look at each path that is cheap enough for every run of the tests (gate.cpp). Whether none has become
// dearer. REQUIRES: 10,000 ops or more.
[[nodiscard]] Result<bool> runGate(Bench& bench);

// How cost grows with the ops of a year, devices, writers, years and tasks (growth.cpp), or with those of
// them that `only` names. Whether none grows faster than the work.
[[nodiscard]] Result<bool> runGrowth(const Options& options);
// Processor time of the county, in microseconds, for each of the syncs of so many devices that all hand in
// ten ops at once, again and again.
[[nodiscard]] Result<double> endpointCpuUs(Bench& bench, int devices);

// -- the measures. Whether all musts hold.
[[nodiscard]] Result<bool> measureConflicts(Bench& bench);
[[nodiscard]] Result<bool> measureSingleEdit(Bench& bench);
[[nodiscard]] Result<bool> measureTenEdits(Bench& bench);
[[nodiscard]] Result<bool> measureBatchedEdits(Bench& bench);
[[nodiscard]] Result<bool> measurePush(Bench& bench);
[[nodiscard]] Result<bool> measurePull(Bench& bench);
[[nodiscard]] Result<bool> measureDisk(Bench& bench);
[[nodiscard]] Result<bool> measureMemory(Bench& bench);
[[nodiscard]] Result<bool> measureWireUp(Bench& bench);
[[nodiscard]] Result<bool> measureWireDown(Bench& bench);
[[nodiscard]] Result<bool> measureWireTen(Bench& bench);
[[nodiscard]] Result<bool> measureNoop(Bench& bench);
[[nodiscard]] Result<bool> measureConverge(Bench& bench);
[[nodiscard]] Result<bool> measureFirstPull(Bench& bench);
[[nodiscard]] Result<bool> measureOpen(Bench& bench);
[[nodiscard]] Result<bool> measureEndpoint(Bench& bench);
[[nodiscard]] Result<bool> measureSuite(Bench& bench);

}  // namespace hezhang::bench
