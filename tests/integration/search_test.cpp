// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Search by the index gives what looking at every record gives.
#include "src/ledger/search.h"

#include <gmock/gmock.h>

#include <fstream>
#include <random>

#include "tests/support/county_box.h"

namespace hezhang::test {
namespace {

using ledger::SearchHit;
using ::testing::IsEmpty;
using ::testing::Not;

std::string shown(const std::vector<SearchHit>& hits) {
    std::string text;
    for (const SearchHit& hit : hits) {
        text += hit.record.hex() + " " + hit.registerName + " " + hit.field + " " + hit.text + "\n";
    }
    return text;
}

// Few characters, so that pairs repeat: of one, two, three and four bytes, letters of both sizes.
constexpr std::array kCharacters{"公", "开", "网", "。", "é", "A", "a", "B", " ", "𬭎", "-"};

class Search : public ::testing::Test {
protected:
    Search() {
        office = county.enrol("office", "公开办", "马主任", "office");
        town = county.enrol("town", "甲镇", "张三", "clerk");
        ledgerId = county.newLedger(*office);
    }
    [[nodiscard]] std::string randomText(std::size_t most) {
        std::string text;
        const std::size_t length = 1 + engine() % most;
        for (std::size_t i = 0; i < length; ++i) {
            text += kCharacters[engine() % kCharacters.size()];
        }
        return text;
    }
    void expectSameAsScan(ledger::Home& home) {
        for (int i = 0; i < 60; ++i) {
            const std::string needle = randomText(4);
            EXPECT_EQ(shown(taken(ledger::search(home, needle))),
                      shown(taken(ledger::searchByScan(home, needle))))
                << needle;
        }
    }
    void syncAll() {
        for (ledger::Home* home : {office.get(), town.get(), office.get(), town.get()}) {
            county.sync(*home);
        }
    }
    [[nodiscard]] std::string indexPath(ledger::Home& home) const { return home.folder() + "/search.db"; }

    CountyBox county;
    std::mt19937 engine{7};
    std::unique_ptr<ledger::Home> office;
    std::unique_ptr<ledger::Home> town;
    std::string ledgerId;
};

TEST_F(Search, RandomTextsAreFoundAsByLookingAtEveryRecord) {
    std::vector<RecordId> tasks;
    for (int serial = 1; serial <= 12; ++serial) {
        tasks.push_back(county.newTask(*office, ledgerId, serial, randomText(30), {"甲镇"}));
    }
    syncAll();
    for (int round = 0; round < 6; ++round) {
        for (int edit = 0; edit < 12; ++edit) {
            const RecordId& task = tasks[engine() % tasks.size()];
            CountyBox::set(*office, task, engine() % 2 == 0 ? "content" : "joint_progress", randomText(30));
            CountyBox::set(*town, task, "joint_progress", randomText(30));
        }
        if (round == 3) {
            ASSERT_TRUE(office->deleteRecord(tasks.back()));
            tasks.pop_back();
        }
        expectSameAsScan(*office);
        expectSameAsScan(*town);
        if (round % 2 == 1) {
            syncAll();
        }
    }
    syncAll();

    expectSameAsScan(*office);
    expectSameAsScan(*town);
}

TEST_F(Search, AnAdmittedTextIsFoundThoughLaterOnesWereTakenInBefore) {
    const RecordId task = county.newTask(*office, ledgerId, 1, "公开。", {"甲镇"});
    const RecordId window = county.newWindow(*office, "2026-08-31");
    syncAll();
    ASSERT_TRUE(office::closeWindow(*office, window));
    county.sync(*office);
    ASSERT_TRUE(ledger::file(
        *town, {.task = task, .unit = town->me().enrolment.unit, .window = window, .text = "迟到的报告。"}));
    CountyBox::set(*town, task, "joint_progress", "后来的话。");
    syncAll();
    ASSERT_THAT(taken(ledger::asides(*office)), Not(IsEmpty()));
    ASSERT_THAT(taken(ledger::search(*office, "迟到的报告")), IsEmpty());
    ASSERT_THAT(taken(ledger::search(*office, "后来的话")), Not(IsEmpty()));

    for (const auto& aside : taken(ledger::asides(*office))) {
        ASSERT_TRUE(ledger::admit(*office, aside.op.hex(), "补报"));
    }
    syncAll();

    EXPECT_EQ(taken(ledger::search(*office, "迟到的报告")).size(), 1u);
}

// The index never lacks what may come back: an unanswered op hides what it replaces and retires it only when
// the county has taken it.
TEST_F(Search, ATextThatIsBackBecauseItsSuccessorWasSetAsideIsFound) {
    const RecordId task = county.newTask(*office, ledgerId, 1, "公开。", {"甲镇"});
    const RecordId window = county.newWindow(*office, "2026-08-31");
    syncAll();
    const ledger::FilingRequest report{
        .task = task, .unit = town->me().enrolment.unit, .window = window, .text = "按时的报告。"};
    ASSERT_TRUE(ledger::file(*town, report));
    syncAll();
    ASSERT_TRUE(office::closeWindow(*office, window));
    county.sync(*office);
    ledger::FilingRequest late = report;
    late.text = "迟到的改写。";
    ASSERT_TRUE(ledger::file(*town, late));
    ASSERT_EQ(taken(ledger::search(*town, "迟到的改写")).size(), 1u);
    syncAll();

    EXPECT_THAT(taken(ledger::search(*town, "迟到的改写")), IsEmpty());
    EXPECT_EQ(taken(ledger::search(*town, "按时的报告")).size(), 1u);
}

// Both are written before the index looks: the first is there without its text by then.
TEST_F(Search, AnOwnTextThatALaterOneHidesIsTakenInWithIt) {
    const RecordId task = county.newTask(*office, ledgerId, 1, "公开。", {"甲镇"});
    const RecordId first = county.newWindow(*office, "2026-08-31");
    const RecordId second = county.newWindow(*office, "2026-12-05");
    syncAll();
    ledger::FilingRequest report{
        .task = task, .unit = town->me().enrolment.unit, .window = first, .text = "按时的报告。"};
    ASSERT_TRUE(ledger::file(*town, report));
    report.text = "后来的改写。";
    const RecordId withBoth = taken(ledger::file(*town, report)).record;
    report.window = second;
    const RecordId withOne = taken(ledger::file(*town, report)).record;
    ASSERT_EQ(taken(ledger::search(*town, "后来的改写")).size(), 2u);

    auto database = taken(storage::Database::open(indexPath(*town), storage::Access::open));
    const auto gramsOf = [&](const RecordId& record) {
        auto query = taken(database.query(
            "SELECT count(*) FROM posting, doc WHERE posting.doc = doc.id AND doc.record = ?1"));
        EXPECT_TRUE(taken(query.bind(record).step()));
        return query.int64(0);
    };
    EXPECT_EQ(gramsOf(withBoth),
              gramsOf(withOne) + 5);  // 按时, 时的, 的报, 报告, 告。; what follows 。 both have
}

TEST_F(Search, AnIndexThatIsGoneDamagedOrOfAnotherVersionIsMadeAnew) {
    static_cast<void>(county.newTask(*office, ledgerId, 1, "公开目录。", {"甲镇"}));
    const std::string expected = shown(taken(ledger::searchByScan(*office, "公开目")));
    ASSERT_EQ(shown(taken(ledger::search(*office, "公开目"))), expected);
    ASSERT_TRUE(std::filesystem::remove(indexPath(*office)));
    EXPECT_EQ(shown(taken(ledger::search(*office, "公开目"))), expected);

    std::ofstream(indexPath(*office), std::ios::trunc) << std::string(20'000, 'x');
    EXPECT_EQ(shown(taken(ledger::search(*office, "公开目"))), expected);

    {
        auto database = taken(storage::Database::open(indexPath(*office), storage::Access::open));
        ASSERT_TRUE(database.exec("DELETE FROM posting; PRAGMA user_version = 99"));
    }
    EXPECT_EQ(shown(taken(ledger::search(*office, "公开目"))), expected);
}

TEST_F(Search, WithoutAnIndexFileEverythingIsLookedAt) {
    static_cast<void>(county.newTask(*office, ledgerId, 1, "公开目录。", {"甲镇"}));
    ASSERT_TRUE(std::filesystem::create_directory(indexPath(*office)));

    EXPECT_EQ(taken(ledger::search(*office, "公开目录")).size(), 1u);
}

TEST_F(Search, AnIndexThatIsAheadOfItsHomeIsMadeAnew) {
    const RecordId task = county.newTask(*office, ledgerId, 1, "公开目录。", {"甲镇"});
    county.sync(*office);
    office.reset();
    const std::string folder = county.folder() + "/office";
    std::filesystem::copy_file(folder + "/home.db", county.folder() + "/kept.db");
    office = taken(ledger::Home::open(folder, county.environment()));
    CountyBox::set(*office, task, "content", "网上公示。");
    county.sync(*office);
    ASSERT_EQ(taken(ledger::search(*office, "网上")).size(), 1u);
    office.reset();
    std::filesystem::copy_file(county.folder() + "/kept.db", folder + "/home.db",
                               std::filesystem::copy_options::overwrite_existing);
    for (const char* ending : {"-wal", "-shm"}) {
        std::filesystem::remove(folder + "/home.db" + ending);
    }

    office = taken(ledger::Home::open(folder, county.environment()));

    EXPECT_EQ(taken(ledger::search(*office, "公开目录")).size(), 1u);
    EXPECT_THAT(taken(ledger::search(*office, "网上公示")), IsEmpty());
    county.sync(*office);
    expectSameAsScan(*office);
    EXPECT_EQ(taken(ledger::search(*office, "网上公示")).size(), 1u);
}

TEST_F(Search, OneAndTwoCharactersAreFoundByKindAndFilter) {
    const RecordId first = county.newTask(*office, ledgerId, 1, "公开预算。", {"甲镇"}, "2026-09-30");
    const RecordId second = county.newTask(*office, ledgerId, 2, "公开名单。", {"乙镇"}, "2026-12-31");
    const RecordId window = county.newWindow(*office, "2026-08-31");
    syncAll();
    ASSERT_TRUE(ledger::file(
        *town, {.task = first, .unit = town->me().enrolment.unit, .window = window, .text = "预算已上网。"}));

    const auto one = taken(ledger::find(*town, "预", {}, 50));
    ASSERT_EQ(one.groups.size(), 2u);
    EXPECT_EQ(one.groups[0].registerName, "task");
    EXPECT_EQ(one.groups[1].registerName, "filing");
    EXPECT_EQ(one.groups[1].records[0].title, "事项1");
    EXPECT_EQ(one.groups[1].records[0].unitName, "甲镇");
    EXPECT_EQ(one.groups[1].records[0].field, "text");

    const auto limited = taken(ledger::find(*town, "公开", {}, 1));
    EXPECT_TRUE(limited.groups[0].isMore);
    EXPECT_EQ(limited.groups[0].total, 2u);
    const auto late =
        taken(ledger::find(*town, "公开", {.dueFrom = "2026-10-01", .dueBefore = "2027-01-01"}, 50));
    ASSERT_EQ(late.groups.size(), 1u);
    EXPECT_EQ(late.groups[0].records[0].record, second);
    const auto ofTown = taken(ledger::find(*town, "公开", {.unit = town->me().enrolment.unit}, 50));
    EXPECT_EQ(ofTown.groups[0].records.size(), 1u);
    EXPECT_EQ(ofTown.groups[0].records[0].record, first);
}

}  // namespace
}  // namespace hezhang::test
