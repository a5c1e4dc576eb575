// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/export_model.h"

#include <QRegularExpression>

#include "src/documents/export.h"
#include "src/office/matrix.h"
#include "src/ui/format.h"
#include "src/ui/message_table.h"
#include "src/ui/words.h"

namespace hezhang::ui {

ExportModel::ExportModel(HomeThread& reader, QObject* parent)
    : QObject(parent),
      m_reader(reader),
      m_ledgers(this),
      m_windows(this),
      m_work(this),
      m_reading(reader, this) {
    connect(&m_work, &LongWork::changed, this, &ExportModel::changed);
    m_reading.define<Loaded>(
        [] {
            return [](ledger::Home& home) -> Result<Loaded> {
                using Role = WindowChoiceModel::Role;
                Loaded loaded;
                HZ_TRY(const std::vector<ledger::LedgerRow> ledgers, ledger::ledgers(home));
                loaded.ledgers = LedgerChoiceModel::rowsOf(ledgers);
                HZ_TRY(const std::vector<office::WindowRow> windows, office::windows(home));
                for (const office::WindowRow& one : windows) {
                    Row row{idText(one.ledger) + QLatin1Char('/') + idText(one.window), {}};
                    row.set(Role::windowId, idText(one.window))
                        .set(Role::title,
                             one.title.empty() ? Format::date(toQt(one.closes)) : toQt(one.title));
                    loaded.windows.push_back(std::move(row));
                }
                return loaded;
            };
        },
        [this](Result<Loaded> loaded) { take(std::move(loaded)); });
    m_reading.again();
}

void ExportModel::take(Result<Loaded> loaded) {
    m_isReady = true;
    if (loaded) {
        m_allWindows = std::move(loaded->windows);
        m_ledgers.setRows(std::move(loaded->ledgers));
        if (m_ledgers.indexOfKey(m_ledgerId) < 0) {
            m_ledgerId = m_ledgers.keyAt(0);
        }
        showWindows();
    } else {
        m_error = loaded.error();
    }
    emit changed();
}

void ExportModel::showWindows() {
    using Role = WindowChoiceModel::Role;
    Row all{QStringLiteral("all"), {}};
    all.set(Role::windowId, QString()).set(Role::title, tr("All reporting windows"));
    std::vector<Row> rows{all};
    for (const Row& one : m_allWindows) {
        if (one.key.startsWith(m_ledgerId + QLatin1Char('/'))) {
            rows.push_back(one);
        }
    }
    m_windows.setRows(std::move(rows));
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
    return joined({title, tr("Consolidated ledger")}).remove(bad).left(100) + QLatin1Char('.') + m_fileType;
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
    documents::ExportRequest request{"consolidated", path.toStdString(), idOf(m_ledgerId), std::nullopt,
                                     std::nullopt};
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
