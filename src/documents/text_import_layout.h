// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Tables whose columns stand side by side, parted by blanks only, as a page looks (pdftotext -layout).
//
// Shape:   a cell's lines stand one under the other at its column's place. Columns are parted where, between
// two
//          header names, the fewest lines have text. A row has its number in its first line or, centred, in a
//          middle one; then rows are parted where a blank line or a finished sentence is.
// Threads: pure functions.
#pragma once

#include <optional>
#include <vector>

#include "src/documents/text_import_delimited.h"

namespace hezhang::documents {

// The first such table; nothing when there is no header or most lines below it hold one text only.
[[nodiscard]] std::optional<FoundGrid> findLayoutTable(const std::vector<SourceLine>& lines);

}  // namespace hezhang::documents
