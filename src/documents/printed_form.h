// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A form as it is printed, whatever file it becomes: a table or a letter with head, foot and page, every text
// with the records it came from.
//
// Shape:   a row is a section's title, or one cell a column. A cell of rowSpan 0 lies under the merged one
//          above it and says the same text. Texts hold no character that XML forbids; lines end with \n.
// Errors:  none: what is wrong was refused when the template was read.
// Threads: values.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "src/documents/form_template.h"
#include "sync/base/bytes.h"

namespace hezhang::documents {

enum class CellKind : std::uint8_t { text, number, date };

struct PrintedCell {
    std::string text;  // numbers in digits, dates as 2026-08-15
    CellKind kind = CellKind::text;
    std::vector<RecordId> records{};
    std::size_t rowSpan = 1;
};
struct PrintedRow {
    std::string section;  // the title that takes the whole row
    std::vector<PrintedCell> cells;
};
struct PrintedTable {
    std::string name;
    std::vector<FormColumn> columns;
    std::vector<PrintedRow> rows;
};
struct PrintedHead {
    std::string label;
    std::string value;
};
struct PrintedBlock {
    BlockStyle style = BlockStyle::body;
    std::string text;
    std::vector<RecordId> records{};
};

struct PrintedForm {
    std::string name;
    std::string title;
    FormPage page;
    FormFonts fonts;
    std::vector<PrintedHead> head;
    std::vector<PrintedTable> tables;  // the first is printed, a second one is for workbooks
    std::vector<PrintedBlock> text;
    std::string seal;
    std::string fingerprint;  // hex, of canonicalText(); empty where the form has none

    [[nodiscard]] bool isLetter() const { return tables.empty(); }
};

// What is printed, as one text that two programs agree on: the base of a fingerprint.
[[nodiscard]] std::string canonicalText(const PrintedForm& form);
// What the code beside the seal says.
[[nodiscard]] std::string fingerprintCode(const PrintedForm& form);
// The fingerprint in groups of four, to be compared by eye.
[[nodiscard]] std::string grouped(const std::string& hex);

// The text as a file of any type may hold it.
[[nodiscard]] std::string printable(std::string_view text);

// How many lines a text takes in a column so many Latin characters wide; a Chinese one is two wide.
[[nodiscard]] int linesTaken(std::string_view text, double width);

}  // namespace hezhang::documents
