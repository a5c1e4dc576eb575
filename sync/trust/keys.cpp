// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "sync/trust/keys.h"

#include <algorithm>

namespace hezhang::sync {

EVP_PKEY* RecentKeys::touch(const Hash& fingerprint) {
    const auto found = std::find_if(m_entries.begin(), m_entries.end(),
                                    [&](const Entry& entry) { return entry.fingerprint == fingerprint; });
    if (found == m_entries.end()) {
        return nullptr;
    }
    std::rotate(found, found + 1, m_entries.end());
    return m_entries.back().key.get();
}

EVP_PKEY* RecentKeys::add(const Hash& fingerprint, OwnedKey key) {
    if (key == nullptr) {
        return nullptr;
    }
    if (m_entries.size() == kKeysMax) {
        m_entries.erase(m_entries.begin());
    }
    m_entries.push_back({fingerprint, std::move(key)});
    return m_entries.back().key.get();
}

}  // namespace hezhang::sync
