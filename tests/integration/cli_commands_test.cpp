// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The commands on a real home, enrolled with a county folder in the same process.
#include "src/cli/commands.h"

#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

#include "src/cli/batch.h"
#include "tests/support/county_box.h"

namespace hezhang::cli {
namespace {

using nlohmann::json;
using test::DirectTransport;
using test::taken;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

struct Outcome {
    int code = -1;
    std::string out;
    std::string err;
    [[nodiscard]] json parsed() const { return json::parse(out, nullptr, false); }
    [[nodiscard]] std::vector<json> lines() const {
        std::vector<json> all;
        std::istringstream text(out);
        for (std::string line; std::getline(text, line);) {
            all.push_back(json::parse(line, nullptr, false));
        }
        return all;
    }
};

class HzCommands : public ::testing::Test {
protected:
    HzCommands() {
        const ledger::Environment environment{m_clock, m_random};
        EXPECT_TRUE(ledger::CountyFolder::init(m_folder / "county", {.name = "测试县", .office = "公开办"},
                                               environment));
        const auto county = taken(ledger::CountyFolder::open(m_folder / "county", environment));
        const auto invitation =
            taken(county->invite({.unit = "公开办", .person = "张三", .role = "office"}, std::nullopt));
        DirectTransport transport(*county);
        EXPECT_TRUE(ledger::Home::enroll(m_folder / "home", "http://127.0.0.1:9", invitation.code, transport,
                                         environment));
        const auto home = taken(ledger::Home::open(m_folder / "home", environment));
        const auto report = taken(home->sync(transport));
        EXPECT_FALSE(report.error) << report.error->text;
    }

    [[nodiscard]] Outcome hz(std::vector<std::string> words, const std::string& input = "") const {
        words.insert(words.end(), {"--home", m_folder / "home"});
        std::istringstream in(input);
        std::ostringstream out;
        std::ostringstream err;
        Streams streams{in, out, err};
        const int code = run(words, streams);
        return {code, out.str(), err.str()};
    }
    // The answer of a command that goes well.
    [[nodiscard]] json answer(std::vector<std::string> words, const std::string& input = "") const {
        words.emplace_back("--json");
        const Outcome outcome = hz(words, input);
        EXPECT_EQ(outcome.code, 0) << outcome.err;
        return outcome.parsed();
    }
    [[nodiscard]] std::string record(const std::vector<std::string>& words) const {
        return answer(words).value("record", "");
    }

    [[nodiscard]] std::string newTask() const {
        static_cast<void>(record({"new", "ledger", "year=2026", "title=要点", "state=open"}));
        return record({"new", "task", "ledger=要点", "serial=1", "content=甲。", "lead=公开办"});
    }
    static std::string assign(const std::string& id, const std::string& field, const json& value) {
        return json{{"record", id}, {"field", field}, {"assign", value}}.dump() + "\n";
    }

    RealClock m_clock;
    SystemRandom m_random;
    test::TemporaryFolder m_folder;
};

TEST_F(HzCommands, WhoamiHasTheKeysOfTheContract) {
    const json me = answer({"whoami"});

    for (const char* key : {"device", "person", "unit", "role", "county", "scopes"}) {
        EXPECT_TRUE(me.contains(key)) << key;
    }
    EXPECT_EQ(me["county"], "测试县");
    EXPECT_EQ(me["unit_name"], "公开办");
    EXPECT_THAT(me["scopes"], ::testing::Contains("common"));
}

TEST_F(HzCommands, ANewRecordTakesItsReferencesByName) {
    const std::string task = newTask();

    const json shown = answer({"show", task, "--clock"});

    EXPECT_EQ(shown["id"], task);
    EXPECT_EQ(shown["register"], "task");
    EXPECT_EQ(shown["fields"]["serial"], 1);
    EXPECT_EQ(shown["fields"]["content"], "甲。");
    EXPECT_EQ(shown["fields"]["lead"][0], answer({"whoami"})["unit"]);
    EXPECT_EQ(shown["clock"]["content"].size(), 1U);
}

TEST_F(HzCommands, WhatIsCountedTowardsATargetStaysWithItsWords) {
    const std::string task = newTask();
    static_cast<void>(answer({"set", task, "content", "举办培训不少于5次；解读率不低于80%。"}));
    static_cast<void>(answer({"window", "open", "--ledger", "要点", "--closes", "2026-08-31"}));

    const std::string tally = record({"file", "1", "--target", "1", "--count", "3"});
    static_cast<void>(record({"file", "1", "--target", "解读率不低于80%", "--count", "7", "--of", "10"}));

    EXPECT_EQ(answer({"show", tally})["fields"]["done"], 3);
    json targets = answer({"targets", "1", "--window", "2026-08-31"})["targets"];
    EXPECT_EQ(targets[0]["own"]["missing"], 2);
    EXPECT_EQ(targets[0]["window"]["done"], 3);
    EXPECT_EQ(targets[1]["all"]["missing"], 1);
    EXPECT_THAT(hz({"targets", "1"}).out, HasSubstr("5次中已有3次，还差2次"));

    static_cast<void>(answer({"set", task, "content", "举办培训不少于8次；解读率不低于80%。"}));
    targets = answer({"targets", "1"})["targets"];
    EXPECT_EQ(targets[0]["own"]["done"], 0);
    EXPECT_EQ(targets[2]["words"], "举办培训不少于5次");
    EXPECT_EQ(targets[2]["own"]["done"], 3);
    EXPECT_TRUE(targets[2]["dropped"]);
    static_cast<void>(answer({"targets", "1", "--continue", "3", "--as", "1"}));
    EXPECT_EQ(answer({"targets", "1"})["targets"][0]["own"]["done"], 3);

    EXPECT_EQ(hz({"file", "1", "--of", "3"}).code, 2);
    EXPECT_EQ(hz({"targets", "1", "--continue", "3"}).code, 2);
    EXPECT_EQ(hz({"file", "1", "--target", "9", "--count", "1"}).code, 1);
    EXPECT_EQ(hz({"file", "1", "--target", "1", "--count", "-9"}).code, 1);
}

TEST_F(HzCommands, TheWorksheetIsPrintedAndTickedByNumber) {
    const std::string task = newTask();
    static_cast<void>(answer({"set", task, "indicator", "查看政府网站专栏以及实际掌握情况"}));

    const std::string check = record({"check", "1", "--unit", "公开办", "--result", "no", "--finding",
                                      "缺一期。", "--line", "1=no", "--line", "2=na"});

    const json lines = answer({"worksheet", "--unit", "公开办"});
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_EQ(lines[0]["kind"], "desk");
    EXPECT_EQ(lines[0]["result"], "no");
    EXPECT_EQ(lines[0]["check"], check);
    EXPECT_EQ(lines[1]["words"], "实际掌握情况");
    EXPECT_THAT(hz({"worksheet", "--unit", "公开办", "--task", "1"}).out, HasSubstr("案头"));
    EXPECT_EQ(hz({"check", "1", "--unit", "公开办", "--result", "no", "--line", "3=yes"}).code, 1);
    EXPECT_EQ(hz({"check", "1", "--unit", "公开办", "--result", "no", "--line", "1=maybe"}).code, 2);
    EXPECT_EQ(hz({"worksheet"}).code, 2);
}

TEST_F(HzCommands, ANewRecordIsAllOrNothing) {
    static_cast<void>(newTask());
    const std::string before = hz({"dump"}).out;

    EXPECT_EQ(hz({"new", "task", "ledger=要点", "serial=2", "content=乙。", "due=soon"}).code, 1);
    EXPECT_EQ(hz({"new", "task", "ledger=要点", "serial=2"}).code, 2);
    EXPECT_EQ(hz({"new", "task", "ledger=要点", "serial=2", "nosuch=1"}).code, 1);
    EXPECT_EQ(hz({"new", "nosuch", "a=1"}).code, 1);

    EXPECT_EQ(hz({"dump"}).out, before);
}

TEST_F(HzCommands, ACellIsSetAddedToRemovedFromAndCounted) {
    const std::string task = newTask();
    const std::string unit = answer({"whoami"})["unit"];

    const json edit = answer({"set", task, "due", "2026-08-31"});
    static_cast<void>(answer({"remove", task, "lead", "公开办"}));
    static_cast<void>(answer({"add", task, "cooperate", unit}));

    EXPECT_TRUE(isDot(edit["dot"].get<std::string>()));
    EXPECT_EQ(edit["op"].get<std::string>().size(), 64U);
    const json fields = answer({"show", task})["fields"];
    EXPECT_EQ(fields["due"], "2026-08-31");
    EXPECT_EQ(fields["cooperate"], json::array({unit}));
    EXPECT_EQ(answer({"history", task}).size(), 5U);
}

TEST_F(HzCommands, UnknownThingsAreFailuresAndNoUsage) {
    const std::string task = newTask();

    EXPECT_EQ(hz({"show", "ffffffffffff"}).code, 1);
    EXPECT_EQ(hz({"set", task, "nosuch", "a"}).code, 1);
    EXPECT_EQ(hz({"add", task, "lead", "没有的单位"}).code, 1);
    EXPECT_EQ(hz({"tasks", "--unit", "没有的单位", "--json"}).parsed()["error"]["code"], "unknownUnit");
}

TEST_F(HzCommands, ADeletedRecordIsShownAsDeletedAndLeavesTheDump) {
    const std::string task = newTask();

    static_cast<void>(answer({"delete", task}));

    EXPECT_EQ(answer({"show", task})["deleted"], true);
    EXPECT_THAT(hz({"dump"}).out, ::testing::Not(HasSubstr(task)));
    EXPECT_THAT(answer({"tasks"}), IsEmpty());
}

TEST_F(HzCommands, AFilingGoesToTheOnlyOpenWindow) {
    const std::string task = newTask();

    EXPECT_EQ(hz({"file", "1", "--text", "已完成。"}).code, 2);
    static_cast<void>(record({"window", "open", "--ledger", "要点", "--closes", "2026-08-31"}));
    EXPECT_EQ(answer({"missing", "--window", "2026-08-31"})[0]["state"], "none");
    const json filed =
        answer({"file", "1", "--text", "-", "--status", "已完成", "--count", "3", "--submit"}, "已完成。\n");

    const json fields = answer({"show", filed["record"]})["fields"];
    EXPECT_EQ(fields["text"], "已完成。");
    EXPECT_EQ(fields["status"], "done");
    EXPECT_EQ(fields["done_count"], 3);
    EXPECT_THAT(answer({"missing", "--window", "2026-08-31"}), IsEmpty());
    static_cast<void>(answer({"set", filed["record"], "text", "改了。"}));
    EXPECT_EQ(answer({"missing", "--window", "2026-08-31"})[0]["state"], "changed");
}

TEST_F(HzCommands, AParagraphIsComposedEditedAndTraced) {
    static_cast<void>(newTask());
    static_cast<void>(record({"window", "open", "--ledger", "要点", "--closes", "2026-08-15"}));
    const std::string filing =
        record({"file", "1", "--text", "公开5条。培训2次。", "--count", "7", "--submit"});

    const json composed = answer({"paragraph", "1"});
    EXPECT_EQ(composed["text"], "公开5条。培训2次。");
    EXPECT_EQ(composed["state"], "composed");
    EXPECT_EQ(composed["count"], json({{"sum", 7}, {"units", 1}}));
    EXPECT_EQ(composed["sentences"][1]["sources"][0]["filing"], filing);
    EXPECT_THAT(answer({"trace", composed["sentences"][1]["sources"][0]["filing"]}),
                ::testing::Not(IsEmpty()));

    static_cast<void>(answer({"paragraph", "1", "--set", "-", "--seen", "none", "--base", composed["base"]},
                             "公开5条。全县培训2次。\n"));
    const json edited = answer({"paragraph", "1", "--window", "2026-08-15"});
    EXPECT_EQ(edited["text"], "公开5条。全县培训2次。");
    EXPECT_EQ(edited["composed"], "公开5条。培训2次。");
    EXPECT_EQ(edited["state"], "edited");
    EXPECT_THAT(edited["sentences"][1]["sources"], IsEmpty());
    EXPECT_THAT(hz({"paragraph", "1"}).out, HasSubstr("全县培训2次。  〔县政务公开办〕"));

    EXPECT_EQ(hz({"paragraph", "1", "--base", "0"}).code, 2);
    EXPECT_EQ(hz({"paragraph", "1", "--set", "x", "--base", "0"}).code, 1);
    EXPECT_EQ(hz({"paragraph", "1", "--set", std::string(20'000, 'x')}).code, 1);
    EXPECT_EQ(answer({"paragraph", "1"})["text"], edited["text"]);
}

TEST_F(HzCommands, DumpAndDigestAgreeWithTheirJson) {
    static_cast<void>(newTask());

    EXPECT_EQ(hz({"dump"}).out, hz({"dump", "--json"}).out);
    EXPECT_EQ(answer({"digest"})["digest"].get<std::string>() + "\n", hz({"digest"}).out);
    EXPECT_EQ(answer({"rebuild", "--check"})["ok"], true);
    EXPECT_EQ(answer({"verify"})["valid"], true);
}

TEST_F(HzCommands, StatusCountsWhatIsOnlyHere) {
    static_cast<void>(newTask());

    const json status = answer({"status"});

    EXPECT_EQ(status["local"], 3);
    EXPECT_EQ(status["conflicts"], 0);
    EXPECT_TRUE(status["last_sync"].is_string());
}

TEST_F(HzCommands, ASyncWithoutTheCountyIsAPartialFailure) {
    const Outcome outcome = hz({"sync", "--json"});

    EXPECT_EQ(outcome.code, 1);
    EXPECT_EQ(outcome.parsed()["up_to_date"], false);
    EXPECT_EQ(outcome.parsed()["pushed"], 0);
    EXPECT_EQ(outcome.parsed()["error"]["code"], "unreachable");
    EXPECT_THAT(outcome.err, HasSubstr("hz: "));
}

TEST_F(HzCommands, ConflictsAreResolvedByNumberDotOrValue) {
    const std::string task = newTask();
    static_cast<void>(answer({"set", task, "joint_status", "done"}));
    static_cast<void>(answer({"set", task, "joint_status", "blocked", "--seen", "none"}));

    const json conflict = answer({"conflicts"})[0];
    EXPECT_EQ(conflict["id"], task + "/joint_status");
    ASSERT_EQ(conflict["values"].size(), 2U);
    EXPECT_EQ(hz({"resolve", conflict["id"], "--take", "3"}).code, 1);
    static_cast<void>(answer({"resolve", conflict["id"], "--take", conflict["values"][1]["dot"]}));

    EXPECT_THAT(answer({"conflicts"}), IsEmpty());
    EXPECT_EQ(answer({"tasks", "--status", "受阻"}).size(), 1U);
    EXPECT_EQ(hz({"resolve", conflict["id"], "--take", "1"}).code, 1);
}

// --- edit --batch

TEST_F(HzCommands, ABatchAnswersEveryLineInOrder) {
    const std::string task = newTask();
    const std::string input =
        assign(task, "due", "2026-08-31") + "\n" + "no json\n" + assign(task, "nosuch", "a") +
        R"({"register":"unit","key":{"first_name":"财政局"},"field":"name","assign":"财政局"})";

    const Outcome outcome = hz({"edit", "--batch", "-"}, input);

    EXPECT_EQ(outcome.code, 1);
    const auto lines = outcome.lines();
    ASSERT_EQ(lines.size(), 5U);
    EXPECT_EQ(lines[0]["line"], 1);
    EXPECT_EQ(lines[0]["ok"], true);
    EXPECT_TRUE(isDot(lines[0]["dot"].get<std::string>()));
    EXPECT_EQ(lines[1]["line"], 3);
    EXPECT_EQ(lines[1]["error"]["code"], "badInput");
    EXPECT_EQ(lines[2]["error"]["code"], "unknownField");
    EXPECT_EQ(lines[3]["line"], 5);
    EXPECT_EQ(lines[3]["ok"], true);
    EXPECT_EQ(outcome.out.substr(outcome.out.rfind('{')), "{\"applied\":2,\"failed\":2}\n");
    EXPECT_EQ(answer({"show", task})["fields"]["due"], "2026-08-31");
}

TEST_F(HzCommands, ABadLineDoesNotAbortItsBatch) {
    const std::string task = newTask();
    const std::string input =
        assign(task, "due", "2026-08-31") + assign(task, "due", 5) + assign(task, "number", "一");

    const Outcome outcome = hz({"edit", "--commit-every", "10", "--batch", "-", "--json"}, input);

    EXPECT_EQ(outcome.code, 1);
    EXPECT_EQ(outcome.lines().back(), json({{"applied", 2}, {"failed", 1}}));
    EXPECT_EQ(answer({"show", task})["fields"]["number"], "一");
}

TEST_F(HzCommands, AnEmptySeenIsAConcurrentEdit) {
    const std::string task = newTask();
    const std::string blind =
        json{{"record", task}, {"field", "joint_status"}, {"assign", "done"}, {"seen", json::array()}}.dump();
    const std::string wrong =
        json{{"record", task}, {"field", "joint_status"}, {"assign", "done"}, {"seen", {"x"}}}.dump();

    const Outcome outcome =
        hz({"edit", "--batch", "-"}, assign(task, "joint_status", "blocked") + blind + "\n" + wrong + "\n");

    EXPECT_EQ(outcome.lines()[2]["error"]["code"], "usage");
    EXPECT_EQ(answer({"conflicts"}).size(), 1U);
}

TEST_F(HzCommands, LinesThatSayTooMuchOrTooLittleFailAlone) {
    const std::string input =
        R"({"field":"name","assign":"a"})"
        "\n"
        R"({"register":"nosuch","key":{},"field":"name","assign":"a"})"
        "\n"
        R"({"register":"unit","key":{"first_name":"a"},"field":"name","assign":"a","add":"b"})"
        "\n"
        R"({"register":"unit","key":{"first_name":"a"},"field":"name","assign":"a","sen":[]})"
        "\n[]\n" +
        std::string(kLineBytesMax, ' ') + "x\n";

    const Outcome outcome = hz({"edit", "--batch", "-"}, input);

    std::vector<std::string> codes;
    for (const json& line : outcome.lines()) {
        codes.push_back(line.contains("error") ? line["error"]["code"].get<std::string>() : "");
    }
    EXPECT_THAT(codes, ElementsAre("badInput", "unknownRegister", "badInput", "badInput", "badInput",
                                   "tooLarge", ""));
}

TEST_F(HzCommands, AnEmptyBatchIsDone) {
    EXPECT_EQ(hz({"edit", "--batch", "-"}, "\n \n").out, "{\"applied\":0,\"failed\":0}\n");
    EXPECT_EQ(hz({"edit", "--batch", m_folder / "none"}).code, 1);
}

}  // namespace
}  // namespace hezhang::cli
