// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/paper/rulings.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace hezhang::paper {

namespace {

constexpr int kDarkMax = 225;      // of 255; borders are often grey
constexpr int kContrastMin = 24;   // to one side at least
constexpr int kSide = 4;           // pixels
constexpr int kGapMax = 1;         // pixels: strokes of letters side by side are further apart
constexpr double kAcrossMin = 20;  // points
constexpr double kDownMin = 12;    // points: a row of one line
constexpr double kTouch = 3;       // points
constexpr std::size_t kLinesMax = 20'000;

// A picture that can be read along its rows or along its columns.
class Raster {
public:
    Raster(const QImage& picture, bool turned)
        : m_bits(picture.constBits()),
          m_along(turned ? picture.height() : picture.width()),
          m_across(turned ? picture.width() : picture.height()),
          m_stepAlong(turned ? picture.bytesPerLine() : 1),
          m_stepAcross(turned ? 1 : picture.bytesPerLine()) {}

    [[nodiscard]] int along() const { return m_along; }
    [[nodiscard]] int across() const { return m_across; }
    [[nodiscard]] int grey(int at, int line) const {
        return line < 0 || line >= m_across ? 255 : m_bits[at * m_stepAlong + line * m_stepAcross];
    }
    [[nodiscard]] bool isOnLine(int at, int line) const {
        const int own = grey(at, line);
        return own <= kDarkMax &&
               (own + kContrastMin <= grey(at, line - kSide) || own + kContrastMin <= grey(at, line + kSide));
    }

private:
    const uchar* m_bits;
    int m_along;
    int m_across;
    qsizetype m_stepAlong;
    qsizetype m_stepAcross;
};

struct Stroke {
    int from = 0;
    int to = 0;
    int first = 0;  // pixel lines it covers
    int last = 0;
};

// The long strokes of one line of pixels.
void strokesOf(const Raster& raster, int line, int gapMax, int lengthMin, std::vector<Stroke>& strokes) {
    int from = -1;
    int last = 0;
    const auto end = [&] {
        if (from >= 0 && last - from + 1 >= lengthMin && strokes.size() < kLinesMax) {
            strokes.push_back({from, last, line, line});
        }
        from = -1;
    };
    for (int at = 0; at < raster.along(); ++at) {
        if (raster.isOnLine(at, line)) {
            from = from < 0 ? at : from;
            last = at;
        } else if (from >= 0 && at - last > gapMax) {
            end();
        }
    }
    end();
}

bool overlap(const Stroke& a, const Stroke& b, int slack) {
    return a.from <= b.to + slack && b.from <= a.to + slack;
}

// Strokes on neighbouring lines of pixels are one line with a thickness.
std::vector<Stroke> merged(const std::vector<Stroke>& strokes, int thicknessMax) {
    std::vector<Stroke> lines;
    for (const Stroke& stroke : strokes) {
        const auto same = std::find_if(lines.rbegin(), lines.rend(), [&](const Stroke& line) {
            return stroke.first - line.last <= 1 && stroke.first - line.first <= thicknessMax &&
                   overlap(stroke, line, 2);
        });
        if (same == lines.rend()) {
            lines.push_back(stroke);
            continue;
        }
        same->from = std::min(same->from, stroke.from);
        same->to = std::max(same->to, stroke.to);
        same->last = stroke.first;
    }
    return lines;
}

std::vector<Stroke> linesAlong(const Raster& raster, double scale, double lengthMin) {
    std::vector<Stroke> strokes;
    for (int line = 0; line < raster.across(); ++line) {
        strokesOf(raster, line, kGapMax, static_cast<int>(lengthMin * scale), strokes);
    }
    return merged(strokes, static_cast<int>(kTouch * scale));
}

double middle(const Stroke& line, double scale) {
    return (line.first + line.last + 1) / 2.0 / scale;
}

bool endsOnOneOf(const QRectF& down, double y, const std::vector<QRectF>& across) {
    return std::any_of(across.begin(), across.end(), [&](const QRectF& line) {
        return std::abs(line.y() - y) <= kTouch && line.left() - kTouch <= down.x() &&
               down.x() <= line.right() + kTouch;
    });
}

}  // namespace

std::vector<QRectF> rulingsIn(const QImage& picture, double scale) {
    std::vector<QRectF> across;
    for (const Stroke& line : linesAlong(Raster(picture, false), scale, kAcrossMin)) {
        across.emplace_back(line.from / scale, middle(line, scale), (line.to - line.from + 1) / scale, 0);
    }
    std::vector<QRectF> all;
    for (const Stroke& line : linesAlong(Raster(picture, true), scale, kDownMin)) {
        const QRectF down(middle(line, scale), line.from / scale, 0, (line.to - line.from + 1) / scale);
        if (endsOnOneOf(down, down.top(), across) && endsOnOneOf(down, down.bottom(), across)) {
            all.push_back(down);
        }
    }
    std::copy_if(across.begin(), across.end(), std::back_inserter(all),
                 [](const QRectF& line) { return line.width() >= kAcrossMin; });
    return all;
}

}  // namespace hezhang::paper
