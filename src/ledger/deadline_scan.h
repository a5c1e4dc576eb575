// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The expressions of time in a deadline text, found from left to right. For deadline.cpp only.
//
// Shape:   the text is folded first: ASCII digits and signs, Chinese numerals before a unit of time as
// digits, no
//          blanks but between two digits. A scan marks what it has read, so that what is left over can be
//          judged.
// Threads: values.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "src/ledger/calendar.h"
#include "src/ledger/chinese_text.h"
#include "src/ledger/deadline.h"

namespace hezhang::ledger {

[[nodiscard]] std::u16string foldDeadline(std::u16string_view text);

// A text in which what was read is blotted out, so that no later pattern reads it again.
class DeadlineText {
public:
    explicit DeadlineText(std::u16string folded) : m_text(std::move(folded)) {}

    // The first match of what has not been read yet, blotted out.
    [[nodiscard]] std::optional<Pattern::Match> take(const Pattern& pattern);
    // The match that begins exactly at `at`, blotted out.
    [[nodiscard]] std::optional<Pattern::Match> takeAt(const Pattern& pattern, std::size_t at);
    [[nodiscard]] const std::u16string& rest() const { return m_text; }

private:
    void blot(const Pattern::Match& match);
    std::u16string m_text;
};

// A rule like 每季度最后1个月10号前.
struct RecurringRule {
    Recurrence recurrence = Recurrence::none;  // ongoing for 每日, none for a rhythm without a name here
    std::optional<Date> next;                  // missing for yearly rules, whose dates are read as mentions
    std::size_t begin = 0;
    bool dayUnknown = false;     // 每月第一个工作日: the rhythm is known, the day is not
    bool isProvisional = false;  // next was counted through a year that is not announced
};
[[nodiscard]] std::vector<RecurringRule> takeRecurringRules(DeadlineText& text, const DeadlineBasis& basis);

// A clock like 30日内 or 文件公布后3个工作日内.
struct RelativeClock {
    std::optional<WorkingDay> end;  // counted from the reference date
    bool byEvent = false;           // it starts with something else than the document: a rule, not a date
};
[[nodiscard]] std::vector<RelativeClock> takeRelativeClocks(DeadlineText& text, const DeadlineBasis& basis);

// A date that is written out, wholly or in part.
struct DateMention {
    Date date;   // the last day of what is named
    Date first;  // its first one: of a month, 1st; else the date
    bool hasYear = false;
    bool isStart = false;    // 3月起, or the left end of 3月至11月
    bool wholeYear = false;  // 全年
    std::size_t begin = 0;
    std::size_t end = 0;
};
struct DateMentions {
    std::vector<DateMention> dates;
    std::vector<std::u16string> impossible;  // 2月30日: written like a date, but no day
};
[[nodiscard]] DateMentions takeDates(DeadlineText& text, const DeadlineBasis& basis);

}  // namespace hezhang::ledger
