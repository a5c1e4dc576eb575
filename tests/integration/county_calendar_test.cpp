// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A notice on days off that the office has loaded counts in every home of the county.
#include "src/ledger/county_calendar.h"

#include <gmock/gmock.h>

#include "src/ledger/queries.h"
#include "src/ledger/views.h"
#include "tests/support/county_box.h"

namespace hezhang::test {
namespace {

using ledger::HolidayTable;
using ledger::WorkCalendar;

ledger::Date day(std::string_view iso) {
    return ledger::Date::parse(iso).value();
}

HolidayTable table(int year, std::string region, std::vector<ledger::DaysOff> off) {
    return {year, std::move(region), "测试〔2026〕1号", "测试用放假安排", "", false, std::move(off), {}};
}

class CountyCalendar : public ::testing::Test {
protected:
    CountyCalendar() {
        office = county.enrol("office", "公开办", "马主任", "office");
        second = county.enrol("second", "公开办", "周干事", "office");
        town = county.enrol("town", "甲镇", "张三", "clerk");
    }
    void spread() {
        for (ledger::Home* home :
             {office.get(), second.get(), town.get(), office.get(), second.get(), town.get()}) {
            county.sync(*home);
        }
    }
    static WorkCalendar calendarOf(ledger::Home& home) { return taken(ledger::calendarOf(home)); }

    CountyBox county;
    std::unique_ptr<ledger::Home> office;
    std::unique_ptr<ledger::Home> second;
    std::unique_ptr<ledger::Home> town;
};

TEST_F(CountyCalendar, CountsByTheNoticeTheOfficeHasLoadedInEveryHome) {
    const RecordId task =
        county.newTask(*office, county.newLedger(*office), 1, "总结。", {"甲镇"}, "2027-01-03");
    spread();
    const auto before = taken(ledger::taskView(*town, task)).lastWorkingDay;
    ASSERT_TRUE(before);
    EXPECT_EQ(before->date, day("2027-01-01")) << "a Friday, as far as anybody knows";
    EXPECT_TRUE(before->provisional);

    taken(ledger::loadHolidays(*office, table(2027, "", {{"元旦", day("2027-01-01"), day("2027-01-03")}})));
    EXPECT_TRUE(calendarOf(*office).isAnnounced(2027)) << "before any sync";
    EXPECT_FALSE(calendarOf(*town).isAnnounced(2027));
    spread();

    const auto after = taken(ledger::taskView(*town, task)).lastWorkingDay;
    ASSERT_TRUE(after);
    EXPECT_EQ(after->date, day("2026-12-31"));
    EXPECT_FALSE(after->provisional);
}

TEST_F(CountyCalendar, TellsWhatATableWouldChangeBeforeItIsLoaded) {
    taken(ledger::loadHolidays(*office, table(2027, "", {{"元旦", day("2027-01-01"), day("2027-01-03")}})));
    const auto loaded = taken(ledger::countyHolidays(*office));
    HolidayTable corrected = table(2027, "", {{"元旦", day("2026-12-31"), day("2027-01-02")}});
    corrected.makeUp = {day("2026-12-26")};

    const auto change =
        ledger::calendarChange(ledger::calendarOf(loaded), ledger::calendarWith(loaded, corrected), 2027);

    EXPECT_THAT(change.off, ::testing::ElementsAre(day("2026-12-31")));
    EXPECT_THAT(change.worked, ::testing::ElementsAre(day("2026-12-26")));
    EXPECT_EQ(taken(ledger::countyHolidays(*office)).front().table, loaded.front().table);
}

TEST_F(CountyCalendar, TakesARegionsDaysForTheCountyThatLoadedThem) {
    EXPECT_EQ(calendarOf(*town).addWorkingDays(day("2026-04-20"), 1).date, day("2026-04-21"));
    const RecordId record = taken(ledger::loadHolidays(
        *office, table(2026, "测试区", {{"地方节", day("2026-04-21"), day("2026-04-22")}})));
    spread();
    EXPECT_EQ(calendarOf(*town).addWorkingDays(day("2026-04-20"), 1).date, day("2026-04-23"));
    EXPECT_TRUE(calendarOf(*town).isAnnounced(2026));

    ASSERT_TRUE(office->deleteRecord(record));
    spread();
    EXPECT_EQ(calendarOf(*town).addWorkingDays(day("2026-04-20"), 1).date, day("2026-04-21"));
}

TEST_F(CountyCalendar, WritesNothingWhereTheSameStandsAlready) {
    const HolidayTable same = table(2027, "", {{"元旦", day("2027-01-01"), day("2027-01-03")}});
    const RecordId record = taken(ledger::loadHolidays(*office, same));
    spread();
    EXPECT_EQ(taken(ledger::loadHolidays(*second, same)), record);
    EXPECT_FALSE(taken(second->hasTail()));
}

TEST_F(CountyCalendar, LetsOnlyTheOfficeLoadANotice) {
    const auto loaded =
        ledger::loadHolidays(*town, table(2027, "", {{"元旦", day("2027-01-01"), day("2027-01-03")}}));
    ASSERT_FALSE(loaded);
    EXPECT_EQ(loaded.error().code, ErrorCode::noRight);
    EXPECT_FALSE(calendarOf(*town).isAnnounced(2027));
}

TEST_F(CountyCalendar, PromisesNothingByTwoTablesThatWereLoadedAtOnce) {
    taken(ledger::loadHolidays(*office, table(2027, "", {{"元旦", day("2027-01-01"), day("2027-01-03")}})));
    taken(ledger::loadHolidays(*second, table(2027, "", {{"元旦", day("2027-01-01"), day("2027-01-02")}})));
    spread();
    for (ledger::Home* home : {office.get(), second.get(), town.get()}) {
        EXPECT_FALSE(calendarOf(*home).isAnnounced(2027));
        const auto all = taken(ledger::countyHolidays(*home));
        ASSERT_EQ(all.size(), 1U);
        EXPECT_NE(all[0].problem, "");
        EXPECT_EQ(all[0].table.off[0].last, day("2027-01-03")) << "the first in the county's order";
    }
    EXPECT_EQ(taken(ledger::conflictCount(*office)), 1U);
}

TEST_F(CountyCalendar, PromisesNothingByATextThatIsNoTable) {
    for (const char* text : {"假", "{\"year\":2026}"}) {
        taken(office->edit({.registerName = "holidays",
                            .key = {{"year", 2026}, {"region", ""}},
                            .field = "table",
                            .text = text}));
        const WorkCalendar calendar = calendarOf(*office);
        EXPECT_FALSE(calendar.isAnnounced(2026));
        EXPECT_FALSE(calendar.isWorkingDay(day("2026-10-01"))) << "what the program knows still counts";
        EXPECT_NE(taken(ledger::countyHolidays(*office))[0].problem, "");
    }
    // A table of another year under this year's key.
    taken(office->edit(
        {.registerName = "holidays",
         .key = {{"year", 2026}, {"region", ""}},
         .field = "table",
         .text = ledger::holidaysText(table(2028, "", {{"元旦", day("2028-01-01"), day("2028-01-03")}}))}));
    EXPECT_FALSE(calendarOf(*office).isAnnounced(2026));
    EXPECT_FALSE(calendarOf(*office).isAnnounced(2028));
}

}  // namespace
}  // namespace hezhang::test
