// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// An invitation as one line of text: what a QR picture of it holds.
//
// Shape:   hezhang:enrol?url=URL&code=CODE, the values percent-encoded as in RFC 3986. Other names are passed
// over, so that a later
//          version can say more. docs/wire-format.md (Invitations).
// Errors:  malformed: no such line, or a part is missing or twice there.
// Threads: pure functions.
#pragma once

#include <string>
#include <string_view>

#include "sync/base/result.h"

namespace hezhang::ledger {

struct Invitation {
    std::string url;
    std::string code;
    bool operator==(const Invitation&) const = default;
};

[[nodiscard]] std::string invitationUri(const Invitation& invitation);
[[nodiscard]] Result<Invitation> parseInvitation(std::string_view text);

}  // namespace hezhang::ledger
