// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The office's page of contradictions, and where it is reached from: the matrix, the windows and the review.
#include "src/office/review.h"
#include "tests/ui/ui_box.h"

namespace hezhang::test {
namespace {

using ui::ContradictionListModel;

class ContradictionPages : public UiTest {
protected:
    using Role = ContradictionListModel::Role;

    ContradictionPages() {
        task = county.newTask(*office, ledgerId, 1, "开展培训。", {"甲镇"});
        before = county.newWindow(*office, "2026-08-15");
        window = county.newWindow(*office, "2026-12-05");
        spread();
    }
    void file(const RecordId& in, const std::string& text, const std::string& status, std::int64_t percent,
              std::int64_t count) {
        ledger::FilingRequest request{.task = task, .unit = town->me().enrolment.unit, .window = in};
        request.text = text;
        request.status = status;
        request.percent = percent;
        if (count != 0) {
            request.count = count;
        }
        request.isSubmitted = true;
        ASSERT_TRUE(ledger::file(*town, request));
        spread();
    }
    void approve() {
        const RecordId unit = town->me().enrolment.unit;
        office::ReviewRequest request{.task = task, .unit = unit, .window = window};
        request.outcome = office::ReviewOutcome::approve;
        request.fingerprint = taken(office::reviewView(*office, task, unit, window)).fingerprint;
        ASSERT_TRUE(office::review(*office, request));
        spread();
    }
    [[nodiscard]] std::unique_ptr<ContradictionListModel> openPage() {
        openHome(*office);
        std::unique_ptr<ContradictionListModel> model(models->contradictions(qt(window.hex())));
        EXPECT_TRUE(comesTrue([&] { return model->isReady(); }));
        return model;
    }
    [[nodiscard]] static QStringList kindsOf(const ContradictionListModel& model) {
        QStringList kinds;
        for (int i = 0; i < model.count(); ++i) {
            kinds.append(model.row(i).at(Role::kind).toString());
        }
        return kinds;
    }
    [[nodiscard]] static QVariantMap sideOf(const ContradictionListModel& model, int row, int side) {
        return model.row(row).at(Role::sides).toList().value(side).toMap();
    }

    RecordId task;
    RecordId before;
    RecordId window;
};

TEST_F(ContradictionPages, ShowTheTextsOfBothSidesBesideEachOther) {
    file(before, "培训8次。", "in-progress", 60, 8);
    file(window, "培训5次。", "in-progress", 100, 5);
    const auto model = openPage();
    const QAbstractItemModelTester tester(model.get(), QAbstractItemModelTester::FailureReportingMode::Fatal);

    EXPECT_EQ(kindsOf(*model), QStringList({qt("figure-fell"), qt("percent-status")}));
    EXPECT_EQ(model->row(0).at(Role::title).toString(), qt("1 事项1"));
    const QVariantMap earlier = sideOf(*model, 0, 0);
    EXPECT_EQ(earlier[qt("text")].toString(), qt("培训8次。"));
    EXPECT_EQ(earlier[qt("countText")].toString(), qt("8"));
    EXPECT_EQ(earlier[qt("windowTitle")].toString(), qt("窗口 2026-08-15"));
    EXPECT_TRUE(earlier[qt("isEarlier")].toBool());
    EXPECT_EQ(sideOf(*model, 0, 1)[qt("text")].toString(), qt("培训5次。"));
    EXPECT_FALSE(sideOf(*model, 0, 1)[qt("isEarlier")].toBool());

    model->setKind(qt("percent-status"));
    EXPECT_EQ(kindsOf(*model), QStringList(qt("percent-status")));
    EXPECT_EQ(model->allCount(), 2);
    EXPECT_EQ(model->kinds().size(), 2);
}

TEST_F(ContradictionPages, AReportIsReturnedFromThemAsItWasShown) {
    file(window, "培训5次。", "in-progress", 100, 5);
    const auto model = openPage();
    QSignalSpy done(model.get(), &ContradictionListModel::done);
    QSignalSpy failed(model.get(), &ContradictionListModel::failed);
    const QVariantMap side = sideOf(*model, 0, 0);
    const auto giveBack = [&](const QString& reason) {
        model->giveBack(qt(task.hex()), side[qt("unitId")].toString(), side[qt("fingerprint")].toString(),
                        reason);
    };

    giveBack(qt("  "));
    EXPECT_FALSE(model->isBusy()) << "without a reason nothing is returned";
    giveBack(qt("比例与状态不符"));
    ASSERT_TRUE(comesTrue([&] { return done.count() == 1; }));
    const auto view =
        taken(office::reviewView(*office, task, town->me().enrolment.unit, window)).filing.filing;
    EXPECT_EQ(view.returned, "比例与状态不符");

    file(window, "培训6次。", "in-progress", 100, 1);
    ASSERT_TRUE(
        comesTrue([&] { return sideOf(*model, 0, 0)[qt("fingerprint")] != side[qt("fingerprint")]; }));
    giveBack(qt("再改"));
    EXPECT_TRUE(comesTrue([&] { return failed.count() == 1; })) << "it is not what was shown any more";
}

TEST_F(ContradictionPages, EditsSinceTheApprovalAreCountedWhereReportsAreShown) {
    file(window, "培训5次。", "in-progress", 50, 5);
    approve();
    openHome(*office);
    const std::unique_ptr<ui::MatrixModel> matrix(models->matrix(qt(window.hex())));
    const std::unique_ptr<ui::ReviewModel> review(
        models->review(qt(task.hex()), qt(town->me().enrolment.unit.hex()), qt(window.hex())));
    const std::unique_ptr<ui::WindowListModel> windows(models->windowList());
    ASSERT_TRUE(comesTrue([&] { return matrix->contradictionCount() == 0 && review->isReady(); }));
    const auto word = [&] { return matrix->data(matrix->index(0, 0), Qt::DisplayRole).toString(); };
    EXPECT_EQ(word(), qt("approved"));
    EXPECT_EQ(review->editsSinceApproval(), 0);

    file(window, "培训6次。", "done", 100, 0);

    EXPECT_TRUE(comesTrue([&] { return word() == qt("after-approval/3"); })) << word().toStdString();
    EXPECT_TRUE(comesTrue([&] { return matrix->contradictionCount() == 1; }));
    EXPECT_EQ(matrix->afterApprovalCount(), 1);
    EXPECT_TRUE(comesTrue([&] { return review->editsSinceApproval() == 3; }));
    EXPECT_TRUE(comesTrue(
        [&] { return windows->row(0).at(ui::WindowListModel::Role::contradictions).toInt() == 1; }));
}

}  // namespace
}  // namespace hezhang::test
