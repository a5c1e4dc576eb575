// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/bench.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <span>

namespace hezhang::bench {
namespace {

constexpr std::size_t kHandInBytes = 64 * 1024;

constexpr std::size_t kWireBatches = 10;
constexpr std::size_t kWireBatch = 1000;
constexpr std::size_t kSmallSyncs = 20;
constexpr std::size_t kSmallSync = 10;

// Pushes what a home has written and ends there: all that others have handed in would be taken sixty times.
// Small messages, for each answer brings as much as its request.
Result<void> handIn(Member& member) {
    HZ_TRY(const sync::OwnCounts counts, member.home->replica().ownCounts());
    sync::SyncSession session(member.home->replica(), kHandInBytes);
    while (session.report().pushed < counts.local) {
        HZ_TRY(const std::optional<Bytes> request, session.nextRequest());
        if (!request) {
            return fail(ErrorCode::internal, "a unit could not hand in all it has written");
        }
        HZ_CHECK(member.home->noteOffered());
        HZ_TRY(const sync::Answer answer, member.transport->post(std::string(session.path()), *request));
        HZ_CHECK(session.onAnswer(answer.body));
    }
    return {};
}

}  // namespace

double secondsNow() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

Result<std::vector<Member>> enrolUnits(Site& site) {
    std::vector<Member> members;
    for (int unit = 1; unit <= kUnits; ++unit) {
        HZ_TRY(Member member, site.enrol(unit));
        members.push_back(std::move(member));
    }
    return members;
}

Result<void> writeOwn(std::vector<Member>& members, WorkClock& clock, const std::vector<WorkOp>& work) {
    for (auto from = work.begin(); from != work.end();) {
        const int unit = from->unit;
        const auto to = std::find_if(from, work.end(), [&](const WorkOp& op) { return op.unit != unit; });
        Member& member = members[static_cast<std::size_t>(unit - 1)];
        HZ_CHECK(Author(member, clock).writeAll({from, to}, kEditsOfABatch));
        from = to;
    }
    return {};
}

std::vector<double> perSecond(double count, const std::vector<double>& seconds) {
    std::vector<double> rates;
    for (const double one : seconds) {
        rates.push_back(count / one);
    }
    return rates;
}

Result<std::unique_ptr<Bench>> Bench::make(const Options& options) {
    std::unique_ptr<Bench> bench(new Bench(options));
    HZ_TRY(bench->m_work, makeWorkload(options.corpus, options.ops));
    std::filesystem::create_directories(options.scratch);
    const std::string lines = options.scratch + "/ops.jsonl";
    HZ_CHECK(writeLines(bench->m_work, lines));
    bench->m_limits = std::make_unique<Limits>(
        Limits::Setup{options.limits, std::filesystem::absolute(options.scratch), lines, options.runs});
    return bench;
}

Bench::~Bench() {
    std::error_code ignored;
    std::filesystem::remove(m_options.scratch + "/ops.jsonl", ignored);
}

std::string Bench::fresh(const std::string& kind) {
    return m_options.scratch + "/" + kind + std::to_string(++m_next);
}

Result<Authorings*> Bench::authorings() {
    if (!m_authorings) {
        Authorings all;
        for (int run = 0; run < m_options.runs; ++run) {
            HZ_CHECK(author(all));
        }
        m_authorings = std::move(all);
    }
    return &*m_authorings;
}

Result<void> Bench::author(Authorings& all) {
    HZ_TRY(const auto site, Site::make(fresh("author")));
    HZ_TRY(Member member, site->enrol(1));
    const double editCpuBefore = cpuSeconds();
    const double begun = secondsNow();
    HZ_CHECK(Author(member, site->clock()).writeAll(m_work, kEditsOfABatch));
    all.editSeconds.push_back(secondsNow() - begun);
    all.editCpuSeconds.push_back(cpuSeconds() - editCpuBefore);
    const double clientBefore = cpuSeconds();
    const double endpointBefore = site->endpoint().cpuSeconds();
    const double bytesBefore = member.wireBytes();
    const double pushed = secondsNow();
    HZ_CHECK(member.sync());
    all.pushSeconds.push_back(secondsNow() - pushed);
    all.clientCpuSeconds.push_back(cpuSeconds() - clientBefore);
    all.endpointCpuSeconds.push_back(site->endpoint().cpuSeconds() - endpointBefore);
    all.pushBytes.push_back(member.wireBytes() - bytesBefore);
    HZ_TRY(const sync::OwnCounts counts, member.home->replica().ownCounts());
    return counts.applied == m_work.size()
               ? Result<void>()
               : fail(ErrorCode::internal, "the county applied " + std::to_string(counts.applied) + " ops");
}

Result<Year*> Bench::year() {
    if (m_year) {
        return &*m_year;
    }
    Year year;
    HZ_TRY(year.site, Site::make(fresh("year")));
    HZ_TRY(year.units, enrolUnits(*year.site));
    for (int run = 0; run < m_options.runs; ++run) {
        HZ_TRY(Member reader, year.site->enrol(1 + run % kUnits));
        year.readers.push_back(std::move(reader));
    }
    HZ_TRY(year.observer, year.site->enrol(kUnits));
    HZ_CHECK(writeOwn(year.units, year.site->clock(), m_work));
    // All have written before the first hands in: nobody has seen anybody's edits.
    for (Member& member : year.units) {
        HZ_CHECK(handIn(member));
    }
    m_year = std::move(year);
    return &*m_year;
}

Result<Pulls*> Bench::pulls() {
    if (m_pulls) {
        return &*m_pulls;
    }
    HZ_TRY(Year * year, year());
    HZ_CHECK(year->site->restartEndpoint());
    Pulls pulls;
    for (Member& reader : year->readers) {
        reader.home.reset();
        HZ_TRY(const std::string text, outputOf({thisProgram(), "pull", reader.folder, year->site->url()}));
        const auto told = nlohmann::json::parse(text);
        pulls.seconds.push_back(told["seconds"]);
        pulls.cpuSeconds.push_back(told["cpu_seconds"]);
        pulls.peakBytes.push_back(told["peak_bytes"]);
        pulls.wireBytes.push_back(told["wire_bytes"]);
        HZ_CHECK(year->site->reopen(reader));
    }
    pulls.endpointPeakBytes = peakMemory(year->site->endpoint().id());
    m_pulls = std::move(pulls);
    return &*m_pulls;
}

Result<Member*> Bench::observer() {
    HZ_TRY(Year * year, year());
    HZ_CHECK(year->observer.sync());
    return &year->observer;
}

Result<Wire*> Bench::wire() {
    if (m_wire) {
        return &*m_wire;
    }
    Wire wire;
    HZ_TRY(const auto site, Site::make(fresh("wire")));
    HZ_TRY(Member writer, site->enrol(1));
    HZ_TRY(Member reader, site->enrol(2));
    Author author(writer, site->clock());
    std::span<const WorkOp> rest(m_work);
    // One home writes `count` ops and syncs, another one takes them: bytes an op, each way.
    const auto carry = [&](std::size_t count, std::vector<double>& up,
                           std::vector<double>& down) -> Result<void> {
        const auto ops = rest.first(count);
        rest = rest.subspan(count);
        HZ_CHECK(author.writeAll(ops, count));
        for (const auto& [member, bytes] : {std::pair(&writer, &up), std::pair(&reader, &down)}) {
            const double before = member->wireBytes();
            HZ_CHECK(member->sync());
            bytes->push_back((member->wireBytes() - before) / static_cast<double>(count));
        }
        return {};
    };
    if (m_work.size() < kWireBatches * kWireBatch) {
        return fail(ErrorCode::usage, "what a sync sends is measured from 10,000 ops on");
    }
    std::vector<double> ignored;
    for (std::size_t i = 0; i < kSmallSyncs; ++i) {
        HZ_CHECK(carry(kSmallSync, wire.tenUp, ignored));
    }
    while (rest.size() >= kWireBatch && wire.up.size() < kWireBatches) {
        HZ_CHECK(carry(kWireBatch, wire.up, wire.down));
    }
    m_wire = std::move(wire);
    return &*m_wire;
}

Result<std::string> pullIn(const std::string& folder, const std::string& url) {
    RealClock clock;
    SystemRandom random;
    Member member;
    HZ_TRY(member.home, ledger::Home::open(folder, {clock, random, registers()}));
    HZ_TRY(member.transport, sync::CurlTransport::open(url));
    const double cpuBefore = cpuSeconds();
    const double begun = secondsNow();
    HZ_TRY(const ledger::HomeSyncReport report, member.sync());
    const double seconds = secondsNow() - begun;
    return nlohmann::json{{"seconds", seconds},
                          {"cpu_seconds", cpuSeconds() - cpuBefore},
                          {"peak_bytes", peakMemory(::getpid())},
                          {"wire_bytes", member.wireBytes()},
                          {"pulled", report.sync.pulled}}
        .dump();
}

}  // namespace hezhang::bench
