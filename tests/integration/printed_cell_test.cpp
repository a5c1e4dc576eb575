// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// From a cell of the consolidated ledger back to the entries it is printed from.
#include "src/office/printed_cell.h"

#include <gmock/gmock.h>

#include "tests/support/window_test.h"

namespace hezhang::test {
namespace {

using office::PrintedCell;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class PrintedCells : public WindowTest {
protected:
    PrintedCells() : WindowTest("开展培训。") {}
    [[nodiscard]] PrintedCell cell(const std::string& name) const {
        return taken(office::printedCell(*office, task, window, name));
    }
};

TEST_F(PrintedCells, ProgressLeadsToTheFilingsTheirDevicesEntriesAndApprovals) {
    const RecordId northFiling = file(*north, "甲镇培训2次。");
    const RecordId southFiling = file(*south, "乙镇培训3次。");
    ASSERT_TRUE(ledger::file(*bureau, request(*bureau, "还没写完")));
    spread();
    approve("甲镇");
    spread();

    const PrintedCell progress = cell("progress");

    EXPECT_EQ(progress.text, "乙镇培训3次。甲镇培训2次。");
    ASSERT_THAT(progress.sentences, SizeIs(2));
    EXPECT_THAT(progress.sentences[0].sources, ElementsAre(southFiling));
    ASSERT_THAT(progress.sources, SizeIs(2)) << "what was never submitted is not printed";
    EXPECT_THAT(progress.sources[0].approvals, IsEmpty());
    const office::PrintedSource& source = progress.sources[1];
    EXPECT_EQ(source.record, northFiling);
    EXPECT_EQ(source.unitName, "甲镇");
    ASSERT_THAT(source.entries, SizeIs(1));
    EXPECT_EQ(source.entries[0].value, "甲镇培训2次。");
    EXPECT_EQ(source.entries[0].by.personName, "张三");
    EXPECT_EQ(source.entries[0].by.device, north->me().enrolment.device);
    EXPECT_TRUE(source.entries[0].isAnswered);
    EXPECT_TRUE(source.entries[0].enteredAt.has_value());
    EXPECT_GT(source.entries[0].position, 0U);
    ASSERT_THAT(source.approvals, SizeIs(1));
    EXPECT_EQ(source.approvals[0].by.personName, "马主任");
}

TEST_F(PrintedCells, TheOfficesParagraphIsASourceOfItsOwn) {
    file(*north, "甲镇培训2次。");
    spread();
    ASSERT_TRUE(office::editParagraph(
        *office, {.task = task, .window = window, .text = "甲镇培训2次。全县有序推进。"}));

    const PrintedCell progress = cell("progress");

    ASSERT_THAT(progress.sources, SizeIs(2));
    EXPECT_EQ(progress.sources[0].registerName, "paragraph");
    EXPECT_EQ(progress.sources[0].entries[0].by.personName, "马主任");
    EXPECT_FALSE(progress.sources[0].entries[0].isAnswered) << "not sent yet";
    EXPECT_THAT(progress.sentences[1].sources, IsEmpty());
}

TEST_F(PrintedCells, OtherCellsLeadToTheTasksFields) {
    const PrintedCell units = cell("responsible");
    ASSERT_THAT(units.sources, SizeIs(1));
    EXPECT_THAT(units.sources[0].entries, SizeIs(3));
    EXPECT_NE(units.text.find("县民政局"), std::string::npos);
    EXPECT_EQ(cell("content").text, "开展培训。");
    EXPECT_THAT(cell("indicator").sources, IsEmpty());
    EXPECT_EQ(office::printedCell(*office, task, window, "height").error().code, ErrorCode::badInput);
    EXPECT_EQ(office::printedCell(*office, window, window, "content").error().code, ErrorCode::unknownRecord);
}

}  // namespace
}  // namespace hezhang::test
