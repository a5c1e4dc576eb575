// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "sync/engine/log_applier.h"

#include <algorithm>
#include <map>

#include "sync/base/lookup.h"
#include "sync/engine/snapshot_base.h"
#include "sync/op/archive.h"

namespace hezhang::sync {

// Runs over these ops of other segments than this one that stand in the log before this position: theirs were answered.
Result<std::vector<Run>> LogApplier::answered(const Run& among, std::uint64_t position) {
    HZ_TRY(std::vector<Run> runs, m_store.runsOver(among.branch, among.first, among.last));
    std::vector<Run> answering;
    for (const Run& run : runs) {
        HZ_TRY(const std::optional<SegmentRow> row,
               run.segment == among.segment ? Result<std::optional<SegmentRow>>(std::nullopt) : m_store.outline(run.segment));
        if (row && row->state == SegmentState::inLog && row->position < position) {
            answering.push_back(run);
        }
    }
    return answering;
}

static bool holds(const std::vector<Run>& runs, OpRef ref) {
    return std::any_of(runs.begin(), runs.end(), [&](const Run& run) {
        return run.branch == ref.branch && run.first <= ref.counter && ref.counter <= run.last;
    });
}

Result<bool> LogApplier::applyOp(const SealedSegment& sealed, std::size_t index, const PlacedOp& placed,
                                 const Judgement& judgement, Order order, bool wasAnswered) {
    const Op& op = sealed.segment.ops[index];
    if (placed.isKnown) {
        if (wasAnswered) {
            HZ_TRY(const std::optional<AsideRow> aside, m_store.asideOf(placed.ref));
            if (!aside || judgement.verdict != Verdict::accepted) {
                return false;
            }
            HZ_CHECK(m_store.eraseAside(placed.ref));
        } else {
            HZ_CHECK(m_projection.liftOverlay(op, placed.ref, judgement.verdict == Verdict::accepted));
        }
    }
    if (judgement.verdict == Verdict::accepted) {
        HZ_CHECK(m_projection.apply(op, placed.ref, judgement.rank, order));
        return true;
    }
    HZ_CHECK(setAside(sealed.segment, index, placed, judgement.reason));
    return true;
}

Result<void> LogApplier::setAside(const Segment& segment, std::size_t index, const PlacedOp& placed, Reason reason) {
    const Op& op = segment.ops[index];
    HZ_TRY(const std::optional<LaneRow> lane, m_store.lane(segment.lane.lane));
    return m_store.putAside({placed.ref, op.record, op.field, reason, lane && lane->isMine});
}

Result<Applied> LogApplier::applySegment(std::uint64_t position, const SegmentEntry& entry, const SealedSegment& given) {
    HZ_TRY(const std::optional<SealedSegment> extract, m_redactions.extractFor(given));
    const SealedSegment& sealed = extract ? *extract : given;
    std::size_t judged = 0;
    for (const VerdictRun& run : entry.verdicts) {
        judged += run.count;
    }
    if (judged != sealed.segment.ops.size() || entry.segment != sealed.hash) {
        return fail(ErrorCode::malformed, "an entry does not fit its segment");
    }
    HZ_TRY(const std::optional<LaneRow> lane, m_store.lane(sealed.segment.lane.lane));
    HZ_TRY(const std::optional<SegmentRow> known, m_store.segment(sealed.hash));
    HZ_TRY(const std::vector<PlacedOp> placed, m_projection.history().place(sealed));
    Applied applied;
    applied.isOurLane = lane && lane->isMine && !(known && known->isMine);
    // Before its ops are applied: a later one may name an earlier one.
    if (known && known->hasText() && !extract) {
        HZ_CHECK(m_store.setSegmentState(sealed.hash, SegmentState::inLog, position));
    } else {
        HZ_CHECK(m_store.putSegment(rowOf(sealed, SegmentState::inLog, position, known && known->isMine)));
    }
    if (sealed.segment.isExtract()) {
        HZ_CHECK(m_redactions.followLate(sealed, placed));
    }
    Lookup<RecordId, const RecordKey*> keys;   // of records not made known yet
    for (const RecordKey& key : sealed.segment.records) {
        keys.add(recordIdOf(m_projection.history().suite(), sealed.segment.lane.county, key), &key);
    }
    std::vector<Run> answering;
    HZ_TRY(const std::vector<Run> places, m_store.runsOf(sealed.hash));
    for (const Run& place : places) {
        HZ_TRY(const std::vector<Run> there, answered(place, position));
        answering.insert(answering.end(), there.begin(), there.end());
    }
    std::size_t index = 0;
    for (const VerdictRun& run : entry.verdicts) {
        for (std::uint32_t i = 0; i < run.count; ++i, ++index) {
            const RecordId& record = sealed.segment.ops[index].record;
            const RecordKey** key = keys.find(record);
            if (key != nullptr && opensRecord(run.judgement)) {
                HZ_CHECK(m_store.putRecord({record, sealed.segment.lane.scope, **key}));
                keys.erase(record);
            }
            HZ_TRY(const bool isNew, applyOp(sealed, index, placed[index], run.judgement, {position, index},
                                               holds(answering, placed[index].ref)));
            if (isNew) {
                const bool isAccepted = run.judgement.verdict == Verdict::accepted;
                ++(isAccepted ? applied.accepted : applied.aside);
                applied.ownAside += !isAccepted && lane && lane->isMine ? 1 : 0;
            }
        }
    }
    return applied;
}

// While it was aside, an op may not have made its record known (opensRecord).
Result<void> LogApplier::openRecordOf(const HistoricOp& op) {
    HZ_TRY(const std::optional<RecordRow> known, m_store.record(op.op.record));
    if (known) {
        return {};
    }
    HZ_TRY(const std::shared_ptr<const SealedSegment> sealed, m_projection.history().segment(op.segment));
    const LaneHeader& lane = sealed->segment.lane;
    for (const RecordKey& key : sealed->segment.records) {
        if (recordIdOf(m_projection.history().suite(), lane.county, key) == op.op.record) {
            return m_store.putRecord({op.op.record, lane.scope, key});
        }
    }
    return fail(ErrorCode::malformed, "a segment does not list the record of its op");
}

Result<void> LogApplier::applyVerdict(std::uint64_t position, const VerdictEntry& entry) {
    HZ_TRY(const std::vector<Run> runs, m_store.runsOf(entry.segment));
    for (const Run& run : runs) {
        if (entry.counter < run.first || entry.counter > run.last) {
            continue;
        }
        const OpRef ref{run.branch, entry.counter};
        HZ_TRY(const std::optional<AsideRow> aside, m_store.asideOf(ref));
        HZ_TRY(const std::optional<HistoricOp> found, m_projection.history().opAt(ref));
        if (aside && !found) {
            return fail(ErrorCode::historyAbsent, "an op that was admitted is not on this device yet");
        }
        if (!aside || found->id != entry.op) {
            return {};  // accepted before
        }
        HZ_CHECK(m_store.eraseAside(ref));
        HZ_CHECK(openRecordOf(*found));
        return m_projection.apply(found->op, ref, entry.rank, {position, 0});
    }
    return fail(ErrorCode::malformed, "a verdict names an op that is not here");
}

Result<void> LogApplier::applyControl(std::uint64_t position, const ControlEntry& entry, BytesView body) {
    switch (entry.kind) {
    case ControlKind::county:
        return m_store.setMeta(meta::kCounty, body);
    case ControlKind::enrolment: {
        HZ_TRY(const EnrolmentControl enrolment, decode<EnrolmentControl>(body, "enrolment"));
        return m_store.putDevice({enrolment, position, false});
    }
    case ControlKind::revocation: {
        HZ_TRY(const DeviceControl control, decode<DeviceControl>(body, "revocation"));
        HZ_TRY(std::optional<DeviceRow> device, m_store.device(control.device));
        if (device) {
            device->isRevoked = true;
            return m_store.putDevice(*device);
        }
        return {};
    }
    case ControlKind::definition: {
        HZ_TRY(const DefinitionControl control, decode<DefinitionControl>(body, "definition"));
        HZ_TRY(const std::optional<Bytes> known, m_store.meta(std::string(meta::kDefinition) + control.registerName));
        const auto before = known ? decode<DefinitionControl>(*known, "definition") : fail(ErrorCode::notFound, "");
        if (before && before->version > control.version) {
            return {};   // one that is handed back does not replace a newer one
        }
        return m_store.setMeta(std::string(meta::kDefinition) + control.registerName, body);
    }
    case ControlKind::personEnd: {
        HZ_TRY(const PersonControl control, decode<PersonControl>(body, "person's end"));
        return m_store.setMeta(std::string(meta::kPersonEnded) + control.person.hex(), body);
    }
    case ControlKind::backup: {
        HZ_TRY(const BackupControl control, decode<BackupControl>(body, "backup mark"));
        return m_store.setMeta(meta::kDurable, encode(control.size));
    }
    case ControlKind::redaction: {
        HZ_TRY(const RedactionControl control, decode<RedactionControl>(body, "redaction"));
        return m_redactions.follow(control, position);
    }
    case ControlKind::wipe: {
        // It has no effect where it stands: the device learns of it by asking, when nothing is left there (wipe_messages.h).
        HZ_TRY(const DeviceControl control, decode<DeviceControl>(body, "wipe"));
        return m_store.setMeta(std::string(meta::kWipe) + control.device.hex(), body);
    }
    case ControlKind::epoch:
        return {};  // heads carry the epoch; the entry is its record
    }
    return {};  // a kind of a newer version: kept in the log, without effect here
}

Result<Applied> LogApplier::apply(std::uint64_t position, const LogEntry& entry, const SealedSegment* sealed) {
    if (const auto* segment = std::get_if<SegmentEntry>(&entry.content)) {
        if (sealed == nullptr) {
            return fail(ErrorCode::notFound, "the segment of an entry is missing");
        }
        return applySegment(position, *segment, *sealed);
    }
    if (const auto* verdict = std::get_if<VerdictEntry>(&entry.content)) {
        HZ_CHECK(applyVerdict(position, *verdict));
        return Applied{};
    }
    const auto& control = std::get<ControlEntry>(entry.content);
    HZ_CHECK(applyControl(position, control, control.body));
    return Applied{};
}

Result<void> LogApplier::liftRefused(const Hash& hash) {
    HZ_TRY(const std::shared_ptr<const SealedSegment> sealed, m_projection.history().segment(hash));
    HZ_TRY(const std::vector<Run> runs, m_store.runsOf(hash));
    for (const Run& run : runs) {
        HZ_TRY(const std::vector<Run> answering, answered(run, kUnanswered));
        for (OpCounter c = run.first; c <= run.last; ++c) {
            const OpRef ref{run.branch, c};
            if (!holds(answering, ref)) {
                HZ_CHECK(m_projection.liftOverlay(sealed->segment.ops[c - sealed->segment.first], ref, false));
            }
        }
    }
    return {};
}

Result<std::vector<TailRow>> LogApplier::unanswered() {
    std::vector<TailRow> rows;
    for (const SegmentState state : {SegmentState::received, SegmentState::unsent}) {
        HZ_TRY(const std::vector<Hash> hashes, m_store.segmentsIn(state));
        for (const Hash& hash : hashes) {
            HZ_TRY(const std::shared_ptr<const SealedSegment> sealed, m_projection.history().segment(hash));
            HZ_TRY(const std::vector<Run> runs, m_store.runsOf(hash));
            for (const Run& run : runs) {
                HZ_TRY(const std::vector<Run> answering, answered(run, kUnanswered));
                for (OpCounter c = run.first; c <= run.last; ++c) {
                    if (!holds(answering, {run.branch, c})) {
                        const std::size_t index = c - sealed->segment.first;
                        rows.push_back({{run.branch, c}, sealed->segment.lane.lane, sealed->segment.ops[index],
                                        sealed->opIds[index], 0});
                    }
                }
            }
        }
    }
    HZ_TRY(const std::vector<LaneRow> lanes, m_store.lanes());
    for (const LaneRow& lane : lanes) {
        if (lane.isMine) {
            HZ_TRY(std::vector<TailRow> tail, m_store.tail(lane.lane));
            for (TailRow& row : tail) {
                HZ_TRY(const std::vector<Run> answering,
                       answered({row.ref.branch, row.ref.counter, row.ref.counter, {}}, kUnanswered));
                if (answering.empty()) {
                    rows.push_back(std::move(row));
                }
            }
        }
    }
    return rows;
}

Result<void> LogApplier::rebuild(const RankOf& rankOf) {
    // An unanswered op keeps the rank it was written with, whatever its author may do by now; as far as that can be read.
    std::map<OpRef, Rank> before;
    const auto known = m_store.eachLive("", [&](LiveRow&& row) {
        if (row.isUnanswered()) {
            before.emplace(row.ref, row.rank);
        }
    });
    HZ_CHECK(known || known.error().code == ErrorCode::storageCorrupt ? Result<void>() : Result<void>(fail(known.error())));
    HZ_CHECK(m_store.clearProjection());
    HZ_CHECK(m_store.clearDevices());
    HZ_TRY(const std::optional<SnapshotBase> base, snapshotBase(m_store));
    if (base) {
        HZ_CHECK(putBack(m_store, *base));
    }
    std::uint64_t next = 0;
    for (;;) {
        HZ_TRY(const std::vector<EntryRow> rows, m_store.entries(next, 256));
        if (rows.empty()) {
            break;
        }
        for (const EntryRow& row : rows) {
            next = row.position + 1;
            HZ_TRY(const LogEntry entry, decode<LogEntry>(row.entry, "log entry"));
            if (base && base->covers(row.position) && !isControl(entry)) {
                continue;
            }
            std::shared_ptr<const SealedSegment> sealed;
            if (const auto* segment = std::get_if<SegmentEntry>(&entry.content)) {
                HZ_TRY(sealed, m_projection.history().segment(segment->segment));
            }
            HZ_TRY([[maybe_unused]] const Applied applied, apply(row.position, entry, sealed.get()));
        }
    }
    HZ_TRY(const std::vector<TailRow> own, unanswered());
    for (const TailRow& row : own) {
        const auto ranked = before.find(row.ref);
        HZ_TRY(const Rank rank, ranked == before.end() ? rankOf(row.op) : Result<Rank>(ranked->second));
        HZ_CHECK(m_projection.overlay(row.op, row.ref, rank));
    }
    return {};
}

// The programs that did not note what they knew.
static constexpr auto kControlsBefore = static_cast<std::uint8_t>(ControlKind::backup);

static bool isPassedOver(const LogEntry& entry, std::uint8_t known) {
    const auto* control = std::get_if<ControlEntry>(&entry.content);
    return control != nullptr && static_cast<std::uint8_t>(control->kind) > known && control->kind <= kNewestControl;
}

Result<bool> LogApplier::knowsItsControls() {
    HZ_TRY(const std::optional<Bytes> noted, m_store.meta(meta::kControls));
    HZ_TRY(const std::optional<Bytes> due, m_store.meta(kRebuildDue));
    return noted == Bytes{static_cast<std::uint8_t>(kNewestControl)} && !due;
}

Result<void> LogApplier::takeUpControls(const RankOf& rankOf) {
    HZ_TRY(const std::optional<Bytes> noted, m_store.meta(meta::kControls));
    const std::uint8_t known = noted && noted->size() == 1 ? noted->front() : kControlsBefore;
    bool isAnyPassedOver = false;
    for (std::uint64_t next = 0; known < static_cast<std::uint8_t>(kNewestControl) && !isAnyPassedOver;) {
        HZ_TRY(const std::vector<EntryRow> rows, m_store.entries(next, 256));
        if (rows.empty()) {
            break;
        }
        for (const EntryRow& row : rows) {
            HZ_TRY(const LogEntry entry, decode<LogEntry>(row.entry, "log entry"));
            isAnyPassedOver = isAnyPassedOver || isPassedOver(entry, known);
            next = row.position + 1;
        }
    }
    HZ_TRY(const std::optional<Bytes> due, m_store.meta(kRebuildDue));
    if (isAnyPassedOver || due) {
        HZ_CHECK(rebuild(rankOf));
        HZ_CHECK(m_store.eraseMetas(kRebuildDue));
    }
    // An older program that comes back notes that it knows less: what it passes over is taken up again later.
    return m_store.setMeta(meta::kControls, Bytes{static_cast<std::uint8_t>(kNewestControl)});
}

}  // namespace hezhang::sync
