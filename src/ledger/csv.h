// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Comma-separated text as spreadsheets write it: RFC 4180, a byte order mark and any line end tolerated.
//
// Shape:   quoted cells may hold commas, line ends and doubled quotes. Cells lose blanks at both ends. Lines
//          without any text are left out.
// Units:   lines count from 1, of the file: a row has that of its first character.
// Limits:  kCsvRowsMax rows.
// Errors:  badInput with the line: not UTF-8, a quote that is not closed, text after a closing quote.
// Threads: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sync/base/result.h"

namespace hezhang::ledger {

inline constexpr std::size_t kCsvRowsMax = 100'000;

struct CsvRow {
    std::size_t line = 0;
    std::vector<std::string> cells;
};

[[nodiscard]] Result<std::vector<CsvRow>> parseCsv(std::string_view text);

}  // namespace hezhang::ledger
