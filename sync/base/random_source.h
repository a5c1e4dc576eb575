// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The port for randomness. SystemRandom is for keys, ids and seeds; SeededRandom gives the same sequence on
// every machine and drives tests and simulation.
#pragma once

#include <cstdint>
#include <span>

#include "sync/base/bytes.h"

namespace hezhang {

class RandomSource {
public:
    virtual ~RandomSource() = default;
    virtual void fill(std::span<std::uint8_t> bytes) = 0;

    template <class Id>
    [[nodiscard]] Id draw() {
        Id id;
        fill(id.bytes);
        return id;
    }
    // 0 … bound-1. REQUIRES: bound > 0
    [[nodiscard]] std::uint64_t below(std::uint64_t bound);
};

// The kernel's generator; never fails after start-up.
class SystemRandom final : public RandomSource {
public:
    void fill(std::span<std::uint8_t> bytes) override;
};

// splitmix64. Not for secrets.
class SeededRandom final : public RandomSource {
public:
    explicit SeededRandom(std::uint64_t seed) : m_state(seed) {}
    void fill(std::span<std::uint8_t> bytes) override;
    [[nodiscard]] std::uint64_t next();

private:
    std::uint64_t m_state;
};

}  // namespace hezhang
