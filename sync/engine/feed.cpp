// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "sync/engine/feed.h"

#include <algorithm>
#include <bit>
#include <iterator>

namespace hezhang::sync {
namespace {

constexpr std::size_t kFeedScanMax = 4096;               // places of the log looked at for one answer
constexpr std::size_t kWantedMax = 256;                  // hashes asked for in one answer
constexpr std::size_t kHeldToldMax = 16;                 // held ops told in one answer

tl::unexpected<Error> missingEntry(std::uint64_t position) {
    return fail(ErrorCode::storageCorrupt, "entry " + std::to_string(position) + " is missing");
}

}  // namespace

Result<void> Feed::fill(Reader& reader, SyncAnswer& answer, WallMs now) {
    const SyncRequest& request = reader.request;
    HZ_TRY(const std::uint64_t all, m_log.size());
    HZ_TRY(const EpochId current, m_log.epoch());
    HZ_TRY(answer.wanted, m_store.wants());
    answer.wanted.resize(std::min(answer.wanted.size(), kWantedMax));
    HZ_TRY(const std::optional<Bytes> durable, m_store.meta(meta::kDurable));
    if (durable) {
        HZ_TRY(answer.durable, decode<std::uint64_t>(*durable, "backup mark"));
    }
    if (m_judge.isOffice(reader.device.enrolment)) {
        HZ_TRY(answer.held, m_intake.heldOps(kHeldToldMax));
    }
    const bool isScopeNew = scopesMark(m_suite, reader.held) != request.scopes;
    if (!isScopeNew && request.cursor.position == all && request.cursor.epoch == current && request.backfill.empty()) {
        return {};
    }
    // What it holds is noted before it is told; who knows it already was told so.
    HZ_TRY(reader.everHeld, m_intake.scopesEverHeld(reader.device));
    if (isScopeNew) {
        // First the device has to know what it holds: a scope given now is read from its start, not from the cursor.
        answer.scopes = reader.held;
        answer.backfill = request.backfill;
        return {};
    }
    Part main{reader, {}, true};
    for (const std::string& scope : reader.held) {
        const auto& late = request.backfill;
        if (std::none_of(late.begin(), late.end(), [&](const Backfill& one) { return one.scope == scope; })) {
            main.scopes.push_back(scope);
        }
    }
    Chosen chosen;
    Room room{reader.pageBytes(m_pageBytesMax)};
    // What is released before an entry is settled with it, but another history may have other entries there.
    const bool isSameHistory = request.cursor.epoch == current;
    const auto releasedBy = [&](std::uint32_t released) { return isSameHistory ? released : 0; };
    HZ_TRY(const Point reached,
           collect(main, {request.cursor.position, releasedBy(request.cursor.released)}, all, chosen, room));
    for (const Backfill& late : request.backfill) {
        if (!holdsScope(reader.held, late.scope)) {
            continue;
        }
        HZ_TRY(const Point lateReached, collect({reader, {late.scope}, false}, {late.position, releasedBy(late.released)},
                                                reached.position, chosen, room));
        // Where the main part stopped among released entries, those of this scope are still to come.
        if (lateReached.position < reached.position || reached.released > 0) {
            answer.backfill.push_back({late.scope, lateReached.position, lateReached.released});
        }
    }
    HZ_TRY(answer.skipped, skippedBefore(reader.device, chosen));
    HZ_TRY(answer.page, pageOf(std::move(chosen), now));
    HZ_TRY(answer.consistency, m_log.consistency(request.proven.size, all));
    HZ_TRY(const Hash root, m_log.rootAt(reached.position));
    answer.cursor = {current, reached.position, markOf(root), reached.released};
    answer.hasMore = reached.position < all;
    return {};
}

Result<Feed::Slice> Feed::slice(const Reader& reader, Point from, std::uint64_t end) {
    Chosen chosen;
    Room room{m_pageBytesMax};
    Slice slice;
    HZ_TRY(slice.next, collect({reader, reader.held, true}, from, end, chosen, room));
    HZ_TRY(slice.skipped, skippedBefore(reader.device, chosen));
    for (auto& [position, entry] : chosen) {
        slice.entries.push_back(std::move(entry));
    }
    return slice;
}

Result<Page> Feed::pageOf(Chosen&& chosen, WallMs now) {
    HZ_TRY(const Head head, m_log.signedHead(now));
    Page page{head, {}, {}};
    std::vector<std::uint64_t> positions;
    for (auto& [at, entry] : chosen) {
        positions.push_back(at);
        page.entries.push_back(std::move(entry));
    }
    if (!positions.empty()) {
        HZ_TRY(page.proof, m_log.inclusion(positions, head.size));
    }
    return page;
}

// Positions in [from, end) that may have something for the reader.
Result<std::vector<std::uint64_t>> Feed::placesOf(const Part& part, std::uint64_t from, std::uint64_t end) {
    std::set<std::string> scopes(part.scopes.begin(), part.scopes.end());
    if (part.isMain) {   // of what it held once it gets the answers to its own writing
        scopes.insert(part.reader.everHeld.begin(), part.reader.everHeld.end());
    }
    HZ_TRY(const std::vector<std::uint64_t> entries, m_index.positions(scopes, part.isMain, from, end, kFeedScanMax));
    const bool areAll = entries.size() < kFeedScanMax;
    HZ_TRY(const std::vector<std::uint64_t> points, m_store.releasePoints(from, areAll ? end : entries.back() + 1, kFeedScanMax));
    std::vector<std::uint64_t> places;
    std::set_union(entries.begin(), entries.end(), points.begin(), points.end(), std::back_inserter(places));
    places.resize(std::min(places.size(), kFeedScanMax));
    return places;
}

// Chooses what the reader gets of the entries from `from` on; returns where it stopped, at most at `end`.
Result<Feed::Point> Feed::collect(const Part& part, Point from, std::uint64_t end, Chosen& chosen, Room& room) {
    const DeviceRow& device = part.reader.device;
    if (from.position >= end || room.isFull()) {
        return from;
    }
    HZ_TRY(const std::vector<std::uint64_t> places, placesOf(part, from.position, end));
    Point at = from;
    for (const std::uint64_t place : places) {
        if (room.isFull()) {
            return at;
        }
        at = {place, place == from.position ? from.released : 0};
        HZ_TRY(const std::vector<std::uint64_t> released, m_store.releasedBefore(place));
        for (; at.released < released.size(); ++at.released) {
            if (room.isFull()) {
                return at;
            }
            HZ_CHECK(add(released[at.released], part, chosen, room));
        }
        HZ_TRY(const bool isKept, isKeptFrom(device, place));
        if (!isKept) {
            HZ_CHECK(add(place, part, chosen, room));
        }
        at = {place + 1, 0};
    }
    const bool areAll = places.size() < kFeedScanMax;
    return areAll && at.position < end ? Point{end, 0} : at;
}

// An entry without an accepted op goes to office and author only.
Result<bool> Feed::isKeptFrom(const DeviceRow& device, std::uint64_t position) {
    HZ_TRY(const std::optional<DeviceId> restricted, m_store.restrictedTo(position));
    return restricted && *restricted != device.enrolment.device && !m_judge.isOffice(device.enrolment);
}

// A lane goes on over a segment that is kept from the device: it gets to know what that one followed.
Result<std::vector<std::pair<Hash, Hash>>> Feed::skippedBefore(const DeviceRow& device,
                                                                 const Chosen& chosen) {
    std::map<Hash, Hash> skipped;
    for (const auto& [position, proven] : chosen) {
        HZ_TRY(const LogEntry entry, decode<LogEntry>(proven.entry, "log entry"));
        const auto* segment = std::get_if<SegmentEntry>(&entry.content);
        Hash before;
        if (segment != nullptr) {
            HZ_TRY(const std::optional<SegmentRow> row, m_store.outline(segment->segment));
            before = row->previous;
        }
        while (!before.isNone() && !skipped.contains(before)) {
            HZ_TRY(const std::optional<SegmentRow> row, m_store.outline(before));
            if (!row || row->state != SegmentState::inLog) {
                break;   // what an incomplete one follows may not be here
            }
            HZ_TRY(const bool isKept, isKeptFrom(device, row->position));
            HZ_TRY(const bool isIncomplete, isKept ? Result<bool>(false) : isIncompleteAt(row->position));
            if (isKept) {
                skipped.emplace(before, row->previous);
            } else if (!isIncomplete) {
                break;   // what it follows was there when the device got it
            }
            before = row->previous;
        }
    }
    return std::vector<std::pair<Hash, Hash>>(skipped.begin(), skipped.end());
}

Result<bool> Feed::isIncompleteAt(std::uint64_t position) {
    HZ_TRY(const std::optional<EntryRow> row, m_store.entry(position));
    if (!row) {
        return missingEntry(position);
    }
    HZ_TRY(const LogEntry entry, decode<LogEntry>(row->entry, "log entry"));
    const auto* segment = std::get_if<SegmentEntry>(&entry.content);
    return segment != nullptr && segment->isIncomplete;
}

Result<bool> Feed::isFor(const Part& part, const LogEntry& entry) {
    if (isControl(entry)) {
        return part.isMain;
    }
    if (holdsScope(part.scopes, entry.scope)) {
        return true;
    }
    if (!part.isMain || !holdsScope(part.reader.everHeld, entry.scope)) {
        return false;
    }
    // Of a scope that it held once, or reads up on, a device gets the answers to what it wrote there.
    const auto* segment = std::get_if<SegmentEntry>(&entry.content);
    const Hash& hash = segment != nullptr ? segment->segment : std::get<VerdictEntry>(entry.content).segment;
    HZ_TRY(const std::shared_ptr<const SealedSegment> sealed, m_history.segment(hash));
    return sealed->segment.lane.device == part.reader.request.device;
}

// An extract never goes without the orders to erase: they come later in the log, but the reader may be the only one who can bring both
// to a county that is put back.
Result<void> Feed::addRedactions(const Hash& hash, BytesView envelope, Chosen& chosen) {
    if (!isExtract(envelope)) {
        return {};
    }
    HZ_TRY(const std::shared_ptr<const SealedSegment> extract, m_history.segment(hash));
    HZ_TRY(const std::vector<std::uint64_t> orders, redactionsOf(m_store, *extract));
    for (const std::uint64_t position : orders) {
        HZ_TRY(const std::optional<EntryRow> row, m_store.entry(position));
        if (!row) {
            return missingEntry(position);
        }
        chosen.emplace(position, ProvenEntry{position, row->entry, {}});
    }
    return {};
}

Result<void> Feed::add(std::uint64_t position, const Part& part, Chosen& chosen, Room& room) {
    HZ_TRY(const std::optional<EntryRow> row, m_store.entry(position));
    if (!row) {
        return missingEntry(position);
    }
    HZ_TRY(const LogEntry entry, decode<LogEntry>(row->entry, "log entry"));
    HZ_TRY(const bool isWanted, isFor(part, entry));
    if (!isWanted) {
        return {};
    }
    ProvenEntry proven{position, row->entry, {}};
    if (const auto* segment = std::get_if<SegmentEntry>(&entry.content)) {
        HZ_TRY(const std::optional<SegmentRow> stored, m_store.segment(segment->segment));
        if (!stored) {
            return fail(ErrorCode::storageCorrupt, "segment " + segment->segment.hex() + " is missing");
        }
        // Who pushes a segment in this very request has it.
        const auto& pushed = part.reader.request.segments;
        if (std::find(pushed.begin(), pushed.end(), stored->envelope) == pushed.end()) {
            proven.segment = stored->envelope;
            room.ops += stored->count;
            HZ_CHECK(addRedactions(segment->segment, stored->envelope, chosen));
        }
    }
    // Of its proof, beside a hash at most: those hashes that it does not share with the entry before.
    const std::uint64_t gap = chosen.empty() ? position : position - std::min(position, chosen.rbegin()->first);
    room.bytes += proven.entry.size() + proven.segment.size() + 32 + sizeof(Hash) * static_cast<std::size_t>(std::bit_width(gap));
    chosen.emplace(position, std::move(proven));
    return {};
}

}  // namespace hezhang::sync
