// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/sync_round.h"

#include "src/ledger/erasing.h"

namespace hezhang::ledger {

Result<std::unique_ptr<SyncRound>> SyncRound::tryBegin(Home& home) {
    HZ_TRY(std::optional<FileLock> lock, FileLock::tryTake(home.folder() + "/sync.lock"));
    if (!lock) {
        return std::unique_ptr<SyncRound>();
    }
    HZ_CHECK(home.checkGuard());
    return std::unique_ptr<SyncRound>(new SyncRound(home, std::move(*lock)));
}

void SyncRound::end(const Error& error) {
    m_error = error;
    m_phase = Phase::ended;
}

std::optional<RoundRequest> SyncRound::nextRequest() {
    for (const Phase phase : {Phase::ops, Phase::blobs, Phase::carried}) {
        if (m_phase != phase) {
            continue;
        }
        auto request = nextOf(phase);
        if (request && *request) {
            return std::move(*request);
        }
        if (!request) {
            end(request.error());
        }
    }
    m_phase = Phase::ended;
    return std::nullopt;
}

Result<std::optional<RoundRequest>> SyncRound::nextOf(Phase phase) {
    switch (phase) {
    case Phase::ops:
        return nextOps();
    case Phase::blobs:
        return nextBlob();
    case Phase::carried:
        return nextCarried();
    case Phase::ended:
        break;
    }
    return std::optional<RoundRequest>();
}

Result<std::optional<RoundRequest>> SyncRound::nextOps() {
    HZ_TRY(std::optional<Bytes> request, m_session.nextRequest());
    if (!request) {
        HZ_CHECK(m_home.noteSync(m_session.report().countyTime));
        // Somebody may be reading, or the disk be full: what was erased from the log is cleaned out of the
        // files next time then.
        (void)cleanErased(m_home);
        HZ_TRY(m_blobs, pendingBlobs(m_home));
        m_phase = Phase::blobs;
        return std::optional<RoundRequest>();
    }
    HZ_TRY(sync::WriteScope scope, sync::WriteScope::begin(m_home.store()));
    HZ_CHECK(m_home.writeGuard());
    HZ_CHECK(scope.commit());
    return std::optional<RoundRequest>({std::string(sync::kSyncPath), std::move(*request)});
}

Result<std::optional<RoundRequest>> SyncRound::nextBlob() {
    while (m_blobsDone < m_blobs.size()) {
        if (!m_blob) {
            HZ_TRY(m_blob, BlobPush::begin(m_home, m_blobs[m_blobsDone]));
        }
        if (auto request = m_blob->nextRequest()) {
            return std::optional<RoundRequest>({std::string(sync::kBlobPutPath), std::move(*request)});
        }
        m_blob.reset();
        ++m_blobsDone;
    }
    m_waiting = waitingBundles(m_home);
    m_phase = Phase::carried;
    return std::optional<RoundRequest>();
}

Result<std::optional<RoundRequest>> SyncRound::nextCarried() {
    while (m_carrier || !m_waiting.empty()) {
        if (!m_carrier) {
            auto carrier = BundleCarrier::begin(m_home, m_waiting.back());
            m_waiting.pop_back();
            if (!carrier) {
                continue;  // what was damaged here must not stop the others
            }
            m_carrier = *std::move(carrier);
        }
        HZ_TRY(auto message, m_carrier->next());
        if (message) {
            return std::optional<RoundRequest>({std::move(message->path), std::move(message->bytes)});
        }
        m_carrier.reset();
    }
    return std::optional<RoundRequest>();
}

Result<void> SyncRound::take(const Result<sync::Answer>& answer) {
    HZ_CHECK(answer ? Result<void>() : Result<void>(fail(answer.error())));
    if (answer->status == 503) {
        return fail(ErrorCode::storageBusy, "the county's endpoint is busy or out of space");
    }
    if (m_phase == Phase::carried && answer->status >= 400 && answer->status < 500) {
        return m_carrier->onAnswer({});  // not our message: whose it is will be told
    }
    // A captive portal answers 200 as well: only what the engine finds authentic counts as an answer.
    if (answer->status != 200 || answer->contentType != sync::kContentType) {
        return fail(ErrorCode::notOurServer,
                    "what answered is not the county's endpoint; the county could not be reached");
    }
    if (m_phase == Phase::carried) {
        return m_carrier->onAnswer(answer->body);
    }
    m_pace.begin();
    return m_phase == Phase::ops ? m_session.onAnswer(answer->body) : m_blob->onAnswer(answer->body);
}

void SyncRound::onAnswer(const Result<sync::Answer>& answer) {
    const auto taken = take(answer);
    if (taken) {
        return;
    }
    // A file the county refuses does not stop those behind it; a broken link stops them all.
    if (m_phase == Phase::blobs && taken.error().code == ErrorCode::refused) {
        m_error = taken.error();
        m_blob.reset();
        ++m_blobsDone;
        return;
    }
    end(taken.error());
}

RoundProgress SyncRound::progress() const {
    const sync::SyncReport& report = m_session.report();
    return {report.pushed, report.pulled, m_blobsDone, m_blobs.size()};
}

HomeSyncReport SyncRound::report(const sync::Traffic& traffic) const {
    HomeSyncReport report;
    report.sync = m_session.report();
    report.traffic = traffic;
    report.error = m_error;
    report.sync.isUpToDate = report.sync.isUpToDate && !m_error;
    return report;
}

}  // namespace hezhang::ledger
