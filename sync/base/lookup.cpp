// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "sync/base/lookup.h"

#include "sync/base/random_source.h"

namespace hezhang {

std::size_t LookupHash::mixed(std::uint64_t start) {
    static const std::uint64_t seed = [] {
        std::uint64_t drawn = 0;
        std::array<std::uint8_t, sizeof(drawn)> bytes{};
        SystemRandom().fill(bytes);
        std::memcpy(&drawn, bytes.data(), bytes.size());
        return drawn;
    }();
    const std::uint64_t product = (start ^ seed) * 0x9e3779b97f4a7c15U;
    return product ^ product >> 32;
}

}  // namespace hezhang
