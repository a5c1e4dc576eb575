// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/returned_form_model.h"

#include <QFileInfo>

#include "src/documents/import_office.h"
#include "src/ledger/succession.h"
#include "src/office/matrix.h"
#include "src/ui/field_words.h"
#include "src/ui/format.h"
#include "src/ui/reading_error.h"

namespace hezhang::ui {

using documents::MatchKind;
using documents::ReturnedChange;
using documents::ReturnedRow;

namespace {

QString reasonOf(const ReturnedRow& row) {
    switch (row.kind) {
    case MatchKind::taken:
        return ReturnedFormModel::tr("Line %1 is about the same task %2.").arg(row.otherLine).arg(row.serial);
    case MatchKind::several:
        return ReturnedFormModel::tr("It resembles more than one task of the unit.");
    case MatchKind::equal:
    case MatchKind::alike:
    case MatchKind::perhaps:
    case MatchKind::none:
        break;
    }
    return ReturnedFormModel::tr("No task of the unit has this content.");
}

// Clerks and leaders hold what their unit files; the others read all units'.
bool readsEveryUnit(const std::string& role) {
    return role != "clerk" && role != "leader";
}

}  // namespace

ReturnedFormModel::ReturnedFormModel(HomeThread& reader, StoreThread& store, QObject* parent)
    : QObject(parent),
      m_reader(reader),
      m_store(store),
      m_windows(this),
      m_units(this),
      m_rows(this),
      m_rest(this),
      m_work(this),
      m_reading(reader, this) {
    connect(&m_work, &LongWork::changed, this, &ReturnedFormModel::changed);
    m_reading.define<Loaded>(
        [this] {
            return [document = m_document, windowId = m_windowId, unitId = m_unitId](ledger::Home& home) {
                return load(home, document, windowId, unitId);
            };
        },
        [this](Result<Loaded> loaded) { compare(std::move(loaded)); });
}

QString ReturnedFormModel::phase() const {
    switch (m_phase) {
    case Phase::empty:
        return QStringLiteral("empty");
    case Phase::reading:
        return QStringLiteral("reading");
    case Phase::shown:
        return QStringLiteral("shown");
    case Phase::saving:
        return QStringLiteral("saving");
    case Phase::done:
        return QStringLiteral("done");
    }
    return {};
}

void ReturnedFormModel::openFile(const QUrl& file) {
    if (m_phase == Phase::reading || m_phase == Phase::saving) {
        return;
    }
    close();
    const QString path = file.isLocalFile() ? file.toLocalFile() : file.toString();
    m_phase = Phase::reading;
    m_fileName = QFileInfo(path).fileName();
    emit changed();
    m_reader.ask<documents::ImportedDocument>(
        this,
        [path = path.toStdString(), progress = m_work.start()](ledger::Home&) {
            return documents::importFile(path, {}, progress);
        },
        [this](Result<documents::ImportedDocument> document) {
            m_work.end();
            if (document) {
                m_document = std::make_shared<const documents::ImportedDocument>(std::move(*document));
                m_reading.again();
                return;
            }
            m_phase = Phase::empty;
            if (document.error().code != ErrorCode::cancelled) {
                fail(document.error());
            }
            emit changed();
        });
}

Result<ReturnedFormModel::Loaded> ReturnedFormModel::load(ledger::Home& home, const Document& document,
                                                          const QString& windowId, const QString& unitId) {
    Loaded loaded;
    loaded.document = document;
    if (!document) {
        return loaded;
    }
    loaded.seesEveryUnit = readsEveryUnit(home.me().enrolment.role);
    HZ_TRY(const RecordId own, home.unit());
    HZ_TRY(const std::vector<ledger::NamedUnit> county, ledger::units(home.state()));
    const std::string named = documents::unitNamedBy(*document);
    const std::optional<RecordId> meant = ledger::matchUnit(county, named);
    const RecordId unit = !unitId.isEmpty() ? idOf(unitId) : loaded.seesEveryUnit && meant ? *meant : own;
    loaded.unitId = idText(unit);
    loaded.namedUnit = named.empty() || meant == unit ? QString() : toQt(named);
    for (const ledger::NamedUnit& one : county) {
        if (!one.isOver || one.id == unit) {
            loaded.units.push_back(ChoiceModel::rowOf(idText(one.id), idText(one.id), toQt(one.name)));
        }
    }
    ledger::Succession succession(home.state());
    HZ_TRY(loaded.mayFile, succession.mayActFor(own, unit));
    HZ_TRY(const std::vector<office::WindowRow> windows, office::windows(home));
    const office::WindowRow* chosen = nullptr;
    for (const office::WindowRow& one : windows) {
        const QString id = idText(one.window);
        const QString title = one.title.empty() ? Format::date(toQt(one.closes)) : toQt(one.title);
        loaded.windows.push_back(
            ChoiceModel::rowOf(id, id, one.isOpen ? title : tr("%1 (closed)").arg(title)));
        chosen = id == windowId || (chosen == nullptr && windowId.isEmpty()) ? &one : chosen;
    }
    if (chosen == nullptr) {
        return hezhang::fail(ErrorCode::notFound, "there is no reporting window");
    }
    loaded.windowId = idText(chosen->window);
    auto form = documents::readReturned(home, *document, chosen->ledger, unit, chosen->window);
    if (!form && form.error().code != ErrorCode::badInput) {
        return hezhang::fail(form.error());
    }
    loaded.hasTexts = form.has_value();
    loaded.form = form ? std::move(*form) : documents::ReturnedForm{};
    return loaded;
}

void ReturnedFormModel::compare(Result<Loaded> loaded) {
    const bool isAnswer = !loaded || loaded->document == m_document;
    if (!m_document || m_phase == Phase::done || !isAnswer) {
        return;
    }
    if (!loaded) {
        m_phase = Phase::empty;
        m_document.reset();
        fail(loaded.error());
        if (loaded.error().code == ErrorCode::notFound) {
            m_errorWhat = tr("There is no reporting window yet.");
            m_errorNext = tr("The county office opens one first.");
        }
        emit changed();
        return;
    }
    m_shown = std::move(*loaded);
    m_windowId = m_shown.windowId;
    m_unitId = m_shown.unitId;
    m_windows.setRows(m_shown.windows);
    m_units.setRows(m_shown.units);
    m_phase = m_phase == Phase::reading ? Phase::shown : m_phase;
    if (!m_shown.hasTexts) {
        m_phase = Phase::empty;
        m_document.reset();
        m_errorWhat = tr("No row of the file has a text about its progress.");
        m_errorNext = tr("Choose the form that was filled in, with a column 进展落实情况.");
    }
    refresh();
}

bool ReturnedFormModel::isTaken(const ReturnedChange& change) const {
    const auto refused = m_refused.find(change.task);
    return refused == m_refused.end() || refused->second != change.before;
}

void ReturnedFormModel::refresh() {
    std::vector<Row> rows;
    for (const ReturnedChange& change : m_shown.form.changes) {
        using Role = ReturnedRowListModel::Role;
        Row row{idText(change.task), {}};
        row.set(Role::taskId, row.key)
            .set(Role::number, QString::number(change.serial))
            .set(Role::title, toQt(change.content))
            .set(Role::runs, runsOf(ledger::textDiff(change.before, change.after)))
            .set(Role::line, change.line)
            .set(Role::isTaken, isTaken(change));
        rows.push_back(std::move(row));
    }
    m_rows.setRows(std::move(rows));
    std::vector<Row> rest;
    for (const ReturnedRow& one : m_shown.form.unmatched) {
        using Role = ReturnedRestListModel::Role;
        Row row{QString::number(rest.size()), {}};
        row.set(Role::line, one.line)
            .set(Role::title, joined({toQt(one.ordinal), toQt(one.content)}))
            .set(Role::text, toQt(one.text))
            .set(Role::reason, reasonOf(one));
        rest.push_back(std::move(row));
    }
    m_rest.setRows(std::move(rest));
    emit changed();
}

void ReturnedFormModel::setWindowId(const QString& id) {
    if (m_phase == Phase::shown && id != m_windowId) {
        m_windowId = id;
        m_refused.clear();
        m_reading.again();
    }
}

void ReturnedFormModel::setUnitId(const QString& id) {
    if (m_phase == Phase::shown && id != m_unitId) {
        m_unitId = id;
        m_refused.clear();
        m_reading.again();
    }
}

void ReturnedFormModel::takeRow(const QString& taskId, bool isTaken) {
    for (const ReturnedChange& change : m_shown.form.changes) {
        if (idText(change.task) == taskId && isTaken) {
            m_refused.erase(change.task);
        } else if (idText(change.task) == taskId) {
            m_refused[change.task] = change.before;
        }
    }
    refresh();
}

void ReturnedFormModel::takeAll(bool isTaken) {
    m_refused.clear();
    for (const ReturnedChange& change : m_shown.form.changes) {
        if (!isTaken) {
            m_refused[change.task] = change.before;
        }
    }
    refresh();
}

int ReturnedFormModel::takenCount() const {
    return static_cast<int>(std::ranges::count_if(
        m_shown.form.changes, [this](const ReturnedChange& one) { return isTaken(one); }));
}

QString ReturnedFormModel::absentText() const {
    QStringList numbers;
    for (const std::int64_t serial : m_shown.form.absent) {
        numbers.append(QString::number(serial));
    }
    return numbers.join(tr(", ", "between numbers"));
}

bool ReturnedFormModel::canTake() const {
    return m_phase == Phase::shown && m_shown.mayFile && takenCount() > 0;
}

void ReturnedFormModel::take(bool isSubmitted) {
    if (!canTake()) {
        return;
    }
    documents::ReturnedForm form = m_shown.form;
    std::erase_if(form.changes, [this](const ReturnedChange& one) { return !isTaken(one); });
    const int count = static_cast<int>(form.changes.size());
    m_phase = Phase::saving;
    m_errorWhat.clear();
    m_errorNext.clear();
    m_store.edit<bool>(
        this,
        [form = std::move(form), isSubmitted](ledger::Home& home) -> Result<bool> {
            HZ_CHECK(documents::takeReturned(home, form, isSubmitted));
            return true;
        },
        [this, count, isSubmitted](const Result<bool>& done) {
            m_phase = done ? Phase::done : Phase::shown;
            if (done) {
                m_doneText = isSubmitted ? tr("%n report(s) entered and handed in.", "", count)
                                         : tr("%n report(s) entered, not handed in yet.", "", count);
            } else {
                fail(done.error());
                m_reading.again();
            }
            emit changed();
        });
    emit changed();
}

void ReturnedFormModel::close() {
    if (m_phase == Phase::reading || m_phase == Phase::saving) {
        return;
    }
    m_phase = Phase::empty;
    m_document.reset();
    m_fileName.clear();
    m_shown = {};
    m_windowId.clear();
    m_unitId.clear();
    m_refused.clear();
    m_errorWhat.clear();
    m_errorNext.clear();
    m_doneText.clear();
    refresh();
}

void ReturnedFormModel::fail(const Error& error) {
    const Message message = ReadingError::of(error);
    m_errorWhat = message.what;
    m_errorNext = message.next;
}

}  // namespace hezhang::ui
