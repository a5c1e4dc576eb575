// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The straight horizontal and vertical lines in the picture of a page.
//
// Shape:   a line is thin, darker than what is above or below it, and longer than a letter's stroke. A
//          vertical line ends at horizontal ones, which no stroke does.
// Units:   points; `scale` is pixels a point.
// Threads: pure functions.
#pragma once

#include <QImage>
#include <QRectF>
#include <vector>

namespace hezhang::paper {

// REQUIRES: a grey picture (QImage::Format_Grayscale8).
[[nodiscard]] std::vector<QRectF> rulingsIn(const QImage& picture, double scale);

}  // namespace hezhang::paper
