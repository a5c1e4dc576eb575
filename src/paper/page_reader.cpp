// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/paper/page_reader.h"

#include <QPdfSelection>
#include <algorithm>
#include <array>
#include <cmath>

#include "src/paper/box_letters.h"
#include "src/paper/rulings.h"

namespace hezhang::paper {

namespace {

constexpr double kScale = 2;                // pixels a point
constexpr double kPicturePixelsMax = 16e6;  // a page of 2 m²
constexpr int kInkMin = 60;                 // of 255: a letter against its ground
constexpr double kShownShareMin = 0.9;      // of the runs; some writers leave blank letters behind

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
        m_letters = Letters(letters.begin(), letters.end());
        int unit = 0;
        for (const char32_t letter : m_letters) {
            m_units.push_back(unit);
            unit += QChar::requiresSurrogates(letter) ? 2 : 1;
        }
        m_units.push_back(unit);
        m_boxes = boxesOf(whole);
        m_em = letterHeight(m_boxes);
        addRuns(shared());
    }

private:
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

    // One range a box. Whether all of it is where it is said to be, one letter in the middle tells; if it is
    // elsewhere, many are asked.
    std::vector<LetterRange> shared() const {
        KnownLetters known;
        for (std::size_t step = m_boxes.size() / 2 + 1;; step = std::max<std::size_t>(1, step / 8)) {
            const std::vector<LetterRange> ranges = settled(known);
            const std::size_t before = known.size();
            bool isRight = true;
            for (std::size_t box = step - 1; box < ranges.size(); box += step) {
                ask(ranges[box].from, box, known);
                const auto found = known.find(ranges[box].from);
                isRight =
                    isRight && (found == known.end() || found->second == static_cast<std::ptrdiff_t>(box));
            }
            if (isRight || known.size() == before) {
                return ranges;
            }
        }
    }

    // What is in doubt is asked for, but within a run it makes no difference.
    std::vector<LetterRange> settled(KnownLetters& known) const {
        while (true) {
            SharedLetters shared = shareLetters(m_letters, m_boxes, known);
            const std::size_t before = known.size();
            if (shared.ranges.empty()) {
                for (qsizetype i = 0; i < m_letters.size(); ++i) {
                    ask(i, 0, known);
                }
            }
            for (const std::size_t box : shared.doubts) {
                if (box == 0 || !isTogether(m_boxes[box - 1], m_boxes[box])) {
                    askAtStartOf(box, shared, known);
                }
            }
            if (known.size() == before) {
                return shared.ranges;
            }
        }
    }

    // The first letter of a box and the one before.
    void askAtStartOf(std::size_t box, const SharedLetters& shared, KnownLetters& known) const {
        qsizetype before = shared.ranges[box].from - 1;
        while (before >= 0 && isBlank(m_letters[before])) {
            --before;
        }
        ask(shared.ranges[box].from, box, known);
        ask(before, box, known);
    }

    // `near`: a box that is not far.
    void ask(qsizetype letter, std::size_t near, KnownLetters& known) const {
        if (letter < 0 || isBlank(m_letters[letter]) || known.contains(letter)) {
            return;
        }
        const Boxes found = asked({letter, letter + 1});
        const auto home = static_cast<std::ptrdiff_t>(near);
        std::ptrdiff_t nearest = kNoBox;
        for (std::ptrdiff_t box = 0; box < std::ssize(m_boxes) && !found.empty(); ++box) {
            const QRectF whole = m_boxes[static_cast<std::size_t>(box)].adjusted(-0.05, -0.05, 0.05, 0.05);
            if (whole.contains(found.front()) &&
                (nearest == kNoBox || std::abs(box - home) < std::abs(nearest - home))) {
                nearest = box;
            }
        }
        known[letter] = nearest;
    }

    // Boxes that stand together are one run, whatever lines pdfium finds: on a page with one narrow column it
    // takes each letter for a line.
    void addRuns(const std::vector<LetterRange>& ranges) {
        QRectF hull;
        LetterRange run;
        for (std::size_t box = 0; box < ranges.size(); ++box) {
            const LetterRange& range = ranges[box];
            if (range.from == range.to) {
                continue;
            }
            if (run.to > 0 && isTogether(hull, m_boxes[box])) {
                hull |= m_boxes[box];
                run.to = range.to;
                continue;
            }
            addParted(hull, run);
            hull = m_boxes[box];
            run = range;
        }
        addParted(hull, run);
    }

    // A run, halved where a ruling crosses it: some writers draw a row's cells as one.
    void addParted(const QRectF& hull, const LetterRange& run) {
        if (run.to - run.from < 2 || !crossesRuling(hull)) {
            addRun(hull, run);
            return;
        }
        const qsizetype middle = (run.from + run.to) / 2;
        for (const LetterRange half : {LetterRange{run.from, middle}, LetterRange{middle, run.to}}) {
            const Boxes boxes = asked(half);
            QRectF part;
            for (const QRectF& box : boxes) {
                part |= box;
            }
            if (!boxes.empty()) {
                addParted(part, half);
            }
        }
    }

    void addRun(const QRectF& box, const LetterRange& run) {
        QString text = QString::fromUcs4(m_letters.constData() + run.from, run.to - run.from);
        text = text.remove(u'\r').remove(u'\n').trimmed();
        // Fonts draw two code points with one glyph, and writers of PDF then tell the older one.
        text.replace(QChar(0x2329), QChar(0x3008)).replace(QChar(0x232A), QChar(0x3009));
        if (!text.isEmpty()) {
            m_runs.push_back({box, text});
        }
    }

    [[nodiscard]] Boxes asked(const LetterRange& range) const {
        const int from = m_units[range.from];
        return boxesOf(m_document.getSelectionAtIndex(m_number, from, m_units[range.to] - from));
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

    QPdfDocument& m_document;
    int m_number;
    Place m_place;
    QSizeF m_size;
    std::vector<Run>& m_runs;
    Boxes m_down;
    Letters m_letters;
    QList<int> m_units;  // where each letter begins in UTF-16, which is how Qt counts them; and the end
    Boxes m_boxes;
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
    const int width = paper.width();
    for (int y = 0; y < paper.height(); ++y) {
        const auto* from = reinterpret_cast<const QRgb*>(opaque.constScanLine(y));
        uchar* to = paper.scanLine(y);
        for (int x = 0; x < width; ++x) {
            to[x] = from[x] == 0 ? 255
                                 : static_cast<uchar>(std::min(255, qGray(from[x]) + 255 - qAlpha(from[x])));
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
        if (most == 1) {
            break;
        }
    }
    page.isTextWhereItShows = most >= kShownShareMin;
    if (page.isTextWhereItShows) {
        PageText(document, number, place, page).read(text);
    }
    return page;
}

}  // namespace hezhang::paper
