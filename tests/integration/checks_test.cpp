// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Checks on site, by a checker and a unit with homes of their own.
#include "src/office/checks.h"

#include <gmock/gmock.h>

#include "tests/support/county_box.h"

namespace hezhang::test {
namespace {

using office::CheckState;
using ::testing::ElementsAre;

TEST(CheckRules, OnlyANoAsksForSomething) {
    EXPECT_EQ(office::checkState("yes", false, "2026-01-01", "2026-08-01"), CheckState::passed);
    EXPECT_EQ(office::checkState("na", false, "", "2026-08-01"), CheckState::passed);
    EXPECT_EQ(office::checkState("", false, "", "2026-08-01"), CheckState::passed);
    EXPECT_EQ(office::checkState("no", false, "", "2026-08-01"), CheckState::rectify);
    EXPECT_EQ(office::checkState("no", true, "2026-01-01", "2026-08-01"), CheckState::closed);
}

TEST(CheckRules, TheLastDayIsNotOverdueButDueForASecondLook) {
    EXPECT_EQ(office::checkState("no", false, "2026-08-01", "2026-08-01"), CheckState::rectify);
    EXPECT_EQ(office::checkState("no", false, "2026-08-01", "2026-08-02"), CheckState::overdue);
    EXPECT_FALSE(office::isRecheckDue(CheckState::rectify, "2026-08-02", "2026-08-01"));
    EXPECT_TRUE(office::isRecheckDue(CheckState::rectify, "2026-08-01", "2026-08-01"));
    EXPECT_FALSE(office::isRecheckDue(CheckState::rectify, "", "2026-08-01"));
    EXPECT_FALSE(office::isRecheckDue(CheckState::closed, "2026-08-01", "2026-08-01"));
}

class Checks : public ::testing::Test {
protected:
    Checks() {
        office = county.enrol("office", "公开办", "马主任", "office");
        town = county.enrol("town", "甲镇", "张三", "clerk");
        checker = county.enrol("checker", "公开办", "钱督查", "checker");
        const std::string ledgerId = county.newLedger(*office);
        task = county.newTask(*office, ledgerId, 1, "公示栏更新。", {"甲镇"});
        other = county.newTask(*office, ledgerId, 2, "公开电话。", {"甲镇"});
        spread();
        unit = town->me().enrolment.unit;
    }
    void spread() {
        for (ledger::Home* home :
             {office.get(), town.get(), checker.get(), office.get(), town.get(), checker.get()}) {
            county.sync(*home);
        }
    }
    [[nodiscard]] RecordId place(const std::string& name) {
        return taken(office::addPlace(*checker, {unit, name, "街口", "公示栏"}));
    }
    [[nodiscard]] office::CheckRow only(ledger::Home& home) {
        const auto rows = taken(office::checks(home, unit, kToday));
        EXPECT_EQ(rows.size(), 1u);
        return rows.at(0);
    }

    static constexpr const char* kToday = "2026-08-18";
    CountyBox county;
    std::unique_ptr<ledger::Home> office;
    std::unique_ptr<ledger::Home> town;
    std::unique_ptr<ledger::Home> checker;
    RecordId task;
    RecordId other;
    RecordId unit;
};

TEST_F(Checks, ACheckerMakesAPlaceAndACheckWithoutANetworkAndTheCountyAcceptsBoth) {
    const RecordId board = place("东门公示栏");
    ASSERT_TRUE(office::addCheck(*checker, {task, unit, board, "no", "栏内为去年内容。", {}, "2026-08-25"}));

    spread();

    EXPECT_TRUE(taken(ledger::asides(*office)).empty());
    const office::CheckRow seen = only(*town);
    EXPECT_EQ(seen.placeName, "东门公示栏");
    EXPECT_EQ(seen.finding, "栏内为去年内容。");
    EXPECT_EQ(seen.personName, "钱督查");
    EXPECT_EQ(seen.state, CheckState::rectify);
    EXPECT_FALSE(seen.isUnsent);
}

TEST_F(Checks, TheSamePlaceMadeTwiceIsOne) {
    EXPECT_EQ(place("东门公示栏"), place("东门公示栏"));

    EXPECT_EQ(taken(office::addPlace(*checker, {unit, "西门", "", ""})) == place("东门公示栏"), false);
    EXPECT_EQ(office::addPlace(*checker, {unit, "", "", ""}).error().code, ErrorCode::badInput);
}

TEST_F(Checks, TheUnitObjectsAndTheCheckerSeesIt) {
    const RecordId check =
        taken(office::addCheck(*checker, {task, unit, {}, "no", "未更新。", {}, "2026-08-25"}));
    spread();
    CountyBox::set(*town, check, "objection", "当天已更新，见照片。");
    EXPECT_FALSE(town->edit({.record = check, .field = "result", .text = "yes"}));
    EXPECT_FALSE(checker->edit({.record = check, .field = "objection", .text = "不认可"}));

    spread();

    EXPECT_EQ(only(*checker).objection, "当天已更新，见照片。");
    EXPECT_TRUE(only(*checker).isObjected());
    EXPECT_EQ(taken(office::workList(*checker, kToday)).at(0).objected, 1u);
}

TEST_F(Checks, ASecondLookThatFindsItPutRightClosesTheCheckAndSaysWhatWasSeen) {
    const RecordId board = place("东门公示栏");
    const RecordId first =
        taken(office::addCheck(*checker, {task, unit, board, "no", "未更新。", {}, "2026-08-15"}));
    ASSERT_TRUE(office::recheck(*checker, {first, true, "已换新。", {}, ""}, kToday));

    spread();

    const auto rows = taken(office::checks(*town, unit, kToday));
    ASSERT_EQ(rows.size(), 2u);
    const auto closed =
        std::find_if(rows.begin(), rows.end(), [&](const auto& row) { return row.record == first; });
    const auto second =
        std::find_if(rows.begin(), rows.end(), [&](const auto& row) { return row.record != first; });
    EXPECT_EQ(closed->state, CheckState::closed);
    EXPECT_EQ(second->result, "yes");
    EXPECT_EQ(second->finding, "已换新。");
    EXPECT_EQ(second->place, board);
}

TEST_F(Checks, ASecondLookThatFindsItNotPutRightGoesOnWithTheNewDate) {
    const RecordId first =
        taken(office::addCheck(*checker, {task, unit, {}, "no", "未更新。", {}, "2026-08-15"}));
    EXPECT_EQ(only(*checker).state, CheckState::overdue);

    ASSERT_TRUE(office::recheck(*checker, {first, false, "仍未更新。", {}, "2026-09-01"}, kToday));

    EXPECT_EQ(only(*checker).state, CheckState::rectify);
    EXPECT_EQ(only(*checker).finding, "未更新。\n仍未更新。");
    EXPECT_EQ(only(*checker).rectifyDue, "2026-09-01");
}

// Two checkers stand before one board. What the second form showed when it was opened is the context, not
// what came while it was filled in.
class TwoCheckers : public Checks {
protected:
    TwoCheckers() : second(county.enrol("second", "公开办", "孙督查", "checker")) {
        first = taken(office::addCheck(*checker, {task, unit, {}, "no", "未更新。", {}, "2026-08-15"}));
        spread();
        county.sync(*second);
        opened = taken(office::recheckShown(*checker, first));
    }
    // What the colleague saves, and the open form after it; then all have everything.
    void saveBoth(const office::Recheck& colleague, const office::Recheck& form) {
        ASSERT_TRUE(office::recheck(*second, colleague, kToday));
        county.sync(*second);
        spread();
        ASSERT_TRUE(office::recheck(*checker, form, kToday));
        spread();
    }
    std::unique_ptr<ledger::Home> second;
    RecordId first;
    office::RecheckShown opened;
};

TEST_F(TwoCheckers, WhatAColleagueFoundWhileTheFormWasOpenStaysBesideWhatIsAdded) {
    saveBoth({first, false, "电话也不通。", {}, ""}, {first, false, "仍未更新。", {}, "", opened});

    const std::string finding = only(*town).finding;
    EXPECT_NE(finding.find("电话也不通。"), std::string::npos) << finding;
    EXPECT_NE(finding.find("仍未更新。"), std::string::npos) << finding;
    EXPECT_FALSE(only(*town).hasConflict);
}

TEST_F(TwoCheckers, ADateSetMeanwhileIsAConflictAndNotReplacedUnseen) {
    saveBoth({first, false, "", {}, "2026-09-01"}, {first, false, "", {}, "2026-08-20", opened});

    EXPECT_TRUE(only(*town).hasConflict);
}

TEST_F(Checks, ASecondLookAtWhatSomebodyClosedMeanwhileIsACheckOfItsOwn) {
    const RecordId first =
        taken(office::addCheck(*checker, {task, unit, {}, "no", "未更新。", {}, "2026-08-15"}));
    ASSERT_TRUE(office::recheck(*checker, {first, true, "", {}, ""}, kToday));

    ASSERT_TRUE(office::recheck(*checker, {first, false, "又是旧的。", {}, "2026-09-01"}, kToday));

    const auto rows = taken(office::checks(*checker, unit, kToday));
    ASSERT_EQ(rows.size(), 3u);
    const auto open = std::find_if(rows.begin(), rows.end(), [](const auto& row) { return row.isOpen(); });
    ASSERT_NE(open, rows.end());
    EXPECT_NE(open->record, first);
    EXPECT_EQ(open->finding, "又是旧的。");
    EXPECT_EQ(open->rectifyDue, "2026-09-01");
}

TEST_F(Checks, TheWorkListBeginsWithWhatIsDueForASecondLook) {
    const RecordId quiet = place("a 便民大厅");
    const RecordId open = place("b 公示栏");
    const RecordId due = place("c 村口");
    for (const RecordId& one : {task, other}) {
        ASSERT_TRUE(office::addCheck(*checker, {one, unit, quiet, "yes", "", {}, ""}));
    }
    ASSERT_TRUE(office::addCheck(*checker, {task, unit, open, "no", "缺页。", {}, "2026-09-01"}));
    ASSERT_TRUE(office::addCheck(*checker, {task, unit, due, "no", "无公示。", {}, "2026-08-18"}));

    const auto rows = taken(office::workList(*checker, kToday));

    std::vector<std::string> names;
    for (const office::PlaceRow& row : rows) {
        names.push_back(row.name);
    }
    EXPECT_THAT(names, ElementsAre("c 村口", "b 公示栏", "", "a 便民大厅"));
    EXPECT_EQ(rows.at(0).due, 1u);
    EXPECT_EQ(rows.at(3).seen, 2u);
    EXPECT_EQ(rows.at(3).tasks, 2u);
}

TEST_F(Checks, TheClaimIsThatOfTheWindowThatClosesLast) {
    const std::vector<RecordId> windows{county.newWindow(*office, "2026-08-31"),
                                        county.newWindow(*office, "2026-11-30"),
                                        county.newWindow(*office, "2026-05-31")};
    spread();
    for (const RecordId& window : windows) {
        const std::string text = window == windows[1] ? "最近一次。" : "以前的。";
        ASSERT_TRUE(ledger::file(*town, {.task = task, .unit = unit, .window = window, .text = text}));
    }
    spread();

    const office::PlaceView view = taken(office::placeView(*checker, place("东门公示栏"), unit, kToday));

    ASSERT_EQ(view.tasks[0].task, task);
    EXPECT_EQ(view.tasks[0].claimText, "最近一次。");
}

TEST_F(Checks, APlaceShowsItsTasksWithTheUnitsClaimAndWhatWasFoundHere) {
    const RecordId window = county.newWindow(*office, "2026-08-31");
    spread();
    ASSERT_TRUE(ledger::file(
        *town, {.task = task, .unit = unit, .window = window, .text = "公示栏已更新。", .status = "done"}));
    spread();
    const RecordId board = place("东门公示栏");
    ASSERT_TRUE(office::addCheck(*checker, {task, unit, board, "no", "未更新。", {}, "2026-08-15"}));

    const office::PlaceView view = taken(office::placeView(*checker, board, unit, kToday));
    const office::CheckContext context = taken(office::checkContext(*checker, task, unit, board, kToday));

    ASSERT_EQ(view.tasks.size(), 2u);
    EXPECT_EQ(view.tasks[0].task, task);
    EXPECT_EQ(view.tasks[0].claimText, "公示栏已更新。");
    EXPECT_EQ(view.tasks[0].claimStatus, "done");
    EXPECT_TRUE(view.tasks[0].last->isRecheckDue);
    EXPECT_FALSE(view.tasks[1].last);
    ASSERT_TRUE(context.claim);
    EXPECT_EQ(context.claim->text.text(), "公示栏已更新。");
    EXPECT_EQ(context.before.size(), 1u);
    EXPECT_EQ(context.placeName, "东门公示栏");
}

}  // namespace
}  // namespace hezhang::test
