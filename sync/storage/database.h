// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// SQLite behind Result: a connection with our settings, cached statements, transactions, migrations.
// Every connection has WAL, synchronous=FULL, foreign keys, double-quoted strings off, an untrusted schema,
// checked cell sizes and a busy time-out of 10 s. New files have 4 KiB pages. Tables are the caller's.
//
// Errors of all functions: storageBusy (another connection writes), storageFull, storageCorrupt (damaged, or
// no database at all), else storageFailed. Open adds fileNotFound and fileUnwritable, migrate wrongVersion.
// A busy, full or failed disk can end the transaction; what was committed stays.
// Threads: a Database, its queries and transactions belong to one thread at a time. Several connections to
// one file, in any threads and processes, are the normal case.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "sync/base/bytes.h"
#include "sync/base/result.h"

struct sqlite3_stmt;

namespace hezhang::storage {

struct Connection;

enum class Access : std::uint8_t {
    create,   // reads and writes, makes the file where it is absent
    open,     // reads and writes an existing file
    readOnly  // reads an existing file
};

// A statement borrowed from its database until destroyed; then it is reset, its values are cleared and the
// database keeps it for the next who asks. REQUIRES: the Database outlives it, and no use after being moved
// from.
class Query {
public:
    Query(Query&& other) noexcept;
    Query& operator=(Query&& other) noexcept;
    ~Query();

    // Values for ?1, ?2, …: integers, enums, text, bytes, ids, optionals of them and nullptr. Copies them.
    // All of the statement's values have to be given. A statement that was stepped starts again. What is
    // wrong with a value is the result of the next step.
    template <class... Values>
    Query& bind(const Values&... values) {
        startBinding(static_cast<int>(sizeof...(Values)));
        int index = 0;
        (bindValue(++index, values), ...);
        return *this;
    }

    // true: there is a row; false: there is none left, also when asked again.
    [[nodiscard]] Result<bool> step();
    // Runs to the end, passing over rows, then resets: it can be bound and run again.
    [[nodiscard]] Result<void> run();
    // Back to the start; the values stay bound.
    void reset();

    // Columns count from 0. REQUIRES: the last step gave a row. Another type is converted as SQLite does.
    [[nodiscard]] std::int64_t int64(int column) const;
    [[nodiscard]] bool isNull(int column) const;
    [[nodiscard]] std::string text(int column) const;
    [[nodiscard]] Bytes blob(int column) const;
    [[nodiscard]] BytesView blobView(int column) const;  // valid until the next step, reset or bind
    // A blob of another length (or NULL) gives the "none" id.
    template <class Id>
    [[nodiscard]] Id id(int column) const {
        const BytesView view = blobView(column);
        return view.size() == Id::kSize ? Id::of(view) : Id{};
    }

private:
    friend class Database;
    enum class State : std::uint8_t { ready, row, done };

    Query(Connection& connection, std::vector<sqlite3_stmt*>& idle, sqlite3_stmt* statement);
    void giveBack();
    void startBinding(int values);
    void bindInt64(int index, std::int64_t value);
    void bindText(int index, std::string_view value);
    void bindBlob(int index, BytesView value);
    void bindNull(int index);
    void bindTooLarge();
    void noteBound(int code);

    template <class Value>
    void bindValue(int index, const Value& value) {
        if constexpr (std::is_enum_v<Value>) {
            bindValue(index, static_cast<std::underlying_type_t<Value>>(value));
        } else if constexpr (std::unsigned_integral<Value> && sizeof(Value) == sizeof(std::int64_t)) {
            if (value > static_cast<Value>(std::numeric_limits<std::int64_t>::max())) {
                bindTooLarge();
            } else {
                bindInt64(index, static_cast<std::int64_t>(value));
            }
        } else if constexpr (std::integral<Value>) {
            bindInt64(index, static_cast<std::int64_t>(value));
        } else if constexpr (std::same_as<Value, std::nullptr_t>) {
            bindNull(index);
        } else if constexpr (std::convertible_to<const Value&, std::string_view>) {
            bindText(index, value);
        } else if constexpr (std::convertible_to<const Value&, BytesView>) {
            bindBlob(index, value);
        } else {
            bindBlob(index, value.view());
        }
    }
    template <class Value>
    void bindValue(int index, const std::optional<Value>& value) {
        if (value) {
            bindValue(index, *value);
        } else {
            bindNull(index);
        }
    }

    Connection* m_connection;
    sqlite3_stmt* m_statement;
    std::vector<sqlite3_stmt*>* m_idle;  // of its text in the connection's cache, which never drops one
    State m_state = State::ready;
    std::optional<Error> m_bindError;
};

// A state of a database as one connection sees it: while two marks are equal, nothing was written in between.
// Only for marks of the same connection.
struct StateMark {
    std::int64_t ofOthers = 0;  // differs when another connection has committed
    std::int64_t ofOurs = 0;    // rows changed here
    bool operator==(const StateMark&) const = default;
};

// One connection. Closing it ends an open transaction with nothing written.
class Database {
public:
    // ":memory:" is a new database in memory.
    [[nodiscard]] static Result<Database> open(const std::string& path, Access access);

    Database(Database&&) noexcept;
    Database& operator=(Database&&) noexcept;
    ~Database();

    // One statement. Asking again for the same text costs a look-up; the same text twice at once is two
    // statements. Texts are kept for the life of the connection, so values never belong into them.
    [[nodiscard]] Result<Query> query(std::string_view sql);
    // Any number of statements without values; rows are passed over.
    [[nodiscard]] Result<void> exec(const std::string& script);

    // Rows changed by the last INSERT, UPDATE or DELETE.
    [[nodiscard]] std::int64_t changes() const;
    [[nodiscard]] std::int64_t lastInsertRowId() const;
    // Differs from the last answer when another connection has committed in between.
    [[nodiscard]] Result<std::int64_t> dataVersion();
    // nullopt inside a write transaction: what is read there may be undone.
    [[nodiscard]] Result<std::optional<StateMark>> stateMark();
    [[nodiscard]] bool inTransaction() const;
    void setBusyTimeout(int milliseconds);
    // The log beside the database is written back into it by the commit that makes it this long, in pages of
    // 4 KiB; 1,000 where nothing is said. More saves writing pages that the next commits change again.
    void setLogPages(int pages);

    // Copies the committed state of this moment to one file, which is complete on the disk when this returns,
    // or unchanged. A file at `path` is replaced. Others may read and write meanwhile.
    // Errors also: storageBusy inside a write transaction of this connection.
    [[nodiscard]] Result<void> backupTo(const std::string& path);

    // Puts everything committed into the one file, so that it can be moved by itself once this is closed.
    // Errors also: storageBusy while others read or write.
    [[nodiscard]] Result<void> fold();

    // Writes the file anew, and folds: nothing that was deleted or replaced is left in its pages or in the
    // log beside it. Needs as much room again as the file has. Errors also: storageBusy while others read or
    // write.
    [[nodiscard]] Result<void> scrub();

private:
    friend class Transaction;
    explicit Database(std::unique_ptr<Connection> connection);

    std::unique_ptr<Connection> m_connection;
};

// BEGIN … COMMIT. Destroyed before commit() it rolls back. Where an error has ended it before (a disk that
// does not read, no memory), every later statement and the commit give that error: nothing is written beside
// it. REQUIRES: the Database outlives it.
class Transaction {
public:
    // Takes the write lock now, so that a later statement cannot be refused as busy.
    [[nodiscard]] static Result<Transaction> beginImmediate(Database& database);
    // Sees the state of this moment until it ends.
    [[nodiscard]] static Result<Transaction> beginRead(Database& database);

    Transaction(Transaction&& other) noexcept;
    Transaction& operator=(Transaction&& other) noexcept;
    ~Transaction();

    // Durable when it returns. After an error nothing of the transaction is written. At most once.
    [[nodiscard]] Result<void> commit();

private:
    explicit Transaction(Connection& connection) : m_connection(&connection) {}
    void rollback();

    Connection* m_connection;
};

// A step from the version before it. Append only; versions ascend from 1.
struct Migration {
    int version;
    const char* sql;  // any number of statements
    // What SQL cannot say, after it in the same transaction.
    Result<void> (*convert)(Database& database) = nullptr;
};

// Brings the database to the last version, each step in a transaction of its own; safe while other processes
// do the same. Nothing to do takes no write lock. Errors also: wrongVersion for a database newer than ours.
[[nodiscard]] Result<void> migrate(Database& database, std::span<const Migration> migrations);

}  // namespace hezhang::storage
