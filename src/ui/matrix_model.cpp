// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/matrix_model.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QSet>
#include <algorithm>
#include <utility>

#include "src/office/contradictions.h"
#include "src/office/reminders.h"
#include "src/ui/format.h"
#include "src/ui/message_table.h"
#include "src/ui/words.h"

namespace hezhang::ui {

namespace {

// The keys of `now` that stay, in an order that the new list has too; others go, and come back where they
// belong.
QSet<QString> staying(const QStringList& now, const QStringList& wanted) {
    QHash<QString, qsizetype> place;
    for (qsizetype i = 0; i < wanted.size(); ++i) {
        place.insert(wanted[i], i);
    }
    QSet<QString> stay;
    qsizetype last = -1;
    for (const QString& key : now) {
        if (const auto at = place.constFind(key); at != place.constEnd() && *at > last) {
            stay.insert(key);
            last = *at;
        }
    }
    return stay;
}

QStringList keysOf(const std::vector<Row>& rows) {
    QStringList keys;
    for (const Row& row : rows) {
        keys.append(row.key);
    }
    return keys;
}

bool passes(const office::MatrixCell& cell, const QString& state) {
    if (!cell.isAsked) {
        return false;
    }
    return state.isEmpty() || MatrixModel::wordOf(cell) == state ||
           (state == QLatin1String("missing") && cell.isMissing()) ||
           (state == QLatin1String("asking") && cell.isAsking);
}

// Which tasks and units are shown.
struct Chosen {
    std::vector<std::size_t> tasks;
    std::vector<std::size_t> units;
};

Chosen choose(const office::Matrix& matrix, const MatrixModel::Filter& filter) {
    const auto has = [&](const std::string& where) {
        return toQt(where).contains(filter.text, Qt::CaseInsensitive);
    };
    std::vector<bool> isTask(matrix.tasks.size()), isUnit(matrix.units.size());
    for (std::size_t task = 0; task < matrix.tasks.size(); ++task) {
        const office::MatrixTask& one = matrix.tasks[task];
        if (!filter.section.isEmpty() && toQt(one.section) != filter.section) {
            continue;
        }
        const bool isTextInTask = has(one.item) || has(one.content) || has(one.number);
        for (std::size_t unit = 0; unit < matrix.units.size(); ++unit) {
            if (passes(matrix.at(task, unit), filter.state) &&
                (isTextInTask || has(matrix.units[unit].name))) {
                isTask[task] = true;
                isUnit[unit] = true;
            }
        }
    }
    Chosen chosen;
    for (std::size_t i = 0; i < isTask.size(); ++i) {
        if (isTask[i]) {
            chosen.tasks.push_back(i);
        }
    }
    for (std::size_t i = 0; i < isUnit.size(); ++i) {
        if (isUnit[i]) {
            chosen.units.push_back(i);
        }
    }
    return chosen;
}

Row headOf(const RecordId& id, const QString& title, const std::string& subtitle) {
    Row row{idText(id), {}};
    row.set(MatrixHeadModel::Role::title, title).set(MatrixHeadModel::Role::subtitle, toQt(subtitle));
    return row;
}

QString timeTextOf(const office::Matrix& matrix, const office::MatrixCell& cell) {
    return joined({cell.extendedTo.empty()
                       ? QString()
                       : MatrixModel::tr("extended to %1").arg(Format::date(toQt(cell.extendedTo))),
                   Format::deadline(toQt(matrix.lastDay(cell))),
                   cell.isAsking ? MatrixModel::tr("asks for more time") : QString()});
}

std::vector<Row> missingOf(const office::Matrix& matrix, const Chosen& chosen) {
    using Role = MissingListModel::Role;
    std::vector<Row> rows;
    for (const std::size_t unit : chosen.units) {
        bool isFirst = true;
        for (const std::size_t task : chosen.tasks) {
            const office::MatrixCell& cell = matrix.at(task, unit);
            if (cell.isMissing()) {
                const office::MatrixTask& one = matrix.tasks[task];
                Row row{idText(matrix.units[unit].unit) + QLatin1Char('/') + idText(one.task), {}};
                row.set(Role::taskId, idText(one.task))
                    .set(Role::unitId, idText(matrix.units[unit].unit))
                    .set(Role::unitName, toQt(matrix.units[unit].name))
                    .set(Role::number, toQt(one.number))
                    .set(Role::item, toQt(one.item))
                    .set(Role::filingState, filingStateWord(cell.filing))
                    .set(Role::timeText, timeTextOf(matrix, cell))
                    .set(Role::isFirstOfUnit, std::exchange(isFirst, false));
                rows.push_back(std::move(row));
            }
        }
    }
    return rows;
}

// The open one that closes first, else the one that closed last.
Result<RecordId> standardWindow(ledger::Home& home) {
    HZ_TRY(const std::vector<office::WindowRow> windows, office::windows(home));
    const office::WindowRow* chosen = nullptr;
    for (const office::WindowRow& one : windows) {
        if (chosen == nullptr || (one.isOpen && one.lastDay() < chosen->lastDay())) {
            chosen = &one;
        }
    }
    return chosen == nullptr ? RecordId{} : chosen->window;
}

Result<MatrixModel::Page> read(ledger::Home& home, const MatrixModel::Filter& filter) {
    RecordId window = idOf(filter.windowId);
    if (window.isNone()) {
        HZ_TRY(window, standardWindow(home));
    }
    if (window.isNone()) {
        return MatrixModel::Page{};
    }
    HZ_TRY(const office::Matrix matrix, office::matrix(home, window));
    return MatrixModel::pageOf(matrix, filter);
}

}  // namespace

QString MatrixModel::lineOf(const office::WindowRow& window) {
    const QString last = Format::date(toQt(window.lastDay()));
    const QString days =
        window.extendedTo.empty() ? tr("closes %1").arg(last) : tr("extended to %1").arg(last);
    return joined({days, toQt(window.ledgerTitle)});
}

QString MatrixModel::wordOf(const office::MatrixCell& cell) {
    if (!cell.isAsked) {
        return {};
    }
    if (!cell.isHeld) {
        return QStringLiteral("locked");
    }
    if (cell.isAside) {
        return QStringLiteral("aside");
    }
    if (cell.isReturned) {
        return QStringLiteral("returned");
    }
    if (cell.editsSinceApproval > 0) {
        return QStringLiteral("after-approval");
    }
    if (cell.filing == ledger::FilingState::submitted) {
        return cell.isApproved ? QStringLiteral("approved")
               : cell.isBelow  ? QStringLiteral("below-target")
                               : filingStateWord(cell.filing);
    }
    return filingStateWord(cell.filing);
}

MatrixModel::Page MatrixModel::pageOf(const office::Matrix& matrix, const Filter& filter) {
    Page page{idText(matrix.window.window),
              toQt(matrix.window.title),
              lineOf(matrix.window),
              matrix.window.isOpen,
              matrix.window.counts,
              {},
              {},
              {},
              {},
              {}};
    for (const office::MatrixTask& task : matrix.tasks) {
        if (!task.section.empty() && !page.sections.contains(toQt(task.section))) {
            page.sections.append(toQt(task.section));
        }
    }
    const Chosen chosen = choose(matrix, filter);
    for (const std::size_t unit : chosen.units) {
        page.columns.push_back(headOf(matrix.units[unit].unit, toQt(matrix.units[unit].name), ""));
    }
    for (const std::size_t task : chosen.tasks) {
        const office::MatrixTask& one = matrix.tasks[task];
        const QString title = (toQt(one.number) + QLatin1Char(' ') + toQt(one.content)).trimmed();
        page.rows.push_back(headOf(one.task, title, one.section));
        QStringList words;
        for (const std::size_t unit : chosen.units) {
            const office::MatrixCell& cell = matrix.at(task, unit);
            const QString word = wordOf(cell);
            words.append(word == QLatin1String("after-approval")
                             ? word + QLatin1Char('/') + QString::number(cell.editsSinceApproval)
                             : word);
        }
        page.words.push_back(std::move(words));
    }
    page.missing = missingOf(matrix, chosen);
    return page;
}

MatrixModel::MatrixModel(HomeThread& reader, const QString& windowId, QObject* parent)
    : QAbstractTableModel(parent),
      m_reader(reader),
      m_rowTitles(this),
      m_columnTitles(this),
      m_missing(this),
      m_reading(reader, this),
      m_contradictions(reader, this, Reading::When::asked) {
    m_filter.windowId = windowId;
    m_reading.define<Page>(
        [this] { return [filter = m_filter](ledger::Home& home) { return read(home, filter); }; },
        [this](Result<Page> page) {
            m_isReady = true;
            if (page) {
                m_error.reset();
                show(std::move(*page));
                if (hasWindow()) {
                    m_contradictions.again();
                }
            } else {
                m_error = page.error();
            }
            emit readingDone();
        });
    m_reading.again();
    m_contradictions.define<int>(
        [this] {
            return [window = idOf(m_page.windowId)](ledger::Home& home) -> Result<int> {
                HZ_TRY(const std::vector<office::Contradiction> all, office::contradictions(home, window));
                return static_cast<int>(all.size());
            };
        },
        [this](const Result<int>& count) {
            m_contradictionCount = count.value_or(0);
            emit readingDone();
        });
}

int MatrixModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int MatrixModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
}

QVariant MatrixModel::data(const QModelIndex& index, int role) const {
    const bool isOurs = checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid);
    return isOurs && role == Qt::DisplayRole
               ? m_words[static_cast<std::size_t>(index.row())].value(index.column())
               : QVariant();
}

void MatrixModel::show(Page page) {
    const QStringList rows = keysOf(page.rows);
    const QStringList columns = keysOf(page.columns);
    removeGone(rows, columns);
    insertColumnsOf(columns, page.words, rows);
    insertRowsOf(rows, page.words);
    tellChanges(page.words);
    m_rowTitles.setRows(std::move(page.rows));
    m_columnTitles.setRows(std::move(page.columns));
    m_missing.setRows(std::move(page.missing));
    page.words.clear();
    m_page = std::move(page);
}

void MatrixModel::removeGone(const QStringList& rows, const QStringList& columns) {
    const QSet<QString> rowsStaying = staying(m_rows, rows);
    for (int row = rowCount() - 1; row >= 0; --row) {
        if (!rowsStaying.contains(m_rows[row])) {
            beginRemoveRows({}, row, row);
            m_rows.removeAt(row);
            m_words.erase(m_words.begin() + row);
            endRemoveRows();
        }
    }
    const QSet<QString> columnsStaying = staying(m_columns, columns);
    for (int column = columnCount() - 1; column >= 0; --column) {
        if (!columnsStaying.contains(m_columns[column])) {
            beginRemoveColumns({}, column, column);
            m_columns.removeAt(column);
            for (QStringList& line : m_words) {
                line.removeAt(column);
            }
            endRemoveColumns();
        }
    }
}

void MatrixModel::insertColumnsOf(const QStringList& columns, const std::vector<QStringList>& words,
                                  const QStringList& rows) {
    for (int column = 0; column < columns.size(); ++column) {
        if (m_columns.value(column) == columns[column]) {
            continue;
        }
        beginInsertColumns({}, column, column);
        m_columns.insert(column, columns[column]);
        for (int row = 0; row < m_rows.size(); ++row) {
            const auto at = static_cast<std::size_t>(rows.indexOf(m_rows[row]));
            m_words[static_cast<std::size_t>(row)].insert(column, words[at][column]);
        }
        endInsertColumns();
    }
}

void MatrixModel::insertRowsOf(const QStringList& rows, const std::vector<QStringList>& words) {
    for (int row = 0; row < rows.size(); ++row) {
        if (m_rows.value(row) == rows[row]) {
            continue;
        }
        beginInsertRows({}, row, row);
        m_rows.insert(row, rows[row]);
        m_words.insert(m_words.begin() + row, words[static_cast<std::size_t>(row)]);
        endInsertRows();
    }
}

void MatrixModel::tellChanges(const std::vector<QStringList>& words) {
    for (int row = 0; row < rowCount(); ++row) {
        QStringList& now = m_words[static_cast<std::size_t>(row)];
        const QStringList& wanted = words[static_cast<std::size_t>(row)];
        for (int column = 0; column < columnCount(); ++column) {
            if (now[column] != wanted[column]) {
                now[column] = wanted[column];
                emit dataChanged(index(row, column), index(row, column), {Qt::DisplayRole});
            }
        }
    }
}

void MatrixModel::setWindowId(const QString& id) {
    if (m_filter.windowId != id) {
        m_filter.windowId = id;
        m_reading.again();
    }
}

void MatrixModel::setFilter(QString& filter, const QString& value) {
    if (filter != value) {
        filter = value;
        emit filterChanged();
        m_reading.again();
    }
}

QString MatrixModel::missingText() const {
    using Role = MissingListModel::Role;
    QStringList lines{tr("%1 (%2): not submitted").arg(m_page.title, m_page.line)};
    QString unit;
    for (int i = 0; i < m_missing.count(); ++i) {
        const Row& row = m_missing.row(i);
        if (row.at(Role::unitName).toString() != unit) {
            unit = row.at(Role::unitName).toString();
            lines.append(unit);
        }
        const QString task =
            (row.at(Role::number).toString() + QLatin1Char(' ') + row.at(Role::item).toString()).trimmed();
        lines.append(QStringLiteral("  ") +
                     tr("%1: %2", "task and its state")
                         .arg(task, Format::filing(row.at(Role::filingState).toString())));
    }
    return lines.join(QLatin1Char('\n'));
}

void MatrixModel::copyMissing() const {
    QGuiApplication::clipboard()->setText(missingText());
}

void MatrixModel::copyReminder(const QString& unitId) {
    const RecordId unit = idOf(unitId);
    m_reader.ask<QString>(
        this,
        [window = idOf(m_page.windowId), unit](ledger::Home& home) -> Result<QString> {
            HZ_TRY(const office::Reminders reminders, office::reminders(home, window));
            const auto one = std::ranges::find(reminders.units, unit, &office::UnitReminder::unit);
            return toQt(unit.isNone() || one == reminders.units.end() ? reminders.text : one->text);
        },
        [this](const Result<QString>& text) {
            if (text) {
                QGuiApplication::clipboard()->setText(*text);
                emit reminderCopied();
            }
        });
}

QString MatrixModel::errorWhat() const {
    return m_error ? MessageTable::of(m_error->code).what : QString();
}

QString MatrixModel::errorNext() const {
    return m_error ? MessageTable::of(m_error->code).next : QString();
}

}  // namespace hezhang::ui
