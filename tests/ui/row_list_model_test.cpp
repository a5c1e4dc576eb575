// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/row_list_model.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <QAbstractItemModelTester>
#include <QCoreApplication>
#include <QSignalSpy>

#include "src/ui/unit_list_model.h"

namespace hezhang::ui {
namespace {

using Role = UnitListModel::Role;

Row rowOf(int key, int value = 0) {
    Row row{QString::number(key), {}};
    row.set(Role::unitName, QString::number(key)).set(Role::isOwn, value);
    return row;
}

std::vector<Row> rowsOf(const std::vector<int>& keys, int value = 0) {
    std::vector<Row> rows;
    for (const int key : keys) {
        rows.push_back(rowOf(key, value));
    }
    return rows;
}

std::vector<std::string> namesIn(const QAbstractItemModel& model) {
    std::vector<std::string> names;
    for (int i = 0; i < model.rowCount(); ++i) {
        names.push_back(
            model.data(model.index(i, 0), static_cast<int>(Role::unitName)).toString().toStdString());
    }
    return names;
}

std::vector<std::string> namesOf(const std::vector<int>& keys) {
    std::vector<std::string> names;
    for (const int key : keys) {
        names.push_back(std::to_string(key));
    }
    return names;
}

// Knows only what the signals say.
class Follower : public QObject {
public:
    explicit Follower(RowListModel& model) : m_model(model) {
        connect(&model, &QAbstractItemModel::rowsInserted, this,
                [this](const QModelIndex&, int first, int last) {
                    for (int i = first; i <= last; ++i) {
                        m_names.insert(m_names.begin() + i, nameAt(i));
                    }
                });
        connect(&model, &QAbstractItemModel::rowsRemoved, this,
                [this](const QModelIndex&, int first, int last) {
                    m_names.erase(m_names.begin() + first, m_names.begin() + last + 1);
                });
        connect(&model, &QAbstractItemModel::rowsMoved, this,
                [this](const QModelIndex&, int first, int, const QModelIndex&, int to) {
                    const std::string moved = m_names[static_cast<std::size_t>(first)];
                    m_names.erase(m_names.begin() + first);
                    m_names.insert(m_names.begin() + (to > first ? to - 1 : to), moved);
                });
    }
    [[nodiscard]] const std::vector<std::string>& names() const { return m_names; }

private:
    [[nodiscard]] std::string nameAt(int row) const {
        return m_model.data(m_model.index(row, 0), static_cast<int>(Role::unitName)).toString().toStdString();
    }
    RowListModel& m_model;
    std::vector<std::string> m_names;
};

TEST(RowListModel, AChangedValueIsToldWithItsRoleAndNothingElse) {
    UnitListModel model(nullptr);
    model.setRows(rowsOf({1, 2, 3}));
    QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    QSignalSpy inserts(&model, &QAbstractItemModel::rowsInserted);

    model.setRows({rowOf(1), rowOf(2, 7), rowOf(3)});

    ASSERT_EQ(changes.size(), 1);
    EXPECT_EQ(changes[0][0].toModelIndex().row(), 1);
    EXPECT_EQ(changes[0][2].value<QList<int>>(), QList<int>{static_cast<int>(Role::isOwn)});
    EXPECT_TRUE(resets.isEmpty());
    EXPECT_TRUE(inserts.isEmpty());
}

TEST(RowListModel, ARunOfNewRowsIsOneInsertion) {
    UnitListModel model(nullptr);
    model.setRows(rowsOf({1, 5}));
    QSignalSpy inserts(&model, &QAbstractItemModel::rowsInserted);

    model.setRows(rowsOf({1, 2, 3, 4, 5}));

    ASSERT_EQ(inserts.size(), 1);
    EXPECT_EQ(inserts[0][1].toInt(), 1);
    EXPECT_EQ(inserts[0][2].toInt(), 3);
}

TEST(RowListModel, OfTwoRowsWithOneKeyTheFirstStays) {
    UnitListModel model(nullptr);

    model.setRows({rowOf(1, 1), rowOf(1, 2)});

    ASSERT_EQ(model.count(), 1);
    EXPECT_EQ(model.row(0).at(Role::isOwn).toInt(), 1);
}

TEST(RowListModel, MoreIsAskedForOnlyAtTheEndOfWhatIsThere) {
    UnitListModel model(nullptr);
    QSignalSpy wanted(&model, &RowListModel::moreWanted);
    std::vector<int> keys(RowListModel::kPageRows);
    std::iota(keys.begin(), keys.end(), 0);
    model.setRows(rowsOf(keys), 1000);

    ASSERT_TRUE(model.canFetchMore({}));
    model.fetchMore({});
    EXPECT_FALSE(model.canFetchMore({}));

    EXPECT_EQ(wanted.size(), 1);
    EXPECT_EQ(model.wanted(), 2 * RowListModel::kPageRows);
    EXPECT_EQ(model.total(), 1000);
}

TEST(RowListModel, ALookAtOneOfTheLastRowsAsksForMoreOnce) {
    UnitListModel model(nullptr);
    QSignalSpy wanted(&model, &RowListModel::moreWanted);
    std::vector<int> keys(RowListModel::kPageRows);
    std::iota(keys.begin(), keys.end(), 0);
    model.setRows(rowsOf(keys), 1000);
    const auto look = [&](int row) { return model.data(model.index(row), static_cast<int>(Role::unitName)); };

    static_cast<void>(look(RowListModel::kPageRows - RowListModel::kRowsAhead - 1));
    QCoreApplication::processEvents();
    EXPECT_EQ(wanted.size(), 0);
    static_cast<void>(look(RowListModel::kPageRows - RowListModel::kRowsAhead));
    static_cast<void>(look(RowListModel::kPageRows - 1));
    EXPECT_EQ(wanted.size(), 0) << "looking changes nothing by itself";
    QCoreApplication::processEvents();
    static_cast<void>(look(RowListModel::kPageRows - 1));
    QCoreApplication::processEvents();

    EXPECT_EQ(wanted.size(), 1);
    EXPECT_EQ(model.wanted(), 2 * RowListModel::kPageRows);
}

TEST(RowListModel, ANextPageGoesBehindWhatIsThereAndKeepsIt) {
    UnitListModel model(nullptr);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setRows(rowsOf({1, 2}), 5);
    const Row* kept = &model.row(1);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);

    model.appendRows(rowsOf({2, 3, 4}), 5);
    model.appendRows({}, 4);

    EXPECT_EQ(inserted.size(), 1);
    EXPECT_EQ(model.count(), 4);
    EXPECT_EQ(&model.row(1), kept);
    EXPECT_EQ(model.keyAt(3), rowsOf({4}).front().key);
    EXPECT_EQ(model.total(), 4);
}

RC_GTEST_PROP(RowListModelLaws, SignalsAloneGiveTheSameList, ()) {
    UnitListModel model(nullptr);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    const Follower follower(model);
    const int steps = *rc::gen::inRange(1, 8);
    for (int step = 0; step < steps; ++step) {
        const auto keys = *rc::gen::unique<std::vector<int>>(rc::gen::inRange(0, 24));

        model.setRows(rowsOf(keys, step));

        RC_ASSERT(namesIn(model) == namesOf(keys));
        RC_ASSERT(follower.names() == namesOf(keys));
    }
}

}  // namespace
}  // namespace hezhang::ui
