// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/documents/pdf_strips.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "src/documents/pdf_table.h"
#include "src/documents/text_import_columns.h"
#include "src/ledger/chinese_text.h"

namespace hezhang::documents {

namespace {

using Text = std::u16string;
using Pages = std::vector<PdfPage>;

constexpr double kSameHeight = 2;      // points
constexpr double kLineShareMin = 0.4;  // of the table's width: what is merged across rows has no line
constexpr std::size_t kHeaderRowsMax = 4;

// The largest table of a page, and the heights of the lines that part its rows.
struct Part {
    PaperTable table;
    std::vector<double> heights;
};

std::optional<Part> partOf(PdfPage page) {
    const std::vector<PaperBox> rulings = page.rulings;
    std::vector<PaperTable> tables = takeTables(page);
    const auto largest = std::max_element(
        tables.begin(), tables.end(), [](auto& a, auto& b) { return a.bottom - a.top < b.bottom - b.top; });
    if (largest == tables.end()) {
        return std::nullopt;
    }
    Part part{std::move(*largest), {}};
    // Strokes of letters lie in lines too, but they are short.
    std::map<double, double> drawn;
    for (const PaperBox& line : rulings) {
        const bool isInside = line.height == 0 && line.y >= part.table.top - kSameHeight &&
                              line.y <= part.table.bottom + kSameHeight;
        const auto near = drawn.lower_bound(line.y - kSameHeight);
        if (isInside) {
            (near != drawn.end() && near->first <= line.y + kSameHeight ? near->second : drawn[line.y]) +=
                line.width;
        }
    }
    for (const auto& [height, width] : drawn) {
        if (width >= kLineShareMin * (part.table.right - part.table.left)) {
            part.heights.push_back(height);
        }
    }
    return part;
}

// The names in the first rows that are columns' names; none where other texts stand among them.
std::vector<Text> namesIn(const PaperTable& table) {
    for (std::size_t row = 0; row < std::min(kHeaderRowsMax, table.rowCount); ++row) {
        std::vector<Text> names;
        bool isHeader = true;
        for (const PaperCell& cell : table.cells) {
            const Text name = cell.row == row ? ledger::withoutBlanks(cell.text) : Text();
            isHeader = isHeader && (name.empty() || columnNamed(name).has_value());
            if (!name.empty()) {
                names.push_back(name);
            }
        }
        if (isHeader && !names.empty()) {
            return names;
        }
    }
    return {};
}

bool nameTasks(const std::vector<Text>& names) {
    return names.size() >= 3 && isTaskTable(columnsFrom(names));
}

// How the pages are laid out: `down` pages a strip.
struct Layout {
    std::size_t down = 1;
    std::size_t across = 1;
    bool isDownFirst = true;

    [[nodiscard]] std::size_t at(std::size_t row, std::size_t strip) const {
        return isDownFirst ? strip * down + row : row * across + strip;
    }
};

// From the bottom: a title above the names may be drawn on one of the pages only.
bool areSameHeights(const std::vector<double>& a, const std::vector<double>& b) {
    const std::size_t rows = std::min(a.size(), b.size());
    return std::max(a.size(), b.size()) - rows <= kHeaderRowsMax && rows >= 2 &&
           std::equal(a.rbegin(), a.rbegin() + static_cast<std::ptrdiff_t>(rows), b.rbegin(),
                      [](double x, double y) { return std::abs(x - y) <= kSameHeight; });
}

// The parts of the pages, each looked at when it is asked for: most documents are no strips, and few pages
// tell.
class Parts {
public:
    explicit Parts(const Pages& pages) : m_pages(pages), m_parts(pages.size()) {}

    // Null where the page has no table.
    const Part* at(std::size_t page) {
        auto& part = m_parts[page];
        if (!part) {
            part.emplace(partOf(m_pages[page]));
        }
        return *part ? &**part : nullptr;
    }

private:
    const Pages& m_pages;
    std::vector<std::optional<std::optional<Part>>> m_parts;
};

bool namesFit(const Layout& layout, Parts& parts) {
    std::vector<Text> names;
    for (std::size_t strip = 0; strip < layout.across; ++strip) {
        const Part* part = parts.at(layout.at(0, strip));
        const std::vector<Text> own = part == nullptr ? std::vector<Text>() : namesIn(part->table);
        const bool repeats = std::any_of(own.begin(), own.end(), [&](const Text& name) {
            return std::find(names.begin(), names.end(), name) != names.end();
        });
        if (own.empty() || repeats) {
            return false;
        }
        names.insert(names.end(), own.begin(), own.end());
    }
    return nameTasks(names);
}

bool heightsFit(const Layout& layout, Parts& parts) {
    for (std::size_t row = 0; row < layout.down; ++row) {
        const Part* first = parts.at(layout.at(row, 0));
        for (std::size_t strip = 1; strip < layout.across; ++strip) {
            const Part* part = parts.at(layout.at(row, strip));
            if (first == nullptr || part == nullptr || !areSameHeights(first->heights, part->heights)) {
                return false;
            }
        }
    }
    return true;
}

// The strips' pages of one row as one page, their tables edge to edge.
PdfPage joinedRow(const Layout& layout, std::size_t row, const Pages& pages, Parts& parts) {
    PdfPage joined = pages[layout.at(row, 0)];
    double right = parts.at(layout.at(row, 0))->table.right;
    for (std::size_t strip = 1; strip < layout.across; ++strip) {
        const PdfPage& page = pages[layout.at(row, strip)];
        const PaperTable& table = parts.at(layout.at(row, strip))->table;
        const double shift = right - table.left;
        for (TextRun run : page.runs) {
            run.box.x += shift;
            joined.runs.push_back(std::move(run));
        }
        for (PaperBox ruling : page.rulings) {
            ruling.x += shift;
            joined.rulings.push_back(ruling);
        }
        joined.width += page.width;
        right += table.right - table.left;
    }
    return joined;
}

}  // namespace

std::optional<Pages> joinStrips(const Pages& pages) {
    Parts parts(pages);
    for (std::size_t down = 1; down * 2 <= pages.size(); ++down) {
        for (const bool isDownFirst : {true, false}) {
            const Layout layout{down, pages.size() / down, isDownFirst};
            if (pages.size() % down != 0 || !namesFit(layout, parts) || !heightsFit(layout, parts)) {
                continue;
            }
            Pages joined;
            for (std::size_t row = 0; row < down; ++row) {
                joined.push_back(joinedRow(layout, row, pages, parts));
            }
            return joined;
        }
    }
    return std::nullopt;
}

bool standsOnSeveralPages(const Pages& pages) {
    std::vector<Text> names;
    for (const PdfPage& page : pages) {
        const auto part = partOf(page);
        const std::vector<Text> own = part ? namesIn(part->table) : std::vector<Text>();
        if (nameTasks(own)) {
            return false;
        }
        names.insert(names.end(), own.begin(), own.end());
    }
    return nameTasks(names);
}

}  // namespace hezhang::documents
