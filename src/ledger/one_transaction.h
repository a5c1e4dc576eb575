// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// All edits of one piece of work in one transaction: what cannot be written whole is not written at all.
//
// Errors:  those of the work; then nothing of it stands. Those of the commit.
// Threads: those of the home.
#pragma once

#include "src/ledger/home.h"

namespace hezhang::ledger {

// `work` gives a Result. Inside a batch that is open already the work is a part of it, and the owner of the
// batch decides.
template <class Work>
[[nodiscard]] auto inOneTransaction(Home& home, const Work& work) -> decltype(work()) {
    if (home.isInBatch()) {
        return work();
    }
    HZ_CHECK(home.beginBatch());
    auto answer = work();
    if (!answer) {
        home.abandonBatch();
        return answer;
    }
    HZ_CHECK(home.commitBatch());
    return answer;
}

}  // namespace hezhang::ledger
