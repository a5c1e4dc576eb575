// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Where ops lie: which branch of its lane each op of a segment belongs to, and back from a name to the op.
//
// A lane whose home was copied or restored forks: two segments follow the same one. From the first op that differs each side is a
// *branch* of its own; ops before it are the same ops and are known once, however many segments repeat them.
//
// A replica may lack a segment in the middle of a lane (nothing of it was accepted, so it went to office and author only). What
// follows begins a branch without parent; noteSkipped() says what it goes on from, and when the segment comes after all the branch
// joins the lane.
//
// Shape:   docs/sync-model.md section 4 (branches). Decoded segments are cached by hash; they never change, but for
//          values that are erased (forgetSegments).
// Errors:  what the store fails with; malformed where a stored segment is damaged.
// Threads: one store, one thread.
#pragma once

#include <map>
#include <memory>

#include "sync/op/segment.h"
#include "sync/store/store.h"

namespace hezhang::sync {

struct PlacedOp {
    OpRef ref;
    bool isKnown = false;     // the same op stood here before, in the tail or another segment
    bool isBranched = false;  // it lies on a branch that forked off
};

// One op as history has it.
struct HistoricOp {
    OpRef ref;
    Op op;
    Hash id;
    Hash segment;             // none: still in the tail
    LaneId lane;
};

// The row of a segment as it was opened.
[[nodiscard]] SegmentRow rowOf(const SealedSegment& sealed, SegmentState state, std::uint64_t position, bool isMine);

class History {
public:
    History(Store& store, const Suite& suite) : m_store(store), m_suite(suite) {}

    // Puts the ops of a segment on branches: writes lane, branch and run rows. Idempotent.
    // REQUIRES: its previous segment was placed before; inside a write transaction.
    [[nodiscard]] Result<std::vector<PlacedOp>> place(const SealedSegment& sealed);

    // Whether the segment goes on where its previous one ends; true where that one is not here.
    [[nodiscard]] Result<bool> followsPrevious(const SealedSegment& sealed);
    // A segment that this replica does not get follows `previous` (none: it is its lane's first).
    [[nodiscard]] Result<void> noteSkipped(const Hash& segment, const Hash& previous);
    [[nodiscard]] Result<std::shared_ptr<const SealedSegment>> segment(const Hash& hash);
    [[nodiscard]] Result<std::optional<HistoricOp>> opAt(OpRef ref);
    // The op that `seen` names in the context of the op at `author`; nullopt where it is not here.
    [[nodiscard]] Result<std::optional<OpRef>> resolve(const SeenDot& seen, OpRef author);
    // How the op at `ref` is named in a context of an op of `lane` (see SeenDot). Errors: notFound.
    [[nodiscard]] Result<SeenDot> seenDotOf(OpRef ref, const LaneId& lane);

    // How often the lane parts: its home was copied or restored that many times, as far as it shows.
    [[nodiscard]] Result<std::uint64_t> forksOf(const LaneId& lane);
    // lane/counter, or lane/counter/hash8 from the first op of a fork on.
    [[nodiscard]] Result<std::string> dotText(OpRef ref);
    // Errors: usage (malformed), ambiguous (bare, but the lane forked before it), notFound.
    [[nodiscard]] Result<OpRef> parseDot(std::string_view text);
    // The branch of the op with `counter` on the way that leads to `branch`.
    [[nodiscard]] Result<std::int64_t> branchAt(std::int64_t branch, OpCounter counter);
    // The branch of the last op of a placed segment; 0 where it is not here.
    [[nodiscard]] Result<std::int64_t> lastBranchOf(const Hash& segment);
    [[nodiscard]] const Suite& suite() const { return m_suite; }
    // Decoded segments are read anew: values of some were erased, here or by another process.
    void forgetSegments() {
        m_cache.clear();
        m_cacheOrder.clear();
    }

private:
    // Where a branch goes on from: ops up to `upTo` of another branch. None: branch 0.
    struct Origin {
        std::int64_t branch = 0;
        OpCounter upTo = 0;
        auto operator<=>(const Origin&) const = default;
    };
    [[nodiscard]] Result<PlacedOp> placeOne(const SealedSegment& sealed, std::size_t index, Origin& before,
                                            std::vector<BranchRow>& branches);
    [[nodiscard]] Result<Origin> originOf(const BranchRow& branch);
    [[nodiscard]] Result<Origin> originBefore(Hash previous);
    [[nodiscard]] Result<void> writeRuns(const SealedSegment& sealed, const std::vector<PlacedOp>& placed);
    [[nodiscard]] Result<std::optional<OpRef>> lastForkBefore(const BranchRow& branch, OpCounter counter,
                                                             const std::vector<BranchRow>& all);
    [[nodiscard]] Result<std::string> branchNameAt(const BranchRow& branch, OpCounter counter,
                                                   const std::vector<BranchRow>& all);

    Store& m_store;
    const Suite& m_suite;
    std::map<Hash, std::shared_ptr<const SealedSegment>> m_cache;
    std::vector<Hash> m_cacheOrder;
};

}  // namespace hezhang::sync
