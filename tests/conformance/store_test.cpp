// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What every store promises, asked of each of them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "tests/conformance/store_rows.h"

namespace hezhang::sync {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

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

}  // namespace
}  // namespace hezhang::sync
