// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Which files a home and a county throw away, and which never.
#include "src/ledger/blob_garbage.h"

#include <gmock/gmock.h>

#include <filesystem>

#include "src/ledger/blobs.h"
#include "src/ledger/drafts.h"
#include "src/ledger/part_file.h"
#include "tests/support/filing_test.h"

namespace hezhang::ledger {
namespace {

using test::taken;
using ::testing::UnorderedElementsAre;

class BlobGarbage : public test::FilingTest {
protected:
    // A file in the town's home that no value names yet; its name.
    std::string picked() {
        EXPECT_TRUE(replaceFile(filePath(), viewOf("file " + std::to_string(++m_number))));
        return taken(m_town->addBlob(filePath()));
    }
    std::string filed() {
        static_cast<void>(picked());
        fileIt();
        return taken(m_town->addBlob(filePath()));
    }
    void takeOff(const std::string& name) {
        ASSERT_TRUE(m_town->edit(
            {.record = m_record, .field = "evidence", .kind = sync::OpKind::remove, .text = name}));
    }
    [[nodiscard]] std::string atHome(const std::string& name) const {
        return m_town->folder() + "/blobs/" + name;
    }
    // All files of both sides were last used two months ago.
    void letTimePass() const {
        for (const std::string& folder : {m_town->folder() + "/blobs", blobsAtCounty()}) {
            std::error_code none;
            for (const auto& entry : std::filesystem::recursive_directory_iterator(folder, none)) {
                std::filesystem::last_write_time(entry.path(), std::filesystem::file_time_type::clock::now() -
                                                                   std::chrono::hours(24 * 60));
            }
        }
    }
    GarbageReport pruneHome() { return taken(throwAwayGarbage(*m_town, {})); }
    GarbageReport pruneCounty() { return taken(m_county.county().throwAwayGarbage({})); }
    static std::vector<std::string> namesOf(const GarbageReport& report) {
        std::vector<std::string> names;
        for (const Hash& hash : report.removed) {
            names.push_back(hash.hex());
        }
        return names;
    }

    int m_number = 0;
};

TEST_F(BlobGarbage, WhatNothingNamesGoesOnBothSides) {
    const std::string unused = picked();
    const std::string used = filed();
    m_county.sync(*m_town);
    letTimePass();

    const GarbageReport home = pruneHome();
    const GarbageReport county = pruneCounty();

    EXPECT_THAT(namesOf(home), UnorderedElementsAre(unused));
    EXPECT_EQ(home.kept, 1U);
    EXPECT_EQ(home.bytes, 6U);
    EXPECT_THAT(namesOf(county), UnorderedElementsAre(unused));
    EXPECT_FALSE(fileExists(atHome(unused)));
    EXPECT_FALSE(fileExists(atCounty(unused)));
    EXPECT_TRUE(fileExists(atHome(used)));
    EXPECT_TRUE(fileExists(atCounty(used)));
}

TEST_F(BlobGarbage, WhatIsYoungStays) {
    static_cast<void>(picked());
    m_county.sync(*m_town);

    EXPECT_EQ(pruneHome().files, 0U);
    EXPECT_EQ(pruneCounty().files, 0U);
}

TEST_F(BlobGarbage, WhatTheCountyHasNotConfirmedStays) {
    const std::string name = picked();
    letTimePass();

    EXPECT_EQ(pruneHome().files, 0U);
    EXPECT_TRUE(fileExists(atHome(name)));
}

TEST_F(BlobGarbage, WhatOnlyARetiredValueNamesStays) {
    const std::string name = filed();
    m_county.sync(*m_town);
    takeOff(name);
    m_county.sync(*m_town);
    letTimePass();

    EXPECT_EQ(pruneHome().files, 0U);
    EXPECT_EQ(pruneCounty().files, 0U);
}

TEST_F(BlobGarbage, WhatOnlyAnUnsentEditNamesStays) {
    const std::string name = picked();
    m_county.sync(*m_town);
    m_record =
        taken(
            file(*m_town,
                 {.task = m_task, .unit = m_town->me().enrolment.unit, .window = m_window, .text = "文字。"}))
            .record;
    ASSERT_TRUE(
        m_town->edit({.record = m_record, .field = "evidence", .kind = sync::OpKind::add, .text = name}));
    takeOff(name);
    ASSERT_TRUE(noteAtCounty(*m_town, name, BlobOrigin::own));
    letTimePass();

    EXPECT_EQ(pruneHome().files, 0U) << "both edits lie in the tail";
}

TEST_F(BlobGarbage, WhatOnlyAnEditThatWasSetAsideNamesStays) {
    ASSERT_TRUE(m_office->edit({.record = m_window, .field = "state", .text = "closed"}));
    m_county.sync(*m_office);
    const std::string name = filed();
    m_county.sync(*m_town);
    ASSERT_GT(taken(m_town->replica().ownCounts()).setAside, 0U);
    letTimePass();

    EXPECT_EQ(pruneHome().files, 0U);
    EXPECT_EQ(pruneCounty().files, 0U);
    EXPECT_TRUE(fileExists(atCounty(name)));
}

TEST_F(BlobGarbage, WhatADraftNamesStays) {
    const std::string name = picked();
    m_county.sync(*m_town);
    ASSERT_TRUE(saveDraft(*m_town, draftSlot(m_task), {m_task, 1, {{"photos", {"x/blobs/" + name}}}}));
    letTimePass();

    EXPECT_EQ(pruneHome().files, 0U);
}

TEST_F(BlobGarbage, ADryRunOnlyCounts) {
    const std::string name = picked();
    m_county.sync(*m_town);
    letTimePass();

    const GarbageReport report = taken(throwAwayGarbage(*m_town, {.isDryRun = true}));

    EXPECT_EQ(report.files, 1U);
    EXPECT_TRUE(fileExists(atHome(name)));
}

TEST_F(BlobGarbage, OldLeavingsOfTransfersGoAndYoungOnesStay) {
    const std::string name = filed();
    m_county.sync(*m_town);
    const std::string old = std::string(64, 'a');
    const std::string young = std::string(64, 'b');
    ASSERT_TRUE(replaceFile(atHome(old) + ".part", viewOf("x")));
    ASSERT_TRUE(replaceFile(atHome(old) + ".17.new", viewOf("x")));
    ASSERT_TRUE(replaceFile(atCounty(name) + ".dd.part", viewOf("x")));
    letTimePass();
    ASSERT_TRUE(replaceFile(atHome(young) + ".part", viewOf("x")));

    EXPECT_EQ(pruneHome().files, 2U);
    EXPECT_EQ(pruneCounty().files, 1U);

    EXPECT_TRUE(fileExists(atHome(young) + ".part"));
    EXPECT_TRUE(fileExists(atHome(name)));
}

TEST_F(BlobGarbage, ARestoredCountyKeepsAllForAsLong) {
    const std::string name = picked();
    m_county.sync(*m_town);
    {
        sync::WriteScope scope = taken(sync::WriteScope::begin(m_county.county().store()));
        ASSERT_TRUE(m_county.county().county().beginEpoch("restored", m_county.environment().clock.now()));
        ASSERT_TRUE(m_county.county().county().enterEdits({}, m_county.environment().clock.now()));
        ASSERT_TRUE(scope.commit());
    }
    letTimePass();

    EXPECT_EQ(pruneCounty().files, 0U);
    EXPECT_TRUE(fileExists(atCounty(name)));
}

TEST_F(BlobGarbage, WhatTheCountyThrewAwayComesBackWhenItIsNamed) {
    const std::string name = picked();
    m_county.sync(*m_town);
    letTimePass();
    ASSERT_EQ(pruneCounty().files, 1U);
    fileIt();

    m_county.sync(*m_town);

    EXPECT_TRUE(fileExists(atCounty(name)));
    m_county.sync(*m_office);
    EXPECT_EQ(taken(m_office->blobsMissing()), 0U);
}

TEST_F(BlobGarbage, WhatIsTakenIntoUseStays) {
    const std::string name = picked();
    m_county.sync(*m_town);
    letTimePass();
    ASSERT_EQ(taken(m_town->addBlob(filePath())), name);

    EXPECT_EQ(pruneHome().files, 0U);
    const std::string path = m_county.folder() + "/used";
    ASSERT_TRUE(replaceFile(path, viewOf("x")));
    EXPECT_FALSE(taken(removeUnlessUsed(path, *usedAt(path))));
    EXPECT_TRUE(taken(removeUnlessUsed(path, *usedAt(path) + 1)));
    EXPECT_FALSE(use(path));
}

TEST_F(BlobGarbage, WhatADeviceAsksTheCountyForIsTakenIntoUse) {
    const std::string name = picked();
    m_county.sync(*m_town);
    letTimePass();
    ASSERT_TRUE(m_town->store().begin());
    ASSERT_TRUE(forgetAtCounty(*m_town, name));
    ASSERT_TRUE(m_town->store().commit());

    m_county.sync(*m_town);

    EXPECT_EQ(pruneCounty().files, 0U);
}

TEST_F(BlobGarbage, ASegmentThatCannotBeReadStopsItAll) {
    const std::string unused = picked();
    static_cast<void>(filed());
    m_county.sync(*m_town);
    letTimePass();
    ASSERT_TRUE(static_cast<sync::SqliteStore&>(m_town->store())
                    .database()
                    .exec("UPDATE envelope SET bytes = zeroblob(200) WHERE serial = (SELECT max(serial) FROM "
                          "segment)"));

    EXPECT_EQ(throwAwayGarbage(*m_town, {}).error().code, ErrorCode::storageCorrupt);
    EXPECT_TRUE(fileExists(atHome(unused)));
}

}  // namespace
}  // namespace hezhang::ledger
