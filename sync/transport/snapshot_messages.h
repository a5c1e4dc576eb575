// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// How a new device gets the present state before the history, and the history when it is asked for.
//
// Shape:   docs/wire-format.md section 11. Each message is the body of a frame that is authenticated with the
// device's message key, the
//          answer bound to the request's tag (wire_messages.h). A snapshot is a run of bytes that the county
//          makes once and gives away in blocks, so that it goes on in the middle after a break: a sequence of
//          *parts*, each packed by itself behind its length: first the header, then the log in outline, the
//          ops, and the rest.
// Limits:  kSnapshotBlock bytes a block; kSnapshotPartMax unpacked bytes a part; kSnapshotBlocksMax blocks;
// kSnapshotAskedMax names in
//          a request.
// Errors:  decode: malformed. An answer says what was wrong in its status.
// Threads: value types.
#pragma once

#include "sync/transport/wire_messages.h"

namespace hezhang::sync {

inline constexpr std::string_view kSnapshotPath = "/v1/snapshot";
inline constexpr std::string_view kSnapshotMessage = "hezhang/snapshot";
inline constexpr std::size_t kSnapshotBlock = 16 * 1024;
inline constexpr std::size_t kSnapshotBlocksMax = 65'536;  // 1 GiB
inline constexpr std::size_t kSnapshotPartMax = 2 * 1024 * 1024;
inline constexpr std::size_t kSnapshotAskedMax = 256;

enum class SnapshotAsk : std::uint8_t {
    state = 0,    // blocks of a snapshot
    taken = 1,    // the device has it: the county may forget it
    past = 2,     // ops, and what they saw in their cells
    segments = 3  // whole segments
};

enum class SnapshotStatus : std::uint8_t {
    ok = 0,
    refused = 1,       // no device of this county, or revoked
    otherHistory = 2,  // sync first
    notWorthIt = 3,    // the history is hardly larger: read the log
    badRequest = 4
};

// An op by the position of the entry of its segment, and its place in it.
struct SnapshotRef {
    std::uint64_t position = 0;
    std::uint32_t index = 0;
    auto operator<=>(const SnapshotRef&) const = default;

    template <class Archive>
    void serialize(Archive& archive) {
        archive(position, index);
    }
};

// An op, which a context names: of the same lane by its number alone, else by where it lies; as it stands
// where that is not told.
struct SnapshotSeen {
    enum class Kind : std::uint8_t { sameLane = 0, told = 1, asItIs = 2 };
    Kind kind = Kind::sameLane;
    OpCounter counter = 0;  // sameLane
    SnapshotRef ref;        // told
    SeenDot dot;            // asItIs

    template <class Archive>
    void save(Archive& out) const {
        out(static_cast<std::uint8_t>(kind));
        switch (kind) {
        case Kind::sameLane:
            out(counter);
            break;
        case Kind::told:
            out(ref);
            break;
        case Kind::asItIs:
            out(dot.dot.lane, dot.dot.counter, dot.segment);
            break;
        }
    }
    template <class Archive>
    void load(Archive& in) {
        std::uint8_t read = 0;
        in(read);
        kind = static_cast<Kind>(read);
        switch (kind) {
        case Kind::sameLane:
            in(counter);
            break;
        case Kind::told:
            in(ref);
            break;
        case Kind::asItIs:
            in(dot.dot.lane, dot.dot.counter, dot.segment);
            break;
        default:
            throw cereal::Exception("unknown kind of dot");
        }
    }
};

// One op as a snapshot or an answer brings it. Numbers of records, fields and persons are those of the list
// it stands in.
struct SnapshotOp {
    static constexpr std::uint8_t kHasId = 1;
    static constexpr std::uint8_t kIsErased = 2;
    static constexpr std::uint8_t kHasOrder =
        4;  // it does not stand where its segment does: it was admitted, or accepted later

    SnapshotRef ref;
    std::uint8_t role = 0;  // LooseRow::Role
    std::uint8_t flags = 0;
    std::uint8_t judged = 0;  // live: the rank; aside: the reason
    std::uint32_t record = 0;
    std::uint32_t field = 0;
    std::uint32_t person = 0;
    OpKind kind = OpKind::assign;
    WallMs at = 0;
    Value value;
    std::vector<SnapshotSeen> seen;
    Hash id;
    Hash erased;
    std::uint64_t position = 0;  // its order
    std::uint64_t place = 0;

    template <class Archive>
    void save(Archive& out) const {
        out(role, flags, judged, record, field, person, kind, at, value, seen);
        putOptional(out, *this);
    }
    template <class Archive>
    void load(Archive& in) {
        in(role, flags, judged, record, field, person, kind, at, value, seen);
        putOptional(in, *this);
    }

private:
    template <class Archive, class Self>
    static void putOptional(Archive& archive, Self& self) {
        if ((self.flags & kHasId) != 0) {
            archive(self.id);
        }
        if ((self.flags & kIsErased) != 0) {
            archive(self.erased);
        }
        if ((self.flags & kHasOrder) != 0) {
            archive(self.position, self.place);
        }
    }
};

struct SnapshotRecord {
    std::uint32_t scope = 0;  // number in the list
    bool isKnown = true;      // false: only ops that were set aside, and made nothing known, name it
    RecordKey key;

    template <class Archive>
    void serialize(Archive& archive) {
        archive(scope, isKnown, key);
    }
};

// Ops with what they share, in the order of the log.
struct SnapshotOps {
    std::vector<std::string> scopes;
    std::vector<SnapshotRecord> records;
    std::vector<std::string> fields;
    std::vector<RecordId> persons;
    std::vector<SnapshotOp> ops;

    // Places and times are told by how far they are from those of the op before.
    template <class Archive>
    void save(Archive& out) const {
        out(scopes, records, fields, persons, static_cast<std::uint64_t>(ops.size()));
        SnapshotOp before;
        for (const SnapshotOp& op : ops) {
            out(op.ref.position - before.ref.position, op.ref.index);
            SnapshotOp told = op;
            told.at -= before.at;
            out(told);
            before.ref = op.ref;
            before.at = op.at;
        }
    }
    template <class Archive>
    void load(Archive& in) {
        std::uint64_t count = 0;
        in(scopes, records, fields, persons, count);
        ops.clear();
        SnapshotOp before;
        for (; count > 0; --count) {
            SnapshotOp& op = ops.emplace_back();
            std::uint64_t further = 0;
            in(further, op.ref.index, op);
            op.ref.position = before.ref.position + further;
            op.at = static_cast<WallMs>(static_cast<std::uint64_t>(op.at) +
                                        static_cast<std::uint64_t>(before.at));
            before.ref = op.ref;
            before.at = op.at;
        }
    }
};

// What is told of a segment whose text is left out.
struct SnapshotOutline {
    std::uint32_t lane = 0;  // number in the list
    OpCounter first = 1;
    std::uint32_t count = 0;
    std::optional<Hash>
        previous;  // absent: the one of this lane that came before it in the snapshot, or none

    template <class Archive>
    void serialize(Archive& archive) {
        archive(lane, first, count, previous);
    }
};

struct SnapshotLane {
    LaneId lane;
    DeviceId device;

    template <class Archive>
    void serialize(Archive& archive) {
        archive(lane, device);
    }
};

// A run of entries with their proof under the snapshot's head.
struct SnapshotLog {
    std::vector<Hash> proof;
    std::vector<ProvenEntry> entries;
    std::vector<SnapshotLane> lanes;
    std::vector<SnapshotOutline> outlines;  // one a segment entry that comes without its segment, in order
    std::vector<std::pair<Hash, Hash>> skipped;  // as in SyncAnswer

    template <class Archive>
    void serialize(Archive& archive) {
        archive(proof, entries, lanes, outlines, skipped);
    }
};

struct SnapshotHeader {
    FormatVersion<> version;
    Head head;                      // the state is that of its size
    std::vector<Hash> consistency;  // from what the device had proven when it asked
    std::vector<std::string> scopes;

    template <class Archive>
    void serialize(Archive& archive) {
        archive(version, head, consistency, scopes);
    }
};

struct SnapshotRest {
    std::vector<std::pair<SnapshotRef, SnapshotRef>> named;  // a live delete, and what it named
    std::vector<SnapshotRef> early;

    template <class Archive>
    void serialize(Archive& archive) {
        archive(named, early);
    }
};

enum class SnapshotPart : std::uint8_t { header = 0, log = 1, ops = 2, rest = 3 };

struct SnapshotRequest {
    FormatVersion<> version;
    DeviceId device;
    std::string name{kSnapshotMessage};
    SnapshotAsk ask = SnapshotAsk::state;
    Cursor cursor;           // of the device; past, segments: what is told is what stood in the log before it
    SizeMark proven;         // as in SyncRequest
    Hash id;                 // state, taken: of the snapshot that was begun; none: a new one
    std::uint64_t from = 0;  // state: the first block that is missing
    std::uint64_t answerBytes = 0;  // as in SyncRequest
    std::vector<SeenDot> dots;      // past: each with the segment it lies in
    std::vector<Hash> segments;     // segments

    template <class Archive>
    void save(Archive& out) const {
        out(version, device, name, ask, cursor, proven, id, from, answerBytes,
            static_cast<std::uint64_t>(dots.size()));
        for (const SeenDot& dot : dots) {
            out(dot.dot.lane, dot.dot.counter, dot.segment);
        }
        out(segments);
    }
    template <class Archive>
    void load(Archive& in) {
        std::uint64_t count = 0;
        in(version, device, name, ask, cursor, proven, id, from, answerBytes, count);
        for (; count > 0; --count) {
            SeenDot& dot = dots.emplace_back();
            in(dot.dot.lane, dot.dot.counter, dot.segment);
        }
        in(segments);
    }
};

struct SnapshotAnswer {
    FormatVersion<> version;
    SnapshotStatus status = SnapshotStatus::ok;
    Hash id;                   // state: H over the hashes of all blocks
    std::uint64_t blocks = 0;  // state: of the whole
    std::uint64_t from = 0;    // state: the number of the first of `data`
    std::vector<Bytes> data;   // state: blocks; segments: envelopes
    std::optional<SnapshotOps> past;

    template <class Archive>
    void serialize(Archive& archive) {
        archive(version, status, id, blocks, from, data, past);
    }
};

}  // namespace hezhang::sync
