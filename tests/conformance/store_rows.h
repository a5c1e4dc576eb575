// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What the tests of the stores share: rows as texts, which also tell what differs; rows to play with; and the
// fixture that asks each store.
#pragma once

#include <gtest/gtest.h>

#include "sync/op/segment.h"
#include "sync/store/memory_store.h"
#include "sync/store/sqlite_store.h"

namespace hezhang::sync {

// -- texts of rows

inline std::string text(const std::string& value) {
    return "'" + value + "'";
}
inline std::string text(const Bytes& value) {
    return toHex(value);
}
inline std::string text(const Value& value) {
    return toHex(value.encoded());
}
inline std::string text(OpRef ref) {
    return std::to_string(ref.branch) + "/" + std::to_string(ref.counter);
}
inline std::string text(Order order) {
    return std::to_string(order.position) + ":" + std::to_string(order.place);
}
template <class Number>
requires(std::is_integral_v<Number> || std::is_enum_v<Number>) inline std::string text(Number number) {
    return std::to_string(static_cast<std::int64_t>(number));
}
template <class Tag, std::size_t N>
inline std::string text(const FixedBytes<Tag, N>& id) {
    return id.hex();
}
template <class... Parts>
inline std::string join(const Parts&... parts) {
    std::string all;
    ((all += text(parts) + " "), ...);
    return all;
}
inline std::string text(const std::pair<OpRef, OpRef>& pair) {
    return join(pair.first, pair.second);
}
inline std::string text(const LaneRow& row) {
    return join(row.lane, row.scope, row.device, row.isMine, row.isOpen, row.seed, row.branch, row.tip,
                row.tipSegment);
}
inline std::string text(const BranchRow& row) {
    return join(row.id, row.lane, row.parent, row.fork, row.tip);
}
inline std::string text(const SegmentRow& row) {
    return join(row.hash, row.lane, row.scope, row.first, row.count, row.previous, row.state, row.position,
                row.isMine, row.envelope);
}
inline std::string text(const Run& run) {
    return join(run.branch, run.first, run.last, run.segment);
}
inline std::string text(const Op& op) {
    std::string all = join(op.counter, op.record, op.field, op.kind, op.value, op.person, op.at);
    for (const SeenDot& seen : op.seen) {
        all += join(seen.dot.lane, seen.dot.counter, seen.segment);
    }
    return all;
}
inline std::string text(const TailRow& row) {
    return join(row.ref, row.lane, row.op, row.id, row.rank);
}
inline std::string text(const LooseRow& row) {
    return join(row.ref, row.role, row.op, row.op.erased, row.id, row.rank, row.order, row.reason);
}
inline std::string text(const RecordRow& row) {
    return join(row.id, row.scope, encode(row.key));
}
inline std::string text(const LiveRow& row) {
    return join(row.record, row.field, row.ref, row.order, row.kind, row.rank, row.value, row.person, row.at,
                row.isHidden, row.isBare);
}
inline std::string text(const AsideRow& row) {
    return join(row.ref, row.record, row.field, row.reason, row.isMine);
}
inline std::string text(const EntryRow& row) {
    return join(row.position, row.entry, row.page);
}
inline std::string text(const Head& head) {
    return toHex(encode(head));
}
inline std::string text(const DeviceRow& row) {
    return join(encode(row.enrolment), row.enrolledAt, row.isRevoked);
}
inline std::string text(const InvitationRow& row) {
    return join(row.codeId, row.codeKey, row.person, row.unit, row.role, row.personName, row.unitName,
                row.expiresAt, row.usedBy, row.invitedBy);
}
template <class Row>
inline std::string text(const std::optional<Row>& row) {
    return row ? text(*row) : "none";
}
template <class Row>
inline std::string text(const std::vector<Row>& rows) {
    std::string all = "[";
    for (const Row& row : rows) {
        all += text(row) + "; ";
    }
    return all + "]";
}

template <class T>
inline std::string text(const Result<T>& result) {
    return result ? text(*result) : "error " + std::string(name(result.error().code));
}
inline std::string text(const Result<void>& result) {
    return result ? "done" : "error " + std::string(name(result.error().code));
}

// -- rows to play with

template <class Id>
Id idOf(unsigned number) {
    Id id;
    id.bytes.front() = 0xab;
    id.bytes[1] = static_cast<std::uint8_t>(number);
    id.bytes.back() = static_cast<std::uint8_t>(number);
    return id;
}
inline Hash hashOf(unsigned number) {
    return idOf<Hash>(number);
}
inline LaneId laneOf(unsigned number) {
    return idOf<LaneId>(number);
}
inline RecordId recordOf(unsigned number) {
    return idOf<RecordId>(number);
}

inline SegmentRow segmentRow(unsigned number, SegmentState state = SegmentState::inLog) {
    SegmentRow row;
    row.hash = hashOf(number);
    row.lane = laneOf(0);
    row.scope = "common";
    row.first = 1;
    row.count = 3;
    row.previous = hashOf(200);
    row.state = state;
    row.position = 7;
    row.envelope = {1, 2, 3};
    return row;
}

inline RecordRow recordRow(unsigned number, const std::string& registerName = "task") {
    return {recordOf(number),
            "common",
            {registerName, {{"serial", Value::integer(number)}, {"title", Value::text("题")}}}};
}

inline LiveRow liveRow(unsigned record, const std::string& field, OpRef ref, Order order) {
    return {recordOf(record), field, ref, order, OpKind::assign, 2, Value::text("文"), recordOf(90), -5};
}

inline Head headOf(std::uint64_t size) {
    Head head;
    head.size = size;
    head.root = hashOf(static_cast<unsigned>(size));
    head.at = 1'700'000'000'000;
    head.signature = {9, 9};
    return head;
}

inline DeviceRow deviceRow(unsigned number, std::uint64_t enrolledAt) {
    return {{idOf<DeviceId>(number), {4, 5}, recordOf(1), recordOf(2), "clerk"}, enrolledAt, false};
}

inline Op opWithLongContext(std::size_t dots) {
    Op op{4,           recordOf(1), "text", OpKind::assign, Value::text(std::string(kValueBytesMax - 1, 'x')),
          recordOf(2), -3,          {}};
    for (std::size_t i = 0; i < dots; ++i) {
        op.seen.push_back({{laneOf(1), i + 1}, hashOf(static_cast<unsigned>(i % 7))});
    }
    return op;
}

template <class T>
T must(Result<T> result) {
    EXPECT_TRUE(result) << (result ? "" : result.error().text);
    return result ? *std::move(result) : T{};
}
inline void must(const Result<void>& result) {
    EXPECT_TRUE(result) << (result ? "" : result.error().text);
}

inline std::unique_ptr<SqliteStore> sqliteStore(const std::string& path = ":memory:") {
    return must(SqliteStore::open(path, storage::Access::create));
}

enum class Kind { memory, sqlite };

class EveryStore : public ::testing::TestWithParam<Kind> {
protected:
    EveryStore() {
        if (GetParam() == Kind::memory) {
            m_store = std::make_unique<MemoryStore>();
        } else {
            m_store = sqliteStore();
        }
    }
    Store& store() { return *m_store; }

private:
    std::unique_ptr<Store> m_store;
};

}  // namespace hezhang::sync
