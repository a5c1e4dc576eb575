// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "sync/engine/hand_back.h"

namespace hezhang::sync {

Result<Ack> HandBack::take(const Page& page, WallMs now) {
    HZ_TRY(const KeyPair keys, m_log.key());
    if (!verifyPage(m_suite, page, keys.publicKey)) {
        return Ack{Verdict::refused, Reason::badSignature, 0, {}};
    }
    bool isWhole = true;
    for (const ProvenEntry& proven : page.entries) {
        HZ_TRY(const bool isTaken, takeEntry(proven, now));
        isWhole = isWhole && isTaken;
    }
    // Only now: what waited for these is judged anew, and they are not.
    for (const ProvenEntry& proven : page.entries) {
        HZ_TRY(const LogEntry entry, decode<LogEntry>(proven.entry, "log entry"));
        if (const auto* segment = std::get_if<SegmentEntry>(&entry.content)) {
            HZ_CHECK(m_intake.retryHeld(segment->segment, now));
        }
    }
    HZ_CHECK(m_intake.retryUndefined(now));
    return Ack{isWhole ? Verdict::accepted : Verdict::held, Reason::none, 0, {}};
}

// The county signed these bytes once, so they stand, whoever brings them: no question who is enrolled, no new judgement.
Result<bool> HandBack::takeEntry(const ProvenEntry& proven, WallMs now) {
    HZ_TRY(const std::optional<std::uint64_t> known, m_store.leafPosition(merkleLeaf(m_suite, proven.entry)));
    if (known) {
        return true;
    }
    HZ_TRY(const LogEntry entry, decode<LogEntry>(proven.entry, "log entry"));
    if (const auto* control = std::get_if<ControlEntry>(&entry.content)) {
        // A backup mark speaks of positions of a history that is no more.
        if (control->kind != ControlKind::county && control->kind != ControlKind::backup) {
            HZ_TRY(const std::uint64_t position, m_log.appendBytes(proven.entry));
            HZ_TRY([[maybe_unused]] const Applied applied, m_applier.apply(position, entry, nullptr));
        }
        return true;
    }
    if (const auto* verdict = std::get_if<VerdictEntry>(&entry.content)) {
        HZ_TRY(const std::vector<Run> runs, m_store.runsOf(verdict->segment));
        if (runs.empty()) {
            return false;
        }
        HZ_TRY(const std::uint64_t position, m_log.appendBytes(proven.entry));
        for (const Run& run : runs) {
            if (run.first <= verdict->counter && verdict->counter <= run.last) {
                HZ_CHECK(m_intake.releaseRaised({run.branch, verdict->counter}, position));
            }
        }
        HZ_TRY([[maybe_unused]] const Applied applied, m_applier.apply(position, entry, nullptr));
        return true;
    }
    return takeSegment(proven, entry, now);
}

Result<bool> HandBack::takeSegment(const ProvenEntry& proven, const LogEntry& entry, WallMs now) {
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
    HZ_TRY(const std::optional<Hash> missing, m_intake.missingFor(sealed));
    if (missing && !segmentEntry.isIncomplete) {
        return false;
    }
    HZ_TRY(const std::optional<DeviceRow> author, m_store.device(sealed.segment.lane.device));
    HZ_TRY(const bool isFitting, m_intake.fitsLog(sealed));
    // The entry proves the ops, not the envelope's signature: a garbled one is left for somebody who has the right bytes.
    if (!isFitting || (author && !sync::verify(m_suite, sealed, author->enrolment.publicKey))) {
        return false;
    }
    // What stands in the log in a scope shows that its author held it, though what gave it the scope may come back later, or never.
    HZ_TRY([[maybe_unused]] const std::vector<std::string> held,
           m_intake.noteHeld(sealed.segment.lane.device, {sealed.segment.lane.scope}));
    HZ_CHECK(m_store.eraseWant(sealed.hash));
    HZ_TRY(const std::uint64_t position, m_log.appendBytes(proven.entry));
    HZ_TRY([[maybe_unused]] const Applied applied, m_applier.apply(position, entry, &sealed));
    if (!hasAccepted(segmentEntry.verdicts)) {
        HZ_CHECK(m_store.putRestricted(position, sealed.segment.lane.device));
    }
    HZ_TRY(const std::vector<PlacedOp> placed, m_history.place(sealed));
    HZ_CHECK(m_intake.releaseNamed(sealed, placed, segmentEntry.verdicts, position));
    return true;
}

// The segment was judged anew meanwhile: what was accepted stays accepted.
Result<void> HandBack::raise(const SegmentEntry& before, const SealedSegment& sealed, WallMs now) {
    const auto each = runOfEach(before.verdicts);
    HZ_TRY(const std::vector<PlacedOp> placed, m_history.place(sealed));
    for (std::size_t i = 0; i < placed.size() && i < each.size(); ++i) {
        HZ_TRY(const std::optional<AsideRow> aside, m_store.asideOf(placed[i].ref));
        if (aside && each[i]->judgement.verdict == Verdict::accepted) {
            HZ_CHECK(m_intake.raiseOp({sealed.opIds[i], sealed.hash, placed[i].ref.counter, each[i]->judgement.rank, {},
                              "accepted before the restore"},
                             placed[i].ref, sealed.segment.lane.scope, now));
        }
    }
    return {};
}

}  // namespace hezhang::sync
