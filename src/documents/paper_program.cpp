// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/documents/paper_program.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>

extern char** environ;

namespace hezhang::documents {

namespace {

constexpr const char* kProgram = "hezhang-paper";
constexpr std::size_t kLineBytesMax = 16 << 20;
constexpr std::size_t kBytesMax = 256 << 20;
constexpr int kWaitMs = 200;
constexpr int kSilenceMsMax = 60'000;

std::optional<std::string> programPath() {
    std::error_code error;
    const auto own = std::filesystem::read_symlink("/proc/self/exe", error);
    for (const auto& folder :
         {own.parent_path(), std::filesystem::path("/usr/local/bin"), std::filesystem::path("/usr/bin")}) {
        const std::string path = (folder / kProgram).string();
        if (!folder.empty() && ::access(path.c_str(), X_OK) == 0) {
            return path;
        }
    }
    return std::nullopt;
}

// An end of a socket, closed when it goes.
class Descriptor {
public:
    explicit Descriptor(int descriptor) : m_descriptor(descriptor) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() { close(); }

    [[nodiscard]] int get() const { return m_descriptor; }
    void close() {
        if (m_descriptor >= 0) {
            ::close(m_descriptor);
        }
        m_descriptor = -1;
    }

private:
    int m_descriptor;
};

// A program that runs; killed and waited for when it goes.
class Child {
public:
    explicit Child(pid_t pid) : m_pid(pid) {}
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    ~Child() {
        if (m_pid > 0) {
            ::kill(m_pid, SIGKILL);
            wait();
        }
    }

    // How it ended, as of waitpid().
    int wait() {
        int status = 0;
        while (::waitpid(m_pid, &status, 0) < 0 && errno == EINTR) {
        }
        m_pid = -1;
        return status;
    }

private:
    pid_t m_pid;
};

Result<pid_t> start(const std::string& path, const std::vector<std::string>& arguments, int socket) {
    std::vector<char*> line{const_cast<char*>(kProgram)};
    for (const auto& argument : arguments) {
        line.push_back(const_cast<char*>(argument.c_str()));
    }
    line.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, socket, STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, socket, STDOUT_FILENO);
    ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    pid_t pid = -1;
    const int failed = ::posix_spawn(&pid, path.c_str(), &actions, nullptr, line.data(), environ);
    ::posix_spawn_file_actions_destroy(&actions);
    if (failed != 0) {
        return fail(ErrorCode::notFound, "the program hezhang-paper cannot be started");
    }
    return pid;
}

// The error that a line tells, if it tells one.
std::optional<Error> errorIn(std::string_view line) {
    if (!line.starts_with("{\"error\"")) {
        return std::nullopt;
    }
    const auto told = nlohmann::json::parse(line, nullptr, false);
    const auto text = told.is_object() && told.contains("text") && told["text"].is_string()
                          ? told["text"].get<std::string>()
                          : std::string("the PDF cannot be read");
    for (const ErrorCode code :
         {ErrorCode::badInput, ErrorCode::fileTooLarge, ErrorCode::fileUnreadable, ErrorCode::fileUnwritable,
          ErrorCode::notFound, ErrorCode::storageFull, ErrorCode::unknownFormat}) {
        if (told.is_object() && told.contains("error") && told["error"] == std::string(name(code))) {
            return Error{code, text};
        }
    }
    return Error{ErrorCode::malformed, text};
}

// Both directions of one run.
class Talk {
public:
    Talk(int socket, std::string_view input, const TakeLine& take, const GoOn& goOn)
        : m_socket(socket), m_input(input), m_take(take), m_goOn(goOn) {
        endInput();
    }

    Result<void> run() {
        int silence = 0;
        while (!m_ended) {
            if (m_goOn && !m_goOn()) {
                return fail(ErrorCode::cancelled, "stopped by the person");
            }
            pollfd wanted{m_socket, static_cast<short>(POLLIN | (m_input.empty() ? 0 : POLLOUT)), 0};
            const int ready = ::poll(&wanted, 1, kWaitMs);
            silence = ready == 0 ? silence + kWaitMs : 0;
            if (silence >= kSilenceMsMax) {
                return fail(ErrorCode::timedOut, "the PDF took too long");
            }
            if ((wanted.revents & POLLOUT) != 0) {
                send();
            }
            if ((wanted.revents & (POLLIN | POLLHUP | POLLERR)) != 0) {
                HZ_CHECK(receive());
            }
        }
        return {};
    }

    [[nodiscard]] const std::optional<Error>& told() const { return m_told; }

private:
    void endInput() {
        if (m_input.empty()) {
            ::shutdown(m_socket, SHUT_WR);
        }
    }

    // MSG_NOSIGNAL: a program that is gone is an ordinary result.
    void send() {
        const auto sent = ::send(m_socket, m_input.data(), m_input.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent < 0 && (errno == EAGAIN || errno == EINTR)) {
            return;
        }
        m_input.remove_prefix(sent < 0 ? m_input.size() : static_cast<std::size_t>(sent));
        endInput();
    }

    Result<void> receive() {
        std::array<char, 65536> piece{};
        const auto count = ::recv(m_socket, piece.data(), piece.size(), MSG_DONTWAIT);
        if (count < 0 && (errno == EAGAIN || errno == EINTR)) {
            return {};
        }
        if (count <= 0) {
            m_ended = true;
            return {};
        }
        m_all += static_cast<std::size_t>(count);
        m_rest.append(piece.data(), static_cast<std::size_t>(count));
        if (m_all > kBytesMax) {
            return fail(ErrorCode::fileTooLarge, "the PDF holds too much text");
        }
        HZ_CHECK(takeLines());
        if (m_rest.size() > kLineBytesMax) {
            return fail(ErrorCode::fileTooLarge, "a page of the PDF holds too much text");
        }
        return {};
    }

    Result<void> takeLines() {
        std::size_t from = 0;
        for (auto end = m_rest.find('\n'); end != std::string::npos; end = m_rest.find('\n', from)) {
            const std::string_view line(m_rest.data() + from, end - from);
            from = end + 1;
            if (auto error = errorIn(line)) {
                m_told = std::move(error);
            } else {
                HZ_CHECK(m_take(line));
            }
        }
        m_rest.erase(0, from);
        return {};
    }

    int m_socket;
    std::string_view m_input;
    const TakeLine& m_take;
    const GoOn& m_goOn;
    std::string m_rest;
    std::size_t m_all = 0;
    bool m_ended = false;
    std::optional<Error> m_told;
};

}  // namespace

Result<void> runPaper(const std::vector<std::string>& arguments, std::string_view input, const TakeLine& take,
                      const GoOn& goOn) {
    const auto path = programPath();
    if (!path) {
        return fail(ErrorCode::notFound, "PDF needs the program hezhang-paper, which is not installed here");
    }
    std::array<int, 2> ends{-1, -1};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
        return fail(ErrorCode::storageBusy, "no further program can be started now");
    }
    const Descriptor own(ends[0]);
    Descriptor theirs(ends[1]);
    HZ_TRY(const pid_t pid, start(*path, arguments, theirs.get()));
    Child child(pid);
    theirs.close();
    Talk talk(own.get(), input, take, goOn);
    HZ_CHECK(talk.run());
    const int status = child.wait();
    if (talk.told()) {
        return fail(*talk.told());
    }
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        return fail(ErrorCode::malformed, "the PDF is damaged or asks for too much memory or time");
    }
    return {};
}

}  // namespace hezhang::documents
