// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What of the log goes to which device: entries after its cursor, of the scopes it holds, as one page with one proof.
//
// Shape:   docs/sync-model.md section 6. An entry without an accepted op is kept from all but office and author until it is released.
// Limits:  setPageBytesMax() of entries an answer, and kMessageOpsMax ops, give or take one segment. Where many entries are released at
//          one place the answer ends among them, and the cursor says how many are taken.
// Errors:  storage errors.
// Threads: that of its store.
#pragma once

#include <algorithm>
#include <map>

#include "sync/engine/entry_index.h"
#include "sync/engine/intake.h"
#include "sync/op/segment.h"

namespace hezhang::sync {

// A page that is handed back brings also what its device had pushed for it: together they stay below kMessageMax.
inline constexpr std::size_t kPageBytesMax = 400 * 1024;

// Who reads, and what it has just pushed.
struct Reader {
    const DeviceRow& device;
    const SyncRequest& request;
    std::vector<std::string> held;       // scopes it holds now
    std::vector<std::string> everHeld;   // and those it held once: the answers to its own writing there still go to it

    // How much it gets at most: what the county gives, or what its link carries.
    [[nodiscard]] std::size_t pageBytes(std::size_t most) const {
        const std::uint64_t asked = request.answerBytes;
        return asked == 0 ? most : static_cast<std::size_t>(std::min<std::uint64_t>(asked, most));
    }
};

class Feed {
public:
    Feed(Store& store, const Suite& suite, const Judge& judge, History& history, CountyLog& log, Intake& intake)
        : m_store(store), m_suite(suite), m_judge(judge), m_history(history), m_log(log), m_intake(intake), m_index(store) {}
    Feed(const Feed&) = delete;
    Feed& operator=(const Feed&) = delete;

    // Around each transaction in which anybody reads: before its first, and after its commit.
    void begin() { m_index.begin(); }
    void keep() { m_index.keep(); }
    // After a repair of entries.
    void forget() { m_index.forget(); }

    // How many bytes of entries an answer takes up at most, give or take one entry: less for slow links.
    void setPageBytesMax(std::size_t bytes) { m_pageBytesMax = bytes; }
    // How far the log is read: before `position`, and that many of the entries that go out before it.
    struct Point {
        std::uint64_t position = 0;
        std::uint32_t released = 0;
    };
    // Entries of [from, end) that the reader gets, with their segments: about a page of them, whatever its link carries at once.
    struct Slice {
        std::vector<ProvenEntry> entries;
        std::vector<std::pair<Hash, Hash>> skipped;   // as in SyncAnswer
        Point next;
    };
    [[nodiscard]] Result<Slice> slice(const Reader& reader, Point from, std::uint64_t end);
    // Whether the reader may have an entry of its scopes: one without an accepted op is for office and author.
    [[nodiscard]] Result<bool> isKeptFrom(const DeviceRow& device, std::uint64_t position);
    // Fills in what is new for the reader, signing a head where the newest one is older than the log.
    [[nodiscard]] Result<void> fill(Reader& reader, SyncAnswer& answer, WallMs now);

private:
    // A part of the log: the scopes asked of it, and whether control entries are among it.
    struct Part {
        const Reader& reader;
        std::vector<std::string> scopes;
        bool isMain = true;
    };
    using Chosen = std::map<std::uint64_t, ProvenEntry>;
    // What an answer or a slice holds already.
    struct Room {
        std::size_t bytesMax;
        std::size_t bytes = 0;
        std::size_t ops = 0;
        [[nodiscard]] bool isFull() const {
            return bytes >= bytesMax || ops + kSegmentOpsMax > kMessageOpsMax;
        }
    };

    [[nodiscard]] Result<Point> collect(const Part& part, Point from, std::uint64_t end, Chosen& chosen, Room& room);
    [[nodiscard]] Result<std::vector<std::uint64_t>> placesOf(const Part& part, std::uint64_t from, std::uint64_t end);
    [[nodiscard]] Result<void> add(std::uint64_t position, const Part& part, Chosen& chosen, Room& room);
    [[nodiscard]] Result<bool> isFor(const Part& part, const LogEntry& entry);
    [[nodiscard]] Result<void> addRedactions(const Hash& hash, BytesView envelope, Chosen& chosen);
    [[nodiscard]] Result<bool> isIncompleteAt(std::uint64_t position);
    [[nodiscard]] Result<std::vector<std::pair<Hash, Hash>>> skippedBefore(const DeviceRow& device, const Chosen& chosen);
    [[nodiscard]] Result<Page> pageOf(Chosen&& chosen, WallMs now);

    Store& m_store;
    const Suite& m_suite;
    const Judge& m_judge;
    History& m_history;
    CountyLog& m_log;
    Intake& m_intake;
    EntryIndex m_index;
    std::size_t m_pageBytesMax = kPageBytesMax;
};

}  // namespace hezhang::sync
