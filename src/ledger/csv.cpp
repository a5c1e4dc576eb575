// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/csv.h"

#include <algorithm>

#include "sync/op/value.h"

namespace hezhang::ledger {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::string trimmed(std::string_view cell) {
    const auto first = cell.find_first_not_of(" \t");
    const auto last = cell.find_last_not_of(" \t");
    return first == std::string_view::npos ? std::string()
                                           : std::string(cell.substr(first, last - first + 1));
}

class Reader {
public:
    explicit Reader(std::string_view text) : m_text(text) {}

    Result<std::vector<CsvRow>> read() {
        std::vector<CsvRow> rows;
        while (!isAtEnd()) {
            CsvRow row{m_line, {}};
            HZ_CHECK(readRow(row));
            const auto isBlank = [](const std::string& cell) { return cell.empty(); };
            if (std::all_of(row.cells.begin(), row.cells.end(), isBlank)) {
                continue;
            }
            if (rows.size() == kCsvRowsMax) {
                return fail(ErrorCode::tooLarge, "more than " + std::to_string(kCsvRowsMax) + " rows");
            }
            rows.push_back(std::move(row));
        }
        return rows;
    }

private:
    [[nodiscard]] bool isAtEnd() const { return m_at == m_text.size(); }
    [[nodiscard]] bool isAt(char c) const { return !isAtEnd() && m_text[m_at] == c; }

    Result<void> readRow(CsvRow& row) {
        for (;;) {
            HZ_TRY(std::string cell, readCell());
            row.cells.push_back(std::move(cell));
            if (isAt(',')) {
                ++m_at;
                continue;
            }
            passLineEnd();
            return {};
        }
    }

    Result<std::string> readCell() {
        const auto start = m_text.find_first_not_of(" \t", m_at);
        if (start != std::string_view::npos && m_text[start] == '"') {
            m_at = start + 1;
            return readQuoted();
        }
        const std::size_t end = std::min(m_text.find_first_of(",\r\n", m_at), m_text.size());
        const std::string_view cell = m_text.substr(m_at, end - m_at);
        m_at = end;
        return trimmed(cell);
    }

    Result<std::string> readQuoted() {
        const std::size_t opened = m_line;
        std::string cell;
        for (;;) {
            if (isAtEnd()) {
                return fail(ErrorCode::badInput,
                            "line " + std::to_string(opened) + ": a quote is not closed");
            }
            const char c = m_text[m_at++];
            if (c != '"') {
                m_line += c == '\n' ? 1 : 0;
                cell.push_back(c);
            } else if (isAt('"')) {
                ++m_at;
                cell.push_back('"');
            } else {
                break;
            }
        }
        m_at = std::min(m_text.find_first_not_of(" \t", m_at), m_text.size());
        if (!isAtEnd() && m_text.find_first_of(",\r\n", m_at) != m_at) {
            return fail(ErrorCode::badInput,
                        "line " + std::to_string(m_line) + ": text after a closing quote");
        }
        return trimmed(cell);
    }

    void passLineEnd() {
        if (isAt('\r')) {
            ++m_at;
        }
        if (isAt('\n')) {
            ++m_at;
        }
        ++m_line;
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    std::size_t m_line = 1;
};

}  // namespace

Result<std::vector<CsvRow>> parseCsv(std::string_view text) {
    if (!sync::isWellFormedUtf8(text)) {
        return fail(ErrorCode::badInput, "the text is not UTF-8");
    }
    if (text.starts_with(kByteOrderMark)) {
        text.remove_prefix(kByteOrderMark.size());
    }
    return Reader(text).read();
}

}  // namespace hezhang::ledger
