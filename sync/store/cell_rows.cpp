// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "sync/store/cell_rows.h"

#include "sync/op/archive.h"

namespace hezhang::sync {
namespace {

void put(CompactOut& out, OpRef ref) {
    out(ref.branch, ref.counter);
}

OpRef takeRef(BoundedIn& in) {
    OpRef ref;
    in(ref.branch, ref.counter);
    return ref;
}

// Unanswered stands as 0: its position takes nine bytes else.
void put(CompactOut& out, const LiveRow& row) {
    put(out, row.ref);
    out.varint(row.isUnanswered() ? 0 : row.order.position + 1);
    out.varint(row.order.place);
    out.byte(static_cast<std::uint8_t>(row.kind));
    out.byte(row.rank);
    out(row.person, row.at);
    const BytesView value = row.value.encoded();
    out.varint(value.size());
    out.raw(value.data(), value.size());
}

void take(BoundedIn& in, LiveRow& row) {
    row.ref = takeRef(in);
    const std::uint64_t position = in.varint();
    row.order.position = position == 0 ? kUnanswered : position - 1;
    row.order.place = in.varint();
    in(row.kind, row.rank);
    if (row.kind < OpKind::assign || row.kind > OpKind::increment) {
        throw cereal::Exception("unknown kind of op");
    }
    in(row.person, row.at, row.value);
}

}  // namespace

std::uint32_t partsFor(std::size_t values) {
    std::uint32_t parts = values > 0 ? 1 : 0;
    while (parts * kPartValues < values) {
        parts *= 2;
    }
    return parts;
}

// Ops of a cell have any counters of few branches: multiplied by a large odd number, their high bits are
// even.
std::uint32_t partOf(OpRef ref, std::uint32_t parts) {
    const std::uint64_t mixed =
        (ref.counter + static_cast<std::uint64_t>(ref.branch) * 0x9e3779b97f4a7c15U) * 0xd1b54a32d192ed03U;
    return static_cast<std::uint32_t>(mixed >> 32) & (parts - 1);
}

Bytes encodePart(const std::vector<const CellRow*>& rows) {
    Bytes bytes;
    CompactOut out(bytes);
    out.varint(rows.size());
    for (const CellRow* one : rows) {
        put(out, one->row);
        out.varint(one->hiders.size());
        for (const OpRef by : one->hiders) {
            put(out, by);
        }
    }
    return bytes;
}

Result<void> decodePart(BytesView bytes, const RecordId& record, std::string_view field,
                        std::vector<CellRow>& rows) {
    try {
        BoundedIn in(bytes);
        for (std::uint64_t left = in.size(); left > 0; --left) {
            CellRow& one = rows.emplace_back();
            one.row.record = record;
            one.row.field = field;
            take(in, one.row);
            for (std::uint64_t hiders = in.size(); hiders > 0; --hiders) {
                one.hiders.push_back(takeRef(in));
            }
        }
        in.finish();
        return {};
    } catch (const std::exception& error) {
        return fail(ErrorCode::storageCorrupt,
                    std::string("database: the values of a cell are damaged: ") + error.what());
    }
}

}  // namespace hezhang::sync
