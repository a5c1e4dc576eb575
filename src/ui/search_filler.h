// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Keeps the search index (src/ledger/search_index.h) near the home: a moment after a commit it takes in what
// is new, batch by batch, and lets edits in between. A search catches up by itself, so nothing depends on it.
//
// Errors:  the index cannot be used: tried again after the next commit.
// Threads: the store thread's.
#pragma once

#include <QObject>
#include <QTimer>

#include "src/ledger/search_index.h"

namespace hezhang::ui {

class SearchFiller : public QObject {
    Q_OBJECT
public:
    static constexpr int kWaitMs = 200;

    // REQUIRES: the home outlives it.
    SearchFiller(ledger::Home& home, QObject* parent);

    void noteWork();

private:
    void step();

    ledger::Home& m_home;
    std::unique_ptr<ledger::SearchIndex> m_index;
    QTimer m_timer;
};

}  // namespace hezhang::ui
