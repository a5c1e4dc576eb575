// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What this home has written, and how far each edit has come.
//
// Errors:  storage errors.
// Threads: those of the home.
#pragma once

#include "src/ledger/differences.h"

namespace hezhang::ledger {

struct OwnEdit {
    std::string dot;
    RecordId record;
    RecordPlace place;
    std::string field;
    std::string kind;  // assign add remove increment
    nlohmann::json value;
    WallMs at = 0;
    std::string verdict;  // local received accepted aside refused
    std::string reason;   // of aside and refused
};
struct OwnEdits {
    std::vector<OwnEdit> edits;
    std::size_t total = 0;  // that pass
};
// The latest first, at most `limit`, those that come after the edit `after` (a dot; empty: from the first
// on). `verdict`: only these, empty for all; aside has the refused ones too. Within a lane the order is that
// of writing, whatever the clock said; between lanes it is the clock's. Reads no more of the past than it
// needs.
[[nodiscard]] Result<OwnEdits> ownEdits(Home& home, const std::string& verdict, std::size_t limit,
                                        const std::string& after = {});

}  // namespace hezhang::ledger
