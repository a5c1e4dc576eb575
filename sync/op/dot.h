// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Names of ops. A Dot (lane, counter) is what travels and what people see; an OpRef is the same op inside one
// store, where a lane that forked is several branches.
#pragma once

#include <compare>
#include <cstdint>

#include "sync/base/bytes.h"

namespace hezhang::sync {

// Counters start at 1 and grow by 1 with each op of a lane, without gaps.
using OpCounter = std::uint64_t;

struct Dot {
    LaneId lane;
    OpCounter counter = 0;
    auto operator<=>(const Dot&) const = default;
};

// `branch` is the store's own number for one unforked run of a lane (table lane_branch). It means nothing
// outside this database and is never sent.
struct OpRef {
    std::int64_t branch = 0;
    OpCounter counter = 0;
    auto operator<=>(const OpRef&) const = default;

    template <class Archive>
    void serialize(Archive& archive) {  // into rows of this store
        archive(branch, counter);
    }
};

}  // namespace hezhang::sync
