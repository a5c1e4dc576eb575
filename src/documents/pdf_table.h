// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The tables that a page of a PDF shows: cells between drawn lines, and the text that stands in them.
//
// Shape:   lines that touch are one table. Where no line is drawn between two places of its grid they are one
//          cell; so merged cells and centred texts need no guess. A page's table may be part of a longer one:
//          PaperTable takes the next page's part, and a row that the page break cut is put together again.
// Units:   points.
// Threads: values.
#pragma once

#include <string>
#include <vector>

#include "src/documents/pdf_reader.h"
#include "src/documents/text_import_grid.h"

namespace hezhang::documents {

// Lines of text as they are read: from above to below, each from the left to the right.
struct TextLine {
    PaperBox box;
    std::vector<TextRun> runs;
};
[[nodiscard]] std::vector<TextLine> linesFrom(std::vector<TextRun> runs);
[[nodiscard]] std::u16string textOf(const TextLine& line);

struct PaperCell {
    double left = 0;
    double right = 0;
    std::size_t row = 0;
    std::size_t rows = 1;
    std::u16string text;  // its lines parted by \n
    bool isFull = false;  // no further line has room in it
};

// What a person has to look at; English.
struct TableDoubt {
    std::size_t row = 0;
    std::string text;
};

struct PaperTable {
    double top = 0;
    double bottom = 0;
    double left = 0;
    double right = 0;
    std::size_t rowCount = 0;
    std::size_t lastPageRow = 0;  // the first one of the last page
    std::vector<PaperCell> cells;
    std::vector<TableDoubt> doubts;

    [[nodiscard]] bool hasHeader() const;

    // The texts of a row, each in the column of the header it stands below; without a header in its own
    // order.
    [[nodiscard]] std::vector<GridRow> rows();

    // Goes on with the next page's part. False: that is another table.
    [[nodiscard]] bool goOn(PaperTable next);
};

// The tables of a page, from above to below; their text is taken out of `page`.
[[nodiscard]] std::vector<PaperTable> takeTables(PdfPage& page);

}  // namespace hezhang::documents
