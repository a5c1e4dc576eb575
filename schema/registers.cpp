// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "schema/registers.h"

#include <algorithm>
#include <cstdio>
#include <map>

#include "schema/json_reader.h"
#include "sync/base/check.h"

namespace hezhang::schema {

struct Parsed {
    RegisterDef def;
    RegisterSource source;
};
using ParsedByName = std::map<std::string, Parsed>;

static Result<void> checkTargets(const std::vector<FieldDef>& fields, const ParsedByName& known,
                                 const Place& place) {
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const std::string& target = fields[i].target;
        if (!target.empty() && target != kAnyRegister && !known.contains(target)) {
            return place.element(i).member("register").wrong("there is no register " + inQuotes(target));
        }
    }
    return {};
}

static Result<ParsedByName> parseAll(std::span<const RegisterSource> sources) {
    ParsedByName known;
    for (const RegisterSource& source : sources) {
        HZ_TRY(RegisterDef def, parseRegister(source.json, source.fileName));
        std::string name = def.name;
        if (!known.try_emplace(name, Parsed{std::move(def), source}).second) {
            return Place{std::string(source.fileName), "name"}.wrong("there are two registers " +
                                                                     inQuotes(name));
        }
    }
    return known;
}

Result<Registers> Registers::parse(std::span<const RegisterSource> sources) {
    HZ_TRY(const ParsedByName known, parseAll(sources));
    Registers result;
    for (const auto& [name, parsed] : known) {
        const Place place{std::string(parsed.source.fileName), ""};
        HZ_CHECK(checkTargets(parsed.def.key, known, place.member("key")));
        HZ_CHECK(checkTargets(parsed.def.cells, known, place.member("cells")));
        result.m_all.push_back(parsed.def);
        result.m_sources.emplace_back(parsed.source.json);
    }
    return result;
}

const Registers& Registers::builtIn() {
    static const Registers registers = [] {
        auto parsed = parse(builtInSources());
        if (!parsed) {
            std::fprintf(stderr, "%s\n", parsed.error().text.c_str());
        }
        HZ_ASSERT(parsed.has_value());
        return std::move(*parsed);
    }();
    return registers;
}

const RegisterDef* Registers::find(std::string_view name) const {
    const auto found =
        std::lower_bound(m_all.begin(), m_all.end(), name,
                         [](const RegisterDef& def, auto wanted) { return def.name < wanted; });
    return found != m_all.end() && found->name == name ? &*found : nullptr;
}

std::string_view Registers::source(std::string_view name) const {
    const RegisterDef* const def = find(name);
    return def == nullptr ? std::string_view() : m_sources[static_cast<std::size_t>(def - m_all.data())];
}

}  // namespace hezhang::schema
