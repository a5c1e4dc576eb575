// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What Database, Query and Transaction share. Private to sync/storage.
#pragma once

#include <sqlite3.h>

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "sync/base/result.h"

namespace hezhang::storage {

struct HashOfText {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
};

// Owns the handle and the idle statements, by their text. Stays in place while its Database moves.
struct Connection {
    explicit Connection(sqlite3* database) : handle(database) {}
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection();

    sqlite3* handle;
    std::unordered_map<std::string, std::vector<sqlite3_stmt*>, HashOfText, std::equal_to<>> idle;
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
