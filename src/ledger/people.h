// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Persons and devices as the state knows them: the same code for a home and the county's folder.
//
// Errors:  storage errors.
// Threads: those of the projection.
#pragma once

#include "src/ledger/rights.h"
#include "sync/transport/office_messages.h"

namespace hezhang::ledger {

inline constexpr std::string_view kCountyRole = "county";  // of the county's own device

struct PersonListing {
    RecordId person;
    std::string name;
    RecordId unit;  // the one that stands for that of the record
    std::string unitName;
    std::string role;
    bool isEnded = false;
};
[[nodiscard]] Result<std::vector<PersonListing>> persons(sync::Projection& state);  // by unit and name
[[nodiscard]] Result<bool> isEnded(sync::Store& store, const RecordId& person);

struct DevicePage {
    std::vector<sync::ListedDevice> devices;
    std::uint64_t next = 0;  // where the next page begins; 0: there is none
};
// Devices enrolled at position `from` of the log or later, in that order, the county's own left out. At a
// home: as far as it has the log.
[[nodiscard]] Result<DevicePage> devicePage(sync::Projection& state, std::uint64_t from, std::size_t limit);

}  // namespace hezhang::ledger
