// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Byte strings, fixed-size ids and hashes, hex.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hezhang {

using Bytes = std::vector<std::uint8_t>;
using BytesView = std::span<const std::uint8_t>;

[[nodiscard]] inline BytesView viewOf(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
[[nodiscard]] inline std::string_view textOf(BytesView bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}
[[nodiscard]] inline Bytes copyOf(BytesView bytes) { return {bytes.begin(), bytes.end()}; }

// Lower-case hex, two digits a byte.
[[nodiscard]] std::string toHex(BytesView bytes);
// nullopt unless `text` is an even number of hex digits (either case).
[[nodiscard]] std::optional<Bytes> fromHex(std::string_view text);

// N bytes that do not convert to those of another Tag. The default is all zero, which means "none".
template <class Tag, std::size_t N>
struct FixedBytes {
    static constexpr std::size_t kSize = N;
    std::array<std::uint8_t, N> bytes{};

    auto operator<=>(const FixedBytes&) const = default;
    [[nodiscard]] bool isNone() const { return *this == FixedBytes{}; }
    [[nodiscard]] BytesView view() const { return bytes; }
    [[nodiscard]] std::string hex() const { return toHex(bytes); }

    // REQUIRES: view.size() == N
    [[nodiscard]] static FixedBytes of(BytesView view) {
        FixedBytes result;
        for (std::size_t i = 0; i < N && i < view.size(); ++i) {
            result.bytes[i] = view[i];
        }
        return result;
    }
    // nullopt unless the text is exactly N bytes in hex.
    [[nodiscard]] static std::optional<FixedBytes> fromHexText(std::string_view text) {
        const auto raw = fromHex(text);
        if (!raw || raw->size() != N) {
            return std::nullopt;
        }
        return of(*raw);
    }
};

using Hash = FixedBytes<struct HashTag, 32>;            // of the county's suite: SHA-256 or SM3
using RecordId = FixedBytes<struct RecordTag, 16>;      // also the id of a unit, person, task, …: all are records
using LaneId = FixedBytes<struct LaneTag, 16>;
using DeviceId = FixedBytes<struct DeviceTag, 16>;      // start of the hash of the device's public key
using CountyId = FixedBytes<struct CountyTag, 16>;
using EpochId = FixedBytes<struct EpochTag, 16>;

}  // namespace hezhang
