// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What importing a document would do to a ledger, field by field, before anything is written.
//
// Shape:   three texts stand beside each other: what the ledger shows, what the document says, what the last
//          imported document said (document_values.h). What only the document changed is taken; what a person
//          changed stays as it is until somebody chooses the document's words; a task that the document lacks
//          stays until somebody removes it.
// Errors:  badInput (no year); unknownRecord (no such ledger); changed: a field is not what the person saw
// who
//          chose; cancelled; storage errors.
// Threads: those of the home.
#pragma once

#include "src/documents/document_values.h"
#include "src/documents/import_document.h"
#include "src/documents/progress.h"
#include "src/documents/task_matching.h"
#include "src/ledger/text_diff.h"

namespace hezhang::documents {

// Who changed a field since the last import.
enum class ChangedBy : std::uint8_t {
    document,  // the document, or nobody has written the field yet
    person,    // a person in the ledger; the document says what it said before
    both,
    unknown  // the value was there before the ledger knew of documents: made by hand, or by an older program
};
[[nodiscard]] std::string_view name(ChangedBy who);

struct FieldUpdate {
    std::string field;
    std::string before{};  // as people read it: units and sections by their names
    std::string after{};
    ChangedBy changedBy = ChangedBy::document;
    bool isTaken = true;                     // the document's is written
    std::optional<ledger::Authorship> by{};  // of what a person changed
    nlohmann::json value{};                  // to be assigned; of the units' fields:
    std::vector<RecordId> added{};
    std::vector<RecordId> removed{};
};

enum class UpdateKind : std::uint8_t {
    same,
    renumbered,  // its printed number or its section alone
    changed,
    added
};

// A task of the document; a task that it lacks.
struct TaskUpdate {
    UpdateKind kind = UpdateKind::same;
    std::optional<std::size_t> place{};  // in the document's tasks
    RecordId task{};
    std::int64_t serial = 0;
    std::string number;
    std::string content;                      // as the document has it, of a missing one as the ledger has it
    std::vector<FieldUpdate> fields{};        // that differ
    std::optional<std::int64_t> resembles{};  // added: the ledger's task that it may be
    std::size_t filings = 0;                  // missing: reports on it
    bool isRemoved = false;                   // missing
};

struct SectionUpdate {
    RecordId section{};
    std::int64_t serial = 0;
    bool isNew = false;
    std::optional<FieldUpdate> title{};  // where it differs
};

// What a person has decided; the rest goes by the rule above.
struct UpdateChoices {
    std::optional<RecordId>
        ledger{};              // to be updated; nullopt: the one of this year and title, else a new one
    bool isOverEdits = false;  // the document's words stand wherever people wrote others
    bool isRemovingMissing = false;
    struct Field {
        bool isTaken = false;
        std::string before;  // what the person saw
    };
    std::map<std::pair<RecordId, std::string>, Field> fields{};  // by task
    std::set<RecordId> removed{};
    std::map<int, RecordId> same{};  // by serial in the document: taken for this task though the words differ
};

struct LedgerUpdate {
    RecordId ledger{};
    bool isNew = false;
    std::string title;                      // of the ledger
    std::vector<FieldUpdate> head{};        // of the ledger itself
    std::vector<SectionUpdate> sections{};  // of the document, in its order
    std::vector<TaskUpdate> tasks{};        // of the document, in its order
    std::vector<TaskUpdate> missing{};      // of the ledger, by serial
    [[nodiscard]] std::size_t count(UpdateKind kind) const;
    // Tasks of before of which something is written.
    [[nodiscard]] std::size_t changed() const;
    // Fields that keep a person's words against the document's.
    [[nodiscard]] std::size_t keptEdits() const;
};

// The plan, and what in the ledger is the document's. Reads only.
[[nodiscard]] Result<LedgerUpdate> planUpdate(ledger::Home& home, const ImportedDocument& document,
                                              const UpdateChoices& choices, DocumentValues& values,
                                              const Progress& progress = {});
// The ledger that the document is about: of its year and title. `likely`: else one of the year whose title
// is much the same.
struct LedgerChoice {
    std::optional<RecordId> same{};
    std::optional<RecordId> likely{};
};
[[nodiscard]] Result<LedgerChoice> ledgerOf(ledger::Home& home, const ImportedDocument& document);

// The units of the county that a name or group of a document means.
struct ResolvedUnit {
    std::vector<RecordId> members;
    std::string reason;  // why there are none; English
};
[[nodiscard]] ResolvedUnit resolveUnit(std::span<const ledger::NamedUnit> county,
                                       const ledger::PhraseUnit& phrase);
// Document text as the registers take it: line breaks as \n, no other control characters.
[[nodiscard]] std::string registerText(std::string_view text);

}  // namespace hezhang::documents
