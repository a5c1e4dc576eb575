// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What every store promises, asked of each of them. Rows are compared as texts, which also tell what differs.
// The texts stand outside the unnamed namespace, where templates find them by their arguments.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <limits>

#include "sync/op/segment.h"
#include "sync/store/cell_rows.h"
#include "sync/store/memory_store.h"
#include "sync/store/sqlite_schema.h"
#include "sync/store/sqlite_store.h"
#include "tests/support/temporary_folder.h"

namespace hezhang::sync {

// -- texts of rows

static std::string text(const std::string& value) {
    return "'" + value + "'";
}
static std::string text(const Bytes& value) {
    return toHex(value);
}
static std::string text(const Value& value) {
    return toHex(value.encoded());
}
static std::string text(OpRef ref) {
    return std::to_string(ref.branch) + "/" + std::to_string(ref.counter);
}
static std::string text(Order order) {
    return std::to_string(order.position) + ":" + std::to_string(order.place);
}
template <class Number>
requires(std::is_integral_v<Number> || std::is_enum_v<Number>) static std::string text(Number number) {
    return std::to_string(static_cast<std::int64_t>(number));
}
template <class Tag, std::size_t N>
static std::string text(const FixedBytes<Tag, N>& id) {
    return id.hex();
}
template <class... Parts>
static std::string join(const Parts&... parts) {
    std::string all;
    ((all += text(parts) + " "), ...);
    return all;
}
static std::string text(const std::pair<OpRef, OpRef>& pair) {
    return join(pair.first, pair.second);
}
static std::string text(const LaneRow& row) {
    return join(row.lane, row.scope, row.device, row.isMine, row.isOpen, row.seed, row.branch, row.tip,
                row.tipSegment);
}
static std::string text(const BranchRow& row) {
    return join(row.id, row.lane, row.parent, row.fork, row.tip);
}
static std::string text(const SegmentRow& row) {
    return join(row.hash, row.lane, row.scope, row.first, row.count, row.previous, row.state, row.position,
                row.isMine, row.envelope);
}
static std::string text(const Run& run) {
    return join(run.branch, run.first, run.last, run.segment);
}
static std::string text(const Op& op) {
    std::string all = join(op.counter, op.record, op.field, op.kind, op.value, op.person, op.at);
    for (const SeenDot& seen : op.seen) {
        all += join(seen.dot.lane, seen.dot.counter, seen.segment);
    }
    return all;
}
static std::string text(const TailRow& row) {
    return join(row.ref, row.lane, row.op, row.id, row.rank);
}
static std::string text(const LooseRow& row) {
    return join(row.ref, row.role, row.op, row.op.erased, row.id, row.rank, row.order, row.reason);
}
static std::string text(const RecordRow& row) {
    return join(row.id, row.scope, encode(row.key));
}
static std::string text(const LiveRow& row) {
    return join(row.record, row.field, row.ref, row.order, row.kind, row.rank, row.value, row.person, row.at,
                row.isHidden, row.isBare);
}
static std::string text(const AsideRow& row) {
    return join(row.ref, row.record, row.field, row.reason, row.isMine);
}
static std::string text(const EntryRow& row) {
    return join(row.position, row.entry, row.page);
}
static std::string text(const Head& head) {
    return toHex(encode(head));
}
static std::string text(const DeviceRow& row) {
    return join(encode(row.enrolment), row.enrolledAt, row.isRevoked);
}
static std::string text(const InvitationRow& row) {
    return join(row.codeId, row.codeKey, row.person, row.unit, row.role, row.personName, row.unitName,
                row.expiresAt, row.usedBy, row.invitedBy);
}
template <class Row>
static std::string text(const std::optional<Row>& row) {
    return row ? text(*row) : "none";
}
template <class Row>
static std::string text(const std::vector<Row>& rows) {
    std::string all = "[";
    for (const Row& row : rows) {
        all += text(row) + "; ";
    }
    return all + "]";
}

template <class T>
static std::string text(const Result<T>& result) {
    return result ? text(*result) : "error " + std::string(name(result.error().code));
}
static std::string text(const Result<void>& result) {
    return result ? "done" : "error " + std::string(name(result.error().code));
}

namespace {

using storage::Access;
using test::TemporaryFolder;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// -- rows to play with

template <class Id>
Id idOf(unsigned number) {
    Id id;
    id.bytes.front() = 0xab;
    id.bytes[1] = static_cast<std::uint8_t>(number);
    id.bytes.back() = static_cast<std::uint8_t>(number);
    return id;
}
Hash hashOf(unsigned number) {
    return idOf<Hash>(number);
}
LaneId laneOf(unsigned number) {
    return idOf<LaneId>(number);
}
RecordId recordOf(unsigned number) {
    return idOf<RecordId>(number);
}

SegmentRow segmentRow(unsigned number, SegmentState state = SegmentState::inLog) {
    SegmentRow row;
    row.hash = hashOf(number);
    row.lane = laneOf(0);
    row.scope = "common";
    row.first = 1;
    row.count = 3;
    row.previous = hashOf(200);
    row.state = state;
    row.position = 7;
    row.envelope = {1, 2, 3};
    return row;
}

RecordRow recordRow(unsigned number, const std::string& registerName = "task") {
    return {recordOf(number),
            "common",
            {registerName, {{"serial", Value::integer(number)}, {"title", Value::text("题")}}}};
}

LiveRow liveRow(unsigned record, const std::string& field, OpRef ref, Order order) {
    return {recordOf(record), field, ref, order, OpKind::assign, 2, Value::text("文"), recordOf(90), -5};
}

Head headOf(std::uint64_t size) {
    Head head;
    head.size = size;
    head.root = hashOf(static_cast<unsigned>(size));
    head.at = 1'700'000'000'000;
    head.signature = {9, 9};
    return head;
}

DeviceRow deviceRow(unsigned number, std::uint64_t enrolledAt) {
    return {{idOf<DeviceId>(number), {4, 5}, recordOf(1), recordOf(2), "clerk"}, enrolledAt, false};
}

Op opWithLongContext(std::size_t dots) {
    Op op{4,           recordOf(1), "text", OpKind::assign, Value::text(std::string(kValueBytesMax - 1, 'x')),
          recordOf(2), -3,          {}};
    for (std::size_t i = 0; i < dots; ++i) {
        op.seen.push_back({{laneOf(1), i + 1}, hashOf(static_cast<unsigned>(i % 7))});
    }
    return op;
}

template <class T>
T must(Result<T> result) {
    EXPECT_TRUE(result) << (result ? "" : result.error().text);
    return result ? *std::move(result) : T{};
}
void must(const Result<void>& result) {
    EXPECT_TRUE(result) << (result ? "" : result.error().text);
}

std::unique_ptr<SqliteStore> sqliteStore(const std::string& path = ":memory:") {
    return must(SqliteStore::open(path, Access::create));
}

enum class Kind { memory, sqlite };

class EveryStore : public ::testing::TestWithParam<Kind> {
protected:
    EveryStore() {
        if (GetParam() == Kind::memory) {
            m_store = std::make_unique<MemoryStore>();
        } else {
            m_store = sqliteStore();
        }
    }
    Store& store() { return *m_store; }

private:
    std::unique_ptr<Store> m_store;
};

INSTANTIATE_TEST_SUITE_P(Stores, EveryStore, ::testing::Values(Kind::memory, Kind::sqlite),
                         [](const auto& kind) { return kind.param == Kind::memory ? "Memory" : "Sqlite"; });

// -- transactions

TEST_P(EveryStore, RollbackUndoesEveryKindOfWrite) {
    must(store().setMeta("kept", viewOf("before")));
    must(store().putLive(liveRow(1, "text", {1, 1}, {3, 0})));

    must(store().begin());
    must(store().setMeta("kept", viewOf("after")));
    must(store().setMeta("new", viewOf("x")));
    must(store().addBranch({0, laneOf(1), 0, 1, 1}));
    must(store().clearProjection());
    store().rollback();

    EXPECT_EQ(text(store().meta("kept")), toHex(viewOf("before")));
    EXPECT_EQ(text(store().meta("new")), "none");
    EXPECT_EQ(text(store().branches(laneOf(1))), "[]");
    EXPECT_THAT(must(store().liveOf(recordOf(1))), SizeIs(1));
}

TEST_P(EveryStore, RollbackWithoutATransactionDoesNothing) {
    must(store().setMeta("kept", viewOf("x")));

    store().rollback();

    EXPECT_EQ(text(store().meta("kept")), toHex(viewOf("x")));
}

TEST_P(EveryStore, AWriteScopeLeftWithoutCommitRollsBack) {
    {
        auto scope = WriteScope::begin(store());
        ASSERT_TRUE(scope);
        must(store().setMeta("lost", viewOf("x")));
    }
    {
        auto scope = WriteScope::begin(store());
        ASSERT_TRUE(scope);
        must(store().setMeta("kept", viewOf("x")));
        must(scope->commit());
    }

    EXPECT_EQ(text(store().meta("lost")), "none");
    EXPECT_NE(text(store().meta("kept")), "none");
}

// -- small values by name

TEST_P(EveryStore, MetaKeepsTheLastValueOfAName) {
    must(store().setMeta("a", viewOf("one")));
    must(store().setMeta("a", viewOf("two")));
    must(store().setMeta("", viewOf("of the empty name")));
    must(store().setMeta("empty", {}));

    EXPECT_EQ(text(store().meta("a")), toHex(viewOf("two")));
    EXPECT_EQ(text(store().meta("")), toHex(viewOf("of the empty name")));
    EXPECT_EQ(text(store().meta("empty")), "");
    EXPECT_EQ(text(store().meta("absent")), "none");
}

// -- lanes, branches

TEST_P(EveryStore, ALaneIsReplacedInEveryColumn) {
    LaneRow row{laneOf(1), "common", idOf<DeviceId>(1), true, true, idOf<Seed>(1), 5, 6, hashOf(1)};
    must(store().putLane(row));
    row.tip = 7;
    row.seed = idOf<Seed>(2);
    must(store().putLane(row));
    EXPECT_EQ(text(store().lane(laneOf(1))), text(row));

    row = {laneOf(1), "unit:x", idOf<DeviceId>(2), false, false, {}, 0, 0, {}};
    must(store().putLane(row));

    EXPECT_EQ(text(store().lane(laneOf(1))), text(row));
    EXPECT_EQ(text(store().lane(laneOf(2))), "none");
}

TEST_P(EveryStore, LanesComeById) {
    for (const unsigned number : {3u, 1u, 2u}) {
        LaneRow row;
        row.lane = laneOf(number);
        must(store().putLane(row));
    }

    std::vector<LaneId> ids;
    for (const LaneRow& row : must(store().lanes())) {
        ids.push_back(row.lane);
    }
    EXPECT_THAT(ids, ElementsAre(laneOf(1), laneOf(2), laneOf(3)));
}

TEST_P(EveryStore, TheOpenLaneOfAScopeIsMineAndOpen) {
    LaneRow row{laneOf(1), "common", {}, true, false, {}, 0, 0, {}};
    must(store().putLane(row));
    row.lane = laneOf(2);
    row.isMine = false;
    row.isOpen = true;
    must(store().putLane(row));
    EXPECT_EQ(text(store().openLane("common")), "none");

    row.lane = laneOf(3);
    row.isMine = true;
    must(store().putLane(row));
    EXPECT_EQ(text(store().openLane("common")), text(row));
    EXPECT_EQ(text(store().openLane("other")), "none");

    row.isOpen = false;
    must(store().putLane(row));
    EXPECT_EQ(text(store().openLane("common")), "none");
}

TEST_P(EveryStore, BranchesGetNumbersOfTheirOwn) {
    const std::int64_t first = must(store().addBranch({99, laneOf(1), 0, 1, 4}));
    const std::int64_t other = must(store().addBranch({0, laneOf(2), 0, 1, 1}));
    const std::int64_t fork = must(store().addBranch({0, laneOf(1), first, 3, 3}));
    must(store().setTip(fork, 9));
    must(store().setTip(77, 9));

    EXPECT_GT(first, 0);
    EXPECT_EQ(text(store().branches(laneOf(1))),
              text(std::vector<BranchRow>{{first, laneOf(1), 0, 1, 4}, {fork, laneOf(1), first, 3, 9}}));
    EXPECT_EQ(text(store().branch(other)), text(BranchRow{other, laneOf(2), 0, 1, 1}));
    EXPECT_EQ(text(store().branch(77)), "none");
}

// -- segments

TEST_P(EveryStore, ASegmentComesBackAsItWasPut) {
    SegmentRow row = segmentRow(1, SegmentState::unsent);
    row.envelope = Bytes(1 << 20, 0xcd);
    must(store().putSegment(row));

    EXPECT_EQ(text(store().segment(row.hash)), text(row));
    EXPECT_TRUE(must(store().hasSegment(row.hash)));
    EXPECT_FALSE(must(store().hasSegment(hashOf(2))));
    EXPECT_EQ(text(store().segment(hashOf(2))), "none");
    SegmentRow outline = row;
    outline.envelope.clear();
    EXPECT_EQ(text(store().outline(row.hash)), text(outline));
    EXPECT_EQ(text(store().outline(hashOf(2))), "none");
}

TEST_P(EveryStore, SegmentsComeInTheOrderTheyWerePut) {
    must(store().putSegment(segmentRow(3, SegmentState::held)));
    must(store().putSegment(segmentRow(1, SegmentState::unsent)));
    must(store().putSegment(segmentRow(2, SegmentState::held)));
    must(store().putSegment(segmentRow(3, SegmentState::held)));
    must(store().setSegmentState(hashOf(1), SegmentState::inLog, 12));
    must(store().setSegmentState(hashOf(9), SegmentState::inLog, 12));

    EXPECT_THAT(must(store().segmentsIn(SegmentState::held)), ElementsAre(hashOf(3), hashOf(2)));
    EXPECT_THAT(must(store().segmentsIn(SegmentState::unsent)), IsEmpty());
    EXPECT_THAT(must(store().segmentsIn(SegmentState::inLog)), ElementsAre(hashOf(1)));
    EXPECT_THAT(must(store().segmentsOfScope("common")), ElementsAre(hashOf(3), hashOf(1), hashOf(2)));
    EXPECT_THAT(must(store().segmentsOfScope("unit:x")), IsEmpty());
    EXPECT_EQ(must(store().segment(hashOf(1)))->position, 12u);
}

TEST_P(EveryStore, SegmentsOfALaneComeByFirstThenHash) {
    for (const auto& [number, first] : {std::pair{4u, 9u}, std::pair{3u, 1u}, std::pair{1u, 9u}}) {
        SegmentRow row = segmentRow(number);
        row.first = first;
        must(store().putSegment(row));
    }

    EXPECT_THAT(must(store().segmentsOfLane(laneOf(0))), ElementsAre(hashOf(3), hashOf(1), hashOf(4)));
    EXPECT_THAT(must(store().segmentsOfLane(laneOf(1))), IsEmpty());
}

TEST_P(EveryStore, SegmentsWithoutTextComeWithTheLastOneFirst) {
    for (const unsigned number : {3u, 1u, 2u, 4u}) {
        SegmentRow row = segmentRow(number);
        row.envelope = number == 1 ? Bytes{1} : Bytes{};
        must(store().putSegment(row));
    }
    EXPECT_FALSE(must(store().segment(hashOf(3)))->hasText());
    EXPECT_THAT(must(store().segmentsWithoutText(9)), ElementsAre(hashOf(4), hashOf(2), hashOf(3)));
    EXPECT_THAT(must(store().segmentsWithoutText(2)), ElementsAre(hashOf(4), hashOf(2)));

    must(store().putSegment(segmentRow(4)));
    EXPECT_THAT(must(store().segmentsWithoutText(9)), ElementsAre(hashOf(2), hashOf(3)));
}

TEST_P(EveryStore, ForgetsWhereTheOpsOfALaneLie) {
    const std::int64_t branch = must(store().addBranch({0, laneOf(0), 0, 1, 4}));
    const std::int64_t other = must(store().addBranch({0, laneOf(1), 0, 1, 4}));
    SegmentRow bare = segmentRow(1);
    bare.envelope.clear();
    must(store().putSegment(bare));
    must(store().putSegment(segmentRow(2)));
    must(store().addRun({branch, 1, 2, hashOf(1)}));
    must(store().addRun({branch, 3, 4, hashOf(2)}));
    must(store().addRun({other, 1, 2, hashOf(3)}));

    must(store().forgetPlaces(laneOf(0)));

    EXPECT_THAT(must(store().branches(laneOf(0))), IsEmpty());
    EXPECT_THAT(must(store().runsOf(hashOf(1))), IsEmpty());
    EXPECT_THAT(must(store().runsAt({branch, 3})), IsEmpty());
    EXPECT_FALSE(must(store().hasSegment(hashOf(1))));
    EXPECT_TRUE(must(store().hasSegment(hashOf(2))));
    EXPECT_EQ(must(store().runsOf(hashOf(3))).size(), 1u);
    EXPECT_EQ(must(store().branches(laneOf(1))).size(), 1u);
    EXPECT_GT(must(store().addBranch({0, laneOf(0), 0, 1, 1})), other);  // no number is used twice
}

TEST_P(EveryStore, LooseOpsComeBackAsTheyWerePut) {
    LooseRow row;
    row.ref = {2, 7};
    row.role = LooseRow::Role::live;
    row.op = {7,
              recordOf(1),
              "text",
              OpKind::assign,
              Value::text("甲"),
              recordOf(2),
              -5,
              {{{laneOf(1), 3}, hashOf(4)}},
              {}};
    row.rank = 3;
    row.order = {9, 1};
    must(store().putLoose(row));
    LooseRow erased = row;
    erased.ref = {2, 8};
    erased.role = LooseRow::Role::aside;
    erased.op.value = {};
    erased.op.erased = hashOf(5);
    erased.id = hashOf(6);
    erased.reason = Reason::windowClosed;
    must(store().putLoose(erased));
    LooseRow earlier = row;
    earlier.ref = {1, 9};
    must(store().putLoose(earlier));

    EXPECT_EQ(text(store().loose({2, 7})), text(row));
    EXPECT_EQ(text(store().loose({2, 8})), text(erased));
    EXPECT_EQ(text(store().loose({2, 9})), "none");
    EXPECT_EQ(text(store().looseAfter({1, 9}, 9)), text(std::vector<LooseRow>{row, erased}));
    EXPECT_EQ(text(store().looseAfter({0, 0}, 1)), text(std::vector<LooseRow>{earlier}));

    row.rank = 4;
    must(store().putLoose(row));
    EXPECT_EQ(text(store().loose({2, 7})), text(row));
    must(store().clearProjection());
    EXPECT_EQ(text(store().loose({2, 7})), text(row));
    must(store().clearLoose());
    EXPECT_EQ(text(store().looseAfter({0, 0}, 9)), text(std::vector<LooseRow>{}));
}

TEST_P(EveryStore, ValuesWhoseNamesBeginAlikeGoTogether) {
    for (const std::string key :
         {"snapshot", "snapshot/", "snapshot/0", "snapshot/\xE4\xB8\xAD", "snapshotted", "other"}) {
        must(store().setMeta(key, Bytes{1}));
    }
    must(store().eraseMetas("snapshot/"));
    for (const std::string key : {"snapshot", "snapshotted", "other"}) {
        EXPECT_NE(text(store().meta(key)), "none") << key;
    }
    for (const std::string key : {"snapshot/", "snapshot/0", "snapshot/\xE4\xB8\xAD"}) {
        EXPECT_EQ(text(store().meta(key)), "none") << key;
    }
}

TEST_P(EveryStore, OpsThatWereNamedEarlyComeByPlace) {
    must(store().putEarly({2, 1}));
    must(store().putEarly({1, 9}));
    EXPECT_EQ(text(store().earlies()), text(std::vector<OpRef>{{1, 9}, {2, 1}}));
}

TEST_P(EveryStore, ARunIsFoundAtEachOfItsOpsAndAtNoOther) {
    OpCounter first = 1;
    for (const std::uint64_t length : {1u, 15u, 16u, 17u, 127u, 128u, 129u, 1023u, 1024u}) {
        const sync::Run run{1, first, first + length - 1, hashOf(1)};
        must(store().addRun(run));
        EXPECT_EQ(text(store().runsAt({1, run.first})), text(std::vector{run}));
        EXPECT_EQ(text(store().runsAt({1, run.last})), text(std::vector{run}));
        EXPECT_EQ(text(store().runsAt({1, run.last + 1})), "[]");
        EXPECT_EQ(text(store().runsAt({2, run.first})), "[]");
        first = run.last + 1;
    }
    EXPECT_THAT(must(store().runsOf(hashOf(1))), SizeIs(9));
}

TEST_P(EveryStore, RunsOverTheSameOpsAllComeBySegment) {
    must(store().addRun({1, 1, 1024, hashOf(2)}));
    must(store().addRun({1, 700, 720, hashOf(3)}));
    must(store().addRun({1, 710, 710, hashOf(1)}));
    must(store().addRun({2, 711, 711, hashOf(1)}));

    EXPECT_EQ(text(store().runsAt({1, 710})),
              text(std::vector<sync::Run>{
                  {1, 710, 710, hashOf(1)}, {1, 1, 1024, hashOf(2)}, {1, 700, 720, hashOf(3)}}));
    EXPECT_EQ(text(store().runsOf(hashOf(1))),
              text(std::vector<sync::Run>{{1, 710, 710, hashOf(1)}, {2, 711, 711, hashOf(1)}}));
}

// -- tail

TEST_P(EveryStore, TheTailKeepsOpsWhole) {
    const std::int64_t branch = must(store().addBranch({0, laneOf(1), 0, 1, 4}));
    const TailRow row{{branch, 4}, laneOf(1), opWithLongContext(kSeenMax), hashOf(5), 3};
    must(store().addTail(row));

    EXPECT_EQ(text(store().tailOp({branch, 4})), text(row));
    EXPECT_EQ(text(store().tailOp({branch, 5})), "none");
    EXPECT_EQ(text(store().tail(laneOf(1))), text(std::vector{row}));
}

TEST_P(EveryStore, TheTailIsErasedUpToACounter) {
    const std::int64_t mine = must(store().addBranch({0, laneOf(1), 0, 1, 0}));
    const std::int64_t other = must(store().addBranch({0, laneOf(2), 0, 1, 0}));
    for (const OpCounter counter : {3u, 1u, 2u}) {
        must(store().addTail({{mine, counter}, laneOf(1), opWithLongContext(0), hashOf(1), 0}));
    }
    EXPECT_EQ(must(store().tailCount(laneOf(1))), 3u);
    EXPECT_EQ(must(store().tailCount(laneOf(3))), 0u);
    must(store().addTail({{other, 1}, laneOf(2), opWithLongContext(0), hashOf(1), 0}));

    must(store().eraseTail(laneOf(1), 2));

    EXPECT_EQ(must(store().tailCount(laneOf(1))), 1u);
    EXPECT_EQ(must(store().tail(laneOf(1))).front().ref.counter, 3u);
    EXPECT_EQ(must(store().tailCount(laneOf(2))), 1u);
}

TEST_P(EveryStore, AnOpOfTheTailIsNeverOverwritten) {
    const std::int64_t branch = must(store().addBranch({0, laneOf(1), 0, 1, 1}));
    const TailRow row{{branch, 1}, laneOf(1), opWithLongContext(0), hashOf(1), 0};
    must(store().addTail(row));
    TailRow second = row;
    second.id = hashOf(2);

    EXPECT_EQ(text(store().addTail(second)), "error storageFailed");
    EXPECT_EQ(text(store().tailOp(row.ref)), text(row));
}

// -- records

TEST_P(EveryStore, ARecordStaysAsItWasFirstPut) {
    must(store().putRecord(recordRow(1)));
    RecordRow other = recordRow(1, "filing");
    other.scope = "unit:x";

    must(store().putRecord(other));

    EXPECT_EQ(text(store().record(recordOf(1))), text(recordRow(1)));
    EXPECT_EQ(text(store().record(recordOf(2))), "none");
}

TEST_P(EveryStore, RecordsOfARegisterComeById) {
    must(store().putRecord(recordRow(3)));
    must(store().putRecord(recordRow(2, "tasks")));
    must(store().putRecord(recordRow(1)));

    EXPECT_EQ(text(store().recordsOf("task")), text(std::vector{recordRow(1), recordRow(3)}));
    EXPECT_EQ(text(store().recordsOf("")),
              text(std::vector{recordRow(1), recordRow(2, "tasks"), recordRow(3)}));
    EXPECT_EQ(text(store().recordsOf("unit")), "[]");
}

TEST_P(EveryStore, RecordsAreFoundByTheStartOfTheirId) {
    must(store().putRecord(recordRow(0x12)));
    must(store().putRecord(recordRow(0x13)));
    must(store().putRecord(recordRow(0x2f)));
    const auto found = [&](const std::string& start) { return must(store().recordsStartingWith(start)); };

    EXPECT_THAT(found(""), SizeIs(3));
    EXPECT_THAT(found("a"), SizeIs(3));
    EXPECT_THAT(found("AB1"), ElementsAre(recordOf(0x12), recordOf(0x13)));
    EXPECT_THAT(found("ab13"), ElementsAre(recordOf(0x13)));
    EXPECT_THAT(found("ab130"), ElementsAre(recordOf(0x13)));
    EXPECT_THAT(found("ab131"), IsEmpty());
    EXPECT_THAT(found("ab2f"), ElementsAre(recordOf(0x2f)));
    EXPECT_THAT(found(recordOf(0x12).hex()), ElementsAre(recordOf(0x12)));
    EXPECT_THAT(found(recordOf(0x12).hex() + "0"), IsEmpty());
    EXPECT_THAT(found("ag"), IsEmpty());
    EXPECT_THAT(found("合"), IsEmpty());
}

TEST_P(EveryStore, AtMostTwentyCandidatesAreNamed) {
    for (unsigned number = 1; number <= 25; ++number) {
        must(store().putRecord(recordRow(number)));
    }

    const auto found = must(store().recordsStartingWith("ab"));

    ASSERT_THAT(found, SizeIs(20));
    EXPECT_EQ(found.front(), recordOf(1));
    EXPECT_EQ(found.back(), recordOf(20));
}

// -- live values

TEST_P(EveryStore, LiveRowsComeByFieldThenOrder) {
    const LiveRow a = liveRow(1, "a", {1, 5}, {4, 1});
    const LiveRow b = liveRow(1, "a", {1, 2}, {4, 2});
    const LiveRow c = liveRow(1, "a", {2, 1}, {kUnanswered, 7});
    const LiveRow d = liveRow(1, "b", {1, 1}, {1, 0});
    for (const LiveRow& row : {d, c, b, a}) {
        must(store().putLive(row));
    }
    must(store().putLive(liveRow(2, "a", {1, 9}, {1, 1})));

    EXPECT_EQ(text(store().liveOf(recordOf(1))), text(std::vector{a, b, c, d}));
    EXPECT_EQ(text(store().liveOfCell(recordOf(1), "a")), text(std::vector{a, b, c}));
    EXPECT_EQ(text(store().liveOfCell(recordOf(1), "")), "[]");
    EXPECT_TRUE(c.isUnanswered());
}

TEST_P(EveryStore, PutLiveReplacesTheRowOfTheSameOp) {
    must(store().putLive(liveRow(1, "a", {1, 5}, {kUnanswered, 1})));
    LiveRow answered = liveRow(1, "a", {1, 5}, {4, 1});
    answered.kind = OpKind::add;
    answered.rank = 255;
    answered.value = Value::text(std::string(kValueBytesMax - 1, 'x'));
    answered.at = std::numeric_limits<std::int64_t>::min();

    must(store().putLive(answered));

    EXPECT_EQ(text(store().liveOf(recordOf(1))), text(std::vector{answered}));
    EXPECT_EQ(text(store().liveRow(recordOf(1), "a", {1, 5})), text(answered));
    EXPECT_EQ(text(store().liveRow(recordOf(2), "a", {1, 5})), "none");
}

TEST_P(EveryStore, EraseLiveTellsWhetherThereWasOne) {
    must(store().putLive(liveRow(1, "a", {1, 5}, {1, 1})));

    EXPECT_FALSE(must(store().eraseLive(recordOf(2), "a", {1, 5})));
    EXPECT_TRUE(must(store().eraseLive(recordOf(1), "a", {1, 5})));
    EXPECT_FALSE(must(store().eraseLive(recordOf(1), "a", {1, 5})));
}

TEST_P(EveryStore, EachLiveGoesThroughARegisterByRecordFieldAndOrder) {
    must(store().putRecord(recordRow(1)));
    must(store().putRecord(recordRow(2, "unit")));
    must(store().putRecord(recordRow(3)));
    const std::vector rows{liveRow(1, "a", {1, 2}, {1, 0}), liveRow(1, "a", {1, 1}, {2, 0}),
                           liveRow(1, "b", {1, 3}, {0, 0}), liveRow(2, "a", {1, 4}, {0, 0}),
                           liveRow(3, "a", {1, 5}, {0, 0})};
    for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
        must(store().putLive(*row));
    }
    const auto each = [&](std::string_view registerName) {
        std::vector<LiveRow> seen;
        must(store().eachLive(registerName, [&](LiveRow&& row) { seen.push_back(std::move(row)); }));
        return seen;
    };

    EXPECT_EQ(text(each("")), text(rows));
    EXPECT_EQ(text(each("task")), text(std::vector{rows[0], rows[1], rows[2], rows[4]}));
    EXPECT_EQ(text(each("window")), "[]");
}

TEST_P(EveryStore, ReadingInsideEachLiveIsAllowed) {
    must(store().putLive(liveRow(1, "a", {1, 1}, {1, 0})));
    must(store().putLive(liveRow(2, "a", {1, 2}, {1, 0})));
    std::size_t inner = 0;

    must(store().eachLive("", [&](LiveRow&& row) {
        inner += must(store().liveOf(row.record)).size();
        must(store().eachLive("", [&](LiveRow&&) { ++inner; }));
    }));

    EXPECT_EQ(inner, 6u);
}

TEST_P(EveryStore, RecordsHoldingAnElementComeOnceEach) {
    const auto add = [&](unsigned record, const std::string& field, OpRef ref, const std::string& element,
                         OpKind kind) {
        LiveRow row = liveRow(record, field, ref, {1, 0});
        row.kind = kind;
        row.value = Value::text(element);
        must(store().putLive(row));
    };
    add(3, "lead", {1, 1}, "u1", OpKind::add);
    add(1, "lead", {1, 2}, "u1", OpKind::add);
    add(1, "lead", {1, 3}, "u1", OpKind::add);
    add(2, "lead", {1, 4}, "u2", OpKind::add);
    add(4, "cooperate", {1, 5}, "u1", OpKind::add);
    add(5, "lead", {1, 6}, "u1", OpKind::assign);

    EXPECT_THAT(must(store().recordsHolding("lead", Value::text("u1"))),
                ElementsAre(recordOf(1), recordOf(3)));
    EXPECT_THAT(must(store().recordsHolding("lead", Value::text("u3"))), IsEmpty());
}

TEST_P(EveryStore, AddsOfAFieldComeInTheOneOrder) {
    const auto put = [&](unsigned record, const std::string& field, OpRef ref, Order order, OpKind kind) {
        LiveRow row = liveRow(record, field, ref, order);
        row.kind = kind;
        must(store().putLive(row));
        return row;
    };
    const LiveRow last = put(1, "photos", {1, 1}, {kUnanswered, 0}, OpKind::add);
    const LiveRow second = put(2, "photos", {1, 2}, {5, 1}, OpKind::add);
    const LiveRow first = put(3, "photos", {2, 1}, {5, 0}, OpKind::add);
    put(3, "photos", {1, 3}, {4, 0}, OpKind::assign);
    put(3, "lead", {1, 4}, {3, 0}, OpKind::add);

    EXPECT_EQ(text(must(store().addsOf("photos"))), text(std::vector{first, second, last}));
    EXPECT_EQ(text(must(store().addsOf("evidence"))), "[]");
}

TEST_P(EveryStore, RecordsNamingATextAreThoseWithAFixedFieldThatIsIt) {
    const std::string id = recordOf(7).hex();
    const auto put = [&](unsigned record, const std::string& registerName, const std::string& text) {
        must(store().putRecord({recordOf(record),
                                "common",
                                {registerName, {{"a", Value::integer(1)}, {"b", Value::text(text)}}}}));
    };
    put(3, "filing", id);
    put(1, "filing", id);
    put(2, "check", id);
    put(4, "filing", id + "0");
    put(5, "filing", recordOf(8).hex());

    const std::vector<RecordRow> found = must(store().recordsNaming("filing", id));

    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].id, recordOf(1));
    EXPECT_EQ(found[1].id, recordOf(3));
    EXPECT_THAT(must(store().recordsNaming("task", id)), IsEmpty());
}

TEST_P(EveryStore, RecordsWithSeveralAssignsInAFieldComeOnceEach) {
    const auto put = [&](unsigned record, const std::string& field, OpRef ref, OpKind kind = OpKind::assign) {
        LiveRow row = liveRow(record, field, ref, {1, 0});
        row.kind = kind;
        must(store().putLive(row));
    };
    put(5, "a", {1, 1});
    put(5, "a", {1, 2});
    put(5, "b", {1, 3});
    put(5, "b", {1, 4});
    put(2, "a", {1, 5});
    put(2, "b", {1, 6});
    put(3, "a", {1, 7}, OpKind::add);
    put(3, "a", {1, 8}, OpKind::add);
    put(3, "a", {1, 9});
    put(1, "gone", {1, 10});

    EXPECT_THAT(must(store().recordsWithSeveral("gone")), ElementsAre(recordOf(1), recordOf(5)));
    EXPECT_THAT(must(store().recordsWithSeveral("other")), ElementsAre(recordOf(5)));
}

// -- hidden, early, named, aside

TEST_P(EveryStore, AnOpIsHiddenUntilNobodyHidesIt) {
    const RecordId record = recordOf(1);
    using Pair = std::pair<OpRef, OpRef>;
    must(store().hide(record, "a", {1, 1}, {2, 1}));
    must(store().hide(record, "a", {1, 1}, {2, 2}));
    must(store().hide(record, "a", {1, 1}, {2, 2}));
    must(store().hide(record, "a", {1, 2}, {2, 2}));
    must(store().hide(recordOf(2), "a", {1, 1}, {2, 2}));
    EXPECT_THAT(must(store().hiddenIn(record)),
                ElementsAre(Pair{{1, 1}, {2, 1}}, Pair{{1, 1}, {2, 2}}, Pair{{1, 2}, {2, 2}}));
    must(store().unhide(record, "a", {2, 2}));

    EXPECT_THAT(must(store().hiddenIn(record)), ElementsAre(Pair{{1, 1}, {2, 1}}));
    EXPECT_THAT(must(store().hiddenIn(recordOf(2))), SizeIs(1));
    must(store().unhide(record, "a", {2, 1}));
    EXPECT_THAT(must(store().hiddenIn(record)), IsEmpty());
}

TEST_P(EveryStore, ALiveValueTellsThatItIsHiddenAlsoWhereItComesLater) {
    const RecordId record = recordOf(1);
    const auto isHidden = [&] { return must(store().liveRow(record, "a", {1, 1}))->isHidden; };
    must(store().hide(record, "a", {1, 1}, {2, 1}));
    must(store().putLive(liveRow(1, "a", {1, 1}, {1, 0})));
    EXPECT_TRUE(isHidden());
    must(store().eraseLive(record, "a", {1, 1}));
    EXPECT_THAT(must(store().hiddenIn(record)), SizeIs(1));
    must(store().putLive(liveRow(1, "b", {1, 1}, {2, 0})));
    EXPECT_TRUE(isHidden());
    EXPECT_TRUE(must(store().liveOfCell(record, "b")).front().isHidden);

    must(store().unhide(record, "a", {2, 1}));

    EXPECT_FALSE(isHidden());
    EXPECT_FALSE(must(store().liveOf(record)).front().isHidden);
}

// -- bare values

// In cell "a": an answered value, and own unanswered ones 2/1 … 2/4 of which each hides the one before.
class Chain {
public:
    explicit Chain(Store& store) : m_store(store) {
        LiveRow answered = liveRow(1, "a", {1, 1}, {3, 0});
        must(store.putLive(answered));
        for (unsigned i = 1; i <= 4; ++i) {
            must(store.hide(recordOf(1), "a", before(i), {2, i}));
            must(store.putLive(own(i)));
        }
    }
    static OpRef before(unsigned i) { return i == 1 ? OpRef{1, 1} : OpRef{2, i - 1}; }
    static LiveRow own(unsigned i) {
        LiveRow row = liveRow(1, "a", {2, i}, {kUnanswered, i});
        row.rank = static_cast<Rank>(10 + i);
        return row;
    }
    static LiveRow bareOwn(unsigned i) {
        LiveRow row = own(i).bare();
        row.isHidden = true;
        return row;
    }
    [[nodiscard]] std::string all() {
        std::string rows;
        must(m_store.eachLive("", [&](LiveRow&& row) { rows += text(row) + "\n"; }));
        return rows;
    }

private:
    Store& m_store;
};

TEST_P(EveryStore, HiddenUnansweredValuesAreBare) {
    Chain chain(store());
    LiveRow answered = liveRow(1, "a", {1, 1}, {3, 0});
    answered.isHidden = true;

    EXPECT_EQ(text(store().liveOf(recordOf(1))), text(std::vector{answered, Chain::own(4)}));
    EXPECT_EQ(text(store().liveOfCell(recordOf(1), "a")), text(std::vector{answered, Chain::own(4)}));
    EXPECT_EQ(text(store().liveRow(recordOf(1), "a", {2, 2})), text(Chain::bareOwn(2)));
    EXPECT_EQ(must(store().liveCount(recordOf(1), "a")), 5u);
    EXPECT_EQ(chain.all(), text(answered) + "\n" + text(Chain::bareOwn(1)) + "\n" + text(Chain::bareOwn(2)) +
                               "\n" + text(Chain::bareOwn(3)) + "\n" + text(Chain::own(4)) + "\n");
}

TEST_P(EveryStore, BareValuesAreNothingToSettle) {
    must(store().putLive(Chain::own(1)));
    must(store().hide(recordOf(1), "a", {2, 1}, {2, 2}));
    must(store().putLive(Chain::own(2)));
    EXPECT_THAT(must(store().recordsWithSeveral("none")), IsEmpty());

    must(store().putLive(liveRow(1, "a", {1, 1}, {3, 0})));

    EXPECT_THAT(must(store().recordsWithSeveral("none")), ElementsAre(recordOf(1)));
}

TEST_P(EveryStore, ABareValueThatIsSeenAgainIsToldAndPutAnew) {
    const Chain chain(store());
    must(store().eraseLive(recordOf(1), "a", {2, 4}));

    const std::vector<OpRef> bare = must(store().unhide(recordOf(1), "a", {2, 4}));

    EXPECT_THAT(bare, ElementsAre(OpRef{2, 3}));
    EXPECT_TRUE(must(store().liveRow(recordOf(1), "a", {2, 3}))->isBare);
    must(store().putLive(Chain::own(3)));
    EXPECT_EQ(text(store().liveRow(recordOf(1), "a", {2, 3})), text(Chain::own(3)));
    EXPECT_THAT(must(store().unhide(recordOf(1), "a", {2, 1})), IsEmpty());  // 1/1 is not bare
}

// As an answer comes: 2/1 gets its place in the log, still hidden by 2/2.
TEST_P(EveryStore, AnAnsweredValueIsNotBare) {
    const Chain chain(store());
    must(store().unhide(recordOf(1), "a", {2, 1}));
    must(store().eraseLive(recordOf(1), "a", {2, 1}));
    LiveRow answered = Chain::own(1);
    answered.order = {9, 0};

    must(store().putLive(answered));

    answered.isHidden = true;
    EXPECT_EQ(text(store().liveRow(recordOf(1), "a", {2, 1})), text(answered));
    EXPECT_THAT(must(store().unhide(recordOf(1), "a", {2, 2})), IsEmpty());
    EXPECT_FALSE(must(store().liveRow(recordOf(1), "a", {2, 1}))->isHidden);
}

// 2/2 was not accepted: 2/3 hides what 2/2 hid.
TEST_P(EveryStore, ABareValueStaysBareWhereItIsHandedOn) {
    const Chain chain(store());

    must(store().handOn(recordOf(1), {2, 2}));

    EXPECT_THAT(must(store().unhide(recordOf(1), "a", {2, 2})), IsEmpty());
    EXPECT_EQ(text(store().liveRow(recordOf(1), "a", {2, 1})), text(Chain::bareOwn(1)));
    must(store().handOn(recordOf(1), {2, 3}));
    must(store().unhide(recordOf(1), "a", {2, 3}));
    must(store().handOn(recordOf(1), {2, 4}));
    EXPECT_THAT(must(store().unhide(recordOf(1), "a", {2, 4})),
                ElementsAre(OpRef{2, 1}, OpRef{2, 2}, OpRef{2, 3}));
}

// Who revives a deleted record hides the delete, and what it named, in other cells.
TEST_P(EveryStore, ValuesOfOtherCellsAreHiddenToo) {
    must(store().putLive(liveRow(1, "deleted", {1, 1}, {3, 0})));
    must(store().putLive(liveRow(1, "b", {1, 2}, {3, 1})));
    must(store().hide(recordOf(1), "a", {1, 1}, {2, 1}));
    must(store().hide(recordOf(1), "a", {1, 2}, {2, 1}));
    must(store().putLive(Chain::own(1)));
    const auto isHidden = [&](const char* field) {
        return must(store().liveOfCell(recordOf(1), field)).front().isHidden;
    };
    EXPECT_TRUE(isHidden("deleted"));
    EXPECT_TRUE(isHidden("b"));

    must(store().unhide(recordOf(1), "a", {2, 1}));

    EXPECT_FALSE(isHidden("deleted"));
    EXPECT_FALSE(isHidden("b"));
}

TEST_P(EveryStore, ACellOfHundredsOfBareValuesIsReadAsItWasWritten) {
    constexpr unsigned kEdits = 300;
    must(store().begin());
    for (unsigned i = 1; i <= kEdits; ++i) {
        must(store().hide(recordOf(1), "a", Chain::before(i), {2, i}));
        must(store().putLive(Chain::own(i)));
        if (i % 50 == 0) {
            must(store().commit());
            must(store().begin());
        }
    }
    must(store().commit());

    EXPECT_EQ(text(store().liveOf(recordOf(1))), text(std::vector{Chain::own(kEdits)}));
    EXPECT_EQ(must(store().liveCount(recordOf(1), "a")), kEdits);
    for (unsigned i = 1; i < kEdits; ++i) {
        EXPECT_EQ(text(store().liveRow(recordOf(1), "b", {2, i})), text(Chain::bareOwn(i)));
        EXPECT_TRUE(must(store().eraseLive(recordOf(1), "a", {2, i})));
    }
    EXPECT_EQ(must(store().liveCount(recordOf(1), "a")), 1u);
}

// A cell of hundreds of values, some of which go again.
TEST_P(EveryStore, ALargeCellIsAsASmallOne) {
    std::vector<LiveRow> expected;
    must(store().begin());
    for (unsigned i = 1; i <= 400; ++i) {
        const LiveRow row = liveRow(1, "a", {i % 7 + 1, i}, {i, 0});
        must(store().putLive(row));
        if (i % 3 == 0) {
            expected.push_back(row);
        }
    }
    must(store().commit());
    EXPECT_EQ(must(store().liveCount(recordOf(1), "a")), 400u);
    for (unsigned i = 1; i <= 400; ++i) {
        if (i % 3 != 0) {
            EXPECT_TRUE(must(store().eraseLive(recordOf(1), "a", {i % 7 + 1, i})));
        }
    }

    EXPECT_EQ(text(store().liveOfCell(recordOf(1), "a")), text(expected));
    EXPECT_EQ(text(store().recordsWithSeveral("none")), text(std::vector{recordOf(1)}));
}

// 1/1 is hidden by 2/1, this by 2/2, and a delete 3/1 names 2/1.
TEST_P(EveryStore, WhatAnOpHidesIsHandedOnToWhoeverHidesOrNamesIt) {
    const auto live = [&](OpRef ref) {
        LiveRow row;
        row.record = recordOf(1);
        row.field = "text";
        row.ref = ref;
        must(store().putLive(row));
    };
    live({1, 1});
    live({2, 1});
    must(store().hide(recordOf(1), "a", {1, 1}, {2, 1}));
    must(store().hide(recordOf(1), "a", {1, 7}, {2, 1}));  // not live
    must(store().hide(recordOf(1), "a", {2, 1}, {2, 2}));
    must(store().putNamed(recordOf(1), {3, 1}, {2, 1}));
    must(store().putNamed(recordOf(1), {2, 1}, {1, 1}));
    must(store().putNamed(recordOf(1), {2, 1}, {1, 8}));  // not live

    must(store().handOn(recordOf(1), {2, 1}));
    must(store().unhide(recordOf(1), "a", {2, 1}));
    must(store().eraseNamed(recordOf(1), {2, 1}));

    using Pair = std::pair<OpRef, OpRef>;
    EXPECT_THAT(must(store().hiddenIn(recordOf(1))), ElementsAre(Pair{{1, 1}, {2, 2}}, Pair{{2, 1}, {2, 2}}));
    EXPECT_THAT(must(store().namedIn(recordOf(1))),
                ElementsAre(Pair{{2, 2}, {1, 1}}, Pair{{3, 1}, {1, 1}}, Pair{{3, 1}, {2, 1}}));
    must(store().unhide(recordOf(1), "a", {2, 2}));
    EXPECT_THAT(must(store().hiddenIn(recordOf(1))), IsEmpty());
}

TEST_P(EveryStore, EarlyOpsAreRemembered) {
    must(store().putEarly({1, 1}));
    must(store().putEarly({1, 1}));

    EXPECT_TRUE(must(store().isEarly({1, 1})));
    EXPECT_FALSE(must(store().isEarly({1, 2})));
}

TEST_P(EveryStore, WhatADeleteNamesComesByDeleteThenName) {
    must(store().putNamed(recordOf(1), {2, 1}, {1, 2}));
    must(store().putNamed(recordOf(1), {1, 9}, {1, 3}));
    must(store().putNamed(recordOf(1), {2, 1}, {1, 1}));
    must(store().putNamed(recordOf(2), {2, 1}, {1, 1}));
    using Pair = std::pair<OpRef, OpRef>;
    EXPECT_THAT(must(store().namedIn(recordOf(1))),
                ElementsAre(Pair{{1, 9}, {1, 3}}, Pair{{2, 1}, {1, 1}}, Pair{{2, 1}, {1, 2}}));

    must(store().eraseNamed(recordOf(1), {2, 1}));

    EXPECT_THAT(must(store().namedIn(recordOf(1))), ElementsAre(Pair{{1, 9}, {1, 3}}));
    EXPECT_THAT(must(store().namedIn(recordOf(2))), SizeIs(1));
}

TEST_P(EveryStore, AsidesComeByOpAndAreReplaced) {
    const AsideRow first{{1, 2}, recordOf(1), "text", Reason::noRight, true};
    const AsideRow second{{2, 1}, recordOf(1), "text", Reason::malformed, false};
    must(store().putAside(second));
    must(store().putAside({{1, 2}, recordOf(2), "", Reason::limit, false}));
    must(store().putAside(first));

    EXPECT_EQ(text(store().asides()), text(std::vector{first, second}));
    EXPECT_EQ(text(store().asideOf({1, 2})), text(first));
    must(store().eraseAside({1, 2}));
    EXPECT_EQ(text(store().asideOf({1, 2})), "none");
}

TEST_P(EveryStore, ClearProjectionLeavesTheLog) {
    must(store().putRecord(recordRow(1)));
    must(store().putLive(liveRow(1, "a", {1, 1}, {1, 0})));
    must(store().hide(recordOf(1), "a", {1, 1}, {1, 2}));
    must(store().hide(recordOf(2), "a", {1, 1}, {1, 2}));
    must(store().putEarly({1, 1}));
    must(store().putNamed(recordOf(1), {1, 1}, {1, 1}));
    must(store().putAside({{1, 1}, recordOf(1), "a", Reason::limit, false}));
    must(store().putEntry({0, {1}, 0}));

    must(store().clearProjection());

    EXPECT_THAT(must(store().liveOf(recordOf(1))), IsEmpty());
    EXPECT_THAT(must(store().hiddenIn(recordOf(1))), IsEmpty());
    EXPECT_THAT(must(store().hiddenIn(recordOf(2))), IsEmpty());
    EXPECT_FALSE(must(store().isEarly({1, 1})));
    EXPECT_THAT(must(store().namedIn(recordOf(1))), IsEmpty());
    EXPECT_THAT(must(store().asides()), IsEmpty());
    EXPECT_NE(text(store().record(recordOf(1))), "none");
    EXPECT_NE(text(store().entry(0)), "none");
}

// -- the log

TEST_P(EveryStore, EntriesComeByPosition) {
    for (const std::uint64_t position : {5u, 0u, 2u}) {
        must(store().putEntry({position, Bytes(3, static_cast<std::uint8_t>(position)), 1}));
    }
    must(store().putEntry({2, {7}, 9}));

    EXPECT_EQ(text(store().entry(2)), text(EntryRow{2, {7}, 9}));
    EXPECT_EQ(text(store().entry(1)), "none");
    EXPECT_THAT(must(store().entries(0, 2)), SizeIs(2));
    EXPECT_EQ(must(store().entries(1, SIZE_MAX)).front().position, 2u);
    must(store().eraseEntriesFrom(2));
    EXPECT_EQ(text(store().entries(0, SIZE_MAX)), text(std::vector<EntryRow>{{0, {0, 0, 0}, 1}}));
}

TEST_P(EveryStore, PagesGetNumbersOfTheirOwn) {
    const std::int64_t first = must(store().addPage({1}));
    const std::int64_t second = must(store().addPage({}));

    EXPECT_NE(first, second);
    EXPECT_GT(first, 0);
    EXPECT_EQ(text(store().page(first)), "01");
    EXPECT_EQ(text(store().page(second)), "");
    EXPECT_EQ(text(store().page(0)), "none");
}

TEST_P(EveryStore, HeadsComeLargestFirst) {
    for (const std::uint64_t size : {4u, 9u, 1u}) {
        must(store().putHead(headOf(size)));
    }
    Head again = headOf(4);
    again.at = 5;
    must(store().putHead(again));

    must(store().eraseHeadsOver(4));

    EXPECT_EQ(text(store().heads()), text(std::vector{again, headOf(1)}));
}

TEST_P(EveryStore, OrphansOfSeveralPagesAreKeptInOldOrder) {
    must(store().putOrphan({5, {1}, 1}));
    must(store().putOrphan({4, {2}, 2}));
    must(store().putOrphan({5, {3}, 3}));

    must(store().eraseOrphan(5, 1));
    must(store().eraseOrphan(4, 9));

    EXPECT_EQ(text(store().orphans()), text(std::vector<EntryRow>{{4, {2}, 2}, {5, {3}, 3}}));
}

// -- devices

TEST_P(EveryStore, DevicesComeByEnrolment) {
    must(store().putDevice(deviceRow(1, 8)));
    must(store().putDevice(deviceRow(2, 3)));
    DeviceRow revoked = deviceRow(1, 8);
    revoked.isRevoked = true;
    must(store().putDevice(revoked));

    EXPECT_EQ(text(store().devices()), text(std::vector{deviceRow(2, 3), revoked}));
    EXPECT_EQ(text(store().device(idOf<DeviceId>(1))), text(revoked));
    EXPECT_EQ(text(store().device(idOf<DeviceId>(3))), "none");
    must(store().clearDevices());
    EXPECT_THAT(must(store().devices()), IsEmpty());
}

// -- county only

TEST_P(EveryStore, ALeafIsFoundByItsHashAtItsFirstPosition) {
    must(store().putNode(1, 0, hashOf(1)));
    must(store().putNode(0, 8, hashOf(2)));
    must(store().putNode(0, 6, hashOf(2)));
    must(store().putNode(0, 7, hashOf(3)));
    must(store().putNode(0, 7, hashOf(4)));

    EXPECT_EQ(text(store().leafPosition(hashOf(2))), "6");
    EXPECT_EQ(text(store().leafPosition(hashOf(1))), "none");
    EXPECT_EQ(text(store().leafPosition(hashOf(3))), "none");
    EXPECT_EQ(text(store().node(0, 7)), hashOf(4).hex());
    EXPECT_EQ(text(store().node(1, 0)), hashOf(1).hex());
    EXPECT_EQ(text(store().node(2, 0)), "none");
}

TEST_P(EveryStore, AHeldSegmentHasOneWant) {
    must(store().putWant(hashOf(1), hashOf(10)));
    must(store().putWant(hashOf(3), hashOf(11)));
    must(store().putWant(hashOf(2), hashOf(11)));
    must(store().putWant(hashOf(1), hashOf(11)));

    EXPECT_THAT(must(store().heldFor(hashOf(11))), ElementsAre(hashOf(1), hashOf(2), hashOf(3)));
    EXPECT_THAT(must(store().heldFor(hashOf(10))), IsEmpty());
    EXPECT_THAT(must(store().wants()), ElementsAre(hashOf(11)));
    must(store().eraseWant(hashOf(2)));
    EXPECT_THAT(must(store().heldFor(hashOf(11))), ElementsAre(hashOf(1), hashOf(3)));
}

TEST_P(EveryStore, RestrictedEntriesAreReleasedBeforeALaterOne) {
    must(store().putRestricted(4, idOf<DeviceId>(1)));
    must(store().putRestricted(4, idOf<DeviceId>(2)));
    must(store().release(6, 9));
    must(store().release(4, 9));
    must(store().release(4, 9));
    must(store().release(5, 10));

    EXPECT_EQ(text(store().restrictedTo(4)), idOf<DeviceId>(2).hex());
    EXPECT_EQ(text(store().restrictedTo(5)), "none");
    EXPECT_THAT(must(store().releasedBefore(9)), ElementsAre(4, 6));
    EXPECT_THAT(must(store().releasedBefore(8)), IsEmpty());
    EXPECT_THAT(must(store().releasePoints(9, 11, 5)), ElementsAre(9, 10));
    EXPECT_THAT(must(store().releasePoints(9, 10, 5)), ElementsAre(9));
    EXPECT_THAT(must(store().releasePoints(0, 11, 1)), ElementsAre(9));
    EXPECT_THAT(must(store().releasePoints(0, 9, 5)), IsEmpty());
}

TEST_P(EveryStore, AnInvitationIsReplacedWhenItIsUsed) {
    InvitationRow row{{1, 2}, {3},    recordOf(1), recordOf(2), "clerk",
                      "甲",   "某镇", 99,          {},          idOf<DeviceId>(7)};
    must(store().putInvitation(row));
    row.usedBy = idOf<DeviceId>(4);
    must(store().putInvitation(row));

    EXPECT_EQ(text(store().invitation(row.codeId)), text(row));
    EXPECT_EQ(text(store().invitation(Bytes{1})), "none");
    EXPECT_EQ(text(store().invitation(Bytes{})), "none");
}

TEST_P(EveryStore, ListsTheInvitationsThatCanStillBeUsedByTheirEnd) {
    const auto put = [&](std::uint8_t code, WallMs expiresAt, const DeviceId& usedBy) {
        InvitationRow row{{code}, {3},    recordOf(1), recordOf(2), "clerk",
                          "甲",   "某镇", expiresAt,   usedBy,      {}};
        must(store().putInvitation(row));
        return row;
    };
    const InvitationRow last = put(1, 30, {});
    const InvitationRow twin = put(3, 20, {});
    const InvitationRow first = put(2, 20, {});
    put(4, 25, idOf<DeviceId>(4));
    put(5, 19, {});

    EXPECT_EQ(text(store().openInvitations(20, 9)), text(std::vector{first, twin, last}));
    EXPECT_EQ(text(store().openInvitations(20, 2)), text(std::vector{first, twin}));
    EXPECT_EQ(text(store().openInvitations(31, 9)), "[]");
}

TEST_P(EveryStore, AQuarantinedMessageMayComeAgain) {
    must(store().putQuarantine(hashOf(1), idOf<DeviceId>(1), Reason::malformed, viewOf("bytes")));
    must(store().putQuarantine(hashOf(1), idOf<DeviceId>(2), Reason::malformed, viewOf("bytes")));
}

TEST_P(EveryStore, CountsTheBytesThatADeviceHasInQuarantine) {
    must(store().putQuarantine(hashOf(1), idOf<DeviceId>(1), Reason::malformed, viewOf("bytes")));
    must(store().putQuarantine(hashOf(2), idOf<DeviceId>(1), Reason::overLimit, viewOf("more")));
    must(store().putQuarantine(hashOf(3), idOf<DeviceId>(2), Reason::overLimit, viewOf("of another")));
    must(store().putQuarantine(hashOf(1), idOf<DeviceId>(2), Reason::malformed, viewOf("bytes")));

    EXPECT_EQ(must(store().quarantineBytes(idOf<DeviceId>(1))), 9u);
    EXPECT_EQ(must(store().quarantineBytes(idOf<DeviceId>(2))), 10u);
    EXPECT_EQ(must(store().quarantineBytes(idOf<DeviceId>(3))), 0u);
}

// -- both stores, any sequence of writes

using Arguments = std::array<unsigned, 4>;

// One step of a random history: which write, and with what. Numbers are small, so rows collide often.
struct Step {
    unsigned write = 0;
    Arguments arguments{};
};

std::ostream& operator<<(std::ostream& out, const Step& step) {
    out << step.write << '(';
    for (const unsigned argument : step.arguments) {
        out << argument << ' ';
    }
    return out << ')';
}

OpRef refOf(unsigned number) {
    return {1 + number % 2, 1 + number / 2};
}
Bytes bytesOf(unsigned a, unsigned b) {
    return Bytes(a, static_cast<std::uint8_t>(b));
}
std::string fieldOf(unsigned number) {
    return std::string(number, 'f');
}
// An op stands in one cell.
std::string fieldOfOp(unsigned number) {
    return fieldOf(number % 3);
}

// The next op of a branch; the first of a tail may have any number.
std::string addTail(Store& store, const Arguments& a) {
    const auto branch = must(store.branch(1 + a[0] % 3));
    if (!branch) {
        return text(store.addBranch({0, laneOf(a[0]), 0, 1, a[1]}));
    }
    OpCounter counter = a[1];
    for (const TailRow& row : must(store.tail(branch->lane))) {
        counter = row.ref.branch == branch->id ? row.ref.counter + 1 : counter;
    }
    Op op{counter, recordOf(a[2]), fieldOf(a[3]), OpKind::remove, Value::integer(a[2]), recordOf(a[3]), a[2],
          {}};
    op.seen.resize(a[3], {{laneOf(a[2]), a[1]}, hashOf(a[3])});
    return text(
        store.addTail({{branch->id, counter}, branch->lane, op, hashOf(a[2]), static_cast<Rank>(a[3])}));
}

std::string addRun(Store& store, const Arguments& a) {
    static constexpr OpCounter kLengths[] = {1, 15, 16, 17, 128, 1024};
    const OpCounter first = 1 + a[1] * 9;
    return text(store.addRun({1 + a[0] % 2, first, first + kLengths[(a[1] + a[2]) % 6] - 1, hashOf(a[2])}));
}

LaneRow laneRowOf(const Arguments& a) {
    return {laneOf(a[0]),
            fieldOf(a[1] % 2),
            idOf<DeviceId>(1),
            a[2] % 2 == 0,
            a[2] / 2 == 0,
            idOf<Seed>(a[3]),
            a[3],
            a[3],
            hashOf(a[3])};
}

SegmentRow segmentRowOf(const Arguments& a) {
    SegmentRow row = segmentRow(a[0], static_cast<SegmentState>(a[1]));
    row.lane = laneOf(a[2] % 2);
    row.scope = fieldOf(a[2]);
    row.first = 1 + a[3];
    row.isMine = a[3] % 2 == 0;
    row.envelope = bytesOf(a[3], a[2]);
    return row;
}

LiveRow liveRowOf(const Arguments& a) {
    LiveRow row = liveRow(a[0] % 3, fieldOfOp(a[2]), refOf(a[2]), {a[3] == 3 ? kUnanswered : a[3], a[1] % 2});
    row.kind = a[3] % 2 == 0 ? OpKind::add : OpKind::assign;
    row.value = Value::integer(a[1]);
    return row;
}

using Write = std::string (*)(Store&, const Arguments&);
constexpr Write kWrites[] = {
    [](Store& s, const Arguments& a) { return text(s.setMeta(fieldOf(a[0]), bytesOf(a[1], a[2]))); },
    [](Store& s, const Arguments& a) { return text(s.putLane(laneRowOf(a))); },
    [](Store& s, const Arguments& a) {
        return text(s.addBranch({0, laneOf(a[0]), a[1], a[2], a[3]}));
    },
    [](Store& s, const Arguments& a) { return text(s.setTip(a[0], a[1])); },
    [](Store& s, const Arguments& a) { return text(s.putSegment(segmentRowOf(a))); },
    [](Store& s, const Arguments& a) {
        return text(s.setSegmentState(hashOf(a[0]), static_cast<SegmentState>(a[1]), a[2]));
    },
    addRun,
    addTail,
    addTail,
    [](Store& s, const Arguments& a) { return text(s.eraseTail(laneOf(a[0]), a[1])); },
    [](Store& s, const Arguments& a) { return text(s.putRecord(recordRow(a[0], fieldOf(1 + a[1] % 2)))); },
    [](Store& s, const Arguments& a) { return text(s.putLive(liveRowOf(a))); },
    [](Store& s, const Arguments& a) { return text(s.putLive(liveRowOf(a))); },
    [](Store& s, const Arguments& a) {
        return text(s.eraseLive(recordOf(a[0] % 3), fieldOf(a[2] % 3), refOf(a[1])));
    },
    [](Store& s, const Arguments& a) {
        return text(s.hide(recordOf(a[2] % 3), fieldOfOp(a[1]), refOf(a[0]), refOf(a[1])));
    },
    [](Store& s, const Arguments& a) {
        return text(s.unhide(recordOf(a[1] % 3), fieldOfOp(a[0]), refOf(a[0])));
    },
    [](Store& s, const Arguments& a) { return text(s.handOn(recordOf(a[0] % 3), refOf(a[1]))); },
    [](Store& s, const Arguments& a) { return text(s.putEarly(refOf(a[0]))); },
    [](Store& s, const Arguments& a) {
        return text(s.putNamed(recordOf(a[0] % 3), refOf(a[1]), refOf(a[2])));
    },
    [](Store& s, const Arguments& a) { return text(s.eraseNamed(recordOf(a[0] % 3), refOf(a[1]))); },
    [](Store& s, const Arguments& a) {
        return text(s.putAside(
            {refOf(a[0]), recordOf(a[1]), fieldOf(a[2]), static_cast<Reason>(a[3]), a[3] % 2 == 0}));
    },
    [](Store& s, const Arguments& a) { return text(s.eraseAside(refOf(a[0]))); },
    [](Store& s, const Arguments& a) { return a[0] == 0 ? text(s.clearProjection()) : ""; },
    [](Store& s, const Arguments& a) {
        return text(s.putEntry({a[0], bytesOf(a[1], a[2]), a[3]}));
    },
    [](Store& s, const Arguments& a) { return text(s.eraseEntriesFrom(a[0])); },
    [](Store& s, const Arguments& a) { return text(s.addPage(bytesOf(a[0], a[1]))); },
    [](Store& s, const Arguments& a) { return text(s.putHead(headOf(a[0]))); },
    [](Store& s, const Arguments& a) { return text(s.eraseHeadsOver(a[0])); },
    [](Store& s, const Arguments& a) {
        return text(s.putOrphan({a[0], bytesOf(a[1], a[2]), a[3] % 2}));
    },
    [](Store& s, const Arguments& a) { return text(s.eraseOrphan(a[0], a[1] % 2)); },
    [](Store& s, const Arguments& a) { return text(s.putDevice(deviceRow(a[0], a[1]))); },
    [](Store& s, const Arguments& a) { return a[0] == 0 ? text(s.clearDevices()) : ""; },
    [](Store& s, const Arguments& a) { return text(s.putNode(a[0] % 2, a[1], hashOf(a[2]))); },
    [](Store& s, const Arguments& a) { return text(s.putWant(hashOf(a[0]), hashOf(a[1]))); },
    [](Store& s, const Arguments& a) { return text(s.eraseWant(hashOf(a[0]))); },
    [](Store& s, const Arguments& a) {
        return text(s.putQuarantine(hashOf(a[0]), idOf<DeviceId>(a[1]), Reason::limit, bytesOf(a[2], a[3])));
    },
    [](Store& s, const Arguments& a) { return text(s.putRestricted(a[0], idOf<DeviceId>(a[1]))); },
    [](Store& s, const Arguments& a) { return text(s.release(a[0], a[1])); },
    [](Store& s, const Arguments& a) {
        return text(s.putInvitation({bytesOf(a[0], 1), bytesOf(a[1], 2), recordOf(a[2]), recordOf(a[3]),
                                     fieldOf(a[1]), fieldOf(a[2]), fieldOf(a[3]), a[2], idOf<DeviceId>(a[3]),
                                     idOf<DeviceId>(a[2])}));
    },
};
constexpr unsigned kBegin = std::size(kWrites);
constexpr unsigned kCommit = kBegin + 1;
constexpr unsigned kRollback = kBegin + 2;
constexpr unsigned kArgumentBound = 5;

// The answers of every reading method to every question that the random writes can have touched.
std::string everything(Store& s) {
    std::string all = text(s.lanes()) + text(s.asides()) + text(s.heads()) + text(s.orphans()) +
                      text(s.devices()) + text(s.wants()) + text(s.entries(1, 2)) +
                      text(s.entries(0, SIZE_MAX));
    for (const std::string registerName : {"", "f", "ff"}) {
        all += text(s.recordsOf(registerName)) + "\n";
        must(s.eachLive(registerName, [&](LiveRow&& row) { all += text(row); }));
        all += text(s.recordsNaming(registerName, "f"));
    }
    for (const std::string start : {"", "a", "ab0", "ab00", "AB03", "b"}) {
        all += text(s.recordsStartingWith(start));
    }
    for (unsigned i = 0; i <= 60; ++i) {
        all += text(s.branch(i)) + text(s.page(i)) + text(s.runsAt({1, i})) + text(s.runsAt({2, i * 17})) +
               text(s.runsOver(1, i, 3 * i)) + "\n";
    }
    for (unsigned i = 0; i < 2 * kArgumentBound; ++i) {
        all += text(s.isEarly(refOf(i))) + text(s.asideOf(refOf(i)));
        for (unsigned record = 0; record < 3; ++record) {
            all += text(s.liveRow(recordOf(record), fieldOf(record), refOf(i)));
        }
        for (std::int64_t branch = 1; branch <= 3; ++branch) {
            all += text(s.tailOp({branch, i}));
        }
        all += "\n";
    }
    for (unsigned i = 0; i < kArgumentBound; ++i) {
        all += text(s.meta(fieldOf(i))) + text(s.lane(laneOf(i))) + text(s.openLane(fieldOf(i))) +
               text(s.branches(laneOf(i))) + text(s.segment(hashOf(i))) + text(s.hasSegment(hashOf(i))) +
               text(s.runsOf(hashOf(i))) + text(s.segmentsIn(static_cast<SegmentState>(i))) +
               text(s.segmentsOfScope(fieldOf(i))) + text(s.segmentsOfLane(laneOf(i))) +
               text(s.segmentsWithoutText(i)) + text(s.looseAfter(refOf(i), i)) + text(s.tail(laneOf(i))) +
               text(s.tailCount(laneOf(i))) + text(s.record(recordOf(i))) + text(s.liveOf(recordOf(i))) +
               text(s.liveOfCell(recordOf(0), fieldOf(i))) + text(s.recordsWithSeveral(fieldOf(i))) +
               text(s.recordsHolding("f", Value::integer(i))) + text(s.addsOf(fieldOf(i))) +
               text(s.namedIn(recordOf(i))) + text(s.hiddenIn(recordOf(i))) + text(s.entry(i)) +
               text(s.device(idOf<DeviceId>(i))) + text(s.leafPosition(hashOf(i))) + text(s.node(0, i)) +
               text(s.node(1, i)) + text(s.heldFor(hashOf(i))) + text(s.restrictedTo(i)) +
               text(s.releasedBefore(i)) + text(s.releasePoints(0, i, i)) +
               text(s.invitation(bytesOf(i, 1))) + text(s.openInvitations(i, 3)) + "\n";
    }
    return all;
}

rc::Gen<std::vector<Step>> histories() {
    // A transaction ends about every eighth step.
    const auto writes = rc::gen::weightedOneOf<unsigned>({{20, rc::gen::inRange<unsigned>(0, kBegin)},
                                                          {2, rc::gen::just(kBegin)},
                                                          {1, rc::gen::just(kCommit)},
                                                          {1, rc::gen::just(kRollback)}});
    const auto step = rc::gen::build<Step>(
        rc::gen::set(&Step::write, writes),
        rc::gen::set(&Step::arguments,
                     rc::gen::container<Arguments>(rc::gen::inRange<unsigned>(0, kArgumentBound))));
    return rc::gen::scale(4, rc::gen::container<std::vector<Step>>(step));
}

// Runs the history on all stores, comparing every answer, and everything that can be read wherever a
// transaction ends.
void runOnAll(const std::vector<Step>& history, const std::vector<Store*>& stores) {
    const auto onAll = [&](const auto& act) {
        const std::string answer = act(*stores.front());
        for (std::size_t i = 1; i < stores.size(); ++i) {
            RC_ASSERT(act(*stores[i]) == answer);
        }
        return answer;
    };
    std::optional<std::string> before;  // what was read when the open transaction began
    for (const Step& step : history) {
        if (step.write < kBegin) {
            onAll([&](Store& store) { return kWrites[step.write](store, step.arguments); });
        } else if (!before) {
            before = onAll(everything);
            RC_ASSERT(onAll([](Store& store) { return text(store.begin()); }) == "done");
        } else if (step.write != kRollback) {
            RC_ASSERT(onAll([](Store& store) { return text(store.commit()); }) == "done");
            before.reset();
        } else {
            onAll([](Store& store) { return store.rollback(), std::string{}; });
            RC_ASSERT(onAll(everything) == *before);
            before.reset();
        }
    }
    if (before) {
        onAll(everything);
        onAll([](Store& store) { return store.rollback(), std::string{}; });
        RC_ASSERT(onAll(everything) == *before);
    }
    onAll(everything);
}

RC_GTEST_PROP(Stores, AgreeAfterAnyHistoryOfWritesAndRollbacks, ()) {
    const auto history = *histories();
    MemoryStore memory;
    const auto sqlite = sqliteStore();

    runOnAll(history, {&memory, sqlite.get()});
}

RC_GTEST_PROP(Stores, ASnapshotIsNotTouchedByLaterWrites, ()) {
    const auto before = *histories();
    const auto after = *histories();
    MemoryStore original;
    runOnAll(before, {&original});
    const std::string kept = everything(original);
    const MemoryStore::Snapshot snapshot = original.snapshot();
    MemoryStore clone(snapshot);

    runOnAll(after, {&original});

    RC_ASSERT(everything(clone) == kept);
    original.restore(snapshot);
    RC_ASSERT(everything(original) == kept);
}

// -- memory only

TEST(MemoryStore, RestoringInATransactionIsACrash) {
    MemoryStore store;
    must(store.setMeta("a", viewOf("committed")));
    const MemoryStore::Snapshot snapshot = store.snapshot();
    must(store.begin());
    must(store.setMeta("a", viewOf("open")));

    store.restore(snapshot);

    EXPECT_EQ(text(store.meta("a")), toHex(viewOf("committed")));
    must(store.begin());
    must(store.commit());
}

// -- SQLite only

TEST(SqliteStore, ReopeningGivesEverythingBack) {
    const TemporaryFolder folder;
    std::string before;
    {
        const auto store = sqliteStore(folder / "a.db");
        must(store->begin());
        Arguments arguments{};
        for (unsigned i = 0; i < 40; ++i) {
            arguments = {i % 5, i / 2 % 5, (i + 3) % 5, i / 3 % 5};
            for (const Write write : kWrites) {
                if (write != kWrites[9]) {
                    write(*store, arguments);
                }
            }
        }
        must(store->commit());
        before = everything(*store);
        must(store->begin());
        must(store->setMeta("f", viewOf("not committed")));
    }

    const auto again = sqliteStore(folder / "a.db");

    EXPECT_EQ(everything(*again), before);
    const auto reader = must(SqliteStore::open(folder / "a.db", Access::readOnly));
    EXPECT_EQ(everything(*reader), before);
    EXPECT_FALSE(reader->setMeta("f", {}));
}

TEST(SqliteStore, AnotherConnectionSeesCommitsAndOnlyThose) {
    const TemporaryFolder folder;
    const auto writer = sqliteStore(folder / "a.db");
    const auto reader = must(SqliteStore::open(folder / "a.db", Access::open));

    must(writer->begin());
    must(writer->setMeta("a", viewOf("x")));
    EXPECT_EQ(text(reader->meta("a")), "none");
    must(writer->commit());

    EXPECT_NE(text(reader->meta("a")), "none");
}

TEST(SqliteStore, AnotherProcessSeesCommits) {
    const TemporaryFolder folder;
    const auto store = sqliteStore(folder / "a.db");
    must(store->setMeta("a", viewOf("x")));

    const pid_t child = ::fork();
    if (child == 0) {
        const auto same = SqliteStore::open(folder / "a.db", Access::open);
        const bool isSeen = same && text((*same)->meta("a")) != "none";
        const bool isWritten = isSeen && (*same)->setMeta("b", viewOf("y"));
        ::_exit(isWritten ? 0 : 1);
    }
    int status = 1;
    ::waitpid(child, &status, 0);

    EXPECT_EQ(status, 0);
    EXPECT_NE(text(store->meta("b")), "none");
}

TEST(SqliteStore, ASecondWriterIsToldThatTheStoreIsBusy) {
    const TemporaryFolder folder;
    const auto first = sqliteStore(folder / "a.db");
    const auto second = sqliteStore(folder / "a.db");
    second->database().setBusyTimeout(20);
    must(first->begin());

    EXPECT_EQ(text(second->begin()), "error storageBusy");
    EXPECT_EQ(text(second->setMeta("a", {})), "error storageBusy");

    must(first->commit());
    must(second->begin());
    must(second->commit());
}

// What is kept from one transaction to the next is read anew where somebody else has written.
TEST(SqliteStore, ATransactionSeesWhatAnotherConnectionHasWritten) {
    const TemporaryFolder folder;
    const auto first = sqliteStore(folder / "a.db");
    const auto second = sqliteStore(folder / "a.db");
    const auto write = [](Store& store, unsigned number) {
        must(store.begin());
        const std::string before = text(store.meta("key")) + text(store.openLane("scope")) +
                                   text(store.branch(1)) + text(store.liveOf(recordOf(1))) +
                                   text(store.hiddenIn(recordOf(1))) + text(store.tail(laneOf(1))) +
                                   text(store.tailCount(laneOf(1))) + text(store.asideOf({1, 1})) +
                                   text(store.isEarly({1, number - 1}));
        must(store.setMeta("key", viewOf(std::to_string(number))));
        LaneRow lane;
        lane.lane = laneOf(1);
        lane.scope = "scope";
        lane.isMine = true;
        lane.isOpen = true;
        lane.tip = number;
        must(store.putLane(lane));
        const auto branches = must(store.branches(lane.lane));
        const std::int64_t branch =
            branches.empty() ? must(store.addBranch({0, lane.lane, 0, 1, 0})) : branches.front().id;
        must(store.setTip(branch, number));
        must(store.addTail({{branch, number}, lane.lane, opWithLongContext(1), hashOf(number), 0}));
        must(store.putLive(liveRow(1, "a", {1, number}, {number, 0})));
        must(store.hide(recordOf(1), "a", {1, number}, {2, number}));
        must(store.putAside(
            {{1, 1}, recordOf(1), "a", number % 2 == 0 ? Reason::limit : Reason::noRight, false}));
        must(store.putEarly({1, number}));
        must(store.commit());
        return before;
    };
    const auto reference = sqliteStore();
    for (unsigned number = 1; number <= 6; ++number) {
        EXPECT_EQ(write(number % 3 == 0 ? *second : *first, number), write(*reference, number));
    }
}

TEST(SqliteStore, ADatabaseOfANewerProgramIsRefused) {
    const TemporaryFolder folder;
    must(sqliteStore(folder / "a.db")->database().exec("PRAGMA user_version=99"));

    const auto opened = SqliteStore::open(folder / "a.db", Access::open);

    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, ErrorCode::wrongVersion);
}

// A database of version 3 with two values in a cell, one hidden by the other, and an element.
void makeVersion3(const std::string& path) {
    auto database = storage::Database::open(path, Access::create).value();
    must(storage::migrate(database, std::span(kMigrations).first(3)));
    LiveRow older = liveRow(1, "a", {1, 1}, {4, 0});
    LiveRow newer = liveRow(1, "a", {1, 2}, {kUnanswered, 2});
    LiveRow element = liveRow(2, "set", {1, 3}, {4, 1});
    element.kind = OpKind::add;
    for (const LiveRow& row : {older, newer, element}) {
        auto insert =
            database.query("INSERT INTO live VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)").value();
        must(insert
                 .bind(row.record, row.field, row.ref.branch, row.ref.counter, row.order.position,
                       row.order.place, row.kind, row.rank, row.person, row.at, row.value.encoded())
                 .run());
    }
    must(database.exec("INSERT INTO hidden VALUES(1, 1, 1, 2), (1, 9, 1, 2)"));
}

TEST(SqliteStore, ValuesOfVersion3ArePackedByCell) {
    const TemporaryFolder folder;
    makeVersion3(folder / "a.db");

    const auto store = sqliteStore(folder / "a.db");

    LiveRow older = liveRow(1, "a", {1, 1}, {4, 0});
    older.isHidden = true;
    EXPECT_EQ(text(store->liveOf(recordOf(1))),
              text(std::vector{older, liveRow(1, "a", {1, 2}, {kUnanswered, 2})}));
    using Pair = std::pair<OpRef, OpRef>;
    EXPECT_THAT(must(store->hiddenIn(recordOf(1))), ElementsAre(Pair{{1, 1}, {1, 2}}, Pair{{1, 9}, {1, 2}}));
    EXPECT_THAT(must(store->addsOf("set")), SizeIs(1));
    EXPECT_EQ(text(store->recordsHolding("set", must(store->addsOf("set")).front().value)),
              text(std::vector{recordOf(2)}));
    EXPECT_EQ(text(store->meta(kRebuildDue)), "none");
}

// A database of version 4: three values of a cell, each hidden by the next, and what is hidden and not live.
TEST(SqliteStore, HiddenUnansweredValuesOfVersion4BecomeBare) {
    const TemporaryFolder folder;
    {
        auto database = storage::Database::open(folder / "a.db", Access::create).value();
        must(storage::migrate(database, std::span(kMigrations).first(4)));
        std::vector<CellRow> rows{{liveRow(1, "a", {1, 1}, {4, 0}), {{1, 2}}},
                                  {liveRow(1, "a", {1, 2}, {kUnanswered, 2}), {{1, 3}}},
                                  {liveRow(1, "a", {1, 3}, {kUnanswered, 3}), {}}};
        auto insert = database.query("INSERT INTO cell VALUES(?1, 'a', 0, 3, ?2)").value();
        must(insert.bind(recordOf(1), encodePart({&rows[0], &rows[1], &rows[2]}, {})).run());
        auto hide = database.query("INSERT INTO hidden VALUES(?1, 1, 9, 1, 3)").value();
        must(hide.bind(recordOf(1)).run());
    }

    const auto store = sqliteStore(folder / "a.db");

    LiveRow answered = liveRow(1, "a", {1, 1}, {4, 0});
    answered.isHidden = true;
    LiveRow bare = liveRow(1, "a", {1, 2}, {kUnanswered, 2}).bare();
    bare.isHidden = true;
    EXPECT_EQ(text(store->liveOf(recordOf(1))),
              text(std::vector{answered, liveRow(1, "a", {1, 3}, {kUnanswered, 3})}));
    EXPECT_EQ(text(store->liveRow(recordOf(1), "a", {1, 2})), text(bare));
    must(store->unhide(recordOf(1), "other", {1, 3}));  // its cell was not known
    EXPECT_FALSE(must(store->liveRow(recordOf(1), "a", {1, 2}))->isHidden);
    EXPECT_THAT(must(store->hiddenIn(recordOf(1))), SizeIs(1));
}

TEST(SqliteStore, ADamagedRowOfVersion3LeavesTheStateToBeMadeAnew) {
    const TemporaryFolder folder;
    makeVersion3(folder / "a.db");
    auto database = storage::Database::open(folder / "a.db", Access::open).value();
    must(database.exec("UPDATE live SET record = x'01' WHERE counter = 3"));

    const auto store = sqliteStore(folder / "a.db");

    EXPECT_NE(text(store->meta(kRebuildDue)), "none");
    EXPECT_THAT(must(store->liveOf(recordOf(1))), IsEmpty());
    EXPECT_THAT(must(store->hiddenIn(recordOf(1))), IsEmpty());
}

TEST(SqliteStore, AnAbsentFileIsNotCreatedUnlessAsked) {
    const TemporaryFolder folder;

    const auto opened = SqliteStore::open(folder / "a.db", Access::open);

    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, ErrorCode::fileNotFound);
}

// What the damage is, and which reading must notice it.
struct Damage {
    const char* sql;
    std::string (*read)(Store&);
};

class DamagedSqliteStore : public ::testing::TestWithParam<Damage> {};

TEST_P(DamagedSqliteStore, IsReportedAsCorrupt) {
    const auto store = sqliteStore();
    const std::int64_t branch = must(store->addBranch({0, laneOf(1), 0, 1, 1}));
    must(store->addTail({{branch, 1}, laneOf(1), opWithLongContext(2), hashOf(1), 0}));
    must(store->putLive(liveRow(1, "a", {1, 1}, {1, 0})));
    must(store->putRecord(recordRow(1)));
    must(store->putSegment(segmentRow(1)));
    must(store->putHead(headOf(1)));
    must(store->putDevice(deviceRow(1, 1)));
    must(store->putAside({{1, 1}, recordOf(1), "a", Reason::limit, false}));

    must(store->database().exec(GetParam().sql));

    EXPECT_EQ(GetParam().read(*store), "error storageCorrupt");
}

INSTANTIATE_TEST_SUITE_P(
    Columns, DamagedSqliteStore,
    ::testing::Values(
        Damage{"UPDATE tail SET op = x'00'", [](Store& s) { return text(s.tail(laneOf(1))); }},
        Damage{"UPDATE tail SET op = CAST(op || x'00' AS BLOB)",
               [](Store& s) {
                   return text(s.tailOp({1, 1}));
               }},
        Damage{"UPDATE cell SET rows = x''", [](Store& s) { return text(s.liveOf(recordOf(1))); }},
        Damage{"UPDATE cell SET rows = x'ff'",
               [](Store& s) {
                   return text(s.liveRow(recordOf(1), "a", {1, 1}));
               }},
        Damage{"UPDATE cell SET rows = substr(rows, 1, length(rows) - 1)",
               [](Store& s) { return text(s.liveOfCell(recordOf(1), "a")); }},
        Damage{"UPDATE cell SET rows = CAST(rows || x'00' AS BLOB)",
               [](Store& s) { return text(s.eachLive("", [](LiveRow&&) {})); }},
        Damage{"UPDATE record SET key = x'ff'", [](Store& s) { return text(s.record(recordOf(1))); }},
        Damage{"UPDATE segment SET state = 5", [](Store& s) { return text(s.segment(hashOf(1))); }},
        Damage{"UPDATE segment SET first = -1", [](Store& s) { return text(s.segment(hashOf(1))); }},
        Damage{"UPDATE head SET bytes = x'00'", [](Store& s) { return text(s.heads()); }},
        Damage{"UPDATE device SET is_revoked = 2", [](Store& s) { return text(s.devices()); }},
        Damage{"UPDATE aside SET reason = 300", [](Store& s) { return text(s.asides()); }}));

}  // namespace
}  // namespace hezhang::sync
