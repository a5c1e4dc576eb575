// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What the office does when units change: merged, split, renamed. Each call is one transaction.
//
// Meaning: src/ledger/succession.h. Nothing is moved: filings, checks and places stay those of the unit they
//          were written for, and its successor goes on with them.
// Errors:  badInput (a unit comes from itself, is over, or has the name already); those of Home::edit:
//          noRight for everybody but the office.
// Threads: those of the home.
#pragma once

#include "src/ledger/names.h"
#include "src/ledger/queries.h"

namespace hezhang::office {

struct UnitsChanged {
    RecordId unit;                       // what is over
    std::vector<RecordId> into;          // what goes on
    std::vector<std::string> intoNames;  // of `into`
    std::vector<RecordId> created;       // of `into`: that were not there before
    std::vector<RecordId> tasks;         // that name the unit, by id
    std::vector<RecordId> persons;       // whose record still says the unit, by id
};

// `date`: when it happens by the office's papers, ISO. What the people may do changes with the edit itself.
[[nodiscard]] Result<UnitsChanged> mergeUnit(ledger::Home& home, const RecordId& unit, const RecordId& into,
                                             const std::string& date);
// Successors by id, name or short name; those that are not there are made, of the unit's kind and parent. The
// tasks go on naming the unit until the office says whose they are.
[[nodiscard]] Result<UnitsChanged> splitUnit(ledger::Home& home, const RecordId& unit,
                                             const std::vector<std::string>& into, const std::string& date);
// The old name stays a short name, unless another unit is called so.
[[nodiscard]] Result<void> renameUnit(ledger::Home& home, const RecordId& unit, const std::string& name);

}  // namespace hezhang::office
