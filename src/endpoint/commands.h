// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The command line of hezhangd. Text goes to people, --json to programs; errors are one line on standard
// error and, with --json, an object on standard output.
//
// Exit codes: 0 done, 1 failed, 2 wrong usage or an ambiguous name.
#pragma once

#include <span>
#include <string>

#include "src/ledger/home.h"

namespace hezhang::endpoint {

// Runs one command; `arguments` without the program's name. Returns the exit code.
[[nodiscard]] int runCommand(std::span<const std::string> arguments, ledger::Environment environment);

}  // namespace hezhang::endpoint
