// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The file form of a notice on days off: what lies in schema/holidays, what an office loads, and what the
// county's record of a year holds.
//
// Shape:   {"year", "region", "notice", "title", "issued", "provisional", "off": [{"name", "from", "to"}…],
//          "work": ["2026-01-04"…]}; region (absent: the nation), issued and provisional (false) may be
//          absent. Dates are ISO. `off` may be empty where days are only worked, `work` where none is made
//          up.
// Limits:  kHolidayFileBytesMax; kHolidayRangesMax of each list; days from 1 December of the year before to
//          31 December of the year; days in a row kDaysOffMax.
// Errors:  badInput with file and line or path: an unknown, missing or doubled key, no such day, a day of
//          another year, an end before its start, a day that stands twice, a day that is off and made up,
//          a day made up that is a working day already (Monday to Friday; not of a region, which may take
//          back what the nation gives); tooLarge.
// Threads: pure functions.
#pragma once

#include "src/ledger/calendar.h"
#include "sync/base/result.h"

namespace hezhang::ledger {

inline constexpr std::size_t kHolidayFileBytesMax = 8 * 1000;
inline constexpr std::size_t kHolidayRangesMax = 40;
inline constexpr int kDaysOffMax = 31;

// `fileName` only stands in errors.
[[nodiscard]] Result<HolidayTable> parseHolidays(std::string_view json, std::string_view fileName);
// One spelling of a table, which parses to the same.
[[nodiscard]] std::string holidaysText(const HolidayTable& table);

// schema/holidays/*.json, as they were when the program was built; by year.
[[nodiscard]] const std::vector<HolidayTable>& builtInHolidays();

}  // namespace hezhang::ledger
