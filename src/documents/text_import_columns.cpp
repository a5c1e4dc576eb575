// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/documents/text_import_columns.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "src/ledger/chinese_text.h"

namespace hezhang::documents {

namespace {

using ledger::Pattern;
using Text = std::u16string;

struct NamedKind {
    ColumnKind kind;
    const char16_t* pattern;
};

// The first that fits the whole name counts.
constexpr NamedKind kKinds[] = {
    {ColumnKind::ordinal, u"(?:任务|工作|事项|项目)?(?:序号|编号)|序|号|(?i:no\\.?)"},
    {ColumnKind::catalogue,
     u"公开(?:事项|内容|依据|时限|主体|渠道|对象|方式|载体|层级|要素|范围|形式|期限).*|.*公开依据.*"},
    {ColumnKind::cooperate,
     u"(?:配合|协办|协助|协同|参与|参加|协作|会办)(?:责任)?(?:单位|部门|科室|股室|处室|机构)"},
    {ColumnKind::lead,
     u"(?:牵头|主办|第一责任|主责|首责)(?:责任|负责|落实)?(?:单位|部门|科室|股室|处室|机构)|责任牵头单位|"
     u"牵头单位和责任单位"},
    {ColumnKind::responsible,
     u"(?:主要|具体|整改)?(?:责任|承办|落实|实施|完成|负责|执行|任务|承担)(?:落实|实施)?(?:单位|部门|科室|"
     u"股室|"
     u"处室|机构|主体)(?:及|和|、)?(?:责任人|部门|科室|人|单位)?"
     u"|责任分工|任务分工|分工|承办|责任单位及协办单位|单位|部门|科室"},
    {ColumnKind::deadline,
     u"(?:工作|任务|计划|推进|责任|目标|整改|落实)?(?:完成|办结|推进|落实|实施|起止)?(?:的)?(?:时限|时间|"
     u"期限|日期|时间节点|节点)(?:要求|安排|节点|进度)?|进度安排|进度要求|时限要求"},
    {ColumnKind::indicator,
     u"(?:量化|考核|评价|绩效|工作|目标|任务|成效|核心|主要)?指标(?:要求|值)?|(?:工作|任务|年度|预期|阶段性?|"
     u"总体|量化|完成|具体)?目标(?:要求|值)?"
     u"|(?:预期|工作|任务|完成|阶段性?)?(?:成果|成效)(?:形式|要求)?|(?:验收|考核|评价|工作|完成|量化|评估|"
     u"检查)(?:标准|标志|方式|要点|依据)"},
    {ColumnKind::section, u"(?:所属|工作|任务|项目)?(?:板块|类别|分类|领域|类型|方面)|一级指标|部分"},
    {ColumnKind::content,
     u"(?:主要|工作|具体|任务|重点|建设|主要工作|具体工作|重点工作|主要任务|公开工作)?内容(?:及|和|与)?(?:(?:"
     u"建设)?规模|要求|措施|目标|标准)?|(?:具体|工作|落实|主要|重点|推进|贯彻|任务|改进|整改|实施|主要工作|"
     u"具体工作)(?:举措|措施|要求|任务|事项)(?<!重点任务|工作任务|主要任务|重点事项|工作事项)(?:及要求|"
     u"及内容)?|\\p{Han}{0,4}(?:举措|措施)|任务描述|(?:工作)?任务及要求|任务(?:内容)?(?:及|和)(?:要求|措施)|"
     u"落实举措|"
     u"内容和要求|具体任务"},
    {ColumnKind::task,
     u"(?:年度)?(?:重点|工作|主要|目标|公开|具体工作|重点工作|年度)?任务(?:清单|分解|要求|目标)?|工作重点|"
     u"任务项目|工作要求|主要工作任务|重点工作任务"},
    {ColumnKind::item,
     u"(?:年度)?(?:重点|主要)工作|(?:工作|任务|重点|事项|建设|实事|民生实事)?(?:项目|事项|名称|大项|要点|"
     u"条目)(?:名称)?|(?:"
     u"工作|任务|事项|项目)名称|重点领域|二级指标|主要方面"},
    {ColumnKind::other,
     u"备注|说明|.*(?:进展|落实|完成|工作|执行|推进|整改|进度|存在)(?:情况|进度|情况说明)|.*进展|工作进度|"
     u"进度|得分|自评.*|分值|权重|评分.*|.*责任人|.*领导|联系人.*|联系(?:电话|方式)|电话"
     u"|下一步.*|.*问题.*|依据|政策依据|文件依据|任务来源|来源|是否.*|附件|.*材料|状态|级别|层级|填报.*|督["
     u"办查].*|.*签字|完成率|类型"},
};

Text normalName(std::u16string_view name) {
    static const Pattern bracket(u"\\([^)]*\\)|\\*+|[:;,.、。]+$");
    Text plain = ledger::withoutBlanks(ledger::foldWidth(name));
    while (const auto match = bracket.find(plain)) {
        plain.erase(match->begin, match->end - match->begin);
    }
    return plain;
}

// How much of the work a text column tells: the fullest one is the content.
int fullness(ColumnKind kind) {
    switch (kind) {
    case ColumnKind::section:
        return 1;
    case ColumnKind::item:
        return 2;
    case ColumnKind::task:
        return 3;
    case ColumnKind::content:
        return 4;
    default:
        return 0;
    }
}

bool has(const std::vector<Column>& columns, ColumnKind kind) {
    return std::any_of(columns.begin(), columns.end(), [&](auto& column) { return column.kind == kind; });
}

}  // namespace

std::optional<ColumnKind> columnNamed(std::u16string_view name) {
    static const auto patterns = [] {
        std::vector<std::pair<ColumnKind, std::unique_ptr<Pattern>>> made;
        for (const auto& [kind, pattern] : kKinds) {
            made.emplace_back(kind, std::make_unique<Pattern>(pattern));
        }
        return made;
    }();
    if (name.size() > 60 || name.find(u'。') != std::u16string_view::npos) {
        return std::nullopt;
    }
    const Text plain = normalName(name);
    if (plain.empty() || plain.size() > 14) {
        return std::nullopt;
    }
    for (const auto& [kind, pattern] : patterns) {
        if (pattern->isWhole(plain)) {
            return kind;
        }
    }
    return std::nullopt;
}

bool isProgressColumn(std::u16string_view name) {
    static const Pattern progress(
        u"(?:工作|任务|目前|年度)?(?:进展|落实|完成|推进)(?:及)?(?:落实|完成|进展)?(?:情况|情况说明)|(?:工作|"
        u"目前)?进展");
    return progress.isWhole(normalName(name));
}

bool isUnitColumn(ColumnKind kind) {
    return kind == ColumnKind::lead || kind == ColumnKind::responsible || kind == ColumnKind::cooperate;
}

bool isTaskTable(const std::vector<Column>& columns) {
    const bool text =
        has(columns, ColumnKind::task) || has(columns, ColumnKind::content) || has(columns, ColumnKind::item);
    const bool duty = has(columns, ColumnKind::deadline) || has(columns, ColumnKind::lead) ||
                      has(columns, ColumnKind::responsible);
    return text && duty && !isCatalogue(columns);
}

bool isCatalogue(const std::vector<Column>& columns) {
    return std::count_if(columns.begin(), columns.end(),
                         [](auto& c) { return c.kind == ColumnKind::catalogue; }) >= 2;
}

void settleColumns(std::vector<Column>& columns) {
    int fullest = 0;
    for (const auto& column : columns) {
        fullest = std::max(fullest, fullness(column.kind));
    }
    // Of two equally full ones the later tells more: 重点任务 | 工作任务; two content columns are both
    // content.
    std::size_t content = 0;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (fullness(columns[i].kind) == fullest) {
            content = i;
        }
    }
    int next = 0;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (i != content && fullness(columns[i].kind) < 4) {
            next = std::max(next, fullness(columns[i].kind));
        }
    }
    bool itemGiven = false;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const int own = fullness(columns[i].kind);
        if (own == 0 || (own == 4 && fullest == 4)) {
            continue;
        }
        if (i == content) {
            columns[i].kind = ColumnKind::content;
        } else if (own == next && own >= 2 && !itemGiven) {
            columns[i].kind = ColumnKind::item;
            itemGiven = true;
        } else {
            columns[i].kind = own <= 2 || itemGiven ? ColumnKind::section : ColumnKind::item;
        }
    }
    const auto firstOf = [&](ColumnKind kind) {
        return std::find_if(columns.begin(), columns.end(), [&](auto& c) { return c.kind == kind; });
    };
    // A third text column, 领域 | 事项 | 内容: only the one before the item is a section.
    const auto item = firstOf(ColumnKind::item);
    for (auto at = item; at != columns.end() && item != columns.end(); ++at) {
        if (at->kind == ColumnKind::section) {
            at->kind = ColumnKind::other;
        }
    }
}

std::vector<Column> columnsFrom(const std::vector<Text>& cells) {
    std::vector<Column> columns;
    for (const auto& cell : cells) {
        columns.push_back({columnNamed(cell).value_or(ColumnKind::other), Text(ledger::trim(cell))});
    }
    return columns;
}

namespace {

std::size_t knownNames(const std::vector<Text>& cells) {
    return static_cast<std::size_t>(
        std::count_if(cells.begin(), cells.end(), [](auto& cell) { return columnNamed(cell).has_value(); }));
}

}  // namespace

bool isTaskHeader(const std::vector<Text>& cells) {
    return cells.size() >= 3 && knownNames(cells) >= 2 && isTaskTable(columnsFrom(cells));
}

bool refineColumns(std::vector<Column>& columns, const std::vector<Text>& below) {
    const auto filled = static_cast<std::size_t>(
        std::count_if(below.begin(), below.end(), [](auto& cell) { return !ledger::trim(cell).empty(); }));
    if (filled < 2 || knownNames(below) != filled) {
        return false;
    }
    for (std::size_t i = 0; i < columns.size() && i < below.size(); ++i) {
        if (const auto kind = columnNamed(below[i])) {
            columns[i] = {*kind, Text(ledger::trim(below[i]))};
        }
    }
    return true;
}

}  // namespace hezhang::documents
