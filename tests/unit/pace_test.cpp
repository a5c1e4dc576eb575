// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Turns between a pull and those who want to write.
#include <gtest/gtest.h>

#include <atomic>
#include <optional>
#include <thread>

#include "src/ledger/pace.h"
#include "tests/support/temporary_folder.h"

namespace hezhang::ledger {
namespace {

class PullPaceTest : public ::testing::Test {
protected:
    test::TemporaryFolder m_folder;
};

TEST_F(PullPaceTest, EndsATurnForWhoWaits) {
    PullPace pace(m_folder.path());
    pace.begin();
    std::optional<WaitToWrite> waiting;

    waiting.emplace(m_folder.path());
    EXPECT_TRUE(pace.isTimeUp());
    waiting.reset();
    pace.begin();

    EXPECT_FALSE(pace.isTimeUp());
}

TEST_F(PullPaceTest, EndsATurnAfterItsTimeThoughNobodyWaits) {
    PullPace pace(m_folder.path());
    pace.begin();
    const auto begun = std::chrono::steady_clock::now();

    while (!pace.isTimeUp()) {
    }

    EXPECT_GE(std::chrono::steady_clock::now() - begun, std::chrono::milliseconds(10));
}

TEST_F(PullPaceTest, PausesUntilWhoWaitedIsThrough) {
    PullPace pace(m_folder.path());
    std::atomic<bool> isAnnounced = false;
    std::atomic<bool> mayEnd = false;
    std::atomic<bool> isThrough = false;
    std::thread writer([&] {
        {
            const WaitToWrite waiting(m_folder.path());
            isAnnounced = true;
            while (!mayEnd) {
                std::this_thread::yield();
            }
            isThrough = true;
        }
    });
    while (!isAnnounced) {
        std::this_thread::yield();
    }

    mayEnd = true;
    pace.pause();
    const bool wasThrough = isThrough;
    writer.join();

    EXPECT_TRUE(wasThrough);
}

TEST_F(PullPaceTest, LetsTheOwnThreadWriteInAPause) {
    PullPace pace(m_folder.path());
    bool isWanted = true;
    pace.setMeanwhile([&] { return isWanted; }, [&] { isWanted = false; });

    EXPECT_TRUE(pace.isTimeUp());
    pace.pause();

    EXPECT_FALSE(isWanted);
}

TEST_F(PullPaceTest, WithoutAFolderTurnsAreTakenByTime) {
    PullPace pace(m_folder / "nowhere");
    const WaitToWrite waiting(m_folder / "nowhere");
    pace.begin();

    while (!pace.isTimeUp()) {
    }
    pace.pause();
}

}  // namespace
}  // namespace hezhang::ledger
