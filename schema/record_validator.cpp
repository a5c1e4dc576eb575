// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "schema/record_validator.h"

#include <charconv>

#include "schema/text_rules.h"

namespace hezhang::schema {

using nlohmann::json;
using sync::Value;

static constexpr std::size_t kIdDigits = 2 * RecordId::kSize;
static constexpr std::size_t kHashDigits = 2 * Hash::kSize;

static tl::unexpected<Error> bad(const FieldDef& field, std::string_view what) {
    return fail(ErrorCode::badValue, field.name + ": " + std::string(what));
}

static std::string_view className(Value::Class valueClass) {
    switch (valueClass) {
    case Value::Class::text:
        return "a text";
    case Value::Class::integer:
        return "a whole number";
    case Value::Class::boolean:
        return "true or false";
    case Value::Class::sealed:
        return "sealed";
    }
    return "";
}

static tl::unexpected<Error> badClass(const FieldDef& field) {
    return bad(field, "is not " + std::string(className(valueClassOf(field.type))));
}

// --- validate ---

static Result<void> checkInteger(const FieldDef& field, std::int64_t number) {
    if (field.min && number < *field.min) {
        return bad(field, std::to_string(number) + " is below " + std::to_string(*field.min));
    }
    if (field.max && number > *field.max) {
        return bad(field, std::to_string(number) + " is above " + std::to_string(*field.max));
    }
    return {};
}

static Result<void> checkWritten(const FieldDef& field, std::string_view text) {
    const Lines lines = field.type == FieldType::text ? Lines::one : Lines::many;
    if (hasForbiddenControl(text, lines)) {
        return bad(field, "has a control character");
    }
    if (field.maxLength && characterCount(text) > *field.maxLength) {
        return bad(field, "is longer than " + std::to_string(*field.maxLength) + " characters");
    }
    return {};
}

static std::string choiceWords(const FieldDef& field) {
    std::string words;
    for (const Choice& one : field.choices) {
        if (!one.isRetired) {
            words += (words.empty() ? "" : ", ") + one.value;
        }
    }
    return words;
}

static Result<void> checkForm(const FieldDef& field, std::string_view text, bool isOfForm,
                              std::string_view form) {
    if (!isOfForm) {
        return bad(field, inQuotes(text) + " is not " + std::string(form));
    }
    return {};
}

static Result<void> checkText(const FieldDef& field, std::string_view text) {
    switch (field.type) {
    case FieldType::text:
    case FieldType::longText:
    case FieldType::prose:
        return checkWritten(field, text);
    case FieldType::date:
        return checkForm(field, text, isDate(text), "a date (YYYY-MM-DD)");
    case FieldType::dateTime:
        return checkForm(field, text, isDateTime(text), "a time (YYYY-MM-DDTHH:MM:SSZ)");
    case FieldType::choice:
        return checkForm(field, text, field.choice(text) != nullptr, "one of " + choiceWords(field));
    case FieldType::reference:
        return checkForm(field, text, isLowerHex(text, kIdDigits), "an id (32 hex digits)");
    case FieldType::scope:
        return checkForm(field, text, isScope(text), "a scope");
    case FieldType::nonce:
        return checkForm(field, text, isLowerHex(text, kIdDigits), "a nonce (32 hex digits)");
    case FieldType::blobHash:
    case FieldType::fingerprint:
        return checkForm(field, text, isLowerHex(text, kHashDigits), "a hash (64 hex digits)");
    case FieldType::integer:
    case FieldType::boolean:
        break;
    }
    return badClass(field);
}

Result<void> validate(const FieldDef& field, const Value& value) {
    if (value.valueClass() != valueClassOf(field.type)) {
        return badClass(field);
    }
    if (const auto number = value.asInteger()) {
        return checkInteger(field, *number);
    }
    const auto text = value.asText();
    if (!text) {
        return {};
    }
    if (text->size() > kTextBytesMax) {
        return bad(field, "is longer than " + std::to_string(kTextBytesMax) + " bytes");
    }
    if (!sync::isWellFormedUtf8(*text)) {
        return bad(field, "is not well-formed UTF-8");
    }
    if (text->empty()) {
        return field.acceptsEmpty() ? Result<void>() : bad(field, "is empty");
    }
    return checkText(field, *text);
}

Result<void> checkOffered(const FieldDef& field, const Value& value) {
    if (field.isRetired) {
        return bad(field, "is retired: what stands in it is kept, nothing new is written");
    }
    const auto text = field.type == FieldType::choice ? value.asText() : std::nullopt;
    const Choice* const choice = text ? field.choice(*text) : nullptr;
    if (choice != nullptr && choice->isRetired) {
        return bad(field, inQuotes(*text) + " is retired: choose one of " + choiceWords(field));
    }
    return {};
}

// --- from and to the outside ---

static Result<Value> validated(const FieldDef& field, Value value) {
    HZ_CHECK(validate(field, value));
    return value;
}

static bool fitsInt64(const json& value) {
    return value.is_number_integer() &&
           (!value.is_number_unsigned() || value.get<std::uint64_t>() <= std::uint64_t{INT64_MAX});
}

Result<Value> valueFromJson(const FieldDef& field, const json& value) {
    switch (valueClassOf(field.type)) {
    case Value::Class::integer:
        return fitsInt64(value) ? validated(field, Value::integer(value.get<std::int64_t>()))
                                : badClass(field);
    case Value::Class::boolean:
        return value.is_boolean() ? validated(field, Value::boolean(value.get<bool>())) : badClass(field);
    default:
        return value.is_string() ? validated(field, Value::text(value.get_ref<const std::string&>()))
                                 : badClass(field);
    }
}

static Result<Value> integerFromText(const FieldDef& field, std::string_view text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) {
        return badClass(field);
    }
    return validated(field, Value::integer(number));
}

static Result<Value> choiceFromText(const FieldDef& field, std::string_view text) {
    for (const Choice& one : field.choices) {
        if (one.title.zh == text) {
            return Value::text(one.value);
        }
    }
    return validated(field, Value::text(text));
}

Result<Value> valueFromText(const FieldDef& field, std::string_view text) {
    switch (field.type) {
    case FieldType::integer:
        return integerFromText(field, text);
    case FieldType::choice:
        return choiceFromText(field, text);
    case FieldType::boolean:
        if (text != "true" && text != "false") {
            return badClass(field);
        }
        return Value::boolean(text == "true");
    default:
        return validated(field, Value::text(text));
    }
}

json jsonFromValue(const Value& value) {
    switch (value.valueClass()) {
    case Value::Class::text:
        return std::string(*value.asText());
    case Value::Class::integer:
        return *value.asInteger();
    case Value::Class::boolean:
        return *value.asBoolean();
    case Value::Class::sealed:
        break;
    }
    return nullptr;
}

}  // namespace hezhang::schema
