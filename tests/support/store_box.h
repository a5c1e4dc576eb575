// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The store of one replica or county in a test: in memory or a SQLite file, with snapshots, crashes and write
// faults. The file lies on a disk that fails on request (fault_disk.h), and is nowhere else.
//
// Errors:  a store that cannot be opened or copied throws: the test fails.
// Threads: one.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <stdexcept>
#include <variant>

#include "sync/store/memory_store.h"
#include "sync/store/sqlite_store.h"
#include "tests/support/fault_disk.h"
#include "tests/support/flaky_store.h"
#include "tests/support/temporary_folder.h"

namespace hezhang::test {

class Failed : public std::runtime_error {
public:
    explicit Failed(Error error)
        : std::runtime_error(std::string(name(error.code)) + ": " + error.text), m_error(std::move(error)) {}
    [[nodiscard]] const Error& error() const { return m_error; }

private:
    Error m_error;
};

// The value of a Result, or a failed test that says why there is none.
template <class T>
T must(Result<T> result) {
    if (!result) {
        throw Failed(result.error());
    }
    return *std::move(result);
}
inline void must(const Result<void>& result) {
    if (!result) {
        throw Failed(result.error());
    }
}

enum class StoreKind : std::uint8_t { memory, sqlite };

class StoreBox {
public:
    using Snapshot = std::variant<sync::MemoryStore::Snapshot, std::shared_ptr<const Bytes>>;

    StoreBox(StoreKind kind, TemporaryFolder& folder);
    [[nodiscard]] FlakyStore& store() { return *m_flaky; }
    // REQUIRES: no open transaction.
    [[nodiscard]] Snapshot snapshot();
    // What was not committed is gone; references to store() stay valid.
    void restore(const Snapshot& snapshot);
    // From then on, until mend(): so many calls of the disk later it has no room, or its power goes. In
    // memory: so many writes later there is no room.
    void breakAfter(std::uint64_t calls, DiskFault how);
    void mend();
    // Whether the power went. Only cutPower() helps then.
    [[nodiscard]] bool isOff() const;
    // The files are what a power cut may leave of them, what was committed among it. What was not is gone, as
    // in restore(). In memory that is all.
    void cutPower(std::uint64_t seed);
    // Every byte on the disk; nothing of a store in memory.
    [[nodiscard]] std::string fileBytes() const;
    // Told of the store now, and of each that takes its place. REQUIRES: its file is one.
    void whenOpened(std::function<void(sync::SqliteStore&)> told);
    // Leaves nothing deleted in its files.
    void scrub();

private:
    void openFile();

    std::string m_path;
    std::unique_ptr<FaultDisk> m_disk;  // of a file
    DiskFault m_planned = DiskFault::full;
    std::function<void(sync::SqliteStore&)> m_whenOpened;
    std::unique_ptr<sync::Store> m_inner;
    std::unique_ptr<FlakyStore> m_flaky;
};

}  // namespace hezhang::test
