// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "sync/engine/history_fetch.h"

#include "sync/op/segment.h"

namespace hezhang::sync {

Result<std::optional<Bytes>> HistoryFetch::nextRequest() {
    HZ_TRY(const Identity me, m_replica.identity());
    HZ_TRY(const std::vector<Hash> bare, m_replica.segmentsToFetch(kSnapshotAskedMax + m_asked.size()));
    HZ_TRY(m_request, m_snapshot.request(SnapshotAsk::segments, m_messageBytes));
    for (const Hash& hash : bare) {
        if (m_request.segments.size() < kSnapshotAskedMax && !m_asked.contains(hash)) {
            m_request.segments.push_back(hash);
        }
    }
    if (m_request.segments.empty()) {
        return std::optional<Bytes>{};
    }
    Bytes bytes = frameWithMac(m_replica.suite(), encode(m_request), me.macKey, {});
    m_requestTag = tagOf(bytes);
    return std::optional<Bytes>(std::move(bytes));
}

Result<void> HistoryFetch::onAnswer(BytesView bytes) {
    HZ_TRY(const Identity me, m_replica.identity());
    HZ_TRY(const SnapshotAnswer answer, answerTo<SnapshotAnswer>(m_replica.suite(), bytes, me.macKey, m_requestTag));
    switch (answer.status) {
    case SnapshotStatus::ok: break;
    case SnapshotStatus::otherHistory: return fail(ErrorCode::epochChanged, "the county has another history");
    default: return fail(ErrorCode::refused, "the county does not give this device its history");
    }
    HZ_TRY(const std::size_t taken, m_snapshot.takeSegments(answer.data));
    m_fetched += taken;
    // They come in the order they were asked for: what stands before the last one did not come.
    std::size_t reached = answer.data.empty() ? m_request.segments.size() : 0;
    if (!answer.data.empty()) {
        HZ_TRY(const SealedSegment last, openSegment(m_replica.suite(), answer.data.back()));
        while (reached < m_request.segments.size() && m_request.segments[reached] != last.hash) {
            ++reached;
        }
    }
    for (std::size_t i = 0; i < reached; ++i) {
        m_asked.insert(m_request.segments[i]);
    }
    return {};
}

Result<bool> HistoryFetch::finish() {
    HZ_TRY(const std::vector<Hash> left, m_replica.segmentsToFetch(1));
    HZ_TRY(const std::optional<SnapshotBase> base, snapshotBase(m_replica.store()));
    if (!left.empty() || !base) {
        return true;
    }
    HZ_TRY(WriteScope scope, WriteScope::begin(m_replica.store()));
    HZ_TRY(const bool isEqual, m_replica.standOnHistory());
    HZ_CHECK(scope.commit());
    return isEqual;
}

}  // namespace hezhang::sync
