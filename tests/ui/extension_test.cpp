// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// More time in the window: asked for on the report, answered on its review, seen in the matrix; reminders to
// paste.
#include <QClipboard>
#include <QGuiApplication>

#include "src/ledger/extension.h"
#include "src/ui/format.h"
#include "tests/ui/ui_box.h"

namespace hezhang::test {
namespace {

class ExtensionPages : public UiTest {
protected:
    ExtensionPages() {
        task = county.newTask(*office, ledgerId, 1, "甲。", {"甲镇", "乙镇"});
        window = county.newWindow(*office, "2099-08-31");
        spread();
        unit = town->me().enrolment.unit;
    }
    void openAs(ledger::Home& home) {
        session = std::make_unique<ui::AppSession>(&noTransport, ui::SyncTimes{100, 30'000, 100});
        models = std::make_unique<ui::Models>(*session);
        session->store().setAutomaticSync(false);
        session->open(qt(home.folder()));
        ASSERT_TRUE(comesTrue([&] { return session->state() == ui::AppSession::State::Ready; }));
    }
    RecordId askFromTown() {
        const RecordId asked =
            taken(ledger::askForExtension(*town, {task, unit, window, "2099-09-10", "汛期"}));
        spread();
        return asked;
    }

    RecordId task;
    RecordId window;
    RecordId unit;
};

TEST_F(ExtensionPages, AUnitAsksOnItsReport) {
    openAs(*town);
    const std::unique_ptr<ui::FilingFormModel> form(
        models->filingForm(qt(task.hex()), qt(unit.hex()), qt(window.hex())));
    ui::ExtensionModel& extension = *form->extension();
    ASSERT_TRUE(comesTrue([&] { return extension.canAsk(); }));
    EXPECT_FALSE(extension.canAnswer());
    EXPECT_EQ(extension.state(), "");
    EXPECT_FALSE(extension.isLater("2099-08-31"));
    EXPECT_FALSE(extension.isLater("soon"));
    EXPECT_TRUE(extension.isLater("2099-09-01"));

    QSignalSpy done(&extension, &ui::ExtensionModel::done);
    extension.ask("2099-09-01", qt(" 汛期抢险 "));
    ASSERT_TRUE(comesTrue([&] { return done.count() == 1 && extension.state() == "asked"; }));
    EXPECT_EQ(extension.reason(), qt("汛期抢险"));
    EXPECT_FALSE(extension.canAsk()) << "one waits";
    EXPECT_EQ(taken(ledger::extensions(*town, window)).size(), 1U);
}

TEST_F(ExtensionPages, WhatCannotBeAskedIsSaid) {
    openAs(*town);
    const std::unique_ptr<ui::FilingFormModel> form(
        models->filingForm(qt(task.hex()), qt(unit.hex()), qt(window.hex())));
    ASSERT_TRUE(comesTrue([&] { return form->extension()->canAsk(); }));
    QSignalSpy failed(form->extension(), &ui::ExtensionModel::failed);
    form->extension()->ask("2099-08-01", qt("汛期"));
    ASSERT_TRUE(comesTrue([&] { return failed.count() == 1; }));
    EXPECT_FALSE(failed[0][0].toString().isEmpty());
}

TEST_F(ExtensionPages, TheOfficeAnswersOnTheReviewAndTheMatrixFollows) {
    askFromTown();
    openAs(*office);
    const std::unique_ptr<ui::MatrixModel> matrix(models->matrix(qt(window.hex())));
    ASSERT_TRUE(comesTrue([&] { return matrix->isReady(); }));
    EXPECT_EQ(matrix->askingCount(), 1);
    matrix->setState("asking");
    ASSERT_TRUE(comesTrue([&] { return matrix->columnCount() == 1; }));
    EXPECT_EQ(matrix->unitAt(0), qt(unit.hex()));

    const std::unique_ptr<ui::ReviewModel> review(
        models->review(qt(task.hex()), qt(unit.hex()), qt(window.hex())));
    ui::ExtensionModel& extension = *review->extension();
    ASSERT_TRUE(comesTrue([&] { return extension.canAnswer(); }));
    EXPECT_EQ(extension.askedUntil(), "2099-09-10");
    EXPECT_FALSE(extension.canAsk()) << "it is another unit's";
    extension.grant("2099-09-05", qt("同意"));
    ASSERT_TRUE(comesTrue([&] { return extension.state() == "granted" && matrix->askingCount() == 0; }));
    EXPECT_EQ(extension.answer(), qt("同意"));
    extension.refuse(qt("不再延期"));
    ASSERT_TRUE(comesTrue([&] { return extension.state() == "refused"; }));
    EXPECT_EQ(extension.answer(), qt("不再延期"));
}

TEST_F(ExtensionPages, OfTwoRequestsThePageShowsWhatWaitsAndWhatCountsUntilThen) {
    const RecordId first = askFromTown();
    ASSERT_TRUE(ledger::answerExtension(*office, first, {true, "2099-09-05", "同意"}));
    spread();
    taken(ledger::askForExtension(*town, {task, unit, window, "2099-09-20", "仍在汛期"}));
    spread();
    openAs(*office);
    const std::unique_ptr<ui::ReviewModel> review(
        models->review(qt(task.hex()), qt(unit.hex()), qt(window.hex())));
    ui::ExtensionModel& extension = *review->extension();
    ASSERT_TRUE(comesTrue([&] { return extension.state() == "asked"; }));
    EXPECT_EQ(extension.askedUntil(), "2099-09-20");
    EXPECT_TRUE(extension.standing().contains(ui::Format::date("2099-09-05")));
    EXPECT_TRUE(extension.takesBack().contains(ui::Format::date("2099-09-05")));

    extension.refuse(qt("不再延期"));

    ASSERT_TRUE(comesTrue([&] { return extension.state() == "refused"; }));
    EXPECT_EQ(extension.standing(), "");
    EXPECT_EQ(extension.takesBack(), "");
}

TEST_F(ExtensionPages, RemindersAreCopiedForOneUnitAndForAll) {
    openAs(*office);
    const std::unique_ptr<ui::MatrixModel> matrix(models->matrix(qt(window.hex())));
    ASSERT_TRUE(comesTrue([&] { return matrix->isReady(); }));
    QSignalSpy copied(matrix.get(), &ui::MatrixModel::reminderCopied);
    matrix->copyReminder({});
    ASSERT_TRUE(comesTrue([&] { return copied.count() == 1; }));
    EXPECT_TRUE(QGuiApplication::clipboard()->text().contains(qt("还有2个单位、2项未报送")));
    matrix->copyReminder(qt(unit.hex()));
    ASSERT_TRUE(comesTrue([&] { return copied.count() == 2; }));
    EXPECT_TRUE(QGuiApplication::clipboard()->text().startsWith(qt("甲镇：")));
    EXPECT_FALSE(QGuiApplication::clipboard()->text().contains(qt("乙镇")));
}

}  // namespace
}  // namespace hezhang::test
