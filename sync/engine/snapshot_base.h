// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What the state of a replica stands on that began with a snapshot: the state at a position, as loose ops (store.h) and the few rows
// here. Entries of the log that the snapshot covered are not applied again; the rest is.
//
// Shape:   docs/sync-model.md section 14. One small value of the store; empty once the whole history is here.
// Errors:  what the store fails with.
// Threads: that of its store.
#pragma once

#include <set>

#include "sync/store/store.h"

namespace hezhang::sync {

// Small values of a snapshot on its way: of a county those it gives away, of a replica what has come of it.
inline constexpr std::string_view kSnapshotKeys = "snapshot/";
inline constexpr std::string_view kSnapshotList = "snapshot/list";       // county
inline constexpr std::string_view kSnapshotComing = "snapshot/coming";   // replica

struct SnapshotBase {
    FormatVersion<> version;
    std::uint64_t position = 0;             // entries [0, position) were taken into account
    std::vector<std::uint64_t> covered;     // those that came with it, ascending
    std::vector<std::pair<OpRef, OpRef>> named;   // a live delete, and what it named
    std::vector<OpRef> early;
    bool isCompacted = false;               // made of the own state (compaction.h)

    [[nodiscard]] bool covers(std::uint64_t entry) const;

    template <class Archive>
    void serialize(Archive& archive) {
        archive(version, position, covered, named, early, isCompacted);
    }
};

// nullopt: the whole history is here.
[[nodiscard]] Result<std::optional<SnapshotBase>> snapshotBase(Store& store);
// REQUIRES: inside a write transaction (so are those below).
[[nodiscard]] Result<void> setSnapshotBase(Store& store, const SnapshotBase& base);
// The base and all loose ops are gone: what they say follows from the log, or the replica begins anew.
[[nodiscard]] Result<void> dropSnapshotBase(Store& store);
// The projection rows of the base. REQUIRES: the projection is empty.
[[nodiscard]] Result<void> putBack(Store& store, const SnapshotBase& base);

// What the state has of an op.
struct OpStanding {
    LooseRow::Role role = LooseRow::Role::past;
    Rank rank = 0;                  // live
    Order order;                    // live
    Reason reason = Reason::none;   // aside
};
// nullopt: the state stands without this op. It needs what is live or set aside, deletes (others name them), and the past of what is
// contested, which `past` tells.
[[nodiscard]] Result<std::optional<OpStanding>> standingOf(Store& store, OpRef ref, const Op& op, const std::set<OpRef>& past);

}  // namespace hezhang::sync
