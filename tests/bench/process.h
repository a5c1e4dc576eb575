// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Other processes: this very program under another command, and what they cost.
//
// Units:   seconds; bytes.
// Errors:  internal: a process cannot be made, or did not end with 0; timedOut: it says nothing.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "sync/base/result.h"

namespace hezhang::bench {

// Of the process itself and of the children it has waited for.
[[nodiscard]] double cpuSeconds();
// The largest memory that ever lay in RAM (VmHWM).
[[nodiscard]] double peakMemory(pid_t process);
[[nodiscard]] std::string thisProgram();

// Runs a command to its end; what it printed.
[[nodiscard]] Result<std::string> outputOf(const std::vector<std::string>& command);

// A process that runs beside this one, until it is ended.
class Process {
public:
    [[nodiscard]] static Result<Process> start(const std::vector<std::string>& command);
    Process(Process&& other) noexcept;
    Process& operator=(Process&&) = delete;
    ~Process();

    // The next line that it prints, without its end.
    [[nodiscard]] Result<std::string> readLine();
    // All it prints until it ends by itself.
    [[nodiscard]] Result<std::string> readAll();
    [[nodiscard]] pid_t id() const { return m_id; }
    [[nodiscard]] double cpuSeconds() const;
    // Asks it to end (SIGTERM) and waits.
    [[nodiscard]] Result<void> end();

private:
    Process(pid_t id, int output) : m_id(id), m_output(output) {}
    [[nodiscard]] Result<void> wait();

    pid_t m_id = -1;
    int m_output = -1;
};

}  // namespace hezhang::bench
