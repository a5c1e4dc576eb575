// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// When a home last had the county's valid answer. It stands in a small file beside the database, so that a
// round in which nothing is new writes nothing there: no commit, no sync of the disk, and whoever looks at
// the database for what others have committed finds nothing.
//
// Files:   FOLDER/last-sync: two numbers, blanks, the start of their hash; always of the same length.
// Errors:  fileUnwritable, storageFull.
// Threads: any. A reader beside a writer sees the one note or the other.
#pragma once

#include <optional>
#include <string>

#include "sync/base/clock_source.h"
#include "sync/base/result.h"
#include "sync/trust/suite.h"

namespace hezhang::ledger {

struct LastSync {
    WallMs at = 0;
    WallMs skewMs = 0;  // the county's clock less ours
    bool operator==(const LastSync&) const = default;
};

// Not synced to the disk: what a loss of power takes away is the newest note alone, and the one before it, or
// none, says less than is true. Nothing is decided by it.
[[nodiscard]] Result<void> writeLastSync(const std::string& folder, const sync::Suite& suite,
                                         const LastSync& note);
// nullopt: there is none, or it is damaged.
[[nodiscard]] std::optional<LastSync> readLastSync(const std::string& folder, const sync::Suite& suite);

}  // namespace hezhang::ledger
