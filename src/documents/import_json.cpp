// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/documents/import_json.h"

#include <nlohmann/json.hpp>

namespace hezhang::documents {

namespace {

using Json = nlohmann::ordered_json;

// Text from a document may hold broken characters; JSON may not.
std::string printed(const Json& json) {
    return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

Json dateJson(const std::optional<ledger::Date>& date) {
    return date ? Json(date->text()) : Json(nullptr);
}

Json textOrNull(const std::string& text) {
    return text.empty() ? Json(nullptr) : Json(text);
}

Json lastWorkingDay(const ledger::Deadline& deadline) {
    return deadline.lastWorkingDay ? Json(deadline.lastWorkingDay->date.text()) : Json(nullptr);
}

Json unitJson(const ledger::PhraseUnit& unit) {
    return {{"unit", unit.name},
            {"role", name(unit.role)},
            {"group", unit.group},
            {"open_ended", unit.openEnded}};
}

Json unitsJson(const std::vector<ledger::PhraseUnit>& units) {
    Json list = Json::array();
    for (const auto& unit : units) {
        list.push_back(unitJson(unit));
    }
    return list;
}

// 80, not 80.0; 99.5 as it is.
Json numberJson(double value) {
    const auto whole = static_cast<int>(value);
    return static_cast<double>(whole) == value ? Json(whole) : Json(value);
}

Json targetsJson(const std::vector<ledger::Target>& targets) {
    Json list = Json::array();
    for (const auto& target : targets) {
        list.push_back({{"kind", name(target.kind)},
                        {"comparison", name(target.comparison)},
                        {"value", numberJson(target.value)},
                        {"unit", target.unit},
                        {"text", target.text}});
    }
    return list;
}

Json checkKindsJson(const std::string& indicator) {
    Json list = Json::array();
    for (const auto kind : ledger::checkKindsOf(indicator)) {
        list.push_back(name(kind));
    }
    return list;
}

Json taskJson(const ImportedTask& task) {
    return {{"ordinal", task.ordinal},
            {"item", task.item},
            {"content", task.content},
            {"indicator", task.indicator},
            {"responsible_text", task.responsibleText},
            {"units", unitsJson(task.units)},
            {"deadline_text", task.deadlineText},
            {"due", dateJson(task.due)},
            {"recurrence", name(task.recurrence)},
            {"serial", task.serial},
            {"line", task.line},
            {"deadline_note", textOrNull(task.deadlineNote)},
            {"dates_in_content", task.datesInContent},
            {"targets", targetsJson(ledger::targetsIn(task.content))},
            {"indicator_kind", checkKindsJson(task.indicator)}};
}

Json windowJson(const SuggestedWindow& window) {
    return {{"closes", dateJson(window.closes)},
            {"recurrence", name(window.recurrence)},
            {"text", window.text},
            {"line", window.line}};
}

template <class List, class ToJson>
Json listJson(const List& list, ToJson toOne) {
    Json out = Json::array();
    for (const auto& one : list) {
        out.push_back(toOne(one));
    }
    return out;
}

}  // namespace

std::string toJson(const ImportedDocument& document) {
    Json json;
    json["title"] = document.title;
    json["year"] = document.year ? Json(*document.year) : Json(nullptr);
    json["sections"] = listJson(document.sections, [](const ImportedSection& section) {
        return Json{{"title", section.title}, {"tasks", section.tasks}};
    });
    json["warnings"] = listJson(document.warnings, [](const ImportWarning& warning) {
        return Json{{"line", warning.line}, {"text", warning.text}};
    });
    json["tasks"] = listJson(document.tasks, taskJson);
    json["edition"] = textOrNull(document.edition);
    json["issuer"] = document.issuer ? Json(*document.issuer) : Json(nullptr);
    json["reference_date"] = dateJson(document.referenceDate);
    json["windows"] = listJson(document.windows, windowJson);
    return printed(json);
}

std::string toJson(const ledger::Deadline& deadline) {
    Json json;
    json["due"] = dateJson(deadline.due);
    json["recurrence"] = name(deadline.recurrence);
    json["note"] = deadline.note;
    json["others"] = listJson(deadline.others, [](const ledger::Date& date) { return Json(date.text()); });
    json["last_working_day"] = lastWorkingDay(deadline);
    if (deadline.lastWorkingDay) {
        json["provisional"] = deadline.isProvisional || deadline.lastWorkingDay->provisional;
    }
    return printed(json);
}

std::string toJson(const ledger::UnitPhrase& phrase) {
    Json json;
    json["units"] = unitsJson(phrase.units);
    json["warnings"] = phrase.warnings;
    return printed(json);
}

std::string toJson(const std::vector<ledger::Target>& targets) {
    return printed(Json{{"targets", targetsJson(targets)}});
}

}  // namespace hezhang::documents
