// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/task_model.h"

#include "src/ui/format.h"
#include "src/ui/message_table.h"
#include "src/ui/words.h"

namespace hezhang::ui {

TaskModel::TaskModel(HomeThread& reader, StoreThread& store, const HomeInfo& info, const RecordId& task,
                     QObject* parent)
    : QObject(parent),
      m_store(store),
      m_task(task),
      m_info(info),
      m_units(this),
      m_filings(this),
      m_targets(this),
      m_reading(reader, this) {
    m_reading.define<Loaded>(
        [this] {
            return [task = m_task, unit = m_info.unit](ledger::Home& home) -> Result<Loaded> {
                Loaded loaded;
                HZ_TRY(loaded.view, ledger::taskView(home, task));
                for (const ledger::FilingRow& filing : loaded.view.filings) {
                    loaded.filings.push_back(FilingListModel::rowOf(filing));
                }
                const RecordId window = loaded.view.row.window;
                HZ_TRY(loaded.targets,
                       TargetListModel::read(home, task, unit,
                                             window.isNone() ? std::nullopt : std::optional(window)));
                return loaded;
            };
        },
        [this](Result<Loaded> loaded) { take(std::move(loaded)); });
    m_reading.again();
}

void TaskModel::take(Result<Loaded> loaded) {
    if (loaded) {
        m_error.reset();
        m_view = std::move(loaded->view);
        m_units.show(m_view.row.units, m_info.unit);
        m_filings.setRows(std::move(loaded->filings));
        m_targets.setRows(std::move(loaded->targets));
    } else {
        m_error = loaded.error();
    }
    m_isReady = true;
    emit changed();
}

void TaskModel::continueTarget(const QString& dropped, const QString& as) {
    m_store.edit<sync::EditAnswer>(
        this,
        [continuation = ledger::TargetContinuation{m_task, dropped.toStdString(), as.toStdString()}](
            ledger::Home& home) { return ledger::continueTarget(home, continuation); },
        [this](const Result<sync::EditAnswer>& answer) {
            if (!answer) {
                const auto message = MessageTable::of(answer.error().code);
                emit failed(message.what, message.next);
            }
            m_reading.again();
        });
}

// Of its units' clerks and leaders, and the office; the county decides for good.
bool TaskModel::canEditJoint() const {
    const bool isWriter = m_info.role == QLatin1String("clerk") || m_info.role == QLatin1String("leader");
    return m_info.role == QLatin1String("office") || (isWriter && !m_view.row.ownRole.empty());
}

bool TaskModel::canFile() const {
    const bool isWriter = m_info.role == QLatin1String("clerk") || m_info.role == QLatin1String("leader") ||
                          m_info.role == QLatin1String("office");
    return isWriter && !m_view.row.ownRole.empty() && !m_view.row.window.isNone();
}

QString TaskModel::errorWhat() const {
    return m_error ? MessageTable::of(m_error->code).what : QString();
}
QString TaskModel::errorNext() const {
    return m_error ? MessageTable::of(m_error->code).next : QString();
}
QString TaskModel::taskId() const {
    return idText(m_task);
}
QString TaskModel::heading() const {
    return joined({number(), section(), ledgerTitle()});
}
QString TaskModel::deadlineLine() const {
    return joined({deadlineText(), dueText(), lastWorkingDayText(), recurrenceText()});
}
// Nothing where the deadline itself is a working day for certain.
QString TaskModel::lastWorkingDayText() const {
    const auto& day = m_view.lastWorkingDay;
    if (!day || (day->date.text() == m_view.row.due && !day->provisional)) {
        return {};
    }
    const QString date = Format::date(toQt(day->date.text()));
    return day->provisional
               ? tr("last working day %1, provisional: the year's holidays are not announced yet").arg(date)
               : tr("last working day %1").arg(date);
}
QString TaskModel::number() const {
    return toQt(m_view.row.number);
}
QString TaskModel::item() const {
    return toQt(m_view.row.item);
}
QString TaskModel::content() const {
    return valueText(m_view.content.value);
}
QString TaskModel::indicator() const {
    return valueText(m_view.indicator.value);
}
QString TaskModel::section() const {
    return toQt(m_view.row.section);
}
QString TaskModel::ledgerTitle() const {
    return toQt(m_view.ledgerTitle);
}
QString TaskModel::responsibleText() const {
    return toQt(m_view.responsibleText);
}
QString TaskModel::deadlineText() const {
    return toQt(m_view.row.deadlineText);
}
QString TaskModel::dueText() const {
    return Format::date(toQt(m_view.row.due));
}
QString TaskModel::deadline() const {
    return Format::deadline(toQt(m_view.row.due));
}
QString TaskModel::deadlineState() const {
    return Format::deadlineState(toQt(m_view.row.due));
}
QString TaskModel::recurrenceText() const {
    return Format::recurrence(toQt(m_view.row.recurrence));
}
QString TaskModel::ownRole() const {
    return toQt(m_view.row.ownRole);
}
QString TaskModel::decidedStatus() const {
    return toQt(m_view.decidedStatus);
}
QString TaskModel::jointText() const {
    return valueText(m_view.jointProgress.value);
}
QString TaskModel::jointTextState() const {
    return cellStateWord(m_view.jointProgress.state);
}
QString TaskModel::jointTextBy() const {
    return authorText(m_view.jointProgress);
}
QString TaskModel::jointStatus() const {
    return valueText(m_view.jointStatus.value);
}
QString TaskModel::jointStatusState() const {
    return cellStateWord(m_view.jointStatus.state);
}
QString TaskModel::jointStatusBy() const {
    return authorText(m_view.jointStatus);
}
QString TaskModel::filingState() const {
    return filingStateWord(m_view.row.filing);
}
QString TaskModel::windowId() const {
    return idText(m_view.row.window);
}
QString TaskModel::returnedReason() const {
    return toQt(m_view.row.returned);
}

}  // namespace hezhang::ui
