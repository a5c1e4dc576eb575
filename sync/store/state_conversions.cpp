// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What older versions of the projection's tables become: the steps of sqlite_schema.h that SQL alone cannot
// do.
#include "sync/store/kept_state.h"
#include "sync/store/sqlite_schema.h"
#include "sync/store/sqlite_state_rows.h"

namespace hezhang::sync {

// -- from version 3

// What a hidden op that is not live belongs to is known by the op that hides it, if that one is live.
static Result<void> packRows(storage::Database& database) {
    KeptState state(database);
    HZ_TRY(auto values,
           database.query("SELECT record, field, branch, counter, position, place, kind, rank, value,"
                          " person, at FROM live"));
    const auto takeValue = [&](Columns& row) -> Result<void> {
        const LiveRow live{row.id<RecordId>(),
                           row.text(),
                           refOf(row),
                           {row.number(), row.number()},
                           row.oneOf(OpKind::assign, OpKind::increment),
                           row.narrow<Rank>(),
                           row.value(),
                           row.id<RecordId>(),
                           row.signedNumber()};
        HZ_CHECK(row.check());
        return state.putLive(live);
    };
    HZ_CHECK(eachRow(values.bind(), takeValue));
    HZ_TRY(auto pairs,
           database.query(
               "SELECT h.branch, h.counter, by_branch, by_counter, record FROM hidden_before h, live l"
               " WHERE l.branch = h.branch AND l.counter = h.counter"
               " OR l.branch = by_branch AND l.counter = by_counter"));
    const auto takePair = [&](Columns& row) -> Result<void> {
        const OpRef hidden = refOf(row);
        const OpRef by = refOf(row);
        const auto record = row.id<RecordId>();
        HZ_CHECK(row.check());
        return state.hideFromAnywhere(record, hidden, by);
    };
    HZ_CHECK(eachRow(pairs.bind(), takePair));
    // A statement that stands on a row keeps its table.
    values.reset();
    pairs.reset();
    return state.flush();
}

// Rows that are damaged follow from the log, as all do: the state is made anew from it when the folder is
// opened.
static Result<void> orRebuild(storage::Database& database, Result<void> packed) {
    if (packed || packed.error().code != ErrorCode::storageCorrupt) {
        return packed;
    }
    HZ_CHECK(
        database.exec("DELETE FROM cell; DELETE FROM element; DELETE FROM hidden; DELETE FROM crossing"));
    return change(database, "INSERT OR REPLACE INTO meta(key, value) VALUES(?1, x'01')", kRebuildDue);
}

Result<void> packCells(storage::Database& database) {
    HZ_CHECK(database.exec(kCrossingTable));
    HZ_CHECK(orRebuild(database, packRows(database)));
    return database.exec("DROP TABLE live; DROP TABLE hidden_before");
}

// -- from version 4

static Result<void> makeRowsBare(storage::Database& database) {
    KeptState state(database);
    std::vector<std::pair<LiveRow, std::vector<OpRef>>> hidden;
    HZ_TRY(auto query, database.query("SELECT record, field, rows FROM cell"));
    const auto noteHidden = [&](Columns&) -> Result<void> {
        HZ_TRY(const StoredPart part, storedPartOf(query));
        for (const CellRow& one : part.values.rows) {
            if (!one.hiders.empty()) {
                hidden.emplace_back(one.shown(part.record, part.field), one.hiders);
            }
        }
        return {};
    };
    HZ_CHECK(eachRow(query.bind(), noteHidden));
    query.reset();
    HZ_CHECK(
        database.exec("INSERT OR IGNORE INTO crossing SELECT record, by_branch, by_counter FROM hidden"));
    for (const auto& [row, hiders] : hidden) {
        HZ_CHECK(state.putLive(row));
        for (const OpRef by : hiders) {
            HZ_CHECK(state.hideFromAnywhere(row.record, row.ref, by));
        }
    }
    return state.flush();
}

Result<void> makeCellsBare(storage::Database& database) {
    return orRebuild(database, makeRowsBare(database));
}

}  // namespace hezhang::sync
