// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Forms that leave Hezhang: which there are, and one of them as a file.
//
// Forms:   schema/forms/*.json, or a county's own description of one of them (docs/forms.md).
// Safety:  no cell can become a formula (form_writers.h).
// Errors:  cancelled; usage (unknown form or file type), notFound (a unit without tasks), ambiguous (several
//          windows are open), badInput (the template), fileUnwritable, storageFull; storage errors. The file
//          is replaced whole or not at all.
// Threads: those of the home.
#pragma once

#include "src/documents/form_template.h"
#include "src/documents/printed_form.h"
#include "src/documents/progress.h"
#include "src/ledger/queries.h"

namespace hezhang::documents {

struct FormInfo {
    std::string_view name;
    std::string_view title;  // Chinese
    std::string_view titleEn;
    std::string_view fileTypes;  // "xlsx csv"
    FormFor made = FormFor::ledger;
};
[[nodiscard]] std::span<const FormInfo> forms();

struct ExportRequest {
    std::string form;
    std::string file;
    RecordId ledger;
    std::optional<RecordId> unit;  // only this unit's tasks and texts; a unit's form without it: one's own
    std::optional<RecordId>
        window;  // only this window's filings; a form that needs one without it: the open one
    std::optional<std::string> templateFile{};  // instead of the built-in description
};
struct ExportAnswer {
    std::size_t tasks = 0;
    std::size_t filings = 0;
};
[[nodiscard]] Result<ExportAnswer> exportForm(ledger::Home& home, const ExportRequest& request,
                                              const Progress& progress = {});

struct MadeForm {
    PrintedForm form;
    ExportAnswer counts;
};
// The form before it is a file of some type: for print, and for tracing a cell.
[[nodiscard]] Result<MadeForm> makeForm(ledger::Home& home, const ExportRequest& request,
                                        const Progress& progress = {});
[[nodiscard]] Result<MadeForm> makeForm(ledger::Home& home, const FormTemplate& form,
                                        const ExportRequest& request, const Progress& progress = {});
// Of what is printed: the hash that the code says.
[[nodiscard]] std::string formFingerprint(const ledger::Home& home, const PrintedForm& form);

}  // namespace hezhang::documents
