// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// One home folder: a replica with its registers, rights and keys. What the client and `hz` do to data, they do through this.
//
// Files:   home.db (the replica) · url (of the county's endpoint) · limit-rate (fileRate()) · guard (who we are and what we offered last: tells a copied or
//          restored home) · last-sync (last_sync.h) · sync.lock (one process syncs at a time) · waiting (who wants to
//          write during a sync) · blobs/ (evidence and photos, by hash).
// Errors:  notEnrolled; wiped (the county had it emptied: leaving.h); of edits: unknownRegister, unknownField, badValue, noRight, …; storage errors. An edit that fails changes nothing.
// Threads: one Home, one thread. Any number of processes may have the same folder open.
#pragma once

#include <memory>
#include <nlohmann/json.hpp>

#include "src/ledger/last_sync.h"
#include "src/ledger/remembered.h"
#include "src/ledger/rights.h"
#include "sync/engine/replica.h"
#include "sync/engine/sync_session.h"
#include "sync/store/sqlite_store.h"
#include "sync/transport/bundle.h"
#include "sync/transport/transport.h"

namespace hezhang::ledger {

// What is to be changed. Either the record exists, or it is named by register and key.
struct EditRequest {
    std::optional<RecordId> record{};
    std::string registerName{};
    nlohmann::json key{};                 // natural key as ids and values; scope is computed, a nonce drawn when absent
    std::string field{};
    sync::OpKind kind = sync::OpKind::assign;
    std::optional<nlohmann::json> json{}; // the value, typed …
    std::optional<std::string> text{};    // … or as on the command line
    // What the form showed when it was opened, exactly; nullopt: what is shown now (the default context).
    std::optional<std::vector<std::string>> seen{};
    // Ends a conflict: may take what is no longer offered, where people wrote it while it was.
    bool isSettling = false;
};

struct Environment {
    ClockSource& clock;
    RandomSource& random;
    // What the program knows. Another set than its own only where a test stands for another version.
    const schema::Registers& registers = schema::Registers::builtIn();
};

// What of the history a round brings to a home that began with the present state.
enum class HistoryWish : std::uint8_t {
    none,
    newcomer,  // all, but what the home has let go of itself (compacting.h) stays away
    all
};

struct SyncOptions {
    // Of other people's files, in one round; nullopt: as the person's work needs them (blob_fetch.h).
    std::optional<std::uint64_t> fetchBytesMax{};
    // Somebody waits for it: what the county lacked is asked for again at once.
    bool isByHand = false;
    HistoryWish history = HistoryWish::none;
    // Bytes a second of files that the transport lets through, each way; nullopt: fileRate(). It makes the chunks small enough that
    // an edit does not wait for long.
    std::optional<std::uint64_t> fileRate{};
    // Bytes of the disk that fetching leaves for the person's own work.
    std::uint64_t diskFreeMin = 256 * 1024 * 1024;
};

struct HomeSyncReport {
    sync::SyncReport sync;
    sync::Traffic traffic;
    std::uint64_t conflicts = 0;
    std::int64_t elapsedMs = 0;
    std::uint64_t blobsPending = 0;
    std::uint64_t blobsFetched = 0;     // in this round
    std::uint64_t blobsMissing = 0;     // named by records that are here, and not on this device
    std::uint64_t historyMissing = 0;   // segments of the log whose text is not here
    std::vector<std::string> scopesJoined;   // held now and not before the round, sorted
    std::vector<std::string> scopesLeft;
    std::optional<Error> error;         // the round ended early; what was done stays done
    void noteScopes(const std::vector<std::string>& before, const std::vector<std::string>& after);
};

// A file that a live value names, before the question whether its record is shown.
struct NamedBlob {
    Hash blob;
    RecordId record;
};

// What a round and a status line ask for again and again.
struct HomeMemory {
    Remembered<std::uint64_t> conflicts;
    Remembered<std::uint64_t> historyMissing;
    Remembered<bool> hasTail;
    Remembered<std::vector<NamedBlob>> namedBlobs;  // the latest first
};

class Home {
public:
    [[nodiscard]] static Result<std::unique_ptr<Home>> open(const std::string& folder, Environment environment);
    // For looking only, beside the home that writes: the guard is not checked, nothing is written, edits fail. A Home opened so sees
    // what others have committed, each call for itself or several together in a ReadScope.
    [[nodiscard]] static Result<std::unique_ptr<Home>> openForReading(const std::string& folder, Environment environment);
    // Makes `folder` a home. Refused: the folder is as it was. Where the answer did not come, the key pair is kept (enrolment_note.h):
    // the same code can be tried again. Errors: alreadyEnrolled, badCode, unreachable, notOurServer.
    [[nodiscard]] static Result<void> enroll(const std::string& folder, const std::string& url, const std::string& code,
                                             sync::Transport& transport, Environment environment);
    // The same by file: a bundle to carry to the county, and what becomes of its answer. The folder keeps the key pair and what the
    // code proves until then; asked again with the same code it is the same device. `url` may be empty: this home has no network.
    [[nodiscard]] static Result<Bytes> enrolmentBundle(const std::string& folder, const std::string& url, const std::string& code,
                                                       Environment environment);
    // Errors: otherDevice (not what this folder asked), badCode, notOurServer, alreadyEnrolled.
    [[nodiscard]] static Result<void> finishEnrolment(const std::string& folder, const sync::Bundle& bundle,
                                                      Environment environment);

    // -- editing. Each call is one transaction, or takes part in the open batch.
    [[nodiscard]] Result<sync::EditAnswer> edit(const EditRequest& request);
    // Deletes a record: names every live dot of it.
    [[nodiscard]] Result<sync::EditAnswer> deleteRecord(const RecordId& record);
    // Opens a batch: edits are durable with commitBatch(), all of them; a failed edit undoes only itself.
    [[nodiscard]] Result<void> beginBatch();
    [[nodiscard]] Result<void> commitBatch();
    void abandonBatch() { m_batch.reset(); }
    [[nodiscard]] bool isInBatch() const { return m_batch.has_value(); }

    // The key of a record: scope computed, nonce drawn. A filing that exists is continued, whatever its scope.
    // Errors: unknownRegister, badInput.
    [[nodiscard]] Result<sync::RecordKey> keyOf(std::string_view registerName, const nlohmann::json& key);
    [[nodiscard]] RecordId idOf(const sync::RecordKey& key) const;

    // -- sync
    // One round over a blocking transport (SyncRound has it step by step). REQUIRES: no batch open. Errors: syncRunning after 10 s;
    // others are in the report.
    [[nodiscard]] Result<HomeSyncReport> sync(sync::Transport& transport, const SyncOptions& options = {});
    // The parts of a round that goes by file (bundles.h). REQUIRES: sync.lock is held.
    [[nodiscard]] Result<void> beforeSending() { return checkGuard(); }
    [[nodiscard]] Result<void> noteOffered();   // before what was sealed leaves this machine
    [[nodiscard]] Result<void> noteTaken(WallMs countyTime) { return noteSync(countyTime); }
    [[nodiscard]] Result<std::string> url() const;
    [[nodiscard]] Result<std::uint64_t> blobsPending();
    [[nodiscard]] Result<std::uint64_t> blobsMissing();
    // Segments of the log whose text is not here: this home began with a snapshot.
    [[nodiscard]] Result<std::uint64_t> historyMissing();
    // Whether it is missing because this home has let go of it (compacting.h): then only who asks for it gets it back.
    [[nodiscard]] Result<bool> hasLetGoOfHistory();
    // Edits that are not sealed yet.
    [[nodiscard]] Result<bool> hasTail();

    [[nodiscard]] Result<std::optional<LastSync>> lastSync();
    // Checks what is stored: the projection against the log, every page against the head it came with. One line a finding.
    [[nodiscard]] Result<std::vector<std::string>> verify();

    // -- reading beside others who write
    // What is read until it is destroyed is the state of one moment. REQUIRES: no transaction is open.
    [[nodiscard]] Result<storage::Transaction> beginRead();
    // Differs from the last answer where somebody else has committed in between, in this process or another.
    [[nodiscard]] Result<std::int64_t> dataVersion();

    // -- blobs
    // Takes a file into the home; its hash in hex. Errors: fileNotFound, fileTooLarge (kBlobBytesMax).
    [[nodiscard]] Result<std::string> addBlob(const std::string& path);
    // REQUIRES: kBlobBytesMax at most.
    [[nodiscard]] Result<std::string> addBlob(const Bytes& content);

    // Errors: wiped, notEnrolled where the home has ended since it was opened.
    [[nodiscard]] Result<void> checkThere();

    // -- access
    [[nodiscard]] const sync::Identity& me() const { return m_me; }
    [[nodiscard]] sync::Replica& replica() { return *m_replica; }
    [[nodiscard]] sync::Projection& state() { return m_replica->projection(); }
    [[nodiscard]] sync::SqliteStore& store() { return *m_store; }
    [[nodiscard]] HomeMemory& memory() { return m_memory; }
    [[nodiscard]] const schema::Registers& registers() const { return m_environment.registers; }
    [[nodiscard]] const sync::Suite& suite() const { return *m_suite; }
    [[nodiscard]] RandomSource& random() const { return m_environment.random; }
    [[nodiscard]] WallMs now() const { return m_environment.clock.now(); }
    // The unit this home's person acts for now: that of the person's record, or the one that stands for it.
    [[nodiscard]] Result<RecordId> unit();
    // Scopes this home holds, "*" written out: common, and every unit and shared task known.
    [[nodiscard]] Result<std::vector<std::string>> scopes();
    [[nodiscard]] const std::string& folder() const { return m_folder; }

    // The default context of an edit of a cell: every live dot of what is shown.
    [[nodiscard]] Result<std::vector<sync::OpRef>> shownDots(const sync::RecordRow& record, const schema::FieldDef& cell,
                                                             sync::OpKind kind, const sync::Value& value);

private:
    Home(std::string folder, Environment environment) : m_folder(std::move(folder)), m_environment(environment) {}
    friend class SyncRound;
    // A pull that is being taken makes room.
    [[nodiscard]] Result<sync::WriteScope> beginWrite();
    [[nodiscard]] Result<void> load(storage::Access access);
    [[nodiscard]] Result<void> checkGuard();
    [[nodiscard]] Result<void> takeUpUpgrade();
    [[nodiscard]] Result<void> writeGuard();
    [[nodiscard]] Result<std::string> scopeFor(const schema::RegisterDef& def, const sync::RecordKey& key);
    [[nodiscard]] Result<sync::EditAnswer> editInTransaction(const EditRequest& request);
    [[nodiscard]] Result<std::vector<sync::OpRef>> refsOf(const std::vector<std::string>& dots);
    [[nodiscard]] Result<sync::EditAnswer> transact(const std::function<Result<sync::EditAnswer>()>& work);
    [[nodiscard]] Result<void> noteSync(WallMs countyTime);

    std::string m_folder;
    Environment m_environment;
    const sync::Suite* m_suite = nullptr;
    std::unique_ptr<sync::SqliteStore> m_store;
    std::unique_ptr<LedgerRules> m_rules;
    std::unique_ptr<LedgerJudge> m_judge;
    std::unique_ptr<sync::Replica> m_replica;
    sync::Identity m_me;
    HomeMemory m_memory;
    std::optional<sync::WriteScope> m_batch;
};

// The key of the same record in another scope.
[[nodiscard]] sync::RecordKey withScope(sync::RecordKey key, const std::string& scope);

inline constexpr std::size_t kBlobBytesMax = 4 * 1024 * 1024;

}  // namespace hezhang::ledger
