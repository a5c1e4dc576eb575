// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// SqliteStore: records and the projection.
#include <algorithm>
#include <tuple>

#include "sync/store/sqlite_rows.h"
#include "sync/store/sqlite_store.h"

namespace hezhang::sync {
namespace {

constexpr std::size_t kCandidatesMax = 20;

RecordRow recordOf(Columns& row) {
    return {row.id<RecordId>(), row.text(), row.decoded<RecordKey>("key of a record")};
}

RecordId recordIdIn(Columns& row) {
    return row.id<RecordId>();
}
OpRef refOf(Columns& row) {
    return {row.signedNumber(), row.number()};
}

LiveRow liveRowOf(Columns& row) {
    return {row.id<RecordId>(),
            row.text(),
            refOf(row),
            {row.number(), row.number()},
            row.oneOf(OpKind::assign, OpKind::increment),
            row.narrow<Rank>(),
            row.value(),
            row.id<RecordId>(),
            row.signedNumber()};
}

AsideRow asideRowOf(Columns& row) {
    return {refOf(row), row.id<RecordId>(), row.text(), static_cast<Reason>(row.narrow<std::uint8_t>()),
            row.truth()};
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
    return selectOne(m_database, "SELECT id, scope, key FROM record WHERE id = ?1", recordOf, id);
}

Result<void> SqliteStore::putRecord(const RecordRow& row) {
    return change(m_database, "INSERT OR IGNORE INTO record(id, register, scope, key) VALUES(?1, ?2, ?3, ?4)",
                  row.id, row.key.registerName, row.scope, encode(row.key));
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

#define HZ_LIVE_COLUMNS \
    "live.record, live.field, branch, counter, position, place, kind, rank, value, person, at"

Result<std::vector<LiveRow>> SqliteStore::liveOf(const RecordId& record) {
    return sorted(
        selectAll(m_database, "SELECT " HZ_LIVE_COLUMNS " FROM live WHERE record = ?1", liveRowOf, record));
}

Result<std::vector<LiveRow>> SqliteStore::liveOfCell(const RecordId& record, std::string_view field) {
    return sorted(selectAll(m_database,
                            "SELECT " HZ_LIVE_COLUMNS " FROM live WHERE record = ?1 AND field = ?2",
                            liveRowOf, record, field));
}

Result<void> SqliteStore::eachLive(std::string_view registerName,
                                   const std::function<void(LiveRow&&)>& visit) {
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
    static_assert(static_cast<int>(OpKind::add) == 2);
    return selectAll(
        m_database,
        "SELECT DISTINCT record FROM live WHERE kind = 2 AND field = ?1 AND value = ?2 ORDER BY record",
        recordIdIn, field, element.encoded());
}

Result<std::vector<LiveRow>> SqliteStore::addsOf(std::string_view field) {
    return selectAll(m_database,
                     "SELECT " HZ_LIVE_COLUMNS
                     " FROM live WHERE kind = 2 AND field = ?1"
                     " ORDER BY position, place, branch, counter, record",
                     liveRowOf, field);
}

Result<std::vector<RecordId>> SqliteStore::recordsWithSeveral(std::string_view alwaysField) {
    static_assert(static_cast<int>(OpKind::assign) == 1);
    return selectAll(m_database,
                     "SELECT DISTINCT record FROM live GROUP BY record, field"
                     " HAVING sum(kind = 1) > 1 OR field = ?1 ORDER BY record",
                     recordIdIn, alwaysField);
}

Result<void> SqliteStore::putLive(const LiveRow& row) {
    return change(
        m_database,
        "INSERT OR REPLACE INTO live(record, field, branch, counter, position, place, kind, rank, value,"
        " person, at) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        row.record, row.field, row.ref.branch, row.ref.counter, row.order.position, row.order.place, row.kind,
        row.rank, row.value.encoded(), row.person, row.at);
}

Result<std::optional<LiveRow>> SqliteStore::liveRow(const RecordId& record, OpRef ref) {
    return selectOne(m_database,
                     "SELECT " HZ_LIVE_COLUMNS
                     " FROM live INDEXED BY live_op WHERE branch = ?1 AND counter = ?2 AND record = ?3",
                     liveRowOf, ref.branch, ref.counter, record);
}

Result<bool> SqliteStore::eraseLive(const RecordId& record, OpRef ref) {
    HZ_CHECK(change(m_database,
                    "DELETE FROM live INDEXED BY live_op WHERE branch = ?1 AND counter = ?2 AND record = ?3",
                    ref.branch, ref.counter, record));
    return m_database.changes() > 0;
}

// -- projection: what ops hide, name early, name in a delete

Result<void> SqliteStore::hide(OpRef hidden, OpRef by) {
    return change(
        m_database,
        "INSERT OR IGNORE INTO hidden(branch, counter, by_branch, by_counter) VALUES(?1, ?2, ?3, ?4)",
        hidden.branch, hidden.counter, by.branch, by.counter);
}

Result<bool> SqliteStore::isHidden(OpRef ref) {
    return isAny(m_database, "SELECT 1 FROM hidden WHERE branch = ?1 AND counter = ?2", ref.branch,
                 ref.counter);
}

Result<bool> SqliteStore::hasHidden() {
    return isAny(m_database, "SELECT 1 FROM hidden");
}

Result<void> SqliteStore::unhide(OpRef by) {
    return change(m_database, "DELETE FROM hidden WHERE by_branch = ?1 AND by_counter = ?2", by.branch,
                  by.counter);
}

Result<void> SqliteStore::handOn(const RecordId& record, OpRef op) {
    HZ_CHECK(change(m_database,
                    "INSERT OR IGNORE INTO hidden(branch, counter, by_branch, by_counter)"
                    " SELECT h.branch, h.counter, u.by_branch, u.by_counter FROM hidden h, hidden u"
                    " WHERE h.by_branch = ?2 AND h.by_counter = ?3 AND u.branch = ?2 AND u.counter = ?3"
                    " AND EXISTS (SELECT 1 FROM live l WHERE l.branch = h.branch AND l.counter = h.counter"
                    " AND l.record = ?1)",
                    record, op.branch, op.counter));
    return change(m_database,
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
                  record, op.branch, op.counter);
}

Result<void> SqliteStore::putEarly(OpRef ref) {
    return change(m_database, "INSERT OR IGNORE INTO early(branch, counter) VALUES(?1, ?2)", ref.branch,
                  ref.counter);
}

Result<bool> SqliteStore::isEarly(OpRef ref) {
    return isAny(m_database, "SELECT 1 FROM early WHERE branch = ?1 AND counter = ?2", ref.branch,
                 ref.counter);
}

Result<std::vector<OpRef>> SqliteStore::earlies() {
    return selectAll(m_database, "SELECT branch, counter FROM early ORDER BY branch, counter", refOf);
}

Result<void> SqliteStore::putNamed(const RecordId& record, OpRef by, OpRef named) {
    return change(m_database,
                  "INSERT OR IGNORE INTO named(record, by_branch, by_counter, branch, counter)"
                  " VALUES(?1, ?2, ?3, ?4, ?5)",
                  record, by.branch, by.counter, named.branch, named.counter);
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
    return change(m_database, "DELETE FROM named WHERE record = ?1 AND by_branch = ?2 AND by_counter = ?3",
                  record, by.branch, by.counter);
}

// -- projection: set aside

Result<void> SqliteStore::putAside(const AsideRow& row) {
    return change(m_database,
                  "INSERT OR REPLACE INTO aside(branch, counter, record, field, reason, is_mine)"
                  " VALUES(?1, ?2, ?3, ?4, ?5, ?6)",
                  row.ref.branch, row.ref.counter, row.record, row.field, row.reason, row.isMine);
}

Result<std::optional<AsideRow>> SqliteStore::asideOf(OpRef ref) {
    return selectOne(m_database,
                     "SELECT branch, counter, record, field, reason, is_mine FROM aside"
                     " WHERE branch = ?1 AND counter = ?2",
                     asideRowOf, ref.branch, ref.counter);
}

Result<void> SqliteStore::eraseAside(OpRef ref) {
    return change(m_database, "DELETE FROM aside WHERE branch = ?1 AND counter = ?2", ref.branch,
                  ref.counter);
}

Result<std::vector<AsideRow>> SqliteStore::asides() {
    return selectAll(
        m_database,
        "SELECT branch, counter, record, field, reason, is_mine FROM aside ORDER BY branch, counter",
        asideRowOf);
}

Result<void> SqliteStore::clearProjection() {
    return m_database.exec(
        "DELETE FROM live; DELETE FROM hidden; DELETE FROM early; DELETE FROM named; DELETE FROM aside");
}

}  // namespace hezhang::sync
