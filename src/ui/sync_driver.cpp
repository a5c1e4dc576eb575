// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/sync_driver.h"

#include <utility>

namespace hezhang::ui {

SyncDriver::SyncDriver(ledger::Home& home, RandomSource& random, SyncTimes times, QObject* parent)
    : QObject(parent), m_home(home), m_random(random), m_times(times), m_timer(this) {
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &SyncDriver::startRound);
}

void SyncDriver::setMeanwhile(std::function<bool()> isWanted, std::function<void()> write) {
    m_isWanted = std::move(isWanted);
    m_write = std::move(write);
}

void SyncDriver::begin() {
    m_retry = ledger::retryState(m_home).value_or(sync::RetryState{});
    if (m_retry.failures > 0) {
        m_state.phase = SyncPhase::waiting;
        m_state.nextAttempt = m_retry.nextAttempt;
    }
    emit stateChanged(m_state);
    schedule(sync::waitBeforeRetry(m_retry, m_home.now()));
}

void SyncDriver::schedule(WallMs delay) {
    if (m_isAutomatic) {
        m_timer.start(static_cast<int>(delay));
    }
}

void SyncDriver::setAutomatic(bool isAutomatic) {
    m_isAutomatic = isAutomatic;
    if (!isAutomatic) {
        m_timer.stop();
    } else if (!m_round) {
        schedule(sync::waitBeforeRetry(m_retry, m_home.now()));
    }
}

void SyncDriver::syncNow() {
    m_isByHand = true;
    // The round that runs may have asked the county before what is wanted now was there: one more follows it.
    m_isAskedAgain = m_round != nullptr;
    startRound();
}

void SyncDriver::fetchHistory() {
    m_state.isHistoryWanted = true;
    emit stateChanged(m_state);
    syncNow();
}

ledger::SyncOptions SyncDriver::optionsOfRound() const {
    using ledger::HistoryWish;
    return {.isByHand = m_isByHand, .history = m_isHistoryRound ? HistoryWish::all : HistoryWish::newcomer};
}

// After a failure the back-off stands: an edit does not shorten it.
void SyncDriver::noteEdit() {
    const bool isSooner = !m_timer.isActive() || m_timer.remainingTime() > m_times.afterEditMs;
    if (!m_round && m_retry.failures == 0 && isSooner) {
        schedule(m_times.afterEditMs);
    }
}

void SyncDriver::startRound() {
    if (m_round) {
        return;
    }
    m_timer.stop();
    auto url = m_home.url();
    m_isHistoryRound = m_state.isHistoryWanted;
    auto round = url ? ledger::SyncRound::tryBegin(m_home, optionsOfRound())
                     : Result<std::unique_ptr<ledger::SyncRound>>(fail(url.error()));
    if (!round) {
        endRound(round.error());
        return;
    }
    if (!*round) {
        // Somebody else is at it. A person who asked is told; who was not asked for tries again.
        if (m_isByHand) {
            m_isByHand = false;
            m_state.isHistoryWanted = false;
            m_state.error = Error{ErrorCode::syncRunning, "another process syncs this home"};
            emit stateChanged(m_state);
        }
        schedule(m_times.lockRetryMs);
        return;
    }
    m_url = *url;
    m_round = std::move(*round);
    m_round->setMeanwhile(m_isWanted, m_write);
    ++m_number;
    m_isAheadOpen = false;
    m_answersToPassOver = 0;
    m_state.phase = SyncPhase::syncing;
    m_state.error.reset();
    step();
}

void SyncDriver::step() {
    auto next = m_round->nextRequest();
    m_state.progress = m_round->progress();
    emit worked();
    if (!next) {
        endRound(m_round->report({}).error);
        return;
    }
    emit stateChanged(m_state);
    const bool wasAhead = std::exchange(m_isAheadOpen, false);
    if (next->isUnderWay && wasAhead) {
        return;
    }
    m_answersToPassOver += wasAhead ? 1 : 0;
    emit request({m_number, m_url, std::move(*next)});
}

void SyncDriver::onAnswer(const NetworkAnswer& answer) {
    if (!m_round || answer.round != m_number) {
        return;  // of a round that was given up
    }
    // Answers come in the order of their requests.
    if (m_answersToPassOver > 0) {
        --m_answersToPassOver;
        return;
    }
    if (auto ahead = m_round->ahead(answer.answer)) {
        m_isAheadOpen = true;
        emit request({m_number, m_url, std::move(*ahead)});
    }
    m_round->onAnswer(answer.answer);
    step();
}

void SyncDriver::cancel() {
    if (m_round) {
        emit cancelRequest(m_number);
        m_round->onAnswer(fail(ErrorCode::cancelled, "the sync was stopped"));
        step();
    }
}

void SyncDriver::endRound(const std::optional<Error>& error) {
    if (m_round) {
        m_state.isNewLane = m_state.isNewLane || m_round->report({}).sync.isNewLane;
    }
    m_round.reset();
    m_isByHand = false;
    m_state.error = error;
    ++m_state.rounds;
    m_state.roundsOk += error ? 0 : 1;
    m_state.nextAttempt = 0;
    const bool isCancelled = error && error->code == ErrorCode::cancelled;
    // A round that had begun before it was asked for is followed by one that brings it.
    m_state.isHistoryWanted = m_state.isHistoryWanted && !m_isHistoryRound && !isCancelled;
    if (!error || isCancelled) {
        m_retry = error ? m_retry : sync::RetryState{};
        m_state.phase = SyncPhase::idle;
        schedule(m_times.idleMs);
    } else {
        m_retry = sync::afterFailure(m_retry, m_home.now(), m_random);
        m_state.phase = SyncPhase::waiting;
        // A device that was stopped goes on asking: the county may want it emptied later.
        if (retryClass(error->code) != Retry::never || error->code == ErrorCode::revoked) {
            m_state.nextAttempt = m_retry.nextAttempt;
            schedule(sync::waitBeforeRetry(m_retry, m_home.now()));
        }
    }
    // Kept for the next start; where the disk does not take it, the next start tries at once.
    static_cast<void>(ledger::keepRetryState(m_home, m_retry).has_value());
    emit worked();
    emit stateChanged(m_state);
    if (std::exchange(m_isAskedAgain, false) && !isCancelled) {
        m_timer.start(0);
    }
}

}  // namespace hezhang::ui
