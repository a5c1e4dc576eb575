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

// A part of a cell as a query of (record, field, rows, …) gives it.
struct StoredPart {
    RecordId record;
    std::string field;
    CellPart values;
    // All of its values, covered ones too, in no order.
    [[nodiscard]] std::vector<LiveRow> shown() const {
        std::vector<LiveRow> rows;
        rows.reserve(values.rows.size() + values.covered.size());
        for (const CellRow& one : values.rows) {
            rows.push_back(one.shown(record, field));
        }
        for (const CoveredRow& one : values.covered) {
            rows.push_back(one.asCellRow().shown(record, field));
        }
        return rows;
    }
};

[[nodiscard]] inline Result<StoredPart> storedPartOf(const storage::Query& query) {
    Columns columns(query);
    StoredPart part{columns.id<RecordId>(), columns.text(), {}};
    HZ_CHECK(columns.check());
    HZ_CHECK(decodePart(query.blobView(2), part.values));
    return part;
}

inline AsideRow asideRowOf(Columns& row) {
    return {refOf(row), row.id<RecordId>(), row.text(), static_cast<Reason>(row.narrow<std::uint8_t>()),
            row.truth()};
}

}  // namespace hezhang::sync
