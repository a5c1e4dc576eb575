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
    EXPECT_EQ(calendar.table(2023)->notice, "国办发明电〔2022〕16号");
    EXPECT_EQ(calendar.table(2030), nullptr);
}

// By hand, with the notice and a calendar sheet beside it.
TEST(WorkCalendar, CountsOverSpringFestivalNationalDayAndNewYear) {
    const struct {
        const char* start;
        int count;
        const char* end;
    } cases[] = {
        {"2025-09-26", 1, "2025-09-28"},  // a Sunday that is made up
        {"2025-09-26", 3, "2025-09-30"}, {"2025-09-26", 4, "2025-10-09"}, {"2025-09-26", 5, "2025-10-10"},
        {"2025-09-26", 6, "2025-10-11"},  // a Saturday that is made up
        {"2025-09-26", 7, "2025-10-13"}, {"2026-02-12", 2, "2026-02-14"}, {"2026-02-12", 3, "2026-02-24"},
        {"2026-02-12", 7, "2026-02-28"}, {"2026-02-12", 8, "2026-03-02"}, {"2022-12-29", 1, "2022-12-30"},
        {"2022-12-29", 2, "2023-01-03"},
    };
    const WorkCalendar calendar;
    for (const auto& one : cases) {
        const WorkingDay found = calendar.addWorkingDays(day(one.start), one.count);
        EXPECT_EQ(found.date, day(one.end)) << one.start << " + " << one.count;
        EXPECT_FALSE(found.provisional);
    }
}

HolidayTable tableOf(int year, std::string region, std::vector<DaysOff> off, std::vector<Date> makeUp) {
    return {year, std::move(region), "测试〔2026〕1号", "测试", "", false, std::move(off), std::move(makeUp)};
}

TEST(WorkCalendar, CountsALaterYearByTheTableThatWasLoaded) {
    EXPECT_EQ(WorkCalendar().addWorkingDays(day("2026-12-25"), 5).date, day("2027-01-01"));
    EXPECT_TRUE(WorkCalendar().addWorkingDays(day("2026-12-25"), 5).provisional);

    const WorkCalendar calendar(
        {tableOf(2027, "", {{"元旦", day("2027-01-01"), day("2027-01-03")}}, {day("2026-12-27")})});

    EXPECT_EQ(calendar.addWorkingDays(day("2026-12-25"), 5).date, day("2026-12-31"));
    EXPECT_EQ(calendar.addWorkingDays(day("2026-12-25"), 6).date, day("2027-01-04"));
    EXPECT_FALSE(calendar.addWorkingDays(day("2026-12-25"), 6).provisional);
    EXPECT_TRUE(calendar.isAnnounced(2027));
    EXPECT_FALSE(calendar.isAnnounced(2028));
    EXPECT_NE(calendar.table(2026), nullptr) << "the program's own years stay";
}

TEST(WorkCalendar, StaysProvisionalByATableThatSaysSo) {
    HolidayTable expected = tableOf(2027, "", {{"元旦", day("2027-01-01"), day("2027-01-03")}}, {});
    expected.isProvisional = true;
    const WorkingDay found = WorkCalendar({expected}).addWorkingDays(day("2026-12-31"), 1);
    EXPECT_EQ(found.date, day("2027-01-04"));
    EXPECT_TRUE(found.provisional);
}

TEST(WorkCalendar, PutsALoadedTableInThePlaceOfTheProgramsOwn) {
    // 2020 the feast was lengthened by a second notice.
    const WorkCalendar calendar({tableOf(2026, "", {{"春节", day("2026-02-15"), day("2026-02-25")}}, {})});
    EXPECT_EQ(calendar.addWorkingDays(day("2026-02-13"), 1).date, day("2026-02-26"));
    EXPECT_FALSE(calendar.isWorkingDay(day("2026-02-14"))) << "no Saturday is made up any more";
}

TEST(WorkCalendar, PutsWhatARegionSaysBeforeTheNation) {
    const WorkCalendar nation;
    EXPECT_EQ(nation.addWorkingDays(day("2025-03-28"), 3).date, day("2025-04-02"));

    const WorkCalendar calendar(
        {tableOf(2025, "测试区", {{"三月三", day("2025-03-31"), day("2025-04-01")}}, {day("2025-04-06")}),
         tableOf(2025, "测试州", {{"州庆", day("2025-04-27"), day("2025-04-27")}}, {})});

    EXPECT_EQ(calendar.addWorkingDays(day("2025-03-28"), 2).date, day("2025-04-03"));
    EXPECT_EQ(calendar.addWorkingDays(day("2025-03-28"), 3).date, day("2025-04-06"))
        << "within the nation's days off, made up by the region";
    EXPECT_TRUE(nation.isWorkingDay(day("2025-04-27")));
    EXPECT_FALSE(calendar.isWorkingDay(day("2025-04-27"))) << "made up by the nation, off in the region";
    EXPECT_TRUE(calendar.isAnnounced(2024));
    EXPECT_TRUE(calendar.isAnnounced(2025));
    EXPECT_FALSE(calendar.isAnnounced(2026)) << "the regions have not said their days yet";
}

}  // namespace
}  // namespace hezhang::ledger
