// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The county's desk for bundles: the same messages as over the network, out of a file and into one.
#include <algorithm>

#include "src/ledger/county_folder.h"
#include "sync/engine/carried.h"
#include "sync/transport/sealed_message.h"

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

void count(CarriedRoute route, BytesView request, BytesView answer, BundleTaken& taken) {
    switch (route) {
    case CarriedRoute::blobChunk:
        break;
    case CarriedRoute::blobPut: {
        const auto put = inFrame<sync::BlobPut>(request);
        const auto said = inFrame<sync::BlobPutAnswer>(answer);
        const bool isWhole = put && said && said->status == sync::BlobStatus::ok && said->have == put->total;
        taken.blobs += isWhole ? 1 : 0;
        break;
    }
    case CarriedRoute::enrol: {
        const auto said = inFrame<sync::EnrolAnswer>(answer);
        taken.isEnrolled = taken.isEnrolled || (said && said->refused == ErrorCode::internal);
        break;
    }
    case CarriedRoute::sync: {
        const auto said = inFrame<sync::SyncAnswer>(answer);
        for (const sync::Ack& ack : said ? said->acks : std::vector<sync::Ack>{}) {
            taken.accepted += ack.state == sync::Verdict::accepted ? 1 : 0;
            taken.held += ack.state == sync::Verdict::held ? 1 : 0;
            taken.refused += ack.state == sync::Verdict::refused ? 1 : 0;
        }
        break;
    }
    }
}

// What the device asks next for the rest of a file; nullopt: it has all, or does not get it.
std::optional<Bytes> nextPiece(BytesView question, BytesView answer) {
    const auto asked = inFrame<sync::BlobGet>(question);
    const auto said = inFrame<sync::BlobGetAnswer>(answer);
    if (!asked || !said || said->status != sync::BlobStatus::ok || said->bytes.empty()) {
        return std::nullopt;
    }
    sync::BlobGet next = *asked;
    next.offset += said->bytes.size();
    return next.offset < said->total ? std::optional(sync::encode(next)) : std::nullopt;
}

bool isWhole(BytesView question, BytesView answer) {
    const auto asked = inFrame<sync::BlobGet>(question);
    const auto said = inFrame<sync::BlobGetAnswer>(answer);
    return asked && said && said->status == sync::BlobStatus::ok &&
           asked->offset + said->bytes.size() == said->total;
}

// The same for texts of segments.
std::optional<Bytes> nextSegments(const sync::Suite& suite, BytesView question, BytesView answer) {
    const auto asked = inFrame<sync::SnapshotRequest>(question);
    const auto said = inFrame<sync::SnapshotAnswer>(answer);
    if (!asked || !said || asked->ask != sync::SnapshotAsk::segments) {
        return std::nullopt;
    }
    sync::SnapshotRequest next = *asked;
    next.segments = sync::segmentsAfter(suite, asked->segments, said->data);
    return next.segments.empty() ? std::nullopt : std::optional(sync::encode(next));
}

}  // namespace

// -- envelopes

Bytes CountyFolder::Letter::sealed(const sync::Suite& suite, BytesView answer) const {
    return device && !answer.empty() ? sync::sealMessage(suite, key, *device, answer) : copyOf(answer);
}

Result<CountyFolder::Letter> CountyFolder::unsealed(BytesView bytes) {
    Letter letter;
    if (!sync::isSealed(bytes)) {
        letter.message = copyOf(bytes);
        return letter;
    }
    letter.device = sync::sealedFor(bytes);
    if (letter.device) {
        HZ_TRY(letter.key, m_county->macKeyOf(*letter.device));
        auto message = sync::unsealMessage(*m_suite, letter.key, bytes);
        // One envelope, not one in another.
        letter.message = message && !sync::isSealed(*message) ? *std::move(message) : Bytes{};
    }
    return letter;
}

Result<Bytes> CountyFolder::handleAddressed(BytesView content) {
    const sync::Addressed addressed = sync::addressOf(content);
    // One envelope, not one in another, however deep.
    if (sync::isSealed(addressed.message)) {
        return Bytes{};
    }
    switch (addressed.place) {
    case sync::Place::whereBrought:
        return handleBlobPut(addressed.message);
    case sync::Place::wipe:
        return handleWipe(addressed.message);
    case sync::Place::blobGet:
        return handleBlobGet(addressed.message);
    case sync::Place::snapshot:
        return handleSnapshot(addressed.message);
    case sync::Place::unknown:
        break;
    }
    return Bytes{};
}

Result<std::vector<Bytes>> CountyFolder::handleSync(std::span<const Bytes> requests) {
    if (std::none_of(requests.begin(), requests.end(),
                     [](const Bytes& one) { return sync::isSealed(one); })) {
        return handlePlain(requests);
    }
    std::vector<Letter> letters;
    std::vector<Bytes> messages;
    for (const Bytes& request : requests) {
        HZ_TRY(Letter letter, unsealed(request));
        messages.push_back(std::move(letter.message));
        letters.push_back(std::move(letter));
    }
    HZ_TRY(std::vector<Bytes> answers, handlePlain(messages));
    for (std::size_t i = 0; i < answers.size(); ++i) {
        answers[i] = letters[i].sealed(*m_suite, answers[i]);
    }
    return answers;
}

// -- a bundle

// The question whether a device is to empty itself, and the answer, in their envelopes.
static constexpr std::size_t kOrderBytes = 2 * (sync::kWipeRequestMax + 128);

// What is answered when all else is: it may take all the room there is.
struct CountyFolder::Asked {
    sync::Place place;
    BytesView request;  // as it came, in the file
};

// One bundle on the desk: what was asked and said last, and the file that goes back.
struct CountyFolder::Desk {
    sync::BundleWriter writer;
    std::size_t bytesMax;
    bool hasRoom = true;
    bool isAnyRead = false;
    Bytes question{};
    Bytes answer{};
    std::vector<std::string> held{};
    std::vector<Asked> asked{};
    bool isGiven = false;       // the last answer was the end of a file
    bool isOrderGiven = false;  // whether the device is to empty itself is said

    [[nodiscard]] bool hasRoomFor(std::size_t bytes) const {
        return writer.sizeWith(bytes) <= bytesMax && writer.parts() < sync::kBundlePartsMax;
    }
};

Result<Bytes> CountyFolder::handleCarried(CarriedRoute route, const Bytes& message) {
    switch (route) {
    case CarriedRoute::sync: {
        HZ_TRY(std::vector<Bytes> answers, handlePlain(std::span(&message, 1)));
        return std::move(answers.front());
    }
    case CarriedRoute::blobPut:
    case CarriedRoute::blobChunk:
        return handleAddressed(message);
    case CarriedRoute::enrol:
        return handleEnrol(message);
    }
    return fail(ErrorCode::internal, "a message of no kind");
}

Result<bool> CountyFolder::ask(Desk& desk, const sync::SyncRequest& request) {
    HZ_TRY(const sync::MacKey key, m_county->macKeyOf(request.device));
    desk.question = sync::frameWithMac(*m_suite, sync::encode(request), key, {});
    HZ_TRY(std::vector<Bytes> answers, handlePlain(std::span(&desk.question, 1)));
    desk.answer = std::move(answers.front());
    const Bytes question = sync::sealMessage(*m_suite, key, request.device, desk.question);
    const Bytes answer = sync::sealMessage(*m_suite, key, request.device, desk.answer);
    if (!desk.hasRoomFor(question.size() + answer.size())) {
        return false;
    }
    desk.writer.add(CarriedRoute::sync, question, answer);
    return true;
}

Result<bool> CountyFolder::goOn(Desk& desk) {
    for (;;) {
        const auto asked = inFrame<sync::SyncRequest>(desk.question);
        const auto said = inFrame<sync::SyncAnswer>(desk.answer);
        const auto next =
            asked && said ? sync::requestAfter(*m_suite, *asked, *said, desk.held) : std::nullopt;
        if (!next) {
            return true;
        }
        HZ_TRY(const bool hasRoom, ask(desk, *next));
        if (!hasRoom) {
            return false;
        }
    }
}

// A device that has just been enrolled is given what there is at once: it would ask for it first.
Result<bool> CountyFolder::greet(Desk& desk, BytesView request, BytesView answer) {
    const auto asked = inFrame<sync::EnrolRequest>(request);
    const auto said = inFrame<sync::EnrolAnswer>(answer);
    if (!asked || !said || said->refused != ErrorCode::internal) {
        return true;
    }
    sync::SyncRequest first;
    first.device = sync::deviceIdOf(*m_suite, asked->publicKey);
    first.cursor.epoch = said->county.epoch;
    first.scopes = sync::scopesMark(*m_suite, said->scopes);
    desk.held = said->scopes;
    return ask(desk, first);
}

// Files of others and texts of the history come behind what is new in the log, in the order of the questions:
// they may take all the room there is.
Result<void> CountyFolder::answerAsked(Desk& desk, BundleTaken& taken) {
    for (const Asked& asked : desk.asked) {
        const bool isOfFile = asked.place == sync::Place::blobGet;
        HZ_TRY(const bool hasRoom, desk.hasRoom ? answerWhole(desk, asked) : Result<bool>(false));
        desk.hasRoom = hasRoom;
        taken.given += isOfFile && hasRoom && desk.isGiven ? 1 : 0;
    }
    return {};
}

// The answer, and those to the questions that the device would ask next. False: there was not enough room;
// the device goes on from what is there.
Result<bool> CountyFolder::answerWhole(Desk& desk, const Asked& asked) {
    HZ_TRY(const Letter letter, unsealed(asked.request));
    std::optional<Bytes> question = copyOf(sync::addressOf(letter.message).message);
    Bytes request = copyOf(asked.request);
    desk.isGiven = false;
    while (question) {
        const Bytes content = sync::addressMessage(asked.place, *question);
        const Result<Bytes> handled = handleAddressed(content);
        if (!handled) {
            // A file of the archive that is not in its place, say: the rest of the answer goes all the same.
            log::warning("endpoint", "a question by file stays unanswered",
                         {{"code", name(handled.error().code)}});
            return true;
        }
        const Bytes& answer = *handled;
        const Bytes sealed = letter.sealed(*m_suite, answer);
        if (!desk.hasRoomFor(request.size() + sealed.size())) {
            return false;
        }
        desk.writer.add(CarriedRoute::blobPut, request, sealed);
        desk.isGiven = isWhole(*question, answer);
        const std::optional<Bytes> next = asked.place == sync::Place::blobGet
                                              ? nextPiece(*question, answer)
                                              : nextSegments(*m_suite, *question, answer);
        question = next ? std::optional(sync::frameWithMac(*m_suite, *next, letter.key, {})) : std::nullopt;
        if (question) {
            request = sync::sealMessage(*m_suite, letter.key, *letter.device,
                                        sync::addressMessage(asked.place, *question));
        }
    }
    return true;
}

// All is taken in; what is not told fits no more and is told when it is asked again. Many small questions
// could ask for more than there is memory.
Result<void> CountyFolder::takePart(Desk& desk, const CarriedPart& part, BundleTaken& taken) {
    HZ_TRY(const Letter letter, unsealed(part.request));
    const sync::Place place =
        letter.device ? sync::addressOf(letter.message).place : sync::Place::whereBrought;
    if (place == sync::Place::blobGet || place == sync::Place::snapshot) {
        ++taken.messages;
        desk.asked.push_back({place, part.request});
        return {};
    }
    HZ_TRY(Bytes answer, handleCarried(part.route, letter.message));
    desk.isAnyRead = desk.isAnyRead || !answer.empty();
    ++taken.messages;
    count(part.route, letter.message, answer, taken);
    const Bytes sealed = letter.sealed(*m_suite, answer);
    // As small as the question: there is room for it (kOrderBytes).
    if (place == sync::Place::wipe) {
        if (!desk.isOrderGiven && part.request.size() + sealed.size() <= kOrderBytes) {
            desk.writer.add(part.route, part.request, sealed);
            desk.isOrderGiven = true;
        }
        return {};
    }
    desk.hasRoom =
        desk.hasRoom && (desk.writer.parts() == 0 ||
                         desk.writer.sizeWith(part.request.size() + sealed.size()) <= desk.bytesMax);
    if (part.route != CarriedRoute::blobChunk && desk.hasRoom) {
        desk.writer.add(part.route, part.request, sealed);
    }
    if (part.route == CarriedRoute::enrol && desk.hasRoom) {
        HZ_TRY(taken.isAll, greet(desk, letter.message, answer));
    }
    if (part.route == CarriedRoute::sync) {
        desk.question = letter.message;
        desk.answer = std::move(answer);
    }
    return {};
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
    const std::size_t most = std::min(bytesMax, sync::kBundleBytesMax - kOrderBytes);
    Desk desk{{*m_suite, {BundleKind::answers, control.county, bundle.header.device, {}}}, most};
    desk.held = bundle.header.held;
    for (const CarriedPart& part : bundle.parts) {
        HZ_CHECK(takePart(desk, part, taken));
    }
    if (!desk.isAnyRead) {
        return fail(ErrorCode::refused, "nothing in the bundle is of a device of this county");
    }
    HZ_TRY(const bool isThrough, desk.hasRoom ? goOn(desk) : Result<bool>(false));
    desk.hasRoom = desk.hasRoom && isThrough;
    HZ_CHECK(answerAsked(desk, taken));
    taken.isAll = taken.isAll && desk.hasRoom;
    taken.answer = std::move(desk.writer).finish();
    return taken;
}

}  // namespace hezhang::ledger
