// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Reads Word (.docx), Excel (.xlsx), PDF, web pages (.html), CSV and text files into tasks.
//
// Shape:   what a file is, its bytes say; the name's ending only tells texts apart. Tables become the same
// rows of cells that a text's table gives; merged cells are filled downwards. A Word
//          file's tables with one header go on over each other, numbered paragraphs between them are
//          sections. Deleted text (tracked changes) is left out, inserted text is read. Dates in Excel cells
//          are read as they are shown: YYYY-MM-DD, or YYYY年M月 where no day is shown. Hidden sheets are left
//          out; of several sheets import_sheets.h makes one document.
// Limits:  20 MB; 50,000 rows of 256 cells a sheet, more rows are an error; 2,000 entries, 200 MB unpacked, a
// hundredfold of the packed size per entry (above 1 MB), 200 levels of
//          XML; no document type declarations.
// Errors:  fileNotFound, fileUnreadable, fileTooLarge, unknownFormat, malformed, noTasks, badInput.
// Threads: functions without state.
#pragma once

#include <string>
#include <string_view>

#include "src/documents/import_document.h"
#include "src/documents/progress.h"
#include "sync/base/result.h"

namespace hezhang::documents {

// The progress is that of reading a PDF's pages (import_pdf.h).
[[nodiscard]] Result<ImportedDocument> importFile(const std::string& path, const ImportOptions& options = {},
                                                  const Progress& progress = {});

[[nodiscard]] Result<ImportedDocument> importDocx(std::string_view bytes, const ImportOptions& options = {});
[[nodiscard]] Result<ImportedDocument> importXlsx(std::string_view bytes, const ImportOptions& options = {});
[[nodiscard]] Result<ImportedDocument> importHtml(std::string_view bytes, const ImportOptions& options = {});

}  // namespace hezhang::documents
