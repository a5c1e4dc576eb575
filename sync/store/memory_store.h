// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The store in memory: what the port means, written as plainly as possible. It checks SqliteStore and carries
// simulations.
//
// Shape:   ordered containers in one State. A transaction notes how to undo each of its writes, so beginning
// one costs nothing. A
//          snapshot is the whole state at a moment and costs nothing until the next write: keep one for a
//          backup, give it to two stores for a clone, restore it for a crash (what was not committed is gone)
//          or a restored backup.
// Errors:  storageFailed where SqliteStore's keys would refuse a row.
// Threads: one store and all that share its snapshots, one thread.
#pragma once

#include <map>
#include <memory>
#include <tuple>
#include <variant>

#include "sync/store/store.h"

namespace hezhang::sync {

class MemoryStore final : public Store {
public:
    struct State;
    // Shared, because copies of a state are made only when somebody writes.
    using Snapshot = std::shared_ptr<const State>;

    MemoryStore();
    explicit MemoryStore(const Snapshot& snapshot);
    ~MemoryStore() override;

    // REQUIRES: no open transaction.
    [[nodiscard]] Snapshot snapshot() const;
    // An open transaction is rolled back first.
    void restore(const Snapshot& snapshot);

    // -- transactions
    Result<void> begin() override;
    Result<void> commit() override;
    void rollback() override;

    // -- small values by name
    Result<std::optional<Bytes>> meta(std::string_view key) override;
    Result<void> setMeta(std::string_view key, BytesView value) override;
    Result<void> eraseMetas(std::string_view start) override;

    // -- lanes
    Result<std::optional<LaneRow>> lane(const LaneId& lane) override;
    Result<std::vector<LaneRow>> lanes() override;
    Result<std::optional<LaneRow>> openLane(const std::string& scope) override;
    Result<void> putLane(const LaneRow& row) override;
    Result<std::vector<BranchRow>> branches(const LaneId& lane) override;
    Result<std::optional<BranchRow>> branch(std::int64_t id) override;
    Result<std::int64_t> addBranch(const BranchRow& row) override;
    Result<void> setTip(std::int64_t branch, OpCounter tip) override;

    // -- segments
    Result<std::optional<SegmentRow>> segment(const Hash& hash) override;
    Result<std::optional<SegmentRow>> outline(const Hash& hash) override;
    Result<bool> hasSegment(const Hash& hash) override;
    Result<void> putSegment(const SegmentRow& row) override;
    Result<void> setSegmentState(const Hash& hash, SegmentState state, std::uint64_t position) override;
    Result<void> addRun(const Run& run) override;
    Result<std::vector<Run>> runsOf(const Hash& segment) override;
    Result<std::vector<Run>> runsOver(std::int64_t branch, OpCounter first, OpCounter last) override;
    Result<std::vector<Hash>> segmentsIn(SegmentState state) override;
    Result<std::vector<Hash>> segmentsOfScope(const std::string& scope) override;
    Result<std::vector<Hash>> segmentsOfLane(const LaneId& lane) override;
    Result<std::vector<Hash>> segmentsWithoutText(std::size_t limit) override;
    Result<void> forgetPlaces(const LaneId& lane) override;

    // -- ops without the text of their segment
    Result<void> putLoose(const LooseRow& row) override;
    Result<std::optional<LooseRow>> loose(OpRef ref) override;
    Result<std::vector<LooseRow>> looseAfter(OpRef ref, std::size_t limit) override;
    Result<void> clearLoose() override;

    // -- tail
    Result<void> addTail(const TailRow& row) override;
    Result<std::vector<TailRow>> tail(const LaneId& lane) override;
    Result<std::uint64_t> tailCount(const LaneId& lane) override;
    Result<std::optional<TailRow>> tailOp(OpRef ref) override;
    Result<void> eraseTail(const LaneId& lane, OpCounter upTo) override;

    // -- records
    Result<std::optional<RecordRow>> record(const RecordId& id) override;
    Result<void> putRecord(const RecordRow& row) override;
    Result<std::vector<RecordRow>> recordsOf(std::string_view registerName) override;
    Result<std::vector<RecordId>> recordsStartingWith(std::string_view hexStart) override;

    // -- projection
    Result<std::vector<LiveRow>> liveOf(const RecordId& record) override;
    Result<std::vector<LiveRow>> liveOfCell(const RecordId& record, std::string_view field) override;
    Result<std::size_t> liveCount(const RecordId& record, std::string_view field) override;
    Result<void> eachLive(std::string_view registerName,
                          const std::function<void(LiveRow&&)>& visit) override;
    Result<std::vector<RecordId>> recordsWithSeveral(std::string_view alwaysField) override;
    Result<std::vector<RecordRow>> recordsNaming(std::string_view registerName,
                                                 std::string_view text) override;
    Result<std::vector<RecordId>> recordsHolding(std::string_view field, const Value& element) override;
    Result<std::vector<LiveRow>> addsOf(std::string_view field) override;
    Result<void> putLive(const LiveRow& row) override;
    Result<std::optional<LiveRow>> liveRow(const RecordId& record, std::string_view field,
                                           OpRef ref) override;
    Result<bool> eraseLive(const RecordId& record, std::string_view field, OpRef ref) override;
    Result<void> hide(const RecordId& record, std::string_view field, OpRef hidden, OpRef by) override;
    Result<std::vector<std::pair<OpRef, OpRef>>> hiddenIn(const RecordId& record) override;
    Result<std::vector<OpRef>> unhide(const RecordId& record, std::string_view field, OpRef by) override;
    Result<void> handOn(const RecordId& record, OpRef op) override;
    Result<void> putEarly(OpRef ref) override;
    Result<bool> isEarly(OpRef ref) override;
    Result<std::vector<OpRef>> earlies() override;
    Result<void> putNamed(const RecordId& record, OpRef by, OpRef named) override;
    Result<std::vector<std::pair<OpRef, OpRef>>> namedIn(const RecordId& record) override;
    Result<void> eraseNamed(const RecordId& record, OpRef by) override;
    Result<void> putAside(const AsideRow& row) override;
    Result<std::optional<AsideRow>> asideOf(OpRef ref) override;
    Result<void> eraseAside(OpRef ref) override;
    Result<std::vector<AsideRow>> asides() override;
    Result<void> clearProjection() override;

    // -- the log as far as it is here
    Result<void> putEntry(const EntryRow& row) override;
    Result<std::optional<EntryRow>> entry(std::uint64_t position) override;
    Result<std::vector<EntryRow>> entries(std::uint64_t from, std::size_t limit) override;
    Result<void> eraseEntriesFrom(std::uint64_t position) override;
    Result<std::int64_t> addPage(const Bytes& headAndProof) override;
    Result<std::optional<Bytes>> page(std::int64_t id) override;
    Result<void> putHead(const Head& head) override;
    Result<std::vector<Head>> heads() override;
    Result<void> eraseHeadsOver(std::uint64_t size) override;
    Result<void> putOrphan(const EntryRow& row) override;
    Result<std::vector<EntryRow>> orphans() override;
    Result<void> eraseOrphan(std::uint64_t position, std::int64_t page) override;

    // -- devices
    Result<void> putDevice(const DeviceRow& row) override;
    Result<std::optional<DeviceRow>> device(const DeviceId& id) override;
    Result<std::vector<DeviceRow>> devices() override;
    Result<void> clearDevices() override;

    // -- county only
    Result<std::optional<std::uint64_t>> leafPosition(const Hash& leaf) override;
    Result<std::optional<Hash>> node(unsigned level, std::uint64_t index) override;
    Result<void> putNode(unsigned level, std::uint64_t index, const Hash& hash) override;
    Result<void> putWant(const Hash& held, const Hash& want) override;
    Result<std::vector<Hash>> heldFor(const Hash& want) override;
    Result<std::vector<Hash>> wants() override;
    Result<void> eraseWant(const Hash& held) override;
    Result<std::uint64_t> quarantineBytes(const DeviceId& device) override;
    Result<void> putQuarantine(const Hash& hash, const DeviceId& device, Reason reason,
                               BytesView bytes) override;
    Result<void> putRestricted(std::uint64_t position, const DeviceId& author) override;
    Result<std::optional<DeviceId>> restrictedTo(std::uint64_t position) override;
    Result<void> release(std::uint64_t position, std::uint64_t before) override;
    Result<std::vector<std::uint64_t>> releasedBefore(std::uint64_t position) override;
    Result<std::vector<std::uint64_t>> releasePoints(std::uint64_t from, std::uint64_t end,
                                                     std::size_t most) override;
    Result<void> putInvitation(const InvitationRow& row) override;
    Result<std::optional<InvitationRow>> invitation(BytesView codeId) override;
    Result<std::vector<InvitationRow>> openInvitations(WallMs now, std::size_t limit) override;

private:
    // Back to how it was before one write.
    using Undo = std::function<void(State&)>;

    // The state to write to: our own copy if a snapshot shares it.
    [[nodiscard]] State& writable();
    void noteUndo(Undo undo);
    template <class Map>
    void put(Map State::*table, const typename Map::key_type& key, typename Map::mapped_type value);
    template <class Map>
    bool erase(Map State::*table, const typename Map::key_type& key);
    template <class Map, class Condition>
    void eraseIf(Map State::*table, const Condition& condition);
    // Makes the row bare where it has to be.
    void makeBare(const RecordId& record, OpRef ref);

    std::shared_ptr<State> m_state;
    bool m_isInTransaction = false;
    std::vector<Undo> m_undo;
};

}  // namespace hezhang::sync
