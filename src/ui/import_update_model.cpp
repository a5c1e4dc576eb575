// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/import_update_model.h"

#include "src/ui/field_words.h"
#include "src/ui/format.h"
#include "src/ui/message_table.h"

namespace hezhang::ui {

using documents::ChangedBy;
using documents::FieldUpdate;
using documents::TaskUpdate;
using documents::UpdateKind;

namespace {

QString remarkOf(const FieldUpdate& one) {
    if (one.changedBy == ChangedBy::document) {
        return {};
    }
    const QString who =
        one.by ? joined({toQt(one.by->unitName), toQt(one.by->personName), Format::when(one.by->at)})
               : QString();
    if (one.changedBy == ChangedBy::unknown) {
        return ImportUpdateModel::tr("Already in the ledger: %1. Nobody noted whether a document said so.")
            .arg(who);
    }
    return one.changedBy == ChangedBy::person
               ? ImportUpdateModel::tr("Changed in the ledger: %1. The document says what it said before.")
                     .arg(who)
               : ImportUpdateModel::tr("Changed in the ledger: %1. The document has changed here too.")
                     .arg(who);
}

// Long texts word by word; a date, a choice, names of units as wholes.
QVariantList runsOfField(const FieldUpdate& one) {
    if (fieldEditor("task", one.field) == QLatin1String("text")) {
        return runsOf(ledger::textDiff(one.before, one.after));
    }
    std::vector<ledger::TextRun> runs;
    const auto put = [&](ledger::RunKind kind, const std::string& text) {
        const QString words = text.empty() ? QString() : valueWords("task", one.field, text);
        if (!words.isEmpty()) {
            runs.push_back({kind, words.toStdString()});
        }
    };
    put(ledger::RunKind::removed, one.before);
    put(ledger::RunKind::added, one.after);
    return runsOf(runs);
}

}  // namespace

ImportUpdateModel::ImportUpdateModel(HomeThread& reader, QObject* parent)
    : QObject(parent),
      m_ledgers(this),
      m_candidates(this),
      m_missing(this),
      m_fields(this),
      m_reading(reader, this) {
    m_reading.define<Loaded>(
        [this] {
            return [document = m_document, choices = m_choices, isPicked = m_isLedgerPicked,
                    question = m_question](ledger::Home& home) -> Result<Loaded> {
                Loaded loaded;
                if (document) {
                    HZ_TRY(loaded, load(home, *document, choices, isPicked));
                }
                loaded.question = question;
                return loaded;
            };
        },
        [this](Result<Loaded> loaded) { take(std::move(loaded)); });
}

Result<ImportUpdateModel::Loaded> ImportUpdateModel::load(ledger::Home& home,
                                                          const documents::ImportedDocument& document,
                                                          const documents::UpdateChoices& decided,
                                                          bool isPicked) {
    Loaded loaded;
    HZ_TRY(const documents::LedgerChoice choice, documents::ledgerOf(home, document));
    loaded.ledger = isPicked ? decided.ledger : choice.same ? choice.same : choice.likely;
    documents::UpdateChoices choices;  // what is decided about fields is laid on top (applyChoices)
    choices.ledger = loaded.ledger;
    choices.same = decided.same;
    HZ_TRY(documents::LedgerImport preview, documents::previewImport(home, document, choices));
    loaded.update = std::move(preview.update);
    for (std::size_t i = 0; i < document.tasks.size(); ++i) {
        loaded.placeOf[document.tasks[i].serial] = i;
    }
    if (!choice.same) {
        loaded.ledgers.push_back(ChoiceModel::rowOf(QStringLiteral("new"), QString(), tr("A new ledger")));
    }
    HZ_TRY(const std::vector<ledger::LedgerRow> ledgers, ledger::ledgers(home));
    for (const ledger::LedgerRow& one : ledgers) {
        loaded.ledgers.push_back(ChoiceModel::rowOf(idText(one.id), idText(one.id), toQt(one.title)));
    }
    return loaded;
}

void ImportUpdateModel::compare(std::optional<documents::ImportedDocument> document, bool isAnother) {
    m_document = std::move(document);
    if (m_document) {
        m_document->source.clear();  // only for people
    }
    ++m_question;
    if (isAnother) {
        m_choices = {};
        m_isLedgerPicked = false;
        m_isReady = false;
        m_update = {};
        m_placeOf.clear();
    }
    refresh();
    m_reading.again();
}

void ImportUpdateModel::take(Result<Loaded> loaded) {
    if (loaded && loaded->question != m_question) {
        return;
    }
    m_error = loaded ? std::nullopt : std::optional(loaded.error());
    m_isReady = loaded && m_document;
    m_update = m_isReady ? std::move(loaded->update) : documents::LedgerUpdate{};
    m_placeOf = m_isReady ? std::move(loaded->placeOf) : std::map<int, std::size_t>{};
    if (m_isReady) {
        m_choices.ledger = loaded->ledger;
        m_ledgers.setRows(std::move(loaded->ledgers));
    }
    applyChoices();
    refresh();
}

// A decision about words that are others now has to be made again.
void ImportUpdateModel::applyChoices() {
    std::map<std::pair<RecordId, std::string>, documents::UpdateChoices::Field> fields;
    for (TaskUpdate& task : m_update.tasks) {
        for (FieldUpdate& one : task.fields) {
            const auto choice = m_choices.fields.find({task.task, one.field});
            if (choice != m_choices.fields.end() && choice->second.before == one.before) {
                one.isTaken = choice->second.isTaken;
                fields.insert(*choice);
            }
        }
    }
    std::set<RecordId> removed;
    for (TaskUpdate& task : m_update.missing) {
        task.isRemoved = m_choices.removed.contains(task.task);
        if (task.isRemoved) {
            removed.insert(task.task);
        }
    }
    if (m_isReady) {
        m_choices.fields = std::move(fields);
        m_choices.removed = std::move(removed);
    }
}

const TaskUpdate* ImportUpdateModel::taskAt(int serial) const {
    const auto place = m_placeOf.find(serial);
    return place == m_placeOf.end() ? nullptr : &m_update.tasks[place->second];
}

std::vector<Row> ImportUpdateModel::fieldRows() const {
    std::vector<Row> fields;
    const TaskUpdate* shown = m_update.isNew ? nullptr : taskAt(m_shown);
    const bool isCompared = shown != nullptr && shown->kind != UpdateKind::added;
    for (const FieldUpdate& one : isCompared ? shown->fields : std::vector<FieldUpdate>()) {
        using Role = ImportFieldListModel::Role;
        Row row{toQt(one.field), {}};
        row.set(Role::field, row.key)
            .set(Role::title, fieldTitle("task", one.field))
            .set(Role::runs, runsOfField(one))
            .set(Role::isTaken, one.isTaken)
            .set(Role::isEdited, one.changedBy != ChangedBy::document)
            .set(Role::remark, remarkOf(one));
        fields.push_back(std::move(row));
    }
    return fields;
}

// Of a task that is new, or that the person has taken for another.
std::vector<Row> ImportUpdateModel::candidateRows() const {
    const TaskUpdate* shown = m_update.isNew ? nullptr : taskAt(m_shown);
    const bool isChosen = m_choices.same.contains(m_shown);
    std::vector<Row> rows;
    if (shown == nullptr || (shown->kind != UpdateKind::added && !isChosen)) {
        return rows;
    }
    const auto put = [&](const RecordId& task, std::int64_t serial, const std::string& content) {
        rows.push_back(ChoiceModel::rowOf(idText(task), idText(task),
                                          QString::number(serial) + QLatin1Char(' ') + toQt(content)));
    };
    rows.push_back(ChoiceModel::rowOf(QStringLiteral("new"), QString(), tr("A new task")));
    if (isChosen && shown->kind != UpdateKind::added) {
        const auto content = std::ranges::find(shown->fields, "content", &FieldUpdate::field);
        put(shown->task, shown->serial, content == shown->fields.end() ? shown->content : content->before);
    }
    for (const TaskUpdate& task : m_update.missing) {
        put(task.task, task.serial, task.content);
    }
    return rows;
}

void ImportUpdateModel::refresh() {
    m_fields.setRows(fieldRows());
    m_candidates.setRows(candidateRows());
    std::vector<Row> missing;
    for (const TaskUpdate& task : m_update.missing) {
        using Role = ImportMissingListModel::Role;
        Row row{idText(task.task), {}};
        row.set(Role::taskId, row.key)
            .set(Role::number, task.number.empty() ? QString::number(task.serial) : toQt(task.number))
            .set(Role::title, toQt(task.content))
            .set(Role::filings, static_cast<int>(task.filings))
            .set(Role::isRemoved, task.isRemoved);
        missing.push_back(std::move(row));
    }
    m_missing.setRows(std::move(missing));
    emit changed();
}

void ImportUpdateModel::show(int serial) {
    m_shown = serial;
    refresh();
}

void ImportUpdateModel::take(const QString& field, bool isTaken) {
    const TaskUpdate* task = taskAt(m_shown);
    for (const FieldUpdate& one : task == nullptr ? std::vector<FieldUpdate>() : task->fields) {
        if (toQt(one.field) == field) {
            m_choices.fields[{task->task, one.field}] = {isTaken, one.before};
        }
    }
    applyChoices();
    refresh();
}

void ImportUpdateModel::remove(const QString& taskId, bool isRemoved) {
    if (isRemoved) {
        m_choices.removed.insert(idOf(taskId));
    } else {
        m_choices.removed.erase(idOf(taskId));
    }
    applyChoices();
    refresh();
}

QString ImportUpdateModel::ledgerId() const {
    return m_choices.ledger ? idText(*m_choices.ledger) : QString();
}

void ImportUpdateModel::setLedgerId(const QString& id) {
    if (m_isReady && id == ledgerId()) {
        return;
    }
    m_isLedgerPicked = true;
    m_choices = {};
    m_choices.ledger = id.isEmpty() ? std::nullopt : std::optional(idOf(id));
    m_isReady = false;
    ++m_question;
    m_reading.again();
    refresh();
}

QString ImportUpdateModel::sameTaskId() const {
    const auto same = m_choices.same.find(m_shown);
    return same == m_choices.same.end() ? QString() : idText(same->second);
}

void ImportUpdateModel::setSameTaskId(const QString& taskId) {
    if (taskId == sameTaskId()) {
        return;
    }
    if (taskId.isEmpty()) {
        m_choices.same.erase(m_shown);
    } else {
        m_choices.same[m_shown] = idOf(taskId);
    }
    ++m_question;
    m_reading.again();
    emit changed();
}

QString ImportUpdateModel::resembles() const {
    const TaskUpdate* shown = m_update.isNew ? nullptr : taskAt(m_shown);
    return shown != nullptr && shown->resembles ? QString::number(*shown->resembles) : QString();
}

QString ImportUpdateModel::kindOf(int serial) const {
    const TaskUpdate* task = m_update.isNew ? nullptr : taskAt(serial);
    if (task == nullptr) {
        return {};
    }
    switch (task->kind) {
    case UpdateKind::added:
        return QStringLiteral("added");
    case UpdateKind::changed:
        return QStringLiteral("changed");
    case UpdateKind::renumbered:
        return QStringLiteral("renumbered");
    case UpdateKind::same:
        break;
    }
    return {};
}

int ImportUpdateModel::keptOf(int serial) const {
    const TaskUpdate* task = taskAt(serial);
    int kept = 0;
    for (const FieldUpdate& one : task == nullptr ? std::vector<FieldUpdate>() : task->fields) {
        kept += !one.isTaken && one.changedBy != ChangedBy::document ? 1 : 0;
    }
    return kept;
}

QString ImportUpdateModel::errorWhat() const {
    return m_error ? MessageTable::of(m_error->code).what : QString();
}

QString ImportUpdateModel::errorNext() const {
    return m_error ? MessageTable::of(m_error->code).next : QString();
}

}  // namespace hezhang::ui
