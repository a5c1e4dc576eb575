// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A home that joins a county with a long history, in rounds of the product.
#include <gmock/gmock.h>

#include <algorithm>

#include "src/ledger/compacting.h"
#include "src/ledger/queries.h"
#include "src/ledger/sync_round.h"
#include "tests/support/county_box.h"

namespace hezhang::ledger {
namespace {

using test::CountyBox;
using test::taken;
using ::testing::IsEmpty;

// An endpoint of before: it does not know the route.
class OlderEndpoint final : public sync::Transport {
public:
    explicit OlderEndpoint(sync::Transport& inner) : m_inner(inner) {}
    Result<sync::Answer> post(const std::string& path, BytesView body) override {
        if (path == sync::kSnapshotPath) {
            ++m_asked;
            return sync::Answer{404, "text/plain", copyOf(viewOf("not found\n"))};
        }
        return m_inner.post(path, body);
    }
    [[nodiscard]] sync::Traffic traffic() const override { return m_inner.traffic(); }
    [[nodiscard]] int asked() const { return m_asked; }

private:
    sync::Transport& m_inner;
    int m_asked = 0;
};

class LateHome : public ::testing::Test {
protected:
    LateHome() {
        m_box.county().county().setSnapshotWorthFrom(0);
        m_office = m_box.enrol("office", "公开办", "张三", "office");
        m_task = m_box.taskOfVersions(*m_office, 8);
    }
    static std::size_t changesOfContent(Home& home, const RecordId& task) {
        std::size_t count = 0;
        for (const HistoryRow& row : taken(history(home, task))) {
            count += row.field == "content" ? 1 : 0;
        }
        return count;
    }

    static std::vector<Hash> digestsOf(Home& home) {
        std::vector<Hash> digests;
        for (const ScopeRow& row : taken(scopePositions(home))) {
            digests.push_back(row.digest);
        }
        return digests;
    }

    CountyBox m_box;
    std::unique_ptr<Home> m_office;
    RecordId m_task;
};

TEST_F(LateHome, ShowsTheLedgerAtOnceAndTheHistoryWhenAsked) {
    const auto late = m_box.enrol("late", "甲镇", "李四", "clerk");

    EXPECT_EQ(taken(shownText(late->state(), m_task, "content")), "第8版。");
    EXPECT_GT(taken(late->historyMissing()), 0u);
    EXPECT_EQ(changesOfContent(*late, m_task), 1u);
    EXPECT_THAT(taken(late->verify()), IsEmpty());

    const auto report = taken(late->sync(m_box.transport(), {.history = HistoryWish::all}));

    EXPECT_FALSE(report.error);
    EXPECT_EQ(report.historyMissing, 0u);
    EXPECT_EQ(changesOfContent(*late, m_task), 8u);
    EXPECT_THAT(taken(late->verify()), IsEmpty());
}

TEST_F(LateHome, SendsWhatIsWrittenBeforeTheHistoryGoesOn) {
    const auto late = m_box.enrol("late", "甲镇", "李四", "clerk");
    const auto round = taken(SyncRound::tryBegin(*late, {.history = HistoryWish::all}));
    std::vector<std::string> paths;
    while (const auto next = round->nextRequest()) {
        if (next->path == sync::kSnapshotPath && paths.size() < 2) {
            CountyBox::set(*late, m_task, "joint_status", "done");
        }
        paths.push_back(next->path);
        round->onAnswer(m_box.transport().post(next->path, next->bytes));
    }
    EXPECT_FALSE(round->report({}).error);
    EXPECT_EQ(std::count(paths.begin(), paths.end(), sync::kSyncPath), 2);
    m_box.sync(*m_office);
    EXPECT_EQ(taken(shownText(m_office->state(), m_task, "joint_status")), "done");
}

TEST_F(LateHome, ThatLetGoOfItsHistoryGetsItBackOnlyWhenSomebodyAsks) {
    const auto clerk = m_box.enrol("clerk", "甲镇", "李四", "clerk");
    taken(clerk->sync(m_box.transport(), {.history = HistoryWish::all}));
    ASSERT_EQ(changesOfContent(*clerk, m_task), 8u);
    const std::vector<Hash> digests = digestsOf(*clerk);

    const CompactReport recent = taken(compact(*clerk, kTextsKeptDays));
    EXPECT_EQ(recent.let.segments, 0u);
    EXPECT_EQ(changesOfContent(*clerk, m_task), 8u);
    m_box.clock().advance(WallMs{2} * 24 * 3600 * 1000);
    const CompactReport report = taken(compact(*clerk, 1));

    EXPECT_GT(report.let.segments, 7u);
    EXPECT_EQ(digestsOf(*clerk), digests);
    EXPECT_EQ(changesOfContent(*clerk, m_task), 1u);
    EXPECT_THAT(taken(clerk->verify()), IsEmpty());
    EXPECT_GT(taken(clerk->sync(m_box.transport(), {.history = HistoryWish::newcomer})).historyMissing, 7u);
    EXPECT_EQ(taken(clerk->sync(m_box.transport(), {.history = HistoryWish::all})).historyMissing, 0u);
    EXPECT_EQ(changesOfContent(*clerk, m_task), 8u);
    EXPECT_EQ(digestsOf(*clerk), digests);
}

TEST_F(LateHome, OfAnOlderEndpointReadsTheLog) {
    OlderEndpoint older(m_box.transport());
    const std::string folder = m_box.folder() + "/late";
    ASSERT_TRUE(Home::enroll(folder, "http://127.0.0.1:9", m_box.invite("甲镇", "李四", "clerk"), older,
                             m_box.environment()));
    const auto late = taken(Home::open(folder, m_box.environment()));

    const auto report = taken(late->sync(older));

    EXPECT_FALSE(report.error);
    EXPECT_EQ(older.asked(), 1);
    EXPECT_EQ(report.historyMissing, 0u);
    EXPECT_EQ(changesOfContent(*late, m_task), 8u);
}

}  // namespace
}  // namespace hezhang::ledger
