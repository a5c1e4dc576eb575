// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Structured logging: an area (storage, sync, net, ui, endpoint, …), an event in fixed words, and fields.
//
//   log::info("sync", "pull finished", {{"device", device.hex()}, {"ops", received}, {"ms", elapsed}});
//
// Fields are ids, counts, codes, durations and paths; never a record's text, a person's name, a code or a
// key. Until set otherwise, warnings and errors go to standard error, one JSON object a line:
//   {"at":"2026-11-21T08:40:00Z","level":"warning","area":"sync","event":"…","ops":3}
// Texts are UTF-8. Nothing here fails. Threads: all functions from any thread; a sink is called from all of them.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "sync/base/clock_source.h"

namespace hezhang::log {

enum class Level : std::uint8_t {
    trace,    // per op
    debug,    // per request
    info,     // rare changes of state
    warning,  // it goes on, but worse than it should
    error,    // somebody has to act
    off       // only as a limit: nothing is logged
};

// Borrows its texts until the call returns.
class Field {
public:
    using Value = std::variant<std::int64_t, std::string_view>;

    template <std::integral Number>
    Field(std::string_view key, Number value) : m_key(key), m_value(static_cast<std::int64_t>(value)) {}
    Field(std::string_view key, std::string_view value) : m_key(key), m_value(value) {}
    Field(std::string_view key, const char* value) : Field(key, std::string_view(value)) {}
    Field(std::string_view key, const std::string& value) : Field(key, std::string_view(value)) {}

    [[nodiscard]] std::string_view key() const { return m_key; }
    [[nodiscard]] const Value& value() const { return m_value; }

private:
    std::string_view m_key;
    Value m_value;
};

using Sink = void (*)(Level level, std::string_view area, std::string_view event,
                      std::span<const Field> fields);

// What is below the level is dropped.
void setLevel(Level level);
// nullptr: standard error again.
void setSink(Sink sink);

void write(Level level, std::string_view area, std::string_view event, std::initializer_list<Field> fields);

inline void trace(std::string_view area, std::string_view event, std::initializer_list<Field> fields = {}) {
    write(Level::trace, area, event, fields);
}
inline void debug(std::string_view area, std::string_view event, std::initializer_list<Field> fields = {}) {
    write(Level::debug, area, event, fields);
}
inline void info(std::string_view area, std::string_view event, std::initializer_list<Field> fields = {}) {
    write(Level::info, area, event, fields);
}
inline void warning(std::string_view area, std::string_view event, std::initializer_list<Field> fields = {}) {
    write(Level::warning, area, event, fields);
}
inline void error(std::string_view area, std::string_view event, std::initializer_list<Field> fields = {}) {
    write(Level::error, area, event, fields);
}

[[nodiscard]] std::string_view name(Level level);
// The line of the default sink, with its newline. Text fields over 200 bytes are cut at a character.
[[nodiscard]] std::string toJsonLine(WallMs at, Level level, std::string_view area, std::string_view event,
                                     std::span<const Field> fields);

}  // namespace hezhang::log
