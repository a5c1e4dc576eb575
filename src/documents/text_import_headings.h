// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The numbers that Chinese office documents put before headings and paragraphs.
//
// Shape:   level 1 一、 and 第一部分, level 2 （一）, level 3 1. and 1、, level 4 （1）, level 5 ①.
// Threads: pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace hezhang::documents {

struct Numbered {
    int level = 0;
    int number = 0;
    std::u16string mark;  // as printed: （一）
    std::u16string rest;
};

// How the line is numbered, if it is. Numbers that belong to the sentence (3个工作日) are none.
[[nodiscard]] std::optional<Numbered> numberedLine(std::u16string_view line);

// True if nothing but the number is missing for the line to be a heading: short, and no sentence.
[[nodiscard]] bool looksLikeTitle(std::u16string_view text);

// The number of a cell that holds nothing else: 3, 3., (3), 1.1; the text as printed is the ordinal.
[[nodiscard]] std::optional<int> ordinalIn(std::u16string_view cell);

}  // namespace hezhang::documents
