// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/cli/commands.h"

#include <ostream>

namespace hezhang::cli {

const std::vector<CommandSpec>& commands() {
    static const std::vector<CommandSpec> all = [] {
        std::vector<CommandSpec> list;
        for (auto* part : {homeCommands, readCommands, editCommands, filingCommands, targetCommands,
                           deadlineCommands, consolidationCommands, unitCommands, conflictCommands,
                           syncCommands, proofCommands, holidayCommands, documentCommands}) {
            for (CommandSpec& command : part()) {
                list.push_back(std::move(command));
            }
        }
        return list;
    }();
    return all;
}

// --- help ---

static std::string optionText(const OptionSpec& option) {
    const std::string dashes = option.name.size() == 1 ? "-" : "--";
    const std::string value = option.takes == Takes::nothing ? "" : " " + std::string(option.placeholder);
    return dashes + std::string(option.name) + value + (option.takes == Takes::many ? " …" : "");
}

static std::string optionsText(std::span<const OptionSpec> options) {
    std::vector<std::pair<std::string, std::string>> lines;
    for (const OptionSpec& option : options) {
        lines.emplace_back("  " + optionText(option), std::string(option.help));
    }
    return pairsText(lines);
}

static std::string usageOf(const CommandSpec& command) {
    std::string line =
        std::string(command.name) + (command.operands.empty() ? "" : " " + std::string(command.operands));
    for (const OptionSpec& option : command.options) {
        const bool isNeeded = option.need == Need::required;
        line += isNeeded ? " " + optionText(option) : " [" + optionText(option) + "]";
    }
    return line;
}

static std::string helpFor(const CommandSpec& command) {
    std::string text = "hz " + usageOf(command) + "\n\n" + std::string(command.help) + "\n";
    if (!command.options.empty()) {
        text += "\n" + optionsText(command.options);
    }
    return text + "\n" + optionsText(globalOptions());
}

static std::string helpForAll() {
    std::vector<std::pair<std::string, std::string>> lines;
    for (const CommandSpec& command : commands()) {
        lines.emplace_back("  " + std::string(command.name) + " " + std::string(command.operands),
                           std::string(command.help));
    }
    return "hz: 合账 Hezhang, the ledger of open-government tasks, on the command line\n\n"
           "hz COMMAND … ; options may stand anywhere; hz COMMAND --help says more\n\n" +
           pairsText(lines) + "\n" + optionsText(globalOptions()) +
           "\nThe home is --home DIR, else $HEZHANG_HOME, else ${XDG_DATA_HOME:-~/.local/share}/hezhang.\n"
           "Exit codes: 0 done, 1 failed, 2 wrong usage or an ambiguous name.\n";
}

// --- run ---

static Result<int> runLine(const CommandLine& line, Streams& streams) {
    Call call(line.args, streams);
    if (line.args.has("help")) {
        streams.out << (line.command == nullptr ? helpForAll() : helpFor(*line.command));
        return 0;
    }
    if (line.args.has("version")) {
        return call.answer({{"program", "hz"}, {"version", HEZHANG_VERSION}}, "hz " HEZHANG_VERSION "\n");
    }
    return line.command->run(call);
}

static int answerError(const Error& error, bool isJson, Streams& streams) {
    if (isJson) {
        streams.out << printed({{"error", errorJson(error)}}) << '\n';
        streams.out.flush();
    }
    streams.err << errorLine(error) << std::endl;
    return exitCodeOf(error);
}

int run(std::span<const std::string> words, Streams& streams) {
    const auto line = readCommandLine(words, commands());
    if (!line) {
        return answerError(line.error(), asksForJson(words), streams);
    }
    const auto code = runLine(*line, streams);
    if (!code) {
        return answerError(code.error(), line->args.has("json"), streams);
    }
    if (!streams.out.flush()) {
        return answerError({ErrorCode::fileUnwritable, "the output could not be written"}, false, streams);
    }
    return *code;
}

}  // namespace hezhang::cli
