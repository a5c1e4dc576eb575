// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What write transactions have read and changed of lanes, tails and small values, in memory, as KeptState has
// the projection: the tips that every op moves, and the ops of a tail, which may be sealed before they were
// ever written. Private to SqliteStore.
//
// Limits:  kTailBytesMax of new ops of tails, kValuesMax small values of kValueMax bytes; lanes and branches
// that were asked for, of which the next transaction finds at most kLanesMax. Errors, threads: as KeptState.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "sync/store/kept_state.h"

namespace hezhang::sync {

class KeptLanes {
public:
    static constexpr std::size_t kTailBytesMax = 4 * 1024 * 1024;
    static constexpr std::size_t kLanesMax = 8192;
    static constexpr std::size_t kValuesMax = 256;
    static constexpr std::size_t kValueMax = 4096;

    explicit KeptLanes(storage::Database& database) : m_database(database) {}

    // Writes what has changed.
    [[nodiscard]] Result<void> flush();
    void forget();
    void trim();

    // -- as in Store
    [[nodiscard]] Result<std::optional<Bytes>> meta(std::string_view key);
    [[nodiscard]] Result<void> setMeta(std::string_view key, BytesView value);
    [[nodiscard]] Result<void> eraseMetas(std::string_view start);
    [[nodiscard]] Result<std::optional<LaneRow>> lane(const LaneId& lane);
    [[nodiscard]] Result<std::optional<LaneRow>> openLane(const std::string& scope);
    [[nodiscard]] Result<void> putLane(const LaneRow& row);
    [[nodiscard]] Result<std::vector<BranchRow>> branches(const LaneId& lane);
    [[nodiscard]] Result<std::optional<BranchRow>> branch(std::int64_t id);
    [[nodiscard]] Result<std::int64_t> addBranch(const BranchRow& row);
    [[nodiscard]] Result<void> setTip(std::int64_t branch, OpCounter tip);
    [[nodiscard]] Result<std::vector<Run>> runsOf(const Hash& segment);
    [[nodiscard]] Result<std::vector<Run>> runsOver(std::int64_t branch, OpCounter first, OpCounter last);
    [[nodiscard]] Result<void> addRun(const Run& run);
    [[nodiscard]] Result<void> addTail(const TailRow& row);
    [[nodiscard]] Result<std::vector<TailRow>> tail(const LaneId& lane);
    [[nodiscard]] Result<std::uint64_t> tailCount(const LaneId& lane);
    [[nodiscard]] Result<std::optional<TailRow>> tailOp(OpRef ref);
    [[nodiscard]] Result<void> eraseTail(const LaneId& lane, OpCounter upTo);

private:
    [[nodiscard]] Result<std::optional<LaneRow>*> loadLane(const LaneId& lane);
    [[nodiscard]] Result<std::optional<BranchRow>*> loadBranch(std::int64_t id);
    [[nodiscard]] Result<std::uint64_t*> storedTail(const LaneId& lane);
    [[nodiscard]] Result<void> flushTail();

    storage::Database& m_database;
    std::map<std::string, std::optional<Bytes>, std::less<>> m_values;
    std::map<LaneId, std::optional<LaneRow>> m_lanes;
    std::set<LaneId> m_movedLanes;
    std::map<std::string, std::optional<LaneId>> m_openLanes;  // by scope
    std::map<std::int64_t, std::optional<BranchRow>> m_branches;
    std::set<std::int64_t> m_movedBranches;
    std::map<LaneId, std::vector<std::int64_t>> m_branchesOf;
    std::map<Hash, std::vector<Run>> m_runs;
    std::map<OpRef, std::vector<Run>>
        m_runsAt;  // those that have this op: whoever was seen is looked up by each who saw him
    std::map<LaneId, std::uint64_t> m_storedTails;          // ops of the lane's tail in the table
    std::map<LaneId, std::map<OpRef, TailRow>> m_newTails;  // and those that are not there yet
    std::size_t m_newBytes = 0;
};

}  // namespace hezhang::sync
