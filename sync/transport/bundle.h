// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A bundle: the messages that would go over the network, in a file. A file of requests goes to the county,
// one of answers comes back; an answer travels with its request, so nobody has to remember what he asked.
//
// Shape:   docs/wire-format.md section 9. Header, parts, a hash over all before it: a file with a damaged
//          byte, or a byte too few or too many, is refused whole. That it is genuine is proved by the frames
//          in it, each for itself, as on the network.
// Limits:  kBundleBytesMax a file, kBundlePartsMax parts; checked before memory is taken.
// Errors:  malformed (no bundle, or damaged), tooLarge, wrongVersion.
// Threads: value types. A Bundle points into the bytes it was read from.
#pragma once

#include <string>
#include <vector>

#include "sync/transport/wire_messages.h"

namespace hezhang::sync {

inline constexpr std::size_t kBundleBytesMax = 256 * 1024 * 1024;
inline constexpr std::size_t kBundlePartsMax = 65'536;
inline constexpr std::size_t kBundleHeaderMax = 1024 * 1024;

enum class BundleKind : std::uint8_t { requests = 1, answers = 2 };
enum class CarriedRoute : std::uint8_t {
    sync = 0,
    blobPut = 1,  // also what says itself where it goes (sealed_message.h)
    enrol = 2,
    blobChunk = 3  // a put whose answer need not go back: the one behind the last chunk tells all
};

struct BundleHeader {
    BundleKind kind = BundleKind::requests;
    CountyId county;                // none: the device is not enrolled yet
    DeviceId device;                // who asks; none: likewise
    std::vector<std::string> held;  // requests: the scopes it holds, so that the county can go on by itself

    template <class Archive>
    void serialize(Archive& archive) {
        archive(kind, county, device, held);
    }
};

struct CarriedPart {
    CarriedRoute route = CarriedRoute::sync;
    BytesView request;
    BytesView
        answer;  // empty in a file of requests; in one of answers: the county could not read the request
};

struct Bundle {
    SuiteId suite = SuiteId::international;
    BundleHeader header;
    std::vector<CarriedPart> parts;
};

[[nodiscard]] Result<Bundle> openBundle(BytesView file);

class BundleWriter {
public:
    BundleWriter(const Suite& suite, const BundleHeader& header);
    // REQUIRES: a request that is not empty.
    void add(CarriedRoute route, BytesView request, BytesView answer = {});
    // What the file would take with a part of so many bytes.
    [[nodiscard]] std::size_t sizeWith(std::size_t bytes) const;
    [[nodiscard]] std::size_t parts() const { return m_parts; }
    [[nodiscard]] Bytes finish() &&;

private:
    const Suite& m_suite;
    Bytes m_file;
    std::size_t m_parts = 0;
};

}  // namespace hezhang::sync
