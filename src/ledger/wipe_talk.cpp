// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/wipe_talk.h"

#include "src/ledger/leaving.h"

namespace hezhang::ledger {
namespace {

constexpr std::string_view kAsked = "wipe-asked";  // the last question that went by file

struct AskedByFile {
    sync::Nonce nonce;
    EpochId epoch;  // that this home knew then

    template <class Archive>
    void serialize(Archive& archive) {
        archive(nonce, epoch);
    }
};

sync::WipeRequest requestOf(Home& home, sync::WipeAsk ask) {
    sync::WipeRequest request;
    request.device = home.me().enrolment.device;
    request.nonce = home.random().draw<sync::Nonce>();
    request.ask = ask;
    return request;
}

Bytes framed(Home& home, const sync::WipeRequest& request) {
    return sync::frameWithMac(home.suite(), sync::encode(request), home.me().macKey, {});
}

// What the county has said that it has, it may have lost. A revoked device does not see the log, so it hands
// all of it in once more.
Result<void> forgetAcknowledged(sync::Store& store) {
    HZ_TRY(const std::vector<Hash> received, store.segmentsIn(sync::SegmentState::received));
    for (const Hash& hash : received) {
        HZ_CHECK(store.setSegmentState(hash, sync::SegmentState::unsent, 0));
    }
    return {};
}

// A revoked device gets no page that would tell it of a new history. What was acknowledged and confirmed in
// the old one the county may have lost.
Result<bool> takeEpoch(Home& home, const EpochId& epoch) {
    HZ_TRY(sync::WriteScope scope, sync::WriteScope::begin(home.store()));
    HZ_TRY(sync::Cursor cursor, home.replica().cursor());
    if (cursor.epoch == epoch) {
        return false;
    }
    cursor.epoch = epoch;
    HZ_CHECK(home.replica().setCursor(cursor));
    HZ_CHECK(forgetAcknowledged(home.store()));
    HZ_CHECK(scope.commit());
    return true;
}

enum class Emptied : std::uint8_t {
    no,  // something is here that the county does not have
    yes,
    inPart  // nobody can use it any more; files that would not go, go when the folder is next opened
};

Result<Emptied> emptied(Home& home) {
    const auto wiped = wipe(home);
    if (wiped) {
        return *wiped ? Emptied::yes : Emptied::no;
    }
    const auto there = home.checkThere();
    const bool isGone = !there && there.error().code == ErrorCode::wiped;
    return isGone ? Result<Emptied>(Emptied::inPart) : Result<Emptied>(fail(wiped.error()));
}

}  // namespace

std::optional<Bytes> WipeTalk::nextRequest() {
    if (m_state == State::over || (m_state == State::question && m_questions == kQuestionsMax)) {
        return std::nullopt;
    }
    m_questions += m_state == State::question ? 1 : 0;
    Bytes bytes = framed(m_home, requestOf(m_home, m_state == State::question ? sync::WipeAsk::question
                                                                              : sync::WipeAsk::done));
    m_requestTag = sync::tagOf(bytes);
    return bytes;
}

Result<void> WipeTalk::onAnswer(BytesView bytes) {
    HZ_TRY(const sync::WipeAnswer answer,
           sync::answerTo<sync::WipeAnswer>(m_home.suite(), bytes, m_home.me().macKey, m_requestTag));
    if (m_state == State::farewell || answer.status != sync::WipeStatus::ordered) {
        m_state = State::over;
        return {};
    }
    HZ_TRY(m_isNewHistory, takeEpoch(m_home, answer.epoch));
    if (m_isNewHistory) {
        return {};
    }
    HZ_TRY(const Emptied end, emptied(m_home));
    m_isEmptied = end != Emptied::no;  // no: something was written meanwhile
    // That it is empty is not said where it is not quite.
    m_state = end == Emptied::yes ? State::farewell : m_isEmptied ? State::over : State::question;
    return {};
}

// -- by file

Result<Bytes> wipeQuestion(Home& home) {
    const sync::WipeRequest request = requestOf(home, sync::WipeAsk::question);
    HZ_TRY(sync::WriteScope scope, sync::WriteScope::begin(home.store()));
    HZ_TRY(const sync::Cursor cursor, home.replica().cursor());
    HZ_CHECK(home.store().setMeta(kAsked, sync::encode(AskedByFile{request.nonce, cursor.epoch})));
    HZ_CHECK(scope.commit());
    return framed(home, request);
}

// Of another history: it is news only as the answer to the last question, asked in the history that is still
// the one known here. Else it may be the one of before, which came late.
static Result<void> noteOtherHistory(Home& home, const sync::WipeRequest& request, const EpochId& epoch) {
    HZ_TRY(const std::optional<Bytes> note, home.store().meta(kAsked));
    HZ_TRY(const sync::Cursor cursor, home.replica().cursor());
    const auto asked = note ? sync::decode<AskedByFile>(*note, "question by file") : AskedByFile{};
    if (asked && asked->nonce == request.nonce && asked->epoch == cursor.epoch) {
        HZ_TRY([[maybe_unused]] const bool isNew, takeEpoch(home, epoch));
    }
    return {};
}

Result<bool> takeWipeAnswer(Home& home, BytesView question, BytesView bytes) {
    const sync::MacKey& key = home.me().macKey;
    const auto asked = sync::openFrame(question);
    const auto request = asked ? sync::decode<sync::WipeRequest>(asked->plain, "request")
                               : Result<sync::WipeRequest>(fail(asked.error()));
    if (!request || request->device != home.me().enrolment.device ||
        request->ask != sync::WipeAsk::question || !sync::isMacOf(home.suite(), asked->frame, key, {})) {
        return fail(ErrorCode::otherDevice, "the answer is to a question that another device asked");
    }
    HZ_TRY(const sync::WipeAnswer answer,
           sync::answerTo<sync::WipeAnswer>(home.suite(), bytes, key, asked->frame.tag));
    if (answer.status != sync::WipeStatus::ordered) {
        return false;
    }
    HZ_TRY(const sync::Cursor cursor, home.replica().cursor());
    if (answer.epoch != cursor.epoch) {
        HZ_CHECK(noteOtherHistory(home, *request, answer.epoch));
        return false;
    }
    HZ_TRY(const Emptied end, emptied(home));
    return end != Emptied::no;
}

}  // namespace hezhang::ledger
