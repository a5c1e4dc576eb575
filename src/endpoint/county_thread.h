// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The one thread that works on the county's data, and the queue before it. Sync requests that wait together
// are answered in one transaction (group commit), so a hundred devices at once cost few syncs of the disk.
//
// Limits:  kQueueMax requests wait, or kQueueBytesMax bytes of them, half of it where it is no sync: to wait
//          costs only the bytes; to be refused and to ask again costs more processor time than to be
//          answered. kBatchMax requests or kBatchBytesMax bytes in a transaction. What has waited for
//          kWaitMax gets storageBusy: whoever asked will soon be told so anyway (ServerDeadlines::answer).
// Errors:  those of CountyFolder, each also one log line. A request that spoils a batch harms no other.
// Threads: all functions from any thread; `done` is called on the county's thread, once a request.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "src/ledger/county_folder.h"
#include "src/ledger/opening_thread.h"

namespace hezhang::endpoint {

class CountyThread {
public:
    static constexpr std::size_t kQueueMax = 4096;
    static constexpr std::size_t kQueueBytesMax = 32 * 1024 * 1024;
    static constexpr std::size_t kBatchMax = 512;
    static constexpr std::size_t kBatchBytesMax = 8 * 1024 * 1024;
    static constexpr auto kWaitMax = std::chrono::seconds(30);

    enum class Kind { sync, enrol, blobPut, blobGet, thumbs, office, repair, snapshot, wipe };
    using Done = std::function<void(Result<Bytes>)>;
    enum class Taken { yes, queueFull };

    explicit CountyThread(std::unique_ptr<ledger::CountyFolder> county);
    ~CountyThread();
    CountyThread(const CountyThread&) = delete;
    CountyThread& operator=(const CountyThread&) = delete;

    [[nodiscard]] Taken submit(Kind kind, Bytes request, Done done);
    // Answers what waits, then ends the thread. Idempotent; from one thread.
    void stop();

    [[nodiscard]] std::size_t queueLength() const;
    [[nodiscard]] std::uint64_t entries() const { return m_entries; }  // of the log, after the last request
    [[nodiscard]] std::uint64_t commits() const { return m_commits; }  // transactions of this process

private:
    struct Request {
        Kind kind;
        Bytes bytes;
        Done done;
        std::chrono::steady_clock::time_point since;
    };

    void run();
    [[nodiscard]] std::vector<Request> takeBatch();
    static void refuseLate(std::vector<Request>& batch);
    void answer(std::vector<Request> batch);
    [[nodiscard]] std::vector<Result<Bytes>> sync(const std::vector<Request>& batch);
    [[nodiscard]] Result<Bytes> handle(const Request& request);
    void noteSize();

    std::unique_ptr<ledger::CountyFolder> m_county;  // of the thread, once it runs
    std::optional<ledger::OpeningThread> m_opening;  // not on a machine of one core
    std::atomic<std::uint64_t> m_entries{0};
    std::atomic<std::uint64_t> m_commits{0};

    mutable std::mutex m_mutex;  // guards what follows
    std::condition_variable m_changed;
    std::deque<Request> m_queue;
    std::size_t m_queueBytes = 0;
    bool m_isStopping = false;

    std::thread m_thread;
};

}  // namespace hezhang::endpoint
