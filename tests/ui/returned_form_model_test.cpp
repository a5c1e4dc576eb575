// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The page of a form that was filled in: each difference is seen before it is entered, what is nobody's is
// listed.
#include <fstream>

#include "tests/ui/ui_box.h"

namespace hezhang::test {
namespace {

using RestRole = ui::ReturnedRestListModel::Role;
using RowRole = ui::ReturnedRowListModel::Role;

constexpr const char* kFirst = "做好政策解读，图文解读占比不低于80%。";
constexpr const char* kSecond = "公开年度预算决算信息，回应群众关切。";

class ReturnedPage : public UiTest {
protected:
    ReturnedPage()
        : first(county.newTask(*office, ledgerId, 1, kFirst, {"甲镇", "乙镇"})),
          second(county.newTask(*office, ledgerId, 2, kSecond, {"甲镇"})),
          third(county.newTask(*office, ledgerId, 3, "规范办理依申请公开，全程留痕可追溯。", {"甲镇"})),
          window(county.newWindow(*office, "2026-08-31")) {
        spread();
        write("解读9件。");
    }
    void write(const std::string& text) {
        taken(ledger::file(
            *town, {.task = first, .unit = town->me().enrolment.unit, .window = window, .text = text}));
    }
    std::string textOf(const RecordId& task) {
        const auto key = taken(ledger::filingKey(*town, task, town->me().enrolment.unit, window));
        return taken(ledger::shownText(town->state(), town->idOf(key), "text"));
    }
    ledger::FilingState stateOf(const RecordId& task) {
        const auto key = taken(ledger::filingKey(*town, task, town->me().enrolment.unit, window));
        const auto filing = taken(town->state().read(town->idOf(key)));
        return filing ? taken(ledger::filingState(*town, *filing)) : ledger::FilingState::none;
    }
    void openForm(ledger::Home& home, const std::string& unit = "甲镇") {
        std::ofstream(county.folder() + "/form.csv")
            << "2026年政务公开工作要点任务台账（填报版）\n填报单位：" << unit
            << "\n序号,重点工作,主要内容,责任单位,完成时限,进展落实情况\n"
            << "1,工作,\"" << kFirst << "\",甲镇,11月底,解读12件。\n2,工作,\"" << kSecond
            << "\",甲镇,11月底,已公开。\n"
            << "3,工作,\"加强新媒体账号管理，每周更新内容。\",甲镇,11月底,已更新。\n";
        session = std::make_unique<ui::AppSession>(&noTransport, ui::SyncTimes{100, 30'000, 100});
        models = std::make_unique<ui::Models>(*session);
        session->store().setAutomaticSync(false);
        session->open(qt(home.folder()));
        ASSERT_TRUE(comesTrue([&] { return session->state() == ui::AppSession::State::Ready; }));
        model.reset(models->returnedForm());
        model->openFile(QUrl::fromLocalFile(qt(county.folder() + "/form.csv")));
        ASSERT_TRUE(comesTrue([&] { return model->phase() != QLatin1String("reading"); }));
    }

    RecordId first;
    RecordId second;
    RecordId third;
    RecordId window;
    std::unique_ptr<ui::ReturnedFormModel> model;
};

TEST_F(ReturnedPage, ShowsEachDifferenceAndWhatIsNobodysAndWritesNothing) {
    openForm(*town);

    ASSERT_EQ(model->phase(), QLatin1String("shown"));
    ASSERT_EQ(model->rows()->count(), 2);
    const QVariantList runs = model->rows()->row(0).at(RowRole::runs).toList();
    ASSERT_EQ(runs.size(), 4);
    EXPECT_EQ(runs[1].toMap()["text"].toString(), qt("9"));
    EXPECT_EQ(runs[2].toMap()["text"].toString(), qt("12"));
    ASSERT_EQ(model->rest()->count(), 1);
    EXPECT_EQ(model->rest()->row(0).at(RestRole::text).toString(), qt("已更新。"));
    EXPECT_FALSE(model->rest()->row(0).at(RestRole::reason).toString().isEmpty());
    EXPECT_EQ(model->absentText(), qt("3"));
    EXPECT_TRUE(model->namedUnit().isEmpty());
    EXPECT_EQ(textOf(first), "解读9件。");
}

TEST_F(ReturnedPage, EntersWhatThePersonLeavesAndHandsItIn) {
    openForm(*town);
    model->takeRow(model->rows()->keyAt(1), false);
    EXPECT_EQ(model->takenCount(), 1);

    model->take(true);
    ASSERT_TRUE(comesTrue([&] { return model->phase() == QLatin1String("done"); }));

    EXPECT_EQ(textOf(first), "解读12件。");
    EXPECT_EQ(stateOf(first), ledger::FilingState::submitted);
    EXPECT_EQ(textOf(second), "");
}

TEST_F(ReturnedPage, EntersWithoutHandingIn) {
    openForm(*town);
    model->take(false);
    ASSERT_TRUE(comesTrue([&] { return model->phase() == QLatin1String("done"); }));

    EXPECT_EQ(textOf(second), "已公开。");
    EXPECT_EQ(stateOf(second), ledger::FilingState::unsubmitted);
}

TEST_F(ReturnedPage, AReportThatIsWrittenMeanwhileIsShownAnew) {
    openForm(*town);
    model->takeRow(model->rows()->keyAt(0), false);

    write("同事写的。");

    ASSERT_TRUE(comesTrue([&] { return model->takenCount() == 2; }));
    EXPECT_EQ(model->rows()->row(0).at(RowRole::runs).toList()[0].toMap()["kind"].toString(),
              QLatin1String("removed"));
}

TEST_F(ReturnedPage, AnotherUnitsFormIsSaid) {
    openForm(*town, "乙镇");

    EXPECT_EQ(model->namedUnit(), qt("乙镇"));
    EXPECT_TRUE(model->mayFile());
}

TEST_F(ReturnedPage, TheOfficeSeesTheDifferencesOfTheUnitAndMayNotEnterThem) {
    for (int i = 0; i < 2; ++i) {
        county.sync(*town);
        county.sync(*office);
    }
    openForm(*office);

    ASSERT_EQ(model->phase(), QLatin1String("shown"));
    EXPECT_TRUE(model->seesEveryUnit());
    EXPECT_EQ(model->unitId(), ui::idText(town->me().enrolment.unit));
    EXPECT_EQ(model->rows()->count(), 2);
    EXPECT_FALSE(model->mayFile());
    EXPECT_FALSE(model->canTake());
}

TEST_F(ReturnedPage, AFileWithoutATextIsSaid) {
    openForm(*town);
    std::ofstream(county.folder() + "/plan.csv")
        << "2026年重点任务\n序号,重点工作,主要内容,责任单位,完成时限\n1,工作,公开预算。,甲镇,11月底\n";

    model->openFile(QUrl::fromLocalFile(qt(county.folder() + "/plan.csv")));
    ASSERT_TRUE(comesTrue([&] { return model->phase() == QLatin1String("empty"); }));
    EXPECT_FALSE(model->errorWhat().isEmpty());
    EXPECT_FALSE(model->errorNext().isEmpty());
}

}  // namespace
}  // namespace hezhang::test
