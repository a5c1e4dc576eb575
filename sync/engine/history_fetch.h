// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Brings the whole history to a replica that began with a snapshot: the texts of its segments, the newest first.
//
//     while (auto request = fetch.nextRequest()) { fetch.onAnswer(transport.post(kSnapshotPath, …)); }
//     fetch.finish();
//
// Shape:   docs/sync-model.md section 14. What has come stays, so it goes on where a link broke.
// Errors:  of onAnswer: notOurServer, refused; epochChanged where a sync has to come first; storage errors.
// Threads: one store, one thread.
#pragma once

#include "sync/engine/snapshot_taker.h"

namespace hezhang::sync {

class HistoryFetch {
public:
    HistoryFetch(Replica& replica, std::size_t messageBytes) : m_replica(replica), m_snapshot(replica), m_messageBytes(messageBytes) {}

    // nullopt: all is here that the county gives.
    [[nodiscard]] Result<std::optional<Bytes>> nextRequest();
    [[nodiscard]] Result<void> onAnswer(BytesView answer);
    // By file: all that is asked for at once, one request after the other, and answers in any order and any number of times. What an answer
    // has no room for the county brings with answers to requests of its own making (carried.h).
    [[nodiscard]] Result<std::vector<Bytes>> requestsForFile();
    // Also to the question for the past of conflicts (FileRequests). True: something of it was new. Errors also: otherDevice where the request is none of ours.
    [[nodiscard]] Result<bool> onCarried(BytesView request, BytesView answer);
    void setMessageBytes(std::size_t bytes) { m_messageBytes = bytes; }
    // Where all is here the state is made anew from it, and nothing of the snapshot is kept. False: the snapshot had told another state.
    [[nodiscard]] Result<bool> finish();
    [[nodiscard]] std::uint64_t fetched() const { return m_fetched; }

private:
    Replica& m_replica;
    SnapshotTaker m_snapshot;
    std::size_t m_messageBytes;
    std::set<Hash> m_asked;       // and did not come, although there was room
    SnapshotRequest m_request;
    Bytes m_requestTag;
    std::uint64_t m_fetched = 0;
};

}  // namespace hezhang::sync
