// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The file that carries messages: the bytes of docs/wire-format.md section 9, and what its reader owes to any
// bytes.
#include "sync/transport/bundle.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "sync/transport/sealed_message.h"

namespace hezhang::sync {
namespace {

const Suite& suite() {
    return *suiteFor(SuiteId::international);
}

template <class Id>
Id filledWith(std::uint8_t byte) {
    Id id;
    id.bytes.fill(byte);
    return id;
}

Bytes text(std::string_view text) {
    return copyOf(viewOf(text));
}

BundleHeader header(BundleKind kind, std::vector<std::string> held = {}) {
    return {kind, filledWith<CountyId>(0x77), filledWith<DeviceId>(0x88), std::move(held)};
}

Bytes example() {
    BundleWriter writer(suite(), header(BundleKind::requests, {"common"}));
    writer.add(CarriedRoute::sync, text("abc"));
    return std::move(writer).finish();
}

Bytes answers(const Suite& with) {
    BundleWriter writer(with, header(BundleKind::answers));
    writer.add(CarriedRoute::sync, text("question"), text("answer"));
    writer.add(CarriedRoute::enrol, text("who"), {});
    return std::move(writer).finish();
}

// With the hash that its bytes ask for: what comes after the hash was checked.
Bytes rehashed(Bytes file) {
    if (file.size() < Hash::kSize) {
        return file;
    }
    const auto end = file.end() - static_cast<std::ptrdiff_t>(Hash::kSize);
    const Hash hash =
        suite().hash({viewOf("hezhang/bundle/0"), BytesView(file).first(file.size() - Hash::kSize)});
    std::ranges::copy(hash.bytes, end);
    return file;
}

ErrorCode refusal(const Bytes& file) {
    const auto opened = openBundle(file);
    return opened ? ErrorCode::internal : opened.error().code;
}

TEST(Bundle, HasTheBytesOfTheDocument) {
    EXPECT_EQ(toHex(example()),
              "687a62756e646c65"
              "0001"
              "29"
              "0177777777777777777777777777777777"
              "88888888888888888888888888888888"
              "0106636f6d6d6f6e"
              "0003616263"
              "00"
              "2b87535ef7eeee9738bb7c894ad6290855514dac8b265bb14dd81ef9bae9c4c0");
}

TEST(Bundle, OpensToWhatWasPutIn) {
    for (const SuiteId id : {SuiteId::international, SuiteId::sm}) {
        const Bytes file = answers(*suiteFor(id));
        const auto bundle = openBundle(file);
        ASSERT_TRUE(bundle);
        EXPECT_EQ(bundle->suite, id);
        EXPECT_EQ(bundle->header.kind, BundleKind::answers);
        EXPECT_EQ(bundle->header.device, filledWith<DeviceId>(0x88));
        ASSERT_EQ(bundle->parts.size(), 2u);
        EXPECT_EQ(textOf(bundle->parts[0].request), "question");
        EXPECT_EQ(textOf(bundle->parts[0].answer), "answer");
        EXPECT_EQ(bundle->parts[1].route, CarriedRoute::enrol);
        EXPECT_TRUE(bundle->parts[1].answer.empty());
    }
}

TEST(Bundle, SaysBeforehandHowLargeItWillBe) {
    BundleWriter writer(suite(), header(BundleKind::requests));
    const Bytes part(100'000, 7);
    const std::size_t bound = writer.sizeWith(part.size());
    writer.add(CarriedRoute::blobPut, part);
    const std::size_t size = std::move(writer).finish().size();
    EXPECT_LE(size, bound);
    EXPECT_GE(size + 16, bound);
}

TEST(SealedMessage, IsOpenedByItsKeyAloneAndHidesItsText) {
    for (const SuiteId id : {SuiteId::international, SuiteId::sm}) {
        const Suite& with = *suiteFor(id);
        const auto key = filledWith<MacKey>(1);
        const auto device = filledWith<DeviceId>(2);
        const Bytes message = text("the text of a township, and once more: the text of a township");
        const Bytes sealed = sealMessage(with, key, device, message);

        EXPECT_EQ(sealedFor(sealed), device);
        EXPECT_EQ(unsealMessage(with, key, sealed), message);
        EXPECT_EQ(unsealMessage(with, filledWith<MacKey>(3), sealed), std::nullopt);
        EXPECT_EQ(textOf(sealed).find("township"), std::string_view::npos);
        EXPECT_EQ(sealMessage(with, key, device, message), sealed);
        EXPECT_EQ(sealedFor(message), std::nullopt);
    }
}

TEST(SealedMessage, OfOtherTextHasAnotherNonce) {
    const auto key = filledWith<MacKey>(1);
    const auto device = filledWith<DeviceId>(2);
    const std::size_t head = 8 + 1 + 16;
    const Bytes a = sealMessage(suite(), key, device, text("yes"));
    const Bytes b = sealMessage(suite(), key, device, text("no!"));
    EXPECT_FALSE(std::equal(a.begin() + head, a.begin() + head + 16, b.begin() + head));
}

TEST(SealedMessage, WithAnyByteFlippedOrMissingIsNotOpened) {
    const auto key = filledWith<MacKey>(1);
    const Bytes good = sealMessage(suite(), key, filledWith<DeviceId>(2), text("a message"));
    for (std::size_t at = 0; at < good.size(); ++at) {
        Bytes bad = good;
        bad[at] = static_cast<std::uint8_t>(bad[at] ^ 0x10U);
        EXPECT_EQ(unsealMessage(suite(), key, bad), std::nullopt) << at;
        EXPECT_EQ(unsealMessage(suite(), key, BytesView(good).first(at)), std::nullopt) << at;
    }
}

TEST(AddressedMessage, SaysInsideTheEnvelopeWhereItGoes) {
    const Bytes content = addressMessage(Place::wipe, text("abc"));
    EXPECT_EQ(toHex(content), "687a706c61636501616263");
    EXPECT_EQ(addressOf(content).place, Place::wipe);
    EXPECT_TRUE(std::ranges::equal(addressOf(content).message, viewOf("abc")));
    Bytes unknown = content;
    unknown[7] = 200;
    EXPECT_EQ(addressOf(unknown).place, Place::unknown);
    EXPECT_TRUE(addressOf(addressMessage(Place::wipe, {})).message.empty());
}

TEST(AddressedMessage, WithoutAPlaceGoesWhereItWasBrought) {
    for (const std::string_view content :
         {"", "h", "hzplac", "hzplace", "hzplacx\1abc", "\1hzplace", "abc"}) {
        EXPECT_EQ(addressOf(viewOf(content)).place, Place::whereBrought) << content;
        EXPECT_EQ(textOf(addressOf(viewOf(content)).message), content);
    }
    const Bytes frame = frameWithoutAuth(text("hzplace"));
    EXPECT_EQ(addressOf(frame).place, Place::whereBrought) << "no frame begins so";
}

TEST(HostileBundle, WithAnyByteFlippedIsRefused) {
    for (const Bytes& good : {example(), answers(suite())}) {
        for (std::size_t at = 0; at < good.size(); ++at) {
            for (const unsigned flip : {0x01U, 0x03U, 0x80U, 0xffU}) {
                Bytes bad = good;
                bad[at] = static_cast<std::uint8_t>(bad[at] ^ flip);
                EXPECT_EQ(refusal(bad), ErrorCode::malformed) << at;
            }
        }
    }
}

TEST(HostileBundle, WithAByteTooFewOrTooManyIsRefused) {
    const Bytes good = answers(suite());
    for (std::size_t size = 0; size < good.size(); ++size) {
        EXPECT_EQ(refusal(copyOf(BytesView(good).first(size))), ErrorCode::malformed);
    }
    Bytes longer = good;
    longer.push_back(0);
    EXPECT_EQ(refusal(longer), ErrorCode::malformed);
}

TEST(HostileBundle, OfAnotherVersionIsToldFromADamagedOne) {
    Bytes newer = example();
    newer[8] = 1;
    EXPECT_EQ(refusal(newer), ErrorCode::malformed);
    EXPECT_EQ(refusal(rehashed(newer)), ErrorCode::wrongVersion);
}

TEST(HostileBundle, WithAnAnswerAmongRequestsOrNoRequestIsRefused) {
    BundleWriter asked(suite(), header(BundleKind::requests));
    asked.add(CarriedRoute::sync, text("a"), text("b"));
    EXPECT_EQ(refusal(std::move(asked).finish()), ErrorCode::malformed);
    Bytes empty = example();
    empty.insert(empty.end() - static_cast<std::ptrdiff_t>(Hash::kSize), {0, 0, 0});
    EXPECT_EQ(refusal(rehashed(empty)), ErrorCode::malformed);
}

TEST(HostileBundle, OfVeryManyPartsIsRefusedBeforeTheyTakeMemory) {
    BundleWriter writer(suite(), header(BundleKind::requests));
    for (std::size_t i = 0; i <= kBundlePartsMax; ++i) {
        writer.add(CarriedRoute::sync, text("a"));
    }
    EXPECT_EQ(refusal(std::move(writer).finish()), ErrorCode::malformed);
}

// The hash is no secret: whoever wants to can put the right one behind any bytes.
TEST(HostileBundle, WithTheRightHashIsRefusedOrWhatItSays) {
    constexpr int kTries = 20'000;
    SeededRandom random(1);
    int refused = 0;
    for (int i = 0; i < kTries; ++i) {
        Bytes file = random.below(2) == 0 ? example() : answers(suite());
        for (std::uint64_t changes = 1 + random.below(5); changes > 0; --changes) {
            const std::uint64_t room = file.size() - 10 - Hash::kSize;
            const auto at = file.begin() + static_cast<std::ptrdiff_t>(10 + random.below(room));
            switch (random.below(3)) {
            case 0:
                *at = static_cast<std::uint8_t>(random.below(256));
                break;
            case 1:
                file.erase(at);
                break;
            default:
                file.insert(at, static_cast<std::uint8_t>(random.below(256)));
            }
        }
        file = rehashed(std::move(file));
        const auto opened = openBundle(file);
        if (!opened) {
            EXPECT_EQ(opened.error().code, ErrorCode::malformed);
            ++refused;
            continue;
        }
        BundleWriter writer(*suiteFor(opened->suite), opened->header);
        for (const CarriedPart& part : opened->parts) {
            writer.add(part.route, part.request, part.answer);
        }
        EXPECT_EQ(std::move(writer).finish(), file);
    }
    EXPECT_GT(refused, kTries / 10);
    EXPECT_LT(refused, kTries);
}

RC_GTEST_PROP(HostileBundle, OfAnyBytesAtAllIsRefused, (const std::vector<std::uint8_t>& bytes)) {
    Bytes file = text("hzbundle");
    file.push_back(0);
    file.push_back(1);
    file.insert(file.end(), bytes.begin(), bytes.end());
    file.resize(file.size() + Hash::kSize);
    const auto opened = openBundle(rehashed(file));
    RC_ASSERT((!opened || opened->parts.size() * 3 <= bytes.size()));
}

}  // namespace
}  // namespace hezhang::sync
