// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What write transactions have read and changed of records and projection, in memory: rows are read once, and
// written once, at the commit, however often the transaction changes them. Private to SqliteStore.
//
// Shape:   a cell is here with all its live values or not at all. What is here is the truth until flush();
// forget() drops it. It may stay for the next transaction as long as nobody else has written. An op is looked
// for in the cell its caller names; only what does not stand there makes the whole record be read.
// Limits:  about kBytesMax of values, the largest cell not counted; with more, all is written and dropped
// in the middle of the transaction. The next transaction finds at most kBytesKept. Errors:  as Query. After
// one the transaction must be rolled back, and forget() called. Threads: as SqliteStore.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "sync/base/lookup.h"
#include "sync/storage/database.h"
#include "sync/store/kept_cell.h"
#include "sync/store/store.h"

namespace hezhang::sync {

class KeptState {
public:
    static constexpr std::size_t kBytesMax = 12 * 1024 * 1024;
    static constexpr std::size_t kBytesKept = 8 * 1024 * 1024;
    static constexpr std::size_t kRecordsMax = 32'768;

    explicit KeptState(storage::Database& database) : m_database(database) {}

    // Writes what has changed.
    [[nodiscard]] Result<void> flush();
    // The same where the table `element`, or a cell with elements, is about to be read, and something of it
    // has changed.
    [[nodiscard]] Result<void> flushElements();
    void forget();
    // After a commit: drops what is too much to keep.
    void trim();

    // -- as in Store
    [[nodiscard]] Result<std::optional<RecordRow>> record(const RecordId& id);
    [[nodiscard]] Result<void> putRecord(const RecordRow& row);
    [[nodiscard]] Result<std::vector<LiveRow>> liveOf(const RecordId& record);
    [[nodiscard]] Result<std::vector<LiveRow>> liveOfCell(const RecordId& record, std::string_view field);
    [[nodiscard]] Result<std::size_t> liveCount(const RecordId& record, std::string_view field);
    [[nodiscard]] Result<void> putLive(const LiveRow& row);
    [[nodiscard]] Result<std::optional<LiveRow>> liveRow(const RecordId& record, std::string_view field,
                                                         OpRef ref);
    [[nodiscard]] Result<bool> eraseLive(const RecordId& record, std::string_view field, OpRef ref);
    [[nodiscard]] Result<void> hide(const RecordId& record, std::string_view field, OpRef hidden, OpRef by);
    // By an op of whatever cell.
    [[nodiscard]] Result<void> hideFromAnywhere(const RecordId& record, OpRef hidden, OpRef by);
    [[nodiscard]] Result<std::vector<std::pair<OpRef, OpRef>>> hiddenIn(const RecordId& record);
    [[nodiscard]] Result<std::vector<OpRef>> unhide(const RecordId& record, std::string_view field, OpRef by);
    [[nodiscard]] Result<void> handOn(const RecordId& record, OpRef op);
    [[nodiscard]] Result<void> putEarly(OpRef ref);
    [[nodiscard]] Result<bool> isEarly(OpRef ref);
    [[nodiscard]] Result<void> putNamed(const RecordId& record, OpRef by, OpRef named);
    [[nodiscard]] Result<std::vector<std::pair<OpRef, OpRef>>> namedIn(const RecordId& record);
    [[nodiscard]] Result<void> eraseNamed(const RecordId& record, OpRef by);
    [[nodiscard]] Result<void> putAside(const AsideRow& row);
    [[nodiscard]] Result<std::optional<AsideRow>> asideOf(OpRef ref);
    [[nodiscard]] Result<void> eraseAside(OpRef ref);
    [[nodiscard]] Result<void> clearProjection();

private:
    struct Place {
        KeptCell* cell = nullptr;
        CellRow* row = nullptr;  // not there: the op is not live
    };
    struct OfRecord {
        std::vector<std::unique_ptr<KeptCell>> cells;  // by field; those that were read
        bool isWhole = false;                          // all were
        std::set<std::pair<OpRef, OpRef>> hidden;      // (hidden, by) of ops that are not live
        bool isChanged = false;
        bool isHiddenChanged = false;
        [[nodiscard]] KeptCell* find(std::string_view field) const;
        KeptCell& add(std::unique_ptr<KeptCell> cell);
    };
    // A table that is nearly always empty, and is not asked then. Nothing: not known.
    struct Rare {
        std::string_view anyRow;  // SQL
        std::optional<bool> hasAny = {};
    };

    [[nodiscard]] Result<OfRecord*> open(const RecordId& record);
    [[nodiscard]] Result<KeptCell*> load(const RecordId& record, OfRecord& of, std::string_view field);
    [[nodiscard]] Result<KeptCell*> cell(const RecordId& record, std::string_view field);
    void dropEmpty(OfRecord& of);
    [[nodiscard]] Result<OfRecord*> loadWhole(const RecordId& record);
    // What is covered is opened.
    [[nodiscard]] Result<Place> locate(const RecordId& record, std::string_view field, OpRef ref);
    [[nodiscard]] Result<void> makeRoom();
    void dropCells();
    void noteChange(const RecordId& record, OfRecord& of);
    void noteChange(const RecordId& record, OfRecord& of, KeptCell& cell, const CellRow& row);
    void take(const RecordId& record, OfRecord& of, const Place& place);
    void unhideIn(const RecordId& record, OfRecord& of, KeptCell& cell, OpRef by, std::vector<OpRef>& bare);
    [[nodiscard]] Result<void> noteCrossing(const RecordId& record, OpRef by);
    [[nodiscard]] Result<bool> endCrossing(const RecordId& record, OpRef by);
    [[nodiscard]] Result<void> flushCell(const RecordId& record, KeptCell& cell);
    [[nodiscard]] Result<void> writePart(const RecordId& record, const KeptCell& cell, std::uint32_t part,
                                         std::vector<const CellRow*> rows,
                                         const std::vector<CoveredRow>& covered);
    [[nodiscard]] Result<void> writeParts(const RecordId& record, const KeptCell& cell, std::uint32_t parts);
    [[nodiscard]] Result<void> writeElements(const RecordId& record, const KeptCell& cell,
                                             const std::vector<Value>& elements);
    [[nodiscard]] Result<void> flushHidden(const RecordId& record, OfRecord& of);
    [[nodiscard]] Result<bool> hasAny(Rare& table);

    storage::Database& m_database;

    Lookup<RecordId, std::optional<RecordRow>> m_records;
    KeptBytes m_bytes;
    Lookup<RecordId, OfRecord> m_live;
    RecordId m_lastId;           // an op asks for its record again and again
    OfRecord* m_last = nullptr;  // of m_live
    std::vector<RecordId> m_changed;
    bool m_areElementsChanged = false;

    Rare m_hidden{"SELECT 1 FROM hidden"};
    Rare m_crossing{"SELECT 1 FROM crossing"};
    Rare m_early{"SELECT 1 FROM early"};
    Rare m_named{"SELECT 1 FROM named"};
    Rare m_aside{"SELECT 1 FROM aside"};
};

}  // namespace hezhang::sync
