// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The reporting windows with their counts, and one of them as a table: the ledger's tasks by the units that
// have a part in them, with what each has filed.
//
// Shape:   plain structs, complete at the moment they were read. A task and unit whose filings this home does
// not
//          hold is `isHeld` false and counted nowhere.
// Errors:  unknownRecord; storage errors.
// Threads: those of the home.
#pragma once

#include "src/ledger/views.h"

namespace hezhang::office {

// What one unit has filed of one task.
struct MatrixCell {
    bool isAsked = false;  // the unit has a part in the task
    bool isHeld = true;
    ledger::FilingState filing = ledger::FilingState::none;
    int editsSinceApproval = 0;
    bool isReturned = false;   // and not submitted again since
    bool isApproved = false;   // as it stands
    bool isAside = false;      // an edit of it, or a count, was set aside and waits for the office
    bool isAsking = false;     // a request for more time waits for the office
    std::string extendedTo{};  // ISO date, later than the window's last day; empty: no more time was granted
    bool isBelow = false;      // reports done, and what was counted does not reach a target of the task
    [[nodiscard]] bool isMissing() const {
        return isAsked && isHeld && filing != ledger::FilingState::submitted;
    }
    bool operator==(const MatrixCell&) const = default;
};

struct WindowCounts {
    int asked = 0;      // filings that are due
    int submitted = 0;  // as they stand
    int approved = 0;
    int returned = 0;
    int aside = 0;
    int afterApproval = 0;  // edited since the office approved them
    int asking = 0;         // for more time, and wait for an answer
    int extended = 0;       // were granted more time
    int below = 0;          // submitted, not approved and below a target; of matrix() only
    [[nodiscard]] int missing() const { return asked - submitted; }
    bool operator==(const WindowCounts&) const = default;
};

struct WindowRow {
    RecordId window;
    RecordId ledger;
    std::string ledgerTitle;
    std::string title;
    std::string opens;
    std::string closes;
    std::string extendedTo;  // ISO dates, or empty
    bool isOpen = false;
    WindowCounts counts;
    [[nodiscard]] const std::string& lastDay() const { return extendedTo.empty() ? closes : extendedTo; }
};
// Every window without its counts, the open ones in front, then the one that closes last.
[[nodiscard]] Result<std::vector<WindowRow>> windows(ledger::Home& home);
// Reads every filing of the window. Errors: unknownRecord.
[[nodiscard]] Result<WindowCounts> windowCounts(ledger::Home& home, const RecordId& window);

struct MatrixTask {
    RecordId task;
    std::int64_t serial = 0;
    std::string number;
    std::string item;
    std::string content;
    std::string section;  // title
    std::string decidedStatus;
};
struct MatrixUnit {
    RecordId unit;
    std::string name;
};
struct Matrix {
    WindowRow window;
    std::vector<MatrixTask> tasks;  // by serial
    std::vector<MatrixUnit> units;  // those with a part in a task, by name
    std::vector<MatrixCell> cells;  // task by task
    [[nodiscard]] const MatrixCell& at(std::size_t task, std::size_t unit) const {
        return cells[task * units.size() + unit];
    }
    // Until when a report is on time.
    [[nodiscard]] const std::string& lastDay(const MatrixCell& cell) const {
        return cell.extendedTo.empty() ? window.lastDay() : cell.extendedTo;
    }
};
[[nodiscard]] Result<Matrix> matrix(ledger::Home& home, const RecordId& window);

}  // namespace hezhang::office
