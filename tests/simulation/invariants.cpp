// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/invariants.h"

#include <algorithm>

namespace hezhang::test {

using sync::LogEntry;
using sync::Reason;
using sync::SegmentState;
using sync::Verdict;

namespace {

std::string brief(const Hash& id) {
    return id.hex().substr(0, 8);
}

// Decides by what the log says so far, in the plainest way there is, whether an op may be accepted.
class NaiveJudge {
public:
    void take(const sync::ControlEntry& control) {
        if (control.kind == sync::ControlKind::enrolment) {
            const auto enrolment = must(sync::decode<sync::EnrolmentControl>(control.body, "enrolment"));
            m_enrolled[enrolment.device] = enrolment;
        } else if (control.kind == sync::ControlKind::revocation) {
            m_revoked.insert(must(sync::decode<sync::DeviceControl>(control.body, "revocation")).device);
        }
    }
    [[nodiscard]] bool isCounty(const DeviceId& device) const {
        const auto found = m_enrolled.find(device);
        return found == m_enrolled.end() || found->second.role == "county";
    }
    // What the county itself writes.
    void take(const sync::RecordKey& key, const sync::Op& op) {
        const std::string about(key.fields.front().second.asText().value_or(""));
        const std::string text(op.value.asText().value_or(""));
        if (key.registerName == "ban") {
            m_yes["ban " + about] = text == "yes";
        } else if (key.registerName == "seal") {
            m_yes["seal " + about] = text == "yes";
        } else if (key.registerName == "grant") {
            m_yes["grant " + about + " " + text] = op.kind == sync::OpKind::add;
        }
    }
    // noRight, windowClosed, revoked; none: nothing speaks against it.
    [[nodiscard]] Reason reasonAgainst(const sync::LaneHeader& lane, const sync::RecordKey& key,
                                       const sync::Op& op) const {
        const sync::EnrolmentControl& author = m_enrolled.at(lane.device);
        const bool isOffice = author.role == "office";
        if (m_revoked.contains(lane.device)) {
            return Reason::revoked;
        }
        const bool isHeld =
            isOffice || lane.scope == kCommonScope || isYes("grant " + op.person.hex() + " " + lane.scope);
        const bool isSteering = op.field == sync::kAdmittedField || key.registerName != "note";
        if (!isHeld || op.person != author.person || lane.scope != scopeOf(key) || author.role == "reader" ||
            (isSteering && !isOffice) || isYes("ban " + op.person.hex())) {
            return Reason::noRight;
        }
        return isYes("seal " + lane.scope) && !isOffice ? Reason::windowClosed : Reason::none;
    }

private:
    [[nodiscard]] bool isYes(const std::string& what) const {
        const auto found = m_yes.find(what);
        return found != m_yes.end() && found->second;
    }
    std::map<DeviceId, sync::EnrolmentControl> m_enrolled;
    std::set<DeviceId> m_revoked;
    std::map<std::string, bool> m_yes;
};

bool isOfRights(Reason reason) {
    return reason == Reason::noRight || reason == Reason::windowClosed || reason == Reason::revoked;
}

}  // namespace

const std::vector<Hash>& Invariants::opIdsOf(sync::History& history, const Hash& segment) {
    const auto found = m_opIds.find(segment);
    if (found != m_opIds.end()) {
        return found->second;
    }
    return m_opIds[segment] = must(history.segment(segment))->opIds;
}

void Invariants::wentBack(Device& device) {
    std::set<Hash> there;
    const std::string broken = ownLanes(device, there);
    m_durable[&device] = broken.empty() ? there : std::set<Hash>{};
    m_read.erase(&device);
}

void Invariants::countyWentBack() {
    m_entries.clear();
    m_wasCountyBack = true;
}

// From each own lane's last segment back to its first: no number is left out. Then the tail.
std::string Invariants::ownLanes(Device& device, std::set<Hash>& ops) {
    sync::Store& store = device.box().store();
    for (const sync::LaneRow& lane : must(store.lanes())) {
        if (!lane.isMine) {
            continue;
        }
        sync::OpCounter next = 1;
        if (!lane.tipSegment.isNone()) {
            const auto tip = must(store.segment(lane.tipSegment));
            if (!tip) {
                return "GAP: the last own segment of a lane is not there";
            }
            next = tip->first + tip->count;
        }
        for (Hash at = lane.tipSegment; !at.isNone();) {
            const auto row = must(store.segment(at));
            if (!row) {
                return "GAP: an own segment is not there";
            }
            const std::vector<Hash>& ids = opIdsOf(device.replica().history(), at);
            ops.insert(ids.begin(), ids.end());
            const auto before = row->previous.isNone() ? std::nullopt : must(store.segment(row->previous));
            if (row->first != (before ? before->first + before->count : 1)) {
                return "GAP: the numbers of an own lane have a gap before " + std::to_string(row->first);
            }
            at = row->previous;
        }
        for (const sync::TailRow& row : must(store.tail(lane.lane))) {
            if (row.op.counter != next++) {
                return "GAP: the tail of a lane has a gap before " + std::to_string(row.op.counter);
            }
            ops.insert(row.id);
        }
        if (lane.tip != next - 1) {
            return "GAP: a lane says its last op is " + std::to_string(lane.tip) + ", it is " +
                   std::to_string(next - 1);
        }
    }
    return {};
}

std::string Invariants::scopesRead(Device& device) {
    const RecordId id = device.person();
    const std::string person(textOf(id.view()).substr(0, textOf(id.view()).find(char{0})));
    const std::set<std::string>& held = m_everHeld[person];
    if (held.contains("*")) {
        return {};
    }
    sync::Store& store = device.box().store();
    for (const Hash& hash : must(store.segmentsIn(SegmentState::inLog))) {
        const auto row = must(store.segment(hash));
        if (!row->isMine && row->scope != kCommonScope && !held.contains(row->scope)) {
            return "LEAK: " + device.name() + " has text of " + row->scope;
        }
        // A county that was put back enters at other positions; of its own device's writing, be it by a copy,
        // whoever left gets the answers.
        const auto left = m_leftAt.find({person, row->scope});
        const bool isLate = left != m_leftAt.end() && row->position > left->second && !m_wasCountyBack;
        if (isLate && !row->isMine && must(store.lane(row->lane))->device != device.id()) {
            return "LEFT: " + device.name() + " has what was written in " + row->scope + " after it was out";
        }
    }
    return {};
}

std::string Invariants::ofDevice(Device& device) {
    std::set<Hash> there;
    if (std::string broken = ownLanes(device, there); !broken.empty()) {
        return broken + " on " + device.name();
    }
    for (const Hash& op : m_durable[&device]) {
        if (!there.contains(op)) {
            return "FORGOTTEN: " + device.name() + " has no " + brief(op) +
                   ", which it had answered as durable";
        }
    }
    const sync::Cursor cursor = must(device.replica().cursor());
    Read& read = m_read[&device];
    // A county that was put back makes its devices step back.
    if (!m_wasCountyBack && read.epoch == cursor.epoch && cursor.position < read.position) {
        return "BACKWARDS: " + device.name() + " reads from " + std::to_string(cursor.position) + " again";
    }
    const bool isNew = read.position != cursor.position;
    read = {cursor.epoch, cursor.position};
    return isNew ? scopesRead(device) : std::string{};
}

std::string Invariants::ofCounty() {
    sync::County& county = m_world.county().county();
    const std::uint64_t size = must(county.size());
    if (size < m_entries.size()) {
        return "SHORTER: the log has lost entries";
    }
    // The last one known, and all new ones; in the end ofLog() looks at everything.
    const std::uint64_t from = m_entries.empty() ? 0 : m_entries.size() - 1;
    std::uint64_t expected = from;
    for (const sync::EntryRow& row : must(m_world.county().box().store().entries(from, SIZE_MAX))) {
        const Hash hash = m_world.setup().suite->hash({row.entry});
        if (row.position != expected) {
            return "HOLE: the log has no entry " + std::to_string(expected);
        }
        if (expected < m_entries.size() && m_entries[expected] != hash) {
            return "REWRITTEN: entry " + std::to_string(expected);
        }
        if (expected >= m_entries.size()) {
            m_entries.push_back(hash);
        }
        ++expected;
    }
    return expected == size ? std::string{} : "HOLE: the log ends before its size";
}

std::string Invariants::ofLog() {
    CountySide& side = m_world.county();
    sync::Store& store = side.box().store();
    sync::History& history = side.county().projection().history();
    NaiveJudge naive;
    std::map<Hash, Reason> aside;
    std::set<Hash> entered;
    for (const sync::EntryRow& row : must(store.entries(0, SIZE_MAX))) {
        if (row.position < m_entries.size() &&
            m_world.setup().suite->hash({row.entry}) != m_entries[row.position]) {
            return "REWRITTEN: entry " + std::to_string(row.position);
        }
        const auto entry = must(sync::decode<LogEntry>(row.entry, "entry"));
        if (const auto* control = std::get_if<sync::ControlEntry>(&entry.content)) {
            naive.take(*control);
            continue;
        }
        if (const auto* verdict = std::get_if<sync::VerdictEntry>(&entry.content)) {
            aside.erase(verdict->op);
            continue;
        }
        const auto& segment = std::get<sync::SegmentEntry>(entry.content);
        const auto sealed = must(history.segment(segment.segment));
        const sync::LaneHeader& lane = sealed->segment.lane;
        std::map<RecordId, const sync::RecordKey*> keys;
        for (const sync::RecordKey& key : sealed->segment.records) {
            keys.emplace(recordIdOf(*m_world.setup().suite, lane.county, key), &key);
        }
        std::size_t i = 0;
        for (const sync::VerdictRun& run : segment.verdicts) {
            for (std::uint32_t k = 0; k < run.count; ++k, ++i) {
                const sync::Op& op = sealed->segment.ops[i];
                const Hash& id = sealed->opIds[i];
                const bool isAside = run.judgement.verdict == Verdict::aside;
                if (run.isRepeated) {
                    if (!isAside) {
                        aside.erase(id);
                    }
                    continue;
                }
                const bool isFirst = entered.insert(id).second;
                if (!isFirst && m_wasCountyBack) {
                    // Handed back after it was judged anew: the old verdict, in the old bytes.
                    if (!isAside) {
                        aside.erase(id);
                    }
                    continue;
                }
                if (!isFirst) {
                    return "TWICE: op " + brief(id) + " is entered again at " + std::to_string(row.position);
                }
                if (isAside) {
                    aside.emplace(id, run.judgement.reason);
                }
                if (naive.isCounty(lane.device)) {
                    naive.take(*keys.at(op.record), op);
                    continue;
                }
                const Reason against = naive.reasonAgainst(lane, *keys.at(op.record), op);
                const bool isFair = isAside ? !isOfRights(run.judgement.reason) || against != Reason::none
                                            : against == Reason::none;
                if (!m_wasCountyBack && !isFair) {
                    return "UNFAIR: op " + brief(id) + " at " + std::to_string(row.position) + " is " +
                           std::string(sync::name(run.judgement.verdict)) + " " +
                           std::string(sync::name(run.judgement.reason)) + ", a naive judge says " +
                           std::string(sync::name(against));
                }
            }
        }
    }
    std::set<Hash> kept;
    for (const sync::AsideRow& row : must(store.asides())) {
        kept.insert(must(history.opAt(row.ref))->id);
    }
    for (const auto& [id, reason] : aside) {
        if (!kept.contains(id)) {
            return "ESCROW: op " + brief(id) + " was set aside, and nobody admitted it";
        }
    }
    return kept.size() == aside.size() ? std::string{} : "ESCROW: more is set aside than the log says";
}

}  // namespace hezhang::test
