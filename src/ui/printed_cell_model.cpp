// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/printed_cell_model.h"

#include <algorithm>
#include <map>

#include "src/ui/field_words.h"
#include "src/ui/format.h"
#include "src/ui/message_table.h"

namespace hezhang::ui {

using office::PrintedCell;
using office::PrintedEntry;
using office::PrintedSource;

static QString printedWhere(const PrintedEntry& entry) {
    if (!entry.isAnswered) {
        return PrintedCellModel::tr("on this device, the county has not answered");
    }
    const QString number = PrintedCellModel::tr("entry %1 of the county's log").arg(entry.position);
    return entry.enteredAt
               ? joined({PrintedCellModel::tr("entered %1").arg(Format::when(*entry.enteredAt)), number})
               : number;
}

static QVariantList printedEntries(const std::string& registerName,
                                   const std::vector<PrintedEntry>& entries) {
    QVariantList list;
    for (const PrintedEntry& entry : entries) {
        const bool isApproval = entry.field == "approved";
        list.append(QVariantMap{
            {QStringLiteral("title"), fieldTitle(registerName, entry.field)},
            {QStringLiteral("value"), isApproval ? toQt(entry.value.substr(0, 8)) : toQt(entry.value)},
            {QStringLiteral("who"),
             joined({toQt(entry.by.personName), toQt(entry.by.unitName), deviceNumber(entry.by.device)})},
            {QStringLiteral("where"), printedWhere(entry)}});
    }
    return list;
}

static QVariantMap printedSource(const PrintedSource& source) {
    const QString title = source.registerName == "filing" ? toQt(source.unitName)
                          : source.registerName == "paragraph"
                              ? PrintedCellModel::tr("The office's paragraph")
                              : PrintedCellModel::tr("The ledger's task");
    return {{QStringLiteral("title"), title},
            {QStringLiteral("unitId"), idText(source.unit)},
            {QStringLiteral("recordId"), idText(source.record)},
            {QStringLiteral("entries"), printedEntries(source.registerName, source.entries)},
            {QStringLiteral("approvals"), printedEntries(source.registerName, source.approvals)}};
}

Result<PrintedCellModel::Page> PrintedCellModel::read(ledger::Home& home, const Key& key,
                                                      const std::string& cell) {
    HZ_TRY(const PrintedCell printed, office::printedCell(home, key.task, key.window, cell));
    Page page;
    page.title = QString::number(printed.serial) + QLatin1Char(' ') + toQt(printed.taskItem);
    page.text = toQt(printed.text);
    for (const office::PrintedSentence& sentence : printed.sentences) {
        QStringList names;
        for (const RecordId& filing : sentence.sources) {
            const auto of = std::ranges::find(printed.sources, filing, &PrintedSource::record);
            names.append(of == printed.sources.end() ? QString() : toQt(of->unitName));
        }
        page.sentences.append(QVariantMap{{QStringLiteral("text"), toQt(sentence.text).trimmed()},
                                          {QStringLiteral("sources"), names.join(QStringLiteral("、"))}});
    }
    for (const PrintedSource& source : printed.sources) {
        page.sources.append(printedSource(source));
    }
    return page;
}

PrintedCellModel::PrintedCellModel(HomeThread& reader, const Key& key, QObject* parent)
    : QObject(parent), m_key(key), m_reading(reader, this) {
    m_reading.define<Page>(
        [this] {
            return [key = m_key, cell = m_cell.toStdString()](ledger::Home& home) {
                return read(home, key, cell);
            };
        },
        [this](Result<Page> page) {
            m_isReady = true;
            if (page) {
                m_error.reset();
                m_page = std::move(*page);
            } else {
                m_error = page.error();
            }
            emit changed();
        });
    m_reading.again();
}

QVariantList PrintedCellModel::cells() const {
    static const std::map<std::string_view, const char*> kTitles{
        {"number", QT_TR_NOOP("Number")},     {"item", QT_TR_NOOP("Item")},
        {"content", QT_TR_NOOP("Content")},   {"indicator", QT_TR_NOOP("Indicator")},
        {"responsible", QT_TR_NOOP("Units")}, {"deadline", QT_TR_NOOP("Deadline")},
        {"progress", QT_TR_NOOP("Progress")}};
    QVariantList list;
    for (const std::string_view cell : office::kPrintedCells) {
        list.append(QVariantMap{{QStringLiteral("cell"), toQt(std::string(cell))},
                                {QStringLiteral("title"), tr(kTitles.at(cell))}});
    }
    return list;
}

void PrintedCellModel::setCell(const QString& cell) {
    if (m_cell != cell) {
        m_cell = cell;
        emit changed();
        m_reading.again();
    }
}

QString PrintedCellModel::errorWhat() const {
    return m_error ? MessageTable::of(m_error->code).what : QString();
}
QString PrintedCellModel::errorNext() const {
    return m_error ? MessageTable::of(m_error->code).next : QString();
}

}  // namespace hezhang::ui
