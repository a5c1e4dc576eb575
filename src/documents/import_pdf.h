// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Reads PDF files with a text layer into tasks.
//
// Shape:   tables whose lines are drawn become the same rows of cells that a Word file's tables give, over
// page
//          breaks too. Without lines a page is laid out as text, the columns side by side, and read as such a
//          text is. Page numbers and what is printed on most pages are left out.
// Errors:  those of readPdf(); noTasks, also where the pages are pictures without text.
// Threads: functions without state.
#pragma once

#include <string>
#include <vector>

#include "src/documents/import_document.h"
#include "src/documents/pdf_reader.h"
#include "sync/base/result.h"

namespace hezhang::documents {

[[nodiscard]] Result<ImportedDocument> importPdf(const std::string& file, const ImportOptions& options = {},
                                                 const Progress& progress = {});
[[nodiscard]] Result<ImportedDocument> importPages(const std::vector<PdfPage>& pages,
                                                   const ImportOptions& options = {});

}  // namespace hezhang::documents
