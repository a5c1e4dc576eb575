// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// How photos and scans travel: by hash, in chunks, so that a broken connection costs at most one chunk either
// way.
//
// Shape:   docs/wire-format.md section 7. Each message is the body of a frame that is authenticated with the
//          device's message key, the answer bound to the request's tag (wire_messages.h). A put without bytes
//          asks how much the county has; a chunk counts only if it begins where the last one ended.
// Units:   offsets, sizes: bytes.
// Limits:  kBlobChunkMax a chunk, kBlobMax a blob; kThumbMax a thumbnail.
// Errors:  decode: malformed. An answer says what was wrong in its status.
// Threads: value types.
#pragma once

#include "sync/transport/wire_messages.h"

namespace hezhang::sync {

inline constexpr std::size_t kBlobMax = 4 * 1024 * 1024;
inline constexpr std::size_t kBlobChunkMax = 512 * 1024;

enum class BlobStatus : std::uint8_t {
    ok = 0,
    wrongOffset = 1,  // put: go on at `have`; get: beyond the end
    tooLarge = 2,     // the blob or the chunk
    wrongHash = 3,    // all has arrived and is something else: begin again
    refused = 4,      // no device of this county; of a get or thumbnails: or revoked
    notFound = 5,     // not here, or in no record that the device holds
    noRoom = 6        // the device has brought too much that no record names yet
};

struct BlobPut {
    FormatVersion<> version;
    DeviceId device;
    Hash hash;                // of the whole blob
    std::uint64_t total = 0;  // its size
    std::uint64_t offset = 0;
    Bytes bytes;

    template <class Archive>
    void serialize(Archive& archive) {
        archive(version, device, hash, total, offset, bytes);
    }
};

struct BlobPutAnswer {
    FormatVersion<> version;
    BlobStatus status = BlobStatus::ok;
    std::uint64_t have = 0;  // bytes the county holds; `total`: the blob has arrived whole and is durable

    template <class Archive>
    void serialize(Archive& archive) {
        archive(version, status, have);
    }
};

struct BlobGet {
    FormatVersion<> version;
    DeviceId device;
    Hash hash;
    std::uint64_t offset = 0;

    template <class Archive>
    void serialize(Archive& archive) {
        archive(version, device, hash, offset);
    }
};

struct BlobGetAnswer {
    FormatVersion<> version;
    BlobStatus status = BlobStatus::ok;
    std::uint64_t total = 0;
    Bytes bytes;  // from the offset asked for on, at most kBlobChunkMax

    template <class Archive>
    void serialize(Archive& archive) {
        archive(version, status, total, bytes);
    }
};

// -- thumbnails: a small picture that goes ahead of a file. Nothing vouches for it but who brought it: it is
// shown until the file is there, and is no evidence.

inline constexpr std::string_view kThumbPath = "/v1/blob/thumb";
inline constexpr std::size_t kThumbMax = 32 * 1024;
inline constexpr std::size_t kThumbsPerMessage = 16;

struct Thumb {
    Hash blob;
    Bytes picture;  // JPEG

    template <class Archive>
    void serialize(Archive& archive) {
        archive(blob, picture);
    }
};

// Both ways at once; together at most kThumbsPerMessage.
struct ThumbRequest {
    // Tells it from messages of other routes, which stand in the same frame under the same key.
    static constexpr std::string_view kPurpose = "hezhang/thumb";

    DeviceId device;
    std::vector<Thumb> brought;
    std::vector<Hash> asked;

    template <class Archive>
    void save(Archive& out) const {
        out(FormatVersion<>{}, device, std::string(kPurpose), brought, asked);
    }
    template <class Archive>
    void load(Archive& in) {
        FormatVersion<> version;
        std::string purpose;
        in(version, device, purpose);
        if (purpose != kPurpose) {
            throw cereal::Exception("a message of another route");
        }
        in(brought, asked);
    }
};

struct ThumbAnswer {
    FormatVersion<> version;
    BlobStatus status = BlobStatus::ok;
    std::vector<Thumb> found;  // of those asked for; of what was brought nothing is said

    template <class Archive>
    void serialize(Archive& archive) {
        archive(version, status, found);
    }
};

// By its first bytes: nothing else is kept as one.
[[nodiscard]] inline bool isThumb(BytesView picture) {
    return picture.size() <= kThumbMax && picture.size() > 3 && picture[0] == 0xff && picture[1] == 0xd8 &&
           picture[2] == 0xff;
}

}  // namespace hezhang::sync
