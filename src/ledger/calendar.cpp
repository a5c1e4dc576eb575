// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/calendar.h"

#include <algorithm>
#include <cstdio>
#include <tuple>

#include "src/ledger/holiday_file.h"
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

enum class Says : std::uint8_t { nothing, off, work };

Says saysOf(const HolidayTable& table, Date day) {
    if (std::binary_search(table.makeUp.begin(), table.makeUp.end(), day)) {
        return Says::work;
    }
    const bool isOff = std::any_of(table.off.begin(), table.off.end(),
                                   [&](const DaysOff& off) { return off.first <= day && day <= off.last; });
    return isOff ? Says::off : Says::nothing;
}

// By year, then region: the nation's is the empty one.
auto placeOf(const HolidayTable& table) {
    return std::tie(table.year, table.region);
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

int Date::daysSince(const Date& other) const {
    return static_cast<int>((m_days - other.m_days).count());
}

Date beijingDay(WallMs at) {
    using std::chrono::milliseconds;
    const std::chrono::sys_time<milliseconds> there(milliseconds(at) + std::chrono::hours(8));
    return Date(std::chrono::floor<days>(there));
}

Date Date::isoWeekSunday() const {
    return plusDays(7 - weekday());
}

WorkCalendar::WorkCalendar() {
    static const auto builtIn = std::make_shared<const std::vector<HolidayTable>>(builtInHolidays());
    m_tables = builtIn;
}

WorkCalendar::WorkCalendar(std::vector<HolidayTable> tables) {
    for (const HolidayTable& own : builtInHolidays()) {
        const bool isReplaced = std::any_of(tables.begin(), tables.end(), [&](const HolidayTable& table) {
            return placeOf(table) == placeOf(own);
        });
        if (!isReplaced) {
            tables.push_back(own);
        }
    }
    std::sort(tables.begin(), tables.end(),
              [](const HolidayTable& a, const HolidayTable& b) { return placeOf(a) < placeOf(b); });
    m_tables = std::make_shared<const std::vector<HolidayTable>>(std::move(tables));
}

const HolidayTable* WorkCalendar::table(int year, std::string_view region) const {
    const auto found = std::find_if(m_tables->begin(), m_tables->end(), [&](const HolidayTable& one) {
        return one.year == year && one.region == region;
    });
    return found == m_tables->end() ? nullptr : &*found;
}

bool WorkCalendar::isAnnounced(int year) const {
    const HolidayTable* const nation = table(year);
    if (nation == nullptr) {
        return false;
    }
    return std::all_of(m_tables->begin(), m_tables->end(), [&](const HolidayTable& one) {
        const bool isAwaited = one.year < year && table(year, one.region) == nullptr;
        return !isAwaited && (one.year != year || !one.isProvisional);
    });
}

bool WorkCalendar::isWorkingDay(Date day) const {
    Says regions = Says::nothing;
    Says nation = Says::nothing;
    // The later year's word is the later one.
    for (const HolidayTable& table : *m_tables) {
        if (table.year != day.year() && table.year != day.year() + 1) {
            continue;
        }
        const Says said = saysOf(table, day);
        Says& known = table.region.empty() ? nation : regions;
        known = said == Says::nothing ? known : said;
    }
    const Says stands = regions == Says::nothing ? nation : regions;
    return stands == Says::nothing ? day.weekday() <= 5 : stands == Says::work;
}

WorkingDay WorkCalendar::addWorkingDays(Date start, int count) const {
    HZ_ASSERT(count >= 0 && count <= kCountMax);
    WorkingDay found{start, !isAnnounced(start.year())};
    while (count > 0) {
        const Date next = found.date.plusDays(1);
        if (next == found.date) {
            break;  // the end of the calendar
        }
        found.date = next;
        found.provisional = found.provisional || !isAnnounced(next.year());
        if (isWorkingDay(next)) {
            --count;
        }
    }
    return found;
}

WorkingDay WorkCalendar::lastWorkingDayOnOrBefore(Date day) const {
    WorkingDay found{day, !isAnnounced(day.year())};
    for (int steps = 0; steps < 366 && !isWorkingDay(found.date); ++steps) {
        found.date = found.date.plusDays(-1);
        found.provisional = found.provisional || !isAnnounced(found.date.year());
    }
    return found;
}

}  // namespace hezhang::ledger
