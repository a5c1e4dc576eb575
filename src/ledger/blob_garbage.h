// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Files that nobody needs any more, thrown away when an operator says so; never by itself.
//
// Which:   a file goes only when no value of any op that is here names it (live or retired, set aside,
//          unanswered, held, in a home also refused), no draft does, in a home the county has confirmed
//          it, and it was not used for as long as the request says; its thumbnail likewise. What is left
//          of a transfer (.part, .new) goes when it is as old. A county that was restored keeps all files
//          for that long: devices hand back what names them.
// Errors:  wrongVersion: there are values this version cannot read, so anything may be named;
//          storageCorrupt: a segment cannot be read; storage errors. Nothing was thrown away then.
// Threads: those of the home, or of the county's folder.
#pragma once

#include <set>

#include "src/ledger/home.h"

namespace hezhang::ledger {

inline constexpr WallMs kGarbageAgeDefault = WallMs{30} * 24 * 3600 * 1000;

struct GarbageRequest {
    WallMs age = kGarbageAgeDefault;  // by the clock of the home or the county
    bool isDryRun = false;            // counts and throws nothing away
};
struct GarbageReport {
    std::uint64_t files = 0;  // thrown away, leavings of transfers too
    std::uint64_t bytes = 0;
    std::uint64_t kept = 0;  // whole files that stay
    std::vector<Hash> removed{};
};

[[nodiscard]] Result<GarbageReport> throwAwayGarbage(Home& home, const GarbageRequest& request);

// What the values of a log name: every text of 64 hex digits. Grows with the log; nothing leaves it.
class NamedInLog {
public:
    NamedInLog(sync::Store& store, const sync::Suite& suite) : m_store(store), m_suite(suite) {}
    // Reads the segments that are new since the last call, and the tails.
    [[nodiscard]] Result<void> readOn();
    [[nodiscard]] bool contains(const Hash& name) const { return m_named.contains(name); }

private:
    [[nodiscard]] Result<void> take(const sync::Op& op);

    sync::Store& m_store;
    const sync::Suite& m_suite;
    std::set<Hash> m_read;
    std::set<Hash> m_named;
};

// One folder of files: throws away what `isGarbage` says of the names in it, and old leavings.
// `before`: a file that was used at this time or later stays.
struct GarbageFolder {
    std::string path;
    WallMs before = 0;
    bool isDryRun = false;
};
[[nodiscard]] Result<void> throwAway(const GarbageFolder& folder,
                                     const std::function<Result<bool>(const Hash&)>& isGarbage,
                                     GarbageReport& report);

}  // namespace hezhang::ledger
