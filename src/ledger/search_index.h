// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Which records can hold a text: an index of the pairs of neighbouring characters in every text of a home, so
// that one and two Chinese characters are found as fast as long words.
//
// Shape:   search.db beside home.db: docs/storage-format.md. It only ever grows: a record it names need not
// hold the text any more, so
//          whoever asks looks at the record. A record that holds the text is always named once the index has
//          caught up. Nothing depends on the file: it can be deleted at any time, and is made anew where it
//          is missing, damaged, of another version, of other definitions, or of another history than the
//          home.
// Texts:   live values and fixed fields that people read. References, hashes, scopes and nonces are none
// (isSearchText). Errors:  storage errors of search.db; those of the home. Threads: one object, one thread.
// Any number of processes and threads may fill one file: each batch is one transaction that reads how far
//          the others have come.
#pragma once

#include <map>
#include <memory>
#include <string_view>
#include <vector>

#include "src/ledger/home.h"

namespace hezhang::ledger {

// What the index knows of a record besides its texts: enough to filter without looking at it.
struct IndexedRecord {
    RecordId record;
    std::string registerName;
    RecordId task;  // the task it is about, or itself; none: of no task
    RecordId unit;  // of its fixed fields; none: of no unit
};

[[nodiscard]] bool isSearchText(schema::FieldType type);
// Latin letters small; everything else as it is.
[[nodiscard]] std::string foldedForSearch(std::string_view text);

class SearchIndex {
public:
    static constexpr std::int64_t kVersion = 1;
    static constexpr std::size_t kBatchOps = 200;  // takes some milliseconds

    // Opens or makes the index of a home. A file that cannot be used is replaced.
    [[nodiscard]] static Result<std::unique_ptr<SearchIndex>> open(const Home& home);

    // Deletes the file. Who has it open goes on with what he has.
    static void discard(const Home& home);

    // Takes in what is new, at most about `opsMax` ops, durably enough: what is lost with the power is taken
    // in again. True: caught up.
    [[nodiscard]] Result<bool> catchUp(Home& home, std::size_t opsMax = kBatchOps);
    // The records that may hold `needle`, by id. REQUIRES: canAnswer(needle).
    [[nodiscard]] Result<std::vector<IndexedRecord>> candidates(std::string_view needle);
    // Not: the empty text, and bytes that are no text.
    [[nodiscard]] static bool canAnswer(std::string_view needle);

private:
    static constexpr std::int64_t kVersionsMax = 100'000;  // of the registers, added up

    SearchIndex(std::string path, storage::Database database, std::int64_t version)
        : m_path(std::move(path)), m_database(std::move(database)), m_version(version) {}
    struct Mark {
        LaneId lane;
        sync::OpCounter counter = 0;
    };
    // Of the file: this code's and that of the definitions, which say what is text.
    [[nodiscard]] static std::int64_t versionFor(const schema::Registers& registers);
    [[nodiscard]] static Result<std::unique_ptr<SearchIndex>> openFile(const std::string& path,
                                                                       std::int64_t version);
    // A damaged page need not be one that opening reads: whoever opens the index next makes it anew.
    void noteDamage(const Error& error) const;
    [[nodiscard]] Result<bool> takeIn(Home& home, std::size_t opsMax);
    [[nodiscard]] Result<std::vector<IndexedRecord>> recordsWith(std::string_view needle);
    [[nodiscard]] Result<void> makeTables();
    [[nodiscard]] Result<std::map<std::int64_t, Mark>> marks();
    [[nodiscard]] Result<bool> isOfThisHistory(Home& home, const std::vector<sync::BranchRow>& branches);
    [[nodiscard]] Result<void> noteHistory(Home& home);
    [[nodiscard]] Result<void> takeAsides(Home& home);
    [[nodiscard]] Result<bool> takeBranches(Home& home, const std::vector<sync::BranchRow>& branches,
                                            std::size_t opsMax);
    [[nodiscard]] Result<void> add(Home& home, const RecordId& record);
    [[nodiscard]] Result<std::int64_t> numberOf(const sync::RecordRow& record);
    [[nodiscard]] Result<std::vector<std::int64_t>> numbersWith(std::uint64_t first, std::uint64_t last);

    std::string m_path;
    storage::Database m_database;
    std::int64_t m_version;
};

}  // namespace hezhang::ledger
