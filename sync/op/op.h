// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// An op: one durable change of one cell. And what makes it itself: its canonical form and its id.
//
// Shape:   docs/wire-format.md section 1. The id is the hash of the canonical form over a *salted hash* of the value, so a
//          value can be erased by law while every proof over the id stays valid.
// Threads: value types and pure functions.
// Source:  dotted version vectors (Preguiça et al. 2010) for the context; sync-model.md for why it is taken when the form opens.
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "sync/base/clock_source.h"
#include "sync/op/archive.h"
#include "sync/op/dot.h"
#include "sync/op/value.h"
#include "sync/trust/suite.h"

namespace hezhang::sync {

enum class OpKind : std::uint8_t { assign = 1, add = 2, remove = 3, increment = 4 };

[[nodiscard]] constexpr std::string_view name(OpKind kind) {
    switch (kind) {
    case OpKind::assign: return "assign";
    case OpKind::add: return "add";
    case OpKind::remove: return "remove";
    case OpKind::increment: return "increment";
    }
    return "";
}

inline constexpr std::size_t kNameBytesMax = 64;      // of a register or field
inline constexpr std::size_t kKeyFieldsMax = 16;
inline constexpr std::size_t kSeenMax = 4096;         // dots in one context
// Two cells that every record has: whether it was deleted, and which set-aside ops of it were admitted.
inline constexpr std::string_view kDeletedField = "deleted";
inline constexpr std::string_view kAdmittedField = "admitted";

// What a record is: its register and its fixed fields, in the definition's order. Never changes.
struct RecordKey {
    std::string registerName;
    std::vector<std::pair<std::string, Value>> fields;
    auto operator<=>(const RecordKey&) const = default;
    // Whether a fixed field is this text.
    [[nodiscard]] bool names(std::string_view text) const {
        return std::any_of(fields.begin(), fields.end(), [&](const auto& field) { return field.second.asText() == text; });
    }

    template <class Archive>
    void serialize(Archive& archive) {
        archive(registerName, fields);
    }
};

// The start of H(county, register, fixed fields): two people who open the same filing offline open the same record.
[[nodiscard]] RecordId recordIdOf(const Suite& suite, const CountyId& county, const RecordKey& key);

// An op named in a context. `segment` is the hash of the segment the named op lies in, so a branch is never mistaken for
// another; none for ops of the author's own lane, where the chain of segments says the same.
struct SeenDot {
    Dot dot;
    Hash segment;
    auto operator<=>(const SeenDot&) const = default;
};

struct Op {
    OpCounter counter = 0;
    RecordId record;
    std::string field;
    OpKind kind = OpKind::assign;
    Value value;                  // remove: the element; increment: the amount
    RecordId person;
    WallMs at = 0;                // the author's clock; shown, decides nothing
    std::vector<SeenDot> seen;    // assign, remove: what the author saw when the form was opened; ascending, each once
    Hash erased = {};             // not none: `value` was erased by law and is empty here; the salted hash that it had
    [[nodiscard]] bool isErased() const { return !erased.isNone(); }
    auto operator<=>(const Op&) const = default;
};

// Which lane an op stands in: part of every op id.
struct LaneHeader {
    CountyId county;
    DeviceId device;
    LaneId lane;
    std::string scope;
    auto operator<=>(const LaneHeader&) const = default;

    template <class Archive>
    void serialize(Archive& archive) {
        archive(county, device, lane, scope);
    }
};

using Seed = FixedBytes<struct SeedTag, 16>;

// The salt of the value of op `counter`; it derives from the seed of its tail.
[[nodiscard]] Hash saltOf(const Suite& suite, const Seed& seed, OpCounter counter);
// The salted hash of a value.
[[nodiscard]] Hash valueHashOf(const Suite& suite, const Hash& salt, const Value& value);
[[nodiscard]] Hash valueHashOf(const Suite& suite, const Seed& seed, OpCounter counter, const Value& value);
// Ids of ops of one lane.
class OpIds {
public:
    OpIds(const Suite& suite, const LaneHeader& lane);
    [[nodiscard]] Hash of(const Op& op, const Hash& valueHash);

private:
    const Suite& m_suite;
    std::size_t m_laneBytes;
    Bytes m_canonical;   // begins with the lane
};
[[nodiscard]] inline Hash opIdOf(const Suite& suite, const LaneHeader& lane, const Op& op, const Hash& valueHash) {
    return OpIds(suite, lane).of(op, valueHash);
}

// A value is its encoding; anything else than the one encoding of a known class is refused.
template <class Archive>
void save(Archive& out, const Value& value) {
    const BytesView bytes = value.encoded();
    out.varint(bytes.size());
    out.raw(bytes.data(), bytes.size());
}
template <class Archive>
void load(Archive& in, Value& value) {
    auto decoded = Value::fromEncoded(in.view(in.size()));
    if (!decoded) {
        throw cereal::Exception("a value is not well formed");
    }
    value = *std::move(decoded);
}

}  // namespace hezhang::sync
