// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Forms that leave Hezhang.
//
// Forms:   consolidated: a ledger with every unit's text and its source. .xlsx: sheet 台账 in the document's
// own columns, all texts of a
//          task in one cell, and sheet 明细, a row a filing; .csv: the rows of 明细 (UTF-8 with BOM, CRLF).
// Safety:  no cell can become a formula: strings are written as strings, in CSV a text that begins with = + -
// @ or a control character
//          gets a leading apostrophe.
// Errors:  cancelled; usage (unknown form or file type), fileUnwritable, storageFull; storage errors. The
// file is replaced whole or not at all. Threads: those of the home.
#pragma once

#include "src/documents/progress.h"
#include "src/ledger/queries.h"

namespace hezhang::documents {

struct FormInfo {
    std::string_view name;
    std::string_view title;  // Chinese
    std::string_view titleEn;
    std::string_view fileTypes;  // "xlsx csv"
};
[[nodiscard]] std::span<const FormInfo> forms();

struct ExportRequest {
    std::string form;
    std::string file;
    RecordId ledger;
    std::optional<RecordId> unit;    // only this unit's tasks and texts
    std::optional<RecordId> window;  // only this window's filings
};
struct ExportAnswer {
    std::size_t tasks = 0;
    std::size_t filings = 0;
};
[[nodiscard]] Result<ExportAnswer> exportForm(ledger::Home& home, const ExportRequest& request,
                                              const Progress& progress = {});

}  // namespace hezhang::documents
