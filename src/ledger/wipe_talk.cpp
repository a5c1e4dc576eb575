// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/wipe_talk.h"

#include "src/ledger/leaving.h"

namespace hezhang::ledger {

std::optional<Bytes> WipeTalk::nextRequest() {
    if (m_state == State::over || (m_state == State::question && m_questions == kQuestionsMax)) {
        return std::nullopt;
    }
    sync::WipeRequest request;
    request.device = m_home.me().enrolment.device;
    request.nonce = m_home.random().draw<sync::Nonce>();
    request.ask = m_state == State::question ? sync::WipeAsk::question : sync::WipeAsk::done;
    m_questions += m_state == State::question ? 1 : 0;
    Bytes framed = sync::frameWithMac(m_home.suite(), sync::encode(request), m_home.me().macKey, {});
    m_requestTag = sync::tagOf(framed);
    return framed;
}

// A revoked device gets no page that would tell it of a new history. What was acknowledged and confirmed in
// the old one the county may have lost.
Result<bool> WipeTalk::takeEpoch(const EpochId& epoch) {
    HZ_TRY(sync::WriteScope scope, sync::WriteScope::begin(m_home.store()));
    HZ_TRY(sync::Cursor cursor, m_home.replica().cursor());
    if (cursor.epoch == epoch) {
        return false;
    }
    cursor.epoch = epoch;
    HZ_CHECK(m_home.replica().setCursor(cursor));
    HZ_CHECK(scope.commit());
    return true;
}

Result<void> WipeTalk::onAnswer(BytesView bytes) {
    HZ_TRY(const sync::WipeAnswer answer,
           sync::answerTo<sync::WipeAnswer>(m_home.suite(), bytes, m_home.me().macKey, m_requestTag));
    if (m_state == State::farewell || answer.status != sync::WipeStatus::ordered) {
        m_state = State::over;
        return {};
    }
    HZ_TRY(m_isNewHistory, takeEpoch(answer.epoch));
    if (m_isNewHistory) {
        return {};
    }
    const auto wiped = wipe(m_home);
    if (wiped) {
        m_isEmptied = *wiped;  // false: something was written meanwhile
        m_state = m_isEmptied ? State::farewell : State::question;
        return {};
    }
    // Where files would not go, they go when the folder is next opened; that it is empty is not said then.
    const auto there = m_home.checkThere();
    m_isEmptied = !there && there.error().code == ErrorCode::wiped;
    m_state = m_isEmptied ? State::over : State::question;
    return m_isEmptied ? Result<void>() : Result<void>(fail(wiped.error()));
}

}  // namespace hezhang::ledger
