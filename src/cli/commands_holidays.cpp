// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "src/cli/commands.h"
#include "src/ledger/files.h"

namespace hezhang::cli {

using ledger::HolidayTable;

// --- what is known ---

static Json offJson(const HolidayTable& table) {
    Json off = Json::array();
    for (const ledger::DaysOff& one : table.off) {
        off.push_back({{"name", one.name}, {"from", one.first.text()}, {"to", one.last.text()}});
    }
    return off;
}

static Json tableJson(const HolidayTable& table) {
    Json work = Json::array();
    for (const ledger::Date& day : table.makeUp) {
        work.push_back(day.text());
    }
    return {{"year", table.year},
            {"region", orNull(table.region)},
            {"notice", table.notice},
            {"title", table.title},
            {"issued", orNull(table.issued)},
            {"provisional", table.isProvisional},
            {"off", offJson(table)},
            {"work", work}};
}

static std::string daysText(const HolidayTable& table) {
    std::string text;
    for (const ledger::DaysOff& one : table.off) {
        const std::string days = one.first == one.last
                                     ? one.first.text().substr(5)
                                     : one.first.text().substr(5) + "至" + one.last.text().substr(5);
        text += (text.empty() ? "" : "，") + oneLine(one.name) + days;
    }
    return text;
}

static std::string workText(const HolidayTable& table) {
    std::string text;
    for (const ledger::Date& day : table.makeUp) {
        text += (text.empty() ? "" : " ") + day.text().substr(5);
    }
    return text;
}

static std::string daysLines(const HolidayTable& table) {
    return "  放假      " + daysText(table) + "\n  调休上班  " + workText(table) + "\n";
}

static Result<int> holidays(Call& call) {
    HZ_TRY(const std::vector<ledger::CountyHolidays> loaded, call.countyHolidays());
    const ledger::WorkCalendar calendar = ledger::calendarOf(loaded);
    Json list = Json::array();
    std::string text;
    int last = 0;
    for (const HolidayTable& table : calendar.tables()) {
        const auto record = std::ranges::find_if(loaded, [&](const ledger::CountyHolidays& one) {
            return one.table.year == table.year && one.table.region == table.region;
        });
        const bool isLoaded = record != loaded.end();
        Json row = tableJson(table);
        row["record"] = isLoaded ? Json(record->record.hex()) : Json(nullptr);
        row["problem"] = isLoaded ? orNull(record->problem) : Json(nullptr);
        list.push_back(std::move(row));
        const std::string from = !isLoaded                 ? "程序自带"
                                 : record->problem.empty() ? "本县载入"
                                                           : "本县载入，有问题：" + oneLine(record->problem);
        text += std::to_string(table.year) + " 年" +
                (table.region.empty() ? "" : "（" + oneLine(table.region) + "）") +
                (table.isProvisional ? "（暂定）" : "") + "  " + oneLine(table.notice) +
                (table.issued.empty() ? "" : "（" + table.issued + "）") + "  " + from + "\n" +
                daysLines(table);
        last = calendar.isAnnounced(table.year) ? std::max(last, table.year) : last;
    }
    return call.answer(list, text + std::to_string(last + 1) +
                                 " 年起的放假安排尚未公布或尚未载入：按周末推算，得出的日期标“暂定”。\n");
}

// --- a notice by file ---

static Result<int> loadHolidays(Call& call) {
    const std::string& path = call.args.operand(0);
    HZ_TRY(const Bytes bytes, ledger::readFile(path, ledger::kHolidayFileBytesMax));
    HZ_TRY(const HolidayTable table, ledger::parseHolidays(textOf(bytes), path));
    Json json = tableJson(table);
    const std::string what = std::to_string(table.year) + " 年" +
                             (table.region.empty() ? std::string() : "（" + oneLine(table.region) + "）") +
                             "放假安排，" + oneLine(table.notice) + "\n" + daysLines(table);
    if (call.args.has("dry-run")) {
        json["record"] = nullptr;
        return call.answer(json, "文件没有问题：" + what);
    }
    HZ_TRY(ledger::Home* const home, call.home());
    HZ_TRY(const RecordId record, ledger::loadHolidays(*home, table));
    json["record"] = record.hex();
    return call.answer(json, "已存本机，同步后全县使用：" + what);
}

std::vector<CommandSpec> holidayCommands() {
    return {
        {"holidays", "", "the notices on days off that working days are counted by", {}, holidays},
        {"holidays load",
         "FILE",
         "count by the notice in a file, in the whole county",
         {{"dry-run", Takes::nothing, "", "only check the file; needs no home"}},
         loadHolidays},
    };
}

}  // namespace hezhang::cli
