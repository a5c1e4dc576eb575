// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A window is closed: what stood in it is frozen, can be shown to be true, and what comes later stays beside
// it.
#include "src/office/closing.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>

#include "src/ledger/files.h"
#include "src/ledger/tallies.h"
#include "src/office/late_filings.h"
#include "src/office/matrix.h"
#include "tests/support/closing_test.h"

namespace hezhang::test {
namespace {

using nlohmann::json;
using office::FrozenCheck;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

using Closing = ClosingTest;

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

// Its own clock may be wrong; when it was closed is told by the county's.
TEST_F(Closing, IsDatedByTheCountysClockOnceTheCountyHasAnswered) {
    close();
    EXPECT_FALSE(frozen(*office).enteredAt.has_value());
    spread();

    const office::FilingFacts facts = taken(office::filingFacts(*office, task, unit("甲镇"), window));

    ASSERT_TRUE(frozen(*office).enteredAt.has_value());
    EXPECT_EQ(frozen(*office).enteredAt, facts.closed->at);
}

TEST_F(Closing, WhatWasNotSubmittedIsNotDeletedByItsUnitAfterTheClosing) {
    const RecordId filing = file(*north, "还没写完", false);
    const RecordId changed = file(*south, "培训2次。");
    file(*south, "培训3次。", false);
    spread();
    close();
    county.sync(*office);

    // They do not know of the closing yet.
    ASSERT_TRUE(north->deleteRecord(filing));
    ASSERT_TRUE(south->deleteRecord(changed));
    spread();

    EXPECT_FALSE(taken(office->state().isGone(filing)));
    EXPECT_FALSE(taken(office->state().isGone(changed)));
    ASSERT_THAT(taken(ledger::asides(*north)), SizeIs(1));
    EXPECT_EQ(taken(ledger::asides(*north))[0].reason, "windowClosed");
    EXPECT_TRUE(office->deleteRecord(filing));
}

// What it would do is told beside the text that was edited before.
TEST_F(Closing, ADeletionThatCameLateIsToldBeforeItIsAdmitted) {
    file(*north, "还没写完", false);
    const RecordId filing = file(*south, "还没写完", false);
    spread();
    close();
    county.sync(*office);
    file(*north, "迟到的培训。", false);
    file(*south, "迟到的培训。", false);
    ASSERT_TRUE(south->deleteRecord(filing));
    spread();

    const auto late = taken(office::lateFilings(*office, window));
    ASSERT_THAT(late, SizeIs(2));
    for (const office::LateFiling& one : late) {
        EXPECT_EQ(one.text, "迟到的培训。");
        EXPECT_EQ(one.isDeletion, one.unit == unit("乙镇"));
        const std::set<Hash> ops(one.aside.begin(), one.aside.end());
        ASSERT_TRUE(ledger::admit(*office, ops, "网络中断"));
    }
    spread();

    EXPECT_TRUE(taken(office->state().isGone(filing)));
    EXPECT_THAT(taken(ledger::asides(*office)), IsEmpty());
    EXPECT_EQ(ledger::admit(*office, std::set<Hash>{late[0].aside[0]}, "再来").error().code,
              ErrorCode::notFound);
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

TEST_F(Closing, AWindowThatIsClosedAgainHasALaterSnapshot) {
    close();
    const std::string first = frozen(*office).digest;
    spread();
    EXPECT_EQ(office::closeWindow(*office, window).error().code, ErrorCode::badInput)
        << "what is frozen is not replaced by the way";
    ASSERT_TRUE(office::reopenWindow(*office, window, {}));
    spread();
    file(*north, "培训2次。");
    spread();
    close();

    EXPECT_NE(frozen(*office).digest, first);
    EXPECT_EQ(row("甲镇")["state"], "submitted");
    EXPECT_TRUE(ledger::fileExists(office->folder() + "/blobs/" + first));
}

// By a program that froze nothing, or on a device that was lost before its file came in.
TEST_F(Closing, AClosedWindowWithoutASnapshotIsFrozenWithoutOpeningItForEverybody) {
    ASSERT_TRUE(office->edit({.record = window, .field = "state", .text = "closed"}));
    spread();
    const auto timesWritten = [&] {
        const auto rows = taken(ledger::history(*office, window));
        return std::ranges::count(rows, "state", &ledger::HistoryRow::field);
    };
    ASSERT_EQ(timesWritten(), 2);
    close();
    const std::string first = frozen(*office).digest;
    EXPECT_EQ(office::closeWindow(*office, window).error().code, ErrorCode::badInput);

    spread();
    ASSERT_TRUE(std::filesystem::remove(office->folder() + "/blobs/" + first));
    const auto again = office::closeWindow(*office, window);
    ASSERT_FALSE(again) << "it may be on its way from another device";
    EXPECT_EQ(again.error().code, ErrorCode::badInput);
    ASSERT_TRUE(office::closeWindow(*office, window, office::AbsentSnapshot::isLost));
    spread();

    EXPECT_NE(frozen(*office).digest, first);
    EXPECT_EQ(timesWritten(), 2) << "when it was closed is not moved";
    EXPECT_TRUE(check().isValid());
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
    const std::vector<Hash> waiting = rows()[0].aside;
    for (const Hash& op : waiting) {
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
