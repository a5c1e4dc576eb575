// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// One run of the simulation: the world, its people and machines, the dice. What it draws and checks is told
// in simulator.h.
//
// Shape:   simulation_run.cpp  the run, the dice, the table of steps
//          people.cpp          what people write
//          network.cpp         messages on their way
//          machines.cpp        devices and the county, and what happens to them
//          old_years.cpp       what the county puts away, and files of it that are not in their place
//          mutants.cpp         the protocol broken on purpose, from outside
//          final_checks.cpp    the end: everybody syncs, then everything is compared
// Errors:  Broken: a promise that was not kept.
// Threads: one.
#pragma once

#include <deque>

#include "src/ledger/county_archive.h"
#include "tests/simulation/ghost.h"
#include "tests/simulation/invariants.h"
#include "tests/simulation/simulator.h"
#include "tests/support/quick_suite.h"

namespace hezhang::test {

inline constexpr int kRoundsMax = 40;
inline constexpr int kBackupsMax = 3;
inline constexpr int kCopiesMax = 3;
inline constexpr int kCountyRestoresMax = 3;
inline constexpr int kRevocationsMax = 2;
inline constexpr std::uint64_t kReorganisedSeed = 1'000'000'007;
inline constexpr std::uint64_t kPowerSeeds = 1'000'000;
inline constexpr std::uint64_t kReorganisedOneOf = 6;
inline constexpr std::uint64_t kNewcomersOneOf = 4;
inline constexpr std::uint64_t kNewcomersSeed = 900'000'000;
inline constexpr std::uint64_t kCompactingSeed = 700'000'000;
inline constexpr std::uint64_t kAheadSeed = 400'000'000;
inline constexpr std::uint64_t kAheadOneOf = 3;
inline constexpr std::uint64_t kCompactingOneOf = 4;
inline constexpr std::uint64_t kCompactingEvery = 8;  // step
inline constexpr std::uint64_t kUpgradingSeed = 600'000'000;
inline constexpr std::uint64_t kUpgradingOneOf = 6;
inline constexpr std::uint64_t kUpgradingEvery = 12;    // step
inline constexpr std::uint64_t kReorganisedEvery = 12;  // step
inline constexpr std::uint64_t kArchivingSeed = 500'000'000;
inline constexpr std::uint64_t kArchivingOneOf = 3;   // of the counties on files
inline constexpr std::uint64_t kArchivingEvery = 10;  // step
inline constexpr std::array<std::string_view, 2> kScopes{"team", "harbour"};
inline constexpr std::array<std::string_view, 2> kNotes{"one", "two"};
// What the newer program knows, and two of its fields.
inline const Versions kNewProgram{{"note", 2}};
inline constexpr std::string_view kNewAssigned = "place";
inline constexpr std::string_view kNewSet = "helpers";
inline constexpr std::array<std::string_view, 3> kAssigned{"text", "status", "rank"};

// A promise that was not kept.
struct Broken {
    std::string what;
};

// A form somebody left open, with the ops it showed.
struct OpenForm {
    Form form;
    std::vector<Hash> inView;       // one each of form.seen
    std::vector<std::string> dots;  // likewise
};

struct Person {
    explicit Person(Device& its) : device(&its) {}

    Device* device;
    std::vector<OpenForm> forms;
    std::vector<StoreBox::Snapshot> backups;
    bool isWaiting = false;                            // for an answer
    bool isUpgraded = false;                           // its program knows more fields
    int cutOffUntil = 0;                               // step
    std::optional<StoreBox::Snapshot> beforeLastEdit;  // of lazyCommit
    std::uint64_t request = 0;                         // told apart: an answer belongs to one request
    std::uint64_t ahead = 0;                           // the request that went ahead; 0: none
};

struct Message {
    std::size_t person = 0;
    std::uint64_t request = 0;
    Bytes bytes;
};

class SimulationRun {
public:
    explicit SimulationRun(const SimulationSetup& setup)
        : m_setup(setup),
          m_dice(setup.seed * 2 + 1),
          m_compacting(setup.seed + kCompactingSeed),
          m_ahead(setup.seed + kAheadSeed),
          m_upgrading(setup.seed + kUpgradingSeed),
          m_archiving(setup.seed + kArchivingSeed),
          m_world(worldSetup(setup)),
          m_invariants(m_world) {
        // By dice of its own: the schedules of the other worlds are what they were.
        SeededRandom dice(setup.seed + kReorganisedSeed);
        m_isReorganised = dice.below(kReorganisedOneOf) == 0;
        m_hasNewcomers = hasNewcomers(setup);
        m_isCompacting = m_compacting.below(kCompactingOneOf) == 0;
        m_isGoingAhead = m_ahead.below(kAheadOneOf) == 0;
        m_isUpgrading = m_upgrading.below(kUpgradingOneOf) == 0;
        beginArchiving();
    }
    SimulationResult run();

private:
    // In one world of four people join late, with a snapshot.
    static bool hasNewcomers(const SimulationSetup& setup) {
        return SeededRandom(setup.seed + kNewcomersSeed).below(kNewcomersOneOf) == 0;
    }
    static WorldSetup worldSetup(const SimulationSetup& setup) {
        SeededRandom dice(setup.seed);
        WorldSetup world{setup.seed, setup.stores};
        // Real signatures in one world of sixteen.
        if (dice.below(16) > 0) {
            world.suite = &quickSuite();
        }
        // Small messages in most worlds: what fits one answer is cut nowhere.
        world.pageBytesMax = dice.below(4) == 0 ? sync::kPageBytesMax : 200 + dice.below(3000);
        world.pushBytesMax = dice.below(4) == 0 ? sync::kMessageBytesMax : 1;
        // In half of the worlds pulls give way to whoever wants to write.
        world.pausesPermille = dice.below(2) == 0 ? 300 : 0;
        world.isSnapshotWorthIt = hasNewcomers(setup);
        return world;
    }

    // -- dice and trace
    std::uint64_t below(std::uint64_t bound) { return m_dice.below(bound); }
    bool happens(unsigned permille) { return !m_isCalm && below(1000) < permille; }
    template <class List>
    auto& oneOf(List& list) {
        return list[below(list.size())];
    }
    void note(const std::string& what);
    void fault(const std::string& what);
    static std::string shortOf(const Hash& id) { return id.hex().substr(0, 8); }

    // -- the cast
    void populate();
    Person& anybody() { return oneOf(m_people); }
    void touch(const Person& person) {
        m_touched.insert(static_cast<std::size_t>(&person - m_people.data()));
    }
    std::optional<sync::RecordKey> anyRecord(Person& person);

    // -- steps
    void step();
    std::vector<Hash> idsOf(Person& person, const std::vector<sync::OpRef>& refs);
    Hash idOf(Person& person, sync::OpRef ref);
    std::vector<std::string> dotsOf(Person& person, const std::vector<sync::OpRef>& refs);
    void bindAnew(Person& person, OpenForm& open);
    void checkHistories();
    bool isAtCounty(const sync::EntryRow& row);
    void openForm();
    std::string anyText(std::string_view field);
    // Writes and tells the ghost. A full disk or a rule that stops the edit leaves nothing behind.
    bool write(Person& person, sync::Edit edit, const std::vector<Hash>& inView);
    void saveForm();
    std::vector<sync::OpRef> refsOf(const std::vector<sync::LiveRow>& rows);
    void writeSeeing(Person& person, const sync::RecordKey& record, std::string_view field, sync::OpKind kind,
                     sync::Value value, const std::vector<sync::OpRef>& seen);
    void quickEdit() { quickEditOf(anybody()); }
    void quickEditOf(Person& person);
    void eraseRecord();
    void settleCell();
    void admit();

    // -- the network
    void endRound(Person& person);
    void send();
    // False: the round is over.
    bool sendNow(Person& person);
    template <class List>
    Message takeOne(List& list) {
        const auto at = list.begin() + static_cast<std::ptrdiff_t>(below(list.size()));
        Message message = std::move(*at);
        list.erase(at);
        return message;
    }
    void deliver();
    void receive();
    void take(Person& person, BytesView answer, bool isStale, bool mayGoAhead);
    void sendAhead(Person& person, BytesView answer);
    // A good link: a round from its beginning to its end, or nearly so.
    void wholeRound() { exchange(anybody(), static_cast<int>(1 + below(12))); }
    void exchange(Person& person, int exchangesMax);
    template <class List>
    static Message takeLast(List& list) {
        Message message = std::move(list.back());
        list.pop_back();
        return message;
    }
    void deliverLate();
    Result<std::vector<Bytes>> handle(const std::vector<Message>& batch);

    // Whoever answers a request that never reached the county, or changes what it said.
    Bytes garbled(const Bytes& answer);
    // Some lose the network one after the other and come back at different times.
    void cutOff();
    // Everybody is back within the same minute.
    void rush();

    // -- mutants: what they change is changed in messages and in what is read, so the product knows nothing
    // of them
    void breakWorld();
    Result<Bytes> handleMutated(const Message& message);
    std::vector<bool> takeOutKnownNumbers(sync::SyncRequest& request);
    void moveToOurHistory(sync::SyncRequest& request);
    void breakCounty();
    void breakDevice(Person& person, const std::set<Hash>& wereInLog);
    std::set<Hash> inLogOf(Device& device);
    void settleByClock(Person& person);

    // -- what happens to machines
    void kill();
    // Now and then the disk of a box has no room, or no power, within so many calls, until mend() or
    // cutPower(). Where an edit fails for want of power nobody knows whether it is there.
    enum class MayGoOff { no, yes };
    // The seed of a cut.
    std::uint64_t cutPower() {
        ++m_counts.powerCuts;
        return below(kPowerSeeds);
    }
    bool breakDisk(unsigned permille, StoreBox& box, std::uint64_t callsMax, MayGoOff mayGoOff);
    void backUpDevice();
    void restoreDevice();
    void copyDevice();
    void backUpCounty();
    void restoreCounty();
    void restoreCountyFrom(const StoreBox::Snapshot& backup, bool isNoticed);
    void setClock();
    // The county changes who may do what.
    void steer();
    void grant(const std::string& who, std::string_view scope);
    void withdraw(const std::string& who, std::string_view scope);
    // Scopes change hands while work in them is pending, as where units are merged and split.
    void reorganise();
    void revoke();
    void redact();
    void checkRebuild();
    void compactSomebody();
    void upgradeSomebody();
    void upgrade(Person& person);
    void upgradeCounty();
    void upgradeAll();
    // Of one who has the newer program now and then one of its fields.
    bool isForANewField(const Person& person);
    void checkStep();

    // -- old years, in counties on files
    void beginArchiving();
    void archiveSomething();
    void putAway();
    void takeAwayAFile();
    void loseAFile();
    [[nodiscard]] std::vector<ledger::ArchiveNote> notesIn(const StoreBox::Snapshot& backup);
    void bringFilesBack(int upTo);
    [[nodiscard]] bool isAnyFileAway() const { return !m_away.empty(); }
    // Whether it is what must be expected while a file is not in its place.
    [[nodiscard]] bool isForWantOfAFile(const Error& error) const {
        return isAnyFileAway() && error.code == ErrorCode::fileNotFound;
    }
    // False: the county cannot, for want of a file.
    template <class Work>
    bool unlessAFileIsAway(const Work& work) {
        try {
            work();
        } catch (const Failed& failed) {
            if (!isForWantOfAFile(failed.error())) {
                throw;
            }
            fault("the county lacks an old year");
            return false;
        }
        return true;
    }
    // As CountyFolder does: after a restore, and after what devices hand back.
    void eraseAgain();
    void cleanFiles();
    void checkArchive();

    // -- the end
    void settle();
    std::set<Hash> opsIn(sync::Store& store, sync::History& history);
    std::set<Hash> everyOp();
    void check(const std::set<Hash>& mustStay);
    // Own segments without an answer. One that was refused for its scope is an answer where the county lost
    // the grant itself.
    std::string unanswered(Device& device);
    void checkNothingUnsent();
    std::set<Hash> opsInLog();
    std::set<Hash> erasedInLog();
    std::string whoHas(const Hash& id);
    bool isBuiltOnNothing(const Hash& hash, std::set<Hash>& passed);
    bool isBuiltOnNothing(const Person& person, const sync::EntryRow& orphan);
    void checkHeldAreWanted();
    void checkNothingLost(const std::set<Hash>& mustStay);
    void checkGhost();

    SimulationSetup m_setup;
    SeededRandom m_dice;
    SeededRandom m_compacting;
    SeededRandom m_ahead;
    bool m_isGoingAhead = false;
    SeededRandom m_upgrading;
    SeededRandom m_archiving;
    World m_world;
    Ghost m_ghost;
    Invariants m_invariants;
    std::vector<Person> m_people;
    std::vector<Message> m_requests;
    std::vector<Message> m_answers;
    std::vector<Message> m_late;
    std::vector<StoreBox::Snapshot> m_countyBackups;
    sync::EditAnswer m_lastWritten;
    std::deque<std::string> m_trace;
    Hash m_traceHash;
    SimulationCounts m_counts;
    // Devices and scopes where own edits wait at the county for what nobody has any more: there the author
    // sees more than all others.
    std::set<std::pair<std::string, std::string>> m_waiting;
    std::set<Hash> m_refused;
    std::set<std::size_t> m_touched;  // people, in this step
    bool m_isCountyTouched = false;
    int m_copies = 0;
    int m_revocations = 0;
    int m_step = 0;
    bool m_isReorganised = false;  // this county's scopes change hands all the time
    bool m_hasNewcomers = false;
    bool m_isCompacting = false;  // in this one devices let go of old texts
    bool m_isUpgrading = false;   // in this one programs come that know more fields, each when it comes
    bool m_isCountyUpgraded = false;
    bool m_isArchiving = false;  // in this one the county puts old years away
    bool m_areFilesTaken = false;
    bool m_areFilesLost = false;
    bool m_isAnythingErased = false;
    std::string m_archiveFolder;
    std::unique_ptr<ledger::CountyArchive> m_archive;
    std::map<std::string, int> m_away;  // a file that is not in its place → the step at which it comes back
    bool m_isCalm = false;
};

}  // namespace hezhang::test
