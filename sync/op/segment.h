// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A segment: a sealed run of consecutive ops of one lane. The same bytes are stored, sent, relayed and proved.
//
// Shape:   docs/wire-format.md section 2. Envelope = version, form, seed, signature, packed body (zstd). The body lists once what
//          its ops share: records, fields, persons, foreign dots. Segment hash = H(op Merkle root, H(packed body)); the device
//          signs that hash. `previous` links to the lane's previous segment by hash.
//          An *extract* stands in its place where values had to be erased: the same hash and signature, the other values with
//          their salts, of an erased one its salted hash.
// Limits:  kSegmentOpsMax ops, kSegmentBytesMax unpacked, checked before memory is taken.
// Errors:  malformed, tooLarge, badSignature (verify).
// Threads: value types and pure functions.
#pragma once

#include <set>
#include <span>

#include "sync/base/result.h"
#include <span>
#include <string>

#include "sync/op/op.h"

namespace hezhang::sync {

inline constexpr std::size_t kSegmentOpsMax = 1024;
inline constexpr std::size_t kSegmentBytesMax = 128 * 1024;
// A single op of largest value with largest context still fits a segment of its own.
inline constexpr std::size_t kSegmentUnpackedMax = 2 * kSegmentBytesMax + kSeenMax * 64;

struct Segment {
    LaneHeader lane;
    OpCounter first = 1;
    Hash previous;                      // none for the first segment of a lane
    Seed seed;
    std::vector<RecordKey> records;     // every record of the ops, each once, in order of first use
    std::vector<Op> ops;
    std::vector<std::pair<std::string, std::uint32_t>> definitions;  // register and definition version the ops were written by
    // Of an extract, which has no seed: for each op the salt of its value, none where that was erased.
    std::vector<Hash> salts = {};

    [[nodiscard]] OpCounter last() const { return first + ops.size() - 1; }
    [[nodiscard]] bool isExtract() const { return !salts.empty(); }
};

// A segment with what was computed from its bytes.
struct SealedSegment {
    Segment segment;
    Hash hash;
    Hash packedHash;                    // of the packed body of the full form
    std::vector<Hash> opIds;            // one an op
    Bytes signature;
    Bytes envelope;
};

// Seals `segment`. `ids`, unless empty: those its ops were written with. Errors: storageCorrupt where one is another by now; then nothing
// is signed. REQUIRES: 1 … kSegmentOpsMax ops with counters first, first+1, …; every op's record is listed.
[[nodiscard]] Result<SealedSegment> seal(const Suite& suite, const KeyPair& device, Segment segment,
                                         std::span<const Hash> ids = {});

// Words for an own op that is not what its author wrote any more.
[[nodiscard]] std::string damagedEdit(const Hash& id);

// Checks limits and form, computes ids and hash. Does not check the signature: verify() does.
[[nodiscard]] Result<SealedSegment> openSegment(const Suite& suite, BytesView envelope);
[[nodiscard]] Result<void> verify(const Suite& suite, const SealedSegment& sealed, BytesView devicePublicKey);

// Its envelope with a fresh signature: the stored one is damaged. REQUIRES: a full form of this device's.
[[nodiscard]] Result<Bytes> signedAnew(const Suite& suite, const KeyPair& device, const SealedSegment& sealed);

// The envelope of the segment without the values of these ops, named by their ids; those it lacks already stay erased. What an
// extract says of `previous` and `definitions` no hash proves: it is taken from the county, or where the values are erased anyhow.
// REQUIRES: at least one op is or becomes erased.
[[nodiscard]] Bytes extractOf(const Suite& suite, const SealedSegment& sealed, std::span<const Hash> erased);
[[nodiscard]] bool isExtract(BytesView envelope);
// The salt of the value of an op. REQUIRES: it is not erased.
[[nodiscard]] Hash saltAt(const Suite& suite, const Segment& segment, std::size_t index);

// The parts a proof is made of: segment hash = H(root of the op ids' tree, hash of the packed body).
[[nodiscard]] Hash segmentHashOf(const Suite& suite, const Hash& opRoot, const Hash& packedHash);

// How large a segment becomes unpacked, at most, beside its head: what is counted to seal it in time. What ops share counts once.
class SegmentSize {
public:
    // With one op more.
    [[nodiscard]] std::size_t with(const Op& op, const RecordKey& key) const;
    void add(const Op& op, const RecordKey& key);

private:
    std::size_t m_bytes = 0;
    std::set<RecordId> m_records;
    std::set<RecordId> m_persons;
    std::set<std::string> m_fields;
};

// zstd with the declared size checked against `limit` before memory is taken. Errors: malformed, tooLarge.
[[nodiscard]] Bytes pack(BytesView plain);
// The same ten times as quickly, into more bytes where there is plain text: for what is packed inside already.
[[nodiscard]] Bytes packQuick(BytesView plain);
// The same into fewer bytes, some ten times slower: for what is packed seldom and waited for on a slow link.
[[nodiscard]] Bytes packTight(BytesView plain);
[[nodiscard]] Result<Bytes> unpack(BytesView packed, std::size_t limit);

}  // namespace hezhang::sync
