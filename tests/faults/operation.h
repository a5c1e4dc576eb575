// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What is done to a home or a county while its disk fails: opening, doing it, closing.
#pragma once

#include <functional>

#include "tests/faults/bench.h"

namespace hezhang::test {

struct Operation {
    std::string name;
    Side side = Side::home;
    std::string state;
    std::function<Result<void>(Bench&)> run;
    // All or nothing: after an error the folder shows what it showed before.
    bool isWhole = true;
    // Doing it once more changes nothing more. Not so an edit: it is another op.
    bool isIdempotent = true;
    // It changes nothing, so that a power cut takes nothing.
    bool isReading = false;
    // It puts something older in the place of what was there.
    bool isReplacing = false;
    // It reads SQLite's log after a crash, where a bit that flips is the end of it: what lies behind is gone,
    // and nobody notices (docs/correctness.md). Bits are not flipped in it.
    bool isRecovering = false;
    // So many calls are as good as one in the usual run: it has very many.
    std::uint64_t stride = 1;
    // What a second attempt says where the first one came through after all.
    std::optional<ErrorCode> saysDone{};
};

[[nodiscard]] std::vector<Operation> homeOperations();
[[nodiscard]] std::vector<Operation> countyOperations();

}  // namespace hezhang::test
