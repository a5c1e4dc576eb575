// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "sync/storage/database.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tests/support/temporary_folder.h"

namespace hezhang::storage {
namespace {

using test::TemporaryFolder;
using ::testing::HasSubstr;

Database openOrDie(const std::string& path, Access access = Access::create) {
    auto database = Database::open(path, access);
    EXPECT_TRUE(database) << (database ? "" : database.error().text);
    return std::move(*database);
}

std::int64_t numberFrom(Database& database, std::string_view sql) {
    auto query = database.query(sql);
    EXPECT_TRUE(query) << (query ? "" : query.error().text);
    EXPECT_TRUE(query->step().value_or(false));
    return query->int64(0);
}

std::string textFrom(Database& database, std::string_view sql) {
    auto query = database.query(sql);
    EXPECT_TRUE(query && query->step().value_or(false));
    return query->text(0);
}

Database withTable(const std::string& path) {
    Database database = openOrDie(path);
    EXPECT_TRUE(database.exec("CREATE TABLE item(a INTEGER, b TEXT, c BLOB) STRICT"));
    return database;
}

void overwrite(const std::string& path, std::streamoff from, const std::string& bytes) {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(from);
    file << bytes;
}

TEST(Database, ANewFileHasOurSettings) {
    const TemporaryFolder folder;

    Database database = openOrDie(folder / "a.db");

    EXPECT_EQ(textFrom(database, "PRAGMA journal_mode"), "wal");
    EXPECT_EQ(numberFrom(database, "PRAGMA synchronous"), 2);
    EXPECT_EQ(numberFrom(database, "PRAGMA foreign_keys"), 1);
    EXPECT_EQ(numberFrom(database, "PRAGMA busy_timeout"), 10'000);
    EXPECT_EQ(numberFrom(database, "PRAGMA page_size"), 4096);
    EXPECT_EQ(numberFrom(database, "PRAGMA cache_size"), -16384);
    EXPECT_EQ(numberFrom(database, "PRAGMA cell_size_check"), 1);
    EXPECT_EQ(numberFrom(database, "PRAGMA trusted_schema"), 0);
}

TEST(Database, FoldedItIsAllInItsOneFileWhileItIsOpen) {
    const TemporaryFolder folder;
    Database database = withTable(folder / "a.db");
    ASSERT_TRUE(database.exec("INSERT INTO item(a) VALUES(7)"));

    ASSERT_TRUE(database.fold());

    std::filesystem::copy_file(folder / "a.db", folder / "b.db");
    Database copy = openOrDie(folder / "b.db");
    EXPECT_EQ(numberFrom(copy, "SELECT a FROM item"), 7);
}

TEST(Database, ADoubleQuotedWordIsNoText) {
    Database database = withTable(":memory:");

    const auto query = database.query("SELECT \"no_such_column\" FROM item");

    ASSERT_FALSE(query);
    EXPECT_THAT(query.error().text, HasSubstr("no such column"));
}

TEST(Database, AMissingFileIsNotMadeByOpen) {
    const TemporaryFolder folder;

    const auto writing = Database::open(folder / "a.db", Access::open);
    const auto reading = Database::open(folder / "a.db", Access::readOnly);

    ASSERT_FALSE(writing);
    EXPECT_EQ(writing.error().code, ErrorCode::fileNotFound);
    ASSERT_FALSE(reading);
    EXPECT_EQ(reading.error().code, ErrorCode::fileNotFound);
    EXPECT_FALSE(std::filesystem::exists(folder / "a.db"));
}

TEST(Database, AFolderIsNoDatabase) {
    const TemporaryFolder folder;

    const auto database = Database::open(folder / "", Access::create);

    ASSERT_FALSE(database);
    EXPECT_EQ(database.error().code, ErrorCode::storageFailed);
}

TEST(Database, AReadOnlyConnectionCannotWrite) {
    const TemporaryFolder folder;
    Database writer = withTable(folder / "a.db");
    Database reader = openOrDie(folder / "a.db", Access::readOnly);

    const auto written = reader.exec("INSERT INTO item(a) VALUES(1)");

    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code, ErrorCode::storageFailed);
    EXPECT_EQ(numberFrom(reader, "SELECT count(*) FROM item"), 0);
}

TEST(Database, ATextFileIsCorrupt) {
    const TemporaryFolder folder;
    std::ofstream(folder / "a.db") << std::string(5000, 'x');

    const auto writing = Database::open(folder / "a.db", Access::create);
    const auto reading = Database::open(folder / "a.db", Access::readOnly);

    ASSERT_FALSE(writing);
    EXPECT_EQ(writing.error().code, ErrorCode::storageCorrupt);
    ASSERT_FALSE(reading);
    EXPECT_EQ(reading.error().code, ErrorCode::storageCorrupt);
}

TEST(Database, ADamagedPageIsReportedAsCorrupt) {
    const TemporaryFolder folder;
    { Database database = withTable(folder / "a.db"); }
    overwrite(folder / "a.db", 4096, std::string(4096, '\x7f'));
    Database database = openOrDie(folder / "a.db", Access::open);

    auto query = database.query("SELECT a FROM item");
    ASSERT_TRUE(query);
    const auto row = query->step();

    ASSERT_FALSE(row);
    EXPECT_EQ(row.error().code, ErrorCode::storageCorrupt);
}

TEST(Database, AFullDiskLosesNothingCommitted) {
    Database database = withTable(":memory:");
    ASSERT_TRUE(database.exec("INSERT INTO item(a) VALUES(1); PRAGMA max_page_count=4"));

    const auto written = database.exec("INSERT INTO item(c) VALUES(zeroblob(100000))");

    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code, ErrorCode::storageFull);
    EXPECT_EQ(numberFrom(database, "SELECT count(*) FROM item"), 1);
}

TEST(Database, AMoveKeepsStatementsAndTransactions) {
    Database second = openOrDie(":memory:");
    Database first = withTable(":memory:");
    auto transaction = Transaction::beginImmediate(first);
    auto query = first.query("INSERT INTO item(a) VALUES(?)");

    second = std::move(first);

    ASSERT_TRUE(query && query->bind(7).run());
    ASSERT_TRUE(transaction && transaction->commit());
    EXPECT_EQ(numberFrom(second, "SELECT a FROM item"), 7);
}

TEST(Database, DataVersionChangesWithAnothersCommit) {
    const TemporaryFolder folder;
    Database alice = withTable(folder / "a.db");
    Database bob = openOrDie(folder / "a.db");
    const auto before = alice.dataVersion();

    ASSERT_TRUE(alice.exec("INSERT INTO item(a) VALUES(1)"));
    const auto afterOwn = alice.dataVersion();
    ASSERT_TRUE(bob.exec("INSERT INTO item(a) VALUES(2)"));
    const auto afterOther = alice.dataVersion();

    ASSERT_TRUE(before && afterOwn && afterOther);
    EXPECT_EQ(*before, *afterOwn);
    EXPECT_NE(*before, *afterOther);
}

TEST(Database, AStateMarkChangesWithWhateverIsWritten) {
    const TemporaryFolder folder;
    Database alice = withTable(folder / "a.db");
    Database bob = openOrDie(folder / "a.db");
    const auto before = alice.stateMark();

    const auto untouched = alice.stateMark();
    ASSERT_TRUE(alice.exec("INSERT INTO item(a) VALUES(1)"));
    const auto afterOwn = alice.stateMark();
    ASSERT_TRUE(bob.exec("DELETE FROM item"));
    const auto afterOther = alice.stateMark();

    ASSERT_TRUE(before && untouched && afterOwn && afterOther);
    EXPECT_EQ(*before, *untouched);
    EXPECT_NE(*before, *afterOwn);
    EXPECT_NE(*afterOwn, *afterOther);
}

TEST(Database, HasNoStateMarkWhileItsOwnWritesMayBeUndone) {
    Database database = withTable(":memory:");
    const auto before = database.stateMark();
    {
        auto transaction = Transaction::beginImmediate(database);
        ASSERT_TRUE(transaction && database.exec("INSERT INTO item(a) VALUES(1)"));

        const auto meanwhile = database.stateMark();

        ASSERT_TRUE(meanwhile);
        EXPECT_FALSE(*meanwhile);
    }
    const auto undone = database.stateMark();
    ASSERT_TRUE(before && undone && *undone);
}

TEST(Database, CountsChangesAndTheLastRow) {
    Database database = withTable(":memory:");

    ASSERT_TRUE(database.exec("INSERT INTO item(a) VALUES(1),(2),(3)"));

    EXPECT_EQ(database.changes(), 3);
    EXPECT_EQ(database.lastInsertRowId(), 3);
}

TEST(Query, GivesBackWhatWasBound) {
    Database database = openOrDie(":memory:");
    const auto id = RecordId::of(Bytes(16, 9));
    auto query = database.query("SELECT ?, ?, ?, ?, ?, ?, ?");
    ASSERT_TRUE(query);

    query->bind(-5, "镇", std::string(), Bytes{1, 2}, id, std::optional<std::int64_t>(), nullptr);

    ASSERT_TRUE(query->step().value_or(false));
    EXPECT_EQ(query->int64(0), -5);
    EXPECT_EQ(query->text(1), "镇");
    EXPECT_FALSE(query->isNull(2));
    EXPECT_EQ(query->blob(3), (Bytes{1, 2}));
    EXPECT_EQ(query->id<RecordId>(4), id);
    EXPECT_TRUE(query->isNull(5));
    EXPECT_TRUE(query->isNull(6));
}

TEST(Query, AnEmptyBlobIsNotNull) {
    Database database = openOrDie(":memory:");
    auto query = database.query("SELECT typeof(?), typeof(?)");

    query->bind(BytesView(), std::string_view());

    ASSERT_TRUE(query->step().value_or(false));
    EXPECT_EQ(query->text(0), "blob");
    EXPECT_EQ(query->text(1), "text");
}

TEST(Query, AnIdOfAnotherLengthIsNone) {
    Database database = openOrDie(":memory:");
    auto query = database.query("SELECT x'0102'");

    ASSERT_TRUE(query->step().value_or(false));

    EXPECT_TRUE(query->id<RecordId>(0).isNone());
}

TEST(Query, AnIntegerOf64BitsSurfacesAtTheStep) {
    Database database = openOrDie(":memory:");
    auto query = database.query("SELECT ?");

    const auto tooLarge = query->bind(~std::uint64_t{0}).step();
    const auto largest = query->bind(~std::uint64_t{0} >> 1).step();

    ASSERT_FALSE(tooLarge);
    EXPECT_EQ(tooLarge.error().code, ErrorCode::badValue);
    EXPECT_TRUE(largest);
}

TEST(Query, TheSameTextTwiceAtOnceIsTwoStatements) {
    Database database = withTable(":memory:");
    ASSERT_TRUE(database.exec("INSERT INTO item(a) VALUES(1),(2)"));
    auto outer = database.query("SELECT a FROM item WHERE a>=? ORDER BY a");
    auto inner = database.query("SELECT a FROM item WHERE a>=? ORDER BY a");

    ASSERT_TRUE(outer->bind(1).step().value_or(false));
    ASSERT_TRUE(inner->bind(2).step().value_or(false));

    EXPECT_EQ(outer->int64(0), 1);
    EXPECT_EQ(inner->int64(0), 2);
    ASSERT_TRUE(outer->step().value_or(false));
    EXPECT_EQ(outer->int64(0), 2);
}

TEST(Query, ABorrowedStatementComesWithoutOldValues) {
    Database database = openOrDie(":memory:");
    { ASSERT_TRUE(database.query("SELECT ?1")->bind(7).step().value_or(false)); }

    auto again = database.query("SELECT ?1");

    ASSERT_TRUE(again->step().value_or(false));
    EXPECT_TRUE(again->isNull(0));
}

TEST(Query, RunsAgainWithOtherValues) {
    Database database = withTable(":memory:");
    auto insert = database.query("INSERT INTO item(a) VALUES(?)");

    for (int i = 1; i <= 3; ++i) {
        ASSERT_TRUE(insert->bind(i).run());
    }

    EXPECT_EQ(numberFrom(database, "SELECT sum(a) FROM item"), 6);
}

TEST(Query, TheEndStaysTheEnd) {
    Database database = openOrDie(":memory:");
    auto query = database.query("SELECT 1");

    ASSERT_TRUE(query->step().value_or(false));

    EXPECT_FALSE(query->step().value_or(true));
    EXPECT_FALSE(query->step().value_or(true));
}

TEST(Query, AStrictTableRefusesAWrongType) {
    Database database = withTable(":memory:");

    const auto written = database.query("INSERT INTO item(a) VALUES(?)")->bind("three").run();

    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code, ErrorCode::storageFailed);
    EXPECT_THAT(written.error().text, HasSubstr("cannot store TEXT value in INTEGER column"));
}

TEST(Query, TwoStatementsInOneTextAreRefused) {
    Database database = openOrDie(":memory:");

    const auto two = database.query("SELECT 1; SELECT 2");
    const auto none = database.query("  ");
    const auto trailing = database.query("SELECT 1;\n");

    EXPECT_FALSE(two);
    EXPECT_FALSE(none);
    EXPECT_TRUE(trailing);
}

TEST(Transaction, RollsBackWhenDestroyed) {
    Database database = withTable(":memory:");

    {
        auto transaction = Transaction::beginImmediate(database);
        ASSERT_TRUE(transaction && database.exec("INSERT INTO item(a) VALUES(1)"));
        EXPECT_TRUE(database.inTransaction());
    }

    EXPECT_FALSE(database.inTransaction());
    EXPECT_EQ(numberFrom(database, "SELECT count(*) FROM item"), 0);
}

TEST(Transaction, AFailedCommitLeavesNothing) {
    Database database = openOrDie(":memory:");
    ASSERT_TRUE(database.exec(
        "CREATE TABLE parent(id INTEGER PRIMARY KEY) STRICT;"
        "CREATE TABLE child(parent INTEGER REFERENCES parent DEFERRABLE INITIALLY DEFERRED) STRICT"));
    auto transaction = Transaction::beginImmediate(database);
    ASSERT_TRUE(transaction && database.exec("INSERT INTO child VALUES(1)"));

    const auto committed = transaction->commit();

    EXPECT_FALSE(committed);
    EXPECT_FALSE(database.inTransaction());
    EXPECT_EQ(numberFrom(database, "SELECT count(*) FROM child"), 0);
}

TEST(Transaction, ASecondWriterIsToldBusy) {
    const TemporaryFolder folder;
    Database alice = withTable(folder / "a.db");
    Database bob = openOrDie(folder / "a.db");
    bob.setBusyTimeout(1);
    auto first = Transaction::beginImmediate(alice);
    ASSERT_TRUE(first);

    const auto second = Transaction::beginImmediate(bob);

    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, ErrorCode::storageBusy);
    ASSERT_TRUE(first->commit());
    EXPECT_TRUE(Transaction::beginImmediate(bob));
}

TEST(Transaction, AReaderSeesTheMomentItBegan) {
    const TemporaryFolder folder;
    Database writer = withTable(folder / "a.db");
    Database reader = openOrDie(folder / "a.db", Access::readOnly);
    auto reading = Transaction::beginRead(reader);
    ASSERT_TRUE(reading);

    ASSERT_TRUE(writer.exec("INSERT INTO item(a) VALUES(1)"));

    EXPECT_EQ(numberFrom(reader, "SELECT count(*) FROM item"), 0);
    ASSERT_TRUE(reading->commit());
    EXPECT_EQ(numberFrom(reader, "SELECT count(*) FROM item"), 1);
}

TEST(Backup, HoldsWhatWasCommitted) {
    const TemporaryFolder folder;
    Database database = withTable(folder / "a.db");
    ASSERT_TRUE(database.exec("INSERT INTO item(a) VALUES(1)"));

    ASSERT_TRUE(database.backupTo(folder / "copy.db"));
    ASSERT_TRUE(database.exec("INSERT INTO item(a) VALUES(2)"));
    ASSERT_TRUE(database.backupTo(folder / "copy.db"));

    Database copy = openOrDie(folder / "copy.db", Access::open);
    EXPECT_EQ(numberFrom(copy, "SELECT count(*) FROM item"), 2);
    EXPECT_EQ(textFrom(copy, "PRAGMA integrity_check"), "ok");
    EXPECT_FALSE(std::filesystem::exists(folder / "copy.db.part"));
}

TEST(Backup, IntoAMissingFolderFails) {
    const TemporaryFolder folder;
    Database database = withTable(folder / "a.db");

    const auto copied = database.backupTo(folder / "none/copy.db");

    ASSERT_FALSE(copied);
    EXPECT_EQ(copied.error().code, ErrorCode::fileNotFound);
}

TEST(Backup, IsBusyInsideAWriteTransaction) {
    const TemporaryFolder folder;
    Database database = withTable(folder / "a.db");
    auto transaction = Transaction::beginImmediate(database);

    const auto copied = database.backupTo(folder / "copy.db");

    ASSERT_FALSE(copied);
    EXPECT_EQ(copied.error().code, ErrorCode::storageBusy);
    EXPECT_FALSE(std::filesystem::exists(folder / "copy.db"));
}

constexpr Migration kMigrations[] = {{1, "CREATE TABLE one(a INTEGER) STRICT; INSERT INTO one VALUES(1)"},
                                     {2, "ALTER TABLE one ADD COLUMN b TEXT"}};

TEST(Migrate, BringsANewDatabaseToTheLastVersionOnce) {
    Database database = openOrDie(":memory:");

    ASSERT_TRUE(migrate(database, kMigrations));
    ASSERT_TRUE(migrate(database, kMigrations));

    EXPECT_EQ(numberFrom(database, "PRAGMA user_version"), 2);
    EXPECT_EQ(numberFrom(database, "SELECT count(*) FROM one WHERE b IS NULL"), 1);
}

TEST(Migrate, GoesOnFromAnOlderVersion) {
    Database database = openOrDie(":memory:");
    ASSERT_TRUE(migrate(database, std::span(kMigrations).first(1)));

    ASSERT_TRUE(migrate(database, kMigrations));

    EXPECT_EQ(numberFrom(database, "SELECT count(b) FROM one"), 0);
}

TEST(Migrate, RefusesANewerDatabase) {
    Database database = openOrDie(":memory:");
    ASSERT_TRUE(migrate(database, kMigrations));

    const auto result = migrate(database, std::span(kMigrations).first(1));

    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::wrongVersion);
}

TEST(Migrate, AFailingStepLeavesTheVersionBefore) {
    constexpr Migration kBroken[] = {{1, "CREATE TABLE one(a INTEGER) STRICT"},
                                     {2, "CREATE TABLE two(a INTEGER) STRICT; CREATE TABLE one(a INTEGER)"}};
    Database database = openOrDie(":memory:");

    const auto result = migrate(database, kBroken);

    EXPECT_FALSE(result);
    EXPECT_EQ(numberFrom(database, "PRAGMA user_version"), 1);
    EXPECT_EQ(numberFrom(database, "SELECT count(*) FROM sqlite_schema WHERE name='two'"), 0);
}

}  // namespace
}  // namespace hezhang::storage
