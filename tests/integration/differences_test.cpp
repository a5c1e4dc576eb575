// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What waits for a person's decision, and who is told that his text was not taken.
#include "src/ledger/differences.h"

#include <gmock/gmock.h>

#include "src/ledger/notices.h"
#include "src/ledger/own_edits.h"
#include "tests/support/county_box.h"

namespace hezhang::test {
namespace {

using ledger::Difference;
using ledger::DifferenceKind;
using ledger::Notice;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Differences : public ::testing::Test {
protected:
    Differences() {
        office = county.enrol("office", "公开办", "马主任", "office");
        town = county.enrol("town", "甲镇", "张三", "clerk");
        other = county.enrol("other", "县民政局", "李四", "clerk");
        task = county.newTask(*office, county.newLedger(*office), 1, "甲。", {"甲镇", "县民政局"});
        CountyBox::set(*office, task, "shared", "true");
        spread();
        CountyBox::set(*office, task, "joint_progress", "办了3件。公开了5条。");
        CountyBox::set(*office, task, "joint_status", "not-started");
        spread();
    }
    void spread() {
        for (int i = 0; i < 2; ++i) {
            for (ledger::Home* home : {office.get(), town.get(), other.get()}) {
                county.sync(*home);
            }
        }
    }
    [[nodiscard]] Difference of(ledger::Home& home, const std::string& field) const {
        return taken(ledger::differenceOf(home, task, field));
    }
    [[nodiscard]] static std::vector<Notice> noticesOf(ledger::Home& home) {
        while (taken(ledger::findNotices(home))) {
        }
        return taken(ledger::notices(home));
    }
    void setApart(const std::string& field, const std::string& ours, const std::string& theirs) {
        CountyBox::set(*town, task, field, ours);
        CountyBox::set(*other, task, field, theirs);
        spread();
    }
    void settle(const std::string& field, const std::string& value) {
        ledger::Choice choice;
        choice.value = value;
        choice.listed = of(*office, field).listed;
        const auto answer = ledger::resolve(*office, task, field, choice);
        ASSERT_TRUE(answer) << answer.error().text;
        spread();
    }

    CountyBox county;
    std::unique_ptr<ledger::Home> office;
    std::unique_ptr<ledger::Home> town;
    std::unique_ptr<ledger::Home> other;
    RecordId task;
};

TEST_F(Differences, AConflictSaysWhereItStandsWhoWroteWhatAndWhatEachHadSeen) {
    setApart("joint_progress", "办了4件。公开了5条。", "办了6件。公开了5条。");

    const Difference found = of(*town, "joint_progress");

    EXPECT_EQ(found.kind, DifferenceKind::conflict);
    EXPECT_EQ(found.place.title, "事项1");
    EXPECT_EQ(found.base, "办了3件。公开了5条。");
    ASSERT_THAT(found.values, SizeIs(2));
    EXPECT_EQ(found.values[0].value, "办了4件。公开了5条。");
    EXPECT_TRUE(found.values[0].isOwn);
    EXPECT_TRUE(found.values[0].isShown);
    EXPECT_EQ(found.values[1].by.personName, "李四");
    ASSERT_TRUE(found.values[1].saw);
    EXPECT_EQ(found.values[1].saw->personName, "马主任");
    EXPECT_EQ(found.why, ledger::WhyShown::sameSentence);
    EXPECT_TRUE(found.isOwn());
    EXPECT_THAT(found.values[1].runs, ElementsAre(ledger::TextRun{ledger::RunKind::same, "办了"},
                                                  ledger::TextRun{ledger::RunKind::removed, "3"},
                                                  ledger::TextRun{ledger::RunKind::added, "6"},
                                                  ledger::TextRun{ledger::RunKind::same, "件。公开了5条。"}));
}

TEST_F(Differences, AConflictThatChangedMeanwhileIsNotSettled) {
    setApart("joint_status", "done", "blocked");
    const Difference before = of(*office, "joint_status");
    CountyBox::set(*town, task, "joint_progress", "别的字段。");
    ledger::EditRequest third{.record = task, .field = "joint_status", .text = "ongoing"};
    third.seen.emplace();
    ASSERT_TRUE(town->edit(third));
    spread();

    ledger::Choice choice;
    choice.number = 1;
    choice.listed = before.listed;
    const auto answer = ledger::resolve(*office, task, "joint_status", choice);

    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, ErrorCode::changed);
    EXPECT_EQ(of(*office, "joint_status").kind, DifferenceKind::conflict);
}

TEST_F(Differences, TheOneWhoseTextWasNotTakenIsToldAndNobodyElse) {
    setApart("joint_status", "done", "blocked");

    settle("joint_status", "blocked");

    const auto told = noticesOf(*town);
    ASSERT_THAT(told, SizeIs(1));
    EXPECT_TRUE(told[0].runs.empty()) << "a status has no words to compare";
    EXPECT_EQ(told[0].own, "done");
    EXPECT_EQ(told[0].taken, "blocked");
    EXPECT_EQ(told[0].by.personName, "马主任");
    EXPECT_FALSE(told[0].isSeen);
    EXPECT_THAT(noticesOf(*other), IsEmpty());
    EXPECT_THAT(noticesOf(*office), IsEmpty());
}

TEST_F(Differences, ANoticeThatWasSeenStaysSeen) {
    setApart("joint_status", "done", "blocked");
    settle("joint_status", "ongoing");
    ASSERT_THAT(noticesOf(*other), SizeIs(1));

    ASSERT_TRUE(ledger::markNoticeSeen(*other, noticesOf(*other)[0].id));
    CountyBox::set(*office, task, "joint_progress", "新。");
    spread();

    EXPECT_TRUE(noticesOf(*other)[0].isSeen);
    EXPECT_FALSE(taken(ledger::isNoticeWorkDue(*other)));
}

TEST_F(Differences, WhoeverSettlesHimselfIsNotTold) {
    setApart("joint_status", "done", "blocked");

    ledger::Choice choice;
    choice.number = 2;
    ASSERT_TRUE(ledger::resolve(*town, task, "joint_status", choice));
    spread();

    EXPECT_THAT(noticesOf(*town), IsEmpty());
}

TEST_F(Differences, AnEditAfterTheOtherIsNoNotice) {
    CountyBox::set(*town, task, "joint_status", "done");
    spread();
    CountyBox::set(*other, task, "joint_status", "blocked");
    spread();

    EXPECT_THAT(noticesOf(*town), IsEmpty());
}

TEST_F(Differences, ATextThatTheMachinePutTogetherIsConfirmedWithoutANotice) {
    setApart("joint_progress", "办了4件。公开了5条。", "办了3件。公开了6条。");
    const Difference merged = of(*office, "joint_progress");
    ASSERT_EQ(merged.kind, DifferenceKind::merged);
    EXPECT_EQ(merged.shown, "办了4件。公开了6条。");

    ASSERT_TRUE(ledger::confirm(*office, task, "joint_progress", merged.listed));
    spread();

    EXPECT_EQ(of(*town, "joint_progress").kind, DifferenceKind::none);
    EXPECT_THAT(noticesOf(*town), IsEmpty());
    EXPECT_THAT(noticesOf(*other), IsEmpty());
}

TEST_F(Differences, AMergedTextIsReplacedOnlyAsItWasLookedAt) {
    setApart("joint_progress", "办了4件。公开了5条。", "办了3件。公开了6条。");
    const Difference merged = of(*office, "joint_progress");

    EXPECT_FALSE(ledger::replaceMerged(*office, task, "joint_progress", "新。", {merged.listed[0]}));
    EXPECT_TRUE(ledger::replaceMerged(*office, task, "joint_progress", "新。", merged.listed));

    EXPECT_EQ(of(*office, "joint_progress").kind, DifferenceKind::none);
}

TEST_F(Differences, ATextThatCouldNotBePutTogetherAndWasNotTakenIsShownWithItsDifferences) {
    setApart("joint_progress", "办了4件。公开了5条。", "办了6件。公开了5条。");

    settle("joint_progress", "办了6件。公开了5条。");

    const auto told = noticesOf(*town);
    ASSERT_THAT(told, SizeIs(1));
    EXPECT_THAT(told[0].runs, ElementsAre(ledger::TextRun{ledger::RunKind::same, "办了"},
                                          ledger::TextRun{ledger::RunKind::removed, "4"},
                                          ledger::TextRun{ledger::RunKind::added, "6"},
                                          ledger::TextRun{ledger::RunKind::same, "件。公开了5条。"}));
}

TEST_F(Differences, ADeletedRecordThatSomebodyChangedShowsWhatWasChanged) {
    ASSERT_TRUE(office->deleteRecord(task));
    CountyBox::set(*town, task, "joint_status", "done");
    spread();

    const Difference found = of(*town, "deleted");

    EXPECT_EQ(found.kind, DifferenceKind::conflict);
    EXPECT_EQ(found.why, ledger::WhyShown::keptAlive);
    const auto changed = std::find_if(found.values.begin(), found.values.end(),
                                      [](const auto& value) { return value.value == false; });
    ASSERT_NE(changed, found.values.end());
    EXPECT_EQ(changed->changedField, "joint_status");
    EXPECT_EQ(changed->changedTo, "done");

    settle("deleted", "true");
    const auto told = noticesOf(*town);
    ASSERT_THAT(told, SizeIs(1));
    EXPECT_EQ(told[0].field, "deleted");
    EXPECT_EQ(told[0].own, "done");
}

TEST_F(Differences, OwnEditsStandTheLatestFirstWithWhatBecameOfThem) {
    CountyBox::set(*town, task, "joint_status", "done");
    spread();
    CountyBox::set(*town, task, "joint_progress", "新。");

    const auto all = taken(ledger::ownEdits(*town, "", 10));

    ASSERT_THAT(all.edits, SizeIs(2));
    EXPECT_EQ(all.edits[0].verdict, "local");
    EXPECT_EQ(all.edits[0].field, "joint_progress");
    EXPECT_EQ(all.edits[0].place.title, "事项1");
    EXPECT_EQ(all.edits[1].verdict, "accepted");
    EXPECT_EQ(taken(ledger::ownEdits(*town, "local", 10)).total, 1U);
}

TEST_F(Differences, OwnEditsComePageByPageFromEveryLane) {
    const RecordId window = county.newWindow(*office, "2026-08-31");
    spread();
    for (int round = 0; round < 4; ++round) {
        CountyBox::set(*town, task, "joint_progress", std::to_string(round) + "。");
        ASSERT_TRUE(ledger::file(*town, {.task = task,
                                         .unit = town->me().enrolment.unit,
                                         .window = window,
                                         .text = std::to_string(round) + "。"}));
        if (round < 3) {
            county.sync(*town);
        }
    }
    const auto all = taken(ledger::ownEdits(*town, "", 100));
    ASSERT_THAT(all.edits, SizeIs(8));
    EXPECT_EQ(all.total, 8U);

    std::vector<std::string> dots;
    for (std::string after; dots.size() < 8;) {
        const auto page = taken(ledger::ownEdits(*town, "", 3, after));
        ASSERT_FALSE(page.edits.empty());
        for (const ledger::OwnEdit& edit : page.edits) {
            dots.push_back(edit.dot);
        }
        after = dots.back();
    }

    for (std::size_t i = 0; i < 8; ++i) {
        EXPECT_EQ(dots[i], all.edits[i].dot) << i;
    }
    EXPECT_THAT(taken(ledger::ownEdits(*town, "", 3, dots.back())).edits, SizeIs(0));
    EXPECT_THAT(taken(ledger::ownEdits(*town, "local", 100)).edits, SizeIs(2));
    EXPECT_EQ(taken(ledger::ownEdits(*town, "accepted", 100)).total, 6U);
}

TEST_F(Differences, OwnEditsThatWereSetAsideAreFoundAmongMany) {
    const RecordId window = county.newWindow(*office, "2026-08-31");
    spread();
    CountyBox::set(*office, window, "state", "closed");
    county.sync(*office);
    ASSERT_TRUE(ledger::file(
        *town, {.task = task, .unit = town->me().enrolment.unit, .window = window, .text = "迟了。"}));
    county.sync(*town);
    CountyBox::set(*town, task, "joint_status", "done");
    county.sync(*town);

    const auto aside = taken(ledger::ownEdits(*town, "aside", 100));

    ASSERT_THAT(aside.edits, SizeIs(1));
    EXPECT_EQ(aside.total, 1U);
    EXPECT_EQ(aside.edits[0].field, "text");
    EXPECT_EQ(aside.edits[0].reason, "windowClosed");
}

TEST_F(Differences, HistoryHasTheCountysTime) {
    const WallMs before = office->now();
    CountyBox::set(*town, task, "joint_status", "done");
    spread();

    const auto rows = taken(ledger::history(*town, task));

    ASSERT_FALSE(rows.empty());
    ASSERT_TRUE(rows.back().countyAt);
    EXPECT_GE(*rows.back().countyAt, before);
}

}  // namespace
}  // namespace hezhang::test
