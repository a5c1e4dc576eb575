// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/cli/output.h"

#include <gmock/gmock.h>

namespace hezhang::cli {
namespace {

TEST(ErrorLine, IsOneLineWithAdvice) {
    const Error error{ErrorCode::usage, "bad\nword\x1b[2J"};

    EXPECT_EQ(errorLine(error), "hz: bad word [2J: see --help");
}

TEST(ExitCode, IsTwoForUsageAndAmbiguousNamesOnly) {
    EXPECT_EQ(exitCodeOf({ErrorCode::usage, ""}), 2);
    EXPECT_EQ(exitCodeOf({ErrorCode::ambiguous, ""}), 2);
    EXPECT_EQ(exitCodeOf({ErrorCode::unknownRecord, ""}), 1);
    EXPECT_EQ(exitCodeOf({ErrorCode::badValue, ""}), 1);
}

TEST(Columns, CountWideCharactersTwiceAndMarksNot) {
    EXPECT_EQ(columnsOf("abc"), 3U);
    EXPECT_EQ(columnsOf("合账（a）"), 9U);
    EXPECT_EQ(columnsOf("e\u0301"), 1U);
}

TEST(Columns, ATextIsCutAtACharacterThatFits) {
    EXPECT_EQ(shortened("合账合账", 8), "合账合账");
    EXPECT_EQ(shortened("合账合账", 6), "合账…");
    EXPECT_EQ(shortened("合账合账", 5), "合账…");
}

TEST(TerminalText, HasNoControlsAndNoTurnedLines) {
    EXPECT_EQ(oneLine("a\nb\x07\u202e"), "a b  ");
    EXPECT_EQ(plainText("a\nb\r"), "a\nb ");
    EXPECT_EQ(oneLine("\xff合"), " 合");
}

TEST(OutputTable, AlignsChineseAndLatinCells) {
    Table table({"单位", "状态"});
    table.add({"县财政局", "done"});
    table.add({"x", "blocked"});

    EXPECT_EQ(table.text(),
              "单位      状态\n"
              "县财政局  done\n"
              "x         blocked\n");
}

TEST(OutputTable, SaysWhenItIsEmpty) {
    EXPECT_EQ(Table({"a"}).text("没有"), "没有\n");
}

TEST(ValueText, ShowsSetsAndConflicts) {
    EXPECT_EQ(valueText({"a", "b"}), "a、b");
    EXPECT_EQ(valueText({{"conflict", {"a", "b"}}, {"shown", "a"}}), "【冲突】a | b");
    EXPECT_EQ(valueText(nullptr), "—");
    EXPECT_EQ(valueText(5), "5");
}

TEST(PrintedJson, KeepsTheOrderOfKeysAndReplacesBrokenCharacters) {
    EXPECT_EQ(printed({{"b", 1}, {"a", "\xff"}}), "{\"b\":1,\"a\":\"\uFFFD\"}");
}

}  // namespace
}  // namespace hezhang::cli
