// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What a document says about itself outside its tasks: title, year, issuer, date, promised numbers, report
// dates.
//
// Threads: pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "src/documents/import_document.h"
#include "src/documents/text_import_source.h"

namespace hezhang::documents {

// Lines outside the table: all before `tableBegin` and the last few of the document.
struct Surroundings {
    std::vector<SourceLine> before;
    std::vector<SourceLine> after;
};

struct DocumentHead {
    std::string title;
    std::string edition;
    std::optional<int> year;
    std::string yearDoubt;  // where the title does not name it, or several; English
    std::optional<std::string> issuer;
    std::optional<ledger::Date> date;
};

[[nodiscard]] DocumentHead readHead(const Surroundings& around);

// 4个板块、15个大项、30项重点任务
struct PromisedTotals {
    std::optional<int> sections;
    std::optional<int> items;
    std::optional<int> tasks;
    int line = 0;
};
[[nodiscard]] PromisedTotals readTotals(const Surroundings& around);

// The sentences that ask for reports by a date.
[[nodiscard]] std::vector<SuggestedWindow> readWindows(const Surroundings& around,
                                                       const ledger::DeadlineBasis& basis);

// What kind of document a title without tasks in it names, in English; empty if the title does not tell.
[[nodiscard]] std::string kindWithoutTasks(const std::string& title);

// True for a line that can be the title above a table of tasks: short, and named as plans are.
[[nodiscard]] bool titlesATable(std::u16string_view line);

// The title without 附件1： before it, （续表） behind it and blanks: parts of one table have the same.
[[nodiscard]] std::u16string bareTitle(std::u16string_view line);

// True if the title is that of a plan: its numbered paragraphs are tasks even if they name no units.
[[nodiscard]] bool isPlanTitle(const std::string& title);

}  // namespace hezhang::documents
