// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// How a pull and an edit of the same home take turns: who wants to write says so while he waits, and a pull
// that is being taken ends its transaction for him, and after 20 ms in any case.
//
// Files:   FOLDER/waiting: held shared by those who wait, for as long as they wait.
// Errors:  none. Where the file cannot be locked, turns are taken by time alone.
// Threads: a WaitToWrite and a PullPace each belong to one thread; any number of processes use the same
// folder.
#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "sync/engine/sync_session.h"

namespace hezhang::ledger {

// From construction until destruction: somebody waits for the write lock.
class WaitToWrite {
public:
    explicit WaitToWrite(const std::string& folder);
    WaitToWrite(const WaitToWrite&) = delete;
    WaitToWrite& operator=(const WaitToWrite&) = delete;
    ~WaitToWrite();

private:
    int m_descriptor;
};

class PullPace final : public sync::Pace {
public:
    explicit PullPace(const std::string& folder);
    PullPace(const PullPace&) = delete;
    PullPace& operator=(const PullPace&) = delete;
    ~PullPace() override;

    // Who writes in this very thread cannot wait: `isWanted` tells that he would like to, `write` lets him.
    void setMeanwhile(std::function<bool()> isWanted, std::function<void()> write);
    // A page begins to be taken.
    void begin() { m_since = std::chrono::steady_clock::now(); }

    [[nodiscard]] bool isTimeUp() override;
    // Returns when nobody waits any more, or after 200 ms.
    void pause() override;

private:
    [[nodiscard]] bool isSomebodyWaiting() const;

    int m_descriptor;
    std::chrono::steady_clock::time_point m_since = std::chrono::steady_clock::now();
    std::function<bool()> m_isWanted;
    std::function<void()> m_write;
};

}  // namespace hezhang::ledger
