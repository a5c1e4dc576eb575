// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <optional>

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
        HZ_CHECK(readDateStyles());
        HZ_TRY(const auto sheets, sheetParts());
        std::vector<SheetRows> read;
        for (const auto& [name, part] : sheets) {
            HZ_TRY(auto rows, readSheet(name, part));
            read.push_back({name, std::move(rows)});
        }
        HZ_TRY(ImportedDocument document, importSheets(read, options));
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
        std::map<int, DateForm> own;
        for (const auto& format : childNamed(root, "numFmts").children()) {
            own[numberOr(attributeNamed(format, "numFmtId"), 0)] =
                formOf(attributeNamed(format, "formatCode"));
        }
        for (const auto& style : childNamed(root, "cellXfs").children()) {
            const int id = numberOr(attributeNamed(style, "numFmtId"), 0);
            m_dateForms.push_back(own.contains(id) ? own[id] : builtInForm(id));
        }
        return {};
    }

    enum class DateForm { none, month, day };

    // As Excel numbers them, the Chinese ones among them: 57 is 2023年12月.
    static DateForm builtInForm(int id) {
        static constexpr std::array kMonths = {17, 27, 36, 50, 52, 57};
        static constexpr std::array kTimes = {18, 19, 20, 21, 32, 33, 34, 35, 55, 56};
        const bool date = (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58);
        if (!date || std::find(kTimes.begin(), kTimes.end(), id) != kTimes.end()) {
            return DateForm::none;
        }
        const bool month = std::find(kMonths.begin(), kMonths.end(), id) != kMonths.end();
        return month ? DateForm::month : DateForm::day;
    }

    // yyyy"年"m"月" shows no day: what stands there is a month, whatever day Excel gave it.
    static DateForm formOf(std::string_view code) {
        bool quoted = false;
        bool year = false;
        bool month = false;
        bool day = false;
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
        }
        if (month && day) {
            return DateForm::day;
        }
        return year && month ? DateForm::month : DateForm::none;
    }

    // The visible sheets' names and parts.
    Result<std::vector<std::pair<std::string, std::string>>> sheetParts() {
        HZ_TRY(const auto workbook, m_package.part("xl/workbook.xml"));
        HZ_TRY(const auto relations, m_package.part("xl/_rels/workbook.xml.rels"));
        std::map<std::string_view, std::string> targets;
        for (const auto& relation : relations->document_element().children()) {
            targets[attributeNamed(relation, "Id")] = std::string(attributeNamed(relation, "Target"));
        }
        std::vector<std::pair<std::string, std::string>> parts;
        for (const auto& sheet : childNamed(workbook->document_element(), "sheets").children()) {
            const auto state = attributeNamed(sheet, "state");
            const auto target = targets.find(attributeOfRelation(sheet));
            if (state == "hidden" || state == "veryHidden" || target == targets.end()) {
                continue;
            }
            const bool absolute = target->second.starts_with("/");
            parts.emplace_back(attributeNamed(sheet, "name"),
                               absolute ? target->second.substr(1) : "xl/" + target->second);
        }
        return parts;
    }

    // r:id, not the sheet's own name or sheetId.
    static std::string_view attributeOfRelation(const xml_node& sheet) { return attributeNamed(sheet, "id"); }

    // Errors also: fileTooLarge.
    Result<std::vector<GridRow>> readSheet(const std::string& name, const std::string& part) {
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
                if (!put(rows, *place, valueOf(cell))) {
                    return fail(ErrorCode::fileTooLarge,
                                "the sheet " + name + " has more than " + std::to_string(kRowsMax) +
                                    " rows; keep the rows with the tasks and save it anew");
                }
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

    // False where there is no room for a cell that says something. Programs leave empty cells far below.
    [[nodiscard]] bool put(std::map<int, GridRow>& rows, CellPlace place, Text value) {
        if (place.column >= kColumnsMax) {
            m_hasFarCells = m_hasFarCells || !value.empty();
            return true;
        }
        if (rows.size() >= kRowsMax && !rows.contains(place.row)) {
            return value.empty();
        }
        GridRow& row = rows[place.row];
        row.line = place.row;
        if (row.cells.size() <= place.column) {
            row.cells.resize(place.column + 1);
        }
        row.cells[place.column] = std::move(value);
        return true;
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
        const DateForm form = style < m_dateForms.size() ? m_dateForms[style] : DateForm::none;
        const double serial = form == DateForm::none ? 0 : std::strtod(value.c_str(), nullptr);
        if (serial >= 1 && serial < 2'958'466) {
            return ledger::toUtf16(dateText(serial, form));
        }
        return ledger::toUtf16(value);
    }

    // Day 1 is 1 January 1900; Excel counts a 29 February 1900 that never was.
    static std::string dateText(double serial, DateForm form) {
        const auto date = ledger::Date::of(1899, 12, 30)->plusDays(static_cast<int>(serial));
        return form == DateForm::day
                   ? date.text()
                   : std::to_string(date.year()) + "年" + std::to_string(date.month()) + "月";
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
    std::vector<DateForm> m_dateForms;
    bool m_hasFarCells = false;  // that say something
};

}  // namespace

Result<ImportedDocument> importXlsx(std::string_view bytes, const ImportOptions& options) {
    HZ_TRY(auto package, OfficePackage::open(bytes));
    return ExcelReader(package).read(options);
}

}  // namespace hezhang::documents
