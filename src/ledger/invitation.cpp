// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/invitation.h"

#include <optional>

#include "sync/base/bytes.h"

namespace hezhang::ledger {
namespace {

constexpr std::string_view kInvitationStart = "hezhang:enrol?";

bool isUnreserved(unsigned char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

std::string percentEncoded(std::string_view text) {
    std::string encoded;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (isUnreserved(byte)) {
            encoded += c;
        } else {
            encoded += '%' + toHex(BytesView(&byte, 1));
        }
    }
    return encoded;
}

std::optional<std::string> percentDecoded(std::string_view text) {
    std::string decoded;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            decoded += text[i];
            continue;
        }
        const auto byte = fromHex(text.substr(i + 1, 2));
        if (!byte || byte->size() != 1 || byte->front() == 0) {
            return std::nullopt;
        }
        decoded += static_cast<char>(byte->front());
        i += 2;
    }
    return decoded;
}

}  // namespace

std::string invitationUri(const Invitation& invitation) {
    return std::string(kInvitationStart) + "url=" + percentEncoded(invitation.url) +
           "&code=" + percentEncoded(invitation.code);
}

Result<Invitation> parseInvitation(std::string_view text) {
    const auto wrong = [] { return fail(ErrorCode::malformed, "this is no invitation"); };
    if (!text.starts_with(kInvitationStart)) {
        return wrong();
    }
    text.remove_prefix(kInvitationStart.size());
    Invitation invitation;
    while (!text.empty()) {
        const std::string_view part = text.substr(0, text.find('&'));
        text.remove_prefix(std::min(text.size(), part.size() + 1));
        const std::size_t equals = part.find('=');
        const auto value =
            equals == std::string_view::npos ? std::nullopt : percentDecoded(part.substr(equals + 1));
        const std::string_view name = part.substr(0, equals);
        std::string* target = name == "url" ? &invitation.url : name == "code" ? &invitation.code : nullptr;
        if (target != nullptr && (!value || !target->empty())) {
            return wrong();
        }
        if (target != nullptr) {
            *target = *value;
        }
    }
    return invitation.url.empty() || invitation.code.empty() ? Result<Invitation>(wrong())
                                                             : Result<Invitation>(invitation);
}

}  // namespace hezhang::ledger
