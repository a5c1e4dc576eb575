// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The built `hz` as scripts see it: exit codes, the error line, JSON, without a home.
#include <gmock/gmock.h>
#include <sys/wait.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/support/temporary_folder.h"

namespace {

using nlohmann::json;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

struct Outcome {
    int code = -1;
    std::string out;
    std::string err;
};

class HzTest : public ::testing::Test {
protected:
    // `line` goes through the shell; the home is a folder that does not exist.
    [[nodiscard]] Outcome hz(const std::string& line) const {
        const std::string out = m_folder / "out";
        const std::string err = m_folder / "err";
        const std::string command =
            "HEZHANG_HOME=" + m_folder / "home" + " " HZ_PROGRAM " " + line + " >" + out + " 2>" + err;
        const int status = std::system(command.c_str());
        return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, contentOf(out), contentOf(err)};
    }

    [[nodiscard]] static std::string contentOf(const std::string& path) {
        std::ostringstream text;
        text << std::ifstream(path).rdbuf();
        return text.str();
    }

    hezhang::test::TemporaryFolder m_folder;
};

class HzUsage : public HzTest, public ::testing::WithParamInterface<const char*> {};

TEST_P(HzUsage, IsSeenWithoutAHome) {
    const Outcome plain = hz(GetParam());
    const Outcome asJson = hz("--json " + std::string(GetParam()));

    EXPECT_EQ(plain.code, 2);
    EXPECT_THAT(plain.out, IsEmpty());
    EXPECT_THAT(plain.err, StartsWith("hz: "));
    EXPECT_THAT(plain.err, EndsWith(": see --help\n"));
    EXPECT_EQ(std::count(plain.err.begin(), plain.err.end(), '\n'), 1);
    EXPECT_EQ(asJson.code, 2);
    EXPECT_EQ(asJson.err, plain.err);
    EXPECT_EQ(json::parse(asJson.out)["error"]["code"], "usage");
}

INSTANTIATE_TEST_SUITE_P(
    Lines, HzUsage,
    ::testing::Values("", "wat", "window", "window shut", "bundle shut f", "bundle export",
                      "bundle export f --max-size 257", "enroll CODE", "pin set", "whoami extra",
                      "whoami --wat", "whoami --submit", "set aaaaaa text", "set zzz text a", "show abc",
                      "show", "set aaaaaa text a --seen x/1", "increment aaaaaa done_count many",
                      "tasks --due-before 2026-02-30", "tasks --status wat", "file 3 --status wat",
                      "window open --ledger L --closes soon", "window open --closes 2026-08-31",
                      "resolve aaaaaa --take 1", "resolve aaaaaa/text --take 0",
                      "resolve aaaaaa/text --take x", "resolve aaaaaa/text",
                      "resolve aaaaaa/text --take 1 --value a", "file 3", "file 3 --percent half",
                      "check 3 --unit u --result maybe", "admit aaaaaa", "edit",
                      "edit --batch - --commit-every 0", "new task content", "parse deadline 8月底前",
                      "parse deadline 8月底前 --reference 1.3.2026", "receipt aaaaaa", "rebuild",
                      "dump --scope wat", "export", "export wat -o f", "import f --year x",
                      "verify f --county-key nothex", "enroll ftp://x CODE"));

class HzWithoutHome : public HzTest, public ::testing::WithParamInterface<const char*> {};

TEST_P(HzWithoutHome, SaysThatTheFolderIsNotEnrolled) {
    const Outcome plain = hz(GetParam());
    const Outcome asJson = hz(std::string(GetParam()) + " --json");

    EXPECT_EQ(plain.code, 1);
    EXPECT_THAT(plain.out, IsEmpty());
    EXPECT_THAT(plain.err, HasSubstr("enroll this folder first"));
    EXPECT_EQ(asJson.code, 1);
    EXPECT_EQ(json::parse(asJson.out)["error"]["code"], "notEnrolled");
    EXPECT_FALSE(std::filesystem::exists(m_folder / "home"));
}

INSTANTIATE_TEST_SUITE_P(Commands, HzWithoutHome,
                         ::testing::Values("whoami", "status", "ledgers", "tasks", "search a", "show aaaaaa",
                                           "history aaaaaa", "set aaaaaa text a", "delete aaaaaa",
                                           "edit --batch -", "missing --window 2026-08-31", "file 3 --text a",
                                           "sync", "sync --watch", "bundle export f", "bundle list", "vector",
                                           "scopes", "conflicts", "merged", "aside", "dump", "digest",
                                           "rebuild --check", "verify", "new unit first_name=a name=a"));

TEST_F(HzTest, ParsesADeadlineWithoutAHome) {
    const Outcome outcome = hz("parse deadline 8月底前 --json --reference=2026-03-01");

    ASSERT_EQ(outcome.code, 0);
    const json answer = json::parse(outcome.out);
    EXPECT_EQ(answer["due"], "2026-08-31");
    EXPECT_EQ(answer["recurrence"], "none");
    EXPECT_THAT(outcome.err, IsEmpty());
}

TEST_F(HzTest, ParsesUnitsWithoutAHome) {
    const Outcome outcome = hz("--json parse units 县财政局牵头，各镇街配合");

    ASSERT_EQ(outcome.code, 0);
    const json units = json::parse(outcome.out)["units"];
    ASSERT_EQ(units.size(), 2U);
    EXPECT_EQ(units[0]["unit"], "县财政局");
    EXPECT_EQ(units[0]["role"], "lead");
    EXPECT_EQ(units[1]["group"], true);
}

TEST_F(HzTest, NamesTheFormsWithoutAHome) {
    const Outcome outcome = hz("export --list --json");

    ASSERT_EQ(outcome.code, 0);
    std::vector<std::string> names;
    for (const json& form : json::parse(outcome.out)) {
        names.push_back(form["form"]);
        EXPECT_THAT(form["file_types"].get<std::string>(), HasSubstr("docx"));
    }
    EXPECT_THAT(names, testing::UnorderedElementsAre("assignment", "consolidated", "filing-form", "notice",
                                                     "worksheet"));
}

TEST_F(HzTest, HelpAndVersionAreDone) {
    EXPECT_THAT(hz("--help").out, HasSubstr("resolve CONFLICT"));
    EXPECT_THAT(hz("resolve --help").out, HasSubstr("--take N|DOT"));
    EXPECT_EQ(hz("resolve --help").code, 0);
    EXPECT_THAT(hz("--version").out, StartsWith("hz "));
}

TEST_F(HzTest, AReceiptThatIsNoneIsNotValid) {
    std::ofstream(m_folder / "receipt") << "no receipt";

    const Outcome outcome = hz("verify " + m_folder / "receipt" + " --json");

    EXPECT_EQ(outcome.code, 1);
    EXPECT_EQ(json::parse(outcome.out)["valid"], false);
    EXPECT_TRUE(json::parse(outcome.out)["error"].contains("code"));
    EXPECT_THAT(outcome.err, StartsWith("hz: "));
}

TEST_F(HzTest, AReceiptThatIsNotThereIsAnErrorOfTheFile) {
    const Outcome outcome = hz("verify " + m_folder / "none" + " --json");

    EXPECT_EQ(outcome.code, 1);
    EXPECT_EQ(json::parse(outcome.out)["error"]["code"], "fileNotFound");
}

TEST_F(HzTest, AFullDiskUnderTheOutputIsAFailure) {
    const Outcome outcome = hz("--help >/dev/full; echo $? >" + m_folder / "code" + "; :");

    EXPECT_EQ(contentOf(m_folder / "code"), "1\n");
}

}  // namespace
