// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What only the store in SQLite has: connections, processes, older versions, damage.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sync/store/cell_rows.h"
#include "sync/store/sqlite_schema.h"
#include "tests/conformance/store_rows.h"
#include "tests/support/temporary_folder.h"

namespace hezhang::sync {
namespace {

using storage::Access;
using test::TemporaryFolder;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

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

TEST(SqliteStore, AChangedBitInWhatIsNotedByNameIsAnError) {
    const TemporaryFolder folder;
    const auto store = sqliteStore(folder / "a.db");
    const Bytes value{1, 2, 3};
    must(store->begin());
    must(store->setMeta("cursor", value));
    must(store->setMeta("epoch", value));
    must(store->commit());
    must(store->database().exec("UPDATE meta SET value = x'010202' WHERE key = 'cursor'"));

    const auto again = sqliteStore(folder / "a.db");
    const auto cursor = again->meta("cursor");

    ASSERT_FALSE(cursor);
    EXPECT_EQ(cursor.error().code, ErrorCode::storageCorrupt);
    EXPECT_EQ(must(again->meta("epoch")), value);
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
        must(database.exec("DROP TABLE crossing"));  // which programs of version 4 did not make
        std::vector<CellRow> rows{CellRow::of(liveRow(1, "a", {1, 1}, {4, 0}), {{1, 2}}),
                                  CellRow::of(liveRow(1, "a", {1, 2}, {kUnanswered, 2}), {{1, 3}}),
                                  CellRow::of(liveRow(1, "a", {1, 3}, {kUnanswered, 3}))};
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

// As no program writes it: an op that is covered twice, and beside that a row of its own with two hiders.
TEST(SqliteStore, AnOpThatStandsTwiceInADamagedCellStandsOnce) {
    const TemporaryFolder folder;
    {
        const auto store = sqliteStore(folder / "a.db");
        LiveRow bare = liveRow(1, "a", {1, 2}, {kUnanswered, 2}).bare();
        const CellRow twice = CellRow::of(bare, {{1, 3}, {1, 4}});
        auto insert = store->database().query("INSERT INTO cell VALUES(?1, 'a', 0, 0, ?2)").value();
        const std::vector<CoveredRow> covered{{{1, 2}, {1, 3}, 0}, {{1, 5}, {1, 6}, 0}, {{1, 5}, {1, 6}, 0}};
        must(insert.bind(recordOf(1), encodePart({&twice}, covered)).run());
    }
    const auto store = sqliteStore(folder / "a.db");
    must(store->begin());

    EXPECT_THAT(must(store->unhide(recordOf(1), "a", {1, 3})), IsEmpty());
    EXPECT_THAT(must(store->unhide(recordOf(1), "a", {1, 4})), ElementsAre(OpRef{1, 2}));
    EXPECT_THAT(must(store->unhide(recordOf(1), "a", {1, 6})), ElementsAre(OpRef{1, 5}));

    must(store->commit());
    EXPECT_THAT(must(store->hiddenIn(recordOf(1))), IsEmpty());
    EXPECT_EQ(must(store->liveCount(recordOf(1), "a")), 2U);
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
        Damage{"UPDATE record SET scope = 'other'", [](Store& s) { return text(s.record(recordOf(1))); }},
        Damage{"UPDATE segment SET state = 5", [](Store& s) { return text(s.segment(hashOf(1))); }},
        Damage{"UPDATE segment SET first = -1", [](Store& s) { return text(s.segment(hashOf(1))); }},
        Damage{"UPDATE head SET bytes = x'00'", [](Store& s) { return text(s.heads()); }},
        Damage{"UPDATE device SET is_revoked = 2", [](Store& s) { return text(s.devices()); }},
        Damage{"UPDATE aside SET reason = 300", [](Store& s) { return text(s.asides()); }}));

}  // namespace
}  // namespace hezhang::sync
