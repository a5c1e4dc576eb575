// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Next year's ledger beside this one's: what is proposed, what a person decides, and what travels to the
// units.
#include "src/office/year_links.h"

#include <gmock/gmock.h>

#include "src/office/units.h"
#include "tests/support/window_test.h"

namespace hezhang::test {
namespace {

using office::YearLink;
using office::YearLinkState;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class YearLinks : public WindowTest {
protected:
    YearLinks() : WindowTest("按月公开财政预算和决算信息。") {
        old2 = county.newTask(*office, ledgerId, 2, "组织政府开放日活动不少于4次。");
        old3 = county.newTask(*office, ledgerId, 3, "发布重大政策图文解读不少于20件。");
        old4 = county.newTask(*office, ledgerId, 4, "办好第一季度新闻发布会。");
        old5 = county.newTask(*office, ledgerId, 5, "办好第二季度新闻发布会。");
        next = taken(office->edit({.registerName = "ledger",
                                   .key = {{"year", 2027}, {"title", "要点"}},
                                   .field = "state",
                                   .text = "open"}))
                   .record;
    }
    RecordId newTask(int serial, const std::string& content, const std::string& number = "") {
        const RecordId id = county.newTask(*office, next.hex(), serial, content, {"甲镇"});
        if (!number.empty()) {
            CountyBox::set(*office, id, "number", number);
        }
        return id;
    }
    [[nodiscard]] office::YearLinks links() const { return taken(office::yearLinks(*office, next)); }
    [[nodiscard]] YearLink link(int serial) const {
        return links().tasks.at(static_cast<std::size_t>(serial - 1));
    }
    [[nodiscard]] static std::vector<RecordId> idsOf(const std::vector<office::YearCandidate>& candidates) {
        std::vector<RecordId> ids;
        for (const office::YearCandidate& one : candidates) {
            ids.push_back(one.task);
        }
        return ids;
    }

    RecordId old2;
    RecordId old3;
    RecordId old4;
    RecordId old5;
    RecordId next;
};

TEST_F(YearLinks, WhatIsCertainIsProposedAndWhatIsDoubtfulIsForAPerson) {
    newTask(1, "按月公开财政预算和决算信息。");
    newTask(2, "组织政府开放日活动不少于6次。");
    newTask(3, "发布重大政策视频解读，形式更加多样。");
    newTask(4, "建设基层政务公开标准化专区。");
    newTask(5, "办好本季度新闻发布会。");

    EXPECT_EQ(links().earlierYear, 2026);
    EXPECT_EQ(link(1).state, YearLinkState::certain);
    EXPECT_THAT(idsOf(link(1).candidates), ElementsAre(task));
    EXPECT_EQ(link(1).candidates[0].likeness, 1);
    EXPECT_EQ(link(2).state, YearLinkState::certain);
    EXPECT_THAT(idsOf(link(2).candidates), ElementsAre(old2));
    EXPECT_EQ(link(3).state, YearLinkState::doubtful) << "alike, but not enough";
    EXPECT_THAT(idsOf(link(3).candidates), ElementsAre(old3));
    EXPECT_EQ(link(4).state, YearLinkState::none);
    EXPECT_EQ(link(5).state, YearLinkState::doubtful) << "two are equally like it";
    EXPECT_THAT(idsOf(link(5).candidates), ElementsAre(old4, old5));
    EXPECT_TRUE(taken(ledger::shownText(office->state(), link(1).task, "continues")).empty())
        << "nothing is linked by itself";
}

TEST_F(YearLinks, TheNumberAsPrintedDecidesBetweenThoseThatAreNearEachOther) {
    CountyBox::set(*office, old4, "number", "七");
    CountyBox::set(*office, old5, "number", "八");

    newTask(1, "办好本季度新闻发布会。", "八");
    EXPECT_EQ(link(1).state, YearLinkState::certain);
    EXPECT_THAT(idsOf(link(1).candidates), ElementsAre(old5));

    newTask(2, "办好这季度新闻发布会。", "八");
    EXPECT_EQ(link(1).state, YearLinkState::doubtful) << "two of this year want the same one";
    EXPECT_EQ(link(2).state, YearLinkState::doubtful);
}

TEST_F(YearLinks, APersonLinksTakesBackAndSaysThatATaskIsNew) {
    const RecordId one = newTask(1, "办好本季度新闻发布会。");
    ASSERT_TRUE(office::linkTask(*office, one, old4));
    ASSERT_TRUE(office::linkTask(*office, one, old5));
    ASSERT_TRUE(office::linkTask(*office, one, old5)) << "a second time is no other link";
    EXPECT_EQ(link(1).state, YearLinkState::linked);
    EXPECT_THAT(idsOf(link(1).linked), ElementsAre(old4, old5));
    EXPECT_THAT(link(1).candidates, IsEmpty());

    ASSERT_TRUE(office::unlinkTask(*office, one, old4));
    EXPECT_THAT(idsOf(link(1).linked), ElementsAre(old5));
    EXPECT_EQ(office::unlinkTask(*office, one, old4).error().code, ErrorCode::badInput);

    ASSERT_TRUE(office::markNew(*office, one));
    EXPECT_EQ(link(1).state, YearLinkState::isNew);
    ASSERT_TRUE(office::linkTask(*office, one, old4));
    EXPECT_EQ(link(1).state, YearLinkState::linked);

    EXPECT_EQ(office::linkTask(*office, old4, one).error().code, ErrorCode::badInput);
    EXPECT_EQ(office::linkTask(*office, one, one).error().code, ErrorCode::badInput);
    EXPECT_EQ(office::linkTask(*office, one, window).error().code, ErrorCode::unknownRecord);
    EXPECT_EQ(office::linkTask(*north, one, old4).error().code, ErrorCode::unknownRecord) << "not there yet";
}

TEST_F(YearLinks, TheCertainOnesAreLinkedTogetherOnce) {
    newTask(1, "按月公开财政预算和决算信息。");
    newTask(2, "组织政府开放日活动不少于6次。");
    newTask(3, "办好本季度新闻发布会。");

    EXPECT_EQ(taken(office::linkCertain(*office, next)), 2U);
    EXPECT_EQ(taken(office::linkCertain(*office, next)), 0U);

    EXPECT_EQ(link(1).state, YearLinkState::linked);
    EXPECT_EQ(link(2).state, YearLinkState::linked);
    EXPECT_EQ(link(3).state, YearLinkState::doubtful);
}

TEST_F(YearLinks, AUnitSeesLastYearsTaskAlsoAfterItWasMergedAndWithoutANetwork) {
    const RecordId one = newTask(1, "按月公开财政预算和决算信息。");
    file(*north, "甲镇公开3条。", 3);
    file(*south, "乙镇公开5条。", 5);
    spread();
    ASSERT_TRUE(office::linkTask(*office, one, task));
    ASSERT_TRUE(office::mergeUnit(*office, unit("甲镇"), unit("乙镇"), "2027-01-01"));
    ASSERT_TRUE(office->edit({.record = unit("乙镇"), .field = "name", .text = "新镇"}));
    spread();

    const auto whole = taken(office::earlierTasks(*office, one));
    ASSERT_THAT(whole, SizeIs(1));
    EXPECT_EQ(whole[0].year, 2026);
    EXPECT_EQ(whole[0].task, task);
    EXPECT_EQ(whole[0].window, window);
    EXPECT_EQ(whole[0].paragraph.text, "乙镇公开5条。甲镇公开3条。");
    EXPECT_EQ(whole[0].paragraph.sum, 8);
    EXPECT_TRUE(whole[0].paragraph.isWhole);

    const auto own = taken(office::earlierTasks(*south, one));
    ASSERT_THAT(own, SizeIs(1));
    EXPECT_EQ(own[0].content, "按月公开财政预算和决算信息。");
    EXPECT_FALSE(own[0].paragraph.isWhole);
    EXPECT_NE(own[0].paragraph.text.find("乙镇公开5条。"), std::string::npos);
    EXPECT_EQ(south->edit({.record = one, .field = "is_new", .text = "true"}).error().code,
              ErrorCode::noRight)
        << "who goes on with what is the office's to say";
}

TEST_F(YearLinks, TwoOfficesThatLinkApartHaveBothLinks) {
    const auto second = county.enrol("second", "公开办", "副主任", "office");
    const RecordId one = newTask(1, "办好本季度新闻发布会。");
    spread();
    county.sync(*second);
    ASSERT_TRUE(office::linkTask(*office, one, old4));
    ASSERT_TRUE(office::linkTask(*second, one, old5));
    county.sync(*second);
    spread();
    county.sync(*second);

    EXPECT_THAT(idsOf(link(1).linked), ElementsAre(old4, old5));
    EXPECT_EQ(taken(office::yearLinks(*second, next)).tasks.front().linked.size(), 2U);
    EXPECT_THAT(taken(ledger::conflicts(*office)), IsEmpty());
}

TEST_F(YearLinks, WithoutAnEarlierLedgerNothingIsProposed) {
    const auto first = taken(office::yearLinks(*office, *RecordId::fromHexText(ledgerId)));

    EXPECT_FALSE(first.earlierYear.has_value());
    ASSERT_THAT(first.tasks, SizeIs(5));
    EXPECT_EQ(first.tasks.front().state, YearLinkState::none);
    EXPECT_EQ(office::yearLinks(*office, task).error().code, ErrorCode::unknownRecord);
}

}  // namespace
}  // namespace hezhang::test
