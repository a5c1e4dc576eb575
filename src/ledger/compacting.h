// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Makes a home small again: the texts of old history go, which the county has; what is shown stays
// (sync/engine/compaction.h). `hz sync --history` brings them back.
//
// Errors:  syncRunning after 10 s; unsentWork where a sync has to come first; storage errors. Nothing is
//          changed then. storageBusy where others read: the texts are gone then, and asking again makes the
//          file small.
// Threads: those of the home. REQUIRES: no batch is open.
#pragma once

#include "src/ledger/home.h"
#include "sync/engine/compaction.h"

namespace hezhang::ledger {

// A year and the weeks in which it is reported: what a county may still lose to a restored backup is here.
inline constexpr int kTextsKeptDays = 400;

struct CompactReport {
    sync::Compacted let;
    std::uint64_t fileBytesBefore = 0;  // of the database
    std::uint64_t fileBytes = 0;
};

// Texts that came to the county within the last `keptDays` stay.
[[nodiscard]] Result<CompactReport> compact(Home& home, int keptDays);

}  // namespace hezhang::ledger
