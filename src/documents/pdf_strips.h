// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Tables that are wider than their paper: a spreadsheet prints the columns that find no room on further
// pages.
//
// Shape:   the pages of a document are strips of columns side by side, each as many pages long, first down
// then
//          across or the other way. They belong together where the lines across their tables stand at the
//          same heights and each strip begins with names of columns that the others have not.
// Threads: pure functions.
#pragma once

#include <optional>
#include <vector>

#include "src/documents/pdf_reader.h"

namespace hezhang::documents {

// The pages with the strips side by side again; nullopt where they are none.
[[nodiscard]] std::optional<std::vector<PdfPage>> joinStrips(const std::vector<PdfPage>& pages);

// True if no table names the columns of tasks, but several together do.
[[nodiscard]] bool standsOnSeveralPages(const std::vector<PdfPage>& pages);

}  // namespace hezhang::documents
