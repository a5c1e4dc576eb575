// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Reads the text of a county's document, table or prose, into tasks.
//
// Shape:   UTF-8 (with or without a mark), UTF-16 with a mark, or GB18030; any line ends. A task table wins
// over the
//          plan before it. A table is taken in one of three forms: cells with a separator (tab, |, comma),
//          columns side by side, or cells one after the other in broken lines as they come out of a PDF.
//          Without a table, numbered paragraphs that name their units are tasks, or the numbered paragraphs
//          of a plan.
// Limits:  20 MB; 50,000 words in one table.
// Errors:  noTasks with the reason (a catalogue, a notice, an empty form, …), badInput (no known encoding,
// binary),
//          fileTooLarge.
// Threads: pure function.
#pragma once

#include <string_view>

#include "src/documents/import_document.h"
#include "sync/base/result.h"

namespace hezhang::documents {

[[nodiscard]] Result<ImportedDocument> importText(std::string_view bytes, const ImportOptions& options = {});

}  // namespace hezhang::documents
