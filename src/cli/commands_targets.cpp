// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "src/cli/commands.h"
#include "src/cli/references.h"
#include "src/ledger/names.h"
#include "src/ledger/tallies.h"
#include "src/office/worksheet.h"

namespace hezhang::cli {

using ledger::Home;
using ledger::TargetTallies;
using ledger::TaskTallies;

// --- what units have counted towards a task's targets ---

static Json tallyJson(const ledger::Target& target, const ledger::Tally& tally) {
    Json json{{"done", tally.done},
              {"cases", tally.cases},
              {"percent", tally.percent ? Json(*tally.percent) : Json()},
              {"counted", tally.isCounted}};
    if (measureOf(target) != ledger::Measure::none) {
        const ledger::Standing standing = standingOf(target, tally);
        json["missing"] = standing.missing;
        json["met"] = standing.isMet;
    }
    return json;
}

// A whole number without a point.
static Json figureJson(double value) {
    return value == std::floor(value) && std::abs(value) < 1e15 ? Json(static_cast<std::int64_t>(value))
                                                                : Json(value);
}

static Json targetJson(std::size_t number, const TargetTallies& target, const RecordId& unit) {
    const ledger::Measure measure = measureOf(target.target);
    return {{"number", number},
            {"words", target.target.words},
            {"kind", name(target.target.kind)},
            {"comparison", name(target.target.comparison)},
            {"value", figureJson(target.target.value)},
            {"unit", target.target.unit},
            {"measure", name(measure)},
            {"needed",
             measure == ledger::Measure::none ? Json() : figureJson(standingOf(target.target, {}).needed)},
            {"dropped", target.isDropped},
            {"continues", target.continued},
            {"own", tallyJson(target.target, target.of(unit))},
            {"window", tallyJson(target.target, target.inWindowOf(unit))},
            {"all", tallyJson(target.target, target.total())},
            {"units", target.byUnit.size()}};
}

static std::string targetsText(const TaskTallies& tallies, const RecordId& unit) {
    Table table({"序号", "指标", "本单位", "各单位合计"});
    std::string notes;
    for (std::size_t i = 0; i < tallies.targets.size(); ++i) {
        const TargetTallies& target = tallies.targets[i];
        const bool isCounted = measureOf(target.target) != ledger::Measure::none;
        table.add({std::to_string(i + 1),
                   oneLine(target.target.words) + (target.isDropped ? "（已不在指标中）" : ""),
                   isCounted ? standingWords(target.target, target.of(unit)) : "文字填报",
                   isCounted ? standingWords(target.target, target.total()) : ""});
        for (const std::string& key : target.continued) {
            notes += std::to_string(i + 1) + " 沿用了原指标“" + oneLine(key) + "”的计数\n";
        }
        if (target.isDropped) {
            notes += std::to_string(i + 1) +
                     " 的计数保留，未计入现有指标；由县政务公开办用 --continue 决定由哪条指标沿用\n";
        }
    }
    notes += tallies.isTogether ? "有牵头单位：各单位合计对照指标\n" : "没有牵头单位：各单位分别对照指标\n";
    if (!tallies.isWhole) {
        notes += "本机只有本单位的计数\n";
    }
    return tallies.targets.empty() ? "这项任务没有数字指标\n" : table.text() + notes;
}

static Result<int> continueTarget(Call& call, Home& home, const RecordId& task) {
    const ledger::TargetContinuation continuation{task, call.args.textOf("continue"), call.args.textOf("as")};
    HZ_TRY(const sync::EditAnswer answer, ledger::continueTarget(home, continuation));
    return call.answerEdit(answer);
}

static Result<int> targets(Call& call) {
    if (call.args.has("continue") != call.args.has("as")) {
        return usage("--continue and --as belong together");
    }
    HZ_TRY(Home* const home, call.home());
    HZ_TRY(const RecordId task,
           ledger::findTask(home->state(), call.args.operand(0), call.args.textOf("ledger")));
    if (call.args.has("continue")) {
        return continueTarget(call, *home, task);
    }
    const auto typedUnit = call.args.value("unit");
    HZ_TRY(const RecordId named, typedUnit ? ledger::findUnit(home->state(), *typedUnit) : home->unit());
    std::optional<RecordId> window;
    if (call.args.has("window")) {
        HZ_TRY(window, findTaskWindow(*home, task, call.args.textOf("window")));
    }
    ledger::Succession succession(home->state());
    HZ_TRY(const RecordId unit, succession.standing(named));
    HZ_TRY(const TaskTallies tallies, ledger::taskTallies(*home, succession, task, window));
    Json list = Json::array();
    for (std::size_t i = 0; i < tallies.targets.size(); ++i) {
        list.push_back(targetJson(i + 1, tallies.targets[i], unit));
    }
    const Json json{{"task", task.hex()},
                    {"unit", unit.hex()},
                    {"window", window ? Json(window->hex()) : Json()},
                    {"together", tallies.isTogether},
                    {"all_held", tallies.isWhole},
                    {"targets", std::move(list)}};
    return call.answer(json, targetsText(tallies, unit));
}

// --- what a checker looks at ---

// What stands among the ticks and is none: a row without a line.
static Json unclearJson(const office::Worksheet& sheet, const office::UnclearTick& tick) {
    return {{"task", sheet.task.hex()},  {"serial", sheet.serial}, {"task_item", orNull(sheet.taskItem)},
            {"line", nullptr},           {"kind", nullptr},        {"words", tick.text},
            {"dropped", false},          {"not_understood", true}, {"result", nullptr},
            {"check", tick.check.hex()}, {"at", tick.at},          {"by", orNull(tick.personName)},
            {"finding", nullptr}};
}

static Json sheetLineJson(const office::Worksheet& sheet, std::size_t index) {
    const office::WorksheetLine& line = sheet.lines[index];
    Json json{{"task", sheet.task.hex()},
              {"serial", sheet.serial},
              {"task_item", orNull(sheet.taskItem)},
              {"line", index + 1},
              {"kind", line.line.kind ? Json(name(*line.line.kind)) : Json()},
              {"words", line.line.words},
              {"dropped", line.isDropped},
              {"not_understood", false},
              {"result", nullptr},
              {"check", nullptr},
              {"at", nullptr},
              {"by", nullptr},
              {"finding", nullptr}};
    if (line.seen) {
        json["result"] = line.seen->result;
        json["check"] = line.seen->check.hex();
        json["at"] = line.seen->at;
        json["by"] = orNull(line.seen->personName);
        json["finding"] = orNull(line.seen->finding);
    }
    return json;
}

static std::string sheetText(const office::Worksheet& sheet) {
    std::string text = std::to_string(sheet.serial) + " " + oneLine(sheet.taskItem) + "\n";
    Table table({"序号", "方式", "核查内容", "结果", "时间", "核查人", "发现"});
    for (std::size_t i = 0; i < sheet.lines.size(); ++i) {
        const office::WorksheetLine& line = sheet.lines[i];
        const office::LineSeen seen = line.seen.value_or(office::LineSeen{});
        table.add({std::to_string(i + 1), office::kindWords(line.line.kind),
                   oneLine(line.line.words) + (line.isDropped ? "（已不在指标中）" : ""),
                   line.seen ? office::resultWords(seen.result) : "□", seen.day, oneLine(seen.personName),
                   shortened(oneLine(seen.finding), 30)});
    }
    text += table.text("指标没有写明核查内容");
    for (const office::UnclearTick& tick : sheet.unclear) {
        text +=
            "未识别的记录：" + oneLine(tick.text) + "（" + oneLine(tick.personName) + " " + tick.at + "）\n";
    }
    for (const office::WorksheetTarget& target : sheet.targets) {
        text += "单位计数：" + oneLine(target.target.words) + "：" + (target.isTogether ? "各单位合计" : "") +
                standingWords(target.target, target.tally) + "\n";
    }
    return text + "\n";
}

static Result<int> worksheet(Call& call) {
    HZ_TRY(Home* const home, call.home());
    HZ_TRY(const RecordId unit, ledger::findUnit(home->state(), call.args.textOf("unit")));
    std::vector<office::Worksheet> sheets;
    if (const auto typed = call.args.value("task")) {
        HZ_TRY(const RecordId task, ledger::findTask(home->state(), *typed, call.args.textOf("ledger")));
        HZ_TRY(office::Worksheet one, office::worksheet(*home, task, unit, ""));
        sheets.push_back(std::move(one));
    } else {
        HZ_TRY(const RecordId ledgerId, ledger::findLedger(home->state(), call.args.textOf("ledger")));
        HZ_TRY(sheets, office::worksheets(*home, ledgerId, unit, ""));
    }
    Json list = Json::array();
    std::string text;
    for (const office::Worksheet& sheet : sheets) {
        for (std::size_t i = 0; i < sheet.lines.size(); ++i) {
            list.push_back(sheetLineJson(sheet, i));
        }
        for (const office::UnclearTick& tick : sheet.unclear) {
            list.push_back(unclearJson(sheet, tick));
        }
        text += sheetText(sheet);
    }
    return call.answer(list, text.empty() ? "这个单位没有任务\n" : text);
}

std::vector<CommandSpec> targetCommands() {
    return {
        {"targets",
         "TASK",
         "what was counted towards a task's targets",
         {{"unit", Takes::one, "UNIT", "by this unit (default: one's own)", Need::optional, isNotEmpty},
          {"window", Takes::one, "WINDOW", "in this window too", Need::optional, isNotEmpty},
          {"continue", Takes::one, "TARGET",
           "what was counted towards this one, which the text has no more, …", Need::optional, isNotEmpty},
          {"as", Takes::one, "TARGET", "… counts towards that one (empty: towards none); by number or words"},
          {"ledger", Takes::one, "LEDGER", "the ledger: id or title", Need::optional}},
         targets},
        {"worksheet",
         "",
         "what a checker looks at, line by line",
         {{"unit", Takes::one, "UNIT", "at this unit", Need::required, isNotEmpty},
          {"task", Takes::one, "TASK", "of this task (default: all of the unit's)", Need::optional,
           isNotEmpty},
          {"ledger", Takes::one, "LEDGER", "the ledger: id or title", Need::optional}},
         worksheet},
    };
}

}  // namespace hezhang::cli
