// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "sync/engine/projection.h"

#include <algorithm>
#include <set>

namespace hezhang::sync {
namespace {

// Answers the merge rules' questions about the past of a cell from history.
class CellPast final : public Past {
public:
    // `visited`: all ops of the past that were looked at, unless null.
    explicit CellPast(Projection& projection, std::set<OpRef>* visited = nullptr) : m_projection(projection), m_visited(visited) {}

    // A value that was erased is none: what its author saw stands in its place.
    Result<std::vector<OpRef>> seenBy(OpRef ref) override {
        HZ_TRY(const std::optional<HistoricOp> author, at(ref));
        std::vector<OpRef> sameCell;
        std::set<OpRef> passed;
        std::vector<HistoricOp> open;
        if (author) {
            open.push_back(*author);
        }
        while (!open.empty()) {
            const HistoricOp from = std::move(open.back());
            open.pop_back();
            HZ_TRY(const std::vector<SeenOp> seen, m_projection.seenBy(from.op, from.ref));
            for (const SeenOp& one : seen) {
                HZ_TRY(std::optional<HistoricOp> named, at(one.ref));
                if (!named || named->op.kind != OpKind::assign || named->op.record != author->op.record ||
                    named->op.field != author->op.field || !passed.insert(one.ref).second) {
                    continue;
                }
                if (named->op.isErased()) {
                    open.push_back(*std::move(named));
                } else {
                    sameCell.push_back(one.ref);
                }
            }
        }
        return sameCell;
    }
    Result<Value> valueOf(OpRef ref) override {
        HZ_TRY(const std::optional<HistoricOp> found, at(ref));
        if (!found) {
            return fail(ErrorCode::historyAbsent, "an op of the past of a cell is not on this device yet");
        }
        return found->op.value;
    }
    Result<OrderKey> orderOf(OpRef ref) override {
        HZ_TRY(const Order order, m_projection.orderOf(ref));
        return OrderKey{order.position, order.place};
    }

private:
    // What is not here ends the past: what a later op saw is here (docs/sync-model.md section 14).
    Result<std::optional<HistoricOp>> at(OpRef ref) {
        HZ_TRY(std::optional<HistoricOp> found, m_projection.history().opAt(ref));
        if (found && m_visited != nullptr) {
            m_visited->insert(ref);
        }
        return found;
    }
    Projection& m_projection;
    std::set<OpRef>* m_visited;
};

std::vector<LiveValue> liveValues(const std::vector<LiveRow>& rows) {
    std::vector<LiveValue> values;
    values.reserve(rows.size());
    for (const LiveRow& row : rows) {
        values.push_back({row.ref, row.value, row.rank});
    }
    return values;
}

LiveRow liveRowOf(const Op& op, OpRef ref, Rank rank, Order order) {
    return {op.record, op.field, ref, order, op.kind, rank, op.value, op.person, op.at};
}

void eraseHidden(std::vector<LiveRow>& rows) {
    std::erase_if(rows, [](const LiveRow& row) { return row.isHidden; });
}

bool isTrue(const LiveRow& row) { return row.value.asBoolean().value_or(false); }

bool isOfDeletedCell(const SeenOp& seen) {
    return (seen.live && seen.live->field == kDeletedField) || (seen.aside && seen.aside->field == kDeletedField);
}

}  // namespace

// An op is looked through when it was set aside or is unanswered (whatever its verdict will be, its author saw what it saw), or
// when it is a delete that an op of another cell names.
Result<std::vector<SeenOp>> Projection::seenBy(const Op& op, OpRef ref, std::size_t most) {
    return seenThrough(op, ref, Through::unansweredToo, most);
}

Result<std::vector<SeenOp>> Projection::seenThrough(const Op& op, OpRef ref, Through through, std::size_t most) {
    struct Step {
        SeenDot seen;
        OpRef author;
        bool isThroughDelete = false;
    };
    std::vector<SeenOp> result;
    std::set<OpRef> visited;
    std::vector<Step> open;
    for (const SeenDot& seen : op.seen) {
        open.push_back({seen, ref, false});
    }
    while (!open.empty()) {
        const Step step = open.back();
        open.pop_back();
        HZ_TRY(const std::optional<OpRef> named, m_history.resolve(step.seen, step.author));
        // Not here: an admitted op may name what there never was, a set-aside one that is looked through anything at all, and an own
        // op of a scope that was taken away what this home had seen before it was restored. Nothing here could be retired by it.
        if (!named) {
            continue;
        }
        if (!visited.insert(*named).second) {
            continue;
        }
        if (visited.size() > most) {
            return fail(ErrorCode::tooLarge, "an op counts as having seen too many others");
        }
        SeenOp seen{*named, {}, {}, step.isThroughDelete};
        HZ_TRY(seen.live, m_store.liveRow(op.record, op.field, *named));
        if (!seen.live) {
            HZ_TRY(seen.aside, m_store.asideOf(*named));
        }
        HZ_TRY(const bool isDelete, isDeleteOf(op, seen));
        const bool isUnanswered = seen.live && seen.live->isUnanswered();
        if (seen.aside || isDelete || (isUnanswered && through == Through::unansweredToo)) {
            HZ_TRY(const std::optional<HistoricOp> passed, m_history.opAt(*named));
            for (const SeenDot& deeper : passed ? passed->op.seen : std::vector<SeenDot>{}) {
                open.push_back({deeper, *named, step.isThroughDelete || isDelete});
            }
        }
        result.push_back(std::move(seen));
    }
    return result;
}

// Whether an op of another cell names a delete: its author saw the record as deleted, whatever became of the delete since.
Result<bool> Projection::isDeleteOf(const Op& op, const SeenOp& seen) {
    if (op.field == kDeletedField) {
        return false;
    }
    if (seen.live && !seen.live->isBare) {
        return seen.live->field == kDeletedField && isTrue(*seen.live);
    }
    HZ_TRY(const std::optional<HistoricOp> named, m_history.opAt(seen.ref));
    return named && named->op.field == kDeletedField && named->op.record == op.record &&
           named->op.value.asBoolean().value_or(false);
}

// An op retires values of its own cell, deletes it names, and what such a delete named. A context that names something else does
// nothing: what it claims to have seen is not its to retire.
Result<void> Projection::retire(const Op& op, const SeenOp& seen) {
    if (!seen.live && !(seen.aside && seen.aside->record == op.record)) {
        return {};
    }
    const std::string& field = seen.live ? seen.live->field : seen.aside->field;
    if (field != op.field && field != kDeletedField && !seen.isThroughDelete) {
        return {};
    }
    if (!seen.live) {
        return m_store.putEarly(seen.ref);
    }
    if (field == kDeletedField) {
        HZ_CHECK(m_store.eraseNamed(op.record, seen.ref));
    }
    HZ_TRY([[maybe_unused]] const bool wasLive, m_store.eraseLive(op.record, field, seen.ref));
    return {};
}

Result<void> Projection::apply(const Op& op, OpRef ref, Rank rank, Order order) {
    HZ_TRY(const std::vector<SeenOp> seen, seenBy(op, ref));
    return applySeen(op, ref, rank, order, seen);
}

Result<void> Projection::applySeen(const Op& op, OpRef ref, Rank rank, Order order, const std::vector<SeenOp>& seen) {
    HZ_TRY(const bool isEarly, m_store.isEarly(ref));
    const bool isDelete = op.field == kDeletedField;
    for (const SeenOp& one : seen) {
        // A delete names the dots of all cells but retires only those of its own.
        if (!isDelete || isOfDeletedCell(one)) {
            HZ_CHECK(retire(op, one));
        } else if (!isEarly) {
            HZ_CHECK(m_store.putNamed(op.record, ref, one.ref));
        }
    }
    if (op.kind == OpKind::remove || isEarly || op.isErased()) {
        return {};
    }
    return m_store.putLive(liveRowOf(op, ref, rank, order));
}

// What it sees through an own unanswered op is hidden by that one already; should that be set aside, it is handed on (liftOverlay). So
// a long row of saves of one form costs each save the same.
Result<void> Projection::overlay(const Op& op, OpRef ref, Rank rank) {
    HZ_TRY(const std::vector<SeenOp> seen, seenThrough(op, ref, Through::answeredOnly, SIZE_MAX));
    const bool isDelete = op.field == kDeletedField;
    for (const SeenOp& one : seen) {
        if (!isDelete || isOfDeletedCell(one)) {
            HZ_CHECK(m_store.hide(op.record, op.field, one.ref, ref));
        } else {
            HZ_CHECK(m_store.putNamed(op.record, ref, one.ref));
        }
    }
    if (op.kind == OpKind::remove) {
        return {};
    }
    return m_store.putLive(liveRowOf(op, ref, rank, {kUnanswered, unansweredPlace(ref)}));
}

Result<void> Projection::liftOverlay(const Op& op, OpRef ref, bool isAccepted) {
    if (!isAccepted) {
        HZ_CHECK(m_store.handOn(op.record, ref));
    }
    HZ_TRY(const std::vector<OpRef> bare, m_store.unhide(op.record, op.field, ref));
    for (const OpRef one : bare) {
        HZ_CHECK(dress(op.record, op.field, one));
    }
    HZ_CHECK(m_store.eraseNamed(op.record, ref));
    HZ_TRY([[maybe_unused]] const bool wasLive, m_store.eraseLive(op.record, op.field, ref));
    return {};
}

// An own value that was bare and is seen again: its text is where its op is.
Result<void> Projection::dress(const RecordId& record, std::string_view field, OpRef ref) {
    HZ_TRY(const std::optional<LiveRow> bare, m_store.liveRow(record, field, ref));
    HZ_TRY(const std::optional<HistoricOp> own, m_history.opAt(ref));
    if (!bare || !own || own->op.record != record) {
        return fail(ErrorCode::storageCorrupt, "an own edit that waits for its answer is not where it should be");
    }
    return m_store.putLive(liveRowOf(own->op, ref, bare->rank, {kUnanswered, unansweredPlace(ref)}));
}

Result<std::vector<LiveRow>> Projection::visible(const RecordId& record, std::string_view field) {
    HZ_TRY(std::vector<LiveRow> rows, m_store.liveOfCell(record, field));
    eraseHidden(rows);
    return rows;
}

Result<CellReading> Projection::cellOf(MergeRule rule, std::vector<LiveRow> rows) {
    CellReading reading;
    CellPast past(*this);
    HZ_TRY(reading.view, resolveCell(rule, liveValues(rows), past));
    reading.rows = std::move(rows);
    return reading;
}

Result<CellReading> Projection::cell(const RecordRow& record, std::string_view field) {
    const auto rule = m_rules.ruleOf(record.key.registerName, field);
    if (!rule) {
        return fail(ErrorCode::unknownField, record.key.registerName + " has no field " + std::string(field));
    }
    HZ_TRY(std::vector<LiveRow> rows, visible(record.id, field));
    return cellOf(*rule, std::move(rows));
}

Result<RecordReading> Projection::readingOf(const RecordRow& record, std::vector<LiveRow> rows) {
    RecordReading reading;
    reading.record = record;
    eraseHidden(rows);
    DeletionConflict deletion;
    std::map<std::string, std::vector<LiveRow>> byField;
    for (const LiveRow& row : rows) {
        if (row.field == kDeletedField && isTrue(row)) {
            deletion.deletes.push_back(row);
        }
    }
    if (!deletion.deletes.empty()) {
        HZ_TRY(const auto named, m_store.namedIn(record.id));
        std::set<OpRef> all;
        for (const auto& [by, one] : named) {
            if (std::any_of(deletion.deletes.begin(), deletion.deletes.end(),
                            [by = by](const LiveRow& row) { return row.ref == by; })) {
                all.insert(one);
            }
        }
        for (const LiveRow& row : rows) {
            const bool counts = row.field != kAdmittedField && !(row.field == kDeletedField && isTrue(row));
            if (counts && !all.contains(row.ref)) {
                deletion.unnamed.push_back(row);
            }
        }
    }
    for (LiveRow& row : rows) {
        byField[row.field].push_back(std::move(row));
    }
    for (auto& [field, cellRows] : byField) {
        if (const auto rule = m_rules.ruleOf(record.key.registerName, field)) {
            HZ_TRY(CellReading cell, cellOf(*rule, std::move(cellRows)));
            reading.cells.emplace(field, std::move(cell));
        }
    }
    const bool hasContent = std::any_of(reading.cells.begin(), reading.cells.end(),
                                        [](const auto& cell) {
                                            return cell.first != kDeletedField && cell.first != kAdmittedField;
                                        });
    reading.isGone = deletion.deletes.empty() ? !hasContent : deletion.unnamed.empty();
    if (!deletion.unnamed.empty()) {
        std::sort(deletion.unnamed.begin(), deletion.unnamed.end(),
                  [](const LiveRow& a, const LiveRow& b) { return a.order < b.order; });
        reading.deletion = std::move(deletion);
    }
    return reading;
}

Result<std::optional<RecordReading>> Projection::read(const RecordId& id) {
    HZ_TRY(const std::optional<RecordRow> record, m_store.record(id));
    if (!record) {
        return std::optional<RecordReading>{};
    }
    HZ_TRY(std::vector<LiveRow> rows, m_store.liveOf(id));
    HZ_TRY(RecordReading reading, readingOf(*record, std::move(rows)));
    return std::optional<RecordReading>(std::move(reading));
}

Result<void> Projection::each(std::string_view registerName,
                              const std::function<Result<void>(RecordReading&&)>& visit) {
    HZ_TRY(const std::vector<RecordRow> records, m_store.recordsOf(registerName));
    std::map<RecordId, std::vector<LiveRow>> live;
    HZ_CHECK(m_store.eachLive(registerName, [&](LiveRow&& row) { live[row.record].push_back(std::move(row)); }));
    for (const RecordRow& record : records) {
        HZ_TRY(RecordReading reading, readingOf(record, std::move(live[record.id])));
        HZ_CHECK(visit(std::move(reading)));
    }
    return {};
}

Result<void> Projection::eachNaming(std::string_view registerName, std::string_view text,
                                    const std::function<Result<void>(RecordReading&&)>& visit) {
    HZ_TRY(const std::vector<RecordRow> records, m_store.recordsNaming(registerName, text));
    for (const RecordRow& record : records) {
        HZ_TRY(std::vector<LiveRow> rows, m_store.liveOf(record.id));
        HZ_TRY(RecordReading reading, readingOf(record, std::move(rows)));
        HZ_CHECK(visit(std::move(reading)));
    }
    return {};
}

Result<void> Projection::eachContested(const std::function<Result<void>(RecordReading&&)>& visit) {
    HZ_TRY(const std::vector<RecordId> records, m_store.recordsWithSeveral(kDeletedField));
    for (const RecordId& record : records) {
        HZ_TRY(std::optional<RecordReading> reading, read(record));
        if (reading) {
            HZ_CHECK(visit(std::move(*reading)));
        }
    }
    return {};
}

Result<std::optional<Value>> Projection::shown(const RecordId& id, std::string_view field) {
    HZ_TRY(std::vector<LiveRow> rows, visible(id, field));
    if (rows.empty()) {
        return std::optional<Value>{};
    }
    if (rows.size() == 1) {
        return std::optional<Value>(rows.front().value);
    }
    HZ_TRY(const std::optional<RecordRow> record, m_store.record(id));
    if (!record) {
        return std::optional<Value>{};
    }
    HZ_TRY(const CellReading reading, cell(*record, field));
    return std::optional<Value>(reading.view.shown);
}

Result<std::vector<Value>> Projection::elements(const RecordId& id, std::string_view field) {
    HZ_TRY(const std::vector<LiveRow> rows, visible(id, field));
    std::set<Value> distinct;
    for (const LiveRow& row : rows) {
        distinct.insert(row.value);
    }
    return std::vector<Value>(distinct.begin(), distinct.end());
}

Result<bool> Projection::isGone(const RecordId& id) {
    HZ_TRY(const std::optional<RecordReading> reading, read(id));
    return !reading || reading->isGone;
}

Result<Order> Projection::orderOf(OpRef ref) {
    Order order{kUnanswered, 0};
    HZ_TRY(const std::vector<Run> runs, m_store.runsAt(ref));
    for (const Run& run : runs) {
        HZ_TRY(const std::optional<SegmentRow> row, m_store.outline(run.segment));
        if (row && row->state == SegmentState::inLog) {
            order = std::min(order, Order{row->position, ref.counter - row->first});
        }
    }
    if (order.position == kUnanswered) {
        order.place = static_cast<std::uint64_t>(ref.branch) << 40 | ref.counter;
    }
    return order;
}

Result<std::optional<Value>> Projection::baseOf(const std::vector<LiveRow>& rows) {
    CellPast past(*this);
    const std::vector<LiveValue> values = liveValues(rows);
    return commonBase(values, past);
}

Result<std::set<OpRef>> Projection::pastOf(const std::vector<OpRef>& ops, std::size_t most) {
    std::set<OpRef> visited;
    CellPast past(*this, &visited);
    std::set<OpRef> passed(ops.begin(), ops.end());
    std::vector<OpRef> open = ops;
    for (std::size_t next = 0; next < open.size() && visited.size() < most; ++next) {
        HZ_TRY(const std::vector<OpRef> seen, past.seenBy(open[next]));
        for (const OpRef ref : seen) {
            if (passed.insert(ref).second) {
                open.push_back(ref);
            }
        }
    }
    return visited;
}

Result<std::set<OpRef>> Projection::contestedPast() {
    HZ_TRY(const std::vector<RecordId> records, m_store.recordsWithSeveral(kDeletedField));
    std::set<OpRef> all;
    for (const RecordId& record : records) {
        HZ_TRY(const std::vector<LiveRow> rows, m_store.liveOf(record));
        std::map<std::string, std::vector<OpRef>> cells;
        for (const LiveRow& row : rows) {
            if (row.kind == OpKind::assign) {
                cells[row.field].push_back(row.ref);
            }
        }
        for (const auto& [field, refs] : cells) {
            HZ_TRY(const std::set<OpRef> past, refs.size() > 1 ? pastOf(refs, SIZE_MAX) : Result<std::set<OpRef>>(std::set<OpRef>{}));
            all.insert(past.begin(), past.end());
        }
    }
    return all;
}

Result<std::vector<OpRef>> Projection::liveDots(const RecordId& record) {
    HZ_TRY(std::vector<LiveRow> rows, m_store.liveOf(record));
    eraseHidden(rows);
    std::vector<OpRef> dots;
    for (const LiveRow& row : rows) {
        dots.push_back(row.ref);
    }
    return dots;
}

}  // namespace hezhang::sync
