// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A snapshot of a closed window is looked up in the log: what came after the closing is told and changes
// nothing in it, and what was never so is found.
#include <gmock/gmock.h>

#include <algorithm>

#include "src/ledger/extension.h"
#include "src/ledger/tallies.h"
#include "src/office/late_filings.h"
#include "src/office/paragraph.h"
#include "src/office/units.h"
#include "tests/support/closing_test.h"

namespace hezhang::test {
namespace {

using nlohmann::json;
using office::FrozenCheck;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// More time that is granted after the closing does not change what was frozen, and a check says so.
class ClosingWithMoreTime : public ClosingTest {
protected:
    ClosingWithMoreTime() {
        window = county.newWindow(*office, "2020-08-15");
        spread();
    }
    RecordId ask(const std::string& until = "2099-09-01") {
        const RecordId asked =
            taken(ledger::askForExtension(*north, {task, unit("甲镇"), window, until, "汛期"}));
        spread();
        return asked;
    }
    void grant(const RecordId& request, const std::string& until = "") const {
        ASSERT_TRUE(ledger::answerExtension(*office, request, {true, until, ""}));
    }
};

TEST_F(ClosingWithMoreTime, AGrantAfterTheClosingIsToldAndChangesNothingInIt) {
    file(*north, "培训2次。");
    const RecordId request = ask();
    close();
    spread();
    ASSERT_EQ(row("甲镇")["on_time"], false);
    EXPECT_THAT(check().granted, IsEmpty());

    grant(request);
    spread();

    const FrozenCheck later = check();
    EXPECT_TRUE(later.isValid()) << "what is frozen stands";
    ASSERT_THAT(later.granted, SizeIs(1));
    EXPECT_EQ(later.granted[0].unit, unit("甲镇"));
    EXPECT_EQ(later.granted[0].until, "2099-09-01");
    EXPECT_EQ(later.granted[0].why,
              "more time was granted after the closing, until 2099-09-01: the snapshot goes by 2020-08-15");
    EXPECT_THAT(later.changed, IsEmpty());
    EXPECT_EQ(row("甲镇")["on_time"], false);
    EXPECT_EQ(row("甲镇")["last_day"], "2020-08-15");
    const office::FilingFacts facts = taken(office::filingFacts(*office, task, unit("甲镇"), window));
    EXPECT_EQ(facts.lastDay, "2099-09-01");
    EXPECT_TRUE(facts.isGrantedLater);
}

TEST_F(ClosingWithMoreTime, AGrantBeforeItStandsInItWithTheOpsThatShowIt) {
    file(*north, "培训2次。");
    grant(ask());
    spread();
    close();
    spread();

    EXPECT_EQ(row("甲镇")["last_day"], "2099-09-01");
    EXPECT_EQ(row("甲镇")["on_time"], true);
    EXPECT_TRUE(row("甲镇")["evidence"]["more_time"].contains("decision"));
    EXPECT_EQ(check().proved, 2U) << "the submission and the grant";
    EXPECT_TRUE(check().isValid());
    EXPECT_THAT(check().granted, IsEmpty());
    EXPECT_FALSE(taken(office::filingFacts(*office, task, unit("甲镇"), window)).isGrantedLater);

    // It is taken back: the snapshot stands, and its proof too.
    const RecordId request = taken(ledger::extensions(*office, window)).front().record;
    ASSERT_TRUE(ledger::answerExtension(*office, request, {false, "", "不再延期。"}));
    spread();
    EXPECT_TRUE(check().isValid());
    EXPECT_EQ(check().proved, 2U);
    ASSERT_THAT(check().granted, SizeIs(1));
    EXPECT_EQ(check().granted[0].until, "");
}

TEST_F(ClosingWithMoreTime, AGrantOfAUnitThatWasMergedAfterwardsWasNotTheOthersThen) {
    file(*south, "培训2次。");
    grant(ask());
    spread();
    close();
    spread();
    ASSERT_TRUE(office::mergeUnit(*office, unit("甲镇"), unit("乙镇"), "2020-09-01"));
    spread();

    EXPECT_TRUE(check().isValid());
    EXPECT_EQ(row("乙镇")["on_time"], false);
    EXPECT_EQ(row("乙镇")["last_day"], "2020-08-15");
}

TEST_F(ClosingWithMoreTime, AGrantThatTheCountyHasNotAnsweredIsNotInIt) {
    file(*north, "培训2次。");
    const RecordId request = ask();
    grant(request);
    close();
    spread();

    EXPECT_EQ(row("甲镇")["last_day"], "2020-08-15");
    EXPECT_TRUE(check().isValid());
    EXPECT_THAT(check().granted, SizeIs(1));
}

TEST_F(ClosingWithMoreTime, AWindowThatIsPutOffAfterwardsIsToldToo) {
    file(*north, "培训2次。");
    spread();
    close();
    spread();
    ASSERT_TRUE(office::reopenWindow(*office, window, "2099-09-05"));
    spread();

    EXPECT_TRUE(check().isValid());
    ASSERT_THAT(check().granted, SizeIs(1));
    EXPECT_TRUE(check().granted[0].unit.isNone());
    EXPECT_EQ(check().granted[0].until, "2099-09-05");

    close();
    spread();
    EXPECT_EQ(frozen(*office).content["last_day"], "2099-09-05");
    EXPECT_TRUE(check().isValid());
    EXPECT_THAT(check().granted, IsEmpty());
    EXPECT_EQ(check().proved, 2U) << "the submission, and what put the window off";
}

// What is printed of a window can be made again of its snapshot alone.
class ClosingWithCounts : public ClosingTest {
protected:
    ClosingWithCounts() {
        CountyBox::set(*office, task, "content", "开展培训不少于5次；办结率不低于80%。");
        spread();
    }
    RecordId count(ledger::Home& home, const std::string& target, std::int64_t done, std::int64_t cases = 0,
                   const RecordId& in = {}) const {
        return taken(ledger::tally(home, {.task = task,
                                          .unit = taken(home.unit()),
                                          .window = in,
                                          .target = target,
                                          .done = done,
                                          .cases = cases}));
    }
    void fileCount(ledger::Home& home, std::int64_t number) const {
        ledger::FilingRequest filing = request(home, "已开展培训。");
        filing.count = number;
        filing.isSubmitted = true;
        ASSERT_TRUE(ledger::file(home, filing));
    }
    [[nodiscard]] static std::int64_t sumIn(const json& list, const char* figure) {
        std::int64_t sum = 0;
        for (const json& one : list) {
            sum += one[figure].is_null() ? 0 : one[figure].get<std::int64_t>();
        }
        return sum;
    }
};

TEST_F(ClosingWithCounts, HasTheFiguresThatArePrintedWithWhatTheyAreMadeOf) {
    fileCount(*north, 4);
    fileCount(*south, 3);
    count(*north, "1", 2, 0, window);
    count(*north, "1", 1);
    count(*south, "1", 3, 0, window);
    count(*south, "2", 7, 10, window);
    spread();
    const office::Paragraph printed = taken(office::paragraph(*office, task, window));
    close();
    spread();

    const json counts = frozen(*office).content["counts"];
    ASSERT_THAT(counts, SizeIs(1));
    EXPECT_EQ(counts[0]["task"], task.hex());
    EXPECT_EQ(counts[0]["together"], true) << "a bureau leads";
    EXPECT_EQ(sumIn(counts[0]["filings"], "done_count"), printed.sum);
    const json& targets = counts[0]["targets"];
    ASSERT_THAT(targets, SizeIs(2));
    ASSERT_THAT(printed.targets, SizeIs(2));
    for (std::size_t i = 0; i < 2; ++i) {
        EXPECT_EQ(targets[i]["words"], printed.targets[i].target.words);
        EXPECT_EQ(sumIn(targets[i]["tallies"], "done"), printed.targets[i].sum.done);
        EXPECT_EQ(sumIn(targets[i]["tallies"], "cases"), printed.targets[i].sum.cases);
    }
    EXPECT_TRUE(check().isValid());
    EXPECT_EQ(check().proved, 8U) << "two submissions, two numbers of reports, four tallies";
}

TEST_F(ClosingWithCounts, IsNotChangedByWhatIsCountedAfterwards) {
    count(*north, "1", 2, 0, window);
    spread();
    close();
    spread();
    const std::string before = frozen(*office).text;

    count(*north, "1", 5);  // of no window: it goes on
    count(*north, "1", 1, 0, window);
    spread();
    EXPECT_THAT(check().changed, IsEmpty());
    for (const office::LateFiling& late : taken(office::lateFilings(*office, window))) {
        for (const Hash& op : late.aside) {
            ASSERT_TRUE(ledger::admit(*office, op.hex(), "网络中断"));
        }
    }
    spread();

    EXPECT_EQ(frozen(*office).text, before);
    EXPECT_TRUE(check().isValid());
    ASSERT_THAT(check().changed, SizeIs(1));
    EXPECT_EQ(check().changed[0].unit, unit("甲镇"));
    EXPECT_EQ(check().changed[0].why, "counted for the window since");
}

TEST_F(ClosingWithCounts, IsNotBeliedByAnOfficeThatChangesTheTextOrContinuesATarget) {
    count(*north, "1", 2);
    spread();
    CountyBox::set(*office, task, "content", "开展培训不少于8次。");
    spread();
    count(*north, "1", 1);
    spread();
    close();
    spread();
    const json counts = frozen(*office).content["counts"];
    ASSERT_THAT(counts[0]["targets"], SizeIs(1)) << "what counts towards nothing is not in it";
    EXPECT_EQ(sumIn(counts[0]["targets"][0]["tallies"], "done"), 1);

    ASSERT_TRUE(ledger::continueTarget(*office, {task, "开展培训不少于5次", "1"}));
    spread();
    EXPECT_TRUE(check().isValid());
    EXPECT_THAT(check().changed, SizeIs(1));

    CountyBox::set(*office, task, "content", "开展培训不少于9次。");
    spread();
    EXPECT_TRUE(check().isValid());
    EXPECT_THAT(check().changed, SizeIs(1)) << "it counts towards none now";
}

TEST_F(ClosingWithCounts, IsNotBeliedByATallyThatWasDeletedAndCountedAnew) {
    const RecordId record = count(*north, "1", 2);
    spread();
    close();
    spread();
    ASSERT_TRUE(office->deleteRecord(record));
    spread();
    EXPECT_TRUE(check().isValid());
    count(*north, "1", 1);
    spread();

    EXPECT_TRUE(check().isValid());
    EXPECT_THAT(check().changed, SizeIs(1));
}

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

TEST_F(ForgedClosing, ThatLeavesAGrantOutIsWrong) {
    window = county.newWindow(*office, "2020-08-15");
    spread();
    file(*north, "培训2次。");
    const RecordId request =
        taken(ledger::askForExtension(*north, {task, unit("甲镇"), window, "2099-09-01", "汛期"}));
    spread();
    ASSERT_TRUE(ledger::answerExtension(*office, request, {true, "", ""}));
    spread();
    json content = json::parse(taken(office::freeze(*office, window)));
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

    json other = content;
    other["counts"][0]["targets"][0]["tallies"][0]["unit"] = unit("乙镇").hex();
    closeWith(other);
    EXPECT_FALSE(check().isValid());

    json less = content;
    less["counts"][0]["targets"] = json::array();
    closeWith(less);
    EXPECT_FALSE(check().isValid());

    json none = content;
    none.erase("counts");
    closeWith(none);
    EXPECT_EQ(office::frozenWindow(*office, window).error().code, ErrorCode::malformed);
}

// As the program before wrote it: it names no op for a later day.
TEST_F(ForgedClosing, OfTheFirstFormIsReadAndVerifiedAsItWas) {
    window = county.newWindow(*office, "2020-08-15");
    spread();
    file(*north, "培训2次。");
    const RecordId request =
        taken(ledger::askForExtension(*north, {task, unit("甲镇"), window, "2099-09-01", "汛期"}));
    spread();
    ASSERT_TRUE(ledger::answerExtension(*office, request, {true, "", ""}));
    spread();
    json content = json::parse(taken(office::freeze(*office, window)));
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
