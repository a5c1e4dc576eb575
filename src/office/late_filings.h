// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What stands beside a window: filings whose edits were set aside, most of them because they came after it
// was closed, and those that the office has admitted, by whom and why.
//
// Errors:  unknownRecord; storage errors.
// Threads: those of the home.
#pragma once

#include "src/office/window_filings.h"

namespace hezhang::office {

struct Admission {
    std::string reason;
    ledger::Authorship by;
};
struct LateFiling {
    RecordId filing;
    RecordId task;
    std::int64_t serial = 0;
    std::string taskItem;
    RecordId unit;
    std::string unitName;
    std::vector<Hash> aside;          // edits that wait for the office
    std::string text;                 // of the last set-aside edit of the text; empty where there is none
    ledger::Authorship by;            // of the last of them
    std::vector<Admission> admitted;  // one a person and reason
};
// By serial, then by unit's name.
[[nodiscard]] Result<std::vector<LateFiling>> lateFilings(ledger::Home& home, const RecordId& window);

}  // namespace hezhang::office
