// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What a device of the office asks the county's folder to do: docs/sync-model.md section 7. Each request is
// one transaction; whether the device may is asked inside it.
#include "src/ledger/authentic.h"
#include "src/ledger/county_folder.h"
#include "sync/base/log.h"

namespace hezhang::ledger {

using sync::OfficeAnswer;
using sync::OfficeStatus;

namespace {

// What the person who asks can do something about; anything else fails the request.
std::optional<OfficeStatus> officeStatusOf(ErrorCode code) {
    switch (code) {
    case ErrorCode::badValue:
        return OfficeStatus::badValue;
    case ErrorCode::ambiguous:
        return OfficeStatus::ambiguous;
    default:
        return std::nullopt;
    }
}

OfficeAnswer withStatus(OfficeStatus status) {
    OfficeAnswer answer;
    answer.status = status;
    return answer;
}

}  // namespace

Result<Bytes> CountyFolder::handleOffice(BytesView request) {
    if (request.size() > sync::kOfficeRequestMax) {
        return Bytes{};
    }
    HZ_TRY(const auto asked, authentic<sync::OfficeRequest>(*m_county, request));
    if (!asked) {
        return Bytes{};
    }
    HZ_TRY(OfficeAnswer answer, officeAnswer(asked->message, asked->key));
    if (const auto noted = noteHead(); !noted) {
        log::warning("endpoint", "the head cannot be noted", {{"code", name(noted.error().code)}});
    }
    return asked->answer(*m_suite, answer);
}

Result<OfficeAnswer> CountyFolder::officeAnswer(const sync::OfficeRequest& request, const sync::MacKey& key) {
    HZ_TRY(sync::WriteScope scope, sync::WriteScope::begin(*m_store));
    HZ_TRY(const bool isAllowed, isOfTheOffice(request.device));
    if (!isAllowed) {
        return withStatus(OfficeStatus::refused);
    }
    auto answer = std::visit(
        [&](const auto& content) -> Result<OfficeAnswer> {
            using Content = std::decay_t<decltype(content)>;
            if constexpr (std::is_same_v<Content, sync::ListDevices>) {
                return listForOffice(content);
            } else if constexpr (std::is_same_v<Content, sync::InvitePerson>) {
                return inviteForOffice(request.device, content, key);
            } else {
                return revokeForOffice(request.device, content);
            }
        },
        request.content);
    if (!answer) {
        const auto status = officeStatusOf(answer.error().code);
        return status ? Result<OfficeAnswer>(withStatus(*status)) : answer;
    }
    if (answer->status == OfficeStatus::ok) {
        HZ_CHECK(scope.commit());
    }
    return answer;
}

Result<bool> CountyFolder::isOfTheOffice(const DeviceId& id) {
    HZ_TRY(const std::optional<sync::DeviceRow> device, m_store->device(id));
    if (!device || device->isRevoked || !m_judge->isOffice(device->enrolment)) {
        return false;
    }
    HZ_TRY(const bool hasEnded, isEnded(*m_store, device->enrolment.person));
    return !hasEnded;
}

Result<OfficeAnswer> CountyFolder::listForOffice(const sync::ListDevices& request) {
    OfficeAnswer answer;
    HZ_TRY(DevicePage page, devicePage(m_county->projection(), request.from, sync::kListedDevicesMax));
    answer.devices = std::move(page.devices);
    answer.next = page.next;
    if (request.from > 0) {
        return answer;
    }
    HZ_TRY(const std::vector<sync::InvitationRow> open,
           m_store->openInvitations(now(), sync::kOpenInvitationsMax));
    for (const sync::InvitationRow& row : open) {
        answer.invitations.push_back(
            {row.person, row.personName, row.unit, row.unitName, row.role, row.expiresAt});
    }
    return answer;
}

Result<OfficeAnswer> CountyFolder::inviteForOffice(const DeviceId& asker, const sync::InvitePerson& request,
                                                   const sync::MacKey& key) {
    const InviteRequest wanted{request.unit.hex(), request.person, request.role, request.life};
    const Hash codeKey = sync::maskedCodeKey(*m_suite, key, request.codeId.view(), request.codeKey);
    OfficeAnswer answer;
    answer.url = announcedUrl().value_or("");
    HZ_TRY(const std::optional<sync::InvitationRow> before, m_store->invitation(request.codeId.view()));
    if (before) {
        // The request again: its answer was lost, or somebody repeats it. What was given stays as it was.
        const bool isSame = before->codeKey == copyOf(codeKey.view()) && before->unit == request.unit &&
                            before->personName == request.person && before->role == request.role;
        answer.status = isSame ? OfficeStatus::ok : OfficeStatus::codeTaken;
        answer.expiresAt = isSame ? before->expiresAt : 0;
        return answer;
    }
    if (request.life < sync::kInvitationLifeMin || request.life > sync::kInvitationLifeMax) {
        return withStatus(OfficeStatus::badValue);
    }
    HZ_TRY(const std::vector<sync::InvitationRow> open,
           m_store->openInvitations(now(), sync::kOpenInvitationsMax));
    if (open.size() >= sync::kOpenInvitationsMax) {
        return withStatus(OfficeStatus::tooMany);
    }
    HZ_TRY(const std::optional<sync::RecordReading> unit, m_county->projection().read(request.unit));
    if (!unit || unit->isGone || unit->record.key.registerName != "unit") {
        return withStatus(OfficeStatus::unknownUnit);
    }
    HZ_CHECK(checkInvited(wanted));
    HZ_TRY(const sync::Invitation invitation, enterInvitation(wanted, request.codeId.view(), codeKey.view()));
    log::info("endpoint", "the office invites a person",
              {{"by", asker.hex()}, {"person", invitation.person.hex()}, {"role", invitation.role}});
    answer.expiresAt = invitation.expiresAt;
    return answer;
}

Result<OfficeAnswer> CountyFolder::revokeForOffice(const DeviceId& asker, const sync::RevokeDevice& request) {
    if (request.device == asker) {
        return withStatus(OfficeStatus::ownDevice);
    }
    HZ_TRY(const std::optional<sync::DeviceRow> device, m_store->device(request.device));
    if (!device || device->enrolment.role == kCountyRole) {
        return withStatus(OfficeStatus::notFound);
    }
    if (!device->isRevoked) {
        HZ_CHECK(m_county->enterRevocation(request.device, now()));
        log::info("endpoint", "the office revokes a device",
                  {{"by", asker.hex()}, {"device", request.device.hex()}});
    }
    return OfficeAnswer{};
}

}  // namespace hezhang::ledger
