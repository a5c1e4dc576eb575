// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The dump: every live record of a scope in one canonical text. Replicas that agree give the same bytes.
//
// Shape:   one line a record, sorted by id: {"fields":{…},"id":…,"register":…,"scope":…}, UTF-8, keys in byte order, no spaces. Sets sorted;
//          counters a number; a conflict {"conflict":[distinct values in byte order],"shown":V}. Nothing of positions, dots, times.
// Threads: those of the projection.
#pragma once

#include <nlohmann/json.hpp>

#include "schema/registers.h"
#include "sync/engine/projection.h"

namespace hezhang::ledger {

// One cell in the dump form. `rule`: of the cell. Set and counter by their kind, a conflict with its values.
[[nodiscard]] nlohmann::json dumpForm(std::optional<sync::MergeRule> rule, const sync::CellReading& cell);

// The "fields" object of a record: fixed fields (but nonce and scope) and known cells.
[[nodiscard]] nlohmann::json dumpFields(const schema::RegisterDef& def, const sync::RecordReading& reading);

// Calls `line` with each line, its newline included. Empty scope: all that is here.
[[nodiscard]] Result<void> dump(sync::Projection& state, const schema::Registers& registers, std::string_view scope,
                                const std::function<void(std::string_view line)>& line);
[[nodiscard]] Result<Hash> digest(sync::Projection& state, const schema::Registers& registers, std::string_view scope);

}  // namespace hezhang::ledger
