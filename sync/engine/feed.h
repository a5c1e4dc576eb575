// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What of the log goes to which device: entries after its cursor, of the scopes it holds, as one page with one proof.
//
// Shape:   docs/sync-model.md section 6. An entry without an accepted op is kept from all but office and author until it is released.
// Limits:  about `pageBytes` of entries an answer.
// Errors:  storage errors.
// Threads: that of its store.
#pragma once

#include <map>

#include "sync/engine/intake.h"

namespace hezhang::sync {

inline constexpr std::size_t kPageBytesMax = 640 * 1024;

// Who reads, and what it has just pushed.
struct Reader {
    const DeviceRow& device;
    const SyncRequest& request;
    std::vector<std::string> held;       // scopes it holds now
    std::vector<std::string> everHeld;   // and those it held once: the answers to its own writing there still go to it
};

class Feed {
public:
    Feed(Store& store, const Suite& suite, const Judge& judge, History& history, CountyLog& log)
        : m_store(store), m_suite(suite), m_judge(judge), m_history(history), m_log(log) {}
    Feed(const Feed&) = delete;
    Feed& operator=(const Feed&) = delete;

    void setPageBytesMax(std::size_t bytes) { m_pageBytesMax = bytes; }
    // Fills in what is new for the reader, signing a head where the newest one is older than the log.
    [[nodiscard]] Result<void> fill(const Reader& reader, SyncAnswer& answer, WallMs now);

private:
    // A part of the log: the scopes asked of it, and whether control entries are among it.
    struct Part {
        const Reader& reader;
        std::vector<std::string> scopes;
        bool isMain = true;
    };
    using Chosen = std::map<std::uint64_t, ProvenEntry>;

    [[nodiscard]] Result<std::uint64_t> collect(const Part& part, std::uint64_t from, std::uint64_t end, Chosen& chosen,
                                                std::size_t& bytes);
    [[nodiscard]] Result<void> add(std::uint64_t position, const Part& part, Chosen& chosen, std::size_t& bytes);
    [[nodiscard]] Result<bool> isFor(const Part& part, const LogEntry& entry);
    [[nodiscard]] Result<bool> isKeptFrom(const DeviceRow& device, std::uint64_t position);
    [[nodiscard]] Result<std::vector<std::pair<Hash, Hash>>> skippedBefore(const DeviceRow& device, const Chosen& chosen);
    [[nodiscard]] Result<Page> pageOf(Chosen&& chosen, WallMs now);

    Store& m_store;
    const Suite& m_suite;
    const Judge& m_judge;
    History& m_history;
    CountyLog& m_log;
    std::size_t m_pageBytesMax = kPageBytesMax;
};

}  // namespace hezhang::sync
