// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// One sync round of a home as steps: the ops first, then its own files, then those of others, each with all
// thumbnails in front, then what it carries for other devices, and last the history behind a snapshot where
// that is asked for. A revoked device gets nothing more: it sends ops, own files and what it carries, and
// then asks whether it is to empty itself (wipe_talk.h). Edits that are made while files travel go out before
// the next chunk of a file. Whoever carries the bytes may do so in another thread and take as long as it
// likes; the home is free for edits meanwhile, and each step is durable by itself.
//
//     while (auto request = round->nextRequest()) { round->onAnswer(transport.post(request->path,
//     request->bytes)); } auto report = round->report(transport.traffic());
//
// Who can send in another thread asks ahead() before each onAnswer(): while an answer is taken, the next one
// is already on its way (Home::sync).
//
// Shape:   holds sync.lock until destroyed. An error ends the round and stands in the report; what was done
// stays done. To give up,
//          answer with an error (cancelled) or destroy the round.
// Errors:  of tryBegin: storage errors.
// Threads: those of the home. REQUIRES: no batch is open when a step is taken; the home outlives the round.
#pragma once

#include <memory>
#include <set>

#include "src/ledger/blob_fetch.h"
#include "src/ledger/blobs.h"
#include "src/ledger/carrying.h"
#include "src/ledger/files.h"
#include "src/ledger/home.h"
#include "src/ledger/opening_thread.h"
#include "src/ledger/pace.h"
#include "src/ledger/thumbnails.h"
#include "src/ledger/wipe_talk.h"
#include "sync/engine/history_fetch.h"

namespace hezhang::ledger {

struct RoundRequest {
    std::string path;
    Bytes bytes;
    bool isUnderWay = false;  // the one that ahead() gave before
};

// What a status line shows meanwhile.
struct RoundProgress {
    std::uint64_t pushed = 0;
    std::uint64_t pulled = 0;
    std::uint64_t blobsDone = 0;  // of those that were pending when the ops were through
    std::uint64_t blobsTotal = 0;
    std::uint64_t fetched = 0;  // of other people's files that are asked for in this round
    std::uint64_t fetchTotal = 0;
};

class SyncRound {
public:
    // Null where another process syncs this home.
    [[nodiscard]] static Result<std::unique_ptr<SyncRound>> tryBegin(Home& home,
                                                                     const SyncOptions& options = {});

    // The next message, durable here as it will be sent; nullopt: the round has ended.
    [[nodiscard]] std::optional<RoundRequest> nextRequest();
    void onAnswer(const Result<sync::Answer>& answer);
    // What can be sent at once, before onAnswer() of this answer. The next request then either isUnderWay, or
    // is another one; then the answer to this one is to be thrown away.
    [[nodiscard]] std::optional<RoundRequest> ahead(const Result<sync::Answer>& answer);

    // Edits of this very thread: a page that is being taken asks `isWanted` and lets `write` do them in
    // between (PullPace).
    void setMeanwhile(std::function<bool()> isWanted, std::function<void()> write) {
        m_pace.setMeanwhile(std::move(isWanted), std::move(write));
    }

    [[nodiscard]] RoundProgress progress() const;
    // What the round did so far. The counts of the home (conflicts, blobsPending) and the time are the
    // caller's to add.
    [[nodiscard]] HomeSyncReport report(const sync::Traffic& traffic) const;

private:
    enum class Phase : std::uint8_t { ops, thumbs, blobs, askThumbs, fetch, carried, history, wipe, ended };

    SyncRound(Home& home, FileLock lock, const SyncOptions& options);
    void beginOps();
    [[nodiscard]] sync::SyncReport total() const;
    [[nodiscard]] Result<std::optional<Bytes>> firstOfOps();
    [[nodiscard]] Result<std::optional<RoundRequest>> nextOps();
    [[nodiscard]] Result<std::optional<RoundRequest>> nextHistory();
    [[nodiscard]] Result<std::optional<RoundRequest>> nextFile();
    [[nodiscard]] Result<std::optional<RoundRequest>> fileRequest();
    [[nodiscard]] Result<std::optional<RoundRequest>> nextThumbs(Phase following);
    [[nodiscard]] Result<std::optional<RoundRequest>> nextBlob();
    [[nodiscard]] Result<std::optional<RoundRequest>> nextFetch();
    [[nodiscard]] std::optional<RoundRequest> beginCarried();
    [[nodiscard]] Result<std::optional<RoundRequest>> nextCarried();
    [[nodiscard]] Result<std::optional<RoundRequest>> nextWipe();
    [[nodiscard]] Result<void> takeWipe(const sync::Answer& answer);
    [[nodiscard]] Result<std::optional<RoundRequest>> nextOf(Phase phase);
    void queueBlobs(const std::vector<BlobFile>& files);
    [[nodiscard]] Result<void> take(const Result<sync::Answer>& answer);
    void passOver(const Error& error);
    void goOnRevoked(const Error& error);
    void end(const Error& error);
    [[nodiscard]] Result<void> learnSize(const Result<sync::Answer>& answer);

    Home& m_home;
    FileLock m_lock;
    PullPace m_pace;
    std::optional<OpeningThread> m_opening;  // not on a machine of one core
    SyncOptions m_options;
    std::optional<sync::SyncSession> m_session;
    bool m_isBegun = false;  // the session has asked
    std::optional<sync::HistoryFetch> m_history;
    std::size_t m_messageBytes = sync::kMessageBytesMax;  // as large as messages may be on this link
    std::size_t m_requestBytes = 0;                       // of the last request of ops
    WallMs m_requestAt = 0;
    sync::SyncReport m_before;  // of the sessions that have ended in this round
    Phase m_phase = Phase::ops;
    std::optional<Error> m_error;
    std::vector<std::string> m_blobs;  // not begun, the last one is next
    std::size_t m_blobsDone = 0;
    std::set<std::string> m_refused;        // by the county, in this round
    std::optional<ThumbExchange> m_thumbs;  // of the phase that runs
    bool m_isFileSent = false;              // a piece of one, since the last look for edits
    bool m_isThumbRoute = true;             // the endpoint knows it
    std::optional<BlobPush> m_blob;
    std::optional<BlobFetch> m_fetch;
    std::vector<std::string> m_waiting;  // carried bundles, the last one is next
    std::unique_ptr<BundleCarrier> m_carrier;
    bool m_isRevoked = false;  // the county said so in this round, and has all ops
    std::optional<WipeTalk> m_wipe;
};

}  // namespace hezhang::ledger
