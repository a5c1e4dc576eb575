// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The guard file of a home: which machine and file it is, and the lane tips last offered to the county. Where it disagrees with what
// is found, the home was copied to another place or its database was restored, and somebody else may write in its lanes.
//
// Shape:   docs/storage-format.md (guard). Written before a segment is first sent, never per edit. The database notes the file's own
//          device and inode too: a copy of both has other ones.
// Errors:  fileUnwritable, storageFull.
// Threads: any; writing replaces the file at once.
#pragma once

#include "sync/engine/replica.h"

namespace hezhang::ledger {

// Which file it is. A copy is another one.
struct FileIdentity {
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    auto operator<=>(const FileIdentity&) const = default;

    template <class Archive>
    void serialize(Archive& archive) {
        archive(device, inode);
    }
};

struct Guard {
    sync::FormatVersion<> version;
    std::string machine;
    FileIdentity self;
    std::vector<sync::LaneTip> offered;

    template <class Archive>
    void serialize(Archive& archive) {
        archive(version, machine, self, offered);
    }
};

// nullopt: absent, unreadable, or its own identity is not the file's: it was copied.
[[nodiscard]] std::optional<Guard> readGuard(const std::string& folder);
// Returns the identity of the new file.
[[nodiscard]] Result<FileIdentity> replaceGuard(const std::string& folder, const std::vector<sync::LaneTip>& offered);
[[nodiscard]] std::string machineId();

}  // namespace hezhang::ledger
