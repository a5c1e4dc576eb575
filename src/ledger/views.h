// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What the pages of a client show: cells with the context an edit from them has, the tasks of a unit with
// what they ask of it, one task with its filings, one filing beside the last window's.
//
// Shape:   plain structs, complete at the moment they were read; nothing in them refers to the home. Call
// several under one
//          Home::beginRead to see one moment.
// Errors:  unknownRecord; storage errors.
// Threads: those of the home.
#pragma once

#include "src/ledger/blobs.h"
#include "src/ledger/calendar.h"
#include "src/ledger/queries.h"

namespace hezhang::ledger {

// One cell as a person sees it.
struct CellShown {
    nlohmann::json value;  // null: nothing; a set is an array, a counter a number
    sync::CellState state = sync::CellState::empty;
    std::vector<std::string> seen;      // dots: the context of an assign made from what is shown
    std::vector<std::string> live;      // dots of every live value
    std::vector<ConflictValue> values;  // where it is more than one value: each with its author
    std::optional<Authorship> by;       // of a single value
    bool isUnsent = false;              // one's own, not answered by the county
    bool isOwn = false;                 // a single value, written on this device
    [[nodiscard]] std::string text() const {
        return value.is_string() ? value.get<std::string>() : std::string();
    }
};
[[nodiscard]] Result<CellShown> shownCell(Home& home, const sync::RecordRow& record,
                                          const std::string& field);

// What a unit's filing of a task is at this moment.
enum class FilingState : std::uint8_t {
    noWindow,     // no window of the ledger is open
    none,         // nothing was written
    unsubmitted,  // written, not submitted
    changed,      // submitted, then edited or merged
    submitted     // as it stands
};
// none unsubmitted changed submitted: the word programs read.
[[nodiscard]] std::string_view name(FilingState state);

// Of a filing that has a value. Also for filings of other units.
[[nodiscard]] Result<FilingState> filingState(Home& home, const sync::RecordReading& filing);

// Why it was returned, unless something was submitted after that; empty where it was not.
[[nodiscard]] std::string openReturn(const sync::RecordReading& filing, FilingState state);
// The office has approved it as it now stands.
[[nodiscard]] Result<bool> isApproved(Home& home, const sync::RecordReading& filing);

struct BoardRow {
    RecordId task;
    RecordId ledger;
    std::int64_t serial = 0;
    std::string number;
    std::string item;
    std::string content;
    std::string section;  // title
    std::string due;      // ISO date, or empty
    std::string deadlineText;
    std::string recurrence;
    std::vector<TaskUnit> units;
    std::string ownRole;      // lead responsible cooperate, or empty: not this unit's task
    std::string jointStatus;  // as shown
    FilingState filing = FilingState::noWindow;
    RecordId window;           // the open one
    std::string returned;      // why, while the return is not answered by a new submission
    bool hasConflict = false;  // in the task, or in the unit's filing
    bool isMerged = false;     // something was put together by machine and not confirmed
    bool isUnsent = false;     // an own edit of it has not been answered by the county
    bool isAside = false;      // an own edit of it was not applied
    bool operator==(const BoardRow&) const = default;
};
// Every task, by ledger and serial, as it looks to `unit`.
[[nodiscard]] Result<std::vector<BoardRow>> board(Home& home, const RecordId& unit);

struct FilingRow {
    RecordId record;
    RecordId unit;
    std::string unitName;
    RecordId window;
    std::string windowTitle;
    std::string windowCloses;
    bool isOwn = false;  // of this home's unit
    FilingState state = FilingState::none;
    CellShown text;
    CellShown status;
    CellShown percent;
    std::int64_t count = 0;
    std::vector<std::string> evidence;  // names of blobs
    BlobCounts evidenceCounts;
    std::string verifiedStatus;
    std::string verifiedNote;
    std::string returned;
    bool isApproved = false;  // as it stands
    bool isUnsent = false;
};

struct TaskView {
    BoardRow row;
    std::string responsibleText;
    CellShown content;
    CellShown indicator;
    CellShown jointProgress;
    CellShown jointStatus;
    std::string decidedStatus;
    std::string ledgerTitle;
    std::optional<WorkingDay> lastWorkingDay;  // on or before the due date
    std::vector<FilingRow> filings;            // the latest window first, then by unit name
};
[[nodiscard]] Result<TaskView> taskView(Home& home, const RecordId& task);

// How far this home's last edit of a record has come.
struct EditProgress {
    std::string verdict;  // local received accepted aside refused held; empty: there is none
    std::string reason;   // of aside and refused
};
[[nodiscard]] Result<EditProgress> editProgress(Home& home, const RecordId& record);

struct FilingView {
    FilingRow filing;  // empty cells where nothing was written
    std::string taskNumber;
    std::string taskItem;
    std::string taskContent;
    std::string taskDue;
    bool isWindowOpen = false;
    EditProgress progress;
    std::optional<FilingRow> previous;  // the same unit's in the window before
};
// The filing of (task, unit, window), there or not.
[[nodiscard]] Result<FilingView> filingView(Home& home, const RecordId& task, const RecordId& unit,
                                            const RecordId& window);

struct OpenWindow {
    RecordId window;
    std::string title;
    std::string closes;
};
// The open windows of a ledger, the one that closes first in front.
[[nodiscard]] Result<std::vector<OpenWindow>> openWindows(Home& home, const RecordId& ledger);

// Takes back this home's last edit of a cell: assigns again what its author saw then, in the context of what
// is shown now. Errors: notFound: the last value is not this home's own; conflict.
[[nodiscard]] Result<sync::EditAnswer> undoLast(Home& home, const RecordId& record, const std::string& field);

}  // namespace hezhang::ledger
