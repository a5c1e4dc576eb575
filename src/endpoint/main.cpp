// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include <sys/stat.h>

#include <csignal>
#include <vector>

#include "src/endpoint/commands.h"

int main(int argc, char** argv) {
    ::umask(0077);                  // everything a county has is its owner's only
    std::signal(SIGPIPE, SIG_IGN);  // a peer that is gone is an ordinary result
    const std::vector<std::string> arguments(argv + (argc > 0 ? 1 : 0), argv + argc);
    hezhang::RealClock clock;
    hezhang::SystemRandom random;
    return hezhang::endpoint::runCommand(arguments, {clock, random});
}
