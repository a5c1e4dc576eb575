// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The description of a printed form: a data file, so that a county adapts a form without C++.
//
// Shape:   docs/forms.md. Either a table of the ledger's tasks, or a letter (blocks of text). Fields and
//          places are closed sets; what a file names beside them is refused when it is read.
// Units:   millimetres, points; widths of columns are percents of the table and add up to 100.
// Limits:  64 KiB a file, 64 columns a table, 200 blocks.
// Errors:  badInput with file and line or path, tooLarge; those of readFile().
// Threads: values; the built-in ones are unchangeable.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sync/base/result.h"

namespace hezhang::documents {

// What a form is made of: the whole ledger (or what is asked of it), one unit's part, one window.
enum class FormFor : std::uint8_t { ledger, unit, window };
enum class RowKind : std::uint8_t { task, filing };
enum class Align : std::uint8_t { left, center, right };
enum class BlockWhen : std::uint8_t { always, someMissing, noneMissing };
enum class BlockStyle : std::uint8_t { recipient, heading, section, body, review, sign };

enum class FormField : std::uint8_t {
    // of a task
    serial,
    number,
    section,
    item,
    content,
    indicator,
    responsible,
    deadline,
    due,
    progress,     // every unit's text with its source
    ownProgress,  // the texts alone
    worksheet,    // what a checker looks at, a line each, with what was seen
    counted,      // towards the task's targets, for the unit
    blank,
    // of a filing
    unit,
    window,
    status,
    percent,
    doneCount,
    text,
    state,
    evidence,
    author,
    at,
    verified,
    conflict
};

struct FormFont {
    std::string name;
    int halfPoints = 24;
};
struct FormFonts {
    FormFont title;
    FormFont head;
    FormFont heading;
    FormFont section;
    FormFont body;
};
struct FormPage {
    bool isLandscape = false;
    int top = 0;
    int right = 0;
    int bottom = 0;
    int left = 0;
};
struct FormColumn {
    std::string heading;
    FormField field = FormField::blank;
    int width = 0;
    Align align = Align::left;
    bool isMerged = false;  // equal neighbours below each other are one cell
};
struct FormTable {
    std::string name;  // of the sheet
    RowKind rows = RowKind::task;
    std::vector<FormColumn> columns;
};
struct FormHead {
    std::string label;
    std::string value;
    bool isKept = false;  // printed without a value too: to be filled in by hand
};
struct FormBlock {
    BlockStyle style = BlockStyle::body;
    std::string text;
    BlockWhen when = BlockWhen::always;
    bool isEachMissingUnit = false;
};

struct FormTemplate {
    std::string name;
    std::string title;
    std::string titleEn;
    FormFor made = FormFor::ledger;
    std::vector<std::string> fileTypes;
    FormPage page;
    FormFonts fonts;
    std::string heading;
    std::vector<FormHead> head;
    std::optional<FormTable> table;
    std::optional<FormTable> details;  // a second sheet of a workbook, and what a .csv holds
    std::vector<FormBlock> text;
    std::string seal;
    bool hasFingerprint = false;

    [[nodiscard]] bool isWrittenAs(std::string_view fileType) const;
};

[[nodiscard]] Result<FormTemplate> parseForm(std::string_view text, std::string_view fileName);
[[nodiscard]] Result<FormTemplate> readForm(const std::string& path);
// schema/forms/*.json, as they were when the program was built; by name.
[[nodiscard]] std::span<const FormTemplate> builtInForms();

// Texts with places to fill in: {ledger}. Calls value(name) for each of them.
template <class Value>
[[nodiscard]] std::string filledIn(std::string_view text, const Value& value) {
    std::string filled;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t open = text.find('{', at);
        const std::size_t close = open == text.npos ? text.npos : text.find('}', open);
        if (close == text.npos) {
            return filled += text.substr(at);
        }
        filled += text.substr(at, open - at);
        filled += value(text.substr(open + 1, close - open - 1));
        at = close + 1;
    }
    return filled;
}

}  // namespace hezhang::documents
