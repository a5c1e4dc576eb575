// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/deadline_scan.h"

#include <algorithm>
#include <cstddef>

namespace hezhang::ledger {

namespace {

constexpr char16_t kRead = 0x01;  // stands where something was read

// Numbers in a match are at most four digits, by the patterns below.
int numberIn(const std::u16string& group) {
    return numberFrom(group).value_or(0);
}

Date dayOf(int year, int month, int day) {
    const Date last = Date::lastOfMonth(year, month);
    return Date::of(year, month, std::min(day, last.day())).value_or(last);
}

std::u16string digitsOf(std::u16string_view numeral) {
    const auto number = numberFrom(numeral);
    return number ? toUtf16(std::to_string(*number)) : std::u16string(numeral);
}

std::u16string withArabicNumerals(const std::u16string& text) {
    static const Pattern numeral(
        u"[〇○零一二三四五六七八九十百两]+(?=个|年|月|日|号|天|周|季|工作日|小时|星期|次"
        u"|[、,和及至到~—–-]+[〇零一二三四五六七八九十]+(?:年|月|日|号|季))");
    std::u16string out;
    std::size_t from = 0;
    for (const auto& match : numeral.findAll(text)) {
        out += text.substr(from, match.begin - from);
        // 每周五日 does not occur; 每周一、每周三 name days and stay.
        const bool weekday = match.begin > 0 && (text[match.begin - 1] == u'周') && text[match.end] != u'次';
        out += weekday ? match.groups[0] : digitsOf(match.groups[0]);
        from = match.end;
    }
    return out + text.substr(from);
}

// 6月、12月的25日: the day is that of each month.
std::u16string withSharedDay(std::u16string text) {
    static const Pattern shared(u"(?:\\d{1,2}月[、,和及与])+\\d{1,2}月的(\\d{1,2}[日号])");
    const auto found = shared.find(text);
    if (!found) {
        return text;
    }
    std::u16string months;
    for (const char16_t c : found->groups[0].substr(0, found->groups[0].rfind(u'月') + 1)) {
        months += c == u'月' ? u"月" + found->groups[1] : std::u16string(1, c);
    }
    return text.replace(found->begin, found->end - found->begin, months);
}

}  // namespace

std::u16string foldDeadline(std::u16string_view text) {
    // 1 2 月 is what extraction makes of 12月; between other numbers a blank may part two dates.
    static const Pattern tornNumber(u"(?<!\\d)(\\d{1,3}) (\\d{1,3})(?=年|月|日|号)");
    const std::u16string folded = foldWidth(text);
    std::u16string out;
    for (std::size_t i = 0; i < folded.size(); ++i) {
        if (!isBlank(folded[i])) {
            out += folded[i];
            continue;
        }
        const auto next =
            std::find_if_not(folded.begin() + static_cast<std::ptrdiff_t>(i), folded.end(), isBlank);
        const bool between = !out.empty() && isDigit(out.back()) && next != folded.end() && isDigit(*next);
        if (between) {
            out += u' ';
        }
    }
    for (std::size_t from = 0; const auto torn = tornNumber.find(out, from);) {
        const std::size_t length = torn->groups[1].size() + torn->groups[2].size();
        const bool join = length == (out[torn->end] == u'年' ? 4 : 2);
        if (join) {
            out.erase(torn->begin + torn->groups[1].size(), 1);
        }
        from = torn->end - (join ? 1 : 0);
    }
    // A letter O among digits is a nought: 12月3O日.
    static const Pattern letter(u"(?<=\\d)[OoΟО](?=\\d|年|月|日|号)");
    for (const auto& found : letter.findAll(out)) {
        out[found.begin] = u'0';
    }
    for (std::size_t at = 0; (at = out.find(u"元月", at)) != std::u16string::npos;) {
        out.replace(at, 2, u"1月");
    }
    return withSharedDay(withArabicNumerals(out));
}

std::optional<Pattern::Match> DeadlineText::take(const Pattern& pattern) {
    auto match = pattern.find(m_text);
    if (match && match->end == match->begin) {
        return std::nullopt;
    }
    if (match) {
        blot(*match);
    }
    return match;
}

std::optional<Pattern::Match> DeadlineText::takeAt(const Pattern& pattern, std::size_t at) {
    auto match = pattern.find(m_text, at);
    if (!match || match->begin != at || match->end == at) {
        return std::nullopt;
    }
    blot(*match);
    return match;
}

void DeadlineText::blot(const Pattern::Match& match) {
    std::fill(m_text.begin() + static_cast<std::ptrdiff_t>(match.begin),
              m_text.begin() + static_cast<std::ptrdiff_t>(match.end), kRead);
}

// --- recurring rules ---------------------------------------------------------------------------

namespace {

// A period of some months, and where in it the day lies.
struct PeriodRule {
    int months = 1;
    int monthInPeriod = 0;  // 0 the first; `months` the one after the period
    int day = 31;           // cut to the month's last day
    int afterEnd = 0;       // days after the period's end; then day is not used
    bool workingDays = false;
};

WorkingDay dateIn(const PeriodRule& rule, int year, int firstMonth, const WorkCalendar& calendar) {
    const Date first = dayOf(year, firstMonth, 1);
    if (rule.afterEnd > 0) {
        const Date end = first.plusMonths(rule.months).plusDays(-1);
        return rule.workingDays ? calendar.addWorkingDays(end, rule.afterEnd)
                                : WorkingDay{end.plusDays(rule.afterEnd)};
    }
    const Date month = first.plusMonths(rule.monthInPeriod);
    return {dayOf(month.year(), month.month(), rule.day)};
}

WorkingDay nextOf(const PeriodRule& rule, const DeadlineBasis& basis) {
    const Date reference = basis.reference;
    const int firstMonth = (reference.month() - 1) / rule.months * rule.months + 1;
    // The period before may still end after the reference date: 季度终了后10日内.
    Date start = dayOf(reference.year(), firstMonth, 1).plusMonths(-rule.months);
    for (int period = 0; period < 4; ++period, start = start.plusMonths(rule.months)) {
        const WorkingDay day = dateIn(rule, start.year(), start.month(), basis.calendar);
        if (day.date >= reference) {
            return day;
        }
    }
    return {reference};
}

int dayOfPart(const std::u16string& part) {
    if (part == u"上旬" || part == u"初" || part == u"月初") {
        return 10;
    }
    if (part == u"中旬" || part == u"上中旬") {
        return 20;
    }
    if (part == u"中" || part == u"上半月") {
        return 15;
    }
    return 31;
}

// What follows 每季度, 每半年: 最后1个月10号, 首月10日, 结束后15日内, 末.
PeriodRule takePeriodTail(DeadlineText& text, std::size_t at, int months) {
    static const Pattern dayInMonth(
        u"的?(?:(最后1个?月|最末1?个?月|末月|尾月|末(?!的?次月))|(首月|首个月|第1个月)|(第2个月)|((?:末的?)?"
        u"次月)|(第3个月))份?的?"
        u"(?:(\\d{1,2})[日号]|(上旬|中旬|下旬|底|末|初))?");
    static const Pattern afterEnd(
        u"的?(?:度)?(?:末|结束|终了|完结|期满)后的?(\\d{1,2})(?:个?(工作日)|[日天号]|个自然日)(?:之内|以内|"
        u"内|前)?");
    static const Pattern afterEndMonth(
        u"(?:结束|终了)后(?:的)?(?:次月|首月|第1个月|下月)?(?:的)?(\\d{1,2})[日号]前");
    PeriodRule rule{.months = months, .monthInPeriod = months - 1};
    if (const auto m = text.takeAt(afterEndMonth, at)) {
        rule.monthInPeriod = months;
        rule.day = numberIn(m->groups[1]);
    } else if (const auto end = text.takeAt(afterEnd, at)) {
        rule.afterEnd = numberIn(end->groups[1]);
        rule.workingDays = !end->groups[2].empty();
    } else if (const auto day = text.takeAt(dayInMonth, at)) {
        if (!day->groups[2].empty()) {
            rule.monthInPeriod = 0;
        }
        if (!day->groups[3].empty()) {
            rule.monthInPeriod = 1;
        }
        if (!day->groups[4].empty()) {
            rule.monthInPeriod = months;
        }
        if (!day->groups[5].empty()) {
            rule.monthInPeriod = 2;
        }
        rule.day = day->groups[6].empty() ? dayOfPart(day->groups[7]) : numberIn(day->groups[6]);
    }
    return rule;
}

// 10日, 底, 次月5日, 结束后5日内; several days give several rules.
std::vector<PeriodRule> takeMonthTail(DeadlineText& text, std::size_t at) {
    static const Pattern day(
        u"[、,和及(]?的?(次月|下月)?的?(?:(?:\\d{1,2}[日号]?[至到~—–-]+)?(\\d{1,2})(?:[日号]|(?=(?:[、,和及]"
        u"\\d{1,2})+[日号]))|(上旬|中旬|下旬|底|"
        u"末|月底|月末|月初|初|中))");
    static const Pattern reported(u"[^\\d,;。]{1,6},(?=次月|下月)");
    static const Pattern afterEnd(u"(?:结束|终了)后的?(\\d{1,2})(?:个?(工作日)|[日天])(?:之内|以内|内|前)?");
    if (const auto m = text.takeAt(afterEnd, at)) {
        return {{.afterEnd = numberIn(m->groups[1]), .workingDays = !m->groups[2].empty()}};
    }
    if (const auto verb = text.takeAt(reported, at)) {
        at = verb->end;
    }
    std::vector<PeriodRule> rules;
    while (const auto found = text.takeAt(day, at)) {
        const int number =
            found->groups[2].empty() ? dayOfPart(found->groups[3]) : numberIn(found->groups[2]);
        rules.push_back({.monthInPeriod = found->groups[1].empty() ? 0 : 1, .day = number});
        at = found->end;
    }
    return rules.empty() ? std::vector{PeriodRule{}} : rules;
}

Date nextWeekday(Date reference, const std::u16string& day) {
    static constexpr std::u16string_view kDays = u"一二三四五六日";
    if (day.empty()) {
        return reference.isoWeekSunday();
    }
    const auto at = kDays.find(day == u"天" ? u'日' : day.front());
    const int weekday = at != std::u16string_view::npos ? static_cast<int>(at) + 1 : numberIn(day);
    return reference.plusDays((weekday - reference.weekday() + 7) % 7);
}

RecurringRule ruleOf(Recurrence recurrence, const WorkingDay& next, std::size_t begin) {
    return {recurrence, next.date, begin, false, next.provisional};
}

using RuleReader = std::optional<RecurringRule> (*)(DeadlineText&, const DeadlineBasis&);

std::optional<RecurringRule> takeNameless(DeadlineText& text, const DeadlineBasis&) {
    static const Pattern rhythm(
        u"每(?!(?:1|3|6)个?月|1个?(?:周|星期|年|天|日))\\d{1,3}个?(?:周|星期|月|年|天|日|工作日)(?:1次)?"
        u"|双周|隔周|每个?工作日|每日|每天|按日|逐日|日报");
    const auto match = text.take(rhythm);
    if (!match) {
        return std::nullopt;
    }
    const bool daily = match->groups[0].find(u'日') != std::u16string::npos || match->groups[0] == u"每天";
    const bool many = isDigit(match->groups[0].size() > 1 ? match->groups[0][1] : u' ');
    return RecurringRule{daily && !many ? Recurrence::ongoing : Recurrence::none, std::nullopt, match->begin};
}

std::optional<RecurringRule> takeHalfYearly(DeadlineText& text, const DeadlineBasis& basis) {
    static const Pattern start(
        u"每1?个?半年度?|按半年度?|逐半年|半年\\d次|半年度(?=报|公开|更新|通报|总结|1次)|每6个月|\\d+次/"
        u"半年");
    const auto match = text.take(start);
    if (!match) {
        return std::nullopt;
    }
    return ruleOf(Recurrence::halfYearly, nextOf(takePeriodTail(text, match->end, 6), basis), match->begin);
}

std::optional<RecurringRule> takeQuarterly(DeadlineText& text, const DeadlineBasis& basis) {
    static const Pattern start(
        u"(?:每1?个?|各|按|逐|分)季度?|(?<!第)1季度\\d次|每3个月|\\d+次/"
        u"季度?|(?<![第前1-4一二三四上下本当])季度?"
        u"(?=末|最后|报|公开|更新|通报|首月|结束|终了|1次)");
    const auto match = text.take(start);
    if (!match) {
        return std::nullopt;
    }
    return ruleOf(Recurrence::quarterly, nextOf(takePeriodTail(text, match->end, 3), basis), match->begin);
}

std::optional<RecurringRule> takeMonthly(DeadlineText& text, const DeadlineBasis& basis) {
    static const Pattern start(u"每1?个?月份?|逐月|按月度?|各月|月度|(?<!\\d)1个?月\\d次|月报|\\d+次/月");
    const auto match = text.take(start);
    if (!match) {
        return std::nullopt;
    }
    std::vector<WorkingDay> next;
    for (const auto& rule : takeMonthTail(text, match->end)) {
        next.push_back(nextOf(rule, basis));
    }
    const auto first = std::min_element(next.begin(), next.end(),
                                        [](const auto& a, const auto& b) { return a.date < b.date; });
    return ruleOf(Recurrence::monthly, *first, match->begin);
}

std::optional<RecurringRule> takeWeekly(DeadlineText& text, const DeadlineBasis& basis) {
    static const Pattern start(
        u"(?:每1?个?(?:周|星期|礼拜)|按周|逐周|1周\\d次|周报|\\d+次/"
        u"周|周(?=更新|通报|调度))(?:([一二三四五六日天]|[1-7]("
        u"?!次|篇|条|期))(?!次))?");
    const auto match = text.take(start);
    if (!match) {
        return std::nullopt;
    }
    return RecurringRule{Recurrence::weekly, nextWeekday(basis.reference, match->groups[1]), match->begin};
}

std::optional<RecurringRule> takeYearly(DeadlineText& text, const DeadlineBasis&) {
    static const Pattern start(
        u"每1?个?年度?|逐年|各年度|按年度?|年度(?=公开|报送|更新|1次)|(?<!\\d)1年\\d次|年报|\\d+次/年");
    const auto match = text.take(start);
    if (!match) {
        return std::nullopt;
    }
    return RecurringRule{Recurrence::yearly, std::nullopt, match->begin};
}

// 第1周, 最后1个工作日, 年初 right behind a rule: a day within the period that is not computed here. It is
// blotted out to the end of its clause, so that no part of it is read as a date of its own.
bool takeUnknownDay(DeadlineText& text, const RecurringRule& rule) {
    static const Pattern inYear(
        u"(?:年初|初|结束|终了)[^,;。]*|(?![年底末内中终尾岁全上下前第])[\\p{Han}“”]{1,8}(?<![底末])(?:前|后|"
        u"期间)");
    static const Pattern inPeriod(
        u"[的末,]?(?:第\\d|最后|最末|首|前\\d|逢|\\d{1,2}个?(?:工作日|[日号天周])|[上中下]旬|初|结束|终了)[^,"
        u";"
        u"。]*");
    const auto end = text.rest().find_first_not_of(kRead, rule.begin);
    const bool known = rule.recurrence != Recurrence::none && rule.recurrence != Recurrence::ongoing;
    return known && end != std::u16string::npos &&
           text.takeAt(rule.recurrence == Recurrence::yearly ? inYear : inPeriod, end);
}

}  // namespace

std::vector<RecurringRule> takeRecurringRules(DeadlineText& text, const DeadlineBasis& basis) {
    static constexpr RuleReader kReaders[] = {takeNameless, takeHalfYearly, takeQuarterly,
                                              takeMonthly,  takeWeekly,     takeYearly};
    static const Pattern count(u"(?:不少于|不低于|至少|各)?\\d+次(?:以上)?");
    std::vector<RecurringRule> rules;
    for (const auto reader : kReaders) {
        while (auto rule = reader(text, basis)) {
            if (takeUnknownDay(text, *rule)) {
                rule->next.reset();
                rule->dayUnknown = true;
            }
            rules.push_back(*rule);
        }
    }
    while (text.take(count)) {
    }
    std::sort(rules.begin(), rules.end(), [](auto& a, auto& b) { return a.begin < b.begin; });
    return rules;
}

// --- clocks ------------------------------------------------------------------------------------

namespace {

WorkingDay clockEnd(const DeadlineBasis& basis, int count, const std::u16string& unit) {
    if (unit == u"工作日") {
        return basis.calendar.addWorkingDays(basis.reference, count);
    }
    if (unit == u"小时") {
        return {basis.reference.plusDays((count + 23) / 24), false};
    }
    if (unit == u"周" || unit == u"星期") {
        return {basis.reference.plusDays(7 * count), false};
    }
    if (unit == u"月") {
        return {basis.reference.plusMonths(count), false};
    }
    if (unit == u"年") {
        return {basis.reference.plusMonths(12 * count), false};
    }
    return {basis.reference.plusDays(count), false};
}

// What stands before the count: nothing, the document's own issue, or an event that comes many times.
bool startsWithEvent(std::u16string_view before) {
    static const Pattern ownIssue(
        u"(?:自|从|在|于)?(?:本?(?:通知|方案|文件|要点|台账|意见|办法|计划)?(?:印发|下发|发文)之日起?"
        u"|本(?:通知|方案|文件|要点|台账|意见|办法|计划)(?:印发|下发|发布|公布)(?:之日)?(?:后|起|以后|之后)?"
        u"|(?:印发|下发)(?:后|起)|(?:收到|接到|接)本?(?:通知|文件)(?:之日)?(?:后|起)?)的?,?");
    static const Pattern event(u"(?:后|起|之日|以后|之后|时|前|之前|以前)的?,?$");
    const auto clause = before.find_last_of(u",;。、\x01");
    const auto own = clause == std::u16string_view::npos ? before : before.substr(clause + 1);
    if (ownIssue.isWhole(own)) {
        return false;
    }
    return event.isIn(own.empty() ? before : own);
}

}  // namespace

std::vector<RelativeClock> takeRelativeClocks(DeadlineText& text, const DeadlineBasis& basis) {
    static const Pattern minimum(
        u"(?:不得?少于|不低于|不短于|至少|不得?早于|满)\\d+个?(?:工作日|自然日|日|天|月|周|小时)");
    static const Pattern clock(
        u"(?<![\\d月./"
        u"-])(?:\\d{1,3}[至到~—–-]+)?(?:(\\d{1,4})个?(工作日)(?:之内|以内|内)?|(\\d{1,4})(?:个?(?:自然|日历)?"
        u"(日|天)|个?(小时|周|"
        u"星期)|个(月)"
        u"|(年)(?<=(?<!\\d)\\d年))(?:之内|以内|内)|(半)(?:个(月)|(年))(?:之内|以内|内))");
    std::vector<RelativeClock> clocks;
    while (text.take(minimum)) {
        clocks.push_back({std::nullopt, false});
    }
    for (std::size_t from = 0; const auto match = clock.find(text.rest(), from);) {
        const auto before = text.rest().substr(0, match->begin);
        from = match->end;
        const auto& g = match->groups;
        std::u16string unit;
        for (std::size_t i : {2U, 4U, 5U, 6U, 7U}) {
            if (!g[i].empty()) {
                unit = g[i];
            }
        }
        int count = g[1].empty() ? numberIn(g[3]) : numberIn(g[1]);
        if (!g[8].empty()) {
            unit = g[9].empty() ? u"月" : u"日";
            count = g[9].empty() ? 6 : 15;
        }
        clocks.push_back({clockEnd(basis, count, unit), startsWithEvent(before)});
    }
    while (text.take(clock)) {
    }
    return clocks;
}

// --- dates -------------------------------------------------------------------------------------

namespace {

constexpr std::u16string_view kYear =
    u"(?:(?:(\\d{4})年?度?|(?<!\\d)(\\d{2})年度?|(今年|本年度?|当年度?|明年|次年|翌年|来年|下1?年度?|去年|"
    u"上1?年度?))的?)?";

// Reads one date at a time; the year and month of the one before serve the next: 2023年8月15日、12月5日.
class DateReader {
public:
    DateReader(DeadlineText& text, const DeadlineBasis& basis)
        : m_text(text),
          m_basis(basis),
          m_planYear(std::clamp(basis.planYear.value_or(basis.reference.year()), 2, 9998)) {}

    DateMentions read() {
        readNumeric();
        readRelativeToNow();
        readWritten();
        std::stable_sort(m_found.dates.begin(), m_found.dates.end(),
                         [](auto& a, auto& b) { return a.begin < b.begin; });
        return std::move(m_found);
    }

private:
    void add(const Pattern::Match& match, std::optional<Date> date, bool hasYear, bool wholeYear = false) {
        if (date) {
            m_found.dates.push_back({*date, *date, hasYear, false, wholeYear, match.begin, match.end});
        } else {
            m_found.impossible.push_back(match.groups[0]);
        }
    }

    // 2023-12-31, 2023.12.31, 20231231, 2023.12, 202312, 2023.3-11, 12.31
    void readNumeric() {
        // One sign twice: 2023.3-11 is March to November.
        static const Pattern full(u"(?<!\\d)(\\d{4})(?:([-/.])(\\d{1,2})\\2(\\d{1,2}))(?![\\d月])日?");
        static const Pattern compact(u"(?<!\\d)(20\\d{2})(\\d{2})(\\d{2})(?!\\d)");
        static const Pattern yearMonth(
            u"(?<!\\d)(20\\d{2})(?:[-/.](\\d{1,2})(?![\\d年])月?(?:底|末)?(?:[~—–至到-]+(\\d{1,2})(?![\\d./"
            u"年日-])月?(?:底|末)?)?"
            u"|(0[1-9]|1[0-2])(?!\\d))");
        static const Pattern monthDay(
            u"(?<![\\d./-])(\\d{1,2})[./](\\d{1,2})(?![\\d./%])(?=日|号|前|之前|以前|$|[、,;])[日号]?");
        static const Pattern dayRange(
            u"(?<![\\d./-])(\\d{1,2})[./](\\d{1,2})[~—–至到-]+(\\d{1,2})[./](\\d{1,2})(?![\\d./%])日?");
        while (const auto m = m_text.take(full)) {
            add(*m, Date::of(numberIn(m->groups[1]), numberIn(m->groups[3]), numberIn(m->groups[4])), true);
        }
        while (const auto m = m_text.take(compact)) {
            add(*m, Date::of(numberIn(m->groups[1]), numberIn(m->groups[2]), numberIn(m->groups[3])), true);
        }
        while (const auto m = m_text.take(yearMonth)) {
            const auto& first = m->groups[2].empty() ? m->groups[4] : m->groups[2];
            const auto firstEnd = endOf(numberIn(m->groups[1]), numberIn(first));
            add(*m, firstEnd, true);
            if (!m->groups[3].empty()) {
                if (firstEnd) {
                    m_found.dates.back().isStart = true;
                    m_found.dates.back().end = m->begin;
                }
                add(*m, endOf(numberIn(m->groups[1]), numberIn(m->groups[3])), true);
            }
        }
        while (const auto m = m_text.take(dayRange)) {
            const auto first = Date::of(m_planYear, numberIn(m->groups[1]), numberIn(m->groups[2]));
            add(*m, first, false);
            if (first) {
                m_found.dates.back().isStart = true;
                m_found.dates.back().end = m->begin;
            }
            add(*m, Date::of(m_planYear, numberIn(m->groups[3]), numberIn(m->groups[4])), false);
        }
        while (const auto m = m_text.take(monthDay)) {
            add(*m, Date::of(m_planYear, numberIn(m->groups[1]), numberIn(m->groups[2])), false);
        }
    }

    // 本月底, 下月10日, 本周内, 本季度末
    void readRelativeToNow() {
        static const Pattern month(
            u"(本|当|这个?|下个?)月份?(?:(\\d{1,2})[日号]|底|末|内|下旬|(?=前|之前|$))");
        static const Pattern week(u"(本|这|下)1?个?周([一二三四五六日])?(?:内|末|底)?");
        static const Pattern quarter(u"(本|当|下)1?个?季度?(?:末|底|内)?");
        const Date reference = m_basis.reference;
        while (const auto m = m_text.take(month)) {
            const Date in = dayOf(reference.year(), reference.month(), 1)
                                .plusMonths(m->groups[1].front() == u'下' ? 1 : 0);
            add(*m, dayOf(in.year(), in.month(), m->groups[2].empty() ? 31 : numberIn(m->groups[2])), true);
        }
        while (const auto m = m_text.take(week)) {
            add(*m, weekdayOf(m->groups[2]).plusDays(m->groups[1] == u"下" ? 7 : 0), true);
        }
        while (const auto m = m_text.take(quarter)) {
            const Date end = Date::lastOfMonth(reference.year(), (reference.month() + 2) / 3 * 3);
            const Date next = end.plusDays(1).plusMonths(2);
            add(*m, m->groups[1] == u"下" ? Date::lastOfMonth(next.year(), next.month()) : end, true);
        }
    }

    [[nodiscard]] Date weekdayOf(const std::u16string& day) const {
        static constexpr std::u16string_view kDays = u"一二三四五六日";
        const Date sunday = m_basis.reference.isoWeekSunday();
        const auto at = day.empty() ? std::u16string_view::npos : kDays.find(day.front());
        return at == std::u16string_view::npos ? sunday : sunday.plusDays(static_cast<int>(at) - 6);
    }

    // From left to right, because a year or month serves what follows it.
    void readWritten() {
        std::size_t from = 0;
        while (from < m_text.rest().size()) {
            const auto end = readMonth(from)      ? m_readTo
                             : readYearPart(from) ? m_readTo
                             : readBareDay(from)  ? m_readTo
                                                  : from + 1;
            from = end;
        }
    }

    bool readMonth(std::size_t at) {
        static const Pattern month(
            std::u16string(kYear) +
            u"(?<!\\d)(\\d{1,2})(?:月份?(?:的)?(?:(\\d{1,2})(?:[日号]|(?=[、,和及与至到~—–-]\\d{1,2}[日号]))|"
            u"(上旬|上中旬|中旬|中下旬|下旬|月底|底|末|初|中|上半月|"
            u"下半月)|内)?"
            u"|(?=(?:[、,和及与至到~—–-]+\\d{1,2})*[、,和及与至到~—–-]+\\d{1,2}月))");
        const auto m = m_text.takeAt(month, at);
        if (!m) {
            return false;
        }
        m_readTo = m->end;
        const bool hasYear = readYear(*m);
        const int number = numberIn(m->groups[4]);
        if (number < 1 || number > 12) {
            m_found.impossible.push_back(m->groups[0]);
            return true;
        }
        m_month = number;
        const int day = !m->groups[5].empty() ? numberIn(m->groups[5]) : dayOfPart(m->groups[6]);
        const bool named = !m->groups[5].empty();
        add(*m, named ? Date::of(year(), number, day) : dayOf(year(), number, day),
            hasYear || m_year.has_value());
        if (!named) {
            m_found.dates.back().first =
                dayOf(year(), number, m->groups[6].empty() ? 1 : std::max(1, day - 9));
        }
        return true;
    }

    // 年底, 上半年, 第三季度末, 全年, 2023年
    bool readYearPart(std::size_t at) {
        static const Pattern part(std::u16string(kYear) +
                                  u"(?:(?:年?(?:(底|末|终|尾)|(内|度内)|(中))|岁末|(上半年|上(?=[、,和及与]"
                                  u"下半年))|(下半年)|(全年度?"
                                  u")|第?([1-4])(?:季度?(?:末|底|初|内)?|(?=(?:[、,和及与]第?[1-4])+季))|前(["
                                  u"1-4])个?季度?|Q([1-4])))");
        static const Pattern bareYear(
            u"(?:(\\d{4})(?:年度?|(?=[至到~—–-]+\\d{4}年))|()()(今年|本年度?|当年度?|明年|次年|翌年|来年|下1?"
            u"年度?)|年度$|年度(?=前|内))(?!年?初)");
        if (!yearPartMayBeginAt(at)) {
            return false;
        }
        if (const auto m = m_text.takeAt(part, at)) {
            return addYearPart(*m);
        }
        const auto m = m_text.takeAt(bareYear, at);
        if (!m) {
            return false;
        }
        m_readTo = m->end;
        Pattern::Match asYear = *m;
        asYear.groups = {m->groups[0], m->groups[1], u"", m->groups[4]};
        const bool hasYear = readYear(asYear);
        add(*m, Date::of(year(), 12, 31), hasYear);
        return true;
    }

    // 底 alone, 年内 in 100年内, or 末 in 季度末, is no year's end: one of 年, a digit or a word must begin
    // it.
    [[nodiscard]] bool yearPartMayBeginAt(std::size_t at) const {
        static constexpr std::u16string_view kFirst = u"0123456789年岁上下全第前Q今本当明次翌来去";
        const bool ofNumber = at > 0 && m_text.rest()[at] == u'年' && isDigit(m_text.rest()[at - 1]);
        return !ofNumber && kFirst.find(m_text.rest()[at]) != std::u16string_view::npos;
    }

    bool addYearPart(const Pattern::Match& m) {
        m_readTo = m.end;
        const bool hasYear = readYear(m);
        const auto& g = m.groups;
        int month = 12;
        if (!g[6].empty() || !g[7].empty()) {
            month = 6;
        }
        for (std::size_t i : {10U, 11U, 12U}) {
            if (!g[i].empty()) {
                month = 3 * numberIn(g[i]);
            }
        }
        add(m, Date::lastOfMonth(year(), month), hasYear || m_year.has_value(), !g[9].empty());
        return true;
    }

    // 、15日 after 3月5日
    bool readBareDay(std::size_t at) {
        static const Pattern day(
            u"(?<=[、,和及与至到~—–-])(\\d{1,2})(?:[日号]|(?=[、,和及与]\\d{1,2}[日号]))");
        if (!m_month) {
            return false;
        }
        const auto m = m_text.takeAt(day, at);
        if (!m) {
            return false;
        }
        m_readTo = m->end;
        add(*m, Date::of(year(), *m_month, numberIn(m->groups[1])), m_year.has_value());
        return true;
    }

    bool readYear(const Pattern::Match& m) {
        const auto& g = m.groups;
        if (!g[1].empty()) {
            m_year = numberIn(g[1]);
        } else if (!g[2].empty()) {
            m_year = 2000 + numberIn(g[2]);
        } else if (!g[3].empty()) {
            m_year = m_planYear + offsetOf(g[3]);
        } else {
            return false;
        }
        if (*m_year < 1) {
            m_year = m_planYear;
        }
        return true;
    }

    static int offsetOf(const std::u16string& word) {
        static constexpr std::u16string_view kNext = u"明次翌来下";
        static constexpr std::u16string_view kLast = u"去上";
        if (kNext.find(word.front()) != std::u16string_view::npos) {
            return 1;
        }
        return kLast.find(word.front()) != std::u16string_view::npos ? -1 : 0;
    }

    [[nodiscard]] std::optional<Date> endOf(int year, int month) const {
        if (year < 1 || month < 1 || month > 12) {
            return std::nullopt;
        }
        return Date::lastOfMonth(year, month);
    }

    [[nodiscard]] int year() const { return m_year.value_or(m_planYear); }

    DeadlineText& m_text;
    const DeadlineBasis& m_basis;
    int m_planYear;
    std::optional<int> m_year;
    std::optional<int> m_month;
    std::size_t m_readTo = 0;
    DateMentions m_found;
};

void markStarts(std::vector<DateMention>& mentions, const std::u16string& rest) {
    static const Pattern until(u"(?:起|开始)?(?:至|到|~|—|–|-)+");
    static const Pattern from(u"(?:起|开始|以来|启动)");
    // 6月底前动工，12月竣工: a begin only where an end follows.
    static const Pattern begun(u"(?:之?前|以前)?(?:启动|开工|动工|开建)");
    for (std::size_t i = 0; i < mentions.size(); ++i) {
        const std::size_t end = mentions[i].end;
        const bool last = i + 1 == mentions.size();
        const auto between = rest.substr(end, last ? std::u16string::npos : mentions[i + 1].begin - end);
        const auto begins = from.find(between);
        const auto isBegun = last ? std::nullopt : begun.find(between);
        mentions[i].isStart = mentions[i].isStart || (!last && until.isWhole(between)) ||
                              (begins && begins->begin == 0) || (isBegun && isBegun->begin == 0);
    }
}

}  // namespace

DateMentions takeDates(DeadlineText& text, const DeadlineBasis& basis) {
    const std::u16string before = text.rest();
    auto found = DateReader(text, basis).read();
    markStarts(found.dates, before);
    return found;
}

}  // namespace hezhang::ledger
