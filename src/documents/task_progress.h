// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What a form prints in a task's cell 进展落实情况.
//
// Errors:  none.
// Threads: pure functions.
#pragma once

#include "src/documents/ledger_reading.h"

namespace hezhang::documents {

struct ProgressText {
    std::string text;
    std::vector<RecordId> records{};  // that have a part in the text
};

// The office's paragraph where there is one; else all that is known, each text with its source.
[[nodiscard]] ProgressText progressText(const TaskReading& task);
// The filings' texts alone: what a unit hands in.
[[nodiscard]] ProgressText ownProgressText(const TaskReading& task);

}  // namespace hezhang::documents
