// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/documents/ledger_import.h"

#include <algorithm>

#include "src/ledger/one_transaction.h"

namespace hezhang::documents {

using ledger::EditRequest;
using ledger::Home;
using nlohmann::json;
using sync::OpKind;

namespace {

std::vector<UnresolvedUnit> unresolvedOf(std::span<const ledger::NamedUnit> county,
                                         const ImportedDocument& document, const LedgerUpdate& update) {
    std::vector<UnresolvedUnit> unresolved;
    for (const TaskUpdate& task : update.tasks) {
        const ImportedTask& said = document.tasks[*task.place];
        for (const ledger::PhraseUnit& phrase :
             said.picked ? std::vector<ledger::PhraseUnit>() : said.units) {
            ResolvedUnit resolved = resolveUnit(county, phrase);
            if (!resolved.reason.empty()) {
                unresolved.push_back({task.task, task.serial, phrase.name,
                                      std::string(ledger::name(phrase.role)), std::move(resolved.reason)});
            }
        }
    }
    return unresolved;
}

std::vector<ImportWarning> warningsOf(const ImportedDocument& document, const LedgerUpdate& update) {
    std::vector<ImportWarning> warnings = document.warnings;
    for (const TaskUpdate& task : update.missing) {
        if (!task.isRemoved) {
            warnings.push_back({0, "task " + std::to_string(task.serial) +
                                       " of the ledger is not in this document; it stays as it is"});
        }
    }
    for (const TaskUpdate& task : update.tasks) {
        if (task.resembles) {
            warnings.push_back({document.tasks[*task.place].line,
                                "task " + task.number + " resembles task " + std::to_string(*task.resembles) +
                                    " of the ledger; taken as a new one, please check"});
        }
    }
    return warnings;
}

// Writes what is planned, and notes what it wrote.
class Writer {
public:
    Writer(Home& home, const LedgerUpdate& plan, const ImportedDocument& document, DocumentValues& values,
           const Progress& progress)
        : m_home(home), m_plan(plan), m_document(document), m_values(values), m_progress(progress) {}

    Result<void> write() {
        const json ledgerKey{{"year", m_document.year.value_or(0)}, {"title", m_document.title}};
        HZ_CHECK(writeFields("ledger", m_plan.isNew ? ledgerKey : json(), m_plan.ledger, m_plan.head));
        std::int64_t order = 0;
        for (const SectionUpdate& section : m_plan.sections) {
            const json key = keyOf(section.serial);
            if (section.title) {
                HZ_CHECK(writeFields("section", key, section.section, {*section.title}));
            }
            HZ_CHECK(writeOrder("section", key, section.section, ++order));
        }
        for (std::size_t i = 0; i < m_plan.tasks.size(); ++i) {
            HZ_CHECK(tell(m_progress, i, m_plan.tasks.size()));
            const TaskUpdate& task = m_plan.tasks[i];
            HZ_CHECK(writeFields("task", keyOf(task.serial), task.task, task.fields));
            HZ_CHECK(writeOrder("task", keyOf(task.serial), task.task, static_cast<std::int64_t>(i + 1)));
        }
        for (const TaskUpdate& task : m_plan.missing) {
            if (task.isRemoved) {
                HZ_TRY([[maybe_unused]] const sync::EditAnswer answer, m_home.deleteRecord(task.task));
            }
        }
        return m_values.write(m_plan.ledger);
    }

private:
    [[nodiscard]] json keyOf(std::int64_t serial) const {
        return {{"ledger", m_plan.ledger.hex()}, {"serial", serial}};
    }

    // A null key: the record is there.
    static EditRequest requestOf(const std::string& registerName, const json& key, const RecordId& id,
                                 const std::string& field) {
        EditRequest request;
        if (key.is_null()) {
            request.record = id;
        } else {
            request.registerName = registerName;
            request.key = key;
        }
        request.field = field;
        return request;
    }

    Result<void> edit(EditRequest request, OpKind kind, const json& value) {
        request.kind = kind;
        request.json = value;
        HZ_TRY(const sync::EditAnswer answer, m_home.edit(request));
        m_values.note(answer.dot);
        return {};
    }

    Result<void> writeFields(const std::string& registerName, const json& key, const RecordId& id,
                             const std::vector<FieldUpdate>& fields) {
        for (const FieldUpdate& one : fields) {
            if (!one.isTaken) {
                continue;
            }
            const EditRequest request = requestOf(registerName, key, id, one.field);
            if (!one.value.is_null()) {
                HZ_CHECK(edit(request, OpKind::assign, one.value));
            }
            for (const RecordId& unit : one.added) {
                HZ_CHECK(edit(request, OpKind::add, unit.hex()));
            }
            for (const RecordId& unit : one.removed) {
                HZ_CHECK(edit(request, OpKind::remove, unit.hex()));
            }
        }
        return {};
    }

    // Where it stands in the document; nobody is told of it.
    Result<void> writeOrder(const std::string& registerName, const json& key, const RecordId& id,
                            std::int64_t order) {
        HZ_TRY(const std::optional<sync::Value> shown, m_home.state().shown(id, "order"));
        if (shown && shown->asInteger() == order) {
            return {};
        }
        return edit(requestOf(registerName, key, id, "order"), OpKind::assign, order);
    }

    Home& m_home;
    const LedgerUpdate& m_plan;
    const ImportedDocument& m_document;
    DocumentValues& m_values;
    const Progress& m_progress;
};

Result<LedgerImport> work(Home& home, const ImportedDocument& document, const UpdateChoices& choices,
                          const Progress& progress, bool isWritten) {
    HZ_TRY(const LedgerChoice choice, ledgerOf(home, document));
    HZ_TRY(DocumentValues values, DocumentValues::of(home, choices.ledger ? choices.ledger : choice.same));
    LedgerImport result;
    HZ_TRY(result.update, planUpdate(home, document, choices, values, isWritten ? Progress() : progress));
    HZ_TRY(const std::vector<ledger::NamedUnit> county, ledger::units(home.state()));
    result.unresolved = unresolvedOf(county, document, result.update);
    result.warnings = warningsOf(document, result.update);
    if (result.update.isNew && choice.likely) {
        HZ_TRY(const std::optional<sync::RecordReading> likely, home.state().read(*choice.likely));
        result.warnings.push_back(
            {0, "the ledger " + ledger::keyText(likely->record.key, "title").value_or("") +
                    " of the same year has much the same title; this makes another one"});
    }
    if (isWritten) {
        HZ_CHECK(Writer(home, result.update, document, values, progress).write());
    }
    return result;
}

}  // namespace

Result<LedgerImport> previewImport(Home& home, const ImportedDocument& document, const UpdateChoices& choices,
                                   const Progress& progress) {
    return work(home, document, choices, progress, false);
}

Result<LedgerImport> importLedger(Home& home, const ImportedDocument& document, const UpdateChoices& choices,
                                  const Progress& progress) {
    return ledger::inOneTransaction(home, [&] { return work(home, document, choices, progress, true); });
}

}  // namespace hezhang::documents
