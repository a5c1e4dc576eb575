// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A set of registers that refer to each other: those compiled into the program, or those of a county's log.
//
// Shape:   sorted by name; every reference of a field names a register of the set.
// Errors:  parse() returns those of parseRegister(), and badInput for a register that stands twice or is
// missing. Threads: unchangeable; read from any thread. Pointers stay valid while the set lives.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "schema/built_in_files.h"
#include "schema/register_def.h"
#include "sync/base/result.h"

namespace hezhang::schema {

using RegisterSource = FileSource;

class Registers {
public:
    // schema/registers/*.json, as they were when the program was built.
    [[nodiscard]] static const Registers& builtIn();
    [[nodiscard]] static Result<Registers> parse(std::span<const RegisterSource> sources);

    // nullptr if there is none.
    [[nodiscard]] const RegisterDef* find(std::string_view name) const;
    [[nodiscard]] std::span<const RegisterDef> all() const { return m_all; }
    // The JSON text it was read from, byte for byte: what travels in the county log. Empty if there is none.
    [[nodiscard]] std::string_view source(std::string_view name) const;

private:
    std::vector<RegisterDef> m_all;
    std::vector<std::string> m_sources;  // beside m_all
};

}  // namespace hezhang::schema
