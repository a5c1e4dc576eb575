// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Small files beside a database: read whole, replaced whole and durably, locked.
//
// Errors:  fileNotFound, fileUnreadable, fileTooLarge, fileUnwritable, storageFull.
// Threads: any.
#pragma once

#include <optional>
#include <string>

#include "sync/base/bytes.h"
#include "sync/base/result.h"

namespace hezhang::ledger {

[[nodiscard]] Result<Bytes> readFile(const std::string& path, std::size_t limit);
// Writes a new file beside it, syncs it, puts it in place and syncs the folder. Readable by the owner only.
[[nodiscard]] Result<void> replaceFile(const std::string& path, BytesView content);
// Writes over the file, which stays the same one (its inode), and syncs it. A crash in between leaves part of
// it.
[[nodiscard]] Result<void> writeInPlace(const std::string& path, BytesView content);
// Writes over the start of the file, or makes it; the rest stays. Not synced, and in one piece: for a small
// note that is written often and may be lost.
[[nodiscard]] Result<void> overwrite(const std::string& path, BytesView content);
[[nodiscard]] Result<void> makeFolder(const std::string& path);
[[nodiscard]] bool fileExists(const std::string& path);
[[nodiscard]] Result<void> syncFolder(const std::string& path);
[[nodiscard]] Error errnoError(int number, ErrorCode otherwise, const std::string& what);

// An advisory lock, held until destroyed; ends with the process, however it ends.
class FileLock {
public:
    // nullopt where somebody else holds it.
    [[nodiscard]] static Result<std::optional<FileLock>> tryTake(const std::string& path);
    FileLock(FileLock&& other) noexcept : m_descriptor(other.m_descriptor) { other.m_descriptor = -1; }
    FileLock& operator=(FileLock&& other) noexcept;
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;
    ~FileLock();

private:
    explicit FileLock(int descriptor) : m_descriptor(descriptor) {}
    int m_descriptor = -1;
};

}  // namespace hezhang::ledger
