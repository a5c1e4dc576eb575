// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// One home, two connections: somebody writes while a sync takes a long answer.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "tests/support/county_box.h"

namespace hezhang::ledger {
namespace {

using test::DirectTransport;
using test::taken;

class Turns : public ::testing::Test {
protected:
    Turns() {
        EXPECT_TRUE(
            CountyFolder::init(m_folder / "county", {.name = "测试县", .office = "公开办"}, m_environment));
        m_county = taken(CountyFolder::open(m_folder / "county", m_environment));
        const auto invitation =
            taken(m_county->invite({.unit = "公开办", .person = "张三", .role = "office"}, std::nullopt));
        DirectTransport transport(*m_county);
        EXPECT_TRUE(Home::enroll(home(), "http://127.0.0.1:9", invitation.code, transport, m_environment));
        EXPECT_FALSE(taken(taken(Home::open(home(), m_environment))->sync(transport)).error);
    }

    std::string home() const { return m_folder / "home"; }

    // Each write of the county is an entry of its own.
    void writeAtTheCounty(int entries) {
        for (int i = 0; i < entries; ++i) {
            std::vector<sync::CountyEdit> edits;
            for (int k = 0; k < 20; ++k) {
                const std::string name = "单位" + std::to_string(i) + "之" + std::to_string(k);
                const sync::RecordKey unit{"unit", {{"first_name", sync::Value::text(name)}}};
                edits.push_back({unit, "common", "name", sync::OpKind::assign, sync::Value::text(name)});
            }
            ASSERT_TRUE(m_county->county().write(edits, m_clock.now()));
        }
    }
    // A ledger of its own number, so that edits do not meet.
    EditRequest newLedger(int number) {
        EditRequest request;
        request.registerName = "ledger";
        request.key = {{"year", 2026}, {"title", "台账" + std::to_string(number)}};
        request.field = "issuer";
        request.json = "政府办";
        return request;
    }

    RealClock m_clock;
    SystemRandom m_random;
    Environment m_environment{m_clock, m_random};
    test::TemporaryFolder m_folder;
    std::unique_ptr<CountyFolder> m_county;
};

TEST_F(Turns, WhoEditsDuringALongPullIsLetInAndNothingIsLost) {
    writeAtTheCounty(200);
    // As fast as the disk allows; without an end a fast one would never let the pull have a turn.
    constexpr int kEditsMax = 500;
    std::atomic<bool> isPulling = true;
    std::atomic<int> editsBeforeTheEnd = 0;
    const auto syncing = taken(Home::open(home(), m_environment));
    RealClock clock;
    SystemRandom random;
    std::thread writer([&] {
        const auto editing = taken(Home::open(home(), {clock, random}));
        for (int i = 0; isPulling && i < kEditsMax; ++i) {
            const auto answer = editing->edit(newLedger(i));
            EXPECT_TRUE(answer) << answer.error().text;
            editsBeforeTheEnd += isPulling ? 1 : 0;
        }
    });

    DirectTransport transport(*m_county);
    const HomeSyncReport report = taken(syncing->sync(transport));
    isPulling = false;
    writer.join();

    EXPECT_FALSE(report.error) << report.error->text;
    EXPECT_GT(editsBeforeTheEnd, 0);
    EXPECT_FALSE(taken(syncing->sync(transport)).error);
    EXPECT_EQ(taken(syncing->store().recordsOf("unit")).size(), 4001u);
    EXPECT_GE(taken(syncing->store().recordsOf("ledger")).size(),
              static_cast<std::size_t>(editsBeforeTheEnd));
    EXPECT_TRUE(taken(syncing->verify()).empty());
}

}  // namespace
}  // namespace hezhang::ledger
