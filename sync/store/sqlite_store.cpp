// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Opening, transactions, lanes, segments, tails. Records and projection are in sqlite_store_state.cpp, the
// log in sqlite_store_log.cpp.
#include "sync/store/sqlite_store.h"

#include <algorithm>

#include "sync/base/check.h"
#include "sync/op/segment.h"
#include "sync/store/sqlite_rows.h"
#include "sync/store/sqlite_schema.h"

namespace hezhang::sync {
namespace {

// An op as a tail row holds it.
struct StoredOp {
    Op op;

    void save(CompactOut& out) const {
        out(FormatVersion<>{}, op.counter, op.record, op.field, op.kind, op.value, op.person, op.at);
        out.varint(op.seen.size());
        for (const SeenDot& seen : op.seen) {
            out(seen.dot.lane, seen.dot.counter, seen.segment);
        }
    }
    void load(BoundedIn& in) {
        FormatVersion<> version;
        in(version, op.counter, op.record, op.field, op.kind, op.value, op.person, op.at);
        if (name(op.kind).empty()) {
            throw cereal::Exception("unknown kind of op");
        }
        for (std::uint64_t left = in.size(); left > 0; --left) {
            SeenDot& seen = op.seen.emplace_back();
            in(seen.dot.lane, seen.dot.counter, seen.segment);
        }
    }
};

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

Bytes bytesOf(Columns& row) {
    return row.bytes();
}
Hash hashOf(Columns& row) {
    return row.id<Hash>();
}

LaneRow laneOf(Columns& row) {
    return {row.id<LaneId>(), row.text(),         row.id<DeviceId>(), row.truth(),   row.truth(),
            row.id<Seed>(),   row.signedNumber(), row.number(),       row.id<Hash>()};
}

BranchRow branchOf(Columns& row) {
    return {row.signedNumber(), row.id<LaneId>(), row.signedNumber(), row.number(), row.number()};
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

Run runOf(Columns& row) {
    return {row.signedNumber(), row.number(), row.number(), row.id<Hash>()};
}

TailRow tailOf(Columns& row) {
    return {{row.signedNumber(), row.number()},
            row.id<LaneId>(),
            row.decoded<StoredOp>("op of a tail").op,
            row.id<Hash>(),
            row.narrow<Rank>()};
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

// Runs lie in three classes by length. A run that holds `counter` starts less than its class's length before
// it, so a look-up passes a handful of rows, whether a lane was sent op by op or a thousand at a time.
constexpr std::uint64_t kSpans[] = {16, 128, kSegmentOpsMax};

std::uint64_t spanOf(const Run& run) {
    const std::uint64_t length = run.last - run.first + 1;
    HZ_ASSERT(run.first <= run.last && length <= kSegmentOpsMax);
    return *std::lower_bound(std::begin(kSpans), std::end(kSpans), length);
}

}  // namespace

Result<std::unique_ptr<SqliteStore>> SqliteStore::open(const std::string& path, storage::Access access) {
    HZ_TRY(storage::Database database, storage::Database::open(path, access));
    HZ_CHECK(storage::migrate(database, kMigrations));
    return std::unique_ptr<SqliteStore>(new SqliteStore(std::move(database)));
}

// -- transactions

Result<void> SqliteStore::begin() {
    HZ_ASSERT(!m_transaction);
    HZ_TRY(storage::Transaction transaction, storage::Transaction::beginImmediate(m_database));
    m_transaction.emplace(std::move(transaction));
    return {};
}

Result<void> SqliteStore::commit() {
    HZ_ASSERT(m_transaction);
    auto committed = m_transaction->commit();
    m_transaction.reset();
    return committed;
}

void SqliteStore::rollback() {
    m_transaction.reset();
}

// -- small values by name

Result<std::optional<Bytes>> SqliteStore::meta(std::string_view key) {
    return selectOne(m_database, "SELECT value FROM meta WHERE key = ?1", bytesOf, key);
}

Result<void> SqliteStore::setMeta(std::string_view key, BytesView value) {
    return change(m_database, "INSERT OR REPLACE INTO meta(key, value) VALUES(?1, ?2)", key, value);
}

// Keys that begin with a text lie between it and the same followed by the largest character.
Result<void> SqliteStore::eraseMetas(std::string_view start) {
    return change(m_database, "DELETE FROM meta WHERE key >= ?1 AND key < ?1 || char(1114111)", start);
}

// -- lanes, branches

#define HZ_LANE_COLUMNS "lane, scope, device, is_mine, is_open, seed, branch, tip, tip_segment"

Result<std::optional<LaneRow>> SqliteStore::lane(const LaneId& lane) {
    return selectOne(m_database, "SELECT " HZ_LANE_COLUMNS " FROM lane WHERE lane = ?1", laneOf, lane);
}

Result<std::vector<LaneRow>> SqliteStore::lanes() {
    return selectAll(m_database, "SELECT " HZ_LANE_COLUMNS " FROM lane ORDER BY lane", laneOf);
}

Result<std::optional<LaneRow>> SqliteStore::openLane(const std::string& scope) {
    return selectOne(m_database,
                     "SELECT " HZ_LANE_COLUMNS
                     " FROM lane WHERE scope = ?1 AND is_open = 1 AND is_mine = 1 ORDER BY lane LIMIT 1",
                     laneOf, scope);
}

// What every edit does. The columns of the index are not set, so its page is not written.
Result<bool> SqliteStore::moveLaneTip(const LaneRow& row) {
    HZ_CHECK(change(m_database,
                    "UPDATE lane SET seed = ?6, branch = ?7, tip = ?8, tip_segment = ?9"
                    " WHERE lane = ?1 AND scope = ?2 AND device = ?3 AND is_mine = ?4 AND is_open = ?5",
                    row.lane, row.scope, row.device, row.isMine, row.isOpen, row.seed, row.branch, row.tip,
                    row.tipSegment));
    return m_database.changes() > 0;
}

Result<void> SqliteStore::putLane(const LaneRow& row) {
    HZ_TRY(const bool isDone, moveLaneTip(row));
    if (isDone) {
        return {};
    }
    return change(m_database,
                  "INSERT OR REPLACE INTO lane(" HZ_LANE_COLUMNS
                  ") VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                  row.lane, row.scope, row.device, row.isMine, row.isOpen, row.seed, row.branch, row.tip,
                  row.tipSegment);
}

Result<std::vector<BranchRow>> SqliteStore::branches(const LaneId& lane) {
    return selectAll(m_database, "SELECT id, lane, parent, fork, tip FROM branch WHERE lane = ?1 ORDER BY id",
                     branchOf, lane);
}

Result<std::optional<BranchRow>> SqliteStore::branch(std::int64_t id) {
    return selectOne(m_database, "SELECT id, lane, parent, fork, tip FROM branch WHERE id = ?1", branchOf,
                     id);
}

// Branches are never erased, so the largest id plus one, which SQLite chooses, was never in use.
Result<std::int64_t> SqliteStore::addBranch(const BranchRow& row) {
    HZ_CHECK(change(m_database, "INSERT INTO branch(lane, parent, fork, tip) VALUES(?1, ?2, ?3, ?4)",
                    row.lane, row.parent, row.fork, row.tip));
    return m_database.lastInsertRowId();
}

Result<void> SqliteStore::setTip(std::int64_t branch, OpCounter tip) {
    return change(m_database, "UPDATE branch SET tip = ?2 WHERE id = ?1", branch, tip);
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
    return change(m_database,
                  "INSERT OR REPLACE INTO run(branch, span, first, segment, last) VALUES(?1, ?2, ?3, ?4, ?5)",
                  run.branch, spanOf(run), run.first, run.segment, run.last);
}

Result<std::vector<Run>> SqliteStore::runsOf(const Hash& segment) {
    return selectAll(m_database,
                     "SELECT branch, first, last, segment FROM run WHERE segment = ?1 ORDER BY first, branch",
                     runOf, segment);
}

Result<std::vector<Run>> SqliteStore::runsAt(OpRef ref) {
    std::vector<Run> runs;
    HZ_TRY(auto query,
           m_database.query("SELECT branch, first, last, segment FROM run WHERE branch = ?1 AND span = ?2"
                            " AND first > ?3 - ?2 AND first <= ?3 AND last >= ?3"));
    for (const std::uint64_t span : kSpans) {
        query.bind(ref.branch, span, ref.counter);
        HZ_CHECK(readAll(query, runOf, runs));
    }
    std::sort(runs.begin(), runs.end(), [](const Run& a, const Run& b) {
        return std::tie(a.segment, a.first) < std::tie(b.segment, b.first);
    });
    return runs;
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
    return change(m_database, "INSERT INTO tail(branch, counter, id, rank, op) VALUES(?1, ?2, ?3, ?4, ?5)",
                  row.ref.branch, row.ref.counter, row.id, row.rank, encode(StoredOp{row.op}));
}

// CROSS JOIN fixes the order of the loops: from the few branches of a lane to their tails.
Result<std::vector<TailRow>> SqliteStore::tail(const LaneId& lane) {
    return selectAll(m_database,
                     "SELECT branch.id, counter, lane, op, tail.id, rank FROM branch CROSS JOIN tail"
                     " ON tail.branch = branch.id WHERE lane = ?1 ORDER BY counter, branch.id",
                     tailOf, lane);
}

// Asked at every edit: a tail has no gaps, so its ends tell its length without a walk through its ops.
Result<std::uint64_t> SqliteStore::tailCount(const LaneId& lane) {
    HZ_TRY(const std::optional<std::uint64_t> count,
           selectOne(
               m_database,
               "SELECT ifnull(sum((SELECT max(counter) FROM tail WHERE branch = branch.id)"
               " - (SELECT min(counter) FROM tail WHERE branch = branch.id) + 1), 0) FROM branch WHERE lane "
               "= ?1",
               [](Columns& row) { return row.number(); }, lane));
    return count.value_or(0);
}

Result<std::optional<TailRow>> SqliteStore::tailOp(OpRef ref) {
    return selectOne(m_database,
                     "SELECT branch.id, counter, lane, op, tail.id, rank FROM tail CROSS JOIN branch"
                     " ON branch.id = tail.branch WHERE tail.branch = ?1 AND counter = ?2",
                     tailOf, ref.branch, ref.counter);
}

Result<void> SqliteStore::eraseTail(const LaneId& lane, OpCounter upTo) {
    return change(
        m_database,
        "DELETE FROM tail WHERE branch IN (SELECT id FROM branch WHERE lane = ?1) AND counter <= ?2", lane,
        upTo);
}

}  // namespace hezhang::sync
