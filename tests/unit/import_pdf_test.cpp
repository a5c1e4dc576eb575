// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "src/documents/import_json.h"
#include "src/documents/import_office.h"

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

}  // namespace
}  // namespace hezhang::documents
