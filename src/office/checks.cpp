// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/office/checks.h"

#include <algorithm>
#include <set>

#include "schema/record_validator.h"
#include "src/ledger/check_lines.h"
#include "src/ledger/one_transaction.h"

namespace hezhang::office {
namespace {

using ledger::cellElements;
using ledger::cellText;
using ledger::EditRequest;
using ledger::Home;
using ledger::keyId;
using ledger::keyText;
using nlohmann::json;
using sync::RecordReading;

const sync::CellReading* checkCell(const RecordReading& reading, std::string_view field) {
    const auto cell = reading.cells.find(field);
    return cell == reading.cells.end() ? nullptr : &cell->second;
}

bool checkTruth(const RecordReading& reading, std::string_view field) {
    const sync::CellReading* cell = checkCell(reading, field);
    return cell != nullptr && cell->view.shown.asBoolean().value_or(false);
}

// What several questions need of the ledger, read once: all tasks, or one.
struct Names {
    std::map<RecordId, std::string> units;
    std::map<RecordId, RecordId> standing;  // the unit that goes on with each one's work
    std::map<RecordId, RecordReading> tasks;
    std::map<RecordId, RecordReading> places;
};

Result<Names> namesIn(Home& home, const std::optional<RecordId>& onlyTask = std::nullopt) {
    Names names;
    HZ_TRY(const std::vector<ledger::NamedUnit> units, ledger::units(home.state()));
    ledger::Succession succession(home.state());
    for (const ledger::NamedUnit& unit : units) {
        HZ_TRY(names.standing[unit.id], succession.standing(unit.id));
        HZ_TRY(names.units[unit.id], ledger::unitLabel(succession, home.state(), unit.id));
    }
    const auto keepIn = [](std::map<RecordId, RecordReading>& kept) {
        return [&kept](RecordReading&& reading) -> Result<void> {
            if (!reading.isGone) {
                const RecordId id = reading.record.id;
                kept.insert_or_assign(id, std::move(reading));
            }
            return {};
        };
    };
    HZ_CHECK(home.state().each("place", keepIn(names.places)));
    if (!onlyTask) {
        HZ_CHECK(home.state().each("task", keepIn(names.tasks)));
        return names;
    }
    HZ_TRY(std::optional<RecordReading> task, home.state().read(*onlyTask));
    if (task && task->record.key.registerName == "task") {
        HZ_CHECK(keepIn(names.tasks)(std::move(*task)));
    }
    return names;
}

RecordId standingOf(const Names& names, const RecordId& unit) {
    const auto known = names.standing.find(unit);
    return known == names.standing.end() ? unit : known->second;
}

// The units that have a part in a task now.
std::set<RecordId> unitsNow(const Names& names, const RecordReading& task) {
    std::set<RecordId> units;
    for (const RecordId& unit : ledger::unitsOfTask(task)) {
        units.insert(standingOf(names, unit));
    }
    return units;
}

std::string placeNameOf(const RecordReading& place) {
    const std::string name = cellText(place, "name");
    return name.empty() ? keyText(place.record.key, "first_name").value_or("") : name;
}

// By the device's clock, at the latest when the county entered the first of it.
Result<std::string> timeOfLook(Home& home, const RecordReading& reading) {
    std::string at = keyText(reading.record.key, "at").value_or("");
    std::uint64_t first = sync::kUnanswered;
    for (const auto& [field, cell] : reading.cells) {
        for (const sync::LiveRow& live : cell.rows) {
            first = std::min(first, live.order.position);
        }
    }
    HZ_TRY(const std::optional<WallMs> entered, ledger::countyTimeOf(home, first));
    return entered ? std::min(at, toIsoText(*entered)) : at;
}

Result<CheckRow> checkRow(Home& home, const Names& names, const RecordReading& reading,
                          std::string_view today) {
    CheckRow row;
    row.record = reading.record.id;
    row.task = keyId(reading.record.key, "task").value_or(RecordId{});
    row.unit = keyId(reading.record.key, "unit").value_or(RecordId{});
    row.place = keyId(reading.record.key, "place").value_or(RecordId{});
    HZ_TRY(row.at, timeOfLook(home, reading));
    row.ownAt = keyText(reading.record.key, "at").value_or("");
    if (const auto task = names.tasks.find(row.task); task != names.tasks.end()) {
        row.taskNumber = cellText(task->second, "number");
        row.taskItem = ledger::taskWords(task->second);
    }
    if (const auto unit = names.units.find(row.unit); unit != names.units.end()) {
        row.unitName = unit->second;
    }
    if (const auto place = names.places.find(row.place); place != names.places.end()) {
        row.placeName = placeNameOf(place->second);
    }
    row.result = cellText(reading, "result");
    row.finding = cellText(reading, "finding");
    SeenLines seen = seenLinesIn(cellElements(reading, "lines"));
    row.lines = std::move(seen.lines);
    row.unclear = std::move(seen.unclear);
    row.photos = cellElements(reading, "photos");
    HZ_TRY(row.photoCounts, ledger::countBlobs(home, row.photos));
    row.rectifyDue = cellText(reading, "rectify_due");
    row.objection = cellText(reading, "objection");
    row.state = checkState(row.result, checkTruth(reading, "closed"), row.rectifyDue, today);
    row.isRecheckDue = isRecheckDue(row.state, row.rectifyDue, today);
    for (const auto& [field, cell] : reading.cells) {
        row.hasConflict = row.hasConflict || cell.view.state == sync::CellState::conflict;
        row.isUnsent =
            row.isUnsent || std::any_of(cell.rows.begin(), cell.rows.end(),
                                        [](const sync::LiveRow& live) { return live.isUnanswered(); });
    }
    if (const sync::CellReading* result = checkCell(reading, "result")) {
        const sync::LiveRow& live = result->rows.front();
        HZ_TRY(const ledger::Authorship by, ledger::authorshipOf(home, live.ref, live.person, live.at));
        row.personName = by.personName;
    }
    return row;
}

// All, or those of units or a task.
Result<std::vector<CheckRow>> checksWith(Home& home, const Names& names, const std::set<RecordId>& of,
                                         std::string_view today) {
    std::vector<CheckRow> rows;
    const auto isOf = [&](const sync::RecordKey& key, const RecordId& one) {
        return keyId(key, "unit") == one || keyId(key, "task") == one;
    };
    const auto take = [&](RecordReading&& reading) -> Result<void> {
        HZ_TRY(CheckRow row, checkRow(home, names, reading, today));
        rows.push_back(std::move(row));
        return {};
    };
    for (const RecordId& one : of) {
        HZ_CHECK(home.state().eachNaming("check", one.hex(), [&](RecordReading&& reading) -> Result<void> {
            return !reading.isGone && isOf(reading.record.key, one) ? take(std::move(reading))
                                                                    : Result<void>{};
        }));
    }
    if (of.empty()) {
        HZ_CHECK(home.state().each("check", [&](RecordReading&& reading) -> Result<void> {
            return reading.isGone ? Result<void>{} : take(std::move(reading));
        }));
    }
    // A check that was closed stands behind the second look of the same moment that closed it.
    std::sort(rows.begin(), rows.end(), [](const CheckRow& a, const CheckRow& b) {
        const bool isClosedA = a.state == CheckState::closed;
        const bool isClosedB = b.state == CheckState::closed;
        return std::tie(b.at, b.ownAt, isClosedA, a.record) < std::tie(a.at, a.ownAt, isClosedB, b.record);
    });
    return rows;
}

// The day from which a look counts: that on which the open window opened. Empty: always.
Result<std::string> seenSince(Home& home) {
    std::string opens;
    HZ_CHECK(home.state().each("window", [&](RecordReading&& window) -> Result<void> {
        const std::string day = cellText(window, "opens");
        if (!window.isGone && cellText(window, "state") == "open" && !day.empty() &&
            (opens.empty() || day < opens)) {
            opens = day;
        }
        return {};
    }));
    return opens;
}

using PlaceKey = std::pair<RecordId, RecordId>;  // unit, place

Result<std::map<PlaceKey, PlaceRow>> placesWith(Home& home, const Names& names,
                                                const std::vector<CheckRow>& all) {
    std::map<RecordId, std::size_t> tasks;
    for (const auto& [id, task] : names.tasks) {
        for (const RecordId& unit : unitsNow(names, task)) {
            ++tasks[unit];
        }
    }
    std::map<PlaceKey, PlaceRow> places;
    const auto rowFor = [&](const RecordId& unit, const RecordId& place) -> PlaceRow& {
        PlaceRow& row = places[{unit, place}];
        row.unit = unit;
        row.place = place;
        const RecordId standing = standingOf(names, unit);
        row.tasks = tasks.contains(standing) ? tasks.at(standing) : 0;
        if (const auto known = names.units.find(unit); known != names.units.end()) {
            row.unitName = known->second;
        }
        return row;
    };
    for (const auto& [id, place] : names.places) {
        PlaceRow& row = rowFor(keyId(place.record.key, "unit").value_or(RecordId{}), id);
        row.name = placeNameOf(place);
        row.address = cellText(place, "address");
        row.kind = cellText(place, "kind");
    }
    for (const auto& [unit, count] : tasks) {
        if (names.units.contains(unit)) {
            static_cast<void>(rowFor(unit, RecordId{}));
        }
    }
    HZ_TRY(const std::string since, seenSince(home));
    std::map<PlaceKey, std::set<RecordId>> seen;
    for (const CheckRow& check : all) {
        PlaceRow& row = rowFor(check.unit, check.place);
        row.open += check.isOpen() ? 1 : 0;
        row.due += check.isRecheckDue ? 1 : 0;
        row.objected += check.isObjected() ? 1 : 0;
        row.lastAt = std::max(row.lastAt, check.at);
        if (check.at >= since) {
            seen[{check.unit, check.place}].insert(check.task);
        }
    }
    for (auto& [key, row] : places) {
        row.seen = seen[key].size();
    }
    return places;
}

int urgencyOf(const PlaceRow& row) {
    return row.due > 0 ? 0 : row.open > 0 ? 1 : row.seen < row.tasks ? 2 : 3;
}

int urgencyOf(const PlaceTask& task) {
    if (!task.last) {
        return 2;
    }
    return task.last->isRecheckDue ? 0 : task.last->isOpen() ? 1 : 3;
}

// As the ledger has them.
std::vector<const RecordReading*> inOrder(const std::map<RecordId, RecordReading>& tasks) {
    std::vector<const RecordReading*> ordered;
    for (const auto& [id, task] : tasks) {
        ordered.push_back(&task);
    }
    const auto place = [](const RecordReading& task) {
        return std::tuple(keyId(task.record.key, "ledger").value_or(RecordId{}),
                          ledger::keyInteger(task.record.key, "serial"), task.record.id);
    };
    std::sort(ordered.begin(), ordered.end(),
              [&](const RecordReading* a, const RecordReading* b) { return place(*a) < place(*b); });
    return ordered;
}

// The unit's filing of the window that is open, or else its latest.
Result<std::optional<ledger::FilingRow>> claimOf(Home& home, const RecordId& task, const RecordId& unit) {
    HZ_TRY(const ledger::TaskView view, ledger::taskView(home, task));
    ledger::Succession succession(home.state());
    HZ_TRY(const std::set<RecordId> units, succession.actsFor(unit));
    const ledger::FilingRow* claim = nullptr;
    for (const ledger::FilingRow& filing : view.filings) {
        const bool isOpen = filing.window == view.row.window && !view.row.window.isNone();
        if (units.contains(filing.unit) && (claim == nullptr || isOpen)) {
            claim = &filing;
        }
    }
    return claim == nullptr ? std::optional<ledger::FilingRow>() : std::optional(*claim);
}

struct Claim {
    std::string status;
    std::string text;
};

// What a unit says of each task, by task: in the window that closes last. Of years of filings only these are
// read.
Result<std::map<RecordId, Claim>> claimsOf(Home& home, const RecordId& unit) {
    ledger::Succession succession(home.state());
    HZ_TRY(const std::set<RecordId> units, succession.actsFor(unit));
    std::vector<sync::RecordRow> filings;
    for (const RecordId& one : units) {
        HZ_TRY(const std::vector<sync::RecordRow> rows, home.store().recordsNaming("filing", one.hex()));
        filings.insert(filings.end(), rows.begin(), rows.end());
    }
    std::map<RecordId, std::string> closing;  // of each window
    struct Candidate {
        std::string closes;
        RecordId filing;
        RecordId task;
    };
    std::vector<Candidate> candidates;
    for (const sync::RecordRow& filing : filings) {
        if (!units.contains(keyId(filing.key, "unit").value_or(RecordId{}))) {
            continue;
        }
        const RecordId window = keyId(filing.key, "window").value_or(RecordId{});
        if (!closing.contains(window)) {
            HZ_TRY(const std::optional<sync::RecordRow> record, home.store().record(window));
            closing[window] = record ? keyText(record->key, "closes").value_or("") : "";
        }
        candidates.push_back({closing[window], filing.id, keyId(filing.key, "task").value_or(RecordId{})});
    }
    std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
        return std::tie(b.closes, a.filing) < std::tie(a.closes, b.filing);
    });
    std::map<RecordId, Claim> claims;
    for (const Candidate& one : candidates) {
        if (claims.contains(one.task)) {
            continue;
        }
        HZ_TRY(const std::optional<RecordReading> filing, home.state().read(one.filing));
        if (filing && !filing->isGone) {
            claims[one.task] = {cellText(*filing, "status"), cellText(*filing, "text")};
        }
    }
    return claims;
}

// -- writing

Result<void> put(Home& home, const sync::RecordKey& key, const std::string& field, sync::OpKind kind,
                 const json& value) {
    EditRequest request;
    request.registerName = key.registerName;
    request.key = json::object();
    for (const auto& [name, fixed] : key.fields) {
        request.key[name] = schema::jsonFromValue(fixed);
    }
    request.field = field;
    request.kind = kind;
    request.json = value;
    HZ_TRY([[maybe_unused]] const sync::EditAnswer answer, home.edit(request));
    return {};
}

Result<void> assign(Home& home, const sync::RecordKey& key, const std::string& field, const json& value) {
    return put(home, key, field, sync::OpKind::assign, value);
}

// With the context of the moment when the form was opened.
Result<void> assignSeen(Home& home, const RecordId& record, const std::string& field, const json& value,
                        const RecheckShown& shown) {
    EditRequest request{.record = record, .field = field, .json = value};
    if (const auto seen = shown.seen.find(field); seen != shown.seen.end()) {
        request.seen = seen->second;
    }
    HZ_TRY([[maybe_unused]] const sync::EditAnswer answer, home.edit(request));
    return {};
}

Result<RecordId> addCheckInBatch(Home& home, const NewCheck& check) {
    json fixed{{"task", check.task.hex()}, {"unit", check.unit.hex()}, {"at", toIsoText(home.now())}};
    if (!check.place.isNone()) {
        fixed["place"] = check.place.hex();
    }
    HZ_TRY(const std::optional<sync::RecordRow> task, home.store().record(check.task));
    const auto ledgerId = task ? keyId(task->key, "ledger") : std::nullopt;
    if (ledgerId) {
        HZ_TRY(const std::vector<ledger::OpenWindow> open, ledger::openWindows(home, *ledgerId));
        if (!open.empty()) {
            fixed["window"] = open.front().window.hex();
        }
    }
    HZ_TRY(const sync::RecordKey key, home.keyOf("check", fixed));
    HZ_CHECK(assign(home, key, "result", check.result));
    if (!check.finding.empty()) {
        HZ_CHECK(assign(home, key, "finding", check.finding));
    }
    for (const std::string& photo : check.photos) {
        HZ_CHECK(put(home, key, "photos", sync::OpKind::add, photo));
    }
    for (const SeenLine& line : check.lines) {
        HZ_CHECK(put(home, key, "lines", sync::OpKind::add, elementOf(line)));
    }
    if (check.result == "no" && !check.rectifyDue.empty()) {
        HZ_CHECK(assign(home, key, "rectify_due", check.rectifyDue));
    }
    return home.idOf(key);
}

Result<void> recheckInBatch(Home& home, const Recheck& second, const CheckRow& first,
                            const sync::RecordKey& key) {
    if (second.isRectified || !first.isOpen()) {
        if (first.isOpen()) {
            HZ_CHECK(assignSeen(home, first.record, "closed", true, *second.shown));
        }
        NewCheck made{first.task,     first.unit,    first.place,       second.isRectified ? "yes" : "no",
                      second.finding, second.photos, second.rectifyDue, {}};
        for (const SeenLine& line : first.lines) {
            if (second.isRectified && line.result == "no") {
                made.lines.push_back({"yes", line.words});
            }
        }
        HZ_TRY([[maybe_unused]] const RecordId seen, addCheckInBatch(home, made));
        return {};
    }
    if (!second.finding.empty()) {
        const std::string& before = second.shown->finding;
        HZ_CHECK(assignSeen(home, first.record, "finding",
                            before.empty() ? second.finding : before + "\n" + second.finding, *second.shown));
    }
    for (const std::string& photo : second.photos) {
        HZ_CHECK(put(home, key, "photos", sync::OpKind::add, photo));
    }
    if (!second.rectifyDue.empty()) {
        HZ_CHECK(assignSeen(home, first.record, "rectify_due", second.rectifyDue, *second.shown));
    }
    return {};
}

void countLines(const RecordReading& task, const std::vector<CheckRow>& all, PlaceTask& row) {
    for (const ledger::CheckLine& line : ledger::checkLinesOf(cellText(task, "indicator"))) {
        ++row.lines;
        const bool isSeen = std::ranges::any_of(all, [&](const CheckRow& check) {
            return check.task == row.task &&
                   std::ranges::find(check.lines, line.key, &SeenLine::words) != check.lines.end();
        });
        row.linesSeen += isSeen ? 1 : 0;
    }
}

}  // namespace

CheckState checkState(std::string_view result, bool isClosed, std::string_view rectifyDue,
                      std::string_view today) {
    if (result != "no") {
        return CheckState::passed;
    }
    if (isClosed) {
        return CheckState::closed;
    }
    return !rectifyDue.empty() && rectifyDue < today ? CheckState::overdue : CheckState::rectify;
}

bool isRecheckDue(CheckState state, std::string_view rectifyDue, std::string_view today) {
    const bool isOpen = state == CheckState::rectify || state == CheckState::overdue;
    return isOpen && !rectifyDue.empty() && rectifyDue <= today;
}

Result<std::vector<CheckRow>> checks(Home& home, const std::optional<RecordId>& unit,
                                     std::string_view today) {
    HZ_TRY(const Names names, namesIn(home));
    ledger::Succession succession(home.state());
    HZ_TRY(const std::set<RecordId> units,
           unit ? succession.actsFor(*unit) : Result<std::set<RecordId>>(std::set<RecordId>{}));
    return checksWith(home, names, units, today);
}

Result<std::vector<PlaceRow>> workList(Home& home, std::string_view today) {
    HZ_TRY(const Names names, namesIn(home));
    HZ_TRY(const std::vector<CheckRow> all, checksWith(home, names, {}, today));
    HZ_TRY(const auto places, placesWith(home, names, all));
    std::vector<PlaceRow> rows;
    for (const auto& [key, row] : places) {
        rows.push_back(row);
    }
    std::sort(rows.begin(), rows.end(), [](const PlaceRow& a, const PlaceRow& b) {
        const int urgencyA = urgencyOf(a);
        const int urgencyB = urgencyOf(b);
        return std::tie(urgencyA, a.unitName, a.name, a.place) <
               std::tie(urgencyB, b.unitName, b.name, b.place);
    });
    return rows;
}

Result<PlaceView> placeView(Home& home, const RecordId& place, const RecordId& unit, std::string_view today) {
    HZ_TRY(const Names names, namesIn(home));
    HZ_TRY(const std::vector<CheckRow> all, checksWith(home, names, {unit}, today));
    HZ_TRY(const auto places, placesWith(home, names, all));
    const auto found = places.find({unit, place});
    if (found == places.end()) {
        return fail(ErrorCode::unknownRecord, "the place is not here or was deleted");
    }
    PlaceView view{found->second, {}};
    HZ_TRY(const auto claims, claimsOf(home, unit));
    for (const RecordReading* task : inOrder(names.tasks)) {
        const RecordId id = task->record.id;
        const auto last = std::find_if(all.begin(), all.end(), [&](const CheckRow& check) {
            return check.task == id && check.place == place;
        });
        if (last == all.end() && !unitsNow(names, *task).contains(standingOf(names, unit))) {
            continue;
        }
        PlaceTask row{
            id, cellText(*task, "number"), cellText(*task, "item"), cellText(*task, "content"), {}, {}, {}};
        // Where something is open, that is what matters here, whatever was looked at since.
        const auto open = std::find_if(all.begin(), all.end(), [&](const CheckRow& check) {
            return check.task == id && check.place == place && check.isOpen();
        });
        if (last != all.end()) {
            row.last = open != all.end() ? *open : *last;
        }
        countLines(*task, all, row);
        if (const auto claim = claims.find(id); claim != claims.end()) {
            row.claimStatus = claim->second.status;
            row.claimText = claim->second.text;
        }
        view.tasks.push_back(std::move(row));
    }
    std::stable_sort(view.tasks.begin(), view.tasks.end(),
                     [](const PlaceTask& a, const PlaceTask& b) { return urgencyOf(a) < urgencyOf(b); });
    return view;
}

Result<CheckContext> checkContext(Home& home, const RecordId& task, const RecordId& unit,
                                  const RecordId& place, std::string_view today) {
    HZ_TRY(const Names names, namesIn(home, task));
    const auto known = names.tasks.find(task);
    if (known == names.tasks.end()) {
        return fail(ErrorCode::unknownRecord, "the task is not here or was deleted");
    }
    CheckContext context;
    context.taskNumber = cellText(known->second, "number");
    context.taskItem = ledger::taskWords(known->second);
    context.taskContent = cellText(known->second, "content");
    context.taskIndicator = cellText(known->second, "indicator");
    if (const auto name = names.units.find(unit); name != names.units.end()) {
        context.unitName = name->second;
    }
    if (const auto reading = names.places.find(place); reading != names.places.end()) {
        context.placeName = placeNameOf(reading->second);
    }
    HZ_TRY(context.claim, claimOf(home, task, unit));
    HZ_TRY(context.before, checksWith(home, names, {task}, today));
    std::erase_if(context.before, [&](const CheckRow& check) { return check.unit != unit; });
    return context;
}

Result<RecordId> addPlace(Home& home, const NewPlace& place) {
    if (place.name.empty()) {
        return fail(ErrorCode::badInput, "a place needs a name");
    }
    return ledger::inOneTransaction(home, [&]() -> Result<RecordId> {
        HZ_TRY(const sync::RecordKey key,
               home.keyOf("place", {{"unit", place.unit.hex()}, {"first_name", place.name}}));
        HZ_CHECK(assign(home, key, "name", place.name));
        if (!place.address.empty()) {
            HZ_CHECK(assign(home, key, "address", place.address));
        }
        if (!place.kind.empty()) {
            HZ_CHECK(assign(home, key, "kind", place.kind));
        }
        return home.idOf(key);
    });
}

Result<RecordId> addCheck(Home& home, const NewCheck& check) {
    if (!isCheckResult(check.result) || !std::ranges::all_of(check.lines, isCheckResult, &SeenLine::result)) {
        return fail(ErrorCode::badInput, "the result of a check is yes, no or na");
    }
    return ledger::inOneTransaction(home, [&] { return addCheckInBatch(home, check); });
}

Result<RecheckShown> recheckShown(Home& home, const RecordId& check) {
    HZ_TRY(const std::optional<sync::RecordRow> record, home.store().record(check));
    if (!record || record->key.registerName != "check") {
        return fail(ErrorCode::unknownRecord, "the check is not here");
    }
    RecheckShown shown;
    for (const char* field : {"finding", "rectify_due", "closed"}) {
        HZ_TRY(const ledger::CellShown cell, ledger::shownCell(home, *record, field));
        shown.seen[field] = cell.seen;
        if (std::string_view(field) == "finding") {
            shown.finding = cell.text();
        }
    }
    return shown;
}

Result<void> recheck(Home& home, const Recheck& second, std::string_view today) {
    HZ_TRY(const std::optional<RecordReading> reading, home.state().read(second.check));
    if (!reading || reading->isGone || reading->record.key.registerName != "check") {
        return fail(ErrorCode::unknownRecord, "the check is not here or was deleted");
    }
    HZ_TRY(const CheckRow first, checkRow(home, Names{}, *reading, today));
    Recheck whole = second;
    if (!whole.shown) {
        HZ_TRY(whole.shown, recheckShown(home, second.check));
    }
    return ledger::inOneTransaction(home,
                                    [&] { return recheckInBatch(home, whole, first, reading->record.key); });
}

}  // namespace hezhang::office
