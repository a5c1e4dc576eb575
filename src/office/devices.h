// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Devices, orders to empty them and invitations, as the county office works with them: asked of the county
// over the network, by a device of the office (sync/transport/office_messages.h). What the home knows of
// devices itself is as old as its last sync.
//
// Shape:   an OfficeKey is all that asking needs of a home, as a value: it goes to the thread that waits for
//          the network. Each call may be repeated after an error: a repeated invitation with the same code is
//          the same invitation, a revoked device stays revoked.
// Units:   durations: ms.
// Errors:  noRight (no home of the office); unreachable, timedOut, cancelled, notOurServer, storageBusy,
//          wrongVersion (the county does not have this yet): what was asked may have arrived; revoked (this
//          device or person was stopped); of inviting: unknownUnit, badValue, ambiguous (a new
//          person of a name that the unit has), notFound (the person is not there), tooMany, badCode (the
//          code was given before and is used, expired or withdrawn); of revoking: notFound, ownDevice; of
//          withdrawing: notFound.
// Threads: values; the calls block.
#pragma once

#include <map>

#include "src/ledger/home.h"
#include "src/ledger/people.h"
#include "sync/transport/wipe_messages.h"

namespace hezhang::office {

struct OfficeKey {
    std::string url;
    DeviceId device;
    sync::MacKey key;
    const sync::Suite* suite = nullptr;
};
[[nodiscard]] Result<OfficeKey> officeKeyOf(ledger::Home& home);

struct DeviceList {
    std::vector<sync::ListedDevice> devices;        // in the order of enrolment
    std::vector<sync::OpenInvitation> invitations;  // the first to end in front
};
[[nodiscard]] Result<DeviceList> devices(const OfficeKey& office, sync::Transport& transport);
// Devices that were ordered to empty themselves, and what came of it. None at a county whose program is
// older.
using Wipes = std::map<DeviceId, sync::ListedWipe>;
[[nodiscard]] Result<Wipes> wipes(const OfficeKey& office, sync::Transport& transport, RandomSource& random);
// The same as far as the home has the log: what came of it is not in it.
[[nodiscard]] Result<Wipes> wipesHere(ledger::Home& home, const DeviceList& list);
// From the log as far as the home has it; of invitations it knows nothing.
[[nodiscard]] Result<DeviceList> devicesHere(ledger::Home& home);

struct Invitee {
    RecordId unit;
    RecordId person;         // of the unit; none: somebody new
    std::string personName;  // of who is new
    std::string role;
    WallMs life = 0;  // kInvitationLifeMin … kInvitationLifeMax
    bool operator==(const Invitee&) const = default;
};
struct Invited {
    std::string url;  // where the person's device finds the county
    WallMs expiresAt = 0;
};
// The code is drawn here (sync::newCode) and shown to nobody but the person.
[[nodiscard]] Result<Invited> invite(const OfficeKey& office, sync::Transport& transport,
                                     const Invitee& invitee, const std::string& code);

[[nodiscard]] Result<void> revoke(const OfficeKey& office, sync::Transport& transport,
                                  const DeviceId& device);

// Revokes it, or it is revoked already; once it has handed in everything it empties itself
// (ledger/leaving.h). Errors also: wrongVersion, and then nothing was done.
[[nodiscard]] Result<void> wipe(const OfficeKey& office, sync::Transport& transport, RandomSource& random,
                                const DeviceId& device);

// `codeId`: of an OpenInvitation.
[[nodiscard]] Result<void> withdraw(const OfficeKey& office, sync::Transport& transport, BytesView codeId);

}  // namespace hezhang::office
