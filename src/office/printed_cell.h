// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Where a cell of the consolidated ledger comes from: the ops whose values are printed in it, by whom, on
// which device, entered when, and who approved what they are part of.
//
// Shape:   cells as the consolidated form has them (schema/forms/consolidated.json): number, item, content,
//          indicator, responsible, deadline, progress. Of progress the sources are the office's paragraph,
//          where it has written one, and every filing whose text is taken: a sentence names those it is from.
// Errors:  unknownRecord; badInput: no such cell, or the task is of another ledger than the window; storage
//          errors.
// Threads: those of the home.
#pragma once

#include <array>

#include "src/office/paragraph.h"

namespace hezhang::office {

inline constexpr std::array<std::string_view, 7> kPrintedCells{
    "number", "item", "content", "indicator", "responsible", "deadline", "progress"};

// One op whose value is printed.
struct PrintedEntry {
    RecordId record;
    std::string field;
    std::string value;  // as text; of a unit its name
    std::string dot;
    ledger::Authorship by;
    bool isAnswered = false;          // the county has it
    std::uint64_t position = 0;       // of its entry; of answered ones
    std::optional<WallMs> enteredAt;  // the county's time
};
struct PrintedSource {
    RecordId record;
    std::string registerName;  // task paragraph filing
    RecordId unit;             // of a filing
    std::string unitName;
    std::vector<PrintedEntry> entries;
    std::vector<PrintedEntry> approvals;  // of a filing, as it stands
};
struct PrintedSentence {
    std::string text;
    std::vector<RecordId> sources;  // filings; none: the office's own words
};
struct PrintedCell {
    RecordId task;
    std::int64_t serial = 0;
    std::string taskItem;
    std::string text;
    std::vector<PrintedSentence> sentences;  // of progress
    std::vector<PrintedSource> sources;
};
[[nodiscard]] Result<PrintedCell> printedCell(ledger::Home& home, const RecordId& task,
                                              const RecordId& window, std::string_view cell);

}  // namespace hezhang::office
