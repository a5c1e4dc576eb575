// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/documents/remark_words.h"

#include <algorithm>
#include <memory>
#include <vector>

#include "src/ledger/chinese_text.h"

namespace hezhang::documents {

namespace {

using ledger::Pattern;
using Text = std::u16string;

struct KnownRemark {
    const char16_t* pattern;
    const char16_t* zh;  // %1, %2 …: what the pattern captures
    const char16_t* en;
};

constexpr KnownRemark kRemarks[] = {
    // --- the table
    {u"this text belongs to no row of the table", u"这段文字不属于表格的任何一行。",
     u"This text belongs to no row of the table."},
    {u"the column (.+) is not known: what stands in it is not read", u"不认识表头“%1”，这一列没有读入。",
     u"The heading “%1” is not known: its column was not read."},
    {u"the column (.+) is not read beside the other texts", u"“%1”这一列没有读入：其他列已写明任务内容。",
     u"The column “%1” was not read: others tell the task."},
    {u"a column without a heading is not read", u"有一列没有表头，没有读入。",
     u"A column without a heading was not read."},
    {u"the heading (.+) is read as that of the column without one behind it too",
     u"“%1”后面一列没有表头，按“%1”的内容读入，请核对。",
     u"The column behind “%1” has no heading: it was read as more of “%1”. Please check."},
    {u"(\\d+) rows have no number of their own: they are numbered as they come",
     u"有 %1 行没有序号，按先后顺序编号，请核对。",
     u"%1 rows have no number of their own: they were numbered as they come. Please check."},
    {u"a table of another kind begins here and is left out", u"从这里开始是另一种表格，没有读入。",
     u"A table of another kind begins here; it was left out."},
    {u"a table without the headings of tasks is left out", u"有一张没有任务表头的表格，没有读入。",
     u"A table without the headings of tasks was left out."},
    {u"a further table has a title of its own, its tasks are a section: (.+)",
     u"另一张表格有自己的标题“%1”，其中的任务作为一个板块读入；如应另建台账，请分开导入。",
     u"A further table has a title of its own, “%1”: its tasks are a section here. Import it apart if it is "
     u"another ledger."},
    {u"the heading names the units of its tasks: (.+)", u"标题写明了以下任务的责任单位：%1。",
     u"The heading names the units of its tasks: %1."},
    {u"two cells name a deadline of this task: (.+)", u"这项任务有两处完成时限：%1，请核对。",
     u"Two cells name a deadline of this task: %1. Please check."},
    {u"the column (.+) does not tell leads from others: check the roles",
     u"“%1”一列没有区分牵头和其他单位，请核对角色。",
     u"The column “%1” does not tell leads from others: check the roles."},
    {u"number (\\d+) follows number (\\d+)", u"序号 %2 之后是 %1。", u"Number %1 follows number %2."},
    // --- the whole document
    {u"the document names no year: months without a year get no date",
     u"文件没有写明年份，只写月份的时限无法推算。",
     u"The document names no year: months without a year get no date."},
    {u"the title names no year: taken as (\\d+) from what else the document says",
     u"标题没有写明年份，按文件其他内容取为 %1 年，请核对。",
     u"The title names no year: taken as %1 from what else the document says. Please check."},
    {u"the title names several years: taken as (\\d+)", u"标题写有几个年份，取为 %1 年，请核对。",
     u"The title names several years: taken as %1. Please check."},
    {u"units inside the text are taken for the whole task: (.+)",
     u"正文中间写有“%1”，已作为整项任务的单位读入，请核对。",
     u"“%1” inside the text was taken for the whole task. Please check."},
    {u"(\\d+) tasks lack units: merged cells may have been lost",
     u"有 %1 项任务没有责任单位，可能是合并单元格丢失，请核对。",
     u"%1 tasks lack units: merged cells may have been lost. Please check."},
    {u"the document claims (\\d+) sections, (\\d+) were found", u"文件称有 %1 个板块，实际读到 %2 个。",
     u"The document speaks of %1 sections, %2 were found."},
    {u"the document claims (\\d+) items, (\\d+) were found", u"文件称有 %1 项重点工作，实际读到 %2 项。",
     u"The document speaks of %1 items, %2 were found."},
    {u"the document claims (\\d+) tasks, (\\d+) were found", u"文件称有 %1 项任务，实际读到 %2 项。",
     u"The document speaks of %1 tasks, %2 were found."},
    {u"a sentence gives its units to all tasks behind it", u"有一句话为其后所有任务指定了单位。",
     u"A sentence gives its units to all tasks behind it."},
    {u"a sentence makes the first unit of each task its lead", u"文件规定列第一位的单位为牵头单位。",
     u"A sentence makes the first unit of each task its lead."},
    {u"the document has tracked changes: they are read as if they were accepted",
     u"文件有修订痕迹，已按接受修订后的内容读入。",
     u"The document has tracked changes: they were read as if they were accepted."},
    {u"hidden text is left out", u"隐藏的文字没有读入。", u"Hidden text was left out."},
    {u"text that is struck out is left out", u"带删除线的文字没有读入。",
     u"Text that is struck out was left out."},
    {u"a text box in a cell is not read", u"单元格中的文本框没有读入。",
     u"A text box in a cell was not read."},
    {u"a table inside a cell is read as text of the cell", u"单元格中的小表格按文字读入，请核对。",
     u"A table inside a cell was read as text of the cell. Please check."},
    // --- workbooks
    {u"the sheet (.+) has this task again with other units or another deadline: it is taken as one of its "
     u"own",
     u"工作表“%1”也有这项任务，但单位或时限不同：按另一项任务读入。",
     u"The sheet “%1” has this task again with other units or another deadline: it is taken as one of its "
     u"own."},
    {u"the sheet (.+) repeats (\\d+) tasks of the sheets before it: they count once",
     u"工作表“%1”与前面的工作表重复 %2 项任务：只计一次。",
     u"The sheet “%1” repeats %2 tasks of the sheets before it: they count once."},
    {u"the sheet (.+) is of the year (\\d+): its (\\d+) tasks are not read",
     u"工作表“%1”是 %2 年的：其中 %3 项任务没有读入。",
     u"The sheet “%1” is of the year %2: its %3 tasks are not read."},
    {u"the hidden sheet (.+) has a table of tasks: it is not read",
     u"隐藏的工作表“%1”中有任务表，没有读入；如需要，请取消隐藏后再导入。",
     u"The hidden sheet “%1” has a table of tasks: it was not read. Unhide it to have it read."},
    {u"the sheet (.+) has (\\d+) hidden rows with text: they are not read",
     u"工作表“%1”有 %2 行隐藏的内容没有读入；如需要，请取消筛选或隐藏后再导入。",
     u"The sheet “%1” has %2 hidden rows with text: they were not read. Unhide them to have them read."},
    {u"the sheet (.+) has (\\d+) hidden columns with text: they are not read",
     u"工作表“%1”有 %2 列隐藏的内容没有读入；如需要，请取消隐藏后再导入。",
     u"The sheet “%1” has %2 hidden columns with text: they were not read. Unhide them to have them read."},
    {u"(\\d+) formulas have no result in the file: open it in Excel or WPS and save it anew",
     u"有 %1 个公式在文件中没有结果，没有读入；请用 Excel 或 WPS 打开后重新保存再导入。",
     u"%1 formulas have no result in the file: they were not read. Open it in Excel or WPS and save it "
     u"anew."},
    {u"cells beyond the first (\\d+) columns are not read", u"第 %1 列以后的内容没有读入。",
     u"Cells beyond the first %1 columns are not read."},
    // --- PDF
    {u"page (\\d+) is a picture without text: what stands on it was not read",
     u"第 %1 页是没有文字的图片，没有读入。",
     u"Page %1 is a picture without text: what stands on it was not read."},
    {u"page (\\d+) shows letters that the file has no text for: compare it",
     u"第 %1 页有些字在文件里没有对应的文字，请核对。",
     u"Page %1 shows letters that the file has no text for: compare it."},
    {u"the table has no drawn lines: its rows were found by their places, compare each",
     u"表格没有框线，各行按位置推定，请逐行核对。",
     u"The table has no drawn lines: its rows were found by their places, compare each."},
    {u"the table is wider than its page: its columns were put together from (\\d+) pages side by side, "
     u"compare each row",
     u"表格宽于一页，已把左右 %1 页的各列拼在一起，请逐行核对。",
     u"The table is wider than its page: its columns were put together from %1 pages side by side, compare "
     u"each row."},
    {u"two cells stand below one heading", u"同一表头下有两个单元格，请核对。",
     u"Two cells stand below one heading. Please check."},
    {u"a page break was taken to be inside this row", u"这一行跨页，已合为一行，请核对。",
     u"A page break was taken to be inside this row. Please check."},
    {u"a page break stands before this row: it may belong to the row above",
     u"这一行之前换页，可能属于上一行，请核对。",
     u"A page break stands before this row: it may belong to the row above."},
    {u"the item of the row before a page break was taken from behind it",
     u"换页前一行的重点工作取自换页之后，请核对。",
     u"The item of the row before a page break was taken from behind it. Please check."},
    {u"the item before a page break may go on behind it", u"换页前的重点工作可能在下一页继续，请核对。",
     u"The item before a page break may go on behind it. Please check."},
    // --- units
    {u"binds later tasks too: check each of them", u"这里的单位也适用于后面的任务，请逐项核对。",
     u"The units are named for later tasks too: check each of them."},
    {u"a principle, the unit is known only case by case: (.*)", u"“%1”是原则性表述，单位要按具体事项确定。",
     u"“%1” is a principle: the unit is known only case by case."},
    {u"left out beside a unit: (.*)", u"单位名称旁边的“%1”没有读入。",
     u"“%1” beside a unit's name was left out."},
    {u"names no unit of the task: (.*)", u"“%1”不是这项任务的责任单位。", u"“%1” names no unit of the task."},
    {u"as the row above: a person must say which units", u"写的是“同上”，请指明是哪些单位。",
     u"It says “as above”: a person must say which units."},
    {u"is no unit's name: (.*)", u"“%1”不是单位名称。", u"“%1” is no unit's name."},
    {u"may be no unit's name: (.*)", u"“%1”可能不是单位名称。", u"“%1” may be no unit's name."},
    {u"names no unit", u"这里没有写单位。", u"The words name no unit."},
    {u"the phrase leaves open which units are meant", u"没有写明是哪些单位",
     u"the phrase leaves open which units are meant"},
    {u"the county has no units of this group", u"本县没有这一组单位",
     u"the county has no units of this group"},
    {u"the unit was split, and a person has to say who goes on with this",
     u"该单位已拆分，要由人指明由谁接续",
     u"the unit was split, and a person has to say who goes on with this"},
    {u"no unit, or more than one, has this name", u"没有或不止一个单位叫这个名称",
     u"no unit, or more than one, has this name"},
    // --- deadlines
    {u"the text names (\\S+), the deadline is (\\S+)", u"内容里写的是 %1，完成时限是 %2。",
     u"The text names %1, the deadline is %2."},
    {u"is due (\\S+) provisionally: the holidays of a year on the way are not announced yet",
     u"%1 为暂定日期：途经年度的放假安排尚未公布。",
     u"%1 is provisional: the holidays of a year on the way are not announced yet."},
    {u"provisional: the holidays of a year on the way are not announced yet",
     u"暂定：途经年度的放假安排尚未公布",
     u"Provisional: the holidays of a year on the way are not announced yet."},
    {u"names several dates: (\\S+) is taken, also (.+)", u"写有几个日期：取 %1，另有 %2，请核对。",
     u"It names several dates: %1 is taken, also %2. Please check."},
    {u"two dates run into each other", u"两个日期连在一起，请核对",
     u"Two dates run into each other. Please check."},
    {u"lacks units and a deadline(?:: the document may be cut off)?",
     u"缺少责任单位和完成时限，文件可能不完整。",
     u"Units and deadline are missing; the document may be cut off."},
    {u"lacks units(?:: the document may be cut off)?", u"缺少责任单位。", u"Units are missing."},
    {u"lacks a deadline(?:: the document may be cut off)?", u"缺少完成时限。", u"The deadline is missing."},
    {u"no date can be computed: a person must decide", u"算不出日期，要由人确定",
     u"No date can be computed: a person must decide."},
    {u"the day within the period is not understood: a person must decide",
     u"周期内是哪一天没有读懂，要由人确定",
     u"The day within the period is not understood: a person must decide."},
    {u"no such day: (.+)", u"没有这一天：%1", u"No such day: %1"},
    {u"not understood: (.+)", u"没有读懂：%1", u"Not understood: %1"},
    {u"also named: (.+)", u"还写有：%1", u"Also named: %1"},
    {u"(\\d{4}-\\d{2}-\\d{2})", u"%1", u"%1"},
    {u"starts in (.+)", u"自 %1 起", u"Starts in %1"},
    {u"a least duration is no date", u"写的是最短期限，不是日期", u"A least duration is no date."},
    {u"a clock that starts with an event, a rule and no date \\(an event on (\\S+) would give (\\S+)\\)",
     u"从某件事发生起算，没有固定日期（如 %1 发生，则为 %2）",
     u"It starts with an event: a rule and no date (an event on %1 would give %2)."},
    {u"a rhythm that has no name here", u"这种周期这里没有对应的名称", u"A rhythm that has no name here."},
    {u"daily", u"每日", u"Daily"},
    {u"also ongoing", u"还有：长期", u"Also ongoing"},
    {u"also yearly", u"还有：每年", u"Also yearly"},
    {u"also half-yearly", u"还有：每半年", u"Also half-yearly"},
    {u"also quarterly", u"还有：每季度", u"Also quarterly"},
    {u"also monthly", u"还有：每月", u"Also monthly"},
    {u"also weekly", u"还有：每周", u"Also weekly"},
    // --- a ledger that is brought up to date
    {u"of the ledger is not in this document; it stays as it is", u"文件中没有，台账中保持不变。",
     u"The document does not have it; it stays as it is."},
    {u"resembles task (\\d+) of the ledger; taken as a new one, please check",
     u"与台账中的任务 %1 相似，按新任务处理，请核对。",
     u"It resembles task %1 of the ledger; taken as a new one, please check."},
    {u"the ledger (.+) of the same year has much the same title; this makes another one",
     u"同一年已有标题相近的台账“%1”，这次会另建一个。",
     u"The ledger “%1” of the same year has much the same title; this makes another one."},
    // --- a form that comes back
    {u"line (\\d+) is about the same task (\\d+)", u"与第 %1 行是同一项任务 %2",
     u"Line %1 is about the same task %2."},
    {u"it resembles more than one task of the unit", u"与该单位不止一项任务相似",
     u"It resembles more than one task of the unit."},
    {u"no task of the unit has this content", u"该单位没有内容相同的任务",
     u"No task of the unit has this content."},
    // --- no tasks
    {u"the task table is an empty form", u"任务表是空表。", u"The task table is an empty form."},
    {u"the document is a catalogue of public information, services or powers",
     u"这是公开目录、服务事项或权责清单，不是任务台账。",
     u"The document is a catalogue of public information, services or powers."},
    {u"the document is a catalogue without tasks", u"这是目录或清单，里面没有任务。",
     u"The document is a catalogue without tasks."},
    {u"the document is a list of names without tasks", u"这是名单或通讯录，里面没有任务。",
     u"The document is a list of names without tasks."},
    {u"the document is a score sheet without tasks", u"这是评分、考核用的表，里面没有任务。",
     u"The document is a score sheet without tasks."},
    {u"the document is minutes of a meeting without tasks", u"这是会议纪要，里面没有分工的任务。",
     u"The document is the minutes of a meeting, without tasks."},
    {u"the document is a table of figures without tasks", u"这是统计表，里面没有任务。",
     u"The document is a table of figures without tasks."},
    {u"the document is a circular without tasks", u"这是通报，里面没有任务。",
     u"The document is a circular without tasks."},
    {u"the document is an interpretation without tasks", u"这是政策解读，里面没有任务。",
     u"The document is an interpretation without tasks."},
    {u"the document is a notice without tasks", u"这是通知或公告，里面没有任务。",
     u"The document is a notice without tasks."},
    {u"the document is a form without tasks", u"这是登记、申请用的表，里面没有任务。",
     u"The document is a form without tasks."},
    {u"the document is a report without tasks", u"这是总结或报告，里面没有任务。",
     u"The document is a report without tasks."},
    {u"the document is a timetable without tasks", u"这是日程或值班安排，里面没有任务。",
     u"The document is a timetable without tasks."},
    {u"the document holds neither a task table nor numbered tasks", u"文件中既没有任务表，也没有编号的任务。",
     u"The document holds neither a task table nor numbered tasks."},
    {u"the table names neither units nor deadlines of tasks", u"表格里没有任务的责任单位，也没有完成时限。",
     u"The table names neither units nor deadlines of tasks."},
    {u"the workbook holds no visible sheet", u"工作簿里没有可见的工作表。",
     u"The workbook holds no visible sheet."},
    {u"the columns of the table stand on several pages; print it fitted to the width of one page",
     u"表格的各列分在几页上；请调整为一页宽后重新输出。",
     u"The columns of the table stand on several pages; print it fitted to the width of one page."},
    {u"the PDF holds pictures of pages without text, as a scanner makes them",
     u"这是扫描的 PDF，只有页面图片，没有文字。",
     u"The PDF holds pictures of pages without text, as a scanner makes them."},
};

// The words with what was captured in the places of %1, %2 ….
std::string captured(const char16_t* words, const Pattern::Match& match) {
    Text text;
    for (const char16_t* at = words; *at != 0; ++at) {
        const std::size_t group =
            at[0] == u'%' && ledger::isDigit(at[1]) ? static_cast<std::size_t>(at[1] - u'0') : 0;
        if (group > 0 && group < match.groups.size()) {
            text += match.groups[group];
            ++at;
        } else {
            text += *at;
        }
    }
    return ledger::toUtf8(text);
}

// "task 3: ", "task 3 ", before what is said of it.
const Pattern& numberBefore() {
    static const Pattern pattern(u"^task ([^ :]+):? ");
    return pattern;
}

}  // namespace

std::optional<RemarkWords> remarkWords(std::string_view remark) {
    static const auto patterns = [] {
        std::vector<std::unique_ptr<Pattern>> made;
        for (const KnownRemark& one : kRemarks) {
            made.push_back(std::make_unique<Pattern>(one.pattern));
        }
        return made;
    }();
    Text text = ledger::toUtf16(remark);
    if (const auto number = numberBefore().find(text)) {
        text.erase(0, number->end);
    }
    for (std::size_t i = 0; i < patterns.size(); ++i) {
        if (const auto match = patterns[i]->matchWhole(text)) {
            return RemarkWords{captured(kRemarks[i].zh, *match), captured(kRemarks[i].en, *match)};
        }
    }
    return std::nullopt;
}

std::string remarkInChinese(std::string_view remark) {
    const Text text = ledger::toUtf16(remark);
    const auto number = numberBefore().find(text);
    const std::string task = number ? "任务 " + ledger::toUtf8(number->groups[1]) + "：" : std::string();
    const std::string bare = ledger::toUtf8(number ? text.substr(number->end) : text);
    std::string words;
    bool isEachKnown = true;
    for (std::size_t from = 0; from <= bare.size();) {
        const std::size_t end = std::min(bare.find("; ", from), bare.size());
        const std::string one = bare.substr(from, end - from);
        const auto known = remarkWords(one);
        words += (words.empty() ? "" : "；") + (known ? known->zh : one);
        isEachKnown = isEachKnown && known;
        from = end + 2;
    }
    const auto whole = isEachKnown ? std::nullopt : remarkWords(bare);
    return task + (whole ? whole->zh : words);
}

}  // namespace hezhang::documents
