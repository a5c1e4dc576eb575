// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The office's page of one window: what closing freezes, the closing, the snapshot as a file, what came late;
// and the four facts about a report.
#include <QTemporaryDir>

#include "src/ledger/extension.h"
#include "src/ledger/files.h"
#include "src/ledger/tallies.h"
#include "src/ui/format.h"
#include "tests/ui/ui_box.h"

namespace hezhang::test {
namespace {

using ui::WindowModel;

class WindowPages : public UiTest {
protected:
    WindowPages() {
        task = county.newTask(*office, ledgerId, 1, "开展培训。", {"甲镇", "乙镇"});
        window = county.newWindow(*office, "2099-12-05");
        spread();
        unit = town->me().enrolment.unit;
    }
    void file(const std::string& text) {
        ledger::FilingRequest request{.task = task, .unit = unit, .window = window, .text = text};
        request.isSubmitted = true;
        ASSERT_TRUE(ledger::file(*town, request));
        spread();
    }
    [[nodiscard]] std::unique_ptr<WindowModel> openPage() {
        openHome(*office);
        std::unique_ptr<WindowModel> model(models->window(qt(window.hex())));
        EXPECT_TRUE(comesTrue([&] { return model->isReady(); }));
        return model;
    }
    static void close(WindowModel& model) {
        QSignalSpy done(&model, &WindowModel::done);
        model.close();
        ASSERT_TRUE(comesTrue([&] { return done.count() == 1 && model.hasSnapshot(); }));
    }
    [[nodiscard]] static QVariantMap at(const QVariantList& list, int index) {
        return list.value(index).toMap();
    }

    RecordId task;
    RecordId window;
    RecordId unit;
};

TEST_F(WindowPages, SaysWhatClosingFreezesAndWhoIsMissing) {
    file("培训2次。");
    const auto model = openPage();

    EXPECT_TRUE(model->isOpen());
    EXPECT_EQ(model->asked(), 2);
    EXPECT_EQ(model->submitted(), 1);
    EXPECT_EQ(model->missing(), 1);
    ASSERT_EQ(model->missingUnits().size(), 1);
    EXPECT_EQ(at(model->missingUnits(), 0)[qt("unitName")].toString(), qt("乙镇"));
    EXPECT_TRUE(at(model->missingUnits(), 0)[qt("text")].toString().contains(QLatin1Char('1')));
    EXPECT_EQ(model->missingNames(), qt("乙镇"));
    EXPECT_EQ(model->unsent(), 0);
    EXPECT_FALSE(model->hasSnapshot());

    close(*model);

    EXPECT_TRUE(comesTrue([&] { return !model->isOpen(); }));
    EXPECT_EQ(model->frozenCount(), 1);
    EXPECT_EQ(model->rowCount(), 2);
    EXPECT_GT(model->unsent(), 0) << "the closing itself";
    EXPECT_EQ(model->digest().size(), 64);
}

TEST_F(WindowPages, TheSnapshotIsSavedAsAFileAndAChangedFileIsNotGood) {
    file("培训2次。");
    const auto model = openPage();
    close(*model);
    const QTemporaryDir folder;
    const QUrl saved = QUrl::fromLocalFile(folder.filePath(qt("封存.json")));
    QSignalSpy done(model.get(), &WindowModel::done);
    QSignalSpy checked(model.get(), &WindowModel::checked);
    QSignalSpy failed(model.get(), &WindowModel::failed);

    model->save(saved);
    ASSERT_TRUE(comesTrue([&] { return done.count() == 1; }));
    model->verifyFile(saved);
    ASSERT_TRUE(comesTrue([&] { return checked.count() == 1; }));
    EXPECT_TRUE(model->isGood());
    EXPECT_EQ(model->checkTitle(), qt("封存.json"));
    EXPECT_EQ(at(model->checkFacts(), 0)[qt("value")].toString(), model->digest());

    Bytes bytes = taken(ledger::readFile(saved.toLocalFile().toStdString(), 1U << 20U));
    std::string text(textOf(bytes));
    text.replace(text.find("乙镇"), std::string("乙镇").size(), "丙镇");
    ASSERT_TRUE(ledger::replaceFile(saved.toLocalFile().toStdString(), viewOf(text)));
    model->verifyFile(saved);
    ASSERT_TRUE(comesTrue([&] { return checked.count() == 2; }));
    EXPECT_FALSE(model->isGood());

    ASSERT_TRUE(ledger::replaceFile(saved.toLocalFile().toStdString(), viewOf(std::string("{}"))));
    model->verifyFile(saved);
    EXPECT_TRUE(comesTrue([&] { return failed.count() == 1; }));
    model->closeCheck();
    model->verify();
    EXPECT_TRUE(comesTrue([&] { return model->isGood(); }));
}

TEST_F(WindowPages, WhatCameLateIsAdmittedWithAReasonAndStaysBeside) {
    const auto model = openPage();
    close(*model);
    spread();
    file("迟到的培训。");
    ASSERT_TRUE(comesTrue([&] { return model->late().size() == 1; }));
    const QVariantMap late = at(model->late(), 0);
    EXPECT_EQ(late[qt("unitName")].toString(), qt("甲镇"));
    EXPECT_EQ(late[qt("text")].toString(), qt("迟到的培训。"));
    EXPECT_GT(late[qt("asideCount")].toInt(), 0);

    model->admit(late[qt("ops")].toStringList(), qt("  "));
    EXPECT_FALSE(model->isBusy()) << "without a reason nothing is admitted";
    model->admit(late[qt("ops")].toStringList(), qt("网络中断"));
    ASSERT_TRUE(comesTrue([&] { return !model->isBusy(); }));
    spread();

    ASSERT_TRUE(comesTrue([&] { return at(model->late(), 0)[qt("asideCount")].toInt() == 0; }));
    const QVariantList admitted = at(model->late(), 0)[qt("admitted")].toList();
    ASSERT_EQ(admitted.size(), 1);
    EXPECT_EQ(at(admitted, 0)[qt("reason")].toString(), qt("网络中断"));
    EXPECT_TRUE(at(admitted, 0)[qt("authorText")].toString().contains(qt("马主任")));
}

TEST_F(WindowPages, MoreTimeThatIsGrantedAfterTheClosingIsToldWhenItIsVerified) {
    file("培训2次。");
    const auto model = openPage();
    close(*model);
    spread();
    const RecordId asked =
        taken(ledger::askForExtension(*town, {task, unit, window, "2099-12-20", "汛期抢险"}));
    spread();
    ASSERT_TRUE(ledger::answerExtension(*office, asked, {true, "", ""}));
    spread();
    QSignalSpy checked(model.get(), &WindowModel::checked);

    model->verify();

    ASSERT_TRUE(comesTrue([&] { return checked.count() == 1; }));
    EXPECT_TRUE(model->isGood());
    ASSERT_EQ(model->checkRows().size(), 1);
    EXPECT_TRUE(at(model->checkRows(), 0)[qt("title")].toString().contains(qt("甲镇")));
    EXPECT_TRUE(
        at(model->checkRows(), 0)[qt("text")].toString().contains(ui::Format::date(qt("2099-12-20"))));
}

TEST_F(WindowPages, WhatWasCountedLateIsShownWithItsTarget) {
    CountyBox::set(*office, task, "content", "开展培训不少于5次。");
    spread();
    const auto model = openPage();
    close(*model);
    spread();
    ASSERT_TRUE(
        ledger::tally(*town, {.task = task, .unit = unit, .window = window, .target = "1", .done = 3}));
    spread();

    ASSERT_TRUE(comesTrue([&] { return model->late().size() == 1; }));
    const QVariantList counts = at(model->late(), 0)[qt("counts")].toList();
    ASSERT_EQ(counts.size(), 1);
    EXPECT_EQ(at(counts, 0)[qt("words")].toString(), qt("开展培训不少于5次"));
    EXPECT_TRUE(at(counts, 0)[qt("figures")].toString().contains(QLatin1Char('3')));
}

TEST_F(WindowPages, APrintedCellLeadsToItsEntries) {
    file("培训2次。");
    openHome(*office);
    const std::unique_ptr<ui::PrintedCellModel> model(models->printedCell(qt(task.hex()), qt(window.hex())));
    ASSERT_TRUE(comesTrue([&] { return model->isReady(); }));
    EXPECT_EQ(model->cells().size(), 7);
    EXPECT_EQ(model->cell(), qt("progress"));
    EXPECT_EQ(at(model->sentences(), 0)[qt("sources")].toString(), qt("甲镇"));
    ASSERT_EQ(model->sources().size(), 1);
    const QVariantMap source = at(model->sources(), 0);
    EXPECT_EQ(source[qt("title")].toString(), qt("甲镇"));
    EXPECT_EQ(source[qt("unitId")].toString(), qt(unit.hex()));
    const QVariantMap entry = at(source[qt("entries")].toList(), 0);
    EXPECT_EQ(entry[qt("value")].toString(), qt("培训2次。"));
    EXPECT_TRUE(entry[qt("who")].toString().contains(qt("张三")));
    EXPECT_TRUE(source[qt("approvals")].toList().isEmpty());

    model->setCell(qt("content"));
    EXPECT_TRUE(comesTrue([&] { return model->text() == qt("开展培训。"); }));
    EXPECT_TRUE(model->sentences().isEmpty());
    EXPECT_TRUE(
        at(at(model->sources(), 0)[qt("entries")].toList(), 0)[qt("who")].toString().contains(qt("马主任")));
}

TEST_F(WindowPages, TheFourFactsOfAReportFollowWhatHappensToIt) {
    openSession();
    const std::unique_ptr<ui::FilingFactsModel> model(
        models->filingFacts(qt(task.hex()), QString(), qt(window.hex())));
    const auto states = [&] {
        QStringList words;
        for (const QVariant& fact : model->facts()) {
            words.append(fact.toMap()[qt("state")].toString());
        }
        return words.join(QLatin1Char(' '));
    };
    EXPECT_TRUE(comesTrue([&] { return states() == qt("unknown not-yet not-yet not-yet"); }));

    file("培训2次。");
    EXPECT_TRUE(comesTrue([&] { return states() == qt("yes yes not-yet not-yet"); }));
    EXPECT_TRUE(at(model->facts(), 1)[qt("text")].toString().contains(qt("张三")));

    ASSERT_TRUE(office::closeWindow(*office, window));
    spread();
    EXPECT_TRUE(comesTrue([&] { return states() == qt("yes yes not-yet yes"); }));
}

}  // namespace
}  // namespace hezhang::test
