// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/documents/text_import.h"
#include "src/documents/text_import_columns.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "src/ledger/chinese_text.h"

namespace hezhang::documents {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

std::string fileText(const std::string& path) {
    std::ifstream file(std::string(HZ_SOURCE_DIR) + "/tests/documents/" + path, std::ios::binary);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

std::string beginAndEnd(const std::string& text) {
    constexpr std::size_t kShown = 12;
    const auto wide = ledger::toUtf16(text);
    if (wide.size() <= 2 * kShown) return text;
    return ledger::toUtf8(wide.substr(0, kShown)) + "…" + ledger::toUtf8(wide.substr(wide.size() - kShown)) +
           " " + std::to_string(wide.size());
}

std::string unitsText(const ImportedTask& task) {
    std::string text;
    for (const auto& unit : task.units) {
        text += (text.empty() ? "" : " ") + std::string(name(unit.role)) + ":" + unit.name;
        text += std::string(unit.group ? "*" : "") + (unit.openEnded ? "~" : "");
    }
    return text;
}

// The document as the files in tests/documents/expected show it: checked by eye against the originals once.
std::string shown(const ImportedDocument& document) {
    std::ostringstream out;
    out << "title " << document.title << " | " << document.edition << " | " << document.year.value_or(0)
        << " | " << document.issuer.value_or("") << " | "
        << (document.referenceDate ? document.referenceDate->text() : std::string()) << "\n";
    for (const auto& window : document.windows)
        out << "window " << window.closes->text() << " " << name(window.recurrence) << "\n";
    for (const auto& section : document.sections)
        out << "section " << section.title << " | " << section.tasks.front() << "-" << section.tasks.back()
            << "\n";
    for (const auto& task : document.tasks) {
        out << "task " << task.serial << " | " << task.ordinal << " | " << task.item << "\n";
        out << "  content " << beginAndEnd(task.content) << "\n";
        if (!task.indicator.empty()) out << "  indicator " << beginAndEnd(task.indicator) << "\n";
        out << "  responsible " << task.responsibleText << "\n";
        out << "  units " << unitsText(task) << "\n";
        out << "  deadline " << task.deadlineText << " | " << (task.due ? task.due->text() : "null") << " | "
            << name(task.recurrence) << "\n";
    }
    for (const auto& warning : document.warnings)
        out << "warning " << warning.line << " | " << warning.text << "\n";
    return out.str();
}

ImportedDocument imported(const std::string& text) {
    auto document = importText(text);
    EXPECT_TRUE(document) << document.error().text;
    return document ? *document : ImportedDocument{};
}

void expectAsShown(const std::string& name, std::size_t tasks) {
    const auto document = imported(fileText(name));
    EXPECT_THAT(document.tasks, SizeIs(tasks));
    const std::string expected = fileText("expected/" + name);
    const std::string actual = shown(document);
    if (actual == expected) return;
    std::istringstream left(expected);
    std::istringstream right(actual);
    for (std::string a, b; std::getline(left, a) && std::getline(right, b);) EXPECT_EQ(a, b);
    FAIL() << "differs from expected/" << name;
}

std::string noTasksReason(const std::string& text) {
    const auto document = importText(text);
    if (document) return "tasks: " + std::to_string(document->tasks.size());
    EXPECT_EQ(document.error().code, ErrorCode::noTasks);
    return document.error().text;
}

std::vector<std::string> column(const ImportedDocument& document, std::string ImportedTask::*field) {
    std::vector<std::string> values;
    for (const auto& task : document.tasks) values.push_back(task.*field);
    return values;
}

// --- the real documents ------------------------------------------------------------------------

TEST(TextImport, ReadsATableOfABureausSections) {
    expectAsShown("000_9b142e44976dbdba.txt", 17);
}
TEST(TextImport, ReadsATableBrokenOverPages) {
    expectAsShown("001_c31e98b49c878b27.txt", 30);
}
TEST(TextImport, ReadsAPlanInProse) {
    expectAsShown("002_ec358700eb64dedd.txt", 20);
}
TEST(TextImport, ReadsTheTableNotThePlanBeforeIt) {
    expectAsShown("004_0a6862e5a3efc62d.txt", 31);
}
TEST(TextImport, RefusesAnInfographic) {
    EXPECT_THAT(noTasksReason(fileText("003_40d6bf7421138a8c.txt")), HasSubstr("neither a task table nor"));
}

TEST(TextImport, LosesNoCharacterOfAProsePlan) {
    const std::string text = fileText("002_ec358700eb64dedd.txt");
    const auto whole = ledger::withoutBlanks(ledger::toUtf16(text));
    for (const auto& task : imported(text).tasks) {
        EXPECT_NE(whole.find(ledger::toUtf16(task.content)), std::u16string::npos) << task.ordinal;
        EXPECT_EQ(task.content.find(' '), std::string::npos) << task.ordinal;
    }
}

TEST(TextImport, ReadsThePlanAloneWhenItsTableIsMissing) {
    const std::string text = fileText("004_0a6862e5a3efc62d.txt");
    const auto document = imported(text.substr(0, text.find("《吴忠市 2023 年政务公开工作要点》共")));
    EXPECT_THAT(document.tasks, SizeIs(30));
    EXPECT_EQ(document.tasks[2].item, "深化重点民生领域信息公开");
    EXPECT_THAT(document.tasks[2].content, HasSubstr("依托政务新媒体等渠道扩大学前教育供给相关信息"));
}

// --- encodings and limits ----------------------------------------------------------------------

constexpr const char* kSmallTable =
    "某县2024年重点工作任务分工表\n\n"
    "序号\t重点任务\t具体举措\t责任单位\t完成时限\n"
    "1\t优化营商环境\t梳理惠企政策，集中发布。\t县发展和改革局\t6月底前\n"
    "2\t\t开展政策宣讲。\t县司法局牵头，各乡镇配合\t长期坚持\n";

TEST(TextImport, ReadsMarksLineEndsAndGb18030Alike) {
    const auto plain = shown(imported(kSmallTable));
    std::string windows;
    for (const char c : std::string(kSmallTable)) windows += c == '\n' ? "\r\n" : std::string(1, c);
    EXPECT_EQ(shown(imported("\xef\xbb\xbf" + windows)), plain);
    // 序号 and the rest in GB18030
    const std::string gb =
        "\xd0\xf2\xba\xc5\t\xb9\xa4\xd7\xf7\xc8\xce\xce\xf1\t\xd4\xf0\xc8\xce\xb5\xa5\xce\xbb\t\xcd\xea\xb3"
        "\xc9\xca\xb1"
        "\xcf\xde\n1\t\xd7\xf6\xba\xc3\xb9\xab\xbf\xaa\t\xcb\xbe\xb7\xa8\xbe\xd6\t\x32\x30\x32\x34\xc4\xea"
        "\x36\xd4\xc2\n";
    const auto document = imported(gb);
    EXPECT_EQ(document.tasks.at(0).content, "做好公开");
    EXPECT_EQ(document.tasks.at(0).due, ledger::Date::of(2024, 6, 30));
}

TEST(TextImport, RefusesWhatIsNoText) {
    EXPECT_EQ(importText("\xff\xff\xff\xff").error().code, ErrorCode::badInput);
    EXPECT_EQ(importText(std::string("PK\x03\x04\0\0\0", 7)).error().code, ErrorCode::badInput);
    EXPECT_EQ(importText(std::string((20 << 20) + 1, 'a')).error().code, ErrorCode::fileTooLarge);
    EXPECT_EQ(importText("").error().code, ErrorCode::noTasks);
    EXPECT_EQ(importText("\n\n \n").error().code, ErrorCode::noTasks);
}

// --- tables with separators --------------------------------------------------------------------

TEST(TextImport, CarriesTheItemAndTheYearIntoATabTable) {
    const auto document = imported(kSmallTable);
    EXPECT_EQ(document.title, "某县2024年重点工作任务分工表");
    EXPECT_EQ(document.year, 2024);
    EXPECT_THAT(column(document, &ImportedTask::item), ElementsAre("优化营商环境", "优化营商环境"));
    EXPECT_EQ(document.tasks[0].due, ledger::Date::of(2024, 6, 30));
    EXPECT_EQ(unitsText(document.tasks[1]), "lead:县司法局 cooperate:各乡镇*");
    EXPECT_THAT(document.warnings, IsEmpty());
}

TEST(TextImport, ReadsLeadAndCooperatingColumnsOfAPipeTable) {
    const auto document = imported(
        "# 某市2024年工作要点任务分解表\n"
        "| 编号 | 完成时间 | 工作内容 | 牵头单位 | 配合单位 |\n"
        "|---|:---|---|---|---|\n"
        "| 一、数字政府 | | | | |\n"
        "| 1 | 2024年9月底前 | 建设数据平台。 | 市大数据局 | 各县（市、区）、市财政局 |\n"
        "| 2 | 每季度末 | 通报进展。 | 市政府办公室 | |\n"
        "| 二、基层治理 | | | | |\n"
        "| 1 | 全年 | 完善网格。 | 市民政局 | 各乡镇 |\n");
    EXPECT_THAT(column(document, &ImportedTask::ordinal), ElementsAre("1", "2", "1"));
    EXPECT_THAT(document.sections, ElementsAre(Field(&ImportedSection::tasks, ElementsAre(1, 2)),
                                               Field(&ImportedSection::tasks, ElementsAre(3))));
    EXPECT_EQ(unitsText(document.tasks[0]), "lead:市大数据局 cooperate:各县（市、区）* cooperate:市财政局");
    EXPECT_EQ(document.tasks[1].recurrence, ledger::Recurrence::quarterly);
}

TEST(TextImport, ReadsQuotedLinesOfACsvFile) {
    const auto document = imported(
        "序号,工作任务,量化指标,责任部门,时限,备注\n"
        "1,\"做好政策解读,\n图文并茂。\",\"解读率\"\"100%\"\"\",县司法局,2024-06-30,\n"
        "2,规范公开目录。,,\"县财政局\n县民政局\",2024-12-31,无\n");
    EXPECT_EQ(document.tasks.at(0).content, "做好政策解读,图文并茂。");
    EXPECT_EQ(document.tasks.at(0).indicator, "解读率\"100%\"");
    EXPECT_EQ(unitsText(document.tasks.at(1)), "responsible:县财政局 responsible:县民政局");
    EXPECT_THAT(document.sections, IsEmpty());
}

TEST(TextImport, JoinsARowThatALineBreakCutInATabTable) {
    const auto document = imported(
        "序号\t任务\t责任单位\t完成时限\n"
        "1\t公开预算\n决算信息。\t县财政局\t6月底\n"
        "2\t公开年报。\t各部门\t3月底\n");
    EXPECT_EQ(document.tasks.at(0).content, "公开预算决算信息。");
    EXPECT_EQ(unitsText(document.tasks.at(0)), "responsible:县财政局");
}

// --- tables without separators -----------------------------------------------------------------

TEST(TextImport, ReadsShuffledColumnsOneCellALine) {
    const auto document = imported(
        "某区2024年重点任务清单\n编号\n完成时限\n承办单位\n主要任务\n"
        "1\n3月底前\n区教育局、区民政局\n公开招生政策和学区划分。\n"
        "2\n持续推进\n各街道\n推进居务公开，方便群众监督。\n"
        "3\n三季度\n区人力资源和社会保障局\n发布就业岗位信息。\n");
    EXPECT_THAT(
        column(document, &ImportedTask::content),
        ElementsAre("公开招生政策和学区划分。", "推进居务公开，方便群众监督。", "发布就业岗位信息。"));
    EXPECT_THAT(column(document, &ImportedTask::deadlineText), ElementsAre("3月底前", "持续推进", "三季度"));
    EXPECT_EQ(document.tasks[2].due, ledger::Date::of(2024, 9, 30));
}

TEST(TextImport, ReadsRowsOnOneLineEach) {
    const auto document = imported(
        "某县2024年政务公开任务分工\n"
        "序号  重点任务            责任单位            完成时限\n"
        "1     公开财政预决算      县财政局            3月底\n"
        "2     公开重大建设项目    县发展和改革局      长期坚持\n"
        "- 1 -\n"
        "3     办好政府开放日      各乡镇、各部门      2024年10月\n");
    EXPECT_THAT(column(document, &ImportedTask::content),
                ElementsAre("公开财政预决算", "公开重大建设项目", "办好政府开放日"));
    EXPECT_EQ(unitsText(document.tasks[2]), "responsible:各乡镇* responsible:各部门*");
}

TEST(TextImport, ReadsColumnsSideBySideWithAHeaderOnEachPage) {
    const auto document = imported(
        "          某县2024年重点工作任务台账\n\n"
        "序号  重点工作    主要内容                      责任单位    完成时限\n\n"
        "1     优化政策    集中发布惠企政策，建立政策    县发展和    2024年\n"
        "      发布        文件库，动态更新。            改革局      6月底\n\n"
        "2                 开展政策解读，图文解读占比    各乡镇、    长期坚持\n"
        "                  不低于80%。                   各部门\n\n"
        "                       第 1 页 共 2 页\n\n"
        "序号  重点工作    主要内容                      责任单位    完成时限\n\n"
        "3     夯实基础    每年组织一次培训。            县政府办    11月底\n"
        "                                                公室\n");
    EXPECT_THAT(column(document, &ImportedTask::item),
                ElementsAre("优化政策发布", "优化政策发布", "夯实基础"));
    EXPECT_THAT(column(document, &ImportedTask::content),
                ElementsAre("集中发布惠企政策，建立政策文件库，动态更新。",
                            "开展政策解读，图文解读占比不低于80%。", "每年组织一次培训。"));
    EXPECT_THAT(column(document, &ImportedTask::responsibleText),
                ElementsAre("县发展和改革局", "各乡镇、各部门", "县政府办公室"));
    EXPECT_EQ(document.tasks[0].due, ledger::Date::of(2024, 6, 30));
}

TEST(TextImport, ReadsWrappedCellsWhoseNumbersBeginAgainInEachSection) {
    const auto document = imported(
        "某县2024年工作要点落实台账\n"
        "序号 工作任务 具体举措 责任单位 时间要求\n"
        "一、强化公开\n"
        "1 "
        "规范目录\n编制主动公开目录，明确公开\n事项、时限和责任主体，并及\n时更新。\n县政府办\n公室\n6月底\n"
        "2 公开清单\n公布权责清单，接受社会监督\n和评议。\n县委编办、\n各部门\n11 月底\n"
        "二、强化解读\n"
        "1 同步解读\n文件公布后3个工作日内上网\n解读，做到应解读尽解读。\n各乡镇、\n各部门\n长期坚持\n"
        "2 多元解读\n采用图片、视频等形式，年内\n不少于5次。\n县融媒体\n中心\n12月底\n");
    EXPECT_THAT(column(document, &ImportedTask::ordinal), ElementsAre("1", "2", "1", "2"));
    EXPECT_THAT(column(document, &ImportedTask::item),
                ElementsAre("规范目录", "公开清单", "同步解读", "多元解读"));
    EXPECT_EQ(document.tasks[2].content, "文件公布后3个工作日内上网解读，做到应解读尽解读。");
    EXPECT_THAT(column(document, &ImportedTask::responsibleText),
                ElementsAre("县政府办公室", "县委编办、各部门", "各乡镇、各部门", "县融媒体中心"));
    EXPECT_THAT(document.sections, SizeIs(2));
}

TEST(TextImport, TellsOfATruncatedLastRow) {
    const auto document = imported(
        "序号 任务 责任单位 完成时限\n"
        "1\n公开2024年预算信息。\n县财政局\n3月底\n"
        "2\n公开惠民补贴信息。\n各乡镇\n6月底\n"
        "3\n公开行政执法结果，做到\n");
    EXPECT_THAT(document.tasks, SizeIs(3));
    EXPECT_EQ(document.tasks[2].content, "公开行政执法结果，做到");
    EXPECT_THAT(document.warnings, Contains(Field(&ImportWarning::text, HasSubstr("cut off"))));
}

TEST(TextImport, ComparesWhatTheDocumentClaims) {
    const auto document = imported(
        "某县2024年工作要点台账\n《要点》共2个板块、3项重点任务，请于2024年6月20日前报送进展情况。\n" +
        std::string(kSmallTable));
    EXPECT_THAT(document.warnings,
                Contains(Field(&ImportWarning::text, HasSubstr("claims 3 tasks, 2 were found"))));
    ASSERT_THAT(document.windows, SizeIs(1));
    EXPECT_EQ(document.windows[0].closes, ledger::Date::of(2024, 6, 20));
}

// --- prose -------------------------------------------------------------------------------------

TEST(TextImport, ReadsNumberedParagraphsBelowHeadings) {
    const auto document = imported(
        "某市2024年优化营商环境工作方案\n\n"
        "为贯彻落实上级部署，制定本方案。\n"
        "一、优化政务环境\n"
        "（一）推进一网通办\n"
        "1.梳理事项清单，推动更多事项网上办理。（市审批局牵头，各有关部门配合，2024年6月底前完\n成）\n"
        "2.压缩办理时限。（责任单位：市市场监管局；完成时限：长期坚持）\n"
        "（二）规范中介服务\n"
        "3.编制中介服务目录。\n责任单位：市发展改革委、市财政局\n完成时限：2024年12月\n"
        "二、强化要素保障\n"
        "（三）保障用地。统筹安排用地指标，优先保障重点项目。（市自然资源局负责）\n"
        "各单位要加强组织领导，于每季度末报送进展情况。\n");
    ASSERT_THAT(document.tasks, SizeIs(4));
    EXPECT_THAT(column(document, &ImportedTask::ordinal), ElementsAre("1.", "2.", "3.", "（三）"));
    EXPECT_THAT(column(document, &ImportedTask::item),
                ElementsAre("推进一网通办", "推进一网通办", "规范中介服务", "保障用地"));
    EXPECT_EQ(unitsText(document.tasks[0]), "lead:市审批局 cooperate:各有关部门*~");
    EXPECT_EQ(document.tasks[0].due, ledger::Date::of(2024, 6, 30));
    EXPECT_EQ(document.tasks[0].content, "梳理事项清单，推动更多事项网上办理。");
    EXPECT_EQ(document.tasks[1].recurrence, ledger::Recurrence::ongoing);
    EXPECT_EQ(unitsText(document.tasks[2]), "responsible:市发展改革委 responsible:市财政局");
    EXPECT_EQ(document.tasks[2].due, ledger::Date::of(2024, 12, 31));
    EXPECT_EQ(document.tasks[3].responsibleText, "市自然资源局负责");
    EXPECT_EQ(document.windows.at(0).recurrence, ledger::Recurrence::quarterly);
}

TEST(TextImport, FoldsPartsWhoseLastBracketSpeaksForAll) {
    const auto document = imported(
        "某县2024年工作要点\n一、重点任务\n"
        "（一）加强队伍建设\n1.配齐专职人员，落实岗位责任。\n2."
        "每年组织培训，提高业务能力。（责任单位：县政府办公室）\n"
        "（二）强化督查考核。将公开工作纳入考核。（责任单位：县政府督查室）\n");
    ASSERT_THAT(document.tasks, SizeIs(2));
    EXPECT_EQ(document.tasks[0].content,
              "加强队伍建设1.配齐专职人员，落实岗位责任。2.每年组织培训，提高业务能力。");
}

TEST(TextImport, ReadsAPlanCutInsideItsLastBracket) {
    const auto document = imported(
        "某县2024年工作要点\n一、重点任务\n（一）公开预算。及时公开预算信息。（责任单位：县财政局）\n"
        "（二）公开决算。及时公开决算信息。（责任单位：县财政局、县审");
    ASSERT_THAT(document.tasks, SizeIs(2));
    EXPECT_EQ(document.tasks[1].responsibleText, "县财政局、县审");
}

TEST(TextImport, GivesTheUnitsOfASentenceToAllTasksBehindIt) {
    const auto document = imported(
        "某市2024年工作要点\n以下任务均需各区市政府、各功能区落实，不再一一列出。\n一、公开\n"
        "（一）公开预算。及时公开预算信息。（责任单位：市财政局）\n（二）公开决算。及时公开决算信息。（责任单"
        "位：市审计局）\n");
    EXPECT_EQ(unitsText(document.tasks.at(1)),
              "responsible:市审计局 responsible:各区市政府* responsible:各功能区*");
    EXPECT_THAT(document.warnings, Contains(Field(&ImportWarning::text, HasSubstr("all tasks behind it"))));
}

// --- documents of other counties ---------------------------------------------------------------

TEST(TextImport, ReadsATableWhoseNumberComesLastBehindACoveringNotice) {
    const auto document = imported(
        "平罗县人民政府办公室文件\n\n平政办发〔2024〕18号\n\n"
        "关于印发《平罗县2024年政务公开重点任务分工方案》的通知\n\n"
        "各乡镇人民政府，县政府各部门、直属事业单位：\n\n"
        "现将《平罗县2024年政务公开重点任务分工方案》印发给你们，请认真抓好落实。各牵头单位于每季度末月20日前"
        "将"
        "工作进展报县政府办公室。\n\n"
        "平罗县人民政府办公室\n2024年4月12日\n\n附件\n\n平罗县2024年政务公开重点任务分工表\n\n"
        "完成时限\n牵头单位\n配合单位\n工作任务\n序号\n\n"
        "2024年6月底前\n县政府办公室\n各乡镇、县直各部门\n"
        "修订完善县政府主动公开基本目录，逐项明确公开标准、时限、渠道和责任主体，\n9月底前完成乡镇目录编制。"
        "\n1\n\n"
        "长期坚持\n县市场监督管理局\n县发展和改革局、县审批服务管理局\n"
        "规范公开“双随机、一公开”抽查计划和结果，抽查结果自抽查结束之日起20个工作日内公开。\n2\n");
    ASSERT_THAT(document.tasks, SizeIs(2));
    EXPECT_EQ(document.title, "平罗县2024年政务公开重点任务分工表");
    EXPECT_THAT(column(document, &ImportedTask::ordinal), ElementsAre("1", "2"));
    EXPECT_EQ(unitsText(document.tasks[0]), "lead:县政府办公室 cooperate:各乡镇* cooperate:县直各部门*");
    EXPECT_EQ(document.tasks[0].due, ledger::Date::of(2024, 6, 30));
    EXPECT_THAT(document.warnings, Contains(Field(&ImportWarning::text, HasSubstr("names 2024-09-30"))));
    ASSERT_THAT(document.windows, SizeIs(1));
    EXPECT_EQ(document.windows[0].closes, ledger::Date::of(2024, 6, 20));
    EXPECT_EQ(document.windows[0].recurrence, ledger::Recurrence::quarterly);
}

TEST(TextImport, CarriesACategoryDownWhereverTheColumnsStand) {
    const auto document = imported(
        "附件1\n盐池县2024年度政务公开工作任务清单\n\n"
        "| 责任单位 | 任务类别 | 具体任务 | 完成标准 | 完成时间 | 序号 |\n|---|---|---|---|---|---|\n"
        "| 县农业农村局（牵头）、县财政局、各乡（镇）人民政府 | 涉农补贴公开 | "
        "集中公开惠农补贴政策，公示期不少于7日。 "
        "| 抽查20%的行政村 | 2024年3月—11月 | 1 |\n"
        "| 县教育体育局 |  | 公开招生范围、招生条件、学区划分。 | 网上可查 | 7月15日前 | 2 |\n"
        "| 县卫生健康局会同县疾控中心 | 公共卫生公开 | 发布传染病疫情信息。 | 有记录 | 每周 | 3 |\n"
        "| 各部门、各乡镇 | 基础工作 | 组织专题培训。 | 不少于2次 | 上半年、下半年各1次 | 4 |\n合计：4项\n");
    ASSERT_THAT(document.tasks, SizeIs(4));
    EXPECT_THAT(document.sections, ElementsAre(Field(&ImportedSection::tasks, ElementsAre(1, 2)),
                                               Field(&ImportedSection::tasks, ElementsAre(3)),
                                               Field(&ImportedSection::tasks, ElementsAre(4))));
    EXPECT_EQ(unitsText(document.tasks[0]),
              "lead:县农业农村局 responsible:县财政局 responsible:各乡（镇）人民政府*");
    EXPECT_EQ(document.tasks[0].due, ledger::Date::of(2024, 11, 30));
    EXPECT_EQ(unitsText(document.tasks[2]), "responsible:县卫生健康局 cooperate:县疾控中心");
    EXPECT_EQ(document.tasks[2].recurrence, ledger::Recurrence::weekly);
}

TEST(TextImport, ReadsDutiesThatStandAsSentencesInTheParagraph) {
    const auto document = imported(
        "中卫市沙坡头区2025年政务公开工作实施方案\n\n为深入贯彻落实工作部署，制定如下方案。\n\n"
        "一、工作目标\n全面提升政务公开的质量和实效，让群众看得到、听得懂、能监督。\n\n二、重点任务\n"
        "1. "
        "深化预算公开。各部门预算批复后20日内向社会公开。牵头单位：区财政局；责任单位：区政府各部门、各镇人民"
        "政"
        "府。完成时限：2025年3月底。\n"
        "2. "
        "规范执法公示。及时公示执法主体、程序和结果。完成时限：长期坚持。牵头单位：区司法局。责任单位：各行政"
        "执"
        "法部门。\n"
        "3. 推进村务公开。编制村务公开目录，责任单位要明确专人。责任单位：区民政局、各镇。\n\n"
        "三、保障措施\n（一）加强领导。各单位主要负责同志要亲自过问，确保任务落到实处。\n"
        "（二）强化督查。区政府督查室跟踪督办，结果纳入年度考核。\n");
    ASSERT_THAT(document.tasks, SizeIs(3));
    EXPECT_EQ(document.tasks[0].content, "深化预算公开。各部门预算批复后20日内向社会公开。");
    EXPECT_EQ(unitsText(document.tasks[0]),
              "lead:区财政局 responsible:区政府各部门* responsible:各镇人民政府*");
    EXPECT_EQ(document.tasks[0].due, ledger::Date::of(2025, 3, 31));
    EXPECT_EQ(document.tasks[1].content, "规范执法公示。及时公示执法主体、程序和结果。");
    EXPECT_EQ(unitsText(document.tasks[1]), "lead:区司法局 responsible:各行政执法部门*");
    EXPECT_EQ(document.tasks[1].recurrence, ledger::Recurrence::ongoing);
    EXPECT_EQ(document.tasks[2].content, "推进村务公开。编制村务公开目录，责任单位要明确专人。");
    EXPECT_EQ(unitsText(document.tasks[2]), "responsible:区民政局 responsible:各镇*");
}

TEST(TextImport, TakesACellPrintedAgainOnTheNextPageForTheSameCell) {
    const auto document = imported(
        "              海原县2023年政务公开重点工作台账\n\n"
        "序号  项目      工作内容                        牵头领导  责任单位        时限\n\n"
        "一、政策发布\n"
        "1     政策集成  建立政策文件库，现行有效文件    马志强    县政府办公室    2023年\n"
        "                全部入库，标注有效性。                                   5月31日\n"
        "2     政策集成  清理历年规范性文件，公布继续    马志强    县司法局        每年\n"
        "                有效、废止、失效目录。                                   11月底\n"
        "                        — 1 —\n\n"
        "序号  项目      工作内容                        牵头领导  责任单位        时限\n\n"
        "      政策集成  （续）对清理结果及时更新网站\n"
        "                链接。\n"
        "3     政策解读  解读材料与文件同步起草、同步    李 娟     各起草部门      常态化\n"
        "                审批、同步发布。\n"
        "二、平台建设\n"
        "4     网站管理  每日巡查栏目，错链24小时内整    田  野    县融媒体中心、  全年\n"
        "                改。                                      各栏目责任单位\n");
    ASSERT_THAT(document.tasks, SizeIs(4));
    EXPECT_THAT(column(document, &ImportedTask::item),
                ElementsAre("政策集成", "政策集成", "政策解读", "网站管理"));
    EXPECT_EQ(document.tasks[1].content,
              "清理历年规范性文件，公布继续有效、废止、失效目录。（续）对清理结果及时更新网站链接。");
    EXPECT_EQ(document.tasks[0].due, ledger::Date::of(2023, 5, 31));
    EXPECT_EQ(document.tasks[3].responsibleText, "县融媒体中心、各栏目责任单位");
}

TEST(TextImport, CountsTheClassesThatATitleClaims) {
    const auto document = imported(
        "惠农区2024年政务公开工作要点任务分解表（共3大类6项任务）\n\n"
        "类别,编号,任务内容,主办单位,协办单位,办结时限,联系人\n"
        "一、主动公开,1.1,公开权责清单并动态调整。,区委编办,区政府各部门,2024/6/30,\n"
        ",1.2,公开重大行政决策事项目录。,区司法局,区政府办公室、区发改局,4月底前公布目录,\n"
        "二、依申请公开,2.1,规范答复格式，推行补正告知书。,区政府办公室,各部门,长期,\n"
        ",2.2,每半年开展一次案卷评查。,区司法局,,每半年,\n"
        "三、监督保障,3.1,开展第三方评估。,区政府办公室,,第四季度,\n");
    ASSERT_THAT(document.tasks, SizeIs(5));
    EXPECT_THAT(column(document, &ImportedTask::ordinal), ElementsAre("1.1", "1.2", "2.1", "2.2", "3.1"));
    EXPECT_THAT(document.sections, SizeIs(3));
    ASSERT_THAT(document.warnings, SizeIs(1));
    EXPECT_THAT(document.warnings[0].text, HasSubstr("claims 6 tasks, 5 were found"));
    EXPECT_EQ(document.tasks[3].due, ledger::Date::of(2024, 6, 30));
    EXPECT_EQ(document.tasks[4].due, ledger::Date::of(2024, 12, 31));
}

TEST(TextImport, ReadsTasksOfTwoDepthsWithDutiesInTortoiseBrackets) {
    const auto document = imported(
        "隆德县2024年政务公开工作要点\n\n2024年全县政务公开工作的总体要求是：深化政务公开，提升服务效能。\n\n"
        "一、加强重点领域信息公开\n"
        "（一）加强经济运行信息公开。按月公开主要经济指标，回应企业关切。〔县统计局牵头，县财政局配合，按月推"
        "进〕\n"
        "（二）加强民生信息公开。\n"
        "1．就业创业。公开就业政策和岗位信息。〔县人力资源和社会保障局负责，长期坚持〕\n"
        "2．社会救助。公开救助标准，保护个人隐私。〔县民政局负责，每月10日前更新〕\n"
        "二、优化政策解读与回应\n"
        "（三）畅通互动渠道。12345热线办理结果公开率达到100%"
        "。〔县信访局牵头，县政务服务中心、各有关单位按职责分工负责"
        "，2024年底前〕\n");
    ASSERT_THAT(document.tasks, SizeIs(4));
    EXPECT_THAT(column(document, &ImportedTask::item),
                ElementsAre("加强经济运行信息公开", "加强民生信息公开", "加强民生信息公开", "畅通互动渠道"));
    EXPECT_EQ(unitsText(document.tasks[0]), "lead:县统计局 cooperate:县财政局");
    EXPECT_EQ(document.tasks[0].recurrence, ledger::Recurrence::monthly);
    EXPECT_EQ(document.tasks[2].due, ledger::Date::of(2024, 1, 10));
    EXPECT_EQ(unitsText(document.tasks[3]),
              "lead:县信访局 responsible:县政务服务中心 responsible:各有关单位*~");
    EXPECT_EQ(document.tasks[3].due, ledger::Date::of(2024, 12, 31));
}

TEST(TextImport, ReadsALedgerOfWhatIsToBePutRight) {
    const auto document = imported(
        "彭阳县政务公开“回头看”整改任务台账\n2024年9月\n\n"
        "责任单位\t序号\t问题\t整改措施\t整改时限\t整改责任人\n"
        "县水务局\t1\t水质信息公开不及时\t按季度公开农村饮用水安全信息。\t10月15日前\t王某\n"
        "县交通运输局\t2\t农村公路信息缺失\t补充公开农村公路建设项目。\t立行立改\t李某\n"
        "各乡镇\t3\t村务公开栏更新滞后\t更新村务公开栏，留存影像资料。\t每月25日前\t各乡镇分管领导\n");
    ASSERT_THAT(document.tasks, SizeIs(3));
    EXPECT_EQ(document.year, 2024);
    EXPECT_EQ(document.tasks[0].content, "按季度公开农村饮用水安全信息。");
    EXPECT_EQ(document.tasks[0].due, ledger::Date::of(2024, 10, 15));
    EXPECT_EQ(unitsText(document.tasks[2]), "responsible:各乡镇*");
    EXPECT_EQ(document.tasks[2].recurrence, ledger::Recurrence::monthly);
}

// --- refusals ----------------------------------------------------------------------------------

TEST(TextImport, RefusesACatalogue) {
    EXPECT_THAT(noTasksReason(
                    "某县主动公开基本目录\n序号\t公开事项\t公开内容\t公开依据\t公开时限\t公开主体\t公开渠道\n"
                    "1\t机构信息\t机构职能、领导信息\t《条例》\t20个工作日内\t县政府办\t网站\n"),
                HasSubstr("catalogue"));
}

TEST(TextImport, RefusesANotice) {
    EXPECT_THAT(
        noTasksReason(
            "某县人民政府办公室关于报送政务公开工作情况的通知\n各乡镇、各部门：\n"
            "为做好政务公开工作，现将有关事项通知如下。\n一、报送内容\n"
            "（一）工作开展情况。包括主要做法、成效和存在问题。\n（二）下一步打算。结合实际提出工作措施。\n"
            "（三）意见建议。对全县政务公开工作的意见建议。\n二、报送要求\n"
            "请于2024年6月20日前将材料报送县政府办公室。\n某县人民政府办公室\n2024年6月1日\n"),
        HasSubstr("notice"));
}

TEST(TextImport, RefusesAnEmptyForm) {
    EXPECT_THAT(
        noTasksReason("某县2024年任务进展情况表\n填报单位：\n序号\t重点任务\t责任单位\t完成时限\t进展情况\n"
                      "1\t\t\t\t\n2\t\t\t\t\n"),
        HasSubstr("empty form"));
    EXPECT_THAT(
        noTasksReason("某县2024年任务进展情况表\n序号 重点任务 责任单位 完成时限 进展情况\n1\n2\n3\n"),
        HasSubstr("empty form"));
}

TEST(TextImport, RefusesAnInterpretationAndACircular) {
    EXPECT_THAT(
        noTasksReason(
            "《某市2024年政务公开工作要点》解读\n一、起草背景\n（一）上级要求。国务院办公厅印发了要点。\n"
            "（二）现实需要。全市政务公开工作仍有不足。\n（三）群众期盼。群众希望更多了解政府工作。\n"),
        HasSubstr("interpretation"));
    EXPECT_THAT(
        noTasksReason(
            "某县关于2024年第二季度重点任务落实情况的通报\n序号\t重点任务\t责任单位\t完成时限\t完成情况\n"
            "1\t公开预算\t县财政局\t6月底\t未完成\n"),
        HasSubstr("circular"));
}

TEST(TextImport, HoldsUnderHostileText) {
    (void)importText(std::string(2'000'000, '('));
    std::string table = "序号 任务 责任单位 完成时限\n";
    for (int i = 1; i < 300; ++i) table += std::to_string(i) + "\n（（局、，\n12月\n";
    (void)importText(table);
    std::string quotes = "序号\t任务\t责任单位\t完成时限\n";
    for (int i = 1; i < 3000; ++i) quotes += "\"1\t\"\"\n";
    (void)importText(quotes);
}

// What columns are called in the ledgers of other counties.
TEST(ColumnNames, ThoseOfOtherPlacesAreKnown) {
    struct Named {
        ColumnKind kind;
        std::vector<std::u16string> names;
    };
    const std::vector<Named> all{
        {ColumnKind::content,
         {u"具体举措", u"任务要求及标准", u"项目内容", u"主要任务和措施", u"工作内容及要求"}},
        {ColumnKind::task, {u"2024年工作任务", u"改革任务", u"主要工作安排", u"工作要点", u"年度目标任务"}},
        {ColumnKind::item, {u"民生实事", u"督办事项", u"承诺事项", u"建议标题", u"任务名称"}},
        {ColumnKind::lead, {u"区级牵头单位", u"牵头（责任）单位", u"主办处室", u"第一责任单位"}},
        {ColumnKind::responsible,
         {u"责任处（科）室", u"责任局办", u"承接单位", u"责任单位/部门", u"县直责任单位",
          u"牵头单位和责任单位"}},
        {ColumnKind::cooperate, {u"责任配合单位", u"协同单位", u"参与配合部门"}},
        {ColumnKind::deadline, {u"截止日期", u"最迟完成时间", u"时间节点", u"报送时限", u"预计完成时间"}},
        {ColumnKind::indicator, {u"完成标准", u"质量要求", u"目标值", u"绩效目标", u"完成标志"}},
        {ColumnKind::catalogue, {u"承诺办结时限", u"职权名称", u"收费标准", u"公开时限"}},
        {ColumnKind::other, {u"分管领导", u"主要负责人", u"督导单位", u"销号情况", u"备注"}}};
    for (const Named& one : all) {
        for (const std::u16string& name : one.names) {
            EXPECT_EQ(columnNamed(name), one.kind) << ledger::toUtf8(name);
        }
    }
    EXPECT_FALSE(columnNamed(u"启动时间"));
    EXPECT_FALSE(columnNamed(u"培训内容"));
    EXPECT_FALSE(columnNamed(u"第一季度"));
}

}  // namespace
}  // namespace hezhang::documents
