// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/endpoint/arguments.h"

#include <algorithm>

namespace hezhang::endpoint {

Result<Arguments> Arguments::parse(std::span<const std::string> arguments, std::span<const Option> known) {
    const auto find = [&](std::string_view name) {
        return std::find_if(known.begin(), known.end(), [&](const Option& one) { return one.name == name; });
    };
    Arguments parsed;
    bool isOver = false;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const std::string& argument = arguments[i];
        if (isOver || argument.size() < 2 || argument[0] != '-') {
            parsed.m_words.push_back(argument);
            continue;
        }
        if (argument == "--") {
            isOver = true;
            continue;
        }
        const std::size_t equals = argument.find('=');
        const std::string name = argument.substr(0, equals);
        const auto option = find(name);
        if (option == known.end()) {
            return fail(ErrorCode::usage, "the option " + name + " is unknown");
        }
        const bool takesValue = option->takes == Option::Takes::value;
        std::string value;
        if (equals != std::string::npos) {
            value = argument.substr(equals + 1);
            if (!takesValue) {
                return fail(ErrorCode::usage, "the option " + name + " takes no value");
            }
        } else if (takesValue) {
            // A value that looks like an option of ours is one, and the value was forgotten.
            if (i + 1 == arguments.size() || find(arguments[i + 1]) != known.end()) {
                return fail(ErrorCode::usage, "the option " + name + " needs a value");
            }
            value = arguments[++i];
        }
        if (!parsed.m_options.emplace(name, std::move(value)).second) {
            return fail(ErrorCode::usage, "the option " + name + " is given twice");
        }
    }
    return parsed;
}

std::optional<std::string> Arguments::value(std::string_view option) const {
    const auto found = m_options.find(option);
    return found == m_options.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace hezhang::endpoint
