// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The county's desk for bundles: the same messages as over the network, out of a file and into one.
#include "src/ledger/county_folder.h"
#include "sync/engine/carried.h"

namespace hezhang::ledger {

using sync::Bundle;
using sync::BundleKind;
using sync::CarriedPart;
using sync::CarriedRoute;

namespace {

template <class Message>
Result<Message> inFrame(BytesView bytes) {
    HZ_TRY(const sync::OpenedFrame opened, sync::openFrame(bytes));
    return sync::decode<Message>(opened.plain, "message");
}

void count(const CarriedPart& part, const Bytes& answer, BundleTaken& taken) {
    if (part.route == CarriedRoute::blobPut) {
        const auto put = inFrame<sync::BlobPut>(part.request);
        const auto said = inFrame<sync::BlobPutAnswer>(answer);
        taken.blobs += put && put->bytes.empty() && said && said->status == sync::BlobStatus::ok &&
                               said->have == put->total
                           ? 1
                           : 0;
    }
    if (part.route == CarriedRoute::enrol) {
        const auto said = inFrame<sync::EnrolAnswer>(answer);
        taken.isEnrolled = taken.isEnrolled || (said && said->refused == ErrorCode::internal);
    }
    if (part.route != CarriedRoute::sync) {
        return;
    }
    const auto said = inFrame<sync::SyncAnswer>(answer);
    for (const sync::Ack& ack : said ? said->acks : std::vector<sync::Ack>{}) {
        taken.accepted += ack.state == sync::Verdict::accepted ? 1 : 0;
        taken.held += ack.state == sync::Verdict::held ? 1 : 0;
        taken.refused += ack.state == sync::Verdict::refused ? 1 : 0;
    }
}

}  // namespace

Result<Bytes> CountyFolder::handleCarried(const CarriedPart& part) {
    const Bytes request = copyOf(part.request);
    switch (part.route) {
    case CarriedRoute::sync: {
        HZ_TRY(std::vector<Bytes> answers, handleSync(std::span(&request, 1)));
        return std::move(answers.front());
    }
    case CarriedRoute::blobPut:
        return handleBlobPut(request);
    case CarriedRoute::enrol:
        return handleEnrol(request);
    }
    return fail(ErrorCode::internal, "a message of no kind");
}

Result<bool> CountyFolder::goOn(Bytes request, Bytes answer, std::vector<std::string> held,
                                sync::BundleWriter& writer, std::size_t bytesMax) {
    for (;;) {
        const auto asked = inFrame<sync::SyncRequest>(request);
        const auto said = inFrame<sync::SyncAnswer>(answer);
        if (!asked || !said) {
            return true;
        }
        const auto next = sync::requestAfter(*m_suite, *asked, *said, held);
        if (!next) {
            return true;
        }
        HZ_TRY(const sync::MacKey key, m_county->macKeyOf(next->device));
        request = sync::frameWithMac(*m_suite, sync::encode(*next), key, {});
        HZ_TRY(std::vector<Bytes> answers, handleSync(std::span(&request, 1)));
        answer = std::move(answers.front());
        if (writer.sizeWith(request.size() + answer.size()) > bytesMax ||
            writer.parts() >= sync::kBundlePartsMax) {
            return false;
        }
        writer.add(CarriedRoute::sync, request, answer);
    }
}

// A device that has just been enrolled is given what there is at once: it would ask for it first.
Result<bool> CountyFolder::greet(const CarriedPart& part, const Bytes& answer, sync::BundleWriter& writer,
                                 std::size_t bytesMax) {
    const auto asked = inFrame<sync::EnrolRequest>(part.request);
    const auto said = inFrame<sync::EnrolAnswer>(answer);
    if (!asked || !said || said->refused != ErrorCode::internal) {
        return true;
    }
    sync::SyncRequest first;
    first.device = sync::deviceIdOf(*m_suite, asked->publicKey);
    first.cursor.epoch = said->county.epoch;
    first.scopes = sync::scopesMark(*m_suite, said->scopes);
    HZ_TRY(const sync::MacKey key, m_county->macKeyOf(first.device));
    const Bytes request = sync::frameWithMac(*m_suite, sync::encode(first), key, {});
    HZ_TRY(std::vector<Bytes> answers, handleSync(std::span(&request, 1)));
    writer.add(CarriedRoute::sync, request, answers.front());
    return goOn(request, answers.front(), said->scopes, writer, bytesMax);
}

Result<BundleTaken> CountyFolder::importBundle(BytesView file, std::size_t bytesMax) {
    HZ_TRY(const Bundle bundle, sync::openBundle(file));
    if (bundle.header.kind != BundleKind::requests) {
        return fail(ErrorCode::badInput, "the bundle is an answer; it is for the device that asked");
    }
    HZ_TRY(const FileLock lock, lockForOperator());
    HZ_TRY(const sync::CountyControl control, m_county->control());
    if (!bundle.header.county.isNone() && bundle.header.county != control.county) {
        return fail(ErrorCode::otherCounty, "the bundle is for another county");
    }
    BundleTaken taken;
    taken.device = bundle.header.device;
    sync::BundleWriter writer(*m_suite, {BundleKind::answers, control.county, bundle.header.device, {}});
    bool isAnyRead = false;
    Bytes lastQuestion;
    Bytes lastAnswer;
    for (const CarriedPart& part : bundle.parts) {
        HZ_TRY(Bytes answer, handleCarried(part));
        isAnyRead = isAnyRead || !answer.empty();
        ++taken.messages;
        count(part, answer, taken);
        if (sync::isAnswerDue(part.route, part.request)) {
            writer.add(part.route, part.request, answer);
        }
        if (part.route == CarriedRoute::enrol) {
            HZ_TRY(taken.isAll, greet(part, answer, writer, bytesMax));
        }
        if (part.route == CarriedRoute::sync) {
            lastQuestion = copyOf(part.request);
            lastAnswer = std::move(answer);
        }
    }
    if (!isAnyRead) {
        return fail(ErrorCode::refused, "nothing in the bundle is of a device of this county");
    }
    if (!lastAnswer.empty()) {
        HZ_TRY(taken.isAll, goOn(lastQuestion, lastAnswer, bundle.header.held, writer, bytesMax));
    }
    taken.answer = std::move(writer).finish();
    return taken;
}

}  // namespace hezhang::ledger
