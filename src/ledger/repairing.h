// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Repairs a home whose database was damaged, over the network: only what is lost or damaged comes again
// (sync/engine/repair.h).
//
// Errors:  syncRunning after 10 s; those of the transport; epochChanged where a sync has to come first;
// storage errors. Threads: those of the home. REQUIRES: no batch is open.
#pragma once

#include "src/ledger/home.h"
#include "sync/engine/repair.h"

namespace hezhang::ledger {

[[nodiscard]] Result<sync::RepairReport> repair(Home& home, sync::Transport& transport);

}  // namespace hezhang::ledger
