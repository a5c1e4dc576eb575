// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// hz: everything the client can do to data, without a screen. HEZHANG_LOG=debug (or another level) logs to
// standard error.
#include <csignal>
#include <cstdlib>
#include <iostream>

#include "src/cli/commands.h"
#include "sync/base/log.h"

using namespace hezhang;

// Standard error is for one error line; whoever wants the log asks for it.
static void setLogLevel() {
    const char* asked = std::getenv("HEZHANG_LOG");
    log::setLevel(log::Level::off);
    for (const auto level :
         {log::Level::trace, log::Level::debug, log::Level::info, log::Level::warning, log::Level::error}) {
        if (asked != nullptr && name(level) == asked) {
            log::setLevel(level);
        }
    }
}

int main(int argc, char** argv) {
    // A reader that went away is an error of the output, not the end of a half-done command.
    std::signal(SIGPIPE, SIG_IGN);
    std::ios::sync_with_stdio(false);
    std::cin.tie(nullptr);
    setLogLevel();
    const std::vector<std::string> words(argv + std::min(argc, 1), argv + argc);
    cli::Streams streams{std::cin, std::cout, std::cerr};
    return cli::run(words, streams);
}
