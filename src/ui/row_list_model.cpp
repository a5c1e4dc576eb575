// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/row_list_model.h"

#include <QSet>
#include <algorithm>

namespace hezhang::ui {

RowListModel::RowListModel(const QMetaEnum& roles, QObject* parent) : QAbstractListModel(parent) {
    for (int i = 0; i < roles.keyCount(); ++i) {
        m_roleNames.insert(roles.value(i), roles.key(i));
    }
}

int RowListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : count();
}

QVariant RowListModel::data(const QModelIndex& index, int role) const {
    const bool isOurs = checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid);
    if (isOurs && index.row() + kRowsAhead >= count()) {
        askAhead();
    }
    return isOurs && role > Qt::UserRole ? row(index.row()).values.value(role - Qt::UserRole - 1)
                                         : QVariant();
}

bool RowListModel::canFetchMore(const QModelIndex& parent) const {
    return !parent.isValid() && count() < m_total && m_wanted <= count();
}

void RowListModel::fetchMore(const QModelIndex& parent) {
    if (canFetchMore(parent)) {
        m_wanted += kPageRows;
        emit moreWanted();
    }
}

// From a look at the data, which changes nothing: later, and once.
void RowListModel::askAhead() const {
    if (m_isAskingAhead || !canFetchMore({})) {
        return;
    }
    m_isAskingAhead = true;
    auto* self = const_cast<RowListModel*>(this);
    QMetaObject::invokeMethod(
        self,
        [self] {
            self->m_isAskingAhead = false;
            self->fetchMore({});
        },
        Qt::QueuedConnection);
}

int RowListModel::indexOfKey(const QString& key) const {
    const auto found =
        std::find_if(m_rows.begin(), m_rows.end(), [&](const auto& one) { return one->key == key; });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

QString RowListModel::keyAt(int index) const {
    return index >= 0 && index < count() ? row(index).key : QString();
}

void RowListModel::setRows(std::vector<Row> rows, int total) {
    QSet<QString> known;
    std::erase_if(rows, [&](const Row& one) {
        const bool isDouble = known.contains(one.key);
        known.insert(one.key);
        return isDouble;
    });
    const int countBefore = count();
    removeGone(rows);
    placeRows(rows);
    tellChanges(rows);
    if (count() != countBefore) {
        emit countChanged();
    }
    setTotal(total);
}

void RowListModel::appendRows(std::vector<Row> rows, int total) {
    QSet<QString> known;
    for (const auto& one : m_rows) {
        known.insert(one->key);
    }
    std::erase_if(rows, [&](const Row& one) { return known.contains(one.key); });
    if (!rows.empty()) {
        insertRun(m_rows.size(), rows);
        emit countChanged();
    }
    setTotal(total);
}

void RowListModel::setTotal(int total) {
    const int newTotal = std::max(total, count());
    if (newTotal != m_total) {
        m_total = newTotal;
        emit totalChanged();
    }
}

// From the end, in runs: indexes before a run stay what they are.
void RowListModel::removeGone(const std::vector<Row>& rows) {
    QSet<QString> staying;
    for (const Row& one : rows) {
        staying.insert(one.key);
    }
    for (int last = count() - 1; last >= 0; --last) {
        if (staying.contains(row(last).key)) {
            continue;
        }
        int first = last;
        while (first > 0 && !staying.contains(row(first - 1).key)) {
            --first;
        }
        beginRemoveRows({}, first, last);
        m_rows.erase(m_rows.begin() + first, m_rows.begin() + last + 1);
        endRemoveRows();
        last = first;
    }
}

void RowListModel::insertRun(std::size_t at, std::span<Row> run) {
    beginInsertRows({}, static_cast<int>(at), static_cast<int>(at + run.size()) - 1);
    std::vector<std::unique_ptr<Row>> fresh;
    for (const Row& row : run) {
        fresh.push_back(std::make_unique<Row>(row));
    }
    m_rows.insert(m_rows.begin() + static_cast<std::ptrdiff_t>(at), std::make_move_iterator(fresh.begin()),
                  std::make_move_iterator(fresh.end()));
    endInsertRows();
}

// Afterwards the keys stand as in `rows`; the values of rows that were there are still the old ones.
void RowListModel::placeRows(std::vector<Row>& rows) {
    QSet<QString> here;
    for (const auto& one : m_rows) {
        here.insert(one->key);
    }
    for (std::size_t at = 0; at < rows.size(); ++at) {
        if (!here.contains(rows[at].key)) {
            std::size_t end = at + 1;
            while (end < rows.size() && !here.contains(rows[end].key)) {
                ++end;
            }
            insertRun(at, std::span(rows).subspan(at, end - at));
            at = end - 1;
            continue;
        }
        if (m_rows[at]->key == rows[at].key) {
            continue;
        }
        const int from = indexOfKey(rows[at].key);
        beginMoveRows({}, from, from, {}, static_cast<int>(at));
        std::rotate(m_rows.begin() + static_cast<std::ptrdiff_t>(at), m_rows.begin() + from,
                    m_rows.begin() + from + 1);
        endMoveRows();
    }
}

void RowListModel::tellChanges(const std::vector<Row>& rows) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
        Row& old = *m_rows[i];
        if (old == rows[i]) {
            continue;
        }
        QList<int> roles;
        const qsizetype size = std::max(old.values.size(), rows[i].values.size());
        for (qsizetype value = 0; value < size; ++value) {
            if (old.values.value(value) != rows[i].values.value(value)) {
                roles.append(static_cast<int>(value) + Qt::UserRole + 1);
            }
        }
        old = rows[i];
        emit dataChanged(index(static_cast<int>(i)), index(static_cast<int>(i)), roles);
    }
}

}  // namespace hezhang::ui
