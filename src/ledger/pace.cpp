// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/pace.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <thread>

namespace hezhang::ledger {
namespace {

constexpr auto kTurn = std::chrono::milliseconds(100);
constexpr auto kPauseMax = std::chrono::milliseconds(200);
constexpr auto kPauseStep = std::chrono::milliseconds(1);

int openWaiting(const std::string& folder) {
    return ::open((folder + "/waiting").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
}

}  // namespace

WaitToWrite::WaitToWrite(const std::string& folder) : m_descriptor(openWaiting(folder)) {
    if (m_descriptor >= 0) {
        ::flock(m_descriptor, LOCK_SH);
    }
}

WaitToWrite::~WaitToWrite() {
    if (m_descriptor >= 0) {
        ::close(m_descriptor);
    }
}

PullPace::PullPace(const std::string& folder) : m_descriptor(openWaiting(folder)) {}

PullPace::~PullPace() {
    if (m_descriptor >= 0) {
        ::close(m_descriptor);
    }
}

void PullPace::setMeanwhile(std::function<bool()> isWanted, std::function<void()> write) {
    m_isWanted = std::move(isWanted);
    m_write = std::move(write);
}

bool PullPace::isSomebodyWaiting() const {
    if (m_descriptor < 0) {
        return false;
    }
    if (::flock(m_descriptor, LOCK_EX | LOCK_NB) != 0) {
        return errno == EWOULDBLOCK;
    }
    ::flock(m_descriptor, LOCK_UN);
    return false;
}

bool PullPace::isTimeUp() {
    return (m_isWanted && m_isWanted()) || isSomebodyWaiting() ||
           std::chrono::steady_clock::now() - m_since >= kTurn;
}

void PullPace::pause() {
    if (m_write) {
        m_write();
    }
    const auto begun = std::chrono::steady_clock::now();
    while (isSomebodyWaiting() && std::chrono::steady_clock::now() - begun < kPauseMax) {
        std::this_thread::sleep_for(kPauseStep);
    }
    begin();
}

}  // namespace hezhang::ledger
