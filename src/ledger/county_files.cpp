// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/county_files.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
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

// What the check of the pages says of one that it could not read.
bool isUnread(const std::string& finding) {
    constexpr std::string_view kUnread = "unable to get the page. error code=";
    constexpr std::array kOfTheDisk{7, 10, 13};  // SQLITE_NOMEM, SQLITE_IOERR, SQLITE_FULL
    const std::size_t at = finding.find(kUnread);
    if (at == std::string::npos) {
        return finding.find("failed to get page") != std::string::npos;  // of overflow: without a code
    }
    int code = 0;
    const char* digits = finding.c_str() + at + kUnread.size();
    std::from_chars(digits, finding.c_str() + finding.size(), code);
    return std::find(kOfTheDisk.begin(), kOfTheDisk.end(), code & 0xff) != kOfTheDisk.end();
}

Result<std::vector<std::string>> checkedBy(storage::Database& database, const std::string& check,
                                           const std::string& where) {
    const auto rows = texts(database, check);
    if (!rows && isFaultOfTheDisk(rows.error().code)) {
        return fail(rows.error().code, where + rows.error().text);
    }
    if (!rows) {
        return std::vector<std::string>{where + rows.error().text};
    }
    std::vector<std::string> findings;
    for (std::string row : *rows) {
        std::replace(row.begin(), row.end(), '\n', ' ');
        if (isUnread(row)) {
            return fail(ErrorCode::storageFailed, where + row);
        }
        if (row != "ok") {
            findings.push_back(where + row);
        }
    }
    return findings;
}

}  // namespace

Result<std::vector<std::string>> pageFindings(storage::Database& database) {
    const auto tables = texts(database, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name");
    if (!tables && isFaultOfTheDisk(tables.error().code)) {
        return fail(tables.error());
    }
    if (!tables) {
        return std::vector<std::string>{"table sqlite_schema: " + tables.error().text};
    }
    std::vector<std::string> findings;
    for (const std::string& table : *tables) {
        HZ_TRY(const std::vector<std::string> rows,
               checkedBy(database, "PRAGMA integrity_check('" + table + "')", "table " + table + ": "));
        findings.insert(findings.end(), rows.begin(), rows.end());
    }
    if (findings.empty()) {
        HZ_TRY(findings, checkedBy(database, "PRAGMA integrity_check", "pages: "));
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
