// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "sync/store/kept_state.h"

#include <algorithm>
#include <iterator>

#include "sync/store/sqlite_state_rows.h"

namespace hezhang::sync {
namespace {

constexpr std::size_t kLookedThrough = 16;
constexpr std::size_t kCellBytes = 400;  // also of one that has no value
constexpr std::uint32_t kPartsMax = 1U << 20;
constexpr std::size_t kCellsOfRecord = 256;  // with more, empty ones are not kept

std::size_t bytesOf(const CellRow& one) {
    return 200 + one.row.value.encoded().size() + sizeof(OpRef) * one.hiders.size();
}

bool isBefore(const CoveredRow& one, OpRef ref) {
    return one.ref < ref;
}

template <class T>
bool insertSorted(std::vector<T>& list, const T& item) {
    const auto at = std::lower_bound(list.begin(), list.end(), item);
    const bool isNew = at == list.end() || *at != item;
    if (isNew) {
        list.insert(at, item);
    }
    return isNew;
}

template <class T>
bool eraseSorted(std::vector<T>& list, const T& item) {
    const auto at = std::lower_bound(list.begin(), list.end(), item);
    const bool isThere = at != list.end() && *at == item;
    if (isThere) {
        list.erase(at);
    }
    return isThere;
}

template <class Rows>
std::vector<Value> elementsOf(const Rows& rows) {
    std::vector<Value> elements;
    for (const auto& [spot, one] : rows) {
        if (one.row.kind == OpKind::add) {
            elements.push_back(one.row.value);
        }
    }
    std::sort(elements.begin(), elements.end());
    elements.erase(std::unique(elements.begin(), elements.end()), elements.end());
    return elements;
}

}  // namespace

// In the order of the tables, so that their pages are passed once.
Result<void> KeptState::flush() {
    std::sort(m_changed.begin(), m_changed.end());
    for (const RecordId& record : m_changed) {
        OfRecord& of = m_live.at(record);
        for (auto& [field, cell] : of.cells) {
            HZ_CHECK(cell.changed.empty() ? Result<void>() : flushCell(record, cell));
        }
        HZ_CHECK(flushHidden(record, of));
        of.isChanged = false;
    }
    m_changed.clear();
    m_areElementsChanged = false;
    return {};
}

Result<void> KeptState::flushElements() {
    return m_areElementsChanged ? flush() : Result<void>();
}

void KeptState::forget() {
    m_records.clear();
    dropCells();
    m_changed.clear();
    m_areElementsChanged = false;
    for (Rare* table : {&m_hidden, &m_crossing, &m_early, &m_named, &m_aside}) {
        table->hasAny.reset();
    }
}

// Records stay: they never change.
void KeptState::trim() {
    if (m_bytes > kBytesKept) {
        dropCells();
    }
}

void KeptState::dropCells() {
    m_live.clear();
    m_last = m_live.end();
    m_bytes = 0;
    m_largest = 0;
}

// One large cell beside others must not be read again and again.
Result<void> KeptState::makeRoom() {
    if (m_bytes <= m_largest + kBytesMax) {
        return {};
    }
    HZ_CHECK(flush());
    dropCells();
    return {};
}

void KeptState::noteSize(Cell& cell, std::size_t bytes) {
    cell.bytes += bytes;
    m_bytes += bytes;
    m_largest = std::max(m_largest, cell.bytes);
}

void KeptState::noteLess(Cell& cell, std::size_t bytes) {
    cell.bytes -= std::min(cell.bytes, bytes);
    m_bytes -= std::min(m_bytes, bytes);
}

Result<bool> KeptState::hasAny(Rare& table) {
    if (!table.hasAny) {
        HZ_TRY(const bool isFound, isAny(m_database, table.anyRow));
        table.hasAny = isFound;
    }
    return *table.hasAny;
}

// -- records

Result<std::optional<RecordRow>> KeptState::record(const RecordId& id) {
    const auto known = m_records.find(id);
    if (known != m_records.end()) {
        return known->second;
    }
    HZ_TRY(std::optional<RecordRow> row,
           selectOne(m_database, "SELECT id, scope, key FROM record WHERE id = ?1", recordOf, id));
    if (m_records.size() >= kRecordsMax) {
        m_records.clear();
    }
    m_records.emplace(id, row);
    return row;
}

Result<void> KeptState::putRecord(const RecordRow& row) {
    HZ_TRY(const std::optional<RecordRow> known, record(row.id));
    if (known) {
        return {};
    }
    HZ_CHECK(change(m_database,
                    "INSERT OR IGNORE INTO record(id, register, scope, key) VALUES(?1, ?2, ?3, ?4)", row.id,
                    row.key.registerName, row.scope, encode(row.key)));
    m_records[row.id] = row;
    return {};
}

// -- live values

void KeptState::uncover(const RecordId& record, Cell& cell, OpRef ref) {
    const auto at = std::lower_bound(cell.covered.begin(), cell.covered.end(), ref, isBefore);
    if (at != cell.covered.end() && at->ref == ref) {
        CellRow row = at->asCellRow(record, cell.field);
        cell.covered.erase(at);
        noteLess(cell, sizeof(CoveredRow));
        insert(cell, std::move(row));
    }
}

// What is covered is opened: whoever asks for an op by its name is about to change it.
KeptState::Place KeptState::find(const RecordId& record, Cell& cell, OpRef ref) {
    uncover(record, cell, ref);
    if (!cell.spots.empty()) {
        const auto known = cell.spots.find(ref);
        return known != cell.spots.end() ? Place{&cell, known->second} : Place{};
    }
    for (const auto& [spot, row] : cell.rows) {
        if (spot.second == ref) {
            return {&cell, spot};
        }
    }
    return {};
}

void KeptState::insert(Cell& cell, CellRow row) {
    const Spot spot{row.row.order, row.row.ref};
    noteSize(cell, bytesOf(row));
    cell.hiders += row.hiders.size();
    cell.rows.insert_or_assign(spot, std::move(row));
    if (!cell.spots.empty()) {
        cell.spots[spot.second] = spot;
    } else if (cell.rows.size() > kLookedThrough) {
        for (const auto& [where, one] : cell.rows) {
            cell.spots[where.second] = where;
        }
    }
}

CellRow KeptState::extract(Cell& cell, const Spot& spot) {
    const auto at = cell.rows.find(spot);
    CellRow row = std::move(at->second);
    noteLess(cell, bytesOf(row));
    cell.hiders -= row.hiders.size();
    cell.spots.erase(spot.second);
    cell.rows.erase(at);
    return row;
}

Result<KeptState::OfRecord*> KeptState::open(const RecordId& record) {
    // An op asks for its record again and again.
    if (m_last != m_live.end() && m_last->first == record) {
        return &m_last->second;
    }
    HZ_CHECK(makeRoom());
    m_last = m_live.find(record);
    if (m_last != m_live.end()) {
        return &m_last->second;
    }
    std::set<std::pair<OpRef, OpRef>> hidden;
    HZ_TRY(const bool mayHide, hasAny(m_hidden));
    if (mayHide) {
        HZ_TRY(const auto pairs,
               selectAll(
                   m_database, "SELECT branch, counter, by_branch, by_counter FROM hidden WHERE record = ?1",
                   [](Columns& row) {
                       return std::pair<OpRef, OpRef>{refOf(row), refOf(row)};
                   },
                   record));
        hidden.insert(pairs.begin(), pairs.end());
    }
    m_last = m_live.emplace(record, OfRecord{}).first;
    m_last->second.hidden = std::move(hidden);
    return &m_last->second;
}

Result<void> KeptState::takePart(const storage::Query& query, OfRecord& of) {
    CellPart read;
    HZ_CHECK(appendPart(query, read));
    const std::int64_t part = query.int64(3);
    if (part < 0 || part >= kPartsMax) {
        return fail(ErrorCode::storageCorrupt, "database: a part of a cell has no such number");
    }
    std::string field = query.text(1);
    const auto [at, isNew] = of.cells.try_emplace(field);
    Cell& cell = at->second;
    if (isNew) {
        cell.field = std::move(field);
        noteSize(cell, kCellBytes);
    }
    for (CellRow& one : read.rows) {
        insert(cell, std::move(one));
    }
    noteSize(cell, read.covered.size() * sizeof(CoveredRow));
    cell.covered.insert(cell.covered.end(), read.covered.begin(), read.covered.end());
    cell.partsStored = std::max(cell.partsStored, static_cast<std::uint32_t>(part) + 1);
    return {};
}

// Parts come in no order.
static void byOp(std::vector<CoveredRow>& covered) {
    std::sort(covered.begin(), covered.end(),
              [](const CoveredRow& a, const CoveredRow& b) { return a.ref < b.ref; });
}

// Whoever names many fields that are not there must not make every search of the record a long one.
void KeptState::dropEmpty(OfRecord& of) {
    if (of.cells.size() < kCellsOfRecord) {
        return;
    }
    for (auto at = of.cells.begin(); at != of.cells.end();) {
        Cell& cell = at->second;
        const bool isEmpty = cell.count() == 0 && cell.partsStored == 0 && cell.changed.empty();
        noteLess(cell, isEmpty ? cell.bytes : 0);
        at = isEmpty ? of.cells.erase(at) : std::next(at);
    }
}

Result<KeptState::Cell*> KeptState::load(const RecordId& record, OfRecord& of, std::string_view field) {
    const auto known = of.cells.find(field);
    if (known != of.cells.end()) {
        return &known->second;
    }
    const auto read = [&]() -> Result<void> {
        HZ_TRY(auto query, m_database.query("SELECT record, field, rows, part FROM cell"
                                            " WHERE record = ?1 AND field = ?2"));
        query.bind(record, field);
        return eachRow(query, [&](Columns&) { return takePart(query, of); });
    };
    dropEmpty(of);
    const auto done = of.isWhole ? Result<void>() : read();
    const auto [at, isNew] = of.cells.try_emplace(std::string(field));
    Cell& cell = at->second;
    if (!done) {
        m_bytes -= std::min(m_bytes, cell.bytes);
        of.cells.erase(at);  // half of it is not it
        return fail(done.error());
    }
    if (isNew) {
        cell.field = field;
        noteSize(cell, kCellBytes);
    }
    byOp(cell.covered);
    cell.elementsStored = elementsOf(cell.rows);
    return &cell;
}

Result<KeptState::OfRecord*> KeptState::loadWhole(const RecordId& record) {
    HZ_TRY(OfRecord * of, open(record));
    if (of->isWhole) {
        return of;
    }
    OfRecord fresh;
    const auto read = [&]() -> Result<void> {
        HZ_TRY(auto query, m_database.query("SELECT record, field, rows, part FROM cell WHERE record = ?1"));
        query.bind(record);
        return eachRow(query, [&](Columns&) {
            return of->cells.contains(query.text(1)) ? Result<void>() : takePart(query, fresh);
        });
    };
    if (const auto done = read(); !done) {
        for (const auto& [field, cell] : fresh.cells) {
            m_bytes -= std::min(m_bytes, cell.bytes);
        }
        return fail(done.error());
    }
    for (auto& [field, cell] : fresh.cells) {
        byOp(cell.covered);
        cell.elementsStored = elementsOf(cell.rows);
    }
    of->cells.merge(fresh.cells);
    of->isWhole = true;
    return of;
}

Result<KeptState::Place> KeptState::locate(const RecordId& record, std::string_view field, OpRef ref) {
    HZ_TRY(OfRecord * of, open(record));
    HZ_TRY(Cell * nearest, load(record, *of, field));
    if (const Place place = find(record, *nearest, ref); place.cell != nullptr) {
        return place;
    }
    HZ_CHECK(loadWhole(record));
    for (auto& [name, cell] : of->cells) {
        if (const Place place = find(record, cell, ref); place.cell != nullptr) {
            return place;
        }
    }
    return Place{};
}

void KeptState::noteChange(const RecordId& record, OfRecord& of) {
    if (!of.isChanged) {
        of.isChanged = true;
        m_changed.push_back(record);
    }
}

// What hides it is kept: it may come back.
void KeptState::take(const RecordId& record, OfRecord& of, const Place& place) {
    const OpRef ref = place.spot.second;
    const CellRow row = extract(*place.cell, place.spot);
    m_areElementsChanged = m_areElementsChanged || row.row.kind == OpKind::add;
    for (const OpRef by : row.hiders) {
        of.hidden.emplace(ref, by);
        of.isHiddenChanged = true;
    }
    noteChange(record, of);
    place.cell->changed.insert(ref);
}

void KeptState::makeBare(const Place& place) {
    CellRow& row = place.row();
    if (!row.row.turnsBare() || row.hiders.empty()) {
        return;
    }
    Cell& cell = *place.cell;
    CellRow taken = extract(cell, place.spot);
    taken.row = taken.row.bare();
    if (taken.hiders.size() > 1) {
        insert(cell, std::move(taken));
        return;
    }
    const CoveredRow fresh{taken.row.ref, taken.hiders.front(), taken.row.rank};
    const auto at = std::lower_bound(cell.covered.begin(), cell.covered.end(), fresh.ref, isBefore);
    cell.covered.insert(at, fresh);
    noteSize(cell, sizeof(CoveredRow));
}

static void appendShown(const std::map<std::pair<Order, OpRef>, CellRow>& from, std::vector<LiveRow>& rows) {
    for (const auto& [spot, one] : from) {
        if (!one.row.isBare) {
            rows.push_back(one.shown());
        }
    }
}

Result<std::vector<LiveRow>> KeptState::liveOf(const RecordId& record) {
    HZ_TRY(const OfRecord* of, loadWhole(record));
    std::vector<LiveRow> rows;
    for (const auto& [field, cell] : of->cells) {
        appendShown(cell.rows, rows);
    }
    return rows;
}

Result<std::vector<LiveRow>> KeptState::liveOfCell(const RecordId& record, std::string_view field) {
    HZ_TRY(OfRecord * of, open(record));
    HZ_TRY(const Cell* cell, load(record, *of, field));
    std::vector<LiveRow> rows;
    rows.reserve(cell->rows.size());
    appendShown(cell->rows, rows);
    return rows;
}

Result<std::size_t> KeptState::liveCount(const RecordId& record, std::string_view field) {
    HZ_TRY(OfRecord * of, open(record));
    HZ_TRY(const Cell* cell, load(record, *of, field));
    return cell->count();
}

Result<std::optional<LiveRow>> KeptState::liveRow(const RecordId& record, std::string_view field, OpRef ref) {
    HZ_TRY(const Place place, locate(record, field, ref));
    if (place.cell == nullptr) {
        return std::optional<LiveRow>{};
    }
    const LiveRow row = place.row().shown();
    makeBare(place);
    return std::optional<LiveRow>(row);
}

Result<void> KeptState::putLive(const LiveRow& row) {
    HZ_TRY(OfRecord * of, open(row.record));
    HZ_TRY(Cell * cell, load(row.record, *of, row.field));
    if (const Place place = find(row.record, *cell, row.ref); place.cell != nullptr) {
        take(row.record, *of, place);
    }
    CellRow fresh{row, {}};
    fresh.row.isHidden = false;
    fresh.row.isBare = false;
    const auto first = of->hidden.lower_bound({row.ref, {INT64_MIN, 0}});
    auto last = first;
    for (; last != of->hidden.end() && last->first == row.ref; ++last) {
        fresh.hiders.push_back(last->second);
        of->isHiddenChanged = true;
    }
    of->hidden.erase(first, last);
    noteChange(row.record, *of);
    m_areElementsChanged = m_areElementsChanged || row.kind == OpKind::add;
    cell->changed.insert(row.ref);
    insert(*cell, std::move(fresh));
    makeBare({cell, {row.order, row.ref}});
    return {};
}

Result<bool> KeptState::eraseLive(const RecordId& record, std::string_view field, OpRef ref) {
    HZ_TRY(const Place place, locate(record, field, ref));
    if (place.cell == nullptr) {
        return false;
    }
    HZ_TRY(OfRecord * of, open(record));
    take(record, *of, place);
    return true;
}

Result<void> KeptState::writePart(const RecordId& record, const Cell& cell, std::uint32_t part,
                                  std::vector<const CellRow*> rows, const std::vector<CoveredRow>& covered) {
    if (rows.empty() && covered.empty()) {
        return change(m_database, "DELETE FROM cell WHERE record = ?1 AND field = ?2 AND part = ?3", record,
                      cell.field, part);
    }
    std::sort(rows.begin(), rows.end(),
              [](const CellRow* a, const CellRow* b) { return a->row.ref < b->row.ref; });
    const auto assigns = std::count_if(rows.begin(), rows.end(), [](const CellRow* one) {
        return one->row.kind == OpKind::assign && !one->row.isBare;
    });
    return change(
        m_database,
        "INSERT OR REPLACE INTO cell(record, field, part, assigns, rows) VALUES(?1, ?2, ?3, ?4, ?5)", record,
        cell.field, part, assigns, encodePart(rows, covered));
}

Result<void> KeptState::flushCell(const RecordId& record, Cell& cell) {
    struct Content {
        std::vector<const CellRow*> rows;
        std::vector<CoveredRow> covered;
    };
    const std::uint32_t parts = partsFor(cell.count());
    const auto partHolding = [&](OpRef ref) { return parts > 1 ? partOf(ref, parts) : 0; };
    std::map<std::uint32_t, Content> toWrite;
    for (const OpRef ref : cell.changed) {
        toWrite[partHolding(ref)];
    }
    for (std::uint32_t part = 0; parts != cell.partsStored && part < parts; ++part) {
        toWrite[part];
    }
    if (parts < cell.partsStored) {
        HZ_CHECK(change(m_database, "DELETE FROM cell WHERE record = ?1 AND field = ?2 AND part >= ?3",
                        record, cell.field, parts));
        toWrite.erase(toWrite.lower_bound(parts), toWrite.end());
    }
    for (const auto& [spot, one] : cell.rows) {
        const auto part = toWrite.find(partHolding(spot.second));
        if (part != toWrite.end()) {
            part->second.rows.push_back(&one);
        }
    }
    for (const CoveredRow& one : cell.covered) {
        const auto part = toWrite.find(partHolding(one.ref));
        if (part != toWrite.end()) {
            part->second.covered.push_back(one);
        }
    }
    for (auto& [part, content] : toWrite) {
        HZ_CHECK(writePart(record, cell, part, std::move(content.rows), content.covered));
    }
    HZ_CHECK(writeElements(record, cell));
    cell.partsStored = parts;
    cell.changed.clear();
    return {};
}

Result<void> KeptState::writeElements(const RecordId& record, Cell& cell) {
    std::vector<Value> elements = elementsOf(cell.rows);
    std::vector<Value> gone;
    std::vector<Value> fresh;
    std::set_difference(cell.elementsStored.begin(), cell.elementsStored.end(), elements.begin(),
                        elements.end(), std::back_inserter(gone));
    std::set_difference(elements.begin(), elements.end(), cell.elementsStored.begin(),
                        cell.elementsStored.end(), std::back_inserter(fresh));
    for (const Value& value : gone) {
        HZ_CHECK(change(m_database, "DELETE FROM element WHERE field = ?1 AND value = ?2 AND record = ?3",
                        cell.field, value.encoded(), record));
    }
    for (const Value& value : fresh) {
        HZ_CHECK(change(m_database, "INSERT OR IGNORE INTO element(field, value, record) VALUES(?1, ?2, ?3)",
                        cell.field, value.encoded(), record));
    }
    cell.elementsStored = std::move(elements);
    return {};
}

// -- what ops hide

Result<void> KeptState::flushHidden(const RecordId& record, OfRecord& of) {
    if (!of.isHiddenChanged) {
        return {};
    }
    of.isHiddenChanged = false;
    HZ_TRY(const bool mayHide, hasAny(m_hidden));
    if (mayHide) {
        HZ_CHECK(change(m_database, "DELETE FROM hidden WHERE record = ?1", record));
        m_hidden.hasAny.reset();
    }
    for (const auto& [hidden, by] : of.hidden) {
        HZ_CHECK(change(m_database,
                        "INSERT INTO hidden(record, branch, counter, by_branch, by_counter)"
                        " VALUES(?1, ?2, ?3, ?4, ?5)",
                        record, hidden.branch, hidden.counter, by.branch, by.counter));
        m_hidden.hasAny = true;
    }
    return {};
}

Result<void> KeptState::noteCrossing(const RecordId& record, OpRef by) {
    m_crossing.hasAny = true;
    return change(m_database, "INSERT OR IGNORE INTO crossing(record, branch, counter) VALUES(?1, ?2, ?3)",
                  record, by.branch, by.counter);
}

// Whether the op was one.
Result<bool> KeptState::endCrossing(const RecordId& record, OpRef by) {
    HZ_TRY(const bool mayCross, hasAny(m_crossing));
    HZ_TRY(const bool isCrossing,
           mayCross ? isAny(m_database,
                            "SELECT 1 FROM crossing WHERE record = ?1 AND branch = ?2 AND counter = ?3",
                            record, by.branch, by.counter)
                    : Result<bool>(false));
    if (!isCrossing) {
        return false;
    }
    HZ_CHECK(change(m_database, "DELETE FROM crossing WHERE record = ?1 AND branch = ?2 AND counter = ?3",
                    record, by.branch, by.counter));
    m_crossing.hasAny.reset();
    return true;
}

// Which cell an op stands in that is not live is not known: it may be another one.
Result<void> KeptState::hide(const RecordId& record, std::string_view field, OpRef hidden, OpRef by) {
    HZ_TRY(const Place place, locate(record, field, hidden));
    HZ_TRY(OfRecord * of, open(record));
    noteChange(record, *of);
    if (place.cell == nullptr) {
        of->hidden.emplace(hidden, by);
        of->isHiddenChanged = true;
        return noteCrossing(record, by);
    }
    if (insertSorted(place.row().hiders, by)) {
        ++place.cell->hiders;
        noteSize(*place.cell, sizeof(OpRef));
    }
    place.cell->changed.insert(hidden);
    m_areElementsChanged = m_areElementsChanged || place.row().row.kind == OpKind::add;
    const bool isCrossing = place.cell->field != field;
    makeBare(place);
    return isCrossing ? noteCrossing(record, by) : Result<void>();
}

Result<void> KeptState::hideFromAnywhere(const RecordId& record, OpRef hidden, OpRef by) {
    HZ_CHECK(hide(record, kDeletedField, hidden, by));
    return noteCrossing(record, by);
}

Result<std::vector<std::pair<OpRef, OpRef>>> KeptState::hiddenIn(const RecordId& record) {
    HZ_TRY(const OfRecord* of, loadWhole(record));
    std::vector<std::pair<OpRef, OpRef>> pairs(of->hidden.begin(), of->hidden.end());
    for (const auto& [field, cell] : of->cells) {
        for (const auto& [spot, one] : cell.rows) {
            for (const OpRef by : one.hiders) {
                pairs.emplace_back(spot.second, by);
            }
        }
        for (const CoveredRow& one : cell.covered) {
            pairs.emplace_back(one.ref, one.by);
        }
    }
    std::sort(pairs.begin(), pairs.end());
    return pairs;
}

void KeptState::unhideIn(const RecordId& record, OfRecord& of, Cell& cell, OpRef by,
                         std::vector<OpRef>& bare) {
    std::vector<OpRef> covered;
    for (const CoveredRow& one : cell.covered) {
        if (one.by == by) {
            covered.push_back(one.ref);
        }
    }
    for (const OpRef ref : covered) {
        uncover(record, cell, ref);
    }
    std::vector<Place> fewer;
    for (auto at = cell.rows.begin(); cell.hiders > 0 && at != cell.rows.end(); ++at) {
        if (!at->second.hiders.empty() && eraseSorted(at->second.hiders, by)) {
            --cell.hiders;
            noteLess(cell, sizeof(OpRef));
            noteChange(record, of);
            m_areElementsChanged = m_areElementsChanged || at->second.row.kind == OpKind::add;
            cell.changed.insert(at->first.second);
            fewer.push_back({&cell, at->first});
        }
    }
    for (const Place& place : fewer) {
        if (place.row().hiders.empty() && place.row().row.isBare) {
            bare.push_back(place.spot.second);
        }
        makeBare(place);
    }
}

Result<std::vector<OpRef>> KeptState::unhide(const RecordId& record, std::string_view field, OpRef by) {
    HZ_TRY(OfRecord * of, open(record));
    HZ_TRY(const bool isCrossing, endCrossing(record, by));
    std::vector<OpRef> bare;
    if (isCrossing) {
        HZ_CHECK(loadWhole(record));
        for (auto& [name, cell] : of->cells) {
            unhideIn(record, *of, cell, by, bare);
        }
        std::sort(bare.begin(), bare.end());
    } else {
        HZ_TRY(Cell * cell, load(record, *of, field));
        unhideIn(record, *of, *cell, by, bare);
    }
    if (std::erase_if(of->hidden, [&](const auto& pair) { return pair.second == by; }) > 0) {
        noteChange(record, *of);
        of->isHiddenChanged = true;
    }
    return bare;
}

Result<void> KeptState::handOn(const RecordId& record, OpRef op) {
    HZ_CHECK(loadWhole(record));
    HZ_TRY(const auto pairs, hiddenIn(record));
    std::vector<OpRef> hiders;
    std::vector<OpRef> live;  // what the op hides and is live
    for (const auto& [hidden, by] : pairs) {
        if (hidden == op) {
            hiders.push_back(by);
        }
        if (by == op) {
            HZ_TRY(const std::optional<LiveRow> row, liveRow(record, kDeletedField, hidden));
            if (row) {
                live.push_back(hidden);
            }
        }
    }
    for (const OpRef hidden : live) {
        for (const OpRef hider : hiders) {
            HZ_CHECK(hideFromAnywhere(record, hidden, hider));
        }
    }
    HZ_TRY(const auto names, namedIn(record));
    for (const auto& [by, named] : names) {
        for (const OpRef hidden : named == op ? live : std::vector<OpRef>{}) {
            HZ_CHECK(putNamed(record, by, hidden));
        }
        HZ_TRY(const std::optional<LiveRow> row, by == op ? liveRow(record, kDeletedField, named)
                                                          : Result<std::optional<LiveRow>>(std::nullopt));
        for (const OpRef hider : row ? hiders : std::vector<OpRef>{}) {
            HZ_CHECK(putNamed(record, hider, named));
        }
    }
    return {};
}

// -- the rest of the projection: written at once

Result<void> KeptState::putEarly(OpRef ref) {
    m_early.hasAny = true;
    return change(m_database, "INSERT OR IGNORE INTO early(branch, counter) VALUES(?1, ?2)", ref.branch,
                  ref.counter);
}

Result<bool> KeptState::isEarly(OpRef ref) {
    HZ_TRY(const bool mayBe, hasAny(m_early));
    return mayBe ? isAny(m_database, "SELECT 1 FROM early WHERE branch = ?1 AND counter = ?2", ref.branch,
                         ref.counter)
                 : Result<bool>(false);
}

Result<void> KeptState::putNamed(const RecordId& record, OpRef by, OpRef named) {
    m_named.hasAny = true;
    return change(m_database,
                  "INSERT OR IGNORE INTO named(record, by_branch, by_counter, branch, counter)"
                  " VALUES(?1, ?2, ?3, ?4, ?5)",
                  record, by.branch, by.counter, named.branch, named.counter);
}

Result<std::vector<std::pair<OpRef, OpRef>>> KeptState::namedIn(const RecordId& record) {
    std::vector<std::pair<OpRef, OpRef>> names;
    HZ_TRY(const bool mayBe, hasAny(m_named));
    if (mayBe) {
        HZ_TRY(names, selectAll(
                          m_database,
                          "SELECT by_branch, by_counter, branch, counter FROM named WHERE record = ?1"
                          " ORDER BY by_branch, by_counter, branch, counter",
                          [](Columns& row) {
                              return std::pair<OpRef, OpRef>{refOf(row), refOf(row)};
                          },
                          record));
    }
    return names;
}

Result<void> KeptState::eraseNamed(const RecordId& record, OpRef by) {
    HZ_TRY(const bool mayBe, hasAny(m_named));
    if (!mayBe) {
        return {};
    }
    m_named.hasAny.reset();
    return change(m_database, "DELETE FROM named WHERE record = ?1 AND by_branch = ?2 AND by_counter = ?3",
                  record, by.branch, by.counter);
}

Result<void> KeptState::putAside(const AsideRow& row) {
    m_aside.hasAny = true;
    return change(m_database,
                  "INSERT OR REPLACE INTO aside(branch, counter, record, field, reason, is_mine)"
                  " VALUES(?1, ?2, ?3, ?4, ?5, ?6)",
                  row.ref.branch, row.ref.counter, row.record, row.field, row.reason, row.isMine);
}

Result<std::optional<AsideRow>> KeptState::asideOf(OpRef ref) {
    HZ_TRY(const bool mayBe, hasAny(m_aside));
    if (!mayBe) {
        return std::optional<AsideRow>{};
    }
    return selectOne(m_database,
                     "SELECT branch, counter, record, field, reason, is_mine FROM aside"
                     " WHERE branch = ?1 AND counter = ?2",
                     asideRowOf, ref.branch, ref.counter);
}

Result<void> KeptState::eraseAside(OpRef ref) {
    m_aside.hasAny.reset();
    return change(m_database, "DELETE FROM aside WHERE branch = ?1 AND counter = ?2", ref.branch,
                  ref.counter);
}

Result<void> KeptState::clearProjection() {
    dropCells();
    m_changed.clear();
    HZ_CHECK(
        m_database.exec("DELETE FROM cell; DELETE FROM element; DELETE FROM hidden; DELETE FROM crossing;"
                        " DELETE FROM early; DELETE FROM named; DELETE FROM aside"));
    for (Rare* table : {&m_hidden, &m_crossing, &m_early, &m_named, &m_aside}) {
        table->hasAny = false;
    }
    return {};
}

}  // namespace hezhang::sync
