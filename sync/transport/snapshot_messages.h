// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// How a new device gets the present state before the history, and the history when it is asked for.
//
// Shape:   docs/wire-format.md section 12. Each message is the body of a frame that is authenticated with the
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

#include <algorithm>
#include <numeric>

#include "sync/transport/wire_messages.h"

namespace hezhang::sync {

inline constexpr std::string_view kSnapshotPath = "/v1/snapshot";
inline constexpr std::string_view kSnapshotMessage = "hezhang/snapshot";
// Of a snapshot and of an answer. 0 was their form before the formats were frozen, with the ops in rows.
inline constexpr std::uint8_t kSnapshotVersion = 1;
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

// An op, which a context names: of the same lane by how far before, else by where it lies; as it stands where
// that is not told.
struct SnapshotSeen {
    enum class Kind : std::uint8_t { sameLane = 0, told = 1, asItIs = 2 };
    Kind kind = Kind::sameLane;
    OpCounter back = 1;  // sameLane: the op so many before the one that saw it
    SnapshotRef ref;     // told
    SeenDot dot;         // asItIs

    // What stands for it, by its kind.
    template <class Archive>
    void putName(Archive& archive) {
        switch (kind) {
        case Kind::sameLane:
            archive(back);
            break;
        case Kind::told:
            archive(ref);
            break;
        case Kind::asItIs:
            archive(dot.dot.lane, dot.dot.counter, dot.segment);
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

// What of an op is told by how far it is from the ops before it. All of it wraps around, so that each op has
// one step and each step one op.
struct SnapshotStep {
    std::uint64_t position = 0;  // further than that of the op before
    std::uint32_t index = 0;     // ops passed over: of this segment, since the op before
    std::uint32_t record = 0;  // 0: the next one that no op has named yet; else so many before it in the list
    WallMs at = 0;
};

// Goes along the ops of a list.
class SnapshotSteps {
public:
    [[nodiscard]] SnapshotStep to(const SnapshotOp& op) {
        const std::uint64_t further = op.ref.position - m_next.position;
        const SnapshotStep step{further, op.ref.index - firstIndex(further), m_named - op.record,
                                static_cast<WallMs>(static_cast<std::uint64_t>(op.at) - m_at)};
        pass(op);
        return step;
    }
    void from(const SnapshotStep& step, SnapshotOp& op) {
        op.ref = {m_next.position + step.position, firstIndex(step.position) + step.index};
        op.record = m_named - step.record;
        op.at = static_cast<WallMs>(m_at + static_cast<std::uint64_t>(step.at));
        pass(op);
    }

private:
    [[nodiscard]] std::uint32_t firstIndex(std::uint64_t further) const {
        return further == 0 ? m_next.index : 0;
    }
    void pass(const SnapshotOp& op) {
        m_next = {op.ref.position, op.ref.index + 1};
        m_named = op.record == m_named ? m_named + 1 : m_named;
        m_at = static_cast<std::uint64_t>(op.at);
    }

    SnapshotRef m_next;         // behind the op before
    std::uint32_t m_named = 0;  // records [0, m_named) have been named
    std::uint64_t m_at = 0;
};

// Ops with what they share, in the order of the log; records in the order in which the ops name them.
//
// The ops stand in columns: one thing of all of them, then the next thing. What is alike lies together then,
// and packs to two thirds of what it packs to op by op.
struct SnapshotOps {
    std::vector<std::string> scopes;
    std::vector<SnapshotRecord> records;
    std::vector<std::string> fields;
    std::vector<RecordId> persons;
    std::vector<SnapshotOp> ops;

    template <class Archive>
    void save(Archive& out) const {
        out(scopes, records, fields, persons, static_cast<std::uint64_t>(ops.size()));
        std::vector<SnapshotStep> steps;
        SnapshotSteps along;
        for (const SnapshotOp& op : ops) {
            out(op.field);
            steps.push_back(along.to(op));
        }
        putValues(out, ops);
        putSteps(out, steps);
        putPlain(out, ops);
        for (const SnapshotOp& op : ops) {
            out(static_cast<std::uint64_t>(op.seen.size()));
        }
        eachSeen(ops, [&](const SnapshotSeen& seen) { out(seen.kind); });
        eachSeen(ops, [&](SnapshotSeen seen) { seen.putName(out); });
        putOptional(out, ops);
    }
    // As with any list, memory is taken as the elements arrive: an op has a byte in the first column.
    template <class Archive>
    void load(Archive& in) {
        in(scopes, records, fields, persons);
        ops.clear();
        for (std::uint64_t count = in.size(sizeof(SnapshotOp)); count > 0; --count) {
            in(ops.emplace_back().field);
        }
        putValues(in, ops);
        std::vector<SnapshotStep> steps(ops.size());
        putSteps(in, steps);
        SnapshotSteps along;
        for (std::size_t i = 0; i < ops.size(); ++i) {
            along.from(steps[i], ops[i]);
        }
        putPlain(in, ops);
        for (SnapshotOp& op : ops) {
            op.seen.resize(in.size(sizeof(SnapshotSeen)));
        }
        eachSeen(ops, [&](SnapshotSeen& seen) { in(seen.kind); });
        eachSeen(ops, [&](SnapshotSeen& seen) { seen.putName(in); });
        putOptional(in, ops);
    }

private:
    template <class Ops, class Put>
    static void eachSeen(Ops& ops, Put put) {
        for (auto& op : ops) {
            std::for_each(op.seen.begin(), op.seen.end(), put);
        }
    }
    // A person's words in one field are like others' in that field: the values stand field by field.
    template <class Archive, class Ops>
    static void putValues(Archive& archive, Ops& ops) {
        std::vector<std::size_t> order(ops.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::stable_sort(order.begin(), order.end(),
                         [&](std::size_t a, std::size_t b) { return ops[a].field < ops[b].field; });
        for (const std::size_t i : order) {
            archive(ops[i].value);
        }
    }
    template <class Archive, class Things, class... Members>
    static void putColumns(Archive& archive, Things& things, Members... members) {
        const auto put = [&](auto member) {
            for (auto& thing : things) {
                archive(thing.*member);
            }
        };
        (put(members), ...);
    }
    template <class Archive, class Steps>
    static void putSteps(Archive& archive, Steps& steps) {
        putColumns(archive, steps, &SnapshotStep::position, &SnapshotStep::index, &SnapshotStep::record,
                   &SnapshotStep::at);
    }
    template <class Archive, class Ops>
    static void putPlain(Archive& archive, Ops& ops) {
        putColumns(archive, ops, &SnapshotOp::person, &SnapshotOp::role, &SnapshotOp::flags,
                   &SnapshotOp::judged, &SnapshotOp::kind);
    }
    template <class Archive, class Ops>
    static void putOptional(Archive& archive, Ops& ops) {
        for (auto& op : ops) {
            if ((op.flags & SnapshotOp::kHasId) != 0) {
                archive(op.id);
            }
        }
        for (auto& op : ops) {
            if ((op.flags & SnapshotOp::kIsErased) != 0) {
                archive(op.erased);
            }
        }
        for (auto& op : ops) {
            if ((op.flags & SnapshotOp::kHasOrder) != 0) {
                archive(op.position, op.place);
            }
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
    FormatVersion<kSnapshotVersion> version;
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
    FormatVersion<kSnapshotVersion> version;
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
