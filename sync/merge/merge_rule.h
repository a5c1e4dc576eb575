// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The five merge rules. A cell has exactly one; docs/merge-rules.md is the table of what each does.
// Kept few on purpose: the pairs to think about grow with the square.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace hezhang::sync {

enum class MergeRule : std::uint8_t {
    keepBoth,   // assign; concurrent different values are a conflict
    authority,  // assign; the value of higher rank stands
    prose,      // assign; sentences are merged three ways
    set,        // add, remove; add wins
    counter     // increment; the sum
};

[[nodiscard]] constexpr std::string_view name(MergeRule rule) {
    switch (rule) {
    case MergeRule::keepBoth: return "keepBoth";
    case MergeRule::authority: return "authority";
    case MergeRule::prose: return "prose/1";
    case MergeRule::set: return "set";
    case MergeRule::counter: return "counter";
    }
    return "";
}

[[nodiscard]] constexpr std::optional<MergeRule> mergeRuleNamed(std::string_view text) {
    for (const auto rule : {MergeRule::keepBoth, MergeRule::authority, MergeRule::prose, MergeRule::set,
                            MergeRule::counter}) {
        if (name(rule) == text) {
            return rule;
        }
    }
    return std::nullopt;
}

}  // namespace hezhang::sync
