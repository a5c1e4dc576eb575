// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The sheets of a workbook as one document.
//
// Shape:   the tasks of all sheets in their order, lines running on from sheet to sheet. Where several sheets
//          hold tasks, one without sections is a section of its name. A task that says the same on another
//          sheet (a summary) counts once, and what the first leaves empty the other fills; one that says
//          other units or another deadline there is a task of its own, with a warning. A sheet of another
//          year is left out with a warning.
// Errors:  as of importRows; where no sheet holds tasks, that of the first.
// Threads: pure functions.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "src/documents/import_blocks.h"

namespace hezhang::documents {

struct SheetRows {
    std::string name;
    std::vector<GridRow> rows;
};

[[nodiscard]] Result<ImportedDocument> importSheets(std::span<const SheetRows> sheets,
                                                    const ImportOptions& options);

}  // namespace hezhang::documents
