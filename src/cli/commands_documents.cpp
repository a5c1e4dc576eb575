// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <filesystem>
#include <set>

#include "schema/text_rules.h"
#include "src/cli/commands.h"
#include "src/cli/import_choices.h"
#include "src/cli/update_words.h"
#include "src/documents/export.h"
#include "src/documents/import_json.h"
#include "src/documents/import_office.h"
#include "src/documents/ledger_import.h"
#include "src/documents/remark_words.h"
#include "src/documents/returned_form.h"
#include "src/ledger/names.h"
#include "sync/base/check.h"

namespace hezhang::cli {

using ledger::Home;

// --- parse ---

// The documents layer writes these objects itself; `text` is for people.
static int answerText(Call& call, const std::string& json, const std::string& text) {
    return call.answer(Json::parse(json, nullptr, false), text);
}

static std::string lastWorkingDayText(const ledger::Deadline& deadline) {
    if (!deadline.lastWorkingDay) {
        return "—";
    }
    const bool isProvisional = deadline.isProvisional || deadline.lastWorkingDay->provisional;
    return deadline.lastWorkingDay->date.text() +
           (isProvisional ? "（暂定，途经年度的放假安排尚未公布）" : "");
}

static Result<int> parseDeadline(Call& call) {
    const auto reference = ledger::Date::parse(call.args.textOf("reference"));
    HZ_ASSERT(reference.has_value());
    ledger::DeadlineBasis basis{*reference};
    if (const auto year = call.args.number("plan-year")) {
        basis.planYear = static_cast<int>(*year);
    }
    HZ_TRY(basis.calendar, call.calendar());
    const ledger::Deadline deadline = ledger::parseDeadline(call.args.operand(0), basis);
    const std::string text = pairsText(
        {{"完成时限", deadline.due ? deadline.due->text() : "—"},
         {"最后工作日", lastWorkingDayText(deadline)},
         {"周期", std::string(name(deadline.recurrence))},
         {"说明", deadline.note.empty() ? "—" : oneLine(documents::remarkInChinese(deadline.note))}});
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
        text += oneLine(documents::remarkInChinese(warning)) + "\n";
    }
    return answerText(call, documents::toJson(phrase), text);
}

static Result<int> parseTargets(Call& call) {
    const auto targets = ledger::targetsIn(call.args.operand(0));
    const std::string json = documents::toJson(targets);
    Table table({"种类", "比较", "数值", "单位", "原文"});
    const Json read = Json::parse(json);
    for (const Json& target : read.at("targets")) {
        table.add({target["kind"].get<std::string>(), target["comparison"].get<std::string>(),
                   target["value"].dump(), target["unit"].get<std::string>(),
                   oneLine(target["text"].get<std::string>())});
    }
    return answerText(call, json, table.text());
}

// --- import ---

static Result<documents::ImportedDocument> readDocument(Call& call) {
    documents::ImportOptions options;
    HZ_TRY(options.calendar, call.calendar());
    if (const auto year = call.args.number("year")) {
        options.year = static_cast<int>(*year);
    }
    HZ_TRY(documents::ImportedDocument document, documents::importFile(call.args.operand(0), options));
    return correctedDocument(call.args, std::move(document));
}

static std::string warningsText(const std::vector<documents::ImportWarning>& warnings) {
    std::string text;
    for (const documents::ImportWarning& warning : warnings) {
        text += (warning.line > 0 ? "第 " + std::to_string(warning.line) + " 行：" : std::string()) +
                oneLine(documents::remarkInChinese(warning.text)) + "\n";
    }
    return text;
}

static Json unresolvedJson(const std::vector<documents::UnresolvedUnit>& units) {
    Json unresolved = Json::array();
    for (const documents::UnresolvedUnit& unit : units) {
        unresolved.push_back({{"task", idOrNull(unit.task)},
                              {"serial", unit.serial},
                              {"unit", unit.unit},
                              {"role", unit.role},
                              {"reason", unit.reason}});
    }
    return unresolved;
}

static std::string importText(const documents::LedgerImport& import, bool isDone) {
    const documents::LedgerUpdate& update = import.update;
    std::string text = updateText(update, isDone);
    for (const documents::UnresolvedUnit& unit : import.unresolved) {
        text += "任务 " + std::to_string(unit.serial) + "：没有找到单位 " + oneLine(unit.unit) + "（" +
                oneLine(documents::remarkInChinese(unit.reason)) + "）\n";
    }
    return text + warningsText(import.warnings);
}

// Against the ledger of this home. Null where no home is meant: the document alone is looked at then.
static Result<std::optional<documents::LedgerImport>> previewOf(Call& call,
                                                                const documents::ImportedDocument& document) {
    HZ_TRY(const std::string folder, call.homeFolder());
    const bool isMeant = call.args.has("home") || call.args.has("ledger") || asksForLedger(call.args);
    std::error_code error;
    if (!document.year || (!isMeant && !std::filesystem::exists(folder + "/home.db", error))) {
        return std::optional<documents::LedgerImport>();
    }
    HZ_TRY(Home* const home, call.home());
    HZ_TRY(const documents::UpdateChoices choices, updateChoices(call.args, *home, document));
    HZ_TRY(documents::LedgerImport preview, documents::previewImport(*home, document, choices));
    return std::optional(std::move(preview));
}

static int answerDryRun(Call& call, const documents::ImportedDocument& document,
                        const std::optional<documents::LedgerImport>& preview) {
    Table table({"行", "序号", "重点工作", "主要内容", "责任单位", "完成时限"});
    for (const documents::ImportedTask& task : document.tasks) {
        table.add({std::to_string(task.serial), task.ordinal, shortened(oneLine(task.item), 24),
                   shortened(oneLine(task.content), 40), shortened(oneLine(task.responsibleText), 30),
                   task.due ? task.due->text() : task.deadlineText});
    }
    const std::string head = oneLine(document.title) + "\n" +
                             (document.year ? std::to_string(*document.year) + " 年，" : "") +
                             std::to_string(document.tasks.size()) + " 项任务\n\n";
    Json json = Json::parse(documents::toJson(document), nullptr, false);
    json["update"] = preview ? updateJson(preview->update) : Json();
    json["unresolved"] = preview ? unresolvedJson(preview->unresolved) : Json();
    return call.answer(json,
                       head + table.text() +
                           (preview ? "\n" + importText(*preview, false) : warningsText(document.warnings)));
}

static int answerImport(Call& call, const documents::LedgerImport& import) {
    const documents::LedgerUpdate& update = import.update;
    Json warnings = Json::array();
    for (const documents::ImportWarning& warning : import.warnings) {
        warnings.push_back({{"line", warning.line}, {"text", warning.text}});
    }
    const Json json{{"ledger", update.ledger.hex()},
                    {"tasks", update.tasks.size()},
                    {"unresolved", unresolvedJson(import.unresolved)},
                    {"warnings", warnings},
                    {"created", update.count(documents::UpdateKind::added)},
                    {"changed", update.changed()},
                    {"update", updateJson(update)}};
    return call.answer(json, update.ledger.hex() + "\n" + importText(import, true));
}

static Result<int> importDocument(Call& call) {
    if (call.args.has("dry-run")) {
        HZ_TRY(const documents::ImportedDocument document, readDocument(call));
        HZ_TRY(const auto preview, previewOf(call, document));
        return answerDryRun(call, document, preview);
    }
    HZ_TRY(Home* const home, call.home());
    HZ_TRY(const documents::ImportedDocument document, readDocument(call));
    HZ_TRY(const documents::UpdateChoices choices, updateChoices(call.args, *home, document));
    HZ_TRY(const documents::LedgerImport answer, documents::importLedger(*home, document, choices));
    return answerImport(call, answer);
}

// --- a filled form ---

static int answerReturned(Call& call, const documents::ReturnedForm& form, bool isTaken,
                          const std::string& namedUnit) {
    Json changes = Json::array();
    std::string text;
    for (const documents::ReturnedChange& change : form.changes) {
        changes.push_back({{"task", change.task.hex()},
                           {"serial", change.serial},
                           {"line", change.line},
                           {"before", change.before},
                           {"after", change.after}});
        text += "任务 " + std::to_string(change.serial) + "：" + shortened(oneLine(change.before), 40) +
                " → " + shortened(oneLine(change.after), 60) + "\n";
    }
    Json unmatched = Json::array();
    for (const documents::ReturnedRow& row : form.unmatched) {
        unmatched.push_back({{"line", row.line},
                             {"ordinal", row.ordinal},
                             {"content", row.content},
                             {"text", row.text},
                             {"reason", row.reason()}});
        text += "第 " + std::to_string(row.line) + " 行没有对应的任务（" +
                oneLine(documents::remarkInChinese(row.reason())) + "）：" +
                shortened(oneLine(row.content), 40) + "\n";
    }
    text += namedUnit.empty() ? "" : "表上的填报单位：" + oneLine(namedUnit) + "\n";
    text += (isTaken ? "已存本机，更改 " : "更改 ") + std::to_string(form.changes.size()) + " 项，相同 " +
            std::to_string(form.same) + " 项，表中没有的任务 " + std::to_string(form.absent.size()) + " 项\n";
    return call.answer({{"unit", form.unit.hex()},
                        {"window", form.window.hex()},
                        {"taken", isTaken},
                        {"changes", changes},
                        {"same", form.same},
                        {"unmatched", unmatched},
                        {"absent", form.absent},
                        {"named_unit", orNull(namedUnit)}},
                       text);
}

// Empty: all.
static Result<std::set<RecordId>> tasksAsked(const Call& call, Home& home, const RecordId& ledgerId) {
    std::set<RecordId> asked;
    for (const std::string& typed : call.args.values("task")) {
        HZ_TRY(const RecordId task, ledger::findTask(home.state(), typed, ledgerId.hex()));
        asked.insert(task);
    }
    return asked;
}

static Result<int> fill(Call& call) {
    HZ_TRY(Home* const home, call.home());
    HZ_TRY(const documents::ImportedDocument document, readDocument(call));
    HZ_TRY(const RecordId ledgerId, ledger::findLedger(home->state(), call.args.textOf("ledger")));
    const auto named = call.args.value("unit");
    HZ_TRY(const RecordId unit, named ? ledger::findUnit(home->state(), *named) : home->unit());
    HZ_TRY(const RecordId window,
           ledger::findWindow(home->state(), call.args.textOf("window"), ledgerId.hex()));
    HZ_TRY(documents::ReturnedForm form, documents::readReturned(*home, document, ledgerId, unit, window));
    HZ_TRY(const std::set<RecordId> asked, tasksAsked(call, *home, ledgerId));
    std::erase_if(form.changes, [&](const documents::ReturnedChange& change) {
        return !asked.empty() && !asked.contains(change.task);
    });
    const bool isTaken = !call.args.has("dry-run");
    const std::string namedUnit = documents::unitNamedBy(document);
    if (isTaken) {
        HZ_CHECK(documents::takeReturned(*home, form, call.args.has("submit")));
    }
    return answerReturned(call, form, isTaken, namedUnit);
}

// --- export ---

static Result<int> listForms(Call& call) {
    Json list = Json::array();
    Table table({"form", "名称", "name", "文件类型"});
    for (const documents::FormInfo& form : documents::forms()) {
        const std::string types(form.fileTypes);
        list.push_back(
            {{"form", form.name}, {"title", form.title}, {"title_en", form.titleEn}, {"file_types", types}});
        table.add({std::string(form.name), std::string(form.title), std::string(form.titleEn), types});
    }
    return call.answer(list, table.text());
}

static Result<documents::ExportRequest> exportRequest(const Call& call, Home& home) {
    documents::ExportRequest request;
    request.form = call.args.operand(0);
    request.file = call.args.textOf("o");
    HZ_TRY(request.ledger, ledger::findLedger(home.state(), call.args.textOf("ledger")));
    request.templateFile = call.args.value("template");
    if (const auto typed = call.args.value("unit")) {
        HZ_TRY(request.unit, ledger::findUnit(home.state(), *typed));
    }
    if (const auto typed = call.args.value("window")) {
        HZ_TRY(request.window, ledger::findWindow(home.state(), *typed, request.ledger.hex()));
    }
    return request;
}

static Result<int> exportForm(Call& call) {
    if (call.args.has("list")) {
        return listForms(call);
    }
    if (call.args.operands().empty() || !call.args.has("o")) {
        return usage("export needs FORM and -o FILE");
    }
    if (std::ranges::find(documents::forms(), call.args.operand(0), &documents::FormInfo::name) ==
        documents::forms().end()) {
        return usage("there is no form " + schema::inQuotes(call.args.operand(0)) +
                     " (hz export --list names them)");
    }
    HZ_TRY(Home* const home, call.home());
    HZ_TRY(const documents::ExportRequest request, exportRequest(call, *home));
    HZ_TRY(const documents::ExportAnswer answer, documents::exportForm(*home, request));
    const Json json{{"file", request.file},
                    {"form", request.form},
                    {"ledger", request.ledger.hex()},
                    {"tasks", answer.tasks},
                    {"filings", answer.filings}};
    return call.answer(json, "已导出 " + oneLine(request.file) + "：" + std::to_string(answer.tasks) +
                                 " 项任务，" + std::to_string(answer.filings) + " 份填报\n");
}

static std::vector<OptionSpec> importOptions() {
    std::vector<OptionSpec> options{
        {"year", Takes::one, "YEAR", "the plan year, against what the document says", Need::optional, isYear},
        {"ledger", Takes::one, "LEDGER", "bring this ledger up to date: id or title", Need::optional,
         isNotEmpty},
        {"over-edits", Takes::nothing, "",
         "take the document's words also where people have changed the ledger"},
        {"remove-missing", Takes::nothing, "", "remove the tasks that the document lacks"},
        {"dry-run", Takes::nothing, "",
         "only show what was understood, and what it would change; needs no home"}};
    std::ranges::copy(importChoiceOptions(), std::back_inserter(options));
    return options;
}

std::vector<CommandSpec> documentCommands() {
    return {
        {"import", "FILE", "make or bring up to date a ledger from a document", importOptions(),
         importDocument},
        {"fill",
         "FILE",
         "take over what a unit has written into its reporting form",
         {{"unit", Takes::one, "UNIT", "of this unit (default: one's own)", Need::optional, isNotEmpty},
          {"window", Takes::one, "WINDOW", "in this window (default: the only open one)"},
          {"ledger", Takes::one, "LEDGER", "the ledger: id or title"},
          {"year", Takes::one, "YEAR", "the plan year, against what the document says", Need::optional,
           isYear},
          {"task", Takes::many, "TASK", "only of this task: its serial or id", Need::optional, isNotEmpty},
          {"submit", Takes::nothing, "", "and report what then stands"},
          {"dry-run", Takes::nothing, "", "only show what would change"}},
         fill},
        {"export",
         "[FORM]",
         "write a form to a file",
         {{"list", Takes::nothing, "", "name the forms"},
          {"o", Takes::one, "FILE", "the file", Need::optional, isNotEmpty},
          {"ledger", Takes::one, "LEDGER", "of this ledger: id or title"},
          {"unit", Takes::one, "UNIT", "only this unit", Need::optional, isNotEmpty},
          {"window", Takes::one, "WINDOW", "only this window: id or closing date", Need::optional,
           isNotEmpty},
          {"template", Takes::one, "FILE", "the county's own description of the form", Need::optional,
           isNotEmpty}},
         exportForm},
        {"parse deadline",
         "TEXT",
         "the date or rule that a deadline in words means",
         {{"reference", Takes::one, "DATE", "the day it is counted from (YYYY-MM-DD)", Need::required,
           schema::isDate},
          {"plan-year", Takes::one, "YEAR", "the year of months without one", Need::optional, isYear}},
         parseDeadline},
        {"parse units", "TEXT", "the units and roles that a phrase names", {}, parseUnits},
        {"parse targets", "TEXT", "the figures that a task's text demands", {}, parseTargets},
    };
}

}  // namespace hezhang::cli
