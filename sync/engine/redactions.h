// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Values that were erased by law: what a redaction in the log does to what is stored here.
//
// The op stays, with all it saw, and every proof over it; its value goes. Each segment that holds the op gives way to an extract of the
// same hash, and the op is no live value any more. A segment that comes later and repeats the op, as one from a copied home may, is
// stored as an extract at once.
//
// Shape:   docs/sync-model.md section 9. Two small values of the store: which ops are erased, and what of the erased still lies in
//          the database's free pages and beside it (erasedLeft) until whoever owns the files has cleaned them.
// Errors:  what the store fails with.
// Threads: one store, one thread.
#pragma once

#include "sync/engine/projection.h"

namespace hezhang::sync {

class Redactions {
public:
    Redactions(Store& store, Projection& projection) : m_store(store), m_projection(projection) {}

    // Follows the entry at `position` of the log. Again and again does no harm. REQUIRES: inside a write transaction; where the op is in
    // a tail of this replica, that was sealed before.
    [[nodiscard]] Result<void> follow(const RedactionControl& control, std::uint64_t position);
    // The segment as it may be stored: an extract, where values of it are erased that it still has; else nullopt.
    [[nodiscard]] Result<std::optional<SealedSegment>> extractFor(const SealedSegment& sealed);
    // The order came before the segment it names: what else here holds the ops of this one, which was just placed.
    [[nodiscard]] Result<void> followLate(const SealedSegment& extract, const std::vector<PlacedOp>& placed);
    // Whether all that an extract lacks is erased here too: then nothing is lost by taking it.
    [[nodiscard]] Result<bool> covers(const SealedSegment& extract);
    // Where the ops lie whose values the log has erased, as far as their segments are known here.
    [[nodiscard]] Result<std::map<OpRef, Hash>> orderedPlaces();
    // Whether the log has the order to erase the value of this op.
    [[nodiscard]] Result<bool> isOrdered(const Hash& op);
    // Another process may have erased values: no decoded segment of before is believed then.
    [[nodiscard]] Result<void> noticeOthers();

private:
    [[nodiscard]] Result<std::optional<OpRef>> placeOf(const RedactionControl& control);
    [[nodiscard]] Result<void> eraseAt(OpRef ref, const Hash& op);
    [[nodiscard]] Result<void> dropSnapshots();
    [[nodiscard]] Result<void> eraseLoose(OpRef ref, const Hash& op);
    [[nodiscard]] Result<bool> eraseFrom(const Hash& segment, const Hash& op);
    [[nodiscard]] Result<void> noteLeft(const Value& erased);

    Store& m_store;
    Projection& m_projection;
    std::size_t m_noticed = 0;   // erased ops
};

// The positions of the entries that ordered what the extract lacks: whoever gets it needs them, for a county that is put back may know
// neither any more.
[[nodiscard]] Result<std::vector<std::uint64_t>> redactionsOf(Store& store, const SealedSegment& extract);

// What was erased since the files were cleaned last. Texts of 64 hex digits are named, for they may be names of files.
struct ErasedLeft {
    std::vector<std::string> names;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(names);
    }
};
// nullopt: nothing is left.
[[nodiscard]] Result<std::optional<ErasedLeft>> erasedLeft(Store& store);
// REQUIRES: inside a write transaction.
[[nodiscard]] Result<void> forgetErasedLeft(Store& store);

}  // namespace hezhang::sync
