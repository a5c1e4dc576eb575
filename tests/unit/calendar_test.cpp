// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/calendar.h"

#include <gtest/gtest.h>

namespace hezhang::ledger {
namespace {

Date day(std::string_view iso) {
    return Date::parse(iso).value();
}

int workingDaysIn(int year) {
    const WorkCalendar calendar;
    int count = 0;
    for (Date d = *Date::of(year, 1, 1); d.year() == year; d = d.plusDays(1))
        count += calendar.isWorkingDay(d);
    return count;
}

TEST(Date, ReadsOnlyStrictIsoDaysThatExist) {
    EXPECT_EQ(day("2024-02-29").text(), "2024-02-29");
    for (const auto* bad : {"2023-02-29", "2023-2-01", "2023-13-01", "2023-00-10", "20230101", "2023-01-01 ",
                            "", "2023/01/01", "abcd-ef-gh", "0000-01-01", "2023-01-32"})
        EXPECT_FALSE(Date::parse(bad)) << bad;
}

TEST(Date, KnowsWeekdaysMonthEndsAndIsoWeeks) {
    EXPECT_EQ(day("2023-12-10").weekday(), 7);
    EXPECT_EQ(day("2022-09-10").weekday(), 6);
    EXPECT_EQ(Date::lastOfMonth(2024, 2), day("2024-02-29"));
    EXPECT_EQ(Date::lastOfMonth(2023, 2), day("2023-02-28"));
    EXPECT_EQ(day("2022-12-31").isoWeekSunday(), day("2023-01-01"));
    EXPECT_EQ(day("2023-01-01").isoWeekSunday(), day("2023-01-01"));
    EXPECT_EQ(day("2023-01-31").plusMonths(1), day("2023-02-28"));
    EXPECT_EQ(day("2023-11-30").plusMonths(3), day("2024-02-29"));
}

TEST(Date, StopsAtTheEndsOfTheCalendar) {
    EXPECT_EQ(day("9999-12-31").plusDays(5), day("9999-12-31"));
    EXPECT_EQ(day("0001-01-01").plusDays(-5), day("0001-01-01"));
}

TEST(WorkCalendar, HasTheWorkingDaysOfTheNotices) {
    EXPECT_EQ(workingDaysIn(2022), 249);
    EXPECT_EQ(workingDaysIn(2023), 249);
    EXPECT_EQ(workingDaysIn(2024), 251);
    EXPECT_EQ(workingDaysIn(2025), 248);
    EXPECT_EQ(workingDaysIn(2026), 248);
}

TEST(WorkCalendar, CountsOverHolidaysAndMakeUpDays) {
    const WorkCalendar calendar;
    EXPECT_EQ(calendar.addWorkingDays(day("2024-02-08"), 3).date, day("2024-02-19"));
    EXPECT_EQ(calendar.addWorkingDays(day("2025-01-24"), 20).date, day("2025-02-27"));
    EXPECT_EQ(calendar.addWorkingDays(day("2026-02-13"), 10).date, day("2026-03-05"));
    EXPECT_EQ(calendar.addWorkingDays(day("2026-02-13"), 0).date, day("2026-02-13"));
}

TEST(WorkCalendar, WorksOnTheThirdOfJanuary2023AndRestsOnTheLastOf2022) {
    const WorkCalendar calendar;
    EXPECT_TRUE(calendar.isWorkingDay(day("2023-01-03")));
    EXPECT_FALSE(calendar.isWorkingDay(day("2022-12-31")));
    EXPECT_TRUE(calendar.isWorkingDay(day("2024-02-04")));
}

TEST(WorkCalendar, FindsTheLastWorkingDayOnOrBefore) {
    const WorkCalendar calendar;
    EXPECT_EQ(calendar.lastWorkingDayOnOrBefore(day("2023-12-10")).date, day("2023-12-08"));
    EXPECT_EQ(calendar.lastWorkingDayOnOrBefore(day("2022-09-10")).date, day("2022-09-09"));
    EXPECT_EQ(calendar.lastWorkingDayOnOrBefore(day("2023-12-31")).date, day("2023-12-29"));
    EXPECT_EQ(calendar.lastWorkingDayOnOrBefore(day("2023-11-30")).date, day("2023-11-30"));
}

TEST(WorkCalendar, SaysProvisionalWhereAYearHasNoTable) {
    const WorkCalendar calendar;
    EXPECT_FALSE(calendar.addWorkingDays(day("2026-12-20"), 5).provisional);
    EXPECT_TRUE(calendar.addWorkingDays(day("2026-12-28"), 10).provisional);
    EXPECT_TRUE(calendar.lastWorkingDayOnOrBefore(day("2019-12-31")).provisional);
    EXPECT_EQ(WorkCalendar::noticeOf(2023), "国办发明电〔2022〕16号");
    EXPECT_TRUE(WorkCalendar::noticeOf(2030).empty());
}

TEST(WorkCalendar, TakesARegionsOwnHolidays) {
    const WorkCalendar calendar(RegionalDays{{day("2023-04-21")}, {day("2023-04-22")}});
    EXPECT_FALSE(calendar.isWorkingDay(day("2023-04-21")));
    EXPECT_TRUE(calendar.isWorkingDay(day("2023-04-22")));
}

}  // namespace
}  // namespace hezhang::ledger
