// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "sync/transport/sealed_message.h"

#include "sync/base/check.h"

namespace hezhang::sync {
namespace {

constexpr std::string_view kSealedMagic = "hzsealed";
constexpr std::string_view kAddressMagic = "hzplace";  // no frame begins so

struct Envelope {
    FormatVersion<> version;
    DeviceId device;
    Nonce nonce;
    Bytes content;
    Hash tag;

    template <class Archive>
    void serialize(Archive& archive) {
        archive(version, device, nonce, content, tag);
    }
};

Hash keyFor(const Suite& suite, const MacKey& key, std::string_view use) {
    return suite.hmac(key.view(), {viewOf(use)});
}

Hash tagOf(const Suite& suite, const MacKey& key, const Envelope& envelope) {
    return suite.hmac(keyFor(suite, key, "hezhang/seal-mac/0").view(),
                      {envelope.device.view(), envelope.nonce.view(), envelope.content});
}

std::optional<Envelope> read(BytesView bytes) {
    if (!isSealed(bytes)) {
        return std::nullopt;
    }
    auto envelope = decode<Envelope>(bytes.subspan(kSealedMagic.size()), "sealed message");
    return envelope ? std::optional(*std::move(envelope)) : std::nullopt;
}

}  // namespace

Bytes addressMessage(Place place, BytesView message) {
    HZ_ASSERT(place != Place::whereBrought);
    Bytes content = copyOf(viewOf(kAddressMagic));
    content.push_back(static_cast<std::uint8_t>(place));
    content.insert(content.end(), message.begin(), message.end());
    return content;
}

Addressed addressOf(BytesView content) {
    if (content.size() <= kAddressMagic.size() || !textOf(content).starts_with(kAddressMagic)) {
        return {Place::whereBrought, content};
    }
    const std::uint8_t place = content[kAddressMagic.size()];
    const bool isKnown = place == static_cast<std::uint8_t>(Place::wipe) ||
                         place == static_cast<std::uint8_t>(Place::blobGet) ||
                         place == static_cast<std::uint8_t>(Place::snapshot);
    return {isKnown ? static_cast<Place>(place) : Place::unknown, content.subspan(kAddressMagic.size() + 1)};
}

bool isSealed(BytesView bytes) {
    return textOf(bytes).starts_with(kSealedMagic);
}

Bytes sealMessage(const Suite& suite, const MacKey& key, const DeviceId& device, BytesView message) {
    Envelope envelope;
    envelope.device = device;
    const Hash nonce = suite.hmac(keyFor(suite, key, "hezhang/seal-nonce/0").view(), {message});
    envelope.nonce = Nonce::of(nonce.view().first(Nonce::kSize));
    envelope.content = suite.cipher(keyFor(suite, key, "hezhang/seal-key/0"), envelope.nonce, message);
    envelope.tag = tagOf(suite, key, envelope);
    Bytes bytes = copyOf(viewOf(kSealedMagic));
    const Bytes encoded = encode(envelope);
    bytes.insert(bytes.end(), encoded.begin(), encoded.end());
    return bytes;
}

std::optional<DeviceId> sealedFor(BytesView bytes) {
    const auto envelope = read(bytes);
    return envelope ? std::optional(envelope->device) : std::nullopt;
}

std::optional<Bytes> unsealMessage(const Suite& suite, const MacKey& key, BytesView bytes) {
    const auto envelope = read(bytes);
    if (!envelope || !isEqualInConstantTime(tagOf(suite, key, *envelope).view(), envelope->tag.view())) {
        return std::nullopt;
    }
    return suite.cipher(keyFor(suite, key, "hezhang/seal-key/0"), envelope->nonce, envelope->content);
}

}  // namespace hezhang::sync
