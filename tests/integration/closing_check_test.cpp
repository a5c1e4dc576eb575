// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A snapshot of a closed window is looked up in the log: what came after the closing is told and changes
// nothing in it. What was never so: closing_forged_test.cpp.
#include <gmock/gmock.h>

#include "src/ledger/extension.h"
#include "src/ledger/tallies.h"
#include "src/office/closing_counts.h"
#include "src/office/late_filings.h"
#include "src/office/paragraph.h"
#include "src/office/units.h"
#include "tests/support/closing_test.h"

namespace hezhang::test {
namespace {

using nlohmann::json;
using office::FrozenCheck;
using ::testing::Contains;
using ::testing::Field;
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
    void split() {
        spread();
        ASSERT_TRUE(office::splitUnit(*office, unit("甲镇"), {"甲东镇", "甲西镇"}, "2020-08-01"));
        spread();
    }
    // A clerk of a unit that shares the task from now on, and what he asks for.
    struct Heir {
        std::unique_ptr<ledger::Home> home;
        RecordId asked;
    };
    Heir heir(const std::string& folder, const std::string& name, const std::string& until) {
        taken(office->edit(
            {.record = task, .field = "responsible", .kind = sync::OpKind::add, .text = unit(name).hex()}));
        spread();
        Heir one{county.enrol(folder, name, "钱七", "clerk"), {}};
        one.asked = taken(ledger::askForExtension(*one.home, {task, unit(name), window, until, "汛期"}));
        county.sync(*one.home);
        spread();
        return one;
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

// 乙镇 had not reported; that it has 甲镇's report now is not a report that was left out.
TEST_F(ClosingWithMoreTime, AReportOfAUnitThatWasMergedAfterwardsWasNotTheOthersThen) {
    file(*north, "培训2次。");
    spread();
    close();
    spread();
    ASSERT_EQ(row("乙镇")["state"], "none");
    ASSERT_TRUE(office::mergeUnit(*office, unit("甲镇"), unit("乙镇"), "2020-09-01"));
    spread();

    EXPECT_TRUE(check().isValid());
    EXPECT_THAT(check().changed, Contains(Field(&office::FrozenFinding::why, "none then, submitted now")));
}

// Until the county has answered the closing nobody knows what came before it.
TEST_F(ClosingWithMoreTime, AGrantIsNotToldAsLaterWhileTheCountyHasNotAnsweredTheClosing) {
    grant(ask());
    spread();
    close();
    const auto isLater = [&] {
        return taken(office::filingFacts(*office, task, unit("甲镇"), window)).isGrantedLater;
    };

    EXPECT_FALSE(isLater());
    spread();
    EXPECT_FALSE(isLater());
}

// Its report counts for each that goes on with its work, until the latest of their days.
TEST_F(ClosingWithMoreTime, AGrantOfAUnitThatGoesOnWithWorkIsAFactOfTheReportThatItTookOver) {
    file(*north, "培训2次。");
    split();
    const Heir eastern = heir("east", "甲东镇", "2099-09-01");
    grant(eastern.asked);
    spread();
    close();
    spread();
    ASSERT_EQ(row("甲东镇")["on_time"], true);

    const office::FilingFacts facts = taken(office::filingFacts(*office, task, unit("甲镇"), window));

    EXPECT_EQ(facts.lastDay, "2099-09-01");
    EXPECT_EQ(facts.isOnTime, true);
    EXPECT_FALSE(facts.isGrantedLater);
}

// With that time it goes on with the report after the closing.
TEST_F(ClosingWithMoreTime, AGrantOfAUnitThatGoesOnWithWorkHoldsForTheReportThatItTookOver) {
    const RecordId report = file(*north, "培训2次。");
    split();
    const Heir eastern = heir("east", "甲东镇", "2099-09-01");
    close();
    // How many of its edits are set aside, after one more.
    const auto asidesAfter = [&](const std::string& text) {
        spread();
        county.sync(*eastern.home);
        taken(eastern.home->edit({.record = report, .field = "text", .text = text}));
        county.sync(*eastern.home);
        return taken(ledger::asides(*eastern.home)).size();
    };
    ASSERT_EQ(asidesAfter("没有延期。"), 1U);

    grant(eastern.asked);
    EXPECT_EQ(asidesAfter("培训3次。"), 1U);
    EXPECT_EQ(taken(eastern.home->state().shown(report, "text"))->asText(), "培训3次。");

    // What the other one asks for, and is refused, is its own.
    const Heir western = heir("west", "甲西镇", "2099-09-09");
    ASSERT_TRUE(ledger::answerExtension(*office, western.asked, {false, {}, "不宜再延。"}));
    EXPECT_EQ(asidesAfter("培训4次。"), 1U);
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
        for (const auto& [figure, sum] : {std::pair("done", printed.targets[i].sum.done),
                                          std::pair("cases", printed.targets[i].sum.cases)}) {
            EXPECT_EQ(sumIn(targets[i]["tallies"], figure) + sumIn(targets[i]["others"], figure), sum);
        }
    }
    EXPECT_TRUE(check().isValid());
    EXPECT_EQ(check().proved, 8U)
        << "two submissions, two numbers of reports, three tallies, what is of no window";
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

// Whoever writes words of his own into a count makes no snapshot longer, nor does a year of windows.
TEST_F(ClosingWithCounts, DoesNotGrowWithCountsTowardsOtherWordsOrOfOtherWindows) {
    const RecordId earlier = county.newWindow(*office, "2099-05-15");
    spread();
    const auto inventWords = [&](int first, int last) {
        for (int i = first; i < last; ++i) {
            const json key{{"task", task.hex()},
                           {"unit", unit("甲镇").hex()},
                           {"window", i % 2 == 0 ? window.hex() : earlier.hex()},
                           {"target", "自拟指标" + std::to_string(i)}};
            ASSERT_TRUE(north->edit({.registerName = "tally",
                                     .key = key,
                                     .field = "done",
                                     .kind = sync::OpKind::increment,
                                     .json = json(1)}));
        }
        spread();
    };
    inventWords(0, 2);
    count(*north, "1", 2, 0, earlier);
    count(*north, "1", 1);
    spread();
    const std::size_t before = taken(office::freeze(*office, window)).size();

    inventWords(2, 40);
    const RecordId another = county.newWindow(*office, "2099-06-15");
    spread();
    count(*north, "1", 2, 0, another);
    spread();

    EXPECT_LT(taken(office::freeze(*office, window)).size(), before + 20);
}

// The sum of a cell is exact, and clamped once.
TEST_F(ClosingWithCounts, AreThoseThatArePrintedWhateverWasCounted) {
    fileCount(*north, 1);
    const RecordId filing = file(*north, "已开展培训。");
    for (const std::int64_t more : {INT64_MAX, std::int64_t{1}, -INT64_MAX}) {
        ASSERT_TRUE(north->edit(
            {.record = filing, .field = "done_count", .kind = sync::OpKind::increment, .json = json(more)}));
    }
    file(*north, "已开展培训。");
    spread();
    const office::Paragraph printed = taken(office::paragraph(*office, task, window));
    close();
    spread();

    EXPECT_EQ(printed.sum, 2);
    EXPECT_EQ(sumIn(frozen(*office).content["counts"][0]["filings"], "done_count"), printed.sum);
    EXPECT_TRUE(check().isValid());
}

TEST_F(ClosingWithCounts, OfAPercentThatIsInConflictTheFirstStandsAsInPrint) {
    const auto tablet = county.enrol("tablet", "甲镇", "张三", "clerk");
    const auto state = [&](ledger::Home& home, std::int64_t percent) {
        ASSERT_TRUE(ledger::tally(
            home, {.task = task, .unit = unit("甲镇"), .window = window, .target = "2", .percent = percent}));
    };
    state(*north, 90);
    state(*tablet, 70);
    spread();
    county.sync(*tablet);
    spread();
    ledger::Succession succession(office->state());
    const auto printed = taken(ledger::taskTallies(*office, succession, task, window));
    ASSERT_TRUE(printed.targets[1].total().percent.has_value());
    close();
    spread();

    EXPECT_EQ(frozen(*office).content["counts"][0]["targets"][0]["tallies"][0]["percent"],
              *printed.targets[1].total().percent);
    EXPECT_TRUE(check().isValid());
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

// The text is edited after the closing: that is told, and figures that are made up are found still.
TEST_F(ClosingWithCounts, CountTowardsOtherTargetsAfterATextWasEdited) {
    count(*north, "1", 2, 0, window);
    count(*north, "1", 1);
    spread();
    close();
    spread();
    json forged = frozen(*office).content;
    EXPECT_EQ(taken(office::countsInWords(*office, forged["counts"])), "2 counts, the most of 甲镇 (2)");
    CountyBox::set(*office, task, "content", "开展培训不少于8次；办结率不低于80%。");
    spread();

    EXPECT_TRUE(check().isValid());
    EXPECT_THAT(check().changed, SizeIs(2)) << "of this window, and of none";
    forged["counts"][0]["targets"][0]["others"][0]["done"] = 3;
    EXPECT_THAT(taken(office::verifyFrozen(*office, window, forged.dump() + "\n")).wrong, SizeIs(1));
}

}  // namespace
}  // namespace hezhang::test
