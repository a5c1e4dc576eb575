// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The current state: what the applied ops of the log, with the home's own unanswered ops on top, make of every cell.
//
// Live = applied values less all that applied ops saw; a dot that is named before its op is applied is remembered (early).
// Own unanswered ops hide what they saw, they do not retire it until the county has answered. An op that names a set-aside or
// unanswered op counts as having seen what that one saw; an op that names a delete saw all that the delete named.
//
// Shape:   rows in the store's projection tables; written in the same transaction as the op; a rebuild gives the same rows.
// Errors:  what the store fails with.
// Threads: one store, one thread.
// Source:  docs/sync-model.md sections 3 and 5.
#pragma once

#include <map>
#include <set>

#include "sync/engine/history.h"
#include "sync/engine/judge.h"
#include "sync/merge/cell.h"

namespace hezhang::sync {

// One cell as a person sees it, with the rows behind it.
struct CellReading {
    CellView view;
    std::vector<LiveRow> rows;      // visible ones, in the one order
};

// The conflict of a delete with values it had not seen.
struct DeletionConflict {
    std::vector<LiveRow> deletes;   // live `true`
    std::vector<LiveRow> unnamed;   // live values that no delete named: each counts as `false`
};

struct RecordReading {
    RecordRow record;
    bool isGone = false;
    std::map<std::string, CellReading, std::less<>> cells;     // known fields that have a live value
    std::optional<DeletionConflict> deletion;
};

// An op that another one counts as having seen. `live`: its row, where it is live; `aside`: where it was set aside.
struct SeenOp {
    OpRef ref;
    std::optional<LiveRow> live;
    std::optional<AsideRow> aside;
    bool isThroughDelete = false;   // a delete in between named it
};

// The place of an own unanswered op in the one order: lanes in the order they were opened, ops by number.
[[nodiscard]] constexpr std::uint64_t unansweredPlace(OpRef ref) {
    return static_cast<std::uint64_t>(ref.branch) << 40 | ref.counter;
}

class Projection {
public:
    Projection(Store& store, History& history, const Rules& rules)
        : m_store(store), m_history(history), m_rules(rules) {}

    // -- writing; inside a write transaction
    // Applies an accepted op. Errors: notFound where its context names what is not here.
    [[nodiscard]] Result<void> apply(const Op& op, OpRef ref, Rank rank, Order order);
    // The same where its seenBy() is known.
    [[nodiscard]] Result<void> applySeen(const Op& op, OpRef ref, Rank rank, Order order, const std::vector<SeenOp>& seen);
    // Puts an own unanswered op on top.
    [[nodiscard]] Result<void> overlay(const Op& op, OpRef ref, Rank rank);
    // Takes the overlay of an own op away again: its answer is about to be applied. Where it was not accepted, what its author saw stays
    // hidden by his later ops that saw this one.
    [[nodiscard]] Result<void> liftOverlay(const Op& op, OpRef ref, bool isAccepted);

    // -- reading
    [[nodiscard]] Result<std::vector<LiveRow>> visible(const RecordId& record, std::string_view field);
    [[nodiscard]] Result<CellReading> cell(const RecordRow& record, std::string_view field);
    [[nodiscard]] Result<std::optional<RecordReading>> read(const RecordId& record);
    // Every record of a register (empty: of all), by id; gone ones included.
    [[nodiscard]] Result<void> each(std::string_view registerName,
                                    const std::function<Result<void>(RecordReading&&)>& visit);
    // Those of a register that name this text in a fixed field: the id of another record. By id, gone ones included.
    [[nodiscard]] Result<void> eachNaming(std::string_view registerName, std::string_view text,
                                          const std::function<Result<void>(RecordReading&&)>& visit);
    // Those in which something may be in conflict or merged; all others are not. By id.
    [[nodiscard]] Result<void> eachContested(const std::function<Result<void>(RecordReading&&)>& visit);
    // The shown value of an assign cell, nullopt where it has none: what rights and queries ask.
    [[nodiscard]] Result<std::optional<Value>> shown(const RecordId& record, std::string_view field);
    [[nodiscard]] Result<std::vector<Value>> elements(const RecordId& record, std::string_view field);
    [[nodiscard]] Result<bool> isGone(const RecordId& record);
    // All ops the op at `ref` counts as having seen: its context and what is seen through it. Errors: tooLarge for more than `most`.
    [[nodiscard]] Result<std::vector<SeenOp>> seenBy(const Op& op, OpRef ref, std::size_t most = SIZE_MAX);
    // Where an op entered the log, whatever its verdict.
    [[nodiscard]] Result<Order> orderOf(OpRef ref);
    // The latest value in the past of all rows; nullopt where there is none or several differ.
    [[nodiscard]] Result<std::optional<Value>> baseOf(const std::vector<LiveRow>& rows);
    // All that is in the past of these ops in their cells, as far as it is here and the merge rules look at it; stops at about `most`.
    [[nodiscard]] Result<std::set<OpRef>> pastOf(const std::vector<OpRef>& ops, std::size_t most);
    // Of cells with several values: what the merge rules will ask for at once.
    [[nodiscard]] Result<std::set<OpRef>> contestedPast();
    // What these values of one cell show together; they need not be live (any more).
    [[nodiscard]] Result<CellReading> cellOf(MergeRule rule, std::vector<LiveRow> rows);
    // The place of the delete's names of a record: every live dot of all its cells.
    [[nodiscard]] Result<std::vector<OpRef>> liveDots(const RecordId& record);

    [[nodiscard]] Store& store() { return m_store; }
    [[nodiscard]] History& history() { return m_history; }
    [[nodiscard]] const Rules& rules() const { return m_rules; }

private:
    // Which ops are looked through besides those that were set aside, and deletes.
    enum class Through : std::uint8_t { answeredOnly, unansweredToo };
    [[nodiscard]] Result<std::vector<SeenOp>> seenThrough(const Op& op, OpRef ref, Through through, std::size_t most);
    [[nodiscard]] Result<void> retire(const Op& op, const SeenOp& seen);
    [[nodiscard]] Result<void> dress(const RecordId& record, std::string_view field, OpRef ref);
    [[nodiscard]] Result<bool> isDeleteOf(const Op& op, const SeenOp& seen);
    [[nodiscard]] Result<RecordReading> readingOf(const RecordRow& record, std::vector<LiveRow> rows);

    Store& m_store;
    History& m_history;
    const Rules& m_rules;
};

}  // namespace hezhang::sync
