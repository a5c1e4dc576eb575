// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/cli/args.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "schema/text_rules.h"
#include "sync/base/bytes.h"
#include "sync/base/check.h"

namespace hezhang::cli {

using schema::inQuotes;

static constexpr std::array kGlobalOptions{
    OptionSpec{"home", Takes::one, "DIR", "the home folder", Need::optional, isNotEmpty},
    OptionSpec{"json", Takes::nothing, "", "answer in JSON"},
    OptionSpec{"help", Takes::nothing, "", "what a command does and takes"},
    OptionSpec{"version", Takes::nothing, "", "the version of this program"},
};

std::span<const OptionSpec> globalOptions() {
    return kGlobalOptions;
}

static std::string dashed(std::string_view name) {
    return (name.size() == 1 ? "-" : "--") + std::string(name);
}

static const OptionSpec* find(std::span<const OptionSpec> options, std::string_view name) {
    const auto found = std::ranges::find(options, name, &OptionSpec::name);
    return found == options.end() ? nullptr : &*found;
}

static bool isOption(std::string_view word) {
    const bool startsWithDash = word.size() > 1 && word[0] == '-';
    return startsWithDash && !(word[1] >= '0' && word[1] <= '9');
}

// --- what a line may hold ---

static std::vector<std::string_view> wordsOf(std::string_view text) {
    std::vector<std::string_view> words;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        if (end > 0) {
            words.push_back(text.substr(0, end));
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return words;
}

struct OperandForm {
    std::string_view word;
    bool (*isWellFormed)(std::string_view);
};

// What a word in CommandSpec::operands promises; any text for the others.
static constexpr std::array kOperandForms{
    OperandForm{"RECORD", isRecordStart},      OperandForm{"OP|RECORD", isRecordStart},
    OperandForm{"CONFLICT", isConflictId},     OperandForm{"N", isInteger},
    OperandForm{"FIELD=VALUE…", isFieldValue},
};

static Result<void> checkForm(std::string_view word, const std::string& operand) {
    const auto form = std::ranges::find(kOperandForms, word, &OperandForm::word);
    if (form != kOperandForms.end() && !form->isWellFormed(operand)) {
        return usage(inQuotes(operand) + " is not " + std::string(word));
    }
    return {};
}

static Result<void> checkOperands(const CommandSpec& command, std::span<const std::string> given) {
    const auto isOptional = [](std::string_view word) {
        return word.starts_with('[') || word.ends_with("…");
    };
    const auto words = wordsOf(command.operands);
    auto needed = static_cast<std::size_t>(std::ranges::count_if(words, std::not_fn(isOptional)));
    for (const std::string_view word : words) {
        const bool isRepeated = word.ends_with("…");
        if (isOptional(word) && !isRepeated && given.size() <= needed) {
            continue;  // the words that have to be there come first
        }
        needed -= isOptional(word) ? 0 : 1;
        if (given.empty() && !isRepeated && !word.starts_with('[')) {
            return usage(std::string(command.name) + " needs " + std::string(word));
        }
        const std::size_t count = isRepeated ? given.size() : std::min<std::size_t>(1, given.size());
        for (const std::string& operand : given.first(count)) {
            HZ_CHECK(checkForm(word, operand));
        }
        given = given.subspan(count);
    }
    return given.empty() ? Result<void>()
                         : usage(std::string(command.name) + " does not take " + inQuotes(given[0]));
}

class ArgsReader {
public:
    ArgsReader(std::span<const std::string> words, std::span<const CommandSpec> commands)
        : m_words(words), m_commands(commands) {}

    Result<CommandLine> read() {
        HZ_CHECK(split());
        m_isAsking = m_line.args.has("help") || m_line.args.has("version");
        HZ_CHECK(takeCommand());
        if (m_line.command != nullptr) {
            HZ_CHECK(checkOptions());
        }
        if (m_line.command != nullptr && !m_isAsking) {
            HZ_CHECK(checkNeeds());
            HZ_CHECK(checkOperands(*m_line.command, m_line.args.m_operands));
        }
        return std::move(m_line);
    }

private:
    // In whatever command it stands: the command is not known yet.
    [[nodiscard]] const OptionSpec* specOf(std::string_view name) const {
        const OptionSpec* spec = find(kGlobalOptions, name);
        for (std::size_t i = 0; spec == nullptr && i < m_commands.size(); ++i) {
            spec = find(m_commands[i].options, name);
        }
        return spec;
    }

    Result<void> split() {
        bool areOptionsOver = false;
        for (m_at = 0; m_at < m_words.size(); ++m_at) {
            const std::string& word = m_words[m_at];
            if (areOptionsOver || !isOption(word)) {
                m_line.args.m_operands.push_back(word);
            } else if (word == "--") {
                areOptionsOver = true;
            } else {
                HZ_CHECK(takeOption(word));
            }
        }
        return {};
    }

    Result<void> takeOption(std::string_view word) {
        const bool isLong = word.starts_with("--");
        const std::size_t equals = isLong ? word.find('=') : std::string_view::npos;
        const std::string_view name = word.substr(
            isLong ? 2 : 1, equals == std::string_view::npos ? std::string_view::npos : equals - 2);
        const OptionSpec* spec = specOf(name);
        if (spec == nullptr || isLong == (name.size() == 1)) {
            return usage("unknown option " + inQuotes(word.substr(0, equals)));
        }
        std::vector<std::string>& values = m_line.args.m_options[std::string(name)];
        if (spec->takes == Takes::nothing) {
            return equals == std::string_view::npos ? Result<void>()
                                                    : usage(dashed(name) + " takes no value");
        }
        if (spec->takes == Takes::one && !values.empty()) {
            return usage(dashed(name) + " stands twice");
        }
        if (equals != std::string_view::npos) {
            values.emplace_back(word.substr(equals + 1));
            return {};
        }
        if (m_at + 1 == m_words.size()) {
            return usage(dashed(name) + " needs " + std::string(spec->placeholder));
        }
        values.push_back(m_words[++m_at]);
        return {};
    }

    Result<void> takeCommand() {
        std::vector<std::string>& operands = m_line.args.m_operands;
        if (operands.empty()) {
            return m_isAsking ? Result<void>() : usage("no command is given");
        }
        for (std::size_t words = std::min<std::size_t>(2, operands.size()); words > 0; --words) {
            const std::string name = words == 2 ? operands[0] + " " + operands[1] : operands[0];
            const auto found = std::ranges::find(m_commands, name, &CommandSpec::name);
            if (found != m_commands.end()) {
                m_line.command = &*found;
                operands.erase(operands.begin(), operands.begin() + static_cast<std::ptrdiff_t>(words));
                return {};
            }
        }
        return usage("unknown command " + inQuotes(operands[0]) + secondWords(operands[0]));
    }

    // " (open, close)" for a first word that needs a second one.
    [[nodiscard]] std::string secondWords(const std::string& first) const {
        std::string list;
        for (const CommandSpec& command : m_commands) {
            if (command.name.starts_with(first + " ")) {
                list += (list.empty() ? "" : ", ") + std::string(command.name.substr(first.size() + 1));
            }
        }
        return list.empty() ? "" : " without one of: " + list;
    }

    Result<void> checkOptions() const {
        for (const auto& [name, values] : m_line.args.m_options) {
            const OptionSpec* spec = find(m_line.command->options, name);
            if (spec == nullptr && find(kGlobalOptions, name) == nullptr) {
                return usage(std::string(m_line.command->name) + " has no option " + dashed(name));
            }
            spec = spec != nullptr ? spec : find(kGlobalOptions, name);
            for (const std::string& value : values) {
                if (spec->isWellFormed != nullptr && !spec->isWellFormed(value)) {
                    return usage(dashed(name) + ": " + inQuotes(value) + " is not " +
                                 std::string(spec->placeholder));
                }
            }
        }
        return {};
    }

    Result<void> checkNeeds() const {
        for (const OptionSpec& option : m_line.command->options) {
            if (option.need == Need::required && !m_line.args.has(option.name)) {
                return usage(std::string(m_line.command->name) + " needs " + dashed(option.name) +
                             (option.takes == Takes::nothing ? "" : " " + std::string(option.placeholder)));
            }
        }
        return {};
    }

    std::span<const std::string> m_words;
    std::span<const CommandSpec> m_commands;
    std::size_t m_at = 0;
    bool m_isAsking = false;
    CommandLine m_line;
};

Result<CommandLine> readCommandLine(std::span<const std::string> words,
                                    std::span<const CommandSpec> commands) {
    return ArgsReader(words, commands).read();
}

bool asksForJson(std::span<const std::string> words) {
    for (const std::string& word : words) {
        if (word == "--json") {
            return true;
        }
        if (word == "--") {
            return false;
        }
    }
    return false;
}

// --- Args ---

std::optional<std::string> Args::value(std::string_view option) const {
    const auto found = m_options.find(option);
    if (found == m_options.end() || found->second.empty()) {
        return std::nullopt;
    }
    return found->second.front();
}

std::vector<std::string> Args::values(std::string_view option) const {
    const auto found = m_options.find(option);
    return found == m_options.end() ? std::vector<std::string>() : found->second;
}

static std::optional<std::int64_t> integerOf(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) {
        return std::nullopt;
    }
    return number;
}

std::optional<std::int64_t> Args::number(std::string_view option) const {
    const auto text = value(option);
    if (!text) {
        return std::nullopt;
    }
    const auto number = integerOf(*text);
    HZ_ASSERT(number.has_value());
    return number;
}

// --- forms ---

bool isInteger(std::string_view text) {
    return integerOf(text).has_value();
}
bool isPositive(std::string_view text) {
    return integerOf(text).value_or(0) > 0;
}
bool isYear(std::string_view text) {
    return isPositive(text) && integerOf(text) <= 9999;
}
bool isHex(std::string_view text) {
    return !text.empty() && fromHex(text).has_value();
}
bool isNotEmpty(std::string_view text) {
    return !text.empty();
}

bool isRecordStart(std::string_view text) {
    return text.size() >= 6 && text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

bool isConflictId(std::string_view text) {
    const std::size_t slash = text.find('/');
    return slash != std::string_view::npos && isRecordStart(text.substr(0, slash)) &&
           schema::isName(text.substr(slash + 1));
}

bool isFieldValue(std::string_view text) {
    const std::size_t equals = text.find('=');
    return equals != std::string_view::npos && equals > 0;
}

static std::vector<std::string> split(std::string_view text, char at) {
    std::vector<std::string> parts;
    for (std::size_t end = text.find(at); end != std::string_view::npos; end = text.find(at)) {
        parts.emplace_back(text.substr(0, end));
        text.remove_prefix(end + 1);
    }
    parts.emplace_back(text);
    return parts;
}

static bool isBranchName(std::string_view text) {
    return text == "tail" || (text.size() == 8 && isHex(text));
}

bool isDot(std::string_view text) {
    const std::vector<std::string> parts = split(text, '/');
    if (parts.size() < 2 || parts.size() > 3) {
        return false;
    }
    return LaneId::fromHexText(parts[0]) && isPositive(parts[1]) &&
           (parts.size() == 2 || isBranchName(parts[2]));
}

bool isSeen(std::string_view text) {
    return text == "none" ||
           std::ranges::all_of(split(text, ','), [](const std::string& dot) { return isDot(dot); });
}

std::vector<std::string> seenDots(std::string_view text) {
    return text == "none" ? std::vector<std::string>() : split(text, ',');
}

}  // namespace hezhang::cli
