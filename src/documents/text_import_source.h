// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Bytes of a text document as lines of UTF-16, without what is no text: marks, tags, page numbers.
//
// Shape:   lines keep their number in the file; blank lines stay (they can part cells). A tag's end that ends
// a line in
//          HTML ends one here, a table cell's end becomes a tab. Text in angle brackets that is no HTML tag
//          stays.
// Limits:  20 MB.
// Errors:  badInput, fileTooLarge.
// Threads: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sync/base/result.h"

namespace hezhang::documents {

struct SourceLine {
    int number = 0;
    std::u16string text;
    bool pageBreakBefore = false;
};

// The text of UTF-8 (with or without a mark), UTF-16 with a mark, or GB18030.
[[nodiscard]] Result<std::u16string> decodeText(std::string_view bytes);

[[nodiscard]] Result<std::vector<SourceLine>> readSource(std::string_view bytes);

// - 3 -, 第3页 共10页; a bare number is none, it may be an ordinal.
[[nodiscard]] bool isPageNumber(std::u16string_view line);

}  // namespace hezhang::documents
