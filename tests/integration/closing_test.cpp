// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A window is closed: what stood in it is frozen, can be shown to be true, and what comes later stays beside
// it.
#include "src/office/closing.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "src/ledger/extension.h"
#include "src/ledger/files.h"
#include "src/ledger/tallies.h"
#include "src/office/late_filings.h"
#include "src/office/matrix.h"
#include "src/office/paragraph.h"
#include "tests/support/window_test.h"

namespace hezhang::test {
namespace {

using nlohmann::json;
using office::FrozenCheck;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class Closing : public WindowTest {
protected:
    Closing() : WindowTest("开展培训。") {}
    RecordId file(ledger::Home& home, const std::string& text, bool isSubmitted = true) const {
        ledger::FilingRequest filing = request(home, text);
        filing.isSubmitted = isSubmitted;
        return taken(ledger::file(home, filing)).record;
    }
    void close() const {
        const auto closed = office::closeWindow(*office, window);
        ASSERT_TRUE(closed) << closed.error().text;
    }
    [[nodiscard]] office::FrozenWindow frozen(ledger::Home& home) const {
        return taken(office::frozenWindow(home, window));
    }
    [[nodiscard]] json row(const std::string& unitName) const {
        const json content = frozen(*office).content;
        for (const json& one : content["rows"]) {
            if (one["unit_name"] == unitName) {
                return one;
            }
        }
        return {};
    }
    [[nodiscard]] FrozenCheck check() const { return taken(office::verifyFrozen(*office, window)); }
};

TEST_F(Closing, FreezesWhichFilingStoodInWhichVersionAndWhoWasMissing) {
    const RecordId filing = file(*north, "培训2次。");
    spread();
    approve("甲镇");
    spread();
    close();

    const json complete = row("甲镇");
    EXPECT_EQ(complete["filing"], filing.hex());
    EXPECT_EQ(complete["state"], "submitted");
    EXPECT_EQ(complete["fingerprint"], taken(ledger::fingerprintOf(office->state(), filing)).hex());
    EXPECT_EQ(complete["on_time"], true);
    EXPECT_EQ(complete["complete"], true);
    EXPECT_EQ(complete["correct"], true);
    EXPECT_EQ(complete["locked"], true);
    EXPECT_EQ(complete["evidence"]["on_time"]["received_at"], complete["evidence"]["complete"]["at"]);
    const json missing = row("乙镇");
    EXPECT_EQ(missing["state"], "none");
    EXPECT_EQ(missing["on_time"], nullptr);
    EXPECT_EQ(missing["complete"], false);
    EXPECT_EQ(frozen(*office).content["position"], taken(office->replica().cursor()).position);
}

TEST_F(Closing, TellsWhatWasNeverSubmittedAndWhatWasChangedAfterwards) {
    file(*north, "还没写完", false);
    file(*south, "培训2次。");
    file(*south, "培训3次。", false);
    spread();
    close();

    EXPECT_EQ(row("甲镇")["state"], "unsubmitted");
    EXPECT_EQ(row("乙镇")["state"], "changed");
    EXPECT_EQ(row("乙镇")["complete"], false);
}

TEST_F(Closing, IsLateWhatReachedTheCountyAfterTheLastDay) {
    const RecordId early = county.newWindow(*office, "2020-08-15");
    spread();
    window = early;
    file(*north, "培训2次。");
    spread();
    close();

    EXPECT_EQ(row("甲镇")["on_time"], false);
    EXPECT_EQ(row("甲镇")["complete"], true);
    EXPECT_EQ(row("甲镇")["evidence"]["on_time"]["last_day"], "2020-08-15");
}

TEST_F(Closing, CountsOnlyWhatTheCountyHasAnswered) {
    file(*north, "培训2次。");
    spread();
    approve("甲镇");
    close();

    EXPECT_EQ(row("甲镇")["correct"], false);
}

TEST_F(Closing, IsNamedByTheHashOfItsBytesAndReachesTheOfficesOtherDevices) {
    const auto second = county.enrol("second", "公开办", "副主任", "office");
    file(*north, "培训2次。");
    spread();
    close();
    spread();
    county.sync(*second);

    const office::FrozenWindow there = frozen(*second);

    EXPECT_EQ(there.text, frozen(*office).text);
    EXPECT_EQ(office->suite().hash({viewOf(there.text)}).hex(), there.digest);
    EXPECT_EQ(json::parse(there.text).dump() + "\n", there.text);
    EXPECT_TRUE(taken(office::verifyFrozen(*second, window)).isValid());
    EXPECT_EQ(office::frozenWindow(*north, window).error().code, ErrorCode::notFound)
        << "who was missing is the office's";
}

TEST_F(Closing, IsProvedByTheLogAndSaysWhatHasChangedSince) {
    file(*north, "培训2次。");
    spread();
    approve("甲镇");
    spread();
    close();
    spread();
    EXPECT_EQ(check().rows, 3U);
    EXPECT_EQ(check().proved, 2U);
    EXPECT_THAT(check().changed, IsEmpty());

    const RecordId late = file(*south, "迟到的培训。");
    spread();
    EXPECT_THAT(check().changed, IsEmpty()) << "set aside, it stands beside";
    ASSERT_THAT(taken(ledger::admit(*office, late.hex(), "网络中断")), Not(IsEmpty()));
    spread();

    EXPECT_TRUE(check().isValid());
    ASSERT_THAT(check().changed, SizeIs(1));
    EXPECT_EQ(check().changed[0].unit, unit("乙镇"));
    EXPECT_EQ(check().changed[0].why, "none then, submitted now");
    EXPECT_EQ(row("乙镇")["state"], "none");
}

// More time that is granted after the closing does not change what was frozen, and a check says so.
class ClosingWithMoreTime : public Closing {
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
class ClosingWithCounts : public Closing {
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

TEST_F(Closing, AWindowThatIsClosedAgainHasALaterSnapshot) {
    close();
    const std::string first = frozen(*office).digest;
    spread();
    ASSERT_TRUE(office::reopenWindow(*office, window, {}));
    spread();
    file(*north, "培训2次。");
    spread();
    close();

    EXPECT_NE(frozen(*office).digest, first);
    EXPECT_EQ(row("甲镇")["state"], "submitted");
    EXPECT_TRUE(ledger::fileExists(office->folder() + "/blobs/" + first));
}

TEST_F(Closing, ASnapshotThatWasTamperedWithIsNotRead) {
    file(*north, "培训2次。");
    spread();
    close();
    const office::FrozenWindow before = frozen(*office);
    std::string text = before.text;
    text.replace(text.find("submitted"), 9, "unchanged");
    ASSERT_TRUE(ledger::replaceFile(office->folder() + "/blobs/" + before.digest, viewOf(text)));

    EXPECT_EQ(office::frozenWindow(*office, window).error().code, ErrorCode::malformed);
}

// Whoever makes a snapshot by hand, with a right digest, is found out by the log.
class ForgedClosing : public Closing {
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

TEST_F(Closing, AFileFromOutsideIsLookedUpInTheLogLikeTheOneHere) {
    file(*north, "培训2次。");
    spread();
    close();
    const std::string first = frozen(*office).text;
    EXPECT_TRUE(taken(office::verifyFrozen(*office, window, first)).isLatest);

    std::string forged = first;
    forged.replace(forged.find("\"complete\":true"), 15, "\"complete\":false");
    const FrozenCheck check = taken(office::verifyFrozen(*office, window, forged));
    EXPECT_FALSE(check.isNamed);
    EXPECT_FALSE(check.isValid());
    const RecordId other = county.newWindow(*office, "2099-12-05");
    EXPECT_EQ(office::verifyFrozen(*office, other, first).error().code, ErrorCode::badInput);
    EXPECT_EQ(office::verifyFrozen(*office, window, "{}").error().code, ErrorCode::malformed);

    spread();
    ASSERT_TRUE(office::reopenWindow(*office, window, {}));
    close();
    const FrozenCheck earlier = taken(office::verifyFrozen(*office, window, first));
    EXPECT_TRUE(earlier.isValid());
    EXPECT_FALSE(earlier.isLatest);
}

TEST_F(Closing, TheFourFactsOfAFilingStandOnTheirOwnEach) {
    const auto facts = [&] { return taken(office::filingFacts(*office, task, unit("甲镇"), window)); };
    file(*north, "还没写完", false);
    spread();
    EXPECT_FALSE(facts().isOnTime.has_value());
    EXPECT_FALSE(facts().isComplete());

    file(*north, "培训2次。");
    spread();
    EXPECT_EQ(facts().isOnTime, true);
    EXPECT_TRUE(facts().isComplete());
    EXPECT_EQ(facts().submitted->by.personName, "张三");
    EXPECT_FALSE(facts().isCorrect());
    EXPECT_FALSE(facts().isLocked);

    approve("甲镇");
    EXPECT_FALSE(facts().isCorrect()) << "the county has not answered yet";
    close();
    EXPECT_TRUE(facts().isLocked);
    EXPECT_FALSE(facts().closed.has_value());
    spread();
    EXPECT_TRUE(facts().isCorrect());
    EXPECT_EQ(facts().approved->by.personName, "马主任");
    EXPECT_EQ(facts().closed->by.personName, "马主任");
    EXPECT_GT(facts().closed->position, facts().submitted->position);
    EXPECT_TRUE(taken(office::filingFacts(*north, task, unit("甲镇"), window)).isLocked);
}

// A unit that only counts has reported too, and too late.
TEST_F(Closing, WhatWasCountedLateStandsBesideAndInTheMatrixUntilItIsAdmitted) {
    CountyBox::set(*office, task, "content", "开展培训不少于5次；办结率不低于80%。");
    spread();
    close();
    spread();
    const auto count = [&](const std::string& target, std::int64_t done, std::int64_t cases) {
        return taken(ledger::tally(*south, {.task = task,
                                            .unit = unit("乙镇"),
                                            .window = window,
                                            .target = target,
                                            .done = done,
                                            .cases = cases}));
    };
    count("1", 2, 0);
    count("1", 1, 0);
    const RecordId share = count("2", 7, 10);
    spread();
    const auto rows = [&] { return taken(office::lateFilings(*office, window)); };
    const auto isAside = [&] {
        const office::Matrix table = taken(office::matrix(*office, window));
        for (std::size_t i = 0; i < table.units.size(); ++i) {
            if (table.units[i].name == "乙镇") {
                return table.at(0, i).isAside;
            }
        }
        return false;
    };

    ASSERT_THAT(rows(), SizeIs(1));
    EXPECT_TRUE(rows()[0].filing.isNone());
    EXPECT_EQ(rows()[0].unitName, "乙镇");
    EXPECT_THAT(rows()[0].aside, SizeIs(4));
    ASSERT_THAT(rows()[0].counts, SizeIs(2));
    EXPECT_EQ(rows()[0].counts[0].words, "开展培训不少于5次");
    EXPECT_EQ(rows()[0].counts[0].done, 3);
    EXPECT_EQ(rows()[0].counts[1].cases, 10);
    EXPECT_TRUE(isAside());
    EXPECT_EQ(taken(office::windowCounts(*office, window)).aside, 1);

    // Its report, too: they are one row.
    const RecordId late = file(*south, "迟到的培训。");
    spread();
    ASSERT_THAT(rows(), SizeIs(1));
    EXPECT_EQ(rows()[0].filing, late);
    for (const Hash& op : rows()[0].aside) {
        ASSERT_TRUE(ledger::admit(*office, op.hex(), "网络中断"));
    }
    spread();
    ASSERT_THAT(rows(), SizeIs(1));
    EXPECT_THAT(rows()[0].aside, IsEmpty());
    EXPECT_THAT(rows()[0].counts, IsEmpty());
    EXPECT_THAT(rows()[0].admitted, SizeIs(1)) << "by one person for one reason";
    EXPECT_FALSE(isAside());
    EXPECT_EQ(ledger::keyText(taken(office->store().record(share))->key, "target"), "办结率不低于80%");
}

TEST_F(Closing, WhatCameLateStandsBesideAndIsAdmittedByNameAndReason) {
    close();
    spread();
    const RecordId late = file(*south, "迟到的培训。");
    spread();
    const auto rows = [&] { return taken(office::lateFilings(*office, window)); };

    ASSERT_THAT(rows(), SizeIs(1));
    EXPECT_EQ(rows()[0].filing, late);
    EXPECT_EQ(rows()[0].unitName, "乙镇");
    EXPECT_EQ(rows()[0].text, "迟到的培训。");
    EXPECT_EQ(rows()[0].by.personName, "李四");
    EXPECT_THAT(rows()[0].aside, Not(IsEmpty()));
    EXPECT_THAT(rows()[0].admitted, IsEmpty());
    EXPECT_THAT(taken(office::lateFilings(*office, county.newWindow(*office, "2099-12-05"))), IsEmpty());

    ASSERT_TRUE(ledger::admit(*office, late.hex(), "网络中断"));
    spread();
    ASSERT_THAT(rows(), SizeIs(1));
    EXPECT_THAT(rows()[0].aside, IsEmpty());
    ASSERT_THAT(rows()[0].admitted, SizeIs(1));
    EXPECT_EQ(rows()[0].admitted[0].reason, "网络中断");
    EXPECT_EQ(rows()[0].admitted[0].by.personName, "马主任");
}

}  // namespace
}  // namespace hezhang::test
