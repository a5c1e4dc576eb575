// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/compacting.h"

#include <filesystem>

#include "src/ledger/bundles.h"

namespace hezhang::ledger {
namespace {

constexpr WallMs kDayMs = WallMs{24} * 3600 * 1000;

std::uint64_t databaseBytes(const Home& home) {
    std::error_code unreadable;
    const auto bytes = std::filesystem::file_size(home.folder() + "/home.db", unreadable);
    return unreadable ? 0 : bytes;
}

}  // namespace

Result<CompactReport> compact(Home& home, int keptDays) {
    HZ_TRY(const FileLock lock, lockForSync(home));
    CompactReport report;
    report.fileBytesBefore = databaseBytes(home);
    {
        HZ_TRY(sync::WriteScope scope, sync::WriteScope::begin(home.store()));
        HZ_TRY(report.let, sync::compact(home.replica(), home.now() - keptDays * kDayMs));
        HZ_CHECK(scope.commit());
    }
    HZ_CHECK(home.store().database().scrub());
    report.fileBytes = databaseBytes(home);
    return report;
}

}  // namespace hezhang::ledger
