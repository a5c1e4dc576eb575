// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A whole county in one process: the vocabulary of the scenario tests, and what the simulator is built on.
//
//     World world;
//     world.device("alice").set(note("plan"), "status", "done");
//     world.syncAll();
//     EXPECT_EQ(world.device("bob").shown(note("plan"), "status"), "done");
//
// Real engine, real codec, real enrolment; messages pass as bytes. A device is enrolled on first use as a
// clerk who holds the scope "team".
//
// Errors:  what cannot happen in a fine story throws: the test fails with the engine's own text.
// Threads: one.
#pragma once

#include <map>
#include <memory>

#include "sync/base/clock_source.h"
#include "sync/engine/compaction.h"
#include "sync/engine/county.h"
#include "sync/engine/history_fetch.h"
#include "sync/engine/sync_session.h"
#include "tests/support/note_rules.h"
#include "tests/support/store_box.h"

namespace hezhang::test {

inline constexpr std::string_view kTeam = "team";

struct WorldSetup {
    std::uint64_t seed = 1;
    StoreKind stores = StoreKind::memory;
    const sync::Suite* suite = sync::suiteFor(sync::SuiteId::international);
    std::size_t pageBytesMax = sync::kPageBytesMax;
    std::size_t pushBytesMax = sync::kMessageBytesMax;
    unsigned pausesPermille = 0;     // after that many of a thousand entries a pull gives way
    bool isSnapshotWorthIt = false;  // however short the log
};

[[nodiscard]] inline sync::RecordKey note(std::string_view name, std::string_view scope = kTeam) {
    return noteKey(name, scope);
}
inline const sync::RecordKey kPlan = note("plan");

// A form as it was opened: what it showed, and by which ops.
struct Form {
    sync::RecordKey record;
    std::string field;
    std::vector<sync::OpRef> seen;
};

// Register → the version of its definition that a program knows.
using Versions = std::map<std::string, std::uint32_t>;

class World;

// Gives way now and then; what others do meanwhile is the story's.
class StoryPace final : public sync::Pace {
public:
    explicit StoryPace(World& world) : m_world(world) {}
    [[nodiscard]] bool isTimeUp() override;
    void pause() override {
        ++m_pauses;
        if (m_meanwhile) {
            m_meanwhile();
        }
    }
    void setMeanwhile(std::function<void()> meanwhile) { m_meanwhile = std::move(meanwhile); }
    [[nodiscard]] int pauses() const { return m_pauses; }

private:
    World& m_world;
    std::function<void()> m_meanwhile;
    int m_pauses = 0;
};

class Device {
public:
    Device(World& world, std::string name);
    Device(const Device&) = delete;
    Device& operator=(const Device&) = delete;

    // -- a person writes; every edit is durable when this returns
    sync::EditAnswer set(const sync::RecordKey& record, std::string_view field, std::string_view text);
    sync::EditAnswer add(const sync::RecordKey& record, std::string_view field, std::string_view element);
    sync::EditAnswer remove(const sync::RecordKey& record, std::string_view field, std::string_view element);
    sync::EditAnswer increment(const sync::RecordKey& record, std::string_view field, std::int64_t by);
    sync::EditAnswer erase(const sync::RecordKey& record);
    sync::EditAnswer admit(const sync::RecordKey& record, const Hash& op, std::string_view why);
    // Settles a conflict: sees every value.
    sync::EditAnswer resolve(const sync::RecordKey& record, std::string_view field, std::string_view text);
    // Settles RECORD/deleted: false keeps the record.
    sync::EditAnswer settleDeletion(const sync::RecordKey& record, bool isDeleted);
    [[nodiscard]] Form open(const sync::RecordKey& record, std::string_view field);
    // After it the form shows what was saved.
    sync::EditAnswer save(Form& form, std::string_view text);
    Result<sync::EditAnswer> tryEdit(const sync::Edit& edit);

    // -- what the person sees
    [[nodiscard]] sync::CellReading cell(const sync::RecordKey& record, std::string_view field);
    [[nodiscard]] std::optional<std::string> shown(const sync::RecordKey& record, std::string_view field);
    [[nodiscard]] std::vector<std::string> conflict(const sync::RecordKey& record, std::string_view field);
    [[nodiscard]] std::vector<std::string> elements(const sync::RecordKey& record, std::string_view field);
    [[nodiscard]] std::int64_t sum(const sync::RecordKey& record, std::string_view field);
    [[nodiscard]] bool isGone(const sync::RecordKey& record);
    [[nodiscard]] bool hasDeletionConflict(const sync::RecordKey& record);
    [[nodiscard]] std::vector<std::string> asideReasons();
    [[nodiscard]] std::string dump(std::string_view scope);

    // -- sync: a whole round, or one step at a time
    Result<sync::SyncReport> trySync();
    sync::SyncReport sync();
    [[nodiscard]] Result<std::optional<Bytes>> nextRequest();  // begins a round where none is under way
    [[nodiscard]] Result<std::optional<Bytes>> ahead(BytesView answer) { return m_session->ahead(answer); }
    [[nodiscard]] bool isAhead() const { return m_session && m_session->isAhead(); }
    [[nodiscard]] Result<void> takeAnswer(BytesView answer);
    void endRound() { m_session.reset(); }
    // From now on it begins with a snapshot, where it has nothing of the log.
    void beginWithSnapshot() { m_beginning = sync::Beginning::withASnapshot; }
    // Fetches the whole history behind a snapshot; whether it says what the snapshot said.
    bool fetchHistory();
    // Lets go of the texts of all that the county has.
    Result<sync::Compacted> compact();
    [[nodiscard]] bool isInRound() const { return m_session != nullptr; }

    // -- what happens to machines
    // The process; or its machine's power, by this seed. What was committed stays.
    void kill(std::optional<std::uint64_t> power = {});
    void backup();   // remembers the database as it is
    void restore();  // the last backup, unnoticed: a guard would have opened new lanes
    Device& copyTo(const std::string& name);
    void openNewLanes();
    // Another program is started on the same data: one that knows these versions, all others version 1.
    void install(const Versions& versions);
    [[nodiscard]] std::string everythingStored();
    // What a rebuild would change, as text; empty: nothing.
    [[nodiscard]] std::string rebuildDifference();

    [[nodiscard]] const std::string& name() const { return m_name; }
    [[nodiscard]] sync::Replica& replica() { return *m_replica; }
    [[nodiscard]] StoreBox& box() { return m_box; }
    [[nodiscard]] FakeClock& clock() { return m_clock; }
    [[nodiscard]] StoryPace& pace() { return m_pace; }
    [[nodiscard]] RecordId person();
    [[nodiscard]] DeviceId id();
    [[nodiscard]] RecordId recordId(const sync::RecordKey& key);
    [[nodiscard]] std::vector<std::string> scopes();

private:
    friend class World;
    void start();
    sync::EditAnswer edit(const sync::RecordKey& record, std::string_view field, sync::OpKind kind,
                          sync::Value value, std::vector<sync::OpRef> seen);

    World& m_world;
    std::string m_name;
    StoreBox m_box;
    FakeClock m_clock;
    StoryPace m_pace;
    std::unique_ptr<NoteProgram> m_program;  // none: the world's
    std::unique_ptr<sync::Replica> m_replica;
    std::unique_ptr<sync::SyncSession> m_session;
    sync::Beginning m_beginning = sync::Beginning::fromTheStart;
    std::optional<StoreBox::Snapshot> m_backup;
};

class CountySide {
public:
    CountySide(World& world);
    [[nodiscard]] Bytes handle(const Bytes& request);
    // Each by what it is: rounds ask for snapshots in between.
    [[nodiscard]] Result<std::vector<Bytes>> tryHandle(const std::vector<Bytes>& requests);
    void write(const sync::RecordKey& record, std::string_view field, sync::OpKind kind,
               std::string_view text);
    void ban(const std::string& person) {
        write(banKey(personNamed(person)), "banned", sync::OpKind::assign, "yes");
    }
    void unban(const std::string& person) {
        write(banKey(personNamed(person)), "banned", sync::OpKind::assign, "no");
    }
    void closeScope(std::string_view scope) { write(sealKey(scope), "closed", sync::OpKind::assign, "yes"); }
    void reopenScope(std::string_view scope) { write(sealKey(scope), "closed", sync::OpKind::assign, "no"); }
    void grant(const std::string& person, std::string_view scope) {
        write(grantKey(personNamed(person)), "scopes", sync::OpKind::add, scope);
    }
    void withdraw(const std::string& person, std::string_view scope) {
        write(grantKey(personNamed(person)), "scopes", sync::OpKind::remove, scope);
    }
    void revoke(Device& device);
    sync::RedactedOp redact(const Hash& op);
    void backup();
    void restore();          // the operator's restore: a new epoch begins
    void restoreSilently();  // a disk snapshot put back: nobody tells the county
    void restart();
    // Another program is started on the same data, as with a device; it enters its definitions.
    void install(const Versions& versions);
    [[nodiscard]] std::string dump(std::string_view scope);
    // The log, one line an entry and an op: to find out what went wrong.
    [[nodiscard]] std::string logText();
    [[nodiscard]] std::string entryText(BytesView entry);
    // Of the root at a size of the present log.
    [[nodiscard]] sync::HeadMark markAt(std::uint64_t size);
    [[nodiscard]] bool isRevoked(const DeviceId& device);
    [[nodiscard]] sync::County& county() { return *m_county; }
    [[nodiscard]] StoreBox& box() { return m_box; }

private:
    [[nodiscard]] Result<std::optional<Bytes>> handleSnapshot(BytesView request);

    World& m_world;
    StoreBox m_box;
    std::unique_ptr<NoteProgram> m_program;  // none: the world's
    std::unique_ptr<sync::County> m_county;
    std::optional<StoreBox::Snapshot> m_backup;
};

class World {
public:
    explicit World(WorldSetup setup = {});

    Device& device(const std::string& name);
    Device& enrol(const std::string& name, const std::string& role,
                  const std::vector<std::string>& scopes = {"team"});
    [[nodiscard]] CountySide& county() { return *m_county; }
    // Every device syncs until nothing changes any more.
    void syncAll();
    // Each device that is not revoked shows what the county has, in every scope it holds; and a rebuild
    // changes nothing anywhere.
    [[nodiscard]] bool allDevicesAgree() { return difference().empty(); }
    // `except`: devices and scopes of theirs that are not compared.
    [[nodiscard]] std::string difference(const std::set<std::pair<std::string, std::string>>& except = {});
    // The same of one device. `ofCounty`: what the county shows, by scope, as far as it was asked since it
    // changed last.
    [[nodiscard]] std::string differenceOf(Device& device,
                                           const std::set<std::pair<std::string, std::string>>& except,
                                           std::map<std::string, std::string>& ofCounty);
    // Sends a device's segments that are in `state`, without those named, past its own sync; the answer is
    // lost.
    void push(Device& device, sync::SegmentState state, const std::vector<Hash>& without = {});

    [[nodiscard]] const WorldSetup& setup() const { return m_setup; }
    [[nodiscard]] FakeClock& clock() { return m_clock; }
    [[nodiscard]] SeededRandom& random() { return m_random; }
    [[nodiscard]] NoteRules& rules() { return m_rules; }
    [[nodiscard]] NoteJudge& judge() { return m_judge; }
    [[nodiscard]] TemporaryFolder& folder() { return m_folder; }
    [[nodiscard]] std::map<std::string, std::unique_ptr<Device>>& devices() { return m_devices; }

private:
    friend class Device;
    friend class CountySide;
    [[nodiscard]] std::unique_ptr<NoteProgram> programOf(const Versions& versions);
    WorldSetup m_setup;
    SeededRandom m_random;
    FakeClock m_clock;
    NoteRules m_rules;
    NoteJudge m_judge;
    TemporaryFolder m_folder;
    std::unique_ptr<CountySide> m_county;
    std::map<std::string, std::unique_ptr<Device>> m_devices;
};

// One line a record of the scope: each cell with what it shows, its live ops and its conflict, in a form that
// is equal on replicas that agree and tells people apart who do not.
[[nodiscard]] std::string dumpOf(sync::Projection& projection, std::string_view scope);

}  // namespace hezhang::test
