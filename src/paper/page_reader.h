// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// One page of a PDF as text with its places and the straight lines drawn on it.
//
// Shape:   the text and the boxes of its pieces, which Qt PDF tells apart, are laid beside each other
//          (box_letters.h); what is in doubt there is asked for, two milliseconds a question. Lines are
//          looked for in the picture of the page: that is how a person sees the cells, however the program
//          that wrote the file has drawn them.
// Units:   points, from the upper left corner of the page as it is shown.
// Threads: one document is used by one thread.
#pragma once

#include <QImage>
#include <QList>
#include <QPdfDocument>
#include <QRectF>
#include <QString>
#include <vector>

namespace hezhang::paper {

struct Run {
    QRectF box;
    QString text;
};

struct Page {
    QSizeF size;
    std::vector<Run> runs;           // in the file's order
    std::vector<QRectF> rulings;     // horizontal: no height; vertical: no width
    bool isDrawnOn = false;          // there is something to see, text or not
    bool isTextWhereItShows = true;  // false: the places are not those of the picture
};

[[nodiscard]] Page readPage(QPdfDocument& document, int number);

}  // namespace hezhang::paper
