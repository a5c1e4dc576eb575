// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/documents/export.h"

#include <algorithm>

#include "schema/text_rules.h"
#include "src/documents/form_filling.h"
#include "src/documents/form_writers.h"
#include "src/documents/write_pdf.h"
#include "src/ledger/files.h"
#include "src/office/paragraph.h"
#include "src/office/worksheet.h"

namespace hezhang::documents {

using ledger::Home;

namespace {

std::string typesOf(const FormTemplate& form) {
    std::string types;
    for (const std::string& type : form.fileTypes) {
        types += (types.empty() ? "" : " ") + type;
    }
    return types;
}

Result<FormTemplate> templateFor(const ExportRequest& request) {
    const auto known = std::ranges::find(builtInForms(), request.form, &FormTemplate::name);
    if (known == builtInForms().end()) {
        return fail(ErrorCode::usage, "there is no form " + request.form + "; hz export --list names them");
    }
    if (!request.templateFile) {
        return *known;
    }
    HZ_TRY(FormTemplate own, readForm(*request.templateFile));
    if (own.name != request.form) {
        return fail(ErrorCode::badInput, *request.templateFile + ": name: describes the form " +
                                             schema::inQuotes(own.name) + ", not " + request.form);
    }
    return own;
}

Result<std::string> fileTypeFor(const FormTemplate& form, const std::string& file) {
    const std::size_t dot = file.rfind('.');
    const std::string type = dot == std::string::npos ? "" : file.substr(dot + 1);
    if (!form.isWrittenAs(type)) {
        return fail(ErrorCode::usage, "the form " + form.name + " is written as " + typesOf(form) +
                                          ": the file's name must end in one of them");
    }
    return type;
}

// The only open window; where none is open, the one that closed last; none where there never was one.
Result<std::optional<RecordId>> windowAtHand(Home& home, const RecordId& ledgerId) {
    HZ_TRY(const std::vector<ledger::OpenWindow> open, ledger::openWindows(home, ledgerId));
    if (!open.empty()) {
        return ledger::findWindow(home.state(), "", ledgerId.hex());
    }
    HZ_TRY(const std::vector<office::WindowRow> all, office::windows(home));
    const auto last = std::ranges::find(all, ledgerId, &office::WindowRow::ledger);
    return last == all.end() ? std::nullopt : std::optional(last->window);
}

Result<ReadingRequest> readingFor(Home& home, const FormTemplate& form, const ExportRequest& request) {
    ReadingRequest reading{request.ledger, request.unit, request.window};
    if (form.made == FormFor::unit && !reading.unit) {
        HZ_TRY(reading.unit, home.unit());
    }
    if (form.made != FormFor::ledger && !reading.window) {
        HZ_TRY(reading.window, windowAtHand(home, request.ledger));
    }
    if (form.made == FormFor::window && !reading.window) {
        return fail(ErrorCode::notFound, "the ledger has no reporting window: open one first");
    }
    return reading;
}

ParagraphReading readingOf(const office::Paragraph& paragraph) {
    ParagraphReading reading{paragraph.text,
                             paragraph.sum,
                             paragraph.unitsCounted,
                             {},
                             paragraph.state == office::ParagraphState::overlap || paragraph.hasConflict};
    for (const office::ParagraphTarget& target : paragraph.targets) {
        reading.targets.push_back(target.target.words + "：" + standingWords(target.target, target.sum));
    }
    if (paragraph.state != office::ParagraphState::composed) {
        reading.records.push_back(paragraph.record);
    }
    for (const office::ParagraphFiling& filing : paragraph.filings) {
        if (filing.isTaken) {
            reading.records.push_back(filing.source.filing);
        }
    }
    return reading;
}

// Of one window the whole ledger says what the office has made of the units' texts.
Result<void> addParagraphs(Home& home, const RecordId& window, LedgerReading& ledger) {
    HZ_TRY(const std::vector<office::Paragraph> paragraphs, office::paragraphs(home, window));
    for (TaskReading& task : ledger.tasks) {
        const auto found = std::ranges::find(paragraphs, task.record, &office::Paragraph::task);
        if (found != paragraphs.end() && found->isWhole && !task.filings.empty()) {
            task.paragraph = readingOf(*found);
        }
    }
    return {};
}

// What was seen, else boxes to tick, in a line of their own so that no box is torn from its word.
std::string seenWord(const std::optional<office::LineSeen>& seen) {
    if (!seen) {
        return "\n□符合 □不符合 □不适用";
    }
    return "：" + office::resultWords(seen->result) + "（" + seen->day +
           (seen->personName.empty() ? "" : "，" + seen->personName) +
           (seen->finding.empty() ? "" : "，" + seen->finding) + "）";
}

void addSheet(const office::Worksheet& sheet, TaskReading& task) {
    for (const office::WorksheetLine& line : sheet.lines) {
        if (!line.isDropped) {
            task.worksheet += task.worksheet.empty() ? "【" : "\n【";
            task.worksheet +=
                office::kindWords(line.line.kind) + "】" + line.line.words + seenWord(line.seen);
            if (line.seen && std::ranges::find(task.checks, line.seen->check) == task.checks.end()) {
                task.checks.push_back(line.seen->check);
            }
        }
    }
    for (const office::UnclearTick& tick : sheet.unclear) {
        task.worksheet += (task.worksheet.empty() ? "【未识别】" : "\n【未识别】") + tick.text;
    }
    for (const office::WorksheetTarget& target : sheet.targets) {
        task.counted += (task.counted.empty() ? "" : "\n") + target.target.words + "：" +
                        (target.isTogether ? "各单位合计" : "") + standingWords(target.target, target.tally);
    }
}

bool hasWorksheet(const FormTemplate& form) {
    return form.table && std::ranges::any_of(form.table->columns, [](const FormColumn& column) {
               return column.field == FormField::worksheet || column.field == FormField::counted;
           });
}

Result<void> addWorksheets(Home& home, const ReadingRequest& wanted, LedgerReading& ledger) {
    HZ_TRY(const std::vector<office::Worksheet> sheets,
           office::worksheets(home, wanted.ledger, *wanted.unit, ""));
    for (TaskReading& task : ledger.tasks) {
        const auto sheet = std::ranges::find(sheets, task.record, &office::Worksheet::task);
        if (sheet != sheets.end()) {
            addSheet(*sheet, task);
        }
    }
    return {};
}

Result<std::string> bytesOf(const PrintedForm& form, const std::string& type) {
    if (type == "docx") {
        return docxOf(form);
    }
    if (type == "xlsx") {
        return xlsxOf(form);
    }
    return type == "csv" ? csvOf(form) : jsonOf(form);
}

}  // namespace

std::span<const FormInfo> forms() {
    static const std::vector<std::string> kTypes = [] {
        std::vector<std::string> types;
        std::ranges::transform(builtInForms(), std::back_inserter(types), typesOf);
        return types;
    }();
    static const std::vector<FormInfo> kForms = [] {
        std::vector<FormInfo> infos;
        for (std::size_t i = 0; i < kTypes.size(); ++i) {
            const FormTemplate& form = builtInForms()[i];
            infos.push_back({form.name, form.title, form.titleEn, kTypes[i], form.made});
        }
        return infos;
    }();
    return kForms;
}

std::string formFingerprint(const Home& home, const PrintedForm& form) {
    return home.suite().hash({viewOf("hezhang form 1\n"), viewOf(canonicalText(form))}).hex();
}

Result<MadeForm> makeForm(Home& home, const FormTemplate& form, const ExportRequest& request,
                          const Progress& progress) {
    HZ_TRY(const ReadingRequest wanted, readingFor(home, form, request));
    HZ_TRY(LedgerReading reading, readLedger(home, wanted, progress));
    if (form.made == FormFor::ledger && wanted.window && !wanted.unit) {
        HZ_CHECK(addParagraphs(home, *wanted.window, reading));
    }
    if (wanted.unit && hasWorksheet(form)) {
        HZ_CHECK(addWorksheets(home, wanted, reading));
    }
    if (form.made == FormFor::unit && reading.tasks.empty()) {
        return fail(ErrorCode::notFound, schema::inQuotes(reading.unit) +
                                             " has no task in this ledger: name another unit with --unit");
    }
    std::optional<office::Matrix> matrix;
    if (form.made == FormFor::window) {
        HZ_TRY(matrix, office::matrix(home, *wanted.window));
    }
    MadeForm made{filledForm(form, reading, matrix ? &*matrix : nullptr), {reading.tasks.size(), 0}};
    for (const TaskReading& task : reading.tasks) {
        made.counts.filings += task.filings.size();
    }
    if (form.hasFingerprint) {
        made.form.fingerprint = formFingerprint(home, made.form);
    }
    return made;
}

Result<MadeForm> makeForm(Home& home, const ExportRequest& request, const Progress& progress) {
    HZ_TRY(const FormTemplate form, templateFor(request));
    return makeForm(home, form, request, progress);
}

Result<ExportAnswer> exportForm(Home& home, const ExportRequest& request, const Progress& progress) {
    HZ_TRY(const FormTemplate form, templateFor(request));
    HZ_TRY(const std::string type, fileTypeFor(form, request.file));
    HZ_TRY(const MadeForm made, makeForm(home, form, request, progress));
    if (type == "pdf") {
        HZ_CHECK(writePdf(htmlOf(made.form), made.form.isLetter() ? PaperKind::letter : PaperKind::table,
                          made.form.page, request.file, progress));
        return made.counts;
    }
    HZ_TRY(const std::string bytes, bytesOf(made.form, type));
    HZ_CHECK(ledger::replaceFile(request.file, viewOf(bytes)));
    return made.counts;
}

}  // namespace hezhang::documents
