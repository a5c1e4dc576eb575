// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// How a replica and the county find out which entries of the log one of them has lost or damaged, and give
// each other just these.
//
// Shape:   docs/wire-format.md section 10. Each message is the body of a frame that is authenticated with the
// device's message key, the
//          answer bound to the request's tag (wire_messages.h). The log is compared in ranges of kRepairRange
//          positions, of each a digest; where digests differ the county lists what it has there.
// Limits:  kRepairRangesMax ranges, kRepairWantedMax positions and kPageBytesMax of entries in a message.
// Errors:  decode: malformed. An answer says what was wrong in its status.
// Threads: value types.
// Source:  range-based set reconciliation (Meyer 2023), with ranges of one size: the log is dense and short.
#pragma once

#include "sync/transport/wire_messages.h"

namespace hezhang::sync {

inline constexpr std::string_view kRepairPath = "/v1/repair";
inline constexpr std::string_view kRepairMessage = "hezhang/repair";
inline constexpr std::uint64_t kRepairRange = 256;
inline constexpr std::size_t kRepairRangesMax = 64;
inline constexpr std::size_t kRepairWantedMax = 256;

enum class RepairStatus : std::uint8_t {
    ok = 0,
    refused = 1,       // no device of this county, or revoked
    otherHistory = 2,  // sync first
    otherScopes = 3,   // sync first
    badRequest = 4
};

// An entry by its position and the start of its leaf.
struct EntryMark {
    std::uint64_t position = 0;
    HeadMark mark;
    auto operator<=>(const EntryMark&) const = default;

    template <class Archive>
    void serialize(Archive& archive) {
        archive(position, mark);
    }
};

struct RepairRequest {
    FormatVersion<> version;
    DeviceId device;
    std::string name{kRepairMessage};
    EpochId epoch;
    std::uint64_t end = 0;            // entries [0, end) are compared: those before the cursor
    SizeMark proven;                  // as in SyncRequest
    std::vector<std::string> scopes;  // entries of these and control entries are compared
    std::uint64_t from = 0;
    std::vector<HeadMark> digests;      // of [from, from + kRepairRange), and so on
    std::vector<std::uint64_t> wanted;  // positions, ascending
    std::vector<ProvenEntry> given;     // what the county asked for, ascending

    template <class Archive>
    void serialize(Archive& archive) {
        archive(version, device, name, epoch, end, proven, scopes, from, digests, wanted, given);
    }
};

struct RepairAnswer {
    FormatVersion<> version;
    RepairStatus status = RepairStatus::ok;
    std::vector<std::uint32_t> differing;  // indexes of ranges
    std::vector<EntryMark> entries;        // all that the county has in them
    std::optional<Page> page;              // of what was wanted; as much as fits
    std::vector<Hash> consistency;         // proven.size → page->head.size
    std::vector<std::uint64_t> needed;     // positions that are damaged at the county

    template <class Archive>
    void serialize(Archive& archive) {
        archive(version, status, differing, entries, page, consistency, needed);
    }
};

}  // namespace hezhang::sync
