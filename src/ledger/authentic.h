// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A message that is proved to be of a device of this county, with what its answer needs. Private to
// CountyFolder.
//
// Errors:  nullopt where the bytes are no such message; storage errors.
// Threads: those of the county.
#pragma once

#include "sync/engine/county.h"

namespace hezhang::ledger {

template <class Message>
struct Authentic {
    Message message;
    Bytes tag;
    sync::MacKey key;
    std::optional<sync::DeviceRow> device;  // absent where it may do nothing
    bool isEnrolled = false;                // also where it was revoked

    template <class Answer>
    [[nodiscard]] Bytes answer(const sync::Suite& suite, const Answer& content) const {
        return sync::frameWithMac(suite, sync::encode(content), key, tag);
    }
};

template <class Message>
[[nodiscard]] Result<std::optional<Authentic<Message>>> authentic(sync::County& county, BytesView bytes) {
    std::optional<Authentic<Message>> nothing;
    auto opened = sync::openFrame(bytes);
    auto message =
        opened ? sync::decode<Message>(opened->plain, "request") : fail(ErrorCode::malformed, "request");
    if (!message) {
        return nothing;
    }
    HZ_TRY(const bool isAuthentic, county.isKnownMacOf(message->device, opened->frame));
    if (!isAuthentic) {
        return nothing;
    }
    Authentic<Message> result{*std::move(message), std::move(opened->frame.tag), {}, {}, false};
    HZ_TRY(result.key, county.macKeyOf(result.message.device));
    HZ_TRY(result.device, county.store().device(result.message.device));
    result.isEnrolled = result.device.has_value();
    if (result.device && result.device->isRevoked) {
        result.device.reset();
    }
    return std::optional(std::move(result));
}

}  // namespace hezhang::ledger
