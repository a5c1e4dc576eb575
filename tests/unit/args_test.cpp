// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/cli/args.h"

#include <gmock/gmock.h>

namespace hezhang::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const std::string kLane(32, 'a');
const std::string kRecord(32, 'b');

std::vector<CommandSpec> someCommands() {
    return {
        {"set", "RECORD FIELD VALUE", "", {{"seen", Takes::one, "DOT", "", Need::optional, isSeen}}, nullptr},
        {"file",
         "TASK",
         "",
         {{"evidence", Takes::many, "FILE", ""}, {"submit", Takes::nothing, "", ""}},
         nullptr},
        {"new", "REGISTER FIELD=VALUE…", "", {}, nullptr},
        {"verify", "[FILE]", "", {}, nullptr},
        {"window open", "", "", {{"closes", Takes::one, "DATE", "", Need::required}}, nullptr},
        {"window close", "WINDOW", "", {}, nullptr},
        {"receipt", "RECORD", "", {{"o", Takes::one, "FILE", "", Need::required}}, nullptr},
        {"increment", "RECORD FIELD N", "", {}, nullptr},
    };
}

class CommandLineTest : public ::testing::Test {
protected:
    Result<CommandLine> read(const std::vector<std::string>& words) {
        return readCommandLine(words, m_commands);
    }
    // The text of the usage error; empty where there is none.
    std::string complaint(const std::vector<std::string>& words) {
        const auto line = read(words);
        return line || line.error().code != ErrorCode::usage ? "" : line.error().text;
    }

    std::vector<CommandSpec> m_commands = someCommands();
};

TEST_F(CommandLineTest, OptionsStandAnywhere) {
    const auto line = read({"--home", "/h", "set", "--seen=none", kRecord, "text", "--json", "值"});

    ASSERT_TRUE(line) << line.error().text;
    EXPECT_EQ(line->command->name, "set");
    EXPECT_THAT(line->args.operands(), ElementsAre(kRecord, "text", "值"));
    EXPECT_EQ(line->args.value("home"), "/h");
    EXPECT_EQ(line->args.value("seen"), "none");
    EXPECT_TRUE(line->args.has("json"));
}

TEST_F(CommandLineTest, AnOptionMayStandBeforeBothWordsOfACommand) {
    const auto line = read({"--closes", "2026-08-31", "window", "--json", "open"});

    ASSERT_TRUE(line) << line.error().text;
    EXPECT_EQ(line->command->name, "window open");
    EXPECT_THAT(line->args.operands(), IsEmpty());
}

TEST_F(CommandLineTest, RepeatableOptionsKeepTheirOrder) {
    const auto line = read({"file", "3", "--evidence", "a.jpg", "--submit", "--evidence=b.jpg", "--submit"});

    ASSERT_TRUE(line) << line.error().text;
    EXPECT_THAT(line->args.values("evidence"), ElementsAre("a.jpg", "b.jpg"));
    EXPECT_TRUE(line->args.has("submit"));
}

TEST_F(CommandLineTest, TwoDashesEndTheOptions) {
    const auto line = read({"set", kRecord, "text", "--", "--json"});

    ASSERT_TRUE(line) << line.error().text;
    EXPECT_EQ(line->args.operand(2), "--json");
    EXPECT_FALSE(line->args.has("json"));
}

TEST_F(CommandLineTest, NegativeNumbersAndASingleDashAreOperands) {
    EXPECT_TRUE(read({"increment", kRecord, "done_count", "-2"}));
    EXPECT_TRUE(read({"verify", "-"}));
}

TEST_F(CommandLineTest, AValueMayBeginWithADashOrBeEmpty) {
    EXPECT_EQ(read({"file", "3", "--evidence", "--json"})->args.values("evidence").front(), "--json");
    EXPECT_EQ(read({"file", "3", "--evidence="})->args.values("evidence").front(), "");
}

TEST_F(CommandLineTest, ASingleLetterHasOneDash) {
    EXPECT_EQ(read({"receipt", kRecord, "-o", "f"})->args.value("o"), "f");
    EXPECT_THAT(complaint({"receipt", kRecord, "--o", "f"}), HasSubstr("unknown option"));
    EXPECT_THAT(complaint({"receipt", kRecord, "-json"}), HasSubstr("unknown option"));
}

TEST_F(CommandLineTest, UnknownWordsAreRefused) {
    EXPECT_THAT(complaint({}), HasSubstr("no command"));
    EXPECT_THAT(complaint({"bundle", "export", "f"}), HasSubstr("unknown command 'bundle'"));
    EXPECT_THAT(complaint({"window"}), HasSubstr("open, close"));
    EXPECT_THAT(complaint({"verify", "--wat"}), HasSubstr("unknown option '--wat'"));
    EXPECT_THAT(complaint({"verify", "--submit"}), HasSubstr("verify has no option --submit"));
}

TEST_F(CommandLineTest, DoubledAndIncompleteOptionsAreRefused) {
    EXPECT_THAT(complaint({"verify", "--home", "a", "--home", "b"}), HasSubstr("stands twice"));
    EXPECT_THAT(complaint({"verify", "--home"}), HasSubstr("--home needs DIR"));
    EXPECT_THAT(complaint({"verify", "--json=1"}), HasSubstr("takes no value"));
    EXPECT_THAT(complaint({"verify", "--home="}), HasSubstr("--home"));
    EXPECT_THAT(complaint({"window", "open"}), HasSubstr("needs --closes DATE"));
}

TEST_F(CommandLineTest, MissingAndExtraOperandsAreRefused) {
    EXPECT_THAT(complaint({"set", kRecord, "text"}), HasSubstr("needs VALUE"));
    EXPECT_THAT(complaint({"set", kRecord, "text", "a", "b"}), HasSubstr("does not take 'b'"));
    EXPECT_THAT(complaint({"verify", "a", "b"}), HasSubstr("does not take 'b'"));
    EXPECT_TRUE(read({"verify"}));
    EXPECT_TRUE(read({"new", "task"}));
    EXPECT_TRUE(read({"new", "task", "a=1", "b=", "c=x=y"}));
}

TEST_F(CommandLineTest, MalformedOperandsAndValuesAreRefused) {
    EXPECT_THAT(complaint({"set", "task", "text", "a"}), HasSubstr("is not RECORD"));
    EXPECT_THAT(complaint({"increment", kRecord, "n", "two"}), HasSubstr("is not N"));
    EXPECT_THAT(complaint({"new", "task", "content"}), HasSubstr("is not FIELD=VALUE"));
    EXPECT_THAT(complaint({"set", kRecord, "text", "a", "--seen", "zz"}), HasSubstr("--seen: 'zz'"));
}

TEST_F(CommandLineTest, HelpAndVersionNeedNoCompleteLine) {
    EXPECT_EQ(read({"--help"})->command, nullptr);
    EXPECT_EQ(read({"set", "--help"})->command->name, "set");
    EXPECT_EQ(read({"--version"})->command, nullptr);
}

TEST_F(CommandLineTest, JsonIsSeenInALineThatIsWrong) {
    EXPECT_TRUE(asksForJson(std::vector<std::string>{"wat", "--json"}));
    EXPECT_FALSE(asksForJson(std::vector<std::string>{"wat", "--", "--json"}));
}

TEST(DotForm, IsALaneACounterAndMaybeABranch) {
    EXPECT_TRUE(isDot(kLane + "/1"));
    EXPECT_TRUE(isDot(kLane + "/17/0123abcd"));
    EXPECT_TRUE(isDot(kLane + "/17/tail"));
    const std::vector<std::string> malformed{kLane,
                                             kLane + "/",
                                             kLane + "/0",
                                             kLane + "/-1",
                                             kLane + "/x",
                                             kLane + "/1/",
                                             kLane + "/1/0123abc",
                                             "aa/1",
                                             "none",
                                             "",
                                             kLane + "/1/0123abcd/1"};
    for (const std::string& wrong : malformed) {
        EXPECT_FALSE(isDot(wrong)) << wrong;
    }
}

TEST(SeenForm, IsNoneOrDots) {
    const std::string two = kLane + "/1," + kLane + "/2";

    EXPECT_TRUE(isSeen("none"));
    EXPECT_TRUE(isSeen(two));
    EXPECT_FALSE(isSeen(""));
    EXPECT_FALSE(isSeen(kLane + "/1,"));
    EXPECT_THAT(seenDots("none"), IsEmpty());
    EXPECT_THAT(seenDots(two), ElementsAre(kLane + "/1", kLane + "/2"));
}

TEST(NumberForm, IsWholeAndOf64Bits) {
    EXPECT_TRUE(isInteger("-9223372036854775808"));
    EXPECT_FALSE(isInteger("9223372036854775808"));
    EXPECT_FALSE(isInteger("1.5"));
    EXPECT_FALSE(isInteger(" 1"));
    EXPECT_FALSE(isPositive("0"));
    EXPECT_FALSE(isYear("10000"));
}

}  // namespace
}  // namespace hezhang::cli
