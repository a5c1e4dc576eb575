// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The county's side: one log, one judge. Takes segments, gives every op a verdict, signs heads, answers requests.
//
// A County keeps nothing in memory that its store does not have, so any number of processes may each have one on the same store
// (`hezhangd invite` beside `hezhangd serve`): what decides is read inside the write transaction.
//
// Shape:   docs/sync-model.md section 7. handle() takes a batch of requests in one transaction and signs one head for all of them
//          (group commit); answers are given only after the commit.
// Errors:  storage errors fail the whole batch, nothing is changed. A bad request gets its answer and harms no other.
// Threads: one store, one thread.
#pragma once

#include <map>
#include <set>

#include "sync/engine/enrolment.h"
#include "sync/trust/merkle.h"

namespace hezhang::sync {

inline constexpr std::size_t kPageBytesMax = 640 * 1024;

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
          m_projection(store, m_history, rules), m_applier(store, m_projection), m_nodes(store) {}
    County(const County&) = delete;
    County& operator=(const County&) = delete;

    // Makes an empty store a county: key, first entry, definitions. REQUIRES: inside a write transaction.
    [[nodiscard]] Result<void> create(const std::string& countyName, std::span<const DefinitionControl> definitions,
                                      WallMs now);

    // -- requests
    // How many bytes of entries an answer takes up at most, give or take one entry: less for slow links.
    void setPageBytesMax(std::size_t bytes) { m_pageBytesMax = bytes; }
    [[nodiscard]] Result<std::vector<Bytes>> handle(std::span<const Bytes> syncRequests, WallMs now);
    [[nodiscard]] Result<Bytes> handleEnrol(BytesView request, WallMs now);

    // -- the operator; each is a transaction of its own
    [[nodiscard]] Result<void> write(std::span<const CountyEdit> edits, WallMs now);
    // Returns the code to hand to the person.
    [[nodiscard]] Result<std::string> invite(const Invitation& invitation);
    [[nodiscard]] Result<void> revoke(const DeviceId& device, WallMs now);
    [[nodiscard]] Result<void> endPerson(const RecordId& person, WallMs now);
    // A new epoch whose history keeps all present entries: after a restore.
    [[nodiscard]] Result<void> beginEpoch(const std::string& cause, WallMs now);
    // Says in the log that all entries up to now are in a backup.
    [[nodiscard]] Result<void> markBackup(std::uint64_t size, WallMs now);

    // -- reading
    [[nodiscard]] Result<CountyControl> control();
    [[nodiscard]] Result<CountyStatus> status();
    [[nodiscard]] Result<std::uint64_t> size();
    [[nodiscard]] Result<Head> head();
    // Recomputes everything that can be: pages of the log, leaves, roots, signatures, projection. One line a finding.
    [[nodiscard]] Result<std::vector<std::string>> verify();
    [[nodiscard]] Projection& projection() { return m_projection; }
    [[nodiscard]] Store& store() { return m_store; }
    [[nodiscard]] Result<bool> isKnownMacOf(const DeviceId& device, const Frame& frame);
    [[nodiscard]] Result<MacKey> macKeyOf(const DeviceId& device);

private:
    class StoreNodes final : public MerkleNodes {
    public:
        explicit StoreNodes(Store& store) : m_store(store) {}
        Result<Hash> node(unsigned level, std::uint64_t index) override;
        Result<void> put(unsigned level, std::uint64_t index, const Hash& hash) override;

    private:
        Store& m_store;
    };
    // A request on its way through a batch.
    struct Pending {
        bool isReadable = false;
        SyncRequest request;
        Bytes tag;
        std::optional<DeviceRow> device;
        std::vector<std::string> held;   // scopes it holds now
        std::vector<std::string> everHeld;  // and those it held once: its own writing there is answered still
        SyncAnswer answer;
    };
    // Who reads a part of the log: the scopes asked of this part, and whether control entries are among it.
    struct Reading {
        const Pending& pending;
        std::vector<std::string> scopes;
        bool isMain = true;
    };

    [[nodiscard]] Result<KeyPair> key();
    [[nodiscard]] Result<EpochId> epoch();
    [[nodiscard]] Result<std::uint64_t> append(const LogEntry& entry);
    [[nodiscard]] Result<std::uint64_t> appendBytes(BytesView entry);
    template <class Body>
    [[nodiscard]] Result<void> appendControl(ControlKind kind, const Body& body, WallMs now);
    [[nodiscard]] Result<Head> signedHead(WallMs now);
    [[nodiscard]] Result<Hash> rootAt(std::uint64_t size);

    [[nodiscard]] Result<void> takeRequest(BytesView bytes, Pending& pending, WallMs now);
    [[nodiscard]] Result<bool> isOnOurHistory(Pending& pending, WallMs now);
    [[nodiscard]] Result<Bytes> answerFor(Pending& pending, WallMs now);
    [[nodiscard]] Result<void> addFeed(Pending& pending, WallMs now);
    [[nodiscard]] Result<std::uint64_t> collect(const Reading& reading, std::uint64_t from, std::uint64_t end,
                                                std::map<std::uint64_t, ProvenEntry>& chosen, std::size_t& bytes);
    [[nodiscard]] Result<void> addToFeed(std::uint64_t position, const Reading& reading,
                                         std::map<std::uint64_t, ProvenEntry>& chosen, std::size_t& bytes);
    [[nodiscard]] Result<bool> isFor(const Reading& reading, const LogEntry& entry);
    [[nodiscard]] Result<bool> isKeptFrom(const DeviceRow& device, std::uint64_t position);
    [[nodiscard]] Result<std::vector<std::pair<Hash, Hash>>> skippedBefore(const DeviceRow& device,
                                                                           const std::map<std::uint64_t, ProvenEntry>& chosen);
    [[nodiscard]] Result<std::vector<std::string>> scopesEverHeld(const DeviceRow& device);
    [[nodiscard]] Result<std::vector<std::string>> noteHeld(const DeviceId& device, const std::vector<std::string>& scopes);

    [[nodiscard]] Result<Ack> push(BytesView envelope, const DeviceId& pusher, WallMs now);
    [[nodiscard]] Result<std::optional<Hash>> missingFor(const SealedSegment& sealed);
    [[nodiscard]] Result<std::uint64_t> enter(const SealedSegment& sealed, const DeviceRow& author, WallMs now);
    [[nodiscard]] Result<bool> fitsLog(const SealedSegment& sealed);
    [[nodiscard]] Result<bool> namesOpOf(const RecordId& record, const SeenDot& seen, OpRef author);
    [[nodiscard]] Result<Judgement> judgeOp(const SealedSegment& sealed, std::size_t index, const PlacedOp& placed,
                                            const DeviceRow& author, const RecordKey& key, bool isForeignScope);
    [[nodiscard]] Result<Judgement> standingJudgement(OpRef ref);
    [[nodiscard]] Result<void> retryHeld(const Hash& arrived, WallMs now);
    [[nodiscard]] Result<void> releaseNamed(const SealedSegment& sealed, const std::vector<PlacedOp>& placed,
                                            const std::vector<VerdictRun>& runs, std::uint64_t position);
    [[nodiscard]] Result<void> releaseRaised(OpRef ref, std::uint64_t before);
    [[nodiscard]] Result<void> releaseFor(const Op& op, OpRef ref, std::uint64_t before);
    [[nodiscard]] Result<void> releaseEntryOf(OpRef ref, std::uint64_t before);
    [[nodiscard]] Result<void> followAdmits(const SealedSegment& sealed, const std::vector<PlacedOp>& placed,
                                            const std::vector<VerdictRun>& runs, WallMs now);
    [[nodiscard]] Result<Ack> takeBack(const Page& page, WallMs now);
    [[nodiscard]] Result<bool> takeBackEntry(const ProvenEntry& proven, WallMs now);
    [[nodiscard]] Result<bool> takeBackSegment(const ProvenEntry& proven, const LogEntry& entry, WallMs now);
    [[nodiscard]] Result<void> raise(const SegmentEntry& before, const SealedSegment& sealed, WallMs now);
    [[nodiscard]] Result<void> raiseOp(const VerdictEntry& verdict, OpRef ref, const std::string& scope, WallMs now);

    Store& m_store;
    const Suite& m_suite;
    const Judge& m_judge;
    RandomSource& m_random;
    History m_history;
    Projection m_projection;
    LogApplier m_applier;
    StoreNodes m_nodes;
    std::size_t m_pageBytesMax = kPageBytesMax;
};

// The text of an element of the cell `admitted`: which op, and why.
[[nodiscard]] std::string admitText(const Hash& op, std::string_view why);
[[nodiscard]] std::optional<std::pair<Hash, std::string>> parseAdmit(std::string_view text);

}  // namespace hezhang::sync
