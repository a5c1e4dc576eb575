// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Finds which column each word of a flowing table belongs to.
//
// Shape:   the words of a row come column by column, so a row is a sequence of segments with growing columns.
// Each
//          segment is scored by what it says (a deadline, units, a sentence), by the widths of its lines (all
//          lines of a cell but the last are about as wide as the column) and by the blanks and blank lines at
//          its ends; the best sequence is found by dynamic programming. Widths are not known at first: they
//          are estimated from the segments and the search is repeated.
// Limits:  a cell holds at most 400 words.
// Threads: pure functions.
#pragma once

#include <vector>

#include "src/documents/text_import_columns.h"
#include "src/documents/text_import_words.h"

namespace hezhang::documents {

// Words [begin, end) lie in one cell.
struct CellSpan {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::size_t column = 0;
    bool startsRow = false;
    bool goesOn = false;  // the rest of a cell that a page break cut
};

// A run of words between two section titles: only whole rows.
struct RowsOfWords {
    std::size_t begin = 0;
    std::size_t end = 0;
};

// `ordinals` says for each word whether it is the number of a row; where none is, rows are found without.
[[nodiscard]] std::vector<CellSpan> assignCells(const std::vector<Word>& words,
                                                const std::vector<bool>& ordinals,
                                                const std::vector<RowsOfWords>& runs,
                                                const std::vector<Column>& columns);

}  // namespace hezhang::documents
