// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Which letters of a page stand in which of its boxes.
//
// Shape:   Qt PDF tells the text of a page in one string and the boxes of its pieces in one list, both in
//          the order of the file; which letters stand in which box it tells for one range of letters a
//          question, and loads the page anew for each. So the cheapest way to share the letters among the
//          boxes in that order is looked for: a box is as wide as its letters, a new line of text is a new
//          line of boxes, and every letter that can be seen has one. Where another way is nearly as cheap,
//          `doubts` says so.
// Source:  the shortest path through the letters and boxes, forwards and backwards (Viterbi 1967), of the
//          cheapest states only.
// Units:   points, as the boxes come; letters are counted from the first of the page.
// Threads: pure functions.
#pragma once

#include <QList>
#include <QRectF>
#include <map>
#include <vector>

namespace hezhang::paper {

using Letters = QList<char32_t>;
using Boxes = std::vector<QRectF>;

[[nodiscard]] bool isBlank(char32_t letter);
[[nodiscard]] bool isNewline(char32_t letter);

// The letters from … to - 1, blanks between them too; none where both are equal.
struct LetterRange {
    qsizetype from = 0;
    qsizetype to = 0;
};

struct SharedLetters {
    std::vector<LetterRange> ranges;  // one a box; empty: the letters cannot be shared so
    std::vector<std::size_t> doubts;  // boxes whose first letter may be another one
};

// Letters whose box has been asked for: letter to box, or kNoBox.
using KnownLetters = std::map<qsizetype, std::ptrdiff_t>;
constexpr std::ptrdiff_t kNoBox = -1;

// How high most letters are.
[[nodiscard]] double letterHeight(const Boxes& boxes);

// One range a box, or none where no way was found.
[[nodiscard]] SharedLetters shareLetters(const Letters& letters, const Boxes& boxes,
                                         const KnownLetters& known = {});

}  // namespace hezhang::paper
