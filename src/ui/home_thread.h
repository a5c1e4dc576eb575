// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A thread with a Home of its own. The window asks it by a piece of work that takes the home and gives a
// value; the answer comes back to the window by a queued call. Two of them exist: the store thread
// (store_thread.h), the only writer, and the reading thread, whose home is opened for reading and whose works
// each see one moment.
//
// Shape:   works run one after the other, in the order they were asked. Work and answer are values: no
// pointer to anything of the home
//          crosses. An answer whose `context` was destroyed meanwhile is dropped.
// Errors:  a work asked before the home is open, or after it failed to open, is answered with why.
// Threads: the object belongs to the window's thread; work runs in its own. docs/threading.md.
#pragma once

#include <QCoreApplication>
#include <QObject>
#include <QPointer>
#include <QThread>
#include <QTimer>
#include <atomic>
#include <functional>
#include <memory>

#include "src/ledger/home.h"

namespace hezhang::ui {

// Who the home belongs to. Unit and its name may change while it is open.
struct HomeInfo {
    QString folder;
    RecordId unit;
    RecordId person;
    QString unitName;
    QString personName;
    QString role;
    QString county;
    QString countyKey;  // its fingerprint
    bool operator==(const HomeInfo&) const = default;
};

// Lives in the thread.
class HomeWorker : public QObject {
    Q_OBJECT
public:
    explicit HomeWorker(storage::Access access) : m_access(access) {}
    // What hangs on the home goes before it.
    ~HomeWorker() override { qDeleteAll(findChildren<QObject*>(Qt::FindDirectChildrenOnly)); }

    void open(const QString& folder);
    // Gives the home up: it has ended. What is asked from here on is answered with why.
    void close(const Error& why);
    // Says `changed` where somebody has committed since the last look.
    void look();

    template <class T, class Work>
    [[nodiscard]] Result<T> run(const Work& work) {
        if (!m_home) {
            return fail(m_whyNot);
        }
        if (m_access != storage::Access::readOnly) {
            Result<T> result = work(*m_home);
            emit worked();
            return result;
        }
        HZ_TRY(const storage::Transaction moment, m_home->beginRead());
        return work(*m_home);
    }

    // Works that were asked and have not begun. From any thread.
    [[nodiscard]] bool isWorkWaiting() const { return m_waiting > 0; }
    void noteAsked() { ++m_waiting; }
    void noteBegun() { --m_waiting; }
    // Does what is waiting, now. REQUIRES: in this thread, outside a transaction.
    void doWaiting() { QCoreApplication::sendPostedEvents(this, QEvent::MetaCall); }

    [[nodiscard]] ledger::Home* home() { return m_home.get(); }
    [[nodiscard]] ledger::Environment environment() { return {m_clock, m_random}; }

signals:
    void opened(const hezhang::ui::HomeInfo& info);
    // Of a reading thread, before `changed`.
    void infoChanged(const hezhang::ui::HomeInfo& info);
    void failed(const hezhang::Error& error);
    void worked();  // a work of a writing thread has ended: it may have written
    void changed();
    void contacted();  // the county has answered, in this process or another; nothing need have changed

private:
    [[nodiscard]] static HomeInfo infoOf(ledger::Home& home);
    void lookAtInfo();

    storage::Access m_access;
    HomeInfo m_info;
    std::atomic<int> m_waiting{0};
    RealClock m_clock;
    SystemRandom m_random;
    std::unique_ptr<ledger::Home> m_home;
    Error m_whyNot{ErrorCode::notEnrolled, "no home is open"};
    std::optional<std::int64_t> m_version;
    std::optional<ledger::LastSync> m_lastSync;
    QTimer* m_watch = nullptr;
};

class HomeThread : public QObject {
    Q_OBJECT
public:
    // How often the reading thread looks for what others have committed.
    static constexpr int kLookMs = 200;

    explicit HomeThread(storage::Access access, QObject* parent = nullptr);
    // Waits for the work that runs. Of what was asked and has not begun a writing thread does all first, a
    // reading one nothing.
    ~HomeThread() override;

    void open(const QString& folder);
    // The home has ended. Works that were asked and have not begun are answered with why.
    virtual void close(const Error& why);
    // Of a reading thread: looks now instead of at the next tick.
    void look();

    template <class T, class Work, class Done>
    void ask(QObject* context, Work work, Done done) {
        const QPointer<QObject> guard(context);
        HomeWorker* worker = m_worker;
        worker->noteAsked();
        QMetaObject::invokeMethod(
            worker,
            [this, worker, guard, work = std::move(work), done = std::move(done)] {
                worker->noteBegun();
                const auto result = std::make_shared<Result<T>>(worker->run<T>(work));
                QMetaObject::invokeMethod(
                    this,
                    [guard, result, done] {
                        if (guard) {
                            done(std::move(*result));
                        }
                    },
                    Qt::QueuedConnection);
            },
            Qt::QueuedConnection);
    }

signals:
    void opened(const hezhang::ui::HomeInfo& info);
    // Of a reading thread, before `changed`.
    void infoChanged(const hezhang::ui::HomeInfo& info);
    void failed(const hezhang::Error& error);
    void worked();
    void changed();
    void contacted();

protected:
    [[nodiscard]] HomeWorker* worker() { return m_worker; }
    [[nodiscard]] QThread* workThread() { return &m_thread; }
    void stop();

private:
    storage::Access m_access;
    QThread m_thread;
    HomeWorker* m_worker;
};

}  // namespace hezhang::ui
