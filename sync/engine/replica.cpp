// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "sync/engine/replica.h"

#include <algorithm>
#include <map>
#include <set>

#include "sync/base/check.h"
#include "sync/base/lookup.h"
#include "sync/engine/snapshot_base.h"
#include "sync/trust/merkle.h"

namespace hezhang::sync {
namespace {

constexpr std::string_view kIdentity = "identity";
constexpr std::string_view kCursor = "cursor";
constexpr std::string_view kScopes = "scopes";
constexpr std::string_view kBegunAnew = "begun-anew";   // a byte
constexpr std::string_view kGivenBack = "given-back";   // pages of orphans, ascending

ErrorCode errorOf(Reason reason) {
    switch (reason) {
    case Reason::noRight:
        return ErrorCode::noRight;
    case Reason::unknownRecord:
        return ErrorCode::unknownRecord;
    case Reason::limit:
        return ErrorCode::tooLarge;
    default:
        return ErrorCode::badValue;
    }
}

std::string whyNot(Reason reason, std::string_view registerName, std::string_view field) {
    const std::string cell = std::string(registerName) + "." + std::string(field);
    switch (reason) {
    case Reason::noRight:
        return "you have no right to change " + cell;
    case Reason::unknownRecord:
        return "a record that " + cell + " belongs to is not here";
    case Reason::limit:
        return cell + " would hold more than is allowed";
    case Reason::wrongKind:
        return cell + " is not changed this way";
    default:
        return "the value does not fit " + cell;
    }
}

}  // namespace

Result<void> Replica::initialise(const Identity& identity) {
    HZ_CHECK(m_store.setMeta(kIdentity, encode(identity)));
    HZ_CHECK(m_store.setMeta(meta::kCounty, encode(identity.county)));
    HZ_CHECK(m_applier.takeUpControls(rankOf()));
    HZ_CHECK(setScopeState({identity.scopes, {}, false}));
    Cursor cursor;
    cursor.epoch = identity.county.epoch;
    return setCursor(cursor);
}

Result<Identity> Replica::identity() {
    HZ_TRY(const Identity* identity, known());
    return *identity;
}

Result<const Identity*> Replica::known() {
    HZ_TRY(const std::optional<Bytes> bytes, m_store.meta(kIdentity));
    if (!bytes || bytes->empty()) {
        return fail(ErrorCode::notEnrolled, "this folder is not enrolled with a county");
    }
    // Asked at every edit, and another process may change it: decoded anew only where it did.
    if (!m_identity || m_identityBytes != *bytes) {
        HZ_TRY(m_identity, decode<Identity>(*bytes, "identity"));
        m_identityBytes = *bytes;
    }
    return &*m_identity;
}

Result<void> Replica::forgetIdentity() {
    m_identity.reset();
    m_identityBytes.clear();
    return m_store.setMeta(kIdentity, {});
}

Result<Cursor> Replica::cursor() {
    HZ_TRY(const std::optional<Bytes> bytes, m_store.meta(kCursor));
    if (!bytes) {
        return Cursor{};
    }
    return decode<Cursor>(*bytes, "cursor");
}

Result<void> Replica::setCursor(const Cursor& cursor) {
    return m_store.setMeta(kCursor, encode(cursor));
}

Result<ScopeState> Replica::scopeState() {
    HZ_TRY(const std::optional<Bytes> bytes, m_store.meta(kScopes));
    if (!bytes) {
        return ScopeState{};
    }
    return decode<ScopeState>(*bytes, "scopes");
}

Result<void> Replica::setScopeState(const ScopeState& state) {
    return m_store.setMeta(kScopes, encode(state));
}

Result<LaneRow> Replica::laneFor(const std::string& scope, const DeviceId& device) {
    HZ_TRY(std::optional<LaneRow> open, m_store.openLane(scope));
    if (open) {
        return *open;
    }
    LaneRow lane;
    lane.lane = m_random.draw<LaneId>();
    lane.scope = scope;
    lane.device = device;
    lane.isMine = true;
    lane.isOpen = true;
    HZ_TRY(lane.branch, m_store.addBranch({0, lane.lane, 0, 1, 0}));
    return lane;
}

// Of another record it may lie in a scope that readers of this one do not hold: they could never apply the edit. Of what is
// here in outline only its scope is known; the county knows the rest.
Result<bool> Replica::isOpOf(OpRef ref, const RecordId& record, std::string_view field, const std::string& scope) {
    HZ_TRY(const std::optional<LiveRow> live, m_store.liveRow(record, field, ref));
    HZ_TRY(const std::optional<HistoricOp> named,
           live ? Result<std::optional<HistoricOp>>(std::nullopt) : m_history.opAt(ref));
    if (live || named) {
        return live || named->op.record == record;
    }
    HZ_TRY(const std::vector<Run> runs, m_store.runsAt(ref));
    HZ_TRY(const std::optional<SegmentRow> outline,
           runs.empty() ? Result<std::optional<SegmentRow>>(std::nullopt) : m_store.outline(runs.front().segment));
    return outline && outline->scope == scope;
}

Result<bool> Replica::isRefused(OpRef ref) {
    HZ_TRY(const std::optional<BranchRow> branch, m_store.branch(ref.branch));
    HZ_TRY(const std::optional<LaneRow> lane,
           branch ? m_store.lane(branch->lane) : Result<std::optional<LaneRow>>(std::nullopt));
    if (!lane || !lane->isMine || lane->isOpen) {
        return false;   // who is refused goes on in a new lane
    }
    HZ_TRY(const std::vector<Run> runs, m_store.runsAt(ref));
    for (const Run& run : runs) {
        HZ_TRY(const std::optional<SegmentRow> outline, m_store.outline(run.segment));
        if (!outline || outline->state != SegmentState::refused) {
            return false;
        }
    }
    return !runs.empty();
}

// A form may still show an op that the county has refused: nobody will ever have it, and an edit that names it would wait for it for
// good. What it saw is named in its place, as far as it can be read.
Result<std::vector<OpRef>> Replica::withoutRefused(std::vector<OpRef> seen) {
    for (std::size_t i = 0; i < seen.size() && seen.size() <= kSeenMax;) {
        HZ_TRY(const bool isGone, isRefused(seen[i]));
        if (!isGone) {
            ++i;
            continue;
        }
        const OpRef ref = seen[i];
        seen.erase(seen.begin() + static_cast<std::ptrdiff_t>(i));
        const auto refused = m_history.opAt(ref);
        if (!refused || !*refused) {
            continue;
        }
        for (const SeenDot& dot : (*refused)->op.seen) {
            HZ_TRY(const std::optional<OpRef> through, m_history.resolve(dot, ref));
            if (through) {
                seen.push_back(*through);
            }
        }
    }
    return seen;
}

Result<std::vector<SeenDot>> Replica::contextOf(const std::vector<OpRef>& seen, const RecordId& record,
                                                std::string_view field, const LaneRow& lane) {
    std::vector<SeenDot> context;
    HZ_TRY(const std::vector<OpRef> named, withoutRefused(seen));
    for (const OpRef ref : named) {
        HZ_TRY(const bool isItsOp, isOpOf(ref, record, field, lane.scope));
        if (!isItsOp) {
            return fail(ErrorCode::notFound, "an op that the edit names is none of its record");
        }
        HZ_TRY(const SeenDot dot, m_history.seenDotOf(ref, lane.lane));
        context.push_back(dot);
    }
    std::sort(context.begin(), context.end());
    context.erase(std::unique(context.begin(), context.end()), context.end());
    if (context.size() > kSeenMax) {
        return fail(ErrorCode::tooLarge, "the edit names more values than an edit can name");
    }
    return context;
}

Result<EditAnswer> Replica::edit(const Edit& edit, WallMs now) {
    HZ_TRY(const Identity* its, known());
    const Identity& me = *its;
    EditAnswer answer;
    answer.record = recordIdOf(m_suite, me.county.county, edit.key);
    Op op{0, answer.record, edit.field, edit.kind, edit.value, edit.person, now, {}};
    // Judged before anything is written: an edit that is stopped leaves no trace, also inside a batch.
    HZ_TRY(const Judgement judgement, m_judge.judge({op, edit.key, edit.scope, me.enrolment}, m_projection));
    if (judgement.verdict != Verdict::accepted && judgement.reason != Reason::windowClosed) {
        return fail(errorOf(judgement.reason), whyNot(judgement.reason, edit.key.registerName, edit.field));
    }
    answer.warning = judgement.reason;
    HZ_TRY(LaneRow lane, laneFor(edit.scope, me.enrolment.device));
    op.counter = lane.tip + 1;
    HZ_TRY(op.seen, contextOf(edit.seen, answer.record, edit.field, lane));
    HZ_CHECK(m_store.putRecord({answer.record, edit.scope, edit.key}));
    HZ_TRY(const std::uint64_t tailCount, m_store.tailCount(lane.lane));
    if (tailCount == 0) {
        lane.seed = m_random.draw<Seed>();
    }
    answer.ref = {lane.branch, op.counter};
    answer.op = opIdOf(m_suite, {me.county.county, me.enrolment.device, lane.lane, edit.scope}, op,
                       valueHashOf(m_suite, lane.seed, op.counter, op.value));
    lane.tip = op.counter;
    HZ_CHECK(m_store.setTip(lane.branch, op.counter));
    HZ_CHECK(m_store.putLane(lane));
    HZ_CHECK(m_store.addTail({answer.ref, lane.lane, op, answer.op, judgement.rank}));
    HZ_CHECK(m_projection.overlay(op, answer.ref, judgement.rank));
    HZ_TRY(answer.dot, m_history.dotText(answer.ref));
    if (tailCount + 1 >= kSegmentOpsMax) {
        HZ_CHECK(sealTail(lane, me));
    }
    return answer;
}

Result<void> Replica::sealTail(LaneRow lane, const Identity& me) {
    HZ_TRY(const std::vector<TailRow> tail, m_store.tail(lane.lane));
    for (std::size_t next = 0; next < tail.size();) {
        Segment segment;
        segment.lane = {me.county.county, me.enrolment.device, lane.lane, lane.scope};
        segment.first = tail[next].op.counter;
        segment.previous = lane.tipSegment;
        segment.seed = lane.seed;
        SegmentSize size;
        std::vector<Hash> ids;
        Lookup<RecordId, RecordKey> listed;
        for (; next < tail.size() && segment.ops.size() < kSegmentOpsMax; ++next) {
            const Op& op = tail[next].op;
            const RecordKey* key = listed.find(op.record);
            const bool isNew = key == nullptr;
            if (isNew) {
                HZ_TRY(const std::optional<RecordRow> record, m_store.record(op.record));
                if (!record || recordIdOf(m_suite, me.county.county, record->key) != op.record) {
                    return fail(ErrorCode::storageCorrupt, damagedEdit(tail[next].id));
                }
                key = &listed.add(op.record, record->key);
            }
            // What the disk has changed was never written by its author, and is not signed for him.
            const bool isNamedWell = std::all_of(op.seen.begin(), op.seen.end(), [&](const SeenDot& seen) {
                return !seen.segment.isNone() || (seen.dot.lane == lane.lane && seen.dot.counter < op.counter);
            });
            if (!isNamedWell) {
                return fail(ErrorCode::storageCorrupt, damagedEdit(tail[next].id));
            }
            if (size.with(op, *key) > kSegmentBytesMax && !segment.ops.empty()) {
                break;
            }
            size.add(op, *key);
            if (isNew) {
                segment.records.push_back(*key);
            }
            segment.ops.push_back(op);
            ids.push_back(tail[next].id);
        }
        segment.definitions = definitionsOf(segment.records, m_projection.rules());
        const OpCounter first = segment.first;
        const OpCounter last = segment.last();
        HZ_TRY(SealedSegment sealed, seal(m_suite, me.device, std::move(segment), ids));
        // A copy of this home may have sealed the very same ops, and the county has answered.
        HZ_TRY(const bool isKnown, m_store.hasSegment(sealed.hash));
        if (!isKnown) {
            HZ_CHECK(m_store.putSegment(rowOf(sealed, SegmentState::unsent, 0, true)));
            HZ_CHECK(m_store.addRun({lane.branch, first, last, sealed.hash}));
        }
        lane.tipSegment = sealed.hash;
        m_history.remember(std::move(sealed));
    }
    HZ_CHECK(m_store.eraseTail(lane.lane, lane.tip));
    return m_store.putLane(lane);
}

Result<bool> Replica::mendOrRefuse(const SegmentRow& outline, Reason reason) {
    HZ_TRY(const Identity me, identity());
    const auto sealed = m_history.segment(outline.hash);
    if (!sealed && sealed.error().code != ErrorCode::storageCorrupt) {
        return fail(sealed.error());
    }
    const bool isOfThisKey = sealed && (*sealed)->segment.lane.device == me.enrolment.device && !(*sealed)->segment.isExtract();
    if (isOfThisKey && !verify(m_suite, **sealed, me.device.publicKey)) {
        SealedSegment mended = **sealed;
        HZ_TRY(mended.envelope, signedAnew(m_suite, me.device, **sealed));
        SegmentRow row = outline;
        row.envelope = mended.envelope;
        HZ_CHECK(m_store.putSegment(row));
        m_history.remember(std::move(mended));
        return true;
    }
    HZ_CHECK(m_store.setSegmentState(outline.hash, SegmentState::refused, static_cast<std::uint64_t>(reason)));
    if (sealed) {
        HZ_CHECK(m_applier.liftRefused(outline.hash));
    }
    HZ_TRY(std::optional<LaneRow> lane, m_store.lane(outline.lane));
    if (lane && lane->isOpen) {
        lane->isOpen = false;
        HZ_CHECK(m_store.putLane(*lane));
    }
    return false;
}

Result<void> Replica::sealTails() {
    HZ_TRY(const Identity me, identity());
    HZ_TRY(std::vector<LaneRow> lanes, m_store.lanes());
    // By scope: what other scopes refer to (the common one sorts first) reaches the county before them.
    std::stable_sort(lanes.begin(), lanes.end(),
                     [](const LaneRow& a, const LaneRow& b) { return a.scope < b.scope; });
    for (const LaneRow& lane : lanes) {
        HZ_TRY(const std::uint64_t tailCount,
               lane.isMine ? m_store.tailCount(lane.lane) : Result<std::uint64_t>(0));
        if (tailCount > 0) {
            HZ_CHECK(sealTail(lane, me));
        }
    }
    return {};
}

Result<void> Replica::sealTailWith(const Hash& op) {
    HZ_TRY(const std::vector<LaneRow> lanes, m_store.lanes());
    for (const LaneRow& lane : lanes) {
        HZ_TRY(const std::vector<TailRow> tail, lane.isMine ? m_store.tail(lane.lane) : Result<std::vector<TailRow>>(std::vector<TailRow>{}));
        if (std::any_of(tail.begin(), tail.end(), [&](const TailRow& row) { return row.id == op; })) {
            HZ_TRY(const Identity me, identity());
            HZ_CHECK(sealTail(lane, me));
        }
    }
    return {};
}

Result<void> Replica::openNewLanes() {
    HZ_CHECK(sealTails());
    HZ_TRY(std::vector<LaneRow> lanes, m_store.lanes());
    for (LaneRow& lane : lanes) {
        if (lane.isOpen) {
            lane.isOpen = false;
            HZ_CHECK(m_store.putLane(lane));
        }
    }
    return {};
}

LogApplier::RankOf Replica::rankOf() {
    return [this](const Op& op) -> Result<Rank> {
        HZ_TRY(const Identity me, identity());
        HZ_TRY(const std::optional<RecordRow> record, m_store.record(op.record));
        if (!record) {
            return fail(ErrorCode::storageCorrupt, "record " + op.record.hex() + " is missing, and an edit of it is here");
        }
        HZ_TRY(const Judgement judgement,
               m_judge.judge({op, record->key, record->scope, me.enrolment}, m_projection));
        return judgement.rank;
    };
}

Result<void> Replica::rebuild() {
    return m_applier.rebuild(rankOf());
}

// An entry without the text of its segment cannot be handed back.
Result<bool> Replica::hasTextOf(const EntryRow& row) {
    HZ_TRY(const LogEntry entry, decode<LogEntry>(row.entry, "log entry"));
    const auto* segment = std::get_if<SegmentEntry>(&entry.content);
    HZ_TRY(const std::optional<SegmentRow> stored,
           segment != nullptr ? m_store.segment(segment->segment) : Result<std::optional<SegmentRow>>(std::nullopt));
    return segment == nullptr || (stored && stored->hasText());
}

// What of a page lies on either side of the fork becomes a page of its own, so that each part can still be
// proved: what stays here, and the orphans to the county.
Result<void> Replica::splitPage(std::int64_t id, std::uint64_t fork) {
    HZ_TRY(const std::optional<Bytes> bytes, m_store.page(id));
    if (!bytes) {
        return fail(ErrorCode::storageCorrupt, "page " + std::to_string(id) + " is missing");
    }
    HZ_TRY(const StoredPage stored, decode<StoredPage>(*bytes, "page"));
    std::vector<Hash> leaves;
    std::vector<EntryRow> kept;
    std::vector<EntryRow> lost;
    for (const std::uint64_t position : stored.positions) {
        HZ_TRY(const std::optional<EntryRow> row, m_store.entry(position));
        if (!row) {
            return fail(ErrorCode::storageCorrupt, "an entry of page " + std::to_string(id) + " is missing");
        }
        leaves.push_back(merkleLeaf(m_suite, row->entry));
        HZ_TRY(const bool isWhole, hasTextOf(*row));
        if (row->page == id && (position < fork || isWhole)) {
            (position < fork ? kept : lost).push_back(*row);
        }
    }
    for (std::vector<EntryRow>* part : {&kept, &lost}) {
        if (part->empty()) {
            continue;
        }
        StoredPage split{{}, stored.head, {}, {}};
        for (const EntryRow& row : *part) {
            split.positions.push_back(row.position);
        }
        auto proof = narrowInclusion(m_suite, stored.positions, leaves, stored.head.size, stored.proof,
                                     split.positions);
        if (!proof) {
            return fail(ErrorCode::storageCorrupt, "page " + std::to_string(id) + " proves nothing");
        }
        split.proof = *std::move(proof);
        HZ_TRY(const std::int64_t page, m_store.addPage(encode(split)));
        for (const EntryRow& row : *part) {
            const EntryRow moved{row.position, row.entry, page};
            HZ_CHECK(part == &kept ? m_store.putEntry(moved) : m_store.putOrphan(moved));
        }
    }
    return {};
}

Result<void> Replica::noteGivenBack(const std::set<std::int64_t>& pages) {
    return m_store.setMeta(kGivenBack, encode(std::vector<std::int64_t>(pages.begin(), pages.end())));
}

Result<std::vector<EntryRow>> Replica::orphansToGive() {
    HZ_TRY(std::vector<EntryRow> orphans, m_store.orphans());
    HZ_TRY(const std::optional<Bytes> bytes, orphans.empty() ? Result<std::optional<Bytes>>(std::nullopt) : m_store.meta(kGivenBack));
    if (bytes) {
        HZ_TRY(const std::vector<std::int64_t> given, decode<std::vector<std::int64_t>>(*bytes, "what was given back"));
        std::erase_if(orphans, [&](const EntryRow& row) { return std::binary_search(given.begin(), given.end(), row.page); });
    }
    return orphans;
}

// What lies beyond becomes orphans, and what we had sent of it unsent.
Result<void> Replica::loseFrom(std::uint64_t size) {
    HZ_CHECK(noteGivenBack({}));   // the county may have lost them again
    HZ_TRY(const std::vector<EntryRow> lost, m_store.entries(size, SIZE_MAX));
    std::set<std::int64_t> cut;
    for (const EntryRow& row : lost) {
        cut.insert(row.page);
        HZ_TRY(const LogEntry entry, decode<LogEntry>(row.entry, "log entry"));
        if (const auto* segment = std::get_if<SegmentEntry>(&entry.content)) {
            HZ_TRY(const std::optional<SegmentRow> stored, m_store.outline(segment->segment));
            if (stored && stored->isMine) {
                HZ_CHECK(m_store.setSegmentState(segment->segment, SegmentState::unsent, 0));
            } else if (stored) {
                // Not in our log any more; it comes back with the entry that the county enters for it.
                HZ_CHECK(m_store.setSegmentState(segment->segment, SegmentState::held, 0));
            }
        }
    }
    HZ_TRY(const std::vector<Hash> received, m_store.segmentsIn(SegmentState::received));
    for (const Hash& hash : received) {
        HZ_CHECK(m_store.setSegmentState(hash, SegmentState::unsent, 0));
    }
    for (const std::int64_t page : cut) {
        HZ_CHECK(splitPage(page, size));
    }
    HZ_CHECK(m_store.eraseEntriesFrom(size));
    return m_store.eraseHeadsOver(size);
}

// The name of no history, another one each time: in which one it stands shows when it reads on. What was said in an earlier one, and
// comes late, is then seen to be of another.
static EpochId strayedFrom(EpochId epoch) {
    for (std::uint8_t& byte : epoch.bytes) {
        if (++byte != 0) {
            break;
        }
    }
    return epoch;
}

Result<void> Replica::stepBack(std::uint64_t size) {
    HZ_TRY(const std::optional<SnapshotBase> base, snapshotBase(m_store));
    HZ_CHECK(loseFrom(size));
    if (base && size < base->position) {
        return beginAnew();
    }
    HZ_TRY(Cursor cursor, this->cursor());
    cursor.epoch = strayedFrom(cursor.epoch);
    if (cursor.position >
        size) {  // else the head was ahead of what we had read, and reading goes on where it was
        HZ_TRY(const std::vector<Head> heads, m_store.heads());
        cursor.position = size;
        cursor.released = 0;
        cursor.mark = heads.empty() || heads.front().size != size ? HeadMark{} : markOf(heads.front().root);
    }
    HZ_CHECK(setCursor(cursor));
    HZ_TRY(ScopeState scopes, scopeState());
    for (Backfill& one : scopes.backfill) {
        one.position = std::min(one.position, size);
        one.released = 0;
    }
    HZ_CHECK(setScopeState(scopes));
    return rebuild();
}

// The state before the snapshot cannot be made from what is here. Own work stays, and so does what the county has lost.
Result<void> Replica::beginAnew() {
    HZ_TRY(const std::vector<EntryRow> left, m_store.entries(0, SIZE_MAX));
    for (const EntryRow& row : left) {
        HZ_TRY(const LogEntry entry, decode<LogEntry>(row.entry, "log entry"));
        if (const auto* segment = std::get_if<SegmentEntry>(&entry.content)) {
            HZ_TRY(const std::optional<SegmentRow> stored, m_store.outline(segment->segment));
            const bool isMine = stored && stored->isMine;
            HZ_CHECK(m_store.setSegmentState(segment->segment, isMine ? SegmentState::received : SegmentState::held, isMine ? row.position : 0));
        }
    }
    HZ_CHECK(m_store.setMeta(kBegunAnew, Bytes{1}));
    HZ_CHECK(m_store.eraseEntriesFrom(0));
    HZ_CHECK(dropSnapshotBase(m_store));
    // Where other people's ops lie is told anew: outlines of what the county has lost would be in the way of what it has instead.
    HZ_TRY(const Identity me, identity());
    HZ_TRY(const std::vector<LaneRow> lanes, m_store.lanes());
    for (const LaneRow& lane : lanes) {
        HZ_CHECK(lane.device == me.enrolment.device ? Result<void>{} : m_store.forgetPlaces(lane.lane));
    }
    m_history.forgetSegments();
    HZ_TRY(const Cursor cursor, this->cursor());
    HZ_CHECK(setCursor({strayedFrom(cursor.epoch), 0, {}, 0}));
    HZ_TRY(ScopeState scopes, scopeState());
    scopes.backfill.clear();
    scopes.isRebuildDue = false;
    HZ_CHECK(setScopeState(scopes));
    return rebuild();
}

Result<bool> Replica::hasBegunAnew() {
    HZ_TRY(const std::optional<Bytes> noted, m_store.meta(kBegunAnew));
    return noted.has_value();
}

Result<std::vector<Hash>> Replica::segmentsToFetch(std::size_t limit) {
    std::vector<Hash> wanted;
    HZ_TRY(const std::vector<Hash> bare, m_store.segmentsWithoutText(SIZE_MAX / 2));
    for (const Hash& hash : bare) {
        HZ_TRY(const std::optional<SegmentRow> row, wanted.size() < limit ? m_store.segment(hash) : Result<std::optional<SegmentRow>>(std::nullopt));
        if (row && row->state == SegmentState::inLog) {
            wanted.push_back(hash);
        }
    }
    return wanted;
}

// Of a scope that it does not hold a replica has its own writing only: what others made of it the county knew when it made the
// snapshot, and the history here does not say.
Result<Replica::StateRows> Replica::heldStateRows() {
    HZ_TRY(const ScopeState scopes, scopeState());
    HZ_TRY(StateRows rows, stateRows());
    std::set<std::int64_t> notHeld;
    HZ_TRY(const std::vector<LaneRow> lanes, m_store.lanes());
    for (const LaneRow& lane : lanes) {
        if (holdsScope(scopes.held, lane.scope)) {
            continue;
        }
        HZ_TRY(const std::vector<BranchRow> branches, m_store.branches(lane.lane));
        for (const BranchRow& branch : branches) {
            notHeld.insert(branch.id);
        }
    }
    const auto isNotHeld = [&](const auto& row) { return notHeld.contains(row.ref.branch); };
    std::erase_if(rows.live, isNotHeld);
    std::erase_if(rows.asides, isNotHeld);
    return rows;
}

Result<bool> Replica::standOnHistory() {
    HZ_TRY(const StateRows before, heldStateRows());
    HZ_CHECK(dropSnapshotBase(m_store));
    HZ_CHECK(rebuild());
    HZ_TRY(const StateRows after, heldStateRows());
    return before == after;
}

Result<std::vector<LaneTip>> Replica::sealedTips() {
    std::vector<LaneTip> tips;
    HZ_TRY(const std::vector<LaneRow> lanes, m_store.lanes());
    for (const LaneRow& lane : lanes) {
        if (lane.isMine && !lane.tipSegment.isNone()) {
            HZ_TRY(const std::optional<SegmentRow> segment, m_store.outline(lane.tipSegment));
            if (!segment) {
                return fail(ErrorCode::storageCorrupt, "segment " + lane.tipSegment.hex() + ", the last of its lane, is missing");
            }
            tips.push_back({lane.lane, segment->first + segment->count - 1, lane.tipSegment});
        }
    }
    return tips;
}

Result<bool> Replica::hasTail() {
    HZ_TRY(const std::vector<LaneRow> lanes, m_store.lanes());
    for (const LaneRow& lane : lanes) {
        HZ_TRY(const std::uint64_t count,
               lane.isMine ? m_store.tailCount(lane.lane) : Result<std::uint64_t>(0));
        if (count > 0) {
            return true;
        }
    }
    return false;
}

Result<OwnCounts> Replica::ownCounts() {
    OwnCounts counts;
    HZ_TRY(const std::vector<LaneRow> lanes, m_store.lanes());
    for (const LaneRow& lane : lanes) {
        if (!lane.isMine) {
            continue;
        }
        HZ_TRY(const std::uint64_t tailCount, m_store.tailCount(lane.lane));
        counts.local += tailCount;
        HZ_TRY(const std::vector<Hash> hashes, m_store.segmentsOfLane(lane.lane));
        for (const Hash& hash : hashes) {
            HZ_TRY(const std::optional<SegmentRow> row, m_store.outline(hash));
            if (!row || !row->isMine) {
                continue;
            }
            switch (row->state) {
            case SegmentState::inLog:
                counts.applied += row->count;
                break;
            case SegmentState::unsent:
                counts.local += row->count;
                break;
            case SegmentState::received:
            case SegmentState::held:
                counts.received += row->count;
                break;
            case SegmentState::refused:
                counts.refused += row->count;
                break;
            }
        }
    }
    HZ_TRY(const std::vector<AsideRow> asides, m_store.asides());
    counts.setAside = static_cast<std::uint64_t>(
        std::count_if(asides.begin(), asides.end(), [](const AsideRow& row) { return row.isMine; }));
    counts.applied -= std::min(counts.applied, counts.setAside);
    return counts;
}

Result<Page> Replica::pageWithId(std::int64_t id) {
    HZ_TRY(const std::optional<Bytes> bytes, m_store.page(id));
    if (!bytes) {
        return fail(ErrorCode::notFound, "page " + std::to_string(id) + " is not here");
    }
    HZ_TRY(const StoredPage stored, decode<StoredPage>(*bytes, "page"));
    Page page{stored.head, stored.proof, {}};
    for (const std::uint64_t position : stored.positions) {
        HZ_TRY(const std::optional<EntryRow> row, m_store.entry(position));
        page.entries.push_back({position, row ? row->entry : Bytes{}, {}});
    }
    return page;
}

// The page with some of its entries only: what is not asked for stands in the proof as hashes.
Result<Page> Replica::narrowed(Page page, const std::set<std::uint64_t>& positions) {
    std::vector<std::uint64_t> all;
    std::vector<std::uint64_t> kept;
    std::vector<Hash> leaves;
    for (const ProvenEntry& proven : page.entries) {
        all.push_back(proven.position);
        leaves.push_back(merkleLeaf(m_suite, proven.entry));
        if (positions.contains(proven.position)) {
            kept.push_back(proven.position);
        }
    }
    auto proof = narrowInclusion(m_suite, all, leaves, page.head.size, page.proof, kept);
    if (!proof) {
        return fail(ErrorCode::storageCorrupt, "a page of the log proves nothing");
    }
    page.proof = *std::move(proof);
    std::erase_if(page.entries,
                  [&](const ProvenEntry& proven) { return !positions.contains(proven.position); });
    return page;
}

Result<void> Replica::checkContinues(const Page& page, const std::vector<Hash>& consistency) {
    HZ_TRY(const Identity me, identity());
    HZ_CHECK(verifyPage(m_suite, page, me.county.publicKey));
    HZ_TRY(const std::vector<Head> heads, m_store.heads());
    if (heads.empty()) {
        return {};
    }
    const Head& old = heads.front();
    const Head& fresh = page.head;
    if (fresh.size < old.size ||
        !verifyConsistency(m_suite, old.size, old.root, fresh.size, fresh.root, consistency)) {
        return fail(ErrorCode::proofInvalid, "the county's log does not continue the one it signed before");
    }
    return {};
}

Result<std::vector<Page>> Replica::pagesWith(const std::vector<std::uint64_t>& positions) {
    std::map<std::int64_t, std::set<std::uint64_t>> asked;
    for (const std::uint64_t position : positions) {
        HZ_TRY(const std::optional<EntryRow> row, m_store.entry(position));
        if (!row || row->page == 0) {
            return fail(ErrorCode::notFound,
                        "the proof of entry " + std::to_string(position) + " is not here; sync first");
        }
        asked[row->page].insert(position);
    }
    std::vector<Page> pages;
    for (const auto& [id, wanted] : asked) {
        HZ_TRY(Page page, pageWithId(id));
        HZ_TRY(Page part, narrowed(std::move(page), wanted));
        pages.push_back(std::move(part));
    }
    return pages;
}

Result<std::set<std::int64_t>> Replica::unprovedPages() {
    HZ_TRY(const Identity me, identity());
    HZ_TRY(const std::vector<EntryRow> rows, m_store.entries(0, SIZE_MAX));
    std::set<std::int64_t> pages;
    for (const EntryRow& row : rows) {
        if (row.page != 0) {
            pages.insert(row.page);
        }
    }
    std::set<std::int64_t> unproved;
    for (const std::int64_t id : pages) {
        const auto page = pageWithId(id);
        // A disk or a memory that fails says nothing about the page.
        const bool isUnread = !page && page.error().code != ErrorCode::storageCorrupt && page.error().code != ErrorCode::malformed &&
                              page.error().code != ErrorCode::notFound;
        if (isUnread) {
            return fail(page.error());
        }
        if (!page || !verifyPage(m_suite, *page, me.county.publicKey)) {
            unproved.insert(id);
        }
    }
    return unproved;
}

Result<std::vector<std::string>> Replica::verifyPages() {
    std::vector<std::string> findings;
    HZ_TRY(const std::set<std::int64_t> pages, unprovedPages());
    for (const std::int64_t id : pages) {
        const auto found = pageWithId(id);
        if (!found || found->entries.empty()) {
            findings.push_back("page " + std::to_string(id) + ": cannot be read");
            continue;
        }
        findings.push_back("entries " + std::to_string(found->entries.front().position) + " to " +
                           std::to_string(found->entries.back().position) + ": do not stand in the log the county signed");
    }
    return findings;
}

Result<Replica::StateRows> Replica::stateRows() {
    StateRows rows;
    HZ_CHECK(m_store.eachLive("", [&](LiveRow&& row) { rows.live.push_back(std::move(row)); }));
    HZ_TRY(rows.asides, m_store.asides());
    return rows;
}

Result<bool> Replica::isRebuildEqual() {
    HZ_TRY(WriteScope scope, WriteScope::begin(m_store));
    return rebuildAndCompare();
}

Result<bool> Replica::rebuildAndCompare() {
    HZ_TRY(const StateRows before, stateRows());
    HZ_CHECK(rebuild());
    HZ_TRY(const StateRows after, stateRows());
    return before == after;
}

}  // namespace hezhang::sync
