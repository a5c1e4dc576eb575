// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A heading over two columns names both: 重点任务 over an item and its content.
//
// Shape:   a column without a name takes that of the column before it where most of its cells are what that
//          name promises: texts no shorter than those beside them, units, deadlines. A score, a tick or
//          已完成 is none.
// Threads: pure functions.
#pragma once

#include <vector>

#include "src/documents/text_import_grid.h"

namespace hezhang::documents {

// `from`: the first row below the header, which stands at `line`. A warning for each column that got a name.
[[nodiscard]] std::vector<ImportWarning> spreadNames(std::vector<Column>& columns,
                                                     const std::vector<GridRow>& rows, std::size_t from,
                                                     int line);

}  // namespace hezhang::documents
