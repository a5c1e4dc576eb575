// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/county_files.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "src/ledger/files.h"

namespace hezhang::ledger {
namespace {

Result<void> copyOne(const std::string& from, const std::string& to) {
    std::error_code error;
    std::filesystem::copy_file(from, to, std::filesystem::copy_options::overwrite_existing, error);
    if (error) {
        return fail(errnoError(error.value(), ErrorCode::fileUnreadable, "cannot copy " + from));
    }
    ::chmod(to.c_str(), 0600);
    return {};
}

Result<std::vector<std::string>> texts(storage::Database& database, const std::string& sql) {
    HZ_TRY(storage::Query query, database.query(sql));
    std::vector<std::string> rows;
    for (;;) {
        HZ_TRY(const bool hasRow, query.step());
        if (!hasRow) {
            return rows;
        }
        rows.push_back(query.text(0));
    }
}

}  // namespace

std::vector<std::string> pageFindings(storage::Database& database) {
    const auto tables = texts(database, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name");
    if (!tables) {
        return {"table sqlite_schema: " + tables.error().text};
    }
    std::vector<std::string> findings;
    for (const std::string& table : *tables) {
        const auto rows = texts(database, "PRAGMA integrity_check('" + table + "')");
        if (!rows) {
            findings.push_back("table " + table + ": " + rows.error().text);
            continue;
        }
        for (const std::string& row : *rows) {
            if (row != "ok") {
                findings.push_back("table " + table + ": " + row);
            }
        }
    }
    const auto rest = texts(database, "PRAGMA integrity_check");
    if (findings.empty() && (!rest || *rest != std::vector<std::string>{"ok"})) {
        findings.push_back("pages: " +
                           (rest && !rest->empty() ? rest->front() : std::string("cannot be read")));
    }
    for (std::string& finding : findings) {
        std::replace(finding.begin(), finding.end(), '\n', ' ');
    }
    return findings;
}

Result<void> copyDatabaseFiles(const std::string& from, const std::string& to) {
    HZ_CHECK(copyOne(from, to));
    return fileExists(from + "-wal") ? copyOne(from + "-wal", to + "-wal") : Result<void>();
}

void removeDatabaseFiles(const std::string& path) {
    for (const char* suffix : {"", "-wal", "-shm"}) {
        ::unlink((path + suffix).c_str());
    }
}

bool isBeingServed(const std::string& folder) {
    const int lock = ::open(serveLock(folder).c_str(), O_RDONLY | O_CLOEXEC);
    if (lock < 0) {
        return false;
    }
    const bool isFree = ::flock(lock, LOCK_SH | LOCK_NB) == 0;
    ::close(lock);
    return !isFree;
}

}  // namespace hezhang::ledger
