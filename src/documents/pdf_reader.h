// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// PDF files as text with its places, and made from HTML: by the program hezhang-paper.
//
// Units:   points, from the upper left corner of the page as it is shown.
// Limits:  20 MB, 2,000 pages; those of paper_program.h.
// Errors:  fileNotFound, fileUnreadable, fileTooLarge, badInput (a password, or text that is not where it
// shows),
//          malformed; those of paper_program.h.
// Threads: any.
#pragma once

#include <string>
#include <vector>

#include "src/documents/progress.h"
#include "sync/base/result.h"

namespace hezhang::documents {

struct PaperBox {
    double x = 0;
    double y = 0;
    double width = 0;
    double height = 0;

    [[nodiscard]] double right() const { return x + width; }
    [[nodiscard]] double bottom() const { return y + height; }
    [[nodiscard]] double middleX() const { return x + width / 2; }
    [[nodiscard]] double middleY() const { return y + height / 2; }
};

// What stands together on a line.
struct TextRun {
    PaperBox box;
    std::u16string text;
};

struct PdfPage {
    double width = 0;
    double height = 0;
    bool isDrawnOn = false;  // something is to be seen, text or not
    std::vector<TextRun> runs;
    std::vector<PaperBox> rulings;  // straight lines: one of width and height is 0
    std::size_t of = 0;             // pages of the document
};

[[nodiscard]] Result<std::vector<PdfPage>> readPdf(const std::string& file, const Progress& progress = {});

}  // namespace hezhang::documents
