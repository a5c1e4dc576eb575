// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Strict reading of a JSON file: every error names the file and the line, or the file and the path of the
// value. parseStrictJson() first, then an ObjectReader for each object.
//
// Errors:  badInput, with `file:line: …` for syntax and `file: path: …` for everything else.
// Threads: a reader refers to the parsed value and is used while that lives.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "schema/text_rules.h"
#include "sync/base/result.h"

namespace hezhang::schema {

// Where in which file; the path of the whole is empty.
struct Place {
    std::string file;
    std::string path;

    [[nodiscard]] Place member(std::string_view key) const;
    [[nodiscard]] Place element(std::size_t index) const;
    [[nodiscard]] tl::unexpected<Error> wrong(std::string_view what) const;
};

// Refuses what the JSON grammar refuses, and an object that has a key twice.
[[nodiscard]] Result<nlohmann::json> parseStrictJson(std::string_view text, std::string_view fileName);

class ObjectReader {
public:
    // Refuses what is no object and an object with other keys than `known`.
    [[nodiscard]] static Result<ObjectReader> open(const nlohmann::json& value, Place place,
                                                   std::initializer_list<std::string_view> known);

    [[nodiscard]] bool has(std::string_view key) const { return m_object->contains(key); }
    [[nodiscard]] Place at(std::string_view key) const { return m_place.member(key); }

    [[nodiscard]] Result<const nlohmann::json*> member(std::string_view key) const;
    // One line, not empty.
    [[nodiscard]] Result<std::string> text(std::string_view key) const;
    // A text that isName().
    [[nodiscard]] Result<std::string> word(std::string_view key) const;
    [[nodiscard]] Result<std::int64_t> integer(std::string_view key, std::int64_t min) const;
    // nullopt where the key is absent.
    [[nodiscard]] Result<std::optional<std::int64_t>> optionalInteger(std::string_view key,
                                                                      std::int64_t min) const;
    // false where the key is absent.
    [[nodiscard]] Result<bool> flag(std::string_view key) const;

    // One of a closed set: find(text) gives an optional; `kind` says what the set is.
    template <class Find>
    [[nodiscard]] auto oneOf(std::string_view key, std::string_view kind, Find find) const
        -> Result<typename decltype(find(std::string_view()))::value_type> {
        HZ_TRY(const std::string found, text(key));
        if (const auto one = find(found)) {
            return *one;
        }
        return at(key).wrong("unknown " + std::string(kind) + " " + inQuotes(found));
    }

    // A list of at least one; readOne(json, place) reads an element.
    template <class ReadOne>
    [[nodiscard]] auto list(std::string_view key, ReadOne readOne) const -> Result<
        std::vector<typename decltype(readOne(std::declval<const nlohmann::json&>(), Place{}))::value_type>> {
        HZ_TRY(const nlohmann::json* const array, member(key));
        if (!array->is_array() || array->empty()) {
            return at(key).wrong("is not a list of at least one");
        }
        std::vector<typename decltype(readOne(*array, Place{}))::value_type> result;
        for (std::size_t i = 0; i < array->size(); ++i) {
            HZ_TRY(auto one, readOne((*array)[i], at(key).element(i)));
            result.push_back(std::move(one));
        }
        return result;
    }

private:
    ObjectReader(const nlohmann::json& object, Place place) : m_object(&object), m_place(std::move(place)) {}

    const nlohmann::json* m_object;
    Place m_place;
};

}  // namespace hezhang::schema
