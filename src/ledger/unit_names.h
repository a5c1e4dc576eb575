// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What is a unit's name, and where two of them part. For unit_phrase.cpp only.
//
// Shape:   a name is judged by what it ends with and by the words no name has; a group (各镇街) is a name, an
//          open one (有关部门) is a group whose members a person picks.
// Threads: pure functions.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hezhang::ledger {

constexpr std::size_t kUnitNameLengthMax = 40;

[[nodiscard]] bool opensBracket(char16_t c);
[[nodiscard]] bool closesBracket(char16_t c);

[[nodiscard]] bool isUnitNameText(std::u16string_view name);
[[nodiscard]] bool isUnitGroup(std::u16string_view name);
[[nodiscard]] bool isOpenUnitGroup(std::u16string_view name);

// Adds the names of a text without 、 and ，: 发展改革局和财政局, 各县（市、区）各部门, 县教育局县财政局.
void addUnitNames(std::u16string_view text, std::vector<std::u16string>& names);

// Splits at the separators that no bracket encloses.
[[nodiscard]] std::vector<std::u16string> splitOutsideBrackets(std::u16string_view text,
                                                               std::u16string_view separators);

// True for 陈静 in 平安办 陈静: a person's name behind a unit's, with what follows it.
[[nodiscard]] bool isPersonBehind(std::u16string_view left, std::u16string_view piece,
                                  std::u16string_view next);

// Where the bracket begins that is neither a second plate nor part of a group: 县教育局（负责学校）,
// （李明）.
[[nodiscard]] std::optional<std::size_t> remarkBeside(const std::u16string& written);

}  // namespace hezhang::ledger
