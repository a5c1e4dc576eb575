// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Sync of a home by file, for where there is no network: a bundle goes to the county, its answer comes back.
// Any device may carry a bundle: an ordinary home keeps those of others, brings them to the county at its
// next sync, and gives the answers out again.
//
// Files:   carried/HASH (a bundle of another device), carried/HASH.answer (what the county said to it).
// Shape:   docs/wire-format.md section 9. An import bears repeating; a damaged file is refused whole.
// Errors:  malformed, tooLarge, wrongVersion, otherCounty, otherDevice, outdated, refused, revoked,
//          wiped (the home is empty: leaving.h), syncRunning after 10 s; those of files and of storage.
// Threads: those of the home.
#pragma once

#include "src/ledger/files.h"
#include "src/ledger/home.h"
#include "sync/transport/bundle.h"

namespace hezhang::ledger {

inline constexpr std::size_t kBundleBytesDefault = 64 * 1024 * 1024;

struct BundleExport {
    std::size_t bytes = 0;
    std::uint64_t segments = 0;
    std::uint64_t ops = 0;
    std::uint64_t blobs = 0;
    std::uint64_t asked = 0;  // files of others that the county is asked for
    bool isAll = true;        // nothing had to be left for the next bundle
};

// What a bundle asks for beside what is new.
struct BundleWishes {
    // So many files of others at most; nullopt: as the person's work needs them (blob_fetch.h).
    std::optional<std::size_t> filesMax{};
    // The texts behind a snapshot or a compaction.
    bool isHistoryWanted = false;
    // The home is about to go: it hands in, and asks for nothing that is not in the log.
    bool isFarewell = false;
};

struct BundleImport {
    enum class What : std::uint8_t { answer, carried };

    What what = What::answer;
    DeviceId device;          // carried: whose it is
    HomeSyncReport report;    // answer: as of a sync
    std::uint64_t blobs = 0;  // answer: files the county has now
    bool isKnown = false;     // nothing in it was new
};

struct CarriedBundle {
    DeviceId device;
    std::string name;  // of the file in carried/
    std::uint64_t bytes = 0;
    bool isAnswered = false;
};

// Writes what a sync would send, at most about `bytesMax` of it. Replaces `path`.
[[nodiscard]] Result<BundleExport> exportBundle(Home& home, const std::string& path, std::size_t bytesMax,
                                                const BundleWishes& wishes = {});
// `options`: the room that the disk keeps.
[[nodiscard]] Result<BundleImport> importBundle(Home& home, BytesView file, const SyncOptions& options = {});
// Whether it is the county's answer to an enrolment, which a folder takes that is no home yet. Errors: those
// of openBundle.
[[nodiscard]] Result<bool> isEnrolmentAnswer(BytesView file);
// Makes the folder a home and takes what the county has sent with it.
[[nodiscard]] Result<BundleImport> importEnrolment(const std::string& folder, BytesView file,
                                                   Environment environment);

// -- of other devices
[[nodiscard]] Result<std::vector<CarriedBundle>> carriedBundles(Home& home);
// Writes the county's answer for a device and keeps it no longer. Errors: notFound, ambiguous.
[[nodiscard]] Result<BundleExport> exportAnswer(Home& home, std::string_view device, const std::string& path);

// One at a time: syncs, exports and imports of a home. Waits 10 s. Errors: syncRunning.
[[nodiscard]] Result<FileLock> lockForSync(Home& home);

}  // namespace hezhang::ledger
