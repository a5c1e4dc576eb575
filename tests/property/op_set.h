// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A few ops of three people on one or two records, of every kind and merge rule, drawn from a seed: what each
// of them had on the screen when he wrote it, what the county said to it, and in which orders it all reaches
// a replica. And what must come of it, worked out from the ops alone, as plainly as it can be said.
//
// Shape:   an op is known by its number; a set of ops is a bit mask. An op stands after all it saw, and after
//          its author's earlier ones. An admission and what names the admitted op, directly or by way of
//          others, stand in every delivery as in its log: whether it was aside then is part of what the log
//          says.
// Threads: value types and pure functions.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "sync/base/random_source.h"
#include "sync/log/log_entry.h"
#include "sync/op/op.h"

namespace hezhang::test {

using OpMask = std::uint32_t;
[[nodiscard]] constexpr OpMask maskOf(std::size_t op) {
    return OpMask{1} << op;
}

inline constexpr std::size_t kAuthors = 3;
inline constexpr std::size_t kRecords = 2;
inline constexpr std::size_t kOpsMax = 14;
inline constexpr std::size_t kLogs = 2;
inline constexpr std::size_t kDeliveries = 3;  // of each log

// Of the register `note` (note_rules.h), and the cell that every record has.
enum class Cell : std::uint8_t { text, status, rank, tags, count, deleted };
inline constexpr std::array kCellNames{"text", "status", "rank", "tags", "count", "deleted"};

struct WrittenOp {
    std::uint8_t author = 0;
    std::uint8_t record = 0;
    Cell cell = Cell::text;
    sync::OpKind kind = sync::OpKind::assign;
    sync::Value value;
    sync::Rank rank = 0;
    OpMask seen = 0;          // its context
    bool isAside = false;     // the county set it aside
    bool isAdmitted = false;  // and somebody admitted it later
    [[nodiscard]] bool isApplied() const { return !isAside || isAdmitted; }
};

// What reaches a replica.
struct Event {
    enum class Kind : std::uint8_t {
        write,  // its author's own replica shows it before the county has answered
        enter,  // its entry in the log
        admit,  // a later verdict
        repeat  // it comes once more, in another segment
    };
    Kind kind = Kind::enter;
    std::uint8_t op = 0;
};

struct OpSet {
    std::vector<WrittenOp> ops;
    // Orders of entries and verdicts: what stands where in the one order.
    std::array<std::vector<Event>, kLogs> logs;
    // Of each: the log itself; another order; another with own ops before their answer, and with repeats.
    std::array<std::array<std::vector<Event>, kDeliveries>, kLogs> deliveries;
};

[[nodiscard]] OpSet drawOpSet(std::uint64_t seed);
// The same without this op, in all contexts and orders.
[[nodiscard]] OpSet without(const OpSet& set, std::size_t op);
[[nodiscard]] std::string textOf(const OpSet& set);

// -- what must come of it

// By op: which others were set aside, and not admitted yet, when it was applied. They are looked through for
// what they saw, as deletes are that an op of another cell names.
using AsideThen = std::array<OpMask, kOpsMax>;
[[nodiscard]] AsideThen asideThen(const OpSet& set, const std::vector<Event>& log);
// The ops that `op` takes out.
[[nodiscard]] OpMask retiredBy(const OpSet& set, const AsideThen& aside, std::size_t op);
// Of all ops in `among` that are applied, or are in `anyhow`: whose values nobody of them took out.
[[nodiscard]] OpMask liveAmong(const OpSet& set, const AsideThen& aside, OpMask among, OpMask anyhow = 0);
// What a delete names: values of other cells.
[[nodiscard]] OpMask namedBy(const OpSet& set, const AsideThen& aside, std::size_t op);
[[nodiscard]] bool isTrueDelete(const WrittenOp& op);
// Of a record with these live values.
struct Deletion {
    OpMask deletes = 0;
    OpMask unnamed = 0;
};
[[nodiscard]] Deletion deletionOf(const OpSet& set, const AsideThen& aside, OpMask live, std::size_t record);

}  // namespace hezhang::test
