// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "sync/storage/connection.h"

#include <cerrno>

#include "sync/base/check.h"

namespace hezhang::storage {

Connection::~Connection() {
    HZ_ASSERT(borrowed == 0);
    for (const auto& [sql, statements] : idle) {
        for (sqlite3_stmt* statement : statements) {
            sqlite3_finalize(statement);
        }
    }
    sqlite3_close_v2(handle);
}

Error Connection::note(Error error) {
    if (isInTransaction && !undoneBy && sqlite3_get_autocommit(handle) != 0) {
        undoneBy = error;
    }
    return error;
}

static bool outOfSpace(sqlite3* handle) {
    const int cause = sqlite3_system_errno(handle);
    return cause == ENOSPC || cause == EDQUOT;
}

static ErrorCode codeOf(sqlite3* handle, int code) {
    switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
        return ErrorCode::storageBusy;
    case SQLITE_FULL:
        return ErrorCode::storageFull;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return ErrorCode::storageCorrupt;
    case SQLITE_CANTOPEN:
        if (outOfSpace(handle)) {
            return ErrorCode::storageFull;
        }
        return sqlite3_system_errno(handle) == ENOENT ? ErrorCode::fileNotFound : ErrorCode::storageFailed;
    case SQLITE_IOERR:
        if (code == SQLITE_IOERR_CORRUPTFS) {
            return ErrorCode::storageCorrupt;
        }
        return outOfSpace(handle) ? ErrorCode::storageFull : ErrorCode::storageFailed;
    default:
        return ErrorCode::storageFailed;
    }
}

Error errorOf(sqlite3* handle, int code) {
    return {codeOf(handle, code), std::string("database: ") + sqlite3_errmsg(handle)};
}

Result<void> check(sqlite3* handle, int code) {
    if (code != SQLITE_OK) {
        return fail(errorOf(handle, code));
    }
    return {};
}

}  // namespace hezhang::storage
