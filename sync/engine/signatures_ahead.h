// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Opens the segments of many requests and checks their signatures on a second core, ahead of the thread that takes them
// in: of a thousand devices' edits that is a quarter of the county's work, and needs nothing of its database but a key.
//
// Shape:   only what was found good is given; of everything else, or what it has not come to yet, the caller finds out
//          itself.
// Limits:  it is ahead by kAhead segments at most, of kSegmentBytesMax each.
// Errors:  none: what it cannot open or check is not good.
// Threads: all functions from the thread that made it. What it is given stays as it is until it is gone.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

#include "sync/op/segment.h"
#include "sync/trust/suite.h"

namespace hezhang::sync {

class SignaturesAhead {
public:
    struct Work {
        BytesView envelope;
        DeviceId author;    // of segments of others it says nothing
        Bytes publicKey;    // of the author
    };
    // Fewer are not worth a thread, nor is a machine of one core.
    static constexpr std::size_t kFewest = 8;
    static constexpr std::size_t kAhead = 16;

    SignaturesAhead(const Suite& suite, std::vector<Work> work);
    ~SignaturesAhead();
    SignaturesAhead(const SignaturesAhead&) = delete;
    SignaturesAhead& operator=(const SignaturesAhead&) = delete;

    // The segment of these very bytes, in the memory that was given, if it is signed by its author with this key. It is given once, and
    // what stands before it in the work not any more.
    [[nodiscard]] std::optional<SealedSegment> take(BytesView envelope, BytesView publicKey);

private:
    struct Slot {
        std::atomic<bool> isDone{false};
        std::optional<SealedSegment> good;   // of the second thread, until it is done
    };
    void run() noexcept;
    [[nodiscard]] std::optional<SealedSegment> check(const Work& work) const;
    [[nodiscard]] bool waitForRoom(std::size_t index) const;
    void moveOn(std::size_t next);

    const Suite& m_suite;
    const std::vector<Work> m_work;
    std::vector<Slot> m_slots;                 // as m_work
    std::atomic<std::size_t> m_next{0};        // the first that was not asked for; SIZE_MAX: it is over
    std::thread m_thread;
};

}  // namespace hezhang::sync
