// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "sync/op/segment.h"

#include <zstd.h>

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <utility>

#include "sync/base/check.h"
#include "sync/base/lookup.h"
#include "sync/op/archive.h"
#include "sync/trust/merkle.h"

namespace hezhang::sync {
namespace {

constexpr int kPackLevel = 3;
constexpr int kTightLevel = 12;
// Of messages, made for each who asks (docs/performance.md).
constexpr int kQuickLevel = -1;
// A segment is sealed once, and then stored and sent many times: 6 % smaller for 0.7 us an op more. Beyond this
// level a tenth of that is left to win. A small one, which an evening's few edits make, costs no time at any.
constexpr int kSealLevel = 6;
constexpr int kSmallSealLevel = 13;
constexpr std::size_t kSmallSeal = 4 * 1024;
constexpr std::uint8_t kFormFull = 0;
constexpr std::uint8_t kFormExtract = 1;
// Beside the body an extract holds a hash an op.
constexpr std::size_t kExtractUnpackedMax = kSegmentUnpackedMax + kSegmentOpsMax * 40;

struct PackedDot {
    std::uint32_t segment = 0;  // index into segments
    LaneId lane;
    OpCounter counter = 0;
    auto operator<=>(const PackedDot&) const = default;

    template <class Archive>
    void serialize(Archive& archive) {
        archive(segment, lane, counter);
    }
};

struct PackedOp {
    std::uint32_t record = 0;
    std::uint32_t fieldAndKind = 0;  // field index × 4 + kind − 1
    std::uint32_t person = 0;
    std::int64_t atDelta = 0;        // to the op before
    std::vector<std::uint64_t> seen; // own lane: (counter of this op − counter seen) × 2; foreign: index × 2 + 1
    Value value;

    template <class Archive>
    void serialize(Archive& archive) {
        archive(record, fieldAndKind, person, atDelta, seen, value);
    }
};

struct Body {
    FormatVersion<> version;
    SuiteId suite = SuiteId::international;
    LaneHeader lane;
    OpCounter first = 0;
    Hash previous;
    std::vector<std::pair<std::string, std::uint32_t>> definitions;
    std::vector<RecordKey> records;
    std::vector<std::string> fields;
    std::vector<RecordId> persons;
    std::vector<Hash> segments;
    std::vector<PackedDot> foreign;
    std::vector<PackedOp> ops;

    template <class Archive>
    void serialize(Archive& archive) {
        archive(version, suite, lane, first, previous, definitions, records, fields, persons, segments, foreign, ops);
    }
};

// What an extract packs. The values of erased ops are empty in the body.
struct Extract {
    Body body;
    Hash packedHash;            // of the full form
    std::vector<Hash> hashes;   // one an op: the salt of its value, or where that was erased its salted hash
    std::vector<std::uint32_t> erased;   // indexes of ops, ascending

    template <class Archive>
    void serialize(Archive& archive) {
        archive(body, packedHash, hashes, erased);
    }
};

struct Envelope {
    FormatVersion<> version;
    std::uint8_t form = kFormFull;
    Seed seed;
    Bytes signature;
    Bytes packed;

    template <class Archive>
    void serialize(Archive& archive) {
        archive(version, form, seed, signature, packed);
    }
};

// Index of an item in a table that lists each once, in order of first use.
template <class T>
class Interner {
public:
    explicit Interner(std::vector<T>& table) : m_table(table) {
        for (const T& item : table) {
            m_index.emplace(item, static_cast<std::uint32_t>(m_index.size()));
        }
    }
    std::uint32_t indexOf(const T& item) {
        const auto [it, isNew] = m_index.emplace(item, static_cast<std::uint32_t>(m_table.size()));
        if (isNew) {
            m_table.push_back(item);
        }
        return it->second;
    }

private:
    std::vector<T>& m_table;
    std::map<T, std::uint32_t> m_index;
};

Bytes packedBy(ZSTD_CCtx* context, BytesView plain, int level) {
    Bytes packed(ZSTD_compressBound(plain.size()));
    const std::size_t size = ZSTD_compressCCtx(context, packed.data(), packed.size(), plain.data(), plain.size(), level);
    HZ_ASSERT(!ZSTD_isError(size));
    packed.resize(size);
    return packed;
}

Hash segmentHash(const Suite& suite, const std::vector<Hash>& opIds, const Hash& packedHash) {
    std::vector<Hash> leaves;
    leaves.reserve(opIds.size());
    for (const Hash& id : opIds) {
        leaves.push_back(merkleLeaf(suite, id.view()));
    }
    return segmentHashOf(suite, merkleRoot(suite, leaves), packedHash);
}

std::vector<Hash> opIdsOf(const Suite& suite, const Segment& segment) {
    std::vector<Hash> ids;
    ids.reserve(segment.ops.size());
    OpIds ofLane(suite, segment.lane);
    for (std::size_t i = 0; i < segment.ops.size(); ++i) {
        const Op& op = segment.ops[i];
        const Hash value = op.isErased() ? op.erased : valueHashOf(suite, saltAt(suite, segment, i), op.value);
        ids.push_back(ofLane.of(op, value));
    }
    return ids;
}

Body bodyOf(const Suite& suite, const Segment& segment) {
    Body body;
    body.suite = suite.id();
    body.lane = segment.lane;
    body.first = segment.first;
    body.previous = segment.previous;
    body.definitions = segment.definitions;
    body.records = segment.records;
    body.ops.reserve(segment.ops.size());
    Lookup<RecordId, std::uint32_t> recordIndex;
    for (const RecordKey& key : segment.records) {
        recordIndex.add(recordIdOf(suite, segment.lane.county, key), static_cast<std::uint32_t>(recordIndex.size()));
    }
    Interner fields(body.fields);
    Interner persons(body.persons);
    Interner segments(body.segments);
    Interner foreign(body.foreign);
    WallMs before = 0;
    for (const Op& op : segment.ops) {
        PackedOp packed;
        const std::uint32_t* record = recordIndex.find(op.record);
        HZ_ASSERT(record != nullptr);
        packed.record = *record;
        packed.fieldAndKind = fields.indexOf(op.field) * 4 + static_cast<std::uint32_t>(op.kind) - 1;
        packed.person = persons.indexOf(op.person);
        packed.atDelta = static_cast<std::int64_t>(static_cast<std::uint64_t>(op.at) - static_cast<std::uint64_t>(before));
        before = op.at;
        for (const SeenDot& seen : op.seen) {
            if (seen.segment.isNone()) {
                HZ_ASSERT(seen.dot.lane == segment.lane.lane && seen.dot.counter < op.counter);
                packed.seen.push_back((op.counter - seen.dot.counter) * 2);
            } else {
                const PackedDot dot{segments.indexOf(seen.segment), seen.dot.lane, seen.dot.counter};
                packed.seen.push_back(std::uint64_t{foreign.indexOf(dot)} * 2 + 1);
            }
        }
        packed.value = op.value;
        body.ops.push_back(std::move(packed));
    }
    return body;
}

template <class T>
Result<const T*> itemAt(const std::vector<T>& table, std::uint64_t index) {
    if (index >= table.size()) {
        return fail(ErrorCode::malformed, "segment: a table index is out of range");
    }
    return &table[index];
}

Result<void> unpackSeen(const Body& body, const PackedOp& packed, Op& op) {
    if (packed.seen.size() > kSeenMax) {
        return fail(ErrorCode::tooLarge, "segment: a context is too long");
    }
    for (const std::uint64_t coded : packed.seen) {
        SeenDot seen;
        if (coded % 2 == 0) {
            const std::uint64_t back = coded / 2;
            if (back == 0 || back >= op.counter) {
                return fail(ErrorCode::malformed, "segment: a context names an op that is not before its own");
            }
            seen.dot = {body.lane.lane, op.counter - back};
        } else {
            HZ_TRY(const PackedDot* dot, itemAt(body.foreign, coded / 2));
            HZ_TRY(const Hash* segment, itemAt(body.segments, dot->segment));
            seen = {{dot->lane, dot->counter}, *segment};
            if (segment->isNone()) {
                return fail(ErrorCode::malformed, "segment: a foreign dot names no segment");
            }
        }
        op.seen.push_back(seen);
    }
    if (!std::is_sorted(op.seen.begin(), op.seen.end()) ||
        std::adjacent_find(op.seen.begin(), op.seen.end()) != op.seen.end()) {
        return fail(ErrorCode::malformed, "segment: a context is not in order");
    }
    return {};
}

bool isName(std::string_view text) {
    return !text.empty() && text.size() <= kNameBytesMax && isWellFormedUtf8(text);
}

Result<void> checkTables(const Body& body) {
    if (body.ops.empty() || body.ops.size() > kSegmentOpsMax) {
        return fail(ErrorCode::tooLarge, "segment: number of ops");
    }
    if (body.first == 0 || body.first > (std::uint64_t{1} << 62) || (body.first == 1) != body.previous.isNone()) {
        return fail(ErrorCode::malformed, "segment: first counter and previous segment do not fit");
    }
    bool isFine = isName(body.lane.scope) && std::all_of(body.fields.begin(), body.fields.end(), isName);
    for (const RecordKey& key : body.records) {
        isFine = isFine && isName(key.registerName) && key.fields.size() <= kKeyFieldsMax &&
                 std::all_of(key.fields.begin(), key.fields.end(), [](const auto& field) { return isName(field.first); });
    }
    if (!isFine) {
        return fail(ErrorCode::malformed, "segment: a name is not well formed");
    }
    return {};
}

Result<Segment> segmentOf(const Suite& suite, Body body, const Seed& seed) {
    HZ_CHECK(checkTables(body));
    Segment segment{body.lane, body.first, body.previous, seed, std::move(body.records), {}, std::move(body.definitions), {}};
    std::vector<RecordId> ids;
    for (const RecordKey& key : segment.records) {
        ids.push_back(recordIdOf(suite, segment.lane.county, key));
    }
    WallMs at = 0;
    segment.ops.reserve(body.ops.size());
    for (PackedOp& packed : body.ops) {
        Op op;
        op.counter = segment.first + segment.ops.size();
        HZ_TRY(const RecordId* record, itemAt(ids, packed.record));
        HZ_TRY(const std::string* field, itemAt(body.fields, packed.fieldAndKind / 4));
        HZ_TRY(const RecordId* person, itemAt(body.persons, packed.person));
        op.record = *record;
        op.field = *field;
        op.kind = static_cast<OpKind>(packed.fieldAndKind % 4 + 1);
        op.person = *person;
        at = static_cast<WallMs>(static_cast<std::uint64_t>(at) + static_cast<std::uint64_t>(packed.atDelta));
        op.at = at;
        HZ_CHECK(unpackSeen(body, packed, op));
        op.value = std::move(packed.value);
        segment.ops.push_back(std::move(op));
    }
    return segment;
}

// Marks the ops whose values were erased; the others get their salts.
Result<void> takeErased(const Extract& extract, Segment& segment) {
    if (extract.hashes.size() != segment.ops.size() || extract.erased.empty() ||
        std::adjacent_find(extract.erased.begin(), extract.erased.end(), std::greater_equal<>()) != extract.erased.end()) {
        return fail(ErrorCode::malformed, "segment: an extract does not say what it lacks");
    }
    segment.salts = extract.hashes;
    for (const std::uint32_t index : extract.erased) {
        if (index >= segment.ops.size() || segment.ops[index].value != Value() || segment.salts[index].isNone()) {
            return fail(ErrorCode::malformed, "segment: an extract does not fit its ops");
        }
        segment.ops[index].erased = std::exchange(segment.salts[index], Hash{});
    }
    return {};
}

Result<SealedSegment> openExtract(const Suite& suite, const Envelope& envelope) {
    HZ_TRY(const Bytes plain, unpack(envelope.packed, kExtractUnpackedMax));
    HZ_TRY(Extract extract, decode<Extract>(plain, "segment"));
    if (extract.body.suite != suite.id() || !envelope.seed.isNone()) {
        return fail(ErrorCode::malformed, "segment: an extract of another suite, or with a seed");
    }
    SealedSegment sealed;
    HZ_TRY(sealed.segment, segmentOf(suite, std::move(extract.body), {}));
    HZ_CHECK(takeErased(extract, sealed.segment));
    sealed.packedHash = extract.packedHash;
    return sealed;
}

Result<SealedSegment> openFull(const Suite& suite, const Envelope& envelope) {
    HZ_TRY(const Bytes plain, unpack(envelope.packed, kSegmentUnpackedMax));
    HZ_TRY(Body body, decode<Body>(plain, "segment"));
    if (body.suite != suite.id()) {
        return fail(ErrorCode::malformed, "segment: written in another suite");
    }
    SealedSegment sealed;
    HZ_TRY(sealed.segment, segmentOf(suite, std::move(body), envelope.seed));
    sealed.packedHash = suite.hash({envelope.packed});
    return sealed;
}

}  // namespace

bool isExtract(BytesView envelope) { return envelope.size() > 1 && envelope[1] == kFormExtract; }

Hash saltAt(const Suite& suite, const Segment& segment, std::size_t index) {
    return segment.isExtract() ? segment.salts[index] : saltOf(suite, segment.seed, segment.ops[index].counter);
}

Bytes extractOf(const Suite& suite, const SealedSegment& sealed, std::span<const Hash> erased) {
    Segment segment = sealed.segment;
    Extract extract;
    extract.packedHash = sealed.packedHash;
    for (std::size_t i = 0; i < segment.ops.size(); ++i) {
        Op& op = segment.ops[i];
        Hash hash = op.isErased() ? op.erased : saltAt(suite, segment, i);
        const bool isAsked = std::find(erased.begin(), erased.end(), sealed.opIds[i]) != erased.end();
        if (isAsked && !op.isErased()) {
            hash = valueHashOf(suite, hash, op.value);
            op.value = Value();
        }
        if (isAsked || op.isErased()) {
            extract.erased.push_back(static_cast<std::uint32_t>(i));
        }
        extract.hashes.push_back(hash);
    }
    HZ_ASSERT(!extract.erased.empty());
    extract.body = bodyOf(suite, segment);
    Envelope envelope;
    envelope.form = kFormExtract;
    envelope.signature = sealed.signature;
    envelope.packed = pack(encode(extract));
    return encode(envelope);
}

Hash segmentHashOf(const Suite& suite, const Hash& opRoot, const Hash& packedHash) {
    return suite.hash({viewOf("hezhang/segment/0"), opRoot.view(), packedHash.view()});
}

static Bytes packAt(BytesView plain, int level) {
    thread_local const std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context(ZSTD_createCCtx(), &ZSTD_freeCCtx);
    return packedBy(context.get(), plain, level);
}

// The memory of this level is worth megabytes: it is not kept.
Bytes packTight(BytesView plain) {
    const std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context(ZSTD_createCCtx(), &ZSTD_freeCCtx);
    return packedBy(context.get(), plain, kTightLevel);
}

Bytes pack(BytesView plain) { return packAt(plain, kPackLevel); }

Bytes packQuick(BytesView plain) { return packAt(plain, kQuickLevel); }

Result<Bytes> unpack(BytesView packed, std::size_t limit) {
    const unsigned long long declared = ZSTD_getFrameContentSize(packed.data(), packed.size());
    if (declared == ZSTD_CONTENTSIZE_ERROR || declared == ZSTD_CONTENTSIZE_UNKNOWN) {
        return fail(ErrorCode::malformed, "packed data does not say its size");
    }
    if (declared > limit) {
        return fail(ErrorCode::tooLarge, "packed data is larger than allowed");
    }
    Bytes plain(declared);
    thread_local const std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context(ZSTD_createDCtx(), &ZSTD_freeDCtx);
    const std::size_t size = ZSTD_decompressDCtx(context.get(), plain.data(), plain.size(), packed.data(), packed.size());
    if (ZSTD_isError(size) || size != declared) {
        return fail(ErrorCode::malformed, "packed data is damaged");
    }
    return plain;
}

// Without its person, and without what the tables list once. 32: its numbers, and the lengths before what it lists.
static std::size_t sizeOfOp(const Op& op) {
    std::size_t size = 32 + op.value.encoded().size();
    for (const SeenDot& seen : op.seen) {
        size += seen.segment.isNone() ? 10 : 64;
    }
    return size;
}

static std::size_t sizeOfKey(const RecordKey& key) {
    std::size_t size = key.registerName.size();
    for (const auto& [fieldName, value] : key.fields) {
        size += fieldName.size() + value.encoded().size() + 4;
    }
    return size;
}

std::size_t SegmentSize::with(const Op& op, const RecordKey& key) const {
    const std::size_t ofPerson = m_persons.contains(op.person) ? 0 : RecordId::kSize;
    const std::size_t ofRecord = m_records.contains(op.record) ? 0 : sizeOfKey(key);
    const std::size_t ofField = m_fields.contains(op.field) ? 0 : op.field.size();
    return m_bytes + sizeOfOp(op) + ofPerson + ofRecord + ofField;
}

void SegmentSize::add(const Op& op, const RecordKey& key) {
    m_bytes = with(op, key);
    m_persons.insert(op.person);
    m_records.insert(op.record);
    m_fields.insert(op.field);
}

Result<SealedSegment> seal(const Suite& suite, const KeyPair& device, Segment segment, std::span<const Hash> ids) {
    HZ_ASSERT(!segment.ops.empty() && segment.ops.size() <= kSegmentOpsMax);
    SealedSegment sealed;
    Envelope envelope;
    envelope.seed = segment.seed;
    const Bytes body = encode(bodyOf(suite, segment));
    envelope.packed = packAt(body, body.size() <= kSmallSeal ? kSmallSealLevel : kSealLevel);
    sealed.packedHash = suite.hash({envelope.packed});
    sealed.opIds = opIdsOf(suite, segment);
    for (std::size_t i = 0; i < ids.size(); ++i) {
        if (ids[i] != sealed.opIds[i]) {
            return fail(ErrorCode::storageCorrupt, damagedEdit(ids[i]));
        }
    }
    sealed.hash = segmentHash(suite, sealed.opIds, sealed.packedHash);
    HZ_TRY(envelope.signature, suite.sign(device, sealed.hash.view()));
    sealed.signature = envelope.signature;
    sealed.envelope = encode(envelope);
    sealed.segment = std::move(segment);
    return sealed;
}

std::string damagedEdit(const Hash& id) { return "edit " + id.hex() + ", not sent yet, is damaged"; }

Result<SealedSegment> openSegment(const Suite& suite, BytesView bytes) {
    HZ_TRY(Envelope envelope, decode<Envelope>(bytes, "segment"));
    if (envelope.form > kFormExtract || envelope.signature.size() > 128) {
        return fail(ErrorCode::malformed, "segment: unknown form");
    }
    HZ_TRY(SealedSegment sealed,
           envelope.form == kFormExtract ? openExtract(suite, envelope) : openFull(suite, envelope));
    sealed.opIds = opIdsOf(suite, sealed.segment);
    sealed.hash = segmentHash(suite, sealed.opIds, sealed.packedHash);
    sealed.signature = std::move(envelope.signature);
    sealed.envelope = copyOf(bytes);
    return sealed;
}

Result<Bytes> signedAnew(const Suite& suite, const KeyPair& device, const SealedSegment& sealed) {
    HZ_TRY(Envelope envelope, decode<Envelope>(sealed.envelope, "segment"));
    HZ_TRY(envelope.signature, suite.sign(device, sealed.hash.view()));
    return encode(envelope);
}

Result<void> verify(const Suite& suite, const SealedSegment& sealed, BytesView devicePublicKey) {
    if (!suite.verify(devicePublicKey, sealed.hash.view(), sealed.signature)) {
        return fail(ErrorCode::badSignature, "a segment is not signed by its device");
    }
    return {};
}

}  // namespace hezhang::sync
