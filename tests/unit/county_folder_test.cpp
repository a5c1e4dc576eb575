// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/county_folder.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <filesystem>

#include "src/ledger/dump.h"
#include "sync/engine/enrolment.h"
#include "tests/support/temporary_folder.h"

namespace hezhang::ledger {
namespace {

using sync::BlobStatus;
using sync::OpKind;
using sync::Value;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

constexpr std::string_view kUnits =
    "name,short_names,kind,parent\n"
    "县民政局,民政局;民政,department,\n"
    "城关镇财政所,,section,城关\n"  // its parent comes later, by its short name
    "城关镇,城关,town,\n";

class CountyFolderTest : public ::testing::Test {
protected:
    [[nodiscard]] Environment environment() { return {m_clock, m_random}; }
    [[nodiscard]] std::string folder(const std::string& name = "county") const { return m_root / name; }
    [[nodiscard]] std::string database() const { return folder() + "/county.db"; }

    void init(sync::SuiteId suite = sync::SuiteId::international) {
        ASSERT_TRUE(CountyFolder::init(folder(), {"测试县", std::nullopt, suite}, environment()));
    }
    [[nodiscard]] std::unique_ptr<CountyFolder> open(const std::string& name = "county") {
        auto county = CountyFolder::open(folder(name), environment());
        EXPECT_TRUE(county) << county.error().text;
        return std::move(*county);
    }
    [[nodiscard]] std::unique_ptr<CountyFolder> initWithUnits() {
        init();
        auto county = open();
        EXPECT_TRUE(county->importUnits(kUnits));
        return county;
    }
    [[nodiscard]] static std::string dumpOf(CountyFolder& county) {
        std::string text;
        EXPECT_TRUE(dump(county.county().projection(), county.registers(), "",
                         [&](std::string_view line) { text += line; }));
        return text;
    }
    [[nodiscard]] static EpochId epochOf(CountyFolder& county) { return county.county().status()->epoch; }

    // Runs one statement on the closed database.
    void damage(const std::string& sql) {
        auto opened = storage::Database::open(database(), storage::Access::open);
        ASSERT_TRUE(opened);
        const auto done = opened->exec(sql);
        ASSERT_TRUE(done) << done.error().text;
    }
    [[nodiscard]] std::vector<std::string> findings() {
        const auto found = CountyFolder::verify(folder(), environment());
        EXPECT_TRUE(found) << found.error().text;
        return found.value_or(std::vector<std::string>{"failed"});
    }

    [[nodiscard]] sync::Identity enrol(CountyFolder& county, const std::string& unit,
                                       const std::string& role) {
        const auto invited = county.invite({unit, "张三", role}, std::nullopt);
        EXPECT_TRUE(invited) << invited.error().text;
        const sync::Suite& suite = *sync::suiteFor(sync::SuiteId::international);
        const auto enrolment = sync::Enrolment::begin(suite, m_random, invited->code);
        const auto answer = county.handleEnrol(enrolment->request());
        EXPECT_TRUE(answer);
        const auto identity = enrolment->onAnswer(suite, *answer);
        EXPECT_TRUE(identity) << identity.error().text;
        return *identity;
    }

    FakeClock m_clock;
    SeededRandom m_random{7};
    test::TemporaryFolder m_root;
};

// -- init

TEST_F(CountyFolderTest, InitMakesACountyWithItsOfficeForItsOwnerOnly) {
    init();

    EXPECT_THAT(dumpOf(*open()), AllOf(HasSubstr("政务公开办公室"), HasSubstr("\"kind\":\"office\"")));
    struct stat info {};
    ::stat(folder().c_str(), &info);
    EXPECT_EQ(info.st_mode & 0777, 0700u);
    ::stat(database().c_str(), &info);
    EXPECT_EQ(info.st_mode & 0777, 0600u);
}

TEST_F(CountyFolderTest, InitOverACountyIsRefusedAndChangesNothing) {
    init();
    const std::string before = dumpOf(*open());

    const auto again = CountyFolder::init(folder(), {"别的县", "别的办", {}}, environment());

    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, ErrorCode::inUse);
    EXPECT_EQ(dumpOf(*open()), before);
}

TEST_F(CountyFolderTest, InitWorksWithTheChineseSuiteToo) {
    init(sync::SuiteId::sm);
    EXPECT_EQ(open()->county().control()->suite, sync::SuiteId::sm);
    EXPECT_THAT(findings(), IsEmpty());
}

TEST_F(CountyFolderTest, AFolderWithoutACountyIsNotOpened) {
    EXPECT_EQ(CountyFolder::open(folder(), environment()).error().code, ErrorCode::notFound);
}

// -- units

TEST_F(CountyFolderTest, UnitsAreImportedOnceAndThenUnchanged) {
    init();
    auto county = open();

    const auto first = county->importUnits(kUnits);
    const std::uint64_t size = *county->county().size();
    const auto second = county->importUnits(
        "\xEF\xBB\xBFname,short_names,kind,parent\r\n"
        "城关镇,城关,town,\r\n"
        "县民政局,民政；民政局,部门,\r\n"
        "\"城关镇财政所\",,section,城关镇\r\n\r\n");

    ASSERT_TRUE(first) << first.error().text;
    EXPECT_EQ(first->created, 3u);
    ASSERT_TRUE(second) << second.error().text;
    EXPECT_EQ(second->created + second->changed, 0u);
    EXPECT_EQ(second->unchanged, 3u);
    EXPECT_EQ(*county->county().size(), size);
    EXPECT_EQ(*unitName(county->county().projection(), *findUnit(county->county().projection(), "民政")),
              "县民政局");
}

TEST_F(CountyFolderTest, ColumnsThatAreMissingStayAsTheyAre) {
    auto county = initWithUnits();

    const auto import = county->importUnits("kind,name\ntown,城关镇\n");

    ASSERT_TRUE(import) << import.error().text;
    EXPECT_EQ(import->unchanged, 1u);
}

TEST_F(CountyFolderTest, AUnitsContactComesFromTheListAndGoesWithAnEmptyCell) {
    auto county = initWithUnits();
    const auto said = [&](std::string_view field) {
        sync::Projection& state = county->county().projection();
        return *shownText(state, *findUnit(state, "城关镇"), field);
    };

    ASSERT_TRUE(county->importUnits("name,contact,contact_phone\n城关镇,李四,0951-2077000\n"));
    EXPECT_EQ(said("contact"), "李四");
    EXPECT_EQ(said("contact_phone"), "0951-2077000");

    const auto again = county->importUnits("name,contact,contact_phone\n城关镇,李四,0951-2077000\n");
    ASSERT_TRUE(again);
    EXPECT_EQ(again->unchanged, 1u);

    ASSERT_TRUE(county->importUnits("name,contact\n城关镇,\n"));
    EXPECT_EQ(said("contact"), "");
    EXPECT_EQ(said("contact_phone"), "0951-2077000");
}

TEST_F(CountyFolderTest, ARenamedUnitIsFoundByItsShortNameAndKeepsItsId) {
    auto county = initWithUnits();
    const auto before = findUnit(county->county().projection(), "民政局");

    const auto import =
        county->importUnits("name,short_names,kind,parent\n县民政和老龄局,民政局,department,\n");

    ASSERT_TRUE(import) << import.error().text;
    EXPECT_EQ(import->changed, 1u);
    EXPECT_THAT(import->warnings, ElementsAre(HasSubstr("县民政局")));
    EXPECT_EQ(*findUnit(county->county().projection(), "县民政和老龄局"), *before);
    EXPECT_FALSE(findUnit(county->county().projection(), "民政"));  // the row says all of its short names
}

TEST_F(CountyFolderTest, AUnitIsFoundByTheNameItFirstHad) {
    auto county = initWithUnits();
    ASSERT_TRUE(county->importUnits("name,short_names,kind,parent\n新民政局,民政局,department,\n"));
    ASSERT_TRUE(county->importUnits("name,short_names,kind,parent\n新民政局,,department,\n"));

    const auto import = county->importUnits("name,short_names,kind,parent\n县民政局,,department,\n");

    ASSERT_TRUE(import) << import.error().text;
    EXPECT_EQ(import->changed, 1u);
    EXPECT_EQ(import->created, 0u);
}

TEST_F(CountyFolderTest, UnitsOfAnotherKindAreNotTakenForOneByAShortName) {
    auto county = initWithUnits();

    const auto import = county->importUnits("name,short_names,kind,parent\n城关街道,城关,street,\n");

    ASSERT_TRUE(import) << import.error().text;
    EXPECT_EQ(import->created, 1u);
    EXPECT_THAT(import->warnings, ElementsAre(HasSubstr("城关")));
    EXPECT_EQ(findUnit(county->county().projection(), "城关").error().code, ErrorCode::ambiguous);
}

TEST_F(CountyFolderTest, BadLinesAreAllNamedAndNothingIsImported) {
    auto county = initWithUnits();
    const std::string before = dumpOf(*county);

    const auto import = county->importUnits(
        "name,short_names,kind,parent\n"
        "好单位,,department,\n"
        "甲,,ministry,\n"
        ",,town,\n"
        "乙,,town,没有的单位\n"
        "好单位,,department,\n"
        "丙,,town,丁\n"
        "丁,,town,丙\n");

    ASSERT_FALSE(import);
    EXPECT_EQ(import.error().code, ErrorCode::badInput);
    EXPECT_THAT(import.error().text,
                AllOf(HasSubstr("line 3"), HasSubstr("line 4"), HasSubstr("line 5"), HasSubstr("line 6"),
                      HasSubstr("line 7"), HasSubstr("line 8"), Not(HasSubstr("line 2:"))));
    EXPECT_EQ(dumpOf(*county), before);
}

TEST_F(CountyFolderTest, AListWithAnOpenQuoteOrAnUnknownColumnIsRefused) {
    init();
    auto county = open();
    EXPECT_THAT(county->importUnits("name,kind\n\"a,town\n").error().text, HasSubstr("line 2"));
    EXPECT_THAT(county->importUnits("name,sort\na,town\n").error().text, HasSubstr("sort"));
    EXPECT_THAT(county->importUnits("kind\ntown\n").error().text, HasSubstr("name"));
    EXPECT_EQ(county->importUnits("").error().code, ErrorCode::badInput);
    EXPECT_EQ(county->importUnits("name\n\xB3\xC7\n").error().code, ErrorCode::badInput);
}

// -- persons and devices

TEST_F(CountyFolderTest, InvitingTheSamePersonAgainMakesNoSecondOne) {
    auto county = initWithUnits();

    const auto first = county->invite({"民政局", "张三", "clerk"}, std::nullopt);
    const auto second = county->invite({"县民政局", "张三", "leader"}, "https://gk.example.cn");

    ASSERT_TRUE(first) << first.error().text;
    ASSERT_TRUE(second) << second.error().text;
    EXPECT_NE(first->code, second->code);
    EXPECT_EQ(first->url, std::nullopt);
    EXPECT_EQ(second->url, "https://gk.example.cn");
    EXPECT_EQ(first->expiresAt, m_clock.now() + WallMs{7} * 24 * 3600 * 1000);
    const auto persons = county->persons();
    ASSERT_EQ(persons->size(), 1u);
    EXPECT_EQ(persons->front().role, "leader");
    EXPECT_EQ(persons->front().unitName, "县民政局");
}

TEST_F(CountyFolderTest, AnInvitationCarriesTheAddressThatIsAnnounced) {
    auto county = initWithUnits();
    ASSERT_TRUE(county->announce("http://127.0.0.1:1", ""));
    EXPECT_EQ(open()->invite({"民政局", "张三", "clerk"}, std::nullopt)->url, "http://127.0.0.1:1");
    county->stopServing();
    EXPECT_EQ(open()->invite({"民政局", "张三", "clerk"}, std::nullopt)->url, std::nullopt);
}

TEST_F(CountyFolderTest, AnInvitationForAnUnknownUnitIsRefused) {
    auto county = initWithUnits();
    EXPECT_EQ(county->invite({"没有", "张三", "clerk"}, std::nullopt).error().code, ErrorCode::unknownUnit);
}

TEST_F(CountyFolderTest, ADeviceIsListedWithItsPersonAndStopsWhenRevoked) {
    auto county = initWithUnits();
    const sync::Identity device = enrol(*county, "民政局", "clerk");

    const auto before = county->devices();
    ASSERT_EQ(before->size(), 1u);  // the county's own is left out
    EXPECT_EQ(before->front().device.personName, "张三");
    EXPECT_EQ(before->front().device.unitName, "县民政局");
    EXPECT_EQ(before->front().device.enrolledAt, m_clock.now());
    ASSERT_TRUE(county->revoke(device.enrolment.device.hex().substr(0, 8)));
    EXPECT_TRUE(county->devices()->front().device.isRevoked);
    EXPECT_EQ(county->revoke("ffffffff").error().code, ErrorCode::notFound);
}

TEST_F(CountyFolderTest, TheCountysOwnDeviceCannotBeRevoked) {
    auto county = initWithUnits();
    const auto own = county->store().devices();
    ASSERT_EQ(own->size(), 1u);
    EXPECT_EQ(county->revoke(own->front().enrolment.device.hex()).error().code, ErrorCode::notFound);
}

TEST_F(CountyFolderTest, APersonWhoEndedIsInvitedAnewAsAnother) {
    auto county = initWithUnits();
    ASSERT_TRUE(county->invite({"民政局", "张三", "clerk"}, std::nullopt));
    ASSERT_TRUE(county->endPerson("张三"));
    ASSERT_TRUE(county->invite({"民政局", "张三", "clerk"}, std::nullopt));

    const auto persons = county->persons();
    ASSERT_EQ(persons->size(), 2u);
    EXPECT_NE(persons->at(0).isEnded, persons->at(1).isEnded);
    EXPECT_EQ(county->endPerson("张三").error().code, ErrorCode::ambiguous);
    EXPECT_EQ(county->endPerson("李四").error().code, ErrorCode::notFound);
}

// -- serving, epochs

TEST_F(CountyFolderTest, OnlyOneServesFromAFolder) {
    init();
    auto first = open();
    ASSERT_TRUE(first->startServing());
    EXPECT_EQ(open()->startServing().error().code, ErrorCode::inUse);
    first.reset();
    EXPECT_TRUE(open()->startServing());
}

TEST_F(CountyFolderTest, ADatabaseBehindItsNotedHeadBeginsANewEpoch) {
    initWithUnits().reset();
    std::filesystem::copy_file(database(), folder() + "/old.db");
    ASSERT_TRUE(open()->importUnits("name,kind\n县司法局,department\n"));
    const EpochId before = epochOf(*open());
    std::filesystem::rename(folder() + "/old.db", database());

    auto county = open();
    ASSERT_TRUE(county->startServing());

    EXPECT_NE(epochOf(*county), before);
    const EpochId fresh = epochOf(*county);
    county.reset();
    county = open();
    ASSERT_TRUE(county->startServing());
    EXPECT_EQ(epochOf(*county), fresh);  // once is enough
    EXPECT_THAT(findings(), IsEmpty());
}

TEST_F(CountyFolderTest, AnOlderDatabaseThatGrewMeanwhileIsNoticedToo) {
    initWithUnits().reset();
    std::filesystem::copy_file(database(), folder() + "/old.db");
    ASSERT_TRUE(open()->importUnits("name,kind\n县司法局,department\n"));
    std::filesystem::copy_file(folder() + "/head", folder() + "/head.kept");
    const EpochId before = epochOf(*open());
    std::filesystem::rename(folder() + "/old.db", database());
    std::filesystem::remove(folder() + "/head");
    ASSERT_TRUE(open()->importUnits("name,kind\n县交通局,department\n县水利局,department\n"));
    ASSERT_TRUE(open()->invite({"民政局", "张三", "clerk"}, std::nullopt));
    std::filesystem::rename(folder() + "/head.kept", folder() + "/head");

    auto county = open();
    ASSERT_TRUE(county->startServing());

    EXPECT_NE(epochOf(*county), before);
}

TEST_F(CountyFolderTest, AnEndingServeLeavesTheEpochAsItIs) {
    auto county = initWithUnits();
    const EpochId before = epochOf(*county);
    county.reset();
    for (int i = 0; i < 3; ++i) {
        auto again = open();
        ASSERT_TRUE(again->startServing());
        EXPECT_EQ(epochOf(*again), before);
    }
}

// -- backup, restore

TEST_F(CountyFolderTest, ARestoredBackupHoldsWhatWasThereAndBeginsANewEpoch) {
    auto county = initWithUnits();
    const std::string then = dumpOf(*county);
    const EpochId before = epochOf(*county);
    ASSERT_TRUE(county->backupTo(m_root / "backup"));
    ASSERT_TRUE(county->importUnits("name,kind\n县司法局,department\n"));
    const std::string later = dumpOf(*county);
    county.reset();

    ASSERT_TRUE(CountyFolder::restore(m_root / "backup", folder(), environment()));

    county = open();
    EXPECT_EQ(dumpOf(*county), then);
    EXPECT_NE(epochOf(*county), before);
    EXPECT_THAT(findings(), IsEmpty());
    ASSERT_TRUE(county->startServing());  // the noted head is the new one
    const EpochId fresh = epochOf(*county);
    county.reset();
    EXPECT_EQ(epochOf(*open()), fresh);
    // What was replaced is kept aside.
    std::filesystem::create_directory(folder("kept"));
    std::filesystem::copy_file(database() + ".before-restore-1", folder("kept") + "/county.db");
    EXPECT_EQ(dumpOf(*open("kept")), later);
}

TEST_F(CountyFolderTest, AfterARestoreTheCountyWritesInNewLanes) {
    auto county = initWithUnits();
    ASSERT_TRUE(county->backupTo(m_root / "backup"));
    county.reset();
    ASSERT_TRUE(CountyFolder::restore(m_root / "backup", folder(), environment()));
    county = open();
    const std::size_t lanes = county->store().lanes()->size();

    ASSERT_TRUE(county->importUnits("name,kind\n县司法局,department\n"));

    EXPECT_EQ(county->store().lanes()->size(), lanes + 1);
    EXPECT_EQ(county->county().status()->branches, 0u);
    EXPECT_THAT(findings(), IsEmpty());
}

TEST_F(CountyFolderTest, ABackupIsPrivateAndIsMarkedInTheLog) {
    auto county = initWithUnits();
    const std::uint64_t size = *county->county().size();

    ASSERT_TRUE(county->backupTo(m_root / "backup"));

    struct stat info {};
    ASSERT_EQ(::stat((m_root / "backup").c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777, 0600u);
    const auto durable = county->store().meta(sync::meta::kDurable);
    ASSERT_TRUE(durable && *durable);
    EXPECT_EQ(*sync::decode<std::uint64_t>(**durable, "mark"), size);
}

TEST_F(CountyFolderTest, ARestoreNeedsABackupAndNobodyWhoServes) {
    auto county = initWithUnits();
    ASSERT_TRUE(county->backupTo(m_root / "backup"));
    ASSERT_TRUE(replaceFile(m_root / "noise", viewOf("this is no database at all")));
    EXPECT_EQ(CountyFolder::restore(m_root / "none", folder(), environment()).error().code,
              ErrorCode::fileNotFound);
    EXPECT_EQ(CountyFolder::restore(m_root / "noise", folder(), environment()).error().code,
              ErrorCode::badInput);
    ASSERT_TRUE(county->startServing());
    EXPECT_EQ(CountyFolder::restore(m_root / "backup", folder(), environment()).error().code,
              ErrorCode::inUse);
    EXPECT_FALSE(std::filesystem::exists(database() + ".before-restore-1"));
}

// -- verify

TEST_F(CountyFolderTest, ASoundFolderHasNoFindingsAndIsNotTouched) {
    initWithUnits().reset();
    std::filesystem::copy(folder(), folder("copy"), std::filesystem::copy_options::recursive);
    const auto before = std::filesystem::last_write_time(folder("copy"));

    const auto found = CountyFolder::verify(folder("copy"), environment());

    ASSERT_TRUE(found);
    EXPECT_THAT(*found, IsEmpty());
    EXPECT_EQ(std::filesystem::last_write_time(folder("copy")), before);
}

TEST_F(CountyFolderTest, VerifySeesWhatIsNotYetFoldedIntoTheDatabase) {
    auto county = initWithUnits();  // open: the newest rows are in the side file
    std::filesystem::copy(folder(), folder("copy"), std::filesystem::copy_options::recursive);
    ASSERT_TRUE(std::filesystem::exists(folder("copy") + "/county.db-wal"));
    EXPECT_THAT(*CountyFolder::verify(folder("copy"), environment()), IsEmpty());
    ASSERT_TRUE(county->startServing());
    EXPECT_THAT(findings(), IsEmpty());
}

TEST_F(CountyFolderTest, AFlippedByteInASegmentNamesItsEntry) {
    initWithUnits().reset();
    const std::string last = "(SELECT max(serial) FROM envelope)";
    auto entries = std::to_string(*open()->county().size() - 1);
    damage(
        "UPDATE envelope SET bytes = CAST(substr(bytes, 1, 60) || x'ff' || substr(bytes, 62) AS BLOB) WHERE "
        "serial = " +
        last);
    EXPECT_THAT(findings(), Contains(StartsWith("entry " + entries + ":")));
}

TEST_F(CountyFolderTest, AFlippedByteInAnEntryNamesIt) {
    initWithUnits().reset();
    damage(
        "UPDATE entry SET bytes = CAST(substr(bytes, 1, 8) || x'7f' || substr(bytes, 10) AS BLOB) WHERE "
        "position = 3");
    EXPECT_THAT(findings(), Contains(StartsWith("entry 3:")));
}

TEST_F(CountyFolderTest, AMissingEntryIsNamed) {
    initWithUnits().reset();
    damage("DELETE FROM entry WHERE position = 5");
    EXPECT_THAT(findings(), Contains(StartsWith("entry 5:")));
}

struct Change {
    const char* table;
    const char* sql;
};
class ChangedTable : public CountyFolderTest, public ::testing::WithParamInterface<Change> {};

TEST_P(ChangedTable, IsNamedByVerify) {
    auto county = initWithUnits();
    static_cast<void>(enrol(*county, "民政局", "clerk"));
    county.reset();
    damage(GetParam().sql);
    EXPECT_THAT(findings(), Contains(AllOf(StartsWith("table "), HasSubstr(GetParam().table))));
}

INSTANTIATE_TEST_SUITE_P(
    CountyFolder, ChangedTable,
    ::testing::Values(
        Change{"cell",
               "UPDATE cell SET rows = (SELECT rows FROM cell WHERE field = 'kind') WHERE field = 'name'"},
        Change{"cell", "DELETE FROM cell WHERE field = 'kind'"},
        Change{"element", "INSERT INTO element VALUES('short_names', x'0078', zeroblob(16))"},
        Change{"record", "UPDATE record SET scope = 'unit:0', sum = 0 WHERE register = 'person'"},
        Change{"device", "UPDATE device SET is_revoked = 1"},
        Change{"device", "UPDATE device SET role = 'office' WHERE role = 'clerk'"},
        Change{"node", "UPDATE node SET hash = zeroblob(32) WHERE level = 1 AND idx = 0"},
        Change{"run", "UPDATE run SET last = last + 1"}, Change{"branch", "UPDATE branch SET tip = tip + 1"},
        Change{"segment", "UPDATE segment SET scope = 'unit:0'"},
        Change{"early", "INSERT INTO early VALUES(1, 77)"},
        Change{"meta", "UPDATE meta SET value = zeroblob(16), sum = 0 WHERE key = 'epoch'"},
        Change{"meta", "INSERT INTO meta(key, value) VALUES('wipe/00000000000000000000000000000000', x'00')"},
        Change{"meta", "DELETE FROM meta WHERE key = 'definition/task'"}));

TEST_F(CountyFolderTest, AnOverwrittenPageIsFound) {
    initWithUnits().reset();
    {
        std::FILE* file = std::fopen(database().c_str(), "r+b");
        ASSERT_NE(file, nullptr);
        std::fseek(file, 5 * 8192 + 4192, SEEK_SET);
        const std::string noise(4000, '\xA5');
        std::fwrite(noise.data(), 1, noise.size(), file);
        std::fclose(file);
    }
    EXPECT_THAT(findings(), Not(IsEmpty()));
}

TEST_F(CountyFolderTest, AFileThatIsNoDatabaseIsAFinding) {
    std::filesystem::create_directory(folder());
    ASSERT_TRUE(replaceFile(database(), viewOf("noise")));
    EXPECT_THAT(findings(), Not(IsEmpty()));
    EXPECT_EQ(CountyFolder::verify(folder("none"), environment()).error().code, ErrorCode::notFound);
}

// -- blobs

class CountyBlobs : public CountyFolderTest {
protected:
    CountyBlobs() : m_county(initWithUnits()), m_device(enrol(*m_county, "民政局", "clerk")) {}

    [[nodiscard]] const sync::Suite& suite() const { return *sync::suiteFor(sync::SuiteId::international); }
    template <class Message, class Answer>
    [[nodiscard]] Answer ask(Message message, Result<Bytes> (CountyFolder::*handle)(BytesView)) {
        message.device = m_device.enrolment.device;
        const Bytes framed = sync::frameWithMac(suite(), sync::encode(message), m_device.macKey, {});
        const auto answer = (m_county.get()->*handle)(framed);
        EXPECT_TRUE(answer && !answer->empty());
        const auto opened = sync::openFrame(*answer);
        EXPECT_TRUE(opened && sync::isMacOf(suite(), opened->frame, m_device.macKey,
                                            sync::openFrame(framed)->frame.tag));
        return *sync::decode<Answer>(opened->plain, "answer");
    }
    [[nodiscard]] sync::BlobPutAnswer put(std::uint64_t offset, const Bytes& part) {
        return ask<sync::BlobPut, sync::BlobPutAnswer>({{}, {}, m_hash, m_blob.size(), offset, part},
                                                       &CountyFolder::handleBlobPut);
    }
    [[nodiscard]] sync::BlobGetAnswer get(std::uint64_t offset) {
        return ask<sync::BlobGet, sync::BlobGetAnswer>({{}, {}, m_hash, offset},
                                                       &CountyFolder::handleBlobGet);
    }
    [[nodiscard]] Bytes part(std::size_t from, std::size_t size) const {
        return copyOf(BytesView(m_blob).subspan(from, size));
    }
    // A filing of the unit that names the blob.
    void nameIn(const std::string& unitText) {
        const RecordId unit = *findUnit(m_county->county().projection(), unitText);
        const CountyId id = m_county->county().control()->county;
        const sync::RecordKey ledger{"ledger",
                                     {{"year", Value::integer(2026)}, {"title", Value::text("要点")}}};
        const auto idText = [&](const sync::RecordKey& key) {
            return Value::text(recordIdOf(suite(), id, key).hex());
        };
        const sync::RecordKey task{"task", {{"ledger", idText(ledger)}, {"serial", Value::integer(1)}}};
        const sync::RecordKey window{"window",
                                     {{"ledger", idText(ledger)}, {"closes", Value::text("2026-03-31")}}};
        const std::string scope = unitScope(unit);
        const sync::RecordKey filing{"filing",
                                     {{"task", idText(task)},
                                      {"unit", Value::text(unit.hex())},
                                      {"window", idText(window)},
                                      {"scope", Value::text(scope)}}};
        const std::vector<sync::CountyEdit> edits{
            {ledger, "common", "issuer", OpKind::assign, Value::text("政府办")},
            {task, "common", "number", OpKind::assign, Value::text("1")},
            {window, "common", "title", OpKind::assign, Value::text("一季度")},
            {filing, scope, "evidence", OpKind::add, Value::text(m_hash.hex())}};
        ASSERT_TRUE(m_county->county().write(edits, m_clock.now()));
    }

    std::unique_ptr<CountyFolder> m_county;
    sync::Identity m_device;
    Bytes m_blob = Bytes(700'000, 7);
    Hash m_hash = suite().hash({m_blob});
};

TEST_F(CountyBlobs, ABlobArrivesInChunksAndGoesOnWhereItStopped) {
    EXPECT_EQ(put(0, {}).have, 0u);
    EXPECT_EQ(put(0, part(0, 400'000)).have, 400'000u);
    EXPECT_EQ(put(0, {}).have, 400'000u);  // asked again after the link broke

    const auto twice = put(0, part(0, 400'000));
    EXPECT_EQ(twice.status, BlobStatus::wrongOffset);
    EXPECT_EQ(twice.have, 400'000u);
    const auto last = put(400'000, part(400'000, 300'000));
    EXPECT_EQ(last.status, BlobStatus::ok);
    EXPECT_EQ(last.have, 700'000u);
    EXPECT_EQ(put(0, {}).have, 700'000u);
}

TEST_F(CountyBlobs, ABlobThatIsNotWhatItsNameSaysIsThrownAway) {
    ASSERT_EQ(put(0, part(0, 400'000)).have, 400'000u);
    const auto last = put(400'000, Bytes(300'000, 8));
    EXPECT_EQ(last.status, BlobStatus::wrongHash);
    EXPECT_EQ(put(0, {}).have, 0u);
}

TEST_F(CountyBlobs, LimitsAreChecked) {
    EXPECT_EQ(put(0, Bytes(sync::kBlobChunkMax + 1)).status, BlobStatus::tooLarge);
    m_blob.resize(sync::kBlobMax + 1);
    EXPECT_EQ(put(0, {}).status, BlobStatus::tooLarge);
}

TEST_F(CountyBlobs, AnEmptyFileArrivesToo) {
    m_blob.clear();
    m_hash = suite().hash({m_blob});
    EXPECT_EQ(put(0, {}).status, BlobStatus::ok);
    nameIn("民政局");
    EXPECT_EQ(get(0).status, BlobStatus::ok);
}

TEST_F(CountyBlobs, ADeviceReadsWhatARecordOfItsScopesNames) {
    ASSERT_EQ(put(0, part(0, 400'000)).have, 400'000u);
    ASSERT_EQ(put(400'000, part(400'000, 300'000)).have, 700'000u);
    EXPECT_EQ(get(0).status, BlobStatus::notFound);  // no record names it

    nameIn("民政局");

    const auto first = get(0);
    ASSERT_EQ(first.status, BlobStatus::ok);
    EXPECT_EQ(first.total, 700'000u);
    EXPECT_EQ(first.bytes, part(0, sync::kBlobChunkMax));
    EXPECT_EQ(get(sync::kBlobChunkMax).bytes, part(sync::kBlobChunkMax, 700'000 - sync::kBlobChunkMax));
    EXPECT_EQ(get(700'001).status, BlobStatus::wrongOffset);
}

TEST_F(CountyBlobs, OfWhichNoRecordNamesAnyAreTakenUpToALimit) {
    const auto begin = [&](std::uint8_t number) {
        const Hash name = suite().hash({Bytes{number}});
        return ask<sync::BlobPut, sync::BlobPutAnswer>({{}, {}, name, 4 * 1024 * 1024, 0, Bytes{1}},
                                                       &CountyFolder::handleBlobPut)
            .status;
    };
    EXPECT_EQ(put(0, part(0, 400'000)).status, BlobStatus::ok);
    for (std::uint8_t i = 0; i < 15; ++i) {
        ASSERT_EQ(begin(i), BlobStatus::ok) << int{i};
    }

    EXPECT_EQ(begin(100), BlobStatus::noRoom);
    EXPECT_EQ(put(400'000, part(400'000, 300'000)).status, BlobStatus::ok) << "what was begun goes on";
    nameIn("民政局");

    EXPECT_EQ(begin(100), BlobStatus::ok);
    EXPECT_EQ(begin(101), BlobStatus::noRoom);
}

TEST_F(CountyBlobs, AnotherUnitsBlobIsNotGivenOut) {
    ASSERT_EQ(put(0, part(0, 400'000)).have, 400'000u);
    ASSERT_EQ(put(400'000, part(400'000, 300'000)).have, 700'000u);
    nameIn("城关镇");
    EXPECT_EQ(get(0).status, BlobStatus::notFound);
}

TEST_F(CountyBlobs, ARevokedDeviceBringsItsFilesAndGetsNone) {
    ASSERT_TRUE(m_county->revoke(m_device.enrolment.device.hex()));
    EXPECT_EQ(put(0, part(0, 400'000)).status, BlobStatus::ok);
    EXPECT_EQ(get(0).status, BlobStatus::refused);
}

TEST_F(CountyBlobs, WithoutTheDevicesKeyThereIsNoAnswer) {
    const sync::BlobGet asked{{}, m_device.enrolment.device, m_hash, 0};
    EXPECT_THAT(*m_county->handleBlobGet(sync::frameWithMac(suite(), sync::encode(asked), {}, {})),
                IsEmpty());
    EXPECT_THAT(*m_county->handleBlobGet(sync::frameWithoutAuth(sync::encode(asked))), IsEmpty());
    EXPECT_THAT(*m_county->handleBlobPut(viewOf("noise")), IsEmpty());
}

}  // namespace
}  // namespace hezhang::ledger
