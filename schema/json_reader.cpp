// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "schema/json_reader.h"

#include <algorithm>
#include <functional>
#include <set>

#include "sync/op/value.h"

namespace hezhang::schema {

using nlohmann::json;

Place Place::member(std::string_view key) const {
    return {file, path.empty() ? std::string(key) : path + "." + std::string(key)};
}

Place Place::element(std::size_t index) const {
    return {file, path + "[" + std::to_string(index) + "]"};
}

tl::unexpected<Error> Place::wrong(std::string_view what) const {
    const std::string where = path.empty() ? file : file + ": " + path;
    return fail(ErrorCode::badInput, where + ": " + std::string(what));
}

// nlohmann keeps the last of two equal keys and says nothing; another reader might keep the first.
class KeyWatch {
public:
    bool operator()(int /*depth*/, json::parse_event_t event, const json& parsed) {
        if (event == json::parse_event_t::object_start) {
            m_open.emplace_back();
        } else if (event == json::parse_event_t::object_end) {
            m_open.pop_back();
        } else if (event == json::parse_event_t::key) {
            const auto& key = parsed.get_ref<const std::string&>();
            if (!m_open.back().insert(key).second && !m_doubled) {
                m_doubled = key;
            }
        }
        return true;
    }
    [[nodiscard]] const std::optional<std::string>& doubled() const { return m_doubled; }

private:
    std::vector<std::set<std::string>> m_open;
    std::optional<std::string> m_doubled;
};

// The line of the byte that nlohmann read last; it counts bytes from 1.
static std::size_t lineOf(std::string_view text, std::size_t byte) {
    const auto before = text.substr(0, byte == 0 ? 0 : byte - 1);
    return 1 + static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
}

Result<json> parseStrictJson(std::string_view text, std::string_view fileName) {
    const Place place{std::string(fileName), ""};
    KeyWatch watch;
    json parsed;
    try {
        parsed = json::parse(text, std::ref(watch));
    } catch (const json::parse_error& error) {
        const std::string file = place.file + ":" + std::to_string(lineOf(text, error.byte));
        return fail(ErrorCode::badInput, file + ": is not well-formed JSON");
    } catch (const json::exception&) {
        return place.wrong("has a number that is out of range");
    }
    if (watch.doubled()) {
        return place.wrong("has the key " + inQuotes(*watch.doubled()) + " twice in one object");
    }
    return parsed;
}

Result<ObjectReader> ObjectReader::open(const json& value, Place place,
                                        std::initializer_list<std::string_view> known) {
    if (!value.is_object()) {
        return place.wrong("is not an object");
    }
    for (const auto& [key, unused] : value.items()) {
        if (std::find(known.begin(), known.end(), key) == known.end()) {
            return place.wrong("unknown key " + inQuotes(key));
        }
    }
    return ObjectReader(value, std::move(place));
}

Result<const json*> ObjectReader::member(std::string_view key) const {
    const auto found = m_object->find(key);
    if (found == m_object->end()) {
        return at(key).wrong("is missing");
    }
    return &*found;
}

Result<std::string> ObjectReader::text(std::string_view key) const {
    HZ_TRY(const json* const value, member(key));
    if (!value->is_string()) {
        return at(key).wrong("is not a text");
    }
    const auto& text = value->get_ref<const std::string&>();
    if (text.empty()) {
        return at(key).wrong("is empty");
    }
    if (!sync::isWellFormedUtf8(text) || hasForbiddenControl(text, Lines::one)) {
        return at(key).wrong("has a control character");
    }
    return text;
}

Result<std::string> ObjectReader::word(std::string_view key) const {
    HZ_TRY(std::string result, text(key));
    if (!isName(result)) {
        return at(key).wrong(inQuotes(result) + " is not a name (a-z, 0-9, _)");
    }
    return result;
}

Result<std::int64_t> ObjectReader::integer(std::string_view key, std::int64_t min) const {
    HZ_TRY(const json* const value, member(key));
    if (!value->is_number_integer() ||
        (value->is_number_unsigned() && value->get<std::uint64_t>() > INT64_MAX)) {
        return at(key).wrong("is not a whole number");
    }
    const auto number = value->get<std::int64_t>();
    if (number < min) {
        return at(key).wrong("is below " + std::to_string(min));
    }
    return number;
}

Result<std::optional<std::int64_t>> ObjectReader::optionalInteger(std::string_view key,
                                                                  std::int64_t min) const {
    if (!has(key)) {
        return std::optional<std::int64_t>();
    }
    HZ_TRY(const std::int64_t number, integer(key, min));
    return std::optional(number);
}

Result<bool> ObjectReader::flag(std::string_view key) const {
    if (!has(key)) {
        return false;
    }
    HZ_TRY(const json* const value, member(key));
    if (!value->is_boolean()) {
        return at(key).wrong("is not true or false");
    }
    return value->get<bool>();
}

}  // namespace hezhang::schema
