// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Does this value fit this field? The same check on the device, where a person waits for the answer, and at
// the endpoint, where the input may be hostile. Of a set the value is an element, of a counter an increment.
//
// Shape:   JSON values are typed: a number for integer, true or false for boolean, a string for everything
// else. Limits:  text is kTextBytesMax at most whatever the field says, well-formed UTF-8 without control
// characters
//          (\n is allowed in longText and prose, nothing else).
// Errors:  badValue, `field: what is wrong`; a value is quoted only where the field takes no written text.
// Threads: pure functions.
#pragma once

#include <nlohmann/json.hpp>
#include <string_view>

#include "schema/register_def.h"
#include "sync/base/result.h"
#include "sync/op/value.h"

namespace hezhang::schema {

// The class byte comes off the limit of a value.
inline constexpr std::size_t kTextBytesMax = sync::kValueBytesMax - 1;

// What is retired is valid: it was written by a definition that stands in the log.
[[nodiscard]] Result<void> validate(const FieldDef& field, const sync::Value& value);
// Whether a new edit may write it: neither the field nor the choice is retired. Asked of a person's edits on
// the device only.
[[nodiscard]] Result<void> checkOffered(const FieldDef& field, const sync::Value& value);

// Both give valid values only.
[[nodiscard]] Result<sync::Value> valueFromJson(const FieldDef& field, const nlohmann::json& value);
// As a person types it: 75, true, 2026-08-15, done or 已完成.
[[nodiscard]] Result<sync::Value> valueFromText(const FieldDef& field, std::string_view text);

// By the class of the value, so it needs no definition. A sealed value, which this version cannot open, is
// null.
[[nodiscard]] nlohmann::json jsonFromValue(const sync::Value& value);

}  // namespace hezhang::schema
