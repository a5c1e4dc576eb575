// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/documents/task_matching.h"

#include "src/ledger/likeness.h"

#include <gtest/gtest.h>

namespace hezhang::documents {
namespace {

using Kind = MatchKind;

constexpr const char* kBudget = "公开年度预算决算信息，回应群众关切。";
constexpr const char* kPolicy = "做好政策解读，图文解读占比不低于80%。";

TEST(TaskMatching, EqualWordsGoBeforeWhatOnlyResembles) {
    const auto matches = matchTasks({{kBudget, "1"}, {"公开年度预算决算信息，及时回应群众关切。", "2"}},
                                    {{"公开年度预算决算信息，及时 回应群众关切。", "1"}, {kBudget, "2"}}, 0);

    EXPECT_EQ(matches[0].kind, Kind::equal);
    EXPECT_EQ(matches[0].known, 1U);
    EXPECT_EQ(matches[1].known, 0U);
}

TEST(TaskMatching, AmongEqualWordsTheNumberDecidesAndElseTheOrder) {
    const std::vector<TaskWords> known{{kBudget, "3"}, {kBudget, "7"}};

    EXPECT_EQ(matchTasks(known, {{kBudget, "7"}}, kClearlyMore)[0].known, 1U);
    EXPECT_EQ(matchTasks(known, {{kBudget, "1"}}, kClearlyMore)[0].kind, Kind::several);
    EXPECT_EQ(matchTasks(known, {{kBudget, "1"}}, 0)[0].known, 0U);
    const auto both = matchTasks(known, {{kBudget, "1"}, {kBudget, "2"}}, kClearlyMore);
    EXPECT_EQ(both[0].known, 0U);
    EXPECT_EQ(both[1].known, 1U);
}

TEST(TaskMatching, ASecondRowOfATaskIsNamedWithTheFirst) {
    const auto matches = matchTasks({{kPolicy, "1"}}, {{"别的。", ""}, {kPolicy, ""}, {kPolicy, ""}}, 0);

    EXPECT_EQ(matches[0].kind, Kind::none);
    EXPECT_TRUE(matches[1].isSame());
    EXPECT_EQ(matches[2].kind, Kind::taken);
    EXPECT_EQ(matches[2].row, 1U);
}

TEST(TaskMatching, ARowIsTheTaskItResemblesMostWhateverStandsFirst) {
    const std::vector<TaskWords> known{{"公开教育领域重点信息，按月更新目录。", ""},
                                       {"公开医疗领域重点信息，按月更新目录。", ""}};
    const std::vector<TaskWords> rows{{"公开医疗卫生领域重点信息，按月更新目录。", ""},
                                      {"公开教育培训领域重点信息，按月更新目录。", ""}};

    const auto matches = matchTasks(known, rows, 0);

    EXPECT_EQ(matches[0].known, 1U);
    EXPECT_EQ(matches[1].known, 0U);
    EXPECT_EQ(matchTasks(known, rows, kClearlyMore)[0].kind, Kind::several);
}

TEST(TaskMatching, ATaskThatAPersonRewroteIsKnownByWhatItSaidBefore) {
    const std::vector<TaskWords> known{{"整理档案目录并装订成册。", "1", kBudget}, {kPolicy, "2"}};

    EXPECT_EQ(matchTasks(known, {{kBudget}}, 0)[0].known, 0U);
    EXPECT_EQ(matchTasks(known, {{kBudget}}, 0)[0].kind, Kind::equal);
    EXPECT_EQ(matchTasks(known, {{"公开年度预算决算信息，及时回应群众关切。"}}, 0)[0].kind, Kind::alike);
    EXPECT_EQ(matchTasks({{kBudget, "1"}, {kPolicy, "2", kBudget}}, {{kBudget}}, 0)[0].known, 0U);
}

TEST(TaskMatching, LikenessIsThatOfPairsOfCharacters) {
    EXPECT_DOUBLE_EQ(ledger::likeness("公开预算", "公开预算"), 1);
    EXPECT_DOUBLE_EQ(ledger::likeness("公开预算", "公开决算"), 2.0 / 6);
    EXPECT_DOUBLE_EQ(ledger::likeness("一", "二"), 0);
    EXPECT_DOUBLE_EQ(ledger::likeness("", ""), 1);
}

}  // namespace
}  // namespace hezhang::documents
