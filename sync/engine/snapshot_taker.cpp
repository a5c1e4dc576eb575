// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "sync/engine/snapshot_taker.h"

#include <algorithm>

#include "sync/engine/message_size.h"
#include "sync/op/segment.h"

namespace hezhang::sync {
namespace {

std::string blockKey(std::uint64_t block) { return std::string(kSnapshotKeys) + std::to_string(block); }

tl::unexpected<Error> malformed() { return fail(ErrorCode::malformed, "the county's snapshot cannot be read"); }

}  // namespace

// Reads the parts out of the blocks.
class SnapshotTaker::Parts {
public:
    Parts(Store& store, std::uint64_t blocks) : m_store(store), m_blocks(blocks) {}

    // nullopt: that was all.
    [[nodiscard]] Result<std::optional<Bytes>> next() {
        std::uint64_t size = 0;
        for (unsigned shift = 0;; shift += 7) {
            HZ_CHECK(need(1));
            if (m_at == m_open.size() && shift == 0) {
                return std::optional<Bytes>{};
            }
            if (m_at == m_open.size() || shift > 28) {
                return malformed();
            }
            const std::uint8_t byte = m_open[m_at++];
            size |= std::uint64_t{byte & 0x7fU} << shift;
            if ((byte & 0x80) == 0) {
                break;
            }
        }
        if (size > kSnapshotPartMax) {
            return malformed();
        }
        HZ_CHECK(need(size));
        if (m_open.size() - m_at < size) {
            return malformed();
        }
        HZ_TRY(Bytes plain, unpack(BytesView(m_open).subspan(m_at, size), kSnapshotPartMax));
        m_at += size;
        return std::optional<Bytes>(std::move(plain));
    }

private:
    [[nodiscard]] Result<void> need(std::size_t bytes) {
        while (m_open.size() - m_at < bytes && m_next < m_blocks) {
            m_open.erase(m_open.begin(), m_open.begin() + static_cast<std::ptrdiff_t>(m_at));
            m_at = 0;
            HZ_TRY(const std::optional<Bytes> block, m_store.meta(blockKey(m_next++)));
            if (!block) {
                return fail(ErrorCode::storageCorrupt, "a block of a snapshot is missing");
            }
            m_open.insert(m_open.end(), block->begin(), block->end());
        }
        return {};
    }

    Store& m_store;
    std::uint64_t m_blocks;
    std::uint64_t m_next = 0;
    Bytes m_open;
    std::size_t m_at = 0;
};

Result<bool> SnapshotTaker::isFresh() {
    HZ_TRY(const Cursor cursor, m_replica.cursor());
    if (cursor.position != 0 || cursor.released != 0) {
        return false;
    }
    HZ_TRY(const std::vector<EntryRow> entries, m_replica.store().entries(0, 1));
    return entries.empty();
}

Result<SnapshotRequest> SnapshotTaker::request(SnapshotAsk ask, std::size_t messageBytes) {
    SnapshotRequest request;
    HZ_TRY(const Identity me, m_replica.identity());
    request.device = me.enrolment.device;
    request.ask = ask;
    HZ_TRY(request.cursor, m_replica.cursor());
    HZ_TRY(const std::vector<Head> heads, m_replica.store().heads());
    if (!heads.empty()) {
        request.proven = {heads.front().size, markOf(heads.front().root)};
    }
    request.answerBytes = messageBytes < kMessageBytesMax ? messageBytes : 0;
    return request;
}

Result<SnapshotTaker::Coming> SnapshotTaker::coming() {
    HZ_TRY(const std::optional<Bytes> bytes, m_replica.store().meta(kSnapshotComing));
    return bytes ? decode<Coming>(*bytes, "snapshot") : Result<Coming>(Coming{});
}

Result<void> SnapshotTaker::askForRest(SnapshotRequest& request) {
    HZ_TRY(const Coming known, coming());
    request.id = known.id;
    request.from = known.here;
    return {};
}

Result<bool> SnapshotTaker::takeBlocks(const SnapshotAnswer& answer) {
    Store& store = m_replica.store();
    HZ_TRY(Coming known, coming());
    if (answer.id != known.id) {
        known = {answer.id, answer.blocks, 0};
    }
    if (answer.id.isNone() || answer.blocks != known.blocks || answer.blocks > kSnapshotBlocksMax || answer.from != known.here ||
        answer.data.empty() || answer.data.size() > known.blocks - known.here) {
        return malformed();
    }
    HZ_TRY(WriteScope scope, WriteScope::begin(store));
    HZ_CHECK(known.here == 0 ? store.eraseMetas(kSnapshotKeys) : Result<void>{});
    for (const Bytes& block : answer.data) {
        if (block.empty() || block.size() > kSnapshotBlock) {
            return malformed();
        }
        HZ_CHECK(store.setMeta(blockKey(known.here++), block));
    }
    HZ_CHECK(store.setMeta(kSnapshotComing, encode(known)));
    HZ_CHECK(scope.commit());
    return takeIfWhole();
}

Result<bool> SnapshotTaker::takeIfWhole() {
    HZ_TRY(const Coming known, coming());
    if (known.id.isNone() || known.here < known.blocks) {
        return false;
    }
    const auto taken = takeWhole(known);
    if (!taken && (taken.error().code == ErrorCode::malformed || taken.error().code == ErrorCode::proofInvalid)) {
        // What cannot be taken is not kept: the next round fetches another one.
        HZ_TRY(WriteScope scope, WriteScope::begin(m_replica.store()));
        HZ_CHECK(m_replica.store().eraseMetas(kSnapshotKeys));
        HZ_CHECK(scope.commit());
    }
    HZ_CHECK(taken);
    return true;
}

Result<void> SnapshotTaker::takeWhole(const Coming& known) {
    Store& store = m_replica.store();
    HZ_TRY(WriteScope scope, WriteScope::begin(store));
    m_header = {};
    m_places.clear();
    m_last.clear();
    m_base = {};
    m_isOurLane = false;
    Bytes hashes;
    for (std::uint64_t block = 0; block < known.blocks; ++block) {
        HZ_TRY(const std::optional<Bytes> bytes, store.meta(blockKey(block)));
        const Hash hash = m_replica.suite().hash({bytes ? BytesView(*bytes) : BytesView()});
        hashes.insert(hashes.end(), hash.view().begin(), hash.view().end());
    }
    if (m_replica.suite().hash({viewOf("hezhang/snapshot/0"), hashes}) != known.id) {
        return malformed();
    }
    Parts parts(store, known.blocks);
    bool isFirst = true;
    for (;;) {
        HZ_TRY(const std::optional<Bytes> plain, parts.next());
        if (!plain) {
            break;
        }
        HZ_CHECK(takePart(*plain, isFirst));
        isFirst = false;
    }
    if (isFirst) {
        return malformed();
    }
    HZ_CHECK(finish());
    HZ_CHECK(store.eraseMetas(kSnapshotKeys));
    return scope.commit();
}

Result<void> SnapshotTaker::takePart(BytesView plain, bool isFirst) {
    const auto kind = plain.empty() ? SnapshotPart::rest : static_cast<SnapshotPart>(plain.front());
    if (plain.empty() || isFirst != (kind == SnapshotPart::header)) {
        return malformed();
    }
    const BytesView body = plain.subspan(1);
    switch (kind) {
    case SnapshotPart::header: {
        HZ_TRY(const SnapshotHeader header, decode<SnapshotHeader>(body, "snapshot"));
        return takeHeader(header);
    }
    case SnapshotPart::log: {
        HZ_TRY(const SnapshotLog log, decode<SnapshotLog>(body, "snapshot"));
        return takeLog(log);
    }
    case SnapshotPart::ops: {
        HZ_TRY(const SnapshotOps ops, decode<SnapshotOps>(body, "snapshot"));
        return takeOps(ops, false);
    }
    case SnapshotPart::rest: {
        HZ_TRY(const SnapshotRest rest, decode<SnapshotRest>(body, "snapshot"));
        return takeRest(rest);
    }
    }
    return malformed();
}

// The head is the county's, and continues what it has shown before.
Result<void> SnapshotTaker::takeHeader(const SnapshotHeader& header) {
    HZ_CHECK(m_replica.checkContinues(Page{header.head, {}, {}}, header.consistency));
    m_header = header;
    m_base.position = header.head.size;
    return {};
}

Result<void> SnapshotTaker::takeLog(const SnapshotLog& log) {
    Store& store = m_replica.store();
    HZ_TRY(const Identity me, m_replica.identity());
    HZ_CHECK(verifyPage(m_replica.suite(), Page{m_header.head, log.proof, log.entries}, me.county.publicKey));
    for (const auto& [segment, previous] : log.skipped) {
        HZ_CHECK(m_replica.history().noteSkipped(segment, previous));
    }
    StoredPage stored{{}, m_header.head, log.proof, {}};
    for (const ProvenEntry& proven : log.entries) {
        stored.positions.push_back(proven.position);
    }
    HZ_TRY(const std::int64_t page, store.addPage(encode(stored)));
    std::size_t outline = 0;
    for (const ProvenEntry& proven : log.entries) {
        HZ_TRY(const LogEntry entry, decode<LogEntry>(proven.entry, "log entry"));
        HZ_TRY(const std::optional<EntryRow> known, store.entry(proven.position));
        HZ_CHECK(known ? Result<void>{} : store.putEntry({proven.position, proven.entry, page}));
        if (std::holds_alternative<SegmentEntry>(entry.content)) {
            HZ_CHECK(takeSegment(proven, entry, log, outline));
        }
        if (!isControl(entry)) {
            m_base.covered.push_back(proven.position);
        }
    }
    return outline == log.outlines.size() ? Result<void>{} : malformed();
}

// A segment that comes whole, or is here from before, or in outline.
Result<void> SnapshotTaker::takeSegment(const ProvenEntry& proven, const LogEntry& entry, const SnapshotLog& log, std::size_t& outline) {
    Store& store = m_replica.store();
    const Hash& hash = std::get<SegmentEntry>(entry.content).segment;
    const bool isOutline = proven.segment.empty();
    if (isOutline && (outline >= log.outlines.size() || log.outlines[outline].lane >= log.lanes.size())) {
        return malformed();
    }
    HZ_TRY(const std::optional<SegmentRow> known, store.segment(hash));
    std::shared_ptr<const SealedSegment> sealed;
    if (known && known->hasText()) {
        HZ_TRY(sealed, m_replica.history().segment(hash));
    } else if (!isOutline) {
        HZ_TRY(SealedSegment opened, openSegment(m_replica.suite(), proven.segment));
        sealed = std::make_shared<const SealedSegment>(std::move(opened));
    }
    if (sealed) {
        if (sealed->hash != hash) {
            return malformed();
        }
        // Where the county tells an outline the lane does not part, and what the ops lie on may be told in outline only: there are no
        // ids to compare with then.
        const SegmentRow here = rowOf(*sealed, SegmentState::inLog, proven.position, known && known->isMine);
        if (isOutline) {
            HZ_CHECK(m_replica.history().placeOutline(here, sealed->segment.lane.device));
        } else {
            HZ_TRY([[maybe_unused]] const std::vector<PlacedOp> placed, m_replica.history().place(*sealed));
        }
        HZ_TRY(const std::optional<LaneRow> ours, store.lane(sealed->segment.lane.lane));
        m_isOurLane = m_isOurLane || (ours && ours->isMine && !(known && known->isMine));
        HZ_CHECK(store.putSegment(here));
        m_last[sealed->segment.lane.lane] = hash;
    }
    if (!isOutline) {
        return {};
    }
    const SnapshotOutline& told = log.outlines[outline++];
    const SnapshotLane& lane = log.lanes[told.lane];
    const Hash before = std::exchange(m_last[lane.lane], hash);
    if (told.count == 0 || told.count > kSegmentOpsMax || told.first == 0) {
        return malformed();
    }
    if (sealed) {
        return {};
    }
    const SegmentRow row{hash, lane.lane, entry.scope, told.first, told.count, told.previous.value_or(before), SegmentState::inLog,
                         proven.position, false, {}};
    HZ_CHECK(m_replica.history().placeOutline(row, lane.device));
    return store.putSegment(row);
}

Result<const SnapshotTaker::Place*> SnapshotTaker::placeAt(std::uint64_t position) {
    const auto found = m_places.find(position);
    if (found != m_places.end()) {
        return &found->second;
    }
    Store& store = m_replica.store();
    HZ_TRY(const std::optional<EntryRow> row, store.entry(position));
    if (!row) {
        return malformed();
    }
    HZ_TRY(const LogEntry entry, decode<LogEntry>(row->entry, "log entry"));
    const auto* segment = std::get_if<SegmentEntry>(&entry.content);
    HZ_TRY(const std::optional<SegmentRow> stored,
           segment != nullptr ? store.segment(segment->segment) : Result<std::optional<SegmentRow>>(std::nullopt));
    if (!stored) {
        return malformed();
    }
    HZ_TRY(std::vector<Run> runs, store.runsOf(stored->hash));
    return &m_places.emplace(position, Place{stored->hash, stored->lane, stored->first, std::move(runs)}).first->second;
}

Result<OpRef> SnapshotTaker::refOf(const SnapshotRef& ref) {
    HZ_TRY(const Place* const place, placeAt(ref.position));
    const OpCounter counter = place->first + ref.index;
    for (const Run& run : place->runs) {
        if (run.first <= counter && counter <= run.last) {
            return OpRef{run.branch, counter};
        }
    }
    return malformed();
}

Result<std::vector<SeenDot>> SnapshotTaker::seenOf(const SnapshotOp& op, const LaneId& lane, OpCounter counter) {
    std::vector<SeenDot> seen;
    for (const SnapshotSeen& one : op.seen) {
        switch (one.kind) {
        case SnapshotSeen::Kind::sameLane:
            if (one.back == 0 || one.back >= counter) {
                return malformed();
            }
            seen.push_back({{lane, counter - one.back}, {}});
            break;
        case SnapshotSeen::Kind::told: {
            HZ_TRY(const Place* const place, placeAt(one.ref.position));
            seen.push_back({{place->lane, place->first + one.ref.index}, place->segment});
            break;
        }
        case SnapshotSeen::Kind::asItIs: seen.push_back(one.dot); break;
        }
    }
    std::sort(seen.begin(), seen.end());
    return seen;
}

Result<void> SnapshotTaker::takeOps(const SnapshotOps& ops, bool isPast) {
    Store& store = m_replica.store();
    HZ_TRY(const Identity me, m_replica.identity());
    // An answer that came by file may be older than the order to erase what it tells.
    using Erased = std::map<OpRef, Hash>;
    HZ_TRY(const Erased erased, isPast ? m_replica.applier().redactions().orderedPlaces() : Result<Erased>(Erased{}));
    std::vector<RecordId> records;
    for (const SnapshotRecord& record : ops.records) {
        if (record.scope >= ops.scopes.size()) {
            return malformed();
        }
        records.push_back(recordIdOf(m_replica.suite(), me.county.county, record.key));
        HZ_CHECK(record.isKnown ? store.putRecord({records.back(), ops.scopes[record.scope], record.key}) : Result<void>{});
    }
    for (const SnapshotOp& told : ops.ops) {
        if (told.record >= records.size() || told.field >= ops.fields.size() || told.person >= ops.persons.size() ||
            name(told.kind).empty() || told.role > static_cast<std::uint8_t>(LooseRow::Role::aside)) {
            return malformed();
        }
        HZ_TRY(const Place* const place, placeAt(told.ref.position));
        LooseRow row;
        HZ_TRY(row.ref, refOf(told.ref));
        if (isPast) {
            HZ_TRY(const std::optional<LooseRow> known, store.loose(row.ref));
            if (known) {
                continue;
            }
        }
        const OpCounter counter = place->first + told.ref.index;
        row.role = isPast ? LooseRow::Role::past : static_cast<LooseRow::Role>(told.role);
        row.op = {counter, records[told.record], ops.fields[told.field], told.kind, told.value, ops.persons[told.person], told.at, {}, told.erased};
        HZ_TRY(row.op.seen, seenOf(told, place->lane, counter));
        row.id = told.id;
        if (const auto order = erased.find(row.ref); order != erased.end()) {
            row.op.value = {};
            row.op.erased = order->second;
        }
        const bool isLive = row.role == LooseRow::Role::live;
        row.rank = isLive ? told.judged : Rank{0};
        row.reason = row.role == LooseRow::Role::aside ? static_cast<Reason>(told.judged) : Reason::none;
        row.order = (told.flags & SnapshotOp::kHasOrder) != 0 ? Order{told.position, told.place} : Order{told.ref.position, told.ref.index};
        HZ_CHECK(store.putLoose(row));
        ++m_taken;
    }
    return {};
}

Result<void> SnapshotTaker::takeRest(const SnapshotRest& rest) {
    for (const auto& [by, named] : rest.named) {
        HZ_TRY(const OpRef byRef, refOf(by));
        HZ_TRY(const OpRef namedRef, refOf(named));
        m_base.named.emplace_back(byRef, namedRef);
    }
    for (const SnapshotRef& one : rest.early) {
        HZ_TRY(const OpRef ref, refOf(one));
        m_base.early.push_back(ref);
    }
    return {};
}

Result<void> SnapshotTaker::finish() {
    std::sort(m_base.covered.begin(), m_base.covered.end());
    HZ_CHECK(setSnapshotBase(m_replica.store(), m_base));
    HZ_CHECK(m_replica.store().putHead(m_header.head));
    HZ_CHECK(m_replica.setScopeState({m_header.scopes, {}, false}));
    HZ_CHECK(m_replica.setCursor({m_header.head.epoch, m_header.head.size, markOf(m_header.head.root), 0}));
    m_replica.history().forgetSegments();
    // Somebody else's segment on a lane of ours: this home was copied, or restored.
    HZ_CHECK(m_isOurLane ? m_replica.openNewLanes() : Result<void>{});
    return m_replica.rebuild();
}

// -- the history behind it

Result<std::size_t> SnapshotTaker::takePast(const SnapshotOps& ops) {
    m_places.clear();
    m_taken = 0;
    HZ_TRY(WriteScope scope, WriteScope::begin(m_replica.store()));
    HZ_CHECK(takeOps(ops, true));
    HZ_CHECK(scope.commit());
    return m_taken;
}

Result<std::size_t> SnapshotTaker::takeSegments(const std::vector<Bytes>& envelopes) {
    Store& store = m_replica.store();
    std::size_t taken = 0;
    HZ_TRY(WriteScope scope, WriteScope::begin(store));
    for (const Bytes& envelope : envelopes) {
        HZ_TRY(const SealedSegment sealed, openSegment(m_replica.suite(), envelope));
        HZ_TRY(const std::optional<SegmentRow> row, store.segment(sealed.hash));
        const bool isOutline = row && !row->hasText() && row->lane == sealed.segment.lane.lane && row->first == sealed.segment.first &&
                               row->count == sealed.segment.ops.size();
        if (!isOutline) {
            continue;
        }
        HZ_TRY(const std::optional<SealedSegment> extract, m_replica.applier().redactions().extractFor(sealed));
        HZ_CHECK(store.putSegment(rowOf(extract ? *extract : sealed, row->state, row->position, row->isMine)));
        ++taken;
    }
    HZ_CHECK(scope.commit());
    return taken;
}

}  // namespace hezhang::sync
