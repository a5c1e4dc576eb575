// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What a piece of text may look like. Pure functions over hostile input; nothing here fails or allocates
// much.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace hezhang::schema {

enum class Lines { one, many };

// True if the text has a character it must not have: C0 and C1 controls and DEL, except \n where many lines
// are allowed; U+2028 and U+2029 where only one is. REQUIRES: well-formed UTF-8
[[nodiscard]] bool hasForbiddenControl(std::string_view text, Lines lines);

// Code points, not bytes. REQUIRES: well-formed UTF-8
[[nodiscard]] std::size_t characterCount(std::string_view text);

// The name of a register or a field: a small letter, then small letters, digits and _, 40 at most.
[[nodiscard]] bool isName(std::string_view text);

// The value of a choice: small letters, digits and -, 40 at most.
[[nodiscard]] bool isChoiceWord(std::string_view text);

// Exactly `digits` lower-case hex digits: an id has one spelling.
[[nodiscard]] bool isLowerHex(std::string_view text, std::size_t digits);

// 2026-08-15, a day of the calendar.
[[nodiscard]] bool isDate(std::string_view text);

// 2026-08-15T08:40:00Z
[[nodiscard]] bool isDateTime(std::string_view text);

// common · task:ID · unit:ID · restricted:REGISTER
[[nodiscard]] bool isScope(std::string_view text);

// A word from outside as it may stand in an error: 'word', or its size where it is long or unprintable.
[[nodiscard]] std::string inQuotes(std::string_view text);

}  // namespace hezhang::schema
