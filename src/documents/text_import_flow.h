// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A flowing table (cells one after the other in broken lines) as rows of cells.
//
// Shape:   the numbers of the rows are the longest chain 1, 2, 3, … of lines that begin with one; titles of
// sections
//          and repeated headers are taken out; the rest is given to columns by assignCells().
// Limits:  50,000 words.
// Errors:  fileTooLarge.
// Threads: pure functions.
#pragma once

#include "src/documents/text_import_grid.h"
#include "src/documents/text_import_words.h"
#include "sync/base/result.h"

namespace hezhang::documents {

// `words` of the whole document, `header` found among them.
[[nodiscard]] Result<Grid> readFlowingTable(const std::vector<Word>& words, const FoundHeader& header);

}  // namespace hezhang::documents
