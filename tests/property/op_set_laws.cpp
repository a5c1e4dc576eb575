// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/property/op_set_laws.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <set>
#include <stdexcept>

#include "sync/engine/log_applier.h"
#include "sync/merge/prose.h"
#include "sync/store/memory_store.h"
#include "tests/support/note_rules.h"
#include "tests/support/quick_suite.h"
#include "tests/support/store_box.h"

namespace hezhang::test {
namespace {

using sync::CellState;
using sync::CellView;
using sync::Order;
using sync::RecordReading;
using sync::Value;

constexpr std::uint64_t kRepeatedAt = 1000;  // behind every log

// The rows that are the state.
struct StateRows {
    std::vector<sync::LiveRow> live;
    std::vector<std::pair<sync::OpRef, sync::OpRef>> named;
    std::vector<sync::AsideRow> asides;
    bool isAnyHidden = false;
    auto operator<=>(const StateRows&) const = default;
};

template <class Id>
Id numbered(std::uint8_t kind, std::size_t number) {
    Id id;
    id.bytes[0] = kind;
    id.bytes[1] = static_cast<std::uint8_t>(number + 1);
    return id;
}

// Names that are the same in every op set.
struct Names {
    std::array<LaneId, kAuthors> lanes;
    std::array<RecordId, kRecords> records;
    std::array<sync::RecordRow, kRecords> rows;

    static const Names& get() {
        static const Names names = [] {
            Names made;
            for (std::size_t i = 0; i < kAuthors; ++i) {
                made.lanes[i] = numbered<LaneId>(1, i);
            }
            for (std::size_t i = 0; i < kRecords; ++i) {
                made.records[i] = numbered<RecordId>(2, i);
                made.rows[i] = {made.records[i], "team", noteKey("note" + std::to_string(i), "team")};
            }
            return made;
        }();
        return names;
    }
};

class Replica {
public:
    explicit Replica(const OpSet& set)
        : m_set(set),
          m_history(m_store, quickSuite()),
          m_projection(m_store, m_history, m_rules),
          m_applier(m_store, m_projection) {
        std::array<std::int64_t, kAuthors> branches{};
        const Names& names = Names::get();
        for (std::size_t i = 0; i < kAuthors; ++i) {
            sync::LaneRow lane;
            lane.lane = names.lanes[i];
            lane.scope = "team";
            lane.device = numbered<DeviceId>(3, i);
            must(m_store.putLane(lane));
            branches[i] = must(m_store.addBranch({0, names.lanes[i], 0, 1, kOpsMax}));
        }
        for (const sync::RecordRow& row : names.rows) {
            must(m_store.putRecord(row));
        }
        std::array<sync::OpCounter, kAuthors> counters{};
        for (const WrittenOp& op : set.ops) {
            put(op, {branches[op.author], ++counters[op.author]});
        }
    }

    // REQUIRES: for the deliveries of one log, one after the other.
    void beginLog(const std::vector<Event>& log) {
        for (std::size_t i = 0; i < log.size(); ++i) {
            const std::uint8_t op = log[i].op;
            if (log[i].kind == Event::Kind::enter) {
                m_enteredAt[op] = i + 1;
                must(m_store.setSegmentState(m_sealed[op].hash, sync::SegmentState::inLog, i + 1));
            } else {
                m_admittedAt[op] = i + 1;
            }
        }
    }

    // False: what came once more changed something.
    [[nodiscard]] bool deliver(const std::vector<Event>& events) {
        must(m_store.clearProjection());
        OpMask written = 0;
        bool isFine = true;
        for (const Event& event : events) {
            const std::size_t i = event.op;
            const WrittenOp& op = m_set.ops[i];
            const sync::Judgement judgement{op.isAside ? sync::Verdict::aside : sync::Verdict::accepted,
                                            op.isAside ? sync::Reason::noRight : sync::Reason::none, op.rank};
            switch (event.kind) {
            case Event::Kind::write:
                must(m_projection.overlay(opOf(i), m_refs[i], op.rank));
                written |= maskOf(i);
                break;
            case Event::Kind::enter:
                must(m_applier.applyOp(m_sealed[i], 0, {m_refs[i], (written & maskOf(i)) != 0, false},
                                       judgement, {m_enteredAt[i], 0}, false));
                break;
            case Event::Kind::admit:
                must(m_applier.apply(m_admittedAt[i], verdictFor(i), nullptr));
                break;
            case Event::Kind::repeat:
                isFine = !must(m_applier.applyOp(m_repeated[i], 0, {m_refs[i], true, false}, judgement,
                                                 {kRepeatedAt + i, 0}, true)) &&
                         isFine;
                break;
            }
        }
        return isFine;
    }

    [[nodiscard]] StateRows rows() {
        StateRows rows;
        must(m_store.eachLive("", [&](sync::LiveRow&& row) { rows.live.push_back(std::move(row)); }));
        for (const RecordId& record : Names::get().records) {
            for (const auto& [by, named] : must(m_store.namedIn(record))) {
                // Live deletes that name live values: what else is named, nobody asks.
                const bool counts = isTrueDelete(m_set.ops[numberOf(by)]) &&
                                    must(m_store.liveRow(record, sync::kDeletedField, by)) &&
                                    must(m_store.liveRow(record, sync::kDeletedField, named));
                if (counts) {
                    rows.named.emplace_back(by, named);
                }
            }
        }
        rows.asides = must(m_store.asides());
        for (const RecordId& record : Names::get().records) {
            rows.isAnyHidden = rows.isAnyHidden || !must(m_store.hiddenIn(record)).empty();
        }
        return rows;
    }
    [[nodiscard]] RecordReading read(std::size_t record) {
        return *must(m_projection.read(Names::get().records[record]));
    }
    [[nodiscard]] OpMask maskOfRows(const std::vector<sync::LiveRow>& rows) const {
        OpMask mask = 0;
        for (const sync::LiveRow& row : rows) {
            mask |= maskOf(numberOf(row.ref));
        }
        return mask;
    }
    [[nodiscard]] std::size_t numberOf(sync::OpRef ref) const {
        return static_cast<std::size_t>(std::find(m_refs.begin(), m_refs.end(), ref) - m_refs.begin());
    }
    // Its place in the one order.
    [[nodiscard]] std::uint64_t placeOf(std::size_t op) const {
        return m_set.ops[op].isAdmitted ? m_admittedAt[op] : m_enteredAt[op];
    }

private:
    void put(const WrittenOp& written, sync::OpRef ref) {
        const Names& names = Names::get();
        const std::size_t number = m_refs.size();
        sync::Op op;
        op.counter = ref.counter;
        op.record = names.records[written.record];
        op.field = kCellNames[static_cast<std::size_t>(written.cell)];
        op.kind = written.kind;
        op.value = written.value;
        for (std::size_t seen = 0; seen < number; ++seen) {
            if ((written.seen & maskOf(seen)) != 0) {
                const bool isOwn = m_set.ops[seen].author == written.author;
                op.seen.push_back({{names.lanes[m_set.ops[seen].author], m_refs[seen].counter},
                                   isOwn ? Hash{} : m_sealed[seen].hash});
            }
        }
        std::sort(op.seen.begin(), op.seen.end());
        for (auto* sealed : {&m_sealed, &m_repeated}) {
            const auto hash = numbered<Hash>(sealed == &m_sealed ? 4 : 5, number);
            sync::SegmentRow row;
            row.hash = hash;
            row.lane = names.lanes[written.author];
            row.scope = "team";
            row.first = ref.counter;
            row.count = 1;
            row.position = kRepeatedAt + number;
            must(m_store.putSegment(row));
            must(m_store.addRun({ref.branch, ref.counter, ref.counter, hash}));
            sealed->emplace_back();
            sealed->back().hash = hash;
            sealed->back().segment.lane.lane = row.lane;
            sealed->back().segment.ops.push_back(op);
        }
        must(m_store.putLoose({ref,
                               sync::LooseRow::Role::past,
                               std::move(op),
                               numbered<Hash>(6, number),
                               0,
                               {},
                               sync::Reason::none}));
        m_refs.push_back(ref);
    }
    [[nodiscard]] const sync::Op& opOf(std::size_t i) const { return m_sealed[i].segment.ops.front(); }
    [[nodiscard]] sync::LogEntry verdictFor(std::size_t i) const {
        sync::LogEntry entry;
        entry.content = sync::VerdictEntry{
            numbered<Hash>(6, i), m_sealed[i].hash, m_refs[i].counter, m_set.ops[i].rank, {}, {}};
        return entry;
    }

    const OpSet& m_set;
    NoteRules m_rules;
    sync::MemoryStore m_store;
    sync::History m_history;
    sync::Projection m_projection;
    sync::LogApplier m_applier;
    std::vector<sync::OpRef> m_refs;
    std::vector<sync::SealedSegment> m_sealed;
    std::vector<sync::SealedSegment> m_repeated;
    std::array<std::uint64_t, kOpsMax> m_enteredAt{};
    std::array<std::uint64_t, kOpsMax> m_admittedAt{};
};

// -- what each merge rule has to make of live values

class Expected {
public:
    Expected(const OpSet& set, const std::vector<Event>& log, const Replica& replica)
        : m_set(set), m_replica(replica), m_aside(asideThen(set, log)) {
        m_live = liveAmong(set, m_aside, static_cast<OpMask>(maskOf(set.ops.size()) - 1));
    }

    [[nodiscard]] OpMask live() const { return m_live; }

    [[nodiscard]] std::string difference(std::size_t record, const RecordReading& reading) const {
        const Deletion deletion = deletionOf(m_set, m_aside, m_live, record);
        const OpMask deletes = reading.deletion ? m_replica.maskOfRows(reading.deletion->deletes) : 0;
        const OpMask unnamed = reading.deletion ? m_replica.maskOfRows(reading.deletion->unnamed) : 0;
        const bool isConflict = deletion.unnamed != 0;
        if (deletes != (isConflict ? deletion.deletes : 0) || unnamed != deletion.unnamed) {
            return "its delete is in conflict with other values than it should be";
        }
        bool hasContent = false;
        for (std::size_t cell = 0; cell < kCellNames.size(); ++cell) {
            const std::vector<std::size_t> values = liveIn(record, static_cast<Cell>(cell));
            hasContent = hasContent || (!values.empty() && static_cast<Cell>(cell) != Cell::deleted);
            const auto found = reading.cells.find(kCellNames[cell]);
            if (values.empty() != (found == reading.cells.end())) {
                return std::string(kCellNames[cell]) + " has values, or has none";
            }
            const std::string wrong =
                values.empty() ? std::string() : wrongIn(static_cast<Cell>(cell), values, found->second.view);
            if (!wrong.empty()) {
                return std::string(kCellNames[cell]) + ": " + wrong;
            }
        }
        const bool isGone = deletion.deletes != 0 ? deletion.unnamed == 0 : !hasContent;
        return reading.isGone == isGone ? std::string() : "it is gone, or is not";
    }

private:
    // In the one order.
    [[nodiscard]] std::vector<std::size_t> liveIn(std::size_t record, Cell cell) const {
        std::vector<std::size_t> values;
        for (std::size_t i = 0; i < m_set.ops.size(); ++i) {
            const WrittenOp& op = m_set.ops[i];
            if ((m_live & maskOf(i)) != 0 && op.record == record && op.cell == cell) {
                values.push_back(i);
            }
        }
        std::sort(values.begin(), values.end(),
                  [&](std::size_t a, std::size_t b) { return m_replica.placeOf(a) < m_replica.placeOf(b); });
        return values;
    }
    [[nodiscard]] std::vector<Value> distinct(const std::vector<std::size_t>& ops) const {
        std::set<Value> all;
        for (const std::size_t i : ops) {
            all.insert(m_set.ops[i].value);
        }
        return {all.begin(), all.end()};
    }

    [[nodiscard]] std::string wrongIn(Cell cell, const std::vector<std::size_t>& values,
                                      const CellView& view) const {
        if (!std::equal(values.begin(), values.end(), view.values.begin(), view.values.end(),
                        [&](std::size_t i, const sync::LiveValue& value) {
                            return m_replica.numberOf(value.op) == i && value.value == m_set.ops[i].value;
                        })) {
            return "other values, or in another order";
        }
        switch (cell) {
        case Cell::tags:
            return view.elements == distinct(values) ? "" : "other elements";
        case Cell::count:
            return view.sum == sumOf(values) ? "" : "another sum";
        case Cell::status:
        case Cell::deleted:
            return wrongAmong(values, values, view);
        case Cell::rank:
            return wrongAmong(values, highest(values), view);
        case Cell::text:
            return wrongText(values, view);
        }
        return {};
    }
    [[nodiscard]] std::int64_t sumOf(const std::vector<std::size_t>& values) const {
        std::int64_t sum = 0;
        for (const std::size_t i : values) {
            sum += *m_set.ops[i].value.asInteger();
        }
        return sum;
    }
    [[nodiscard]] std::vector<std::size_t> highest(const std::vector<std::size_t>& values) const {
        sync::Rank most = 0;
        for (const std::size_t i : values) {
            most = std::max(most, m_set.ops[i].rank);
        }
        std::vector<std::size_t> kept = values;
        std::erase_if(kept, [&](std::size_t i) { return m_set.ops[i].rank < most; });
        return kept;
    }
    // Where only `standing` count: the first of them is shown, they alone are in conflict, others are
    // overruled.
    [[nodiscard]] std::string wrongAmong(const std::vector<std::size_t>& values,
                                         const std::vector<std::size_t>& standing,
                                         const CellView& view) const {
        const std::vector<Value> differing = distinct(standing);
        const CellState state = differing.size() > 1          ? CellState::conflict
                                : distinct(values).size() > 1 ? CellState::merged
                                                              : CellState::single;
        if (view.state != state) {
            return "in another state";
        }
        if (view.shown != m_set.ops[standing.front()].value) {
            return "shows another value";
        }
        return state != CellState::conflict || view.distinct == differing ? "" : "other values in conflict";
    }
    // Which texts can be merged is prose's own affair; that none of them is dropped is not.
    [[nodiscard]] std::string wrongText(const std::vector<std::size_t>& values, const CellView& view) const {
        const std::vector<Value> differing = distinct(values);
        if ((view.state == CellState::single) != (differing.size() == 1)) {
            return "in another state";
        }
        if (view.state == CellState::merged) {
            return view.shownFrom.size() == values.size() ? "" : "a text is not in the text shown";
        }
        if (view.shown != m_set.ops[values.front()].value) {
            return "shows another text";
        }
        return view.state == CellState::single || view.distinct == differing ? "" : "other texts in conflict";
    }

    const OpSet& m_set;
    const Replica& m_replica;
    AsideThen m_aside;
    OpMask m_live = 0;
};

// What of a text does not depend on whose came first.
struct OrderFree {
    CellState state = CellState::empty;
    std::multiset<std::string> sentences;
    auto operator<=>(const OrderFree&) const = default;
};

bool isWithoutRepetition(const Value& text) {
    const auto sentences = sync::sentencesOf(*text.asText());
    return std::set<std::string_view>(sentences.begin(), sentences.end()).size() == sentences.size();
}

// Where each text came from one other at most, two texts have one base, whoever asks. Of several bases the
// older one stands where they overlap; where a sentence repeats, which of them is meant hangs on the place.
bool isTree(const OpSet& set, std::size_t record) {
    OpMask texts = 0;
    for (std::size_t i = 0; i < set.ops.size(); ++i) {
        const WrittenOp& op = set.ops[i];
        if (op.record != record || op.cell != Cell::text) {
            continue;
        }
        if (std::popcount(op.seen) > 1 || (op.seen & ~texts) != 0 || !isWithoutRepetition(op.value)) {
            return false;
        }
        texts |= maskOf(i);
    }
    return true;
}

std::optional<OrderFree> orderFree(const OpSet& set, std::size_t record, const RecordReading& reading) {
    const auto text = reading.cells.find("text");
    if (text == reading.cells.end()) {
        return OrderFree{};
    }
    if (text->second.view.values.size() > 2 || !isTree(set, record)) {
        return std::nullopt;
    }
    OrderFree free;
    free.state = text->second.view.state;
    if (free.state != CellState::conflict) {
        for (const std::string_view sentence : sync::sentencesOf(*text->second.view.shown.asText())) {
            free.sentences.emplace(sentence);
        }
    }
    return free;
}

bool isSameReading(const RecordReading& a, const RecordReading& b) {
    return a.isGone == b.isGone &&
           std::equal(a.cells.begin(), a.cells.end(), b.cells.begin(), b.cells.end(),
                      [](const auto& one, const auto& other) {
                          return one.first == other.first &&
                                 one.second.view.state == other.second.view.state &&
                                 one.second.view.shown == other.second.view.shown &&
                                 one.second.view.shownFrom == other.second.view.shownFrom;
                      });
}

std::optional<std::string> broken(const OpSet& set) {
    Replica replica(set);
    std::array<std::optional<OrderFree>, kRecords> free;
    for (std::size_t log = 0; log < kLogs; ++log) {
        replica.beginLog(set.logs[log]);
        const Expected expected(set, set.logs[log], replica);
        const std::string where = "log " + std::to_string(log);
        StateRows first;
        std::vector<RecordReading> readings;
        for (std::size_t i = 0; i < kDeliveries; ++i) {
            const std::string delivery = where + ", delivery " + std::to_string(i);
            if (!replica.deliver(set.deliveries[log][i])) {
                return delivery + ": what came once more changed something";
            }
            StateRows rows = replica.rows();
            if (i == 0) {
                first = std::move(rows);
            } else if (rows != first) {
                return delivery + ": another state than in the order of the log";
            }
            if (replica.maskOfRows(first.live) != expected.live()) {
                return delivery + ": other values are live than should be";
            }
            for (std::size_t record = 0; i != 1 && record < kRecords; ++record) {
                RecordReading reading = replica.read(record);
                const std::string wrong =
                    i == 0 ? expected.difference(record, reading)
                           : (isSameReading(reading, readings[record]) ? "" : "shows something else");
                if (!wrong.empty()) {
                    return delivery + ", record " + std::to_string(record) + ": " + wrong;
                }
                if (i == 0) {
                    readings.push_back(std::move(reading));
                }
            }
        }
        for (std::size_t record = 0; record < kRecords; ++record) {
            const auto here = orderFree(set, record, readings[record]);
            if (log == 0) {
                free[record] = here;
            } else if (here && free[record] && *here != *free[record]) {
                return "record " + std::to_string(record) + ": two logs merge the same two texts differently";
            }
        }
    }
    return std::nullopt;
}

}  // namespace

std::optional<std::string> brokenLaw(const OpSet& set) {
    try {
        return broken(set);
    } catch (const std::exception& error) {
        return std::string("threw ") + error.what();
    }
}

OpSet shrunken(OpSet set) {
    for (bool isSmaller = true; isSmaller;) {
        isSmaller = false;
        for (std::size_t i = set.ops.size(); i > 0 && set.ops.size() > 1; --i) {
            OpSet candidate = without(set, i - 1);
            if (brokenLaw(candidate)) {
                set = std::move(candidate);
                isSmaller = true;
            }
        }
    }
    return set;
}

}  // namespace hezhang::test
