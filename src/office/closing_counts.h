// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The figures of a snapshot: what units had counted, in their reports and towards the targets of the tasks,
// when the window was closed. Private to closings.
//
// Shape:   "counts": a row for each task with a figure:
//            {"dropped":[sum…],"filings":[{"done_count","filing","unit"}],"targets":[…],"task","together"}
//            a target of the task's text has {"others":[sum…],"tallies":[…],"words"}: the records of this
//            window that count towards it, each {"cases","done","percent","record","target","unit"}, target:
//            what it was counted under; and of other windows or none what each unit's come to. `dropped`: the
//            same of all that counts towards no target of the text a sum has
//            {"cases","done","percent","percent_window","records","unit"}: of so many records; the percent is
//            that stated last, with its window
//          So a snapshot grows with reports, units and targets, and not with what a unit counts beside them.
//          What is printed follows: the number done is the sum of `done_count`; a target's figure that of
//          `done` and `cases` of its tallies and others. Each number is that of the increments of its
//          record before the snapshot's position: increments stay in the log, so it can be made again.
// Errors:  storage errors.
// Threads: those of the home.
#pragma once

#include "src/office/closing.h"

namespace hezhang::office {

[[nodiscard]] Result<nlohmann::json> frozenCounts(ledger::Home& home, ledger::Succession& succession,
                                                  const RecordId& window,
                                                  const std::vector<WindowTask>& tasks, std::uint64_t before);

// Whoever wrote it: nothing is read of it that is not there.
[[nodiscard]] bool areCounts(const nlohmann::json& counts);

// How many they are and of whom most of them, for a person: "1650 counts, the most of 甲镇 (50)".
[[nodiscard]] Result<std::string> countsInWords(ledger::Home& home, const nlohmann::json& counts);

// Makes every number again as it was at the snapshot's position, and finds what is left out or stands in it
// twice; `now`: the counts as they stand.
[[nodiscard]] Result<void> checkCounts(ledger::Home& home, const nlohmann::json& content,
                                       const nlohmann::json& now, FrozenCheck& check);

}  // namespace hezhang::office
