// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/text_diff.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

namespace hezhang::ledger {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Each run as "+text", "-text" or "=text".
std::vector<std::string> shown(std::string_view before, std::string_view after) {
    std::vector<std::string> lines;
    for (const TextRun& run : textDiff(before, after)) {
        lines.push_back((run.kind == RunKind::added     ? "+"
                         : run.kind == RunKind::removed ? "-"
                                                        : "=") +
                        run.text);
    }
    return lines;
}

TEST(TextDiff, EqualTextsAreOneSameRun) {
    EXPECT_THAT(shown("甲。乙。", "甲。乙。"), ElementsAre("=甲。乙。"));
    EXPECT_THAT(shown("", ""), IsEmpty());
}

TEST(TextDiff, ASentenceThatWasPutInIsAdded) {
    EXPECT_THAT(shown("甲。乙。", "甲。丙。乙。"), ElementsAre("=甲。", "+丙。", "=乙。"));
}

TEST(TextDiff, ASentenceThatWasLeftOutIsRemoved) {
    EXPECT_THAT(shown("甲。丙。乙。", "甲。乙。"), ElementsAre("=甲。", "-丙。", "=乙。"));
}

TEST(TextDiff, InAChangedSentenceOnlyWhatDiffersIsMarked) {
    EXPECT_THAT(shown("已公开信息12条。后续跟进。", "已公开信息15条。后续跟进。"),
                ElementsAre("=已公开信息", "-12", "+15", "=条。后续跟进。"));
}

TEST(TextDiff, ASingleCharacterBetweenTwoChangesDoesNotBreakThem) {
    EXPECT_THAT(shown("共三件事", "共五件好"), ElementsAre("=共", "-三件事", "+五件好"));
}

TEST(TextDiff, WhereThereWasNothingAllIsAdded) {
    EXPECT_THAT(shown("", "办了。"), ElementsAre("+办了。"));
    EXPECT_THAT(shown("办了。", ""), ElementsAre("-办了。"));
}

TEST(TextDiff, AVeryLongTextIsOneRemovalAndOneAddition) {
    const std::string one(2'000, 'a');
    const std::string other(2'000, 'b');
    EXPECT_THAT(shown(one, other), ElementsAre("-" + one, "+" + other));
}

RC_GTEST_PROP(TextDiffLaw, SameAndRemovedAreTheOldTextSameAndAddedTheNewOne, ()) {
    const auto texts = rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(
        std::vector<std::string>{"甲", "乙", "丙", "。", "；", "\n", "1", "\xFF", "\xE7"}));
    const auto join = [](const std::vector<std::string>& parts) {
        std::string text;
        for (const std::string& part : parts) {
            text += part;
        }
        return text;
    };
    const std::string before = join(*texts);
    const std::string after = join(*texts);
    std::string old;
    std::string fresh;
    RunKind last = RunKind::same;
    bool isFirst = true;
    for (const TextRun& run : textDiff(before, after)) {
        old += run.kind != RunKind::added ? run.text : "";
        fresh += run.kind != RunKind::removed ? run.text : "";
        RC_ASSERT(!run.text.empty());
        RC_ASSERT((isFirst || run.kind != last));
        isFirst = false;
        last = run.kind;
    }
    RC_ASSERT(old == before);
    RC_ASSERT(fresh == after);
}

}  // namespace
}  // namespace hezhang::ledger
