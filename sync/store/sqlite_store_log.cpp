// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// SqliteStore: the log as far as it is here, devices, and what only a county keeps.
#include <algorithm>
#include <limits>

#include "sync/store/sqlite_rows.h"
#include "sync/store/sqlite_store.h"

namespace hezhang::sync {
namespace {

Hash hashOf(Columns& row) {
    return row.id<Hash>();
}
std::uint64_t numberOf(Columns& row) {
    return row.number();
}
EntryRow entryOf(Columns& row) {
    return {row.number(), row.bytes(), row.signedNumber()};
}

DeviceRow deviceOf(Columns& row) {
    return {{row.id<DeviceId>(), row.bytes(), row.id<RecordId>(), row.id<RecordId>(), row.text()},
            row.number(),
            row.truth()};
}

InvitationRow invitationOf(Columns& row) {
    return {row.bytes(), row.bytes(), row.id<RecordId>(), row.id<RecordId>(), row.text(),
            row.text(),  row.text(),  row.signedNumber(), row.id<DeviceId>(), row.id<DeviceId>()};
}

}  // namespace

// -- the log as far as it is here

Result<void> SqliteStore::putEntry(const EntryRow& row) {
    return change(m_database, "INSERT OR REPLACE INTO entry(position, bytes, page) VALUES(?1, ?2, ?3)",
                  row.position, row.entry, row.page);
}

Result<std::optional<EntryRow>> SqliteStore::entry(std::uint64_t position) {
    return selectOne(m_database, "SELECT position, bytes, page FROM entry WHERE position = ?1", entryOf,
                     position);
}

Result<std::vector<EntryRow>> SqliteStore::entries(std::uint64_t from, std::size_t limit) {
    const auto rows = std::min<std::uint64_t>(limit, std::numeric_limits<std::int64_t>::max());
    return selectAll(
        m_database, "SELECT position, bytes, page FROM entry WHERE position >= ?1 ORDER BY position LIMIT ?2",
        entryOf, from, rows);
}

Result<void> SqliteStore::eraseEntriesFrom(std::uint64_t position) {
    return change(m_database, "DELETE FROM entry WHERE position >= ?1", position);
}

Result<std::int64_t> SqliteStore::addPage(const Bytes& headAndProof) {
    HZ_CHECK(change(m_database, "INSERT INTO page(bytes) VALUES(?1)", headAndProof));
    return m_database.lastInsertRowId();
}

Result<std::optional<Bytes>> SqliteStore::page(std::int64_t id) {
    return selectOne(
        m_database, "SELECT bytes FROM page WHERE id = ?1", [](Columns& row) { return row.bytes(); }, id);
}

Result<void> SqliteStore::putHead(const Head& head) {
    return change(m_database, "INSERT OR REPLACE INTO head(size, bytes) VALUES(?1, ?2)", head.size,
                  encode(head));
}

Result<std::vector<Head>> SqliteStore::heads() {
    return selectAll(m_database, "SELECT bytes FROM head ORDER BY size DESC",
                     [](Columns& row) { return row.decoded<Head>("head"); });
}

Result<void> SqliteStore::eraseHeadsOver(std::uint64_t size) {
    return change(m_database, "DELETE FROM head WHERE size > ?1", size);
}

Result<void> SqliteStore::putOrphan(const EntryRow& row) {
    return change(m_database, "INSERT OR REPLACE INTO orphan(position, bytes, page) VALUES(?1, ?2, ?3)",
                  row.position, row.entry, row.page);
}

Result<std::vector<EntryRow>> SqliteStore::orphans() {
    return selectAll(m_database, "SELECT position, bytes, page FROM orphan ORDER BY position, page", entryOf);
}

Result<void> SqliteStore::eraseOrphan(std::uint64_t position, std::int64_t page) {
    return change(m_database, "DELETE FROM orphan WHERE position = ?1 AND page = ?2", position, page);
}

// -- devices

#define HZ_DEVICE_COLUMNS "device, public_key, person, unit, role, enrolled_at, is_revoked"

Result<void> SqliteStore::putDevice(const DeviceRow& row) {
    const EnrolmentControl& enrolment = row.enrolment;
    return change(m_database,
                  "INSERT OR REPLACE INTO device(" HZ_DEVICE_COLUMNS ") VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                  enrolment.device, enrolment.publicKey, enrolment.person, enrolment.unit, enrolment.role,
                  row.enrolledAt, row.isRevoked);
}

Result<std::optional<DeviceRow>> SqliteStore::device(const DeviceId& id) {
    return selectOne(m_database, "SELECT " HZ_DEVICE_COLUMNS " FROM device WHERE device = ?1", deviceOf, id);
}

Result<std::vector<DeviceRow>> SqliteStore::devices() {
    return selectAll(m_database, "SELECT " HZ_DEVICE_COLUMNS " FROM device ORDER BY enrolled_at, device",
                     deviceOf);
}

Result<void> SqliteStore::clearDevices() {
    return change(m_database, "DELETE FROM device");
}

// -- county only

Result<std::optional<std::uint64_t>> SqliteStore::leafPosition(const Hash& leaf) {
    return selectOne(m_database, "SELECT idx FROM node WHERE level = 0 AND hash = ?1 ORDER BY idx LIMIT 1",
                     numberOf, leaf);
}

Result<std::optional<Hash>> SqliteStore::node(unsigned level, std::uint64_t index) {
    return selectOne(m_database, "SELECT hash FROM node WHERE level = ?1 AND idx = ?2", hashOf, level, index);
}

Result<void> SqliteStore::putNode(unsigned level, std::uint64_t index, const Hash& hash) {
    return change(m_database, "INSERT OR REPLACE INTO node(level, idx, hash) VALUES(?1, ?2, ?3)", level,
                  index, hash);
}

Result<void> SqliteStore::putWant(const Hash& held, const Hash& want) {
    return change(m_database, "INSERT OR REPLACE INTO want(held, want) VALUES(?1, ?2)", held, want);
}

Result<std::vector<Hash>> SqliteStore::heldFor(const Hash& want) {
    return selectAll(m_database, "SELECT held FROM want WHERE want = ?1 ORDER BY held", hashOf, want);
}

Result<std::vector<Hash>> SqliteStore::wants() {
    return selectAll(m_database, "SELECT DISTINCT want FROM want ORDER BY want", hashOf);
}

Result<void> SqliteStore::eraseWant(const Hash& held) {
    return change(m_database, "DELETE FROM want WHERE held = ?1", held);
}

Result<void> SqliteStore::putQuarantine(const Hash& hash, const DeviceId& device, Reason reason,
                                        BytesView bytes) {
    return change(m_database,
                  "INSERT OR IGNORE INTO quarantine(hash, device, reason, bytes) VALUES(?1, ?2, ?3, ?4)",
                  hash, device, reason, bytes);
}

Result<std::uint64_t> SqliteStore::quarantineBytes(const DeviceId& device) {
    HZ_TRY(const std::optional<std::uint64_t> bytes,
           selectOne(
               m_database, "SELECT ifnull(sum(length(bytes)), 0) FROM quarantine WHERE device = ?1",
               [](Columns& row) { return row.number(); }, device));
    return bytes.value_or(0);
}

Result<void> SqliteStore::putRestricted(std::uint64_t position, const DeviceId& author) {
    return change(m_database, "INSERT OR REPLACE INTO restricted(position, author) VALUES(?1, ?2)", position,
                  author);
}

Result<std::optional<DeviceId>> SqliteStore::restrictedTo(std::uint64_t position) {
    return selectOne(
        m_database, "SELECT author FROM restricted WHERE position = ?1",
        [](Columns& row) { return row.id<DeviceId>(); }, position);
}

Result<void> SqliteStore::release(std::uint64_t position, std::uint64_t before) {
    return change(m_database, "INSERT OR IGNORE INTO released(before, position) VALUES(?1, ?2)", before,
                  position);
}

Result<std::vector<std::uint64_t>> SqliteStore::releasedBefore(std::uint64_t position) {
    return selectAll(m_database, "SELECT position FROM released WHERE before = ?1 ORDER BY position",
                     numberOf, position);
}

Result<std::vector<std::uint64_t>> SqliteStore::releasePoints(std::uint64_t from, std::uint64_t end,
                                                              std::size_t most) {
    return selectAll(
        m_database,
        "SELECT DISTINCT before FROM released WHERE before >= ?1 AND before < ?2 ORDER BY before LIMIT ?3",
        numberOf, from, end, most);
}

#define HZ_INVITATION_COLUMNS \
    "code_id, code_key, person, unit, role, person_name, unit_name, expires_at, used_by, invited_by"

Result<void> SqliteStore::putInvitation(const InvitationRow& row) {
    return change(m_database,
                  "INSERT OR REPLACE INTO invitation(" HZ_INVITATION_COLUMNS
                  ") VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
                  row.codeId, row.codeKey, row.person, row.unit, row.role, row.personName, row.unitName,
                  row.expiresAt, row.usedBy, row.invitedBy);
}

Result<std::optional<InvitationRow>> SqliteStore::invitation(BytesView codeId) {
    return selectOne(m_database, "SELECT " HZ_INVITATION_COLUMNS " FROM invitation WHERE code_id = ?1",
                     invitationOf, codeId);
}

Result<std::vector<InvitationRow>> SqliteStore::openInvitations(WallMs now, std::size_t limit) {
    const auto rows = std::min<std::uint64_t>(limit, std::numeric_limits<std::int64_t>::max());
    return selectAll(
        m_database,
        "SELECT " HZ_INVITATION_COLUMNS
        " FROM invitation WHERE used_by = ?1 AND expires_at >= ?2 ORDER BY expires_at, code_id LIMIT ?3",
        invitationOf, DeviceId{}, now, rows);
}

}  // namespace hezhang::sync
