// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A command line taken apart: words and options, which may stand anywhere; after `--` everything is a word.
//
// Shape:   --name VALUE, --name=VALUE, -o VALUE, --flag.
// Errors:  usage: an unknown option, a value that is missing or too much, an option given twice.
// Threads: value types.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sync/base/result.h"

namespace hezhang::endpoint {

struct Option {
    enum class Takes { value, nothing };

    std::string_view name;
    Takes takes = Takes::value;
};

class Arguments {
public:
    [[nodiscard]] static Result<Arguments> parse(std::span<const std::string> arguments,
                                                 std::span<const Option> known);

    [[nodiscard]] const std::vector<std::string>& words() const { return m_words; }
    [[nodiscard]] bool has(std::string_view option) const { return m_options.contains(option); }
    [[nodiscard]] std::optional<std::string> value(std::string_view option) const;
    // All that were given, with their values.
    [[nodiscard]] const std::map<std::string, std::string, std::less<>>& options() const { return m_options; }

private:
    std::vector<std::string> m_words;
    std::map<std::string, std::string, std::less<>> m_options;
};

}  // namespace hezhang::endpoint
