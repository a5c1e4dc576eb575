// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// How the county goes on by itself after a question that came by file: one answer holds a page, and to be
// asked for the next one would cost a journey. Both sides have the device's message key, so the county may
// frame the question that the device would ask next, and answer it; the device sees whether it is what it
// would have asked (SyncSession::onCarried).
//
// Shape:   docs/wire-format.md section 9.
// Threads: a pure function.
#pragma once

#include "sync/engine/judge.h"
#include "sync/transport/snapshot_messages.h"
#include "sync/transport/wire_messages.h"

namespace hezhang::sync {

// What the device asks when it has taken `answer`, pushing nothing; nullopt: it is through, or has to speak
// itself. `held`: the scopes that it holds, before and after.
[[nodiscard]] std::optional<SyncRequest> requestAfter(const Suite& suite, const SyncRequest& request,
                                                      const SyncAnswer& answer,
                                                      std::vector<std::string>& held);

// What of a request for texts of segments is left to be asked for. They come in the order they were asked for:
// what stands before the last one and did not come, the county does not give.
[[nodiscard]] std::vector<Hash> segmentsAfter(const Suite& suite, const std::vector<Hash>& asked,
                                              const std::vector<Bytes>& came);

}  // namespace hezhang::sync
