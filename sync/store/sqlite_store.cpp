// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Opening, transactions, lanes, segments, tails. Records and projection are in sqlite_store_state.cpp, the
// log in sqlite_store_log.cpp.
#include "sync/store/sqlite_store.h"

#include <algorithm>

#include "sync/base/check.h"
#include "sync/op/segment.h"
#include "sync/store/sqlite_lane_rows.h"
#include "sync/store/sqlite_schema.h"

namespace hezhang::sync {
namespace {

// An op as a loose row holds it: its value may be erased.
struct StoredLoose {
    Op op;

    void save(CompactOut& out) const { out(StoredOp{op}, op.erased); }
    void load(BoundedIn& in) {
        StoredOp stored;
        in(stored);
        op = std::move(stored.op);
        in(op.erased);
    }
};

Hash hashOf(Columns& row) {
    return row.id<Hash>();
}

SegmentRow segmentOf(Columns& row) {
    return {row.id<Hash>(),
            row.id<LaneId>(),
            row.text(),
            row.number(),
            row.narrow<std::uint32_t>(),
            row.id<Hash>(),
            row.oneOf(SegmentState::inLog, SegmentState::refused),
            row.number(),
            row.truth(),
            row.bytes()};
}

LooseRow looseOf(Columns& row) {
    LooseRow loose;
    loose.ref = {row.signedNumber(), row.number()};
    loose.role = row.oneOf(LooseRow::Role::past, LooseRow::Role::aside);
    loose.id = row.id<Hash>();
    loose.rank = row.narrow<Rank>();
    loose.order = {row.number(), row.number()};
    loose.reason = static_cast<Reason>(row.narrow<std::uint8_t>());
    loose.op = row.decoded<StoredLoose>("op without its segment").op;
    return loose;
}

}  // namespace

Result<std::unique_ptr<SqliteStore>> SqliteStore::open(const std::string& path, storage::Access access) {
    HZ_TRY(storage::Database database, storage::Database::open(path, access));
    HZ_CHECK(storage::migrate(database, kMigrations));
    return std::unique_ptr<SqliteStore>(new SqliteStore(std::move(database)));
}

// -- transactions

// What is kept in memory stays true as long as nobody else writes.
Result<void> SqliteStore::begin() {
    HZ_ASSERT(!m_transaction);
    HZ_TRY(storage::Transaction transaction, storage::Transaction::beginImmediate(m_database));
    HZ_TRY(const std::int64_t version, m_database.dataVersion());
    if (version != m_keptVersion) {
        forget();
        m_keptVersion = version;
    }
    m_transaction.emplace(std::move(transaction));
    return {};
}

Result<void> SqliteStore::flush() {
    HZ_CHECK(m_state.flush());
    return m_lanes.flush();
}

void SqliteStore::forget() {
    m_state.forget();
    m_lanes.forget();
}

Result<void> SqliteStore::commit() {
    HZ_ASSERT(m_transaction);
    Result<void> committed = flush();
    if (committed) {
        committed = m_transaction->commit();
    }
    m_transaction.reset();
    m_reading.forget();
    if (committed) {
        m_state.trim();
        m_lanes.trim();
    } else {
        forget();
    }
    return committed;
}

void SqliteStore::rollback() {
    m_transaction.reset();
    forget();
}

// -- small values by name

Result<std::optional<Bytes>> SqliteStore::meta(std::string_view key) {
    return reading(m_lanes, [&](KeptLanes& lanes) { return lanes.meta(key); });
}

Result<void> SqliteStore::setMeta(std::string_view key, BytesView value) {
    return changing(m_lanes, [&](KeptLanes& lanes) { return lanes.setMeta(key, value); });
}

Result<void> SqliteStore::eraseMetas(std::string_view start) {
    return changing(m_lanes, [&](KeptLanes& lanes) { return lanes.eraseMetas(start); });
}

// -- lanes, branches

Result<std::optional<LaneRow>> SqliteStore::lane(const LaneId& lane) {
    return reading(m_lanes, [&](KeptLanes& lanes) { return lanes.lane(lane); });
}

Result<std::vector<LaneRow>> SqliteStore::lanes() {
    HZ_CHECK(m_lanes.flush());
    return selectAll(m_database, "SELECT " HZ_LANE_COLUMNS " FROM lane ORDER BY lane", laneOf);
}

Result<std::optional<LaneRow>> SqliteStore::openLane(const std::string& scope) {
    return reading(m_lanes, [&](KeptLanes& lanes) { return lanes.openLane(scope); });
}

Result<void> SqliteStore::putLane(const LaneRow& row) {
    return changing(m_lanes, [&](KeptLanes& lanes) { return lanes.putLane(row); });
}

Result<std::vector<BranchRow>> SqliteStore::branches(const LaneId& lane) {
    return reading(m_lanes, [&](KeptLanes& lanes) { return lanes.branches(lane); });
}

Result<std::optional<BranchRow>> SqliteStore::branch(std::int64_t id) {
    return reading(m_lanes, [&](KeptLanes& lanes) { return lanes.branch(id); });
}

Result<std::int64_t> SqliteStore::addBranch(const BranchRow& row) {
    return changing(m_lanes, [&](KeptLanes& lanes) { return lanes.addBranch(row); });
}

Result<void> SqliteStore::setTip(std::int64_t branch, OpCounter tip) {
    return changing(m_lanes, [&](KeptLanes& lanes) { return lanes.setTip(branch, tip); });
}

// -- segments

Result<std::optional<SegmentRow>> SqliteStore::segment(const Hash& hash) {
    HZ_TRY(std::optional<SegmentRow> row,
           selectOne(m_database,
                     "SELECT hash, lane, scope, first, count, previous, state, position, is_mine, bytes"
                     " FROM segment JOIN envelope USING(serial) WHERE hash = ?1",
                     segmentOf, hash));
    if (row && !row->hasText() && m_textsElsewhere) {
        HZ_TRY(row->envelope, m_textsElsewhere(hash));
    }
    return row;
}

Result<std::optional<SegmentRow>> SqliteStore::outline(const Hash& hash) {
    return selectOne(m_database,
                     "SELECT hash, lane, scope, first, count, previous, state, position, is_mine, x''"
                     " FROM segment WHERE hash = ?1",
                     segmentOf, hash);
}

Result<bool> SqliteStore::hasTextItself(const Hash& segment) {
    return isAny(m_database,
                 "SELECT 1 FROM segment JOIN envelope USING(serial) WHERE hash = ?1 AND length(bytes) > 0",
                 segment);
}

Result<bool> SqliteStore::hasSegment(const Hash& hash) {
    return isAny(m_database, "SELECT 1 FROM segment WHERE hash = ?1", hash);
}

Result<void> SqliteStore::putSegment(const SegmentRow& row) {
    HZ_CHECK(change(
        m_database,
        "INSERT INTO segment(hash, lane, scope, first, count, previous, state, position, is_mine)"
        " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT(hash) DO UPDATE SET lane = excluded.lane,"
        " scope = excluded.scope, first = excluded.first, count = excluded.count, previous = "
        "excluded.previous,"
        " state = excluded.state, position = excluded.position, is_mine = excluded.is_mine",
        row.hash, row.lane, row.scope, row.first, row.count, row.previous, row.state, row.position,
        row.isMine));
    return change(
        m_database,
        "INSERT OR REPLACE INTO envelope(serial, bytes) SELECT serial, ?2 FROM segment WHERE hash = ?1",
        row.hash, row.envelope);
}

Result<void> SqliteStore::setSegmentState(const Hash& hash, SegmentState state, std::uint64_t position) {
    return change(m_database, "UPDATE segment SET state = ?2, position = ?3 WHERE hash = ?1", hash, state,
                  position);
}

Result<void> SqliteStore::addRun(const Run& run) {
    return changing(m_lanes, [&](KeptLanes& lanes) { return lanes.addRun(run); });
}

Result<std::vector<Run>> SqliteStore::runsOf(const Hash& segment) {
    return reading(m_lanes, [&](KeptLanes& lanes) { return lanes.runsOf(segment); });
}

Result<std::vector<Run>> SqliteStore::runsOver(std::int64_t branch, OpCounter first, OpCounter last) {
    return reading(m_lanes, [&](KeptLanes& lanes) { return lanes.runsOver(branch, first, last); });
}

// A partial index serves only a query that repeats its condition.
Result<std::vector<Hash>> SqliteStore::segmentsIn(SegmentState state) {
    if (state == SegmentState::inLog) {
        return selectAll(m_database, "SELECT hash FROM segment WHERE state = 0 ORDER BY serial", hashOf);
    }
    return selectAll(m_database, "SELECT hash FROM segment WHERE state = ?1 AND state <> 0 ORDER BY serial",
                     hashOf, state);
}

Result<std::vector<Hash>> SqliteStore::segmentsOfScope(const std::string& scope) {
    return selectAll(m_database, "SELECT hash FROM segment WHERE scope = ?1 ORDER BY serial", hashOf, scope);
}

Result<std::vector<Hash>> SqliteStore::segmentsOfLane(const LaneId& lane) {
    return selectAll(m_database, "SELECT hash FROM segment WHERE lane = ?1 ORDER BY first, hash", hashOf,
                     lane);
}

Result<std::vector<Hash>> SqliteStore::segmentsWithoutText(std::size_t limit) {
    return selectAll(m_database,
                     "SELECT hash FROM envelope CROSS JOIN segment USING(serial) WHERE length(bytes) = 0"
                     " ORDER BY envelope.serial DESC LIMIT ?1",
                     hashOf, limit);
}

Result<void> SqliteStore::forgetPlaces(const LaneId& lane) {
    HZ_CHECK(m_lanes.flush());
    m_lanes.forget();
    HZ_CHECK(
        change(m_database, "DELETE FROM run WHERE branch IN (SELECT id FROM branch WHERE lane = ?1)", lane));
    HZ_CHECK(change(m_database, "UPDATE branch SET lane = ?2 WHERE lane = ?1", lane, LaneId{}));
    HZ_CHECK(change(m_database,
                    "DELETE FROM segment WHERE lane = ?1 AND serial IN"
                    " (SELECT serial FROM envelope WHERE length(bytes) = 0)",
                    lane));
    return m_database.exec("DELETE FROM envelope WHERE serial NOT IN (SELECT serial FROM segment)");
}

// -- ops without the text of their segment

#define HZ_LOOSE_COLUMNS "branch, counter, role, id, rank, position, place, reason, op"

Result<void> SqliteStore::putLoose(const LooseRow& row) {
    return change(m_database,
                  "INSERT OR REPLACE INTO loose(" HZ_LOOSE_COLUMNS
                  ") VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                  row.ref.branch, row.ref.counter, row.role, row.id, row.rank, row.order.position,
                  row.order.place, row.reason, encode(StoredLoose{row.op}));
}

Result<std::optional<LooseRow>> SqliteStore::loose(OpRef ref) {
    return selectOne(m_database, "SELECT " HZ_LOOSE_COLUMNS " FROM loose WHERE branch = ?1 AND counter = ?2",
                     looseOf, ref.branch, ref.counter);
}

Result<std::vector<LooseRow>> SqliteStore::looseAfter(OpRef ref, std::size_t limit) {
    return selectAll(m_database,
                     "SELECT " HZ_LOOSE_COLUMNS
                     " FROM loose WHERE (branch, counter) > (?1, ?2) ORDER BY branch, counter LIMIT ?3",
                     looseOf, ref.branch, ref.counter, limit);
}

Result<void> SqliteStore::clearLoose() {
    return m_database.exec("DELETE FROM loose");
}

// -- tail

Result<void> SqliteStore::addTail(const TailRow& row) {
    return changing(m_lanes, [&](KeptLanes& lanes) { return lanes.addTail(row); });
}

Result<std::vector<TailRow>> SqliteStore::tail(const LaneId& lane) {
    return reading(m_lanes, [&](KeptLanes& lanes) { return lanes.tail(lane); });
}

Result<std::uint64_t> SqliteStore::tailCount(const LaneId& lane) {
    return reading(m_lanes, [&](KeptLanes& lanes) { return lanes.tailCount(lane); });
}

Result<std::optional<TailRow>> SqliteStore::tailOp(OpRef ref) {
    return reading(m_lanes, [&](KeptLanes& lanes) { return lanes.tailOp(ref); });
}

Result<void> SqliteStore::eraseTail(const LaneId& lane, OpCounter upTo) {
    return changing(m_lanes, [&](KeptLanes& lanes) { return lanes.eraseTail(lane, upTo); });
}

}  // namespace hezhang::sync
