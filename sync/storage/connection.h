// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What Database, Query and Transaction share. Private to sync/storage.
#pragma once

#include <sqlite3.h>

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sync/base/result.h"

namespace hezhang::storage {

// Owns the handle and the idle statements, by their text. Stays in place while its Database moves.
struct Connection {
    explicit Connection(sqlite3* database) : handle(database) {}
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection();

    sqlite3* handle;
    std::map<std::string, std::vector<sqlite3_stmt*>, std::less<>> idle;
    std::size_t borrowed = 0;
    bool isInTransaction = false;  // of ours
    // What had SQLite end our transaction of itself. Statements would go on each for itself, and be durable.
    std::optional<Error> undoneBy{};

    // After a call that failed; the same error.
    Error note(Error error);
};

// The error of the last call on `handle`, which gave `code`.
[[nodiscard]] Error errorOf(sqlite3* handle, int code);
[[nodiscard]] Result<void> check(sqlite3* handle, int code);

}  // namespace hezhang::storage
