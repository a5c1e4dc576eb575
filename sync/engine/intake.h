// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Takes segments into the county's log: checks what a pushed one needs, holds it while something is missing, gives every op its
// verdict, and gives set-aside ops their later one.
//
// Shape:   docs/sync-model.md section 7, tables "A pushed segment" and "Verdicts". A held segment waits outside the log; anybody may
//          bring what it waits for.
// Errors:  storage errors. What is wrong with a segment is its Ack, what is wrong with an op its verdict.
// Threads: that of its store. REQUIRES throughout: inside a write transaction.
#pragma once

#include "sync/engine/county_log.h"
#include "sync/transport/wire_messages.h"

namespace hezhang::sync {

class Intake {
public:
    Intake(Store& store, const Suite& suite, const Judge& judge, History& history, Projection& projection, LogApplier& applier,
           CountyLog& log)
        : m_store(store), m_suite(suite), m_judge(judge), m_history(history), m_projection(projection), m_applier(applier),
          m_log(log) {}
    Intake(const Intake&) = delete;
    Intake& operator=(const Intake&) = delete;

    struct Pushed {
        BytesView envelope;
        Result<SealedSegment> opened;   // what openSegment() made of it
        BytesView verifiedBy;           // the public key by which its signature was found good; empty: it was not checked yet
    };
    // `pusher` may be anybody and is named where it is quarantined.
    [[nodiscard]] Result<Ack> push(Pushed pushed, const DeviceId& pusher, WallMs now);
    // Enters a segment that misses nothing, with a verdict for each op; its position.
    [[nodiscard]] Result<std::uint64_t> enter(const SealedSegment& sealed, const DeviceRow& author, WallMs now);
    // Enters what waited for `arrived`, and what waited for that.
    [[nodiscard]] Result<void> retryHeld(const Hash& arrived, WallMs now);
    // Enters what waited for nothing but a definition that the log has now.
    [[nodiscard]] Result<void> retryUndefined(WallMs now);
    // Aside -> accepted. Everybody in the scope gets the op, and what it saw, before the entry that says so.
    [[nodiscard]] Result<void> raiseOp(const VerdictEntry& verdict, OpRef ref, const std::string& scope, WallMs now);

    // What must be in the log before the segment and is not; nullopt: nothing.
    [[nodiscard]] Result<std::optional<Hash>> missingFor(const SealedSegment& sealed);
    // Whether a segment that misses nothing may stand in the log: its lane is its device's and of its scope, it follows what it names
    // as previous, and its contexts stay inside its scope.
    [[nodiscard]] Result<bool> fitsLog(const SealedSegment& sealed);

    // The newest version of a register's definition in the log; 0: none.
    [[nodiscard]] Result<std::uint32_t> definedVersion(std::string_view registerName);
    // What waits outside the log, op by op, oldest first; at most `most`.
    [[nodiscard]] Result<std::vector<HeldOp>> heldOps(std::size_t most);

    // Every scope the device ever held, its present ones included: what it wrote there is taken in, if only set aside.
    [[nodiscard]] Result<std::vector<std::string>> scopesEverHeld(const DeviceRow& device);
    [[nodiscard]] Result<std::vector<std::string>> noteHeld(const DeviceId& device, const std::vector<std::string>& scopes);

    // Entries that are kept from readers go out before entry `position`, as far as its accepted ops name something in them.
    [[nodiscard]] Result<void> releaseNamed(const SealedSegment& sealed, const std::vector<PlacedOp>& placed,
                                            const std::vector<VerdictRun>& runs, std::uint64_t position);
    [[nodiscard]] Result<void> releaseRaised(OpRef ref, std::uint64_t before);

private:
    // What the ops of one segment may make the county look at.
    struct Effort {
        std::size_t opsLeft = 0;
        RecordId person = {};           // of the last op
        bool isPersonEnded = false;
    };
    struct Author {
        const DeviceRow& device;
        bool isLaneForeign = false;   // it does not hold the lane's scope now
    };
    [[nodiscard]] Result<bool> lacksDefinition(const SealedSegment& sealed);
    [[nodiscard]] Result<Ack> hold(const SealedSegment& sealed, bool isKnown, const std::optional<Hash>& missing);
    [[nodiscard]] Result<bool> hasQuarantineRoom(const DeviceId& device, std::size_t bytes);
    // Enters a held segment if it misses nothing any more, refuses it if it does not fit after all. True: it was entered.
    [[nodiscard]] Result<bool> retry(const Hash& held, WallMs now);
    [[nodiscard]] Result<std::uint64_t> enterAs(const SealedSegment& sealed, const DeviceRow& author, bool isIncomplete, WallMs now);
    [[nodiscard]] Result<bool> namesOpOf(const Op& op, const SeenDot& seen, OpRef author);
    [[nodiscard]] Result<std::optional<std::vector<SeenOp>>> lookThrough(const Op& op, OpRef ref, Effort& effort);
    // `seen`: where it is accepted, what it counts as having seen.
    [[nodiscard]] Result<Judgement> judgeOp(const SealedSegment& sealed, std::size_t index, const PlacedOp& placed,
                                            const Author& author, const RecordKey& key, Effort& effort,
                                            std::vector<SeenOp>& seen);
    [[nodiscard]] Result<Judgement> standingJudgement(OpRef ref);
    [[nodiscard]] Result<void> releaseFor(const Op& op, OpRef ref, std::uint64_t before);
    [[nodiscard]] Result<void> releaseSeen(const std::vector<SeenOp>& seen, std::uint64_t before);
    [[nodiscard]] Result<void> releaseEntryOf(OpRef ref, std::uint64_t before);
    [[nodiscard]] Result<void> followAdmits(const SealedSegment& sealed, const std::vector<PlacedOp>& placed,
                                            const std::vector<VerdictRun>& runs, WallMs now);
    [[nodiscard]] Result<void> admit(const Op& by, const Hash& op, const std::string& why, WallMs now);
    [[nodiscard]] Result<bool> admitAside(const Op& by, const Hash& op, const std::string& why, WallMs now);
    [[nodiscard]] Result<bool> isAsideFor(const Hash& op, Reason reason);
    [[nodiscard]] Result<bool> takeIn(const RecordId& record, const Hash& op, WallMs now);

    Store& m_store;
    const Suite& m_suite;
    const Judge& m_judge;
    History& m_history;
    Projection& m_projection;
    LogApplier& m_applier;
    CountyLog& m_log;
};

// Whether an entry with these verdicts has an accepted op.
[[nodiscard]] bool hasAccepted(const std::vector<VerdictRun>& runs);
// The judgement of every op, run lengths undone.
[[nodiscard]] std::vector<const VerdictRun*> runOfEach(const std::vector<VerdictRun>& runs);

// The text of an element of the cell `admitted`: which op, and why.
[[nodiscard]] std::string admitText(const Hash& op, std::string_view why);
[[nodiscard]] std::optional<std::pair<Hash, std::string>> parseAdmit(std::string_view text);

}  // namespace hezhang::sync
