// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/last_sync.h"

#include <charconv>

#include "src/ledger/files.h"

namespace hezhang::ledger {
namespace {

constexpr std::size_t kWordsBytes = 48;  // two numbers of up to 20 characters
constexpr std::size_t kCheckBytes = 8;

std::string pathIn(const std::string& folder) {
    return folder + "/last-sync";
}

// Of equal length whatever the numbers: a shorter note leaves nothing of a longer one behind it.
std::string textFor(const sync::Suite& suite, const LastSync& note) {
    std::string text = std::to_string(note.at) + " " + std::to_string(note.skewMs);
    text.resize(kWordsBytes, ' ');
    return text + toHex(suite.hash({viewOf(text)}).view().first(kCheckBytes)) + "\n";
}

}  // namespace

Result<void> writeLastSync(const std::string& folder, const sync::Suite& suite, const LastSync& note) {
    return overwrite(pathIn(folder), viewOf(textFor(suite, note)));
}

std::optional<LastSync> readLastSync(const std::string& folder, const sync::Suite& suite) {
    const auto content = readFile(pathIn(folder), kWordsBytes + 2 * kCheckBytes + 1);
    if (!content) {
        return std::nullopt;
    }
    const std::string_view text = textOf(*content);
    const char* const end = text.data() + text.size();
    LastSync note;
    const auto at = std::from_chars(text.data(), end, note.at);
    const auto skew = at.ptr < end ? std::from_chars(at.ptr + 1, end, note.skewMs) : at;
    const bool isWhole = skew.ec == std::errc() && textFor(suite, note) == text;
    return isWhole ? std::optional(note) : std::nullopt;
}

}  // namespace hezhang::ledger
