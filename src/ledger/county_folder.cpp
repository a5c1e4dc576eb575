// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/county_folder.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <limits>
#include <thread>

#include "schema/record_validator.h"
#include "src/ledger/authentic.h"
#include "src/ledger/county_files.h"
#include "src/ledger/erasing.h"
#include "sync/base/check.h"
#include "sync/base/log.h"
#include "sync/engine/redactions.h"
#include "sync/trust/merkle.h"

namespace hezhang::ledger {

using sync::OpKind;
using sync::Value;

Result<void> checkCell(std::string_view registerName, std::string_view field, const std::string& text) {
    const schema::RegisterDef* def = schema::Registers::builtIn().find(registerName);
    HZ_ASSERT(def != nullptr && def->cell(field) != nullptr);
    if (text.empty()) {
        return fail(ErrorCode::badValue,
                    "the " + std::string(field) + " of a " + std::string(registerName) + " is empty");
    }
    return schema::validate(*def->cell(field), Value::text(text));
}

namespace {

constexpr std::size_t kHeadBytesMax = 4096;
constexpr int kLogPages = 16'000;  // 64 MB: many devices change the same pages
constexpr std::size_t kUrlBytesMax = 4096;
constexpr std::size_t kIdDigitsMin = 6;
constexpr auto kOperatorLockWait = std::chrono::seconds(10);
constexpr auto kOperatorLockStep = std::chrono::milliseconds(20);
constexpr WallMs kCleanEvery = 60 * 60 * 1000;
constexpr std::string_view kEraseAgain = "erase-again";  // old texts lack what this database may still have

std::string operatorLock(const std::string& folder) {
    return folder + "/operator.lock";
}

std::string urlPath(const std::string& folder) {
    return folder + "/url";
}

std::vector<sync::DefinitionControl> definitionsOf(const schema::Registers& registers) {
    std::vector<sync::DefinitionControl> definitions;
    for (const schema::RegisterDef& def : registers.all()) {
        definitions.push_back(
            {def.name, static_cast<std::uint32_t>(def.version), std::string(registers.source(def.name))});
    }
    return definitions;
}

sync::CountyEdit assign(const sync::RecordKey& key, std::string_view field, std::string_view text) {
    return {key, std::string(kCommonScope), std::string(field), OpKind::assign, Value::text(text)};
}

bool isIdStart(std::string_view id, std::string_view text) {
    return text.size() >= kIdDigitsMin && id.starts_with(text);
}

std::string joined(const std::vector<std::string>& texts) {
    std::string all;
    for (const std::string& text : texts) {
        all += (all.empty() ? "" : ", ") + text;
    }
    return all;
}

// Everything a new county starts with, in the database at `path`.
Result<void> createCounty(const std::string& path, const CountyOptions& options, Environment environment) {
    HZ_TRY(const std::unique_ptr<sync::SqliteStore> store,
           sync::SqliteStore::open(path, storage::Access::create));
    ::chmod(path.c_str(), 0600);
    const sync::Suite* suite = sync::suiteFor(options.suite);
    HZ_ASSERT(suite != nullptr);
    const schema::Registers& registers = environment.registers;
    const LedgerRules rules(registers);
    const LedgerJudge judge(registers);
    sync::County county(*store, *suite, rules, judge, environment.random);
    HZ_TRY(sync::WriteScope scope, sync::WriteScope::begin(*store));
    HZ_CHECK(county.create(options.name, definitionsOf(registers), environment.clock.now()));
    HZ_CHECK(scope.commit());
    const std::string office = options.office.value_or(std::string(kDefaultOfficeName));
    const sync::RecordKey key = unitKey(office);
    HZ_CHECK(county.write(std::vector{assign(key, "name", office), assign(key, "kind", "office")},
                          environment.clock.now()));
    return store->database().fold();
}

}  // namespace

Result<void> CountyFolder::checkCell(std::string_view registerName, std::string_view field,
                                     const std::string& text) {
    const schema::RegisterDef* def = schema::Registers::builtIn().find(registerName);
    HZ_ASSERT(def != nullptr && def->cell(field) != nullptr);
    if (text.empty()) {
        return fail(ErrorCode::badValue,
                    "the " + std::string(field) + " of a " + std::string(registerName) + " is empty");
    }
    return schema::validate(*def->cell(field), Value::text(text));
}

// -- opening

Result<void> CountyFolder::init(const std::string& folder, const CountyOptions& options,
                                Environment environment) {
    const std::string database = countyDatabase(folder);
    const auto inUse = [&] {
        return fail(ErrorCode::inUse, "the folder " + folder + " holds a county already");
    };
    if (fileExists(database)) {
        return inUse();
    }
    if (options.name.empty() || !checkCell("unit", "name", options.name)) {
        return fail(ErrorCode::badValue, "the county's name is not one line of 1 to 100 characters");
    }
    HZ_CHECK(checkCell("unit", "name", options.office.value_or(std::string(kDefaultOfficeName))));
    const bool isNewFolder = !fileExists(folder);
    HZ_CHECK(makeFolder(folder));
    ::chmod(folder.c_str(), 0700);
    const std::string fresh = database + "." + environment.random.draw<RecordId>().hex() + ".new";
    auto made = createCounty(fresh, options, environment);
    // A link, not a rename: of two at the same time one must lose.
    if (made && ::link(fresh.c_str(), database.c_str()) != 0) {
        const int number = errno;
        made = number == EEXIST
                   ? Result<void>(inUse())
                   : fail(errnoError(number, ErrorCode::fileUnwritable, "cannot make a county in " + folder));
    }
    removeDatabaseFiles(fresh);
    if (!made && isNewFolder) {
        ::rmdir(folder.c_str());
    }
    HZ_CHECK(made);
    return syncFolder(folder);
}

Result<std::unique_ptr<CountyFolder>> CountyFolder::open(const std::string& folder, Environment environment) {
    std::unique_ptr<CountyFolder> county(new CountyFolder(folder, environment));
    HZ_CHECK(county->load(countyDatabase(folder), countyArchives(folder)));
    return county;
}

Result<void> CountyFolder::load(const std::string& database, const std::string& archiveFolder) {
    if (!fileExists(database)) {
        return fail(ErrorCode::notFound, "the folder " + m_folder + " holds no county");
    }
    HZ_TRY(m_store, sync::SqliteStore::open(database, storage::Access::open));
    m_store->database().setLogPages(kLogPages);
    m_archive = std::make_unique<CountyArchive>(*m_store, archiveFolder);
    m_store->setTextsElsewhere(
        [archive = m_archive.get()](const Hash& segment) { return archive->text(segment); });
    HZ_TRY(const std::optional<Bytes> bytes, m_store->meta(sync::meta::kCounty));
    if (!bytes) {
        return fail(ErrorCode::notFound, "the folder " + m_folder + " holds no county");
    }
    HZ_TRY(const sync::CountyControl control, sync::decode<sync::CountyControl>(*bytes, "county"));
    m_suite = sync::suiteFor(control.suite);
    if (m_suite == nullptr) {
        return fail(ErrorCode::wrongVersion, "this version does not have the county's cipher suite");
    }
    m_rules = std::make_unique<LedgerRules>(registers());
    m_judge = std::make_unique<LedgerJudge>(registers());
    m_county = std::make_unique<sync::County>(*m_store, *m_suite, *m_rules, *m_judge, m_environment.random);
    m_blobs = std::make_unique<BlobStore>(m_folder + "/blobs", *m_suite);
    return {};
}

CountyFolder::~CountyFolder() {
    stopServing();
}

// -- the head beside the database

Result<bool> CountyFolder::isBehind(const sync::Head& noted) {
    HZ_TRY(const std::uint64_t size, m_county->size());
    if (noted.size > size) {
        return true;
    }
    HZ_TRY(const Hash root, m_county->rootAt(noted.size));
    return root != noted.root;
}

// A tree that does not lead to the head this very database signed is damaged, not old: a new epoch would sign
// what is wrong.
Result<void> CountyFolder::checkTree() {
    HZ_TRY(const sync::Head own, m_county->head());
    HZ_TRY(const std::uint64_t size, m_county->size());
    const auto root = own.size > size ? fail(ErrorCode::storageCorrupt, "") : m_county->rootAt(own.size);
    if (!root && root.error().code != ErrorCode::storageCorrupt) {
        return fail(root.error());
    }
    return root && *root == own.root
               ? Result<void>()
               : fail(ErrorCode::storageCorrupt,
                      "the tree of the log does not lead to the head that was signed; try hezhangd repair");
}

// An older database was put in place of the one that signed the noted head. What devices hold of the time in
// between comes back only in a new epoch.
Result<void> CountyFolder::checkNotedHead() {
    // The note is read first: it is written after the database, so what it says is there.
    const auto bytes = readFile(notedHead(m_folder), kHeadBytesMax);
    if (!bytes) {
        return {};
    }
    HZ_CHECK(checkTree());
    HZ_TRY(const sync::CountyControl control, m_county->control());
    const auto noted = sync::decode<sync::Head>(*bytes, "noted head");
    if (!noted || !sync::isSignedBy(*m_suite, *noted, control.publicKey)) {
        log::warning("endpoint", "the noted head is not this county's");
        return {};
    }
    HZ_TRY(const bool isOlder, isBehind(*noted));
    if (!isOlder) {
        return {};
    }
    HZ_TRY(const std::uint64_t size, m_county->size());
    log::warning("endpoint", "the database is behind its noted head; a new epoch begins",
                 {{"entries", size}, {"noted", noted->size}});
    return beginNewLife("the database is behind the head noted beside it");
}

// The lanes the county wrote so far go on elsewhere, perhaps: numbers after the fork may have been used.
Result<void> CountyFolder::beginNewLife(const std::string& cause) {
    HZ_TRY(sync::WriteScope scope, sync::WriteScope::begin(*m_store));
    HZ_TRY(const std::vector<sync::LaneRow> lanes, m_store->lanes());
    for (sync::LaneRow lane : lanes) {
        if (lane.isMine && lane.isOpen) {
            lane.isOpen = false;
            HZ_CHECK(m_store->putLane(lane));
        }
    }
    HZ_CHECK(m_county->beginEpoch(cause, now()));
    HZ_CHECK(m_county->enterEdits({}, now()));  // signs the head of the new epoch
    HZ_CHECK(m_store->setMeta(kEraseAgain, Bytes{1}));
    HZ_CHECK(scope.commit());
    eraseAgain();
    return {};
}

// What fails is tried again whenever the county is served anew.
void CountyFolder::eraseAgain() {
    const auto work = [this]() -> Result<void> {
        HZ_TRY(const std::optional<Bytes> due, m_store->meta(kEraseAgain));
        if (!due) {
            return {};
        }
        HZ_CHECK(m_archive->eraseAgain(*m_county, *m_suite, now()));
        HZ_TRY(sync::WriteScope scope, sync::WriteScope::begin(*m_store));
        HZ_CHECK(m_store->eraseMetas(kEraseAgain));
        return scope.commit();
    };
    if (const auto erased = work(); !erased) {
        log::warning("endpoint",
                     "what was erased before cannot be erased again yet; the next start tries it again",
                     {{"code", name(erased.error().code)}});
    }
}

void CountyFolder::noteCommitted() {
    if (const auto noted = noteHead(); !noted) {
        log::warning("endpoint", "the head cannot be noted", {{"code", name(noted.error().code)}});
    }
}

// A note that cannot be written costs only the note.
Result<void> CountyFolder::noteHead() {
    HZ_TRY(const std::uint64_t size, m_county->size());
    HZ_TRY(sync::Head head, m_county->head());
    if (head.size != size) {
        // Requests that get no feed grow the log without a signature; an empty edit gives it one.
        HZ_CHECK(m_county->write({}, now()));
        HZ_TRY(head, m_county->head());
    }
    if (head.size == m_notedSize) {
        return {};
    }
    // Not synced: after a power cut an older note, or none, is as good as this one.
    const std::string path = notedHead(m_folder);
    const std::string fresh = path + "." + std::to_string(::getpid()) + ".new";
    const Bytes bytes = sync::encode(head);
    std::ofstream file(fresh, std::ios::binary | std::ios::trunc);
    file << textOf(bytes);
    file.close();
    if (!file || ::rename(fresh.c_str(), path.c_str()) != 0) {
        ::unlink(fresh.c_str());
        log::warning("endpoint", "the head cannot be noted", {{"entries", head.size}});
        return {};
    }
    m_notedSize = head.size;
    return {};
}

// -- serving

Result<void> CountyFolder::startServing() {
    HZ_TRY(m_lock, FileLock::tryTake(serveLock(m_folder)));
    if (!m_lock) {
        return fail(ErrorCode::inUse, "another hezhangd serves from " + m_folder);
    }
    HZ_CHECK(checkNotedHead());
    eraseAgain();
    // After an upgrade this program knows newer registers than the log: devices may write by them from now
    // on.
    HZ_CHECK(m_county->takeUpControls());
    HZ_CHECK(m_county->define(definitionsOf(registers()), now()));
    return noteHead();
}

Result<void> CountyFolder::announce(const std::string& listening, const std::string& publicUrl) {
    HZ_CHECK(replaceFile(urlPath(m_folder), viewOf(publicUrl.empty() ? listening : publicUrl)));
    m_isAnnounced = true;
    m_publicUrl = publicUrl;
    return {};
}

void CountyFolder::stopServing() {
    if (m_isAnnounced) {
        ::unlink(urlPath(m_folder).c_str());
        m_isAnnounced = false;
    }
}

Result<std::vector<Bytes>> CountyFolder::handlePlain(std::span<const Bytes> requests) {
    HZ_TRY(std::vector<Bytes> answers, m_county->handle(requests, now()));
    noteCommitted();
    cleanAfterRequests();
    return answers;
}

Result<Bytes> CountyFolder::handleEnrol(BytesView request) {
    HZ_TRY(Bytes answer, m_county->handleEnrol(request, now()));
    noteCommitted();
    return answer;
}

Result<Bytes> CountyFolder::handleRepair(BytesView request) {
    HZ_TRY(const auto asked, authentic<sync::RepairRequest>(*m_county, request));
    if (!asked) {
        return Bytes{};
    }
    sync::RepairAnswer answer;
    answer.status = sync::RepairStatus::refused;
    if (asked->device) {
        m_archive->passOverMissing(true);
        auto handled = m_county->handleRepair(*asked->device, asked->message, now());
        m_archive->passOverMissing(false);
        HZ_TRY(answer, std::move(handled));
        HZ_CHECK(noteHead());
    }
    return asked->answer(*m_suite, answer);
}

Result<Bytes> CountyFolder::handleSnapshot(BytesView request) {
    HZ_TRY(const auto asked, authentic<sync::SnapshotRequest>(*m_county, request));
    if (!asked) {
        return Bytes{};
    }
    sync::SnapshotAnswer answer;
    answer.status = sync::SnapshotStatus::refused;
    if (asked->device) {
        HZ_TRY(answer, m_county->handleSnapshot(*asked->device, asked->message, now()));
        HZ_CHECK(noteHead());
    }
    return asked->answer(*m_suite, answer);
}

// -- the operator

Result<sync::CountyDamage> CountyFolder::repair() {
    HZ_TRY(const FileLock lock, waitForOperatorLock());
    m_archive->passOverMissing(true);
    auto damage = m_county->inspect();
    m_archive->passOverMissing(false);
    return damage;
}

Result<FileLock> CountyFolder::lockForOperator() {
    HZ_TRY(FileLock lock, waitForOperatorLock());
    HZ_CHECK(checkNotedHead());
    return lock;
}

Result<FileLock> CountyFolder::waitForOperatorLock() {
    const auto deadline = std::chrono::steady_clock::now() + kOperatorLockWait;
    for (;;) {
        HZ_TRY(std::optional<FileLock> lock, FileLock::tryTake(operatorLock(m_folder)));
        if (lock) {
            return *std::move(lock);
        }
        if (std::chrono::steady_clock::now() > deadline) {
            return fail(ErrorCode::storageBusy, "another command works on " + m_folder);
        }
        std::this_thread::sleep_for(kOperatorLockStep);
    }
}

Result<UnitsImport> CountyFolder::importUnits(std::string_view csv) {
    HZ_TRY(const FileLock lock, lockForOperator());
    HZ_TRY(const sync::CountyControl control, m_county->control());
    HZ_TRY(UnitsPlan plan, planUnits(csv, m_county->projection(), control.county, registers()));
    if (!plan.edits.empty()) {
        HZ_CHECK(m_county->write(plan.edits, now()));
        HZ_CHECK(noteHead());
    }
    return std::move(plan.outcome);
}

Result<std::optional<RecordId>> CountyFolder::unitToJoin(const RecordId& unit) {
    Succession succession(m_county->projection());
    HZ_TRY(const RecordId standing, succession.standing(unit));
    HZ_TRY(const std::vector<RecordId> successors, succession.successors(standing));
    return successors.empty() ? std::optional(standing) : std::nullopt;
}

Result<RecordId> CountyFolder::personFor(const InviteRequest& request, const RecordId& unit) {
    HZ_TRY(const std::vector<PersonListing> all, persons());
    std::vector<const PersonListing*> found;
    for (const PersonListing& person : all) {
        if (person.name == request.person && person.unit == unit && !person.isEnded) {
            found.push_back(&person);
        }
    }
    if (found.size() > 1) {
        std::vector<std::string> ids;
        for (const PersonListing* person : found) {
            ids.push_back(person->person.hex());
        }
        return fail(ErrorCode::ambiguous, "the unit has several persons of this name: " + joined(ids));
    }
    return found.empty() ? newPerson(request.person, unit, request.role)
                         : withRole(*found.front(), request.role);
}

Result<RecordId> CountyFolder::withRole(const PersonListing& person, const std::string& role) {
    if (person.role != role) {
        HZ_TRY(const std::optional<sync::RecordRow> record, m_store->record(person.person));
        if (!record) {
            return fail(ErrorCode::storageCorrupt, "the record of the person is missing");
        }
        HZ_CHECK(m_county->enterEdits(std::vector{assign(record->key, "role", role)}, now()));
    }
    return person.person;
}

Result<RecordId> CountyFolder::newPerson(const std::string& name, const RecordId& unit,
                                         const std::string& role) {
    const sync::RecordKey key{"person",
                              {{"nonce", Value::text(m_environment.random.draw<RecordId>().hex())}}};
    HZ_CHECK(m_county->enterEdits(
        std::vector{assign(key, "name", name), assign(key, "unit", unit.hex()), assign(key, "role", role)},
        now()));
    HZ_TRY(const sync::CountyControl control, m_county->control());
    return sync::recordIdOf(*m_suite, control.county, key);
}

Result<void> CountyFolder::checkInvited(const InviteRequest& request) {
    HZ_CHECK(checkCell("person", "name", request.person));
    return checkCell("person", "role", request.role);
}

Result<sync::Invitation> CountyFolder::enterInvitation(sync::Invitation invitation, BytesView codeId,
                                                       BytesView codeKey) {
    HZ_TRY(invitation.unitName, unitName(m_county->projection(), invitation.unit));
    HZ_CHECK(m_county->enterInvitation(invitation, codeId, codeKey));
    return invitation;
}

std::optional<std::string> CountyFolder::announcedUrl() const {
    const auto announced = readFile(urlPath(m_folder), kUrlBytesMax);
    return announced ? std::optional<std::string>(textOf(*announced)) : std::nullopt;
}

Result<InviteAnswer> CountyFolder::invite(const InviteRequest& request,
                                          const std::optional<std::string>& url) {
    HZ_CHECK(checkInvited(request));
    HZ_TRY(const FileLock lock, lockForOperator());
    InviteAnswer answer;
    answer.code = sync::newCode(m_environment.random);
    HZ_TRY(sync::WriteScope scope, sync::WriteScope::begin(*m_store));
    HZ_TRY(const RecordId named, findUnit(m_county->projection(), request.unit));
    HZ_TRY(const std::optional<RecordId> joined, unitToJoin(named));
    if (!joined) {
        return fail(ErrorCode::badInput, "the unit was split: name the one the person belongs to now");
    }
    const RecordId unit = *joined;
    HZ_TRY(const RecordId person, personFor(request, unit));
    HZ_TRY(const sync::Invitation invitation,
           enterInvitation({person, unit, request.role, request.person, {}, now() + request.validFor, {}},
                           sync::codeIdOf(*m_suite, answer.code), sync::codeKeyOf(*m_suite, answer.code)));
    HZ_CHECK(scope.commit());
    noteCommitted();
    answer.expiresAt = invitation.expiresAt;
    answer.url = url ? url : announcedUrl();
    return answer;
}

Result<void> CountyFolder::revoke(std::string_view device, Revoking revoking) {
    HZ_TRY(const FileLock lock, lockForOperator());
    HZ_TRY(const std::vector<sync::DeviceRow> all, m_store->devices());
    std::vector<DeviceId> found;
    std::vector<std::string> candidates;
    for (const sync::DeviceRow& row : all) {
        if (row.enrolment.role != kCountyRole && isIdStart(row.enrolment.device.hex(), device)) {
            found.push_back(row.enrolment.device);
            candidates.push_back(row.enrolment.device.hex());
        }
    }
    if (found.size() > 1) {
        return fail(ErrorCode::ambiguous,
                    "several devices start with " + std::string(device) + ": " + joined(candidates));
    }
    if (found.empty()) {
        return fail(ErrorCode::notFound, "there is no device " + std::string(device));
    }
    HZ_TRY(sync::WriteScope scope, sync::WriteScope::begin(*m_store));
    HZ_CHECK(revoking == Revoking::wipe ? m_county->enterWipe(found.front(), now())
                                        : m_county->enterRevocation(found.front(), now()));
    HZ_CHECK(scope.commit());
    noteCommitted();
    return {};
}

Result<sync::RedactedOp> CountyFolder::redact(const Hash& op) {
    HZ_TRY(const FileLock lock, lockForOperator());
    HZ_TRY(const sync::RedactedOp redacted, m_county->redact(op, now()));
    noteCommitted();
    HZ_CHECK(cleanFiles());
    return redacted;
}

Result<void> CountyFolder::cleanFiles() {
    HZ_CHECK(m_archive->forgetErased());
    return cleanErased(*m_store, registers(), [this](const Hash& blob) { return m_blobs->pathOf(blob); });
}

// Devices hand back what was erased before a restore. To write the database anew costs a while, and may fail
// while somebody reads: once in a while is often enough, and never beside an operator's command.
void CountyFolder::cleanAfterRequests() {
    const auto left = sync::erasedLeft(*m_store);
    const bool isDue = left && *left && std::abs(now() - m_cleanedAt) >= kCleanEvery;
    const auto lock = isDue ? FileLock::tryTake(operatorLock(m_folder)) : Result<std::optional<FileLock>>();
    if (!isDue || !lock || !*lock) {
        return;
    }
    m_cleanedAt = now();
    if (const auto cleaned = cleanFiles(); !cleaned) {
        log::warning("endpoint", "what was erased is still in files", {{"code", name(cleaned.error().code)}});
    }
}

Result<CountyArchiving> CountyFolder::archive(WallMs age) {
    HZ_TRY(const FileLock lock, lockForOperator());
    const auto fileBytes = [this] {
        std::error_code unreadable;
        const auto bytes = std::filesystem::file_size(countyDatabase(m_folder), unreadable);
        return unreadable ? std::uint64_t{0} : bytes;
    };
    CountyArchiving done;
    done.fileBytesBefore = fileBytes();
    HZ_TRY(done.added, m_archive->add(now() - age));
    // Also where nothing was old enough: the last time somebody may have been reading.
    HZ_CHECK(m_store->database().scrub());
    done.fileBytes = fileBytes();
    return done;
}

Result<void> CountyFolder::endPerson(std::string_view person) {
    HZ_TRY(const FileLock lock, lockForOperator());
    HZ_TRY(const std::vector<PersonListing> all, persons());
    std::vector<const PersonListing*> found;
    std::vector<std::string> candidates;
    for (const PersonListing& one : all) {
        if (one.name == person || isIdStart(one.person.hex(), person)) {
            found.push_back(&one);
            candidates.push_back(one.person.hex());
        }
    }
    if (found.size() > 1) {
        return fail(ErrorCode::ambiguous,
                    "several persons are called " + std::string(person) + ": " + joined(candidates));
    }
    if (found.empty()) {
        return fail(ErrorCode::notFound, "there is no person " + std::string(person));
    }
    if (!found.front()->isEnded) {
        HZ_CHECK(m_county->endPerson(found.front()->person, now()));
    }
    noteCommitted();
    return {};
}

// -- reading

Result<std::vector<DeviceListing>> CountyFolder::devices() {
    HZ_TRY(DevicePage page, devicePage(m_county->projection(), 0, std::numeric_limits<std::size_t>::max()));
    HZ_TRY(const std::vector<sync::LaneRow> lanes, m_store->lanes());
    std::vector<DeviceListing> all;
    for (sync::ListedDevice& device : page.devices) {
        DeviceListing listing{std::move(device), {}, {}};
        HZ_TRY(listing.wipe, wipeOf(listing.device.device));
        for (const sync::LaneRow& lane : lanes) {
            if (lane.device != listing.device.device) {
                continue;
            }
            HZ_TRY(const std::vector<sync::BranchRow> branches, m_store->branches(lane.lane));
            HZ_TRY(const std::uint64_t forks, m_county->projection().history().forksOf(lane.lane));
            DeviceListing::Lane listed{lane.lane, lane.scope, forks + 1, 0};
            for (const sync::BranchRow& branch : branches) {
                listed.ops += branch.tip + 1 - branch.fork;
            }
            listing.lanes.push_back(std::move(listed));
        }
        all.push_back(std::move(listing));
    }
    return all;
}

Result<std::vector<PersonListing>> CountyFolder::persons() {
    return ledger::persons(m_county->projection());
}

}  // namespace hezhang::ledger
