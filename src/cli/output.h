// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What `hz` prints: the error line, JSON for programs, aligned text for people.
//
// Shape:   JSON is one line, UTF-8, keys in the order of the contract. Text from a ledger reaches a terminal
// without control characters,
//          so it cannot steer it. A wide character counts two columns.
// Errors:  none; a stream that broke is noticed at the end of the program.
// Threads: pure functions.
#pragma once

#include <iosfwd>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "sync/base/bytes.h"
#include "sync/base/clock_source.h"
#include "sync/base/result.h"

namespace hezhang::cli {

using Json = nlohmann::ordered_json;

struct Streams {
    std::istream& in;
    std::ostream& out;
    std::ostream& err;
};

// 2 for what was used wrongly or is ambiguous, else 1.
[[nodiscard]] int exitCodeOf(const Error& error);
// hz: what is wrong: what to do
[[nodiscard]] std::string errorLine(const Error& error);
[[nodiscard]] Json errorJson(const Error& error);  // {"code","message"}

// One line without its newline; broken characters replaced.
[[nodiscard]] std::string printed(const Json& json);
[[nodiscard]] Json orNull(const std::string& text);
[[nodiscard]] Json timeOrNull(WallMs at);  // 0: null
template <class Tag, std::size_t N>
[[nodiscard]] Json idOrNull(const FixedBytes<Tag, N>& id) {
    return id.isNone() ? Json(nullptr) : Json(id.hex());
}

// For people: controls and line breaks become blanks.
[[nodiscard]] std::string oneLine(std::string_view text);
// Line breaks stay, other controls become blanks.
[[nodiscard]] std::string plainText(std::string_view text);
// A value in the dump form: a text, a number, elements with 、 between, the values of a conflict.
[[nodiscard]] std::string valueText(const nlohmann::json& value);
// In this machine's time zone, to the minute.
[[nodiscard]] std::string localTime(WallMs at);
[[nodiscard]] std::size_t columnsOf(std::string_view text);
// At most `columns` wide, with … where something was cut off.
[[nodiscard]] std::string shortened(std::string_view text, std::size_t columns);

// Rows in columns, the first row a heading; columns as wide as their widest cell, the last one not filled up.
class Table {
public:
    explicit Table(std::vector<std::string> heading) : m_rows{std::move(heading)} {}
    void add(std::vector<std::string> cells);
    // `nothing` where there is no row.
    [[nodiscard]] std::string text(std::string_view nothing = "（无）") const;

private:
    std::vector<std::vector<std::string>> m_rows;
};

// Lines of name and value, names padded to one width.
[[nodiscard]] std::string pairsText(const std::vector<std::pair<std::string, std::string>>& pairs);

}  // namespace hezhang::cli
