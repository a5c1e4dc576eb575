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

void SimulationRun::settle() {
    for (Person& person : m_people) {
        endRound(person);
    }
    m_requests.clear();
    std::string before;
    for (int round = 0; round < kRoundsMax; ++round) {
        std::string now;
        for (Person& person : m_people) {
            exchange(person, 10'000);
            sync::Store& store = person.device->box().store();
            now += std::to_string(must(person.device->replica().cursor()).position) + " " +
                   std::to_string(must(person.device->replica().orphansToGive()).size()) + " " +
                   std::to_string(must(store.segmentsIn(sync::SegmentState::unsent)).size()) + " ";
        }
        now += std::to_string(must(m_world.county().county().size()));
        if (now == before) {
            return;
        }
        before = now;
    }
    throw Broken{"ENDLESS: syncing does not come to an end"};
}

std::set<Hash> SimulationRun::opsIn(sync::Store& store, sync::History& history) {
    std::set<Hash> ids;
    for (const sync::SegmentState state : {sync::SegmentState::inLog, sync::SegmentState::unsent,
                                           sync::SegmentState::received, sync::SegmentState::held}) {
        for (const Hash& hash : must(store.segmentsIn(state))) {
            if (!must(store.segment(hash))->hasText()) {
                continue;
            }
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

std::set<Hash> SimulationRun::everyOp() {
    sync::County& county = m_world.county().county();
    std::set<Hash> ids = opsIn(m_world.county().box().store(), county.projection().history());
    for (const Person& person : m_people) {
        const std::set<Hash> here = opsIn(person.device->box().store(), person.device->replica().history());
        ids.insert(here.begin(), here.end());
    }
    return ids;
}

// The history behind a snapshot says what the snapshot said. Whoever had the history already has not changed,
// and the county only where its log has.
void SimulationRun::checkHistories() {
    const std::uint64_t size = must(m_world.county().county().size());
    std::vector<Device*> changed;
    for (Person& person : m_people) {
        if (m_world.county().isRevoked(person.device->id()) ||
            !must(sync::snapshotBase(person.device->box().store()))) {
            continue;
        }
        ++m_counts.snapshots;
        if (!person.device->fetchHistory()) {
            throw Broken{"SNAPSHOT of " + person.device->name() + " said what the history does not say"};
        }
        changed.push_back(person.device);
    }
    std::string difference;
    std::map<std::string, std::string> ofCounty;
    for (Device* device : changed) {
        difference += m_world.differenceOf(*device, m_waiting, ofCounty);
    }
    if (must(m_world.county().county().size()) != size) {
        difference = m_world.difference(m_waiting);
    }
    if (!difference.empty()) {
        throw Broken{"DISAGREE with the whole history\n" + difference};
    }
}

void SimulationRun::check(const std::set<Hash>& mustStay) {
    checkNothingUnsent();
    checkNothingLost(mustStay);
    if (const std::string difference = m_world.difference(m_waiting); !difference.empty()) {
        throw Broken{"DISAGREE\n" + difference};
    }
    checkGhost();
    if (const std::string broken = m_invariants.ofLog(); !broken.empty()) {
        throw Broken{broken};
    }
    checkHistories();
    checkArchive();
    m_counts.branches = must(m_world.county().county().status()).branches;
    note(m_world.county().dump("team") + m_world.county().dump("harbour"));
    m_trace.pop_back();
}

std::string SimulationRun::unanswered(Device& device) {
    std::string text;
    const bool isRevoked = m_world.county().isRevoked(device.id());
    for (const sync::SegmentState state :
         {sync::SegmentState::unsent, sync::SegmentState::received, sync::SegmentState::refused}) {
        for (const Hash& hash : must(device.box().store().segmentsIn(state))) {
            const auto here = must(device.box().store().segment(hash));
            const bool isGrantLost = state == sync::SegmentState::refused && m_counts.countyRestores > 0 &&
                                     here->position == static_cast<std::uint64_t>(sync::Reason::foreignScope);
            if (isGrantLost) {
                const auto sealed = must(device.replica().history().segment(hash));
                m_refused.insert(sealed->opIds.begin(), sealed->opIds.end());
                continue;
            }
            const auto there = must(m_world.county().box().store().segment(hash));
            // It waits at the county for what nobody in the world has any more.
            std::set<Hash> passed;
            if (there && there->state == sync::SegmentState::held && isBuiltOnNothing(hash, passed)) {
                m_waiting.emplace(device.name(), here->scope);  // its author goes on seeing it
                continue;
            }
            // The county has it; a revoked device is given nothing of the log any more.
            if (isRevoked && state == sync::SegmentState::received && there) {
                continue;
            }
            text += ": segment " + shortOf(hash) + " of " + here->scope + " state " +
                    std::to_string(static_cast<int>(state)) + ", at the county " +
                    (there ? std::to_string(static_cast<int>(there->state)) + " at " +
                                 std::to_string(there->position)
                           : "absent");
        }
    }
    return text;
}

// Whether nobody in the world has a segment that this one names, or what that one names: only its author and
// the office had it, and both were put back. Then no county can place it again; whoever has it keeps it, and
// offers it.
bool SimulationRun::isBuiltOnNothing(const Hash& hash, std::set<Hash>& passed) {
    sync::Store& county = m_world.county().box().store();
    const auto there = must(county.segment(hash));
    if ((there && there->state == sync::SegmentState::inLog) || !passed.insert(hash).second) {
        return false;
    }
    for (const Person& person : m_people) {
        const auto here = must(person.device->box().store().segment(hash));
        if (!here || !here->hasText()) {
            continue;
        }
        const auto sealed = must(person.device->replica().history().segment(hash));
        std::set<Hash> needed{sealed->segment.previous};
        for (const sync::Op& op : sealed->segment.ops) {
            for (const sync::SeenDot& seen : op.seen) {
                needed.insert(seen.segment);
            }
        }
        needed.erase(Hash{});
        return std::any_of(needed.begin(), needed.end(),
                           [&](const Hash& one) { return isBuiltOnNothing(one, passed); });
    }
    return true;
}

bool SimulationRun::isBuiltOnNothing(const Person& person, const sync::EntryRow& orphan) {
    const auto entry = must(sync::decode<sync::LogEntry>(orphan.entry, "log entry"));
    const auto* segment = std::get_if<sync::SegmentEntry>(&entry.content);
    std::set<Hash> passed;
    if (segment == nullptr || !isBuiltOnNothing(segment->segment, passed)) {
        return false;
    }
    const auto sealed = must(person.device->replica().history().segment(segment->segment));
    m_refused.insert(sealed->opIds.begin(), sealed->opIds.end());
    return true;
}

// The entry, or what it says by another one.
bool SimulationRun::isAtCounty(const sync::EntryRow& row) {
    sync::Store& store = m_world.county().box().store();
    const auto entry = must(sync::decode<sync::LogEntry>(row.entry, "log entry"));
    const auto* segment = std::get_if<sync::SegmentEntry>(&entry.content);
    const auto there = segment != nullptr ? must(store.segment(segment->segment)) : std::nullopt;
    return (there && there->state == sync::SegmentState::inLog) ||
           must(store.leafPosition(sync::merkleLeaf(*m_world.setup().suite, row.entry)));
}

void SimulationRun::checkNothingUnsent() {
    for (const Person& person : m_people) {
        if (const std::string text = unanswered(*person.device); !text.empty()) {
            throw Broken{"STUCK " + person.device->name() + text};
        }
        if (m_world.county().isRevoked(person.device->id())) {
            continue;  // it is not told what has come back
        }
        // Where one can be placed nowhere all are offered again and again, also those that the county has.
        const std::vector<sync::EntryRow> orphans = must(person.device->replica().orphansToGive());
        const bool isAnyOnNothing =
            std::any_of(orphans.begin(), orphans.end(),
                        [&](const sync::EntryRow& row) { return isBuiltOnNothing(person, row); });
        for (const sync::EntryRow& row : orphans) {
            if (isBuiltOnNothing(person, row) || (isAnyOnNothing && isAtCounty(row))) {
                continue;
            }
            throw Broken{"STUCK " + person.device->name() + " has an entry to hand back: it was " +
                         std::to_string(row.position) + m_world.county().entryText(row.entry)};
        }
    }
}

std::set<Hash> SimulationRun::opsInLog() {
    sync::Store& store = m_world.county().box().store();
    std::set<Hash> ids;
    for (const Hash& hash : must(store.segmentsIn(sync::SegmentState::inLog))) {
        const auto sealed = must(m_world.county().county().projection().history().segment(hash));
        ids.insert(sealed->opIds.begin(), sealed->opIds.end());
    }
    return ids;
}

std::set<Hash> SimulationRun::erasedInLog() {
    sync::Store& store = m_world.county().box().store();
    std::set<Hash> ids;
    for (const Hash& hash : must(store.segmentsIn(sync::SegmentState::inLog))) {
        const auto sealed = must(m_world.county().county().projection().history().segment(hash));
        for (std::size_t i = 0; i < sealed->opIds.size(); ++i) {
            if (sealed->segment.ops[i].isErased()) {
                ids.insert(sealed->opIds[i]);
            }
        }
    }
    return ids;
}

// Nothing waits for what somebody still has, but for what itself waits for something that nobody has any
// more.
void SimulationRun::checkHeldAreWanted() {
    for (const Hash& want : must(m_world.county().box().store().wants())) {
        std::set<Hash> passed;
        for (const Person& person : m_people) {
            const auto here = must(person.device->box().store().segment(want));
            if (here && here->hasText() && !isBuiltOnNothing(want, passed)) {
                throw Broken{"HELD for " + shortOf(want) + ", which " + person.device->name() + " has"};
            }
        }
    }
}

// Where a lost op lies: one line a segment.
std::string SimulationRun::whoHas(const Hash& id) {
    std::string text;
    for (const Person& person : m_people) {
        sync::Store& store = person.device->box().store();
        for (int state = 0; state <= static_cast<int>(sync::SegmentState::refused); ++state) {
            for (const Hash& hash : must(store.segmentsIn(static_cast<sync::SegmentState>(state)))) {
                if (!must(store.segment(hash))->hasText()) {
                    continue;
                }
                const auto sealed = must(person.device->replica().history().segment(hash));
                if (std::find(sealed->opIds.begin(), sealed->opIds.end(), id) != sealed->opIds.end()) {
                    const auto row = must(store.segment(hash));
                    text += "\n" + person.device->name() + " has it in " + shortOf(hash) + ", state " +
                            std::to_string(state) + (row->isMine ? ", own" : "") + ", at " +
                            std::to_string(row->position) + " of " + row->scope;
                }
            }
        }
    }
    return text;
}

void SimulationRun::checkNothingLost(const std::set<Hash>& mustStay) {
    std::set<Hash> there = opsInLog();
    // What waits for a segment that nobody in the world has any more, is not lost: the county keeps it.
    sync::Store& store = m_world.county().box().store();
    for (const Hash& hash : must(store.segmentsIn(sync::SegmentState::held))) {
        const auto sealed = must(m_world.county().county().projection().history().segment(hash));
        there.insert(sealed->opIds.begin(), sealed->opIds.end());
    }
    checkHeldAreWanted();
    for (const Hash& id : mustStay) {
        if (!there.contains(id) && !m_refused.contains(id)) {
            throw Broken{"LOST " + shortOf(id) + whoHas(id)};
        }
    }
}

void SimulationRun::checkGhost() {
    sync::Projection& state = m_world.county().county().projection();
    sync::Store& store = m_world.county().box().store();
    std::set<Hash> applied = opsInLog();
    for (const sync::AsideRow& row : must(store.asides())) {
        ++m_counts.asides;
        applied.erase(must(state.history().opAt(row.ref))->id);
    }
    const auto expected = m_ghost.live(applied, erasedInLog());
    std::map<Ghost::Cell, std::set<Hash>> found;
    must(store.eachLive("", [&](LiveRow&& row) {
        const Hash id = must(state.history().opAt(row.ref))->id;
        if (m_ghost.knows(id)) {
            found[{row.record, row.field}].insert(id);
        }
    }));
    for (const auto& [cell, ids] : found) {
        const auto it = expected.find(cell);
        for (const Hash& id : ids) {
            if (it == expected.end() || !it->second.contains(id)) {
                throw Broken{"FALSE_CONFLICT " + cell.second + " " + shortOf(id)};
            }
        }
    }
    for (const auto& [cell, ids] : expected) {
        for (const Hash& id : ids) {
            const auto it = found.find(cell);
            if (it == found.end() || !it->second.contains(id)) {
                throw Broken{"SILENT_OVERWRITE " + cell.second + " " + shortOf(id)};
            }
        }
    }
    for (const auto& [cell, ids] : expected) {
        if (cell.second == "count" &&
            must(state.read(cell.first))->cells.at("count").view.sum != m_ghost.sum(ids)) {
            throw Broken{"SUM of a counter is wrong"};
        }
        if (must(state.isGone(cell.first)) != m_ghost.isGone(cell.first, expected)) {
            throw Broken{"DELETED: the record is gone for one and not for the other"};
        }
    }
}

}  // namespace hezhang::test
