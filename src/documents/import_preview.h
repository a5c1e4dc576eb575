// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A document that was understood, before anything is made of it: what is doubtful in it, and what a person
// corrects by hand.
//
// Shape:   a value; every correction is a call and leaves a document that importLedger takes. Tasks are named
// by their place in
//          `document.tasks`; a task that is left out stays there and is dropped by result().
// Errors:  badInput: no such task, an empty content, no year; what cannot be corrected so.
// Threads: a value type.
#pragma once

#include <set>

#include "src/documents/ledger_import.h"

namespace hezhang::documents {

enum class DoubtKind : std::uint8_t {
    reader,    // the reader of the document says so
    unit,      // a name or group that is no unit of the county; `text` is the name
    deadline,  // words for a deadline that give no date and no recurrence; `text` is the words
    year       // the document does not say its year
};
struct Doubt {
    DoubtKind kind = DoubtKind::reader;
    int line = 0;                     // in the document; 0: of the whole
    std::optional<std::size_t> task;  // its place, where it is about one
    std::string text;
    bool operator==(const Doubt&) const = default;
};

enum class TaskText : std::uint8_t { ordinal, item, content, indicator };

class ImportPreview {
public:
    ImportPreview(ImportedDocument document, std::vector<ledger::NamedUnit> county,
                  ledger::WorkCalendar calendar = {});

    [[nodiscard]] const ImportedDocument& document() const { return m_document; }
    [[nodiscard]] const std::vector<ledger::NamedUnit>& county() const { return m_county; }
    [[nodiscard]] bool isLeftOut(std::size_t task) const { return m_leftOut.contains(task); }
    // The units of the county a task will have: those picked, else those its phrase names.
    [[nodiscard]] std::vector<PickedUnit> unitsOf(std::size_t task) const;
    // What stands in the document from the task's line to the next task's; long ones are cut.
    [[nodiscard]] std::string sourceOf(std::size_t task) const;
    // By line. A task that is left out has none.
    [[nodiscard]] std::vector<Doubt> doubts() const;

    [[nodiscard]] Result<void> setTitle(const std::string& title);
    [[nodiscard]] Result<void> setYear(int year);
    [[nodiscard]] Result<void> setText(std::size_t task, TaskText which, const std::string& text);
    [[nodiscard]] Result<void> setUnits(std::size_t task, std::vector<PickedUnit> units);
    // The words are read again; with a date, that date stands whatever they say.
    [[nodiscard]] Result<void> setDeadline(std::size_t task, const std::string& words,
                                           const std::optional<ledger::Date>& due);
    [[nodiscard]] Result<void> setLeftOut(std::size_t task, bool isLeftOut);

    // What is to be created. Errors: badInput without a year or a title; noTasks where all are left out.
    [[nodiscard]] Result<ImportedDocument> result() const;

private:
    [[nodiscard]] Result<void> checkTask(std::size_t task) const;

    ImportedDocument m_document;
    std::vector<ledger::NamedUnit> m_county;
    ledger::WorkCalendar m_calendar;
    std::set<std::size_t> m_leftOut;
};

}  // namespace hezhang::documents
