// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Many clients at once against one HTTP server, from one thread: each has a connection of its own, which is
// kept, and sends its next message when the answer to the last one is here. Who is told that the server is
// busy (503) asks again after a pause; that counts as waiting for the answer.
//
// Errors:  unreachable; those of the clients.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sync/base/bytes.h"
#include "sync/base/result.h"

namespace hezhang::bench {

class LoadClient {
public:
    virtual ~LoadClient() = default;
    // The next message; nullopt: this client is done.
    [[nodiscard]] virtual Result<std::optional<Bytes>> next() = 0;
    [[nodiscard]] virtual Result<void> onAnswer(Bytes answer) = 0;
};

struct LoadOutcome {
    double seconds = 0;
    std::vector<double> waitedMs;  // one an answer
    std::size_t refusals = 0;
    double wireBytes = 0;  // heads and bodies, both ways
};

[[nodiscard]] Result<LoadOutcome> drive(const std::string& url,
                                        const std::vector<std::unique_ptr<LoadClient>>& clients);

}  // namespace hezhang::bench
