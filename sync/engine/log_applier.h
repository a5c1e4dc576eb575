// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Turns entries of the county log into projection rows: the one way state comes about, on replica and county alike.
//
// Errors:  what the store fails with; notFound where a segment is not here; malformed where an entry does not fit its segment.
// Threads: one store, one thread.
#pragma once

#include "sync/engine/redactions.h"

namespace hezhang::sync {

namespace meta {
inline constexpr std::string_view kCounty = "county";          // CountyControl
inline constexpr std::string_view kDefinition = "definition/"; // + register name: DefinitionControl
inline constexpr std::string_view kPersonEnded = "ended/";     // + person id
inline constexpr std::string_view kWipe = "wipe/";             // + device id: it is to empty itself
inline constexpr std::string_view kDurable = "durable";        // entries that are in a backup
inline constexpr std::string_view kHeld = "held";              // replica of the office: the ops that wait at the county (HeldOp)
inline constexpr std::string_view kControls = "controls";         // a byte: the newest kind that the program on this store knew
}  // namespace meta

// What one entry changed, for reports.
struct Applied {
    std::size_t accepted = 0;
    std::size_t aside = 0;
    std::size_t ownAside = 0;
    bool isOurLane = false;      // somebody else's segment on a lane of ours: our home was copied
};

class LogApplier {
public:
    LogApplier(Store& store, Projection& projection)
        : m_store(store), m_projection(projection), m_redactions(store, projection) {}

    // Applies the entry at `position`. `sealed`: the segment of a segment entry.
    // REQUIRES: inside a write transaction; entries come in log order (of their scope).
    [[nodiscard]] Result<Applied> apply(std::uint64_t position, const LogEntry& entry, const SealedSegment* sealed);

    // One op with its verdict. What was answered before stays, but for aside → accepted. False: nothing changed.
    // `wasAnswered`: another segment that has it stands in the log before.
    [[nodiscard]] Result<bool> applyOp(const SealedSegment& sealed, std::size_t index, const PlacedOp& placed,
                                       const Judgement& judgement, Order order, bool wasAnswered);

    // An op that no segment before had, with a verdict that is not accepted.
    [[nodiscard]] Result<void> setAside(const Segment& segment, std::size_t index, const PlacedOp& placed, Reason reason);

    // The rank an own unanswered op stands with until the county says.
    using RankOf = std::function<Result<Rank>(const Op& op)>;
    // Makes all projection rows anew from the log and the own unanswered ops. REQUIRES: inside a write transaction.
    [[nodiscard]] Result<void> rebuild(const RankOf& rankOf);

    // Lets control entries take effect that an older program on this store passed over: it did not know their kind; and makes the
    // projection anew where the store says that it is due (kRebuildDue). Cheap where neither is so. REQUIRES: inside a write transaction.
    [[nodiscard]] Result<void> takeUpControls(const RankOf& rankOf);
    // False: takeUpControls() is to be called.
    [[nodiscard]] Result<bool> knowsItsControls();

    // Takes the overlays of an own segment away that the county refused: its text stays readable, the state is the county's.
    [[nodiscard]] Result<void> liftRefused(const Hash& segment);
    // Own ops that have no answer yet, in order.
    [[nodiscard]] Result<std::vector<TailRow>> unanswered();
    [[nodiscard]] Redactions& redactions() { return m_redactions; }

private:
    [[nodiscard]] Result<Applied> applySegment(std::uint64_t position, const SegmentEntry& entry, const SealedSegment& sealed);
    [[nodiscard]] Result<void> openRecordOf(const HistoricOp& op);
    [[nodiscard]] Result<void> applyVerdict(std::uint64_t position, const VerdictEntry& entry);
    [[nodiscard]] Result<void> applyControl(std::uint64_t position, const ControlEntry& entry, BytesView body);
    [[nodiscard]] Result<std::vector<Run>> answered(const Run& among, std::uint64_t position);

    Store& m_store;
    Projection& m_projection;
    Redactions m_redactions;
};

}  // namespace hezhang::sync
