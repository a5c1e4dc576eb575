// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <limits>
#include <set>

#include "schema/json_reader.h"
#include "schema/register_def.h"

namespace hezhang::schema {

using nlohmann::json;
using sync::MergeRule;

static constexpr auto kLeast = std::numeric_limits<std::int64_t>::min();

enum class FieldKind { fixed, cell };

// --- one field ---

static bool mayBeFixed(FieldType type) {
    switch (type) {
    case FieldType::text:
    case FieldType::integer:
    case FieldType::date:
    case FieldType::dateTime:
    case FieldType::choice:
    case FieldType::reference:
    case FieldType::scope:
    case FieldType::nonce:
        return true;
    default:
        return false;
    }
}

static bool fits(MergeRule rule, FieldType type) {
    if (type == FieldType::scope || type == FieldType::nonce) {
        return false;
    }
    switch (rule) {
    case MergeRule::keepBoth:
    case MergeRule::authority:
        return type != FieldType::prose;
    case MergeRule::prose:
        return type == FieldType::prose;
    case MergeRule::set:
        return type != FieldType::prose && type != FieldType::longText && type != FieldType::boolean;
    case MergeRule::counter:
        return type == FieldType::integer;
    }
    return false;
}

static Result<Title> readTitle(const ObjectReader& reader) {
    HZ_TRY(const json* const value, reader.member("title"));
    HZ_TRY(const auto title, ObjectReader::open(*value, reader.at("title"), {"zh", "en"}));
    HZ_TRY(std::string zh, title.text("zh"));
    HZ_TRY(std::string en, title.text("en"));
    return Title{std::move(zh), std::move(en)};
}

static Result<Choice> readChoice(const json& value, Place place) {
    HZ_TRY(const auto reader, ObjectReader::open(value, std::move(place), {"value", "zh", "en", "retired"}));
    HZ_TRY(std::string word, reader.text("value"));
    if (!isChoiceWord(word)) {
        return reader.at("value").wrong(inQuotes(word) + " is not a choice word (a-z, 0-9, -)");
    }
    HZ_TRY(std::string zh, reader.text("zh"));
    HZ_TRY(std::string en, reader.text("en"));
    HZ_TRY(const bool isRetired, reader.flag("retired"));
    return Choice{std::move(word), {std::move(zh), std::move(en)}, isRetired};
}

static Result<Writer> readWriter(const json& value, const Place& place) {
    const auto writer =
        value.is_string() ? enumNamed(kWriters, value.get_ref<const std::string&>()) : std::nullopt;
    if (!writer) {
        return place.wrong(value.is_string() ? "unknown role word " + inQuotes(value.get<std::string>())
                                             : "is not a role word");
    }
    return *writer;
}

// The Chinese titles are told apart too: people and sheets name a choice by its title.
static Result<void> checkChoices(const std::vector<Choice>& choices, const Place& place) {
    std::set<std::string_view> values;
    std::set<std::string_view> titles;
    for (std::size_t i = 0; i < choices.size(); ++i) {
        if (!values.insert(choices[i].value).second) {
            return place.element(i).wrong("the value " + inQuotes(choices[i].value) + " stands twice");
        }
        if (!titles.insert(choices[i].title.zh).second) {
            return place.element(i).wrong("the title " + inQuotes(choices[i].title.zh) + " stands twice");
        }
    }
    return {};
}

static Result<void> refuse(const ObjectReader& reader, std::string_view key, FieldType type) {
    if (reader.has(key)) {
        return reader.at(key).wrong("does not fit the type " + std::string(name(type)));
    }
    return {};
}

static Result<void> readLength(const ObjectReader& reader, FieldDef& field) {
    if (!isWritten(field.type)) {
        return refuse(reader, "max_length", field.type);
    }
    HZ_TRY(const auto length, reader.optionalInteger("max_length", 1));
    if (length) {
        field.maxLength = static_cast<std::size_t>(*length);
    }
    return {};
}

static Result<void> readRange(const ObjectReader& reader, FieldDef& field) {
    if (field.type != FieldType::integer) {
        HZ_CHECK(refuse(reader, "min", field.type));
        return refuse(reader, "max", field.type);
    }
    HZ_TRY(field.min, reader.optionalInteger("min", kLeast));
    HZ_TRY(field.max, reader.optionalInteger("max", kLeast));
    if (field.isCounter() && (field.min || field.max)) {
        return reader.at(field.min ? "min" : "max").wrong("does not fit a counter");
    }
    if (field.min && field.max && *field.min > *field.max) {
        return reader.at("min").wrong("is above max");
    }
    return {};
}

static Result<void> readChoices(const ObjectReader& reader, FieldDef& field) {
    if (field.type != FieldType::choice) {
        return refuse(reader, "choices", field.type);
    }
    HZ_TRY(field.choices, reader.list("choices", readChoice));
    for (std::size_t i = 0; i < field.choices.size(); ++i) {
        if (field.isFixed() && field.choices[i].isRetired) {
            // Who opens an old record again, offline, names it by the same fixed fields.
            return reader.at("choices").element(i).wrong("a choice of a fixed field is never retired");
        }
    }
    return checkChoices(field.choices, reader.at("choices"));
}

static Result<void> readTarget(const ObjectReader& reader, FieldDef& field) {
    if (field.type != FieldType::reference) {
        return refuse(reader, "register", field.type);
    }
    HZ_TRY(field.target, reader.word("register"));
    return {};
}

static Result<void> readFixedPart(const ObjectReader& reader, FieldDef& field) {
    if (!mayBeFixed(field.type)) {
        return reader.at("type").wrong(std::string(name(field.type)) + " cannot be a fixed field");
    }
    const bool isComputed = field.type == FieldType::scope || field.type == FieldType::nonce;
    if (isComputed != (field.name == "scope" || field.name == "nonce") ||
        (isComputed && field.name != name(field.type))) {
        return reader.at("name").wrong("scope and nonce are the names of just the fields of these types");
    }
    field.isInDump = !isComputed;
    if (isComputed || valueClassOf(field.type) != sync::Value::Class::text) {
        return refuse(reader, "optional", field.type);
    }
    HZ_TRY(field.isOptional, reader.flag("optional"));
    return {};
}

static Result<void> readCellPart(const ObjectReader& reader, FieldDef& field) {
    if (isBuiltInCell(field.name)) {
        return reader.at("name").wrong("every register has " + inQuotes(field.name) + " by itself");
    }
    HZ_TRY(field.merge, reader.oneOf("merge", "merge rule", sync::mergeRuleNamed));
    if (!fits(*field.merge, field.type)) {
        return reader.at("merge").wrong(std::string(name(*field.merge)) + " does not fit the type " +
                                        std::string(name(field.type)));
    }
    HZ_TRY(field.write, reader.list("write", readWriter));
    HZ_TRY(field.isRetired, reader.flag("retired"));
    return {};
}

static Result<ObjectReader> openField(const json& value, Place place, FieldKind kind) {
    if (kind == FieldKind::fixed) {
        return ObjectReader::open(
            value, std::move(place),
            {"name", "title", "type", "max_length", "min", "max", "choices", "register", "optional"});
    }
    return ObjectReader::open(value, std::move(place),
                              {"name", "title", "type", "max_length", "min", "max", "choices", "register",
                               "merge", "write", "retired"});
}

static Result<FieldDef> readField(const json& value, Place place, FieldKind kind) {
    HZ_TRY(const auto reader, openField(value, std::move(place), kind));
    FieldDef field;
    HZ_TRY(field.name, reader.word("name"));
    HZ_TRY(field.title, readTitle(reader));
    HZ_TRY(field.type, reader.oneOf("type", "type", [](auto text) { return enumNamed(kFieldTypes, text); }));
    HZ_CHECK(kind == FieldKind::fixed ? readFixedPart(reader, field) : readCellPart(reader, field));
    HZ_CHECK(readLength(reader, field));
    HZ_CHECK(readRange(reader, field));
    HZ_CHECK(readChoices(reader, field));
    HZ_CHECK(readTarget(reader, field));
    return field;
}

static Result<DeleteRule> readDeleteRule(const json& value, Place place) {
    HZ_TRY(const auto reader, ObjectReader::open(value, std::move(place), {"by", "when"}));
    DeleteRule rule;
    HZ_TRY(rule.by, reader.oneOf("by", "role word", [](auto text) { return enumNamed(kWriters, text); }));
    if (reader.has("when")) {
        HZ_TRY(rule.when, reader.oneOf("when", "condition",
                                       [](auto text) { return enumNamed(kDeleteConditions, text); }));
    }
    return rule;
}

// --- what the parts demand of each other ---

static bool hasReference(const RegisterDef& def, std::string_view fieldName, std::string_view target) {
    const FieldDef* const field = def.keyField(fieldName);
    return field != nullptr && field->type == FieldType::reference && field->target == target;
}

static Result<void> checkNames(const RegisterDef& def, const Place& place) {
    std::set<std::string_view> names;
    for (std::size_t i = 0; i < def.key.size(); ++i) {
        if (!names.insert(def.key[i].name).second) {
            return place.member("key").element(i).member("name").wrong("the name stands twice");
        }
    }
    for (std::size_t i = 0; i < def.cells.size(); ++i) {
        if (!names.insert(def.cells[i].name).second) {
            return place.member("cells").element(i).member("name").wrong("the name stands twice");
        }
    }
    return {};
}

static Result<void> checkScope(const RegisterDef& def, const Place& place) {
    const Place scope = place.member("scope");
    if ((def.scope == ScopeRule::county) != (def.keyField("scope") == nullptr)) {
        return scope.wrong(def.scope == ScopeRule::county ? "county has no fixed field scope"
                                                          : "needs the fixed field scope");
    }
    if (def.scope == ScopeRule::unit && !hasReference(def, "unit", "unit")) {
        return scope.wrong("unit needs the fixed field unit, a reference to unit");
    }
    if (def.scope == ScopeRule::ofRecord && !hasReference(def, "record", kAnyRegister)) {
        return scope.wrong("ofRecord needs the fixed field record, a reference to any");
    }
    return {};
}

static Result<void> checkWriter(const RegisterDef& def, Writer writer, const Place& place) {
    if (writer == Writer::ownUnit && !hasReference(def, "unit", "unit")) {
        return place.wrong("ownUnit needs the fixed field unit, a reference to unit");
    }
    const bool hasTask = def.name == "task" || hasReference(def, "task", "task");
    if ((writer == Writer::leadUnit || writer == Writer::taskUnit) && !hasTask) {
        return place.wrong(std::string(name(writer)) + " needs the fixed field task, a reference to task");
    }
    return {};
}

static Result<void> checkWriters(const RegisterDef& def, const Place& place) {
    for (std::size_t i = 0; i < def.cells.size(); ++i) {
        const auto& write = def.cells[i].write;
        for (std::size_t k = 0; k < write.size(); ++k) {
            HZ_CHECK(checkWriter(def, write[k], place.member("cells").element(i).member("write").element(k)));
        }
    }
    for (std::size_t i = 0; i < def.deleteRules.size(); ++i) {
        const auto rulePlace = place.member("delete").element(i);
        HZ_CHECK(checkWriter(def, def.deleteRules[i].by, rulePlace.member("by")));
        const FieldDef* const submitted = def.cell("submitted");
        if (def.deleteRules[i].when == DeleteWhen::unsubmitted &&
            (submitted == nullptr || submitted->type != FieldType::fingerprint)) {
            return rulePlace.member("when").wrong("unsubmitted needs the cell submitted, of fingerprints");
        }
    }
    return {};
}

// --- the whole ---

static Result<int> readVersion(const ObjectReader& reader) {
    HZ_TRY(const std::int64_t version, reader.integer("version", 1));
    if (version > std::numeric_limits<int>::max()) {
        return reader.at("version").wrong("is too large");
    }
    return static_cast<int>(version);
}

static Result<RegisterDef> readRegister(const ObjectReader& reader) {
    RegisterDef def;
    HZ_TRY(def.name, reader.word("name"));
    if (def.name == kAnyRegister) {
        return reader.at("name").wrong("any is no register's name");
    }
    HZ_TRY(def.title, readTitle(reader));
    HZ_TRY(def.version, readVersion(reader));
    HZ_TRY(def.scope,
           reader.oneOf("scope", "scope rule", [](auto text) { return enumNamed(kScopeRules, text); }));
    HZ_TRY(def.key, reader.list("key", [](const json& value, Place place) {
        return readField(value, std::move(place), FieldKind::fixed);
    }));
    HZ_TRY(def.cells, reader.list("cells", [](const json& value, Place place) {
        return readField(value, std::move(place), FieldKind::cell);
    }));
    HZ_TRY(def.deleteRules, reader.list("delete", readDeleteRule));
    return def;
}

Result<RegisterDef> parseRegister(std::string_view text, std::string_view fileName) {
    const Place place{std::string(fileName), ""};
    if (text.size() > kDefinitionBytesMax) {
        return fail(ErrorCode::tooLarge,
                    place.file + ": is longer than " + std::to_string(kDefinitionBytesMax) + " bytes");
    }
    HZ_TRY(const json parsed, parseStrictJson(text, fileName));
    HZ_TRY(
        const auto reader,
        ObjectReader::open(parsed, place, {"name", "title", "version", "scope", "key", "cells", "delete"}));
    HZ_TRY(RegisterDef def, readRegister(reader));
    HZ_CHECK(checkNames(def, place));
    HZ_CHECK(checkScope(def, place));
    HZ_CHECK(checkWriters(def, place));
    return def;
}

}  // namespace hezhang::schema
