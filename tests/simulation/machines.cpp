// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/simulation_run.h"

#include <algorithm>

namespace hezhang::test {

using sync::EditAnswer;
using sync::LiveRow;
using sync::OpKind;
using sync::OpRef;
using sync::RecordKey;
using sync::Value;

void SimulationRun::kill() {
    Person& person = anybody();
    fault(person.device->name() + " dies");
    touch(person);
    if (person.beforeLastEdit) {
        person.device->box().restore(*person.beforeLastEdit);
    }
    // A process is killed, or the machine's power goes; in memory that is the same.
    const bool isOff = m_setup.stores == StoreKind::sqlite && below(2) == 0;
    person.device->kill(isOff ? std::optional(cutPower()) : std::nullopt);
    person.forms.clear();
    endRound(person);
}

bool SimulationRun::breakDisk(unsigned permille, StoreBox& box, std::uint64_t callsMax, MayGoOff mayGoOff) {
    if (!happens(permille)) {
        return false;
    }
    if (m_setup.stores == StoreKind::sqlite && below(3) > 0) {
        // Mostly a call of the file's; else one of the store's, as in memory.
        const bool goesOff = mayGoOff == MayGoOff::yes && below(2) == 0;
        box.breakAfter(below(callsMax), goesOff ? DiskFault::powerOff : DiskFault::full);
    } else {
        box.store().failAfter(below(callsMax));
    }
    return true;
}

void SimulationRun::backUpDevice() {
    Person& person = anybody();
    person.backups.push_back(person.device->box().snapshot());
    if (person.backups.size() > kBackupsMax) {
        person.backups.erase(person.backups.begin());
    }
    note(person.device->name() + " is backed up");
}

void SimulationRun::restoreDevice() {
    Person& person = anybody();
    fault(person.device->name() + " is restored");
    person.device->box().restore(oneOf(person.backups));
    person.device->kill();
    person.forms.clear();
    endRound(person);
    if (below(2) == 0) {
        person.device->openNewLanes();
    }
    person.beforeLastEdit.reset();
    m_invariants.wentBack(*person.device);
}

void SimulationRun::copyDevice() {
    if (m_copies >= kCopiesMax) {
        return;
    }
    const std::size_t original = below(m_people.size());
    const std::string who = m_people[original].device->name() + "c" + std::to_string(++m_copies);
    fault(m_people[original].device->name() + " is copied to " + who);
    Person copy(m_people[original].device->copyTo(who));
    if (m_people[original].isUpgraded) {
        copy.device->install(kNewProgram);
        copy.isUpgraded = true;
    }
    copy.backups.push_back(copy.device->box().snapshot());
    m_people.push_back(std::move(copy));
    if (below(3) == 0) {
        m_people.back().device->openNewLanes();
    }
    m_invariants.wentBack(*m_people.back().device);
}

void SimulationRun::backUpCounty() {
    m_countyBackups.push_back(m_world.county().box().snapshot());
    if (m_countyBackups.size() > kBackupsMax) {
        m_countyBackups.erase(m_countyBackups.begin());
    }
    note("the county is backed up");
}

void SimulationRun::restoreCounty() {
    if (m_counts.countyRestores >= kCountyRestoresMax) {
        return;
    }
    ++m_counts.countyRestores;
    const bool isNoticed = below(2) == 0;
    fault(isNoticed ? "the county is restored" : "the county falls back unnoticed");
    restoreCountyFrom(oneOf(m_countyBackups), isNoticed);
}

void SimulationRun::restoreCountyFrom(const StoreBox::Snapshot& backup, bool isNoticed) {
    if (m_isCountyUpgraded || m_isAnythingErased) {
        bringFilesBack(m_setup.steps);  // for what is done next
    }
    m_world.county().box().restore(backup);
    m_world.county().restart();
    m_invariants.countyWentBack();
    m_isCountyTouched = true;
    if (isNoticed) {
        auto scope = must(sync::WriteScope::begin(m_world.county().box().store()));
        must(m_world.county().county().beginEpoch("restored", m_world.clock().now()));
        must(scope.commit());
    }
    if (m_isCountyUpgraded) {
        m_world.county().install(kNewProgram);  // what it knows it enters again
    }
    eraseAgain();
}

// Years wrong, back and forth; the county's too.
void SimulationRun::setClock() {
    const WallMs time = static_cast<WallMs>(below(4'000'000'000'000)) - 1'000'000'000;
    if (below(8) == 0) {
        m_world.clock().set(time);
        note("the county has another time");
        return;
    }
    Person& person = anybody();
    person.device->clock().set(time);
    note(person.device->name() + " has another time");
}

// The county changes who may do what.
void SimulationRun::steer() {
    const std::string who = anybody().device->name().substr(0, 3);
    const std::string scope(oneOf(kScopes));
    CountySide& county = m_world.county();
    m_isCountyTouched = true;
    unlessAFileIsAway([&] {
        switch (below(6)) {
        case 0:
            county.ban(who);
            break;
        case 1:
            county.unban(who);
            break;
        case 2:
            county.closeScope(scope);
            break;
        case 3:
            county.reopenScope(scope);
            break;
        case 4:
            grant(who, scope);
            break;
        default:
            withdraw(who, scope);
            break;
        }
    });
    note("the county changes the rights of " + who);
}

void SimulationRun::grant(const std::string& who, std::string_view scope) {
    m_world.county().grant(who, scope);
    m_invariants.granted(who, scope);
}

void SimulationRun::withdraw(const std::string& who, std::string_view scope) {
    const std::uint64_t position = must(m_world.county().county().size());
    if (m_setup.mutant != Mutant::forgetWithdrawals) {
        m_world.county().withdraw(who, scope);
    }
    m_invariants.withdrawn(who, scope, position);
}

void SimulationRun::reorganise() {
    Person& person = anybody();
    const std::string who = person.device->name().substr(0, 3);
    const std::string from(kScopes[below(2)]);
    const std::string into(from == kScopes[0] ? kScopes[1] : kScopes[0]);
    m_isCountyTouched = true;
    unlessAFileIsAway([&] {
        switch (below(5)) {
        case 0:  // he leaves with work in his bag
            quickEditOf(person);
            withdraw(who, from);
            break;
        case 1:
            grant(who, from);
            break;
        case 2:  // he is moved
            quickEditOf(person);
            withdraw(who, from);
            grant(who, into);
            break;
        case 3:  // out and in again: he may never hear of it
            withdraw(who, from);
            grant(who, from);
            break;
        default:  // two become one, for everybody; or fall apart again
            for (const Person& one : m_people) {
                const std::string name = one.device->name().substr(0, 3);
                if (below(3) > 0) {
                    grant(name, into);
                } else {
                    withdraw(name, into);
                }
            }
            break;
        }
    });
    note("the county reorganises " + from + " and " + into + ", " + who + " among them");
}

// A tablet is lost. The office's stays: somebody must be there to admit.
void SimulationRun::revoke() {
    Device& device = *anybody().device;
    if (m_revocations >= kRevocationsMax || device.id() == m_people.front().device->id() ||
        m_world.county().isRevoked(device.id())) {
        return;
    }
    ++m_revocations;
    m_isCountyTouched = true;
    m_world.county().revoke(device);
    fault(device.name() + " is revoked");
}

// A value has to go by law, whichever it is.
void SimulationRun::redact() {
    const std::vector<Hash> entered =
        must(m_world.county().box().store().segmentsIn(sync::SegmentState::inLog));
    if (entered.empty()) {
        return;
    }
    const Hash& hash = oneOf(entered);
    const auto found = m_world.county().county().projection().history().segment(hash);
    if (!found && isForWantOfAFile(found.error())) {
        return;
    }
    const auto sealed = must(found);
    const std::size_t index = below(sealed->opIds.size());
    const std::string& field = sealed->segment.ops[index].field;
    if (field == sync::kDeletedField || field == sync::kAdmittedField ||
        !m_ghost.knows(sealed->opIds[index])) {
        return;
    }
    m_isCountyTouched = true;
    if (!unlessAFileIsAway([&] { m_world.county().redact(sealed->opIds[index]); })) {
        return;
    }
    m_isAnythingErased = true;
    fault("the value of " + shortOf(sealed->opIds[index]) + " is erased");
}

void SimulationRun::checkRebuild() {
    Person& person = anybody();
    if (const std::string difference = person.device->rebuildDifference(); !difference.empty()) {
        throw Broken{"REBUILD " + difference};
    }
}

bool SimulationRun::isForANewField(const Person& person) {
    return person.isUpgraded && m_upgrading.below(3) == 0;
}

void SimulationRun::upgrade(Person& person) {
    if (person.isUpgraded) {
        return;
    }
    note(person.device->name() + " gets a newer program");
    touch(person);
    person.device->install(kNewProgram);
    person.forms.clear();
    endRound(person);
    person.isUpgraded = true;
}

void SimulationRun::upgradeCounty() {
    if (m_isCountyUpgraded || isAnyFileAway()) {
        return;
    }
    note("the county gets a newer program");
    m_world.county().install(kNewProgram);
    m_isCountyUpgraded = true;
    m_isCountyTouched = true;
}

void SimulationRun::upgradeSomebody() {
    if (!m_isUpgrading || m_upgrading.below(kUpgradingEvery) > 0) {
        return;
    }
    const std::size_t who = m_upgrading.below(m_people.size() + 1);
    if (who == m_people.size()) {
        upgradeCounty();
    } else {
        upgrade(m_people[who]);
    }
}

void SimulationRun::upgradeAll() {
    if (!m_isUpgrading) {
        return;
    }
    upgradeCounty();
    for (Person& person : m_people) {
        upgrade(person);
    }
}

// Not the office: somebody keeps all, as the county's backup does.
void SimulationRun::compactSomebody() {
    if (!m_isCompacting || m_compacting.below(kCompactingEvery) > 0 || m_people.size() < 2) {
        return;
    }
    const std::size_t who = 1 + m_compacting.below(m_people.size() - 1);
    Device& device = *m_people[who].device;
    // What is let go of is at the county, and in whatever it may still be put back to: so old it is
    // (compacting.h).
    const sync::Cursor cursor = must(device.replica().cursor());
    const auto size = must(m_world.county().county().size());
    if (device.isInRound() || cursor.position > size ||
        m_world.county().markAt(cursor.position) != cursor.mark) {
        return;
    }
    const auto done = device.compact();
    if (!done && done.error().code != ErrorCode::unsentWork) {
        throw Broken{"COMPACTION of " + device.name() + ": " + done.error().text};
    }
    if (done && done->segments > 0) {
        ++m_counts.compactions;
        m_countyBackups = {m_world.county().box().snapshot()};
        m_touched.insert(who);
        note(device.name() + " lets go of " + std::to_string(done->segments) + " texts");
    }
}

void SimulationRun::checkStep() {
    for (const std::size_t touched : m_touched) {
        if (const std::string broken = m_invariants.ofDevice(*m_people[touched].device); !broken.empty()) {
            throw Broken{broken};
        }
    }
    if (m_isCountyTouched) {
        if (const std::string broken = m_invariants.ofCounty(); !broken.empty()) {
            throw Broken{broken};
        }
    }
    m_touched.clear();
    m_isCountyTouched = false;
}

}  // namespace hezhang::test
