// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/simulation_run.h"

#include <algorithm>

namespace hezhang::test {

using sync::EditAnswer;
using sync::LiveRow;
using sync::OpKind;
using sync::OpRef;
using sync::RecordKey;
using sync::Value;

SimulationResult SimulationRun::run() {
    SimulationResult result;
    result.command = "hezhang-simulate --seed " + std::to_string(m_setup.seed) + " --steps " +
                     std::to_string(m_setup.steps) +
                     (m_setup.stores == StoreKind::sqlite ? " --sqlite" : "") +
                     (m_setup.mutant == Mutant::none ? "" : " --mutant " + std::string(name(m_setup.mutant)));
    try {
        populate();
        breakWorld();
        for (m_step = 0; m_step < m_setup.steps; ++m_step) {
            step();
            compactSomebody();
            upgradeSomebody();
            archiveSomething();
            checkStep();
        }
        m_isCalm = true;
        bringFilesBack(m_setup.steps * 2);
        upgradeAll();
        const std::set<Hash> mustStay = everyOp();
        settle();
        check(mustStay);
    } catch (const Broken& broken) {
        result.failure = broken.what;
    } catch (const std::exception& error) {
        result.failure = std::string("ERROR ") + error.what();
    }
    result.lastSteps.assign(m_trace.begin(), m_trace.end());
    result.traceHash = m_traceHash.hex();
    if (m_setup.stepsTold == SIZE_MAX) {
        result.countyLog = m_world.county().logText();
    }
    result.counts = m_counts;
    return result;
}

void SimulationRun::note(const std::string& what) {
    const std::string line = std::to_string(m_step) + " " + what;
    m_traceHash = m_world.setup().suite->hash({m_traceHash.view(), viewOf(line)});
    m_trace.push_back(line);
    if (m_trace.size() > m_setup.stepsTold) {
        m_trace.pop_front();
    }
}

void SimulationRun::fault(const std::string& what) {
    ++m_counts.faults;
    note(what);
}

void SimulationRun::populate() {
    // Few people write to one cell in most counties; in one of a hundred and fifty a whole county does: such
    // a world costs twenty others.
    const std::size_t count = below(150) == 0 ? 20 + below(21) : 2 + below(8);
    for (std::size_t i = 0; i < count; ++i) {
        const std::string who = (i < 10 ? "d0" : "d") + std::to_string(i);
        const std::string role = i == 0 ? "office" : below(4) == 0 ? "lead" : "clerk";
        std::vector<std::string> scopes;
        for (const std::string_view scope : kScopes) {
            if (below(3) > 0) {
                scopes.emplace_back(scope);
                m_invariants.granted(who, scope);
            }
        }
        if (role == "office") {
            m_invariants.granted(who, "*");
        }
        m_people.emplace_back(m_world.enrol(who, role, scopes));
    }
    SeededRandom dice(m_setup.seed + kNewcomersSeed + 1);
    for (Person& person : m_people) {
        if (m_hasNewcomers && &person != &m_people.front() && dice.below(2) == 0) {
            person.device->beginWithSnapshot();
            person.cutOffUntil = static_cast<int>(dice.below(static_cast<std::uint64_t>(m_setup.steps)));
        } else {
            person.device->sync();
        }
        person.backups.push_back(person.device->box().snapshot());
    }
    m_countyBackups.push_back(m_world.county().box().snapshot());
}

std::optional<RecordKey> SimulationRun::anyRecord(Person& person) {
    std::vector<std::string> scopes = person.device->scopes();
    std::erase(scopes, std::string(kCommonScope));
    if (scopes == std::vector<std::string>{"*"}) {
        scopes.assign(kScopes.begin(), kScopes.end());
    }
    if (scopes.empty()) {
        return std::nullopt;
    }
    return noteKey(oneOf(kNotes), oneOf(scopes));
}

}  // namespace hezhang::test
