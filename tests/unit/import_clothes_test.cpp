// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The same documents as Word, Excel, web pages, CSV and text in GB18030: the same tasks.
// Source: tests/documents/clothes/README.md
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "src/documents/import_json.h"
#include "src/documents/import_office.h"

namespace hezhang::documents {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

const fs::path kDocuments = fs::path(HZ_SOURCE_DIR) / "tests" / "documents";

// What must be the same: all but lines, warnings and the source.
std::string essence(const Result<ImportedDocument>& document) {
    if (!document) return std::string("refused: ") + document.error().text;
    auto json = nlohmann::json::parse(toJson(*document));
    for (const auto* name : {"warnings", "source", "line"}) json.erase(name);
    for (auto& task : json["tasks"]) task.erase("line");
    for (auto& window : json["windows"]) window.erase("line");
    return json.dump(1);
}

TEST(ImportClothes, EveryFormatGivesTheTasksOfTheText) {
    std::size_t files = 0;
    for (const auto& text : fs::directory_iterator(kDocuments)) {
        if (text.path().extension() != ".txt") continue;
        const std::string number = text.path().filename().string().substr(0, 3);
        const std::string expected = essence(importFile(text.path().string()));
        for (const auto& file : fs::directory_iterator(kDocuments / "clothes")) {
            const std::string name = file.path().filename().string();
            if (!name.starts_with(number)) continue;
            ++files;
            const std::string actual = essence(importFile(file.path().string()));
            EXPECT_TRUE(actual == expected) << name << "\n" << actual.substr(0, 2000);
        }
    }
    EXPECT_EQ(files, 31U);
}

// The reason why a file of these bytes and this name is refused.
std::string reason(const std::string& name, const std::string& bytes) {
    const fs::path path = fs::path(testing::TempDir()) / name;
    std::ofstream(path, std::ios::binary) << bytes;
    const auto document = importFile(path.string());
    fs::remove(path);
    return document ? "read" : document.error().text;
}

TEST(ImportClothes, SaysOfEveryOtherFileWhatToDoWithIt) {
    const std::string old("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and so on", 20);
    EXPECT_THAT(reason("a.doc", old), HasSubstr("save it anew, without a password, as .docx"));
    EXPECT_THAT(reason("a.wps", old), HasSubstr("as .docx"));
    EXPECT_THAT(reason("a.xls", old), HasSubstr("as .xlsx"));
    EXPECT_THAT(reason("a.et", old), HasSubstr("as .xlsx"));
    EXPECT_THAT(reason("a.docx", old), HasSubstr("encrypted"));
    EXPECT_THAT(reason("a.rtf", "{\\rtf1 }"), HasSubstr("RTF"));
    EXPECT_THAT(reason("a.doc", "{\\rtf1 }"), HasSubstr("RTF"));
    EXPECT_THAT(reason("a.mht", "MIME-Version: 1.0\n"), HasSubstr("web archive"));
    EXPECT_THAT(reason("a.xml", "<?xml version=\"1.0\"?><?mso-application progid=\"Word.Document\"?>"),
                HasSubstr("old Office"));
    EXPECT_THAT(reason("a.jpg", "\xff\xd8\xff\xe0"), HasSubstr("picture"));
    EXPECT_THAT(reason("a.txt", "\x89PNG\r\n"), HasSubstr("picture"));
    EXPECT_THAT(reason("a.rar", "Rar!\x1a"), HasSubstr("archive"));
    EXPECT_THAT(reason("a.docx", "not at all"), HasSubstr("no Office document"));
    EXPECT_THAT(reason("a.exe", "MZ"), HasSubstr(".exe"));
}

std::string bytesOf(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

TEST(ImportClothes, AFileIsReadByItsBytesWhateverItIsCalled) {
    const std::string word = bytesOf(kDocuments / "clothes" / "000.docx");
    const std::string page = bytesOf(kDocuments / "clothes" / "000-gbk.html");
    for (const auto* name : {"a.doc", "a.wps", "a.zip", "a", "a.DOCX", "a.xlsx"})
        EXPECT_EQ(reason(name, word), "read") << name;
    for (const auto* name : {"a.xls", "a.htm", "a.HTML", "a.txt"})
        EXPECT_EQ(reason(name, page), "read") << name;
}

TEST(ImportClothes, HoldsUnderHostilePages) {
    std::string deep;
    for (int i = 0; i < 100'000; ++i) deep += "<div>";
    EXPECT_FALSE(importHtml("<html>" + deep));
    EXPECT_FALSE(importHtml(""));
    EXPECT_FALSE(importHtml("<table><tr><td rowspan=99999999 colspan=99999999>序号<td>内容<td>责任单位"));
    std::string wide = "<table>";
    for (int i = 0; i < 2'000; ++i)
        wide += "<tr><td rowspan=2000 colspan=64>x<td rowspan=2000 colspan=64>y</td></tr>";
    EXPECT_FALSE(importHtml(wide));
    EXPECT_FALSE(importHtml("<html><table><table><tr><td></table></td></tr>\xff\xfe<!-- "));
}

TEST(ImportClothes, ReadsThePageBehindItsLayoutTables) {
    const auto document = importHtml(
        "<html><body><script>var a = "
        "'<table>';</script><table><tr><td>首页</td><td>政务公开</td></tr><tr><td colspan=2>"
        "<p>某县2024年重点工作任务分解表</p><table><tr><th>序号</th><th>工作任务</th><th>责任单位</"
        "th><th>完成时限</th></tr>"
        "<tr><td>1</td><td>公开目录。</td><td>县司法局<br>各乡镇</td><td rowspan=2>6月底前</td></tr>"
        "<tr><td>2</td><td>清理栏目。</td><td>县政府办</td></tr></table></td></tr></table></body></html>");
    ASSERT_TRUE(document) << document.error().text;
    EXPECT_EQ(document->title, "某县2024年重点工作任务分解表");
    ASSERT_EQ(document->tasks.size(), 2U);
    EXPECT_EQ(document->tasks[0].units.size(), 2U);
    EXPECT_EQ(document->tasks[1].due, ledger::Date::of(2024, 6, 30));
}

}  // namespace
}  // namespace hezhang::documents
