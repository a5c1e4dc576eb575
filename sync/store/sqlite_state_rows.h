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
inline Result<void> appendPart(const storage::Query& query, CellPart& part) {
    Columns columns(query);
    const auto record = columns.id<RecordId>();
    const std::string field = columns.text();
    HZ_CHECK(columns.check());
    return decodePart(query.blobView(2), record, field, part);
}

template <class... Values>
[[nodiscard]] Result<CellPart> selectCells(storage::Database& database, std::string_view sql,
                                           const Values&... values) {
    CellPart all;
    HZ_TRY(auto query, database.query(sql));
    query.bind(values...);
    for (;;) {
        HZ_TRY(const bool isFound, query.step());
        if (!isFound) {
            return all;
        }
        HZ_CHECK(appendPart(query, all));
    }
}

inline AsideRow asideRowOf(Columns& row) {
    return {refOf(row), row.id<RecordId>(), row.text(), static_cast<Reason>(row.narrow<std::uint8_t>()),
            row.truth()};
}

}  // namespace hezhang::sync
