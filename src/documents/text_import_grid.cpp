// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/documents/text_import_grid.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "src/documents/text_import_head.h"
#include "src/documents/text_import_headings.h"
#include "src/documents/text_import_spread.h"
#include "src/ledger/chinese_text.h"

namespace hezhang::documents {

namespace {

using ledger::Pattern;
using ledger::UnitRole;
using Text = std::u16string;
using View = std::u16string_view;

std::vector<Text> linesOf(View cell) {
    std::vector<Text> lines;
    for (std::size_t from = 0; from <= cell.size();) {
        const auto end = std::min(cell.find(u'\n', from), cell.size());
        lines.emplace_back(cell.substr(from, end - from));
        from = end + 1;
    }
    return lines;
}

UnitRole roleOf(ColumnKind kind) {
    if (kind == ColumnKind::lead) {
        return UnitRole::lead;
    }
    return kind == ColumnKind::cooperate ? UnitRole::cooperate : UnitRole::responsible;
}

// 同上: what stands in the row above.
bool isDitto(View cell) {
    static const Pattern ditto(u"[（(]?(?:同上|同前|上同)[)）]?|〃|″|\"");
    return ditto.isWhole(cell);
}

bool endsASentence(View text) {
    static constexpr View kEnds = u"。！？；!?;）)”";
    return !text.empty() && kEnds.find(text.back()) != View::npos;
}

class GridReader {
public:
    explicit GridReader(const Grid& grid)
        : m_grid(grid), m_columns(grid.columns), m_header(grid.header), m_title(bareTitle(grid.title)) {}

    RawTable read() {
        m_table.warnings = m_grid.warnings;
        takeColumns(0, m_grid.rows.empty() ? 0 : m_grid.rows.front().line);
        for (std::size_t i = 0; i < m_grid.rows.size(); ++i) {
            const GridRow& row = m_grid.rows[i];
            if (row.isTableTitle) {
                m_tableTitle = {row.line, row.cells.front()};
                continue;
            }
            if (row.beginsTable) {
                m_skipping = isOtherTable(row);
                if (m_skipping) {
                    warn(row.line, "a table of another kind begins here and is left out");
                }
            }
            if (titlesNextTable(i)) {
                m_tableTitle = {row.line, filledCells(row).front()};
                continue;
            }
            const bool isHeader = isTaskHeader(row.cells);
            if (isHeader) {
                takeTableTitle();
            }
            if (isHeader && !isOwnHeader(row)) {
                takeHeader(i);
            } else if (!m_skipping) {
                readRow(row);
            }
        }
        numberAsAbove();
        if (!m_unnumbered.empty()) {
            warn(m_table.tasks[m_unnumbered.front()].line,
                 std::to_string(m_unnumbered.size()) +
                     " rows have no number of their own: they are numbered as they come");
        }
        return std::move(m_table);
    }

private:
    // 1, -, -, 2: a number that stood once for several rows, and does not tell how far it reaches.
    void numberAsAbove() {
        static const Pattern digits(u"\\d{1,6}");
        const auto numberOf = [&](std::size_t at) -> std::optional<int> {
            const Text& ordinal = m_table.tasks[at].ordinal;
            return digits.isWhole(ordinal) ? std::optional(std::stoi(ledger::toUtf8(ordinal))) : std::nullopt;
        };
        std::vector<std::size_t> left;
        for (std::size_t i = 0; i < m_unnumbered.size();) {
            std::size_t end = i + 1;
            while (end < m_unnumbered.size() && m_unnumbered[end] == m_unnumbered[end - 1] + 1) {
                ++end;
            }
            const std::size_t before = m_unnumbered[i] - 1;  // the first of a table is not in the list
            const std::size_t after = m_unnumbered[end - 1] + 1;
            const bool isBetween = after < m_table.tasks.size() && numberOf(before) &&
                                   numberOf(after) == *numberOf(before) + 1 &&
                                   m_table.tasks[after].section == m_table.tasks[before].section;
            for (; i < end; ++i) {
                if (isBetween) {
                    m_table.tasks[m_unnumbered[i]].ordinal = m_table.tasks[before].ordinal;
                } else {
                    left.push_back(m_unnumbered[i]);
                }
            }
        }
        m_unnumbered = std::move(left);
    }

    void warn(int line, std::string text) { m_table.warnings.push_back({line, std::move(text)}); }

    // What the columns' names say besides what stands in them. `from`: the first row below them.
    void takeColumns(std::size_t from, int line) {
        static const Pattern firstLeads(
            u"(?:列|排)?在?(?:第一|首)(?:位|个|名)?的?(?:责任)?(?:单位|部门)?(?:为|是)(?:牵头|主办|"
            u"第一责任)");
        static const Pattern lead(u"牵头|主办");
        m_firstLeads = false;
        for (const Column& column : m_columns) {
            const Text name = ledger::withoutBlanks(column.name);
            if (column.kind == ColumnKind::responsible && lead.isIn(name) && !firstLeads.isIn(name)) {
                m_table.warnings.push_back({line, "the column " + ledger::toUtf8(name) +
                                                      " does not tell leads from others: check the roles"});
            }
            if (isUnitColumn(column.kind) && firstLeads.isIn(ledger::withoutBlanks(column.name))) {
                m_firstLeads = true;
                m_table.firstLeads = m_table.firstLeads.value_or(line);
            }
        }
        warnOfUnreadColumns(from);
    }

    // The rows of the table that begins here, up to the next header, where several cells say something.
    [[nodiscard]] std::vector<const GridRow*> rowsOfTable(std::size_t from) const {
        std::vector<const GridRow*> rows;
        bool skipping = false;
        for (std::size_t i = from; i < m_grid.rows.size(); ++i) {
            const GridRow& row = m_grid.rows[i];
            if (isTaskHeader(row.cells) && !isOwnHeader(row)) {
                break;
            }
            skipping = row.beginsTable ? isOtherTable(row) : skipping;
            const auto empty = std::count(row.cells.begin(), row.cells.end(), Text());
            if (!skipping && empty + 1 < static_cast<std::ptrdiff_t>(row.cells.size())) {
                rows.push_back(&row);
            }
        }
        return rows;
    }

    // What stands in a column that is not read: that must be said.
    void warnOfUnreadColumns(std::size_t from) {
        const auto rows = rowsOfTable(from);
        for (std::size_t i = 0; i < m_columns.size(); ++i) {
            const Text& name = m_columns[i].name;
            const auto named = columnNamed(name);
            const bool isKnown =
                (m_columns[i].kind != ColumnKind::other && m_columns[i].kind != ColumnKind::catalogue) ||
                (named && *named == ColumnKind::other);
            const auto filled = std::find_if(rows.begin(), rows.end(), [&](const GridRow* row) {
                return row->cells.size() > i && !ledger::trim(row->cells[i]).empty();
            });
            if (isKnown || filled == rows.end()) {
                continue;
            }
            const std::string shown = ledger::toUtf8(joinCell(name, ColumnKind::other));
            m_table.warnings.push_back(
                {(*filled)->line,
                 shown.empty() ? "a column without a heading is not read"
                 : named       ? "the column " + shown + " is not read beside the other texts"
                               : "the column " + shown + " is not known: what stands in it is not read"});
        }
    }

    // A further table with its own columns: another order, other names.
    void takeHeader(std::size_t& at) {
        m_skipping = false;
        const std::size_t header = at;
        m_header = m_grid.rows[at].cells;
        m_columns = columnsFrom(m_grid.rows[at].cells);
        if (at + 1 < m_grid.rows.size() && refineColumns(m_columns, m_grid.rows[at + 1].cells)) {
            ++at;
        }
        for (ImportWarning& warning : spreadNames(m_columns, m_grid.rows, at + 1, m_grid.rows[header].line)) {
            m_table.warnings.push_back(std::move(warning));
        }
        settleColumns(m_columns);
        takeColumns(at + 1, m_grid.rows[header].line);
        m_item.clear();
        m_above.clear();
    }

    // On a sheet the title of a further table is a row.
    [[nodiscard]] bool titlesNextTable(std::size_t at) const {
        constexpr std::size_t kRowsAhead = 3;
        const auto filled = filledCells(m_grid.rows[at]);
        if (filled.size() != 1 || !titlesATable(filled.front())) {
            return false;
        }
        const auto from = m_grid.rows.begin() + static_cast<std::ptrdiff_t>(at) + 1;
        const auto to = from + static_cast<std::ptrdiff_t>(std::min(kRowsAhead, m_grid.rows.size() - at - 1));
        return std::any_of(from, to, [](const GridRow& row) { return isTaskHeader(row.cells); });
    }

    // A second plan in the document, not the further part of one (续表) under its title: what person put them
    // into one file may want two ledgers.
    void takeTableTitle() {
        const auto [line, printed] = std::exchange(m_tableTitle, {});
        const Text title = ledger::withoutStrayBlanks(printed);
        if (title.empty()) {
            return;
        }
        const bool isAnother = bareTitle(printed) != std::exchange(m_title, bareTitle(printed));
        if (!isAnother || m_table.tasks.empty()) {
            return;
        }
        startSection(title);
        m_table.isOfSeveralTitles = true;
        m_table.warnings.push_back(
            {line,
             "a further table has a title of its own, its tasks are a section: " + ledger::toUtf8(title)});
    }

    // A table of something else: it has its own header, or another width, and no tasks.
    [[nodiscard]] bool isOtherTable(const GridRow& row) const {
        const auto filled = filledCells(row);
        if (filled.size() < 2 || repeatsHeader(row) || isTaskHeader(row.cells)) {
            return false;
        }
        const auto known = std::count_if(filled.begin(), filled.end(),
                                         [](auto& cell) { return columnNamed(cell).has_value(); });
        const bool header = known >= 2 && known * 2 >= static_cast<std::ptrdiff_t>(filled.size());
        if (!header && row.cells.size() == m_columns.size()) {
            return false;
        }
        return true;
    }

    void readRow(const GridRow& row) {
        const auto filled = filledCells(row);
        if (filled.empty() || repeatsHeader(row)) {
            return;
        }
        if (isNote(filled.front())) {
            m_table.notes.emplace_back(row.line, filled.front());
            return;
        }
        static const Pattern sum(u"(?:合|总|小|共)\\s*计[:：]?");
        if (sum.isWhole(filled.front())) {
            return;
        }
        if (isTitleRow(row, filled)) {
            takeTitle(titleOf(filled), row.line);
            return;
        }
        RawTask task = taskOf(row);
        if (task.content.empty() && addsUnits(task)) {
            addUnitsToLast(std::move(task));
            return;
        }
        if (task.content.empty() && !task.item.empty() && (!task.units.empty() || !task.deadline.empty())) {
            task.content = task.item;
        }
        if (task.content.empty()) {
            return;
        }
        if (goesOn(task)) {
            continueLast(task);
        } else {
            addTask(std::move(task));
        }
    }

    static bool isNote(View text) {
        static const Pattern note(
            u"(?:注|备注|说明|填报单位|填报人|填表人|联系人|联系电话|审核人|填报时间|填表时间)\\s*\\d*\\s*[:"
            u"：]"
            u".*");
        return note.isWhole(text);
    }

    [[nodiscard]] bool repeatsHeader(const GridRow& row) const {
        std::size_t same = 0;
        for (std::size_t i = 0; i < row.cells.size() && i < m_columns.size(); ++i) {
            const Text cell = ledger::withoutBlanks(row.cells[i]);
            const bool isName = !cell.empty() && cell == ledger::withoutBlanks(m_columns[i].name);
            same += isName ? 1 : 0;
        }
        return same >= 2;
    }

    // The header once more, not one with other names or another order.
    [[nodiscard]] bool isOwnHeader(const GridRow& row) const {
        for (std::size_t i = 0; i < row.cells.size(); ++i) {
            const Text cell = ledger::withoutBlanks(row.cells[i]);
            const Text printed = i < m_header.size() ? ledger::withoutBlanks(m_header[i]) : Text();
            const Text name = i < m_columns.size() ? ledger::withoutBlanks(m_columns[i].name) : Text();
            if (!cell.empty() && cell != printed && cell != name) {
                return false;
            }
        }
        return true;
    }

    // One text in the whole row (or a Chinese numeral and one text) is a title, unless it goes on with a cut
    // cell.
    [[nodiscard]] bool isTitleRow(const GridRow& row, const std::vector<Text>& filled) const {
        static const Pattern numeral(u"[（(]?[一二三四五六七八九十]{1,3}[)）]?[、.．]?");
        if (filled.size() == 2 && numeral.isWhole(filled[0]) && looksLikeTitle(filled[1])) {
            return true;
        }
        if (filled.size() != 1) {
            return false;
        }
        if (numeral.isWhole(filled[0]) || ordinalIn(filled[0])) {
            return false;
        }
        const auto numbered = numberedLine(filled[0]);
        if (numbered && numbered->level <= 2) {
            return looksLikeTitle(numbered->rest);
        }
        const bool first = !row.cells.empty() && !ledger::trim(row.cells.front()).empty();
        return first && looksLikeTitle(filled[0]) && m_columns.front().kind != ColumnKind::content;
    }

    static Text titleOf(const std::vector<Text>& filled) {
        if (filled.size() == 1) {
            return filled[0];
        }
        const bool marked = !ledger::isHan(filled[0].back());
        return marked ? filled[0] + filled[1] : filled[0] + u"、" + filled[1];
    }

    // 责任单位：县教育局 above its tasks gives them their units; so does 一、县教育局 where no column does.
    void takeTitle(Text title, int line) {
        static const Pattern label(
            u"(?:.{1,4}[、.．)）])?\\s*(牵头|主办|责任|承办|落实|实施)(?:单位|部门|科室)[:：](.+)");
        static const Pattern count(u"[（(]\\d+[项条个件][)）]$");
        if (const auto m = label.matchWhole(title)) {
            m_item.clear();
            m_headingUnits = {
                m->groups[1] == u"牵头" || m->groups[1] == u"主办" ? UnitRole::lead : UnitRole::responsible,
                m->groups[2]};
            return;
        }
        const auto numbered = numberedLine(title);
        if (numbered && numbered->level == 2 && !m_part.empty()) {
            takeSubtitle(std::move(title));
            return;
        }
        m_part = numbered && numbered->level == 1 ? title : Text();
        Text rest = numbered ? numbered->rest : title;
        if (const auto m = count.find(rest)) {
            rest.erase(m->begin);
        }
        startSection(std::move(title));
        const bool column =
            std::any_of(m_columns.begin(), m_columns.end(), [](auto& c) { return isUnitColumn(c.kind); });
        if (!column && ledger::readsAsUnits(rest)) {
            m_headingUnits = {UnitRole::responsible, rest};
            m_table.warnings.push_back(
                {line, "the heading names the units of its tasks: " + ledger::toUtf8(rest)});
        }
    }

    // （一） below 一、: the item of its tasks, where no column names items.
    void takeSubtitle(Text title) {
        const bool isNamed = std::any_of(m_columns.begin(), m_columns.end(),
                                         [](auto& column) { return column.kind == ColumnKind::item; });
        if (isNamed) {
            startSection(m_part + std::move(title));
        } else {
            m_item = std::move(title);
        }
    }

    void startSection(Text title) {
        m_headingUnits.reset();
        m_item.clear();
        if (!m_table.sections.empty() && m_table.sections.back() == title) {
            return;
        }
        m_table.sections.push_back(std::move(title));
    }

    RawTask taskOf(const GridRow& row) {
        RawTask task;
        task.line = row.line;
        for (std::size_t i = 0; i < row.cells.size() && i < m_columns.size(); ++i) {
            const ColumnKind kind = m_columns[i].kind;
            const bool continued = i < row.continued.size() && row.continued[i];
            if (continued && (kind == ColumnKind::content || kind == ColumnKind::indicator)) {
                continue;
            }
            Text cell = joinCell(row.cells[i], kind);
            m_above.resize(m_columns.size());
            if (isDitto(cell) && !m_above[i].empty()) {
                cell = m_above[i];
            }
            if (!cell.empty()) {
                m_above[i] = cell;
                put(task, kind, std::move(cell));
            }
            if (kind == ColumnKind::other && !continued && isProgressColumn(m_columns[i].name)) {
                task.progress = writtenText(row.cells[i]);
            }
        }
        return task;
    }

    // What somebody wrote by hand: his paragraphs stay, and lines that only a column's width has broken are
    // joined.
    static Text writtenText(const Text& cell) {
        Text text;
        for (std::size_t from = 0; from < cell.size();) {
            const std::size_t end = std::min(cell.find(u'\n', from), cell.size());
            const Text line(ledger::trim(std::u16string_view(cell).substr(from, end - from)));
            const bool isParagraph =
                !text.empty() && std::u16string_view(u"。！？；：.!?;:").find(text.back()) != Text::npos;
            text += (isParagraph && !line.empty() ? u"\n" : u"") + line;
            from = end + 1;
        }
        return text;
    }

    void put(RawTask& task, ColumnKind kind, Text cell) {
        switch (kind) {
        case ColumnKind::ordinal:
            task.ordinal = std::move(cell);
            break;
        case ColumnKind::section:
            if (m_table.sections.empty() || m_table.sections.back() != cell) {
                startSection(std::move(cell));
            }
            break;
        case ColumnKind::item:
            task.item = std::move(cell);
            break;
        case ColumnKind::task:
        case ColumnKind::content:
            task.content += cell;
            break;
        case ColumnKind::indicator:
            task.indicator += cell;
            break;
        case ColumnKind::lead:
        case ColumnKind::responsible:
        case ColumnKind::cooperate:
            task.units.emplace_back(roleOf(kind), std::move(cell));
            break;
        case ColumnKind::deadline:
            addDeadline(task, cell);
            break;
        case ColumnKind::other:
        case ColumnKind::catalogue:
            break;
        }
    }

    // Two deadlines of a task both stand; which is meant a person has to see.
    void addDeadline(RawTask& task, const Text& deadline) {
        if (task.deadline.empty() || task.deadline == deadline) {
            task.deadline = deadline;
            return;
        }
        m_table.warnings.push_back({task.line, "two cells name a deadline of this task: " +
                                                   ledger::toUtf8(task.deadline + u"；" + deadline)});
        task.deadline += u"；" + deadline;
    }

    [[nodiscard]] bool goesOn(const RawTask& task) const {
        if (m_table.tasks.empty() || !task.ordinal.empty() || !task.units.empty() || !task.deadline.empty()) {
            return false;
        }
        if (!task.item.empty() && task.item != m_item) {
            return false;
        }
        const bool numbers = std::any_of(m_columns.begin(), m_columns.end(),
                                         [](auto& column) { return column.kind == ColumnKind::ordinal; });
        return numbers || !endsASentence(m_table.tasks.back().content);
    }

    // A row of a task whose text is one merged cell: only its units are new.
    [[nodiscard]] bool addsUnits(const RawTask& task) const {
        if (m_table.tasks.empty() || task.units.empty()) {
            return false;
        }
        const RawTask& last = m_table.tasks.back();
        const bool sameNumber = task.ordinal.empty() || task.ordinal == last.ordinal;
        return sameNumber && (task.item.empty() || task.item == last.item);
    }

    void addUnitsToLast(RawTask task) {
        RawTask& last = m_table.tasks.back();
        for (auto& units : task.units) {
            if (std::find(last.units.begin(), last.units.end(), units) == last.units.end()) {
                last.units.push_back(std::move(units));
            }
        }
        if (!task.deadline.empty()) {
            addDeadline(last, task.deadline);
        }
    }

    void continueLast(const RawTask& task) {
        m_table.tasks.back().content += task.content;
        m_table.tasks.back().indicator += task.indicator;
        m_table.tasks.back().progress += task.progress;
    }

    void addTask(RawTask task) {
        task.section = static_cast<int>(m_table.sections.size()) - 1;
        const bool sharesItem = task.item.empty() && !m_item.empty() &&
                                std::any_of(m_columns.begin(), m_columns.end(),
                                            [](auto& c) { return c.kind == ColumnKind::item; });
        if (task.item.empty()) {
            task.item = m_item;
        }
        m_item = task.item;
        task.firstLeads = m_firstLeads;
        // Where rows are numbered, one without number and item is a further measure under those above. One
        // with an item of its own is not: a program may have lost its number.
        const bool isNumbered = !m_table.tasks.empty() && m_table.tasks.back().section == task.section &&
                                (!m_unnumbered.empty() || !m_table.tasks.back().ordinal.empty());
        if (task.ordinal.empty() && isNumbered && sharesItem) {
            task.ordinal = m_table.tasks.back().ordinal;
        } else if (task.ordinal.empty() && isNumbered) {
            m_unnumbered.push_back(m_table.tasks.size());
        }
        if (task.units.empty() && m_headingUnits) {
            task.units.push_back(*m_headingUnits);
        }
        m_table.tasks.push_back(std::move(task));
    }

    const Grid& m_grid;
    std::vector<Column> m_columns;  // of the table that is being read
    std::vector<Text> m_header;     // its first row as printed
    bool m_skipping = false;
    RawTable m_table;
    Text m_item;
    std::vector<Text> m_above;  // of each column: the last cell that was not empty
    std::optional<std::pair<UnitRole, Text>> m_headingUnits;
    Text m_part;                            // the heading 一、 above the row
    std::pair<int, Text> m_tableTitle;      // above a table that has not begun
    Text m_title;                           // bare, above the table that is being read
    bool m_firstLeads = false;              // so its heading says
    std::vector<std::size_t> m_unnumbered;  // tasks that lack a number among others that have one
    int m_firstUnnumbered = 0;
};

}  // namespace

Text joinTextLines(const std::vector<Text>& lines) {
    Text out;
    for (const auto& line : lines) {
        const Text clean = ledger::withoutStrayBlanks(line);
        const bool words = !out.empty() && !clean.empty() && out.back() < 0x80 && clean.front() < 0x80 &&
                           !ledger::isDigit(out.back()) && !ledger::isDigit(clean.front()) &&
                           ledger::isBlank(line.back());
        if (words) {
            out += u' ';
        }
        out += clean;
    }
    return out;
}

Text joinCell(View cell, ColumnKind kind) {
    const auto lines = linesOf(cell);
    return isUnitColumn(kind) ? ledger::joinUnitLines(lines) : joinTextLines(lines);
}

std::vector<Text> filledCells(const GridRow& row) {
    std::vector<Text> filled;
    for (const auto& cell : row.cells) {
        Text text = joinTextLines(linesOf(cell));
        if (!text.empty() && (filled.empty() || filled.back() != text)) {
            filled.push_back(std::move(text));
        }
    }
    return filled;
}

RawTable tasksFromGrid(const Grid& grid) {
    return GridReader(grid).read();
}

}  // namespace hezhang::documents
