// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A model's reading: asked at once when something changed, one at a time. Asked again while one is on its
// way, it is done once more after it, so the last answer is never older than the last question.
//
// Shape:   define() hands every answer on. show() is what a page that shows what it reads does with them:
//          isReady() from the first one on, and why the last one failed in words; answered() follows each.
// Threads: the window's; the work runs in the reading thread.
#pragma once

#include <functional>

#include "src/ui/home_thread.h"
#include "src/ui/message_table.h"

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
                if (!m_isStale) {
                    done(std::move(result));
                }
                finished();
            });
        };
    }
    template <class T, class MakeWork, class Take>
    void show(MakeWork makeWork, Take take) {
        define<T>(makeWork, [this, take](Result<T> result) {
            m_isReady = true;
            m_error = result ? std::nullopt : std::optional(result.error());
            if (result) {
                take(std::move(*result));
            }
            emit answered();
        });
    }
    [[nodiscard]] bool isReady() const { return m_isReady; }
    [[nodiscard]] QString errorWhat() const {
        return m_error ? MessageTable::of(m_error->code).what : QString();
    }
    [[nodiscard]] QString errorNext() const {
        return m_error ? MessageTable::of(m_error->code).next : QString();
    }

    // After a save: what is on its way was begun before it, and is not handed on.
    void anew() {
        m_isStale = m_isBusy;
        again();
    }
    void again() {
        if (m_isBusy) {
            m_isAskedAgain = true;
        } else if (m_start) {
            m_isBusy = true;
            m_start();
        }
    }

signals:
    void answered();

private:
    void finished() {
        m_isBusy = false;
        m_isStale = false;
        if (m_isAskedAgain) {
            m_isAskedAgain = false;
            again();
        }
    }

    HomeThread& m_reader;
    std::function<void()> m_start;
    std::optional<Error> m_error;
    bool m_isReady = false;
    bool m_isBusy = false;
    bool m_isAskedAgain = false;
    bool m_isStale = false;
};

}  // namespace hezhang::ui
