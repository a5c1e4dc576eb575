// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The figures of a snapshot: what units had counted, in their reports and towards the targets of the tasks,
// when the window was closed. Private to closings.
//
// Shape:   "counts": a row for each task with a figure:
//            {"filings":[{"done_count","filing","unit"}],"targets":[…],"task","together"}
//            a target of the task's text has {"tallies":[…],"words"}: the records that count towards it, each
//            {"cases","done","percent","record","target","unit","window"}, target: what it was counted under;
//            what counts towards nothing is not printed, and not here: it may be as much as anybody likes
//          What is printed follows: the number done is the sum of `done_count`; a target's figure that of
//          `done` and `cases` of its tallies, of all windows. Each number is the sum of the increments of its
//          record before the snapshot's position: increments stay in the log, so it can be made again.
// Errors:  storage errors.
// Threads: those of the home.
#pragma once

#include "src/office/closing.h"

namespace hezhang::office {

[[nodiscard]] Result<nlohmann::json> frozenCounts(ledger::Home& home, ledger::Succession& succession,
                                                  const std::vector<WindowTask>& tasks, std::uint64_t before);

// Whoever wrote it: nothing is read of it that is not there.
[[nodiscard]] bool areCounts(const nlohmann::json& counts);

// Makes every number again as it was at `before`; `now`: the counts as they stand.
[[nodiscard]] Result<void> checkCounts(ledger::Home& home, const nlohmann::json& content,
                                       const nlohmann::json& now, FrozenCheck& check);

}  // namespace hezhang::office
