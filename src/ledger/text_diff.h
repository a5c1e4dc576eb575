// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What one text adds to another and what it leaves out, for people to look at. Sentences are compared
// first, then the characters (numbers and Latin words whole) of sentences that stand for each other, so a
// changed number is marked and not its whole sentence.
//
// Shape:   runs in reading order. The same and the removed ones together are `before`, the same and the
//          added ones `after`; a removed run stands before what was put in its place. No run is empty, no
//          two neighbours are of one kind.
// Units:   a run never cuts a UTF-8 character. Bytes that are no UTF-8 count as characters of one byte.
// Limits:  more than kDiffPairsMax pairs to compare are shown as one removal and one addition.
// Errors:  none. Threads: pure functions.
// Source:  longest common subsequence, twice; sentences as sync/merge/prose.h has them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hezhang::ledger {

inline constexpr std::size_t kDiffPairsMax = 1024 * 1024;
// Fewer characters than these between two changes are no reason to break a change in two.
inline constexpr std::size_t kDiffIslandChars = 2;

enum class RunKind : std::uint8_t { same, added, removed };

struct TextRun {
    RunKind kind = RunKind::same;
    std::string text;
    bool operator==(const TextRun&) const = default;
};

[[nodiscard]] std::vector<TextRun> textDiff(std::string_view before, std::string_view after);

}  // namespace hezhang::ledger
