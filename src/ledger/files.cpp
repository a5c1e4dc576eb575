// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/files.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

namespace hezhang::ledger {
namespace {

class Descriptor {
public:
    explicit Descriptor(int number) : m_number(number) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (m_number >= 0) {
            ::close(m_number);
        }
    }
    [[nodiscard]] int get() const { return m_number; }
    [[nodiscard]] int release() { return std::exchange(m_number, -1); }

private:
    int m_number;
};

Result<void> writeAll(int descriptor, BytesView content, const std::string& path) {
    while (!content.empty()) {
        const ssize_t written = ::write(descriptor, content.data(), content.size());
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written < 0) {
            return fail(errnoError(errno, ErrorCode::fileUnwritable, "cannot write " + path));
        }
        content = content.subspan(static_cast<std::size_t>(written));
    }
    return {};
}

}  // namespace

Error errnoError(int number, ErrorCode otherwise, const std::string& what) {
    ErrorCode code = otherwise;
    // Where a file is to be written, what is not there is its folder.
    if ((number == ENOENT || number == ENOTDIR) && otherwise == ErrorCode::fileUnreadable) {
        code = ErrorCode::fileNotFound;
    } else if (number == ENOSPC || number == EDQUOT) {
        code = ErrorCode::storageFull;
    }
    return {code, what + " (" + std::strerror(number) + ")"};
}

Result<Bytes> readFile(const std::string& path, std::size_t limit) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.get() < 0) {
        return fail(errnoError(errno, ErrorCode::fileUnreadable, "cannot read " + path));
    }
    struct stat info {};
    if (::fstat(file.get(), &info) != 0 || !S_ISREG(info.st_mode)) {
        return fail(ErrorCode::fileUnreadable, path + " is not a file");
    }
    if (static_cast<std::uint64_t>(info.st_size) > limit) {
        return fail(ErrorCode::fileTooLarge, path + " is larger than " + std::to_string(limit) + " bytes");
    }
    Bytes content;
    std::uint8_t buffer[65536];
    for (;;) {
        const ssize_t got = ::read(file.get(), buffer, sizeof buffer);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return fail(errnoError(errno, ErrorCode::fileUnreadable, "cannot read " + path));
        }
        if (got == 0) {
            return content;
        }
        content.insert(content.end(), buffer, buffer + got);
        if (content.size() > limit) {
            return fail(ErrorCode::fileTooLarge, path + " is larger than " + std::to_string(limit) + " bytes");
        }
    }
}

Result<void> syncFolder(const std::string& path) {
    const Descriptor folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (folder.get() < 0 || ::fsync(folder.get()) != 0) {
        return fail(errnoError(errno, ErrorCode::fileUnwritable, "cannot sync " + path));
    }
    return {};
}

// `named` is the file that people know: what stands at `path` may be a step on the way to it.
static Result<void> writeSynced(const std::string& path, BytesView content, const std::string& named) {
    const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    if (file.get() < 0) {
        return fail(errnoError(errno, ErrorCode::fileUnwritable, "cannot write " + named));
    }
    HZ_CHECK(writeAll(file.get(), content, named));
    if (::fsync(file.get()) != 0) {
        return fail(errnoError(errno, ErrorCode::fileUnwritable, "cannot write " + named));
    }
    return {};
}

Result<void> writeInPlace(const std::string& path, BytesView content) {
    return writeSynced(path, content, path);
}

Result<void> overwrite(const std::string& path, BytesView content) {
    const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
    if (file.get() < 0) {
        return fail(errnoError(errno, ErrorCode::fileUnwritable, "cannot write " + path));
    }
    return writeAll(file.get(), content, path);
}

Result<void> replaceFile(const std::string& path, BytesView content) {
    const std::string fresh = path + "." + std::to_string(::getpid()) + ".new";
    if (auto written = writeSynced(fresh, content, path); !written) {
        ::unlink(fresh.c_str());
        return written;
    }
    if (::rename(fresh.c_str(), path.c_str()) != 0) {
        const int number = errno;
        ::unlink(fresh.c_str());
        return fail(errnoError(number, ErrorCode::fileUnwritable, "cannot write " + path));
    }
    const std::string parent = std::filesystem::path(path).parent_path().string();
    return syncFolder(parent.empty() ? "." : parent);
}

Result<void> makeFolder(const std::string& path) {
    std::error_code error;
    std::filesystem::create_directories(path, error);
    if (error || !std::filesystem::is_directory(path, error)) {
        return fail(ErrorCode::fileUnwritable, "cannot make the folder " + path);
    }
    return {};
}

bool fileExists(const std::string& path) {
    struct stat info {};
    return ::stat(path.c_str(), &info) == 0;
}

Result<std::optional<FileLock>> FileLock::tryTake(const std::string& path) {
    Descriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (file.get() < 0) {
        return fail(errnoError(errno, ErrorCode::fileUnwritable, "cannot lock " + path));
    }
    if (::flock(file.get(), LOCK_EX | LOCK_NB) != 0) {
        return std::optional<FileLock>{};
    }
    return std::optional<FileLock>(FileLock(file.release()));
}

FileLock& FileLock::operator=(FileLock&& other) noexcept {
    if (this != &other) {
        if (m_descriptor >= 0) {
            ::close(m_descriptor);
        }
        m_descriptor = std::exchange(other.m_descriptor, -1);
    }
    return *this;
}

FileLock::~FileLock() {
    if (m_descriptor >= 0) {
        ::close(m_descriptor);
    }
}

}  // namespace hezhang::ledger
