// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// From a document that was understood to the ledger it describes.
//
// A document imported again changes what differs: tasks are matched by their content, never by number alone;
// what is only similar is listed and taken as new. Units that are known by now are filled in; nothing that a
// person added is taken away.
//
// Errors:  cancelled; badInput (no year), those of Home::edit. All in one transaction.
// Threads: those of the home.
#pragma once

#include "src/documents/import_document.h"
#include "src/documents/progress.h"
#include "src/ledger/queries.h"

namespace hezhang::documents {

// A name or group of the document that is no unit of the county: a person has to pick.
struct UnresolvedUnit {
    RecordId task;
    std::int64_t serial = 0;
    std::string unit;
    std::string role;
    std::string reason;
};

// The units of the county that a name or group of a document means.
struct ResolvedUnit {
    std::vector<RecordId> members;
    std::string reason;  // why there are none; English
};
[[nodiscard]] ResolvedUnit resolveUnit(std::span<const ledger::NamedUnit> county,
                                       const ledger::PhraseUnit& phrase);

struct LedgerImport {
    RecordId ledger;
    std::size_t tasks = 0;  // in the document
    std::size_t created = 0;
    std::size_t changed = 0;
    std::vector<UnresolvedUnit> unresolved;
    std::vector<ImportWarning> warnings;  // of the document, and what was unsure in matching
};

[[nodiscard]] Result<LedgerImport> importLedger(ledger::Home& home, const ImportedDocument& document,
                                                const Progress& progress = {});

}  // namespace hezhang::documents
