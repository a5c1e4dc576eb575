// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "sync/base/log.h"

#include <atomic>
#include <cstdio>

namespace hezhang::log {

namespace {

constexpr std::size_t kTextMax = 200;

void writeToStandardError(Level level, std::string_view area, std::string_view event,
                          std::span<const Field> fields) {
    const std::string line = toJsonLine(RealClock().now(), level, area, event, fields);
    std::fwrite(line.data(), 1, line.size(), stderr);
}

std::atomic<Level> currentLevel = Level::warning;
std::atomic<Sink> currentSink = &writeToStandardError;

// UTF-8 continuation bytes are 10xxxxxx.
std::string_view cut(std::string_view text) {
    if (text.size() <= kTextMax) {
        return text;
    }
    std::size_t end = kTextMax;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) {
        --end;
    }
    return text.substr(0, end);
}

void appendQuoted(std::string& line, std::string_view text) {
    line.push_back('"');
    for (const char c : cut(text)) {
        if (c == '"' || c == '\\') {
            line.push_back('\\');
            line.push_back(c);
        } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
            char escaped[8];
            std::snprintf(escaped, sizeof escaped, "\\u%04x", static_cast<unsigned>(c));
            line += escaped;
        } else {
            line.push_back(c);
        }
    }
    line.push_back('"');
}

void appendMember(std::string& line, std::string_view key, const Field::Value& value) {
    line.push_back(line.empty() ? '{' : ',');
    appendQuoted(line, key);
    line.push_back(':');
    if (const auto* number = std::get_if<std::int64_t>(&value)) {
        line += std::to_string(*number);
    } else {
        appendQuoted(line, std::get<std::string_view>(value));
    }
}

}  // namespace

void setLevel(Level level) {
    currentLevel = level;
}

void setSink(Sink sink) {
    currentSink = sink != nullptr ? sink : &writeToStandardError;
}

void write(Level level, std::string_view area, std::string_view event, std::initializer_list<Field> fields) {
    if (level >= currentLevel.load(std::memory_order_relaxed)) {
        currentSink.load()(level, area, event, {fields.begin(), fields.size()});
    }
}

std::string_view name(Level level) {
    switch (level) {
    case Level::trace:
        return "trace";
    case Level::debug:
        return "debug";
    case Level::info:
        return "info";
    case Level::warning:
        return "warning";
    case Level::error:
        return "error";
    case Level::off:
        return "off";
    }
    return "off";
}

std::string toJsonLine(WallMs at, Level level, std::string_view area, std::string_view event,
                       std::span<const Field> fields) {
    std::string line;
    appendMember(line, "at", toIsoText(at));
    appendMember(line, "level", name(level));
    appendMember(line, "area", area);
    appendMember(line, "event", event);
    for (const Field& field : fields) {
        appendMember(line, field.key(), field.value());
    }
    line += "}\n";
    return line;
}

}  // namespace hezhang::log
