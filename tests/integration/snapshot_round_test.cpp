// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A home that joins a county with a long history, in rounds of the product.
#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>

#include "src/ledger/bundles.h"
#include "src/ledger/compacting.h"
#include "src/ledger/leaving.h"
#include "src/ledger/queries.h"
#include "src/ledger/sync_round.h"
#include "sync/transport/sealed_message.h"
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

// -- by file

class HistoryByFile : public LateHome {
protected:
    static constexpr std::size_t kAnySize = 64 * 1024 * 1024;
    HistoryByFile() : m_late(m_box.enrol("late", "甲镇", "李四", "clerk")) {
        EXPECT_GT(taken(m_late->historyMissing()), 7u);
    }
    [[nodiscard]] std::string path(const std::string& name) const { return m_box.folder() + "/" + name; }
    Bytes fileOf(Home& home, bool isHistoryWanted = true) {
        BundleWishes wishes;
        wishes.isHistoryWanted = isHistoryWanted;
        taken(exportBundle(home, path("out"), kAnySize, wishes));
        return taken(readFile(path("out"), kAnySize));
    }
    Bytes answerTo(const Bytes& file, std::size_t bytesMax = kAnySize) {
        return taken(m_box.county().importBundle(file, bytesMax)).answer;
    }
    // Parts of a file that are about the history.
    std::size_t partsIn(const Bytes& file) {
        std::size_t count = 0;
        for (const sync::CarriedPart& part : taken(sync::openBundle(file)).parts) {
            count += isOfHistory(part) ? 1 : 0;
        }
        return count;
    }
    bool isOfHistory(const sync::CarriedPart& part) {
        const auto content = sync::unsealMessage(m_late->suite(), m_late->me().macKey, part.request);
        return content && sync::addressOf(*content).place == sync::Place::snapshot;
    }
    // The answer with another one to what was asked of the history.
    Bytes with(const Bytes& answer, const std::function<Bytes(const sync::CarriedPart&)>& make) {
        const sync::Bundle bundle = taken(sync::openBundle(answer));
        sync::BundleWriter writer(m_late->suite(), bundle.header);
        for (const sync::CarriedPart& part : bundle.parts) {
            writer.add(part.route, part.request, isOfHistory(part) ? make(part) : copyOf(part.answer));
        }
        return std::move(writer).finish();
    }
    std::optional<ErrorCode> ended(const Bytes& answer) {
        const auto import = importBundle(*m_late, answer);
        return import ? std::nullopt : std::optional(import.error().code);
    }
    // A text is written on top of one that the snapshot of m_late does not hold any more.
    void disputeTheEighth() {
        const auto old = m_box.enrol("old", "公开办", "王五", "office");
        for (int i = 9; i <= 16; ++i) {
            CountyBox::set(*m_office, m_task, "content", "第" + std::to_string(i) + "版。");
            m_box.sync(*m_office);
        }
        m_late = m_box.enrol("later", "甲镇", "赵六", "clerk");
        CountyBox::set(*old, m_task, "content", "第8版。补充一句。");
        m_box.sync(*old);
        m_box.sync(*m_office);
    }
    void expectWhole() {
        EXPECT_EQ(taken(m_late->historyMissing()), 0u);
        EXPECT_EQ(changesOfContent(*m_late, m_task), 8u);
        EXPECT_THAT(taken(m_late->verify()), IsEmpty());
    }

    std::unique_ptr<Home> m_late;
};

TEST_F(HistoryByFile, ComesWhenSomebodyAsksForIt) {
    EXPECT_EQ(partsIn(fileOf(*m_late, false)), 0u);
    const std::vector<Hash> digests = digestsOf(*m_late);

    const BundleImport import = taken(importBundle(*m_late, answerTo(fileOf(*m_late))));

    EXPECT_EQ(import.report.historyMissing, 0u);
    EXPECT_FALSE(import.isKnown);
    expectWhole();
    EXPECT_EQ(digestsOf(*m_late), digests);
    EXPECT_EQ(partsIn(fileOf(*m_late)), 0u) << "nothing is left to ask for";
}

TEST_F(HistoryByFile, TheSameAnswerAgainAndAnOlderOneChangeNothing) {
    const Bytes older = answerTo(fileOf(*m_late));
    CountyBox::set(*m_office, m_task, "content", "第9版。");
    m_box.sync(*m_office);
    const Bytes newer = answerTo(fileOf(*m_late));
    taken(importBundle(*m_late, newer));
    EXPECT_EQ(taken(m_late->historyMissing()), 0u);
    const std::vector<Hash> digests = digestsOf(*m_late);

    for (const Bytes& answer : {older, newer, older}) {
        EXPECT_TRUE(taken(importBundle(*m_late, answer)).isKnown);
    }

    EXPECT_EQ(changesOfContent(*m_late, m_task), 9u);
    EXPECT_EQ(digestsOf(*m_late), digests);
    EXPECT_THAT(taken(m_late->verify()), IsEmpty());
}

// What one answer has no room for the county brings with further ones; what the file has no room for, the
// next one does.
TEST_F(HistoryByFile, TheCountyGoesOnByItselfAndSoDoesTheNextFile) {
    const auto asked = [&] {
        const sync::Bundle plain = taken(sync::openBundle(fileOf(*m_late, false)));
        sync::BundleWriter writer(m_late->suite(), plain.header);
        writer.add(plain.parts[0].route, plain.parts[0].request);
        sync::HistoryFetch small(m_late->replica(), 1);  // answers of one segment
        for (const Bytes& request : taken(small.requestsForFile())) {
            writer.add(sync::CarriedRoute::blobPut,
                       sync::sealMessage(m_late->suite(), m_late->me().macKey, m_late->me().enrolment.device,
                                         sync::addressMessage(sync::Place::snapshot, request)));
        }
        return std::move(writer).finish();
    };
    const std::uint64_t all = taken(m_late->historyMissing());
    const Bytes whole = answerTo(asked());
    EXPECT_EQ(partsIn(whole), all);
    const Bytes first = answerTo(asked(), whole.size() * 2 / 3);
    ASSERT_LT(partsIn(first), all);
    ASSERT_GT(partsIn(first), 0u);

    taken(importBundle(*m_late, first));
    const std::uint64_t left = taken(m_late->historyMissing());
    EXPECT_EQ(left, all - partsIn(first));
    EXPECT_THAT(taken(m_late->verify()), IsEmpty());
    const Bytes second = answerTo(asked());
    EXPECT_EQ(partsIn(second), left);
    taken(importBundle(*m_late, second));

    expectWhole();
}

TEST_F(HistoryByFile, ThatWasLetGoComesBackOnlyWhenSomebodyAsks) {
    taken(importBundle(*m_late, answerTo(fileOf(*m_late))));
    m_box.clock().advance(WallMs{2} * 24 * 3600 * 1000);
    ASSERT_GT(taken(compact(*m_late, 1)).let.segments, 7u);

    taken(importBundle(*m_late, answerTo(fileOf(*m_late, false))));
    EXPECT_GT(taken(m_late->historyMissing()), 7u);
    taken(importBundle(*m_late, answerTo(fileOf(*m_late))));

    expectWhole();
}

TEST_F(HistoryByFile, AnAnswerThatIsNotTheCountysOrToAnotherChangesNothing) {
    const Bytes answer = answerTo(fileOf(*m_late));
    const auto other = m_box.enrol("other", "甲镇", "王五", "clerk");
    const auto foreign = importBundle(*other, answer);
    ASSERT_FALSE(foreign);
    EXPECT_EQ(foreign.error().code, ErrorCode::otherDevice);
    EXPECT_EQ(ended(with(answer, [](const auto& part) { return copyOf(part.request); })),
              ErrorCode::notOurServer);
    EXPECT_GT(taken(m_late->historyMissing()), 7u);
    Bytes damaged = answer;
    damaged[answer.size() / 2] ^= 1;
    EXPECT_EQ(ended(damaged), ErrorCode::malformed);

    EXPECT_EQ(ended(with(answer, [](const auto&) { return Bytes{}; })), std::nullopt) << "an older county";
    EXPECT_GT(taken(m_late->historyMissing()), 7u);
    EXPECT_EQ(ended(answer), std::nullopt);
    expectWhole();
}

TEST_F(HistoryByFile, ThePastOfAConflictComesWithTheFileAfterTheOneThatBroughtIt) {
    disputeTheEighth();
    const std::string all = taken(shownText(m_office->state(), m_task, "content"));
    const Bytes first = answerTo(fileOf(*m_late, false));
    EXPECT_EQ(partsIn(first), 0u);

    taken(importBundle(*m_late, first));
    EXPECT_NE(taken(shownText(m_late->state(), m_task, "content")), all);
    const Bytes second = answerTo(fileOf(*m_late, false));
    EXPECT_EQ(partsIn(second), 1u);
    EXPECT_FALSE(taken(importBundle(*m_late, second)).isKnown);

    EXPECT_EQ(taken(shownText(m_late->state(), m_task, "content")), all);
    EXPECT_THAT(taken(m_late->verify()), IsEmpty());
    taken(importBundle(*m_late, second));
    EXPECT_EQ(taken(shownText(m_late->state(), m_task, "content")), all);
    EXPECT_EQ(partsIn(fileOf(*m_late, false)), 0u) << "it is here";
}

// The answer was given before its value was erased by law, and comes after the order.
TEST_F(HistoryByFile, ThePastThatWasErasedMeanwhileComesWithoutItsValue) {
    disputeTheEighth();
    taken(importBundle(*m_late, answerTo(fileOf(*m_late, false))));
    const Bytes before = answerTo(fileOf(*m_late, false));
    ASSERT_EQ(partsIn(before), 1u);
    const std::vector<HistoryRow> rows = taken(history(*m_office, m_task));
    const auto eighth = std::find_if(rows.begin(), rows.end(), [](const HistoryRow& row) {
        return row.field == "content" && row.value == "第8版。";
    });
    ASSERT_NE(eighth, rows.end());
    ASSERT_TRUE(m_box.county().redact(eighth->op));
    const Bytes order = with(answerTo(fileOf(*m_late, false)), [](const auto&) { return Bytes{}; });
    taken(importBundle(*m_late, order));

    taken(importBundle(*m_late, before));

    sync::History& places = m_late->replica().history();
    const auto op = taken(places.opAt(taken(places.parseDot(eighth->dot))));
    ASSERT_TRUE(op) << "it has come";
    EXPECT_TRUE(op->op.isErased());
    EXPECT_EQ(op->op.value, sync::Value{});
}

// What an answer is asked for beside the log never costs the log.
TEST_F(HistoryByFile, OldTextsThatAreNotInTheirPlaceCostOnlyThemselves) {
    m_box.clock().advance(WallMs{1'000} * 24 * 3600 * 1000);
    ASSERT_TRUE(taken(m_box.county().archive(kArchiveAgeDefault)).added);
    const std::string archive = m_box.folder() + "/county/archive";
    CountyBox::set(*m_office, m_task, "indicator", "新的。");
    m_box.sync(*m_office);
    CountyBox::set(*m_late, m_task, "joint_progress", "报送。");
    std::filesystem::rename(archive, path("elsewhere"));

    taken(importBundle(*m_late, answerTo(fileOf(*m_late))));

    EXPECT_TRUE(taken(unsentWork(*m_late)).isNone());
    EXPECT_GT(taken(m_late->historyMissing()), 0u);
    std::filesystem::rename(path("elsewhere"), archive);
    taken(importBundle(*m_late, answerTo(fileOf(*m_late))));
    expectWhole();
}

TEST_F(HistoryByFile, AnotherHomeCarriesTheQuestionAndTheTexts) {
    taken(importBundle(*m_office, fileOf(*m_late)));
    m_box.sync(*m_office);
    taken(exportAnswer(*m_office, m_late->me().enrolment.device.hex(), path("answer")));

    taken(importBundle(*m_late, taken(readFile(path("answer"), kAnySize))));

    expectWhole();
}

}  // namespace
}  // namespace hezhang::ledger
