// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// One page of a PDF as text with its places and the straight lines drawn on it.
//
// Shape:   Qt PDF tells the text of a page in one string and the boxes of its pieces in one list; which
// letters
//          stand in which box it tells for one range of letters at a time, and slowly. So text and boxes are
//          laid beside each other line by line, and only where they do not agree a range is asked for, halved
//          until it does. Lines are looked for in the picture of the page: that is how a person sees the
//          cells, however the program that wrote the file has drawn them.
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
