// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What raw SQLite does for an op: a row of the log and a cell, with the tables and statements of the limit
// program for SQLite, nothing logged or checked twice.
//
// Errors:  end the program: a floor has nothing to mend.
// Threads: each belongs to one.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <initializer_list>
#include <string>
#include <string_view>

namespace hezhang::bench {

inline void stopUnless(bool isFine, const char* what) {
    if (!isFine) {
        std::fprintf(stderr, "floor: %s\n", what);
        std::exit(1);
    }
}

class RawRows {
public:
    struct Place {
        std::int64_t unit = 0;
        std::int64_t sequence = 0;
        std::int64_t at = 0;
        std::int64_t row = 0;
        std::int64_t field = 0;
    };

    // Makes the database; a commit is durable.
    explicit RawRows(const std::string& file) {
        stopUnless(sqlite3_open(file.c_str(), &m_database) == SQLITE_OK, "cannot open its database");
        run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
            "CREATE TABLE ops(unit INT, seq INT, ts INT, row INT, field INT, value TEXT, PRIMARY "
            "KEY(unit,seq)) WITHOUT ROWID;"
            "CREATE TABLE cells(row INT, field INT, ts INT, unit INT, value TEXT, PRIMARY KEY(row,field)) "
            "WITHOUT ROWID");
        prepare("INSERT OR IGNORE INTO ops VALUES(?,?,?,?,?,?)", m_log);
        prepare(
            "INSERT INTO cells VALUES(?,?,?,?,?) ON CONFLICT(row,field) DO UPDATE SET "
            "ts=excluded.ts,unit=excluded.unit,value=excluded.value "
            "WHERE (excluded.ts,excluded.unit)>(cells.ts,cells.unit)",
            m_cell);
    }
    ~RawRows() {
        sqlite3_finalize(m_log);
        sqlite3_finalize(m_cell);
        sqlite3_close(m_database);
    }
    RawRows(const RawRows&) = delete;
    RawRows& operator=(const RawRows&) = delete;

    void run(const char* sql) {
        stopUnless(sqlite3_exec(m_database, sql, nullptr, nullptr, nullptr) == SQLITE_OK, sql);
    }
    void add(const Place& place, std::string_view text) {
        step(m_log, {place.unit, place.sequence, place.at, place.row, place.field}, text);
        step(m_cell, {place.row, place.field, place.at, place.unit}, text);
    }

private:
    void prepare(const char* sql, sqlite3_stmt*& statement) {
        stopUnless(sqlite3_prepare_v2(m_database, sql, -1, &statement, nullptr) == SQLITE_OK, sql);
    }
    static void step(sqlite3_stmt* statement, std::initializer_list<std::int64_t> numbers,
                     std::string_view text) {
        int at = 0;
        for (const std::int64_t number : numbers) {
            sqlite3_bind_int64(statement, ++at, number);
        }
        sqlite3_bind_text(statement, ++at, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
        stopUnless(sqlite3_step(statement) == SQLITE_DONE, "a row is not taken");
        sqlite3_reset(statement);
    }

    sqlite3* m_database = nullptr;
    sqlite3_stmt* m_log = nullptr;
    sqlite3_stmt* m_cell = nullptr;
};

}  // namespace hezhang::bench
