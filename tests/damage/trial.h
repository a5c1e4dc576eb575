// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// One damaged file, and people who go on as if nothing had happened: they open what it belongs to, read
// everything, have it checked, edit, sync with others whose files are sound, repair, sync again.
//
// Shape:   what may come of it: an error, a finding of the check, or nothing at all, and then everything is
//          as it would have been. What others have is never harmed.
// Errors:  a sound side that fails throws.
// Threads: one. A trial may end its process: run each in its own.
#pragma once

#include <array>

#include "tests/damage/site.h"

namespace hezhang::test {

enum class Damaged : std::uint8_t { home, county, bundle };

// The first that noticed.
enum class Found : std::uint8_t {
    open,      // an error when it is opened
    read,      // an error when everything is read
    check,     // a finding of the check
    sync,      // an error while editing or syncing
    later,     // a finding of the check after the sync
    older,     // nobody: SQLite took the -wal for shorter, and an earlier moment is back
    harmless,  // nobody, and nothing differs
};
inline constexpr std::size_t kFoundKinds = 7;

struct Outcome {
    Found found = Found::harmless;
    bool isMended = false;  // a repair, and all agree again
    std::string how;        // the first error or finding
    std::string what;       // the damage
    std::string broken;     // the promise that was broken; empty: none
};

// What is seen on the way.
struct Seen {
    Dumps before;  // of the side whose file it is
    Dumps clerk;
    Dumps office;
    Dumps county;
};

// The same without damage: without and with an edit.
struct Wanted {
    std::array<Seen, 2> seen;
    OpIds known;  // all that anybody wrote
};
[[nodiscard]] Wanted wantedOf(Site& site, Damaged kind);

// In a folder `name` of the site.
[[nodiscard]] Outcome tryDamage(Site& site, const Wanted& wanted, Damaged kind, std::uint64_t seed,
                                const std::string& name);

}  // namespace hezhang::test
