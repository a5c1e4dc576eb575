// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Stories of failing disks, each by its name; and the disk that they fail on. All faults of all operations:
// hezhang-disk-faults.
#include <gmock/gmock.h>

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "src/ledger/blob_fetch.h"
#include "src/ledger/names.h"
#include "src/ledger/receipt.h"
#include "src/ledger/sync_round.h"
#include "sync/base/log.h"
#include "sync/store/sqlite_schema.h"
#include "sync/transport/blob_messages.h"
#include "sync/transport/wire_messages.h"
#include "tests/faults/campaign.h"
#include "tests/support/direct_transport.h"
#include "tests/support/fault_memory.h"
#include "tests/support/fault_vfs.h"

namespace hezhang::test {
namespace {

using ledger::CountyFolder;
using ledger::Home;

// The county, its homes, and a disk under one side of them.
class DiskFaults : public ::testing::Test {
protected:
    DiskFaults() { log::setLevel(log::Level::off); }
    ~DiskFaults() override { log::setLevel(log::Level::warning); }

    void use(const std::string& state, Side side) {
        m_bench.use(state, side);
        m_bench.begin(1);
    }
    [[nodiscard]] std::unique_ptr<Home> openHome() {
        return must(Home::open(m_bench.folder(), m_bench.environment()));
    }
    [[nodiscard]] std::unique_ptr<CountyFolder> openCounty() {
        return must(CountyFolder::open(m_bench.place().county(), m_bench.environment()));
    }
    static sync::SyncReport sync(Home& home, CountyFolder& county) {
        DirectTransport endpoint(county);
        const auto report = must(home.sync(endpoint));
        EXPECT_FALSE(report.error) << report.error->text;
        return report.sync;
    }
    [[nodiscard]] std::string shown(Home& home, const std::string& field) {
        return must(ledger::shownText(home.state(), m_bench.story().filing, field));
    }
    // What every fault of a family breaks in an operation; how many there were.
    [[nodiscard]] std::vector<std::string> brokenBy(const std::string& operation, const std::string& family) {
        std::vector<Operation> all = homeOperations();
        for (Operation& one : countyOperations()) {
            all.push_back(std::move(one));
        }
        const auto found =
            std::find_if(all.begin(), all.end(), [&](const Operation& one) { return one.name == operation; });
        Campaign campaign(m_bench, *found, true);
        for (const Family& one : families()) {
            if (one.name == family) {
                const OperationCounts counts = campaign.only(one, 2);
                EXPECT_GT(counts.injections, 0u);
                return counts.failures;
            }
        }
        return {"no such family"};
    }

    FaultMemory m_memory;
    FaultVfs m_vfs;
    Bench m_bench{::testing::TempDir()};
};

// -- a disk that lies

TEST_F(DiskFaults, PowerCutOnADiskThatLiesAboutSync) {
    use("calm", Side::home);
    const auto county = openCounty();
    const RecordId filing = m_bench.story().filing;
    m_bench.disk().plan({.isLying = true});
    Bytes receipt;
    std::string lost;
    {
        const auto home = openHome();
        lost = must(home->edit({.record = filing, .field = "status", .text = "done"})).dot;
        sync(*home, *county);
        receipt = must(ledger::makeReceipt(*home, filing));
    }
    m_bench.disk().cutPower(1, Survivors::none);

    // The device has forgotten its edit, and uses its number once more.
    m_bench.begin(2);
    const auto home = openHome();
    ASSERT_EQ(shown(*home, "status"), "in-progress");
    const auto again = must(home->edit({.record = filing, .field = "text", .text = "停电以后写的。"}));
    ASSERT_EQ(again.dot, lost);
    const sync::SyncReport report = sync(*home, *county);
    sync(*home, *county);

    // Both are there, at both sides; the office sees the branch, and the device goes on in a new lane.
    EXPECT_EQ(shown(*home, "status"), "done");
    EXPECT_EQ(shown(*home, "text"), "停电以后写的。");
    EXPECT_TRUE(report.isNewLane);
    std::uint64_t branches = 0;
    for (const ledger::DeviceListing& listing : must(county->devices())) {
        for (const ledger::DeviceListing::Lane& lane : listing.lanes) {
            branches = std::max(branches, lane.branches);
        }
    }
    EXPECT_EQ(branches, 2u);
    EXPECT_TRUE(must(home->verify()).empty());
    EXPECT_TRUE(must(county->county().verify()).empty());
    EXPECT_TRUE(ledger::verifyReceipt(receipt));
    const auto next = must(home->edit({.record = filing, .field = "percent", .text = "50"}));
    EXPECT_NE(next.dot.substr(0, 32), lost.substr(0, 32));
    sync(*home, *county);
    EXPECT_EQ(must(county->county().projection().shown(filing, "percent"))->asInteger(), 50);
}

// -- a full disk

class DiskFullWhileSavingPullingWritingTheWalAndMigrating : public DiskFaults {
protected:
    // Runs `work` with a disk that is full from the k-th call on, for every k; then there is space, and
    // `then` has to succeed.
    void forEveryCall(const std::function<Result<void>()>& work, const std::function<void()>& then) {
        for (std::uint64_t at = 1;; ++at) {
            m_bench.disk().reset();
            m_bench.begin(at);
            m_bench.disk().plan({kSpaceCalls, at, DiskFault::full, true, false});
            const auto done = work();
            const bool isReached = m_bench.disk().isReached();
            m_bench.disk().mend();
            if (!isReached) {
                ASSERT_TRUE(done) << done.error().text;
                ASSERT_GT(at, 2u);
                return;
            }
            if (!done) {
                EXPECT_EQ(done.error().code, ErrorCode::storageFull) << done.error().text;
                then();
            }
            m_home.reset();
        }
    }

    std::unique_ptr<Home> m_home;
};

TEST_F(DiskFullWhileSavingPullingWritingTheWalAndMigrating, TheTypedTextIsSavedOnceThereIsSpace) {
    use("calm", Side::home);
    const auto save = [&]() -> Result<void> {
        HZ_TRY(const sync::EditAnswer answer,
               m_home->edit({.record = m_bench.story().filing, .field = "text", .text = "写好的话。"}));
        return answer.dot.empty() ? fail(ErrorCode::internal, "no dot") : Result<void>();
    };
    forEveryCall(
        [&]() -> Result<void> {
            HZ_TRY(m_home, Home::open(m_bench.folder(), m_bench.environment()));
            return save();
        },
        [&] {
            if (!m_home) {
                m_home = openHome();
            }
            EXPECT_EQ(shown(*m_home, "text"), "已召开会议。已张贴公告。");
            EXPECT_TRUE(save());  // the same window, the same text
            EXPECT_EQ(shown(*m_home, "text"), "写好的话。");
            EXPECT_EQ(must(m_home->replica().ownCounts()).local, 1u);
        });
}

TEST_F(DiskFullWhileSavingPullingWritingTheWalAndMigrating, APullGoesOnWhereItStood) {
    use("meeting", Side::home);
    const auto pull = [&]() -> Result<void> {
        HZ_TRY(const ledger::HomeSyncReport report, m_home->sync(m_bench.transport()));
        return report.error ? Result<void>(fail(*report.error)) : Result<void>();
    };
    forEveryCall(
        [&]() -> Result<void> {
            HZ_TRY(m_home, Home::open(m_bench.folder(), m_bench.environment()));
            return pull();
        },
        [&] {
            if (!m_home) {
                m_home = openHome();
            }
            const auto again = pull();
            EXPECT_TRUE(again) << again.error().text;
            EXPECT_TRUE(must(m_home->verify()).empty());
            EXPECT_EQ(must(m_home->replica().ownCounts()).local, 0u);
        });
}

TEST_F(DiskFullWhileSavingPullingWritingTheWalAndMigrating, ABatchIsAllThereOrNotAtAll) {
    use("calm", Side::home);
    const auto write = [&]() -> Result<void> {
        HZ_CHECK(m_home->beginBatch());
        for (int i = 1; i <= 30; ++i) {
            auto answer = m_home->edit({.record = m_bench.story().filing,
                                        .field = "done_count",
                                        .kind = sync::OpKind::increment,
                                        .text = "1"});
            if (!answer) {
                m_home->abandonBatch();
                return fail(answer.error());
            }
        }
        return m_home->commitBatch();
    };
    const auto count = [&] {
        const auto record = must(m_home->store().record(m_bench.story().filing));
        return must(m_home->state().cell(*record, "done_count")).view.sum;
    };
    forEveryCall(
        [&]() -> Result<void> {
            HZ_TRY(m_home, Home::open(m_bench.folder(), m_bench.environment()));
            return write();
        },
        [&] {
            if (!m_home) {
                m_home = openHome();
            }
            EXPECT_EQ(count(), 2);
            EXPECT_TRUE(write());
            EXPECT_EQ(count(), 32);
        });
}

TEST_F(DiskFullWhileSavingPullingWritingTheWalAndMigrating, AnOldDatabaseStaysOldUntilThereIsSpace) {
    use("old", Side::home);
    const auto version = [&] {
        auto database =
            must(storage::Database::open(m_bench.folder() + "/home.db", storage::Access::readOnly));
        auto query = must(database.query("PRAGMA user_version"));
        EXPECT_TRUE(must(query.step()));
        return query.int64(0);
    };
    forEveryCall(
        [&]() -> Result<void> {
            HZ_TRY(m_home, Home::open(m_bench.folder(), m_bench.environment()));
            return {};
        },
        [&] {
            // Each step is a transaction of its own.
            EXPECT_LT(version(), sync::kMigrations.back().version);
            m_home = openHome();
            EXPECT_EQ(version(), sync::kMigrations.back().version);
            EXPECT_EQ(shown(*m_home, "status"), "in-progress");
        });
}

TEST_F(DiskFullWhileSavingPullingWritingTheWalAndMigrating, ADamagedValueOfAnOldHomeComesFromItsLog) {
    use("old", Side::home);
    {
        auto database = must(storage::Database::open(m_bench.folder() + "/home.db", storage::Access::open));
        must(database.exec("UPDATE live SET person = x'01' WHERE field = 'status'"));
    }

    m_home = openHome();

    EXPECT_EQ(shown(*m_home, "status"), "in-progress");
    EXPECT_THAT(must(m_home->verify()), ::testing::IsEmpty());
    EXPECT_FALSE(must(m_home->store().meta(sync::kRebuildDue)));
}

// -- files on their way

TEST_F(DiskFaults, WhatTheCountySaidItHasOfAFileIsThereAfterAPowerCut) {
    use("calm", Side::county);
    const Bytes file(3000, 7);
    sync::BlobPut put;
    put.device = m_bench.story().clerk;
    put.hash = sync::suiteFor(sync::SuiteId::international)->hash({file});
    put.total = file.size();
    const auto have = [&] {
        const auto county = openCounty();
        const Bytes request =
            sync::frameWithMac(*sync::suiteFor(sync::SuiteId::international), sync::encode(put),
                               must(county->county().macKeyOf(put.device)), {});
        const auto opened = must(sync::openFrame(must(county->handleBlobPut(request))));
        return must(sync::decode<sync::BlobPutAnswer>(opened.plain, "answer")).have;
    };
    put.bytes = Bytes(2000, 7);
    ASSERT_EQ(have(), 2000u);

    m_bench.disk().cutPower(1, Survivors::none);

    put.bytes.clear();
    EXPECT_EQ(have(), 2000u);
}

TEST_F(DiskFaults, AFileOnItsWayToADeviceGoesOnAfterAPowerCut) {
    use("files", Side::home);
    const auto county = openCounty();
    DirectTransport endpoint(*county);
    {
        const auto home = openHome();
        const auto round = must(ledger::SyncRound::tryBegin(*home));
        for (auto next = round->nextRequest(); next; next = round->nextRequest()) {
            round->onAnswer(endpoint.post(next->path, next->bytes));
            if (next->path == sync::kBlobGetPath) {
                break;  // one chunk of two
            }
        }
    }

    m_bench.disk().cutPower(1, Survivors::none);

    m_bench.begin(2);
    const auto home = openHome();
    const std::string path = m_bench.folder() + "/blobs/" + must(ledger::missingBlobs(*home)).front();
    EXPECT_EQ(std::filesystem::file_size(path + ".part"), sync::kBlobChunkMax);
    sync(*home, *county);
    EXPECT_EQ(std::filesystem::file_size(path), 700'000u);
    EXPECT_THAT(must(ledger::missingBlobs(*home)), ::testing::IsEmpty());
}

// -- what once went wrong

TEST_F(DiskFaults, AnEnrolmentIsWholeBeforeItIsInPlaceAndItsCodeWorksAgain) {
    EXPECT_THAT(brokenBy("enroll", "full"), ::testing::IsEmpty());
}

TEST_F(DiskFaults, AnEnrolmentThatStandsIsNotReportedAsFailed) {
    EXPECT_THAT(brokenBy("enroll", "write"), ::testing::IsEmpty());
}

TEST_F(DiskFaults, ACountyIsWholeBeforeItIsInPlaceAndTheErrorNamesTheDisk) {
    EXPECT_THAT(brokenBy("init", "full"), ::testing::IsEmpty());
}

TEST_F(DiskFaults, APhotoThatCameWholeIsPutInPlaceThoughTheDiskFailed) {
    EXPECT_THAT(brokenBy("take-photo", "file"), ::testing::IsEmpty());
}

TEST_F(DiskFaults, ARestoreWithoutRoomLeavesTheOldCountyWhole) {
    EXPECT_THAT(brokenBy("restore-over-crashed-one", "full"), ::testing::IsEmpty());
}

TEST_F(DiskFaults, ARestoreDoesNotBlameTheBackupForTheDisk) {
    EXPECT_THAT(brokenBy("restore", "other"), ::testing::IsEmpty());
}

TEST_F(DiskFaults, ACheckWithoutRoomDoesNotBlameTheCounty) {
    EXPECT_THAT(brokenBy("verify-county", "full"), ::testing::IsEmpty());
}

TEST_F(DiskFaults, ANewEpochIsNeverThereWithoutItsSignedHead) {
    EXPECT_THAT(brokenBy("serve-behind-its-head", "write"), ::testing::IsEmpty());
}

TEST_F(DiskFaults, AFilingIsWholeOrNotThereWhereAReadEndsItsTransaction) {
    EXPECT_THAT(brokenBy("file", "read"), ::testing::IsEmpty());
}

TEST_F(DiskFaults, ARestoreThatCannotReadDoesNotBlameTheBackup) {
    EXPECT_THAT(brokenBy("restore", "read"), ::testing::IsEmpty());
}

TEST_F(DiskFaults, ACheckThatCannotReadDoesNotBlameTheHome) {
    EXPECT_THAT(brokenBy("verify", "read"), ::testing::IsEmpty());
}

TEST_F(DiskFaults, ASearchIndexDamagedAnywhereIsMadeAnew) {
    EXPECT_THAT(brokenBy("search", "flip"), ::testing::IsEmpty());
}

TEST_F(DiskFaults, ARecordInAnotherScopeThanItsKeySaysIsFound) {
    use("calm", Side::home);
    const auto home = openHome();
    ASSERT_THAT(must(home->verify()), ::testing::IsEmpty());

    must(static_cast<sync::SqliteStore&>(home->store())
             .database()
             .exec("UPDATE record SET scope = 'unit:elsewhere', sum = 0 WHERE id = x'" +
                   m_bench.story().filing.hex() + "'"));

    EXPECT_THAT(must(home->verify()), ::testing::ElementsAre(::testing::HasSubstr("scope")));
}

// -- the disk itself

class FaultDiskTest : public ::testing::Test {
protected:
    FaultDiskTest() : m_path(m_folder.fresh("disk")) {
        std::filesystem::create_directories(m_path);
        m_disk.emplace(m_path);
    }
    [[nodiscard]] std::string file(const std::string& name) const { return (m_path / name).string(); }
    [[nodiscard]] storage::Database open() {
        return must(storage::Database::open(file("a.db"), storage::Access::create));
    }
    [[nodiscard]] std::int64_t rows() {
        storage::Database database = open();
        auto query = must(database.query("SELECT count(*) FROM item"));
        EXPECT_TRUE(must(query.step()));
        return query.int64(0);
    }
    void makeTable() {
        must(open().exec("CREATE TABLE item(a)"));
        m_disk->keep();
    }

    FaultMemory m_memory;
    FaultVfs m_vfs;
    TemporaryFolder m_folder;
    std::filesystem::path m_path;
    std::optional<FaultDisk> m_disk;
};

TEST_F(FaultDiskTest, RefusesTheCallItIsAskedToAndNoOther) {
    makeTable();
    storage::Database database = open();
    m_disk->plan({.calls = only(DiskCall::sync), .at = 1});

    const auto first = database.exec("INSERT INTO item VALUES(1)");
    const auto second = database.exec("INSERT INTO item VALUES(2)");

    ASSERT_FALSE(first);
    EXPECT_EQ(first.error().code, ErrorCode::storageFailed);
    EXPECT_TRUE(second);
}

TEST_F(FaultDiskTest, NothingIsWrittenBesideATransactionThatAFailedReadHasEnded) {
    makeTable();
    must(open().exec("CREATE TABLE large(a); INSERT INTO large VALUES(zeroblob(100000))"));
    storage::Database database = open();
    auto transaction = must(storage::Transaction::beginImmediate(database));
    must(database.exec("INSERT INTO item VALUES(1)"));
    m_disk->plan({.calls = only(DiskCall::read), .at = 1});

    const auto read = database.exec("SELECT hex(a) FROM large");
    const auto written = database.exec("INSERT INTO item VALUES(2)");
    const auto committed = transaction.commit();

    EXPECT_FALSE(read);
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code, ErrorCode::storageFailed);
    EXPECT_FALSE(committed);
    EXPECT_EQ(rows(), 0);
    EXPECT_TRUE(database.exec("INSERT INTO item VALUES(3)"));
}

TEST_F(FaultDiskTest, ABitThatFlipsOnReadingStaysAsItIsOnTheDisk) {
    makeTable();
    must(open().exec("CREATE TABLE large(a); INSERT INTO large VALUES(hex(zeroblob(50000)))"));
    const std::string whole(100'000, '0');
    const auto read = [&] {
        storage::Database database = must(storage::Database::open(file("a.db"), storage::Access::readOnly));
        storage::Query query = must(database.query("SELECT a FROM large"));
        EXPECT_TRUE(must(query.step()));
        return std::string(query.text(0));
    };
    constexpr std::uint64_t kInTheText = 10;  // of 13 pages

    m_disk->plan({.calls = only(DiskCall::read), .at = kInTheText, .how = DiskFault::flip});
    const std::string flipped = read();
    m_disk->mend();

    EXPECT_EQ(flipped.size(), whole.size());
    EXPECT_TRUE(flipped != whole);
    EXPECT_TRUE(read() == whole);
}

TEST_F(FaultDiskTest, MemoryThatIsRefusedIsAnErrorOfTheStorage) {
    makeTable();
    std::uint64_t refused = 0;
    for (std::uint64_t at = 1;; ++at) {
        m_disk->reset();
        m_disk->plan({.calls = only(DiskCall::allocate), .at = at});
        auto database = storage::Database::open(file("a.db"), storage::Access::open);
        const auto done = database ? database->exec("INSERT INTO item VALUES(1)") : fail(database.error());
        if (!m_disk->isReached()) {
            break;
        }
        refused += done ? 0 : 1;
        EXPECT_TRUE(done || done.error().code == ErrorCode::storageFailed) << done.error().text;
    }
    EXPECT_GT(refused, 50u);
}

TEST_F(FaultDiskTest, RefusesWithoutAnAccountToo) {
    makeTable();
    m_disk.reset();
    FaultDisk disk(file("a.db"), Account::none);
    storage::Database database = open();
    disk.plan({kSpaceCalls, 1, DiskFault::full, true, false});

    const auto refused = database.exec("INSERT INTO item VALUES(1)");
    disk.mend();

    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::storageFull);
    EXPECT_TRUE(database.exec("INSERT INTO item VALUES(1)"));
}

TEST_F(FaultDiskTest, AFullDiskIsNamedAsOneForEveryCallThatWantsRoom) {
    makeTable();
    for (std::uint64_t at = 1;; ++at) {
        m_disk->reset();
        m_disk->plan({kSpaceCalls, at, DiskFault::full, true, false});
        auto database = storage::Database::open(file("a.db"), storage::Access::open);
        const auto done = database ? database->exec("INSERT INTO item VALUES(1)") : fail(database.error());
        if (!m_disk->isReached()) {
            EXPECT_GT(at, 3u);
            break;
        }
        EXPECT_TRUE(done || done.error().code == ErrorCode::storageFull) << done.error().text;
    }
}

TEST_F(FaultDiskTest, APowerCutKeepsWhatWasFlushedAndMayKeepTheRest) {
    makeTable();
    std::set<std::int64_t> seen;
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        m_disk->reset();
        {
            storage::Database database = open();
            must(database.exec(
                "INSERT INTO item VALUES(1); PRAGMA synchronous = OFF; INSERT INTO item VALUES(2)"));
            m_disk->plan({.calls = kAllCalls, .at = 1, .how = DiskFault::powerOff});
        }
        m_disk->cutPower(seed);
        seen.insert(rows());
    }
    EXPECT_EQ(seen, (std::set<std::int64_t>{1, 2}));
}

TEST_F(FaultDiskTest, ADiskThatLiesLosesWhatItSaidItHad) {
    makeTable();
    m_disk->plan({.isLying = true});
    must(open().exec("INSERT INTO item VALUES(1)"));

    m_disk->cutPower(1, Survivors::none);

    EXPECT_EQ(rows(), 0);
}

TEST_F(FaultDiskTest, AResetGivesEveryFileItsBytesAndItsInodeBack) {
    std::ofstream(file("guard")) << "one";
    m_disk->keep();
    const auto inode = [&] {
        struct stat info {};
        ::stat(file("guard").c_str(), &info);
        return info.st_ino;
    };
    const auto before = inode();
    must(ledger::replaceFile(file("guard"), viewOf("another")));
    must(ledger::replaceFile(file("more"), viewOf("x")));
    ASSERT_NE(inode(), before);

    m_disk->reset();

    EXPECT_EQ(inode(), before);
    EXPECT_EQ(textOf(must(ledger::readFile(file("guard"), 100))), "one");
    EXPECT_FALSE(std::filesystem::exists(file("more")));
}

}  // namespace
}  // namespace hezhang::test
