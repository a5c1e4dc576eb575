// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Values as a person types them: a choice in Chinese or as it is stored; a reference by what it is called: a
// unit by its name, a ledger by its title, a task by its serial, a window by its closing date, a place by its
// name, or any of them by id.
//
// Errors:  ambiguous, unknownRecord, unknownUnit, notFound; badValue; usage.
// Threads: those of the home.
#pragma once

#include <iosfwd>

#include "src/ledger/home.h"

namespace hezhang::cli {

// The text as the field stores it. What is no reference, is empty, or is a whole id already is returned as it
// is.
[[nodiscard]] Result<std::string> storedText(ledger::Home& home, const schema::FieldDef& field,
                                             const std::string& typed);
// A choice of a built-in register as it is stored; needs no home, so a wrong word is wrong usage.
// REQUIRES: the register has this cell.
[[nodiscard]] Result<std::string> storedChoice(std::string_view registerName, std::string_view cell,
                                               std::string_view typed);
// By id, or by its name among the places of `unit`.
[[nodiscard]] Result<RecordId> findPlace(ledger::Home& home, const RecordId& unit, const std::string& typed);
// In the ledger of the task; nothing typed: the only open one.
[[nodiscard]] Result<RecordId> findTaskWindow(ledger::Home& home, const RecordId& task,
                                              const std::string& typed);
// What is typed; of `-` what stands on the input, without its last line end. Errors also: tooLarge.
[[nodiscard]] Result<std::string> typedText(const std::string& typed, std::istream& in);

}  // namespace hezhang::cli
