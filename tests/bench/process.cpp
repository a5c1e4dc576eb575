// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/process.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>

namespace hezhang::bench {
namespace {

double secondsIn(const timeval& time) {
    return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
}

double secondsOf(int who) {
    rusage usage{};
    ::getrusage(who, &usage);
    return secondsIn(usage.ru_utime) + secondsIn(usage.ru_stime);
}

}  // namespace

double cpuSeconds() {
    return secondsOf(RUSAGE_SELF) + secondsOf(RUSAGE_CHILDREN);
}

double peakMemory(pid_t process) {
    std::ifstream status("/proc/" + std::to_string(process) + "/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmHWM:")) {
            return std::stod(line.substr(6)) * 1024;
        }
    }
    return 0;
}

std::string thisProgram() {
    return std::filesystem::read_symlink("/proc/self/exe").string();
}

Result<std::string> outputOf(const std::vector<std::string>& command) {
    HZ_TRY(Process process, Process::start(command));
    return process.readAll();
}

Result<Process> Process::start(const std::vector<std::string>& command) {
    std::vector<std::string> words = command;
    std::vector<char*> arguments;
    for (std::string& word : words) {
        arguments.push_back(word.data());
    }
    arguments.push_back(nullptr);
    int ends[2] = {-1, -1};
    if (::pipe2(ends, O_CLOEXEC) != 0) {
        return fail(ErrorCode::internal, "no pipe for a process");
    }
    const pid_t id = ::fork();
    if (id == 0) {
        ::dup2(ends[1], STDOUT_FILENO);
        ::execvp(arguments[0], arguments.data());
        ::_exit(127);
    }
    ::close(ends[1]);
    if (id < 0) {
        ::close(ends[0]);
        return fail(ErrorCode::internal, "no process for " + command.front());
    }
    return Process(id, ends[0]);
}

Process::Process(Process&& other) noexcept
    : m_id(std::exchange(other.m_id, -1)), m_output(std::exchange(other.m_output, -1)) {}

Process::~Process() {
    if (m_id > 0) {
        ::kill(m_id, SIGKILL);
        static_cast<void>(wait());
    }
    if (m_output >= 0) {
        ::close(m_output);
    }
}

Result<std::string> Process::readLine() {
    std::string line;
    for (char c = 0; ::read(m_output, &c, 1) == 1;) {
        if (c == '\n') {
            return line;
        }
        line += c;
    }
    return fail(ErrorCode::internal, "a process ended before it said what was waited for");
}

Result<std::string> Process::readAll() {
    std::string text;
    char bytes[4096];
    for (ssize_t count = 0; (count = ::read(m_output, bytes, sizeof bytes)) > 0;) {
        text.append(bytes, static_cast<std::size_t>(count));
    }
    HZ_CHECK(wait());
    return text;
}

double Process::cpuSeconds() const {
    std::ifstream file("/proc/" + std::to_string(m_id) + "/stat");
    std::string text;
    std::getline(file, text);
    // Fields 14 and 15; the second one is a name in brackets.
    std::istringstream fields(text.substr(text.rfind(')') + 1));
    std::string skipped;
    for (int i = 3; i < 14; ++i) {
        fields >> skipped;
    }
    double user = 0;
    double kernel = 0;
    fields >> user >> kernel;
    return (user + kernel) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

Result<void> Process::end() {
    ::kill(m_id, SIGTERM);
    return wait();
}

Result<void> Process::wait() {
    int status = 0;
    ::waitpid(std::exchange(m_id, -1), &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0
               ? Result<void>()
               : fail(ErrorCode::internal, "a process failed, with status " + std::to_string(status));
}

}  // namespace hezhang::bench
