// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "sync/engine/history_fetch.h"

#include "sync/engine/carried.h"

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
    const std::size_t left = segmentsAfter(m_replica.suite(), m_request.segments, answer.data).size();
    m_asked.insert(m_request.segments.begin(), m_request.segments.end() - static_cast<std::ptrdiff_t>(left));
    return {};
}

// -- by file

Result<std::vector<Bytes>> HistoryFetch::requestsForFile() {
    HZ_TRY(const Identity me, m_replica.identity());
    HZ_TRY(const std::vector<Hash> bare, m_replica.segmentsToFetch(SIZE_MAX));
    std::vector<Bytes> requests;
    for (std::size_t from = 0; from < bare.size(); from += kSnapshotAskedMax) {
        const std::size_t to = std::min(bare.size(), from + kSnapshotAskedMax);
        HZ_TRY(SnapshotRequest request, m_snapshot.request(SnapshotAsk::segments, m_messageBytes));
        request.segments.assign(bare.begin() + static_cast<std::ptrdiff_t>(from), bare.begin() + static_cast<std::ptrdiff_t>(to));
        requests.push_back(frameWithMac(m_replica.suite(), encode(request), me.macKey, {}));
    }
    return requests;
}

Result<bool> HistoryFetch::onCarried(BytesView request, BytesView bytes) {
    HZ_TRY(const Identity me, m_replica.identity());
    const auto opened = openFrame(request);
    const auto asked =
        opened ? decode<SnapshotRequest>(opened->plain, "request") : Result<SnapshotRequest>(fail(opened.error()));
    if (!asked || asked->device != me.enrolment.device || asked->name != kSnapshotMessage ||
        (asked->ask != SnapshotAsk::segments && asked->ask != SnapshotAsk::past) ||
        !isMacOf(m_replica.suite(), opened->frame, me.macKey, {})) {
        return fail(ErrorCode::otherDevice, "the answer is to a message of another device");
    }
    if (bytes.empty()) {
        return false;   // an older county
    }
    HZ_TRY(const SnapshotAnswer answer, answerTo<SnapshotAnswer>(m_replica.suite(), bytes, me.macKey, opened->frame.tag));
    if (answer.status != SnapshotStatus::ok) {
        return false;
    }
    // Whatever history the county was in: a text is what its name says, and only those are taken whose outline is here.
    HZ_TRY(const std::size_t segments, m_snapshot.takeSegments(answer.data));
    m_fetched += segments;
    // The past goes by positions: those of one history.
    HZ_TRY(const Cursor cursor, m_replica.cursor());
    const bool isOfOurs = asked->cursor.epoch == cursor.epoch && asked->cursor.position <= cursor.position;
    HZ_TRY(const std::size_t ops, answer.past && isOfOurs ? m_snapshot.takePast(*answer.past) : Result<std::size_t>(0));
    return segments + ops > 0;
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
