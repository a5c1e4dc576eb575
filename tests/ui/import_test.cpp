// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The import page's model on real documents: what was understood is shown, corrected, and only then made.
#include <QClipboard>
#include <QDir>
#include <QGuiApplication>
#include <fstream>
#include <nlohmann/json.hpp>

#include "src/documents/import_office.h"
#include "src/ui/reader_remark.h"
#include "src/ui/reading_error.h"
#include "tests/ui/ui_box.h"

namespace hezhang::test {
namespace {

using TaskRole = ui::ImportTaskListModel::Role;

class ImportPage : public UiTest {
protected:
    void openOffice() {
        session = std::make_unique<ui::AppSession>(&noTransport, ui::SyncTimes{100, 30'000, 100});
        models = std::make_unique<ui::Models>(*session);
        session->store().setAutomaticSync(false);
        session->open(qt(office->folder()));
        ASSERT_TRUE(comesTrue([&] { return session->state() == ui::AppSession::State::Ready; }));
        model.reset(models->documentImport());
        tester = std::make_unique<QAbstractItemModelTester>(
            model->tasks(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    }
    void openDocument(const QString& file) {
        openOffice();
        model->openFile(QUrl::fromLocalFile(file));
        ASSERT_TRUE(comesTrue([&] { return model->phase() != QLatin1String("reading"); }));
    }
    // Compared with what the home holds first.
    void create() {
        ASSERT_TRUE(comesTrue([&] { return model->canCreate(); }));
        model->create();
    }
    void importText(const QString& text) {
        model->openText(text);
        ASSERT_TRUE(comesTrue([&] { return model->canCreate(); }));
    }
    // The place of the only task that is listed so.
    int onlyOne(const QString& which) {
        model->setOnly(which);
        EXPECT_EQ(model->tasks()->count(), 1);
        return model->tasks()->count() == 1 ? model->tasks()->row(0).at(TaskRole::place).toInt() : -1;
    }
    static QString real(const QString& name) { return QStringLiteral(HEZHANG_DOCUMENTS "/") + name; }
    static QString small() {
        return qt(
            "某县2026年重点任务台账\n序号\t重点工作\t主要内容\t量化指标\t责任单位\t完成时限\n"
            "1\t预算\t公开预算。\t\t甲镇\t2026年6月底前\n"
            "2\t名单\t公开名单。\t\t县水务局\t适时\n");
    }
    [[nodiscard]] std::size_t tasksOfOffice() { return taken(office->store().recordsOf("task")).size(); }

    std::unique_ptr<ui::ImportModel> model;
    std::unique_ptr<QAbstractItemModelTester> tester;
};

TEST_F(ImportPage, ARealDocumentIsUnderstoodAndNothingIsMadeYet) {
    openDocument(real("001_c31e98b49c878b27.txt"));

    ASSERT_EQ(model->phase(), QLatin1String("preview"));
    EXPECT_EQ(model->tasks()->count(), 30);
    EXPECT_EQ(model->year(), 2023);
    EXPECT_GT(model->doubtCount(), 0);  // the box's county knows hardly a unit of it
    model->choose(0);
    EXPECT_FALSE(model->task()->content().isEmpty());
    const QString source = model->task()->source();
    EXPECT_TRUE(source.contains(model->task()->content().left(6))) << source.toStdString();
    EXPECT_EQ(tasksOfOffice(), 0U);
}

TEST_F(ImportPage, APdfIsReadAndReadingItCanBeStopped) {
    openDocument(real("pdf/001_c31e98b49c878b27.pdf"));
    ASSERT_EQ(model->phase(), QLatin1String("preview"));
    EXPECT_EQ(model->tasks()->count(), 30);

    model->close();
    model->openFile(QUrl::fromLocalFile(real("pdf/001_c31e98b49c878b27.pdf")));
    ASSERT_EQ(model->phase(), QLatin1String("reading"));
    model->stop();

    ASSERT_TRUE(comesTrue([&] { return model->phase() == QLatin1String("empty"); }));
    EXPECT_TRUE(model->errorWhat().isEmpty());
}

TEST_F(ImportPage, WhatIsCorrectedByHandIsWhatIsMade) {
    openOffice();
    model->openText(small());
    ASSERT_TRUE(comesTrue([&] { return model->phase() == QLatin1String("preview"); }));
    ASSERT_EQ(model->tasks()->count(), 2);
    EXPECT_EQ(model->doubtCount(), 2);
    model->choose(1);
    EXPECT_TRUE(model->task()->doubts().contains(qt("县水务局")));

    QString unit;
    for (int i = 0; i < model->unitChoice()->count(); ++i) {
        const ui::Row& one = model->unitChoice()->row(i);
        if (one.at(ui::ImportUnitListModel::Role::title).toString() == qt("乙镇")) {
            unit = one.at(ui::ImportUnitListModel::Role::unitId).toString();
        }
    }
    model->task()->addUnit(unit, QStringLiteral("lead"));
    model->task()->setDue(QStringLiteral("2026-10-31"));
    model->task()->setContent(qt("公开名单和依据。"));
    EXPECT_EQ(model->doubtCount(), 0);
    EXPECT_EQ(model->task()->units()->count(), 1);
    create();
    ASSERT_TRUE(comesTrue([&] { return model->phase() == QLatin1String("done"); }));
    EXPECT_EQ(ui::idOf(model->ledgerId()), taken(ledger::ledgers(*office)).front().id);

    EXPECT_EQ(tasksOfOffice(), 2U);
    bool isFound = false;
    ASSERT_TRUE(office->state().each("task", [&](sync::RecordReading&& task) -> Result<void> {
        isFound = isFound || ledger::cellText(task, "content") == "公开名单和依据。";
        return {};
    }));
    EXPECT_TRUE(isFound);
}

TEST_F(ImportPage, ACorrectedDocumentShowsWhatItChangesAndThePersonChooses) {
    using FieldRole = ui::ImportFieldListModel::Role;
    openOffice();
    importText(small());
    EXPECT_TRUE(model->update()->isNew());
    model->create();
    ASSERT_TRUE(comesTrue([&] { return model->phase() == QLatin1String("done"); }));
    const RecordId second = taken(ledger::findTask(office->state(), "2", "某县2026年重点任务台账"));
    CountyBox::set(*office, second, "content", "公开名单，每月一次。");

    const QString corrected = small()
                                  .replace(qt("公开预算。"), qt("公开预算和决算。"))
                                  .replace(qt("公开名单。"), qt("公开名单，每季一次。")) +
                              qt("3\t目录\t编制公开事项目录清单。\t\t甲镇\t2026年9月底前\n");
    importText(corrected);

    EXPECT_FALSE(model->update()->isNew());
    EXPECT_EQ(model->update()->addedCount(), 1);
    EXPECT_EQ(model->update()->changedCount(), 1);
    EXPECT_EQ(model->update()->keptCount(), 1);
    model->choose(0);
    ASSERT_EQ(model->update()->fields()->count(), 1);
    const QVariantList runs = model->update()->fields()->row(0).at(FieldRole::runs).toList();
    ASSERT_EQ(runs.size(), 3);
    EXPECT_EQ(runs[1].toMap()["text"].toString(), qt("和决算"));
    EXPECT_EQ(runs[1].toMap()["kind"].toString(), QLatin1String("added"));
    EXPECT_EQ(onlyOne("added"), 2);
    model->choose(onlyOne("kept"));
    ASSERT_EQ(model->update()->fields()->count(), 1);
    EXPECT_FALSE(model->update()->fields()->row(0).at(FieldRole::isTaken).toBool());
    EXPECT_TRUE(model->update()->fields()->row(0).at(FieldRole::remark).toString().contains(qt("马主任")));

    model->update()->take("content", true);
    EXPECT_EQ(model->update()->keptCount(), 0);
    create();
    ASSERT_TRUE(comesTrue([&] { return model->phase() == QLatin1String("done"); }));
    EXPECT_EQ(taken(ledger::shownText(office->state(), second, "content")), "公开名单，每季一次。");
    EXPECT_EQ(tasksOfOffice(), 3U);
}

TEST_F(ImportPage, ATaskThatTheDocumentLacksGoesOnlyWhereThePersonSaysSo) {
    openOffice();
    importText(small());
    model->create();
    ASSERT_TRUE(comesTrue([&] { return model->phase() == QLatin1String("done"); }));
    const QString shorter = small().section(QLatin1Char('\n'), 0, 2);

    importText(shorter);
    ASSERT_EQ(model->update()->missing()->count(), 1);
    model->create();
    ASSERT_TRUE(comesTrue([&] { return model->phase() == QLatin1String("done"); }));
    EXPECT_EQ(taken(ledger::tasks(*office, {})).size(), 2U);

    importText(shorter);
    model->update()->remove(model->update()->missing()->keyAt(0), true);
    model->create();
    ASSERT_TRUE(comesTrue([&] { return model->phase() == QLatin1String("done"); }));
    EXPECT_EQ(taken(ledger::tasks(*office, {})).size(), 1U);
}

TEST_F(ImportPage, ANewTaskCanBeTakenForOneThatTheDocumentLacks) {
    openOffice();
    importText(small());
    model->create();
    ASSERT_TRUE(comesTrue([&] { return model->phase() == QLatin1String("done"); }));
    importText(small().replace(qt("公开名单。"), qt("编制培训计划并按期举办讲座。")));
    ASSERT_EQ(model->update()->addedCount(), 1);
    model->choose(1);
    ASSERT_EQ(model->update()->candidates()->count(), 2);

    model->update()->setSameTaskId(model->update()->candidates()->keyAt(1));
    ASSERT_TRUE(comesTrue([&] { return model->update()->addedCount() == 0; }));
    EXPECT_EQ(model->update()->missing()->count(), 0);
    EXPECT_EQ(model->update()->fields()->count(), 1);
    create();
    ASSERT_TRUE(comesTrue([&] { return model->phase() == QLatin1String("done"); }));
    EXPECT_EQ(taken(ledger::tasks(*office, {})).size(), 2U);
}

TEST_F(ImportPage, AChoiceAboutWordsThatChangedMeanwhileHasToBeMadeAgain) {
    openOffice();
    importText(small());
    model->create();
    ASSERT_TRUE(comesTrue([&] { return model->phase() == QLatin1String("done"); }));
    const RecordId first = taken(ledger::findTask(office->state(), "1", "某县2026年重点任务台账"));
    CountyBox::set(*office, first, "content", "公开预算决算。");
    importText(small().replace(qt("公开预算。"), qt("公开预算和决算。")));
    model->choose(0);
    model->update()->take("content", true);

    CountyBox::set(*office, first, "content", "公开预算、决算。");
    ASSERT_TRUE(comesTrue([&] { return model->update()->keptCount() == 1; }));
}

TEST_F(ImportPage, ALedgerOfMuchTheSameTitleIsProposedAndAnotherCanBeMade) {
    openOffice();
    importText(small());
    model->create();
    ASSERT_TRUE(comesTrue([&] { return model->phase() == QLatin1String("done"); }));

    importText(small().replace(qt("重点任务台账"), qt("重点任务台账（修订）")));
    EXPECT_FALSE(model->update()->isNew());
    EXPECT_EQ(model->update()->ledgerTitle(), qt("某县2026年重点任务台账"));
    EXPECT_EQ(model->update()->sameCount(), 2);
    model->update()->setLedgerId(QString());
    ASSERT_TRUE(comesTrue([&] { return model->update()->isReady(); }));
    EXPECT_TRUE(model->update()->isNew());
    EXPECT_EQ(model->update()->addedCount(), 2);
}

TEST_F(ImportPage, AnEmptyContentIsToldAndATaskCanBeLeftOut) {
    openOffice();
    model->openText(small());
    ASSERT_TRUE(comesTrue([&] { return model->phase() == QLatin1String("preview"); }));
    model->choose(1);
    model->task()->setContent(QString());
    EXPECT_FALSE(model->task()->error().isEmpty());
    EXPECT_EQ(model->task()->content(), QString());
    model->task()->setLeftOut(true);
    EXPECT_EQ(model->taskCount(), 1);
    EXPECT_EQ(model->doubtCount(), 0);
    create();
    ASSERT_TRUE(comesTrue([&] { return model->phase() == QLatin1String("done"); }));
    EXPECT_EQ(tasksOfOffice(), 1U);
}

TEST_F(ImportPage, WhatIsNoLedgerIsToldWithWhatToDo) {
    openDocument(real("003_40d6bf7421138a8c.txt"));
    EXPECT_EQ(model->phase(), QLatin1String("empty"));
    EXPECT_FALSE(model->errorWhat().isEmpty());
    EXPECT_FALSE(model->errorNext().isEmpty());
}

TEST_F(ImportPage, ATextIsPasted) {
    openOffice();
    QGuiApplication::clipboard()->setText(small());
    model->paste();
    EXPECT_TRUE(comesTrue([&] { return model->phase() == QLatin1String("preview"); }));
    EXPECT_EQ(model->tasks()->count(), 2);
}

TEST_F(ImportPage, AnOldExcelFileIsRefusedWithHowToSaveItAnew) {
    const std::string file = county.folder() + "/old.xls";
    std::ofstream(file, std::ios::binary) << "\xd0\xcf\x11\xe0" << std::string(600, '\0');
    openDocument(qt(file));

    EXPECT_EQ(model->phase(), QLatin1String("empty"));
    EXPECT_TRUE(model->errorNext().contains(".xlsx")) << model->errorNext().toStdString();
}

TEST(ReadingErrors, TheReadersWordsAreKnown) {
    for (const char* text :
         {"this is an archive; unpack it and import the documents in it", "the document is larger than 20 MB",
          "the tables hold more than 16000000 characters, empty cells and merged ones in each of their rows "
          "counted too; keep the rows with the tasks and save it anew",
          "a cell of the workbook has more than 32767 characters; no sheet of Excel has",
          "the sheet 表 has more than 50000 rows; keep the rows with the tasks and save it anew"}) {
        EXPECT_NE(ui::ReadingError::of({ErrorCode::unknownFormat, text}).what,
                  ui::MessageTable::of(ErrorCode::unknownFormat).what)
            << text;
    }
}

// A remark that the table does not know would be shown in English to everybody.
TEST(ReaderRemarks, EveryRemarkAboutTheRealDocumentsHasItsText) {
    const QDir folder(QStringLiteral(HEZHANG_DOCUMENTS));
    int remarks = 0;
    for (const QString& name : folder.entryList({"*.txt"}, QDir::Files)) {
        const auto document = documents::importFile(folder.filePath(name).toStdString());
        if (!document) {
            continue;
        }
        for (const documents::ImportWarning& warning : document->warnings) {
            ++remarks;
            EXPECT_TRUE(ui::ReaderRemark::text(qt(warning.text))) << warning.text;
        }
    }
    EXPECT_GT(remarks, 0);
}

}  // namespace
}  // namespace hezhang::test
