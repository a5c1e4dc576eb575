// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/documents/text_import.h"

#include <algorithm>

#include "src/documents/import_lines.h"
#include "src/documents/text_import_delimited.h"
#include "src/documents/text_import_finish.h"
#include "src/documents/text_import_flow.h"
#include "src/documents/text_import_layout.h"
#include "src/documents/text_import_prose.h"
#include "src/documents/text_import_source.h"
#include "src/ledger/chinese_text.h"

namespace hezhang::documents {

namespace {

using Lines = std::vector<SourceLine>;

constexpr std::ptrdiff_t kTailLines = 12;

// What was found of a table: its tasks, and where it begins.
struct FoundTable {
    RawTable table;
    std::size_t firstLine = 0;  // index of the header's line
};

Result<std::optional<FoundTable>> findTable(const Lines& lines) {
    if (const auto found = findDelimitedTable(lines)) {
        return FoundTable{tasksFromGrid(found->grid), found->firstLine};
    }
    if (const auto found = findLayoutTable(lines)) {
        return FoundTable{tasksFromGrid(found->grid), found->firstLine};
    }
    const auto words = wordsOf(lines);
    const auto header = findHeader(words);
    if (!header) {
        return std::nullopt;
    }
    HZ_TRY(const Grid grid, readFlowingTable(words, *header));
    return FoundTable{tasksFromGrid(grid), words[header->begin].lineIndex};
}

// Words that look like a header do not make a table: some rows must have units or deadlines that read as
// such.
bool isPlausible(const RawTable& table) {
    const auto good = std::count_if(table.tasks.begin(), table.tasks.end(), [](const RawTask& task) {
        return ledger::readsAsDeadline(task.deadline) ||
               std::any_of(task.units.begin(), task.units.end(),
                           [](auto& unit) { return ledger::readsAsUnits(unit.second); });
    });
    return good * 3 >= static_cast<std::ptrdiff_t>(table.tasks.size());
}

Surroundings aroundTable(const Lines& lines, const FoundTable& found) {
    Surroundings around;
    const auto begin = lines.begin() + static_cast<std::ptrdiff_t>(found.firstLine);
    around.before.assign(lines.begin(), begin);
    const int lastTask = found.table.tasks.back().line;
    const auto tail = std::find_if(begin, lines.end(), [&](auto& line) { return line.number > lastTask; });
    around.after.assign(std::max(tail, lines.end() - std::min(kTailLines, lines.end() - begin)), lines.end());
    return around;
}

// A prose document speaks about itself before its first task and anywhere outside tasks.
Surroundings aroundProse(const Lines& lines, const RawTable& table) {
    Surroundings around;
    const int end = lines.empty() ? 0 : lines.back().number;
    const int first = table.tasks.empty() ? end + 1 : table.tasks.front().line;
    const int last = table.tasks.empty() ? end : table.tasks.back().line;
    for (const auto& line : lines) {
        if (line.number < first) {
            around.before.push_back(line);
        }
        if (line.number > last) {
            around.after.push_back(line);
        }
    }
    return around;
}

bool holdsCatalogue(const Lines& lines) {
    const auto words = wordsOf(lines);
    std::vector<Column> columns;
    for (const auto& word : words) {
        if (const auto kind = columnNamed(word.text); kind == ColumnKind::catalogue) {
            columns.push_back({*kind, word.text});
        }
    }
    return isCatalogue(columns);
}

tl::unexpected<Error> noTasks(const Lines& lines, bool emptyTable) {
    if (emptyTable) {
        return fail(ErrorCode::noTasks, "the task table is an empty form");
    }
    if (holdsCatalogue(lines)) {
        return fail(ErrorCode::noTasks,
                    "the document is a catalogue of public information, services or powers");
    }
    const std::string kind = kindWithoutTasks(readHead(aroundProse(lines, {})).title);
    if (!kind.empty()) {
        return fail(ErrorCode::noTasks, "the document is " + kind + " without tasks");
    }
    return fail(ErrorCode::noTasks, "the document holds neither a task table nor numbered tasks");
}

}  // namespace

Result<ImportedDocument> importTable(RawTable table, const Surroundings& around,
                                     const ImportOptions& options) {
    if (table.tasks.empty()) {
        return fail(ErrorCode::noTasks, "the task table is an empty form");
    }
    if (!isPlausible(table)) {
        return fail(ErrorCode::noTasks, "the table names neither units nor deadlines of tasks");
    }
    const std::string kind = kindWithoutTasks(readHead(around).title);
    if (kind == "a circular" || kind == "a catalogue" || kind == "a timetable") {
        return fail(ErrorCode::noTasks, "the document is " + kind + " without tasks");
    }
    return finishDocument(std::move(table), around, options);
}

Result<ImportedDocument> importLines(const Lines& lines, const ImportOptions& options) {
    HZ_TRY(auto found, findTable(lines));
    const bool emptyTable = found && found->table.tasks.empty();
    if (found && !emptyTable && isPlausible(found->table)) {
        const Surroundings around = aroundTable(lines, *found);
        return importTable(std::move(found->table), around, options);
    }
    const auto paragraphs = paragraphsOf(lines);
    RawTable prose = tasksWithUnits(paragraphs);
    if (prose.tasks.empty()) {
        RawTable plan = tasksWithoutUnits(paragraphs);
        const auto title = readHead(aroundProse(lines, plan)).title;
        if (isPlanTitle(title)) {
            prose = std::move(plan);
        }
    }
    if (prose.tasks.empty()) {
        return noTasks(lines, emptyTable);
    }
    const Surroundings around = aroundProse(lines, prose);
    return finishDocument(std::move(prose), around, options);
}

Result<ImportedDocument> withSource(Result<ImportedDocument> document, const Lines& lines) {
    if (document) {
        for (const SourceLine& line : lines) {
            document->source.push_back({line.number, ledger::toUtf8(line.text)});
        }
    }
    return document;
}

Result<ImportedDocument> importText(std::string_view bytes, const ImportOptions& options) {
    HZ_TRY(const Lines lines, readSource(bytes));
    return withSource(importLines(lines, options), lines);
}

}  // namespace hezhang::documents
