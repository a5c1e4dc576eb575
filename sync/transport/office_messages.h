// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What a device of the office asks of the county: which devices there are, an invitation, a revocation.
//
// Shape:   docs/wire-format.md section 8. Each message is the body of a frame that is authenticated with the
//          device's message key, the answer bound to the request's tag (wire_messages.h). Every request bears
//          repeating: an invitation is known by the id of its code, which the device has drawn.
// Units:   times: ms since 1970 UTC, by the county's clock; durations: ms.
// Limits:  kOfficeRequestMax a framed request; kListedDevicesMax devices and kOpenInvitationsMax invitations
//          in an answer.
// Errors:  decode: malformed. An answer says what was wrong in its status.
// Threads: value types.
#pragma once

#include <variant>

#include "sync/transport/wire_messages.h"

namespace hezhang::sync {

inline constexpr std::size_t kOfficeRequestMax = 4096;
inline constexpr std::size_t kListedDevicesMax = 256;
inline constexpr std::size_t kOpenInvitationsMax = 200;
inline constexpr WallMs kInvitationLifeMin = WallMs{3600} * 1000;
inline constexpr WallMs kInvitationLifeMax = WallMs{30} * 24 * 3600 * 1000;

enum class OfficeStatus : std::uint8_t {
    ok = 0,
    refused = 1,       // no device of the office, or one that was stopped; nothing else is told
    unknownUnit = 2,   // invite
    badValue = 3,      // invite: the name, the role or the life
    personExists = 4,  // invite: somebody new, and the unit has a person of this name
    tooMany = 5,       // invite: kOpenInvitationsMax wait to be used
    codeTaken = 6,     // invite: the code id names another invitation
    notFound = 7,   // revoke: there is no such device; withdraw: no such invitation, or it was used; invite:
                    // no such person in the unit
    ownDevice = 8,  // revoke: the device that asks
    codeSpent = 9   // invite: asked before, and meanwhile used, expired or withdrawn
};

// Devices in the order of their enrolment, from position `from` of the log on; with them, from the start, the
// open invitations.
struct ListDevices {
    std::uint64_t from = 0;

    template <class Archive>
    void serialize(Archive& archive) {
        archive(from);
    }
};

// The key of the code goes masked with the device's message key (maskedCodeKey), the code itself not at all.
struct InvitePerson {
    FixedBytes<struct CodeIdTag, 8> codeId;
    Hash codeKey;
    RecordId unit;
    RecordId person;         // of the unit; none: somebody new, who is made
    std::string personName;  // of who is new
    std::string role;
    WallMs life = 0;  // how long the code can be used

    template <class Archive>
    void serialize(Archive& archive) {
        archive(codeId, codeKey, unit, person, personName, role, life);
    }
};

struct RevokeDevice {
    DeviceId device;

    template <class Archive>
    void serialize(Archive& archive) {
        archive(device);
    }
};

struct WithdrawInvitation {
    FixedBytes<struct CodeIdTag, 8> codeId;

    template <class Archive>
    void serialize(Archive& archive) {
        archive(codeId);
    }
};

struct OfficeRequest {
    // Tells it from messages of other routes, which stand in the same frame under the same key.
    static constexpr std::string_view kPurpose = "hezhang/office";

    DeviceId device;
    std::variant<ListDevices, InvitePerson, RevokeDevice, WithdrawInvitation> content;

    template <class Archive>
    void save(Archive& out) const {
        out(FormatVersion<>{}, device, std::string(kPurpose), static_cast<std::uint8_t>(content.index()));
        std::visit([&](const auto& part) { out(part); }, content);
    }
    template <class Archive>
    void load(Archive& in) {
        FormatVersion<> version;
        std::string purpose;
        std::uint8_t kind = 0;
        in(version, device, purpose, kind);
        if (purpose != kPurpose) {
            throw cereal::Exception("a message of another route");
        }
        switch (kind) {
        case 0:
            in(content.emplace<ListDevices>());
            break;
        case 1:
            in(content.emplace<InvitePerson>());
            break;
        case 2:
            in(content.emplace<RevokeDevice>());
            break;
        case 3:
            in(content.emplace<WithdrawInvitation>());
            break;
        default:
            throw cereal::Exception("unknown kind of request");
        }
    }
};

struct ListedDevice {
    DeviceId device;
    RecordId person;
    std::string personName;
    RecordId unit;
    std::string unitName;
    std::string role;
    WallMs enrolledAt = 0;  // 0: not known here
    bool isRevoked = false;
    bool isEnded = false;        // the person's time has ended
    std::uint64_t branches = 1;  // the most of a lane; more than one: the device was copied or restored
    auto operator<=>(const ListedDevice&) const = default;

    template <class Archive>
    void serialize(Archive& archive) {
        archive(device, person, personName, unit, unitName, role, enrolledAt, isRevoked, isEnded, branches);
    }
};

// An invitation that can still be used. Nothing in it leads to its code: the id is a hash of eight bytes of
// one of 80 bits.
struct OpenInvitation {
    FixedBytes<struct CodeIdTag, 8> codeId;
    DeviceId invitedBy;  // none: the operator
    RecordId person;
    std::string personName;
    RecordId unit;
    std::string unitName;
    std::string role;
    WallMs expiresAt = 0;
    auto operator<=>(const OpenInvitation&) const = default;

    template <class Archive>
    void serialize(Archive& archive) {
        archive(codeId, invitedBy, person, personName, unit, unitName, role, expiresAt);
    }
};

struct OfficeAnswer {
    FormatVersion<> version;
    OfficeStatus status = OfficeStatus::ok;
    std::vector<ListedDevice> devices;
    std::uint64_t next = 0;                   // where the list goes on; 0: these were the last
    std::vector<OpenInvitation> invitations;  // the first to end in front
    WallMs expiresAt = 0;                     // invite: until when the code can be used
    std::string url;                          // invite: the address the operator named for it; may be empty

    template <class Archive>
    void serialize(Archive& archive) {
        archive(version, status, devices, next, invitations, expiresAt, url);
    }
};

}  // namespace hezhang::sync
