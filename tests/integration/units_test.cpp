// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Units that are merged, split and renamed, and whose work is whose afterwards. The same with processes:
// tests/endtoend/units_test.py.
#include "src/office/units.h"

#include <gmock/gmock.h>

#include "src/documents/ledger_import.h"
#include "src/ledger/drafts.h"
#include "src/ledger/views.h"
#include "tests/support/county_box.h"

namespace hezhang::test {
namespace {

using ledger::Succession;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

constexpr const char* kDate = "2026-07-01";

class UnitChanges : public ::testing::Test {
protected:
    UnitChanges() {
        office = county.enrol("office", "公开办", "马主任", "office");
        first = county.enrol("first", "甲镇", "张三", "clerk");
        second = county.enrol("second", "乙镇", "李四", "clerk");
        ledgerId = county.newLedger(*office);
        window = county.newWindow(*office, "2026-08-15");
    }
    void spread() {
        for (int round = 0; round < 2; ++round) {
            for (ledger::Home* home : {office.get(), first.get(), second.get()}) {
                county.sync(*home);
            }
        }
    }
    [[nodiscard]] RecordId unit(const std::string& name) {
        return taken(ledger::findUnit(office->state(), name));
    }
    void merge(const std::string& from, const std::string& into) {
        EXPECT_TRUE(office::mergeUnit(*office, unit(from), unit(into), kDate));
        spread();
    }
    RecordId split(const std::string& from, const std::vector<std::string>& into) {
        const RecordId id = unit(from);
        EXPECT_TRUE(office::splitUnit(*office, id, into, kDate));
        spread();
        return id;
    }
    [[nodiscard]] RecordId standing(const RecordId& id) {
        Succession succession(office->state());
        return taken(succession.standing(id));
    }
    [[nodiscard]] std::set<RecordId> actsFor(const RecordId& id) {
        Succession succession(office->state());
        return taken(succession.actsFor(id));
    }
    RecordId file(ledger::Home& home, const RecordId& task, const std::string& text) {
        return taken(ledger::file(home,
                                  {.task = task, .unit = taken(home.unit()), .window = window, .text = text}))
            .record;
    }
    [[nodiscard]] sync::RecordKey keyFor(ledger::Home& home, const RecordId& task) {
        return taken(ledger::filingKey(home, task, taken(home.unit()), window));
    }

    CountyBox county;
    std::unique_ptr<ledger::Home> office;
    std::unique_ptr<ledger::Home> first;
    std::unique_ptr<ledger::Home> second;
    std::string ledgerId;
    RecordId window;
};

// -- who stands for whom

TEST_F(UnitChanges, AUnitThatWasMergedTwiceStandsWhereTheLastMergerLeft) {
    const RecordId a = unit("甲镇");
    const RecordId b = unit("乙镇");
    const RecordId c = unit("民政局");
    merge("甲镇", "乙镇");
    merge("乙镇", "民政局");

    EXPECT_EQ(standing(a), c);
    EXPECT_THAT(actsFor(c), UnorderedElementsAre(a, b, c));
    EXPECT_EQ(actsFor(a), actsFor(c)) << "their people are one unit's";
    Succession succession(office->state());
    EXPECT_THAT(taken(succession.heirs(a)), UnorderedElementsAre(a, b, c));
    EXPECT_THAT(taken(succession.heirs(c)), ElementsAre(c));
}

TEST_F(UnitChanges, OfAUnitThatWasSplitNobodyStandsUntilItsPartsComeTogether) {
    const RecordId a = split("甲镇", {"丙镇", "丁镇"});
    EXPECT_EQ(standing(a), a);
    EXPECT_THAT(actsFor(unit("丙镇")), UnorderedElementsAre(a, unit("丙镇")));
    EXPECT_THAT(actsFor(unit("丙镇")), Not(Contains(unit("丁镇"))));
    EXPECT_THAT(actsFor(a), ElementsAre(a));

    merge("丙镇", "乙镇");
    EXPECT_EQ(standing(a), a);
    merge("丁镇", "乙镇");

    EXPECT_EQ(standing(a), unit("乙镇"));
}

// As many ways lead through it as there are atoms in the universe.
TEST_F(UnitChanges, UnitsThatAreSplitAndSplitAgainAreFollowedOnce) {
    constexpr int kStages = 60;
    const auto nameOf = [](int stage, int side) {
        return "单位" + std::to_string(stage) + (side == 0 ? "左" : "右");
    };
    std::string list = "name,kind\n";
    for (int stage = 0; stage <= kStages; ++stage) {
        list += nameOf(stage, 0) + ",town\n" + nameOf(stage, 1) + ",town\n";
    }
    ASSERT_TRUE(county.county().importUnits(list));
    county.sync(*office);
    ASSERT_TRUE(office->beginBatch());
    for (int stage = 0; stage < kStages; ++stage) {
        for (const int side : {0, 1, 2, 3}) {
            EXPECT_TRUE(office->edit({.record = unit(nameOf(stage + 1, side / 2)),
                                      .field = "predecessors",
                                      .kind = sync::OpKind::add,
                                      .text = unit(nameOf(stage, side % 2)).hex()}));
        }
    }
    ASSERT_TRUE(office->commitBatch());
    county.sync(*office);

    const RecordId root = unit(nameOf(0, 0));
    EXPECT_EQ(standing(root), root);
    EXPECT_EQ(actsFor(unit(nameOf(kStages, 0))).size(), 2U * kStages + 1);
}

TEST_F(UnitChanges, ASuccessorThatWasDeletedIsNone) {
    const RecordId a = split("甲镇", {"丙镇", "丁镇"});
    EXPECT_TRUE(office->deleteRecord(unit("丁镇")));
    spread();

    EXPECT_EQ(standing(a), unit("丙镇"));
}

TEST_F(UnitChanges, AFailedSplitLeavesNothingBehind) {
    merge("乙镇", "民政局");

    const auto answer = office::splitUnit(*office, unit("甲镇"), {"新镇", "乙镇"}, kDate);

    EXPECT_EQ(answer.error().code, ErrorCode::badInput);
    EXPECT_EQ(ledger::findUnit(office->state(), "新镇").error().code, ErrorCode::unknownUnit);
}

// -- whose filing

TEST_F(UnitChanges, ADraftThatWasBegunBeforeTheMergerIsContinued) {
    const RecordId task = county.newTask(*office, ledgerId, 1, "公示。", {"甲镇", "乙镇"});
    spread();
    const sync::RecordKey begun = keyFor(*first, task);
    ASSERT_TRUE(ledger::saveDraft(*first, ledger::draftSlot(first->idOf(begun)),
                                  {first->idOf(begun), 1, {{"text", "草稿。"}}}));
    merge("甲镇", "乙镇");

    EXPECT_EQ(keyFor(*first, task), begun) << "where the draft is";
    EXPECT_EQ(ledger::keyId(keyFor(*second, task), "unit"), unit("乙镇")) << "who has none begins his own";

    const RecordId saved = file(*first, task, "草稿写完。");
    spread();
    EXPECT_EQ(saved, first->idOf(begun));
    EXPECT_TRUE(taken(ledger::asides(*office)).empty());
    EXPECT_EQ(keyFor(*second, task), begun) << "now it is there";
}

TEST_F(UnitChanges, ADraftThatWasBegunBeforeTheTaskWasSharedIsContinued) {
    const RecordId task = county.newTask(*office, ledgerId, 1, "公示。", {"甲镇", "乙镇"});
    spread();
    const sync::RecordKey begun = keyFor(*first, task);
    ASSERT_TRUE(ledger::saveDraft(*first, ledger::draftSlot(first->idOf(begun)),
                                  {first->idOf(begun), 1, {{"text", "草稿。"}}}));
    CountyBox::set(*office, task, "shared", "true");
    spread();

    EXPECT_EQ(keyFor(*first, task), begun);
    EXPECT_EQ(ledger::keyText(keyFor(*second, task), "scope"), ledger::taskScope(task));
}

TEST_F(UnitChanges, WhereTwoUnitsHadBegunTheOneTheyBecomeBeginsItsOwn) {
    const RecordId task = county.newTask(*office, ledgerId, 1, "公示。", {"甲镇", "乙镇"});
    spread();
    const RecordId ofFirst = file(*first, task, "甲镇写的。");
    const RecordId ofSecond = file(*second, task, "乙镇写的。");
    spread();
    merge("甲镇", "民政局");
    merge("乙镇", "民政局");

    const RecordId together = first->idOf(keyFor(*first, task));

    EXPECT_NE(together, ofFirst);
    EXPECT_NE(together, ofSecond);
    EXPECT_EQ(ledger::keyId(keyFor(*first, task), "unit"), unit("民政局"));
    EXPECT_EQ(taken(ledger::filingKey(*first, task, unit("甲镇"), window)),
              taken(ledger::filingKey(*second, task, unit("甲镇"), window)))
        << "and what each had begun can still be named";
}

TEST_F(UnitChanges, OfATaskThatNamesASplitUnitItsFilingIsContinuedByEachPart) {
    const RecordId task = county.newTask(*office, ledgerId, 1, "公示。", {"甲镇"});
    spread();
    const RecordId before = file(*first, task, "拆分前写的。");
    spread();
    split("甲镇", {"丙镇", "丁镇"});
    auto third = county.enrol("third", "丙镇", "王五", "clerk");

    EXPECT_EQ(third->idOf(keyFor(*third, task)), before);

    EXPECT_TRUE(office->edit(
        {.record = task, .field = "responsible", .kind = sync::OpKind::add, .text = unit("丙镇").hex()}));
    spread();
    county.sync(*third);
    EXPECT_NE(third->idOf(keyFor(*third, task)), before) << "it is asked by name now";
}

TEST_F(UnitChanges, TheBoardOfTheOneThatGoesOnShowsBothUnitsWork) {
    const RecordId task = county.newTask(*office, ledgerId, 1, "公示。", {"甲镇"});
    spread();
    EXPECT_TRUE(ledger::file(
        *first,
        {.task = task, .unit = unit("甲镇"), .window = window, .text = "甲镇写的。", .isSubmitted = true}));
    spread();
    merge("甲镇", "乙镇");

    const auto rows = taken(ledger::board(*second, taken(second->unit())));
    ASSERT_EQ(rows.size(), 1u);
    EXPECT_EQ(rows[0].ownRole, "responsible");
    EXPECT_EQ(rows[0].filing, ledger::FilingState::submitted);
    ASSERT_EQ(rows[0].units.size(), 1u);
    EXPECT_EQ(rows[0].units[0].name, "乙镇");
    const auto view = taken(ledger::taskView(*second, task));
    ASSERT_EQ(view.filings.size(), 1u);
    EXPECT_TRUE(view.filings[0].isOwn);
    EXPECT_EQ(view.filings[0].unitName, "甲镇（现乙镇）");
}

TEST_F(UnitChanges, InTwoRolesAtOnceTheOneThatGoesOnHasTheWeightier) {
    const RecordId task = county.newTask(*office, ledgerId, 1, "公示。", {"乙镇"});
    EXPECT_TRUE(office->edit(
        {.record = task, .field = "lead", .kind = sync::OpKind::add, .text = unit("甲镇").hex()}));
    spread();
    merge("甲镇", "乙镇");

    const auto rows = taken(ledger::tasks(*second, {}));
    ASSERT_EQ(rows.size(), 1u);
    ASSERT_EQ(rows[0].units.size(), 1u);
    EXPECT_EQ(rows[0].units[0].role, "lead");
}

// -- rights

TEST_F(UnitChanges, RightsFollowTheUnitAndEndWithIt) {
    const RecordId task = county.newTask(*office, ledgerId, 1, "公示。", {"甲镇"});
    spread();
    const RecordId record = file(*first, task, "甲镇写的。");
    spread();
    EXPECT_FALSE(second->edit({.record = task, .field = "joint_status", .text = "done"}));

    merge("甲镇", "乙镇");
    EXPECT_TRUE(second->edit({.record = record, .field = "percent", .text = "50"}));
    EXPECT_TRUE(second->edit({.record = task, .field = "joint_status", .text = "done"}));
    spread();
    EXPECT_TRUE(taken(ledger::asides(*office)).empty());

    EXPECT_TRUE(office->edit({.record = unit("乙镇"),
                              .field = "predecessors",
                              .kind = sync::OpKind::remove,
                              .text = unit("甲镇").hex()}));
    spread();
    EXPECT_EQ(second->edit({.record = record, .field = "percent", .text = "60"}).error().code,
              ErrorCode::noRight);
    EXPECT_TRUE(first->edit({.record = record, .field = "percent", .text = "70"}));
}

TEST_F(UnitChanges, NoUnitComesFromItselfHoweverFar) {
    merge("甲镇", "乙镇");
    merge("乙镇", "民政局");

    for (const char* own : {"甲镇", "乙镇"}) {
        EXPECT_EQ(office
                      ->edit({.record = unit(own),
                              .field = "predecessors",
                              .kind = sync::OpKind::add,
                              .text = unit("民政局").hex()})
                      .error()
                      .code,
                  ErrorCode::badValue);
    }
}

// -- people

TEST_F(UnitChanges, WhatSomebodyWroteStaysWrittenForTheUnitOfThatTime) {
    const RecordId task = county.newTask(*office, ledgerId, 1, "公示。", {"甲镇", "乙镇", "县民政局"});
    spread();
    const RecordId person = first->me().enrolment.person;
    const auto writes = [&](const std::string& text) {
        CountyBox::set(*first, task, "joint_progress", text);
        spread();
    };
    writes("一。");
    CountyBox::set(*office, person, "unit", unit("乙镇").hex());
    spread();
    writes("一。二。");
    CountyBox::set(*office, person, "unit", unit("民政局").hex());
    spread();
    writes("一。二。三。");

    for (ledger::Home* home : {office.get(), first.get(), second.get()}) {
        std::vector<std::string> units;
        for (const ledger::HistoryRow& row : taken(ledger::history(*home, task))) {
            if (row.field == "joint_progress") {
                units.push_back(row.by.unitName);
            }
        }
        EXPECT_THAT(units, ElementsAre("甲镇", "乙镇", "县民政局"));
    }
}

// -- names

TEST_F(UnitChanges, AnOldNameFindsTheUnitUntilAnotherOneBearsIt) {
    const RecordId a = unit("甲镇");
    ASSERT_TRUE(office::renameUnit(*office, a, "甲街道"));
    ASSERT_TRUE(office::renameUnit(*office, a, "甲新区"));
    for (const char* name : {"甲镇", "甲街道", "甲新区"}) {
        EXPECT_EQ(unit(name), a) << name;
    }
    EXPECT_EQ(taken(ledger::unitName(office->state(), a)), "甲新区");

    ASSERT_TRUE(office::renameUnit(*office, unit("乙镇"), "甲街道"));

    EXPECT_NE(unit("甲街道"), a);
    EXPECT_EQ(office::renameUnit(*office, a, "甲街道").error().code, ErrorCode::badInput);
}

TEST_F(UnitChanges, WhatIsOverIsNotOfferedForNewWork) {
    merge("甲镇", "乙镇");
    const RecordId c = split("县民政局", {"老龄局", "救助局"});
    const std::vector<ledger::NamedUnit> units = taken(ledger::units(office->state()));

    EXPECT_THAT(ledger::expandGroup(units, "各镇街"), ElementsAre(unit("乙镇")));
    EXPECT_THAT(ledger::expandGroup(units, "各部门"), UnorderedElementsAre(unit("老龄局"), unit("救助局")));
    EXPECT_EQ(ledger::matchUnit(units, "甲镇"), unit("甲镇")) << "an older plan may still name it";
    const auto named = documents::resolveUnit(units, {.name = "县民政局", .written = "县民政局"});
    EXPECT_TRUE(named.members.empty());
    EXPECT_THAT(named.reason, ::testing::HasSubstr("split"));
    EXPECT_EQ(unit("民政局"), c);
}

}  // namespace
}  // namespace hezhang::test
