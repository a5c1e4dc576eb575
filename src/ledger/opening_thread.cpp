// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/opening_thread.h"

#include <algorithm>
#include <exception>
#include <system_error>
#include <utility>

namespace hezhang::ledger {

OpeningThread::~OpeningThread() {
    if (!m_thread.joinable()) {
        return;
    }
    {
        const std::lock_guard lock(m_mutex);
        m_isStopping = true;
    }
    m_changed.notify_all();
    m_thread.join();
}

// Where there is no memory the taker finds out itself.
OpeningThread::Good OpeningThread::check(const Work& work) const noexcept {
    try {
        auto opened = sync::openSegment(m_suite, work.envelope);
        const bool isGood =
            opened && (work.publicKey.empty() || (opened->segment.lane.device == work.author &&
                                                  sync::verify(m_suite, *opened, work.publicKey)));
        return isGood ? Good(*std::move(opened)) : std::nullopt;
    } catch (const std::exception&) {
        return std::nullopt;
    }
}

void OpeningThread::run() {
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_changed.wait(lock, [&] {
            m_opened = std::max(m_opened, m_next);
            return m_isStopping || (m_opened < m_work.size() && m_opened < m_next + kAhead);
        });
        if (m_isStopping) {
            return;
        }
        const std::size_t at = m_opened++;
        m_now = at;
        // What end() waits for is not taken away meanwhile.
        const Work& work = m_work[at];
        lock.unlock();
        Good good = check(work);
        lock.lock();
        m_now.reset();
        if (at >= m_next) {
            m_good[at] = std::move(good);
        }
        m_changed.notify_all();
    }
}

void OpeningThread::begin(std::vector<Work> work) {
    end();
    if (!m_thread.joinable() && !work.empty()) {
        try {
            m_thread = std::thread([this] { run(); });
        } catch (const std::system_error&) {
            return;  // no thread is to be had: the taker opens them itself
        }
    }
    {
        const std::lock_guard lock(m_mutex);
        m_good.resize(work.size());
        m_work = std::move(work);
        m_next = 0;
        m_opened = 0;
    }
    m_changed.notify_all();
}

void OpeningThread::end() {
    std::unique_lock lock(m_mutex);
    m_next = m_work.size();
    m_changed.wait(lock, [&] { return !m_now; });
    m_work.clear();
    m_good.clear();
    m_next = 0;
    m_opened = 0;
}

std::optional<sync::SealedSegment> OpeningThread::take(BytesView envelope, BytesView publicKey) {
    std::unique_lock lock(m_mutex);
    const auto isIt = [&](const Work& work) {
        return work.envelope.data() == envelope.data() && work.envelope.size() == envelope.size();
    };
    const auto found = std::find_if(m_work.begin() + static_cast<std::ptrdiff_t>(m_next), m_work.end(), isIt);
    if (found == m_work.end()) {
        return std::nullopt;
    }
    const auto at = static_cast<std::size_t>(found - m_work.begin());
    // What is being opened is not waited for: with all cores busy it might be long.
    Good good = std::exchange(m_good[at], std::nullopt);
    for (std::size_t i = m_next; i < at; ++i) {
        m_good[i].reset();
    }
    m_next = at + 1;
    const bool isTheirs =
        std::equal(publicKey.begin(), publicKey.end(), found->publicKey.begin(), found->publicKey.end());
    const bool isRoomForSeveral = m_opened < m_next + kAhead / 2;  // to be woken up for each one costs both
    lock.unlock();
    if (isRoomForSeveral) {
        m_changed.notify_all();
    }
    return isTheirs ? std::move(good) : std::nullopt;
}

}  // namespace hezhang::ledger
