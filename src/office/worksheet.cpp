// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/office/worksheet.h"

#include <algorithm>

#include "src/ledger/calendar.h"

namespace hezhang::office {

using ledger::Home;
using sync::RecordReading;

namespace {

// Of an ISO time in UTC: from 16:00 on it is the next day.
std::string countryDay(std::string_view at) {
    const auto date = ledger::Date::parse(at.substr(0, 10));
    const bool isNext = at.size() > 13 && at.substr(11, 2) >= "16";
    return date ? date->plusDays(isNext ? 1 : 0).text() : std::string();
}

// Checks come the latest first: the first that ticks a line stands.
void take(const CheckRow& check, Worksheet& sheet) {
    for (const std::string& text : check.unclear) {
        sheet.unclear.push_back({text, check.record, check.at, check.personName});
    }
    for (const SeenLine& seen : check.lines) {
        auto line = std::ranges::find_if(sheet.lines, [&](auto& one) { return one.line.key == seen.words; });
        if (line == sheet.lines.end()) {
            const auto kinds = ledger::checkKindsOf(seen.words);
            sheet.lines.push_back(
                {{kinds.empty() ? std::nullopt : std::optional(kinds.front()), seen.words, seen.words},
                 true,
                 {}});
            line = std::prev(sheet.lines.end());
        }
        if (!line->seen) {
            line->seen = {seen.result,      check.record,  check.at,           countryDay(check.at),
                          check.personName, check.finding, check.photos.size()};
        }
    }
}

Result<Worksheet> sheetOf(Home& home, ledger::Succession& succession, const RecordReading& task,
                          const RecordId& unit, const std::vector<CheckRow>& checks) {
    Worksheet sheet;
    sheet.task = task.record.id;
    sheet.serial = ledger::keyInteger(task.record.key, "serial");
    sheet.taskItem = ledger::taskWords(task);
    sheet.taskContent = ledger::cellText(task, "content");
    sheet.unit = unit;
    for (ledger::CheckLine& line : ledger::checkLinesOf(ledger::cellText(task, "indicator"))) {
        sheet.lines.push_back({std::move(line), false, {}});
    }
    for (const CheckRow& check : checks) {
        if (check.task == sheet.task) {
            take(check, sheet);
        }
    }
    HZ_TRY(const ledger::TaskTallies tallies, ledger::taskTallies(home, succession, task, std::nullopt));
    HZ_TRY(const RecordId standing, succession.standing(unit));
    for (const ledger::TargetTallies& one : tallies.targets) {
        if (!one.isDropped && measureOf(one.target) != ledger::Measure::none) {
            sheet.targets.push_back({one.target, tallies.measured(one, standing), tallies.isTogether});
        }
    }
    return sheet;
}

}  // namespace

std::string kindWords(const std::optional<ledger::CheckKind>& kind) {
    if (!kind) {
        return "未注明";
    }
    switch (*kind) {
    case ledger::CheckKind::desk:
        return "案头";
    case ledger::CheckKind::site:
        return "现场";
    case ledger::CheckKind::material:
        return "材料";
    case ledger::CheckKind::judgement:
        return "判断";
    }
    return "";
}

std::string resultWords(std::string_view result) {
    return result == "yes" ? "符合" : result == "no" ? "不符合" : "不适用";
}

Result<Worksheet> worksheet(Home& home, const RecordId& task, const RecordId& unit, std::string_view today) {
    HZ_TRY(const std::optional<RecordReading> reading, home.state().read(task));
    if (!reading || reading->isGone || reading->record.key.registerName != "task") {
        return fail(ErrorCode::unknownRecord, "the task is not here");
    }
    HZ_TRY(const std::vector<CheckRow> checks, office::checks(home, unit, today));
    ledger::Succession succession(home.state());
    return sheetOf(home, succession, *reading, unit, checks);
}

Result<std::vector<Worksheet>> worksheets(Home& home, const RecordId& ledgerId, const RecordId& unit,
                                          std::string_view today) {
    HZ_TRY(const std::vector<CheckRow> checks, office::checks(home, unit, today));
    ledger::Succession succession(home.state());
    HZ_TRY(const RecordId standing, succession.standing(unit));
    std::vector<Worksheet> sheets;
    HZ_CHECK(home.state().eachNaming("task", ledgerId.hex(), [&](RecordReading&& task) -> Result<void> {
        if (task.isGone || ledger::keyId(task.record.key, "ledger") != ledgerId) {
            return {};
        }
        HZ_TRY(const std::set<RecordId> units, ledger::standingUnitsOf(succession, task));
        if (units.contains(standing)) {
            HZ_TRY(Worksheet sheet, sheetOf(home, succession, task, unit, checks));
            sheets.push_back(std::move(sheet));
        }
        return {};
    }));
    std::ranges::sort(sheets, {}, [](const Worksheet& sheet) { return std::pair(sheet.serial, sheet.task); });
    return sheets;
}

}  // namespace hezhang::office
