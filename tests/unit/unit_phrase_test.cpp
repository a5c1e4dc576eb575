// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/unit_phrase.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "src/ledger/chinese_text.h"

namespace hezhang::ledger {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// lead:县司法局, responsible:各部门* (a group), cooperate:有关单位*~ (a group left open)
std::vector<std::string> reading(std::string_view text) {
    std::vector<std::string> out;
    for (const auto& unit : parseUnits(text).units)
        out.push_back(std::string(name(unit.role)) + ":" + unit.name + (unit.group ? "*" : "") +
                      (unit.openEnded ? "~" : ""));
    return out;
}

TEST(UnitPhrase, ReadsNamesWithoutARoleWordAsResponsible) {
    EXPECT_THAT(reading("办公室、接访大厅"), ElementsAre("responsible:办公室", "responsible:接访大厅"));
    EXPECT_THAT(reading("政务公开办公室、审批局，各乡镇"),
                ElementsAre("responsible:政务公开办公室", "responsible:审批局", "responsible:各乡镇*"));
    EXPECT_THAT(reading("财政局 民政局"), ElementsAre("responsible:财政局", "responsible:民政局"));
    EXPECT_THAT(reading("财政局\n民政局;司法局"),
                ElementsAre("responsible:财政局", "responsible:民政局", "responsible:司法局"));
}

TEST(UnitPhrase, PartsAGroupOfParksAndKeepsABranchOfTheState) {
    EXPECT_THAT(reading("县工业和信息化局及各园区管委会"),
                ElementsAre("responsible:县工业和信息化局", "responsible:各园区管委会*"));
    const auto taxes = parseUnits("国家税务总局平罗县税务局、县市场监管局按职责分工负责");
    EXPECT_THAT(taxes.warnings, IsEmpty());
    EXPECT_EQ(taxes.units.at(0).name, "国家税务总局平罗县税务局");
    EXPECT_EQ(taxes.units.at(1).name, "县市场监管局");
}

TEST(UnitPhrase, BindsALeadToItsClauseOnly) {
    EXPECT_THAT(reading("各县（市、区）人民政府，市人社局、退役军人事务局牵头，市直各有关部门配合"),
                ElementsAre("responsible:各县（市、区）人民政府*", "lead:市人社局", "lead:市退役军人事务局",
                            "cooperate:市直各有关部门*~"));
    EXPECT_THAT(reading("市政府办牵头，各县（市、区）人民政府，市直各部门、各直属事业单位"),
                ElementsAre("lead:市政府办", "responsible:各县（市、区）人民政府*", "responsible:市直各部门*",
                            "responsible:各直属事业单位*"));
    EXPECT_THAT(reading("县教育局牵头、县财政局配合"), ElementsAre("lead:县教育局", "cooperate:县财政局"));
    EXPECT_THAT(reading("县教育局牵头县财政局配合"), ElementsAre("lead:县教育局", "cooperate:县财政局"));
}

TEST(UnitPhrase, BindsTogetherWithToWhatFollows) {
    EXPECT_THAT(reading("县教育局会同财政局、人社局"),
                ElementsAre("responsible:县教育局", "cooperate:县财政局", "cooperate:县人社局"));
    EXPECT_THAT(reading("由县教育局牵头，会同县财政局、县人社局按职责分工负责"),
                ElementsAre("lead:县教育局", "cooperate:县财政局", "cooperate:县人社局"));
}

TEST(UnitPhrase, KeepsALabelsRoleUntilTheNextLabel) {
    EXPECT_THAT(reading("牵头单位：县卫生健康局、县应对疫情工作指挥部，责任单位：各乡镇、各部门"),
                ElementsAre("lead:县卫生健康局", "lead:县应对疫情工作指挥部", "responsible:各乡镇*",
                            "responsible:各部门*"));
    EXPECT_THAT(reading("（牵头单位：政务公开办公室；责任单位：各相关部门)"),
                ElementsAre("lead:政务公开办公室", "responsible:各相关部门*~"));
    EXPECT_THAT(reading("主办单位：县教育局 协办单位：县财政局、县民政局"),
                ElementsAre("lead:县教育局", "cooperate:县财政局", "cooperate:县民政局"));
    EXPECT_THAT(reading("县司法局（牵头）、县公安局（配合）"),
                ElementsAre("lead:县司法局", "cooperate:县公安局"));
}

TEST(UnitPhrase, NeverSplitsABracket) {
    EXPECT_THAT(reading("各县（市、区）人民政府，市政府各部门、各直属事业单位"),
                ElementsAre("responsible:各县（市、区）人民政府*", "responsible:市政府各部门*",
                            "responsible:各直属事业单位*"));
    EXPECT_THAT(reading("市文广新局(市旅游局)、市教育局"),
                ElementsAre("responsible:市文广新局(市旅游局)", "responsible:市教育局"));
}

TEST(UnitPhrase, SplitsAnAndOnlyBetweenNames) {
    EXPECT_THAT(reading("人力资源和社会保障局"), ElementsAre("responsible:人力资源和社会保障局"));
    EXPECT_THAT(reading("发展改革局和财政局"), ElementsAre("responsible:发展改革局", "responsible:财政局"));
    EXPECT_THAT(reading("住房和城乡建设局与自然资源局"),
                ElementsAre("responsible:住房和城乡建设局", "responsible:自然资源局"));
    EXPECT_THAT(reading("规划和自然资源局及各乡镇"),
                ElementsAre("responsible:规划和自然资源局", "responsible:各乡镇*"));
}

TEST(UnitPhrase, WritesOutAnInheritedPrefix) {
    EXPECT_THAT(
        reading("县发展改革局、审批服务管理局、市场监管局"),
        ElementsAre("responsible:县发展改革局", "responsible:县审批服务管理局", "responsible:县市场监管局"));
    EXPECT_THAT(reading("市场监督管理局、财政局"),
                ElementsAre("responsible:市场监督管理局", "responsible:财政局"));
    EXPECT_THAT(reading("市政务服务中心、大数据局"),
                ElementsAre("responsible:市政务服务中心", "responsible:市大数据局"));
    EXPECT_EQ(parseUnits("县财政局、税务局").units[1].written, "税务局");
}

TEST(UnitPhrase, KeepsGroupsAsOneEntry) {
    EXPECT_THAT(reading("政府各部门、各镇街"), ElementsAre("responsible:政府各部门*", "responsible:各镇街*"));
    EXPECT_THAT(reading("各县（市、区）各部门"),
                ElementsAre("responsible:各县（市、区）*", "responsible:各部门*"));
    EXPECT_THAT(reading("各部门、镇街"), ElementsAre("responsible:各部门*", "responsible:镇街*"));
    EXPECT_THAT(reading("各镇（街）、村（社区）"),
                ElementsAre("responsible:各镇（街）*", "responsible:村（社区）*"));
    EXPECT_THAT(reading("市、区各部门"), ElementsAre("responsible:市、区各部门*"));
    EXPECT_THAT(reading("泾源县人民政府办公室"), ElementsAre("responsible:泾源县人民政府办公室"));
}

TEST(UnitPhrase, MarksUnfinishedListsAsOpen) {
    EXPECT_THAT(reading("各相关部门"), ElementsAre("responsible:各相关部门*~"));
    EXPECT_THAT(reading("市教育局、市财政局等部门按职责分工负责"),
                ElementsAre("responsible:市教育局", "responsible:市财政局~"));
    EXPECT_THAT(reading("起草单位"), ElementsAre("responsible:起草单位*~"));
    EXPECT_THAT(reading("有关部门和单位"), ElementsAre("responsible:有关部门和单位*~"));
}

TEST(UnitPhrase, LetsARuleMakeTheFirstOneLead) {
    EXPECT_THAT(reading("发展改革局、财政局，列第一位的为牵头单位"),
                ElementsAre("lead:发展改革局", "responsible:财政局"));
}

TEST(UnitPhrase, WarnsOfWhatIsNoUnit) {
    EXPECT_THAT(reading("谁起草、谁解读"), IsEmpty());
    EXPECT_THAT(parseUnits("谁起草、谁解读").warnings, ElementsAre(HasSubstr("principle")));
    EXPECT_THAT(reading("督查单位：县政府督查室；责任单位：县民政局"), ElementsAre("responsible:县民政局"));
    EXPECT_THAT(parseUnits("张三").warnings, ElementsAre(HasSubstr("张三")));
    EXPECT_THAT(parseUnits("以下任务均需各区市政府落实，不再一一列出").warnings,
                ElementsAre(HasSubstr("later tasks")));
    EXPECT_THAT(parseUnits("").warnings, IsEmpty());
    EXPECT_THAT(parseUnits("-").warnings, ElementsAre("names no unit"));
}

TEST(UnitPhrase, LeavesDeadlinesToTheDeadline) {
    EXPECT_THAT(reading("责任单位：县教育局；完成时限：2023年12月底"), ElementsAre("responsible:县教育局"));
    EXPECT_THAT(reading("县教育局负责，2023年12月底前完成"), ElementsAre("responsible:县教育局"));
}

TEST(UnitPhrase, KnowsWhatIsUnitsAndNothingElse) {
    for (const auto* text : {"政府各部门、各镇街", "人力资源和社会保障局", "市政务公开办", "办公室 接访大厅"})
        EXPECT_TRUE(readsAsUnits(toUtf16(text))) << text;
    for (const auto* text :
         {"", "加强政府网站", "查看各部门", "11月底", "强化公开平台建设", "做好就业工作。民政局"})
        EXPECT_FALSE(readsAsUnits(toUtf16(text))) << text;
}

TEST(UnitPhrase, JoinsTheLinesOfAWrappedCell) {
    EXPECT_EQ(joinUnitLines({u"政府各部", u"门、各镇", u"街"}), u"政府各部门、各镇街");
    EXPECT_EQ(joinUnitLines({u"人力资源", u"和社会保", u"障局"}), u"人力资源和社会保障局");
    EXPECT_EQ(joinUnitLines({u"民政局、", u"医疗保障", u"局"}), u"民政局、医疗保障局");
    EXPECT_EQ(joinUnitLines({u"办公室", u"接访大厅"}), u"办公室 接访大厅");
    EXPECT_EQ(joinUnitLines({u"民政", u"局", u"财政", u"局"}), u"民政局 财政局");
    EXPECT_EQ(joinUnitLines({u"市政务公开办", u"公室"}), u"市政务公开办公室");
}

TEST(UnitPhrase, HoldsUnderHostileText) {
    (void)parseUnits(std::string(100'000, '('));
    std::string many;
    for (int i = 0; i < 3000; ++i) many += "局和局牵头等会同、（";
    (void)parseUnits(many);
    (void)parseUnits("\xff\xfe牵头牵头牵头：，、；（）））");
}

}  // namespace
}  // namespace hezhang::ledger
