// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Old years of a county in files of their own: everything goes on, and what is missing is named.
#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "src/ledger/queries.h"
#include "src/ledger/repairing.h"
#include "tests/support/county_box.h"

namespace hezhang::ledger {
namespace {

namespace fs = std::filesystem;
using test::CountyBox;
using test::taken;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr WallMs kDay = WallMs{24} * 3600 * 1000;

class Archive : public ::testing::Test {
protected:
    Archive() {
        m_office = m_box.enrol("office", "公开办", "张三", "office");
        m_task = m_box.taskOfVersions(*m_office, 8);
        m_box.clock().advance(1'000 * kDay);
        CountyBox::set(*m_office, m_task, "content", "今年的。");
        m_box.sync(*m_office);
    }
    [[nodiscard]] std::string folder() const { return m_box.folder() + "/county"; }
    [[nodiscard]] std::vector<std::string> files() const {
        std::vector<std::string> names;
        for (const auto& entry : fs::directory_iterator(folder() + "/archive")) {
            names.push_back(entry.path().filename().string());
        }
        return names;
    }
    ArchiveNote archived(WallMs age = kArchiveAgeDefault) {
        const CountyArchiving done = taken(m_box.county().archive(age));
        EXPECT_TRUE(done.added);
        return done.added.value_or(ArchiveNote{});
    }
    std::vector<std::string> verify() { return taken(CountyFolder::verify(folder(), m_box.environment())); }
    // Some file of the county has these bytes.
    [[nodiscard]] bool isInAFile(const std::string& text) const { return isInAFileOf(folder(), text); }
    [[nodiscard]] static bool isInAFileOf(const std::string& where, const std::string& text) {
        for (const auto& entry : fs::recursive_directory_iterator(where)) {
            if (!entry.is_regular_file()) {
                continue;
            }
            std::ifstream file(entry.path(), std::ios::binary);
            const std::string bytes{std::istreambuf_iterator<char>(file), {}};
            if (bytes.find(text) != std::string::npos) {
                return true;
            }
        }
        return false;
    }
    [[nodiscard]] Hash opThatWrote(const std::string& value) {
        for (const HistoryRow& row : taken(history(*m_office, m_task))) {
            if (row.field == "content" && row.value == value) {
                return row.op;
            }
        }
        ADD_FAILURE() << "nobody wrote " << value;
        return {};
    }
    // The county as it is now, which restoredFrom() puts into a folder of its own.
    [[nodiscard]] std::string backUp() {
        const std::string backup = m_box.folder() + "/backup";
        EXPECT_TRUE(m_box.county().backupTo(backup));
        return backup;
    }
    [[nodiscard]] std::unique_ptr<CountyFolder> restoredFrom(const std::string& backup,
                                                             const std::string& into) {
        EXPECT_TRUE(CountyFolder::restore(backup, into, m_box.environment()));
        return taken(CountyFolder::open(into, m_box.environment()));
    }
    void readsAll(const std::string& name) {
        const auto late = m_box.enrol(name, "甲镇", "李四" + name, "clerk");
        std::size_t changes = 0;
        for (const HistoryRow& row : taken(history(*late, m_task))) {
            changes += row.field == "content" ? 1 : 0;
        }
        EXPECT_EQ(changes, 9u);
        EXPECT_THAT(taken(late->verify()), IsEmpty());
    }

    CountyBox m_box;
    std::unique_ptr<Home> m_office;
    RecordId m_task;
};

TEST_F(Archive, TakesOldTextsOutOfTheDatabaseAndEverythingGoesOn) {
    const ArchiveNote note = archived();

    EXPECT_GE(note.segments, 8u);
    EXPECT_THAT(files(), ElementsAre(note.name));
    EXPECT_THAT(verify(), IsEmpty());
    readsAll("late");
    EXPECT_THAT(taken(m_box.county().repair()).entries, IsEmpty());
    EXPECT_EQ(taken(m_box.county().archives().notes()).size(), 1u);
}

TEST_F(Archive, ThatIsAskedForAgainHasNothingToTake) {
    archived();
    EXPECT_FALSE(taken(m_box.county().archive(kArchiveAgeDefault)).added);
    EXPECT_THAT(files(), SizeIs(1));
    m_box.clock().advance(1'000 * kDay);
    archived();
    EXPECT_THAT(files(), SizeIs(2));
    EXPECT_THAT(verify(), IsEmpty());
    readsAll("late");
}

TEST_F(Archive, IsSeenByAnEndpointThatIsServing) {
    const auto beside = taken(CountyFolder::open(folder(), m_box.environment()));
    EXPECT_TRUE(taken(beside->archive(kArchiveAgeDefault)).added);
    readsAll("late");
    EXPECT_THAT(verify(), IsEmpty());
}

TEST_F(Archive, ThatIsNotInItsPlaceIsNamedAndNothingIsLost) {
    const ArchiveNote note = archived();
    const std::string file = folder() + "/archive/" + note.name;
    fs::rename(file, m_box.folder() + "/elsewhere");

    EXPECT_THAT(verify(), ElementsAre(HasSubstr(note.name)));
    EXPECT_THAT(taken(m_box.county().archives().missing()), ElementsAre(note.name));
    // Who has the past goes on.
    CountyBox::set(*m_office, m_task, "content", "还能写。");
    m_box.sync(*m_office);
    // Who needs it is told so, and gets it later.
    const std::string home = m_box.folder() + "/late";
    ASSERT_TRUE(Home::enroll(home, "http://127.0.0.1:9", m_box.invite("甲镇", "李四", "clerk"),
                             m_box.transport(), m_box.environment()));
    const auto late = taken(Home::open(home, m_box.environment()));
    EXPECT_TRUE(taken(late->sync(m_box.transport())).error);

    fs::rename(m_box.folder() + "/elsewhere", file);
    m_box.sync(*late);
    EXPECT_EQ(taken(shownText(late->state(), m_task, "content")), "还能写。");
    EXPECT_THAT(verify(), IsEmpty());
}

TEST_F(Archive, LosesWhatIsErasedByLaw) {
    const auto rows = taken(history(*m_office, m_task));
    const auto old = std::find_if(rows.begin(), rows.end(), [](const HistoryRow& row) {
        return row.field == "content" && row.value == "第7版。";
    });
    ASSERT_NE(old, rows.end());
    const std::string file = folder() + "/archive/" + archived().name;
    fs::copy(file, folder() + "/archive/of-a-restored-backup.db");
    fs::copy(file, file + ".part");
    std::ofstream(folder() + "/archive/anything.db") << "not ours";
    ASSERT_TRUE(isInAFile("第7版"));

    ASSERT_TRUE(m_box.county().redact(old->op));

    EXPECT_FALSE(isInAFile("第7版"));
    EXPECT_TRUE(isInAFile("第6版"));
    EXPECT_THAT(verify(), IsEmpty());
    m_box.sync(*m_office);
    readsAll("late");
    EXPECT_FALSE(taken(m_box.county().archive(kArchiveAgeDefault)).added);
}

TEST_F(Archive, ThatWasStoppedInTheMiddleIsBegunAnew) {
    fs::create_directory(folder() + "/archive");
    const ArchiveNote planned = archived();
    {  // as if it had been stopped before the database knew of it
        const auto county = taken(CountyFolder::open(folder(), m_box.environment()));
        for (const Hash& segment : taken(county->store().segmentsWithoutText(1'000))) {
            sync::WriteScope scope = taken(sync::WriteScope::begin(county->store()));
            ASSERT_TRUE(county->store().putSegment(*taken(county->store().segment(segment))));
            ASSERT_TRUE(scope.commit());
        }
        ASSERT_TRUE(county->store().begin());
        ASSERT_TRUE(county->store().setMeta("archives", sync::encode(std::vector<ArchiveNote>{})));
        ASSERT_TRUE(county->store().commit());
    }
    std::ofstream(folder() + "/archive/" + planned.name + ".part") << "half";

    EXPECT_EQ(archived().name, planned.name);
    EXPECT_THAT(files(), ElementsAre(planned.name));
    EXPECT_THAT(verify(), IsEmpty());
    readsAll("late");
}

TEST_F(Archive, ThatIsLostIsReplacedByWhatDevicesStillHave) {
    const ArchiveNote note = archived();
    fs::remove(folder() + "/archive/" + note.name);

    EXPECT_EQ(taken(m_box.county().repair()).entries.size(), note.segments);
    const sync::RepairReport report = taken(repair(*m_office, m_box.transport()));

    EXPECT_GT(report.given, 0u);
    EXPECT_THAT(taken(m_box.county().repair()).entries, IsEmpty());
    EXPECT_THAT(verify(), IsEmpty());
    readsAll("late");
}

TEST_F(Archive, GoesWithABackup) {
    const ArchiveNote note = archived();
    const std::string backup = m_box.folder() + "/backup";
    ASSERT_TRUE(m_box.county().backupTo(backup));
    const std::string restored = m_box.folder() + "/restored";
    ASSERT_TRUE(CountyFolder::restore(backup, restored, m_box.environment()));
    EXPECT_THAT(taken(CountyFolder::verify(restored, m_box.environment())),
                ElementsAre(HasSubstr(note.name)));
    fs::create_directory(restored + "/archive");
    fs::copy(folder() + "/archive/" + note.name, restored + "/archive/" + note.name);
    EXPECT_THAT(taken(CountyFolder::verify(restored, m_box.environment())), IsEmpty());
}

// Found by the simulation: a text was gone where its file had lost it and the database was put back to
// before.
TEST_F(Archive, ThatLacksWhatWasErasedHasItErasedAgainAfterARestore) {
    archived();
    const std::string backup = backUp();
    const Hash op = opThatWrote("第7版。");
    ASSERT_TRUE(m_box.county().redact(op));
    const std::string restored = m_box.folder() + "/restored";
    fs::create_directory(restored);
    fs::copy(folder() + "/archive", restored + "/archive", fs::copy_options::recursive);

    const auto county = restoredFrom(backup, restored);

    EXPECT_FALSE(taken(county->redact(op)).isNew);
    EXPECT_THAT(taken(CountyFolder::verify(restored, m_box.environment())), IsEmpty());
    EXPECT_FALSE(isInAFileOf(restored + "/archive", "第7版"));
    EXPECT_TRUE(isInAFileOf(restored + "/archive", "第6版"));
}

// Found by the simulation: only the operator's own command cleaned the files.
TEST_F(Archive, LosesWhatDevicesSayWasErasedBeforeARestore) {
    const std::string backup = backUp();
    ASSERT_TRUE(m_box.county().redact(opThatWrote("第7版。")));
    m_box.sync(*m_office);
    const std::string restored = m_box.folder() + "/restored";
    const auto county = restoredFrom(backup, restored);
    ASSERT_TRUE(taken(county->archive(kArchiveAgeDefault)).added);
    ASSERT_TRUE(isInAFileOf(restored + "/archive", "第7版"));

    test::DirectTransport transport(*county);
    EXPECT_FALSE(taken(m_office->sync(transport)).error);

    EXPECT_FALSE(isInAFileOf(restored, "第7版"));
    EXPECT_THAT(taken(CountyFolder::verify(restored, m_box.environment())), IsEmpty());
}

}  // namespace
}  // namespace hezhang::ledger
