// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What a checker has to look at, line by line, out of a task's indicator.
//
// Shape:   in the order of the text: an indicator is cut at its sentences, and where it names another way of
//          checking (…情况和实际掌握情况: two lines). What names no way is a line without a kind.
// Limits:  a line is kCheckLineMax characters at most, its front; text beyond 5,000 characters is not read.
// Errors:  none.
// Threads: pure functions.
#pragma once

#include <optional>

#include "src/ledger/targets.h"

namespace hezhang::ledger {

inline constexpr std::size_t kCheckLineMax = 200;

struct CheckLine {
    std::optional<CheckKind> kind;  // none: the indicator does not say how
    std::string words;
    std::string key;  // what the line is known by: its words without blanks and in one width
};
// Lines of the same words are one.
[[nodiscard]] std::vector<CheckLine> checkLinesOf(std::string_view indicator);

}  // namespace hezhang::ledger
