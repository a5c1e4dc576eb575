// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The two commands of hezhang-paper: docs/man/hezhang-paper.1.
//
// Shape:   `read` prints one JSON object a page and line:
//          {"width","height","of","drawn","runs":[[x,y,width,height,"text"],…],"rulings":[[x,y,width,height],…]};
//          a failure is the last line: {"error":"encrypted","text":"…"}. Places are points from the upper
//          left corner, as the page is shown.
//          `write` takes a page of HTML from standard input and prints it to a PDF file.
// Errors:  in words of ErrorCode.
#pragma once

#include <QMarginsF>
#include <QString>

#include "sync/base/result.h"

namespace hezhang::paper {

// Errors: fileUnreadable, refused (a password), malformed, fileTooLarge, noTasks (no text), badInput.
[[nodiscard]] Result<void> printPages(const QString& file);

// How an A4 page is printed.
struct Sheet {
    bool isLandscape = false;
    QMarginsF margins{15, 15, 15, 10};  // mm; of a table the page numbers stand inside them
    bool isLetter = false;              // of GB/T 9704: the number 7 mm below the text, outside on both sides
};

// The file is replaced whole or not at all. Errors: notFound (the font), fileTooLarge, fileUnwritable,
// storageFull.
[[nodiscard]] Result<void> writePages(const QString& file, const Sheet& sheet);

}  // namespace hezhang::paper
