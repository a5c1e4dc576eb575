// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include <sqlite3.h>

#include <utility>

#include "sync/base/check.h"
#include "sync/storage/connection.h"
#include "sync/storage/database.h"

namespace hezhang::storage {

Query::Query(Connection& connection, std::vector<sqlite3_stmt*>& idle, sqlite3_stmt* statement)
    : m_connection(&connection), m_statement(statement), m_idle(&idle) {
    ++m_connection->borrowed;
}

Query::Query(Query&& other) noexcept
    : m_connection(other.m_connection),
      m_statement(std::exchange(other.m_statement, nullptr)),
      m_idle(other.m_idle),
      m_state(other.m_state),
      m_bindError(std::move(other.m_bindError)) {}

Query& Query::operator=(Query&& other) noexcept {
    if (this != &other) {
        giveBack();
        m_connection = other.m_connection;
        m_statement = std::exchange(other.m_statement, nullptr);
        m_idle = other.m_idle;
        m_state = other.m_state;
        m_bindError = std::move(other.m_bindError);
    }
    return *this;
}

Query::~Query() {
    giveBack();
}

void Query::giveBack() {
    if (m_statement == nullptr) {
        return;
    }
    sqlite3_reset(m_statement);
    sqlite3_clear_bindings(m_statement);
    m_idle->push_back(m_statement);
    --m_connection->borrowed;
    m_statement = nullptr;
}

void Query::startBinding(int values) {
    HZ_ASSERT(values == sqlite3_bind_parameter_count(m_statement));
    reset();
    m_bindError.reset();
}

void Query::noteBound(int code) {
    if (code != SQLITE_OK && !m_bindError) {
        m_bindError = errorOf(m_connection->handle, code);
    }
}

void Query::bindTooLarge() {
    m_bindError = Error{ErrorCode::badValue, "an integer has more than 63 bits"};
}

void Query::bindInt64(int index, std::int64_t value) {
    noteBound(sqlite3_bind_int64(m_statement, index, value));
}

// SQLite takes a null pointer for NULL, and an empty view may have one.
void Query::bindText(int index, std::string_view value) {
    const char* data = value.empty() ? "" : value.data();
    noteBound(sqlite3_bind_text64(m_statement, index, data, value.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
}

void Query::bindBlob(int index, BytesView value) {
    const void* data = value.empty() ? static_cast<const void*>("") : value.data();
    noteBound(sqlite3_bind_blob64(m_statement, index, data, value.size(), SQLITE_TRANSIENT));
}

void Query::bindNull(int index) {
    noteBound(sqlite3_bind_null(m_statement, index));
}

Result<bool> Query::step() {
    if (m_bindError) {
        return fail(*m_bindError);
    }
    if (m_state == State::done) {
        return false;
    }
    if (m_connection->undoneBy) {
        return fail(*m_connection->undoneBy);
    }
    const int code = sqlite3_step(m_statement);
    if (code == SQLITE_ROW) {
        m_state = State::row;
        return true;
    }
    if (code == SQLITE_DONE) {
        m_state = State::done;
        return false;
    }
    Error error = m_connection->note(errorOf(m_connection->handle, code));
    reset();
    return fail(std::move(error));
}

Result<void> Query::run() {
    bool more = true;
    while (more) {
        HZ_TRY(more, step());
    }
    reset();
    return {};
}

void Query::reset() {
    sqlite3_reset(m_statement);
    m_state = State::ready;
}

std::int64_t Query::int64(int column) const {
    HZ_ASSERT(m_state == State::row);
    return sqlite3_column_int64(m_statement, column);
}

bool Query::isNull(int column) const {
    HZ_ASSERT(m_state == State::row);
    return sqlite3_column_type(m_statement, column) == SQLITE_NULL;
}

std::string Query::text(int column) const {
    HZ_ASSERT(m_state == State::row);
    const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(m_statement, column));
    const int size = sqlite3_column_bytes(m_statement, column);
    return data == nullptr ? std::string() : std::string(data, static_cast<std::size_t>(size));
}

BytesView Query::blobView(int column) const {
    HZ_ASSERT(m_state == State::row);
    const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(m_statement, column));
    const int size = sqlite3_column_bytes(m_statement, column);
    return data == nullptr ? BytesView() : BytesView(data, static_cast<std::size_t>(size));
}

Bytes Query::blob(int column) const {
    return copyOf(blobView(column));
}

}  // namespace hezhang::storage
