// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What is written, and that an import reads it back as the same tasks: with the real documents.
#include "src/documents/form_writers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "src/documents/form_filling.h"
#include "src/documents/import_office.h"
#include "src/documents/import_package.h"
#include "src/documents/qr_png.h"
#include "src/documents/text_import.h"

namespace hezhang::documents {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

template <class T>
T valueOf(Result<T> result) {
    EXPECT_TRUE(result) << result.error().text;
    return result ? *std::move(result) : T{};
}

const FormTemplate& formNamed(const std::string& name) {
    return *std::ranges::find(builtInForms(), name, &FormTemplate::name);
}

RecordId recordOf(int number) {
    return *RecordId::fromHexText(std::string(30, '0') + (number < 16 ? "0" : "1") +
                                  "0123456789abcdef"[number % 16]);
}

TaskReading task(std::int64_t serial, const std::string& item, const std::string& content) {
    TaskReading one;
    one.record = recordOf(static_cast<int>(serial));
    one.serial = serial;
    one.section = "一、公开";
    one.item = item;
    one.content = content;
    one.responsible = "各部门";
    one.deadline = "11月底";
    return one;
}

FilingReading filing(const std::string& unit, const std::string& text) {
    FilingReading one;
    one.record = recordOf(9);
    one.unit = unit;
    one.text = text;
    one.window = "2023-08-15";
    one.state = "已报送";
    return one;
}

LedgerReading smallLedger() {
    LedgerReading reading;
    reading.title = "某县2023年政务公开任务落实台账";
    reading.year = "2023";
    reading.tasks = {task(1, "解读", "做好解读。"), task(2, "解读", "多做解读。"),
                     task(3, "公开", "公开预算。")};
    reading.tasks[0].filings = {filing("甲镇", "=1+1，办了3件。")};
    return reading;
}

PrintedForm printed(const LedgerReading& reading, const std::string& form = "consolidated") {
    return filledForm(formNamed(form), reading, nullptr);
}

std::string xlsx(const PrintedForm& form) {
    return valueOf(xlsxOf(form));
}

std::string part(const std::string& package, const std::string& name) {
    auto opened =
        valueOf<std::unique_ptr<pugi::xml_document>>([&]() -> Result<std::unique_ptr<pugi::xml_document>> {
            HZ_TRY(auto office, OfficePackage::open(package));
            return office.part(name);
        }());
    std::ostringstream text;
    if (opened) {
        opened->save(text, "", pugi::format_raw);
    }
    return text.str();
}

std::size_t countOf(const std::string& text, const std::string& piece) {
    std::size_t count = 0;
    for (std::size_t at = text.find(piece); at != text.npos; at = text.find(piece, at + 1)) {
        ++count;
    }
    return count;
}

// --- the same tasks again ---

ImportedDocument documentNamed(const std::string& name) {
    std::ifstream file(std::string(HZ_SOURCE_DIR) + "/tests/documents/" + name, std::ios::binary);
    std::ostringstream bytes;
    bytes << file.rdbuf();
    return valueOf(importText(bytes.str()));
}

// The ledger that an import of the document makes.
LedgerReading readingOf(const ImportedDocument& document) {
    LedgerReading reading;
    reading.title = document.title;
    reading.year = std::to_string(document.year.value_or(0));
    for (const ImportedTask& imported : document.tasks) {
        TaskReading one;
        one.serial = imported.serial;
        one.number = imported.ordinal;
        one.item = imported.item;
        one.content = imported.content;
        one.indicator = imported.indicator;
        one.responsible = imported.responsibleText;
        one.deadline = imported.deadlineText;
        for (const ImportedSection& section : document.sections) {
            const bool isIn = std::ranges::find(section.tasks, imported.serial) != section.tasks.end();
            one.section = isIn ? section.title : one.section;
        }
        one.filings = {filing("甲镇", "已开设专栏，发布信息12条。\n下一步：\n（一）按月更新。"),
                       filing("乙镇", "一、完成\n责任单位：县财政局")};
        reading.tasks.push_back(std::move(one));
    }
    return reading;
}

void expectSame(const ImportedDocument& before, const ImportedDocument& after) {
    EXPECT_EQ(after.title, before.title);
    EXPECT_EQ(after.year, before.year);
    ASSERT_THAT(after.tasks, SizeIs(before.tasks.size()));
    for (std::size_t i = 0; i < before.tasks.size(); ++i) {
        const ImportedTask& was = before.tasks[i];
        const ImportedTask& is = after.tasks[i];
        const std::string number = was.ordinal.empty() ? std::to_string(was.serial) : was.ordinal;
        EXPECT_EQ(is.ordinal, number);
        EXPECT_EQ(is.item, was.item);
        EXPECT_EQ(is.content, was.content);
        EXPECT_EQ(is.indicator, was.indicator);
        EXPECT_EQ(is.responsibleText, was.responsibleText);
        EXPECT_EQ(is.deadlineText, was.deadlineText);
        EXPECT_EQ(is.due, was.due);
    }
    ASSERT_THAT(after.sections, SizeIs(before.sections.size()));
    for (std::size_t i = 0; i < before.sections.size(); ++i) {
        EXPECT_EQ(after.sections[i].title, before.sections[i].title);
        EXPECT_EQ(after.sections[i].tasks, before.sections[i].tasks);
    }
}

class RoundTrip : public testing::TestWithParam<std::tuple<const char*, const char*>> {};

TEST_P(RoundTrip, ThroughWordGivesEqualTasks) {
    const auto [name, form] = GetParam();
    const ImportedDocument document = documentNamed(name);
    expectSame(document, valueOf(importDocx(valueOf(docxOf(printed(readingOf(document), form))))));
}

TEST_P(RoundTrip, ThroughExcelGivesEqualTasks) {
    const auto [name, form] = GetParam();
    const ImportedDocument document = documentNamed(name);
    expectSame(document, valueOf(importXlsx(xlsx(printed(readingOf(document), form)))));
}

INSTANTIATE_TEST_SUITE_P(
    RealDocuments, RoundTrip,
    testing::Combine(testing::Values("000_9b142e44976dbdba.txt", "001_c31e98b49c878b27.txt",
                                     "002_ec358700eb64dedd.txt", "004_0a6862e5a3efc62d.txt"),
                     testing::Values("consolidated", "filing-form", "assignment")));

// A unit's long text goes on in further rows of a sheet: they are no tasks, and nothing of it is lost.
TEST(RoundTripOf, ALongProgressTextKeepsTheTasksAndTheWholeText) {
    LedgerReading reading = smallLedger();
    std::string all;
    for (int i = 0; i < 35; ++i) {
        reading.tasks[1].filings.push_back(filing("第" + std::to_string(i) + "镇", std::string(900, 'x')));
    }
    const std::string bytes = xlsx(printed(reading));
    const ImportedDocument after = valueOf(importXlsx(bytes));
    ASSERT_THAT(after.tasks, SizeIs(3));
    EXPECT_EQ(after.tasks[2].content, "公开预算。");
    EXPECT_EQ(after.tasks[2].item, "公开");
    EXPECT_EQ(countOf(part(bytes, "xl/sharedStrings.xml"), std::string(900, 'x')),
              36U);  // and in the details once
    for (int i = 0; i < 35; ++i) {
        EXPECT_THAT(part(bytes, "xl/sharedStrings.xml"), HasSubstr("【第" + std::to_string(i) + "镇】"));
    }
}

// --- Word ---

TEST(Docx, RepeatsItsHeadAndMergesWhatIsEqual) {
    const std::string document = part(valueOf(docxOf(printed(smallLedger()))), "word/document.xml");
    EXPECT_EQ(countOf(document, "<w:tblHeader/>"), 1U);
    EXPECT_EQ(countOf(document, "<w:gridSpan w:val=\"7\"/>"), 1U);  // the section
    EXPECT_EQ(countOf(document, "<w:vMerge w:val=\"restart\"/>"), 1U);
    EXPECT_EQ(countOf(document, "<w:vMerge w:val=\"continue\"/>"), 1U);
    EXPECT_THAT(document, HasSubstr("w:orient=\"landscape\""));
    EXPECT_THAT(document, HasSubstr("年度：2023年"));
}

TEST(Docx, NumbersItsPagesAndNamesTheFontsOfOfficialPaper) {
    const std::string bytes = valueOf(docxOf(printed(smallLedger())));
    const std::string footer = part(bytes, "word/footer.xml");
    EXPECT_THAT(footer, HasSubstr(" PAGE "));
    EXPECT_THAT(footer, HasSubstr(" NUMPAGES "));
    const std::string styles = part(bytes, "word/styles.xml");
    EXPECT_THAT(styles, HasSubstr("w:eastAsia=\"方正小标宋简体\""));
    EXPECT_THAT(styles, HasSubstr("w:eastAsia=\"zh-CN\""));
}

TEST(Docx, HoldsNoCharacterThatXmlForbids) {
    LedgerReading reading = smallLedger();
    reading.tasks[0].content = "a\x01<b>&\"\xef\xbf\xbf\xff\x0c\r\nc";
    const ImportedDocument after = valueOf(importDocx(valueOf(docxOf(printed(reading)))));
    ASSERT_THAT(after.tasks, SizeIs(3));
    EXPECT_THAT(after.tasks[0].content, HasSubstr("a<b>&\""));
    EXPECT_EQ(after.tasks[0].content.find('\x01'), std::string::npos);
    EXPECT_THAT(valueOf(importXlsx(xlsx(printed(reading)))).tasks[0].content, HasSubstr("a<b>&\""));
}

TEST(Docx, HasTheSealAndTheCodeOnAUnitsForm) {
    PrintedForm form = printed(smallLedger(), "filing-form");
    form.fingerprint = std::string(64, 'a');
    const std::string bytes = valueOf(docxOf(form));
    const std::string document = part(bytes, "word/document.xml");
    EXPECT_THAT(document, HasSubstr("盖章处"));
    EXPECT_THAT(document, HasSubstr("aaaa aaaa"));
    EXPECT_THAT(document, HasSubstr("r:embed=\"rIdCode\""));
    EXPECT_THAT(document, HasSubstr("联系电话："));
    EXPECT_THAT(bytes, HasSubstr("word/media/code.png"));
}

TEST(FormWriters, EqualFormsGiveEqualBytes) {
    PrintedForm form = printed(smallLedger(), "filing-form");
    form.fingerprint = std::string(64, 'a');
    EXPECT_EQ(valueOf(docxOf(form)), valueOf(docxOf(form)));
    EXPECT_EQ(xlsx(form), xlsx(form));
}

// --- Excel, CSV, JSON, HTML ---

TEST(Xlsx, WritesNumbersAndDatesAsSuchAndNoFormula) {
    LedgerReading reading = smallLedger();
    reading.tasks[0].filings[0].percent = "80";
    reading.tasks[1].deadline = "2023-11-30";
    const std::string bytes = xlsx(printed(reading));
    const std::string sheet = part(bytes, "xl/worksheets/sheet1.xml");
    EXPECT_THAT(sheet, Not(HasSubstr("<f>")));
    EXPECT_THAT(sheet, HasSubstr("<v>45260</v>"));  // 30 November 2023
    EXPECT_THAT(sheet, HasSubstr("<autoFilter"));
    EXPECT_THAT(sheet, HasSubstr("orientation=\"landscape\""));
    EXPECT_THAT(part(bytes, "xl/worksheets/sheet2.xml"), HasSubstr("<v>80</v>"));
    EXPECT_THAT(part(bytes, "xl/workbook.xml"), HasSubstr("Print_Titles"));
    EXPECT_EQ(valueOf(importXlsx(bytes)).tasks[1].deadlineText, "2023-11-30");
}

TEST(Csv, HasARowAFilingAndNoFormula) {
    const std::string text = csvOf(printed(smallLedger()));
    EXPECT_THAT(text, testing::StartsWith("\xef\xbb\xbf\"任务\","));
    EXPECT_EQ(countOf(text, "\r\n"), 4U);
    EXPECT_THAT(text, HasSubstr("\"'=1+1，办了3件。\""));
}

TEST(Json, SaysOfEveryCellWhereItCameFrom) {
    const json form = json::parse(jsonOf(printed(smallLedger())));
    EXPECT_EQ(form["form"], "consolidated");
    const json& rows = form["tables"][0]["rows"];
    EXPECT_EQ(rows[0]["section"], "一、公开");
    EXPECT_EQ(rows[1]["cells"][2]["records"], json::array({recordOf(1).hex()}));
    EXPECT_EQ(rows[1]["cells"][6]["records"], json::array({recordOf(9).hex()}));
    EXPECT_EQ(rows[1]["cells"][6]["text"], "【甲镇】=1+1，办了3件。");
    EXPECT_EQ(rows[1]["cells"][1]["row_span"], 2);
    EXPECT_EQ(rows[2]["cells"][1]["row_span"], 0);
    EXPECT_TRUE(form["fingerprint"].is_null());
}

TEST(Html, HasATableWithWidthsAndMergedCells) {
    const std::string html = htmlOf(printed(smallLedger()));
    EXPECT_THAT(html, HasSubstr("<h1>某县2023年政务公开任务落实台账</h1>"));
    EXPECT_THAT(html, HasSubstr("<th width=\"40%\">进展落实情况</th>"));
    EXPECT_THAT(html, HasSubstr("rowspan=\"2\""));
    EXPECT_THAT(html, HasSubstr("colspan=\"7\""));
    LedgerReading reading = smallLedger();
    reading.tasks[0].content = "<script>";
    EXPECT_THAT(htmlOf(printed(reading)), HasSubstr("&lt;script&gt;"));
}

// --- the model ---

TEST(PrintedForms, AFingerprintIsOfWhatIsPrinted) {
    const PrintedForm form = printed(smallLedger(), "filing-form");
    LedgerReading other = smallLedger();
    other.tasks[0].filings[0].text += "改";
    EXPECT_EQ(canonicalText(form), canonicalText(printed(smallLedger(), "filing-form")));
    EXPECT_NE(canonicalText(form), canonicalText(printed(other, "filing-form")));
    EXPECT_EQ(grouped("0123456789"), "0123 4567 89");
}

TEST(PrintedForms, ABlankFormHasNoProgressAndItsHeadToFillIn) {
    const PrintedForm form = printed(smallLedger(), "assignment");
    EXPECT_EQ(form.tables[0].rows[1].cells[6].text, "");
    EXPECT_EQ(form.title, "某县2023年政务公开任务落实台账（填报版）");
    ASSERT_THAT(form.head, SizeIs(4));
    EXPECT_EQ(form.head[0].value, "");
}

TEST(PrintedForms, LeaveOutAHeadThatSaysNothing) {
    LedgerReading reading = smallLedger();
    reading.year.clear();
    EXPECT_THAT(printed(reading).head, SizeIs(0));
    EXPECT_THAT(printed(smallLedger()).head, SizeIs(1));
}

TEST(PrintedForms, MergeNothingOverASectionsTitle) {
    LedgerReading reading = smallLedger();
    reading.tasks[1].section = "二、解读";
    const PrintedForm form = printed(reading);
    EXPECT_EQ(form.tables[0].rows[1].cells[1].rowSpan, 1U);
    EXPECT_EQ(form.tables[0].rows[3].cells[1].rowSpan, 1U);
}

TEST(Notice, CountsAndNamesWhoIsMissing) {
    office::Matrix matrix;
    matrix.units = {{recordOf(1), "甲镇"}, {recordOf(2), "乙镇"}};
    for (int i = 1; i <= 5; ++i) {
        matrix.tasks.push_back({recordOf(i), i, "", "", "", "", ""});
        matrix.cells.push_back({.isAsked = true, .filing = ledger::FilingState::submitted});
        matrix.cells.push_back(
            {.isAsked = true, .filing = i == 4 ? ledger::FilingState::submitted : ledger::FilingState::none});
    }
    matrix.window.counts = {10, 6, 0, 0, 0};
    LedgerReading reading = smallLedger();
    reading.window = "2023-08-15";
    const PrintedForm form = filledForm(formNamed("notice"), reading, &matrix);
    std::string all;
    std::size_t named = 0;
    for (const PrintedBlock& block : form.text) {
        all += block.text + "\n";
        named += block.records.size();
        EXPECT_EQ(block.style == BlockStyle::review,
                  block.text.starts_with("【待审定】") || !block.records.empty());
    }
    EXPECT_EQ(named, 1U);
    EXPECT_THAT(all, HasSubstr("2023年8月15日前"));
    EXPECT_THAT(all, HasSubstr("应报送进展10份，已按要求报送6份，报送率60%。\n尚未报送4份，涉及单位1个。"));
    EXPECT_THAT(all, HasSubstr("乙镇：应报送5份，未报送4份（任务序号：1—3、5）。"));
    EXPECT_THAT(all, Not(HasSubstr("甲镇")));
    EXPECT_THAT(part(valueOf(docxOf(form)), "word/footer_even.xml"), HasSubstr(" PAGE "));
}

TEST(Notice, SaysWhichMissingReportWasGrantedMoreTime) {
    office::Matrix matrix;
    matrix.units = {{recordOf(1), "甲镇"}, {recordOf(2), "乙镇"}};
    for (int i = 1; i <= 2; ++i) {
        matrix.tasks.push_back({recordOf(i), i, "", "", "", "", ""});
        matrix.cells.push_back({.isAsked = true, .extendedTo = i == 2 ? "2023-09-01" : ""});
        matrix.cells.push_back({.isAsked = true,
                                .filing = i == 1 ? ledger::FilingState::submitted : ledger::FilingState::none,
                                .extendedTo = i == 2 ? "2023-08-20" : ""});
    }
    matrix.window.counts = {4, 1, 0, 0, 0};
    const PrintedForm form = filledForm(formNamed("notice"), smallLedger(), &matrix);
    std::string all;
    for (const PrintedBlock& block : form.text) {
        all += block.text + "\n";
    }
    EXPECT_THAT(all, HasSubstr("甲镇：应报送2份，未报送2份（任务序号：1、2（已同意延期至2023年9月1日））。"));
    EXPECT_THAT(all, HasSubstr("乙镇：应报送2份，未报送1份（任务序号：2（已同意延期至2023年8月20日））。"));
}

TEST(Notice, SaysNothingOfMissingUnitsWhereNoneIs) {
    office::Matrix matrix;
    matrix.units = {{recordOf(1), "甲镇"}};
    matrix.tasks.push_back({recordOf(1), 1, "", "", "", "", ""});
    matrix.cells.push_back({.isAsked = true, .filing = ledger::FilingState::submitted});
    matrix.window.counts = {1, 1, 0, 0, 0};
    const PrintedForm form = filledForm(formNamed("notice"), smallLedger(), &matrix);
    std::string all;
    for (const PrintedBlock& block : form.text) {
        all += block.text + "\n";
        EXPECT_NE(block.style, BlockStyle::review);
    }
    EXPECT_THAT(all, HasSubstr("报送率100%。"));
    EXPECT_THAT(all, HasSubstr("二、有关要求"));
    EXPECT_THAT(all, Not(HasSubstr("尚未报送")));
}

TEST(QrPng, IsAPictureOfTheTextOrNothing) {
    EXPECT_THAT(qrPng("HZFORM1"), testing::StartsWith("\x89PNG\r\n"));
    EXPECT_EQ(qrPng(""), "");
    EXPECT_EQ(qrPng(std::string(3000, 'x')), "");
    EXPECT_EQ(base64("Man"), "TWFu");
    EXPECT_EQ(base64("Ma"), "TWE=");
    EXPECT_EQ(base64("M"), "TQ==");
    EXPECT_EQ(base64(""), "");
}

}  // namespace
}  // namespace hezhang::documents
