// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/office/devices.h"

#include <iterator>

#include "src/ledger/answered.h"
#include "sync/engine/enrolment.h"
#include "sync/engine/log_applier.h"

namespace hezhang::office {
namespace {

using sync::OfficeAnswer;
using sync::OfficeRequest;
using sync::OfficeStatus;

constexpr std::size_t kListedMax = 20'000;  // an honest county has fewer; a list without end is none

Error errorOf(OfficeStatus status) {
    switch (status) {
    case OfficeStatus::refused:
        return {ErrorCode::revoked, "the county does not take office work from this device"};
    case OfficeStatus::unknownUnit:
        return {ErrorCode::unknownUnit, "the county has no such unit"};
    case OfficeStatus::badValue:
        return {ErrorCode::badValue, "the county does not take the name, the role or the time"};
    case OfficeStatus::personExists:
        return {ErrorCode::ambiguous, "the unit has a person of this name already"};
    case OfficeStatus::tooMany:
        return {ErrorCode::tooMany, "too many invitations are open"};
    case OfficeStatus::codeTaken:
        return {ErrorCode::usage, "the code was used for another invitation"};
    case OfficeStatus::notFound:
        return {ErrorCode::notFound, "the county has no such device, person or open invitation"};
    case OfficeStatus::ownDevice:
        return {ErrorCode::ownDevice, "a device does not revoke itself"};
    case OfficeStatus::codeSpent:
        return {ErrorCode::badCode, "the invitation was used, has expired or was withdrawn"};
    case OfficeStatus::ok:
        break;
    }
    return {ErrorCode::notOurServer, "the county's answer is not understood"};
}

template <class Answer, class Request>
Result<Answer> exchange(const OfficeKey& office, sync::Transport& transport, std::string_view path,
                        const Request& message, std::string_view what) {
    const Bytes request = sync::frameWithMac(*office.suite, sync::encode(message), office.key, {});
    HZ_TRY(const sync::Answer answered, transport.post(std::string(path), request));
    HZ_TRY(const Bytes body, ledger::messageIn(answered, what));
    return sync::answerTo<Answer>(*office.suite, body, office.key, sync::tagOf(request));
}

template <class Content>
Result<OfficeAnswer> ask(const OfficeKey& office, sync::Transport& transport, const Content& content) {
    HZ_TRY(OfficeAnswer answer, exchange<OfficeAnswer>(office, transport, sync::kOfficePath,
                                                       OfficeRequest{office.device, content}, "office work"));
    if (answer.status != OfficeStatus::ok) {
        return fail(errorOf(answer.status));
    }
    return answer;
}

Result<sync::WipeAnswer> askWipe(const OfficeKey& office, sync::Transport& transport, RandomSource& random,
                                 sync::WipeAsk what, const DeviceId& target) {
    const sync::WipeRequest request{office.device, random.draw<sync::Nonce>(), what, target};
    HZ_TRY(sync::WipeAnswer answer, exchange<sync::WipeAnswer>(office, transport, sync::kWipePath, request,
                                                               "orders to empty devices"));
    switch (answer.status) {
    case sync::WipeStatus::ok:
        return answer;
    case sync::WipeStatus::refused:
        return fail(errorOf(OfficeStatus::refused));
    case sync::WipeStatus::notFound:
        return fail(errorOf(OfficeStatus::notFound));
    case sync::WipeStatus::ownDevice:
        return fail(errorOf(OfficeStatus::ownDevice));
    case sync::WipeStatus::ordered:
        break;
    }
    return fail(errorOf(OfficeStatus::ok));
}

}  // namespace

Result<OfficeKey> officeKeyOf(ledger::Home& home) {
    if (home.me().enrolment.role != "office") {
        return fail(ErrorCode::noRight, "this home is not of the county office");
    }
    HZ_TRY(std::string url, home.url());
    return OfficeKey{std::move(url), home.me().enrolment.device, home.me().macKey, &home.suite()};
}

Result<DeviceList> devices(const OfficeKey& office, sync::Transport& transport) {
    DeviceList list;
    for (std::uint64_t from = 0;;) {
        HZ_TRY(OfficeAnswer answer, ask(office, transport, sync::ListDevices{from}));
        const bool isFirst = from == 0;
        std::move(answer.devices.begin(), answer.devices.end(), std::back_inserter(list.devices));
        if (isFirst) {
            list.invitations = std::move(answer.invitations);
        }
        if (answer.next == 0) {
            return list;
        }
        if (answer.next <= from || list.devices.size() > kListedMax) {
            return fail(ErrorCode::malformed, "the county's list of devices does not end");
        }
        from = answer.next;
    }
}

Result<Wipes> wipes(const OfficeKey& office, sync::Transport& transport, RandomSource& random) {
    const auto answer = askWipe(office, transport, random, sync::WipeAsk::list, {});
    if (!answer && answer.error().code == ErrorCode::wrongVersion) {
        return Wipes{};
    }
    HZ_CHECK(answer);
    Wipes wipes;
    for (const sync::ListedWipe& wipe : answer->wipes) {
        wipes.emplace(wipe.device, wipe);
    }
    return wipes;
}

Result<Wipes> wipesHere(ledger::Home& home, const DeviceList& list) {
    Wipes wipes;
    for (const sync::ListedDevice& device : list.devices) {
        HZ_TRY(const std::optional<Bytes> order,
               home.store().meta(std::string(sync::meta::kWipe) + device.device.hex()));
        if (order) {
            wipes.emplace(device.device, sync::ListedWipe{device.device, 0, 0});
        }
    }
    return wipes;
}

Result<DeviceList> devicesHere(ledger::Home& home) {
    HZ_TRY(ledger::DevicePage page, ledger::devicePage(home.state(), 0, kListedMax));
    return DeviceList{std::move(page.devices), {}};
}

Result<Invited> invite(const OfficeKey& office, sync::Transport& transport, const Invitee& invitee,
                       const std::string& code) {
    sync::InvitePerson request;
    const Bytes codeId = sync::codeIdOf(*office.suite, code);
    request.codeId = decltype(request.codeId)::of(codeId);
    request.codeKey = sync::maskedCodeKey(*office.suite, office.key, codeId,
                                          Hash::of(sync::codeKeyOf(*office.suite, code)));
    request.unit = invitee.unit;
    request.person = invitee.person;
    request.personName = invitee.personName;
    request.role = invitee.role;
    request.life = invitee.life;
    HZ_TRY(const OfficeAnswer answer, ask(office, transport, request));
    // Where the operator named no address, the one that this device reaches the county at.
    return Invited{answer.url.empty() ? office.url : answer.url, answer.expiresAt};
}

Result<void> revoke(const OfficeKey& office, sync::Transport& transport, const DeviceId& device) {
    HZ_TRY([[maybe_unused]] const OfficeAnswer answer, ask(office, transport, sync::RevokeDevice{device}));
    return {};
}

Result<void> wipe(const OfficeKey& office, sync::Transport& transport, RandomSource& random,
                  const DeviceId& device) {
    HZ_TRY([[maybe_unused]] const sync::WipeAnswer answer,
           askWipe(office, transport, random, sync::WipeAsk::order, device));
    return {};
}

Result<void> withdraw(const OfficeKey& office, sync::Transport& transport, BytesView codeId) {
    sync::WithdrawInvitation request;
    request.codeId = decltype(request.codeId)::of(codeId);
    HZ_TRY([[maybe_unused]] const OfficeAnswer answer, ask(office, transport, request));
    return {};
}

}  // namespace hezhang::office
