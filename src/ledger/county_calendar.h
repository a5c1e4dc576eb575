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

// The problem of a record in conflict.
inline constexpr std::string_view kSeveralTables =
    "several tables were loaded at the same time: settle the conflict";

struct CountyHolidays {
    RecordId record;
    HolidayTable table;
    std::string problem;  // why it is provisional, English; empty: it stands as it is
};
// By year and region.
[[nodiscard]] Result<std::vector<CountyHolidays>> countyHolidays(Home& home);

[[nodiscard]] WorkCalendar calendarOf(const std::vector<CountyHolidays>& loaded);
[[nodiscard]] Result<WorkCalendar> calendarOf(Home& home);

// The same with one more table, as it would be once that is loaded.
[[nodiscard]] WorkCalendar calendarWith(std::vector<CountyHolidays> loaded, const HolidayTable& table);

// The days from 1 December before a year to its end on which two calendars differ, by what the second says.
struct CalendarChange {
    std::vector<Date> off;     // worked before
    std::vector<Date> worked;  // off before
};
[[nodiscard]] CalendarChange calendarChange(const WorkCalendar& before, const WorkCalendar& after, int year);

// For everybody in the county. What stands so already is not written again.
[[nodiscard]] Result<RecordId> loadHolidays(Home& home, const HolidayTable& table);

}  // namespace hezhang::ledger
