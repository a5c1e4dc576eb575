// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/notices.h"

#include <algorithm>
#include <set>

#include "schema/record_validator.h"
#include "src/ledger/one_transaction.h"
#include "src/ledger/queries.h"

namespace hezhang::ledger {

using nlohmann::json;
using sync::HistoricOp;
using sync::OpRef;

namespace {

constexpr std::string_view kNoticesMetaKey = "notices";

struct NoticeFound {
    OpRef own;
    OpRef by;
    bool isSeen = false;
};

struct NoticeNotes {
    std::map<std::string, std::size_t> looked;  // by scope: segments
    std::vector<NoticeFound> found;
};

OpRef noticeRef(const json& stored) {
    return {stored.at(0).get<std::int64_t>(), stored.at(1).get<sync::OpCounter>()};
}

json notesToJson(const NoticeNotes& notes) {
    json found = json::array();
    for (const NoticeFound& one : notes.found) {
        found.push_back({{"own", {one.own.branch, one.own.counter}},
                         {"by", {one.by.branch, one.by.counter}},
                         {"seen", one.isSeen}});
    }
    return {{"looked", notes.looked}, {"found", found}};
}

// What cannot be read is as good as none: it is found again.
NoticeNotes notesFrom(const Bytes& bytes) {
    NoticeNotes notes;
    const json stored = json::parse(textOf(bytes), nullptr, false);
    if (!stored.is_object() || !stored.contains("looked") || !stored.contains("found")) {
        return notes;
    }
    try {
        notes.looked = stored["looked"].get<std::map<std::string, std::size_t>>();
        for (const json& one : stored["found"]) {
            notes.found.push_back(
                {noticeRef(one.at("own")), noticeRef(one.at("by")), one.at("seen").get<bool>()});
        }
    } catch (const json::exception&) {
        return NoticeNotes{};
    }
    return notes;
}

Result<NoticeNotes> loadNotes(Home& home) {
    HZ_TRY(const std::optional<Bytes> stored, home.store().meta(kNoticesMetaKey));
    return stored ? notesFrom(*stored) : NoticeNotes{};
}

Result<void> keepNotes(Home& home, const NoticeNotes& notes) {
    const std::string text = notesToJson(notes).dump();
    return home.store().setMeta(kNoticesMetaKey, viewOf(text));
}

Result<std::set<LaneId>> ownLanes(Home& home) {
    std::set<LaneId> own;
    HZ_TRY(const std::vector<sync::LaneRow> lanes, home.store().lanes());
    for (const sync::LaneRow& lane : lanes) {
        if (lane.isMine || lane.device == home.me().enrolment.device) {
            own.insert(lane.lane);
        }
    }
    return own;
}

// The ops that an op names, as far as they are here.
Result<std::vector<HistoricOp>> namedBy(Home& home, const HistoricOp& op) {
    std::vector<HistoricOp> named;
    for (const sync::SeenDot& seen : op.op.seen) {
        HZ_TRY(const std::optional<OpRef> ref, home.replica().history().resolve(seen, op.ref));
        HZ_TRY(std::optional<HistoricOp> one,
               ref ? home.replica().history().opAt(*ref) : Result<std::optional<HistoricOp>>(std::nullopt));
        if (one) {
            named.push_back(std::move(*one));
        }
    }
    return named;
}

// Those that no other one of them names.
Result<std::vector<HistoricOp>> latestOf(Home& home, std::vector<HistoricOp> ops) {
    std::set<OpRef> past;
    for (const HistoricOp& op : ops) {
        HZ_TRY(const std::vector<sync::SeenOp> seen, home.state().seenBy(op.op, op.ref));
        for (const sync::SeenOp& one : seen) {
            past.insert(one.ref);
        }
    }
    std::erase_if(ops, [&](const HistoricOp& op) { return past.contains(op.ref); });
    return ops;
}

Result<bool> couldNotBeMerged(Home& home, sync::MergeRule rule, const std::vector<HistoricOp>& values) {
    if (rule != sync::MergeRule::prose) {
        return true;
    }
    std::vector<sync::LiveRow> rows;
    for (const HistoricOp& op : values) {
        HZ_TRY(const sync::Order order, home.state().orderOf(op.ref));
        rows.push_back(
            {op.op.record, op.op.field, op.ref, order, op.op.kind, 0, op.op.value, op.op.person, op.op.at});
    }
    std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.order < b.order; });
    HZ_TRY(const sync::CellReading together, home.state().cellOf(rule, std::move(rows)));
    return together.view.state == sync::CellState::conflict;
}

// The own values that `by` did not take.
Result<std::vector<OpRef>> notTaken(Home& home, const HistoricOp& by, const std::set<LaneId>& own) {
    HZ_TRY(const std::vector<HistoricOp> named, namedBy(home, by));
    std::vector<OpRef> result;
    if (by.op.field == schema::kDeletedCell) {
        const bool isDelete = by.op.value == sync::Value::boolean(true);
        const bool isSettling = std::any_of(named.begin(), named.end(), [&](const HistoricOp& one) {
            return one.op.field == schema::kDeletedCell && one.op.value == sync::Value::boolean(true);
        });
        for (const HistoricOp& one : named) {
            const bool isOwnDelete = one.op.field == schema::kDeletedCell;
            if (isSettling && own.contains(one.lane) && isOwnDelete != isDelete) {
                result.push_back(one.ref);
            }
        }
        return result;
    }
    HZ_TRY(const std::optional<sync::RecordRow> record, home.store().record(by.op.record));
    const auto rule =
        record ? home.state().rules().ruleOf(record->key.registerName, by.op.field) : std::nullopt;
    if (!rule) {
        return result;
    }
    std::vector<HistoricOp> ofCell;
    std::copy_if(named.begin(), named.end(), std::back_inserter(ofCell), [&](const HistoricOp& one) {
        return one.op.field == by.op.field && one.op.kind == sync::OpKind::assign;
    });
    HZ_TRY(const std::vector<HistoricOp> values, latestOf(home, std::move(ofCell)));
    HZ_TRY(const bool isSettlement, couldNotBeMerged(home, *rule, values));
    for (const HistoricOp& one : values) {
        const bool isContested = std::any_of(values.begin(), values.end(), [&](const HistoricOp& other) {
            return other.op.value != one.op.value;
        });
        if (isSettlement && isContested && own.contains(one.lane) && one.op.value != by.op.value) {
            result.push_back(one.ref);
        }
    }
    return result;
}

Result<void> lookThrough(Home& home, const Hash& hash, const std::set<LaneId>& own, NoticeNotes& notes) {
    const auto opened = home.replica().history().segment(hash);
    if (!opened && opened.error().code == ErrorCode::historyAbsent) {
        return {};  // from before this home began
    }
    HZ_TRY(const std::shared_ptr<const sync::SealedSegment> sealed, opened);
    HZ_TRY(const std::vector<sync::Run> runs, home.store().runsOf(hash));
    for (std::size_t i = 0; i < sealed->segment.ops.size(); ++i) {
        const sync::Op& op = sealed->segment.ops[i];
        const bool namesOwn = std::any_of(op.seen.begin(), op.seen.end(), [&](const sync::SeenDot& seen) {
            return own.contains(seen.dot.lane);
        });
        const auto run = std::find_if(runs.begin(), runs.end(), [&](const sync::Run& one) {
            return one.first <= op.counter && op.counter <= one.last;
        });
        if (!namesOwn || op.kind != sync::OpKind::assign || op.person == home.me().enrolment.person ||
            run == runs.end()) {
            continue;
        }
        const HistoricOp by{{run->branch, op.counter}, op, sealed->opIds[i], hash, sealed->segment.lane.lane};
        HZ_TRY(const std::vector<OpRef> lost, notTaken(home, by, own));
        for (const OpRef ref : lost) {
            const bool isKnown =
                std::any_of(notes.found.begin(), notes.found.end(),
                            [&](const NoticeFound& one) { return one.own == ref && one.by == by.ref; });
            if (!isKnown) {
                notes.found.push_back({ref, by.ref, false});
            }
        }
    }
    return {};
}

// The scopes this home has written in: nobody can have seen an own op elsewhere.
Result<std::set<std::string>> ownScopes(Home& home) {
    std::set<std::string> scopes;
    HZ_TRY(const std::vector<sync::LaneRow> lanes, home.store().lanes());
    for (const sync::LaneRow& lane : lanes) {
        if (lane.isMine || lane.device == home.me().enrolment.device) {
            scopes.insert(lane.scope);
        }
    }
    return scopes;
}

std::string noticeId(const NoticeFound& found) {
    return std::to_string(found.own.branch) + "." + std::to_string(found.own.counter) + "." +
           std::to_string(found.by.branch) + "." + std::to_string(found.by.counter);
}

Result<std::optional<Notice>> noticeOf(Home& home, const NoticeFound& found) {
    HZ_TRY(const std::optional<sync::AsideRow> aside, home.store().asideOf(found.by));
    HZ_TRY(const std::optional<HistoricOp> own, home.replica().history().opAt(found.own));
    HZ_TRY(const std::optional<HistoricOp> by, home.replica().history().opAt(found.by));
    if (aside || !own || !by || own->op.isErased()) {
        return std::optional<Notice>();
    }
    Notice notice;
    notice.id = noticeId(found);
    notice.record = own->op.record;
    HZ_TRY(notice.place, placeOf(home, own->op.record));
    notice.own = schema::jsonFromValue(own->op.value);
    notice.ownAt = own->op.at;
    notice.ownField = own->op.field;
    const bool isOfRecord = by->op.field != own->op.field;
    notice.field = isOfRecord ? std::string(schema::kDeletedCell) : own->op.field;
    notice.taken = opValue(by->op);
    HZ_TRY(notice.by, authorshipOf(home, by->ref, by->op.person, by->op.at));
    const auto rule = home.state().rules().ruleOf(notice.place.registerName, notice.field);
    if (rule == sync::MergeRule::prose && notice.own.is_string() && notice.taken.is_string()) {
        notice.runs = textDiff(notice.own.get<std::string>(), notice.taken.get<std::string>());
    }
    notice.isSeen = found.isSeen;
    return std::optional(std::move(notice));
}

}  // namespace

Result<bool> isNoticeWorkDue(Home& home) {
    HZ_TRY(const NoticeNotes notes, loadNotes(home));
    HZ_TRY(const std::set<std::string> scopes, ownScopes(home));
    for (const std::string& scope : scopes) {
        HZ_TRY(const std::vector<Hash> segments, home.store().segmentsOfScope(scope));
        const auto looked = notes.looked.find(scope);
        if ((looked == notes.looked.end() ? 0 : looked->second) != segments.size()) {
            return true;
        }
    }
    return false;
}

Result<bool> findNotices(Home& home) {
    const auto work = [&]() -> Result<bool> {
        HZ_TRY(NoticeNotes notes, loadNotes(home));
        HZ_TRY(const std::set<LaneId> own, ownLanes(home));
        HZ_TRY(const std::set<std::string> scopes, ownScopes(home));
        std::size_t steps = 0;
        for (const std::string& scope : scopes) {
            HZ_TRY(const std::vector<Hash> segments, home.store().segmentsOfScope(scope));
            std::size_t& looked = notes.looked[scope];
            // Fewer than were looked at: the county stepped back. NoticeFound ones stay known.
            looked = looked > segments.size() ? 0 : looked;
            for (; looked < segments.size() && steps < kNoticeStepSegments; ++looked, ++steps) {
                HZ_CHECK(lookThrough(home, segments[looked], own, notes));
            }
            if (looked < segments.size()) {
                HZ_CHECK(keepNotes(home, notes));
                return true;
            }
        }
        HZ_CHECK(keepNotes(home, notes));
        return false;
    };
    return inOneTransaction(home, work);
}

Result<std::vector<Notice>> notices(Home& home) {
    HZ_TRY(const NoticeNotes notes, loadNotes(home));
    std::vector<Notice> all;
    for (const NoticeFound& found : notes.found) {
        HZ_TRY(std::optional<Notice> notice, noticeOf(home, found));
        if (notice) {
            all.push_back(std::move(*notice));
        }
    }
    std::stable_sort(all.begin(), all.end(),
                     [](const Notice& a, const Notice& b) { return a.by.at > b.by.at; });
    return all;
}

Result<void> markNoticeSeen(Home& home, const std::string& id) {
    const auto work = [&]() -> Result<void> {
        HZ_TRY(NoticeNotes notes, loadNotes(home));
        for (NoticeFound& found : notes.found) {
            found.isSeen = found.isSeen || noticeId(found) == id;
        }
        return keepNotes(home, notes);
    };
    return inOneTransaction(home, work);
}

}  // namespace hezhang::ledger
