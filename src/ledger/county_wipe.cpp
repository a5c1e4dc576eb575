// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// CountyFolder: the order to a revoked device to empty itself (docs/sync-model.md section 8). That it was
// given stands in the log; when the device was told and when it said that it is empty is noted here only.
#include "src/ledger/authentic.h"
#include "src/ledger/county_folder.h"
#include "sync/base/log.h"
#include "sync/engine/log_applier.h"

namespace hezhang::ledger {

using sync::WipeAnswer;
using sync::WipeAsk;
using sync::WipeStatus;

namespace {

constexpr std::string_view kNote = "wipe-note/";  // + device id: when it was told, when it said it is done

WipeAnswer withStatus(WipeStatus status) {
    WipeAnswer answer;
    answer.status = status;
    return answer;
}

}  // namespace

Result<std::optional<sync::ListedWipe>> CountyFolder::wipeOf(const DeviceId& device) {
    HZ_TRY(const bool isOrdered, m_county->isWipeOrdered(device));
    if (!isOrdered) {
        return std::optional<sync::ListedWipe>();
    }
    sync::ListedWipe wipe{device, 0, 0};
    HZ_TRY(const std::optional<Bytes> note, m_store->meta(std::string(kNote) + device.hex()));
    if (note) {
        HZ_TRY(wipe, sync::decode<sync::ListedWipe>(*note, "note of a wipe"));
    }
    return std::optional(wipe);
}

Result<void> CountyFolder::noteWipe(const sync::ListedWipe& wipe) {
    return m_store->setMeta(std::string(kNote) + wipe.device.hex(), sync::encode(wipe));
}

// It counts only for who was revoked: a county that was restored to before both gives no order.
Result<WipeAnswer> CountyFolder::answerToDevice(const sync::WipeRequest& request) {
    HZ_TRY(const std::optional<sync::DeviceRow> device, m_store->device(request.device));
    HZ_TRY(std::optional<sync::ListedWipe> wipe, wipeOf(request.device));
    if (!device || !device->isRevoked || !wipe) {
        return WipeAnswer{};
    }
    (request.ask == WipeAsk::done ? wipe->doneAt : wipe->toldAt) = now();
    HZ_CHECK(noteWipe(*wipe));
    log::info(
        "endpoint",
        request.ask == WipeAsk::done ? "a device says that it is empty" : "a device is told to empty itself",
        {{"device", request.device.hex()}});
    return withStatus(WipeStatus::ordered);
}

Result<WipeAnswer> CountyFolder::answerToOffice(const sync::WipeRequest& request) {
    HZ_TRY(const bool isAllowed, isOfTheOffice(request.device));
    if (!isAllowed) {
        return withStatus(WipeStatus::refused);
    }
    if (request.ask == WipeAsk::list) {
        return listWipes();
    }
    if (request.target == request.device) {
        return withStatus(WipeStatus::ownDevice);
    }
    HZ_TRY(const std::optional<sync::DeviceRow> device, m_store->device(request.target));
    if (!device || device->enrolment.role == kCountyRole) {
        return withStatus(WipeStatus::notFound);
    }
    HZ_CHECK(m_county->enterWipe(request.target, now()));
    log::info("endpoint", "the office revokes a device and has it emptied",
              {{"by", request.device.hex()}, {"device", request.target.hex()}});
    return WipeAnswer{};
}

Result<WipeAnswer> CountyFolder::listWipes() {
    WipeAnswer answer;
    HZ_TRY(const std::vector<sync::DeviceRow> devices, m_store->devices());
    for (const sync::DeviceRow& device : devices) {
        HZ_TRY(const std::optional<sync::ListedWipe> wipe, wipeOf(device.enrolment.device));
        if (wipe && answer.wipes.size() < sync::kListedWipesMax) {
            answer.wipes.push_back(*wipe);
        }
    }
    return answer;
}

Result<Bytes> CountyFolder::handleWipe(BytesView bytes) {
    if (bytes.size() > sync::kWipeRequestMax) {
        return Bytes{};
    }
    HZ_TRY(const auto asked, authentic<sync::WipeRequest>(*m_county, bytes));
    if (!asked || asked->message.ask > WipeAsk::list) {
        return Bytes{};
    }
    HZ_TRY(sync::WriteScope scope, sync::WriteScope::begin(*m_store));
    const bool isOfOffice = asked->message.ask == WipeAsk::order || asked->message.ask == WipeAsk::list;
    HZ_TRY(WipeAnswer answer, isOfOffice ? answerToOffice(asked->message) : answerToDevice(asked->message));
    HZ_TRY(answer.epoch, m_county->epoch());
    HZ_CHECK(scope.commit());
    noteCommitted();
    return asked->answer(*m_suite, answer);
}

}  // namespace hezhang::ledger
