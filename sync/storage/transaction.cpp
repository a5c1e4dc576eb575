// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include <sqlite3.h>

#include <string>
#include <utility>

#include "sync/base/check.h"
#include "sync/storage/connection.h"
#include "sync/storage/database.h"

namespace hezhang::storage {

static Result<void> runOnce(Database& database, std::string_view sql) {
    HZ_TRY(auto query, database.query(sql));
    return query.run();
}

Result<Transaction> Transaction::beginImmediate(Database& database) {
    HZ_CHECK(runOnce(database, "BEGIN IMMEDIATE"));
    database.m_connection->isInTransaction = true;
    return Transaction(*database.m_connection);
}

Result<Transaction> Transaction::beginRead(Database& database) {
    HZ_CHECK(runOnce(database, "BEGIN"));
    database.m_connection->isInTransaction = true;
    Transaction transaction(*database.m_connection);
    // BEGIN alone waits for the first read to fix what is seen.
    HZ_CHECK(runOnce(database, "SELECT 1 FROM sqlite_schema LIMIT 1"));
    return transaction;
}

Transaction::Transaction(Transaction&& other) noexcept
    : m_connection(std::exchange(other.m_connection, nullptr)) {}

Transaction& Transaction::operator=(Transaction&& other) noexcept {
    if (this != &other) {
        rollback();
        m_connection = std::exchange(other.m_connection, nullptr);
    }
    return *this;
}

Transaction::~Transaction() {
    rollback();
}

// Some errors (disk full, I/O) have rolled back already.
void Transaction::rollback() {
    Connection* connection = std::exchange(m_connection, nullptr);
    if (connection == nullptr) {
        return;
    }
    connection->isInTransaction = false;
    connection->undoneBy.reset();
    if (sqlite3_get_autocommit(connection->handle) == 0) {
        sqlite3_exec(connection->handle, "ROLLBACK", nullptr, nullptr, nullptr);
    }
}

Result<void> Transaction::commit() {
    HZ_ASSERT(m_connection != nullptr);
    sqlite3* handle = m_connection->handle;
    auto result = m_connection->undoneBy
                      ? fail(*m_connection->undoneBy)
                      : check(handle, sqlite3_exec(handle, "COMMIT", nullptr, nullptr, nullptr));
    rollback();
    return result;
}

static Result<int> versionOf(Database& database) {
    HZ_TRY(auto query, database.query("PRAGMA user_version"));
    HZ_TRY(const bool answered, query.step());
    return answered ? static_cast<int>(query.int64(0)) : 0;
}

static Result<void> migrateOne(Database& database, const Migration& migration) {
    HZ_TRY(auto transaction, Transaction::beginImmediate(database));
    HZ_TRY(const int version, versionOf(database));
    // Another process may have been faster.
    if (version >= migration.version) {
        return {};
    }
    HZ_CHECK(database.exec(migration.sql));
    HZ_CHECK(migration.convert != nullptr ? migration.convert(database) : Result<void>());
    HZ_CHECK(database.exec("PRAGMA user_version=" + std::to_string(migration.version)));
    return transaction.commit();
}

Result<void> migrate(Database& database, std::span<const Migration> migrations) {
    HZ_TRY(const int version, versionOf(database));
    const int known = migrations.empty() ? 0 : migrations.back().version;
    if (version > known) {
        return fail(ErrorCode::wrongVersion, "the database has version " + std::to_string(version) +
                                                 ", this program knows " + std::to_string(known));
    }
    int previous = 0;
    for (const Migration& migration : migrations) {
        HZ_ASSERT(migration.version > previous);
        previous = migration.version;
        if (migration.version > version) {
            HZ_CHECK(migrateOne(database, migration));
        }
    }
    return {};
}

}  // namespace hezhang::storage
