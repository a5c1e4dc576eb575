// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "sync/engine/compaction.h"

#include <limits>
#include <set>

#include "sync/engine/snapshot_base.h"

namespace hezhang::sync {
namespace {

constexpr std::size_t kRowsAtOnce = 256;
constexpr OpRef kBeforeAll{std::numeric_limits<std::int64_t>::min(), 0};

class Compaction {
public:
    Compaction(Replica& replica, WallMs before)
        : m_replica(replica), m_store(replica.store()), m_before(before) {}

    Result<Compacted> run() {
        HZ_CHECK(checkNothingWaits());
        HZ_TRY(const Identity me, m_replica.identity());
        m_me = me.enrolment.device;
        HZ_TRY(const std::vector<RecordId> several, m_store.recordsWithSeveral(kDeletedField));
        HZ_TRY(m_past, m_replica.projection().contestedPast());
        HZ_TRY(const Cursor cursor, m_replica.cursor());
        SnapshotBase base;
        base.position = cursor.position;
        base.isCompacted = true;
        HZ_CHECK(judgeLooseAnew());
        HZ_TRY(base.covered, loosen());
        for (const RecordId& record : several) {
            HZ_TRY(const auto named, m_store.namedIn(record));
            base.named.insert(base.named.end(), named.begin(), named.end());
        }
        HZ_TRY(base.early, m_store.earlies());
        HZ_CHECK(setSnapshotBase(m_store, base));
        HZ_CHECK(letGo());
        m_replica.history().forgetSegments();
        HZ_TRY(const bool isEqual, m_replica.rebuildAndCompare());
        return isEqual ? Result<Compacted>(m_done)
                       : fail(ErrorCode::internal,
                              "without the older texts this replica would show something else");
    }

private:
    Result<void> checkNothingWaits() {
        HZ_TRY(const std::vector<TailRow> unanswered, m_replica.applier().unanswered());
        HZ_TRY(const bool hasTail, m_replica.hasTail());
        HZ_TRY(const std::vector<EntryRow> orphans, m_replica.orphansToGive());
        HZ_TRY(const ScopeState scopes, m_replica.scopeState());
        HZ_TRY(const Cursor cursor, m_replica.cursor());
        if (!unanswered.empty() || hasTail || !orphans.empty()) {
            return fail(ErrorCode::unsentWork, "something is here that the county does not have");
        }
        if (!scopes.backfill.empty() || scopes.isRebuildDue || cursor.position == 0) {
            return fail(ErrorCode::unsentWork, "what the county has is not all here yet");
        }
        return {};
    }

    // Loose ops of before: what the state has made of them since.
    Result<void> judgeLooseAnew() {
        for (OpRef after = kBeforeAll;;) {
            HZ_TRY(const std::vector<LooseRow> rows, m_store.looseAfter(after, kRowsAtOnce));
            if (rows.empty()) {
                return {};
            }
            for (const LooseRow& row : rows) {
                HZ_CHECK(putLoose(row.ref, row.op, row.id, true));
            }
            after = rows.back().ref;
        }
    }

    // What the state needs of the texts; the positions of the entries that this covers.
    Result<std::vector<std::uint64_t>> loosen() {
        std::vector<std::uint64_t> covered;
        for (std::uint64_t next = 0;;) {
            HZ_TRY(const std::vector<EntryRow> rows, m_store.entries(next, kRowsAtOnce));
            if (rows.empty()) {
                return covered;
            }
            for (const EntryRow& row : rows) {
                next = row.position + 1;
                HZ_TRY(const LogEntry entry, decode<LogEntry>(row.entry, "log entry"));
                if (isControl(entry)) {
                    continue;
                }
                covered.push_back(row.position);
                if (const auto* segment = std::get_if<SegmentEntry>(&entry.content)) {
                    HZ_CHECK(loosenSegment(segment->segment, entry.at));
                }
            }
        }
    }

    Result<void> loosenSegment(const Hash& hash, WallMs at) {
        HZ_TRY(const std::optional<SegmentRow> row, m_store.segment(hash));
        if (!row || !row->hasText()) {
            return {};  // it is loose already
        }
        HZ_TRY(const std::shared_ptr<const SealedSegment> sealed, m_replica.history().segment(hash));
        HZ_TRY(const std::vector<Run> runs, m_store.runsOf(hash));
        for (const Run& run : runs) {
            for (OpCounter counter = run.first; counter <= run.last; ++counter) {
                const std::size_t index = counter - sealed->segment.first;
                HZ_CHECK(
                    putLoose({run.branch, counter}, sealed->segment.ops[index], sealed->opIds[index], false));
            }
        }
        HZ_TRY(const std::vector<BranchRow> branches, m_store.branches(row->lane));
        HZ_TRY(const std::optional<LaneRow> lane, m_store.lane(row->lane));
        if (row->state == SegmentState::inLog && at < m_before && branches.size() == 1 && lane &&
            lane->device != m_me) {
            m_old.push_back(hash);
        }
        return {};
    }

    Result<void> putLoose(OpRef ref, const Op& op, const Hash& id, bool isKept) {
        HZ_TRY(const std::optional<OpStanding> standing, standingOf(m_store, ref, op, m_past));
        if (!standing && !isKept) {
            return {};
        }
        const OpStanding now = standing.value_or(OpStanding{});
        const bool isTold = isKept || now.role == LooseRow::Role::aside;
        return m_store.putLoose({ref, now.role, op, isTold ? id : Hash{}, now.rank, now.order, now.reason});
    }

    Result<void> letGo() {
        for (const Hash& hash : m_old) {
            HZ_TRY(std::optional<SegmentRow> row, m_store.segment(hash));
            ++m_done.segments;
            m_done.bytes += row->envelope.size();
            row->envelope.clear();
            HZ_CHECK(m_store.putSegment(*row));
        }
        return {};
    }

    Replica& m_replica;
    Store& m_store;
    WallMs m_before;
    DeviceId m_me;
    std::set<OpRef> m_past;
    std::vector<Hash> m_old;
    Compacted m_done;
};

}  // namespace

Result<Compacted> compact(Replica& replica, WallMs before) {
    return Compaction(replica, before).run();
}

}  // namespace hezhang::sync
