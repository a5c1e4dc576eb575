// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "sync/storage/database.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <utility>

#include "sync/storage/connection.h"

namespace hezhang::storage {

static constexpr int kBusyTimeoutMs = 10'000;

static int openFlags(Access access) {
    switch (access) {
    case Access::create:
        return SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    case Access::open:
        return SQLITE_OPEN_READWRITE;
    case Access::readOnly:
        return SQLITE_OPEN_READONLY;
    }
    return SQLITE_OPEN_READONLY;
}

static Result<std::unique_ptr<Connection>> connect(const std::string& path, int flags) {
    sqlite3* handle = nullptr;
    const int code =
        sqlite3_open_v2(path.c_str(), &handle, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
    if (handle == nullptr) {
        return fail(ErrorCode::storageFailed, "no memory for a database connection");
    }
    auto connection = std::make_unique<Connection>(handle);
    HZ_CHECK(check(handle, code));
    sqlite3_busy_timeout(handle, kBusyTimeoutMs);
    return connection;
}

// What an open file may not do to us, and what keeps our own SQL honest. With QPSG a plan does not follow
// bound values: else a statement is parsed anew for each of them where its column stands in the condition of
// an index.
static Result<void> harden(sqlite3* handle) {
    for (const auto& [option, value] :
         {std::pair{SQLITE_DBCONFIG_DQS_DML, 0}, std::pair{SQLITE_DBCONFIG_DQS_DDL, 0},
          std::pair{SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0}, std::pair{SQLITE_DBCONFIG_DEFENSIVE, 1},
          std::pair{SQLITE_DBCONFIG_ENABLE_QPSG, 1}}) {
        HZ_CHECK(check(handle, sqlite3_db_config(handle, option, value, nullptr)));
    }
    return {};
}

Result<Database> Database::open(const std::string& path, Access access) {
    HZ_TRY(auto connection, connect(path, openFlags(access)));
    sqlite3* handle = connection->handle;
    HZ_CHECK(harden(handle));
    // SQLite falls back to reading only where the file's permissions ask for it.
    if (access != Access::readOnly && sqlite3_db_readonly(handle, "main") == 1) {
        return fail(ErrorCode::fileUnwritable, "database: the file is read-only");
    }
    Database database(std::move(connection));
    // schema_version reads the first page, so what is no database is refused here.
    HZ_CHECK(
        database.exec("PRAGMA cell_size_check=ON; PRAGMA foreign_keys=ON; PRAGMA synchronous=FULL;"
                      "PRAGMA cache_size=-16384; PRAGMA page_size=4096; PRAGMA schema_version"));
    if (access == Access::readOnly) {
        return database;
    }
    HZ_TRY(auto journal, database.query("PRAGMA journal_mode=WAL"));
    HZ_TRY(const bool answered, journal.step());
    if (!answered || (journal.text(0) != "wal" && journal.text(0) != "memory")) {
        return fail(ErrorCode::storageFailed,
                    "database: the folder's file system cannot hold a write-ahead log");
    }
    return database;
}

Database::Database(std::unique_ptr<Connection> connection) : m_connection(std::move(connection)) {}
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;
Database::~Database() = default;

Result<Query> Database::query(std::string_view sql) {
    auto slot = m_connection->idle.find(sql);
    if (slot == m_connection->idle.end()) {
        slot = m_connection->idle.emplace(std::string(sql), std::vector<sqlite3_stmt*>()).first;
    }
    if (!slot->second.empty()) {
        sqlite3_stmt* statement = slot->second.back();
        slot->second.pop_back();
        return Query(*m_connection, slot->second, statement);
    }
    sqlite3_stmt* statement = nullptr;
    const char* rest = nullptr;
    HZ_CHECK(check(m_connection->handle, sqlite3_prepare_v3(m_connection->handle, slot->first.c_str(),
                                                            static_cast<int>(slot->first.size() + 1),
                                                            SQLITE_PREPARE_PERSISTENT, &statement, &rest)));
    if (statement == nullptr || rest[std::strspn(rest, " \t\r\n;")] != '\0') {
        sqlite3_finalize(statement);
        return fail(ErrorCode::internal, "database: a query is not exactly one statement");
    }
    return Query(*m_connection, slot->second, statement);
}

Result<void> Database::exec(const std::string& script) {
    if (m_connection->undoneBy) {
        return fail(*m_connection->undoneBy);
    }
    sqlite3* handle = m_connection->handle;
    auto done = check(handle, sqlite3_exec(handle, script.c_str(), nullptr, nullptr, nullptr));
    return done ? done : fail(m_connection->note(done.error()));
}

std::int64_t Database::changes() const {
    return sqlite3_changes64(m_connection->handle);
}

std::int64_t Database::lastInsertRowId() const {
    return sqlite3_last_insert_rowid(m_connection->handle);
}

Result<std::int64_t> Database::dataVersion() {
    HZ_TRY(auto version, query("PRAGMA data_version"));
    HZ_TRY(const bool answered, version.step());
    return answered ? version.int64(0) : 0;
}

Result<std::optional<StateMark>> Database::stateMark() {
    if (sqlite3_txn_state(m_connection->handle, "main") == SQLITE_TXN_WRITE) {
        return std::optional<StateMark>{};
    }
    HZ_TRY(const std::int64_t ofOthers, dataVersion());
    return std::optional(StateMark{ofOthers, sqlite3_total_changes64(m_connection->handle)});
}

bool Database::inTransaction() const {
    return sqlite3_get_autocommit(m_connection->handle) == 0;
}

void Database::setBusyTimeout(int milliseconds) {
    sqlite3_busy_timeout(m_connection->handle, milliseconds);
}

void Database::setLogPages(int pages) {
    sqlite3_wal_autocheckpoint(m_connection->handle, pages);
}

static Result<void> failedFile(const std::string& what) {
    const int cause = errno;
    const bool full = cause == ENOSPC || cause == EDQUOT;
    return fail(full ? ErrorCode::storageFull : ErrorCode::fileUnwritable,
                what + ": " + std::error_code(cause, std::generic_category()).message());
}

static Result<void> flush(const std::string& path, int flags) {
    const int file = ::open(path.c_str(), flags | O_CLOEXEC);
    if (file < 0) {
        return failedFile("backup cannot be opened");
    }
    const bool flushed = ::fsync(file) == 0;
    Result<void> result = flushed ? Result<void>() : failedFile("backup cannot be flushed");
    ::close(file);
    return result;
}

static Result<void> copyInto(sqlite3* source, const std::string& path) {
    HZ_TRY(const auto target, connect(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE));
    // The copy is worthless until it is whole, so it needs no journal; it is flushed once at the end.
    constexpr const char* kSettings = "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF";
    HZ_CHECK(check(target->handle, sqlite3_exec(target->handle, kSettings, nullptr, nullptr, nullptr)));
    sqlite3_backup* backup = sqlite3_backup_init(target->handle, "main", source, "main");
    if (backup == nullptr) {
        return fail(errorOf(target->handle, sqlite3_extended_errcode(target->handle)));
    }
    const int step = sqlite3_backup_step(backup, -1);
    const int finished = sqlite3_backup_finish(backup);
    if (step == SQLITE_BUSY || step == SQLITE_LOCKED) {
        return fail(ErrorCode::storageBusy, "database: busy while copying");
    }
    HZ_CHECK(check(target->handle, finished));
    return {};
}

Result<void> Database::fold() {
    sqlite3* handle = m_connection->handle;
    return check(handle,
                 sqlite3_wal_checkpoint_v2(handle, "main", SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr));
}

Result<void> Database::scrub() {
    HZ_CHECK(exec("VACUUM"));
    return fold();
}

Result<void> Database::backupTo(const std::string& path) {
    const std::string part = path + ".part";
    std::remove(part.c_str());
    const auto copyAndRename = [&]() -> Result<void> {
        HZ_CHECK(copyInto(m_connection->handle, part));
        HZ_CHECK(flush(part, O_RDONLY));
        if (std::rename(part.c_str(), path.c_str()) != 0) {
            return failedFile("backup cannot be renamed");
        }
        const auto folder = std::filesystem::path(path).parent_path();
        return flush(folder.empty() ? "." : folder.string(), O_RDONLY | O_DIRECTORY);
    };
    auto result = copyAndRename();
    if (!result) {
        std::remove(part.c_str());
    }
    return result;
}

}  // namespace hezhang::storage
