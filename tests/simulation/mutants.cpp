// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "tests/simulation/simulation_run.h"

namespace hezhang::test {

using sync::LiveRow;
using sync::OpKind;
using sync::OpRef;
using sync::SegmentState;

namespace {

constexpr unsigned kHolesPermille = 20;

}  // namespace

// What is broken from the beginning.
void SimulationRun::breakWorld() {
    m_world.judge().blind({.bans = m_setup.mutant == Mutant::ignoreBans,
                           .seals = m_setup.mutant == Mutant::ignoreSeals,
                           .scopes = m_setup.mutant == Mutant::leakScopes});
    FlakyStore::Lies lies;
    if (m_setup.mutant == Mutant::ignoreRevocation) {
        lies.device = [](sync::DeviceRow& row) { row.isRevoked = false; };
    }
    if (m_setup.mutant == Mutant::feedHoles) {
        lies.isLeftOut = [this](std::uint64_t) { return happens(kHolesPermille); };
    }
    m_world.county().box().store().setLies(std::move(lies));
}

Result<Bytes> SimulationRun::handleMutated(const Message& message) {
    const bool isForkMutant =
        m_setup.mutant == Mutant::dedupeByNumber || m_setup.mutant == Mutant::refuseForks;
    const bool isHistoryMutant =
        m_setup.mutant == Mutant::noEpoch || m_setup.mutant == Mutant::reofferOwnOnly;
    const sync::OpenedFrame opened = must(sync::openFrame(message.bytes));
    const auto ofSnapshot = sync::decode<sync::SnapshotRequest>(opened.plain, "request");
    const bool isOfSnapshot = ofSnapshot && ofSnapshot->name == sync::kSnapshotMessage;
    if (isOfSnapshot || (!isForkMutant && !isHistoryMutant)) {
        const auto answers = m_world.county().tryHandle({message.bytes});
        return answers ? Result<Bytes>(answers->front()) : fail(answers.error());
    }
    const sync::Suite& suite = *m_world.setup().suite;
    const auto key = must(m_people[message.person].device->replica().identity()).macKey;
    auto request = must(sync::decode<sync::SyncRequest>(opened.plain, "request"));
    const std::vector<bool> isTakenOut = isForkMutant ? takeOutKnownNumbers(request) : std::vector<bool>{};
    if (m_setup.mutant == Mutant::noEpoch) {
        moveToOurHistory(request);
    }
    const Bytes changed = sync::frameWithMac(suite, sync::encode(request), key, {});
    HZ_TRY(const std::vector<Bytes> answers, m_world.county().tryHandle({changed}));
    auto answer =
        must(sync::decode<sync::SyncAnswer>(must(sync::openFrame(answers.front())).plain, "answer"));
    sync::Ack ack;
    if (m_setup.mutant == Mutant::refuseForks) {
        ack = {sync::Verdict::refused, sync::Reason::malformed, 0, {}};
    }
    for (std::size_t i = 0; i < isTakenOut.size() && answer.status == sync::SyncStatus::ok; ++i) {
        if (isTakenOut[i]) {
            answer.acks.insert(answer.acks.begin() + static_cast<std::ptrdiff_t>(i), ack);
        }
    }
    if (m_setup.mutant == Mutant::reofferOwnOnly) {
        answer.wanted.clear();
    }
    return sync::frameWithMac(suite, sync::encode(answer), key, opened.frame.tag);
}

std::vector<bool> SimulationRun::takeOutKnownNumbers(sync::SyncRequest& request) {
    const sync::Suite& suite = *m_world.setup().suite;
    std::vector<bool> isTakenOut;
    std::vector<Bytes> kept;
    for (const Bytes& envelope : request.segments) {
        const sync::SealedSegment sealed = must(sync::openSegment(suite, envelope));
        bool isKnown = false;
        for (const Hash& hash :
             must(m_world.county().box().store().segmentsOfLane(sealed.segment.lane.lane))) {
            const auto row = must(m_world.county().box().store().segment(hash));
            isKnown = isKnown || (row && row->first == sealed.segment.first && row->hash != sealed.hash);
        }
        isTakenOut.push_back(isKnown);
        if (!isKnown) {
            kept.push_back(envelope);
        }
    }
    request.segments = std::move(kept);
    return isTakenOut;
}

// As if a number were all that a cursor is.
void SimulationRun::moveToOurHistory(sync::SyncRequest& request) {
    CountySide& county = m_world.county();
    const std::uint64_t size = must(county.county().size());
    const auto stands = [&](std::uint64_t at, const sync::HeadMark& mark) {
        return at == 0 || (at <= size && county.markAt(at) == mark);
    };
    if (!stands(request.cursor.position, request.cursor.mark)) {
        request.cursor.position = std::min(request.cursor.position, size);
        request.cursor.mark = county.markAt(request.cursor.position);
    }
    if (!stands(request.proven.size, request.proven.mark)) {
        request.proven = {};
    }
}

// After each batch of requests.
void SimulationRun::breakCounty() {
    sync::Store& store = m_world.county().box().store();
    if (m_setup.mutant != Mutant::emptyEscrow || below(10) > 0) {
        return;
    }
    const std::vector<sync::AsideRow> asides = must(store.asides());
    if (!asides.empty()) {
        auto scope = must(sync::WriteScope::begin(store));
        must(store.eraseAside(asides[below(asides.size())].ref));
        must(scope.commit());
    }
}

std::set<Hash> SimulationRun::inLogOf(Device& device) {
    const std::vector<Hash> hashes = must(device.box().store().segmentsIn(SegmentState::inLog));
    return {hashes.begin(), hashes.end()};
}

// After each answer.
void SimulationRun::breakDevice(Person& person, const std::set<Hash>& wereInLog) {
    const bool isForgetful = m_setup.mutant == Mutant::forgetAcknowledged;
    if (isForgetful || m_setup.mutant == Mutant::reofferOwnOnly) {
        sync::Store& store = person.device->box().store();
        auto scope = must(sync::WriteScope::begin(store));
        for (const sync::EntryRow& row : must(store.orphans())) {
            must(store.eraseOrphan(row.position, row.page));
        }
        for (const Hash& hash : must(store.segmentsIn(SegmentState::unsent))) {
            if (isForgetful && wereInLog.contains(hash)) {
                must(store.setSegmentState(hash, SegmentState::inLog, 0));
            }
        }
        must(scope.commit());
    }
    if (m_setup.mutant == Mutant::lastWriteWins) {
        settleByClock(person);
    }
}

void SimulationRun::settleByClock(Person& person) {
    Device& device = *person.device;
    for (const std::string_view name : kNotes) {
        for (const std::string_view scope : kScopes) {
            const sync::RecordKey record = noteKey(name, scope);
            const sync::CellReading cell = device.cell(record, "status");
            if (cell.view.state != sync::CellState::conflict || device.isGone(record)) {
                continue;
            }
            const auto latest =
                std::ranges::max_element(cell.rows, {}, [](const LiveRow& row) { return row.at; });
            std::vector<OpRef> all;
            for (const LiveRow& row : cell.rows) {
                all.push_back(row.ref);
            }
            // Nobody had the others on the screen.
            (void)write(person, {record, {}, "status", OpKind::assign, latest->value, all, {}}, {});
        }
    }
}

}  // namespace hezhang::test
