// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/documents/import_office.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "src/documents/import_lines.h"
#include "src/documents/import_package.h"
#include "src/documents/import_pdf.h"
#include "src/documents/text_import.h"
#include "src/documents/text_import_headings.h"
#include "src/ledger/chinese_text.h"

namespace hezhang::documents {

namespace {

using ledger::Pattern;
using pugi::xml_node;
using Text = std::u16string;

constexpr std::size_t kColumnsMax = 256;
constexpr std::size_t kRowsMax = 50'000;
constexpr int kRowNumberMax = 1'048'576;  // of Excel itself
constexpr std::uintmax_t kFileBytesMax = 20 << 20;

// Rows of cells as lines of text, for what is no table of tasks.
std::vector<SourceLine> linesOf(const std::vector<GridRow>& rows) {
    std::vector<SourceLine> lines;
    for (const auto& row : rows) {
        Text line;
        for (const auto& cell : row.cells) {
            const Text text = joinTextLines({cell});
            if (!text.empty()) {
                line += (line.empty() ? u"" : u"\t") + text;
            }
        }
        lines.push_back({row.line, line});
    }
    return lines;
}

// --- Word --------------------------------------------------------------------------------------

// The text of a run or of what holds runs; deleted text and field codes are left out.
void appendText(const xml_node& node, Text& text) {
    for (const auto& child : node.children()) {
        const auto name = localName(child);
        if (name == "t") {
            text += ledger::toUtf16(child.text().get());
        } else if (name == "tab") {
            text += u'\t';
        } else if (name == "br" || name == "cr") {
            text += u'\n';
        } else if (name == "noBreakHyphen") {
            text += u'-';
        } else if (name != "del" && name != "instrText" && name != "delText" && name != "Fallback" &&
                   name != "pPr" && name != "rPr" && name != "tbl") {
            appendText(child, text);
        }
    }
}

Text paragraphText(const xml_node& paragraph) {
    Text text;
    appendText(paragraph, text);
    return text;
}

Text cellText(const xml_node& cell) {
    Text text;
    for (const auto& child : cell.children()) {
        if (localName(child) != "p") {
            continue;
        }
        if (!text.empty()) {
            text += u'\n';
        }
        text += paragraphText(child);
    }
    return text;
}

int numberOr(std::string_view text, int otherwise) {
    const auto number = ledger::numberFrom(ledger::toUtf16(text));
    return number && !text.empty() ? *number : otherwise;
}

// A body's paragraphs and tables in their order.
class WordReader {
public:
    Result<ImportedDocument> read(const xml_node& body, const ImportOptions& options) {
        readBlocks(body);
        if (const auto found = gridFromRows(m_rows)) {
            Surroundings around;
            const int header = m_rows[found->header].line;
            for (const auto& line : m_lines) {
                (line.number < header ? around.before : around.after).push_back(line);
            }
            RawTable table = tasksFromGrid(found->grid);
            if (!table.tasks.empty()) {
                return withSource(importTable(std::move(table), around, options), allLines());
            }
        }
        return withSource(importLines(allLines(), options), allLines());
    }

private:
    void readBlocks(const xml_node& parent) {
        for (const auto& block : parent.children()) {
            const auto name = localName(block);
            if (name == "p") {
                addParagraph(paragraphText(block));
            } else if (name == "tbl") {
                addTable(block);
            } else if (name == "sdt") {
                readBlocks(childNamed(block, "sdtContent"));
            }
        }
    }

    // Between two tables a numbered title begins a section; all else stays text.
    void addParagraph(const Text& text) {
        const auto lines = splitLines(text);
        for (const auto& line : lines) {
            ++m_number;
            m_lines.push_back({m_number, line});
            const auto numbered = numberedLine(line);
            if (numbered && numbered->level == 1 && looksLikeTitle(numbered->rest)) {
                m_rows.push_back({m_number, {Text(ledger::trim(line))}, {}});
            }
        }
    }

    static std::vector<Text> splitLines(const Text& text) {
        std::vector<Text> lines;
        for (std::size_t from = 0; from <= text.size();) {
            const auto end = std::min(text.find(u'\n', from), text.size());
            lines.push_back(text.substr(from, end - from));
            from = end + 1;
        }
        return lines;
    }

    void addTable(const xml_node& table) {
        GridRow above;
        for (const auto& child : table.children()) {
            if (localName(child) != "tr" || m_rows.size() >= kRowsMax) {
                continue;
            }
            ++m_number;
            GridRow row{m_number, {}, {}};
            for (const auto& cell : child.children()) {
                if (localName(cell) == "tc") {
                    addCell(cell, above, row);
                }
            }
            m_tableLines.push_back(linesOf({row}).front());
            m_rows.push_back(row);
            above = std::move(row);
        }
    }

    void addCell(const xml_node& cell, const GridRow& above, GridRow& row) {
        const xml_node properties = childNamed(cell, "tcPr");
        const int span =
            std::clamp(numberOr(attributeNamed(childNamed(properties, "gridSpan"), "val"), 1), 1, 64);
        const xml_node merge = childNamed(properties, "vMerge");
        const bool continued = !merge.empty() && attributeNamed(merge, "val") != "restart";
        const std::size_t at = row.cells.size();
        if (at + static_cast<std::size_t>(span) > kColumnsMax) {
            return;
        }
        row.cells.push_back(continued && at < above.cells.size() ? above.cells[at] : cellText(cell));
        row.cells.resize(at + static_cast<std::size_t>(span));
        row.continued.resize(row.cells.size(), false);
        row.continued[at] = continued;
    }

    [[nodiscard]] std::vector<SourceLine> allLines() const {
        std::vector<SourceLine> lines = m_lines;
        lines.insert(lines.end(), m_tableLines.begin(), m_tableLines.end());
        std::stable_sort(lines.begin(), lines.end(), [](auto& a, auto& b) { return a.number < b.number; });
        return lines;
    }

    int m_number = 0;
    std::vector<SourceLine> m_lines;
    std::vector<SourceLine> m_tableLines;
    std::vector<GridRow> m_rows;
};

// --- Excel -------------------------------------------------------------------------------------

// A1 is column 0, row 1.
struct CellPlace {
    std::size_t column = 0;
    int row = 0;
};

std::optional<CellPlace> placeOf(std::string_view reference) {
    CellPlace place;
    std::size_t i = 0;
    for (; i < reference.size() && reference[i] >= 'A' && reference[i] <= 'Z' && i < 3; ++i) {
        place.column = place.column * 26 + static_cast<std::size_t>(reference[i] - 'A' + 1);
    }
    const int row = numberOr(reference.substr(i), 0);
    if (place.column == 0 || row == 0) {
        return std::nullopt;
    }
    --place.column;
    place.row = row;
    return place;
}

// Day 1 is 1 January 1900; Excel counts a 29 February 1900 that never was.
std::string dateText(double serial) {
    const auto epoch = ledger::Date::of(1899, 12, 30);
    return epoch->plusDays(static_cast<int>(serial)).text();
}

class ExcelReader {
public:
    explicit ExcelReader(OfficePackage& package) : m_package(package) {}

    Result<ImportedDocument> read(const ImportOptions& options) {
        HZ_CHECK(readSharedTexts());
        HZ_CHECK(readDateStyles());
        HZ_TRY(const auto sheets, sheetParts());
        auto result =
            Result<ImportedDocument>(fail(ErrorCode::noTasks, "the workbook holds no visible sheet"));
        for (const auto& part : sheets) {
            HZ_TRY(const auto rows, readSheet(part));
            result = withSource(importRows(rows, options), linesOf(rows));
            if (result) {
                break;
            }
        }
        return result;
    }

private:
    static Result<ImportedDocument> importRows(const std::vector<GridRow>& rows,
                                               const ImportOptions& options) {
        const auto found = gridFromRows(rows);
        if (!found) {
            return importLines(linesOf(rows), options);
        }
        Surroundings around;
        around.before = linesOf({rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(found->header)});
        return importTable(tasksFromGrid(found->grid), around, options);
    }

    Result<void> readSharedTexts() {
        auto part = m_package.part("xl/sharedStrings.xml");
        if (!part && part.error().code == ErrorCode::notFound) {
            return {};
        }
        if (!part) {
            return fail(part.error());
        }
        for (const auto& item : (*part)->document_element().children()) {
            if (localName(item) != "si") {
                continue;
            }
            m_texts.push_back(richText(item));
        }
        return {};
    }

    // The text of an si or is, without the reading aids of rPh.
    static Text richText(const xml_node& item) {
        Text text;
        for (const auto& child : item.children()) {
            if (localName(child) == "t") {
                text += ledger::toUtf16(child.text().get());
            }
            if (localName(child) == "r") {
                text += ledger::toUtf16(childNamed(child, "t").text().get());
            }
        }
        return text;
    }

    Result<void> readDateStyles() {
        auto part = m_package.part("xl/styles.xml");
        if (!part && part.error().code == ErrorCode::notFound) {
            return {};
        }
        if (!part) {
            return fail(part.error());
        }
        const xml_node root = (*part)->document_element();
        std::map<int, bool> own;
        for (const auto& format : childNamed(root, "numFmts").children()) {
            own[numberOr(attributeNamed(format, "numFmtId"), 0)] =
                isDateFormat(attributeNamed(format, "formatCode"));
        }
        for (const auto& style : childNamed(root, "cellXfs").children()) {
            const int id = numberOr(attributeNamed(style, "numFmtId"), 0);
            const bool builtIn = (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58);
            m_dateStyles.push_back(own.contains(id) ? own[id] : builtIn);
        }
        return {};
    }

    static bool isDateFormat(std::string_view code) {
        return code.find_first_of("yY") != std::string_view::npos &&
               code.find_first_of("mM") != std::string_view::npos;
    }

    Result<std::vector<std::string>> sheetParts() {
        HZ_TRY(const auto workbook, m_package.part("xl/workbook.xml"));
        HZ_TRY(const auto relations, m_package.part("xl/_rels/workbook.xml.rels"));
        std::map<std::string_view, std::string> targets;
        for (const auto& relation : relations->document_element().children()) {
            targets[attributeNamed(relation, "Id")] = std::string(attributeNamed(relation, "Target"));
        }
        std::vector<std::string> parts;
        for (const auto& sheet : childNamed(workbook->document_element(), "sheets").children()) {
            const auto state = attributeNamed(sheet, "state");
            const auto target = targets.find(attributeOfRelation(sheet));
            if (state == "hidden" || state == "veryHidden" || target == targets.end()) {
                continue;
            }
            const bool absolute = target->second.starts_with("/");
            parts.push_back(absolute ? target->second.substr(1) : "xl/" + target->second);
        }
        return parts;
    }

    // r:id, not the sheet's own name or sheetId.
    static std::string_view attributeOfRelation(const xml_node& sheet) { return attributeNamed(sheet, "id"); }

    Result<std::vector<GridRow>> readSheet(const std::string& part) {
        HZ_TRY(const auto sheet, m_package.part(part));
        const xml_node root = sheet->document_element();
        std::map<int, GridRow> rows;
        // Where no place is written, it is the one after the last.
        int number = 0;
        for (const auto& row : childNamed(root, "sheetData").children()) {
            number = std::clamp(numberOr(attributeNamed(row, "r"), number + 1), 1, kRowNumberMax);
            std::size_t column = 0;
            for (const auto& cell : row.children()) {
                const auto written = attributeNamed(cell, "r");
                const auto place = written.empty() ? CellPlace{column, number} : placeOf(written);
                if (localName(cell) != "c" || !place) {
                    continue;
                }
                column = place->column + 1;
                put(rows, *place, valueOf(cell));
            }
        }
        for (const auto& merge : childNamed(root, "mergeCells").children()) {
            fillMerged(rows, attributeNamed(merge, "ref"));
        }
        std::vector<GridRow> list;
        for (auto& [at, row] : rows) {
            list.push_back(std::move(row));
        }
        return list;
    }

    static void put(std::map<int, GridRow>& rows, CellPlace place, Text value) {
        if (place.column >= kColumnsMax || rows.size() >= kRowsMax) {
            return;
        }
        GridRow& row = rows[place.row];
        row.line = place.row;
        if (row.cells.size() <= place.column) {
            row.cells.resize(place.column + 1);
        }
        row.cells[place.column] = std::move(value);
    }

    [[nodiscard]] Text valueOf(const xml_node& cell) const {
        const auto type = attributeNamed(cell, "t");
        if (type == "inlineStr") {
            return richText(childNamed(cell, "is"));
        }
        const std::string value = childNamed(cell, "v").text().get();
        if (type == "s") {
            const auto index = static_cast<std::size_t>(numberOr(value, -1));
            return index < m_texts.size() ? m_texts[index] : Text();
        }
        if (!type.empty() && type != "n") {
            return ledger::toUtf16(value);
        }
        const auto style = static_cast<std::size_t>(numberOr(attributeNamed(cell, "s"), 0));
        const bool date = style < m_dateStyles.size() && m_dateStyles[style] && !value.empty();
        const double serial = date ? std::strtod(value.c_str(), nullptr) : 0;
        if (date && serial >= 1 && serial < 2'958'466) {
            return ledger::toUtf16(dateText(serial));
        }
        return ledger::toUtf16(value);
    }

    // The value of a merged cell stands in each of its rows.
    static void fillMerged(std::map<int, GridRow>& rows, std::string_view reference) {
        const auto colon = reference.find(':');
        if (colon == std::string_view::npos) {
            return;
        }
        const auto first = placeOf(reference.substr(0, colon));
        const auto last = placeOf(reference.substr(colon + 1));
        if (!first || !last || !rows.contains(first->row)) {
            return;
        }
        const GridRow& top = rows[first->row];
        if (top.cells.size() <= first->column || top.cells[first->column].empty()) {
            return;
        }
        const Text value = top.cells[first->column];
        for (auto at = rows.upper_bound(first->row); at != rows.end() && at->first <= last->row; ++at) {
            GridRow& row = at->second;
            if (row.cells.size() <= first->column) {
                row.cells.resize(first->column + 1);
            }
            row.cells[first->column] = value;
            row.continued.resize(row.cells.size(), false);
            row.continued[first->column] = true;
        }
    }

    OfficePackage& m_package;
    std::vector<Text> m_texts;
    std::vector<bool> m_dateStyles;
};

Result<std::string> readFile(const std::string& path) {
    std::error_code error;
    if (!std::filesystem::exists(path, error)) {
        return fail(ErrorCode::fileNotFound, "the file does not exist");
    }
    if (!std::filesystem::is_regular_file(path, error)) {
        return fail(ErrorCode::fileUnreadable, "this is no file");
    }
    if (std::filesystem::file_size(path, error) > kFileBytesMax) {
        return fail(ErrorCode::fileTooLarge, "the document is larger than 20 MB");
    }
    std::ifstream file(path, std::ios::binary);
    std::ostringstream bytes;
    bytes << file.rdbuf();
    if (!file || error) {
        return fail(ErrorCode::fileUnreadable, "the file cannot be read");
    }
    return bytes.str();
}

std::string endingOf(const std::string& path) {
    std::string ending = std::filesystem::path(path).extension().string();
    std::transform(ending.begin(), ending.end(), ending.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return ending;
}

}  // namespace

Result<ImportedDocument> importDocx(std::string_view bytes, const ImportOptions& options) {
    HZ_TRY(auto package, OfficePackage::open(bytes));
    HZ_TRY(const auto document, package.part("word/document.xml"));
    return WordReader().read(childNamed(document->document_element(), "body"), options);
}

Result<ImportedDocument> importXlsx(std::string_view bytes, const ImportOptions& options) {
    HZ_TRY(auto package, OfficePackage::open(bytes));
    return ExcelReader(package).read(options);
}

Result<ImportedDocument> importFile(const std::string& path, const ImportOptions& options,
                                    const Progress& progress) {
    const std::string ending = endingOf(path);
    if (ending == ".pdf") {
        return importPdf(path, options, progress);
    }
    const bool text =
        ending == ".txt" || ending == ".csv" || ending == ".md" || ending == ".tsv" || ending.empty();
    if (!text && ending != ".docx" && ending != ".xlsx") {
        if (ending == ".doc" || ending == ".xls" || ending == ".wps" || ending == ".et") {
            return fail(ErrorCode::unknownFormat, "the old format " + ending + " cannot be read");
        }
        return fail(ErrorCode::unknownFormat, "files of the type " + ending + " cannot be read");
    }
    HZ_TRY(const std::string bytes, readFile(path));
    if (ending == ".docx") {
        return importDocx(bytes, options);
    }
    if (ending == ".xlsx") {
        return importXlsx(bytes, options);
    }
    return importText(bytes, options);
}

}  // namespace hezhang::documents
