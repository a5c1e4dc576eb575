// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/documents/pdf_table.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "src/ledger/chinese_text.h"

namespace hezhang::documents {

namespace {

using Text = std::u16string;
using Boxes = std::vector<PaperBox>;

constexpr double kTouch = 3;            // points
constexpr double kOpenSide = 6;         // a line that goes on beyond the last one across it
constexpr double kDrawnShareMin = 0.6;  // of an edge
constexpr double kWordGap = 0.3;        // of a letter's height
constexpr std::size_t kRulingsMax = 3'000;

bool isAcross(const PaperBox& ruling) {
    return ruling.height == 0;
}

// Sets that grow together.
class Sets {
public:
    explicit Sets(std::size_t count) : m_parent(count) { std::iota(m_parent.begin(), m_parent.end(), 0U); }
    std::size_t of(std::size_t member) {
        while (m_parent[member] != member) {
            member = m_parent[member] = m_parent[m_parent[member]];
        }
        return member;
    }
    void join(std::size_t a, std::size_t b) { m_parent[of(a)] = of(b); }

private:
    std::vector<std::size_t> m_parent;
};

bool touch(const PaperBox& across, const PaperBox& down) {
    return down.x >= across.x - kTouch && down.x <= across.right() + kTouch && across.y >= down.y - kTouch &&
           across.y <= down.bottom() + kTouch;
}

// The rulings of a page, each group touching.
std::vector<Boxes> groupsOf(const Boxes& rulings) {
    Sets sets(rulings.size());
    for (std::size_t i = 0; i < rulings.size(); ++i) {
        for (std::size_t j = 0; isAcross(rulings[i]) && j < rulings.size(); ++j) {
            if (!isAcross(rulings[j]) && touch(rulings[i], rulings[j])) {
                sets.join(i, j);
            }
        }
    }
    std::map<std::size_t, Boxes> groups;
    for (std::size_t i = 0; i < rulings.size(); ++i) {
        groups[sets.of(i)].push_back(rulings[i]);
    }
    std::vector<Boxes> list;
    for (auto& [set, group] : groups) {
        list.push_back(std::move(group));
    }
    return list;
}

// Places that are nearly the same are one.
std::vector<double> clustered(std::vector<double> places) {
    std::sort(places.begin(), places.end());
    std::vector<double> clusters;
    for (const double place : places) {
        if (clusters.empty() || place - clusters.back() > kTouch) {
            clusters.push_back(place);
        }
    }
    return clusters;
}

// A table may be open at its sides, or at a page's end: then its lines go on beyond the last one across.
void closeSides(Boxes& rulings) {
    double left = 1e9, top = 1e9, right = 0, bottom = 0;
    double firstX = 1e9, firstY = 1e9, lastX = 0, lastY = 0;
    for (const PaperBox& line : rulings) {
        left = std::min(left, line.x);
        top = std::min(top, line.y);
        right = std::max(right, line.right());
        bottom = std::max(bottom, line.bottom());
        if (isAcross(line)) {
            firstY = std::min(firstY, line.y);
            lastY = std::max(lastY, line.y);
        } else {
            firstX = std::min(firstX, line.x);
            lastX = std::max(lastX, line.x);
        }
    }
    const auto add = [&](bool open, const PaperBox& side) {
        if (open) {
            rulings.push_back(side);
        }
    };
    add(firstX - left > kOpenSide, {left, top, 0, bottom - top});
    add(right - lastX > kOpenSide, {right, top, 0, bottom - top});
    add(firstY - top > kOpenSide, {left, top, right - left, 0});
    add(bottom - lastY > kOpenSide, {left, bottom, right - left, 0});
}

// The grid of one table: places of its lines, and which pieces of them are drawn.
class RuledGrid {
public:
    explicit RuledGrid(Boxes rulings) : m_rulings(std::move(rulings)) {
        closeSides(m_rulings);
        std::vector<double> xs, ys;
        for (const PaperBox& line : m_rulings) {
            (isAcross(line) ? ys : xs).push_back(isAcross(line) ? line.y : line.x);
        }
        m_xs = clustered(std::move(xs));
        m_ys = clustered(std::move(ys));
    }

    [[nodiscard]] bool isTable() const { return m_xs.size() >= 3 && m_ys.size() >= 2; }
    [[nodiscard]] bool holds(const PaperBox& box) const {
        return box.middleX() > m_xs.front() && box.middleX() < m_xs.back() && box.middleY() > m_ys.front() &&
               box.middleY() < m_ys.back();
    }

    [[nodiscard]] PaperTable table(const std::vector<TextRun>& runs) const {
        Sets sets(columns() * rows());
        for (std::size_t row = 0; row < rows(); ++row) {
            for (std::size_t column = 0; column < columns(); ++column) {
                joinOpen(sets, row, column);
            }
        }
        std::map<std::size_t, std::vector<TextRun>> texts;
        for (const TextRun& run : runs) {
            texts[sets.of(placeOf(run.box))].push_back(run);
        }
        PaperTable table{m_ys.front(), m_ys.back(), m_xs.front(), m_xs.back(), rows(), 0, {}, {}};
        std::vector<bool> done(columns() * rows(), false);
        for (std::size_t place = 0; place < columns() * rows(); ++place) {
            const std::size_t set = sets.of(place);
            if (!done[set]) {
                done[set] = true;
                table.cells.push_back(cellOf(sets, place, texts[set]));
            }
        }
        return table;
    }

private:
    [[nodiscard]] std::size_t columns() const { return m_xs.size() - 1; }
    [[nodiscard]] std::size_t rows() const { return m_ys.size() - 1; }

    // Joins a place with those right of it and below it that no line parts from it.
    void joinOpen(Sets& sets, std::size_t row, std::size_t column) const {
        const std::size_t place = row * columns() + column;
        if (column + 1 < columns() && !isDrawnDown(column + 1, m_ys[row], m_ys[row + 1])) {
            sets.join(place, place + 1);
        }
        if (row + 1 < rows() && !isDrawnAcross(row + 1, m_xs[column], m_xs[column + 1])) {
            sets.join(place, place + columns());
        }
    }

    [[nodiscard]] bool isDrawnDown(std::size_t x, double from, double to) const {
        double drawn = 0;
        for (const PaperBox& line : m_rulings) {
            if (!isAcross(line) && line.x - m_xs[x] >= -0.1 && line.x - m_xs[x] <= kTouch) {
                drawn += std::max(0.0, std::min(to, line.bottom()) - std::max(from, line.y));
            }
        }
        return drawn >= kDrawnShareMin * (to - from);
    }

    [[nodiscard]] bool isDrawnAcross(std::size_t y, double from, double to) const {
        double drawn = 0;
        for (const PaperBox& line : m_rulings) {
            if (isAcross(line) && line.y - m_ys[y] >= -0.1 && line.y - m_ys[y] <= kTouch) {
                drawn += std::max(0.0, std::min(to, line.right()) - std::max(from, line.x));
            }
        }
        return drawn >= kDrawnShareMin * (to - from);
    }

    [[nodiscard]] std::size_t placeOf(const PaperBox& box) const {
        const auto at = [](const std::vector<double>& places, double place) {
            const auto next = std::upper_bound(places.begin() + 1, places.end() - 1, place);
            return static_cast<std::size_t>(next - places.begin()) - 1;
        };
        return at(m_ys, box.middleY()) * columns() + at(m_xs, box.middleX());
    }

    // The cell whose first place this is.
    PaperCell cellOf(Sets& sets, std::size_t place, const std::vector<TextRun>& runs) const {
        const std::size_t set = sets.of(place);
        std::size_t lastRow = 0, first = columns(), last = 0;
        for (std::size_t other = place; other < columns() * rows(); ++other) {
            if (sets.of(other) == set) {
                lastRow = std::max(lastRow, other / columns());
                first = std::min(first, other % columns());
                last = std::max(last, other % columns());
            }
        }
        const std::size_t row = place / columns();
        PaperCell cell{m_xs[first], m_xs[last + 1], row, lastRow - row + 1, {}, false};
        for (const TextLine& line : linesFrom(runs)) {
            cell.text += (cell.text.empty() ? u"" : u"\n") + textOf(line);
            cell.isFull = line.box.bottom() + line.box.height * 1.2 > m_ys[lastRow + 1];
        }
        return cell;
    }

    Boxes m_rulings;
    std::vector<double> m_xs;
    std::vector<double> m_ys;
};

}  // namespace

// The tallest make the lines; commas and the like join those they stand in.
std::vector<TextLine> linesFrom(std::vector<TextRun> runs) {
    std::stable_sort(runs.begin(), runs.end(), [](auto& a, auto& b) { return a.box.height > b.box.height; });
    std::vector<TextLine> lines;
    for (TextRun& run : runs) {
        const double middle = run.box.middleY();
        const auto line = std::find_if(lines.begin(), lines.end(), [&](const TextLine& l) {
            return middle >= l.box.y - 0.1 * l.box.height && middle <= l.box.bottom() + 0.1 * l.box.height;
        });
        if (line == lines.end()) {
            lines.push_back({run.box, {run}});
            continue;
        }
        const double right = std::max(line->box.right(), run.box.right());
        line->box.x = std::min(line->box.x, run.box.x);
        line->box.width = right - line->box.x;
        line->runs.push_back(std::move(run));
    }
    std::sort(lines.begin(), lines.end(), [](auto& a, auto& b) { return a.box.middleY() < b.box.middleY(); });
    for (TextLine& line : lines) {
        std::stable_sort(line.runs.begin(), line.runs.end(),
                         [](auto& a, auto& b) { return a.box.x < b.box.x; });
    }
    return lines;
}

Text textOf(const TextLine& line) {
    Text text;
    double end = line.box.x;
    for (const TextRun& run : line.runs) {
        if (!text.empty() && run.box.x - end > kWordGap * line.box.height) {
            text += u' ';
        }
        text += run.text;
        end = run.box.right();
    }
    return text;
}

std::vector<PaperTable> takeTables(PdfPage& page) {
    std::vector<PaperTable> tables;
    if (page.rulings.size() > kRulingsMax) {
        return tables;
    }
    for (Boxes& group : groupsOf(page.rulings)) {
        const RuledGrid grid(std::move(group));
        if (!grid.isTable()) {
            continue;
        }
        const auto inside = std::stable_partition(page.runs.begin(), page.runs.end(),
                                                  [&](const TextRun& run) { return !grid.holds(run.box); });
        tables.push_back(grid.table({inside, page.runs.end()}));
        page.runs.erase(inside, page.runs.end());
    }
    std::sort(tables.begin(), tables.end(), [](auto& a, auto& b) { return a.top < b.top; });
    return tables;
}

}  // namespace hezhang::documents
