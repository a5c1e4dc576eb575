// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The closed set of field types. A definition names them; a register of a county's own makes new fields,
// never new types. What each accepts is in record_validator.h.
//
// Shape:   integer is an integer value, boolean a boolean value, every other type a text value.
//          text        one line
//          longText    lines, replaced as a whole
//          prose       lines, merged sentence by sentence
//          date        2026-08-15
//          dateTime    2026-08-15T08:40:00Z
//          choice      the value of one of the field's choices
//          reference   a record id: 32 hex digits
//          scope       common · task:ID · unit:ID · restricted:REGISTER (fixed fields only)
//          nonce       32 hex digits, drawn once (fixed fields only)
//          blobHash    the hash of a photo or a scan: 64 hex digits
//          fingerprint the hash of a report as it stood: 64 hex digits
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "sync/op/value.h"

namespace hezhang::schema {

enum class FieldType : std::uint8_t {
    text,
    longText,
    prose,
    integer,
    boolean,
    date,
    dateTime,
    choice,
    reference,
    scope,
    nonce,
    blobHash,
    fingerprint
};

inline constexpr std::array kFieldTypes{
    FieldType::text,  FieldType::longText, FieldType::prose,      FieldType::integer,   FieldType::boolean,
    FieldType::date,  FieldType::dateTime, FieldType::choice,     FieldType::reference, FieldType::scope,
    FieldType::nonce, FieldType::blobHash, FieldType::fingerprint};

[[nodiscard]] constexpr std::string_view name(FieldType type) {
    switch (type) {
    case FieldType::text:
        return "text";
    case FieldType::longText:
        return "longText";
    case FieldType::prose:
        return "prose";
    case FieldType::integer:
        return "integer";
    case FieldType::boolean:
        return "boolean";
    case FieldType::date:
        return "date";
    case FieldType::dateTime:
        return "dateTime";
    case FieldType::choice:
        return "choice";
    case FieldType::reference:
        return "reference";
    case FieldType::scope:
        return "scope";
    case FieldType::nonce:
        return "nonce";
    case FieldType::blobHash:
        return "blobHash";
    case FieldType::fingerprint:
        return "fingerprint";
    }
    return "";
}

[[nodiscard]] constexpr sync::Value::Class valueClassOf(FieldType type) {
    switch (type) {
    case FieldType::integer:
        return sync::Value::Class::integer;
    case FieldType::boolean:
        return sync::Value::Class::boolean;
    default:
        return sync::Value::Class::text;
    }
}

// Text that people write, with a limit in characters; the other text types have a form of their own.
[[nodiscard]] constexpr bool isWritten(FieldType type) {
    return type == FieldType::text || type == FieldType::longText || type == FieldType::prose;
}

// The enumerator of `all` whose name() is `text`.
template <class Enum, std::size_t N>
[[nodiscard]] constexpr std::optional<Enum> enumNamed(const std::array<Enum, N>& all, std::string_view text) {
    for (const Enum one : all) {
        if (name(one) == text) {
            return one;
        }
    }
    return std::nullopt;
}

}  // namespace hezhang::schema
