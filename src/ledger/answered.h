// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What came back over HTTP, before anything in it is believed: whether it is a message of the county at all.
//
// Errors:  storageBusy (the endpoint cannot take it now), wrongVersion (it is older than this route),
// notOurServer (a portal, another
//          server).
// Threads: a pure function.
#pragma once

#include "sync/transport/transport.h"

namespace hezhang::ledger {

// The message in the answer to a request of one of our routes. `newer`: what the route is for, where older
// endpoints do not have it.
[[nodiscard]] Result<Bytes> messageIn(const sync::Answer& answer, std::string_view newer = {});

}  // namespace hezhang::ledger
