// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/people.h"

#include <algorithm>

#include "src/ledger/names.h"
#include "sync/engine/log_applier.h"

namespace hezhang::ledger {
namespace {

Result<WallMs> enrolmentTime(sync::Store& store, std::uint64_t position) {
    HZ_TRY(const std::optional<sync::EntryRow> row, store.entry(position));
    if (!row) {
        return WallMs{0};
    }
    HZ_TRY(const sync::LogEntry entry, sync::decode<sync::LogEntry>(row->entry, "log entry"));
    return entry.at;
}

Result<sync::ListedDevice> listed(sync::Projection& state, const sync::DeviceRow& row,
                                  std::span<const sync::LaneRow> lanes) {
    const sync::EnrolmentControl& enrolment = row.enrolment;
    sync::ListedDevice device;
    device.device = enrolment.device;
    device.person = enrolment.person;
    HZ_TRY(device.unit, unitOf(enrolment, state));
    device.role = enrolment.role;
    device.isRevoked = row.isRevoked;
    HZ_TRY(device.personName, personName(state, enrolment.person));
    HZ_TRY(device.unitName, unitName(state, device.unit));
    HZ_TRY(device.enrolledAt, enrolmentTime(state.store(), row.enrolledAt));
    HZ_TRY(device.isEnded, isEnded(state.store(), enrolment.person));
    for (const sync::LaneRow& lane : lanes) {
        if (lane.device == enrolment.device) {
            HZ_TRY(const std::uint64_t forks, state.history().forksOf(lane.lane));
            device.branches = std::max(device.branches, forks + 1);
        }
    }
    return device;
}

}  // namespace

Result<bool> isEnded(sync::Store& store, const RecordId& person) {
    HZ_TRY(const std::optional<Bytes> ended,
           store.meta(std::string(sync::meta::kPersonEnded) + person.hex()));
    return ended.has_value();
}

Result<std::vector<PersonListing>> persons(sync::Projection& state) {
    std::vector<PersonListing> all;
    Succession succession(state);
    HZ_TRY(const std::vector<NamedUnit> known, units(state));
    HZ_CHECK(state.each("person", [&](sync::RecordReading&& reading) -> Result<void> {
        if (reading.isGone) {
            return {};
        }
        PersonListing person;
        person.person = reading.record.id;
        person.name = cellText(reading, "name");
        HZ_TRY(person.unit,
               succession.standing(RecordId::fromHexText(cellText(reading, "unit")).value_or(RecordId{})));
        person.role = cellText(reading, "role");
        const auto unit = std::find_if(known.begin(), known.end(),
                                       [&](const NamedUnit& one) { return one.id == person.unit; });
        person.unitName = unit == known.end() ? std::string() : unit->name;
        HZ_TRY(person.isEnded, isEnded(state.store(), person.person));
        all.push_back(std::move(person));
        return {};
    }));
    std::sort(all.begin(), all.end(), [](const PersonListing& a, const PersonListing& b) {
        return std::tie(a.unitName, a.name, a.person) < std::tie(b.unitName, b.name, b.person);
    });
    return all;
}

Result<DevicePage> devicePage(sync::Projection& state, std::uint64_t from, std::size_t limit) {
    HZ_TRY(const std::vector<sync::DeviceRow> rows, state.store().devices());
    HZ_TRY(const std::vector<sync::LaneRow> lanes, state.store().lanes());
    DevicePage page;
    for (const sync::DeviceRow& row : rows) {
        if (row.enrolledAt < from || row.enrolment.role == kCountyRole) {
            continue;
        }
        if (page.devices.size() == limit) {
            page.next = row.enrolledAt;
            break;
        }
        HZ_TRY(sync::ListedDevice device, listed(state, row, lanes));
        page.devices.push_back(std::move(device));
    }
    return page;
}

}  // namespace hezhang::ledger
