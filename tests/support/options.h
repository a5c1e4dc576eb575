// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Numbers on the command lines of the test programs.
#pragma once

#include <charconv>
#include <cstring>
#include <system_error>

namespace hezhang::test {

// All of `text`, or false.
template <class Number>
[[nodiscard]] bool readNumber(const char* text, Number& number) {
    const char* end = text + std::strlen(text);
    const auto parsed = std::from_chars(text, end, number);
    return parsed.ec == std::errc{} && parsed.ptr == end;
}

}  // namespace hezhang::test
