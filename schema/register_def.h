// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What one register looks like: its fixed fields (the key, part of a record's identity) and its cells, with
// type, merge rule, limits and who may write. Read from a JSON file of schema/registers or from the county
// log.
//
// Shape:   {"name", "title": {"zh", "en"}, "version", "scope", "key": [FIELD…], "cells": [FIELD…],
//          "delete": [{"by": WRITER, "when": CONDITION}…]}
//          FIELD: {"name", "title", "type"}; of a cell also "merge", "write" and, where it is no longer
//          offered, "retired"; of a fixed field "optional" where it may be empty; of written text
//          "max_length"; of an integer "min" and "max"; of a choice "choices": [{"value", "zh", "en"}…], of a
//          cell with "retired" where one is no longer offered; of a reference "register". Order counts: of
//          fixed fields for the identity, of cells for the form.
// Units:   max_length in characters (code points).
// Limits:  kDefinitionBytesMax a definition; the names of text_rules.h.
// Errors:  parseRegister() returns badInput or tooLarge, the text with file and line or file and field path.
// Threads: value types.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/field_type.h"
#include "sync/base/result.h"
#include "sync/merge/merge_rule.h"

namespace hezhang::schema {

inline constexpr std::size_t kDefinitionBytesMax = 256 * 1024;

// Cells every register has without naming them. `deleted`: keepBoth boolean, its writers are the delete
// rules. `admitted`: set of text, the office; it stands in no dump.
inline constexpr std::string_view kDeletedCell = "deleted";
inline constexpr std::string_view kAdmittedCell = "admitted";

// A reference with this target may name a record of any register.
inline constexpr std::string_view kAnyRegister = "any";

// Who may write, as seen from the record.
enum class Writer : std::uint8_t {
    office,    // the county's openness office
    ownUnit,   // the unit in the record's fixed field `unit`
    leadUnit,  // a lead unit of the record's task
    taskUnit,  // any unit of the record's task; of a task: of itself
    checker,   // a person with the role checker
    author     // the person of the record's first op
};

inline constexpr std::array kWriters{Writer::office,   Writer::ownUnit, Writer::leadUnit,
                                     Writer::taskUnit, Writer::checker, Writer::author};

[[nodiscard]] constexpr std::string_view name(Writer writer) {
    switch (writer) {
    case Writer::office:
        return "office";
    case Writer::ownUnit:
        return "ownUnit";
    case Writer::leadUnit:
        return "leadUnit";
    case Writer::taskUnit:
        return "taskUnit";
    case Writer::checker:
        return "checker";
    case Writer::author:
        return "author";
    }
    return "";
}

// Where the records of a register live. All but county have the fixed field `scope`.
enum class ScopeRule : std::uint8_t {
    county,     // everybody's
    unit,       // the record's unit's, or the task's while that is shared
    ofRecord,   // that of the record in the fixed field `record`
    restricted  // the register's own: whoever holds all scopes
};

inline constexpr std::array kScopeRules{ScopeRule::county, ScopeRule::unit, ScopeRule::ofRecord,
                                        ScopeRule::restricted};

[[nodiscard]] constexpr std::string_view name(ScopeRule rule) {
    switch (rule) {
    case ScopeRule::county:
        return "county";
    case ScopeRule::unit:
        return "unit";
    case ScopeRule::ofRecord:
        return "ofRecord";
    case ScopeRule::restricted:
        return "restricted";
    }
    return "";
}

enum class DeleteWhen : std::uint8_t {
    always,
    unsubmitted,  // while the cell `submitted` does not hold the present fingerprint
    authored      // by the person of the record's first op
};

inline constexpr std::array kDeleteConditions{DeleteWhen::always, DeleteWhen::unsubmitted,
                                              DeleteWhen::authored};

[[nodiscard]] constexpr std::string_view name(DeleteWhen when) {
    switch (when) {
    case DeleteWhen::always:
        return "always";
    case DeleteWhen::unsubmitted:
        return "unsubmitted";
    case DeleteWhen::authored:
        return "authored";
    }
    return "";
}

struct Title {
    std::string zh;
    std::string en;
};

struct Choice {
    std::string value;
    Title title;
    bool isRetired = false;  // kept and valid, no longer offered
};

struct DeleteRule {
    Writer by = Writer::office;
    DeleteWhen when = DeleteWhen::always;
};

struct FieldDef {
    std::string name;
    Title title;
    FieldType type = FieldType::text;
    std::optional<sync::MergeRule> merge;  // none: a fixed field
    std::optional<std::size_t> maxLength;
    std::optional<std::int64_t> min;
    std::optional<std::int64_t> max;
    std::vector<Choice> choices;
    std::string target;         // of a reference: the register, or kAnyRegister
    std::vector<Writer> write;  // of a cell
    bool isOptional = false;    // of a fixed field: the empty text is allowed
    bool isRetired = false;     // of a cell: kept and validated, no longer offered
    bool isInDump = true;       // not scope, nonce and `admitted`

    [[nodiscard]] bool isFixed() const { return !merge; }
    [[nodiscard]] bool isSet() const { return merge == sync::MergeRule::set; }
    [[nodiscard]] bool isCounter() const { return merge == sync::MergeRule::counter; }
    // True if the empty text is a value of the field: an assign cell that was cleared, an optional fixed
    // field.
    [[nodiscard]] bool acceptsEmpty() const;
    [[nodiscard]] bool isWritableBy(Writer writer) const;
    // By its value, or nullptr.
    [[nodiscard]] const Choice* choice(std::string_view value) const;
};

struct RegisterDef {
    std::string name;
    Title title;
    int version = 1;
    ScopeRule scope = ScopeRule::county;
    std::vector<FieldDef> key;
    std::vector<FieldDef> cells;  // without the built-in ones
    std::vector<DeleteRule> deleteRules;

    // The built-in cells too; nullptr if there is none.
    [[nodiscard]] const FieldDef* cell(std::string_view cellName) const;
    [[nodiscard]] const FieldDef* keyField(std::string_view fieldName) const;
};

[[nodiscard]] bool isBuiltInCell(std::string_view name);

// Reads one definition. Strict: an unknown, missing or doubled key is an error. Whether the registers that
// references name exist is checked by Registers. `fileName` only stands in errors.
[[nodiscard]] Result<RegisterDef> parseRegister(std::string_view json, std::string_view fileName);

}  // namespace hezhang::schema
