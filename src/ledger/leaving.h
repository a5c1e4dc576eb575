// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A home ends on this machine: its person hands the device on, or logs out (leave), or the county has revoked
// the device and wants it emptied (wipe). Nothing that only this home has is lost by it: it is at the county,
// or in a bundle that the county takes, before anything is deleted.
//
// Shape:   in one transaction it is found that nothing is left here and the identity is erased: from then on
// nobody can write to the home,
//          whoever has it open. Then the files go, the database last. Who is stopped in between ends it with
//          the next enrolment; a wipe also where the home is next opened.
//          Bundles of other devices that it carries go with it: those keep their work until they have the
//          county's answer.
// Files:   wiped (says in words what happened; stays until the folder is enrolled again).
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

// Whether the folder is a home that was left or wiped, but not to the end. Then what is left of it goes.
[[nodiscard]] Result<bool> finishLeaving(const std::string& folder);

// -- by the county's order

inline constexpr std::string_view kWipedText =
    "the county office has revoked this device and had it emptied; what was not sent was handed in first";
// Whether a home without an identity lost it by a wipe.
[[nodiscard]] Result<bool> isMarkedWiped(sync::Store& store);

// False: something is here that the county does not have, and nothing was changed. Drafts, which were never
// saved, keep nothing. Files that cannot be removed now go when the folder is next opened; then it is an
// error. REQUIRES: sync.lock is held, and the county has answered that it wants it.
[[nodiscard]] Result<bool> wipe(Home& home);
// Goes on where a wipe was stopped; not beside somebody who is at it.
void finishWiping(const std::string& folder);
// Whether the folder was a home, and is none since a wipe.
[[nodiscard]] bool wasWiped(const std::string& folder);
void forgetWipe(const std::string& folder);

}  // namespace hezhang::ledger
