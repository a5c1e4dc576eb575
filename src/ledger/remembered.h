// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What was found in a database, for as long as nobody writes there: a value that follows from nothing else
// need not be looked for again.
//
// Errors:  those of the search, and storage errors.
// Threads: those of the database.
#pragma once

#include <optional>

#include "sync/storage/database.h"

namespace hezhang::ledger {

template <class Value>
class Remembered {
public:
    // What `find` found in this state of the database, or finds now; valid until the next call. The state is
    // looked at first: what somebody commits during the search makes it an older one, and the next who asks
    // searches again.
    template <class Find>
    [[nodiscard]] Result<const Value*> get(storage::Database& database, const Find& find) {
        HZ_TRY(const std::optional<storage::StateMark> mark, database.stateMark());
        if (!mark || m_mark != mark) {
            m_mark.reset();
            HZ_TRY(m_value, find());
            m_mark = mark;
        }
        return &m_value;
    }

private:
    std::optional<storage::StateMark> m_mark;  // nullopt: nothing is remembered
    Value m_value{};
};

}  // namespace hezhang::ledger
