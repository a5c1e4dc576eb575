// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A home ends on this machine: its person hands the device on, or logs out. Nothing that only this home has
// is lost by it: it is at the county, or in a bundle that the county takes, before anything is deleted.
//
// Shape:   in one transaction it is found that nothing is left here and the identity is erased: from then on
// nobody can write to the home,
//          whoever has it open. Then the files go, the database last. Who is stopped in between ends it with
//          the next leave or enrolment.
//          Bundles of other devices that it carries go with it: those keep their work until they have the
//          county's answer.
// Errors:  unsentWork; syncRunning after 10 s; those of bundles, files and storage. After an error the home
// is as it was. Threads: those of the home.
#pragma once

#include "src/ledger/bundles.h"

namespace hezhang::ledger {

// What is here and nowhere else.
struct UnsentWork {
    std::uint64_t edits = 0;  // without the county's answer that it has them, or to be handed back to it
    std::uint64_t blobs = 0;
    std::uint64_t drafts = 0;  // typed and not saved: no bundle takes them along
    [[nodiscard]] bool isNone() const { return edits == 0 && blobs == 0 && drafts == 0; }
};
[[nodiscard]] Result<UnsentWork> unsentWork(Home& home);

// Empties the home's folder. `bundle`: where to write what the county does not have; replaced where it
// exists. `isWithDrafts`: drafts may go. The home is of no use afterwards but to be destroyed.
[[nodiscard]] Result<std::optional<BundleExport>> leave(Home& home, const std::optional<std::string>& bundle,
                                                        bool isWithDrafts);

// Whether the folder is a home that was left, but not to the end. Then what is left of it goes.
[[nodiscard]] Result<bool> finishLeaving(const std::string& folder);

}  // namespace hezhang::ledger
