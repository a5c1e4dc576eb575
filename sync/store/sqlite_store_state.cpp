// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// SqliteStore: records and the projection.
#include <algorithm>
#include <iterator>
#include <tuple>

#include "sync/store/sqlite_state_rows.h"
#include "sync/store/sqlite_store.h"

namespace hezhang::sync {
namespace {

constexpr std::size_t kCandidatesMax = 20;

RecordId recordIdIn(Columns& row) {
    return row.id<RecordId>();
}

// Parts come in no order that a reader would want.
void sortByCell(std::vector<LiveRow>& rows) {
    std::sort(rows.begin(), rows.end(), [](const LiveRow& a, const LiveRow& b) {
        return std::tie(a.field, a.order, a.ref) < std::tie(b.field, b.order, b.ref);
    });
}

// Of a query of parts, without bare rows.
template <class... Values>
Result<std::vector<LiveRow>> selectLive(storage::Database& database, std::string_view sql,
                                        const Values&... values) {
    std::vector<LiveRow> rows;
    HZ_TRY(auto query, database.query(sql));
    HZ_CHECK(eachRow(query.bind(values...), [&](Columns&) -> Result<void> {
        HZ_TRY(const StoredPart part, storedPartOf(query));
        for (const CellRow& one : part.values.rows) {
            if (!one.isBare) {
                rows.push_back(one.shown(part.record, part.field));
            }
        }
        return {};
    }));
    sortByCell(rows);
    return rows;
}

// The smallest or largest id that starts with the digits. An odd last digit is half a byte. nullopt: none
// can.
std::optional<RecordId> idFrom(std::string_view hexStart, char fill) {
    if (hexStart.size() > 2 * RecordId::kSize) {
        return std::nullopt;
    }
    std::string digits(hexStart);
    digits.resize(2 * RecordId::kSize, fill);
    return RecordId::fromHexText(digits);
}

}  // namespace

// -- records

Result<std::optional<RecordRow>> SqliteStore::record(const RecordId& id) {
    return reading(m_state, [&](KeptState& state) { return state.record(id); });
}

Result<void> SqliteStore::putRecord(const RecordRow& row) {
    return changing(m_state, [&](KeptState& state) { return state.putRecord(row); });
}

Result<std::vector<RecordRow>> SqliteStore::recordsOf(std::string_view registerName) {
    if (registerName.empty()) {
        return selectAll(m_database, "SELECT id, scope, key, sum FROM record ORDER BY id", recordOf);
    }
    return selectAll(m_database, "SELECT id, scope, key, sum FROM record WHERE register = ?1 ORDER BY id",
                     recordOf, registerName);
}

Result<std::vector<RecordId>> SqliteStore::recordsStartingWith(std::string_view hexStart) {
    const std::optional<RecordId> first = idFrom(hexStart, '0');
    const std::optional<RecordId> last = idFrom(hexStart, 'f');
    if (!first || !last) {
        return std::vector<RecordId>{};
    }
    return selectAll(m_database, "SELECT id FROM record WHERE id BETWEEN ?1 AND ?2 ORDER BY id LIMIT ?3",
                     recordIdIn, *first, *last, kCandidatesMax);
}

// The text stands in the encoded key as it is, so most keys need not be decoded to see that it does not.
Result<std::vector<RecordRow>> SqliteStore::recordsNaming(std::string_view registerName,
                                                          std::string_view text) {
    HZ_TRY(
        std::vector<RecordRow> rows,
        selectAll(
            m_database,
            "SELECT id, scope, key, sum FROM record WHERE register = ?1 AND instr(key, CAST(?2 AS BLOB)) > 0"
            " ORDER BY id",
            recordOf, registerName, text));
    std::erase_if(rows, [&](const RecordRow& row) { return !row.key.names(text); });
    return rows;
}

// -- projection: live values

// Outside a transaction a cell is read alone, not with its whole record.
Result<std::vector<LiveRow>> SqliteStore::liveOf(const RecordId& record) {
    if (m_transaction) {
        return m_state.liveOf(record);
    }
    return selectLive(m_database, "SELECT record, field, rows FROM cell WHERE record = ?1", record);
}

Result<std::vector<LiveRow>> SqliteStore::liveOfCell(const RecordId& record, std::string_view field) {
    if (m_transaction) {
        return m_state.liveOfCell(record, field);
    }
    return selectLive(m_database, "SELECT record, field, rows FROM cell WHERE record = ?1 AND field = ?2",
                      record, field);
}

Result<std::size_t> SqliteStore::liveCount(const RecordId& record, std::string_view field) {
    return reading(m_state, [&](KeptState& state) { return state.liveCount(record, field); });
}

Result<void> SqliteStore::eachLive(std::string_view registerName,
                                   const std::function<void(LiveRow&&)>& visit) {
    HZ_CHECK(m_state.flush());
    const bool isOfAll = registerName.empty();
    HZ_TRY(auto query,
           m_database.query(isOfAll ? "SELECT record, field, rows FROM cell ORDER BY record"
                                    : "SELECT cell.record, field, rows FROM record CROSS JOIN cell"
                                      " ON cell.record = record.id WHERE register = ?1"
                                      " ORDER BY record.id"));
    isOfAll ? query.bind() : query.bind(registerName);
    std::vector<LiveRow> ofRecord;
    const auto visitAll = [&] {
        sortByCell(ofRecord);
        for (LiveRow& row : ofRecord) {
            visit(std::move(row));
        }
        ofRecord.clear();
    };
    HZ_CHECK(eachRow(query, [&](Columns&) -> Result<void> {
        HZ_TRY(const StoredPart part, storedPartOf(query));
        if (!ofRecord.empty() && ofRecord.front().record != part.record) {
            visitAll();
        }
        std::vector<LiveRow> more = part.shown();
        std::move(more.begin(), more.end(), std::back_inserter(ofRecord));
        return {};
    }));
    visitAll();
    return {};
}

Result<std::vector<RecordId>> SqliteStore::recordsHolding(std::string_view field, const Value& element) {
    HZ_CHECK(m_state.flushElements());
    return selectAll(m_database, "SELECT record FROM element WHERE field = ?1 AND value = ?2 ORDER BY record",
                     recordIdIn, field, element.encoded());
}

Result<std::vector<LiveRow>> SqliteStore::addsOf(std::string_view field) {
    HZ_CHECK(m_state.flushElements());
    HZ_TRY(std::vector<LiveRow> adds,
           selectLive(m_database,
                      "SELECT record, field, rows FROM cell WHERE field = ?1 AND record IN"
                      " (SELECT record FROM element WHERE field = ?1)",
                      field));
    std::erase_if(adds, [](const LiveRow& row) { return row.kind != OpKind::add; });
    std::sort(adds.begin(), adds.end(), [](const LiveRow& a, const LiveRow& b) {
        return std::tie(a.order, a.ref, a.record) < std::tie(b.order, b.ref, b.record);
    });
    return adds;
}

// The engine asks for the field of the index.
Result<std::vector<RecordId>> SqliteStore::recordsWithSeveral(std::string_view alwaysField) {
    HZ_CHECK(m_state.flush());
    HZ_TRY(
        std::vector<RecordId> records,
        selectAll(
            m_database,
            "SELECT DISTINCT record FROM cell INDEXED BY cell_several"
            " WHERE (assigns > 1 OR part > 0 OR field = 'deleted') AND (assigns > 1 OR field = ?1 OR part > 0"
            " AND (SELECT sum(assigns) FROM cell c WHERE c.record = cell.record AND c.field = cell.field) > "
            "1)"
            " ORDER BY record",
            recordIdIn, alwaysField));
    if (alwaysField != kDeletedField) {
        HZ_TRY(const std::vector<RecordId> more,
               selectAll(m_database, "SELECT DISTINCT record FROM cell WHERE field = ?1", recordIdIn,
                         alwaysField));
        records.insert(records.end(), more.begin(), more.end());
        std::sort(records.begin(), records.end());
        records.erase(std::unique(records.begin(), records.end()), records.end());
    }
    return records;
}

Result<void> SqliteStore::putLive(const LiveRow& row) {
    return changing(m_state, [&](KeptState& state) { return state.putLive(row); });
}

// Asked for one value of a cell after the other: outside a transaction, too, the cell is read once.
Result<std::optional<LiveRow>> SqliteStore::liveRow(const RecordId& record, std::string_view field,
                                                    OpRef ref) {
    if (m_transaction) {
        return m_state.liveRow(record, field, ref);
    }
    HZ_TRY(const std::int64_t version, m_database.dataVersion());
    if (version != m_readVersion) {
        m_reading.forget();
        m_readVersion = version;
    }
    auto row = m_reading.liveRow(record, field, ref);
    m_reading.trim();
    return row;
}

Result<bool> SqliteStore::eraseLive(const RecordId& record, std::string_view field, OpRef ref) {
    return changing(m_state, [&](KeptState& state) { return state.eraseLive(record, field, ref); });
}

// -- projection: what ops hide, name early, name in a delete

Result<void> SqliteStore::hide(const RecordId& record, std::string_view field, OpRef hidden, OpRef by) {
    return changing(m_state, [&](KeptState& state) { return state.hide(record, field, hidden, by); });
}

Result<std::vector<std::pair<OpRef, OpRef>>> SqliteStore::hiddenIn(const RecordId& record) {
    return reading(m_state, [&](KeptState& state) { return state.hiddenIn(record); });
}

Result<std::vector<OpRef>> SqliteStore::unhide(const RecordId& record, std::string_view field, OpRef by) {
    return changing(m_state, [&](KeptState& state) { return state.unhide(record, field, by); });
}

Result<void> SqliteStore::handOn(const RecordId& record, OpRef op) {
    return changing(m_state, [&](KeptState& state) { return state.handOn(record, op); });
}

Result<void> SqliteStore::putEarly(OpRef ref) {
    return changing(m_state, [&](KeptState& state) { return state.putEarly(ref); });
}

Result<bool> SqliteStore::isEarly(OpRef ref) {
    return reading(m_state, [&](KeptState& state) { return state.isEarly(ref); });
}

Result<std::vector<OpRef>> SqliteStore::earlies() {
    return selectAll(m_database, "SELECT branch, counter FROM early ORDER BY branch, counter", refOf);
}

Result<void> SqliteStore::putNamed(const RecordId& record, OpRef by, OpRef named) {
    return changing(m_state, [&](KeptState& state) { return state.putNamed(record, by, named); });
}

Result<std::vector<std::pair<OpRef, OpRef>>> SqliteStore::namedIn(const RecordId& record) {
    return reading(m_state, [&](KeptState& state) { return state.namedIn(record); });
}

Result<void> SqliteStore::eraseNamed(const RecordId& record, OpRef by) {
    return changing(m_state, [&](KeptState& state) { return state.eraseNamed(record, by); });
}

// -- projection: set aside

Result<void> SqliteStore::putAside(const AsideRow& row) {
    return changing(m_state, [&](KeptState& state) { return state.putAside(row); });
}

Result<std::optional<AsideRow>> SqliteStore::asideOf(OpRef ref) {
    return reading(m_state, [&](KeptState& state) { return state.asideOf(ref); });
}

Result<void> SqliteStore::eraseAside(OpRef ref) {
    return changing(m_state, [&](KeptState& state) { return state.eraseAside(ref); });
}

Result<std::vector<AsideRow>> SqliteStore::asides() {
    return selectAll(
        m_database,
        "SELECT branch, counter, record, field, reason, is_mine FROM aside ORDER BY branch, counter",
        asideRowOf);
}

Result<void> SqliteStore::clearProjection() {
    return changing(m_state, [&](KeptState& state) { return state.clearProjection(); });
}

}  // namespace hezhang::sync
