// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The thread that opens segments ahead of the one that takes them in (sync/engine/segment_opener.h): in the
// endpoint what was pushed, in a home what is pulled. It begins with the first batch; a machine of one core
// has no use for it.
//
// Limits:  it is ahead by kAhead segments at most, of kSegmentUnpackedMax each; what was passed over is let
//          go.
// Errors:  as the port.
// Threads: the port's functions from one thread. One mutex guards what both look at.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "sync/engine/segment_opener.h"
#include "sync/trust/suite.h"

namespace hezhang::ledger {

class OpeningThread final : public sync::SegmentOpener {
public:
    static constexpr std::size_t kAhead = 32;

    explicit OpeningThread(const sync::Suite& suite) : m_suite(suite) {}
    ~OpeningThread() override;
    OpeningThread(const OpeningThread&) = delete;
    OpeningThread& operator=(const OpeningThread&) = delete;

    void begin(std::vector<Work> work) override;
    std::optional<sync::SealedSegment> take(BytesView envelope, BytesView publicKey) override;
    void end() override;

private:
    using Good = std::optional<sync::SealedSegment>;

    void run();
    [[nodiscard]] Good check(const Work& work) const noexcept;

    const sync::Suite& m_suite;

    std::mutex m_mutex;  // guards what follows
    std::condition_variable m_changed;
    std::vector<Work> m_work;
    std::vector<Good> m_good;          // as m_work, of what was opened and not asked for yet
    std::size_t m_next = 0;            // the first that was not asked for
    std::size_t m_opened = 0;          // those before it were opened, or passed over
    std::optional<std::size_t> m_now;  // is being opened, without the mutex
    bool m_isStopping = false;

    std::thread m_thread;
};

}  // namespace hezhang::ledger
