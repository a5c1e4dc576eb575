// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/documents/text_import_delimited.h"

#include <algorithm>

#include "src/documents/text_import_headings.h"
#include "src/ledger/chinese_text.h"

namespace hezhang::documents {

namespace {

using ledger::Pattern;
using Text = std::u16string;
using View = std::u16string_view;
using Lines = std::vector<SourceLine>;

constexpr std::size_t kQuotedLinesMax = 200;

// One record, which may run over several lines inside quotes; `next` moves behind it.
class RecordReader {
public:
    RecordReader(const Lines& lines, char16_t separator) : m_lines(lines), m_separator(separator) {}

    std::vector<Text> read(std::size_t& next) const {
        std::size_t last = next;
        Text record = m_lines[next].text;
        while (m_separator != u'|' && endsInQuotes(record) && last + 1 < m_lines.size() &&
               last - next < kQuotedLinesMax) {
            record += u'\n' + m_lines[++last].text;
        }
        const bool closed = !endsInQuotes(record);
        if (!closed) {
            record = m_lines[last = next].text;
        }
        next = last + 1;
        return split(record, closed);
    }

private:
    // Quotes count only where a cell begins with one: 5" is a length.
    [[nodiscard]] bool endsInQuotes(const Text& record) const {
        bool quoted = false;
        bool cellBegins = true;
        for (const char16_t c : record) {
            if (c == u'"' && (quoted || cellBegins)) {
                quoted = !quoted;
            }
            cellBegins = !quoted && (c == m_separator || c == u'"');
        }
        return quoted;
    }

    [[nodiscard]] std::vector<Text> split(View record, bool withQuotes) const {
        if (m_separator == u'|') {
            record = withoutOuterBars(record);
        }
        std::vector<Text> cells(1);
        bool quoted = false;
        for (std::size_t i = 0; i < record.size(); ++i) {
            const char16_t c = record[i];
            if (withQuotes && c == u'"' && quoted && i + 1 < record.size() && record[i + 1] == u'"') {
                cells.back() += record[++i];
            } else if (withQuotes && c == u'"' && (quoted || ledger::trim(cells.back()).empty())) {
                quoted = !quoted;
            } else if (!quoted && c == m_separator) {
                cells.emplace_back();
            } else {
                cells.back() += c;
            }
        }
        return cells;
    }

    static View withoutOuterBars(View record) {
        record = ledger::trim(record);
        if (!record.empty() && record.front() == u'|') {
            record.remove_prefix(1);
        }
        if (!record.empty() && record.back() == u'|') {
            record.remove_suffix(1);
        }
        return record;
    }

    const Lines& m_lines;
    char16_t m_separator;
};

bool isRule(const std::vector<Text>& cells) {
    static const Pattern rule(u"[\\s:\\-—=+─]*");
    return std::all_of(cells.begin(), cells.end(), [](auto& cell) { return rule.isWhole(cell); });
}

class TableReader {
public:
    TableReader(const Lines& lines, std::size_t header, char16_t separator)
        : m_lines(lines), m_records(lines, separator), m_separator(separator), m_next(header) {}

    Grid read() {
        m_grid.columns = columnsFrom(m_records.read(m_next));
        readSecondHeader();
        settleColumns(m_grid.columns);
        while (m_next < m_lines.size()) {
            readLine();
        }
        return std::move(m_grid);
    }

private:
    void readSecondHeader() {
        while (m_next < m_lines.size() && ledger::trim(m_lines[m_next].text).empty()) {
            ++m_next;
        }
        if (m_next >= m_lines.size()) {
            return;
        }
        std::size_t behind = m_next;
        const auto cells = m_records.read(behind);
        if (cells.size() > 1 && refineColumns(m_grid.columns, cells)) {
            m_next = behind;
        }
    }

    void readLine() {
        const std::size_t at = m_next;
        const auto cells = m_records.read(m_next);
        if (isRule(cells) || isPageNumber(m_lines[at].text)) {
            return;
        }
        if (cells.size() == 1) {
            readLoneText(at, cells[0]);
        } else if (isRestOfRow(cells)) {
            appendToRow(cells);
        } else {
            m_grid.rows.push_back({m_lines[at].number, cells});
        }
    }

    // A line without a separator: a section's title, the rest of a cell, or text after the table.
    void readLoneText(std::size_t at, const Text& text) {
        const auto numbered = numberedLine(text);
        const bool title = numbered && numbered->level <= 2 && looksLikeTitle(numbered->rest);
        if (title || (looksLikeTitle(text) && isRowAhead() && !isIncomplete())) {
            m_grid.rows.push_back({m_lines[at].number, {text}});
        } else if (isIncomplete()) {
            appendToRow({text});
        }
    }

    [[nodiscard]] bool isRowAhead() const {
        std::size_t next = m_next;
        while (next < m_lines.size() && ledger::trim(m_lines[next].text).empty()) {
            ++next;
        }
        if (next >= m_lines.size()) {
            return false;
        }
        const auto cells = m_records.read(next);
        return cells.size() > 1 && ordinalIn(cells[ordinalColumn()]).has_value();
    }

    [[nodiscard]] std::size_t ordinalColumn() const {
        for (std::size_t i = 0; i < m_grid.columns.size(); ++i) {
            if (m_grid.columns[i].kind == ColumnKind::ordinal) {
                return i;
            }
        }
        return 0;
    }

    // The row lacks its last columns that matter: a line break inside a cell cut it.
    [[nodiscard]] bool isIncomplete() const {
        if (m_grid.rows.empty() || m_grid.rows.back().cells.size() < 2) {
            return false;
        }
        std::size_t needed = 0;
        for (std::size_t i = 0; i < m_grid.columns.size(); ++i) {
            if (m_grid.columns[i].kind != ColumnKind::other) {
                needed = i + 1;
            }
        }
        return m_grid.rows.back().cells.size() < needed;
    }

    [[nodiscard]] bool isRestOfRow(const std::vector<Text>& cells) const {
        if (!isIncomplete() || m_separator == u'|') {
            return false;
        }
        if (m_grid.rows.back().cells.size() + cells.size() - 1 > m_grid.columns.size()) {
            return false;
        }
        return ordinalColumn() >= cells.size() || !ordinalIn(cells[ordinalColumn()]);
    }

    void appendToRow(const std::vector<Text>& cells) {
        auto& row = m_grid.rows.back().cells;
        row.back() += u'\n' + cells[0];
        row.insert(row.end(), cells.begin() + 1, cells.end());
    }

    const Lines& m_lines;
    RecordReader m_records;
    char16_t m_separator;
    std::size_t m_next;
    Grid m_grid;
};

}  // namespace

std::optional<FoundGrid> findDelimitedTable(const Lines& lines) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
        for (const char16_t separator : {u'\t', u'|', u',', u';'}) {
            if (lines[i].text.find(separator) == Text::npos) {
                continue;
            }
            std::size_t next = i;
            const auto cells = RecordReader(lines, separator).read(next);
            if (!isTaskHeader(cells)) {
                continue;
            }
            return FoundGrid{TableReader(lines, i, separator).read(), i};
        }
    }
    return std::nullopt;
}

}  // namespace hezhang::documents
