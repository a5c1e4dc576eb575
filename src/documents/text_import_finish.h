// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Turns raw tasks into the document: units and deadlines read, sections filled, totals and gaps checked.
//
// Threads: pure function.
#pragma once

#include "src/documents/import_document.h"
#include "src/documents/text_import_grid.h"
#include "src/documents/text_import_head.h"

namespace hezhang::documents {

[[nodiscard]] ImportedDocument finishDocument(RawTable table, const Surroundings& around,
                                              const ImportOptions& options);

}  // namespace hezhang::documents
