// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/calendar.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "sync/base/check.h"

namespace hezhang::ledger {

namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr int kYearMin = 1;
constexpr int kYearMax = 9999;
constexpr int kCountMax = 10'000;

constexpr sys_days civil(int year, unsigned month, unsigned day) {
    return sys_days(std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day));
}

struct Period {
    sys_days first;
    sys_days last;
};

struct Notice {
    int year;
    std::string_view number;
};

constexpr std::array kNotices = {
    Notice{2022, "国办发明电〔2021〕11号"},
    Notice{2023, "国办发明电〔2022〕16号"},
    Notice{2024, "国办发明电〔2023〕7号"},
    Notice{2025, "国办发明电〔2024〕12号"},
    Notice{2026, "国务院办公厅关于2026年部分节假日安排的通知（2025年11月4日）"},
};

constexpr std::array kHolidays = {
    // 2022
    Period{civil(2022, 1, 1), civil(2022, 1, 3)},
    Period{civil(2022, 1, 31), civil(2022, 2, 6)},
    Period{civil(2022, 4, 3), civil(2022, 4, 5)},
    Period{civil(2022, 4, 30), civil(2022, 5, 4)},
    Period{civil(2022, 6, 3), civil(2022, 6, 5)},
    Period{civil(2022, 9, 10), civil(2022, 9, 12)},
    Period{civil(2022, 10, 1), civil(2022, 10, 7)},
    // 2023
    Period{civil(2022, 12, 31), civil(2023, 1, 2)},
    Period{civil(2023, 1, 21), civil(2023, 1, 27)},
    Period{civil(2023, 4, 5), civil(2023, 4, 5)},
    Period{civil(2023, 4, 29), civil(2023, 5, 3)},
    Period{civil(2023, 6, 22), civil(2023, 6, 24)},
    Period{civil(2023, 9, 29), civil(2023, 10, 6)},
    // 2024
    Period{civil(2024, 1, 1), civil(2024, 1, 1)},
    Period{civil(2024, 2, 10), civil(2024, 2, 17)},
    Period{civil(2024, 4, 4), civil(2024, 4, 6)},
    Period{civil(2024, 5, 1), civil(2024, 5, 5)},
    Period{civil(2024, 6, 10), civil(2024, 6, 10)},
    Period{civil(2024, 9, 15), civil(2024, 9, 17)},
    Period{civil(2024, 10, 1), civil(2024, 10, 7)},
    // 2025
    Period{civil(2025, 1, 1), civil(2025, 1, 1)},
    Period{civil(2025, 1, 28), civil(2025, 2, 4)},
    Period{civil(2025, 4, 4), civil(2025, 4, 6)},
    Period{civil(2025, 5, 1), civil(2025, 5, 5)},
    Period{civil(2025, 5, 31), civil(2025, 6, 2)},
    Period{civil(2025, 10, 1), civil(2025, 10, 8)},
    // 2026
    Period{civil(2026, 1, 1), civil(2026, 1, 3)},
    Period{civil(2026, 2, 15), civil(2026, 2, 23)},
    Period{civil(2026, 4, 4), civil(2026, 4, 6)},
    Period{civil(2026, 5, 1), civil(2026, 5, 5)},
    Period{civil(2026, 6, 19), civil(2026, 6, 21)},
    Period{civil(2026, 9, 25), civil(2026, 9, 27)},
    Period{civil(2026, 10, 1), civil(2026, 10, 7)},
};

constexpr std::array kMakeUpDays = {
    // 2022
    civil(2022, 1, 29),
    civil(2022, 1, 30),
    civil(2022, 4, 2),
    civil(2022, 4, 24),
    civil(2022, 5, 7),
    civil(2022, 10, 8),
    civil(2022, 10, 9),
    // 2023
    civil(2023, 1, 28),
    civil(2023, 1, 29),
    civil(2023, 4, 23),
    civil(2023, 5, 6),
    civil(2023, 6, 25),
    civil(2023, 10, 7),
    civil(2023, 10, 8),
    // 2024
    civil(2024, 2, 4),
    civil(2024, 2, 18),
    civil(2024, 4, 7),
    civil(2024, 4, 28),
    civil(2024, 5, 11),
    civil(2024, 9, 14),
    civil(2024, 9, 29),
    civil(2024, 10, 12),
    // 2025
    civil(2025, 1, 26),
    civil(2025, 2, 8),
    civil(2025, 4, 27),
    civil(2025, 9, 28),
    civil(2025, 10, 11),
    // 2026
    civil(2026, 1, 4),
    civil(2026, 2, 14),
    civil(2026, 2, 28),
    civil(2026, 5, 9),
    civil(2026, 9, 20),
    civil(2026, 10, 10),
};

bool isNationalMakeUpDay(sys_days day) {
    return std::find(kMakeUpDays.begin(), kMakeUpDays.end(), day) != kMakeUpDays.end();
}

bool isNationalHoliday(sys_days day) {
    return std::any_of(kHolidays.begin(), kHolidays.end(),
                       [&](const Period& p) { return p.first <= day && day <= p.last; });
}

const Notice* findNotice(int year) {
    const auto at = std::find_if(kNotices.begin(), kNotices.end(), [&](auto& n) { return n.year == year; });
    return at == kNotices.end() ? nullptr : &*at;
}

std::optional<int> digits(std::string_view text) {
    int number = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') {
            return std::nullopt;
        }
        number = number * 10 + (c - '0');
    }
    return number;
}

year_month_day parts(sys_days day) {
    return year_month_day(day);
}

}  // namespace

std::optional<Date> Date::of(int year, int month, int day) {
    if (year < kYearMin || year > kYearMax || month < 1 || month > 12 || day < 1 || day > 31) {
        return std::nullopt;
    }
    const year_month_day made = std::chrono::year(year) / std::chrono::month(static_cast<unsigned>(month)) /
                                std::chrono::day(static_cast<unsigned>(day));
    if (!made.ok()) {
        return std::nullopt;
    }
    return Date(sys_days(made));
}

std::optional<Date> Date::parse(std::string_view iso) {
    if (iso.size() != 10 || iso[4] != '-' || iso[7] != '-') {
        return std::nullopt;
    }
    const auto year = digits(iso.substr(0, 4));
    const auto month = digits(iso.substr(5, 2));
    const auto day = digits(iso.substr(8, 2));
    if (!year || !month || !day) {
        return std::nullopt;
    }
    return of(*year, *month, *day);
}

Date Date::lastOfMonth(int year, int month) {
    HZ_ASSERT(year >= kYearMin && year <= kYearMax && month >= 1 && month <= 12);
    return Date(sys_days(std::chrono::year(year) / std::chrono::month(static_cast<unsigned>(month)) /
                         std::chrono::last));
}

int Date::year() const {
    return static_cast<int>(parts(m_days).year());
}
int Date::month() const {
    return static_cast<int>(static_cast<unsigned>(parts(m_days).month()));
}
int Date::day() const {
    return static_cast<int>(static_cast<unsigned>(parts(m_days).day()));
}
int Date::weekday() const {
    return static_cast<int>(std::chrono::weekday(m_days).iso_encoding());
}

std::string Date::text() const {
    char buffer[16];
    const int length = std::snprintf(buffer, sizeof buffer, "%04d-%02d-%02d", year(), month(), day());
    return {buffer, static_cast<std::size_t>(length)};
}

Date Date::plusDays(int count) const {
    static constexpr auto first = civil(kYearMin, 1, 1);
    static constexpr auto last = civil(kYearMax, 12, 31);
    return Date(std::clamp(m_days + days(count), first, last));
}

Date Date::plusMonths(int months) const {
    const int monthsFromZero = year() * 12 + month() - 1 + months;
    const int toYear = monthsFromZero / 12;
    const int toMonth = monthsFromZero % 12 + 1;
    if (toYear < kYearMin || toYear > kYearMax) {
        return *this;
    }
    const Date last = lastOfMonth(toYear, toMonth);
    return of(toYear, toMonth, std::min(day(), last.day())).value_or(last);
}

Date Date::isoWeekSunday() const {
    return plusDays(7 - weekday());
}

bool WorkCalendar::hasTableFor(int year) {
    return findNotice(year) != nullptr;
}

std::string_view WorkCalendar::noticeOf(int year) {
    const auto* notice = findNotice(year);
    return notice ? notice->number : std::string_view();
}

bool WorkCalendar::isWorkingDay(Date day) const {
    const auto at = civil(day.year(), static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
    if (m_regional.makeUpDays.contains(day)) {
        return true;
    }
    if (m_regional.holidays.contains(day)) {
        return false;
    }
    if (isNationalMakeUpDay(at)) {
        return true;
    }
    return day.weekday() <= 5 && !isNationalHoliday(at);
}

WorkingDay WorkCalendar::addWorkingDays(Date start, int count) const {
    HZ_ASSERT(count >= 0 && count <= kCountMax);
    WorkingDay found{start, !hasTableFor(start.year())};
    while (count > 0) {
        const Date next = found.date.plusDays(1);
        if (next == found.date) {
            break;  // the end of the calendar
        }
        found.date = next;
        found.provisional = found.provisional || !hasTableFor(next.year());
        if (isWorkingDay(next)) {
            --count;
        }
    }
    return found;
}

WorkingDay WorkCalendar::lastWorkingDayOnOrBefore(Date day) const {
    WorkingDay found{day, !hasTableFor(day.year())};
    for (int steps = 0; steps < 366 && !isWorkingDay(found.date); ++steps) {
        found.date = found.date.plusDays(-1);
        found.provisional = found.provisional || !hasTableFor(found.date.year());
    }
    return found;
}

}  // namespace hezhang::ledger
