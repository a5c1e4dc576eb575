// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "sync/store/kept_state.h"

#include <algorithm>
#include <iterator>

#include "sync/store/sqlite_schema.h"
#include "sync/store/sqlite_state_rows.h"

namespace hezhang::sync {
namespace {

constexpr std::size_t kLookedThrough = 64;
constexpr std::size_t kRecordBytes = 400;  // also of one that has no value
constexpr std::uint32_t kPartsMax = 1U << 20;

std::size_t bytesOf(const CellRow& one) {
    return 200 + one.row.value.encoded().size() + sizeof(OpRef) * one.hiders.size();
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
    return {};
}

void KeptState::forget() {
    m_records.clear();
    m_live.clear();
    m_last = m_live.end();
    m_changed.clear();
    m_bytes = 0;
    m_largest = 0;
    for (Rare* table : {&m_hidden, &m_early, &m_named, &m_aside}) {
        table->hasAny.reset();
    }
}

void KeptState::trim() {
    if (m_bytes > kBytesKept) {
        forget();
    }
}

// One large record beside others must not be read again and again.
Result<void> KeptState::makeRoom() {
    if (m_bytes <= m_largest + kBytesMax) {
        return {};
    }
    HZ_CHECK(flush());
    m_live.clear();
    m_last = m_live.end();
    m_bytes = 0;
    m_largest = 0;
    return {};
}

void KeptState::noteSize(OfRecord& of, std::size_t bytes) {
    of.bytes += bytes;
    m_bytes += bytes;
    m_largest = std::max(m_largest, of.bytes);
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

KeptState::Place KeptState::find(OfRecord& of, OpRef ref) {
    if (!of.places.empty()) {
        const auto known = of.places.find(ref);
        return known != of.places.end() ? known->second : Place{};
    }
    for (auto& [field, cell] : of.cells) {
        for (const auto& [spot, row] : cell.rows) {
            if (spot.second == ref) {
                return {&cell, spot};
            }
        }
    }
    return {};
}

void KeptState::insert(OfRecord& of, CellRow row) {
    Cell& cell = of.cells[row.row.field];
    cell.field = row.row.field;
    const Spot spot{row.row.order, row.row.ref};
    of.hiders += row.hiders.size();
    cell.rows.insert_or_assign(spot, std::move(row));
    ++of.values;
    if (!of.places.empty()) {
        of.places[spot.second] = {&cell, spot};
    } else if (of.values > kLookedThrough) {
        for (auto& [field, each] : of.cells) {
            for (const auto& [where, one] : each.rows) {
                of.places[where.second] = {&each, where};
            }
        }
    }
}

Result<KeptState::OfRecord*> KeptState::load(const RecordId& record) {
    // An op asks for its record again and again.
    if (m_last != m_live.end() && m_last->first == record) {
        return &m_last->second;
    }
    m_last = m_live.find(record);
    if (m_last != m_live.end()) {
        return &m_last->second;
    }
    HZ_CHECK(makeRoom());
    OfRecord& of = m_live[record];
    noteSize(of, kRecordBytes);
    const auto read = [&]() -> Result<void> {
        HZ_TRY(auto query, m_database.query("SELECT record, field, rows, part FROM cell WHERE record = ?1"));
        query.bind(record);
        for (;;) {
            HZ_TRY(const bool isFound, query.step());
            if (!isFound) {
                break;
            }
            std::vector<CellRow> rows;
            HZ_CHECK(appendPart(query, rows));
            const std::int64_t part = query.int64(3);
            if (part < 0 || part >= kPartsMax) {
                return fail(ErrorCode::storageCorrupt, "database: a part of a cell has no such number");
            }
            std::size_t bytes = 0;
            const std::string field = query.text(1);
            for (CellRow& one : rows) {
                bytes += bytesOf(one);
                insert(of, std::move(one));
            }
            Cell& cell = of.cells[field];
            cell.field = field;
            cell.partsStored = std::max(cell.partsStored, static_cast<std::uint32_t>(part) + 1);
            noteSize(of, bytes);
        }
        for (auto& [field, cell] : of.cells) {
            cell.elementsStored = elementsOf(cell.rows);
        }
        HZ_TRY(const bool mayHide, hasAny(m_hidden));
        if (mayHide) {
            HZ_TRY(
                const auto pairs,
                selectAll(
                    m_database, "SELECT branch, counter, by_branch, by_counter FROM hidden WHERE record = ?1",
                    [](Columns& row) {
                        return std::pair<OpRef, OpRef>{refOf(row), refOf(row)};
                    },
                    record));
            of.hidden.insert(pairs.begin(), pairs.end());
            noteSize(of, pairs.size() * 80);
        }
        return {};
    };
    if (const auto done = read(); !done) {
        m_bytes -= of.bytes;
        m_live.erase(record);  // half of it is not it
        m_last = m_live.end();
        return fail(done.error());
    }
    return &of;
}

void KeptState::noteChange(const RecordId& record, OfRecord& of) {
    if (!of.isChanged) {
        of.isChanged = true;
        m_changed.push_back(record);
    }
}

// What hides it is kept: it may come back.
void KeptState::take(const RecordId& record, OfRecord& of, const Place& place) {
    Cell& cell = *place.cell;
    const auto at = cell.rows.find(place.spot);
    const OpRef ref = place.spot.second;
    const CellRow& one = at->second;
    for (const OpRef by : one.hiders) {
        of.hidden.emplace(ref, by);
        of.isHiddenChanged = true;
    }
    noteChange(record, of);
    cell.changed.insert(ref);
    const std::size_t bytes = bytesOf(one);
    of.hiders -= one.hiders.size();
    of.bytes -= std::min(of.bytes, bytes);
    m_bytes -= std::min(m_bytes, bytes);
    --of.values;
    of.places.erase(ref);
    cell.rows.erase(at);
}

Result<std::vector<LiveRow>> KeptState::liveOf(const RecordId& record) {
    HZ_TRY(const OfRecord* of, load(record));
    std::vector<LiveRow> rows;
    rows.reserve(of->values);
    for (const auto& [field, cell] : of->cells) {
        for (const auto& [spot, one] : cell.rows) {
            rows.push_back(one.shown());
        }
    }
    return rows;
}

Result<std::vector<LiveRow>> KeptState::liveOfCell(const RecordId& record, std::string_view field) {
    HZ_TRY(const OfRecord* of, load(record));
    std::vector<LiveRow> rows;
    if (const auto cell = of->cells.find(field); cell != of->cells.end()) {
        rows.reserve(cell->second.rows.size());
        for (const auto& [spot, one] : cell->second.rows) {
            rows.push_back(one.shown());
        }
    }
    return rows;
}

Result<std::size_t> KeptState::liveCount(const RecordId& record, std::string_view field) {
    HZ_TRY(const OfRecord* of, load(record));
    const auto cell = of->cells.find(field);
    return cell != of->cells.end() ? cell->second.rows.size() : std::size_t{0};
}

Result<std::optional<LiveRow>> KeptState::liveRow(const RecordId& record, OpRef ref) {
    HZ_TRY(OfRecord * of, load(record));
    const Place place = find(*of, ref);
    return place.cell != nullptr ? std::optional<LiveRow>(place.row().shown()) : std::nullopt;
}

Result<void> KeptState::putLive(const LiveRow& row) {
    HZ_TRY(OfRecord * of, load(row.record));
    if (const Place place = find(*of, row.ref); place.cell != nullptr) {
        take(row.record, *of, place);
    }
    CellRow fresh{row, {}};
    fresh.row.isHidden = false;
    const auto first = of->hidden.lower_bound({row.ref, {INT64_MIN, 0}});
    auto last = first;
    for (; last != of->hidden.end() && last->first == row.ref; ++last) {
        fresh.hiders.push_back(last->second);
        of->isHiddenChanged = true;
    }
    of->hidden.erase(first, last);
    noteSize(*of, bytesOf(fresh));
    noteChange(row.record, *of);
    insert(*of, std::move(fresh));
    of->cells[row.field].changed.insert(row.ref);
    return {};
}

Result<bool> KeptState::eraseLive(const RecordId& record, OpRef ref) {
    HZ_TRY(OfRecord * of, load(record));
    const Place place = find(*of, ref);
    if (place.cell == nullptr) {
        return false;
    }
    take(record, *of, place);
    return true;
}

Result<void> KeptState::writePart(const RecordId& record, const Cell& cell, std::uint32_t part,
                                  std::vector<const CellRow*> rows) {
    if (rows.empty()) {
        return change(m_database, "DELETE FROM cell WHERE record = ?1 AND field = ?2 AND part = ?3", record,
                      cell.field, part);
    }
    std::sort(rows.begin(), rows.end(),
              [](const CellRow* a, const CellRow* b) { return a->row.ref < b->row.ref; });
    const auto assigns = std::count_if(rows.begin(), rows.end(),
                                       [](const CellRow* one) { return one->row.kind == OpKind::assign; });
    return change(
        m_database,
        "INSERT OR REPLACE INTO cell(record, field, part, assigns, rows) VALUES(?1, ?2, ?3, ?4, ?5)", record,
        cell.field, part, assigns, encodePart(rows));
}

Result<void> KeptState::flushCell(const RecordId& record, Cell& cell) {
    const std::uint32_t parts = partsFor(cell.rows.size());
    std::map<std::uint32_t, std::vector<const CellRow*>> toWrite;
    for (const OpRef ref : cell.changed) {
        toWrite[parts > 1 ? partOf(ref, parts) : 0];
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
        const auto part = toWrite.find(parts > 1 ? partOf(spot.second, parts) : 0);
        if (part != toWrite.end()) {
            part->second.push_back(&one);
        }
    }
    for (auto& [part, rows] : toWrite) {
        HZ_CHECK(writePart(record, cell, part, std::move(rows)));
    }
    HZ_CHECK(flushElements(record, cell));
    cell.partsStored = parts;
    cell.changed.clear();
    return {};
}

Result<void> KeptState::flushElements(const RecordId& record, Cell& cell) {
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

Result<void> KeptState::hide(const RecordId& record, OpRef hidden, OpRef by) {
    HZ_TRY(OfRecord * of, load(record));
    noteChange(record, *of);
    if (const Place place = find(*of, hidden); place.cell != nullptr) {
        of->hiders += insertSorted(place.row().hiders, by) ? 1 : 0;
        place.cell->changed.insert(hidden);
    } else {
        of->hidden.emplace(hidden, by);
        of->isHiddenChanged = true;
    }
    return {};
}

Result<std::vector<std::pair<OpRef, OpRef>>> KeptState::hiddenIn(const RecordId& record) {
    HZ_TRY(const OfRecord* of, load(record));
    std::vector<std::pair<OpRef, OpRef>> pairs(of->hidden.begin(), of->hidden.end());
    for (const auto& [field, cell] : of->cells) {
        for (const auto& [spot, one] : cell.rows) {
            for (const OpRef by : one.hiders) {
                pairs.emplace_back(spot.second, by);
            }
        }
    }
    std::sort(pairs.begin(), pairs.end());
    return pairs;
}

Result<void> KeptState::unhide(const RecordId& record, OpRef by) {
    HZ_TRY(OfRecord * of, load(record));
    for (auto cell = of->cells.begin(); of->hiders > 0 && cell != of->cells.end(); ++cell) {
        for (auto& [spot, one] : cell->second.rows) {
            if (!one.hiders.empty() && eraseSorted(one.hiders, by)) {
                --of->hiders;
                noteChange(record, *of);
                cell->second.changed.insert(spot.second);
            }
        }
    }
    if (std::erase_if(of->hidden, [&](const auto& pair) { return pair.second == by; }) > 0) {
        noteChange(record, *of);
        of->isHiddenChanged = true;
    }
    return {};
}

Result<void> KeptState::handOn(const RecordId& record, OpRef op) {
    HZ_TRY(OfRecord * of, load(record));
    Refs hiders;
    if (const Place place = find(*of, op); place.cell != nullptr) {
        hiders = place.row().hiders;
    }
    for (auto at = of->hidden.lower_bound({op, {INT64_MIN, 0}}); at != of->hidden.end() && at->first == op;
         ++at) {
        hiders.push_back(at->second);
    }
    Refs live;  // what the op hides and is live
    for (const auto& [field, cell] : of->cells) {
        for (const auto& [spot, one] : cell.rows) {
            if (std::binary_search(one.hiders.begin(), one.hiders.end(), op)) {
                live.push_back(spot.second);
            }
        }
    }
    for (const OpRef hidden : live) {
        for (const OpRef hider : hiders) {
            HZ_CHECK(hide(record, hidden, hider));
        }
    }
    HZ_TRY(const auto names, namedIn(record));
    for (const auto& [by, named] : names) {
        for (const OpRef hidden : named == op ? live : Refs{}) {
            HZ_CHECK(putNamed(record, by, hidden));
        }
        for (const OpRef hider : by == op && find(*of, named).cell != nullptr ? hiders : Refs{}) {
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
    m_live.clear();
    m_last = m_live.end();
    m_changed.clear();
    m_bytes = 0;
    m_largest = 0;
    HZ_CHECK(
        m_database.exec("DELETE FROM cell; DELETE FROM element; DELETE FROM hidden; DELETE FROM early;"
                        " DELETE FROM named; DELETE FROM aside"));
    for (Rare* table : {&m_hidden, &m_early, &m_named, &m_aside}) {
        table->hasAny = false;
    }
    return {};
}

// -- from version 3

// What a hidden op that is not live belongs to is known by the op that hides it, if that one is live.
static Result<void> packRows(storage::Database& database) {
    KeptState state(database);
    HZ_TRY(auto values,
           database.query("SELECT record, field, branch, counter, position, place, kind, rank, value,"
                          " person, at FROM live"));
    const auto takeValue = [&](Columns& row) -> Result<void> {
        const LiveRow live{row.id<RecordId>(),
                           row.text(),
                           refOf(row),
                           {row.number(), row.number()},
                           row.oneOf(OpKind::assign, OpKind::increment),
                           row.narrow<Rank>(),
                           row.value(),
                           row.id<RecordId>(),
                           row.signedNumber()};
        HZ_CHECK(row.check());
        return state.putLive(live);
    };
    HZ_CHECK(eachRow(values.bind(), takeValue));
    HZ_TRY(auto pairs,
           database.query(
               "SELECT h.branch, h.counter, by_branch, by_counter, record FROM hidden_before h, live l"
               " WHERE l.branch = h.branch AND l.counter = h.counter"
               " OR l.branch = by_branch AND l.counter = by_counter"));
    const auto takePair = [&](Columns& row) -> Result<void> {
        const OpRef hidden = refOf(row);
        const OpRef by = refOf(row);
        const auto record = row.id<RecordId>();
        HZ_CHECK(row.check());
        return state.hide(record, hidden, by);
    };
    HZ_CHECK(eachRow(pairs.bind(), takePair));
    // A statement that stands on a row keeps its table.
    values.reset();
    pairs.reset();
    return state.flush();
}

// Rows that are damaged follow from the log, as all do: the state is made anew from it when the folder is
// opened.
Result<void> packCells(storage::Database& database) {
    if (const auto packed = packRows(database); !packed) {
        HZ_CHECK(packed.error().code == ErrorCode::storageCorrupt ? Result<void>()
                                                                  : Result<void>(fail(packed.error())));
        HZ_CHECK(database.exec("DELETE FROM cell; DELETE FROM element; DELETE FROM hidden"));
        HZ_CHECK(change(database, "INSERT OR REPLACE INTO meta(key, value) VALUES(?1, x'01')", kRebuildDue));
    }
    return database.exec("DROP TABLE live; DROP TABLE hidden_before");
}

}  // namespace hezhang::sync
