// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/paper/box_letters.h"

#include <gtest/gtest.h>

#include <QString>
#include <random>

namespace hezhang::paper {
namespace {

constexpr double kEm = 10;

Letters lettersOf(const char* text) {
    const auto letters = QString::fromUtf8(text).toUcs4();
    return {letters.begin(), letters.end()};
}

QRectF box(double x, double y, double width) {
    return {x, y, width, 0.95 * kEm};
}

// The text of each box, as it was shared.
std::vector<std::string> texts(const Letters& letters, const SharedLetters& shared) {
    std::vector<std::string> all;
    for (const LetterRange& range : shared.ranges) {
        all.push_back(
            QString::fromUcs4(letters.constData() + range.from, range.to - range.from).toStdString());
    }
    return all;
}

std::vector<std::string> shared(const char* text, const Boxes& boxes, const KnownLetters& known = {}) {
    const Letters letters = lettersOf(text);
    return texts(letters, shareLetters(letters, boxes, known));
}

TEST(BoxLetters, EachLetterHasItsOwnBox) {
    EXPECT_EQ(shared("县司 1月", {box(0, 0, 9), box(10, 0, 9), box(60, 0, 4.5), box(66, 0, 9)}),
              (std::vector<std::string>{"县", "司", "1", "月"}));
}

TEST(BoxLetters, CellsThatTheTextHasJoinedArePartedByTheirWidths) {
    EXPECT_EQ(shared("第二季度末县司法局", {box(0, 0, 49), box(100, 0, 39)}),
              (std::vector<std::string>{"第二季度末", "县司法局"}));
}

TEST(BoxLetters, ALineOfTextIsNotInTwoLinesOfBoxes) {
    EXPECT_EQ(shared("公开年度\r\n报告和目录", {box(0, 0, 39), box(0, 15, 49)}),
              (std::vector<std::string>{"公开年度", "报告和目录"}));
}

TEST(BoxLetters, BlanksMayHaveAPartInABox) {
    EXPECT_EQ(shared("分别于 8 月", {box(0, 0, 32.5), box(33, 0, 8), box(41, 0, 9)}),
              (std::vector<std::string>{"分别于", "8", "月"}));
}

TEST(BoxLetters, ALetterWithoutAGlyphIsLeftOut) {
    const auto all = shared("公开\uE000\r\n目录", {box(0, 0, 19), box(0, 15, 19)});
    ASSERT_EQ(all.size(), 2u);
    EXPECT_EQ(all[1], "目录");
}

TEST(BoxLetters, WhatWidthsDoNotTellIsInDoubtAndAnAnswerSettlesIt) {
    const char* text = "ab cd ef";  // two boxes for three words
    const Boxes boxes{box(0, 0, 16), box(40, 0, 16)};
    const Letters letters = lettersOf(text);
    const SharedLetters unsure = shareLetters(letters, boxes);
    ASSERT_EQ(unsure.ranges.size(), 2u);
    EXPECT_EQ(unsure.doubts, std::vector<std::size_t>{1});

    EXPECT_EQ(shared(text, boxes, {{3, 0}, {4, 0}, {6, 1}}), (std::vector<std::string>{"ab cd", "ef"}));
    EXPECT_EQ(shared(text, boxes, {{3, 1}, {1, 0}}), (std::vector<std::string>{"ab", "cd ef"}));
}

TEST(BoxLetters, NoTextAndNoBoxesAreNoTrouble) {
    EXPECT_TRUE(shareLetters({}, {}).ranges.empty());
    EXPECT_EQ(shareLetters({}, {box(0, 0, 9)}).ranges.size(), 1u);
    EXPECT_TRUE(shareLetters(lettersOf("公开"), {}).ranges.empty());
}

// Rows of four cells of Chinese, figures and punctuation, with uneven letters: what is not in doubt is right.
TEST(BoxLetters, WhatIsNotInDoubtIsRight) {
    const QString chinese = QStringLiteral("围绕企业群众办事细化公开内容及时发布涉农补贴养老服务信息");
    for (unsigned seed = 1; seed <= 200; ++seed) {
        std::mt19937 random(seed);
        Letters letters;
        Boxes boxes;
        std::vector<qsizetype> firsts;
        for (int row = 0; row < 6; ++row) {
            for (int cell = 0; cell < 4; ++cell) {
                letters.append(cell == 0 ? U'\n' : U' ');
                firsts.push_back(letters.size());
                double width = 0;
                const auto count = 1 + random() % 8;
                for (unsigned i = 0; i < count; ++i) {
                    const bool isFigure = random() % 4 == 0;
                    letters.append(isFigure ? static_cast<char32_t>(U'0' + random() % 10)
                                            : chinese.at(static_cast<qsizetype>(random() % 26)).unicode());
                    width += (isFigure ? 0.52 + static_cast<double>(random() % 5) / 100 : 1) * kEm;
                }
                boxes.push_back(box(cell * 120, row * 15, width - 0.08 * kEm));
            }
        }
        const SharedLetters shared = shareLetters(letters, boxes);
        ASSERT_EQ(shared.ranges.size(), boxes.size()) << "seed " << seed;
        for (std::size_t i = 0; i < boxes.size(); ++i) {
            const bool isDoubted =
                std::find(shared.doubts.begin(), shared.doubts.end(), i) != shared.doubts.end();
            EXPECT_TRUE(isDoubted || shared.ranges[i].from == firsts[i]) << "seed " << seed << ", box " << i;
        }
    }
}

}  // namespace
}  // namespace hezhang::paper
