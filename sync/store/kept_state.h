// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What write transactions have read and changed of records and projection, in memory: rows are read once, and
// written once, at the commit, however often the transaction changes them. Private to SqliteStore.
//
// Shape:   a record is here with all its live values or not at all. What is here is the truth until flush();
// forget() drops it. It may stay for the next transaction as long as nobody else has written.
// Limits:  about kValuesMax values; with more, all is written and dropped in the middle of the transaction.
// Errors:  as Query. After one the transaction must be rolled back, and forget() called.
// Threads: as SqliteStore.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "sync/storage/database.h"
#include "sync/store/cell_rows.h"
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
    static constexpr std::size_t kValuesMax = 32'768;
    static constexpr std::size_t kRecordsMax = 16'384;

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
    [[nodiscard]] Result<void> hide(const RecordId& record, OpRef hidden, OpRef by);
    [[nodiscard]] Result<std::vector<std::pair<OpRef, OpRef>>> hiddenIn(const RecordId& record);
    [[nodiscard]] Result<void> unhide(const RecordId& record, OpRef by);
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
    using Refs = std::vector<OpRef>;
    struct Cell {
        std::string field;
        std::vector<CellRow> rows;          // in the one order, then by op
        Refs changed;                       // ops whose parts are to be written
        std::uint32_t partsStored = 0;
        std::vector<Value> elementsStored;  // ascending
    };
    struct OfRecord {
        std::vector<Cell> cells;                      // by field
        std::vector<std::pair<OpRef, OpRef>> hidden;  // (hidden, by) of ops that are not live; ascending
        bool isChanged = false;
        bool isHiddenChanged = false;
    };
    struct Place {
        Cell* cell = nullptr;
        std::size_t index = 0;
        [[nodiscard]] CellRow& row() const { return cell->rows[index]; }
    };
    // A table that is nearly always empty, and is not asked then. Nothing: not known.
    struct Rare {
        std::string_view anyRow;  // SQL
        std::optional<bool> hasAny = {};
    };

    [[nodiscard]] Result<OfRecord*> load(const RecordId& record);
    void noteChange(const RecordId& record, OfRecord& of, Cell& cell, OpRef ref);
    void noteHidden(const RecordId& record, OfRecord& of);
    void take(const RecordId& record, OfRecord& of, Place place);
    [[nodiscard]] Result<void> flushCell(const RecordId& record, Cell& cell);
    [[nodiscard]] Result<void> writePart(const RecordId& record, const Cell& cell, std::uint32_t part,
                                         std::uint32_t parts);
    [[nodiscard]] Result<void> flushElements(const RecordId& record, Cell& cell);
    [[nodiscard]] Result<void> flushHidden(const RecordId& record, OfRecord& of);
    [[nodiscard]] Result<bool> hasAny(Rare& table);

    static Place find(OfRecord& of, OpRef ref);
    static Cell& cellFor(OfRecord& of, std::string_view field);
    static const Cell* cellOf(const OfRecord& of, std::string_view field);
    static void insert(Cell& cell, CellRow row);

    storage::Database& m_database;

    std::unordered_map<RecordId, std::optional<RecordRow>, IdHash> m_records;
    std::unordered_map<RecordId, OfRecord, IdHash> m_live;
    std::vector<RecordId> m_changed;
    std::size_t m_values = 0;

    Rare m_hidden{"SELECT 1 FROM hidden"};
    Rare m_early{"SELECT 1 FROM early"};
    Rare m_named{"SELECT 1 FROM named"};
    Rare m_aside{"SELECT 1 FROM aside"};
};

}  // namespace hezhang::sync
