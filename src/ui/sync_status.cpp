// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/sync_status.h"

#include "src/ledger/blobs.h"
#include "src/ledger/queries.h"
#include "src/ui/format.h"
#include "src/ui/message_table.h"

namespace hezhang::ui {

Result<SyncStatus::Counts> SyncStatus::countIn(ledger::Home& home) {
    Counts counts;
    HZ_TRY(counts.own, home.replica().ownCounts());
    HZ_TRY(counts.last, home.lastSync());
    HZ_TRY(const std::vector<ledger::BlobFile> files, ledger::blobFiles(home));
    for (const ledger::BlobFile& file : files) {
        const bool isCounted = !file.isFetched || !file.isAtCounty;
        counts.blobsTotal += isCounted ? 1 : 0;
        counts.blobsPending += file.isAtCounty ? 0 : 1;
    }
    HZ_TRY(const std::uint64_t missing, home.blobsMissing());
    counts.blobsMissing = static_cast<int>(missing);
    return counts;
}

SyncStatus::SyncStatus(HomeThread& reader, StoreThread& store, QObject* parent)
    : QObject(parent),
      m_store(store),
      m_reading(reader, this),
      m_conflictReading(reader, this, Reading::When::asked) {
    m_reading.define<Counts>([] { return &SyncStatus::countIn; },
                             [this](const Result<Counts>& counts) {
                                 m_counts = counts ? *counts : m_counts;
                                 m_isReady = true;
                                 emit changed();
                             });
    m_conflictReading.define<int>(
        [] {
            return [](ledger::Home& home) -> Result<int> {
                HZ_TRY(const std::uint64_t open, ledger::conflictCount(home));
                return static_cast<int>(open);
            };
        },
        [this](const Result<int>& count) {
            m_conflicts = count ? *count : m_conflicts;
            emit changed();
        });
    m_conflictWait.setSingleShot(true);
    connect(&m_conflictWait, &QTimer::timeout, &m_conflictReading, &Reading::again);
    connect(&reader, &HomeThread::changed, this, [this] {
        if (!m_conflictWait.isActive()) {
            m_conflictWait.start(kConflictWaitMs);
        }
    });
    // A sync in which nothing was new changes nothing but when it was.
    connect(&reader, &HomeThread::contacted, &m_reading, &Reading::again);
    connect(&store, &StoreThread::syncStateChanged, this, &SyncStatus::changed);
    connect(&m_clock, &QTimer::timeout, this, &SyncStatus::changed);
    m_clock.start(30'000);
    m_reading.again();
    // Behind what the first page asks for.
    m_conflictWait.start(0);
}

QString SyncStatus::state() const {
    if (!m_isReady) {
        return {};
    }
    const SyncState& sync = m_store.syncState();
    if (sync.phase == SyncPhase::syncing) {
        return QStringLiteral("syncing");
    }
    if (error() && error()->code != ErrorCode::cancelled) {
        const bool isUnreachable = error()->code == ErrorCode::unreachable ||
                                   error()->code == ErrorCode::timedOut ||
                                   error()->code == ErrorCode::notOurServer;
        return isUnreachable ? QStringLiteral("offline") : QStringLiteral("sync-failed");
    }
    if (sync.phase == SyncPhase::waiting || lastContact() == 0) {
        return QStringLiteral("offline");
    }
    return localCount() > 0 || m_counts.blobsPending > 0 ? QStringLiteral("local") : QStringLiteral("synced");
}

QString SyncStatus::blobsText() const {
    return blobsTotal() == 0 ? QString() : QStringLiteral("%1/%2").arg(blobsDone()).arg(blobsTotal());
}

QString SyncStatus::lastContactText() const {
    return Format::when(lastContact());
}

QString SyncStatus::skewText() const {
    const WallMs skew = m_counts.last ? m_counts.last->skewMs : 0;
    if (skew > -kSkewShown && skew < kSkewShown) {
        return {};
    }
    const auto minutes = static_cast<int>((skew < 0 ? -skew : skew) / 60'000);
    return skew > 0 ? tr("This device's clock is %n minute(s) slow.", nullptr, minutes)
                    : tr("This device's clock is %n minute(s) fast.", nullptr, minutes);
}

QString SyncStatus::progressText() const {
    const SyncState& sync = m_store.syncState();
    if (sync.phase != SyncPhase::syncing) {
        return {};
    }
    const ledger::RoundProgress& progress = sync.progress;
    if (progress.fetchTotal > 0) {
        return tr("Receiving files: %1 of %2").arg(progress.fetched).arg(progress.fetchTotal);
    }
    if (progress.blobsTotal > 0) {
        return tr("Sending files: %1 of %2").arg(progress.blobsDone).arg(progress.blobsTotal);
    }
    return tr("Sent %1, received %2").arg(progress.pushed).arg(progress.pulled);
}

QString SyncStatus::errorWhat() const {
    return error() ? MessageTable::of(error()->code).what : QString();
}

QString SyncStatus::errorNext() const {
    return error() ? MessageTable::of(error()->code).next : QString();
}

QString SyncStatus::nextAttemptText() const {
    const SyncState& sync = m_store.syncState();
    if (sync.phase != SyncPhase::waiting || sync.nextAttempt == 0) {
        return {};
    }
    const auto seconds = static_cast<int>(std::max<WallMs>(0, sync.nextAttempt - Format::now()) / 1000);
    return seconds < 60 ? tr("Next try in less than a minute")
                        : tr("Next try in %n minute(s)", nullptr, seconds / 60);
}

}  // namespace hezhang::ui
