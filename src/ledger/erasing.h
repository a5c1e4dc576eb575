// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// After values were erased by law (sync/engine/redactions.h): what still lies in files. Free pages of the
// database and the log beside it, the search index, texts that drafts started from, photos that nothing names
// any more.
//
// Errors:  storage errors; storageBusy while others read or write. Nothing is lost by it: what is left is
// noted in the database, and
//          the next sync tries again.
// Threads: those of the home, of the county folder.
#pragma once

#include "src/ledger/home.h"

namespace hezhang::ledger {

// Nothing to do where nothing was erased since the last time. REQUIRES: no transaction is open.
[[nodiscard]] Result<void> cleanErased(Home& home);
// The same for the database of a county, and of its blobs those under `blobPath`.
[[nodiscard]] Result<void> cleanErased(sync::SqliteStore& store, const schema::Registers& registers,
                                       const std::function<std::string(const Hash&)>& blobPath);

}  // namespace hezhang::ledger
