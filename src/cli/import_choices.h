// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What a person decides of `hz import` beside its rules: the choices that the import page has, as options.
//
// Rows:    a row of the document is called by its number in the document, from 1 (`serial` of its JSON).
// Errors:  usage: one field is taken and kept at once; notFound: no such row, no ledger to choose in, a task
//          that is not missing, a field that does not differ, a row or task that has its counterpart already.
// Threads: those of the home.
#pragma once

#include "src/cli/args.h"
#include "src/documents/ledger_import.h"
#include "src/ledger/home.h"

namespace hezhang::cli {

[[nodiscard]] std::vector<OptionSpec> importChoiceOptions();
// Whether one is given that is about a ledger that is there.
[[nodiscard]] bool asksForLedger(const Args& args);

// With the title of --title and without the rows of --leave-out.
[[nodiscard]] Result<documents::ImportedDocument> correctedDocument(const Args& args,
                                                                    documents::ImportedDocument document);
[[nodiscard]] Result<documents::UpdateChoices> updateChoices(const Args& args, ledger::Home& home,
                                                             const documents::ImportedDocument& document);

}  // namespace hezhang::cli
