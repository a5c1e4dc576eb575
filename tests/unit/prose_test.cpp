// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "sync/merge/prose.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace hezhang::sync {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct Case {
    std::string base;
    std::string ours;
    std::string theirs;
};

// The merged text, or the mark of an overlap before the text that is left.
std::string merged(const Case& texts) {
    const auto merge = mergeProse(texts.base, texts.ours, texts.theirs);
    return (merge.overlap ? "OVERLAP " : "") + merge.text;
}

std::string repeated(std::string_view text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) {
        all += text;
    }
    return all;
}

std::string numbered(int begin, int end) {
    std::string all;
    for (int i = begin; i < end; ++i) {
        all += std::to_string(i) + "。";
    }
    return all;
}

TEST(Sentences, EndAtTheFiveTerminatorsAndNowhereElse) {
    EXPECT_THAT(sentencesOf("一。二！三？四；五\n六，七、3.5 km! 八: 九; 十"),
                ElementsAre("一。", "二！", "三？", "四；", "五\n", "六，七、3.5 km! 八: 九; 十"));
}

TEST(Sentences, OfAnEmptyTextAreNone) {
    EXPECT_THAT(sentencesOf(""), IsEmpty());
}

TEST(Sentences, MayBeBareTerminators) {
    EXPECT_THAT(sentencesOf("好。\n\n？！"), ElementsAre("好。", "\n", "\n", "？", "！"));
}

TEST(Sentences, AreNotCutInsideACharacterThatSharesBytesWithATerminator) {
    // 、 is E3 80 81 and 。 is E3 80 82; ， is EF BC 8C and ； is EF BC 9B.
    EXPECT_THAT(sentencesOf("、，〃：。"), ElementsAre("、，〃：。"));
}

TEST(Prose, ChangesOfDifferentSentencesAreBothKept) {
    EXPECT_EQ(merged({"a。b。c。", "a1。b。c。", "a。b。c1。"}), "a1。b。c1。");
}

TEST(Prose, ChangesOfNeighbouringSentencesAreBothKept) {
    EXPECT_EQ(merged({"a。b。", "a1。b。", "a。b1。"}), "a1。b1。");
}

TEST(Prose, DifferentChangesOfOneSentenceOverlapAndLeaveOurs) {
    EXPECT_EQ(merged({"a。b。", "a。b1。", "x。a。b2。"}), "OVERLAP a。b1。");
}

TEST(Prose, TheSameChangeMadeTwiceCountsOnce) {
    EXPECT_EQ(merged({"a。b。c。", "a。b1。c。d。", "x。a。b1。c。"}), "x。a。b1。c。d。");
}

TEST(Prose, ADeletedAndAChangedSentenceOverlap) {
    EXPECT_EQ(merged({"a。b。c。", "a。c。", "a。b1。c。"}), "OVERLAP a。c。");
    EXPECT_EQ(merged({"a。b。c。", "a。b1。c。", "a。c。"}), "OVERLAP a。b1。c。");
}

TEST(Prose, ADeletedSentenceStaysDeletedWhereTheOtherLeftItAlone) {
    EXPECT_EQ(merged({"a。b。c。", "a。c。", "a。b。c。d。"}), "a。c。d。");
}

TEST(Prose, DeletionsThatMeetAreBothMade) {
    EXPECT_EQ(merged({"a。b。c。d。e。", "a。d。e。", "a。b。e。"}), "a。e。");
    EXPECT_EQ(merged({"a。b。c。d。", "", "a。d。"}), "");
}

TEST(Prose, AnInsertionInsideAChangeOverlaps) {
    EXPECT_EQ(merged({"a。b。c。d。", "a。bc。d。", "a。b。x。c。d。"}), "OVERLAP a。bc。d。");
    EXPECT_EQ(merged({"a。b。c。d。", "a。b。x。c。d。", "a。d。"}), "OVERLAP a。b。x。c。d。");
}

TEST(Prose, AnInsertionWhereAChangeBeginsStandsBeforeIt) {
    EXPECT_EQ(merged({"a。b。c。", "a。b1。c。", "a。x。b。c。"}), "a。x。b1。c。");
    EXPECT_EQ(merged({"a。b。c。", "a。x。b。c。", "a。b1。c。"}), "a。x。b1。c。");
}

TEST(Prose, AnInsertionWhereAChangeEndsStandsAfterIt) {
    EXPECT_EQ(merged({"a。b。c。", "a。b1。c。", "a。b。x。c。"}), "a。b1。x。c。");
    EXPECT_EQ(merged({"a。b。c。", "a。b。x。c。", "a。b1。c。"}), "a。b1。x。c。");
}

TEST(Prose, AnInsertionBesideADeletionIsKept) {
    EXPECT_EQ(merged({"a。b。c。", "a。c。", "a。b。x。c。"}), "a。x。c。");
    EXPECT_EQ(merged({"a。b。c。", "a。x。b。c。", "a。c。"}), "a。x。c。");
}

TEST(Prose, InsertionsAtOnePlaceAreAllKeptOursFirst) {
    EXPECT_EQ(merged({"a。b。", "a。x。y。b。", "a。z。b。"}), "a。x。y。z。b。");
}

TEST(Prose, TheSameInsertionCountsOnce) {
    EXPECT_EQ(merged({"a。b。", "a。x。b。", "a。x。b。c。"}), "a。x。b。c。");
}

TEST(Prose, AnInsertionThatBeginsOrEndsWithTheOtherStandsForBoth) {
    EXPECT_EQ(merged({"a。", "a。x。", "a。x。y。"}), "a。x。y。");
    EXPECT_EQ(merged({"a。", "a。y。x。", "a。x。"}), "a。y。x。");
}

TEST(Prose, TextsWithoutACommonBaseStandOneAfterTheOther) {
    EXPECT_EQ(merged({"", "甲。", "乙。"}), "甲。乙。");
    EXPECT_EQ(merged({"", "甲", "乙"}), "甲\n乙");
    EXPECT_EQ(merged({"", "甲", "\n乙"}), "甲\n乙");
}

TEST(Prose, ANewlineKeepsApartWhatNoTerminatorDoes) {
    EXPECT_EQ(merged({"甲。", "甲。乙", "甲。丙。"}), "甲。乙\n丙。");
    EXPECT_EQ(merged({"甲。乙。", "甲。乙", "甲。乙。丙。"}), "甲。乙\n丙。");
    EXPECT_EQ(merged({"甲。乙", "甲。丁", "甲。乙\n丙。"}), "甲。丁\n丙。");
}

TEST(Prose, WritingOnAfterASentenceWithoutTerminatorIsNoChangeOfIt) {
    EXPECT_EQ(merged({"甲", "甲\n乙。", "甲\n丙。"}), "甲\n乙。丙。");
    EXPECT_EQ(merged({"甲", "甲。乙。", "甲。丙。"}), "甲。乙。丙。");
    EXPECT_EQ(merged({"甲", "甲。乙。", "丁。甲"}), "丁。甲。乙。");
    EXPECT_EQ(merged({"甲\n乙", "甲", "甲\n乙\n丙"}), "甲\n丙");
}

TEST(Prose, DifferentTerminatorsForOneSentenceOverlap) {
    EXPECT_EQ(merged({"甲", "甲。", "甲！"}), "OVERLAP 甲。");
}

TEST(Prose, WhatOnlyOneSideTouchedIsTheirsToTheByte) {
    EXPECT_EQ(merged({"甲", "甲", "甲\n"}), "甲\n");
    EXPECT_EQ(merged({"甲\n", "甲", "甲\n"}), "甲");
    EXPECT_EQ(merged({"甲。", "", "甲。"}), "");
    EXPECT_EQ(merged({"甲", "乙。\r\n", "乙。\r\n"}), "乙。\r\n");
}

TEST(Prose, ARepeatedSentenceKeepsItsFirstPlace) {
    EXPECT_EQ(merged({"无。", "无。无。", "无。完。"}), "无。无。完。");
    EXPECT_EQ(merged({"a。b。a。", "a。", "a1。b。a。"}), "a1。");
    EXPECT_EQ(merged({"a。无。b。无。", "a。无。b1。无。", "a。无。b。"}), "a。无。b1。");
}

TEST(Prose, ParagraphsStayParagraphs) {
    EXPECT_EQ(merged({"甲。\n乙。\n", "甲。\n丙。\n乙。\n", "甲。\n乙。\n丁。\n"}),
              "甲。\n丙。\n乙。\n丁。\n");
    EXPECT_EQ(merged({"甲。\n乙。", "甲1。\n丙。\n乙。", "甲。丁。\n乙。"}), "甲1。丁。\n丙。\n乙。");
    EXPECT_EQ(merged({"甲。", "甲。\n乙。", "甲。\n丙。"}), "甲。\n乙。\n丙。");
    EXPECT_EQ(merged({"甲。\n乙。\n丙。", "甲。\n丙。", "甲。\n乙。\n丙。\n丁。"}), "甲。\n丙。\n丁。");
}

TEST(Prose, AKeptLineWeighsMoreThanKeptNewlines) {
    EXPECT_EQ(merged({"\n\n全年任务已经完成。", "全年任务已经完成。\n\n", "\n\n全年任务已经完成。好。"}),
              "全年任务已经完成。\n\n好。");
}

TEST(Prose, AReplacementIsCutWhereSentencesAreTheSame) {
    EXPECT_EQ(merged({"a。b。c。d。e。", "a1。b。c1。d。e1。", "a。b。x。c。d。e。"}),
              "a1。b。x。c1。d。e1。");
}

TEST(Prose, AMovedSentenceThatTheOtherDeletedIsGone) {
    EXPECT_EQ(merged({"a。b。c。", "b。c。", "b。c。a。x。"}), "b。c。x。");
    EXPECT_EQ(merged({"a。b。c。", "b。c。a。x。", "b。c。"}), "b。c。x。");
}

TEST(Prose, ASentenceMovedByBothStandsOnceWhereOursHasIt) {
    EXPECT_EQ(merged({"a。b。c。d。", "b。c。d。a。", "b。a。c。d。"}), "b。c。d。a。");
}

TEST(Prose, AMovedSentenceThatTheOtherLeftAloneMoves) {
    EXPECT_EQ(merged({"a。b。c。", "b。c。a。", "a。b。c。d。"}), "b。c。a。d。");
}

TEST(Prose, ALongTextIsMergedInItsSentences) {
    const std::string base = numbered(0, 500);
    const std::string ours = "x。" + numbered(1, 500);
    const std::string theirs = numbered(0, 499) + "y。";

    EXPECT_EQ(merged({base, ours, theirs}), "x。" + numbered(1, 499) + "y。");
}

TEST(Prose, BeyondTheLimitWhatLiesBetweenTheEndsIsOneChange) {
    const std::string base = "a。" + repeated("\n", 3000) + "b。";
    const std::string ours = "a。x。" + repeated("\n", 2000) + "y。b。";

    EXPECT_EQ(merged({base, ours, base + "c。"}), ours + "c。");
    EXPECT_EQ(merged({base, ours, "a。\nz。" + repeated("\n", 2999) + "b。"}), "OVERLAP " + ours);
}

TEST(ProseOlderStanding, KeepsTheOlderTextWhereTheTwoOverlapAndTheNewerElsewhere) {
    EXPECT_EQ(mergeProseOlderStanding("a。b。c。", "a。b1。c。", "a。b2。c。d。"), "a。b1。c。d。");
    EXPECT_EQ(mergeProseOlderStanding("a。b。c。e。", "a。b。x。c。e。", "a。e。d。"), "a。b。x。c。e。d。");
}

}  // namespace
}  // namespace hezhang::sync
