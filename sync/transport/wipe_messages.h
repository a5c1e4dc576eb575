// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The order to a revoked device to empty itself: the office gives it, the device asks for it once nothing is
// left there that the county does not have, and says when it is done.
//
// Shape:   docs/wire-format.md section 11. Each message is the body of a frame that is authenticated with the
//          device's message key, the answer bound to the request's tag (wire_messages.h). The nonce makes
//          each request another one: an answer counts for the question it was given to and for no later one.
// Units:   times: ms since 1970 UTC, by the county's clock.
// Limits:  kWipeRequestMax a framed request; kListedWipesMax devices in an answer.
// Errors:  decode: malformed. An answer says what was wrong in its status.
// Threads: value types.
#pragma once

#include "sync/transport/wire_messages.h"

namespace hezhang::sync {

inline constexpr std::string_view kWipePath = "/v1/wipe";
inline constexpr std::size_t kWipeRequestMax = 512;
inline constexpr std::size_t kListedWipesMax = 4096;

using Nonce = FixedBytes<struct NonceTag, 16>;

enum class WipeAsk : std::uint8_t {
    question = 0,  // nothing is here that the county does not have: am I to empty myself?
    done = 1,      // I have
    order = 2,     // of the office: revoke `target`, and let it empty itself
    list = 3       // of the office: what became of the orders
};

enum class WipeStatus : std::uint8_t {
    ok = 0,       // question: no
    ordered = 1,  // question: yes
    refused = 2,  // order, list: no device of the office, or one that was stopped
    notFound = 3,
    ownDevice = 4
};

struct WipeRequest {
    // Tells it from messages of other routes, which stand in the same frame under the same key.
    static constexpr std::string_view kPurpose = "hezhang/wipe";

    DeviceId device;
    Nonce nonce;
    WipeAsk ask = WipeAsk::question;
    DeviceId target;  // order; else none

    template <class Archive>
    void save(Archive& out) const {
        out(FormatVersion<>{}, device, std::string(kPurpose), nonce, ask, target);
    }
    template <class Archive>
    void load(Archive& in) {
        FormatVersion<> version;
        std::string purpose;
        in(version, device, purpose, nonce, ask, target);
        if (purpose != kPurpose) {
            throw cereal::Exception("a message of another route");
        }
    }
};

// A device that was ordered to empty itself.
struct ListedWipe {
    DeviceId device;
    WallMs toldAt = 0;  // when it was last told to, with nothing left there; 0: it has not asked
    WallMs doneAt = 0;  // when it last said that it is empty; 0: it has not
    auto operator<=>(const ListedWipe&) const = default;

    template <class Archive>
    void serialize(Archive& archive) {
        archive(device, toldAt, doneAt);
    }
};

struct WipeAnswer {
    FormatVersion<> version;
    WipeStatus status = WipeStatus::ok;
    EpochId epoch;  // the county's: where it is another than the device knows, its files are to be asked for
                    // again
    std::vector<ListedWipe> wipes;

    template <class Archive>
    void serialize(Archive& archive) {
        archive(version, status, epoch, wipes);
    }
};

}  // namespace hezhang::sync
