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
// Errors:  nullopt where it is no envelope, is another's, or was changed.
// Threads: pure functions.
#pragma once

#include <optional>

#include "sync/transport/wire_messages.h"

namespace hezhang::sync {

[[nodiscard]] Bytes sealMessage(const Suite& suite, const MacKey& key, const DeviceId& device,
                                BytesView message);
[[nodiscard]] bool isSealed(BytesView bytes);
// Whose envelope it says it is; nullopt: it is none.
[[nodiscard]] std::optional<DeviceId> sealedFor(BytesView envelope);
[[nodiscard]] std::optional<Bytes> unsealMessage(const Suite& suite, const MacKey& key, BytesView envelope);

}  // namespace hezhang::sync
