// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The county's list of units as a spreadsheet: what it says becomes edits of unit records, only where they
// differ, so importing the same list twice changes nothing.
//
// Shape:   columns name, short_names (separated by ;), kind, parent (a name), contact, contact_phone, in
//          any order; all but the first may be left out, and then stay as they are. A row says all of a
//          unit: an emptied cell clears. A row is the unit of that name; else the one it shares a name or
//          short name with, if that is not over; else the one that first had the name; else a new one.
// Errors:  badInput, all bad lines with their number. Nothing of such a list is taken.
// Threads: those of the projection.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "schema/registers.h"
#include "src/ledger/names.h"
#include "sync/engine/county.h"

namespace hezhang::ledger {

struct UnitsImport {
    std::size_t created = 0;
    std::size_t changed = 0;
    std::size_t unchanged = 0;
    std::vector<std::string> warnings;
};

struct UnitsPlan {
    UnitsImport outcome;
    std::vector<sync::CountyEdit> edits;  // in an order in which every reference is known
};

[[nodiscard]] Result<UnitsPlan> planUnits(std::string_view csv, sync::Projection& state,
                                          const CountyId& county, const schema::Registers& registers);

[[nodiscard]] sync::RecordKey unitKey(std::string_view firstName);

}  // namespace hezhang::ledger
