// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "schema/text_rules.h"
#include "src/cli/commands.h"
#include "src/office/units.h"

namespace hezhang::cli {

using ledger::Home;

// Names have no comma, but may have been typed with a Chinese one.
static std::vector<std::string> namesIn(std::string text) {
    for (const std::string_view comma : {"，", "、"}) {
        for (std::size_t at = text.find(comma); at != std::string::npos; at = text.find(comma)) {
            text.replace(at, comma.size(), ",");
        }
    }
    std::vector<std::string> names;
    for (std::size_t start = 0; start <= text.size();) {
        const std::size_t end = std::min(text.find(',', start), text.size());
        if (end > start) {
            names.push_back(text.substr(start, end - start));
        }
        start = end + 1;
    }
    return names;
}

static std::string dateOf(Call& call) {
    return call.args.value("date").value_or(localTime(call.environment().clock.now()).substr(0, 10));
}

static Json idsJson(const std::vector<RecordId>& ids) {
    Json list = Json::array();
    for (const RecordId& id : ids) {
        list.push_back(id.hex());
    }
    return list;
}

static int answerChanged(Call& call, const office::UnitsChanged& changed, const std::string& text) {
    Json into = Json::array();
    for (std::size_t i = 0; i < changed.into.size(); ++i) {
        into.push_back({{"unit", changed.into[i].hex()}, {"unit_name", changed.intoNames[i]}});
    }
    return call.answer({{"unit", changed.unit.hex()},
                        {"into", into},
                        {"created", idsJson(changed.created)},
                        {"tasks", idsJson(changed.tasks)},
                        {"persons", idsJson(changed.persons)}},
                       text);
}

static Result<int> merge(Call& call) {
    HZ_TRY(Home* const home, call.home());
    HZ_TRY(const RecordId unit, ledger::findUnit(home->state(), call.args.operand(0)));
    HZ_TRY(const RecordId into, ledger::findUnit(home->state(), call.args.textOf("into")));
    HZ_TRY(const office::UnitsChanged changed, office::mergeUnit(*home, unit, into, dateOf(call)));
    return answerChanged(call, changed,
                         "已并入 " + oneLine(changed.intoNames.front()) + "：" +
                             std::to_string(changed.tasks.size()) + " 项任务、" +
                             std::to_string(changed.persons.size()) + " 名人员由其承接\n");
}

static Result<int> split(Call& call) {
    const std::vector<std::string> into = namesIn(call.args.textOf("into"));
    if (into.size() < 2) {
        return usage("--into: names of two units or more, with commas between them");
    }
    HZ_TRY(Home* const home, call.home());
    HZ_TRY(const RecordId unit, ledger::findUnit(home->state(), call.args.operand(0)));
    HZ_TRY(const office::UnitsChanged changed, office::splitUnit(*home, unit, into, dateOf(call)));
    std::string names;
    for (const std::string& name : changed.intoNames) {
        names += (names.empty() ? "" : "、") + oneLine(name);
    }
    return answerChanged(call, changed,
                         "已分设为 " + names + "：还有 " + std::to_string(changed.tasks.size()) +
                             " 项任务列着原单位、" + std::to_string(changed.persons.size()) +
                             " 名人员属于原单位，请逐一重新指定\n");
}

static Result<int> rename(Call& call) {
    HZ_TRY(Home* const home, call.home());
    HZ_TRY(const RecordId unit, ledger::findUnit(home->state(), call.args.operand(0)));
    HZ_CHECK(office::renameUnit(*home, unit, call.args.operand(1)));
    return call.answerRecord(unit, "已更名为 " + oneLine(call.args.operand(1)) + "\n");
}

std::vector<CommandSpec> unitCommands() {
    const OptionSpec date{"date",         Takes::one,    "DATE", "when, by the papers (default: today)",
                          Need::optional, schema::isDate};
    return {
        {"unit merge",
         "UNIT",
         "a unit is over and another one goes on with its work",
         {{"into", Takes::one, "UNIT", "the one that goes on", Need::required, isNotEmpty}, date},
         merge},
        {"unit split",
         "UNIT",
         "a unit is over and several go on with its work",
         {{"into", Takes::one, "UNIT,…", "those that go on; new ones are made", Need::required, isNotEmpty},
          date},
         split},
        {"unit rename", "UNIT NAME", "a unit gets another name; the old one still finds it", {}, rename},
    };
}

}  // namespace hezhang::cli
