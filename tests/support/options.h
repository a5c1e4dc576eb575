// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The command lines of the test programs.
#pragma once

#include <charconv>
#include <cstdint>
#include <cstring>
#include <map>
#include <string>
#include <string_view>
#include <system_error>
#include <variant>

namespace hezhang::test {

// All of `text`, or false.
template <class Number>
[[nodiscard]] bool readNumber(const char* text, Number& number) {
    const char* end = text + std::strlen(text);
    const auto parsed = std::from_chars(text, end, number);
    return parsed.ec == std::errc{} && parsed.ptr == end;
}

// Where the word after an option goes; a flag has none.
using OptionTarget = std::variant<bool*, std::uint64_t*, std::string*>;

// The whole command line, or false.
[[nodiscard]] inline bool readOptions(int argc, char** argv,
                                      const std::map<std::string_view, OptionTarget>& targets) {
    for (int i = 1; i < argc; ++i) {
        const auto target = targets.find(argv[i]);
        if (target == targets.end()) {
            return false;
        }
        if (bool* const* flag = std::get_if<bool*>(&target->second)) {
            **flag = true;
            continue;
        }
        const char* value = i + 1 < argc ? argv[++i] : "";
        if (std::string* const* text = std::get_if<std::string*>(&target->second)) {
            **text = value;
        } else if (!readNumber(value, *std::get<std::uint64_t*>(target->second))) {
            return false;
        }
    }
    return true;
}

}  // namespace hezhang::test
