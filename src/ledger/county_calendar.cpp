// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/county_calendar.h"

#include <algorithm>
#include <tuple>

#include "src/ledger/names.h"

namespace hezhang::ledger {

using nlohmann::json;

namespace {

constexpr std::string_view kTableCell = "table";

CountyHolidays readCountyTable(const sync::RecordReading& reading) {
    const auto year = static_cast<int>(keyInteger(reading.record.key, "year"));
    const std::string region = keyText(reading.record.key, "region").value_or("");
    CountyHolidays one{reading.record.id, {}, {}};
    const std::string text = cellText(reading, kTableCell);
    auto table = parseHolidays(text, kTableCell);
    if (table && (table->year != year || table->region != region)) {
        table = fail(ErrorCode::badInput, "table: is of another year or region than its record");
    }
    if (table) {
        one.table = std::move(*table);
        const auto cell = reading.cells.find(kTableCell);
        const bool isContested =
            cell != reading.cells.end() && cell->second.view.state == sync::CellState::conflict;
        one.problem = isContested ? kSeveralTables : "";
    } else {
        // What the program knows of the year is better than nothing, and no promise.
        const auto& own = builtInHolidays();
        const auto same = std::find_if(own.begin(), own.end(), [&](const HolidayTable& known) {
            return known.year == year && known.region == region;
        });
        one.table = same == own.end() ? HolidayTable{} : *same;
        one.problem = table.error().text;
    }
    one.table.year = year;
    one.table.region = region;
    one.table.isProvisional = one.table.isProvisional || !one.problem.empty();
    return one;
}

}  // namespace

Result<std::vector<CountyHolidays>> countyHolidays(Home& home) {
    std::vector<CountyHolidays> all;
    HZ_CHECK(home.state().each(kHolidayRegister, [&](sync::RecordReading&& reading) -> Result<void> {
        if (!reading.isGone && reading.cells.contains(kTableCell)) {
            all.push_back(readCountyTable(reading));
        }
        return {};
    }));
    std::sort(all.begin(), all.end(), [](const CountyHolidays& a, const CountyHolidays& b) {
        return std::tie(a.table.year, a.table.region) < std::tie(b.table.year, b.table.region);
    });
    return all;
}

WorkCalendar calendarOf(const std::vector<CountyHolidays>& loaded) {
    std::vector<HolidayTable> tables;
    tables.reserve(loaded.size());
    for (const CountyHolidays& one : loaded) {
        tables.push_back(one.table);
    }
    return WorkCalendar(std::move(tables));
}

Result<WorkCalendar> calendarOf(Home& home) {
    HZ_TRY(const std::vector<CountyHolidays> loaded, countyHolidays(home));
    return calendarOf(loaded);
}

WorkCalendar calendarWith(std::vector<CountyHolidays> loaded, const HolidayTable& table) {
    std::erase_if(loaded, [&](const CountyHolidays& one) {
        return one.table.year == table.year && one.table.region == table.region;
    });
    loaded.push_back({{}, table, {}});
    return calendarOf(loaded);
}

CalendarChange calendarChange(const WorkCalendar& before, const WorkCalendar& after, int year) {
    CalendarChange change;
    const Date last = *Date::of(year, 12, 31);
    for (Date day = *Date::of(year - 1, 12, 1); day <= last; day = day.plusDays(1)) {
        if (before.isWorkingDay(day) != after.isWorkingDay(day)) {
            (before.isWorkingDay(day) ? change.off : change.worked).push_back(day);
        }
    }
    return change;
}

Result<RecordId> loadHolidays(Home& home, const HolidayTable& table) {
    EditRequest edit;
    edit.registerName = std::string(kHolidayRegister);
    edit.key = {{"year", table.year}, {"region", table.region}};
    edit.field = std::string(kTableCell);
    edit.json = json(holidaysText(table));
    HZ_TRY(const sync::RecordKey key, home.keyOf(kHolidayRegister, edit.key));
    HZ_TRY(const std::optional<sync::RecordReading> reading, home.state().read(home.idOf(key)));
    if (reading && !reading->isGone && cellText(*reading, kTableCell) == edit.json->get<std::string>()) {
        return reading->record.id;
    }
    HZ_TRY(const sync::EditAnswer answer, home.edit(edit));
    return answer.record;
}

}  // namespace hezhang::ledger
