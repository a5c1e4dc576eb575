// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What stands beside a window: reports of which edits were set aside, most of them because they came after it
// was closed, and those that the office has admitted, by whom and why.
//
// Shape:   a row is what one unit has reported of one task: its filing, and what it has counted towards the
//          task's targets in this window, together. Counts of no window stand beside none.
// Errors:  unknownRecord; storage errors.
// Threads: those of the home.
#pragma once

#include "src/office/window_filings.h"

namespace hezhang::office {

struct Admission {
    std::string reason;
    ledger::Authorship by;
};
// What waits of one target; a figure that nobody set is 0 or nullopt.
struct LateCount {
    std::string words;  // of the target, as they were counted under
    std::int64_t done = 0;
    std::int64_t cases = 0;
    std::optional<std::int64_t> percent;
};
struct LateFiling {
    RecordId filing;  // none: only counts came
    RecordId task;
    std::int64_t serial = 0;
    std::string taskItem;
    RecordId unit;
    std::string unitName;
    std::vector<Hash> aside;          // edits that wait for the office
    std::string text;                 // of the last set-aside edit of the text; empty where there is none
    std::vector<LateCount> counts;    // of set-aside edits, in their order
    ledger::Authorship by;            // of the last of them
    std::vector<Admission> admitted;  // one a person and reason
};
// By serial, then by the unit's name.
[[nodiscard]] Result<std::vector<LateFiling>> lateFilings(ledger::Home& home, const RecordId& window);

}  // namespace hezhang::office
