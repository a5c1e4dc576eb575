// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The JSON objects of `hz import --dry-run`, `hz parse deadline`, `hz parse units` and `hz parse targets`.
//
// Shape:   one object without line breaks, UTF-8; the keys of the command line's contract first, more beside
// them. Threads: pure functions.
#pragma once

#include <string>

#include "src/documents/import_document.h"
#include "src/ledger/targets.h"

namespace hezhang::documents {

[[nodiscard]] std::string toJson(const ImportedDocument& document);
[[nodiscard]] std::string toJson(const ledger::Deadline& deadline);
[[nodiscard]] std::string toJson(const ledger::UnitPhrase& phrase);
[[nodiscard]] std::string toJson(const std::vector<ledger::Target>& targets);

}  // namespace hezhang::documents
