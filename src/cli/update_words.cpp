// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/cli/update_words.h"

#include "schema/registers.h"

namespace hezhang::cli {

using documents::ChangedBy;
using documents::FieldUpdate;
using documents::LedgerUpdate;
using documents::SectionUpdate;
using documents::TaskUpdate;
using documents::UpdateKind;

static Json fieldsJson(const std::vector<FieldUpdate>& fields) {
    Json list = Json::array();
    for (const FieldUpdate& one : fields) {
        Json by;
        if (one.by) {
            by = {{"person", idOrNull(one.by->person)},
                  {"person_name", one.by->personName},
                  {"unit_name", one.by->unitName},
                  {"at", timeOrNull(one.by->at)}};
        }
        list.push_back({{"field", one.field},
                        {"before", one.before},
                        {"after", one.after},
                        {"changed_by", name(one.changedBy)},
                        {"taken", one.isTaken},
                        {"by", by}});
    }
    return list;
}

static Json numberOrNull(const std::optional<std::int64_t>& number) {
    return number ? Json(*number) : Json();
}

Json updateJson(const LedgerUpdate& update) {
    Json added = Json::array();
    Json changed = Json::array();
    for (const TaskUpdate& task : update.tasks) {
        Json one{{"task", task.task.hex()},
                 {"serial", task.serial},
                 {"number", task.number},
                 {"content", task.content}};
        if (task.kind == UpdateKind::added) {
            one["resembles"] = numberOrNull(task.resembles);
            added.push_back(std::move(one));
        } else if (task.kind != UpdateKind::same) {
            one["fields"] = fieldsJson(task.fields);
            changed.push_back(std::move(one));
        }
    }
    Json sections = Json::array();
    for (const SectionUpdate& section : update.sections) {
        if (section.title && !section.isNew) {
            sections.push_back({{"section", section.section.hex()},
                                {"serial", section.serial},
                                {"fields", fieldsJson({*section.title})}});
        }
    }
    Json missing = Json::array();
    for (const TaskUpdate& task : update.missing) {
        missing.push_back({{"task", task.task.hex()},
                           {"serial", task.serial},
                           {"number", task.number},
                           {"content", task.content},
                           {"filings", task.filings},
                           {"removed", task.isRemoved}});
    }
    return {{"ledger", update.ledger.hex()},
            {"title", update.title},
            {"is_new", update.isNew},
            {"fields", fieldsJson(update.isNew ? std::vector<FieldUpdate>() : update.head)},
            {"sections", sections},
            {"added", added},
            {"changed", changed},
            {"missing", missing},
            {"unchanged", update.count(UpdateKind::same)},
            {"kept_edits", update.keptEdits()}};
}

static const schema::FieldDef* cellOf(const std::string& registerName, const std::string& field) {
    const schema::RegisterDef* def = schema::Registers::builtIn().find(registerName);
    return def == nullptr ? nullptr : def->cell(field);
}

static std::string titleOf(const std::string& registerName, const std::string& field) {
    const schema::FieldDef* cell = cellOf(registerName, field);
    return cell == nullptr ? field : cell->title.zh;
}

// A choice by what it is called.
static std::string valueWords(const schema::FieldDef* cell, const std::string& value) {
    const schema::Choice* choice = cell == nullptr ? nullptr : cell->choice(value);
    return choice == nullptr ? value : choice->title.zh;
}

// Texts by their words; a date, a choice, names as wholes.
static std::string marked(const std::string& registerName, const FieldUpdate& one) {
    const schema::FieldDef* cell = cellOf(registerName, one.field);
    const bool isText = cell != nullptr &&
                        (cell->type == schema::FieldType::prose || cell->type == schema::FieldType::longText);
    std::vector<ledger::TextRun> runs;
    if (isText) {
        runs = ledger::textDiff(one.before, one.after);
    } else {
        runs = {{ledger::RunKind::removed, valueWords(cell, one.before)},
                {ledger::RunKind::added, valueWords(cell, one.after)}};
    }
    std::string text;
    for (const ledger::TextRun& run : runs) {
        const std::string words = oneLine(run.text);
        text += words.empty() || run.kind == ledger::RunKind::same ? words
                : run.kind == ledger::RunKind::removed             ? "[-" + words + "-]"
                                                                   : "{+" + words + "+}";
    }
    return text;
}

static std::string whoText(const FieldUpdate& one) {
    if (one.changedBy == ChangedBy::document) {
        return "";
    }
    const std::string who = one.by ? oneLine(one.by->unitName + " " + one.by->personName) : "";
    return "（" + who +
           (one.changedBy == ChangedBy::person ? " 在台账中改过，文件未变"
            : one.changedBy == ChangedBy::both ? " 在台账中改过，文件也变了"
                                               : " 先写在台账中，没有记录是否来自文件") +
           (one.isTaken ? "；以文件为准）" : "；保留台账内容）");
}

static std::string fieldLine(const std::string& registerName, const FieldUpdate& one) {
    return titleOf(registerName, one.field) + "：" + marked(registerName, one) + whoText(one) + "\n";
}

// What differs of the ledger itself and of its sections.
static std::string headText(const LedgerUpdate& update) {
    std::string text;
    for (const FieldUpdate& one : update.isNew ? std::vector<FieldUpdate>() : update.head) {
        text += "台账 " + fieldLine("ledger", one);
    }
    for (const SectionUpdate& section : update.sections) {
        if (section.title && !section.isNew) {
            text += "板块 " + std::to_string(section.serial) + " " + fieldLine("section", *section.title);
        }
    }
    return text;
}

std::string updateText(const LedgerUpdate& update, bool isDone) {
    std::string text = headText(update);
    for (const TaskUpdate& task : update.tasks) {
        if (task.kind == UpdateKind::added && !update.isNew) {
            text += "新增 任务 " + std::to_string(task.serial) + "：" + shortened(oneLine(task.content), 60) +
                    "\n";
        }
        for (const FieldUpdate& one : task.fields) {
            if (task.kind != UpdateKind::added) {
                text += "任务 " + std::to_string(task.serial) + " " + fieldLine("task", one);
            }
        }
    }
    for (const TaskUpdate& task : update.missing) {
        text += std::string(task.isRemoved ? (isDone ? "已删除" : "将删除") : "文件中没有") + " 任务 " +
                std::to_string(task.serial) + "（填报 " + std::to_string(task.filings) + " 份）：" +
                shortened(oneLine(task.content), 60) + "\n";
    }
    return text + std::string(isDone ? "" : "尚未写入：") + std::to_string(update.tasks.size()) +
           " 项任务，新增 " + std::to_string(update.count(UpdateKind::added)) + "，更改 " +
           std::to_string(update.changed()) + "，不变 " + std::to_string(update.count(UpdateKind::same)) +
           "，文件中没有 " + std::to_string(update.missing.size()) + "，保留人工修改 " +
           std::to_string(update.keptEdits()) + " 处\n";
}

}  // namespace hezhang::cli
