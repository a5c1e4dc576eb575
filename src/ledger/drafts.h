// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Drafts: what was typed into a form and not yet saved. A draft is no op: it is seen by nobody else, is in no
// dump and goes with the home. Saving the form makes the ops.
//
// Files:   drafts/SLOT (JSON, docs/storage-format.md) and drafts/SLOT.files/, the files that were picked but
// not yet taken into
//          blobs/. SLOT: a record's 32 hex digits, or those, a hyphen and a field.
// Shape:   a draft has an id of its own. The transaction that saves the form notes the id (noteDraftDone), so
// a crash before the file
//          is gone does not bring back what was saved.
// Limits:  kDraftBytesMax a draft.
// Errors:  fileUnwritable, storageFull, tooLarge; storage errors. A draft that cannot be read is none.
// Threads: those of the home; loadDraft also beside the one that writes.
#pragma once

#include <nlohmann/json.hpp>

#include "src/ledger/home.h"

namespace hezhang::ledger {

inline constexpr std::size_t kDraftBytesMax = 256 * 1024;

struct Draft {
    RecordId id;             // of this draft, drawn when it was begun
    WallMs at = 0;           // last written
    nlohmann::json content;  // the form's own
};

// Where a form keeps its draft: that of a record, or of one field of it.
[[nodiscard]] std::string draftSlot(const RecordId& record, std::string_view field = {});
// Durable when it returns; replaces an older one of the slot.
[[nodiscard]] Result<void> saveDraft(Home& home, const std::string& slot, const Draft& draft);
// nullopt: there is none, or what it held was saved.
[[nodiscard]] Result<std::optional<Draft>> loadDraft(Home& home, const std::string& slot);
[[nodiscard]] Result<void> removeDraft(Home& home, const std::string& slot);
// REQUIRES: inside the transaction that makes the ops.
[[nodiscard]] Result<void> noteDraftDone(Home& home, const std::string& slot, const RecordId& draft);
// Slots with a draft, in byte order.
[[nodiscard]] Result<std::vector<std::string>> drafts(Home& home);
// Keeps a file for the draft: its name within the draft. A name that is there is replaced. Errors also:
// badInput for a path as name.
[[nodiscard]] Result<std::string> saveDraftFile(Home& home, const std::string& slot, const std::string& name,
                                                BytesView content);
[[nodiscard]] std::string draftFilePath(const Home& home, const std::string& slot, const std::string& name);

}  // namespace hezhang::ledger
