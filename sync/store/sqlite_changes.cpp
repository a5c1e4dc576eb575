// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "sync/store/sqlite_changes.h"

#include "sync/store/sqlite_rows.h"

namespace hezhang::sync {

Result<std::vector<LiveName>> liveAfter(SqliteStore& store, std::int64_t branch, OpCounter after,
                                        std::size_t limit) {
    return selectAll(
        store.database(),
        "SELECT counter, record FROM live INDEXED BY live_op WHERE branch = ?1 AND counter > ?2"
        " ORDER BY counter LIMIT ?3",
        [](Columns& row) {
            return LiveName{row.number(), row.id<RecordId>()};
        },
        branch, after, limit);
}

Result<std::vector<BranchRow>> allBranches(SqliteStore& store) {
    return selectAll(store.database(), "SELECT id, lane, parent, fork, tip FROM branch ORDER BY id",
                     [](Columns& row) {
                         return BranchRow{row.signedNumber(), row.id<LaneId>(), row.signedNumber(),
                                          row.number(), row.number()};
                     });
}

}  // namespace hezhang::sync
