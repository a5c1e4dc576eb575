// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/documents/import_blocks.h"

#include <algorithm>

#include "src/documents/text_import_headings.h"
#include "src/ledger/chinese_text.h"

namespace hezhang::documents {

namespace {

using Text = std::u16string;

std::vector<Text> linesIn(const Text& text) {
    std::vector<Text> lines;
    for (std::size_t from = 0; from <= text.size();) {
        const auto end = std::min(text.find(u'\n', from), text.size());
        lines.push_back(text.substr(from, end - from));
        from = end + 1;
    }
    return lines;
}

// The lines before a table's header, and those behind its last task.
Surroundings aroundRows(const std::vector<SourceLine>& lines, int header, int lastTask) {
    Surroundings around;
    for (const auto& line : lines) {
        if (line.number < header) {
            around.before.push_back(line);
        } else if (line.number > lastTask) {
            around.after.push_back(line);
        }
    }
    return around;
}

}  // namespace

Error tooMuchText() {
    return {ErrorCode::fileTooLarge,
            "the tables hold more than " + std::to_string(kTextMax) +
                " characters, empty cells and merged ones in each of their rows counted too; keep the rows "
                "with the tasks and save it anew"};
}

std::vector<SourceLine> linesOf(const std::vector<GridRow>& rows) {
    std::vector<SourceLine> lines;
    for (const auto& row : rows) {
        Text line;
        Text last;
        for (const auto& cell : row.cells) {
            Text text = joinTextLines({cell});
            if (!text.empty() && text != last) {
                line += (line.empty() ? u"" : u"\t") + text;
                last = std::move(text);
            }
        }
        lines.push_back({row.line, line});
    }
    return lines;
}

void DocumentBlocks::addParagraph(const Text& text) {
    for (const auto& line : linesIn(text)) {
        ++m_number;
        m_paragraphs.push_back({m_number, line});
        const auto numbered = numberedLine(line);
        if (numbered && numbered->level == 1 && looksLikeTitle(numbered->rest) && !isFull()) {
            m_rows.push_back({m_number, {Text(ledger::trim(line))}});
        } else if (titlesATable(line) && !isFull()) {
            m_rows.push_back({m_number, {Text(ledger::trim(line))}});
            m_rows.back().isTableTitle = true;
        }
    }
}

void DocumentBlocks::addRow(GridRow row) {
    if (isFull()) {
        m_isOverfull = true;
        return;
    }
    for (const Text& cell : row.cells) {
        m_characters += cell.size();
    }
    if (isFull()) {
        m_isOverfull = true;
        return;
    }
    row.line = ++m_number;
    row.beginsTable = m_tableBegins;
    m_tableBegins = false;
    m_tableLines.push_back(linesOf({row}).front());
    m_rows.push_back(std::move(row));
}

std::vector<SourceLine> DocumentBlocks::allLines() const {
    std::vector<SourceLine> lines = m_paragraphs;
    lines.insert(lines.end(), m_tableLines.begin(), m_tableLines.end());
    std::stable_sort(lines.begin(), lines.end(), [](auto& a, auto& b) { return a.number < b.number; });
    return lines;
}

Result<ImportedDocument> DocumentBlocks::read(const ImportOptions& options) const {
    HZ_TRY(ImportedDocument document, readBlocks(options));
    for (const std::string& remark : m_remarks) {
        document.warnings.push_back({0, remark});
    }
    return document;
}

Result<ImportedDocument> DocumentBlocks::readBlocks(const ImportOptions& options) const {
    if (m_characters > kTextMax) {
        return fail(tooMuchText());
    }
    if (m_isOverfull) {
        return fail(ErrorCode::fileTooLarge, "the tables have more than " + std::to_string(kRowsMax) +
                                                 " rows; keep the rows with the tasks and save it anew");
    }
    const auto lines = allLines();
    if (const auto found = gridFromRows(m_rows)) {
        RawTable table = tasksFromGrid(found->grid);
        if (!table.tasks.empty()) {
            const int header = m_rows[found->header].line;
            Surroundings around = aroundRows(lines, header, header);
            // Behind the header only paragraphs speak about the document; rows are tasks.
            around.after = aroundRows(m_paragraphs, 0, header).after;
            return withSource(importTable(std::move(table), around, options), lines);
        }
    }
    return withSource(importLines(lines, options), lines);
}

Result<ImportedDocument> importRows(const std::vector<GridRow>& rows, const ImportOptions& options) {
    const auto lines = linesOf(rows);
    const auto found = gridFromRows(rows);
    if (!found) {
        return withSource(importLines(lines, options), lines);
    }
    RawTable table = tasksFromGrid(found->grid);
    const int header = rows[found->header].line;
    const Surroundings around =
        aroundRows(lines, header, table.tasks.empty() ? header : table.tasks.back().line);
    return withSource(importTable(std::move(table), around, options), lines);
}

}  // namespace hezhang::documents
