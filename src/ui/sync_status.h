// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What is always in sight of the sync, and its buttons.
//
// For QML:
//   state: empty until the first reading has come · syncing · synced (all is at the county, as of
//   lastContact) · local (there is unsent work, the county was reached) · offline
//     (it cannot be reached) · sync-failed (it answered, and something is wrong)
//   localCount, receivedCount, appliedCount, asideCount: own edits; conflictCount; blobsDone, blobsTotal,
//   blobsText ("14/15", empty
//     for none) of own files, blobsMissing: files of others that are not here yet
//   lastContact (ms since 1970, 0 for never), lastContactText · skewText: empty, or by how much the clock of
//   this device is wrong progressText: while syncing · errorWhat, errorNext · nextAttemptText: when it is
//   tried again by itself isNewLane: this folder was copied or restored, and went on by itself Calls:
//   syncNow() (at once, whatever the back-off), cancel()
// Threads: the window's.
#pragma once

#include <QQmlEngine>
#include <QTimer>

#include "src/ui/reading.h"
#include "src/ui/store_thread.h"

namespace hezhang::ui {

class SyncStatus : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by Models")
    Q_PROPERTY(QString state READ state NOTIFY changed FINAL)
    Q_PROPERTY(int localCount READ localCount NOTIFY changed FINAL)
    Q_PROPERTY(int receivedCount READ receivedCount NOTIFY changed FINAL)
    Q_PROPERTY(int appliedCount READ appliedCount NOTIFY changed FINAL)
    Q_PROPERTY(int asideCount READ asideCount NOTIFY changed FINAL)
    Q_PROPERTY(int conflictCount READ conflictCount NOTIFY changed FINAL)
    Q_PROPERTY(int blobsDone READ blobsDone NOTIFY changed FINAL)
    Q_PROPERTY(int blobsTotal READ blobsTotal NOTIFY changed FINAL)
    Q_PROPERTY(QString blobsText READ blobsText NOTIFY changed FINAL)
    Q_PROPERTY(int blobsMissing READ blobsMissing NOTIFY changed FINAL)
    Q_PROPERTY(qint64 lastContact READ lastContact NOTIFY changed FINAL)
    Q_PROPERTY(QString lastContactText READ lastContactText NOTIFY changed FINAL)
    Q_PROPERTY(QString skewText READ skewText NOTIFY changed FINAL)
    Q_PROPERTY(QString progressText READ progressText NOTIFY changed FINAL)
    Q_PROPERTY(QString errorWhat READ errorWhat NOTIFY changed FINAL)
    Q_PROPERTY(QString errorNext READ errorNext NOTIFY changed FINAL)
    Q_PROPERTY(QString nextAttemptText READ nextAttemptText NOTIFY changed FINAL)
    Q_PROPERTY(bool isNewLane READ isNewLane NOTIFY changed FINAL)
public:
    static constexpr int kConflictWaitMs = 400;  // all records are looked at: not for every change of a burst
    static constexpr WallMs kSkewShown = 120'000;

    SyncStatus(HomeThread& reader, StoreThread& store, QObject* parent = nullptr);

    Q_INVOKABLE void syncNow() { m_store.syncNow(); }
    Q_INVOKABLE void cancel() { m_store.cancelSync(); }

    [[nodiscard]] QString state() const;
    [[nodiscard]] int localCount() const { return static_cast<int>(m_counts.own.local); }
    [[nodiscard]] int receivedCount() const { return static_cast<int>(m_counts.own.received); }
    [[nodiscard]] int appliedCount() const { return static_cast<int>(m_counts.own.applied); }
    [[nodiscard]] int asideCount() const {
        return static_cast<int>(m_counts.own.setAside + m_counts.own.refused);
    }
    [[nodiscard]] int conflictCount() const { return m_conflicts; }
    [[nodiscard]] int blobsDone() const { return m_counts.blobsTotal - m_counts.blobsPending; }
    [[nodiscard]] int blobsTotal() const { return m_counts.blobsTotal; }
    [[nodiscard]] QString blobsText() const;
    [[nodiscard]] int blobsMissing() const { return m_counts.blobsMissing; }
    [[nodiscard]] qint64 lastContact() const { return m_counts.last ? m_counts.last->at : 0; }
    [[nodiscard]] QString lastContactText() const;
    [[nodiscard]] QString skewText() const;
    [[nodiscard]] QString progressText() const;
    [[nodiscard]] QString errorWhat() const;
    [[nodiscard]] QString errorNext() const;
    [[nodiscard]] QString nextAttemptText() const;
    [[nodiscard]] bool isNewLane() const { return m_store.syncState().isNewLane; }

signals:
    void changed();

private:
    struct Counts {
        sync::OwnCounts own;
        std::optional<ledger::LastSync> last;
        int blobsPending = 0;
        int blobsTotal = 0;    // own ones; of others' only those the county has lost
        int blobsMissing = 0;  // others' that are not here yet
    };
    [[nodiscard]] static Result<Counts> countIn(ledger::Home& home);
    [[nodiscard]] const std::optional<Error>& error() const { return m_store.syncState().error; }

    StoreThread& m_store;
    Counts m_counts;
    int m_conflicts = 0;
    bool m_isReady = false;
    Reading m_reading;
    Reading m_conflictReading;
    QTimer m_conflictWait;
    QTimer m_clock;  // texts such as "5 minutes ago" grow old
};

}  // namespace hezhang::ui
