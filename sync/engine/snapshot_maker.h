// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The county's side of snapshots: the present state for a new device, and what it asks of the history afterwards.
//
// Shape:   docs/sync-model.md section 14, docs/wire-format.md section 12. A snapshot is made in one go, at the log's present end, and
//          kept in small values of the store until the device has it, or for a week.
// Errors:  storage errors. What is wrong with a request stands in the answer.
// Threads: that of its store.
#pragma once

#include "sync/engine/feed.h"
#include "sync/transport/snapshot_messages.h"

namespace hezhang::sync {

class SnapshotMaker {
public:
    SnapshotMaker(Store& store, const Suite& suite, const Judge& judge, History& history, Projection& projection, CountyLog& log,
                  Intake& intake, Feed& feed)
        : m_store(store), m_suite(suite), m_judge(judge), m_history(history), m_projection(projection), m_log(log), m_intake(intake),
          m_feed(feed) {}
    SnapshotMaker(const SnapshotMaker&) = delete;
    SnapshotMaker& operator=(const SnapshotMaker&) = delete;

    // A history of fewer bytes is read as it is.
    void setWorthFrom(std::uint64_t bytes) { m_worthFrom = bytes; }
    // REQUIRES: inside a write transaction.
    [[nodiscard]] Result<SnapshotAnswer> answer(const DeviceRow& device, const SnapshotRequest& request, WallMs now);

private:
    // A snapshot that is kept.
    struct Kept {
        DeviceId device;
        Hash id;
        std::uint64_t blocks = 0;
        WallMs at = 0;

        template <class Archive>
        void serialize(Archive& archive) {
            archive(device, id, blocks, at);
        }
    };
    // A segment that the snapshot tells of.
    struct Told {
        std::uint64_t position = 0;
        OpCounter first = 0;
    };
    using ToldSegments = std::map<Hash, Told>;
    class Blocks;
    class OpsPart;

    // Whether our log has this root at this size.
    [[nodiscard]] Result<bool> stands(const SizeMark& mark);
    [[nodiscard]] Result<bool> isWorthIt(const Reader& reader, std::uint64_t bytes);
    [[nodiscard]] Result<void> giveState(const Reader& reader, const SnapshotRequest& request, SnapshotAnswer& answer, WallMs now);
    [[nodiscard]] Result<Kept> make(const Reader& reader, std::uint64_t proven, WallMs now);
    [[nodiscard]] Result<SnapshotLog> outlineOf(const Reader& reader, Feed::Slice&& slice, std::uint64_t end, std::map<LaneId, Hash>& last);
    [[nodiscard]] Result<void> addOps(const ToldSegments& told, const std::set<OpRef>& past, Blocks& blocks);
    [[nodiscard]] Result<void> addOpsOf(std::uint64_t position, const Hash& hash, const ToldSegments& told, const std::set<OpRef>& past,
                                        OpsPart& part, Blocks& blocks);
    [[nodiscard]] Result<std::vector<bool>> repeatedAt(std::uint64_t position, std::size_t ops);
    [[nodiscard]] Result<void> addOp(SnapshotOp one, const Op& op, const SealedSegment& in, const ToldSegments& told, OpsPart& part);
    [[nodiscard]] Result<std::optional<SnapshotRef>> refOf(OpRef ref, const ToldSegments& told);
    [[nodiscard]] Result<SnapshotRest> restOf(const ToldSegments& told);
    [[nodiscard]] Result<void> givePast(const Reader& reader, const SnapshotRequest& request, SnapshotAnswer& answer);
    [[nodiscard]] Result<std::optional<SnapshotRef>> readablePlace(const Reader& reader, OpRef ref, const Cursor& cursor);
    [[nodiscard]] Result<void> giveSegments(const Reader& reader, const SnapshotRequest& request, SnapshotAnswer& answer);
    [[nodiscard]] Result<bool> mayRead(const Reader& reader, const SegmentRow& row, const Cursor& cursor);
    [[nodiscard]] Result<std::vector<Kept>> kept();
    [[nodiscard]] Result<void> forget(std::vector<Kept>& kept, const DeviceId& device);

    Store& m_store;
    const Suite& m_suite;
    const Judge& m_judge;
    History& m_history;
    Projection& m_projection;
    CountyLog& m_log;
    Intake& m_intake;
    Feed& m_feed;
    std::uint64_t m_worthFrom = 256 * 1024;
};

}  // namespace hezhang::sync
