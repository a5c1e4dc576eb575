// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/cli/import_choices.h"

#include <algorithm>
#include <charconv>

#include "schema/text_rules.h"
#include "src/documents/import_preview.h"
#include "src/ledger/names.h"

namespace hezhang::cli {

using documents::FieldUpdate;
using documents::ImportedDocument;
using documents::ImportedTask;
using documents::LedgerUpdate;
using documents::TaskUpdate;
using documents::UpdateChoices;
using ledger::Home;

namespace {

// Left and right of the sign; both there.
std::optional<std::pair<std::string, std::string>> halves(std::string_view text, char sign) {
    const std::size_t at = text.find(sign);
    if (at == std::string_view::npos || at == 0 || at + 1 == text.size()) {
        return std::nullopt;
    }
    return std::pair(std::string(text.substr(0, at)), std::string(text.substr(at + 1)));
}

bool isRowTask(std::string_view text) {
    const auto parts = halves(text, '=');
    return parts && isPositive(parts->first);
}

bool isTaskField(std::string_view text) {
    const auto parts = halves(text, '/');
    return parts && schema::isName(parts->second);
}

Result<const ImportedTask*> rowOf(const ImportedDocument& document, const std::string& typed) {
    int serial = 0;
    std::from_chars(typed.data(), typed.data() + typed.size(), serial);
    const auto row = std::ranges::find(document.tasks, serial, &ImportedTask::serial);
    if (row == document.tasks.end()) {
        return fail(ErrorCode::notFound,
                    "the document has no row " + typed + " (hz import --dry-run numbers them)");
    }
    return &*row;
}

class ChoiceReader {
public:
    ChoiceReader(const Args& args, Home& home, const ImportedDocument& document)
        : m_args(args), m_home(home), m_document(document) {}

    Result<UpdateChoices> read() {
        if (const auto named = m_args.value("ledger")) {
            HZ_TRY(m_choices.ledger, ledger::findLedger(m_home.state(), *named));
        }
        m_choices.isOverEdits = m_args.has("over-edits");
        m_choices.isRemovingMissing = m_args.has("remove-missing");
        if (asksForLedger(m_args)) {
            HZ_CHECK(findTarget());
            HZ_CHECK(readSame());
            HZ_TRY(documents::LedgerImport preview, documents::previewImport(m_home, m_document, m_choices));
            m_update = std::move(preview.update);
            HZ_CHECK(checkSame());
            HZ_CHECK(readFields("take", true));
            HZ_CHECK(readFields("keep", false));
            HZ_CHECK(readRemoved());
        }
        return std::move(m_choices);
    }

private:
    Result<void> findTarget() {
        HZ_TRY(const documents::LedgerChoice found, documents::ledgerOf(m_home, m_document));
        const auto target = m_choices.ledger ? m_choices.ledger : found.same;
        if (!target) {
            return fail(ErrorCode::notFound,
                        "no ledger has the year and title of the document: name one with --ledger");
        }
        m_ledger = target->hex();
        return {};
    }
    Result<RecordId> taskOf(const std::string& typed) {
        return ledger::findTask(m_home.state(), typed, m_ledger);
    }
    Result<void> readSame() {
        for (const std::string& typed : m_args.values("same")) {
            const auto parts = *halves(typed, '=');
            HZ_TRY(const ImportedTask* const row, rowOf(m_document, parts.first));
            HZ_TRY(m_choices.same[row->serial], taskOf(parts.second));
        }
        return {};
    }
    // What equal words have brought together stays so.
    Result<void> checkSame() {
        for (const TaskUpdate& update : m_update.tasks) {
            const int serial = m_document.tasks[*update.place].serial;
            const auto wanted = m_choices.same.find(serial);
            if (wanted != m_choices.same.end() && wanted->second != update.task) {
                return fail(ErrorCode::notFound,
                            "row " + std::to_string(serial) + " or that task has its counterpart already");
            }
        }
        return {};
    }
    Result<void> readFields(std::string_view option, bool isTaken) {
        for (const std::string& typed : m_args.values(option)) {
            const auto parts = *halves(typed, '/');
            HZ_TRY(const RecordId task, taskOf(parts.first));
            const FieldUpdate* const field = fieldOf(task, parts.second);
            if (field == nullptr) {
                return fail(ErrorCode::notFound,
                            "document and ledger do not differ in " + schema::inQuotes(typed));
            }
            const auto [known, isNew] = m_choices.fields.emplace(
                std::pair(task, field->field), UpdateChoices::Field{isTaken, field->before});
            if (!isNew && known->second.isTaken != isTaken) {
                return usage(schema::inQuotes(typed) + " cannot be taken and kept at once");
            }
        }
        return {};
    }
    [[nodiscard]] const FieldUpdate* fieldOf(const RecordId& task, const std::string& field) const {
        for (const TaskUpdate& update : m_update.tasks) {
            const auto found = std::ranges::find(update.fields, field, &FieldUpdate::field);
            if (update.task == task && update.kind != documents::UpdateKind::added &&
                found != update.fields.end()) {
                return &*found;
            }
        }
        return nullptr;
    }
    Result<void> readRemoved() {
        for (const std::string& typed : m_args.values("remove-task")) {
            HZ_TRY(const RecordId task, taskOf(typed));
            if (std::ranges::find(m_update.missing, task, &TaskUpdate::task) == m_update.missing.end()) {
                return fail(ErrorCode::notFound, "the document has task " + schema::inQuotes(typed));
            }
            m_choices.removed.insert(task);
        }
        return {};
    }

    const Args& m_args;
    Home& m_home;
    const ImportedDocument& m_document;
    std::string m_ledger;  // the id of the one that is updated
    UpdateChoices m_choices;
    LedgerUpdate m_update;
};

}  // namespace

std::vector<OptionSpec> importChoiceOptions() {
    return {{"title", Takes::one, "TITLE", "the ledger's title, against what the document says",
             Need::optional, isNotEmpty},
            {"leave-out", Takes::many, "ROW", "without this row of the document", Need::optional, isPositive},
            {"same", Takes::many, "ROW=TASK", "this row is that task of the ledger, though the words differ",
             Need::optional, isRowTask},
            {"take", Takes::many, "TASK/FIELD", "take the document's words in this field", Need::optional,
             isTaskField},
            {"keep", Takes::many, "TASK/FIELD", "keep the ledger's words in this field", Need::optional,
             isTaskField},
            {"remove-task", Takes::many, "TASK", "remove this task, which the document lacks", Need::optional,
             isNotEmpty}};
}

bool asksForLedger(const Args& args) {
    return args.has("same") || args.has("take") || args.has("keep") || args.has("remove-task");
}

Result<ImportedDocument> correctedDocument(const Args& args, ImportedDocument document) {
    if (!args.has("title") && !args.has("leave-out")) {
        return document;
    }
    std::vector<std::size_t> gone;
    for (const std::string& typed : args.values("leave-out")) {
        HZ_TRY(const ImportedTask* const row, rowOf(document, typed));
        gone.push_back(static_cast<std::size_t>(row - document.tasks.data()));
    }
    documents::ImportPreview preview(std::move(document), {});
    if (const auto title = args.value("title")) {
        HZ_CHECK(preview.setTitle(*title));
    }
    for (const std::size_t place : gone) {
        HZ_CHECK(preview.setLeftOut(place, true));
    }
    return preview.result();
}

Result<UpdateChoices> updateChoices(const Args& args, Home& home, const ImportedDocument& document) {
    return ChoiceReader(args, home, document).read();
}

}  // namespace hezhang::cli
