// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// PaperTable over page breaks, and its rows below its header.
#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "src/documents/pdf_table.h"
#include "src/ledger/chinese_text.h"

namespace hezhang::documents {

namespace {

using Text = std::u16string;
using Cells = std::vector<PaperCell>;

constexpr double kSame = 4;  // points
constexpr std::size_t kRepeatedRowsMax = 4;

struct HeaderColumn {
    double left = 0;
    double right = 0;
    std::optional<ColumnKind> kind;
};

// The cells that begin in a row, from the left.
Cells cellsIn(const PaperTable& table, std::size_t row) {
    Cells cells;
    std::copy_if(table.cells.begin(), table.cells.end(), std::back_inserter(cells),
                 [&](const PaperCell& cell) { return cell.row == row; });
    std::sort(cells.begin(), cells.end(), [](auto& a, auto& b) { return a.left < b.left; });
    return cells;
}

std::vector<Text> textsIn(const PaperTable& table, std::size_t row) {
    std::vector<Text> texts;
    for (const PaperCell& cell : cellsIn(table, row)) {
        texts.push_back(ledger::withoutBlanks(cell.text));
    }
    return texts;
}

bool isHeader(const PaperTable& table, std::size_t row) {
    return isTaskHeader(textsIn(table, row));
}

// A cell of a header, or the names below it: 牵头单位 | 配合单位 under 责任单位.
void addColumns(const PaperCell& cell, const Cells& below, std::vector<HeaderColumn>& columns) {
    std::vector<HeaderColumn> parts;
    std::size_t known = 0;
    bool areNames = true;
    for (const PaperCell& part : below) {
        if (part.left >= cell.left - kSame && part.right <= cell.right + kSame) {
            constexpr std::size_t kNameMax = 8;
            const Text name = ledger::withoutBlanks(part.text);
            const auto kind = columnNamedBelow(ledger::withoutBlanks(cell.text), name);
            known += kind ? 1 : 0;
            areNames =
                areNames &&
                (kind || (name.size() <= kNameMax && std::all_of(name.begin(), name.end(), ledger::isHan)));
            parts.push_back({part.left, part.right, kind});
        }
    }
    if (areNames && parts.size() >= 2 && known * 2 >= parts.size()) {
        columns.insert(columns.end(), parts.begin(), parts.end());
    } else {
        columns.push_back({cell.left, cell.right, columnNamed(ledger::withoutBlanks(cell.text))});
    }
}

// A heading over two columns: where most rows below it are parted at one place, the second has no name of its
// own.
void partColumns(const PaperTable& table, std::size_t header, std::vector<HeaderColumn>& columns) {
    std::vector<HeaderColumn> parted;
    for (const HeaderColumn& column : columns) {
        std::map<long, std::pair<std::size_t, double>> places;  // rows by where a cell begins inside
        for (const PaperCell& cell : table.cells) {
            const bool isInside =
                cell.row > header && cell.left > column.left + kSame && cell.right <= column.right + kSame;
            if (isInside) {
                auto& place = places[std::lround(cell.left / kSame)];
                place = {place.first + cell.rows, cell.left};
            }
        }
        const auto most = std::max_element(places.begin(), places.end(),
                                           [](auto& a, auto& b) { return a.second.first < b.second.first; });
        const std::size_t rows = table.rowCount - header - 1;
        if (most == places.end() || most->second.first * 2 <= rows) {
            parted.push_back(column);
        } else {
            parted.push_back({column.left, most->second.second, column.kind});
            parted.push_back({most->second.second, column.right, std::nullopt});
        }
    }
    columns = std::move(parted);
}

std::vector<HeaderColumn> columnsOf(const PaperTable& table, std::size_t header) {
    std::vector<HeaderColumn> columns;
    const Cells below = cellsIn(table, header + 1);
    for (const PaperCell& cell : cellsIn(table, header)) {
        addColumns(cell, below, columns);
    }
    partColumns(table, header, columns);
    return columns;
}

std::optional<std::size_t> headerOf(const PaperTable& table, std::size_t rowsMax) {
    for (std::size_t row = 0; row < std::min(rowsMax, table.rowCount); ++row) {
        if (isHeader(table, row)) {
            return row;
        }
    }
    return std::nullopt;
}

// The cell of a row in a column, also one that began above; nullptr where the row has none just there.
template <class Table>
auto cellAt(Table& table, std::size_t row, double left, double right) -> decltype(table.cells.data()) {
    const auto cell = std::find_if(table.cells.begin(), table.cells.end(), [&](const PaperCell& c) {
        return c.row <= row && row < c.row + c.rows && std::abs(c.left - left) <= kSame &&
               std::abs(c.right - right) <= kSame;
    });
    return cell == table.cells.end() ? nullptr : &*cell;
}

bool endsASentence(const Text& text) {
    return !text.empty() &&
           std::u16string_view(u"。！？；!?;）)”").find(text.back()) != std::u16string_view::npos;
}

void dropRows(PaperTable& table, std::size_t count) {
    std::erase_if(table.cells, [&](const PaperCell& cell) { return cell.row + cell.rows <= count; });
    for (PaperCell& cell : table.cells) {
        const std::size_t last = cell.row + cell.rows - count;
        cell.row = cell.row < count ? 0 : cell.row - count;
        cell.rows = last - cell.row;
    }
    table.rowCount -= std::min(count, table.rowCount);
}

// Two parts of a table, on pages that follow each other.
class PageBreak {
public:
    PageBreak(PaperTable& above, PaperTable& below)
        : m_above(above), m_below(below), m_columns(columnsOf(above, *headerOf(above, above.rowCount))) {}

    void join() {
        const bool cut = isRowCut();
        for (const HeaderColumn& column : m_columns) {
            if (!cut) {
                settleItem(column);
            }
        }
        const std::size_t offset = m_above.rowCount - (cut ? 1 : 0);
        for (PaperCell& cell : m_below.cells) {
            PaperCell* above =
                cell.row == 0 && cut ? cellAt(m_above, lastRow(), cell.left, cell.right) : nullptr;
            if (above != nullptr) {
                above->text += (above->text.empty() || cell.text.empty() ? u"" : u"\n") + cell.text;
                above->rows += cell.rows - 1;
                above->isFull = cell.isFull;
            } else {
                cell.row += offset;
                m_above.cells.push_back(std::move(cell));
            }
        }
        m_above.rowCount = offset + m_below.rowCount;
        m_above.bottom = m_below.bottom;
    }

private:
    [[nodiscard]] std::size_t lastRow() const { return m_above.rowCount - 1; }
    void doubt(std::string text) { m_above.doubts.push_back({lastRow(), std::move(text)}); }

    [[nodiscard]] const HeaderColumn* columnOf(ColumnKind kind) const {
        const auto column =
            std::find_if(m_columns.begin(), m_columns.end(), [&](auto& c) { return c.kind == kind; });
        return column == m_columns.end() ? nullptr : &*column;
    }

    static Text textAt(const PaperTable& table, std::size_t row, const HeaderColumn& column) {
        const PaperCell* cell = cellAt(table, row, column.left, column.right);
        return cell == nullptr ? Text() : Text(ledger::trim(cell->text));
    }

    // True if the first row below is the rest of the last one above.
    bool isRowCut() {
        const Cells first = cellsIn(m_below, 0);
        const bool same = std::all_of(first.begin(), first.end(), [&](const PaperCell& cell) {
            return cellAt(m_above, lastRow(), cell.left, cell.right) != nullptr;
        });
        if (first.size() < 2 || !same) {
            return false;
        }
        if (const HeaderColumn* ordinal = columnOf(ColumnKind::ordinal);
            ordinal && isEachRowNumbered(*ordinal)) {
            return textAt(m_above, lastRow(), *ordinal).empty() || textAt(m_below, 0, *ordinal).empty();
        }
        return isTextCut();
    }

    [[nodiscard]] bool isEachRowNumbered(const HeaderColumn& ordinal) const {
        const auto numbered = [&](const PaperTable& table, std::size_t from, std::size_t to) {
            for (std::size_t row = from; row < to; ++row) {
                const PaperCell* cell = cellAt(table, row, ordinal.left, ordinal.right);
                if (cell != nullptr && (cell->rows > 1 || ledger::trim(cell->text).empty())) {
                    return false;
                }
            }
            return true;
        };
        return numbered(m_above, *headerOf(m_above, m_above.rowCount) + 1, lastRow()) &&
               numbered(m_below, 1, m_below.rowCount == 0 ? 0 : m_below.rowCount - 1);
    }

    // Without a number in each row the sentence tells, and a person has to look.
    bool isTextCut() {
        const HeaderColumn* content = nullptr;
        bool both = false;
        for (const HeaderColumn& column : m_columns) {
            const bool text = column.kind == ColumnKind::content || column.kind == ColumnKind::task ||
                              (content == nullptr && column.kind == ColumnKind::item);
            const bool duty =
                column.kind && (*column.kind == ColumnKind::deadline || isUnitColumn(*column.kind));
            content = text ? &column : content;
            both = both || (duty && !textAt(m_above, lastRow(), column).empty() &&
                            !textAt(m_below, 0, column).empty());
        }
        const bool open = content != nullptr && !endsASentence(textAt(m_above, lastRow(), *content));
        const bool cut = open && !both && !textAt(m_below, 0, *content).empty();
        if (cut) {
            doubt("a page break was taken to be inside this row");
        } else if (open && both) {
            doubt("a page break stands before this row: it may belong to the row above");
        }
        return cut;
    }

    // A merged cell over a page break has its text on one of the pages.
    void settleItem(const HeaderColumn& column) {
        if (column.kind != ColumnKind::item && column.kind != ColumnKind::section &&
            column.kind != ColumnKind::task) {
            return;
        }
        PaperCell* above = cellAt(m_above, lastRow(), column.left, column.right);
        const PaperCell* below = cellAt(m_below, 0, column.left, column.right);
        if (above == nullptr || below == nullptr || ledger::trim(below->text).empty()) {
            return;
        }
        if (ledger::trim(above->text).empty()) {
            // An empty cell at a page's beginning goes on with the item above.
            if (above->row > m_above.lastPageRow) {
                above->text = below->text;
                doubt("the item of the row before a page break was taken from behind it");
            }
        } else if (above->isFull && (above->rows > 1 || below->rows > 1) && above->text != below->text) {
            doubt("the item before a page break may go on behind it");
        }
    }

    PaperTable& m_above;
    PaperTable& m_below;
    std::vector<HeaderColumn> m_columns;
};

// The column that a cell stands in: the first of those that it covers, else the one it has most of.
std::size_t columnFor(const PaperCell& cell, const std::vector<HeaderColumn>& columns) {
    std::size_t best = 0;
    double most = 0;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const double overlap = std::min(cell.right, columns[i].right) - std::max(cell.left, columns[i].left);
        if (overlap >= 0.8 * (columns[i].right - columns[i].left)) {
            return i;
        }
        if (overlap > most) {
            most = overlap;
            best = i;
        }
    }
    return best;
}

// The columns of a row without a header: its own cells.
std::vector<HeaderColumn> ownColumns(const PaperTable& table, std::size_t row) {
    std::vector<HeaderColumn> columns;
    for (const PaperCell& cell : table.cells) {
        if (cell.row <= row && row < cell.row + cell.rows) {
            columns.push_back({cell.left, cell.right, std::nullopt});
        }
    }
    std::sort(columns.begin(), columns.end(), [](auto& a, auto& b) { return a.left < b.left; });
    return columns;
}

}  // namespace

bool PaperTable::hasHeader() const {
    return headerOf(*this, rowCount).has_value();
}

bool PaperTable::goOn(PaperTable next) {
    const auto header = headerOf(*this, rowCount);
    if (!header || std::abs(left - next.left) > kSame || std::abs(right - next.right) > kSame) {
        return false;
    }
    if (const auto again = headerOf(next, kRepeatedRowsMax)) {
        if (textsIn(next, *again) != textsIn(*this, *header)) {
            return false;
        }
        const bool second =
            *again + 1 < next.rowCount && textsIn(next, *again + 1) == textsIn(*this, *header + 1);
        dropRows(next, *again + (second ? 2 : 1));
    }
    if (next.rowCount == 0) {
        return true;
    }
    PageBreak(*this, next).join();
    lastPageRow = rowCount - next.rowCount;
    return true;
}

std::vector<GridRow> PaperTable::rows() {
    std::vector<GridRow> list;
    std::vector<HeaderColumn> columns;
    for (std::size_t row = 0; row < rowCount; ++row) {
        if (isHeader(*this, row)) {
            columns = columnsOf(*this, row);
        }
        const auto own = columns.empty() ? ownColumns(*this, row) : columns;
        GridRow out{0, std::vector<Text>(own.size()), std::vector<bool>(own.size(), false)};
        for (const PaperCell& cell : cells) {
            if (row < cell.row || row >= cell.row + cell.rows || cell.text.empty()) {
                continue;
            }
            const std::size_t column = columnFor(cell, own);
            if (!out.cells[column].empty()) {
                doubts.push_back({row, "two cells stand below one heading"});
                out.cells[column] += u"\n";
            }
            out.cells[column] += cell.text;
            out.continued[column] = cell.row != row;
        }
        list.push_back(std::move(out));
    }
    return list;
}

}  // namespace hezhang::documents
