// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/text_diff.h"

#include <algorithm>

#include "sync/merge/prose.h"

namespace hezhang::ledger {
namespace {

using Pieces = std::vector<std::string_view>;

bool isLetterOrDigit(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Characters; a number or a Latin word is one piece, so 12 and 15 are two numbers and not one that was
// changed.
Pieces charactersOf(std::string_view text) {
    Pieces pieces;
    for (std::size_t i = 0; i < text.size();) {
        std::size_t next = i + 1;
        while (isLetterOrDigit(text[i]) && next < text.size() && isLetterOrDigit(text[next])) {
            ++next;
        }
        while (next < text.size() && next - i < 4 &&
               (static_cast<unsigned char>(text[next]) & 0xC0U) == 0x80U) {
            ++next;
        }
        pieces.push_back(text.substr(i, next - i));
        i = next;
    }
    return pieces;
}

void append(std::vector<TextRun>& runs, RunKind kind, std::string_view text) {
    if (text.empty()) {
        return;
    }
    if (!runs.empty() && runs.back().kind == kind) {
        runs.back().text += text;
    } else {
        runs.push_back({kind, std::string(text)});
    }
}

std::string joinedText(const Pieces& pieces, std::size_t from, std::size_t to) {
    std::string text;
    for (std::size_t i = from; i < to; ++i) {
        text += pieces[i];
    }
    return text;
}

// One stretch: pieces both have, or what stands on each side between two such.
struct Stretch {
    bool isSame = false;
    std::string before;
    std::string after;
};

// lengths[i][j]: of the longest common subsequence of what follows i and j.
std::vector<std::vector<std::uint32_t>> commonLengths(const Pieces& a, const Pieces& b) {
    std::vector<std::vector<std::uint32_t>> lengths(a.size() + 1,
                                                    std::vector<std::uint32_t>(b.size() + 1, 0));
    for (std::size_t i = a.size(); i-- > 0;) {
        for (std::size_t j = b.size(); j-- > 0;) {
            lengths[i][j] =
                a[i] == b[j] ? lengths[i + 1][j + 1] + 1 : std::max(lengths[i + 1][j], lengths[i][j + 1]);
        }
    }
    return lengths;
}

std::vector<Stretch> stretchesOf(const Pieces& a, const Pieces& b) {
    if (a.size() * b.size() > kDiffPairsMax) {
        return {{false, joinedText(a, 0, a.size()), joinedText(b, 0, b.size())}};
    }
    const auto lengths = commonLengths(a, b);
    std::vector<Stretch> stretches;
    const auto last = [&](bool isSame) -> Stretch& {
        if (stretches.empty() || stretches.back().isSame != isSame) {
            stretches.push_back({isSame, {}, {}});
        }
        return stretches.back();
    };
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < a.size() || j < b.size()) {
        if (i < a.size() && j < b.size() && a[i] == b[j]) {
            Stretch& same = last(true);
            same.before += a[i++];
            same.after += b[j++];
        } else if (j == b.size() || (i < a.size() && lengths[i + 1][j] >= lengths[i][j + 1])) {
            last(false).before += a[i++];
        } else {
            last(false).after += b[j++];
        }
    }
    return stretches;
}

// Two characters that happen to be in both are no agreement: "removed 3 added 5 same 件 removed …" cannot be
// read.
std::vector<Stretch> withoutIslands(const std::vector<Stretch>& stretches) {
    std::vector<Stretch> result;
    for (std::size_t i = 0; i < stretches.size(); ++i) {
        const Stretch& one = stretches[i];
        const bool isBetween = i > 0 && i + 1 < stretches.size();
        const bool isIsland = one.isSame && isBetween && charactersOf(one.before).size() < kDiffIslandChars;
        if (!result.empty() && !result.back().isSame && (isIsland || !one.isSame)) {
            result.back().before += one.before;
            result.back().after += one.after;
        } else {
            result.push_back(one);
        }
    }
    return result;
}

void appendChanged(std::vector<TextRun>& runs, const Stretch& changed) {
    for (const Stretch& part :
         withoutIslands(stretchesOf(charactersOf(changed.before), charactersOf(changed.after)))) {
        append(runs, part.isSame ? RunKind::same : RunKind::removed, part.before);
        append(runs, RunKind::added, part.isSame ? std::string_view{} : part.after);
    }
}

}  // namespace

std::vector<TextRun> textDiff(std::string_view before, std::string_view after) {
    std::vector<TextRun> runs;
    for (const Stretch& stretch : stretchesOf(sync::sentencesOf(before), sync::sentencesOf(after))) {
        if (stretch.isSame) {
            append(runs, RunKind::same, stretch.before);
        } else {
            appendChanged(runs, stretch);
        }
    }
    return runs;
}

}  // namespace hezhang::ledger
