// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The models of checks on site, of the search page and of the settings.
#include <QFile>
#include <QImage>
#include <QTemporaryDir>

#include "src/ui/check_form_model.h"
#include "src/ui/format.h"
#include "src/ui/search_model.h"
#include "src/ui/settings.h"
#include "tests/ui/ui_box.h"

namespace hezhang::test {
namespace {

using ::testing::ElementsAre;
using ui::CheckFormModel;
using ui::CheckListModel;
using ui::PlaceListModel;
using ui::PlaceModel;
using ui::SearchModel;
using ui::Settings;

class ChecksPages : public UiTest {
protected:
    ChecksPages() {
        ui::Format::setNow(1'787'000'000'000);  // 18 August 2026
        checker = county.enrol("checker", "公开办", "钱督查", "checker");
        task = county.newTask(*office, ledgerId, 1, "公示栏更新。", {"甲镇"});
        window = county.newWindow(*office, "2026-08-31");
        spread();
        unit = town->me().enrolment.unit;
        static_cast<void>(taken(ledger::file(
            *town, {.task = task, .unit = unit, .window = window, .text = "已更新。", .status = "done"})));
        spread();
        county.sync(*checker);
    }
    ~ChecksPages() override { ui::Format::setNow(0); }
    void openAs(const ledger::Home& home) {
        session = std::make_unique<ui::AppSession>(&noTransport, ui::SyncTimes{100, 30'000, 100});
        models = std::make_unique<ui::Models>(*session);
        session->store().setAutomaticSync(false);
        session->open(qt(home.folder()));
        ASSERT_TRUE(comesTrue([&] { return session->state() == ui::AppSession::State::Ready; }));
    }
    template <class Model>
    [[nodiscard]] std::unique_ptr<Model> ready(Model* made) {
        std::unique_ptr<Model> model(made);
        EXPECT_TRUE(comesTrue([&] { return model->isReady(); }));
        return model;
    }
    static void watch(QAbstractItemModel& model) {
        new QAbstractItemModelTester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal, &model);
    }

    std::unique_ptr<ledger::Home> checker;
    RecordId task;
    RecordId window;
    RecordId unit;
};

TEST_F(ChecksPages, LinesAreTickedKeptAsADraftAndSavedWithTheCheck) {
    using Role = ui::CheckLineListModel::Role;
    CountyBox::set(*office, task, "indicator", "查看政府网站专栏；实地查看公示栏以及实际掌握情况");
    spread();
    county.sync(*checker);
    openAs(*checker);
    const auto open = [&] {
        return ready(models->checkForm(qt(task.hex()), qt(unit.hex()), QString(), QString()));
    };
    auto form = open();
    watch(*form->lines());
    ASSERT_EQ(form->lines()->count(), 3);
    EXPECT_EQ(form->lines()->row(1).at(Role::kind).toString(), QStringLiteral("site"));

    form->markLine(form->lines()->keyAt(0), QStringLiteral("yes"));
    form->markLine(form->lines()->keyAt(1), QStringLiteral("no"));
    form->markLine(form->lines()->keyAt(2), QStringLiteral("na"));
    form->markLine(form->lines()->keyAt(2), QStringLiteral("na"));  // taken back
    form.reset();                                                   // writes the draft, in the store's thread
    ASSERT_TRUE(comesTrue([&] {
        form = open();
        return form->isDraftRestored();
    }));
    watch(*form->lines());
    EXPECT_EQ(form->lines()->row(1).at(Role::result).toString(), QStringLiteral("no"));
    EXPECT_EQ(form->lines()->row(2).at(Role::result).toString(), QString());

    QSignalSpy saved(form.get(), &CheckFormModel::saved);
    form->setResult(QStringLiteral("no"));
    form->setFinding(qt("栏内为去年内容。"));
    form->save();
    ASSERT_TRUE(comesTrue([&] { return saved.size() == 1; }));

    ASSERT_TRUE(comesTrue(
        [&] { return form->lines()->row(1).at(Role::lastResult).toString() == QLatin1String("no"); }));
    EXPECT_EQ(form->lines()->row(1).at(Role::result).toString(), QString());
    EXPECT_NE(form->lines()->row(1).at(Role::lastText).toString().indexOf(qt("栏内为去年内容。")), -1);
    const auto place = ready(models->place(QString(), qt(unit.hex())));
    EXPECT_EQ(place->row(0).at(PlaceModel::Role::linesText).toString(), QStringLiteral("2 of 3 lines seen"));
}

TEST_F(ChecksPages, AWeekOnSiteFromANewPlaceToAClosedCheck) {
    openAs(*checker);
    const auto places = ready(models->places());
    watch(*places);
    QSignalSpy added(places.get(), &PlaceListModel::added);

    places->addPlace(qt(unit.hex()), qt(" 东门公示栏 "), qt("东门"));
    ASSERT_TRUE(comesTrue([&] { return added.size() == 1; }));
    const QString placeId = added[0][0].toString();
    ASSERT_TRUE(comesTrue([&] { return places->count() == 2; }));

    const auto place = ready(models->place(placeId, qt(unit.hex())));
    watch(*place);
    ASSERT_EQ(place->count(), 1);
    EXPECT_EQ(place->title(), qt("东门公示栏"));
    EXPECT_EQ(place->row(0).at(PlaceModel::Role::claimText).toString(), qt("已更新。"));
    EXPECT_EQ(place->row(0).at(PlaceModel::Role::checkState).toString(), QString());

    const auto form = ready(models->checkForm(qt(task.hex()), qt(unit.hex()), placeId, QString()));
    EXPECT_EQ(form->claimText(), qt("已更新。"));
    EXPECT_FALSE(form->canSave());
    form->setResult(QStringLiteral("no"));
    form->setFinding(qt("内容是去年的。"));
    form->setRectifyDue(QStringLiteral("2026-08-01"));
    EXPECT_FALSE(form->canSave());
    EXPECT_FALSE(form->rectifyProblem().isEmpty());
    form->rectifyIn(0);
    EXPECT_TRUE(form->canSave());
    QSignalSpy saved(form.get(), &CheckFormModel::saved);
    form->save();
    ASSERT_TRUE(comesTrue([&] { return saved.size() == 1; }));

    ASSERT_TRUE(comesTrue([&] { return place->row(0).at(PlaceModel::Role::isRecheckDue).toBool(); }));
    EXPECT_TRUE(comesTrue([&] { return places->dueCount() == 1; }));
    EXPECT_EQ(places->row(0).at(PlaceListModel::Role::group).toString(), QStringLiteral("due"));
    const QString checkId = place->row(0).at(PlaceModel::Role::checkId).toString();

    const auto second = ready(models->checkForm(qt(task.hex()), qt(unit.hex()), placeId, checkId));
    EXPECT_TRUE(second->isRecheck());
    EXPECT_EQ(second->before()->count(), 1);
    second->setResult(QStringLiteral("yes"));
    second->save();

    EXPECT_TRUE(comesTrue([&] { return places->dueCount() == 0; }));
    EXPECT_TRUE(comesTrue(
        [&] { return place->row(0).at(PlaceModel::Role::checkState).toString() == QLatin1String("yes"); }));
}

TEST_F(ChecksPages, AHalfFilledFormIsBackWithItsPhotoAfterTheProgramEnded) {
    openAs(*checker);
    const QTemporaryDir folder;
    const QString picture = folder.filePath(QStringLiteral("a.png"));
    ASSERT_TRUE(QImage(3000, 20, QImage::Format_RGB32).save(picture));
    auto form = ready(models->checkForm(qt(task.hex()), qt(unit.hex()), QString(), QString()));
    form->setResult(QStringLiteral("no"));
    form->setFinding(qt("半句话"));
    form->addPhoto(QUrl::fromLocalFile(picture));
    ASSERT_TRUE(comesTrue([&] { return form->photos()->count() == 1; }));
    form.reset();
    models.reset();
    session.reset();

    openAs(*checker);
    form = ready(models->checkForm(qt(task.hex()), qt(unit.hex()), QString(), QString()));

    EXPECT_TRUE(form->isDraftRestored());
    EXPECT_EQ(form->finding(), qt("半句话"));
    ASSERT_EQ(form->photos()->count(), 1);
    QSignalSpy saved(form.get(), &CheckFormModel::saved);
    form->save();
    ASSERT_TRUE(comesTrue([&] { return saved.size() == 1; }));
    const auto rows = taken(office::checks(*checker, unit, "2026-08-18"));
    ASSERT_EQ(rows.size(), 1u);
    ASSERT_EQ(rows[0].photos.size(), 1u);
    EXPECT_EQ(rows[0].photoCounts, (ledger::BlobCounts{1, 1, 0}));
    const QImage kept(qt(checker->folder() + "/blobs/" + rows[0].photos[0]));
    EXPECT_EQ(kept.width(), 2048);
}

TEST_F(ChecksPages, TheContextOfASecondLookIsThatOfItsOpeningAlsoAfterACrash) {
    const auto other = county.enrol("other", "公开办", "孙督查", "checker");
    const RecordId check =
        taken(office::addCheck(*checker, {task, unit, {}, "no", "未更新。", {}, "2026-08-15"}));
    county.sync(*checker);
    county.sync(*other);
    openAs(*checker);
    auto form = ready(models->checkForm(qt(task.hex()), qt(unit.hex()), QString(), qt(check.hex())));
    form->setResult(QStringLiteral("no"));
    form->setFinding(qt("仍未更新。"));
    form.reset();
    models.reset();
    session.reset();
    ASSERT_TRUE(office::recheck(*other, {check, false, "电话也不通。", {}, ""}, "2026-08-18"));
    county.sync(*other);
    county.sync(*checker);

    openAs(*checker);
    form = ready(models->checkForm(qt(task.hex()), qt(unit.hex()), QString(), qt(check.hex())));
    EXPECT_TRUE(form->isDraftRestored());
    QSignalSpy saved(form.get(), &CheckFormModel::saved);
    form->save();
    ASSERT_TRUE(comesTrue([&] { return saved.size() == 1; }));
    county.sync(*checker);

    const auto rows = taken(office::checks(*checker, unit, "2026-08-18"));
    ASSERT_EQ(rows.size(), 1u);
    EXPECT_NE(rows[0].finding.find("电话也不通。"), std::string::npos) << rows[0].finding;
    EXPECT_NE(rows[0].finding.find("仍未更新。"), std::string::npos) << rows[0].finding;
}

TEST_F(ChecksPages, WhatIsNoPictureIsRefusedAsAPhoto) {
    openAs(*checker);
    const QTemporaryDir folder;
    QFile text(folder.filePath(QStringLiteral("a.txt")));
    ASSERT_TRUE(text.open(QIODevice::WriteOnly));
    text.write("x");
    text.close();
    const auto form = ready(models->checkForm(qt(task.hex()), qt(unit.hex()), QString(), QString()));
    QSignalSpy failed(form.get(), &CheckFormModel::failed);

    form->addPhoto(QUrl::fromLocalFile(text.fileName()));

    EXPECT_TRUE(comesTrue([&] { return failed.size() == 1; }));
    EXPECT_EQ(form->photos()->count(), 0);
}

TEST_F(ChecksPages, AUnitSeesItsChecksAndObjects) {
    const RecordId check =
        taken(office::addCheck(*checker, {task, unit, {}, "no", "未更新。", {}, "2026-08-25"}));
    county.sync(*checker);
    spread();
    openAs(*town);
    const auto list = ready(models->unitChecks());
    watch(*list);
    ASSERT_EQ(list->count(), 1);
    EXPECT_EQ(list->openCount(), 1);
    EXPECT_EQ(list->row(0).at(CheckListModel::Role::checkState).toString(), QStringLiteral("rectify"));

    const auto objection = ready(models->fieldEdit(qt(check.hex()), QStringLiteral("objection")));
    objection->setValue(qt("当天已换。"));
    objection->save();

    EXPECT_TRUE(comesTrue(
        [&] { return list->row(0).at(CheckListModel::Role::objection).toString() == qt("当天已换。"); }));
    EXPECT_TRUE(list->row(0).at(CheckListModel::Role::isUnsent).toBool());
    EXPECT_TRUE(list->row(0).at(CheckListModel::Role::isObjected).toBool());
}

TEST_F(ChecksPages, SearchShowsHitsByKindAndFollowsEdits) {
    openAs(*town);
    const auto model = ready(models->search());
    watch(*model);

    model->setNeedle(qt("更"));
    ASSERT_TRUE(comesTrue([&] { return model->count() == 2; }));
    EXPECT_EQ(model->row(0).at(SearchModel::Role::kind).toString(), QStringLiteral("task"));
    EXPECT_EQ(model->row(0).at(SearchModel::Role::marked).toString(), qt("公示栏<b>更</b>新。"));
    EXPECT_EQ(model->row(1).at(SearchModel::Role::page).toString(), QStringLiteral("filing"));
    EXPECT_EQ(model->row(1).at(SearchModel::Role::windowId).toString(), qt(window.hex()));

    CountyBox::set(*town, task, "joint_progress", "正在筹备。");
    model->setNeedle(qt("筹备"));
    EXPECT_TRUE(comesTrue([&] { return model->count() == 1 && !model->isSearching(); }));
    model->setStatus(QStringLiteral("done"));
    EXPECT_TRUE(comesTrue([&] { return model->count() == 0; }));
    model->clearFilters();
    EXPECT_TRUE(comesTrue([&] { return model->count() == 1; }));
    model->note();
    EXPECT_THAT(model->recent(), ElementsAre(qt("筹备")));
}

TEST(SearchMark, TextIsEscapedAndOnlyTheHitIsBold) {
    EXPECT_EQ(SearchModel::marked(qt("a<i>b</i>"), qt("B")), qt("a&lt;i&gt;<b>b</b>&lt;/i&gt;"));
    EXPECT_TRUE(
        SearchModel::marked(QString(80, QLatin1Char('x')) + qt("公开"), qt("公开")).startsWith(qt("…")));
    EXPECT_TRUE(
        SearchModel::marked(qt("公开") + QString(120, QLatin1Char('x')), qt("公开")).endsWith(qt("x…")));
}

TEST(SettingsFile, IsKeptAndForgivesWhatMakesNoSense) {
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("deep/client.json"));
    {
        Settings settings(file);
        EXPECT_EQ(settings.language(), QStringLiteral("zh_CN"));
        settings.setLanguage(QStringLiteral("en"));
        settings.setLarge(true);
        settings.noteWindow(800, 1280, false);
        settings.noteWindow(1920, 1080, true);
        settings.notePage(QStringLiteral("checks"));
        for (int i = 0; i < 12; ++i) {
            settings.noteSearch(QString::number(i));
        }
        settings.noteSearch(QStringLiteral("7"));
    }
    const Settings again(file);
    EXPECT_EQ(again.language(), QStringLiteral("en"));
    EXPECT_TRUE(again.isLarge());
    EXPECT_FALSE(again.isDark());
    EXPECT_EQ(again.windowSize(), QSize(800, 1280));
    EXPECT_TRUE(again.isMaximized());
    EXPECT_EQ(again.page(), QStringLiteral("checks"));
    EXPECT_EQ(again.recent().size(), Settings::kRecentMax);
    EXPECT_EQ(again.recent()[0], QStringLiteral("7"));

    QFile bad(file);
    ASSERT_TRUE(bad.open(QIODevice::WriteOnly | QIODevice::Truncate));
    bad.write("{\"width\": -4, \"height\": \"x\", \"recent\": 3");
    bad.close();
    EXPECT_TRUE(Settings(file).windowSize().isEmpty());
    EXPECT_TRUE(Settings(file).recent().isEmpty());
}

TEST(SettingsFile, WhatTheCommandLineAskedForIsNotKept) {
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("client.json"));
    {
        Settings settings(file);
        settings.overrideForRun(QStringLiteral("isDark"), true);
        EXPECT_TRUE(settings.isDark());
        settings.setLarge(true);
    }
    EXPECT_FALSE(Settings(file).isDark());
    EXPECT_TRUE(Settings(file).isLarge());
}

}  // namespace
}  // namespace hezhang::test
