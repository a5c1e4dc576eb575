// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A reporting form that a unit has filled in outside comes back as edits of its filings.
#include "src/documents/returned_form.h"

#include <gmock/gmock.h>

#include <fstream>

#include "src/documents/export.h"
#include "src/documents/import_office.h"
#include "src/ledger/filing.h"
#include "tests/support/county_box.h"

namespace hezhang::test {
namespace {

using documents::ReturnedForm;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr const char* kFirst = "做好政策解读，图文解读占比不低于80%。";
constexpr const char* kSecond = "公开年度预算决算信息，回应群众关切。";
constexpr const char* kThird = "规范办理依申请公开，全程留痕可追溯。";

class ReturnedForms : public ::testing::Test {
protected:
    ReturnedForms()
        : office(county.enrol("office", "公开办", "马主任", "office")),
          town(county.enrol("town", "甲镇", "张三", "clerk")),
          ledgerId(county.newLedger(*office)),
          first(county.newTask(*office, ledgerId, 1, kFirst, {"甲镇", "乙镇"})),
          second(county.newTask(*office, ledgerId, 2, kSecond, {"甲镇"})),
          third(county.newTask(*office, ledgerId, 3, kThird, {"甲镇"})),
          foreign(county.newTask(*office, ledgerId, 4, "组织政府开放日活动，邀请群众代表参加。", {"乙镇"})),
          window(county.newWindow(*office, "2026-08-31")) {
        for (const RecordId& task : {first, second, third}) {
            taken(office->edit({.record = task, .field = "deadline_text", .text = std::string("11月底")}));
            taken(office->edit({.record = task, .field = "responsible_text", .text = std::string("各镇")}));
        }
        for (int i = 0; i < 2; ++i) {
            county.sync(*office);
            county.sync(*town);
        }
    }
    void write(const RecordId& task, const std::string& text) {
        taken(ledger::file(
            *town, {.task = task, .unit = town->me().enrolment.unit, .window = window, .text = text}));
    }
    std::string textOf(const RecordId& task) {
        const auto key = taken(ledger::filingKey(*town, task, town->me().enrolment.unit, window));
        return taken(ledger::shownText(town->state(), town->idOf(key), "text"));
    }
    Result<ReturnedForm> read(const std::string& name) {
        const auto document = taken(documents::importFile(county.folder() + "/" + name));
        return documents::readReturned(*town, document, *RecordId::fromHexText(ledgerId),
                                       town->me().enrolment.unit, window);
    }
    // A form as CSV: rows as they are given.
    ReturnedForm readRows(const std::string& rows) {
        std::ofstream(county.folder() + "/form.csv")
            << "2026年政务公开工作要点任务台账（填报版）\n"
               "序号,重点工作,主要内容,责任单位,完成时限,进展落实情况\n"
            << rows;
        return taken(read("form.csv"));
    }
    static std::string row(const std::string& number, const std::string& content, const std::string& text) {
        return number + ",工作,\"" + content + "\",甲镇,11月底,\"" + text + "\"\n";
    }

    CountyBox county;
    std::unique_ptr<ledger::Home> office;
    std::unique_ptr<ledger::Home> town;
    std::string ledgerId;
    RecordId first;
    RecordId second;
    RecordId third;
    RecordId foreign;
    RecordId window;
};

TEST_F(ReturnedForms, ComeBackFromTheFilesThatWereExported) {
    for (const std::string type : {"docx", "xlsx", "pdf"}) {
        write(first, "解读12件，图文10件。\n占比83%。");
        write(second, "已公开。");
        taken(documents::exportForm(*town, {"filing-form",
                                            county.folder() + "/form." + type,
                                            *RecordId::fromHexText(ledgerId),
                                            {},
                                            window}));
        EXPECT_THAT(taken(read("form." + type)).changes, IsEmpty()) << type;

        write(first, "解读9件。");
        const auto document = taken(documents::importFile(county.folder() + "/form." + type));
        EXPECT_EQ(documents::unitNamedBy(document), "甲镇") << type;
        const ReturnedForm form = taken(read("form." + type));

        ASSERT_THAT(form.changes, SizeIs(1)) << type;
        EXPECT_EQ(form.changes[0].serial, 1);
        EXPECT_EQ(form.changes[0].before, "解读9件。");
        EXPECT_EQ(form.changes[0].after, "解读12件，图文10件。\n占比83%。") << type;
        EXPECT_THAT(form.unmatched, IsEmpty()) << type;
        EXPECT_TRUE(documents::takeReturned(*town, form, true).has_value());
        EXPECT_EQ(textOf(first), "解读12件，图文10件。\n占比83%。") << type;
    }
}

TEST_F(ReturnedForms, AreMatchedByContentWhateverTheirOrderAndNumber) {
    write(third, "已答复5件。");
    const ReturnedForm form = readRows(row("1", kThird, "已答复7件。") +
                                       row("2", "做好 政策解读， 图文解读占比不低于80%。", "解读12件。"));

    ASSERT_THAT(form.changes, SizeIs(2));
    EXPECT_EQ(form.changes[0].task, first);
    EXPECT_EQ(form.changes[0].after, "解读12件。");
    EXPECT_EQ(form.changes[1].task, third);
    EXPECT_EQ(form.changes[1].before, "已答复5件。");
    EXPECT_THAT(form.absent, ElementsAre(2));
}

TEST_F(ReturnedForms, WhatDoesNotMatchIsListedAndNeverGuessed) {
    const ReturnedForm form = readRows(row("1", kFirst, "解读12件。") + row("2", kFirst, "解读13件。") +
                                       row("3", "组织政府开放日活动，邀请群众代表参加。", "办了一次。") +
                                       row("4", "加强新媒体账号管理，每周更新内容。", "已更新。"));

    ASSERT_THAT(form.changes, SizeIs(1));
    EXPECT_EQ(form.changes[0].after, "解读12件。");
    ASSERT_THAT(form.unmatched, SizeIs(3));
    EXPECT_THAT(form.unmatched[0].reason(), HasSubstr("same task 1"));
    EXPECT_EQ(form.unmatched[1].text, "办了一次。");
    EXPECT_THAT(form.unmatched[2].reason(), HasSubstr("no task of the unit"));
}

TEST_F(ReturnedForms, AnEmptyCellTakesNothingAway) {
    write(first, "解读9件。");
    const ReturnedForm form = readRows(row("1", kFirst, "") + row("2", kSecond, "已公开。"));

    ASSERT_THAT(form.changes, SizeIs(1));
    EXPECT_EQ(form.changes[0].task, second);
    EXPECT_TRUE(documents::takeReturned(*town, form, false).has_value());
    EXPECT_EQ(textOf(first), "解读9件。");
}

TEST_F(ReturnedForms, AFilingThatWasChangedMeanwhileIsNotOverwrittenNorAnyOther) {
    const ReturnedForm form = readRows(row("1", kFirst, "解读12件。") + row("2", kSecond, "已公开。"));
    write(second, "同事写的。");

    const auto done = documents::takeReturned(*town, form, false);

    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, ErrorCode::changed);
    EXPECT_EQ(textOf(first), "");
    EXPECT_EQ(textOf(second), "同事写的。");
}

TEST_F(ReturnedForms, OnlyWhatThePersonLeavesInTheFormIsTaken) {
    ReturnedForm form = readRows(row("1", kFirst, "解读12件。") + row("2", kSecond, "已公开。"));
    std::erase_if(form.changes, [&](const documents::ReturnedChange& one) { return one.task == second; });

    EXPECT_TRUE(documents::takeReturned(*town, form, false).has_value());

    EXPECT_EQ(textOf(first), "解读12件。");
    EXPECT_EQ(textOf(second), "");
}

TEST_F(ReturnedForms, AFormThatNobodyHasFilledIsSaid) {
    taken(documents::exportForm(
        *town, {"assignment", county.folder() + "/blank.docx", *RecordId::fromHexText(ledgerId), {}, {}}));
    const auto form = read("blank.docx");

    ASSERT_FALSE(form);
    EXPECT_EQ(form.error().code, ErrorCode::badInput);
}

}  // namespace
}  // namespace hezhang::test
