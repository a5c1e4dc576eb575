// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Rows of records and projection as queries give them. Private to SqliteStore.
#pragma once

#include "sync/store/cell_rows.h"
#include "sync/store/sqlite_rows.h"
#include "sync/store/store.h"

namespace hezhang::sync {

inline RecordRow recordOf(Columns& row) {
    return {row.id<RecordId>(), row.text(), row.decoded<RecordKey>("key of a record")};
}

inline OpRef refOf(Columns& row) {
    return {row.signedNumber(), row.number()};
}

// The rows of a query of (record, field, rows) that orders the parts of a cell.
inline Result<void> appendPart(const storage::Query& query, std::vector<CellRow>& rows) {
    Columns columns(query);
    const auto record = columns.id<RecordId>();
    const std::string field = columns.text();
    HZ_CHECK(columns.check());
    return decodePart(query.blobView(2), record, field, rows);
}

template <class... Values>
[[nodiscard]] Result<std::vector<CellRow>> selectCells(storage::Database& database, std::string_view sql,
                                                       const Values&... values) {
    std::vector<CellRow> rows;
    HZ_TRY(auto query, database.query(sql));
    query.bind(values...);
    for (;;) {
        HZ_TRY(const bool isFound, query.step());
        if (!isFound) {
            return rows;
        }
        HZ_CHECK(appendPart(query, rows));
    }
}

inline AsideRow asideRowOf(Columns& row) {
    return {refOf(row), row.id<RecordId>(), row.text(), static_cast<Reason>(row.narrow<std::uint8_t>()),
            row.truth()};
}

}  // namespace hezhang::sync
