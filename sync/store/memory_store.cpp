// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "sync/store/memory_store.h"

#include <algorithm>
#include <limits>
#include <set>
#include <tuple>

#include "sync/base/check.h"

namespace hezhang::sync {
namespace {

constexpr std::size_t kCandidatesMax = 20;
constexpr std::int64_t kFirstBranch = std::numeric_limits<std::int64_t>::min();

template <class Key>
using Keys = std::map<Key, std::monostate>;

// Shared bytes, because segments never change and every undo or snapshot would copy them.
struct StoredSegment {
    SegmentRow row;  // without envelope
    std::shared_ptr<const Bytes> envelope;
    std::uint64_t serial = 0;
};

struct QuarantineRow {
    DeviceId device;
    Reason reason = Reason::none;
    Bytes bytes;
};

}  // namespace

struct MemoryStore::State {
    std::map<std::string, Bytes, std::less<>> meta;
    std::map<LaneId, LaneRow> lanes;
    std::map<std::int64_t, BranchRow> branches;
    std::map<Hash, StoredSegment> segments;
    std::map<std::uint64_t, Hash> serials;
    std::map<std::tuple<std::int64_t, OpCounter, Hash>, Run> runs;           // branch, first, segment
    std::map<std::tuple<Hash, OpCounter, std::int64_t>, Run> runsOfSegment;  // segment, first, branch
    std::map<OpRef, TailRow> tail;
    std::map<OpRef, LooseRow> loose;
    std::map<RecordId, RecordRow> records;
    std::map<std::pair<RecordId, OpRef>, LiveRow> live;
    Keys<std::tuple<RecordId, OpRef, OpRef>> hidden;  // record, hidden, by
    Keys<OpRef> early;
    Keys<std::tuple<RecordId, OpRef, OpRef>> named;  // record, by, named
    std::map<OpRef, AsideRow> asides;
    std::map<std::uint64_t, EntryRow> entries;
    std::map<std::int64_t, Bytes> pages;
    std::map<std::uint64_t, Head> heads;
    std::map<std::pair<std::uint64_t, std::int64_t>, EntryRow> orphans;
    std::map<DeviceId, DeviceRow> devices;
    std::map<std::pair<unsigned, std::uint64_t>, Hash> nodes;
    std::map<Hash, Hash> wants;  // held, want
    std::map<Hash, QuarantineRow> quarantine;
    std::map<std::uint64_t, DeviceId> restricted;
    Keys<std::pair<std::uint64_t, std::uint64_t>> released;  // before, position
    std::map<Bytes, InvitationRow> invitations;
};

namespace {

template <class Map, class Key>
std::optional<typename Map::mapped_type> find(const Map& table, const Key& key) {
    const auto it = table.find(key);
    return it == table.end() ? std::nullopt : std::optional<typename Map::mapped_type>(it->second);
}

template <class Map, class Condition>
std::vector<typename Map::mapped_type> valuesWhere(const Map& table, const Condition& condition) {
    std::vector<typename Map::mapped_type> values;
    for (const auto& [key, value] : table) {
        if (condition(value)) {
            values.push_back(value);
        }
    }
    return values;
}

template <class Map>
std::vector<typename Map::mapped_type> valuesOf(const Map& table) {
    return valuesWhere(table, [](const auto&) { return true; });
}

// One more than the largest key: rows of these tables are never erased, so no key is used twice.
template <class Map>
typename Map::key_type nextKey(const Map& table) {
    return table.empty() ? 1 : table.rbegin()->first + 1;
}

bool isBefore(const LiveRow& a, const LiveRow& b) {
    return std::tie(a.field, a.order, a.ref) < std::tie(b.field, b.order, b.ref);
}

std::vector<Hash> hashesWhere(const MemoryStore::State& state,
                              const std::function<bool(const SegmentRow&)>& condition) {
    std::vector<Hash> hashes;
    for (const auto& [serial, hash] : state.serials) {
        if (condition(state.segments.at(hash).row)) {
            hashes.push_back(hash);
        }
    }
    return hashes;
}

std::vector<std::pair<OpRef, OpRef>> hiddenPairs(const MemoryStore::State& state, const RecordId& record) {
    const OpRef first{kFirstBranch, 0};
    std::vector<std::pair<OpRef, OpRef>> pairs;
    for (auto it = state.hidden.lower_bound({record, first, first});
         it != state.hidden.end() && std::get<0>(it->first) == record; ++it) {
        pairs.emplace_back(std::get<1>(it->first), std::get<2>(it->first));
    }
    return pairs;
}

LiveRow shown(const MemoryStore::State& state, LiveRow row) {
    const auto it = state.hidden.lower_bound({row.record, row.ref, {kFirstBranch, 0}});
    row.isHidden =
        it != state.hidden.end() && std::get<0>(it->first) == row.record && std::get<1>(it->first) == row.ref;
    return row;
}

std::vector<LiveRow> liveRowsOf(const MemoryStore::State& state, const RecordId& record) {
    std::vector<LiveRow> rows;
    for (auto it = state.live.lower_bound({record, {kFirstBranch, 0}});
         it != state.live.end() && it->first.first == record; ++it) {
        rows.push_back(shown(state, it->second));
    }
    std::sort(rows.begin(), rows.end(), isBefore);
    return rows;
}

}  // namespace

MemoryStore::MemoryStore() : m_state(std::make_shared<State>()) {}
MemoryStore::MemoryStore(const Snapshot& snapshot) {
    restore(snapshot);
}
MemoryStore::~MemoryStore() = default;

MemoryStore::Snapshot MemoryStore::snapshot() const {
    HZ_ASSERT(!m_isInTransaction);
    return m_state;
}

void MemoryStore::restore(const Snapshot& snapshot) {
    rollback();
    // Never written to while the snapshot lives: writable() copies what is shared.
    m_state = std::const_pointer_cast<State>(snapshot);
}

// -- transactions

MemoryStore::State& MemoryStore::writable() {
    if (m_state.use_count() > 1) {
        m_state = std::make_shared<State>(*m_state);
    }
    return *m_state;
}

void MemoryStore::noteUndo(Undo undo) {
    if (m_isInTransaction) {
        m_undo.push_back(std::move(undo));
    }
}

template <class Map>
void MemoryStore::put(Map State::*table, const typename Map::key_type& key, typename Map::mapped_type value) {
    Map& rows = writable().*table;
    const auto it = rows.find(key);
    if (it == rows.end()) {
        noteUndo([table, key](State& state) { (state.*table).erase(key); });
        rows.emplace(key, std::move(value));
        return;
    }
    std::swap(it->second, value);
    noteUndo([table, key, before = std::move(value)](State& state) { (state.*table)[key] = before; });
}

template <class Map>
bool MemoryStore::erase(Map State::*table, const typename Map::key_type& key) {
    Map& rows = writable().*table;
    const auto it = rows.find(key);
    if (it == rows.end()) {
        return false;
    }
    noteUndo([table, key, before = it->second](State& state) { (state.*table)[key] = before; });
    rows.erase(it);
    return true;
}

template <class Map, class Condition>
void MemoryStore::eraseIf(Map State::*table, const Condition& condition) {
    std::vector<typename Map::key_type> keys;
    for (const auto& [key, value] : (*m_state).*table) {
        if (condition(key)) {
            keys.push_back(key);
        }
    }
    for (const auto& key : keys) {
        erase(table, key);
    }
}

Result<void> MemoryStore::begin() {
    HZ_ASSERT(!m_isInTransaction);
    m_isInTransaction = true;
    return {};
}

Result<void> MemoryStore::commit() {
    HZ_ASSERT(m_isInTransaction);
    m_isInTransaction = false;
    m_undo.clear();
    return {};
}

void MemoryStore::rollback() {
    m_isInTransaction = false;
    if (m_undo.empty()) {
        return;
    }
    State& state = writable();
    for (auto undo = m_undo.rbegin(); undo != m_undo.rend(); ++undo) {
        (*undo)(state);
    }
    m_undo.clear();
}

// -- small values by name

Result<std::optional<Bytes>> MemoryStore::meta(std::string_view key) {
    return find(m_state->meta, key);
}

Result<void> MemoryStore::setMeta(std::string_view key, BytesView value) {
    put(&State::meta, std::string(key), copyOf(value));
    return {};
}

Result<void> MemoryStore::eraseMetas(std::string_view start) {
    eraseIf(&State::meta, [&](const std::string& key) { return key.starts_with(start); });
    return {};
}

// -- lanes, branches

Result<std::optional<LaneRow>> MemoryStore::lane(const LaneId& lane) {
    return find(m_state->lanes, lane);
}

Result<std::vector<LaneRow>> MemoryStore::lanes() {
    return valuesOf(m_state->lanes);
}

Result<std::optional<LaneRow>> MemoryStore::openLane(const std::string& scope) {
    for (const auto& [id, row] : m_state->lanes) {
        if (row.scope == scope && row.isMine && row.isOpen) {
            return std::optional<LaneRow>(row);
        }
    }
    return std::optional<LaneRow>{};
}

Result<void> MemoryStore::putLane(const LaneRow& row) {
    put(&State::lanes, row.lane, row);
    return {};
}

Result<std::vector<BranchRow>> MemoryStore::branches(const LaneId& lane) {
    return valuesWhere(m_state->branches, [&](const BranchRow& row) { return row.lane == lane; });
}

Result<std::optional<BranchRow>> MemoryStore::branch(std::int64_t id) {
    return find(m_state->branches, id);
}

Result<std::int64_t> MemoryStore::addBranch(const BranchRow& row) {
    BranchRow added = row;
    added.id = nextKey(m_state->branches);
    put(&State::branches, added.id, added);
    return added.id;
}

Result<void> MemoryStore::setTip(std::int64_t branch, OpCounter tip) {
    if (auto row = find(m_state->branches, branch)) {
        row->tip = tip;
        put(&State::branches, branch, *row);
    }
    return {};
}

// -- segments

Result<std::optional<SegmentRow>> MemoryStore::segment(const Hash& hash) {
    const auto it = m_state->segments.find(hash);
    if (it == m_state->segments.end()) {
        return std::optional<SegmentRow>{};
    }
    SegmentRow row = it->second.row;
    row.envelope = *it->second.envelope;
    return std::optional<SegmentRow>(std::move(row));
}

Result<std::optional<SegmentRow>> MemoryStore::outline(const Hash& hash) {
    const auto it = m_state->segments.find(hash);
    return it == m_state->segments.end() ? std::nullopt : std::optional<SegmentRow>(it->second.row);
}

Result<bool> MemoryStore::hasSegment(const Hash& hash) {
    return m_state->segments.contains(hash);
}

Result<void> MemoryStore::putSegment(const SegmentRow& row) {
    const auto it = m_state->segments.find(row.hash);
    const bool isNew = it == m_state->segments.end();
    StoredSegment stored{row, std::make_shared<const Bytes>(row.envelope),
                         isNew ? nextKey(m_state->serials) : it->second.serial};
    stored.row.envelope.clear();
    if (isNew) {
        put(&State::serials, stored.serial, row.hash);
    }
    put(&State::segments, row.hash, std::move(stored));
    return {};
}

Result<void> MemoryStore::setSegmentState(const Hash& hash, SegmentState state, std::uint64_t position) {
    if (auto stored = find(m_state->segments, hash)) {
        stored->row.state = state;
        stored->row.position = position;
        put(&State::segments, hash, *std::move(stored));
    }
    return {};
}

Result<void> MemoryStore::addRun(const Run& run) {
    put(&State::runs, {run.branch, run.first, run.segment}, run);
    put(&State::runsOfSegment, {run.segment, run.first, run.branch}, run);
    return {};
}

Result<std::vector<Run>> MemoryStore::runsOf(const Hash& segment) {
    std::vector<Run> runs;
    for (auto it = m_state->runsOfSegment.lower_bound({segment, 0, kFirstBranch});
         it != m_state->runsOfSegment.end() && it->second.segment == segment; ++it) {
        runs.push_back(it->second);
    }
    return runs;
}

Result<std::vector<Run>> MemoryStore::runsOver(std::int64_t branch, OpCounter first, OpCounter last) {
    std::vector<Run> runs;
    for (auto it = m_state->runs.lower_bound({branch, 0, Hash{}});
         it != m_state->runs.end() && it->second.branch == branch && it->second.first <= last; ++it) {
        if (it->second.last >= first) {
            runs.push_back(it->second);
        }
    }
    std::sort(runs.begin(), runs.end(), [](const Run& a, const Run& b) {
        return std::tie(a.segment, a.first) < std::tie(b.segment, b.first);
    });
    return runs;
}

Result<std::vector<Hash>> MemoryStore::segmentsIn(SegmentState state) {
    return hashesWhere(*m_state, [&](const SegmentRow& row) { return row.state == state; });
}

Result<std::vector<Hash>> MemoryStore::segmentsOfScope(const std::string& scope) {
    return hashesWhere(*m_state, [&](const SegmentRow& row) { return row.scope == scope; });
}

Result<std::vector<Hash>> MemoryStore::segmentsOfLane(const LaneId& lane) {
    std::set<std::pair<OpCounter, Hash>> found;
    for (const auto& [hash, stored] : m_state->segments) {
        if (stored.row.lane == lane) {
            found.emplace(stored.row.first, hash);
        }
    }
    std::vector<Hash> hashes;
    for (const auto& [first, hash] : found) {
        hashes.push_back(hash);
    }
    return hashes;
}

Result<std::vector<Hash>> MemoryStore::segmentsWithoutText(std::size_t limit) {
    std::vector<Hash> hashes;
    for (auto it = m_state->serials.rbegin(); it != m_state->serials.rend() && hashes.size() < limit; ++it) {
        if (m_state->segments.at(it->second).envelope->empty()) {
            hashes.push_back(it->second);
        }
    }
    return hashes;
}

Result<void> MemoryStore::forgetPlaces(const LaneId& lane) {
    std::vector<Run> runs;
    for (const auto& [key, run] : m_state->runs) {
        if (m_state->branches.at(run.branch).lane == lane) {
            runs.push_back(run);
        }
    }
    for (const Run& run : runs) {
        erase(&State::runs, {run.branch, run.first, run.segment});
        erase(&State::runsOfSegment, {run.segment, run.first, run.branch});
    }
    HZ_TRY(const std::vector<BranchRow> named, branches(lane));
    for (BranchRow row : named) {
        row.lane = {};
        put(&State::branches, row.id, row);
    }
    HZ_TRY(const std::vector<Hash> segments, segmentsOfLane(lane));
    for (const Hash& hash : segments) {
        const StoredSegment stored = m_state->segments.at(hash);
        if (stored.envelope->empty()) {
            erase(&State::segments, hash);
            erase(&State::serials, stored.serial);
        }
    }
    return {};
}

// -- ops without the text of their segment

Result<void> MemoryStore::putLoose(const LooseRow& row) {
    put(&State::loose, row.ref, row);
    return {};
}

Result<std::optional<LooseRow>> MemoryStore::loose(OpRef ref) {
    return find(m_state->loose, ref);
}

Result<std::vector<LooseRow>> MemoryStore::looseAfter(OpRef ref, std::size_t limit) {
    std::vector<LooseRow> rows;
    for (auto it = m_state->loose.upper_bound(ref); it != m_state->loose.end() && rows.size() < limit; ++it) {
        rows.push_back(it->second);
    }
    return rows;
}

Result<void> MemoryStore::clearLoose() {
    eraseIf(&State::loose, [](const OpRef&) { return true; });
    return {};
}

// -- tail

Result<void> MemoryStore::addTail(const TailRow& row) {
    if (m_state->tail.contains(row.ref)) {
        return fail(ErrorCode::storageFailed, "the tail has an op of this number");
    }
    put(&State::tail, row.ref, row);
    return {};
}

Result<std::vector<TailRow>> MemoryStore::tail(const LaneId& lane) {
    auto rows = valuesWhere(m_state->tail, [&](const TailRow& row) { return row.lane == lane; });
    std::stable_sort(rows.begin(), rows.end(),
                     [](const TailRow& a, const TailRow& b) { return a.ref.counter < b.ref.counter; });
    return rows;
}

Result<std::uint64_t> MemoryStore::tailCount(const LaneId& lane) {
    return static_cast<std::uint64_t>(
        std::count_if(m_state->tail.begin(), m_state->tail.end(),
                      [&](const auto& row) { return row.second.lane == lane; }));
}

Result<std::optional<TailRow>> MemoryStore::tailOp(OpRef ref) {
    return find(m_state->tail, ref);
}

Result<void> MemoryStore::eraseTail(const LaneId& lane, OpCounter upTo) {
    eraseIf(&State::tail,
            [&](const OpRef& ref) { return ref.counter <= upTo && m_state->tail.at(ref).lane == lane; });
    return {};
}

// -- records

Result<std::optional<RecordRow>> MemoryStore::record(const RecordId& id) {
    return find(m_state->records, id);
}

Result<void> MemoryStore::putRecord(const RecordRow& row) {
    if (!m_state->records.contains(row.id)) {
        put(&State::records, row.id, row);
    }
    return {};
}

Result<std::vector<RecordRow>> MemoryStore::recordsOf(std::string_view registerName) {
    return valuesWhere(m_state->records, [&](const RecordRow& row) {
        return registerName.empty() || row.key.registerName == registerName;
    });
}

Result<std::vector<RecordRow>> MemoryStore::recordsNaming(std::string_view registerName,
                                                          std::string_view text) {
    return valuesWhere(m_state->records, [&](const RecordRow& row) {
        return row.key.registerName == registerName && row.key.names(text);
    });
}

Result<std::vector<RecordId>> MemoryStore::recordsStartingWith(std::string_view hexStart) {
    std::string digits(hexStart);
    std::transform(digits.begin(), digits.end(), digits.begin(),
                   [](char c) { return c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c; });
    std::vector<RecordId> ids;
    for (const auto& [id, row] : m_state->records) {
        if (ids.size() < kCandidatesMax && id.hex().starts_with(digits)) {
            ids.push_back(id);
        }
    }
    return ids;
}

// -- projection

Result<std::vector<LiveRow>> MemoryStore::liveOf(const RecordId& record) {
    std::vector<LiveRow> rows = liveRowsOf(*m_state, record);
    std::erase_if(rows, [](const LiveRow& row) { return row.isBare; });
    return rows;
}

Result<std::vector<LiveRow>> MemoryStore::liveOfCell(const RecordId& record, std::string_view field) {
    HZ_TRY(std::vector<LiveRow> rows, liveOf(record));
    std::erase_if(rows, [&](const LiveRow& row) { return row.field != field; });
    return rows;
}

Result<std::size_t> MemoryStore::liveCount(const RecordId& record, std::string_view field) {
    const std::vector<LiveRow> rows = liveRowsOf(*m_state, record);
    return static_cast<std::size_t>(
        std::count_if(rows.begin(), rows.end(), [&](const LiveRow& row) { return row.field == field; }));
}

Result<void> MemoryStore::eachLive(std::string_view registerName,
                                   const std::function<void(LiveRow&&)>& visit) {
    std::vector<RecordId> records;
    for (const auto& [key, row] : m_state->live) {
        if (!records.empty() && records.back() == key.first) {
            continue;
        }
        const auto record = m_state->records.find(key.first);
        if (registerName.empty() ||
            (record != m_state->records.end() && record->second.key.registerName == registerName)) {
            records.push_back(key.first);
        }
    }
    for (const RecordId& record : records) {
        for (LiveRow& row : liveRowsOf(*m_state, record)) {
            visit(std::move(row));
        }
    }
    return {};
}

Result<std::vector<RecordId>> MemoryStore::recordsHolding(std::string_view field, const Value& element) {
    std::set<RecordId> records;
    for (const auto& [key, row] : m_state->live) {
        if (row.kind == OpKind::add && row.field == field && row.value == element) {
            records.insert(key.first);
        }
    }
    return std::vector<RecordId>(records.begin(), records.end());
}

Result<std::vector<LiveRow>> MemoryStore::addsOf(std::string_view field) {
    std::vector<LiveRow> rows;
    for (const auto& [key, row] : m_state->live) {
        if (row.kind == OpKind::add && row.field == field) {
            rows.push_back(shown(*m_state, row));
        }
    }
    std::sort(rows.begin(), rows.end(), [](const LiveRow& a, const LiveRow& b) {
        return std::tie(a.order, a.ref, a.record) < std::tie(b.order, b.ref, b.record);
    });
    return rows;
}

Result<std::vector<RecordId>> MemoryStore::recordsWithSeveral(std::string_view alwaysField) {
    std::map<std::pair<RecordId, std::string>, std::size_t> assigns;
    std::set<RecordId> records;
    for (const auto& [key, row] : m_state->live) {
        const bool isSeveral =
            row.kind == OpKind::assign && !row.isBare && ++assigns[{row.record, row.field}] > 1;
        if (isSeveral || row.field == alwaysField) {
            records.insert(row.record);
        }
    }
    return std::vector<RecordId>(records.begin(), records.end());
}

Result<void> MemoryStore::putLive(const LiveRow& row) {
    LiveRow kept = row;
    kept.isHidden = false;
    kept.isBare = false;
    put(&State::live, {row.record, row.ref}, kept);
    makeBare(row.record, row.ref);
    return {};
}

void MemoryStore::makeBare(const RecordId& record, OpRef ref) {
    const std::optional<LiveRow> row = find(m_state->live, std::pair(record, ref));
    if (row && row->turnsBare() && shown(*m_state, *row).isHidden) {
        put(&State::live, {record, ref}, row->bare());
    }
}

Result<std::optional<LiveRow>> MemoryStore::liveRow(const RecordId& record, std::string_view /*field*/,
                                                    OpRef ref) {
    std::optional<LiveRow> row = find(m_state->live, std::pair(record, ref));
    return row ? std::optional<LiveRow>(shown(*m_state, *std::move(row))) : std::nullopt;
}

Result<bool> MemoryStore::eraseLive(const RecordId& record, std::string_view /*field*/, OpRef ref) {
    return erase(&State::live, {record, ref});
}

Result<void> MemoryStore::hide(const RecordId& record, std::string_view /*field*/, OpRef hidden, OpRef by) {
    put(&State::hidden, {record, hidden, by}, {});
    makeBare(record, hidden);
    return {};
}

Result<std::vector<std::pair<OpRef, OpRef>>> MemoryStore::hiddenIn(const RecordId& record) {
    return hiddenPairs(*m_state, record);
}

Result<std::vector<OpRef>> MemoryStore::unhide(const RecordId& record, std::string_view /*field*/, OpRef by) {
    std::vector<OpRef> bare;
    for (const auto& [hidden, who] : hiddenPairs(*m_state, record)) {
        if (who == by) {
            erase(&State::hidden, {record, hidden, by});
            const std::optional<LiveRow> row = find(m_state->live, std::pair(record, hidden));
            if (row && row->isBare && !shown(*m_state, *row).isHidden) {
                bare.push_back(hidden);
            }
        }
    }
    return bare;
}

Result<void> MemoryStore::handOn(const RecordId& record, OpRef op) {
    const auto isLive = [&](OpRef ref) { return m_state->live.contains({record, ref}); };
    const auto hiddenBy = [&](OpRef by) {
        std::vector<OpRef> refs;
        for (const auto& [hidden, who] : hiddenPairs(*m_state, record)) {
            if (who == by && isLive(hidden)) {
                refs.push_back(hidden);
            }
        }
        return refs;
    };
    std::vector<OpRef> hiders;
    for (const auto& [hidden, by] : hiddenPairs(*m_state, record)) {
        if (hidden == op) {
            hiders.push_back(by);
        }
    }
    for (const OpRef hidden : hiddenBy(op)) {
        for (const OpRef hider : hiders) {
            put(&State::hidden, {record, hidden, hider}, {});
        }
    }
    HZ_TRY(const auto names, namedIn(record));
    for (const auto& [by, named] : names) {
        for (const OpRef hidden : named == op ? hiddenBy(op) : std::vector<OpRef>{}) {
            put(&State::named, {record, by, hidden}, {});
        }
        for (const OpRef hider : by == op && isLive(named) ? hiders : std::vector<OpRef>{}) {
            put(&State::named, {record, hider, named}, {});
        }
    }
    return {};
}

Result<void> MemoryStore::putEarly(OpRef ref) {
    put(&State::early, ref, {});
    return {};
}

Result<bool> MemoryStore::isEarly(OpRef ref) {
    return m_state->early.contains(ref);
}

Result<std::vector<OpRef>> MemoryStore::earlies() {
    std::vector<OpRef> refs;
    for (const auto& [ref, nothing] : m_state->early) {
        refs.push_back(ref);
    }
    return refs;
}

Result<void> MemoryStore::putNamed(const RecordId& record, OpRef by, OpRef named) {
    put(&State::named, {record, by, named}, {});
    return {};
}

Result<std::vector<std::pair<OpRef, OpRef>>> MemoryStore::namedIn(const RecordId& record) {
    const OpRef first{kFirstBranch, 0};
    std::vector<std::pair<OpRef, OpRef>> pairs;
    for (auto it = m_state->named.lower_bound({record, first, first});
         it != m_state->named.end() && std::get<0>(it->first) == record; ++it) {
        pairs.emplace_back(std::get<1>(it->first), std::get<2>(it->first));
    }
    return pairs;
}

Result<void> MemoryStore::eraseNamed(const RecordId& record, OpRef by) {
    HZ_TRY(const auto names, namedIn(record));
    for (const auto& [who, named] : names) {
        if (who == by) {
            erase(&State::named, {record, by, named});
        }
    }
    return {};
}

Result<void> MemoryStore::putAside(const AsideRow& row) {
    put(&State::asides, row.ref, row);
    return {};
}

Result<std::optional<AsideRow>> MemoryStore::asideOf(OpRef ref) {
    return find(m_state->asides, ref);
}

Result<void> MemoryStore::eraseAside(OpRef ref) {
    erase(&State::asides, ref);
    return {};
}

Result<std::vector<AsideRow>> MemoryStore::asides() {
    return valuesOf(m_state->asides);
}

Result<void> MemoryStore::clearProjection() {
    const auto all = [](const auto&) { return true; };
    eraseIf(&State::live, all);
    eraseIf(&State::hidden, all);
    eraseIf(&State::early, all);
    eraseIf(&State::named, all);
    eraseIf(&State::asides, all);
    return {};
}

// -- the log as far as it is here

Result<void> MemoryStore::putEntry(const EntryRow& row) {
    put(&State::entries, row.position, row);
    return {};
}

Result<std::optional<EntryRow>> MemoryStore::entry(std::uint64_t position) {
    return find(m_state->entries, position);
}

Result<std::vector<EntryRow>> MemoryStore::entries(std::uint64_t from, std::size_t limit) {
    std::vector<EntryRow> rows;
    for (auto it = m_state->entries.lower_bound(from); it != m_state->entries.end() && rows.size() < limit;
         ++it) {
        rows.push_back(it->second);
    }
    return rows;
}

Result<void> MemoryStore::eraseEntriesFrom(std::uint64_t position) {
    eraseIf(&State::entries, [&](std::uint64_t key) { return key >= position; });
    return {};
}

Result<std::int64_t> MemoryStore::addPage(const Bytes& headAndProof) {
    const std::int64_t id = nextKey(m_state->pages);
    put(&State::pages, id, headAndProof);
    return id;
}

Result<std::optional<Bytes>> MemoryStore::page(std::int64_t id) {
    return find(m_state->pages, id);
}

Result<void> MemoryStore::putHead(const Head& head) {
    put(&State::heads, head.size, head);
    return {};
}

Result<std::vector<Head>> MemoryStore::heads() {
    std::vector<Head> heads = valuesOf(m_state->heads);
    std::reverse(heads.begin(), heads.end());
    return heads;
}

Result<void> MemoryStore::eraseHeadsOver(std::uint64_t size) {
    eraseIf(&State::heads, [&](std::uint64_t key) { return key > size; });
    return {};
}

Result<void> MemoryStore::putOrphan(const EntryRow& row) {
    put(&State::orphans, {row.position, row.page}, row);
    return {};
}

Result<std::vector<EntryRow>> MemoryStore::orphans() {
    return valuesOf(m_state->orphans);
}

Result<void> MemoryStore::eraseOrphan(std::uint64_t position, std::int64_t page) {
    erase(&State::orphans, {position, page});
    return {};
}

// -- devices

Result<void> MemoryStore::putDevice(const DeviceRow& row) {
    put(&State::devices, row.enrolment.device, row);
    return {};
}

Result<std::optional<DeviceRow>> MemoryStore::device(const DeviceId& id) {
    return find(m_state->devices, id);
}

Result<std::vector<DeviceRow>> MemoryStore::devices() {
    std::vector<DeviceRow> rows = valuesOf(m_state->devices);
    std::stable_sort(rows.begin(), rows.end(),
                     [](const DeviceRow& a, const DeviceRow& b) { return a.enrolledAt < b.enrolledAt; });
    return rows;
}

Result<void> MemoryStore::clearDevices() {
    eraseIf(&State::devices, [](const auto&) { return true; });
    return {};
}

// -- county only

Result<std::optional<std::uint64_t>> MemoryStore::leafPosition(const Hash& leaf) {
    for (auto it = m_state->nodes.begin(); it != m_state->nodes.end() && it->first.first == 0; ++it) {
        if (it->second == leaf) {
            return std::optional<std::uint64_t>(it->first.second);
        }
    }
    return std::optional<std::uint64_t>{};
}

Result<std::optional<Hash>> MemoryStore::node(unsigned level, std::uint64_t index) {
    return find(m_state->nodes, std::pair(level, index));
}

Result<void> MemoryStore::putNode(unsigned level, std::uint64_t index, const Hash& hash) {
    put(&State::nodes, {level, index}, hash);
    return {};
}

Result<void> MemoryStore::putWant(const Hash& held, const Hash& want) {
    put(&State::wants, held, want);
    return {};
}

Result<std::vector<Hash>> MemoryStore::heldFor(const Hash& want) {
    std::vector<Hash> held;
    for (const auto& [one, wanted] : m_state->wants) {
        if (wanted == want) {
            held.push_back(one);
        }
    }
    return held;
}

Result<std::vector<Hash>> MemoryStore::wants() {
    std::set<Hash> wanted;
    for (const auto& [held, want] : m_state->wants) {
        wanted.insert(want);
    }
    return std::vector<Hash>(wanted.begin(), wanted.end());
}

Result<void> MemoryStore::eraseWant(const Hash& held) {
    erase(&State::wants, held);
    return {};
}

Result<void> MemoryStore::putQuarantine(const Hash& hash, const DeviceId& device, Reason reason,
                                        BytesView bytes) {
    if (!m_state->quarantine.contains(hash)) {
        put(&State::quarantine, hash, {device, reason, copyOf(bytes)});
    }
    return {};
}

Result<std::uint64_t> MemoryStore::quarantineBytes(const DeviceId& device) {
    std::uint64_t bytes = 0;
    for (const auto& [hash, row] : m_state->quarantine) {
        bytes += row.device == device ? row.bytes.size() : 0;
    }
    return bytes;
}

Result<void> MemoryStore::putRestricted(std::uint64_t position, const DeviceId& author) {
    put(&State::restricted, position, author);
    return {};
}

Result<std::optional<DeviceId>> MemoryStore::restrictedTo(std::uint64_t position) {
    return find(m_state->restricted, position);
}

Result<void> MemoryStore::release(std::uint64_t position, std::uint64_t before) {
    put(&State::released, {before, position}, {});
    return {};
}

Result<std::vector<std::uint64_t>> MemoryStore::releasedBefore(std::uint64_t position) {
    std::vector<std::uint64_t> positions;
    for (auto it = m_state->released.lower_bound({position, 0});
         it != m_state->released.end() && it->first.first == position; ++it) {
        positions.push_back(it->first.second);
    }
    return positions;
}

Result<std::vector<std::uint64_t>> MemoryStore::releasePoints(std::uint64_t from, std::uint64_t end,
                                                              std::size_t most) {
    std::vector<std::uint64_t> points;
    for (auto it = m_state->released.lower_bound({from, 0});
         it != m_state->released.end() && it->first.first < end; ++it) {
        if (points.empty() || points.back() != it->first.first) {
            if (points.size() == most) {
                break;
            }
            points.push_back(it->first.first);
        }
    }
    return points;
}

Result<void> MemoryStore::putInvitation(const InvitationRow& row) {
    put(&State::invitations, row.codeId, row);
    return {};
}

Result<std::optional<InvitationRow>> MemoryStore::invitation(BytesView codeId) {
    return find(m_state->invitations, copyOf(codeId));
}

Result<std::vector<InvitationRow>> MemoryStore::openInvitations(WallMs now, std::size_t limit) {
    std::vector<InvitationRow> open;
    for (const auto& [codeId, row] : m_state->invitations) {
        if (row.usedBy.isNone() && row.expiresAt >= now) {
            open.push_back(row);
        }
    }
    std::stable_sort(open.begin(), open.end(), [](const InvitationRow& a, const InvitationRow& b) {
        return a.expiresAt < b.expiresAt;
    });
    open.resize(std::min(open.size(), limit));
    return open;
}

}  // namespace hezhang::sync
