// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The base of every list: rows with a key, changed by giving the whole new list. What differs is told
// exactly: removals, moves, insertions, and dataChanged with the roles that changed; a view keeps its place,
// its selection and its open editors.
//
// Shape:   the derived class names its roles in an `enum class Role` with Q_ENUM whose first is Qt::UserRole
// + 1; a role is called in
//          QML as in the enumeration. The key is no role of its own. Keys are unique; of two rows with one
//          key the first stays.
// Limits:  pages: derived classes give the rows in front and the number of all (setRows); fetchMore() asks
// for the next page. Threads: the window's. Rows are values and may be made in any.
#pragma once

#include <QAbstractListModel>
#include <QMetaEnum>
#include <QQmlEngine>
#include <memory>
#include <span>
#include <vector>

namespace hezhang::ui {

// One row: its key, and a value for each role.
struct Row {
    QString key;
    QVariantList values;

    template <class Role>
    Row& set(Role role, const QVariant& value) {
        const int index = static_cast<int>(role) - Qt::UserRole - 1;
        while (values.size() <= index) {
            values.append(QVariant());
        }
        values[index] = value;
        return *this;
    }
    template <class Role>
    [[nodiscard]] QVariant at(Role role) const {
        return values.value(static_cast<int>(role) - Qt::UserRole - 1);
    }
    bool operator==(const Row&) const = default;
};

// Derived classes name it with its namespaces: the type registration of Qt 6.4 does not resolve it otherwise.
class RowListModel : public QAbstractListModel {
    Q_OBJECT
    QML_ANONYMOUS
    // Rows in the model now, and rows there are.
    Q_PROPERTY(int count READ count NOTIFY countChanged FINAL)
    Q_PROPERTY(int total READ total NOTIFY totalChanged FINAL)
public:
    static constexpr int kPageRows = 200;
    // A look at one of so many last rows asks for the next page. Views do not ask reliably: in Qt 6.4 a
    // ListView that reuses its items never does.
    static constexpr int kRowsAhead = 50;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override { return m_roleNames; }
    [[nodiscard]] bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;

    [[nodiscard]] int count() const { return static_cast<int>(m_rows.size()); }
    [[nodiscard]] int total() const { return m_total; }
    // Rows a reading should give: what is shown, rounded up to whole pages.
    [[nodiscard]] int wanted() const { return m_wanted; }
    [[nodiscard]] const Row& row(int index) const { return *m_rows[static_cast<std::size_t>(index)]; }
    [[nodiscard]] Q_INVOKABLE int indexOfKey(const QString& key) const;
    [[nodiscard]] Q_INVOKABLE QString keyAt(int index) const;

    // Makes the list this one. total < 0: these are all.
    void setRows(std::vector<Row> rows, int total = -1);
    // The next page, behind what is there; rows that are there already stay as they are.
    void appendRows(std::vector<Row> rows, int total);

signals:
    void countChanged();
    void totalChanged();
    // fetchMore() was called and wanted() has grown.
    void moreWanted();

protected:
    RowListModel(const QMetaEnum& roles, QObject* parent);

private:
    void removeGone(const std::vector<Row>& rows);
    void placeRows(std::vector<Row>& rows);
    void setTotal(int total);
    void askAhead() const;
    void insertRun(std::size_t at, std::span<Row> run);
    void tellChanges(const std::vector<Row>& before);

    QHash<int, QByteArray> m_roleNames;
    std::vector<std::unique_ptr<Row>> m_rows;  // pointers: a move is cheap
    int m_total = 0;
    int m_wanted = kPageRows;
    mutable bool m_isAskingAhead = false;
};

}  // namespace hezhang::ui
