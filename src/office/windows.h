// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Reporting windows and who is missing in them.
//
// Errors:  those of Home::edit; ambiguous and notFound for names.
// Threads: those of the home.
#pragma once

#include "src/ledger/queries.h"

namespace hezhang::office {

// Opens (or reopens) the window of a ledger that closes on an ISO date.
[[nodiscard]] Result<RecordId> openWindow(ledger::Home& home, const RecordId& ledgerId,
                                          const std::string& closes, const std::optional<std::string>& title);
// Freezes what stands in it (closing.h), and closes it. One that is closed and has no snapshot, as an older
// program left it, is only frozen, as it stands now. So is one whose snapshot is not here, if it is said to
// be lost: it may be on its way. Errors also: tooLarge; badInput: it is closed and has one, here or to come.
enum class AbsentSnapshot : std::uint8_t { mayCome, isLost };
[[nodiscard]] Result<void> closeWindow(ledger::Home& home, const RecordId& window,
                                       AbsentSnapshot absent = AbsentSnapshot::mayCome);

// Opens a window again; with a date, filings are due until then. Errors: badInput where that day is not after
// the day it closes.
[[nodiscard]] Result<void> reopenWindow(ledger::Home& home, const RecordId& window,
                                        const std::optional<std::string>& extendedTo);

struct MissingRow {
    RecordId task;
    std::int64_t serial = 0;
    std::string taskItem;
    RecordId unit;
    std::string unitName;
    std::string state;    // none unsubmitted changed
    std::string lastDay;  // until when it is on time: the window's, or a later one that was granted
    bool isExtended = false;
    bool isAsking = false;  // for more time, and waits for an answer
    int daysLeft = 0;       // from today to the last day, Beijing time; negative: over
};
// Every (task, unit of the task) of the window's ledger without a filing submitted as it now stands, for the
// units whose filings this home holds. By serial, unit name.
[[nodiscard]] Result<std::vector<MissingRow>> missing(ledger::Home& home, const RecordId& window);

}  // namespace hezhang::office
