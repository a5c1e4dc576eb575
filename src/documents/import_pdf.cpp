// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/documents/import_pdf.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <optional>

#include "src/documents/import_lines.h"
#include "src/documents/pdf_strips.h"
#include "src/documents/pdf_table.h"
#include "src/documents/text_import_headings.h"
#include "src/documents/text_import_words.h"
#include "src/ledger/chinese_text.h"

namespace hezhang::documents {

namespace {

using Text = std::u16string;
using Pages = std::vector<PdfPage>;

constexpr double kMarginShare = 0.12;   // of a page's height: where headers and footers stand
constexpr std::size_t kRepeatsMin = 3;  // pages that print a line before it is the page's, not the text's
constexpr double kParagraphGap = 1.2;   // line heights

// --- headers and footers -----------------------------------------------------------------------

bool isInMargin(const TextLine& line, const PdfPage& page) {
    return line.box.bottom() < kMarginShare * page.height || line.box.y > (1 - kMarginShare) * page.height;
}

// The texts that most pages print at their edges.
std::map<Text, std::size_t> marginTexts(const Pages& pages) {
    std::map<Text, std::size_t> texts;
    for (const PdfPage& page : pages) {
        for (const TextLine& line : linesFrom(page.runs)) {
            if (isInMargin(line, page)) {
                ++texts[ledger::withoutBlanks(textOf(line))];
            }
        }
    }
    std::erase_if(
        texts, [&](const auto& text) { return text.second < kRepeatsMin || text.second * 2 < pages.size(); });
    return texts;
}

bool isBareNumber(const Text& text) {
    return text.size() <= 4 && std::all_of(text.begin(), text.end(), ledger::isDigit);
}

// The lines of a page outside its tables, without headers and footers.
std::vector<TextLine> linesOf(const PdfPage& page, const std::map<Text, std::size_t>& repeated) {
    std::vector<TextLine> lines = linesFrom(page.runs);
    std::erase_if(lines, [&](const TextLine& line) {
        const Text text = ledger::withoutBlanks(textOf(line));
        return isInMargin(line, page) &&
               (isPageNumber(text) || isBareNumber(text) || repeated.contains(text));
    });
    return lines;
}

// --- pages with ruled tables -------------------------------------------------------------------

// The document's lines and rows in their order, as of a Word file.
class RuledDocument {
public:
    explicit RuledDocument(Pages pages) : m_pages(std::move(pages)) {
        for (PdfPage& page : m_pages) {
            m_tables.push_back(takeTables(page));
        }
    }

    // Nothing where no ruled table is one of tasks.
    std::optional<Result<ImportedDocument>> read(const ImportOptions& options) {
        const auto repeated = marginTexts(m_pages);
        for (std::size_t i = 0; i < m_pages.size(); ++i) {
            addPage(linesOf(m_pages[i], repeated), m_tables[i]);
        }
        closeTable();
        const auto found = gridFromRows(m_rows);
        if (!found) {
            return std::nullopt;
        }
        RawTable table = tasksFromGrid(found->grid);
        table.warnings.insert(table.warnings.end(), m_doubts.begin(), m_doubts.end());
        Surroundings around;
        const int header = m_rows[found->header].line;
        const auto lines = allLines();
        for (const auto& line : lines) {
            if (line.number < header) {
                around.before.push_back(line);  // a row above the names too: the title may stand in the table
            }
        }
        std::copy_if(m_lines.begin(), m_lines.end(), std::back_inserter(around.after),
                     [&](const SourceLine& line) { return line.number >= header; });
        return withSource(importTable(std::move(table), around, options), lines);
    }

private:
    void addPage(const std::vector<TextLine>& lines, std::vector<PaperTable>& tables) {
        auto table = tables.begin();
        for (const TextLine& line : lines) {
            for (; table != tables.end() && table->top < line.box.y; ++table) {
                addTable(std::move(*table));
            }
            addLine(textOf(line));
        }
        for (; table != tables.end(); ++table) {
            addTable(std::move(*table));
        }
    }

    // Between two tables a numbered title begins a section; all else stays text.
    void addLine(const Text& text) {
        static const ledger::Pattern goesOn(u"[（(]?续(?:上)?表\\d*[）)]?");
        if (m_open && goesOn.isWhole(ledger::withoutBlanks(text))) {
            return;
        }
        closeTable();
        m_lines.push_back({++m_number, text});
        const auto numbered = numberedLine(text);
        if (numbered && numbered->level == 1 && looksLikeTitle(numbered->rest)) {
            m_rows.push_back({m_number, {Text(ledger::trim(text))}});
        } else if (titlesATable(text)) {
            m_rows.push_back({m_number, {Text(ledger::trim(text))}});
            m_rows.back().isTableTitle = true;
        }
    }

    void addTable(PaperTable table) {
        if (m_open && m_open->goOn(table)) {
            return;
        }
        closeTable();
        m_open = std::move(table);
    }

    void closeTable() {
        if (!m_open) {
            return;
        }
        const bool isTasks = m_open->hasHeader();
        const int first = m_number + 1;
        for (GridRow& row : m_open->rows()) {
            row.line = ++m_number;
            m_tableLines.push_back(lineOf(row));
            if (isTasks) {
                m_rows.push_back(std::move(row));
            }
        }
        for (const TableDoubt& doubt : m_open->doubts) {
            m_doubts.push_back({first + static_cast<int>(doubt.row), doubt.text});
        }
        if (!isTasks && m_hasTasks) {
            m_doubts.push_back({first, "a table without the headings of tasks is left out"});
        }
        m_hasTasks = m_hasTasks || isTasks;
        m_open.reset();
    }

    static SourceLine lineOf(const GridRow& row) {
        Text line;
        for (std::size_t i = 0; i < row.cells.size(); ++i) {
            if (!row.cells[i].empty() && !row.continued[i]) {
                line += (line.empty() ? u"" : u"\t") + joinCell(row.cells[i], ColumnKind::content);
            }
        }
        return {row.line, line};
    }

    [[nodiscard]] std::vector<SourceLine> allLines() const {
        std::vector<SourceLine> lines = m_lines;
        lines.insert(lines.end(), m_tableLines.begin(), m_tableLines.end());
        std::stable_sort(lines.begin(), lines.end(), [](auto& a, auto& b) { return a.number < b.number; });
        return lines;
    }

    Pages m_pages;
    std::vector<std::vector<PaperTable>> m_tables;
    int m_number = 0;
    std::optional<PaperTable> m_open;
    bool m_hasTasks = false;
    std::vector<SourceLine> m_lines;
    std::vector<SourceLine> m_tableLines;
    std::vector<GridRow> m_rows;
    std::vector<ImportWarning> m_doubts;
};

// --- pages as text -----------------------------------------------------------------------------

// A line as it looks: texts that stand apart are parted by two blanks or more.
Text laidOut(const TextLine& line, double left, double cell) {
    Text text;
    int at = 0;
    double end = left;
    for (const TextRun& run : line.runs) {
        const bool apart = run.box.x - end > 2 * cell;
        const int place = static_cast<int>(std::lround((run.box.x - left) / cell));
        const int blanks = apart                    ? std::max(place - at, text.empty() ? 0 : 2)
                           : run.box.x - end > cell ? 1
                                                    : 0;
        text.append(static_cast<std::size_t>(blanks), u' ');
        text += run.text;
        at += blanks + displayWidth(run.text);
        end = run.box.right();
    }
    return text;
}

// Half a letter, in points.
double cellWidth(const std::vector<TextLine>& lines) {
    std::vector<double> widths;
    for (const TextLine& line : lines) {
        for (const TextRun& run : line.runs) {
            if (const int width = displayWidth(run.text); width >= 4) {
                widths.push_back(run.box.width / width);
            }
        }
    }
    if (widths.empty()) {
        return 5;
    }
    const auto middle = widths.begin() + static_cast<std::ptrdiff_t>(widths.size() / 2);
    std::nth_element(widths.begin(), middle, widths.end());
    return std::clamp(*middle, 2.0, 30.0);
}

std::vector<SourceLine> textOfPages(const Pages& pages) {
    const auto repeated = marginTexts(pages);
    std::vector<SourceLine> text;
    for (const PdfPage& page : pages) {
        const auto lines = linesOf(page, repeated);
        const double cell = cellWidth(lines);
        double left = page.width;
        for (const TextLine& line : lines) {
            left = std::min(left, line.box.x);
        }
        for (std::size_t i = 0; i < lines.size(); ++i) {
            const int number = static_cast<int>(text.size()) + 1;
            const PaperBox& box = lines[i].box;
            if (i > 0 && box.y - lines[i - 1].box.bottom() > kParagraphGap * box.height) {
                text.push_back({number, {}});
            }
            text.push_back(
                {static_cast<int>(text.size()) + 1, laidOut(lines[i], left, cell), i == 0 && !text.empty()});
        }
    }
    return text;
}

// True if a line names columns of tasks: then the rows below it were found by their places alone.
bool namesColumns(const std::vector<SourceLine>& lines) {
    return findHeader(wordsOf(lines)).has_value();
}

// True if the file does not say which letter a drawn one is.
bool hasUnknownLetter(const PdfPage& page) {
    return std::any_of(page.runs.begin(), page.runs.end(), [](const TextRun& run) {
        return std::any_of(run.text.begin(), run.text.end(),
                           [](char16_t c) { return c < u' ' || c >= 0xFFFD || (c >= 0xE000 && c < 0xF900); });
    });
}

std::vector<ImportWarning> unreadablePages(const Pages& pages) {
    std::vector<ImportWarning> warnings;
    for (std::size_t i = 0; i < pages.size(); ++i) {
        if (pages[i].runs.empty() && pages[i].isDrawnOn) {
            warnings.push_back({0, "page " + std::to_string(i + 1) +
                                       " is a picture without text: what stands on it was not read"});
        }
        if (hasUnknownLetter(pages[i])) {
            warnings.push_back({0, "page " + std::to_string(i + 1) +
                                       " shows letters that the file has no text for: compare it"});
        }
    }
    return warnings;
}

}  // namespace

Result<ImportedDocument> importPages(const Pages& pages, const ImportOptions& options) {
    if (std::all_of(pages.begin(), pages.end(), [](const PdfPage& page) { return page.runs.empty(); })) {
        return fail(ErrorCode::noTasks,
                    "the PDF holds pictures of pages without text, as a scanner makes them");
    }
    const auto joined = joinStrips(pages);
    auto document = RuledDocument(joined.value_or(pages)).read(options);
    if (joined && document && *document) {
        (*document)->warnings.push_back(
            {0, "the table is wider than its page: its columns were put together from " +
                    std::to_string(pages.size() / joined->size()) + " pages side by side, compare each row"});
    }
    if (!document && standsOnSeveralPages(pages)) {
        return fail(
            ErrorCode::noTasks,
            "the columns of the table stand on several pages; print it fitted to the width of one page");
    }
    if (!document) {
        const auto lines = textOfPages(pages);
        document = withSource(importLines(lines, options), lines);
        if (*document && namesColumns(lines)) {
            (*document)->warnings.push_back(
                {0, "the table has no drawn lines: its rows were found by their places, compare each"});
        }
    }
    if (*document) {
        const auto unread = unreadablePages(pages);
        (*document)->warnings.insert((*document)->warnings.begin(), unread.begin(), unread.end());
    }
    return *std::move(document);
}

Result<ImportedDocument> importPdf(const std::string& file, const ImportOptions& options,
                                   const Progress& progress) {
    HZ_TRY(const Pages pages, readPdf(file, progress));
    return importPages(pages, options);
}

}  // namespace hezhang::documents
