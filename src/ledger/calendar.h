// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Civil dates, and which of them are working days in China's offices.
//
// Shape:   a day is a working day if a notice makes it up, or it is Monday to Friday and no notice gives it
// off.
//          What a region says stands before what the nation says; of December the notice of the next year
//          stands before that of its own.
// Limits:  years 1 to 9999. An answer is `provisional` that touched a year without a notice, with a table
//          that says itself that it is none, or that a region of the calendar has not announced yet.
// Threads: values that do not change.
// Source:  schema/holidays, a file a year; what a county has loaded (county_calendar.h) stands before them.
#pragma once

#include <chrono>
#include <compare>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sync/base/clock_source.h"

namespace hezhang::ledger {

// A valid day of the Gregorian calendar, without time or zone.
class Date {
public:
    // Errors: nothing when the day does not exist.
    [[nodiscard]] static std::optional<Date> of(int year, int month, int day);
    // Strictly YYYY-MM-DD.
    [[nodiscard]] static std::optional<Date> parse(std::string_view iso);
    // The last day of a month. REQUIRES: 1 <= month <= 12, a year within the limits.
    [[nodiscard]] static Date lastOfMonth(int year, int month);

    [[nodiscard]] int year() const;
    [[nodiscard]] int month() const;
    [[nodiscard]] int day() const;
    [[nodiscard]] int weekday() const;  // 1 Monday … 7 Sunday
    [[nodiscard]] std::string text() const;

    // Stays within the limits: the first or last day of them is the furthest.
    [[nodiscard]] Date plusDays(int days) const;
    // The same day of a later month, or that month's last day.
    [[nodiscard]] Date plusMonths(int months) const;
    [[nodiscard]] Date isoWeekSunday() const;

    // From the other day to this one.
    [[nodiscard]] int daysSince(const Date& other) const;

    friend auto operator<=>(const Date&, const Date&) = default;

private:
    friend Date beijingDay(WallMs at);
    explicit Date(std::chrono::sys_days days) : m_days(days) {}
    std::chrono::sys_days m_days;
};

// The day it is in China at a moment, whatever the zone of this machine.
[[nodiscard]] Date beijingDay(WallMs at);

// Days off in a row, both ends among them.
struct DaysOff {
    std::string name;  // 春节
    Date first;
    Date last;
    bool operator==(const DaysOff&) const = default;
};

// What one notice says of a year.
struct HolidayTable {
    int year = 0;
    std::string region;  // empty: the nation
    std::string notice;  // its number, 国办发明电〔2025〕7号
    std::string title;
    std::string issued;          // ISO date, or empty
    bool isProvisional = false;  // not the notice itself: what is expected of it
    std::vector<DaysOff> off;    // by day
    std::vector<Date> makeUp;    // by day
    bool operator==(const HolidayTable&) const = default;
};

// A day found by counting, and whether a year that is not announced was touched on the way.
struct WorkingDay {
    Date date;
    bool provisional = false;
};

class WorkCalendar {
public:
    // What the program brings.
    WorkCalendar();
    // The same with these tables: one takes the place of the program's own for its year and region.
    explicit WorkCalendar(std::vector<HolidayTable> tables);

    [[nodiscard]] bool isWorkingDay(Date day) const;
    // True where the days off of a year are announced: by the nation, and by every region that is in here.
    [[nodiscard]] bool isAnnounced(int year) const;
    // By year, the nation's first.
    [[nodiscard]] const std::vector<HolidayTable>& tables() const { return *m_tables; }
    // nullptr if there is none.
    [[nodiscard]] const HolidayTable* table(int year, std::string_view region = "") const;

    // The count-th working day after `start`, which is not counted itself. REQUIRES: 0 <= count <= 10,000.
    [[nodiscard]] WorkingDay addWorkingDays(Date start, int count) const;
    [[nodiscard]] WorkingDay lastWorkingDayOnOrBefore(Date day) const;

private:
    std::shared_ptr<const std::vector<HolidayTable>> m_tables;
};

}  // namespace hezhang::ledger
