// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "sync/engine/snapshot_base.h"

#include <algorithm>
#include <limits>

#include "sync/op/archive.h"

namespace hezhang::sync {
namespace {

constexpr std::string_view kBase = "snapshot-base";
constexpr std::size_t kRowsAtOnce = 256;
constexpr OpRef kBeforeAll{std::numeric_limits<std::int64_t>::min(), 0};

Result<void> putBackOne(Store& store, const LooseRow& row) {
    switch (row.role) {
    case LooseRow::Role::past: break;
    case LooseRow::Role::live:
        return row.op.isErased() ? Result<void>{}
                                 : store.putLive({row.op.record, row.op.field, row.ref, row.order, row.op.kind, row.rank, row.op.value,
                                                  row.op.person, row.op.at});
    case LooseRow::Role::aside: {
        HZ_TRY(const std::optional<BranchRow> branch, store.branch(row.ref.branch));
        HZ_TRY(const std::optional<LaneRow> lane, branch ? store.lane(branch->lane) : Result<std::optional<LaneRow>>(std::nullopt));
        return store.putAside({row.ref, row.op.record, row.op.field, row.reason, lane && lane->isMine});
    }
    }
    return {};
}

}  // namespace

bool SnapshotBase::covers(std::uint64_t entry) const { return std::binary_search(covered.begin(), covered.end(), entry); }

Result<std::optional<SnapshotBase>> snapshotBase(Store& store) {
    HZ_TRY(const std::optional<Bytes> bytes, store.meta(kBase));
    if (!bytes || bytes->empty()) {
        return std::optional<SnapshotBase>{};
    }
    HZ_TRY(SnapshotBase base, decode<SnapshotBase>(*bytes, "base of a snapshot"));
    return std::optional<SnapshotBase>(std::move(base));
}

Result<void> setSnapshotBase(Store& store, const SnapshotBase& base) { return store.setMeta(kBase, encode(base)); }

Result<void> dropSnapshotBase(Store& store) {
    HZ_CHECK(store.clearLoose());
    return store.setMeta(kBase, {});
}

Result<void> putBack(Store& store, const SnapshotBase& base) {
    for (OpRef after = kBeforeAll;;) {
        HZ_TRY(const std::vector<LooseRow> rows, store.looseAfter(after, kRowsAtOnce));
        if (rows.empty()) {
            break;
        }
        for (const LooseRow& row : rows) {
            HZ_CHECK(putBackOne(store, row));
        }
        after = rows.back().ref;
    }
    for (const auto& [by, named] : base.named) {
        HZ_TRY(const std::optional<LooseRow> deleting, store.loose(by));
        if (deleting) {
            HZ_CHECK(store.putNamed(deleting->op.record, by, named));
        }
    }
    for (const OpRef ref : base.early) {
        HZ_CHECK(store.putEarly(ref));
    }
    return {};
}

Result<std::optional<OpStanding>> standingOf(Store& store, OpRef ref, const Op& op, const std::set<OpRef>& past) {
    HZ_TRY(const std::optional<LiveRow> live, store.liveRow(op.record, op.field, ref));
    if (live) {
        return std::optional<OpStanding>({LooseRow::Role::live, live->rank, live->order, Reason::none});
    }
    HZ_TRY(const std::optional<AsideRow> aside, store.asideOf(ref));
    if (aside) {
        return std::optional<OpStanding>({LooseRow::Role::aside, 0, {}, aside->reason});
    }
    return op.field == kDeletedField || past.contains(ref) ? std::optional<OpStanding>(OpStanding{}) : std::nullopt;
}

}  // namespace hezhang::sync
