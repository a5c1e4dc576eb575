// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Port: opens the segments of a batch ahead of whoever takes them in, on another core: the county those of many requests, whose
// signatures are checked too, a replica those of a page. It is a quarter of their work and more, and needs nothing of their database.
//
// Shape:   only what was found good is given; of everything else the taker finds out itself.
// Errors:  none: what it cannot open or check is not good.
// Threads: all functions from the thread of the taker.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "sync/op/segment.h"

namespace hezhang::sync {

class SegmentOpener {
public:
    struct Work {
        BytesView envelope;   // of memory that stays as it is until end()
        DeviceId author;      // of segments of others it says nothing
        Bytes publicKey;      // of the author; empty: anybody's segment, its signature is not checked
    };
    virtual ~SegmentOpener() = default;

    // A batch, in the order in which it will be taken.
    virtual void begin(std::vector<Work> work) = 0;
    // The segment of these very bytes, in the memory that was given, if it is signed by its author with this key,
    // or the key is empty here and there. It is given once, and what stands before it in the batch not any more.
    [[nodiscard]] virtual std::optional<SealedSegment> take(BytesView envelope, BytesView publicKey) = 0;
    // The memory of the batch is looked at no more. Also where no batch was begun.
    virtual void end() = 0;
};

// One batch of an opener, if there is one.
class OpeningAhead {
public:
    OpeningAhead(SegmentOpener* opener, std::vector<SegmentOpener::Work> work) : m_opener(opener) {
        if (m_opener != nullptr) {
            m_opener->begin(std::move(work));
        }
    }
    ~OpeningAhead() {
        if (m_opener != nullptr) {
            m_opener->end();
        }
    }
    OpeningAhead(const OpeningAhead&) = delete;
    OpeningAhead& operator=(const OpeningAhead&) = delete;

private:
    SegmentOpener* m_opener;
};

}  // namespace hezhang::sync
