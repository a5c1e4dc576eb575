// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Port: opens the segments of a batch of requests, and checks their signatures, ahead of the county that takes them in. Of a thousand
// devices' edits that is a quarter of its work, and needs nothing of its database but a key; the endpoint does it on another core.
//
// Shape:   only what was found good is given; of everything else the county finds out itself.
// Errors:  none: what it cannot open or check is not good.
// Threads: all functions from the thread of the county.
#pragma once

#include <optional>
#include <vector>

#include "sync/op/segment.h"

namespace hezhang::sync {

class SegmentOpener {
public:
    struct Work {
        BytesView envelope;   // of memory that stays as it is until end()
        DeviceId author;      // of segments of others it says nothing
        Bytes publicKey;      // of the author
    };
    virtual ~SegmentOpener() = default;

    // A batch, in the order in which it will be taken.
    virtual void begin(std::vector<Work> work) = 0;
    // The segment of these very bytes, in the memory that was given, if it is signed by its author with this key. It is given once, and
    // what stands before it in the batch not any more.
    [[nodiscard]] virtual std::optional<SealedSegment> take(BytesView envelope, BytesView publicKey) = 0;
    // The memory of the batch is looked at no more. Also where no batch was begun.
    virtual void end() = 0;
};

}  // namespace hezhang::sync
