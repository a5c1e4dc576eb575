// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/queries.h"

#include <algorithm>
#include <cctype>

#include "schema/record_validator.h"
#include "src/ledger/dump.h"
#include "src/ledger/names.h"
#include "sync/engine/county.h"
#include "src/ledger/one_transaction.h"

namespace hezhang::ledger {

using nlohmann::json;
using sync::MergeRule;
using sync::OpKind;
using sync::OpRef;

namespace {

json cellForm(Home& home, const sync::RecordReading& reading, std::string_view field) {
    const auto cell = reading.cells.find(field);
    if (cell == reading.cells.end()) {
        return nullptr;
    }
    return dumpForm(home.state().rules().ruleOf(reading.record.key.registerName, field), cell->second);
}

Result<std::vector<std::string>> dotTexts(Home& home, const std::vector<sync::LiveRow>& rows) {
    std::vector<std::string> texts;
    for (const sync::LiveRow& row : rows) {
        HZ_TRY(std::string text, home.replica().history().dotText(row.ref));
        texts.push_back(std::move(text));
    }
    return texts;
}

}  // namespace

Result<Authorship> authorshipOf(Home& home, OpRef ref, const RecordId& person, WallMs at) {
    Authorship by;
    by.person = person;
    by.at = at;
    HZ_TRY(by.personName, personName(home.state(), person));
    HZ_TRY(const std::optional<sync::BranchRow> branch, home.store().branch(ref.branch));
    HZ_TRY(const std::optional<sync::LaneRow> lane,
           branch ? home.store().lane(branch->lane) : Result<std::optional<sync::LaneRow>>(std::nullopt));
    if (lane) {
        by.device = lane->device;
        HZ_TRY(const std::optional<sync::DeviceRow> device, home.store().device(lane->device));
        if (device) {
            HZ_TRY(const sync::Order order, home.state().orderOf(ref));
            HZ_TRY(by.unit, unitAt(device->enrolment, order.position, home.state()));
        } else if (lane->device == home.me().enrolment.device) {
            by.unit = home.me().enrolment.unit;
        }
    }
    if (by.unit.isNone()) {
        HZ_TRY(by.unit, unitOfPerson(home.state(), person));
    }
    HZ_TRY(by.unitName, unitName(home.state(), by.unit));
    if (person == home.me().enrolment.person) {
        // Before the first sync nothing of the county is here but what enrolment said.
        by.personName = by.personName.empty() ? home.me().personName : by.personName;
        by.unitName = by.unitName.empty() ? home.me().unitName : by.unitName;
    }
    return by;
}

// -- lists

Result<std::vector<TaskRow>> tasks(Home& home, const TaskFilter& filter) {
    HZ_TRY(const std::vector<NamedUnit> all, units(home.state()));
    std::map<RecordId, std::string> names;
    for (const NamedUnit& unit : all) {
        names[unit.id] = unit.name;
    }
    Succession succession(home.state());
    HZ_TRY(const std::set<RecordId> asked,
           filter.unit ? succession.actsFor(*filter.unit) : Result<std::set<RecordId>>(std::set<RecordId>{}));
    std::vector<TaskRow> rows;
    const auto take = [&](sync::RecordReading&& reading) -> Result<void> {
        TaskRow row;
        row.id = reading.record.id;
        row.ledger = keyId(reading.record.key, "ledger").value_or(RecordId{});
        row.serial = keyInteger(reading.record.key, "serial");
        row.number = cellText(reading, "number");
        row.item = cellText(reading, "item");
        row.content = cellText(reading, "content");
        row.due = cellText(reading, "due");
        row.jointStatus = cellForm(home, reading, "joint_status");
        HZ_TRY(const std::vector<UnitPart> parts, partsIn(succession, reading));
        for (const UnitPart& part : parts) {
            row.units.push_back({part.unit, names[part.unit], part.role});
        }
        const std::set<RecordId> named = unitsOfTask(reading);
        const bool isOfUnit = !filter.unit || std::any_of(named.begin(), named.end(),
                                                          [&](const RecordId& unit) { return asked.contains(unit); });
        const bool isMeant = !reading.isGone && isOfUnit && (!filter.ledger || row.ledger == *filter.ledger) &&
                             (filter.dueBefore.empty() || (!row.due.empty() && row.due < filter.dueBefore)) &&
                             (filter.status.empty() || cellText(reading, "joint_status") == filter.status);
        if (isMeant) {
            rows.push_back(std::move(row));
        }
        return {};
    };
    // Tasks of other years are not decoded.
    HZ_CHECK(filter.ledger ? home.state().eachNaming("task", filter.ledger->hex(), take) : home.state().each("task", take));
    std::sort(rows.begin(), rows.end(), [](const TaskRow& a, const TaskRow& b) {
        return std::tie(a.ledger, a.serial, a.id) < std::tie(b.ledger, b.serial, b.id);
    });
    return rows;
}

Result<std::vector<LedgerRow>> ledgers(Home& home) {
    std::map<RecordId, std::size_t> counts;
    HZ_CHECK(home.state().each("task", [&](sync::RecordReading&& reading) -> Result<void> {
        if (!reading.isGone) {
            ++counts[keyId(reading.record.key, "ledger").value_or(RecordId{})];
        }
        return {};
    }));
    std::vector<LedgerRow> rows;
    HZ_CHECK(home.state().each("ledger", [&](sync::RecordReading&& reading) -> Result<void> {
        if (!reading.isGone) {
            rows.push_back({reading.record.id, keyInteger(reading.record.key, "year"),
                            keyText(reading.record.key, "title").value_or(""), cellText(reading, "issuer"),
                            cellText(reading, "state"), counts[reading.record.id]});
        }
        return {};
    }));
    std::sort(rows.begin(), rows.end(), [](const LedgerRow& a, const LedgerRow& b) {
        return std::tie(b.year, a.title) < std::tie(a.year, b.title);
    });
    return rows;
}

// -- history

Result<std::optional<WallMs>> countyTimeOf(Home& home, std::uint64_t position) {
    HZ_TRY(const std::optional<sync::EntryRow> row, home.store().entry(position));
    if (!row) {
        return std::optional<WallMs>();
    }
    HZ_TRY(const sync::LogEntry entry, sync::decode<sync::LogEntry>(row->entry, "log entry"));
    return std::optional(entry.at);
}

json opValue(const sync::Op& op) { return op.isErased() ? json(nullptr) : schema::jsonFromValue(op.value); }

Result<std::vector<HistoryRow>> history(Home& home, const RecordId& record) {
    HZ_TRY(const std::optional<sync::RecordRow> row, home.store().record(record));
    if (!row) {
        return fail(ErrorCode::unknownRecord, "record " + record.hex() + " is not here");
    }
    sync::History& past = home.replica().history();
    struct Found {
        sync::Order order;
        sync::HistoricOp op;
        sync::SegmentState state;
        sync::Reason reason = sync::Reason::none;
    };
    std::map<OpRef, Found> found;
    HZ_TRY(const std::vector<Hash> segments, home.store().segmentsOfScope(row->scope));
    for (const Hash& hash : segments) {
        const auto opened = past.segment(hash);
        if (!opened && opened.error().code == ErrorCode::historyAbsent) {
            continue;
        }
        HZ_TRY(const std::shared_ptr<const sync::SealedSegment> sealed, opened);
        std::vector<sync::Run> runs;
        for (std::size_t i = 0; i < sealed->segment.ops.size(); ++i) {
            if (sealed->segment.ops[i].record != record) {
                continue;
            }
            if (runs.empty()) {
                HZ_TRY(runs, home.store().runsOf(hash));
            }
            const sync::OpCounter counter = sealed->segment.ops[i].counter;
            for (const sync::Run& run : runs) {
                if (run.first <= counter && counter <= run.last) {
                    HZ_TRY(const std::optional<sync::SegmentRow> stored, home.store().outline(hash));
                    const bool isInLog = stored->state == sync::SegmentState::inLog;
                    const OpRef ref{run.branch, counter};
                    Found one{{isInLog ? stored->position : sync::kUnanswered, isInLog ? i : sync::unansweredPlace(ref)},
                              {ref, sealed->segment.ops[i], sealed->opIds[i], hash, sealed->segment.lane.lane},
                              stored->state,
                              stored->state == sync::SegmentState::refused ? static_cast<sync::Reason>(stored->position)
                                                                           : sync::Reason::none};
                    const auto known = found.find(ref);
                    if (known == found.end() || one.order < known->second.order) {
                        found.insert_or_assign(ref, std::move(one));
                    }
                }
            }
        }
    }
    // What is live, and came without its segment.
    HZ_TRY(const std::vector<sync::LiveRow> live, home.store().liveOf(record));
    for (const sync::LiveRow& one : live) {
        HZ_TRY(const std::optional<sync::HistoricOp> op,
               one.isUnanswered() || found.contains(one.ref) ? Result<std::optional<sync::HistoricOp>>(std::nullopt) : past.opAt(one.ref));
        if (op) {
            found.try_emplace(one.ref, Found{one.order, *op, sync::SegmentState::inLog});
        }
    }
    HZ_TRY(const std::vector<sync::LaneRow> lanes, home.store().lanes());
    for (const sync::LaneRow& lane : lanes) {
        if (lane.isMine && lane.scope == row->scope) {
            HZ_TRY(const std::vector<sync::TailRow> tail, home.store().tail(lane.lane));
            for (const sync::TailRow& one : tail) {
                if (one.op.record == record) {
                    found.try_emplace(one.ref, Found{{sync::kUnanswered, sync::unansweredPlace(one.ref)},
                                                     {one.ref, one.op, one.id, {}, lane.lane},
                                                     sync::SegmentState::unsent});
                }
            }
        }
    }
    std::vector<Found> ordered;
    for (auto& [ref, one] : found) {
        ordered.push_back(std::move(one));
    }
    std::sort(ordered.begin(), ordered.end(), [](const Found& a, const Found& b) { return a.order < b.order; });
    std::vector<HistoryRow> rows;
    for (const Found& one : ordered) {
        HistoryRow out;
        out.op = one.op.id;
        HZ_TRY(out.dot, past.dotText(one.op.ref));
        out.field = one.op.op.field;
        out.kind = name(one.op.op.kind);
        out.value = opValue(one.op.op);
        out.isErased = one.op.op.isErased();
        for (const sync::SeenDot& seen : one.op.op.seen) {
            HZ_TRY(const std::optional<OpRef> named, past.resolve(seen, one.op.ref));
            if (named) {
                HZ_TRY(std::string text, past.dotText(*named));
                out.seen.push_back(std::move(text));
            }
        }
        HZ_TRY(out.by, authorshipOf(home, one.op.ref, one.op.op.person, one.op.op.at));
        HZ_TRY(const std::optional<sync::AsideRow> aside, home.store().asideOf(one.op.ref));
        switch (one.state) {
        case sync::SegmentState::inLog: out.verdict = aside ? "aside" : "accepted"; break;
        case sync::SegmentState::unsent: out.verdict = "local"; break;
        case sync::SegmentState::received:
        case sync::SegmentState::held: out.verdict = "received"; break;
        case sync::SegmentState::refused: out.verdict = "refused"; break;
        }
        out.reason = aside ? name(aside->reason) : one.reason != sync::Reason::none ? name(one.reason) : "";
        if (one.state == sync::SegmentState::inLog) {
            out.position = one.order.position;
            HZ_TRY(out.countyAt, countyTimeOf(home, one.order.position));
        }
        rows.push_back(std::move(out));
    }
    return rows;
}

// -- conflicts

namespace {

// The sentence that says why the shown value is shown.
std::string whyShown(MergeRule rule, const std::vector<ConflictValue>& values) {
    const ConflictValue& first = values.front();
    const std::string who = (first.by.unitName.empty() ? "" : first.by.unitName + " ") + first.by.personName;
    std::string text = "这些值的填写人都没有看到对方的值，因此都保留。";
    switch (rule) {
    case MergeRule::authority:
        text += "显示的是级别最高者中最先进入县台账的一个（" + who + "），待人工认定。";
        break;
    case MergeRule::prose:
        text += "几处改动落在同一句上，无法自动合并；先显示最先进入县台账的文本（" + who + "），待人工认定。";
        break;
    default:
        text += "先显示最先进入县台账的一个（" + who + "），待人工认定。";
        break;
    }
    return text;
}

Result<ConflictValue> conflictValueOf(Home& home, const sync::LiveRow& row, json value) {
    ConflictValue result;
    result.value = std::move(value);
    HZ_TRY(result.dot, home.replica().history().dotText(row.ref));
    HZ_TRY(result.by, authorshipOf(home, row.ref, row.person, row.at));
    return result;
}

// The rows that take part: for authority those of the highest rank.
std::vector<sync::LiveRow> takingPart(MergeRule rule, const std::vector<sync::LiveRow>& rows) {
    if (rule != MergeRule::authority) {
        return rows;
    }
    sync::Rank highest = 0;
    for (const sync::LiveRow& row : rows) {
        highest = std::max(highest, row.rank);
    }
    std::vector<sync::LiveRow> part;
    std::copy_if(rows.begin(), rows.end(), std::back_inserter(part),
                 [&](const sync::LiveRow& row) { return row.rank == highest; });
    return part;
}

Result<ConflictRow> cellConflict(Home& home, const sync::RecordReading& reading, const std::string& field,
                                 const sync::CellReading& cell) {
    const MergeRule rule = *home.state().rules().ruleOf(reading.record.key.registerName, field);
    ConflictRow row;
    row.record = reading.record.id;
    row.field = field;
    row.id = row.record.hex() + "/" + field;
    const std::vector<sync::LiveRow> part = takingPart(rule, cell.rows);
    HZ_TRY(const std::optional<sync::Value> base, home.state().baseOf(part));
    row.base = base ? schema::jsonFromValue(*base) : json(nullptr);
    for (const sync::LiveRow& live : part) {
        HZ_TRY(ConflictValue value, conflictValueOf(home, live, schema::jsonFromValue(live.value)));
        row.values.push_back(std::move(value));
    }
    row.shown = schema::jsonFromValue(cell.view.shown);
    row.reason = whyShown(rule, row.values);
    // Of authority the outranked values too: whoever settles has them before his eyes.
    HZ_TRY(row.listed, dotTexts(home, cell.rows));
    return row;
}

Result<ConflictRow> deletionConflict(Home& home, const sync::RecordReading& reading) {
    ConflictRow row;
    row.record = reading.record.id;
    row.field = schema::kDeletedCell;
    row.id = row.record.hex() + "/" + row.field;
    row.base = nullptr;
    std::vector<std::pair<sync::LiveRow, bool>> all;
    for (const sync::LiveRow& live : reading.deletion->deletes) {
        all.emplace_back(live, true);
    }
    for (const sync::LiveRow& live : reading.deletion->unnamed) {
        all.emplace_back(live, false);
    }
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.first.order < b.first.order; });
    for (const auto& [live, isDelete] : all) {
        HZ_TRY(ConflictValue value, conflictValueOf(home, live, isDelete));
        row.listed.push_back(value.dot);
        row.values.push_back(std::move(value));
    }
    row.shown = false;
    row.reason = "一方删除了这条记录，另一方在没有看到删除的情况下又改了它；记录先保留，待人工认定是否删除。";
    return row;
}

Result<std::optional<ConflictRow>> conflictIn(Home& home, const sync::RecordReading& reading, const std::string& field) {
    if (field == schema::kDeletedCell && reading.deletion && !reading.isGone) {
        HZ_TRY(ConflictRow row, deletionConflict(home, reading));
        return std::optional(std::move(row));
    }
    const auto cell = reading.cells.find(field);
    if (field == schema::kDeletedCell || cell == reading.cells.end() ||
        cell->second.view.state != sync::CellState::conflict) {
        return std::optional<ConflictRow>();
    }
    HZ_TRY(ConflictRow row, cellConflict(home, reading, field, cell->second));
    return std::optional(std::move(row));
}

}  // namespace

Result<std::optional<sync::HistoricOp>> lastSeenOf(Home& home, const sync::HistoricOp& op) {
    std::optional<sync::HistoricOp> last;
    sync::Order at;
    for (const sync::SeenDot& seen : op.op.seen) {
        HZ_TRY(const std::optional<OpRef> ref, home.replica().history().resolve(seen, op.ref));
        HZ_TRY(std::optional<sync::HistoricOp> named,
               ref ? home.replica().history().opAt(*ref) : Result<std::optional<sync::HistoricOp>>(std::nullopt));
        if (!named || named->op.field != op.op.field) {
            continue;
        }
        HZ_TRY(const sync::Order order, home.state().orderOf(*ref));
        if (!last || at < order) {
            last = std::move(named);
            at = order;
        }
    }
    return last;
}

Result<void> checkSame(const std::string& field, std::vector<std::string> looked, std::vector<std::string> now) {
    std::sort(looked.begin(), looked.end());
    std::sort(now.begin(), now.end());
    return looked == now ? Result<void>() : fail(ErrorCode::changed, field + " has changed since you looked at it");
}

Result<std::optional<ConflictRow>> conflictOf(Home& home, const RecordId& record, const std::string& field) {
    HZ_TRY(const std::optional<sync::RecordReading> reading, home.state().read(record));
    return reading ? conflictIn(home, *reading, field) : Result<std::optional<ConflictRow>>(std::nullopt);
}

static Result<std::uint64_t> countConflicts(Home& home) {
    std::uint64_t count = 0;
    HZ_CHECK(home.state().eachContested([&](sync::RecordReading&& reading) -> Result<void> {
        if (!reading.isGone) {
            count += reading.deletion ? 1 : 0;
            count += static_cast<std::uint64_t>(
                std::count_if(reading.cells.begin(), reading.cells.end(), [](const auto& cell) {
                    return cell.second.view.state == sync::CellState::conflict && cell.first != schema::kDeletedCell;
                }));
        }
        return {};
    }));
    return count;
}

// Every contested record has to be read for it, so a round in which nothing is new does not count again.
Result<std::uint64_t> conflictCount(Home& home) {
    HZ_TRY(const std::uint64_t* count,
           home.memory().conflicts.get(home.store().database(), [&] { return countConflicts(home); }));
    return *count;
}

Result<std::vector<ConflictRow>> conflicts(Home& home) {
    std::vector<ConflictRow> rows;
    HZ_CHECK(home.state().eachContested([&](sync::RecordReading&& reading) -> Result<void> {
        if (reading.isGone) {
            return {};
        }
        if (reading.deletion) {
            HZ_TRY(ConflictRow row, deletionConflict(home, reading));
            rows.push_back(std::move(row));
        }
        for (const auto& [field, cell] : reading.cells) {
            if (cell.view.state == sync::CellState::conflict && field != schema::kDeletedCell) {
                HZ_TRY(ConflictRow row, cellConflict(home, reading, field, cell));
                rows.push_back(std::move(row));
            }
        }
        return {};
    }));
    return rows;
}

Result<sync::EditAnswer> resolve(Home& home, const RecordId& record, const std::string& field, const Choice& choice) {
    // In one transaction with the look at the conflict: what is settled is exactly what is listed at that moment.
    const auto work = [&]() -> Result<sync::EditAnswer> {
        HZ_TRY(const std::optional<sync::RecordReading> reading, home.state().read(record));
        if (!reading) {
            return fail(ErrorCode::unknownRecord, "record " + record.hex() + " is not here");
        }
        HZ_TRY(const std::optional<ConflictRow> open, conflictIn(home, *reading, field));
        if (!open) {
            return fail(ErrorCode::notFound, record.hex() + "/" + field + " is not in conflict (any more)");
        }
        HZ_CHECK(checkSame(field, choice.listed.value_or(open->listed), open->listed));
        EditRequest request;
        request.record = record;
        request.field = field;
        request.isSettling = true;
        if (choice.number) {
            if (*choice.number == 0 || *choice.number > open->values.size()) {
                return fail(ErrorCode::notFound, "the conflict lists " + std::to_string(open->values.size()) + " values");
            }
            request.json = open->values[*choice.number - 1].value;
        } else if (choice.dot) {
            const auto value = std::find_if(open->values.begin(), open->values.end(),
                                            [&](const ConflictValue& one) { return one.dot == *choice.dot; });
            if (value == open->values.end()) {
                return fail(ErrorCode::notFound, *choice.dot + " is not among the values of the conflict");
            }
            request.json = value->value;
        } else {
            request.text = choice.value.value_or("");
        }
        request.seen.emplace();
        if (field == schema::kDeletedCell) {
            const bool isDelete = request.json ? *request.json == json(true) : request.text == "true";
            HZ_TRY(const std::vector<std::string> deletes, dotTexts(home, reading->deletion->deletes));
            request.seen = deletes;
            if (isDelete) {
                // Deleting after all: names every live dot, so nothing keeps the record alive.
                HZ_TRY(const std::vector<OpRef> live, home.state().liveDots(record));
                request.seen->clear();
                for (const OpRef ref : live) {
                    HZ_TRY(std::string text, home.replica().history().dotText(ref));
                    request.seen->push_back(std::move(text));
                }
            }
        } else {
            request.seen = open->listed;
        }
        return home.edit(request);
    };
    return inOneTransaction(home, work);
}

// -- merged by machine

Result<std::vector<MergedRow>> merged(Home& home) {
    std::vector<MergedRow> rows;
    HZ_CHECK(home.state().eachContested([&](sync::RecordReading&& reading) -> Result<void> {
        for (const auto& [field, cell] : reading.cells) {
            if (reading.isGone || cell.view.state != sync::CellState::merged) {
                continue;
            }
            const auto rule = home.state().rules().ruleOf(reading.record.key.registerName, field);
            MergedRow row{reading.record.id, field, rule == MergeRule::prose ? "prose" : "authority",
                          schema::jsonFromValue(cell.view.shown), {}};
            HZ_TRY(row.seen, dotTexts(home, cell.rows));
            rows.push_back(std::move(row));
        }
        return {};
    }));
    return rows;
}

Result<sync::EditAnswer> confirm(Home& home, const RecordId& record, const std::string& field,
                                 const std::optional<std::vector<std::string>>& seen) {
    const auto work = [&]() -> Result<sync::EditAnswer> {
        HZ_TRY(const std::optional<sync::RecordReading> reading, home.state().read(record));
        if (!reading || reading->isGone) {
            return fail(ErrorCode::unknownRecord, "record " + record.hex() + " is not here");
        }
        const schema::RegisterDef* def = home.registers().find(reading->record.key.registerName);
        if (def == nullptr || def->cell(field) == nullptr) {
            return fail(ErrorCode::unknownField, reading->record.key.registerName + " has no field " + field);
        }
        const auto cell = reading->cells.find(field);
        if (cell == reading->cells.end()) {
            return fail(ErrorCode::notFound, field + " has no value to confirm");
        }
        if (cell->second.view.state == sync::CellState::conflict) {
            return fail(ErrorCode::conflict, field + " is in conflict");
        }
        HZ_TRY(const std::vector<std::string> live, dotTexts(home, cell->second.rows));
        HZ_CHECK(checkSame(field, seen.value_or(live), live));
        EditRequest request;
        request.record = record;
        request.field = field;
        request.isSettling = true;
        request.json = schema::jsonFromValue(cell->second.view.shown);
        request.seen = live;
        return home.edit(request);
    };
    return inOneTransaction(home, work);
}

// -- clocks

Result<std::map<std::string, std::vector<std::string>>> clockOf(Home& home, const RecordId& record) {
    std::map<std::string, std::vector<std::string>> clock;
    HZ_TRY(const std::optional<sync::RecordReading> reading, home.state().read(record));
    if (!reading) {
        return fail(ErrorCode::unknownRecord, "record " + record.hex() + " is not here");
    }
    for (const auto& [field, cell] : reading->cells) {
        HZ_TRY(clock[field], dotTexts(home, cell.rows));
    }
    return clock;
}

Result<std::vector<VectorRow>> versionVector(Home& home) {
    std::vector<VectorRow> rows;
    HZ_TRY(const std::vector<sync::LaneRow> lanes, home.store().lanes());
    for (const sync::LaneRow& lane : lanes) {
        HZ_TRY(const std::vector<sync::BranchRow> branches, home.store().branches(lane.lane));
        for (const sync::BranchRow& branch : branches) {
            if (branch.tip < branch.fork) {
                continue;
            }
            VectorRow row{lane.lane, lane.scope, lane.device, branch.tip, {}};
            HZ_TRY(const std::vector<sync::Run> runs, home.store().runsAt({branch.id, branch.tip}));
            row.hash = runs.empty() ? Hash{} : runs.front().segment;
            rows.push_back(row);
        }
    }
    return rows;
}

Result<std::vector<ScopeRow>> scopePositions(Home& home) {
    std::vector<ScopeRow> rows;
    HZ_TRY(const std::vector<std::string> scopes, home.scopes());
    HZ_TRY(const sync::Cursor cursor, home.replica().cursor());
    HZ_TRY(const sync::ScopeState state, home.replica().scopeState());
    for (const std::string& scope : scopes) {
        ScopeRow row{scope, cursor.position, {}};
        for (const sync::Backfill& late : state.backfill) {
            row.position = late.scope == scope ? late.position : row.position;
        }
        HZ_TRY(row.digest, digest(home.state(), home.registers(), scope));
        rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace hezhang::ledger
