// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What is new in a projection, for who derives something from it and notes how far it has come.
//
// Errors:  storage errors.
// Threads: those of the store.
#pragma once

#include <utility>
#include <vector>

#include "sync/store/sqlite_store.h"

namespace hezhang::sync {

struct LiveName {
    OpCounter counter = 0;
    RecordId record;
};
// The live rows of a branch with a counter above `after`, by counter, at most `limit`.
[[nodiscard]] Result<std::vector<LiveName>> liveAfter(SqliteStore& store, std::int64_t branch,
                                                      OpCounter after, std::size_t limit);

// Every branch of every lane, by id.
[[nodiscard]] Result<std::vector<BranchRow>> allBranches(SqliteStore& store);

}  // namespace hezhang::sync
