// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Ledgers of shapes that the real documents do not have: read as decided beforehand, or refused with the
// reason. Source: tests/documents/unseen, each document beside what is expected of it. A line of an expected
// file is `title`, `section` (its title and serials), a task (serial | ordinal | item | content | units |
// deadline), `indicator` (of a task), `warning` (words of one) or `refused` (words of the reason).
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "src/documents/import_office.h"
#include "src/documents/remark_words.h"

namespace hezhang::documents {
namespace {

namespace fs = std::filesystem;

#ifdef HZ_READS_PDF
constexpr bool kReadsPdf = true;
#else
constexpr bool kReadsPdf = false;  // that needs Qt
#endif

std::string unitsOf(const ImportedTask& task) {
    std::string text;
    for (const auto& unit : task.units)
        text += (text.empty() ? "" : " ") + std::string(ledger::name(unit.role)) + ":" + unit.name +
                (unit.group ? "*" : "") + (unit.openEnded ? "~" : "");
    return text.empty() ? "-" : text;
}

std::string shown(const ImportedDocument& document) {
    std::ostringstream out;
    out << "title " << document.title << " | " << document.year.value_or(0) << "\n";
    for (const auto& section : document.sections) {
        out << "section " << section.title << " |";
        for (const int task : section.tasks) out << " " << task;
        out << "\n";
    }
    for (const auto& task : document.tasks)
        out << task.serial << " | " << task.ordinal << " | " << (task.item.empty() ? "-" : task.item) << " | "
            << task.content << " | " << unitsOf(task) << " | " << (task.due ? task.due->text() : "-") << " "
            << ledger::name(task.recurrence) << "\n";
    for (const auto& task : document.tasks)
        if (!task.indicator.empty()) out << "indicator " << task.serial << " | " << task.indicator << "\n";
    return out.str();
}

// What an expected file says, its `warning` and `refused` lines apart.
struct Expected {
    std::string shown;
    std::vector<std::string> warnings;
    std::optional<std::string> refused;
};

Expected expectedOf(const fs::path& path) {
    Expected expected;
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("warning ")) {
            expected.warnings.push_back(line.substr(8));
        } else if (line.starts_with("refused")) {
            expected.refused = line.size() > 8 ? line.substr(8) : "";
        } else {
            expected.shown += line + "\n";
        }
    }
    return expected;
}

void check(const fs::path& document, const Expected& expected) {
    const auto read = importFile(document.string());
    if (expected.refused) {
        ASSERT_FALSE(read) << document.filename() << " was read:\n" << shown(*read);
        EXPECT_EQ(read.error().code, ErrorCode::noTasks);
        EXPECT_NE(read.error().text.find(*expected.refused), std::string::npos)
            << document.filename() << ": " << read.error().text;
        return;
    }
    ASSERT_TRUE(read) << document.filename() << ": " << read.error().text;
    std::string warnings;
    for (const auto& warning : read->warnings) warnings += warning.text + "\n";
    EXPECT_EQ(shown(*read), expected.shown) << document.filename() << "\n" << warnings;
    for (const auto& wanted : expected.warnings)
        EXPECT_NE(warnings.find(wanted), std::string::npos) << document.filename() << "\n" << warnings;
    if (expected.warnings.empty()) {
        EXPECT_EQ(warnings, "") << document.filename();
    }
}

// Those that stand beside what is expected of them, in a format that is read here.
std::vector<fs::path> documentsHere() {
    std::vector<fs::path> found;
    for (const auto& file : fs::directory_iterator(fs::path(HZ_SOURCE_DIR) / "tests/documents/unseen")) {
        const std::string ending = file.path().extension().string();
        const bool isRead = ending != ".expected" && (ending != ".pdf" || kReadsPdf);
        if (isRead && fs::exists(fs::path(file.path()).replace_extension(".expected"))) {
            found.push_back(file.path());
        }
    }
    return found;
}

TEST(ImportUnseen, EveryShapeIsReadAsDecidedOrRefused) {
    const auto documents = documentsHere();
    for (const auto& document : documents) {
        check(document, expectedOf(fs::path(document).replace_extension(".expected")));
    }
    EXPECT_GE(documents.size(), kReadsPdf ? 97U : 91U);
}

// What is not in the table would be told in English to everybody.
TEST(RemarkWords, WhatReadersSayIsKnown) {
    std::size_t remarks = 0;
    for (const auto& document : documentsHere()) {
        const auto read = importFile(document.string());
        if (!read) {
            EXPECT_TRUE(remarkWords(read.error().text)) << document.filename() << ": " << read.error().text;
            continue;
        }
        for (const auto& warning : read->warnings) {
            ++remarks;
            EXPECT_TRUE(remarkWords(warning.text)) << document.filename() << ": " << warning.text;
        }
        for (const auto& task : read->tasks) {
            const std::string note = remarkInChinese(task.deadlineNote);
            EXPECT_EQ(note.find_first_of("abcdefghijklmnopqrstuvwxyz"), std::string::npos) << note;
        }
    }
    EXPECT_GT(remarks, 20U);
}

TEST(RemarkWords, KeepTheTasksNumberAndTellEachNote) {
    EXPECT_EQ(remarkInChinese("task 3: may be no unit's name: 张三"), "任务 3：“张三”可能不是单位名称。");
    EXPECT_EQ(remarkInChinese("starts in 2024-06; also named: 2024-12-31"),
              "自 2024-06 起；还写有：2024-12-31");
    EXPECT_EQ(remarkInChinese("nobody knows this"), "nobody knows this");
    EXPECT_EQ(remarkWords("number 5 follows number 3")->en, "Number 5 follows number 3.");
}

}  // namespace
}  // namespace hezhang::documents
