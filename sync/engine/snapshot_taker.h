// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A replica begins with a snapshot: it fetches its blocks, and takes it whole in one transaction. Later it fetches what of the history
// is asked for.
//
// Shape:   docs/sync-model.md section 14. Messages are made and taken by whoever frames them (SyncSession, HistoryFetch).
// Errors:  malformed, proofInvalid: nothing is changed; storage errors.
// Threads: that of its replica.
#pragma once

#include "sync/engine/replica.h"
#include "sync/engine/snapshot_base.h"
#include "sync/transport/snapshot_messages.h"

namespace hezhang::sync {

class SnapshotTaker {
public:
    explicit SnapshotTaker(Replica& replica) : m_replica(replica) {}

    // Whether a snapshot would help: nothing of the log is here.
    [[nodiscard]] Result<bool> isFresh();
    // A request with who asks and where the replica stands.
    [[nodiscard]] Result<SnapshotRequest> request(SnapshotAsk ask, std::size_t messageBytes);
    // Adds what of a snapshot is still to come.
    [[nodiscard]] Result<void> askForRest(SnapshotRequest& request);
    // Keeps the blocks of an answer; true: all are here, and the state is that of the snapshot.
    [[nodiscard]] Result<bool> takeBlocks(const SnapshotAnswer& answer);
    // The same for blocks that came in an earlier round.
    [[nodiscard]] Result<bool> takeIfWhole();
    // Ops that something names; how many were not here.
    [[nodiscard]] Result<std::size_t> takePast(const SnapshotOps& ops);
    // Texts of segments whose outline is here; how many there were.
    [[nodiscard]] Result<std::size_t> takeSegments(const std::vector<Bytes>& envelopes);

private:
    // What is coming.
    struct Coming {
        Hash id;
        std::uint64_t blocks = 0;
        std::uint64_t here = 0;

        template <class Archive>
        void serialize(Archive& archive) {
            archive(id, blocks, here);
        }
    };
    // Where a segment lies that the snapshot tells of.
    struct Place {
        Hash segment;
        LaneId lane;
        OpCounter first = 1;
        std::vector<Run> runs;
    };
    class Parts;

    [[nodiscard]] Result<Coming> coming();
    [[nodiscard]] Result<void> takeWhole(const Coming& known);
    [[nodiscard]] Result<void> takePart(BytesView plain, bool isFirst);
    [[nodiscard]] Result<void> takeHeader(const SnapshotHeader& header);
    [[nodiscard]] Result<void> takeLog(const SnapshotLog& log);
    [[nodiscard]] Result<void> takeSegment(const ProvenEntry& proven, const LogEntry& entry, const SnapshotLog& log, std::size_t& outline);
    [[nodiscard]] Result<void> takeOps(const SnapshotOps& ops, bool isPast);
    [[nodiscard]] Result<void> takeRest(const SnapshotRest& rest);
    [[nodiscard]] Result<void> finish();
    [[nodiscard]] Result<const Place*> placeAt(std::uint64_t position);
    [[nodiscard]] Result<OpRef> refOf(const SnapshotRef& ref);
    [[nodiscard]] Result<std::vector<SeenDot>> seenOf(const SnapshotOp& op, const LaneId& lane, OpCounter counter);

    Replica& m_replica;
    SnapshotHeader m_header;
    std::map<std::uint64_t, Place> m_places;
    std::map<LaneId, Hash> m_last;
    SnapshotBase m_base;
    std::size_t m_taken = 0;   // loose ops
    bool m_isOurLane = false;
};

}  // namespace hezhang::sync
