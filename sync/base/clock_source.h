// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The port for wall time. Wall time is shown to people and sets time-outs; it never decides a merge.
// Nothing in sync but RealClock reads the machine's clock.
#pragma once

#include <cstdint>
#include <string>

namespace hezhang {

// Milliseconds since 1970-01-01T00:00:00Z.
using WallMs = std::int64_t;

class ClockSource {
public:
    virtual ~ClockSource() = default;
    [[nodiscard]] virtual WallMs now() const = 0;
};

class RealClock final : public ClockSource {
public:
    [[nodiscard]] WallMs now() const override;
};

class FakeClock final : public ClockSource {
public:
    explicit FakeClock(WallMs start = 1'700'000'000'000) : m_now(start) {}
    [[nodiscard]] WallMs now() const override { return m_now; }
    void set(WallMs now) { m_now = now; }
    void advance(WallMs by) { m_now += by; }

private:
    WallMs m_now;
};

// 2026-11-21T08:40:00Z. Out-of-range times (a broken clock) are clamped to years 0000-9999.
[[nodiscard]] std::string toIsoText(WallMs at);

}  // namespace hezhang
