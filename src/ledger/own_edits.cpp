// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/own_edits.h"

#include <algorithm>

#include "schema/record_validator.h"

namespace hezhang::ledger {
namespace {

struct OwnOp {
    sync::OpRef ref;
    sync::Op op;
    std::string verdict;
    std::string reason;
};

Result<void> addOwnSegment(Home& home, const Hash& hash, std::vector<OwnOp>& all) {
    HZ_TRY(const std::optional<sync::SegmentRow> stored, home.store().segment(hash));
    HZ_TRY(const std::shared_ptr<const sync::SealedSegment> sealed, home.replica().history().segment(hash));
    HZ_TRY(const std::vector<sync::Run> runs, home.store().runsOf(hash));
    for (const sync::Op& op : sealed->segment.ops) {
        const auto run = std::find_if(runs.begin(), runs.end(), [&](const sync::Run& one) {
            return one.first <= op.counter && op.counter <= one.last;
        });
        if (run == runs.end()) {
            continue;
        }
        OwnOp found{{run->branch, op.counter}, op, {}, {}};
        HZ_TRY(const std::optional<sync::AsideRow> aside, home.store().asideOf(found.ref));
        switch (stored->state) {
        case sync::SegmentState::inLog:
            found.verdict = aside ? "aside" : "accepted";
            found.reason = aside ? name(aside->reason) : "";
            break;
        case sync::SegmentState::unsent:
            found.verdict = "local";
            break;
        case sync::SegmentState::received:
        case sync::SegmentState::held:
            found.verdict = "received";
            break;
        case sync::SegmentState::refused:
            found.verdict = "refused";
            found.reason = name(static_cast<sync::Reason>(stored->position));
            break;
        }
        all.push_back(std::move(found));
    }
    return {};
}

Result<std::vector<OwnOp>> allOwn(Home& home) {
    std::vector<OwnOp> all;
    HZ_TRY(const std::vector<sync::LaneRow> lanes, home.store().lanes());
    for (const sync::LaneRow& lane : lanes) {
        if (!lane.isMine) {
            continue;
        }
        HZ_TRY(const std::vector<Hash> segments, home.store().segmentsOfLane(lane.lane));
        for (const Hash& hash : segments) {
            HZ_CHECK(addOwnSegment(home, hash, all));
        }
        HZ_TRY(const std::vector<sync::TailRow> tail, home.store().tail(lane.lane));
        for (const sync::TailRow& row : tail) {
            all.push_back({row.ref, row.op, "local", {}});
        }
    }
    return all;
}

}  // namespace

Result<OwnEdits> ownEdits(Home& home, const std::string& verdict, std::size_t limit) {
    HZ_TRY(std::vector<OwnOp> all, allOwn(home));
    const bool isAside = verdict == "aside";
    std::erase_if(all, [&](const OwnOp& one) {
        return !verdict.empty() && one.verdict != verdict && !(isAside && one.verdict == "refused");
    });
    std::sort(all.begin(), all.end(), [](const OwnOp& a, const OwnOp& b) {
        return std::tie(b.op.at, b.ref) < std::tie(a.op.at, a.ref);
    });
    OwnEdits result;
    result.total = all.size();
    for (std::size_t i = 0; i < std::min(limit, all.size()); ++i) {
        const OwnOp& one = all[i];
        OwnEdit edit;
        HZ_TRY(edit.dot, home.replica().history().dotText(one.ref));
        edit.record = one.op.record;
        // A refused op may belong to a record that never came to be here.
        edit.place = placeOf(home, one.op.record).value_or(RecordPlace{});
        edit.field = one.op.field;
        edit.kind = name(one.op.kind);
        edit.value = schema::jsonFromValue(one.op.value);
        edit.at = one.op.at;
        edit.verdict = one.verdict;
        edit.reason = one.reason;
        result.edits.push_back(std::move(edit));
    }
    return result;
}

}  // namespace hezhang::ledger
