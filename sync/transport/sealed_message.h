// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A message in an envelope that only its device and the county open: what travels in files goes through many
// hands.
//
// Shape:   docs/wire-format.md section 9. Encrypted, then authenticated, both with keys made of the device's
// message
//          key. The nonce is made of the content: the same message gives the same envelope, and no random
//          source is needed; two different ones never share a nonce.
//          An envelope may say inside where its message goes. To whoever carries it it is then one like
//          another, and an endpoint that does not know the place leaves it unanswered: a device need not know
//          first what its county and its carriers know.
// Errors:  nullopt where it is no envelope, is another's, or was changed.
// Threads: pure functions.
#pragma once

#include <optional>

#include "sync/transport/wire_messages.h"

namespace hezhang::sync {

enum class Place : std::uint8_t {
    whereBrought = 0,  // it says nothing: it goes to the route that the envelope was brought to
    wipe = 1,
    blobGet = 2,
    snapshot = 3,
    unknown = 255  // a place of a newer version, or none
};

// What is to be put into an envelope: a message with the place that it goes to. REQUIRES: not whereBrought.
[[nodiscard]] Bytes addressMessage(Place place, BytesView message);
struct Addressed {
    Place place = Place::whereBrought;  // only of content that names none
    BytesView message;                  // points into the content
};
// REQUIRES: the content of an envelope. What came without one goes nowhere else than where it came.
[[nodiscard]] Addressed addressOf(BytesView content);

[[nodiscard]] Bytes sealMessage(const Suite& suite, const MacKey& key, const DeviceId& device,
                                BytesView message);
[[nodiscard]] bool isSealed(BytesView bytes);
// Whose envelope it says it is; nullopt: it is none.
[[nodiscard]] std::optional<DeviceId> sealedFor(BytesView envelope);
[[nodiscard]] std::optional<Bytes> unsealMessage(const Suite& suite, const MacKey& key, BytesView envelope);

}  // namespace hezhang::sync
