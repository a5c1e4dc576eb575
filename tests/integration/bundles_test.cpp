// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Bundles on real homes and a county folder in the same process: what a carrier does, and files that lie.
#include "src/ledger/bundles.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

#include "src/ledger/filing.h"
#include "src/ledger/queries.h"
#include "sync/transport/sealed_message.h"
#include "sync/transport/wipe_messages.h"
#include "tests/support/county_box.h"

namespace hezhang::ledger {
namespace {

using test::CountyBox;
using test::taken;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr std::size_t kAnySize = 64 * 1024 * 1024;

// Breaks after so many messages of others; counts them. What the county cannot read it answers as over HTTP.
class ShortLink final : public sync::Transport {
public:
    ShortLink(sync::Transport& other, int left) : m_other(other), m_left(left) {}
    Result<sync::Answer> post(const std::string& path, BytesView body) override {
        if (textOf(body).starts_with("hzsealed") && m_left-- <= 0) {
            return fail(ErrorCode::unreachable, "the link broke");
        }
        HZ_TRY(sync::Answer answer, m_other.post(path, body));
        m_sent += textOf(body).starts_with("hzsealed") ? 1 : 0;
        return answer.body.empty() ? sync::Answer{400, "text/plain", {}} : answer;
    }
    [[nodiscard]] sync::Traffic traffic() const override { return {}; }
    [[nodiscard]] int sent() const { return m_sent; }

private:
    sync::Transport& m_other;
    int m_left;
    int m_sent = 0;
};

class Bundles : public ::testing::Test {
protected:
    std::string path(const std::string& name) { return m_county.folder() + "/" + name; }
    Bytes bundleOf(Home& home) {
        taken(exportBundle(home, path("out"), kAnySize));
        return taken(readFile(path("out"), kAnySize));
    }
    void addPhoto(Home& home, std::size_t size) {
        std::ofstream(path("photo"), std::ios::binary) << std::string(size, 'x');
        taken(home.addBlob(path("photo")));
    }

    CountyBox m_county;
    std::unique_ptr<Home> m_office = m_county.enrol("office", "公开办", "张三", "office");
    std::unique_ptr<Home> m_town = m_county.enrol("town", "甲镇", "李四", "clerk");
};

TEST_F(Bundles, ACarriedBundleGoesOnWhereTheLinkBroke) {
    addPhoto(*m_town, 1'300'000);
    const Bytes file = bundleOf(*m_town);
    const auto parts = static_cast<int>(taken(sync::openBundle(file)).parts.size());
    ASSERT_GE(parts, 5);
    EXPECT_EQ(taken(importBundle(*m_office, file)).what, BundleImport::What::carried);

    int sent = 0;
    int syncs = 0;
    for (; !taken(carriedBundles(*m_office)).front().isAnswered; ++syncs) {
        ASSERT_LT(syncs, 50);
        ShortLink link(m_county.transport(), 1);
        taken(m_office->sync(link));
        sent += link.sent();
    }

    EXPECT_EQ(sent, parts);
    taken(exportAnswer(*m_office, m_town->me().enrolment.device.hex(), path("answer")));
    const auto import = taken(importBundle(*m_town, taken(readFile(path("answer"), kAnySize))));
    EXPECT_EQ(import.blobs, 1u);
    EXPECT_EQ(taken(m_town->blobsPending()), 0u);
}

// A county that was restored may have lost it: what it said before says nothing now.
TEST_F(Bundles, ThatAFileArrivedCountsInTheEpochInWhichItWasSaid) {
    addPhoto(*m_town, 1000);
    const Bytes old = taken(m_county.county().importBundle(bundleOf(*m_town), kAnySize)).answer;
    EXPECT_EQ(taken(importBundle(*m_town, old)).blobs, 1u);
    EXPECT_EQ(taken(m_town->blobsPending()), 0u);
    auto scope = taken(sync::WriteScope::begin(m_county.county().store()));
    EXPECT_TRUE(m_county.county().county().beginEpoch("a restore", m_county.environment().clock.now()));
    EXPECT_TRUE(scope.commit());
    EXPECT_TRUE(m_county.county().county().write({}, m_county.environment().clock.now()));
    class OpsOnly final : public sync::Transport {
    public:
        explicit OpsOnly(sync::Transport& other) : m_other(other) {}
        Result<sync::Answer> post(const std::string& path, BytesView body) override {
            return path == sync::kSyncPath ? m_other.post(path, body)
                                           : Result<sync::Answer>(fail(ErrorCode::unreachable, "no files"));
        }
        [[nodiscard]] sync::Traffic traffic() const override { return {}; }

    private:
        sync::Transport& m_other;
    } link(m_county.transport());
    taken(m_town->sync(link));
    ASSERT_EQ(taken(m_town->blobsPending()), 1u);

    EXPECT_TRUE(taken(importBundle(*m_town, old)).isKnown);

    EXPECT_EQ(taken(m_town->blobsPending()), 1u);
    const Bytes fresh = taken(m_county.county().importBundle(bundleOf(*m_town), kAnySize)).answer;
    EXPECT_EQ(taken(importBundle(*m_town, fresh)).blobs, 1u);
}

TEST_F(Bundles, ATornNoteOfWhatWasSaidCostsOnlyWhatIsBehindIt) {
    addPhoto(*m_town, 1'300'000);
    const Bytes file = bundleOf(*m_town);
    const auto parts = static_cast<int>(taken(sync::openBundle(file)).parts.size());
    taken(importBundle(*m_office, file));
    ShortLink first(m_county.transport(), 3);
    taken(m_office->sync(first));
    const std::string said =
        m_office->folder() + "/carried/" + m_office->suite().hash({file}).hex() + ".said";
    std::filesystem::resize_file(said, std::filesystem::file_size(said) - 1);

    ShortLink second(m_county.transport(), 1);
    taken(m_office->sync(second));
    ShortLink third(m_county.transport(), 100);
    taken(m_office->sync(third));

    EXPECT_EQ(first.sent() + second.sent() + third.sent(), parts + 1);
    EXPECT_TRUE(taken(carriedBundles(*m_office)).front().isAnswered);
    EXPECT_FALSE(fileExists(said));
}

TEST_F(Bundles, ACarrierCannotReadWhatItCarries) {
    const Bytes file = bundleOf(*m_town);
    for (const sync::CarriedPart& part : taken(sync::openBundle(file)).parts) {
        EXPECT_FALSE(sync::openFrame(part.request));
        EXPECT_EQ(sync::unsealMessage(m_office->suite(), m_office->me().macKey, part.request), std::nullopt);
    }
}

TEST_F(Bundles, OneThatLiesStopsNeitherTheCarrierNorTheOthers) {
    sync::BundleWriter writer(
        m_town->suite(),
        {sync::BundleKind::requests, m_town->me().county.county, m_town->me().enrolment.device, {}});
    writer.add(sync::CarriedRoute::sync, viewOf("hzsealed and nothing else"));
    writer.add(sync::CarriedRoute::blobPut, viewOf("hzsealed either"));
    taken(importBundle(*m_office, std::move(writer).finish()));
    taken(importBundle(*m_office, bundleOf(*m_town)));

    ShortLink link(m_county.transport(), 100);
    const auto report = taken(m_office->sync(link));

    EXPECT_FALSE(report.error);
    for (const CarriedBundle& bundle : taken(carriedBundles(*m_office))) {
        EXPECT_TRUE(bundle.isAnswered);
    }
}

TEST_F(Bundles, OneThatLiesIsRefusedByTheCountyAndChangesNothing) {
    const auto before = taken(m_county.county().county().size());
    sync::BundleWriter writer(
        m_town->suite(),
        {sync::BundleKind::requests, m_town->me().county.county, m_town->me().enrolment.device, {}});
    const sync::MacKey guessed{};
    sync::SyncRequest request;
    request.device = m_town->me().enrolment.device;
    writer.add(sync::CarriedRoute::sync,
               sync::frameWithMac(m_town->suite(), sync::encode(request), guessed, {}));
    writer.add(sync::CarriedRoute::sync,
               sync::sealMessage(m_town->suite(), guessed, request.device, viewOf("x")));
    writer.add(sync::CarriedRoute::blobChunk, viewOf("hzsealed"));

    const auto imported = m_county.county().importBundle(std::move(writer).finish(), kAnySize);

    ASSERT_FALSE(imported);
    EXPECT_EQ(imported.error().code, ErrorCode::refused);
    EXPECT_EQ(taken(m_county.county().county().size()), before);
}

// Only its device can put anything into an envelope, but that may be anything.
TEST_F(Bundles, WhateverIsInAnEnvelopeTheCountyAnswersOrPassesOver) {
    const auto before = taken(m_county.county().county().size());
    const sync::MacKey& key = m_town->me().macKey;
    const DeviceId device = m_town->me().enrolment.device;
    const auto answered = [&](const Bytes& content) {
        return !taken(
                    m_county.county().handleBlobPut(sync::sealMessage(m_town->suite(), key, device, content)))
                    .empty();
    };
    sync::WipeRequest wipe;
    wipe.device = device;
    wipe.ask = sync::WipeAsk::question;
    const auto framed = [&](const Bytes& message) {
        return sync::frameWithMac(m_town->suite(), message, key, {});
    };
    const Bytes question = framed(sync::encode(wipe));
    EXPECT_TRUE(answered(sync::addressMessage(sync::Place::wipe, question)));
    for (int place = 1; place < 256; ++place) {
        const auto to = static_cast<sync::Place>(place);
        EXPECT_FALSE(answered(sync::addressMessage(to, {})));
        EXPECT_FALSE(answered(sync::addressMessage(to, sync::addressMessage(sync::Place::wipe, question))));
        EXPECT_FALSE(
            answered(sync::addressMessage(to, sync::sealMessage(m_town->suite(), key, device, question))));
    }
    const Bytes plain = sync::encode(wipe);
    for (std::size_t at = 0; at < plain.size(); ++at) {
        Bytes changed = plain;
        changed[at] ^= 0x21;
        for (int place = 1; place < 5; ++place) {  // with the right tag
            (void)answered(sync::addressMessage(static_cast<sync::Place>(place), framed(changed)));
            (void)answered(sync::addressMessage(static_cast<sync::Place>(place),
                                                framed(copyOf(BytesView(plain).first(at)))));
        }
    }
    EXPECT_EQ(taken(m_county.county().county().size()), before);
}

TEST_F(Bundles, AnAnswerThatLiesIsNotTheCountysAndChangesNothing) {
    const Bytes file = bundleOf(*m_town);
    const sync::Bundle asked = taken(sync::openBundle(file));
    sync::BundleHeader header = asked.header;
    header.kind = sync::BundleKind::answers;
    sync::BundleWriter writer(m_town->suite(), header);
    for (const sync::CarriedPart& part : asked.parts) {
        writer.add(part.route, part.request, part.request);  // a genuine envelope, but no answer
    }

    const auto imported = importBundle(*m_town, std::move(writer).finish());

    ASSERT_FALSE(imported);
    EXPECT_EQ(imported.error().code, ErrorCode::notOurServer);
}

TEST_F(Bundles, WhereTheCountyHasNoRoomForAllTheNextAnswerGoesOn) {
    const std::string ledgerId = m_county.newLedger(*m_office);
    EXPECT_TRUE(m_office->beginBatch());
    for (int i = 1; i <= 600; ++i) {
        static_cast<void>(
            m_county.newTask(*m_office, ledgerId, i, "公开第" + std::to_string(i) + "项。", {}));
    }
    EXPECT_TRUE(m_office->commitBatch());
    m_county.sync(*m_office);
    int journeys = 0;
    for (bool isAll = false; !isAll; ++journeys) {
        ASSERT_LT(journeys, 20);
        const BundleTaken desk = taken(m_county.county().importBundle(bundleOf(*m_town), 1));
        isAll = desk.isAll;
        EXPECT_EQ(taken(importBundle(*m_town, desk.answer)).report.sync.isUpToDate, isAll);
    }
    EXPECT_EQ(taken(m_town->replica().cursor()).position, taken(m_county.county().county().size()));
}

TEST(BundlesOfTheSmSuite, EnrolAndSync) {
    const test::TemporaryFolder folder;
    RealClock clock;
    SystemRandom random;
    const Environment environment{clock, random};
    EXPECT_TRUE(CountyFolder::init(
        folder / "county", {.name = "国密县", .office = {}, .suite = sync::SuiteId::sm}, environment));
    const auto county = taken(CountyFolder::open(folder / "county", environment));
    const auto invitation =
        taken(county->invite({std::string(kDefaultOfficeName), "张三", "office"}, std::nullopt));
    const Bytes request = taken(Home::enrolmentBundle(folder / "home", "", invitation.code, environment));
    // Written twice: it is the same device.
    const Bytes again = taken(Home::enrolmentBundle(folder / "home", "", invitation.code, environment));
    const BundleTaken enrolled = taken(county->importBundle(request, kAnySize));
    const BundleTaken repeated = taken(county->importBundle(again, kAnySize));
    EXPECT_TRUE(enrolled.isEnrolled && repeated.isEnrolled);

    const auto import = taken(importEnrolment(folder / "home", repeated.answer, environment));
    EXPECT_TRUE(import.report.sync.isUpToDate);
    const auto second = importEnrolment(folder / "home", enrolled.answer, environment);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, ErrorCode::alreadyEnrolled);

    const auto home = taken(Home::open(folder / "home", environment));
    EXPECT_TRUE(home->edit({.registerName = "ledger",
                            .key = {{"year", 2026}, {"title", "要点"}},
                            .field = "state",
                            .text = "open"}));
    taken(exportBundle(*home, folder / "out", kAnySize));
    const BundleTaken desk = taken(county->importBundle(taken(readFile(folder / "out", kAnySize)), kAnySize));
    EXPECT_EQ(desk.accepted, 1u);
    EXPECT_TRUE(taken(importBundle(*home, desk.answer)).report.sync.isUpToDate);
    EXPECT_THAT(taken(county->devices()), SizeIs(1));
}

}  // namespace
}  // namespace hezhang::ledger
