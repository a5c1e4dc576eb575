// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A small county with two homes, and states of it that operations start from; what stands in a home or a
// county afterwards, as text that can be compared.
//
// Errors:  what cannot fail in a fine story throws.
// Threads: one.
#pragma once

#include <map>
#include <set>

#include "src/ledger/county_folder.h"
#include "src/ledger/filing.h"
#include "tests/support/fault_disk.h"
#include "tests/support/store_box.h"

namespace hezhang::test {

enum class Side : std::uint8_t { home, county };

// The county's endpoint as a home's operation meets it. It starts from the state's county each time; equal
// requests in equal order get the same answers, which are remembered.
class RememberedCounty final : public sync::Transport {
public:
    // A newcomer gets a snapshot from it, however short the log is.
    RememberedCounty(std::string countyFolder, std::string scratch)
        : m_countyFolder(std::move(countyFolder)), m_scratch(std::move(scratch)) {}
    ~RememberedCounty() override { startAnew(); }
    Result<sync::Answer> post(const std::string& path, BytesView body) override;
    sync::Traffic traffic() const override { return {m_sent, 0, 0}; }
    void startAnew();
    // Ops that came into its log since then.
    [[nodiscard]] Result<std::size_t> opsTaken();

private:
    struct Asked {
        std::string path;
        Bytes body;
    };
    [[nodiscard]] Result<void> openLive();
    [[nodiscard]] Result<std::size_t> opsInLog();
    [[nodiscard]] Result<Bytes> askLive(const Asked& asked);
    // Brings the live one to where the first `count` of what was asked is answered.
    [[nodiscard]] Result<void> catchUp(std::size_t count);

    std::string m_countyFolder;
    std::string m_scratch;
    std::vector<Asked> m_asked;
    std::map<std::string, Bytes> m_answers;         // by all that was asked so far
    std::map<std::string, std::size_t> m_opsTaken;  // likewise
    std::string m_asWhole;
    FakeClock m_clock;
    SeededRandom m_random{17};
    std::unique_ptr<ledger::CountyFolder> m_live;
    std::size_t m_liveAsked = 0;
    std::uint64_t m_sent = 0;
};

// What the story made.
struct Story {
    std::string ledgerId;
    RecordId town;
    RecordId task;   // of the town, with a filing
    RecordId joint;  // a shared task
    RecordId window;
    RecordId filing;
    std::vector<std::string> codes;  // invitations, not used
    DeviceId clerk;
};

// One state: a county's folder and two homes, settled where they lie.
struct Place {
    std::string folder;
    [[nodiscard]] std::string county() const { return folder + "/county"; }
    [[nodiscard]] std::string clerk() const { return folder + "/clerk"; }
    [[nodiscard]] std::string office() const { return folder + "/office"; }
};

// What stands in a folder.
struct Sight {
    std::string text;                   // what people would see; without ids that are drawn
    std::multiset<std::string> facts;   // own ops by id, segments of the log by hash, with their texts
    std::vector<std::string> findings;  // what is wrong
    bool isThere = false;
};

class Bench {
public:
    // In a new folder below `root`.
    explicit Bench(const std::string& root);

    // States by name: calm, edited, conflict, behind, meeting, ahead, copied, photo, old,
    // pushed, backed, older, crashed, long, let-go, joining, revoked, empty, nothing. Made on first use.
    [[nodiscard]] const Place& state(const std::string& name);
    // What follows works in the state, on one side of it.
    void use(const std::string& name, Side side);
    [[nodiscard]] const std::string& folder() const { return m_folder; }
    [[nodiscard]] const Place& place() const { return *m_place; }
    [[nodiscard]] const Story& story() const { return m_story; }
    [[nodiscard]] FaultDisk& disk() { return *m_disk; }
    [[nodiscard]] RememberedCounty& transport() { return *m_transport; }
    // A file beside the homes, of the state: what a state left for its operations.
    [[nodiscard]] Bytes left(const std::string& name) const;
    [[nodiscard]] ledger::Environment environment() { return {m_clock, m_random}; }
    // A first attempt: the county is that of the state, nothing is promised.
    void begin(std::uint64_t seed);
    // Another attempt in what has become of it: draws differently.
    void goOn(std::uint64_t seed) { m_random = SeededRandom(seed); }
    // Something was answered as durable.
    void promise(const std::string& fact) { m_promised.insert(fact); }
    [[nodiscard]] const std::set<std::string>& promised() const { return m_promised; }

    // Closely: the pages and all that is signed too.
    [[nodiscard]] Sight look(Side side, bool isClose = true);

private:
    void tell(const Place& place);
    [[nodiscard]] Place copyOf(const std::string& from, const std::string& to);
    void make(const std::string& name, const Place& place);
    void settle(const Place& place);
    [[nodiscard]] std::unique_ptr<ledger::Home> openHome(const std::string& folder);
    void syncHome(ledger::Home& home, ledger::CountyFolder& county, const ledger::SyncOptions& options = {});
    void keepFile(const Place& place, const std::string& name, BytesView bytes);

    TemporaryFolder m_root;
    std::map<std::string, Place> m_states;
    Story m_story;
    FakeClock m_clock;
    SeededRandom m_random{1};
    const Place* m_place = nullptr;
    std::string m_folder;
    std::unique_ptr<FaultDisk> m_disk;
    std::unique_ptr<RememberedCounty> m_transport;
    std::set<std::string> m_promised;
};

[[nodiscard]] Sight lookAtHome(const std::string& folder, ledger::Environment environment,
                               bool isClose = true);
[[nodiscard]] Sight lookAtCounty(const std::string& folder, ledger::Environment environment,
                                 bool isClose = true);

}  // namespace hezhang::test
