// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A table as it comes out of a PDF: words on lines, the cells one after the other, without separators.
//
// Shape:   a word is what stands between blanks; its place on the line and the blank lines before it are kept
// because
//          they are what is left of the cells. Widths count a Chinese character as 2.
// Threads: pure functions.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "src/documents/text_import_columns.h"
#include "src/documents/text_import_source.h"

namespace hezhang::documents {

inline constexpr std::size_t kHeaderNamesMin = 3;  // a table with fewer columns is none of tasks

struct Word {
    std::u16string text;
    int line = 0;               // in the file
    std::size_t lineIndex = 0;  // among the lines
    bool startsLine = false;
    bool blankLineBefore = false;
    bool pageBreakBefore = false;
    int gap = 0;  // blanks before it on its line
    int width = 0;
};

[[nodiscard]] int displayWidth(std::u16string_view text);
[[nodiscard]] inline bool isOneOf(char16_t c, std::u16string_view set) {
    return set.find(c) != std::u16string_view::npos;
}

// All words of the lines from `first` on, without page numbers and the form's own fields (联系人：).
[[nodiscard]] std::vector<Word> wordsOf(const std::vector<SourceLine>& lines, std::size_t first = 0);

struct FoundHeader {
    std::size_t begin = 0;  // words [begin, end)
    std::size_t end = 0;
    std::vector<Column> columns;  // not settled
};

// The first header of a task table at or after a word. Its names may be broken over lines.
[[nodiscard]] std::optional<FoundHeader> findHeader(const std::vector<Word>& words, std::size_t from = 0);

// A header right at this word, of any kind of table.
[[nodiscard]] std::optional<FoundHeader> headerAt(const std::vector<Word>& words, std::size_t at);

}  // namespace hezhang::documents
