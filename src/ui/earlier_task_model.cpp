// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/earlier_task_model.h"

#include "src/office/year_links.h"
#include "src/ui/words.h"

namespace hezhang::ui {

static QVariantMap earlierTaskOf(const office::EarlierTask& earlier) {
    const bool hasReports = !earlier.window.isNone();
    const QString title = earlier.ledgerTitle.find(std::to_string(earlier.year)) == std::string::npos
                              ? QString::number(earlier.year) + QLatin1Char(' ') + toQt(earlier.ledgerTitle)
                              : toQt(earlier.ledgerTitle);
    return {{QStringLiteral("taskId"), idText(earlier.task)},
            {QStringLiteral("heading"), joined({title, EarlierTaskModel::tr("task %1").arg(earlier.serial)})},
            {QStringLiteral("content"), toQt(earlier.content.empty() ? earlier.item : earlier.content)},
            {QStringLiteral("indicator"), toQt(earlier.indicator)},
            {QStringLiteral("decidedStatus"), toQt(earlier.decidedStatus)},
            {QStringLiteral("windowTitle"), toQt(earlier.windowTitle)},
            {QStringLiteral("text"), toQt(hasReports ? earlier.paragraph.text : earlier.jointProgress)},
            {QStringLiteral("countText"),
             earlier.paragraph.unitsCounted == 0
                 ? QString()
                 : EarlierTaskModel::tr("%1, from %n unit(s)", "sum of numbers done",
                                        static_cast<int>(earlier.paragraph.unitsCounted))
                       .arg(earlier.paragraph.sum)},
            {QStringLiteral("isWhole"), !hasReports || earlier.paragraph.isWhole}};
}

EarlierTaskModel::EarlierTaskModel(HomeThread& reader, const RecordId& task, QObject* parent)
    : QObject(parent), m_reading(reader, this) {
    m_reading.define<QVariantList>(
        [task] {
            return [task](ledger::Home& home) -> Result<QVariantList> {
                HZ_TRY(const std::vector<office::EarlierTask> earlier, office::earlierTasks(home, task));
                QVariantList list;
                for (const office::EarlierTask& one : earlier) {
                    list.append(earlierTaskOf(one));
                }
                return list;
            };
        },
        [this](const Result<QVariantList>& tasks) {
            m_tasks = tasks.value_or(QVariantList());
            m_isReady = true;
            emit changed();
        });
    m_reading.again();
}

}  // namespace hezhang::ui
