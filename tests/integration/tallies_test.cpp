// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/tallies.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <limits>

#include "src/office/units.h"
#include "tests/support/county_box.h"

namespace hezhang::test {
namespace {

using ledger::TargetTallies;
using ledger::TaskTallies;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr const char* kContent =
    "邀请公众代表列席会议不少于5次；政策图文解读占比不低于80%；每季度更新专栏1次；文件公布后3个工作日内解读；"
    "每日巡查网站。";

class Tallies : public ::testing::Test {
protected:
    Tallies() {
        office = county.enrol("office", "公开办", "马主任", "office");
        north = county.enrol("north", "甲镇", "张三", "clerk");
        tablet = county.enrol("tablet", "甲镇", "张三", "clerk");
        south = county.enrol("south", "乙镇", "李四", "clerk");
        task = county.newTask(*office, county.newLedger(*office), 1, kContent, {"甲镇", "乙镇"});
        window = county.newWindow(*office, "2026-08-15");
        spread();
    }
    void spread() {
        for (int i = 0; i < 2; ++i) {
            for (ledger::Home* home : {north.get(), tablet.get(), south.get(), office.get()}) {
                county.sync(*home);
            }
        }
    }
    [[nodiscard]] Result<RecordId> count(ledger::Home& home, const std::string& target, std::int64_t done,
                                         std::int64_t cases = 0, std::optional<std::int64_t> percent = {},
                                         const RecordId& in = {}) const {
        return ledger::tally(home, {.task = task,
                                    .unit = taken(home.unit()),
                                    .window = in,
                                    .target = target,
                                    .done = done,
                                    .cases = cases,
                                    .percent = percent});
    }
    [[nodiscard]] TaskTallies read(ledger::Home& home, const std::optional<RecordId>& in = {}) const {
        ledger::Succession succession(home.state());
        return taken(ledger::taskTallies(home, succession, task, in));
    }
    [[nodiscard]] static std::int64_t doneOf(const TaskTallies& tallies, std::size_t target) {
        return tallies.targets.at(target).total().done;
    }
    [[nodiscard]] RecordId unit(const std::string& name) const {
        return taken(ledger::findUnit(office->state(), name));
    }

    CountyBox county;
    std::unique_ptr<ledger::Home> office;
    std::unique_ptr<ledger::Home> north;
    std::unique_ptr<ledger::Home> tablet;  // of the same unit
    std::unique_ptr<ledger::Home> south;
    RecordId task;
    RecordId window;
};

TEST_F(Tallies, TheTextsTargetsAreListedBeforeAnybodyHasCounted) {
    const TaskTallies tallies = read(*north);

    std::vector<std::string> words;
    std::vector<std::string> measures;
    for (const TargetTallies& target : tallies.targets) {
        words.push_back(target.target.words);
        measures.emplace_back(name(measureOf(target.target)));
        EXPECT_FALSE(target.total().isCounted);
    }
    EXPECT_THAT(words, ElementsAre("邀请公众代表列席会议不少于5次", "政策图文解读占比不低于80%",
                                   "每季度更新专栏1次", "文件公布后3个工作日内解读", "每日巡查网站"));
    EXPECT_THAT(measures, ElementsAre("times", "share", "times", "share", "none"));
    EXPECT_FALSE(tallies.isTogether);
}

TEST_F(Tallies, WhatTwoDevicesOfOneUnitCountOfflineAddsUp) {
    ASSERT_TRUE(count(*north, "1", 2));
    ASSERT_TRUE(count(*tablet, "1", 1));
    ASSERT_TRUE(count(*south, "1", 4));
    spread();

    const TaskTallies own = read(*tablet);
    const TaskTallies all = read(*office);

    EXPECT_EQ(own.targets[0].of(unit("甲镇")).done, 3);
    EXPECT_FALSE(own.isWhole);
    EXPECT_EQ(doneOf(own, 0), 3);  // another unit's count is not here
    EXPECT_TRUE(all.isWhole);
    EXPECT_EQ(doneOf(all, 0), 7);
    EXPECT_EQ(standingWords(own.targets[0].target, own.targets[0].of(unit("甲镇"))), "5次中已有3次，还差2次");
    EXPECT_EQ(taken(conflictCount(*office)), 0U);
}

TEST_F(Tallies, UnitsOfASharedTaskSeeEachOthersCounts) {
    ASSERT_TRUE(office->edit({.record = task, .field = "shared", .text = "true"}));
    spread();
    ASSERT_TRUE(count(*north, "1", 2));
    ASSERT_TRUE(count(*south, "1", 4));
    spread();

    const TaskTallies tallies = read(*north);

    EXPECT_TRUE(tallies.isWhole);
    EXPECT_EQ(doneOf(tallies, 0), 6);
}

TEST_F(Tallies, SharesNeedCasesOrAStatedPercent) {
    ASSERT_TRUE(count(*north, "2", 7, 10));
    ASSERT_TRUE(count(*south, "2", 0, 0, 60));
    EXPECT_FALSE(count(*north, "2", 4));
    EXPECT_FALSE(count(*north, "1", 1, 1));
    EXPECT_FALSE(count(*north, "1", 0, 0, 50));
    EXPECT_FALSE(count(*north, "5", 1));
    spread();

    const TargetTallies target = read(*office).targets[1];

    EXPECT_EQ(standingOf(target.target, target.of(unit("甲镇"))).missing, 1);
    EXPECT_EQ(standingWords(target.target, target.of(unit("甲镇"))), "10件中7件，70%，要求80%");
    EXPECT_EQ(standingWords(target.target, target.of(unit("乙镇"))), "60%，要求80%");
    EXPECT_EQ(target.total().share(), 60);
    EXPECT_FALSE(standingOf(target.target, target.total()).isMet);
}

TEST_F(Tallies, ARhythmNeedsItsTimesOfAYearAndAClockAllCases) {
    ASSERT_TRUE(count(*north, "3", 4));
    ASSERT_TRUE(count(*north, "4", 19, 20));

    const TaskTallies tallies = read(*north);
    const auto standing = [&](std::size_t target) {
        return standingOf(tallies.targets[target].target, tallies.targets[target].total());
    };
    EXPECT_EQ(standing(2).needed, 4);
    EXPECT_TRUE(standing(2).isMet);
    EXPECT_EQ(standing(3).needed, 100);
    EXPECT_EQ(standing(3).missing, 1);
    EXPECT_FALSE(standing(3).isMet);
}

TEST_F(Tallies, ACorrectionTakesAwayButNeverMoreThanThereIs) {
    ASSERT_TRUE(count(*north, "1", 3));
    ASSERT_TRUE(count(*north, "1", -1));
    const auto refused = count(*north, "1", -3);

    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::badInput);
    EXPECT_THAT(refused.error().text, HasSubstr("2 were counted"));
    EXPECT_EQ(doneOf(read(*north), 0), 2);
}

TEST_F(Tallies, AWindowHasItsPartOfTheSum) {
    ASSERT_TRUE(count(*north, "1", 1));
    ASSERT_TRUE(count(*north, "1", 2, 0, {}, window));

    const TaskTallies tallies = read(*north, window);

    EXPECT_EQ(doneOf(tallies, 0), 3);
    EXPECT_EQ(tallies.targets[0].inWindowOf(unit("甲镇")).done, 2);
}

TEST_F(Tallies, WhatWasCountedStaysWithItsWordsWhenTheTextChanges) {
    ASSERT_TRUE(count(*north, "1", 3));
    spread();
    CountyBox::set(*office, task, "content", "邀请公众代表列席会议不少于8次；每季度更新专栏1次。");
    // Offline, against the text as it was.
    ASSERT_TRUE(count(*tablet, "1", 1));
    spread();

    const TaskTallies tallies = read(*north);

    ASSERT_THAT(tallies.targets, SizeIs(3));
    EXPECT_EQ(doneOf(tallies, 0), 0);
    EXPECT_EQ(doneOf(tallies, 1), 0);
    EXPECT_TRUE(tallies.targets[2].isDropped);
    EXPECT_EQ(tallies.targets[2].key, "邀请公众代表列席会议不少于5次");
    EXPECT_EQ(doneOf(tallies, 2), 4);
    EXPECT_EQ(taken(count(*north, "3", -1)), taken(count(*tablet, "邀请公众代表列席会议不少于5次", -1)));
}

TEST_F(Tallies, WhatTheOfficeContinuesCountsTowardsTheNewTargetAlsoWhatComesLater) {
    ASSERT_TRUE(count(*north, "1", 3));
    spread();
    CountyBox::set(*office, task, "content", "邀请公众代表列席会议不少于8次；每季度更新专栏1次。");
    ASSERT_TRUE(ledger::continueTarget(*office, {task, "邀请公众代表列席会议不少于5次", "1"}));
    ASSERT_TRUE(count(*tablet, "1", 1));
    spread();
    ASSERT_TRUE(count(*north, "1", 1));
    spread();

    const TaskTallies tallies = read(*tablet);

    ASSERT_THAT(tallies.targets, SizeIs(2));
    EXPECT_EQ(doneOf(tallies, 0), 5);
    EXPECT_THAT(tallies.targets[0].continued, ElementsAre("邀请公众代表列席会议不少于5次"));
}

TEST_F(Tallies, AContinuationIsTakenBackAndATextThatComesBackHasItsCounts) {
    ASSERT_TRUE(count(*north, "1", 3));
    spread();
    CountyBox::set(*office, task, "content", "邀请公众代表列席会议不少于8次。");
    ASSERT_TRUE(ledger::continueTarget(*office, {task, "2", "1"}));
    ASSERT_TRUE(ledger::continueTarget(*office, {task, "邀请公众代表列席会议不少于5次", ""}));
    EXPECT_EQ(doneOf(read(*office), 0), 0);
    ASSERT_TRUE(ledger::continueTarget(*office, {task, "2", "1"}));
    EXPECT_EQ(doneOf(read(*office), 0), 3);

    CountyBox::set(*office, task, "content", kContent);

    EXPECT_EQ(doneOf(read(*office), 0), 3);
    EXPECT_THAT(read(*office).targets[0].continued, IsEmpty());
}

TEST_F(Tallies, OnlyTheOfficeContinuesAndOnlyWhatIsOfOneMeasure) {
    ASSERT_TRUE(count(*north, "1", 3));
    spread();
    EXPECT_EQ(ledger::continueTarget(*office, {task, "1", "2"}).error().code, ErrorCode::badInput);
    CountyBox::set(*office, task, "content", "政策图文解读占比不低于80%；每季度更新专栏1次。");
    spread();

    EXPECT_EQ(ledger::continueTarget(*office, {task, "3", "1"}).error().code, ErrorCode::badInput);
    EXPECT_EQ(ledger::continueTarget(*office, {task, "没有的指标", "1"}).error().code, ErrorCode::notFound);
    EXPECT_EQ(ledger::continueTarget(*north, {task, "3", "2"}).error().code, ErrorCode::noRight);
    EXPECT_TRUE(ledger::continueTarget(*office, {task, "3", "2"}));
}

// A broken or hostile device counts under words that nobody demands, thousands of them, and numbers at the
// edge.
TEST_F(Tallies, AreReadHoweverManyWordsWereCountedUnderAndHoweverLargeTheNumbers) {
    constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
    constexpr int kWords = 1500;
    const auto countAs = [&](ledger::Home& home, const std::string& words, std::int64_t done,
                             const std::string& cell) {
        ledger::EditRequest edit{.registerName = "tally"};
        edit.key = {{"task", task.hex()}, {"unit", taken(home.unit()).hex()}, {"target", words}};
        edit.field = cell;
        edit.kind = sync::OpKind::increment;
        edit.json = done;
        return home.edit(edit);
    };
    ASSERT_TRUE(north->beginBatch());
    for (int i = 0; i < kWords; ++i) {
        ASSERT_TRUE(countAs(*north, "另计" + std::to_string(i) + "次", 1, "done"));
    }
    const std::string share = read(*north).targets[1].key;
    ASSERT_TRUE(countAs(*north, share, kMost, "done"));
    ASSERT_TRUE(countAs(*north, share, 1, "cases"));
    ASSERT_TRUE(north->commitBatch());
    ASSERT_TRUE(countAs(*south, share, kMost, "done"));
    ASSERT_TRUE(countAs(*south, share, -3, "cases"));
    spread();

    const TaskTallies tallies = read(*office);

    ASSERT_THAT(tallies.targets, SizeIs(5 + kWords));
    EXPECT_TRUE(
        std::ranges::is_sorted(tallies.targets.begin() + 5, tallies.targets.end(), {}, &TargetTallies::key));
    EXPECT_TRUE(std::ranges::all_of(tallies.targets.begin() + 5, tallies.targets.end(),
                                    [](const auto& one) { return one.isDropped && one.total().done == 1; }));
    const TargetTallies& edge = tallies.targets[1];
    EXPECT_EQ(edge.total().done, kMost);
    EXPECT_EQ(edge.total().cases, -2);
    EXPECT_EQ(standingOf(edge.target, edge.of(unit("甲镇"))).missing, 0);
    EXPECT_THAT(standingWords(edge.target, edge.of(unit("甲镇"))), HasSubstr("1000000000000%"));
    EXPECT_EQ(standingWords(edge.target, {-1, 3, {}, true}), "3件中-1件，-33.3%，要求80%");
}

TEST_F(Tallies, AUnitCountsOnlyForItself) {
    const auto refused =
        ledger::tally(*north, {.task = task, .unit = unit("乙镇"), .target = "1", .done = 1});

    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::noRight);
}

TEST_F(Tallies, AUnitThatTheTaskDoesNotNameCountsNothing) {
    const auto stranger = county.enrol("stranger", "县民政局", "王五", "clerk");
    ledger::EditRequest edit{.registerName = "tally"};
    edit.key = {{"task", task.hex()},
                {"unit", taken(stranger->unit()).hex()},
                {"target", read(*office).targets[0].key},
                {"scope", ledger::unitScope(taken(stranger->unit()))}};
    edit.field = "done";
    edit.kind = sync::OpKind::increment;
    edit.text = "5";

    const auto counted = stranger->edit(edit);

    ASSERT_FALSE(counted);
    EXPECT_EQ(counted.error().code, ErrorCode::noRight);
    EXPECT_EQ(doneOf(read(*office), 0), 0);
}

TEST_F(Tallies, WhatIsCountedOfATaskThatLostTheUnitMeanwhileIsSetAside) {
    ASSERT_TRUE(count(*north, "1", 2));  // offline
    ASSERT_TRUE(office->edit(
        {.record = task, .field = "responsible", .kind = sync::OpKind::remove, .text = unit("甲镇").hex()}));
    county.sync(*office);
    spread();

    EXPECT_EQ(doneOf(read(*office), 0), 0);
    EXPECT_THAT(taken(asides(*north)), Not(IsEmpty()));
}

TEST_F(Tallies, NothingIsCountedInALedgerThatIsClosedWithOrWithoutAWindow) {
    const auto ledgerId = ledger::keyId(taken(office->store().record(task))->key, "ledger");
    CountyBox::set(*office, ledgerId.value(), "state", "closed");
    county.sync(*office);
    spread();

    EXPECT_FALSE(count(*north, "1", 1));
    EXPECT_FALSE(count(*north, "1", 1, 0, {}, window));
}

TEST_F(Tallies, UnitsThatWereMergedHaveCountedTogether) {
    ASSERT_TRUE(count(*north, "1", 3));
    ASSERT_TRUE(count(*south, "1", 1));
    spread();
    ASSERT_TRUE(office::mergeUnit(*office, unit("甲镇"), unit("乙镇"), "2026-09-01"));
    spread();

    const TaskTallies tallies = read(*south);

    EXPECT_EQ(tallies.targets[0].of(unit("乙镇")).done, 4);
}

// As a report of a unit that was split counts for those that go on with its work, so does what it counted.
TEST_F(Tallies, WhatAUnitThatWasSplitHasCountedCountsForEachOfThoseThatGoOn) {
    ASSERT_TRUE(count(*north, "1", 3, 0, {}, window));
    ASSERT_TRUE(count(*north, "2", 0, 0, 70));
    spread();
    ASSERT_TRUE(office::splitUnit(*office, unit("甲镇"), {"甲东镇", "甲西镇"}, "2026-09-01"));
    const RecordId east = unit("甲东镇");
    const RecordId west = unit("甲西镇");
    ASSERT_TRUE(office->edit(
        {.record = task, .field = "responsible", .kind = sync::OpKind::add, .text = east.hex()}));
    spread();
    const auto eastern = county.enrol("east", "甲东镇", "钱七", "clerk");
    ASSERT_TRUE(count(*eastern, "1", 2));
    county.sync(*eastern);
    spread();

    const TaskTallies tallies = read(*office, window);

    EXPECT_EQ(tallies.targets[0].of(east).done, 5);
    EXPECT_EQ(tallies.targets[0].of(west).done, 3);
    EXPECT_EQ(tallies.targets[0].inWindowOf(west).done, 3);
    EXPECT_EQ(tallies.targets[1].of(west).percent, 70);
    EXPECT_EQ(doneOf(tallies, 0), 5) << "in the sum once";
    EXPECT_EQ(tallies.targets[0].byUnit.size(), 2U);
    EXPECT_FALSE(count(*eastern, "1", -3)) << "it takes back what it has counted itself, no more";
    EXPECT_TRUE(count(*eastern, "1", -2));
}

TEST_F(Tallies, OfUnitsThatWereMergedTheLowestPercentOfTheLatestWindowCounts) {
    const RecordId later = county.newWindow(*office, "2026-11-15");
    spread();
    ASSERT_TRUE(count(*north, "2", 0, 0, 60, window));
    ASSERT_TRUE(count(*south, "2", 0, 0, 90, window));
    spread();
    ASSERT_TRUE(office::mergeUnit(*office, unit("甲镇"), unit("乙镇"), "2026-09-01"));
    spread();
    EXPECT_EQ(read(*south).targets[1].of(unit("乙镇")).percent, 60);

    ASSERT_TRUE(count(*south, "2", 0, 0, 85, later));
    EXPECT_EQ(read(*south).targets[1].of(unit("乙镇")).percent, 85);
}

TEST_F(Tallies, OfATaskWithALeadUnitTheSumCounts) {
    ASSERT_TRUE(office->edit(
        {.record = task, .field = "lead", .kind = sync::OpKind::add, .text = unit("县民政局").hex()}));
    ASSERT_TRUE(count(*north, "1", 3));
    ASSERT_TRUE(count(*south, "1", 2));
    spread();

    const TaskTallies tallies = read(*office);

    EXPECT_TRUE(tallies.isTogether);
    EXPECT_TRUE(
        standingOf(tallies.targets[0].target, tallies.measured(tallies.targets[0], unit("甲镇"))).isMet);
}

TEST_F(Tallies, WhatIsCountedForAClosedWindowIsSetAsideLikeTheReport) {
    ASSERT_TRUE(office::closeWindow(*office, window));
    county.sync(*office);
    ASSERT_TRUE(count(*north, "1", 2, 0, {}, window));
    ASSERT_TRUE(count(*north, "1", 1));
    spread();

    EXPECT_EQ(doneOf(read(*office), 0), 1);
    ASSERT_THAT(taken(asides(*north)), SizeIs(1));
    EXPECT_EQ(taken(asides(*north))[0].reason, "windowClosed");
}

TEST_F(Tallies, AReportCarriesCountsInItsOwnTransaction) {
    const auto answer = taken(ledger::file(*north, {.task = task,
                                                    .unit = unit("甲镇"),
                                                    .window = window,
                                                    .text = "已办两次。",
                                                    .tallies = {{.target = "1", .done = 2}}}));
    EXPECT_FALSE(ledger::file(*north, {.task = task,
                                       .unit = unit("甲镇"),
                                       .window = window,
                                       .text = "又办一次。",
                                       .tallies = {{.target = "9", .done = 1}}}));

    EXPECT_EQ(read(*north, window).targets[0].inWindowOf(unit("甲镇")).done, 2);
    EXPECT_EQ(taken(ledger::shownText(north->state(), answer.record, "text")), "已办两次。");
}

}  // namespace
}  // namespace hezhang::test
