// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A printed form as the bytes of a file. Equal forms give equal bytes.
//
// Safety:  no cell can become a formula: strings are written as strings; in CSV a text that begins with
//          = + - @ or a control character gets a leading apostrophe.
// Errors:  internal where a library refuses; xlsxOf(): fileUnwritable, storageFull (the library puts sheets
//          aside in the system's folder for temporary files).
// Threads: functions without state.
#pragma once

#include <string>

#include "src/documents/printed_form.h"

namespace hezhang::documents {

// Word: styles, repeated header row, merged cells, page numbers, the code beside the seal.
[[nodiscard]] Result<std::string> docxOf(const PrintedForm& form);
// Excel: typed cells, a filter, print set-up.
[[nodiscard]] Result<std::string> xlsxOf(const PrintedForm& form);
// UTF-8 with BOM, CRLF; the last table's rows.
[[nodiscard]] std::string csvOf(const PrintedForm& form);
// Everything, with the records each cell came from: docs/forms.md.
[[nodiscard]] std::string jsonOf(const PrintedForm& form);
// A page for print: h1, p, table with colspan, rowspan and widths in %, the code as an inline PNG.
[[nodiscard]] std::string htmlOf(const PrintedForm& form);

}  // namespace hezhang::documents
