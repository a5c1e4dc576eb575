// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "sync/engine/county.h"

#include <algorithm>
#include <map>

#include "sync/base/check.h"

namespace hezhang::sync {
namespace {

constexpr std::string_view kKey = "county-key";          // private key: the store is the county's safe
constexpr std::string_view kSize = "log-size";
constexpr std::string_view kEpoch = "epoch";
constexpr std::string_view kHead = "head";
constexpr std::string_view kMacSecret = "mac-secret";
constexpr std::string_view kLostEpoch = "lost/";          // + epoch id: its end is known to be lost
constexpr std::string_view kGranted = "granted/";         // + device id: scopes it ever held

constexpr std::size_t kFeedScanMax = 20'000;             // entries looked at for one answer
constexpr std::size_t kLiveValuesMax = 256;              // of a cell
constexpr std::size_t kElementsMax = 4096;               // of a set
constexpr std::size_t kHeldMax = 10'000;                 // held segments of the county
constexpr std::size_t kWantedMax = 256;                  // hashes asked for in one answer
constexpr std::string_view kControlScope = "";           // control entries go to everybody

struct StoredKey {
    FormatVersion<> version;
    KeyPair key;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(version, key.privateKey, key.publicKey);
    }
};

void addRun(std::vector<VerdictRun>& runs, const Judgement& judgement, bool isBranched, bool isRepeated) {
    if (!runs.empty() && runs.back().judgement == judgement && runs.back().isBranched == isBranched &&
        runs.back().isRepeated == isRepeated) {
        ++runs.back().count;
        return;
    }
    runs.push_back({1, judgement, isBranched, isRepeated});
}

bool hasAccepted(const std::vector<VerdictRun>& runs) {
    return std::any_of(runs.begin(), runs.end(), [](const VerdictRun& run) {
        return run.judgement.verdict == Verdict::accepted;
    });
}

// The judgement of every op, run lengths undone.
std::vector<const VerdictRun*> runOfEach(const std::vector<VerdictRun>& runs) {
    std::vector<const VerdictRun*> each;
    for (const VerdictRun& run : runs) {
        each.insert(each.end(), run.count, &run);
    }
    return each;
}

}  // namespace

std::string admitText(const Hash& op, std::string_view why) { return op.hex() + " " + std::string(why); }

std::optional<std::pair<Hash, std::string>> parseAdmit(std::string_view text) {
    const std::size_t blank = text.find(' ');
    const auto op = Hash::fromHexText(text.substr(0, blank));
    if (!op) {
        return std::nullopt;
    }
    return std::pair(*op, blank == std::string_view::npos ? std::string{} : std::string(text.substr(blank + 1)));
}

// -- what the store keeps for us

Result<Hash> County::StoreNodes::node(unsigned level, std::uint64_t index) {
    HZ_TRY(const std::optional<Hash> hash, m_store.node(level, index));
    if (!hash) {
        return fail(ErrorCode::storageCorrupt, "a node of the log's tree is missing");
    }
    return *hash;
}

Result<void> County::StoreNodes::put(unsigned level, std::uint64_t index, const Hash& hash) {
    return m_store.putNode(level, index, hash);
}

Result<KeyPair> County::key() {
    HZ_TRY(const std::optional<Bytes> bytes, m_store.meta(kKey));
    if (!bytes) {
        return fail(ErrorCode::notFound, "this folder holds no county");
    }
    HZ_TRY(const StoredKey stored, decode<StoredKey>(*bytes, "county key"));
    return stored.key;
}

Result<CountyControl> County::control() {
    HZ_TRY(const std::optional<Bytes> bytes, m_store.meta(meta::kCounty));
    if (!bytes) {
        return fail(ErrorCode::notFound, "this folder holds no county");
    }
    return decode<CountyControl>(*bytes, "county");
}

Result<EpochId> County::epoch() {
    HZ_TRY(const std::optional<Bytes> bytes, m_store.meta(kEpoch));
    return EpochId::of(bytes.value_or(Bytes(EpochId::kSize)));
}

Result<std::uint64_t> County::size() {
    HZ_TRY(const std::optional<Bytes> bytes, m_store.meta(kSize));
    if (!bytes) {
        return std::uint64_t{0};
    }
    return decode<std::uint64_t>(*bytes, "log size");
}

Result<MacKey> County::macKeyOf(const DeviceId& device) {
    HZ_TRY(const std::optional<Bytes> secret, m_store.meta(kMacSecret));
    if (!secret) {
        return fail(ErrorCode::notFound, "this folder holds no county");
    }
    return MacKey::of(m_suite.hmac(*secret, {viewOf("device"), device.view()}).view());
}

Result<bool> County::isKnownMacOf(const DeviceId& device, const Frame& frame) {
    HZ_TRY(const MacKey key, macKeyOf(device));
    return isMacOf(m_suite, frame, key, {});
}

// -- the log

Result<std::uint64_t> County::appendBytes(BytesView entry) {
    HZ_TRY(const std::uint64_t position, size());
    MerkleLog log(m_suite, m_nodes, position);
    HZ_CHECK(log.append(merkleLeaf(m_suite, entry)));
    HZ_CHECK(m_store.putEntry({position, copyOf(entry), 0}));
    HZ_CHECK(m_store.setMeta(kSize, encode(std::uint64_t{position + 1})));
    return position;
}

Result<std::uint64_t> County::append(const LogEntry& entry) { return appendBytes(encode(entry)); }

template <class Body>
Result<void> County::appendControl(ControlKind kind, const Body& body, WallMs now) {
    const LogEntry entry{std::string(kControlScope), now, ControlEntry{kind, encode(body)}};
    HZ_TRY(const std::uint64_t position, append(entry));
    HZ_TRY([[maybe_unused]] const Applied applied, m_applier.apply(position, entry, nullptr));
    return {};
}

Result<Hash> County::rootAt(std::uint64_t at) {
    HZ_TRY(const std::uint64_t all, size());
    return MerkleLog(m_suite, m_nodes, all).root(at);
}

Result<Head> County::head() {
    HZ_TRY(const std::optional<Bytes> bytes, m_store.meta(kHead));
    if (!bytes) {
        return fail(ErrorCode::notFound, "nothing is signed yet");
    }
    return decode<Head>(*bytes, "head");
}

Result<Head> County::signedHead(WallMs now) {
    HZ_TRY(const std::uint64_t all, size());
    HZ_TRY(const EpochId current, epoch());
    const auto before = head();
    if (before && before->size == all && before->epoch == current) {
        return *before;
    }
    HZ_TRY(const KeyPair keys, key());
    HZ_TRY(const Hash root, rootAt(all));
    HZ_TRY(const Head fresh, signHead(m_suite, keys, {countyIdOf(m_suite, keys.publicKey), current, all, root, now, {}}));
    HZ_CHECK(m_store.setMeta(kHead, encode(fresh)));
    return fresh;
}

Result<void> County::create(const std::string& countyName, std::span<const DefinitionControl> definitions, WallMs now) {
    HZ_TRY(const KeyPair keys, m_suite.newKeyPair(m_random));
    HZ_CHECK(m_store.setMeta(kKey, encode(StoredKey{{}, keys})));
    const auto secret = m_random.draw<MacKey>();
    HZ_CHECK(m_store.setMeta(kMacSecret, secret.view()));
    const auto first = m_random.draw<EpochId>();
    HZ_CHECK(m_store.setMeta(kEpoch, first.view()));
    const CountyControl county{countyIdOf(m_suite, keys.publicKey), countyName, m_suite.id(), keys.publicKey, first};
    HZ_CHECK(appendControl(ControlKind::county, county, now));
    HZ_CHECK(appendControl(ControlKind::enrolment,
                           EnrolmentControl{deviceIdOf(m_suite, keys.publicKey), keys.publicKey, {}, {}, "county"}, now));
    for (const DefinitionControl& definition : definitions) {
        HZ_CHECK(appendControl(ControlKind::definition, definition, now));
    }
    HZ_TRY([[maybe_unused]] const Head signedNow, signedHead(now));
    return {};
}

Result<void> County::beginEpoch(const std::string& cause, WallMs now) {
    HZ_TRY(const std::uint64_t fork, size());
    HZ_TRY(const EpochId parent, epoch());
    const auto fresh = m_random.draw<EpochId>();
    HZ_CHECK(m_store.setMeta(kEpoch, fresh.view()));
    HZ_CHECK(m_store.setMeta(std::string(kLostEpoch) + parent.hex(), fresh.view()));
    // What we wrote ourselves beyond the fork comes back on these lanes: go on on new ones.
    HZ_TRY(std::vector<LaneRow> lanes, m_store.lanes());
    for (LaneRow& lane : lanes) {
        if (lane.isOpen) {
            lane.isOpen = false;
            HZ_CHECK(m_store.putLane(lane));
        }
    }
    return appendControl(ControlKind::epoch, EpochControl{fresh, parent, fork, cause}, now);
}

// -- taking segments

// What must be in the log before the segment: its predecessor in the lane, and every segment its contexts name.
Result<std::optional<Hash>> County::missingFor(const SealedSegment& sealed) {
    std::set<Hash> needed;
    if (!sealed.segment.previous.isNone()) {
        needed.insert(sealed.segment.previous);
    }
    for (const Op& op : sealed.segment.ops) {
        for (const SeenDot& seen : op.seen) {
            if (!seen.segment.isNone()) {
                needed.insert(seen.segment);
            }
        }
    }
    for (const Hash& hash : needed) {
        HZ_TRY(const std::optional<SegmentRow> row, m_store.segment(hash));
        if (!row || row->state != SegmentState::inLog) {
            return std::optional<Hash>(hash);
        }
    }
    return std::optional<Hash>{};
}

// Every scope the device ever held, its present ones included: what it wrote there is taken in, if only set aside.
Result<std::vector<std::string>> County::scopesEverHeld(const DeviceRow& device) {
    HZ_TRY(const std::vector<std::string> present, m_judge.scopesOf(device.enrolment, m_projection));
    return noteHeld(device.enrolment.device, present);
}

Result<std::vector<std::string>> County::noteHeld(const DeviceId& device, const std::vector<std::string>& scopes) {
    const std::string key = std::string(kGranted) + device.hex();
    HZ_TRY(const std::optional<Bytes> bytes, m_store.meta(key));
    std::vector<std::string> before;
    if (bytes) {
        HZ_TRY(before, decode<std::vector<std::string>>(*bytes, "granted scopes"));
    }
    std::set<std::string> all(before.begin(), before.end());
    all.insert(scopes.begin(), scopes.end());
    std::vector<std::string> result(all.begin(), all.end());
    if (result != before) {
        HZ_CHECK(m_store.setMeta(key, encode(result)));
    }
    return result;
}

// Whether a segment that misses nothing may stand in the log: its lane is its device's and of its scope, it follows what it names as
// previous, and its contexts stay inside its scope.
Result<bool> County::fitsLog(const SealedSegment& sealed) {
    const LaneHeader& lane = sealed.segment.lane;
    HZ_TRY(const std::optional<LaneRow> row, m_store.lane(lane.lane));
    if (row && (row->scope != lane.scope || row->device != lane.device)) {
        return false;
    }
    std::set<Hash> named;
    for (const Op& op : sealed.segment.ops) {
        for (const SeenDot& seen : op.seen) {
            named.insert(seen.segment);
        }
    }
    for (const Hash& hash : named) {
        HZ_TRY(const std::optional<SegmentRow> segment,
               hash.isNone() ? Result<std::optional<SegmentRow>>(std::nullopt) : m_store.segment(hash));
        if (segment && segment->scope != lane.scope) {
            return false;
        }
    }
    return m_history.followsPrevious(sealed);
}

Result<Ack> County::push(BytesView envelope, const DeviceId& pusher, WallMs now) {
    const auto refuse = [&](Reason reason) -> Result<Ack> {
        HZ_CHECK(m_store.putQuarantine(m_suite.hash({envelope}), pusher, reason, envelope));
        return Ack{Verdict::refused, reason, 0, {}};
    };
    auto opened = openSegment(m_suite, envelope);
    if (!opened) {
        return refuse(opened.error().code == ErrorCode::tooLarge ? Reason::overLimit : Reason::malformed);
    }
    HZ_TRY(const std::optional<SegmentRow> known, m_store.segment(opened->hash));
    if (known && known->state == SegmentState::inLog) {
        return Ack{Verdict::accepted, Reason::none, known->position, {}};
    }
    const LaneHeader& lane = opened->segment.lane;
    HZ_TRY(const CountyControl county, control());
    HZ_TRY(const std::optional<DeviceRow> author, m_store.device(lane.device));
    if (!author || lane.county != county.county) {
        return refuse(Reason::unknownDevice);
    }
    if (!sync::verify(m_suite, *opened, author->enrolment.publicKey)) {
        return refuse(Reason::badSignature);
    }
    HZ_TRY(const std::vector<std::string> everHeld, scopesEverHeld(*author));
    if (!holdsScope(everHeld, lane.scope)) {
        return refuse(Reason::foreignScope);
    }
    HZ_TRY(const std::optional<Hash> missing, missingFor(*opened));
    if (missing) {
        if (!known) {
            HZ_TRY(const std::vector<Hash> wants, m_store.wants());
            if (wants.size() >= kHeldMax) {
                return refuse(Reason::overLimit);
            }
            const Segment& s = opened->segment;
            HZ_CHECK(m_store.putSegment({opened->hash, lane.lane, lane.scope, s.first,
                                         static_cast<std::uint32_t>(s.ops.size()), s.previous, SegmentState::held, 0,
                                         false, copyOf(envelope)}));
        }
        HZ_CHECK(m_store.eraseWant(opened->hash));
        HZ_CHECK(m_store.putWant(opened->hash, *missing));
        return Ack{Verdict::held, Reason::none, 0, *missing};
    }
    HZ_TRY(const bool isFitting, fitsLog(*opened));
    if (!isFitting) {
        return refuse(Reason::malformed);
    }
    HZ_TRY(const std::uint64_t position, enter(*opened, *author, now));
    HZ_CHECK(retryHeld(opened->hash, now));
    return Ack{Verdict::accepted, Reason::none, position, {}};
}

Result<void> County::retryHeld(const Hash& arrived, WallMs now) {
    std::vector<Hash> open{arrived};
    while (!open.empty()) {
        const Hash want = open.back();
        open.pop_back();
        HZ_TRY(const std::vector<Hash> waiting, m_store.heldFor(want));
        for (const Hash& hash : waiting) {
            HZ_TRY(const std::shared_ptr<const SealedSegment> sealed, m_history.segment(hash));
            HZ_TRY(const std::optional<Hash> missing, missingFor(*sealed));
            HZ_CHECK(m_store.eraseWant(hash));
            if (missing) {
                HZ_CHECK(m_store.putWant(hash, *missing));
                continue;
            }
            HZ_TRY(const std::optional<DeviceRow> author, m_store.device(sealed->segment.lane.device));
            HZ_TRY(const bool isFitting, fitsLog(*sealed));
            if (!isFitting || !author) {
                HZ_CHECK(m_store.putQuarantine(hash, sealed->segment.lane.device, Reason::malformed, sealed->envelope));
                HZ_CHECK(m_store.setSegmentState(hash, SegmentState::refused, 0));
                continue;
            }
            HZ_TRY([[maybe_unused]] const std::uint64_t position, enter(*sealed, *author, now));
            open.push_back(hash);
        }
    }
    return {};
}

// A context may only name ops of its own record: of another one it may lie in a scope that readers of this one do not hold, and they
// could never apply the op.
Result<bool> County::namesOpOf(const RecordId& record, const SeenDot& seen, OpRef author) {
    HZ_TRY(const std::optional<OpRef> named, m_history.resolve(seen, author));
    if (!named) {
        return false;
    }
    HZ_TRY(const std::optional<LiveRow> live, m_store.liveRow(record, *named));
    if (live) {
        return true;
    }
    HZ_TRY(const std::optional<HistoricOp> found, m_history.opAt(*named));
    return found && found->op.record == record;
}

Result<Judgement> County::judgeOp(const SealedSegment& sealed, std::size_t index, const PlacedOp& placed,
                                  const DeviceRow& author, const RecordKey& key, bool isForeignScope) {
    const Op& op = sealed.segment.ops[index];
    const auto aside = [](Reason reason) { return Judgement{Verdict::aside, reason, 0}; };
    HZ_TRY(const std::optional<Bytes> ended, m_store.meta(std::string(meta::kPersonEnded) + op.person.hex()));
    if (author.isRevoked || ended) {
        return aside(Reason::revoked);
    }
    const bool isCounty = author.enrolment.role == "county";
    if (isForeignScope || (!isCounty && op.person != author.enrolment.person)) {
        return aside(Reason::noRight);
    }
    for (const SeenDot& seen : op.seen) {
        HZ_TRY(const bool isOfRecord, namesOpOf(op.record, seen, placed.ref));
        if (!isOfRecord) {
            return aside(Reason::missingContext);
        }
    }
    HZ_TRY(const Judgement judgement,
           m_judge.judge({op, key, sealed.segment.lane.scope, author.enrolment}, m_projection));
    if (judgement.verdict == Verdict::accepted && (op.kind == OpKind::assign || op.kind == OpKind::add)) {
        HZ_TRY(const std::vector<LiveRow> live, m_store.liveOfCell(op.record, op.field));
        const std::size_t most = op.kind == OpKind::add ? kElementsMax : kLiveValuesMax;
        if (live.size() >= most) {
            HZ_TRY(const std::vector<SeenOp> seen, m_projection.seenBy(op, placed.ref));
            const auto replaced = std::count_if(seen.begin(), seen.end(), [&](const SeenOp& one) {
                return one.live && one.live->field == op.field;
            });
            if (live.size() - static_cast<std::size_t>(replaced) >= most) {
                return aside(Reason::limit);
            }
        }
    }
    return judgement;
}

// What the log says of an op that stands in it. Whoever gets only the repetition, or gets it first after a restore, needs it.
Result<Judgement> County::standingJudgement(OpRef ref) {
    HZ_TRY(const std::optional<AsideRow> aside, m_store.asideOf(ref));
    if (aside) {
        return Judgement{Verdict::aside, aside->reason, 0};
    }
    HZ_TRY(const std::optional<HistoricOp> op, m_history.opAt(ref));
    HZ_TRY(const std::optional<LiveRow> live, op ? m_store.liveRow(op->op.record, ref) : Result<std::optional<LiveRow>>(std::nullopt));
    return Judgement{Verdict::accepted, Reason::none, live ? live->rank : Rank{0}};
}

Result<std::uint64_t> County::enter(const SealedSegment& sealed, const DeviceRow& author, WallMs now) {
    const Segment& segment = sealed.segment;
    HZ_TRY(const std::uint64_t position, size());
    HZ_TRY(const std::vector<PlacedOp> placed, m_history.place(sealed));
    HZ_TRY(const CountyControl county, control());
    HZ_TRY(const std::vector<std::string> scopes, m_judge.scopesOf(author.enrolment, m_projection));
    const bool isLaneForeign = !holdsScope(scopes, segment.lane.scope);
    std::map<RecordId, const RecordKey*> keys;
    for (const RecordKey& key : segment.records) {
        keys.emplace(recordIdOf(m_suite, county.county, key), &key);
    }
    // Before its ops are judged: a later one may name an earlier one.
    HZ_TRY(const bool isHere, m_store.hasSegment(sealed.hash));
    if (isHere) {
        HZ_CHECK(m_store.setSegmentState(sealed.hash, SegmentState::inLog, position));
    } else {
        HZ_CHECK(m_store.putSegment({sealed.hash, segment.lane.lane, segment.lane.scope, segment.first,
                                     static_cast<std::uint32_t>(segment.ops.size()), segment.previous, SegmentState::inLog,
                                     position, author.enrolment.role == "county", sealed.envelope}));
    }
    SegmentEntry entry{sealed.hash, {}};
    for (std::size_t i = 0; i < segment.ops.size(); ++i) {
        if (placed[i].isKnown) {
            HZ_TRY(const Judgement standing, standingJudgement(placed[i].ref));
            addRun(entry.verdicts, standing, placed[i].isBranched, true);
            continue;
        }
        const Op& op = segment.ops[i];
        const RecordKey& key = *keys.at(op.record);
        HZ_TRY(const std::optional<RecordRow> record, m_store.record(op.record));
        const bool isForeign = isLaneForeign || (record && record->scope != segment.lane.scope);
        HZ_TRY(const Judgement judgement, judgeOp(sealed, i, placed[i], author, key, isForeign));
        if (!record && opensRecord(judgement)) {
            HZ_CHECK(m_store.putRecord({op.record, segment.lane.scope, key}));
        }
        HZ_TRY([[maybe_unused]] const bool isNew, m_applier.applyOp(sealed, i, placed[i], judgement, {position, i}));
        addRun(entry.verdicts, judgement, placed[i].isBranched, false);
    }
    HZ_TRY(const std::uint64_t entered, append({segment.lane.scope, now, entry}));
    HZ_ASSERT(entered == position);
    if (!hasAccepted(entry.verdicts)) {
        HZ_CHECK(m_store.putRestricted(position, segment.lane.device));
    }
    HZ_CHECK(releaseNamed(sealed, placed, entry.verdicts, position));
    HZ_CHECK(followAdmits(sealed, placed, entry.verdicts, now));
    return position;
}

// An entry without an accepted op is known to office and author only; as soon as an accepted op names one of its ops everybody in
// the scope needs it, before the entry that names it.
Result<void> County::releaseEntryOf(OpRef ref, std::uint64_t before) {
    HZ_TRY(const std::vector<Run> runs, m_store.runsAt(ref));
    for (const Run& run : runs) {
        HZ_TRY(const std::optional<SegmentRow> row, m_store.segment(run.segment));
        if (!row || row->state != SegmentState::inLog || row->position >= before) {
            continue;
        }
        HZ_TRY(const std::optional<DeviceId> restricted, m_store.restrictedTo(row->position));
        if (restricted) {
            HZ_CHECK(m_store.release(row->position, before));
        }
    }
    return {};
}

// The entries of the set-aside ops that the op counts as having seen: who applies it looks through them.
Result<void> County::releaseFor(const Op& op, OpRef ref, std::uint64_t before) {
    HZ_TRY(const std::vector<SeenOp> seen, m_projection.seenBy(op, ref));
    for (const SeenOp& one : seen) {
        HZ_TRY(const std::optional<AsideRow> aside, m_store.asideOf(one.ref));
        if (aside) {
            HZ_CHECK(releaseEntryOf(one.ref, before));
        }
    }
    return {};
}

Result<void> County::releaseNamed(const SealedSegment& sealed, const std::vector<PlacedOp>& placed,
                                  const std::vector<VerdictRun>& runs, std::uint64_t position) {
    const auto each = runOfEach(runs);
    for (std::size_t i = 0; i < placed.size(); ++i) {
        if (each[i]->judgement.verdict == Verdict::accepted) {
            HZ_CHECK(releaseFor(sealed.segment.ops[i], placed[i].ref, position));
        }
    }
    return {};
}

Result<void> County::followAdmits(const SealedSegment& sealed, const std::vector<PlacedOp>& placed,
                                  const std::vector<VerdictRun>& runs, WallMs now) {
    const auto each = runOfEach(runs);
    for (std::size_t i = 0; i < placed.size(); ++i) {
        const Op& op = sealed.segment.ops[i];
        const auto text = op.value.asText();
        if (op.field != kAdmittedField || op.kind != OpKind::add || !text || each[i]->isRepeated ||
            each[i]->judgement.verdict != Verdict::accepted) {
            continue;
        }
        const auto admit = parseAdmit(*text);
        HZ_TRY(const std::vector<AsideRow> asides, m_store.asides());
        for (const AsideRow& row : asides) {
            if (!admit || row.record != op.record) {
                continue;
            }
            HZ_TRY(const std::optional<HistoricOp> found, m_history.opAt(row.ref));
            if (!found || found->id != admit->first) {
                continue;
            }
            HZ_TRY(const std::shared_ptr<const SealedSegment> in, m_history.segment(found->segment));
            HZ_TRY(const std::optional<DeviceRow> author, m_store.device(in->segment.lane.device));
            HZ_TRY(const std::optional<RecordRow> record, m_store.record(op.record));
            if (!author || !record) {
                continue;
            }
            HZ_TRY(const Judgement judged,
                   m_judge.judge({found->op, record->key, in->segment.lane.scope, author->enrolment}, m_projection));
            HZ_CHECK(raiseOp({found->id, found->segment, row.ref.counter, judged.rank, op.person, admit->second}, row.ref,
                             in->segment.lane.scope, now));
        }
    }
    return {};
}

// -- taking back what was lost

Result<Ack> County::takeBack(const Page& page, WallMs now) {
    HZ_TRY(const KeyPair keys, key());
    if (!verifyPage(m_suite, page, keys.publicKey)) {
        return Ack{Verdict::refused, Reason::badSignature, 0, {}};
    }
    bool isWhole = true;
    for (const ProvenEntry& proven : page.entries) {
        HZ_TRY(const bool isTaken, takeBackEntry(proven, now));
        isWhole = isWhole && isTaken;
    }
    // Only now: what waited for these is judged anew, and they are not.
    for (const ProvenEntry& proven : page.entries) {
        HZ_TRY(const LogEntry entry, decode<LogEntry>(proven.entry, "log entry"));
        if (const auto* segment = std::get_if<SegmentEntry>(&entry.content)) {
            HZ_CHECK(retryHeld(segment->segment, now));
        }
    }
    return Ack{isWhole ? Verdict::accepted : Verdict::held, Reason::none, 0, {}};
}

// The county signed these bytes once, so they stand, whoever brings them: no question who is enrolled, no new judgement.
Result<bool> County::takeBackEntry(const ProvenEntry& proven, WallMs now) {
    HZ_TRY(const std::optional<std::uint64_t> known, m_store.leafPosition(merkleLeaf(m_suite, proven.entry)));
    if (known) {
        return true;
    }
    HZ_TRY(const LogEntry entry, decode<LogEntry>(proven.entry, "log entry"));
    if (const auto* control = std::get_if<ControlEntry>(&entry.content)) {
        // A backup mark speaks of positions of a history that is no more.
        if (control->kind != ControlKind::county && control->kind != ControlKind::backup) {
            HZ_TRY(const std::uint64_t position, appendBytes(proven.entry));
            HZ_TRY([[maybe_unused]] const Applied applied, m_applier.apply(position, entry, nullptr));
        }
        return true;
    }
    if (const auto* verdict = std::get_if<VerdictEntry>(&entry.content)) {
        HZ_TRY(const std::vector<Run> runs, m_store.runsOf(verdict->segment));
        if (runs.empty()) {
            return false;
        }
        HZ_TRY(const std::uint64_t position, appendBytes(proven.entry));
        for (const Run& run : runs) {
            if (run.first <= verdict->counter && verdict->counter <= run.last) {
                HZ_CHECK(releaseRaised({run.branch, verdict->counter}, position));
            }
        }
        HZ_TRY([[maybe_unused]] const Applied applied, m_applier.apply(position, entry, nullptr));
        return true;
    }
    return takeBackSegment(proven, entry, now);
}

Result<bool> County::takeBackSegment(const ProvenEntry& proven, const LogEntry& entry, WallMs now) {
    const auto& segmentEntry = std::get<SegmentEntry>(entry.content);
    HZ_TRY(const std::optional<SegmentRow> row, m_store.segment(segmentEntry.segment));
    auto opened = row ? openSegment(m_suite, row->envelope) : openSegment(m_suite, proven.segment);
    if (!opened || opened->hash != segmentEntry.segment) {
        return false;
    }
    const SealedSegment& sealed = *opened;
    if (row && row->state == SegmentState::inLog) {
        HZ_CHECK(raise(segmentEntry, sealed, now));
        return true;
    }
    HZ_TRY(const std::optional<Hash> missing, missingFor(sealed));
    if (missing) {
        return false;
    }
    HZ_TRY(const std::optional<DeviceRow> author, m_store.device(sealed.segment.lane.device));
    HZ_TRY(const bool isFitting, fitsLog(sealed));
    // The entry proves the ops, not the envelope's signature: a garbled one is left for somebody who has the right bytes.
    if (!isFitting || (author && !sync::verify(m_suite, sealed, author->enrolment.publicKey))) {
        return false;
    }
    // What stands in the log in a scope shows that its author held it, though what gave it the scope may come back later, or never.
    HZ_TRY([[maybe_unused]] const std::vector<std::string> held,
           noteHeld(sealed.segment.lane.device, {sealed.segment.lane.scope}));
    HZ_CHECK(m_store.eraseWant(sealed.hash));
    HZ_TRY(const std::uint64_t position, appendBytes(proven.entry));
    HZ_TRY([[maybe_unused]] const Applied applied, m_applier.apply(position, entry, &sealed));
    if (!hasAccepted(segmentEntry.verdicts)) {
        HZ_CHECK(m_store.putRestricted(position, sealed.segment.lane.device));
    }
    HZ_TRY(const std::vector<PlacedOp> placed, m_history.place(sealed));
    HZ_CHECK(releaseNamed(sealed, placed, segmentEntry.verdicts, position));
    return true;
}

// The segment was judged anew meanwhile: what was accepted stays accepted.
Result<void> County::raise(const SegmentEntry& before, const SealedSegment& sealed, WallMs now) {
    const auto each = runOfEach(before.verdicts);
    HZ_TRY(const std::vector<PlacedOp> placed, m_history.place(sealed));
    for (std::size_t i = 0; i < placed.size() && i < each.size(); ++i) {
        HZ_TRY(const std::optional<AsideRow> aside, m_store.asideOf(placed[i].ref));
        if (aside && each[i]->judgement.verdict == Verdict::accepted) {
            HZ_CHECK(raiseOp({sealed.opIds[i], sealed.hash, placed[i].ref.counter, each[i]->judgement.rank, {},
                              "accepted before the restore"},
                             placed[i].ref, sealed.segment.lane.scope, now));
        }
    }
    return {};
}

// Aside -> accepted. Everybody in the scope gets the op, and what it saw, before the entry that says so.
Result<void> County::raiseOp(const VerdictEntry& verdict, OpRef ref, const std::string& scope, WallMs now) {
    const LogEntry entry{scope, now, verdict};
    HZ_TRY(const std::uint64_t position, append(entry));
    HZ_CHECK(releaseRaised(ref, position));
    HZ_TRY([[maybe_unused]] const Applied applied, m_applier.apply(position, entry, nullptr));
    return {};
}

Result<void> County::releaseRaised(OpRef ref, std::uint64_t before) {
    HZ_CHECK(releaseEntryOf(ref, before));
    HZ_TRY(const std::optional<HistoricOp> found, m_history.opAt(ref));
    HZ_ASSERT(found.has_value());
    return releaseFor(found->op, ref, before);
}

// -- requests

Result<std::vector<Bytes>> County::handle(std::span<const Bytes> requests, WallMs now) {
    HZ_TRY(WriteScope scope, WriteScope::begin(m_store));
    std::vector<Pending> pending(requests.size());
    for (std::size_t i = 0; i < requests.size(); ++i) {
        HZ_CHECK(takeRequest(requests[i], pending[i], now));
    }
    std::vector<Bytes> answers;
    for (Pending& one : pending) {
        HZ_TRY(Bytes answer, answerFor(one, now));
        answers.push_back(std::move(answer));
    }
    HZ_CHECK(scope.commit());
    return answers;
}

Result<void> County::takeRequest(BytesView bytes, Pending& pending, WallMs now) {
    auto opened = openFrame(bytes);
    auto request = opened ? decode<SyncRequest>(opened->plain, "request") : fail(ErrorCode::malformed, "request");
    if (!request) {
        return {};
    }
    HZ_TRY(const bool isAuthentic, isKnownMacOf(request->device, opened->frame));
    if (!isAuthentic) {
        return {};
    }
    pending.isReadable = true;
    pending.request = *std::move(request);
    pending.tag = opened->frame.tag;
    HZ_TRY(pending.device, m_store.device(pending.request.device));
    HZ_TRY(const bool isOurs, isOnOurHistory(pending, now));
    if (!isOurs) {
        return {};
    }
    std::vector<Ack> backs;
    for (const Page& page : pending.request.handBack) {
        HZ_TRY(const Ack ack, takeBack(page, now));
        backs.push_back(ack);
    }
    HZ_TRY(pending.device, m_store.device(pending.request.device));
    if (!pending.device) {
        pending.answer.status = SyncStatus::unknownDevice;
        pending.answer.acks.assign(pending.request.segments.size(), Ack{Verdict::refused, Reason::unknownDevice, 0, {}});
        pending.answer.acks.insert(pending.answer.acks.end(), backs.begin(), backs.end());
        return {};
    }
    pending.answer.status = pending.device->isRevoked ? SyncStatus::revoked : SyncStatus::ok;
    for (const Bytes& segment : pending.request.segments) {
        HZ_TRY(const Ack ack, push(segment, pending.request.device, now));
        pending.answer.acks.push_back(ack);
    }
    pending.answer.acks.insert(pending.answer.acks.end(), backs.begin(), backs.end());
    return {};
}

Result<bool> County::isOnOurHistory(Pending& pending, WallMs now) {
    const SyncRequest& request = pending.request;
    HZ_TRY(const std::uint64_t all, size());
    const auto stands = [&](std::uint64_t at, const HeadMark& mark) -> Result<bool> {
        if (at == 0) {
            return true;
        }
        if (at > all) {
            return false;
        }
        HZ_TRY(const Hash root, rootAt(at));
        return markOf(root) == mark;
    };
    HZ_TRY(const bool isCursorOurs, stands(request.cursor.position, request.cursor.mark));
    HZ_TRY(const bool isProvenOurs, stands(request.proven.size, request.proven.mark));
    if (isCursorOurs && isProvenOurs) {
        return true;
    }
    if (!request.shownHead) {
        pending.answer.status = request.marks.empty() ? SyncStatus::showMarks : SyncStatus::badRequest;
        return false;
    }
    // Our own signature on a head we do not have: this database is older than what the county once said.
    HZ_TRY(const KeyPair keys, key());
    if (!isSignedBy(m_suite, *request.shownHead, keys.publicKey)) {
        pending.answer.status = SyncStatus::badRequest;
        return false;
    }
    pending.answer.status = SyncStatus::stepBack;
    for (const SizeMark& mark : request.marks) {
        HZ_TRY(const bool isOurs, stands(mark.size, mark.mark));
        if (isOurs) {
            pending.answer.stepBackTo = std::max(pending.answer.stepBackTo, mark.size);
        }
    }
    HZ_TRY(const bool isHeadOurs, stands(request.shownHead->size, markOf(request.shownHead->root)));
    if (isHeadOurs) {
        return false;   // a head we have proves nothing of a lost history
    }
    HZ_TRY(const EpochId current, epoch());
    const std::string lostKey = std::string(kLostEpoch) + request.shownHead->epoch.hex();
    HZ_TRY(const std::optional<Bytes> isNoted, m_store.meta(lostKey));
    if (request.shownHead->epoch == current || !isNoted) {
        HZ_CHECK(beginEpoch("a device showed a head this database does not have", now));
        HZ_CHECK(m_store.setMeta(lostKey, current.view()));
    }
    return false;
}

Result<Bytes> County::answerFor(Pending& pending, WallMs now) {
    if (!pending.isReadable) {
        return Bytes{};
    }
    pending.answer.now = now;
    if (pending.answer.status == SyncStatus::ok) {
        HZ_CHECK(addFeed(pending, now));
    }
    HZ_TRY(const MacKey key, macKeyOf(pending.request.device));
    return frameWithMac(m_suite, encode(pending.answer), key, pending.tag);
}

Result<void> County::addFeed(Pending& pending, WallMs now) {
    SyncAnswer& answer = pending.answer;
    const Cursor& cursor = pending.request.cursor;
    HZ_TRY(const std::uint64_t all, size());
    HZ_TRY(const EpochId current, epoch());
    HZ_TRY(answer.wanted, m_store.wants());
    answer.wanted.resize(std::min(answer.wanted.size(), kWantedMax));
    HZ_TRY(const std::optional<Bytes> durable, m_store.meta(meta::kDurable));
    if (durable) {
        HZ_TRY(answer.durable, decode<std::uint64_t>(*durable, "backup mark"));
    }
    HZ_TRY(pending.held, m_judge.scopesOf(pending.device->enrolment, m_projection));
    HZ_TRY(pending.everHeld, scopesEverHeld(*pending.device));
    if (scopesMark(m_suite, pending.held) != pending.request.scopes) {
        // First the device has to know what it holds: a scope given now is read from its start, not from the cursor.
        answer.scopes = pending.held;
        answer.backfill = pending.request.backfill;
        return {};
    }
    if (cursor.position == all && cursor.epoch == current && pending.request.backfill.empty()) {
        return {};
    }
    Reading main{pending, {}, true};
    for (const std::string& scope : pending.held) {
        const auto& late = pending.request.backfill;
        if (std::none_of(late.begin(), late.end(), [&](const Backfill& one) { return one.scope == scope; })) {
            main.scopes.push_back(scope);
        }
    }
    std::map<std::uint64_t, ProvenEntry> chosen;
    std::size_t bytes = 0;
    HZ_TRY(const std::uint64_t position, collect(main, cursor.position, all, chosen, bytes));
    for (const Backfill& late : pending.request.backfill) {
        if (!holdsScope(pending.held, late.scope)) {
            continue;
        }
        HZ_TRY(const std::uint64_t reached, collect({pending, {late.scope}, false}, late.position, position, chosen, bytes));
        if (reached < position) {
            answer.backfill.push_back({late.scope, reached});
        }
    }
    HZ_TRY(answer.skipped, skippedBefore(*pending.device, chosen));
    HZ_TRY(const Head head, signedHead(now));
    Page page{head, {}, {}};
    std::vector<std::uint64_t> positions;
    for (auto& [at, entry] : chosen) {
        positions.push_back(at);
        page.entries.push_back(std::move(entry));
    }
    MerkleLog log(m_suite, m_nodes, all);
    if (!positions.empty()) {
        HZ_TRY(page.proof, log.inclusion(positions, all));
    }
    HZ_TRY(answer.consistency, log.consistency(pending.request.proven.size, all));
    HZ_TRY(const Hash root, rootAt(position));
    answer.cursor = {current, position, markOf(root)};
    answer.hasMore = position < all;
    answer.page = std::move(page);
    return {};
}

// Chooses what the reader gets of the entries from `from` on; returns where it stopped, at most `end`.
Result<std::uint64_t> County::collect(const Reading& reading, std::uint64_t from, std::uint64_t end,
                                      std::map<std::uint64_t, ProvenEntry>& chosen, std::size_t& bytes) {
    const DeviceRow& device = *reading.pending.device;
    std::uint64_t position = from;
    for (; position < end && position - from < kFeedScanMax && bytes < m_pageBytesMax; ++position) {
        HZ_TRY(const std::vector<std::uint64_t> released, m_store.releasedBefore(position));
        for (const std::uint64_t earlier : released) {
            HZ_CHECK(addToFeed(earlier, reading, chosen, bytes));
        }
        HZ_TRY(const bool isKept, isKeptFrom(device, position));
        if (!isKept) {
            HZ_CHECK(addToFeed(position, reading, chosen, bytes));
        }
    }
    return position;
}

// An entry without an accepted op goes to office and author only.
Result<bool> County::isKeptFrom(const DeviceRow& device, std::uint64_t position) {
    HZ_TRY(const std::optional<DeviceId> restricted, m_store.restrictedTo(position));
    return restricted && *restricted != device.enrolment.device && !m_judge.isOffice(device.enrolment);
}

// A lane goes on over a segment that is kept from the device: it gets to know what that one followed.
Result<std::vector<std::pair<Hash, Hash>>> County::skippedBefore(const DeviceRow& device,
                                                                 const std::map<std::uint64_t, ProvenEntry>& chosen) {
    std::map<Hash, Hash> skipped;
    for (const auto& [position, proven] : chosen) {
        HZ_TRY(const LogEntry entry, decode<LogEntry>(proven.entry, "log entry"));
        const auto* segment = std::get_if<SegmentEntry>(&entry.content);
        Hash before;
        if (segment != nullptr) {
            HZ_TRY(const std::optional<SegmentRow> row, m_store.segment(segment->segment));
            before = row->previous;
        }
        while (!before.isNone() && !skipped.contains(before)) {
            HZ_TRY(const std::optional<SegmentRow> row, m_store.segment(before));
            HZ_TRY(const bool isKept, isKeptFrom(device, row->position));
            if (!isKept) {
                break;
            }
            skipped.emplace(before, row->previous);
            before = row->previous;
        }
    }
    return std::vector<std::pair<Hash, Hash>>(skipped.begin(), skipped.end());
}

Result<bool> County::isFor(const Reading& reading, const LogEntry& entry) {
    if (isControl(entry)) {
        return reading.isMain;
    }
    if (holdsScope(reading.scopes, entry.scope)) {
        return true;
    }
    if (!reading.isMain || !holdsScope(reading.pending.everHeld, entry.scope)) {
        return false;
    }
    // Of a scope that it held once, or reads up on, a device gets the answers to what it wrote there.
    const auto* segment = std::get_if<SegmentEntry>(&entry.content);
    const Hash& hash = segment != nullptr ? segment->segment : std::get<VerdictEntry>(entry.content).segment;
    HZ_TRY(const std::shared_ptr<const SealedSegment> sealed, m_history.segment(hash));
    return sealed->segment.lane.device == reading.pending.request.device;
}

Result<void> County::addToFeed(std::uint64_t position, const Reading& reading,
                               std::map<std::uint64_t, ProvenEntry>& chosen, std::size_t& bytes) {
    HZ_TRY(const std::optional<EntryRow> row, m_store.entry(position));
    HZ_ASSERT(row.has_value());
    HZ_TRY(const LogEntry entry, decode<LogEntry>(row->entry, "log entry"));
    HZ_TRY(const bool isWanted, isFor(reading, entry));
    if (!isWanted) {
        return {};
    }
    ProvenEntry proven{position, row->entry, {}};
    if (const auto* segment = std::get_if<SegmentEntry>(&entry.content)) {
        HZ_TRY(const std::optional<SegmentRow> stored, m_store.segment(segment->segment));
        HZ_ASSERT(stored.has_value());
        // Who pushes a segment in this very request has it.
        const auto& pushed = reading.pending.request.segments;
        if (std::find(pushed.begin(), pushed.end(), stored->envelope) == pushed.end()) {
            proven.segment = stored->envelope;
        }
    }
    bytes += proven.entry.size() + proven.segment.size() + 64;
    chosen.emplace(position, std::move(proven));
    return {};
}

Result<Bytes> County::handleEnrol(BytesView bytes, WallMs now) {
    auto opened = openFrame(bytes);
    auto request = opened ? decode<EnrolRequest>(opened->plain, "request") : fail(ErrorCode::malformed, "request");
    if (!request) {
        return Bytes{};
    }
    EnrolAnswer answer;
    answer.now = now;
    answer.refused = ErrorCode::badCode;
    HZ_TRY(WriteScope scope, WriteScope::begin(m_store));
    HZ_TRY(std::optional<InvitationRow> invitation, m_store.invitation(request->codeId));
    const DeviceId device = deviceIdOf(m_suite, request->publicKey);
    const bool isFree = invitation && (invitation->usedBy.isNone() || invitation->usedBy == device);
    if (!isFree || now > invitation->expiresAt ||
        request->proof != enrolmentProof(m_suite, invitation->codeKey, *request) ||
        !m_suite.verify(request->publicKey, enrolmentSignedBytes(*request), request->signature)) {
        return frameWithoutAuth(encode(answer));
    }
    // The same device again: its answer was lost. It gets it once more, the log has it once.
    if (invitation->usedBy.isNone()) {
        invitation->usedBy = device;
        HZ_CHECK(m_store.putInvitation(*invitation));
        HZ_CHECK(appendControl(
            ControlKind::enrolment,
            EnrolmentControl{device, request->publicKey, invitation->person, invitation->unit, invitation->role}, now));
        HZ_TRY([[maybe_unused]] const Head head, signedHead(now));
        HZ_TRY(const std::optional<DeviceRow> row, m_store.device(device));
        HZ_TRY([[maybe_unused]] const std::vector<std::string> noted, scopesEverHeld(*row));
    }
    answer.refused = ErrorCode::internal;
    HZ_TRY(answer.county, control());
    HZ_TRY(const MacKey key, macKeyOf(device));
    answer.macKey = masked(m_suite, invitation->codeKey, key, request->publicKey);
    answer.person = invitation->person;
    answer.unit = invitation->unit;
    answer.role = invitation->role;
    answer.personName = invitation->personName;
    answer.unitName = invitation->unitName;
    HZ_TRY(answer.scopes, m_judge.scopesOf({device, request->publicKey, invitation->person, invitation->unit,
                                            invitation->role}, m_projection));
    answer.proof = enrolmentAnswerProof(m_suite, invitation->codeKey, *request, answer);
    HZ_CHECK(scope.commit());
    return frameWithoutAuth(encode(answer));
}

// -- the operator

Result<std::string> County::invite(const Invitation& invitation) {
    const std::string code = newCode(m_random);
    HZ_TRY(WriteScope scope, WriteScope::begin(m_store));
    HZ_CHECK(m_store.putInvitation({codeIdOf(m_suite, code), codeKeyOf(m_suite, code), invitation.person, invitation.unit,
                                    invitation.role, invitation.personName, invitation.unitName, invitation.expiresAt, {}}));
    HZ_CHECK(scope.commit());
    return code;
}

Result<void> County::revoke(const DeviceId& device, WallMs now) {
    HZ_TRY(WriteScope scope, WriteScope::begin(m_store));
    HZ_TRY(const std::optional<DeviceRow> row, m_store.device(device));
    if (!row) {
        return fail(ErrorCode::notFound, "no device " + device.hex());
    }
    if (!row->isRevoked) {
        HZ_CHECK(appendControl(ControlKind::revocation, DeviceControl{device}, now));
        HZ_TRY([[maybe_unused]] const Head head, signedHead(now));
    }
    return scope.commit();
}

Result<void> County::endPerson(const RecordId& person, WallMs now) {
    HZ_TRY(WriteScope scope, WriteScope::begin(m_store));
    HZ_CHECK(appendControl(ControlKind::personEnd, PersonControl{person}, now));
    HZ_TRY([[maybe_unused]] const Head head, signedHead(now));
    return scope.commit();
}

Result<void> County::markBackup(std::uint64_t backedUp, WallMs now) {
    HZ_TRY(WriteScope scope, WriteScope::begin(m_store));
    HZ_CHECK(appendControl(ControlKind::backup, BackupControl{backedUp}, now));
    HZ_TRY([[maybe_unused]] const Head head, signedHead(now));
    return scope.commit();
}

Result<void> County::write(std::span<const CountyEdit> edits, WallMs now) {
    HZ_TRY(WriteScope scope, WriteScope::begin(m_store));
    HZ_TRY(const KeyPair keys, key());
    HZ_TRY(const CountyControl county, control());
    const DeviceId device = deviceIdOf(m_suite, keys.publicKey);
    HZ_TRY(const std::optional<DeviceRow> self, m_store.device(device));
    HZ_ASSERT(self.has_value());
    for (std::size_t next = 0; next < edits.size();) {
        HZ_TRY(std::optional<LaneRow> open, m_store.openLane(edits[next].scope));
        LaneRow lane = open.value_or(LaneRow{});
        if (!open) {
            lane.lane = m_random.draw<LaneId>();
            lane.scope = edits[next].scope;
            lane.device = device;
            lane.isMine = true;
            lane.isOpen = true;
        }
        Segment segment{{county.county, device, lane.lane, lane.scope}, lane.tip + 1, lane.tipSegment, m_random.draw<Seed>(), {}, {}, {}};
        std::set<RecordId> listed;
        std::size_t bytes = 0;
        for (; next < edits.size() && edits[next].scope == lane.scope && segment.ops.size() < kSegmentOpsMax; ++next) {
            const CountyEdit& edit = edits[next];
            Op op{lane.tip + 1, recordIdOf(m_suite, county.county, edit.key), edit.field, edit.kind, edit.value, {}, now, {}};
            bytes += packedSizeBound(op, edit.key);
            // A record appears once in a batch's cell: what is live now is what the county saw.
            if (bytes > kSegmentBytesMax && !segment.ops.empty()) {
                break;
            }
            if (edit.kind == OpKind::assign || edit.kind == OpKind::remove) {
                HZ_TRY(const std::vector<LiveRow> live, m_store.liveOfCell(op.record, op.field));
                for (const LiveRow& row : live) {
                    if (edit.kind == OpKind::assign || row.value == edit.value) {
                        HZ_TRY(const SeenDot seen, m_history.seenDotOf(row.ref, lane.lane));
                        op.seen.push_back(seen);
                    }
                }
                std::sort(op.seen.begin(), op.seen.end());
            }
            if (listed.insert(op.record).second) {
                segment.records.push_back(edit.key);
            }
            ++lane.tip;
            segment.ops.push_back(std::move(op));
        }
        HZ_TRY(const SealedSegment sealed, seal(m_suite, keys, std::move(segment)));
        HZ_TRY([[maybe_unused]] const std::uint64_t position, enter(sealed, *self, now));
        lane.tipSegment = sealed.hash;
        HZ_CHECK(m_store.putLane(lane));
    }
    HZ_TRY([[maybe_unused]] const Head head, signedHead(now));
    return scope.commit();
}

// -- reading

Result<CountyStatus> County::status() {
    CountyStatus status;
    HZ_TRY(status.epoch, epoch());
    HZ_TRY(status.entries, size());
    HZ_TRY(const std::vector<Hash> entered, m_store.segmentsIn(SegmentState::inLog));
    status.segments = entered.size();
    HZ_TRY(const std::vector<Hash> held, m_store.segmentsIn(SegmentState::held));
    status.held = held.size();
    HZ_TRY(const std::vector<LaneRow> lanes, m_store.lanes());
    for (const LaneRow& lane : lanes) {
        HZ_TRY(const std::vector<BranchRow> branches, m_store.branches(lane.lane));
        status.branches += branches.size() > 1 ? branches.size() - 1 : 0;
    }
    return status;
}

Result<std::vector<std::string>> County::verify() {
    std::vector<std::string> findings;
    HZ_TRY(const std::uint64_t all, size());
    HZ_TRY(const KeyPair keys, key());
    std::vector<Hash> leaves;
    std::map<DeviceId, Bytes> publicKeys;
    for (std::uint64_t position = 0; position < all; ++position) {
        const auto finding = [&](const std::string& what) {
            findings.push_back("entry " + std::to_string(position) + ": " + what);
        };
        HZ_TRY(const std::optional<EntryRow> row, m_store.entry(position));
        if (!row) {
            finding("is missing");
            leaves.emplace_back();
            continue;
        }
        leaves.push_back(merkleLeaf(m_suite, row->entry));
        HZ_TRY(const std::optional<Hash> node, m_store.node(0, position));
        if (!node || *node != leaves.back()) {
            finding("its bytes are not those of the tree");
        }
        const auto entry = decode<LogEntry>(row->entry, "log entry");
        if (!entry) {
            finding("cannot be read");
            continue;
        }
        if (const auto* control = std::get_if<ControlEntry>(&entry->content)) {
            if (control->kind == ControlKind::enrolment) {
                if (const auto enrolment = decode<EnrolmentControl>(control->body, "enrolment")) {
                    publicKeys[enrolment->device] = enrolment->publicKey;
                }
            }
            continue;
        }
        const auto* segment = std::get_if<SegmentEntry>(&entry->content);
        if (segment == nullptr) {
            continue;
        }
        HZ_TRY(const std::optional<SegmentRow> stored, m_store.segment(segment->segment));
        const auto opened = stored ? openSegment(m_suite, stored->envelope) : Result<SealedSegment>(fail(ErrorCode::notFound, ""));
        if (!opened || opened->hash != segment->segment) {
            finding("its segment " + segment->segment.hex().substr(0, 16) + " is damaged or missing");
        } else if (!sync::verify(m_suite, *opened, publicKeys[opened->segment.lane.device])) {
            finding("its segment is not signed by its device");
        }
    }
    HZ_TRY(const Head signedNow, head());
    if (signedNow.size != all || merkleRoot(m_suite, leaves) != signedNow.root || !isSignedBy(m_suite, signedNow, keys.publicKey)) {
        findings.push_back("head: is not the signed root of the log");
    }
    if (!findings.empty()) {
        return findings;   // a projection of a damaged log says nothing
    }
    HZ_TRY(WriteScope scope, WriteScope::begin(m_store));
    std::vector<LiveRow> before;
    HZ_CHECK(m_store.eachLive("", [&](LiveRow&& row) { before.push_back(std::move(row)); }));
    HZ_CHECK(m_applier.rebuild([](const Op&) -> Result<Rank> { return Rank{0}; }));
    std::vector<LiveRow> after;
    HZ_CHECK(m_store.eachLive("", [&](LiveRow&& row) { after.push_back(std::move(row)); }));
    if (before != after) {
        findings.push_back("table live: is not what the log gives");
    }
    return findings;
}

}  // namespace hezhang::sync
