// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What one cell shows: its live values (applied, and not seen by any applied op) resolved by its
// merge rule. The table of all outcomes is docs/merge-rules.md. The answer depends on the values,
// the one order and who saw what, never on the numbers in an OpRef: those differ from store to
// store.
//
// Shape:   callers give the live values in the one order (county log, own unanswered ops last).
//          Only prose with different values asks about the past.
// Limits:  the number of live values is bounded where ops are judged (256; increments are only
//          summed). A past may be as long as it likes. Prose gives up, and shows a conflict, where
//          the merged text would be longer than a value may be, or where finding the bases takes
//          more than kProseMergesMax merges or nests deeper than kProseDepthMax: people who again
//          and again merged the same two texts at once.
// Errors:  those of Past; malformed if the past is circular.
// Threads: pure functions; Past is called on the caller's thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "sync/base/result.h"
#include "sync/merge/merge_rule.h"
#include "sync/op/dot.h"
#include "sync/op/value.h"

namespace hezhang::sync {

inline constexpr std::size_t kProseMergesMax = 1024;
inline constexpr std::size_t kProseDepthMax = 64;

// One live assign, add or increment. `rank` counts for authority only; the higher one stands.
struct LiveValue {
    OpRef op;
    Value value;
    std::uint8_t rank = 0;
};

// Where an op stands in the one order. Own unanswered ops: kPositionUnanswered and their counter.
struct OrderKey {
    std::uint64_t position = 0;  // of the county-log entry
    std::uint64_t place = 0;     // in its segment
    auto operator<=>(const OrderKey&) const = default;
};
inline constexpr std::uint64_t kPositionUnanswered = UINT64_MAX;

// The assigns of one cell, live or not.
class Past {
public:
    virtual ~Past() = default;
    // The assigns its author saw directly, each once, in any order. An op whose value this replica may not
    // use (erased) does not occur: what it saw stands in its place.
    virtual Result<std::vector<OpRef>> seenBy(OpRef op) = 0;
    virtual Result<Value> valueOf(OpRef op) = 0;
    // Asked only of ops whose values take part in the base of a prose merge.
    virtual Result<OrderKey> orderOf(OpRef op) = 0;
};

enum class CellState : std::uint8_t {
    empty,
    single,  // one value, however often it was written; every set and counter that is not empty
    merged,  // prose: several texts in one; authority: a value of lower rank was overruled
    conflict
};

struct CellView {
    CellState state = CellState::empty;
    Value shown;  // assign rules: the value to show; in a conflict the first (of highest rank)
    std::vector<Value> elements;    // set: each once, byte order
    std::int64_t sum = 0;           // counter: clamped to 64 bits; what is no integer counts nothing
    std::vector<LiveValue> values;  // every live value, in the one order
    std::vector<OpRef> shownFrom;   // ops whose value is shown or is in the text shown: the context of a save
    std::vector<Value> distinct;    // in a conflict: the values that take part, each once, byte order
};

[[nodiscard]] Result<CellView> resolveCell(MergeRule rule, std::span<const LiveValue> values, Past& past);

// The text the listed values all started from: the latest value in the past of every one of them. nullopt if
// there is none, or several that differ.
[[nodiscard]] Result<std::optional<Value>> commonBase(std::span<const LiveValue> values, Past& past);

}  // namespace hezhang::sync
