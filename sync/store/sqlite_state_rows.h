// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Rows of records and projection as queries give them. Private to SqliteStore.
#pragma once

#include "sync/store/cell_rows.h"
#include "sync/store/row_sum.h"
#include "sync/store/sqlite_rows.h"
#include "sync/store/store.h"

namespace hezhang::sync {

// Of (id, scope, key, sum).
inline RecordRow recordOf(Columns& row) {
    RecordRow record{row.id<RecordId>(), row.text(), {}};
    const Bytes key = row.bytes();
    const std::uint64_t sum = row.number();
    auto decoded = decode<RecordKey>(key, "key of a record");
    const bool isSound = sum == 0 || sum == rowSum({record.id.view(), viewOf(record.scope), key});
    if (row.expect(decoded.has_value() && isSound)) {
        record.key = *std::move(decoded);
    }
    return record;
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
