// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A page of HTML as a PDF file, printed by hezhang-paper: A4, the head of a table on each page, 第 x 页 共 y
// 页 below. Its text can be copied and searched.
//
// Errors:  those of runPaper(); notFound: the font is not installed; fileUnwritable, storageFull; cancelled.
// The file is replaced whole
//          or not at all.
// Threads: any.
#pragma once

#include <string>

#include "src/documents/progress.h"

namespace hezhang::documents {

[[nodiscard]] Result<void> writePdf(const std::string& html, bool isLandscape, const std::string& file,
                                    const Progress& progress = {});

}  // namespace hezhang::documents
