// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// SqliteStore: records and the projection.
#include <algorithm>
#include <tuple>

#include "sync/store/sqlite_state_rows.h"
#include "sync/store/sqlite_store.h"

namespace hezhang::sync {
namespace {

constexpr std::size_t kCandidatesMax = 20;

RecordId recordIdIn(Columns& row) {
    return row.id<RecordId>();
}

// Rows come by record, field and op; nearly every cell has one, so the rest is cheaper sorted here than in
// SQL.
void sortForReading(std::vector<LiveRow>& rows) {
    std::sort(rows.begin(), rows.end(), [](const LiveRow& a, const LiveRow& b) {
        return std::tie(a.field, a.order, a.ref) < std::tie(b.field, b.order, b.ref);
    });
}

Result<std::vector<LiveRow>> sorted(Result<std::vector<LiveRow>> rows) {
    if (rows) {
        sortForReading(*rows);
    }
    return rows;
}

void visitAll(std::vector<LiveRow>& rows, const std::function<void(LiveRow&&)>& visit) {
    sortForReading(rows);
    for (LiveRow& row : rows) {
        visit(std::move(row));
    }
    rows.clear();
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
    return inState([&](KeptState& state) { return state.record(id); });
}

Result<void> SqliteStore::putRecord(const RecordRow& row) {
    return changeState([&](KeptState& state) { return state.putRecord(row); });
}

Result<std::vector<RecordRow>> SqliteStore::recordsOf(std::string_view registerName) {
    if (registerName.empty()) {
        return selectAll(m_database, "SELECT id, scope, key FROM record ORDER BY id", recordOf);
    }
    return selectAll(m_database, "SELECT id, scope, key FROM record WHERE register = ?1 ORDER BY id",
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
        selectAll(m_database,
                  "SELECT id, scope, key FROM record WHERE register = ?1 AND instr(key, CAST(?2 AS BLOB)) > 0"
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
    return sorted(
        selectAll(m_database, "SELECT " HZ_LIVE_COLUMNS " FROM live WHERE record = ?1", liveRowOf, record));
}

Result<std::vector<LiveRow>> SqliteStore::liveOfCell(const RecordId& record, std::string_view field) {
    if (m_transaction) {
        return m_state.liveOfCell(record, field);
    }
    return sorted(selectAll(m_database,
                            "SELECT " HZ_LIVE_COLUMNS " FROM live WHERE record = ?1 AND field = ?2",
                            liveRowOf, record, field));
}

Result<std::size_t> SqliteStore::liveCount(const RecordId& record, std::string_view field) {
    return inState([&](KeptState& state) { return state.liveCount(record, field); });
}

Result<void> SqliteStore::eachLive(std::string_view registerName,
                                   const std::function<void(LiveRow&&)>& visit) {
    HZ_CHECK(m_state.flush());
    const bool isOfAll = registerName.empty();
    HZ_TRY(auto query, m_database.query(isOfAll ? "SELECT " HZ_LIVE_COLUMNS " FROM live ORDER BY record"
                                                : "SELECT " HZ_LIVE_COLUMNS
                                                  " FROM record CROSS JOIN live ON live.record = record.id"
                                                  " WHERE register = ?1 ORDER BY record.id"));
    isOfAll ? query.bind() : query.bind(registerName);
    std::vector<LiveRow> ofRecord;
    for (;;) {
        HZ_TRY(const bool isFound, query.step());
        if (!isFound) {
            break;
        }
        Columns columns(query);
        LiveRow row = liveRowOf(columns);
        HZ_CHECK(columns.check());
        if (!ofRecord.empty() && ofRecord.front().record != row.record) {
            visitAll(ofRecord, visit);
        }
        ofRecord.push_back(std::move(row));
    }
    visitAll(ofRecord, visit);
    return {};
}

Result<std::vector<RecordId>> SqliteStore::recordsHolding(std::string_view field, const Value& element) {
    HZ_CHECK(m_state.flush());
    static_assert(static_cast<int>(OpKind::add) == 2);
    return selectAll(
        m_database,
        "SELECT DISTINCT record FROM live WHERE kind = 2 AND field = ?1 AND value = ?2 ORDER BY record",
        recordIdIn, field, element.encoded());
}

Result<std::vector<LiveRow>> SqliteStore::addsOf(std::string_view field) {
    HZ_CHECK(m_state.flush());
    return selectAll(m_database,
                     "SELECT " HZ_LIVE_COLUMNS
                     " FROM live WHERE kind = 2 AND field = ?1"
                     " ORDER BY position, place, branch, counter, record",
                     liveRowOf, field);
}

Result<std::vector<RecordId>> SqliteStore::recordsWithSeveral(std::string_view alwaysField) {
    HZ_CHECK(m_state.flush());
    static_assert(static_cast<int>(OpKind::assign) == 1);
    return selectAll(m_database,
                     "SELECT DISTINCT record FROM live GROUP BY record, field"
                     " HAVING sum(kind = 1) > 1 OR field = ?1 ORDER BY record",
                     recordIdIn, alwaysField);
}

Result<void> SqliteStore::putLive(const LiveRow& row) {
    return changeState([&](KeptState& state) { return state.putLive(row); });
}

Result<std::optional<LiveRow>> SqliteStore::liveRow(const RecordId& record, OpRef ref) {
    if (m_transaction) {
        return m_state.liveRow(record, ref);
    }
    return selectOne(m_database,
                     "SELECT " HZ_LIVE_COLUMNS
                     " FROM live INDEXED BY live_op WHERE branch = ?1 AND counter = ?2 AND record = ?3",
                     liveRowOf, ref.branch, ref.counter, record);
}

Result<bool> SqliteStore::eraseLive(const RecordId& record, OpRef ref) {
    return changeState([&](KeptState& state) { return state.eraseLive(record, ref); });
}

// -- projection: what ops hide, name early, name in a delete

Result<void> SqliteStore::hide(OpRef hidden, OpRef by) {
    return changeState([&](KeptState& state) { return state.hide(hidden, by); });
}

Result<bool> SqliteStore::isHidden(OpRef ref) {
    return inState([&](KeptState& state) { return state.isHidden(ref); });
}

Result<bool> SqliteStore::hasHidden() {
    return inState([&](KeptState& state) { return state.hasHidden(); });
}

Result<void> SqliteStore::unhide(OpRef by) {
    return changeState([&](KeptState& state) { return state.unhide(by); });
}

Result<void> SqliteStore::handOn(const RecordId& record, OpRef op) {
    return changeState([&](KeptState& state) { return state.handOn(record, op); });
}

Result<void> SqliteStore::putEarly(OpRef ref) {
    return changeState([&](KeptState& state) { return state.putEarly(ref); });
}

Result<bool> SqliteStore::isEarly(OpRef ref) {
    return inState([&](KeptState& state) { return state.isEarly(ref); });
}

Result<std::vector<OpRef>> SqliteStore::earlies() {
    return selectAll(m_database, "SELECT branch, counter FROM early ORDER BY branch, counter", refOf);
}

Result<void> SqliteStore::putNamed(const RecordId& record, OpRef by, OpRef named) {
    return changeState([&](KeptState& state) { return state.putNamed(record, by, named); });
}

Result<std::vector<std::pair<OpRef, OpRef>>> SqliteStore::namedIn(const RecordId& record) {
    return selectAll(
        m_database,
        "SELECT by_branch, by_counter, branch, counter FROM named WHERE record = ?1"
        " ORDER BY by_branch, by_counter, branch, counter",
        [](Columns& row) {
            return std::pair<OpRef, OpRef>{refOf(row), refOf(row)};
        },
        record);
}

Result<void> SqliteStore::eraseNamed(const RecordId& record, OpRef by) {
    return changeState([&](KeptState& state) { return state.eraseNamed(record, by); });
}

// -- projection: set aside

Result<void> SqliteStore::putAside(const AsideRow& row) {
    return changeState([&](KeptState& state) { return state.putAside(row); });
}

Result<std::optional<AsideRow>> SqliteStore::asideOf(OpRef ref) {
    return inState([&](KeptState& state) { return state.asideOf(ref); });
}

Result<void> SqliteStore::eraseAside(OpRef ref) {
    return changeState([&](KeptState& state) { return state.eraseAside(ref); });
}

Result<std::vector<AsideRow>> SqliteStore::asides() {
    return selectAll(
        m_database,
        "SELECT branch, counter, record, field, reason, is_mine FROM aside ORDER BY branch, counter",
        asideRowOf);
}

Result<void> SqliteStore::clearProjection() {
    return changeState([&](KeptState& state) { return state.clearProjection(); });
}

}  // namespace hezhang::sync
