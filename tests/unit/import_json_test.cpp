// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/documents/import_json.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "src/documents/text_import.h"

namespace hezhang::documents {
namespace {

using nlohmann::json;

TEST(ImportJson, HasTheKeysOfTheContract) {
    const auto document = importText(
        "某县2024年重点任务台账\n序号\t重点工作\t主要内容\t量化指标\t责任单位\t完成时限\n一、公开\t\t\t\t\t\n"
        "1\t预算\t公开预算。\t查看网站\t县财政局牵头，各有关部门配合\t每季度末\n");
    ASSERT_TRUE(document);
    const json object = json::parse(toJson(*document));
    EXPECT_EQ(object["title"], "某县2024年重点任务台账");
    EXPECT_EQ(object["year"], 2024);
    EXPECT_EQ(object["sections"], json::parse(R"([{"title":"一、公开","tasks":[1]}])"));
    EXPECT_EQ(object["warnings"], json::array());
    const json task = object["tasks"].at(0);
    EXPECT_EQ(task["ordinal"], "1");
    EXPECT_EQ(task["item"], "预算");
    EXPECT_EQ(task["content"], "公开预算。");
    EXPECT_EQ(task["indicator"], "查看网站");
    EXPECT_EQ(task["responsible_text"], "县财政局牵头，各有关部门配合");
    EXPECT_EQ(task["units"][0]["unit"], "县财政局");
    EXPECT_EQ(task["units"][0]["role"], "lead");
    EXPECT_EQ(task["units"][1]["role"], "cooperate");
    EXPECT_EQ(task["deadline_text"], "每季度末");
    EXPECT_EQ(task["due"], "2024-03-31");
    EXPECT_EQ(task["recurrence"], "quarterly");
}

TEST(ImportJson, ShowsADeadlineAndUnits) {
    const ledger::DeadlineBasis basis{*ledger::Date::of(2023, 5, 20)};
    const json dated = json::parse(toJson(ledger::parseDeadline("12月10日前", basis)));
    EXPECT_EQ(dated["due"], "2023-12-10");
    EXPECT_EQ(dated["recurrence"], "none");
    EXPECT_EQ(dated["last_working_day"], "2023-12-08");
    const json open = json::parse(toJson(ledger::parseDeadline("适时", basis)));
    EXPECT_TRUE(open["due"].is_null());
    EXPECT_NE(open["note"], "");
    EXPECT_EQ(
        json::parse(toJson(ledger::parseUnits("各相关部门"))),
        json::parse(R"({"units":[{"unit":"各相关部门","role":"responsible","group":true,"open_ended":true}],)"
                    R"("warnings":[]})"));
}

TEST(ImportJson, StaysJsonWithBrokenText) {
    ImportedDocument document;
    document.title = "\xff\xfe\"\n";
    EXPECT_TRUE(json::accept(toJson(document)));
}

}  // namespace
}  // namespace hezhang::documents
