// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/filing_form_model.h"

#include <csignal>
#include <filesystem>

#include <QImage>
#include <QProcess>

#include "src/ledger/blobs.h"
#include "tests/ui/ui_box.h"

namespace hezhang::test {
namespace {

using ::testing::HasSubstr;
using ui::FilingFormModel;

class FilingForm : public UiTest {
protected:
    FilingForm() {
        task = county.newTask(*office, ledgerId, 1, "甲。", {"甲镇"}, "2026-12-31");
        earlier = county.newWindow(*office, "2026-05-31");
        window = county.newWindow(*office, "2026-08-31");
        spread();
    }
    [[nodiscard]] std::unique_ptr<FilingFormModel> open() {
        if (!session) {
            openSession();
        }
        std::unique_ptr<FilingFormModel> form(
            models->filingForm(qt(task.hex()), QString(), qt(window.hex())));
        EXPECT_TRUE(comesTrue([&] { return form->isReady(); }));
        return form;
    }
    ledger::FilingAnswer fileAs(ledger::Home& home, const std::string& text,
                                const std::string& status = "in-progress", bool isSubmitted = false) const {
        ledger::FilingRequest request{.task = task, .unit = home.me().enrolment.unit, .window = window};
        request.text = text;
        request.status = status;
        request.isSubmitted = isSubmitted;
        return taken(ledger::file(home, request));
    }
    static void saveAndWait(FilingFormModel& form, bool isSubmitted = false) {
        QSignalSpy saved(&form, &FilingFormModel::saved);
        if (isSubmitted) {
            form.submit();
        } else {
            form.save();
        }
        EXPECT_TRUE(comesTrue([&] { return saved.size() == 1; })) << form.errorWhat().toStdString();
    }
    // Of the text cell, as another connection to the town's home has it.
    [[nodiscard]] sync::CellReading textCell(const RecordId& record) const {
        const auto row = taken(town->store().record(record));
        return taken(town->state().cell(*row, "text"));
    }
    [[nodiscard]] RecordId record() const {
        return town->idOf(taken(ledger::filingKey(*town, task, town->me().enrolment.unit, window)));
    }

    RecordId task;
    RecordId earlier;
    RecordId window;
};

TEST_F(FilingForm, AnEmptyOneSaysWhatIsMissingAndCannotBeSubmitted) {
    const auto form = open();

    EXPECT_EQ(form->filingState(), QStringLiteral("none"));
    EXPECT_TRUE(form->isOwn());
    EXPECT_EQ(form->problems().size(), 2);
    EXPECT_FALSE(form->canSubmit());
    EXPECT_FALSE(form->canSave());
}

TEST_F(FilingForm, CountingTowardsATargetIsSavedAtOnceAndSaysWhatIsMissing) {
    using Role = ui::TargetListModel::Role;
    CountyBox::set(*office, task, "content", "举办培训不少于5次；解读率不低于80%。");
    spread();
    const auto form = open();
    ASSERT_EQ(form->targets()->count(), 2);
    const auto own = [&](int row) {
        return form->targets()->row(row).at(Role::ownText).toString().toStdString();
    };
    EXPECT_EQ(own(0), "nothing counted yet");

    form->countTarget(form->targets()->keyAt(0), 3, 0);
    form->countTarget(form->targets()->keyAt(1), 7, 10);

    EXPECT_TRUE(comesTrue([&] { return own(0) == "3 of 5 次, 2 to go"; })) << own(0);
    EXPECT_TRUE(comesTrue([&] { return own(1) == "7 of 10 cases, 70%, 1 more must meet it"; })) << own(1);
    EXPECT_FALSE(form->isDirty());
    form->setText(qt("办了3次。"));
    form->setStatus(QStringLiteral("done"));
    EXPECT_THAT(form->warnings().join(QLatin1Char('|')).toStdString(),
                HasSubstr("举办培训不少于5次: 3 of 5 次"));

    QSignalSpy failed(form.get(), &FilingFormModel::failed);
    form->countTarget(form->targets()->keyAt(0), -9, 0);
    EXPECT_TRUE(comesTrue([&] { return failed.size() == 1; }));
    EXPECT_EQ(form->errorWhat(), QString());
    form->stateTarget(form->targets()->keyAt(1), 90);
    EXPECT_TRUE(comesTrue([&] { return own(1).find("stated: 90%") != std::string::npos; })) << own(1);
}

TEST_F(FilingForm, SubmittingMakesADurableSubmittedFiling) {
    const auto form = open();
    form->setText(qt("办了3件。"));
    form->setStatus(QStringLiteral("in-progress"));
    form->setPercent(60);
    form->setCountAdded(3);

    saveAndWait(*form, true);

    EXPECT_EQ(textCell(record()).view.shown.asText(), "办了3件。");
    EXPECT_TRUE(comesTrue([&] { return form->filingState() == QLatin1String("submitted"); }));
    EXPECT_EQ(form->count(), 3);
    EXPECT_EQ(form->countAdded(), 0);
    EXPECT_EQ(form->progress(), QStringLiteral("local"));
    EXPECT_EQ(form->draftState(), QStringLiteral("none"));
    EXPECT_FALSE(form->isDirty());
    EXPECT_FALSE(form->canSubmit());
}

TEST_F(FilingForm, PercentAndStatusThatContradictAreNotSubmitted) {
    const auto form = open();
    form->setText(qt("办了。"));
    form->setStatus(QStringLiteral("done"));
    form->setPercent(60);
    EXPECT_FALSE(form->canSubmit());

    form->setPercent(100);
    EXPECT_TRUE(form->canSubmit());
    form->setStatus(QStringLiteral("not-started"));
    EXPECT_FALSE(form->canSubmit());
}

TEST_F(FilingForm, LastWindowsTextStandsBeside) {
    ledger::FilingRequest before{.task = task, .unit = town->me().enrolment.unit, .window = earlier};
    before.text = "上期办了1件。";
    before.percent = 20;
    ASSERT_TRUE(ledger::file(*town, before));

    const auto form = open();

    EXPECT_EQ(form->previousText(), qt("上期办了1件。"));
    EXPECT_EQ(form->previousPercent(), QStringLiteral("20%"));
    form->setText(qt("上期办了1件。"));
    EXPECT_EQ(form->warnings().size(), 1);
}

TEST_F(FilingForm, AStatusThatArrivesWhileItIsOpenBecomesAConflictAndIsNotOverwritten) {
    static_cast<void>(fileAs(*town, "办了1件。", "not-started"));
    spread();
    const auto form = open();
    form->setStatus(QStringLiteral("done"));
    CountyBox::set(*colleague, record(), "status", "blocked");
    spread();
    ASSERT_TRUE(comesTrue([&] { return form->statusNewer() == QLatin1String("blocked"); }));
    EXPECT_EQ(form->status(), QStringLiteral("done"));

    saveAndWait(*form);

    EXPECT_TRUE(comesTrue([&] { return form->statusState() == QLatin1String("conflict"); }));
}

TEST_F(FilingForm, ATextThatArrivesWhileItIsOpenIsMergedBySentences) {
    static_cast<void>(fileAs(*town, "甲。乙。"));
    spread();
    const auto form = open();
    form->setText(qt("甲1。乙。"));
    CountyBox::set(*colleague, record(), "text", "甲。乙。丙。");
    spread();
    ASSERT_TRUE(comesTrue([&] { return form->hasNewer(); }));

    saveAndWait(*form);

    EXPECT_EQ(textCell(record()).view.state, sync::CellState::merged);
    EXPECT_EQ(textCell(record()).view.shown.asText(), "甲1。乙。丙。");
    EXPECT_TRUE(comesTrue([&] { return form->text() == qt("甲1。乙。丙。"); }));
}

TEST_F(FilingForm, WhatThePersonHasLookedAtIsReplaced) {
    static_cast<void>(fileAs(*town, "甲。", "not-started"));
    spread();
    const auto form = open();
    form->setStatus(QStringLiteral("done"));
    CountyBox::set(*colleague, record(), "status", "blocked");
    spread();
    ASSERT_TRUE(comesTrue([&] { return form->hasNewer(); }));

    form->markSeen(QStringLiteral("status"));
    EXPECT_FALSE(form->hasNewer());
    saveAndWait(*form);

    EXPECT_TRUE(
        comesTrue([&] { return !form->isSaving() && form->statusState() == QLatin1String("single"); }));
    EXPECT_EQ(taken(ledger::shownText(town->state(), record(), "status")), "done");
}

TEST_F(FilingForm, AFieldNobodyTouchedFollowsWhatArrives) {
    static_cast<void>(fileAs(*town, "甲。", "not-started"));
    spread();
    const auto form = open();
    form->setText(qt("甲。乙。"));
    CountyBox::set(*colleague, record(), "status", "blocked");
    spread();

    EXPECT_TRUE(comesTrue([&] { return form->status() == QLatin1String("blocked"); }));
    EXPECT_FALSE(form->hasNewer());
    EXPECT_EQ(form->text(), qt("甲。乙。"));
}

TEST_F(FilingForm, UndoTakesBackOnesOwnLastEdit) {
    static_cast<void>(fileAs(*town, "甲。"));
    const auto form = open();
    form->setText(qt("乙。"));
    saveAndWait(*form);
    ASSERT_TRUE(comesTrue([&] { return form->canUndo(); }));
    QSignalSpy undone(form.get(), &FilingFormModel::undone);

    form->undo(QStringLiteral("text"));

    EXPECT_TRUE(comesTrue([&] { return undone.size() == 1 && form->text() == qt("甲。"); }));
    EXPECT_EQ(textCell(record()).view.shown.asText(), "甲。");
}

TEST_F(FilingForm, SomebodyElsesEditIsNotTakenBack) {
    static_cast<void>(fileAs(*town, "甲。"));
    spread();
    CountyBox::set(*colleague, record(), "text", "乙。");
    spread();
    const auto form = open();
    QSignalSpy failed(form.get(), &FilingFormModel::failed);

    form->undo(QStringLiteral("text"));

    EXPECT_TRUE(comesTrue([&] { return failed.size() == 1; }));
    EXPECT_EQ(textCell(record()).view.shown.asText(), "乙。");
}

TEST_F(FilingForm, ADraftIsThereAgainWithTheContextItWasBegunWith) {
    static_cast<void>(fileAs(*town, "甲。", "not-started"));
    spread();
    auto form = open();
    form->setStatus(QStringLiteral("done"));
    ASSERT_TRUE(comesTrue([&] { return form->draftState() == QLatin1String("saved"); }));
    form.reset();
    CountyBox::set(*colleague, record(), "status", "blocked");
    spread();

    form = open();

    EXPECT_TRUE(form->isDraftRestored());
    EXPECT_EQ(form->status(), QStringLiteral("done"));
    EXPECT_EQ(form->statusNewer(), QStringLiteral("blocked"));
    form->discardDraft();
    EXPECT_EQ(form->status(), QStringLiteral("blocked"));
    EXPECT_FALSE(form->isDirty());
}

TEST_F(FilingForm, ADraftSurvivesAKilledProcess) {
    QProcess typist;
    typist.start(QCoreApplication::applicationFilePath(), {QStringLiteral("typist"), qt(town->folder()),
                                                           qt(task.hex()), qt(window.hex()), qt("写到一半")});
    ASSERT_TRUE(comesTrue([&] { return typist.readAllStandardOutput().contains("kept"); }));
    ::kill(static_cast<pid_t>(typist.processId()), SIGKILL);
    ASSERT_TRUE(typist.waitForFinished(kWaitMs));
    ASSERT_EQ(typist.exitStatus(), QProcess::CrashExit);

    const auto form = open();

    EXPECT_TRUE(form->isDraftRestored());
    EXPECT_EQ(form->text(), qt("写到一半"));
}

TEST_F(FilingForm, ADraftThatWasSavedDoesNotComeBack) {
    auto form = open();
    form->setText(qt("办了。"));
    ASSERT_TRUE(comesTrue([&] { return form->draftState() == QLatin1String("saved"); }));
    const std::string slot = ledger::draftSlot(record());
    const auto draft = taken(ledger::loadDraft(*town, slot));
    ASSERT_TRUE(draft);
    saveAndWait(*form);
    form.reset();
    // As if the process had ended between the commit and the removal of the file.
    ASSERT_TRUE(ledger::saveDraft(*town, slot, *draft));

    form = open();

    EXPECT_FALSE(form->isDraftRestored());
    EXPECT_FALSE(form->isDirty());
}

TEST_F(FilingForm, APhotoIsMadeSmallAndLosesWhatStoodBesideItsPixels) {
    const QString path = qt(county.folder()) + QStringLiteral("/photo.png");
    QImage photo(3000, 2000, QImage::Format_RGB32);
    photo.fill(Qt::darkGreen);
    photo.setText(QStringLiteral("Location"), QStringLiteral("38.49N 106.13E"));
    ASSERT_TRUE(photo.save(path));
    const auto form = open();

    form->addEvidence(QUrl::fromLocalFile(path));

    ASSERT_TRUE(comesTrue([&] { return form->evidence()->count() == 1; }));
    const QString kept =
        form->evidence()->row(0).at(ui::EvidenceListModel::Role::source).toUrl().toLocalFile();
    const QImage small(kept);
    EXPECT_EQ(small.size(), QSize(2048, 1365));
    EXPECT_TRUE(small.textKeys().isEmpty());
    form->setText(qt("附照片。"));
    form->setStatus(QStringLiteral("in-progress"));
    saveAndWait(*form, true);
    EXPECT_TRUE(comesTrue([&] {
        return form->evidence()->count() == 1 &&
               !form->evidence()->row(0).at(ui::EvidenceListModel::Role::isDraft).toBool();
    }));
    EXPECT_EQ(taken(town->blobsPending()), 1U);
}

TEST_F(FilingForm, APhotoThatIsNotHereYetIsShownSmall) {
    const QString path = qt(county.folder()) + QStringLiteral("/photo.png");
    QImage photo(900, 600, QImage::Format_RGB32);
    photo.fill(Qt::darkGreen);
    ASSERT_TRUE(photo.save(path));
    const auto form = open();
    form->addEvidence(QUrl::fromLocalFile(path));
    ASSERT_TRUE(comesTrue([&] { return form->evidence()->count() == 1; }));
    form->setText(qt("附照片。"));
    form->setStatus(QStringLiteral("in-progress"));
    saveAndWait(*form);
    using Role = ui::EvidenceListModel::Role;
    ASSERT_TRUE(comesTrue([&] {
        return form->evidence()->count() == 1 && !form->evidence()->row(0).at(Role::isDraft).toBool();
    }));
    const auto files = taken(ledger::blobFiles(*town));
    ASSERT_EQ(files.size(), 1U);
    const std::string whole = town->folder() + "/blobs/" + files.front().name;
    ASSERT_TRUE(std::filesystem::exists(whole + ".thumb")) << "it goes ahead of the photo";

    // As on a device that has the small one only.
    std::filesystem::remove(whole);
    form->setText(qt("照片附后。"));
    saveAndWait(*form);

    EXPECT_TRUE(comesTrue([&] {
        const auto row = form->evidence()->row(0);
        return !row.at(Role::isHere).toBool() && row.at(Role::isPhoto).toBool() &&
               row.at(Role::preview).toUrl().toLocalFile() == qt(whole + ".thumb");
    }));
}

}  // namespace
}  // namespace hezhang::test
