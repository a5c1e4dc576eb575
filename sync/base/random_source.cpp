// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "sync/base/random_source.h"

#include <sys/random.h>

#include <cerrno>

#include "sync/base/check.h"

namespace hezhang {

std::uint64_t RandomSource::below(std::uint64_t bound) {
    HZ_ASSERT(bound > 0);
    std::uint8_t raw[8];
    fill(raw);
    std::uint64_t value = 0;
    for (const std::uint8_t byte : raw) {
        value = value << 8 | byte;
    }
    return value % bound;
}

void SystemRandom::fill(std::span<std::uint8_t> bytes) {
    while (!bytes.empty()) {
        const ssize_t got = ::getrandom(bytes.data(), bytes.size(), 0);
        if (got < 0) {
            HZ_ASSERT(errno == EINTR);
            continue;
        }
        bytes = bytes.subspan(static_cast<std::size_t>(got));
    }
}

std::uint64_t SeededRandom::next() {
    m_state += 0x9e3779b97f4a7c15ULL;
    std::uint64_t x = m_state;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
    return x ^ (x >> 31);
}

void SeededRandom::fill(std::span<std::uint8_t> bytes) {
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (i % 8 == 0) {
            word = next();
        }
        bytes[i] = static_cast<std::uint8_t>(word >> (i % 8 * 8));
    }
}

}  // namespace hezhang
