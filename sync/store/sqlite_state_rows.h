// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Rows of records and projection as queries give them. Private to SqliteStore.
#pragma once

#include "sync/store/sqlite_rows.h"
#include "sync/store/store.h"

namespace hezhang::sync {

#define HZ_LIVE_COLUMNS \
    "live.record, live.field, branch, counter, position, place, kind, rank, value, person, at"

inline RecordRow recordOf(Columns& row) {
    return {row.id<RecordId>(), row.text(), row.decoded<RecordKey>("key of a record")};
}

inline OpRef refOf(Columns& row) {
    return {row.signedNumber(), row.number()};
}

inline LiveRow liveRowOf(Columns& row) {
    return {row.id<RecordId>(),
            row.text(),
            refOf(row),
            {row.number(), row.number()},
            row.oneOf(OpKind::assign, OpKind::increment),
            row.narrow<Rank>(),
            row.value(),
            row.id<RecordId>(),
            row.signedNumber()};
}

inline AsideRow asideRowOf(Columns& row) {
    return {refOf(row), row.id<RecordId>(), row.text(), static_cast<Reason>(row.narrow<std::uint8_t>()),
            row.truth()};
}

}  // namespace hezhang::sync
