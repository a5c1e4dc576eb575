// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "sync/store/kept_state.h"

#include <iterator>
#include <set>
#include <tuple>

#include "sync/store/sqlite_schema.h"
#include "sync/store/sqlite_state_rows.h"

namespace hezhang::sync {
namespace {

bool isBefore(const LiveRow& a, const LiveRow& b) {
    return std::tie(a.order, a.ref) < std::tie(b.order, b.ref);
}

template <class T>
void insertSorted(std::vector<T>& list, const T& item) {
    const auto at = std::lower_bound(list.begin(), list.end(), item);
    if (at == list.end() || *at != item) {
        list.insert(at, item);
    }
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

std::vector<Value> elementsOf(const std::vector<CellRow>& rows) {
    std::vector<Value> elements;
    for (const CellRow& one : rows) {
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
        for (Cell& cell : of.cells) {
            HZ_CHECK(cell.changed.empty() ? Result<void>() : flushCell(record, cell));
        }
        std::erase_if(of.cells, [](const Cell& cell) { return cell.rows.empty(); });
        HZ_CHECK(flushHidden(record, of));
        of.isChanged = false;
    }
    m_changed.clear();
    return {};
}

void KeptState::forget() {
    m_records.clear();
    m_live.clear();
    m_changed.clear();
    m_values = 0;
    for (Rare* table : {&m_hidden, &m_early, &m_named, &m_aside}) {
        table->hasAny.reset();
    }
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

KeptState::Cell& KeptState::cellFor(OfRecord& of, std::string_view field) {
    const auto at = std::lower_bound(of.cells.begin(), of.cells.end(), field,
                                     [](const Cell& cell, std::string_view name) { return cell.field < name; });
    if (at != of.cells.end() && at->field == field) {
        return *at;
    }
    Cell fresh;
    fresh.field = field;
    return *of.cells.insert(at, std::move(fresh));
}

const KeptState::Cell* KeptState::cellOf(const OfRecord& of, std::string_view field) {
    const auto at =
        std::find_if(of.cells.begin(), of.cells.end(), [&](const Cell& cell) { return cell.field == field; });
    return at != of.cells.end() ? &*at : nullptr;
}

// Values that come last in the order are the usual case.
void KeptState::insert(Cell& cell, CellRow row) {
    auto at = cell.rows.end();
    while (at != cell.rows.begin() && isBefore(row.row, std::prev(at)->row)) {
        --at;
    }
    cell.rows.insert(at, std::move(row));
}

KeptState::Place KeptState::find(OfRecord& of, OpRef ref) {
    for (Cell& cell : of.cells) {
        for (std::size_t index = 0; index < cell.rows.size(); ++index) {
            if (cell.rows[index].row.ref == ref) {
                return {&cell, index};
            }
        }
    }
    return {};
}

Result<KeptState::OfRecord*> KeptState::load(const RecordId& record) {
    if (const auto known = m_live.find(record); known != m_live.end()) {
        return &known->second;
    }
    if (m_values + m_live.size() > kValuesMax) {
        HZ_CHECK(flush());
        m_live.clear();
        m_values = 0;
    }
    OfRecord of;
    HZ_TRY(auto query, m_database.query("SELECT record, field, rows, part FROM cell WHERE record = ?1"));
    query.bind(record);
    for (;;) {
        HZ_TRY(const bool isFound, query.step());
        if (!isFound) {
            break;
        }
        std::vector<CellRow> rows;
        HZ_CHECK(appendPart(query, rows));
        Cell& cell = cellFor(of, query.text(1));
        cell.partsStored = std::max(cell.partsStored, static_cast<std::uint32_t>(query.int64(3)) + 1);
        m_values += rows.size();
        std::move(rows.begin(), rows.end(), std::back_inserter(cell.rows));
    }
    for (Cell& cell : of.cells) {
        std::sort(cell.rows.begin(), cell.rows.end(),
                  [](const CellRow& a, const CellRow& b) { return isBefore(a.row, b.row); });
        cell.elementsStored = elementsOf(cell.rows);
    }
    HZ_TRY(const bool mayHide, hasAny(m_hidden));
    if (mayHide) {
        HZ_TRY(of.hidden, selectAll(
                              m_database,
                              "SELECT branch, counter, by_branch, by_counter FROM hidden WHERE record = ?1"
                              " ORDER BY branch, counter, by_branch, by_counter",
                              [](Columns& row) {
                                  return std::pair<OpRef, OpRef>{refOf(row), refOf(row)};
                              },
                              record));
    }
    return &(m_live[record] = std::move(of));
}

void KeptState::noteChange(const RecordId& record, OfRecord& of, Cell& cell, OpRef ref) {
    if (std::find(cell.changed.begin(), cell.changed.end(), ref) == cell.changed.end()) {
        cell.changed.push_back(ref);
    }
    if (!of.isChanged) {
        of.isChanged = true;
        m_changed.push_back(record);
    }
}

void KeptState::noteHidden(const RecordId& record, OfRecord& of) {
    of.isHiddenChanged = true;
    if (!of.isChanged) {
        of.isChanged = true;
        m_changed.push_back(record);
    }
}

// What hides it is kept: it may come back.
void KeptState::take(const RecordId& record, OfRecord& of, Place place) {
    const OpRef ref = place.row().row.ref;
    for (const OpRef by : place.row().hiders) {
        insertSorted(of.hidden, {ref, by});
        noteHidden(record, of);
    }
    noteChange(record, of, *place.cell, ref);
    place.cell->rows.erase(place.cell->rows.begin() + static_cast<std::ptrdiff_t>(place.index));
    --m_values;
}

Result<std::vector<LiveRow>> KeptState::liveOf(const RecordId& record) {
    HZ_TRY(const OfRecord* of, load(record));
    std::vector<LiveRow> rows;
    for (const Cell& cell : of->cells) {
        for (const CellRow& one : cell.rows) {
            rows.push_back(one.shown());
        }
    }
    return rows;
}

Result<std::vector<LiveRow>> KeptState::liveOfCell(const RecordId& record, std::string_view field) {
    HZ_TRY(const OfRecord* of, load(record));
    std::vector<LiveRow> rows;
    if (const Cell* cell = cellOf(*of, field)) {
        rows.reserve(cell->rows.size());
        for (const CellRow& one : cell->rows) {
            rows.push_back(one.shown());
        }
    }
    return rows;
}

Result<std::size_t> KeptState::liveCount(const RecordId& record, std::string_view field) {
    HZ_TRY(const OfRecord* of, load(record));
    const Cell* cell = cellOf(*of, field);
    return cell != nullptr ? cell->rows.size() : std::size_t{0};
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
    std::erase_if(of->hidden, [&](const auto& pair) {
        if (pair.first == row.ref) {
            fresh.hiders.push_back(pair.second);
        }
        return pair.first == row.ref;
    });
    if (!fresh.hiders.empty()) {
        noteHidden(row.record, *of);
    }
    Cell& cell = cellFor(*of, row.field);
    noteChange(row.record, *of, cell, row.ref);
    insert(cell, std::move(fresh));
    ++m_values;
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

Result<void> KeptState::writePart(const RecordId& record, const Cell& cell, std::uint32_t part, std::uint32_t parts) {
    std::vector<const CellRow*> rows;
    for (const CellRow& one : cell.rows) {
        if (parts == 1 || partOf(one.row.ref, parts) == part) {
            rows.push_back(&one);
        }
    }
    if (rows.empty()) {
        return change(m_database, "DELETE FROM cell WHERE record = ?1 AND field = ?2 AND part = ?3", record,
                      cell.field, part);
    }
    std::sort(rows.begin(), rows.end(), [](const CellRow* a, const CellRow* b) { return a->row.ref < b->row.ref; });
    const auto assigns = std::count_if(rows.begin(), rows.end(),
                                       [](const CellRow* one) { return one->row.kind == OpKind::assign; });
    return change(m_database,
                  "INSERT OR REPLACE INTO cell(record, field, part, assigns, rows) VALUES(?1, ?2, ?3, ?4, ?5)",
                  record, cell.field, part, assigns, encodePart(rows));
}

Result<void> KeptState::flushCell(const RecordId& record, Cell& cell) {
    const std::uint32_t parts = partsFor(cell.rows.size());
    std::set<std::uint32_t> toWrite;
    for (const OpRef ref : cell.changed) {
        toWrite.insert(parts > 1 ? partOf(ref, parts) : 0);
    }
    for (std::uint32_t part = 0; parts != cell.partsStored && part < parts; ++part) {
        toWrite.insert(part);
    }
    if (parts < cell.partsStored) {
        HZ_CHECK(change(m_database, "DELETE FROM cell WHERE record = ?1 AND field = ?2 AND part >= ?3", record,
                        cell.field, parts));
        toWrite.erase(toWrite.lower_bound(parts), toWrite.end());
    }
    for (const std::uint32_t part : toWrite) {
        HZ_CHECK(writePart(record, cell, part, parts));
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
    std::set_difference(cell.elementsStored.begin(), cell.elementsStored.end(), elements.begin(), elements.end(),
                        std::back_inserter(gone));
    std::set_difference(elements.begin(), elements.end(), cell.elementsStored.begin(), cell.elementsStored.end(),
                        std::back_inserter(fresh));
    for (const Value& value : gone) {
        HZ_CHECK(change(m_database, "DELETE FROM element WHERE field = ?1 AND value = ?2 AND record = ?3", cell.field,
                        value.encoded(), record));
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
    if (const Place place = find(*of, hidden); place.cell != nullptr) {
        insertSorted(place.row().hiders, by);
        noteChange(record, *of, *place.cell, hidden);
    } else {
        insertSorted(of->hidden, {hidden, by});
        noteHidden(record, *of);
    }
    return {};
}

Result<std::vector<std::pair<OpRef, OpRef>>> KeptState::hiddenIn(const RecordId& record) {
    HZ_TRY(const OfRecord* of, load(record));
    auto pairs = of->hidden;
    for (const Cell& cell : of->cells) {
        for (const CellRow& one : cell.rows) {
            for (const OpRef by : one.hiders) {
                pairs.emplace_back(one.row.ref, by);
            }
        }
    }
    std::sort(pairs.begin(), pairs.end());
    return pairs;
}

Result<void> KeptState::unhide(const RecordId& record, OpRef by) {
    HZ_TRY(OfRecord * of, load(record));
    for (Cell& cell : of->cells) {
        for (CellRow& one : cell.rows) {
            if (!one.hiders.empty() && eraseSorted(one.hiders, by)) {
                noteChange(record, *of, cell, one.row.ref);
            }
        }
    }
    if (std::erase_if(of->hidden, [&](const auto& pair) { return pair.second == by; }) > 0) {
        noteHidden(record, *of);
    }
    return {};
}

Result<void> KeptState::handOn(const RecordId& record, OpRef op) {
    HZ_TRY(const auto pairs, hiddenIn(record));
    HZ_TRY(OfRecord * of, load(record));
    Refs hiders;
    Refs live;  // what the op hides and is live
    for (const auto& [hidden, by] : pairs) {
        if (hidden == op) {
            hiders.push_back(by);
        }
        if (by == op && find(*of, hidden).cell != nullptr) {
            live.push_back(hidden);
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
    return change(m_database, "INSERT OR IGNORE INTO early(branch, counter) VALUES(?1, ?2)", ref.branch, ref.counter);
}

Result<bool> KeptState::isEarly(OpRef ref) {
    HZ_TRY(const bool mayBe, hasAny(m_early));
    return mayBe ? isAny(m_database, "SELECT 1 FROM early WHERE branch = ?1 AND counter = ?2", ref.branch, ref.counter)
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
    return change(m_database, "DELETE FROM named WHERE record = ?1 AND by_branch = ?2 AND by_counter = ?3", record,
                  by.branch, by.counter);
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
    return change(m_database, "DELETE FROM aside WHERE branch = ?1 AND counter = ?2", ref.branch, ref.counter);
}

Result<void> KeptState::clearProjection() {
    m_live.clear();
    m_changed.clear();
    m_values = 0;
    HZ_CHECK(m_database.exec("DELETE FROM cell; DELETE FROM element; DELETE FROM hidden; DELETE FROM early;"
                             " DELETE FROM named; DELETE FROM aside"));
    for (Rare* table : {&m_hidden, &m_early, &m_named, &m_aside}) {
        table->hasAny = false;
    }
    return {};
}

// -- from version 3

// What a hidden op that is not live belongs to is known by the op that hides it, if that one is live.
Result<void> packCells(storage::Database& database) {
    KeptState state(database);
    {
        HZ_TRY(auto query, database.query("SELECT record, field, branch, counter, position, place, kind, rank, value,"
                                          " person, at FROM live"));
        query.bind();
        for (;;) {
            HZ_TRY(const bool isFound, query.step());
            if (!isFound) {
                break;
            }
            Columns row(query);
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
            HZ_CHECK(state.putLive(live));
        }
    }
    {
        HZ_TRY(auto query,
               database.query("SELECT h.branch, h.counter, by_branch, by_counter, record FROM hidden_before h, live l"
                              " WHERE l.branch = h.branch AND l.counter = h.counter"
                              " OR l.branch = by_branch AND l.counter = by_counter"));
        query.bind();
        for (;;) {
            HZ_TRY(const bool isFound, query.step());
            if (!isFound) {
                break;
            }
            Columns row(query);
            const OpRef hidden = refOf(row);
            const OpRef by = refOf(row);
            const auto record = row.id<RecordId>();
            HZ_CHECK(row.check());
            HZ_CHECK(state.hide(record, hidden, by));
        }
    }
    HZ_CHECK(state.flush());
    return database.exec("DROP TABLE live; DROP TABLE hidden_before");
}

}  // namespace hezhang::sync
