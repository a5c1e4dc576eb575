// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Inbox, conflict page, notice, history, own edits and receipts, on a real home of a real county.
#include <QTemporaryDir>

#include "src/ledger/compacting.h"
#include "src/ui/message_table.h"
#include "tests/ui/ui_box.h"

namespace hezhang::test {
namespace {

using ::testing::ElementsAre;
using ui::DifferenceModel;
using ui::HistoryModel;
using ui::InboxModel;
using ui::OwnEditListModel;

class DifferenceModels : public UiTest {
protected:
    DifferenceModels() {
        task = county.newTask(*office, ledgerId, 1, "甲。", {"甲镇"});
        spread();
        CountyBox::set(*office, task, "joint_progress", "办了3件。公开了5条。");
        spread();
    }
    void setApart(const std::string& field, const std::string& ours, const std::string& theirs) {
        CountyBox::set(*town, task, field, ours);
        CountyBox::set(*office, task, field, theirs);
        spread();
    }
    void settleByOffice(const std::string& field, const std::string& value) {
        ledger::Choice choice;
        choice.value = value;
        ASSERT_TRUE(ledger::resolve(*office, task, field, choice));
        spread();
    }
    // The office has written a status twice; the town's home keeps the texts of what is shown only.
    void letGo() {
        for (const char* value : {"done", "blocked"}) {
            CountyBox::set(*office, task, "joint_status", value);
            spread();
        }
        county.clock().advance(1);
        ASSERT_GT(taken(ledger::compact(*town, 0)).let.segments, 0U);
    }
    template <class Model>
    [[nodiscard]] std::unique_ptr<Model> watched(Model* made) {
        std::unique_ptr<Model> model(made);
        tester = std::make_unique<QAbstractItemModelTester>(
            model.get(), QAbstractItemModelTester::FailureReportingMode::Fatal);
        EXPECT_TRUE(comesTrue([&] { return model->isReady(); }));
        return model;
    }
    [[nodiscard]] std::unique_ptr<DifferenceModel> open(const QString& field) {
        std::unique_ptr<DifferenceModel> model(models->difference(qt(task.hex()), field));
        EXPECT_TRUE(comesTrue([&] { return model->isReady(); }));
        return model;
    }
    static QString words(const QVariantList& runs) {
        QString text;
        for (const QVariant& run : runs) {
            const QString kind = run.toMap()[QStringLiteral("kind")].toString();
            text += kind == QLatin1String("added")     ? QStringLiteral("+")
                    : kind == QLatin1String("removed") ? QStringLiteral("-")
                                                       : QStringLiteral("=");
            text += run.toMap()[QStringLiteral("text")].toString();
        }
        return text;
    }
    static QVariantMap value(const DifferenceModel& model, int index) {
        return model.values()[index].toMap();
    }

    RecordId task;
    std::unique_ptr<QAbstractItemModelTester> tester;
};

TEST_F(DifferenceModels, TheInboxListsWhatWaitsAndFollowsWhatIsDecided) {
    setApart("joint_status", "done", "blocked");
    openSession();
    const auto inbox = watched(models->inbox());
    ASSERT_EQ(inbox->count(), 1);
    EXPECT_EQ(inbox->row(0).at(InboxModel::Role::kind).toString(), QStringLiteral("conflict"));
    EXPECT_EQ(inbox->row(0).at(InboxModel::Role::title).toString(), qt("事项1"));
    EXPECT_TRUE(inbox->row(0).at(InboxModel::Role::isOwn).toBool());
    EXPECT_EQ(inbox->conflictCount(), 1);

    settleByOffice("joint_status", "blocked");

    EXPECT_TRUE(comesTrue([&] { return inbox->noticeCount() == 1 && inbox->conflictCount() == 0; }));
    EXPECT_EQ(inbox->row(0).at(InboxModel::Role::kind).toString(), QStringLiteral("notice"));
    inbox->setKind(QStringLiteral("conflict"));
    EXPECT_EQ(inbox->count(), 0);
}

TEST_F(DifferenceModels, AConflictShowsTheBaseAndWhatDiffersAndTakesOne) {
    setApart("joint_progress", "办了4件。公开了5条。", "办了6件。公开了5条。");
    openSession();
    const auto model = open(QStringLiteral("joint_progress"));
    EXPECT_EQ(model->kind(), QStringLiteral("conflict"));
    EXPECT_EQ(model->editor(), QStringLiteral("text"));
    EXPECT_EQ(model->baseText(), qt("办了3件。公开了5条。"));
    ASSERT_EQ(model->values().size(), 2);
    // The office syncs first.
    EXPECT_EQ(words(value(*model, 1)[QStringLiteral("runs")].toList()), qt("=办了-3+4=件。公开了5条。"));
    EXPECT_TRUE(value(*model, 1)[QStringLiteral("isOwn")].toBool());
    EXPECT_FALSE(value(*model, 0)[QStringLiteral("seen")].toString().isEmpty());
    EXPECT_FALSE(model->canDecide());
    QSignalSpy decided(model.get(), &DifferenceModel::decided);

    model->setPicked(0);
    model->decide();

    EXPECT_TRUE(comesTrue([&] { return decided.size() == 1 && model->kind() == QLatin1String("settled"); }));
    EXPECT_FALSE(model->isChanged());
    EXPECT_EQ(taken(ledger::shownText(town->state(), task, "joint_progress")), "办了6件。公开了5条。");
}

TEST_F(DifferenceModels, AThirdTextSettlesIt) {
    setApart("joint_status", "done", "blocked");
    openSession();
    const auto model = open(QStringLiteral("joint_status"));
    EXPECT_EQ(model->editor(), QStringLiteral("choice"));
    EXPECT_TRUE(model->choices().contains(QStringLiteral("ongoing")));
    QSignalSpy decided(model.get(), &DifferenceModel::decided);

    model->setPicked(DifferenceModel::kOwn);
    EXPECT_FALSE(model->canDecide());
    model->setOwnText(QStringLiteral("ongoing"));
    model->decide();

    EXPECT_TRUE(comesTrue([&] { return decided.size() == 1; }));
    EXPECT_EQ(taken(ledger::shownText(town->state(), task, "joint_status")), "ongoing");
}

TEST_F(DifferenceModels, WhatArrivesWhileThePageIsOpenHasToBeLookedAtFirst) {
    setApart("joint_status", "done", "blocked");
    openSession();
    const auto model = open(QStringLiteral("joint_status"));
    model->setPicked(0);
    ledger::EditRequest third{.record = task, .field = "joint_status", .text = "ongoing"};
    third.seen.emplace();
    ASSERT_TRUE(colleague->edit(third));
    spread();

    EXPECT_TRUE(comesTrue([&] { return model->isChanged() && model->values().size() == 3; }));
    EXPECT_EQ(model->picked(), DifferenceModel::kNone);
    model->setPicked(0);
    EXPECT_FALSE(model->canDecide());
    model->look();
    EXPECT_TRUE(model->canDecide());
}

TEST_F(DifferenceModels, WhatTheMachinePutTogetherIsConfirmed) {
    setApart("joint_progress", "办了4件。公开了5条。", "办了3件。公开了6条。");
    openSession();
    const auto model = open(QStringLiteral("joint_progress"));
    EXPECT_EQ(model->kind(), QStringLiteral("merged"));
    EXPECT_EQ(words(model->shownRuns()), qt("=办了-3+4=件。公开了-5+6=条。"));

    model->confirm();

    EXPECT_TRUE(comesTrue([&] { return model->kind() == QLatin1String("settled"); }));
    EXPECT_EQ(taken(ledger::shownText(town->state(), task, "joint_progress")), "办了4件。公开了6条。");
}

TEST_F(DifferenceModels, ADeletedEntryThatSomebodyWroteInIsKeptByADecision) {
    ASSERT_TRUE(office->deleteRecord(task));
    CountyBox::set(*town, task, "joint_status", "done");
    spread();
    openSession();
    const auto model = open(QStringLiteral("deleted"));
    EXPECT_EQ(model->editor(), QStringLiteral("record"));
    ASSERT_EQ(model->values().size(), 2);
    const int keep = value(*model, 0)[QStringLiteral("text")] == QStringLiteral("false") ? 0 : 1;
    QSignalSpy failed(model.get(), &DifferenceModel::failed);

    model->setPicked(keep);
    model->decide();

    // Only the office may undelete a task: the page says so, nothing is lost.
    EXPECT_TRUE(comesTrue([&] { return failed.size() == 1 || model->kind() == QLatin1String("settled"); }));
    EXPECT_FALSE(taken(town->state().isGone(task)));
}

TEST_F(DifferenceModels, ANoticeSaysWhatWasTakenAndGoesWhenItWasRead) {
    setApart("joint_status", "done", "blocked");
    settleByOffice("joint_status", "blocked");
    openSession();
    const auto inbox = watched(models->inbox());
    ASSERT_TRUE(comesTrue([&] { return inbox->noticeCount() == 1; }));
    const std::unique_ptr<ui::NoticeModel> notice(
        models->notice(inbox->row(0).at(InboxModel::Role::noticeId).toString()));
    ASSERT_TRUE(comesTrue([&] { return notice->isReady(); }));
    EXPECT_EQ(notice->person(), qt("马主任"));
    EXPECT_FALSE(notice->ownText().isEmpty());
    EXPECT_NE(notice->ownText(), notice->takenText());

    notice->markSeen();

    EXPECT_TRUE(comesTrue([&] { return notice->isSeen() && inbox->noticeCount() == 0; }));
}

TEST_F(DifferenceModels, HistoryHasEveryEditAndWritesAnOlderOneAgain) {
    CountyBox::set(*town, task, "joint_status", "done");
    spread();
    CountyBox::set(*office, task, "joint_status", "blocked");
    spread();
    openSession();
    const auto history = watched(models->history(qt(task.hex()), QStringLiteral("joint_status")));
    ASSERT_EQ(history->count(), 2);
    EXPECT_EQ(history->row(0).at(HistoryModel::Role::verdict).toString(), QStringLiteral("applied"));
    EXPECT_TRUE(history->row(0).at(HistoryModel::Role::isShown).toBool());
    EXPECT_FALSE(history->row(0).at(HistoryModel::Role::canRestore).toBool());
    EXPECT_TRUE(history->row(1).at(HistoryModel::Role::canRestore).toBool());
    EXPECT_FALSE(history->row(1).at(HistoryModel::Role::countyTimeText).toString().isEmpty());
    EXPECT_FALSE(history->clockText().isEmpty());
    EXPECT_FALSE(history->vectorText().isEmpty());
    QSignalSpy restored(history.get(), &HistoryModel::restored);

    history->restore(1);

    EXPECT_TRUE(comesTrue([&] { return restored.size() == 1 && history->count() == 3; }));
    EXPECT_EQ(history->row(0).at(HistoryModel::Role::verdict).toString(), QStringLiteral("local"));
    EXPECT_EQ(taken(ledger::shownText(town->state(), task, "joint_status")), "done");
}

TEST_F(DifferenceModels, WhatTheHomeHasLetGoOfComesBackWhenItIsAskedFor) {
    letGo();
    openSession(directTo(county));
    const auto history = watched(models->history(qt(task.hex()), QStringLiteral("joint_status")));
    ASSERT_TRUE(history->isPartial() && history->isLetGo());
    ASSERT_EQ(history->count(), 1);

    history->fetchEarlier();

    EXPECT_TRUE(comesTrue([&] { return history->count() == 2 && !history->isFetching(); }));
    EXPECT_FALSE(history->isPartial());
}

TEST_F(DifferenceModels, WhatDoesNotComeBackIsSaidWhy) {
    letGo();
    openSession();
    const auto history = watched(models->history(qt(task.hex()), QStringLiteral("joint_status")));
    QSignalSpy failed(history.get(), &HistoryModel::failed);

    history->fetchEarlier();

    ASSERT_TRUE(comesTrue([&] { return failed.size() == 1; }));
    EXPECT_EQ(failed[0][0].toString(), ui::MessageTable::of(ErrorCode::unreachable).what);
    EXPECT_FALSE(history->isFetching());
    EXPECT_TRUE(history->isLetGo());
}

TEST_F(DifferenceModels, AnOlderValueIsWrittenInTheContextThatThePageShowed) {
    CountyBox::set(*town, task, "joint_status", "done");
    spread();
    CountyBox::set(*town, task, "joint_status", "ongoing");
    spread();
    openSession();
    const auto history = watched(models->history(qt(task.hex()), QStringLiteral("joint_status")));
    ASSERT_EQ(history->count(), 2);
    QSignalSpy restored(history.get(), &HistoryModel::restored);
    CountyBox::set(*office, task, "joint_status", "blocked");
    county.sync(*office);

    history->restore(1);
    ASSERT_TRUE(comesTrue([&] { return restored.size() == 1; }));
    spread();

    const auto row = taken(town->store().record(task));
    EXPECT_EQ(taken(town->state().cell(*row, "joint_status")).view.state, sync::CellState::conflict);
}

TEST_F(DifferenceModels, OwnEditsSayHowFarTheyHaveCome) {
    CountyBox::set(*town, task, "joint_status", "done");
    spread();
    CountyBox::set(*town, task, "joint_status", "ongoing");
    openSession();
    const auto edits = watched(models->ownEdits());
    ASSERT_EQ(edits->count(), 2);
    EXPECT_EQ(edits->row(0).at(OwnEditListModel::Role::progress).toString(), QStringLiteral("local"));
    EXPECT_EQ(edits->row(1).at(OwnEditListModel::Role::progress).toString(), QStringLiteral("applied"));

    edits->setState(QStringLiteral("local"));

    EXPECT_TRUE(comesTrue([&] { return edits->count() == 1; }));
}

TEST_F(DifferenceModels, OwnEditsComeInPagesAsTheyAreLookedAt) {
    ASSERT_TRUE(town->beginBatch());
    for (int i = 0; i < 450; ++i) {
        CountyBox::set(*town, task, "joint_progress", std::to_string(i) + "。");
    }
    ASSERT_TRUE(town->commitBatch());
    openSession();
    const std::unique_ptr<OwnEditListModel> edits(models->ownEdits());
    ASSERT_TRUE(comesTrue([&] { return edits->isReady(); }));
    ASSERT_EQ(edits->count(), OwnEditListModel::kPageRows);
    EXPECT_EQ(edits->total(), 450);
    using Role = OwnEditListModel::Role;

    const auto lookAtTheEnd = [&] {
        return edits->data(edits->index(edits->count() - 1), static_cast<int>(Role::valueText)).toString();
    };
    EXPECT_TRUE(comesTrue([&] { return lookAtTheEnd() == QStringLiteral("0。"); }));

    EXPECT_EQ(edits->count(), 450);
    for (int row = 0; row < 450; ++row) {
        ASSERT_EQ(edits->row(row).at(Role::valueText).toString(), QStringLiteral("%1。").arg(449 - row));
    }
}

TEST_F(DifferenceModels, AReceiptIsShownSavedAndAChangedFileIsNotGood) {
    const RecordId window = county.newWindow(*office, "2026-08-31");
    spread();
    ledger::FilingRequest request{.task = task, .unit = town->me().enrolment.unit, .window = window};
    request.text = "办了。";
    request.isSubmitted = true;
    ASSERT_TRUE(ledger::file(*town, request));
    spread();
    openSession();
    const auto receipts = watched(models->receipts());
    ASSERT_EQ(receipts->count(), 1);
    const QString record = receipts->keyAt(0);
    receipts->show(record);
    EXPECT_TRUE(comesTrue([&] { return receipts->isGood() && receipts->facts().size() > 4; }));

    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("a.hzr"));
    QSignalSpy saved(receipts.get(), &ui::ReceiptListModel::saved);
    receipts->save(record, QUrl::fromLocalFile(file));
    ASSERT_TRUE(comesTrue([&] { return saved.size() == 1; }));
    receipts->close();
    receipts->check(QUrl::fromLocalFile(file));
    EXPECT_TRUE(comesTrue([&] { return receipts->isGood(); }));
    {
        QFile changed(file);
        ASSERT_TRUE(changed.open(QIODevice::ReadWrite));
        QByteArray bytes = changed.readAll();
        bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
        changed.seek(0);
        changed.write(bytes);
    }
    receipts->check(QUrl::fromLocalFile(file));
    EXPECT_TRUE(comesTrue([&] { return !receipts->isGood() && !receipts->errorWhat().isEmpty(); }));
}

}  // namespace
}  // namespace hezhang::test
