// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Tables whose cells are parted by a character: tabs, bars, commas, semicolons (RFC 4180 quotes, which may
// hold lines).
//
// Threads: pure functions.
#pragma once

#include <optional>
#include <vector>

#include "src/documents/text_import_grid.h"
#include "src/documents/text_import_source.h"

namespace hezhang::documents {

struct FoundGrid {
    Grid grid;
    std::size_t firstLine = 0;  // index of the header among the lines
};

// The first task table; nothing when no line is the header of one.
[[nodiscard]] std::optional<FoundGrid> findDelimitedTable(const std::vector<SourceLine>& lines);

}  // namespace hezhang::documents
