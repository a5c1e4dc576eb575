// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// `hz edit --batch`: edits as JSON lines, answered line by line when they are durable.
//
// Shape:   in   {"record" | "register","key":{…}, "field", "assign"|"add"|"remove"|"increment": VALUE,
// "seen":[DOT…]?}
//          out  {"line","ok":true,"dot","op","record"} or {"line","ok":false,"error":{"code","message"}};
//          last {"applied","failed"}, with "error" where storage failed. Lines count from 1, blank ones are
//          counted and skipped. Other keys are refused: a misspelt "seen" would overwrite silently.
// Limits:  kLineBytesMax a line.
// Errors:  a bad line fails alone. Where a commit fails (disk full) all lines of its batch are answered as
// failed and the run ends. Threads: those of the home. No transaction is open while the input is awaited.
#pragma once

#include "src/cli/output.h"
#include "src/ledger/home.h"

namespace hezhang::cli {

inline constexpr std::size_t kLineBytesMax = 1024 * 1024;

struct BatchOptions {
    std::size_t editsPerCommit = 1;
};

// What one line asks for. Errors: badInput; usage for a malformed dot; those of findRecord.
[[nodiscard]] Result<ledger::EditRequest> readBatchLine(ledger::Home& home, const std::string& line);

// Returns the exit code: 0, or 1 if a line failed.
[[nodiscard]] Result<int> runBatch(ledger::Home& home, std::istream& lines, const BatchOptions& options,
                                   Streams& streams);

}  // namespace hezhang::cli
