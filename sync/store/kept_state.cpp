// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "sync/store/kept_state.h"

#include <tuple>

#include "sync/store/sqlite_state_rows.h"

namespace hezhang::sync {
namespace {

constexpr std::size_t kRecordsMax = 16'384;
constexpr OpCounter kLoadedAhead = 256;

bool isBefore(const LiveRow& a, const LiveRow& b) {
    return std::tie(a.order, a.ref) < std::tie(b.order, b.ref);
}

}  // namespace

Result<void> KeptState::flush() {
    HZ_CHECK(flushLive());
    return flushHidden();
}

void KeptState::forget() {
    m_records.clear();
    m_live.clear();
    m_changed.clear();
    m_rows = 0;
    forgetHidden();
    for (Rare* table : {&m_early, &m_named, &m_aside}) {
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
    return *of.cells.insert(at, Cell{std::string(field), {}});
}

const KeptState::Cell* KeptState::cellOf(const OfRecord& of, std::string_view field) {
    for (const Cell& cell : of.cells) {
        if (cell.field == field) {
            return &cell;
        }
    }
    return nullptr;
}

// Values that come last in the order are the usual case.
void KeptState::insert(Cell& cell, Kept kept) {
    auto at = cell.rows.end();
    while (at != cell.rows.begin() && isBefore(kept.row, std::prev(at)->row)) {
        --at;
    }
    cell.rows.insert(at, std::move(kept));
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
    if (m_rows + m_live.size() > kRowsMax) {
        HZ_CHECK(flushLive());
        m_live.clear();
        m_rows = 0;
    }
    HZ_TRY(std::vector<LiveRow> rows,
           selectAll(m_database, "SELECT " HZ_LIVE_COLUMNS " FROM live WHERE record = ?1", liveRowOf, record));
    OfRecord& of = m_live[record];
    m_rows += rows.size();
    for (LiveRow& row : rows) {
        Cell& cell = cellFor(of, row.field);
        insert(cell, {std::move(row), true, false});
    }
    return &of;
}

void KeptState::noteChange(const RecordId& record, OfRecord& of) {
    if (!of.isChanged) {
        of.isChanged = true;
        m_changed.push_back(record);
    }
}

// Out of the cell, and out of the table where it is there.
void KeptState::take(OfRecord& of, Place place) {
    const auto at = place.cell->rows.begin() + static_cast<std::ptrdiff_t>(place.index);
    if (at->isStored) {
        of.erased.emplace_back(place.cell->field, at->row.ref);
    }
    place.cell->rows.erase(at);
    --m_rows;
}

Result<std::vector<LiveRow>> KeptState::liveOf(const RecordId& record) {
    HZ_TRY(const OfRecord* of, load(record));
    std::vector<LiveRow> rows;
    for (const Cell& cell : of->cells) {
        for (const Kept& kept : cell.rows) {
            rows.push_back(kept.row);
        }
    }
    return rows;
}

Result<std::vector<LiveRow>> KeptState::liveOfCell(const RecordId& record, std::string_view field) {
    HZ_TRY(const OfRecord* of, load(record));
    std::vector<LiveRow> rows;
    if (const Cell* cell = cellOf(*of, field)) {
        rows.reserve(cell->rows.size());
        for (const Kept& kept : cell->rows) {
            rows.push_back(kept.row);
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
    return place.cell != nullptr ? std::optional<LiveRow>(place.cell->rows[place.index].row) : std::nullopt;
}

Result<void> KeptState::putLive(const LiveRow& row) {
    HZ_TRY(OfRecord * of, load(row.record));
    Kept fresh{row, false, true};
    if (const Place place = find(*of, row.ref); place.cell != nullptr) {
        Kept& known = place.cell->rows[place.index];
        if (known.row == row) {
            return {};
        }
        if (place.cell->field == row.field) {
            fresh.isStored = known.isStored;
            known.isStored = false;  // it is written over
        }
        take(*of, place);
    }
    noteChange(row.record, *of);
    insert(cellFor(*of, row.field), std::move(fresh));
    ++m_rows;
    return {};
}

Result<bool> KeptState::eraseLive(const RecordId& record, OpRef ref) {
    HZ_TRY(OfRecord * of, load(record));
    const Place place = find(*of, ref);
    if (place.cell == nullptr) {
        return false;
    }
    noteChange(record, *of);
    take(*of, place);
    return true;
}

Result<void> KeptState::writeLive(const LiveRow& row) {
    return change(
        m_database,
        "INSERT OR REPLACE INTO live(record, field, branch, counter, position, place, kind, rank, value,"
        " person, at) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        row.record, row.field, row.ref.branch, row.ref.counter, row.order.position, row.order.place, row.kind,
        row.rank, row.value.encoded(), row.person, row.at);
}

// In the order of the table, so that its pages are passed once.
Result<void> KeptState::flushLive() {
    std::sort(m_changed.begin(), m_changed.end());
    for (const RecordId& record : m_changed) {
        OfRecord& of = m_live.at(record);
        for (const auto& [field, ref] : of.erased) {
            HZ_CHECK(change(m_database,
                            "DELETE FROM live WHERE record = ?1 AND field = ?2 AND branch = ?3 AND counter = ?4",
                            record, field, ref.branch, ref.counter));
        }
        of.erased.clear();
        for (Cell& cell : of.cells) {
            for (Kept& kept : cell.rows) {
                if (kept.isChanged) {
                    HZ_CHECK(writeLive(kept.row));
                    kept.isStored = true;
                    kept.isChanged = false;
                }
            }
        }
        of.isChanged = false;
    }
    m_changed.clear();
    return {};
}

// -- what ops hide

void KeptState::forgetHidden() {
    m_hiders.clear();
    m_hides.clear();
    m_loaded = {};
    m_newHidden.clear();
    m_unhidden.clear();
    m_hidden.hasAny.reset();
}

Result<KeptState::Refs*> KeptState::hidersOf(OpRef hidden) {
    if (const auto known = m_hiders.find(hidden); known != m_hiders.end()) {
        return &known->second;
    }
    Refs all;
    HZ_TRY(const bool mayBeStored, mayHide());
    if (mayBeStored) {
        HZ_TRY(all, selectAll(m_database,
                              "SELECT by_branch, by_counter FROM hidden WHERE branch = ?1 AND counter = ?2", refOf,
                              hidden.branch, hidden.counter));
        std::erase_if(all, [&](OpRef by) { return m_unhidden.contains(by); });
    }
    return &m_hiders.emplace(hidden, std::move(all)).first->second;
}

// Ops are answered one after the other: those that follow are asked for soon.
Result<void> KeptState::loadHiddenBy(OpRef by) {
    if (m_loaded.holds(by) || m_hides.contains(by)) {
        return {};
    }
    const Loaded range{by.branch, by.counter, by.counter + kLoadedAhead - 1};
    std::map<OpRef, Refs> found;
    HZ_TRY(auto query, m_database.query("SELECT by_branch, by_counter, branch, counter FROM hidden"
                                        " WHERE by_branch = ?1 AND by_counter BETWEEN ?2 AND ?3"));
    query.bind(range.branch, range.first, range.last);
    for (;;) {
        HZ_TRY(const bool isFound, query.step());
        if (!isFound) {
            break;
        }
        Columns columns(query);
        const OpRef who = refOf(columns);
        const OpRef hidden = refOf(columns);
        HZ_CHECK(columns.check());
        if (!m_unhidden.contains(who)) {
            found[who].push_back(hidden);
        }
    }
    for (auto at = m_newHidden.lower_bound({by, OpRef{}}); at != m_newHidden.end() && range.holds(at->first); ++at) {
        found[at->first].push_back(at->second);
    }
    m_hides.merge(found);  // what is here already is the truth
    m_loaded = range;
    return {};
}

Result<void> KeptState::hide(OpRef hidden, OpRef by) {
    if (m_hiders.size() + m_hides.size() + m_newHidden.size() > kRowsMax) {
        HZ_CHECK(flushHidden());
        forgetHidden();
    }
    HZ_TRY(Refs * hiders, hidersOf(hidden));
    if (std::find(hiders->begin(), hiders->end(), by) != hiders->end()) {
        return {};
    }
    hiders->push_back(by);
    m_newHidden.emplace(by, hidden);
    m_hidden.hasAny = true;
    if (const auto known = m_hides.find(by); known != m_hides.end()) {
        known->second.push_back(hidden);
    } else if (m_loaded.holds(by)) {
        m_hides[by] = {hidden};
    }
    return {};
}

Result<bool> KeptState::hasHidden() {
    if (!m_newHidden.empty()) {
        return true;
    }
    if (!m_hidden.hasAny) {
        HZ_CHECK(flushHidden());
    }
    return hasAny(m_hidden);
}

// Without writing for it.
Result<bool> KeptState::mayHide() {
    if (!m_newHidden.empty() || (!m_hidden.hasAny && !m_unhidden.empty())) {
        return true;
    }
    return hasAny(m_hidden);
}

Result<bool> KeptState::isHidden(OpRef ref) {
    HZ_TRY(const Refs* hiders, hidersOf(ref));
    return !hiders->empty();
}

Result<void> KeptState::unhide(OpRef by) {
    HZ_TRY(const bool mayBeAny, mayHide());
    if (!mayBeAny) {
        return {};
    }
    HZ_CHECK(loadHiddenBy(by));
    const auto known = m_hides.find(by);
    if (known == m_hides.end() || known->second.empty()) {
        return {};
    }
    for (const OpRef hidden : known->second) {
        m_newHidden.erase({by, hidden});
        if (const auto hiders = m_hiders.find(hidden); hiders != m_hiders.end()) {
            std::erase(hiders->second, by);
        }
    }
    known->second.clear();
    m_unhidden.insert(by);
    m_hidden.hasAny.reset();
    return {};
}

Result<void> KeptState::flushHidden() {
    for (auto at = m_unhidden.begin(); at != m_unhidden.end();) {
        const OpRef first = *at;
        OpRef last = first;
        while (++at != m_unhidden.end() && *at == OpRef{last.branch, last.counter + 1}) {
            last = *at;
        }
        HZ_CHECK(change(m_database, "DELETE FROM hidden WHERE by_branch = ?1 AND by_counter BETWEEN ?2 AND ?3",
                        first.branch, first.counter, last.counter));
        m_hidden.hasAny.reset();
    }
    m_unhidden.clear();
    for (const auto& [by, hidden] : m_newHidden) {
        HZ_CHECK(change(
            m_database,
            "INSERT OR IGNORE INTO hidden(branch, counter, by_branch, by_counter) VALUES(?1, ?2, ?3, ?4)",
            hidden.branch, hidden.counter, by.branch, by.counter));
        m_hidden.hasAny = true;
    }
    m_newHidden.clear();
    return {};
}

Result<void> KeptState::handOn(const RecordId& record, OpRef op) {
    HZ_CHECK(flush());
    HZ_CHECK(change(m_database,
                    "INSERT OR IGNORE INTO hidden(branch, counter, by_branch, by_counter)"
                    " SELECT h.branch, h.counter, u.by_branch, u.by_counter FROM hidden h, hidden u"
                    " WHERE h.by_branch = ?2 AND h.by_counter = ?3 AND u.branch = ?2 AND u.counter = ?3"
                    " AND EXISTS (SELECT 1 FROM live l WHERE l.branch = h.branch AND l.counter = h.counter"
                    " AND l.record = ?1)",
                    record, op.branch, op.counter));
    HZ_CHECK(change(m_database,
                    "INSERT OR IGNORE INTO named(record, by_branch, by_counter, branch, counter)"
                    " SELECT ?1, n.by_branch, n.by_counter, h.branch, h.counter FROM hidden h, named n"
                    " WHERE h.by_branch = ?2 AND h.by_counter = ?3"
                    " AND n.record = ?1 AND n.branch = ?2 AND n.counter = ?3"
                    " AND EXISTS (SELECT 1 FROM live l WHERE l.branch = h.branch AND l.counter = h.counter"
                    " AND l.record = ?1)"
                    " UNION SELECT ?1, u.by_branch, u.by_counter, n.branch, n.counter FROM named n, hidden u"
                    " WHERE n.record = ?1 AND n.by_branch = ?2 AND n.by_counter = ?3"
                    " AND u.branch = ?2 AND u.counter = ?3"
                    " AND EXISTS (SELECT 1 FROM live l WHERE l.branch = n.branch AND l.counter = n.counter"
                    " AND l.record = ?1)",
                    record, op.branch, op.counter));
    forgetHidden();
    m_named.hasAny.reset();
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
    m_rows = 0;
    forgetHidden();
    HZ_CHECK(m_database.exec(
        "DELETE FROM live; DELETE FROM hidden; DELETE FROM early; DELETE FROM named; DELETE FROM aside"));
    for (Rare* table : {&m_hidden, &m_early, &m_named, &m_aside}) {
        table->hasAny = false;
    }
    return {};
}

}  // namespace hezhang::sync
