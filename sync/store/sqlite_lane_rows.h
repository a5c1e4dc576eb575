// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Rows of lanes and tails as queries give them. Private to SqliteStore.
#pragma once

#include "sync/op/segment.h"
#include "sync/store/sqlite_rows.h"
#include "sync/store/store.h"

namespace hezhang::sync {

#define HZ_LANE_COLUMNS "lane, scope, device, is_mine, is_open, seed, branch, tip, tip_segment"

// Runs lie in three classes by length. A run that holds a counter starts less than its class's length before
// it, so a look-up passes a handful of rows, whether a lane was sent op by op or a thousand at a time.
inline constexpr std::uint64_t kRunSpans[] = {16, 128, kSegmentOpsMax};

// An op as a tail row holds it.
struct StoredOp {
    Op op;

    void save(CompactOut& out) const {
        out(FormatVersion<>{}, op.counter, op.record, op.field, op.kind, op.value, op.person, op.at);
        out.varint(op.seen.size());
        for (const SeenDot& seen : op.seen) {
            out(seen.dot.lane, seen.dot.counter, seen.segment);
        }
    }
    void load(BoundedIn& in) {
        FormatVersion<> version;
        in(version, op.counter, op.record, op.field, op.kind, op.value, op.person, op.at);
        if (name(op.kind).empty()) {
            throw cereal::Exception("unknown kind of op");
        }
        for (std::uint64_t left = in.size(); left > 0; --left) {
            SeenDot& seen = op.seen.emplace_back();
            in(seen.dot.lane, seen.dot.counter, seen.segment);
        }
    }
};

inline Bytes bytesOf(Columns& row) {
    return row.bytes();
}

inline LaneRow laneOf(Columns& row) {
    return {row.id<LaneId>(), row.text(),         row.id<DeviceId>(), row.truth(),   row.truth(),
            row.id<Seed>(),   row.signedNumber(), row.number(),       row.id<Hash>()};
}

inline BranchRow branchOf(Columns& row) {
    return {row.signedNumber(), row.id<LaneId>(), row.signedNumber(), row.number(), row.number()};
}

inline Run runOf(Columns& row) {
    return {row.signedNumber(), row.number(), row.number(), row.id<Hash>()};
}

inline TailRow tailOf(Columns& row) {
    return {{row.signedNumber(), row.number()},
            row.id<LaneId>(),
            row.decoded<StoredOp>("op of a tail").op,
            row.id<Hash>(),
            row.narrow<Rank>()};
}

}  // namespace hezhang::sync
