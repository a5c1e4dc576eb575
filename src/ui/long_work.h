// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Progress of a long work that runs in another thread, and its stop button.
//
// Shape:   start() gives the function that the work calls between its steps. `changed` is told ten times a
// second while it runs. Threads: the object belongs to the window's; what crosses are the atomics.
#pragma once

#include <QObject>
#include <QTimer>
#include <atomic>
#include <memory>

#include "src/documents/progress.h"

namespace hezhang::ui {

class LongWork : public QObject {
    Q_OBJECT
public:
    explicit LongWork(QObject* parent) : QObject(parent) {
        m_timer.setInterval(kTellMs);
        connect(&m_timer, &QTimer::timeout, this, &LongWork::changed);
    }
    [[nodiscard]] documents::Progress start() {
        m_state = std::make_shared<State>();
        m_timer.start();
        return [state = m_state](std::size_t done, std::size_t all) {
            state->done = done;
            state->all = all;
            return !state->isStopped;
        };
    }
    void stop() {
        if (m_state) {
            m_state->isStopped = true;
        }
    }
    void end() {
        m_timer.stop();
        m_state.reset();
    }
    [[nodiscard]] bool isRunning() const { return m_state != nullptr; }
    // 0 … 1; below 0: not known yet.
    [[nodiscard]] double part() const {
        const bool isKnown = m_state && m_state->all > 0;
        return isKnown ? static_cast<double>(m_state->done) / static_cast<double>(m_state->all) : -1;
    }

signals:
    void changed();

private:
    static constexpr int kTellMs = 100;
    struct State {
        std::atomic<std::size_t> done = 0;
        std::atomic<std::size_t> all = 0;
        std::atomic<bool> isStopped = false;
    };
    QTimer m_timer;
    std::shared_ptr<State> m_state;
};

}  // namespace hezhang::ui
