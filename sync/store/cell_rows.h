// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The live values of a cell as the database holds them: in *parts*, one row of the table `cell` each. Private
// to SqliteStore.
//
// Shape:   a cell of n values, bare ones counted, has partsFor(n) parts, the value of an op lies in part
// partOf(op), and values stand by op, covered ones after the others: so the bytes follow from the values
// alone, whatever order they came in. Limits:  a change of one value writes one part, of about kPartValues
// values. When their number passes a power of two times kPartValues, all parts are written anew. Errors:
// storageCorrupt where the bytes are none of ours.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "sync/base/result.h"
#include "sync/store/store.h"

namespace hezhang::sync {

inline constexpr std::size_t kPartValues = 64;

// A live value, and the own unanswered ops that hide it. Record and field are those of its cell.
struct CellRow {
    OpRef ref;
    Order order;
    OpKind kind = OpKind::assign;
    Rank rank = 0;
    bool isBare = false;  // as in LiveRow
    Value value;
    RecordId person;
    WallMs at = 0;
    std::vector<OpRef> hiders;  // ascending; those of other cells, too

    [[nodiscard]] static CellRow of(const LiveRow& row, std::vector<OpRef> hiders = {});
    [[nodiscard]] bool isUnanswered() const { return order.position == kUnanswered; }
    [[nodiscard]] bool turnsBare() const { return isUnanswered() && kind == OpKind::assign; }
    // Only op, kind, rank and hiders are left of it.
    void becomeBare();
    // As a reader gets it.
    [[nodiscard]] LiveRow shown(const RecordId& record, std::string_view field) const;
};

// A bare value that one op hides: what nearly all own unanswered values of a cell are.
struct CoveredRow {
    OpRef ref;
    OpRef by;
    Rank rank = 0;
    [[nodiscard]] CellRow asCellRow() const;
};

struct CellPart {
    std::vector<CellRow> rows;
    std::vector<CoveredRow> covered;
};

[[nodiscard]] std::uint32_t partsFor(std::size_t values);
[[nodiscard]] std::uint32_t partOf(OpRef ref, std::uint32_t parts);

// REQUIRES: each by op
[[nodiscard]] Bytes encodePart(const std::vector<const CellRow*>& rows,
                               const std::vector<CoveredRow>& covered);
// Appends what is in a part.
[[nodiscard]] Result<void> decodePart(BytesView bytes, CellPart& part);

}  // namespace hezhang::sync
