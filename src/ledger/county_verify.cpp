// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// CountyFolder: verify. Everything that follows from the log is made anew from it, beside, and compared.
#include <unistd.h>

#include <array>
#include <filesystem>

#include "src/ledger/county_files.h"
#include "src/ledger/county_folder.h"
#include "sync/engine/log_applier.h"
#include "sync/trust/merkle.h"

namespace hezhang::ledger {
namespace {

// What of a table follows from the log.
struct Derived {
    const char* table;
    const char* columns;
    const char* where = "1";
};
constexpr std::array kDerived{
    Derived{"meta", "key, value",
            "key IN ('county', 'durable', 'redacted') OR key LIKE 'definition/%' OR key LIKE 'ended/%' "
            "OR key LIKE 'wipe/%'"},
    Derived{"device", "*"},
    Derived{"lane", "lane, scope, device"},
    Derived{"branch", "*"},
    Derived{"segment", "hash, lane, scope, first, count, previous, position", "state = 0"},
    Derived{"run", "*"},
    Derived{"record", "id, register, scope, key"},
    Derived{"cell", "*"},
    Derived{"element", "*"},
    Derived{"hidden", "*"},
    Derived{"early", "*"},
    Derived{"named", "*"},
    Derived{"aside", "branch, counter, record, field, reason"},
    Derived{"entry", "*"},
    Derived{"node", "*"},
};

// A folder that goes with its object.
class ScratchFolder {
public:
    [[nodiscard]] static Result<ScratchFolder> make() {
        std::error_code error;
        const auto base = std::filesystem::temp_directory_path(error);
        std::string path = (error ? std::string("/tmp") : base.string()) + "/hezhang-verify-XXXXXX";
        if (::mkdtemp(path.data()) == nullptr) {
            return fail(errnoError(errno, ErrorCode::fileUnwritable, "cannot make a folder for the copy"));
        }
        return ScratchFolder(path);
    }
    ScratchFolder(ScratchFolder&& other) noexcept : m_path(std::exchange(other.m_path, {})) {}
    ScratchFolder& operator=(ScratchFolder&&) = delete;
    ~ScratchFolder() {
        if (!m_path.empty()) {
            std::error_code ignored;
            std::filesystem::remove_all(m_path, ignored);
        }
    }
    [[nodiscard]] const std::string& path() const { return m_path; }

private:
    explicit ScratchFolder(std::string path) : m_path(std::move(path)) {}
    std::string m_path;
};

// While somebody writes, only SQLite copies a database whole; else only a plain copy leaves the folder as it
// is.
Result<void> copyCounty(const std::string& folder, const std::string& to) {
    if (!isBeingServed(folder)) {
        return copyDatabaseFiles(countyDatabase(folder), to);
    }
    HZ_TRY(storage::Database database,
           storage::Database::open(countyDatabase(folder), storage::Access::readOnly));
    return database.backupTo(to);
}

// Applies the log of `from` to the empty store `to`, as a replica does that holds everything.
Result<void> replay(sync::Store& from, sync::Store& to, const sync::Suite& suite, std::uint64_t size) {
    const LedgerRules rules(schema::Registers::builtIn());
    sync::History history(to, suite);
    sync::Projection projection(to, history, rules);
    sync::LogApplier applier(to, projection);
    sync::StoreNodes nodes(to);
    sync::MerkleLog log(suite, nodes, 0);
    HZ_TRY(sync::WriteScope scope, sync::WriteScope::begin(to));
    for (std::uint64_t position = 0; position < size; ++position) {
        HZ_TRY(const std::optional<sync::EntryRow> row, from.entry(position));
        if (!row) {
            return fail(ErrorCode::storageCorrupt, "entry " + std::to_string(position) + ": is missing");
        }
        HZ_TRY(const sync::LogEntry entry, sync::decode<sync::LogEntry>(row->entry, "log entry"));
        std::optional<sync::SealedSegment> sealed;
        if (const auto* segment = std::get_if<sync::SegmentEntry>(&entry.content)) {
            HZ_TRY(const std::optional<sync::SegmentRow> stored, from.segment(segment->segment));
            HZ_TRY(sealed, sync::openSegment(suite, stored ? BytesView(stored->envelope) : BytesView()));
        }
        const auto applied = applier.apply(position, entry, sealed ? &*sealed : nullptr);
        if (!applied) {
            return fail(applied.error().code,
                        "entry " + std::to_string(position) + ": " + applied.error().text);
        }
        HZ_CHECK(log.append(sync::merkleLeaf(suite, row->entry)));
        HZ_CHECK(to.putEntry({position, row->entry, 0}));
    }
    return scope.commit();
}

Result<bool> isSame(storage::Database& database, const Derived& derived) {
    const auto rows = [&](const char* schema) {
        return std::string("SELECT ") + derived.columns + " FROM " + schema + "." + derived.table +
               " WHERE " + derived.where;
    };
    for (const auto& [one, other] : {std::pair("main", "made"), std::pair("made", "main")}) {
        HZ_TRY(storage::Query query, database.query(rows(one) + " EXCEPT " + rows(other) + " LIMIT 1"));
        HZ_TRY(const bool hasMore, query.step());
        if (hasMore) {
            return false;
        }
    }
    return true;
}

// Tables against what the log makes of them.
Result<void> compareTables(CountyFolder& county, const std::string& scratch, const sync::Suite& suite,
                           std::vector<std::string>& findings) {
    const std::string made = scratch + "/made.db";
    HZ_TRY(const std::uint64_t size, county.county().size());
    {
        HZ_TRY(const std::unique_ptr<sync::SqliteStore> store,
               sync::SqliteStore::open(made, storage::Access::create));
        HZ_CHECK(replay(county.store(), *store, suite, size));
    }
    storage::Database& database = county.store().database();
    HZ_TRY(storage::Query attach, database.query("ATTACH ?1 AS made"));
    HZ_CHECK(attach.bind(made).run());
    for (const Derived& derived : kDerived) {
        HZ_TRY(const bool same, isSame(database, derived));
        if (!same) {
            findings.push_back(std::string("table ") + derived.table + ": is not what the log gives");
        }
    }
    return {};
}

// What waits outside the log, and what the log does not say.
Result<void> checkTheRest(CountyFolder& county, const sync::Suite& suite,
                          std::vector<std::string>& findings) {
    HZ_TRY(const std::vector<Hash> held, county.store().segmentsIn(sync::SegmentState::held));
    for (const Hash& hash : held) {
        HZ_TRY(const std::optional<sync::SegmentRow> row, county.store().segment(hash));
        const auto opened = row ? sync::openSegment(suite, row->envelope) : fail(ErrorCode::notFound, "");
        if (!opened || opened->hash != hash) {
            findings.push_back("table envelope: the held segment " + hash.hex().substr(0, 16) +
                               " is damaged");
        }
    }
    HZ_TRY(const sync::Head head, county.county().head());
    HZ_TRY(const sync::CountyStatus status, county.county().status());
    if (head.epoch != status.epoch) {
        findings.push_back("table meta: the epoch is not that of the head");
    }
    // One more head is signed, in the copy, which is thrown away.
    HZ_TRY(const sync::CountyControl control, county.county().control());
    const auto marked = county.county().markBackup(0, 0);
    if (!marked && isFaultOfTheDisk(marked.error().code)) {
        return fail(marked.error());
    }
    const auto fresh = county.county().head();
    if (!marked || !fresh || !sync::isSignedBy(suite, *fresh, control.publicKey)) {
        findings.push_back("table meta: the county's key does not sign for it");
    }
    return {};
}

}  // namespace

Result<std::vector<std::string>> CountyFolder::verify(const std::string& folder, Environment environment) {
    if (!fileExists(countyDatabase(folder))) {
        return fail(ErrorCode::notFound, "the folder " + folder + " holds no county");
    }
    HZ_TRY(const ScratchFolder scratch, ScratchFolder::make());
    HZ_CHECK(copyCounty(folder, countyDatabase(scratch.path())));
    std::vector<std::string> findings;
    const auto check = [&]() -> Result<void> {
        {
            HZ_TRY(storage::Database database,
                   storage::Database::open(countyDatabase(scratch.path()), storage::Access::open));
            HZ_TRY(findings, pageFindings(database));
        }
        if (!findings.empty()) {
            return {};
        }
        CountyFolder county(scratch.path(), environment);
        HZ_CHECK(county.load(countyDatabase(scratch.path()), countyArchives(folder)));
        // Nobody else knows of the copy: it is locked once, not for each of some thousand statements.
        HZ_CHECK(county.m_store->database().exec("PRAGMA locking_mode = EXCLUSIVE"));
        HZ_TRY(const std::vector<std::string> missing, county.m_archive->missing());
        // What devices have brought again stands in the database.
        HZ_TRY(const std::vector<Hash> elsewhere, county.m_store->segmentsWithoutText(1));
        for (const std::string& name : elsewhere.empty() ? std::vector<std::string>{} : missing) {
            findings.push_back("archive " + name + ": is not in its place, " + countyArchives(folder));
        }
        if (!findings.empty()) {
            return {};
        }
        HZ_TRY(findings, county.m_county->verify());
        // Where the log is sound, its replay says more exactly which table is not.
        std::erase_if(findings, [](const std::string& finding) { return finding.starts_with("table "); });
        if (!findings.empty()) {
            return {};
        }
        HZ_CHECK(compareTables(county, scratch.path(), *county.m_suite, findings));
        return checkTheRest(county, *county.m_suite, findings);
    };
    if (const auto checked = check(); !checked) {
        // A copy that has no room says nothing about the county.
        if (checked.error().code == ErrorCode::storageFull) {
            return fail(checked.error());
        }
        // Whatever stops the check is what is wrong.
        const bool isNamed = checked.error().text.starts_with("entry ");
        findings.push_back((isNamed ? "" : "database: ") + checked.error().text);
    }
    return findings;
}

}  // namespace hezhang::ledger
