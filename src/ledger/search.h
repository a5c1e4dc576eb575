// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Search in all texts of a home: as `hz search` gives it (search(), in queries.h), and as the search page
// shows it: by kind of record, with filters, each record once.
//
// Shape:   the index (search_index.h) names records, each is then looked at; the answer is what the home
// holds at that moment. Where the
//          index cannot be used, everything is looked at.
// Errors:  storage errors of the home.
// Threads: those of the home; also of a home opened for reading.
#pragma once

#include "src/ledger/queries.h"
#include "src/ledger/search_index.h"

namespace hezhang::ledger {

// What search() answers, found without an index: every record is looked at. Fixed fields and cells, ids
// included.
[[nodiscard]] Result<std::vector<SearchHit>> searchByScan(Home& home, std::string_view needle);

// Empty: everything. All but `unit` are of the record's task; what has no task passes only where they are
// empty.
struct SearchFilter {
    std::optional<RecordId> unit{};  // of the record, or one of the units of a task
    std::string section{};           // title
    std::string dueFrom{};           // ISO dates: [dueFrom, dueBefore)
    std::string dueBefore{};
    std::string status{};  // joint_status as shown; "none": has none
    [[nodiscard]] bool isAboutTasks() const {
        return !section.empty() || !dueFrom.empty() || !dueBefore.empty() || !status.empty();
    }
};
struct FoundRecord {
    RecordId record;
    std::string registerName;
    RecordId task;  // the record itself, or what it is about; none
    RecordId unit;
    RecordId window;
    std::string title;  // of the task, or the record's own name
    std::string unitName;
    std::string field;
    std::string text;  // the first value that holds it
};
struct FoundGroup {
    std::string registerName;
    std::vector<FoundRecord> records;
    std::size_t total = 0;  // of all; where isMore, of those that may hold it
    bool isMore = false;
};
struct SearchAnswer {
    std::vector<FoundGroup> groups;     // tasks, filings, checks, comments, then the others by name
    std::vector<std::string> sections;  // titles to choose from
};
// Every kind with at most `perGroup` records. Ids and hashes are no texts here.
[[nodiscard]] Result<SearchAnswer> find(Home& home, std::string_view needle, const SearchFilter& filter,
                                        std::size_t perGroup);

// Where `needle` lies in `text`, as search compares: byte offset, or npos.
[[nodiscard]] std::size_t foundAt(std::string_view text, std::string_view needle);

}  // namespace hezhang::ledger
