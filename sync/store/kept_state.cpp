// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "sync/store/kept_state.h"

#include <algorithm>
#include <iterator>
#include <map>

#include "sync/store/sqlite_state_rows.h"

namespace hezhang::sync {
namespace {

constexpr std::uint32_t kPartsMax = 1U << 20;
constexpr std::size_t kCellsOfRecord = 256;  // with more, empty ones are not kept

bool isFieldBefore(const std::unique_ptr<KeptCell>& cell, std::string_view field) {
    return cell->field() < field;
}

}  // namespace

KeptCell* KeptState::OfRecord::find(std::string_view field) const {
    const auto at = std::lower_bound(cells.begin(), cells.end(), field, isFieldBefore);
    return at != cells.end() && (*at)->field() == field ? at->get() : nullptr;
}

// REQUIRES: none of its field is here.
KeptCell& KeptState::OfRecord::add(std::unique_ptr<KeptCell> cell) {
    const auto at =
        std::lower_bound(cells.begin(), cells.end(), std::string_view(cell->field()), isFieldBefore);
    return **cells.insert(at, std::move(cell));
}

// In the order of the tables, so that their pages are passed once.
Result<void> KeptState::flush() {
    std::sort(m_changed.begin(), m_changed.end());
    for (const RecordId& record : m_changed) {
        OfRecord& of = *m_live.find(record);
        for (const auto& cell : of.cells) {
            HZ_CHECK(cell->changed().empty() ? Result<void>() : flushCell(record, *cell));
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
    if (m_bytes.all > kBytesKept) {
        dropCells();
    }
}

void KeptState::dropCells() {
    m_live.clear();
    m_last = nullptr;
    m_bytes.largest = 0;
}

// One large cell beside others must not be read again and again.
Result<void> KeptState::makeRoom() {
    if (m_bytes.all <= m_bytes.largest + kBytesMax) {
        return {};
    }
    HZ_CHECK(flush());
    dropCells();
    return {};
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
    if (const std::optional<RecordRow>* known = m_records.find(id); known != nullptr) {
        return *known;
    }
    HZ_TRY(std::optional<RecordRow> row,
           selectOne(m_database, "SELECT id, scope, key, sum FROM record WHERE id = ?1", recordOf, id));
    if (m_records.size() >= kRecordsMax) {
        m_records.clear();
    }
    m_records.add(id, row);
    return row;
}

Result<void> KeptState::putRecord(const RecordRow& row) {
    HZ_TRY(const std::optional<RecordRow> known, record(row.id));
    if (known) {
        return {};
    }
    const Bytes key = encode(row.key);
    HZ_CHECK(change(
        m_database, "INSERT OR IGNORE INTO record(id, register, scope, key, sum) VALUES(?1, ?2, ?3, ?4, ?5)",
        row.id, row.key.registerName, row.scope, key, rowSum({row.id.view(), viewOf(row.scope), key})));
    m_records.put(row.id, row);
    return {};
}

// -- live values

Result<KeptState::OfRecord*> KeptState::open(const RecordId& record) {
    if (m_last != nullptr && m_lastId == record) {
        return m_last;
    }
    HZ_CHECK(makeRoom());
    if (OfRecord* known = m_live.find(record); known != nullptr) {
        m_lastId = record;
        m_last = known;
        return known;
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
    m_lastId = record;
    m_last = &m_live.add(record);
    m_last->hidden = std::move(hidden);
    return m_last;
}

// A row of (record, field, rows, part).
static Result<void> readPart(const storage::Query& query, KeptCell& cell) {
    CellPart part;
    HZ_CHECK(decodePart(query.blobView(2), part));
    const std::int64_t number = query.int64(3);
    if (number < 0 || number >= kPartsMax) {
        return fail(ErrorCode::storageCorrupt, "database: a part of a cell has no such number");
    }
    cell.read(std::move(part), static_cast<std::uint32_t>(number));
    return {};
}

// Whoever names many fields that are not there must not make every search of the record a long one.
void KeptState::dropEmpty(OfRecord& of) {
    if (of.cells.size() >= kCellsOfRecord) {
        std::erase_if(of.cells, [](const auto& cell) {
            return cell->count() == 0 && cell->partsStored() == 0 && cell->changed().empty();
        });
    }
}

Result<KeptCell*> KeptState::load(const RecordId& record, OfRecord& of, std::string_view field) {
    if (KeptCell* known = of.find(field); known != nullptr) {
        return known;
    }
    dropEmpty(of);
    auto fresh = std::make_unique<KeptCell>(m_bytes, field);
    if (!of.isWhole) {
        HZ_TRY(auto query, m_database.query("SELECT record, field, rows, part FROM cell"
                                            " WHERE record = ?1 AND field = ?2"));
        query.bind(record, field);
        HZ_CHECK(eachRow(query, [&](Columns&) { return readPart(query, *fresh); }));
        fresh->endReading();
    }
    return &of.add(std::move(fresh));
}

Result<KeptCell*> KeptState::cell(const RecordId& record, std::string_view field) {
    HZ_TRY(OfRecord * of, open(record));
    return load(record, *of, field);
}

Result<KeptState::OfRecord*> KeptState::loadWhole(const RecordId& record) {
    HZ_TRY(OfRecord * of, open(record));
    if (of->isWhole) {
        return of;
    }
    OfRecord fresh;
    HZ_TRY(auto query, m_database.query("SELECT record, field, rows, part FROM cell WHERE record = ?1"));
    query.bind(record);
    HZ_CHECK(eachRow(query, [&](Columns&) -> Result<void> {
        const std::string field = query.text(1);
        if (of->find(field) != nullptr) {
            return {};
        }
        KeptCell* begun = fresh.find(field);
        return readPart(query,
                        begun != nullptr ? *begun : fresh.add(std::make_unique<KeptCell>(m_bytes, field)));
    }));
    for (auto& cell : fresh.cells) {
        cell->endReading();
        of->add(std::move(cell));
    }
    of->isWhole = true;
    return of;
}

Result<KeptState::Place> KeptState::locate(const RecordId& record, std::string_view field, OpRef ref) {
    HZ_TRY(KeptCell * nearest, cell(record, field));
    if (CellRow* row = nearest->find(ref); row != nullptr) {
        return Place{nearest, row};
    }
    HZ_TRY(const OfRecord* of, loadWhole(record));
    for (const auto& cell : of->cells) {
        if (CellRow* row = cell->find(ref); row != nullptr) {
            return Place{cell.get(), row};
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

void KeptState::noteChange(const RecordId& record, OfRecord& of, KeptCell& cell, const CellRow& row) {
    noteChange(record, of);
    m_areElementsChanged = m_areElementsChanged || row.kind == OpKind::add;
    cell.noteChanged(row.ref);
}

// What hides it is kept: it may come back.
void KeptState::take(const RecordId& record, OfRecord& of, const Place& place) {
    const CellRow row = place.cell->take(*place.row);
    for (const OpRef by : row.hiders) {
        of.hidden.emplace(row.ref, by);
        of.isHiddenChanged = true;
    }
    noteChange(record, of, *place.cell, row);
}

static void appendShown(const RecordId& record, const KeptCell& cell, std::vector<LiveRow>& rows) {
    for (const auto& one : cell.rows()) {
        if (!one->isBare) {
            rows.push_back(one->shown(record, cell.field()));
        }
    }
}

Result<std::vector<LiveRow>> KeptState::liveOf(const RecordId& record) {
    HZ_TRY(const OfRecord* of, loadWhole(record));
    std::vector<LiveRow> rows;
    for (const auto& cell : of->cells) {
        appendShown(record, *cell, rows);
    }
    return rows;
}

Result<std::vector<LiveRow>> KeptState::liveOfCell(const RecordId& record, std::string_view field) {
    HZ_TRY(const KeptCell* cell, this->cell(record, field));
    std::vector<LiveRow> rows;
    rows.reserve(cell->rows().size());
    appendShown(record, *cell, rows);
    return rows;
}

Result<std::size_t> KeptState::liveCount(const RecordId& record, std::string_view field) {
    HZ_TRY(const KeptCell* cell, this->cell(record, field));
    return cell->count();
}

Result<std::optional<LiveRow>> KeptState::liveRow(const RecordId& record, std::string_view field, OpRef ref) {
    HZ_TRY(const Place place, locate(record, field, ref));
    if (place.row == nullptr) {
        return std::optional<LiveRow>{};
    }
    std::optional<LiveRow> row = place.row->shown(record, place.cell->field());
    place.cell->makeBare(*place.row);
    return row;
}

Result<void> KeptState::putLive(const LiveRow& row) {
    HZ_TRY(OfRecord * of, open(row.record));
    HZ_TRY(KeptCell * cell, load(row.record, *of, row.field));
    if (CellRow* known = cell->find(row.ref); known != nullptr) {
        take(row.record, *of, {cell, known});
    }
    CellRow fresh = CellRow::of(row);
    fresh.isBare = false;
    const auto first = of->hidden.lower_bound({row.ref, {INT64_MIN, 0}});
    auto last = first;
    for (; last != of->hidden.end() && last->first == row.ref; ++last) {
        fresh.hiders.push_back(last->second);
        of->isHiddenChanged = true;
    }
    of->hidden.erase(first, last);
    noteChange(row.record, *of, *cell, fresh);
    cell->makeBare(cell->put(std::move(fresh)));
    return {};
}

Result<bool> KeptState::eraseLive(const RecordId& record, std::string_view field, OpRef ref) {
    HZ_TRY(const Place place, locate(record, field, ref));
    if (place.row == nullptr) {
        return false;
    }
    HZ_TRY(OfRecord * of, open(record));
    take(record, *of, place);
    return true;
}

Result<void> KeptState::writePart(const RecordId& record, const KeptCell& cell, std::uint32_t part,
                                  std::vector<const CellRow*> rows, const std::vector<CoveredRow>& covered) {
    if (rows.empty() && covered.empty()) {
        return change(m_database, "DELETE FROM cell WHERE record = ?1 AND field = ?2 AND part = ?3", record,
                      cell.field(), part);
    }
    std::sort(rows.begin(), rows.end(), [](const CellRow* a, const CellRow* b) { return a->ref < b->ref; });
    const auto assigns = std::count_if(rows.begin(), rows.end(), [](const CellRow* one) {
        return one->kind == OpKind::assign && !one->isBare;
    });
    return change(
        m_database,
        "INSERT OR REPLACE INTO cell(record, field, part, assigns, rows) VALUES(?1, ?2, ?3, ?4, ?5)", record,
        cell.field(), part, assigns, encodePart(rows, covered));
}

// The parts in which something has changed, of a cell that has several, or had.
Result<void> KeptState::writeParts(const RecordId& record, const KeptCell& cell, std::uint32_t parts) {
    struct Content {
        std::vector<const CellRow*> rows;
        std::vector<CoveredRow> covered;
    };
    const auto partHolding = [&](OpRef ref) { return parts > 1 ? partOf(ref, parts) : 0; };
    std::map<std::uint32_t, Content> toWrite;
    for (const OpRef ref : cell.changed()) {
        toWrite[partHolding(ref)];
    }
    for (std::uint32_t part = 0; parts != cell.partsStored() && part < parts; ++part) {
        toWrite[part];
    }
    if (parts < cell.partsStored()) {
        HZ_CHECK(change(m_database, "DELETE FROM cell WHERE record = ?1 AND field = ?2 AND part >= ?3",
                        record, cell.field(), parts));
        toWrite.erase(toWrite.lower_bound(parts), toWrite.end());
    }
    for (const auto& one : cell.rows()) {
        const auto part = toWrite.find(partHolding(one->ref));
        if (part != toWrite.end()) {
            part->second.rows.push_back(one.get());
        }
    }
    for (const CoveredRow& one : cell.covered()) {
        const auto part = toWrite.find(partHolding(one.ref));
        if (part != toWrite.end()) {
            part->second.covered.push_back(one);
        }
    }
    for (auto& [part, content] : toWrite) {
        HZ_CHECK(writePart(record, cell, part, std::move(content.rows), content.covered));
    }
    return {};
}

Result<void> KeptState::flushCell(const RecordId& record, KeptCell& cell) {
    const std::uint32_t parts = partsFor(cell.count());
    if (parts <= 1 && cell.partsStored() <= 1) {
        std::vector<const CellRow*> rows;
        rows.reserve(cell.rows().size());
        for (const auto& one : cell.rows()) {
            rows.push_back(one.get());
        }
        HZ_CHECK(writePart(record, cell, 0, std::move(rows), cell.covered()));
    } else {
        HZ_CHECK(writeParts(record, cell, parts));
    }
    std::vector<Value> elements = cell.elements();
    HZ_CHECK(writeElements(record, cell, elements));
    cell.noteWritten(parts, std::move(elements));
    return {};
}

Result<void> KeptState::writeElements(const RecordId& record, const KeptCell& cell,
                                      const std::vector<Value>& elements) {
    const std::vector<Value>& stored = cell.elementsStored();
    std::vector<Value> gone;
    std::vector<Value> fresh;
    std::set_difference(stored.begin(), stored.end(), elements.begin(), elements.end(),
                        std::back_inserter(gone));
    std::set_difference(elements.begin(), elements.end(), stored.begin(), stored.end(),
                        std::back_inserter(fresh));
    for (const Value& value : gone) {
        HZ_CHECK(change(m_database, "DELETE FROM element WHERE field = ?1 AND value = ?2 AND record = ?3",
                        cell.field(), value.encoded(), record));
    }
    for (const Value& value : fresh) {
        HZ_CHECK(change(m_database, "INSERT OR IGNORE INTO element(field, value, record) VALUES(?1, ?2, ?3)",
                        cell.field(), value.encoded(), record));
    }
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
    if (place.row == nullptr) {
        noteChange(record, *of);
        of->hidden.emplace(hidden, by);
        of->isHiddenChanged = true;
        return noteCrossing(record, by);
    }
    place.cell->hide(*place.row, by);
    noteChange(record, *of, *place.cell, *place.row);
    place.cell->makeBare(*place.row);
    return place.cell->field() != field ? noteCrossing(record, by) : Result<void>();
}

Result<void> KeptState::hideFromAnywhere(const RecordId& record, OpRef hidden, OpRef by) {
    HZ_CHECK(hide(record, kDeletedField, hidden, by));
    return noteCrossing(record, by);
}

Result<std::vector<std::pair<OpRef, OpRef>>> KeptState::hiddenIn(const RecordId& record) {
    HZ_TRY(const OfRecord* of, loadWhole(record));
    std::vector<std::pair<OpRef, OpRef>> pairs(of->hidden.begin(), of->hidden.end());
    for (const auto& cell : of->cells) {
        for (const auto& one : cell->rows()) {
            for (const OpRef by : one->hiders) {
                pairs.emplace_back(one->ref, by);
            }
        }
        for (const CoveredRow& one : cell->covered()) {
            pairs.emplace_back(one.ref, one.by);
        }
    }
    std::sort(pairs.begin(), pairs.end());
    return pairs;
}

void KeptState::unhideIn(const RecordId& record, OfRecord& of, KeptCell& cell, OpRef by,
                         std::vector<OpRef>& bare) {
    for (CellRow* row : cell.unhide(by)) {
        noteChange(record, of, cell, *row);
        if (row->hiders.empty() && row->isBare) {
            bare.push_back(row->ref);
        }
        cell.makeBare(*row);
    }
}

Result<std::vector<OpRef>> KeptState::unhide(const RecordId& record, std::string_view field, OpRef by) {
    HZ_TRY(OfRecord * of, open(record));
    HZ_TRY(const bool isCrossing, endCrossing(record, by));
    std::vector<OpRef> bare;
    if (isCrossing) {
        HZ_CHECK(loadWhole(record));
        for (const auto& cell : of->cells) {
            unhideIn(record, *of, *cell, by, bare);
        }
        std::sort(bare.begin(), bare.end());
    } else {
        HZ_TRY(KeptCell * cell, load(record, *of, field));
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
