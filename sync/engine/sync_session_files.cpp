// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The part of SyncSession that goes by file.
#include <algorithm>

#include "sync/engine/carried.h"
#include "sync/engine/sync_session.h"
#include "sync/op/segment.h"

namespace hezhang::sync {
namespace {

constexpr std::string_view kWanted = "wanted-by-county";  // segments the last answer by file asked for

}  // namespace

Result<FileRequests> SyncSession::requestsForFile(std::size_t bytesMax) {
    HZ_CHECK(start());
    HZ_TRY(const std::optional<Bytes> wanted, m_replica.store().meta(kWanted));
    if (wanted) {
        HZ_TRY(m_wanted, decode<std::vector<Hash>>(*wanted, "what the county wants"));
    }
    FileRequests file;
    std::size_t size = 0;
    // What pushes asks for no page: each would bring the same one.
    const auto keep = [&]() -> bool {
        Bytes bytes = framed(encode(m_request));
        file.isAll = file.requests.empty() || size + bytes.size() <= bytesMax;
        if (file.isAll) {
            size += bytes.size();
            file.requests.push_back(std::move(bytes));
        }
        return file.isAll;
    };
    for (bool isLast = false; !isLast && file.isAll;) {
        HZ_TRY(m_request, question());
        HZ_CHECK(addHandBack(m_request));
        isLast = m_request.handBack.empty();
        m_request.scopes = {};
        if (!isLast && keep()) {
            m_shownPages.push_back(m_handedBack.front().page);
        }
    }
    while (file.isAll) {
        HZ_TRY(m_request, question());
        HZ_CHECK(addPushes(m_request, m_offered));
        m_request.scopes = {};
        if (m_request.segments.empty() || !keep()) {
            break;
        }
        m_settled.insert(m_settled.end(), m_offered.begin(), m_offered.end());
        for (const Hash& hash : m_offered) {
            HZ_TRY(const std::optional<SegmentRow> row, m_replica.store().outline(hash));
            ++file.segments;
            file.ops += row ? row->count : 0;
        }
    }
    HZ_TRY(m_request, question());
    // The marks at once: to be asked for them first would cost a journey.
    HZ_CHECK(addMarks(m_request));
    file.requests.push_back(framed(encode(m_request)));
    HZ_TRY(file.past, m_absent.ops.empty() ? Result<std::optional<Bytes>>(std::nullopt) : snapshotRequest(SnapshotAsk::past));
    return file;
}

Result<Carried> SyncSession::onCarried(BytesView request, BytesView bytes) {
    HZ_CHECK(resume(request));
    if (bytes.empty()) {
        return fail(ErrorCode::refused, "the county could not read the request");
    }
    HZ_TRY(const SyncAnswer answer, authenticated(bytes));
    m_carriedEpoch = answer.cursor.epoch.isNone() ? m_request.cursor.epoch : answer.cursor.epoch;
    const bool isPush = m_request.scopes.isNone();
    HZ_TRY(const bool isFitting, fits(m_request));
    HZ_TRY(const Cursor cursor, m_replica.cursor());
    // To a revoked device nothing comes that would have to fit. But what the county had in another history it may have lost.
    const bool isToRevoked = answer.status == SyncStatus::revoked && m_request.cursor.epoch == cursor.epoch;
    if (!isFitting && !isToRevoked) {
        HZ_CHECK(takeLateAcks(answer));
        HZ_TRY(const bool isOld, isKnown(answer));
        return isOld || isPush ? Carried::known : Carried::outdated;
    }
    if (isPush) {
        return takePushed(answer);
    }
    if (answer.status == SyncStatus::revoked) {
        // What was pushed is answered by now; what was written since goes with the next file.
        HZ_TRY(WriteScope scope, WriteScope::begin(m_replica.store()));
        HZ_CHECK(keepGivenBack());
        HZ_CHECK(scope.commit());
        return fail(ErrorCode::revoked, "the county has revoked this device");
    }
    HZ_CHECK(takeAuthentic(answer));
    HZ_TRY(WriteScope scope, WriteScope::begin(m_replica.store()));
    HZ_CHECK(m_replica.store().setMeta(kWanted, encode(answer.wanted)));
    HZ_CHECK(scope.commit());
    return answer.status == SyncStatus::stepBack ? Carried::goneBack : Carried::taken;
}

// The round as it was when the request was written.
Result<void> SyncSession::resume(BytesView bytes) {
    m_isByFile = true;
    HZ_TRY(m_me, m_replica.identity());
    auto opened = openFrame(bytes);
    auto request =
        opened ? decode<SyncRequest>(opened->plain, "request") : fail(ErrorCode::malformed, "request");
    if (!request || request->device != m_me->enrolment.device ||
        !isMacOf(m_replica.suite(), opened->frame, m_me->macKey, {})) {
        return fail(ErrorCode::otherDevice, "the answer is to a question that another device asked");
    }
    m_request = *std::move(request);
    m_requestTag = opened->frame.tag;
    m_offered.clear();
    for (const Bytes& envelope : m_request.segments) {
        HZ_TRY(const SealedSegment sealed, openSegment(m_replica.suite(), envelope));
        m_offered.push_back(sealed.hash);
    }
    m_handedBack.clear();
    for (const Page& page : m_request.handBack) {
        HZ_CHECK(restoreHandedBack(page));
    }
    return {};
}

Result<void> SyncSession::restoreHandedBack(const Page& page) {
    HZ_TRY(const std::vector<EntryRow> orphans, m_replica.store().orphans());
    for (const EntryRow& orphan : orphans) {
        const bool isInPage =
            std::any_of(page.entries.begin(), page.entries.end(), [&](const ProvenEntry& proven) {
                return proven.position == orphan.position && proven.entry == orphan.entry;
            });
        if (isInPage && (m_handedBack.empty() || m_handedBack.front().page == orphan.page)) {
            m_handedBack.push_back(orphan);
        }
    }
    return {};
}

// Whether we are still, or again, where we were when we asked. Only then is the page what comes next.
Result<bool> SyncSession::fits(const SyncRequest& request) {
    HZ_TRY(const Cursor cursor, m_replica.cursor());
    HZ_TRY(const ScopeState scopes, m_replica.scopeState());
    HZ_TRY(const std::vector<Head> heads, m_replica.store().heads());
    const SizeMark proven =
        heads.empty() ? SizeMark{} : SizeMark{heads.front().size, markOf(heads.front().root)};
    return request.cursor == cursor && request.backfill == scopes.backfill &&
           request.proven.size == proven.size && request.proven.mark == proven.mark &&
           (request.scopes.isNone() || request.scopes == scopesMark(m_replica.suite(), scopes.held));
}

Result<bool> SyncSession::isKnown(const SyncAnswer& answer) {
    HZ_TRY(const Cursor cursor, m_replica.cursor());
    HZ_TRY(const ScopeState scopes, m_replica.scopeState());
    if (answer.status != SyncStatus::ok) {
        return false;
    }
    if (answer.scopes) {
        return scopesMark(m_replica.suite(), *answer.scopes) == scopesMark(m_replica.suite(), scopes.held);
    }
    const bool isPageOld = answer.cursor.epoch == cursor.epoch && answer.cursor.position <= cursor.position;
    return !answer.page || isPageOld;
}

// Of an answer that came late only this is still true: the county has what it says it has. Should it have
// lost it since, the segment does not come with the log and is sent again (resendForgotten).
Result<void> SyncSession::takeLateAcks(const SyncAnswer& answer) {
    HZ_TRY(const Cursor cursor, m_replica.cursor());
    if (answer.status != SyncStatus::ok || m_request.cursor.epoch != cursor.epoch ||
        answer.acks.size() < m_offered.size()) {
        return {};
    }
    HZ_TRY(WriteScope scope, WriteScope::begin(m_replica.store()));
    for (std::size_t i = 0; i < m_offered.size(); ++i) {
        const Ack& ack = answer.acks[i];
        HZ_TRY(const std::optional<SegmentRow> row, m_replica.store().outline(m_offered[i]));
        const bool isThere = ack.state == Verdict::accepted || ack.state == Verdict::held;
        if (row && row->isMine && row->state == SegmentState::unsent && isThere) {
            const std::uint64_t at = ack.state == Verdict::accepted ? ack.position : kUnanswered;
            m_report.pushed += row->count;
            HZ_CHECK(m_replica.store().setSegmentState(row->hash, SegmentState::received, at));
        }
    }
    return scope.commit();
}

// Nothing but acknowledgements: the list of scopes that comes with them is for the question behind.
Result<Carried> SyncSession::takePushed(const SyncAnswer& answer) {
    switch (answer.status) {
    case SyncStatus::showMarks:
    case SyncStatus::stepBack:
        return Carried::known;  // nothing was taken; the question behind it says what follows
    case SyncStatus::ok:
    case SyncStatus::unknownDevice:
    case SyncStatus::revoked:
        break;
    case SyncStatus::badRequest:
        return fail(ErrorCode::refused, "the county could not read the request");
    }
    m_report.countyTime = answer.now;
    HZ_TRY(WriteScope scope, WriteScope::begin(m_replica.store()));
    HZ_CHECK(takeAcks(answer));
    HZ_CHECK(scope.commit());
    return Carried::taken;
}

// -- the county's side

std::optional<SyncRequest> requestAfter(const Suite& suite, const SyncRequest& request,
                                        const SyncAnswer& answer, std::vector<std::string>& held) {
    if (answer.status != SyncStatus::ok || request.scopes.isNone() ||
        !(answer.hasMore || answer.scopes || !answer.backfill.empty())) {
        return std::nullopt;
    }
    SyncRequest next;
    next.device = request.device;
    next.cursor = answer.cursor.epoch.isNone() ? request.cursor : answer.cursor;
    next.proven = request.proven;
    if (answer.page) {
        next.proven = {answer.page->head.size, markOf(answer.page->head.root)};
    }
    next.backfill = answer.backfill;
    if (answer.scopes) {
        for (const std::string& scope : *answer.scopes) {
            if (!holdsScope(held, scope) && next.cursor.position > 0) {
                next.backfill.push_back({scope, 0, 0});
            }
        }
        held = *answer.scopes;
    }
    next.scopes = scopesMark(suite, held);
    return next;
}

std::vector<Hash> segmentsAfter(const Suite& suite, const std::vector<Hash>& asked, const std::vector<Bytes>& came) {
    const auto last = came.empty() ? Result<SealedSegment>(fail(ErrorCode::notFound, "")) : openSegment(suite, came.back());
    auto at = last ? std::find(asked.begin(), asked.end(), last->hash) : asked.end();
    return {at == asked.end() ? at : at + 1, asked.end()};
}

}  // namespace hezhang::sync
