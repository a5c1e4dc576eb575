// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "src/documents/import_json.h"
#include "src/documents/import_office.h"
#include "src/documents/pdf_reader.h"
#include "src/documents/write_pdf.h"

namespace hezhang::documents {
namespace {

const std::string kFolder = std::string(HZ_SOURCE_DIR) + "/tests/documents/";

std::string bytesOf(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream bytes;
    bytes << file.rdbuf();
    return bytes.str();
}

// What both readers must agree on: all but the places in the file.
std::string shownTasks(ImportedDocument document) {
    document.source.clear();
    document.warnings.clear();
    for (auto& window : document.windows) window.line = 0;
    for (auto& task : document.tasks) task.line = 0;
    return toJson(document);
}

void expectSameAsText(const std::string& name) {
    const auto text = importFile(kFolder + name + ".txt");
    const auto pdf = importFile(kFolder + "pdf/" + name + ".pdf");
    ASSERT_TRUE(text) << text.error().text;
    ASSERT_TRUE(pdf) << pdf.error().text;
    EXPECT_EQ(pdf->tasks.size(), text->tasks.size());
    EXPECT_EQ(shownTasks(*pdf), shownTasks(*text));
}

Result<ImportedDocument> importBytes(const std::string& bytes) {
    const auto path =
        std::filesystem::temp_directory_path() / ("hezhang_pdf_" + std::to_string(::getpid()) + ".pdf");
    std::ofstream(path, std::ios::binary) << bytes;
    auto document = importFile(path.string());
    std::filesystem::remove(path);
    return document;
}

bool hasChildren() {
    return ::waitpid(-1, nullptr, WNOHANG) >= 0 || errno != ECHILD;
}

TEST(ImportPdf, ReadsATableOfABureausSections) {
    expectSameAsText("000_9b142e44976dbdba");
}
TEST(ImportPdf, ReadsMergedItemsAndRowsBrokenByPages) {
    expectSameAsText("001_c31e98b49c878b27");
}
TEST(ImportPdf, ReadsAPlanInProse) {
    expectSameAsText("002_ec358700eb64dedd");
}
TEST(ImportPdf, ReadsTheTableNotThePlanBeforeIt) {
    expectSameAsText("004_0a6862e5a3efc62d");
}

TEST(ImportPdf, RefusesAnInfographic) {
    const auto document = importFile(kFolder + "pdf/003_40d6bf7421138a8c.pdf");
    ASSERT_FALSE(document);
    EXPECT_EQ(document.error().code, ErrorCode::noTasks);
}

TEST(ImportPdf, RefusesWhatIsNoPdfAndLeavesNoProcess) {
    const std::string whole = bytesOf(kFolder + "pdf/000_9b142e44976dbdba.pdf");
    for (const std::string& bytes :
         {std::string("%PDF-1.7\n"), std::string(4096, '\x9f'), whole.substr(0, 3000)}) {
        const auto document = importBytes(bytes);
        ASSERT_FALSE(document);
        EXPECT_EQ(document.error().code, ErrorCode::malformed) << document.error().text;
        EXPECT_FALSE(hasChildren());
    }
}

TEST(ImportPdf, StopsWhenAPersonStopsIt) {
    const auto document = importFile(kFolder + "pdf/001_c31e98b49c878b27.pdf", {},
                                     [](std::size_t, std::size_t) { return false; });
    ASSERT_FALSE(document);
    EXPECT_EQ(document.error().code, ErrorCode::cancelled);
    EXPECT_FALSE(hasChildren());
}

// -- one table in a file that is locked, protected, turned or scanned (documents/pdf/odd)

TEST(ImportPdf, AFileThatMayBeReadButNotChangedAndAPageThatIsShownTurnedAreReadAsAnyOther) {
    for (const char* name : {"protected", "turned"}) {
        const auto document = importFile(kFolder + "pdf/odd/" + name + ".pdf");
        ASSERT_TRUE(document) << name << ": " << document.error().text;
        ASSERT_EQ(document->tasks.size(), 3u) << name;
        EXPECT_EQ(document->tasks[0].content, "做好政策解读，公开率不低于80%。") << name;
        EXPECT_EQ(document->tasks[1].responsibleText, "县财政局") << name;
        EXPECT_EQ(document->tasks[2].deadlineText, "全年") << name;
    }
}

TEST(ImportPdf, WhatIsLockedScannedOrLiesOnItsSideIsRefusedWithTheReason) {
    const std::map<std::string, std::pair<ErrorCode, std::string>> wanted{
        {"locked", {ErrorCode::badInput, "password"}},
        {"on-its-side", {ErrorCode::badInput, "lies on its side"}},
        {"scanned", {ErrorCode::noTasks, "scanner"}}};
    for (const auto& [name, reason] : wanted) {
        const auto document = importFile(kFolder + "pdf/odd/" + name + ".pdf");
        ASSERT_FALSE(document) << name;
        EXPECT_EQ(document.error().code, reason.first) << name;
        EXPECT_NE(document.error().text.find(reason.second), std::string::npos) << document.error().text;
    }
}

// -- what hezhang-paper prints itself

std::string ledgerPage(int rows) {
    std::string page =
        "<html><body><h1>2026年政务公开工作任务落实台账</h1><table border=\"1\" width=\"100%\"><thead><tr>";
    for (const char* head : {"序号", "重点工作", "主要内容", "责任单位", "完成时限"}) {
        page += std::string("<th width=\"20%\">") + head + "</th>";
    }
    page += "</tr></thead><tbody>";
    for (int i = 1; i <= rows; ++i) {
        const std::string number = std::to_string(i);
        page += "<tr><td>" + number + "</td><td>重点" + number + "</td><td>由㛃䶮青完成第" + number +
                "项，公开率不低于80%。</td><td>司法局</td><td>11月底</td></tr>";
    }
    return page + "</tbody></table></body></html>";
}

TEST(WritePdf, PrintsATableOverPagesWhoseTextIsReadBackRareCharactersToo) {
    const auto path =
        std::filesystem::temp_directory_path() / ("hezhang_out_" + std::to_string(::getpid()) + ".pdf");
    const auto written = writePdf(ledgerPage(60), PaperKind::table, {.isLandscape = true}, path.string());
    ASSERT_TRUE(written) << written.error().text;

    const auto read = importFile(path.string());

    std::filesystem::remove(path);
    ASSERT_TRUE(read) << read.error().text;
    ASSERT_EQ(read->tasks.size(), 60u);
    for (int i = 1; i <= 60; ++i) {
        const ImportedTask& task = read->tasks[static_cast<std::size_t>(i) - 1];
        EXPECT_EQ(task.content, "由㛃䶮青完成第" + std::to_string(i) + "项，公开率不低于80%。");
        EXPECT_EQ(task.item, "重点" + std::to_string(i));
    }
    EXPECT_FALSE(hasChildren());
}

// What another reader finds in a PDF.
std::string textOf(const std::string& path) {
    std::string text;
    FILE* reader = ::popen(("pdftotext -enc UTF-8 '" + path + "' -").c_str(), "r");
    std::array<char, 4096> piece{};
    for (std::size_t count = 1; reader != nullptr && count > 0; text.append(piece.data(), count)) {
        count = ::fread(piece.data(), 1, piece.size(), reader);
    }
    EXPECT_TRUE(reader != nullptr && ::pclose(reader) == 0) << "pdftotext: package poppler-utils";
    return text;
}

TEST(WritePdf, LettersBeyondFFFFAndAngleBracketsAreTextForEveryReader) {
    const auto path =
        std::filesystem::temp_directory_path() / ("hezhang_rare_" + std::to_string(::getpid()) + ".pdf");
    std::string page =
        "<html><body><h1>𬭚𠮷名册</h1><table "
        "border=\"1\"><thead><tr><th>姓名𬬻</th><th>文件</th></tr></thead>";
    for (int i = 1; i <= 90; ++i) {  // three pages
        page += "<tr><td>𬭚 𬬻 㙍 䶮 𠮷</td><td>〈第" + std::to_string(i) +
                "号〉 <b>𫖯</b>e\u0301</td></tr>";
    }
    const auto written = writePdf(page + "</table></body></html>", PaperKind::table, {}, path.string());
    ASSERT_TRUE(written) << written.error().text;

    const std::string text = textOf(path.string());
    const auto pages = readPdf(path.string());

    std::filesystem::remove(path);
    EXPECT_NE(text.find("𬭚𠮷名册"), std::string::npos) << text;
    EXPECT_NE(text.find("姓名𬬻"), std::string::npos);
    EXPECT_NE(text.find("𬭚 𬬻 㙍 䶮 𠮷"), std::string::npos);
    EXPECT_NE(text.find("〈第90号〉 𫖯"), std::string::npos);
    ASSERT_TRUE(pages);
    EXPECT_GT(pages->size(), 1u);
    EXPECT_TRUE(std::any_of(pages->front().runs.begin(), pages->front().runs.end(),
                            [](const TextRun& run) { return run.text == u"𬭚 𬬻 㙍 䶮 𠮷"; }));
}

TEST(WritePdf, SaysThatAFolderIsNotThereAndLeavesNothing) {
    const auto path = std::filesystem::temp_directory_path() / "hezhang_no_such_folder" / "a.pdf";

    const auto written = writePdf(ledgerPage(1), PaperKind::table, {}, path.string());

    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code, ErrorCode::fileUnwritable);
    EXPECT_FALSE(std::filesystem::exists(path.parent_path()));
}

}  // namespace
}  // namespace hezhang::documents
