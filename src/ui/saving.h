// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The edits of a page: one at a time, so a second press of the button does nothing.
//
// Shape:   follow() ties a page to them: changed() and failed() are told, and what is saved is read again.
// Threads: the window's; the work runs in the store thread.
#pragma once

#include "src/ui/reading.h"
#include "src/ui/store_thread.h"

namespace hezhang::ui {

class Saving : public QObject {
    Q_OBJECT
public:
    Saving(StoreThread& store, QObject* parent) : QObject(parent), m_store(store) {}

    [[nodiscard]] bool isBusy() const { return m_isBusy; }
    // done() is called when it is durable; else failed() says why.
    template <class Work, class Done>
    void start(Work work, Done done) {
        using T = typename std::invoke_result_t<Work, ledger::Home&>::value_type;
        if (m_isBusy) {
            return;
        }
        m_isBusy = true;
        emit changed();
        m_store.edit<T>(this, std::move(work), [this, done = std::move(done)](const Result<T>& answer) {
            m_isBusy = false;
            emit changed();
            if (answer) {
                emit saved();
                done();
            } else {
                const Message message = MessageTable::of(answer.error().code);
                emit failed(message.what, message.next);
            }
        });
    }

signals:
    void changed();
    void saved();
    void failed(const QString& what, const QString& next);

private:
    StoreThread& m_store;
    bool m_isBusy = false;
};

template <class Page>
void follow(Page& page, Reading& reading, const Saving& saving) {
    QObject::connect(&reading, &Reading::answered, &page, &Page::changed);
    QObject::connect(&saving, &Saving::changed, &page, &Page::changed);
    QObject::connect(&saving, &Saving::saved, &reading, &Reading::again);
    QObject::connect(&saving, &Saving::failed, &page, &Page::failed);
}

}  // namespace hezhang::ui
