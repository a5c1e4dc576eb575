// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <cerrno>

#include "src/documents/form_writers.h"
#include "src/ledger/files.h"

namespace hezhang::documents {

namespace {

constexpr std::size_t kFileBytesMax = std::size_t{1} << 30;
// Of Excel itself, in UTF-16 units; what it would refuse is cut with a word.
constexpr std::size_t kCellUnitsMax = 32'767;
constexpr std::string_view kCutMark = "……（未完，全文见 Word 版或明细）";
constexpr double kRowHeightMax = 409;
constexpr double kRowPadding = 6;
constexpr int kRowLinesMax = 12;
constexpr double kWidthOfPage = 180;  // Latin characters, fitted to one page wide
constexpr double kWidthMin = 8;

// A row is at most 409 points high, and what does not fit in it is not printed: a longer progress text goes
// on in rows below, beside which the other cells are merged.
class TallRows {
public:
    TallRows(const PrintedTable& table, int linesMax) : m_linesMax(linesMax) {
        m_split.name = table.name;
        m_split.columns = table.columns;
        m_tops.assign(table.columns.size(), 0);
    }
    // `widths`: how many characters each column takes.
    PrintedTable split(const PrintedTable& table, const std::vector<double>& widths) {
        for (const PrintedRow& row : table.rows) {
            std::vector<std::vector<std::string>> parts;
            std::size_t rows = 1;
            for (std::size_t i = 0; i < row.cells.size(); ++i) {
                parts.push_back(partsOf(row.cells[i].text, table.columns[i].field, widths[i]));
                rows = std::max(rows, parts.back().size());
            }
            add(row, parts, rows);
        }
        return std::move(m_split);
    }

private:
    [[nodiscard]] std::vector<std::string> partsOf(const std::string& text, FormField field,
                                                   double width) const {
        std::vector<std::string> parts{""};
        const bool isProgress = field == FormField::progress || field == FormField::ownProgress;
        if (!isProgress || linesTaken(text, width) <= m_linesMax) {
            return {text};
        }
        for (std::size_t from = 0; from <= text.size();) {
            const std::size_t end = std::min(text.find('\n', from), text.size());
            const std::string line = text.substr(from, end - from);
            const std::string longer = parts.back() + (parts.back().empty() ? "" : "\n") + line;
            if (!parts.back().empty() && linesTaken(longer, width) > m_linesMax) {
                parts.push_back(line);
            } else {
                parts.back() = longer;
            }
            from = end + 1;
        }
        return parts;
    }
    void add(const PrintedRow& row, const std::vector<std::vector<std::string>>& parts, std::size_t rows) {
        const std::size_t first = m_split.rows.size();
        for (std::size_t part = 0; part < rows; ++part) {
            m_split.rows.push_back(row);
            for (std::size_t i = 0; i < row.cells.size(); ++i) {
                PrintedCell& cell = m_split.rows.back().cells[i];
                if (parts[i].size() > 1) {
                    cell.text = part < parts[i].size() ? parts[i][part] : "";
                } else if (part > 0) {
                    cell.rowSpan = 0;
                    ++m_split.rows[m_tops[i]].cells[i].rowSpan;
                } else if (cell.rowSpan > 0) {
                    m_tops[i] = first;
                }
            }
        }
    }

    int m_linesMax;
    PrintedTable m_split;
    std::vector<std::size_t> m_tops;  // the row of each column's cell that goes on
};

// What stands before the first unit too many.
std::string cutTo(std::string_view text, std::size_t unitsMax) {
    std::size_t units = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto byte = static_cast<unsigned char>(text[at]);
        units += (byte & 0xc0) == 0x80 ? 0 : byte >= 0xf0 ? 2 : 1;
        if (units > unitsMax) {
            return std::string(text.substr(0, at));
        }
    }
    return std::string(text);
}

std::string fitting(const std::string& text) {
    const std::string whole = cutTo(text, kCellUnitsMax);
    return whole.size() == text.size() ? whole
                                       : cutTo(text, kCellUnitsMax - kCutMark.size()) + std::string(kCutMark);
}

struct CellFormats {
    lxw_format* text = nullptr;
    lxw_format* number = nullptr;
    lxw_format* date = nullptr;
};

class Workbook {
public:
    Workbook(const PrintedForm& form, const std::string& path)
        : m_form(form), m_book(workbook_new(path.c_str())) {
        // The library would write the time of this moment.
        lxw_doc_properties properties{};
        properties.created = 946'684'800;  // 1 January 2000
        workbook_set_properties(m_book, &properties);
        m_title = format(form.fonts.title, LXW_ALIGN_CENTER);
        m_head = format(form.fonts.head, LXW_ALIGN_LEFT);
        m_heading = bordered(format(form.fonts.heading, LXW_ALIGN_CENTER));
        m_section = bordered(format(form.fonts.section, LXW_ALIGN_LEFT));
    }

    void write() {
        for (std::size_t i = 0; i < m_form.tables.size(); ++i) {
            addSheet(m_form.tables[i], i == 0);
        }
    }
    // libxlsxwriter's verdict on the whole.
    [[nodiscard]] lxw_error close() { return workbook_close(m_book); }

private:
    lxw_format* format(const FormFont& font, std::uint8_t align) {
        lxw_format* made = workbook_add_format(m_book);
        format_set_font_name(made, font.name.c_str());
        format_set_font_size(made, font.halfPoints / 2.0);
        format_set_align(made, align);
        format_set_align(made, LXW_ALIGN_VERTICAL_CENTER);
        format_set_text_wrap(made);
        return made;
    }
    static lxw_format* bordered(lxw_format* made) {
        format_set_border(made, LXW_BORDER_THIN);
        return made;
    }
    // A cell that goes on over pages is read from its top.
    void makeBodyFormats(bool isTop) {
        for (const Align align : {Align::left, Align::center, Align::right}) {
            CellFormats& formats = m_body[static_cast<std::size_t>(align)];
            formats = {bodyFormat(align, nullptr), bodyFormat(align, "0"), bodyFormat(align, "yyyy-mm-dd")};
            for (lxw_format* made : {formats.text, formats.number, formats.date}) {
                format_set_align(made, isTop ? LXW_ALIGN_VERTICAL_TOP : LXW_ALIGN_VERTICAL_CENTER);
            }
        }
    }
    lxw_format* bodyFormat(Align align, const char* numberFormat) {
        static constexpr lxw_format_alignments kAligns[] = {LXW_ALIGN_LEFT, LXW_ALIGN_CENTER,
                                                            LXW_ALIGN_RIGHT};
        lxw_format* made = bordered(format(m_form.fonts.body, kAligns[static_cast<std::size_t>(align)]));
        if (numberFormat != nullptr) {
            format_set_num_format(made, numberFormat);
        }
        return made;
    }

    void addSheet(const PrintedTable& whole, bool isPrinted) {
        std::vector<double> widths;
        for (std::size_t i = 0; i < whole.columns.size(); ++i) {
            widths.push_back(textWidth(whole, i));
        }
        const PrintedTable table = TallRows(whole, kRowLinesMax).split(whole, widths);
        makeBodyFormats(table.rows.size() != whole.rows.size());
        m_share.assign(table.columns.size(), 1);
        m_sheet = workbook_add_worksheet(m_book, table.name.c_str());
        m_last = static_cast<lxw_col_t>(table.columns.size() - 1);
        m_row = 0;
        if (isPrinted) {
            addTop();
        }
        const lxw_row_t heading = m_row;
        addHeadings(table);
        for (const PrintedRow& row : table.rows) {
            row.cells.empty() ? addSection(row.section) : addRow(table, row);
        }
        addMerges(table, heading + 1);
        setUpPage(table, heading);
        if (isPrinted) {
            addFoot();
        }
    }

    void addMergedLine(const std::string& text, lxw_format* style, double height) {
        if (m_last > 0) {
            worksheet_merge_range(m_sheet, m_row, 0, m_row, m_last, "", style);
        }
        worksheet_write_string(m_sheet, m_row, 0, fitting(text).c_str(), style);
        worksheet_set_row(m_sheet, m_row++, height, nullptr);
    }
    void addTop() {
        addMergedLine(m_form.title, m_title, 36);
        std::string line;
        for (const PrintedHead& head : m_form.head) {
            line += (line.empty() ? "" : "　　　") + head.label + "：" +
                    (head.value.empty() ? "　　　　　　" : head.value);
        }
        if (!line.empty()) {
            addMergedLine(line, m_head, 24);
        }
    }
    void addHeadings(const PrintedTable& table) {
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            const auto column = static_cast<lxw_col_t>(i);
            worksheet_set_column(m_sheet, column, column, widthOf(table, i), nullptr);
            worksheet_write_string(m_sheet, m_row, column, table.columns[i].heading.c_str(), m_heading);
        }
        worksheet_set_row(m_sheet, m_row++, 24, nullptr);
    }
    void addSection(const std::string& title) { addMergedLine(title, m_section, 24); }

    void addRow(const PrintedTable& table, const PrintedRow& row) {
        int lines = 1;
        for (std::size_t i = 0; i < row.cells.size(); ++i) {
            const PrintedCell& cell = row.cells[i];
            put(m_row, static_cast<lxw_col_t>(i), cell, table.columns[i].align);
            if (cell.rowSpan > 0) {
                const int rows = static_cast<int>(cell.rowSpan);
                m_share[i] = (linesTaken(cell.text, textWidth(table, i)) + rows - 1) / rows;
            }
            lines = std::max(lines, m_share[i]);
        }
        // Office programs do not grow the rows of a file they did not write.
        worksheet_set_row(m_sheet, m_row++, std::min(kRowHeightMax, lines * lineHeight() + kRowPadding),
                          nullptr);
    }
    [[nodiscard]] double lineHeight() const { return m_form.fonts.body.halfPoints / 2.0 * 1.3; }
    void put(lxw_row_t row, lxw_col_t column, const PrintedCell& cell, Align align) {
        const CellFormats& formats = m_body[static_cast<std::size_t>(align)];
        if (cell.kind == CellKind::number) {
            worksheet_write_number(m_sheet, row, column, std::stod(cell.text), formats.number);
        } else if (cell.kind == CellKind::date) {
            lxw_datetime day{std::stoi(cell.text.substr(0, 4)),
                             std::stoi(cell.text.substr(5, 2)),
                             std::stoi(cell.text.substr(8, 2)),
                             0,
                             0,
                             0};
            worksheet_write_datetime(m_sheet, row, column, &day, formats.date);
        } else {
            worksheet_write_string(m_sheet, row, column, fitting(cell.text).c_str(), formats.text);
        }
    }
    // Each cell below a merged one keeps its text: a filter finds every row of it.
    void addMerges(const PrintedTable& table, lxw_row_t first) {
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            for (std::size_t row = 0; row < table.rows.size(); ++row) {
                const auto& cells = table.rows[row].cells;
                if (!cells.empty() && cells[i].rowSpan > 1) {
                    merge(cells[i], first + static_cast<lxw_row_t>(row), static_cast<lxw_col_t>(i),
                          table.columns[i].align);
                }
            }
        }
    }
    void merge(const PrintedCell& cell, lxw_row_t top, lxw_col_t column, Align align) {
        lxw_format* style = m_body[static_cast<std::size_t>(align)].text;
        const lxw_row_t bottom = top + static_cast<lxw_row_t>(cell.rowSpan) - 1;
        worksheet_merge_range(m_sheet, top, column, bottom, column, "", style);
        for (lxw_row_t row = top; row <= bottom; ++row) {
            put(row, column, cell, align);
        }
    }

    void setUpPage(const PrintedTable& table, lxw_row_t heading) {
        if (m_form.page.isLandscape) {
            worksheet_set_landscape(m_sheet);
        }
        worksheet_set_paper(m_sheet, 9);  // A4
        constexpr double kInch = 25.4;
        worksheet_set_margins(m_sheet, m_form.page.left / kInch, m_form.page.right / kInch,
                              m_form.page.top / kInch, m_form.page.bottom / kInch);
        worksheet_fit_to_pages(m_sheet, 1, 0);
        worksheet_center_horizontally(m_sheet);
        worksheet_set_footer(m_sheet, "&C第 &P 页 共 &N 页");
        worksheet_repeat_rows(m_sheet, heading, heading);
        worksheet_freeze_panes(m_sheet, heading + 1, 0);
        if (!table.rows.empty()) {
            worksheet_autofilter(m_sheet, heading, 0, m_row - 1, m_last);
        }
    }
    // Lines that an import knows for no tasks.
    void addFoot() {
        if (!m_form.seal.empty()) {
            addMergedLine("备注：" + m_form.seal + "　　　　　　　　　　　　年　　月　　日", m_head, 48);
        }
        if (!m_form.fingerprint.empty()) {
            addMergedLine("备注：校验码 " + grouped(m_form.fingerprint), m_head, 20);
        }
    }

    static double widthOf(const PrintedTable& table, std::size_t column) {
        return std::max(kWidthMin, table.columns[column].width * kWidthOfPage / 100);
    }
    // How many characters of the body's size: a column is measured in characters of 11 points.
    [[nodiscard]] double textWidth(const PrintedTable& table, std::size_t column) const {
        return widthOf(table, column) * 22 / m_form.fonts.body.halfPoints * 0.95;
    }

    const PrintedForm& m_form;
    lxw_workbook* m_book;
    lxw_format* m_title = nullptr;
    lxw_format* m_head = nullptr;
    lxw_format* m_heading = nullptr;
    lxw_format* m_section = nullptr;
    CellFormats m_body[3];
    lxw_worksheet* m_sheet = nullptr;
    std::vector<int> m_share;  // how many lines of each column's cell fall to each of its rows
    lxw_col_t m_last = 0;
    lxw_row_t m_row = 0;
};

// A file in memory: what the library writes stands on no disk before the whole is known to be good.
class MemoryFile {
public:
    MemoryFile() : m_descriptor(::memfd_create("workbook", MFD_CLOEXEC)) {}
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;
    ~MemoryFile() {
        if (m_descriptor >= 0) {
            ::close(m_descriptor);
        }
    }
    [[nodiscard]] bool isOpen() const { return m_descriptor >= 0; }
    [[nodiscard]] std::string path() const { return "/proc/self/fd/" + std::to_string(m_descriptor); }

private:
    int m_descriptor;
};

}  // namespace

Result<std::string> xlsxOf(const PrintedForm& form) {
    const MemoryFile file;
    if (!file.isOpen()) {
        return fail(ledger::errnoError(errno, ErrorCode::internal, "there is no memory for the workbook"));
    }
    Workbook book(form, file.path());
    book.write();
    errno = 0;
    if (const lxw_error error = book.close(); error != LXW_NO_ERROR) {
        const std::string what = std::string("the workbook cannot be made: ") + lxw_strerror(error);
        return fail(ledger::errnoError(errno == 0 ? EIO : errno, ErrorCode::fileUnwritable, what));
    }
    HZ_TRY(const Bytes bytes, ledger::readFile(file.path(), kFileBytesMax));
    return std::string(bytes.begin(), bytes.end());
}

}  // namespace hezhang::documents
