// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A ledger as forms need it: its tasks with what the units filed of them, in words.
//
// Shape:   tasks by serial, filings by closing day and unit. Dates as 2026-08-15, numbers in digits; empty:
//          nothing is known.
// Errors:  unknownRecord, cancelled; storage errors.
// Threads: those of the home.
#pragma once

#include "src/documents/progress.h"
#include "src/ledger/queries.h"

namespace hezhang::documents {

// One filing of a unit, with who wrote it and when.
struct FilingReading {
    RecordId record{};
    RecordId unitId{};
    std::string unit;
    std::string window;  // its closing day
    std::string status;
    std::string percent;
    std::string doneCount;
    std::string text;
    std::string state;     // 已报送 报送后有改动 未报送
    std::string evidence;  // number of files
    std::string author;
    std::string at;
    std::string day;  // of `at`, by the clock of the whole country (UTC+8)
    std::string verified;
    std::string conflict;  // fields in conflict
};

// True for the fields of a filing that the unit itself writes: who did so last filled the form in.
[[nodiscard]] bool isFilledIn(std::string_view field);
// Notes who wrote the filing last.
void setAuthor(FilingReading& filing, const ledger::Authorship& by);

// The one paragraph that the office sends out of a task's filings in a window (src/office/paragraph.h).
struct ParagraphReading {
    std::string text;
    std::int64_t sum = 0;  // of the units' counters
    std::size_t unitsCounted = 0;
    std::vector<std::string> targets{};  // that were counted, each with its sum
    bool isOpen = false;  // units have changed what the office's text is about: nobody has decided
    std::vector<RecordId> records{};
};

struct TaskReading {
    RecordId record{};
    std::int64_t serial = 0;
    std::string number;
    std::string section;
    std::string item;
    std::string content;
    std::string indicator;
    std::string responsible;
    std::string deadline;
    std::string due;
    std::string joint;
    std::string jointStatus;
    std::vector<FilingReading> filings;
    std::string worksheet{};  // □ 案头：…, a line each; of a unit's form that has it
    std::string counted{};
    std::vector<RecordId> checks{};               // that the worksheet quotes
    std::optional<ParagraphReading> paragraph{};  // of one window, where this home holds all units' filings
};

struct LedgerReading {
    RecordId record{};
    std::string title;
    std::string year;
    std::string issuer;
    std::string unit;          // the one it is about, empty: all
    std::string contact;       // of this unit, as the office has written it down
    std::string contactPhone;  // the same
    std::string window;        // closing day of the one it is about, empty: all
    std::vector<TaskReading> tasks;
};

struct ReadingRequest {
    RecordId ledger{};
    std::optional<RecordId> unit{};    // only this unit's tasks and texts
    std::optional<RecordId> window{};  // only this window's filings
};
[[nodiscard]] Result<LedgerReading> readLedger(ledger::Home& home, const ReadingRequest& request,
                                               const Progress& progress);

}  // namespace hezhang::documents
