// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <charconv>

#include "schema/text_rules.h"
#include "src/cli/commands.h"
#include "src/cli/references.h"
#include "src/ledger/filing.h"
#include "src/office/checks.h"
#include "src/office/windows.h"
#include "src/office/worksheet.h"

namespace hezhang::cli {

using ledger::Home;

// --- windows ---

static Result<int> openWindow(Call& call) {
    HZ_TRY(Home* const home, call.home());
    HZ_TRY(const RecordId ledgerId, ledger::findLedger(home->state(), call.args.textOf("ledger")));
    HZ_TRY(const RecordId window,
           office::openWindow(*home, ledgerId, call.args.textOf("closes"), call.args.value("title")));
    return call.answerRecord(window, "报送期已开放，截止 " + call.args.textOf("closes") + "\n");
}

static Result<int> closeWindow(Call& call) {
    HZ_TRY(Home* const home, call.home());
    HZ_TRY(const RecordId window,
           ledger::findWindow(home->state(), call.args.operand(0), call.args.textOf("ledger")));
    HZ_CHECK(office::closeWindow(
        *home, window,
        call.args.has("anew") ? office::AbsentSnapshot::isLost : office::AbsentSnapshot::mayCome));
    return call.answerRecord(window, "报送期已关闭\n");
}

static std::string missingText(const std::string& state) {
    if (state == "none") {
        return "未填报";
    }
    return state == "changed" ? "报送后又有改动" : "未报送";
}

static std::string lastDayText(const office::MissingRow& row) {
    const std::string days = row.daysLeft >= 0 ? "还剩 " + std::to_string(row.daysLeft) + " 天"
                                               : "已过 " + std::to_string(-row.daysLeft) + " 天";
    return row.lastDay + "（" + (row.isExtended ? "已延期，" : "") + days +
           (row.isAsking ? "，延期申请待审批" : "") + "）";
}

static Result<int> missing(Call& call) {
    HZ_TRY(Home* const home, call.home());
    HZ_TRY(const RecordId window,
           ledger::findWindow(home->state(), call.args.textOf("window"), call.args.textOf("ledger")));
    HZ_TRY(const auto rows, office::missing(*home, window));
    Json list = Json::array();
    Table table({"序号", "重点工作", "单位", "情况", "最后一天"});
    for (const office::MissingRow& row : rows) {
        list.push_back({{"task", row.task.hex()},
                        {"unit", row.unit.hex()},
                        {"state", row.state},
                        {"serial", row.serial},
                        {"task_item", orNull(row.taskItem)},
                        {"unit_name", orNull(row.unitName)},
                        {"last_day", row.lastDay},
                        {"extended", row.isExtended},
                        {"asking", row.isAsking},
                        {"days", row.daysLeft}});
        table.add({std::to_string(row.serial), shortened(oneLine(row.taskItem), 40), row.unitName,
                   missingText(row.state), lastDayText(row)});
    }
    return call.answer(list, table.text("全部已报送"));
}

// --- filings ---

// With --target what is counted goes to that target of the task.
static Result<ledger::FilingRequest> filingContent(Call& call) {
    ledger::FilingRequest request;
    if (!call.args.has("target") && call.args.has("of")) {
        return usage("--of belongs to --target");
    }
    if (const auto typed = call.args.value("text")) {
        HZ_TRY(request.text, typedText(*typed, call.io.in));
    }
    if (const auto typed = call.args.value("status")) {
        HZ_TRY(request.status, storedChoice("filing", "status", *typed));
    }
    const auto percent = call.args.number("percent");
    const auto count = call.args.number("count");
    if (const auto target = call.args.value("target")) {
        request.tallies.push_back({.target = *target,
                                   .done = count.value_or(0),
                                   .cases = call.args.number("of").value_or(0),
                                   .percent = percent});
    } else {
        request.percent = percent;
        request.count = count;
    }
    request.evidence = call.args.values("evidence");
    request.isSubmitted = call.args.has("submit");
    return request;
}

static Result<int> file(Call& call) {
    static constexpr std::array kContent{"text", "status", "percent",  "count",
                                         "of",   "target", "evidence", "submit"};
    if (std::ranges::none_of(kContent, [&](const char* option) { return call.args.has(option); })) {
        return usage("nothing is given to file");
    }
    HZ_TRY(ledger::FilingRequest request, filingContent(call));
    HZ_TRY(Home* const home, call.home());
    HZ_TRY(request.task, ledger::findTask(home->state(), call.args.operand(0), call.args.textOf("ledger")));
    const auto unit = call.args.value("unit");
    HZ_TRY(request.unit, unit ? ledger::findUnit(home->state(), *unit) : home->unit());
    HZ_TRY(request.window, findTaskWindow(*home, request.task, call.args.textOf("window")));
    HZ_TRY(const ledger::FilingAnswer answer, ledger::file(*home, request));
    const std::string saved = request.isSubmitted ? "已存本机，已报送\n" : "已存本机\n";
    Json json{{"record", answer.record.hex()}};
    if (answer.isLate) {
        json["warning"] = name(sync::Reason::windowClosed);
    }
    return call.answer(
        json, answer.record.hex() + "\n" + saved + (answer.isLate ? "报送期已关闭，将作为逾期报送\n" : ""));
}

// N=yes: the line of that number in `hz worksheet`.
static bool isSeenLine(std::string_view text) {
    const std::size_t sign = text.find('=');
    return sign != std::string_view::npos && isInteger(text.substr(0, sign)) &&
           office::isCheckResult(text.substr(sign + 1));
}

static Result<std::vector<office::SeenLine>> seenLines(Home& home, const RecordId& task, const RecordId& unit,
                                                       const std::vector<std::string>& typed) {
    std::vector<office::SeenLine> lines;
    if (typed.empty()) {
        return lines;
    }
    HZ_TRY(const office::Worksheet sheet, office::worksheet(home, task, unit, ""));
    for (const std::string& one : typed) {
        const std::size_t sign = one.find('=');
        std::size_t number = 0;
        std::from_chars(one.data(), one.data() + sign, number);
        if (number < 1 || number > sheet.lines.size() || sheet.lines[number - 1].isDropped) {
            return fail(ErrorCode::notFound, "the worksheet of the task has no line " + one.substr(0, sign));
        }
        lines.push_back({one.substr(sign + 1), sheet.lines[number - 1].line.key});
    }
    return lines;
}

static Result<int> check(Call& call) {
    office::NewCheck request;
    request.result = call.args.textOf("result");
    request.finding = call.args.value("finding").value_or("");
    HZ_TRY(Home* const home, call.home());
    HZ_TRY(request.task, ledger::findTask(home->state(), call.args.operand(0), call.args.textOf("ledger")));
    HZ_TRY(request.unit, ledger::findUnit(home->state(), call.args.textOf("unit")));
    if (const auto place = call.args.value("place")) {
        HZ_TRY(request.place, findPlace(*home, request.unit, *place));
    }
    for (const std::string& path : call.args.values("photo")) {
        HZ_TRY(std::string photo, home->addBlob(path));
        request.photos.push_back(std::move(photo));
    }
    HZ_TRY(request.lines, seenLines(*home, request.task, request.unit, call.args.values("line")));
    HZ_TRY(const RecordId record, office::addCheck(*home, request));
    return call.answerRecord(record, "已存本机\n");
}

std::vector<CommandSpec> filingCommands() {
    const OptionSpec ofLedger{"ledger", Takes::one, "LEDGER", "the ledger: id or title", Need::optional};
    return {
        {"window open",
         "",
         "open a reporting window",
         {{"ledger", Takes::one, "LEDGER", "of this ledger: id or title", Need::required, isNotEmpty},
          {"closes", Takes::one, "DATE", "the last day (YYYY-MM-DD)", Need::required, schema::isDate},
          {"title", Takes::one, "TITLE", "what it is called"}},
         openWindow},
        {"window close",
         "WINDOW",
         "close a reporting window",
         {ofLedger, {"anew", Takes::nothing, "", "freeze one whose snapshot is lost"}},
         closeWindow},
        {"missing",
         "",
         "the units without a submitted filing in a window",
         {{"window", Takes::one, "WINDOW", "id or closing date", Need::required, isNotEmpty}, ofLedger},
         missing},
        {"file",
         "TASK",
         "report progress on a task",
         {{"unit", Takes::one, "UNIT", "for this unit (default: one's own)"},
          {"window", Takes::one, "WINDOW", "in this window (default: the only open one)", Need::optional,
           isNotEmpty},
          {"text", Takes::one, "TEXT|-", "the progress; - reads standard input"},
          {"status", Takes::one, "STATUS", "not-started in-progress done ongoing blocked"},
          {"percent", Takes::one, "N", "how far it is done", Need::optional, isInteger},
          {"count", Takes::one, "N", "so many more were done", Need::optional, isInteger},
          {"target", Takes::one, "TARGET", "count (and percent) towards this target: number or words",
           Need::optional, isNotEmpty},
          {"of", Takes::one, "N", "of so many more cases; with --target", Need::optional, isInteger},
          {"evidence", Takes::many, "FILE", "a photo or document as evidence", Need::optional, isNotEmpty},
          {"submit", Takes::nothing, "", "submit what then stands"},
          ofLedger},
         file},
        {"check",
         "TASK",
         "record a check on site",
         {{"unit", Takes::one, "UNIT", "the unit that was checked", Need::required, isNotEmpty},
          {"place", Takes::one, "PLACE", "where: id or name"},
          {"result", Takes::one, "yes|no|na", "what was found", Need::required, office::isCheckResult},
          {"line", Takes::many, "N=yes|no|na", "what was seen of a line of the worksheet", Need::optional,
           isSeenLine},
          {"finding", Takes::one, "TEXT", "in words"},
          {"photo", Takes::many, "FILE", "a photo", Need::optional, isNotEmpty},
          ofLedger},
         check},
    };
}

}  // namespace hezhang::cli
