// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Read-only questions about a home, and what settles conflicts. Answers are plain structs; the command line and the client give them
// their form.
//
// Errors:  notFound, unknownRecord, conflict, changed, noRight; storage errors.
// Threads: those of the home.
#pragma once

#include <set>

#include "src/ledger/home.h"
#include "src/ledger/names.h"

namespace hezhang::ledger {

// Who wrote something, with names where they are known.
struct Authorship {
    RecordId person;
    std::string personName;
    RecordId unit;
    std::string unitName;
    DeviceId device;
    WallMs at = 0;
};
[[nodiscard]] Result<Authorship> authorshipOf(Home& home, sync::OpRef ref, const RecordId& person, WallMs at);

struct TaskUnit {
    RecordId unit;
    std::string name;
    std::string role;   // lead responsible cooperate
    bool operator==(const TaskUnit&) const = default;
};
struct TaskRow {
    RecordId id;
    std::int64_t serial = 0;
    std::string number;
    std::string item;
    std::string content;
    std::vector<TaskUnit> units;
    std::string due;
    nlohmann::json jointStatus;   // as in a dump: null, a value, or a conflict
    RecordId ledger;
};
struct TaskFilter {
    std::optional<RecordId> ledger;
    std::optional<RecordId> unit;
    std::string dueBefore;   // ISO date; tasks due strictly before it
    std::string status;      // of joint_status, as shown
};
[[nodiscard]] Result<std::vector<TaskRow>> tasks(Home& home, const TaskFilter& filter);   // by ledger, serial

struct LedgerRow {
    RecordId id;
    std::int64_t year = 0;
    std::string title;
    std::string issuer;
    std::string state;
    std::size_t tasks = 0;
};
[[nodiscard]] Result<std::vector<LedgerRow>> ledgers(Home& home);   // newest year first

struct SearchHit {
    RecordId record;
    std::string registerName;
    std::string field;
    std::string text;   // the value it was found in
};
// Records with a text that contains `needle` (case-insensitive for Latin letters), fixed fields included.
[[nodiscard]] Result<std::vector<SearchHit>> search(Home& home, std::string_view needle);

// When the county made the entry at `position`, by its clock; nullopt where the entry is not kept here.
[[nodiscard]] Result<std::optional<WallMs>> countyTimeOf(Home& home, std::uint64_t position);

// The value of an op for people and programs; null where it was erased by law.
[[nodiscard]] nlohmann::json opValue(const sync::Op& op);

struct HistoryRow {
    Hash op;                  // none: not known here (Home::historyMissing)
    std::string dot;
    std::string field;
    std::string kind;
    nlohmann::json value;
    bool isErased = false;    // by law: the op stands, its value is gone
    std::vector<std::string> seen;
    Authorship by;
    std::string verdict;      // local received accepted aside refused held
    std::string reason;       // of aside and refused
    std::optional<std::uint64_t> position;
    std::optional<WallMs> countyAt;  // when the county entered it, by the county's clock
};
// Every op of a record, in the one order, own unanswered last. Where the history is not all here: those that are, among them all whose
// values are shown.
[[nodiscard]] Result<std::vector<HistoryRow>> history(Home& home, const RecordId& record);

struct ConflictValue {
    nlohmann::json value;
    std::string dot;
    Authorship by;
};
struct ConflictRow {
    std::string id;           // RECORD/field
    RecordId record;
    std::string field;
    nlohmann::json base;      // null: none, or several that differ
    std::vector<ConflictValue> values;
    nlohmann::json shown;
    std::string reason;       // why `shown` is shown, in words
    std::vector<std::string> listed;  // dots of every value the person has before his eyes, the outranked ones too
};
[[nodiscard]] Result<std::vector<ConflictRow>> conflicts(Home& home);
// The latest op of the same cell that the op's author had before his eyes; nullopt: the cell was empty.
[[nodiscard]] Result<std::optional<sync::HistoricOp>> lastSeenOf(Home& home, const sync::HistoricOp& op);
// Whoever decides has looked at just these dots. Errors: changed.
[[nodiscard]] Result<void> checkSame(const std::string& field, std::vector<std::string> looked, std::vector<std::string> now);
// How many conflicts() lists, for less.
[[nodiscard]] Result<std::uint64_t> conflictCount(Home& home);
// nullopt where the cell is not in conflict (any more). `field` may be `deleted`.
[[nodiscard]] Result<std::optional<ConflictRow>> conflictOf(Home& home, const RecordId& record, const std::string& field);
// Takes one of the listed values or a new one; sees exactly what conflicts() lists now. Errors: notFound where it is no conflict (any more).
struct Choice {
    std::optional<std::size_t> number;      // from 1
    std::optional<std::string> dot;
    std::optional<std::string> value;       // as on the command line
    // What a page listed when it was opened; where the conflict lists others now: changed.
    std::optional<std::vector<std::string>> listed{};
};
[[nodiscard]] Result<sync::EditAnswer> resolve(Home& home, const RecordId& record, const std::string& field, const Choice& choice);

struct MergedRow {
    RecordId record;
    std::string field;
    std::string kind;         // prose: merged by sentences; authority: overruled
    nlohmann::json text;
    std::vector<std::string> seen;
};
[[nodiscard]] Result<std::vector<MergedRow>> merged(Home& home);
// Errors: changed where `seen` are not the live dots; conflict.
[[nodiscard]] Result<sync::EditAnswer> confirm(Home& home, const RecordId& record, const std::string& field,
                                               const std::optional<std::vector<std::string>>& seen);

// Of an op that waits at the county (verdict held): as the county told the office last.
inline constexpr std::string_view kHeldReason = "held";
struct AsideListing {
    Hash op;
    std::string dot;          // empty for one that waits: it is not here
    RecordId record;
    std::string field;
    nlohmann::json value;
    std::string reason;
    std::string reasonText;   // what it means and what to do
    Authorship by;
};
[[nodiscard]] Result<std::vector<AsideListing>> asides(Home& home);   // refused own ops too, and for the office those that wait
// Admits one op (64 hex digits or a unique start) or every set-aside or waiting op of a record. Returns the op ids admitted.
[[nodiscard]] Result<std::vector<Hash>> admit(Home& home, std::string_view opOrRecord, const std::string& why);
// Admits just these, all or none. Errors also: notFound: one of them is not set aside (any more).
[[nodiscard]] Result<void> admit(Home& home, const std::set<Hash>& ops, const std::string& why);

// The live dots of the shown value of a cell, as text: `hz show --clock`.
[[nodiscard]] Result<std::map<std::string, std::vector<std::string>>> clockOf(Home& home, const RecordId& record);

struct VectorRow {
    LaneId lane;
    std::string scope;
    DeviceId device;
    sync::OpCounter n = 0;
    Hash hash;                // of the segment with the last op; none where it is still in the tail
};
[[nodiscard]] Result<std::vector<VectorRow>> versionVector(Home& home);

struct ScopeRow {
    std::string scope;
    std::uint64_t position = 0;
    Hash digest;
};
[[nodiscard]] Result<std::vector<ScopeRow>> scopePositions(Home& home);

}  // namespace hezhang::ledger
