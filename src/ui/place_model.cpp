// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/place_model.h"

#include "src/ui/check_list_model.h"
#include "src/ui/format.h"
#include "src/ui/message_table.h"
#include "src/ui/words.h"

namespace hezhang::ui {

static Row rowOf(const office::PlaceTask& task) {
    using Role = PlaceModel::Role;
    using Check = CheckListModel::Role;
    Row row{idText(task.task), {}};
    const Row check = task.last ? CheckListModel::rowOf(*task.last) : Row{};
    const auto text = [&](Check role) { return check.at(role).toString(); };
    row.set(Role::taskId, row.key)
        .set(Role::number, toQt(task.number))
        .set(Role::item, toQt(task.item))
        .set(Role::content, toQt(task.content))
        .set(Role::claimStatus, toQt(task.claimStatus))
        .set(Role::claimText, toQt(task.claimText))
        .set(Role::checkId, text(Check::checkId))
        .set(Role::checkState, text(Check::checkState))
        .set(Role::finding, text(Check::finding))
        .set(Role::objection, text(Check::objection))
        .set(Role::rectifyText, text(Check::rectifyText))
        .set(Role::isOpen, check.at(Check::isOpen).toBool())
        .set(Role::isRecheckDue, check.at(Check::isRecheckDue).toBool())
        .set(Role::lastText, text(Check::atText))
        .set(Role::linesText, task.lines == 0 ? QString()
                                              : PlaceModel::tr("%1 of %2 lines seen")
                                                    .arg(static_cast<int>(task.linesSeen))
                                                    .arg(static_cast<int>(task.lines)));
    return row;
}

PlaceModel::PlaceModel(HomeThread& reader, const RecordId& place, const RecordId& unit, QObject* parent)
    : RowListModel(QMetaEnum::fromType<Role>(), parent),
      m_place(place),
      m_unit(unit),
      m_reading(reader, this) {
    m_reading.define<Page>(
        [place, unit] {
            return [place, unit, today = Format::today().toString(Qt::ISODate).toStdString()](
                       ledger::Home& home) -> Result<Page> {
                HZ_TRY(const office::PlaceView view, office::placeView(home, place, unit, today));
                Page page{view.place, {}};
                for (const office::PlaceTask& task : view.tasks) {
                    page.rows.push_back(rowOf(task));
                }
                return page;
            };
        },
        [this](Result<Page> page) {
            m_error.reset();
            if (page) {
                m_shown = page->place;
                setRows(std::move(page->rows));
            } else {
                m_error = page.error();
            }
            m_isReady = true;
            emit readingDone();
        });
    m_reading.again();
}

QString PlaceModel::title() const {
    return toQt(m_shown.name.empty() ? m_shown.unitName : m_shown.name);
}
QString PlaceModel::unitName() const {
    return m_shown.name.empty() ? QString() : toQt(m_shown.unitName);
}
QString PlaceModel::address() const {
    return toQt(m_shown.address);
}
QString PlaceModel::placeId() const {
    return idText(m_place);
}
QString PlaceModel::unitId() const {
    return idText(m_unit);
}
QString PlaceModel::errorWhat() const {
    return m_error ? MessageTable::of(m_error->code).what : QString();
}
QString PlaceModel::errorNext() const {
    return m_error ? MessageTable::of(m_error->code).next : QString();
}

}  // namespace hezhang::ui
