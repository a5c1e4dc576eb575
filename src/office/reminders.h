// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Texts to paste: to one unit what it has not submitted in a window, and one for all of them. They go where
// people talk (a work group, a telephone list), so they are Chinese, plain, without ranks or praise.
//
// Shape:   units as in the matrix; a unit's day is the earliest last day among what it still owes: more time
// that was
//          granted counts, and a text says so. A request for more time that waits is named too.
// Units:   days from today, Beijing time; negative: over.
// Errors:  those of missing().
// Threads: those of the home.
#pragma once

#include "src/office/windows.h"

namespace hezhang::office {

struct UnitReminder {
    RecordId unit;
    std::string unitName;
    std::string lastDay;  // ISO date
    int daysLeft = 0;
    std::vector<MissingRow> missing;  // by serial
    std::string text;                 // several lines, for this unit alone
};
struct Reminders {
    std::vector<UnitReminder> units;
    std::string text;  // for all; says so where nobody is missing
};
[[nodiscard]] Result<Reminders> reminders(ledger::Home& home, const RecordId& window);

}  // namespace hezhang::office
