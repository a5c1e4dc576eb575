// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The working days of a county: what the program brings, and before it the notices that the office has
// loaded, each the record of register `holidays` of a year and region. A region's table counts for the county
// that loaded it.
//
// Shape:   a record whose text is no table of its year and region (written by hand, by a later version), or
// that is
//          in conflict, counts as provisional, so that nothing is promised by it.
// Errors:  those of Home::edit; storage errors.
// Threads: those of the home.
#pragma once

#include "src/ledger/holiday_file.h"
#include "src/ledger/home.h"

namespace hezhang::ledger {

inline constexpr std::string_view kHolidayRegister = "holidays";

struct CountyHolidays {
    RecordId record;
    HolidayTable table;
    std::string problem;  // why it is provisional, English; empty: it stands as it is
};
// By year and region.
[[nodiscard]] Result<std::vector<CountyHolidays>> countyHolidays(Home& home);

[[nodiscard]] WorkCalendar calendarOf(const std::vector<CountyHolidays>& loaded);
[[nodiscard]] Result<WorkCalendar> calendarOf(Home& home);

// For everybody in the county. What stands so already is not written again.
[[nodiscard]] Result<RecordId> loadHolidays(Home& home, const HolidayTable& table);

}  // namespace hezhang::ledger
