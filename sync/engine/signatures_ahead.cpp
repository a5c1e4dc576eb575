// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "sync/engine/signatures_ahead.h"

#include <algorithm>
#include <cstdint>
#include <exception>
#include <utility>

namespace hezhang::sync {

SignaturesAhead::SignaturesAhead(const Suite& suite, std::vector<Work> work)
    : m_suite(suite), m_work(std::move(work)), m_slots(m_work.size()) {
    if (m_work.size() >= kFewest && std::thread::hardware_concurrency() > 1) {
        m_thread = std::thread([this] { run(); });
    }
}

SignaturesAhead::~SignaturesAhead() {
    moveOn(SIZE_MAX);
    if (m_thread.joinable()) {
        m_thread.join();
    }
}

void SignaturesAhead::moveOn(std::size_t next) {
    m_next.store(next, std::memory_order_release);
    m_next.notify_one();
}

std::optional<SealedSegment> SignaturesAhead::check(const Work& work) const {
    auto opened = openSegment(m_suite, work.envelope);
    const bool isGood = opened && opened->segment.lane.device == work.author && verify(m_suite, *opened, work.publicKey);
    return isGood ? std::optional<SealedSegment>(*std::move(opened)) : std::nullopt;
}

// False: it is over.
bool SignaturesAhead::waitForRoom(std::size_t index) const {
    for (;;) {
        const std::size_t next = m_next.load(std::memory_order_acquire);
        if (next == SIZE_MAX || index < next + kAhead) {
            return next != SIZE_MAX;
        }
        m_next.wait(next, std::memory_order_acquire);
    }
}

void SignaturesAhead::run() noexcept {
    try {
        for (std::size_t i = 0; i < m_work.size() && waitForRoom(i); ++i) {
            if (i >= m_next.load(std::memory_order_acquire)) {   // else the caller was quicker
                m_slots[i].good = check(m_work[i]);
                m_slots[i].isDone.store(true, std::memory_order_release);
            }
        }
    } catch (const std::exception&) {   // no memory: the caller finds out itself
    }
}

std::optional<SealedSegment> SignaturesAhead::take(BytesView envelope, BytesView publicKey) {
    const std::size_t from = m_next.load(std::memory_order_relaxed);
    const auto isIt = [&](const Work& work) {
        return work.envelope.data() == envelope.data() && work.envelope.size() == envelope.size();
    };
    const auto found = std::find_if(m_work.begin() + static_cast<std::ptrdiff_t>(from), m_work.end(), isIt);
    if (found == m_work.end()) {
        return std::nullopt;
    }
    const auto at = static_cast<std::size_t>(found - m_work.begin());
    const bool isTheirs = std::equal(publicKey.begin(), publicKey.end(), found->publicKey.begin(), found->publicKey.end());
    std::optional<SealedSegment> good;
    for (std::size_t i = from; i <= at; ++i) {
        if (m_slots[i].isDone.load(std::memory_order_acquire)) {
            std::optional<SealedSegment> one = std::exchange(m_slots[i].good, std::nullopt);
            good = i == at && isTheirs ? std::move(one) : std::nullopt;
        }
    }
    moveOn(at + 1);
    return good;
}

}  // namespace hezhang::sync
