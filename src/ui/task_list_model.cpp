// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/task_list_model.h"

#include <QSet>
#include <algorithm>

#include "src/ui/format.h"
#include "src/ui/message_table.h"
#include "src/ui/words.h"

namespace hezhang::ui {

using ledger::BoardRow;
using ledger::FilingState;

namespace {

constexpr std::array kGroups{"returned", "overdue", "due-soon", "later", "no-date"};

// Done is not due any more.
bool isSettled(const BoardRow& row) {
    return row.jointStatus == "done" || row.filing == FilingState::submitted;
}

std::size_t groupOf(const BoardRow& row) {
    if (!row.returned.empty()) {
        return 0;
    }
    const QString state = Format::deadlineState(toQt(row.due));
    if (state.isEmpty()) {
        return 4;
    }
    if (isSettled(row) || state == QLatin1String("on-time")) {
        return 3;
    }
    return state == QLatin1String("overdue") ? 1 : 2;
}

// In one group by date, then as the ledger has it.
bool isBefore(const BoardRow& a, const BoardRow& b) {
    const std::size_t groupA = groupOf(a);
    const std::size_t groupB = groupOf(b);
    return std::tie(groupA, a.due, a.serial, a.task) < std::tie(groupB, b.due, b.serial, b.task);
}

bool isOfUnit(const BoardRow& row, const QString& unit) {
    return std::any_of(row.units.begin(), row.units.end(),
                       [&](const ledger::TaskUnit& one) { return idText(one.unit) == unit; });
}

bool hasMark(const BoardRow& row, const QString& mark) {
    return (mark == QLatin1String("returned") && !row.returned.empty()) ||
           (mark == QLatin1String("conflict") && row.hasConflict) ||
           (mark == QLatin1String("unsent") && row.isUnsent) ||
           (mark == QLatin1String("aside") && row.isAside) ||
           (mark == QLatin1String("merged") && row.isMerged);
}

bool hasText(const BoardRow& row, const QString& text) {
    const auto contains = [&](const std::string& where) {
        return toQt(where).contains(text, Qt::CaseInsensitive);
    };
    return contains(row.item) || contains(row.content) || contains(row.number) || contains(row.section) ||
           std::any_of(row.units.begin(), row.units.end(),
                       [&](const ledger::TaskUnit& one) { return contains(one.name); });
}

bool isStatus(const BoardRow& row, const QString& status) {
    return status == QLatin1String("none") ? row.jointStatus.empty() : toQt(row.jointStatus) == status;
}

bool passes(const BoardRow& row, const TaskListModel::Filter& filter) {
    return (filter.unit.isEmpty() || isOfUnit(row, filter.unit)) &&
           (filter.section.isEmpty() || toQt(row.section) == filter.section) &&
           (filter.due.isEmpty() || QLatin1String(kGroups[groupOf(row)]) == filter.due) &&
           (filter.status.isEmpty() || isStatus(row, filter.status)) &&
           (filter.filing.isEmpty() || filingStateWord(row.filing) == filter.filing) &&
           (filter.mark.isEmpty() || hasMark(row, filter.mark)) &&
           (filter.text.isEmpty() || hasText(row, filter.text));
}

QString unitsText(const BoardRow& row) {
    QStringList names;
    for (const ledger::TaskUnit& one : row.units) {
        if (!one.name.empty() && !names.contains(toQt(one.name))) {
            names.append(toQt(one.name));
        }
    }
    return names.join(TaskListModel::tr(", ", "between names in a list"));
}

Row rowOf(const BoardRow& task) {
    using Role = TaskListModel::Role;
    const QString due = toQt(task.due);
    Row row{idText(task.task), {}};
    row.set(Role::taskId, row.key)
        .set(Role::number, toQt(task.number))
        .set(Role::item, toQt(task.item))
        .set(Role::content, toQt(task.content))
        .set(Role::section, toQt(task.section))
        .set(Role::due, due)
        .set(Role::dueText, Format::shortDate(due))
        .set(Role::deadline, isSettled(task) ? QString() : Format::deadline(due))
        .set(Role::deadlineState,
             isSettled(task) && !due.isEmpty() ? QStringLiteral("on-time") : Format::deadlineState(due))
        .set(Role::dueGroup, QString::fromLatin1(kGroups[groupOf(task)]))
        .set(Role::unitsText, unitsText(task))
        .set(Role::ownRole, toQt(task.ownRole))
        .set(Role::jointStatus, toQt(task.jointStatus))
        .set(Role::filingState, filingStateWord(task.filing))
        .set(Role::windowId, idText(task.window))
        .set(Role::returnedReason, toQt(task.returned))
        .set(Role::isOwn, !task.ownRole.empty())
        .set(Role::isReturned, !task.returned.empty())
        .set(Role::hasConflict, task.hasConflict)
        .set(Role::isMerged, task.isMerged)
        .set(Role::isUnsent, task.isUnsent)
        .set(Role::isAside, task.isAside);
    return row;
}

void countIn(const BoardRow& row, TaskListModel::Counts& counts) {
    const std::size_t group = groupOf(row);
    counts.overdue += group == 1 ? 1 : 0;
    counts.dueSoon += group == 2 ? 1 : 0;
    counts.returned += row.returned.empty() ? 0 : 1;
    counts.conflict += row.hasConflict ? 1 : 0;
    counts.unsent += row.isUnsent ? 1 : 0;
    const bool isOpen = row.filing != FilingState::noWindow && row.filing != FilingState::submitted;
    counts.toFile += isOpen && !row.ownRole.empty() ? 1 : 0;
}

}  // namespace

TaskListModel::Page TaskListModel::pageOf(const std::vector<BoardRow>& all, const Filter& filter) {
    Page page;
    std::vector<const BoardRow*> passing;
    QSet<QString> known;
    for (const BoardRow& row : all) {
        if (filter.scope == QLatin1String("own") && row.ownRole.empty()) {
            continue;
        }
        countIn(row, page.counts);
        const QString section = toQt(row.section);
        if (!section.isEmpty() && !known.contains(section)) {
            known.insert(section);
            page.sections.append(section);
        }
        if (passes(row, filter)) {
            passing.push_back(&row);
        }
    }
    std::sort(passing.begin(), passing.end(),
              [](const BoardRow* a, const BoardRow* b) { return isBefore(*a, *b); });
    page.total = static_cast<int>(passing.size());
    const std::size_t size = std::min(passing.size(), static_cast<std::size_t>(filter.wanted));
    for (std::size_t i = 0; i < size; ++i) {
        page.rows.push_back(rowOf(*passing[i]));
    }
    return page;
}

TaskListModel::TaskListModel(HomeThread& reader, QObject* parent, const QString& scope)
    : RowListModel(QMetaEnum::fromType<Role>(), parent), m_scope(scope), m_reading(reader, this) {
    m_reading.define<Page>(
        [this] {
            return [filter = filter()](ledger::Home& home) -> Result<Page> {
                HZ_TRY(const RecordId own, home.unit());
                HZ_TRY(const std::vector<BoardRow> all, ledger::board(home, own));
                return pageOf(all, filter);
            };
        },
        [this](Result<Page> page) { take(std::move(page)); });
    connect(this, &RowListModel::moreWanted, &m_reading, &Reading::again);
    m_reading.again();
}

TaskListModel::Filter TaskListModel::filter() const {
    return {m_scope, m_unit, m_section, m_due, m_status, m_filing, m_mark, m_text, wanted()};
}

void TaskListModel::setFilter(QString& filter, const QString& value) {
    if (filter != value) {
        filter = value;
        emit filterChanged();
        m_reading.again();
    }
}

void TaskListModel::clearFilters() {
    for (QString* filter : {&m_unit, &m_section, &m_due, &m_status, &m_filing, &m_mark, &m_text}) {
        filter->clear();
    }
    emit filterChanged();
    m_reading.again();
}

void TaskListModel::take(Result<Page> page) {
    if (page) {
        m_error.reset();
        m_counts = page->counts;
        m_sections = page->sections;
        setRows(std::move(page->rows), page->total);
    } else {
        m_error = page.error();
    }
    m_isReady = true;
    emit readingDone();
}

QString TaskListModel::errorWhat() const {
    return m_error ? MessageTable::of(m_error->code).what : QString();
}

QString TaskListModel::errorNext() const {
    return m_error ? MessageTable::of(m_error->code).next : QString();
}

}  // namespace hezhang::ui
