// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A checker's worksheet: of each task of a unit the lines its indicator asks to look at, with what was seen,
// and what the unit has counted towards the task's targets.
//
// Shape:   what was seen of a line stands in a check (`lines`), with that check's finding and photos; a line
//          shows its latest one. A line is known by its words: what was ticked of words that the indicator
//          has no more stands behind the others, `isDropped`.
// Errors:  unknownRecord; storage errors.
// Threads: those of the home.
#pragma once

#include "src/ledger/check_lines.h"
#include "src/ledger/tallies.h"
#include "src/office/checks.h"

namespace hezhang::office {

struct LineSeen {
    std::string result;  // yes no na
    RecordId check;
    std::string at;   // ISO time of the look
    std::string day;  // of `at`, by the clock of the whole country (UTC+8)
    std::string personName;
    std::string finding;  // of the check
    std::size_t photos = 0;
};
struct WorksheetLine {
    ledger::CheckLine line;
    bool isDropped = false;
    std::optional<LineSeen> seen;
};
// What stands among the ticks of a check and is none of the three answers with its words.
struct UnclearTick {
    std::string text;
    RecordId check;
    std::string at;
    std::string personName;
};
struct WorksheetTarget {
    ledger::Target target;
    ledger::Tally tally;  // what counts against it for the unit
    bool isTogether = false;
};
struct Worksheet {
    RecordId task;
    std::int64_t serial = 0;
    std::string taskItem;
    std::string taskContent;
    RecordId unit;
    std::vector<WorksheetLine> lines;
    std::vector<UnclearTick> unclear;      // the latest check's first
    std::vector<WorksheetTarget> targets;  // those that are counted
};
// Of one task, or of every task of the unit in a ledger by serial.
[[nodiscard]] Result<Worksheet> worksheet(ledger::Home& home, const RecordId& task, const RecordId& unit,
                                          std::string_view today);
[[nodiscard]] Result<std::vector<Worksheet>> worksheets(ledger::Home& home, const RecordId& ledgerId,
                                                        const RecordId& unit, std::string_view today);

// As they are printed, Chinese: 案头 现场 材料 判断, 未注明 where the indicator does not say how; 符合 不符合
// 不适用. REQUIRES: `result` is yes, no or na.
[[nodiscard]] std::string kindWords(const std::optional<ledger::CheckKind>& kind);
[[nodiscard]] std::string resultWords(std::string_view result);

}  // namespace hezhang::office
