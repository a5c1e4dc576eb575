// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What a Word file, a web page or a sheet is made of, whatever the format: paragraphs and rows of tables in
// their order.
//
// Shape:   a line is a paragraph or a row. Tables with one header go on over each other; a numbered paragraph
// between
//          them is a section.
// Limits:  kRowsMax rows of kColumnsMax cells and kTextMax characters; more rows or characters are an error,
// cells
//          beyond are not taken.
// Errors:  as of import_lines.h; fileTooLarge.
// Threads: values.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "src/documents/import_lines.h"

namespace hezhang::documents {

inline constexpr std::size_t kColumnsMax = 256;
inline constexpr std::size_t kRowsMax = 50'000;
inline constexpr std::size_t kTextMax =
    16'000'000;  // characters of all cells, merged ones in each of their rows

[[nodiscard]] Error tooMuchText();

// What readers remark of a document's own marks.
inline constexpr const char* kTrackedRemark =
    "the document has tracked changes: they are read as if they were accepted";
inline constexpr const char* kHiddenRemark = "hidden text is left out";
inline constexpr const char* kStruckRemark = "text that is struck out is left out";
inline constexpr const char* kBoxRemark = "a text box in a cell is not read";
inline constexpr const char* kTableInCellRemark = "a table inside a cell is read as text of the cell";

// Rows of cells as lines of text, for what is no table of tasks.
[[nodiscard]] std::vector<SourceLine> linesOf(const std::vector<GridRow>& rows);

class DocumentBlocks {
public:
    void addParagraph(const std::u16string& text);  // its line breaks part lines
    void beginTable() { m_tableBegins = true; }
    void addRow(GridRow row);                                  // gives the row its line
    void remark(const char* text) { m_remarks.insert(text); }  // once, of the whole document
    [[nodiscard]] bool isFull() const { return m_rows.size() >= kRowsMax || m_characters > kTextMax; }

    [[nodiscard]] Result<ImportedDocument> read(const ImportOptions& options) const;

private:
    [[nodiscard]] std::vector<SourceLine> allLines() const;
    [[nodiscard]] Result<ImportedDocument> readBlocks(const ImportOptions& options) const;

    int m_number = 0;
    std::size_t m_characters = 0;  // of the rows
    std::set<std::string> m_remarks;
    bool m_tableBegins = false;
    bool m_isOverfull = false;
    std::vector<SourceLine> m_paragraphs;
    std::vector<SourceLine> m_tableLines;
    std::vector<GridRow> m_rows;
};

// The rows of a sheet: a table, or lines of text.
[[nodiscard]] Result<ImportedDocument> importRows(const std::vector<GridRow>& rows,
                                                  const ImportOptions& options);

}  // namespace hezhang::documents
