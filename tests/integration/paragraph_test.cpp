// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// One paragraph of a task out of several homes' filings, edited by the office, corrected by units.
#include "src/office/paragraph.h"

#include <gmock/gmock.h>

#include "src/ledger/differences.h"
#include "src/office/units.h"
#include "tests/support/window_test.h"

namespace hezhang::test {
namespace {

using office::Paragraph;
using office::ParagraphState;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class Paragraphs : public WindowTest {
protected:
    Paragraphs() : WindowTest("开展培训。", "2026-08-15") {}
    void edit(const std::string& text) const {
        const auto answer = office::editParagraph(*office, {.task = task, .window = window, .text = text});
        ASSERT_TRUE(answer) << answer.error().text;
    }
    [[nodiscard]] Paragraph shown(ledger::Home& home) const {
        return taken(office::paragraph(home, task, window));
    }
    [[nodiscard]] Paragraph shown() const { return shown(*office); }
    [[nodiscard]] static std::vector<std::string> namesOf(const office::ParagraphSentence& sentence) {
        std::vector<std::string> names;
        for (const office::ParagraphSource& source : sentence.sources) {
            names.push_back(source.unitName);
        }
        return names;
    }
};

TEST_F(Paragraphs, StandInTheOrderOfRolesWithTheirSourcesAndTheSumOfTheCounters) {
    file(*south, "乙镇公开5条。已按要求公开。", 5);
    file(*north, "甲镇公开3条。已按要求公开。", 3);
    file(*bureau, "全县部署。");
    spread();

    const Paragraph paragraph = shown();

    EXPECT_EQ(paragraph.state, ParagraphState::composed);
    EXPECT_EQ(paragraph.text, "全县部署。乙镇公开5条。已按要求公开。甲镇公开3条。");
    EXPECT_THAT(namesOf(paragraph.sentences[2]), ElementsAre("乙镇", "甲镇"));
    EXPECT_EQ(paragraph.sum, 8);
    EXPECT_EQ(paragraph.unitsCounted, 2U);
    EXPECT_TRUE(paragraph.isWhole);
    const office::ParagraphSource& first = paragraph.sentences[0].sources[0];
    EXPECT_EQ(first.unit, unit("县民政局"));
    EXPECT_EQ(ledger::keyId(taken(office->state().read(first.filing))->record.key, "unit"), first.unit);
}

TEST_F(Paragraphs, LeaveOutWhatWasNeverSubmittedAndSayWhose) {
    ledger::FilingRequest draft{.task = task, .unit = unit("甲镇"), .window = window};
    draft.text = "还没写完";
    draft.count = 4;
    ASSERT_TRUE(ledger::file(*north, draft));
    file(*south, "乙镇公开5条。");
    spread();

    const Paragraph paragraph = shown();

    EXPECT_EQ(paragraph.text, "乙镇公开5条。");
    EXPECT_EQ(paragraph.sum, 0);
    ASSERT_THAT(paragraph.filings, SizeIs(2));
    EXPECT_EQ(paragraph.filings[1].source.unitName, "甲镇");
    EXPECT_FALSE(paragraph.filings[1].isTaken);
    EXPECT_EQ(paragraph.filings[1].state, ledger::FilingState::unsubmitted);
}

TEST_F(Paragraphs, ACorrectionComesInWithoutLosingTheOfficesEdit) {
    file(*north, "甲镇公开3条。培训2次。");
    file(*south, "乙镇公开5条。");
    spread();
    edit("乙镇公开5条。甲镇公开3条。全镇培训2次。全县有序推进。");
    EXPECT_EQ(shown().state, ParagraphState::edited);

    file(*north, "甲镇公开4条。培训2次。");
    spread();

    EXPECT_EQ(shown().state, ParagraphState::merged);
    EXPECT_EQ(shown().text, "乙镇公开5条。甲镇公开4条。全镇培训2次。全县有序推进。");
    EXPECT_THAT(namesOf(shown().sentences[1]), ElementsAre("甲镇"));
    EXPECT_THAT(shown().sentences[3].sources, IsEmpty());
}

TEST_F(Paragraphs, ASentenceThatItsUnitDeletedGoesFromTheEditedTextToo) {
    file(*north, "甲镇公开3条。培训2次。");
    spread();
    edit("甲镇公开3条。培训2次。全县有序推进。");

    file(*north, "甲镇公开3条。");
    spread();

    EXPECT_EQ(shown().text, "甲镇公开3条。全县有序推进。");
}

TEST_F(Paragraphs, AnOverlapShowsTheOfficesTextAndWaitsForAPerson) {
    file(*north, "甲镇公开3条。");
    spread();
    edit("甲镇公开信息3条。");
    file(*north, "甲镇公开4条。");
    spread();

    EXPECT_EQ(shown().state, ParagraphState::overlap);
    EXPECT_EQ(shown().text, "甲镇公开信息3条。");
    EXPECT_EQ(office::textOf(shown().composed), "甲镇公开4条。");

    edit("甲镇公开信息4条。");

    EXPECT_EQ(shown().state, ParagraphState::edited);
    EXPECT_EQ(shown().text, "甲镇公开信息4条。");
}

TEST_F(Paragraphs, RestOnWhatTheFormShowedNotOnWhatCameWhileItWasOpen) {
    file(*north, "甲镇公开3条。培训2次。");
    spread();
    const Paragraph opened = shown();
    file(*north, "甲镇公开4条。培训2次。");
    spread();

    ASSERT_TRUE(office::editParagraph(*office, {.task = task,
                                                .window = window,
                                                .text = "甲镇公开3条。全镇培训2次。",
                                                .seen = opened.seen,
                                                .base = opened.base}));

    EXPECT_EQ(shown().text, "甲镇公开4条。全镇培训2次。");
}

TEST_F(Paragraphs, AnEmptyEditComposesAgain) {
    file(*north, "甲镇公开3条。");
    spread();
    edit("别的。");

    edit("");

    EXPECT_EQ(shown().state, ParagraphState::composed);
    EXPECT_EQ(shown().text, "甲镇公开3条。");
}

TEST_F(Paragraphs, TwoDevicesOfTheOfficeEditAtOnceAndNothingIsLost) {
    const auto second = county.enrol("second", "公开办", "副主任", "office");
    file(*north, "甲镇公开3条。培训2次。");
    spread();
    county.sync(*second);
    edit("全县部署。甲镇公开3条。培训2次。");
    ASSERT_TRUE(office::editParagraph(
        *second, {.task = task, .window = window, .text = "甲镇公开3条。培训2次。下一步抓落实。"}));
    file(*north, "甲镇公开4条。培训2次。");
    spread();
    county.sync(*second);
    county.sync(*office);

    EXPECT_EQ(shown().text, "全县部署。甲镇公开4条。培训2次。下一步抓落实。");
    EXPECT_EQ(shown(*second).text, shown().text);
    EXPECT_THAT(taken(ledger::conflicts(*office)), IsEmpty());
}

TEST_F(Paragraphs, ARenamedUnitMovesNoSentenceAndAMergedOneStaysTheSource) {
    file(*north, "甲镇公开3条。");
    file(*south, "乙镇公开5条。");
    spread();
    const std::string before = shown().text;
    edit(before + "全县有序推进。");

    ASSERT_TRUE(office::renameUnit(*office, unit("乙镇"), "新乙镇"));
    ASSERT_TRUE(office::mergeUnit(*office, unit("甲镇"), unit("新乙镇"), "2026-07-01"));

    EXPECT_EQ(shown().text, before + "全县有序推进。");
    EXPECT_EQ(shown().state, ParagraphState::edited);
    EXPECT_THAT(namesOf(shown().sentences[0]), ElementsAre("新乙镇"));
    EXPECT_THAT(namesOf(shown().sentences[1]), ElementsAre("甲镇（现新乙镇）"));
    EXPECT_EQ(shown().filings[1].role, "responsible");
}

TEST_F(Paragraphs, AreNotOnTheDevicesOfUnits) {
    file(*north, "甲镇公开3条。");
    spread();
    edit("甲镇公开3条，办公室的话。");
    spread();

    EXPECT_FALSE(shown(*south).isWhole);
    EXPECT_EQ(shown(*south).text, "");
    EXPECT_THAT(taken(south->scopes()), Not(Contains("restricted:paragraph")));
    EXPECT_THAT(taken(office->scopes()), Contains("restricted:paragraph"));
    const auto refused =
        office::editParagraph(*south, {.task = task, .window = window, .text = "乙镇来改。"});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::noRight);
}

TEST_F(Paragraphs, OfAWholeWindowAreThoseOfEachTask) {
    const RecordId other = county.newTask(*office, taken(ledger::findLedger(office->state(), "")).hex(), 2,
                                          "另一项。", {"甲镇"});
    file(*north, "甲镇公开3条。");
    spread();

    const auto all = taken(office::paragraphs(*office, window));

    ASSERT_THAT(all, SizeIs(2));
    EXPECT_EQ(all[0].task, task);
    EXPECT_EQ(all[0].text, shown().text);
    EXPECT_EQ(all[1].task, other);
    EXPECT_EQ(all[1].text, "");
}

TEST_F(Paragraphs, RefuseAWindowOfAnotherLedgerAndABaseThatIsNone) {
    const auto strange = taken(office->edit({.registerName = "ledger",
                                             .key = {{"year", 2027}, {"title", "要点"}},
                                             .field = "state",
                                             .text = "open"}));
    const RecordId later = taken(office::openWindow(*office, strange.record, "2027-08-15", {}));

    EXPECT_EQ(office::paragraph(*office, task, later).error().code, ErrorCode::badInput);
    EXPECT_EQ(office::paragraph(*office, task, task).error().code, ErrorCode::unknownRecord);
    EXPECT_EQ(office::editParagraph(*office, {.task = task, .window = window, .text = "x", .base = "甲"})
                  .error()
                  .code,
              ErrorCode::badInput);
}

}  // namespace
}  // namespace hezhang::test
