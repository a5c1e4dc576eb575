// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The ticks of a check, as its cell `lines` holds them: "yes WORDS", "no WORDS" or "na WORDS", an element of
// a set each.
//
// Errors:  none: what is none of these is told as it stands there, never guessed at.
// Threads: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hezhang::office {

// What was seen of one line of a task's indicator.
struct SeenLine {
    std::string result;  // yes no na
    std::string words;   // the line's key (src/ledger/check_lines.h)
    bool operator==(const SeenLine&) const = default;
};
struct SeenLines {
    std::vector<SeenLine> lines;
    std::vector<std::string> unclear;  // elements that are none
};

[[nodiscard]] bool isCheckResult(std::string_view text);  // yes no na
[[nodiscard]] SeenLines seenLinesIn(const std::vector<std::string>& elements);
[[nodiscard]] std::string elementOf(const SeenLine& line);

}  // namespace hezhang::office
