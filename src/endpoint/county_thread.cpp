// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/endpoint/county_thread.h"

#include <utility>

#include "sync/base/check.h"
#include "sync/base/log.h"

namespace hezhang::endpoint {
namespace {

bool isOfStorage(ErrorCode code) {
    return code == ErrorCode::storageBusy || code == ErrorCode::storageFull ||
           code == ErrorCode::storageCorrupt || code == ErrorCode::storageFailed;
}

void report(const Error& error, std::size_t requests) {
    log::error("endpoint", "requests failed",
               {{"code", name(error.code)}, {"requests", requests}, {"text", error.text}});
}

}  // namespace

CountyThread::CountyThread(std::unique_ptr<ledger::CountyFolder> county) : m_county(std::move(county)) {
    if (std::thread::hardware_concurrency() > 1) {
        m_opening.emplace(m_county->county().suite());
        m_county->county().setOpener(&*m_opening);
    }
    m_thread = std::thread([this] { run(); });
}

CountyThread::~CountyThread() {
    stop();
    m_county->county().setOpener(nullptr);
}

CountyThread::Taken CountyThread::submit(Kind kind, Bytes request, Done done) {
    const std::lock_guard lock(m_mutex);
    const std::size_t bytesMax = kind == Kind::sync ? kQueueBytesMax : kQueueBytesMax / 2;
    if (m_isStopping || m_queue.size() >= kQueueMax || m_queueBytes + request.size() > bytesMax) {
        return Taken::queueFull;
    }
    m_queueBytes += request.size();
    m_queue.push_back({kind, std::move(request), std::move(done), std::chrono::steady_clock::now()});
    m_changed.notify_one();
    return Taken::yes;
}

void CountyThread::stop() {
    {
        const std::lock_guard lock(m_mutex);
        m_isStopping = true;
        m_changed.notify_one();
    }
    if (m_thread.joinable()) {
        m_thread.join();
    }
}

std::size_t CountyThread::queueLength() const {
    const std::lock_guard lock(m_mutex);
    return m_queue.size();
}

void CountyThread::run() {
    noteSize();
    for (;;) {
        std::vector<Request> batch = takeBatch();
        if (batch.empty()) {
            return;
        }
        answer(std::move(batch));
        noteSize();
    }
}

// The oldest request; with a sync request all others that wait, as far as a transaction holds them. Empty:
// the end.
std::vector<CountyThread::Request> CountyThread::takeBatch() {
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_isStopping || !m_queue.empty(); });
    std::vector<Request> batch;
    std::size_t bytes = 0;
    for (auto at = m_queue.begin(); at != m_queue.end() && batch.size() < kBatchMax;) {
        const bool isFirst = batch.empty();
        const bool fits = at->kind == Kind::sync && bytes + at->bytes.size() <= kBatchBytesMax;
        if (!isFirst && !fits) {
            ++at;
            continue;
        }
        bytes += at->bytes.size();
        m_queueBytes -= at->bytes.size();
        batch.push_back(std::move(*at));
        at = m_queue.erase(at);
        if (batch.front().kind != Kind::sync) {
            break;
        }
    }
    return batch;
}

void CountyThread::refuseLate(std::vector<Request>& batch) {
    const auto latest = std::chrono::steady_clock::now() - kWaitMax;
    const Error late{ErrorCode::storageBusy, "they have waited too long"};
    const std::size_t refused = std::erase_if(batch, [&](const Request& request) {
        if (request.since > latest) {
            return false;
        }
        request.done(fail(late));
        return true;
    });
    if (refused > 0) {
        report(late, refused);
    }
}

void CountyThread::answer(std::vector<Request> batch) {
    refuseLate(batch);
    if (batch.empty()) {
        return;
    }
    std::vector<Result<Bytes>> answers =
        batch.front().kind == Kind::sync ? sync(batch) : std::vector<Result<Bytes>>{handle(batch.front())};
    HZ_ASSERT(answers.size() == batch.size());
    for (std::size_t i = 0; i < batch.size(); ++i) {
        batch[i].done(std::move(answers[i]));
    }
}

std::vector<Result<Bytes>> CountyThread::sync(const std::vector<Request>& batch) {
    std::vector<Bytes> requests;
    for (const Request& request : batch) {
        requests.push_back(request.bytes);
    }
    ++m_commits;
    auto handled = m_county->handleSync(requests);
    std::vector<Result<Bytes>> answers;
    if (handled) {
        for (Bytes& answer : *handled) {
            answers.emplace_back(std::move(answer));
        }
        return answers;
    }
    report(handled.error(), batch.size());
    // A disk fails everybody. Anything else comes of one request: then each stands for itself.
    const bool isForAll = batch.size() == 1 || isOfStorage(handled.error().code);
    for (const Request& request : batch) {
        answers.push_back(isForAll ? Result<Bytes>(fail(handled.error())) : handle(request));
    }
    return answers;
}

Result<Bytes> CountyThread::handle(const Request& request) {
    const auto run = [&]() -> Result<Bytes> {
        switch (request.kind) {
        case Kind::sync: {
            HZ_TRY(std::vector<Bytes> answers, m_county->handleSync(std::span(&request.bytes, 1)));
            return std::move(answers.front());
        }
        case Kind::enrol:
            return m_county->handleEnrol(request.bytes);
        case Kind::blobPut:
            return m_county->handleBlobPut(request.bytes);
        case Kind::blobGet:
            return m_county->handleBlobGet(request.bytes);
        case Kind::thumbs:
            return m_county->handleThumbs(request.bytes);
        case Kind::office:
            return m_county->handleOffice(request.bytes);
        case Kind::repair:
            return m_county->handleRepair(request.bytes);
        case Kind::snapshot:
            return m_county->handleSnapshot(request.bytes);
        case Kind::wipe:
            return m_county->handleWipe(request.bytes);
        }
        return fail(ErrorCode::internal, "a request of no kind");
    };
    const bool isCommit = request.kind == Kind::sync || request.kind == Kind::enrol ||
                          request.kind == Kind::office || request.kind == Kind::wipe;
    m_commits += isCommit ? 1 : 0;
    Result<Bytes> answer = run();
    if (!answer) {
        report(answer.error(), 1);
    }
    return answer;
}

void CountyThread::noteSize() {
    if (const auto size = m_county->county().size()) {
        m_entries = *size;
    }
}

}  // namespace hezhang::endpoint
