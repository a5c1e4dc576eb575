// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// One replica: a home's own writing. An edit is an op in the tail and its effect in the projection, in one
// transaction; before it is sent the tail is sealed into segments. SyncSession (sync_session.h) carries them
// to the county.
//
// The replica is passive: no thread, socket, wall clock or random device of its own; time and randomness come
// in.
//
// Shape:   docs/sync-model.md. A lane is opened with the first op of a scope; a new one when the home was
// copied or restored, or when
//          somebody else wrote on ours.
// Errors:  of edit(): noRight, badValue, unknownRecord, tooLarge, notFound (seen: no op of the record);
// storage errors. After an error
//          the caller's transaction is rolled back and nothing is changed.
// Threads: one store, one thread; any number of processes may each have a Replica on the same home.
#pragma once

#include <set>

#include "sync/base/random_source.h"
#include "sync/engine/log_applier.h"
#include "sync/transport/wire_messages.h"

namespace hezhang::sync {

// Who this replica is, as enrolled. Stored with the replica.
struct Identity {
    EnrolmentControl enrolment;
    KeyPair device;
    MacKey macKey;
    CountyControl county;
    std::vector<std::string> scopes;
    std::string personName;
    std::string unitName;

    template <class Archive>
    void serialize(Archive& archive) {
        FormatVersion<> version;
        archive(version, enrolment, device.privateKey, device.publicKey, macKey, county, scopes, personName,
                unitName);
    }
};

struct Edit {
    RecordKey key;
    std::string scope;
    std::string field;
    OpKind kind = OpKind::assign;
    Value value;
    std::vector<OpRef> seen;  // ops of the record that the author saw when the form was opened
    RecordId person;
};

struct EditAnswer {
    OpRef ref;
    Hash op;
    std::string dot;
    RecordId record;
    Reason warning = Reason::none;  // windowClosed: kept, and goes in late
};

struct OwnCounts {
    std::uint64_t local = 0;     // not at the county as far as we know
    std::uint64_t received = 0;  // the county has it, no verdict yet
    std::uint64_t applied = 0;
    std::uint64_t setAside = 0;
    std::uint64_t refused = 0;
};

struct LaneTip {
    LaneId lane;
    OpCounter counter = 0;
    Hash segment;
    auto operator<=>(const LaneTip&) const = default;

    template <class Archive>
    void serialize(Archive& archive) {
        archive(lane, counter, segment);
    }
};

// The scopes a replica holds, sorted, and those it is still reading up on.
struct ScopeState {
    std::vector<std::string> held;
    std::vector<Backfill> backfill;
    bool isRebuildDue =
        false;  // a scope came back of which later entries are here already: they were applied out of order
    auto operator<=>(const ScopeState&) const = default;

    template <class Archive>
    void serialize(Archive& archive) {
        archive(held, backfill, isRebuildDue);
    }
};

// What a page needs besides its entries to be proved again.
struct StoredPage {
    FormatVersion<> version;
    Head head;
    std::vector<Hash> proof;
    std::vector<std::uint64_t> positions;

    template <class Archive>
    void serialize(Archive& archive) {
        archive(version, head, proof, positions);
    }
};

class Replica {
public:
    Replica(Store& store, const Suite& suite, const Rules& rules, const Judge& judge, RandomSource& random)
        : m_store(store),
          m_suite(suite),
          m_judge(judge),
          m_random(random),
          m_history(store, suite),
          m_projection(store, m_history, rules),
          m_applier(store, m_projection) {}
    Replica(const Replica&) = delete;
    Replica& operator=(const Replica&) = delete;

    // Makes an empty store this replica.
    [[nodiscard]] Result<void> initialise(const Identity& identity);
    // Errors: notEnrolled.
    [[nodiscard]] Result<Identity> identity();
    // The same where it lies; until the next call.
    [[nodiscard]] Result<const Identity*> known();
    // Nobody writes here any more, in no process. REQUIRES: inside a write transaction.
    [[nodiscard]] Result<void> forgetIdentity();

    // REQUIRES: inside a write transaction (so are all below up to the reading part).
    [[nodiscard]] Result<EditAnswer> edit(const Edit& edit, WallMs now);
    // Seals every tail; what is to be sent is durable as it will be sent after the commit.
    [[nodiscard]] Result<void> sealTails();
    // The county cannot use an own segment. Where only its signature has suffered on this disk it is signed anew and stays unsent (true).
    // Else it is refused: its ops are lifted from the state, or stay as they were seen where nobody can read it any more; what is
    // written from now on goes to a new lane, for nothing that follows it in its own can be entered without the office.
    [[nodiscard]] Result<bool> mendOrRefuse(const SegmentRow& outline, Reason reason);
    // Seals the tail that has this op, if one has: only what is sealed can be erased.
    [[nodiscard]] Result<void> sealTailWith(const Hash& op);
    // This database was copied or restored: tails are sealed, and what is written from now on goes to new lanes.
    [[nodiscard]] Result<void> openNewLanes();
    // Goes back to the first `size` entries of the log; what lies beyond becomes orphans to hand back, own
    // ops among them unsent.
    // A replica that began with a snapshot of later cannot: it keeps what it can hand back, and begins anew (its cursor is at 0).
    [[nodiscard]] Result<void> stepBack(std::uint64_t size);
    // Whether that ever happened: then forms that were open before may name what is here no more.
    [[nodiscard]] Result<bool> hasBegunAnew();
    // The whole history is here: the state is made anew from it alone. False: it was another one, which the snapshot had told.
    [[nodiscard]] Result<bool> standOnHistory();
    [[nodiscard]] Result<void> rebuild();
    // True: the projection rows are what they were.
    [[nodiscard]] Result<bool> rebuildAndCompare();
    // After an upgrade of the program (LogApplier::takeUpControls). REQUIRES: inside a write transaction.
    [[nodiscard]] Result<void> takeUpControls() { return m_applier.takeUpControls(rankOf()); }

    // The county has taken the orphans of these pages, which will not come back here: they are of scopes not held any more. They are
    // kept, and handed back once more should it fall back again.
    [[nodiscard]] Result<void> noteGivenBack(const std::set<std::int64_t>& pages);

    // -- reading
    // Entries that the county has lost and was not given back.
    [[nodiscard]] Result<std::vector<EntryRow>> orphansToGive();
    [[nodiscard]] Result<std::vector<LaneTip>> sealedTips();
    [[nodiscard]] Result<OwnCounts> ownCounts();
    // Whether there are own ops that were made since the tails were sealed.
    [[nodiscard]] Result<bool> hasTail();
    [[nodiscard]] Result<Cursor> cursor();
    [[nodiscard]] Result<void> setCursor(const Cursor& cursor);
    [[nodiscard]] Result<ScopeState> scopeState();
    [[nodiscard]] Result<void> setScopeState(const ScopeState& state);
    // Whether a page is the county's, and its head continues the newest one here. Errors: proofInvalid.
    [[nodiscard]] Result<void> checkContinues(const Page& page, const std::vector<Hash>& consistency);
    // Pages that prove the entries at these positions and no others, without segments. Errors: notFound.
    [[nodiscard]] Result<std::vector<Page>> pagesWith(const std::vector<std::uint64_t>& positions);
    // Every page against the head it came with. One line a finding.
    [[nodiscard]] Result<std::vector<std::string>> verifyPages();
    // The pages of which that finds something.
    [[nodiscard]] Result<std::set<std::int64_t>> unprovedPages();
    // Newest first.
    [[nodiscard]] Result<std::vector<Hash>> segmentsToFetch(std::size_t limit);
    // Whether projection rows are what a rebuild gives. Changes nothing.
    [[nodiscard]] Result<bool> isRebuildEqual();

    [[nodiscard]] Store& store() { return m_store; }
    [[nodiscard]] History& history() { return m_history; }
    [[nodiscard]] Projection& projection() { return m_projection; }
    [[nodiscard]] LogApplier& applier() { return m_applier; }
    [[nodiscard]] const Suite& suite() const { return m_suite; }
    [[nodiscard]] const Judge& judge() const { return m_judge; }

private:
    struct StateRows {
        std::vector<LiveRow> live;
        std::vector<AsideRow> asides;
        bool operator==(const StateRows&) const = default;
    };
    [[nodiscard]] Result<StateRows> stateRows();
    [[nodiscard]] Result<StateRows> heldStateRows();   // of the scopes that it holds
    [[nodiscard]] Result<LaneRow> laneFor(const std::string& scope, const DeviceId& device);
    // How an op of `lane` names what was seen. Errors: notFound for what is no op of the record.
    [[nodiscard]] Result<bool> isRefused(OpRef ref);
    [[nodiscard]] Result<std::vector<OpRef>> withoutRefused(std::vector<OpRef> seen);
    [[nodiscard]] Result<std::vector<SeenDot>> contextOf(const std::vector<OpRef>& seen,
                                                         const RecordId& record, std::string_view field, const LaneRow& lane);
    [[nodiscard]] Result<bool> isOpOf(OpRef ref, const RecordId& record, std::string_view field, const std::string& scope);
    [[nodiscard]] Result<void> sealTail(LaneRow lane, const Identity& identity);
    [[nodiscard]] LogApplier::RankOf rankOf();
    [[nodiscard]] Result<Page> pageWithId(std::int64_t id);
    [[nodiscard]] Result<Page> narrowed(Page page, const std::set<std::uint64_t>& positions);
    [[nodiscard]] Result<void> splitPage(std::int64_t id, std::uint64_t fork);
    [[nodiscard]] Result<bool> hasTextOf(const EntryRow& row);
    [[nodiscard]] Result<void> loseFrom(std::uint64_t size);
    [[nodiscard]] Result<void> beginAnew();

    Store& m_store;
    const Suite& m_suite;
    const Judge& m_judge;
    RandomSource& m_random;
    History m_history;
    Projection m_projection;
    LogApplier m_applier;
    std::optional<Identity> m_identity;   // as decoded from:
    Bytes m_identityBytes;
};

}  // namespace hezhang::sync
