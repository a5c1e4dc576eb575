// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The workload "county year": 60 units edit a ledger of 2,000 rows x 8 fields for one year without a sync, 80
// % of the time in rows of their own, else in 200 rows that all share. No input but the corpus, no clock:
// equal numbers of ops are equal ops, byte for byte, on every machine.
//
// Shape:   ops of unit 1 first, of each unit in the order it wrote them. Rows 0-199 are shared.
// Units:   `at` in milliseconds since the start of the year, by the author's clock.
// Errors:  fileNotFound: the corpus.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "sync/base/result.h"

namespace hezhang::bench {

inline constexpr int kUnits = 60;
inline constexpr int kRows = 2000;
inline constexpr std::array kFieldNames{"task",   "measure", "responsible", "deadline",
                                        "status", "percent", "progress",    "remark"};

struct WorkOp {
    int unit = 1;      // 1..60
    int sequence = 1;  // 1, 2, 3, … for each unit
    std::int64_t at = 0;
    int row = 0;
    int field = 0;
    std::string value;
};

struct Cell {
    int row = 0;
    int field = 0;
    auto operator<=>(const Cell&) const = default;
};

using CellTexts = std::map<Cell, std::string>;

[[nodiscard]] Result<std::vector<WorkOp>> makeWorkload(const std::string& corpusFile, int ops);

// One op a line, as JSON: what the limit programs read.
[[nodiscard]] Result<void> writeLines(const std::vector<WorkOp>& ops, const std::string& file);

// What each cell holds where the last writer wins: by (at, unit).
[[nodiscard]] CellTexts lastWritten(const std::vector<WorkOp>& ops);

// How many cells hold several values that differ, where the last of each unit stands: nobody sees anybody's
// edits before the end.
[[nodiscard]] std::size_t conflictsIn(const std::vector<WorkOp>& ops);

// The hash by which a state is compared, in hex.
[[nodiscard]] std::string stateHash(const CellTexts& state);

}  // namespace hezhang::bench
