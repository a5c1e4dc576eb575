// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/search_index.h"

#include <unicode/utf8.h>

#include <algorithm>
#include <filesystem>
#include <set>

namespace hezhang::ledger {
namespace {

using storage::Database;
using storage::Transaction;

constexpr unsigned kCharacterBits = 21;  // of a code point
constexpr std::uint64_t kAnyCharacter = (std::uint64_t{1} << kCharacterBits) - 1;
constexpr std::size_t kFewEnough = 64;  // candidates: looking at them costs less than the next pair

constexpr const char* kTables = R"sql(
DROP TABLE IF EXISTS history; DROP TABLE IF EXISTS mark; DROP TABLE IF EXISTS later;
DROP TABLE IF EXISTS doc; DROP TABLE IF EXISTS posting;
CREATE TABLE history(epoch BLOB NOT NULL, position INTEGER NOT NULL) STRICT;
CREATE TABLE mark(branch INTEGER PRIMARY KEY, lane BLOB NOT NULL, counter INTEGER NOT NULL) STRICT;
CREATE TABLE later(
    branch INTEGER NOT NULL, counter INTEGER NOT NULL, record BLOB NOT NULL,
    PRIMARY KEY(branch, counter)
) STRICT, WITHOUT ROWID;
CREATE TABLE doc(
    id INTEGER PRIMARY KEY, record BLOB NOT NULL UNIQUE, register TEXT NOT NULL, task BLOB NOT NULL, unit BLOB NOT NULL
) STRICT;
CREATE TABLE posting(gram INTEGER NOT NULL, doc INTEGER NOT NULL, PRIMARY KEY(gram, doc)) STRICT, WITHOUT ROWID;
)sql";

// What is no character is -1; nothing after it is read.
std::vector<std::int32_t> charactersOf(std::string_view text) {
    std::vector<std::int32_t> characters;
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    const auto size = static_cast<std::int32_t>(text.size());
    for (std::int32_t at = 0; at < size;) {
        UChar32 character = 0;
        U8_NEXT(bytes, at, size, character);
        characters.push_back(character);
        if (character < 0) {
            break;
        }
    }
    return characters;
}

std::uint64_t gramOf(std::int32_t first, std::int32_t second) {
    return (static_cast<std::uint64_t>(first) << kCharacterBits) | static_cast<std::uint64_t>(second);
}

// The pairs of a text; the last character stands before 0, so that each begins one.
void addGrams(std::string_view text, std::set<std::uint64_t>& grams) {
    const std::vector<std::int32_t> characters = charactersOf(foldedForSearch(text));
    for (std::size_t i = 0; i < characters.size() && characters[i] >= 0; ++i) {
        const std::int32_t next = i + 1 < characters.size() ? std::max(characters[i + 1], 0) : 0;
        grams.insert(gramOf(characters[i], next));
    }
}

RecordId taskOf(const sync::RecordRow& record) {
    return record.key.registerName == "task" ? record.id : keyId(record.key, "task").value_or(RecordId{});
}

void removeFiles(const std::string& path) {
    // The log first: a new database must not find an old one's.
    for (const char* ending : {"-wal", "-shm", ""}) {
        std::error_code ignored;
        std::filesystem::remove(path + ending, ignored);
    }
}

}  // namespace

bool isSearchText(schema::FieldType type) {
    switch (type) {
    case schema::FieldType::text:
    case schema::FieldType::longText:
    case schema::FieldType::prose:
    case schema::FieldType::date:
    case schema::FieldType::dateTime:
    case schema::FieldType::choice:
        return true;
    case schema::FieldType::integer:
    case schema::FieldType::boolean:
    case schema::FieldType::reference:
    case schema::FieldType::scope:
    case schema::FieldType::nonce:
    case schema::FieldType::blobHash:
    case schema::FieldType::fingerprint:
        return false;
    }
    return false;
}

std::string foldedForSearch(std::string_view text) {
    std::string folded(text);
    std::transform(folded.begin(), folded.end(), folded.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return folded;
}

// -- the file

// An upgrade that knows more fields takes everything in anew. Versions only grow, so their sum tells two
// programs apart.
std::int64_t SearchIndex::versionFor(const schema::Registers& registers) {
    std::int64_t sum = 0;
    for (const schema::RegisterDef& def : registers.all()) {
        sum += def.version;
    }
    return kVersion * kVersionsMax + sum % kVersionsMax;
}

Result<std::unique_ptr<SearchIndex>> SearchIndex::openFile(const std::string& path, std::int64_t version) {
    HZ_TRY(Database database, Database::open(path, storage::Access::create));
    // The commits are ordered, not flushed: losing the last ones costs taking them in again.
    HZ_CHECK(database.exec("PRAGMA synchronous=NORMAL"));
    std::unique_ptr<SearchIndex> index(new SearchIndex(path, std::move(database), version));
    std::int64_t found = 0;
    {
        HZ_TRY(storage::Query query, index->m_database.query("PRAGMA user_version"));
        HZ_CHECK(query.bind().step());
        found = query.int64(0);
    }
    if (found != version) {
        HZ_TRY(Transaction transaction, Transaction::beginImmediate(index->m_database));
        HZ_CHECK(index->makeTables());
        HZ_CHECK(transaction.commit());
    }
    return index;
}

Result<std::unique_ptr<SearchIndex>> SearchIndex::open(const Home& home) {
    const std::string path = home.folder() + "/search.db";
    const std::int64_t version = versionFor(home.registers());
    auto index = openFile(path, version);
    if (!index && index.error().code == ErrorCode::storageCorrupt) {
        removeFiles(path);
        return openFile(path, version);
    }
    return index;
}

void SearchIndex::discard(const Home& home) {
    removeFiles(home.folder() + "/search.db");
}

Result<void> SearchIndex::makeTables() {
    HZ_CHECK(m_database.exec(kTables));
    return m_database.exec("PRAGMA user_version = " + std::to_string(m_version));
}

// -- how far it has come

Result<std::map<std::int64_t, SearchIndex::Mark>> SearchIndex::marks() {
    std::map<std::int64_t, Mark> marks;
    HZ_TRY(storage::Query query, m_database.query("SELECT branch, lane, counter FROM mark"));
    query.bind();
    for (;;) {
        HZ_TRY(const bool isFound, query.step());
        if (!isFound) {
            return marks;
        }
        marks[query.int64(0)] = {query.id<LaneId>(1), static_cast<sync::OpCounter>(query.int64(2))};
    }
}

// A home that was restored, or stepped back to where its county's history forks, may show again what it had
// retired.
Result<bool> SearchIndex::isOfThisHistory(Home& home, const std::vector<sync::BranchRow>& branches) {
    HZ_TRY(const sync::Cursor cursor, home.replica().cursor());
    HZ_TRY(storage::Query query, m_database.query("SELECT epoch, position FROM history"));
    HZ_TRY(const bool isNoted, query.bind().step());
    if (!isNoted || query.id<EpochId>(0) != cursor.epoch ||
        static_cast<std::uint64_t>(query.int64(1)) > cursor.position) {
        return false;
    }
    HZ_TRY(const auto all, marks());
    return std::all_of(all.begin(), all.end(), [&](const auto& mark) {
        return std::any_of(branches.begin(), branches.end(), [&](const sync::BranchRow& branch) {
            return branch.id == mark.first && branch.lane == mark.second.lane &&
                   branch.tip >= mark.second.counter;
        });
    });
}

Result<void> SearchIndex::noteHistory(Home& home) {
    HZ_TRY(const sync::Cursor cursor, home.replica().cursor());
    HZ_CHECK(m_database.exec("DELETE FROM history"));
    HZ_TRY(storage::Query query, m_database.query("INSERT INTO history(epoch, position) VALUES(?1, ?2)"));
    return query.bind(cursor.epoch, cursor.position).run();
}

// -- taking in

static Result<std::vector<sync::BranchRow>> branchesOf(Home& home) {
    std::vector<sync::BranchRow> all;
    HZ_TRY(const std::vector<sync::LaneRow> lanes, home.store().lanes());
    for (const sync::LaneRow& lane : lanes) {
        HZ_TRY(const std::vector<sync::BranchRow> branches, home.store().branches(lane.lane));
        all.insert(all.end(), branches.begin(), branches.end());
    }
    return all;
}

void SearchIndex::noteDamage(const Error& error) const {
    if (error.code == ErrorCode::storageCorrupt) {
        removeFiles(m_path);
    }
}

Result<bool> SearchIndex::catchUp(Home& home, std::size_t opsMax) {
    auto isDone = takeIn(home, opsMax);
    if (!isDone) {
        noteDamage(isDone.error());
    }
    return isDone;
}

Result<bool> SearchIndex::takeIn(Home& home, std::size_t opsMax) {
    std::optional<Transaction> moment;
    if (!home.isInBatch() && !static_cast<sync::SqliteStore&>(home.store()).database().inTransaction()) {
        HZ_TRY(moment, home.beginRead());
    }
    HZ_TRY(Transaction transaction, Transaction::beginImmediate(m_database));
    HZ_TRY(const std::vector<sync::BranchRow> branches, branchesOf(home));
    HZ_TRY(const bool isOurs, isOfThisHistory(home, branches));
    if (!isOurs) {
        HZ_CHECK(makeTables());
    }
    HZ_CHECK(takeAsides(home));
    HZ_TRY(const bool isDone, takeBranches(home, branches, opsMax));
    HZ_CHECK(noteHistory(home));
    HZ_CHECK(transaction.commit());
    return isDone;
}

// Ops that were set aside are remembered: an admitted one becomes live behind the mark of its branch.
Result<void> SearchIndex::takeAsides(Home& home) {
    HZ_TRY(const std::vector<sync::AsideRow> asides, home.store().asides());
    std::set<sync::OpRef> isAside;
    HZ_TRY(storage::Query insert,
           m_database.query("INSERT OR IGNORE INTO later(branch, counter, record) VALUES(?1, ?2, ?3)"));
    for (const sync::AsideRow& row : asides) {
        isAside.insert(row.ref);
        HZ_CHECK(insert.bind(row.ref.branch, row.ref.counter, row.record).run());
    }
    std::vector<std::pair<sync::OpRef, RecordId>> admitted;
    {
        HZ_TRY(storage::Query query, m_database.query("SELECT branch, counter, record FROM later"));
        query.bind();
        for (;;) {
            HZ_TRY(const bool isFound, query.step());
            if (!isFound) {
                break;
            }
            const sync::OpRef ref{query.int64(0), static_cast<sync::OpCounter>(query.int64(1))};
            if (!isAside.contains(ref)) {
                admitted.emplace_back(ref, query.id<RecordId>(2));
            }
        }
    }
    HZ_TRY(storage::Query remove, m_database.query("DELETE FROM later WHERE branch = ?1 AND counter = ?2"));
    for (const auto& [ref, record] : admitted) {
        HZ_CHECK(add(home, record));
        HZ_CHECK(remove.bind(ref.branch, ref.counter).run());
    }
    return {};
}

Result<bool> SearchIndex::takeBranches(Home& home, const std::vector<sync::BranchRow>& branches,
                                       std::size_t opsMax) {
    HZ_TRY(const auto known, marks());
    HZ_TRY(storage::Query note,
           m_database.query("INSERT OR REPLACE INTO mark(branch, lane, counter) VALUES(?1, ?2, ?3)"));
    std::set<RecordId> records;
    std::size_t left = opsMax;
    for (const sync::BranchRow& branch : branches) {
        const auto mark = known.find(branch.id);
        const sync::OpCounter after = mark == known.end() ? 0 : mark->second.counter;
        if (branch.tip <= after) {
            continue;
        }
        HZ_TRY(const sync::OpsOfBranch found, home.replica().history().opsAfter(branch, after, left));
        for (const auto& [counter, record] : found.ops) {
            records.insert(record);
        }
        if (found.upTo > after) {
            HZ_CHECK(note.bind(branch.id, branch.lane, found.upTo).run());
        }
        left -= found.ops.size();
        if (left == 0) {
            break;
        }
    }
    for (const RecordId& record : records) {
        HZ_CHECK(add(home, record));
    }
    return left > 0;
}

// Of own edits that a later one of our own hides: should the county not accept that one, they are shown
// again, and nothing tells of it.
static Result<std::vector<std::string>> coveredTexts(Home& home, const RecordId& record,
                                                     const schema::RegisterDef& def) {
    std::vector<std::string> texts;
    HZ_TRY(const auto pairs, home.store().hiddenIn(record));
    for (const auto& [hidden, by] : pairs) {
        HZ_TRY(const std::optional<sync::LiveRow> row,
               home.store().liveRow(record, sync::kDeletedField, hidden));
        const schema::FieldDef* field = row && row->isBare ? def.cell(row->field) : nullptr;
        if (field == nullptr || !isSearchText(field->type)) {
            continue;
        }
        HZ_TRY(const std::optional<sync::HistoricOp> own, home.replica().history().opAt(hidden));
        if (own && own->op.value.asText()) {
            texts.emplace_back(*own->op.value.asText());
        }
    }
    return texts;
}

Result<void> SearchIndex::add(Home& home, const RecordId& id) {
    HZ_TRY(const std::optional<sync::RecordRow> record, home.store().record(id));
    const schema::RegisterDef* def = record ? home.registers().find(record->key.registerName) : nullptr;
    if (def == nullptr) {
        return {};
    }
    std::set<std::uint64_t> grams;
    for (const auto& [name, value] : record->key.fields) {
        const schema::FieldDef* field = def->keyField(name);
        if (field != nullptr && isSearchText(field->type) && value.asText()) {
            addGrams(*value.asText(), grams);
        }
    }
    HZ_TRY(const std::vector<sync::LiveRow> rows, home.store().liveOf(id));
    for (const sync::LiveRow& row : rows) {
        const schema::FieldDef* field = def->cell(row.field);
        if (field != nullptr && isSearchText(field->type) && row.value.asText()) {
            addGrams(*row.value.asText(), grams);
        }
    }
    HZ_TRY(const std::vector<std::string> covered, coveredTexts(home, id, *def));
    for (const std::string& text : covered) {
        addGrams(text, grams);
    }
    HZ_TRY(const std::int64_t number, numberOf(*record));
    HZ_TRY(storage::Query insert,
           m_database.query("INSERT OR IGNORE INTO posting(gram, doc) VALUES(?1, ?2)"));
    for (const std::uint64_t gram : grams) {
        HZ_CHECK(insert.bind(gram, number).run());
    }
    return {};
}

Result<std::int64_t> SearchIndex::numberOf(const sync::RecordRow& record) {
    HZ_TRY(storage::Query query, m_database.query("SELECT id FROM doc WHERE record = ?1"));
    HZ_TRY(const bool isKnown, query.bind(record.id).step());
    if (isKnown) {
        return query.int64(0);
    }
    HZ_TRY(storage::Query insert,
           m_database.query("INSERT INTO doc(record, register, task, unit) VALUES(?1, ?2, ?3, ?4)"));
    HZ_CHECK(insert
                 .bind(record.id, record.key.registerName, taskOf(record),
                       keyId(record.key, "unit").value_or(RecordId{}))
                 .run());
    return m_database.lastInsertRowId();
}

// -- asking

bool SearchIndex::canAnswer(std::string_view needle) {
    const std::vector<std::int32_t> characters = charactersOf(needle);
    return !characters.empty() && characters.back() >= 0;
}

// Ascending, each once.
Result<std::vector<std::int64_t>> SearchIndex::numbersWith(std::uint64_t first, std::uint64_t last) {
    std::vector<std::int64_t> numbers;
    HZ_TRY(storage::Query query, m_database.query("SELECT doc FROM posting WHERE gram BETWEEN ?1 AND ?2"));
    query.bind(first, last);
    for (;;) {
        HZ_TRY(const bool isFound, query.step());
        if (!isFound) {
            break;
        }
        numbers.push_back(query.int64(0));
    }
    std::sort(numbers.begin(), numbers.end());
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
    return numbers;
}

Result<std::vector<IndexedRecord>> SearchIndex::candidates(std::string_view needle) {
    auto found = recordsWith(needle);
    if (!found) {
        noteDamage(found.error());
    }
    return found;
}

Result<std::vector<IndexedRecord>> SearchIndex::recordsWith(std::string_view needle) {
    const std::vector<std::int32_t> characters = charactersOf(foldedForSearch(needle));
    std::vector<std::int64_t> numbers;
    if (characters.size() == 1) {
        HZ_TRY(numbers, numbersWith(gramOf(characters[0], 0), gramOf(characters[0], 0) | kAnyCharacter));
    }
    for (std::size_t i = 0; i + 1 < characters.size() && (i == 0 || numbers.size() > kFewEnough); ++i) {
        const std::uint64_t gram = gramOf(characters[i], characters[i + 1]);
        HZ_TRY(std::vector<std::int64_t> found, numbersWith(gram, gram));
        if (i == 0) {
            numbers = std::move(found);
            continue;
        }
        std::vector<std::int64_t> both;
        std::set_intersection(numbers.begin(), numbers.end(), found.begin(), found.end(),
                              std::back_inserter(both));
        numbers = std::move(both);
    }
    std::vector<IndexedRecord> records;
    HZ_TRY(storage::Query query,
           m_database.query("SELECT record, register, task, unit FROM doc WHERE id = ?1"));
    for (const std::int64_t number : numbers) {
        HZ_TRY(const bool isFound, query.bind(number).step());
        if (isFound) {
            records.push_back(
                {query.id<RecordId>(0), query.text(1), query.id<RecordId>(2), query.id<RecordId>(3)});
        }
    }
    std::sort(records.begin(), records.end(),
              [](const IndexedRecord& a, const IndexedRecord& b) { return a.record < b.record; });
    return records;
}

}  // namespace hezhang::ledger
