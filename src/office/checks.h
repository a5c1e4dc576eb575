// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Checks on site: what a checker has to look at and where, what was found, what has to be put right by when,
// what a unit says to it, and the second look that closes it.
//
// Shape:   a check is one look at one task of one unit at one place. It asks for something only where its
// result is "no" and it is not
//          closed: then it is open. Its unit may object to it (`objection`) whatever its result. A place is a
//          record of its unit; what was checked without a place stands with the unit itself (place none).
//          A device's clock that runs ahead makes no look later than the county's entry of it, where that
//          entry is kept here.
// Units:   dates are ISO text; `today` is one.
// Errors:  unknownRecord, badInput, notFound; those of Home::edit; storage errors.
// Threads: those of the home.
#pragma once

#include <map>
#include <optional>

#include "src/ledger/views.h"
#include "src/office/seen_lines.h"

namespace hezhang::office {

enum class CheckState : std::uint8_t {
    passed,   // yes, or not applicable
    rectify,  // no: to be put right, and there is time left (or no date was set)
    overdue,  // no, and the date has passed
    closed    // no, and a second look found it put right
};

struct CheckRow {
    RecordId record;
    RecordId task;
    std::string taskNumber;
    std::string taskItem;
    RecordId unit;
    std::string unitName;
    RecordId place;
    std::string placeName;
    std::string at;      // ISO time of the look, at the latest when the county heard of it
    std::string ownAt;   // the same by the clock of its device: the order of looks that came in together
    std::string result;  // yes no na, as shown
    std::string finding;
    std::vector<SeenLine> lines;
    std::vector<std::string> unclear;  // what else stands in `lines`, as it stands there
    std::vector<std::string> photos;   // names of blobs
    ledger::BlobCounts photoCounts;
    std::string rectifyDue;
    std::string objection;
    CheckState state = CheckState::passed;
    bool isRecheckDue = false;  // open, and its date is today or has passed
    bool hasConflict = false;   // in any of its cells
    bool isUnsent = false;
    std::string personName;  // who looked
    [[nodiscard]] bool isOpen() const { return state == CheckState::rectify || state == CheckState::overdue; }
    [[nodiscard]] bool isObjected() const { return isOpen() && !objection.empty(); }
};

// Rules by themselves. An empty `rectifyDue` never passes.
[[nodiscard]] CheckState checkState(std::string_view result, bool isClosed, std::string_view rectifyDue,
                                    std::string_view today);
[[nodiscard]] bool isRecheckDue(CheckState state, std::string_view rectifyDue, std::string_view today);

// Every check this home may read, of one unit where `unit` is given; the latest first.
[[nodiscard]] Result<std::vector<CheckRow>> checks(ledger::Home& home, const std::optional<RecordId>& unit,
                                                   std::string_view today);

struct PlaceRow {
    RecordId place;  // none: the unit itself
    RecordId unit;
    std::string unitName;
    std::string name;  // of the place; empty for the unit itself
    std::string address;
    std::string kind;
    std::size_t tasks = 0;  // of its unit
    std::size_t seen = 0;   // of these, looked at here in the window that is open (ever, where none is)
    std::size_t open = 0;
    std::size_t due = 0;  // of the open ones, due for a second look
    std::size_t objected = 0;
    std::string lastAt;
};
// Where to go: every place, and every unit with tasks. What is due for a second look first, then what is
// open, then what was not looked at yet; by unit and name among equals.
[[nodiscard]] Result<std::vector<PlaceRow>> workList(ledger::Home& home, std::string_view today);

struct PlaceTask {
    RecordId task;
    std::string number;
    std::string item;
    std::string content;
    std::string claimStatus;  // of the unit's latest filing
    std::string claimText;
    std::optional<CheckRow> last;  // here
    std::size_t lines = 0;         // of its indicator, that ask to be looked at
    std::size_t linesSeen = 0;     // of these, by some check of the unit
};
struct PlaceView {
    PlaceRow place;
    std::vector<PlaceTask> tasks;  // what is due for a second look first, then what is open, then what was
                                   // not looked at, then the rest
};
[[nodiscard]] Result<PlaceView> placeView(ledger::Home& home, const RecordId& place, const RecordId& unit,
                                          std::string_view today);

// What stands beside the form of a check.
struct CheckContext {
    std::string taskNumber;
    std::string taskItem;
    std::string taskContent;
    std::string taskIndicator;
    std::string unitName;
    std::string placeName;
    std::optional<ledger::FilingRow> claim;  // the unit's: of the window that is open, or else its latest
    std::vector<CheckRow> before;            // of this task and unit, anywhere; the latest first
};
[[nodiscard]] Result<CheckContext> checkContext(ledger::Home& home, const RecordId& task,
                                                const RecordId& unit, const RecordId& place,
                                                std::string_view today);

struct NewPlace {
    RecordId unit{};
    std::string name{};
    std::string address{};
    std::string kind{};
};
// The place of this unit and name, made where it is new. Errors also: badInput without a name.
[[nodiscard]] Result<RecordId> addPlace(ledger::Home& home, const NewPlace& place);

struct NewCheck {
    RecordId task{};
    RecordId unit{};
    RecordId place{};      // none: no place
    std::string result{};  // yes no na
    std::string finding{};
    std::vector<std::string> photos{};  // names of blobs that are in the home
    std::string rectifyDue{};           // of a "no"; may be empty
    std::vector<SeenLine> lines{};
};
// One transaction (or part of the open batch), in the window of the task's ledger that is open. Errors also:
// badInput for a result that is none, of a line too.
[[nodiscard]] Result<RecordId> addCheck(ledger::Home& home, const NewCheck& check);

// What a form of a second look shows of the check when it is opened: the text that is added to, and the
// contexts of the edits by field.
struct RecheckShown {
    std::string finding;
    std::map<std::string, std::vector<std::string>> seen;
};
[[nodiscard]] Result<RecheckShown> recheckShown(ledger::Home& home, const RecordId& check);

struct Recheck {
    RecordId check{};
    bool isRectified = false;
    std::string finding{};  // what was found now
    std::vector<std::string> photos{};
    std::string rectifyDue{};             // the new date where it is not rectified
    std::optional<RecheckShown> shown{};  // when the form was opened; none: what stands now
};
// The second look at an open check. Put right: the check is closed, and a check with "yes" says what was
// seen, also of the lines that were not as they should be. Not put right: the check goes on with what was
// found added to it, and the new date. Where somebody has closed or changed it meanwhile, so that nothing is
// open any more, what was seen is a check of its own.
[[nodiscard]] Result<void> recheck(ledger::Home& home, const Recheck& second, std::string_view today);

}  // namespace hezhang::office
