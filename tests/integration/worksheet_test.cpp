// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A checker's worksheet, ticked on two tablets.
#include "src/office/worksheet.h"

#include <gmock/gmock.h>

#include "src/documents/export.h"
#include "tests/support/county_box.h"

namespace hezhang::test {
namespace {

using office::SeenLine;
using ::testing::ElementsAre;

class Worksheets : public ::testing::Test {
protected:
    Worksheets() {
        office = county.enrol("office", "公开办", "马主任", "office");
        town = county.enrol("town", "甲镇", "张三", "clerk");
        checker = county.enrol("checker", "公开办", "钱督查", "checker");
        second = county.enrol("second", "公开办", "孙督查", "checker");
        ledgerId = county.newLedger(*office);
        task = county.newTask(*office, ledgerId, 1, "举办培训不少于5次。", {"甲镇"});
        CountyBox::set(*office, task, "indicator",
                       "查看政府网站专栏；实地查看公示栏；依据报送资料和实际掌握情况");
        other = county.newTask(*office, ledgerId, 2, "公开电话。", {"乙镇"});
        spread();
        unit = town->me().enrolment.unit;
    }
    void spread() {
        for (int i = 0; i < 2; ++i) {
            for (ledger::Home* home : {office.get(), town.get(), checker.get(), second.get()}) {
                county.sync(*home);
            }
        }
    }
    [[nodiscard]] office::Worksheet sheet(ledger::Home& home) const {
        return taken(office::worksheet(home, task, unit, kToday));
    }
    // "words result by finding" of each line.
    [[nodiscard]] std::vector<std::string> lines(ledger::Home& home) const {
        std::vector<std::string> all;
        for (const office::WorksheetLine& line : sheet(home).lines) {
            const office::LineSeen seen = line.seen.value_or(office::LineSeen{});
            all.push_back((line.isDropped ? "(" + line.line.words + ")" : line.line.words) + " " +
                          seen.result + " " + seen.personName + " " + seen.finding);
        }
        return all;
    }
    [[nodiscard]] Result<RecordId> check(ledger::Home& home, const std::string& result,
                                         const std::string& finding, std::vector<SeenLine> seen) const {
        office::NewCheck made{.task = task, .unit = unit, .result = result, .finding = finding};
        made.lines = std::move(seen);
        return office::addCheck(home, made);
    }

    static constexpr const char* kToday = "2026-08-18";
    CountyBox county;
    std::unique_ptr<ledger::Home> office;
    std::unique_ptr<ledger::Home> town;
    std::unique_ptr<ledger::Home> checker;
    std::unique_ptr<ledger::Home> second;
    std::string ledgerId;
    RecordId task;
    RecordId other;
    RecordId unit;
};

TEST_F(Worksheets, HaveALineForEachWayOfTheIndicatorAndTheUnitsCounts) {
    ASSERT_TRUE(ledger::tally(*town, {.task = task, .unit = unit, .target = "1", .done = 3}));
    spread();

    const office::Worksheet one = sheet(*checker);

    EXPECT_THAT(lines(*checker), ElementsAre("查看政府网站专栏   ", "实地查看公示栏   ", "依据报送资料   ",
                                             "实际掌握情况   "));
    ASSERT_EQ(one.targets.size(), 1U);
    EXPECT_EQ(standingWords(one.targets[0].target, one.targets[0].tally), "5次中已有3次，还差2次");
    const auto id = taken(ledger::findLedger(office->state(), ledgerId));
    EXPECT_EQ(taken(office::worksheets(*checker, id, unit, kToday)).size(), 1U);
}

TEST_F(Worksheets, WhatTwoCheckersTickOfflineStandsTogether) {
    ASSERT_TRUE(check(*checker, "yes", "专栏齐全。", {{"yes", "查看政府网站专栏"}}));
    ASSERT_TRUE(check(*second, "no", "栏内为去年内容。", {{"no", "实地查看公示栏"}, {"na", "依据报送资料"}}));

    spread();

    const auto all =
        ElementsAre("查看政府网站专栏 yes 钱督查 专栏齐全。", "实地查看公示栏 no 孙督查 栏内为去年内容。",
                    "依据报送资料 na 孙督查 栏内为去年内容。", "实际掌握情况   ");
    EXPECT_THAT(lines(*checker), all);
    EXPECT_THAT(lines(*second), all);
    EXPECT_THAT(lines(*town), all);
    EXPECT_TRUE(taken(asides(*checker)).empty());
}

TEST_F(Worksheets, TheLatestLookAtALineStands) {
    ASSERT_TRUE(check(*checker, "no", "未更新。", {{"no", "查看政府网站专栏"}}));
    county.clock().advance(60'000);
    ASSERT_TRUE(check(*checker, "yes", "已更新。", {{"yes", "查看政府网站专栏"}}));

    EXPECT_EQ(lines(*checker).at(0), "查看政府网站专栏 yes 钱督查 已更新。");
}

TEST_F(Worksheets, AClockThatRunsAheadDoesNotOutrankLaterLooks) {
    county.clock().advance(90LL * 24 * 3600 * 1000);
    ASSERT_TRUE(check(*checker, "no", "未更新。", {{"no", "查看政府网站专栏"}}));
    county.clock().advance(-90LL * 24 * 3600 * 1000);
    spread();
    county.clock().advance(60'000);
    ASSERT_TRUE(check(*second, "yes", "已更新。", {{"yes", "查看政府网站专栏"}}));

    EXPECT_EQ(lines(*second).at(0), "查看政府网站专栏 yes 孙督查 已更新。");
    spread();
    EXPECT_EQ(lines(*checker).at(0), "查看政府网站专栏 yes 孙督查 已更新。");
    const auto all = taken(office::checks(*office, unit, kToday));
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].result, "yes");
}

TEST_F(Worksheets, WhatIsNoAnswerIsListedAndNeverGuessed) {
    const RecordId made = taken(check(*checker, "yes", "", {{"yes", "实地查看公示栏"}}));
    for (const char* text : {"yse 查看政府网站专栏", "n/a 依据报送资料", "yes"}) {
        ASSERT_TRUE(
            checker->edit({.record = made, .field = "lines", .kind = sync::OpKind::add, .text = text}));
    }

    const office::Worksheet one = sheet(*checker);

    EXPECT_THAT(lines(*checker), ElementsAre("查看政府网站专栏   ", "实地查看公示栏 yes 钱督查 ",
                                             "依据报送资料   ", "实际掌握情况   "));
    std::vector<std::string> unclear;
    for (const office::UnclearTick& tick : one.unclear) {
        unclear.push_back(tick.text);
        EXPECT_EQ(tick.check, made);
    }
    EXPECT_THAT(unclear, ::testing::UnorderedElementsAre("yse 查看政府网站专栏", "n/a 依据报送资料", "yes"));
}

TEST_F(Worksheets, WhatWasTickedStaysWithItsWordsWhenTheIndicatorChanges) {
    ASSERT_TRUE(check(*checker, "yes", "齐全。", {{"yes", "实地查看公示栏"}, {"yes", "依据报送资料"}}));
    spread();
    CountyBox::set(*office, task, "indicator", "依据报送资料；实地查看政务公开专区");
    spread();

    EXPECT_THAT(lines(*checker), ElementsAre("依据报送资料 yes 钱督查 齐全。", "实地查看政务公开专区   ",
                                             "(实地查看公示栏) yes 钱督查 齐全。"));
}

TEST_F(Worksheets, ASecondLookThatFindsItPutRightSaysSoOfItsLines) {
    const RecordId first =
        taken(check(*checker, "no", "未更新。", {{"no", "实地查看公示栏"}, {"yes", "依据报送资料"}}));
    county.clock().advance(60'000);

    ASSERT_TRUE(
        office::recheck(*checker, {.check = first, .isRectified = true, .finding = "已更新。"}, kToday));

    EXPECT_EQ(lines(*checker).at(1), "实地查看公示栏 yes 钱督查 已更新。");
    EXPECT_EQ(lines(*checker).at(2), "依据报送资料 yes 钱督查 未更新。");
}

TEST_F(Worksheets, PlacesCountTheLinesThatWereLookedAt) {
    ASSERT_TRUE(check(*checker, "yes", "", {{"yes", "实地查看公示栏"}}));

    const auto view = taken(office::placeView(*checker, {}, unit, kToday));

    ASSERT_EQ(view.tasks.size(), 1U);
    EXPECT_EQ(view.tasks[0].lines, 4U);
    EXPECT_EQ(view.tasks[0].linesSeen, 1U);
}

TEST_F(Worksheets, ALineTakesOnlyTheThreeAnswersAndOnlyFromCheckers) {
    EXPECT_EQ(check(*checker, "yes", "", {{"maybe", "实地查看公示栏"}}).error().code, ErrorCode::badInput);
    EXPECT_EQ(check(*town, "yes", "", {{"yes", "实地查看公示栏"}}).error().code, ErrorCode::noRight);
}

TEST_F(Worksheets, AreAFormWithBoxesWhereNothingWasSeen) {
    ASSERT_TRUE(check(*checker, "no", "栏内为去年内容。", {{"no", "实地查看公示栏"}}));
    documents::ExportRequest request;
    request.form = "worksheet";
    request.ledger = taken(ledger::findLedger(checker->state(), ledgerId));
    request.unit = unit;
    request.window = taken(office::openWindow(*office, request.ledger, "2026-08-31", std::nullopt));
    spread();

    const auto made = taken(documents::makeForm(*checker, request, {}));

    const std::string text = made.form.tables.at(0).rows.at(0).cells.at(3).text;
    EXPECT_THAT(text, ::testing::HasSubstr("【案头】查看政府网站专栏\n□符合 □不符合 □不适用"));
    EXPECT_THAT(text, ::testing::HasSubstr("【现场】实地查看公示栏：不符合（"));
    EXPECT_THAT(text, ::testing::HasSubstr("钱督查，栏内为去年内容。）"));
    EXPECT_EQ(made.form.tables.at(0).rows.at(0).cells.at(4).text, "举办培训不少于5次：尚未计数");
}

}  // namespace
}  // namespace hezhang::test
