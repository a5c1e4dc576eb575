// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// How alike two texts are, and from where on two tasks are taken for the same one.
//
// Errors:  none. Threads: pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hezhang::ledger {

inline constexpr double kSameTask = 0.6;      // contents more alike than this: the same task, corrected
inline constexpr double kSimilarTask = 0.35;  // above: perhaps; a person should look

// The pairs of neighbouring characters of a text, sorted, with repetitions: made once where one text is
// compared with many.
class TextPairs {
public:
    explicit TextPairs(std::string_view text);
    // Shared pairs of both, 0 … 1 (Dice). Texts of fewer than two characters: 1 where they are equal.
    [[nodiscard]] double likeness(const TextPairs& other) const;

private:
    std::string m_text;
    std::vector<std::uint32_t> m_pairs;  // of UTF-16 units
};

[[nodiscard]] inline double likeness(std::string_view a, std::string_view b) {
    return TextPairs(a).likeness(TextPairs(b));
}

}  // namespace hezhang::ledger
