// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The office's pages of paragraphs: the list of a window, and one of them with its edit and its draft.
#include "src/ledger/drafts.h"
#include "src/office/windows.h"
#include "tests/ui/ui_box.h"

namespace hezhang::test {
namespace {

using ui::ParagraphListModel;
using ui::ParagraphModel;

class ParagraphPages : public UiTest {
protected:
    ParagraphPages() {
        task = county.newTask(*office, ledgerId, 1, "开展培训。", {"甲镇"});
        static_cast<void>(county.newTask(*office, ledgerId, 2, "公开目录。", {"甲镇"}));
        window = county.newWindow(*office, "2026-08-31");
        spread();
        fileAs("甲镇公开3条。培训2次。", 3);
    }
    void fileAs(const std::string& text, std::int64_t count = 0) {
        ledger::FilingRequest request{.task = task, .unit = town->me().enrolment.unit, .window = window};
        request.text = text;
        request.isSubmitted = true;
        if (count != 0) {
            request.count = count;
        }
        ASSERT_TRUE(ledger::file(*town, request));
        spread();
    }
    [[nodiscard]] std::unique_ptr<ParagraphModel> openParagraph() {
        openHome(*office);
        std::unique_ptr<ParagraphModel> model(models->paragraph(qt(task.hex()), qt(window.hex())));
        EXPECT_TRUE(comesTrue([&] { return model->isReady(); }));
        return model;
    }
    [[nodiscard]] static QString saidBy(const ParagraphModel& model, int sentence) {
        return model.sentences().value(sentence).toMap().value(QStringLiteral("sources")).toString();
    }
    static void save(ParagraphModel& model) {
        model.save();
        EXPECT_TRUE(comesTrue([&] { return !model.isSaving(); }));
    }

    RecordId task;
    RecordId window;
};

TEST_F(ParagraphPages, TheListShowsEveryTaskOfTheWindowAndFollowsIt) {
    openHome(*office);
    const std::unique_ptr<ParagraphListModel> model(models->paragraphs(qt(window.hex())));
    const QAbstractItemModelTester tester(model.get(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    ASSERT_TRUE(comesTrue([&] { return model->isReady(); }));

    ASSERT_EQ(model->count(), 2);
    EXPECT_EQ(model->row(0).at(ParagraphListModel::Role::title).toString(), qt("1 开展培训。"));
    EXPECT_EQ(model->row(0).at(ParagraphListModel::Role::body).toString(), qt("甲镇公开3条。培训2次。"));
    EXPECT_EQ(model->row(0).at(ParagraphListModel::Role::unitCount).toInt(), 1);
    EXPECT_EQ(model->row(1).at(ParagraphListModel::Role::kind).toString(), QStringLiteral("none"));

    ASSERT_TRUE(office::editParagraph(*office, {.task = task, .window = window, .text = "办公室的话。"}));
    fileAs("甲镇公开4条。");

    EXPECT_TRUE(comesTrue([&] { return model->overlapCount() == 1; }));
    EXPECT_EQ(model->row(0).at(ParagraphListModel::Role::kind).toString(), QStringLiteral("overlap"));
}

TEST_F(ParagraphPages, ShowTheUnitsTextsAndWhoseEachSentenceIs) {
    const auto model = openParagraph();

    EXPECT_EQ(model->text(), qt("甲镇公开3条。培训2次。"));
    EXPECT_EQ(model->state(), QStringLiteral("composed"));
    EXPECT_EQ(saidBy(*model, 0), qt("甲镇"));
    ASSERT_EQ(model->filings().size(), 1);
    EXPECT_EQ(model->filings()[0].toMap()[QStringLiteral("state")].toString(), QStringLiteral("submitted"));
    EXPECT_TRUE(model->countText().startsWith(QStringLiteral("3")));
    EXPECT_FALSE(model->canSave());
}

TEST_F(ParagraphPages, KeepWhatIsTypedAndPutACorrectionIntoItWhenItIsSaved) {
    const auto model = openParagraph();
    model->setText(qt("甲镇公开3条。全镇培训2次。"));
    fileAs("甲镇公开4条。培训2次。");
    ASSERT_TRUE(comesTrue([&] { return model->hasNewer(); }));
    EXPECT_EQ(model->text(), qt("甲镇公开3条。全镇培训2次。"));

    save(*model);

    EXPECT_EQ(model->text(), qt("甲镇公开4条。全镇培训2次。"));
    EXPECT_EQ(model->state(), QStringLiteral("merged"));
    EXPECT_EQ(saidBy(*model, 1), QString());
    EXPECT_FALSE(model->isDirty());
}

TEST_F(ParagraphPages, AnOverlapIsDecidedBySavingAndAnEditGoesAgain) {
    const auto model = openParagraph();
    model->setText(qt("甲镇公开信息3条。培训2次。"));
    save(*model);
    EXPECT_EQ(model->state(), QStringLiteral("edited"));
    fileAs("甲镇公开4条。培训2次。");
    ASSERT_TRUE(comesTrue([&] { return model->state() == QLatin1String("overlap"); }));
    EXPECT_TRUE(model->canSave());

    save(*model);
    EXPECT_EQ(model->state(), QStringLiteral("edited"));
    EXPECT_EQ(model->text(), qt("甲镇公开信息3条。培训2次。"));

    model->composeAgain();
    EXPECT_TRUE(comesTrue([&] { return !model->isSaving(); }));
    EXPECT_EQ(model->state(), QStringLiteral("composed"));
    EXPECT_EQ(model->text(), qt("甲镇公开4条。培训2次。"));
}

TEST_F(ParagraphPages, WhatWasTypedIsThereAgainWithWhatItRestsOn) {
    auto model = openParagraph();
    model->setText(qt("甲镇公开3条。全镇培训2次。"));
    ASSERT_TRUE(comesTrue([&] { return model->draftState() == QLatin1String("saved"); }));
    model.reset();
    fileAs("甲镇公开4条。培训2次。");

    model = openParagraph();
    ASSERT_TRUE(model->isDraftRestored());
    EXPECT_EQ(model->text(), qt("甲镇公开3条。全镇培训2次。"));
    EXPECT_TRUE(model->hasNewer());
    save(*model);
    EXPECT_EQ(model->text(), qt("甲镇公开4条。全镇培训2次。"));

    model.reset();
    model = openParagraph();
    EXPECT_FALSE(model->isDraftRestored());
    EXPECT_FALSE(model->isDirty());
}

}  // namespace
}  // namespace hezhang::test
