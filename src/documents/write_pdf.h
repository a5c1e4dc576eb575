// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A page of HTML as a PDF file, printed by hezhang-paper: A4, the head of a table on each page, its number
// below. Its text can be copied and searched.
//
// Errors:  those of runPaper(); notFound: the font is not installed; fileUnwritable, storageFull;
//          cancelled. The file is replaced whole or not at all.
// Threads: any.
#pragma once

#include <string>

#include "src/documents/form_template.h"
#include "src/documents/progress.h"

namespace hezhang::documents {

enum class PaperKind : std::uint8_t {
    table,  // margins of its own
    letter  // as GB/T 9704 wants it, upright, with the margins of `page`
};

[[nodiscard]] Result<void> writePdf(const std::string& html, PaperKind kind, const FormPage& page,
                                    const std::string& file, const Progress& progress = {});

}  // namespace hezhang::documents
