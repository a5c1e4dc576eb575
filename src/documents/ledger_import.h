// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// From a document that was understood to the ledger it describes.
//
// A document imported again changes what ledger_update.h plans: what the document itself changed. What a
// person wrote meanwhile and what the document lacks stays unless a choice says otherwise; what is only
// similar is listed and taken as new.
//
// Errors:  cancelled; badInput (no year); changed and unknownRecord as in ledger_update.h; those of
// Home::edit.
//          All in one transaction.
// Threads: those of the home.
#pragma once

#include "src/documents/ledger_update.h"

namespace hezhang::documents {

// A name or group of the document that is no unit of the county: a person has to pick.
struct UnresolvedUnit {
    RecordId task;
    std::int64_t serial = 0;
    std::string unit;
    std::string role;
    std::string reason;
};

struct LedgerImport {
    LedgerUpdate update;  // as it was done
    std::vector<UnresolvedUnit> unresolved;
    std::vector<ImportWarning> warnings;  // of the document, and what was unsure in matching
};

[[nodiscard]] Result<LedgerImport> importLedger(ledger::Home& home, const ImportedDocument& document,
                                                const UpdateChoices& choices = {},
                                                const Progress& progress = {});

// What importLedger would answer, without doing it.
[[nodiscard]] Result<LedgerImport> previewImport(ledger::Home& home, const ImportedDocument& document,
                                                 const UpdateChoices& choices = {},
                                                 const Progress& progress = {});

}  // namespace hezhang::documents
