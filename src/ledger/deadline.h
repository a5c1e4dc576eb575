// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What a 完成时限 cell means: a date, a recurring rule, an ongoing duty, or something a person must decide.
//
// Shape:   `due` is the calendar date that is written, inclusive, never moved to a working day; the last
// working
//          day before it stands beside it. A month is its last day; 上旬/中旬/下旬 are the 10th, 20th, last
//          day. A recurring rule gives its next date on or after the reference date. Of several dates the
//          first on or after the reference date is due (the last one when all are past), the others are in
//          `others`.
// Limits:  text beyond 500 characters is not read.
// Errors:  none: what cannot be computed has no date, never an invented one, and a note that says so.
// Threads: pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "src/ledger/calendar.h"

namespace hezhang::ledger {

enum class Recurrence { none, ongoing, yearly, halfYearly, quarterly, monthly, weekly };

// none ongoing yearly half-yearly quarterly monthly weekly
[[nodiscard]] std::string_view name(Recurrence recurrence);
[[nodiscard]] std::optional<Recurrence> recurrenceNamed(std::string_view name);

struct Deadline {
    std::optional<Date> due;
    Recurrence recurrence = Recurrence::none;
    std::string note;  // English, empty when there is nothing to add
    std::vector<Date> others;
    std::optional<WorkingDay> lastWorkingDay;  // on or before `due`
    bool isProvisional = false;  // `due` was counted in working days through a year that is not announced
    bool doubtful = false;  // a part was not understood, or names no day that exists; the note says which
};

// What dates are counted from.
struct DeadlineBasis {
    Date reference;
    std::optional<int> planYear =
        std::nullopt;  // of months and days without a year; else the reference date's
    WorkCalendar calendar = {};
};

[[nodiscard]] Deadline parseDeadline(std::string_view text, const DeadlineBasis& basis);

// True if the text is a deadline and nothing else: how an importer knows such a cell.
[[nodiscard]] bool readsAsDeadline(std::u16string_view text);

}  // namespace hezhang::ledger
