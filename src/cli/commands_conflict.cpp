// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/cli/commands.h"
#include "src/ledger/queries.h"

namespace hezhang::cli {

using ledger::Home;

// --- conflicts ---

static Json authored(Json json, const ledger::Authorship& by) {
    json["unit"] = idOrNull(by.unit);
    json["person"] = idOrNull(by.person);
    json["device"] = idOrNull(by.device);
    json["at"] = timeOrNull(by.at);
    json["unit_name"] = orNull(by.unitName);
    json["person_name"] = orNull(by.personName);
    return json;
}

static std::string conflictText(const ledger::ConflictRow& row) {
    std::string text = row.id + "\n  原文  " + valueText(row.base) + "\n";
    for (std::size_t i = 0; i < row.values.size(); ++i) {
        const ledger::ConflictValue& value = row.values[i];
        text += "  [" + std::to_string(i + 1) + "]  " + valueText(value.value) + "\n       " +
                oneLine(value.by.unitName) + " " + oneLine(value.by.personName) + "  " +
                localTime(value.by.at) + "  设备 " + value.by.device.hex().substr(0, 8) + "\n";
    }
    return text + "  显示  " + valueText(row.shown) + "\n  原因  " + oneLine(row.reason) + "\n";
}

static Result<int> conflicts(Call& call) {
    HZ_TRY(Home* const home, call.home());
    HZ_TRY(const auto rows, ledger::conflicts(*home));
    Json list = Json::array();
    std::string text;
    for (const ledger::ConflictRow& row : rows) {
        Json values = Json::array();
        for (const ledger::ConflictValue& value : row.values) {
            values.push_back(authored({{"value", value.value}, {"dot", value.dot}}, value.by));
        }
        list.push_back({{"id", row.id},
                        {"record", row.record.hex()},
                        {"field", row.field},
                        {"base", row.base},
                        {"values", values},
                        {"shown", row.shown},
                        {"reason", row.reason}});
        text += conflictText(row);
    }
    return call.answer(list, text.empty() ? "没有冲突\n" : text);
}

static Result<ledger::Choice> choiceOf(const Call& call) {
    const auto take = call.args.value("take");
    ledger::Choice choice;
    choice.value = call.args.value("value");
    if (take.has_value() == choice.value.has_value()) {
        return usage("resolve needs either --take or --value");
    }
    if (take && isPositive(*take)) {
        choice.number = static_cast<std::size_t>(*call.args.number("take"));
    } else if (take) {
        choice.dot = *take;
    }
    return choice;
}

static Result<int> resolve(Call& call) {
    const std::string& id = call.args.operand(0);
    const std::size_t slash = id.find('/');
    HZ_TRY(const ledger::Choice choice, choiceOf(call));
    HZ_TRY(Home* const home, call.home());
    HZ_TRY(const RecordId record, ledger::findRecord(home->state(), std::string_view(id).substr(0, slash)));
    HZ_TRY(const sync::EditAnswer edit, ledger::resolve(*home, record, id.substr(slash + 1), choice));
    return call.answerEdit(edit);
}

// --- what was merged without asking ---

static Result<int> merged(Call& call) {
    HZ_TRY(Home* const home, call.home());
    HZ_TRY(const auto rows, ledger::merged(*home));
    Json list = Json::array();
    Table table({"记录", "字段", "方式", "内容"});
    for (const ledger::MergedRow& row : rows) {
        list.push_back({{"record", row.record.hex()},
                        {"field", row.field},
                        {"kind", row.kind},
                        {"text", row.text},
                        {"seen", row.seen}});
        table.add({row.record.hex(), row.field, row.kind, valueText(row.text)});
    }
    return call.answer(list, table.text());
}

static Result<int> confirm(Call& call) {
    std::optional<std::vector<std::string>> seen;
    if (const auto text = call.args.value("seen")) {
        seen = seenDots(*text);
    }
    HZ_TRY(Home* const home, call.home());
    HZ_TRY(const RecordId record, ledger::findRecord(home->state(), call.args.operand(0)));
    HZ_TRY(const sync::EditAnswer edit, ledger::confirm(*home, record, call.args.operand(1), seen));
    return call.answerEdit(edit);
}

// --- what was set aside ---

static Result<int> aside(Call& call) {
    HZ_TRY(Home* const home, call.home());
    HZ_TRY(const auto rows, ledger::asides(*home));
    Json list = Json::array();
    std::string text;
    for (const ledger::AsideListing& row : rows) {
        list.push_back(authored({{"op", row.op.hex()},
                                 {"record", row.record.hex()},
                                 {"field", row.field},
                                 {"value", row.value},
                                 {"reason", row.reason},
                                 {"reason_text", row.reasonText},
                                 {"dot", row.dot}},
                                row.by));
        const bool isDeletion = row.field == schema::kDeletedCell && row.value == true;
        text += row.op.hex() + "\n  " + row.record.hex() + " " + row.field + "  " +
                (isDeletion ? "（采用后整条记录即被删除）" : valueText(row.value)) + "\n  " +
                oneLine(row.by.unitName) + " " + oneLine(row.by.personName) + "  " + localTime(row.by.at) +
                "\n  未采用（" + row.reason + "）：" + oneLine(row.reasonText) + "\n";
    }
    return call.answer(list, text.empty() ? "没有未采用的内容\n" : text);
}

static Result<int> admit(Call& call) {
    HZ_TRY(Home* const home, call.home());
    HZ_TRY(const std::vector<Hash> ops,
           ledger::admit(*home, call.args.operand(0), call.args.textOf("reason")));
    Json list = Json::array();
    std::string text;
    for (const Hash& op : ops) {
        list.push_back(op.hex());
        text += op.hex() + "\n";
    }
    return call.answer({{"ops", list}}, text);
}

static bool isTake(std::string_view text) {
    return isPositive(text) || isDot(text);
}

std::vector<CommandSpec> conflictCommands() {
    return {
        {"conflicts", "", "the open conflicts: every value, who, when, and why one is shown", {}, conflicts},
        {"resolve",
         "CONFLICT",
         "settle a conflict (RECORD/FIELD) with one of its values or a new one",
         {{"take", Takes::one, "N|DOT", "take this value: its number, from 1, or its dot", Need::optional,
           isTake},
          {"value", Takes::one, "VALUE", "take a new value"}},
         resolve},
        {"merged",
         "",
         "what was merged or overruled without anybody asked, until it is confirmed",
         {},
         merged},
        {"confirm",
         "RECORD FIELD",
         "confirm a merged or overruled field as it is shown",
         {{"seen", Takes::one, "DOT,…", "only if these are its live dots", Need::optional, isSeen}},
         confirm},
        {"aside", "", "edits that were not applied, why, and what to do next", {}, aside},
        {"admit",
         "OP|RECORD",
         "apply a set-aside op, or all of a record",
         {{"reason", Takes::one, "TEXT", "why", Need::required, isNotEmpty}},
         admit},
    };
}

}  // namespace hezhang::cli
