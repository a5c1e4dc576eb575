// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The commands of `hz`. Each is one function: it checks its arguments, asks the home, and prints one answer.
//
// Shape:   a function returns the exit code of an answer it printed, or the error that is printed for it.
// Threads: one thread.
#pragma once

#include "src/cli/call.h"

namespace hezhang::cli {

// One list a file commands_*.cpp.
[[nodiscard]] std::vector<CommandSpec> homeCommands();           // enroll, what the home is and holds
[[nodiscard]] std::vector<CommandSpec> readCommands();           // ledgers, tasks, records, their history
[[nodiscard]] std::vector<CommandSpec> editCommands();           // cells, records, batches
[[nodiscard]] std::vector<CommandSpec> filingCommands();         // windows, filings, checks, who is missing
[[nodiscard]] std::vector<CommandSpec> deadlineCommands();       // more time, reminders
[[nodiscard]] std::vector<CommandSpec> targetCommands();         // targets of a task, worksheets
[[nodiscard]] std::vector<CommandSpec> consolidationCommands();  // what the office makes of the filings
[[nodiscard]] std::vector<CommandSpec> unitCommands();           // units merged, split, renamed
[[nodiscard]] std::vector<CommandSpec> conflictCommands();  // conflicts, what was merged, what was set aside
[[nodiscard]] std::vector<CommandSpec> syncCommands();
[[nodiscard]] std::vector<CommandSpec> proofCommands();    // dump, digest, receipts, checks of what is stored
[[nodiscard]] std::vector<CommandSpec> holidayCommands();  // the notices that working days are counted by
[[nodiscard]] std::vector<CommandSpec> documentCommands();  // import, export, parse

// All of them, in the order of the help.
[[nodiscard]] const std::vector<CommandSpec>& commands();

// Runs one line (without the program's name). Returns the exit code.
[[nodiscard]] int run(std::span<const std::string> words, Streams& streams);

}  // namespace hezhang::cli
