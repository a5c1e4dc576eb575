// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Takes back entries that this county once had and lost with its database: whatever stands under a head it signed stands again.
//
// Shape:   docs/sync-model.md section 7, "Handing back". No question who brings a page, no new judgement; an op that was judged anew
//          meanwhile is raised to its old `accepted`.
// Errors:  storage errors; a page that proves nothing is refused in its Ack, one that waits for another page is held.
// Threads: that of its store. REQUIRES: inside a write transaction.
#pragma once

#include "sync/engine/intake.h"

namespace hezhang::sync {

class HandBack {
public:
    HandBack(Store& store, const Suite& suite, History& history, LogApplier& applier, CountyLog& log, Intake& intake)
        : m_store(store), m_suite(suite), m_history(history), m_applier(applier), m_log(log), m_intake(intake) {}
    HandBack(const HandBack&) = delete;
    HandBack& operator=(const HandBack&) = delete;

    [[nodiscard]] Result<Ack> take(const Page& page, WallMs now);

private:
    // false: not yet, something before it is missing.
    [[nodiscard]] Result<bool> takeEntry(const ProvenEntry& proven, WallMs now);
    [[nodiscard]] Result<bool> takeSegment(const ProvenEntry& proven, const LogEntry& entry, WallMs now);
    [[nodiscard]] Result<void> raise(const SegmentEntry& before, const SealedSegment& sealed, WallMs now);

    Store& m_store;
    const Suite& m_suite;
    History& m_history;
    LogApplier& m_applier;
    CountyLog& m_log;
    Intake& m_intake;
};

}  // namespace hezhang::sync
