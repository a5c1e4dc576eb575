// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/documents/text_import_layout.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "src/documents/text_import_headings.h"
#include "src/documents/text_import_words.h"
#include "src/ledger/chinese_text.h"

namespace hezhang::documents {

namespace {

using Text = std::u16string;
using View = std::u16string_view;
using Lines = std::vector<SourceLine>;

constexpr int kTabWidth = 8;
constexpr std::size_t kHeaderLinesMax = 3;
constexpr std::size_t kCellsPerLineMin = 2;
constexpr int kIndentMin = 4;

// A text on a line and where it stands, in display cells [begin, end).
struct Field {
    Text text;
    int begin = 0;
    int end = 0;
};

// How far a character moves on from place `at`.
int advance(char16_t c, int at) {
    if (c == u'\t') {
        return kTabWidth - at % kTabWidth;
    }
    if (ledger::isBlank(c)) {
        return c == 0x3000 ? 2 : 1;
    }
    return displayWidth(View(&c, 1));
}

// For each place of a line which character stands there, counted from 1; 0 is a blank.
using Places = std::vector<int>;

Places placesOf(View line) {
    Places places;
    int number = 0;
    for (const char16_t c : line) {
        const auto width = static_cast<std::size_t>(advance(c, static_cast<int>(places.size())));
        places.insert(places.end(), width, ledger::isBlank(c) ? 0 : ++number);
    }
    return places;
}

// Texts parted by two blanks or more; a quote or a Latin letter counts one cell, a Chinese character two.
std::vector<Field> fieldsOf(View line) {
    std::vector<Field> fields;
    int at = 0;
    int blanks = 2;
    for (const char16_t c : line) {
        if (ledger::isBlank(c)) {
            blanks += c == u'\t' ? 2 : 1;
            at += advance(c, at);
            continue;
        }
        if (blanks >= 2) {
            fields.push_back({{}, at, at});
        } else if (blanks == 1) {
            fields.back().text += u' ';
        }
        fields.back().text += c;
        at += advance(c, at);
        fields.back().end = at;
        blanks = 0;
    }
    return fields;
}

bool overlaps(const Field& a, const Field& b) {
    return a.begin < b.end && b.begin < a.end;
}

// Names that stand under each other in the header's lines are one name.
std::vector<Field> stacked(const Lines& lines, std::size_t first, std::size_t count) {
    std::vector<Field> names;
    for (std::size_t i = first; i < first + count; ++i) {
        for (const auto& field : fieldsOf(lines[i].text)) {
            const auto above =
                std::find_if(names.begin(), names.end(), [&](auto& name) { return overlaps(name, field); });
            if (above == names.end()) {
                names.push_back(field);
                continue;
            }
            above->text += field.text;
            above->begin = std::min(above->begin, field.begin);
            above->end = std::max(above->end, field.end);
        }
    }
    std::sort(names.begin(), names.end(), [](auto& a, auto& b) { return a.begin < b.begin; });
    return names;
}

struct Header {
    std::size_t first = 0;  // lines [first, end)
    std::size_t end = 0;
    std::vector<Field> names;
    std::vector<Column> columns;
};

std::optional<Header> headerAt(const Lines& lines, std::size_t at) {
    if (fieldsOf(lines[at].text).size() < kCellsPerLineMin) {
        return std::nullopt;
    }
    for (std::size_t count = 1; count <= kHeaderLinesMax && at + count <= lines.size(); ++count) {
        Header header{at, at + count, stacked(lines, at, count), {}};
        if (header.names.size() < kHeaderNamesMin) {
            continue;
        }
        for (const auto& name : header.names) {
            const auto kind = columnNamed(name.text);
            if (kind) {
                header.columns.push_back({*kind, name.text});
            }
        }
        if (header.columns.size() == header.names.size() && isTaskTable(header.columns)) {
            return header;
        }
    }
    return std::nullopt;
}

// A line of the table, its texts given to columns.
struct TableLine {
    int number = 0;
    bool blankBefore = false;
    bool beginsPage = false;  // the header was printed again right above
    Text title;               // of a section, then no cells
    std::vector<Text> cells;
};

class LayoutReader {
public:
    LayoutReader(const Lines& lines, Header header) : m_lines(lines), m_header(std::move(header)) {
        m_grid.columns = m_header.columns;
        settleColumns(m_grid.columns);
        for (std::size_t c = 0; c < m_grid.columns.size(); ++c) {
            if (m_grid.columns[c].kind == ColumnKind::ordinal) {
                m_ordinal = c;
            }
            if (m_grid.columns[c].kind == ColumnKind::content) {
                m_content = c;
            }
        }
    }

    // Most lines hold several cells, or one that does not begin at the left edge.
    [[nodiscard]] bool isSideBySide() const {
        std::size_t texts = 0;
        std::size_t several = 0;
        for (std::size_t i = m_header.end; i < m_lines.size(); ++i) {
            const auto fields = fieldsOf(m_lines[i].text);
            texts += fields.empty() ? 0 : 1;
            const bool isIndented = !fields.empty() && fields.front().begin >= kIndentMin;
            several += fields.size() >= kCellsPerLineMin || isIndented ? 1 : 0;
        }
        return several * 2 > texts;
    }

    Grid read() {
        findEdges();
        readLines();
        cutRows();
        return std::move(m_grid);
    }

private:
    // Between the middles of two names, where the fewest texts run across and, of these places, where most
    // begin.
    void findEdges() {
        std::vector<Places> lines;
        for (std::size_t i = m_header.first; i < m_lines.size(); ++i) {
            if (fieldsOf(m_lines[i].text).size() >= kCellsPerLineMin) {
                lines.push_back(placesOf(m_lines[i].text));
            }
        }
        for (std::size_t c = 0; c + 1 < m_header.names.size(); ++c) {
            m_edges.push_back(edgeBetween(m_header.names[c], m_header.names[c + 1], lines));
        }
    }

    static int edgeBetween(const Field& left, const Field& right, const std::vector<Places>& lines) {
        const int from = (left.begin + left.end) / 2 + 1;
        const int to = std::max(from, (right.begin + right.end) / 2);
        int best = from;
        int least = std::numeric_limits<int>::max();
        for (int x = from; x <= to; ++x) {
            int cost = 0;
            for (const auto& line : lines) {
                cost += edgeCost(line, x);
            }
            if (cost > least) {
                continue;
            }
            least = cost;
            best = x;
        }
        return best;
    }

    static int edgeCost(const Places& line, int x) {
        const auto at = [&](int place) {
            return place < static_cast<int>(line.size()) ? line[static_cast<std::size_t>(place)] : 0;
        };
        if (at(x) == 0) {
            return 0;
        }
        if (at(x - 1) == 0) {
            return -1;  // a text begins here
        }
        return at(x) == at(x - 1) ? 20 : 10;
    }

    [[nodiscard]] std::size_t columnAt(int x) const {
        return static_cast<std::size_t>(std::upper_bound(m_edges.begin(), m_edges.end(), x) -
                                        m_edges.begin());
    }

    void readLines() {
        bool blank = false;
        bool newPage = false;
        for (std::size_t i = m_header.end; i < m_lines.size(); ++i) {
            const Text& text = m_lines[i].text;
            const auto fields = fieldsOf(text);
            if (fields.empty()) {
                blank = true;
            }
            if (fields.empty() || isPageNumber(text)) {
                continue;
            }
            if (const auto again = headerAt(m_lines, i);
                again && again->names.front().text == m_header.names.front().text) {
                i = again->end - 1;
                newPage = true;
                continue;
            }
            m_table.push_back(lineOf(m_lines[i], blank, fields));
            m_table.back().beginsPage = std::exchange(newPage, false);
            if (m_content) {
                m_contentWidth = std::max(m_contentWidth, displayWidth(m_table.back().cells[*m_content]));
            }
            blank = false;
        }
    }

    [[nodiscard]] TableLine lineOf(const SourceLine& source, bool blank,
                                   const std::vector<Field>& fields) const {
        TableLine line{source.number, blank, false, {}, std::vector<Text>(m_grid.columns.size())};
        const auto numbered = numberedLine(fields.front().text);
        if (fields.size() == 1 && numbered && numbered->level == 1 && looksLikeTitle(numbered->rest)) {
            line.title = fields.front().text;
            return line;
        }
        place(source.text, line.cells);
        return line;
    }

    // Each character goes to the column it begins in.
    void place(View text, std::vector<Text>& cells) const {
        int at = 0;
        std::optional<std::size_t> last;
        bool blank = false;
        for (const char16_t c : text) {
            const int width = advance(c, at);
            if (!ledger::isBlank(c)) {
                const std::size_t column = columnAt(at);
                if (blank && last == column) {
                    cells[column] += u' ';
                }
                cells[column] += c;
                last = column;
            }
            blank = ledger::isBlank(c);
            at += width;
        }
    }

    void cutRows() {
        for (std::size_t begin = 0; begin < m_table.size();) {
            if (!m_table[begin].title.empty()) {
                m_grid.rows.push_back({m_table[begin].number, {m_table[begin].title}});
                ++begin;
                continue;
            }
            std::size_t end = begin;
            while (end < m_table.size() && m_table[end].title.empty()) {
                ++end;
            }
            cutRun(begin, end);
            begin = end;
        }
    }

    // The rows between two titles.
    void cutRun(std::size_t begin, std::size_t end) {
        std::vector<std::size_t> numbers;
        for (std::size_t i = begin; i < end; ++i) {
            if (m_ordinal && ordinalIn(m_table[i].cells[*m_ordinal])) {
                numbers.push_back(i);
            }
        }
        if (numbers.empty()) {
            cutAtBlankLines(begin, end);
            return;
        }
        const bool centred = isCentred(begin, numbers.front());
        std::size_t from = begin;
        for (std::size_t n = 1; n < numbers.size(); ++n) {
            const std::size_t to = centred ? bestCut(numbers[n - 1] + 1, numbers[n]) : numbers[n];
            addRow(from, to);
            from = to;
        }
        addRow(from, end);
    }

    // Text above the first number: numbers stand in the middle of their rows.
    [[nodiscard]] bool isCentred(std::size_t begin, std::size_t first) const { return first > begin; }

    [[nodiscard]] std::size_t bestCut(std::size_t from, std::size_t to) const {
        std::size_t best = to;
        double most = std::numeric_limits<double>::lowest();
        for (std::size_t i = from; i <= to; ++i) {
            const double score = cutScore(i) - 0.01 * static_cast<double>(to - i);
            if (score <= most) {
                continue;
            }
            most = score;
            best = i;
        }
        return best;
    }

    [[nodiscard]] double cutScore(std::size_t at) const {
        double score = m_table[at].blankBefore ? 3 : 0;
        for (std::size_t c = 0; c < m_grid.columns.size(); ++c) {
            const bool runsOn = !m_table[at - 1].cells[c].empty() && !m_table[at].cells[c].empty();
            if (c != m_content && runsOn) {
                score -= 1;
            }
        }
        if (!m_content) {
            return score;
        }
        const Text& above = m_table[at - 1].cells[*m_content];
        const Text& below = m_table[at].cells[*m_content];
        if (!above.empty() && View(u"。；！").find(above.back()) != View::npos) {
            score += 2;
        }
        if (!below.empty() && !above.empty() && displayWidth(above) + 6 < m_contentWidth) {
            score += 1;
        }
        return score;
    }

    void cutAtBlankLines(std::size_t begin, std::size_t end) {
        std::size_t from = begin;
        const bool blanks = std::any_of(
            m_table.begin() + static_cast<std::ptrdiff_t>(begin) + (begin < end ? 1 : 0),
            m_table.begin() + static_cast<std::ptrdiff_t>(end), [](auto& line) { return line.blankBefore; });
        for (std::size_t i = begin + 1; i <= end; ++i) {
            if (i < end && blanks && !m_table[i].blankBefore) {
                continue;
            }
            addRow(from, i);
            from = i;
        }
    }

    void addRow(std::size_t begin, std::size_t end) {
        GridRow row{m_table[begin].number, std::vector<Text>(m_grid.columns.size())};
        for (std::size_t i = begin; i < end; ++i) {
            for (std::size_t c = 0; c < row.cells.size(); ++c) {
                // A cell that spans the page break is printed again on the new page.
                const bool isRepeated = m_table[i].beginsPage && m_table[i].cells[c] == row.cells[c];
                if (m_table[i].cells[c].empty() || isRepeated) {
                    continue;
                }
                if (!row.cells[c].empty()) {
                    row.cells[c] += u'\n';
                }
                row.cells[c] += m_table[i].cells[c];
            }
        }
        m_grid.rows.push_back(std::move(row));
    }

    const Lines& m_lines;
    Header m_header;
    Grid m_grid;
    std::optional<std::size_t> m_ordinal;
    std::optional<std::size_t> m_content;
    std::vector<int> m_edges;
    int m_contentWidth = 0;
    std::vector<TableLine> m_table;
};

}  // namespace

std::optional<FoundGrid> findLayoutTable(const Lines& lines) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
        auto header = headerAt(lines, i);
        if (!header) {
            continue;
        }
        LayoutReader reader(lines, *std::move(header));
        if (reader.isSideBySide()) {
            return FoundGrid{reader.read(), i};
        }
    }
    return std::nullopt;
}

}  // namespace hezhang::documents
