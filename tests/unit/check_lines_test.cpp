// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/check_lines.h"

#include <gmock/gmock.h>

namespace hezhang::ledger {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// "desk:words" of each line.
std::vector<std::string> linesOf(const std::string& indicator) {
    std::vector<std::string> lines;
    for (const CheckLine& line : checkLinesOf(indicator)) {
        lines.push_back(std::string(line.kind ? name(*line.kind) : "-") + ":" + line.words);
    }
    return lines;
}

TEST(CheckLines, AreCutWhereTheIndicatorNamesAnotherWay) {
    EXPECT_THAT(linesOf("查看政府网站和本部门政务新媒体平台发布相关政策法规、集中推介情况以及实际掌握情况"),
                ElementsAre("desk:查看政府网站和本部门政务新媒体平台发布相关政策法规、集中推介情况",
                            "judgement:实际掌握情况"));
    EXPECT_THAT(linesOf("实地查看和依据报送资料"), ElementsAre("site:实地查看", "material:依据报送资料"));
    EXPECT_THAT(linesOf("依据报备情况和具体掌握情况"),
                ElementsAre("material:依据报备情况", "judgement:具体掌握情况"));
}

TEST(CheckLines, AreSentencesOtherwise) {
    EXPECT_THAT(linesOf("查看网站专栏。实地查看公示栏；\n查看网站专栏"),
                ElementsAre("desk:查看网站专栏", "site:实地查看公示栏"));
}

TEST(CheckLines, WithoutAWaySaySo) {
    EXPECT_THAT(linesOf("网络工作群清理情况"), ElementsAre("-:网络工作群清理情况"));
    EXPECT_THAT(linesOf(""), IsEmpty());
    EXPECT_THAT(linesOf("。；—"), IsEmpty());
}

TEST(CheckLines, AreCutAtTheirLimit) {
    std::string text;
    for (int i = 0; i < 300; ++i) {
        text += "长";
    }
    EXPECT_EQ(checkLinesOf(text).at(0).words.size(), kCheckLineMax * 3);
}

}  // namespace
}  // namespace hezhang::ledger
