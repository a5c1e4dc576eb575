// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A snapshot of a closed window that says what was never so is found by the log.
#include <gmock/gmock.h>

#include <algorithm>

#include "src/ledger/extension.h"
#include "src/ledger/tallies.h"
#include "src/office/windows.h"
#include "tests/support/closing_test.h"

namespace hezhang::test {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// Whoever makes a snapshot by hand, with a right digest, is found out by the log.
class ForgedClosing : public ClosingTest {
protected:
    void closeWith(const json& content) const {
        const std::string text = content.dump() + "\n";
        const std::string name = taken(office->addBlob(copyOf(viewOf(text))));
        ledger::EditRequest edit{.registerName = "closing", .key = {{"window", window.hex()}}};
        edit.field = "frozen";
        edit.kind = sync::OpKind::add;
        edit.json = json(name);
        ASSERT_TRUE(office->edit(edit));
    }
    // The window is over, and the one report of it came in by a granted day.
    json withAGrant() {
        window = county.newWindow(*office, "2020-08-15");
        spread();
        file(*north, "培训2次。");
        const RecordId request =
            taken(ledger::askForExtension(*north, {task, unit("甲镇"), window, "2099-09-01", "汛期"}));
        spread();
        taken(ledger::answerExtension(*office, request, {true, "", ""}));
        spread();
        return json::parse(taken(office::freeze(*office, window)));
    }
};

TEST_F(ForgedClosing, ThatLeavesAFilingOutIsWrong) {
    file(*north, "培训2次。");
    spread();
    json content = json::parse(taken(office::freeze(*office, window)));
    for (json& one : content["rows"]) {
        one["state"] = "none";
        one["complete"] = false;
        one["filing"] = one["fingerprint"] = one["on_time"] = nullptr;
        one["evidence"] = json::object();
    }
    closeWith(content);

    EXPECT_FALSE(check().isValid());
}

TEST_F(ForgedClosing, ThatNamesAnotherVersionOrTimeIsWrong) {
    file(*north, "培训2次。");
    spread();
    const json content = json::parse(taken(office::freeze(*office, window)));
    const auto complete = std::ranges::find_if(content["rows"], [](const json& one) {
        return one["complete"].get<bool>();
    });  // units have any order
    ASSERT_NE(complete, content["rows"].end());
    const auto at = static_cast<std::size_t>(complete - content["rows"].begin());
    json other = content;
    other["rows"][at]["fingerprint"] = std::string(64, 'a');
    closeWith(other);
    EXPECT_FALSE(check().isValid());

    json earlier = content;
    earlier["rows"][at]["evidence"]["complete"]["at"] = "2020-01-01T00:00:00Z";
    closeWith(earlier);
    EXPECT_FALSE(check().isValid());
}

TEST_F(ForgedClosing, ThatMakesALateReportOneOnTimeIsWrong) {
    window = county.newWindow(*office, "2020-08-15");
    spread();
    file(*north, "培训2次。");
    spread();
    const json content = json::parse(taken(office::freeze(*office, window)));
    const auto late =
        std::ranges::find_if(content["rows"], [](const json& one) { return one["complete"].get<bool>(); });
    ASSERT_NE(late, content["rows"].end());
    const auto at = static_cast<std::size_t>(late - content["rows"].begin());
    json onTime = content;
    onTime["rows"][at]["on_time"] = true;
    closeWith(onTime);
    EXPECT_FALSE(check().isValid());

    json longer = onTime;
    longer["rows"][at]["last_day"] = "2099-09-01";
    closeWith(longer);
    EXPECT_FALSE(check().isValid()) << "no op grants that day";

    longer["rows"][at]["evidence"]["more_time"] = content["rows"][at]["evidence"]["complete"];
    longer["rows"][at]["evidence"]["more_time"]["decision"] =
        content["rows"][at]["evidence"]["complete"]["dot"];
    closeWith(longer);
    EXPECT_FALSE(check().isValid()) << "that op grants nothing";

    json later = onTime;
    later["last_day"] = "2099-09-01";
    closeWith(later);
    EXPECT_FALSE(check().isValid()) << "the window was not put off";
}

// Put off twice: by the end of it the window went by the later day.
TEST_F(ForgedClosing, ThatGoesByTheDayTheWindowWasPutOffToBeforeIsWrong) {
    window = county.newWindow(*office, "2020-08-15");
    spread();
    json contents[2];
    for (const auto& [content, day] :
         {std::pair(&contents[0], "2099-09-01"), std::pair(&contents[1], "2099-09-05")}) {
        ASSERT_TRUE(office::reopenWindow(*office, window, day));
        spread();
        *content = json::parse(taken(office::freeze(*office, window)));
    }
    json forged = contents[1];
    forged["last_day"] = contents[0]["last_day"];
    forged["extended"] = contents[0]["extended"];
    for (json& one : forged["rows"]) {
        one["last_day"] = forged["last_day"];
    }
    closeWith(forged);

    EXPECT_FALSE(check().isValid());
}

TEST_F(ForgedClosing, ThatLeavesAGrantOutIsWrong) {
    json content = withAGrant();
    for (json& one : content["rows"]) {
        one["last_day"] = "2020-08-15";
        one["evidence"].erase("more_time");
        one["on_time"] = one["complete"].get<bool>() ? json(false) : json();
    }
    closeWith(content);

    EXPECT_FALSE(check().isValid());
}

TEST_F(ForgedClosing, WithOtherFiguresIsWrong) {
    CountyBox::set(*office, task, "content", "开展培训不少于5次。");
    spread();
    ledger::FilingRequest filing = request(*north, "培训2次。");
    filing.count = 2;
    filing.isSubmitted = true;
    filing.tallies = {{.target = "1", .done = 2}};
    ASSERT_TRUE(ledger::file(*north, filing));
    ASSERT_TRUE(ledger::tally(*north, {.task = task, .unit = unit("甲镇"), .target = "1", .done = 1}));
    spread();
    const json content = json::parse(taken(office::freeze(*office, window)));
    closeWith(content);
    EXPECT_TRUE(check().isValid());
    ASSERT_THAT(content["counts"][0]["targets"][0]["tallies"], SizeIs(1));

    json more = content;
    more["counts"][0]["targets"][0]["tallies"][0]["done"] = 5;
    closeWith(more);
    EXPECT_FALSE(check().isValid());

    json reported = content;
    reported["counts"][0]["filings"][0]["done_count"] = 5;
    closeWith(reported);
    EXPECT_FALSE(check().isValid());

    json beside = content;
    beside["counts"][0]["targets"][0]["others"][0]["done"] = 5;
    closeWith(beside);
    EXPECT_FALSE(check().isValid());

    json other = content;
    other["counts"][0]["targets"][0]["tallies"][0]["unit"] = unit("乙镇").hex();
    closeWith(other);
    EXPECT_FALSE(check().isValid());

    json less = content;
    less["counts"][0]["targets"] = json::array();
    closeWith(less);
    EXPECT_FALSE(check().isValid());

    json unreported = content;
    unreported["counts"][0]["filings"] = json::array();
    closeWith(unreported);
    EXPECT_FALSE(check().isValid());

    for (const auto& list :
         {json::json_pointer("/counts/0/targets/0/tallies"), json::json_pointer("/counts/0/filings"),
          json::json_pointer("/counts/0/targets"), json::json_pointer("/counts")}) {
        json twice = content;
        twice[list].push_back(content[list][0]);
        closeWith(twice);
        EXPECT_FALSE(check().isValid()) << list.to_string() << " has one twice";
    }

    json none = content;
    none.erase("counts");
    closeWith(none);
    EXPECT_EQ(office::frozenWindow(*office, window).error().code, ErrorCode::malformed);
}

// As the program before wrote it: it names no op for a later day.
TEST_F(ForgedClosing, OfTheFirstFormIsReadAndVerifiedAsItWas) {
    json content = withAGrant();
    content.erase("form");
    content.erase("counts");
    content.erase("extended");
    for (json& one : content["rows"]) {
        one["evidence"].erase("more_time");
    }
    closeWith(content);

    EXPECT_TRUE(check().isValid());
    EXPECT_EQ(check().proved, 1U);
    EXPECT_THAT(check().absent, IsEmpty());
}

TEST_F(ForgedClosing, OfALaterFormIsNotJudgedAndAsksForAnUpgrade) {
    spread();
    json content = json::parse(taken(office::freeze(*office, window)));
    content["form"] = 3;
    closeWith(content);

    const auto later = office::verifyFrozen(*office, window);
    ASSERT_FALSE(later);
    EXPECT_EQ(later.error().code, ErrorCode::wrongVersion);
    EXPECT_THAT(later.error().text, HasSubstr("upgrade"));
    EXPECT_EQ(office::verifyFrozen(*office, window, content.dump() + "\n").error().code,
              ErrorCode::wrongVersion);

    content["form"] = "2";
    closeWith(content);
    EXPECT_EQ(office::verifyFrozen(*office, window).error().code, ErrorCode::malformed);
}

TEST_F(ForgedClosing, ThatIsNoSnapshotIsRefused) {
    for (const char* text :
         {"[]", "{}", R"({"window":"x","closed_at":"x","last_day":"x","position":1,"rows":[1]})",
          R"({"window":"x","closed_at":"x","last_day":"x","position":-1,"rows":[]})"}) {
        closeWith(json::parse(text));

        EXPECT_EQ(office::frozenWindow(*office, window).error().code, ErrorCode::malformed) << text;
    }
}

}  // namespace
}  // namespace hezhang::test
