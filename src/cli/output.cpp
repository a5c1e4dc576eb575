// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/cli/output.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <ctime>

namespace hezhang::cli {

static constexpr std::size_t kCellColumnsMax = 60;

// --- errors ---

int exitCodeOf(const Error& error) {
    return error.code == ErrorCode::usage || error.code == ErrorCode::ambiguous ? 2 : 1;
}

std::string errorLine(const Error& error) {
    return "hz: " + oneLine(error.text) + ": " + std::string(advice(error.code));
}

Json errorJson(const Error& error) {
    return {{"code", name(error.code)}, {"message", error.text}};
}

// --- JSON ---

std::string printed(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json orNull(const std::string& text) {
    return text.empty() ? Json(nullptr) : Json(text);
}

Json timeOrNull(WallMs at) {
    return at == 0 ? Json(nullptr) : Json(toIsoText(at));
}

// --- characters ---

// Calls visit(code point or negative, its bytes).
template <class Visit>
static void eachCharacter(std::string_view text, Visit visit) {
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t start = at;
        UChar32 character = 0;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"  // inside ICU's macro
        U8_NEXT(text.data(), at, text.size(), character);
#pragma GCC diagnostic pop
        visit(character, text.substr(start, at - start));
    }
}

static bool isControl(UChar32 character) {
    if (character < 0) {
        return true;
    }
    const auto category = u_charType(character);
    // Format characters are shown as nothing but can turn the direction of a whole line.
    return category == U_CONTROL_CHAR || category == U_FORMAT_CHAR || category == U_LINE_SEPARATOR ||
           category == U_PARAGRAPH_SEPARATOR;
}

static std::size_t columnsOf(UChar32 character) {
    const auto category = u_charType(character);
    if (category == U_NON_SPACING_MARK || category == U_ENCLOSING_MARK) {
        return 0;
    }
    const int width = u_getIntPropertyValue(character, UCHAR_EAST_ASIAN_WIDTH);
    return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

static std::string cleaned(std::string_view text, bool keepLines) {
    std::string clean;
    eachCharacter(text, [&](UChar32 character, std::string_view bytes) {
        const bool isKept = !isControl(character) || (keepLines && character == '\n');
        clean += isKept ? bytes : std::string_view(" ");
    });
    return clean;
}

std::string oneLine(std::string_view text) {
    return cleaned(text, false);
}
std::string plainText(std::string_view text) {
    return cleaned(text, true);
}

std::size_t columnsOf(std::string_view text) {
    std::size_t columns = 0;
    eachCharacter(text, [&](UChar32 character, std::string_view) { columns += columnsOf(character); });
    return columns;
}

std::string shortened(std::string_view text, std::size_t columns) {
    if (columnsOf(text) <= columns) {
        return std::string(text);
    }
    std::string kept;
    std::size_t used = 1;  // the …
    bool isFull = false;
    eachCharacter(text, [&](UChar32 character, std::string_view bytes) {
        used += columnsOf(character);
        isFull = isFull || used > columns;
        kept += isFull ? std::string_view() : bytes;
    });
    return kept + "…";
}

// --- values ---

static std::string joined(const nlohmann::json& list, std::string_view between) {
    std::string text;
    for (const auto& one : list) {
        text += (text.empty() ? "" : std::string(between)) + valueText(one);
    }
    return text;
}

std::string valueText(const nlohmann::json& value) {
    if (value.is_string()) {
        return plainText(value.get_ref<const std::string&>());
    }
    if (value.is_array()) {
        return joined(value, "、");
    }
    if (value.is_object() && value.contains("conflict")) {
        return "【冲突】" + joined(value["conflict"], " | ");
    }
    return value.is_null() ? "—" : value.dump();
}

std::string localTime(WallMs at) {
    const std::time_t seconds = at / 1000;
    std::tm parts{};
    char text[32];
    if (at <= 0 || localtime_r(&seconds, &parts) == nullptr ||
        std::strftime(text, sizeof text, "%Y-%m-%d %H:%M", &parts) == 0) {
        return "—";
    }
    return text;
}

// --- tables ---

static std::string padded(const std::string& text, std::size_t columns) {
    const std::size_t used = columnsOf(text);
    return text + std::string(used < columns ? columns - used : 0, ' ');
}

void Table::add(std::vector<std::string> cells) {
    for (std::string& cell : cells) {
        cell = shortened(oneLine(cell), kCellColumnsMax);
    }
    cells.resize(m_rows.front().size());
    m_rows.push_back(std::move(cells));
}

std::string Table::text(std::string_view nothing) const {
    if (m_rows.size() == 1) {
        return std::string(nothing) + "\n";
    }
    std::vector<std::size_t> widths(m_rows.front().size());
    for (const auto& row : m_rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            widths[i] = std::max(widths[i], columnsOf(row[i]));
        }
    }
    std::string text;
    for (const auto& row : m_rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            const bool isLast = i + 1 == row.size();
            text += isLast ? row[i] + "\n" : padded(row[i], widths[i]) + "  ";
        }
    }
    return text;
}

std::string pairsText(const std::vector<std::pair<std::string, std::string>>& pairs) {
    std::size_t width = 0;
    for (const auto& [left, right] : pairs) {
        width = std::max(width, columnsOf(left));
    }
    std::string text;
    for (const auto& [left, right] : pairs) {
        text += padded(left, width) + "  " + right + "\n";
    }
    return text;
}

}  // namespace hezhang::cli
