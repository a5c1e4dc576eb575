// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What a revoked device asks its county when nothing is left here that the county does not have: whether this
// home is to be emptied. If so it empties it, and says that it has.
//
// Shape:   docs/sync-model.md section 8. Only an answer to this very question counts: it is bound to a nonce.
//          An endpoint that does not know the route gives no order.
//          By file the question travels behind all that is here, and its answer may come late, twice or in
//          another order. An order cannot be withdrawn, so what decides is what is here when it is read:
//          while anything is here that the county does not have, the home stays. An answer of another
//          history than the one known here empties nothing, however it came.
// Errors:  notOurServer; storage errors; those of wipe().
// Threads: those of the home. REQUIRES: sync.lock is held.
#pragma once

#include "src/ledger/home.h"
#include "sync/transport/wipe_messages.h"

namespace hezhang::ledger {

class WipeTalk {
public:
    explicit WipeTalk(Home& home) : m_home(home) {}

    // The question; once the home is empty, that it is. nullopt: there is nothing more to say.
    [[nodiscard]] std::optional<Bytes> nextRequest();
    // The next request is the question again where something has to be handed in before.
    [[nodiscard]] Result<void> onAnswer(BytesView answer);
    // Of an endpoint that does not take the question, or a farewell that did not get through.
    void giveUp() { m_state = State::over; }
    [[nodiscard]] bool isEmptied() const { return m_isEmptied; }
    // The last answer told of a history that was not known here: all is to be handed in once more.
    [[nodiscard]] bool isNewHistory() const { return m_isNewHistory; }

private:
    enum class State : std::uint8_t { question, farewell, over };

    static constexpr int kQuestionsMax = 5;  // somebody may go on writing meanwhile

    Home& m_home;
    State m_state = State::question;
    Bytes m_requestTag;
    int m_questions = 0;
    bool m_isEmptied = false;
    bool m_isNewHistory = false;
};

// -- by file
// The question, durable as the last one that was asked so.
[[nodiscard]] Result<Bytes> wipeQuestion(Home& home);
// True: this home is empty. Errors also: otherDevice where the question is none of this home's.
[[nodiscard]] Result<bool> takeWipeAnswer(Home& home, BytesView question, BytesView answer);

}  // namespace hezhang::ledger
