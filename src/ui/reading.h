// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A model's reading: asked at once when something changed, one at a time. Asked again while one is on its
// way, it is done once more after it, so the last answer is never older than the last question.
//
// Threads: the window's; the work runs in the reading thread.
#pragma once

#include <functional>

#include "src/ui/home_thread.h"

namespace hezhang::ui {

class Reading : public QObject {
    Q_OBJECT
public:
    enum class When { changed, asked };

    // When changed: reads on every change of the home from now on, until destroyed.
    Reading(HomeThread& reader, QObject* parent, When when = When::changed)
        : QObject(parent), m_reader(reader) {
        if (when == When::changed) {
            connect(&reader, &HomeThread::changed, this, &Reading::again);
        }
    }

    // `makeWork` is called for each reading, so that it takes the present filters with it.
    template <class T, class MakeWork, class Done>
    void define(MakeWork makeWork, Done done) {
        m_start = [this, makeWork, done] {
            m_reader.ask<T>(this, makeWork(), [this, done](Result<T> result) {
                done(std::move(result));
                finished();
            });
        };
    }
    void again() {
        if (m_isBusy) {
            m_isAskedAgain = true;
        } else if (m_start) {
            m_isBusy = true;
            m_start();
        }
    }

private:
    void finished() {
        m_isBusy = false;
        if (m_isAskedAgain) {
            m_isAskedAgain = false;
            again();
        }
    }

    HomeThread& m_reader;
    std::function<void()> m_start;
    bool m_isBusy = false;
    bool m_isAskedAgain = false;
};

}  // namespace hezhang::ui
