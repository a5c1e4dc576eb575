// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "sync/engine/snapshot_maker.h"

#include <algorithm>
#include <set>

#include "sync/engine/snapshot_base.h"

namespace hezhang::sync {
namespace {

constexpr WallMs kKeptMs = WallMs{7} * 24 * 3600 * 1000;
constexpr std::size_t kKeptMax = 64;                    // snapshots at once; then the oldest goes
constexpr std::size_t kPartBytes = 1024 * 1024;         // unpacked, about: the more, the better it packs
constexpr std::size_t kPastMax = 4096;                  // ops of an answer
constexpr std::uint64_t kWorthMessages = 8;             // a history of fewer messages is read as it is

std::string blockKey(const DeviceId& device, std::uint64_t block) {
    return std::string(kSnapshotKeys) + device.hex() + "/" + std::to_string(block);
}

}  // namespace

// Cuts the parts into blocks and keeps these.
class SnapshotMaker::Blocks {
public:
    Blocks(Store& store, const Suite& suite, const DeviceId& device) : m_store(store), m_suite(suite), m_device(device) {}

    template <class Part>
    [[nodiscard]] Result<void> add(SnapshotPart kind, const Part& part) {
        Bytes plain{static_cast<std::uint8_t>(kind)};
        CompactOut out(plain);
        out(part);
        const Bytes packed = packTight(plain);
        CompactOut(m_open).varint(packed.size());
        m_open.insert(m_open.end(), packed.begin(), packed.end());
        return flush(false);
    }
    // The id of the whole.
    [[nodiscard]] Result<Hash> finish() {
        HZ_CHECK(flush(true));
        return m_suite.hash({viewOf("hezhang/snapshot/0"), m_hashes});
    }
    [[nodiscard]] std::uint64_t count() const { return m_count; }

private:
    [[nodiscard]] Result<void> flush(bool isLast) {
        std::size_t done = 0;
        while (m_open.size() - done >= kSnapshotBlock || (isLast && done < m_open.size())) {
            const BytesView block = BytesView(m_open).subspan(done, std::min(kSnapshotBlock, m_open.size() - done));
            HZ_CHECK(m_store.setMeta(blockKey(m_device, m_count), block));
            const Hash hash = m_suite.hash({block});
            m_hashes.insert(m_hashes.end(), hash.view().begin(), hash.view().end());
            done += block.size();
            ++m_count;
        }
        m_open.erase(m_open.begin(), m_open.begin() + static_cast<std::ptrdiff_t>(done));
        return m_count <= kSnapshotBlocksMax ? Result<void>{} : fail(ErrorCode::tooLarge, "the state is too large for a snapshot");
    }

    Store& m_store;
    const Suite& m_suite;
    const DeviceId& m_device;
    Bytes m_open;
    Bytes m_hashes;
    std::uint64_t m_count = 0;
};

// Ops with the lists they share.
class SnapshotMaker::OpsPart {
public:
    [[nodiscard]] bool isFull() const { return m_bytes > kPartBytes; }
    [[nodiscard]] const SnapshotOps& ops() const { return m_ops; }

    void add(SnapshotOp op, const Op& from, const RecordRow& record, bool isRecordKnown) {
        op.record = recordNumber(record, isRecordKnown);
        op.field = numberOf(m_fieldNumbers, m_ops.fields, from.field);
        op.person = numberOf(m_personNumbers, m_ops.persons, from.person);
        op.kind = from.kind;
        op.at = from.at;
        op.value = from.value;
        op.flags = static_cast<std::uint8_t>(op.flags | (from.isErased() ? SnapshotOp::kIsErased : 0));
        op.erased = from.erased;
        m_bytes += kOpBytes + op.value.encoded().size() + kSeenBytes * op.seen.size();
        m_bytes += (op.flags & SnapshotOp::kHasId) != 0 ? Hash::kSize : 0;
        m_bytes += (op.flags & SnapshotOp::kIsErased) != 0 ? Hash::kSize : 0;
        m_ops.ops.push_back(std::move(op));
    }

private:
    template <class Thing>
    std::uint32_t numberOf(std::map<Thing, std::uint32_t>& numbers, std::vector<Thing>& list, const Thing& thing) {
        const auto [at, isNew] = numbers.emplace(thing, static_cast<std::uint32_t>(list.size()));
        if (isNew) {
            list.push_back(thing);
            m_bytes += encode(thing).size();
        }
        return at->second;
    }
    std::uint32_t recordNumber(const RecordRow& record, bool isKnown) {
        const auto [at, isNew] = m_recordNumbers.emplace(record.id, static_cast<std::uint32_t>(m_ops.records.size()));
        if (isNew) {
            m_ops.records.push_back({numberOf(m_scopeNumbers, m_ops.scopes, record.scope), isKnown, record.key});
            m_bytes += encode(record.key).size();
        }
        return at->second;
    }

    // What an op takes beside what is counted, about; what a name in its context takes at most.
    static constexpr std::size_t kOpBytes = 20;
    static constexpr std::size_t kSeenBytes = 60;

    SnapshotOps m_ops;
    std::map<RecordId, std::uint32_t> m_recordNumbers;
    std::map<std::string, std::uint32_t> m_scopeNumbers;
    std::map<std::string, std::uint32_t> m_fieldNumbers;
    std::map<RecordId, std::uint32_t> m_personNumbers;
    std::size_t m_bytes = 0;
};

Result<SnapshotAnswer> SnapshotMaker::answer(const DeviceRow& device, const SnapshotRequest& request, WallMs now) {
    SnapshotAnswer answer;
    if (request.name != kSnapshotMessage || request.dots.size() > kSnapshotAskedMax || request.segments.size() > kSnapshotAskedMax) {
        answer.status = SnapshotStatus::badRequest;
        return answer;
    }
    SyncRequest asked;
    asked.device = device.enrolment.device;
    asked.answerBytes = request.answerBytes;
    Reader reader{device, asked, {}, {}};
    HZ_TRY(reader.held, m_judge.scopesOf(device.enrolment, m_projection));
    HZ_TRY(reader.everHeld, m_intake.scopesEverHeld(device));
    HZ_TRY(const bool isCursorOurs, stands({request.cursor.position, request.cursor.mark}));
    HZ_TRY(const bool isProvenOurs, stands(request.proven));
    if (!isCursorOurs || !isProvenOurs) {
        answer.status = SnapshotStatus::otherHistory;
        return answer;
    }
    switch (request.ask) {
    case SnapshotAsk::state: HZ_CHECK(giveState(reader, request, answer, now)); break;
    case SnapshotAsk::taken: {
        HZ_TRY(std::vector<Kept> all, kept());
        HZ_CHECK(forget(all, device.enrolment.device));
        break;
    }
    case SnapshotAsk::past: HZ_CHECK(givePast(reader, request, answer)); break;
    case SnapshotAsk::segments: HZ_CHECK(giveSegments(reader, request, answer)); break;
    default: answer.status = SnapshotStatus::badRequest; break;
    }
    return answer;
}

Result<bool> SnapshotMaker::stands(const SizeMark& mark) {
    HZ_TRY(const std::uint64_t size, m_log.size());
    if (mark.size == 0 || mark.size > size) {
        return mark.size == 0;
    }
    HZ_TRY(const Hash root, m_log.rootAt(mark.size));
    return markOf(root) == mark.mark;
}

// -- the state

Result<std::vector<SnapshotMaker::Kept>> SnapshotMaker::kept() {
    HZ_TRY(const std::optional<Bytes> bytes, m_store.meta(kSnapshotList));
    return bytes ? decode<std::vector<Kept>>(*bytes, "snapshots") : Result<std::vector<Kept>>(std::vector<Kept>{});
}

Result<void> SnapshotMaker::forget(std::vector<Kept>& all, const DeviceId& device) {
    std::erase_if(all, [&](const Kept& one) { return one.device == device; });
    HZ_CHECK(m_store.eraseMetas(std::string(kSnapshotKeys) + device.hex() + "/"));
    return m_store.setMeta(kSnapshotList, encode(all));
}

// Whether the reader would get more than so many bytes of segments.
Result<bool> SnapshotMaker::isWorthIt(const Reader& reader, std::uint64_t bytes) {
    HZ_TRY(const std::uint64_t end, m_log.size());
    std::uint64_t found = 0;
    for (Feed::Point at; at.position < end && found < bytes;) {
        HZ_TRY(const Feed::Slice slice, m_feed.slice(reader, at, end));
        for (const ProvenEntry& entry : slice.entries) {
            found += entry.segment.size();
        }
        at = slice.next;
    }
    return found >= bytes;
}

Result<void> SnapshotMaker::giveState(const Reader& reader, const SnapshotRequest& request, SnapshotAnswer& answer, WallMs now) {
    HZ_TRY(std::vector<Kept> all, kept());
    const DeviceId& device = reader.device.enrolment.device;
    const auto known = std::find_if(all.begin(), all.end(), [&](const Kept& one) { return one.device == device; });
    Kept mine;
    if (!request.id.isNone() && known != all.end() && known->id == request.id && request.from < known->blocks) {
        mine = *known;
        answer.from = request.from;
    } else {
        const std::uint64_t messages = kWorthMessages * (request.answerBytes == 0 ? kPageBytesMax : request.answerBytes);
        HZ_TRY(const bool isWorth, isWorthIt(reader, std::min(m_worthFrom, messages)));
        if (!isWorth) {
            answer.status = SnapshotStatus::notWorthIt;
            return {};
        }
        HZ_CHECK(forget(all, device));
        HZ_TRY(mine, make(reader, request.proven.size, now));
        all.push_back(mine);
        while (all.size() > kKeptMax || now - all.front().at > kKeptMs) {
            HZ_CHECK(forget(all, DeviceId(all.front().device)));
        }
        HZ_CHECK(m_store.setMeta(kSnapshotList, encode(all)));
    }
    answer.id = mine.id;
    answer.blocks = mine.blocks;
    const std::size_t most = reader.pageBytes(kPageBytesMax);
    std::size_t bytes = 0;
    for (std::uint64_t block = answer.from; block < mine.blocks && (answer.data.empty() || bytes + kSnapshotBlock <= most); ++block) {
        HZ_TRY(std::optional<Bytes> data, m_store.meta(blockKey(device, block)));
        if (!data) {
            return fail(ErrorCode::storageCorrupt, "a block of a snapshot is missing");
        }
        bytes += data->size();
        answer.data.push_back(*std::move(data));
    }
    return {};
}

Result<SnapshotMaker::Kept> SnapshotMaker::make(const Reader& reader, std::uint64_t proven, WallMs now) {
    HZ_TRY(const Head head, m_log.signedHead(now));
    HZ_TRY(const std::vector<Hash> consistency, m_log.consistency(proven, head.size));
    Blocks blocks(m_store, m_suite, reader.device.enrolment.device);
    HZ_CHECK(blocks.add(SnapshotPart::header, SnapshotHeader{{}, head, consistency, reader.held}));
    ToldSegments told;
    std::map<LaneId, Hash> last;
    for (Feed::Point at; at.position < head.size;) {
        HZ_TRY(Feed::Slice slice, m_feed.slice(reader, at, head.size));
        at = slice.next;
        HZ_TRY(const SnapshotLog log, outlineOf(reader, std::move(slice), head.size, last));
        for (const ProvenEntry& one : log.entries) {
            HZ_TRY(const LogEntry entry, decode<LogEntry>(one.entry, "log entry"));
            if (const auto* segment = std::get_if<SegmentEntry>(&entry.content)) {
                HZ_TRY(const std::optional<SegmentRow> row, m_store.outline(segment->segment));
                told.emplace(segment->segment, Told{one.position, row->first});
            }
        }
        HZ_CHECK(blocks.add(SnapshotPart::log, log));
    }
    HZ_TRY(const std::set<OpRef> past, m_projection.contestedPast());
    HZ_CHECK(addOps(told, past, blocks));
    HZ_TRY(const SnapshotRest rest, restOf(told));
    HZ_CHECK(blocks.add(SnapshotPart::rest, rest));
    HZ_TRY(const Hash id, blocks.finish());
    return Kept{reader.device.enrolment.device, id, blocks.count(), now};
}

// The slice with outlines in place of segments, but where these are needed to place what comes later (lanes that forked), or the reader
// wrote them.
Result<SnapshotLog> SnapshotMaker::outlineOf(const Reader& reader, Feed::Slice&& slice, std::uint64_t end, std::map<LaneId, Hash>& last) {
    SnapshotLog log;
    log.entries = std::move(slice.entries);
    log.skipped = std::move(slice.skipped);
    std::vector<std::uint64_t> positions;
    std::map<LaneId, std::uint32_t> lanes;
    for (ProvenEntry& proven : log.entries) {
        positions.push_back(proven.position);
        HZ_TRY(const LogEntry entry, decode<LogEntry>(proven.entry, "log entry"));
        const auto* segment = std::get_if<SegmentEntry>(&entry.content);
        if (segment == nullptr) {
            continue;
        }
        HZ_TRY(const std::optional<SegmentRow> row, m_store.outline(segment->segment));
        HZ_TRY(const std::vector<BranchRow> branches, m_store.branches(row->lane));
        HZ_TRY(const std::optional<LaneRow> lane, m_store.lane(row->lane));
        const Hash before = std::exchange(last[row->lane], row->hash);
        if (branches.size() > 1 || !lane || lane->device == reader.device.enrolment.device) {
            continue;
        }
        proven.segment.clear();
        const auto [number, isNew] = lanes.emplace(row->lane, static_cast<std::uint32_t>(log.lanes.size()));
        if (isNew) {
            log.lanes.push_back({row->lane, lane->device});
        }
        SnapshotOutline outline{number->second, row->first, row->count, {}};
        if (before != row->previous) {
            outline.previous = row->previous;
        }
        log.outlines.push_back(outline);
    }
    if (!positions.empty()) {
        HZ_TRY(log.proof, m_log.inclusion(positions, end));
    }
    return log;
}

Result<void> SnapshotMaker::addOps(const ToldSegments& told, const std::set<OpRef>& past, Blocks& blocks) {
    std::map<std::uint64_t, Hash> inOrder;
    for (const auto& [hash, one] : told) {
        inOrder.emplace(one.position, hash);
    }
    OpsPart part;
    for (const auto& [position, hash] : inOrder) {
        HZ_CHECK(addOpsOf(position, hash, told, past, part, blocks));
    }
    return part.ops().ops.empty() ? Result<void>{} : blocks.add(SnapshotPart::ops, part.ops());
}

// Of one segment what the device needs.
Result<void> SnapshotMaker::addOpsOf(std::uint64_t position, const Hash& hash, const ToldSegments& told, const std::set<OpRef>& past,
                                     OpsPart& part, Blocks& blocks) {
    HZ_TRY(const std::shared_ptr<const SealedSegment> sealed, m_history.segment(hash));
    HZ_TRY(const std::vector<bool> repeated, repeatedAt(position, sealed->segment.ops.size()));
    HZ_TRY(const std::vector<Run> runs, m_store.runsOf(hash));
    for (const Run& run : runs) {
        for (OpCounter counter = run.first; counter <= run.last; ++counter) {
            const std::size_t index = counter - sealed->segment.first;
            const Op& op = sealed->segment.ops[index];
            const OpRef ref{run.branch, counter};
            if (repeated[index]) {
                continue;   // it came with an earlier segment
            }
            HZ_TRY(const std::optional<OpStanding> standing, standingOf(m_store, ref, op, past));
            if (!standing) {
                continue;
            }
            const bool isLive = standing->role == LooseRow::Role::live;
            SnapshotOp one;
            one.ref = {position, static_cast<std::uint32_t>(index)};
            one.role = static_cast<std::uint8_t>(standing->role);
            one.judged = isLive ? standing->rank : static_cast<std::uint8_t>(standing->reason);
            if (isLive && standing->order != Order{position, index}) {
                one.flags |= SnapshotOp::kHasOrder;
                one.position = standing->order.position;
                one.place = standing->order.place;
            }
            if (standing->role == LooseRow::Role::aside) {
                one.flags |= SnapshotOp::kHasId;
                one.id = sealed->opIds[index];
            }
            HZ_CHECK(addOp(std::move(one), op, *sealed, told, part));
            if (part.isFull()) {
                HZ_CHECK(blocks.add(SnapshotPart::ops, part.ops()));
                part = OpsPart();
            }
        }
    }
    return {};
}

// Which ops of the entry's segment stand in the log already.
Result<std::vector<bool>> SnapshotMaker::repeatedAt(std::uint64_t position, std::size_t ops) {
    HZ_TRY(const std::optional<EntryRow> row, m_store.entry(position));
    HZ_TRY(const LogEntry entry, row ? decode<LogEntry>(row->entry, "log entry") : Result<LogEntry>(fail(ErrorCode::storageCorrupt, "an entry is missing")));
    std::vector<bool> repeated;
    if (const auto* segment = std::get_if<SegmentEntry>(&entry.content)) {
        for (const VerdictRun& run : segment->verdicts) {
            repeated.insert(repeated.end(), run.count, run.isRepeated);
        }
    }
    repeated.resize(ops);
    return repeated;
}

Result<void> SnapshotMaker::addOp(SnapshotOp one, const Op& op, const SealedSegment& in, const ToldSegments& told, OpsPart& part) {
    HZ_TRY(std::optional<RecordRow> record, m_store.record(op.record));
    const bool isRecordKnown = record.has_value();
    for (auto key = in.segment.records.begin(); !record && key != in.segment.records.end(); ++key) {
        if (recordIdOf(m_suite, in.segment.lane.county, *key) == op.record) {
            record = RecordRow{op.record, in.segment.lane.scope, *key};
        }
    }
    if (!record) {
        return fail(ErrorCode::storageCorrupt, "a segment does not list the record of its op");
    }
    for (const SeenDot& seen : op.seen) {
        SnapshotSeen named;
        const auto lies = told.find(seen.segment);
        if (seen.segment.isNone()) {
            named.back = op.counter - seen.dot.counter;
        } else if (lies != told.end() && seen.dot.counter >= lies->second.first) {
            named.kind = SnapshotSeen::Kind::told;
            named.ref = {lies->second.position, static_cast<std::uint32_t>(seen.dot.counter - lies->second.first)};
        } else {
            named.kind = SnapshotSeen::Kind::asItIs;
            named.dot = seen;
        }
        one.seen.push_back(named);
    }
    part.add(std::move(one), op, *record, isRecordKnown);
    return {};
}

// Where an op lies for the device; nullopt: in nothing that it was told of.
Result<std::optional<SnapshotRef>> SnapshotMaker::refOf(OpRef ref, const ToldSegments& told) {
    HZ_TRY(const std::vector<Run> runs, m_store.runsAt(ref));
    for (const Run& run : runs) {
        const auto in = told.find(run.segment);
        if (in != told.end()) {
            return std::optional<SnapshotRef>({in->second.position, static_cast<std::uint32_t>(ref.counter - in->second.first)});
        }
    }
    return std::optional<SnapshotRef>{};
}

Result<SnapshotRest> SnapshotMaker::restOf(const ToldSegments& told) {
    SnapshotRest rest;
    HZ_TRY(const std::vector<RecordId> records, m_store.recordsWithSeveral(kDeletedField));
    for (const RecordId& record : records) {
        HZ_TRY(const auto named, m_store.namedIn(record));
        for (const auto& [by, one] : named) {
            HZ_TRY(const std::optional<SnapshotRef> byRef, refOf(by, told));
            HZ_TRY(const std::optional<SnapshotRef> oneRef, refOf(one, told));
            if (byRef && oneRef) {
                rest.named.emplace_back(*byRef, *oneRef);
            }
        }
    }
    HZ_TRY(const std::vector<OpRef> early, m_store.earlies());
    for (const OpRef ref : early) {
        HZ_TRY(const std::optional<SnapshotRef> one, refOf(ref, told));
        if (one) {
            rest.early.push_back(*one);
        }
    }
    return rest;
}

// -- the history behind it

// Of the log as the device has read it, and its scopes. An extract goes only with the orders to erase.
Result<bool> SnapshotMaker::mayRead(const Reader& reader, const SegmentRow& row, const Cursor& cursor) {
    if (row.state != SegmentState::inLog || row.position >= cursor.position || !holdsScope(reader.held, row.scope)) {
        return false;
    }
    HZ_TRY(const std::optional<EntryRow> entry, m_store.entry(row.position));
    HZ_TRY(const bool isKept, m_feed.isKeptFrom(reader.device, row.position));
    if (!entry || isKept) {
        return false;
    }
    if (!isExtract(row.envelope)) {
        return true;
    }
    HZ_TRY(const std::shared_ptr<const SealedSegment> extract, m_history.segment(row.hash));
    HZ_TRY(const std::vector<std::uint64_t> orders, redactionsOf(m_store, *extract));
    return std::all_of(orders.begin(), orders.end(), [&](std::uint64_t position) { return position < cursor.position; });
}

Result<void> SnapshotMaker::givePast(const Reader& reader, const SnapshotRequest& request, SnapshotAnswer& answer) {
    std::vector<OpRef> asked;
    for (const SeenDot& dot : request.dots) {
        HZ_TRY(const std::optional<SegmentRow> row, m_store.segment(dot.segment));
        HZ_TRY(const bool isReadable, row ? mayRead(reader, *row, request.cursor) : Result<bool>(false));
        HZ_TRY(const std::optional<OpRef> ref, isReadable ? m_history.resolve(dot, {}) : Result<std::optional<OpRef>>(std::nullopt));
        if (ref) {
            asked.push_back(*ref);
        }
    }
    HZ_TRY(const std::set<OpRef> past, m_projection.pastOf(asked, kPastMax));
    // What was asked for, then the newest first, as much as fits: the device asks again for what is still missing.
    std::map<SnapshotRef, OpRef> inOrder;
    for (const OpRef ref : past) {
        HZ_TRY(const std::optional<SnapshotRef> place, readablePlace(reader, ref, request.cursor));
        if (place) {
            inOrder.emplace(*place, ref);
        }
    }
    std::vector<OpRef> wanted = asked;
    for (auto it = inOrder.rbegin(); it != inOrder.rend(); ++it) {
        wanted.push_back(it->second);
    }
    std::map<SnapshotRef, HistoricOp> given;
    std::size_t bytes = 0;
    for (const OpRef ref : wanted) {
        HZ_TRY(const std::optional<SnapshotRef> place, readablePlace(reader, ref, request.cursor));
        HZ_TRY(std::optional<HistoricOp> op, place ? m_history.opAt(ref) : Result<std::optional<HistoricOp>>(std::nullopt));
        if (!op || given.contains(*place)) {
            continue;
        }
        bytes += 128 + op->op.value.encoded().size() + 48 * op->op.seen.size();
        if (!given.empty() && bytes > reader.pageBytes(kPageBytesMax)) {
            break;
        }
        given.emplace(*place, *std::move(op));
    }
    OpsPart part;
    for (auto& [place, op] : given) {
        SnapshotOp one;
        one.ref = place;
        one.flags = SnapshotOp::kHasId;
        one.id = op.id;
        HZ_TRY(const std::shared_ptr<const SealedSegment> sealed, m_history.segment(op.segment));
        HZ_CHECK(addOp(std::move(one), op.op, *sealed, {}, part));
    }
    answer.past = part.ops();
    return {};
}

// Where an op lies, if the reader may have it.
Result<std::optional<SnapshotRef>> SnapshotMaker::readablePlace(const Reader& reader, OpRef ref, const Cursor& cursor) {
    HZ_TRY(const std::optional<HistoricOp> op, m_history.opAt(ref));
    HZ_TRY(const std::optional<SegmentRow> row, op ? m_store.segment(op->segment) : Result<std::optional<SegmentRow>>(std::nullopt));
    HZ_TRY(const bool isReadable, row ? mayRead(reader, *row, cursor) : Result<bool>(false));
    return isReadable ? std::optional<SnapshotRef>({row->position, static_cast<std::uint32_t>(ref.counter - row->first)}) : std::nullopt;
}

Result<void> SnapshotMaker::giveSegments(const Reader& reader, const SnapshotRequest& request, SnapshotAnswer& answer) {
    std::size_t bytes = 0;
    for (const Hash& hash : request.segments) {
        HZ_TRY(const std::optional<SegmentRow> row, m_store.segment(hash));
        HZ_TRY(const bool isReadable, row ? mayRead(reader, *row, request.cursor) : Result<bool>(false));
        if (!isReadable) {
            continue;
        }
        if (!answer.data.empty() && bytes + row->envelope.size() > reader.pageBytes(kPageBytesMax)) {
            break;
        }
        bytes += row->envelope.size();
        answer.data.push_back(row->envelope);
    }
    return {};
}

}  // namespace hezhang::sync
