// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "schema/text_rules.h"
#include "src/cli/commands.h"
#include "src/documents/import_json.h"
#include "sync/base/check.h"

namespace hezhang::cli {

// --- parse ---

// The documents layer writes these objects itself; `text` is for people.
static int answerText(Call& call, const std::string& json, const std::string& text) {
    return call.answer(Json::parse(json, nullptr, false), text);
}

static Result<int> parseDeadline(Call& call) {
    const auto reference = ledger::Date::parse(call.args.textOf("reference"));
    HZ_ASSERT(reference.has_value());
    ledger::DeadlineBasis basis{*reference};
    if (const auto year = call.args.number("plan-year")) {
        basis.planYear = static_cast<int>(*year);
    }
    const ledger::Deadline deadline = ledger::parseDeadline(call.args.operand(0), basis);
    const std::string text = pairsText({{"完成时限", deadline.due ? deadline.due->text() : "—"},
                                        {"周期", std::string(name(deadline.recurrence))},
                                        {"说明", deadline.note.empty() ? "—" : oneLine(deadline.note)}});
    return answerText(call, documents::toJson(deadline), text);
}

static std::string roleText(ledger::UnitRole role) {
    switch (role) {
    case ledger::UnitRole::lead:
        return "牵头";
    case ledger::UnitRole::responsible:
        return "责任";
    case ledger::UnitRole::cooperate:
        return "配合";
    }
    return "";
}

static Result<int> parseUnits(Call& call) {
    const ledger::UnitPhrase phrase = ledger::parseUnits(call.args.operand(0));
    Table table({"单位", "角色", "说明"});
    for (const ledger::PhraseUnit& unit : phrase.units) {
        table.add({unit.name, roleText(unit.role), unit.group ? "一组单位" : unit.openEnded ? "未列全" : ""});
    }
    std::string text = table.text();
    for (const std::string& warning : phrase.warnings) {
        text += oneLine(warning) + "\n";
    }
    return answerText(call, documents::toJson(phrase), text);
}

std::vector<CommandSpec> documentCommands() {
    return {
        {"parse deadline",
         "TEXT",
         "the date or rule that a deadline in words means",
         {{"reference", Takes::one, "DATE", "the day it is counted from (YYYY-MM-DD)", Need::required,
           schema::isDate},
          {"plan-year", Takes::one, "YEAR", "the year of months without one", Need::optional, isYear}},
         parseDeadline},
        {"parse units", "TEXT", "the units and roles that a phrase names", {}, parseUnits},
    };
}

}  // namespace hezhang::cli
