// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Rows of cells, from whatever file, as tasks.
//
// Shape:   a row with its own number, or with its own units or deadline, is a task; a row that only goes on
// with a text
//          is the rest of the task before it (a page break cut it). A row of one cell is a section's title.
//          Empty item cells are merged ones: the item is carried down within its section.
// Threads: pure functions.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "src/documents/import_document.h"
#include "src/documents/text_import_columns.h"

namespace hezhang::documents {

struct GridRow {
    int line = 0;
    std::vector<std::u16string> cells;  // lines within a cell parted by \n
    std::vector<bool> continued =
        {};                     // of each cell: a merged cell that began in a row above; may be shorter
    bool beginsTable = false;   // of a document with several tables
    bool isTableTitle = false;  // the title above a further table
};

struct Grid {
    std::vector<Column> columns;  // settled
    std::vector<GridRow> rows;
    std::vector<ImportWarning> warnings;
    std::u16string title = {};                // that stands above the header
    std::vector<std::u16string> header = {};  // its first row as printed
};

// A task as the document shows it, before its units and dates are read.
struct RawTask {
    int line = 0;
    int section = -1;  // index into RawTable::sections
    std::u16string ordinal;
    std::u16string item;
    std::u16string content;
    std::u16string indicator;
    std::vector<std::pair<ledger::UnitRole, std::u16string>> units;
    std::u16string deadline;
    std::u16string progress;  // what a unit has filled in
    bool firstLeads = false;  // the heading of its units makes the first of them the lead
};

struct RawTable {
    std::vector<std::u16string> sections;
    std::vector<RawTask> tasks;
    std::vector<ImportWarning> warnings;
    std::vector<std::pair<int, std::u16string>> notes;  // 注：…, with their lines
    std::optional<int> firstLeads;   // the line of the first heading that makes first units leads
    bool isOfSeveralTitles = false;  // further tables have titles of their own, which are sections
};

[[nodiscard]] RawTable tasksFromGrid(const Grid& grid);

// The table that begins with the first header among the rows; nothing without a header.
struct GridInRows {
    Grid grid;
    std::size_t header = 0;  // index of its row
};
[[nodiscard]] std::optional<GridInRows> gridFromRows(const std::vector<GridRow>& rows);

// The distinct texts of a row: a merged cell may come once for each column it spans.
[[nodiscard]] std::vector<std::u16string> filledCells(const GridRow& row);

// Joins the lines of a cell of running text, or of one that names units.
[[nodiscard]] std::u16string joinTextLines(const std::vector<std::u16string>& lines);
[[nodiscard]] std::u16string joinCell(std::u16string_view cell, ColumnKind kind);

}  // namespace hezhang::documents
