// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/documents/text_import_spread.h"

#include <algorithm>

#include "src/ledger/chinese_text.h"
#include "src/ledger/deadline.h"
#include "src/ledger/unit_phrase.h"

namespace hezhang::documents {

namespace {

using Text = std::u16string;

// True for a cell that can stand below the name of the one to its left.
bool isAsNamed(const Text& cell, const Text& left, ColumnKind kind) {
    constexpr std::ptrdiff_t kHanMin = 4;
    if (isTextColumn(kind)) {
        const Text text = ledger::withoutBlanks(cell);
        return std::count_if(text.begin(), text.end(), ledger::isHan) >= kHanMin &&
               text.size() >= ledger::withoutBlanks(left).size();
    }
    const Text text = joinCell(cell, kind);
    return isUnitColumn(kind) ? ledger::readsAsUnits(text) : ledger::readsAsDeadline(text);
}

// At least half of the rows with several cells say something in this column, most of them what its name is.
bool holdsNamed(const std::vector<GridRow>& rows, std::size_t from, std::size_t column, ColumnKind kind) {
    constexpr std::ptrdiff_t kCellsMin = 3;
    const auto isFilled = [](const Text& cell) { return !ledger::trim(cell).empty(); };
    std::size_t total = 0;
    std::size_t filled = 0;
    std::size_t named = 0;
    for (std::size_t i = from; i < rows.size() && !isTaskHeader(rows[i].cells); ++i) {
        const auto& cells = rows[i].cells;
        if (std::count_if(cells.begin(), cells.end(), isFilled) < kCellsMin) {
            continue;
        }
        ++total;
        if (column < cells.size() && isFilled(cells[column])) {
            ++filled;
            named += isAsNamed(cells[column], cells[column - 1], kind) ? 1 : 0;
        }
    }
    return filled > 0 && filled * 2 >= total && named * 2 > filled;
}

}  // namespace

std::vector<ImportWarning> spreadNames(std::vector<Column>& columns, const std::vector<GridRow>& rows,
                                       std::size_t from, int line) {
    std::vector<ImportWarning> warnings;
    for (std::size_t i = 1; i < columns.size(); ++i) {
        Column& named = columns[i - 1];
        const bool isText = isTextColumn(named.kind);
        const bool isDuty = isUnitColumn(named.kind) || named.kind == ColumnKind::deadline;
        if (!columns[i].name.empty() || named.name.empty() || (!isText && !isDuty) ||
            !holdsNamed(rows, from, i, named.kind)) {
            continue;
        }
        columns[i] = {isText ? ColumnKind::content : named.kind, named.name};
        named.kind = isText && named.kind != ColumnKind::content ? ColumnKind::item : named.kind;
        warnings.push_back({line, "the heading " + ledger::toUtf8(joinCell(named.name, ColumnKind::other)) +
                                      " is read as that of the column without one behind it too"});
    }
    return warnings;
}

}  // namespace hezhang::documents
