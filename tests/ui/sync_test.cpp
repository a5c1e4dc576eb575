// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Background sync: the window and the edits never wait for the network.
#include <QTimer>
#include <fstream>

#include "src/ledger/retry_note.h"
#include "sync/transport/curl_transport.h"
#include "tests/support/loopback.h"
#include "tests/ui/ui_box.h"

namespace hezhang::test {
namespace {

using ui::SyncStatus;

Result<std::unique_ptr<sync::Transport>> overCurl(const std::string& url, const std::atomic<bool>& cancel) {
    HZ_TRY(auto transport, sync::CurlTransport::open(url, {.cancel = &cancel}));
    return std::unique_ptr<sync::Transport>(std::move(transport));
}

class UiSync : public UiTest {
protected:
    UiSync() {
        task = county.newTask(*office, ledgerId, 1, "甲。", {"甲镇"});
        spread();
    }
    void setUrl(const std::string& url) const { std::ofstream(town->folder() + "/url") << url; }
    // A call under way sees within a second that it is cancelled.
    static constexpr qint64 kClosingMs = 5'000;
    qint64 msToClose() {
        QElapsedTimer clock;
        clock.start();
        models.reset();
        session.reset();
        return clock.elapsed();
    }
    [[nodiscard]] std::unique_ptr<SyncStatus> status() const {
        return std::unique_ptr<SyncStatus>(models->syncStatus());
    }
    // An edit through the store thread.
    [[nodiscard]] bool edit(const std::string& value) {
        bool isDone = false;
        session->store().edit<sync::EditAnswer>(
            session.get(),
            [task = task, value](ledger::Home& home) {
                ledger::EditRequest request;
                request.record = task;
                request.field = "joint_status";
                request.text = value;
                return home.edit(request);
            },
            [&](const Result<sync::EditAnswer>& answer) { isDone = answer.has_value(); });
        return comesTrue([&] { return isDone; });
    }

    RecordId task;
    std::optional<std::size_t> m_left;
};

TEST_F(UiSync, AnEditGoesOutByItself) {
    openSession(directTo(county), true);
    auto sync = status();
    ASSERT_TRUE(comesTrue([&] { return sync->state() == QLatin1String("synced"); }));

    ASSERT_TRUE(edit("done"));
    EXPECT_TRUE(
        comesTrue([&] { return sync->appliedCount() == 1 && sync->state() == QLatin1String("synced"); }));

    sync.reset();
    session.reset();
    county.sync(*office);
    EXPECT_EQ(taken(ledger::shownText(office->state(), task, "joint_status")), "done");
}

// More than one message takes: the next is on its way while the answer to the one before is taken.
TEST_F(UiSync, ManyEditsGoOutOneMessageAfterTheOther) {
    constexpr int kEdits = 17'000;
    ASSERT_TRUE(town->beginBatch());
    for (int i = 0; i < kEdits; ++i) {
        CountyBox::set(*town, task, "joint_status", i % 2 == 0 ? "ongoing" : "done");
    }
    ASSERT_TRUE(town->commitBatch());

    openSession(directTo(county), true);
    const auto sync = status();

    EXPECT_TRUE(comesTrue([&] { return sync->state() == QLatin1String("synced"); }));
    EXPECT_EQ(sync->errorWhat(), QString());
    session->store().edit<std::size_t>(
        session.get(),
        [](ledger::Home& home) -> Result<std::size_t> {
            HZ_TRY(const auto unsent, home.store().segmentsIn(sync::SegmentState::unsent));
            HZ_TRY(const auto received, home.store().segmentsIn(sync::SegmentState::received));
            return unsent.size() + received.size();
        },
        [&](const Result<std::size_t>& left) { m_left = left.value_or(1); });
    EXPECT_TRUE(comesTrue([&] { return m_left == std::size_t{0}; }));
}

TEST_F(UiSync, AServerThatNeverAnswersStopsNeitherTheWindowNorAnEdit) {
    Listener silent;
    setUrl(silent.url());
    openSession(&overCurl, true);
    const auto sync = status();
    ASSERT_TRUE(comesTrue([&] { return sync->state() == QLatin1String("syncing"); }));
    Socket taken = silent.accept();
    ASSERT_TRUE(taken.isOpen());
    ASSERT_TRUE(taken.receive());

    // The window's thread counts beats; none of them may come late by more than what a person notices.
    int beats = 0;
    qint64 longest = 0;
    QElapsedTimer sinceBeat;
    QTimer heart;
    QObject::connect(&heart, &QTimer::timeout, &heart, [&] {
        longest = std::max(longest, sinceBeat.restart());
        ++beats;
    });
    sinceBeat.start();
    heart.start(10);
    ASSERT_TRUE(edit("done"));
    ASSERT_TRUE(edit("blocked"));
    ASSERT_TRUE(comesTrue([&] { return beats >= 50 && sync->localCount() == 2; }));

    EXPECT_EQ(sync->state(), QStringLiteral("syncing"));
    EXPECT_LT(longest, 1'000);
    sync->cancel();
    EXPECT_TRUE(comesTrue([&] { return sync->state() != QLatin1String("syncing"); }));
    EXPECT_EQ(sync->localCount(), 2);
}

TEST_F(UiSync, WaitingLongerAfterFailuresSurvivesARestart) {
    openSession(&noTransport, true);
    auto sync = status();
    ASSERT_TRUE(comesTrue([&] { return session->store().syncState().rounds == 1; }));
    EXPECT_EQ(sync->state(), QStringLiteral("offline"));
    EXPECT_FALSE(sync->errorNext().isEmpty());
    EXPECT_EQ(taken(ledger::retryState(*town)).failures, 1U);
    sync.reset();
    session.reset();
    ASSERT_TRUE(ledger::keepRetryState(*town, {8, town->now() + 3'600'000}));

    openSession(&noTransport, true);
    sync = status();

    EXPECT_TRUE(comesTrue([&] { return session->store().syncState().phase == ui::SyncPhase::waiting; }));
    EXPECT_EQ(session->store().syncState().rounds, 0U);
    sync->syncNow();
    EXPECT_TRUE(comesTrue([&] { return session->store().syncState().rounds == 1; }));
    EXPECT_EQ(taken(ledger::retryState(*town)).failures, 9U);
}

TEST_F(UiSync, ACaptivePortalIsNotTheCounty) {
    Listener portal;
    setUrl(portal.url());
    openSession(&overCurl);
    const auto sync = status();
    sync->syncNow();
    Socket taken = portal.accept();
    ASSERT_TRUE(receiveHttp(taken));

    taken.send(answerText(200, "text/html", "<p>log in</p>"));

    EXPECT_TRUE(comesTrue([&] { return session->store().syncState().rounds == 1; }));
    EXPECT_EQ(sync->state(), QStringLiteral("offline"));
}

TEST_F(UiSync, ClosingTheSessionEndsARoundThatHangs) {
    Listener silent;
    setUrl(silent.url());
    openSession(&overCurl, true);
    // The window's thread has to run until then: it starts the round when the store has opened, which may be
    // after the first reading.
    ASSERT_TRUE(comesTrue([&] { return session->store().syncState().phase == ui::SyncPhase::syncing; }));
    Socket taken = silent.accept();
    ASSERT_TRUE(taken.isOpen());
    ASSERT_TRUE(taken.receive());

    EXPECT_LT(msToClose(), kClosingMs);
}

TEST_F(UiSync, ClosingTheSessionBeforeTheRoundHasSentAnythingIsAsQuick) {
    for (const bool isRoundAwaited : {false, true}) {
        const Listener silent;
        setUrl(silent.url());
        openSession(&overCurl, true);
        ASSERT_TRUE(comesTrue(
            [&] { return !isRoundAwaited || session->store().syncState().phase == ui::SyncPhase::syncing; }));

        EXPECT_LT(msToClose(), kClosingMs);
    }
}

}  // namespace
}  // namespace hezhang::test
