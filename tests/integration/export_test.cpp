// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Forms from a home to a file and back.
#include "src/documents/export.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "schema/built_in_files.h"
#include "src/documents/form_code.h"
#include "src/documents/import_office.h"
#include "src/documents/ledger_import.h"
#include "src/documents/pdf_reader.h"
#include "src/ledger/chinese_text.h"
#include "tests/support/county_box.h"

namespace hezhang::test {
namespace {

using documents::ExportRequest;
using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class ExportedForms : public ::testing::Test {
protected:
    ExportedForms()
        : office(county.enrol("office", "公开办", "马主任", "office")),
          town(county.enrol("town", "甲镇", "张三", "clerk")),
          ledgerId(county.newLedger(*office)),
          first(county.newTask(*office, ledgerId, 1, "做好解读。", {"甲镇", "乙镇"})),
          second(county.newTask(*office, ledgerId, 2, "公开预算。", {"乙镇"})),
          window(county.newWindow(*office, "2026-08-31")) {
        spread();
    }
    void spread() {
        for (int i = 0; i < 2; ++i) {
            county.sync(*office);
            county.sync(*town);
        }
    }
    void fileIt(const std::string& text) {
        taken(ledger::file(*town, {.task = first,
                                   .unit = town->me().enrolment.unit,
                                   .window = window,
                                   .text = text,
                                   .isSubmitted = true}));
        spread();
    }
    [[nodiscard]] std::string path(const std::string& name) const { return county.folder() + "/" + name; }
    [[nodiscard]] ExportRequest request(const std::string& form, const std::string& name) const {
        return {form, path(name), *RecordId::fromHexText(ledgerId), {}, {}};
    }
    [[nodiscard]] static std::string bytesOf(const std::string& file) {
        std::ifstream stream(file, std::ios::binary);
        std::ostringstream bytes;
        bytes << stream.rdbuf();
        return bytes.str();
    }
    [[nodiscard]] static std::string builtIn(std::string_view name) {
        const auto found = std::ranges::find(schema::builtInForms(), name, &schema::FileSource::fileName);
        return std::string(found->json);
    }
    json exported(ledger::Home& home, const std::string& form) {
        taken(documents::exportForm(home, request(form, "form.json")));
        return json::parse(bytesOf(path("form.json")));
    }

    CountyBox county;
    std::unique_ptr<ledger::Home> office;
    std::unique_ptr<ledger::Home> town;
    std::string ledgerId;
    RecordId first;
    RecordId second;
    RecordId window;
};

TEST_F(ExportedForms, AUnitGetsItsOwnFormWithItsTextsWithoutSayingWhich) {
    fileIt("发布解读3件。");
    const json form = exported(*town, "filing-form");
    EXPECT_EQ(form["head"][0]["value"], "甲镇");
    EXPECT_EQ(form["head"][1]["value"], "张三");
    ASSERT_THAT(form["tables"][0]["rows"], SizeIs(1));
    const json& cells = form["tables"][0]["rows"][0]["cells"];
    EXPECT_EQ(cells[2]["text"], "做好解读。");
    EXPECT_EQ(cells[6]["text"], "发布解读3件。");
    EXPECT_THAT(form["fingerprint"].get<std::string>(), SizeIs(64));
}

TEST_F(ExportedForms, AFormNamesTheUnitsContactAndPhoneAsTheOfficeHasThem) {
    fileIt("发布解读3件。");
    EXPECT_EQ(exported(*town, "filing-form")["head"][2]["value"], "");
    for (const auto& [field, text] :
         {std::pair("contact", "李四"), std::pair("contact_phone", "0951-2077000")}) {
        taken(office->edit({.record = town->me().enrolment.unit, .field = field, .text = text}));
    }
    spread();
    const json head = exported(*town, "filing-form")["head"];
    EXPECT_EQ(head[1]["value"], "李四");
    EXPECT_EQ(head[2]["label"], "联系电话");
    EXPECT_EQ(head[2]["value"], "0951-2077000");
}

TEST_F(ExportedForms, TheSameTextGivesTheSameFingerprintEverywhereAndAnotherTextAnother) {
    fileIt("发布解读3件。");
    const json before = exported(*town, "filing-form");
    ExportRequest asOffice = request("filing-form", "office.json");
    asOffice.unit = town->me().enrolment.unit;
    taken(documents::exportForm(*office, asOffice));
    EXPECT_EQ(json::parse(bytesOf(path("office.json")))["fingerprint"], before["fingerprint"]);
    fileIt("发布解读4件。");
    EXPECT_NE(exported(*town, "filing-form")["fingerprint"], before["fingerprint"]);
}

TEST_F(ExportedForms, TheCodeOnThePaperTellsWhichFormItIsAndWhetherItChangedSince) {
    fileIt("发布解读3件。");
    const std::string hash = exported(*town, "filing-form")["fingerprint"];
    const auto code = documents::formCodeIn("HZFORM1 filing-form " + hash);
    ASSERT_TRUE(code);
    for (ledger::Home* home : {town.get(), office.get()}) {
        const auto now = taken(documents::findForm(*home, *code, {}));
        ASSERT_TRUE(now);
        EXPECT_EQ(now->unit, "甲镇");
        EXPECT_EQ(now->window, "2026-08-31");
        EXPECT_EQ(now->request.window, window);
        EXPECT_EQ(now->editsSince, 0U);
    }
    fileIt("发布解读4件。");
    for (ledger::Home* home : {town.get(), office.get()}) {
        const auto then = taken(documents::findForm(*home, *code, {.unit = town->me().enrolment.unit}));
        ASSERT_TRUE(then);
        EXPECT_EQ(then->request.unit, town->me().enrolment.unit);
        EXPECT_GT(then->editsSince, 0U);
        EXPECT_TRUE(then->lastEdit);
    }
    EXPECT_TRUE(taken(documents::findForm(*town, *code, {}))) << "one's own unit needs no hint";
    EXPECT_FALSE(taken(documents::findForm(*office, *code, {})));
    EXPECT_FALSE(taken(documents::findForm(*town, *code, {.unit = office->me().enrolment.unit})));
}

TEST_F(ExportedForms, ACodeOfAnotherTextTemplateOrFormIsNotFound) {
    fileIt("发布解读3件。");
    std::string hash = exported(*town, "filing-form")["fingerprint"];
    ExportRequest own = request("filing-form", "own.json");
    own.templateFile = path("template.json");
    std::string description = builtIn("filing-form.json");
    description.replace(description.find("进展落实情况"), std::string("进展落实情况").size(), "进展");
    std::ofstream(*own.templateFile) << description;
    taken(documents::exportForm(*town, own));
    const std::string ownHash = json::parse(bytesOf(own.file))["fingerprint"];

    EXPECT_FALSE(taken(documents::findForm(*town, {"filing-form", ownHash}, {})));
    EXPECT_TRUE(
        taken(documents::findForm(*town, {"filing-form", ownHash}, {.templateFile = own.templateFile})));
    EXPECT_FALSE(taken(documents::findForm(*town, {"consolidated", hash}, {})));
    EXPECT_TRUE(taken(documents::findForm(*town, {"", hash}, {})));
    hash[0] = hash[0] == '0' ? '1' : '0';
    EXPECT_FALSE(taken(documents::findForm(*town, {"filing-form", hash}, {})));
}

TEST_F(ExportedForms, ACodeIsReadFromTheSquareOrFromItsDigits) {
    const std::string hash(64, 'a');
    EXPECT_EQ(documents::formCodeIn("HZFORM1 filing-form " + hash)->form, "filing-form");
    EXPECT_EQ(documents::formCodeIn("  AAAA aaaa\n" + hash.substr(8))->hash, hash);
    EXPECT_FALSE(documents::formCodeIn(hash.substr(1)));
    EXPECT_FALSE(documents::formCodeIn("HZFORM1 " + hash.substr(1) + "g"));
    EXPECT_FALSE(documents::formCodeIn("receipt.json"));
    EXPECT_FALSE(documents::formCodeIn(""));
}

TEST_F(ExportedForms, AUnitWithoutATaskGetsNoForm) {
    const auto answer = documents::exportForm(*office, request("filing-form", "form.docx"));
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, ErrorCode::notFound);
    EXPECT_THAT(answer.error().text, HasSubstr("--unit"));
    EXPECT_FALSE(std::filesystem::exists(path("form.docx")));
}

TEST_F(ExportedForms, ANoticeCountsTheWindowAndTracesWhoIsMissing) {
    fileIt("发布解读3件。");
    const json form = exported(*office, "notice");
    std::string all;
    json traced = json::array();
    for (const json& block : form["text"]) {
        all += block["text"].get<std::string>() + "\n";
        traced.insert(traced.end(), block["records"].begin(), block["records"].end());
    }
    EXPECT_THAT(all, HasSubstr("应报送进展3份，已按要求报送1份，报送率33.3%。\n尚未报送2份，涉及单位1个。"));
    EXPECT_THAT(all, HasSubstr("乙镇：应报送2份，未报送2份（任务序号：1、2）"));
    EXPECT_EQ(traced, json::array({taken(ledger::findUnit(office->state(), "乙镇")).hex()}));
}

TEST_F(ExportedForms, ANoticeAsPdfIsALetterWithItsTitleFrameAndPageNumber) {
    taken(documents::exportForm(*office, request("notice", "notice.pdf")));
    const auto pages = taken(documents::readPdf(path("notice.pdf")));
    ASSERT_EQ(pages.size(), 1U);
    std::u16string text;
    double top = pages[0].height;
    for (const documents::TextRun& run : pages[0].runs) {
        text += run.text + u"\n";
        top = std::min(top, run.box.y);
        EXPECT_GE(run.box.x, 28 / 25.4 * 72 - 1) << ledger::toUtf8(run.text);
    }
    EXPECT_THAT(ledger::toUtf8(text), HasSubstr("各有关单位："));
    EXPECT_THAT(ledger::toUtf8(text), HasSubstr("【待审定】"));
    EXPECT_THAT(ledger::toUtf8(text), HasSubstr("— 1 —"));
    EXPECT_NEAR(top, 37 / 25.4 * 72, 12);
    EXPECT_GE(pages[0].rulings.size(), 4U) << "the frame of what is for review";
}

TEST_F(ExportedForms, ALedgerWithoutAWindowHasNoNotice) {
    const auto other = taken(office->edit({.registerName = "ledger",
                                           .key = {{"year", 2027}, {"title", "要点二"}},
                                           .field = "state",
                                           .text = "open"}));
    ExportRequest wanted = request("notice", "notice.docx");
    wanted.ledger = other.record;
    EXPECT_EQ(documents::exportForm(*office, wanted).error().code, ErrorCode::notFound);
}

TEST_F(ExportedForms, AWindowThatIsNotNamedIsTheOpenOneAndOneOfSeveralIsAsked) {
    fileIt("发布解读3件。");
    EXPECT_TRUE(office::closeWindow(*office, window));
    EXPECT_EQ(exported(*town, "filing-form")["tables"][0]["rows"][0]["cells"][6]["text"], "发布解读3件。");
    (void)county.newWindow(*office, "2026-12-05");
    spread();
    EXPECT_EQ(exported(*town, "filing-form")["tables"][0]["rows"][0]["cells"][6]["text"], "");
    (void)county.newWindow(*office, "2026-12-20");
    spread();
    EXPECT_EQ(documents::exportForm(*town, request("filing-form", "form.docx")).error().code,
              ErrorCode::ambiguous);
}

TEST_F(ExportedForms, ACountysOwnTemplateIsTakenAndAWrongOneChangesNothing) {
    std::string text = builtIn("assignment.json");
    text.replace(text.find("任务落实台账（空表）"), std::string("任务落实台账（空表）").size(), "本县的表");
    text.replace(text.find("重点工作"), std::string("重点工作").size(), "工作事项");
    std::ofstream(path("own.json")) << text;
    ExportRequest own = request("assignment", "own.csv");
    own.templateFile = path("own.json");
    taken(documents::exportForm(*office, own));
    EXPECT_THAT(bytesOf(path("own.csv")), HasSubstr("\"工作事项\""));

    own.form = "consolidated";
    EXPECT_THAT(documents::exportForm(*office, own).error().text,
                HasSubstr("describes the form 'assignment'"));
    std::ofstream(path("own.json")) << "{\"name\": 3}";
    const std::string before = bytesOf(path("own.csv"));
    EXPECT_EQ(documents::exportForm(*office, own).error().code, ErrorCode::badInput);
    EXPECT_EQ(bytesOf(path("own.csv")), before);
}

TEST_F(ExportedForms, AFolderThatCannotBeWrittenIsSaidAndNothingIsLeft) {
    for (const char* type : {"docx", "xlsx", "pdf", "csv", "json"}) {
        const auto answer =
            documents::exportForm(*office, request("consolidated", std::string("nowhere/form.") + type));
        ASSERT_FALSE(answer);
        EXPECT_EQ(answer.error().code, ErrorCode::fileUnwritable) << type;
    }
    EXPECT_EQ(documents::exportForm(*office, request("notice", "notice.xlsx")).error().code,
              ErrorCode::usage);
    EXPECT_EQ(documents::exportForm(*office, request("consolidated", "form")).error().code, ErrorCode::usage);
    EXPECT_EQ(documents::exportForm(*office, request("wat", "form.docx")).error().code, ErrorCode::usage);
}

TEST_F(ExportedForms, AnExportLeavesNoFileOfItsOwnBesideTheTarget) {
    const auto filesNow = [&] {
        return std::distance(std::filesystem::directory_iterator(county.folder()), {});
    };
    const auto before = filesNow();
    for (const char* type : {"docx", "xlsx", "pdf", "csv", "json"}) {
        taken(documents::exportForm(*office, request("consolidated", std::string("form.") + type)));
    }
    EXPECT_EQ(filesNow(), before + 5);
}

TEST_F(ExportedForms, AreImportedIntoTheSameLedgerWithoutAChange) {
    std::ofstream(path("plan.csv")) << "测试县2026年政务公开工作要点任务台账\n"
                                       "序号,重点工作,主要内容,量化指标,责任单位,完成时限\n"
                                       "一、深化公开\n"
                                       "1,政策解读,做好政策解读，按月更新。,查看网站。,甲镇、乙镇,11月底\n"
                                       "2,政策解读,\"开展问答，及时回应。\",,各镇,长期坚持\n"
                                       "二、夯实基础\n"
                                       "3,预算,公开预算决算信息。,,县民政局,2026年9月\n";
    const auto before =
        taken(documents::importLedger(*office, taken(documents::importFile(path("plan.csv")))));
    ASSERT_EQ(before.update.tasks.size(), 3U);
    // A report makes a row of the workbook's second sheet.
    const RecordId summer = taken(office::openWindow(*office, before.update.ledger, "2026-09-30", "三季度"));
    spread();
    taken(ledger::file(*town, {.task = before.update.tasks[0].task,
                               .unit = town->me().enrolment.unit,
                               .window = summer,
                               .text = "解读5件。"}));
    spread();
    for (const char* type : {"docx", "xlsx", "pdf"}) {
        ExportRequest wanted = request("consolidated", std::string("again.") + type);
        wanted.ledger = before.update.ledger;
        taken(documents::exportForm(*office, wanted));
        const auto after = taken(documents::importLedger(*office, taken(documents::importFile(wanted.file))));
        EXPECT_EQ(after.update.ledger, before.update.ledger) << type;
        EXPECT_EQ(after.update.count(documents::UpdateKind::same), 3U) << type;
    }
}

}  // namespace
}  // namespace hezhang::test
