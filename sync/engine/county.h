// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The county's side: one log, one judge. Answers requests with what Intake, HandBack and Feed do, and does what the operator asks.
//
// A County keeps nothing in memory that its store does not have (EntryIndex reads on where others have appended), so any number of
// processes may each have one on the same store (`hezhangd invite` beside `hezhangd serve`): what decides is read inside the write
// transaction.
//
// Shape:   docs/sync-model.md section 7. handle() takes a batch of requests in one transaction and signs one head for all of them
//          (group commit); answers are given only after the commit.
// Errors:  storage errors fail the whole batch, nothing is changed. A bad request gets its answer and harms no other.
// Threads: one store, one thread.
#pragma once

#include "sync/engine/county_repair.h"
#include "sync/engine/enrolment.h"
#include "sync/engine/feed.h"
#include "sync/engine/hand_back.h"
#include "sync/engine/segment_opener.h"
#include "sync/engine/snapshot_maker.h"

namespace hezhang::sync {

struct CountyStatus {
    EpochId epoch;
    std::uint64_t entries = 0;
    std::uint64_t segments = 0;
    std::uint64_t branches = 0;   // beyond the first of each lane: forks seen
    std::uint64_t held = 0;
};

struct Invitation {
    RecordId person;
    RecordId unit;
    std::string role;
    std::string personName;
    std::string unitName;
    WallMs expiresAt = 0;
    DeviceId invitedBy = {};  // none: the operator
};

// An op whose value was erased.
struct RedactedOp {
    Hash op;
    RecordId record;
    std::string field;
    std::uint64_t position = 0;   // of the entry it came with
    bool isNew = false;           // false: it was erased before
};

// An edit by the county itself: its own device, no judge (the operator stands above the roles).
struct CountyEdit {
    RecordKey key;
    std::string scope;
    std::string field;
    OpKind kind = OpKind::assign;
    Value value;
};

class County {
public:
    County(Store& store, const Suite& suite, const Rules& rules, const Judge& judge, RandomSource& random)
        : m_store(store), m_suite(suite), m_judge(judge), m_random(random), m_history(store, suite),
          m_projection(store, m_history, rules), m_applier(store, m_projection), m_log(store, suite, random, m_applier),
          m_intake(store, suite, judge, m_history, m_projection, m_applier, m_log),
          m_handBack(store, suite, m_history, m_applier, m_log, m_intake), m_feed(store, suite, judge, m_history, m_log, m_intake),
          m_repair(store, suite, judge, m_history, m_projection, m_applier, m_log),
          m_snapshots(store, suite, judge, m_history, m_projection, m_log, m_intake, m_feed) {}
    County(const County&) = delete;
    County& operator=(const County&) = delete;

    // Makes an empty store a county: key, first entry, definitions. REQUIRES: inside a write transaction.
    [[nodiscard]] Result<void> create(const std::string& countyName, std::span<const DefinitionControl> definitions,
                                      WallMs now);

    // -- requests
    // nullptr: it opens all segments itself. It outlives the county, or is taken away before.
    void setOpener(SegmentOpener* opener) { m_opener = opener; }
    void setPageBytesMax(std::size_t bytes) { m_feed.setPageBytesMax(bytes); }
    [[nodiscard]] Result<std::vector<Bytes>> handle(std::span<const Bytes> syncRequests, WallMs now);
    [[nodiscard]] Result<Bytes> handleEnrol(BytesView request, WallMs now);
    // A repair of the device, whose request was found authentic; one transaction.
    [[nodiscard]] Result<RepairAnswer> handleRepair(const DeviceRow& device, const RepairRequest& request, WallMs now);

    // What a new device asks before it reads the log; as above.
    [[nodiscard]] Result<SnapshotAnswer> handleSnapshot(const DeviceRow& device, const SnapshotRequest& request, WallMs now);
    void setSnapshotWorthFrom(std::uint64_t bytes) { m_snapshots.setWorthFrom(bytes); }

    // -- the operator; each is a transaction of its own
    [[nodiscard]] Result<void> write(std::span<const CountyEdit> edits, WallMs now);
    // Returns the code to hand to the person.
    [[nodiscard]] Result<std::string> invite(const Invitation& invitation);
    [[nodiscard]] Result<void> revoke(const DeviceId& device, WallMs now);
    // The same inside a write transaction that the caller has begun and commits.
    [[nodiscard]] Result<void> enterEdits(std::span<const CountyEdit> edits, WallMs now);
    [[nodiscard]] Result<void> enterInvitation(const Invitation& invitation, BytesView codeId, BytesView codeKey);
    // Whether a device can still be enrolled with it: not used, expired or withdrawn; who was invited has not left, and who has
    // invited neither: his device is not revoked.
    [[nodiscard]] Result<bool> isOpen(const InvitationRow& invitation, WallMs now);
    // Ends an invitation that nobody has used. Errors: notFound.
    [[nodiscard]] Result<void> enterWithdrawal(BytesView codeId);
    [[nodiscard]] Result<void> enterRevocation(const DeviceId& device, WallMs now);
    // Revokes the device, and orders it to empty itself once it has handed in everything. Ordered already: nothing new.
    [[nodiscard]] Result<void> enterWipe(const DeviceId& device, WallMs now);
    [[nodiscard]] Result<bool> isWipeOrdered(const DeviceId& device);
    [[nodiscard]] Result<void> endPerson(const RecordId& person, WallMs now);
    // Erases the value of an op in the log. Done already: nothing new. Errors: notFound; badValue for an op without a value of its own
    // (deletes, admissions).
    [[nodiscard]] Result<RedactedOp> redact(const Hash& op, WallMs now);
    // The same of an op of which a segment is known that has it in the log.
    [[nodiscard]] Result<RedactedOp> redactIn(const Hash& segment, const Hash& op, WallMs now);
    // A new epoch whose history keeps all present entries: after a restore.
    [[nodiscard]] Result<void> beginEpoch(const std::string& cause, WallMs now) { return m_log.beginEpoch(cause, now); }
    // After an upgrade of the program (LogApplier::takeUpControls): what devices handed back while an older one was here.
    [[nodiscard]] Result<void> takeUpControls();
    // Enters the definitions that the log has in no or an older version: at an upgrade. Segments that waited for them are entered.
    [[nodiscard]] Result<void> define(std::span<const DefinitionControl> definitions, WallMs now);
    // Finds what of the log is damaged, and makes anew what follows from the rest.
    [[nodiscard]] Result<CountyDamage> inspect();
    // Says in the log that all entries up to now are in a backup.
    [[nodiscard]] Result<void> markBackup(std::uint64_t size, WallMs now);

    // -- reading
    [[nodiscard]] Result<CountyControl> control() { return m_log.control(); }
    [[nodiscard]] Result<CountyStatus> status();
    [[nodiscard]] Result<std::uint64_t> size() { return m_log.size(); }
    [[nodiscard]] Result<EpochId> epoch() { return m_log.epoch(); }
    [[nodiscard]] Result<Head> head() { return m_log.head(); }
    // Of the first `size` entries.
    [[nodiscard]] Result<Hash> rootAt(std::uint64_t size) { return m_log.rootAt(size); }
    // Recomputes everything that can be: pages of the log, leaves, roots, signatures, projection. One line a finding.
    [[nodiscard]] Result<std::vector<std::string>> verify();
    [[nodiscard]] Projection& projection() { return m_projection; }
    [[nodiscard]] const Suite& suite() const { return m_suite; }
    [[nodiscard]] Store& store() { return m_store; }
    [[nodiscard]] Result<bool> isKnownMacOf(const DeviceId& device, const Frame& frame);
    [[nodiscard]] Result<MacKey> macKeyOf(const DeviceId& device);

private:
    [[nodiscard]] Result<RedactedOp> redactAmong(std::span<const Hash> segments, const Hash& op, WallMs now);
    [[nodiscard]] Result<bool> hasLeft(const RecordId& person);
    // A request on its way through a batch.
    struct Pending {
        bool isReadable = false;
        SyncRequest request;
        MacKey key;   // of the device that asks
        Bytes tag;
        std::optional<DeviceRow> device;
        SyncAnswer answer;
    };
    [[nodiscard]] Result<void> takePushed(Pending& pending, WallMs now);
    [[nodiscard]] Result<void> readRequest(BytesView bytes, Pending& pending);
    [[nodiscard]] static std::vector<SegmentOpener::Work> workOf(const std::vector<Pending>& pending);
    [[nodiscard]] Result<void> takeRequest(Pending& pending, WallMs now);
    [[nodiscard]] Result<bool> isOnOurHistory(Pending& pending, WallMs now);
    [[nodiscard]] Result<Bytes> answerFor(Pending& pending, WallMs now);

    Store& m_store;
    const Suite& m_suite;
    const Judge& m_judge;
    RandomSource& m_random;
    History m_history;
    Projection m_projection;
    LogApplier m_applier;
    CountyLog m_log;
    Intake m_intake;
    HandBack m_handBack;
    Feed m_feed;
    CountyRepair m_repair;
    SnapshotMaker m_snapshots;
    SegmentOpener* m_opener = nullptr;
};

}  // namespace hezhang::sync
