// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/device_list_model.h"

#include <algorithm>

#include "src/ui/field_words.h"
#include "src/ui/format.h"
#include "src/ui/message_table.h"
#include "src/ui/words.h"

namespace hezhang::ui {

namespace {

Row rowOfInvitation(const sync::OpenInvitation& invitation, const std::vector<sync::ListedDevice>& devices) {
    using Role = InvitationListModel::Role;
    const auto inviter = std::find_if(devices.begin(), devices.end(), [&](const sync::ListedDevice& one) {
        return one.device == invitation.invitedBy;
    });
    Row row{toQt(toHex(invitation.codeId.view())), {}};
    row.set(Role::invitationId, row.key)
        .set(Role::inviterName, inviter == devices.end() ? QString() : toQt(inviter->personName))
        .set(Role::personName, toQt(invitation.personName))
        .set(Role::unitName, toQt(invitation.unitName))
        .set(Role::roleText, Format::personRole(toQt(invitation.role)))
        .set(Role::untilText, Format::when(invitation.expiresAt));
    return row;
}

}  // namespace

// That it is empty only the device itself can say.
QString DeviceListModel::wipeWords(const sync::ListedWipe& wipe) {
    if (wipe.toldAt == 0) {
        return tr("To be emptied at its next contact");
    }
    return wipe.doneAt >= wipe.toldAt ? tr("Emptied: %1").arg(Format::when(wipe.doneAt))
                                      : tr("Told to empty itself: %1").arg(Format::when(wipe.toldAt));
}

Row DeviceListModel::rowOf(const sync::ListedDevice& device, const office::Wipes& wipes,
                           const DeviceId& own) {
    const auto wipe = wipes.find(device.device);
    const bool isOwn = device.device == own;
    Row row{idText(device.device), {}};
    row.set(Role::deviceId, row.key)
        .set(Role::numberText, deviceNumber(device.device))
        .set(Role::personName, toQt(device.personName))
        .set(Role::unitName, toQt(device.unitName))
        .set(Role::roleText, Format::personRole(toQt(device.role)))
        .set(Role::enrolledText, device.enrolledAt == 0 ? QString() : Format::when(device.enrolledAt))
        .set(Role::isRevoked, device.isRevoked)
        .set(Role::isEnded, device.isEnded)
        .set(Role::isCopied, device.branches > 1)
        .set(Role::isOwn, isOwn)
        .set(Role::canRevoke, !isOwn && !device.isRevoked)
        .set(Role::canWipe, !isOwn && wipe == wipes.end())
        .set(Role::wipeText, wipe == wipes.end() ? QString() : wipeWords(wipe->second));
    return row;
}

DeviceListModel::Shown DeviceListModel::shownOf(const office::DeviceList& list, const office::Wipes& wipes,
                                                const DeviceId& own) {
    std::vector<sync::ListedDevice> devices = list.devices;
    const auto place = [](const sync::ListedDevice& device) {
        return std::tuple(device.isRevoked, !device.isEnded, device.unitName, device.personName,
                          device.enrolledAt);
    };
    std::stable_sort(devices.begin(), devices.end(),
                     [&](const auto& a, const auto& b) { return place(a) < place(b); });
    Shown shown;
    for (const sync::ListedDevice& device : devices) {
        shown.devices.push_back(rowOf(device, wipes, own));
    }
    for (const sync::OpenInvitation& invitation : list.invitations) {
        shown.invitations.push_back(rowOfInvitation(invitation, list.devices));
    }
    return shown;
}

DeviceListModel::DeviceListModel(HomeThread& reader, NetworkThread& network, QObject* parent)
    : RowListModel(QMetaEnum::fromType<Role>(), parent),
      m_network(network),
      m_invitations(this),
      m_reading(reader, this, Reading::When::asked) {
    m_reading.define<Here>(
        [] {
            return [](ledger::Home& home) -> Result<Here> {
                HZ_TRY(office::OfficeKey key, office::officeKeyOf(home));
                HZ_TRY(const office::DeviceList list, office::devicesHere(home));
                HZ_TRY(const office::Wipes wipes, office::wipesHere(home, list));
                Shown shown = shownOf(list, wipes, key.device);
                return Here{std::move(key), std::move(shown)};
            };
        },
        [this](Result<Here> here) { takeHere(std::move(here)); });
    refresh();
}

// What is asked only to be shown need not go on; a revocation does.
DeviceListModel::~DeviceListModel() {
    if (m_isListing) {
        m_listing.cancel();
    }
}

void DeviceListModel::refresh() {
    if (!m_isBusy) {
        m_isBusy = true;
        m_reading.again();
        emit changed();
    }
}

void DeviceListModel::takeHere(Result<Here> here) {
    if (!here) {
        m_isReady = true;
        m_isBusy = false;
        m_error = here.error();
        emit changed();
        return;
    }
    m_key = std::move(here->key);
    if (!m_isCurrent) {
        show(std::move(here->shown));
    }
    askCounty();
}

void DeviceListModel::askCounty() {
    m_isListing = true;
    const auto shown = std::make_shared<Shown>();
    m_listing = m_network.run(
        m_key->url,
        [key = *m_key, shown](sync::Transport& transport) -> Result<void> {
            HZ_TRY(const office::DeviceList list, office::devices(key, transport));
            SystemRandom random;
            HZ_TRY(const office::Wipes wipes, office::wipes(key, transport, random));
            *shown = shownOf(list, wipes, key.device);
            return {};
        },
        [guard = QPointer<DeviceListModel>(this), shown](const Result<void>& result) {
            if (guard) {
                guard->takeAnswer(result, std::move(*shown));
            }
        });
}

void DeviceListModel::takeAnswer(const Result<void>& result, Shown shown) {
    m_isReady = true;
    m_isBusy = false;
    m_isListing = false;
    if (result) {
        m_error.reset();
        m_isCurrent = true;
        show(std::move(shown));
    } else {
        m_error = result.error();
    }
    emit changed();
}

void DeviceListModel::show(Shown shown) {
    m_all = std::move(shown.devices);
    m_invitations.setRows(std::move(shown.invitations));
    const auto count = [&](auto isCounted) {
        return static_cast<int>(std::count_if(m_all.begin(), m_all.end(), isCounted));
    };
    // A device of a person who has left goes on receiving until it is stopped.
    const auto isActive = [](const Row& row) { return !row.at(Role::isRevoked).toBool(); };
    m_active = count(isActive);
    m_copied = count([&](const Row& row) { return isActive(row) && row.at(Role::isCopied).toBool(); });
    showRows();
    emit changed();
}

void DeviceListModel::showRows() {
    const QString needle = m_text.trimmed();
    std::vector<Row> rows;
    std::copy_if(m_all.begin(), m_all.end(), std::back_inserter(rows), [&](const Row& row) {
        return row.at(Role::personName).toString().contains(needle, Qt::CaseInsensitive) ||
               row.at(Role::unitName).toString().contains(needle, Qt::CaseInsensitive);
    });
    setRows(std::move(rows));
}

void DeviceListModel::setText(const QString& text) {
    if (m_text != text) {
        m_text = text;
        showRows();
        emit changed();
    }
}

void DeviceListModel::revoke(const QString& deviceId) {
    change([key = m_key, device = DeviceId::fromHexText(deviceId.toStdString()).value_or(DeviceId{})](
               sync::Transport& transport) { return office::revoke(*key, transport, device); },
           &DeviceListModel::revoked);
}

void DeviceListModel::wipe(const QString& deviceId) {
    change(
        [key = m_key, device = DeviceId::fromHexText(deviceId.toStdString()).value_or(DeviceId{})](
            sync::Transport& transport) -> Result<void> {
            SystemRandom random;
            return office::wipe(*key, transport, random, device);
        },
        &DeviceListModel::wipeOrdered);
}

void DeviceListModel::withdraw(const QString& invitationId) {
    change([key = m_key, codeId = fromHex(invitationId.toStdString()).value_or(Bytes{})](
               sync::Transport& transport) { return office::withdraw(*key, transport, codeId); },
           &DeviceListModel::withdrawn);
}

void DeviceListModel::change(std::function<Result<void>(sync::Transport&)> work,
                             void (DeviceListModel::*done)()) {
    if (m_isBusy || !m_key) {
        return;
    }
    m_isBusy = true;
    emit changed();
    m_network.run(m_key->url, std::move(work),
                  [guard = QPointer<DeviceListModel>(this), done](const Result<void>& result) {
                      if (!guard) {
                          return;
                      }
                      guard->m_isBusy = false;
                      if (result) {
                          emit(guard.data()->*done)();
                          guard->refresh();
                      } else {
                          const Message message = MessageTable::ofOnline(result.error().code);
                          emit guard->failed(message.what, message.next);
                          emit guard->changed();
                      }
                  });
}

QString DeviceListModel::errorWhat() const {
    return m_error ? MessageTable::ofOnline(m_error->code).what : QString();
}

QString DeviceListModel::errorNext() const {
    if (!m_error) {
        return {};
    }
    const bool isNoNetwork = m_error->code == ErrorCode::unreachable || m_error->code == ErrorCode::timedOut;
    return isNoNetwork
               ? tr("The list may be out of date. Inviting people and stopping devices need the network.")
               : MessageTable::ofOnline(m_error->code).next;
}

}  // namespace hezhang::ui
