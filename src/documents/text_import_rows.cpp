// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "src/documents/text_import_grid.h"
#include "src/documents/text_import_head.h"
#include "src/documents/text_import_headings.h"
#include "src/documents/text_import_spread.h"
#include "src/ledger/chinese_text.h"

namespace hezhang::documents {

namespace {

// 一、工程建设 right above the table's header is the title of its first section.
bool isFirstSection(const GridRow& row, int headerLine) {
    constexpr int kGapMax = 2;  // an empty paragraph between them
    if (row.cells.empty() || headerLine - row.line > kGapMax ||
        std::any_of(row.cells.begin() + 1, row.cells.end(),
                    [](auto& cell) { return !ledger::trim(cell).empty(); })) {
        return false;
    }
    const auto numbered = numberedLine(row.cells.front());
    return numbered && numbered->level == 1 && numbered->number == 1 && looksLikeTitle(numbered->rest);
}

// The title of the table, or the last one above it.
std::u16string titleAbove(const std::vector<GridRow>& rows, std::size_t header) {
    for (std::size_t i = header; i-- > 0;) {
        const auto filled = filledCells(rows[i]);
        if (filled.size() == 1 && (rows[i].isTableTitle || titlesATable(filled.front()))) {
            return filled.front();
        }
    }
    return {};
}

}  // namespace

std::optional<GridInRows> gridFromRows(const std::vector<GridRow>& rows) {
    for (std::size_t header = 0; header < rows.size(); ++header) {
        if (!isTaskHeader(rows[header].cells)) {
            continue;
        }
        GridInRows found{{columnsFrom(rows[header].cells), {}, {}}, header};
        std::size_t first = header + 1;
        if (first < rows.size() && refineColumns(found.grid.columns, rows[first].cells)) {
            ++first;
        }
        found.grid.warnings = spreadNames(found.grid.columns, rows, first, rows[header].line);
        found.grid.header = rows[header].cells;
        found.grid.title = titleAbove(rows, header);
        settleColumns(found.grid.columns);
        if (header > 0 && isFirstSection(rows[header - 1], rows[header].line)) {
            found.grid.rows.push_back(rows[header - 1]);
        }
        found.grid.rows.insert(found.grid.rows.end(), rows.begin() + static_cast<std::ptrdiff_t>(first),
                               rows.end());
        return found;
    }
    return std::nullopt;
}

}  // namespace hezhang::documents
