// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/check_list_model.h"

#include <QDateTime>
#include <algorithm>

#include "src/ui/format.h"
#include "src/ui/message_table.h"
#include "src/ui/words.h"

namespace hezhang::ui {

using office::CheckRow;
using office::CheckState;

QString CheckListModel::stateWord(const CheckRow& check) {
    switch (check.state) {
    case CheckState::passed:
        return toQt(check.result);
    case CheckState::rectify:
        return QStringLiteral("rectify");
    case CheckState::overdue:
        return QStringLiteral("overdue");
    case CheckState::closed:
        return QStringLiteral("closed");
    }
    return {};
}

static QString linesTextOf(const CheckRow& check) {
    QStringList lines;
    for (const office::SeenLine& line : check.lines) {
        const QString answer = line.result == "yes"  ? CheckListModel::tr("Yes")
                               : line.result == "no" ? CheckListModel::tr("No")
                                                     : CheckListModel::tr("Not applicable");
        lines.append(CheckListModel::tr("%1: %2", "answer: line").arg(answer, toQt(line.words)));
    }
    for (const std::string& text : check.unclear) {
        lines.append(CheckListModel::tr("Not understood: %1").arg(toQt(text)));
    }
    return lines.join(QLatin1Char('\n'));
}

Row CheckListModel::rowOf(const CheckRow& check) {
    const QDateTime at = QDateTime::fromString(toQt(check.at), Qt::ISODate);
    Row row{idText(check.record), {}};
    row.set(Role::checkId, row.key)
        .set(Role::taskId, idText(check.task))
        .set(Role::heading, joined({toQt(check.taskNumber), toQt(check.taskItem)}))
        .set(Role::place, toQt(check.placeName))
        .set(Role::unitName, toQt(check.unitName))
        .set(Role::placeId, idText(check.place))
        .set(Role::unitId, idText(check.unit))
        .set(Role::atText, at.isValid() ? Format::when(at.toMSecsSinceEpoch()) : QString())
        .set(Role::result, toQt(check.result))
        .set(Role::finding, toQt(check.finding))
        .set(Role::linesText, linesTextOf(check))
        .set(Role::objection, toQt(check.objection))
        .set(Role::rectifyText, check.isOpen() ? Format::shortDate(toQt(check.rectifyDue)) : QString())
        .set(Role::checkState, stateWord(check))
        .set(Role::isOpen, check.isOpen())
        .set(Role::isRecheckDue, check.isRecheckDue)
        .set(Role::isObjected, check.isObjected())
        .set(Role::hasConflict, check.hasConflict)
        .set(Role::isUnsent, check.isUnsent)
        .set(Role::photoCount, static_cast<int>(check.photos.size()))
        .set(Role::photosHere, static_cast<int>(check.photoCounts.here))
        .set(Role::byText, joined({toQt(check.personName),
                                   at.isValid() ? Format::when(at.toMSecsSinceEpoch()) : QString()}));
    return row;
}

std::vector<Row> CheckListModel::rowsOf(const std::vector<CheckRow>& checks) {
    std::vector<Row> rows;
    for (const CheckRow& check : checks) {
        rows.push_back(rowOf(check));
    }
    return rows;
}

UnitCheckListModel::UnitCheckListModel(HomeThread& reader, const RecordId& only, QObject* parent)
    : CheckListModel(parent), m_reading(reader, this) {
    m_reading.define<std::vector<Row>>(
        [only] {
            return [only, today = Format::today().toString(Qt::ISODate).toStdString()](
                       ledger::Home& home) -> Result<std::vector<Row>> {
                HZ_TRY(const RecordId own, home.unit());
                HZ_TRY(std::vector<CheckRow> checks, office::checks(home, own, today));
                std::erase_if(checks,
                              [&](const CheckRow& row) { return !only.isNone() && row.record != only; });
                std::stable_sort(checks.begin(), checks.end(), [](const CheckRow& a, const CheckRow& b) {
                    return a.isOpen() && !b.isOpen();
                });
                return rowsOf(checks);
            };
        },
        [this](Result<std::vector<Row>> rows) {
            m_error.reset();
            if (rows) {
                m_openCount = static_cast<int>(std::count_if(rows->begin(), rows->end(), [](const Row& row) {
                    return row.at(Role::isOpen).toBool();
                }));
                setRows(std::move(*rows));
            } else {
                m_error = rows.error();
            }
            m_isReady = true;
            emit readingDone();
        });
    m_reading.again();
}

QString UnitCheckListModel::errorWhat() const {
    return m_error ? MessageTable::of(m_error->code).what : QString();
}

QString UnitCheckListModel::errorNext() const {
    return m_error ? MessageTable::of(m_error->code).next : QString();
}

}  // namespace hezhang::ui
