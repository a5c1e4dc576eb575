// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What write transactions have read and changed of records and projection, in memory: rows are read once, and
// written once, at the commit, however often the transaction changes them. Private to SqliteStore.
//
// Shape:   a record is here with all its live rows or not at all. What is here is the truth until flush();
// forget() drops it. It may stay for the next transaction as long as nobody else has written.
// Limits:  about kRowsMax rows; with more, all is written and dropped in the middle of the transaction.
// Errors:  as Query. After one the transaction must be rolled back, and forget() called.
// Threads: as SqliteStore.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "sync/storage/database.h"
#include "sync/store/store.h"

namespace hezhang::sync {

// Ids are hashes, or drawn: any part of one is as good as another.
struct IdHash {
    template <class Id>
    std::size_t operator()(const Id& id) const {
        std::size_t start = 0;
        std::copy_n(id.bytes.begin(), sizeof start, reinterpret_cast<std::uint8_t*>(&start));
        return start;
    }
};

class KeptState {
public:
    static constexpr std::size_t kRowsMax = 32'768;

    explicit KeptState(storage::Database& database) : m_database(database) {}

    // Writes what has changed.
    [[nodiscard]] Result<void> flush();
    void forget();

    // -- as in Store
    [[nodiscard]] Result<std::optional<RecordRow>> record(const RecordId& id);
    [[nodiscard]] Result<void> putRecord(const RecordRow& row);
    [[nodiscard]] Result<std::vector<LiveRow>> liveOf(const RecordId& record);
    [[nodiscard]] Result<std::vector<LiveRow>> liveOfCell(const RecordId& record, std::string_view field);
    [[nodiscard]] Result<std::size_t> liveCount(const RecordId& record, std::string_view field);
    [[nodiscard]] Result<void> putLive(const LiveRow& row);
    [[nodiscard]] Result<std::optional<LiveRow>> liveRow(const RecordId& record, OpRef ref);
    [[nodiscard]] Result<bool> eraseLive(const RecordId& record, OpRef ref);
    [[nodiscard]] Result<void> hide(OpRef hidden, OpRef by);
    [[nodiscard]] Result<bool> isHidden(OpRef ref);
    [[nodiscard]] Result<bool> hasHidden();
    [[nodiscard]] Result<void> unhide(OpRef by);
    [[nodiscard]] Result<void> handOn(const RecordId& record, OpRef op);
    [[nodiscard]] Result<void> putEarly(OpRef ref);
    [[nodiscard]] Result<bool> isEarly(OpRef ref);
    [[nodiscard]] Result<void> putNamed(const RecordId& record, OpRef by, OpRef named);
    [[nodiscard]] Result<void> eraseNamed(const RecordId& record, OpRef by);
    [[nodiscard]] Result<void> putAside(const AsideRow& row);
    [[nodiscard]] Result<std::optional<AsideRow>> asideOf(OpRef ref);
    [[nodiscard]] Result<void> eraseAside(OpRef ref);
    [[nodiscard]] Result<void> clearProjection();

private:
    struct Kept {
        LiveRow row;
        bool isStored = false;   // the table has a row of this op in this cell
        bool isChanged = false;  // and it is another one, or there is none
    };
    struct Cell {
        std::string field;
        std::vector<Kept> rows;  // by order, then op
    };
    struct OfRecord {
        std::vector<Cell> cells;                            // by field
        std::vector<std::pair<std::string, OpRef>> erased;  // rows of the table that are to go
        bool isChanged = false;
    };
    struct Place {
        Cell* cell = nullptr;
        std::size_t index = 0;
    };
    // A table that is nearly always empty, and is not asked then. Nothing: not known.
    struct Rare {
        std::string_view anyRow;  // SQL
        std::optional<bool> hasAny = {};
    };
    // The ops of one branch whose rows `by` are here.
    struct Loaded {
        std::int64_t branch = 0;
        OpCounter first = 1;
        OpCounter last = 0;
        [[nodiscard]] bool holds(OpRef ref) const {
            return ref.branch == branch && first <= ref.counter && ref.counter <= last;
        }
    };
    using Refs = std::vector<OpRef>;

    [[nodiscard]] Result<OfRecord*> load(const RecordId& record);
    void noteChange(const RecordId& record, OfRecord& of);
    void take(OfRecord& of, Place place);
    [[nodiscard]] Result<void> flushLive();
    [[nodiscard]] Result<void> writeLive(const LiveRow& row);
    [[nodiscard]] Result<bool> hasAny(Rare& table);
    [[nodiscard]] Result<bool> mayHide();
    [[nodiscard]] Result<Refs*> hidersOf(OpRef hidden);
    [[nodiscard]] Result<void> loadHiddenBy(OpRef by);
    [[nodiscard]] Result<void> flushHidden();
    void forgetHidden();

    static Place find(OfRecord& of, OpRef ref);
    static Cell& cellFor(OfRecord& of, std::string_view field);
    static const Cell* cellOf(const OfRecord& of, std::string_view field);
    static void insert(Cell& cell, Kept kept);

    storage::Database& m_database;

    std::unordered_map<RecordId, std::optional<RecordRow>, IdHash> m_records;
    std::unordered_map<RecordId, OfRecord, IdHash> m_live;
    std::vector<RecordId> m_changed;
    std::size_t m_rows = 0;

    std::map<OpRef, Refs> m_hiders;                 // hidden -> by: all of them
    std::map<OpRef, Refs> m_hides;                  // by -> hidden: all of them
    Loaded m_loaded;                                // `by`: one without a key in m_hides hides nothing
    std::set<std::pair<OpRef, OpRef>> m_newHidden;  // (by, hidden)
    std::set<OpRef> m_unhidden;                     // by: their rows of the table go before new ones come

    Rare m_hidden{"SELECT 1 FROM hidden"};
    Rare m_early{"SELECT 1 FROM early"};
    Rare m_named{"SELECT 1 FROM named"};
    Rare m_aside{"SELECT 1 FROM aside"};
};

}  // namespace hezhang::sync
