// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/sync_round.h"

#include <algorithm>
#include <utility>

#include "src/ledger/answered.h"
#include "src/ledger/erasing.h"
#include "src/ledger/leaving.h"
#include "sync/base/log.h"

namespace hezhang::ledger {

static constexpr std::size_t kFetchedAskedMax = 200;  // in a round
static constexpr std::string_view kMessageBytes = "message-bytes";

// What the rounds before have learnt of the link.
static Result<std::size_t> messageBytes(Home& home) {
    HZ_TRY(const std::optional<Bytes> bytes, home.store().meta(kMessageBytes));
    const auto size =
        bytes ? sync::decode<std::uint64_t>(*bytes, "size") : Result<std::uint64_t>(sync::kMessageBytesMax);
    return static_cast<std::size_t>(std::clamp<std::uint64_t>(
        size.value_or(sync::kMessageBytesMax), sync::kMessageBytesMin, sync::kMessageBytesMax));
}

SyncRound::SyncRound(Home& home, FileLock lock, const SyncOptions& options)
    : m_home(home), m_lock(std::move(lock)), m_pace(home.folder()), m_options(options) {
    m_options.fileRate = options.fileRate.value_or(fileRate(home.folder()));
    if (std::thread::hardware_concurrency() > 1) {
        m_opening.emplace(home.suite());
    }
}

Result<std::unique_ptr<SyncRound>> SyncRound::tryBegin(Home& home, const SyncOptions& options) {
    HZ_TRY(std::optional<FileLock> lock, FileLock::tryTake(home.folder() + "/sync.lock"));
    if (!lock) {
        return std::unique_ptr<SyncRound>();
    }
    HZ_CHECK(home.checkGuard());
    std::unique_ptr<SyncRound> round(new SyncRound(home, std::move(*lock), options));
    HZ_TRY(round->m_messageBytes, messageBytes(home));
    round->beginOps();
    return round;
}

void SyncRound::end(const Error& error) {
    m_error = error;
    m_phase = Phase::ended;
}

std::optional<RoundRequest> SyncRound::nextRequest() {
    while (m_phase != Phase::ended) {
        auto request = nextOf(m_phase);
        if (request && *request) {
            return std::move(*request);
        }
        if (!request) {
            end(request.error());
        }
    }
    return std::nullopt;
}

Result<std::optional<RoundRequest>> SyncRound::nextOf(Phase phase) {
    switch (phase) {
    case Phase::ops:
        return nextOps();
    case Phase::history:
        return nextHistory();
    case Phase::thumbs:
    case Phase::blobs:
    case Phase::askThumbs:
    case Phase::fetch:
        return nextFile();
    case Phase::carried:
        return nextCarried();
    case Phase::wipe:
        return nextWipe();
    case Phase::ended:
        break;
    }
    return std::optional<RoundRequest>();
}

// -- ops

void SyncRound::beginOps() {
    m_before = total();
    m_session.emplace(m_home.replica(), m_messageBytes, &m_pace, sync::Beginning::withASnapshot);
    m_session->setOpener(m_opening ? &*m_opening : nullptr);
    m_isBegun = false;
    m_phase = Phase::ops;
}

sync::SyncReport SyncRound::total() const {
    if (!m_session) {
        return m_before;
    }
    sync::SyncReport all = m_session->report();
    all.pushed += m_before.pushed;
    all.pulled += m_before.pulled;
    all.setAside += m_before.setAside;
    all.handedBack += m_before.handedBack;
    all.isNewLane = all.isNewLane || m_before.isNewLane;
    all.countyTime = all.countyTime != 0 ? all.countyTime : m_before.countyTime;
    return all;
}

// The question what is new is read at one moment. Where there are edits to seal, or the home has nothing yet
// and may begin with a snapshot, the session writes before it asks.
Result<std::optional<Bytes>> SyncRound::firstOfOps() {
    m_isBegun = true;
    HZ_TRY(const bool isEdited, m_home.hasTail());
    if (isEdited) {
        return m_session->nextRequest();
    }
    m_session->setTail(sync::SyncSession::Tail::empty);
    HZ_TRY(std::optional<storage::Transaction> moment,
           storage::Transaction::beginRead(m_home.store().database()));
    HZ_TRY(const sync::Cursor cursor, m_home.replica().cursor());
    if (cursor.position == 0) {
        moment.reset();
    }
    return m_session->nextRequest();
}

Result<std::optional<RoundRequest>> SyncRound::nextOps() {
    HZ_TRY(std::optional<Bytes> request, m_isBegun ? m_session->nextRequest() : firstOfOps());
    if (!request) {
        HZ_CHECK(m_home.noteSync(m_session->report().countyTime));
        // Somebody may be reading, or the disk be full: what was erased from the log is cleaned out of the
        // files next time then.
        (void)cleanErased(m_home);
        HZ_TRY(const std::vector<BlobFile> files, blobFiles(m_home));
        queueBlobs(files);
        m_thumbs = ThumbExchange::toSend(m_home, files);
        m_phase = Phase::thumbs;
        return std::optional<RoundRequest>();
    }
    // What pushes nothing offers nothing that the guard would have to name.
    if (m_session->isPushing() && !m_session->isAhead()) {
        HZ_CHECK(m_home.noteOffered());
    }
    m_requestBytes = request->size();
    m_requestAt = m_home.now();
    return std::optional<RoundRequest>(
        {std::string(m_session->path()), std::move(*request), m_session->isAhead()});
}

// What is wrong with the answer, or with the disk, onAnswer() will say. On a slow link the size of messages
// is still being learnt.
std::optional<RoundRequest> SyncRound::ahead(const Result<sync::Answer>& answer) {
    if (m_phase != Phase::ops || !answer || m_messageBytes < sync::kMessageBytesMax) {
        return std::nullopt;
    }
    const std::size_t bytes = std::max(m_requestBytes, answer->body.size());
    const bool isSlow =
        sync::sizeAfterExchange(m_messageBytes, bytes, m_home.now() - m_requestAt) < m_messageBytes;
    const auto message = isSlow ? fail(ErrorCode::timedOut, "the link is slow") : messageIn(*answer);
    auto request = message ? m_session->ahead(*message) : Result<std::optional<Bytes>>(std::nullopt);
    if (!request || !*request) {
        return std::nullopt;
    }
    if (m_session->isPushingAhead() && !m_home.noteOffered()) {
        m_session->dropAhead();
        return std::nullopt;
    }
    return RoundRequest{std::string(sync::kSyncPath), std::move(**request)};
}

// How a message went through tells how large the next may be. It is kept, so that a link that breaks every
// half minute is not tried with too large ones in every round.
Result<void> SyncRound::learnSize(const Result<sync::Answer>& answer) {
    std::size_t size = m_messageBytes;
    if (answer && m_phase == Phase::ops && m_session->isAhead()) {
        return {};  // it may have waited here
    }
    if (answer) {
        const std::size_t bytes = std::max(m_requestBytes, answer->body.size());
        size = sync::sizeAfterExchange(size, bytes, m_home.now() - m_requestAt);
    } else if (answer.error().code == ErrorCode::unreachable || answer.error().code == ErrorCode::timedOut) {
        size = sync::sizeAfterBreak(size);
    }
    if (size == m_messageBytes) {
        return {};
    }
    m_messageBytes = size;
    m_session->setMessageBytes(size);
    if (m_history) {
        m_history->setMessageBytes(size);
    }
    HZ_TRY(sync::WriteScope scope, sync::WriteScope::begin(m_home.store()));
    HZ_CHECK(m_home.store().setMeta(kMessageBytes, sync::encode(static_cast<std::uint64_t>(size))));
    return scope.commit();
}

// -- files

// Own files first. Fetched ones are asked for again in a new epoch: all devices at once have thousands of
// them, and nearly all are still at the county.
void SyncRound::queueBlobs(const std::vector<BlobFile>& files) {
    std::vector<std::string> fetched;
    m_blobs.clear();
    for (const BlobFile& file : files) {
        const bool isUnderWay = m_blob && m_blob->name() == file.name;
        if (!file.isAtCounty && !isUnderWay && !m_refused.contains(file.name)) {
            (file.isFetched ? fetched : m_blobs).push_back(file.name);
        }
    }
    if (!m_isRevoked) {
        fetched.resize(std::min(fetched.size(), kFetchedAskedMax - std::min(kFetchedAskedMax, m_blobsDone)));
    }
    m_blobs.insert(m_blobs.end(), fetched.begin(), fetched.end());
    std::reverse(m_blobs.begin(), m_blobs.end());
}

Result<std::optional<RoundRequest>> SyncRound::nextFile() {
    // What was edited while a file travels does not wait for the file: it goes out before the next chunk.
    if (std::exchange(m_isFileSent, false)) {
        HZ_TRY(const bool isEdited, m_home.hasTail());
        if (isEdited) {
            beginOps();
            return std::optional<RoundRequest>();
        }
    }
    HZ_TRY(std::optional<RoundRequest> request, fileRequest());
    m_isFileSent = request.has_value();
    return request;
}

Result<std::optional<RoundRequest>> SyncRound::fileRequest() {
    if (m_phase == Phase::thumbs) {
        return nextThumbs(Phase::blobs);
    }
    if (m_phase == Phase::askThumbs) {
        return nextThumbs(Phase::fetch);
    }
    return m_phase == Phase::blobs ? nextBlob() : nextFetch();
}

Result<std::optional<RoundRequest>> SyncRound::nextThumbs(Phase following) {
    HZ_TRY(std::optional<Bytes> request,
           m_thumbs && m_isThumbRoute ? m_thumbs->nextRequest() : Result<std::optional<Bytes>>(std::nullopt));
    if (request) {
        return std::optional<RoundRequest>({std::string(sync::kThumbPath), std::move(*request)});
    }
    m_thumbs.reset();
    m_phase = following;
    return std::optional<RoundRequest>();
}

Result<std::optional<RoundRequest>> SyncRound::nextBlob() {
    while (m_blob || !m_blobs.empty()) {
        if (!m_blob) {
            HZ_TRY(m_blob, BlobPush::begin(m_home, m_blobs.back(), *m_options.fileRate));
            m_blobs.pop_back();
        }
        if (auto request = m_blob->nextRequest()) {
            return std::optional<RoundRequest>({std::string(sync::kBlobPutPath), std::move(*request)});
        }
        m_blob.reset();
        ++m_blobsDone;
    }
    if (m_isRevoked) {
        return beginCarried();
    }
    if (!m_fetch) {
        HZ_TRY(m_fetch, BlobFetch::begin(m_home, m_options));
    }
    m_thumbs = ThumbExchange::toAsk(m_home, m_fetch->wanted());
    m_phase = Phase::askThumbs;
    return std::optional<RoundRequest>();
}

Result<std::optional<RoundRequest>> SyncRound::nextFetch() {
    HZ_TRY(std::optional<Bytes> request, m_fetch->nextRequest());
    if (request) {
        return std::optional<RoundRequest>({std::string(sync::kBlobGetPath), std::move(*request)});
    }
    return beginCarried();
}

// -- what it carries

std::optional<RoundRequest> SyncRound::beginCarried() {
    m_waiting = waitingBundles(m_home);
    m_phase = Phase::carried;
    return std::nullopt;
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
    m_phase = m_isRevoked ? Phase::wipe : Phase::history;
    return std::optional<RoundRequest>();
}

// -- the history behind a snapshot

Result<std::optional<RoundRequest>> SyncRound::nextHistory() {
    HZ_TRY(const bool isEdited, m_home.hasTail());
    if (isEdited) {
        beginOps();
        return std::optional<RoundRequest>();
    }
    HZ_TRY(const bool isLetGo,
           m_options.history == HistoryWish::newcomer ? m_home.hasLetGoOfHistory() : Result<bool>(false));
    if (m_options.history == HistoryWish::all || (m_options.history == HistoryWish::newcomer && !isLetGo)) {
        if (!m_history) {
            m_history.emplace(m_home.replica(), m_messageBytes);
        }
        HZ_TRY(std::optional<Bytes> request, m_history->nextRequest());
        if (request) {
            m_requestBytes = request->size();
            m_requestAt = m_home.now();
            return std::optional<RoundRequest>({std::string(sync::kSnapshotPath), std::move(*request)});
        }
        HZ_TRY(const bool isAsTold, m_history->finish());
        if (!isAsTold) {
            log::warning("sync", "the history says another state than the snapshot had; the history stands",
                         {});
        }
        m_history.reset();
    }
    m_phase = Phase::ended;
    return std::optional<RoundRequest>();
}

// -- the end of a revoked device

// Asked only where nothing is left that the county takes. What it has refused stays, and so does the home.
Result<std::optional<RoundRequest>> SyncRound::nextWipe() {
    if (!m_wipe) {
        m_wipe.emplace(m_home);
    }
    if (!m_wipe->isEmptied()) {
        HZ_TRY(const bool isEdited, m_home.hasTail());
        if (isEdited) {
            beginOps();
            return std::optional<RoundRequest>();
        }
        HZ_TRY(const std::vector<BlobFile> files, blobFiles(m_home));
        queueBlobs(files);
        if (!m_blobs.empty()) {
            m_phase = Phase::blobs;
            return std::optional<RoundRequest>();
        }
        HZ_TRY(const UnsentWork left, unsentWork(m_home));
        if (left.edits > 0 || left.blobs > 0) {
            m_wipe->giveUp();
        }
    }
    if (auto request = m_wipe->nextRequest()) {
        return std::optional<RoundRequest>({std::string(sync::kWipePath), std::move(*request)});
    }
    m_phase = Phase::ended;
    return std::optional<RoundRequest>();
}

Result<void> SyncRound::takeWipe(const sync::Answer& answer) {
    const auto message = messageIn(answer, "the question whether it is to empty itself");
    if (!message && message.error().code == ErrorCode::wrongVersion) {
        m_wipe->giveUp();  // an endpoint of an older version gives no such order
        return {};
    }
    HZ_CHECK(message);
    HZ_CHECK(m_wipe->onAnswer(*message));
    if (m_wipe->isNewHistory()) {
        beginOps();
    }
    if (m_wipe->isEmptied()) {
        m_error = Error{ErrorCode::wiped, std::string(kWipedText)};
    }
    return {};
}

// Nothing more comes to us. What is here and not at the county still goes there.
void SyncRound::goOnRevoked(const Error& error) {
    m_error = error;
    m_isRevoked = true;
    m_phase = Phase::blobs;
    const auto files = blobFiles(m_home);
    if (!files) {
        end(files.error());
        return;
    }
    queueBlobs(*files);
}

// -- answers

Result<void> SyncRound::take(const Result<sync::Answer>& answer) {
    if (m_phase == Phase::ops || m_phase == Phase::history) {
        HZ_CHECK(learnSize(answer));
    }
    HZ_CHECK(answer ? Result<void>() : Result<void>(fail(answer.error())));
    if (m_phase == Phase::carried && answer->status >= 400 && answer->status < 500) {
        return m_carrier->onAnswer({});  // not our message: whose it is will be told
    }
    // An endpoint of an older version.
    const bool isThumbs = m_phase == Phase::thumbs || m_phase == Phase::askThumbs;
    if (isThumbs && (answer->status == 404 || answer->status == 400)) {
        m_isThumbRoute = false;
        return {};
    }
    const bool isOfSnapshot =
        m_phase == Phase::history || (m_phase == Phase::ops && m_session->path() == sync::kSnapshotPath);
    if (isOfSnapshot && (answer->status == 404 || answer->status == 400)) {
        m_options.history = HistoryWish::none;
        return m_phase == Phase::ops ? m_session->onUnknownPath() : Result<void>();
    }
    if (m_phase == Phase::wipe) {
        return takeWipe(*answer);
    }
    // Only what the engine then finds authentic counts as an answer.
    HZ_TRY(const Bytes message, messageIn(*answer));
    if (m_phase == Phase::carried) {
        return m_carrier->onAnswer(message);
    }
    if (m_phase == Phase::history) {
        return m_history->onAnswer(message);
    }
    if (m_phase == Phase::fetch) {
        return m_fetch->onAnswer(message);
    }
    if (isThumbs) {
        return m_thumbs->onAnswer(message);
    }
    m_pace.begin();
    return m_phase == Phase::ops ? m_session->onAnswer(message) : m_blob->onAnswer(message);
}

void SyncRound::onAnswer(const Result<sync::Answer>& answer) {
    const auto taken = take(answer);
    if (taken) {
        return;
    }
    if (m_wipe && m_wipe->isEmptied()) {
        m_phase = Phase::ended;  // what it had to say did not get through; the home is empty all the same
        return;
    }
    if (m_phase == Phase::ops && taken.error().code == ErrorCode::revoked) {
        goOnRevoked(taken.error());
        return;
    }
    // A file the county refuses does not stop those behind it; a broken link stops them all.
    const bool isOfFiles = m_phase == Phase::blobs || m_phase == Phase::fetch;
    if (isOfFiles && taken.error().code == ErrorCode::refused) {
        passOver(taken.error());
        return;
    }
    end(taken.error());
}

void SyncRound::passOver(const Error& error) {
    m_error = m_isRevoked ? m_error : error;
    if (m_phase == Phase::blobs) {
        m_refused.insert(m_blob->name());
        m_blob.reset();
        ++m_blobsDone;
    } else {
        m_fetch->stop();
    }
}

RoundProgress SyncRound::progress() const {
    const sync::SyncReport all = total();
    const std::size_t left = m_blobs.size() + (m_blob ? 1 : 0);
    return {all.pushed,
            all.pulled,
            m_blobsDone,
            m_blobsDone + left,
            m_fetch ? m_fetch->fetched() : 0,
            m_fetch ? m_fetch->total() : 0};
}

HomeSyncReport SyncRound::report(const sync::Traffic& traffic) const {
    HomeSyncReport report;
    report.sync = total();
    report.traffic = traffic;
    report.blobsFetched = m_fetch ? m_fetch->fetched() : 0;
    report.error = m_error;
    report.sync.isUpToDate = report.sync.isUpToDate && !m_error;
    return report;
}

}  // namespace hezhang::ledger
