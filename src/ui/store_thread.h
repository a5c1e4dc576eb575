// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The store thread: the only writer. Edits are works (home_thread.h) and are answered when they are durable;
// the sync rounds run here too, step by step, with the bytes carried by the network thread. An edit is done
// between two steps, or between two transactions of a step that takes a long answer (PullPace).
//
// Threads: the object belongs to the window's thread.
#pragma once

#include "src/ui/home_thread.h"
#include "src/ui/sync_driver.h"

namespace hezhang::ui {

class StoreThread : public HomeThread {
    Q_OBJECT
public:
    StoreThread(NetworkThread& network, SyncTimes times, QObject* parent = nullptr);
    // Before the base stops the thread: the round that runs is given up, its work is kept.
    ~StoreThread() override;

    // An edit: as ask(), and the county hears of it soon.
    template <class T, class Work, class Done>
    void edit(QObject* context, Work work, Done done) {
        ask<T>(context, std::move(work), std::move(done));
        noteEdit();
    }

    void close(const Error& why) override;
    void syncNow();
    void fetchHistory();
    void cancelSync();
    void setAutomaticSync(bool isAutomatic);
    [[nodiscard]] const SyncState& syncState() const { return m_state; }

signals:
    void syncStateChanged();

private:
    void noteEdit();
    template <class Step>
    void drive(Step step);

    NetworkThread& m_network;
    SyncTimes m_times;
    SyncDriver* m_driver = nullptr;  // of the thread; only touched there
    // Where the driver's calls arrive: apart from the works, which are also done in the middle of a step.
    QObject* m_mailbox;
    SyncState m_state;
    bool m_isAutomatic = true;
};

}  // namespace hezhang::ui
