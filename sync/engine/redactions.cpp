// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "sync/engine/redactions.h"

#include <algorithm>

#include "sync/engine/snapshot_base.h"
#include "sync/op/archive.h"

namespace hezhang::sync {
namespace {

constexpr std::string_view kRedacted = "redacted";        // Orders
constexpr std::string_view kErasedLeft = "erased-left";   // ErasedLeft; empty: nothing

// Op ids, ascending, each with the position of the entry that had it erased. There are few of them.
using Orders = std::vector<std::pair<Hash, std::uint64_t>>;

Result<Orders> ordersIn(Store& store) {
    HZ_TRY(const std::optional<Bytes> bytes, store.meta(kRedacted));
    return bytes ? decode<Orders>(*bytes, "redactions") : Result<Orders>(Orders{});
}

Orders::const_iterator orderOf(const Orders& orders, const Hash& op) {
    const auto at = std::lower_bound(orders.begin(), orders.end(), std::pair(op, std::uint64_t{0}));
    return at != orders.end() && at->first == op ? at : orders.end();
}

bool isIn(const Orders& orders, const Hash& op) { return orderOf(orders, op) != orders.end(); }

}  // namespace

Result<std::optional<SealedSegment>> Redactions::extractFor(const SealedSegment& sealed) {
    HZ_TRY(const Orders all, ordersIn(m_store));
    std::vector<Hash> found;
    for (std::size_t i = 0; i < sealed.opIds.size() && !all.empty(); ++i) {
        const bool isMeant = isIn(all, sealed.opIds[i]);
        if (isMeant && !sealed.segment.ops[i].isErased()) {
            found.push_back(sealed.opIds[i]);
        }
    }
    if (found.empty()) {
        return std::optional<SealedSegment>{};
    }
    const Suite& suite = m_projection.history().suite();
    HZ_TRY(SealedSegment extract, openSegment(suite, extractOf(suite, sealed, found)));
    return std::optional<SealedSegment>(std::move(extract));
}

Result<bool> Redactions::covers(const SealedSegment& extract) {
    HZ_TRY(const Orders all, ordersIn(m_store));
    for (std::size_t i = 0; i < extract.opIds.size(); ++i) {
        if (extract.segment.ops[i].isErased() && !isIn(all, extract.opIds[i])) {
            return false;
        }
    }
    return true;
}

Result<std::map<OpRef, Hash>> Redactions::orderedPlaces() {
    HZ_TRY(const Orders all, ordersIn(m_store));
    std::map<OpRef, Hash> places;
    for (const auto& [op, position] : all) {
        HZ_TRY(const std::optional<EntryRow> row, m_store.entry(position));
        const auto entry = row ? decode<LogEntry>(row->entry, "log entry") : Result<LogEntry>(fail(ErrorCode::notFound, ""));
        const auto* control = entry ? std::get_if<ControlEntry>(&entry->content) : nullptr;
        if (control == nullptr || control->kind != ControlKind::redaction) {
            continue;
        }
        HZ_TRY(const RedactionControl redaction, decode<RedactionControl>(control->body, "redaction"));
        HZ_TRY(const std::optional<OpRef> ref, placeOf(redaction));
        if (ref) {
            places.emplace(*ref, op);
        }
    }
    return places;
}

Result<bool> Redactions::isOrdered(const Hash& op) {
    HZ_TRY(const Orders all, ordersIn(m_store));
    return isIn(all, op);
}

Result<void> Redactions::noticeOthers() {
    HZ_TRY(const Orders all, ordersIn(m_store));
    if (all.size() != m_noticed) {
        m_projection.history().forgetSegments();
        m_noticed = all.size();
    }
    return {};
}

Result<std::optional<OpRef>> Redactions::placeOf(const RedactionControl& control) {
    HZ_TRY(const std::vector<Run> runs, m_store.runsOf(control.segment));
    for (const Run& run : runs) {
        if (run.first <= control.counter && control.counter <= run.last) {
            return std::optional<OpRef>({run.branch, control.counter});
        }
    }
    return std::optional<OpRef>{};
}

// Whether the segment had the value.
Result<bool> Redactions::eraseFrom(const Hash& hash, const Hash& op) {
    HZ_TRY(std::optional<SegmentRow> row, m_store.segment(hash));
    if (!row || !row->hasText()) {
        return false;
    }
    HZ_TRY(const std::shared_ptr<const SealedSegment> sealed, m_projection.history().segment(hash));
    const auto id = std::find(sealed->opIds.begin(), sealed->opIds.end(), op);
    if (id == sealed->opIds.end()) {
        return false;
    }
    const Op& found = sealed->segment.ops[static_cast<std::size_t>(id - sealed->opIds.begin())];
    if (found.isErased()) {
        return false;
    }
    row->envelope = extractOf(m_projection.history().suite(), *sealed, std::span(&op, 1));
    HZ_CHECK(m_store.putSegment(*row));
    HZ_CHECK(noteLeft(found.value));
    return true;
}

Result<void> Redactions::follow(const RedactionControl& control, std::uint64_t position) {
    HZ_TRY(Orders all, ordersIn(m_store));
    std::erase_if(all, [&](const auto& order) { return order.first == control.op; });
    const std::pair order(control.op, position);
    all.insert(std::lower_bound(all.begin(), all.end(), order), order);
    HZ_CHECK(m_store.setMeta(kRedacted, encode(all)));
    HZ_CHECK(dropSnapshots());
    HZ_TRY(const std::optional<OpRef> ref, placeOf(control));
    if (ref) {
        HZ_CHECK(eraseAt(*ref, control.op));
    }
    // What waits outside the log may repeat it, and has no place yet.
    HZ_TRY(const std::vector<Hash> held, m_store.segmentsIn(SegmentState::held));
    for (const Hash& segment : held) {
        HZ_TRY([[maybe_unused]] const bool wasHere, eraseFrom(segment, control.op));
    }
    m_projection.history().forgetSegments();
    return {};
}

Result<void> Redactions::eraseAt(OpRef ref, const Hash& op) {
    HZ_TRY(const std::optional<HistoricOp> found, m_projection.history().opAt(ref));
    if (!found || (found->id != op && !found->id.isNone())) {
        return {};
    }
    HZ_CHECK(eraseLoose(ref, op));
    HZ_TRY(const std::optional<LiveRow> live, m_store.liveRow(found->op.record, found->op.field, ref));
    HZ_TRY([[maybe_unused]] const bool wasLive, m_store.eraseLive(found->op.record, found->op.field, ref));
    HZ_TRY(const std::vector<Run> runs, m_store.runsAt(ref));
    bool wasInText = false;
    for (const Run& run : runs) {
        HZ_TRY(const bool wasHere, eraseFrom(run.segment, op));
        wasInText = wasInText || wasHere;
    }
    // The text may have gone before: from a file that was not put back with the database.
    return live && !wasInText ? noteLeft(live->value) : Result<void>{};
}

// Snapshots on their way hold the value: they are made, and fetched, anew.
Result<void> Redactions::dropSnapshots() {
    HZ_TRY(const std::optional<Bytes> given, m_store.meta(kSnapshotList));
    HZ_TRY(const std::optional<Bytes> coming, m_store.meta(kSnapshotComing));
    if (!given && !coming) {
        return {};
    }
    HZ_CHECK(noteLeft(Value{}));
    return m_store.eraseMetas(kSnapshotKeys);
}

// An op that is here without its segment. It was found by its place, for its id may not be known here.
Result<void> Redactions::eraseLoose(OpRef ref, const Hash& op) {
    HZ_TRY(std::optional<LooseRow> loose, m_store.loose(ref));
    if (!loose || loose->op.isErased()) {
        return {};
    }
    HZ_CHECK(noteLeft(loose->op.value));
    loose->op.value = {};
    loose->op.erased = op;
    return m_store.putLoose(*loose);
}

Result<void> Redactions::followLate(const SealedSegment& extract, const std::vector<PlacedOp>& placed) {
    for (std::size_t i = 0; i < placed.size(); ++i) {
        if (placed[i].isKnown && extract.segment.ops[i].isErased()) {
            HZ_CHECK(eraseAt(placed[i].ref, extract.opIds[i]));
            m_projection.history().forgetSegments();
        }
    }
    return {};
}

Result<void> Redactions::noteLeft(const Value& erased) {
    HZ_TRY(const std::optional<ErasedLeft> before, erasedLeft(m_store));
    ErasedLeft left = before.value_or(ErasedLeft{});
    const std::optional<std::string_view> text = erased.asText();
    if (text && Hash::fromHexText(*text)) {
        left.names.emplace_back(*text);
    }
    return m_store.setMeta(kErasedLeft, encode(left));
}

Result<std::vector<std::uint64_t>> redactionsOf(Store& store, const SealedSegment& extract) {
    HZ_TRY(const Orders all, ordersIn(store));
    std::vector<std::uint64_t> positions;
    for (std::size_t i = 0; i < extract.opIds.size(); ++i) {
        const auto order = extract.segment.ops[i].isErased() ? orderOf(all, extract.opIds[i]) : all.end();
        if (order != all.end()) {
            positions.push_back(order->second);
        }
    }
    return positions;
}

Result<std::optional<ErasedLeft>> erasedLeft(Store& store) {
    HZ_TRY(const std::optional<Bytes> bytes, store.meta(kErasedLeft));
    if (!bytes || bytes->empty()) {
        return std::optional<ErasedLeft>{};
    }
    HZ_TRY(ErasedLeft left, decode<ErasedLeft>(*bytes, "what was erased"));
    return std::optional<ErasedLeft>(std::move(left));
}

Result<void> forgetErasedLeft(Store& store) { return store.setMeta(kErasedLeft, {}); }

}  // namespace hezhang::sync
