// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/office/printed_cell.h"

#include <algorithm>

namespace hezhang::office {

using ledger::Home;
using sync::RecordReading;

namespace {

// The task's fields that a cell is printed from.
std::vector<std::string> fieldsOf(std::string_view cell) {
    if (cell == "responsible") {
        return {"responsible_text", "lead", "responsible", "cooperate"};
    }
    if (cell == "deadline") {
        return {"deadline_text", "due", "recurrence"};
    }
    return {std::string(cell)};
}

class Tracer {
public:
    explicit Tracer(Home& home) : m_home(home), m_succession(home.state()) {}

    Result<PrintedCell> read(const RecordId& task, const RecordId& window, std::string_view cell) {
        HZ_TRY(const Paragraph paragraph, office::paragraph(m_home, task, window));
        HZ_TRY(const std::optional<RecordReading> reading, m_home.state().read(task));
        PrintedCell result;
        result.task = task;
        result.serial = paragraph.serial;
        result.taskItem = paragraph.taskItem;
        if (cell == "progress") {
            HZ_CHECK(addProgress(paragraph, result));
        } else if (reading) {
            HZ_CHECK(addTaskFields(*reading, cell, result));
        }
        return result;
    }

private:
    Result<std::string> valueWords(const std::string& field, const sync::Value& value) {
        const std::string text(value.asText().value_or(""));
        if (field == "lead" || field == "responsible" || field == "cooperate") {
            const auto unit = RecordId::fromHexText(text);
            return unit ? ledger::unitLabel(m_succession, m_home.state(), *unit) : text;
        }
        return value.asInteger() ? std::to_string(*value.asInteger()) : text;
    }
    Result<void> addEntries(const RecordReading& reading, const std::string& field,
                            const std::optional<std::string>& only, std::vector<PrintedEntry>& entries) {
        const auto cell = reading.cells.find(field);
        if (cell == reading.cells.end()) {
            return {};
        }
        for (const sync::LiveRow& row : cell->second.rows) {
            if (row.isHidden || (only && row.value.asText() != *only)) {
                continue;
            }
            PrintedEntry entry;
            entry.record = reading.record.id;
            entry.field = field;
            HZ_TRY(entry.value, valueWords(field, row.value));
            HZ_TRY(entry.dot, m_home.replica().history().dotText(row.ref));
            HZ_TRY(entry.by, ledger::authorshipOf(m_home, row.ref, row.person, row.at));
            entry.isAnswered = !row.isUnanswered();
            if (entry.isAnswered) {
                entry.position = row.order.position;
                HZ_TRY(entry.enteredAt, ledger::countyTimeOf(m_home, row.order.position));
            }
            entries.push_back(std::move(entry));
        }
        return {};
    }
    Result<void> addTaskFields(const RecordReading& task, std::string_view cell, PrintedCell& result) {
        PrintedSource source{task.record.id, "task", {}, {}, {}, {}};
        for (const std::string& field : fieldsOf(cell)) {
            HZ_CHECK(addEntries(task, field, std::nullopt, source.entries));
        }
        for (const PrintedEntry& entry : source.entries) {
            result.text += (result.text.empty() ? "" : "；") + entry.value;
        }
        if (!source.entries.empty()) {
            result.sources.push_back(std::move(source));
        }
        return {};
    }
    Result<void> addProgress(const Paragraph& paragraph, PrintedCell& result) {
        result.text = paragraph.text;
        for (const ParagraphSentence& sentence : paragraph.sentences) {
            PrintedSentence printed{sentence.text, {}};
            for (const ParagraphSource& source : sentence.sources) {
                printed.sources.push_back(source.filing);
            }
            result.sentences.push_back(std::move(printed));
        }
        HZ_TRY(const std::optional<RecordReading> edit, m_home.state().read(paragraph.record));
        if (edit && !edit->isGone && paragraph.state != ParagraphState::composed) {
            PrintedSource source{paragraph.record, "paragraph", {}, {}, {}, {}};
            HZ_CHECK(addEntries(*edit, "text", std::nullopt, source.entries));
            result.sources.push_back(std::move(source));
        }
        for (const ParagraphFiling& filing : paragraph.filings) {
            if (filing.isTaken) {
                HZ_CHECK(addFiling(filing, result));
            }
        }
        return {};
    }
    Result<void> addFiling(const ParagraphFiling& filing, PrintedCell& result) {
        HZ_TRY(const std::optional<RecordReading> reading, m_home.state().read(filing.source.filing));
        if (!reading) {
            return {};
        }
        PrintedSource source{filing.source.filing,   "filing", filing.source.unit,
                             filing.source.unitName, {},       {}};
        HZ_CHECK(addEntries(*reading, "text", std::nullopt, source.entries));
        const std::string stands = ledger::fingerprintOf(m_home.state(), *reading).hex();
        HZ_CHECK(addEntries(*reading, "approved", stands, source.approvals));
        result.sources.push_back(std::move(source));
        return {};
    }

    Home& m_home;
    ledger::Succession m_succession;
};

}  // namespace

Result<PrintedCell> printedCell(Home& home, const RecordId& task, const RecordId& window,
                                std::string_view cell) {
    if (std::ranges::find(kPrintedCells, cell) == kPrintedCells.end()) {
        return fail(ErrorCode::badInput, "the consolidated ledger has no such cell");
    }
    return Tracer(home).read(task, window, cell);
}

}  // namespace hezhang::office
