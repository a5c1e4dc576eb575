// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// When the home syncs, and each round step by step: what `hz sync --watch` does, without ever waiting. It
// lives in the store thread; edits are done between two steps.
//
// Shape:   a round begins soon after an edit, now and then when nothing is new, at the time the retry policy
// gives after a failure
//          (kept in the home: it survives a restart), and at once when a person asks. What the county will
//          never take (refused) stops the rounds until a person asks; a revoked device goes on asking, for
//          the county may want it emptied.
// Errors:  in SyncState::error; storage errors too: the round ends and is tried again later.
// Threads: the store thread's.
#pragma once

#include <QObject>
#include <QTimer>
#include <functional>
#include <memory>

#include "src/ledger/retry_note.h"
#include "src/ledger/sync_round.h"
#include "src/ui/network_thread.h"

namespace hezhang::ui {

struct SyncTimes {
    int afterEditMs = 1'500;
    int idleMs = 30'000;
    int lockRetryMs = 500;  // another process syncs this home
};

enum class SyncPhase : std::uint8_t { idle, syncing, waiting };  // waiting: the last round failed

struct SyncState {
    SyncPhase phase = SyncPhase::idle;
    ledger::RoundProgress progress;
    std::optional<Error> error;  // why the last round ended early
    WallMs nextAttempt = 0;      // where waiting; 0: when a person asks
    std::uint64_t rounds = 0;    // ended, in this process
    std::uint64_t roundsOk = 0;
    bool isNewLane = false;        // the home was copied: it went on in a lane of its own
    bool isHistoryWanted = false;  // what the home has let go of is being brought back
};

struct NetworkRequest {
    quint64 round = 0;
    std::string url;
    ledger::RoundRequest request;
};

class SyncDriver : public QObject {
    Q_OBJECT
public:
    SyncDriver(ledger::Home& home, RandomSource& random, SyncTimes times, QObject* parent);

    // Edits of this thread that wait while a step takes a long answer, see PullPace.
    void setMeanwhile(std::function<bool()> isWanted, std::function<void()> write);
    void begin();  // waits as the retry policy says, then syncs
    void syncNow();
    // Syncs at once, and brings back what the home has let go of itself. One round; where it fails, a person
    // asks again.
    void fetchHistory();
    void noteEdit();
    void setAutomatic(bool isAutomatic);
    // Ends the round that runs; it does not count as a failure.
    void cancel();
    void onAnswer(const NetworkAnswer& answer);

signals:
    void request(const hezhang::ui::NetworkRequest& request);
    void cancelRequest(quint64 round);
    void stateChanged(const hezhang::ui::SyncState& state);
    void worked();

private:
    void schedule(WallMs delay);
    void startRound();
    void step();
    void endRound(const std::optional<Error>& error);
    [[nodiscard]] ledger::SyncOptions optionsOfRound() const;

    ledger::Home& m_home;
    RandomSource& m_random;
    SyncTimes m_times;
    QTimer m_timer;
    std::unique_ptr<ledger::SyncRound> m_round;
    std::string m_url;
    quint64 m_number = 0;
    bool m_isAheadOpen = false;   // a request is under way that the round has not asked for yet
    int m_answersToPassOver = 0;  // to requests that went ahead and were not what was asked then
    sync::RetryState m_retry;
    SyncState m_state;
    std::function<bool()> m_isWanted;
    std::function<void()> m_write;
    bool m_isAutomatic = true;
    bool m_isByHand = false;
    bool m_isHistoryRound = false;
    bool m_isAskedAgain = false;  // by hand, while a round ran
};

}  // namespace hezhang::ui
