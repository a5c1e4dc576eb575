// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/damage/damage.h"

#include <algorithm>

#include "src/ledger/files.h"
#include "tests/support/store_box.h"

namespace hezhang::test {
namespace {

constexpr std::size_t kSector = 512;
constexpr std::size_t kRunMax = 4096;
constexpr std::uint64_t kBits = 8;

std::string flipBits(Bytes& bytes, std::uint64_t count, SeededRandom& random) {
    const std::size_t at = random.below(bytes.size());
    for (std::uint64_t i = 0; i < count; ++i) {
        const std::size_t where = std::min(at + random.below(count), bytes.size() - 1);
        bytes[where] ^= static_cast<std::uint8_t>(1U << random.below(kBits));
    }
    return std::to_string(count) + " bits flipped at " + std::to_string(at);
}

std::string zeroRun(Bytes& bytes, SeededRandom& random) {
    const std::size_t at = random.below(bytes.size());
    const std::size_t size = std::min<std::size_t>(1 + random.below(kRunMax), bytes.size() - at);
    std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), size, std::uint8_t{0});
    return std::to_string(size) + " zeros at " + std::to_string(at);
}

// With noise, or with another sector of the same file.
std::string overwriteSector(Bytes& bytes, bool isNoise, SeededRandom& random) {
    const std::size_t sectors = (bytes.size() + kSector - 1) / kSector;
    const std::size_t at = random.below(sectors) * kSector;
    const std::size_t from = random.below(sectors) * kSector;
    const std::size_t size = std::min({kSector, bytes.size() - at, bytes.size() - from});
    Bytes content(bytes.begin() + static_cast<std::ptrdiff_t>(from),
                  bytes.begin() + static_cast<std::ptrdiff_t>(from + size));
    if (isNoise) {
        random.fill(content);
    }
    std::copy(content.begin(), content.end(), bytes.begin() + static_cast<std::ptrdiff_t>(at));
    return "the sector at " + std::to_string(at) +
           (isNoise ? std::string(" is noise") : " is that of " + std::to_string(from));
}

std::string damageOnce(Bytes& bytes, SeededRandom& random) {
    constexpr std::uint64_t kManyBits = 32;
    switch (random.below(5)) {
    case 0:
        return flipBits(bytes, 1, random);
    case 1:
        return flipBits(bytes, 2 + random.below(kManyBits), random);
    case 2:
        return zeroRun(bytes, random);
    case 3:
        return overwriteSector(bytes, true, random);
    default:
        return overwriteSector(bytes, false, random);
    }
}

}  // namespace

std::string damageFile(const std::string& path, SeededRandom& random) {
    const Bytes sound = must(ledger::readFile(path, kDamagedFileMax));
    Bytes bytes = sound;
    std::string what;
    // Zeros over zeros are no damage.
    while (bytes == sound) {
        what = damageOnce(bytes, random);
    }
    must(ledger::writeInPlace(path, bytes));
    return what;
}

}  // namespace hezhang::test
