// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The command line of `hz`: what a command takes is a table, and this reads a line by it.
//
// Shape:   options may stand anywhere, also before the command: --name VALUE, --name=VALUE, -o FILE. `--`
// ends them. A name takes a value
//          in every command or in none. A negative number is an operand, not an option.
// Errors:  usage, for whatever can be seen wrong without data: an unknown, doubled, missing or malformed
// option, a missing or extra
//          operand, an unknown command.
// Threads: value types and pure functions.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sync/base/result.h"

namespace hezhang::cli {

class Call;

enum class Takes : std::uint8_t { nothing, one, many };
enum class Need : std::uint8_t { optional, required };

struct OptionSpec {
    std::string_view name;  // without dashes; a single letter has one dash
    Takes takes = Takes::nothing;
    std::string_view placeholder;  // of the value, for people
    std::string_view help;
    Need need = Need::optional;
    bool (*isWellFormed)(std::string_view) = nullptr;  // of the value; null: any text
};

struct CommandSpec {
    std::string_view name;      // one word or two: "window open"
    std::string_view operands;  // "RECORD FIELD VALUE"; [FILE] may be absent, a word with … at its end
                                // repeats, 0 times or more
    std::string_view help;
    std::vector<OptionSpec> options;
    Result<int> (*run)(Call&) = nullptr;
};

class Args {
public:
    [[nodiscard]] bool has(std::string_view option) const { return m_options.contains(option); }
    // nullopt where the option was not given.
    [[nodiscard]] std::optional<std::string> value(std::string_view option) const;
    // The empty text where the option was not given.
    [[nodiscard]] std::string textOf(std::string_view option) const { return value(option).value_or(""); }
    // nullopt where it was not given. REQUIRES: its spec has isInteger.
    [[nodiscard]] std::optional<std::int64_t> number(std::string_view option) const;
    [[nodiscard]] std::vector<std::string> values(std::string_view option) const;
    [[nodiscard]] const std::vector<std::string>& operands() const { return m_operands; }
    // REQUIRES: the command asks for so many.
    [[nodiscard]] const std::string& operand(std::size_t i) const { return m_operands.at(i); }

private:
    friend class ArgsReader;
    std::map<std::string, std::vector<std::string>, std::less<>> m_options;
    std::vector<std::string> m_operands;
};

struct CommandLine {
    const CommandSpec* command = nullptr;  // null: only --help or --version was asked
    Args args;
};

[[nodiscard]] inline tl::unexpected<Error> usage(std::string text) {
    return fail(ErrorCode::usage, std::move(text));
}

// The options every command has.
[[nodiscard]] std::span<const OptionSpec> globalOptions();

// With --help or --version the line need not be complete.
[[nodiscard]] Result<CommandLine> readCommandLine(std::span<const std::string> words,
                                                  std::span<const CommandSpec> commands);
// Whether --json stands in it: what an error in the line itself is answered by.
[[nodiscard]] bool asksForJson(std::span<const std::string> words);

// The forms of values.
[[nodiscard]] bool isInteger(std::string_view text);   // of 64 bits
[[nodiscard]] bool isPositive(std::string_view text);  // an integer from 1
[[nodiscard]] bool isYear(std::string_view text);      // 1 … 9999
[[nodiscard]] bool isDot(std::string_view text);       // lane/counter, lane/counter/branch
[[nodiscard]] bool isSeen(std::string_view text);      // dots with commas between, or `none`
[[nodiscard]] bool isHex(std::string_view text);
[[nodiscard]] bool isNotEmpty(std::string_view text);
[[nodiscard]] bool isRecordStart(std::string_view text);  // 6 hex digits at least
[[nodiscard]] bool isConflictId(std::string_view text);   // RECORD/FIELD
[[nodiscard]] bool isFieldValue(std::string_view text);   // FIELD=VALUE

// The dots of a --seen. REQUIRES: isSeen(text)
[[nodiscard]] std::vector<std::string> seenDots(std::string_view text);

}  // namespace hezhang::cli
