// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// CountyFolder: backup and restore.
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "src/ledger/county_files.h"
#include "src/ledger/county_folder.h"

namespace hezhang::ledger {
namespace {

// The name that what a restore replaces is kept under.
std::string keptName(const std::string& database) {
    for (int number = 1;; ++number) {
        std::string kept = database + ".before-restore-" + std::to_string(number);
        if (!fileExists(kept)) {
            return kept;
        }
    }
}

Result<void> move(const std::string& from, const std::string& to) {
    if (::rename(from.c_str(), to.c_str()) != 0) {
        return fail(errnoError(errno, ErrorCode::fileUnwritable, "cannot put " + to + " in place"));
    }
    return {};
}

// What is not folded in yet is half of a database: without it the other half is not sound. So a disk that has
// no room to fold it stops the restore; a database that is damaged is kept as it is, in both files.
Result<void> foldOld(const std::string& database) {
    const auto fold = [&]() -> Result<void> {
        HZ_TRY(const std::unique_ptr<sync::SqliteStore> store,
               sync::SqliteStore::open(database, storage::Access::open));
        return store->database().fold();
    };
    auto folded = fold();
    return !folded && isFaultOfTheDisk(folded.error().code) ? folded : Result<void>();
}

// Puts `fresh` in the place of `database`. There is a whole database at that name at any moment, if there was
// one.
Result<void> swapIn(const std::string& fresh, const std::string& database) {
    if (!fileExists(database)) {
        return move(fresh, database);
    }
    HZ_CHECK(foldOld(database));
    const std::string kept = keptName(database);
    if (::link(database.c_str(), kept.c_str()) != 0) {
        return fail(errnoError(errno, ErrorCode::fileUnwritable, "cannot keep " + database));
    }
    if (fileExists(database + "-wal")) {
        HZ_CHECK(move(database + "-wal", kept + "-wal"));
    }
    ::unlink((database + "-shm").c_str());
    auto moved = move(fresh, database);
    if (!moved && fileExists(kept + "-wal")) {
        ::rename((kept + "-wal").c_str(), (database + "-wal").c_str());
    }
    return moved;
}

}  // namespace

Result<void> CountyFolder::backupTo(const std::string& file) {
    HZ_TRY(const FileLock lock, lockForOperator());
    HZ_TRY(const std::uint64_t size, m_county->size());
    HZ_CHECK(m_store->database().backupTo(file));
    if (::chmod(file.c_str(), 0600) != 0) {
        return fail(errnoError(errno, ErrorCode::fileUnwritable, "cannot make " + file + " private"));
    }
    HZ_CHECK(m_county->markBackup(size, now()));
    return noteHead();
}

Result<void> CountyFolder::restore(const std::string& backup, const std::string& folder,
                                   Environment environment) {
    if (!fileExists(backup)) {
        return fail(ErrorCode::fileNotFound, "there is no file " + backup);
    }
    const bool isNewFolder = !fileExists(folder);
    HZ_CHECK(makeFolder(folder));
    ::chmod(folder.c_str(), 0700);
    HZ_TRY(const std::optional<FileLock> lock, FileLock::tryTake(serveLock(folder)));
    if (!lock) {
        return fail(ErrorCode::inUse, "a hezhangd serves from " + folder);
    }
    const std::string fresh =
        countyDatabase(folder) + "." + environment.random.draw<RecordId>().hex() + ".new";
    const auto prepare = [&]() -> Result<void> {
        HZ_CHECK(copyDatabaseFiles(backup, fresh));
        CountyFolder restored(folder, environment);
        const auto loaded = restored.load(fresh, countyArchives(folder));
        const auto head = loaded ? restored.m_county->head() : fail(loaded.error());
        if (!head && isFaultOfTheDisk(head.error().code)) {
            return fail(head.error());
        }
        HZ_TRY(const std::vector<std::string> damaged,
               head ? pageFindings(restored.m_store->database())
                    : Result<std::vector<std::string>>(std::vector<std::string>{}));
        if (!head || !damaged.empty()) {
            return fail(ErrorCode::badInput, backup + " is no sound backup of a county");
        }
        HZ_CHECK(restored.beginNewLife("restore"));
        return restored.m_store->database().fold();
    };
    auto done = prepare();
    if (done) {
        done = swapIn(fresh, countyDatabase(folder));
    }
    removeDatabaseFiles(fresh);
    if (!done && isNewFolder) {
        ::unlink(serveLock(folder).c_str());
        ::rmdir(folder.c_str());
    }
    HZ_CHECK(done);
    HZ_CHECK(syncFolder(folder));
    HZ_TRY(const std::unique_ptr<CountyFolder> opened, open(folder, environment));
    return opened->noteHead();
}

}  // namespace hezhang::ledger
