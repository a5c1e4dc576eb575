// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/office/composing.h"

#include <gmock/gmock.h>

namespace hezhang::office {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const sync::Suite& suite() {
    return *sync::suiteFor(sync::SuiteId::international);
}

UnitText said(const std::string& unit, const std::string& text) {
    RecordId id;
    std::copy_n(unit.begin(), 6, id.bytes.begin());
    return {{id, id, unit}, text};
}

std::string composedOf(const std::vector<UnitText>& texts) {
    return textOf(compose(texts));
}

std::vector<std::string> namesOf(const ParagraphSentence& sentence) {
    std::vector<std::string> names;
    for (const ParagraphSource& source : sentence.sources) {
        names.push_back(source.unitName);
    }
    return names;
}

sync::ProseMerge merged(const std::string& base, const std::string& edited, const std::string& now) {
    const std::vector<EditedText> edits{{baseOf(suite(), base), edited}};
    return mergeParagraph(suite(), edits, now);
}

TEST(Composing, KeepsTheOrderOfUnitsAndTheSourceOfEachSentence) {
    const auto sentences =
        compose(std::vector{said("甲镇", "开展培训2次。公开5条。"), said("乙镇", "设立专区。")});

    ASSERT_EQ(textOf(sentences), "开展培训2次。公开5条。设立专区。");
    EXPECT_THAT(namesOf(sentences[1]), ElementsAre("甲镇"));
    EXPECT_THAT(namesOf(sentences[2]), ElementsAre("乙镇"));
}

TEST(Composing, FoldsTheSameWordsOfSeveralFilingsAndNamesThemAll) {
    const auto sentences =
        compose(std::vector{said("甲镇", "已按要求公开。开展培训。"),
                            said("乙镇", "已按要求 公开\n设立专区。"), said("丙镇", "已按要求公开")});

    ASSERT_EQ(textOf(sentences), "已按要求公开。开展培训。设立专区。");
    EXPECT_THAT(namesOf(sentences[0]), ElementsAre("甲镇", "乙镇", "丙镇"));
}

TEST(Composing, DoesNotFoldWhatOneFilingSaysTwice) {
    const auto sentences =
        compose(std::vector{said("甲镇", "培训2次；已完成。解读3件；已完成。"), said("乙镇", "已完成。")});

    ASSERT_EQ(textOf(sentences), "培训2次；已完成。解读3件；已完成。");
    EXPECT_THAT(namesOf(sentences[1]), ElementsAre("甲镇", "乙镇"));
    EXPECT_THAT(namesOf(sentences[3]), ElementsAre("甲镇"));
}

TEST(Composing, EndsASentenceWithoutTerminatorSoThatTheNextUnitsDoesNotRunOn) {
    EXPECT_EQ(composedOf({said("甲镇", "　一是开展培训\n二是设立专区"), said("乙镇", "公开5条")}),
              "一是开展培训。二是设立专区。公开5条。");
    EXPECT_EQ(composedOf({said("甲镇", "主要做法：\n落实“放管服”\n")}), "主要做法：\n落实“放管服”。");
}

TEST(Composing, LeavesOutWhatHasNoWords) {
    EXPECT_THAT(compose(std::vector{said("甲镇", " \n\n。；"), said("乙镇", "")}), IsEmpty());
}

TEST(Composing, NamesTheOfficeByNoSource) {
    const auto composed = compose(std::vector{said("甲镇", "公开5条。培训2次。")});

    const auto shown = withSources("公开5条。全县有序推进。培训2次", composed);

    ASSERT_EQ(shown.size(), 3U);
    EXPECT_THAT(namesOf(shown[0]), ElementsAre("甲镇"));
    EXPECT_THAT(namesOf(shown[1]), IsEmpty());
    EXPECT_THAT(namesOf(shown[2]), ElementsAre("甲镇"));
}

TEST(ParagraphMerge, BringsAUnitsCorrectionIntoAnEditedText) {
    const auto merge = merged("公开5条。培训2次。设立专区。", "公开5条。全县培训2次。设立专区。",
                              "公开6条。培训2次。设立专区。");

    EXPECT_FALSE(merge.overlap);
    EXPECT_EQ(merge.text, "公开6条。全县培训2次。设立专区。");
}

TEST(ParagraphMerge, TakesOutWhatAUnitDeletedAndKeepsOutWhatTheOfficeDeleted) {
    const auto merge = merged("甲。乙。丙。丁。", "甲。丙。丁。", "甲。乙。丙。");

    EXPECT_FALSE(merge.overlap);
    EXPECT_EQ(merge.text, "甲。丙。");
}

TEST(ParagraphMerge, NeverChoosesBetweenTwoChangesOfOneSentence) {
    const auto merge = merged("公开5条。培训2次。", "公开5条信息。培训2次。", "公开6条。培训2次。");

    EXPECT_TRUE(merge.overlap);
    EXPECT_EQ(merge.text, "公开5条信息。培训2次。");
}

TEST(ParagraphMerge, KnowsASentenceWhoseLastTerminatorTheOfficeLeftOut) {
    EXPECT_EQ(merged("甲。乙。", "甲。乙", "甲。").text, "甲。");
}

TEST(ParagraphMerge, FoldsTwoEditsMadeAtOnceEachOnItsOwnBase) {
    const std::vector<EditedText> edits{{baseOf(suite(), "甲。"), "部署。甲。"},
                                        {baseOf(suite(), "甲。乙。"), "甲。乙。下一步。"}};

    const auto merge = mergeParagraph(suite(), edits, "甲一。乙。");

    EXPECT_FALSE(merge.overlap);
    EXPECT_EQ(merge.text, "部署。甲一。乙。下一步。");
}

TEST(ParagraphMerge, OfTwoEditsOfOneSentenceShowsTheFirst) {
    const std::vector<EditedText> edits{{baseOf(suite(), "甲。"), "甲一。"},
                                        {baseOf(suite(), "甲。"), "甲二。"}};

    const auto merge = mergeParagraph(suite(), edits, "甲。");

    EXPECT_TRUE(merge.overlap);
    EXPECT_EQ(merge.text, "甲一。");
}

TEST(ParagraphMerge, WithoutABaseKeepsBothTexts) {
    const std::vector<EditedText> edits{{"", "办公室的话。"}};

    const auto merge = mergeParagraph(suite(), edits, "单位的话。");

    EXPECT_FALSE(merge.overlap);
    EXPECT_EQ(merge.text, "办公室的话。单位的话。");
}

TEST(ParagraphMerge, KeepsABaseOfAThousandSentencesWithinAValue) {
    std::string text;
    for (int i = 0; i < 1000; ++i) {
        text += "第" + std::to_string(i) + "项工作已按要求完成并公开。";
    }

    const std::string base = baseOf(suite(), text);

    EXPECT_LT(base.size(), 16'000U);
    EXPECT_TRUE(isBase(base));
    EXPECT_FALSE(isBase("甲。"));
    EXPECT_FALSE(isBase(base + "0"));
}

}  // namespace
}  // namespace hezhang::office
