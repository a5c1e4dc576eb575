// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/import_model.h"

#include <QClipboard>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMimeData>

#include "src/documents/import_office.h"
#include "src/documents/text_import.h"
#include "src/ledger/county_calendar.h"
#include "src/ui/format.h"
#include "src/ui/reader_remark.h"
#include "src/ui/reading_error.h"
#include "src/ui/words.h"

namespace hezhang::ui {
namespace {

QString doubtText(const documents::Doubt& doubt) {
    switch (doubt.kind) {
    case documents::DoubtKind::unit:
        return ImportModel::tr("“%1” is no unit of the county: pick one.").arg(toQt(doubt.text));
    case documents::DoubtKind::deadline:
        return ImportModel::tr("“%1” gives no date: type one, or leave it.").arg(toQt(doubt.text));
    case documents::DoubtKind::year:
        return ImportModel::tr("The document does not say its year.");
    case documents::DoubtKind::reader:
        return ReaderRemark::text(toQt(doubt.text)).value_or(toQt(doubt.text));
    }
    return {};
}

// Where a doubt has no task of its own, the task whose lines it stands in.
std::optional<std::size_t> taskAt(const documents::ImportedDocument& document,
                                  const documents::Doubt& doubt) {
    if (doubt.task || doubt.line == 0) {
        return doubt.task;
    }
    std::optional<std::size_t> found;
    for (std::size_t i = 0; i < document.tasks.size() && document.tasks[i].line <= doubt.line; ++i) {
        found = i;
    }
    return found;
}

const documents::ImportedSection* sectionOf(const documents::ImportedDocument& document, int serial) {
    for (const documents::ImportedSection& section : document.sections) {
        if (std::find(section.tasks.begin(), section.tasks.end(), serial) != section.tasks.end()) {
            return &section;
        }
    }
    return nullptr;
}

QString dueOf(const documents::ImportedTask& task) {
    if (task.due) {
        return Format::date(toQt(task.due->text()));
    }
    return Format::recurrence(toQt(std::string(name(task.recurrence))));
}

}  // namespace

// --- the document

ImportModel::ImportModel(HomeThread& reader, StoreThread& store, QObject* parent)
    : QObject(parent),
      m_reader(reader),
      m_store(store),
      m_tasks(this),
      m_unitChoice(this),
      m_task(*this),
      m_update(reader, this),
      m_work(this) {
    connect(&m_work, &LongWork::changed, this, &ImportModel::changed);
    connect(&m_update, &ImportUpdateModel::changed, this, &ImportModel::listTasks);
}

QString ImportModel::phase() const {
    switch (m_phase) {
    case Phase::empty:
        return QStringLiteral("empty");
    case Phase::reading:
        return QStringLiteral("reading");
    case Phase::preview:
        return QStringLiteral("preview");
    case Phase::creating:
        return QStringLiteral("creating");
    case Phase::done:
        return QStringLiteral("done");
    }
    return {};
}

template <class Read>
void ImportModel::read(const QString& name, Read reader) {
    if (m_phase == Phase::reading || m_phase == Phase::creating) {
        return;
    }
    close();
    m_phase = Phase::reading;
    m_fileName = name;
    emit changed();
    m_reader.ask<documents::ImportPreview>(
        this,
        [reader = std::move(reader),
         progress = m_work.start()](ledger::Home& home) -> Result<documents::ImportPreview> {
            HZ_TRY(std::vector<ledger::NamedUnit> county, ledger::units(home.state()));
            documents::ImportOptions options;
            HZ_TRY(options.calendar, ledger::calendarOf(home));
            HZ_TRY(documents::ImportedDocument document, reader(options, progress));
            return documents::ImportPreview(std::move(document), std::move(county),
                                            std::move(options.calendar));
        },
        [this](Result<documents::ImportPreview> preview) {
            m_work.end();
            m_phase = preview ? Phase::preview : Phase::empty;
            if (preview) {
                m_preview = std::move(*preview);
                m_only = QStringLiteral("all");
                std::vector<Row> units;
                for (const ledger::NamedUnit& unit : m_preview->county()) {
                    using Role = ImportUnitListModel::Role;
                    if (unit.isOver) {
                        continue;
                    }
                    Row row{idText(unit.id), {}};
                    row.set(Role::unitId, row.key)
                        .set(Role::title, toQt(unit.name))
                        .set(Role::unitRole, QString());
                    units.push_back(std::move(row));
                }
                m_unitChoice.setRows(std::move(units));
            } else if (preview.error().code != ErrorCode::cancelled) {
                m_error = preview.error();
            }
            refresh();
        });
}

void ImportModel::openFile(const QUrl& file) {
    const QString path = file.isLocalFile() ? file.toLocalFile() : file.toString();
    read(QFileInfo(path).fileName(), [path = path.toStdString()](const documents::ImportOptions& options,
                                                                 const documents::Progress& progress) {
        return documents::importFile(path, options, progress);
    });
}

void ImportModel::openText(const QString& text) {
    read(tr("Pasted text"),
         [bytes = text.toStdString()](const documents::ImportOptions& options, const documents::Progress&) {
             return documents::importText(bytes, options);
         });
}

void ImportModel::paste() {
    const QMimeData* data = QGuiApplication::clipboard()->mimeData();
    if (data != nullptr && data->hasUrls() && !data->urls().isEmpty()) {
        openFile(data->urls().constFirst());
    } else if (data != nullptr && data->hasText()) {
        openText(data->text());
    }
}

void ImportModel::close() {
    if (m_phase == Phase::reading || m_phase == Phase::creating) {
        return;
    }
    m_phase = Phase::empty;
    m_preview.reset();
    m_error.reset();
    m_fileName.clear();
    m_doneText.clear();
    m_ledgerId.clear();
    choose(-1);
    refresh();
}

Row ImportModel::rowOf(std::size_t task) const {
    using Role = ImportTaskListModel::Role;
    const documents::ImportedDocument& document = m_preview->document();
    const documents::ImportedTask& one = document.tasks[task];
    const documents::ImportedSection* section = sectionOf(document, one.serial);
    QStringList units;
    for (const documents::PickedUnit& unit : m_preview->unitsOf(task)) {
        units.append(unitNameOf(unit.unit));
    }
    const auto isHere = [&](const documents::Doubt& doubt) { return taskAt(document, doubt) == task; };
    const bool isLeftOut = m_preview->isLeftOut(task);
    Row row{QString::number(task), {}};
    row.set(Role::number, one.ordinal.empty() ? QString::number(one.serial) : toQt(one.ordinal))
        .set(Role::title, joined({toQt(one.item), toQt(one.content)}))
        .set(Role::section, section != nullptr ? toQt(section->title) : QString())
        .set(Role::unitsText, units.join(tr(", ", "between units")))
        .set(Role::dueText, dueOf(one))
        .set(Role::doubts,
             isLeftOut ? 0 : static_cast<int>(std::count_if(m_doubts.begin(), m_doubts.end(), isHere)))
        .set(Role::isLeftOut, isLeftOut)
        .set(Role::place, static_cast<int>(task))
        .set(Role::change, m_update.kindOf(one.serial))
        .set(Role::kept, m_update.keptOf(one.serial));
    return row;
}

void ImportModel::refresh() {
    m_doubts = m_preview ? m_preview->doubts() : std::vector<documents::Doubt>();
    std::optional<documents::ImportedDocument> document;
    if (auto made = m_preview && m_phase == Phase::preview
                        ? m_preview->result()
                        : Result<documents::ImportedDocument>(fail(ErrorCode::noTasks, ""))) {
        document = std::move(*made);
    }
    m_update.compare(std::move(document), !m_preview);
}

void ImportModel::listTasks() {
    using Role = ImportTaskListModel::Role;
    std::vector<Row> rows;
    for (std::size_t i = 0; m_preview && i < m_preview->document().tasks.size(); ++i) {
        Row row = rowOf(i);
        const bool isListed = m_only == QLatin1String("all") ||
                              (m_only == QLatin1String("kept") ? row.at(Role::kept).toInt() > 0
                                                               : row.at(Role::change).toString() == m_only);
        if (isListed) {
            rows.push_back(std::move(row));
        }
    }
    m_tasks.setRows(std::move(rows));
    emit changed();
}

void ImportModel::setOnly(const QString& only) {
    m_only = only;
    listTasks();
}

void ImportModel::choose(int place) {
    m_task.show(place);
    const bool isThere = m_preview && place >= 0;
    m_update.show(isThere ? m_preview->document().tasks[static_cast<std::size_t>(place)].serial : 0);
}

QString ImportModel::title() const {
    return m_preview ? toQt(m_preview->document().title) : QString();
}

int ImportModel::year() const {
    return m_preview ? m_preview->document().year.value_or(0) : 0;
}

// An empty one is not taken: while it is typed it may be empty for a moment.
void ImportModel::setTitle(const QString& title) {
    if (m_preview && m_preview->setTitle(title.toStdString())) {
        emit changed();
    }
}

void ImportModel::setYear(int year) {
    if (m_preview && m_preview->setYear(year)) {
        refresh();
    }
}

int ImportModel::taskCount() const {
    int count = 0;
    for (std::size_t i = 0; m_preview && i < m_preview->document().tasks.size(); ++i) {
        count += m_preview->isLeftOut(i) ? 0 : 1;
    }
    return count;
}

QString ImportModel::headDoubts() const {
    QStringList lines;
    for (const documents::Doubt& doubt : m_doubts) {
        if (!taskAt(m_preview->document(), doubt)) {
            lines.append(doubtText(doubt));
        }
    }
    return lines.join(QLatin1Char('\n'));
}

QString ImportModel::doubtsOf(std::size_t task) const {
    QStringList lines;
    for (const documents::Doubt& doubt : m_doubts) {
        if (taskAt(m_preview->document(), doubt) == task) {
            lines.append(doubtText(doubt));
        }
    }
    return lines.join(QLatin1Char('\n'));
}

QString ImportModel::unitNameOf(const RecordId& unit) const {
    for (const ledger::NamedUnit& one : m_preview->county()) {
        if (one.id == unit) {
            return toQt(one.name);
        }
    }
    return {};
}

bool ImportModel::canCreate() const {
    return m_phase == Phase::preview && m_preview && m_preview->document().year &&
           !m_preview->document().title.empty() && taskCount() > 0 && m_update.isReady();
}

void ImportModel::create() {
    if (!canCreate()) {
        return;
    }
    auto document = m_preview->result();
    if (!document) {
        m_error = document.error();
        emit changed();
        return;
    }
    m_phase = Phase::creating;
    m_error.reset();
    m_store.edit<documents::LedgerImport>(
        this,
        [document = std::move(*document), choices = m_update.choices(), progress = m_work.start()](
            ledger::Home& home) { return documents::importLedger(home, document, choices, progress); },
        [this](const Result<documents::LedgerImport>& made) { finish(made); });
    emit changed();
}

void ImportModel::finish(const Result<documents::LedgerImport>& made) {
    m_work.end();
    m_phase = made ? Phase::done : Phase::preview;
    if (made) {
        m_ledgerId = idText(made->update.ledger);
        m_doneText = joined(
            {tr("%n task(s) new", "", static_cast<int>(made->update.count(documents::UpdateKind::added))),
             tr("%n changed", "", static_cast<int>(made->update.changed())),
             tr("%n without its unit", "", static_cast<int>(made->unresolved.size()))});
    } else if (made.error().code != ErrorCode::cancelled) {
        m_error = made.error();
    }
    emit changed();
}

QString ImportModel::errorWhat() const {
    return m_error ? ReadingError::of(*m_error).what : QString();
}

QString ImportModel::errorNext() const {
    return m_error ? ReadingError::of(*m_error).next : QString();
}

// --- one task

ImportTaskModel::ImportTaskModel(ImportModel& document)
    : QObject(&document), m_document(document), m_units(this) {
    connect(&document, &ImportModel::changed, this, [this] { show(m_index); });
}

const documents::ImportedTask* ImportTaskModel::one() const {
    const bool isThere = m_index >= 0 && m_document.hasPreview() &&
                         static_cast<std::size_t>(m_index) < m_document.preview().document().tasks.size();
    return isThere ? &m_document.preview().document().tasks[static_cast<std::size_t>(m_index)] : nullptr;
}

void ImportTaskModel::show(int index) {
    using Role = ImportUnitListModel::Role;
    if (index != m_index) {
        m_refusedContent.reset();
        m_error.clear();
    }
    m_index = index;
    std::vector<Row> rows;
    if (one() != nullptr) {
        for (const documents::PickedUnit& unit :
             m_document.preview().unitsOf(static_cast<std::size_t>(m_index))) {
            Row row{idText(unit.unit), {}};
            row.set(Role::unitId, row.key)
                .set(Role::title, m_document.unitNameOf(unit.unit))
                .set(Role::unitRole, toQt(std::string(name(unit.role))));
            rows.push_back(std::move(row));
        }
    }
    m_units.setRows(std::move(rows));
    emit changed();
}

void ImportTaskModel::finish(const Result<void>& correction) {
    m_error = correction ? QString() : tr("A task needs a content. It can also be left out.");
    m_document.refresh();
}

void ImportTaskModel::setText(documents::TaskText which, const QString& text) {
    if (one() != nullptr) {
        finish(m_document.preview().setText(static_cast<std::size_t>(m_index), which, text.toStdString()));
    }
}

void ImportTaskModel::setItem(const QString& text) {
    setText(documents::TaskText::item, text);
}
void ImportTaskModel::setContent(const QString& text) {
    m_refusedContent = text.trimmed().isEmpty() ? std::optional<QString>(text) : std::nullopt;
    setText(documents::TaskText::content, text.trimmed().isEmpty() ? QString() : text);
}
void ImportTaskModel::setIndicator(const QString& text) {
    setText(documents::TaskText::indicator, text);
}

void ImportTaskModel::setDeadlineWords(const QString& words) {
    if (one() != nullptr) {
        finish(m_document.preview().setDeadline(static_cast<std::size_t>(m_index), words.toStdString(),
                                                std::nullopt));
    }
}

void ImportTaskModel::setDue(const QString& iso) {
    const documents::ImportedTask* task = one();
    const auto date = ledger::Date::parse(iso.toStdString());
    if (task == nullptr || (!iso.isEmpty() && !date)) {
        return;
    }
    finish(m_document.preview().setDeadline(static_cast<std::size_t>(m_index), task->deadlineText,
                                            date ? std::optional<ledger::Date>(*date) : std::nullopt));
}

void ImportTaskModel::setLeftOut(bool isLeftOut) {
    if (one() != nullptr) {
        finish(m_document.preview().setLeftOut(static_cast<std::size_t>(m_index), isLeftOut));
    }
}

// A unit stands once: added again it gets the new role.
void ImportTaskModel::addUnit(const QString& unitId, const QString& unitRole) {
    if (one() == nullptr) {
        return;
    }
    const auto at = static_cast<std::size_t>(m_index);
    std::vector<documents::PickedUnit> units = m_document.preview().unitsOf(at);
    std::erase_if(units, [&](const documents::PickedUnit& unit) { return unit.unit == idOf(unitId); });
    const auto role = unitRole == QLatin1String("lead")        ? ledger::UnitRole::lead
                      : unitRole == QLatin1String("cooperate") ? ledger::UnitRole::cooperate
                                                               : ledger::UnitRole::responsible;
    units.push_back({idOf(unitId), role});
    finish(m_document.preview().setUnits(at, std::move(units)));
}

void ImportTaskModel::removeUnit(const QString& unitId) {
    if (one() == nullptr) {
        return;
    }
    const auto at = static_cast<std::size_t>(m_index);
    std::vector<documents::PickedUnit> units = m_document.preview().unitsOf(at);
    std::erase_if(units, [&](const documents::PickedUnit& unit) { return unit.unit == idOf(unitId); });
    finish(m_document.preview().setUnits(at, std::move(units)));
}

QString ImportTaskModel::number() const {
    const documents::ImportedTask* task = one();
    return task == nullptr         ? QString()
           : task->ordinal.empty() ? QString::number(task->serial)
                                   : toQt(task->ordinal);
}

QString ImportTaskModel::section() const {
    const documents::ImportedTask* task = one();
    const documents::ImportedSection* section =
        task != nullptr ? sectionOf(m_document.preview().document(), task->serial) : nullptr;
    return section != nullptr ? toQt(section->title) : QString();
}

QString ImportTaskModel::source() const {
    return one() != nullptr ? toQt(m_document.preview().sourceOf(static_cast<std::size_t>(m_index)))
                            : QString();
}

QString ImportTaskModel::doubts() const {
    return one() != nullptr ? m_document.doubtsOf(static_cast<std::size_t>(m_index)) : QString();
}

QString ImportTaskModel::item() const {
    return one() != nullptr ? toQt(one()->item) : QString();
}

QString ImportTaskModel::content() const {
    return m_refusedContent ? *m_refusedContent : one() != nullptr ? toQt(one()->content) : QString();
}

QString ImportTaskModel::indicator() const {
    return one() != nullptr ? toQt(one()->indicator) : QString();
}

QString ImportTaskModel::unitWords() const {
    return one() != nullptr ? toQt(one()->responsibleText) : QString();
}

QString ImportTaskModel::deadlineWords() const {
    return one() != nullptr ? toQt(one()->deadlineText) : QString();
}

QString ImportTaskModel::due() const {
    return one() != nullptr && one()->due ? toQt(one()->due->text()) : QString();
}

QString ImportTaskModel::dueText() const {
    return one() != nullptr ? dueOf(*one()) : QString();
}

bool ImportTaskModel::isLeftOut() const {
    return one() != nullptr && m_document.preview().isLeftOut(static_cast<std::size_t>(m_index));
}

}  // namespace hezhang::ui
