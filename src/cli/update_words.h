// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// How `hz import` tells what a document changes in a ledger.
//
// Threads: pure functions.
#pragma once

#include "src/cli/output.h"
#include "src/documents/ledger_update.h"

namespace hezhang::cli {

// {"ledger","title","is_new","fields":[…],"sections":[…],"added":[…],"changed":[…],"missing":[…],"unchanged",
// "kept_edits"}; of the ledger itself and of sections only what differs.
[[nodiscard]] Json updateJson(const documents::LedgerUpdate& update);
// A line a field, what is left out as [-…-] and what is put in as {+…+}. `isDone`: it was written.
[[nodiscard]] std::string updateText(const documents::LedgerUpdate& update, bool isDone);

}  // namespace hezhang::cli
