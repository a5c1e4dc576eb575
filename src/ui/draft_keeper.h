// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Keeps a form's draft: what was typed is on the disk a moment later, and is there again after a crash.
//
// Shape:   touch() after each change; the content is taken when it is written, kWaitMs after the first change
// that is not kept yet, and
//          when the form goes. state: none (nothing typed) saving saved failed.
// Threads: the window's; written in the store thread.
#pragma once

#include <QTimer>

#include "src/ledger/drafts.h"
#include "src/ledger/one_transaction.h"
#include "src/ui/store_thread.h"

namespace hezhang::ui {

// What was typed becomes edits: `write` gives a Result, and that the draft is done is one transaction with
// it. Then the draft's file goes; one that stays behind is known as done by its id. A draft of no id was
// never begun. Threads: the store's.
template <class Write>
[[nodiscard]] auto writeDraft(ledger::Home& home, const std::string& slot, const RecordId& draft,
                              const Write& write) {
    using Answer = decltype(write());
    Answer answer = ledger::inOneTransaction(home, [&]() -> Answer {
        Answer written = write();
        if (written && !draft.isNone()) {
            HZ_CHECK(ledger::noteDraftDone(home, slot, draft));
        }
        return written;
    });
    if (answer) {
        static_cast<void>(ledger::removeDraft(home, slot).has_value());
    }
    return answer;
}

class DraftKeeper : public QObject {
    Q_OBJECT
public:
    static constexpr int kWaitMs = 250;

    // `content` is called when a draft is written.
    DraftKeeper(StoreThread& store, std::function<nlohmann::json()> content, QObject* parent);
    ~DraftKeeper() override;

    void setSlot(const std::string& slot) { m_slot = slot; }
    // A draft was loaded: it goes on under its id.
    void adopt(const ledger::Draft& draft);
    void touch();
    // Writes now what is not written yet.
    void flush();
    // The draft is done with, saved or thrown away: nothing of it is written any more. Its file is removed by
    // who saved it, or here.
    void forget();
    void discard();

    [[nodiscard]] const std::string& slot() const { return m_slot; }
    // None before the first touch().
    [[nodiscard]] RecordId id() const { return m_id; }
    [[nodiscard]] const QString& state() const { return m_state; }

signals:
    void stateChanged();

private:
    void setState(const QString& state);

    StoreThread& m_store;
    std::function<nlohmann::json()> m_content;
    QTimer m_timer;
    std::string m_slot;
    RecordId m_id;
    QString m_state = QStringLiteral("none");
    quint64 m_touched = 0;
    SystemRandom m_random;
};

}  // namespace hezhang::ui
