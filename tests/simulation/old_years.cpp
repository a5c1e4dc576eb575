// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A county that puts its old years away, as CountyFolder does it. Its dice are its own: until the first file
// is written a schedule is what it would be without.
#include <algorithm>
#include <filesystem>

#include "sync/engine/redactions.h"
#include "sync/op/segment.h"
#include "tests/simulation/simulation_run.h"

namespace hezhang::test {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t kAgesMax = 60;  // ms: the county's clock goes by one a batch of requests
constexpr std::uint64_t kAwayStepsMax = 25;
constexpr std::uint64_t kAwayStepsMin = 3;
constexpr std::uint64_t kCallsMax = 80;

}  // namespace

void SimulationRun::beginArchiving() {
    m_isArchiving = m_setup.stores == StoreKind::sqlite && m_archiving.below(kArchivingOneOf) == 0;
    if (!m_isArchiving) {
        return;
    }
    m_areFilesTaken = m_archiving.below(2) == 0;
    m_areFilesLost = m_archiving.below(2) == 0;
    m_archiveFolder = m_world.folder().fresh("archive");
    m_world.county().box().whenOpened([this](sync::SqliteStore& store) {
        m_archive = std::make_unique<ledger::CountyArchive>(store, m_archiveFolder);
        store.setTextsElsewhere([this](const Hash& segment) { return m_archive->text(segment); });
    });
}

void SimulationRun::archiveSomething() {
    bringFilesBack(m_step);
    cleanFiles();
    if (!m_isArchiving || m_archiving.below(kArchivingEvery) > 0) {
        return;
    }
    const std::uint64_t what = m_archiving.below(5);
    if (what == 0 && m_areFilesTaken) {
        takeAwayAFile();
    } else if (what == 1 && m_areFilesLost) {
        loseAFile();
    } else {
        putAway();
    }
}

// What came to the county before a day of its clock, wherever that stands. Mostly after a backup.
void SimulationRun::putAway() {
    if (m_archiving.below(3) > 0) {
        backUpCounty();
    }
    StoreBox& disk = m_world.county().box();
    const bool isDiskBroken = m_archiving.below(6) == 0;
    if (isDiskBroken) {
        disk.breakAfter(m_archiving.below(kCallsMax),
                        m_archiving.below(2) == 0 ? DiskFault::powerOff : DiskFault::full);
    }
    const auto age = static_cast<WallMs>(m_archiving.below(kAgesMax));
    const auto added = m_archive->add(m_world.clock().now() - age);
    const bool isOff = disk.isOff();
    disk.mend();
    m_isCountyTouched = true;
    if (isOff) {
        ++m_counts.powerCuts;
        disk.cutPower(m_archiving.below(kPowerSeeds));
        m_world.county().restart();
    }
    if (!added || isOff) {
        const bool isExpected = isOff || (isDiskBroken && added.error().code == ErrorCode::storageFull);
        if (!isExpected && !isForWantOfAFile(added.error())) {
            throw Broken{"ARCHIVE " + added.error().text};
        }
        fault("the county cannot put old years away");
        return;
    }
    if (*added) {
        m_counts.archived += (*added)->segments;
        note("the county puts " + std::to_string((*added)->segments) + " texts away, into " + (*added)->name);
    }
    if (m_archiving.below(8) == 0) {
        disk.scrub();
    }
    if (m_archiving.below(2) == 0) {
        m_world.county().restart();  // and has to look there for what it had at hand
    }
}

void SimulationRun::takeAwayAFile() {
    const auto notes = must(m_archive->notes());
    if (notes.empty()) {
        return;
    }
    const std::string& name = notes[m_archiving.below(notes.size())].name;
    const std::string path = m_archiveFolder + "/" + name;
    if (!fs::exists(path)) {
        return;
    }
    fs::rename(path, m_archiveFolder + "-away-" + name);
    m_away[name] = m_step + static_cast<int>(kAwayStepsMin + m_archiving.below(kAwayStepsMax));
    fault("the file " + name + " is away");
    m_world.county().restart();
}

void SimulationRun::bringFilesBack(int upTo) {
    for (auto away = m_away.begin(); away != m_away.end();) {
        if (away->second > upTo) {
            ++away;
            continue;
        }
        fs::rename(m_archiveFolder + "-away-" + away->first, m_archiveFolder + "/" + away->first);
        note("the file " + away->first + " is back");
        away = m_away.erase(away);
        eraseAgain();  // it was not there when that was done
    }
}

void SimulationRun::eraseAgain() {
    if (!m_isArchiving || !m_isAnythingErased) {
        return;
    }
    m_isCountyTouched = true;
    unlessAFileIsAway([&] {
        must(m_archive->eraseAgain(m_world.county().county(), *m_world.setup().suite, m_world.clock().now()));
    });
}

void SimulationRun::cleanFiles() {
    sync::Store& store = m_world.county().box().store();
    if (!m_isArchiving || !must(sync::erasedLeft(store))) {
        return;
    }
    must(m_archive->forgetErased());
    auto scope = must(sync::WriteScope::begin(store));
    must(sync::forgetErasedLeft(store));
    must(scope.commit());
}

std::vector<ledger::ArchiveNote> SimulationRun::notesIn(const StoreBox::Snapshot& backup) {
    StoreBox box(StoreKind::sqlite, m_world.folder());
    box.restore(backup);
    std::vector<ledger::ArchiveNote> notes;
    box.whenOpened([&](sync::SqliteStore& store) {
        notes = must(ledger::CountyArchive(store, m_archiveFolder).notes());
    });
    return notes;
}

// For good. The county is put back to what it was before the file was written; backups that are of no use
// without it go too.
void SimulationRun::loseAFile() {
    const auto notes = must(m_archive->notes());
    if (notes.empty() || m_counts.countyRestores >= kCountyRestoresMax) {
        return;
    }
    const std::string name = notes[m_archiving.below(notes.size())].name;
    std::vector<StoreBox::Snapshot> before;
    for (const StoreBox::Snapshot& backup : m_countyBackups) {
        const auto known = notesIn(backup);
        if (std::none_of(known.begin(), known.end(), [&](const auto& note) { return note.name == name; })) {
            before.push_back(backup);
        }
    }
    if (before.empty()) {
        return;
    }
    fault("the file " + name + " is lost");
    fs::remove(m_archiveFolder + "/" + name);
    fs::remove(m_archiveFolder + "-away-" + name);
    m_away.erase(name);
    m_countyBackups = std::move(before);
    ++m_counts.countyRestores;
    ++m_counts.filesLost;
    restoreCountyFrom(m_countyBackups[m_archiving.below(m_countyBackups.size())], m_archiving.below(2) == 0);
}

// Nothing that was erased is left in a file, whether the database knows of the file or not.
void SimulationRun::checkArchive() {
    if (!m_isArchiving || !fs::exists(m_archiveFolder)) {
        return;
    }
    cleanFiles();
    sync::Store& store = m_world.county().box().store();
    for (const auto& entry : fs::directory_iterator(m_archiveFolder)) {
        auto file = must(storage::Database::open(entry.path().string(), storage::Access::readOnly));
        auto texts = must(file.query("SELECT segment, bytes FROM text"));
        while (must(texts.step())) {
            const auto row = must(store.segment(texts.id<Hash>(0)));
            if (row && sync::isExtract(row->envelope) && !sync::isExtract(texts.blob(1))) {
                throw Broken{"ERASED: the file " + entry.path().filename().string() +
                             " still has what was erased from " + shortOf(row->hash)};
            }
        }
    }
}

}  // namespace hezhang::test
