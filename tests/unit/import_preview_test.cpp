// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/documents/import_preview.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "src/documents/text_import.h"
#include "tests/support/county_box.h"

namespace hezhang::documents {
namespace {

using test::taken;

ImportedDocument document() {
    return taken(
        importText("某县2026年重点任务台账\n序号\t重点工作\t主要内容\t量化指标\t责任单位\t完成时限\n"
                   "一、公开\t\t\t\t\t\n1\t预算\t公开预算。\t\t县民政局\t2026年6月底前\n"
                   "2\t名单\t公开名单。\t\t县水务局\t2026年9月底前\n"));
}

class ImportPreviewed : public ::testing::Test {
protected:
    ImportPreviewed() : office(county.enrol("office", "公开办", "马主任", "office")) {}
    ImportPreview preview() { return {document(), taken(ledger::units(office->state()))}; }
    bool hasDoubt(const ImportPreview& preview, DoubtKind kind, const std::string& text) {
        const std::vector<Doubt> doubts = preview.doubts();
        return std::any_of(doubts.begin(), doubts.end(),
                           [&](const Doubt& one) { return one.kind == kind && one.text == text; });
    }
    test::CountyBox county;
    std::unique_ptr<ledger::Home> office;
};

TEST_F(ImportPreviewed, AUnitThatTheCountyDoesNotKnowIsADoubtUntilOneIsPicked) {
    ImportPreview one = preview();
    ASSERT_EQ(one.document().tasks.size(), 2U);
    EXPECT_EQ(one.unitsOf(0).size(), 1U);
    EXPECT_TRUE(one.unitsOf(1).empty());
    EXPECT_TRUE(hasDoubt(one, DoubtKind::unit, "县水务局"));
    const RecordId unit = taken(ledger::findUnit(office->state(), "甲镇"));

    ASSERT_TRUE(one.setUnits(1, {{unit, ledger::UnitRole::lead}}));

    EXPECT_FALSE(hasDoubt(one, DoubtKind::unit, "县水务局"));
    EXPECT_EQ(one.unitsOf(1), (std::vector<PickedUnit>{{unit, ledger::UnitRole::lead}}));
    EXPECT_FALSE(one.setUnits(1, {{RecordId{}, ledger::UnitRole::lead}}));
    EXPECT_FALSE(one.setUnits(7, {}));
}

TEST_F(ImportPreviewed, ADeadlineIsReadAgainFromItsWords) {
    ImportPreview one = preview();
    ASSERT_TRUE(one.setDeadline(0, "2026年10月底前", std::nullopt));
    EXPECT_EQ(one.document().tasks[0].due, ledger::Date::of(2026, 10, 31));
    ASSERT_TRUE(one.setDeadline(0, "适时", std::nullopt));
    EXPECT_TRUE(hasDoubt(one, DoubtKind::deadline, "适时"));
    ASSERT_TRUE(one.setDeadline(0, "适时", ledger::Date::of(2026, 12, 1)));
    EXPECT_FALSE(hasDoubt(one, DoubtKind::deadline, "适时"));
}

TEST_F(ImportPreviewed, WhatIsLeftOutIsNotCreatedAndWhatIsCorrectedIs) {
    ImportPreview one = preview();
    const RecordId unit = taken(ledger::findUnit(office->state(), "甲镇"));
    ASSERT_TRUE(one.setText(1, TaskText::content, "公开全部名单。"));
    EXPECT_FALSE(one.setText(1, TaskText::content, ""));
    ASSERT_TRUE(one.setUnits(1, {{unit, ledger::UnitRole::lead}}));
    ASSERT_TRUE(one.setLeftOut(0, true));
    ASSERT_TRUE(one.setTitle("新台账"));

    const LedgerImport imported = taken(importLedger(*office, taken(one.result())));

    EXPECT_EQ(imported.update.count(UpdateKind::added), 1U);
    EXPECT_TRUE(imported.unresolved.empty());
    const auto tasks = taken(ledger::tasks(*office, {}));
    ASSERT_EQ(tasks.size(), 1U);
    EXPECT_EQ(tasks[0].content, "公开全部名单。");
    ASSERT_EQ(tasks[0].units.size(), 1U);
    EXPECT_EQ(tasks[0].units[0].role, "lead");
    ASSERT_TRUE(one.setLeftOut(1, true));
    EXPECT_EQ(one.result().error().code, ErrorCode::noTasks);
}

TEST_F(ImportPreviewed, AStoppedImportCreatesNothing) {
    const auto answer =
        importLedger(*office, document(), {}, [](std::size_t done, std::size_t) { return done < 1; });

    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, ErrorCode::cancelled);
    EXPECT_TRUE(taken(ledger::tasks(*office, {})).empty());
    EXPECT_TRUE(taken(ledger::ledgers(*office)).empty());
}

}  // namespace
}  // namespace hezhang::documents
