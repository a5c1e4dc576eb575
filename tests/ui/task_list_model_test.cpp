// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/task_list_model.h"

#include <QProcess>

#include "src/ui/format.h"
#include "tests/ui/ui_box.h"

namespace hezhang::test {
namespace {

using ui::TaskListModel;
using Role = TaskListModel::Role;
using ::testing::ElementsAre;

class TaskList : public UiTest {
protected:
    TaskList() { ui::Format::setNow(1'787'000'000'000); }  // 18 August 2026
    ~TaskList() override { ui::Format::setNow(0); }

    [[nodiscard]] std::unique_ptr<TaskListModel> open() {
        openSession();
        std::unique_ptr<TaskListModel> model(models->taskList());
        tester = std::make_unique<QAbstractItemModelTester>(
            model.get(), QAbstractItemModelTester::FailureReportingMode::Fatal);
        EXPECT_TRUE(comesTrue([&] { return model->isReady(); }));
        return model;
    }
    // Each row as "item group".
    static std::vector<std::string> shown(const TaskListModel& model) {
        std::vector<std::string> rows;
        for (int i = 0; i < model.count(); ++i) {
            rows.push_back((model.row(i).at(Role::item).toString() + QLatin1Char(' ') +
                            model.row(i).at(Role::dueGroup).toString())
                               .toStdString());
        }
        return rows;
    }

    std::unique_ptr<QAbstractItemModelTester> tester;
};

TEST_F(TaskList, OwnTasksStandByWhatIsDue) {
    static_cast<void>(county.newTask(*office, ledgerId, 1, "甲。", {"甲镇"}));
    static_cast<void>(county.newTask(*office, ledgerId, 2, "乙。", {"甲镇"}, "2026-12-31"));
    static_cast<void>(county.newTask(*office, ledgerId, 3, "丙。", {"甲镇"}, "2026-08-20"));
    static_cast<void>(county.newTask(*office, ledgerId, 4, "丁。", {"甲镇", "乙镇"}, "2026-08-01"));
    static_cast<void>(county.newTask(*office, ledgerId, 5, "戊。", {"乙镇"}, "2026-08-01"));
    spread();

    const auto model = open();

    EXPECT_THAT(shown(*model),
                ElementsAre("事项4 overdue", "事项3 due-soon", "事项2 later", "事项1 no-date"));
    EXPECT_EQ(model->overdueCount(), 1);
    EXPECT_EQ(model->dueSoonCount(), 1);
    EXPECT_EQ(model->row(0).at(Role::filingState).toString(), QStringLiteral("noWindow"));
}

TEST_F(TaskList, WhatWasReturnedStandsInFrontUntilItIsSubmittedAgain) {
    const RecordId task = county.newTask(*office, ledgerId, 1, "甲。", {"甲镇"}, "2026-12-31");
    static_cast<void>(county.newTask(*office, ledgerId, 2, "乙。", {"甲镇"}, "2026-08-01"));
    const RecordId window = county.newWindow(*office, "2026-08-31");
    spread();
    const auto filed = taken(ledger::file(*town, {.task = task,
                                                  .unit = town->me().enrolment.unit,
                                                  .window = window,
                                                  .text = "办了。",
                                                  .status = "done",
                                                  .isSubmitted = true}));
    spread();
    CountyBox::set(*office, filed.record, "returned", "请补充数字");
    spread();

    const auto model = open();
    ASSERT_EQ(shown(*model)[0], "事项1 returned");
    EXPECT_EQ(model->row(0).at(Role::returnedReason).toString(), qt("请补充数字"));
    ASSERT_TRUE(ledger::file(*town, {.task = task,
                                     .unit = town->me().enrolment.unit,
                                     .window = window,
                                     .text = "办了3件。",
                                     .isSubmitted = true}));

    EXPECT_TRUE(comesTrue([&] { return model->returnedCount() == 0; }));
    EXPECT_THAT(shown(*model), ElementsAre("事项2 overdue", "事项1 later"));
    EXPECT_TRUE(model->row(1).at(Role::isUnsent).toBool());
    EXPECT_EQ(model->row(1).at(Role::filingState).toString(), QStringLiteral("submitted"));
}

TEST_F(TaskList, FiltersCombine) {
    const RecordId first = county.newTask(*office, ledgerId, 1, "公开预算。", {"甲镇"});
    static_cast<void>(county.newTask(*office, ledgerId, 2, "公开名单。", {"甲镇"}));
    static_cast<void>(county.newTask(*office, ledgerId, 3, "公开预算表。", {"乙镇"}));
    spread();
    CountyBox::set(*town, first, "joint_status", "done");
    const auto model = open();

    model->setText(qt("预算"));
    EXPECT_TRUE(comesTrue([&] { return model->count() == 1; }));
    model->setScope(QStringLiteral("all"));
    EXPECT_TRUE(comesTrue([&] { return model->count() == 2; }));
    model->setStatus(QStringLiteral("done"));
    EXPECT_TRUE(comesTrue([&] { return model->count() == 1; }));
    EXPECT_EQ(model->row(0).at(Role::taskId).toString(), qt(first.hex()));
    model->clearFilters();
    EXPECT_TRUE(comesTrue([&] { return model->count() == 3; }));
}

TEST_F(TaskList, AnEditByHzShowsUpByItself) {
    const RecordId task = county.newTask(*office, ledgerId, 1, "甲。", {"甲镇"});
    spread();
    const auto model = open();
    QSignalSpy resets(model.get(), &QAbstractItemModel::modelReset);
    QSignalSpy changes(model.get(), &QAbstractItemModel::dataChanged);

    QProcess hz;
    hz.start(QStringLiteral(HZ_PROGRAM),
             {QStringLiteral("--home"), qt(town->folder()), QStringLiteral("set"), qt(task.hex()),
              QStringLiteral("joint_status"), QStringLiteral("done")});
    ASSERT_TRUE(hz.waitForFinished(kWaitMs));
    ASSERT_EQ(hz.exitCode(), 0) << hz.readAllStandardError().toStdString();

    EXPECT_TRUE(
        comesTrue([&] { return model->row(0).at(Role::jointStatus).toString() == QLatin1String("done"); }));
    EXPECT_TRUE(resets.isEmpty());
    EXPECT_EQ(changes.size(), 1);
}

TEST_F(TaskList, AConflictIsMarkedAndCounted) {
    const RecordId task = county.newTask(*office, ledgerId, 1, "甲。", {"甲镇"});
    spread();
    CountyBox::set(*town, task, "joint_status", "done");
    CountyBox::set(*colleague, task, "joint_status", "in-progress");
    spread();

    const auto model = open();

    EXPECT_EQ(model->conflictCount(), 1);
    EXPECT_TRUE(model->row(0).at(Role::hasConflict).toBool());
}

TEST_F(TaskList, RowsComeInPages) {
    ASSERT_TRUE(office->beginBatch());
    for (int serial = 1; serial <= 450; ++serial) {
        static_cast<void>(county.newTask(*office, ledgerId, serial, "甲。", {"甲镇"}));
    }
    ASSERT_TRUE(office->commitBatch());
    spread();
    const auto model = open();
    ASSERT_EQ(model->count(), TaskListModel::kPageRows);
    EXPECT_EQ(model->total(), 450);

    model->fetchMore({});
    EXPECT_TRUE(comesTrue([&] { return model->count() == 400; }));
    model->fetchMore({});
    EXPECT_TRUE(comesTrue([&] { return model->count() == 450; }));

    EXPECT_FALSE(model->canFetchMore({}));
}

}  // namespace
}  // namespace hezhang::test
