// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "sync/engine/sync_session.h"

#include <algorithm>
#include <set>
#include <utility>

#include "sync/base/check.h"
#include "sync/trust/merkle.h"

namespace hezhang::sync {
namespace {

constexpr std::size_t kMarksMax = 64;
constexpr int kStepsBackMax = 8;                    // in one round; more means that the county contradicts itself

bool contains(const std::vector<Hash>& list, const Hash& hash) {
    return std::find(list.begin(), list.end(), hash) != list.end();
}

// Absent counts as empty.
Result<bool> differs(Store& store, std::string_view key, BytesView value) {
    HZ_TRY(const std::optional<Bytes> before, store.meta(key));
    const BytesView stored = before ? BytesView(*before) : BytesView{};
    return !std::equal(value.begin(), value.end(), stored.begin(), stored.end());
}

// But the first segment: it is opened by whoever takes it in, at once.
std::vector<SegmentOpener::Work> workOf(const Page& page) {
    std::vector<SegmentOpener::Work> work;
    bool isFirst = true;
    for (const ProvenEntry& proven : page.entries) {
        if (!proven.segment.empty() && !std::exchange(isFirst, false)) {
            work.push_back({proven.segment, {}, {}});
        }
    }
    return work;
}

// Writing what stands there already would be a commit, and a sync of the disk.
Result<void> keep(Store& store, std::string_view key, BytesView value) {
    HZ_TRY(const bool isNew, differs(store, key, value));
    return isNew ? store.setMeta(key, value) : Result<void>{};
}

// Of an answer; it holds the tag, which no other answer has.
BytesView endOf(BytesView answer) { return answer.last(std::min<std::size_t>(answer.size(), 64)); }

Bytes heldNote(const std::vector<HeldOp>& held) { return held.empty() ? Bytes{} : encode(held); }

}  // namespace

Result<void> SyncSession::start() {
    HZ_TRY(m_me, m_replica.identity());
    HZ_TRY(const bool hasTail, m_tail == Tail::unknown ? m_replica.hasTail() : Result<bool>(false));
    if (hasTail) {
        HZ_TRY(WriteScope scope, WriteScope::begin(m_replica.store()));
        HZ_CHECK(m_replica.sealTails());
        HZ_CHECK(scope.commit());
    }
    m_isStarted = true;
    return lookForAbsent();
}

Result<std::optional<Bytes>> SyncSession::nextRequest() {
    m_isAhead = false;
    m_opened.reset();
    if (m_isDone) {
        return std::optional<Bytes>{};
    }
    if (!m_isStarted) {
        HZ_CHECK(start());
    }
    HZ_TRY(std::optional<Bytes> first, nextOfSnapshot());
    if (first) {
        m_ahead.reset();
        return first;
    }
    m_isOfSnapshot = false;
    HZ_TRY(m_request, question());
    HZ_TRY(m_isAhead, takesAhead(m_request));
    if (m_isAhead) {
        m_hasUnanswered = true;
        m_request = std::move(m_ahead->request);
        m_offered = std::move(m_ahead->offered);
        m_requestTag = tagOf(m_ahead->bytes);
        Bytes bytes = std::move(m_ahead->bytes);
        m_ahead.reset();
        return std::optional<Bytes>(std::move(bytes));
    }
    if (m_askedForMarks) {
        HZ_CHECK(addMarks(m_request));
    } else {
        HZ_TRY(const std::vector<EntryRow> orphans, m_replica.store().orphans());
        m_hasUnanswered = !orphans.empty();
        HZ_CHECK(orphans.empty() ? Result<void>{} : addHandBack(m_request));
        if (m_request.handBack.empty()) {
            HZ_CHECK(addPushes(m_request, m_offered));
        }
    }
    return std::optional<Bytes>(asked(encode(m_request)));
}

// Only in a plain round: whatever is special about an answer may change what follows it.
Result<std::optional<Bytes>> SyncSession::ahead(BytesView bytes) {
    m_ahead.reset();
    m_opened.reset();
    if (m_isOfSnapshot || m_isPartial || m_isRevoked || !m_request.handBack.empty() || !m_request.backfill.empty() || m_isRebuildDue) {
        return std::optional<Bytes>{};
    }
    auto answer = authenticated(bytes);
    if (!answer) {
        return std::optional<Bytes>{};   // onAnswer() will say so
    }
    m_opened = *std::move(answer);
    m_openedEnd = copyOf(endOf(bytes));
    const bool isPlain = m_opened->status == SyncStatus::ok && m_opened->acks.size() == m_request.segments.size() &&
                         !m_opened->cursor.epoch.isNone() && !m_opened->scopes && m_opened->backfill.empty() && m_opened->wanted.empty();
    if (!isPlain) {
        return std::optional<Bytes>{};
    }
    Ahead next{m_request, m_offered, {}, {}};
    next.request.segments.clear();
    next.request.shownHead.reset();
    next.request.marks.clear();
    next.request.cursor = m_opened->cursor;
    if (m_opened->page) {
        next.request.proven = {m_opened->page->head.size, markOf(m_opened->page->head.root)};
    }
    next.question = encode(next.request);
    HZ_CHECK(addPushes(next.request, next.offered));
    next.offered.erase(next.offered.begin(), next.offered.begin() + static_cast<std::ptrdiff_t>(m_offered.size()));
    if (next.request.segments.empty() && !m_opened->hasMore) {
        return std::optional<Bytes>{};
    }
    next.bytes = framed(encode(next.request));
    m_ahead = std::move(next);
    return std::optional<Bytes>(m_ahead->bytes);
}

// Whether the request that went ahead asks just what is to be asked now.
Result<bool> SyncSession::takesAhead(const SyncRequest& question) {
    if (!m_ahead) {
        return false;
    }
    HZ_TRY(const std::vector<EntryRow> orphans, m_replica.store().orphans());
    const bool isSame = !m_askedForMarks && orphans.empty() && m_wanted.empty() && encode(question) == m_ahead->question;
    if (!isSame) {
        m_ahead.reset();
    }
    return isSame;
}

// Where we stand, with nothing pushed yet.
Result<SyncRequest> SyncSession::question() {
    m_offered.clear();
    m_handedBack.clear();
    SyncRequest request;
    request.device = m_me->enrolment.device;
    HZ_TRY(request.cursor, m_replica.cursor());
    HZ_TRY(const ScopeState scopes, m_replica.scopeState());
    request.scopes = scopesMark(m_replica.suite(), scopes.held);
    request.answerBytes = m_messageBytes < kMessageBytesMax ? m_messageBytes : 0;
    request.backfill = scopes.backfill;
    m_isRebuildDue = scopes.isRebuildDue;
    HZ_TRY(const std::vector<Head> heads, m_replica.store().heads());
    if (!heads.empty()) {
        request.proven = {heads.front().size, markOf(heads.front().root)};
    }
    return request;
}

Bytes SyncSession::framed(BytesView request) { return frameWithMac(m_replica.suite(), request, m_me->macKey, {}); }

// The next request; its answer is bound to it.
Bytes SyncSession::asked(BytesView request) {
    Bytes bytes = framed(request);
    m_requestTag = tagOf(bytes);
    return bytes;
}

Result<void> SyncSession::addMarks(SyncRequest& request) {
    HZ_TRY(std::vector<Head> heads, m_replica.store().heads());
    if (!heads.empty()) {
        request.shownHead = heads.front();
    }
    // Newest first, ever wider apart: the county finds one close to the fork, and a short list reaches far back.
    for (std::size_t i = 0, step = 1; i < heads.size() && request.marks.size() < kMarksMax; i += step) {
        request.marks.push_back({heads[i].size, markOf(heads[i].root)});
        step = request.marks.size() > kMarksMax / 2 ? step * 2 : 1;
    }
    return {};
}

Result<std::optional<Page>> SyncSession::orphanPage() {
    Store& store = m_replica.store();
    HZ_TRY(const std::vector<EntryRow> orphans, m_replica.orphansToGive());
    for (const EntryRow& first : orphans) {
        if (std::find(m_shownPages.begin(), m_shownPages.end(), first.page) != m_shownPages.end()) {
            continue;
        }
        HZ_TRY(const std::optional<Bytes> bytes, store.page(first.page));
        if (!bytes) {
            return fail(ErrorCode::storageCorrupt, "page " + std::to_string(first.page) + " is missing");
        }
        HZ_TRY(const StoredPage stored, decode<StoredPage>(*bytes, "page"));
        Page page{stored.head, stored.proof, {}};
        m_handedBack.clear();
        for (const std::uint64_t position : stored.positions) {
            ProvenEntry proven{position, {}, {}};
            const auto orphan = std::find_if(orphans.begin(), orphans.end(), [&](const EntryRow& row) {
                return row.position == position && row.page == first.page;
            });
            if (orphan != orphans.end()) {
                proven.entry = orphan->entry;
                m_handedBack.push_back(*orphan);
            }
            HZ_TRY(const LogEntry entry, decode<LogEntry>(proven.entry, "log entry"));
            if (const auto* segment = std::get_if<SegmentEntry>(&entry.content)) {
                HZ_TRY(const std::optional<SegmentRow> row, store.segment(segment->segment));
                if (row) {
                    proven.segment = row->envelope;
                }
            }
            page.entries.push_back(std::move(proven));
        }
        return std::optional<Page>(std::move(page));
    }
    return std::optional<Page>{};
}

Result<void> SyncSession::addHandBack(SyncRequest& request) {
    HZ_TRY(std::optional<Page> page, orphanPage());
    if (page) {
        request.handBack.push_back(*std::move(page));
    }
    return {};
}

// Beside those that are settled or in `offered`, to which it adds.
Result<void> SyncSession::addPushes(SyncRequest& request, std::vector<Hash>& offered) {
    Store& store = m_replica.store();
    std::vector<Hash> candidates = m_wanted;
    for (const SegmentState state : {SegmentState::received, SegmentState::unsent}) {
        HZ_TRY(const std::vector<Hash> own, store.segmentsIn(state));
        m_hasUnanswered = m_hasUnanswered || !own.empty();
        candidates.insert(candidates.end(), own.begin(), own.end());
    }
    std::size_t size = 0;
    std::size_t ops = 0;
    for (const Hash& hash : candidates) {
        if (contains(m_settled, hash) || contains(offered, hash)) {
            continue;
        }
        HZ_TRY(const std::optional<SegmentRow> row, store.segment(hash));
        // A received segment whose entry we wait for is not sent again, except by who gets no entries any more and cannot see
        // whether a restore has taken it back; one that is held is asked about once a round.
        const bool isComing = row && row->state == SegmentState::received && row->position != kUnanswered;
        if (!row || (isComing && !m_isRevoked)) {
            continue;
        }
        if (!request.segments.empty() &&
            (size + row->envelope.size() > std::min(m_messageBytes, kPushBytesMax) || ops + row->count > kMessageOpsMax)) {
            break;
        }
        size += row->envelope.size();
        ops += row->count;
        request.segments.push_back(row->envelope);
        offered.push_back(hash);
    }
    return {};
}

Result<SyncAnswer> SyncSession::authenticated(BytesView bytes) {
    HZ_TRY(SyncAnswer answer, opened<SyncAnswer>(bytes));
    if (!sync::isKnown(answer.status)) {
        return fail(ErrorCode::wrongVersion, "the county's answer has a status of a newer version");
    }
    return answer;
}

Result<void> SyncSession::onAnswer(BytesView bytes) {
    if (m_isOfSnapshot) {
        return onSnapshotAnswer(bytes);
    }
    std::optional<SyncAnswer> looked = std::exchange(m_opened, std::nullopt);
    if (looked && std::ranges::equal(m_openedEnd, endOf(bytes))) {
        return takeAuthentic(*looked);
    }
    HZ_TRY(const SyncAnswer answer, authenticated(bytes));
    return takeAuthentic(answer);
}

Result<void> SyncSession::takeAuthentic(const SyncAnswer& answer) {
    m_report.countyTime = answer.now;
    m_askedForMarks = false;
    switch (answer.status) {
    case SyncStatus::ok: break;
    case SyncStatus::unknownDevice:
        return goOnUnknown(answer);
    case SyncStatus::showMarks:
        m_askedForMarks = true;
        return {};
    case SyncStatus::stepBack: {
        if (++m_stepsBack > kStepsBackMax) {
            return fail(ErrorCode::epochChanged, "the county's history changed several times during the sync");
        }
        HZ_TRY(WriteScope scope, WriteScope::begin(m_replica.store()));
        HZ_CHECK(m_replica.stepBack(answer.stepBackTo));
        m_settled.clear();
        m_shownPages.clear();
        m_takenPages.clear();
        HZ_CHECK(scope.commit());
        return lookForAbsent();
    }
    case SyncStatus::revoked:
        return goOnRevoked(answer);
    case SyncStatus::badRequest:
        return fail(ErrorCode::refused, "the county could not read the request");
    }
    HZ_CHECK(answer.page ? m_replica.checkContinues(*answer.page, answer.consistency) : Result<void>{});
    m_isAcked = false;
    return takeAnswer(answer);
}

// What lacks something of the history that is not here is kept, and asked for (nextOfSnapshot); then it is taken from the start, or from
// where the last transaction ended.
Result<void> SyncSession::takeAnswer(const SyncAnswer& answer) {
    const SyncReport report = m_report;
    const std::vector<Hash> settled = m_settled;
    const std::vector<std::int64_t> shown = m_shownPages;
    const std::vector<std::int64_t> takenPages = m_takenPages;
    Absent absent;
    m_replica.history().watchAbsent(m_isPartial ? &absent : nullptr);
    const bool wasAcked = m_isAcked;
    auto taken = takeInTransactions(answer);
    m_replica.history().watchAbsent(nullptr);
    m_scope.reset();
    m_taken.clear();
    m_touched.clear();
    std::erase_if(absent.segments, [&](const Hash& hash) { return m_askedFor.segments.contains(hash); });
    if (!taken && taken.error().code == ErrorCode::historyAbsent && m_absent.isNone()) {
        m_absent = {{}, absent.segments};
    }
    if (taken || taken.error().code != ErrorCode::historyAbsent || m_absent.isNone() || m_isByFile) {
        return taken;
    }
    if (m_isAcked == wasAcked) {
        m_report = report;
        m_settled = settled;
        m_shownPages = shown;
        m_takenPages = takenPages;
    }
    m_isDone = false;
    m_kept = answer;
    return {};
}

// Most answers say that nothing is new. What reading shows to be so takes no write lock, for which edits would wait.
Result<bool> SyncSession::isNothingNew(const SyncAnswer& answer) {
    if (!m_request.segments.empty() || !m_request.handBack.empty() || !answer.acks.empty() || answer.page || !answer.cursor.epoch.isNone() ||
        answer.hasMore || answer.scopes || !answer.backfill.empty() || !answer.wanted.empty() || !m_request.backfill.empty() || m_isRebuildDue || m_hasUnanswered || !m_touched.empty()) {
        return false;
    }
    Store& store = m_replica.store();
    HZ_TRY(const bool isDurableNew, differs(store, meta::kDurable, encode(answer.durable)));
    HZ_TRY(const bool isHeldNew, differs(store, meta::kHeld, heldNote(answer.held)));
    if (isDurableNew || isHeldNew) {
        return false;
    }
    return true;
}

Result<void> SyncSession::takeInTransactions(const SyncAnswer& answer) {
    HZ_TRY(const bool isDone, isNothingNew(answer));
    if (isDone) {
        m_report.isUpToDate = true;
        m_isDone = true;
        return {};
    }
    HZ_TRY(WriteScope scope, WriteScope::begin(m_replica.store()));
    m_scope.emplace(std::move(scope));
    if (!m_isAcked) {
        HZ_CHECK(takeAcks(answer));
        HZ_CHECK(keepHeld(answer.held));
    }
    HZ_CHECK(takePage(answer));
    HZ_TRY(const bool isScopeNew, takeScopes(answer));
    m_wanted = answer.wanted;
    HZ_CHECK(endOrGoOn(answer, isScopeNew));
    return commitTaken();
}

Result<void> SyncSession::commitTaken() {
    HZ_CHECK(checkPast());
    HZ_CHECK(m_scope->commit());
    m_isAcked = true;
    return {};
}

Result<void> SyncSession::keepHeld(const std::vector<HeldOp>& held) { return keep(m_replica.store(), meta::kHeld, heldNote(held)); }

// The county was restored to before we enrolled: it may learn of us from what we hand back.
Result<void> SyncSession::goOnUnknown(const SyncAnswer& answer) {
    HZ_TRY(WriteScope scope, WriteScope::begin(m_replica.store()));
    HZ_CHECK(takeAcks(answer));
    HZ_TRY(const std::optional<Page> stillLost, orphanPage());
    HZ_CHECK(scope.commit());
    if (m_request.handBack.empty() || !stillLost) {
        return fail(ErrorCode::notEnrolled, "the county does not know this device any more");
    }
    return {};
}

// Nothing more is given to us; all that we have reaches the county first.
Result<void> SyncSession::goOnRevoked(const SyncAnswer& answer) {
    HZ_TRY(WriteScope scope, WriteScope::begin(m_replica.store()));
    HZ_CHECK(takeAcks(answer));
    m_isRevoked = true;
    HZ_TRY(const bool isMoreToGive, hasMoreToGive());
    HZ_CHECK(isMoreToGive ? Result<void>{} : keepGivenBack());
    HZ_CHECK(scope.commit());
    return isMoreToGive ? Result<void>{} : fail(ErrorCode::revoked, "the county has revoked this device");
}

// To a revoked device the log does not come back: what the county has taken counts as given, until it steps back again.
Result<void> SyncSession::keepGivenBack() {
    HZ_TRY(const std::vector<EntryRow> orphans, m_replica.store().orphans());
    HZ_TRY(const std::vector<EntryRow> open, m_replica.orphansToGive());
    std::set<std::int64_t> given;
    for (const EntryRow& orphan : orphans) {
        given.insert(orphan.page);
    }
    const std::size_t all = given.size();
    for (const EntryRow& row : open) {
        if (std::find(m_takenPages.begin(), m_takenPages.end(), row.page) == m_takenPages.end()) {
            given.erase(row.page);
        }
    }
    return all == 0 ? Result<void>{} : m_replica.noteGivenBack(given);
}

// Entries to hand back, or segments that were not offered in this round.
Result<bool> SyncSession::hasMoreToGive() {
    HZ_TRY(const std::optional<Page> stillLost, orphanPage());
    SyncRequest next;
    m_offered.clear();
    HZ_CHECK(addPushes(next, m_offered));
    return stillLost || !next.segments.empty();
}

Result<void> SyncSession::endOrGoOn(const SyncAnswer& answer, bool isScopeNew) {
    if (answer.hasMore || isScopeNew || !answer.backfill.empty()) {
        return {};
    }
    HZ_TRY(const bool isForgotten, resendForgotten());
    HZ_TRY(const bool isMoreToGive, hasMoreToGive());
    if (isMoreToGive) {
        return {};
    }
    HZ_CHECK(forgetReturnedOrphans());
    m_report.isUpToDate = !isForgotten;
    m_isDone = true;
    return {};
}

Result<void> SyncSession::takeAcks(const SyncAnswer& answer) {
    if (answer.acks.size() != m_request.segments.size() + m_request.handBack.size()) {
        return fail(ErrorCode::malformed, "the answer does not fit the request");
    }
    Store& store = m_replica.store();
    for (std::size_t i = 0; i < m_offered.size(); ++i) {
        const Ack& ack = answer.acks[i];
        HZ_TRY(const std::optional<SegmentRow> row, store.outline(m_offered[i]));
        m_settled.push_back(m_offered[i]);
        if (!row || !row->isMine || row->state == SegmentState::inLog) {
            continue;
        }
        switch (ack.state) {
        case Verdict::accepted:
            m_report.pushed += row->count;
            HZ_CHECK(store.setSegmentState(row->hash, SegmentState::received, ack.position));
            break;
        case Verdict::held:
            m_report.pushed += row->state == SegmentState::unsent ? row->count : 0;
            HZ_CHECK(store.setSegmentState(row->hash, SegmentState::received, kUnanswered));
            break;
        case Verdict::refused:
        case Verdict::aside: {
            if (ack.reason == Reason::unknownDevice) {
                break;   // the county was restored to before our enrolment; it comes back, and then this does
            }
            HZ_TRY(const bool isMended, m_replica.mendOrRefuse(*row, ack.reason));
            if (isMended) {
                m_settled.pop_back();   // it goes out again in this round
            } else {
                m_report.setAside += row->count;
            }
            break;
        }
        }
    }
    if (!m_request.handBack.empty() && !m_handedBack.empty()) {
        m_shownPages.push_back(m_handedBack.front().page);
        if (answer.acks.back().state == Verdict::accepted) {
            m_takenPages.push_back(m_handedBack.front().page);
            m_report.handedBack += m_handedBack.size();
        }
    }
    return {};
}

Result<void> SyncSession::takePage(const SyncAnswer& answer) {
    Store& store = m_replica.store();
    HZ_CHECK(keep(store, meta::kDurable, encode(answer.durable)));
    if (!answer.page) {
        return answer.cursor.epoch.isNone() ? Result<void>{} : m_replica.setCursor(answer.cursor);
    }
    for (const auto& [segment, previous] : answer.skipped) {
        HZ_CHECK(m_replica.history().noteSkipped(segment, previous));
    }
    // Before the entries: should the round end among them, the county has to know what we have seen of its history.
    HZ_CHECK(store.putHead(answer.page->head));
    HZ_CHECK(takeEntries(*answer.page));
    return m_replica.setCursor(answer.cursor);
}

// Orders to erase come first: nobody is left with an extract and without the order behind it, wherever the round ends.
Result<void> SyncSession::takeEntries(const Page& page) {
    const OpeningAhead ahead(m_opener, workOf(page));
    for (const bool isForRedactions : {true, false}) {
        for (const ProvenEntry& proven : page.entries) {
            HZ_TRY(const LogEntry entry, decode<LogEntry>(proven.entry, "log entry"));
            HZ_TRY(const std::optional<EntryRow> known, m_replica.store().entry(proven.position));
            if (isRedaction(entry) != isForRedactions || known) {
                continue;   // those we hold have their proof
            }
            HZ_CHECK(takeEntry(proven, entry));
            m_taken.push_back(&proven);
            if (m_pace != nullptr && m_pace->isTimeUp()) {
                HZ_CHECK(giveWay(page));
            }
        }
    }
    return keepTaken(page);
}

// Ends the transaction with what is taken by now, lets others write, and begins the next.
Result<void> SyncSession::giveWay(const Page& page) {
    HZ_CHECK(keepTaken(page));
    HZ_CHECK(commitTaken());
    m_scope.reset();
    m_pace->pause();
    HZ_TRY(WriteScope next, WriteScope::begin(m_replica.store()));
    m_scope.emplace(std::move(next));
    return {};
}

// The entries that were applied, as a page with a proof of just these.
Result<void> SyncSession::keepTaken(const Page& page) {
    if (m_taken.empty()) {
        return {};
    }
    Store& store = m_replica.store();
    StoredPage stored{{}, page.head, page.proof, {}};
    for (const ProvenEntry* proven : m_taken) {
        stored.positions.push_back(proven->position);
    }
    std::sort(stored.positions.begin(), stored.positions.end());
    if (m_taken.size() < page.entries.size()) {
        std::vector<std::uint64_t> all;
        std::vector<Hash> leaves;
        for (const ProvenEntry& proven : page.entries) {
            all.push_back(proven.position);
            leaves.push_back(merkleLeaf(m_replica.suite(), proven.entry));
        }
        auto proof = narrowInclusion(m_replica.suite(), all, leaves, page.head.size, page.proof, stored.positions);
        HZ_ASSERT(proof.has_value());
        stored.proof = *std::move(proof);
    }
    HZ_TRY(const std::int64_t id, store.addPage(encode(stored)));
    HZ_TRY(ScopeState scopes, m_replica.scopeState());
    const ScopeState before = scopes;
    for (const ProvenEntry* proven : m_taken) {
        HZ_CHECK(store.putEntry({proven->position, proven->entry, id}));
        HZ_TRY(const LogEntry entry, decode<LogEntry>(proven->entry, "log entry"));
        const bool isAhead = std::any_of(scopes.backfill.begin(), scopes.backfill.end(), [&](const Backfill& late) {
            return !isControl(entry) && holdsScope({late.scope}, entry.scope) && proven->position >= m_request.cursor.position;
        });
        scopes.isRebuildDue = scopes.isRebuildDue || isAhead;
    }
    m_taken.clear();
    return scopes == before ? Result<void>{} : m_replica.setScopeState(scopes);
}

// A scope given later is read from the start by a cursor of its own until it has caught up.
Result<bool> SyncSession::takeScopes(const SyncAnswer& answer) {
    HZ_TRY(ScopeState state, m_replica.scopeState());
    const ScopeState before = state;
    state.backfill = answer.backfill;
    if (answer.scopes) {
        HZ_TRY(const Cursor cursor, m_replica.cursor());
        for (const std::string& scope : *answer.scopes) {
            if (!holdsScope(state.held, scope) && cursor.position > 0) {
                state.backfill.push_back({scope, 0, 0});
                HZ_TRY(const std::vector<Hash> earlier, m_replica.store().segmentsOfScope(scope));
                state.isRebuildDue = state.isRebuildDue || !earlier.empty() || scope == "*";
                HZ_CHECK(offerAgain(scope));
            }
        }
        state.held = *answer.scopes;
    }
    const bool isRebuilt = state.isRebuildDue && state.backfill.empty();
    state.isRebuildDue = state.isRebuildDue && !isRebuilt;
    if (state != before) {
        HZ_CHECK(m_replica.setScopeState(state));
    }
    if (isRebuilt) {
        HZ_CHECK(m_replica.rebuild());
    }
    return answer.scopes.has_value();
}

// What was refused because we did not hold its scope, as far as the county knew.
Result<void> SyncSession::offerAgain(const std::string& scope) {
    Store& store = m_replica.store();
    HZ_TRY(const std::vector<Hash> refused, store.segmentsIn(SegmentState::refused));
    bool isOffered = false;
    for (const Hash& hash : refused) {
        HZ_TRY(const std::optional<SegmentRow> row, store.outline(hash));
        if (row && row->scope == scope && row->position == static_cast<std::uint64_t>(Reason::foreignScope)) {
            HZ_CHECK(store.setSegmentState(hash, SegmentState::unsent, 0));
            std::erase(m_settled, hash);
            isOffered = true;
        }
    }
    return isOffered ? m_replica.rebuild() : Result<void>{};
}

// What is taken in has its place in the county's signed log: that its author has signed it, the county has checked.
Result<SealedSegment> SyncSession::openedOf(const ProvenEntry& proven) {
    std::optional<SealedSegment> good = m_opener != nullptr ? m_opener->take(proven.segment, {}) : std::nullopt;
    return good ? Result<SealedSegment>(*std::move(good)) : openSegment(m_replica.suite(), proven.segment);
}

Result<void> SyncSession::takeEntry(const ProvenEntry& proven, const LogEntry& entry) {
    Store& store = m_replica.store();
    std::shared_ptr<const SealedSegment> sealed;
    if (const auto* segment = std::get_if<SegmentEntry>(&entry.content)) {
        HZ_TRY(const std::optional<SegmentRow> here, store.segment(segment->segment));
        if (here && here->hasText()) {
            HZ_TRY(sealed, m_replica.history().segment(segment->segment));
        } else {
            HZ_TRY(SealedSegment opened, openedOf(proven));
            sealed = std::make_shared<const SealedSegment>(std::move(opened));
        }
    }
    if (isRedaction(entry)) {
        const Bytes& body = std::get<ControlEntry>(entry.content).body;
        HZ_TRY(const RedactionControl redaction, decode<RedactionControl>(body, "redaction"));
        HZ_CHECK(m_replica.sealTailWith(redaction.op));
    }
    HZ_TRY(const Applied applied, m_replica.applier().apply(proven.position, entry, sealed.get()));
    HZ_CHECK(noteTouched(entry, sealed.get()));
    HZ_TRY(const std::optional<LaneRow> lane,
           sealed ? store.lane(sealed->segment.lane.lane) : Result<std::optional<LaneRow>>(std::nullopt));
    m_report.setAside += applied.ownAside;
    if (!(lane && lane->isMine)) {
        m_report.pulled += applied.accepted + applied.aside;
    }
    if (applied.isOurLane) {
        m_report.isNewLane = true;
        return m_replica.openNewLanes();
    }
    return {};
}

// The records whose cells an entry may have changed.
Result<void> SyncSession::noteTouched(const LogEntry& entry, const SealedSegment* sealed) {
    if (!m_isPartial) {
        return {};
    }
    for (const Op& op : sealed != nullptr ? sealed->segment.ops : std::vector<Op>{}) {
        m_touched.insert(op.record);
    }
    if (const auto* verdict = std::get_if<VerdictEntry>(&entry.content)) {
        HZ_TRY(const std::vector<Run> runs, m_replica.store().runsOf(verdict->segment));
        for (const Run& run : runs) {
            HZ_TRY(const std::optional<HistoricOp> op, run.first <= verdict->counter && verdict->counter <= run.last
                                                           ? m_replica.history().opAt({run.branch, verdict->counter})
                                                           : Result<std::optional<HistoricOp>>(std::nullopt));
            if (op) {
                m_touched.insert(op->op.record);
            }
        }
    }
    return {};
}

// What the county said it had, but did not come with the log although we have read all of it, is sent again: the county was restored
// in between. A log that is shorter than where it stood says so too: who learned of a position without the head over it, as a revoked
// device does, is not made to step back.
Result<bool> SyncSession::resendForgotten() {
    HZ_TRY(const std::vector<Hash> received, m_replica.store().segmentsIn(SegmentState::received));
    bool isForgotten = false;
    for (const Hash& hash : received) {
        HZ_TRY(const std::optional<SegmentRow> row, m_replica.store().outline(hash));
        if (row && row->position != kUnanswered) {
            HZ_CHECK(m_replica.store().setSegmentState(hash, SegmentState::unsent, 0));
            isForgotten = true;
        }
    }
    return isForgotten;
}

// An orphan goes only when its entry, or what it says, has come back with the log: what was only acknowledged could be lost again. What
// is for others, and will not come back, is kept for that.
Result<void> SyncSession::forgetReturnedOrphans() {
    Store& store = m_replica.store();
    HZ_TRY(const std::vector<EntryRow> orphans, store.orphans());
    if (orphans.empty()) {
        return {};
    }
    std::set<Bytes> returned;
    HZ_TRY(const std::vector<EntryRow> all, store.entries(0, SIZE_MAX));
    for (const EntryRow& row : all) {
        returned.insert(row.entry);
    }
    HZ_TRY(const ScopeState scopes, m_replica.scopeState());
    HZ_TRY(const std::vector<EntryRow> open, m_replica.orphansToGive());
    // Page by page: with one of its entries gone the rest of a page could not be proved any more.
    std::set<std::int64_t> unreturned;
    std::set<std::int64_t> given;
    std::set<std::int64_t> toGive;
    for (const EntryRow& orphan : orphans) {
        HZ_TRY(const LogEntry entry, decode<LogEntry>(orphan.entry, "log entry"));
        bool isReturned = returned.contains(orphan.entry);
        if (const auto* segment = std::get_if<SegmentEntry>(&entry.content)) {
            HZ_TRY(const std::optional<SegmentRow> row, store.outline(segment->segment));
            isReturned = isReturned || (row && row->state == SegmentState::inLog);
        }
        if (isReturned) {
            continue;
        }
        const auto isOfPage = [&](const EntryRow& row) { return row.page == orphan.page; };
        const bool isTaken = std::find(m_takenPages.begin(), m_takenPages.end(), orphan.page) != m_takenPages.end() ||
                             std::none_of(open.begin(), open.end(), isOfPage);
        const bool isForOthers = !isControl(entry) && !holdsScope(scopes.held, entry.scope);
        unreturned.insert(orphan.page);
        (isTaken && isForOthers ? given : toGive).insert(orphan.page);
    }
    for (const EntryRow& orphan : orphans) {
        if (!unreturned.contains(orphan.page)) {
            HZ_CHECK(store.eraseOrphan(orphan.position, orphan.page));
        }
    }
    // What the county cannot take yet may build on what it has lost again without our knowing: then everything is offered anew.
    return m_replica.noteGivenBack(toGive.empty() ? given : std::set<std::int64_t>{});
}

}  // namespace hezhang::sync
