// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The county's part of a repair: tells a replica what it lacks, gives it, and takes back what the county itself has lost.
//
// Shape:   docs/sync-model.md section 7, "Repair". Which entries are damaged here is found by inspect() and noted in the store; an entry is
//          taken back from anybody, for its leaf stands in the county's own tree, and a segment for its hash stands in its entry.
// Errors:  storage errors.
// Threads: that of its store. REQUIRES: inside a write transaction.
#pragma once

#include "sync/engine/hand_back.h"
#include "sync/engine/repair.h"

namespace hezhang::sync {

struct CountyDamage {
    std::vector<std::uint64_t> entries;    // positions of entries that are damaged, or whose segment is
    bool isTreeRebuilt = false;            // nodes of the tree were wrong, and follow from the entries again
    bool isStateRebuilt = false;
    bool isBeyondRepair = false;           // neither entries nor tree lead to the signed head: only a backup helps
};

class CountyRepair {
public:
    CountyRepair(Store& store, const Suite& suite, const Judge& judge, History& history, Projection& projection, LogApplier& applier,
                 CountyLog& log)
        : m_store(store), m_suite(suite), m_judge(judge), m_history(history), m_projection(projection), m_applier(applier), m_log(log) {}
    CountyRepair(const CountyRepair&) = delete;
    CountyRepair& operator=(const CountyRepair&) = delete;

    [[nodiscard]] Result<RepairAnswer> answer(const DeviceRow& device, const RepairRequest& request, WallMs now);
    // Looks at everything, notes what is damaged, and makes anew what follows from the rest.
    [[nodiscard]] Result<CountyDamage> inspect();

private:
    [[nodiscard]] Result<std::vector<std::uint64_t>> damaged();
    [[nodiscard]] Result<bool> isEntrySound(std::uint64_t position);
    [[nodiscard]] Result<void> takeGiven(const std::vector<ProvenEntry>& given);
    [[nodiscard]] Result<void> takeEntry(const ProvenEntry& proven);
    [[nodiscard]] Result<void> takeSegment(const ProvenEntry& proven, const Hash& hash);
    [[nodiscard]] Result<void> compare(const RepairRequest& request, RepairAnswer& answer);
    [[nodiscard]] Result<bool> isForReader(const DeviceRow& device, std::uint64_t position, const Hash& segment);
    [[nodiscard]] Result<void> addWanted(const DeviceRow& device, const RepairRequest& request, RepairAnswer& answer, WallMs now);
    [[nodiscard]] Result<bool> isTreeOf(const std::vector<Hash>& leaves);
    [[nodiscard]] Result<void> rebuildTree(const std::vector<Hash>& leaves);
    [[nodiscard]] Result<void> rebuildState();

    Store& m_store;
    const Suite& m_suite;
    const Judge& m_judge;
    History& m_history;
    Projection& m_projection;
    LogApplier& m_applier;
    CountyLog& m_log;
};

}  // namespace hezhang::sync
