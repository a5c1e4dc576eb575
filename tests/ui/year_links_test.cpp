// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The office's page of links between years, and last year's task on a task's page.
#include "tests/ui/ui_box.h"

namespace hezhang::test {
namespace {

using ui::YearLinkListModel;

class YearLinkPages : public UiTest {
protected:
    using Role = YearLinkListModel::Role;

    YearLinkPages() {
        old1 = county.newTask(*office, ledgerId, 1, "按月公开财政预算和决算信息。", {"甲镇"});
        old2 = county.newTask(*office, ledgerId, 2, "办好第一季度新闻发布会。", {"甲镇"});
        old3 = county.newTask(*office, ledgerId, 3, "办好第二季度新闻发布会。", {"甲镇"});
        window = county.newWindow(*office, "2026-12-05");
        const auto next = taken(office->edit({.registerName = "ledger",
                                              .key = {{"year", 2027}, {"title", "要点"}},
                                              .field = "state",
                                              .text = "open"}));
        same = county.newTask(*office, next.record.hex(), 1, "按月公开财政预算和决算信息。", {"甲镇"});
        like = county.newTask(*office, next.record.hex(), 2, "办好本季度新闻发布会。", {"甲镇"});
        spread();
    }
    [[nodiscard]] std::unique_ptr<YearLinkListModel> openPage() {
        openHome(*office);
        std::unique_ptr<YearLinkListModel> model(models->yearLinks({}));
        EXPECT_TRUE(comesTrue([&] { return model->isReady(); }));
        return model;
    }
    [[nodiscard]] static QString statesOf(const YearLinkListModel& model) {
        QStringList states;
        for (int i = 0; i < model.count(); ++i) {
            states.append(model.row(i).at(Role::linkState).toString());
        }
        return states.join(QLatin1Char(' '));
    }
    [[nodiscard]] static QVariantList earlierOf(const YearLinkListModel& model, int row) {
        return model.row(row).at(Role::earlier).toList();
    }

    RecordId old1;
    RecordId old2;
    RecordId old3;
    RecordId same;
    RecordId like;
    RecordId window;
};

TEST_F(YearLinkPages, CertainOnesAreTakenTogetherDoubtfulOnesArePicked) {
    const auto model = openPage();
    const QAbstractItemModelTester tester(model.get(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    EXPECT_EQ(statesOf(*model), qt("certain doubtful"));
    EXPECT_EQ(model->earlierYear(), 2026);
    EXPECT_EQ(model->ledgers()->count(), 2);
    EXPECT_EQ(earlierOf(*model, 1).size(), 2);
    EXPECT_EQ(earlierOf(*model, 0)[0].toMap()[qt("title")].toString(), qt("1 按月公开财政预算和决算信息。"));

    model->linkCertain();
    EXPECT_TRUE(comesTrue([&] { return statesOf(*model) == qt("linked doubtful"); }));
    EXPECT_EQ(model->certainCount(), 0);
    model->link(qt(like.hex()), qt(old3.hex()));
    EXPECT_TRUE(comesTrue([&] { return statesOf(*model) == qt("linked linked"); }));
    EXPECT_TRUE(earlierOf(*model, 1)[0].toMap()[qt("isLinked")].toBool());
    model->unlink(qt(like.hex()), qt(old3.hex()));
    EXPECT_TRUE(comesTrue([&] { return statesOf(*model) == qt("linked doubtful"); }));
    model->markNew(qt(like.hex()));
    EXPECT_TRUE(comesTrue([&] { return statesOf(*model) == qt("linked new"); }));

    model->setState(qt("new"));
    EXPECT_EQ(statesOf(*model), qt("new"));
    model->setState({});
    model->setLedgerId(qt(ledgerId));
    EXPECT_TRUE(comesTrue([&] { return statesOf(*model) == qt("no-earlier no-earlier no-earlier"); }));
    EXPECT_EQ(model->earlierYear(), 0);
    QSignalSpy failed(model.get(), &YearLinkListModel::failed);
    model->link(qt(old1.hex()), qt(same.hex()));
    EXPECT_TRUE(comesTrue([&] { return failed.count() == 1; })) << "only backwards";
}

TEST_F(YearLinkPages, ATaskShowsLastYearsParagraphAndFigures) {
    ledger::FilingRequest filing{.task = old1, .unit = town->me().enrolment.unit, .window = window};
    filing.text = "甲镇公开3条。";
    filing.count = 3;
    filing.isSubmitted = true;
    ASSERT_TRUE(ledger::file(*town, filing));
    spread();
    openSession();
    const std::unique_ptr<ui::EarlierTaskModel> model(models->earlierTasks(qt(same.hex())));
    ASSERT_TRUE(comesTrue([&] { return model->isReady(); }));
    EXPECT_TRUE(model->tasks().isEmpty());

    ASSERT_TRUE(office::linkTask(*office, same, old1));
    spread();

    ASSERT_TRUE(comesTrue([&] { return model->tasks().size() == 1; }));
    const QVariantMap earlier = model->tasks()[0].toMap();
    EXPECT_EQ(earlier[qt("taskId")].toString(), qt(old1.hex()));
    EXPECT_TRUE(earlier[qt("heading")].toString().contains(qt("2026")));
    EXPECT_EQ(earlier[qt("text")].toString(), qt("甲镇公开3条。"));
    EXPECT_TRUE(earlier[qt("countText")].toString().startsWith(QLatin1Char('3')));
    EXPECT_EQ(earlier[qt("windowTitle")].toString(), qt("窗口 2026-12-05"));
}

}  // namespace
}  // namespace hezhang::test
