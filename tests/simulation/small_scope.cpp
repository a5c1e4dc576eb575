// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/small_scope.h"

#include <algorithm>
#include <array>
#include <sstream>

#include "tests/simulation/ghost.h"
#include "tests/support/quick_suite.h"
#include "tests/support/world.h"

namespace hezhang::test {

namespace {

constexpr std::size_t kDevices = 3;
constexpr std::size_t kDevicesMax = kDevices + 1;  // with the copy
constexpr int kWritesMax = 2;
constexpr int kSettlingRounds = 12;
// A rebuild and a whole verification cost more than the rest; every so many behaviours are enough.
constexpr std::uint64_t kVerifiedEvery = 64;
const sync::RecordKey kCell = note("plan");

struct Step {
    char what = 's';
    std::size_t device = 0;
    [[nodiscard]] bool isOfCounty() const { return what == 'c'; }
    [[nodiscard]] bool isLocal() const { return what == 'o' || what == 'w' || what == 'r'; }
    [[nodiscard]] std::string text() const {
        return std::string(1, what) + (isOfCounty() ? "" : std::to_string(device));
    }
};

// A form with the ops that it showed.
struct Reading {
    Form form;
    std::vector<Hash> inView;
};

struct Actor {
    Device* device = nullptr;
    std::optional<Reading> reading{};
    int writes = 0;
    bool isKnown = false;  // something happened to it
};

// All that a step may change.
struct Moment {
    std::vector<StoreBox::Snapshot> devices;
    StoreBox::Snapshot county;
    std::vector<Actor> actors;
    Ghost ghost;
    std::set<Hash> written;
    std::string faults;
    std::vector<Step> path;
};

struct Broken {
    std::string what;
};

class SmallScope {
public:
    SmallScope() : m_world(setup()) {
        for (std::size_t i = 0; i < kDevices; ++i) {
            m_actors.push_back({.device = &m_world.enrol("d" + std::to_string(i), "clerk")});
        }
        for (const Actor& actor : m_actors) {
            actor.device->sync();
        }
        m_copy = &m_actors.front().device->copyTo("copy");
        for (const Actor& actor : m_actors) {
            m_firstDay.push_back(actor.device->box().snapshot());
        }
        m_countyFirstDay = m_world.county().box().snapshot();
    }

    SmallScopeCounts explore(int depth, std::uint64_t shard, std::uint64_t shards) {
        m_depth = depth;
        m_shard = shard;
        m_shards = shards;
        guarded([&] { descend(); });
        return m_counts;
    }

    SmallScopeCounts follow(const std::string& behaviour) {
        guarded([&] {
            std::istringstream words(behaviour);
            for (std::string word; words >> word;) {
                take({word[0], word.size() > 1 ? static_cast<std::size_t>(word[1] - '0') : 0});
            }
            settleAndCheck(true);
        });
        return m_counts;
    }

private:
    static WorldSetup setup() {
        WorldSetup setup;
        setup.suite = &quickSuite();
        return setup;
    }

    template <class Work>
    void guarded(const Work& work) {
        try {
            work();
        } catch (const Broken& broken) {
            m_counts.failure = broken.what;
            m_counts.behaviour = pathText();
        } catch (const std::exception& error) {
            m_counts.failure = error.what();
            m_counts.behaviour = pathText();
        }
    }

    [[nodiscard]] std::string pathText() const {
        std::string text;
        for (const Step& step : m_path) {
            text += (text.empty() ? "" : " ") + step.text();
        }
        return text;
    }

    // -- all steps that may follow

    [[nodiscard]] bool isAllowed(const Step& step) const {
        if (std::string_view("lrkc").find(step.what) != std::string_view::npos &&
            m_faults.find(step.what) != std::string::npos) {
            return false;
        }
        if (step.isOfCounty()) {
            return !m_path.empty();
        }
        const Actor& actor = m_actors[step.device];
        // Of devices that nothing has happened to the first stands for all.
        for (std::size_t before = 0; before < std::min(step.device, kDevices); ++before) {
            if (!actor.isKnown && !m_actors[before].isKnown) {
                return false;
            }
        }
        if ((step.what == 'w' && actor.writes >= kWritesMax) || (step.what == 'o' && actor.reading) ||
            (step.what == 'k' && (step.device >= kDevices || !actor.isKnown)) ||
            (step.what == 'r' && (step.device >= kDevices || !actor.isKnown))) {
            return false;
        }
        if (m_path.empty()) {
            return true;
        }
        const Step& last = m_path.back();
        const bool isSame = !last.isOfCounty() && last.device == step.device;
        const bool isSwapped =
            last.isLocal() && step.isLocal() && !last.isOfCounty() && step.device < last.device;
        const bool isIdle = isSame && last.what == 's' && (step.what == 's' || step.what == 'l');
        return !isSwapped && !isIdle;
    }

    void descend() {
        if (static_cast<int>(m_path.size()) == m_depth) {
            ++m_counts.behaviours;
            settleAndCheck(m_counts.behaviours % kVerifiedEvery == 0);
            return;
        }
        const Moment moment = now();
        for (const char what : std::string_view("owslrk")) {
            for (std::size_t device = 0; device < m_actors.size(); ++device) {
                tryStep({what, device}, moment);
            }
        }
        tryStep({'c', 0}, moment);
    }

    void tryStep(const Step& step, const Moment& moment) {
        // The tree is dealt out at its third level.
        const bool isMine = m_path.size() != 2 || m_dealt++ % m_shards == m_shard;
        if (!isAllowed(step)) {
            m_dealt -= m_path.size() == 2 ? 1 : 0;
            return;
        }
        if (!isMine) {
            return;
        }
        take(step);
        ++m_counts.steps;
        descend();
        backTo(moment);
    }

    [[nodiscard]] Moment now() {
        Moment moment{{}, m_world.county().box().snapshot(), m_actors, m_ghost, m_written, m_faults, m_path};
        for (const Actor& actor : m_actors) {
            moment.devices.push_back(actor.device->box().snapshot());
        }
        return moment;
    }

    void backTo(const Moment& moment) {
        m_actors = moment.actors;
        m_ghost = moment.ghost;
        m_written = moment.written;
        m_faults = moment.faults;
        m_path = moment.path;
        for (std::size_t i = 0; i < m_actors.size(); ++i) {
            m_actors[i].device->box().restore(moment.devices[i]);
            m_actors[i].device->kill();
        }
        m_world.county().box().restore(moment.county);
        m_world.county().restart();
    }

    // -- one step

    void take(const Step& step) {
        m_path.push_back(step);
        // The same steps draw the same ids, whatever was tried before them.
        m_world.random() = SeededRandom(std::hash<std::string>{}(pathText()));
        if (std::string_view("lrkc").find(step.what) != std::string_view::npos) {
            m_faults += step.what;
        }
        if (step.isOfCounty()) {
            m_world.county().box().restore(m_countyFirstDay);
            m_world.county().restart();
            return;
        }
        Actor& actor = m_actors[step.device];
        actor.isKnown = true;
        switch (step.what) {
        case 'o':
            actor.reading = read(*actor.device);
            break;
        case 'w':
            save(actor);
            break;
        case 'l':
            loseTheAnswer(*actor.device);
            break;
        case 'r':
            actor.device->box().restore(m_firstDay[step.device]);
            actor.device->kill();
            actor.reading.reset();
            break;
        case 'k':
            m_copy->box().restore(actor.device->box().snapshot());
            m_copy->kill();
            m_actors.push_back({.device = m_copy, .reading = {}, .writes = 0, .isKnown = true});
            break;
        default:
            (void)must(actor.device->trySync());
        }
    }

    [[nodiscard]] Reading read(Device& device) {
        Reading reading{device.open(kCell, "status"), {}};
        for (const sync::OpRef ref : reading.form.seen) {
            reading.inView.push_back(must(device.replica().history().opAt(ref))->id);
        }
        return reading;
    }

    void save(Actor& actor) {
        Reading reading = actor.reading ? *actor.reading : read(*actor.device);
        const std::string text = std::to_string(++m_texts);
        const sync::EditAnswer answer = actor.device->save(reading.form, text);
        m_ghost.wrote(answer.op, {answer.record, "status", sync::OpKind::assign, sync::Value::text(text), {}},
                      reading.inView);
        m_written.insert(answer.op);
        actor.reading.reset();
        ++actor.writes;
    }

    void loseTheAnswer(Device& device) {
        const auto request = must(device.nextRequest());
        if (request) {
            (void)m_world.county().handle(*request);
        }
        device.endRound();
    }

    // -- the end of a behaviour

    void settleAndCheck(bool isVerified) {
        // What only a device had that was put back is lost with its disk.
        const std::set<Hash> mustStay = stillSomewhere();
        std::string before;
        for (int round = 0; round < kSettlingRounds; ++round) {
            std::string now = std::to_string(must(m_world.county().county().size()));
            for (const Actor& actor : m_actors) {
                (void)must(actor.device->trySync());
                now += " " + std::to_string(must(actor.device->replica().cursor()).position);
            }
            if (now == before) {
                break;
            }
            before = now;
        }
        const std::set<Hash> inLog =
            opsOf(m_world.county().box().store(), m_world.county().county().projection().history());
        for (const Hash& op : mustStay) {
            if (!inLog.contains(op)) {
                throw Broken{"LOST " + op.hex().substr(0, 8)};
            }
        }
        const std::string there = m_world.county().dump(kTeam);
        for (const Actor& actor : m_actors) {
            if (const std::string here = actor.device->dump(kTeam); here != there) {
                throw Broken{"DISAGREE " + actor.device->name() + " has\n" + here + "the county\n" + there};
            }
            for (const sync::SegmentState state :
                 {sync::SegmentState::unsent, sync::SegmentState::received}) {
                if (!must(actor.device->box().store().segmentsIn(state)).empty()) {
                    throw Broken{"STUCK " + actor.device->name()};
                }
            }
        }
        checkGhost(inLog);
        if (isVerified) {
            for (const std::string& finding : must(m_world.county().county().verify())) {
                throw Broken{"VERIFY " + finding};
            }
            for (const Actor& actor : m_actors) {
                if (const std::string difference = actor.device->rebuildDifference(); !difference.empty()) {
                    throw Broken{"REBUILD " + difference};
                }
            }
        }
    }

    void checkGhost(const std::set<Hash>& inLog) {
        std::set<Hash> applied;
        std::ranges::set_intersection(inLog, m_written, std::inserter(applied, applied.end()));
        std::set<Hash> expected;
        for (const auto& [cell, ids] : m_ghost.live(applied, {})) {
            expected.insert(ids.begin(), ids.end());
        }
        std::set<Hash> found;
        sync::Projection& state = m_world.county().county().projection();
        must(m_world.county().box().store().eachLive(
            "note", [&](sync::LiveRow&& row) { found.insert(must(state.history().opAt(row.ref))->id); }));
        if (found != expected) {
            throw Broken{found.size() > expected.size() ? "FALSE_CONFLICT" : "SILENT_OVERWRITE"};
        }
    }

    static std::set<Hash> opsOf(sync::Store& store, sync::History& history) {
        std::set<Hash> ids;
        for (const sync::SegmentState state :
             {sync::SegmentState::inLog, sync::SegmentState::unsent, sync::SegmentState::received}) {
            for (const Hash& hash : must(store.segmentsIn(state))) {
                const auto sealed = must(history.segment(hash));
                ids.insert(sealed->opIds.begin(), sealed->opIds.end());
            }
        }
        for (const sync::LaneRow& lane : must(store.lanes())) {
            for (const sync::TailRow& row : must(store.tail(lane.lane))) {
                ids.insert(row.id);
            }
        }
        return ids;
    }

    std::set<Hash> stillSomewhere() {
        std::set<Hash> ids =
            opsOf(m_world.county().box().store(), m_world.county().county().projection().history());
        for (const Actor& actor : m_actors) {
            ids.merge(opsOf(actor.device->box().store(), actor.device->replica().history()));
        }
        return ids;
    }

    World m_world;
    std::vector<Actor> m_actors;
    Device* m_copy = nullptr;
    std::vector<StoreBox::Snapshot> m_firstDay;
    StoreBox::Snapshot m_countyFirstDay;
    Ghost m_ghost;
    std::set<Hash> m_written;
    std::string m_faults;
    std::vector<Step> m_path;
    SmallScopeCounts m_counts;
    int m_depth = 0;
    std::uint64_t m_shard = 0;
    std::uint64_t m_shards = 1;
    std::uint64_t m_dealt = 0;
    int m_texts = 0;
};

static_assert(kDevicesMax < 10, "a device is one digit of a behaviour");

}  // namespace

SmallScopeCounts everyBehaviour(int depth, std::uint64_t shard, std::uint64_t shards) {
    return SmallScope().explore(depth, shard, shards);
}

SmallScopeCounts behaveLike(const std::string& behaviour) {
    return SmallScope().follow(behaviour);
}

}  // namespace hezhang::test
