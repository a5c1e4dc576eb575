// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/office/contradictions.h"

#include <gmock/gmock.h>

#include <limits>

#include "src/office/matrix.h"
#include "src/office/paragraph.h"
#include "src/office/review.h"
#include "src/office/units.h"
#include "tests/support/window_test.h"

namespace hezhang::test {
namespace {

using office::Contradiction;
using office::ContradictionKind;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

struct Report {
    std::string text{};
    std::string status{};
    std::optional<std::int64_t> percent{};
    std::optional<std::int64_t> count{};
};

class Contradictions : public WindowTest {
protected:
    Contradictions()
        : WindowTest("公众代表列席会议年内不少于5次并及时公开会议情况。", "2026-12-05"),
          before(county.newWindow(*office, "2026-08-15")) {
        spread();
    }
    [[nodiscard]] ledger::FilingRequest request(ledger::Home& home, const Report& report,
                                                const RecordId& in) const {
        ledger::FilingRequest request =
            WindowTest::request(home, report.text.empty() ? "按要求推进" : report.text);
        request.window = in;
        if (!report.status.empty()) {
            request.status = report.status;
        }
        request.percent = report.percent;
        request.count = report.count;
        return request;
    }
    void file(ledger::Home& home, const Report& report, const std::optional<RecordId>& in = {}) const {
        ledger::FilingRequest filing = request(home, report, in.value_or(window));
        filing.isSubmitted = true;
        ASSERT_TRUE(ledger::file(home, filing));
    }
    [[nodiscard]] std::vector<Contradiction> found() {
        spread();
        return taken(office::contradictions(*office, window));
    }
    [[nodiscard]] static std::vector<std::string> namesOf(const Contradiction& found) {
        std::vector<std::string> names;
        for (const office::ContradictionUnit& one : found.units) {
            names.push_back(one.unitName);
        }
        return names;
    }

    RecordId before;
};

TEST_F(Contradictions, AreNotSeenWhereFilingsGoTogether) {
    file(*bureau, {"全县部署。", "done", 100}, before);
    file(*bureau, {"全县部署，完成率100%。已按要求公开。", "done", 100, 9});
    file(*north, {"公众代表列席会议年内不少于5次并及时公开会议情况。已按要求公开。培训2次。", "done", 100, 3},
         before);
    file(*north,
         {"公众代表列席会议年内不少于5次并及时公开会议情况。已按要求公开。培训2次。", "done", 100, 3});
    file(*south,
         {"公众代表列席会议年内不少于5次并及时公开会议情况。培训2次。已按要求公开。", "ongoing", 100, 1});
    spread();
    approve("甲镇");

    EXPECT_THAT(found(), IsEmpty());
}

TEST_F(Contradictions, ALeadThatIsDoneWhereOthersAreNot) {
    file(*bureau, {"", "done"});
    file(*north, {"", "in-progress"});
    file(*south, {"", "done"});

    const auto all = found();

    ASSERT_THAT(all, SizeIs(1));
    EXPECT_EQ(all[0].kind, ContradictionKind::leadDone);
    EXPECT_EQ(all[0].task, task);
    EXPECT_THAT(namesOf(all[0]), ElementsAre("县民政局", "甲镇"));
    EXPECT_EQ(all[0].text, "牵头单位县民政局报“已完成”，甲镇报“推进中”");
    EXPECT_EQ(all[0].units[1].status, "in-progress");
    EXPECT_EQ(all[0].units[1].text, "按要求推进");
    EXPECT_EQ(all[0].units[1].fingerprint,
              taken(ledger::fingerprintOf(office->state(), all[0].units[1].filing)).hex());
}

TEST_F(Contradictions, AFigureThatIsLowerThanInTheWindowBefore) {
    file(*north, {"", "in-progress", 60, 8}, before);
    file(*north, {"", "in-progress", 50, 5});
    file(*south, {"", "in-progress", 60, 8}, before);
    file(*south, {"", "in-progress", 60, 9});

    const auto all = found();

    ASSERT_THAT(all, SizeIs(1));
    EXPECT_EQ(all[0].kind, ContradictionKind::figureFell);
    EXPECT_THAT(namesOf(all[0]), ElementsAre("甲镇"));
    EXPECT_THAT(all[0].fields, ElementsAre("done_count", "percent"));
    EXPECT_EQ(all[0].text, "甲镇完成数量上期8，本期5；完成比例上期60%，本期50%");
    ASSERT_THAT(all[0].before, SizeIs(1));
    EXPECT_EQ(all[0].before[0].window, before);
    EXPECT_EQ(all[0].before[0].count, 8);
    EXPECT_EQ(all[0].units[0].count, 5);
}

TEST_F(Contradictions, OfUnitsThatCameTogetherTheCountsTogether) {
    file(*north, {"", "", {}, 8}, before);
    file(*south, {"", "", {}, 4}, before);
    spread();
    ASSERT_TRUE(office::mergeUnit(*office, unit("甲镇"), unit("乙镇"), "2026-09-01"));
    spread();
    file(*south, {"", "", {}, 10});

    const auto all = found();

    ASSERT_THAT(all, SizeIs(1));
    EXPECT_EQ(all[0].text, "乙镇完成数量上期12，本期10");
}

// Whoever counts may count whatever fits into a counter, and units come together afterwards.
TEST_F(Contradictions, FiguresAtTheEdgeOfACounterStayThere) {
    constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
    file(*north, {.count = kMost}, before);
    file(*south, {.count = kMost}, before);
    file(*north, {.count = 3});
    file(*south, {.count = -4});
    spread();
    ASSERT_TRUE(office::mergeUnit(*office, unit("甲镇"), unit("乙镇"), "2026-09-01"));

    const auto all = found();

    ASSERT_THAT(all, SizeIs(1));
    EXPECT_EQ(all[0].kind, ContradictionKind::figureFell);
    EXPECT_THAT(all[0].text, ::testing::HasSubstr("上期9223372036854775807，本期-1"));
    EXPECT_EQ(taken(office::paragraph(*office, task, before)).sum, kMost);
}

TEST_F(Contradictions, APercentThatDoesNotGoWithTheStatus) {
    file(*north, {"", "in-progress", 100});
    file(*south, {"", "done", 80});

    const auto all = found();

    ASSERT_THAT(all, SizeIs(2));
    EXPECT_EQ(all[0].kind, ContradictionKind::percentStatus);
    EXPECT_EQ(all[0].text + "|" + all[1].text,
              "乙镇完成比例报80%，状态报“已完成”|甲镇完成比例报100%，状态报“推进中”");
}

TEST_F(Contradictions, AUnitThatIsDoneWithFewerThanTheTargetAsks) {
    const auto tally = [&](ledger::Home& home, std::int64_t done) {
        ASSERT_TRUE(
            ledger::tally(home, {.task = task, .unit = taken(home.unit()), .target = "1", .done = done}));
    };
    file(*bureau, {"", "done"});
    file(*north, {"", "done"});
    file(*south, {"", "done"});
    EXPECT_THAT(found(), IsEmpty());  // nobody counts
    tally(*north, 2);
    tally(*south, 1);

    const auto all = found();

    ASSERT_THAT(all, SizeIs(3));  // the task has a lead unit: the sum stands against the target
    EXPECT_EQ(all[0].kind, ContradictionKind::belowTarget);
    EXPECT_THAT(namesOf(all[0]), ElementsAre("县民政局"));
    EXPECT_EQ(
        all[1].text,
        "乙镇报“已完成”，各单位合计5次中已有3次，还差2次：公众代表列席会议年内不少于5次并及时公开会议情况");
    const auto matrix = taken(office::matrix(*office, window));
    EXPECT_EQ(matrix.window.counts.below, 3);
    EXPECT_TRUE(matrix.at(0, 0).isBelow);
    const auto paragraph = taken(office::paragraph(*office, task, window));
    ASSERT_THAT(paragraph.targets, SizeIs(1));
    EXPECT_EQ(paragraph.targets[0].sum.done, 3);
    EXPECT_EQ(paragraph.targets[0].units, 2U);

    tally(*bureau, 2);

    EXPECT_THAT(found(), IsEmpty());
    EXPECT_EQ(taken(office::matrix(*office, window)).window.counts.below, 0);
}

TEST_F(Contradictions, OfATaskWithoutALeadUnitEachUnitIsMeasuredByItself) {
    ASSERT_TRUE(office->edit(
        {.record = task, .field = "lead", .kind = sync::OpKind::remove, .text = unit("县民政局").hex()}));
    spread();
    for (const auto& [home, done] : {std::pair(north.get(), 5), std::pair(south.get(), 3)}) {
        ASSERT_TRUE(
            ledger::tally(*home, {.task = task, .unit = taken(home->unit()), .target = "1", .done = done}));
        file(*home, {"", "done"});
    }

    const auto all = found();

    ASSERT_THAT(all, SizeIs(1));
    EXPECT_THAT(namesOf(all[0]), ElementsAre("乙镇"));
}

TEST_F(Contradictions, TwoUnitsThatClaimOneEvent) {
    file(*north, {"5月12日举办政府开放日活动。培训2次。"});
    file(*south, {"先做了部署。5 月 12 日，举办政府开放日活动；"});

    const auto all = found();

    ASSERT_THAT(all, SizeIs(1));
    EXPECT_EQ(all[0].kind, ContradictionKind::sameEvent);
    EXPECT_THAT(namesOf(all[0]), ElementsAre("乙镇", "甲镇"));
    EXPECT_EQ(all[0].text, "乙镇、甲镇都写了：5 月 12 日，举办政府开放日活动；");
}

TEST_F(Contradictions, AnEditAfterTheApprovalIsCounted) {
    file(*north, {"培训2次。", "in-progress"});
    spread();
    approve("甲镇");
    EXPECT_THAT(found(), IsEmpty());
    ASSERT_TRUE(ledger::file(*north, request(*north, {"培训3次。", "done"}, window)));

    const auto all = found();

    ASSERT_THAT(all, SizeIs(1));
    EXPECT_EQ(all[0].kind, ContradictionKind::afterApproval);
    EXPECT_EQ(all[0].editsSinceApproval, 2U);
    EXPECT_EQ(all[0].text, "甲镇的填报认可后又改动2处");
    EXPECT_EQ(taken(office::reviewView(*office, task, unit("甲镇"), window)).editsSinceApproval, 2U);
    EXPECT_EQ(taken(office::windowCounts(*office, window)).afterApproval, 1);
}

TEST_F(Contradictions, AreNotLookedForInWhatWasNeverSubmitted) {
    file(*bureau, {"", "done"});
    ASSERT_TRUE(ledger::file(*north, request(*north, {"", "in-progress", 100}, window)));

    EXPECT_THAT(found(), IsEmpty());
}

TEST(NamesAnEvent, NeedsADayOrALongSentenceWithANumber) {
    EXPECT_TRUE(office::namesAnEvent("5月12日举办开放日。", ""));
    EXPECT_TRUE(office::namesAnEvent("五月十二日举办开放日。", ""));
    EXPECT_TRUE(office::namesAnEvent("在县政务大厅组织开放日活动，邀请群众代表36名参加。", ""));
    EXPECT_FALSE(office::namesAnEvent("培训2次。", ""));
    EXPECT_FALSE(office::namesAnEvent("全县政务公开各项重点工作完成率均达到100%以上。", ""));
    EXPECT_FALSE(office::namesAnEvent("认真落实宁政办发〔2022〕29号文件要求推进政务公开。", ""));
    EXPECT_FALSE(office::namesAnEvent("5月12日举办开放日。", "一是5月12日，举办开放日。"));
}

}  // namespace
}  // namespace hezhang::test
