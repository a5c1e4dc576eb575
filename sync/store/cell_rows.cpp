// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "sync/store/cell_rows.h"

#include <utility>

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

constexpr std::uint8_t kBare = 0;  // in the place of a kind

// Unanswered stands as 0: its position takes nine bytes else.
void put(CompactOut& out, const CellRow& row) {
    put(out, row.ref);
    out.varint(row.isUnanswered() ? 0 : row.order.position + 1);
    if (row.isBare) {
        out.varint(0);
        out.byte(kBare);
        out.byte(row.rank);
        return;
    }
    out.varint(row.order.place);
    out.byte(static_cast<std::uint8_t>(row.kind));
    out.byte(row.rank);
    out(row.person, row.at);
    const BytesView value = row.value.encoded();
    out.varint(value.size());
    out.raw(value.data(), value.size());
}

void take(BoundedIn& in, CellRow& row) {
    row.ref = takeRef(in);
    const std::uint64_t position = in.varint();
    row.order.position = position == 0 ? kUnanswered : position - 1;
    row.order.place = in.varint();
    std::uint8_t kind = 0;
    in(kind, row.rank);
    if (kind == kBare && row.isUnanswered()) {
        row.becomeBare();
        return;
    }
    row.kind = static_cast<OpKind>(kind);
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

CellRow CellRow::of(const LiveRow& row, std::vector<OpRef> hiders) {
    return {row.ref,   row.order,  row.kind, row.rank,         row.isBare,
            row.value, row.person, row.at,   std::move(hiders)};
}

void CellRow::becomeBare() {
    order = {kUnanswered, 0};
    value = {};
    person = {};
    at = 0;
    isBare = true;
}

LiveRow CellRow::shown(const RecordId& record, std::string_view field) const {
    return {record, std::string(field), ref, order, kind, rank, value, person, at, !hiders.empty(), isBare};
}

CellRow CoveredRow::asCellRow() const {
    CellRow row;
    row.ref = ref;
    row.rank = rank;
    row.becomeBare();
    row.hiders.push_back(by);
    return row;
}

Bytes encodePart(const std::vector<const CellRow*>& rows, const std::vector<CoveredRow>& covered) {
    Bytes bytes;
    CompactOut out(bytes);
    out.varint(rows.size());
    for (const CellRow* one : rows) {
        put(out, *one);
        out.varint(one->hiders.size());
        for (const OpRef by : one->hiders) {
            put(out, by);
        }
    }
    if (!covered.empty()) {
        out.varint(covered.size());
        for (const CoveredRow& one : covered) {
            put(out, one.ref);
            put(out, one.by);
            out.byte(one.rank);
        }
    }
    return bytes;
}

Result<void> decodePart(BytesView bytes, CellPart& part) {
    try {
        BoundedIn in(bytes);
        for (std::uint64_t left = in.size(); left > 0; --left) {
            CellRow& one = part.rows.emplace_back();
            take(in, one);
            for (std::uint64_t hiders = in.size(); hiders > 0; --hiders) {
                one.hiders.push_back(takeRef(in));
            }
        }
        const bool hasCovered = !in.isAtEnd();
        const std::uint64_t covered = hasCovered ? in.size() : 0;
        if (hasCovered && covered == 0) {
            throw cereal::Exception("a list that is empty is not left out");
        }
        for (std::uint64_t left = covered; left > 0; --left) {
            CoveredRow& one = part.covered.emplace_back();
            one.ref = takeRef(in);
            one.by = takeRef(in);
            in(one.rank);
        }
        in.finish();
        return {};
    } catch (const std::exception& error) {
        return fail(ErrorCode::storageCorrupt,
                    std::string("database: the values of a cell are damaged: ") + error.what());
    }
}

}  // namespace hezhang::sync
