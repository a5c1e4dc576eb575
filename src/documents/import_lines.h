// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The part of the import that all file formats share, behind their readers.
//
// Errors:  noTasks with the reason; fileTooLarge for a table beyond the limit of the text import.
// Threads: pure functions.
#pragma once

#include <vector>

#include "src/documents/import_document.h"
#include "src/documents/text_import_grid.h"
#include "src/documents/text_import_head.h"
#include "src/documents/text_import_source.h"
#include "sync/base/result.h"

namespace hezhang::documents {

// Lines of text, in which a table may still be hidden.
[[nodiscard]] Result<ImportedDocument> importLines(const std::vector<SourceLine>& lines,
                                                   const ImportOptions& options);

// The document with the lines it was read from.
[[nodiscard]] Result<ImportedDocument> withSource(Result<ImportedDocument> document,
                                                  const std::vector<SourceLine>& lines);

// A table that a reader has found, and the text around it.
[[nodiscard]] Result<ImportedDocument> importTable(RawTable table, const Surroundings& around,
                                                   const ImportOptions& options);

}  // namespace hezhang::documents
