// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "sync/store/kept_lanes.h"

#include <algorithm>
#include <iterator>
#include <tuple>

#include "sync/base/check.h"
#include "sync/op/segment.h"
#include "sync/store/row_sum.h"
#include "sync/store/sqlite_lane_rows.h"

namespace hezhang::sync {
namespace {

constexpr std::size_t kRunsMax = 1024;
constexpr std::size_t kPlacesMax = 16'384;

// Runs lie in three classes by length (SqliteStore::runsOver).
std::uint64_t spanOf(const Run& run) {
    const std::uint64_t length = run.last - run.first + 1;
    HZ_ASSERT(run.first <= run.last && length <= kSegmentOpsMax);
    return *std::lower_bound(std::begin(kRunSpans), std::end(kRunSpans), length);
}

// Whether they differ in nothing but what every op changes.
bool isSameLane(const LaneRow& a, const LaneRow& b) {
    return a.scope == b.scope && a.device == b.device && a.isMine == b.isMine && a.isOpen == b.isOpen;
}

struct Summed {
    Bytes value;
    std::uint64_t sum = 0;
};

Summed summedOf(Columns& row) {
    Bytes value = row.bytes();
    return {std::move(value), row.number()};
}

}  // namespace

Result<void> KeptLanes::flush() {
    for (const LaneId& id : m_movedLanes) {
        const LaneRow& row = *m_lanes.at(id);
        // The columns of the index are not set, so its page is not written.
        HZ_CHECK(change(m_database,
                        "UPDATE lane SET seed = ?2, branch = ?3, tip = ?4, tip_segment = ?5 WHERE lane = ?1",
                        id, row.seed, row.branch, row.tip, row.tipSegment));
    }
    m_movedLanes.clear();
    for (const std::int64_t id : m_movedBranches) {
        HZ_CHECK(change(m_database, "UPDATE branch SET tip = ?2 WHERE id = ?1", id, m_branches.at(id)->tip));
    }
    m_movedBranches.clear();
    return flushTail();
}

void KeptLanes::trim() {
    if (m_lanes.size() + m_branches.size() + m_branchesOf.size() > kLanesMax) {
        forget();
    }
}

void KeptLanes::forget() {
    m_values.clear();
    m_lanes.clear();
    m_movedLanes.clear();
    m_openLanes.clear();
    m_branches.clear();
    m_movedBranches.clear();
    m_branchesOf.clear();
    m_runs.clear();
    m_runsAt.clear();
    m_storedTails.clear();
    m_newTails.clear();
    m_newBytes = 0;
}

// -- small values by name

Result<std::optional<Bytes>> KeptLanes::meta(std::string_view key) {
    if (const auto known = m_values.find(key); known != m_values.end()) {
        return known->second;
    }
    HZ_TRY(std::optional<Summed> row,
           selectOne(m_database, "SELECT value, sum FROM meta WHERE key = ?1", summedOf, key));
    if (row && row->sum != 0 && row->sum != rowSum({viewOf(key), row->value})) {
        return fail(ErrorCode::storageCorrupt, "what is noted as " + std::string(key) + " is damaged");
    }
    std::optional<Bytes> value;
    if (row) {
        value = std::move(row->value);
    }
    if (m_values.size() >= kValuesMax) {
        m_values.clear();
    }
    if (!value || value->size() <= kValueMax) {
        m_values.emplace(key, value);
    }
    return value;
}

Result<void> KeptLanes::setMeta(std::string_view key, BytesView value) {
    if (const auto known = m_values.find(key); known != m_values.end()) {
        m_values.erase(known);
    }
    return change(m_database, "INSERT OR REPLACE INTO meta(key, value, sum) VALUES(?1, ?2, ?3)", key, value,
                  rowSum({viewOf(key), value}));
}

// Keys that begin with a text lie between it and the same followed by the largest character.
Result<void> KeptLanes::eraseMetas(std::string_view start) {
    m_values.clear();
    return change(m_database, "DELETE FROM meta WHERE key >= ?1 AND key < ?1 || char(1114111)", start);
}

// -- lanes, branches

Result<std::optional<LaneRow>*> KeptLanes::loadLane(const LaneId& lane) {
    if (const auto known = m_lanes.find(lane); known != m_lanes.end()) {
        return &known->second;
    }
    HZ_TRY(std::optional<LaneRow> row,
           selectOne(m_database, "SELECT " HZ_LANE_COLUMNS " FROM lane WHERE lane = ?1", laneOf, lane));
    return &m_lanes.emplace(lane, std::move(row)).first->second;
}

Result<std::optional<LaneRow>> KeptLanes::lane(const LaneId& lane) {
    HZ_TRY(const std::optional<LaneRow>* row, loadLane(lane));
    return *row;
}

Result<std::optional<LaneRow>> KeptLanes::openLane(const std::string& scope) {
    auto known = m_openLanes.find(scope);
    if (known == m_openLanes.end()) {
        HZ_TRY(const std::optional<LaneId> id, selectOne(
                                                   m_database,
                                                   "SELECT lane FROM lane WHERE scope = ?1 AND is_open = 1 "
                                                   "AND is_mine = 1 ORDER BY lane LIMIT 1",
                                                   [](Columns& row) { return row.id<LaneId>(); }, scope));
        known = m_openLanes.emplace(scope, id).first;
    }
    return known->second ? lane(*known->second) : Result<std::optional<LaneRow>>(std::nullopt);
}

Result<void> KeptLanes::putLane(const LaneRow& row) {
    HZ_TRY(std::optional<LaneRow> * known, loadLane(row.lane));
    if (*known && isSameLane(**known, row)) {
        *known = row;
        m_movedLanes.insert(row.lane);
        return {};
    }
    *known = row;
    m_movedLanes.erase(row.lane);
    m_openLanes.clear();
    return change(m_database,
                  "INSERT OR REPLACE INTO lane(" HZ_LANE_COLUMNS
                  ") VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                  row.lane, row.scope, row.device, row.isMine, row.isOpen, row.seed, row.branch, row.tip,
                  row.tipSegment);
}

Result<std::optional<BranchRow>*> KeptLanes::loadBranch(std::int64_t id) {
    if (const auto known = m_branches.find(id); known != m_branches.end()) {
        return &known->second;
    }
    HZ_TRY(
        std::optional<BranchRow> row,
        selectOne(m_database, "SELECT id, lane, parent, fork, tip FROM branch WHERE id = ?1", branchOf, id));
    return &m_branches.emplace(id, row).first->second;
}

Result<std::optional<BranchRow>> KeptLanes::branch(std::int64_t id) {
    HZ_TRY(const std::optional<BranchRow>* row, loadBranch(id));
    return *row;
}

Result<std::vector<BranchRow>> KeptLanes::branches(const LaneId& lane) {
    auto known = m_branchesOf.find(lane);
    if (known == m_branchesOf.end()) {
        HZ_TRY(const std::vector<BranchRow> stored,
               selectAll(m_database,
                         "SELECT id, lane, parent, fork, tip FROM branch WHERE lane = ?1 ORDER BY id",
                         branchOf, lane));
        std::vector<std::int64_t> ids;
        for (const BranchRow& row : stored) {
            ids.push_back(row.id);
            m_branches.try_emplace(row.id, row);  // one that is here may have moved on
        }
        known = m_branchesOf.emplace(lane, std::move(ids)).first;
    }
    std::vector<BranchRow> rows;
    for (const std::int64_t id : known->second) {
        HZ_TRY(const std::optional<BranchRow>* row, loadBranch(id));
        if (*row) {
            rows.push_back(**row);
        }
    }
    return rows;
}

// Branches are never erased, so the largest id plus one, which SQLite chooses, was never in use.
Result<std::int64_t> KeptLanes::addBranch(const BranchRow& row) {
    HZ_CHECK(change(m_database, "INSERT INTO branch(lane, parent, fork, tip) VALUES(?1, ?2, ?3, ?4)",
                    row.lane, row.parent, row.fork, row.tip));
    BranchRow added = row;
    added.id = m_database.lastInsertRowId();
    m_branches[added.id] = added;
    if (const auto known = m_branchesOf.find(row.lane); known != m_branchesOf.end()) {
        known->second.push_back(added.id);
    }
    return added.id;
}

Result<void> KeptLanes::setTip(std::int64_t branch, OpCounter tip) {
    HZ_TRY(std::optional<BranchRow> * row, loadBranch(branch));
    if (*row) {
        (*row)->tip = tip;
        m_movedBranches.insert(branch);
    }
    return {};
}

// -- runs

Result<std::vector<Run>> KeptLanes::runsOf(const Hash& segment) {
    if (const auto known = m_runs.find(segment); known != m_runs.end()) {
        return known->second;
    }
    HZ_TRY(std::vector<Run> runs,
           selectAll(m_database,
                     "SELECT branch, first, last, segment FROM run WHERE segment = ?1 ORDER BY first, branch",
                     runOf, segment));
    if (m_runs.size() >= kRunsMax) {
        m_runs.clear();
    }
    m_runs.emplace(segment, runs);
    return runs;
}

Result<std::vector<Run>> KeptLanes::runsOver(std::int64_t branch, OpCounter first, OpCounter last) {
    const bool isOne = first == last;
    if (const auto known = m_runsAt.find({branch, first}); isOne && known != m_runsAt.end()) {
        return known->second;
    }
    std::vector<Run> runs;
    HZ_TRY(auto query,
           m_database.query("SELECT branch, first, last, segment FROM run WHERE branch = ?1 AND span = ?2"
                            " AND first > ?3 - ?2 AND first <= ?4 AND last >= ?3"));
    for (const std::uint64_t span : kRunSpans) {
        query.bind(branch, span, first, last);
        HZ_CHECK(readAll(query, runOf, runs));
    }
    std::sort(runs.begin(), runs.end(), [](const Run& a, const Run& b) {
        return std::tie(a.segment, a.first) < std::tie(b.segment, b.first);
    });
    if (isOne) {
        if (m_runsAt.size() >= kPlacesMax) {
            m_runsAt.clear();
        }
        m_runsAt.emplace(OpRef{branch, first}, runs);
    }
    return runs;
}

Result<void> KeptLanes::addRun(const Run& run) {
    m_runs.erase(run.segment);
    m_runsAt.erase(m_runsAt.lower_bound({run.branch, run.first}),
                   m_runsAt.upper_bound({run.branch, run.last}));
    return change(m_database,
                  "INSERT OR REPLACE INTO run(branch, span, first, segment, last) VALUES(?1, ?2, ?3, ?4, ?5)",
                  run.branch, spanOf(run), run.first, run.segment, run.last);
}

// -- tails

// Asked at every edit: a tail has no gaps, so its ends tell its length without a walk through its ops.
Result<std::uint64_t*> KeptLanes::storedTail(const LaneId& lane) {
    if (const auto known = m_storedTails.find(lane); known != m_storedTails.end()) {
        return &known->second;
    }
    HZ_TRY(const std::optional<std::uint64_t> count,
           selectOne(
               m_database,
               "SELECT ifnull(sum((SELECT max(counter) FROM tail WHERE branch = branch.id)"
               " - (SELECT min(counter) FROM tail WHERE branch = branch.id) + 1), 0) FROM branch WHERE lane "
               "= ?1",
               [](Columns& row) { return row.number(); }, lane));
    return &m_storedTails.emplace(lane, count.value_or(0)).first->second;
}

Result<std::uint64_t> KeptLanes::tailCount(const LaneId& lane) {
    HZ_TRY(const std::uint64_t* stored, storedTail(lane));
    const auto fresh = m_newTails.find(lane);
    return *stored + (fresh != m_newTails.end() ? fresh->second.size() : 0);
}

Result<void> KeptLanes::flushTail() {
    for (const auto& [lane, ops] : m_newTails) {
        for (const auto& [ref, row] : ops) {
            HZ_CHECK(change(m_database,
                            "INSERT INTO tail(branch, counter, id, rank, op) VALUES(?1, ?2, ?3, ?4, ?5)",
                            ref.branch, ref.counter, row.id, row.rank, encode(StoredOp{row.op})));
        }
        if (const auto stored = m_storedTails.find(lane); stored != m_storedTails.end()) {
            stored->second += ops.size();
        }
    }
    m_newTails.clear();
    m_newBytes = 0;
    return {};
}

Result<void> KeptLanes::addTail(const TailRow& row) {
    if (m_newBytes >= kTailBytesMax) {
        HZ_CHECK(flushTail());
    }
    m_newTails[row.lane].emplace(row.ref, row);
    m_newBytes += 300 + row.op.value.encoded().size() + row.op.seen.size() * sizeof(SeenDot);
    return {};
}

// CROSS JOIN fixes the order of the loops: from the few branches of a lane to their tails.
Result<std::vector<TailRow>> KeptLanes::tail(const LaneId& lane) {
    HZ_TRY(const std::uint64_t* stored, storedTail(lane));
    std::vector<TailRow> rows;
    if (*stored > 0) {
        HZ_TRY(rows,
               selectAll(m_database,
                         "SELECT branch.id, counter, lane, op, tail.id, rank FROM branch CROSS JOIN tail"
                         " ON tail.branch = branch.id WHERE lane = ?1 ORDER BY counter, branch.id",
                         tailOf, lane));
    }
    if (const auto fresh = m_newTails.find(lane); fresh != m_newTails.end()) {
        for (const auto& [ref, row] : fresh->second) {
            rows.push_back(row);
        }
    }
    std::sort(rows.begin(), rows.end(), [](const TailRow& a, const TailRow& b) {
        return std::tie(a.ref.counter, a.ref.branch) < std::tie(b.ref.counter, b.ref.branch);
    });
    return rows;
}

Result<std::optional<TailRow>> KeptLanes::tailOp(OpRef ref) {
    for (const auto& [lane, ops] : m_newTails) {
        if (const auto known = ops.find(ref); known != ops.end()) {
            return std::optional<TailRow>(known->second);
        }
    }
    // Most lanes are those of others, and have no tail.
    if (const auto branch = m_branches.find(ref.branch); branch != m_branches.end() && branch->second) {
        HZ_TRY(const std::uint64_t* stored, storedTail(branch->second->lane));
        if (*stored == 0) {
            return std::optional<TailRow>{};
        }
    }
    return selectOne(m_database,
                     "SELECT branch.id, counter, lane, op, tail.id, rank FROM tail CROSS JOIN branch"
                     " ON branch.id = tail.branch WHERE tail.branch = ?1 AND counter = ?2",
                     tailOf, ref.branch, ref.counter);
}

Result<void> KeptLanes::eraseTail(const LaneId& lane, OpCounter upTo) {
    if (const auto fresh = m_newTails.find(lane); fresh != m_newTails.end()) {
        std::erase_if(fresh->second, [&](const auto& entry) { return entry.first.counter <= upTo; });
    }
    if (std::all_of(m_newTails.begin(), m_newTails.end(),
                    [](const auto& ofLane) { return ofLane.second.empty(); })) {
        m_newBytes = 0;
    }
    HZ_TRY(const std::uint64_t* stored, storedTail(lane));
    if (*stored == 0) {
        return {};
    }
    m_storedTails.erase(lane);
    return change(
        m_database,
        "DELETE FROM tail WHERE branch IN (SELECT id FROM branch WHERE lane = ?1) AND counter <= ?2", lane,
        upTo);
}

}  // namespace hezhang::sync
