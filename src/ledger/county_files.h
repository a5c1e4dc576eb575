// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Names and copies of the files in a county's folder. Private to CountyFolder.
//
// Errors:  fileNotFound, fileUnreadable, fileUnwritable, storageFull.
// Threads: any; a database belongs to one.
#pragma once

#include <string>
#include <vector>

#include "sync/storage/database.h"

namespace hezhang::ledger {

[[nodiscard]] inline std::string countyArchives(const std::string& folder) {
    return folder + "/archive";
}
[[nodiscard]] inline std::string countyDatabase(const std::string& folder) {
    return folder + "/county.db";
}
[[nodiscard]] inline std::string serveLock(const std::string& folder) {
    return folder + "/serve.lock";
}
[[nodiscard]] inline std::string notedHead(const std::string& folder) {
    return folder + "/head";
}

// Copies a database that nobody writes, with what it has not yet folded in. Only reads `from`.
[[nodiscard]] Result<void> copyDatabaseFiles(const std::string& from, const std::string& to);
// What is wrong with the pages, table by table. One line a finding. Errors: of a disk that does not let it
// read: that says nothing about the pages.
[[nodiscard]] Result<std::vector<std::string>> pageFindings(storage::Database& database);
// What failed says nothing about the data.
[[nodiscard]] inline bool isFaultOfTheDisk(ErrorCode code) {
    return code == ErrorCode::storageFull || code == ErrorCode::storageFailed ||
           code == ErrorCode::storageBusy;
}
// Removes a database with its side files, where they are.
void removeDatabaseFiles(const std::string& path);
// Whether a process serves from the folder. Writes nothing.
[[nodiscard]] bool isBeingServed(const std::string& folder);

}  // namespace hezhang::ledger
