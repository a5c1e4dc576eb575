// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/likeness.h"

#include <algorithm>

#include "src/ledger/chinese_text.h"

namespace hezhang::ledger {

TextPairs::TextPairs(std::string_view text) : m_text(text) {
    const std::u16string characters = toUtf16(text);
    for (std::size_t i = 0; i + 1 < characters.size(); ++i) {
        m_pairs.push_back(static_cast<std::uint32_t>(characters[i]) << 16 | characters[i + 1]);
    }
    std::ranges::sort(m_pairs);
}

double TextPairs::likeness(const TextPairs& other) const {
    if (m_pairs.empty() || other.m_pairs.empty()) {
        return m_text == other.m_text ? 1 : 0;
    }
    std::size_t shared = 0;
    for (auto own = m_pairs.begin(), their = other.m_pairs.begin();
         own != m_pairs.end() && their != other.m_pairs.end();) {
        const bool isOwnFirst = *own <= *their;
        const bool isTheirFirst = *their <= *own;
        shared += isOwnFirst && isTheirFirst ? 1U : 0U;
        own += isOwnFirst ? 1 : 0;
        their += isTheirFirst ? 1 : 0;
    }
    return 2.0 * static_cast<double>(shared) / static_cast<double>(m_pairs.size() + other.m_pairs.size());
}

}  // namespace hezhang::ledger
