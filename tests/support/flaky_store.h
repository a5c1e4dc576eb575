// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A store that fails on demand: a disk that is full, a process that dies between two writes of a transaction.
// It counts the records that are read of it.
//
// Shape:   forwards to another store. After failAfter(k) the write after the next k ones fails, and so does
// every
//          write after it and the commit, until mend().
// Errors:  storageFull for what fails on demand; else those of the other store.
// Threads: as the other store.
#pragma once

#include <optional>

#include "sync/store/store.h"

namespace hezhang::test {

class FlakyStore final : public sync::Store {
public:
    explicit FlakyStore(sync::Store& inner) : m_inner(&inner) {}
    // REQUIRES: no open transaction.
    void setInner(sync::Store& inner) { m_inner = &inner; }

    void failAfter(std::uint64_t writes) { m_writesLeft = writes; }
    void mend() { m_writesLeft.reset(); }
    // What a broken program makes of rows it reads.
    struct Lies {
        std::function<bool(std::uint64_t)> isLeftOut;  // an entry, from the feed
        std::function<void(sync::DeviceRow&)> device;
    };
    void setLies(Lies lies) { m_lies = std::move(lies); }
    [[nodiscard]] bool hasFailed() const { return m_writesLeft == std::uint64_t{0}; }
    // Records that were asked for by id, and those that lists of them were made of.
    [[nodiscard]] std::uint64_t recordsRead() const { return m_recordsRead; }

    Result<void> begin() override { return m_inner->begin(); }
    Result<void> commit() override {
        if (auto fine = mayWrite(); !fine) {
            m_inner->rollback();
            return fine;
        }
        return m_inner->commit();
    }
    void rollback() override { m_inner->rollback(); }

    Result<std::optional<Bytes>> meta(std::string_view key) override { return m_inner->meta(key); }
    Result<void> setMeta(std::string_view key, BytesView value) override {
        HZ_CHECK(mayWrite());
        return m_inner->setMeta(key, value);
    }
    Result<void> eraseMetas(std::string_view start) override {
        HZ_CHECK(mayWrite());
        return m_inner->eraseMetas(start);
    }
    Result<std::optional<sync::LaneRow>> lane(const LaneId& lane) override { return m_inner->lane(lane); }
    Result<std::vector<sync::LaneRow>> lanes() override { return m_inner->lanes(); }
    Result<std::optional<sync::LaneRow>> openLane(const std::string& scope) override {
        return m_inner->openLane(scope);
    }
    Result<void> putLane(const sync::LaneRow& row) override {
        HZ_CHECK(mayWrite());
        return m_inner->putLane(row);
    }
    Result<std::vector<sync::BranchRow>> branches(const LaneId& lane) override {
        return m_inner->branches(lane);
    }
    Result<std::optional<sync::BranchRow>> branch(std::int64_t id) override { return m_inner->branch(id); }
    Result<std::int64_t> addBranch(const sync::BranchRow& row) override {
        HZ_CHECK(mayWrite());
        return m_inner->addBranch(row);
    }
    Result<void> setTip(std::int64_t branch, sync::OpCounter tip) override {
        HZ_CHECK(mayWrite());
        return m_inner->setTip(branch, tip);
    }
    Result<std::optional<sync::SegmentRow>> segment(const Hash& hash) override {
        return m_inner->segment(hash);
    }
    Result<std::optional<sync::SegmentRow>> outline(const Hash& hash) override {
        return m_inner->outline(hash);
    }
    Result<bool> hasSegment(const Hash& hash) override { return m_inner->hasSegment(hash); }
    Result<void> putSegment(const sync::SegmentRow& row) override {
        HZ_CHECK(mayWrite());
        return m_inner->putSegment(row);
    }
    Result<void> setSegmentState(const Hash& hash, sync::SegmentState state,
                                 std::uint64_t position) override {
        HZ_CHECK(mayWrite());
        return m_inner->setSegmentState(hash, state, position);
    }
    Result<void> addRun(const sync::Run& run) override {
        HZ_CHECK(mayWrite());
        return m_inner->addRun(run);
    }
    Result<std::vector<sync::Run>> runsOf(const Hash& segment) override { return m_inner->runsOf(segment); }
    Result<std::vector<sync::Run>> runsOver(std::int64_t branch, sync::OpCounter first,
                                            sync::OpCounter last) override {
        return m_inner->runsOver(branch, first, last);
    }
    Result<std::vector<Hash>> segmentsIn(sync::SegmentState state) override {
        return m_inner->segmentsIn(state);
    }
    Result<std::vector<Hash>> segmentsOfScope(const std::string& scope) override {
        return m_inner->segmentsOfScope(scope);
    }
    Result<std::vector<Hash>> segmentsWithoutText(std::size_t limit) override {
        return m_inner->segmentsWithoutText(limit);
    }
    Result<void> forgetPlaces(const LaneId& lane) override {
        HZ_CHECK(mayWrite());
        return m_inner->forgetPlaces(lane);
    }
    Result<void> putLoose(const sync::LooseRow& row) override {
        HZ_CHECK(mayWrite());
        return m_inner->putLoose(row);
    }
    Result<std::optional<sync::LooseRow>> loose(sync::OpRef ref) override { return m_inner->loose(ref); }
    Result<std::vector<sync::LooseRow>> looseAfter(sync::OpRef ref, std::size_t limit) override {
        return m_inner->looseAfter(ref, limit);
    }
    Result<void> clearLoose() override {
        HZ_CHECK(mayWrite());
        return m_inner->clearLoose();
    }
    Result<std::vector<Hash>> segmentsOfLane(const LaneId& lane) override {
        return m_inner->segmentsOfLane(lane);
    }
    Result<void> addTail(const sync::TailRow& row) override {
        HZ_CHECK(mayWrite());
        return m_inner->addTail(row);
    }
    Result<std::vector<sync::TailRow>> tail(const LaneId& lane) override { return m_inner->tail(lane); }
    Result<std::uint64_t> tailCount(const LaneId& lane) override { return m_inner->tailCount(lane); }
    Result<std::optional<sync::TailRow>> tailOp(sync::OpRef ref) override { return m_inner->tailOp(ref); }
    Result<void> eraseTail(const LaneId& lane, sync::OpCounter upTo) override {
        HZ_CHECK(mayWrite());
        return m_inner->eraseTail(lane, upTo);
    }
    Result<std::optional<sync::RecordRow>> record(const RecordId& id) override {
        ++m_recordsRead;
        return m_inner->record(id);
    }
    Result<void> putRecord(const sync::RecordRow& row) override {
        HZ_CHECK(mayWrite());
        return m_inner->putRecord(row);
    }
    Result<std::vector<sync::RecordRow>> recordsOf(std::string_view registerName) override {
        return counted(m_inner->recordsOf(registerName));
    }
    Result<std::vector<RecordId>> recordsStartingWith(std::string_view hexStart) override {
        return m_inner->recordsStartingWith(hexStart);
    }
    Result<std::vector<sync::LiveRow>> liveOf(const RecordId& record) override {
        return m_inner->liveOf(record);
    }
    Result<std::size_t> liveCount(const RecordId& record, std::string_view field) override {
        return m_inner->liveCount(record, field);
    }
    Result<std::vector<sync::LiveRow>> liveOfCell(const RecordId& record, std::string_view field) override {
        return m_inner->liveOfCell(record, field);
    }
    Result<void> eachLive(std::string_view registerName,
                          const std::function<void(sync::LiveRow&&)>& visit) override {
        return m_inner->eachLive(registerName, visit);
    }
    Result<std::vector<RecordId>> recordsWithSeveral(std::string_view alwaysField) override {
        return m_inner->recordsWithSeveral(alwaysField);
    }
    Result<std::vector<sync::RecordRow>> recordsNaming(std::string_view registerName,
                                                       std::string_view text) override {
        return counted(m_inner->recordsNaming(registerName, text));
    }
    Result<std::vector<RecordId>> recordsHolding(std::string_view field,
                                                 const sync::Value& element) override {
        return m_inner->recordsHolding(field, element);
    }
    Result<std::vector<sync::LiveRow>> addsOf(std::string_view field) override {
        return m_inner->addsOf(field);
    }
    Result<void> putLive(const sync::LiveRow& row) override {
        HZ_CHECK(mayWrite());
        return m_inner->putLive(row);
    }
    Result<std::optional<sync::LiveRow>> liveRow(const RecordId& record, std::string_view field,
                                                 sync::OpRef ref) override {
        return m_inner->liveRow(record, field, ref);
    }
    Result<bool> eraseLive(const RecordId& record, std::string_view field, sync::OpRef ref) override {
        HZ_CHECK(mayWrite());
        return m_inner->eraseLive(record, field, ref);
    }
    Result<void> hide(const RecordId& record, std::string_view field, sync::OpRef hidden,
                      sync::OpRef by) override {
        HZ_CHECK(mayWrite());
        return m_inner->hide(record, field, hidden, by);
    }
    Result<std::vector<std::pair<sync::OpRef, sync::OpRef>>> hiddenIn(const RecordId& record) override {
        return m_inner->hiddenIn(record);
    }
    Result<void> handOn(const RecordId& record, sync::OpRef op) override {
        HZ_CHECK(mayWrite());
        return m_inner->handOn(record, op);
    }
    Result<std::vector<sync::OpRef>> unhide(const RecordId& record, std::string_view field,
                                            sync::OpRef by) override {
        HZ_CHECK(mayWrite());
        return m_inner->unhide(record, field, by);
    }
    Result<void> putEarly(sync::OpRef ref) override {
        HZ_CHECK(mayWrite());
        return m_inner->putEarly(ref);
    }
    Result<bool> isEarly(sync::OpRef ref) override { return m_inner->isEarly(ref); }
    Result<std::vector<sync::OpRef>> earlies() override { return m_inner->earlies(); }
    Result<void> putNamed(const RecordId& record, sync::OpRef by, sync::OpRef named) override {
        HZ_CHECK(mayWrite());
        return m_inner->putNamed(record, by, named);
    }
    Result<std::vector<std::pair<sync::OpRef, sync::OpRef>>> namedIn(const RecordId& record) override {
        return m_inner->namedIn(record);
    }
    Result<void> eraseNamed(const RecordId& record, sync::OpRef by) override {
        HZ_CHECK(mayWrite());
        return m_inner->eraseNamed(record, by);
    }
    Result<void> putAside(const sync::AsideRow& row) override {
        HZ_CHECK(mayWrite());
        return m_inner->putAside(row);
    }
    Result<std::optional<sync::AsideRow>> asideOf(sync::OpRef ref) override { return m_inner->asideOf(ref); }
    Result<void> eraseAside(sync::OpRef ref) override {
        HZ_CHECK(mayWrite());
        return m_inner->eraseAside(ref);
    }
    Result<std::vector<sync::AsideRow>> asides() override { return m_inner->asides(); }
    Result<void> clearProjection() override {
        HZ_CHECK(mayWrite());
        return m_inner->clearProjection();
    }
    Result<void> putEntry(const sync::EntryRow& row) override {
        HZ_CHECK(mayWrite());
        return m_inner->putEntry(row);
    }
    Result<std::optional<sync::EntryRow>> entry(std::uint64_t position) override {
        return m_inner->entry(position);
    }
    Result<std::vector<sync::EntryRow>> entries(std::uint64_t from, std::size_t limit) override {
        return m_inner->entries(from, limit);
    }
    Result<void> eraseEntriesFrom(std::uint64_t position) override {
        HZ_CHECK(mayWrite());
        return m_inner->eraseEntriesFrom(position);
    }
    Result<std::int64_t> addPage(const Bytes& headAndProof) override {
        HZ_CHECK(mayWrite());
        return m_inner->addPage(headAndProof);
    }
    Result<std::optional<Bytes>> page(std::int64_t id) override { return m_inner->page(id); }
    Result<void> putHead(const sync::Head& head) override {
        HZ_CHECK(mayWrite());
        return m_inner->putHead(head);
    }
    Result<std::vector<sync::Head>> heads() override { return m_inner->heads(); }
    Result<void> eraseHeadsOver(std::uint64_t size) override {
        HZ_CHECK(mayWrite());
        return m_inner->eraseHeadsOver(size);
    }
    Result<void> putOrphan(const sync::EntryRow& row) override {
        HZ_CHECK(mayWrite());
        return m_inner->putOrphan(row);
    }
    Result<std::vector<sync::EntryRow>> orphans() override { return m_inner->orphans(); }
    Result<void> eraseOrphan(std::uint64_t position, std::int64_t page) override {
        HZ_CHECK(mayWrite());
        return m_inner->eraseOrphan(position, page);
    }
    Result<void> putDevice(const sync::DeviceRow& row) override {
        HZ_CHECK(mayWrite());
        return m_inner->putDevice(row);
    }
    Result<std::optional<sync::DeviceRow>> device(const DeviceId& id) override {
        auto row = m_inner->device(id);
        if (row && *row && m_lies.device) {
            m_lies.device(**row);
        }
        return row;
    }
    Result<std::vector<sync::DeviceRow>> devices() override { return m_inner->devices(); }
    Result<void> clearDevices() override {
        HZ_CHECK(mayWrite());
        return m_inner->clearDevices();
    }
    Result<std::optional<std::uint64_t>> leafPosition(const Hash& leaf) override {
        return m_inner->leafPosition(leaf);
    }
    Result<std::optional<Hash>> node(unsigned level, std::uint64_t index) override {
        return m_inner->node(level, index);
    }
    Result<void> putNode(unsigned level, std::uint64_t index, const Hash& hash) override {
        HZ_CHECK(mayWrite());
        return m_inner->putNode(level, index, hash);
    }
    Result<void> putWant(const Hash& held, const Hash& want) override {
        HZ_CHECK(mayWrite());
        return m_inner->putWant(held, want);
    }
    Result<std::vector<Hash>> heldFor(const Hash& want) override { return m_inner->heldFor(want); }
    Result<std::vector<Hash>> wants() override { return m_inner->wants(); }
    Result<void> eraseWant(const Hash& held) override {
        HZ_CHECK(mayWrite());
        return m_inner->eraseWant(held);
    }
    Result<std::uint64_t> quarantineBytes(const DeviceId& device) override {
        return m_inner->quarantineBytes(device);
    }
    Result<void> putQuarantine(const Hash& hash, const DeviceId& device, sync::Reason reason,
                               BytesView bytes) override {
        HZ_CHECK(mayWrite());
        return m_inner->putQuarantine(hash, device, reason, bytes);
    }
    Result<void> putRestricted(std::uint64_t position, const DeviceId& author) override {
        HZ_CHECK(mayWrite());
        return m_inner->putRestricted(position, author);
    }
    Result<std::optional<DeviceId>> restrictedTo(std::uint64_t position) override {
        if (m_lies.isLeftOut && m_lies.isLeftOut(position)) {
            return std::optional<DeviceId>(DeviceId{});
        }
        return m_inner->restrictedTo(position);
    }
    Result<void> release(std::uint64_t position, std::uint64_t before) override {
        HZ_CHECK(mayWrite());
        return m_inner->release(position, before);
    }
    Result<std::vector<std::uint64_t>> releasedBefore(std::uint64_t position) override {
        return m_inner->releasedBefore(position);
    }
    Result<std::vector<std::uint64_t>> releasePoints(std::uint64_t from, std::uint64_t end,
                                                     std::size_t most) override {
        return m_inner->releasePoints(from, end, most);
    }
    Result<void> putInvitation(const sync::InvitationRow& row) override {
        HZ_CHECK(mayWrite());
        return m_inner->putInvitation(row);
    }
    Result<std::optional<sync::InvitationRow>> invitation(BytesView codeId) override {
        return m_inner->invitation(codeId);
    }
    Result<std::vector<sync::InvitationRow>> openInvitations(WallMs now, std::size_t limit) override {
        return m_inner->openInvitations(now, limit);
    }

private:
    Result<void> mayWrite() {
        if (!m_writesLeft) {
            return {};
        }
        if (*m_writesLeft == 0) {
            return fail(ErrorCode::storageFull, "the disk is full");
        }
        --*m_writesLeft;
        return {};
    }

    Result<std::vector<sync::RecordRow>> counted(Result<std::vector<sync::RecordRow>> rows) {
        m_recordsRead += rows ? rows->size() : 0;
        return rows;
    }

    sync::Store* m_inner;
    std::uint64_t m_recordsRead = 0;
    Lies m_lies;
    std::optional<std::uint64_t> m_writesLeft;
};

}  // namespace hezhang::test
