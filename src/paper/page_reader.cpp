// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/paper/page_reader.h"

#include <QPdfSelection>
#include <algorithm>
#include <array>
#include <cmath>

#include "src/paper/rulings.h"

namespace hezhang::paper {

namespace {

using Letters = QList<char32_t>;
using Boxes = std::vector<QRectF>;

constexpr double kScale = 2;                // pixels a point
constexpr double kPicturePixelsMax = 16e6;  // a page of 2 m²
constexpr int kInkMin = 60;                 // of 255: a letter against its ground
constexpr double kShownShareMin = 0.9;      // of the runs; some writers leave blank letters behind

bool isNewline(char32_t letter) {
    return letter == U'\n' || letter == U'\r';
}

bool isBlank(char32_t letter) {
    return letter <= U' ' || letter == 0xA0 || letter == 0x3000;
}

// A range of the page's letters, with the boxes Qt PDF gives for it.
struct Range {
    qsizetype from = 0;  // among the letters of the page
    Letters letters;
    Boxes boxes;
};

// A part of a range: letters from … from + count.
struct Part {
    qsizetype from = 0;
    qsizetype count = 0;
};

template <class IsGap>
std::vector<Part> partsOf(const Letters& letters, IsGap isGap) {
    std::vector<Part> parts;
    qsizetype from = -1;
    for (qsizetype i = 0; i <= letters.size(); ++i) {
        const bool gap = i == letters.size() || isGap(letters[i]);
        if (!gap && from < 0) {
            from = i;
        }
        if (gap && from >= 0) {
            parts.push_back({from, i - from});
            from = -1;
        }
    }
    return parts;
}

std::vector<Part> linesOf(const Letters& letters) {
    auto lines = partsOf(letters, isNewline);
    std::erase_if(lines, [&](const Part& line) {
        return std::all_of(letters.begin() + line.from, letters.begin() + line.from + line.count, isBlank);
    });
    return lines;
}

std::vector<Part> wordsOf(const Letters& letters) {
    return partsOf(letters, isBlank);
}

// Em widths, about: a Chinese letter is 1, a Latin one half.
double widthOf(const Letters& letters) {
    double width = 0;
    for (const char32_t letter : letters) {
        width += isBlank(letter) ? 0.25 : letter < 0x2E80 ? 0.55 : 1;
    }
    return width;
}

// Boxes that follow one another, as one: a line, or what stands together in it.
struct Group {
    QRectF hull;
    std::size_t first = 0;
    std::size_t count = 0;
};

// Qt PDF tells places on the page as it lies in the file; a page may be shown turned.
using Place = QRectF (*)(const QRectF&, QSizeF);
const std::array<Place, 4> kPlaces = {
    [](const QRectF& box, QSizeF) { return box; },
    [](const QRectF& box, QSizeF size) {
        return QRectF(size.height() - box.bottom(), box.left(), box.height(), box.width());
    },
    [](const QRectF& box, QSizeF size) {
        return QRectF(size.width() - box.right(), size.height() - box.bottom(), box.width(), box.height());
    },
    [](const QRectF& box, QSizeF size) {
        return QRectF(size.width() - size.height() + box.top(), size.height() - box.right(), box.height(),
                      box.width());
    }};

class PageText {
public:
    // The runs go into `page`, whose rulings are known.
    PageText(QPdfDocument& document, int number, Place place, Page& page)
        : m_document(document), m_number(number), m_place(place), m_size(page.size), m_runs(page.runs) {
        std::copy_if(page.rulings.begin(), page.rulings.end(), std::back_inserter(m_down),
                     [](const QRectF& line) { return line.width() == 0; });
    }

    void read(const QPdfSelection& whole) {
        const auto letters = whole.text().toUcs4();
        const Range range{0, Letters(letters.begin(), letters.end()), boxesOf(whole)};
        std::vector<double> heights;
        for (const QRectF& box : range.boxes) {
            heights.push_back(box.height());
        }
        const auto most = heights.begin() + static_cast<std::ptrdiff_t>(heights.size() * 3 / 4);
        std::nth_element(heights.begin(), most, heights.end());
        m_em = most == heights.end() ? 10 : std::clamp(*most, 4.0, 60.0);
        resolve(range);
    }

    // The boxes of a selection as the page is shown; letters without a glyph have none.
    [[nodiscard]] Boxes boxesOf(const QPdfSelection& selection) const {
        Boxes boxes;
        for (const auto& polygon : selection.bounds()) {
            const QRectF box = polygon.boundingRect();
            if (box.width() > 0.01 && box.height() > 0.01) {
                boxes.push_back(m_place(box, m_size));
            }
        }
        return boxes;
    }

private:
    // Lines of letters beside lines of boxes.
    void resolve(const Range& range) {
        const auto lines = linesOf(range.letters);
        if (lines.size() <= 1) {
            resolveLine(lines.empty() ? range : cut(range, lines.front()));
            return;
        }
        const auto groups = groupsOf(
            range.boxes, [this](const QRectF& hull, const QRectF& next) { return isSameLine(hull, next); });
        if (groups.size() == lines.size() && fit(range.letters, lines, groups)) {
            for (std::size_t i = 0; i < lines.size(); ++i) {
                resolveLine(cut(range, lines[i], &groups[i]));
            }
            return;
        }
        const Part& half = lines[lines.size() / 2];
        resolve(asked(range, 0, half.from));
        resolve(asked(range, half.from, range.letters.size() - half.from));
    }

    // Words beside groups of boxes; one group is one run whatever blanks are in it.
    void resolveLine(const Range& line) {
        const auto words = wordsOf(line.letters);
        if (words.empty() || line.boxes.empty()) {
            return;
        }
        const auto groups = groupsOf(
            line.boxes, [this](const QRectF& hull, const QRectF& next) { return isTogether(hull, next); });
        if (groups.size() == 1 && (line.letters.size() == 1 || !crossesRuling(groups.front().hull))) {
            addRun(groups.front().hull, line.letters);
            return;
        }
        if (groups.size() == words.size() && groups.size() > 1 && fit(line.letters, words, groups)) {
            for (std::size_t i = 0; i < words.size(); ++i) {
                resolveLine(cut(line, words[i], &groups[i]));
            }
            return;
        }
        if (line.letters.size() == 1) {
            addRun(line.boxes.front(), line.letters);
            return;
        }
        qsizetype half = line.letters.size() / 2;
        if (words.size() > 1) {
            half = words[words.size() / 2].from;
        }
        resolveLine(asked(line, 0, half));
        resolveLine(asked(line, half, line.letters.size() - half));
    }

    void addRun(const QRectF& box, const Letters& letters) {
        QString text = QString::fromUcs4(letters.constData(), letters.size()).trimmed();
        // Fonts draw two code points with one glyph, and writers of PDF then tell the older one.
        text.replace(QChar(0x2329), QChar(0x3008)).replace(QChar(0x232A), QChar(0x3009));
        if (!text.isEmpty()) {
            m_runs.push_back({box, text});
        }
    }

    // A part with the boxes of its group, which are known.
    static Range cut(const Range& range, const Part& part, const Group* group = nullptr) {
        Range cut{range.from + part.from, range.letters.mid(part.from, part.count), range.boxes};
        if (group != nullptr) {
            const auto first = range.boxes.begin() + static_cast<std::ptrdiff_t>(group->first);
            cut.boxes.assign(first, first + static_cast<std::ptrdiff_t>(group->count));
        }
        return cut;
    }

    // A part whose boxes have to be asked for.
    Range asked(const Range& range, qsizetype from, qsizetype count) {
        const auto selection = m_document.getSelectionAtIndex(m_number, static_cast<int>(range.from + from),
                                                              static_cast<int>(count));
        return {range.from + from, range.letters.mid(from, count), boxesOf(selection)};
    }

    template <class BelongsTo>
    static std::vector<Group> groupsOf(const Boxes& boxes, BelongsTo belongsTo) {
        std::vector<Group> groups;
        for (std::size_t i = 0; i < boxes.size(); ++i) {
            if (groups.empty() || !belongsTo(groups.back().hull, boxes[i])) {
                groups.push_back({boxes[i], i, 1});
            } else {
                groups.back().hull |= boxes[i];
                ++groups.back().count;
            }
        }
        return groups;
    }

    // As pdfium sees it: what overlaps, in whole letters' height, is one line. (A comma's box is small and
    // low.)
    [[nodiscard]] bool isSameLine(const QRectF& hull, const QRectF& next) const {
        const double apart = std::abs(hull.center().y() - next.center().y());
        return apart <= 0.95 * std::max(hull.height(), m_em) && next.left() > hull.right() - m_em / 2;
    }

    [[nodiscard]] bool isTogether(const QRectF& hull, const QRectF& next) const {
        return isSameLine(hull, next) && next.left() - hull.right() < 1.4 * m_em &&
               !hasRulingBetween(hull.right() - 1, next.left() + 1, hull);
    }

    [[nodiscard]] bool hasRulingBetween(double left, double right, const QRectF& beside) const {
        const double y = beside.center().y();
        return std::any_of(m_down.begin(), m_down.end(), [&](const QRectF& line) {
            return line.x() > left && line.x() < right && line.top() < y && y < line.bottom();
        });
    }

    [[nodiscard]] bool crossesRuling(const QRectF& box) const {
        return hasRulingBetween(box.left() + m_em / 3, box.right() - m_em / 3, box);
    }

    // Each part is about as wide as its group. A looser rule lets two parts that pdfium has joined and two
    // groups that lie together cancel each other out, and all letters between them go to their neighbours.
    [[nodiscard]] bool fit(const Letters& letters, const std::vector<Part>& parts,
                           const std::vector<Group>& groups) const {
        for (std::size_t i = 0; i < parts.size(); ++i) {
            const double size = std::clamp(groups[i].hull.height(), 0.8 * m_em, 3 * m_em);
            const double expected = widthOf(letters.mid(parts[i].from, parts[i].count)) * size;
            const double width = groups[i].hull.width();
            if (width > 1.25 * expected + 0.4 * m_em || width < 0.75 * expected - 0.3 * m_em) {
                return false;
            }
        }
        return true;
    }

    QPdfDocument& m_document;
    int m_number;
    Place m_place;
    QSizeF m_size;
    std::vector<Run>& m_runs;
    Boxes m_down;
    double m_em = 10;
};

// True if there is something to see in the box.
bool hasInk(const QImage& picture, const QRectF& box, double scale) {
    int darkest = 255;
    int lightest = 0;
    const int left = static_cast<int>(box.left() * scale);
    const int right = static_cast<int>(std::ceil(box.right() * scale));
    const int bottom = static_cast<int>(std::ceil(box.bottom() * scale));
    if (left < 0 || box.top() < 0 || right >= picture.width() || bottom >= picture.height()) {
        return false;
    }
    for (int y = static_cast<int>(box.top() * scale); y <= bottom; ++y) {
        const uchar* line = picture.constScanLine(y);
        for (int x = left; x <= right; ++x) {
            darkest = std::min<int>(darkest, line[x]);
            lightest = std::max<int>(lightest, line[x]);
        }
    }
    return lightest - darkest >= kInkMin;
}

double shownShare(const QImage& picture, const QPdfSelection& text, Place place, QSizeF size, double scale) {
    std::ptrdiff_t shown = 0;
    std::ptrdiff_t all = 0;
    for (const auto& polygon : text.bounds()) {
        const QRectF box = polygon.boundingRect();
        if (box.width() > 0.01 && box.height() > 0.01) {
            ++all;
            shown += hasInk(picture, place(box, size), scale) ? 1 : 0;
        }
    }
    return all == 0 ? 1 : static_cast<double>(shown) / static_cast<double>(all);
}

bool isBlankPicture(const QImage& picture) {
    for (int y = 0; y < picture.height(); ++y) {
        const uchar* line = picture.constScanLine(y);
        if (std::any_of(line, line + picture.width(), [](uchar grey) { return grey < 200; })) {
            return false;
        }
    }
    return true;
}

QImage pictureOf(QPdfDocument& document, int number, double scale) {
    const QImage colours = document.render(number, (document.pagePointSize(number) * scale).toSize());
    QImage paper(colours.size(), QImage::Format_Grayscale8);
    const QImage opaque = colours.convertToFormat(QImage::Format_ARGB32_Premultiplied);
    for (int y = 0; y < paper.height(); ++y) {
        const auto* from = reinterpret_cast<const QRgb*>(opaque.constScanLine(y));
        uchar* to = paper.scanLine(y);
        for (int x = 0; x < paper.width(); ++x) {
            to[x] = static_cast<uchar>(std::min(255, qGray(from[x]) + 255 - qAlpha(from[x])));
        }
    }
    return paper;
}

}  // namespace

Page readPage(QPdfDocument& document, int number) {
    Page page;
    page.size = document.pagePointSize(number);
    const double area = page.size.width() * page.size.height();
    if (!(area > 0)) {
        return page;
    }
    const double scale = std::min(kScale, std::sqrt(kPicturePixelsMax / area));
    const QImage picture = pictureOf(document, number, scale);
    page.isDrawnOn = !isBlankPicture(picture);
    page.rulings = rulingsIn(picture, scale);
    const QPdfSelection text = document.getAllText(number);
    if (text.text().isEmpty()) {
        return page;
    }
    // The way in which most of the text stands on ink: on a full page many a wrong place has some too.
    Place place = kPlaces.front();
    double most = 0;
    for (const Place way : kPlaces) {
        const double share = shownShare(picture, text, way, page.size, scale);
        if (share > most) {
            most = share;
            place = way;
        }
    }
    page.isTextWhereItShows = most >= kShownShareMin;
    if (page.isTextWhereItShows) {
        PageText(document, number, place, page).read(text);
    }
    return page;
}

}  // namespace hezhang::paper
