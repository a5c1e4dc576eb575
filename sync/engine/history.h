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
// A replica that began with a snapshot has older segments in *outline* only (SegmentRow::hasText): where their ops lie is known, what
// they say is not, but for the *loose* ops that the snapshot brought.
//
// Shape:   docs/sync-model.md sections 4 (branches) and 14 (snapshots). Decoded segments are cached by hash; they never change, but
//          for values that are erased (forgetSegments).
// Errors:  what the store fails with; malformed where a stored segment is damaged; historyAbsent where only its outline is here.
// Threads: one store, one thread.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <span>
#include <utility>

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
    Hash id;                  // none: a loose op of which it was not told
    Hash segment;             // none: still in the tail
    LaneId lane;
};

// What was asked for, and is not here.
struct Absent {
    std::set<OpRef> ops;
    std::set<Hash> segments;
    [[nodiscard]] bool isNone() const { return ops.empty() && segments.empty(); }
};

// The row of a segment as it was opened.
[[nodiscard]] SegmentRow rowOf(const SealedSegment& sealed, SegmentState state, std::uint64_t position, bool isMine);

struct OpsOfBranch {
    std::vector<std::pair<OpCounter, RecordId>> ops;   // by number
    OpCounter upTo = 0;                                // all that are here up to this number are among them
};

class History {
public:
    History(Store& store, const Suite& suite) : m_store(store), m_suite(suite) {}

    // Puts the ops of a segment on branches: writes lane, branch and run rows. Idempotent.
    // REQUIRES: its previous segment was placed before; inside a write transaction.
    [[nodiscard]] Result<std::vector<PlacedOp>> place(const SealedSegment& sealed);
    // The same for a segment of which only the outline is here. REQUIRES: its lane does not fork in it.
    [[nodiscard]] Result<void> placeOutline(const SegmentRow& outline, const DeviceId& device);

    // Whether the segment goes on where its previous one ends; true where that one is not here.
    [[nodiscard]] Result<bool> followsPrevious(const SealedSegment& sealed);
    // A segment that this replica does not get follows `previous` (none: it is its lane's first).
    [[nodiscard]] Result<void> noteSkipped(const Hash& segment, const Hash& previous);
    // Errors: historyAbsent, notFound.
    [[nodiscard]] Result<std::shared_ptr<const SealedSegment>> segment(const Hash& hash);
    // Spares opening a segment that was just sealed.
    void remember(SealedSegment sealed);
    // nullopt: there is none, or it is not here.
    [[nodiscard]] Result<std::optional<HistoricOp>> opAt(OpRef ref);
    // The ops of a branch after this number, as far as they are here, in whatever state: at most `limit`.
    [[nodiscard]] Result<OpsOfBranch> opsAfter(const BranchRow& branch, OpCounter counter, std::size_t limit);
    // From now on what is asked for and is not here is noted there; null: nowhere. Returns where it was noted before.
    Absent* watchAbsent(Absent* absent) { return std::exchange(m_absent, absent); }
    // The op that `seen` names in the context of the op at `author`; nullopt where it is not here.
    [[nodiscard]] Result<std::optional<OpRef>> resolve(const SeenDot& seen, OpRef author);
    // How the op at `ref` is named in a context of an op of `lane` (see SeenDot). Errors: notFound.
    [[nodiscard]] Result<SeenDot> seenDotOf(OpRef ref, const LaneId& lane);

    // The same whoever names it. Errors: notFound where it lies in no segment.
    [[nodiscard]] Result<SeenDot> nameOf(OpRef ref);

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
        m_cachedBytes = 0;
    }

private:
    std::shared_ptr<const SealedSegment> keep(SealedSegment sealed);
    // Where a branch goes on from: ops up to `upTo` of another branch. None: branch 0.
    struct Origin {
        std::int64_t branch = 0;
        OpCounter upTo = 0;
        auto operator<=>(const Origin&) const = default;
    };
    // A segment to be placed; without ids, one whose ops are taken to be those that lie there.
    struct Outline {
        const SegmentRow& row;
        const DeviceId& device;
        std::span<const Hash> ids;
    };
    [[nodiscard]] Result<std::vector<PlacedOp>> place(const Outline& outline);
    [[nodiscard]] Result<PlacedOp> placeOne(const Outline& outline, std::size_t index, Origin& before,
                                            std::vector<BranchRow>& branches);
    [[nodiscard]] Result<bool> isOpAt(OpRef ref, const Hash& id);
    [[nodiscard]] Result<std::optional<HistoricOp>> looseAt(OpRef ref, const Hash& segment);
    [[nodiscard]] Result<bool> followsPrevious(const SegmentRow& row);
    [[nodiscard]] Result<Origin> originOf(const BranchRow& branch);
    [[nodiscard]] Result<Origin> originBefore(Hash previous);
    [[nodiscard]] Result<void> writeRuns(const Hash& segment, const std::vector<PlacedOp>& placed);
    [[nodiscard]] Result<std::optional<OpRef>> lastForkBefore(const BranchRow& branch, OpCounter counter,
                                                             const std::vector<BranchRow>& all);
    [[nodiscard]] Result<std::string> branchNameAt(const BranchRow& branch, OpCounter counter,
                                                   const std::vector<BranchRow>& all);

    Store& m_store;
    const Suite& m_suite;
    Absent* m_absent = nullptr;
    std::map<Hash, std::shared_ptr<const SealedSegment>> m_cache;
    std::size_t m_cachedBytes = 0;
};

}  // namespace hezhang::sync
