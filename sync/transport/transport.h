// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The port to the other side: one message out, one answer back. It moves bytes and judges nothing: an Answer
// is whatever spoke HTTP at the address, a captive portal too. Who calls it checks what the bytes prove.
//
// Errors:  unreachable, timedOut, cancelled, tooLarge, notOurServer; each leaves open whether the message
//          arrived, so every message must bear repeating.
// Threads: one caller at a time; a call blocks.
#pragma once

#include <cstdint>
#include <string>

#include "sync/base/bytes.h"
#include "sync/base/result.h"

namespace hezhang::sync {

struct Answer {
    int status = 0;           // of HTTP, redirects included: none is followed
    std::string contentType;  // as sent, empty if absent
    Bytes body;
};

// Bytes of HTTP heads and bodies since the transport was opened, failed calls included; not what TLS and TCP
// add. `requests` counts calls that sent something.
struct Traffic {
    std::uint64_t sent = 0;
    std::uint64_t received = 0;
    std::uint64_t requests = 0;
};

class Transport {
public:
    virtual ~Transport() = default;

    // Sends `body` to `path` (begins with '/') and waits for the whole answer.
    [[nodiscard]] virtual Result<Answer> post(const std::string& path, BytesView body) = 0;
    [[nodiscard]] virtual Traffic traffic() const = 0;
    // Whether post() may run in a thread of its own while its owner goes on working (with other things).
    [[nodiscard]] virtual bool worksBeside() const { return false; }
};

}  // namespace hezhang::sync
