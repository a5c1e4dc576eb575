// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A reporting form (填报版) that a unit has filled in outside, as what it changes in the unit's filings.
//
// Shape:   rows are matched to the unit's tasks by their content, wherever they stand and whatever their
// number: equal contents
//          first, then one that resembles exactly one task. What does not match is listed with the reason,
//          never guessed; an empty cell changes nothing. Texts that differ in blanks alone are the same.
// Errors:  badInput: no row has a text. takeReturned(): those of ledger::file(), all in one transaction;
// changed: a filing is not what it was
//          when the form was read.
// Threads: those of the home.
#pragma once

#include "src/documents/import_document.h"
#include "src/documents/task_matching.h"
#include "src/ledger/queries.h"

namespace hezhang::documents {

struct ReturnedChange {
    RecordId task{};
    std::int64_t serial = 0;
    std::string content;
    int line = 0;
    std::string before;
    std::string after;
};

struct ReturnedRow {
    int line = 0;
    std::string ordinal;
    std::string content;
    std::string text;
    MatchKind kind = MatchKind::none;
    int otherLine = 0;                         // taken: the row that is about the same task
    std::int64_t serial = 0;                   // taken: that task
    [[nodiscard]] std::string reason() const;  // English
};

struct ReturnedForm {
    RecordId unit{};
    RecordId window{};
    std::vector<ReturnedChange> changes;  // by serial
    std::size_t same = 0;                 // rows that say what stands there
    std::vector<ReturnedRow> unmatched;   // in the document's order
    std::vector<std::int64_t> absent;     // serials of the unit's tasks that no row is about
};

// The unit that the head of the form names (填报单位); empty: none.
[[nodiscard]] std::string unitNamedBy(const ImportedDocument& document);

[[nodiscard]] Result<ReturnedForm> readReturned(ledger::Home& home, const ImportedDocument& document,
                                                const RecordId& ledgerId, const RecordId& unit,
                                                const RecordId& window);

// Writes the changes, or those that a person has left in the form, as edits of the unit; `isSubmitted`: and
// reports what then stands.
[[nodiscard]] Result<void> takeReturned(ledger::Home& home, const ReturnedForm& form, bool isSubmitted);

}  // namespace hezhang::documents
