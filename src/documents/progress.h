// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// How far a long work has come, told between its steps; and whether it shall go on.
//
// Threads: called in the thread that works.
#pragma once

#include <cstddef>
#include <functional>

#include "sync/base/result.h"

namespace hezhang::documents {

// `done` of `all` steps. False: stop; the work ends with `cancelled` and leaves nothing behind.
using Progress = std::function<bool(std::size_t done, std::size_t all)>;

// Errors: cancelled. An empty progress never stops.
[[nodiscard]] inline Result<void> tell(const Progress& progress, std::size_t done, std::size_t all) {
    if (progress && !progress(done, all)) {
        return fail(ErrorCode::cancelled, "stopped by the person");
    }
    return {};
}

}  // namespace hezhang::documents
