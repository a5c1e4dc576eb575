// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The little that reading Chinese office text needs: UTF-16 text, folding of widths, numerals, patterns.
//
// Shape:   text is UTF-16 (char16_t) while it is read, because ICU is; UTF-8 outside.
// Limits:  a match gives up after a fixed amount of work and then counts as "no match".
// Threads: values; a Pattern may be used by several threads at once.
// Source:  ICU (regular expressions, NFKC).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hezhang::ledger {

// Ill-formed bytes become U+FFFD; whoever must refuse them checks before.
[[nodiscard]] std::u16string toUtf16(std::string_view utf8);
[[nodiscard]] std::string toUtf8(std::u16string_view text);

// Full-width digits, letters and signs as ASCII, compatibility forms as plain ones. For matching only: what
// is shown keeps the written form. The length may change.
[[nodiscard]] std::u16string foldWidth(std::u16string_view text);

[[nodiscard]] bool isBlank(char16_t c);
[[nodiscard]] bool isHan(char16_t c);
[[nodiscard]] bool isDigit(char16_t c);  // ASCII only

[[nodiscard]] std::u16string_view trim(std::u16string_view text);
[[nodiscard]] std::u16string withoutBlanks(std::u16string_view text);

// The text without what line wrapping and PDF extraction put in: a blank stays only between two characters of
// Latin words or numbers.
[[nodiscard]] std::u16string withoutStrayBlanks(std::u16string_view text);

// 十一 = 11, 二〇二三 = 2023, 三十 = 30, 两 = 2, 12 = 12; nothing else is a number here.
[[nodiscard]] std::optional<int> numberFrom(std::u16string_view text);

// A compiled regular expression in ICU's syntax.
class Pattern {
public:
    // A found match: [begin, end) of the whole and the text of each group (empty where it took no part).
    struct Match {
        std::size_t begin = 0;
        std::size_t end = 0;
        std::vector<std::u16string> groups;  // [0] is the whole match
    };

    // REQUIRES: a valid expression; ours are literals.
    explicit Pattern(std::u16string_view expression);
    ~Pattern();
    Pattern(const Pattern&) = delete;
    Pattern& operator=(const Pattern&) = delete;

    // The first match at or after `from`.
    [[nodiscard]] std::optional<Match> find(std::u16string_view text, std::size_t from = 0) const;
    [[nodiscard]] std::optional<Match> matchWhole(std::u16string_view text) const;
    [[nodiscard]] std::vector<Match> findAll(std::u16string_view text) const;
    [[nodiscard]] bool isIn(std::u16string_view text) const { return find(text).has_value(); }
    [[nodiscard]] bool isWhole(std::u16string_view text) const { return matchWhole(text).has_value(); }

private:
    struct Compiled;
    std::unique_ptr<Compiled> m_compiled;
};

}  // namespace hezhang::ledger
