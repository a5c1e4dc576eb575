// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A thousand devices that each hand in ten new ops, again and again: what the endpoint does in a second, and
// how long a device waits. Each writes in a scope of its own, so it gets nothing but the answer to what it
// wrote.
#include <filesystem>

#include "sync/op/segment.h"
#include "tests/bench/bench.h"
#include "tests/bench/floors.h"
#include "tests/bench/http_load.h"

namespace hezhang::bench {
namespace {

constexpr int kClients = 1000;
constexpr std::size_t kSyncsOfAClient = 10;
constexpr std::size_t kOpsOfASync = 10;
constexpr int kRowsOfAClient = 30;

using Clients = std::vector<std::unique_ptr<LoadClient>>;

// The ops of the workload that this client writes in this sync.
std::vector<WorkOp> opsOf(const std::vector<WorkOp>& work, int client, std::size_t sync) {
    std::vector<WorkOp> ops;
    for (std::size_t i = 0; i < kOpsOfASync; ++i) {
        const std::size_t at =
            (static_cast<std::size_t>(client - 1) * kSyncsOfAClient + sync) * kOpsOfASync + i;
        ops.push_back(work[at % work.size()]);
        ops.back().unit = client;
        ops.back().sequence = static_cast<int>(sync * kOpsOfASync + i) + 1;
        ops.back().row %= kRowsOfAClient;
    }
    return ops;
}

// -- devices of the product: their segments are sealed and signed before the clock starts

class Device final : public LoadClient {
public:
    Device(sync::Identity identity, const sync::Cursor& cursor, RandomSource& random)
        : m_suite(*sync::suiteFor(identity.county.suite)),
          m_me(std::move(identity)),
          m_lane(random.draw<LaneId>()) {
        m_request.device = m_me.enrolment.device;
        m_request.cursor = cursor;
        m_request.proven = {cursor.position, cursor.mark};
        m_request.scopes = sync::scopesMark(m_suite, {std::string(ledger::kCommonScope), scope()});
    }

    Result<void> seal(std::span<const WorkOp> ops, RandomSource& random) {
        sync::Segment segment;
        segment.lane = {m_me.county.county, m_me.enrolment.device, m_lane, scope()};
        segment.first = static_cast<sync::OpCounter>(ops.front().sequence);
        segment.previous = m_tip;
        segment.seed = random.draw<sync::Seed>();
        segment.definitions = {{std::string(kUnitRegister), 1}};
        for (const WorkOp& op : ops) {
            const sync::RecordKey key = keyOf(op.row);
            if (std::find(segment.records.begin(), segment.records.end(), key) == segment.records.end()) {
                segment.records.push_back(key);
            }
            segment.ops.push_back(opOf(op, key));
        }
        HZ_TRY(const sync::SealedSegment sealed, sync::seal(m_suite, m_me.device, std::move(segment)));
        m_tip = sealed.hash;
        m_segments.push_back(sealed.envelope);
        return {};
    }

    // A run ends after as many syncs.
    Result<std::optional<Bytes>> next() override {
        if (m_isRunOver) {
            m_isRunOver = false;
            return std::optional<Bytes>();
        }
        m_isRunOver = (m_next + 1) % kSyncsOfAClient == 0;
        m_request.segments = {m_segments[m_next++]};
        Bytes framed = sync::frameWithMac(m_suite, sync::encode(m_request), m_me.macKey, {});
        m_tag = sync::tagOf(framed);
        return std::optional<Bytes>(std::move(framed));
    }

    Result<void> onAnswer(Bytes bytes) override {
        HZ_TRY(const sync::SyncAnswer answer,
               sync::answerTo<sync::SyncAnswer>(m_suite, bytes, m_me.macKey, m_tag));
        if (answer.acks.size() != 1 || answer.acks.front().state != sync::Verdict::accepted || !answer.page) {
            return fail(ErrorCode::internal, "the county did not enter what a device has pushed");
        }
        m_request.cursor = answer.cursor;
        m_request.proven = {answer.page->head.size, sync::markOf(answer.page->head.root)};
        return {};
    }

private:
    [[nodiscard]] std::string scope() const { return ledger::unitScope(m_me.enrolment.unit); }
    [[nodiscard]] sync::RecordKey keyOf(int row) const {
        return {std::string(kUnitRegister),
                {{"unit", sync::Value::text(m_me.enrolment.unit.hex())},
                 {"row", sync::Value::integer(row)},
                 {"scope", sync::Value::text(scope())}}};
    }
    // Names the last op of the cell, as a form that shows it does.
    sync::Op opOf(const WorkOp& work, const sync::RecordKey& key) {
        sync::Op op;
        op.counter = static_cast<sync::OpCounter>(work.sequence);
        op.record = sync::recordIdOf(m_suite, m_me.county.county, key);
        op.field = kFieldNames[static_cast<std::size_t>(work.field)];
        op.value = sync::Value::text(work.value);
        op.person = m_me.enrolment.person;
        op.at = work.at;
        sync::OpCounter& last = m_last[{work.row, work.field}];
        if (last != 0) {
            op.seen = {{{m_lane, last}, {}}};
        }
        last = op.counter;
        return op;
    }

    const sync::Suite& m_suite;
    sync::Identity m_me;
    LaneId m_lane;
    Hash m_tip;
    std::map<Cell, sync::OpCounter> m_last;
    std::vector<Bytes> m_segments;
    std::size_t m_next = 0;
    bool m_isRunOver = false;
    sync::SyncRequest m_request;
    Bytes m_tag;
};

// Where a device stands that has taken all there is.
Result<sync::Cursor> presentCursor(sync::County& county) {
    HZ_TRY(const EpochId epoch, county.epoch());
    HZ_TRY(const std::uint64_t size, county.size());
    HZ_TRY(const Hash root, county.rootAt(size));
    return sync::Cursor{epoch, size, sync::markOf(root), 0};
}

// With segments for so many runs.
Result<Clients> devicesOf(Site& site, const std::vector<WorkOp>& work, int devices, int runs) {
    SystemRandom random;
    std::vector<sync::Identity> identities;
    for (int client = 1; client <= devices; ++client) {
        HZ_TRY(sync::Identity identity, site.enrolDevice(client));
        identities.push_back(std::move(identity));
    }
    HZ_TRY(const sync::Cursor cursor, presentCursor(site.county().county()));
    Clients clients;
    for (int client = 1; client <= devices; ++client) {
        auto device = std::make_unique<Device>(std::move(identities[static_cast<std::size_t>(client - 1)]),
                                               cursor, random);
        for (std::size_t sync = 0; sync < kSyncsOfAClient * static_cast<std::size_t>(runs); ++sync) {
            HZ_CHECK(device->seal(opsOf(work, client, sync), random));
        }
        clients.push_back(std::move(device));
    }
    return clients;
}

// -- clients of the floor

class FloorClient final : public LoadClient {
public:
    explicit FloorClient(std::vector<Bytes> requests) : m_requests(std::move(requests)) {}
    Result<std::optional<Bytes>> next() override {
        return m_next == m_requests.size() ? std::optional<Bytes>() : std::optional(m_requests[m_next++]);
    }
    Result<void> onAnswer(Bytes /*answer*/) override { return {}; }

private:
    std::vector<Bytes> m_requests;
    std::size_t m_next = 0;
};

Result<LoadOutcome> driveFloor(Bench& bench) {
    const std::string folder = bench.fresh("floor");
    std::filesystem::create_directories(folder);
    SystemRandom random;
    Clients clients;
    for (int client = 1; client <= kClients; ++client) {
        HZ_TRY(const sync::KeyPair keys, sync::suiteFor(sync::SuiteId::international)->newKeyPair(random));
        std::vector<Bytes> requests;
        for (std::size_t sync = 0; sync < kSyncsOfAClient; ++sync) {
            HZ_TRY(Bytes request, signingFloorRequest(keys, opsOf(bench.work(), client, sync)));
            requests.push_back(std::move(request));
        }
        clients.push_back(std::make_unique<FloorClient>(std::move(requests)));
    }
    HZ_TRY(Process floor, Process::start({thisProgram(), "signing-floor", folder}));
    HZ_TRY(const std::string line, floor.readLine());
    HZ_TRY(LoadOutcome outcome, drive(line.substr(line.find(' ') + 1), clients));
    HZ_CHECK(floor.end());
    std::filesystem::remove_all(folder);
    return outcome;
}

}  // namespace

Result<double> endpointCpuUs(Bench& bench, int devices) {
    HZ_TRY(const auto site, Site::make(bench.fresh("devices"), devices));
    HZ_TRY(const Clients clients, devicesOf(*site, bench.work(), devices, 1));
    const double before = site->endpoint().cpuSeconds();
    HZ_TRY(const LoadOutcome outcome, drive(site->url() + std::string(sync::kSyncPath), clients));
    const auto syncs = static_cast<double>(clients.size() * kSyncsOfAClient);
    return (site->endpoint().cpuSeconds() - before) / syncs * 1e6;
}

Result<bool> measureEndpoint(Bench& bench) {
    std::vector<double> rates;
    std::vector<double> waits;
    std::vector<double> refusals;
    std::vector<double> bytes;
    std::vector<double> cpu;
    std::vector<double> floorRates;
    constexpr double kSyncs = static_cast<double>(kClients * kSyncsOfAClient);
    // One county for all runs: to enrol a thousand devices takes longer than what is measured.
    HZ_TRY(const auto site, Site::make(bench.fresh("thousand"), kClients));
    HZ_TRY(const Clients clients, devicesOf(*site, bench.work(), kClients, bench.options().runs));
    for (int run = 0; run < bench.options().runs; ++run) {
        const double cpuBefore = site->endpoint().cpuSeconds();
        HZ_TRY(const LoadOutcome outcome, drive(site->url() + std::string(sync::kSyncPath), clients));
        cpu.push_back((site->endpoint().cpuSeconds() - cpuBefore) / kSyncs * 1e6);
        rates.push_back(kSyncs / outcome.seconds);
        waits.push_back(quantile(outcome.waitedMs, 0.99));
        refusals.push_back(static_cast<double>(outcome.refusals));
        bytes.push_back(outcome.wireBytes / kSyncs);
        HZ_TRY(const LoadOutcome floor, driveFloor(bench));
        floorRates.push_back(kSyncs / floor.seconds);
    }
    HZ_TRY(const auto asides, site->county().county().projection().store().asides());
    if (!asides.empty()) {
        return fail(ErrorCode::internal, "the county set ops aside");
    }
    const double floor = median(floorRates);
    const bool isFast =
        print({.measure = "endpoint_1000",
               .unit = "syncs/s",
               .runs = rates,
               .limit = floor,
               // Of the value: its goal is a share of the floor.
               .bound = {.of = Bound::Of::value, .must = 3000, .goal = 0.8 * floor},
               .more = {{"endpoint_cpu_us", median(cpu)},
                        {"wire_bytes", median(bytes)},
                        {"refused_for_now", median(refusals)},
                        {"peak_mib", peakMemory(site->endpoint().id()) / (1024.0 * 1024.0)}}});
    const bool isQuick = print({.measure = "endpoint_1000_p99",
                                .unit = "ms",
                                .better = Better::less,
                                .runs = waits,
                                .limit = std::nullopt,
                                .bound = {.of = Bound::Of::value, .must = 1000, .goal = 400}});
    return isFast && isQuick;
}

}  // namespace hezhang::bench
