// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/deadline.h"

#include <algorithm>
#include <array>

#include "src/ledger/deadline_scan.h"

namespace hezhang::ledger {

namespace {

constexpr std::size_t kCharactersMax = 500;
constexpr std::string_view kProvisionalNote =
    "provisional: the holidays of a year on the way are not announced yet";

constexpr std::array kRecurrenceNames = {std::string_view("none"),      std::string_view("ongoing"),
                                         std::string_view("yearly"),    std::string_view("half-yearly"),
                                         std::string_view("quarterly"), std::string_view("monthly"),
                                         std::string_view("weekly")};

// Everything a deadline text says, before it is decided what counts.
struct Findings {
    std::vector<RecurringRule> rules;
    std::vector<RelativeClock> clocks;
    DateMentions written;
    bool ongoing = false;
    bool vague = false;  // 及时, 适时, …: words without a date
    std::u16string rest;
};

// 自6月起每月25日前: the rule's first date is one behind its start.
void startRulesLater(Findings& found, const std::u16string& folded, const DeadlineBasis& basis) {
    DeadlineBasis later = basis;
    for (const auto& mention : found.written.dates) {
        if (mention.isStart) {
            later.reference = std::max(later.reference, mention.first);
        }
    }
    if (later.reference > basis.reference && !found.rules.empty()) {
        DeadlineText again(folded);
        found.rules = takeRecurringRules(again, later);
    }
}

Findings read(std::u16string_view text, const DeadlineBasis& basis) {
    static const Pattern ongoing(
        u"长期(?:坚持|推进|开展|实施|落实|执行|有效|任务|工作|性)*|持续(?:推进|开展|实施|进行|落实|坚持|更新|"
        u"优化|深化|用力)*"
        u"|常态化?(?:推进|开展|坚持|长效|落实|实施|管理)*|常年|日常(?:工作|开展)*|经常性?(?:开展|工作)*|"
        u"不间断|贯穿始终|全过程|一直坚持|坚持");
    static const Pattern vague(
        u"第1?一?时间|(?:\\d{4}|[今明次来])?年?年初"
        u"|(?<!\\d)月(?:底|末)前?|(?<!\\d)\\d{1,2}[日号]前|及时|适时|定期|不定期|动态(?:更新|调整|管理)*|"
        u"限期|随时|即时|实时|立即|马上|立行立改|"
        u"即知即改|尽快"
        u"|按时限?|按要求|按(?:上级|有关|相关|规定|照)(?:要求|规定|时限|部署|安排|时间)*|按(?:计划|时序|序时)"
        u"(?:进度|推进)*|根据[^,;。]*|另行通知|待定|视情况?|已完成|见[^,;。]*");
    // Before the dates: the year of 2023年国庆节前 is no date of its own.
    static const Pattern feast(
        u"(?:(?:\\d{4}年|今年|明年)(?:的)?)?[“\"]?(?:春节|元旦|清明节?|五一|端午节?|中秋节?|国庆节?|开斋节|"
        u"古尔邦节|两会|党代会)[”\"]?(?:召开)?(?:前|后|期间)?"
        u"|(?:农历|阴历|腊月|正月)[^,;。]*"
        // 2024年高考前: an occasion in the year, not the year's end.
        u"|(?:\\d{4}年|今年|明年)(?:的)?(?![年底末内初中终尾岁度全上下前第])[\\p{Han}“”]{1,9}?(?<!完成|底|末|"
        u"内)(?:前|后|期间)"
        u"(?=[,;。()]|$)");
    Findings found;
    const std::u16string folded = foldDeadline(text.substr(0, kCharactersMax));
    DeadlineText scan(folded);
    found.rules = takeRecurringRules(scan, basis);
    found.clocks = takeRelativeClocks(scan, basis);
    while (scan.take(feast)) {
        found.vague = true;
    }
    found.written = takeDates(scan, basis);
    startRulesLater(found, folded, basis);
    while (scan.take(ongoing)) {
        found.ongoing = true;
    }
    while (scan.take(vague)) {
        found.vague = true;
    }
    found.rest = scan.rest();
    return found;
}

bool sayNothing(const Findings& found) {
    return found.rules.empty() && found.clocks.empty() && found.written.dates.empty() && !found.ongoing &&
           !found.vague;
}

Date nextYearly(Date date, Date reference) {
    const bool monthEnd = date == Date::lastOfMonth(date.year(), date.month());
    const auto in = [&](int year) {
        const Date last = Date::lastOfMonth(year, date.month());
        return monthEnd ? last : Date::of(year, date.month(), date.day()).value_or(last);
    };
    const Date next = in(reference.year());
    return next >= reference ? next : in(std::min(reference.year() + 1, 9999));
}

void addNote(std::string& note, const std::string& text) {
    if (!note.empty()) {
        note += "; ";
    }
    note += text;
}

// The dates that can be due: without the starts of periods, and each yearly one as its next occurrence.
std::vector<Date> dueDates(const Findings& found, bool yearly, const DeadlineBasis& basis) {
    std::vector<Date> dates;
    const bool onlyWholeYear = std::all_of(found.written.dates.begin(), found.written.dates.end(),
                                           [](auto& d) { return d.wholeYear || d.isStart; });
    for (const auto& mention : found.written.dates) {
        if (mention.isStart || (mention.wholeYear && !onlyWholeYear)) {
            continue;
        }
        dates.push_back(yearly && !mention.hasYear ? nextYearly(mention.date, basis.reference)
                                                   : mention.date);
    }
    for (const auto& clock : found.clocks) {
        if (clock.end && !clock.byEvent) {
            dates.push_back(clock.end->date);
        }
    }
    std::sort(dates.begin(), dates.end());
    return dates;
}

// Two dates half a year apart each year are a half-yearly rule, four in step a quarterly one.
Recurrence rhythmOf(const std::vector<Date>& yearly) {
    if (yearly.size() == 2 && std::abs(yearly[1].month() - yearly[0].month()) == 6) {
        return Recurrence::halfYearly;
    }
    if (yearly.size() == 4) {
        return Recurrence::quarterly;
    }
    return Recurrence::yearly;
}

void chooseDue(Deadline& deadline, std::vector<Date> dates, Date reference) {
    if (dates.empty()) {
        return;
    }
    const auto next = std::find_if(dates.begin(), dates.end(), [&](Date d) { return d >= reference; });
    deadline.due = next == dates.end() ? dates.back() : *next;
    std::erase(dates, *deadline.due);
    deadline.others = std::move(dates);
    for (std::size_t i = 0; i < deadline.others.size(); ++i) {
        addNote(deadline.note, (i == 0 ? "also named: " : "") + deadline.others[i].text());
    }
}

void noteClocks(Deadline& deadline, const Findings& found, const DeadlineBasis& basis) {
    for (const auto& clock : found.clocks) {
        if (!clock.end) {
            addNote(deadline.note, "a least duration is no date");
        } else if (clock.byEvent) {
            addNote(deadline.note, "a clock that starts with an event, a rule and no date (an event on " +
                                       basis.reference.text() + " would give " + clock.end->date.text() +
                                       ")");
        }
        if (clock.end && clock.end->provisional) {
            addNote(deadline.note, std::string(kProvisionalNote));
            deadline.isProvisional = deadline.isProvisional || !clock.byEvent;
        }
    }
}

// What was written like a time but not read: the date beside it may not be the one that is meant.
void noteUnread(Deadline& deadline, const Findings& found) {
    static const Pattern time(u"\\d+个?(?:年|季度|月|周|[日号天]|工作日|小时)|[上中下]旬");
    for (const auto& text : found.written.impossible) {
        addNote(deadline.note, "no such day: " + toUtf8(text));
        deadline.doubtful = true;
    }
    if (const auto unread = time.find(found.rest); unread && deadline.due) {
        addNote(deadline.note, "not understood: " + toUtf8(unread->groups[0]));
        deadline.doubtful = true;
    }
}

// 10月底11月底 is what a lost mark between two versions leaves.
void noteGluedDates(Deadline& deadline, const Findings& found) {
    const auto& dates = found.written.dates;
    const auto glued = std::adjacent_find(dates.begin(), dates.end(), [](auto& a, auto& b) {
        return a.end == b.begin && !a.isStart && a.date != b.date;
    });
    if (glued != dates.end()) {
        addNote(deadline.note, "two dates run into each other");
        deadline.doubtful = true;
    }
}

void noteStarts(Deadline& deadline, const Findings& found) {
    for (const auto& mention : found.written.dates) {
        if (!mention.isStart) {
            continue;
        }
        const auto month = mention.date.text().substr(0, 7);
        addNote(deadline.note, "starts in " + month);
    }
}

bool hasYearlyRule(const Findings& found) {
    return std::any_of(found.rules.begin(), found.rules.end(),
                       [](auto& rule) { return rule.recurrence == Recurrence::yearly; });
}

// The first rule with a name decides; a yearly one without a date ends with the year.
void applyRules(Deadline& deadline, const Findings& found, std::vector<Date>& dates,
                const DeadlineBasis& basis) {
    for (const auto& rule : found.rules) {
        if (rule.recurrence == Recurrence::none) {
            addNote(deadline.note, "a rhythm that has no name here");
        }
        if (rule.recurrence == Recurrence::ongoing) {
            addNote(deadline.note, "daily");
        }
        if (rule.dayUnknown) {
            addNote(deadline.note, "the day within the period is not understood: a person must decide");
            deadline.doubtful = true;
        }
        if (deadline.recurrence == Recurrence::none) {
            deadline.recurrence = rule.recurrence;
            if (rule.isProvisional && rule.next) {
                addNote(deadline.note, std::string(kProvisionalNote));
                deadline.isProvisional = true;
            }
            // Several dates are the rule's own; a single one stands beside it: 每季度一次，年底前总结.
            const bool onlyYear = std::all_of(found.written.dates.begin(), found.written.dates.end(),
                                              [](auto& date) { return date.wholeYear; });
            if (rule.next && onlyYear) {
                dates.clear();  // 全年每季度一次
            }
            if (rule.next && dates.size() <= 1) {
                dates.push_back(*rule.next);
            }
        } else if (rule.recurrence != Recurrence::none && rule.recurrence != deadline.recurrence) {
            addNote(deadline.note, "also " + std::string(name(rule.recurrence)));
        }
    }
    if (deadline.recurrence != Recurrence::yearly) {
        return;
    }
    const bool dayUnknown =
        std::any_of(found.rules.begin(), found.rules.end(), [](auto& rule) { return rule.dayUnknown; });
    if (dates.empty() && !dayUnknown) {
        dates.push_back(nextYearly(Date::lastOfMonth(basis.reference.year(), 12), basis.reference));
    } else if (!dates.empty()) {
        deadline.recurrence = rhythmOf(dates);
    }
}

Deadline decide(const Findings& found, const DeadlineBasis& basis) {
    Deadline deadline;
    auto dates = dueDates(found, hasYearlyRule(found), basis);
    applyRules(deadline, found, dates, basis);
    const bool wholeYear = std::any_of(found.written.dates.begin(), found.written.dates.end(),
                                       [](auto& d) { return d.wholeYear; });
    if (deadline.recurrence == Recurrence::none && (found.ongoing || wholeYear)) {
        deadline.recurrence = Recurrence::ongoing;
    }
    noteClocks(deadline, found, basis);
    noteStarts(deadline, found);
    std::sort(dates.begin(), dates.end());
    dates.erase(std::unique(dates.begin(), dates.end()), dates.end());
    chooseDue(deadline, std::move(dates), basis.reference);
    noteUnread(deadline, found);
    noteGluedDates(deadline, found);
    return deadline;
}

}  // namespace

std::string_view name(Recurrence recurrence) {
    return kRecurrenceNames[static_cast<std::size_t>(recurrence)];
}

std::optional<Recurrence> recurrenceNamed(std::string_view wanted) {
    const auto at = std::find(kRecurrenceNames.begin(), kRecurrenceNames.end(), wanted);
    if (at == kRecurrenceNames.end()) {
        return std::nullopt;
    }
    return static_cast<Recurrence>(at - kRecurrenceNames.begin());
}

Deadline parseDeadline(std::string_view text, const DeadlineBasis& basis) {
    const std::u16string wide = toUtf16(text);
    if (trim(wide).empty()) {
        return {};
    }
    Deadline deadline = decide(read(wide, basis), basis);
    if (!deadline.due && deadline.recurrence == Recurrence::none) {
        addNote(deadline.note, "no date can be computed: a person must decide");
    }
    if (deadline.due) {
        deadline.lastWorkingDay = basis.calendar.lastWorkingDayOnOrBefore(*deadline.due);
    }
    return deadline;
}

bool readsAsDeadline(std::u16string_view text) {
    static const Pattern filler(
        u"(?:[\\x01,;。.、()\\s/"
        u"和及并或至到起于在前~—–-]|之前|以前|底|末|之内|以内|完成|不?晚于|不?迟于|最迟|最晚|截至|截止|分别|"
        u"务必|报送|报告|上报|开展|启动|实施|推进|落实|到位"
        u"|投入使用|投用|动工|开工|竣工|完工|建成|主体|启用|投运|整改|取得|阶段性|成效|基本|全部|全面|力争|"
        u"确保|更新|公开|公布|组织|通报|总结|左右|第|每|各|内|份|完|年|"
        u"月|日|期间|时间|进展|情况|1次)*");
    static const DeadlineBasis anyBasis{Date::lastOfMonth(2000, 1)};
    if (trim(text).empty() || text.size() > 60) {
        return false;
    }
    const Findings found = read(text, anyBasis);
    static const Pattern event(u"[^,;。]{2,16}(?:后|起|之日|时)的?,?\\x01+");
    if (!found.clocks.empty() && event.isWhole(found.rest)) {
        return true;
    }
    return !sayNothing(found) && filler.isWhole(found.rest);
}

}  // namespace hezhang::ledger
