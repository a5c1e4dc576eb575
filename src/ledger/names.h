// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// From what people type to records, and back to names.
//
// Errors:  ambiguous (the text lists the candidates), unknownRecord, unknownUnit, notFound.
// Threads: those of the projection.
#pragma once

#include <set>

#include "src/ledger/rights.h"
#include "src/ledger/succession.h"

namespace hezhang::ledger {

// A record id or a unique start of it, at least 6 hex digits.
[[nodiscard]] Result<RecordId> findRecord(sync::Projection& state, std::string_view text);
// An id, a full name, or a unique short name; else the name a unit once began with. Units that are not over go before.
[[nodiscard]] Result<RecordId> findUnit(sync::Projection& state, std::string_view text);
// Id, or its title; empty: the only ledger of the newest year.
[[nodiscard]] Result<RecordId> findLedger(sync::Projection& state, std::string_view text);
// A record id, or the serial in the ledger (empty: see findLedger).
[[nodiscard]] Result<RecordId> findTask(sync::Projection& state, std::string_view text, std::string_view ledger);
// An id or a closing date; empty: the only open one.
[[nodiscard]] Result<RecordId> findWindow(sync::Projection& state, std::string_view text, std::string_view ledger);

// Names for display; the empty text where nothing is known.
[[nodiscard]] Result<std::string> unitName(sync::Projection& state, const RecordId& unit);
// The same, of a filing or check of years ago: with the unit that stands for it now, where that is another.
[[nodiscard]] Result<std::string> unitLabel(Succession& succession, sync::Projection& state, const RecordId& unit);
// What a scope is about: 单位 and its name, 任务 and its number.
[[nodiscard]] Result<std::string> scopeWords(sync::Projection& state, std::string_view scope);
[[nodiscard]] Result<std::string> personName(sync::Projection& state, const RecordId& person);
// The unit of a person by their record, none where unknown.
[[nodiscard]] Result<RecordId> unitOfPerson(sync::Projection& state, const RecordId& person);

struct NamedUnit {
    RecordId id;
    std::string name;
    std::vector<std::string> shortNames;
    std::string kind;
    RecordId parent;
    std::string firstName;
    bool isOver = false;   // merged, split, or its end is written: not offered for new work
    bool isSplit = false;  // over, and several go on with its work
};
// Every unit of the county, by name; those that are over too.
[[nodiscard]] Result<std::vector<NamedUnit>> units(sync::Projection& state);
// The units of a group phrase (各镇街, 政府各部门, …) at this moment; empty where the group is not closed or not known.
[[nodiscard]] std::vector<RecordId> expandGroup(std::span<const NamedUnit> all, std::string_view group);
// Matches names and short names, a missing 县/区/市 in front included.
[[nodiscard]] std::optional<RecordId> matchUnit(std::span<const NamedUnit> all, std::string_view name);

// The text of a shown assign cell, empty where there is none.
[[nodiscard]] Result<std::string> shownText(sync::Projection& state, const RecordId& record, std::string_view field);

// The text a cell shows; empty where it has none. A fixed field that is a number; 0 where there is none of that name.
[[nodiscard]] std::string cellText(const sync::RecordReading& reading, std::string_view field);
// What a task is called: its item; the content where it has none.
[[nodiscard]] std::string taskWords(const sync::RecordReading& task);
// The elements a set cell shows. The units with a part in a task, in whatever role.
[[nodiscard]] std::vector<std::string> cellElements(const sync::RecordReading& reading, std::string_view field);
[[nodiscard]] std::set<RecordId> unitsOfTask(const sync::RecordReading& task);
// The same as they stand now: a unit that was merged counts for the one that goes on, which then is listed once.
struct UnitPart {
    RecordId unit;
    std::string role;   // lead responsible cooperate
    bool operator==(const UnitPart&) const = default;
};
[[nodiscard]] Result<std::vector<UnitPart>> partsIn(Succession& succession, const sync::RecordReading& task);
[[nodiscard]] Result<std::set<RecordId>> standingUnitsOf(Succession& succession, const sync::RecordReading& task);
[[nodiscard]] std::int64_t keyInteger(const sync::RecordKey& key, std::string_view field);

}  // namespace hezhang::ledger
