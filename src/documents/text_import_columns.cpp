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
constexpr NamedKind kColumnKinds[] = {
    {ColumnKind::ordinal, u"(?:任务|工作|事项|项目|条目)?(?:序号|编号|项次)|序|号|(?i:no\\.?)"},
    {ColumnKind::catalogue,
     u"公开(?:事项|内容|依据|时限|主体|渠道|对象|方式|载体|层级|要素|范围|形式|期限).*|.*公开依据.*"
     u"|(?:法定|承诺)(?:办结|办理)?(?:时限|时间|期限)|收费(?:标准|依据|情况|项目)|(?:设定|实施|职权|执法)"
     u"依据|行使层级|"
     u"(?:办件|事项|职权|权力)(?:类型|类别|编码|名称)(?<!事项名称|事项类别)|责任事项|追责(?:情形|依据|对象).*"
     u"|"
     u"办理(?:地点|流程|条件|方式|材料)|(?:申请|申报)(?:材料|条件)|(?:监督|投诉)(?:电话|渠道|方式)"},
    {ColumnKind::cooperate,
     u"(?:(?:参与|协同|协助|责任)?配合|协办|协助|协同|参与|参加|协作|会办)(?:责任)?(?:单位|部门|科室|股室|"
     u"处室|"
     u"机构)"},
    {ColumnKind::lead,
     u"(?:牵头|主办|第一责任|主责|首责)(?:责任|负责|落实)?(?:单位|部门|科室|股室|处室|机构)|责任牵头单位"},
    {ColumnKind::responsible,
     u"(?:主要|具体|整改)?(?:责任|承办|落实|实施|完成|负责|执行|任务|承担|办理|经办)(?:落实|实施)?(?:单位|"
     u"部门|科室|"
     u"股室|处室|科|股|处|机构|主体|镇街|乡镇|街道)(?:及|和|、)?(?:责任人|负责人|部门|科室|人|单位)?"
     u"|(?:主体责任|承接|组织)(?:单位|部门)|责任(?:部室|局办|所队)|责任(?:单位|部门)/"
     u"(?:单位|部门|科室)|责任分工|任务分工|分工|承办|责任单位及协办单位|单位|部门|科室"
     u"|(?:牵头|主办)(?:单位|部门)?[和及与、/](?:责任|配合|协办|参与)(?:单位|部门)"},
    {ColumnKind::deadline,
     u"(?:工作|任务|计划|推进|责任|目标|整改|落实|预计|拟|要求|最迟)?(?:完成|办结|推进|落实|实施|起止|报送|"
     u"上报|开展)?(?:的)"
     u"?(?:时限|时间|期限|日期|时间节点|节点)(?:要求|安排|节点|进度|计划)?|截止(?:时间|日期|时限)|进度安排|"
     u"进度要求|时限要求|"
     u"进度计划"},
    {ColumnKind::indicator,
     u"(?:量化|考核|评价|绩效|评估|工作|目标|任务|成效|核心|主要)?指标(?:要求|值)?|(?:工作|任务|年度|预期|"
     u"阶段性?|"
     u"总体|量化|完成|具体|绩效)?目标(?:及)?(?:要求|值)?"
     u"|(?:预期|工作|任务|完成|阶段性?)?(?:成果|成效)(?:形式|要求)?|(?:预期|工作)效果|(?:工作|任务)?质量(?:"
     u"要求|标准)|(?:验收|考核|评价|工作|"
     u"完成|量化|"
     u"评估|检查|衡量)(?:标准|标志|方式|要点|依据)(?<!工作要点)"},
    {ColumnKind::section,
     u"(?:所属|工作|任务|项目|目标|事项)?(?:板块|类别|分类|领域|类型|方面)(?:名称)?|一级(?:指标|任务|目标)|"
     u"部分"},
    {ColumnKind::content,
     u"(?:主要|工作|具体|任务|重点|建设|考核|实施|整改|主要工作|具体工作|重点工作|主要任务|公开工作)?内容(?:"
     u"及|和|与)?(?:(?:"
     u"建设)?规模|要求|措施|目标|标准)?|(?:具体|工作|落实|主要|重点|推进|贯彻|任务|改进|整改|实施|主要工作|"
     u"具体工作)(?:举措|措施|要求|任务|事项)(?<!重点任务|工作任务|主要任务|重点事项|工作事项|任务事项)(?:"
     u"及要求|"
     u"及内容)?|\\p{Han}{0,4}(?:举措|措施)|任务描述|(?:工作)?任务及要求|任务(?:内容)?(?:及|和)(?:要求|措施)|"
     u"内容和要求|具体(?:任务|工作|安排)|三级任务|(?:项目|事项|实事)内容|\\p{Han}{0,4}(?:任务|内容|要求)(?:"
     u"及|和|与)(?:措施|标准|要求|举措)"},
    {ColumnKind::task,
     u"\\p{Han}{0,6}任务(?:清单|分解|要求|目标)?(?<!二级任务)|(?:重点|主要|年度)?工作(?:安排|计划|清单|要点)|"
     u"工作重点|任务项目|工作要求|任务及目标"},
    {ColumnKind::item,
     u"(?:年度)?(?:重点|主要)工作|(?:工作|任务|重点|事项|建设|实事|民生实事)?(?:项目|事项|名称|大项|要点|"
     u"条目)(?:名称)?|民生实事|\\p{Han}{1,4}(?<!注意|其他|其它)事项|(?:建议|提案|议案)(?:标题|名称|题目)|"
     u"案由|(?:"
     u"工作|任务|事项|项目)名称|重点领域|二级(?:指标|任务|目标)|主要方面"},
    {ColumnKind::other,
     u"备注|说明|.*(?:进展|落实|完成|工作|执行|推进|整改|进度|存在|销号)(?:情况|进度|情况说明)|.*进展|"
     u"工作进度|"
     u"进度|得分|自评.*|分值|权重|评分.*|.*(?:责任人|负责人)|.*领导|联系人.*|联系(?:电话|方式)|电话"
     u"|下一步.*|.*问题.*|依据|政策依据|文件依据|任务来源|来源|是否.*|附件|.*材料|状态|级别|层级|填报.*|(?:"
     u"督[办查导]|"
     u"监[督管]).*|.*签字|完成率|类型"},
};

Text normalName(std::u16string_view name) {
    static const Pattern bracket(u"\\([^)]*\\)|\\*+|[:;,.、。]+$");
    // 2024年工作任务, 县级牵头单位: the year and the level say nothing of what the column is.
    static const Pattern prefix(u"^(?:(?:20\\d{2}年|本年|今年)度?|[省市县区州旗](?:级|直)?)(?=\\p{Han}{4})");
    Text plain = ledger::withoutBlanks(ledger::foldWidth(name));
    while (const auto match = bracket.find(plain)) {
        plain.erase(match->begin, match->end - match->begin);
    }
    if (const auto match = prefix.find(plain)) {
        plain.erase(0, match->end);
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
        for (const auto& [kind, pattern] : kColumnKinds) {
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
    static const Pattern done(u"已(?:完成|办结|落实|开展).*");  // no work to be done
    if (done.isWhole(plain)) {
        return ColumnKind::other;
    }
    for (const auto& [kind, pattern] : patterns) {
        if (pattern->isWhole(plain)) {
            return kind;
        }
    }
    return std::nullopt;
}

std::optional<ColumnKind> columnNamedBelow(std::u16string_view group, std::u16string_view own) {
    if (const auto kind = columnNamed(own)) {
        return kind;
    }
    const auto above = columnNamed(group);
    if (!above || (!isUnitColumn(*above) && *above != ColumnKind::deadline)) {
        return std::nullopt;
    }
    return columnNamed(Text(own) + (isUnitColumn(*above) ? u"单位" : u"时间"));
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

bool isTextColumn(ColumnKind kind) {
    return fullness(kind) > 0;
}

bool isTaskTable(const std::vector<Column>& columns) {
    const bool text =
        has(columns, ColumnKind::task) || has(columns, ColumnKind::content) || has(columns, ColumnKind::item);
    const bool duty = has(columns, ColumnKind::deadline) || has(columns, ColumnKind::lead) ||
                      has(columns, ColumnKind::responsible);
    return text && duty && !isCatalogue(columns);
}

bool isCatalogue(const std::vector<Column>& columns) {
    // Ledgers name these too: alone they make no catalogue.
    static const Pattern anywhere(u"责任事项|(?:监督|投诉)(?:电话|渠道|方式)");
    std::size_t all = 0;
    std::size_t own = 0;
    for (const Column& column : columns) {
        const bool counts = column.kind == ColumnKind::catalogue;
        all += counts ? 1 : 0;
        own += counts && !anywhere.isWhole(normalName(column.name)) ? 1 : 0;
    }
    return all >= 2 && own >= 1;
}

// 完成时限 | 截止日期: the words of the deadline count, a date reckoned from them says it again.
static void settleDeadlines(std::vector<Column>& columns) {
    static const Pattern reckoned(u"截止.*");
    const auto isWords = [](const Column& column) {
        return column.kind == ColumnKind::deadline && !reckoned.isWhole(normalName(column.name));
    };
    if (std::none_of(columns.begin(), columns.end(), isWords)) {
        return;
    }
    for (Column& column : columns) {
        column.kind =
            column.kind == ColumnKind::deadline && !isWords(column) ? ColumnKind::other : column.kind;
    }
}

// 工作任务 | 下一步工作任务: what is left to do counts only where nothing else tells the work. 类别 |
// 未完成任务 tells it.
static void settleLaterWork(std::vector<Column>& columns) {
    static const Pattern later(u"(?:下一?步|下阶段|未(?:完成|办结|落实)).*");
    const auto isLater = [](const Column& column) { return later.isWhole(normalName(column.name)); };
    if (std::none_of(columns.begin(), columns.end(), [&](auto& column) {
            return (column.kind == ColumnKind::task || column.kind == ColumnKind::content) &&
                   !isLater(column);
        })) {
        return;
    }
    for (Column& column : columns) {
        column.kind = isTextColumn(column.kind) && isLater(column) ? ColumnKind::other : column.kind;
    }
}

void settleColumns(std::vector<Column>& columns) {
    settleDeadlines(columns);
    settleLaterWork(columns);
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

bool isShortName(const Text& name) {
    constexpr std::size_t kNameMax = 8;
    const Text plain = ledger::withoutBlanks(name);
    return plain.size() <= kNameMax && std::all_of(plain.begin(), plain.end(), ledger::isHan);
}

}  // namespace

bool isTaskHeader(const std::vector<Text>& cells) {
    return cells.size() >= 3 && knownNames(cells) >= 2 && isTaskTable(columnsFrom(cells));
}

bool refineColumns(std::vector<Column>& columns, const std::vector<Text>& below) {
    std::vector<Column> refined = columns;
    std::size_t known = 0;
    std::size_t unknown = 0;
    Text group;
    for (std::size_t i = 0; i < below.size(); ++i) {
        const Text own(ledger::trim(below[i]));
        const Text above = i < columns.size() ? columns[i].name : Text();
        group = above.empty() ? group : above;
        if (own.empty() || ledger::withoutBlanks(own) == ledger::withoutBlanks(above)) {
            continue;  // a heading of both rows
        }
        const bool isPart = above.empty() || (i + 1 < columns.size() && columns[i + 1].name.empty());
        const auto kind = columnNamedBelow(group, own);
        if (i >= columns.size() || (!kind && !(isPart && isShortName(own)))) {
            return false;
        }
        ++(kind ? known : unknown);
        refined[i] = {kind.value_or(ColumnKind::other), own};
    }
    if (known + unknown < 2 || unknown > known) {
        return false;
    }
    columns = std::move(refined);
    return true;
}

}  // namespace hezhang::documents
