// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/search_filler.h"

namespace hezhang::ui {

SearchFiller::SearchFiller(ledger::Home& home, QObject* parent) : QObject(parent), m_home(home) {
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &SearchFiller::step);
    noteWork();
}

void SearchFiller::noteWork() {
    if (!m_timer.isActive()) {
        m_timer.start(kWaitMs);
    }
}

void SearchFiller::step() {
    if (!m_index) {
        auto index = ledger::SearchIndex::open(m_home);
        if (!index) {
            return;
        }
        m_index = std::move(*index);
    }
    const auto isDone = m_index->catchUp(m_home);
    if (!isDone) {
        m_index.reset();  // opened anew, and replaced where it is damaged
    } else if (!*isDone) {
        m_timer.start(0);
    }
}

}  // namespace hezhang::ui
