// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/likeness.h"

#include <algorithm>

namespace hezhang::ledger {

static std::vector<std::string> charactersOf(std::string_view text) {
    std::vector<std::string> characters;
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t size = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
        characters.emplace_back(text.substr(i, size));
        i += size;
    }
    return characters;
}

TextPairs::TextPairs(std::string_view text) : m_text(text) {
    const std::vector<std::string> characters = charactersOf(text);
    for (std::size_t i = 0; i + 1 < characters.size(); ++i) {
        m_pairs.push_back(characters[i] + characters[i + 1]);
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
        const int order = own->compare(*their);
        shared += order == 0 ? 1U : 0U;
        own += order <= 0 ? 1 : 0;
        their += order >= 0 ? 1 : 0;
    }
    return 2.0 * static_cast<double>(shared) / static_cast<double>(m_pairs.size() + other.m_pairs.size());
}

}  // namespace hezhang::ledger
