// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Which values of a ledger are a document's and which a person has written since: the ledger's cell
// `imported` notes the dots of what imports wrote or found as the document has it.
//
// Shape:   an element is one run of dots, LANE/first-last or, after a fork, LANE/first-last/BRANCH. In a
//          ledger that notes none (it was made by hand, or imported with an older program) nobody knows whose
//          the first value of a cell is: it is not replaced before somebody says so.
// Errors:  storage errors; those of Home::edit.
// Threads: those of the home.
#pragma once

#include <map>
#include <set>

#include "src/ledger/queries.h"

namespace hezhang::documents {

class DocumentValues {
public:
    // nullopt: the ledger is not there yet, so that nothing is.
    [[nodiscard]] static Result<DocumentValues> of(ledger::Home& home,
                                                   const std::optional<RecordId>& ledgerId);

    [[nodiscard]] Result<bool> isDocuments(const sync::LiveRow& row);
    // True of the first value of a cell in a ledger that notes none: it may be a document's or a person's.
    [[nodiscard]] Result<bool> isUnknown(const sync::LiveRow& row);
    // What a document said last about a cell; empty: nothing; nullopt: not known here, for the text of the
    // past is not all here.
    [[nodiscard]] Result<std::optional<std::string>> lastSaid(const RecordId& record,
                                                              const std::string& field);
    // The person who took an element out of a set; nullopt: nobody did, or a document.
    [[nodiscard]] Result<std::optional<ledger::Authorship>> takenAwayBy(const RecordId& record,
                                                                        const std::string& field,
                                                                        const std::string& element);

    // Notes a value as the document's; write() makes it durable.
    void note(const std::string& dot);
    [[nodiscard]] Result<void> note(const sync::LiveRow& row);
    [[nodiscard]] Result<void> write(const RecordId& ledgerId);

private:
    using Runs = std::map<std::string, std::map<sync::OpCounter, sync::OpCounter>>;  // lane: last by first

    explicit DocumentValues(ledger::Home& home) : m_home(&home) {}
    [[nodiscard]] bool isNoted(const std::string& dot) const;
    [[nodiscard]] bool isDocuments(const ledger::HistoryRow& row) const;
    [[nodiscard]] Result<const std::vector<ledger::HistoryRow>*> historyOf(const RecordId& record);

    ledger::Home* m_home;
    Runs m_noted;
    Runs m_new;
    bool m_isNotedAtAll = false;
    std::optional<std::pair<RecordId, std::vector<ledger::HistoryRow>>>
        m_history;  // of the record asked last
};

}  // namespace hezhang::documents
