// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "schema/record_key.h"

#include <algorithm>

#include "schema/record_validator.h"
#include "schema/text_rules.h"

namespace hezhang::schema {

using nlohmann::json;
using sync::Value;

const Value* RecordKey::find(std::string_view name) const {
    const auto found =
        std::find_if(fields.begin(), fields.end(), [&](const auto& field) { return field.first == name; });
    return found == fields.end() ? nullptr : &found->second;
}

Value* RecordKey::find(std::string_view name) {
    return const_cast<Value*>(std::as_const(*this).find(name));
}

static bool mayBeAbsent(const FieldDef& field) {
    return field.isOptional || field.type == FieldType::scope || field.type == FieldType::nonce;
}

static Result<Value> fixedValue(const FieldDef& field, const json& object) {
    const auto found = object.find(field.name);
    if (found != object.end()) {
        return valueFromJson(field, *found);
    }
    if (!mayBeAbsent(field)) {
        return fail(ErrorCode::badValue, field.name + ": is missing");
    }
    return Value();
}

Result<RecordKey> keyFromJson(const RegisterDef& def, const json& object) {
    if (!object.is_object()) {
        return fail(ErrorCode::badInput, "key: is not an object");
    }
    for (const auto& [name, unused] : object.items()) {
        if (def.keyField(name) == nullptr) {
            return fail(ErrorCode::unknownField, def.name + " has no fixed field " + inQuotes(name));
        }
    }
    RecordKey key{def.name, {}};
    for (const FieldDef& field : def.key) {
        HZ_TRY(Value value, fixedValue(field, object));
        key.fields.emplace_back(field.name, std::move(value));
    }
    return key;
}

Result<void> validateKey(const RegisterDef& def, const RecordKey& key) {
    const auto isOf = [](const auto& entry, const FieldDef& field) { return entry.first == field.name; };
    if (key.registerName != def.name ||
        !std::equal(key.fields.begin(), key.fields.end(), def.key.begin(), def.key.end(), isOf)) {
        return fail(ErrorCode::badValue, "key: is not of the fixed fields of " + def.name);
    }
    for (std::size_t i = 0; i < def.key.size(); ++i) {
        HZ_CHECK(validate(def.key[i], key.fields[i].second));
    }
    return {};
}

}  // namespace hezhang::schema
