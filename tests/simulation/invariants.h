// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What must hold after every step, not only in the end. Each check says what is broken; empty: nothing.
//
//   of a device  what was answered as durable is there; its own lanes have no gaps; it reads no scope that
//                its person never held, and nothing of one that was entered after he left it; it never
//                reads backwards
//   of the county  positions have no gaps; an entry never changes
//   of the log   in the end: every op is entered once; verdicts are those of a second, naive judge (where no
//                restore brought back verdicts of another time); what is set aside stays so until somebody
//                admits it
//
// Machines that are put back are told to it: what a disk forgets is no loss of the engine's.
// Threads: one.
#pragma once

#include <map>
#include <set>
#include <string>

#include "tests/support/world.h"

namespace hezhang::test {

class Invariants {
public:
    explicit Invariants(World& world) : m_world(world) {}

    void wrote(const Device& device, const Hash& op) { m_durable[&device].insert(op); }
    // A backup was put in place, or the device is a new copy.
    void wentBack(Device& device);
    void granted(const std::string& person, std::string_view scope) {
        m_everHeld[person].emplace(scope);
        m_leftAt.erase({person, std::string(scope)});
    }
    // At this position of the log. He may not have held it.
    void withdrawn(const std::string& person, std::string_view scope, std::uint64_t position) {
        m_leftAt.try_emplace({person, std::string(scope)}, position);
    }
    void countyWentBack();

    [[nodiscard]] std::string ofDevice(Device& device);
    [[nodiscard]] std::string ofCounty();
    [[nodiscard]] std::string ofLog();

private:
    struct Read {
        EpochId epoch;
        std::uint64_t position = 0;
    };
    const std::vector<Hash>& opIdsOf(sync::History& history, const Hash& segment);
    std::string ownLanes(Device& device, std::set<Hash>& ops);
    std::string scopesRead(Device& device);

    World& m_world;
    std::map<const Device*, std::set<Hash>> m_durable;
    std::map<const Device*, Read> m_read;
    std::map<std::string, std::set<std::string>> m_everHeld;                // by person
    std::map<std::pair<std::string, std::string>, std::uint64_t> m_leftAt;  // by person and scope
    std::map<Hash, std::vector<Hash>> m_opIds;  // by segment; equal wherever it lies
    std::vector<Hash> m_entries;
    bool m_wasCountyBack = false;
};

}  // namespace hezhang::test
