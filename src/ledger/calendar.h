// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Civil dates, and which of them are working days in China's offices.
//
// Shape:   a day is a working day if it is a listed make-up day, or Monday to Friday and no listed holiday.
// Limits:  years 1 to 9999. The State Council's notices are known for 2022 to 2026; a later or earlier year
// has
//          weekends only, and every answer that touched it is `provisional`. Regional holidays (开斋节,
//          古尔邦节) are announced by the region each year and are handed in as a RegionalDays table.
// Threads: values, constant tables.
// Source:  the yearly notices of the State Council's General Office, named in calendar.cpp.
#pragma once

#include <chrono>
#include <compare>
#include <optional>
#include <set>
#include <string>
#include <string_view>

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

    friend auto operator<=>(const Date&, const Date&) = default;

private:
    explicit Date(std::chrono::sys_days days) : m_days(days) {}
    std::chrono::sys_days m_days;
};

// What a region announces on top of the nation's table.
struct RegionalDays {
    std::set<Date> holidays;
    std::set<Date> makeUpDays;
};

// A day found by counting, and whether a year without a table was touched on the way.
struct WorkingDay {
    Date date;
    bool provisional = false;
};

class WorkCalendar {
public:
    WorkCalendar() = default;
    explicit WorkCalendar(RegionalDays regional) : m_regional(std::move(regional)) {}

    [[nodiscard]] bool isWorkingDay(Date day) const;
    // True for a year whose holidays are known; its notice number is then noticeOf().
    [[nodiscard]] static bool hasTableFor(int year);
    [[nodiscard]] static std::string_view noticeOf(int year);

    // The count-th working day after `start`, which is not counted itself. REQUIRES: 0 <= count <= 10,000.
    [[nodiscard]] WorkingDay addWorkingDays(Date start, int count) const;
    [[nodiscard]] WorkingDay lastWorkingDayOnOrBefore(Date day) const;

private:
    RegionalDays m_regional;
};

}  // namespace hezhang::ledger
