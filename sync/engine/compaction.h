// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A replica lets go of old texts: what it shows now becomes the base that its state stands on, as if it had
// begun with a snapshot here. Entries, proofs and outlines stay; the texts lie with the county (HistoryFetch
// brings them back).
//
// Shape:   docs/sync-model.md section 14. Kept are the texts of segments that are younger than a day, of the
// replica's
//          own lanes, and of lanes that forked.
// Errors:  unsentWork: something is here that the county does not have, or the replica is reading up on a
// scope;
//          internal: what it would show is not what it shows (nothing is changed); storage errors.
// Threads: that of its replica.
#pragma once

#include "sync/engine/replica.h"

namespace hezhang::sync {

struct Compacted {
    std::uint64_t segments = 0;  // whose texts went
    std::uint64_t bytes = 0;     // of these texts
};

// Of segments that came to the county before `before`. REQUIRES: inside a write transaction, which ends with
// a rollback where this fails.
[[nodiscard]] Result<Compacted> compact(Replica& replica, WallMs before);

}  // namespace hezhang::sync
