// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// From rows of a query to values, checked. Private to SqliteStore.
//
// Errors:  storageCorrupt where a stored value is none of ours (length of an id, range, encoding); else as
// Query. Threads: as Query.
#pragma once

#include <limits>
#include <optional>
#include <vector>

#include "sync/op/archive.h"
#include "sync/op/value.h"
#include "sync/storage/database.h"

namespace hezhang::sync {

// The columns of one row, read from left to right. What is wrong is remembered and asked for once, by
// check().
class Columns {
public:
    explicit Columns(const storage::Query& query) : m_query(query) {}

    template <class Id>
    [[nodiscard]] Id id() {
        const BytesView bytes = m_query.blobView(m_next++);
        return expect(bytes.size() == Id::kSize) ? Id::of(bytes) : Id{};
    }
    [[nodiscard]] std::int64_t signedNumber() { return m_query.int64(m_next++); }
    [[nodiscard]] std::uint64_t number() { return numberUpTo(std::numeric_limits<std::int64_t>::max()); }
    [[nodiscard]] std::uint64_t numberUpTo(std::int64_t largest) {
        const std::int64_t number = signedNumber();
        return expect(number >= 0 && number <= largest) ? static_cast<std::uint64_t>(number) : 0;
    }
    template <class Narrow>
    [[nodiscard]] Narrow narrow() {
        return static_cast<Narrow>(numberUpTo(std::numeric_limits<Narrow>::max()));
    }
    template <class Enum>
    [[nodiscard]] Enum oneOf(Enum first, Enum last) {
        const auto number = narrow<std::underlying_type_t<Enum>>();
        const auto value = static_cast<Enum>(number);
        return expect(value >= first && value <= last) ? value : first;
    }
    [[nodiscard]] bool truth() { return numberUpTo(1) != 0; }
    [[nodiscard]] std::string text() { return m_query.text(m_next++); }
    [[nodiscard]] Bytes bytes() { return m_query.blob(m_next++); }
    [[nodiscard]] Value value() {
        auto value = Value::fromEncoded(m_query.blobView(m_next++));
        return expect(value.has_value()) ? *std::move(value) : Value{};
    }
    template <class T>
    [[nodiscard]] T decoded(const char* what) {
        auto value = decode<T>(m_query.blobView(m_next++), what);
        return expect(value.has_value()) ? *std::move(value) : T{};
    }
    [[nodiscard]] Result<void> check() const {
        if (m_badColumn != kNone) {
            return fail(ErrorCode::storageCorrupt,
                        "database: column " + std::to_string(m_badColumn) + " of a row is damaged");
        }
        return {};
    }

    // False says that the column read last is damaged; the same.
    bool expect(bool isGood) {
        if (!isGood && m_badColumn == kNone) {
            m_badColumn = m_next - 1;
        }
        return isGood;
    }

private:
    static constexpr int kNone = -1;

    const storage::Query& m_query;
    int m_next = 0;
    int m_badColumn = kNone;
};

template <class... Values>
[[nodiscard]] Result<void> change(storage::Database& database, std::string_view sql,
                                  const Values&... values) {
    HZ_TRY(auto query, database.query(sql));
    return query.bind(values...).run();
}

// `read` makes a row of Columns&. The first row, or nullopt.
template <class Read, class... Values>
[[nodiscard]] auto selectOne(storage::Database& database, std::string_view sql, const Read& read,
                             const Values&... values)
    -> Result<std::optional<std::invoke_result_t<Read, Columns&>>> {
    using Row = std::optional<std::invoke_result_t<Read, Columns&>>;
    HZ_TRY(auto query, database.query(sql));
    HZ_TRY(const bool isFound, query.bind(values...).step());
    if (!isFound) {
        return Row{};
    }
    Columns columns(query);
    Row row(read(columns));
    HZ_CHECK(columns.check());
    return row;
}

// `visit` takes Columns& and gives Result<void>; every row that is left.
template <class Visit>
[[nodiscard]] Result<void> eachRow(storage::Query& query, const Visit& visit) {
    for (;;) {
        HZ_TRY(const bool isFound, query.step());
        if (!isFound) {
            return {};
        }
        Columns columns(query);
        HZ_CHECK(visit(columns));
    }
}

// Appends every row that is left.
template <class Read, class Row>
[[nodiscard]] Result<void> readAll(storage::Query& query, const Read& read, std::vector<Row>& rows) {
    return eachRow(query, [&](Columns& columns) -> Result<void> {
        rows.push_back(read(columns));
        return columns.check();
    });
}

template <class Read, class... Values>
[[nodiscard]] auto selectAll(storage::Database& database, std::string_view sql, const Read& read,
                             const Values&... values)
    -> Result<std::vector<std::invoke_result_t<Read, Columns&>>> {
    std::vector<std::invoke_result_t<Read, Columns&>> rows;
    HZ_TRY(auto query, database.query(sql));
    HZ_CHECK(readAll(query.bind(values...), read, rows));
    return rows;
}

// Whether there is a row at all.
template <class... Values>
[[nodiscard]] Result<bool> isAny(storage::Database& database, std::string_view sql, const Values&... values) {
    HZ_TRY(auto query, database.query(sql));
    return query.bind(values...).step();
}

}  // namespace hezhang::sync
