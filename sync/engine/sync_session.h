// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// One sync round of a replica as steps: request bytes out, answer bytes in. No I/O, no waiting; each step is durable by itself, so a
// link that lives twenty seconds makes progress.
//
//     while (auto request = session.nextRequest(now)) session.onAnswer(exchange(*request), now);
//
// Shape:   docs/sync-model.md section 6. A request pushes sealed segments and asks for what is new; when the county does not know our
//          history (it was restored) we step back to the last head it has and hand back what lies beyond, everybody's.
// Errors:  notOurServer: the answer is not the county's, nothing was changed; revoked; refused; proofInvalid: the county's history was
//          rewritten; storage errors. After an error the round ends; what was done stays done.
// Threads: that of its replica.
// The same requests and answers go by file (bundle.h), where an answer comes days later and the round is not there any more:
// requestsForFile() and onCarried() (sync_session_files.cpp).
// A large page is taken in several transactions (Pace), each with the proof of what it took: after a kill the next round goes on there.
// A replica that has nothing of the log may begin with a snapshot (section 14). Where it then meets a conflict whose past it lacks, or a
// fork, an answer is kept until what it builds on was fetched.
#pragma once

#include "sync/engine/message_size.h"
#include "sync/engine/segment_opener.h"
#include "sync/engine/snapshot_taker.h"

namespace hezhang::sync {

struct SyncReport {
    std::uint64_t pushed = 0;      // own ops the county took in this round
    std::uint64_t pulled = 0;      // other people's ops
    std::uint64_t setAside = 0;    // own ops set aside in this round
    std::uint64_t handedBack = 0;  // log entries the county had lost
    bool isUpToDate = false;
    bool isNewLane = false;        // our home was copied: somebody else wrote on our lane
    WallMs countyTime = 0;         // of the last answer; 0: none came
};

// Who else wants to write to the home's database while a page is taken: asked between two entries.
class Pace {
public:
    virtual ~Pace() = default;
    // Whether the open transaction should end here.
    [[nodiscard]] virtual bool isTimeUp() = 0;
    // The transaction has ended and the next one has not begun: others may write.
    virtual void pause() = 0;
};

// The requests of a file, in the order in which they are to be answered.
struct FileRequests {
    std::vector<Bytes> requests;
    std::uint64_t segments = 0;   // pushed by them
    std::uint64_t ops = 0;
    bool isAll = true;            // nothing had to be left for the next file
    std::optional<Bytes> past;    // for kSnapshotPath: the past of conflicts, where it is not here (HistoryFetch::onCarried)
};

enum class Carried : std::uint8_t {
    taken,     // as over the network
    known,     // nothing in it is new here
    outdated,  // this replica is not any more where it was when it asked; what the county has of ours was noted
    goneBack   // the county was restored: this replica has stepped back, and hands back what was lost with its next file
};

// How a replica begins that has nothing of the log.
enum class Beginning : std::uint8_t { fromTheStart, withASnapshot };

class SyncSession {
public:
    // A request pushes at most `messageBytes` of segments and kPushBytesMax, or one, and asks for no more: less for slow links. Without a pace each answer is one transaction.
    explicit SyncSession(Replica& replica, std::size_t messageBytes = kMessageBytesMax, Pace* pace = nullptr,
                         Beginning beginning = Beginning::fromTheStart)
        : m_replica(replica), m_messageBytes(messageBytes), m_pace(pace), m_beginning(beginning), m_snapshot(replica) {}

    // Seals tails once, then the next request; nullopt when there is nothing left to do.
    [[nodiscard]] Result<std::optional<Bytes>> nextRequest();
    // Where that request goes: kSyncPath or kSnapshotPath.
    [[nodiscard]] std::string_view path() const { return m_isOfSnapshot ? kSnapshotPath : kSyncPath; }
    [[nodiscard]] Result<void> onAnswer(BytesView answer);
    // What will most likely be asked after `answer`, which onAnswer() is about to get: it can be on its way while that is taken. nullopt:
    // nothing, or it cannot be told before. The next nextRequest() gives the very same bytes, and isAhead() is true; or another request,
    // and the answer to this one is to be thrown away: what it handed in is known to the county when it comes again.
    [[nodiscard]] Result<std::optional<Bytes>> ahead(BytesView answer);
    // It is not sent after all.
    void dropAhead() { m_ahead.reset(); }
    // Whether that hands anything in.
    [[nodiscard]] bool isPushingAhead() const { return m_ahead && !m_ahead->request.segments.empty(); }
    // Whether the last request is the one that ahead() gave.
    [[nodiscard]] bool isAhead() const { return m_isAhead; }
    // The endpoint does not know that path: it is older.
    [[nodiscard]] Result<void> onUnknownPath();
    [[nodiscard]] const SyncReport& report() const { return m_report; }
    // Whether the last request hands anything in.
    [[nodiscard]] bool isPushing() const { return !m_isOfSnapshot && (!m_request.segments.empty() || !m_request.handBack.empty()); }
    // Before the first request: the caller has just looked, and there is nothing to seal.
    enum class Tail : std::uint8_t { unknown, empty };
    void setTail(Tail tail) { m_tail = tail; }
    // Opens the segments of a page ahead of this thread; outlives the session.
    void setOpener(SegmentOpener* opener) { m_opener = opener; }
    // From the next request on.
    void setMessageBytes(std::size_t bytes) { m_messageBytes = bytes; }

    // What is to be pushed and handed back, in requests of about `bytesMax` together, and last the question for what is new.
    [[nodiscard]] Result<FileRequests> requestsForFile(std::size_t bytesMax);
    // Takes the answer that has come to a request of ours, in any order and any number of times.
    // Errors: as of onAnswer(); otherDevice where the request is not ours, refused where there is no answer.
    [[nodiscard]] Result<Carried> onCarried(BytesView request, BytesView answer);
    // The history in which the county gave the last answer that was carried here.
    [[nodiscard]] const EpochId& carriedEpoch() const { return m_carriedEpoch; }

private:
    [[nodiscard]] Result<SyncRequest> question();
    [[nodiscard]] Bytes framed(BytesView request);
    [[nodiscard]] Bytes asked(BytesView request);
    template <class Answer>
    [[nodiscard]] Result<Answer> opened(BytesView answer) {
        return answerTo<Answer>(m_replica.suite(), answer, m_me->macKey, m_requestTag);
    }
    [[nodiscard]] Result<std::optional<Bytes>> nextOfSnapshot();
    [[nodiscard]] Result<std::optional<Bytes>> snapshotRequest(SnapshotAsk ask);
    [[nodiscard]] Result<void> onSnapshotAnswer(BytesView answer);
    [[nodiscard]] Result<void> lookForAbsent();
    [[nodiscard]] Result<void> checkPast();
    [[nodiscard]] Result<bool> notePastOf(const RecordId& record, Absent& absent);
    [[nodiscard]] Result<void> takeKept();
    [[nodiscard]] Result<void> takeAuthentic(const SyncAnswer& answer);
    [[nodiscard]] Result<bool> fits(const SyncRequest& request);
    [[nodiscard]] Result<void> resume(BytesView request);
    [[nodiscard]] Result<void> takeLateAcks(const SyncAnswer& answer);
    [[nodiscard]] Result<Carried> takePushed(const SyncAnswer& answer);
    [[nodiscard]] Result<bool> isKnown(const SyncAnswer& answer);
    [[nodiscard]] Result<void> restoreHandedBack(const Page& page);
    [[nodiscard]] Result<void> start();
    [[nodiscard]] Result<void> addPushes(SyncRequest& request, std::vector<Hash>& offered);
    [[nodiscard]] Result<bool> takesAhead(const SyncRequest& question);
    [[nodiscard]] Result<void> addHandBack(SyncRequest& request);
    [[nodiscard]] Result<void> addMarks(SyncRequest& request);
    [[nodiscard]] Result<SyncAnswer> authenticated(BytesView answer);
    [[nodiscard]] Result<void> takeAnswer(const SyncAnswer& answer);
    [[nodiscard]] Result<void> takeInTransactions(const SyncAnswer& answer);
    [[nodiscard]] Result<void> commitTaken();
    [[nodiscard]] Result<void> takeAcks(const SyncAnswer& answer);
    [[nodiscard]] Result<void> takePage(const SyncAnswer& answer);
    [[nodiscard]] Result<void> takeEntries(const Page& page);
    [[nodiscard]] Result<SealedSegment> openedOf(const ProvenEntry& proven);
    [[nodiscard]] Result<void> keepTaken(const Page& page);
    [[nodiscard]] Result<void> giveWay(const Page& page);
    [[nodiscard]] Result<bool> isNothingNew(const SyncAnswer& answer);
    [[nodiscard]] Result<void> keepHeld(const std::vector<HeldOp>& held);
    [[nodiscard]] Result<void> endOrGoOn(const SyncAnswer& answer, bool isScopeNew);
    [[nodiscard]] Result<bool> takeScopes(const SyncAnswer& answer);
    [[nodiscard]] Result<void> offerAgain(const std::string& scope);
    [[nodiscard]] Result<void> takeEntry(const ProvenEntry& proven, const LogEntry& entry);
    [[nodiscard]] Result<void> noteTouched(const LogEntry& entry, const SealedSegment* sealed);
    [[nodiscard]] Result<void> goOnUnknown(const SyncAnswer& answer);
    [[nodiscard]] Result<void> goOnRevoked(const SyncAnswer& answer);
    [[nodiscard]] Result<void> keepGivenBack();
    [[nodiscard]] Result<bool> hasMoreToGive();
    [[nodiscard]] Result<bool> resendForgotten();
    [[nodiscard]] Result<void> forgetReturnedOrphans();
    [[nodiscard]] Result<std::optional<Page>> orphanPage();

    Replica& m_replica;
    std::size_t m_messageBytes;
    Pace* m_pace;
    SegmentOpener* m_opener = nullptr;
    Beginning m_beginning;
    SnapshotTaker m_snapshot;
    SnapshotRequest m_asked;
    bool m_isOfSnapshot = false;            // the last request
    bool m_isSnapshotWanted = false;
    bool m_isSnapshotTaken = false;         // in this round, and the county does not know yet
    bool m_isPartial = false;               // the history is not all here
    bool m_isByFile = false;                // nothing can be asked for
    Absent m_absent;                        // to be asked for before the round goes on
    Absent m_askedFor;                      // each only once
    std::optional<SyncAnswer> m_kept;       // waits for that
    bool m_isAcked = false;                 // of the answer that is taken: acks and head are committed
    std::set<RecordId> m_touched;           // since the last commit
    std::optional<WriteScope> m_scope;      // of the answer that is being taken
    std::vector<const ProvenEntry*> m_taken;  // entries applied in it, not yet kept
    std::optional<Identity> m_me;
    SyncReport m_report;
    SyncRequest m_request;
    Bytes m_requestTag;
    std::vector<Hash> m_offered;            // segments in the request
    struct Ahead {
        SyncRequest request;
        std::vector<Hash> offered;
        Bytes question;                     // the request without its segments
        Bytes bytes;
    };
    std::optional<Ahead> m_ahead;           // asked before the answer before it was taken
    bool m_isAhead = false;
    std::optional<SyncAnswer> m_opened;     // the answer that ahead() has looked at,
    Bytes m_openedEnd;                    // and how it ends: with its tag
    std::vector<Hash> m_settled;            // offered in this round, with an answer
    std::vector<Hash> m_wanted;             // what the county misses and we may have
    std::vector<EntryRow> m_handedBack;     // orphans in the request
    std::vector<std::int64_t> m_shownPages; // orphan pages handed back in this round
    std::vector<std::int64_t> m_takenPages;   // those the county took whole
    EpochId m_carriedEpoch;
    bool m_askedForMarks = false;
    bool m_isStarted = false;
    Tail m_tail = Tail::unknown;
    bool m_isRebuildDue = false;            // when the request was made
    bool m_hasUnanswered = true;            // own segments that are not in the log, or orphans, when it was made
    bool m_isDone = false;
    bool m_isRevoked = false;   // the county said so in this round
    int m_stepsBack = 0;
};

}  // namespace hezhang::sync
