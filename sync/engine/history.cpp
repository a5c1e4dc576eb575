// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "sync/engine/history.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

namespace hezhang::sync {
namespace {

constexpr std::size_t kCachedBytesMax = 12 * 1024 * 1024;
constexpr std::string_view kSkipped = "skipped/";  // + segment: the one before it

template <class Branches>
auto branchWithId(Branches& branches, std::int64_t id) -> decltype(&branches.front()) {
    const auto it = std::find_if(branches.begin(), branches.end(), [&](const BranchRow& b) { return b.id == id; });
    return it == branches.end() ? nullptr : &*it;
}

}  // namespace

// Without its text.
static SegmentRow outlineOf(const SealedSegment& sealed) {
    const Segment& s = sealed.segment;
    return {sealed.hash, s.lane.lane, s.lane.scope, s.first, static_cast<std::uint32_t>(s.ops.size()), s.previous, SegmentState::inLog, 0, false, {}};
}

SegmentRow rowOf(const SealedSegment& sealed, SegmentState state, std::uint64_t position, bool isMine) {
    SegmentRow row = outlineOf(sealed);
    row.state = state;
    row.position = position;
    row.isMine = isMine;
    row.envelope = sealed.envelope;
    return row;
}

Result<std::shared_ptr<const SealedSegment>> History::segment(const Hash& hash) {
    if (const auto it = m_cache.find(hash); it != m_cache.end()) {
        return it->second;
    }
    HZ_TRY(const std::optional<SegmentRow> row, m_store.segment(hash));
    if (!row) {
        return fail(ErrorCode::notFound, "segment " + hash.hex() + " is not here");
    }
    if (!row->hasText()) {
        if (m_absent != nullptr) {
            m_absent->segments.insert(hash);
        }
        return fail(ErrorCode::historyAbsent, "this part of the history is not on this device yet");
    }
    auto opened = openSegment(m_suite, row->envelope);
    if (!opened) {
        return fail(ErrorCode::storageCorrupt, "segment " + hash.hex() + ": " + opened.error().text);
    }
    if (opened->hash != hash) {
        return fail(ErrorCode::storageCorrupt, "segment " + hash.hex() + " does not have its hash");
    }
    return keep(*std::move(opened));
}

std::shared_ptr<const SealedSegment> History::keep(SealedSegment sealed) {
    std::size_t bytes = 1000 + sealed.envelope.size();
    for (const Op& op : sealed.segment.ops) {
        bytes += 300 + op.value.encoded().size() + op.seen.size() * sizeof(SeenDot);
    }
    if (m_cachedBytes + bytes > kCachedBytesMax) {
        forgetSegments();
    }
    m_cachedBytes += bytes;
    const Hash hash = sealed.hash;
    auto shared = std::make_shared<const SealedSegment>(std::move(sealed));
    m_cache.insert_or_assign(hash, shared);
    return shared;
}

void History::remember(SealedSegment sealed) { static_cast<void>(keep(std::move(sealed))); }

Result<std::int64_t> History::branchAt(std::int64_t branch, OpCounter counter) {
    std::set<std::int64_t> passed;   // a damaged parent may lead in a circle
    while (branch != 0) {
        if (!passed.insert(branch).second) {
            return fail(ErrorCode::storageCorrupt, "a branch is its own parent");
        }
        HZ_TRY(const std::optional<BranchRow> row, m_store.branch(branch));
        if (!row) {
            return fail(ErrorCode::storageCorrupt, "a branch is missing");
        }
        if (counter >= row->fork) {
            return branch;
        }
        HZ_TRY(const Origin origin, originOf(*row));
        branch = counter <= origin.upTo ? origin.branch : 0;
    }
    return std::int64_t{0};
}

Result<History::Origin> History::originOf(const BranchRow& branch) {
    if (branch.parent != 0 || branch.fork == 1) {
        return Origin{branch.parent, branch.fork - 1};
    }
    HZ_TRY(const std::vector<Run> runs, m_store.runsAt({branch.id, branch.fork}));
    for (const Run& run : runs) {
        HZ_TRY(const std::optional<SegmentRow> first, m_store.outline(run.segment));
        if (first && first->first == branch.fork) {
            return originBefore(first->previous);
        }
    }
    return Origin{};
}

// The end of the last segment that is here, on the way back from `previous` over those that were skipped.
Result<History::Origin> History::originBefore(Hash previous) {
    std::set<Hash> passed;   // what a county says of segments that are not here is not believed to end
    while (!previous.isNone() && passed.insert(previous).second) {
        HZ_TRY(const std::vector<Run> runs, m_store.runsOf(previous));
        if (!runs.empty()) {
            return Origin{runs.back().branch, runs.back().last};
        }
        HZ_TRY(const std::optional<Bytes> before, m_store.meta(std::string(kSkipped) + previous.hex()));
        previous = before ? Hash::of(*before) : Hash{};
    }
    return Origin{};
}

Result<void> History::noteSkipped(const Hash& segment, const Hash& previous) {
    return m_store.setMeta(std::string(kSkipped) + segment.hex(), previous.view());
}

Result<std::int64_t> History::lastBranchOf(const Hash& segment) {
    HZ_TRY(const std::vector<Run> runs, m_store.runsOf(segment));
    return runs.empty() ? std::int64_t{0} : runs.back().branch;
}

Result<std::vector<PlacedOp>> History::place(const SealedSegment& sealed) {
    const SegmentRow row = outlineOf(sealed);
    return place({row, sealed.segment.lane.device, sealed.opIds});
}

Result<void> History::placeOutline(const SegmentRow& outline, const DeviceId& device) {
    HZ_TRY([[maybe_unused]] const std::vector<PlacedOp> placed, place({outline, device, {}}));
    return {};
}

Result<std::vector<PlacedOp>> History::place(const Outline& outline) {
    const SegmentRow& row = outline.row;
    HZ_TRY(const std::vector<Run> runs, m_store.runsOf(row.hash));
    if (!runs.empty()) {
        std::vector<PlacedOp> known;
        for (const Run& run : runs) {
            for (OpCounter c = run.first; c <= run.last; ++c) {
                known.push_back({{run.branch, c}, true, false});
            }
        }
        return known;
    }
    HZ_TRY(const std::optional<LaneRow> lane, m_store.lane(row.lane));
    if (!lane) {
        LaneRow fresh;
        fresh.lane = row.lane;
        fresh.scope = row.scope;
        fresh.device = outline.device;
        HZ_CHECK(m_store.putLane(fresh));
    } else if (lane->scope != row.scope || lane->device != outline.device) {
        return fail(ErrorCode::malformed, "a lane changed its scope or device");
    }
    Origin before{0, row.first - 1};
    HZ_TRY(std::vector<BranchRow> branches, m_store.branches(row.lane));
    if (row.first > 1) {
        HZ_TRY(const bool isFollowing, followsPrevious(row));
        if (!isFollowing) {
            return fail(ErrorCode::malformed, "a segment does not follow the one it names as previous");
        }
        HZ_TRY(before, originBefore(row.previous));
    }
    std::vector<PlacedOp> placed;
    placed.reserve(row.count);
    for (std::size_t i = 0; i < row.count; ++i) {
        HZ_TRY(const PlacedOp op, placeOne(outline, i, before, branches));
        placed.push_back(op);
    }
    HZ_CHECK(writeRuns(row.hash, placed));
    return placed;
}

Result<bool> History::followsPrevious(const SealedSegment& sealed) {
    return followsPrevious(outlineOf(sealed));
}

Result<bool> History::followsPrevious(const SegmentRow& row) {
    HZ_TRY(const std::optional<SegmentRow> previous, m_store.outline(row.previous));
    return !previous || (previous->lane == row.lane && previous->first + previous->count == row.first);
}

// Errors: historyAbsent where what lies there is not known well enough to tell.
Result<bool> History::isOpAt(OpRef ref, const Hash& id) {
    HZ_TRY(const std::optional<HistoricOp> there, opAt(ref));
    if (there && !there->id.isNone()) {
        return there->id == id;
    }
    HZ_TRY(const std::vector<Run> runs, m_store.runsAt(ref));
    for (const Run& run : runs) {
        HZ_TRY([[maybe_unused]] const std::shared_ptr<const SealedSegment> sealed, segment(run.segment));
    }
    return false;
}

// `before` is where the op before lies, or the last one before it that is here, and becomes where this one does.
Result<PlacedOp> History::placeOne(const Outline& outline, std::size_t index, Origin& before,
                                   std::vector<BranchRow>& branches) {
    const OpCounter counter = outline.row.first + index;
    const bool isGap = before.upTo + 1 != counter;
    BranchRow* here = isGap ? nullptr : branchWithId(branches, before.branch);
    std::vector<std::int64_t> candidates;
    if (here != nullptr && here->tip >= counter) {
        candidates.push_back(here->id);
    }
    for (const BranchRow& row : branches) {
        if (row.fork == counter) {
            HZ_TRY(const Origin origin, originOf(row));
            if (origin == before) {
                candidates.push_back(row.id);
            }
        }
    }
    for (const std::int64_t candidate : candidates) {
        HZ_TRY(const bool isThis, outline.ids.empty() ? Result<bool>(true) : isOpAt({candidate, counter}, outline.ids[index]));
        if (isThis) {
            before = {candidate, counter};
            const BranchRow* row = branchWithId(branches, candidate);
            return PlacedOp{{candidate, counter}, true, row->parent != 0};
        }
    }
    if (here != nullptr && candidates.empty()) {
        here->tip = counter;
        HZ_CHECK(m_store.setTip(here->id, counter));
        before.upTo = counter;
        return PlacedOp{{here->id, counter}, false, here->parent != 0};
    }
    // A fork only where the lane has another op of this number; else it goes on over a gap, or fills one.
    const bool isFork = std::any_of(branches.begin(), branches.end(), [&](const BranchRow& other) {
        return other.fork <= counter && counter <= other.tip;
    });
    BranchRow fresh{0, outline.row.lane, isGap ? 0 : before.branch, counter, counter};
    HZ_TRY(fresh.id, m_store.addBranch(fresh));
    branches.push_back(fresh);
    before = {fresh.id, counter};
    return PlacedOp{{fresh.id, counter}, false, isFork};
}

Result<std::uint64_t> History::forksOf(const LaneId& lane) {
    HZ_TRY(const std::vector<BranchRow> all, m_store.branches(lane));
    // What goes on from one and the same op: the branch that op lies on, and those that begin after it.
    std::map<std::pair<std::int64_t, OpCounter>, std::uint64_t> ways;
    for (const BranchRow& branch : all) {
        HZ_TRY(const Origin origin, originOf(branch));
        std::uint64_t& count = ways[{origin.branch, origin.branch == 0 ? branch.fork - 1 : origin.upTo}];
        const BranchRow* before = branchWithId(all, origin.branch);
        count += count == 0 && before != nullptr && before->tip > origin.upTo ? 2 : 1;
    }
    std::uint64_t forks = 0;
    for (const auto& [op, count] : ways) {
        forks += count - 1;
    }
    return forks;
}

Result<void> History::writeRuns(const Hash& segment, const std::vector<PlacedOp>& placed) {
    for (std::size_t i = 0; i < placed.size();) {
        std::size_t end = i + 1;
        while (end < placed.size() && placed[end].ref.branch == placed[i].ref.branch) {
            ++end;
        }
        HZ_CHECK(m_store.addRun({placed[i].ref.branch, placed[i].ref.counter, placed[end - 1].ref.counter, segment}));
        i = end;
    }
    return {};
}

Result<std::optional<HistoricOp>> History::opAt(OpRef ref) {
    HZ_TRY(const std::optional<TailRow> tail, m_store.tailOp(ref));
    if (tail) {
        return HistoricOp{ref, tail->op, tail->id, {}, tail->lane};
    }
    HZ_TRY(const std::vector<Run> runs, m_store.runsAt(ref));
    if (runs.empty()) {
        return std::optional<HistoricOp>{};
    }
    for (const Run& run : runs) {
        const auto sealed = segment(run.segment);
        if (!sealed && sealed.error().code == ErrorCode::historyAbsent) {
            continue;
        }
        HZ_CHECK(sealed ? Result<void>{} : Result<void>(fail(sealed.error())));
        const Segment& found = (*sealed)->segment;
        const std::uint64_t index = ref.counter - found.first;
        if (ref.counter < found.first || index >= found.ops.size()) {
            return fail(ErrorCode::storageCorrupt, "segment " + run.segment.hex() + " does not hold what is said to be in it");
        }
        return HistoricOp{ref, found.ops[index], (*sealed)->opIds[index], run.segment, found.lane.lane};
    }
    return looseAt(ref, runs.front().segment);
}

// From run to run; what lies in none is in the tail. What cannot be read is as if it were not here.
Result<OpsOfBranch> History::opsAfter(const BranchRow& branch, OpCounter counter, std::size_t limit) {
    OpsOfBranch found{{}, counter};
    OpCounter next = std::max(counter + 1, branch.fork);
    while (next <= branch.tip && found.ops.size() < limit) {
        HZ_TRY(const std::vector<Run> runs, m_store.runsAt({branch.id, next}));
        if (runs.empty()) {
            break;
        }
        const OpCounter last = runs.front().last;
        HZ_TRY(const std::optional<SegmentRow> row, m_store.segment(runs.front().segment));
        const auto sealed = row && row->hasText() ? segment(runs.front().segment)
                                                  : Result<std::shared_ptr<const SealedSegment>>(
                                                        fail(ErrorCode::historyAbsent, "the text is not here"));
        const bool isUnreadable = !sealed && sealed.error().code != ErrorCode::historyAbsent &&
                                  sealed.error().code != ErrorCode::storageCorrupt;
        if (isUnreadable) {
            return fail(sealed.error());
        }
        if (sealed) {
            const Segment& of = (*sealed)->segment;
            for (; next <= last && found.ops.size() < limit; ++next) {
                const std::uint64_t index = next - of.first;
                if (index < of.ops.size()) {
                    found.ops.emplace_back(next, of.ops[index].record);
                }
            }
        } else {
            const std::size_t most = std::min<std::uint64_t>(limit - found.ops.size(), last - next + 1);
            HZ_TRY(const std::vector<LooseRow> loose, m_store.looseAfter({branch.id, next - 1}, most));
            for (const LooseRow& one : loose) {
                if (one.ref.branch == branch.id && one.ref.counter <= last) {
                    found.ops.emplace_back(one.ref.counter, one.op.record);
                }
            }
            next = found.ops.size() < limit ? last + 1 : found.ops.back().first + 1;
        }
        found.upTo = next - 1;
    }
    HZ_TRY(const std::vector<TailRow> tail, next <= branch.tip && found.ops.size() < limit
                                                ? m_store.tail(branch.lane)
                                                : Result<std::vector<TailRow>>(std::vector<TailRow>{}));
    for (const TailRow& row : tail) {
        if (row.ref.branch == branch.id && row.ref.counter >= next && found.ops.size() < limit) {
            found.ops.emplace_back(row.ref.counter, row.op.record);
            found.upTo = row.ref.counter;
        }
    }
    return found;
}

Result<std::optional<HistoricOp>> History::looseAt(OpRef ref, const Hash& segment) {
    HZ_TRY(const std::optional<LooseRow> loose, m_store.loose(ref));
    HZ_TRY(const std::optional<BranchRow> branch, m_store.branch(ref.branch));
    if (loose && branch) {
        return HistoricOp{ref, loose->op, loose->id, segment, branch->lane};
    }
    if (m_absent != nullptr) {
        m_absent->ops.insert(ref);
    }
    return std::optional<HistoricOp>{};
}

Result<std::optional<OpRef>> History::resolve(const SeenDot& seen, OpRef author) {
    if (seen.segment.isNone()) {
        HZ_TRY(const std::int64_t branch, branchAt(author.branch, seen.dot.counter));
        return branch == 0 ? std::optional<OpRef>{} : OpRef{branch, seen.dot.counter};
    }
    HZ_TRY(const std::vector<Run> runs, m_store.runsOf(seen.segment));
    for (const Run& run : runs) {
        if (run.first <= seen.dot.counter && seen.dot.counter <= run.last) {
            HZ_TRY(const std::optional<BranchRow> branch, m_store.branch(run.branch));
            if (branch && branch->lane == seen.dot.lane) {
                return OpRef{run.branch, seen.dot.counter};
            }
        }
    }
    return std::optional<OpRef>{};
}

Result<SeenDot> History::seenDotOf(OpRef ref, const LaneId& lane) {
    HZ_TRY(const std::optional<BranchRow> branch, m_store.branch(ref.branch));
    if (!branch) {
        return fail(ErrorCode::notFound, "an op of the context is not here");
    }
    SeenDot seen{{branch->lane, ref.counter}, {}};
    if (branch->lane == lane) {
        // On our own way the chain says which op is meant; an op of another branch of our lane is as foreign as any.
        HZ_TRY(const std::vector<BranchRow> branches, m_store.branches(lane));
        if (branches.size() == 1) {
            return seen;
        }
    }
    HZ_TRY(const std::vector<Run> runs, m_store.runsAt(ref));
    if (runs.empty()) {
        return seen;  // in the tail: our own
    }
    seen.segment = runs.front().segment;
    return seen;
}

Result<SeenDot> History::nameOf(OpRef ref) {
    HZ_TRY(const std::optional<BranchRow> branch, m_store.branch(ref.branch));
    HZ_TRY(const std::vector<Run> runs, m_store.runsAt(ref));
    if (!branch || runs.empty()) {
        return fail(ErrorCode::notFound, "an op is not here");
    }
    return SeenDot{{branch->lane, ref.counter}, runs.front().segment};
}

// The last op, at most `counter`, from which on the way that leads to it differs from another branch; nullopt: the lane did not fork.
Result<std::optional<OpRef>> History::lastForkBefore(const BranchRow& branch, OpCounter counter,
                                                     const std::vector<BranchRow>& all) {
    const BranchRow* here = &branch;
    OpCounter upTo = counter;
    while (here != nullptr) {
        HZ_TRY(const Origin origin, originOf(*here));
        OpCounter fork = 0;
        for (const BranchRow& other : all) {
            if (other.id == here->id) {
                continue;
            }
            HZ_TRY(const Origin otherOrigin, originOf(other));
            if (otherOrigin.branch == here->id && other.fork <= upTo) {
                fork = std::max(fork, other.fork);
            }
            const bool isSibling =
                otherOrigin.branch == origin.branch && other.fork > origin.upTo && other.fork <= here->fork;
            const bool isOriginAlongside = other.id == origin.branch && other.tip > origin.upTo;
            const bool isUnconnected = origin.branch == 0 && here->fork > 1 && other.tip >= here->fork;
            if (origin.branch != 0 || here->fork == 1 ? isSibling || isOriginAlongside : isUnconnected) {
                fork = std::max(fork, here->fork);
            }
        }
        if (fork != 0) {
            return OpRef{here->id, fork};
        }
        upTo = origin.upTo;
        here = branchWithId(all, origin.branch);
    }
    return std::optional<OpRef>{};
}

// Empty: not on a fork.
Result<std::string> History::branchNameAt(const BranchRow& branch, OpCounter counter, const std::vector<BranchRow>& all) {
    HZ_TRY(const std::optional<OpRef> fork, lastForkBefore(branch, counter, all));
    if (!fork) {
        return std::string{};
    }
    HZ_TRY(const std::vector<Run> runs, m_store.runsAt(*fork));
    return runs.empty() ? std::string("tail") : runs.front().segment.hex().substr(0, 8);
}

Result<std::string> History::dotText(OpRef ref) {
    HZ_TRY(const std::optional<BranchRow> branch, m_store.branch(ref.branch));
    if (!branch) {
        return fail(ErrorCode::storageCorrupt, "a branch is missing");
    }
    std::string text = branch->lane.hex() + "/" + std::to_string(ref.counter);
    HZ_TRY(const std::vector<BranchRow> all, m_store.branches(branch->lane));
    if (all.size() > 1) {
        HZ_TRY(const std::string branchName, branchNameAt(*branch, ref.counter, all));
        if (!branchName.empty()) {
            text += "/" + branchName;
        }
    }
    return text;
}

Result<OpRef> History::parseDot(std::string_view text) {
    const auto bad = [&] { return fail(ErrorCode::usage, "'" + std::string(text) + "' is not a dot (lane/counter)"); };
    const std::size_t slash = text.find('/');
    if (slash == std::string_view::npos) {
        return bad();
    }
    const auto lane = LaneId::fromHexText(text.substr(0, slash));
    std::string_view rest = text.substr(slash + 1);
    const std::size_t second = rest.find('/');
    const std::string_view number = rest.substr(0, second);
    const std::string_view branchName = second == std::string_view::npos ? std::string_view{} : rest.substr(second + 1);
    OpCounter counter = 0;
    const auto parsed = std::from_chars(number.data(), number.data() + number.size(), counter);
    if (!lane || parsed.ec != std::errc{} || parsed.ptr != number.data() + number.size() || counter == 0 ||
        (second != std::string_view::npos && branchName.size() != 8 && branchName != "tail")) {
        return bad();
    }
    HZ_TRY(const std::vector<BranchRow> branches, m_store.branches(*lane));
    std::vector<OpRef> found;
    for (const BranchRow& branch : branches) {
        if (counter < branch.fork || counter > branch.tip) {
            continue;
        }
        HZ_TRY(const std::string name, branchNameAt(branch, counter, branches));
        if (branchName.empty() || (branches.size() > 1 && name == branchName)) {
            found.push_back({branch.id, counter});
        }
    }
    if (found.empty()) {
        return fail(ErrorCode::notFound, "no op " + std::string(text) + " is here");
    }
    if (found.size() > 1) {
        return fail(ErrorCode::ambiguous, "the lane of " + std::string(text) + " forked, name the branch: lane/counter/hash8");
    }
    return found.front();
}

}  // namespace hezhang::sync
