// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A replica whose database was damaged finds out what of the log it lacks, gets just that from the county, and makes its projection anew.
// What the county has lost it gives in return.
//
//     while (auto request = repair.nextRequest()) { repair.onAnswer(transport.post(…)); }
//     repair.finish();
//
// Shape:   docs/sync-model.md section 7, "Repair". Own unanswered work is never touched: what of it is damaged is named in the report.
// Errors:  of onAnswer: notOurServer, proofInvalid, refused; epochChanged where a sync has to come first; storage errors.
// Threads: one store, one thread. REQUIRES: nobody syncs the replica meanwhile.
#pragma once

#include <set>

#include "sync/engine/replica.h"
#include "sync/transport/repair_messages.h"

namespace hezhang::sync {

struct RepairReport {
    std::uint64_t compared = 0;      // entries of the log
    std::uint64_t differing = 0;     // ranges
    std::uint64_t fetched = 0;       // entries that were lost or damaged here
    std::uint64_t given = 0;         // and at the county
    bool isRebuilt = false;
    std::vector<std::string> lost;   // what nobody could bring back, one line each
};

// The entries in [from, to) that are compared by holders of `scopes`: control entries, and those of the scopes with an accepted op. What
// cannot be read is left out.
[[nodiscard]] Result<std::vector<EntryMark>> entriesToCompare(Store& store, const Suite& suite, const std::vector<std::string>& scopes,
                                                              std::uint64_t from, std::uint64_t to);
[[nodiscard]] HeadMark rangeDigest(const Suite& suite, const std::vector<EntryMark>& entries);
// Whether a stored segment is what its hash says.
[[nodiscard]] Result<bool> isSound(Store& store, const Suite& suite, const Hash& segment);

class Repair {
public:
    explicit Repair(Replica& replica) : m_replica(replica) {}

    // nullopt: all is compared and fetched, as far as the county has it.
    [[nodiscard]] Result<std::optional<Bytes>> nextRequest();
    [[nodiscard]] Result<void> onAnswer(BytesView answer);
    // Makes the projection anew and looks at everything once more.
    [[nodiscard]] Result<RepairReport> finish();

private:
    [[nodiscard]] Result<void> start();
    [[nodiscard]] Result<void> lookAtSegments();
    [[nodiscard]] Result<void> wantUnproved();
    [[nodiscard]] Result<void> compare(const RepairAnswer& answer);
    [[nodiscard]] Result<void> takePage(const Page& page);
    [[nodiscard]] Result<void> takeSegment(const ProvenEntry& proven);
    [[nodiscard]] Result<std::vector<ProvenEntry>> given();
    [[nodiscard]] Result<void> nameWhatIsLost();

    Replica& m_replica;
    std::optional<Identity> m_me;
    RepairRequest m_request;
    Bytes m_requestTag;
    std::vector<std::string> m_scopes;
    std::uint64_t m_next = 0;              // positions before it are compared
    std::uint64_t m_end = 0;
    std::set<std::uint64_t> m_wanted;
    std::set<std::uint64_t> m_asked;       // each is asked for once
    std::set<std::uint64_t> m_needed;      // by the county
    std::set<std::uint64_t> m_offered;
    bool m_isUnprovedWanted = false;
    RepairReport m_report;
};

}  // namespace hezhang::sync
