// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The home's history of failed sync rounds, kept in its database so that waiting longer survives a restart:
// sync/engine/retry_policy.h says how long.
//
// Errors:  storage errors.
// Threads: those of the home.
#pragma once

#include "src/ledger/home.h"
#include "sync/engine/retry_policy.h"

namespace hezhang::ledger {

// A state that cannot be read is as good as none: the next attempt is made at once.
[[nodiscard]] Result<sync::RetryState> retryState(Home& home);
// Writes only what differs from what is stored.
[[nodiscard]] Result<void> keepRetryState(Home& home, const sync::RetryState& state);

}  // namespace hezhang::ledger
