// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/part_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include "src/ledger/files.h"

namespace hezhang::ledger {
namespace {

class PartDescriptor {
public:
    PartDescriptor(const std::string& path, int flags)
        : m_number(::open(path.c_str(), flags | O_CLOEXEC, 0600)) {}
    PartDescriptor(const PartDescriptor&) = delete;
    PartDescriptor& operator=(const PartDescriptor&) = delete;
    ~PartDescriptor() {
        if (m_number >= 0) {
            ::close(m_number);
        }
    }
    [[nodiscard]] int number() const { return m_number; }
    [[nodiscard]] bool isOpen() const { return m_number >= 0; }

private:
    int m_number;
};

tl::unexpected<Error> partFailed(const char* what) {
    Error error = errnoError(errno, ErrorCode::storageFailed, what);
    if (error.code != ErrorCode::storageFull) {
        error.code = ErrorCode::storageFailed;
    }
    return fail(std::move(error));
}

Result<void> writeAt(int file, std::uint64_t offset, BytesView bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::pwrite(file, bytes.data(), bytes.size(), static_cast<off_t>(offset));
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written < 0) {
            return partFailed("a part of a file cannot be written");
        }
        offset += static_cast<std::uint64_t>(written);
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return ::fsync(file) == 0 ? Result<void>() : partFailed("a part of a file cannot be made durable");
}

std::string parentOf(const std::string& path) {
    return std::filesystem::path(path).parent_path().string();
}

}  // namespace

Result<void> flushFolder(const std::string& path) {
    const PartDescriptor folder(path, O_RDONLY);
    if (!folder.isOpen() || ::fsync(folder.number()) != 0) {
        return partFailed("a folder of files cannot be made durable");
    }
    return {};
}

std::optional<std::uint64_t> sizeOf(const std::string& path) {
    struct stat info {};
    return ::stat(path.c_str(), &info) == 0 ? std::optional(static_cast<std::uint64_t>(info.st_size))
                                            : std::nullopt;
}

Result<Bytes> readPiece(const std::string& path, std::uint64_t offset, std::size_t bytesMax) {
    const PartDescriptor file(path, O_RDONLY);
    Bytes bytes(bytesMax);
    std::size_t size = 0;
    while (file.isOpen() && size < bytesMax) {
        const ssize_t got =
            ::pread(file.number(), bytes.data() + size, bytesMax - size, static_cast<off_t>(offset + size));
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return partFailed("a file cannot be read");
        }
        if (got == 0) {
            break;
        }
        size += static_cast<std::size_t>(got);
    }
    bytes.resize(size);
    return file.isOpen() ? Result<Bytes>(std::move(bytes)) : partFailed("a file cannot be read");
}

Result<void> appendPiece(const std::string& part, std::uint64_t offset, BytesView bytes) {
    const PartDescriptor file(part, O_WRONLY | O_CREAT);
    if (!file.isOpen()) {
        return partFailed("a part of a file cannot be opened");
    }
    if (auto written = writeAt(file.number(), offset, bytes); !written) {
        // A disk that failed to take it may say the next time that it has it: what is not durable must not
        // stay.
        if (::ftruncate(file.number(), static_cast<off_t>(offset)) != 0) {
            ::unlink(part.c_str());
        }
        return written;
    }
    return offset == 0 ? flushFolder(parentOf(part)) : Result<void>();
}

Result<PartEnd> finishPart(const std::string& part, const std::string& path, const sync::Suite& suite,
                           const Hash& hash) {
    // What came before a kill was written, but perhaps not flushed; a part whose flush failed is not believed
    // again.
    const PartDescriptor file(part, O_RDONLY);
    if (!file.isOpen() || ::fsync(file.number()) != 0) {
        auto error = partFailed("a file cannot be made durable");
        ::unlink(part.c_str());
        return error;
    }
    const auto size = sizeOf(part);
    HZ_TRY(const Bytes content, readPiece(part, 0, static_cast<std::size_t>(size.value_or(0))));
    if (suite.hash({content}) != hash) {
        ::unlink(part.c_str());
        return PartEnd::wrongHash;
    }
    if (::rename(part.c_str(), path.c_str()) != 0) {
        return partFailed("a file cannot be put in place");
    }
    if (auto flushed = flushFolder(parentOf(path)); !flushed) {
        // It must not count as here: not to who asks next either.
        [[maybe_unused]] const int ignored = ::rename(path.c_str(), part.c_str());
        return fail(flushed.error());
    }
    return PartEnd::inPlace;
}

std::optional<WallMs> usedAt(const std::string& path) {
    struct stat info {};
    if (::stat(path.c_str(), &info) != 0) {
        return std::nullopt;
    }
    return WallMs{info.st_mtim.tv_sec} * 1000 + info.st_mtim.tv_nsec / 1'000'000;
}

bool use(const std::string& path) {
    return ::utimensat(AT_FDCWD, path.c_str(), nullptr, 0) == 0;
}

// Out of the way first: who uses it now finds nothing and writes it anew, and who used it a moment ago has
// left his mark.
Result<bool> removeUnlessUsed(const std::string& path, WallMs before) {
    if (usedAt(path).value_or(before) >= before) {
        return false;
    }
    const std::string aside = path + ".new";
    if (::rename(path.c_str(), aside.c_str()) != 0) {
        return partFailed("a file cannot be put aside");
    }
    if (usedAt(aside).value_or(before) >= before) {
        return ::rename(aside.c_str(), path.c_str()) == 0 ? Result<bool>(false)
                                                          : partFailed("a file cannot be put back");
    }
    return ::unlink(aside.c_str()) == 0 ? Result<bool>(true) : partFailed("a file cannot be removed");
}

}  // namespace hezhang::ledger
