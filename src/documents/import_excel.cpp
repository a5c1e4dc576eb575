// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <bitset>
#include <cctype>
#include <cstdio>
#include <map>
#include <optional>
#include <set>

#include "src/documents/import_blocks.h"
#include "src/documents/import_office.h"
#include "src/documents/import_package.h"
#include "src/documents/import_sheets.h"
#include "src/ledger/chinese_text.h"

namespace hezhang::documents {

namespace {

using pugi::xml_node;
using Text = std::u16string;

constexpr int kRowNumberMax = 1'048'576;  // of Excel itself
constexpr std::size_t kCellCharactersMax = 32'767;
constexpr int kDaysTo1904 = 1'462;

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

class ExcelReader {
public:
    explicit ExcelReader(OfficePackage& package) : m_package(package) {}

    Result<ImportedDocument> read(const ImportOptions& options) {
        HZ_CHECK(readSharedTexts());
        HZ_CHECK(readStyles());
        HZ_TRY(const auto sheets, sheetParts());
        std::vector<SheetRows> read;
        for (const auto& [name, part] : sheets) {
            HZ_TRY(auto rows, readSheet(name, part));
            read.push_back({name, std::move(rows)});
        }
        HZ_TRY(ImportedDocument document, importSheets(read, options));
        for (std::string& remark : m_remarks) {
            document.warnings.push_back({0, std::move(remark)});
        }
        if (m_formulasWithoutResult > 0) {
            document.warnings.push_back({0, std::to_string(m_formulasWithoutResult) +
                                                " formulas have no result in the file: open it in Excel or "
                                                "WPS and save it anew"});
        }
        if (m_hasFarCells) {
            document.warnings.push_back(
                {0, "cells beyond the first " + std::to_string(kColumnsMax) + " columns are not read"});
        }
        return document;
    }

private:
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
            HZ_CHECK(checkLength(m_texts.back()));
        }
        return {};
    }

    static Result<void> checkLength(const Text& text) {
        if (text.size() > kCellCharactersMax) {
            return fail(ErrorCode::fileTooLarge, "a cell of the workbook has more than " +
                                                     std::to_string(kCellCharactersMax) +
                                                     " characters; no sheet of Excel has");
        }
        return {};
    }

    // Counts what is about to be held: cells cost room too, and texts may come many times.
    Result<void> takeRoom(std::size_t cells, std::size_t characters) {
        constexpr std::size_t kCellRoom = 4;
        const std::size_t needed = cells * kCellRoom + characters;
        if (needed > m_room) {
            return fail(tooMuchText());
        }
        m_room -= needed;
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

    Result<void> readStyles() {
        auto part = m_package.part("xl/styles.xml");
        if (!part && part.error().code == ErrorCode::notFound) {
            return {};
        }
        if (!part) {
            return fail(part.error());
        }
        const xml_node root = (*part)->document_element();
        std::map<int, NumberForm> own;
        for (const auto& format : childNamed(root, "numFmts").children()) {
            own[numberOr(attributeNamed(format, "numFmtId"), 0)] =
                formOf(attributeNamed(format, "formatCode"));
        }
        for (const auto& style : childNamed(root, "cellXfs").children()) {
            const int id = numberOr(attributeNamed(style, "numFmtId"), 0);
            m_forms.push_back(own.contains(id) ? own[id] : builtInForm(id));
        }
        return {};
    }

    // How a number is shown.
    struct NumberForm {
        enum class Kind { plain, percent, year, yearAndMonth, month, day };
        Kind kind = Kind::plain;
        int decimals = 0;  // of a percentage
    };
    using Kind = NumberForm::Kind;

    // As Excel numbers them, the Chinese ones among them: 57 is 2023年12月.
    static NumberForm builtInForm(int id) {
        static constexpr std::array kMonths = {17, 27, 36, 50, 52, 57};
        static constexpr std::array kTimes = {18, 19, 20, 21, 32, 33, 34, 35, 55, 56};
        if (id == 9 || id == 10) {
            return {Kind::percent, id == 9 ? 0 : 2};
        }
        const bool date = (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58);
        if (!date || std::find(kTimes.begin(), kTimes.end(), id) != kTimes.end()) {
            return {};
        }
        const bool month = std::find(kMonths.begin(), kMonths.end(), id) != kMonths.end();
        return {month ? Kind::yearAndMonth : Kind::day};
    }

    // yyyy"年"m"月" shows no day: what stands there is a month, whatever day Excel gave it.
    static NumberForm formOf(std::string_view code) {
        bool quoted = false;
        bool year = false;
        bool month = false;
        bool day = false;
        bool time = false;
        bool percent = false;
        std::optional<int> decimals;
        for (std::size_t i = 0; i < code.size() && code[i] != ';'; ++i) {
            const char c = static_cast<char>(std::tolower(static_cast<unsigned char>(code[i])));
            if (code[i] == '[' && !quoted) {
                i = std::min(code.find(']', i), code.size() - 1);
                continue;
            }
            i += c == '\\' ? 1 : 0;
            quoted = c == '"' ? !quoted : quoted;
            year = year || (!quoted && c == 'y');
            month = month || (!quoted && c == 'm');
            day = day || (!quoted && c == 'd');
            time = time || (!quoted && (c == 'h' || c == 's'));
            percent = percent || (!quoted && c == '%');
            decimals = !quoted && c == '.' ? 0 : decimals;
            decimals = decimals && !quoted && c == '0' ? *decimals + 1 : decimals;
        }
        if (percent) {
            return {Kind::percent, std::min(decimals.value_or(0), 6)};
        }
        if (month && day) {
            return {Kind::day};
        }
        return {year && month    ? Kind::yearAndMonth
                : year           ? Kind::year
                : month && !time ? Kind::month
                                 : Kind::plain};
    }

    // The visible sheets' names and parts. A hidden one with tasks is remarked.
    Result<std::vector<std::pair<std::string, std::string>>> sheetParts() {
        HZ_TRY(const auto workbook, m_package.part("xl/workbook.xml"));
        HZ_TRY(const auto relations, m_package.part("xl/_rels/workbook.xml.rels"));
        std::map<std::string_view, std::string> targets;
        for (const auto& relation : relations->document_element().children()) {
            targets[attributeNamed(relation, "Id")] = std::string(attributeNamed(relation, "Target"));
        }
        m_isOf1904 = isSet(childNamed(workbook->document_element(), "workbookPr"), "date1904");
        std::vector<std::pair<std::string, std::string>> parts;
        for (const auto& sheet : childNamed(workbook->document_element(), "sheets").children()) {
            const auto state = attributeNamed(sheet, "state");
            const auto target = targets.find(attributeOfRelation(sheet));
            if (target == targets.end()) {
                continue;
            }
            const bool absolute = target->second.starts_with("/");
            const std::string part = absolute ? target->second.substr(1) : "xl/" + target->second;
            const std::string name(attributeNamed(sheet, "name"));
            if (state != "hidden" && state != "veryHidden") {
                parts.emplace_back(name, part);
            } else if (hasTasks(name, part)) {
                m_remarks.push_back("the hidden sheet " + name + " has a table of tasks: it is not read");
            }
        }
        return parts;
    }

    // Leaves no remarks on a sheet that is not read.
    bool hasTasks(const std::string& name, const std::string& part) {
        const std::size_t remarks = m_remarks.size();
        const bool hasFarCells = m_hasFarCells;
        const std::size_t formulas = m_formulasWithoutResult;
        std::swap(m_room, m_roomOfHidden);
        const auto rows = readSheet(name, part);
        std::swap(m_room, m_roomOfHidden);
        m_hasFarCells = hasFarCells;
        m_formulasWithoutResult = formulas;
        m_remarks.resize(remarks);
        return rows && gridFromRows(*rows);
    }

    // r:id, not the sheet's own name or sheetId.
    static std::string_view attributeOfRelation(const xml_node& sheet) { return attributeNamed(sheet, "id"); }

    // Errors also: fileTooLarge.
    Result<std::vector<GridRow>> readSheet(const std::string& name, const std::string& part) {
        HZ_TRY(const auto sheet, m_package.part(part));
        const xml_node root = sheet->document_element();
        SheetCells cells;
        std::map<int, GridRow>& rows = cells.rows;
        std::set<int> hidden;
        // Where no place is written, it is the one after the last.
        int number = 0;
        for (const auto& row : childNamed(root, "sheetData").children()) {
            number = std::clamp(numberOr(attributeNamed(row, "r"), number + 1), 1, kRowNumberMax);
            if (isSet(row, "hidden")) {
                hidden.insert(number);
            }
            std::size_t column = 0;
            for (const auto& cell : row.children()) {
                const auto written = attributeNamed(cell, "r");
                const auto place = written.empty() ? CellPlace{column, number} : placeOf(written);
                if (localName(cell) != "c" || !place) {
                    continue;
                }
                column = place->column + 1;
                HZ_CHECK(put(name, cells, *place, valueOf(cell)));
            }
        }
        HZ_CHECK(addEmptyCells(cells));
        const xml_node merges = childNamed(root, "mergeCells");
        clearHiddenColumns(name, root, rows);
        for (const auto& merge : merges.children()) {
            HZ_CHECK(fillMerged(rows, hidden, attributeNamed(merge, "ref")));
        }
        return visibleRows(name, rows, hidden);
    }

    static bool isSet(const xml_node& node, std::string_view name) {
        const auto value = attributeNamed(node, name);
        return value == "1" || value == "true";
    }

    static bool saysSomething(const GridRow& row) {
        return std::any_of(row.cells.begin(), row.cells.end(),
                           [](const Text& cell) { return !ledger::trim(cell).empty(); });
    }

    // Filters and hands hide rows: nobody sees them, so they are not read, and that is said.
    std::vector<GridRow> visibleRows(const std::string& name, std::map<int, GridRow>& rows,
                                     const std::set<int>& hidden) {
        std::vector<GridRow> list;
        std::size_t unread = 0;
        for (auto& [at, row] : rows) {
            if (!hidden.contains(at)) {
                list.push_back(std::move(row));
            } else {
                unread += saysSomething(row) ? 1 : 0;
            }
        }
        if (unread > 0) {
            m_remarks.push_back("the sheet " + name + " has " + std::to_string(unread) +
                                " hidden rows with text: they are not read");
        }
        return list;
    }

    // Left as they are: cells that are merged with what is seen.
    void clearHiddenColumns(const std::string& name, const xml_node& root, std::map<int, GridRow>& rows) {
        std::set<std::pair<int, std::size_t>> wide;
        for (const auto& merge : childNamed(root, "mergeCells").children()) {
            const auto reference = attributeNamed(merge, "ref");
            const auto first = placeOf(reference.substr(0, reference.find(':')));
            const auto last =
                placeOf(reference.substr(std::min(reference.find(':'), reference.size() - 1) + 1));
            if (first && last && last->column > first->column) {
                wide.emplace(first->row, first->column);
            }
        }
        std::bitset<kColumnsMax> hidden;
        for (const auto& column : childNamed(root, "cols").children()) {
            const auto first =
                static_cast<std::size_t>(std::max(numberOr(attributeNamed(column, "min"), 1), 1));
            const auto last =
                static_cast<std::size_t>(std::max(numberOr(attributeNamed(column, "max"), 1), 1));
            for (std::size_t c = first; isSet(column, "hidden") && c <= std::min(last, kColumnsMax); ++c) {
                hidden.set(c - 1);
            }
        }
        if (hidden.none()) {
            return;
        }
        std::bitset<kColumnsMax> said;
        for (auto& [at, row] : rows) {
            for (std::size_t c = 0; c < row.cells.size(); ++c) {
                if (hidden[c] && !wide.contains({at, c})) {
                    said[c] = said[c] || !ledger::trim(row.cells[c]).empty();
                    row.cells[c].clear();
                }
            }
        }
        const std::size_t unread = said.count();
        if (unread > 0) {
            m_remarks.push_back("the sheet " + name + " has " + std::to_string(unread) +
                                " hidden columns with text: they are not read");
        }
    }

    struct SheetCells {
        std::map<int, GridRow> rows;
        std::map<int, std::size_t> written;  // the cells of a row, with the empty ones behind its last text
    };

    // Those that stand below or above a text of another row; programs write many more.
    Result<void> addEmptyCells(SheetCells& cells) {
        std::size_t width = 0;
        for (const auto& [at, row] : cells.rows) {
            width = std::max(width, row.cells.size());
        }
        for (auto& [at, row] : cells.rows) {
            const std::size_t wanted = std::min(cells.written[at], width);
            if (wanted > row.cells.size()) {
                HZ_CHECK(widen(row, wanted - 1, 0));
            }
        }
        return {};
    }

    // No row is made for an empty cell where there are enough: programs leave empty cells far below.
    Result<void> put(const std::string& sheet, SheetCells& cells, CellPlace place, Text value) {
        auto& [rows, written] = cells;
        HZ_CHECK(checkLength(value));
        if (place.column >= kColumnsMax) {
            m_hasFarCells = m_hasFarCells || !value.empty();
            return {};
        }
        if (rows.size() >= kRowsMax && !rows.contains(place.row)) {
            if (value.empty()) {
                return {};
            }
            return fail(ErrorCode::fileTooLarge, "the sheet " + sheet + " has more than " +
                                                     std::to_string(kRowsMax) +
                                                     " rows; keep the rows with the tasks and save it anew");
        }
        GridRow& row = rows[place.row];
        row.line = place.row;
        written[place.row] = std::max(written[place.row], place.column + 1);
        if (value.empty()) {
            return {};
        }
        HZ_CHECK(widen(row, place.column, value.size()));
        row.cells[place.column] = std::move(value);
        return {};
    }

    // Makes room for a text in a column.
    Result<void> widen(GridRow& row, std::size_t column, std::size_t characters) {
        const std::size_t missing = column + 1 - std::min(column + 1, row.cells.size());
        HZ_CHECK(takeRoom(missing, characters));
        row.cells.resize(row.cells.size() + missing);
        return {};
    }

    [[nodiscard]] Text valueOf(const xml_node& cell) {
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
        const bool isWithoutResult = childNamed(cell, "v").empty() && !childNamed(cell, "f").empty();
        m_formulasWithoutResult += isWithoutResult ? 1 : 0;
        const auto style = static_cast<std::size_t>(numberOr(attributeNamed(cell, "s"), 0));
        const NumberForm form = style < m_forms.size() ? m_forms[style] : NumberForm();
        char* end = nullptr;
        const double number = std::strtod(value.c_str(), &end);
        if (value.empty() || end != value.c_str() + value.size()) {
            return ledger::toUtf16(value);
        }
        return ledger::toUtf16(shownNumber(number, form));
    }

    [[nodiscard]] std::string shownNumber(double number, NumberForm form) const {
        char text[400];
        if (form.kind == Kind::percent) {
            std::snprintf(text, sizeof text, "%.*f%%", form.decimals, number * 100);
            return text;
        }
        const bool isDate = form.kind != Kind::plain;
        number += isDate && m_isOf1904 ? kDaysTo1904 : 0;
        if (!isDate || number < 1 || number >= 2'958'466) {
            std::snprintf(text, sizeof text, "%.15g", number);  // as many digits as Excel keeps
            return text;
        }
        return dateText(number, form.kind);
    }

    // Day 1 is 1 January 1900; Excel counts a 29 February 1900 that never was.
    static std::string dateText(double serial, Kind kind) {
        const auto date = ledger::Date::of(1899, 12, 30)->plusDays(static_cast<int>(serial));
        if (kind == Kind::day) {
            return date.text();
        }
        const std::string year = std::to_string(date.year()) + "年";
        const std::string month = std::to_string(date.month()) + "月";
        return kind == Kind::year ? year : kind == Kind::month ? month : year + month;
    }

    // The value of a merged cell stands in each of its rows.
    Result<void> fillMerged(std::map<int, GridRow>& rows, const std::set<int>& hidden,
                            std::string_view reference) {
        const auto colon = reference.find(':');
        if (colon == std::string_view::npos) {
            return {};
        }
        const auto first = placeOf(reference.substr(0, colon));
        const auto last = placeOf(reference.substr(colon + 1));
        if (!first || !last || !rows.contains(first->row)) {
            return {};
        }
        const GridRow& top = rows[first->row];
        if (top.cells.size() <= first->column || top.cells[first->column].empty()) {
            return {};
        }
        const Text value = top.cells[first->column];
        bool isSeen = !hidden.contains(first->row);  // above
        for (auto at = rows.upper_bound(first->row); at != rows.end() && at->first <= last->row; ++at) {
            GridRow& row = at->second;
            HZ_CHECK(widen(row, first->column, value.size()));
            row.cells[first->column] = value;
            row.continued.resize(row.cells.size(), false);
            row.continued[first->column] = isSeen;
            isSeen = isSeen || !hidden.contains(at->first);
        }
        return {};
    }

    OfficePackage& m_package;
    std::vector<Text> m_texts;
    std::vector<NumberForm> m_forms;
    bool m_isOf1904 = false;  // days count from 1904, as Excel for the Mac did
    std::size_t m_formulasWithoutResult = 0;
    bool m_hasFarCells = false;  // that say something
    std::size_t m_room = kTextMax;
    std::size_t m_roomOfHidden = kTextMax;  // of sheets that are hidden
    std::vector<std::string> m_remarks;
};

}  // namespace

Result<ImportedDocument> importXlsx(std::string_view bytes, const ImportOptions& options) {
    HZ_TRY(auto package, OfficePackage::open(bytes));
    return ExcelReader(package).read(options);
}

}  // namespace hezhang::documents
