// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What townships and departments write: filings with evidence. Each call is one transaction.
//
// Errors:  those of Home::edit; ambiguous and notFound for names; fileTooLarge.
// Threads: those of the home.
#pragma once

#include <map>

#include "src/ledger/queries.h"
#include "src/ledger/tallies.h"

namespace hezhang::ledger {

struct FilingRequest {
    RecordId task{};
    RecordId unit{};
    RecordId window{};
    std::optional<std::string> text{};
    std::optional<std::string> status{};
    std::optional<std::int64_t> percent{};
    std::optional<std::int64_t> count{};       // increments done_count
    std::vector<std::string> evidence{};       // paths
    std::vector<TallyEdit> tallies{};        // of this task, unit and window: those of the edits are not looked at
    bool isSubmitted = false;                // submit what then stands
    // What the form showed, by field; a field that is not here: what is shown now.
    std::map<std::string, std::vector<std::string>> seen{};
    std::optional<RecordId> draft{};           // this draft is saved with it
};
struct FilingAnswer {
    RecordId record;                         // the filing; where only tallies were written: the last tally
    bool isLate = false;                     // the window is closed: kept, and goes in late
};
[[nodiscard]] Result<FilingAnswer> file(Home& home, const FilingRequest& request);

// Which filing record belongs to (task, unit, window): the one that is there, or has a draft here, in either scope; else the shared
// one where the task is shared. Units go on with each other's work (succession.h): of a unit that stands for others it is also the one
// that just one of them has begun; where the task still names a unit that was split, the filing of that one.
[[nodiscard]] Result<sync::RecordKey> filingKey(Home& home, const RecordId& task, const RecordId& unit, const RecordId& window);

}  // namespace hezhang::ledger
