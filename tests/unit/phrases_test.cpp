// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Long lists of phrases, each with the reading that was decided before any program read it.
// Source: tests/documents/phrases/*.tsv
#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

#include "src/ledger/check_lines.h"
#include "src/ledger/deadline.h"
#include "src/ledger/targets.h"
#include "src/ledger/unit_phrase.h"

namespace hezhang::ledger {
namespace {

using Row = std::vector<std::string>;

// The rows of a list, cut at tabs, at least `columns` wide; \n in a cell is a line's end.
std::vector<Row> rowsOf(const std::string& name, std::size_t columns) {
    std::ifstream file(HZ_SOURCE_DIR "/tests/documents/phrases/" + name);
    std::vector<Row> rows;
    for (std::string line; std::getline(file, line);) {
        if (line.empty() || line.front() == '#') continue;
        Row row(1);
        for (std::size_t i = 0; i < line.size(); ++i) {
            if (line[i] == '\t')
                row.emplace_back();
            else if (line.compare(i, 2, "\\n") == 0)
                row.back() += line[++i] == 'n' ? '\n' : ' ';
            else
                row.back() += line[i];
        }
        row.resize(std::max(row.size(), columns));
        rows.push_back(std::move(row));
    }
    return rows;
}

Date day(const std::string& iso) {
    return Date::parse(iso).value();
}

TEST(Phrases, DeadlinesAreReadAsDecided) {
    const auto rows = rowsOf("deadlines.tsv", 6);
    ASSERT_GE(rows.size(), 500U);
    for (const auto& row : rows) {
        const auto deadline = parseDeadline(row[2], {day(row[0]), std::stoi(row[1])});
        const std::string due = deadline.due ? deadline.due->text() : "-";
        EXPECT_EQ(due + " " + std::string(name(deadline.recurrence)), row[3] + " " + row[4])
            << row[2] << " [" << deadline.note << "]";
        EXPECT_NE(deadline.note.find(row[5]), std::string::npos) << row[2] << " [" << deadline.note << "]";
    }
}

std::string readingOf(const UnitPhrase& phrase) {
    std::string text;
    for (const auto& unit : phrase.units)
        text += (text.empty() ? "" : "|") + std::string(name(unit.role)) + ":" + unit.name +
                (unit.group ? "*" : "") + (unit.openEnded ? "~" : "");
    return text.empty() ? "-" : text;
}

TEST(Phrases, UnitsAreReadAsDecided) {
    const auto rows = rowsOf("units.tsv", 3);
    ASSERT_GE(rows.size(), 230U);
    for (const auto& row : rows) {
        const auto phrase = parseUnits(row[0]);
        std::string warnings;
        for (const auto& warning : phrase.warnings) warnings += warning + "; ";
        if (row[1] != "?") {
            EXPECT_EQ(readingOf(phrase), row[1]) << row[0] << " [" << warnings << "]";
        }
        EXPECT_NE(warnings.find(row[2]), std::string::npos) << row[0] << " [" << warnings << "]";
        if (row[2].empty()) {
            EXPECT_EQ(warnings, "") << row[0];
        }
    }
}

TEST(Phrases, WorkingDaysAreThoseCountedByHand) {
    const WorkCalendar calendar;
    const auto rows = rowsOf("calendar.tsv", 4);
    ASSERT_GE(rows.size(), 70U);
    for (const auto& row : rows) {
        const Date start = day(row[1]);
        if (row[0] == "is") {
            EXPECT_EQ(calendar.isWorkingDay(start), row[3] == "yes") << row[1];
            continue;
        }
        const WorkingDay found = row[0] == "add" ? calendar.addWorkingDays(start, std::stoi(row[2]))
                                                 : calendar.lastWorkingDayOnOrBefore(start);
        EXPECT_EQ(found.date.text(), row[3]) << row[0] << " " << row[1] << " " << row[2];
        EXPECT_FALSE(found.provisional) << row[1];
    }
}

TEST(Phrases, TargetsAreReadAsDecided) {
    const auto rows = rowsOf("targets.tsv", 2);
    ASSERT_GE(rows.size(), 45U);
    for (const auto& row : rows) {
        std::ostringstream out;
        for (const auto& target : targetsIn(row[0]))
            out << (out.tellp() > 0 ? " " : "") << name(target.kind) << ":" << name(target.comparison) << ":"
                << target.value << ":" << target.unit;
        EXPECT_EQ(out.tellp() > 0 ? out.str() : "-", row[1]) << row[0];
    }
}

std::vector<std::string> wordsIn(const std::string& text) {
    std::vector<std::string> words;
    for (const Target& target : targetsIn(text)) words.push_back(target.words);
    return words;
}

TEST(TargetWords, AreTheClauseAndOfSeveralInOneWhatStandsBehindTheOneBefore) {
    using Words = std::vector<std::string>;
    EXPECT_EQ(wordsIn("推进公开；邀请公众代表列席会议不少于5次，并及时公开。"),
              Words{"邀请公众代表列席会议不少于5次"});
    EXPECT_EQ(wordsIn("开展培训不少于2次，召开发布会不少于2次"),
              (Words{"开展培训不少于2次", "召开发布会不少于2次"}));
    EXPECT_EQ(wordsIn("开展不少于2次培训且满意度不低于90%"),
              (Words{"开展不少于2次", "培训且满意度不低于90%"}));
    EXPECT_EQ(wordsIn("政策解读，不低于80%"), Words{"政策解读，不低于80%"});
    EXPECT_EQ(wordsIn("通知栏：每季度更新1次；政策栏：每季度更新1次"),
              (Words{"通知栏：每季度更新1次", "政策栏：每季度更新1次"}));
    EXPECT_EQ(wordsIn("不少于5次"), Words{"不少于5次"});
    EXPECT_EQ(wordsIn("召开会议；每季度更新专栏1次"), Words{"每季度更新专栏1次"});
    EXPECT_EQ(wordsIn("不少于5次，不低于80%"), (Words{"不少于5次", "不低于80%"}));
}

TEST(TargetWords, AreCutAtTheirFront) {
    std::string text;
    for (int i = 0; i < 100; ++i) text += "长";
    EXPECT_EQ(wordsIn(text + "不少于5次").front().size(), kTargetWordsMax * 3 - 2);
}

TEST(Phrases, IndicatorsAreReadAsDecided) {
    const auto rows = rowsOf("indicators.tsv", 2);
    ASSERT_GE(rows.size(), 16U);
    for (const auto& row : rows) {
        std::string kinds;
        for (const auto kind : checkKindsOf(row[0]))
            kinds += (kinds.empty() ? "" : " ") + std::string(name(kind));
        EXPECT_EQ(kinds.empty() ? "-" : kinds, row[1]) << row[0];
    }
}

TEST(CheckLines, LoseNoWayThatTheWholeIndicatorNames) {
    for (const auto& row : rowsOf("indicators.tsv", 2)) {
        std::set<CheckKind> kinds;
        for (const CheckLine& line : checkLinesOf(row[0])) {
            if (line.kind) kinds.insert(*line.kind);
        }
        const std::vector<CheckKind> whole = checkKindsOf(row[0]);
        EXPECT_EQ(kinds, std::set<CheckKind>(whole.begin(), whole.end())) << row[0];
    }
}

}  // namespace
}  // namespace hezhang::ledger
