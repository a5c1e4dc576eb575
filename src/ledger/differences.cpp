// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/differences.h"

#include <algorithm>
#include <tuple>

#include "schema/record_validator.h"
#include "src/ledger/one_transaction.h"
#include "src/ledger/queries.h"

namespace hezhang::ledger {

using nlohmann::json;
using sync::CellState;
using sync::MergeRule;

namespace {

std::string textAt(const sync::RecordReading& reading, std::string_view field) {
    return cellText(reading, field);
}

Result<std::string> taskTitle(Home& home, const RecordId& task) {
    HZ_TRY(const std::optional<sync::RecordReading> reading, home.state().read(task));
    if (!reading) {
        return std::string();
    }
    const std::string words = taskWords(*reading);
    const std::string number = textAt(*reading, "number");
    return number.empty() ? words : number + " " + words;
}

// What a record that belongs to no task calls itself.
std::string ownTitle(const sync::RecordReading& reading) {
    for (const std::string_view field : {"title", "name"}) {
        if (std::string text = textAt(reading, field); !text.empty()) {
            return text;
        }
    }
    for (const std::string_view field : {"title", "first_name", "closes"}) {
        if (const auto text = keyText(reading.record.key, field)) {
            return *text;
        }
    }
    return {};
}

Result<std::string> titleOf(Home& home, const RecordId& record) {
    HZ_TRY(const std::optional<sync::RecordReading> reading, home.state().read(record));
    return reading ? ownTitle(*reading) : std::string();
}

bool isPlainText(const json& value) {
    return value.is_string();
}

std::string plainText(const json& value) {
    return isPlainText(value) ? value.get<std::string>() : std::string();
}

// Only prose is compared by its words; a status or a date is one thing.
std::vector<TextRun> runsOf(bool isLong, const json& base, const json& value) {
    if (!isPlainText(value)) {
        return {};
    }
    if (!isLong || base.is_null()) {
        return plainText(value).empty() ? std::vector<TextRun>{}
                                        : std::vector<TextRun>{{RunKind::same, plainText(value)}};
    }
    return textDiff(plainText(base), plainText(value));
}

// The latest value of the same cell that the author had before his eyes.
Result<std::optional<Authorship>> sawOf(Home& home, const sync::HistoricOp& op) {
    HZ_TRY(const std::optional<sync::HistoricOp> latest, lastSeenOf(home, op));
    if (!latest) {
        return std::optional<Authorship>();
    }
    HZ_TRY(Authorship by, authorshipOf(home, latest->ref, latest->op.person, latest->op.at));
    return std::optional(std::move(by));
}

Result<DifferenceValue> valueOf(Home& home, const ConflictValue& from, const std::string& field, bool isLong,
                                const json& base) {
    DifferenceValue value;
    value.value = from.value;
    value.dot = from.dot;
    value.by = from.by;
    value.isOwn = from.by.person == home.me().enrolment.person;
    value.runs = runsOf(isLong, base, from.value);
    HZ_TRY(const sync::OpRef ref, home.replica().history().parseDot(from.dot));
    HZ_TRY(const std::optional<sync::HistoricOp> op, home.replica().history().opAt(ref));
    if (op) {
        HZ_TRY(value.saw, sawOf(home, *op));
        if (op->op.field != field) {
            value.changedField = op->op.field;
            value.changedTo = opValue(op->op);
        }
    }
    return value;
}

WallMs sinceOf(const std::vector<DifferenceValue>& values) {
    std::vector<WallMs> times;
    for (const DifferenceValue& value : values) {
        times.push_back(value.by.at);
    }
    std::sort(times.begin(), times.end());
    return times.empty() ? 0 : times[std::min<std::size_t>(1, times.size() - 1)];
}

WhyShown whyOf(DifferenceKind kind, MergeRule rule, bool isDeletion) {
    if (isDeletion) {
        return WhyShown::keptAlive;
    }
    const bool isConflict = kind == DifferenceKind::conflict;
    switch (rule) {
    case MergeRule::authority:
        return isConflict ? WhyShown::highestRank : WhyShown::rankStands;
    case MergeRule::prose:
        return isConflict ? WhyShown::sameSentence : WhyShown::putTogether;
    case MergeRule::keepBoth:
    case MergeRule::set:
    case MergeRule::counter:
        return WhyShown::firstInLog;
    }
    return WhyShown::firstInLog;
}

Result<void> complete(Home& home, const std::vector<ConflictValue>& from, MergeRule rule,
                      Difference& result) {
    const bool isDeletion = result.field == schema::kDeletedCell;
    const bool isLong = rule == MergeRule::prose;
    for (const ConflictValue& one : from) {
        HZ_TRY(DifferenceValue value, valueOf(home, one, result.field, isLong, result.base));
        value.isShown = value.value == result.shown;
        result.values.push_back(std::move(value));
    }
    result.shownRuns = runsOf(isLong, result.base, result.shown);
    result.why = whyOf(result.kind, rule, isDeletion);
    result.since = sinceOf(result.values);
    return {};
}

Result<std::vector<ConflictValue>> valuesOf(Home& home, const std::vector<sync::LiveRow>& rows) {
    std::vector<ConflictValue> values;
    for (const sync::LiveRow& row : rows) {
        ConflictValue value{schema::jsonFromValue(row.value), {}, {}};
        HZ_TRY(value.dot, home.replica().history().dotText(row.ref));
        HZ_TRY(value.by, authorshipOf(home, row.ref, row.person, row.at));
        values.push_back(std::move(value));
    }
    return values;
}

Result<void> addMerged(Home& home, const sync::RecordReading& reading, Difference& result) {
    const auto cell = reading.cells.find(result.field);
    if (reading.isGone || cell == reading.cells.end() || cell->second.view.state != CellState::merged) {
        return {};
    }
    const auto rule = home.state().rules().ruleOf(reading.record.key.registerName, result.field);
    result.kind = rule == MergeRule::prose ? DifferenceKind::merged : DifferenceKind::overruled;
    HZ_TRY(const std::optional<sync::Value> base, home.state().baseOf(cell->second.rows));
    result.base = base ? schema::jsonFromValue(*base) : json(nullptr);
    result.shown = schema::jsonFromValue(cell->second.view.shown);
    HZ_TRY(const std::vector<ConflictValue> values, valuesOf(home, cell->second.rows));
    for (const ConflictValue& value : values) {
        result.listed.push_back(value.dot);
    }
    return complete(home, values, *rule, result);
}

}  // namespace

bool Difference::isOwn() const {
    return std::any_of(values.begin(), values.end(),
                       [](const DifferenceValue& value) { return value.isOwn; });
}

Result<RecordPlace> placeOf(Home& home, const RecordId& record) {
    HZ_TRY(const std::optional<sync::RecordReading> reading, home.state().read(record));
    if (!reading) {
        return fail(ErrorCode::unknownRecord, "record " + record.hex() + " is not here");
    }
    const sync::RecordKey& key = reading->record.key;
    RecordPlace place;
    place.registerName = key.registerName;
    place.task = key.registerName == "task" ? record : keyId(key, "task").value_or(RecordId{});
    HZ_TRY(place.title,
           place.task.isNone() ? Result<std::string>(ownTitle(*reading)) : taskTitle(home, place.task));
    HZ_TRY(place.unitName, unitName(home.state(), keyId(key, "unit").value_or(RecordId{})));
    place.window = keyId(key, "window").value_or(RecordId{});
    HZ_TRY(place.detail, titleOf(home, key.registerName == "check" ? keyId(key, "place").value_or(RecordId{})
                                                                   : place.window));
    return place;
}

Result<Difference> differenceOf(Home& home, const RecordId& record, const std::string& field) {
    HZ_TRY(const std::optional<sync::RecordReading> reading, home.state().read(record));
    if (!reading) {
        return fail(ErrorCode::unknownRecord, "record " + record.hex() + " is not here");
    }
    Difference result;
    result.record = record;
    result.field = field;
    HZ_TRY(result.place, placeOf(home, record));
    HZ_TRY(const std::optional<ConflictRow> open, conflictOf(home, record, field));
    if (!open) {
        HZ_CHECK(addMerged(home, *reading, result));
        return result;
    }
    result.kind = DifferenceKind::conflict;
    result.base = open->base;
    result.shown = open->shown;
    result.listed = open->listed;
    const auto rule = home.state().rules().ruleOf(result.place.registerName, field);
    HZ_CHECK(complete(home, open->values, rule.value_or(MergeRule::keepBoth), result));
    return result;
}

Result<std::vector<Difference>> differences(Home& home) {
    std::vector<std::pair<RecordId, std::string>> cells;
    HZ_CHECK(home.state().eachContested([&](sync::RecordReading&& reading) -> Result<void> {
        if (reading.isGone) {
            return {};
        }
        if (reading.deletion) {
            cells.emplace_back(reading.record.id, schema::kDeletedCell);
        }
        for (const auto& [field, cell] : reading.cells) {
            const bool isOpen =
                cell.view.state == CellState::conflict || cell.view.state == CellState::merged;
            if (isOpen && field != schema::kDeletedCell) {
                cells.emplace_back(reading.record.id, field);
            }
        }
        return {};
    }));
    std::vector<Difference> all;
    for (const auto& [record, field] : cells) {
        HZ_TRY(Difference one, differenceOf(home, record, field));
        all.push_back(std::move(one));
    }
    std::sort(all.begin(), all.end(), [](const Difference& a, const Difference& b) {
        return std::tie(a.kind, a.since, a.record, a.field) < std::tie(b.kind, b.since, b.record, b.field);
    });
    return all;
}

Result<sync::EditAnswer> replaceMerged(Home& home, const RecordId& record, const std::string& field,
                                       const std::string& value, const std::vector<std::string>& listed) {
    const auto work = [&]() -> Result<sync::EditAnswer> {
        HZ_TRY(const Difference now, differenceOf(home, record, field));
        if (now.kind != DifferenceKind::merged && now.kind != DifferenceKind::overruled) {
            return fail(ErrorCode::notFound, field + " has nothing to confirm (any more)");
        }
        HZ_CHECK(checkSame(field, listed, now.listed));
        EditRequest request;
        request.record = record;
        request.field = field;
        request.text = value;
        request.seen = listed;
        request.isSettling = true;
        return home.edit(request);
    };
    return inOneTransaction(home, work);
}

}  // namespace hezhang::ledger
