// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The op store: the port between the engine and what keeps its rows. SqliteStore is the real one, MemoryStore the reference;
// tests/conformance runs one suite against both.
//
// Shape:   the rows below; docs/storage-format.md says who writes each. *Log rows* (lane, branch, segment, run, tail, loose, record,
//          entry, page, node, device) are the truth; *projection rows* (live, hidden, early, named, aside) follow from them and can be
//          rebuilt.
// Errors:  storageBusy, storageFull, storageCorrupt, storageFailed. After an error inside a transaction the caller rolls back.
// Threads: one store, one thread. Several processes may each have a store on the same home; what is read inside a write
//          transaction cannot change before its commit.
#pragma once

#include <functional>
#include <optional>

#include "sync/base/result.h"
#include "sync/log/log_entry.h"
#include "sync/op/dot.h"
#include "sync/op/op.h"

namespace hezhang::sync {

// The one order: position in the county log, then place in the segment. Own unanswered ops stand after everything.
struct Order {
    std::uint64_t position = 0;
    std::uint64_t place = 0;
    auto operator<=>(const Order&) const = default;
};
inline constexpr std::uint64_t kUnanswered = std::uint64_t{1} << 62;

struct LaneRow {
    LaneId lane;
    std::string scope;
    DeviceId device;
    bool isMine = false;     // this home writes it, or wrote it before it opened a new one
    bool isOpen = false;     // mine: new ops go here
    Seed seed;               // mine: of the ops in the tail
    std::int64_t branch = 0; // mine: where our last op lies
    OpCounter tip = 0;       // mine: our last op
    Hash tipSegment;         // mine: our last sealed segment
};

// An unforked run of a lane. A lane without forks is one branch with fork = 1 and no parent.
struct BranchRow {
    std::int64_t id = 0;
    LaneId lane;
    std::int64_t parent = 0;  // 0: none
    OpCounter fork = 1;       // the first counter that is this branch's own
    OpCounter tip = 0;        // the last counter known
};

enum class SegmentState : std::uint8_t {
    inLog = 0,      // entered at `position`
    unsent = 1,     // own: sealed, no answer yet
    received = 2,   // own: the county has it, in the log beyond our cursor or held
    held = 3,       // county: waits for a missing segment
    refused = 4     // own: the county refused it; the text stays readable
};

struct SegmentRow {
    Hash hash;
    LaneId lane;
    std::string scope;
    OpCounter first = 1;
    std::uint32_t count = 0;
    Hash previous;
    SegmentState state = SegmentState::inLog;
    std::uint64_t position = 0;
    bool isMine = false;
    Bytes envelope;          // empty: only its outline is here, the text is not (docs/sync-model.md section 14)
    [[nodiscard]] bool hasText() const { return !envelope.empty(); }
};

// Ops [first, last] of a branch lie in `segment`. Repeated ops make a second run over the same numbers.
struct Run {
    std::int64_t branch = 0;
    OpCounter first = 0;
    OpCounter last = 0;
    Hash segment;
};

struct TailRow {
    OpRef ref;
    LaneId lane;
    Op op;
    Hash id;
    Rank rank = 0;
};

struct RecordRow {
    RecordId id;
    std::string scope;
    RecordKey key;
};

// A live value: applied, or own and unanswered (order.position == kUnanswered).
struct LiveRow {
    RecordId record;
    std::string field;
    OpRef ref;
    Order order;
    OpKind kind = OpKind::assign;
    Rank rank = 0;
    Value value;
    RecordId person;
    WallMs at = 0;
    // -- told by the store, never to it
    bool isHidden = false;   // an own unanswered op hides it
    bool isBare = false;     // a hidden unanswered assign: of it only ref and rank are kept, its text lies with its op
    [[nodiscard]] bool isUnanswered() const { return order.position == kUnanswered; }
    // For stores: whether it becomes bare while it is hidden, and what is left of it then.
    [[nodiscard]] bool turnsBare() const { return isUnanswered() && kind == OpKind::assign; }
    [[nodiscard]] LiveRow bare() const { return {record, field, ref, {kUnanswered, 0}, kind, rank, {}, {}, 0, false, true}; }
    auto operator<=>(const LiveRow&) const = default;
};

struct AsideRow {
    OpRef ref;
    RecordId record;
    std::string field;
    Reason reason = Reason::none;
    bool isMine = false;
    auto operator<=>(const AsideRow&) const = default;
};

// An op that is here without the text of its segment, as a snapshot gave it.
struct LooseRow {
    enum class Role : std::uint8_t {
        past = 0,    // not in the state any more: here for what names it
        live = 1,    // its value was live
        aside = 2
    };
    OpRef ref;
    Role role = Role::past;
    Op op;
    Hash id;                        // none: not told
    Rank rank = 0;                  // live
    Order order;                    // live
    Reason reason = Reason::none;   // aside
    auto operator<=>(const LooseRow&) const = default;
};

struct EntryRow {
    std::uint64_t position = 0;
    Bytes entry;
    std::int64_t page = 0;   // replica: the page it came with, 0 at the county
};

struct DeviceRow {
    EnrolmentControl enrolment;
    std::uint64_t enrolledAt = 0;   // position
    bool isRevoked = false;
};

struct InvitationRow {
    Bytes codeId;
    Bytes codeKey;                  // derived from the code; the code itself is not kept
    RecordId person;
    RecordId unit;
    std::string role;
    std::string personName;
    std::string unitName;
    WallMs expiresAt = 0;
    DeviceId usedBy;                // none: not used
    DeviceId invitedBy;             // none: the operator
};

// A small value that a store leaves where its projection is empty and has to be made anew from the log.
inline constexpr std::string_view kRebuildDue = "rebuild-due";

class Store {
public:
    virtual ~Store() = default;

    // -- transactions: begin … commit | rollback, not nested
    virtual Result<void> begin() = 0;
    virtual Result<void> commit() = 0;
    virtual void rollback() = 0;

    // -- small values by name
    virtual Result<std::optional<Bytes>> meta(std::string_view key) = 0;
    virtual Result<void> setMeta(std::string_view key, BytesView value) = 0;
    virtual Result<void> eraseMetas(std::string_view start) = 0;               // of all keys that begin so

    // -- lanes, branches
    virtual Result<std::optional<LaneRow>> lane(const LaneId& lane) = 0;
    virtual Result<std::vector<LaneRow>> lanes() = 0;                       // by id
    virtual Result<std::optional<LaneRow>> openLane(const std::string& scope) = 0;
    virtual Result<void> putLane(const LaneRow& row) = 0;
    virtual Result<std::vector<BranchRow>> branches(const LaneId& lane) = 0;   // by id
    virtual Result<std::optional<BranchRow>> branch(std::int64_t id) = 0;
    virtual Result<std::int64_t> addBranch(const BranchRow& row) = 0;          // id is chosen
    virtual Result<void> setTip(std::int64_t branch, OpCounter tip) = 0;

    // -- segments
    virtual Result<std::optional<SegmentRow>> segment(const Hash& hash) = 0;
    virtual Result<std::optional<SegmentRow>> outline(const Hash& hash) = 0;   // the same, with an empty envelope
    virtual Result<bool> hasSegment(const Hash& hash) = 0;
    virtual Result<void> putSegment(const SegmentRow& row) = 0;
    virtual Result<void> setSegmentState(const Hash& hash, SegmentState state, std::uint64_t position) = 0;
    virtual Result<void> addRun(const Run& run) = 0;
    virtual Result<std::vector<Run>> runsOf(const Hash& segment) = 0;          // by first
    // Runs with an op of first … last of the branch, by segment hash.
    virtual Result<std::vector<Run>> runsOver(std::int64_t branch, OpCounter first, OpCounter last) = 0;
    Result<std::vector<Run>> runsAt(OpRef ref) { return runsOver(ref.branch, ref.counter, ref.counter); }
    virtual Result<std::vector<Hash>> segmentsIn(SegmentState state) = 0;      // in the order they were put
    virtual Result<std::vector<Hash>> segmentsOfScope(const std::string& scope) = 0;  // in the order they were put
    virtual Result<std::vector<Hash>> segmentsOfLane(const LaneId& lane) = 0;  // by first, then hash
    virtual Result<std::vector<Hash>> segmentsWithoutText(std::size_t limit) = 0;   // those put last come first
    // Where the ops of the lane lie is not known any more: its runs are gone, its branches nobody's (their numbers are not used again), its
    // segments without text gone.
    virtual Result<void> forgetPlaces(const LaneId& lane) = 0;

    // -- ops without the text of their segment
    virtual Result<void> putLoose(const LooseRow& row) = 0;                    // replaces the row of the same op
    virtual Result<std::optional<LooseRow>> loose(OpRef ref) = 0;
    virtual Result<std::vector<LooseRow>> looseAfter(OpRef ref, std::size_t limit) = 0;  // by ref
    virtual Result<void> clearLoose() = 0;

    // -- tail: own ops not yet sealed, by lane and counter
    virtual Result<void> addTail(const TailRow& row) = 0;   // REQUIRES: its branch was added; the next counter of the branch's tail
    virtual Result<std::vector<TailRow>> tail(const LaneId& lane) = 0;
    virtual Result<std::uint64_t> tailCount(const LaneId& lane) = 0;
    virtual Result<std::optional<TailRow>> tailOp(OpRef ref) = 0;
    virtual Result<void> eraseTail(const LaneId& lane, OpCounter upTo) = 0;

    // -- records
    virtual Result<std::optional<RecordRow>> record(const RecordId& id) = 0;
    virtual Result<void> putRecord(const RecordRow& row) = 0;                  // an existing one stays as it is
    virtual Result<std::vector<RecordRow>> recordsOf(std::string_view registerName) = 0;  // by id; empty: all
    virtual Result<std::vector<RecordId>> recordsStartingWith(std::string_view hexStart) = 0;  // by id, at most 20
    // Records of a register among whose fixed fields is exactly this text: those that name a record by its id. By id.
    virtual Result<std::vector<RecordRow>> recordsNaming(std::string_view registerName, std::string_view text) = 0;

    // -- projection
    // An op stands in one cell of one record. An unanswered assign that is hidden, or comes to be, becomes *bare*: so a home in which
    // one cell was edited a thousand times has one value in it, not a thousand.
    virtual Result<std::vector<LiveRow>> liveOf(const RecordId& record) = 0;   // by field, then order; bare ones left out
    virtual Result<std::vector<LiveRow>> liveOfCell(const RecordId& record, std::string_view field) = 0;  // by order; as liveOf
    virtual Result<std::size_t> liveCount(const RecordId& record, std::string_view field) = 0;
    // Every live row, bare ones too, of every record of a register (empty: of all), by record, field, order. `visit` may read, not write.
    virtual Result<void> eachLive(std::string_view registerName, const std::function<void(LiveRow&&)>& visit) = 0;
    // Records with a live add of this element, by id, each once.
    virtual Result<std::vector<RecordId>> recordsHolding(std::string_view field, const Value& element) = 0;
    // Every live add of a field, in whatever record, by order and then op.
    virtual Result<std::vector<LiveRow>> addsOf(std::string_view field) = 0;
    // Records that may have something to settle or to confirm: a field with several live assigns, hidden ones counted and bare ones not, or
    // any live row of `alwaysField`. By id, each once.
    virtual Result<std::vector<RecordId>> recordsWithSeveral(std::string_view alwaysField) = 0;
    virtual Result<void> putLive(const LiveRow& row) = 0;                      // replaces the row of the same op
    // `field`: where it is looked for first; it may stand in another cell of the record.
    virtual Result<std::optional<LiveRow>> liveRow(const RecordId& record, std::string_view field, OpRef ref) = 0;
    virtual Result<bool> eraseLive(const RecordId& record, std::string_view field, OpRef ref) = 0;     // false: there was none
    // What an op of a record hides need not be live (yet), nor stand in the cell of the op, which is `field`.
    virtual Result<void> hide(const RecordId& record, std::string_view field, OpRef hidden, OpRef by) = 0;
    virtual Result<std::vector<std::pair<OpRef, OpRef>>> hiddenIn(const RecordId& record) = 0;   // (hidden, by)
    // The same `field` as it was hidden with. Answers those that are visible again and bare, which are to be put anew. By ref.
    virtual Result<std::vector<OpRef>> unhide(const RecordId& record, std::string_view field, OpRef by) = 0;
    // What `op` hides and is live, those hide too who hide `op`, and those name who name `op`; what `op` names and is live, those name
    // too who hide `op`. All of one record.
    virtual Result<void> handOn(const RecordId& record, OpRef op) = 0;
    virtual Result<void> putEarly(OpRef ref) = 0;
    virtual Result<bool> isEarly(OpRef ref) = 0;
    virtual Result<std::vector<OpRef>> earlies() = 0;                          // by ref
    virtual Result<void> putNamed(const RecordId& record, OpRef by, OpRef named) = 0;
    virtual Result<std::vector<std::pair<OpRef, OpRef>>> namedIn(const RecordId& record) = 0;  // (by, named)
    virtual Result<void> eraseNamed(const RecordId& record, OpRef by) = 0;
    virtual Result<void> putAside(const AsideRow& row) = 0;
    virtual Result<std::optional<AsideRow>> asideOf(OpRef ref) = 0;
    virtual Result<void> eraseAside(OpRef ref) = 0;
    virtual Result<std::vector<AsideRow>> asides() = 0;                        // by ref
    virtual Result<void> clearProjection() = 0;

    // -- the log as far as it is here
    virtual Result<void> putEntry(const EntryRow& row) = 0;
    virtual Result<std::optional<EntryRow>> entry(std::uint64_t position) = 0;
    virtual Result<std::vector<EntryRow>> entries(std::uint64_t from, std::size_t limit) = 0;  // by position
    virtual Result<void> eraseEntriesFrom(std::uint64_t position) = 0;
    virtual Result<std::int64_t> addPage(const Bytes& headAndProof) = 0;
    virtual Result<std::optional<Bytes>> page(std::int64_t id) = 0;
    virtual Result<void> putHead(const Head& head) = 0;
    virtual Result<std::vector<Head>> heads() = 0;                             // by size, largest first
    virtual Result<void> eraseHeadsOver(std::uint64_t size) = 0;
    // Entries the county has lost, kept until it has them again. In old order.
    virtual Result<void> putOrphan(const EntryRow& row) = 0;
    virtual Result<std::vector<EntryRow>> orphans() = 0;
    virtual Result<void> eraseOrphan(std::uint64_t position, std::int64_t page) = 0;

    // -- devices, from control entries
    virtual Result<void> putDevice(const DeviceRow& row) = 0;
    virtual Result<std::optional<DeviceRow>> device(const DeviceId& id) = 0;
    virtual Result<std::vector<DeviceRow>> devices() = 0;                      // by enrolment
    virtual Result<void> clearDevices() = 0;

    // -- county only
    virtual Result<std::optional<std::uint64_t>> leafPosition(const Hash& leaf) = 0;    // of a node at level 0
    virtual Result<std::optional<Hash>> node(unsigned level, std::uint64_t index) = 0;
    virtual Result<void> putNode(unsigned level, std::uint64_t index, const Hash& hash) = 0;
    virtual Result<void> putWant(const Hash& held, const Hash& want) = 0;      // one for a held segment
    virtual Result<std::vector<Hash>> heldFor(const Hash& want) = 0;
    virtual Result<std::vector<Hash>> wants() = 0;
    virtual Result<void> eraseWant(const Hash& held) = 0;
    virtual Result<void> putQuarantine(const Hash& hash, const DeviceId& device, Reason reason, BytesView bytes) = 0;
    virtual Result<std::uint64_t> quarantineBytes(const DeviceId& device) = 0;   // kept of what this device brought
    virtual Result<void> putRestricted(std::uint64_t position, const DeviceId& author) = 0;  // goes only to office and author
    virtual Result<std::optional<DeviceId>> restrictedTo(std::uint64_t position) = 0;
    virtual Result<void> release(std::uint64_t position, std::uint64_t before) = 0;     // it goes out before entry `before`
    virtual Result<std::vector<std::uint64_t>> releasedBefore(std::uint64_t position) = 0;
    // The positions in [from, end) before which something is released, ascending, the first `most`.
    virtual Result<std::vector<std::uint64_t>> releasePoints(std::uint64_t from, std::uint64_t end, std::size_t most) = 0;
    virtual Result<void> putInvitation(const InvitationRow& row) = 0;
    virtual Result<std::optional<InvitationRow>> invitation(BytesView codeId) = 0;
    // Those not used that end at `now` or later: by end, then code id; at most `limit`.
    virtual Result<std::vector<InvitationRow>> openInvitations(WallMs now, std::size_t limit) = 0;
};

// begin() now, rollback() unless commit() was reached.
class WriteScope {
public:
    [[nodiscard]] static Result<WriteScope> begin(Store& store) {
        HZ_CHECK(store.begin());
        return WriteScope(store);
    }
    WriteScope(WriteScope&& other) noexcept : m_store(other.m_store) { other.m_store = nullptr; }
    WriteScope(const WriteScope&) = delete;
    WriteScope& operator=(const WriteScope&) = delete;
    WriteScope& operator=(WriteScope&&) = delete;
    ~WriteScope() {
        if (m_store != nullptr) {
            m_store->rollback();
        }
    }
    Result<void> commit() {
        Store* store = m_store;
        m_store = nullptr;
        return store->commit();
    }

private:
    explicit WriteScope(Store& store) : m_store(&store) {}
    Store* m_store;
};

}  // namespace hezhang::sync
