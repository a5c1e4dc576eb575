// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A county of the benchmark on this machine: its endpoint as a process that speaks HTTP over loopback, and
// homes of its 60 units in this one. All of it is the product; only the register the workload is written in,
// `bench_row`, is the benchmark's own.
//
// Shape:   a folder with county/ and a folder for each home; it goes with the object.
// Errors:  those of the product.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>

#include "src/ledger/county_folder.h"
#include "src/ledger/home.h"
#include "sync/transport/curl_transport.h"
#include "tests/bench/process.h"
#include "tests/bench/workload.h"

namespace hezhang::bench {

inline constexpr std::string_view kRegister = "bench_row";
// The same cells in a unit's own scope: what others do not read.
inline constexpr std::string_view kUnitRegister = "bench_unit_row";

// The registers of the product and the benchmark's own.
[[nodiscard]] const schema::Registers& registers();

// The real time, or the moment at which an op of the workload was written.
class WorkClock final : public ClockSource {
public:
    [[nodiscard]] WallMs now() const override { return m_at ? *m_at : m_real.now(); }
    void standAt(std::int64_t sinceNewYear);
    void goOn() { m_at.reset(); }
    // The inverse of standAt().
    [[nodiscard]] static std::int64_t sinceNewYear(WallMs at);

private:
    RealClock m_real;
    std::optional<WallMs> m_at;
};

// A home and its connection to the county, which is kept.
struct Member {
    std::string folder;
    std::unique_ptr<ledger::Home> home;
    std::unique_ptr<sync::CurlTransport> transport;

    // Errors: also where a round ends before everything is said.
    [[nodiscard]] Result<ledger::HomeSyncReport> sync();
    // Of all its messages so far, both ways.
    [[nodiscard]] double wireBytes() const;
};

class Site {
public:
    // A new county with so many units, served.
    [[nodiscard]] static Result<std::unique_ptr<Site>> make(
        const std::string& folder, int units = kUnits, sync::SuiteId suite = sync::SuiteId::international);
    ~Site();
    Site(const Site&) = delete;
    Site& operator=(const Site&) = delete;

    // A home of a person of this unit (1..60), enrolled and synced once.
    [[nodiscard]] Result<Member> enrol(int unit);
    // The same, enrolled only.
    [[nodiscard]] Result<Member> enrolUnsynced(int unit);
    // A home of the office, of a person of the first unit; synced once.
    [[nodiscard]] Result<Member> enrolOffice();
    // A device without a home: of a clerk, who holds the unit's own scope and the common one.
    [[nodiscard]] Result<sync::Identity> enrolDevice(int unit);
    [[nodiscard]] Result<void> reopen(Member& member);
    [[nodiscard]] Process& endpoint() { return *m_endpoint; }
    [[nodiscard]] Result<void> restartEndpoint();
    [[nodiscard]] const std::string& url() const { return m_url; }
    [[nodiscard]] const std::string& folder() const { return m_folder; }
    [[nodiscard]] std::string countyFolder() const { return m_folder + "/county"; }
    // The county's folder, beside the endpoint that serves from it.
    [[nodiscard]] ledger::CountyFolder& county() { return *m_county; }
    [[nodiscard]] ledger::Environment environment() { return {m_clock, m_random, registers()}; }
    [[nodiscard]] WorkClock& clock() { return m_clock; }
    // By the person's record.
    [[nodiscard]] int unitOf(const RecordId& person) const { return m_units.at(person); }

private:
    explicit Site(std::string folder) : m_folder(std::move(folder)) {}
    [[nodiscard]] Result<void> serve();
    [[nodiscard]] Result<std::string> invite(int unit, const std::string& role);
    [[nodiscard]] Result<Member> enrolAs(int unit, const std::string& role);

    std::string m_folder;
    WorkClock m_clock;
    SystemRandom m_random;
    std::unique_ptr<ledger::CountyFolder> m_county;
    std::optional<Process> m_endpoint;
    std::string m_url;
    std::map<RecordId, int> m_units;
    int m_homes = 0;
};

// Writes ops of the workload into a home, as a form does that shows what is there.
class Author {
public:
    Author(Member& member, WorkClock& clock) : m_home(*member.home), m_clock(clock) {}
    // Durable when it returns, or with the open batch.
    [[nodiscard]] Result<void> write(const WorkOp& op);
    // `count` ops a transaction.
    [[nodiscard]] Result<void> writeAll(std::span<const WorkOp> ops, std::size_t count);

private:
    ledger::Home& m_home;
    WorkClock& m_clock;
    std::map<int, RecordId> m_rows;
};

// What a home shows of the workload: of the live values of each cell the one written last.
[[nodiscard]] Result<CellTexts> shownLast(Site& site, ledger::Home& home);
// The bytes that all files below a folder have.
[[nodiscard]] double bytesIn(const std::string& folder);

}  // namespace hezhang::bench
