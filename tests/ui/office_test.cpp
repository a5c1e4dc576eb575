// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The county office's pages: the matrix, the windows, the review of a filing, set-asides and the export, on a
// real county.
#include <QFile>
#include <QTemporaryDir>

#include "src/documents/export.h"
#include "src/ledger/drafts.h"
#include "src/office/review.h"
#include "src/office/windows.h"
#include "src/ui/format.h"
#include "tests/ui/ui_box.h"

namespace hezhang::test {
namespace {

using ui::MatrixModel;

class OfficePages : public UiTest {
protected:
    OfficePages() {
        first = county.newTask(*office, ledgerId, 1, "甲。", {"甲镇", "乙镇"});
        second = county.newTask(*office, ledgerId, 2, "乙。", {"甲镇"});
        window = county.newWindow(*office, "2026-08-31");
        spread();
        townUnit = town->me().enrolment.unit;
    }
    RecordId fileAs(ledger::Home& home, const RecordId& task, const std::string& text,
                    bool isSubmitted = true) {
        return taken(ledger::file(home, {.task = task,
                                         .unit = townUnit,
                                         .window = window,
                                         .text = text,
                                         .status = "done",
                                         .isSubmitted = isSubmitted}))
            .record;
    }
    [[nodiscard]] std::unique_ptr<MatrixModel> openMatrix() {
        openHome(*office);
        std::unique_ptr<MatrixModel> model(models->matrix({}));
        tester = std::make_unique<QAbstractItemModelTester>(
            model.get(), QAbstractItemModelTester::FailureReportingMode::Fatal);
        EXPECT_TRUE(comesTrue([&] { return model->isReady(); }));
        return model;
    }
    [[nodiscard]] std::unique_ptr<ui::ReviewModel> openReview(const RecordId& task) {
        openHome(*office);
        std::unique_ptr<ui::ReviewModel> model(
            models->review(qt(task.hex()), qt(townUnit.hex()), qt(window.hex())));
        EXPECT_TRUE(comesTrue([&] { return model->isReady(); }));
        return model;
    }
    // The table line by line: "甲。: 甲镇 none, 乙镇 none".
    static QStringList shown(MatrixModel& model) {
        QStringList lines;
        for (int row = 0; row < model.rowCount(); ++row) {
            QStringList cells;
            for (int column = 0; column < model.columnCount(); ++column) {
                const QString word = model.data(model.index(row, column), Qt::DisplayRole).toString();
                cells.append(
                    model.columnTitles()->row(column).at(ui::MatrixHeadModel::Role::title).toString() +
                    QLatin1Char(' ') + (word.isEmpty() ? QStringLiteral("-") : word));
            }
            lines.append(model.rowTitles()->row(row).at(ui::MatrixHeadModel::Role::title).toString() +
                         QStringLiteral(": ") + cells.join(QStringLiteral(", ")));
        }
        return lines;
    }

    RecordId first;
    RecordId second;
    RecordId window;
    RecordId townUnit;
    std::unique_ptr<QAbstractItemModelTester> tester;
};

using Matrix = OfficePages;
using Review = OfficePages;
using Windows = OfficePages;
using Asides = OfficePages;
using Export = OfficePages;

TEST_F(Matrix, ShowsWhatEachUnitHasFiledOfEachTask) {
    fileAs(*town, first, "办了。");
    fileAs(*town, second, "在办。", false);
    spread();

    const auto model = openMatrix();

    EXPECT_EQ(shown(*model),
              QStringList({qt("甲。: 乙镇 none, 甲镇 submitted"), qt("乙。: 乙镇 -, 甲镇 unsubmitted")}));
    EXPECT_EQ(model->askedCount(), 3);
    EXPECT_EQ(model->submittedCount(), 1);
    EXPECT_EQ(model->missingCount(), 2);
    EXPECT_EQ(model->taskAt(1), qt(second.hex()));
    EXPECT_EQ(model->unitAt(1), qt(townUnit.hex()));
}

TEST_F(Matrix, FollowsAReturnAndAnApprovalByExactChanges) {
    const RecordId filing = fileAs(*town, first, "办了。");
    spread();
    const auto model = openMatrix();
    QSignalSpy resets(model.get(), &QAbstractItemModel::modelReset);
    QSignalSpy changes(model.get(), &QAbstractItemModel::dataChanged);
    const auto word = [&] { return model->data(model->index(0, 1), Qt::DisplayRole).toString(); };
    office::ReviewRequest request{.task = first, .unit = townUnit, .window = window};
    request.fingerprint = taken(ledger::fingerprintOf(office->state(), filing)).hex();

    request.outcome = office::ReviewOutcome::giveBack;
    request.reason = "请补充数字";
    ASSERT_TRUE(office::review(*office, request));
    EXPECT_TRUE(comesTrue([&] { return word() == QLatin1String("returned"); }));
    request.outcome = office::ReviewOutcome::approve;
    ASSERT_TRUE(office::review(*office, request));
    EXPECT_TRUE(comesTrue([&] { return word() == QLatin1String("approved"); }));

    EXPECT_TRUE(resets.isEmpty());
    EXPECT_EQ(changes.size(), 2);
}

TEST_F(Matrix, FiltersLeaveOutTasksAndUnitsWithNothingToShow) {
    fileAs(*town, first, "办了。");
    spread();
    const auto model = openMatrix();
    QSignalSpy resets(model.get(), &QAbstractItemModel::modelReset);

    model->setState(QStringLiteral("submitted"));
    EXPECT_TRUE(comesTrue([&] { return shown(*model) == QStringList(qt("甲。: 甲镇 submitted")); }));
    model->setState(QString());
    model->setText(qt("乙镇"));
    EXPECT_TRUE(comesTrue([&] { return shown(*model) == QStringList(qt("甲。: 乙镇 none")); }));
    model->setText(QString());
    EXPECT_TRUE(comesTrue([&] { return model->rowCount() == 2 && model->columnCount() == 2; }));

    EXPECT_TRUE(resets.isEmpty());
}

TEST_F(Matrix, NamesTheSameMissingOnesAsTheCommandLine) {
    fileAs(*town, first, "办了。");
    spread();

    const auto model = openMatrix();

    const auto missing = taken(office::missing(*office, window));
    ASSERT_EQ(static_cast<std::size_t>(model->missing()->count()), missing.size());
    for (const office::MissingRow& row : missing) {
        EXPECT_GE(model->missing()->indexOfKey(qt(row.unit.hex() + "/" + row.task.hex())), 0);
    }
    EXPECT_TRUE(model->missingText().contains(qt("事项2")));
    EXPECT_FALSE(model->missingText().contains(qt("事项3")));
}

TEST_F(Review, AnApprovalStandsForWhatWasOnTheScreen) {
    const RecordId filing = fileAs(*town, first, "办了。");
    spread();
    const auto model = openReview(first);
    ASSERT_EQ(model->text(), qt("办了。"));
    QSignalSpy done(model.get(), &ui::ReviewModel::done);

    model->setVerifiedStatus(QStringLiteral("done"));
    model->setDecidedStatus(QStringLiteral("done"));
    model->approve();

    EXPECT_TRUE(comesTrue([&] { return model->isApproved() && !model->isSaving(); }));
    ASSERT_EQ(done.size(), 1);
    EXPECT_EQ(done[0][0].toString(), QStringLiteral("approved"));
    EXPECT_FALSE(model->isDirty());
    EXPECT_EQ(taken(ledger::shownText(office->state(), filing, "verified_status")), "done");
    EXPECT_EQ(taken(ledger::shownText(office->state(), first, "decided_status")), "done");
    EXPECT_FALSE(model->canApprove());
}

TEST_F(Review, AReturnReachesTheUnitAndEndsWithItsNextSubmission) {
    fileAs(*town, first, "办了。");
    spread();
    const auto model = openReview(first);

    model->giveBack(qt(" "));
    EXPECT_FALSE(model->isSaving());
    model->giveBack(qt("请补充数字"));
    EXPECT_TRUE(comesTrue([&] { return model->returnedReason() == qt("请补充数字"); }));
    spread();

    const auto seen = taken(ledger::filingView(*town, first, townUnit, window));
    EXPECT_EQ(seen.filing.returned, "请补充数字");
    fileAs(*town, first, "办了3件。");
    spread();
    EXPECT_TRUE(comesTrue([&] { return model->returnedReason().isEmpty() && model->canApprove(); }));
}

TEST_F(Review, WhatWasTypedIsThereAgainUntilItIsSaved) {
    const RecordId filing = fileAs(*town, first, "办了。");
    spread();
    const std::string slot = ledger::draftSlot(filing, "review");
    auto model = openReview(first);
    model->setVerifiedNote(qt("看过材料，缺一份"));
    ASSERT_TRUE(comesTrue([&] { return model->draftState() == QLatin1String("saved"); }));
    const auto draft = taken(ledger::loadDraft(*office, slot));
    ASSERT_TRUE(draft);

    model.reset();
    model = openReview(first);
    EXPECT_TRUE(model->isDraftRestored());
    EXPECT_TRUE(model->isDirty());
    EXPECT_EQ(model->verifiedNote(), qt("看过材料，缺一份"));
    model->save();
    ASSERT_TRUE(comesTrue([&] { return !model->isSaving(); }));
    EXPECT_EQ(taken(ledger::shownText(office->state(), filing, "verified_note")), "看过材料，缺一份");

    // As a crash between the commit and the removal of the file leaves it.
    ASSERT_TRUE(ledger::saveDraft(*office, slot, *draft));
    model.reset();
    model = openReview(first);
    EXPECT_FALSE(model->isDraftRestored());
    EXPECT_FALSE(model->isDirty());
}

TEST_F(Review, ADraftThatIsThrownAwayShowsWhatStands) {
    fileAs(*town, first, "办了。");
    spread();
    auto model = openReview(first);
    model->setDecidedStatus(QStringLiteral("blocked"));
    ASSERT_TRUE(comesTrue([&] { return model->draftState() == QLatin1String("saved"); }));
    model.reset();
    model = openReview(first);
    ASSERT_TRUE(model->isDraftRestored());

    model->discardDraft();

    EXPECT_EQ(model->decidedStatus(), QString());
    model.reset();
    model = openReview(first);
    EXPECT_FALSE(model->isDraftRestored());
}

TEST(ReviewOfAFiling, WhatTheUnitEditedMeanwhileIsNotApproved) {
    CountyBox county;
    const auto office = county.enrol("office", "公开办", "马主任", "office");
    const std::string ledgerId = county.newLedger(*office);
    const RecordId task = county.newTask(*office, ledgerId, 1, "甲。");
    const RecordId window = county.newWindow(*office, "2026-08-31");
    const RecordId unit = office->me().enrolment.unit;
    ledger::FilingRequest filing{
        .task = task, .unit = unit, .window = window, .text = "办了。", .isSubmitted = true};
    const RecordId record = taken(ledger::file(*office, filing)).record;
    office::ReviewRequest request{.task = task, .unit = unit, .window = window, .verifiedNote = "核过"};
    request.outcome = office::ReviewOutcome::approve;
    request.fingerprint = taken(ledger::fingerprintOf(office->state(), record)).hex();
    filing.text = "没有办。";
    ASSERT_TRUE(ledger::file(*office, filing));

    const auto answer = office::review(*office, request);

    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, ErrorCode::changed);
    EXPECT_EQ(taken(ledger::shownText(office->state(), record, "verified_note")), "");
}

TEST_F(Windows, OpenCloseAndReopenWithAnExtension) {
    openHome(*office);
    const std::unique_ptr<ui::WindowListModel> model(models->windowList());
    const QAbstractItemModelTester modelTester(model.get(),
                                               QAbstractItemModelTester::FailureReportingMode::Fatal);
    ASSERT_TRUE(comesTrue([&] { return model->isReady(); }));
    using Role = ui::WindowListModel::Role;
    ASSERT_EQ(model->count(), 1);
    EXPECT_TRUE(comesTrue([&] { return model->row(0).at(Role::asked).toInt() == 3; }));
    const QString id = model->row(0).at(Role::windowId).toString();

    const std::unique_ptr<ui::WindowModel> one(models->window(id));
    one->close();
    EXPECT_TRUE(comesTrue([&] { return !one->isBusy() && !model->row(0).at(Role::isOpen).toBool(); }));
    QSignalSpy failed(model.get(), &ui::WindowListModel::failed);
    model->reopen(id, QStringLiteral("2026-08-31"));
    EXPECT_TRUE(comesTrue([&] { return failed.size() == 1 && !model->isBusy(); }));
    EXPECT_FALSE(model->row(0).at(Role::isOpen).toBool());
    model->reopen(id, QStringLiteral("2026-09-10"));
    EXPECT_TRUE(comesTrue([&] { return !model->isBusy() && model->row(0).at(Role::isOpen).toBool(); }));
    EXPECT_FALSE(model->row(0).at(Role::extendedText).toString().isEmpty());
    model->open(qt(ledgerId), QStringLiteral("2026-12-31"), qt("第四季度"));
    EXPECT_TRUE(comesTrue([&] { return model->count() == 2; }));
    EXPECT_FALSE(ui::WindowListModel::isDate(QStringLiteral("2026-02-30")));
}

TEST_F(Windows, AreCountedStepByStepAllOfThem) {
    for (const char* closes : {"2026-09-30", "2026-10-31", "2026-11-30", "2026-12-31"}) {
        static_cast<void>(county.newWindow(*office, closes));
    }
    openHome(*office);
    const std::unique_ptr<ui::WindowListModel> model(models->windowList());
    using Role = ui::WindowListModel::Role;
    ASSERT_TRUE(comesTrue([&] { return model->isReady(); }));
    ASSERT_EQ(model->count(), 5);

    EXPECT_TRUE(comesTrue([&] { return model->row(4).at(Role::isCounted).toBool(); }));

    for (int row = 0; row < 5; ++row) {
        EXPECT_EQ(model->row(row).at(Role::asked).toInt(), 3) << row;
    }
}

TEST_F(Asides, WhatCameAfterTheWindowWasClosedIsAdmittedWithAReason) {
    CountyBox::set(*office, window, "state", "closed");
    county.sync(*office);
    fileAs(*town, first, "迟了。");
    spread();
    openHome(*office);
    const std::unique_ptr<ui::AsideListModel> model(models->asideList());
    const QAbstractItemModelTester modelTester(model.get(),
                                               QAbstractItemModelTester::FailureReportingMode::Fatal);
    ASSERT_TRUE(comesTrue([&] { return model->isReady(); }));
    ASSERT_EQ(model->count(), 1);  // text, status and submission are one report
    using Role = ui::AsideListModel::Role;
    EXPECT_TRUE(model->row(0).at(Role::text).toString().contains(qt("迟了。")));
    EXPECT_GE(model->row(0).at(Role::ops).toStringList().size(), 3);
    EXPECT_TRUE(model->row(0).at(Role::recordTitle).toString().contains(qt("事项1")));
    EXPECT_FALSE(model->row(0).at(Role::reasonWhat).toString().isEmpty());
    QSignalSpy admitted(model.get(), &ui::AsideListModel::admitted);
    const QString op = model->row(0).at(Role::entryId).toString();

    model->admit(op, qt("断网迟报，予以补收"));
    ASSERT_TRUE(comesTrue([&] { return admitted.size() == 1; }));
    spread();

    EXPECT_TRUE(comesTrue([&] { return model->indexOfKey(op) < 0; }));
}

TEST_F(Export, SavesWhereItSaysAndAddsTheEnding) {
    fileAs(*town, first, "办了。");
    spread();
    openHome(*office);
    const std::unique_ptr<ui::ExportModel> model(models->exportForm());
    ASSERT_TRUE(comesTrue([&] { return model->isReady(); }));
    const QTemporaryDir folder;
    model->setFileType(QStringLiteral("csv"));

    model->save(QUrl::fromLocalFile(folder.filePath(qt("合并"))));

    EXPECT_TRUE(comesTrue([&] { return !model->savedFile().isEmpty(); }));
    EXPECT_EQ(model->savedFile(), folder.filePath(qt("合并.csv")));
    QFile file(model->savedFile());
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    EXPECT_TRUE(file.readAll().contains("办了。"));
}

TEST_F(Export, OffersTheFormsAndOfEachTheTypesItIsWrittenAs) {
    openHome(*office);
    const std::unique_ptr<ui::ExportModel> model(models->exportForm());
    ASSERT_TRUE(comesTrue([&] { return model->isReady(); }));
    EXPECT_EQ(model->forms()->count(), static_cast<int>(documents::forms().size()));
    model->setFileType(QStringLiteral("csv"));

    model->setFormId(QStringLiteral("notice"));

    EXPECT_LT(model->fileTypes()->indexOfKey(QStringLiteral("csv")), 0);
    EXPECT_EQ(model->fileType(), QStringLiteral("docx"));
    model->setFormId(QStringLiteral("no-such-form"));
    EXPECT_EQ(model->formId(), QStringLiteral("notice"));
}

TEST_F(Export, BeginsWithWhatTheUnitHandsIn) {
    openHome(*town);
    const std::unique_ptr<ui::ExportModel> model(models->exportForm());
    ASSERT_TRUE(comesTrue([&] { return model->isReady(); }));
    EXPECT_EQ(model->formId(), QStringLiteral("filing-form"));
    EXPECT_EQ(model->unitId(), QString());
}

TEST_F(Export, SavesTheFormOfAUnitThatIsChosen) {
    fileAs(*town, first, "办了。");
    spread();
    openHome(*office);
    const std::unique_ptr<ui::ExportModel> model(models->exportForm());
    ASSERT_TRUE(comesTrue([&] { return model->isReady(); }));
    const QTemporaryDir folder;
    model->setFormId(QStringLiteral("filing-form"));
    model->setFileType(QStringLiteral("json"));

    // The office has no task of its own.
    model->save(QUrl::fromLocalFile(folder.filePath(qt("填报版"))));
    EXPECT_TRUE(comesTrue([&] { return !model->errorWhat().isEmpty(); }));

    ASSERT_GE(model->units()->indexOfKey(QString::fromStdString(townUnit.hex())), 0);
    model->setUnitId(QString::fromStdString(townUnit.hex()));
    model->save(QUrl::fromLocalFile(folder.filePath(qt("填报版"))));
    ASSERT_TRUE(comesTrue([&] { return !model->savedFile().isEmpty(); }));
    QFile file(model->savedFile());
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    EXPECT_TRUE(file.readAll().contains("办了。"));
}

TEST(ExportOfALedger, ThatIsStoppedLeavesNoFile) {
    CountyBox county;
    const auto office = county.enrol("office", "公开办", "马主任", "office");
    const std::string ledgerId = county.newLedger(*office);
    const std::string file = county.folder() + "/合并.csv";

    const auto answer =
        documents::exportForm(*office, {"consolidated", file, *RecordId::fromHexText(ledgerId), {}, {}},
                              [](std::size_t, std::size_t) { return false; });

    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, ErrorCode::cancelled);
    EXPECT_FALSE(std::filesystem::exists(file));
}

}  // namespace
}  // namespace hezhang::test
