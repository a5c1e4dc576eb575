// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What a device of the office asks the county's folder to do: docs/sync-model.md section 7. Each request is
// one transaction; whether the device may is asked inside it.
#include <algorithm>
#include <limits>

#include "src/ledger/authentic.h"
#include "src/ledger/county_folder.h"
#include "sync/base/log.h"

namespace hezhang::ledger {

using sync::OfficeAnswer;
using sync::OfficeStatus;

namespace {

OfficeAnswer withStatus(OfficeStatus status) {
    OfficeAnswer answer;
    answer.status = status;
    return answer;
}

// Who did what, once it is durable: ids, no names, nothing that leads to a code.
void noteDone(const DeviceId& /*by*/, const sync::ListDevices& /*request*/) {}
void noteDone(const DeviceId& by, const sync::InvitePerson& request) {
    log::info("endpoint", "the office invites a person",
              {{"by", by.hex()},
               {"code_id", request.codeId.hex()},
               {"unit", request.unit.hex()},
               {"role", request.role}});
}
void noteDone(const DeviceId& by, const sync::RevokeDevice& request) {
    log::info("endpoint", "the office revokes a device",
              {{"by", by.hex()}, {"device", request.device.hex()}});
}
void noteDone(const DeviceId& by, const sync::WithdrawInvitation& request) {
    log::info("endpoint", "the office withdraws an invitation",
              {{"by", by.hex()}, {"code_id", request.codeId.hex()}});
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
    noteCommitted();
    return asked->answer(*m_suite, answer);
}

Result<OfficeAnswer> CountyFolder::officeAnswer(const sync::OfficeRequest& request, const sync::MacKey& key) {
    HZ_TRY(sync::WriteScope scope, sync::WriteScope::begin(*m_store));
    HZ_TRY(const bool isAllowed, isOfTheOffice(request.device));
    if (!isAllowed) {
        return withStatus(OfficeStatus::refused);
    }
    HZ_TRY(const OfficeAnswer answer,
           std::visit([&](const auto& content) { return answerFor(request.device, content, key); },
                      request.content));
    if (answer.status == OfficeStatus::ok) {
        HZ_CHECK(scope.commit());
        std::visit([&](const auto& content) { noteDone(request.device, content); }, request.content);
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

Result<std::vector<sync::InvitationRow>> CountyFolder::openInvitations() {
    HZ_TRY(std::vector<sync::InvitationRow> rows,
           m_store->openInvitations(now(), std::numeric_limits<std::size_t>::max()));
    std::vector<sync::InvitationRow> open;
    for (sync::InvitationRow& row : rows) {
        HZ_TRY(const bool isOpen, m_county->isOpen(row, now()));
        if (isOpen) {
            open.push_back(std::move(row));
        }
    }
    return open;
}

Result<OfficeAnswer> CountyFolder::answerFor(const DeviceId& /*asker*/, const sync::ListDevices& request,
                                             const sync::MacKey& /*key*/) {
    OfficeAnswer answer;
    HZ_TRY(DevicePage page, devicePage(m_county->projection(), request.from, sync::kListedDevicesMax));
    answer.devices = std::move(page.devices);
    answer.next = page.next;
    if (request.from > 0) {
        return answer;
    }
    HZ_TRY(std::vector<sync::InvitationRow> open, openInvitations());
    open.resize(std::min(open.size(), sync::kOpenInvitationsMax));
    for (const sync::InvitationRow& row : open) {
        answer.invitations.push_back({decltype(sync::OpenInvitation::codeId)::of(row.codeId), row.invitedBy,
                                      row.person, row.personName, row.unit, row.unitName, row.role,
                                      row.expiresAt});
    }
    return answer;
}

// Asked before: its answer was lost, or somebody repeats the request. What was given stays as it was.
Result<OfficeAnswer> CountyFolder::answerAgain(const sync::InvitationRow& before,
                                               const sync::InvitePerson& request, const Hash& codeKey) {
    const bool isPersonSame =
        request.person.isNone() ? before.personName == request.personName : before.person == request.person;
    if (before.codeKey != copyOf(codeKey.view()) || before.unit != request.unit || !isPersonSame ||
        before.role != request.role) {
        return withStatus(OfficeStatus::codeTaken);
    }
    HZ_TRY(const bool isOpen, m_county->isOpen(before, now()));
    OfficeAnswer answer = withStatus(isOpen ? OfficeStatus::ok : OfficeStatus::codeSpent);
    answer.expiresAt = before.expiresAt;
    answer.url = m_publicUrl;
    return answer;
}

Result<OfficeAnswer> CountyFolder::answerFor(const DeviceId& asker, const sync::InvitePerson& request,
                                             const sync::MacKey& key) {
    const Hash codeKey = sync::maskedCodeKey(*m_suite, key, request.codeId.view(), request.codeKey);
    HZ_TRY(const std::optional<sync::InvitationRow> before, m_store->invitation(request.codeId.view()));
    if (before) {
        return answerAgain(*before, request, codeKey);
    }
    if (request.life < sync::kInvitationLifeMin || request.life > sync::kInvitationLifeMax ||
        !checkCell("person", "role", request.role) ||
        (request.person.isNone() && !checkCell("person", "name", request.personName))) {
        return withStatus(OfficeStatus::badValue);
    }
    HZ_TRY(const std::vector<sync::InvitationRow> open, openInvitations());
    const auto isOfTheOffice = [](const sync::InvitationRow& row) { return !row.invitedBy.isNone(); };
    if (static_cast<std::size_t>(std::count_if(open.begin(), open.end(), isOfTheOffice)) >=
        sync::kOpenInvitationsMax) {
        return withStatus(OfficeStatus::tooMany);
    }
    HZ_TRY(const std::optional<sync::RecordReading> unit, m_county->projection().read(request.unit));
    if (!unit || unit->isGone || unit->record.key.registerName != "unit") {
        return withStatus(OfficeStatus::unknownUnit);
    }
    HZ_TRY(const std::optional<RecordId> joined, unitToJoin(request.unit));
    if (!joined) {
        return withStatus(OfficeStatus::unknownUnit);
    }
    HZ_TRY(const std::vector<PersonListing> all, persons());
    const auto found = std::find_if(all.begin(), all.end(), [&](const PersonListing& one) {
        return one.unit == *joined && !one.isEnded &&
               (request.person.isNone() ? one.name == request.personName : one.person == request.person);
    });
    if ((found == all.end()) != request.person.isNone()) {
        return withStatus(request.person.isNone() ? OfficeStatus::personExists : OfficeStatus::notFound);
    }
    HZ_TRY(const RecordId person, found == all.end() ? newPerson(request.personName, *joined, request.role)
                                                     : withRole(*found, request.role));
    HZ_TRY(const sync::Invitation invitation,
           enterInvitation({person,
                            request.unit,
                            request.role,
                            found == all.end() ? request.personName : found->name,
                            {},
                            now() + request.life,
                            asker},
                           request.codeId.view(), codeKey.view()));
    OfficeAnswer answer;
    answer.expiresAt = invitation.expiresAt;
    answer.url = m_publicUrl;
    return answer;
}

Result<OfficeAnswer> CountyFolder::answerFor(const DeviceId& asker, const sync::RevokeDevice& request,
                                             const sync::MacKey& /*key*/) {
    if (request.device == asker) {
        return withStatus(OfficeStatus::ownDevice);
    }
    HZ_TRY(const std::optional<sync::DeviceRow> device, m_store->device(request.device));
    if (!device || device->enrolment.role == kCountyRole) {
        return withStatus(OfficeStatus::notFound);
    }
    if (!device->isRevoked) {
        HZ_CHECK(m_county->enterRevocation(request.device, now()));
    }
    return OfficeAnswer{};
}

Result<OfficeAnswer> CountyFolder::answerFor(const DeviceId& /*asker*/,
                                             const sync::WithdrawInvitation& request,
                                             const sync::MacKey& /*key*/) {
    const auto withdrawn = m_county->enterWithdrawal(request.codeId.view());
    if (!withdrawn && withdrawn.error().code == ErrorCode::notFound) {
        return withStatus(OfficeStatus::notFound);
    }
    HZ_CHECK(withdrawn);
    return OfficeAnswer{};
}

}  // namespace hezhang::ledger
