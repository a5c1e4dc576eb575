// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/blob_store.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <optional>

#include "src/ledger/files.h"

namespace hezhang::ledger {

using sync::BlobGetAnswer;
using sync::BlobPutAnswer;
using sync::BlobStatus;

namespace {

class Descriptor {
public:
    Descriptor(const std::string& path, int flags)
        : m_number(::open(path.c_str(), flags | O_CLOEXEC, 0600)) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (m_number >= 0) {
            ::close(m_number);
        }
    }
    [[nodiscard]] int number() const { return m_number; }
    [[nodiscard]] bool isOpen() const { return m_number >= 0; }

private:
    int m_number;
};

tl::unexpected<Error> failed(const char* what) {
    Error error = errnoError(errno, ErrorCode::storageFailed, what);
    if (error.code != ErrorCode::storageFull) {
        error.code = ErrorCode::storageFailed;
    }
    return fail(std::move(error));
}

std::optional<std::uint64_t> sizeOf(const std::string& path) {
    struct stat info {};
    return ::stat(path.c_str(), &info) == 0 ? std::optional(static_cast<std::uint64_t>(info.st_size))
                                            : std::nullopt;
}

// All of `bytes` or nothing.
Result<void> append(const std::string& path, std::uint64_t offset, BytesView bytes) {
    const Descriptor file(path, O_WRONLY | O_CREAT);
    if (!file.isOpen()) {
        return failed("a part of a blob cannot be opened");
    }
    std::uint64_t at = offset;
    while (!bytes.empty()) {
        const ssize_t written = ::pwrite(file.number(), bytes.data(), bytes.size(), static_cast<off_t>(at));
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written < 0) {
            auto error = failed("a part of a blob cannot be written");
            [[maybe_unused]] const int ignored = ::ftruncate(file.number(), static_cast<off_t>(offset));
            return error;
        }
        at += static_cast<std::uint64_t>(written);
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return {};
}

Result<void> flush(const std::string& path) {
    const Descriptor file(path, O_RDONLY);
    if (!file.isOpen() || ::fsync(file.number()) != 0) {
        return failed("a blob cannot be made durable");
    }
    return {};
}

}  // namespace

std::string BlobStore::folderOf(const Hash& hash) const {
    return m_folder + "/" + hash.hex().substr(0, 2);
}

std::string BlobStore::pathOf(const Hash& hash) const {
    return folderOf(hash) + "/" + hash.hex();
}

Result<BlobPutAnswer> BlobStore::put(const sync::BlobPut& chunk) {
    BlobPutAnswer answer;
    if (chunk.total > sync::kBlobMax || chunk.bytes.size() > sync::kBlobChunkMax) {
        answer.status = BlobStatus::tooLarge;
        return answer;
    }
    const std::string part = pathOf(chunk.hash) + "." + chunk.device.hex() + ".part";
    if (const auto whole = sizeOf(pathOf(chunk.hash))) {
        ::unlink(part.c_str());
        answer.have = *whole;
        return answer;
    }
    answer.have = sizeOf(part).value_or(0);
    // All of it came, and the disk failed before it was in place: only then is it here.
    if (chunk.total > 0 && answer.have == chunk.total) {
        return finish(chunk, part);
    }
    if (chunk.bytes.empty() && chunk.total > 0) {
        return answer;
    }
    if (chunk.offset != answer.have) {
        answer.status = BlobStatus::wrongOffset;
        return answer;
    }
    if (chunk.bytes.size() > chunk.total - std::min(chunk.total, answer.have)) {
        answer.status = BlobStatus::tooLarge;
        return answer;
    }
    HZ_CHECK(makeFolder(folderOf(chunk.hash)));
    HZ_CHECK(append(part, chunk.offset, chunk.bytes));
    answer.have += chunk.bytes.size();
    return answer.have == chunk.total ? finish(chunk, part) : Result<BlobPutAnswer>(answer);
}

Result<BlobPutAnswer> BlobStore::finish(const sync::BlobPut& chunk, const std::string& part) {
    HZ_TRY(const Bytes content, readFile(part, sync::kBlobMax));
    if (m_suite.hash({content}) != chunk.hash) {
        ::unlink(part.c_str());
        return BlobPutAnswer{{}, BlobStatus::wrongHash, 0};
    }
    HZ_CHECK(flush(part));
    if (::rename(part.c_str(), pathOf(chunk.hash).c_str()) != 0) {
        return failed("a blob cannot be put in place");
    }
    HZ_CHECK(flush(folderOf(chunk.hash)));
    HZ_CHECK(flush(m_folder));
    return BlobPutAnswer{{}, BlobStatus::ok, chunk.total};
}

Result<BlobGetAnswer> BlobStore::get(const Hash& hash, std::uint64_t offset) {
    BlobGetAnswer answer;
    const auto size = sizeOf(pathOf(hash));
    if (!size) {
        answer.status = BlobStatus::notFound;
        return answer;
    }
    answer.total = *size;
    if (offset > answer.total) {
        answer.status = BlobStatus::wrongOffset;
        return answer;
    }
    HZ_TRY(const Bytes content, readFile(pathOf(hash), sync::kBlobMax));
    const BytesView rest = BytesView(content).subspan(std::min<std::size_t>(offset, content.size()));
    answer.bytes = copyOf(rest.first(std::min(rest.size(), sync::kBlobChunkMax)));
    return answer;
}

}  // namespace hezhang::ledger
