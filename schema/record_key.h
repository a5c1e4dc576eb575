// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The fixed fields of one record: what its id is computed from (by sync, which encodes and hashes them).
//
// Shape:   fields in the order of the definition, all of them; an optional one that was left out is the empty
// text. Errors:  badInput (no object), unknownField, badValue with what is wrong. Threads: value types.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "schema/register_def.h"
#include "sync/base/result.h"
#include "sync/op/value.h"

namespace hezhang::schema {

struct RecordKey {
    std::string registerName;
    std::vector<std::pair<std::string, sync::Value>> fields;

    // nullptr if there is no such field.
    [[nodiscard]] const sync::Value* find(std::string_view name) const;
    [[nodiscard]] sync::Value* find(std::string_view name);
    bool operator==(const RecordKey&) const = default;
};

// Reads {"task": "…", "unit": "…"}. An absent `nonce` or `scope` becomes the empty text: the caller draws the
// one and computes the other, and the key is valid only then.
[[nodiscard]] Result<RecordKey> keyFromJson(const RegisterDef& def, const nlohmann::json& object);

// For keys from outside: just the fixed fields of the definition, in its order, each with a fitting value.
[[nodiscard]] Result<void> validateKey(const RegisterDef& def, const RecordKey& key);

}  // namespace hezhang::schema
