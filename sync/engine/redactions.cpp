// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "sync/engine/redactions.h"

#include <algorithm>

#include "sync/op/archive.h"

namespace hezhang::sync {
namespace {

constexpr std::string_view kRedacted = "redacted";        // ids of ops, ascending
constexpr std::string_view kErasedLeft = "erased-left";   // ErasedLeft; empty: nothing

}  // namespace

Result<std::vector<Hash>> Redactions::ops() {
    HZ_TRY(const std::optional<Bytes> bytes, m_store.meta(kRedacted));
    return bytes ? decode<std::vector<Hash>>(*bytes, "redactions") : Result<std::vector<Hash>>(std::vector<Hash>{});
}

Result<bool> Redactions::isErased(const Hash& op) {
    HZ_TRY(const std::vector<Hash> all, ops());
    return std::binary_search(all.begin(), all.end(), op);
}

Result<std::optional<SealedSegment>> Redactions::extractFor(const SealedSegment& sealed) {
    HZ_TRY(const std::vector<Hash> all, ops());
    std::vector<Hash> found;
    for (std::size_t i = 0; i < sealed.opIds.size() && !all.empty(); ++i) {
        const bool isMeant = std::binary_search(all.begin(), all.end(), sealed.opIds[i]);
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
    HZ_TRY(const std::vector<Hash> all, ops());
    for (std::size_t i = 0; i < extract.opIds.size(); ++i) {
        if (extract.segment.ops[i].isErased() && !std::binary_search(all.begin(), all.end(), extract.opIds[i])) {
            return false;
        }
    }
    return true;
}

Result<void> Redactions::noticeOthers() {
    HZ_TRY(const std::vector<Hash> all, ops());
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
    HZ_TRY(const std::shared_ptr<const SealedSegment> sealed, m_projection.history().segment(hash));
    const auto id = std::find(sealed->opIds.begin(), sealed->opIds.end(), op);
    if (id == sealed->opIds.end()) {
        return false;
    }
    const Op& found = sealed->segment.ops[static_cast<std::size_t>(id - sealed->opIds.begin())];
    if (found.isErased()) {
        return false;
    }
    HZ_TRY(std::optional<SegmentRow> row, m_store.segment(hash));
    row->envelope = extractOf(m_projection.history().suite(), *sealed, std::span(&op, 1));
    HZ_CHECK(m_store.putSegment(*row));
    HZ_CHECK(noteLeft(found.value));
    return true;
}

Result<void> Redactions::follow(const RedactionControl& control) {
    HZ_TRY(std::vector<Hash> all, ops());
    const auto at = std::lower_bound(all.begin(), all.end(), control.op);
    if (at == all.end() || *at != control.op) {
        all.insert(at, control.op);
        HZ_CHECK(m_store.setMeta(kRedacted, encode(all)));
    }
    std::vector<Hash> holders;
    HZ_TRY(const std::optional<OpRef> ref, placeOf(control));
    if (ref) {
        HZ_TRY(const std::vector<Run> runs, m_store.runsAt(*ref));
        for (const Run& run : runs) {
            holders.push_back(run.segment);
        }
        HZ_TRY(const std::optional<HistoricOp> op, m_projection.history().opAt(*ref));
        if (op && op->id == control.op) {
            HZ_TRY([[maybe_unused]] const bool wasLive, m_store.eraseLive(op->op.record, *ref));
        }
    }
    // What waits outside the log may repeat it, and has no place yet.
    HZ_TRY(const std::vector<Hash> held, m_store.segmentsIn(SegmentState::held));
    holders.insert(holders.end(), held.begin(), held.end());
    for (const Hash& segment : holders) {
        HZ_TRY([[maybe_unused]] const bool wasHere, eraseFrom(segment, control.op));
    }
    m_projection.history().forgetSegments();
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
