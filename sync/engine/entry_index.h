// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Which entries of the log concern which scope. A device is told what is new for it without a look at what a thousand others have
// written since.
//
// Kept in memory, eight bytes an entry; read from the log as far back as somebody asks, once for the life of the object (some
// microseconds an entry). What is in the log never changes, but what a transaction appends may be undone: begin() and keep(). And a
// repair puts right what the disk has changed: forget().
//
// Errors:  storage errors; storageCorrupt for an entry that is missing or cannot be read.
// Threads: that of its store.
#pragma once

#include <map>
#include <set>

#include "sync/store/store.h"

namespace hezhang::sync {

class EntryIndex {
public:
    explicit EntryIndex(Store& store) : m_store(store) {}
    EntryIndex(const EntryIndex&) = delete;
    EntryIndex& operator=(const EntryIndex&) = delete;

    // At the begin of each transaction that asks. What was read since the last keep() is read anew: its transaction may be undone.
    void begin();
    // What was read is in the log to stay. Call it after the commit.
    void keep() { m_keptEnd = m_end; }
    void forget();

    // Positions in [from, end) of entries of these scopes (`*`: all), and of control entries where they are asked for; ascending, the
    // first `most` of them.
    [[nodiscard]] Result<std::vector<std::uint64_t>> positions(const std::set<std::string>& scopes, bool withControls, std::uint64_t from,
                                                               std::uint64_t end, std::size_t most);

private:
    struct Lists {
        std::map<std::string, std::vector<std::uint64_t>, std::less<>> ofScope;
        std::vector<std::uint64_t> ofControls;
    };
    static void append(Lists& to, const Lists& later);
    [[nodiscard]] Result<void> cover(std::uint64_t from, std::uint64_t end);
    [[nodiscard]] Result<Lists> read(std::uint64_t from, std::uint64_t end);

    Store& m_store;
    Lists m_lists;  // of [m_from, m_end)
    std::uint64_t m_from = 0;
    std::uint64_t m_end = 0;
    std::uint64_t m_keptEnd = 0;
};

}  // namespace hezhang::sync
