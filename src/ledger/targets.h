// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The figures that a task's text demands, and how its indicator says it will be checked.
//
// Shape:   in the order of the text. A figure is a target only where the text demands it (不少于5次,
//          达到100%, 3个工作日内); what merely counts or dates something is none. A rhythm with a number
//          (每半年不少于1次) is one target.
//          `words` are what a person knows a target by: its clause. Of several in one clause each has what
//          stands behind the one before it; a clause of the figure alone has what a comma parts it from.
// Units:   `value` counts `unit`: % of a ratio; 次, 期, 场, …; 工作日, 日, 小时, 月 of a clock; of a
//          recurrence the times in each period, whose name (weekly, …) is the unit.
// Limits:  text beyond 5,000 characters is not read.
// Errors:  none.
// Threads: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hezhang::ledger {

enum class TargetKind { ratio, count, clock, recurrence };
enum class TargetComparison { exactly, atLeast, atMost };

struct Target {
    TargetKind kind = TargetKind::count;
    TargetComparison comparison = TargetComparison::exactly;
    double value = 0;
    std::string unit;
    std::string text;     // the figure, as written
    std::string words{};  // kTargetWordsMax characters at most, its end
};
inline constexpr std::size_t kTargetWordsMax = 60;

// ratio count clock recurrence; exactly at-least at-most
[[nodiscard]] std::string_view name(TargetKind kind);
[[nodiscard]] std::string_view name(TargetComparison comparison);

[[nodiscard]] std::vector<Target> targetsIn(std::string_view text);

// What records name words of a text by: without blanks and in one width.
[[nodiscard]] std::string wordsKey(std::string_view words);

// At a desk, on the spot, from what units send, by what the checker knows.
enum class CheckKind { desk, site, material, judgement };
[[nodiscard]] std::string_view name(CheckKind kind);

// The ways that an indicator names, each once, in the order of the enumeration.
[[nodiscard]] std::vector<CheckKind> checkKindsOf(std::string_view indicator);

}  // namespace hezhang::ledger
