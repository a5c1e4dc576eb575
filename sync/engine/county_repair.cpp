// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "sync/engine/county_repair.h"

#include <algorithm>
#include <map>

#include "sync/engine/feed.h"
#include "sync/trust/merkle.h"

namespace hezhang::sync {
namespace {

constexpr std::string_view kDamaged = "damaged";   // positions

bool isWellFormed(const RepairRequest& request) {
    return request.name == kRepairMessage && request.digests.size() <= kRepairRangesMax && request.wanted.size() <= kRepairWantedMax &&
           request.given.size() <= kRepairWantedMax && std::is_sorted(request.wanted.begin(), request.wanted.end()) &&
           request.from <= request.end;
}

}  // namespace

Result<std::vector<std::uint64_t>> CountyRepair::damaged() {
    HZ_TRY(const std::optional<Bytes> bytes, m_store.meta(kDamaged));
    return bytes ? decode<std::vector<std::uint64_t>>(*bytes, "damage") : Result<std::vector<std::uint64_t>>(std::vector<std::uint64_t>{});
}

Result<RepairAnswer> CountyRepair::answer(const DeviceRow& device, const RepairRequest& request, WallMs now) {
    RepairAnswer answer;
    HZ_TRY(const EpochId epoch, m_log.epoch());
    HZ_TRY(const std::uint64_t size, m_log.size());
    HZ_TRY(const std::vector<std::string> held, m_judge.scopesOf(device.enrolment, m_projection));
    if (!isWellFormed(request)) {
        answer.status = RepairStatus::badRequest;
        return answer;
    }
    if (request.epoch != epoch || request.end > size || request.proven.size > size) {
        answer.status = RepairStatus::otherHistory;
        return answer;
    }
    if (!std::all_of(request.scopes.begin(), request.scopes.end(), [&](const std::string& scope) { return holdsScope(held, scope); })) {
        answer.status = RepairStatus::otherScopes;
        return answer;
    }
    HZ_CHECK(takeGiven(request.given));
    HZ_CHECK(compare(request, answer));
    HZ_CHECK(addWanted(device, request, answer, now));
    HZ_TRY(answer.needed, damaged());
    answer.needed.resize(std::min(answer.needed.size(), kRepairWantedMax));
    return answer;
}

Result<void> CountyRepair::compare(const RepairRequest& request, RepairAnswer& answer) {
    for (std::size_t i = 0; i < request.digests.size(); ++i) {
        const std::uint64_t from = request.from + i * kRepairRange;
        const std::uint64_t to = std::min(from + kRepairRange, request.end);
        if (from >= to) {
            break;
        }
        HZ_TRY(const std::vector<EntryMark> marks, entriesToCompare(m_store, m_suite, request.scopes, from, to));
        if (rangeDigest(m_suite, marks) != request.digests[i]) {
            answer.differing.push_back(static_cast<std::uint32_t>(i));
            answer.entries.insert(answer.entries.end(), marks.begin(), marks.end());
        }
    }
    return {};
}

// An entry without an accepted op is for office and author, until an op of it is admitted.
Result<bool> CountyRepair::isForReader(const DeviceRow& device, std::uint64_t position, const Hash& segment) {
    HZ_TRY(const std::optional<DeviceId> restricted, m_store.restrictedTo(position));
    if (!restricted || *restricted == device.enrolment.device || m_judge.isOffice(device.enrolment)) {
        return true;
    }
    HZ_TRY(const std::vector<Run> runs, m_store.runsOf(segment));
    for (const Run& run : runs) {
        for (OpCounter counter = run.first; counter <= run.last; ++counter) {
            HZ_TRY(const std::optional<AsideRow> aside, m_store.asideOf({run.branch, counter}));
            if (!aside) {
                return true;
            }
        }
    }
    return false;
}

// What is damaged here is not given on: it would prove nothing.
Result<void> CountyRepair::addWanted(const DeviceRow& device, const RepairRequest& request, RepairAnswer& answer, WallMs now) {
    std::map<std::uint64_t, ProvenEntry> chosen;
    std::size_t bytes = 0;
    for (const std::uint64_t position : request.wanted) {
        if (bytes >= kPageBytesMax) {
            break;
        }
        HZ_TRY(const bool isFine, isEntrySound(position));
        HZ_TRY(const std::optional<EntryRow> row, isFine ? m_store.entry(position) : Result<std::optional<EntryRow>>(std::nullopt));
        if (!row) {
            continue;
        }
        HZ_TRY(const LogEntry entry, decode<LogEntry>(row->entry, "log entry"));
        if (!isControl(entry) && !holdsScope(request.scopes, entry.scope)) {
            continue;
        }
        ProvenEntry proven{position, row->entry, {}};
        if (const auto* segment = std::get_if<SegmentEntry>(&entry.content)) {
            HZ_TRY(const bool isFor, isForReader(device, position, segment->segment));
            if (!isFor) {
                continue;
            }
            HZ_TRY(const std::optional<SegmentRow> stored, m_store.segment(segment->segment));
            proven.segment = stored->envelope;
            HZ_TRY(const std::shared_ptr<const SealedSegment> sealed, m_history.segment(segment->segment));
            HZ_TRY(const std::vector<std::uint64_t> orders, redactionsOf(m_store, *sealed));
            for (const std::uint64_t order : orders) {
                HZ_TRY(const std::optional<EntryRow> redaction, m_store.entry(order));
                chosen.emplace(order, ProvenEntry{order, redaction->entry, {}});
            }
        }
        bytes += proven.entry.size() + proven.segment.size();
        chosen.insert_or_assign(position, std::move(proven));
    }
    if (chosen.empty()) {
        return {};
    }
    HZ_TRY(const Head head, m_log.signedHead(now));
    Page page{head, {}, {}};
    std::vector<std::uint64_t> positions;
    for (auto& [position, proven] : chosen) {
        positions.push_back(position);
        page.entries.push_back(std::move(proven));
    }
    HZ_TRY(page.proof, m_log.inclusion(positions, head.size));
    HZ_TRY(answer.consistency, m_log.consistency(request.proven.size, head.size));
    answer.page = std::move(page);
    return {};
}

Result<bool> CountyRepair::isEntrySound(std::uint64_t position) {
    const auto row = m_store.entry(position);
    if (!row && row.error().code != ErrorCode::storageCorrupt) {
        return fail(row.error());
    }
    HZ_TRY(const std::optional<Hash> leaf, m_store.node(0, position));
    if (!row || !*row || !leaf || merkleLeaf(m_suite, (*row)->entry) != *leaf) {
        return false;
    }
    const auto entry = decode<LogEntry>((*row)->entry, "log entry");
    const auto* segment = entry ? std::get_if<SegmentEntry>(&entry->content) : nullptr;
    return segment == nullptr ? Result<bool>(entry.has_value()) : isSound(m_store, m_suite, segment->segment);
}

// -- what comes back

Result<void> CountyRepair::takeGiven(const std::vector<ProvenEntry>& given) {
    HZ_TRY(std::vector<std::uint64_t> open, damaged());
    if (open.empty() || given.empty()) {
        return {};
    }
    for (const ProvenEntry& proven : given) {
        if (std::binary_search(open.begin(), open.end(), proven.position)) {
            HZ_CHECK(takeEntry(proven));
        }
    }
    m_history.forgetSegments();
    std::vector<std::uint64_t> left;
    for (const std::uint64_t position : open) {
        HZ_TRY(const bool isFine, isEntrySound(position));
        if (!isFine) {
            left.push_back(position);
        }
    }
    HZ_CHECK(m_store.setMeta(kDamaged, encode(left)));
    return left.empty() ? rebuildState() : Result<void>{};
}

// Whoever brings it: its leaf stands in our own tree.
Result<void> CountyRepair::takeEntry(const ProvenEntry& proven) {
    HZ_TRY(const std::optional<Hash> leaf, m_store.node(0, proven.position));
    if (!leaf || *leaf != merkleLeaf(m_suite, proven.entry)) {
        return {};
    }
    HZ_TRY(const LogEntry entry, decode<LogEntry>(proven.entry, "log entry"));
    HZ_CHECK(m_store.putEntry({proven.position, proven.entry, 0}));
    const auto* segment = std::get_if<SegmentEntry>(&entry.content);
    return segment == nullptr ? Result<void>{} : takeSegment(proven, segment->segment);
}

Result<void> CountyRepair::takeSegment(const ProvenEntry& proven, const Hash& hash) {
    HZ_TRY(const bool isFine, isSound(m_store, m_suite, hash));
    const auto opened = openSegment(m_suite, proven.segment);
    if (isFine || !opened || opened->hash != hash) {
        return {};
    }
    HZ_TRY(const std::optional<DeviceRow> author, m_store.device(opened->segment.lane.device));
    HZ_TRY(const bool isWhole, m_applier.redactions().covers(*opened));
    if (!isWhole || (author && !sync::verify(m_suite, *opened, author->enrolment.publicKey))) {
        return {};
    }
    return m_store.putSegment(rowOf(*opened, SegmentState::inLog, proven.position, author && author->enrolment.role == "county"));
}

// -- looking at everything

Result<bool> CountyRepair::isTreeOf(const std::vector<Hash>& leaves) {
    HZ_TRY(const Head head, m_log.head());
    return head.size == leaves.size() && merkleRoot(m_suite, leaves) == head.root;
}

Result<void> CountyRepair::rebuildTree(const std::vector<Hash>& leaves) {
    StoreNodes nodes(m_store);
    MerkleLog log(m_suite, nodes, 0);
    for (const Hash& leaf : leaves) {
        HZ_CHECK(log.append(leaf));
    }
    return {};
}

Result<void> CountyRepair::rebuildState() { return m_applier.rebuild([](const Op&) -> Result<Rank> { return Rank{0}; }); }

Result<CountyDamage> CountyRepair::inspect() {
    CountyDamage damage;
    HZ_TRY(const std::uint64_t size, m_log.size());
    std::vector<Hash> ofEntries;
    std::vector<Hash> ofTree;
    for (std::uint64_t position = 0; position < size; ++position) {
        const auto row = m_store.entry(position);
        if (!row && row.error().code != ErrorCode::storageCorrupt) {
            return fail(row.error());
        }
        ofEntries.push_back(row && *row ? merkleLeaf(m_suite, (*row)->entry) : Hash{});
        HZ_TRY(const std::optional<Hash> leaf, m_store.node(0, position));
        ofTree.push_back(leaf.value_or(Hash{}));
    }
    HZ_TRY(const bool areEntriesRight, isTreeOf(ofEntries));
    HZ_TRY(const bool isTreeRight, isTreeOf(ofTree));
    if (!areEntriesRight && !isTreeRight) {
        damage.isBeyondRepair = true;
        return damage;
    }
    // Inner nodes are made anew, too: nobody has looked at them.
    damage.isTreeRebuilt = !isTreeRight;
    HZ_CHECK(rebuildTree(isTreeRight ? ofTree : ofEntries));
    for (std::uint64_t position = 0; position < size; ++position) {
        HZ_TRY(const bool isFine, isEntrySound(position));
        if (!isFine) {
            damage.entries.push_back(position);
        }
    }
    HZ_CHECK(m_store.setMeta(kDamaged, encode(damage.entries)));
    if (damage.entries.empty()) {
        HZ_CHECK(rebuildState());
        damage.isStateRebuilt = true;
    }
    return damage;
}

}  // namespace hezhang::sync
