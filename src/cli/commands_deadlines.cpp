// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// More time for a report, and what is said to those who have not reported.
#include <algorithm>

#include "schema/text_rules.h"
#include "src/cli/commands.h"
#include "src/cli/references.h"
#include "src/ledger/extension.h"
#include "src/office/reminders.h"

namespace hezhang::cli {

using ledger::Extension;
using ledger::ExtensionState;

// --- more time ---

static std::string extensionWords(const Extension& one) {
    const std::string superseded = one.isSuperseded ? "（已由之后的审批取代）" : "";
    switch (one.state) {
    case ExtensionState::asked:
        return "待审批";
    case ExtensionState::granted:
        return "同意延至 " + one.grantedTo + superseded;
    case ExtensionState::refused:
        return "不同意" + superseded;
    }
    return "";
}

static Result<int> askExtension(Call& call) {
    HZ_TRY(ledger::Home* const home, call.home());
    ledger::ExtensionRequest request;
    request.until = call.args.textOf("until");
    HZ_TRY(request.reason, typedText(call.args.textOf("reason"), call.io.in));
    HZ_TRY(request.task, ledger::findTask(home->state(), call.args.operand(0), call.args.textOf("ledger")));
    const auto unit = call.args.value("unit");
    HZ_TRY(request.unit, unit ? ledger::findUnit(home->state(), *unit) : home->unit());
    HZ_TRY(request.window, findTaskWindow(*home, request.task, call.args.textOf("window")));
    HZ_TRY(const RecordId record, ledger::askForExtension(*home, request));
    return call.answerRecord(record, "已存本机，等待县政务公开办审批\n");
}

static Result<int> listExtensions(Call& call) {
    HZ_TRY(ledger::Home* const home, call.home());
    std::optional<RecordId> window;
    if (const auto typed = call.args.value("window")) {
        HZ_TRY(window, ledger::findWindow(home->state(), *typed, call.args.textOf("ledger")));
    }
    HZ_TRY(const std::vector<Extension> all, ledger::extensions(*home, window));
    Json list = Json::array();
    Table table({"编号", "任务", "单位", "申请延至", "理由", "结果", "意见"});
    for (const Extension& one : all) {
        if (call.args.has("waiting") && one.state != ExtensionState::asked) {
            continue;
        }
        list.push_back({{"record", one.record.hex()},
                        {"task", one.task.hex()},
                        {"serial", one.serial},
                        {"task_item", orNull(one.taskItem)},
                        {"unit", one.unit.hex()},
                        {"unit_name", orNull(one.unitName)},
                        {"window", one.window.hex()},
                        {"until", one.until},
                        {"reason", one.reason},
                        {"state", ledger::name(one.state)},
                        {"superseded", one.isSuperseded},
                        {"granted_to", orNull(one.grantedTo)},
                        {"answer", orNull(one.answer)},
                        {"person_name", orNull(one.by.personName)},
                        {"at", timeOrNull(one.by.at)}});
        table.add({one.record.hex().substr(0, 12),
                   std::to_string(one.serial) + " " + shortened(oneLine(one.taskItem), 24), one.unitName,
                   one.until, shortened(oneLine(one.reason), 40), extensionWords(one),
                   shortened(oneLine(one.answer), 40)});
    }
    return call.answer(list, table.text("没有延期申请"));
}

static Result<int> grantExtension(Call& call) {
    HZ_TRY(ledger::Home* const home, call.home());
    HZ_TRY(const RecordId record, ledger::findRecord(home->state(), call.args.operand(0)));
    HZ_CHECK(ledger::answerExtension(*home, record,
                                     {true, call.args.textOf("until"), call.args.textOf("reason")}));
    return call.answerRecord(record, "已存本机，已同意延期\n");
}

static Result<int> refuseExtension(Call& call) {
    HZ_TRY(ledger::Home* const home, call.home());
    HZ_TRY(const RecordId record, ledger::findRecord(home->state(), call.args.operand(0)));
    HZ_TRY(const std::optional<sync::RecordReading> reading, home->state().read(record));
    const Extension one = reading ? ledger::extensionIn(*reading) : Extension{};
    HZ_TRY(const ledger::ReportExtension before, ledger::extensionOf(*home, one.task, one.unit, one.window));
    HZ_CHECK(ledger::answerExtension(*home, record, {false, "", call.args.textOf("reason")}));
    const std::string granted = before.grantedTo();
    return call.answerRecord(
        record, "已存本机，未同意延期" +
                    (granted.empty() ? "" : "；此前同意的延期（至 " + granted + "）随之取消") + "\n");
}

// --- reminders ---

static Json reminderJson(const office::UnitReminder& unit) {
    Json tasks = Json::array();
    for (const office::MissingRow& row : unit.missing) {
        tasks.push_back(row.task.hex());
    }
    return {{"unit", unit.unit.hex()}, {"unit_name", orNull(unit.unitName)}, {"last_day", unit.lastDay},
            {"days", unit.daysLeft},   {"tasks", std::move(tasks)},          {"text", unit.text}};
}

static Result<int> remind(Call& call) {
    HZ_TRY(ledger::Home* const home, call.home());
    HZ_TRY(const RecordId window,
           ledger::findWindow(home->state(), call.args.textOf("window"), call.args.textOf("ledger")));
    HZ_TRY(office::Reminders reminders, office::reminders(*home, window));
    if (const auto typed = call.args.value("unit")) {
        HZ_TRY(const RecordId unit, ledger::findUnit(home->state(), *typed));
        std::erase_if(reminders.units, [&](const office::UnitReminder& one) { return one.unit != unit; });
        if (reminders.units.empty()) {
            return fail(ErrorCode::notFound,
                        "the unit has submitted all that was asked of it: there is nothing to say");
        }
        reminders.text = reminders.units.front().text;
    }
    Json units = Json::array();
    for (const office::UnitReminder& unit : reminders.units) {
        units.push_back(reminderJson(unit));
    }
    return call.answer({{"window", window.hex()}, {"text", reminders.text}, {"units", std::move(units)}},
                       plainText(reminders.text));
}

std::vector<CommandSpec> deadlineCommands() {
    const OptionSpec ofLedger{"ledger", Takes::one, "LEDGER", "the ledger: id or title", Need::optional};
    const OptionSpec inWindow{"window",       Takes::one, "WINDOW", "id or closing date",
                              Need::optional, isNotEmpty};
    return {
        {"extension ask",
         "TASK",
         "ask for more time for a report",
         {{"until", Takes::one, "DATE", "the new last day (YYYY-MM-DD)", Need::required, schema::isDate},
          {"reason", Takes::one, "TEXT", "why; the office reads it; - reads standard input", Need::required,
           isNotEmpty},
          {"unit", Takes::one, "UNIT", "for this unit (default: one's own)"},
          inWindow,
          ofLedger},
         askExtension},
        {"extension list",
         "",
         "the requests for more time and their answers",
         {inWindow, {"waiting", Takes::nothing, "", "only those without an answer"}, ofLedger},
         listExtensions},
        {"extension grant",
         "RECORD",
         "grant more time",
         {{"until", Takes::one, "DATE", "until this day (default: as asked)", Need::optional, schema::isDate},
          {"reason", Takes::one, "TEXT", "what the unit reads with it", Need::optional}},
         grantExtension},
        {"extension refuse",
         "RECORD",
         "refuse more time",
         {{"reason", Takes::one, "TEXT", "why; the unit reads it", Need::required, isNotEmpty}},
         refuseExtension},
        {"remind",
         "",
         "a text for those who have not submitted in a window",
         {{"window", Takes::one, "WINDOW", "id or closing date", Need::required, isNotEmpty},
          {"unit", Takes::one, "UNIT", "to this unit alone", Need::optional, isNotEmpty},
          ofLedger},
         remind},
    };
}

}  // namespace hezhang::cli
