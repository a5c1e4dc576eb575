// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The county's data folder: what `hezhangd` does to it, without HTTP.
//
// Files:   county.db · head (the newest signed head, noted beside the database: tells a database that is
//          older) · url (of the running endpoint) · serve.lock (held by the one running `serve`) ·
//          operator.lock (held by one operator's command at a time) · blobs/ ·
//          county.db.before-restore-N (what a restore replaced). All readable by the owner only.
// Errors:  notFound (no county here, or no such device or person), inUse, unknownUnit, ambiguous, badInput;
//          storage errors.
// Threads: one CountyFolder, one thread. Any number of processes may have the same folder open: `invite` and
//          the others work beside a running `serve`.
#pragma once

#include <memory>

#include "src/ledger/blob_garbage.h"
#include "src/ledger/blob_store.h"
#include "src/ledger/county_archive.h"
#include "src/ledger/files.h"
#include "src/ledger/home.h"
#include "src/ledger/names.h"
#include "src/ledger/people.h"
#include "src/ledger/units_import.h"
#include "sync/engine/county.h"
#include "sync/store/sqlite_store.h"
#include "sync/transport/bundle.h"
#include "sync/transport/wipe_messages.h"

namespace hezhang::ledger {

inline constexpr std::string_view kDefaultOfficeName = "政务公开办公室";

struct CountyOptions {
    std::string name;
    std::optional<std::string> office;  // name of the office's unit; default kDefaultOfficeName
    sync::SuiteId suite = sync::SuiteId::international;
};

struct InviteRequest {
    std::string unit;    // id, name or unique short name
    std::string person;  // name; made when the unit has none of that name
    std::string role;
    WallMs validFor = WallMs{7} * 24 * 3600 * 1000;
};
struct InviteAnswer {
    std::string code;
    std::optional<std::string> url;
    WallMs expiresAt = 0;
};

// What came of a bundle (importBundle).
struct BundleTaken {
    DeviceId device;  // none: an enrolment
    std::uint64_t messages = 0;
    std::uint64_t accepted = 0;  // segments by what became of them
    std::uint64_t held = 0;
    std::uint64_t refused = 0;
    std::uint64_t blobs = 0;  // files that are here whole
    std::uint64_t given = 0;  // files of others that the answer brings, to their end
    bool isEnrolled = false;
    bool isAll = true;  // the answer holds all that is new; else the next one goes on
    Bytes answer;       // the bundle that goes back
};

inline constexpr WallMs kArchiveAgeDefault = WallMs{730} * 24 * 3600 * 1000;

struct CountyArchiving {
    std::optional<ArchiveNote> added;   // nullopt: nothing was old enough
    std::uint64_t fileBytesBefore = 0;  // of the database
    std::uint64_t fileBytes = 0;
};

struct DeviceListing {
    struct Lane {
        LaneId lane;
        std::string scope;
        std::uint64_t branches = 1;  // more than one: the home was copied or restored
        sync::OpCounter ops = 0;
    };

    sync::ListedDevice device;
    std::optional<sync::ListedWipe> wipe;  // it was ordered to empty itself
    std::vector<Lane> lanes;
};

class CountyFolder {
public:
    // All of it or nothing, also where the process ends in between. Errors: inUse where there is a county.
    [[nodiscard]] static Result<void> init(const std::string& folder, const CountyOptions& options,
                                           Environment environment);
    [[nodiscard]] static Result<std::unique_ptr<CountyFolder>> open(const std::string& folder,
                                                                    Environment environment);
    ~CountyFolder();

    // Takes serve.lock until the folder is closed, and begins a new epoch where the database is behind the
    // head noted beside it. Errors: inUse.
    [[nodiscard]] Result<void> startServing();
    // Notes the address for invitations, stopServing() takes it back: `publicUrl`, which the operator named,
    // else where it listens, which is of use on this machine only.
    [[nodiscard]] Result<void> announce(const std::string& listening, const std::string& publicUrl);
    void stopServing();

    // -- the operator. Each does what startServing() does about the noted head.
    [[nodiscard]] Result<UnitsImport> importUnits(std::string_view csv);
    [[nodiscard]] Result<InviteAnswer> invite(const InviteRequest& request,
                                              const std::optional<std::string>& url);
    // `device`: id or unique start.
    enum class Revoking : std::uint8_t { stop, wipe /* and it empties itself (leaving.h) */ };
    [[nodiscard]] Result<void> revoke(std::string_view device, Revoking revoking = Revoking::stop);
    [[nodiscard]] Result<void> endPerson(std::string_view person);  // id, unique start, or unique name
    // Erases the value of an op, here and through the log everywhere (sync/engine/redactions.h). Errors:
    // notFound, badValue; storageBusy where others read: the op is erased then, and asking again cleans the
    // files.
    [[nodiscard]] Result<sync::RedactedOp> redact(const Hash& op);
    // Finds what of the log is damaged; what follows from the rest is made anew. Devices that have what is
    // lost bring it with `hz repair`.
    [[nodiscard]] Result<sync::CountyDamage> repair();
    // Takes what a device has sent by file and writes the answer, at most about `bytesMax` of it. Message by
    // message, each durable by itself: what fails in between bears repeating. Errors: those of openBundle;
    // otherCounty; badInput (an answer); refused (nothing in it is of a device of this county).
    [[nodiscard]] Result<BundleTaken> importBundle(BytesView file, std::size_t bytesMax);
    // Moves the texts of segments that are older than `age` out of the database (county_archive.h), and makes
    // it small. Errors also: storageBusy where others read: they are moved then, and asking again makes it
    // small.
    [[nodiscard]] Result<CountyArchiving> archive(WallMs age);
    [[nodiscard]] CountyArchive& archives() { return *m_archive; }
    // Files that no op of the log names (blob_garbage.h).
    [[nodiscard]] Result<GarbageReport> throwAwayGarbage(const GarbageRequest& request);
    // Also tells the devices, through the log, how much is now safe. Replaces `file`.
    [[nodiscard]] Result<void> backupTo(const std::string& file);
    // Puts a backup into a new or existing folder; the next history is a new epoch.
    // Errors: badInput (no backup of a county); inUse beside a running serve.
    [[nodiscard]] static Result<void> restore(const std::string& backup, const std::string& folder,
                                              Environment environment);
    // Pages, log, signatures, and every table that follows from the log. Works on a copy of the database and
    // writes nothing to the folder. One line a finding, which names the entry or the table.
    [[nodiscard]] static Result<std::vector<std::string>> verify(const std::string& folder,
                                                                 Environment environment);

    // -- reading
    [[nodiscard]] Result<std::vector<DeviceListing>> devices();  // by enrolment, the county's own left out
    [[nodiscard]] Result<std::vector<PersonListing>> persons();  // by unit and name

    // -- requests of devices. An empty answer: the request is no message of a device of this county.
    // Sync requests in one transaction, in envelopes (sealed_message.h) or without; notes the new head beside
    // the database.
    [[nodiscard]] Result<std::vector<Bytes>> handleSync(std::span<const Bytes> requests);
    [[nodiscard]] Result<Bytes> handleEnrol(BytesView request);
    [[nodiscard]] Result<Bytes> handleBlobPut(BytesView request);
    [[nodiscard]] Result<Bytes> handleBlobGet(BytesView request);
    [[nodiscard]] Result<Bytes> handleThumbs(BytesView request);
    // Devices, invitations and revocations for the office's devices: office_messages.h.
    [[nodiscard]] Result<Bytes> handleOffice(BytesView request);
    [[nodiscard]] Result<Bytes> handleRepair(BytesView request);
    [[nodiscard]] Result<Bytes> handleSnapshot(BytesView request);
    // The order to empty a device, and that device's question for it: wipe_messages.h.
    [[nodiscard]] Result<Bytes> handleWipe(BytesView request);

    [[nodiscard]] sync::County& county() { return *m_county; }
    [[nodiscard]] sync::SqliteStore& store() { return *m_store; }
    [[nodiscard]] const schema::Registers& registers() const { return m_environment.registers; }

private:
    CountyFolder(std::string folder, Environment environment)
        : m_folder(std::move(folder)), m_environment(environment) {}
    [[nodiscard]] Result<void> load(const std::string& database, const std::string& archiveFolder);
    [[nodiscard]] Result<FileLock> lockForOperator();
    [[nodiscard]] Result<FileLock> waitForOperatorLock();
    [[nodiscard]] Result<void> checkTree();
    [[nodiscard]] Result<void> checkNotedHead();
    [[nodiscard]] Result<bool> isBehind(const sync::Head& noted);
    [[nodiscard]] Result<void> beginNewLife(const std::string& cause);
    [[nodiscard]] Result<void> noteHead();
    // After a commit: what was done stands, and is said to be done, whatever happens to the note.
    void noteCommitted();
    [[nodiscard]] Result<void> cleanFiles();
    void eraseAgain();
    void cleanAfterRequests();
    WallMs m_cleanedAt = 0;
    [[nodiscard]] std::optional<std::string> announcedUrl() const;
    // A message that came in an envelope or without one; its answer goes back the same way.
    struct Letter {
        Bytes message;  // empty: the envelope does not open
        std::optional<DeviceId> device;
        sync::MacKey key;
        [[nodiscard]] Bytes sealed(const sync::Suite& suite, BytesView answer) const;
    };
    [[nodiscard]] Result<Letter> unsealed(BytesView bytes);
    [[nodiscard]] Result<std::vector<Bytes>> handlePlain(std::span<const Bytes> requests);
    // Of an envelope that came as a piece of a file: it may say that it goes elsewhere.
    [[nodiscard]] Result<Bytes> handleAddressed(BytesView content);
    [[nodiscard]] Result<Bytes> handleCarried(sync::CarriedRoute route, const Bytes& message);
    // What the device would ask next, answered, as far as there is room. False: there was not enough.
    struct Desk;
    struct Asked;
    [[nodiscard]] Result<void> takePart(Desk& desk, const sync::CarriedPart& part, BundleTaken& taken);
    [[nodiscard]] Result<void> answerAsked(Desk& desk, BundleTaken& taken);
    [[nodiscard]] Result<bool> answerWhole(Desk& desk, const Asked& asked);
    [[nodiscard]] Result<bool> ask(Desk& desk, const sync::SyncRequest& request);
    [[nodiscard]] Result<bool> goOn(Desk& desk);
    [[nodiscard]] Result<bool> greet(Desk& desk, BytesView request, BytesView answer);
    [[nodiscard]] static Result<void> checkInvited(const InviteRequest& request);
    // The unit that stands for it; nullopt: it is over, and nobody does.
    [[nodiscard]] Result<std::optional<RecordId>> unitToJoin(const RecordId& unit);
    // Both inside a write transaction.
    [[nodiscard]] Result<RecordId> personFor(const InviteRequest& request, const RecordId& unit);
    [[nodiscard]] Result<RecordId> withRole(const PersonListing& person, const std::string& role);
    [[nodiscard]] Result<RecordId> newPerson(const std::string& name, const RecordId& unit,
                                             const std::string& role);
    [[nodiscard]] Result<sync::Invitation> enterInvitation(sync::Invitation invitation, BytesView codeId,
                                                           BytesView codeKey);
    // What the office asks, inside a write transaction but for the first.
    [[nodiscard]] Result<sync::OfficeAnswer> officeAnswer(const sync::OfficeRequest& request,
                                                          const sync::MacKey& key);
    [[nodiscard]] Result<bool> isOfTheOffice(const DeviceId& id);
    [[nodiscard]] Result<std::vector<sync::InvitationRow>> openInvitations();
    [[nodiscard]] Result<sync::OfficeAnswer> answerFor(const DeviceId& asker,
                                                       const sync::ListDevices& request,
                                                       const sync::MacKey& key);
    [[nodiscard]] Result<sync::OfficeAnswer> answerFor(const DeviceId& asker,
                                                       const sync::InvitePerson& request,
                                                       const sync::MacKey& key);
    [[nodiscard]] Result<sync::OfficeAnswer> answerAgain(const sync::InvitationRow& before,
                                                         const sync::InvitePerson& request,
                                                         const Hash& codeKey);
    [[nodiscard]] Result<sync::OfficeAnswer> answerFor(const DeviceId& asker,
                                                       const sync::RevokeDevice& request,
                                                       const sync::MacKey& key);
    [[nodiscard]] Result<sync::OfficeAnswer> answerFor(const DeviceId& asker,
                                                       const sync::WithdrawInvitation& request,
                                                       const sync::MacKey& key);
    // Wipes. Inside a write transaction but for the first and the last.
    [[nodiscard]] Result<std::optional<sync::ListedWipe>> wipeOf(const DeviceId& device);
    [[nodiscard]] Result<void> noteWipe(const sync::ListedWipe& wipe);
    [[nodiscard]] Result<sync::WipeAnswer> answerToDevice(const sync::WipeRequest& request);
    [[nodiscard]] Result<sync::WipeAnswer> answerToOffice(const sync::WipeRequest& request);
    [[nodiscard]] Result<sync::WipeAnswer> listWipes();
    // Whether the device may begin to bring this file: it may bring files before the records that name them,
    // but only so many.
    [[nodiscard]] Result<bool> hasBlobRoom(const sync::BlobPut& chunk);
    [[nodiscard]] Result<sync::ThumbAnswer> exchangeThumbs(const sync::DeviceRow& device,
                                                           const sync::ThumbRequest& request);
    [[nodiscard]] Result<WallMs> epochBegan();
    [[nodiscard]] Result<void> forgetBrought(const std::vector<Hash>& removed);
    [[nodiscard]] Result<bool> mayRead(const sync::DeviceRow& device, const Hash& blob);
    [[nodiscard]] WallMs now() const { return m_environment.clock.now(); }
    // Whether a text may stand in a cell that must not be empty. REQUIRES: there is such a cell.
    [[nodiscard]] static Result<void> checkCell(std::string_view registerName, std::string_view field,
                                                const std::string& text);

    std::string m_folder;
    Environment m_environment;
    const sync::Suite* m_suite = nullptr;
    std::unique_ptr<sync::SqliteStore> m_store;
    std::unique_ptr<CountyArchive> m_archive;
    std::unique_ptr<LedgerRules> m_rules;
    std::unique_ptr<LedgerJudge> m_judge;
    std::unique_ptr<sync::County> m_county;
    std::unique_ptr<BlobStore> m_blobs;
    std::optional<FileLock> m_lock;
    std::string m_publicUrl;
    bool m_isAnnounced = false;
    std::uint64_t m_notedSize = 0;
};

// Whether a cell of a built-in register may hold this text, which may not be empty. Errors: badValue.
// REQUIRES: the register has this cell.
[[nodiscard]] Result<void> checkCell(std::string_view registerName, std::string_view field,
                                     const std::string& text);

}  // namespace hezhang::ledger
