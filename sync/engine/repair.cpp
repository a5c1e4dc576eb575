// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "sync/engine/repair.h"

#include <algorithm>

#include "sync/engine/intake.h"
#include "sync/engine/snapshot_base.h"
#include "sync/trust/merkle.h"

namespace hezhang::sync {
namespace {

constexpr std::size_t kEntriesAtOnce = 1024;
constexpr std::size_t kGivenBytesMax = 400 * 1024;

HeadMark markOfEntry(const Suite& suite, BytesView entry) { return markOf(merkleLeaf(suite, entry)); }

}  // namespace

Result<std::vector<EntryMark>> entriesToCompare(Store& store, const Suite& suite, const std::vector<std::string>& scopes,
                                                std::uint64_t from, std::uint64_t to) {
    std::vector<EntryMark> marks;
    for (std::uint64_t next = from; next < to;) {
        HZ_TRY(const std::vector<EntryRow> rows, store.entries(next, kEntriesAtOnce));
        for (const EntryRow& row : rows) {
            if (row.position >= to) {
                return marks;
            }
            const auto entry = decode<LogEntry>(row.entry, "log entry");
            const auto* segment = entry ? std::get_if<SegmentEntry>(&entry->content) : nullptr;
            const bool isOurs = entry && (isControl(*entry) || holdsScope(scopes, entry->scope));
            if (isOurs && (segment == nullptr || hasAccepted(segment->verdicts))) {
                marks.push_back({row.position, markOfEntry(suite, row.entry)});
            }
        }
        if (rows.empty()) {
            break;
        }
        next = rows.back().position + 1;
    }
    return marks;
}

HeadMark rangeDigest(const Suite& suite, const std::vector<EntryMark>& entries) {
    return HeadMark::of(suite.hash({viewOf("hezhang/range/0"), encode(entries)}).view().first(HeadMark::kSize));
}

Result<bool> isSound(Store& store, const Suite& suite, const Hash& hash) {
    const auto row = store.segment(hash);
    if (!row && row.error().code != ErrorCode::storageCorrupt) {
        return fail(row.error());
    }
    if (!row || !*row) {
        return false;
    }
    if (!(*row)->hasText()) {
        HZ_TRY(const std::optional<SnapshotBase> base, snapshotBase(store));
        return base.has_value();   // a snapshot brought its outline; elsewhere the text is lost
    }
    const auto opened = openSegment(suite, (*row)->envelope);
    return opened && opened->hash == hash;
}

Result<void> Repair::start() {
    HZ_TRY(m_me, m_replica.identity());
    HZ_TRY(const Cursor cursor, m_replica.cursor());
    HZ_TRY(const ScopeState scopes, m_replica.scopeState());
    m_end = cursor.position;
    // What is still being read up on is not here as far as the cursor.
    for (const std::string& scope : scopes.held) {
        const bool isLate = std::any_of(scopes.backfill.begin(), scopes.backfill.end(),
                                        [&](const Backfill& one) { return one.scope == scope; });
        if (!isLate) {
            m_scopes.push_back(scope);
        }
    }
    m_request.device = m_me->enrolment.device;
    m_request.epoch = cursor.epoch;
    m_request.end = m_end;
    m_request.scopes = m_scopes;
    HZ_TRY(const std::vector<Head> heads, m_replica.store().heads());
    if (!heads.empty()) {
        m_request.proven = {heads.front().size, markOf(heads.front().root)};
    }
    return lookAtSegments();
}

// Entries whose segment is damaged or gone are wanted again, whatever the digests say: these are over the entries alone.
Result<void> Repair::lookAtSegments() {
    HZ_TRY(const std::vector<EntryRow> rows, m_replica.store().entries(0, SIZE_MAX));
    for (const EntryRow& row : rows) {
        const auto entry = decode<LogEntry>(row.entry, "log entry");
        const auto* segment = entry ? std::get_if<SegmentEntry>(&entry->content) : nullptr;
        HZ_TRY(const bool isFine,
               segment != nullptr ? isSound(m_replica.store(), m_replica.suite(), segment->segment) : Result<bool>(entry.has_value()));
        if (!isFine) {
            m_wanted.insert(row.position);
        }
    }
    return {};
}

Result<std::optional<Bytes>> Repair::nextRequest() {
    if (!m_me) {
        HZ_CHECK(start());
    }
    m_request.from = m_next;
    m_request.digests.clear();
    for (std::uint64_t at = m_next; at < m_end && m_request.digests.size() < kRepairRangesMax; at += kRepairRange) {
        HZ_TRY(const std::vector<EntryMark> marks, entriesToCompare(m_replica.store(), m_replica.suite(), m_scopes, at,
                                                                    std::min(at + kRepairRange, m_end)));
        m_request.digests.push_back(rangeDigest(m_replica.suite(), marks));
        m_report.compared += marks.size();
    }
    m_request.wanted.clear();
    for (const std::uint64_t position : m_wanted) {
        if (m_request.wanted.size() < kRepairWantedMax && !m_asked.contains(position)) {
            m_request.wanted.push_back(position);
        }
    }
    HZ_TRY(m_request.given, given());
    if (m_request.digests.empty() && m_request.wanted.empty() && m_request.given.empty()) {
        if (m_isUnprovedWanted) {
            return std::optional<Bytes>{};
        }
        m_isUnprovedWanted = true;
        HZ_CHECK(wantUnproved());
        return m_wanted.empty() ? Result<std::optional<Bytes>>(std::nullopt) : nextRequest();
    }
    Bytes bytes = frameWithMac(m_replica.suite(), encode(m_request), m_me->macKey, {});
    m_requestTag = tagOf(bytes);
    return std::optional<Bytes>(std::move(bytes));
}

// Entries of pages that prove nothing (any more): they need another proof.
Result<void> Repair::wantUnproved() {
    HZ_TRY(const std::set<std::int64_t> pages, m_replica.unprovedPages());
    HZ_TRY(const std::vector<EntryRow> rows, m_replica.store().entries(0, SIZE_MAX));
    for (const EntryRow& row : rows) {
        if (pages.contains(row.page) && !m_asked.contains(row.position)) {
            m_wanted.insert(row.position);
        }
    }
    return {};
}

Result<std::vector<ProvenEntry>> Repair::given() {
    std::vector<ProvenEntry> entries;
    std::size_t bytes = 0;
    for (const std::uint64_t position : m_needed) {
        if (bytes >= kGivenBytesMax || entries.size() >= kRepairWantedMax) {
            break;
        }
        HZ_TRY(const std::optional<EntryRow> row, m_replica.store().entry(position));
        const auto entry = row ? decode<LogEntry>(row->entry, "log entry") : fail(ErrorCode::notFound, "");
        if (m_offered.contains(position) || !entry) {
            continue;
        }
        m_offered.insert(position);
        ProvenEntry proven{position, row->entry, {}};
        if (const auto* segment = std::get_if<SegmentEntry>(&entry->content)) {
            HZ_TRY(const std::optional<SegmentRow> stored, m_replica.store().segment(segment->segment));
            proven.segment = stored ? stored->envelope : Bytes{};
        }
        bytes += proven.entry.size() + proven.segment.size();
        entries.push_back(std::move(proven));
    }
    m_report.given += entries.size();
    return entries;
}

Result<void> Repair::onAnswer(BytesView bytes) {
    HZ_TRY(const RepairAnswer answer, answerTo<RepairAnswer>(m_replica.suite(), bytes, m_me->macKey, m_requestTag));
    switch (answer.status) {
    case RepairStatus::ok: break;
    case RepairStatus::otherHistory:
    case RepairStatus::otherScopes: return fail(ErrorCode::epochChanged, "the county has another history or other scopes for this device");
    case RepairStatus::refused: return fail(ErrorCode::refused, "the county does not repair this device");
    default: return fail(ErrorCode::refused, "the county could not read the request");
    }
    HZ_CHECK(compare(answer));
    HZ_CHECK(answer.page ? m_replica.checkContinues(*answer.page, answer.consistency) : Result<void>{});
    HZ_TRY(WriteScope scope, WriteScope::begin(m_replica.store()));
    if (answer.page) {
        HZ_CHECK(takePage(*answer.page));
    }
    HZ_CHECK(scope.commit());
    // What was asked for and did not come although there was room is not at the county either.
    const bool hasCome = answer.page && !answer.page->entries.empty();
    const std::uint64_t reached = hasCome ? answer.page->entries.back().position : 0;
    for (const std::uint64_t position : m_request.wanted) {
        if (!hasCome || position <= reached) {
            m_asked.insert(position);
            m_wanted.erase(position);
        }
    }
    m_needed.insert(answer.needed.begin(), answer.needed.end());
    m_next = std::min(m_end, m_next + m_request.digests.size() * kRepairRange);
    return {};
}

Result<void> Repair::compare(const RepairAnswer& answer) {
    m_report.differing += answer.differing.size();
    for (const std::uint32_t index : answer.differing) {
        if (index >= m_request.digests.size()) {
            return fail(ErrorCode::malformed, "the answer does not fit the request");
        }
        const std::uint64_t from = m_request.from + index * kRepairRange;
        const std::uint64_t to = std::min(from + kRepairRange, m_end);
        HZ_TRY(const std::vector<EntryMark> ours, entriesToCompare(m_replica.store(), m_replica.suite(), m_scopes, from, to));
        for (const EntryMark& theirs : answer.entries) {
            if (from <= theirs.position && theirs.position < to && !std::binary_search(ours.begin(), ours.end(), theirs) &&
                !m_asked.contains(theirs.position)) {
                m_wanted.insert(theirs.position);
            }
        }
    }
    return {};
}

Result<void> Repair::takePage(const Page& page) {
    if (page.entries.empty()) {
        return {};
    }
    StoredPage stored{{}, page.head, page.proof, {}};
    for (const ProvenEntry& proven : page.entries) {
        stored.positions.push_back(proven.position);
    }
    HZ_TRY(const std::int64_t id, m_replica.store().addPage(encode(stored)));
    for (const ProvenEntry& proven : page.entries) {
        HZ_CHECK(m_replica.store().putEntry({proven.position, proven.entry, id}));
        HZ_CHECK(takeSegment(proven));
        ++m_report.fetched;
    }
    m_replica.history().forgetSegments();
    return {};
}

Result<void> Repair::takeSegment(const ProvenEntry& proven) {
    HZ_TRY(const LogEntry entry, decode<LogEntry>(proven.entry, "log entry"));
    const auto* named = std::get_if<SegmentEntry>(&entry.content);
    if (named == nullptr) {
        return {};
    }
    Store& store = m_replica.store();
    HZ_TRY(const bool isFine, isSound(store, m_replica.suite(), named->segment));
    if (isFine) {
        return store.setSegmentState(named->segment, SegmentState::inLog, proven.position);
    }
    HZ_TRY(const SealedSegment sealed, openSegment(m_replica.suite(), proven.segment));
    if (sealed.hash != named->segment) {
        return fail(ErrorCode::malformed, "a segment does not have the hash of its entry");
    }
    HZ_TRY(const std::optional<LaneRow> lane, store.lane(sealed.segment.lane.lane));
    return store.putSegment(rowOf(sealed, SegmentState::inLog, proven.position, lane && lane->isMine));
}

Result<RepairReport> Repair::finish() {
    {
        HZ_TRY(WriteScope scope, WriteScope::begin(m_replica.store()));
        const auto rebuilt = m_replica.rebuild();
        if (rebuilt) {
            HZ_CHECK(scope.commit());
            m_report.isRebuilt = true;
        } else {
            m_report.lost.push_back("the state could not be made anew: " + rebuilt.error().text);
        }
    }
    HZ_CHECK(nameWhatIsLost());
    return m_report;
}

Result<void> Repair::nameWhatIsLost() {
    m_wanted.clear();
    HZ_CHECK(lookAtSegments());
    for (const std::uint64_t position : m_wanted) {
        m_report.lost.push_back("entry " + std::to_string(position) + " of the log");
    }
    for (const SegmentState state : {SegmentState::unsent, SegmentState::received}) {
        HZ_TRY(const std::vector<Hash> own, m_replica.store().segmentsIn(state));
        for (const Hash& hash : own) {
            HZ_TRY(const bool isFine, isSound(m_replica.store(), m_replica.suite(), hash));
            if (!isFine) {
                m_report.lost.push_back("own edits in segment " + hash.hex() + ", which the county does not have");
            }
        }
    }
    return {};
}

}  // namespace hezhang::sync
