// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// SyncSession: beginning with a snapshot, and what of the history a replica that stands on one lacks.
#include "sync/engine/sync_session.h"

#include <map>

namespace hezhang::sync {

// Where the replica stands on a snapshot: what of the past of its conflicts did not come, as when a link broke in between.
Result<void> SyncSession::lookForAbsent() {
    HZ_TRY(const std::optional<SnapshotBase> base, snapshotBase(m_replica.store()));
    m_isPartial = base.has_value();
    if (m_beginning == Beginning::withASnapshot && !m_isPartial) {
        HZ_TRY(m_isSnapshotWanted, m_snapshot.isFresh());
    }
    if (!m_isPartial) {
        return {};
    }
    HZ_TRY(const std::vector<RecordId> contested, m_replica.store().recordsWithSeveral(kDeletedField));
    m_touched.insert(contested.begin(), contested.end());
    const auto checked = checkPast();
    return checked || checked.error().code == ErrorCode::historyAbsent ? Result<void>{} : checked;
}

// Fails with historyAbsent, and m_absent says what is missing, where a cell of the records that were touched has several values and
// their past is not here: until it is, nobody can say what they show together.
Result<void> SyncSession::checkPast() {
    if (!m_isPartial || m_isByFile) {
        return {};
    }
    Absent absent;
    for (const RecordId& record : m_touched) {
        HZ_TRY([[maybe_unused]] const bool isContested, notePastOf(record, absent));
    }
    std::erase_if(absent.ops, [&](OpRef ref) { return m_askedFor.ops.contains(ref); });
    if (!absent.ops.empty()) {
        m_absent = {absent.ops, {}};
        return fail(ErrorCode::historyAbsent, "the past of a conflict is not on this device yet");
    }
    m_touched.clear();
    return {};
}

Result<bool> SyncSession::notePastOf(const RecordId& record, Absent& absent) {
    HZ_TRY(const std::vector<LiveRow> rows, m_replica.store().liveOf(record));
    std::map<std::string, std::vector<LiveRow>> cells;
    for (const LiveRow& row : rows) {
        if (row.kind == OpKind::assign) {
            cells[row.field].push_back(row);
        }
    }
    bool isContested = false;
    Absent* const watching = m_replica.history().watchAbsent(&absent);   // the answer that is being taken
    for (const auto& [field, values] : cells) {
        if (values.size() > 1) {
            isContested = true;
            std::vector<OpRef> refs;
            for (const LiveRow& row : values) {
                refs.push_back(row.ref);
            }
            const auto past = m_replica.projection().pastOf(refs, SIZE_MAX);
            if (!past) {
                m_replica.history().watchAbsent(watching);
                return fail(past.error());
            }
        }
    }
    m_replica.history().watchAbsent(watching);
    return isContested;
}

// -- the snapshot, and what of the history is asked for

// nullopt: nothing of it is to be asked.
Result<std::optional<Bytes>> SyncSession::nextOfSnapshot() {
    if (m_isSnapshotWanted) {
        HZ_TRY(const bool isTaken, m_snapshot.takeIfWhole());
        if (!isTaken) {
            return snapshotRequest(SnapshotAsk::state);
        }
        m_isSnapshotWanted = false;
        m_isSnapshotTaken = true;
        HZ_CHECK(lookForAbsent());
    }
    if (m_isSnapshotTaken) {
        return snapshotRequest(SnapshotAsk::taken);
    }
    if (!m_absent.segments.empty()) {
        return snapshotRequest(SnapshotAsk::segments);
    }
    return m_absent.ops.empty() ? Result<std::optional<Bytes>>(std::nullopt) : snapshotRequest(SnapshotAsk::past);
}

Result<std::optional<Bytes>> SyncSession::snapshotRequest(SnapshotAsk ask) {
    HZ_TRY(m_asked, m_snapshot.request(ask, m_messageBytes));
    switch (ask) {
    case SnapshotAsk::state:
    case SnapshotAsk::taken: HZ_CHECK(m_snapshot.askForRest(m_asked)); break;
    case SnapshotAsk::past:
        for (const OpRef ref : m_absent.ops) {
            if (m_asked.dots.size() < kSnapshotAskedMax) {
                HZ_TRY(const SeenDot dot, m_replica.history().nameOf(ref));
                m_asked.dots.push_back(dot);
                m_askedFor.ops.insert(ref);
            }
        }
        break;
    case SnapshotAsk::segments:
        for (const Hash& hash : m_absent.segments) {
            if (m_asked.segments.size() < kSnapshotAskedMax) {
                m_asked.segments.push_back(hash);
                m_askedFor.segments.insert(hash);
            }
        }
        break;
    }
    m_isOfSnapshot = true;
    return std::optional<Bytes>(asked(encode(m_asked)));
}

Result<void> SyncSession::onSnapshotAnswer(BytesView bytes) {
    auto read = opened<SnapshotAnswer>(bytes);
    if (!read && read.error().code == ErrorCode::malformed && m_asked.ask == SnapshotAsk::state) {
        return onUnknownPath();   // the county's, but of another version: the log is read by all
    }
    HZ_TRY(const SnapshotAnswer answer, std::move(read));
    switch (answer.status) {
    case SnapshotStatus::ok: break;
    case SnapshotStatus::notWorthIt:
    case SnapshotStatus::refused:
    case SnapshotStatus::otherHistory: return onUnknownPath();   // the sync itself will say what is wrong
    default: return fail(ErrorCode::refused, "the county could not read the request");
    }
    switch (m_asked.ask) {
    case SnapshotAsk::state: {
        const auto taken = m_snapshot.takeBlocks(answer);
        if (!taken && taken.error().code == ErrorCode::malformed) {
            return onUnknownPath();
        }
        HZ_TRY(const bool isTaken, taken);
        m_isSnapshotWanted = !isTaken;
        m_isSnapshotTaken = isTaken;
        return isTaken ? lookForAbsent() : Result<void>{};
    }
    case SnapshotAsk::taken: m_isSnapshotTaken = false; return {};
    case SnapshotAsk::past: {
        if (!answer.past) {
            return fail(ErrorCode::malformed, "the answer does not fit the request");
        }
        HZ_TRY(const std::size_t taken, m_snapshot.takePast(*answer.past));
        if (taken > 0) {
            m_askedFor.ops.clear();   // what did not fit is asked for again
        }
        break;
    }
    case SnapshotAsk::segments: {
        HZ_TRY(const std::size_t taken, m_snapshot.takeSegments(answer.data));
        if (taken > 0) {
            m_askedFor.segments.clear();
        }
        break;
    }
    }
    return takeKept();
}

Result<void> SyncSession::onUnknownPath() {
    m_isSnapshotWanted = false;
    m_isSnapshotTaken = false;
    return m_asked.ask == SnapshotAsk::past || m_asked.ask == SnapshotAsk::segments ? takeKept() : Result<void>{};
}

// What was absent is here now, or will not come.
Result<void> SyncSession::takeKept() {
    m_absent = {};
    if (!m_kept) {
        return lookForAbsent();
    }
    const SyncAnswer answer = *std::move(m_kept);
    m_kept.reset();
    return takeAnswer(answer);
}

}  // namespace hezhang::sync
