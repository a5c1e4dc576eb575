// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/export_model.h"

#include <QRegularExpression>

#include "src/documents/export.h"
#include "src/office/matrix.h"
#include "src/ui/field_words.h"
#include "src/ui/format.h"
#include "src/ui/message_table.h"
#include "src/ui/words.h"
#include "sync/base/check.h"

namespace hezhang::ui {

using documents::FormFor;

static const documents::FormInfo& infoOf(const QString& form) {
    const auto forms = documents::forms();
    const auto found = std::ranges::find(forms, form.toStdString(), &documents::FormInfo::name);
    HZ_ASSERT(found != forms.end());
    return *found;
}

static QString formTitle(const documents::FormInfo& form) {
    return inLanguage({std::string(form.title), std::string(form.titleEn)});
}

static QString fileTypeTitle(const QString& type) {
    return type == QLatin1String("docx")   ? ExportModel::tr("Word (.docx)")
           : type == QLatin1String("xlsx") ? ExportModel::tr("Excel (.xlsx)")
           : type == QLatin1String("pdf")  ? ExportModel::tr("PDF (.pdf)")
           : type == QLatin1String("csv")  ? ExportModel::tr("Table as text (.csv)")
                                           : ExportModel::tr("Data for programs (.json)");
}

ExportModel::ExportModel(HomeThread& reader, QObject* parent)
    : QObject(parent),
      m_reader(reader),
      m_ledgers(this),
      m_forms(this),
      m_windows(this),
      m_units(this),
      m_fileTypes(this),
      m_work(this),
      m_reading(reader, this) {
    connect(&m_work, &LongWork::changed, this, &ExportModel::changed);
    std::vector<Row> forms;
    for (const documents::FormInfo& form : documents::forms()) {
        const QString name = toQt(std::string(form.name));
        forms.push_back(ChoiceModel::rowOf(name, name, formTitle(form)));
    }
    m_forms.setRows(std::move(forms));
    showFileTypes();
    m_reading.define<Loaded>([] { return &ExportModel::load; },
                             [this](Result<Loaded> loaded) { take(std::move(loaded)); });
    m_reading.again();
}

Result<ExportModel::Loaded> ExportModel::load(ledger::Home& home) {
    Loaded loaded;
    loaded.isOffice = home.me().enrolment.role == "office";
    HZ_TRY(const std::vector<ledger::LedgerRow> ledgers, ledger::ledgers(home));
    loaded.ledgers = LedgerChoiceModel::rowsOf(ledgers);
    HZ_TRY(const std::vector<office::WindowRow> windows, office::windows(home));
    for (const office::WindowRow& one : windows) {
        const QString id = idText(one.window);
        loaded.windows.push_back(
            ChoiceModel::rowOf(idText(one.ledger) + QLatin1Char('/') + id, id,
                               one.title.empty() ? Format::date(toQt(one.closes)) : toQt(one.title)));
    }
    HZ_TRY(const std::vector<ledger::NamedUnit> units, ledger::units(home.state()));
    for (const ledger::NamedUnit& one : units) {
        loaded.units.push_back(ChoiceModel::rowOf(idText(one.id), idText(one.id), toQt(one.name)));
    }
    return loaded;
}

void ExportModel::take(Result<Loaded> loaded) {
    m_isReady = true;
    if (loaded) {
        m_allWindows = std::move(loaded->windows);
        m_allUnits = std::move(loaded->units);
        m_ledgers.setRows(std::move(loaded->ledgers));
        if (m_ledgers.indexOfKey(m_ledgerId) < 0) {
            m_ledgerId = m_ledgers.keyAt(0);
        }
        // What a unit's people hand in, until they choose something else.
        m_formId = m_isChosen || loaded->isOffice ? m_formId : QStringLiteral("filing-form");
        showForm();
    } else {
        m_error = loaded.error();
    }
    emit changed();
}

FormFor ExportModel::made() const {
    return infoOf(m_formId).made;
}

void ExportModel::showWindows() {
    const QString first =
        made() == FormFor::ledger ? tr("All reporting windows") : tr("The open reporting window");
    std::vector<Row> rows{ChoiceModel::rowOf(QStringLiteral("all"), QString(), first)};
    for (const Row& one : m_allWindows) {
        if (one.key.startsWith(m_ledgerId + QLatin1Char('/'))) {
            rows.push_back(one);
        }
    }
    m_windows.setRows(std::move(rows));
}

void ExportModel::showUnits() {
    const QString first = made() == FormFor::unit ? tr("Our own unit") : tr("All units");
    std::vector<Row> rows{ChoiceModel::rowOf(QStringLiteral("all"), QString(), first)};
    rows.insert(rows.end(), m_allUnits.begin(), m_allUnits.end());
    m_units.setRows(std::move(rows));
}

// The type stays where the form is written as that too.
void ExportModel::showFileTypes() {
    const std::string_view types = infoOf(m_formId).fileTypes;
    const QStringList names = toQt(std::string(types)).split(QLatin1Char(' '));
    std::vector<Row> rows;
    for (const QString& type : names) {
        rows.push_back(ChoiceModel::rowOf(type, type, fileTypeTitle(type)));
    }
    m_fileTypes.setRows(std::move(rows));
    m_fileType = names.contains(m_fileType) ? m_fileType : names.constFirst();
}

void ExportModel::setFormId(const QString& id) {
    if (m_forms.indexOfKey(id) >= 0) {
        m_isChosen = true;
        m_formId = id;
        showForm();
        emit changed();
    }
}

void ExportModel::showForm() {
    showFileTypes();
    showWindows();
    showUnits();
}

void ExportModel::setUnitId(const QString& id) {
    m_unitId = id;
    emit changed();
}

void ExportModel::setLedgerId(const QString& id) {
    if (m_ledgerId != id) {
        m_ledgerId = id;
        m_windowId.clear();
        showWindows();
        emit changed();
    }
}

void ExportModel::setWindowId(const QString& id) {
    m_windowId = id;
    emit changed();
}

void ExportModel::setFileType(const QString& type) {
    m_fileType = type;
    emit changed();
}

// No character that a folder of any system refuses.
QString ExportModel::suggestedName() const {
    static const QRegularExpression bad(QStringLiteral("[\\\\/:*?\"<>|\\x00-\\x1f]"));
    const int row = m_ledgers.indexOfKey(m_ledgerId);
    const QString title =
        row < 0 ? QString() : m_ledgers.row(row).at(LedgerChoiceModel::Role::title).toString();
    return joined({title, formTitle(infoOf(m_formId))}).remove(bad).left(100) + QLatin1Char('.') + m_fileType;
}

QUrl ExportModel::suggestedFile(const QUrl& folder) const {
    return QUrl::fromLocalFile(folder.toLocalFile() + QLatin1Char('/') + suggestedName());
}

void ExportModel::save(const QUrl& file) {
    if (isRunning() || m_ledgerId.isEmpty()) {
        return;
    }
    QString path = file.isLocalFile() ? file.toLocalFile() : file.toString();
    if (!path.endsWith(QLatin1Char('.') + m_fileType)) {
        path += QLatin1Char('.') + m_fileType;
    }
    documents::ExportRequest request{m_formId.toStdString(), path.toStdString(), idOf(m_ledgerId),
                                     std::nullopt, std::nullopt};
    if (!m_unitId.isEmpty()) {
        request.unit = idOf(m_unitId);
    }
    if (!m_windowId.isEmpty()) {
        request.window = idOf(m_windowId);
    }
    m_error.reset();
    m_savedFile.clear();
    m_reader.ask<documents::ExportAnswer>(
        this,
        [request, progress = m_work.start()](ledger::Home& home) {
            return documents::exportForm(home, request, progress);
        },
        [this, path](const Result<documents::ExportAnswer>& answer) {
            m_work.end();
            if (answer) {
                m_savedFile = path;
                m_savedText = joined({tr("%n task(s)", "", static_cast<int>(answer->tasks)),
                                      tr("%n report(s)", "", static_cast<int>(answer->filings))});
            } else if (answer.error().code != ErrorCode::cancelled) {
                m_error = answer.error();
            }
            emit changed();
        });
    emit changed();
}

QString ExportModel::errorWhat() const {
    return m_error ? MessageTable::of(m_error->code).what : QString();
}

QString ExportModel::errorNext() const {
    return m_error ? MessageTable::of(m_error->code).next : QString();
}

}  // namespace hezhang::ui
