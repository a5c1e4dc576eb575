// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/draft_keeper.h"

#include "src/ui/format.h"

namespace hezhang::ui {

DraftKeeper::DraftKeeper(StoreThread& store, std::function<nlohmann::json()> content, QObject* parent)
    : QObject(parent), m_store(store), m_content(std::move(content)), m_timer(this) {
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &DraftKeeper::flush);
}

DraftKeeper::~DraftKeeper() {
    flush();
}

void DraftKeeper::adopt(const ledger::Draft& draft) {
    m_id = draft.id;
    setState(QStringLiteral("saved"));
}

void DraftKeeper::touch() {
    if (m_id.isNone()) {
        m_id = m_random.draw<RecordId>();
    }
    ++m_touched;
    setState(QStringLiteral("saving"));
    if (!m_timer.isActive()) {
        m_timer.start(kWaitMs);
    }
}

void DraftKeeper::flush() {
    if (m_state != QLatin1String("saving") || m_slot.empty()) {
        return;
    }
    m_timer.stop();
    const ledger::Draft draft{m_id, Format::now(), m_content()};
    m_store.ask<bool>(
        this,
        [slot = m_slot, draft](ledger::Home& home) -> Result<bool> {
            HZ_CHECK(ledger::saveDraft(home, slot, draft));
            return true;
        },
        [this, touched = m_touched](const Result<bool>& saved) {
            // What was typed meanwhile is on its way.
            if (touched == m_touched && m_state == QLatin1String("saving")) {
                setState(saved ? QStringLiteral("saved") : QStringLiteral("failed"));
            }
        });
}

void DraftKeeper::forget() {
    m_timer.stop();
    m_id = {};
    setState(QStringLiteral("none"));
}

void DraftKeeper::discard() {
    forget();
    m_store.ask<bool>(
        this,
        [slot = m_slot](ledger::Home& home) -> Result<bool> {
            HZ_CHECK(ledger::removeDraft(home, slot));
            return true;
        },
        [](const Result<bool>&) {});
}

void DraftKeeper::setState(const QString& state) {
    if (m_state != state) {
        m_state = state;
        emit stateChanged();
    }
}

}  // namespace hezhang::ui
