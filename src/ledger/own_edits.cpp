// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/own_edits.h"

#include <algorithm>
#include <deque>

#include "schema/record_validator.h"

namespace hezhang::ledger {
namespace {

using Asides = std::map<sync::OpRef, sync::Reason>;

struct OwnOp {
    sync::OpRef ref;
    const sync::Op* op = nullptr;
    std::string verdict;
    std::string reason;
};

// Of an op in a segment that is in the log: unless it was set aside.
std::string_view wordOf(sync::SegmentState state) {
    switch (state) {
    case sync::SegmentState::inLog:
        return "accepted";
    case sync::SegmentState::unsent:
        return "local";
    case sync::SegmentState::received:
    case sync::SegmentState::held:
        return "received";
    case sync::SegmentState::refused:
        return "refused";
    }
    return {};
}

bool passes(std::string_view word, const std::string& verdict) {
    return verdict.empty() || word == verdict || (verdict == "aside" && word == "refused");
}

// The ops of one lane, the last one first. A segment is opened when the one after it has been read.
class OwnLane {
public:
    OwnLane(Home& home, const Asides& asides, const std::string& verdict)
        : m_home(home), m_asides(asides), m_verdict(verdict) {}

    [[nodiscard]] Result<void> open(const LaneId& lane) {
        HZ_TRY(m_tail, m_home.store().tail(lane));
        HZ_TRY(const std::vector<Hash> segments, m_home.store().segmentsOfLane(lane));
        m_segments.assign(segments.begin(), segments.end());
        if (passes("local", m_verdict)) {
            for (const sync::TailRow& row : m_tail) {
                m_ops.push_back({row.ref, &row.op, "local", {}});
            }
        }
        return fill();
    }
    [[nodiscard]] const OwnOp* last() const { return m_ops.empty() ? nullptr : &m_ops.back(); }
    [[nodiscard]] Result<void> drop() {
        m_ops.pop_back();
        return fill();
    }

private:
    [[nodiscard]] Result<void> fill() {
        while (m_ops.empty() && !m_segments.empty()) {
            const Hash hash = m_segments.back();
            m_segments.pop_back();
            HZ_CHECK(addSegment(hash));
        }
        return {};
    }
    [[nodiscard]] Result<void> addSegment(const Hash& hash) {
        HZ_TRY(const std::optional<sync::SegmentRow> stored, m_home.store().outline(hash));
        HZ_TRY(const std::vector<sync::Run> runs, m_home.store().runsOf(hash));
        if (!stored || !mayPass(*stored, runs)) {
            return {};
        }
        HZ_TRY(m_sealed, m_home.replica().history().segment(hash));
        for (const sync::Op& op : m_sealed->segment.ops) {
            const auto run = std::find_if(runs.begin(), runs.end(), [&](const sync::Run& one) {
                return one.first <= op.counter && op.counter <= one.last;
            });
            if (run != runs.end()) {
                OwnOp found = opOf(*stored, {run->branch, op.counter}, op);
                if (passes(found.verdict, m_verdict)) {
                    m_ops.push_back(std::move(found));
                }
            }
        }
        return {};
    }
    // Whether it is worth opening.
    [[nodiscard]] bool mayPass(const sync::SegmentRow& stored, const std::vector<sync::Run>& runs) const {
        if (stored.state == sync::SegmentState::inLog && m_verdict == "aside") {
            return std::any_of(runs.begin(), runs.end(), [&](const sync::Run& run) {
                const auto aside = m_asides.lower_bound({run.branch, run.first});
                return aside != m_asides.end() && aside->first <= sync::OpRef{run.branch, run.last};
            });
        }
        return passes(wordOf(stored.state), m_verdict);
    }
    [[nodiscard]] OwnOp opOf(const sync::SegmentRow& stored, sync::OpRef ref, const sync::Op& op) const {
        OwnOp found{ref, &op, std::string(wordOf(stored.state)), {}};
        if (stored.state == sync::SegmentState::refused) {
            found.reason = name(static_cast<sync::Reason>(stored.position));
        }
        const auto aside = m_asides.find(ref);
        if (stored.state == sync::SegmentState::inLog && aside != m_asides.end()) {
            found.verdict = "aside";
            found.reason = name(aside->second);
        }
        return found;
    }

    Home& m_home;
    const Asides& m_asides;
    const std::string& m_verdict;
    std::vector<sync::TailRow> m_tail;
    std::vector<Hash> m_segments;                         // not opened yet, the first in front
    std::shared_ptr<const sync::SealedSegment> m_sealed;  // whose ops are in m_ops
    std::vector<OwnOp> m_ops;                             // the first in front
};

// All lanes together, the latest first.
class OwnOps {
public:
    [[nodiscard]] Result<void> open(Home& home, const std::string& verdict) {
        HZ_TRY(const std::vector<sync::AsideRow> asides, home.store().asides());
        for (const sync::AsideRow& row : asides) {
            m_asides.emplace(row.ref, row.reason);
        }
        HZ_TRY(const std::vector<sync::LaneRow> lanes, home.store().lanes());
        for (const sync::LaneRow& lane : lanes) {
            if (lane.isMine) {
                m_lanes.emplace_back(home, m_asides, verdict);
                HZ_CHECK(m_lanes.back().open(lane.lane));
            }
        }
        return {};
    }
    [[nodiscard]] const OwnOp* latest() {
        m_at = nullptr;
        for (OwnLane& lane : m_lanes) {
            const OwnOp* one = lane.last();
            if (one != nullptr && (m_at == nullptr || isLater(*one, *m_at->last()))) {
                m_at = &lane;
            }
        }
        return m_at == nullptr ? nullptr : m_at->last();
    }
    // REQUIRES: latest() was not null.
    [[nodiscard]] Result<void> drop() { return m_at->drop(); }

private:
    [[nodiscard]] static bool isLater(const OwnOp& a, const OwnOp& b) {
        return std::tie(b.op->at, b.ref) < std::tie(a.op->at, a.ref);
    }

    Asides m_asides;
    std::deque<OwnLane> m_lanes;
    OwnLane* m_at = nullptr;
};

std::size_t countOf(const sync::OwnCounts& counts, const std::string& verdict) {
    const std::uint64_t aside = counts.setAside + counts.refused;
    return verdict == "local"      ? counts.local
           : verdict == "received" ? counts.received
           : verdict == "accepted" ? counts.applied
           : verdict == "aside"    ? aside
           : verdict == "refused"  ? counts.refused
                                   : counts.local + counts.received + counts.applied + aside;
}

class OwnEditWriter {
public:
    explicit OwnEditWriter(Home& home) : m_home(home) {}

    [[nodiscard]] Result<OwnEdit> write(const OwnOp& one) {
        OwnEdit edit;
        HZ_TRY(edit.dot, m_home.replica().history().dotText(one.ref));
        edit.record = one.op->record;
        edit.place = placeOfRecord(one.op->record);
        edit.field = one.op->field;
        edit.kind = name(one.op->kind);
        edit.value = schema::jsonFromValue(one.op->value);
        edit.at = one.op->at;
        edit.verdict = one.verdict;
        edit.reason = one.reason;
        return edit;
    }

private:
    // A refused op may belong to a record that never came to be here.
    const RecordPlace& placeOfRecord(const RecordId& record) {
        const auto known = m_places.find(record);
        return known != m_places.end()
                   ? known->second
                   : m_places.emplace(record, placeOf(m_home, record).value_or(RecordPlace{})).first->second;
    }

    Home& m_home;
    std::map<RecordId, RecordPlace> m_places;
};

}  // namespace

Result<OwnEdits> ownEdits(Home& home, const std::string& verdict, std::size_t limit,
                          const std::string& after) {
    OwnEdits result;
    HZ_TRY(const sync::OwnCounts counts, home.replica().ownCounts());
    result.total = countOf(counts, verdict);
    OwnOps ops;
    HZ_CHECK(ops.open(home, verdict));
    if (!after.empty()) {
        HZ_TRY(const sync::OpRef passed, home.replica().history().parseDot(after));
        for (bool isPassed = false; !isPassed && ops.latest() != nullptr;) {
            isPassed = ops.latest()->ref == passed;
            HZ_CHECK(ops.drop());
        }
    }
    OwnEditWriter writer(home);
    for (const OwnOp* one = ops.latest(); one != nullptr && result.edits.size() < limit; one = ops.latest()) {
        HZ_TRY(OwnEdit edit, writer.write(*one));
        result.edits.push_back(std::move(edit));
        HZ_CHECK(ops.drop());
    }
    return result;
}

}  // namespace hezhang::ledger
