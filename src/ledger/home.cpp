// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/home.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <future>
#include <set>
#include <system_error>
#include <thread>

#include "schema/record_key.h"
#include "schema/record_validator.h"
#include "src/ledger/blob_fetch.h"
#include "src/ledger/blobs.h"
#include "src/ledger/county_files.h"
#include "src/ledger/files.h"
#include "src/ledger/guard.h"
#include "src/ledger/leaving.h"
#include "src/ledger/pace.h"
#include "src/ledger/part_file.h"
#include "src/ledger/queries.h"
#include "src/ledger/succession.h"
#include "src/ledger/sync_round.h"
#include "sync/trust/merkle.h"

namespace hezhang::ledger {

using nlohmann::json;
using sync::OpKind;

namespace {

constexpr std::string_view kGuardNote = "guard";
constexpr std::string_view kLastSync = "last-sync";
constexpr auto kSyncLockWait = std::chrono::seconds(10);
constexpr auto kSyncLockStep = std::chrono::milliseconds(50);

std::string databasePath(const std::string& folder) { return folder + "/home.db"; }

std::vector<std::string> notIn(const std::vector<std::string>& known, const std::vector<std::string>& all) {
    std::vector<std::string> others;
    std::copy_if(all.begin(), all.end(), std::back_inserter(others), [&](const std::string& one) {
        return std::find(known.begin(), known.end(), one) == known.end();
    });
    std::sort(others.begin(), others.end());
    return others;
}

Error noHome(const std::string& folder) {
    return wasWiped(folder)
               ? Error{ErrorCode::wiped, std::string(kWipedText)}
               : Error{ErrorCode::notEnrolled, "the folder " + folder + " is not enrolled with a county"};
}

bool isStorageError(ErrorCode code) {
    return code == ErrorCode::storageBusy || code == ErrorCode::storageFull || code == ErrorCode::storageCorrupt ||
           code == ErrorCode::storageFailed;
}

}  // namespace

void HomeSyncReport::noteScopes(const std::vector<std::string>& before, const std::vector<std::string>& after) {
    scopesJoined = notIn(before, after);
    scopesLeft = notIn(after, before);
}

// -- opening

Result<std::unique_ptr<Home>> Home::open(const std::string& folder, Environment environment) {
    if (!fileExists(databasePath(folder))) {
        if (wasWiped(folder)) {
            finishWiping(folder);
        }
        return fail(noHome(folder));
    }
    std::unique_ptr<Home> home(new Home(folder, environment));
    if (const auto loaded = home->load(storage::Access::open); !loaded) {
        home.reset();
        if (loaded.error().code == ErrorCode::wiped) {
            finishWiping(folder);
        }
        return fail(loaded.error());
    }
    HZ_CHECK(home->checkGuard());
    HZ_CHECK(home->takeUpUpgrade());
    return home;
}

// What the county ordered while this home had an older program that did not know such orders.
Result<void> Home::takeUpUpgrade() {
    HZ_TRY(const bool isUpToDate, m_replica->applier().knowsItsControls());
    if (isUpToDate) {
        return {};
    }
    HZ_TRY(sync::WriteScope scope, beginWrite());
    HZ_CHECK(m_replica->takeUpControls());
    return scope.commit();
}

Result<std::unique_ptr<Home>> Home::openForReading(const std::string& folder, Environment environment) {
    if (!fileExists(databasePath(folder))) {
        return fail(noHome(folder));
    }
    std::unique_ptr<Home> home(new Home(folder, environment));
    HZ_CHECK(home->load(storage::Access::readOnly));
    return home;
}

Result<void> Home::load(storage::Access access) {
    HZ_TRY(m_store, sync::SqliteStore::open(databasePath(m_folder), access));
    HZ_CHECK(checkThere());
    HZ_TRY(const std::optional<Bytes> bytes, m_store->meta("identity"));
    HZ_TRY(m_me, sync::decode<sync::Identity>(*bytes, "identity"));
    m_suite = sync::suiteFor(m_me.county.suite);
    if (m_suite == nullptr) {
        return fail(ErrorCode::wrongVersion, "this version does not have the county's cipher suite");
    }
    m_rules = std::make_unique<LedgerRules>(registers());
    m_judge = std::make_unique<LedgerJudge>(registers());
    m_replica = std::make_unique<sync::Replica>(*m_store, *m_suite, *m_rules, *m_judge, m_environment.random);
    return {};
}

Result<void> Home::checkThere() {
    HZ_TRY(const std::optional<Bytes> bytes, m_store->meta("identity"));
    if (bytes && !bytes->empty()) {
        return {};
    }
    HZ_TRY(const bool isWiped, isMarkedWiped(*m_store));
    return fail(isWiped ? Error{ErrorCode::wiped, std::string(kWipedText)}
                        : Error{ErrorCode::notEnrolled,
                                "the folder " + m_folder + " is not enrolled with a county"});
}

// A copied or restored home goes on in new lanes: whoever else has the old ones may use the same numbers.
Result<void> Home::checkGuard() {
    const auto agrees = [this]() -> Result<bool> {
        HZ_TRY(const std::optional<Bytes> note, m_store->meta(kGuardNote));
        const auto guard = readGuard(m_folder);
        if (!note || !guard || sync::encode(guard->self) != *note || guard->machine != machineId()) {
            return false;
        }
        for (const sync::LaneTip& tip : guard->offered) {
            HZ_TRY(const bool isHere, m_store->hasSegment(tip.segment));
            if (!isHere) {
                return false;
            }
        }
        return true;
    };
    HZ_TRY(const bool isFine, agrees());
    if (isFine) {
        return {};
    }
    HZ_TRY(sync::WriteScope scope, sync::WriteScope::begin(*m_store));
    HZ_TRY(const bool isFineNow, agrees());
    if (!isFineNow) {
        HZ_CHECK(m_replica->openNewLanes());
        HZ_CHECK(writeGuard());
    }
    return scope.commit();
}

Result<void> Home::writeGuard() {
    HZ_TRY(const std::vector<sync::LaneTip> tips, m_replica->sealedTips());
    const auto before = readGuard(m_folder);
    HZ_TRY(const std::optional<Bytes> note, m_store->meta(kGuardNote));
    if (before && before->offered == tips && note && *note == sync::encode(before->self)) {
        return {};
    }
    HZ_TRY(const FileIdentity self, replaceGuard(m_folder, tips));
    return m_store->setMeta(kGuardNote, sync::encode(self));
}

// -- keys

sync::RecordKey withScope(sync::RecordKey key, const std::string& scope) {
    for (auto& [name, value] : key.fields) {
        if (name == "scope") {
            value = sync::Value::text(scope);
        }
    }
    return key;
}

std::optional<std::string> presentScope(Home& home, const sync::RecordKey& typed,
                                        std::initializer_list<std::string> candidates) {
    for (const std::string& scope : candidates) {
        const auto isGone = home.state().isGone(home.idOf(withScope(typed, scope)));
        if (isGone && !*isGone) {
            return scope;
        }
    }
    return std::nullopt;
}

Result<std::string> Home::scopeFor(const schema::RegisterDef& def, const sync::RecordKey& key) {
    switch (def.scope) {
    case schema::ScopeRule::county: return std::string(kCommonScope);
    case schema::ScopeRule::ofRecord: {
        const auto target = keyId(key, "record");
        HZ_TRY(const std::optional<sync::RecordRow> record,
               target ? m_store->record(*target) : Result<std::optional<sync::RecordRow>>(std::nullopt));
        if (!record) {
            return fail(ErrorCode::unknownRecord, "the record that is commented on is not here");
        }
        return record->scope;
    }
    case schema::ScopeRule::unit: {
        const auto unit = keyId(key, "unit");
        const auto task = keyId(key, "task");
        if (!unit) {
            return fail(ErrorCode::badInput, "the key names no unit");
        }
        if (!task) {
            return unitScope(*unit);
        }
        // Who continues continues the one that exists, in either scope.
        if (def.keyField("nonce") == nullptr) {
            if (const auto present = presentScope(*this, key, {unitScope(*unit), taskScope(*task)})) {
                return *present;
            }
        }
        HZ_TRY(const std::optional<sync::Value> shared, state().shown(*task, "shared"));
        return shared && shared->asBoolean().value_or(false) ? taskScope(*task) : unitScope(*unit);
    }
    case schema::ScopeRule::restricted: return restrictedScope(def.name);
    }
    return fail(ErrorCode::internal, "a register without a scope rule");
}

Result<sync::RecordKey> Home::keyOf(std::string_view registerName, const json& key) {
    const schema::RegisterDef* def = registers().find(registerName);
    if (def == nullptr) {
        return fail(ErrorCode::unknownRegister, "there is no register " + std::string(registerName));
    }
    HZ_TRY(const schema::RecordKey parsed, schema::keyFromJson(*def, key));
    sync::RecordKey result{parsed.registerName, parsed.fields};
    for (auto& [fieldName, value] : result.fields) {
        if (fieldName == "nonce" && value.asText() == std::string_view()) {
            value = sync::Value::text(m_environment.random.draw<RecordId>().hex());
        }
    }
    HZ_TRY(const std::string scope, scopeFor(*def, result));
    for (auto& [fieldName, value] : result.fields) {
        if (fieldName == "scope") {
            if (value.asText() != std::string_view() && value.asText() != std::string_view(scope)) {
                // Only a filing may be named with the scope it has.
                continue;
            }
            value = sync::Value::text(scope);
        }
    }
    return result;
}

RecordId Home::idOf(const sync::RecordKey& key) const { return sync::recordIdOf(*m_suite, m_me.county.county, key); }

Result<RecordId> Home::unit() {
    Succession succession(state());
    HZ_TRY(const RecordId own, unitOf(m_me.enrolment, state()));
    return succession.standing(own);
}

Result<std::vector<std::string>> Home::scopes() {
    HZ_TRY(const sync::ScopeState scopeState, m_replica->scopeState());
    if (!sync::holdsScope(scopeState.held, "any")) {
        return scopeState.held;
    }
    std::set<std::string> all{std::string(kCommonScope)};
    HZ_TRY(const std::vector<sync::RecordRow> units, m_store->recordsOf("unit"));
    for (const sync::RecordRow& unit : units) {
        all.insert(unitScope(unit.id));
    }
    HZ_TRY(const std::vector<sync::RecordRow> taskRecords, m_store->recordsOf("task"));
    for (const sync::RecordRow& task : taskRecords) {
        HZ_TRY(const std::optional<sync::Value> shared, state().shown(task.id, "shared"));
        if (shared && shared->asBoolean().value_or(false)) {
            all.insert(taskScope(task.id));
        }
    }
    for (const std::string_view name : {"filing", "tally", "check", "extension", "paragraph", "closing"}) {
        HZ_TRY(const std::vector<sync::RecordRow> records, m_store->recordsOf(name));
        for (const sync::RecordRow& record : records) {
            all.insert(record.scope);
        }
    }
    return std::vector<std::string>(all.begin(), all.end());
}

// -- editing

Result<std::vector<sync::OpRef>> Home::shownDots(const sync::RecordRow& record, const schema::FieldDef& cell, OpKind kind,
                                                 const sync::Value& value) {
    std::vector<sync::OpRef> dots;
    HZ_TRY(const std::vector<sync::LiveRow> deletes, state().visible(record.id, schema::kDeletedCell));
    if (!deletes.empty()) {
        HZ_TRY(const bool isGone, state().isGone(record.id));
        if (isGone) {
            // Its author sees a deleted record: the edit names the delete, and through it all that the delete named.
            for (const sync::LiveRow& row : deletes) {
                dots.push_back(row.ref);
            }
            return dots;
        }
    }
    if (kind == OpKind::add || kind == OpKind::increment) {
        return dots;
    }
    if (kind == OpKind::assign) {
        HZ_TRY(const std::vector<sync::LiveRow> rows, state().visible(record.id, cell.name));
        if (rows.size() <= 1) {
            return rows.empty() ? dots : std::vector<sync::OpRef>{rows.front().ref};
        }
    }
    HZ_TRY(const sync::CellReading reading, state().cell(record, cell.name));
    if (kind == OpKind::remove) {
        for (const sync::LiveRow& row : reading.rows) {
            if (row.value == value) {
                dots.push_back(row.ref);
            }
        }
        return dots;
    }
    if (reading.view.state == sync::CellState::conflict) {
        for (const sync::LiveRow& row : reading.rows) {
            if (row.isUnanswered()) {
                return std::vector<sync::OpRef>{row.ref};
            }
        }
    }
    return reading.view.shownFrom;
}

Result<sync::EditAnswer> Home::editInTransaction(const EditRequest& request) {
    sync::RecordRow record;
    if (request.record) {
        HZ_TRY(const std::optional<sync::RecordRow> known, m_store->record(*request.record));
        if (!known) {
            return fail(ErrorCode::unknownRecord, "record " + request.record->hex() + " is not here");
        }
        record = *known;
    } else {
        HZ_TRY(record.key, keyOf(request.registerName, request.key));
        record.id = idOf(record.key);
        HZ_TRY(const std::optional<sync::RecordRow> known, m_store->record(record.id));
        HZ_TRY(const schema::RegisterDef* def, Result<const schema::RegisterDef*>(registers().find(record.key.registerName)));
        HZ_TRY(record.scope, known ? Result<std::string>(known->scope) : scopeFor(*def, record.key));
        if (const auto named = keyText(record.key, "scope")) {
            record.scope = *named;
        }
    }
    const schema::RegisterDef* def = registers().find(record.key.registerName);
    const schema::FieldDef* cell = def != nullptr ? def->cell(request.field) : nullptr;
    if (cell == nullptr) {
        return fail(ErrorCode::unknownField, record.key.registerName + " has no field " + request.field);
    }
    if (cell->isFixed()) {
        return fail(ErrorCode::badValue, request.field + " is part of what the record is and never changes");
    }
    HZ_TRY(const sync::Value value, request.json ? schema::valueFromJson(*cell, *request.json)
                                                 : schema::valueFromText(*cell, request.text.value_or("")));
    // Only here: what is on its way already was written while it was offered, and no later form takes it back.
    if (!request.isSettling && request.kind != OpKind::remove) {
        HZ_CHECK(schema::checkOffered(*cell, value));
    }
    sync::Edit edit{record.key, record.scope, request.field, request.kind, value, {}, m_me.enrolment.person};
    if (request.seen) {
        HZ_TRY(edit.seen, refsOf(*request.seen));
    } else {
        HZ_TRY(edit.seen, shownDots(record, *cell, request.kind, value));
    }
    // What the county said of a file that nothing named, it may have thrown away since: it is asked again.
    if (cell->type == schema::FieldType::blobHash && request.kind == OpKind::add) {
        HZ_CHECK(forgetAtCounty(*this, std::string(value.asText().value_or(""))));
    }
    return m_replica->edit(edit, now());
}

// What the county has lost, and this home had no text of, a form that was open before may still name. The edit is
// saved without it: should it come back, both are a conflict.
Result<std::vector<sync::OpRef>> Home::refsOf(const std::vector<std::string>& dots) {
    std::vector<sync::OpRef> refs;
    for (const std::string& dot : dots) {
        const auto ref = m_replica->history().parseDot(dot);
        HZ_TRY(const bool mayBeLost, !ref && ref.error().code == ErrorCode::notFound ? m_replica->hasBegunAnew()
                                                                                     : Result<bool>(false));
        if (mayBeLost) {
            continue;
        }
        HZ_CHECK(ref ? Result<void>() : Result<void>(fail(ref.error())));
        refs.push_back(*ref);
    }
    return refs;
}

Result<sync::EditAnswer> Home::transact(const std::function<Result<sync::EditAnswer>()>& work) {
    if (m_batch) {
        auto answer = work();
        if (!answer && isStorageError(answer.error().code)) {
            m_batch.reset();  // what the store did of it is not known: none of the batch stands
        }
        return answer;
    }
    HZ_TRY(sync::WriteScope scope, beginWrite());
    HZ_TRY(const sync::EditAnswer answer, work());
    HZ_CHECK(scope.commit());
    return answer;
}

Result<sync::EditAnswer> Home::edit(const EditRequest& request) {
    return transact([&] { return editInTransaction(request); });
}

Result<sync::EditAnswer> Home::deleteRecord(const RecordId& id) {
    return transact([&]() -> Result<sync::EditAnswer> {
        HZ_TRY(const std::optional<sync::RecordRow> record, m_store->record(id));
        HZ_TRY(const bool isGone, state().isGone(id));
        if (!record || isGone) {
            return fail(ErrorCode::unknownRecord, "record " + id.hex() + " is not here or was deleted");
        }
        sync::Edit edit{record->key, record->scope, std::string(schema::kDeletedCell), OpKind::assign,
                        sync::Value::boolean(true), {}, m_me.enrolment.person};
        HZ_TRY(edit.seen, state().liveDots(id));
        return m_replica->edit(edit, now());
    });
}

Result<sync::WriteScope> Home::beginWrite() {
    const WaitToWrite waiting(m_folder);
    HZ_TRY(sync::WriteScope scope, sync::WriteScope::begin(*m_store));
    HZ_CHECK(m_replica->applier().redactions().noticeOthers());
    return scope;
}

Result<void> Home::beginBatch() {
    HZ_TRY(sync::WriteScope scope, beginWrite());
    m_batch.emplace(std::move(scope));
    return {};
}

Result<void> Home::commitBatch() {
    if (!m_batch) {
        return fail(ErrorCode::storageFailed, "the batch was undone after an error of the disk");
    }
    auto committed = m_batch->commit();
    m_batch.reset();
    return committed;
}

// -- sync

Result<std::string> Home::url() const {
    if (!fileExists(m_folder + "/url")) {
        return fail(ErrorCode::unreachable, "this home was enrolled by file and knows no address of its county");
    }
    HZ_TRY(const Bytes bytes, readFile(m_folder + "/url", 4096));
    return std::string(textOf(bytes));
}

Result<void> Home::noteOffered() {
    HZ_TRY(sync::WriteScope scope, sync::WriteScope::begin(*m_store));
    HZ_CHECK(writeGuard());
    return scope.commit();
}

Result<void> Home::noteSync(WallMs countyTime) {
    if (countyTime == 0) {
        return {};
    }
    return writeLastSync(m_folder, *m_suite, {now(), countyTime - now()});
}

// Earlier versions kept it in the database: there it stands until the first sync of this one.
Result<std::optional<LastSync>> Home::lastSync() {
    if (const auto note = readLastSync(m_folder, *m_suite)) {
        return note;
    }
    HZ_TRY(const std::optional<Bytes> bytes, m_store->meta(kLastSync));
    if (!bytes) {
        return std::optional<LastSync>{};
    }
    HZ_TRY(const auto stored, sync::decode<std::pair<WallMs, WallMs>>(*bytes, "last sync"));
    return std::optional<LastSync>({stored.first, stored.second});
}

// While an answer is taken, the request after it is on its way.
static void exchange(SyncRound& round, sync::Transport& transport) {
    std::future<Result<sync::Answer>> ahead;
    while (const auto request = round.nextRequest()) {
        std::optional<Result<sync::Answer>> answer;
        if (ahead.valid()) {
            answer = ahead.get();
        }
        if (!request->isUnderWay || !answer) {
            answer = transport.post(request->path, request->bytes);
        }
        auto next = transport.worksBeside() ? round.ahead(*answer) : std::nullopt;
        if (next) {
            const auto post = [&transport, next = std::move(*next)] {
                return transport.post(next.path, next.bytes);
            };
            try {
                ahead = std::async(std::launch::async, post);
            } catch (const std::system_error&) {
                // No thread is to be had: it is sent when its turn comes.
            }
        }
        round.onAnswer(*answer);
    }
}

Result<HomeSyncReport> Home::sync(sync::Transport& transport, const SyncOptions& options) {
    const auto begun = std::chrono::steady_clock::now();
    std::unique_ptr<SyncRound> round;
    while (!round) {
        HZ_TRY(round, SyncRound::tryBegin(*this, options));
        if (!round && std::chrono::steady_clock::now() - begun > kSyncLockWait) {
            return fail(ErrorCode::syncRunning, "another process syncs this home");
        }
        if (!round) {
            std::this_thread::sleep_for(kSyncLockStep);
        }
    }
    HZ_TRY(const sync::ScopeState before, m_replica->scopeState());
    exchange(*round, transport);
    HomeSyncReport report = round->report(transport.traffic());
    if (report.error && report.error->code == ErrorCode::wiped) {
        return report;  // nothing is left to be counted
    }
    // Of one moment. What the round has not changed is not counted again.
    HZ_TRY(const storage::Transaction moment, storage::Transaction::beginRead(m_store->database()));
    HZ_TRY(const sync::ScopeState after, m_replica->scopeState());
    report.noteScopes(before.held, after.held);
    HZ_TRY(report.conflicts, conflictCount(*this));
    HZ_TRY(report.blobsPending, blobsPending());
    HZ_TRY(report.blobsMissing, blobsMissing());
    HZ_TRY(report.historyMissing, historyMissing());
    report.elapsedMs =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begun).count();
    return report;
}

// -- reading beside others who write

Result<storage::Transaction> Home::beginRead() {
    HZ_TRY(storage::Transaction reading, storage::Transaction::beginRead(m_store->database()));
    HZ_CHECK(m_replica->applier().redactions().noticeOthers());
    return reading;
}

Result<std::int64_t> Home::dataVersion() { return m_store->database().dataVersion(); }

// -- blobs

Result<std::string> Home::addBlob(const std::string& path) {
    HZ_TRY(const Bytes content, readFile(path, kBlobBytesMax));
    return addBlob(content);
}

Result<std::string> Home::addBlob(const Bytes& content) {
    const std::string name = m_suite->hash({content}).hex();
    HZ_CHECK(makeFolder(m_folder + "/blobs"));
    if (!use(m_folder + "/blobs/" + name)) {
        HZ_CHECK(replaceFile(m_folder + "/blobs/" + name, content));
    }
    return name;
}

Result<std::uint64_t> Home::blobsPending() {
    HZ_TRY(const std::vector<std::string> pending, pendingBlobs(*this));
    return std::uint64_t{pending.size()};
}

Result<std::uint64_t> Home::historyMissing() {
    const auto count = [this]() -> Result<std::uint64_t> {
        HZ_TRY(const std::optional<sync::SnapshotBase> base, sync::snapshotBase(*m_store));
        HZ_TRY(const std::vector<Hash> missing, base ? m_replica->segmentsToFetch(SIZE_MAX) : Result<std::vector<Hash>>(std::vector<Hash>{}));
        return std::uint64_t{missing.size()};
    };
    HZ_TRY(const std::uint64_t* missing, m_memory.historyMissing.get(m_store->database(), count));
    return *missing;
}

Result<bool> Home::hasTail() {
    HZ_TRY(const bool* hasTail, m_memory.hasTail.get(m_store->database(), [this] { return m_replica->hasTail(); }));
    return *hasTail;
}

Result<bool> Home::hasLetGoOfHistory() {
    HZ_TRY(const std::optional<sync::SnapshotBase> base, sync::snapshotBase(*m_store));
    return base && base->isCompacted;
}

Result<std::uint64_t> Home::blobsMissing() {
    HZ_TRY(const std::vector<std::string> missing, missingBlobs(*this));
    return std::uint64_t{missing.size()};
}

// -- checking

// The scope that follows from the key alone; nullopt: from more than that.
static std::optional<std::string> scopeByKey(const schema::RegisterDef* def, const sync::RecordKey& key) {
    if (auto named = keyText(key, "scope")) {
        return named;
    }
    if (def != nullptr && def->scope == schema::ScopeRule::county) {
        return std::string(kCommonScope);
    }
    const auto unit = keyId(key, "unit");
    const bool isOfUnit = def != nullptr && def->scope == schema::ScopeRule::unit && unit && !keyId(key, "task");
    return isOfUnit ? std::optional(unitScope(*unit)) : std::nullopt;
}

// A record is what its key says: what is shown of it hangs on this row, which no rebuild makes anew.
static Result<std::vector<std::string>> recordFindings(Home& home) {
    std::set<RecordId> shown;
    HZ_CHECK(home.store().eachLive("", [&](sync::LiveRow&& row) { shown.insert(row.record); }));
    std::vector<std::string> findings;
    for (const RecordId& id : shown) {
        HZ_TRY(const std::optional<sync::RecordRow> record, home.store().record(id));
        if (!record || home.idOf(record->key) != id) {
            findings.push_back("table record: " + id.hex() + " is missing, or not what its id says");
            continue;
        }
        const auto scope = scopeByKey(home.registers().find(record->key.registerName), record->key);
        if (scope && record->scope != *scope) {
            findings.push_back("table record: " + id.hex() + " does not lie in the scope that its key says");
        }
    }
    return findings;
}

Result<std::vector<std::string>> Home::verify() {
    HZ_TRY(std::vector<std::string> findings, pageFindings(m_store->database()));
    if (!findings.empty()) {
        return findings;
    }
    HZ_TRY(findings, recordFindings(*this));
    HZ_TRY(const std::optional<sync::SnapshotBase> base, sync::snapshotBase(*m_store));
    HZ_TRY(const std::vector<sync::EntryRow> rows, m_store->entries(0, SIZE_MAX));
    for (const sync::EntryRow& row : rows) {
        const auto finding = [&](const std::string& what) {
            findings.push_back("entry " + std::to_string(row.position) + ": " + what);
        };
        const auto entry = sync::decode<sync::LogEntry>(row.entry, "log entry");
        if (!entry) {
            finding("cannot be read");
            continue;
        }
        if (const auto* segment = std::get_if<sync::SegmentEntry>(&entry->content)) {
            HZ_TRY(const std::optional<sync::SegmentRow> stored, m_store->segment(segment->segment));
            if (base && stored && !stored->hasText()) {
                continue;   // its place in the log is proved, its text is not here
            }
            const auto opened = stored ? sync::openSegment(*m_suite, stored->envelope)
                                       : Result<sync::SealedSegment>(fail(ErrorCode::notFound, ""));
            if (!opened || opened->hash != segment->segment) {
                finding("its segment " + segment->segment.hex().substr(0, 16) + " is damaged or missing");
            } else {
                HZ_TRY(const bool isOrdered, m_replica->applier().redactions().covers(*opened));
                if (!isOrdered) {
                    finding("its segment lacks values that nobody ordered to erase");
                }
            }
        }
    }
    HZ_TRY(const std::vector<std::string> pageFindings, m_replica->verifyPages());
    findings.insert(findings.end(), pageFindings.begin(), pageFindings.end());
    if (findings.empty()) {
        HZ_TRY(const bool isEqual, m_replica->isRebuildEqual());
        if (!isEqual) {
            findings.emplace_back("table live: is not what the log gives");
        }
    }
    return findings;
}

}  // namespace hezhang::ledger
