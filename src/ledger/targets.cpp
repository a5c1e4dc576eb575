// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/targets.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>
#include <utility>

#include "src/ledger/chinese_text.h"
#include "src/ledger/deadline.h"

namespace hezhang::ledger {

namespace {

using Text = std::u16string;

constexpr std::size_t kTargetTextMax = 5'000;
constexpr std::u16string_view kNumber = u"(\\d{1,6}(?:\\.\\d{1,2})?|[一二三四五六七八九十两百]{1,5})";
constexpr std::u16string_view kAtLeast =
    u"不少于|不得少于|不低于|不得低于|不小于|至少|最少|≥|>=|达到?|超过|提高到|提升至|突破";
constexpr std::u16string_view kAtMost =
    u"不超过|不得超过|不多于|不高于|不大于|至多|最多|≤|<=|低于|控制在|压减到|压缩至|压减至";
constexpr std::u16string_view kCounted =
    u"次|期|场|篇|条|件|个|家|例|份|人次|人|项|批|轮|户|部|堂|课时|天|名";

double valueOf(const Text& written) {
    const Text number = foldWidth(written);
    if (!number.empty() && isDigit(number.front())) {
        return std::strtod(toUtf8(number).c_str(), nullptr);
    }
    return numberFrom(number).value_or(0);
}

// What was found, and where, so that a later pattern does not read it again.
struct FoundTarget {
    std::size_t begin = 0;
    std::size_t end = 0;
    Target target;
};

class TargetReader {
public:
    explicit TargetReader(Text text) : m_text(std::move(text)) {}

    std::vector<Target> read() {
        readRecurrences();
        readRatios();
        readClocks();
        readCounts();
        std::sort(m_found.begin(), m_found.end(), [](auto& a, auto& b) { return a.begin < b.begin; });
        std::vector<Target> targets;
        for (std::size_t i = 0; i < m_found.size(); ++i) {
            m_found[i].target.words = wordsOf(i);
            targets.push_back(m_found[i].target);
        }
        return targets;
    }

private:
    static constexpr std::u16string_view kCommas = u"，,";
    static constexpr std::u16string_view kClauseEnds = u"，,。；;！!？?\n";

    // Where the clause of which `at` is a part begins, but not before `from`.
    [[nodiscard]] std::size_t clauseBegin(std::size_t at, std::size_t from) const {
        while (at > from && kClauseEnds.find(m_text[at - 1]) == std::u16string_view::npos) {
            --at;
        }
        return at;
    }
    [[nodiscard]] std::string wordsOf(std::size_t index) const {
        const FoundTarget& found = m_found[index];
        const std::size_t from = index == 0 ? 0 : m_found[index - 1].end;
        std::size_t begin = clauseBegin(found.begin, from);
        std::size_t end = std::min(m_text.find_first_of(kClauseEnds, found.end), m_text.size());
        if (index + 1 < m_found.size() && m_found[index + 1].begin < end) {
            end = found.end;
        }
        constexpr std::size_t kSubjectMin = 2;
        const bool isBare = (end - begin) - (found.end - found.begin) < kSubjectMin;
        if (isBare && begin > from + 1 && kCommas.find(m_text[begin - 1]) != std::u16string_view::npos) {
            begin = clauseBegin(begin - 1, from);
        }
        begin = std::max(begin, end - std::min(end, kTargetWordsMax));
        return toUtf8(trim(std::u16string_view(m_text).substr(begin, end - begin)));
    }

    // Keeps what overlaps nothing that was found before.
    void add(const Pattern::Match& match, Target target) {
        const bool taken = std::any_of(m_found.begin(), m_found.end(), [&](auto& found) {
            return match.begin < found.end && found.begin < match.end;
        });
        if (!taken) {
            target.text = toUtf8(match.groups[0]);
            m_found.push_back({match.begin, match.end, std::move(target)});
        }
    }

    // 每周更新, 每半年至少1次, 按季度公开
    void readRecurrences() {
        static const Pattern pattern(
            Text(u"(?:每1?一?个?|按|逐)(半年|年度?|季度?|月份?|周|星期|日|天)(?!以|\\p{Han}?度?(?:报告|台账))"
                 u"(?:[^，,。；;、\\d一二三四五六七八九十两]{0,12}?(") +
            Text(kAtLeast) + u")?" + Text(kNumber) + u"(?:次|期|场|篇|条))?");
        static constexpr std::array<std::pair<std::u16string_view, Recurrence>, 5> kPeriods = {{
            {u"半", Recurrence::halfYearly},
            {u"年", Recurrence::yearly},
            {u"季", Recurrence::quarterly},
            {u"月", Recurrence::monthly},
            {u"周星", Recurrence::weekly},
        }};
        for (const auto& match : pattern.findAll(m_text)) {
            const auto& g = match.groups;
            const auto period = std::find_if(kPeriods.begin(), kPeriods.end(), [&](auto& known) {
                return known.first.find(g[1].front()) != std::u16string_view::npos;
            });
            const auto unit = period == kPeriods.end() ? std::string_view("daily") : name(period->second);
            const auto times = g[3].empty() ? 1 : valueOf(g[3]);
            add(match, {TargetKind::recurrence, TargetComparison::atLeast, times, std::string(unit), {}});
        }
    }

    // 不低于80%, 占比20%, 百分之九十以上, 全覆盖
    void readRatios() {
        static const Pattern figure(Text(u"(?:(") + Text(kAtLeast) + u")|(" + Text(kAtMost) +
                                    u")|占比|比例|率)?[为到至]?(?:" + Text(kNumber) + u"[%％]|百分之" +
                                    Text(kNumber) + u")(以上|及以上)?(以下|以内)?");
        static const Pattern all(u"全覆盖|全部(?:公开|办结|解读|完成|整改)(?!后)|无遗漏|零超期");
        for (const auto& match : figure.findAll(m_text)) {
            const auto& g = match.groups;
            const double value = valueOf(g[3].empty() ? g[4] : g[3]);
            const bool atMost = !g[2].empty() || !g[6].empty();
            const bool atLeast = !g[1].empty() || !g[5].empty() || value == 100;
            add(match, {TargetKind::ratio, comparisonOf(atLeast, atMost), value, "%", {}});
        }
        for (const auto& match : all.findAll(m_text)) {
            add(match, {TargetKind::ratio, TargetComparison::atLeast, 100, "%", {}});
        }
    }

    static TargetComparison comparisonOf(bool atLeast, bool atMost) {
        if (atMost) {
            return TargetComparison::atMost;
        }
        return atLeast ? TargetComparison::atLeast : TargetComparison::exactly;
    }

    // 文件公布后3个工作日内, 不少于30日
    void readClocks() {
        static const Pattern least(Text(u"(?:不少于|不得少于|不低于|不短于|至少)") + Text(kNumber) +
                                   u"个?(工作日|自然日|日|天|小时)");
        static const Pattern most(Text(u"(?:[^，,。；;、：:（(]{1,16}?(?:之日起|后|起)的?)?(?<!\\d)") +
                                  Text(kNumber) +
                                  u"(?:个(工作日|自然日|小时|月)|(日|天|小时))(?:之内|以内|内)");
        for (const auto& match : least.findAll(m_text)) {
            add(match, {TargetKind::clock,
                        TargetComparison::atLeast,
                        valueOf(match.groups[1]),
                        toUtf8(match.groups[2]),
                        {}});
        }
        for (const auto& match : most.findAll(m_text)) {
            const auto& unit = match.groups[2].empty() ? match.groups[3] : match.groups[2];
            add(match,
                {TargetKind::clock, TargetComparison::atMost, valueOf(match.groups[1]), toUtf8(unit), {}});
        }
    }

    // 不少于5次, 3期以上, 举办培训2场; a number without a demand is none.
    void readCounts() {
        static const Pattern bound(Text(u"(?:(") + Text(kAtLeast) + u")|(" + Text(kAtMost) +
                                   u"))(?:开展|举办|组织|召开|更新|发布|报送|推出|制作)?" + Text(kNumber) +
                                   u"(" + Text(kCounted) + u")(?!工作日|月|百分点)");
        static const Pattern above(Text(kNumber) + u"(" + Text(kCounted) + u")(?:及)?以上");
        static const Pattern done(Text(u"(?:开展|举办|组织|召开|邀请|发布|报送|制作|推出|编发)[^，,。；;"
                                       u"、\\d一二三四五六七八九十两]{0,12}?") +
                                  Text(kNumber) + u"(次|场|期|篇|条|部)");
        for (const auto& match : bound.findAll(m_text)) {
            const auto& g = match.groups;
            add(match, {TargetKind::count,
                        comparisonOf(!g[1].empty(), !g[2].empty()),
                        valueOf(g[3]),
                        toUtf8(g[4]),
                        {}});
        }
        for (const auto& match : above.findAll(m_text)) {
            add(match, {TargetKind::count,
                        TargetComparison::atLeast,
                        valueOf(match.groups[1]),
                        toUtf8(match.groups[2]),
                        {}});
        }
        for (const auto& match : done.findAll(m_text)) {
            add(match, {TargetKind::count,
                        TargetComparison::exactly,
                        valueOf(match.groups[1]),
                        toUtf8(match.groups[2]),
                        {}});
        }
    }

    Text m_text;
    std::vector<FoundTarget> m_found;
};

constexpr std::array kTargetKinds = {std::string_view("ratio"), std::string_view("count"),
                                     std::string_view("clock"), std::string_view("recurrence")};
constexpr std::array kComparisons = {std::string_view("exactly"), std::string_view("at-least"),
                                     std::string_view("at-most")};
constexpr std::array kCheckKinds = {std::string_view("desk"), std::string_view("site"),
                                    std::string_view("material"), std::string_view("judgement")};

}  // namespace

std::string_view name(TargetKind kind) {
    return kTargetKinds[static_cast<std::size_t>(kind)];
}

std::string_view name(TargetComparison comparison) {
    return kComparisons[static_cast<std::size_t>(comparison)];
}

std::string_view name(CheckKind kind) {
    return kCheckKinds[static_cast<std::size_t>(kind)];
}

std::vector<Target> targetsIn(std::string_view text) {
    return TargetReader(withoutStrayBlanks(toUtf16(text).substr(0, kTargetTextMax))).read();
}

std::string wordsKey(std::string_view words) {
    return toUtf8(foldWidth(withoutBlanks(toUtf16(words))));
}

std::vector<CheckKind> checkKindsOf(std::string_view indicator) {
    struct Way {
        CheckKind kind;
        Pattern pattern;
    };
    static const std::array<Way, 4> ways = {
        Way{CheckKind::desk, Pattern(u"(?:查看|检查|浏览|登录|抽查|查阅|监测|通过)[^，,。；;]*(?:网站|平台|"
                                     u"新媒体|专栏|栏目|门户|公众号|系统|"
                                     u"网页|微博|微信|客户端)|读网")},
        Way{CheckKind::site, Pattern(u"实地|现场(?:查看|检查|核查|核验|走访)|走访|暗访")},
        Way{CheckKind::material, Pattern(u"(?:报送|报备|提供|提交|上报|佐证|印证)[^，,。；;]*(?:资料|材料|"
                                         u"情况|台账|报告|清单)|依据[^，,。；;]*(?:资料|"
                                         u"材料|台账|报告)|查阅[^，,。；;]*(?:资料|材料|台账|档案|记录)")},
        Way{CheckKind::judgement, Pattern(u"(?:实际|日常|平时)?掌握(?:的)?情况|了解(?:的)?情况|综合(?:评价|"
                                          u"研判|评定)|日常(?:监测|工作)情况")},
    };
    const Text text = withoutStrayBlanks(toUtf16(indicator).substr(0, kTargetTextMax));
    std::vector<CheckKind> kinds;
    for (const auto& way : ways) {
        if (way.pattern.isIn(text)) {
            kinds.push_back(way.kind);
        }
    }
    return kinds;
}

}  // namespace hezhang::ledger
