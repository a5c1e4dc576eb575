// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/views.h"

#include <algorithm>
#include <set>

#include "schema/record_validator.h"
#include "src/ledger/county_calendar.h"
#include "src/ledger/dump.h"
#include "src/ledger/filing.h"
#include "src/ledger/one_transaction.h"

namespace hezhang::ledger {
namespace {

using nlohmann::json;
using sync::CellState;
using sync::RecordReading;

const sync::CellReading* cellIn(const RecordReading& reading, std::string_view field) {
    const auto cell = reading.cells.find(field);
    return cell == reading.cells.end() ? nullptr : &cell->second;
}

std::string textIn(const RecordReading& reading, std::string_view field) {
    const sync::CellReading* cell = cellIn(reading, field);
    return cell == nullptr ? std::string() : std::string(cell->view.shown.asText().value_or(""));
}

std::int64_t serialOf(const sync::RecordKey& key) {
    for (const auto& [name, value] : key.fields) {
        if (name == "serial") {
            return value.asInteger().value_or(0);
        }
    }
    return 0;
}

Result<std::vector<std::string>> dotsOf(Home& home, const std::vector<sync::OpRef>& refs) {
    std::vector<std::string> dots;
    for (const sync::OpRef ref : refs) {
        HZ_TRY(std::string dot, home.replica().history().dotText(ref));
        dots.push_back(std::move(dot));
    }
    return dots;
}

Result<CellShown> cellShown(Home& home, const sync::RecordRow& record, const std::string& field,
                            const sync::CellReading& reading) {
    const schema::RegisterDef* def = home.registers().find(record.key.registerName);
    const schema::FieldDef* cell = def != nullptr ? def->cell(field) : nullptr;
    if (cell == nullptr) {
        return fail(ErrorCode::unknownField, record.key.registerName + " has no field " + field);
    }
    CellShown shown;
    shown.state = reading.view.state;
    if (reading.view.state != CellState::empty) {
        const bool isOneValue = !cell->isSet() && !cell->isCounter();
        shown.value = isOneValue ? schema::jsonFromValue(reading.view.shown) : dumpForm(cell->merge, reading);
    }
    std::vector<sync::OpRef> live;
    for (const sync::LiveRow& row : reading.rows) {
        live.push_back(row.ref);
        shown.isUnsent = shown.isUnsent || row.isUnanswered();
    }
    HZ_TRY(shown.live, dotsOf(home, live));
    HZ_TRY(const std::vector<sync::OpRef> context, home.shownDots(record, *cell, sync::OpKind::assign, {}));
    HZ_TRY(shown.seen, dotsOf(home, context));
    if (reading.view.state == CellState::conflict || reading.view.state == CellState::merged) {
        for (std::size_t i = 0; i < reading.rows.size(); ++i) {
            const sync::LiveRow& row = reading.rows[i];
            ConflictValue value{schema::jsonFromValue(row.value), shown.live[i], {}};
            HZ_TRY(value.by, authorshipOf(home, row.ref, row.person, row.at));
            shown.values.push_back(std::move(value));
        }
    } else if (!reading.rows.empty()) {
        const sync::LiveRow& row = reading.rows.back();
        HZ_TRY(shown.by, authorshipOf(home, row.ref, row.person, row.at));
        shown.isOwn = shown.by->device == home.me().enrolment.device;
    }
    return shown;
}

// A cell of a reading; the context is right too where there is no value yet.
Result<CellShown> cellOf(Home& home, const RecordReading& reading, const std::string& field) {
    const sync::CellReading* cell = cellIn(reading, field);
    return cellShown(home, reading.record, field, cell == nullptr ? sync::CellReading{} : *cell);
}

}  // namespace

// -- filings

namespace {

bool hasElement(const RecordReading& reading, std::string_view field, const std::string& text) {
    const sync::CellReading* cell = cellIn(reading, field);
    return cell != nullptr && std::any_of(cell->view.elements.begin(), cell->view.elements.end(),
                                          [&](const sync::Value& element) {
                                              return element.asText() == std::string_view(text);
                                          });
}

bool isEmptySet(const RecordReading& reading, std::string_view field) {
    const sync::CellReading* cell = cellIn(reading, field);
    return cell == nullptr || cell->view.elements.empty();
}

}  // namespace

std::string_view name(FilingState state) {
    switch (state) {
    case FilingState::noWindow:
    case FilingState::none:
        return "none";
    case FilingState::unsubmitted:
        return "unsubmitted";
    case FilingState::changed:
        return "changed";
    case FilingState::submitted:
        return "submitted";
    }
    return "none";
}

Result<FilingState> filingState(Home& home, const RecordReading& filing) {
    if (isEmptySet(filing, "submitted")) {
        return FilingState::unsubmitted;
    }
    const std::string now = fingerprintOf(home.state(), filing).hex();
    return hasElement(filing, "submitted", now) ? FilingState::submitted : FilingState::changed;
}

Result<bool> isApproved(Home& home, const RecordReading& filing) {
    return !isEmptySet(filing, "approved") &&
           hasElement(filing, "approved", fingerprintOf(home.state(), filing).hex());
}

std::string openReturn(const RecordReading& filing, FilingState state) {
    const sync::CellReading* returned = cellIn(filing, "returned");
    std::string reason = textIn(filing, "returned");
    if (reason.empty() || state != FilingState::submitted) {
        return reason;
    }
    const sync::Order at = returned->rows.back().order;
    const auto& rows = cellIn(filing, "submitted")->rows;
    const bool isAnswered =
        std::any_of(rows.begin(), rows.end(), [&](const sync::LiveRow& row) { return row.order > at; });
    return isAnswered ? std::string() : reason;
}

namespace {

bool hasUnsent(const RecordReading& reading) {
    return std::any_of(reading.cells.begin(), reading.cells.end(), [](const auto& cell) {
        return std::any_of(cell.second.rows.begin(), cell.second.rows.end(),
                           [](const sync::LiveRow& row) { return row.isUnanswered(); });
    });
}

bool hasState(const RecordReading& reading, CellState state) {
    const bool isInCell = std::any_of(reading.cells.begin(), reading.cells.end(), [&](const auto& cell) {
        return cell.second.view.state == state && cell.first != schema::kDeletedCell;
    });
    return isInCell || (state == CellState::conflict && reading.deletion);
}

struct WindowInfo {
    std::string title;
    std::string closes;
    bool isOpen = false;
};

Result<WindowInfo> windowInfo(Home& home, const RecordId& window) {
    HZ_TRY(const std::optional<RecordReading> reading, home.state().read(window));
    if (!reading) {
        return WindowInfo{};
    }
    const std::string extended = textIn(*reading, "extended_to");
    const std::string closes = keyText(reading->record.key, "closes").value_or("");
    return WindowInfo{textIn(*reading, "title"), extended.empty() ? closes : extended,
                      !reading->isGone && textIn(*reading, "state") == "open"};
}

Result<FilingRow> filingRow(Home& home, Succession& succession, const RecordReading& reading) {
    FilingRow row;
    row.record = reading.record.id;
    row.unit = keyId(reading.record.key, "unit").value_or(RecordId{});
    row.window = keyId(reading.record.key, "window").value_or(RecordId{});
    HZ_TRY(const RecordId own, home.unit());
    HZ_TRY(row.isOwn, succession.mayActFor(own, row.unit));
    HZ_TRY(row.unitName, unitLabel(succession, home.state(), row.unit));
    HZ_TRY(const WindowInfo window, windowInfo(home, row.window));
    row.windowTitle = window.title;
    row.windowCloses = window.closes;
    HZ_TRY(row.text, cellOf(home, reading, "text"));
    HZ_TRY(row.status, cellOf(home, reading, "status"));
    HZ_TRY(row.percent, cellOf(home, reading, "percent"));
    if (const sync::CellReading* count = cellIn(reading, "done_count")) {
        row.count = count->view.sum;
    }
    if (const sync::CellReading* evidence = cellIn(reading, "evidence")) {
        for (const sync::Value& element : evidence->view.elements) {
            row.evidence.emplace_back(element.asText().value_or(""));
        }
    }
    HZ_TRY(row.evidenceCounts, countBlobs(home, row.evidence));
    row.verifiedStatus = textIn(reading, "verified_status");
    row.verifiedNote = textIn(reading, "verified_note");
    row.isUnsent = hasUnsent(reading);
    HZ_TRY(row.isApproved, isApproved(home, reading));
    if (!reading.isGone && !reading.cells.empty()) {
        HZ_TRY(row.state, filingState(home, reading));
        row.returned = openReturn(reading, row.state);
    }
    return row;
}

Result<std::vector<FilingRow>> filingsOf(Home& home, const RecordId& task) {
    std::vector<FilingRow> rows;
    Succession succession(home.state());
    HZ_CHECK(home.state().eachNaming("filing", task.hex(), [&](RecordReading&& reading) -> Result<void> {
        if (keyId(reading.record.key, "task") == task && !reading.isGone) {
            HZ_TRY(FilingRow row, filingRow(home, succession, reading));
            rows.push_back(std::move(row));
        }
        return {};
    }));
    std::sort(rows.begin(), rows.end(), [](const FilingRow& a, const FilingRow& b) {
        return std::tie(b.windowCloses, a.unitName, a.record) <
               std::tie(a.windowCloses, b.unitName, b.record);
    });
    return rows;
}

// -- the board

struct BoardParts {
    std::map<RecordId, std::string> unitNames;
    std::map<RecordId, std::string> sections;
    std::map<RecordId, OpenWindow> openWindows;  // by ledger
    std::set<RecordId> units;                    // the unit, and those it acts for
    // Of these units, by task and window.
    std::multimap<std::pair<RecordId, RecordId>, RecordReading> filings;
    std::set<RecordId> aside;  // records with an own op that was not applied
};

Result<void> addOpenWindows(Home& home, std::map<RecordId, OpenWindow>& open) {
    return home.state().each("window", [&](RecordReading&& reading) -> Result<void> {
        const RecordId ledger = keyId(reading.record.key, "ledger").value_or(RecordId{});
        const OpenWindow window{reading.record.id, textIn(reading, "title"),
                                keyText(reading.record.key, "closes").value_or("")};
        if (!reading.isGone && textIn(reading, "state") == "open") {
            const auto known = open.find(ledger);
            if (known == open.end() || window.closes < known->second.closes) {
                open[ledger] = window;
            }
        }
        return {};
    });
}

// The unit's filings of all tasks, or of one.
Result<BoardParts> boardParts(Home& home, const RecordId& unit, const std::optional<RecordId>& onlyTask) {
    BoardParts parts;
    Succession succession(home.state());
    HZ_TRY(parts.units, succession.actsFor(unit));
    HZ_TRY(const std::vector<NamedUnit> all, units(home.state()));
    for (const NamedUnit& one : all) {
        parts.unitNames[one.id] = one.name;
    }
    HZ_CHECK(home.state().each("section", [&](RecordReading&& reading) -> Result<void> {
        parts.sections[reading.record.id] = textIn(reading, "title");
        return {};
    }));
    HZ_CHECK(addOpenWindows(home, parts.openWindows));
    const auto take = [&](RecordReading&& reading) -> Result<void> {
        const auto task = keyId(reading.record.key, "task");
        const auto window = keyId(reading.record.key, "window");
        const auto filedBy = keyId(reading.record.key, "unit");
        if (!reading.isGone && task && window && filedBy && parts.units.contains(*filedBy)) {
            parts.filings.emplace(std::pair(*task, *window), std::move(reading));
        }
        return {};
    };
    for (const RecordId& named : onlyTask ? std::set<RecordId>{*onlyTask} : parts.units) {
        HZ_CHECK(home.state().eachNaming("filing", named.hex(), take));
    }
    HZ_TRY(const std::vector<sync::AsideRow> asideRows, home.store().asides());
    for (const sync::AsideRow& row : asideRows) {
        if (row.isMine) {
            parts.aside.insert(row.record);
        }
    }
    return parts;
}

Result<void> addUnits(Succession& succession, const RecordReading& task, const BoardParts& parts,
                      BoardRow& row) {
    HZ_TRY(const std::vector<UnitPart> listed, partsIn(succession, task));
    for (const UnitPart& part : listed) {
        const auto known = parts.unitNames.find(part.unit);
        row.units.push_back(
            {part.unit, known == parts.unitNames.end() ? std::string() : known->second, part.role});
        if (parts.units.contains(part.unit) && row.ownRole.empty()) {
            row.ownRole = part.role;
        }
    }
    return {};
}

// What the unit's filings say about the task: that of the open window by its state, all of them by their
// marks.
Result<void> addFilings(Home& home, const BoardParts& parts, BoardRow& row) {
    const auto open = parts.openWindows.find(row.ledger);
    if (open != parts.openWindows.end()) {
        row.window = open->second.window;
        row.filing = FilingState::none;
    }
    const auto from = parts.filings.lower_bound({row.task, RecordId{}});
    for (auto filing = from; filing != parts.filings.end() && filing->first.first == row.task; ++filing) {
        const RecordReading& reading = filing->second;
        const bool isOfOpen = filing->first.second == row.window && !row.window.isNone();
        // What nobody returned in a window that is over needs no fingerprint: there are years of them.
        if (isOfOpen || !textIn(reading, "returned").empty()) {
            HZ_TRY(const FilingState state, filingState(home, reading));
            row.filing = isOfOpen ? std::max(row.filing, state) : row.filing;
            const std::string returned = openReturn(reading, state);
            row.returned = returned.empty() ? row.returned : returned;
        }
        row.hasConflict = row.hasConflict || hasState(reading, CellState::conflict);
        row.isMerged = row.isMerged || hasState(reading, CellState::merged);
        row.isUnsent = row.isUnsent || hasUnsent(reading);
        row.isAside = row.isAside || parts.aside.contains(reading.record.id);
    }
    return {};
}

Result<BoardRow> boardRow(Home& home, Succession& succession, const BoardParts& parts,
                          const RecordReading& task) {
    BoardRow row;
    row.task = task.record.id;
    row.ledger = keyId(task.record.key, "ledger").value_or(RecordId{});
    row.serial = serialOf(task.record.key);
    row.number = textIn(task, "number");
    row.item = textIn(task, "item");
    row.content = textIn(task, "content");
    row.due = textIn(task, "due");
    row.deadlineText = textIn(task, "deadline_text");
    row.recurrence = textIn(task, "recurrence");
    row.jointStatus = textIn(task, "joint_status");
    const auto section = RecordId::fromHexText(textIn(task, "section"));
    if (section && parts.sections.contains(*section)) {
        row.section = parts.sections.at(*section);
    }
    HZ_CHECK(addUnits(succession, task, parts, row));
    row.hasConflict = hasState(task, CellState::conflict);
    row.isMerged = hasState(task, CellState::merged);
    row.isUnsent = hasUnsent(task);
    row.isAside = parts.aside.contains(task.record.id);
    HZ_CHECK(addFilings(home, parts, row));
    return row;
}

}  // namespace

Result<CellShown> shownCell(Home& home, const sync::RecordRow& record, const std::string& field) {
    HZ_TRY(const sync::CellReading reading, home.state().cell(record, field));
    return cellShown(home, record, field, reading);
}

Result<std::vector<BoardRow>> board(Home& home, const RecordId& unit) {
    HZ_TRY(const BoardParts parts, boardParts(home, unit, std::nullopt));
    Succession succession(home.state());
    std::vector<BoardRow> rows;
    HZ_CHECK(home.state().each("task", [&](RecordReading&& task) -> Result<void> {
        if (!task.isGone) {
            HZ_TRY(BoardRow row, boardRow(home, succession, parts, task));
            rows.push_back(std::move(row));
        }
        return {};
    }));
    std::sort(rows.begin(), rows.end(), [](const BoardRow& a, const BoardRow& b) {
        return std::tie(a.ledger, a.serial, a.task) < std::tie(b.ledger, b.serial, b.task);
    });
    return rows;
}

Result<TaskView> taskView(Home& home, const RecordId& task) {
    HZ_TRY(const std::optional<RecordReading> reading, home.state().read(task));
    if (!reading || reading->isGone || reading->record.key.registerName != "task") {
        return fail(ErrorCode::unknownRecord, "the task is not here or was deleted");
    }
    HZ_TRY(const RecordId own, home.unit());
    HZ_TRY(const BoardParts parts, boardParts(home, own, task));
    Succession succession(home.state());
    TaskView view;
    HZ_TRY(view.row, boardRow(home, succession, parts, *reading));
    view.responsibleText = textIn(*reading, "responsible_text");
    view.decidedStatus = textIn(*reading, "decided_status");
    HZ_TRY(view.content, cellOf(home, *reading, "content"));
    HZ_TRY(view.indicator, cellOf(home, *reading, "indicator"));
    HZ_TRY(view.jointProgress, cellOf(home, *reading, "joint_progress"));
    HZ_TRY(view.jointStatus, cellOf(home, *reading, "joint_status"));
    HZ_TRY(const std::optional<sync::RecordRow> ledger, home.store().record(view.row.ledger));
    view.ledgerTitle = ledger ? keyText(ledger->key, "title").value_or("") : "";
    if (const auto due = Date::parse(view.row.due)) {
        HZ_TRY(const WorkCalendar calendar, calendarOf(home));
        view.lastWorkingDay = calendar.lastWorkingDayOnOrBefore(*due);
    }
    HZ_TRY(view.filings, filingsOf(home, task));
    return view;
}

Result<EditProgress> editProgress(Home& home, const RecordId& record) {
    HZ_TRY(const std::vector<HistoryRow> rows, history(home, record));
    EditProgress progress;
    for (const HistoryRow& row : rows) {
        if (row.by.device == home.me().enrolment.device) {
            progress = {row.verdict, row.reason};
        }
    }
    return progress;
}

Result<FilingView> filingView(Home& home, const RecordId& task, const RecordId& unit,
                              const RecordId& window) {
    HZ_TRY(const std::optional<RecordReading> taskReading, home.state().read(task));
    if (!taskReading || taskReading->isGone) {
        return fail(ErrorCode::unknownRecord, "the task is not here or was deleted");
    }
    FilingView view;
    view.taskNumber = textIn(*taskReading, "number");
    view.taskItem = textIn(*taskReading, "item");
    view.taskContent = textIn(*taskReading, "content");
    view.taskDue = textIn(*taskReading, "due");
    HZ_TRY(const sync::RecordKey key, filingKey(home, task, unit, window));
    HZ_TRY(std::optional<RecordReading> reading, home.state().read(home.idOf(key)));
    if (!reading) {
        reading.emplace();
        reading->record = {home.idOf(key), keyText(key, "scope").value_or(""), key};
    }
    Succession succession(home.state());
    HZ_TRY(const std::set<RecordId> units, succession.actsFor(unit));
    HZ_TRY(view.filing, filingRow(home, succession, *reading));
    if (view.filing.state != FilingState::none) {
        HZ_TRY(view.progress, editProgress(home, view.filing.record));
    }
    HZ_TRY(const WindowInfo info, windowInfo(home, window));
    view.isWindowOpen = info.isOpen;
    HZ_TRY(const std::vector<FilingRow> all, filingsOf(home, task));
    for (const FilingRow& row : all) {
        // They come the latest window first.
        if (units.contains(row.unit) && row.window != window && row.windowCloses < info.closes) {
            view.previous = row;
            break;
        }
    }
    return view;
}

Result<std::vector<OpenWindow>> openWindows(Home& home, const RecordId& ledger) {
    std::vector<OpenWindow> open;
    HZ_CHECK(home.state().each("window", [&](RecordReading&& reading) -> Result<void> {
        if (!reading.isGone && keyId(reading.record.key, "ledger") == ledger &&
            textIn(reading, "state") == "open") {
            open.push_back({reading.record.id, textIn(reading, "title"),
                            keyText(reading.record.key, "closes").value_or("")});
        }
        return {};
    }));
    std::sort(open.begin(), open.end(), [](const OpenWindow& a, const OpenWindow& b) {
        return std::tie(a.closes, a.window) < std::tie(b.closes, b.window);
    });
    return open;
}

namespace {

Result<sync::EditAnswer> undoInBatch(Home& home, const RecordId& record, const std::string& field) {
    HZ_TRY(const std::optional<RecordReading> reading, home.state().read(record));
    const sync::CellReading* cell = reading ? cellIn(*reading, field) : nullptr;
    if (cell == nullptr || cell->rows.empty()) {
        return fail(ErrorCode::notFound, field + " has nothing to take back");
    }
    if (cell->view.state == CellState::conflict || cell->view.state == CellState::merged) {
        return fail(ErrorCode::conflict, field + " is in conflict or was merged");
    }
    const sync::LiveRow& last = cell->rows.back();
    HZ_TRY(const Authorship by, authorshipOf(home, last.ref, last.person, last.at));
    if (by.device != home.me().enrolment.device || last.kind != sync::OpKind::assign) {
        return fail(ErrorCode::notFound, "the last value of " + field + " is not this home's own");
    }
    HZ_TRY(const std::optional<sync::HistoricOp> op, home.replica().history().opAt(last.ref));
    if (!op) {
        return fail(ErrorCode::notFound, "the edit is not here any more");
    }
    HZ_TRY(const std::optional<sync::HistoricOp> before, lastSeenOf(home, *op));
    if (before && before->op.isErased()) {
        return fail(ErrorCode::notFound, "what " + field + " held before was erased by law");
    }
    if (!before && !last.value.asText()) {
        return fail(ErrorCode::notFound, field + " had no value before");
    }
    EditRequest request;
    request.record = record;
    request.field = field;
    request.json = before ? schema::jsonFromValue(before->op.value) : json("");
    HZ_TRY(request.seen, dotsOf(home, cell->view.shownFrom));
    return home.edit(request);
}

}  // namespace

Result<sync::EditAnswer> undoLast(Home& home, const RecordId& record, const std::string& field) {
    return inOneTransaction(home, [&] { return undoInBatch(home, record, field); });
}

}  // namespace hezhang::ledger
