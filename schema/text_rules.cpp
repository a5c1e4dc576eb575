// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "schema/text_rules.h"

#include <algorithm>
#include <chrono>
#include <cstdint>

#include "sync/op/value.h"

namespace hezhang::schema {

static constexpr std::size_t kNameMax = 40;
static constexpr std::size_t kQuotedMax = 60;
static constexpr std::size_t kIdDigits = 32;

static bool isSmallLetter(char c) {
    return c >= 'a' && c <= 'z';
}
static bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

bool hasForbiddenControl(std::string_view text, Lines lines) {
    for (const char c : text) {
        const auto byte = static_cast<std::uint8_t>(c);
        if (byte == 0x7f || (byte < 0x20 && (c != '\n' || lines == Lines::one))) {
            return true;
        }
    }
    for (std::size_t i = text.find('\xc2'); i != std::string_view::npos; i = text.find('\xc2', i + 1)) {
        if (i + 1 < text.size() && static_cast<std::uint8_t>(text[i + 1]) < 0xa0) {
            return true;
        }
    }
    return lines == Lines::one &&
           (text.find("\u2028") != std::string_view::npos || text.find("\u2029") != std::string_view::npos);
}

std::size_t characterCount(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<std::uint8_t>(c) & 0xc0) != 0x80; }));
}

bool isName(std::string_view text) {
    return !text.empty() && text.size() <= kNameMax && isSmallLetter(text[0]) &&
           std::all_of(text.begin(), text.end(),
                       [](char c) { return isSmallLetter(c) || isDigit(c) || c == '_'; });
}

bool isChoiceWord(std::string_view text) {
    return !text.empty() && text.size() <= kNameMax && std::all_of(text.begin(), text.end(), [](char c) {
        return isSmallLetter(c) || isDigit(c) || c == '-';
    });
}

bool isLowerHex(std::string_view text, std::size_t digits) {
    return text.size() == digits &&
           std::all_of(text.begin(), text.end(), [](char c) { return isDigit(c) || (c >= 'a' && c <= 'f'); });
}

// True if `text` has a digit where `pattern` has 0 and the same character elsewhere.
static bool hasPattern(std::string_view text, std::string_view pattern) {
    return std::equal(text.begin(), text.end(), pattern.begin(), pattern.end(),
                      [](char c, char p) { return p == '0' ? isDigit(c) : c == p; });
}

// REQUIRES: digits at [from, from + count)
static int number(std::string_view text, std::size_t from, std::size_t count) {
    int result = 0;
    for (const char c : text.substr(from, count)) {
        result = result * 10 + (c - '0');
    }
    return result;
}

bool isDate(std::string_view text) {
    if (!hasPattern(text, "0000-00-00")) {
        return false;
    }
    const int year = number(text, 0, 4);
    const std::chrono::year_month_day day{std::chrono::year{year},
                                          std::chrono::month{static_cast<unsigned>(number(text, 5, 2))},
                                          std::chrono::day{static_cast<unsigned>(number(text, 8, 2))}};
    return year > 0 && day.ok();
}

bool isDateTime(std::string_view text) {
    return hasPattern(text, "0000-00-00T00:00:00Z") && isDate(text.substr(0, 10)) &&
           number(text, 11, 2) < 24 && number(text, 14, 2) < 60 && number(text, 17, 2) < 60;
}

bool isScope(std::string_view text) {
    if (text == "common") {
        return true;
    }
    const auto colon = text.find(':');
    if (colon == std::string_view::npos) {
        return false;
    }
    const auto kind = text.substr(0, colon);
    const auto rest = text.substr(colon + 1);
    if (kind == "task" || kind == "unit") {
        return isLowerHex(rest, kIdDigits);
    }
    return kind == "restricted" && isName(rest);
}

std::string inQuotes(std::string_view text) {
    if (text.size() > kQuotedMax || !sync::isWellFormedUtf8(text) || hasForbiddenControl(text, Lines::one)) {
        return "(a text of " + std::to_string(text.size()) + " bytes)";
    }
    return "'" + std::string(text) + "'";
}

}  // namespace hezhang::schema
