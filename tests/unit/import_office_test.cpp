// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/documents/import_office.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <xlsxwriter.h>
#include <zip.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "src/documents/remark_words.h"

namespace hezhang::documents {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

std::string temporary(const std::string& name) {
    return (std::filesystem::temp_directory_path() /
            ("hezhang_import_" + std::to_string(::getpid()) + "_" + name))
        .string();
}

std::string bytesOf(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream bytes;
    bytes << file.rdbuf();
    std::filesystem::remove(path);
    return bytes.str();
}

std::string zipOf(const std::map<std::string, std::string>& parts) {
    const std::string path = temporary("parts.zip");
    std::filesystem::remove(path);
    zip* archive = zip_open(path.c_str(), ZIP_CREATE, nullptr);
    for (const auto& [name, text] : parts)
        zip_file_add(archive, name.c_str(), zip_source_buffer(archive, text.data(), text.size(), 0), 0);
    zip_close(archive);
    return bytesOf(path);
}

std::string docxOf(const std::string& body) {
    return zipOf({{"word/document.xml", "<?xml version=\"1.0\"?><w:document xmlns:w=\"urn:w\"><w:body>" +
                                            body + "</w:body></w:document>"}});
}

std::string paragraph(const std::string& text) {
    return "<w:p><w:r><w:t>" + text + "</w:t></w:r></w:p>";
}

std::string cell(const std::string& text, const std::string& properties = "") {
    return "<w:tc><w:tcPr>" + properties + "</w:tcPr>" + paragraph(text) + "</w:tc>";
}

std::string row(const std::vector<std::string>& cells) {
    std::string text = "<w:tr>";
    for (const auto& one : cells) text += one;
    return text + "</w:tr>";
}

ImportedDocument valueOf(Result<ImportedDocument> document) {
    EXPECT_TRUE(document) << document.error().text;
    return document ? *std::move(document) : ImportedDocument{};
}

const std::string kHeader =
    row({cell("序号"), cell("重点工作"), cell("主要内容"), cell("责任单位"), cell("完成时限")});

TEST(ImportDocx, ReadsMergedCellsSectionsAndARepeatedHeader) {
    const std::string title = row({cell("一、深化公开", "<w:gridSpan w:val=\"5\"/>")});
    const std::string table =
        kHeader + title +
        row({cell("1"), cell("政策发布", "<w:vMerge w:val=\"restart\"/>"), cell("集中发布政策。"),
             cell("县司法局"), cell("6月底")}) +
        row({cell("2"), cell("", "<w:vMerge/>"), cell("清理文件。"), cell("各部门"), cell("长期坚持")}) +
        kHeader + row({cell("3"), cell("解读"), cell("同步解读。"), cell("县政府办公室"), cell("2024年9月")});
    const auto document = valueOf(
        importDocx(docxOf(paragraph("某县2024年政务公开工作要点任务台账") + "<w:tbl>" + table + "</w:tbl>")));
    EXPECT_EQ(document.title, "某县2024年政务公开工作要点任务台账");
    ASSERT_THAT(document.tasks, SizeIs(3));
    EXPECT_EQ(document.tasks[1].item, "政策发布");
    EXPECT_EQ(document.tasks[1].content, "清理文件。");
    EXPECT_EQ(document.tasks[0].due, ledger::Date::of(2024, 6, 30));
    ASSERT_THAT(document.sections, SizeIs(1));
    EXPECT_THAT(document.sections[0].tasks, ElementsAre(1, 2, 3));
}

TEST(ImportDocx, AddsTheUnitsOfRowsThatShareOneText) {
    const std::string table =
        kHeader +
        row({cell("1", "<w:vMerge w:val=\"restart\"/>"), cell("公开", "<w:vMerge w:val=\"restart\"/>"),
             cell("公开预算。", "<w:vMerge w:val=\"restart\"/>"), cell("县财政局"), cell("3月底")}) +
        row({cell("", "<w:vMerge/>"), cell("", "<w:vMerge/>"), cell("", "<w:vMerge/>"), cell("县审计局"),
             cell("3月底")});
    const auto document = valueOf(importDocx(docxOf("<w:tbl>" + table + "</w:tbl>")));
    ASSERT_THAT(document.tasks, SizeIs(1));
    EXPECT_THAT(document.tasks[0].units, SizeIs(2));
}

TEST(ImportDocx, ReadsInsertedTextAndLeavesOutDeletedText) {
    const std::string content =
        "<w:tc><w:p><w:r><w:t>公开</w:t></w:r><w:del><w:r><w:delText>不</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>预算</w:t></w:r></w:ins><w:r><w:t>信息。</w:t></w:r></w:p></w:tc>";
    const std::string table =
        kHeader + row({cell("1"), cell("公开"), content, cell("县财政局"), cell("3月底")});
    const auto document = valueOf(importDocx(docxOf("<w:tbl>" + table + "</w:tbl>")));
    EXPECT_EQ(document.tasks.at(0).content, "公开预算信息。");
}

TEST(ImportDocx, ReadsAPlanInProse) {
    const auto document =
        valueOf(importDocx(docxOf(paragraph("某县2024年工作要点") + paragraph("一、公开") +
                                  paragraph("（一）公开预算。及时公开预算信息。（责任单位：县财政局）") +
                                  paragraph("（二）公开决算。及时公开决算信息。（责任单位：县审计局）"))));
    EXPECT_THAT(document.tasks, SizeIs(2));
}

// A paragraph that Word numbers by itself.
std::string numbered(const std::string& text, int list, int level = 0) {
    return "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"" + std::to_string(level) + "\"/><w:numId w:val=\"" +
           std::to_string(list) + "\"/></w:numPr></w:pPr><w:r><w:t>" + text + "</w:t></w:r></w:p>";
}

std::string level(int at, const std::string& format, const std::string& text) {
    return "<w:lvl w:ilvl=\"" + std::to_string(at) + "\"><w:start w:val=\"1\"/><w:numFmt w:val=\"" + format +
           "\"/><w:lvlText w:val=\"" + text + "\"/></w:lvl>";
}

std::string numberedDocx(const std::string& body) {
    return zipOf(
        {{"word/document.xml", "<w:document xmlns:w=\"urn:w\"><w:body>" + body + "</w:body></w:document>"},
         {"word/numbering.xml",
          "<w:numbering xmlns:w=\"urn:w\"><w:abstractNum w:abstractNumId=\"7\">" +
              level(0, "chineseCountingThousand", "%1、") + level(1, "chineseCounting", "（%2）") +
              "</w:abstractNum><w:abstractNum w:abstractNumId=\"8\">" + level(0, "decimal", "%1") +
              "</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"7\"/></w:num>"
              "<w:num w:numId=\"2\"><w:abstractNumId w:val=\"8\"/></w:num></w:numbering>"}});
}

TEST(ImportDocx, ReadsTheNumbersThatWordPrintsByItself) {
    const auto plan = valueOf(
        importDocx(numberedDocx(paragraph("某县2024年政务公开工作要点") + numbered("重点任务", 1) +
                                numbered("深化公开。做好公开工作。（责任单位：县教育局）", 1, 1) +
                                numbered("强化解读。做好解读。（责任单位：县民政局）", 1, 1) +
                                numbered("平台建设", 1) + numbered("管好网站。（责任单位：各部门）", 1, 1))));
    ASSERT_THAT(plan.tasks, SizeIs(3));
    ASSERT_THAT(plan.sections, SizeIs(2));
    EXPECT_EQ(plan.sections[1].title, "二、平台建设");
    EXPECT_EQ(plan.tasks[1].ordinal, "（二）");
    EXPECT_EQ(plan.tasks[2].ordinal, "（一）");
    const auto number = [] { return "<w:tc>" + numbered("", 2) + "</w:tc>"; };
    const auto table = valueOf(importDocx(numberedDocx(
        paragraph("某县2024年工作台账") + "<w:tbl>" + kHeader +
        row({number(), cell("甲"), cell("做甲。"), cell("县教育局"), cell("6月底")}) +
        row({number(), cell("乙"), cell("做乙。"), cell("县民政局"), cell("7月底")}) + "</w:tbl>")));
    ASSERT_THAT(table.tasks, SizeIs(2));
    EXPECT_EQ(table.tasks[1].ordinal, "2");
    EXPECT_THAT(table.warnings, SizeIs(0));
}

// Word prints 2 before the third paragraph once the second is deleted or moved away.
TEST(ImportDocx, ParagraphsThatWereDeletedTakeNoNumber) {
    const auto gone = [](std::string paragraph, const std::string& mark, const std::string& run) {
        paragraph.insert(paragraph.find("</w:pPr>"), "<w:rPr><w:" + mark + "/></w:rPr>");
        const auto begin = paragraph.find("<w:r>");
        const auto end = paragraph.find("</w:r>") + std::string("</w:r>").size();
        return paragraph.replace(begin, end - begin, run);
    };
    const std::string deleted =
        gone(numbered("", 1, 1), "del", "<w:del><w:r><w:delText>公开旧账。</w:delText></w:r></w:del>");
    const std::string moved =
        gone(numbered("", 1, 1), "moveFrom", "<w:moveFrom><w:r><w:t>公开旧账。</w:t></w:r></w:moveFrom>");
    const std::string joined = gone(numbered("", 1, 1), "del", "<w:r><w:t>公开</w:t></w:r>");
    const auto document = valueOf(importDocx(
        numberedDocx(paragraph("某县2024年工作要点") + numbered("公开", 1) +
                     numbered("公开预算。及时公开预算信息。（责任单位：县财政局）", 1, 1) + deleted + moved +
                     joined + numbered("决算。及时公开决算信息。（责任单位：县审计局）", 1, 1))));
    ASSERT_THAT(document.tasks, SizeIs(2));
    EXPECT_EQ(document.tasks[1].ordinal, "（二）");
    EXPECT_THAT(document.tasks[1].content + document.tasks[1].item, testing::HasSubstr("公开决算。"));
    ASSERT_THAT(document.source, SizeIs(4));
    EXPECT_THAT(document.source[3].text, testing::StartsWith("（二）公开决算。"));
}

TEST(ImportDocx, RefusesDamagedAndHostileFiles) {
    EXPECT_EQ(importDocx("no zip").error().code, ErrorCode::malformed);
    EXPECT_EQ(importDocx(zipOf({{"a.txt", "x"}})).error().code, ErrorCode::notFound);
    EXPECT_EQ(importDocx(zipOf({{"word/document.xml", "<a><b>"}})).error().code, ErrorCode::malformed);
    EXPECT_EQ(
        importDocx(zipOf({{"word/document.xml", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}})).error().code,
        ErrorCode::malformed);
    EXPECT_EQ(
        importDocx(zipOf({{"word/document.xml", "<a>" + std::string(30 << 20, ' ') + "</a>"}})).error().code,
        ErrorCode::fileTooLarge);
    std::string deep;
    for (int i = 0; i < 5000; ++i) deep += "<a>";
    EXPECT_EQ(importDocx(zipOf({{"word/document.xml", deep}})).error().code, ErrorCode::malformed);
    EXPECT_EQ(importDocx(docxOf(paragraph("某县工作简报"))).error().code, ErrorCode::noTasks);
}

TEST(ImportXlsx, ReadsMergedCellsAndDates) {
    const std::string path = temporary("ledger.xlsx");
    lxw_workbook* book = workbook_new(path.c_str());
    lxw_worksheet* sheet = workbook_add_worksheet(book, nullptr);
    lxw_format* date = workbook_add_format(book);
    format_set_num_format(date, "yyyy/m/d");
    worksheet_merge_range(sheet, 0, 0, 0, 5, "某县2024年重点任务清单", nullptr);
    const char* names[] = {"序号", "重点任务", "具体举措", "牵头单位", "配合单位", "完成时限"};
    for (lxw_col_t c = 0; c < 6; ++c) worksheet_write_string(sheet, 1, c, names[c], nullptr);
    worksheet_merge_range(sheet, 2, 0, 2, 5, "一、政务公开", nullptr);
    worksheet_write_number(sheet, 3, 0, 1, nullptr);
    worksheet_merge_range(sheet, 3, 1, 4, 1, "政策解读", nullptr);
    worksheet_write_string(sheet, 3, 2, "做好图文\n解读。", nullptr);
    worksheet_write_string(sheet, 3, 3, "县司法局", nullptr);
    worksheet_merge_range(sheet, 3, 4, 4, 4, "各乡镇\n各部门", nullptr);
    lxw_datetime day = {2024, 6, 30, 0, 0, 0};
    worksheet_write_datetime(sheet, 3, 5, &day, date);
    worksheet_write_number(sheet, 4, 0, 2, nullptr);
    worksheet_write_string(sheet, 4, 2, "开展宣讲。", nullptr);
    worksheet_write_string(sheet, 4, 3, "县融媒体中心", nullptr);
    worksheet_write_string(sheet, 4, 5, "长期坚持", nullptr);
    workbook_close(book);
    const auto document = valueOf(importFile(path));
    std::filesystem::remove(path);
    EXPECT_EQ(document.title, "某县2024年重点任务清单");
    ASSERT_THAT(document.tasks, SizeIs(2));
    EXPECT_EQ(document.tasks[0].content, "做好图文解读。");
    EXPECT_EQ(document.tasks[0].due, ledger::Date::of(2024, 6, 30));
    EXPECT_EQ(document.tasks[1].item, "政策解读");
    EXPECT_THAT(document.tasks[1].units, SizeIs(3));
    EXPECT_EQ(document.tasks[1].units[0].role, ledger::UnitRole::lead);
    ASSERT_THAT(document.sections, SizeIs(1));
    EXPECT_EQ(document.sections[0].title, "一、政务公开");
}

std::string workbookOf(const std::string& rows) {
    const std::string rels = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    return zipOf(
        {{"xl/workbook.xml",
          "<workbook xmlns:r=\"" + rels +
              "\"><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"},
         {"xl/_rels/workbook.xml.rels",
          "<Relationships><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\"/></Relationships>"},
         {"xl/worksheets/sheet1.xml", "<worksheet><sheetData>" + rows + "</sheetData></worksheet>"}});
}

// Excel always writes them, other programs need not.
TEST(ImportXlsx, ReadsCellsWithoutPlaces) {
    const auto row = [](const std::vector<std::string>& cells) {
        std::string text = "<row>";
        for (const auto& one : cells) text += "<c t=\"inlineStr\"><is><t>" + one + "</t></is></c>";
        return text + "</row>";
    };
    const auto document =
        valueOf(importXlsx(workbookOf(row({"序号", "重点任务", "具体举措", "牵头单位", "完成时限"}) +
                                      row({"1", "政务公开", "公开目录。", "县司法局", "6月底前"}))));
    ASSERT_THAT(document.tasks, SizeIs(1));
    EXPECT_EQ(document.tasks[0].content, "公开目录。");
    EXPECT_EQ(importXlsx(workbookOf("<row r=\"2147483647\"><c/></row><row><c/></row>")).error().code,
              ErrorCode::noTasks);
}

// A row of cells, each with its attributes and what stands in it.
std::string cellsOf(const std::vector<std::string>& texts, const std::string& attributes = "") {
    std::string text = "<row" + attributes + ">";
    for (const auto& one : texts) text += "<c t=\"inlineStr\"><is><t>" + one + "</t></is></c>";
    return text + "</row>";
}

const std::vector<std::string> kNames{"序号", "重点任务", "具体举措", "责任单位", "完成时限"};
const std::vector<std::string> kTask{"1", "预算", "公开预算决算。", "县财政局", "6月底前"};

// With other parts, or others in the place of its own.
std::string workbookWith(const std::string& sheet, const std::map<std::string, std::string>& others,
                         const std::string& properties = "") {
    const std::string rels = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    std::map<std::string, std::string> parts = others;
    parts.emplace("xl/workbook.xml",
                  "<workbook xmlns:r=\"" + rels + "\">" + properties +
                      "<sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>");
    parts.emplace("xl/_rels/workbook.xml.rels",
                  "<Relationships><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\"/>"
                  "<Relationship Id=\"rId2\" Target=\"worksheets/sheet2.xml\"/></Relationships>");
    parts.emplace("xl/worksheets/sheet1.xml", "<worksheet>" + sheet + "</worksheet>");
    return zipOf(parts);
}

void expectTooLarge(const std::string& workbook, const std::string& words) {
    const auto refused = importXlsx(workbook);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::fileTooLarge);
    EXPECT_THAT(refused.error().text, testing::HasSubstr(words));
}

TEST(ImportXlsx, ACellLongerThanExcelHasAnyIsRefused) {
    const std::string table = "<sheetData>" + cellsOf(kNames) + cellsOf(kTask) + "</sheetData>";
    const auto shared = [](std::size_t length) {
        return "<sst><si><t>" + std::string(length, 'a') + "</t></si></sst>";
    };
    EXPECT_TRUE(importXlsx(workbookWith(table, {{"xl/sharedStrings.xml", shared(32'767)}})));
    expectTooLarge(workbookWith(table, {{"xl/sharedStrings.xml", shared(32'768)}}), "32767 characters");
    expectTooLarge(workbookWith("<sheetData>" + cellsOf({std::string(32'768, 'a')}) + "</sheetData>", {}),
                   "32767 characters");
}

// 600 times the longest text are 20 million characters, of a few KB.
TEST(ImportXlsx, TextsThatComeManyTimesAreCountedBeforeTheyAreCopied) {
    const std::string longest = "<sst><si><t>" + std::string(32'767, 'a') + "</t></si></sst>";
    std::string shared = "<sheetData>" + cellsOf(kNames) + cellsOf(kTask);
    for (int i = 0; i < 600; ++i) shared += "<row><c t=\"s\"><v>0</v></c></row>";
    expectTooLarge(workbookWith(shared + "</sheetData>", {{"xl/sharedStrings.xml", longest}}),
                   "16000000 characters");

    std::string merged =
        "<sheetData>" + cellsOf(kNames) + cellsOf(kTask) + "<row><c t=\"s\"><v>0</v></c></row>";
    for (int i = 0; i < 600; ++i) merged += "<row><c/></row>";
    expectTooLarge(workbookWith(merged + "</sheetData><mergeCells><mergeCell ref=\"A3:A603\"/></mergeCells>",
                                {{"xl/sharedStrings.xml", longest}}),
                   "16000000 characters");
}

// Programs draw lines around cells far behind the last text: these are no cells to be held.
TEST(ImportXlsx, EmptyCellsBehindTheTextsCostNothing) {
    std::string rows = cellsOf(kNames) + cellsOf(kTask);
    for (int i = 3; i <= 40'000; ++i) {
        const std::string at = std::to_string(i);
        rows += "<row r=\"" + at + "\"><c r=\"A" + at + "\"/><c r=\"IV" + at + "\"/></row>";
    }
    EXPECT_THAT(valueOf(importXlsx(workbookWith("<sheetData>" + rows + "</sheetData>", {}))).tasks,
                SizeIs(1));

    std::string far = cellsOf(kNames) + cellsOf(kTask);
    for (int i = 3; i <= 40'000; ++i) {
        const std::string at = std::to_string(i);
        far += "<row r=\"" + at + "\"><c r=\"IV" + at + "\"><v>" + at + "</v></c></row>";
    }
    expectTooLarge(workbookWith("<sheetData>" + far + "</sheetData>", {}), "16000000 characters");
}

TEST(ImportHtml, TextsThatReachDownManyRowsAreCounted) {
    std::string rows = "<tr><td rowspan=\"2000\">" + std::string(32'767, 'a') + "</td><td>1</td></tr>";
    for (int i = 0; i < 600; ++i) rows += "<tr><td>1</td></tr>";
    const auto refused = importHtml("<html><body><table>" + rows + "</table></body></html>");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::fileTooLarge);
}

// Each alone would be read in an instant, and all of them too: each row is gone through once.
TEST(ImportXlsx, ColumnsThatAreHiddenManyTimesAreClearedOnce) {
    std::string columns = "<cols>";
    for (int i = 0; i < 20'000; ++i) columns += "<col min=\"6\" max=\"256\" hidden=\"1\"/>";
    std::string rows =
        cellsOf(kNames) + "<row r=\"2\"><c/><c/><c/><c/><c/><c><v>7</v></c></row>" + cellsOf(kTask);
    for (int i = 0; i < 20'000; ++i) rows += "<row><c/></row>";
    const auto document =
        valueOf(importXlsx(workbookWith(columns + "</cols><sheetData>" + rows + "</sheetData>", {})));
    EXPECT_THAT(document.tasks, SizeIs(1));
    ASSERT_THAT(document.warnings, testing::Not(SizeIs(0)));
    EXPECT_THAT(document.warnings.back().text, testing::HasSubstr("has 1 hidden columns"));
}

TEST(ImportXlsx, ReadsTheDaysOfAWorkbookThatCountsFrom1904) {
    const std::string styles =
        "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>";
    std::string task = cellsOf({"1", "预算", "公开预算决算。", "县财政局"});
    task.insert(task.size() - std::string("</row>").size(), "<c s=\"1\"><v>44011</v></c>");
    const auto document =
        valueOf(importXlsx(workbookWith("<sheetData>" + cellsOf(kNames) + task + "</sheetData>",
                                        {{"xl/styles.xml", styles}}, "<workbookPr date1904=\"1\"/>")));
    EXPECT_EQ(document.tasks.at(0).due, ledger::Date::of(2024, 6, 30));
}

// =ROW()-1 as a program writes it that cannot reckon.
TEST(ImportXlsx, NumbersWithoutResultsAreNotThoseOfTheRowAbove) {
    std::string rows = cellsOf(kNames) + cellsOf(kTask);
    for (const char* task : {"公开名单。", "公开目录。"}) {
        std::string row = cellsOf({"名录", task, "县司法局", "9月底前"});
        rows += row.insert(row.find("<c"), "<c><f>ROW()-1</f></c>");
    }
    const auto document = valueOf(importXlsx(workbookWith("<sheetData>" + rows + "</sheetData>", {})));
    ASSERT_THAT(document.tasks, SizeIs(3));
    EXPECT_EQ(document.tasks[1].ordinal, "2");
    EXPECT_EQ(document.tasks[2].ordinal, "3");
    std::string warnings;
    for (const auto& warning : document.warnings) {
        EXPECT_TRUE(remarkWords(warning.text)) << warning.text;
        warnings += warning.text + "\n";
    }
    EXPECT_THAT(warnings, testing::HasSubstr("2 formulas have no result"));
    EXPECT_THAT(warnings, testing::HasSubstr("2 rows have no number of their own"));
}

TEST(ImportXlsx, AHiddenSheetSaysNothingOfItsOwnHiddenRows) {
    const std::string rels = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const std::string hidden = "<worksheet><sheetData>" + cellsOf(kNames) + cellsOf(kTask, " hidden=\"1\"") +
                               "</sheetData></worksheet>";
    const auto document = valueOf(importXlsx(workbookWith(
        "<sheetData>" + cellsOf(kNames) + cellsOf(kTask) + "</sheetData>",
        {{"xl/worksheets/sheet2.xml", hidden},
         {"xl/workbook.xml",
          "<workbook xmlns:r=\"" + rels +
              "\"><sheets><sheet name=\"a\" r:id=\"rId1\"/><sheet name=\"b\" state=\"hidden\" r:id=\"rId2\"/>"
              "</sheets></workbook>"}})));
    for (const auto& warning : document.warnings) {
        EXPECT_THAT(warning.text, testing::Not(testing::HasSubstr("hidden rows")));
    }
    EXPECT_THAT(document.warnings, testing::Contains(testing::Field(
                                       &ImportWarning::text, testing::HasSubstr("the hidden sheet b"))));
}

struct Sheet {
    const char* name;
    std::vector<std::vector<std::string>> rows;
};

Result<ImportedDocument> importSheetsOf(const std::vector<Sheet>& sheets) {
    const std::string path = temporary("sheets.xlsx");
    lxw_workbook* book = workbook_new(path.c_str());
    for (const Sheet& one : sheets) {
        lxw_worksheet* sheet = workbook_add_worksheet(book, one.name);
        for (std::size_t r = 0; r < one.rows.size(); ++r) {
            for (std::size_t c = 0; c < one.rows[r].size(); ++c) {
                worksheet_write_string(sheet, static_cast<lxw_row_t>(r), static_cast<lxw_col_t>(c),
                                       one.rows[r][c].c_str(), nullptr);
            }
        }
    }
    workbook_close(book);
    auto document = importFile(path);
    std::filesystem::remove(path);
    return document;
}

const std::vector<std::string> kHead{"序号", "重点任务", "具体举措", "责任单位", "完成时限"};
const std::vector<std::string> kTitle{"某县2024年重点任务清单"};

TEST(ImportXlsx, ASheetForEachSectionIsOneDocument) {
    const auto document = valueOf(
        importSheetsOf({{"决策公开", {kTitle, kHead, {"1", "预算", "公开预算决算。", "县财政局", "6月底前"}}},
                        {"说明", {{"本表由县政府办公室负责解释。"}}},
                        {"管理公开",
                         {kHead,
                          {"1", "名单", "公开许可名单。", "县司法局", "9月底前"},
                          {"2", "目录", "公开事项目录。", "县民政局", "11月底前"}}}}));

    ASSERT_THAT(document.tasks, SizeIs(3));
    EXPECT_EQ(document.year, 2024);
    EXPECT_EQ(document.tasks[1].serial, 2);
    EXPECT_EQ(document.tasks[1].ordinal, "1");
    EXPECT_EQ(document.tasks[1].due,
              ledger::Date::of(2024, 9, 30));  // the year stands on the first sheet only
    EXPECT_GT(document.tasks[1].line, document.tasks[0].line);
    ASSERT_THAT(document.sections, SizeIs(2));
    EXPECT_EQ(document.sections[1].title, "管理公开");
    EXPECT_THAT(document.sections[1].tasks, ElementsAre(2, 3));
    EXPECT_THAT(document.warnings, SizeIs(0));
}

TEST(ImportXlsx, WhatASummaryRepeatsCountsOnceAndIsFilledFromTheOther) {
    const auto document = valueOf(
        importSheetsOf({{"汇总",
                         {kTitle,
                          {"序号", "重点任务", "具体举措", "完成时限"},
                          {"1", "预算", "公开预算决算。", "6月底前"},
                          {"2", "名单", "公开许可名单。", ""}}},
                        {"决策公开", {kHead, {"1", "预算", "公开预算 决算。", "县财政局", "6月底前"}}},
                        {"管理公开", {kHead, {"1", "名单", "公开许可名单。", "县司法局", "9月底前"}}}}));

    ASSERT_THAT(document.tasks, SizeIs(2));
    EXPECT_EQ(document.tasks[0].responsibleText, "县财政局");
    EXPECT_EQ(document.tasks[1].due, ledger::Date::of(2024, 9, 30));
    ASSERT_THAT(document.sections, SizeIs(2));
    EXPECT_EQ(document.sections[0].title, "决策公开");
    ASSERT_GE(document.warnings.size(), 2U);
    EXPECT_THAT(document.warnings.back().text, testing::HasSubstr("管理公开 repeats 1 tasks"));
}

TEST(ImportXlsx, TheSameWordsForOtherUnitsAreATaskOfTheirOwnWithAWarning) {
    const auto document = valueOf(
        importSheetsOf({{"甲", {kTitle, kHead, {"1", "预算", "公开预算决算。", "县财政局", "6月底前"}}},
                        {"乙", {kHead, {"1", "预算", "公开预算决算。", "县民政局", "6月底前"}}}}));

    ASSERT_THAT(document.tasks, SizeIs(2));
    ASSERT_THAT(document.warnings, SizeIs(1));
    EXPECT_THAT(document.warnings[0].text, testing::HasSubstr("sheet 乙 has this task again"));
}

TEST(ImportXlsx, ASheetOfAnotherYearIsLeftOutWithAWarning) {
    const auto document = valueOf(importSheetsOf(
        {{"今年", {kTitle, kHead, {"1", "预算", "公开预算决算。", "县财政局", "6月底前"}}},
         {"去年",
          {{"某县2023年重点任务清单"}, kHead, {"1", "名单", "公开许可名单。", "县司法局", "9月底前"}}}}));

    ASSERT_THAT(document.tasks, SizeIs(1));
    ASSERT_THAT(document.warnings, SizeIs(1));
    EXPECT_THAT(document.warnings[0].text, testing::HasSubstr("去年 is of the year 2023: its 1 tasks"));
}

TEST(ImportXlsx, MoreRowsThanAreReadAreAnErrorAndEmptyOnesAreNone) {
    const auto rows = [](int count, const std::string& cell) {
        std::string text;
        for (int i = 3; i <= count; ++i) text += "<row r=\"" + std::to_string(i) + "\">" + cell + "</row>";
        return text;
    };
    const auto line = [](const std::vector<std::string>& cells) {
        std::string text = "<row>";
        for (const auto& one : cells) text += "<c t=\"inlineStr\"><is><t>" + one + "</t></is></c>";
        return text + "</row>";
    };
    const std::string table = line(kHead) + line({"1", "预算", "公开预算决算。", "县财政局", "6月底前"});

    const auto refused = importXlsx(workbookOf(table + rows(50'001, "<c><v>1</v></c>")));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::fileTooLarge);
    EXPECT_THAT(refused.error().text, testing::HasSubstr("more than 50000 rows"));
    EXPECT_THAT(valueOf(importXlsx(workbookOf(table + rows(60'000, "<c/>")))).tasks, SizeIs(1));
}

TEST(ImportHtml, MoreRowsThanAreReadAreAnError) {
    std::string rows = "<tr><td>序号</td><td>主要内容</td><td>责任单位</td><td>完成时限</td></tr>";
    for (int i = 0; i < 50'001; ++i) rows += "<tr><td>1</td></tr>";

    const auto refused = importHtml("<html><body><table>" + rows + "</table></body></html>");

    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::fileTooLarge);
}

TEST(ImportDocx, MoreRowsThanAreReadAreAnError) {
    std::string rows = row({"序号", "重点任务", "具体举措", "责任单位", "完成时限"});
    for (int i = 0; i < 50'001; ++i) rows += "<w:tr/>";

    const auto refused = importDocx(docxOf("<w:tbl>" + rows + "</w:tbl>"));

    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::fileTooLarge);
}

TEST(ImportFile, AnOldExcelFileIsRefusedWithHowToSaveItAnew) {
    const std::string path = temporary("old.xls");
    std::ofstream(path, std::ios::binary) << "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" << std::string(600, '\0');
    const auto document = importFile(path);
    std::filesystem::remove(path);

    ASSERT_FALSE(document);
    EXPECT_EQ(document.error().code, ErrorCode::unknownFormat);
    EXPECT_THAT(document.error().text, testing::HasSubstr("save it anew, without a password, as .xlsx"));
}

TEST(ImportXlsx, AnEmptySheetHasNoTasks) {
    EXPECT_EQ(importXlsx(workbookOf("")).error().code, ErrorCode::noTasks);
}

TEST(ImportFile, SaysWhatItCannotRead) {
    EXPECT_EQ(importFile("/nowhere/a.txt").error().code, ErrorCode::fileNotFound);
    EXPECT_EQ(importFile(HZ_SOURCE_DIR "/docs/pictures/story-offline.svg").error().code,
              ErrorCode::unknownFormat);
    EXPECT_EQ(importFile("/tmp").error().code, ErrorCode::fileUnreadable);
}

TEST(ImportFile, ReadsATextFile) {
    const auto document =
        importFile(std::string(HZ_SOURCE_DIR) + "/tests/documents/001_c31e98b49c878b27.txt");
    ASSERT_TRUE(document);
    EXPECT_THAT(document->tasks, SizeIs(30));
}

}  // namespace
}  // namespace hezhang::documents
